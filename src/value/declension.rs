//! Case forms of Russian names: enough to find a person in running text. The rules are those of a school grammar, without accents and
//! exceptions; where two readings are possible, both stand. Forms that nobody writes do no harm: they are looked for and not found.

use std::collections::BTreeSet;

/// Whether a name is a woman's or a man's: the surnames of both end alike, and their cases do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    Female,
    Male,
}

/// In lower case and with ё as е: how names are compared.
pub fn plain(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).filter(|c| *c != '\u{ad}').map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

/// The gender that a patronymic tells.
pub fn gender_of(patronymic: &str) -> Option<Gender> {
    let word = plain(patronymic);
    match () {
        () if word.ends_with("вна") || word.ends_with("чна") || word.ends_with("кызы") => Some(Gender::Female),
        () if word.ends_with("ич") || word.ends_with("оглы") => Some(Gender::Male),
        () => None,
    }
}

/// All forms of a surname, given name or patronymic, [`plain`]. A word whose gender is not known has the forms of both; of a surname with
/// a hyphen each part is declined, or only the last.
pub fn forms(word: &str, gender: Option<Gender>) -> BTreeSet<String> {
    let word = plain(word);
    let genders: &[Gender] = match gender {
        Some(Gender::Female) => &[Gender::Female],
        Some(Gender::Male) => &[Gender::Male],
        None => &[Gender::Female, Gender::Male],
    };
    let mut out = BTreeSet::new();
    for gender in genders {
        let mut whole: Vec<String> = vec![String::new()];
        for part in word.split('-') {
            let mut own = of_part(part, *gender);
            own.insert(part.to_owned());
            let joined = |before: &String| -> Vec<String> {
                let dash = if before.is_empty() { "" } else { "-" };
                own.iter().map(|form| format!("{before}{dash}{form}")).collect()
            };
            whole = whole.iter().flat_map(joined).collect();
        }
        out.extend(whole);
    }
    out
}

