//! Files and folders that are called after a person get other names, and what refers to them follows.
//!
//! One name becomes one other wherever it stands, so a reference can be told by the name alone; where that is no more than a word (a folder, a
//! document without its ending, an address) it must lead to what is renamed.

use super::called::{Called, words};
use crate::kinds::{Details, Kind};
use crate::parse::{Document, Place, place_of};
use crate::record::Text;
use crate::site::references::join;
use crate::site::urls::{address_of, is_reserved, slug_of};
use crate::source::{SourcePath, is_text};
use crate::sources::{Source, Sources};
use crate::value::composed::composed;
use crate::value::date::Date;
use crate::value::edit::Edit;
use crate::value::html::encode_path;
use crate::value::letter::is_letter_or_digit;
use crate::value::slug::slug;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Which names become which.
#[derive(Debug, Clone, Default)]
pub struct Renaming {
    /// By the path now of a file or folder, its new name.
    pub names: BTreeMap<String, String>,
    /// What may be called after somebody else.
    pub doubts: Vec<SourcePath>,
    /// What is called after the person and cannot be renamed.
    pub fixed: Vec<SourcePath>,
    /// Whether a published address changes.
    pub moves_pages: bool,
    references: Vec<Reference>,
    /// Names of documents as rows of plans and projects are named by them.
    stems: BTreeMap<String, String>,
}

/// A spelling by which something is referred to.
#[derive(Debug, Clone)]
struct Reference {
    old: String,
    new: String,
    /// The paths and addresses that it may end; anywhere if it can mean nothing else.
    ends: Option<BTreeSet<String>>,
}

/// What is left of a name that was the person's alone.
const NEUTRAL: &str = "material";

impl Renaming {
    /// What of `sources` is to be renamed; `loses_slug` says of which documents the key `slug` goes, and `may_rename` whether a path can.
    pub fn of(sources: &Sources, called: &Called, loses_slug: impl Fn(&Document) -> bool, may_rename: impl Fn(&str) -> bool) -> Renaming {
        let mut out = Renaming::default();
        let mut taken: BTreeSet<String> = ["index".to_owned()].into();
        for (_, name) in sources.content.keys().flat_map(|path| segments(path)) {
            let (stem, _) = parted(name);
            taken.extend([slug(stem), slug(undated(stem).1)]);
        }
        for document in sources.documents() {
            taken.extend(
                document
                    .common
                    .slug
                    .iter()
                    .chain(&document.common.aliases)
                    .map(|text| slug(text.value.trim_matches('/').rsplit('/').next().unwrap_or_default())),
            );
        }
        let mut new_names: BTreeMap<&str, String> = BTreeMap::new();
        for (name, places) in named(sources, called) {
            let (stem, ending) = parted(name);
            let found = called.find(stem);
            let told = |list: &mut Vec<SourcePath>| list.extend(places.iter().map(|path| SourcePath::from(*path)));
            if found.iter().any(|found| !found.is_sure) {
                told(&mut out.doubts);
            } else if places.iter().any(|path| is_data(path) || is_unread(sources, path) || !may_rename(path)) {
                told(&mut out.fixed);
            } else {
                let ranges: Vec<Range<usize>> = found.into_iter().map(|found| found.range).collect();
                let new = format!("{}{ending}", unique(&without(stem, &ranges), &mut taken));
                out.names.extend(places.iter().map(|path| ((*path).to_owned(), new.clone())));
                new_names.insert(name, new);
            }
        }
        for path in
            sources.themes.keys().filter(|path| path.split('/').any(|name| called.find(parted(name).0).iter().any(|found| found.is_sure)))
        {
            out.fixed.push(path.clone());
        }
        out.refer(sources, &new_names, loses_slug);
        out
    }

    /// Whether nothing is called after the person.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Where the file `path` will be.
    pub fn moved(&self, path: &str) -> SourcePath {
        let mut out = String::with_capacity(path.len());
        let mut end = 0;
        for part in path.split('/') {
            end += part.len() + usize::from(end > 0);
            out.push_str(if out.is_empty() { "" } else { "/" });
            out.push_str(self.names.get(&path[..end]).map_or(part, String::as_str));
        }
        out.into()
    }

