//! The page of the search and the files of its index: what is found is what the pages show.

use super::entries::text_of;
use super::frame::About;
use super::view::{self, Choice, Counted};
use super::{Bodies, Fault, Made, Renderer};
use crate::format::search::{self, Counter, Index, Memory, NAME, Root, SUMMARY, Shape, Shown, TEXT, TITLE, Tally};
use crate::kinds::{Details, Kind, Programme};
use crate::manifest::SearchFile;
use crate::output::{Slots, address, way_to_root};
use crate::parse::markdown::{end_sentence, plain};
use crate::record::Text;
use crate::site::search::{LONGEST_TEXT, Of, Record, areas, details, files, texts_of_row};
use crate::site::{Dimension, Entry, EntryId, GroupId, RecordKind};
use rayon::prelude::*;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// So many runs of records are counted each by itself, on whatever threads there are.
const RUNS: usize = 16;

/// The index of the texts of a build, once it is made.
#[derive(Debug, Default)]
pub struct Indexed(Mutex<Option<Arc<Result<Index<'static>, Fault>>>>);

impl Indexed {
    /// Lets go of it. It is made anew if it is needed after all.
    pub fn let_go(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Takes a file of texts, which is the n-th.
pub type TakeTexts<'a> = &'a (dyn Fn(usize, String) + Sync);

/// What is known of a record.
struct Found<'a> {
    title: Cow<'a, str>,
    /// Areas, places, persons …
    names: Vec<Cow<'a, str>>,
    summary: &'a str,
    text: String,
}

impl Renderer {
    /// The page of the search.
    pub(super) fn search(&self) -> Made {
        let about = About {
            title: self.word("search.title").into(),
            address: "search/".into(),
            class: "searching",
            noindex: true,
            ..About::default()
        };
        let records = self.site.records();
        let kinds = records.kinds().into_iter().map(|kind| Choice { value: kind.id().into(), title: self.kind_of_records(kind).into() });
        let areas = (0..).zip(self.site.groups.of(Dimension::Areas)).map(|(index, group)| {
            let id = GroupId { dimension: Dimension::Areas, index };
            Choice { value: group.slug.as_str().into(), title: self.group_link(id).title }
        });
        let view = view::Search {
            frame: self.frame(about),
            kinds: kinds.collect(),
            years: records.years().iter().map(i16::to_string).collect(),
            areas: areas.collect(),
            sections: self.counted_sections(),
            groups: self.counted_groups(),
        };
        self.theme.render("search.html", &view)
    }

    fn kind_of_records(&self, kind: RecordKind) -> &str {
        match kind {
            RecordKind::Document(Kind::Page) => self.word("search.pages"),
            RecordKind::Document(kind) => self.terms.many(kind),
            RecordKind::Row => self.word("search.rows"),
            RecordKind::File => self.word("search.files"),
        }
    }

    /// Makes the index on all threads, if it is not there. Where a thread of the pool waits, it may take up other work, which could wait for
    /// the same index: so nothing else may be rendered meanwhile. `take` is given the files of texts, if anybody asks for them: what they
    /// show has been read for the index.
    pub fn make_index(&self, bodies: Bodies, take: Option<TakeTexts>) {
        self.indexed(bodies, |runs| runs.into_par_iter().map(|run| self.counted(run, bodies, take)).collect());
    }

    fn indexed(
        &self,
        bodies: Bodies,
        count: impl FnOnce(Vec<Range<usize>>) -> Result<Vec<Tally>, Fault>,
    ) -> Arc<Result<Index<'static>, Fault>> {
        let mut made = bodies.indexed.0.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let records = self.site.records();
            let files = records.texts.len();
            let runs = (0..RUNS).map(|n| n * files / RUNS..(n + 1) * files / RUNS).collect();
            Arc::new(count(runs).map(|counters| Index::of(Memory::of(counters, Shape::of(records.bytes)))))
        };
        made.get_or_insert_with(make).clone()
    }

    /// What `see` makes of the memory of the index; `None` where that cannot be made.
    pub fn with_memory<T>(&self, bodies: Bodies, see: impl FnOnce(&Memory) -> T) -> Option<T> {
        let indexed = self.indexed(bodies, |runs| runs.into_iter().map(|run| self.counted(run, bodies, None)).collect());
        indexed.as_ref().as_ref().ok().map(|index| see(index.memory()))
    }

    /// A file of the index.
    pub(super) fn search_file(&self, file: SearchFile, bodies: Bodies) -> Made {
        if let SearchFile::Texts(n) = file {
            let shown = |record: &Record| Ok(self.shown(record, self.found(record, bodies)?));
            let shown: Vec<Shown> = self.site.records().in_file(n).iter().map(shown).collect::<Result<_, Fault>>()?;
            return Ok(search::texts(n, &shown));
        }
        let indexed = self.indexed(bodies, |runs| runs.into_iter().map(|run| self.counted(run, bodies, None)).collect());
        let index = indexed.as_ref().as_ref().map_err(Clone::clone)?;
        Ok(match file {
            SearchFile::Root => search::root(&self.root_of_index(index)),
            SearchFile::Terms(n) => index.terms(n),
            SearchFile::Words(n) => index.words(n),
            SearchFile::Ends(n) => index.ends(n),
            SearchFile::Texts(_) => String::new(),
        })
    }

    fn root_of_index<'a>(&self, index: &'a Index<'_>) -> Root<'a> {
        let records = self.site.records();
        let mut runs: Vec<(&'static str, i16, u32)> = Vec::new();
        for (record, n) in records.list.iter().zip(0..) {
            let (kind, year) = (record.kind.id(), record.year);
            if runs.last().is_none_or(|(k, y, _)| (*k, *y) != (kind, year)) {
                runs.push((kind, year, n));
            }
        }
        let synonyms = self.site.registries.glossary.entries.iter().map(|named| {
            let spellings = std::iter::once(named.name.as_str())
                .chain(named.entry.aliases.iter().map(|alias| alias.value.as_str()))
                .chain(named.entry.expansion.iter().map(|expansion| expansion.value.as_str()));
            let mut stems: Vec<Vec<String>> = spellings.map(search::stems_of).filter(|stems| !stems.is_empty()).collect();
            stems.dedup();
            stems
        });
        let synonyms = synonyms.filter(|spellings| spellings.len() > 1).collect();
        Root { records: records.list.len(), runs, texts: records.texts.clone(), synonyms, index: index.places() }
    }

    /// Counts the words of the records in these files of texts.
    fn counted(&self, files: Range<usize>, bodies: Bodies, take: Option<TakeTexts>) -> Result<Tally, Fault> {
        let mut counter = Counter::default();
        for n in files {
            let records = self.site.records().in_file(n);
            let mut shown = Vec::with_capacity(records.len());
            for record in records {
                let found = self.found(record, bodies)?;
                counter.add(&found.title, TITLE);
                found.names.iter().for_each(|name| counter.add(name, NAME));
                counter.add(found.summary, SUMMARY);
                counter.add(&found.text, TEXT);
                areas(&self.site, self.site.entry(record.entry())).for_each(|area| counter.tag(area));
                counter.end();
                if take.is_some() {
                    shown.push(self.shown(record, found));
                }
            }
            if let Some(take) = take {
                take(n, search::texts(n, &shown));
            }
        }
        Ok(counter.done())
    }

    fn found(&self, record: &Record, bodies: Bodies) -> Result<Found<'_>, Fault> {
        Ok(match record.of {
            Of::Entry(id) => {
                let entry = self.site.entry(id);
                let mut text = self.with_markdown(id, bodies, |_, markdown: &str| plain(markdown))?;
                append(&mut text, self.behind_body(id).iter().map(|part| &**part));
                let summary = text_of(&entry.document.common.summary);
                Found { title: self.title(id).into(), names: self.names_of(entry), summary, text }
            }
            Of::Row(plan, n) => {
                let item = self.row_item(plan, n as usize);
                let mut text = String::new();
                append(&mut text, item.into_iter().flat_map(texts_of_row).map(|text| text.value.as_str()));
                let title = item.map_or(Cow::Borrowed(""), |item| self.set(text_of(&item.title)));
                let row = self.site.entry(plan).plan.as_ref().and_then(|rows| rows.rows.get(n as usize));
                let names = row.into_iter().flat_map(|row| &row.responsible).map(|one| self.set(&one.text)).collect();
                Found { title, names, summary: "", text }
            }
            Of::File(id, n) => {
                let file = files(self.site.entry(id)).nth(n as usize);
                let title = file.map_or(Cow::Borrowed(""), |file| self.set(&file.title));
                Found { title, names: Vec::new(), summary: "", text: String::new() }
            }
        })
    }

    /// What the text of a document has behind its body: what the page shows of the front matter, and what an issue collects.
    pub(super) fn behind_body(&self, id: EntryId) -> Vec<Cow<'_, str>> {
        let mut out: Vec<Cow<str>> = details(self.site.entry(id)).into_iter().map(|text| text.value.as_str().into()).collect();
        let lines = self.issue_sections(id).into_iter().flat_map(|section| section.lists).flat_map(|list| list.lines);
        out.extend(lines.map(|line| line.title));
        out
    }

    /// The names that the page of a document shows: its groups, its place, its persons with their posts.
    fn names_of<'a>(&'a self, entry: &'a Entry) -> Vec<Cow<'a, str>> {
        fn speakers<'a>(lines: &'a [Programme], out: &mut Vec<&'a Text>) {
            for line in lines {
                out.extend(&line.speaker);
                speakers(&line.items, out);
            }
        }
        let groups = entry.groups.iter().filter(|group| group.dimension != Dimension::People);
        let mut names: Vec<Cow<str>> = groups.map(|group| self.group_link(*group).title).collect();
        let mut persons: Vec<&Text> = entry.document.common.authors.iter().collect();
        match &entry.document.details {
            Details::Workshop(workshop) => {
                names.push(self.place(entry));
                persons.extend(&workshop.speakers);
                speakers(&workshop.programme, &mut persons);
            }
            Details::Newsletter(newsletter) if persons.is_empty() => persons.extend(&newsletter.editors),
            Details::Plan(_) => {
                persons.extend(entry.current_plan().into_iter().flat_map(|(plan, _)| plan.curator.iter().chain(&plan.head)))
            }
            _ => {}
        }
        for person in persons {
            let person = self.person(&person.value);
            names.push(if person.post.is_empty() { person.name } else { format!("{}, {}", person.name, person.post).into() });
        }
        names.retain(|name| !name.is_empty());
        names
    }

    fn shown(&self, record: &Record, found: Found) -> Shown {
        let entry = self.site.entry(record.entry());
        let (url, facts) = match record.of {
            Of::Entry(id) => (address(&entry.address), self.facts_of_entry(id)),
            Of::Row(plan, n) => self.facts_of_row(plan, n as usize),
            Of::File(id, n) => self.facts_of_file(id, n as usize),
        };
        let text = beginning(found.summary, &found.text, |text| match entry.document.common.verbatim {
            true => text.to_owned(),
            false => self.set(text).into_owned(),
        });
        let root = way_to_root("search/index.html");
        let url = Slots { root: &root, index: self.index }.fill_text(&url);
        [found.title.into_owned(), url, facts, text, found.names.join("; ")]
    }

    fn facts_of_entry(&self, id: EntryId) -> String {
        let entry = self.site.entry(id);
        let date = self.entry_date(entry).map_or_else(String::new, |date| date.words);
        joined([self.terms.one(entry.document.kind), &date, &self.place(entry)])
    }

    fn facts_of_row(&self, plan: EntryId, n: usize) -> (String, String) {
        let of = self.site.entry(plan);
        let Some(row) = of.plan.as_ref().and_then(|rows| rows.rows.get(n)) else { return (address(&of.address), String::new()) };
        let time = row.timeframe.as_ref().map_or(Cow::Borrowed(""), |frame| self.set(&frame.printed));
        let what = format!("{} {}", self.word("search.row"), row.id);
        (format!("{}#{}", address(&of.address), row.id), joined([&what, &time, self.title(plan)]))
    }

    fn facts_of_file(&self, id: EntryId, n: usize) -> (String, String) {
        let Some(file) = files(self.site.entry(id)).nth(n) else { return (String::new(), String::new()) };
        let shown = self.file(file);
        let format = if shown.size.is_empty() { shown.format.to_owned() } else { format!("{}, {}", shown.format, shown.size) };
        (file.url.clone(), joined([self.word("search.file"), &format, self.title(id)]))
    }

    /// The lists of documents, with their lengths.
    pub(super) fn counted_sections(&self) -> Vec<Counted<'_>> {
        let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Page);
        let counted = kinds.map(|kind| Counted {
            title: self.terms.many(kind).into(),
            url: address(&format!("{}/", kind.folder())),
            count: self.site.section(kind).len(),
        });
        counted.collect()
    }

    /// The lists of groups, with their lengths.
    pub(super) fn counted_groups(&self) -> Vec<Counted<'_>> {
        let dimensions = Dimension::ALL.into_iter().filter(|d| *d != Dimension::People || self.site.publishes_people());
        let counted = dimensions.map(|dimension| Counted {
            title: self.terms.dimension(dimension).into(),
            url: address(&format!("{}/", dimension.folder())),
            count: self.site.groups.of(dimension).len(),
        });
        counted.collect()
    }
}

/// Adds `parts` to the text of a record, each as a sentence of its own.
pub(super) fn append<'a>(text: &mut String, parts: impl IntoIterator<Item = &'a str>) {
    for part in parts {
        end_sentence(text);
        text.push_str(part);
    }
}

/// What is shown of the text of a record, which `set` sets.
pub(super) fn beginning(summary: &str, text: &str, set: impl FnOnce(&str) -> String) -> String {
    let mut out = String::new();
    for part in [summary, text] {
        out.push_str(part);
        end_sentence(&mut out);
    }
    out.truncate(out.floor_char_boundary(LONGEST_TEXT));
    set(&out).trim_end().to_owned()
}

fn joined<const N: usize>(parts: [&str; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
