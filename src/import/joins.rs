//! Texts that the end of a line or a page has cut are whole again.

use super::doubt::Matter;
use crate::value::date::{Case, month_name};
use crate::value::language::Language;
use crate::value::letter::{is_letter, is_letter_or_digit};
use std::collections::HashSet;

/// The words that the paper has elsewhere: they tell how a cut one goes on.
#[derive(Debug, Default)]
pub struct Words(HashSet<String>);

impl Words {
    /// Takes the words of `text`, but for its last if that is cut.
    pub fn add(&mut self, text: &str) {
        let parts = text.split(|c: char| !(is_letter(c) || c == '-')).filter(|word| !word.is_empty());
        self.0.extend(parts.filter(|word| !word.starts_with('-') && !word.ends_with('-')).map(str::to_lowercase));
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(&word.to_lowercase())
    }
}

/// Joins what stands before a break with what stands after it. What was before is added to, for a hostile table may break a thousand times.
pub fn join(before: &mut String, after: &str, words: &Words) -> Option<Matter> {
    if let Some(stem) = before.strip_suffix('-')
        && stem.ends_with(is_letter)
        && after.starts_with(char::is_lowercase)
    {
        return Some(join_word(before, after, words));
    }
    let overlap = overlap(before, after).unwrap_or(0);
    let rest = after[overlap..].trim_start();
    if !(before.is_empty() || rest.is_empty()) {
        before.push(' ');
    }
    before.push_str(rest);
    (overlap > 0).then(|| Matter::RepeatedAtBreak { text: after[..overlap].to_owned() })
}

