//! Nothing of the paper is lost: every word of a cell is in the row that was made of it, or among the doubts.

use super::doubt::{Doubt, Matter, Place};
use super::headings::Role;
use super::paper::Remark;
use super::stream::RawRow;
use crate::draft::DraftItem;
use crate::value::letter::is_letter_or_digit;
use std::cell::Cell;
use std::collections::HashSet;

/// A doubt for each cell of `row` of which a word is neither in `items` nor in their section nor in `doubts`.
pub fn lost(row: &RawRow, items: &[DraftItem], section: &str, doubts: &[Doubt]) -> Vec<Doubt> {
    let mut kept = Kept::default();
    kept.add(section);
    for item in items {
        let lists = [&item.responsible, &item.competencies, &item.output, &item.audience, &item.comments];
        let texts = [&item.number, &item.group, &item.title, &item.timeframe, &item.venue, &item.form];
        let parts = item.parts.iter().flat_map(|part| [&part.title, &part.timeframe]);
        for text in texts.into_iter().chain(parts).chain(lists.into_iter().flatten()) {
            kept.add(text);
        }
    }
    for doubt in doubts {
        if let Matter::PersonTwice { name: text } | Matter::RepeatedAtBreak { text } | Matter::TermOfSection { printed: text, .. } =
            &doubt.matter
        {
            kept.add(text);
        }
    }
    let is_number = |place: &Place| *place == row.place_of(Role::Number);
    let is_day = row.cells.get(&Role::Number).is_some_and(|cell| matches!(cell.remark, Some(Remark::Day { .. })));
    row.sources
        .iter()
        .filter(|(place, _)| !(is_day && is_number(place)))
        .filter(|(_, text)| text.split_whitespace().any(|word| !is_list_mark(word) && !kept.has(word)))
        .map(|(place, text)| Doubt::new(place.clone(), Matter::Unplaced { text: text.clone() }))
        .collect()
}

/// Letters and digits in lower case, words run together: halves of words may have been joined.
fn compact(text: &str) -> String {
    text.chars().filter(|c| is_letter_or_digit(*c)).flat_map(char::to_lowercase).collect()
}

/// What was kept: as words, which nearly always settles it, and run together.
#[derive(Default)]
struct Kept {
    words: HashSet<String>,
    text: String,
    /// How many more words may be looked for in the text: in a cell as large as a book that would take its square of time.
    left: Cell<usize>,
}

impl Kept {
    fn add(&mut self, text: &str) {
        self.left.set(500);
        self.words.extend(text.split_whitespace().map(compact));
        self.text.push(' ');
        self.text.push_str(&compact(text));
    }

    fn has(&self, word: &str) -> bool {
        let word = compact(word);
        if word.is_empty() || self.words.contains(&word) {
            return true;
        }
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0 && self.text.contains(&word)
    }
}

/// «1.», «а)»: the order of a list says the same.
fn is_list_mark(word: &str) -> bool {
    let plain = word.trim_end_matches(['.', ')']);
    let is_short = plain.chars().count() <= 2 && plain.len() < word.len();
    is_short && (plain.bytes().all(|b| b.is_ascii_digit()) || word.ends_with(')') && plain.chars().count() == 1)
}
