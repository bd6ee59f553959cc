//! A person is taken out of the content: `metodika redact`.
//!
//! Found is the person in every field, text, spelling and case, and in the names of files and folders; replaced is only what surely means the
//! person. What may mean another, and what no text can be changed of (attached files), is listed for the editor.

mod called;
mod renaming;

use crate::config::Config;
use crate::kinds::Details;
use crate::parse::{self, Document};
use crate::record::{Text, nearest};
use crate::report::people::mentioned;
use crate::site::Registries;
use crate::site::names::{self, Named};
use crate::site::people::{self, Role};
use crate::source::{SourcePath, Span};
use crate::sources::{Source, Sources};
use crate::value::edit::Edit;
use crate::value::letter::is_letter;
use crate::value::mention::{Finder, Kind};
use crate::value::person::{name_apart, surname_first};
use crate::value::yaml::quote::quoted;
use crate::value::yaml::{self, Node, Value};
use called::Called;
use renaming::Renaming;
use std::collections::BTreeMap;
use std::ops::Range;

/// Whom to take out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    /// The place in the registry.
    pub registered: Option<usize>,
}

/// What is to be done, and what is left to the editor.
#[derive(Debug, Clone, Default)]
pub struct Redaction {
    /// By file, in the order of its text.
    pub edits: BTreeMap<SourcePath, Vec<Edit>>,
    /// Places that may mean somebody else, or a word.
    pub doubts: Vec<Span>,
    /// What files and folders are called from now on.
    pub renaming: Renaming,
    /// Files that documents which name the person bring with them.
    pub attached: Vec<String>,
}

/// The person whom `written` names: by id, name or any alias, in the registry or only in the content.
///
/// # Errors
/// The name that it may be a slip of, if there is one.
pub fn find(sources: &Sources, config: &Config, registries: &Registries, written: &str) -> Result<Person, Option<String>> {
    if let Some(at) = registries.people.find(written) {
        return Ok(Person { name: registries.people.entries[at].name.clone(), registered: Some(at) });
    }
    let key = |name: &str| names::person_key(&surname_first(name));
    let all = mentioned(sources, config, registries);
    match all.iter().find(|person| person.id.is_none() && key(&person.name) == key(written)) {
        Some(person) => Ok(Person { name: person.name.clone(), registered: None }),
        // Only files are called so any more.
        None if is_in_names(sources, written) => Ok(Person { name: written.to_owned(), registered: None }),
        None => {
            let names = || all.iter().map(|person| person.name.as_str());
            let is_part = |name: &&str| key(name).split(' ').any(|word| word == names::key(written));
            let near = names().find(is_part).or_else(|| nearest(written, names()));
            Err(near.map(str::to_owned).or_else(|| registries.people.nearest(written)))
        }
    }
}

/// Whether `written` is a name, and a file or folder is surely called by it.
fn is_in_names(sources: &Sources, written: &str) -> bool {
    let called = Called::new([written].into_iter(), [].into_iter());
    name_apart(written).is_some() && !Renaming::of(sources, &called, |_| false, |_| true).is_empty()
}

