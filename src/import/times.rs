//! Terms of a cell: one, or one for each part.

use crate::value::date::{Case, month_name};
use crate::value::language::Language;
use crate::value::timeframe::{Context, Kind, Precision, TimeFrame, Warning, read};

/// The longest text that is read as a term, in bytes.
const LONGEST: usize = 2000;

/// The term that the lines of a cell are, with its reading: on one line, or as a list if it reads only so.
pub fn whole(lines: &[String], context: &Context) -> (String, TimeFrame) {
    let plain = lines.join(" ");
    // No term is a page long.
    let frame = read(if plain.len() > LONGEST { "?" } else { &plain }, context);
    if frame.kind != Kind::Error || lines.len() < 2 || plain.len() > LONGEST {
        return (plain, frame);
    }
    for separator in [", ", "; "] {
        let text = lines.join(separator);
        let listed = read(&text, context);
        if listed.kind != Kind::Error {
            return (text, listed);
        }
    }
    (plain, frame)
}

/// The term that «5», «12–14», «2 неделя», «в течение месяца» or nothing mean below the heading `month`; `None` if it is no month, or the
/// term needs none.
pub fn of_month(printed: &str, month: &str, context: &Context) -> Option<String> {
    let is_month = |frame: &TimeFrame| frame.precision == Precision::Month && frame.kind == Kind::Window;
    let heading = month.trim().trim_end_matches('.');
    if heading.len() > 60 {
        return None;
    }
    let frame = read(heading, context);
    // «В течение года», «II квартал»: the term of rows that have none.
    if printed.is_empty() && matches!(frame.kind, Kind::Window | Kind::Ongoing) && frame.warning.is_none() {
        return Some(heading.to_owned());
    }
    if heading.contains(' ') && !heading.contains(|c: char| c.is_ascii_digit()) || !is_month(&frame) {
        return None;
    }
    if printed.is_empty() {
        return Some(heading.to_owned());
    }
    let printed = printed.trim_end_matches("числа").trim_end();
    let name = heading.split(' ').next().unwrap_or_default().to_lowercase();
    let n = (1..=12).find(|n| month_name(*n, Case::Nominative, Language::Ru) == name)?;
    let genitive = month_name(n, Case::Genitive, Language::Ru);
    let plain = printed.to_lowercase();
    let has_month = (1..=12).any(|n| plain.contains(&month_name(n, Case::Genitive, Language::Ru).chars().take(3).collect::<String>()));
    // «5», «до 25», «с 3 по 5».
    let words = plain.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let is_bare = words.into_iter().all(|word| ["до", "с", "по", "к", "и", "не", "позднее", "числа"].contains(&word));
    let needs = plain.contains("недел") || plain.contains("декад") || plain.contains("месяц") || is_bare;
    if has_month || !needs || plain.contains("ежемесяч") || plain.matches('.').count() > 1 {
        return None;
    }
    let year = heading.split_once(' ').map_or(String::new(), |(_, year)| format!(" {year}"));
    let written = if plain.contains("месяца") {
        format!("{}{year}", printed.replace("месяца", genitive))
    } else {
        format!("{} {genitive}{year}", printed.trim_end_matches('.'))
    };
    (read(&written, context).kind != Kind::Error).then_some(written)
}

/// What is wrong with a reading: with itself, or with one of its list.
pub fn warning(frame: &TimeFrame) -> Option<&Warning> {
    frame.warning.iter().chain(frame.items.iter().filter_map(|item| item.warning.as_ref())).next()
}

