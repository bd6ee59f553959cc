//! How a spreadsheet shows its numbers (ECMA-376-1, 18.8.30–31): days and times are numbers too.

use super::paper::Remark;
use crate::value::date::{Case, Date, month_name};
use crate::value::language::Language;

/// The day from which a workbook counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Epoch {
    Y1900,
    Y1904,
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    #[default]
    Number,
    Percent,
    Date {
        day: bool,
        month: bool,
        year: bool,
        time: bool,
    },
}

/// The formats that no workbook writes down (18.8.30).
pub fn built_in(id: usize) -> &'static str {
    match id {
        9 | 10 => "0%",
        14 => "dd.mm.yyyy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18..=21 => "h:mm",
        22 => "dd.mm.yyyy h:mm",
        45..=47 => "mm:ss",
        _ => "",
    }
}

/// What of a number the format `code` shows: texts in quotes, conditions and colours in brackets and escaped letters say nothing.
pub fn shown(code: &str) -> Shown {
    let mut letters = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => drop(chars.by_ref().find(|c| *c == '"')),
            '[' => drop(chars.by_ref().find(|c| *c == ']')),
            '\\' | '_' | '*' => drop(chars.next()),
            ';' => break,
            c => letters.extend(c.to_lowercase()),
        }
    }
    let has = |signs: &[char]| letters.contains(signs);
    let time = has(&['h', 's', 'ч', 'с']);
    let (day, year) = (has(&['d', 'д']), has(&['y', 'г']));
    // Beside hours `m` is a minute.
    let month = has(&['m', 'м']) && (!time || day || year);
    match day || month || year || time {
        true => Shown::Date { day, month, year, time },
        false if letters.contains('%') => Shown::Percent,
        false => Shown::Number,
    }
}

/// A number as the cell shows it, and what it was.
pub fn number_text(number: f64, shown: Shown, epoch: Epoch) -> (String, Option<Remark>) {
    let plain = || (format!("{number}"), Some(Remark::Number));
    match shown {
        Shown::Number => plain(),
        Shown::Percent => (format!("{}%", (number * 1e4).round() / 1e2), None),
        Shown::Date { day, month, year, time } => {
            let clock = || {
                let minutes = (number.fract().abs() * 1440.0).round() as u32;
                format!("{}:{:02}", minutes / 60 % 24, minutes % 60)
            };
            // Of a time alone the day is the first or none.
            if !(day || month || year) || number < 1.0 {
                return (clock(), None);
            }
            let Some(date) = day_of(number, epoch) else { return plain() };
            let name = |case| month_name(date.month(), case, Language::Ru);
            let text = match (day, month, year) {
                (true, _, true) => crate::value::date::numeric(date),
                (true, _, false) => format!("{} {}", date.day(), name(Case::Genitive)),
                (false, true, true) => format!("{} {}", name(Case::Nominative), date.year()),
                (false, true, false) => name(Case::Nominative).to_owned(),
                (false, false, _) => date.year().to_string(),
            };
            let text = if time && day && number.fract() != 0.0 { format!("{text} {}", clock()) } else { text };
            (text, Some(Remark::Day { day: date.day(), month: date.month() }))
        }
    }
}

/// The day that a serial number means. Excel thinks that 1900 was a leap year.
fn day_of(serial: f64, epoch: Epoch) -> Option<Date> {
    const LAST: f64 = 109_940.0;
    if !(1.0..LAST).contains(&serial) {
        return None;
    }
    let days = serial.floor() as i64;
    Some(match epoch {
        Epoch::Y1904 => Date::new(1904, 1, 1)?.add_days(days),
        Epoch::Y1900 => Date::new(1900, 1, 1)?.add_days(if days < 60 { days - 1 } else { days - 2 }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: f64, format: &str, text: &str) {
        assert_eq!(number_text(number, shown(format), Epoch::Y1900).0, text, "{number} {format}");
    }

    #[test]
    fn numbers_are_read_as_they_are_shown() {
        check(1.1, "", "1.1");
        check(2.0, "General", "2");
        check(0.5, "0%", "50%");
        check(45580.0, "dd.mm.yyyy", "15.10.2024");
        check(45580.4375, "dd/mm/yy\\ h:mm;@", "15.10.2024 10:30");
        check(45566.0, "mmm-yy", "октябрь 2024");
        check(45566.0, "[$-419]mmmm\\ yyyy;@", "октябрь 2024");
        check(45580.0, "d\\ mmmm", "15 октября");
        check(0.4375, "h:mm", "10:30");
        check(0.4375, "dd.mm.yyyy", "10:30");
        check(1.0, "dd.mm.yyyy", "01.01.1900");
        check(1e9, "dd.mm.yyyy", "1000000000");
        check(5.0, "0\" мая\"", "5");
    }
}
