//! Whose names are published: the one place that decides.
//!
//! The setting `people` and the key `basis` of the registry say who may be named. [`veil`] takes everybody else out of the site before
//! anything is rendered, so that no page, feed, calendar, index, citation or report can name one: there is no name left to show. In its
//! place stands the post; a field that holds a list of persons holds one less where no post is known. The files of the site stay as they
//! are, and so does what is said of them.
//!
//! Only what is written in fields that are for persons is taken out. A name in running text is the editor's to change.

use super::amendments::amend;
use super::names::{self, Named, Registries, Registry};
use super::plans::{approved_ids, responsible};
use super::{Dimension, Entry};
use crate::config::People;
use crate::diagnostic::{Diagnostic, Problem};
use crate::kinds::{Amendment, Common, Details, PlanItem, Programme};
use crate::parse::{self, Document, named_in, place_of};
use crate::record::Text;
use crate::site::groups::Mention;
use crate::source::{Place, SourcePath, Span};
use crate::sources::{Source, Sources};
use crate::value::date::Date;
use crate::value::language::Language;
use crate::value::letter::{is_capital, is_letter};
use crate::value::mention::{self, Finder, Found};
use crate::value::person::full_name;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// As what a document names a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Author,
    Editor,
    Speaker,
    /// In a line of a programme.
    Programme,
    Curator,
    Head,
    /// In the cell «Ответственный» of a plan.
    Responsible,
    /// In the block «Утверждаю» or «Согласовано».
    Signature,
    /// Who made the picture at the head.
    Picture,
}

/// Why a person may be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// The post, author, consent, or what else the registry says.
    Registry(String),
    /// A signature under an act is given by post: the act says so itself.
    Signature,
}

/// Whether a person may be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is no person: a unit, a circle of persons.
    Nobody,
    /// Everybody is named on this site, or there is a basis.
    Shown(Option<Basis>),
    Hidden,
}

/// Who decides: the setting and the registries.
#[derive(Debug, Clone, Copy)]
pub struct Rule<'a> {
    pub people: People,
    pub registries: &'a Registries,
    pub language: Language,
}

impl Rule<'_> {
    /// Whether the person whom `written` names in a field of this role may be named.
    pub fn judge(&self, role: Role, written: &str) -> Verdict {
        let name = names::person(written).name;
        let named = self.named(&name);
        if named.is_none() && (self.registries.organisations.find(&name).is_some() || !is_person(&name)) {
            return Verdict::Nobody;
        }
        let basis = named.and_then(basis).or_else(|| (role == Role::Signature).then_some(Basis::Signature));
        match (self.people, basis) {
            (People::None, _) | (People::WithBasis, None) => Verdict::Hidden,
            (_, basis) => Verdict::Shown(basis),
        }
    }

    /// Whether the entry of the registry may be named, in whatever role.
    pub fn shows(&self, named: &Named) -> bool {
        match self.people {
            People::All => true,
            People::WithBasis => basis(named).is_some(),
            People::None => false,
        }
    }

    fn named(&self, name: &str) -> Option<&Named> {
        let registry = &self.registries.people;
        registry.find(name).and_then(|at| registry.entries.get(at))
    }

    fn hides(&self, role: Role, written: &str) -> bool {
        self.judge(role, written) == Verdict::Hidden
    }

    /// What stands in the place of the name: the post as written, else that of the registry; empty if neither is known.
    fn stand_in(&self, written: &str) -> String {
        let names::PersonText { name, post } = names::person(written);
        if !post.is_empty() {
            return post;
        }
        let Some(Named { entry, .. }) = self.named(&name) else { return String::new() };
        let post = entry.post.as_ref().map_or("", |post| &post.value);
        let organisation = entry.organisation.as_ref().map_or("", |written| {
            let registry = &self.registries.organisations;
            registry.find(&written.value).map_or(written.value.as_str(), |at| &registry.entries[at].name)
        });
        match (post, organisation) {
            ("", "") => String::new(),
            ("", organisation) => format!("{}, {organisation}", self.somebody()),
            (post, organisation) if organisation.is_empty() || names::key(post).contains(&names::key(organisation)) => post.to_owned(),
            (post, organisation) => format!("{post}, {organisation}"),
        }
    }

    /// Where a cell would stand blank.
    fn somebody(&self) -> &'static str {
        match self.language {
            Language::Ru => "специалист",
            Language::En => "a member of staff",
        }
    }

    /// The persons of a field of its own: those who may not be named give way to their posts, [`names::person`] tells them apart by the
    /// missing name.
    fn veil_list(&self, role: Role, list: &mut Box<[Text]>) {
        let mut posts: Vec<String> = Vec::new();
        let veiled = |mut text: Text| {
            if !self.hides(role, &text.value) {
                return Some(text);
            }
            let post = self.stand_in(&text.value);
            let is_new = !post.is_empty() && !posts.contains(&post);
            text.value = format!(", {post}").into();
            posts.push(post);
            is_new.then_some(text)
        };
        *list = std::mem::take(list).into_iter().filter_map(veiled).collect();
    }

    fn veil_one(&self, role: Role, field: &mut Option<Text>) {
        let mut list: Box<[Text]> = field.take().into_iter().collect();
        self.veil_list(role, &mut list);
        *field = list.into_iter().next();
    }

    /// The cell «Ответственный», in which units stand beside persons: the text that takes the place of a name reads as that of a unit.
    fn veil_responsible(&self, item: &mut PlanItem) {
        let all = responsible(item, self.registries);
        if !all.iter().any(|one| self.hides(Role::Responsible, &one.text)) {
            return;
        }
        let Some(span) = item.responsible.first().map(|text| text.span) else { return };
        let mut cell: Vec<Text> = Vec::new();
        for one in &all {
            let value = match self.hides(Role::Responsible, &one.text) {
                true => Some(self.stand_in(&one.text)).filter(|post| !post.is_empty()).unwrap_or_else(|| self.somebody().to_owned()),
                false => one.text.to_string(),
            };
            if cell.iter().all(|other| other.value != value) {
                cell.push(Text { value: value.into(), span });
            }
        }
        item.responsible = cell.into();
    }
}

