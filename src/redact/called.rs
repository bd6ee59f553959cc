//! What is called after a person: names of files and folders, addresses.

use crate::value::declension::{forms, gender_of, plain};
use crate::value::letter::{is_capital, is_letter};
use crate::value::mention::given_forms;
use crate::value::person::{full_name, name_apart, surname_first};
use crate::value::transliteration::is_read_as;
use std::collections::BTreeSet;
use std::ops::Range;

/// The spellings of one person's name.
pub struct Called {
    spellings: Vec<Spelling>,
    /// Whether a surname by itself means this person.
    by_surname: bool,
    /// Whether the given name with the patronymic does.
    by_given: bool,
}

struct Spelling {
    /// In each case, and so the others; [`plain`].
    surname: BTreeSet<String>,
    given: BTreeSet<String>,
    patronymic: BTreeSet<String>,
    initials: String,
}

/// A place of a name that holds the person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub range: Range<usize>,
    /// It can hardly be somebody else's.
    pub is_sure: bool,
}

/// Shorter surnames are parts of too many other words' transliterations.
const SHORT: usize = 4;

impl Called {
    /// Of the person with these `names`; `others` are the names of everybody else.
    pub fn new<'n>(names: impl Iterator<Item = &'n str>, others: impl Iterator<Item = &'n str>) -> Called {
        let spellings: Vec<Spelling> = names.map(Spelling::of).collect();
        let mut called = Called { by_surname: true, by_given: true, spellings };
        for other in others.map(Spelling::of) {
            let shares = |of: fn(&Spelling) -> &BTreeSet<String>| called.spellings.iter().any(|own| !of(own).is_disjoint(of(&other)));
            called.by_surname &= !shares(|name| &name.surname);
            called.by_given &= !(shares(|name| &name.given) && shares(|name| &name.patronymic));
        }
        called
    }

    /// The same where the surname by itself is a word like others.
    pub fn but_in_full(self) -> Called {
        Called { by_surname: false, ..self }
    }

    /// The surnames in every case.
    pub fn surnames(&self) -> impl Iterator<Item = &str> {
        self.spellings.iter().flat_map(|spelling| &spelling.surname).map(String::as_str)
    }

    /// The places of `name`, in its order.
    pub fn find(&self, name: &str) -> Vec<Found> {
        let words = words(name);
        let mut out: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let found = self.spellings.iter().filter_map(|spelling| self.found(spelling, name, &words, at)).max_by_key(|(_, end, _)| *end);
            let Some((start, end, is_sure)) = found else {
                at += 1;
                continue;
            };
            let range = words[start].start..words[end - 1].end;
            // Of «Анна Петровна Иванова» the given names are found first, and then again with the surname.
            while out.last().is_some_and(|last| last.range.end > range.start) {
                out.pop();
            }
            out.push(Found { range, is_sure });
            at = end;
        }
        out
    }

    /// The name that has its surname, or without one its given name, at the word `at`: from which word, to before which, and how surely.
    fn found(&self, spelling: &Spelling, name: &str, words: &[Range<usize>], at: usize) -> Option<(usize, usize, bool)> {
        let word = |at: usize| words.get(at).map(|range| &name[range.clone()]);
        let is = |at: Option<usize>, forms: &BTreeSet<String>| {
            at.and_then(word).is_some_and(|word| forms.iter().any(|form| is_form(word, form)))
        };
        let before = |n: usize| at.checked_sub(n);
        if let Some(end) = spelling.surname_at(at, &word) {
            let initials = |from: Option<usize>| {
                let one = from.and_then(word).filter(|word| spelling.initials.chars().count() == 2 && is_form(word, &spelling.initials));
                let mut letters = spelling.initials.chars();
                let mut next =
                    |n: usize| letters.next().zip(from.and_then(|from| word(from + n))).is_some_and(|(l, w)| is_form(w, &l.to_string()));
                if one.is_some() {
                    1
                } else if next(0) && next(1) {
                    2
                } else {
                    0
                }
            };
            let right = match () {
                () if is(Some(end), &spelling.given) && is(Some(end + 1), &spelling.patronymic) => 2,
                () if is(Some(end), &spelling.given) => 1,
                () => initials(Some(end)),
            };
            let left = match () {
                () if right > 0 => 0,
                () if is(before(2), &spelling.given) && is(before(1), &spelling.patronymic) => 2,
                () if is(before(1), &spelling.given) => 1,
                () if initials(before(2)) == 2 => 2,
                () => usize::from(initials(before(1)) == 1),
            };
            let is_given = |word: &str| given_forms().iter().any(|form| is_form(word, form));
            let is_others = || [before(1), Some(end)].into_iter().flatten().filter_map(word).any(is_given);
            let is_long = name[words[at].start..words[end - 1].end].chars().count() >= SHORT;
            return Some((at - left, end + right, left + right > 0 || self.by_surname && is_long && !is_others()));
        }
        if word(at).is_some_and(|word| spelling.is_in_one(word)) {
            return Some((at, at + 1, true));
        }
        let is_given_pair = is(Some(at), &spelling.given) && is(Some(at + 1), &spelling.patronymic);
        is_given_pair.then_some((at, at + 2, self.by_given))
    }
}

