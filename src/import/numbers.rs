//! Numbers of rows: as printed, without their full stop; each once in a section.

use super::doubt::{Doubt, Matter, Place};
use super::paper::Remark;
use crate::draft::DraftSection;
use std::collections::HashSet;

/// The number that a cell shows. A spreadsheet makes a day of «1.1» and «1.1» of «1.10»; `last` is the number before.
pub fn read(printed: &str, remark: Option<Remark>, last: &str) -> (String, Option<Matter>) {
    let plain = printed.trim().trim_end_matches(['.', ')']).trim().to_owned();
    match remark {
        Some(Remark::Day { day, month }) => {
            let number = format!("{day}.{month}");
            (number.clone(), Some(Matter::NumberFromDay { number }))
        }
        Some(Remark::Number) => match with_nought(&plain, last) {
            Some(number) => (number.clone(), Some(Matter::NumberWithNought { printed: plain, number })),
            None => (plain, None),
        },
        None => (plain, None),
    }
}

/// «1.10», if «1.1» stands behind «1.9».
fn with_nought(number: &str, last: &str) -> Option<String> {
    let ((head, tail), (last_head, last_tail)) = (number.split_once('.')?, last.split_once('.')?);
    let expected = last_tail.parse::<u32>().ok()?.checked_add(1)?.to_string();
    (head == last_head && expected.len() > 1 && expected.strip_suffix('0') == Some(tail)).then(|| format!("{head}.{expected}"))
}

/// The number at the beginning of a text, where the table has no column for it: «2.1. Семинар».
pub fn leading(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    let number = text[..end].trim_end_matches('.');
    let is_number = !number.is_empty() && number.len() <= 8 && number.split('.').all(|part| !part.is_empty() && part.len() <= 3);
    let rest = text[end..].strip_prefix(')').unwrap_or(&text[end..]);
    let is_apart = rest.starts_with(' ') && (end > number.len() || number.contains('.') || text[end..].starts_with(')'));
    (is_number && is_apart && !rest.trim().is_empty()).then(|| (number.to_owned(), rest.trim_start()))
}

/// Makes each number stand once in its section; a section may count its rows anew. `places` has the place of each row, in the order of the
/// rows.
pub fn make_unique(sections: &mut [DraftSection], places: &[Place], doubts: &mut Vec<Doubt>) {
    let mut places = places.iter();
    for section in sections {
        let mut seen: HashSet<String> = HashSet::new();
        for item in &mut section.items {
            let place = places.next().cloned().unwrap_or(Place::Paper);
            if !item.number.is_empty() && !seen.insert(item.number.clone()) {
                let printed = std::mem::take(&mut item.number);
                item.comments.push(format!("№ {printed}"));
                doubts.push(Doubt::new(place, Matter::NumberTwice { printed }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_paper() {
        assert_eq!(read("1.1.", None, "").0, "1.1");
        assert_eq!(read("01.02.2024", Some(Remark::Day { day: 1, month: 2 }), "1.1").0, "1.2");
        assert_eq!(read("1.1", Some(Remark::Number), "1.9").0, "1.10");
        assert_eq!(read("1.2", Some(Remark::Number), "1.19").0, "1.20");
        assert_eq!(read("1.1", Some(Remark::Number), "").0, "1.1");
        assert_eq!(read("2.1", Some(Remark::Number), "1.9").0, "2.1");
        assert_eq!(leading("2.1. Семинар"), Some(("2.1".into(), "Семинар")));
        assert_eq!(leading("2) Семинар"), Some(("2".into(), "Семинар")));
        assert_eq!(leading("2 семинара"), None);
        assert_eq!(leading("2024 год"), None);
    }
}
