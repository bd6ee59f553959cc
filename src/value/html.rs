//! Escaping for HTML.

use std::fmt::Write;

/// Appends `text` for element content and for attribute values in double quotes.
pub fn escape_into(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let mut last = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let entity = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[last..at]);
        out.push_str(entity);
        last = at + 1;
    }
    out.push_str(&text[last..]);
}

/// `text` for element content and for attribute values in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(text, &mut out);
    out
}

/// Percent-encodes what may not stand in the path of an address (RFC 3986 §3.3); `/` stays.
pub fn encode_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b'!'
            | b'$'
            | b'&'
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'='
            | b':'
            | b'@' => {
                out.push(byte as char);
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_markup_and_keeps_the_rest() {
        assert_eq!(escape("«a» <b c=\"d\"> & e"), "«a» &lt;b c=&quot;d&quot;&gt; &amp; e");
        assert_eq!(encode_path("files/план 1.pdf"), "files/%D0%BF%D0%BB%D0%B0%D0%BD%201.pdf");
    }
}
