//! Institutions and persons that the paper names: what could be added to the registries of the site.

use super::doubt::{Doubt, Matter, Place};
use super::responsible::{is_person, person_of};
use crate::draft::Draft;
use crate::record::nearest;
use crate::site::Registries;
use crate::site::names::{key, person};
use crate::value::letter::{is_capital, is_letter};
use crate::value::person::{full_name, surname_first};
use crate::value::slug::slug;
use crate::value::yaml::quote::scalar;
use std::collections::{BTreeMap, BTreeSet};

/// An entry that could be added to a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub id: String,
    pub name: String,
    /// Other spellings that the paper has.
    pub aliases: Vec<String>,
    /// Of a person, where the paper says it.
    pub post: String,
}

/// What could be added to `organisations.yaml` and `people.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposals {
    pub organisations: Vec<Proposal>,
    pub people: Vec<Proposal>,
}

impl Proposal {
    /// The entry as lines of YAML.
    pub fn yaml(&self) -> String {
        let mut out = format!("- id: {}\n  name: {}\n", scalar(&self.id), scalar(&self.name));
        if !self.aliases.is_empty() {
            out.push_str("  aliases:\n");
            self.aliases.iter().for_each(|alias| out.push_str(&format!("    - {}\n", scalar(alias))));
        }
        if !self.post.is_empty() {
            out.push_str(&format!("  post: {}\n", scalar(&self.post)));
        }
        out
    }
}

/// Names that `draft` has and `registries` have not.
pub fn propose(draft: &Draft, registries: &Registries, doubts: &mut Vec<Doubt>) -> Proposals {
    let mut names = Names::default();
    for signature in draft.approval.iter().chain(&draft.agreement) {
        names.person(&signature.person, &signature.post);
        names.organisation_in(&signature.post);
    }
    for text in [&draft.curator, &draft.head] {
        let person = person(text);
        names.person(&person.name, &person.post);
        names.organisation_in(&person.post);
    }
    for item in draft.sections.iter().flat_map(|section| &section.items) {
        item.venue.split("; ").filter(|venue| !is_elsewhere(venue)).for_each(|venue| names.organisation(venue));
        for text in &item.responsible {
            if let Some((name, post)) = person_of(text) {
                names.person(&name, &post);
            } else if is_institution(text) {
                names.organisation(text);
            }
        }
    }
    let known = |name: &str| registries.organisations.find(name).is_some();
    let mut organisations: Vec<Proposal> = names
        .organisations
        .iter()
        .filter(|(_, spellings)| !spellings.iter().any(|(name, _)| known(name)))
        .map(|(_, spellings)| entry(spellings))
        .collect();
    alike(&mut organisations, registries, doubts);
    let known = |name: &str| registries.people.find(name).is_some();
    let people = names.people.into_values().filter(|person| !person.spellings.iter().any(|(name, _)| known(name)));
    let mut ids = BTreeSet::new();
    let people = people.map(|person| Proposal { post: person.post, ..entry(&person.spellings) }).map(|mut person| {
        let name = surname_first(&person.name);
        let surname = name.split(' ').next().unwrap_or_default();
        person.id = slug(surname);
        if !ids.insert(person.id.clone()) {
            person.id = slug(&name);
            ids.insert(person.id.clone());
        }
        person
    });
    Proposals { people: people.collect(), organisations }
}

/// Spellings with how often each stands, in the order of their first place.
type Spellings = Vec<(String, usize)>;

/// More spellings of one name nobody looks through.
const MOST_SPELLINGS: usize = 20;

#[derive(Default)]
struct Names {
    /// By what their spellings have in common; in the order of keys, so that the same paper gives the same proposals.
    organisations: BTreeMap<String, Spellings>,
    people: BTreeMap<String, Person>,
}

#[derive(Default)]
struct Person {
    spellings: Spellings,
    post: String,
}

