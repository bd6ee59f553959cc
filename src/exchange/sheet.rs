//! A plan as the table that is edited.

use super::column::Column;
use super::row::{Edition, Row, rows};
use super::stamp;
use super::words;
use crate::format::spreadsheet;
use crate::format::xlsx::{self, Look};
use crate::kinds::Status;
use crate::site::Entry;
use crate::value::language::Language;

/// The plan as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    rows: Vec<Row>,
    stamp: String,
    language: Language,
}

/// A cell that Excel has no room for: the key of its row, and its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooLong {
    pub key: String,
    pub column: Option<Column>,
}

/// The table of the plan `entry`. Where no order has changed anything, the text that holds is the approved one.
pub fn sheet(entry: &Entry, edition: Edition, language: Language) -> Sheet {
    let is_amended = entry.plan.as_ref().is_some_and(|rows| rows.amended.is_some());
    let edition = if is_amended { edition } else { Edition::Approved };
    let rows = rows(entry, edition, language);
    let stamp = format!("{} {}", words::stamp(language), stamp::table(entry.document.stem(), edition, &rows));
    Sheet { rows, stamp, language }
}

impl Sheet {
    /// How many rows the plan has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// As CSV that a spreadsheet in Russian opens. What it would take for a number, a day or a formula has an apostrophe before it.
    pub fn csv(&self) -> Vec<u8> {
        spreadsheet::csv(&self.table(|column, text| {
            let is_short = !text.contains('\n') && text.chars().any(|c| c.is_ascii_digit());
            let is_like_a_day = matches!(column, Column::Number | Column::Timeframe);
            is_short && (is_like_a_day || text.chars().all(|c| !c.is_alphabetic()))
        }))
    }

    /// As a workbook, with a second sheet on how to edit it.
    ///
    /// # Errors
    /// A text is longer than a cell of Excel may be.
    pub fn xlsx(&self) -> Result<Vec<u8>, TooLong> {
        let column = |width, look| xlsx::Column { width, look, choices: Vec::new() };
        let mut columns = vec![column(11.0, Look::Grey)];
        columns.extend(Column::ALL.map(|of| xlsx::Column {
            width: width(of),
            look: Look::Plain,
            choices: match of {
                Column::Status => Status::CHOICES.iter().map(|status| status.shown(self.language).to_owned()).collect(),
                _ => Vec::new(),
            },
        }));
        columns.push(column(11.0, Look::Hidden));
        let plan = xlsx::Sheet { name: words::plan(self.language).into(), columns, rows: self.table(|_, _| false), has_heading: true };
        let how = xlsx::Sheet {
            name: words::how(self.language).into(),
            columns: vec![column(100.0, Look::Plain)],
            rows: words::how_to(self.language).map(|line| vec![line.to_owned()]).to_vec(),
            has_heading: false,
        };
        xlsx::xlsx(&[plan, how]).map_err(|at| TooLong {
            key: at.row.checked_sub(1).and_then(|row| self.rows.get(row)).map(|row| row.key.clone()).unwrap_or_default(),
            column: at.column.checked_sub(1).and_then(|column| Column::ALL.get(column)).copied(),
        })
    }

    /// All cells; `is_guarded` says which texts need an apostrophe. One that stands there already is doubled, since one is taken off
    /// when the table is read, as Excel itself does.
    fn table(&self, is_guarded: impl Fn(Column, &str) -> bool) -> Vec<Vec<String>> {
        let mut heading = vec![words::key(self.language).to_owned()];
        heading.extend(Column::ALL.map(|column| column.heading(self.language).to_owned()));
        heading.push(self.stamp.clone());
        let row = |row: &Row| {
            let cell = |column: Column| {
                let text = row.cells[column].join("\n");
                if text.starts_with('\'') || is_guarded(column, &text) { format!("'{text}") } else { text }
            };
            let mut cells = vec![words::of_row(&row.key, self.language)];
            cells.extend(Column::ALL.map(cell));
            cells.push(stamp::row(row));
            cells
        };
        std::iter::once(heading).chain(self.rows.iter().map(row)).collect()
    }
}

/// How wide a column of the workbook is, in characters.
fn width(column: Column) -> f64 {
    match column {
        Column::Number => 7.0,
        Column::Title => 48.0,
        Column::Parts => 36.0,
        Column::Section | Column::Group | Column::Responsible | Column::Output => 26.0,
        Column::Timeframe | Column::Venue | Column::Competencies | Column::Results => 20.0,
        Column::Audience | Column::Form | Column::Status => 15.0,
    }
}
