//! Where things stand in the published folder, and what an output's bytes are.

use crate::source::SourcePath;

/// A path inside the published folder, with `/` between its parts: `workshops/profi/index.html`.
pub type OutputPath = String;

/// What is written at an [`OutputPath`].
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of this source file, unchanged.
    Copy(SourcePath),
}

/// The slot for the way from a page to the root of the site, U+0001. Rendered pieces carry it in their addresses and it is filled when
/// a page is put together, so a piece is rendered once and not once for each depth at which it stands. Input never holds it: control
/// characters are dropped from content when it is read.
pub const ROOT: char = '\u{1}';

/// The slot behind the address of a folder, U+0002: nothing on a web host, `index.html` where the site is opened from a disk.
pub const INDEX: char = '\u{2}';

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

/// Fills both slots of `text`.
pub fn fill(text: &str, root: &str, index: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 16);
    let mut last = 0;
    for at in memchr::memchr2_iter(ROOT as u8, INDEX as u8, bytes) {
        out.extend_from_slice(&bytes[last..at]);
        out.extend_from_slice(if bytes[at] == ROOT as u8 { root.as_bytes() } else { index.as_bytes() });
        last = at + 1;
    }
    out.extend_from_slice(&bytes[last..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_by_depth() {
        let card = format!("<a href=\"{}\">", address("workshops/x/"));
        assert_eq!(fill(&card, &way_to_root("archive/2024/index.html"), ""), b"<a href=\"../../workshops/x/\">");
        assert_eq!(fill(&card, &way_to_root("index.html"), "index.html"), b"<a href=\"./workshops/x/index.html\">");
    }
}