/// Why the registry says that a person may be named.
pub fn basis(named: &Named) -> Option<Basis> {
    // Whoever writes «нет» means that there is none.
    let says_no = |text: &str| matches!(text.to_lowercase().as_str(), "" | "-" | "–" | "—" | "нет" | "no" | "none" | "false");
    named.entry.basis.as_ref().map(|basis| basis.value.trim()).filter(|basis| !says_no(basis)).map(|basis| Basis::Registry(basis.into()))
}

/// Whether `name`, in a field that may also name units, is that of a person: in full, with initials, or two or three words that all have
/// capitals.
pub fn is_person(name: &str) -> bool {
    let apart = name.replace('.', ". ");
    let words: Vec<&str> = apart.split_whitespace().collect();
    let is_initial = |word: &&str| word.ends_with('.') && word.chars().count() == 2 && word.chars().next().is_some_and(is_capital);
    let is_name = |word: &str| {
        let small = |word: &str| word.chars().skip(1).all(|c| is_letter(c) && !is_capital(c));
        word.chars().count() > 1 && word.split('-').all(|part| part.chars().next().is_some_and(is_capital) && small(part))
    };
    let initials = words.iter().filter(|word| is_initial(word)).count();
    full_name(name).is_some()
        || (2..=4).contains(&words.len()) && words.iter().all(|word| is_initial(word) || is_name(word)) && initials < words.len()
}

/// Every person whom a field of `document` names, as written.
pub fn named(document: &Document) -> Vec<(Role, &Text)> {
    fn programme<'d>(lines: &'d [Programme], out: &mut Vec<(Role, &'d Text)>) {
        for line in lines {
            out.extend(line.speaker.iter().map(|text| (Role::Programme, text)));
            programme(&line.items, out);
        }
    }
    let common = &document.common;
    let mut out: Vec<(Role, &Text)> = common.authors.iter().map(|text| (Role::Author, text)).collect();
    out.extend(common.cover.iter().filter_map(|cover| cover.author.as_ref()).map(|text| (Role::Picture, text)));
    match &document.details {
        Details::Workshop(workshop) => {
            out.extend(workshop.speakers.iter().map(|text| (Role::Speaker, text)));
            programme(&workshop.programme, &mut out);
        }
        Details::Newsletter(newsletter) => out.extend(newsletter.editors.iter().map(|text| (Role::Editor, text))),
        Details::Plan(plan) => {
            let signed = [&plan.approval, &plan.agreement].into_iter().flatten();
            out.extend(signed.filter_map(|block| block.person.as_ref()).map(|text| (Role::Signature, text)));
            out.extend(plan.curator.iter().map(|text| (Role::Curator, text)));
            out.extend(plan.head.iter().map(|text| (Role::Head, text)));
            let changes = plan.amendments.iter().flat_map(|amendment| &amendment.changes);
            let changed = changes.flat_map(|change| std::iter::once(&change.cells).chain(&change.changed.add));
            let items = plan.sections.iter().flat_map(|section| &section.items).chain(changed);
            out.extend(items.flat_map(|item| &item.responsible).map(|text| (Role::Responsible, text)));
        }
        Details::Document(paper) => {
            out.extend(paper.approval.iter().filter_map(|block| block.person.as_ref()).map(|text| (Role::Signature, text)));
        }
        Details::Practice(_) | Details::Project(_) | Details::News(_) | Details::Page(_) => {}
    }
    out
}

