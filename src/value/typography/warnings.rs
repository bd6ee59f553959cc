//! What only the author can mend.

use super::NBSP;
use super::marks::{is_capital, is_cyrillic};
use super::tokens::{address_end, ends_token, first_word, numeric, word_start};
use super::words::{is_designation, is_numbered, is_place};
use crate::value::language::Language;
use crate::value::letter::{is_letter, is_letter_or_digit};
use crate::value::scripts;
use std::ops::Range;

/// What the author should mend, with the text to write in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypographyWarning {
    pub rule: Rule,
    /// As written.
    pub found: String,
    /// As it should be; empty where there is no telling.
    pub fix: String,
}

/// A rule that is only warned about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A number from 10 000 is grouped by three digits: `12500`.
    Grouping,
    /// The decimal mark is a comma: `4.5`.
    DecimalComma,
    /// No space behind a full stop: «фондом.Списание».
    SpaceAfterFullStop,
    /// No space behind the mark of a list: «-День».
    SpaceAfterListMark,
    /// Latin and Cyrillic letters in one word, or Cyrillic ones in a Roman numeral.
    MixedScripts,
    /// A full stop at the end of a heading.
    FullStopInHeading,
    /// A heading in capitals.
    CapitalHeading,
}

impl Rule {
    /// A stable name.
    pub fn code(self) -> &'static str {
        match self {
            Rule::Grouping => "number-grouping",
            Rule::DecimalComma => "decimal-comma",
            Rule::SpaceAfterFullStop => "space-after-full-stop",
            Rule::SpaceAfterListMark => "space-after-list-mark",
            Rule::MixedScripts => "mixed-scripts",
            Rule::FullStopInHeading => "full-stop-in-heading",
            Rule::CapitalHeading => "capital-heading",
        }
    }
}