/// Takes `person` out of `sources`, whose texts were kept; in running text `with` takes the place of the name. `may_rename` says of a file
/// or folder whether it can get another name.
pub fn redact(
    sources: &Sources,
    config: &Config,
    registries: &Registries,
    person: &Person,
    with: &str,
    may_rename: impl Fn(&str) -> bool,
) -> Redaction {
    let all = mentioned(sources, config, registries);
    let is_target = |name: &str, id: Option<&str>| match person.registered {
        Some(at) => id == Some(&registries.people.entries[at].id),
        None => id.is_none() && name == person.name,
    };
    // Others are looked for as well: what may be theirs is no place of this one.
    let mut spellings: Vec<(usize, String)> = vec![(0, person.name.clone())];
    let of_registry = |named: &Named| named.entry.aliases.iter().map(|alias| alias.value.to_string()).collect::<Vec<_>>();
    if let Some(at) = person.registered {
        spellings.extend(of_registry(&registries.people.entries[at]).into_iter().map(|alias| (0, alias)));
    }
    let others = all.iter().filter(|other| !is_target(&other.name, other.id.as_deref())).map(|other| other.name.clone());
    spellings.extend(others.zip(1..).map(|(name, at)| (at, name)));
    let own = || spellings.iter().filter(|(at, _)| *at == 0).map(|(_, name)| name.as_str());
    let other_names = spellings.iter().filter(|(at, _)| *at != 0).map(|(_, name)| name.as_str());
    let mut called = Called::new(own(), other_names);
    let is_word = is_word(sources, &called);
    if is_word {
        called = called.but_in_full();
    }
    let search = Search {
        called,
        finder: Finder::new(spellings.iter().map(|(at, name)| (*at, name.as_str()))),
        post: person.registered.and_then(|at| registries.people.entries[at].entry.post.as_ref()).map_or("", |post| post.value.as_str()),
        person,
        registries,
        with,
    };
    let loses_slug = |document: &Document| document.common.slug.as_ref().is_some_and(|slug| search.is_called(&slug.value));
    let renaming = Renaming::of(sources, &search.called, loses_slug, may_rename);
    let mut out = Redaction { renaming, ..Redaction::default() };
    for (path, text) in texts(sources) {
        let document = match sources.content.get(path) {
            Some(Source::Document(document)) => Some(&**document),
            _ => None,
        };
        let mut edits = match document {
            Some(document) => search.fields(document, text),
            None => Vec::new(),
        };
        if let Some(at) = person.registered.filter(|at| registries.people.entries[*at].span.file == *path) {
            edits.extend(entry_of_registry(text, registries.people.entries[at].span.start));
        }
        let has_fields = !edits.is_empty();
        let cells: Vec<Range<usize>> = document.map_or_else(Vec::new, |document| {
            people::named(document).iter().filter(|(role, _)| *role == Role::Responsible).map(|(_, cell)| cell.span.into()).collect()
        });
        edits.extend(out.renaming.follow(path, text, document, config.base_url.as_deref()));
        edits = merged(edits);
        let mut doubts = search.running_text(text, &cells, has_fields, is_word, &mut edits);
        doubts.extend(search.in_latin(text, &edits));
        if let Some(document) = document.filter(|_| !edits.is_empty()) {
            out.attached.extend(attached(document));
        }
        out.doubts.extend(doubts.into_iter().map(|range| Span::new(path, range)));
        if !edits.is_empty() {
            edits.sort_by_key(|edit| edit.range.start);
            out.edits.insert(path.clone(), edits);
        }
    }
    out.attached.sort();
    out.attached.dedup();
    out
}

fn texts(sources: &Sources) -> impl Iterator<Item = (&SourcePath, &str)> {
    sources.content.keys().filter_map(|path| Some((path, sources.text_of(path)?)))
}

struct Search<'a> {
    finder: Finder,
    called: Called,
    post: &'a str,
    person: &'a Person,
    registries: &'a Registries,
    with: &'a str,
}

