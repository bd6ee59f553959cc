//! What of an edited table was not taken, and what is to be asked.

use super::column::Column;
use super::row::Lines;

/// Something that a person has to look at. Rows of the table are counted as the spreadsheet does, from 1; rows of the plan go by their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// The file and the table have both changed a cell since the export; that of the file stays.
    Conflict { key: String, column: Column, table: Lines, file: Lines },
    /// A row of the plan that the table has no more; it stays.
    Missing { key: String, title: String },
    /// A row that was to go, but somebody has changed it in the file since.
    DeletedButChanged { key: String, title: String },
    /// A row that was to go, but nobody knows whether it was in the table at all.
    DeletedWithoutStamp { key: String, title: String },
    /// No row of the plan has this key; one had it when the table was made, if `was_exported`.
    UnknownKey { row: usize, key: String, was_exported: bool },
    /// The key of a row was edited; it was `was`, if that is known.
    KeyEdited { row: usize, key: String, was: Option<String> },
    /// The key stands at another row, too: the row was copied. With another title it is a new row.
    KeyTwice { row: usize, key: String, is_another: bool },
    /// A number that another row of the section has.
    NumberTaken { number: String, title: String },
    /// A row without a title.
    NoTitle { row: usize },
    /// A new row of a section that the plan has not got.
    UnknownSection { row: usize, section: String },
    /// A row whose section was changed.
    OtherSection { row: usize, key: String, section: String },
    /// A word that is no status.
    UnknownStatus { row: usize, text: String },
    /// A cell that a merged one hides.
    Merged { row: usize, column: Column },
    /// A column that no key of a plan takes.
    UnknownColumn { heading: String },
    /// A quote that nothing closes.
    OpenQuote { line: usize },
    /// The table does not say what it was made from, so conflicts cannot be known.
    NoStamp,
    /// A cell that stands in the file in a form that only a person can edit: 1-based line of the file.
    ByHand { key: String, column: Option<Column>, line: usize, text: Lines },
    /// An order cannot empty a cell.
    CannotEmpty { key: String, column: Column },
}

impl Matter {
    /// The name in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Matter::Conflict { .. } => "conflict",
            Matter::Missing { .. } => "missing",
            Matter::DeletedButChanged { .. } => "deleted-but-changed",
            Matter::DeletedWithoutStamp { .. } => "deleted-without-stamp",
            Matter::UnknownKey { .. } => "unknown-key",
            Matter::KeyEdited { .. } => "key-edited",
            Matter::KeyTwice { .. } => "key-twice",
            Matter::NumberTaken { .. } => "number-taken",
            Matter::NoTitle { .. } => "no-title",
            Matter::UnknownSection { .. } => "unknown-section",
            Matter::OtherSection { .. } => "other-section",
            Matter::UnknownStatus { .. } => "unknown-status",
            Matter::Merged { .. } => "merged",
            Matter::UnknownColumn { .. } => "unknown-column",
            Matter::OpenQuote { .. } => "open-quote",
            Matter::NoStamp => "no-stamp",
            Matter::ByHand { .. } => "by-hand",
            Matter::CannotEmpty { .. } => "cannot-empty",
        }
    }

    /// Whether something that the table says was not taken; else it is only a question or a remark.
    pub fn is_left(&self) -> bool {
        let is_taken = matches!(self, Matter::KeyTwice { is_another: true, .. });
        !is_taken && !matches!(self, Matter::Missing { .. } | Matter::UnknownColumn { .. } | Matter::OpenQuote { .. } | Matter::NoStamp)
    }
}
