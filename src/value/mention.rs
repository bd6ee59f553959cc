//! Persons in running text: in any order of names, with initials or without, in every case.
//!
//! A surname is found where it stands with a given name or initials that are those of the person; what stands with those of another is
//! another person. A surname alone, and a given name with its patronymic, are found too, and told apart: they may mean somebody else.

use super::declension::{Gender, forms, gender_of, plain};
use super::letter::{is_capital, is_letter};
use super::person::{full_name, surname_first};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

/// How surely a place means the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The surname with a given name or with initials.
    Full,
    /// The surname alone.
    Surname,
    /// The given name and the patronymic.
    Given,
}

/// A place of a text where one of the persons may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub range: Range<usize>,
    pub kind: Kind,
    /// Which persons it may be, by their order.
    pub who: Vec<usize>,
    /// Beside it stands another word with a capital that may be somebody's given name.
    pub doubtful: bool,
}

/// What persons are looked for.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    names: Vec<Name>,
    by_surname: HashMap<String, Vec<usize>>,
    by_given: HashMap<String, Vec<usize>>,
}

/// One spelling of a person.
#[derive(Debug, Clone)]
struct Name {
    person: usize,
    given: BTreeSet<String>,
    patronymic: BTreeSet<String>,
    initials: [Option<char>; 2],
}

/// A word of a text: one with a capital letter, or an initial with its full stop.
#[derive(Debug)]
struct Token {
    range: Range<usize>,
    plain: String,
    is_initial: bool,
    is_capital: bool,
    /// Only spaces stand between it and the token before.
    follows: bool,
    /// A sentence or a line may begin here.
    begins: bool,
}

