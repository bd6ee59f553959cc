//! A paper in the making: what readers that meet their text in order put their lines, rows and cells into.

use super::limits;
use super::paper::{Block, Cell, Paper, Paragraph, Row, Table, TableName, tidy};
use super::refusal::Refusal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A paper in the making, for readers that meet their text in order. Ends that a format leaves out are found.
pub struct Builder {
    paper: Paper,
    tables: usize,
    paragraphs: usize,
    size: Size,
    open: Vec<OpenTable>,
    line: String,
    /// Whether the line is an item of a list, and the mark that the format puts before it.
    mark: Option<String>,
    is_heading: bool,
    is_nested_plan: fn(&Table) -> bool,
}

#[derive(Default)]
struct OpenTable {
    rows: Vec<Row>,
    number: usize,
    row: Option<Vec<Cell>>,
    cell: Option<OpenCell>,
    /// The next free column of the row.
    column: usize,
    /// Cells that reach down from rows above, by their column.
    down: BTreeMap<usize, Down>,
    /// Plans that stand in a cell of it.
    nested: Vec<Table>,
    added: Size,
}

struct OpenCell {
    column: usize,
    span: usize,
    rows: usize,
    is_continued: bool,
    lines: Vec<String>,
}

struct Down {
    rows: usize,
    span: usize,
    lines: Arc<[String]>,
}

/// How a cell begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// It covers so many rows, 1 for a usual one.
    Rows(usize),
    /// It goes on with the cell above it (`w:vMerge` without a value).
    FromAbove,
    /// It is more of the cell before it (`w:hMerge` without a value); where there is none, a usual one.
    FromLeft,
}

impl Builder {
    /// A paper with nothing on it. `is_nested_plan` says whether a table within a cell stands for itself.
    pub fn new(is_nested_plan: fn(&Table) -> bool) -> Builder {
        let line = String::new();
        Builder {
            paper: Paper::default(),
            tables: 0,
            paragraphs: 0,
            size: Size::default(),
            open: Vec::new(),
            line,
            mark: None,
            is_heading: false,
            is_nested_plan,
        }
    }

    /// Adds to the line.
    pub fn text(&mut self, text: &str) {
        // Blanks before the first word say nothing.
        if self.line.is_empty() && text.trim().is_empty() {
            return;
        }
        self.line.push_str(text);
    }

    /// Whether the line has text.
    pub fn is_blank(&self) -> bool {
        self.line.trim().is_empty()
    }

    /// Whether the open cell has no line yet.
    pub fn is_cell_empty(&self) -> bool {
        self.open.last().and_then(|table| table.cell.as_ref()).is_some_and(|cell| cell.lines.is_empty())
    }

    /// Ends the line.
    pub fn end_line(&mut self) {
        let text = tidy(&std::mem::take(&mut self.line));
        let mark = self.mark.take();
        let is_heading = std::mem::take(&mut self.is_heading);
        if text.is_empty() {
            return;
        }
        self.size.text += text.len();
        let (is_listed, text) = match mark {
            Some(mark) if !mark.is_empty() => (true, format!("{mark} {text}")),
            Some(_) => (true, text),
            None => (false, text),
        };
        match self.open.last_mut() {
            Some(table) => {
                table.start_cell(1, Merge::Rows(1));
                if let Some(cell) = &mut table.cell {
                    cell.lines.push(text);
                }
            }
            None => {
                self.paragraphs += 1;
                self.paper.blocks.push(Block::Paragraph(Paragraph { text, number: self.paragraphs, is_listed, is_heading }));
            }
        }
    }

    /// Begins a line that is an item of a list, with the mark that the format puts before it.
    pub fn start_item(&mut self, mark: String) {
        self.end_line();
        self.mark = Some(mark);
    }

    /// Says that the line is a heading.
    pub fn set_heading(&mut self) {
        self.is_heading = true;
    }

    /// Begins a table, perhaps in a cell.
    ///
    /// # Errors
    /// Tables nest too deep.
    pub fn start_table(&mut self) -> Result<(), Refusal> {
        self.end_line();
        if self.open.len() >= limits::DEPTH {
            return Err(Refusal::TooLarge);
        }
        self.open.push(OpenTable::default());
        Ok(())
    }

    /// Begins a row.
    ///
    /// # Errors
    /// There are too many cells.
    pub fn start_row(&mut self) -> Result<(), Refusal> {
        self.end_row()?;
        if let Some(table) = self.open.last_mut() {
            table.start_row();
        }
        Ok(())
    }

