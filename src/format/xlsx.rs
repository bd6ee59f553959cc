//! Workbooks of Excel (ECMA-376-1) whose every cell is text: what is edited as «1.10» or «10–12» stays that. The one doorway to
//! `rust_xlsxwriter`.
//!
//! The same book gives the same bytes: nothing in it comes from a clock.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// A page of a workbook: a table below a heading that stays in sight.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// At most 31 characters.
    pub name: String,
    pub columns: Vec<Column>,
    /// The first is the heading, if there is one. Line ends in a cell are line breaks.
    pub rows: Vec<Vec<String>>,
    pub has_heading: bool,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// In characters.
    pub width: f64,
    pub look: Look,
    /// What may be chosen in it; anything, if there is nothing here.
    pub choices: Vec<String>,
}

/// How a column looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    #[default]
    Plain,
    /// On grey: not to be edited.
    Grey,
    /// Not in sight.
    Hidden,
}

/// The longest text of a cell, in UTF-16 units.
const LONGEST: usize = 32_767;
const ROWS: u32 = 1 << 20;

/// A text that no cell holds, by its row and column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong {
    pub row: usize,
    pub column: usize,
}

/// The file.
///
/// # Errors
/// A text is longer than a cell may be.
pub fn xlsx(sheets: &[Sheet]) -> Result<Vec<u8>, TooLong> {
    for sheet in sheets {
        for (row, cells) in sheet.rows.iter().enumerate() {
            if let Some(column) = cells.iter().position(|cell| cell.len() > LONGEST && cell.encode_utf16().count() > LONGEST) {
                return Err(TooLong { row, column });
            }
        }
    }
    let mut book = Workbook::new();
    if let Ok(first_day) = ExcelDateTime::from_ymd(1980, 1, 1) {
        book.set_properties(&DocProperties::new().set_creation_datetime(&first_day));
    }
    for sheet in sheets {
        // What a sheet refuses is a text that is too long, a name or a place beyond the last: none of them is here.
        let _ = write(book.add_worksheet(), sheet);
    }
    Ok(book.save_to_buffer().unwrap_or_default())
}

fn write(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let edge = |format: Format| format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xBF_BF_BF));
    let grey = |format: &Format| format.clone().set_background_color(Color::RGB(0xEE_EE_EE)).set_font_color(Color::RGB(0x59_59_59));
    let heading = edge(text.clone().set_bold().set_background_color(Color::RGB(0xDD_E6_F0)));
    for (at, column) in (0u16..).zip(&sheet.columns) {
        let format = if column.look == Look::Grey { grey(&text) } else { text.clone() };
        // Of the whole column, so that a row that is added holds text, too.
        page.set_column_width(at, column.width)?.set_column_format(at, &format)?;
        if column.look == Look::Hidden {
            page.set_column_hidden(at)?;
        }
        if !column.choices.is_empty() {
            page.add_data_validation(1, at, ROWS - 1, at, &DataValidation::new().allow_list_strings(&column.choices)?)?;
        }
    }
    for (row, cells) in (0u32..).zip(&sheet.rows) {
        let is_heading = sheet.has_heading && row == 0;
        page.set_row_height(row, height(cells, &sheet.columns))?;
        for (at, cell) in (0u16..).zip(cells) {
            let is_grey = sheet.columns.get(usize::from(at)).is_some_and(|column| column.look == Look::Grey);
            let format = match (is_heading, is_grey) {
                (true, _) => &heading,
                (false, true) => &edge(grey(&text)),
                (false, false) => &edge(text.clone()),
            };
            page.write_string_with_format(row, at, cell, format)?;
        }
    }
    if sheet.has_heading {
        page.set_freeze_panes(1, 0)?;
    }
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// How high a row is, in points. Excel would find that out itself; LibreOffice shows one line of each cell.
fn height(cells: &[String], columns: &[Column]) -> f64 {
    const LINE: f64 = 15.0;
    /// Excel has no higher rows.
    const MOST: f64 = 405.0;
    let lines = |(cell, column): (&String, &Column)| cell.split('\n').map(|line| wrapped(line, column.width)).sum();
    let seen = cells.iter().zip(columns).filter(|(_, column)| column.look != Look::Hidden);
    (seen.map(lines).fold(1.0, f64::max) * LINE).min(MOST)
}

/// How many lines the words of `text` take in a column of that width. Letters are not all of one width, so a little is left free.
fn wrapped(text: &str, width: f64) -> f64 {
    let width = (width * 0.95).max(1.0);
    let (mut lines, mut used) = (1.0, 0.0);
    for word in text.split(' ') {
        let length = word.chars().count() as f64;
        if used > 0.0 && used + 1.0 + length > width {
            (lines, used) = (lines + 1.0, 0.0);
        }
        // A word that is longer than a line goes on in the next.
        lines += ((length / width).ceil() - 1.0).max(0.0);
        used += length + if used > 0.0 { 1.0 } else { 0.0 };
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped_whole() {
        assert_eq!(wrapped("", 10.0), 1.0);
        assert_eq!(wrapped("раз два", 10.0), 1.0);
        assert_eq!(wrapped("раз два три", 10.0), 2.0);
        assert_eq!(wrapped("деятельность", 7.0), 2.0);
    }

    #[test]
    fn equal_books_are_equal_bytes() {
        let sheet = Sheet {
            name: "План".into(),
            columns: vec![
                Column { width: 10.0, ..Column::default() },
                Column { width: 20.0, look: Look::Grey, choices: vec!["да".into(), "нет".into()] },
            ],
            rows: vec![vec!["№".into(), "Слово".into()], vec!["1.10".into(), "=1+1".into()]],
            has_heading: true,
        };
        let bytes = xlsx(std::slice::from_ref(&sheet)).unwrap();
        assert_eq!(bytes, xlsx(std::slice::from_ref(&sheet)).unwrap());
        assert!(bytes.starts_with(b"PK"));
        let long = Sheet { rows: vec![vec![], vec![String::new(), "я".repeat(LONGEST + 1)]], ..sheet };
        assert_eq!(xlsx(&[long]), Err(TooLong { row: 1, column: 1 }));
    }
}
