//! All inputs of a build: every file of the site as a value.

use crate::parse::{self, Document, Place, Reading, place_of};
use crate::source::{Asset, LARGEST_TEXT, NotUtf8, SourcePath, Text, decode, hash};
use std::collections::BTreeMap;
use std::sync::Arc;

/// All inputs of a build.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Files below `content/`, by their path from the site's root (`content/…`).
    pub content: BTreeMap<SourcePath, Source>,
    /// Files below `themes/`, by their path from the site's root (`themes/<name>/…`); those of the chosen theme lie above the embedded ones.
    pub themes: BTreeMap<SourcePath, Arc<[u8]>>,
}

/// One file of the content.
#[derive(Debug, Clone)]
pub enum Source {
    /// A document. It depends on its own text alone, so it is parsed as soon as that is read, and the text need not be kept.
    Document(Arc<Document>),
    /// Settings, a registry, or a text where no kind of document has its folder.
    Text(Text),
    /// A text that is not UTF-8.
    NotUtf8(NotUtf8),
    /// A text of so many bytes, more than [`LARGEST_TEXT`], which was not read.
    TooLarge(u64),
    /// A file that is only copied.
    Asset(Asset),
    /// A file that is there and could not be read; the system's own words.
    Unreadable(String),
}

impl Source {
    /// What the text file `path` with these `bytes` is.
    pub fn of<'a>(path: &'a SourcePath, bytes: &[u8], reading: impl Into<Reading<'a>>) -> Source {
        if bytes.len() as u64 > LARGEST_TEXT {
            return Source::TooLarge(bytes.len() as u64);
        }
        match (decode(bytes), place_of(path)) {
            (Err(bad), _) => Source::NotUtf8(bad),
            (Ok(text), Place::Document { kind, date, .. }) => {
                Source::Document(Arc::new(parse::document(path, (text, hash(bytes)), reading, kind, date)))
            }
            (Ok(text), Place::Data(_) | Place::Elsewhere(_)) => Source::Text(Text { text: text.into(), hash: hash(bytes) }),
        }
    }

    /// The hash of the file, where it could be read.
    pub fn hash(&self) -> Option<u128> {
        match self {
            Source::Document(document) => Some(document.hash),
            Source::Text(text) => Some(text.hash),
            Source::Asset(asset) => Some(asset.hash),
            Source::NotUtf8(_) | Source::TooLarge(_) | Source::Unreadable(_) => None,
        }
    }

    /// Whether a build is the same with either.
    pub fn same(&self, other: &Source) -> bool {
        match (self, other) {
            (Source::Document(a), Source::Document(b)) => Arc::ptr_eq(a, b) || a.hash == b.hash,
            (Source::Text(a), Source::Text(b)) => a.hash == b.hash,
            (Source::Asset(a), Source::Asset(b)) => a == b,
            // The text between may differ and nothing that is said of it would.
            (Source::NotUtf8(a), Source::NotUtf8(b)) => a == b,
            (Source::TooLarge(a), Source::TooLarge(b)) => a == b,
            (Source::Unreadable(a), Source::Unreadable(b)) => a == b,
            _ => false,
        }
    }
}

impl Sources {
    /// The text of `path`, if it is one that was kept.
    pub fn text_of(&self, path: &str) -> Option<&str> {
        match self.content.get(path)? {
            Source::Document(document) => document.text.as_deref(),
            Source::Text(text) => Some(&text.text),
            _ => None,
        }
    }

    /// The documents, in the order of their files.
    pub fn documents(&self) -> impl Iterator<Item = &Arc<Document>> {
        self.content.values().filter_map(|source| match source {
            Source::Document(document) => Some(document),
            _ => None,
        })
    }
}
