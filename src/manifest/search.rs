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

pub(super) fn list(site: &Site, manifest: &mut Manifest) {
    manifest.add("search/index.html", Item::Search);
    manifest.add("search/root.js", Item::SearchFile(SearchFile::Root));
    let shape = Shape::of(site.records().bytes);
    for n in 0..shape.terms {
        manifest.add(format!("search/terms-{n}.js"), Item::SearchFile(SearchFile::Terms(n)));
    }
    for n in 0..shape.words {
        manifest.add(format!("search/words-{n}.js"), Item::SearchFile(SearchFile::Words(n)));
        manifest.add(format!("search/ends-{n}.js"), Item::SearchFile(SearchFile::Ends(n)));
    }
    for n in 0..site.records().texts.len() {
        manifest.add(format!("search/texts-{n}.js"), Item::SearchFile(SearchFile::Texts(n)));
    }
}
