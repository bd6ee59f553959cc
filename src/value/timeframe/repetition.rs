//! Repetitions in words: «по вторникам и четвергам», «каждую вторую среду месяца», «2 раза в год».

use super::{Per, Recurrence, by_day, part};
use crate::value::date::{Case, month_name, weekday_name};
use crate::value::language::Language;

/// How often and on which days, without the span within which.
pub(super) fn repetition(recurrence: &Recurrence, language: Language) -> String {
    let rrule = recurrence.rrule.as_deref().unwrap_or_default();
    let days: Vec<(i8, i8)> = by_day(rrule).collect();
    let month_days: Vec<&str> = part(rrule, "BYMONTHDAY").into_iter().flat_map(|days| days.split(',')).collect();
    let ru = language == Language::Ru;
    let yearly = recurrence.per == Per::Year;
    let text = if days.iter().any(|(nth, _)| *nth != 0) {
        let each = days.iter().map(|(nth, day)| if ru { nth_ru(*nth, *day) } else { nth_en(*nth, *day) });
        format!("{} {}", join(each.collect(), language), if ru { "месяца" } else { "of the month" })
    } else if !days.is_empty() {
        let each = days
            .iter()
            .map(|(_, day)| if ru { DATIVE[index(*day)].to_owned() } else { format!("{}s", weekday_name(*day, false, language)) });
        format!("{} {}", if ru { "по" } else { "on" }, join(each.collect(), language))
    } else if !month_days.is_empty() && !yearly {
        let each = month_days.iter().map(|day| if ru { format!("{day}-го") } else { day.to_string() });
        format!("{} {}", join(each.collect(), language), if ru { "числа каждого месяца" } else { "of each month" })
    } else if ru {
        often_ru(recurrence, rrule)
    } else {
        often_en(recurrence, rrule)
    };
    let months: Vec<i8> = part(rrule, "BYMONTH").into_iter().flat_map(|months| months.split(',')).filter_map(|n| n.parse().ok()).collect();
    if yearly || months.is_empty() {
        return text;
    }
    let left_out = (1..=12).filter(|month| !months.contains(month)).map(|month| month_name(month, Case::Genitive, language).to_owned());
    format!("{text}, {} {}", if ru { "кроме" } else { "except" }, join(left_out.collect(), language))
}

const DATIVE: [&str; 7] = ["понедельникам", "вторникам", "средам", "четвергам", "пятницам", "субботам", "воскресеньям"];
const ACCUSATIVE: [&str; 7] = ["понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"];

fn index(weekday: i8) -> usize {
    weekday.clamp(1, 7) as usize - 1
}

/// «каждую вторую среду»
fn nth_ru(nth: i8, weekday: i8) -> String {
    let (stem, soft) = match nth {
        1 => ("перв", false),
        2 => ("втор", false),
        3 => ("трет", true),
        4 => ("четверт", false),
        5 => ("пят", false),
        _ => ("последн", true),
    };
    let (every, ending) = match (weekday, nth, soft) {
        (3 | 5 | 6, 3, _) => ("каждую", "ью"),
        (3 | 5 | 6, _, true) => ("каждую", "юю"),
        (3 | 5 | 6, ..) => ("каждую", "ую"),
        (7, 3, _) => ("каждое", "ье"),
        (7, _, true) => ("каждое", "ее"),
        (7, ..) => ("каждое", "ое"),
        (_, 2, _) => ("каждый", "ой"),
        (_, _, true) => ("каждый", "ий"),
        _ => ("каждый", "ый"),
    };
    format!("{every} {stem}{ending} {}", ACCUSATIVE[index(weekday)])
}

fn nth_en(nth: i8, weekday: i8) -> String {
    let nth = match nth {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        _ => "last",
    };
    format!("every {nth} {}", weekday_name(weekday, false, Language::En))
}

