//! Escaping for HTML: the one doorway to `pulldown-cmark-escape`.

use super::hidden::without;
use std::fmt::Write;

/// Appends `text` for element content and for attribute values in quotes.
pub fn escape_into(text: &str, out: &mut String) {
    // Writing to a text cannot fail.
    let _ = pulldown_cmark_escape::escape_html(out, text);
}

/// Appends `text` for element content, where quotation marks stand for themselves.
pub fn escape_text_into(text: &str, out: &mut String) {
    let _ = pulldown_cmark_escape::escape_html_body_text(out, text);
}

/// The same without what is not seen: for what an author wrote. It is no HTML, and the slots of addresses are among it.
pub fn content_into(text: &str, out: &mut String) {
    let text = without(text);
    // Without a way out in the middle the compiler looks at many bytes at once.
    if text.bytes().fold(false, |any, b| any | (b == b'<') | (b == b'>') | (b == b'&')) {
        escape_text_into(&text, out);
    } else {
        out.push_str(&text);
    }
}

/// [`escape_into`] without what is not seen.
pub fn attribute_into(text: &str, out: &mut String) {
    escape_into(&without(text), out);
}

/// `text` for element content and for attribute values in quotes.
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
        let mut text = String::new();
        escape_text_into("«a» <b c=\"d\"> & e", &mut text);
        assert_eq!(text, "«a» &lt;b c=\"d\"&gt; &amp; e");
        assert_eq!(encode_path("files/план 1.pdf"), "files/%D0%BF%D0%BB%D0%B0%D0%BD%201.pdf");
    }
}
