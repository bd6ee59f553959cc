//! What is answered: bodies with their types, conditional requests and ranges (RFC 9110 §8, §13, §14).

use super::request::Request;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use std::fs::File;
use std::time::UNIX_EPOCH;
use xxhash_rust::xxh3::xxh3_128;

/// An answer before the browser's conditions are looked at.
pub struct Answer {
    pub status: u16,
    pub media_type: &'static str,
    /// Where to go instead, for a redirect; ASCII.
    pub location: Option<String>,
    pub body: Body,
}

pub enum Body {
    Bytes(Vec<u8>),
    File(File),
}

impl Answer {
    pub fn bytes(status: u16, media_type: &'static str, bytes: Vec<u8>) -> Answer {
        Answer { status, media_type, location: None, body: Body::Bytes(bytes) }
    }

    pub fn text(status: u16, text: String) -> Answer {
        Answer::bytes(status, "text/plain; charset=utf-8", text.into_bytes())
    }

    pub fn redirect(location: String) -> Answer {
        Answer { location: Some(location), ..Answer::text(302, String::new()) }
    }
}

/// A response that is ready to be sent.
pub struct Response {
    status: u16,
    headers: Vec<(&'static str, String)>,
    pub body: Body,
    /// Which part of the body is sent, in bytes.
    pub part: std::ops::Range<u64>,
    is_head: bool,
}

/// The response to `request`, if it was understood: the whole, a part, or «not modified».
pub fn response(answer: Answer, request: Option<&Request>) -> Response {
    let header = |name: &str| request.and_then(|request| request.header(name));
    let is_head = request.is_some_and(Request::is_head);
    let (tag, len) = match &answer.body {
        Body::Bytes(bytes) => (Some(format!("\"{:032x}\"", xxh3_128(bytes))), bytes.len() as u64),
        Body::File(file) => file_tag(file),
    };
    let mut headers = vec![("Content-Type", answer.media_type.to_owned())];
    let mut status = answer.status;
    let mut part = 0..len;
    if status == 200 {
        headers.push(("Accept-Ranges", "bytes".into()));
        headers.extend(tag.clone().map(|tag| ("ETag", tag)));
        // There is no `Last-Modified`: a page is made when it is asked for, and the tag says more. So nobody has a time to ask with.
        let known = tag.as_deref().is_some_and(|tag| header("If-None-Match").is_some_and(|list| names_tag(list, tag)));
        // §13.1.5: a part only if the whole is still the one that the browser has the rest of.
        let same_whole = header("If-Range").is_none_or(|known| Some(known) == tag.as_deref());
        // §14.2: of GET alone.
        let range = header("Range").filter(|_| same_whole && !is_head).and_then(|range| parse_range(range, len));
        match range {
            _ if known => {
                status = 304;
                part = 0..0;
            }
            None => {}
            Some(Range::Part(range)) => {
                status = 206;
                headers.push(("Content-Range", format!("bytes {}-{}/{len}", range.start, range.end - 1)));
                part = range;
            }
            Some(Range::Unsatisfiable) => {
                status = 416;
                headers.push(("Content-Range", format!("bytes */{len}")));
                part = 0..0;
            }
        }
    }
    if status == 405 {
        headers.push(("Allow", "GET, HEAD".into()));
    }
    headers.extend(answer.location.map(|location| ("Location", location)));
    Response { status, headers, body: answer.body, part, is_head }
}

impl Response {
    /// Status line and headers, up to the empty line.
    pub fn head(&self, keeps_alive: bool) -> String {
        let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&Timestamp::now()).unwrap_or_default();
        let mut head = format!("HTTP/1.1 {} {}\r\nDate: {date}\r\n", self.status, reason(self.status));
        self.headers.iter().for_each(|(field, value)| head.push_str(&format!("{field}: {value}\r\n")));
        // §15.4.5: of what was not modified nothing is said that could be taken for its length.
        if self.status != 304 {
            head.push_str(&format!("Content-Length: {}\r\n", self.part.end - self.part.start));
        }
        head.push_str(guards());
        head.push_str(if keeps_alive { "\r\n" } else { "Connection: close\r\n\r\n" });
        head
    }

    /// How many bytes of the body follow.
    pub fn sent_len(&self) -> u64 {
        if self.is_head { 0 } else { self.part.end - self.part.start }
    }
}

/// Headers of every response: nothing is kept without asking again, guessed to be of another type, told to other sites, or shown inside of them.
pub fn guards() -> &'static str {
    "Cache-Control: no-cache\r\n\
     X-Content-Type-Options: nosniff\r\n\
     Referrer-Policy: same-origin\r\n\
     X-Frame-Options: SAMEORIGIN\r\n\
     Cross-Origin-Resource-Policy: same-origin\r\n"
}

/// The words behind a status (RFC 9110 §15); nobody has to read them.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        414 => "URI Too Long",
        416 => "Range Not Satisfiable",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "",
    }
}

/// The tag of a file by time and length, and its length.
fn file_tag(file: &File) -> (Option<String>, u64) {
    let Ok(metadata) = file.metadata() else { return (None, 0) };
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    (modified.map(|time| format!("\"{:x}-{:x}\"", time.as_nanos(), metadata.len())), metadata.len())
}

/// Whether the list of `If-None-Match` names `tag`; compared weakly, as §13.1.2 says.
fn names_tag(list: &str, tag: &str) -> bool {
    list.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[derive(Debug, PartialEq, Eq)]
enum Range {
    Part(std::ops::Range<u64>),
    Unsatisfiable,
}

/// One range of bytes. `None`, and so the whole, for several of them and for what is no range (§14.2 allows it).
fn parse_range(text: &str, len: u64) -> Option<Range> {
    let (unit, range) = text.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().unwrap_or(u64::MAX));
    if !unit.trim().eq_ignore_ascii_case("bytes") || range.contains(',') {
        return None;
    }
    let range = match (first.trim(), last.trim()) {
        ("", "") => return None,
        ("", suffix) => len.saturating_sub(number(suffix)?)..len,
        (first, "") => number(first)?..len,
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            first..last.saturating_add(1).min(len)
        }
    };
    Some(if range.start < range.end { Range::Part(range) } else { Range::Unsatisfiable })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let part = |range| Some(Range::Part(range));
        assert_eq!(parse_range("bytes=0-4", 10), part(0..5));
        assert_eq!(parse_range("bytes=4-", 10), part(4..10));
        assert_eq!(parse_range("bytes=-3", 10), part(7..10));
        assert_eq!(parse_range("bytes=-30", 10), part(0..10));
        assert_eq!(parse_range("bytes=5-99999999999999999999999", 10), part(5..10));
        assert_eq!(parse_range("bytes=10-", 10), Some(Range::Unsatisfiable));
        assert_eq!(parse_range("bytes=-0", 10), Some(Range::Unsatisfiable));
        assert_eq!(parse_range("bytes=0-0", 0), Some(Range::Unsatisfiable));
        for whole in ["bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes", "bytes=a-b"] {
            assert_eq!(parse_range(whole, 10), None, "{whole}");
        }
    }

    #[test]
    fn tags() {
        assert!(names_tag("\"a\", W/\"b\"", "\"b\""));
        assert!(names_tag("*", "\"b\""));
        assert!(!names_tag("\"a\"", "\"b\""));
    }
}