impl Finder {
    /// Looks for the persons with these names, several of which may be one person's: `(person, name)`.
    pub fn new<'n>(persons: impl Iterator<Item = (usize, &'n str)>) -> Finder {
        let mut finder = Finder::default();
        for (person, name) in persons {
            finder.add(person, name);
        }
        finder
    }

    fn add(&mut self, person: usize, name: &str) {
        let written = full_name(name).map_or_else(|| surname_first(name), |[s, g, p]| format!("{s} {g} {p}"));
        let words: Vec<&str> = written.split_whitespace().collect();
        let is_initial = |word: &str| word.ends_with('.') && word.chars().count() == 2;
        let (surname, rest): (&str, Vec<&str>) = match words[..] {
            [surname, ref rest @ ..] if rest.len() == 2 || rest.len() == 1 && is_initial(rest[0]) => (surname, rest.to_vec()),
            // «Вера Шагаева» and «Шагаева Вера»: a given name is known by sight.
            [a, b] if is_given(a) || !is_given(b) => (b, vec![a]),
            [a, b] => (a, vec![b]),
            _ => return,
        };
        let letter = |word: Option<&&str>| word.and_then(|word| plain(word).chars().next());
        let gender = rest.get(1).and_then(|word| gender_of(word)).or_else(|| gender_by(surname));
        let of = |word: Option<&&str>| word.filter(|w| !is_initial(w)).map_or_else(BTreeSet::new, |w| forms(w, gender));
        let at = self.names.len();
        let name =
            Name { person, given: of(rest.first()), patronymic: of(rest.get(1)), initials: [letter(rest.first()), letter(rest.get(1))] };
        forms(surname, gender).into_iter().for_each(|form| self.by_surname.entry(form).or_default().push(at));
        name.given.iter().for_each(|form| self.by_given.entry(form.clone()).or_default().push(at));
        self.names.push(name);
    }

    /// Whether nobody is looked for.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The places of `text` where the persons may be meant, in its order, none overlapping another.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let tokens = tokens(text);
        let mut out: Vec<Found> = Vec::new();
        let mut taken = 0;
        for at in 0..tokens.len() {
            let found = self.with_surname(&tokens, at, taken).or_else(|| self.without_surname(&tokens, at, taken));
            let Some((from, to, kind, mut who, doubtful)) = found else { continue };
            who.sort_unstable();
            who.dedup();
            // Of «Мария Петровна Иванова» the given names are found first, and then again with the surname.
            if kind != Kind::Given {
                taken = to + 1;
            }
            let range = tokens[from].range.start..tokens[to].range.end;
            while out.last().is_some_and(|last| last.range.end > range.start) {
                out.pop();
            }
            out.push(Found { range, kind, who, doubtful });
        }
        out
    }

    /// The person whose surname is the token `at`: from which token to which, how, and who it may be.
    fn with_surname(&self, tokens: &[Token], at: usize, taken: usize) -> Option<(usize, usize, Kind, Vec<usize>, bool)> {
        let names = self.by_surname.get(&tokens[at].plain).filter(|_| tokens[at].is_capital && !tokens[at].is_initial)?;
        let right: Vec<usize> = (at + 1..tokens.len().min(at + 3)).take_while(|n| tokens[*n].follows).collect();
        let left: Vec<usize> =
            (1..=2).map_while(|n| at.checked_sub(n)).take_while(|n| *n >= taken.min(at) && tokens[*n + 1].follows).collect();
        let mut best: Vec<(usize, usize, usize, usize)> = Vec::new();
        let mut other = false;
        let mut doubtful = false;
        for name in names.iter().map(|n| &self.names[*n]) {
            let fits = |n: usize, part: usize| {
                let token = &tokens[n];
                let (forms, letter) = (if part == 0 { &name.given } else { &name.patronymic }, name.initials[part]);
                match token.is_initial {
                    true => letter.is_none() || token.plain.chars().next() == letter,
                    // Where only the initial is known, a name that begins with it is the person's.
                    false => {
                        token.is_capital
                            && (forms.contains(&token.plain)
                                || forms.is_empty()
                                    && letter.is_some_and(|l| token.plain.starts_with(l))
                                    && (part == 1 || is_given(&token.plain)))
                    }
                }
            };
            let after = match right[..] {
                [g, p] if fits(g, 0) && fits(p, 1) => Some((at, p, 2)),
                [g, p] if fits(g, 0) && !tokens[p].is_initial => Some((at, g, 1)),
                [g] if fits(g, 0) => Some((at, g, 1)),
                _ => None,
            };
            let before = match left[..] {
                [p, g] if fits(p, 1) && fits(g, 0) => Some((g, at, 2)),
                [g, far] if fits(g, 0) && !tokens[far].is_initial => Some((g, at, 1)),
                [g] if fits(g, 0) => Some((g, at, 1)),
                _ => None,
            };
            match after.into_iter().chain(before).max_by_key(|(.., parts)| *parts) {
                Some((from, to, parts)) => best.push((parts, from, to, name.person)),
                None => {
                    // A neighbour that is an initial or a given name is somebody else's.
                    let near = [right.first(), left.first()];
                    let mut near = near.into_iter().flatten().map(|n| &tokens[*n]);
                    other |= near.any(|token| token.is_initial || token.is_capital && is_given(&token.plain));
                    doubtful |= right.first().is_some_and(|n| tokens[*n].is_capital)
                        || left.first().is_some_and(|n| tokens[*n].is_capital && !tokens[*n].begins);
                }
            }
        }
        if let Some(most) = best.iter().map(|(parts, ..)| *parts).max() {
            let fitting = || best.iter().filter(|(parts, ..)| *parts == most);
            let from = fitting().map(|(_, from, ..)| *from).min().unwrap_or(at);
            let to = fitting().map(|(_, _, to, _)| *to).max().unwrap_or(at);
            return Some((from, to, Kind::Full, fitting().map(|(.., person)| *person).collect(), false));
        }
        let who = names.iter().map(|n| self.names[*n].person).collect();
        (!other).then_some((at, at, Kind::Surname, who, doubtful))
    }

    /// The person whose given name is the token `at`, with the patronymic behind it.
    fn without_surname(&self, tokens: &[Token], at: usize, taken: usize) -> Option<(usize, usize, Kind, Vec<usize>, bool)> {
        let names = self.by_given.get(&tokens[at].plain).filter(|_| at >= taken && tokens[at].is_capital)?;
        let next = tokens.get(at + 1).filter(|next| next.follows && next.is_capital && !next.is_initial)?;
        let who: Vec<usize> =
            names.iter().map(|n| &self.names[*n]).filter(|name| name.patronymic.contains(&next.plain)).map(|n| n.person).collect();
        // With another surname it is another person; with that of this one it will be found by it.
        let beside = [tokens.get(at + 2).filter(|t| t.follows), at.checked_sub(1).map(|n| &tokens[n]).filter(|_| tokens[at].follows)];
        let is_surname = |token: &&Token| token.is_capital && !token.is_initial && !token.begins;
        (!who.is_empty()).then_some((at, at + 1, Kind::Given, who, beside.iter().flatten().any(is_surname)))
    }
}

