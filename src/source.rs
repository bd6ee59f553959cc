//! What the shell read from the disk, as values: every text by its path, everything else as path, length and hash.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A path inside the site's root, with `/` between its parts on every system: `content/plans/tula-2024.yaml`.
pub type SourcePath = Arc<str>;

/// All inputs of a build.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Files below `content/`, by their path from the site's root (`content/…`).
    pub content: BTreeMap<SourcePath, Source>,
    /// Files below `themes/`, by their path from the site's root (`themes/<name>/…`); those of the chosen theme lie above the embedded ones.
    pub themes: BTreeMap<SourcePath, Arc<[u8]>>,
}

/// One file.
#[derive(Debug, Clone)]
pub enum Source {
    /// A text that is parsed: `.md`, `.yaml`, `.yml`.
    Text(Text),
    /// A text that is not UTF-8; the bytes up to `valid_up_to` are, and `line` and `column` (from 1) name the first bad one.
    NotUtf8 { valid_up_to: usize, line: usize, column: usize },
    /// A file that is only copied.
    Asset(Asset),
    /// A file that is there and could not be read; the system's own words.
    Unreadable(String),
}

/// A text and a stamp: the same stamp means the same text, so that a comparison costs nothing.
#[derive(Debug, Clone)]
pub struct Text {
    pub text: Arc<str>,
    stamp: u64,
}

/// A picture or an attachment: never loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Bytes.
    pub len: u64,
    /// xxh3-128 of the content.
    pub hash: u128,
    /// Width and height in pixels, where the file is a picture whose format is known.
    pub size: Option<(u32, u32)>,
}

/// A place: the bytes `range` of the file `file`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub file: SourcePath,
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// The bytes `range` of `file`.
    pub fn new(file: &SourcePath, range: Range<usize>) -> Span {
        Span { file: file.clone(), start: range.start, end: range.end }
    }

    /// The beginning of `file`, for what concerns it as a whole.
    pub fn file(file: &SourcePath) -> Span {
        Span::new(file, 0..0)
    }
}

impl Text {
    /// A new text, different from every other by its stamp.
    pub fn new(text: impl Into<Arc<str>>) -> Text {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Text { text: text.into(), stamp: NEXT.fetch_add(1, Ordering::Relaxed) }
    }

    /// Whether both are one text: by the stamp, else by the bytes.
    pub fn same(&self, other: &Text) -> bool {
        self.stamp == other.stamp || self.text == other.text
    }
}

impl Source {
    /// A text from the bytes of a file; a byte order mark is dropped, other encodings than UTF-8 are reported by their first bad byte.
    pub fn text(bytes: Vec<u8>) -> Source {
        match simdutf8::compat::from_utf8(&bytes) {
            Ok(text) => Source::Text(Text::new(Arc::from(text.strip_prefix('\u{feff}').unwrap_or(text)))),
            Err(error) => {
                let valid_up_to = error.valid_up_to();
                let before = String::from_utf8_lossy(&bytes[..valid_up_to]).into_owned();
                let line_start = before.rfind('\n').map_or(0, |i| i + 1);
                Source::NotUtf8 { valid_up_to, line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
            }
        }
    }

    /// Whether a file of this name is a text that is parsed.
    pub fn is_text(path: &str) -> bool {
        matches!(extension(path).as_str(), "md" | "markdown" | "yaml" | "yml")
    }
}

impl Sources {
    /// The text of `path`, if it is one.
    pub fn text_of(&self, path: &str) -> Option<&str> {
        match self.content.get(path) {
            Some(Source::Text(text)) => Some(&text.text),
            _ => None,
        }
    }
}

/// The ending of a file's name in lower case, without its dot; empty if there is none.
pub fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_lowercase())
}

/// Line and column (both from 1, columns in characters) of byte `at` of `text`.
pub fn line_column(text: &str, at: usize) -> (usize, usize) {
    let at = text.floor_char_boundary(at.min(text.len()));
    let line_start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    (memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count() + 1, text[line_start..at].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_windows_1251_file_names_its_first_bad_byte() {
        let Source::NotUtf8 { line, column, .. } = Source::text(b"title: x\n\xcf\xeb\xe0\xed".to_vec()) else { panic!() };
        assert_eq!((line, column), (2, 1));
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(line_column("а\nбв: г", "а\nбв".len()), (2, 3));
    }
}
