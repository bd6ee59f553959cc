//! Front matter: the YAML between two `---` lines at the head of a Markdown file.

use crate::diagnostic::Problem;
use crate::record::Reader;
use crate::value::yaml::quote;
use std::ops::Range;

/// The bytes of the front matter (without its `---` lines) and of the body. Where a line is missing or misspelt, it is reported, and the
/// keys are found without it, so that one run shows their mistakes too.
pub fn split(text: &str, reader: &mut Reader) -> (Range<usize>, Range<usize>) {
    let lead = text.len() - text.trim_start_matches(['\n', '\r', ' ', '\t']).len();
    let lead = text[..lead].rfind('\n').map_or(0, |at| at + 1);
    let head = line(text, lead);
    let first = match fence(text, head.clone(), reader) {
        Some(after) => after,
        None if is_key(&text[head.clone()]) => {
            report(Problem::NoFrontMatter, head.clone(), Some(format!("---\n{}", &text[head.clone()])), reader);
            head.start
        }
        None => {
            report(Problem::NoFrontMatter, head.clone(), title(&text[head.clone()]), reader);
            return (0..0, 0..text.len());
        }
    };
    let mut at = first;
    while at < text.len() {
        let line = line(text, at);
        if let Some(after) = fence(text, line.clone(), reader) {
            return (first..at, after..text.len());
        }
        at = next(text, &line);
    }
    let blank = text[first..].find("\n\n").or_else(|| text[first..].find("\r\n\r\n")).map_or(text.len(), |i| first + i + 1);
    // The carriage return before a line break is one with it.
    let blank = if text[blank..].starts_with('\n') && text[..blank].ends_with('\r') { blank + 1 } else { blank };
    let gap = if text[..blank].ends_with('\n') { "" } else { "\n" };
    report(Problem::FrontMatterNotClosed, blank..blank, Some(format!("{gap}---\n")), reader);
    (first..blank, blank..text.len())
}

fn report(problem: Problem, range: Range<usize>, fix: Option<String>, reader: &mut Reader) {
    reader.report(problem, range);
    if let Some(last) = reader.diagnostics.last_mut() {
        last.fix = fix;
    }
}

/// Where the text goes on behind the fence `line`; `None` if it is none. A fence of other signs than three hyphens is reported.
fn fence(text: &str, line: Range<usize>, reader: &mut Reader) -> Option<usize> {
    let written = &text[line.clone()];
    let found = written.trim();
    let is_dash = |c: char| matches!(c, '-' | '‐' | '‑' | '–' | '—' | '―' | '−' | '_' | '=');
    let is_meant = !written.starts_with([' ', '\t'])
        && found.chars().all(|c| is_dash(c) || c == ' ')
        && (found.contains(['–', '—', '―']) || found.matches(is_dash).count() > 1);
    if !matches!(written.trim_end(), "---" | "...") {
        if !is_meant {
            return None;
        }
        report(Problem::FrontMatterFence { found: found.to_owned() }, line.clone(), Some("---".into()), reader);
    }
    Some(next(text, &line))
}

/// Whether a line says `key: value`.
fn is_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        key.starts_with(char::is_alphabetic)
            && key.chars().count() <= 40
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-'))
            && (value.is_empty() || value.starts_with(' '))
    })
}

/// The front matter that a text with the heading `line` may be given.
fn title(line: &str) -> Option<String> {
    let title = line.strip_prefix("# ")?.trim();
    let key = if title.is_ascii() { "title" } else { "название" };
    Some(format!("---\n{key}: {}\n---", quote::scalar(title)))
}

/// The line that begins at `from`, without its break.
fn line(text: &str, from: usize) -> Range<usize> {
    let end = text[from..].find('\n').map_or(text.len(), |i| from + i);
    from..if text[from..end].ends_with('\r') { end - 1 } else { end }
}

/// The beginning of the line behind `line`.
fn next(text: &str, line: &Range<usize>) -> usize {
    text[line.end..].find('\n').map_or(text.len(), |i| line.end + i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::edit::{Edit, apply};

    /// The front matter, the body, and the text with the fixes made.
    fn check(text: &str, front: &str, body: &str, mended: &str) {
        let mut reader = Reader { file: &"x.md".into(), diagnostics: Vec::new(), pool: None };
        let (own, rest) = split(text, &mut reader);
        assert_eq!((text[own].trim_end(), &text[rest]), (front, body), "{text:?}");
        let fixes = reader.diagnostics.iter().filter_map(|d| Some((d.span.as_ref()?, d.fix.clone()?)));
        let edits: Vec<Edit> = fixes.map(|(span, text)| Edit { range: span.start..span.end, text }).collect();
        assert_eq!(apply(text, &edits), mended);
    }

    #[test]
    fn splits_with_both_kinds_of_line_break() {
        for text in ["---\na: b\n---\nText\n", "---\r\na: b\r\n---\r\nText\n", "\n--- \na: b\n---\t\nText\n"] {
            check(text, "a: b", "Text\n", text);
        }
    }

    #[test]
    fn what_is_missing_is_put_in() {
        check("a: b\n---\nText\n", "a: b", "Text\n", "---\na: b\n---\nText\n");
        check("---\na: b\n\nText\n", "a: b", "\nText\n", "---\na: b\n---\n\nText\n");
        check("---\r\na: b\r\n\r\nText\r\n", "a: b", "\r\nText\r\n", "---\r\na: b\r\n---\n\r\nText\r\n");
        check("a: b\nc: d", "a: b\nc: d", "", "---\na: b\nc: d\n---\n");
        check("# О нас\nText\n", "", "# О нас\nText\n", "---\nназвание: О нас\n---\nText\n");
        check("Text\n", "", "Text\n", "Text\n");
        check("", "", "", "");
    }

    #[test]
    fn dashes_of_word_are_a_fence() {
        for dashes in ["—", "—-", "–--", "----", "— — —", "___"] {
            check(&format!("{dashes}\na: b\n{dashes}\nText\n"), "a: b", "Text\n", "---\na: b\n---\nText\n");
        }
    }
}