/// Pieces of `text` that may name a person, each of two words or more: what [`Finder::find`] can find as [`Kind::Full`] or [`Kind::Given`]
/// stands in one of them.
pub fn runs(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(Range<usize>, usize, bool)> = None;
    let mut close =
        |open: Option<(Range<usize>, usize, bool)>| out.extend(open.filter(|(_, n, word)| *n > 1 && *word).map(|(range, ..)| range));
    for (range, is_initial, follows) in name_tokens(text) {
        match &mut open {
            Some((run, n, word)) if follows => (run.end, *n, *word) = (range.end, *n + 1, *word || !is_initial),
            _ => close(open.replace((range, 1, !is_initial))),
        }
    }
    close(open);
    out
}

/// The words with a capital and the initials of `text`, and whether only spaces stand between one and the one before.
fn name_tokens(text: &str) -> impl Iterator<Item = (Range<usize>, bool, bool)> {
    let mut last = usize::MAX;
    words(text).filter_map(move |range| {
        let word = &text[range.clone()];
        let mut chars = word.chars();
        let capital = chars.next().is_some_and(is_capital);
        let rest = chars.next();
        let is_initial = rest.is_none() && text[range.end..].starts_with('.');
        let is_name = capital && (is_initial || rest.is_some_and(|c| is_letter(c) && !is_capital(c)));
        let end = range.end + usize::from(is_initial);
        let follows = is_name && last != usize::MAX && is_gap(&text[last..range.start]);
        last = if is_name { end } else { usize::MAX };
        is_name.then_some((range.start..end, is_initial, follows))
    })
}

/// The words of `text`: letters, with hyphens between them.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let is_of_word = |c: char| is_letter(c) || c == '\u{ad}';
        at += text[at..].find(is_letter)?;
        let start = at;
        loop {
            at += text[at..].find(|c| !is_of_word(c)).unwrap_or(text.len() - at);
            let mut next = text[at..].chars();
            match (next.next(), next.next()) {
                (Some('-'), Some(c)) if is_letter(c) => at += 1,
                _ => return Some(start..at),
            }
        }
    })
}

fn is_gap(between: &str) -> bool {
    between.chars().count() <= 40 && between.chars().all(char::is_whitespace) && between.matches('\n').count() <= 1
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut last = 0;
    for range in words(text) {
        let word = &text[range.clone()];
        let is_capital_ = word.chars().next().is_some_and(is_capital);
        let is_initial = is_capital_ && word.chars().count() == 1 && text[range.end..].starts_with('.');
        let end = range.end + usize::from(is_initial);
        let between = &text[last..range.start];
        let token = Token {
            plain: plain(word),
            is_initial,
            is_capital: is_capital_,
            follows: !out.is_empty() && is_gap(between),
            begins: out.is_empty() || !is_gap(between) && !between.trim().is_empty() || between.matches('\n').count() > 1,
            range: range.start..end,
        };
        last = end;
        out.push(token);
    }
    out
}

/// What the ending of a surname tells.
fn gender_by(surname: &str) -> Option<Gender> {
    let word = plain(surname);
    let ends = |list: &[&str]| list.iter().any(|end| word.ends_with(end));
    match () {
        () if ends(&["ова", "ева", "ина", "ына", "ая"]) => Some(Gender::Female),
        () if ends(&["ов", "ев", "ин", "ын", "ий", "ый"]) => Some(Gender::Male),
        () => None,
    }
}

/// Whether `word` is a form of a common Russian given name.
fn is_given(word: &str) -> bool {
    given_forms().contains(&plain(word))
}

/// The forms of the given names that most Russians bear, [`plain`].
pub fn given_forms() -> &'static BTreeSet<String> {
    static FORMS: OnceLock<BTreeSet<String>> = OnceLock::new();
    FORMS.get_or_init(|| GIVEN.iter().flat_map(|name| forms(name, None)).collect())
}

