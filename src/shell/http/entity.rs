//! What is answered: bodies with their types, conditional requests and ranges (RFC 9110 §8, §13, §14).

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::time::UNIX_EPOCH;
use tiny_http::{Header, Response, StatusCode};
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

    /// An answer that says no more than its status.
    pub fn status(status: u16) -> Answer {
        Answer::text(status, format!("{status} {}\n", StatusCode(status).default_reason_phrase()))
    }

    pub fn redirect(location: String) -> Answer {
        Answer { location: Some(location), ..Answer::status(302) }
    }
}

/// The response to a request with these `headers`: the whole, a part, or «not modified».
pub fn response(answer: Answer, headers: &[(&str, &str)]) -> Response<Box<dyn Read + Send>> {
    let header = |name: &str| headers.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
    let (tag, len) = match &answer.body {
        Body::Bytes(bytes) => (Some(format!("\"{:032x}\"", xxh3_128(bytes))), bytes.len() as u64),
        Body::File(file) => file_tag(file),
    };
    let mut sent = vec![
        ("Content-Type", answer.media_type.to_owned()),
        ("Cache-Control", "no-cache".into()),
        ("X-Content-Type-Options", "nosniff".into()),
    ];
    let mut status = answer.status;
    let mut part = 0..len;
    if status == 200 {
        sent.push(("Accept-Ranges", "bytes".into()));
        sent.extend(tag.clone().map(|tag| ("ETag", tag)));
        let known = tag.as_deref().is_some_and(|tag| header("If-None-Match").is_some_and(|list| names_tag(list, tag)));
        // §13.1.5: a part only if the whole is still the one that the browser has the rest of.
        let same_whole = header("If-Range").is_none_or(|known| Some(known.trim()) == tag.as_deref());
        if known {
            status = 304;
        } else if let Some(range) = header("Range").filter(|_| same_whole).and_then(|range| parse_range(range, len)) {
            match range {
                Range::Part(range) => {
                    status = 206;
                    sent.push(("Content-Range", format!("bytes {}-{}/{len}", range.start, range.end - 1)));
                    part = range;
                }
                Range::Unsatisfiable => {
                    status = 416;
                    sent.push(("Content-Range", format!("bytes */{len}")));
                    part = 0..0;
                }
            }
        }
    }
    if status == 405 {
        sent.push(("Allow", "GET, HEAD".into()));
    }
    sent.extend(answer.location.map(|location| ("Location", location)));

    let part_len = part.end - part.start;
    let body: Box<dyn Read + Send> = match answer.body {
        Body::Bytes(mut bytes) => {
            bytes.truncate(part.end as usize);
            let mut cursor = Cursor::new(bytes);
            cursor.set_position(part.start);
            Box::new(cursor)
        }
        // Where the file cannot be read on, the connection ends before its announced length: the browser sees that something is missing.
        Body::File(mut file) => match file.seek(SeekFrom::Start(part.start)) {
            Ok(_) => Box::new(file.take(part_len)),
            Err(_) => Box::new(std::io::empty()),
        },
    };
    let headers = sent.iter().filter_map(|(field, value)| Header::from_bytes(field.as_bytes(), value.as_bytes()).ok()).collect();
    let length = usize::try_from(part_len).ok();
    Response::new(StatusCode(status), headers, body, length, None).with_chunked_threshold(usize::MAX)
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
