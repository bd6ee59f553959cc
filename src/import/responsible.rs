//! The cell «Ответственный»: units and persons, each for itself; a person with the post that stands beside the name.

use crate::site::names::{AND_OTHERS, key, person};
use crate::value::letter::{is_capital, is_letter};
use crate::value::person::full_name;
use std::collections::HashSet;

/// The units and persons of `lines` in the order of print, and the persons that stand twice. A person with a post is «Имя, должность».
pub fn split(lines: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut out, mut twice, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for segment in segments(lines) {
        for (text, is_person) in entries(&pieces(&segment)) {
            if is_person && !seen.insert(key(&person(&text).name)) {
                twice.push(text);
            } else {
                out.push(text);
            }
        }
    }
    (out, twice)
}

/// The names and the texts between them, as they are printed.
pub fn apart(line: &str) -> Vec<String> {
    let segments = segments(&[line.to_owned()]);
    let pieces = segments.iter().flat_map(|segment| pieces(segment));
    let texts = pieces.map(|piece| match piece {
        Piece::Person(name) => name,
        Piece::Text(text) => text.trim_matches(is_separator).to_owned(),
    });
    texts.filter(|text| !text.is_empty()).collect()
}

/// Whether `text` is the name of one person: with initials, or in full.
pub fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        [first, second] => is_initials(first) && is_surname(second) || is_surname(first) && is_initials(second),
        [first, second, third] => {
            full_name(text).is_some() && words.iter().all(|word| is_surname(word))
                || is_surname(first) && is_initials(second) && is_initials(third)
        }
        _ => false,
    }
}

/// The person of an entry that [`split`] made, with the post; `None` if it is a unit.
pub fn person_of(entry: &str) -> Option<(String, String)> {
    let found = person(entry);
    is_person(&found.name).then_some((found.name, found.post))
}

fn is_initials(word: &str) -> bool {
    word.ends_with('.') && word.contains(is_capital) && word.chars().all(|c| c == '.' || is_capital(c))
}

fn is_surname(word: &str) -> bool {
    word.starts_with(is_capital) && word.chars().all(|c| is_letter(c) || c == '-') && word.chars().count() > 2 && !names_post(word)
}

/// Whether `word` names a post in the singular: «Директор И.И. Иванов» is no person called Директор.
fn names_post(word: &str) -> bool {
    const WORDS: [&str; 58] = [
        "методист",
        "зав",
        "заведующий",
        "заведующая",
        "заведующего",
        "заведующей",
        "директор",
        "директора",
        "зам",
        "заместитель",
        "заместителя",
        "библиотекарь",
        "библиотекаря",
        "библиограф",
        "специалист",
        "специалиста",
        "главный",
        "ведущий",
        "старший",
        "начальник",
        "начальника",
        "руководитель",
        "руководителя",
        "учитель",
        "педагог",
        "воспитатель",
        "преподаватель",
        "председатель",
        "председателя",
        "секретарь",
        "координатор",
        "консультант",
        "куратор",
        "редактор",
        "инженер",
        "психолог",
        "логопед",
        "дефектолог",
        "тьютор",
        "модератор",
        "программист",
        "системный",
        "социальный",
        "музыкальный",
        "вожатый",
        "наставник",
        "эксперт",
        "доцент",
        "профессор",
        "ректор",
        "проректор",
        "декан",
        "глава",
        "менеджер",
        "юрист",
        "бухгалтер",
        "врио",
        "художник",
    ];
    WORDS.contains(&word.trim_matches(['.', ',', ':', '(', ')']).to_lowercase().as_str())
}

/// Whether `text` is the post of one person: «зав. отделом», «и.о. директора», not «методисты».
fn is_post(text: &str) -> bool {
    let first = text.split(|c: char| c.is_whitespace() || c == '-').next().unwrap_or_default();
    let lower = text.to_lowercase();
    names_post(first.split('.').next().unwrap_or_default()) || lower.starts_with("и.о.") || lower.starts_with("и. о.")
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '/' | ':' | '–' | '—' | '-')
}