/// Takes those who may not be named out of the fields that [`named`] lists.
fn veil_fields(common: &mut Common, details: &mut Details, rule: &Rule) {
    fn programme(lines: &mut [Programme], rule: &Rule) {
        for line in lines {
            rule.veil_list(Role::Programme, &mut line.speaker);
            programme(&mut line.items, rule);
        }
    }
    // The post of who signed has a key of its own beside the name.
    let signature = |person: &mut Option<Text>| {
        person.take_if(|text| rule.hides(Role::Signature, &text.value));
    };
    rule.veil_list(Role::Author, &mut common.authors);
    if let Some(cover) = &mut common.cover {
        cover.author.take_if(|text| rule.hides(Role::Picture, &text.value));
    }
    match details {
        Details::Workshop(workshop) => {
            rule.veil_list(Role::Speaker, &mut workshop.speakers);
            programme(&mut workshop.programme, rule);
        }
        Details::Newsletter(newsletter) => rule.veil_list(Role::Editor, &mut newsletter.editors),
        Details::Plan(plan) => {
            [&mut plan.approval, &mut plan.agreement].into_iter().flatten().for_each(|block| signature(&mut block.person));
            rule.veil_one(Role::Curator, &mut plan.curator);
            rule.veil_one(Role::Head, &mut plan.head);
            plan.sections.iter_mut().flat_map(|section| &mut section.items).for_each(|item| rule.veil_responsible(item));
            let changes = plan.amendments.iter_mut().flat_map(|Amendment { changes, .. }| changes);
            for change in changes {
                rule.veil_responsible(&mut change.cells);
                change.changed.add.iter_mut().for_each(|item| rule.veil_responsible(item));
            }
        }
        Details::Document(paper) => paper.approval.iter_mut().for_each(|block| signature(&mut block.person)),
        Details::Practice(_) | Details::Project(_) | Details::News(_) | Details::Page(_) => {}
    }
}

/// Whether a field of `document` names somebody who may not be.
fn names_hidden(document: &Document, rule: &Rule) -> bool {
    let is_hidden = |(role, text): &(Role, &Text)| match role {
        // The cell may hold several.
        Role::Responsible => {
            names::split_responsible(&text.value).iter().any(|one| rule.hides(*role, one)) || rule.hides(*role, &text.value)
        }
        role => rule.hides(*role, &text.value),
    };
    named(document).iter().any(is_hidden)
}

/// The names of persons of the registry who may not be named, in what is no field for persons: one message for each person and file.
pub fn in_text<'d>(documents: impl Iterator<Item = &'d Document>, sources: &Sources, rule: &Rule) -> Vec<Diagnostic> {
    let people = &rule.registries.people.entries;
    if people.iter().all(|named| rule.shows(named)) {
        return Vec::new();
    }
    let finder = finder(&rule.registries.people);
    let mut out = Vec::new();
    let mut look = |file: &SourcePath, names: &[(Place, Box<str>)], fields: &[Place]| {
        let mut told: Vec<&str> = Vec::new();
        for (place, text) in names {
            let range: Range<usize> = (*place).into();
            let is_field = |field: &Place| {
                let field = Range::from(*field);
                field.start < range.end && range.start < field.end
            };
            if fields.iter().any(is_field) {
                continue;
            }
            for found in finder.find(text).into_iter().filter(is_meant) {
                let [named, ..] = &found.who.iter().filter_map(|at| people.get(*at)).collect::<Vec<_>>()[..] else { continue };
                if found.who.iter().any(|at| people.get(*at).is_some_and(|named| rule.shows(named))) || told.contains(&named.name.as_str())
                {
                    continue;
                }
                told.push(&named.name);
                let place = range.start + found.range.start..range.start + found.range.end;
                out.push(Diagnostic::new(Problem::NameInText { name: text[found.range].to_owned() }, Span::new(file, place)));
            }
        }
    };
    for document in documents {
        let fields: Vec<Place> = named(document).iter().map(|(_, text)| text.span).collect();
        look(&document.path, &document.names(), &fields);
    }
    for (path, text) in data_files(sources) {
        look(path, &named_in(text, &(0..text.len())), &[]);
    }
    out
}