fn count(spellings: &mut Spellings, name: &str) {
    if let Some((_, n)) = spellings.iter_mut().find(|(known, _)| known == name) {
        *n += 1;
    } else if spellings.len() < MOST_SPELLINGS {
        spellings.push((name.to_owned(), 1));
    }
}

impl Names {
    fn organisation(&mut self, name: &str) {
        let name = without_telephone(name).trim_matches([',', ';', ' ']);
        if name.chars().any(is_letter) && name.chars().count() <= 160 {
            count(self.organisations.entry(key(name)).or_default(), name);
        }
    }

    /// The institution that a post names: from its legal form on.
    fn organisation_in(&mut self, post: &str) {
        let words: Vec<&str> = post.split_whitespace().collect();
        if let Some(at) = words.iter().position(|word| is_legal_form(word)) {
            self.organisation(&words[at..].join(" "));
        }
    }

    fn person(&mut self, name: &str, post: &str) {
        if name.is_empty() || !is_person(name) {
            return;
        }
        // Surname and initials are what every spelling has.
        let first = surname_first(name);
        let words: Vec<&str> = first.split_whitespace().collect();
        let initials: String = words.iter().skip(1).filter_map(|word| word.chars().next()).collect();
        let known = self.people.entry(key(&format!("{} {initials}", words.first().unwrap_or(&"")))).or_default();
        count(&mut known.spellings, name);
        if known.post.is_empty() {
            known.post = without_telephone(post).trim_matches([',', ';', ' ']).to_owned();
        }
    }
}

/// `text` up to the brackets or the comma before a telephone number: a private one has no place in a registry.
fn without_telephone(text: &str) -> &str {
    let lower = text.to_lowercase();
    // A number of a telephone has at least six digits, with nothing but its signs between them.
    let (mut digits, mut from, mut number) = (0, None, None);
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => {
                from = from.or(Some(at));
                digits += 1;
                if digits == 6 {
                    number = from;
                    break;
                }
            }
            '-' | '–' | ' ' | '\u{a0}' | '(' | ')' | '+' => {}
            _ => (digits, from) = (0, None),
        }
    }
    // Lower case may have other lengths than the text, but not in Russian.
    let word = ["тел.", "тел:", "тел ", "телефон", "моб."].iter().filter_map(|word| lower.find(word)).min();
    let word = word.filter(|at| text.is_char_boundary(*at) && lower.len() == text.len());
    let Some(at) = number.into_iter().chain(word).min() else { return text };
    let before = &text[..at];
    // The brackets that the number stands in, with all that stands there.
    before.rfind('(').filter(|open| !before[*open..].contains(')')).map_or_else(
        || before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '+' | '(' | '–' | '-')),
        |open| before[..open].trim_end(),
    )
}

/// The entry that spellings of one name make: called by the fullest, of these by the most frequent, of these by the first.
fn entry(spellings: &Spellings) -> Proposal {
    let rank = |(n, (name, times)): &(usize, &(String, usize))| {
        let stops = name.matches(". ").count();
        // «Шагаева В.Е.» rather than «В.Е. Шагаева».
        let is_indexed = !is_person(name) || !name.split(' ').next().is_some_and(|first| first.ends_with('.'));
        (full_name(name).is_some(), is_indexed, stops, *times, std::cmp::Reverse(*n))
    };
    let best = spellings.iter().enumerate().max_by_key(rank).map(|(_, (name, _))| name.clone()).unwrap_or_default();
    let aliases = spellings.iter().map(|(name, _)| name.clone()).filter(|name| *name != best).collect();
    let id = slug(&best);
    Proposal { id, name: best, aliases, post: String::new() }
}