impl Search<'_> {
    /// What takes the place of the name where a post reads as well.
    fn stand_in(&self, written_post: &str) -> String {
        [written_post, self.post, self.with].into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned()
    }

    /// Whether `written` names the person and nobody else.
    fn is_named(&self, written: &str) -> bool {
        let name = names::person(written).name;
        match self.person.registered {
            Some(_) => self.registries.people.find(&name) == self.person.registered,
            None => names::person_key(&surname_first(&name)) == names::person_key(&surname_first(&self.person.name)),
        }
    }

    /// Whether an address is called after the person.
    fn is_called(&self, address: &str) -> bool {
        address.split('/').flat_map(|part| self.called.find(part)).any(|found| found.is_sure)
    }

    /// The places of `text` beside `edits` that are called after the person in Latin letters, as addresses of other sites are.
    fn in_latin(&self, text: &str, edits: &[Edit]) -> Vec<Range<usize>> {
        let is_free = |range: &Range<usize>| edits.iter().all(|edit| edit.range.end <= range.start || range.end <= edit.range.start);
        let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find(is_of_word).map(|start| at + start) {
            at = start + text[start..].find(|c| !is_of_word(c)).unwrap_or(text.len() - start);
            let found = self.called.find(&text[start..at]).into_iter().filter(|found| found.is_sure);
            out.extend(found.map(|found| start + found.range.start..start + found.range.end).filter(is_free));
        }
        out
    }

    /// The fields that name the person: entries of lists go, and so do keys that may; elsewhere the post stays.
    fn fields(&self, document: &Document, text: &str) -> Vec<Edit> {
        let yaml = parse::yaml_of(&document.path, text);
        let Ok(tree) = yaml::parse(&text[yaml.clone()], yaml.start) else { return Vec::new() };
        let mut edits: Vec<Edit> = Vec::new();
        let mut dropped: Vec<Range<usize>> = Vec::new();
        for (role, field) in people::named(document).into_iter().filter(|(_, field)| self.is_named(&field.value)) {
            let place: Range<usize> = field.span.into();
            let Some(spot) = locate(&tree, &place) else { continue };
            let may_go = match role {
                Role::Author | Role::Editor | Role::Speaker | Role::Programme | Role::Signature | Role::Picture => true,
                Role::Responsible => spot.siblings > 1,
                Role::Curator | Role::Head => false,
            };
            let cut = may_go.then(|| spot.cut(text, &mut dropped)).flatten();
            edits.push(match cut {
                Some(range) => Edit { range, text: String::new() },
                None => Edit { range: place, text: quoted(&self.stand_in(&names::person(&field.value).post)) },
            });
        }
        // Addresses that hold the name.
        let addresses = document.common.aliases.iter().chain(&document.common.slug).filter(|text| self.is_called(&text.value));
        for address in addresses {
            let place: Range<usize> = address.span.into();
            let cut = locate(&tree, &place).and_then(|spot| spot.cut(text, &mut dropped));
            edits.extend(cut.map(|range| Edit { range, text: String::new() }));
        }
        merged(edits)
    }

    /// The places in `text` beside those of `edits`: what surely means the person is added to these, the rest comes back.
    fn running_text(
        &self,
        text: &str,
        cells: &[Range<usize>],
        has_fields: bool,
        is_word: bool,
        edits: &mut Vec<Edit>,
    ) -> Vec<Range<usize>> {
        let mut doubts = Vec::new();
        let fields = edits.clone();
        let is_free = |range: &Range<usize>| fields.iter().all(|edit| edit.range.end <= range.start || range.end <= edit.range.start);
        let found: Vec<_> = self.finder.find(text).into_iter().filter(|found| found.who.contains(&0) && is_free(&found.range)).collect();
        let is_told = has_fields || found.iter().any(|found| found.kind == Kind::Full && found.who == [0]);
        for found in found {
            let is_sure = match found.kind {
                Kind::Full => true,
                Kind::Given => !found.doubtful && is_told,
                Kind::Surname => !found.doubtful && !is_word,
            };
            match is_sure && found.who == [0] {
                // Others who answer for the row stay alone in its cell.
                true if cells.iter().any(|cell| cell.start <= found.range.start && found.range.end <= cell.end) => {
                    edits.push(Edit { range: with_gap(text, found.range), text: String::new() });
                }
                true => edits.push(Edit { range: found.range, text: self.with.to_owned() }),
                false => doubts.push(found.range),
            }
        }
        // The page of the person will not be there any more: links to it become plain text.
        if let Some(named) = self.person.registered.map(|at| &self.registries.people.entries[at]) {
            let address = format!("](/people/{}/", named.id);
            for (at, _) in text.match_indices(&address) {
                let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
                let (Some(open), Some(close)) = (text[line..at].rfind('['), text[at..].find(')')) else { continue };
                edits.push(Edit { range: line + open..line + open + 1, text: String::new() });
                edits.push(Edit { range: at..at + close + 1, text: String::new() });
            }
        }
        doubts
    }
}

/// A name in a cell with the gap before it; at the head of the cell with that behind it.
fn with_gap(text: &str, name: Range<usize>) -> Range<usize> {
    let is_gap = |c: char| c == ' ' || c == '\u{a0}' || c == ',';
    let before = text[..name.start].trim_end_matches(is_gap).len();
    let after = name.end + text[name.end..].len() - text[name.end..].trim_start_matches(is_gap).len();
    let at_head = text[..before].ends_with(['[', '"', '\'', ':', '-', '\n']);
    if at_head { name.start..after } else { before..name.end }
}

/// Edits without overlaps: of two the wider stays.
fn merged(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
    let mut out: Vec<Edit> = Vec::new();
    for edit in edits {
        if out.last().is_none_or(|last| last.range.end <= edit.range.start) {
            out.push(edit);
        }
    }
    out
}

/// Where a value stands in its tree.
struct Spot {
    /// The item, and how many there are in its list; 1 of a value that is none.
    siblings: usize,
    item: Range<usize>,
    before: Option<usize>,
    after: Option<usize>,
    /// The list or value with its key, and the neighbours of that in a mapping.
    pair: Option<Range<usize>>,
    pair_before: Option<usize>,
    pair_after: Option<usize>,
    items: Vec<Range<usize>>,
}

