//! Workbooks of Excel (ECMA-376-1, 18): each sheet is a table.
//!
//! Read by hand rather than by a package for spreadsheets: only the cells that are there are kept, so a sheet that claims a million rows
//! costs nothing; and the number format is seen, which tells «октябрь 2024» from «01.10.2024».

use super::archive::Archive;
use super::limits;
use super::number_format::{Epoch, Shown, built_in, number_text, shown};
use super::paper::{Block, Cell, Paper, Remark, Row, Table, TableName, tidy};
use super::refusal::Refusal;
use super::text::utf;
use super::xml::{Element, Event, Xml};
use crate::value::date::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads the workbook whose main part is `part`.
///
/// # Errors
/// The archive or the XML is broken, or it is too large.
pub fn read(archive: &mut Archive, part: &str) -> Result<Paper, Refusal> {
    let bytes = archive.read(part)?.ok_or(Refusal::Damaged)?;
    let relations = archive.relations(part)?;
    let (sheets, epoch) = sheets(&utf(&bytes))?;
    let mut book = Book { strings: Vec::new(), formats: Vec::new(), epoch };
    for relation in &relations {
        match relation.kind.as_str() {
            "sharedStrings" => {
                if let Some(bytes) = archive.read(&relation.path)? {
                    book.strings = shared_strings(&utf(&bytes))?;
                }
            }
            "styles" => {
                if let Some(bytes) = archive.read(&relation.path)? {
                    book.formats = formats(&utf(&bytes))?;
                }
            }
            _ => {}
        }
    }
    let (mut paper, mut size) = (Paper::default(), Size::default());
    let parts: BTreeMap<&str, &str> = relations
        .iter()
        .filter(|relation| relation.kind == "worksheet")
        .map(|relation| (relation.id.as_str(), relation.path.as_str()))
        .collect();
    for Sheet { name, id, is_hidden } in sheets {
        let Some(path) = parts.get(id.as_str()) else { continue };
        let bytes = archive.read(path)?.ok_or(Refusal::Damaged)?;
        let rows = rows(&utf(&bytes), &book, &mut size)?;
        let table = Table { name: TableName::Sheet(name), rows };
        match (table.rows.is_empty(), is_hidden) {
            (true, _) => {}
            (false, true) => paper.hidden.push(table),
            (false, false) => paper.blocks.push(Block::Table(table)),
        }
    }
    Ok(paper)
}

/// What the sheets of a book share.
struct Book {
    strings: Vec<Arc<[String]>>,
    /// The format of each style of cells.
    formats: Vec<Shown>,
    epoch: Epoch,
}

/// So much has been taken, of all sheets.
#[derive(Default)]
struct Size {
    cells: usize,
    text: usize,
}

impl Size {
    fn add(&mut self, lines: &[String]) -> Result<(), Refusal> {
        self.cells += 1;
        self.text += lines.iter().map(String::len).sum::<usize>();
        if self.cells > limits::CELLS || self.text > limits::TEXT { Err(Refusal::TooLarge) } else { Ok(()) }
    }
}

/// A sheet as the workbook lists it.
struct Sheet {
    name: String,
    /// Of its relation.
    id: String,
    is_hidden: bool,
}

fn sheets(text: &str) -> Result<(Vec<Sheet>, Epoch), Refusal> {
    let (mut sheets, mut epoch) = (Vec::new(), Epoch::Y1900);
    let mut xml = Xml::new(text);
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        match element.name() {
            "sheet" => {
                let name = element.attribute("name").unwrap_or_default();
                let is_hidden = element.attribute("state").is_some_and(|state| state != "visible");
                // `id` of the relations, not `sheetId`.
                sheets.push(Sheet { name, id: element.attribute("id").unwrap_or_default(), is_hidden });
            }
            "workbookPr" if matches!(element.attribute("date1904").as_deref(), Some("1" | "true")) => epoch = Epoch::Y1904,
            _ => {}
        }
    }
    Ok((sheets, epoch))
}

