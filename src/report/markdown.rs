//! The analysis in Markdown (CommonMark with the tables of GFM), for an editor who goes on writing in it.

use super::outline::{Block, Run};
use crate::value::language::Language;

/// The text of `blocks`.
pub fn markdown(blocks: &[Block], language: Language) -> String {
    let mut out = String::new();
    for block in blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Heading(level, text) => out.push_str(&format!("{} {}\n", "#".repeat(usize::from(*level)), escaped(text))),
            Block::Paragraph(runs) => out.push_str(&format!("{}\n", line(runs))),
            Block::List(items) => items.iter().for_each(|item| out.push_str(&format!("- {}\n", line(item)))),
            Block::OwnWords(about) => {
                let mark = if language == Language::Ru { "Допишите" } else { "Your words" };
                out.push_str(&format!("> **✎ {mark}:** {}\n", escaped(about)));
            }
            Block::Table { head, rows, numbers_from, has_total } => {
                out.push_str(&table_line(head.iter().map(|cell| escaped(cell))));
                let rule = |n: usize| if n >= *numbers_from { "--:" } else { "---" };
                out.push_str(&table_line((0..head.len()).map(|n| rule(n).to_owned())));
                for (n, row) in rows.iter().enumerate() {
                    let is_total = *has_total && n + 1 == rows.len();
                    out.push_str(&table_line(row.iter().map(|cell| if is_total { format!("**{}**", line(cell)) } else { line(cell) })));
                }
            }
        }
    }
    out
}

fn table_line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// One line: a list item or a cell has no other.
fn line(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        match &run.link {
            Some(link) => out.push_str(&format!("[{}](<{}>)", escaped(&run.text), link.replace(['<', '>', '\n'], ""))),
            None => out.push_str(&escaped(&run.text)),
        }
    }
    out
}

/// What would be markup stands for itself.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_wrote_is_no_markup() {
        let run = Run { text: "План | *2024*\n<b>".into(), link: Some("https://example.org/a>b".into()) };
        assert_eq!(line(&[run]), "[План \\| \\*2024\\* \\<b\\>](<https://example.org/ab>)");
    }
}
