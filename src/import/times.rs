//! Terms of a cell: one, or one for each part.

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
    let ways = [lines.to_vec(), by(';'), by(','), by_years(&text), if months { words } else { Vec::new() }];
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
        check(&["октябрь, ноябрь"], 2, &["октябрь", "ноябрь"]);
        check(&["октябрь ноябрь март"], 3, &["октябрь", "ноябрь", "март"]);
        check(&["Октябрь 2024 г. Ноябрь 2024 г."], 2, &["Октябрь 2024 г.", "Ноябрь 2024 г."]);
        check(&["Октябрь – ноябрь 2024"], 2, &[]);
        check(&["Январь 2024"], 2, &[]);
        check(&["I квартал"], 2, &[]);
    }
}