/// What the author of running text should mend, in its order, with the bytes of `text` that it stands on.
pub fn warnings(text: &str, language: Language) -> Vec<(Range<usize>, TypographyWarning)> {
    let mut found = Vec::new();
    let mut warn = |rule, range: Range<usize>, fix: String| {
        found.push((range.clone(), TypographyWarning { rule, found: text[range].to_owned(), fix }));
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|b| WARNING_STOPS[*b as usize]) {
        let start = at + step;
        at = start + 1;
        match bytes[start] {
            b':' if text[start..].starts_with("://") => at = address_end(text, start),
            b'@' => at = address_end(text, start),
            b'0'..=b'9' => {
                at = start + numeric(&text[start..]);
                if language == Language::Ru
                    && let Some((rule, fix)) = number_warning(text, start, at)
                {
                    warn(rule, start..at, fix);
                }
            }
            b'.' if language == Language::Ru => {
                if let Some((range, fix)) = close_full_stop(text, start) {
                    warn(Rule::SpaceAfterFullStop, range, fix);
                }
            }
            b'-' => {
                let line = text[..start].trim_end_matches([' ', '\t']);
                if (line.is_empty() || line.ends_with('\n')) && text[at..].starts_with(is_capital) {
                    let word = first_word(&text[at..]);
                    warn(Rule::SpaceAfterListMark, start..at + word.len(), format!("- {word}"));
                }
            }
            // A Latin letter, or a Cyrillic one that looks like a Roman digit.
            first if first.is_ascii_alphabetic() || first == 0xD0 => {
                if first == 0xD0 && bytes.get(at) != Some(&0x86) && !is_lone_numeral(text, start) {
                    at = start + 2;
                    continue;
                }
                let word_from = text[..start].char_indices().rev().take_while(|(_, c)| is_letter(*c)).last().map_or(start, |(at, _)| at);
                let word = first_word(&text[word_from..]);
                at = (word_from + word.len()).max(at);
                // Parts of a file name or an address are not words.
                let free = ends_token(&text[word_from + word.len()..]) && !text[..word_from].ends_with(['/', '\\', '_', '.', '@']);
                if free && let Some(fix) = one_script(word, &text[word_from + word.len()..]) {
                    warn(Rule::MixedScripts, word_from..word_from + word.len(), fix);
                }
            }
            _ => {}
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

/// What the author of a heading should mend, besides [`warnings`].
pub fn heading_warnings(text: &str) -> Option<TypographyWarning> {
    let text = text.trim();
    let letters = || text.chars().filter(|c| is_letter(*c));
    // A short one may be an abbreviation.
    if letters().count() > 6 && text.contains(' ') && letters().all(char::is_uppercase) {
        let mut lower = text.to_lowercase().chars().collect::<Vec<_>>();
        if let Some(first) = lower.iter_mut().find(|c| is_letter(**c)) {
            *first = first.to_uppercase().next().unwrap_or(*first);
        }
        return Some(TypographyWarning { rule: Rule::CapitalHeading, found: text.to_owned(), fix: lower.into_iter().collect() });
    }
    let cut = text.strip_suffix('.').filter(|cut| !cut.ends_with('.'))?;
    let start = word_start(cut, 0, cut.len());
    let last = &cut[start..];
    // An abbreviation or an initial keeps its full stop.
    let short = last.contains('.') || last.chars().count() <= 3 && last.chars().all(is_letter) || last.is_empty() && start < cut.len();
    (!short).then(|| TypographyWarning { rule: Rule::FullStopInHeading, found: text.to_owned(), fix: cut.to_owned() })
}

/// The bytes at which [`warnings`] stops.
const WARNING_STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let mut i = 0;
    while i < 128 {
        let b = i as u8;
        stops[i] = b.is_ascii_alphanumeric() || matches!(b, b'.' | b':' | b'@' | b'-');
        i += 1;
    }
    // І, П, Ш, У begin with it, as do many other letters.
    stops[0xD0] = true;
    stops
};

/// A number without groups, or with a decimal point.
fn number_warning(text: &str, start: usize, end: usize) -> Option<(Rule, String)> {
    let number = &text[start..end];
    let before = text[..start].trim_end_matches([' ', NBSP]);
    let left = &before[word_start(before, 0, before.len())..];
    let close = text[..start].chars().next_back();
    if !ends_token(&text[end..])
        || close.is_some_and(|c| {
            is_letter_or_digit(c) || matches!(c, '-' | '–' | '/' | '\\' | '_' | '.' | ',' | ':' | '+' | '#' | '=' | '№' | '§')
        })
        || is_designation(left)
        || text[end..].starts_with('–')
    {
        return None;
    }
    let separate = left.trim_end_matches('.');
    if !number.contains('.') {
        // Six digits before a comma are a postcode, eight and more a code or a telephone.
        let number_of_something = matches!(separate, "ИНН" | "КПП" | "ОГРН" | "БИК" | "индекс" | "код" | "тел" | "ID")
            || number.len() == 6 && text[end..].starts_with(',');
        if !(5..=7).contains(&number.len()) || number.starts_with('0') || number_of_something {
            return None;
        }
        let mut fix = String::new();
        for (i, digit) in number.chars().enumerate() {
            if i > 0 && (number.len() - i).is_multiple_of(3) {
                fix.push(NBSP);
            }
            fix.push(digit);
        }
        return Some((Rule::Grouping, fix));
    }
    let (whole, part) = number.split_once('.')?;
    // «4.5» may be a day, a time of day or the number of a section.
    let other = part.contains('.')
        || whole.len() == 2 && part.len() == 2
        || before.is_empty()
        || before.ends_with('\n')
        || is_numbered(separate)
        || [
            "версия",
            "раздел",
            "пункт",
            "пункта",
            "пункте",
            "строка",
            "строке",
            "строки",
            "таблица",
            "рисунок",
            "глава",
            "в",
            "с",
            "до",
            "к",
        ]
        .contains(&separate)
        || part.len() == 2 && text[end..].trim_start_matches([' ', NBSP]).starts_with('ч');
    (!other).then(|| (Rule::DecimalComma, format!("{whole},{part}")))
}

/// «фондом.Списание»: the two words, and how to write them.
fn close_full_stop(text: &str, at: usize) -> Option<(Range<usize>, String)> {
    let next = first_word(&text[at + 1..]);
    let mut letters = next.chars();
    let capital = letters.next().is_some_and(is_capital) && letters.next().is_some_and(|c| is_cyrillic(c) && c.is_lowercase());
    if !capital {
        return None;
    }
    let start = word_start(text, 0, at);
    let last = &text[start..at];
    let end = at + 1 + next.len();
    let sentence = last.chars().count() > 2 && last.chars().all(|c| is_cyrillic(c) && c.is_lowercase()) && !is_place(last);
    (sentence && ends_token(&text[end..])).then(|| (start..end, format!("{last}. {next}")))
}

/// «П», «Ш», «У» alone before a word that is counted in Roman numerals.
fn is_lone_numeral(text: &str, at: usize) -> bool {
    let numeral = matches!(text.as_bytes().get(at + 1), Some(0x9F | 0xA8 | 0xA3 | 0xA5)) && !text[..at].ends_with(is_letter_or_digit);
    numeral && {
        let word = first_word(&text[at..]);
        word.chars().all(|c| roman_digit(c).is_some()) && is_counted_in_roman(&text[at + word.len()..])
    }
}

fn is_counted_in_roman(rest: &str) -> bool {
    rest.starts_with([' ', NBSP])
        && matches!(
            first_word(rest.trim_start_matches([' ', NBSP])),
            "квартал"
                | "квартала"
                | "квартале"
                | "полугодие"
                | "полугодия"
                | "полугодии"
                | "четверть"
                | "четверти"
                | "этап"
                | "этапа"
                | "век"
                | "века"
                | "веке"
                | "место"
                | "степени"
        )
}

/// The Roman digit that a letter of either script stands for.
fn roman_digit(c: char) -> Option<&'static str> {
    Some(match c {
        'I' | 'І' => "I",
        'V' | 'У' => "V",
        'X' | 'Х' => "X",
        'L' => "L",
        'C' | 'С' => "C",
        'M' | 'М' => "M",
        'П' => "II",
        'Ш' => "III",
        _ => return None,
    })
}

/// How to write a word of two scripts in one, by the script of most letters; empty if some letter has no twin. `None` if it is one already.
fn one_script(word: &str, rest: &str) -> Option<String> {
    let latin = word.chars().filter(char::is_ascii_alphabetic).count();
    let cyrillic = word.chars().filter(|c| is_cyrillic(*c)).count();
    let roman = word.chars().all(|c| roman_digit(c).is_some());
    if roman && cyrillic > 0 && (latin > 0 || word.contains('І') || is_counted_in_roman(rest)) {
        return Some(word.chars().filter_map(roman_digit).collect());
    }
    if latin == 0 || cyrillic == 0 {
        return None;
    }
    let twin = |c: char| {
        let is_stranger = if cyrillic >= latin { c.is_ascii_alphabetic() } else { is_cyrillic(c) };
        if is_stranger { scripts::twin(c) } else { Some(c) }
    };
    Some(word.chars().map(twin).collect::<Option<String>>().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::tests::texts;
    use super::*;

    #[test]
    fn a_warning_stands_on_what_it_found() {
        for text in texts() {
            for (range, warning) in warnings(&text, Language::Ru) {
                assert_eq!(text[range], warning.found);
            }
        }
    }

    #[test]
    fn what_the_author_mends() {
        let found =
            |text: &str| warnings(text, Language::Ru).into_iter().map(|(_, w)| (w.rule, w.fix.replace(NBSP, "⍽"))).collect::<Vec<_>>();
        assert_eq!(found("всего 12500 книг"), [(Rule::Grouping, "12⍽500".into())]);
        assert_eq!(found("в среднем 4.5 книги"), [(Rule::DecimalComma, "4,5".into())]);
        assert_eq!(found("работа с фондом.Списание книг"), [(Rule::SpaceAfterFullStop, "фондом. Списание".into())]);
        assert_eq!(found("-День чтения"), [(Rule::SpaceAfterListMark, "- День".into())]);
        assert_eq!(found("cловo"), [(Rule::MixedScripts, "слово".into())]);
        assert_eq!(found("в ХХІ веке"), [(Rule::MixedScripts, "XXI".into())]);
        assert_eq!(found("за П квартал"), [(Rule::MixedScripts, "II".into())]);
        for fine in [
            "2015",
            "15.05 в 10.30",
            "п. 4.5",
            "В строке 1.3 продукт",
            "1.2 Общее",
            "180000, г. Псков",
            "№ 12500",
            "IT-отдел",
            "им.Пушкина",
            "https://example.org/12345",
            "план.Тула.docx",
            "У квартиры",
            "300041",
        ] {
            assert_eq!(found(fine).len(), usize::from(fine == "300041"), "{fine}");
        }
        let heading = |text: &str| heading_warnings(text).map(|w| w.fix);
        assert_eq!(heading("Общие положения.").as_deref(), Some("Общие положения"));
        assert_eq!(heading("ОБЩИЕ ПОЛОЖЕНИЯ").as_deref(), Some("Общие положения"));
        for fine in ["План на 2015 г.", "Шагаева В. Е.", "ЦБС", "И так далее…", "Да?"] {
            assert_eq!(heading(fine), None, "{fine}");
        }
    }
}
