//! Names: one institution in three spellings is one institution.
//!
//! A name is looked up by its letters and digits alone, in lower case, with ё as е, without what has no width; so «МКУ «ЦНППМ г.Тулы»», «МКУ "ЦНППМ г Тулы"» and
//! «МКУ ЦНППМ г. Тулы» are one. A person is found by the full name in either order and by surname with initials.

use crate::diagnostic::{Diagnostic, Problem, Registry as Which};
use crate::kinds::RegistryEntry;
use crate::record::{Read, Reader, nearest};
use crate::source::{Place, SourcePath, Span};
use crate::value::composed::composed;
use crate::value::letter::{is_capital, is_letter, is_letter_or_digit};
use crate::value::person::{full_name, surname_first};
use crate::value::slug::{is_nothing, slug};
use crate::value::url::scheme;
use crate::value::yaml::{Node, Value};
use ahash::AHashMap;
use std::ops::Range;

/// One registry: its entries and the index of every spelling.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    pub entries: Vec<Named>,
    index: AHashMap<String, usize>,
    /// Whether the site has such a file: without one nobody wants to hear of names that are not in it.
    pub present: bool,
}

/// An entry of a registry with its id and name settled.
#[derive(Debug, Clone)]
pub struct Named {
    pub id: String,
    pub name: String,
    pub entry: RegistryEntry,
    pub span: Span,
}

/// The registries of a site.
#[derive(Debug, Clone, Default)]
pub struct Registries {
    pub organisations: Registry,
    pub people: Registry,
    pub areas: Registry,
    pub competencies: Registry,
    pub territories: Registry,
    pub observances: Registry,
    pub glossary: Registry,
}

impl Registries {
    /// The registry of the file `name.yaml`, if it is one.
    pub fn of_file(&mut self, name: &str) -> Option<(Which, &mut Registry)> {
        Some(match name {
            "organisations" => (Which::Organisations, &mut self.organisations),
            "people" => (Which::People, &mut self.people),
            "areas" => (Which::Areas, &mut self.areas),
            "competencies" => (Which::Competencies, &mut self.competencies),
            "territories" => (Which::Territories, &mut self.territories),
            "observances" => (Which::Observances, &mut self.observances),
            "glossary" => (Which::Glossary, &mut self.glossary),
            _ => return None,
        })
    }
}

impl Registry {
    /// Reads the list in `text`, the content of `path`.
    pub fn parse(which: Which, path: &SourcePath, text: &str) -> (Registry, Vec<Diagnostic>) {
        let mut reader = Reader { file: path, diagnostics: Vec::new(), pool: None };
        let node = reader.tree(text, 0);
        let mut registry = Registry { present: true, ..Registry::default() };
        let items = match &node.value {
            Value::Null => &[][..],
            _ => match &node.value {
                Value::List(items) => items,
                _ => std::slice::from_ref(&node),
            },
        };
        for item in items {
            if let Some(entry) = RegistryEntry::read(item, &mut reader) {
                registry.add(which, entry, item, &mut reader);
            }
        }
        (registry, reader.diagnostics)
    }

    fn add(&mut self, which: Which, entry: RegistryEntry, node: &Node, reader: &mut Reader) {
        let Some(name) = entry.name.as_ref().or(entry.id.as_ref()).map(|t| t.value.to_string()) else {
            reader.report(Problem::MissingKey { key: "name", twin: "название" }, node.span.start..node.span.start);
            return;
        };
        if let Some(url) = entry.url.as_ref().filter(|url| scheme(&url.value).is_some_and(|scheme| scheme != "http" && scheme != "https")) {
            reader.report(Problem::UnsafeLink { target: url.value.to_string() }, url.span);
        }
        let id = entry.id.as_ref().map_or_else(|| slug(&name), |id| slug(&id.value));
        let at = self.entries.len();
        let span = Span::new(reader.file, node.span.start..entry.name.as_ref().map_or(node.span.start, |n| Range::from(n.span).end));
        let written =
            entry.name.iter().chain(entry.id.iter()).chain(entry.short.iter()).chain(entry.aliases.iter()).chain(entry.expansion.iter());
        let mut spellings: Vec<(String, &str, Place)> = written.map(|t| (key(&t.value), t.value.as_str(), t.span)).collect();
        if which == Which::People {
            spellings.extend(person_spellings(&name).into_iter().map(|s| (s, name.as_str(), node.span.clone().into())));
        }
        let mut told: Vec<&str> = Vec::new();
        for (spelling, written, range) in spellings {
            match self.index.get(&spelling) {
                Some(other) if *other != at => {
                    if told.contains(&written) {
                        continue;
                    }
                    told.push(written);
                    let other = self.entries.get(*other).map_or_else(String::new, |o| o.name.clone());
                    reader.report(Problem::DuplicateName { name: written.to_owned(), other }, range);
                }
                _ => {
                    self.index.insert(spelling, at);
                }
            }
        }
        self.entries.push(Named { id, name, entry, span });
    }