/// The units between one time and the next, in the unit of `per`.
fn interval(recurrence: &Recurrence, rrule: &str) -> u32 {
    let step = match recurrence.per {
        Per::Quarter => 3,
        Per::HalfYear => 6,
        _ => 1,
    };
    part(rrule, "INTERVAL").and_then(|n| n.parse::<u32>().ok()).map_or(1, |n| (n / step).max(1))
}

fn often_ru(recurrence: &Recurrence, rrule: &str) -> String {
    // After «в»: one, two to four, five and more.
    let (adverb, forms) = match recurrence.per {
        Per::Day => ("ежедневно", ["день", "дня", "дней"]),
        Per::Week => ("еженедельно", ["неделю", "недели", "недель"]),
        Per::Month => ("ежемесячно", ["месяц", "месяца", "месяцев"]),
        Per::Quarter => ("ежеквартально", ["квартал", "квартала", "кварталов"]),
        Per::HalfYear => ("раз в\u{a0}полугодие", ["полугодие", "полугодия", "полугодий"]),
        Per::Year => ("ежегодно", ["год", "года", "лет"]),
    };
    let form = |n: u32| match (n % 10, n % 100) {
        (1, tens) if tens != 11 => 0,
        (2..=4, tens) if !(12..=14).contains(&tens) => 1,
        _ => 2,
    };
    match (recurrence.times, interval(recurrence, rrule)) {
        (1, 1) => adverb.to_owned(),
        (1, n) => format!("раз в\u{a0}{n}\u{a0}{}", forms[form(n)]),
        (times, _) => format!("{times}\u{a0}{} в\u{a0}{}", ["раз", "раза", "раз"][form(times)], forms[0]),
    }
}

fn often_en(recurrence: &Recurrence, rrule: &str) -> String {
    let (adverb, unit) = match recurrence.per {
        Per::Day => ("daily", "day"),
        Per::Week => ("weekly", "week"),
        Per::Month => ("monthly", "month"),
        Per::Quarter => ("quarterly", "quarter"),
        Per::HalfYear => ("once in each half-year", "half-year"),
        Per::Year => ("yearly", "year"),
    };
    match (recurrence.times, interval(recurrence, rrule)) {
        (1, 1) => adverb.to_owned(),
        (1, n) => format!("every {n} {unit}s"),
        (times, _) => format!("{times} times a {unit}"),
    }
}

/// «по вторникам, средам и четвергам»
fn join(mut parts: Vec<String>, language: Language) -> String {
    let last = parts.pop().unwrap_or_default();
    match (parts.is_empty(), language) {
        (true, _) => last,
        (false, Language::Ru) => format!("{} и\u{a0}{last}", parts.join(", ")),
        (false, Language::En) => format!("{} and {last}", parts.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Context, Period, Tables, read};
    use crate::value::language::Language;

    #[test]
    fn words() {
        let tables = Tables::default();
        let context = Context { period: Some(&Period::Calendar(2024)), tables: &tables };
        for (printed, words) in [
            ("по вт., чт.", "по вторникам и четвергам, 2024 г."),
            ("2-я среда месяца", "каждую вторую среду месяца, 2024 г."),
            ("последнее воскресенье каждого месяца", "каждое последнее воскресенье месяца, 2024 г."),
            ("третий четверг месяца", "каждый третий четверг месяца, 2024 г."),
            ("ежемесячно 15 числа", "15-го числа каждого месяца, 2024 г."),
            ("раз в две недели", "раз в 2 недели, 2024 г."),
            ("2 раза в месяц", "2 раза в месяц, 2024 г."),
            ("ежемесячно, кроме июля и августа", "ежемесячно, кроме июля и августа, 2024 г."),
            ("1 раз в квартал", "ежеквартально, 2024 г."),
            ("ежемесячно, октябрь – ноябрь", "ежемесячно, октябрь – ноябрь 2024 г."),
        ] {
            assert_eq!(read(printed, &context).words(Language::Ru).replace('\u{a0}', " "), words, "{printed}");
        }
    }
}
