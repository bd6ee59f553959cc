//! What a paper says, in its order, once its tables are read: sections, groups and rows of the plan, and notes around them.

use super::doubt::{Doubt, Place};
use super::headings::Role;
use super::months::{Slot, Stretch};
use super::paper::{Remark, TableName};
use std::collections::BTreeMap;

/// What a paper holds, in its order.
#[derive(Debug, Default)]
pub struct Stream {
    /// Text outside of the plan's table: before it, behind it, in other tables.
    pub notes: Vec<Note>,
    pub entries: Vec<Entry>,
    /// Columns that are months: their headings, by table.
    pub months: Vec<(Place, Vec<(String, Stretch)>)>,
    pub doubts: Vec<Doubt>,
}

/// A line outside of the plan's table.
#[derive(Debug, Clone)]
pub struct Note {
    pub text: String,
    pub place: Place,
    pub is_listed: bool,
}

/// A piece of the plan.
#[derive(Debug)]
pub enum Entry {
    Section {
        title: String,
        place: Place,
    },
    /// A heading over several rows; its number, if it has one, is that of the first.
    Group {
        title: String,
        number: String,
        place: Place,
    },
    Row(RawRow),
}

/// A row as the paper has it.
#[derive(Debug, Default)]
pub struct RawRow {
    pub cells: BTreeMap<Role, Text>,
    /// By column, what stands in those that are months.
    pub slots: BTreeMap<usize, Slot>,
    /// Columns that no key takes: heading and text.
    pub strange: Vec<(String, Vec<String>)>,
    /// Where the row begins.
    pub at: Option<(TableName, usize)>,
    /// Each cell of the paper that went into it.
    pub sources: Vec<(Place, String)>,
}

/// The text of a cell.
#[derive(Debug, Clone, Default)]
pub struct Text {
    pub lines: Vec<String>,
    pub place: Option<Place>,
    /// It began in a row above.
    pub is_continued: bool,
    pub remark: Option<Remark>,
}

impl RawRow {
    /// The lines of a column; none if it is empty.
    pub fn lines(&self, role: Role) -> &[String] {
        self.cells.get(&role).map_or(&[], |text| &text.lines)
    }

    /// A column on one line.
    pub fn text(&self, role: Role) -> String {
        self.lines(role).join(" ")
    }

    /// The place of the row.
    pub fn place(&self) -> Place {
        self.at.clone().map_or(Place::Paper, |(table, row)| Place::Row { table, row })
    }

    /// The place of a column.
    pub fn place_of(&self, role: Role) -> Place {
        self.cells.get(&role).and_then(|text| text.place.clone()).unwrap_or_else(|| self.place())
    }
}
