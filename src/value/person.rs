//! Names of people as they are printed: in full in either order, or a surname with initials.

use std::borrow::Cow;

/// Surname, given name and patronymic, if `name` is three words of which one is a patronymic, in either order.
pub fn full_name(name: &str) -> Option<[&str; 3]> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let [a, b, c] = words[..] else { return None };
    if is_patronymic(c) {
        Some([a, b, c])
    } else if is_patronymic(b) {
        Some([c, a, b])
    } else {
        None
    }
}

/// The name with the surname first, as indexes have it: «В. Е. Шагаева», «Вера Егоровна Шагаева» → «Шагаева …».
/// A name of two words is taken as it stands: nothing tells «Вера Шагаева» from «Шагаева Вера».
pub fn surname_first(name: &str) -> String {
    if let Some([surname, given, patronymic]) = full_name(name) {
        return format!("{surname} {given} {patronymic}");
    }
    let apart = name.replace('.', ". ");
    let words: Vec<&str> = apart.split_whitespace().collect();
    let initial = |word: &str| word.ends_with('.');
    match words.split_last() {
        Some((last, rest)) if !initial(last) && rest.first().is_some_and(|first| initial(first)) => format!("{last} {}", rest.join(" ")),
        _ => words.join(" "),
    }
}

/// The surname, and the given names or initials, as references part them: «Вера Егоровна Шагаева», «Шагаева В.Е.» → («Шагаева», «Вера
/// Егоровна»), («Шагаева», «В. Е.»). Of two words the first is the given name, as content has it, unless only it ends like a surname. `None`
/// for what is not plainly a name of this make.
pub fn name_apart(name: &str) -> Option<(String, String)> {
    if let Some([surname, given, patronymic]) = full_name(name) {
        return is_capital_word(surname).then(|| (surname.to_owned(), format!("{given} {patronymic}")));
    }
    let apart = name.replace('.', ". ");
    let words: Vec<&str> = apart.split_whitespace().collect();
    let initial = |word: &&str| word.ends_with('.') && word.chars().count() == 2;
    match &words[..] {
        [surname, given @ ..] if !given.is_empty() && is_capital_word(surname) && given.iter().all(initial) => {
            Some(((*surname).to_owned(), given.join(" ")))
        }
        [given @ .., surname] if !given.is_empty() && is_capital_word(surname) && given.iter().all(initial) => {
            Some(((*surname).to_owned(), given.join(" ")))
        }
        [a, b] if is_capital_word(a) && is_capital_word(b) => {
            let (surname, given) = if ends_like_surname(a) && !ends_like_surname(b) { (a, b) } else { (b, a) };
            Some(((*surname).to_owned(), (*given).to_owned()))
        }
        _ => None,
    }
}

/// Whether every word begins with a capital, as in a name and not in a post.
pub fn reads_as_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.clone().count() > 1 && words.all(is_capital_word)
}

fn is_capital_word(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''))
        && word.chars().any(char::is_lowercase)
}

fn ends_like_surname(word: &str) -> bool {
    let word = with_small_end(word);
    ["ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ын", "ына", "ский", "ская", "цкий", "цкая", "енко", "ук", "юк", "ых", "их"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// `word` with its last letters, by which names are told apart, in lower case.
fn with_small_end(word: &str) -> Cow<'_, str> {
    match word.chars().rev().take(6).any(char::is_uppercase) {
        true => word.to_lowercase().into(),
        false => word.into(),
    }
}

fn is_patronymic(word: &str) -> bool {
    let word = with_small_end(word);
    ["вна", "ична", "инична", "вич", "ьич", "мич", "оглы", "кызы"].iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::collation::sort_key;

    #[test]
    fn people_stand_by_surname() {
        let mut people = ["Яр А. Б.", "Вера Егоровна Шагаева", "А. С. Ёлкин", "Ель Б. В.", "Арба Анна Петровна"];
        people.sort_by_key(|name| sort_key(&surname_first(name)));
        assert_eq!(people, ["Арба Анна Петровна", "А. С. Ёлкин", "Ель Б. В.", "Вера Егоровна Шагаева", "Яр А. Б."]);
        assert_eq!(surname_first("В.Е.Шагаева"), "Шагаева В. Е.");
        assert_eq!(surname_first("Шагаева\u{a0}В.Е."), "Шагаева В. Е.");
        assert_eq!(surname_first("Вера Шагаева"), "Вера Шагаева");
    }

    #[test]
    fn names_are_parted_for_references() {
        for (name, surname, given) in [
            ("Вера Егоровна Шагаева", "Шагаева", "Вера Егоровна"),
            ("Шагаева Вера Егоровна", "Шагаева", "Вера Егоровна"),
            ("В.Е.Шагаева", "Шагаева", "В. Е."),
            ("Шагаева В. Е.", "Шагаева", "В. Е."),
            ("Вера Шагаева", "Шагаева", "Вера"),
            ("Шагаева Вера", "Шагаева", "Вера"),
            ("Марина Иванова", "Иванова", "Марина"),
            ("Anna Smith-Jones", "Smith-Jones", "Anna"),
        ] {
            assert_eq!(name_apart(name), Some((surname.into(), given.into())), "{name}");
        }
        for other in ["методист", "старший методист", "Заведующая отделом", "МБОУ «ЦО № 22»", "Ким Чен Ын", "Районная библиотека"]
        {
            assert_eq!(name_apart(other), None, "{other}");
        }
        assert!(reads_as_name("Ким Чен Ын") && !reads_as_name("Заведующая отделом") && !reads_as_name("Методист"));
    }
}
