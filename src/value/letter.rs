//! What a character is, Russian first: the tables of Unicode take ten times as long, and these are asked of every word.

/// Whether `c` is a letter.
pub fn is_letter(c: char) -> bool {
    matches!(c, 'а'..='я' | 'А'..='Я' | 'a'..='z' | 'A'..='Z' | 'ё' | 'Ё') || !is_common_mark(c) && c.is_alphabetic()
}

/// Whether `c` is a letter or a digit.
pub fn is_letter_or_digit(c: char) -> bool {
    is_letter(c) || !is_common_mark(c) && c.is_numeric()
}

/// Whether `c` is a capital letter.
pub fn is_capital(c: char) -> bool {
    matches!(c, 'А'..='Я' | 'A'..='Z' | 'Ё') || !matches!(c, 'а'..='я' | 'a'..='z' | 'ё') && !is_common_mark(c) && c.is_uppercase()
}

/// Marks beyond ASCII that Russian text is full of; `char` knows those of ASCII without its tables.
fn is_common_mark(c: char) -> bool {
    matches!(c, '\u{a0}' | '«' | '»' | '–' | '—' | '…' | '№')
}

/// `text` with a capital letter.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_says_what_unicode_says() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_capital(c), c.is_uppercase(), "{c:?}");
        }
    }
}
