//! Bytes to text: the one doorway to `encoding_rs`.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};
use std::borrow::Cow;

/// The text of `bytes`: by its byte order mark, else by what it `declared`, else UTF-8 if it is that, else windows-1251, which is what
/// Russian Windows writes. What cannot be read becomes U+FFFD.
pub fn decode<'b>(bytes: &'b [u8], declared: Option<&str>) -> Cow<'b, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match declared {
        // A page that declares UTF-16 in plain letters is not UTF-16.
        Some(encoding) if encoding != UTF_16LE && encoding != UTF_16BE && (encoding != UTF_8 || std::str::from_utf8(bytes).is_ok()) => {
            encoding.decode_without_bom_handling(bytes).0
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => WINDOWS_1251.decode_without_bom_handling(bytes).0,
        },
    }
}

/// What is left of `text` when a program saves it in windows-1251: a question mark for each UTF-16 unit that it has no letter for.
pub fn through_1251(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_ascii() || !WINDOWS_1251.encode(c.encode_utf8(&mut [0; 4])).2 {
            true => out.push(c),
            false => out.extend(std::iter::repeat_n('?', c.len_utf16())),
        }
    }
    out
}

/// The text of a part of an office document: UTF-8, or UTF-16 with its mark.
pub fn utf(bytes: &[u8]) -> Cow<'_, str> {
    UTF_8.decode(bytes).0
}

/// The encoding that a page of HTML declares in its first kilobytes.
pub fn declared_in_html(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).to_lowercase();
    let from = head.find("charset")? + "charset".len();
    let rest = head[from..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')).collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_windows_and_utf_are_told_apart() {
        assert_eq!(decode("Срок".as_bytes(), None), "Срок");
        assert_eq!(decode(b"\xd1\xf0\xee\xea", None), "Срок");
        assert_eq!(decode(b"\xef\xbb\xbf\xd0\xa1", None), "С");
        assert_eq!(decode(b"\xff\xfe\x21\x04", None), "С");
        assert_eq!(decode(b"\xf3", Some("koi8-r")), "С");
        assert_eq!(decode(b"\xd1", Some("utf-8")), "С");
        assert_eq!(through_1251("Ёлка – № 5 🙂…∑"), "Ёлка – № 5 ??…?");
        let meta = b"<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">";
        assert_eq!(declared_in_html(meta).as_deref(), Some("windows-1251"));
        assert_eq!(declared_in_html(b"<p>charset"), None);
    }
}
