//! Front matter: the YAML between two `---` lines at the head of a Markdown file.

use crate::diagnostic::Problem;
use crate::record::Reader;
use crate::value::yaml::{YamlError, YamlErrorKind};
use std::ops::Range;

/// The bytes of the front matter (without its `---` lines) and of the body.
pub fn split(text: &str, reader: &mut Reader) -> (Range<usize>, Range<usize>) {
    let Some(first) = line_end(text, 0).filter(|end| text[..*end].trim_end() == "---") else {
        reader.report(Problem::NoFrontMatter, 0..line_end(text, 0).unwrap_or(text.len()).min(text.len()));
        return (0..0, 0..text.len());
    };
    let mut at = first;
    while at < text.len() {
        let end = line_end(text, at).unwrap_or(text.len());
        let line = text[at..end].trim_end();
        if line == "---" || line == "..." {
            return (first..at, end..text.len());
        }
        at = end;
    }
    reader.report(Problem::FrontMatterNotClosed, 0..3);
    // The keys up to the first empty line are still read, so that one run shows their mistakes too.
    let blank = text[first..].find("\n\n").or_else(|| text[first..].find("\r\n\r\n")).map_or(text.len(), |i| first + i + 1);
    (first..blank, blank..text.len())
}

/// The corrected text for the place of a YAML error, where it is certain.
pub fn fix(text: &str, error: &YamlError) -> Option<String> {
    let wrong = text.get(error.span.clone())?;
    match error.kind {
        YamlErrorKind::ColonInValue => Some(format!("\"{}\"", wrong.trim_end().replace('\\', "\\\\").replace('"', "\\\""))),
        YamlErrorKind::Tab if wrong == "\t" => Some("  ".into()),
        _ => None,
    }
}

/// The end of the line that begins at `from`, its line break included.
fn line_end(text: &str, from: usize) -> Option<usize> {
    text[from..].find('\n').map(|i| from + i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_with_both_kinds_of_line_break() {
        for text in ["---\na: b\n---\nText\n", "---\r\na: b\r\n---\r\nText\n"] {
            let mut reader = Reader { file: &"x.md".into(), diagnostics: Vec::new() };
            let (front, body) = split(text, &mut reader);
            assert_eq!((text[front].trim_end(), &text[body]), ("a: b", "Text\n"));
            assert!(reader.diagnostics.is_empty());
        }
    }
}
