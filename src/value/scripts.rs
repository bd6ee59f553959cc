//! Letters of two scripts that look alike: «Oрганизация» with a Latin O is another word to a program, and the same to a reader.

/// Latin letters and the Cyrillic ones that look like them.
const TWINS: [(char, char); 26] = [
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('I', 'І'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('i', 'і'),
    ('k', 'к'),
    ('m', 'м'),
    ('t', 'т'),
    ('h', 'н'),
    ('b', 'в'),
];

/// The letter of the other script that looks like `c`.
pub fn twin(c: char) -> Option<char> {
    // `h` and `b` look like no Cyrillic letter until they are capitals: they serve `fold` alone.
    let pairs = &TWINS[..TWINS.len() - 2];
    pairs.iter().find_map(|(latin, cyrillic)| if *latin == c { Some(*cyrillic) } else { (*cyrillic == c).then_some(*latin) })
}

/// What all spellings of a letter have in common that a reader may take for one: its case, its script, the dots of ё.
pub fn fold(c: char) -> char {
    let lower = match c {
        'ё' | 'Ё' => 'е',
        _ => c.to_lowercase().next().unwrap_or(c),
    };
    if !lower.is_ascii() {
        return lower;
    }
    TWINS.iter().find(|(latin, _)| *latin == lower).map_or(lower, |(_, cyrillic)| *cyrillic)
}

/// `text` without the quotes of print around it, which somebody took for those that YAML knows.
pub fn bare(text: &str) -> &str {
    text.trim().trim_matches(['“', '”', '„', '«', '»', '‘', '’', '″'])
}

/// Whether a reader may take `a` for `b`.
pub fn look_alike(a: &str, b: &str) -> bool {
    a.chars().map(fold).eq(b.chars().map(fold))
}

/// The letters of `wrong` that are of the other script in `right`, each once, and whether they are Latin. `None` if there are none, or if
/// the two do not differ in that alone.
pub fn strangers(wrong: &str, right: &str) -> Option<(String, bool)> {
    if !look_alike(wrong, right) {
        return None;
    }
    let mut letters = String::new();
    for (a, b) in wrong.chars().zip(right.chars()) {
        if a.is_ascii_alphabetic() != b.is_ascii_alphabetic() && !letters.contains(a) {
            letters.push(a);
        }
    }
    let is_latin = letters.starts_with(|c: char| c.is_ascii());
    (!letters.is_empty()).then_some((letters, is_latin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_of_the_other_script_is_found() {
        assert_eq!(strangers("Oргaнизация", "Организация"), Some(("Oa".into(), true)));
        assert_eq!(strangers("titlе", "title"), Some(("е".into(), false)));
        assert_eq!(strangers("автор", "авторы"), None);
        assert_eq!(strangers("Автор", "автор"), None);
        assert!(look_alike("ПЁТР", "Петp") && look_alike("Bыставка", "выставка") && !look_alike("кот", "код"));
    }
}