    /// Forgets the entries that are `hidden`: no name finds them, and they have none. The places of the others stay.
    pub fn forget(&mut self, hidden: &[bool]) {
        let is_hidden = |at: usize| hidden.get(at).copied().unwrap_or_default();
        self.index.retain(|_, at| !is_hidden(*at));
        for (_, named) in self.entries.iter_mut().enumerate().filter(|(at, _)| is_hidden(*at)) {
            (named.id, named.name) = (String::new(), String::new());
            let RegistryEntry { id, name, aliases, short, description, url, .. } = &mut named.entry;
            aliases.clear();
            [id, name, short, description, url].into_iter().for_each(|text| *text = None);
        }
    }

    /// The entry that `name` means.
    pub fn find(&self, name: &str) -> Option<usize> {
        // Many sites have no such file, and names stand in every row.
        if self.index.is_empty() {
            return None;
        }
        self.index.get(&key(name)).copied()
    }

    /// The known name that `name` may be a slip of.
    pub fn nearest(&self, name: &str) -> Option<String> {
        let names =
            self.entries.iter().flat_map(|e| std::iter::once(e.name.as_str()).chain(e.entry.aliases.iter().map(|a| a.value.as_str())));
        // Numbers tell institutions apart: «ЦО № 21» is no slip of «ЦО № 22».
        let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
        let own = digits(name);
        nearest(name, names.filter(|n| digits(n) == own)).map(str::to_owned)
    }
}

