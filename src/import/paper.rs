//! What every reader makes of its file: paragraphs and tables in their order, without anything of the format that they came in.

use crate::value::letter::is_letter_or_digit;
use std::sync::Arc;

/// A text with tables.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paper {
    pub blocks: Vec<Block>,
    /// Sheets that the program it was made with does not show.
    pub hidden: Vec<Table>,
    /// Of a table as text: the lines at which a quote opens that nothing closes, and whether it was left out.
    pub quotes: Vec<(usize, bool)>,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

/// One line of text outside of tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    pub text: String,
    /// Its place among the paragraphs that are not empty, from 1.
    pub number: usize,
    /// Whether it is an item of a list of the format.
    pub is_listed: bool,
    /// Whether the format says that it is a heading.
    pub is_heading: bool,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub name: TableName,
    pub rows: Vec<Row>,
}

/// How a person finds a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableName {
    /// The whole file is one.
    File,
    /// Of a document, from 1.
    Numbered(usize),
    /// Of a workbook.
    Sheet(String),
}

/// A row; its number is what the program it was made with shows, from 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub number: usize,
    pub cells: Vec<Cell>,
}

/// A cell that is not hidden below another one of its row.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The first of its columns, from 0.
    pub column: usize,
    /// How many columns it covers.
    pub span: usize,
    /// Lines that are not empty.
    pub lines: Arc<[String]>,
    /// The rest of a cell that began in a row above: its lines are those of that cell.
    pub is_continued: bool,
    /// What the format made of the text.
    pub remark: Option<Remark>,
}

/// What a cell was before it became a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// A day: spreadsheets make one of «1.1».
    Day { day: i8, month: i8 },
    /// A number: spreadsheets make «1.1» of «1.10».
    Number,
}

impl Row {
    /// The cells that hold text.
    pub fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| !cell.lines.is_empty())
    }
}

impl Cell {
    /// Its text on one line.
    pub fn text(&self) -> String {
        self.lines.join(" ")
    }
}

/// `text` on one line: without marks that nobody sees, one blank between words. A soft hyphen stays where it ends the line: there it cuts
/// a word.
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            '\u{2010}' | '\u{2011}' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    if text.trim_end().ends_with('\u{ad}') && out.ends_with(is_letter_or_digit) {
        out.push('-');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_tidied() {
        assert_eq!(tidy(" а\u{a0}\t б\u{ad}в\u{200b} "), "а бв");
        assert_eq!(tidy("профессиональ\u{ad} "), "профессиональ-");
        assert_eq!(tidy("информационно\u{2011}библиотечный"), "информационно-библиотечный");
        assert_eq!(tidy("\u{ad}"), "");
    }
}
