//! The table as it comes back from whoever edited it: columns in any order, rows in any order.

use super::column::Column;
use super::row::{Lines, line};
use super::stamp::{self, RowStamp, TableStamp};
use super::words;
use crate::import::container;
use crate::import::headings::heading_of;
use crate::import::paper::{self, Block, Remark, Table};
use crate::import::refusal::Refusal;
use crate::site::names::key;
use std::collections::BTreeMap;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// What it was exported from; `None` if the last column is gone.
    pub stamp: Option<TableStamp>,
    pub columns: Vec<Column>,
    pub has_keys: bool,
    pub rows: Vec<EditedRow>,
    /// The headings of columns that no key of a plan takes.
    pub strangers: Vec<String>,
    /// Lines of a CSV at which a quote opens that nothing closes.
    pub quotes: Vec<usize>,
}

/// A row with something in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditedRow {
    /// As the spreadsheet counts, from 1.
    pub number: usize,
    /// Empty for a new row.
    pub key: String,
    pub stamp: Option<RowStamp>,
    /// By the columns that the table has, without those that a merged cell hides here.
    pub cells: BTreeMap<Column, Lines>,
    /// The columns that a merged cell hides.
    pub hidden: Vec<Column>,
    /// What the spreadsheet made of the number of the row.
    pub remark: Option<Remark>,
}

/// Reads the table in the bytes of a file: XLSX, CSV or whatever else `import` reads.
///
/// # Errors
/// It cannot be read, or there is no table of rows in it.
pub fn read(bytes: &[u8]) -> Result<Edited, Refusal> {
    let paper = container::read(bytes)?;
    let tables = paper.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    let headed = tables.filter_map(|table| headings(table).map(|(at, known)| (table, at, known)));
    // The first of those that know the most.
    let best = headed.reduce(|best, other| if other.2 > best.2 { other } else { best });
    let (table, at, _) = best.ok_or(Refusal::NoTable)?;
    let mut edited = of_table(table, at);
    edited.quotes = paper.quotes.iter().map(|(line, _)| *line).collect();
    Ok(edited)
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Key,
    Stamp,
    Cell(Column),
}

fn role(heading: &str) -> Option<Role> {
    if stamp::read_table(heading).is_some() {
        return Some(Role::Stamp);
    }
    let words_of = key(heading);
    let is_key = words::KEYS.iter().any(|word| words_of.split(' ').next() == Some(word));
    if is_key { Some(Role::Key) } else { Column::of_heading(heading).map(Role::Cell) }
}

/// The row of `table` with the headings, and how many it names: at least two, one of them the key or the title.
fn headings(table: &Table) -> Option<(usize, usize)> {
    /// Somebody may have put a title above the table.
    const FIRST: usize = 30;
    let known = |row: &paper::Row| {
        let roles: Vec<Role> = row.filled().filter_map(|cell| role(&heading_of(cell))).collect();
        let is_ours = roles.contains(&Role::Key) || roles.contains(&Role::Cell(Column::Title));
        if is_ours && roles.len() > 1 { roles.len() } else { 0 }
    };
    let scored = table.rows.iter().take(FIRST).map(known).enumerate().filter(|(_, known)| *known > 0);
    scored.reduce(|best, other| if other.1 > best.1 { other } else { best })
}

fn of_table(table: &Table, at: usize) -> Edited {
    let mut edited =
        Edited { stamp: None, columns: Vec::new(), has_keys: false, rows: Vec::new(), strangers: Vec::new(), quotes: Vec::new() };
    let mut roles: BTreeMap<usize, Role> = BTreeMap::new();
    for cell in table.rows.get(at).into_iter().flat_map(paper::Row::filled) {
        let heading = heading_of(cell);
        match role(&heading) {
            // Of two columns with one name the first is taken.
            Some(role) if !roles.values().any(|other| *other == role) => {
                roles.insert(cell.column, role);
                match role {
                    Role::Key => edited.has_keys = true,
                    Role::Stamp => edited.stamp = stamp::read_table(&heading),
                    Role::Cell(column) => edited.columns.push(column),
                }
            }
            _ => edited.strangers.push(heading),
        }
    }
    for row in table.rows.iter().skip(at + 1) {
        let mut read = EditedRow {
            number: row.number,
            key: String::new(),
            stamp: None,
            cells: edited.columns.iter().map(|column| (*column, Lines::new())).collect(),
            hidden: Vec::new(),
            remark: None,
        };
        for cell in row.filled() {
            match roles.get(&cell.column) {
                Some(Role::Key) => read.key = key_of(&cell.text()),
                Some(Role::Stamp) => read.stamp = stamp::read_row(&cell.text()),
                Some(Role::Cell(column)) => {
                    if *column == Column::Number {
                        read.remark = cell.remark;
                    }
                    read.cells.insert(*column, lines(*column, &cell.lines));
                }
                None => {}
            }
            for (_, role) in roles.range(cell.column + 1..cell.column + cell.span) {
                if let Role::Cell(column) = role {
                    read.cells.remove(column);
                    read.hidden.push(*column);
                }
            }
        }
        let says_something = !read.key.is_empty() || read.cells.values().any(|lines| !lines.is_empty());
        // The headings once more, as on each page of a print.
        let is_heading = read.cells.iter().all(|(column, lines)| Column::of_heading(&lines.join(" ")) == Some(*column));
        if says_something && !is_heading {
            edited.rows.push(read);
        }
    }
    edited
}

/// The id of a row out of «п. 2.3»; the word may have been taken off.
fn key_of(text: &str) -> String {
    let text = line(text);
    let text = text.strip_prefix('\'').unwrap_or(&text);
    words::OF_ROW.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).trim().to_owned()
}

/// The lines of a cell, without the apostrophe that marks a text.
fn lines(column: Column, lines: &[String]) -> Lines {
    let mut out: Lines = lines.to_vec();
    if let Some(first) = out.first_mut()
        && let Some(rest) = first.strip_prefix('\'')
    {
        *first = rest.to_owned();
    }
    if !column.is_list() {
        out = vec![out.join(" ")];
    }
    out.iter().map(|text| line(text)).filter(|text| !text.is_empty()).collect()
}
