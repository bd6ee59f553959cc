//! Who is mentioned, and on what basis: every person whom the content names, in its fields and in its texts.

use super::markdown::markdown;
use super::outline::{Block, Run};
use super::words::say;
use crate::config::Config;
use crate::format::spreadsheet;
use crate::parse::Document;
use crate::site::Registries;
use crate::site::names::{self, Named};
use crate::site::people::{self, Basis, Role, Rule, Verdict, data_files, is_meant};
use crate::source::{Span, line_column};
use crate::sources::Sources;
use crate::value::collation::sort_key;
use crate::value::language::Language;
use crate::value::mention::Finder;
use crate::value::person::surname_first;
use crate::value::slug::slug;
use serde::Serialize;
use std::collections::HashMap;
use std::ops::Range;

/// A person, and where the content names them.
#[derive(Debug, Clone, Serialize)]
pub struct Mentioned {
    pub name: String,
    /// The id in the registry.
    pub id: Option<String>,
    /// Why the name may be published, as the registry says.
    pub basis: Option<String>,
    /// By file and line.
    pub places: Vec<Mention>,
    /// The line to add to the registry, for who is not in it.
    pub add: Option<String>,
}

/// One place.
#[derive(Debug, Clone, Serialize)]
pub struct Mention {
    pub file: String,
    /// From 1.
    pub line: usize,
    /// `author`, `speaker` …; `text` in running text.
    pub role: &'static str,
    /// Whether the name is published from there.
    pub shown: bool,
    #[serde(skip)]
    start: usize,
}

/// Everybody whom the content names, by surname; persons of the registry whom nothing names stand in it without a place. Texts that were
/// not kept are not looked into.
pub fn mentioned(sources: &Sources, config: &Config, registries: &Registries) -> Vec<Mentioned> {
    let rule = Rule { people: config.people, registries, language: config.language };
    let registered = |named: &Named| Mentioned {
        name: named.name.clone(),
        id: Some(named.id.clone()),
        basis: people::basis(named).and_then(|basis| match basis {
            Basis::Registry(basis) => Some(basis),
            Basis::Signature => None,
        }),
        places: Vec::new(),
        add: None,
    };
    let mut all: Vec<Mentioned> = registries.people.entries.iter().map(registered).collect();
    let mut unregistered: HashMap<String, usize> = HashMap::new();
    let mut of_text = Vec::new();
    for document in sources.documents() {
        for (role, text) in people::named(document) {
            let whole: Range<usize> = text.span.into();
            for one in persons_of(role, &text.value, registries) {
                let shown = match rule.judge(role, &one) {
                    Verdict::Nobody => continue,
                    Verdict::Shown(_) => true,
                    Verdict::Hidden => false,
                };
                let name = names::person(&one).name;
                let at = registries.people.find(&name).unwrap_or_else(|| {
                    *unregistered.entry(names::person_key(&surname_first(&name))).or_insert_with(|| {
                        let add = Some(line_to_add(&name, &names::person(&one).post));
                        all.push(Mentioned { name: name.clone(), id: None, basis: None, places: Vec::new(), add });
                        all.len() - 1
                    })
                });
                let start = text.value.find(&name).and_then(|at| text.part(at..at + name.len())).map_or(whole.start, |place| place.start);
                all[at].places.push(place(document, sources, start, role_id(role), shown));
            }
        }
        of_text.push(document);
    }
    in_texts(&mut all, &of_text, sources, registries);
    for person in &mut all {
        person.places.sort_by(|a, b| (&a.file, a.start).cmp(&(&b.file, b.start)));
        person.places.dedup_by(|a, b| a.file == b.file && a.line == b.line && a.role == b.role);
    }
    all.sort_by_cached_key(|person| sort_key(&surname_first(&person.name)));
    all
}