fn lines_of(text: &str) -> Arc<[String]> {
    text.split(['\n', '\r']).map(tidy).filter(|line| !line.is_empty()).collect()
}

/// `text` with the characters that XML cannot hold: `_x000D_` (ECMA-376-1, 22.4.2.4). A `_x005F_` is a `_` that begins no such escape.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code =
            rest.get(at + 2..at + 6).filter(|code| rest.get(at + 6..at + 7) == Some("_") && code.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}

fn shared_strings(text: &str) -> Result<Vec<Arc<[String]>>, Refusal> {
    let (mut strings, mut string, mut in_text) = (Vec::new(), String::new(), false);
    let mut xml = Xml::new(text);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) => match element.name() {
                "rPh" => xml.skip()?,
                "t" => in_text = true,
                _ => {}
            },
            Event::Text(text) if in_text => string.push_str(&text),
            Event::Text(_) => {}
            Event::End(name) => match name.as_str() {
                "t" => in_text = false,
                "si" => strings.push(lines_of(&unescaped(&std::mem::take(&mut string)))),
                _ => {}
            },
        }
    }
    Ok(strings)
}

fn formats(text: &str) -> Result<Vec<Shown>, Refusal> {
    let (mut own, mut formats, mut in_cells) = (BTreeMap::new(), Vec::new(), false);
    let mut xml = Xml::new(text);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) => match element.name() {
                "numFmt" => {
                    if let Some(id) = element.number("numFmtId") {
                        own.insert(id, shown(&element.attribute("formatCode").unwrap_or_default()));
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = element.number("numFmtId").unwrap_or(0);
                    formats.push(own.get(&id).copied().unwrap_or_else(|| shown(built_in(id))));
                }
                _ => {}
            },
            Event::End(name) if name == "cellXfs" => in_cells = false,
            _ => {}
        }
    }
    Ok(formats)
}

/// What is known of a cell while it is read.
#[derive(Default)]
struct Open {
    row: usize,
    column: usize,
    kind: String,
    style: usize,
    value: String,
    /// Stands for a value that was never computed.
    formula: String,
}

fn rows(text: &str, book: &Book, size: &mut Size) -> Result<Vec<Row>, Refusal> {
    let mut grid: BTreeMap<usize, BTreeMap<usize, Cell>> = BTreeMap::new();
    let mut merges = Vec::new();
    let (mut row, mut column, mut open) = (0usize, 0usize, None::<Open>);
    let (mut in_value, mut in_formula) = (false, false);
    let mut xml = Xml::new(text);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) => match element.name() {
                "row" => (row, column) = (element.number("r").unwrap_or(row + 1).min(LAST_ROW), 0),
                "c" => {
                    // A cell may leave its address out: then it follows the one before.
                    let (at_row, at) = element.attribute("r").and_then(|r| address(&r)).unwrap_or((row, column));
                    column = at + 1;
                    open = Some(cell_of(&element, at_row, at));
                }
                "v" | "t" => in_value = true,
                "f" => in_formula = true,
                "rPh" => xml.skip()?,
                "mergeCell" => merges.extend(element.attribute("ref").and_then(|r| {
                    let (from, to) = r.split_once(':')?;
                    Some((address(from)?, address(to)?))
                })),
                _ => {}
            },
            Event::Text(text) => {
                if let Some(cell) = &mut open {
                    match (in_value, in_formula) {
                        (true, _) => cell.value.push_str(&text),
                        (false, true) => cell.formula.push_str(&text),
                        (false, false) => {}
                    }
                }
            }
            Event::End(name) => match name.as_str() {
                "v" | "t" => in_value = false,
                "f" => in_formula = false,
                "c" => {
                    if let Some(cell) = open.take()
                        && let Some((lines, remark)) = content(&cell, book)
                    {
                        size.add(&lines)?;
                        if cell.column >= limits::COLUMNS {
                            return Err(Refusal::TooLarge);
                        }
                        let new = Cell { column: cell.column, span: 1, lines, is_continued: false, remark };
                        grid.entry(cell.row).or_default().insert(cell.column, new);
                    }
                }
                _ => {}
            },
        }
    }
    merge(&mut grid, &merges, size)?;
    Ok(grid.into_iter().map(|(number, cells)| Row { number, cells: cells.into_values().collect() }).collect())
}

