//! Kinds of characters, as the rules ask for them.

use crate::value::letter::is_letter_or_digit;

pub(super) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

pub(super) fn is_capital(c: char) -> bool {
    is_cyrillic(c) && c.is_uppercase()
}

pub(super) fn is_word(c: Option<char>) -> bool {
    c.is_some_and(is_letter_or_digit)
}

pub(super) fn is_opener(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '«' | '„' | '‘')
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '„' | '“' | '”' | '\'' | '‘' | '’')
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}