fn locate(node: &Node, place: &Range<usize>) -> Option<Spot> {
    fn spot(value: &Node, place: &Range<usize>) -> Option<Spot> {
        let empty = |siblings, item: &Range<usize>| Spot {
            siblings,
            item: item.clone(),
            before: None,
            after: None,
            pair: None,
            pair_before: None,
            pair_after: None,
            items: vec![item.clone()],
        };
        match &value.value {
            Value::Scalar(_) if value.span == *place => Some(empty(1, &value.span)),
            Value::List(items) => {
                let at = items.iter().position(|item| item.span == *place && matches!(item.value, Value::Scalar(_)))?;
                let before = at.checked_sub(1).map(|n| items[n].span.end);
                let after = items.get(at + 1).map(|item| item.span.start);
                let all = items.iter().map(|item| item.span.clone()).collect();
                Some(Spot { before, after, items: all, ..empty(items.len(), &items[at].span) })
            }
            _ => None,
        }
    }
    match &node.value {
        Value::Map(pairs) => pairs.iter().enumerate().find_map(|(n, (key, value))| {
            let Some(found) = spot(value, place) else { return locate(value, place) };
            Some(Spot {
                pair: Some(key.span.start..value.span.end),
                pair_before: n.checked_sub(1).map(|n| pairs[n].1.span.end),
                pair_after: pairs.get(n + 1).map(|(key, _)| key.span.start),
                ..found
            })
        }),
        Value::List(items) => items.iter().find_map(|item| locate(item, place)),
        _ => None,
    }
}

impl Spot {
    /// What to cut so that the value is gone: its item, or its key if nothing would be left of the list. `None` if neither can go.
    fn cut(&self, text: &str, dropped: &mut Vec<Range<usize>>) -> Option<Range<usize>> {
        dropped.push(self.item.clone());
        let is_last = self.items.iter().all(|item| dropped.contains(item));
        let (range, before, after) = match is_last {
            true => (self.pair.clone()?, self.pair_before, self.pair_after),
            false => (self.item.clone(), self.before, self.after),
        };
        let end = range.start + text[range.clone()].trim_end().len();
        // A flow list that is the value ends behind its bracket.
        let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        let (head, tail) = (text[line..range.start].trim(), text[end..line_end].trim());
        let is_whole = (head.is_empty() || head == "-" && !is_last) && (tail.is_empty() || tail.starts_with('#'));
        match (is_whole, before, after) {
            (true, ..) => Some(line..line_end),
            (false, _, Some(after)) if text[end..after].trim_start().starts_with(',') => Some(range.start..after),
            (false, Some(before), _) if text[before..range.start].contains(',') => Some(before + text[before..range.start].find(',')?..end),
            _ => None,
        }
    }
}

/// The lines of the entry that begins at `start`, in the text of a registry.
fn entry_of_registry(text: &str, start: usize) -> Option<Edit> {
    let tree = yaml::parse(text, 0).ok()?;
    let Value::List(items) = &tree.value else { return None };
    let item = items.iter().find(|item| item.span.start == start)?;
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = start + text[item.span.clone()].trim_end().len();
    let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    // A blank line behind it goes along.
    let end = if text[end..].starts_with('\n') { end + 1 } else { end };
    text[line..start].trim_start().starts_with('-').then(|| Edit { range: line..end, text: String::new() })
}

/// Whether a form of the surname is a word of the language too: it stands in a text in lower case, and not in the name of a file.
fn is_word(sources: &Sources, called: &Called) -> bool {
    let names: Vec<&str> = renaming::named(sources, called).into_keys().collect();
    let is_in = |text: &str| called.surnames().any(|word| holds_word(text, word));
    let apart = |text: &str| names.iter().fold(text.to_owned(), |text, name| text.replace(name, " "));
    texts(sources).any(|(_, text)| is_in(text) && is_in(&apart(text)))
}

/// Whether `word` stands in `text` in lower case, by itself: then it is a word of the language too.
fn holds_word(text: &str, word: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !is_letter(c));
    text.match_indices(word).any(|(at, _)| is_edge(text[..at].chars().next_back()) && is_edge(text[at + word.len()..].chars().next()))
}

/// The files that `document` brings with it.
fn attached(document: &Document) -> Vec<String> {
    let common = &document.common;
    let recordings = match &document.details {
        Details::Workshop(workshop) => &*workshop.recordings,
        _ => &[],
    };
    let files = common.attachments.iter().chain(recordings).filter_map(|attachment| attachment.file.as_ref());
    let files: Vec<&Text> = files.chain(common.cover.iter().filter_map(|cover| cover.file.as_ref())).collect();
    let pictures = document.body.outline.links.iter().filter(|link| link.image).map(|link| link.target.as_str());
    files.iter().map(|file| file.value.as_str()).chain(pictures).map(|file| format!("{}: {file}", document.path)).collect()
}