    /// Leaves out so many columns of the row.
    pub fn skip_columns(&mut self, columns: usize) {
        if let Some(table) = self.open.last_mut() {
            table.column = table.column.saturating_add(columns).min(limits::COLUMNS);
        }
    }

    /// Begins a cell.
    ///
    /// # Errors
    /// The table is too wide.
    pub fn start_cell(&mut self, span: usize, merge: Merge) -> Result<(), Refusal> {
        self.end_cell()?;
        if let Some(table) = self.open.last_mut() {
            table.start_cell(span.clamp(1, limits::COLUMNS), merge);
        }
        Ok(())
    }

    /// Ends the cell, if one is open.
    ///
    /// # Errors
    /// The table is too wide or too long.
    pub fn end_cell(&mut self) -> Result<(), Refusal> {
        self.end_line();
        self.open.last_mut().map_or(Ok(()), |table| {
            table.end_cell();
            self.size.add(&mut table.added)
        })
    }

    /// Ends the row, if one is open. A row that is to be left out is forgotten.
    ///
    /// # Errors
    /// As [`Builder::end_cell`].
    pub fn end_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        self.open.last_mut().map_or(Ok(()), |table| {
            table.end_row();
            self.size.add(&mut table.added)
        })
    }

    /// Forgets the row that is open.
    pub fn drop_row(&mut self) {
        self.line.clear();
        if let Some(table) = self.open.last_mut() {
            (table.row, table.cell) = (None, None);
        }
    }

    /// Ends the table, if one is open.
    ///
    /// # Errors
    /// As [`Builder::end_cell`].
    pub fn end_table(&mut self) -> Result<(), Refusal> {
        self.end_row()?;
        let Some(done) = self.open.pop() else { return Ok(()) };
        self.tables += 1;
        let table = Table { name: TableName::Numbered(self.tables), rows: done.rows };
        match self.open.last_mut() {
            None => {
                self.paper.blocks.push(Block::Table(table));
                self.paper.blocks.extend(done.nested.into_iter().map(Block::Table));
            }
            Some(outer) if (self.is_nested_plan)(&table) => {
                outer.nested.extend(std::iter::once(table).chain(done.nested));
            }
            Some(outer) => {
                outer.nested.extend(done.nested);
                outer.start_cell(1, Merge::Rows(1));
                if let Some(cell) = &mut outer.cell {
                    let cells = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_continued);
                    // Their text was counted when their lines ended.
                    cell.lines.extend(cells.flat_map(|cell| cell.lines.iter().cloned()));
                }
            }
        }
        Ok(())
    }

    /// The paper, with everything that is still open ended.
    ///
    /// # Errors
    /// As [`Builder::end_cell`].
    pub fn finish(mut self) -> Result<Paper, Refusal> {
        while !self.open.is_empty() {
            self.end_table()?;
        }
        self.end_line();
        if self.size.text > limits::TEXT { Err(Refusal::TooLarge) } else { Ok(self.paper) }
    }
}

/// How large it is, or what a row or cell has added.
#[derive(Default)]
struct Size {
    cells: usize,
    /// Of merged cells in further rows alone; a line is counted where it ends.
    text: usize,
    columns: usize,
}

impl Size {
    fn add(&mut self, added: &mut Size) -> Result<(), Refusal> {
        self.cells += added.cells;
        self.text += added.text;
        let too_wide = added.columns > limits::COLUMNS;
        *added = Size::default();
        if too_wide || self.cells > limits::CELLS || self.text > limits::TEXT { Err(Refusal::TooLarge) } else { Ok(()) }
    }
}

impl OpenTable {
    fn start_row(&mut self) {
        self.number += 1;
        self.row = Some(Vec::new());
        self.column = 0;
    }

    /// Opens a cell, and a row if none is open; a cell that is open stays.
    fn start_cell(&mut self, span: usize, merge: Merge) {
        if self.cell.is_some() {
            return;
        }
        if self.row.is_none() {
            self.start_row();
        }
        if merge == Merge::FromLeft && self.widen_last(span) {
            return;
        }
        self.take_down();
        let (rows, is_continued) = match merge {
            Merge::Rows(rows) => (rows.clamp(1, limits::CELLS), false),
            Merge::FromAbove => (1, true),
            Merge::FromLeft => (1, false),
        };
        self.cell = Some(OpenCell { column: self.column, span, rows, is_continued, lines: Vec::new() });
        self.column += span;
    }

