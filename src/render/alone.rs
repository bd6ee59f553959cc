//! The one body that is another, where nothing else is: what stands on the site in the place of the old one, without the rest of the site.

use super::body::{html, index, markdown_words};
use super::search::{append, beginning};
use super::{Renderer, Words};
use crate::config::Config;
use crate::format::search::{self, Counter, Index, Memory, NAME, SUMMARY, Shown, TEXT, TITLE};
use crate::kinds::Kind;
use crate::manifest::{Item, Manifest, Scope, SearchFile};
use crate::output::{OutputPath, Slots, way_to_root};
use crate::parse::Document;
use crate::parse::markdown::{Target, plain};
use crate::site::EntryId;
use crate::site::search::Of;
use crate::source::SourcePath;
use crate::value::typography;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A body that stands on the page of its document and in the index of the search, and nowhere else; with all that it takes to write both
/// anew when the document has another body and the same face ([`Document::face`]).
#[derive(Debug, Serialize, Deserialize)]
pub struct Alone {
    /// Where the page stands.
    pub output: OutputPath,
    /// Where the links of the body lead.
    links: Vec<Target>,
    /// `None` if it is not searched, as a draft is not.
    pub record: Option<Recorded>,
}

/// The record of a document in the index: where it stands, and what of its text is not in the body.
#[derive(Debug, Serialize, Deserialize)]
pub struct Recorded {
    record: u32,
    /// The number of the file of texts that holds it.
    file: u32,
    /// Its place there.
    at: u32,
    summary: String,
    /// What stands behind the body.
    rest: Vec<String>,
}

/// A new body: of this document, from this Markdown, on a site with these settings and words.
#[derive(Clone, Copy)]
pub struct NewBody<'a> {
    pub config: &'a Config,
    pub words: &'a Words,
    pub document: &'a Document,
    pub markdown: &'a str,
}

impl Renderer {
    /// The documents whose bodies stand alone.
    pub fn alone<'a>(&'a self, manifest: &'a Manifest) -> impl Iterator<Item = (SourcePath, Alone)> + 'a {
        let records = self.site.records();
        let mut recorded: BTreeMap<EntryId, (u32, u32, u32)> = BTreeMap::new();
        let mut file = 0;
        for (n, record) in (0..).zip(&records.list) {
            while records.texts.get(file + 1).is_some_and(|first| *first <= n) {
                file += 1;
            }
            if let Of::Entry(id) = record.of {
                recorded.insert(id, (n, file as u32, n - records.texts[file]));
            }
        }
        let in_feed = if self.site.config.settings.feeds.0 { self.in_feed(Scope::All) } else { Vec::new() };
        manifest.items.iter().filter_map(move |(output, item)| {
            let Item::Entry(id) = item else { return None };
            let entry = self.site.entry(*id);
            // Letters show the body too.
            if in_feed.contains(id) || entry.document.kind == Kind::Newsletter {
                return None;
            }
            let record = recorded.get(id).map(|(record, file, at)| {
                let summary = super::entries::text_of(&entry.document.common.summary).to_owned();
                let rest = self.behind_body(*id).into_iter().map(Cow::into_owned).collect();
                Recorded { record: *record, file: *file, at: *at, summary, rest }
            });
            Some((entry.document.path.clone(), Alone { output: output.clone(), links: entry.links.to_vec(), record }))
        })
    }
}

impl Alone {
    /// What stands on the page in the place of the old body.
    pub fn body(&self, new: NewBody) -> Vec<u8> {
        let body = html(new.config, &markdown_words(new.words), new.document, new.markdown, &self.links);
        let root = way_to_root(&self.output);
        Slots { root: &root, index: index(new.config) }.fill_text(&body).into_bytes()
    }
}

impl Recorded {
    /// The path of the file of texts that holds the record.
    pub fn texts(&self) -> OutputPath {
        SearchFile::Texts(self.file as usize).path()
    }

    /// The file of texts with the new body in the place of the old one, and how the record is counted now: by what the `published` file shows of
    /// it and the `memory` of the index knows. `None` if they are not those of the record.
    pub fn texts_and_memory<'m>(&self, new: NewBody, published: &str, memory: &'m Memory) -> Option<(String, Memory<'m>)> {
        let mut shown: Vec<Shown> = search::read_texts(published)?;
        let [title, _, _, text, names] = shown.get_mut(self.at as usize)?;
        let mut whole = plain(new.markdown);
        append(&mut whole, self.rest.iter().map(String::as_str));
        *text = beginning(&self.summary, &whole, |text| match new.config.settings.typography.0 && !new.document.common.verbatim {
            true => typography::line(text, new.config.language).into_owned(),
            false => text.to_owned(),
        });
        let mut counter = Counter::default();
        counter.add(title, TITLE);
        counter.add(names, NAME);
        counter.add(&self.summary, SUMMARY);
        counter.add(&whole, TEXT);
        memory.tags(self.record).for_each(|tag| counter.tag(tag));
        counter.end();
        let memory = memory.mended(self.record, &counter.done());
        Some((search::texts(self.file as usize, &shown), memory))
    }
}

/// The files of the index, `root.js` among them, that are others now that its memory is `after` and no more `before`: by their paths.
/// `None` if `root` is not what was published.
pub fn other_index_files(before: &Memory, after: &Memory, root: &str) -> Option<Vec<(OutputPath, String)>> {
    let (before, after) = (Index::of(before.borrowed()), Index::of(after.borrowed()));
    let mut files = after.other_than(&before);
    let now = search::root_with(root, &after.places())?;
    if now != root {
        files.push(("root.js".to_owned(), now));
    }
    files.iter_mut().for_each(|(name, _)| name.insert_str(0, "search/index/"));
    Some(files)
}