/// Joins words that were cut within a line: «библио- текаря», if the paper has the whole word elsewhere. Else it may be «кино- и фото-».
pub fn mend(line: &str, words: &Words) -> (String, Vec<Matter>) {
    let (mut out, mut matters) = (String::with_capacity(line.len()), Vec::new());
    for word in line.split(' ') {
        let left = out.strip_suffix('-').and_then(|stem| stem.rsplit(|c: char| !is_letter(c)).next()).unwrap_or_default().to_owned();
        let right = word.split(|c: char| !is_letter(c)).next().unwrap_or_default();
        let whole = format!("{left}{right}");
        if !left.is_empty() && word.starts_with(char::is_lowercase) && words.has(&whole) {
            out.pop();
            out.push_str(word);
            matters.push(Matter::WordJoined { left: format!("{left}-"), right: right.to_owned(), word: whole });
        } else {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    (out, matters)
}

/// Whether the line `after` goes on with the sentence of `before`.
pub fn goes_on(before: &str, after: &str) -> bool {
    after.starts_with(char::is_lowercase) && !before.ends_with([';', ':', '.', '!', '?'])
}

/// `before` ends in a hyphen.
fn join_word(before: &mut String, after: &str, words: &Words) -> Matter {
    // No word is longer, and one that a thousand rows add to is not looked through each time.
    const LONGEST: usize = 60;
    let is_of_word = |c: &char| is_letter(*c) || *c == '-';
    let mut left: Vec<char> = before.chars().rev().skip_while(|c| *c == '-').take(LONGEST).take_while(is_of_word).collect();
    left.reverse();
    let left: String = left.into_iter().collect();
    let right: String = after.chars().take(LONGEST).take_while(is_of_word).collect();
    let (whole, hyphened) = (format!("{left}{right}"), format!("{left}-{right}"));
    let keeps = match (words.has(&whole), words.has(&hyphened)) {
        (true, _) => false,
        (false, true) => true,
        // «сентябрь-октябрь»: both halves are words that the paper has. Short ones are syllables as well.
        (false, false) if left.chars().count() > 4 && right.chars().count() > 3 && words.has(&left) && words.has(&right) => true,
        (false, false) => has_own_hyphen(&left, &right),
    };
    if !keeps {
        before.pop();
    }
    before.push_str(after);
    if keeps { Matter::HyphenKept { word: hyphened } } else { Matter::WordJoined { left: format!("{left}-"), right, word: whole } }
}

/// Whether the hyphen between two halves is one of the word's own: «информационно-библиотечный», «веб-сайт», «какой-либо».
fn has_own_hyphen(left: &str, right: &str) -> bool {
    const FIRST: [&str; 22] = [
        "веб",
        "онлайн",
        "интернет",
        "медиа",
        "мастер",
        "пресс",
        "бизнес",
        "вице",
        "экс",
        "блиц",
        "арт",
        "квест",
        "видео",
        "смарт",
        "кейс",
        "мини",
        "топ",
        "кое",
        "по",
        "план",
        "выставка",
        "час",
    ];
    const LAST: [&str; 8] = ["то", "либо", "нибудь", "ка", "таки", "класс", "сайт", "график"];
    // Stems of adjectives that make the first half of a compound.
    const STEMS: [&str; 14] = ["нно", "льно", "тно", "вно", "дно", "сно", "рно", "чно", "ско", "ико", "ово", "ево", "бно", "лого"];
    const ENDINGS: [&str; 20] =
        ["ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его", "ому", "ему", "ым", "им", "ых", "их", "ую", "ыми", "ими"];
    let (left, right) = (left.to_lowercase(), right.to_lowercase());
    let is_month =
        |word: &str| (1..=12).any(|n| [Case::Nominative, Case::Genitive].iter().any(|case| month_name(n, *case, Language::Ru) == word));
    if is_month(&left) && is_month(&right) || FIRST.contains(&left.as_str()) || LAST.iter().any(|last| right == *last) {
        return true;
    }
    let long = |word: &str| word.chars().count() >= 5;
    long(&left) && long(&right) && STEMS.iter().any(|stem| left.ends_with(stem)) && ENDINGS.iter().any(|ending| right.ends_with(ending))
}

/// How many bytes of `after` say again what `before` ends with: whole words, or the end of one. Only where `after` begins in the middle of
/// a sentence: a list may name one thing twice.
fn overlap(before: &str, after: &str) -> Option<usize> {
    const SHORTEST: usize = 4;
    if !after.starts_with(char::is_lowercase) {
        return None;
    }
    // A page repeats a line or two, not a chapter: this bounds the work.
    let ends: Vec<usize> = after
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .filter(|end| !after[*end..].starts_with(is_letter_or_digit))
        .take_while(|end| *end <= 400)
        .collect();
    ends.into_iter().rev().find(|end| after[..*end].chars().count() >= SHORTEST && before.ends_with(&after[..*end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, after: &str, joined: &str) {
        let mut words = Words::default();
        words.add("школьная веб-страница, профессионального; учебно-методический");
        let mut text = before.to_owned();
        join(&mut text, after, &words);
        assert_eq!(text, joined);
    }

    #[test]
    fn cut_words_are_joined_and_hyphens_kept() {
        check("Отдел профессиональ-", "ного развития", "Отдел профессионального развития");
        check("информационно-", "библиотечного центра", "информационно-библиотечного центра");
        check("учебно-", "методический", "учебно-методический");
        check("библио-", "теки города", "библиотеки города");
        check("мето-", "дический", "методический");
        check("онлайн-", "консультаций", "онлайн-консультаций");
        check("какого-", "либо", "какого-либо");
        check("работа -", "нет", "работа - нет");
        check("2023-", "2024", "2023- 2024");
        check("сентябрь-", "октябрь 2024", "сентябрь-октябрь 2024");
    }

    #[test]
    fn words_are_mended_within_a_line() {
        let mut words = Words::default();
        words.add("школа библиотекаря, семинар");
        assert_eq!(mend("Школа библио- текаря: кино- и фото", &words).0, "Школа библиотекаря: кино- и фото");
        assert_eq!(mend("семинар- практикум", &words).0, "семинар- практикум");
    }

    #[test]
    fn what_a_page_repeats_stands_once() {
        check("Отдел развития кадров", "ного развития кадров Шагаева В.Е.", "Отдел развития кадров ного развития кадров Шагаева В.Е.");
        check(
            "Отдел профессионального развития кадров",
            "ного развития кадров Шагаева В.Е.",
            "Отдел профессионального развития кадров Шагаева В.Е.",
        );
        check("Методические материалы", "материалы", "Методические материалы");
        check("библиотечных", "работников по", "библиотечных работников по");
        check("Шагаева В.Е.", "Шагаева В.Е.", "Шагаева В.Е. Шагаева В.Е.");
    }
}