/// Adds what stands in running text.
fn in_texts(all: &mut [Mentioned], documents: &[&std::sync::Arc<Document>], sources: &Sources, registries: &Registries) {
    let spellings: Vec<(usize, String)> = all.iter().enumerate().map(|(at, person)| (at, person.name.clone())).collect();
    let aliases = registries.people.entries.iter().enumerate();
    let aliases = aliases.flat_map(|(at, named)| named.entry.aliases.iter().map(move |alias| (at, alias.value.to_string())));
    let spellings: Vec<(usize, String)> = spellings.into_iter().chain(aliases).collect();
    let finder = Finder::new(spellings.iter().map(|(at, name)| (*at, name.as_str())));
    let mut add = |span: Span, fields: &[Range<usize>], text: &str| {
        for found in finder.find(text).into_iter().filter(is_meant) {
            let at = span.start + found.range.start..span.start + found.range.end;
            if fields.iter().any(|field| field.start < at.end && at.start < field.end) {
                continue;
            }
            let file = span.file.to_string();
            let line = sources.text_of(&span.file).map_or(1, |text| line_column(text, at.start).0);
            for who in found.who {
                all[who].places.push(Mention { file: file.clone(), line, role: "text", shown: true, start: at.start });
            }
        }
    };
    for document in documents {
        let fields: Vec<Range<usize>> = people::named(document).iter().map(|(_, text)| text.span.into()).collect();
        for (place, text) in document.names().iter() {
            add(Span::new(&document.path, *place), &fields, text);
        }
    }
    for (path, text) in data_files(sources) {
        for (place, name) in crate::parse::named_in(text, &(0..text.len())) {
            add(Span::new(path, place), &[], &name);
        }
    }
}

/// The persons and units that a field holds: the cell «Ответственный» may hold several.
fn persons_of(role: Role, written: &str, registries: &Registries) -> Vec<String> {
    if role != Role::Responsible || registries.people.find(written).is_some() || names::is_person_with_post(written) {
        return vec![written.to_owned()];
    }
    let several = names::split_responsible(written);
    if several.len() > 1 { several } else { vec![written.to_owned()] }
}

fn place(document: &Document, sources: &Sources, start: usize, role: &'static str, shown: bool) -> Mention {
    let line = sources.text_of(&document.path).map_or(1, |text| line_column(text, start).0);
    Mention { file: document.path.to_string(), line, role, shown, start }
}

fn line_to_add(name: &str, post: &str) -> String {
    let surname = surname_first(name);
    let id = slug(surname.split_whitespace().next().unwrap_or(name));
    let post = if post.is_empty() { String::new() } else { format!(", должность: \"{}\"", post.replace('"', "”")) };
    format!("- {{id: {id}, название: {name}{post}, основание: }}")
}

fn role_id(role: Role) -> &'static str {
    match role {
        Role::Author => "author",
        Role::Editor => "editor",
        Role::Speaker => "speaker",
        Role::Programme => "programme",
        Role::Curator => "curator",
        Role::Head => "head",
        Role::Responsible => "responsible",
        Role::Signature => "signature",
        Role::Picture => "picture",
    }
}

fn role_word(role: &str, language: Language) -> &str {
    match role {
        "author" => say!(language, "автор", "author"),
        "editor" => say!(language, "редактор", "editor"),
        "speaker" => say!(language, "ведущий", "speaker"),
        "programme" => say!(language, "в программе", "in the programme"),
        "curator" => say!(language, "куратор", "curator"),
        "head" => say!(language, "руководитель", "head"),
        "responsible" => say!(language, "ответственный", "responsible"),
        "signature" => say!(language, "подпись в грифе", "signature"),
        "picture" => say!(language, "автор снимка", "made the picture"),
        _ => say!(language, "в тексте", "in the text"),
    }
}

/// Whether somebody is shown, in a word.
fn shown(person: &Mentioned, language: Language) -> &'static str {
    let count = person.places.iter().filter(|place| place.shown).count();
    match () {
        () if person.places.is_empty() => say!(language, "не упомянут(а)", "not mentioned"),
        () if count == person.places.len() => say!(language, "да", "yes"),
        () if count == 0 => say!(language, "нет", "no"),
        () => say!(language, "частично", "in part"),
    }
}

fn basis(person: &Mentioned, language: Language) -> String {
    match (&person.basis, &person.id) {
        (Some(basis), _) => match basis.to_lowercase().as_str() {
            "post" | "должность" => say!(language, "должность", "post").to_owned(),
            "author" | "автор" | "авторство" => say!(language, "авторство", "author").to_owned(),
            "consent" | "согласие" => say!(language, "согласие", "consent").to_owned(),
            _ => basis.clone(),
        },
        (None, Some(_)) => say!(language, "нет", "none").to_owned(),
        (None, None) => say!(language, "нет в people.yaml", "not in people.yaml").to_owned(),
    }
}

