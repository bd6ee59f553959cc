//! The cell «Ответственный»: units and persons, each for itself.

use crate::site::names::{key, split_responsible};
use crate::value::letter::{is_capital, is_letter};
use crate::value::person::full_name;
use std::collections::HashSet;

/// The units and persons of `lines` in the order of print, and the persons that stand twice.
pub fn split(lines: &[String]) -> (Vec<String>, Vec<String>) {
    let cell: Vec<String> = lines.iter().map(|line| spaced(line)).collect();
    let (mut out, mut twice, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for text in split_responsible(&cell.join("\n")) {
        let text = evened(text.trim_matches(|c: char| matches!(c, ',' | ';' | '/') || c.is_whitespace()));
        if text.is_empty() {
            continue;
        }
        if is_person(&text) && !seen.insert(key(&text)) {
            twice.push(text);
        } else {
            out.push(text);
        }
    }
    (out, twice)
}

/// Whether `text` is the name of one person: with initials, or in full.
pub fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let initials = |word: &str| word.ends_with('.') && word.chars().all(|c| c == '.' || is_capital(c));
    let surname = |word: &str| word.starts_with(is_capital) && word.chars().all(|c| is_letter(c) || c == '-') && word.chars().count() > 2;
    match words[..] {
        [first, second] => initials(first) && surname(second) || surname(first) && initials(second),
        [first, second, third] => {
            full_name(text).is_some() && words.iter().all(|word| surname(word)) || surname(first) && initials(second) && initials(third)
        }
        _ => false,
    }
}

/// `line` with persons named in full on lines of their own, and blanks behind commas.
fn spaced(line: &str) -> String {
    let mut apart = String::with_capacity(line.len() + 8);
    for c in line.chars() {
        // «В.Е.,Антимонова»
        if is_capital(c) && apart.ends_with(',') {
            apart.push(' ');
        }
        apart.push(if c == '_' { ' ' } else { c });
    }
    in_full(&apart.split_whitespace().collect::<Vec<_>>())
}

/// The name of a person with its initials together and apart from the surname: «В.Е. Шагаева»; another text as it is.
fn evened(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for word in text.replace('.', ". ").split_whitespace() {
        if !(out.is_empty() || out.ends_with('.') && word.ends_with('.')) {
            out.push(' ');
        }
        out.push_str(word);
    }
    if is_person(&out) { out } else { text.to_owned() }
}

fn in_full(words: &[&str]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < words.len() {
        let three = words.get(at..at + 3).map(|three| three.join(" "));
        let taken = match &three {
            Some(name) if is_person(name.trim_end_matches([',', ';'])) && full_name(name.trim_end_matches([',', ';'])).is_some() => {
                out.push('\n');
                out.push_str(name);
                out.push('\n');
                3
            }
            _ => {
                out.push_str(words[at]);
                out.push(' ');
                1
            }
        };
        at += taken;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, parts: &[&str]) {
        assert_eq!(split(&[cell.to_owned()]).0, parts, "{cell}");
    }

    #[test]
    fn units_and_persons_are_told_apart() {
        check("Отдел развития кадров Шагаева В.Е. Антимонова В.В.", &["Отдел развития кадров", "Шагаева В.Е.", "Антимонова В.В."]);
        check("В.Е.Шагаева,Антимонова В. В., методисты", &["В.Е. Шагаева", "Антимонова В.В.", "методисты"]);
        check("Антимонова Вера Владимировна, методист ЦБС", &["Антимонова Вера Владимировна", "методист ЦБС"]);
        check("В. Е. Шагаева", &["В.Е. Шагаева"]);
        check("МБОУ ЦО № 22", &["МБОУ ЦО № 22"]);
        check("И.о. директора", &["И.о. директора"]);
    }

    #[test]
    fn a_person_stands_once() {
        let (parts, twice) = split(&["Антимонова В.В. Шагаева В.Е. Антимонова В.В.".to_owned()]);
        assert_eq!((parts, twice), (vec!["Антимонова В.В.".to_owned(), "Шагаева В.Е.".into()], vec!["Антимонова В.В.".to_owned()]));
    }
}
