//! What the edited table changes in the plan, cell by cell, against what it was exported from.

use super::column::Column;
use super::matter::Matter;
use super::reading::{Edited, EditedRow};
use super::row::{Cells, Lines, Row};
use super::stamp;
use crate::import::paper::Remark;
use crate::import::text::through_1251;
use crate::kinds::Status;
use crate::record::{Read, Reader};
use crate::site::names::key;
use crate::value::language::Language;
use crate::value::yaml;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What is to be done, and what is to be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merge {
    pub edits: Vec<Edit>,
    pub added: Vec<Added>,
    /// The rows, by their places in the list, that are to be taken out.
    pub deleted: Vec<usize>,
    pub matters: Vec<Matter>,
}

/// A cell that the table changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The place of its row in the list.
    pub row: usize,
    pub column: Column,
    pub from: Lines,
    pub to: Lines,
}

/// A new row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    pub section: usize,
    pub cells: Cells,
}

impl Merge {
    /// Whether nothing of the plan changes.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.added.is_empty() && self.deleted.is_empty()
    }

    /// Whether text of the paper changes, not only what became of its rows.
    pub fn touches_paper(&self) -> bool {
        !self.added.is_empty() || !self.deleted.is_empty() || self.edits.iter().any(|edit| edit.column.is_of_paper())
    }
}

/// Compares `edited` with the `rows` of the plan, whose sections are called `labels`. A row that is not in the table stays, unless
/// `delete_missing` says that it is to go.
pub fn merge(rows: &[Row], labels: &[String], edited: &Edited, delete_missing: bool, language: Language) -> Merge {
    let mut merge = Merge::default();
    edited.strangers.iter().for_each(|heading| merge.matters.push(Matter::UnknownColumn { heading: heading.clone() }));
    edited.quotes.iter().for_each(|line| merge.matters.push(Matter::OpenQuote { line: *line }));
    if edited.stamp.is_none() {
        merge.matters.push(Matter::NoStamp);
    }
    let (of_row, copies) = identify(rows, edited, &mut merge.matters);
    for (at, row) in rows.iter().enumerate() {
        if let Some(table) = of_row.get(&at) {
            compare(at, row, labels, table, language, &mut merge);
        }
    }
    let known: HashMap<usize, usize> = of_row.iter().map(|(at, row)| (row.number, *at)).collect();
    add(rows, labels, edited, (&known, &copies), language, &mut merge);
    let claimed: HashSet<usize> = of_row.keys().copied().collect();
    missing(rows, &claimed, edited, delete_missing, &mut merge);
    numbers(rows, &mut merge);
    merge
}

/// The row of the table for each row of the plan, and the rows of the table that are copies of one, made into another.
fn identify<'t>(rows: &[Row], edited: &'t Edited, matters: &mut Vec<Matter>) -> (BTreeMap<usize, &'t EditedRow>, HashSet<usize>) {
    let by_key: HashMap<&str, usize> = rows.iter().enumerate().map(|(at, row)| (row.key.as_str(), at)).collect();
    let was_exported = |key: &str| {
        let list = edited.stamp.as_ref().and_then(|stamp| stamp.rows.as_ref());
        list.is_some_and(|list| list.iter().any(|(own, _)| *own == stamp::short(key)))
    };
    let mut claims: BTreeMap<usize, Vec<&EditedRow>> = BTreeMap::new();
    for row in edited.rows.iter().filter(|row| !row.key.is_empty()) {
        if let Some(own) = row.stamp.as_ref().map(|stamp| stamp.key.as_str()).filter(|own| *own != stamp::short(&row.key)) {
            let was = rows.iter().find(|row| stamp::short(&row.key) == own).map(|row| row.key.clone());
            matters.push(Matter::KeyEdited { row: row.number, key: row.key.clone(), was });
            continue;
        }
        let title = |at: usize| stamp::of_cell(&rows[at].cells[Column::Title]);
        let stamped = row.stamp.as_ref().and_then(|stamp| stamp.cells.get(Column::Title as usize));
        // Rows without a number are called by their place, so what is called so now may be another one than it was.
        let named = by_key.get(row.key.as_str()).copied();
        let same = |at: &usize| stamped.is_none_or(|own| title(*at) == *own);
        let moved = || {
            let own = stamped?;
            let mut found = (0..rows.len()).filter(|at| title(*at) == *own && !was_exported(&rows[*at].key));
            found.next().filter(|_| found.next().is_none())
        };
        match named.filter(same).or_else(moved).or(named) {
            Some(at) => claims.entry(at).or_default().push(row),
            None => matters.push(Matter::UnknownKey { row: row.number, key: row.key.clone(), was_exported: was_exported(&row.key) }),
        }
    }
    let (mut of_row, mut copies) = (BTreeMap::new(), HashSet::new());
    for (at, mut of) in claims {
        let own = &rows[at];
        // What is most like the row is the row.
        let same = |row: &EditedRow| row.cells.iter().filter(|(column, lines)| own.cells[**column] == **lines).count();
        let best = (0..of.len()).rev().max_by_key(|n| same(of[*n])).unwrap_or(0);
        of_row.insert(at, of.remove(best));
        for row in of {
            let is_another = row.cells.get(&Column::Title).is_some_and(|title| !title.is_empty() && *title != own.cells[Column::Title]);
            if is_another {
                copies.insert(row.number);
            }
            matters.push(Matter::KeyTwice { row: row.number, key: own.key.clone(), is_another });
        }
    }
    (of_row, copies)
}

