//! CSV by RFC 4180, as a spreadsheet in Russian reads it: a byte order mark, semicolons. The one doorway to `csv` for writing.

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// The file. A cell that a spreadsheet would take for a formula gets an apostrophe before it, so that what an editor typed is never run.
pub fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        // Writing to memory does not fail.
        let _ = writer.write_record(row.iter().map(|cell| inert(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

fn inert(cell: &str) -> String {
    match cell.chars().find(|c| *c != ' ') {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_formulas() {
        let rows = [["=1+1", "«А»; \"Б\"", "-2", "2-3"], ["две\nстроки", "", " @x", "п. 2.3"]];
        let text = String::from_utf8(csv(&rows.map(|row| row.map(str::to_owned).to_vec()))).unwrap();
        assert_eq!(text, "\u{feff}'=1+1;\"«А»; \"\"Б\"\"\";'-2;2-3\r\n\"две\nстроки\";;' @x;п. 2.3\r\n");
    }
}