    /// Gathers the spellings by which what is renamed is referred to.
    fn refer(&mut self, sources: &Sources, new_names: &BTreeMap<&str, String>, loses_slug: impl Fn(&Document) -> bool) {
        let mut spellings: BTreeMap<(String, String), Option<BTreeSet<String>>> = BTreeMap::new();
        let mut add = |old: &str, new: &str, end: Option<&str>| {
            let ends = spellings.entry((composed(old).into_owned(), new.to_owned())).or_insert_with(|| end.map(|_| BTreeSet::new()));
            match (ends, end) {
                (Some(ends), Some(end)) => {
                    ends.insert(composed(end).into_owned());
                }
                (ends, _) => *ends = None,
            }
        };
        for (path, new) in &self.names {
            let old = path.rsplit('/').next().unwrap_or(path);
            let ((stem, ending), (new_stem, _)) = (parted(old), parted(new));
            if ending.is_empty() {
                add(old, new, Some(path));
            } else {
                add(old, &new_names[old], None);
                if is_text(old) {
                    add(stem, new_stem, Some(path.strip_suffix(ending).unwrap_or(path)));
                }
            }
        }
        for document in sources.documents() {
            let (was, moved) = (slug_of(document, &mut Vec::new()), self.moved(&document.path));
            let Place::Document { stem, .. } = place_of(&moved) else { continue };
            if stem != document.stem() {
                self.stems.insert(document.stem().to_owned(), stem.to_owned());
            }
            let is = if document.common.slug.is_some() && !loses_slug(document) { was.clone() } else { slug(stem) };
            if is != was {
                self.moves_pages = true;
                add(&was, &is, Some(address_of(document.kind, &was).trim_matches('/')));
                self.stems.insert(was, is);
            }
        }
        self.references = spellings.into_iter().map(|((old, new), ends)| Reference { old, new, ends }).collect();
        // `anna ivanova.jpg` before `ivanova.jpg`.
        self.references.sort_by_key(|reference| std::cmp::Reverse(reference.old.len()));
    }

    /// The edits of the `text` of the file `path` so that its references lead to the new names; none overlaps another.
    pub fn follow(&self, path: &str, text: &str, document: Option<&Document>, base_url: Option<&str>) -> Vec<Edit> {
        let mut edits: Vec<Edit> = Vec::new();
        let add = |edits: &mut Vec<Edit>, range: Range<usize>, new: &str| {
            if edits.iter().all(|edit| edit.range.end <= range.start || range.end <= edit.range.start) {
                edits.push(Edit { range, text: new.to_owned() });
            }
        };
        let encoded = encoded(text);
        for reference in &self.references {
            let ends = |range: &Range<usize>| reference.ends.as_ref().is_none_or(|ends| leads((path, text), base_url, range, ends));
            places(text, &reference.old).filter(ends).for_each(|range| add(&mut edits, range, &reference.new));
            for (range, _) in encoded.iter().filter(|(range, name)| *name == reference.old && ends(range)) {
                add(&mut edits, range.clone(), &encode_path(&reference.new));
            }
        }
        for field in document.map_or_else(Vec::new, by_stem) {
            let place: Range<usize> = field.span.into();
            for (old, new) in &self.stems {
                for range in places(&text[place.clone()], old) {
                    add(&mut edits, place.start + range.start..place.start + range.end, new);
                }
            }
        }
        edits
    }
}

/// The names of files and folders that hold that of the person, each with the paths that end with it.
pub fn named<'s>(sources: &'s Sources, called: &Called) -> BTreeMap<&'s str, BTreeSet<&'s str>> {
    let mut out: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    // A folder is asked about once for all its files.
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    for path in sources.content.keys() {
        for (end, name) in segments(path) {
            if *known.entry(name).or_insert_with(|| !called.find(parted(name).0).is_empty()) {
                out.entry(name).or_default().insert(&path[..end]);
            }
        }
    }
    out
}

/// The fields that name another document by the name of its file alone.
fn by_stem(document: &Document) -> Vec<&Text> {
    let common = &document.common;
    let replaces = match &document.details {
        Details::Document(paper) => paper.replaces.as_ref(),
        _ => None,
    };
    common.plan_item.iter().chain(&common.project).chain(replaces).collect()
}

/// The places where `name` stands in `text` by itself.
fn places<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let is_of_name = |c: char| is_letter_or_digit(c) || matches!(c, '-' | '_');
    text.match_indices(name).map(|(at, _)| at..at + name.len()).filter(move |range| {
        let mut after = text[range.end..].chars();
        let goes_on = match after.next() {
            Some('.') => after.next().is_some_and(is_letter_or_digit),
            next => next.is_some_and(is_of_name),
        };
        !goes_on && !text[..range.start].chars().next_back().is_some_and(is_of_name)
    })
}

/// The names in addresses of `text` that are written in percents (RFC 3986 §2.1), or in pieces as a Mac does, and how they are read.
fn encoded(text: &str) -> Vec<(Range<usize>, String)> {
    let is_edge = |c: char| c.is_whitespace() || "/\\()<>\"'#?[]{},;:|`".contains(c);
    let mut out = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive(is_edge) {
        let name = part.strip_suffix(is_edge).unwrap_or(part);
        let decoded = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
        let read = composed(&decoded);
        if read != name {
            out.push((start..start + name.len(), read.into_owned()));
        }
        start += part.len();
    }
    out
}

