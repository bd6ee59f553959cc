//! The first pass: spaces and dots.

use super::NBSP;
use super::edits::Edits;
use super::marks::{is_dash, is_quote};
use super::tokens::{spaced_dash, spaces};
use std::borrow::Cow;

/// Whether a space before these two bytes may be one that [`clean`] takes away or moves. A space that is the first of its kind: what follows
/// a space or a no-break space is told by that.
pub(super) fn needs_cleaning(next: u8, second: u8) -> bool {
    matches!(next, b' ' | b',' | b'.' | b';' | b':' | b'!' | b'?') || next == 0xC2 && second == 0xA0
}

/// Double spaces, spaces before punctuation, three dots. Spaces at the start of a line are the author's.
pub(super) fn clean<'t>(text: &'t str, prev: Option<char>, bibliographic: &mut bool) -> Cow<'t, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut edits = Edits::new(text, &mut out);
    let mut after = 0;
    while let Some(found) = memchr::memchr2(b' ', b'.', &bytes[after..]) {
        let at = after + found;
        let next = bytes.get(at + 1).copied().unwrap_or(b'\n');
        after = at + 1;
        if bytes[at] == b'.' {
            if next == b'.' {
                let dots = bytes[at..].iter().take_while(|b| **b == b'.').count();
                after = at + dots;
                if dots == 3 && (at > 0 || prev != Some('.')) && !matches!(bytes.get(after), Some(b'/' | b'\\')) {
                    edits.replace(at..after, "…");
                }
            }
            continue;
        }
        let at_start = at == 0 && prev.is_some();
        if !matches!(next, b' ' | b',' | b'.' | b';' | b':' | b'!' | b'?' | 0xC2) && !at_start && !bytes[..at].ends_with(&[0xC2, 0xA0]) {
            continue;
        }
        let start = text[edits.copied..at].trim_end_matches([' ', NBSP]).len() + edits.copied;
        after = at + spaces(&text[at..]);
        let Some(left) = text[..start].chars().next_back().or(prev) else { continue };
        let rest = &text[after..];
        if left == '\n' || rest.starts_with(['\n', '\r', '\t']) {
            continue;
        }
        let new = if start == 0 && left.is_whitespace() || takes_no_space(text, left, rest, bibliographic) {
            ""
        } else if text[start..after].contains(NBSP) {
            "\u{a0}"
        } else {
            " "
        };
        edits.replace(start..after, new);
    }
    if !edits.any() {
        return Cow::Borrowed(text);
    }
    edits.finish();
    Cow::Owned(out)
}

/// Whether `rest` begins with a mark that stands close to the word before it, which ends in `left`.
fn takes_no_space(text: &str, left: char, rest: &str, bibliographic: &mut bool) -> bool {
    let mut chars = rest.chars();
    let (mark, next) = (chars.next(), chars.next());
    if left.is_whitespace() || is_dash(left) || left == '/' {
        return false;
    }
    let free = next.is_none_or(|c| c.is_whitespace() || is_quote(c) || c == ')' || c == ']');
    match mark {
        Some(',' | '!' | '?') => free,
        Some('.') => free && !matches!(left, '.' | '…'),
        // A ratio, «:)», and the prescribed marks of a bibliographic description keep their spaces.
        Some(':') if left.is_ascii_digit() && chars.next().is_some_and(|c| c.is_ascii_digit()) => false,
        Some(':' | ';') if next.is_none_or(char::is_whitespace) => {
            *bibliographic |= is_bibliographic(text);
            !*bibliographic
        }
        _ => false,
    }
}

/// Signs of a bibliographic description: « / », « // », «. — ».
fn is_bibliographic(text: &str) -> bool {
    let spaced = |c: Option<char>| c.is_some_and(char::is_whitespace);
    text.match_indices('/')
        .any(|(at, _)| spaced(text[..at].chars().next_back()) && spaced(text[at..].trim_start_matches('/').chars().next()))
        || text.match_indices('.').any(|(at, _)| {
            let rest = &text[at + 1..];
            !text[..at].ends_with('.') && spaced(rest.chars().next()) && spaced_dash(rest.trim_start_matches([' ', NBSP])).is_some()
        })
}
