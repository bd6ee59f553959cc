//! «31 апреля»: the day in a text that its month has not got, for a message that says how many it has.

use crate::value::date::{Case, Date, month_name};
use crate::value::language::Language;

/// A day that is not in the calendar.
pub struct NoSuchDay {
    /// As written, 31.
    pub day: u32,
    /// 1–12.
    pub month: i8,
    /// Where the length of the month depends on it.
    pub year: Option<i16>,
    /// How many days the month has.
    pub days: i8,
}

/// The first such day in `text`: «31 апреля», «31.04.2024», «2024-04-31».
pub fn no_such_day(text: &str) -> Option<NoSuchDay> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| word.parse::<u32>().ok();
    let year = words.iter().find(|word| word.len() == 4).and_then(|word| word.parse::<i16>().ok());
    let month_of = |word: &str| -> Option<i8> {
        let by_number = number(word).filter(|_| word.len() <= 2).and_then(|n| i8::try_from(n).ok()).filter(|n| (1..=12).contains(n));
        let lower = word.to_lowercase();
        let by_name = |month: &i8| month_name(*month, Case::Genitive, Language::Ru) == lower;
        by_number.or_else(|| (1..=12).find(by_name))
    };
    words.windows(2).enumerate().find_map(|(at, pair)| {
        // In ISO order the year stands first.
        let (day, month) = if at > 0 && words[at - 1].len() == 4 && number(words[at - 1]).is_some() && number(pair[1]).is_some() {
            (pair[1], pair[0])
        } else {
            (pair[0], pair[1])
        };
        let (day, month) = (number(day).filter(|_| day.len() <= 2)?, month_of(month)?);
        // Without a year February may have 29.
        let days = Date::new(year.unwrap_or(2024), month, 1)?.last_of_month().day();
        (day > days.unsigned_abs().into()).then_some(NoSuchDay { day, month, year: year.filter(|_| month == 2), days })
    })
}

impl NoSuchDay {
    /// What is wrong, and what may have been meant.
    pub fn wording(&self, language: Language) -> (String, String) {
        let NoSuchDay { day, month, year, days } = *self;
        let next = if month == 12 { 1 } else { month + 1 };
        match language {
            Language::Ru => {
                let of = |month, case| month_name(month, case, Language::Ru);
                let year = year.map_or_else(String::new, |year| format!(" {year} года"));
                (
                    format!(
                        "в {}{year} {days} {}, а написано {day}",
                        of(month, Case::Prepositional),
                        if days == 31 { "день" } else { "дней" }
                    ),
                    format!(
                        "Проверьте по календарю: имелось в виду {days} {} или 1 {}?",
                        of(month, Case::Genitive),
                        of(next, Case::Genitive)
                    ),
                )
            }
            Language::En => {
                let name = |month| month_name(month, Case::Nominative, Language::En);
                let year = year.map_or_else(String::new, |year| format!(" {year}"));
                (
                    format!("{}{year} has {days} days, and {day} is written", name(month)),
                    format!("Look at the calendar: is {days} {} meant, or 1 {}?", name(month), name(next)),
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_says_how_many_days_it_has() {
        let said = |text| no_such_day(text).map(|day| day.wording(Language::Ru).0);
        assert_eq!(said("31 апреля").as_deref(), Some("в апреле 30 дней, а написано 31"));
        assert_eq!(said("с 1 по 31.06.2024").as_deref(), Some("в июне 30 дней, а написано 31"));
        assert_eq!(said("2023-02-29").as_deref(), Some("в феврале 2023 года 28 дней, а написано 29"));
        assert_eq!(said("32 мая").as_deref(), Some("в мае 31 день, а написано 32"));
        assert_eq!(said("12.12.2024"), None);
        assert_eq!(said("2024-12-30"), None);
        assert_eq!(said("29 февраля"), None);
    }
}
