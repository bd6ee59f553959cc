//! What a table was exported from, as short hashes in its last column: by them it is known later which side changed a cell.
//!
//! In each row: the hash of its key and of each of its cells. In the heading: the plan, the edition, and for every row that was exported
//! the hash of its key and of all its cells, so that a row that was taken out of the table is told from one that came into the file since.

use super::column::Column;
use super::row::{Cells, Edition, Row};
use crate::source::hash;

/// Five signs of 32: 25 bits.
pub type Short = String;

/// What stands in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowStamp {
    pub key: Short,
    pub cells: Vec<Short>,
}

/// What stands in the heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableStamp {
    /// The stem of the plan's file.
    pub plan: String,
    pub edition: Edition,
    /// The key and all cells of each row; `None` where there were too many to write down.
    pub rows: Option<Vec<(Short, Short)>>,
}

/// The mark of this form of stamps; another one is not read.
const MARK: &str = "v1.";
const LENGTH: usize = 5;
/// So many rows fit into a cell of Excel, which holds 32 767 characters.
const MOST_ROWS: usize = 3_000;

/// The hash of a text.
pub fn short(text: &str) -> Short {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let hash = hash(text.as_bytes());
    (0..LENGTH).map(|n| char::from(SIGNS[(hash >> (5 * n)) as usize % 32])).collect()
}

/// The hash of a cell.
pub fn of_cell(lines: &[String]) -> Short {
    short(&lines.join("\n"))
}

/// The hash of all cells of a row.
pub fn of_cells(cells: &Cells) -> Short {
    short(&Column::ALL.iter().map(|column| of_cell(&cells[*column])).collect::<String>())
}

/// The text in a row of the last column.
pub fn row(row: &Row) -> String {
    let cells: String = Column::ALL.iter().map(|column| of_cell(&row.cells[*column])).collect();
    format!("{MARK}{}{cells}", short(&row.key))
}

/// The text in the heading of the last column, behind its name.
pub fn table(plan: &str, edition: Edition, rows: &[Row]) -> String {
    let edition = if edition == Edition::Current { "current" } else { "approved" };
    let list: String = match rows.len() {
        0..=MOST_ROWS => rows.iter().map(|row| short(&row.key) + &of_cells(&row.cells)).collect(),
        _ => "-".to_owned(),
    };
    format!("{MARK}{edition} {plan} {list}")
}

/// Reads what [`row`] wrote.
pub fn read_row(text: &str) -> Option<RowStamp> {
    let mut parts = in_fives(text.trim().strip_prefix(MARK)?)?.into_iter();
    let key = parts.next()?;
    let cells: Vec<Short> = parts.collect();
    (cells.len() == Column::ALL.len()).then_some(RowStamp { key, cells })
}

/// Reads what [`table`] wrote, behind whatever words.
pub fn read_table(text: &str) -> Option<TableStamp> {
    let (_, stamp) = text.split_once(MARK)?;
    let (edition, rest) = stamp.split_once(' ')?;
    let (plan, list) = rest.rsplit_once(' ').unwrap_or((rest, ""));
    let edition = match edition {
        "approved" => Edition::Approved,
        "current" => Edition::Current,
        _ => return None,
    };
    let rows = in_fives(list).filter(|list| list.len().is_multiple_of(2));
    let rows = rows.map(|list| list.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect());
    Some(TableStamp { plan: plan.trim().to_owned(), edition, rows })
}

fn in_fives(text: &str) -> Option<Vec<Short>> {
    let is_ours = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) && text.len().is_multiple_of(LENGTH);
    is_ours.then(|| text.as_bytes().chunks(LENGTH).map(|chunk| String::from_utf8_lossy(chunk).into_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_read_back() {
        let mut cells = Cells::default();
        cells[Column::Title] = vec!["Семинар".into()];
        let one = Row { key: "1.1".into(), section: 0, item: 0, cells };
        let stamp = read_row(&row(&one)).unwrap();
        assert_eq!((&stamp.key, &stamp.cells[Column::Title as usize]), (&short("1.1"), &short("Семинар")));
        let heading = format!("Служебное {}", table("tula 2024", Edition::Current, &[one.clone(), one.clone()]));
        let stamp = read_table(&heading).unwrap();
        assert_eq!((stamp.plan.as_str(), stamp.edition, stamp.rows.map(|rows| rows.len())), ("tula 2024", Edition::Current, Some(2)));
        assert_eq!(read_table(&format!("x {}", table("p", Edition::Approved, &[]))).unwrap().rows, Some(vec![]));
        assert_eq!(read_table(&table("p", Edition::Approved, &vec![one; MOST_ROWS + 1])).unwrap().rows, None);
        assert_eq!(read_row("v1.abc"), None);
        assert_eq!(read_table("Примечание"), None);
    }
}
