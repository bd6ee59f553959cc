//! What a browser asks for: the head of a request (RFC 9112 §2–3), within limits. The one doorway to httparse.

use super::hosts::Hosts;
use percent_encoding::{CONTROLS, percent_decode_str, utf8_percent_encode};

/// How long a head may be altogether, in bytes. What other servers on this computer have left in the browser's cookies comes along.
pub const LONGEST_HEAD: usize = 32 * 1024;

/// How long the target of a request may be, in bytes (RFC 9112 §3 asks for 8000 at the least).
const LONGEST_TARGET: usize = 8 * 1024;

const MOST_HEADERS: usize = 64;

/// A page or file of the site that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Decoded, without the slash at its beginning: `workshops/x/`.
    pub path: String,
    /// With its `?`, ASCII; empty if there is none.
    pub query: String,
}

/// A request whose head is whole.
#[derive(Debug)]
pub struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    /// HTTP/1.1 or later: the connection stays unless somebody says otherwise.
    is_persistent: bool,
}

/// What the bytes are that have come so far.
#[derive(Debug)]
pub enum Head {
    /// More is needed.
    Partial,
    /// A request, and how many bytes it was.
    Whole(Request, usize),
    /// Nothing that could become one; the status to turn it away with.
    Bad(u16),
}

/// Reads the head of a request at the beginning of `bytes`.
pub fn parse(bytes: &[u8]) -> Head {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let parsed = request.parse(bytes);
    let is_long_target = match request.path {
        Some(target) => target.len() > LONGEST_TARGET,
        None => request.method.is_some() && bytes.len() > LONGEST_TARGET,
    };
    match parsed {
        Err(httparse::Error::Version) => Head::Bad(505),
        Err(httparse::Error::TooManyHeaders) => Head::Bad(431),
        Err(_) => Head::Bad(400),
        Ok(_) if is_long_target => Head::Bad(414),
        Ok(httparse::Status::Partial) if bytes.len() >= LONGEST_HEAD => Head::Bad(431),
        Ok(httparse::Status::Partial) => Head::Partial,
        Ok(httparse::Status::Complete(len)) => {
            // Bytes that are no text are allowed in values and mean nothing here.
            let header = |header: &httparse::Header| (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned());
            let request = Request {
                method: request.method.unwrap_or_default().to_owned(),
                target: request.path.unwrap_or_default().to_owned(),
                headers: request.headers.iter().map(header).collect(),
                is_persistent: request.version == Some(1),
            };
            Head::Whole(request, len)
        }
    }
}

impl Request {
    /// The first value of the header `name`.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers(name).next()
    }

    fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// Only the head of the answer is wanted.
    pub fn is_head(&self) -> bool {
        self.method == "HEAD"
    }

    /// Whether another request may follow on the same connection.
    pub fn keeps_alive(&self) -> bool {
        let closes = |value: &str| value.split(',').any(|option| option.trim().eq_ignore_ascii_case("close"));
        self.is_persistent && !self.headers("Connection").any(closes)
    }

    /// What is asked for; else the status to turn the request away with.
    pub fn ask(&self, hosts: &Hosts) -> Result<Ask, u16> {
        // RFC 9112 §3.2: exactly one. Of HTTP/1.0, which may have none, as much is asked: its age must not be a way around the look at the name.
        let mut names = self.headers("Host");
        let (Some(name), None) = (names.next(), names.next()) else { return Err(400) };
        // §3.2.2: an address that names the server itself counts before the header.
        let (name, target) = match self.target.strip_prefix("http://") {
            Some(rest) => rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len())),
            None => (name, &*self.target),
        };
        if !hosts.allow(name) {
            return Err(421);
        }
        if !matches!(&*self.method, "GET" | "HEAD") {
            return Err(405);
        }
        // Nothing here is for a body, and where it ends could be a matter of opinion (§11.2): the next request is not looked for behind it.
        if self.headers("Transfer-Encoding").next().is_some() || self.headers("Content-Length").any(|len| len != "0") {
            return Err(413);
        }
        parse_target(if target.is_empty() { "/" } else { target }).ok_or(400)
    }
}

/// The path and query of a target; `None` if it is not a path of UTF-8 within the site, or names what is hidden.
fn parse_target(target: &str) -> Option<Ask> {
    let (path, query) = target.split_at(target.find('?').unwrap_or(target.len()));
    let path = percent_decode_str(path.strip_prefix('/')?).decode_utf8().ok()?;
    let inside = !path.contains(|c: char| c == '\\' || c == '#' || c.is_control()) && path.split('/').all(|part| !part.starts_with('.'));
    inside.then(|| Ask { path: path.into_owned(), query: utf8_percent_encode(query, CONTROLS).to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        let path = |target| parse_target(target).map(|ask| ask.path);
        assert_eq!(path("/").as_deref(), Some(""));
        assert_eq!(path("/workshops/%D0%BF%D1%80%D0%BE/?a=1").as_deref(), Some("workshops/про/"));
        // Decoded once: this is a name, strange as it is.
        assert_eq!(path("/%252e%252e/x").as_deref(), Some("%2e%2e/x"));
        let outside =
            ["/../etc/passwd", "/%2e%2e/x", "/a/..%2f..", "/a%5c..%5cb", "/.git/config", "/%2egit", "/a/.", "/a%00", "/a%0d%0ab", "/%ff"];
        for target in outside.into_iter().chain(["", "x", "*", "https://x/", "/a#b"]) {
            assert_eq!(path(target), None, "{target}");
        }
    }

    #[test]
    fn heads_within_limits() {
        let status = |text: &str| match parse(text.as_bytes()) {
            Head::Bad(status) => status,
            Head::Partial => 0,
            Head::Whole(..) => 200,
        };
        assert_eq!(status("GET / HTTP/1.1\r\nHost: localhost\r\n\r\nrest"), 200);
        assert_eq!(status("GET / HTTP/1.1\r\nHost: loc"), 0);
        let target = |len: usize| "x".repeat(len);
        assert_eq!(status(&format!("GET /{} HTTP/1.1\r\n\r\n", target(LONGEST_TARGET - 1))), 200);
        assert_eq!(status(&format!("GET /{} HTTP/1.1\r\n\r\n", target(LONGEST_TARGET))), 414);
        assert_eq!(status(&format!("GET /{}", target(LONGEST_TARGET + 5))), 414);
        assert_eq!(status(&format!("GET / HTTP/1.1\r\nX: {}", target(LONGEST_HEAD))), 431);
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(MOST_HEADERS))), 200);
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(MOST_HEADERS + 1))), 431);
        assert_eq!(status("GET / HTTP/2.0\r\n\r\n"), 505);
        assert_eq!(status("\u{16}\u{3}\u{1}"), 400);
    }
}