/// Whether a path or address that ends with `range` in the `text` of the file `path` is one of `ends`.
fn leads((path, text): (&str, &str), base_url: Option<&str>, range: &Range<usize>, ends: &BTreeSet<String>) -> bool {
    let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let (before, after) = (&text[line..range.start], &text[range.end..]);
    let is_link = before.ends_with(['/', '\\', '(', '<']) || before.ends_with("=\"") || before.ends_with("]: ");
    if !is_link && !after.starts_with(['/', '\\', '#']) {
        return false;
    }
    let is_edge = |c: char| !is_letter_or_digit(c) && !matches!(c, '-' | '_' | '%' | '.' | '/' | '\\');
    let mut starts = before.char_indices().filter(|(_, c)| is_edge(*c)).map(|(at, c)| line + at + c.len_utf8()).chain([line]);
    let is_end = |start: usize| {
        let written = percent_encoding::percent_decode_str(&text[start..range.end]).decode_utf8_lossy();
        let written = composed(&written).replace('\\', "/");
        let is_address = || written.strip_prefix('/').is_some_and(|address| ends.contains(address));
        // Behind `https:` the address of this site may stand, or of another.
        match before[..start - line].ends_with(':') && written.starts_with("//") {
            true => base_url.is_some_and(|base| {
                let (_, base) = base.trim_end_matches('/').split_once(':').unwrap_or_default();
                written.strip_prefix(base).and_then(|rest| rest.strip_prefix('/')).is_some_and(|address| ends.contains(address))
            }),
            false => is_address() || join(path, &written).is_some_and(|path| ends.contains(&path)),
        }
    };
    starts.any(is_end)
}

/// The names on the way to the file `path`, each with the end of its path: without those that the program gives.
fn segments(path: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = path.find('/').map_or(path.len(), |at| at + 1);
    let mut start = inside;
    path[inside..].split('/').filter_map(move |name| {
        let (at, end) = (start, start + name.len());
        start = end + 1;
        let is_kind = at == inside && end < path.len() && Kind::of_folder(name).is_some();
        (!is_kind).then_some((end, name))
    })
}

/// The settings and the registries have the names that the program looks for.
fn is_data(path: &str) -> bool {
    matches!(place_of(path), Place::Data(_))
}

fn is_unread(sources: &Sources, path: &str) -> bool {
    matches!(sources.content.get(path), Some(Source::Unreadable(_)))
}

/// A name and its ending with the dot.
fn parted(name: &str) -> (&str, &str) {
    let is_ending = |ending: &str| (1..=8).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric());
    match name.rfind('.').filter(|at| *at > 0 && is_ending(&name[at + 1..])) {
        Some(at) => name.split_at(at),
        None => (name, ""),
    }
}

/// The day at the head of a name with its hyphen, and the rest.
fn undated(stem: &str) -> (&str, &str) {
    match stem.get(..10).and_then(Date::parse_iso).and_then(|_| stem.get(10..)) {
        Some(rest) if rest.starts_with('-') => stem.split_at(11),
        _ => ("", stem),
    }
}

/// `stem` without `ranges`: what else it says, or a word that says nothing.
fn without(stem: &str, ranges: &[Range<usize>]) -> String {
    let is_gap = |c: char| !is_letter_or_digit(c);
    let mut out = String::new();
    let mut at = 0;
    for range in ranges.iter().cloned().chain(std::iter::once(stem.len()..stem.len())) {
        let (before, kept) = (out.ends_with(is_gap), &stem[at..range.start]);
        out.push_str(if before || out.is_empty() { kept.trim_start_matches(is_gap) } else { kept });
        at = range.end;
    }
    let out = out.trim_matches(is_gap);
    let (day, rest) = match Date::parse_iso(out) {
        Some(_) => (format!("{out}-"), ""),
        None => (undated(out).0.to_owned(), undated(out).1.trim_matches(is_gap)),
    };
    match words(rest).iter().any(|word| rest[word.clone()].chars().count() > 1) {
        true => format!("{day}{rest}"),
        false => format!("{day}{}", [NEUTRAL, rest].join("-").trim_end_matches('-')),
    }
}

/// `stem`, or with a number that makes it and its address the only ones.
fn unique(stem: &str, taken: &mut BTreeSet<String>) -> String {
    let keys = |name: &str| [slug(name), slug(undated(name).1)];
    let is_free = |name: &String| keys(name).iter().all(|key| !is_reserved(key) && !taken.contains(key));
    let numbered = (2..).map(|n: u32| format!("{stem}-{n}"));
    let name = std::iter::once(stem.to_owned()).chain(numbered).find(is_free).unwrap_or_default();
    taken.extend(keys(&name));
    name
}
