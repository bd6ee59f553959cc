//! Cells that stand for something else: ditto marks, and days that a sheet shows as bare numbers.

use super::doubt::{Doubt, Matter, Place};
use super::headings::{Column, Role, columns, row_score};
use super::number_format::{Epoch, number_text, shown};
use super::paper::{Block, Cell, Paper, Remark, Table, TableName};
use crate::value::letter::is_letter_or_digit;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// `paper` with what its cells mean, and what was assumed; `None` if every cell means what it says.
pub fn resolve(paper: &Paper) -> Option<(Paper, Vec<Doubt>)> {
    let stands_in = |cell: &Cell| is_ditto(cell) || serial_day(cell).is_some();
    let has = |block: &Block| matches!(block, Block::Table(table) if table.rows.iter().any(|row| row.cells.iter().any(stands_in)));
    if !paper.blocks.iter().any(has) {
        return None;
    }
    let (mut paper, mut doubts) = (paper.clone(), Vec::new());
    for block in &mut paper.blocks {
        if let Block::Table(table) = block {
            mend(table, &mut doubts);
        }
    }
    Some((paper, doubts))
}

fn mend(table: &mut Table, doubts: &mut Vec<Doubt>) {
    let mut of: Vec<Column> = Vec::new();
    let mut above: BTreeMap<usize, Cell> = BTreeMap::new();
    // The rows of each column, by its place.
    let mut repeated: BTreeMap<usize, (String, Vec<usize>)> = BTreeMap::new();
    for row in &mut table.rows {
        if row_score(row) > 0 {
            of = columns(row).of;
            continue;
        }
        // The heading of a section stands alone.
        if of.is_empty() || row.filled().count() < 2 {
            continue;
        }
        // Below an empty cell there is nothing to repeat.
        let is_said = |cell: &&Cell| is_ditto(cell) || cell.lines.iter().any(|line| line.contains(is_letter_or_digit));
        let said: BTreeSet<usize> = row.filled().filter(is_said).map(|cell| cell.column).collect();
        for cell in row.cells.iter_mut().filter(|cell| !cell.lines.is_empty()) {
            let column = of.iter().find(|column| (column.column..column.column + column.span).contains(&cell.column));
            let role = column.and_then(|column| column.role);
            if role == Some(Role::Number) {
                continue;
            }
            let heading = || column.map_or_else(String::new, |column| column.heading.clone());
            if is_ditto(cell) {
                if let Some(before) = above.get(&cell.column) {
                    (cell.lines, cell.remark) = (before.lines.clone(), before.remark);
                    repeated.entry(cell.column).or_insert_with(|| (heading(), Vec::new())).1.push(row.number);
                }
                continue;
            }
            if role == Some(Role::Timeframe)
                && matches!(table.name, TableName::Sheet(_))
                && let Some(day) = serial_day(cell)
            {
                let place = Place::Cell { table: table.name.clone(), row: row.number, column: cell.column, heading: heading() };
                doubts.push(Doubt::new(place, Matter::DayFromNumber { printed: cell.text(), day: day.clone() }));
                (cell.lines, cell.remark) = (Arc::from([day]), None);
            }
            // What only dashes say is nothing.
            if cell.lines.iter().any(|line| line.contains(is_letter_or_digit)) {
                above.insert(cell.column, cell.clone());
            }
        }
        above.retain(|column, _| said.contains(column));
    }
    if !repeated.is_empty() {
        let columns = repeated.into_values().collect();
        doubts.push(Doubt::new(Place::Table(table.name.clone()), Matter::Ditto { columns }));
    }
}

/// Whether the cell says «the same as above».
fn is_ditto(cell: &Cell) -> bool {
    const WORDS: [&str; 13] =
        ["то же", "то же самое", "тоже", "он же", "она же", "они же", "оно же", "тот же", "та же", "те же", "там же", "тогда же", "ditto"];
    let [line] = &cell.lines[..] else { return false };
    if line.len() > 40 {
        return false;
    }
    let is_mark = |c: char| matches!(c, '"' | '\'' | '«' | '»' | '„' | '“' | '”' | '″' | '〃' | '/' | '|');
    let is_around = |c: char| matches!(c, '-' | '–' | '—' | '−' | '_' | '.' | ',' | ' ' | '\u{a0}');
    line.contains(is_mark) && line.chars().all(|c| is_mark(c) || is_around(c))
        || matches!(line.as_str(), ",," | "-,,-" | "- ,, -")
        || WORDS.contains(&line.to_lowercase().trim_matches(|c: char| is_mark(c) || is_around(c)))
}

/// The day of a cell that lost its format: 45823 is 15.06.2025.
fn serial_day(cell: &Cell) -> Option<String> {
    let [line] = &cell.lines[..] else { return None };
    let number: u32 = line.parse().ok().filter(|n| (40_000..=60_000).contains(n))?;
    matches!(cell.remark, Some(Remark::Number)).then(|| number_text(f64::from(number), shown("dd.mm.yyyy"), Epoch::Y1900).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, remark: Option<Remark>) -> Cell {
        Cell { column: 0, span: 1, lines: Arc::from([text.to_owned()]), is_continued: false, remark }
    }

    #[test]
    fn marks_of_repetition_are_known() {
        for mark in ["-\"-", "\"", "-//-", "—\"—", "то же", "Он же", "она же.", "-«-", "- “ -", ",,", "//"] {
            assert!(is_ditto(&cell(mark, None)), "{mark}");
        }
        for text in ["-", "—", "", "...", "Иванова", "то же для детей", "«А»", "1/2"] {
            assert!(!is_ditto(&cell(text, None)), "{text}");
        }
    }

    #[test]
    fn a_number_may_be_a_day() {
        assert_eq!(serial_day(&cell("45823", Some(Remark::Number))).as_deref(), Some("15.06.2025"));
        assert_eq!(serial_day(&cell("45823", None)), None);
        assert_eq!(serial_day(&cell("2025", Some(Remark::Number))), None);
    }
}
