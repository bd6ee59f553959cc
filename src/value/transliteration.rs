//! Russian words in Latin letters, by whatever rules: names of files follow ГОСТ, passports, or the ear.

/// Whether `latin`, in any case, may be read as the Russian `word`, which is [`plain`](super::declension::plain): by the rules of
/// [`slug`](super::slug::slug), by those of passports, and by the usual others.
pub fn is_read_as(latin: &str, word: &str) -> bool {
    fits(&latin.to_ascii_lowercase(), word, None)
}

fn fits(latin: &str, word: &str, before: Option<char>) -> bool {
    let mut letters = word.chars();
    let Some(letter) = letters.next() else { return latin.is_empty() };
    let rest = letters.as_str();
    let takes = |written: &str| latin.strip_prefix(written).is_some_and(|latin| fits(latin, rest, Some(letter)));
    let as_one = || rest.strip_prefix('с').filter(|_| letter == 'к').zip(latin.strip_prefix('x'));
    let is_swallowed = letter == 'й' && matches!(before, Some('и' | 'ы')) && fits(latin, rest, Some(letter));
    readings(letter).iter().any(|written| takes(written))
        || is_swallowed
        || as_one().is_some_and(|(rest, latin)| fits(latin, rest, Some('с')))
        || readings(letter).is_empty() && latin.strip_prefix(letter).is_some_and(|latin| fits(latin, rest, Some(letter)))
}

/// How a letter is written; empty of one that is not Russian.
fn readings(letter: char) -> &'static [&'static str] {
    match letter {
        'а' => &["a"],
        'б' => &["b"],
        'в' => &["v", "w"],
        'г' => &["g"],
        'д' => &["d"],
        // In plain words it is ё as well.
        'е' => &["e", "ye", "je", "yo", "jo", "io"],
        'ж' => &["zh", "j"],
        'з' => &["z"],
        'и' => &["i", "y"],
        'й' => &["j", "y", "i"],
        'к' => &["k", "c"],
        'л' => &["l"],
        'м' => &["m"],
        'н' => &["n"],
        'о' => &["o"],
        'п' => &["p"],
        'р' => &["r"],
        'с' => &["s"],
        'т' => &["t"],
        'у' => &["u"],
        'ф' => &["f", "ph"],
        'х' => &["kh", "h", "x"],
        'ц' => &["ts", "c", "tz", "tc"],
        'ч' => &["ch", "tch"],
        'ш' => &["sh"],
        'щ' => &["shh", "shch", "sch"],
        'ъ' | 'ь' => &["", "y", "j"],
        'ы' => &["y", "i"],
        'э' => &["e", "eh"],
        'ю' => &["yu", "ju", "iu"],
        'я' => &["ya", "ja", "ia"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::declension::plain;
    use crate::value::slug::slug;

    #[test]
    fn a_name_is_known_by_any_rules() {
        for (name, written) in [
            ("Щукина", &["shhukina", "shchukina", "Schukina"][..]),
            ("Хомяковский", &["khomyakovskij", "homyakovskiy", "homjakovsky", "khomiakovskii"]),
            ("Семёнова", &["semyonova", "semenova"]),
            ("Ильина", &["ilina", "ilyina", "iljina"]),
            ("Александрова", &["aleksandrova", "alexandrova"]),
            ("Цветаева", &["tsvetaeva", "Cvetaeva"]),
            ("Smith", &["smith"]),
        ] {
            assert!(is_read_as(&slug(name), &plain(name)), "{name}");
            assert!(written.iter().all(|latin| is_read_as(latin, &plain(name))), "{name}");
        }
        assert!(!is_read_as("ivanovo", "иванова") && !is_read_as("ivanov", "иванова") && !is_read_as("ivanovas", "иванова"));
    }
}