/// Settings and registries but that of people: their texts stand on pages too.
pub fn data_files(sources: &Sources) -> impl Iterator<Item = (&SourcePath, &str)> {
    sources.content.iter().filter_map(|(path, source)| match (source, place_of(path)) {
        (Source::Text(text), parse::Place::Data(name)) if name != "people" => Some((path, &*text.text)),
        _ => None,
    })
}

/// Finds the persons of the registry, by their places there.
pub fn finder(people: &Registry) -> Finder {
    let spellings = |named: &Named| -> Vec<String> {
        let aliases = named.entry.aliases.iter().map(|alias| alias.value.to_string());
        std::iter::once(named.name.clone()).chain(aliases).collect()
    };
    let all: Vec<(usize, String)> =
        people.entries.iter().enumerate().flat_map(|(at, named)| spellings(named).into_iter().map(move |name| (at, name))).collect();
    Finder::new(all.iter().map(|(at, name)| (*at, name.as_str())))
}

/// Whether a place surely means the person that was found.
pub fn is_meant(found: &Found) -> bool {
    found.kind == mention::Kind::Full || found.kind == mention::Kind::Given && !found.doubtful
}

/// Takes the mentions of those who may not be named out: they belong to no group and have no page.
pub fn veil_mentions(mentions: &mut [Vec<Mention>], rule: &Rule) {
    if rule.people == People::All {
        return;
    }
    let people = &rule.registries.people.entries;
    for mentions in mentions {
        mentions.retain(|mention| match (mention.dimension, mention.registered) {
            (Dimension::People, Some(at)) => people.get(at).is_some_and(|named| rule.shows(named)),
            (Dimension::People, None) => !rule.hides(Role::Author, &mention.name),
            _ => true,
        });
    }
}

/// Takes those who may not be named out of everything that is rendered: the fields of documents, the rows of plans with their amendments,
/// and at last the registry. The decisions cost one look-up for each mention; only what holds a hidden name is copied.
pub fn veil(entries: &mut [Entry], registries: &mut Registries, people: People, language: Language, today: Date) {
    if people == People::All {
        return;
    }
    let rule = Rule { people, registries, language };
    entries.par_iter_mut().filter(|entry| names_hidden(&entry.document, &rule)).for_each(|entry| {
        let mut document = Document::clone(&entry.document);
        veil_fields(&mut document.common, &mut document.details, &rule);
        if let (Details::Plan(plan), Some(rows)) = (&document.details, &mut entry.plan) {
            if let Some(amended) = &mut rows.amended {
                **amended = amend(plan, approved_ids(plan), today).0;
            }
            let current = rows.amended.as_ref().map_or(&**plan, |amended| &amended.plan);
            for row in &mut rows.rows {
                row.responsible = responsible(row.item(current), registries);
            }
        }
        entry.document = Arc::new(document);
    });
    let hidden: Vec<bool> = registries.people.entries.iter().map(|named| !rule.shows(named)).collect();
    Registry::forget(&mut registries.people, &hidden);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_are_told_from_units() {
        for person in [
            "Шагаева В.Е.",
            "В. Е. Шагаева",
            "В.Е.Шагаева",
            "Вера Шагаева",
            "Шагаева-Ким Вера Егоровна",
            "Руслана Васильевна Трач",
            "Mary Ann Brown",
        ] {
            assert!(is_person(person), "{person}");
        }
        for unit in ["методисты", "Отдел кадров", "МКУ «ЦНППМ г. Тулы»", "ЦО № 22", "Редакция", "И. о. директора", "И. О.", "МБОУ ЦО", ""]
        {
            assert!(!is_person(unit), "{unit}");
        }
    }
}
