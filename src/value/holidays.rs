//! The public holidays of Russia (Labour Code, article 112).
//!
//! Deliberately absent: the days off that the Government moves each year, which no rule tells, and regional holidays.

use super::date::Date;
use super::language::Language;

/// The name of the public holiday that `day` is, if it is one.
pub fn public_holiday(day: Date, language: Language) -> Option<&'static str> {
    let (ru, en) = match (day.month(), day.day()) {
        (1, 7) => ("Рождество Христово", "Christmas"),
        (1, 1..=8) => ("новогодние каникулы", "the New Year holidays"),
        (2, 23) => ("День защитника Отечества", "Defender of the Fatherland Day"),
        (3, 8) => ("Международный женский день", "International Women's Day"),
        (5, 1) => ("Праздник Весны и Труда", "Spring and Labour Day"),
        (5, 9) => ("День Победы", "Victory Day"),
        (6, 12) => ("День России", "Russia Day"),
        (11, 4) => ("День народного единства", "Unity Day"),
        _ => return None,
    };
    Some(match language {
        Language::Ru => ru,
        Language::En => en,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_article_112_and_no_others() {
        let days = |year| {
            let first = Date::new(year, 1, 1).unwrap();
            (0..365).map(move |n| first.add_days(n)).filter(|day| public_holiday(*day, Language::Ru).is_some())
        };
        let found: Vec<String> = days(2025).map(|day| format!("{:02}-{:02}", day.month(), day.day())).collect();
        let rest = ["02-23", "03-08", "05-01", "05-09", "06-12", "11-04"];
        assert_eq!(found[..8], ["01-01", "01-02", "01-03", "01-04", "01-05", "01-06", "01-07", "01-08"]);
        assert_eq!(found[8..], rest);
    }
}