/// What two spellings of one name have in common: letters and digits, in lower case, with ё as е.
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in composed(name).chars() {
        match c {
            // Nearly all there is, without a look into the tables of Unicode.
            'а'..='я' | 'a'..='z' | '0'..='9' => out.push(c),
            'А'..='Я' => out.push(char::from_u32(c as u32 + 32).unwrap_or(c)),
            'ё' | 'Ё' => out.push('е'),
            ' ' if out.is_empty() || out.ends_with(' ') => {}
            ' ' => out.push(' '),
            _ if is_letter_or_digit(c) => out.extend(c.to_lowercase()),
            _ if is_nothing(c) => {}
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// A person as content names one: «Имя Отчество Фамилия, должность, организация».
#[derive(Debug, Clone, PartialEq)]
pub struct PersonText {
    pub name: String,
    /// Post and organisation as written; empty if not.
    pub post: String,
}

/// Splits the name from the post. Of a person who may not be named only «, должность» is left: the name is empty.
pub fn person(text: &str) -> PersonText {
    let post = text.split_once(',').map_or("", |(_, post)| post);
    PersonText { name: name_of_person(text).to_owned(), post: post.trim().to_owned() }
}

/// The name alone, see [`person`].
pub fn name_of_person(text: &str) -> &str {
    let name = text.split_once(',').map_or(text, |(name, _)| name).trim();
    AND_OTHERS.iter().find_map(|others| name.strip_suffix(others)).unwrap_or(name).trim()
}

/// The post in the place of a person who may not be named; `None` where there is a name.
pub fn post_alone(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix(',').map(str::trim)
}

/// A person as the paper has it: all that is written, or the post alone.
pub fn as_printed(text: &str) -> &str {
    post_alone(text).unwrap_or(text)
}

/// What stands behind the last of those that are named.
pub const AND_OTHERS: [&str; 4] = [" и др.", " и др", " и другие", " и пр."];

/// Whether `text` is one person with the post, «Шагаева В.Е., методист», and no list of them.
pub fn is_person_with_post(text: &str) -> bool {
    let PersonText { name, post } = person(text);
    let is_post = || post.starts_with(char::is_lowercase) && !post.contains([';', '\n']) && split_responsible(&post).len() == 1;
    let is_person = || full_name(&name).is_some() || name.contains('.') && split_responsible(&name).len() == 1;
    // Behind most names there is nothing.
    is_post() && is_person()
}

/// The key under which a person that no registry knows is gathered: surname first, whatever the order.
pub fn person_key(name: &str) -> String {
    match full_name(name) {
        Some([surname, given, patronymic]) => key(&format!("{surname} {given} {patronymic}")),
        None => key(name),
    }
}

fn person_spellings(name: &str) -> Vec<String> {
    let Some([surname, given, patronymic]) = full_name(name) else {
        // A surname with initials stands in either order, too.
        let first = key(&surname_first(name));
        let (surname, initials) = first.split_once(' ').unwrap_or((&first, ""));
        let is_one = !initials.is_empty() && initials.split(' ').all(|word| word.chars().count() == 1);
        return if is_one { vec![format!("{initials} {surname}"), first] } else { Vec::new() };
    };
    let initial = |word: &str| word.chars().next().map(String::from).unwrap_or_default();
    let (g, p) = (initial(given), initial(patronymic));
    [
        format!("{surname} {given} {patronymic}"),
        format!("{given} {patronymic} {surname}"),
        format!("{surname} {g} {p}"),
        format!("{g} {p} {surname}"),
    ]
    .iter()
    .map(|s| key(s))
    .collect()
}

/// Splits the cell «Ответственный» as printed into units and persons, in the order of print: a person is a surname with initials on
/// either side, together or apart: «Шагаева В.Е.», «Шагаева В. Е.», «В.Е. Шагаева», «В. Е. Шагаева», «В.Е.Шагаева».
pub fn split_responsible(cell: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in cell.split(['\n', ';']) {
        let mut unit: Vec<&str> = Vec::new();
        // Nobody is there with initials.
        if !line.contains('.') {
            unit.extend(line.split_whitespace());
            flush(&mut unit, &mut out);
            continue;
        }
        let words = names_apart(line);
        let mut at = 0;
        while at < words.len() {
            let initials = |i: usize| words.get(i).is_some_and(|w| is_initials(w));
            let surname = |i: usize| words.get(i).is_some_and(|w| is_surname(w));
            let is_one_initial = |i: usize| initials(i) && words[i].matches('.').count() == 1;
            let taken = if surname(at) && initials(at + 1) {
                // «В. Е.» may stand apart.
                if is_one_initial(at + 1) && initials(at + 2) { 3 } else { 2 }
            } else if is_one_initial(at) && is_one_initial(at + 1) && surname(at + 2) {
                3
            } else if is_glued(words[at]) {
                1
            } else if initials(at) && surname(at + 1) {
                2
            } else {
                0
            };
            if taken == 0 {
                unit.push(words[at]);
                at += 1;
                continue;
            }
            flush(&mut unit, &mut out);
            out.push(words[at..at + taken].join(" ").trim_end_matches(',').to_owned());
            at += taken;
        }
        flush(&mut unit, &mut out);
    }
    out
}

/// The words of `line`; «Шагаева В.Е.Антимонова В.В.» is two persons, and its initials belong to the first.
fn names_apart(line: &str) -> Vec<&str> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_between = |at: usize| at > 0 && is_surname(words[at - 1]) && words.get(at + 1).is_some_and(|next| is_initials(next));
    let apart = words.iter().enumerate().map(|(at, word)| match word.rfind('.') {
        Some(dot) if is_between(at) && is_glued(word) => [&word[..=dot], &word[dot + 1..]],
        _ => [*word, ""],
    });
    apart.flatten().filter(|word| !word.is_empty()).collect()
}

/// Whether `word` is initials and a surname: «В.Е.Шагаева».
fn is_glued(word: &str) -> bool {
    word.rfind('.').is_some_and(|dot| is_initials(&word[..=dot]) && is_surname(&word[dot + 1..]))
}

fn flush(unit: &mut Vec<&str>, out: &mut Vec<String>) {
    if !unit.is_empty() {
        let text = unit.join(" ");
        let text = text.trim_matches([',', ' ']).to_owned();
        if !text.is_empty() {
            out.push(text);
        }
        unit.clear();
    }
}

fn is_initials(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    let letters = word.chars().filter(|c| is_letter(*c)).count();
    word.ends_with('.') && (1..=2).contains(&letters) && word.chars().all(|c| c == '.' || is_capital(c))
}

fn is_surname(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    word.chars().count() > 2 && word.chars().next().is_some_and(is_capital) && word.chars().all(|c| is_letter(c) || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_institution_are_one() {
        for other in ["МКУ «ЦНППМ г.Тулы»", "МКУ «ЦНППМ г Тулы»", "МКУ \"ЦНППМ г.\u{a0}Тулы\""] {
            assert_eq!(key("МКУ «ЦНППМ г. Тулы»"), key(other));
        }
        assert_eq!(key("Музе\u{438}\u{306} чте\u{ad}ния\u{200b}"), key("Музей чтения"));
        assert_ne!(key("МБОУ ЦО № 21"), key("МБОУ ЦО № 22"));
    }

    #[test]
    fn a_person_is_found_by_initials_and_in_either_order() {
        let (registry, diagnostics) =
            Registry::parse(Which::People, &"content/people.yaml".into(), "- {id: antimonova, name: Антимонова Вера Владимировна}\n");
        assert!(diagnostics.is_empty());
        for name in ["Антимонова В.В.", "В. В. Антимонова", "Вера Владимировна Антимонова", "antimonova"]
        {
            assert_eq!(registry.find(name), Some(0), "{name}");
        }
        let (registry, _) = Registry::parse(Which::People, &"content/people.yaml".into(), "- Шагаева В.Е.\n");
        for name in ["Шагаева В. Е.", "В. Е. Шагаева", "В.Е.Шагаева"] {
            assert_eq!(registry.find(name), Some(0), "{name}");
        }
    }

    #[test]
    fn the_cell_of_the_responsible_is_split() {
        assert_eq!(
            split_responsible("Отдел профессионального развития педагогических кадров Шагаева В.Е. Антимонова В.В."),
            ["Отдел профессионального развития педагогических кадров", "Шагаева В.Е.", "Антимонова В.В."]
        );
        assert_eq!(split_responsible("В.Е. Шагаева, методисты"), ["В.Е. Шагаева", "методисты"]);
        for person in ["В.Е.Шагаева", "В. Е. Шагаева", "Шагаева В. Е.", "В. Шагаева", "Шагаева В."]
        {
            let cell = format!("отдел кадров {person}, методисты {person} Антимонова В.В.");
            assert_eq!(split_responsible(&cell), ["отдел кадров", person, "методисты", person, "Антимонова В.В."]);
        }
        assert_eq!(split_responsible("Директор В.Е.Шагаева"), ["Директор", "В.Е.Шагаева"]);
        assert_eq!(split_responsible("Шагаева В.Е.Антимонова В.В."), ["Шагаева В.Е.", "Антимонова В.В."]);
        for unit in ["И.о. директора", "МКУ «ЦНППМ г.Тулы»", "МБОУ ЦО № 22", "А.С.Пушкин и дети"]
        {
            assert_eq!(split_responsible(unit).concat().replace(' ', ""), unit.replace(' ', ""));
        }
        assert_eq!(split_responsible("МКУ «ЦНППМ г.Тулы»"), ["МКУ «ЦНППМ г.Тулы»"]);
    }
}