/// Puts what `table` changes in the row `at` into `merge`.
fn compare(at: usize, row: &Row, labels: &[String], table: &EditedRow, language: Language, merge: &mut Merge) {
    let told = |matter: Matter, merge: &mut Merge| merge.matters.push(matter);
    table.hidden.iter().for_each(|column| told(Matter::Merged { row: table.number, column: *column }, merge));
    for (column, new) in &table.cells {
        let (column, old) = (*column, &row.cells[*column]);
        let stamp = table.stamp.as_ref().and_then(|stamp| stamp.cells.get(column as usize));
        let is_base = |lines: &Lines| stamp.is_some_and(|own| *own == stamp::of_cell(lines));
        let mut new = new.clone();
        if column == Column::Status {
            match status(&new, language) {
                Some(known) => new = known,
                None => {
                    told(Matter::UnknownStatus { row: table.number, text: new.join(" ") }, merge);
                    continue;
                }
            }
        }
        let is_same_number = column == Column::Number && is_number(&new, table.remark, old);
        let is_same_section = column == Column::Section && (section(labels, &new) == Some(row.section));
        // A spreadsheet that saves CSV in windows-1251 has no sign for some letters.
        let is_poorer =
            || new.iter().any(|line| line.contains('?')) && new.iter().eq(&old.iter().map(|line| through_1251(line)).collect::<Lines>());
        if new == *old || is_poorer() || is_same_number || is_same_section || is_base(&new) {
            continue;
        }
        if stamp.is_some() && !is_base(old) {
            told(Matter::Conflict { key: row.key.clone(), column, table: new, file: old.clone() }, merge);
        } else if column == Column::Section {
            told(Matter::OtherSection { row: table.number, key: row.key.clone(), section: new.join(" ") }, merge);
        } else if column == Column::Title && new.is_empty() {
            told(Matter::NoTitle { row: table.number }, merge);
        } else {
            merge.edits.push(Edit { row: at, column, from: old.clone(), to: new });
        }
    }
}

/// The status in a cell, in the word for it; `None` if it is no word for one.
fn status(lines: &Lines, language: Language) -> Option<Lines> {
    let text = lines.join(" ");
    if text.is_empty() {
        return Some(Lines::new());
    }
    let node = yaml::Node { value: yaml::Value::Scalar(text.as_str().into()), span: 0..0 };
    let mut reader = Reader { file: &"".into(), diagnostics: Vec::new(), pool: None };
    Status::read(&node, &mut reader).map(|status| vec![status.shown(language).to_owned()])
}

/// Whether a spreadsheet has made `new` of `old`: «1.1» of «1.10», the first of October of «1.10».
fn is_number(new: &Lines, remark: Option<Remark>, old: &Lines) -> bool {
    let (Some(new), Some(old)) = (new.first(), old.first()) else { return false };
    match remark {
        Some(Remark::Number) => new.parse::<f64>().is_ok_and(|new| old.parse() == Ok(new)),
        Some(Remark::Day { day, month }) => {
            let parts: Vec<Option<i8>> = old.split('.').map(|part| part.parse().ok()).collect();
            parts.get(..2) == Some(&[Some(day), Some(month)])
        }
        None => false,
    }
}

/// The section that a cell names: by its label, its title or its number.
fn section(labels: &[String], lines: &Lines) -> Option<usize> {
    let wanted = key(&lines.join(" "));
    let all = || labels.iter().map(|label| key(label));
    let mut titles = labels.iter().map(|label| key(label.split_once(". ").map_or("", |(_, title)| title)));
    let mut numbers = labels.iter().map(|label| key(label.split_once(". ").map_or(label, |(number, _)| number)));
    let named = !wanted.is_empty();
    let found = all().position(|label| label == wanted);
    found.or_else(|| titles.position(|title| named && title == wanted)).or_else(|| numbers.position(|number| named && number == wanted))
}