/// The cell as `n` terms, each of which has a reading; `None` if it is not so many.
pub fn split(lines: &[String], n: usize, context: &Context) -> Option<Vec<String>> {
    if n < 2 {
        return None;
    }
    let text = lines.join(" ");
    let by = |separator: char| text.split(separator).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    // Single words are terms if they are months: «Январь 2024» is no list.
    let words: Vec<String> = text.split_whitespace().take(n + 1).map(|word| word.trim_end_matches([',', ';']).to_owned()).collect();
    let months = words.iter().all(|word| !word.contains(|c: char| c.is_ascii_digit()) && read(word, context).precision == Precision::Month);
    // «октябрь, апрель» for two works is rather two times for both.
    let commas = if n > 2 { [by(';'), by(',')] } else { [Vec::new(), Vec::new()] };
    let [semicolons, commas] = commas;
    let ways = [
        lines.to_vec(),
        semicolons,
        commas,
        by_years(&text),
        if months && (n > 2 || !text.contains([',', ';'])) { words } else { Vec::new() },
    ];
    ways.into_iter().find(|way| way.len() == n && way.iter().all(|part| part.len() <= LONGEST && read(part, context).kind != Kind::Error))
}

/// «Октябрь 2024 Ноябрь 2024»: a term ends with its year.
fn by_years(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut is_open = false;
    for word in text.split_whitespace() {
        let is_tail = matches!(word.trim_end_matches([',', ';']), "г." | "г" | "года" | "год" | "гг.");
        match out.last_mut() {
            Some(last) if is_open || is_tail => {
                last.push(' ');
                last.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        is_open = !(digits.len() >= 4 && digits.contains("20") || is_tail);
    }
    out.iter().map(|part| part.trim_end_matches([',', ';']).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::timeframe::{Period, Tables};

    #[test]
    fn a_section_may_be_a_month() {
        let (tables, period) = (Tables::default(), Period::School(2024));
        let context = Context { period: Some(&period), tables: &tables };
        let check =
            |printed: &str, month: &str, term: Option<&str>| assert_eq!(of_month(printed, month, &context).as_deref(), term, "{printed}");
        check("5", "Сентябрь", Some("5 сентября"));
        check("12-14", "СЕНТЯБРЬ", Some("12-14 сентября"));
        check("2 неделя", "Октябрь 2024", Some("2 неделя октября 2024"));
        check("в течение месяца", "Октябрь", Some("в течение октября"));
        check("", "Октябрь", Some("Октябрь"));
        check("", "В течение года", Some("В течение года"));
        check("", "II квартал", Some("II квартал"));
        check("", "Методическая работа", None);
        check("до 25", "Январь", Some("до 25 января"));
        check("с 3 по 5", "Январь", Some("с 3 по 5 января"));
        check("до 25 числа", "Январь", Some("до 25 января"));
        check("5 октября", "Октябрь", None);
        check("05.10.2024", "Октябрь", None);
        check("5", "Методическая работа", None);
        check("в течение года", "Октябрь", None);
    }

    #[test]
    fn terms_are_counted() {
        let (tables, period) = (Tables::default(), Period::Calendar(2024));
        let context = Context { period: Some(&period), tables: &tables };
        let check = |lines: &[&str], n: usize, parts: &[&str]| {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            let found = split(&lines, n, &context).unwrap_or_default();
            assert_eq!(found, parts, "{lines:?}");
        };
        check(&["Октябрь 2024 Ноябрь 2024 Март 2024"], 3, &["Октябрь 2024", "Ноябрь 2024", "Март 2024"]);
        check(&["Октябрь", "Ноябрь"], 2, &["Октябрь", "Ноябрь"]);
        check(&["октябрь, ноябрь; март"], 3, &["октябрь", "ноябрь", "март"]);
        check(&["октябрь, ноябрь"], 2, &[]);
        check(&["октябрь, ноябрь, май"], 3, &["октябрь", "ноябрь", "май"]);
        check(&["октябрь ноябрь март"], 3, &["октябрь", "ноябрь", "март"]);
        check(&["Октябрь 2024 г. Ноябрь 2024 г."], 2, &["Октябрь 2024 г.", "Ноябрь 2024 г."]);
        check(&["Октябрь – ноябрь 2024"], 2, &[]);
        check(&["Январь 2024"], 2, &[]);
        check(&["I квартал"], 2, &[]);
    }
}