/// «content/plans/tula-2024.yaml:43, 53 (ответственный)»: one text for each file and role.
fn places(person: &Mentioned, language: Language) -> Vec<String> {
    let mut sorted: Vec<&Mention> = person.places.iter().collect();
    sorted.sort_by(|a, b| (&a.file, a.role, a.line).cmp(&(&b.file, b.role, b.line)));
    let alike = sorted.chunk_by(|a, b| a.file == b.file && a.role == b.role && a.shown == b.shown);
    let hidden = say!(language, ", скрыто", ", hidden");
    let text = |alike: &[&Mention]| {
        let lines: Vec<String> = alike.iter().map(|place| place.line.to_string()).collect();
        let (lines, first) = (lines.join(", "), alike[0]);
        format!("{}:{lines} ({}{})", first.file, role_word(first.role, language), if first.shown { "" } else { hidden })
    };
    alike.map(text).collect()
}

/// For a terminal: each person with the places below.
pub fn text(people: &[Mentioned], language: Language) -> String {
    let mut out = String::new();
    for person in people {
        let (word_basis, word_shown) = say!(language, ("основание", "публикуется"), ("basis", "published"));
        out.push_str(&format!("{}\n  {word_basis}: {}; {word_shown}: {}\n", person.name, basis(person, language), shown(person, language)));
        places(person, language).iter().for_each(|place| out.push_str(&format!("  {place}\n")));
        if let Some(line) = &person.add {
            out.push_str(&format!("  {} {line}\n", say!(language, "добавьте в content/people.yaml:", "add to content/people.yaml:")));
        }
    }
    out
}

/// A table in Markdown, and below it the lines to add to the registry.
pub fn md(people: &[Mentioned], language: Language) -> String {
    let run = |text: String| vec![Run { text, link: None }];
    let head = say!(language, ["Кто", "Основание", "Публикуется", "Где"], ["Who", "Basis", "Published", "Where"]);
    let row = |person: &Mentioned| {
        let places = places(person, language).join("; ");
        [person.name.clone(), basis(person, language), shown(person, language).to_owned(), places].map(run).to_vec()
    };
    let title = say!(language, "Кто упомянут и на каком основании", "Who is mentioned, and on what basis");
    let table =
        Block::Table { head: head.map(str::to_owned).to_vec(), rows: people.iter().map(row).collect(), numbers_from: 4, has_total: false };
    let mut blocks = vec![Block::Heading(1, title.to_owned()), table];
    let lines: Vec<_> =
        people.iter().filter_map(|person| Some(person.add.as_ref()?.trim_start_matches("- ").to_owned())).map(run).collect();
    if !lines.is_empty() {
        blocks.push(Block::Heading(2, say!(language, "Кого нет в people.yaml", "Who is not in people.yaml").to_owned()));
        blocks.push(Block::List(lines));
    }
    markdown(&blocks, language)
}

/// A line for each place.
pub fn table(people: &[Mentioned], language: Language) -> Vec<u8> {
    let head = say!(
        language,
        ["Кто", "Ид", "Основание", "В качестве", "Публикуется", "Файл", "Строка"],
        ["Who", "Id", "Basis", "As", "Published", "File", "Line"]
    );
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for person in people {
        let about = [person.name.clone(), person.id.clone().unwrap_or_default(), basis(person, language)];
        let yes = |shown: bool| if shown { say!(language, "да", "yes") } else { say!(language, "нет", "no") };
        let line = |place: &Mention| {
            [role_word(place.role, language).to_owned(), yes(place.shown).to_owned(), place.file.clone(), place.line.to_string()]
        };
        let nowhere = [String::new(), shown(person, language).to_owned(), String::new(), String::new()];
        let places: Vec<_> = person.places.iter().map(line).collect();
        let places = if places.is_empty() { vec![nowhere] } else { places };
        rows.extend(places.into_iter().map(|place| about.iter().cloned().chain(place).collect()));
    }
    spreadsheet::csv(&rows)
}