/// Puts the rows without a key, and the copies, into `merge`; `known` are the rows of the table that are some row of the plan.
fn add(
    rows: &[Row],
    labels: &[String],
    edited: &Edited,
    (known, copies): (&HashMap<usize, usize>, &HashSet<usize>),
    language: Language,
    merge: &mut Merge,
) {
    let claimed: HashSet<usize> = known.values().copied().collect();
    let mut last = None;
    for row in &edited.rows {
        if !row.key.is_empty() && !copies.contains(&row.number) {
            last = known.get(&row.number).map(|at| rows[*at].section).or(last);
            continue;
        }
        let mut cells = Cells::default();
        row.cells.iter().for_each(|(column, lines)| cells[*column].clone_from(lines));
        if cells[Column::Title].is_empty() {
            merge.matters.push(Matter::NoTitle { row: row.number });
            continue;
        }
        let named = std::mem::take(&mut cells[Column::Section]);
        let of = match named.is_empty() {
            // Where it stands, as on paper.
            true => last.or_else(|| labels.len().checked_sub(1)),
            false => section(labels, &named),
        };
        let Some(section) = of else {
            merge.matters.push(Matter::UnknownSection { row: row.number, section: named.join(" ") });
            continue;
        };
        last = Some(section);
        match status(&cells[Column::Status], language) {
            Some(word) => cells[Column::Status] = word,
            None => {
                let text = std::mem::take(&mut cells[Column::Status]).join(" ");
                merge.matters.push(Matter::UnknownStatus { row: row.number, text });
            }
        }
        // Taken over before, or typed in both places.
        let is_there = rows.iter().enumerate().any(|(at, own)| {
            let same = |column: &Column| own.cells[*column] == cells[*column];
            !claimed.contains(&at) && own.section == section && row.cells.keys().filter(|c| **c != Column::Section).all(same)
        });
        if !is_there {
            merge.added.push(Added { section, cells });
        }
    }
}

/// Rows of the plan that the table has no more.
fn missing(rows: &[Row], claimed: &HashSet<usize>, edited: &Edited, delete: bool, merge: &mut Merge) {
    if !edited.has_keys {
        return;
    }
    // A key that somebody has edited belongs to a row that is there.
    let edited_keys: BTreeSet<&str> = edited.rows.iter().filter_map(|row| row.stamp.as_ref()).map(|stamp| stamp.key.as_str()).collect();
    let exported = edited.stamp.as_ref().and_then(|stamp| stamp.rows.as_ref());
    for (at, row) in rows.iter().enumerate().filter(|(at, _)| !claimed.contains(at)) {
        let own = stamp::short(&row.key);
        if edited_keys.contains(own.as_str()) {
            continue;
        }
        let title = row.cells[Column::Title].join(" ");
        let before = exported.map(|list| list.iter().find(|(key, _)| *key == own).map(|(_, cells)| cells));
        match before {
            // It came into the file since.
            Some(None) => {}
            Some(Some(cells)) if *cells == stamp::of_cells(&row.cells) && delete => merge.deleted.push(at),
            Some(Some(cells)) if *cells == stamp::of_cells(&row.cells) => {
                merge.matters.push(Matter::Missing { key: row.key.clone(), title });
            }
            Some(Some(_)) if delete => merge.matters.push(Matter::DeletedButChanged { key: row.key.clone(), title }),
            // Without a list nobody knows whether it was taken out.
            None if delete => merge.matters.push(Matter::DeletedWithoutStamp { key: row.key.clone(), title }),
            _ => merge.matters.push(Matter::Missing { key: row.key.clone(), title }),
        }
    }
}

/// Takes the changes back that would give two rows of a section one number.
fn numbers(rows: &[Row], merge: &mut Merge) {
    let plain = |lines: &Lines| lines.join(" ").trim_end_matches('.').to_owned();
    let new: HashMap<usize, String> =
        merge.edits.iter().filter(|edit| edit.column == Column::Number).map(|edit| (edit.row, plain(&edit.to))).collect();
    let mut taken: HashMap<(usize, String), usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate().filter(|(at, _)| !merge.deleted.contains(at)) {
        let number = new.get(&at).cloned().unwrap_or_else(|| plain(&row.cells[Column::Number]));
        *taken.entry((row.section, number)).or_default() += 1;
    }
    let mut matters = Vec::new();
    merge.edits.retain(|edit| {
        let (row, number) = (&rows[edit.row], plain(&edit.to));
        let is_free = number.is_empty() || taken.get(&(row.section, number.clone())).is_none_or(|times| *times < 2);
        if edit.column == Column::Number && !is_free {
            matters.push(Matter::NumberTaken { number, title: row.cells[Column::Title].join(" ") });
            return false;
        }
        true
    });
    merge.added.retain(|added| {
        let number = plain(&added.cells[Column::Number]);
        if number.is_empty() {
            return true;
        }
        let times = taken.entry((added.section, number.clone())).or_default();
        *times += 1;
        let is_free = *times < 2;
        if !is_free {
            matters.push(Matter::NumberTaken { number, title: added.cells[Column::Title].join(" ") });
        }
        is_free
    });
    merge.matters.extend(matters);
}
