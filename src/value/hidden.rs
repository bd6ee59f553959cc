//! Characters that nobody sees and that change what is read: the marks that turn the direction of text, so that «txt.exe» is read as
//! «exe.txt» (Unicode TR 36 §2.5, «Trojan Source»), control characters, and code points that are no characters (HTML and XML forbid both).
//!
//! They come with texts that were copied from a PDF or a messenger, or are put there on purpose. They are dropped where a text is read;
//! where that is too early, since the places in a Markdown text would move, where it is written.

use std::borrow::Cow;

/// Whether `c` is such a character. Line feed, tab and carriage return are none; nor are U+200C–U+200F, which some scripts are not written
/// without, and the soft hyphen: they move no word from its place.
pub fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' | '\r' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}' => true,
        c => c.is_control() || c as u32 & 0xfffe == 0xfffe,
    }
}

/// Where the first of them stands in `text`, and how many there are.
pub fn find(text: &str) -> Option<(usize, char, usize)> {
    if !may_hide(text, |a| (a < 0x20) & (a != b'\n') & (a != b'\t') & (a != b'\r') | (a == 0x7f)) {
        return None;
    }
    let mut found = text.char_indices().filter(|(_, c)| is_hidden(*c));
    let (at, c) = found.next()?;
    Some((at, c, 1 + found.count()))
}

/// `text` without them.
pub fn without(text: &str) -> Cow<'_, str> {
    match find(text) {
        Some(_) => Cow::Owned(text.chars().filter(|c| !is_hidden(*c)).collect()),
        None => Cow::Borrowed(text),
    }
}

/// Drops those beyond ASCII from a piece of a page, in which the slots of [`crate::output`] are control characters.
pub fn drop_from_piece(html: &mut String) {
    if may_hide(html, |_| false) {
        html.retain(|c| c.is_ascii() || !is_hidden(c));
    }
}

/// Whether one may be there. Without a way out in the middle the compiler looks at many bytes at once, and nearly every text has none:
/// `c2` begins U+0080–U+009F, `e2 80 a…` and `e2 81 a…` the marks of direction (and «…»), `ef` and what is above it the rest (and pictures).
fn may_hide(text: &str, ascii: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let odd = |a: u8, b: u8, c: u8| {
        let turns = (a == 0xe2) & (b | 1 == 0x81) & (c & 0xf0 == 0xa0);
        ascii(a) | ((a == 0xc2) & (b < 0xa0)) | turns | (a >= 0xef)
    };
    let (second, third) = (bytes.get(1..).unwrap_or_default(), bytes.get(2..).unwrap_or_default());
    let triples = bytes.iter().zip(second).zip(third);
    let last = bytes.len().saturating_sub(2);
    triples.fold(false, |found, ((a, b), c)| found | odd(*a, *b, *c))
        || bytes[last..].iter().enumerate().any(|(n, a)| odd(*a, bytes.get(last + n + 1).copied().unwrap_or_default(), 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_or_hides_text_is_dropped_and_nothing_else() {
        let check = |text: &str, expected: &str| assert_eq!(without(text), expected);
        check("а\u{202e}txt.exe\u{2069}\u{0}\u{7f}\u{85}\u{feff}\u{ffff}\u{1fffe}", "аtxt.exe");
        check("«План» — 5 %…\u{a0}👍🏿\u{200d}\u{ad}\n\t\r", "«План» — 5 %…\u{a0}👍🏿\u{200d}\u{ad}\n\t\r");
        for last in ["", "а", "\u{85}", "\u{1}", "\u{202e}", "я\u{7f}"] {
            assert_eq!(find(last).is_some(), last.contains(is_hidden), "{last:?}");
        }
        assert_eq!(find("а\u{202e}б\u{2066}"), Some((2, '\u{202e}', 2)));
        let mut piece = String::from("\u{1}calendar/\u{2}\u{85}\u{202e}");
        drop_from_piece(&mut piece);
        assert_eq!(piece, "\u{1}calendar/\u{2}");
    }
}