/// The given names that most Russians bear.
const GIVEN: [&str; 108] = [
    "Александр",
    "Александра",
    "Алексей",
    "Алёна",
    "Алина",
    "Алиса",
    "Алла",
    "Анастасия",
    "Анатолий",
    "Ангелина",
    "Андрей",
    "Анжела",
    "Анна",
    "Антон",
    "Антонина",
    "Аркадий",
    "Арина",
    "Артём",
    "Богдан",
    "Борис",
    "Вадим",
    "Валентин",
    "Валентина",
    "Валерий",
    "Валерия",
    "Варвара",
    "Василий",
    "Вера",
    "Вероника",
    "Виктор",
    "Виктория",
    "Виталий",
    "Владимир",
    "Владислав",
    "Вячеслав",
    "Галина",
    "Геннадий",
    "Георгий",
    "Глеб",
    "Григорий",
    "Дарья",
    "Денис",
    "Диана",
    "Дмитрий",
    "Евгений",
    "Евгения",
    "Егор",
    "Екатерина",
    "Елена",
    "Елизавета",
    "Жанна",
    "Зинаида",
    "Зоя",
    "Иван",
    "Игорь",
    "Илья",
    "Инна",
    "Ирина",
    "Кирилл",
    "Клавдия",
    "Константин",
    "Кристина",
    "Ксения",
    "Лариса",
    "Лев",
    "Леонид",
    "Лидия",
    "Лилия",
    "Любовь",
    "Людмила",
    "Маргарита",
    "Марина",
    "Мария",
    "Марьяна",
    "Михаил",
    "Надежда",
    "Наталия",
    "Наталья",
    "Никита",
    "Николай",
    "Нина",
    "Оксана",
    "Олег",
    "Олеся",
    "Ольга",
    "Павел",
    "Пётр",
    "Полина",
    "Раиса",
    "Роман",
    "Руслан",
    "Светлана",
    "Семён",
    "Сергей",
    "София",
    "Софья",
    "Станислав",
    "Степан",
    "Тамара",
    "Татьяна",
    "Тимофей",
    "Ульяна",
    "Фёдор",
    "Эдуард",
    "Эльвира",
    "Юлия",
    "Юрий",
    "Яна",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Kind, Vec<usize>)> {
        let finder = Finder::new(
            [
                (0, "Иванова Мария Петровна"),
                (1, "Шагаева В.Е."),
                (2, "Трач Руслана Васильевна"),
                (3, "Иванова Ольга Юрьевна"),
                (4, "Соловьёв Пётр Ильич"),
            ]
            .into_iter(),
        );
        finder.find(text).into_iter().map(|f| (&text[f.range], f.kind, f.who)).collect()
    }

    #[test]
    fn a_person_is_found_in_every_spelling() {
        for text in [
            "Иванова Мария Петровна",
            "Мария Петровна Иванова",
            "Иванова М. П.",
            "Иванова М.П.",
            "М. П. Иванова",
            "М.П.Иванова",
            "Иванова\u{a0}М.\u{a0}П.",
            "Ивановой Марии Петровны",
            "Марии Петровне Ивановой",
            "Иванову М. П.",
            "Мария Иванова",
            "Ивановой Марией",
            "М. Ивановой",
            "Иванова\nМария Петровна",
        ] {
            let within = format!("Провела её {text}, методист.");
            assert_eq!(found(&within), [(text, Kind::Full, vec![0])], "{text}");
        }
        for text in ["Шагаева В. Е.", "В.Е. Шагаевой", "Шагаевой В.Е.", "Шагаевой Верой Егоровной"]
        {
            assert_eq!(found(text), [(text, Kind::Full, vec![1])], "{text}");
        }
        assert_eq!(found("с Русланой Васильевной Трач"), [("Русланой Васильевной Трач", Kind::Full, vec![2])]);
        for text in ["П. И. Соловьев", "Соловьёва Петра Ильича", "Соловьеву П.И."] {
            assert_eq!(found(text), [(text, Kind::Full, vec![4])], "{text}");
        }
    }

    #[test]
    fn what_may_mean_another_is_told_apart() {
        assert_eq!(found("Слово взяла Иванова."), [("Иванова", Kind::Surname, vec![0, 3])]);
        assert_eq!(found("Слово взяла Шагаева."), [("Шагаева", Kind::Surname, vec![1])]);
        assert_eq!(found("Мария Петровна рассказала"), [("Мария Петровна", Kind::Given, vec![0])]);
        // These are others.
        for text in ["Иванова А. С.", "Наталья Шагаева", "Шагаева Т. К.", "ивановские ситцы", "Ивановский район"]
        {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn runs_hold_what_may_be_a_name() {
        let text = "В библиотеке Иванова Мария Петровна и В.Е. Шагаева. МБОУ ЦО № 22, Тула. А. Б.";
        let runs: Vec<&str> = runs(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(runs, ["Иванова Мария Петровна", "В.Е. Шагаева"]);
    }
}
