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
    let table = table(text, best.0)?;
    let blocks = if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] };
    Ok(Paper { blocks, ..Paper::default() })
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
    fn rows_have_the_numbers_of_their_lines() {
        let paper = read("a;b\r\n\r\n\"c\r\nd\";e\r\nf;g\r\n", |_| 1).unwrap();
        let Block::Table(table) = &paper.blocks[0] else { panic!() };
        let rows: Vec<(usize, String)> = table.rows.iter().map(|row| (row.number, row.cells[0].text())).collect();
        assert_eq!(rows, [(1, "a".to_owned()), (3, "c d".to_owned()), (5, "f".to_owned())]);
    }
}
