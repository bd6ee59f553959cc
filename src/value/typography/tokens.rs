//! Where words, numbers, dashes and addresses begin and end.

use super::marks::is_quote;
use crate::value::letter::{is_letter, is_letter_or_digit};

/// The longest word, in bytes, that any rule asks for on the left.
pub(super) const LONGEST_WORD: usize = 32;

/// The length of the spaces that `text` begins with.
pub(super) fn spaces(text: &str) -> usize {
    let mut bytes = text.as_bytes();
    while let [b' ', rest @ ..] | [0xC2, 0xA0, rest @ ..] = bytes {
        bytes = rest;
    }
    text.len() - bytes.len()
}

pub(super) fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The length of a number that may be a date: digits with single full stops between them.
pub(super) fn numeric(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = digits(text);
    while end > 0 && bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end += 1 + digits(&text[end + 1..]);
    }
    end
}

/// «15.03», «15.03.15», «15.03.2015».
pub(super) fn is_numeric_date(text: &str) -> bool {
    let mut parts = text.split('.');
    let part = |p: Option<&str>, most: u32| p.is_some_and(|p| p.len() == 2 && p.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n)));
    part(parts.next(), 31)
        && part(parts.next(), 12)
        && parts.next().is_none_or(|year| matches!(year.len(), 2 | 4))
        && parts.next().is_none()
}

/// Where the word that ends at `end` begins: letters, digits, full stops, № and §; `end` if it is longer than any rule asks for.
pub(super) fn word_start(text: &str, least: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut start = end;
    while start > least {
        // Behind 0xD0 and 0xD1 there are letters only.
        let length = match bytes[start - 1] {
            0x80..=0xBF if start >= least + 2 && matches!(bytes[start - 2], 0xD0 | 0xD1) => 2,
            b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => 1,
            0..=0x7F => break,
            _ => match text[least..start].chars().next_back() {
                Some(c) if is_letter_or_digit(c) || matches!(c, '№' | '§') => c.len_utf8(),
                _ => break,
            },
        };
        start -= length;
        if end - start > LONGEST_WORD {
            return end;
        }
    }
    start
}

/// The letters that `text` begins with.
pub(super) fn first_word(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut end = 0;
    for _ in 0..LONGEST_WORD {
        end += match bytes.get(end) {
            Some(0xD0 | 0xD1) => 2,
            Some(b'A'..=b'Z' | b'a'..=b'z') => 1,
            None | Some(0..=0x7F) => return &text[..end],
            Some(_) => match text[end..].chars().next() {
                Some(c) if is_letter(c) => c.len_utf8(),
                _ => return &text[..end],
            },
        };
    }
    text
}

/// Where an address or an e-mail ends that begins before or at `at`.
pub(super) fn address_end(text: &str, at: usize) -> usize {
    text[at..].find(|c: char| c.is_whitespace() || is_quote(c) || matches!(c, '<' | '>')).map_or(text.len(), |found| at + found)
}

/// Whether nothing behind makes the word before a part of an address, a path or a file name.
pub(super) fn ends_token(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        None => true,
        Some('.' | ',' | ':') => !chars.next().is_some_and(is_letter_or_digit),
        Some(c) => !(is_letter_or_digit(c) || matches!(c, '/' | '\\' | '_' | '@' | '-')),
    }
}

/// The length of a dash that stands alone: before a space or at the end.
pub(super) fn spaced_dash(rest: &str) -> Option<usize> {
    let len = match rest.chars().next()? {
        '-' => rest.bytes().take_while(|b| *b == b'-').count(),
        '–' | '—' | '―' => 3,
        _ => return None,
    };
    (len <= 3 && rest[len..].chars().next().is_none_or(char::is_whitespace)).then_some(len)
}