impl Spelling {
    fn of(name: &str) -> Spelling {
        let full = full_name(name);
        let (surname, given) = name_apart(name).unwrap_or_else(|| {
            let written = surname_first(name);
            let (surname, rest) = written.split_once(' ').unwrap_or((&written, ""));
            (surname.to_owned(), rest.to_owned())
        });
        let gender = full.and_then(|[.., patronymic]| gender_of(patronymic));
        let mut given = given.split_whitespace();
        let mut next = || {
            given.next().map_or_else(
                || (BTreeSet::new(), None),
                |word| {
                    let word = word.trim_end_matches('.');
                    let of = if word.chars().count() > 1 { forms(word, gender) } else { BTreeSet::new() };
                    (of, plain(word).chars().next())
                },
            )
        };
        let ((given, first), (patronymic, second)) = (next(), next());
        Spelling { surname: forms(&surname, gender), given, patronymic, initials: first.into_iter().chain(second).collect() }
    }

    /// Whether `word` is the surname and the given name or the initials without a gap, as the address of `AnnaIvanova` is.
    fn is_in_one(&self, word: &str) -> bool {
        let initials = Some(&self.initials).filter(|initials| initials.chars().count() == 2);
        let with =
            |surname: &String, given: &String| is_form(word, &format!("{surname}{given}")) || is_form(word, &format!("{given}{surname}"));
        self.surname.iter().any(|surname| self.given.iter().chain(initials).any(|given| with(surname, given)))
    }

    /// Behind which word a surname ends that begins at the word `at`; one with a hyphen has several.
    fn surname_at<'w>(&self, at: usize, word: &impl Fn(usize) -> Option<&'w str>) -> Option<usize> {
        let end_of = |form: &String| {
            let parts = form.split('-').count();
            let is_here = form.split('-').enumerate().all(|(n, part)| word(at + n).is_some_and(|word| is_form(word, part)));
            is_here.then_some(at + parts)
        };
        self.surname.iter().filter(|form| !form.is_empty()).filter_map(end_of).max()
    }
}

/// Whether `word` is the plain `form`, in Russian letters or in Latin ones.
fn is_form(word: &str, form: &str) -> bool {
    if word.is_ascii() { is_read_as(word, form) } else { plain(word) == form }
}

/// The words of a name of a file: letters, and `AnnaIvanova` has two of them.
pub fn words(name: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut last = None;
    for (at, c) in name.char_indices() {
        let is_next = last.is_some_and(|last| is_letter(last) && (is_capital(last) || !is_capital(c)));
        match out.last_mut() {
            Some(word) if is_letter(c) && is_next => word.end = at + c.len_utf8(),
            _ if is_letter(c) => out.push(at..at + c.len_utf8()),
            _ => {}
        }
        last = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(others: &[&str], name: &str) -> Vec<(String, bool)> {
        let called = Called::new(["Иванова Анна Петровна"].into_iter(), others.iter().copied());
        called.find(name).into_iter().map(|found| (name[found.range].to_owned(), found.is_sure)).collect()
    }

    #[test]
    fn files_that_are_called_after_somebody() {
        for (name, expected) in [
            ("иванова-план", "иванова"),
            ("2024-opyt-ivanovoj", "ivanovoj"),
            ("Опыт А. П. Ивановой", "А. П. Ивановой"),
            ("ivanova_anna_petrovna_2", "ivanova_anna_petrovna"),
            ("AnnaIvanova", "AnnaIvanova"),
            ("2-annaivanova", "annaivanova"),
            ("ivanova-ap", "ivanova-ap"),
            ("anna petrovna u stenda", "anna petrovna"),
        ] {
            assert_eq!(found(&[], name), [(expected.to_owned(), true)], "{name}");
        }
        assert!(found(&[], "ivanovo-kraj").is_empty() && found(&[], "anna").is_empty());
    }

    #[test]
    fn what_may_be_somebody_elses_is_no_sure_place() {
        assert_eq!(found(&[], "ivanova-marina"), [("ivanova".to_owned(), false)]);
        assert_eq!(found(&["Иванова Белла"], "ivanova"), [("ivanova".to_owned(), false)]);
        assert_eq!(found(&["Иванова Белла"], "ivanova-a-p"), [("ivanova-a-p".to_owned(), true)]);
    }
}
