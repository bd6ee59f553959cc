//! Files as values: paths, places in them, texts, and what is known of a file that is only copied.

use crate::format::picture::Measure;
use std::ops::Range;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// The largest text that is read, in bytes: some four thousand printed pages. Pictures and attachments may be of any size; they are copied
/// piece by piece and never held.
pub const LARGEST_TEXT: u64 = 10 << 20;

/// A path inside the site's root, with `/` between its parts on every system: `content/plans/tula-2024.yaml`.
pub type SourcePath = Arc<str>;

/// A text of a file, and the hash by which it is known again.
#[derive(Debug, Clone)]
pub struct Text {
    pub text: Arc<str>,
    /// What [`hash`] makes of the file's bytes.
    pub hash: u128,
}

/// Where a text is not UTF-8: its first bad byte, line and column from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotUtf8 {
    pub line: usize,
    pub column: usize,
    /// What it may be instead.
    pub likely: Option<Encoding>,
}

/// The encodings in which a Russian editor's programs save, besides UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// «ANSI» in the words of Notepad.
    Windows1251,
    /// «Unicode» in the words of old programs.
    Utf16,
}

/// What a file that is not UTF-8 may be. By Windows-1251 nearly all bytes beyond ASCII are letters, and most of these are small.
fn likely_encoding(bytes: &[u8]) -> Option<Encoding> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Some(Encoding::Utf16);
    }
    let count = |holds: fn(u8) -> bool| bytes.iter().filter(|b| holds(**b)).count();
    let (small, capital, beyond) = (count(|b| b >= 0xe0), count(|b| (0xc0..0xe0).contains(&b)), count(|b| b >= 0x80));
    (small > capital && (small + capital) * 10 >= beyond * 8).then_some(Encoding::Windows1251)
}

/// Gives a text again that was let go. The core reads no files: who gave it a text keeps it, or reads it once more.
pub trait Texts: Sync {
    /// The text of the file `path` as it is now; `None` if there is none any more.
    fn text(&self, path: &SourcePath) -> Option<Text>;
}

/// For a site whose documents keep their texts.
#[derive(Debug, Clone, Copy)]
pub struct NoTexts;

impl Texts for NoTexts {
    fn text(&self, _: &SourcePath) -> Option<Text> {
        None
    }
}

/// A picture or an attachment: never loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Bytes.
    pub len: u64,
    /// What [`hash`] makes of the content.
    pub hash: u128,
    /// What is known of it where it is a picture.
    pub picture: Option<Measure>,
}

/// A place: the bytes `range` of the file `file`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub file: SourcePath,
    pub start: usize,
    pub end: usize,
}

/// Bytes of a file in half the room of a range: a large site keeps a million of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    start: u32,
    end: u32,
}

impl From<Range<usize>> for Place {
    /// Beyond 4 GiB the place is the end; no text that long is read.
    fn from(range: Range<usize>) -> Place {
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Place { start: short(range.start), end: short(range.end) }
    }
}

impl From<Place> for Range<usize> {
    fn from(place: Place) -> Range<usize> {
        place.start as usize..place.end as usize
    }
}

impl Span {
    /// The bytes `range` of `file`.
    pub fn new(file: &SourcePath, range: impl Into<Range<usize>>) -> Span {
        let range = range.into();
        Span { file: file.clone(), start: range.start, end: range.end }
    }

    /// The beginning of `file`, for what concerns it as a whole.
    pub fn file(file: &SourcePath) -> Span {
        Span::new(file, 0..0)
    }
}

impl Text {
    /// The text that stands in a file with these `bytes`.
    pub fn of(bytes: &[u8]) -> Result<Text, NotUtf8> {
        Ok(Text { text: decode(bytes)?.into(), hash: hash(bytes) })
    }
}

/// xxh3-128 of `bytes`.
pub fn hash(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}

/// The text of a file's bytes without its byte order mark.
pub fn decode(bytes: &[u8]) -> Result<&str, NotUtf8> {
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let (line, column) = line_column(&before, before.len());
            Err(NotUtf8 { line, column, likely: likely_encoding(bytes) })
        }
    }
}

/// Whether a file of this name is a text that is read: a document, settings, a registry.
pub fn is_text(path: &str) -> bool {
    matches!(extension(path).as_str(), "md" | "markdown" | "yaml" | "yml")
}

/// Whether browsers or hosts run a file of this name as a part of the site, so that whoever sends one writes the site's pages. SVG is looked
/// into instead, see [`crate::format::svg`].
pub fn is_active(path: &str) -> bool {
    const ENDINGS: [&str; 28] = [
        "asp", "aspx", "cgi", "htaccess", "htm", "html", "htpasswd", "js", "jsp", "mht", "mhtml", "mjs", "phar", "php", "php3", "php5",
        "phtml", "pl", "shtm", "shtml", "svgz", "wasm", "xht", "xhtm", "xhtml", "xml", "xsl", "xslt",
    ];
    // A host may run `a.php.pdf`, too, but only one that is set up to.
    ENDINGS.contains(&&*extension(path))
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
        let likely = Some(Encoding::Windows1251);
        assert_eq!(decode(b"title: x\n\xcf\xeb\xe0\xed"), Err(NotUtf8 { line: 2, column: 1, likely }));
        // The same word in KOI8-R, and a picture.
        assert_eq!(decode(b"\xf0\xcc\xc1\xce").unwrap_err().likely, None);
        assert_eq!(decode(b"\x89PNG\r\n\x80\x01\x90\xff").unwrap_err().likely, None);
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(line_column("а\nбв: г", "а\nбв".len()), (2, 3));
    }
}