    /// Opens the last cell of the row again, wider by `span`; whether there is one right before this.
    fn widen_last(&mut self, span: usize) -> bool {
        let column = self.column;
        let Some(last) = self.row.as_mut().and_then(|row| row.pop_if(|last| last.column + last.span == column)) else { return false };
        // A copy is paid for like a merged cell of another row.
        self.added.text += last.lines.iter().map(String::len).sum::<usize>();
        let lines = last.lines.to_vec();
        self.cell = Some(OpenCell { column: last.column, span: last.span + span, rows: 1, is_continued: last.is_continued, lines });
        self.column += span;
        true
    }

    /// Puts the cells that reach down from above where the row has come to.
    fn take_down(&mut self) {
        while self.down.contains_key(&self.column) {
            self.put_down(self.column);
        }
    }

    /// Puts the cell that reaches down in the column `at`.
    fn put_down(&mut self, at: usize) {
        let (Some(row), Some(down)) = (&mut self.row, self.down.get_mut(&at)) else { return };
        row.push(Cell { column: at, span: down.span, lines: down.lines.clone(), is_continued: true, remark: None });
        self.added.cells += 1;
        self.added.text += down.lines.iter().map(String::len).sum::<usize>();
        self.column = at + down.span.max(1);
        down.rows -= 1;
        if down.rows == 0 {
            self.down.remove(&at);
        }
    }

    fn end_cell(&mut self) {
        let (Some(cell), Some(row)) = (self.cell.take(), &mut self.row) else { return };
        self.added.cells += 1;
        self.added.columns = self.added.columns.max(cell.column + cell.span);
        let lines: Arc<[String]> = if cell.is_continued {
            // What the format still holds in a hidden cell nobody sees.
            let above = self.rows.last().and_then(|row| row.cells.iter().find(|above| above.column == cell.column));
            let lines = above.map(|above| above.lines.clone()).unwrap_or_default();
            self.added.text += lines.iter().map(String::len).sum::<usize>();
            lines
        } else {
            cell.lines.into()
        };
        if cell.rows > 1 {
            self.down.insert(cell.column, Down { rows: cell.rows - 1, span: cell.span, lines: lines.clone() });
        }
        row.push(Cell { column: cell.column, span: cell.span, lines, is_continued: cell.is_continued, remark: None });
    }

    fn end_row(&mut self) {
        // A cell that this row has begun reaches down from the next one on.
        let begun = self.row.as_ref().map_or(self.column, |row| row.iter().map(|cell| cell.column + cell.span).max().unwrap_or(0));
        self.column = self.column.max(begun);
        let beyond: Vec<usize> = self.down.range(self.column..).map(|(at, _)| *at).collect();
        beyond.into_iter().for_each(|at| self.put_down(at));
        if let Some(cells) = self.row.take() {
            self.rows.push(Row { number: self.number, cells });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_reach_down() {
        let mut builder = Builder::new(|_| false);
        let cell = |builder: &mut Builder, rows, text: &str| {
            builder.start_cell(1, Merge::Rows(rows)).unwrap();
            builder.text(text);
        };
        builder.start_table().unwrap();
        builder.start_row().unwrap();
        cell(&mut builder, 2, "a");
        cell(&mut builder, 1, "b");
        cell(&mut builder, 3, "c");
        builder.start_row().unwrap();
        cell(&mut builder, 1, "d");
        builder.start_row().unwrap();
        cell(&mut builder, 1, "e");
        let paper = builder.finish().unwrap();
        let Block::Table(table) = &paper.blocks[0] else { panic!("{paper:?}") };
        let rows: Vec<Vec<(usize, String)>> =
            table.rows.iter().map(|row| row.cells.iter().map(|cell| (cell.column, cell.text())).collect()).collect();
        let row = |cells: &[(usize, &str)]| cells.iter().map(|(at, text)| (*at, (*text).to_owned())).collect::<Vec<_>>();
        assert_eq!(rows[0], row(&[(0, "a"), (1, "b"), (2, "c")]));
        assert_eq!(rows[1], row(&[(0, "a"), (1, "d"), (2, "c")]));
        assert_eq!(rows[2], row(&[(0, "e"), (2, "c")]));
    }
}