/// Tells which names may be one institution; abbreviations and slips share their numbers.
fn alike(proposals: &mut [Proposal], registries: &Registries, doubts: &mut Vec<Doubt>) {
    const MOST: usize = 200;
    // «ЦГБ» and «ЦДБ» are one letter apart, and two institutions.
    let is_short = |name: &str| {
        let mut letters = name.chars().filter(|c| is_letter(*c));
        matches!(letters.clone().count(), 2..=4) && letters.all(is_capital)
    };
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    for (n, proposal) in proposals.iter().enumerate().take(MOST).filter(|(_, proposal)| !is_short(&proposal.name)) {
        let others = proposals[..n].iter().filter(|other| digits(&other.name) == digits(&proposal.name) && !is_short(&other.name));
        let is_part = |other: &&Proposal| is_within(&proposal.name, &other.name) || is_within(&other.name, &proposal.name);
        let slip = nearest(&proposal.name, others.clone().map(|other| other.name.as_str())).map(str::to_owned);
        let other = others
            .clone()
            .find(is_part)
            .map(|other| other.name.clone())
            .or(slip)
            .or_else(|| registries.organisations.nearest(&proposal.name));
        if let Some(other) = other {
            doubts.push(Doubt::new(Place::Paper, Matter::Alike { name: other, other: proposal.name.clone() }));
        }
    }
    let mut ids = BTreeSet::new();
    for proposal in proposals {
        let plain = proposal.id.clone();
        let mut n = 2;
        while !ids.insert(proposal.id.clone()) {
            proposal.id = format!("{plain}-{n}");
            n += 1;
        }
    }
}

/// Whether all words of `part` but its legal form are among those of `whole`.
fn is_within(part: &str, whole: &str) -> bool {
    let (part, whole) = (key(part), key(whole));
    let whole: BTreeSet<&str> = whole.split(' ').collect();
    let mut words = part.split(' ').filter(|word| !is_legal_form(word)).peekable();
    words.peek().is_some() && words.all(|word| whole.contains(word))
}

fn is_legal_form(word: &str) -> bool {
    const FORMS: [&str; 26] = [
        "мку",
        "мбу",
        "мау",
        "муп",
        "мук",
        "мбук",
        "маук",
        "мкук",
        "гбу",
        "гау",
        "гку",
        "гбук",
        "гаук",
        "гкук",
        "гук",
        "мбоу",
        "маоу",
        "мкоу",
        "гбоу",
        "гаоу",
        "фгбу",
        "мбудо",
        "мбду",
        "мбдоу",
        "гбуз",
        "гоу",
    ];
    FORMS.contains(&key(word).as_str())
}

/// Whether a text of the column of places names none.
fn is_elsewhere(text: &str) -> bool {
    const WORDS: [&str; 19] = [
        "на местах",
        "в филиалах",
        "актовый зал",
        "кабинет",
        "читальный зал",
        "онлайн",
        "дистанционно",
        "zoom",
        "вкс",
        "сферум",
        "по согласованию",
        "по графику",
        "по плану",
        "по назначению",
        "на базе",
        "в течение",
        "интернет",
        "сайт",
        "блог",
    ];
    // Whole words: rooms, several places at once, and how it is agreed.
    const FIRST: [&str; 22] = [
        "каб",
        "ауд",
        "аудитория",
        "актовый",
        "читальный",
        "спортивный",
        "компьютерный",
        "конференц",
        "зал",
        "холл",
        "фойе",
        "по",
        "в",
        "во",
        "на",
        "все",
        "филиалы",
        "библиотеки",
        "школы",
        "учреждения",
        "площадки",
        "зум",
    ];
    let text = key(text);
    let first = text.split(' ').next().unwrap_or_default();
    text.is_empty() || FIRST.contains(&first) || WORDS.iter().any(|word| text.starts_with(word)) || text.split(' ').count() > 16
}

/// Whether a text of the column «Ответственный» is an institution or a unit, and not «методисты» or «все педагоги».
fn is_institution(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "отдел",
        "центр",
        "библиотека",
        "школа",
        "лицей",
        "гимназия",
        "комитет",
        "управление",
        "департамент",
        "институт",
        "цбс",
        "ибц",
        "цнппм",
        "кафедра",
        "сектор",
        "служба",
    ];
    let words = key(text);
    words.split(' ').any(is_legal_form) || words.split(' ').next().is_some_and(|first| WORDS.contains(&first))
}