fn of_part(word: &str, gender: Gender) -> BTreeSet<String> {
    let mut out = BTreeSet::from([word.to_owned()]);
    let mut add = |stem: &str, endings: &[&str]| out.extend(endings.iter().map(|ending| format!("{stem}{ending}")));
    match word {
        "павел" => add("павл", &["а", "у", "ом", "е"]),
        "лев" => add("льв", &["а", "у", "ом", "е"]),
        "любовь" => add("любов", &["и", "ью"]),
        "петр" => add("петр", &["а", "у", "ом", "е"]),
        _ => {}
    }
    let is_family = ["ов", "ев", "ин", "ын"].iter().any(|end| word.ends_with(end));
    let is_family_of_hers = ["ова", "ева", "ина", "ына"].iter().any(|end| word.ends_with(end));
    if let (Some(stem), Gender::Female) = (word.strip_suffix("ая"), gender) {
        add(stem, &["ой", "ую", "ою", "ей", "ею"]);
    } else if let (Some(stem), Gender::Female) = (word.strip_suffix("яя"), gender) {
        add(stem, &["ей", "юю", "ею"]);
    } else if let Some(stem) = word.strip_suffix('а') {
        // «Иванова» of her; «Ирина» and «Глоба», whoever bears them.
        add(stem, &["у", "ой", "ою"]);
        if is_family_of_hers {
            add(stem, &["ы", "е", "ых", "ым", "ыми"]);
        } else {
            add(stem, &["ы", "и", "е", "ей", "ею"]);
        }
    } else if let Some(stem) = word.strip_suffix('я') {
        add(stem, &["и", "е", "ю", "ей", "ею"]);
    } else if gender == Gender::Male {
        if is_family {
            add(word, &["а", "у", "ым", "ом", "е", "ы", "ых", "ыми"]);
        } else if let Some(stem) = word.strip_suffix("ий") {
            add(stem, &["ого", "его", "ому", "ему", "им", "ом", "ем", "ие", "их", "ия", "ию", "ием", "ии"]);
        } else if let Some(stem) = word.strip_suffix("ый").or_else(|| word.strip_suffix("ой")) {
            add(stem, &["ого", "ому", "ым", "им", "ом", "ые", "ых"]);
        } else if let Some(stem) = word.strip_suffix("ей") {
            add(stem, &["ея", "ею", "еем", "ее", "ья", "ью", "ьем", "ье"]);
        } else if let Some(stem) = word.strip_suffix('й').or_else(|| word.strip_suffix('ь')) {
            add(stem, &["я", "ю", "ем", "е"]);
        } else if word.ends_with(|c: char| !"аеиоуыэюя".contains(c)) {
            add(word, &["а", "у", "ом", "ем", "е"]);
            // A vowel that flees: «Кравец, Кравца», «Бобок, Бобка».
            for (end, short) in [("ец", "ц"), ("ок", "к"), ("ек", "к")] {
                if let Some(stem) = word.strip_suffix(end) {
                    add(&format!("{stem}{short}"), &["а", "у", "ом", "ем", "е"]);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, gender: Option<Gender>, wanted: &str) {
        let forms = forms(word, gender);
        for form in wanted.split_whitespace() {
            assert!(forms.contains(&plain(form)), "{word}: {form} is not among {forms:?}");
        }
    }

    #[test]
    fn names_are_declined() {
        let (hers, his) = (Some(Gender::Female), Some(Gender::Male));
        check("Иванова", hers, "Иванова Ивановой Иванову Ивановою");
        check("Кармановская", hers, "Кармановской Кармановскую Кармановскою");
        check("Толстая", hers, "Толстой Толстую");
        check("Глоба", hers, "Глобы Глобе Глобу Глобой");
        check("Береза", hers, "Берёзы Берёзе Берёзой");
        check("Зоря", his, "Зори Зоре Зорю Зорей");
        check("Иванов", his, "Иванова Иванову Ивановым Иванове");
        check("Пушкин", his, "Пушкина Пушкину Пушкиным");
        check("Соловьёв", his, "Соловьева Соловьёву Соловьёвым");
        check("Достоевский", his, "Достоевского Достоевскому Достоевским Достоевском");
        check("Толстой", his, "Толстого Толстому Толстым");
        check("Белый", his, "Белого Белому Белым");
        check("Горький", his, "Горького Горькому Горьким");
        check("Трач", his, "Трача Трачу Трачем Траче");
        check("Коваль", his, "Коваля Ковалю Ковалем");
        check("Кравец", his, "Кравца Кравцу Кравцом");
        check("Соловей", his, "Соловья Соловью");
        check("Бугай", his, "Бугая Бугаю Бугаем");
        check("Римский-Корсаков", his, "Римского-Корсакова Римскому-Корсакову Римским-Корсаковым");
        check("Петрова-Водкина", hers, "Петровой-Водкиной Петрову-Водкину");
        check("Шевченко", None, "Шевченко");
        check("Мария", hers, "Марии Марию Марией");
        check("Ольга", hers, "Ольги Ольге Ольгу Ольгой");
        check("Любовь", hers, "Любови Любовью");
        check("Дмитрий", his, "Дмитрия Дмитрию Дмитрием Дмитрии");
        check("Игорь", his, "Игоря Игорю Игорем");
        check("Павел", his, "Павла Павлу Павлом");
        check("Пётр", his, "Петра Петру Петром");
        check("Илья", his, "Ильи Илье Илью Ильёй");
        check("Никита", his, "Никиты Никите Никиту Никитой");
        check("Петровна", hers, "Петровны Петровне Петровну Петровной");
        check("Ильинична", hers, "Ильиничны Ильиничне");
        check("Васильевич", his, "Васильевича Васильевичу Васильевичем");
    }

    #[test]
    fn what_does_not_decline_stays() {
        assert_eq!(forms("Трач", Some(Gender::Female)), BTreeSet::from(["трач".to_owned()]));
        assert_eq!(forms("Черных", Some(Gender::Female)), BTreeSet::from(["черных".to_owned()]));
    }
}
