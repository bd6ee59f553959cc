//! Where things stand in the published folder, and what an output's bytes are.

use crate::format::picture::Cut;
use crate::format::title_picture::TitlePicture;
use crate::source::SourcePath;
use std::ops::Range;

/// A path inside the published folder, with `/` between its parts: `workshops/profi/index.html`.
pub type OutputPath = String;

/// What is written at an [`OutputPath`].
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The page of a document, and where in it the body stands: nothing else of the page depends on the text of the body.
    Page { bytes: Vec<u8>, body: Range<usize> },
    /// The bytes of this source file, unchanged.
    Copy(SourcePath),
    /// What is cut from the picture in this source file.
    Picture(SourcePath, Cut),
    /// The title of a page as a picture.
    Title(Box<TitlePicture>),
}

impl Content {
    /// The bytes, unless they are those of a source file.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Content::Bytes(bytes) | Content::Page { bytes, .. } => Some(bytes),
            Content::Copy(_) | Content::Picture(..) | Content::Title(_) => None,
        }
    }
}

/// The slot for the way from a page to the root of the site, U+0001. Rendered pieces carry it in their addresses and it is filled when
/// a page is put together, so a piece is rendered once and not once for each depth at which it stands. Input never holds it: control
/// characters are dropped from content when it is read.
pub const ROOT: char = '\u{1}';

/// The slot behind the address of a folder, U+0002: nothing on a web host, `index.html` where the site is opened from a disk.
pub const INDEX: char = '\u{2}';

/// Where the slot for a piece begins, U+0003. A piece is HTML that stands on many pages or is long: a card, an event's line, a body. Its slot
/// passes through the templates in its stead, so that nothing is rendered, escaped or copied twice; what stands between this sign and
/// [`PIECE_END`] says which piece it is.
pub const PIECE: char = '\u{3}';

/// Where the slot for a piece ends, U+0004.
pub const PIECE_END: char = '\u{4}';

/// The address of page `path` (a folder such as `workshops/profi/`, or a file such as `feed.xml`; the empty path is the front page), with
/// its slots.
pub fn address(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 2);
    out.push(ROOT);
    out.push_str(path);
    if path.is_empty() || path.ends_with('/') {
        out.push(INDEX);
    }
    out
}

/// The output path of the page with the address `path`: its folder's `index.html`, or the file itself.
pub fn file_of(path: &str) -> OutputPath {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// The way from the output `path` to the root of the site: `./`, `../`, `../../`.
pub fn way_to_root(path: &str) -> String {
    match path.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// The values of the slots on one page.
#[derive(Debug, Clone, Copy)]
pub struct Slots<'a> {
    pub root: &'a str,
    pub index: &'a str,
}

impl Slots<'_> {
    /// Fills the slots of `text` into `out`; `piece` is given the names of pieces and puts them there, filled.
    pub fn fill<E>(self, text: &[u8], out: &mut Vec<u8>, piece: &mut impl FnMut(&[u8], &mut Vec<u8>) -> Result<(), E>) -> Result<(), E> {
        let mut rest = text;
        while let Some(at) = memchr::memchr3(ROOT as u8, INDEX as u8, PIECE as u8, rest) {
            out.extend_from_slice(&rest[..at]);
            let slot = rest[at];
            rest = &rest[at + 1..];
            if slot == ROOT as u8 {
                out.extend_from_slice(self.root.as_bytes());
            } else if slot == INDEX as u8 {
                out.extend_from_slice(self.index.as_bytes());
            } else if let Some(end) = memchr::memchr(PIECE_END as u8, rest) {
                piece(&rest[..end], out)?;
                rest = &rest[end + 1..];
            }
        }
        out.extend_from_slice(rest);
        Ok(())
    }

    /// The same for `text` without pieces.
    pub fn fill_text(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + self.root.len() + self.index.len());
        let mut last = 0;
        for at in memchr::memchr2_iter(ROOT as u8, INDEX as u8, text.as_bytes()) {
            out.push_str(&text[last..at]);
            out.push_str(if text.as_bytes()[at] == ROOT as u8 { self.root } else { self.index });
            last = at + 1;
        }
        out.push_str(&text[last..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_by_depth() {
        let card = format!("<a href=\"{}\">", address("workshops/x/"));
        let deep = Slots { root: &way_to_root("archive/2024/index.html"), index: "" };
        assert_eq!(deep.fill_text(&card), "<a href=\"../../workshops/x/\">");
        let top = Slots { root: &way_to_root("index.html"), index: "index.html" };
        assert_eq!(top.fill_text(&card), "<a href=\"./workshops/x/index.html\">");
    }

    #[test]
    fn pieces_come_in_their_slots() {
        let page = format!("<ul>{PIECE}c7{PIECE_END}{PIECE}c8{PIECE_END}</ul>{}", address(""));
        let mut out = Vec::new();
        let slots = Slots { root: "../", index: "" };
        let filled = slots.fill::<()>(page.as_bytes(), &mut out, &mut |name, out| {
            out.extend_from_slice(b"<li>");
            out.extend_from_slice(name);
            Ok(())
        });
        assert_eq!((filled, out.as_slice()), (Ok(()), b"<ul><li>c7<li>c8</ul>../".as_slice()));
    }
}