/// A part of a cell.
enum Piece {
    Person(String),
    /// With the signs around it, which tell whose it is.
    Text(String),
}

/// The lines of the cell; a semicolon ends one too.
fn segments(lines: &[String]) -> Vec<Vec<String>> {
    lines.iter().flat_map(|line| line.split([';', '\n'])).map(words).collect()
}

/// The words of `line`: initials are one word («В.Е.») and stand apart from surnames, what follows a comma stands apart.
fn words(line: &str) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    let mut apart = String::with_capacity(line.len() + 8);
    for (n, c) in chars.iter().enumerate() {
        let before = |back: usize| n.checked_sub(back).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let next = chars.get(n + 1).copied().unwrap_or(' ');
        // «В.Е.Шагаева», «А.,методист»
        let ends_initials = before(1) == '.' && is_capital(before(2)) && !is_letter(before(3));
        if is_capital(*c) && is_letter(next) && ends_initials || is_letter(*c) && before(1) == ',' {
            apart.push(' ');
        }
        apart.push(if *c == '_' { ' ' } else { *c });
    }
    let mut words: Vec<String> = Vec::new();
    for word in apart.split_whitespace() {
        let is_initial = |word: &str| word.chars().count() == 2 && word.ends_with('.') && word.starts_with(is_capital);
        match words.last_mut() {
            // «В. Е.»
            Some(last) if is_initial(last) && is_initial(word.trim_end_matches(',')) => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words
}

fn pieces(words: &[String]) -> Vec<Piece> {
    let (mut out, mut text) = (Vec::new(), String::new());
    let mut at = 0;
    while at < words.len() {
        // Three words before two: «Иванова Анна Ивановна».
        let found = [3, 2].into_iter().find_map(|n| {
            let name = words.get(at..at + n)?.join(" ");
            let plain = name.trim_end_matches(',').to_owned();
            is_person(&plain).then_some((n, name.len() > plain.len(), plain))
        });
        let Some((taken, has_comma, name)) = found else {
            text.push_str(&words[at]);
            text.push(' ');
            at += 1;
            continue;
        };
        if !text.trim().is_empty() {
            out.push(Piece::Text(std::mem::take(&mut text)));
        }
        text.clear();
        out.push(Piece::Person(name));
        if has_comma {
            text.push_str(", ");
        }
        at += taken;
    }
    if !text.trim().is_empty() {
        out.push(Piece::Text(text));
    }
    out
}

/// The entries of a line, and whether each is a person: texts between names are posts of one of them, or stand for themselves.
fn entries(pieces: &[Piece]) -> Vec<(String, bool)> {
    let mut out: Vec<(String, bool)> = Vec::new();
    // The post that stands before a name; whether the line writes posts so.
    let (mut leading, mut is_leading) = (None::<String>, false);
    for (n, piece) in pieces.iter().enumerate() {
        let text = match piece {
            Piece::Person(name) => {
                let post = leading.take().map_or(String::new(), |post| format!(", {post}"));
                out.push((format!("{name}{post}"), true));
                continue;
            }
            Piece::Text(text) => text.trim(),
        };
        let (is_behind, is_before) = (n > 0, n + 1 < pieces.len());
        let has_dash = text.starts_with(['–', '—', '-']);
        let plain = text.trim_matches(is_separator);
        let mut parts: Vec<&str> = plain.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        // Without a sign before the next name its post may end the text.
        if is_before && !text.ends_with(',') && parts.last().is_some_and(|last| is_post(last)) {
            let is_next = !is_behind || parts.len() > 1 || text.starts_with(',') || !has_dash && is_leading;
            if is_next {
                leading = parts.pop().map(str::to_owned);
                is_leading |= !is_behind;
            }
        }
        // Behind a name stands its post.
        let mut rest: Vec<&str> = Vec::new();
        for part in parts {
            let (own, others) = and_others(part);
            let bare = own.strip_prefix('(').map_or(own, |own| own.strip_suffix(')').unwrap_or(own));
            match out.last_mut() {
                Some((name, true)) if is_behind && rest.is_empty() && own.is_empty() => name.push_str(&format!(" {others}")),
                Some((name, true)) if is_behind && rest.is_empty() && (is_post(bare) || has_dash || own.starts_with('(')) => {
                    name.push_str(&format!(", {bare}"));
                    name.push_str(if others.is_empty() { "" } else { " " });
                    name.push_str(others);
                }
                _ if part == "и" => {}
                _ => rest.push(part),
            }
        }
        if !rest.is_empty() {
            out.push((rest.join(", "), false));
        }
    }
    out
}

/// What stands before «и др.», and that.
fn and_others(text: &str) -> (&str, &str) {
    let found = AND_OTHERS.iter().map(|words| words.trim_start()).find_map(|words| {
        let own = text.strip_suffix(words)?;
        (own.is_empty() || own.ends_with(' ')).then(|| (own.trim_end(), words))
    });
    found.unwrap_or((text, ""))
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
        check("В. Е. Шагаева", &["В.Е. Шагаева"]);
        check("МБОУ ЦО № 22", &["МБОУ ЦО № 22"]);
        check("И.о. директора", &["И.о. директора"]);
        check("методисты, специалисты ЦБ", &["методисты, специалисты ЦБ"]);
        check("Иванова А.А. и Петрова Б.Б.", &["Иванова А.А.", "Петрова Б.Б."]);
    }

    #[test]
    fn a_post_stands_with_its_person() {
        check("Антимонова Вера Владимировна, методист ЦБС", &["Антимонова Вера Владимировна, методист ЦБС"]);
        check("Иванова  А. А.,методист", &["Иванова А.А., методист"]);
        check("Иванова А.А. – зав. отделом; Петрова Б.Б. – методист", &["Иванова А.А., зав. отделом", "Петрова Б.Б., методист"]);
        check("Иванова А.А., методист, Петрова Б.Б., директор", &["Иванова А.А., методист", "Петрова Б.Б., директор"]);
        check("методист Орлова Г.Г., директор Иванов И.И.", &["Орлова Г.Г., методист", "Иванов И.И., директор"]);
        check("методист Орлова Г.Г. директор Иванов И.И.", &["Орлова Г.Г., методист", "Иванов И.И., директор"]);
        check("Отдел кадров, методист Орлова Г.Г.", &["Отдел кадров", "Орлова Г.Г., методист"]);
        check("зав. МБО Иванова Анна Ивановна", &["Иванова Анна Ивановна, зав. МБО"]);
        check("Иванова А.А., руководитель ММО", &["Иванова А.А., руководитель ММО"]);
        check("Иванова А.А. (методист)", &["Иванова А.А., методист"]);
        check("Директор И.И. Иванов", &["И.И. Иванов, Директор"]);
        check("Иванова А.А., Петрова Б.Б. и др.", &["Иванова А.А.", "Петрова Б.Б. и др."]);
        check("директор, Иванова А.А.", &["директор", "Иванова А.А."]);
        assert_eq!(person_of("Петрова Б.Б. и др."), Some(("Петрова Б.Б.".into(), String::new())));
        assert_eq!(person_of("Петрова Б.Б., методист"), Some(("Петрова Б.Б.".into(), "методист".into())));
    }

    #[test]
    fn names_and_texts_stand_as_they_are_printed() {
        assert_eq!(apart("Директор И.И. Иванов"), ["Директор", "И.И. Иванов"]);
        assert_eq!(apart("И.о. директора МКУ «Центр» ____ В.Е.Шагаева"), ["И.о. директора МКУ «Центр»", "В.Е. Шагаева"]);
    }

    #[test]
    fn a_person_stands_once() {
        let (parts, twice) = split(&["Антимонова В.В. Шагаева В.Е. Антимонова В.В.".to_owned()]);
        assert_eq!((parts, twice), (vec!["Антимонова В.В.".to_owned(), "Шагаева В.Е.".into()], vec!["Антимонова В.В.".to_owned()]));
    }
}
