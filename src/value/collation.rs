//! The order of Russian names (root collation of Unicode as far as lists of a site need it): ё differs from е only as a tie-breaker, й is
//! a letter of its own, numbers sort as numbers, case and «», № do not count.

use super::letter::is_letter;

/// A key whose order is the order of names. Comparing two is comparing bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey(Box<[u8]>);

/// Before each level of a key, lower than anything within one.
const LEVEL: u8 = 0;
/// A space or hyphen: before any number or letter, so that «план» stands before «планета».
const GAP: u8 = 1;
/// Before the length and the digits of a number.
const NUMBER: u8 = 2;

/// The key of `text`.
pub fn sort_key(text: &str) -> SortKey {
    let mut key = Vec::with_capacity(text.len() * 2 + 8);
    let mut ties = Vec::new();
    let mut letters = 0u16;
    let mut number: Option<String> = None;
    for c in text.chars() {
        if c.is_ascii_digit() {
            number.get_or_insert_default().push(c);
            continue;
        }
        push_number(number.take(), &mut key);
        if is_letter(c) {
            for c in c.to_lowercase() {
                letters = letters.saturating_add(1);
                if c == 'ё' {
                    // An earlier ё weighs more: the place counts down.
                    ties.extend((u16::MAX - letters).to_be_bytes());
                }
                key.extend_from_slice(if c == 'ё' { 'е' } else { c }.encode_utf8(&mut [0; 4]).as_bytes());
            }
        } else if (c.is_whitespace() || matches!(c, '-' | '–' | '—')) && key.last().is_some_and(|last| *last != GAP) {
            key.push(GAP);
        }
    }
    push_number(number, &mut key);
    if key.last() == Some(&GAP) {
        key.pop();
    }
    key.push(LEVEL);
    key.extend(ties);
    key.push(LEVEL);
    key.extend_from_slice(text.as_bytes());
    SortKey(key.into_boxed_slice())
}

/// The letter under which `text` stands in an index: Ё under Е; `None` if it begins with no letter.
pub fn letter(text: &str) -> Option<char> {
    let first = text.chars().find(|c| c.is_alphanumeric()).filter(|c| c.is_alphabetic())?;
    let upper = first.to_uppercase().next()?;
    Some(if upper == 'Ё' { 'Е' } else { upper })
}

fn push_number(number: Option<String>, key: &mut Vec<u8>) {
    if let Some(number) = number {
        let digits = number.trim_start_matches('0');
        key.extend([NUMBER, u8::try_from(digits.len()).unwrap_or(u8::MAX)]);
        key.extend_from_slice(digits.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order() {
        for list in [
            &["ежегодный план", "ёлка", "ель", "йод", "яблоко"][..],
            &["ЦО № 7", "ЦО № 22", "ЦО № 100"],
            &["«Арба»", "Борис"],
            &["все", "всё", "всей"],
            &["план", "План работы", "планета"],
            &["7 шагов", "12 месяцев", "Apple", "арба"],
            &["ЁЖ", "ёж", "ежи"],
        ] {
            let mut sorted = list.to_vec();
            sorted.reverse();
            sorted.sort_by_key(|t| sort_key(t));
            assert_eq!(sorted, list);
        }
    }

    #[test]
    fn letters_of_an_index() {
        assert_eq!(letter("«Ёлка»"), Some('Е'));
        assert_eq!(letter("йод"), Some('Й'));
        assert_eq!(letter("№ 7"), None);
        assert_eq!(letter(""), None);
    }
}
