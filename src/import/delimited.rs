//! Tables as text, comma, semicolon or tab between the cells: the one doorway to `csv`.

use super::limits;
use super::paper::{Block, Cell, Paper, Row, Table, TableName, tidy};
use super::refusal::Refusal;
use std::collections::BTreeMap;

/// Reads `text` with that separator under which `score` finds the most.
///
/// # Errors
/// It is too large.
pub fn read(text: &str, score: fn(&Table) -> usize) -> Result<Paper, Refusal> {
    // The headings stand near the beginning.
    let head: String = text.split_inclusive('\n').take(60).collect();
    let separators = [b';', b'\t', b','];
    let mut best = (separators[0], (0, 0));
    for separator in separators {
        let table = table(&head, separator)?;
        let widest = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let found = (score(&table), widest);
        if found > best.1 {
            best = (separator, found);
        }
    }
    let (mended, quotes) = without_open_quotes(text, best.0);
    let table = table(mended.as_deref().unwrap_or(text), best.0)?;
    let blocks = if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] };
    Ok(Paper { blocks, quotes, ..Paper::default() })
}

/// A cell with more lines is rather one whose closing quote is missing.
const LONGEST_CELL: usize = 20;

/// `text` without the quotes that open a cell which goes on to the end of the file, or whose closing quote stands within a cell of a line
/// below; the lines of these and of cells that are too long. `None` if it stays as it is.
fn without_open_quotes(text: &str, separator: u8) -> (Option<String>, Vec<(usize, bool)>) {
    let bytes = text.as_bytes();
    let (mut dropped, mut quotes) = (Vec::new(), Vec::new());
    let (mut at, mut line, mut begins_cell) = (0, 1, true);
    // Behind so many the file is no table; each is looked for to the end of the file.
    const MOST: usize = 50;
    while let Some(byte) = bytes.get(at) {
        if *byte == b'"' && begins_cell && dropped.len() < MOST {
            let (end, breaks) = cell_end(bytes, at + 1);
            let is_closed = end.is_some_and(|end| bytes.get(end).is_none_or(|b| *b == separator || matches!(b, b'\n' | b'\r')));
            match end {
                Some(end) if is_closed || breaks == 0 => {
                    if breaks > LONGEST_CELL {
                        quotes.push((line, false));
                    }
                    (at, line, begins_cell) = (end, line + breaks, false);
                    continue;
                }
                _ => {
                    dropped.push(at);
                    quotes.push((line, true));
                }
            }
        }
        begins_cell = *byte == separator || matches!(byte, b'\n' | b'\r');
        line += usize::from(*byte == b'\n');
        at += 1;
    }
    if dropped.is_empty() {
        return (None, quotes);
    }
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for at in dropped {
        out.push_str(text.get(from..at).unwrap_or_default());
        from = at + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    (Some(out), quotes)
}

/// Where a cell in quotes that begins at `from` is closed, behind its quote, and how many lines end in it.
fn cell_end(bytes: &[u8], from: usize) -> (Option<usize>, usize) {
    let (mut at, mut breaks) = (from, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' if bytes.get(at + 1) == Some(&b'"') => at += 1,
            b'"' => return (Some(at + 1), breaks),
            b'\n' => breaks += 1,
            _ => {}
        }
        at += 1;
    }
    (None, breaks)
}

fn table(text: &str, separator: u8) -> Result<Table, Refusal> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut rows, mut cells, mut size) = (Vec::new(), 0, 0);
    let (mut record, mut lines) = (csv::StringRecord::new(), Lines { text, at: 0, number: 1 });
    while reader.read_record(&mut record).map_err(|_| Refusal::Damaged)? {
        let begins = record.position().map_or(0, |position| position.byte() as usize);
        let mut row = Row { number: lines.number_at(begins), cells: Vec::new() };
        for (column, field) in record.iter().enumerate() {
            let lines: Vec<String> = field.split(['\n', '\r']).map(tidy).filter(|line| !line.is_empty()).collect();
            if lines.is_empty() {
                continue;
            }
            cells += 1;
            size += field.len();
            if column >= limits::COLUMNS || cells > limits::CELLS || size > limits::TEXT {
                return Err(Refusal::TooLarge);
            }
            row.cells.push(Cell { column, span: 1, lines: lines.into(), is_continued: false, remark: None });
        }
        if !row.cells.is_empty() {
            rows.push(row);
        }
    }
    Ok(Table { name: TableName::File, rows })
}

/// Counts lines as editors do; the package counts `\r\n` in its own way.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    number: usize,
}

impl Lines<'_> {
    fn number_at(&mut self, byte: usize) -> usize {
        // The place of a record is before the blank lines and the end of line that lead to it.
        let bytes = self.text.as_bytes();
        let mut begins = byte.min(bytes.len());
        while bytes.get(begins).is_some_and(|b| matches!(b, b'\n' | b'\r')) {
            begins += 1;
        }
        self.number += bytes.get(self.at..begins).map_or(0, |passed| passed.iter().filter(|b| **b == b'\n').count());
        self.at = begins.max(self.at);
        self.number
    }
}

/// Whether `text` looks like a table: several lines have the same separator.
pub fn is_likely(text: &str) -> bool {
    let mut lines: BTreeMap<char, usize> = BTreeMap::new();
    for line in text.lines().take(60) {
        for separator in [';', '\t', ','] {
            *lines.entry(separator).or_default() += usize::from(line.contains(separator));
        }
    }
    lines.values().any(|n| *n >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_that_nothing_closes_is_left_out() {
        let check = |text: &str, mended: Option<&str>, quotes: &[(usize, bool)]| {
            let found = without_open_quotes(text, b',');
            assert_eq!((found.0.as_deref(), &found.1[..]), (mended, quotes), "{text}");
        };
        check("a,\"b\nc\",d\n", None, &[]);
        check("a,\"b \"\"c\"\"\"\n", None, &[]);
        check("a\n1,\"b,c\n2,d,e\n", Some("a\n1,b,c\n2,d,e\n"), &[(2, true)]);
        check("1,\"b,c\n2,\"d, e\",f\n", Some("1,b,c\n2,\"d, e\",f\n"), &[(1, true)]);
        let long = format!("1,\"{}\"\n", "x\n".repeat(25));
        check(&long, None, &[(1, false)]);
    }

    #[test]
    fn rows_have_the_numbers_of_their_lines() {
        let paper = read("a;b\r\n\r\n\"c\r\nd\";e\r\nf;g\r\n", |_| 1).unwrap();
        let Block::Table(table) = &paper.blocks[0] else { panic!() };
        let rows: Vec<(usize, String)> = table.rows.iter().map(|row| (row.number, row.cells[0].text())).collect();
        assert_eq!(rows, [(1, "a".to_owned()), (3, "c d".to_owned()), (5, "f".to_owned())]);
    }
}