fn cell_of(element: &Element, row: usize, column: usize) -> Open {
    let kind = element.attribute("t").unwrap_or_default();
    Open { row, column, kind, style: element.number("s").unwrap_or(0), value: String::new(), formula: String::new() }
}

type Address = (usize, usize);

/// The last row that Excel has.
const LAST_ROW: usize = 1 << 20;

/// «B12» is row 12, column 1.
fn address(text: &str) -> Option<Address> {
    let text = text.replace('$', "");
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters
        .bytes()
        .try_fold(0usize, |n, b| b.is_ascii_alphabetic().then(|| n * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1))?;
    let row = row.parse().ok().filter(|row| *row <= LAST_ROW)?;
    Some((row, column - 1))
}

/// Makes each merged cell one; in the rows below its first it goes on.
fn merge(grid: &mut BTreeMap<usize, BTreeMap<usize, Cell>>, merges: &[(Address, Address)], size: &mut Size) -> Result<(), Refusal> {
    for ((top, left), (bottom, right)) in merges {
        let Some(first) = grid.get_mut(top).and_then(|row| row.get_mut(left)) else { continue };
        first.span = right.saturating_sub(*left) + 1;
        let first = first.clone();
        // Rows that hold nothing else are not there.
        for (number, row) in grid.range_mut(*top..=(*bottom).max(*top)) {
            let beside: Vec<usize> = row.range(left + 1..).map(|(at, _)| *at).take_while(|at| at <= right).collect();
            beside.iter().for_each(|at| drop(row.remove(at)));
            if number > top {
                size.add(&first.lines)?;
                row.insert(*left, Cell { is_continued: true, ..first.clone() });
            }
        }
    }
    Ok(())
}

/// The text of a cell as it is seen; `None` if there is none.
fn content(cell: &Open, book: &Book) -> Option<(Arc<[String]>, Option<Remark>)> {
    if cell.value.is_empty() && !cell.formula.is_empty() {
        let lines = lines_of(&format!("={}", cell.formula));
        return Some((lines, None));
    }
    let value = cell.value.as_str();
    let (text, remark) = match cell.kind.as_str() {
        "s" => {
            let lines = book.strings.get(value.trim().parse::<usize>().ok()?)?;
            return (!lines.is_empty()).then(|| (lines.clone(), None));
        }
        "b" => (if value.trim() == "1" { "да" } else { "нет" }.to_owned(), None),
        "str" | "inlineStr" | "e" => (unescaped(value).into_owned(), None),
        "d" => (iso_day(value), None),
        _ => match value.trim().parse::<f64>() {
            Ok(number) => number_text(number, book.formats.get(cell.style).copied().unwrap_or_default(), book.epoch),
            Err(_) => (value.to_owned(), None),
        },
    };
    let lines = lines_of(&text);
    (!lines.is_empty()).then_some((lines, remark))
}

/// A cell of the type `d` holds a day in ISO form.
fn iso_day(value: &str) -> String {
    let day = value.trim().split('T').next().and_then(Date::parse_iso);
    day.map_or_else(|| value.to_owned(), crate::value::date::numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_characters() {
        assert_eq!(unescaped("a_x000D_b_x005F_x0041_ _x00_ _xЖЖЖЖ_ _xD800_ _x"), "a\rb_x0041_ _x00_ _xЖЖЖЖ_ _xD800_ _x");
    }

    #[test]
    fn an_address_is_a_row_and_a_column() {
        assert_eq!(address("A1"), Some((1, 0)));
        assert_eq!(address("$AB$12"), Some((12, 27)));
        assert_eq!(address("12"), None);
        assert_eq!(address("ЖЖ1"), None);
        assert_eq!(address("AAAA1"), None);
        assert_eq!(address("A18446744073709551615"), None);
    }
}
