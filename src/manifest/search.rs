//! The search: its page and the files of its index.

use super::{Item, Manifest};
use crate::format::search::Shape;
use crate::site::Site;

/// A file of the index, see [`crate::format::search`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchFile {
    Root,
    Terms(usize),
    Words(usize),
    Ends(usize),
    Texts(usize),
}

impl SearchFile {
    /// Where it stands. What must fit each other is a folder of its own, so that it can be exchanged as a whole without all the texts.
    pub fn path(self) -> String {
        match self {
            SearchFile::Root => "search/index/root.js".into(),
            SearchFile::Terms(n) => format!("search/index/terms-{n}.js"),
            SearchFile::Words(n) => format!("search/index/words-{n}.js"),
            SearchFile::Ends(n) => format!("search/index/ends-{n}.js"),
            SearchFile::Texts(n) => format!("search/texts/texts-{n}.js"),
        }
    }
}

pub(super) fn list(site: &Site, manifest: &mut Manifest) {
    manifest.add("search/index.html", Item::Search);
    let shape = Shape::of(site.records().bytes);
    let files = std::iter::once(SearchFile::Root)
        .chain((0..shape.terms).map(SearchFile::Terms))
        .chain((0..shape.words).flat_map(|n| [SearchFile::Words(n), SearchFile::Ends(n)]))
        .chain((0..site.records().texts.len()).map(SearchFile::Texts));
    files.for_each(|file| manifest.add(file.path(), Item::SearchFile(file)));
}
