//! Names of people as they are printed: in full in either order, or a surname with initials.

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

fn is_patronymic(word: &str) -> bool {
    let word = word.to_lowercase();
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
}
