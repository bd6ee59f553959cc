//! Dates and years in running text.

use crate::record::day_of;
use crate::value::timeframe::Period;

/// The first day that `text` names, as it is printed: «12.01.2024», «12 января 2024».
pub fn day_in(text: &str) -> Option<String> {
    let plain: String = text.chars().map(|c| if matches!(c, '«' | '»' | '"' | '_' | '„' | '“' | '”') { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        let word = word.trim_end_matches([',', ';', '.']).trim_end_matches('г').trim_end_matches('.');
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            if word.contains('.') && day_of(word).is_some() {
                return Some(word.to_owned());
            }
            let three = words.get(at..at + 3).map(|three| three.join(" ").trim_end_matches(['.', ',', ';']).to_owned());
            if let Some(three) = three.filter(|three| day_of(three).is_some()) {
                return Some(three);
            }
        }
    }
    None
}

/// The year or span of a plan that `text` names, as a plan has it: 2024, 2024/2025, «20.04.2022 – 24.02.2023».
pub fn period_in(text: &str) -> Option<String> {
    let numbers = digits(text);
    let days: Vec<String> = text.split_whitespace().filter_map(day_in).collect();
    if let [first, last] = &days[..] {
        let span = format!("{first} – {last}");
        return Period::parse(&span).map(|_| span);
    }
    let is_year = |n: &&(usize, &str)| n.1.len() == 4 && n.1.starts_with("20");
    let (at, year) = numbers.iter().find(is_year)?;
    let first: u32 = year.parse().ok()?;
    // «2024-2025», «2024/25», «2024 – 2025»
    let behind = &text[at + 4..];
    let gap = behind.trim_start_matches([' ', '\u{a0}', '-', '–', '—', '/']);
    let has_sign = behind[..behind.len() - gap.len()].contains(['-', '–', '—', '/']);
    let second = digits(gap).into_iter().next().filter(|(at, _)| *at == 0).map(|(_, second)| second);
    let next = (first + 1).to_string();
    match second {
        Some(second) if has_sign && (second == next || second == &next[2..]) => Some(format!("{year}/{next}")),
        _ => Some((*year).to_owned()),
    }
}

/// Runs of digits with their places.
fn digits(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_ascii_digit(), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                out.push((start, &text[start..at]));
                from = None;
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_years_are_found() {
        assert_eq!(day_in("Приказ от 12.01.2024 № 02-а").as_deref(), Some("12.01.2024"));
        assert_eq!(day_in("«12» января 2024 г.").as_deref(), Some("12 января 2024"));
        assert_eq!(day_in("от 12.01.2024г. № 5").as_deref(), Some("12.01.2024"));
        assert_eq!(day_in("№ 31.02.2024"), None);
        let years = [
            ("на 2024 год", Some("2024")),
            ("на 2024-2025 учебный год", Some("2024/2025")),
            ("на 2024/25 уч. г.", Some("2024/2025")),
            ("на 2024 – 2025 учебный год", Some("2024/2025")),
            ("в 2024 году, 5 раз", Some("2024")),
            ("с 20.04.2022 по 24.02.2023", Some("20.04.2022 – 24.02.2023")),
            ("программа 2020-2030", Some("2020")),
            ("№ 22", None),
        ];
        for (text, year) in years {
            assert_eq!(period_in(text).as_deref(), year, "{text}");
        }
    }
}
