//! Time frames in words: the normal wording of a reading, and what is doubtful about it.

use super::repetition::repetition;
use super::{Kind, Per, Precision, TimeFrame, Warning};
use crate::value::date::{self, Case, Date, day, month, month_name, span, span_aloud, weekday_name};
use crate::value::language::Language;

/// Why a string has no reading or a doubtful one, and what to write instead.
pub fn wording(warning: &Warning, language: Language) -> (String, String) {
    let ru = language == Language::Ru;
    let (message, hint) = match warning {
        Warning::TwoDigitYear if ru => ("год из двух цифр", "Напишите год полностью: «18.03.2015»."),
        Warning::TwoDigitYear => ("a year of two digits", "Write the year in full."),
        Warning::NeedsYear if ru => ("непонятно, какого года", "Добавьте год: «15 мая 2024 г.» — или укажите «год: …» в плане."),
        Warning::NeedsYear => ("no year is named", "Add the year, or `year: …` to the plan."),
        Warning::NoSuchDate if ru => {
            ("такого дня нет в календаре", "Проверьте число и месяц: в апреле, июне, сентябре и ноябре 30 дней, в феврале 28 или 29.")
        }
        Warning::NoSuchDate => ("the calendar has no such day", "Check the day and the month."),
        Warning::EndBeforeStart if ru => ("конец раньше начала", "Проверьте годы: «октябрь 2024 – май 2025»."),
        Warning::EndBeforeStart => ("the end is before the start", "Check the years."),
        Warning::OutsidePlan if ru => ("выходит за пределы плана", "Если это не ошибка, ничего менять не нужно; иначе проверьте год."),
        Warning::OutsidePlan => ("lies outside the plan", "If that is meant, leave it; else check the year."),
        Warning::WeekdayMismatch(weekday) => {
            let name = weekday_name(*weekday, false, language);
            return if ru {
                (format!("это {name}, а в тексте другой день недели"), "Исправьте число или день недели.".into())
            } else {
                (format!("that day is a {name}"), "Mend the day or the weekday.".into())
            };
        }
        Warning::NeedsSchoolTerms if ru => (
            "сайту неизвестны учебные четверти",
            "Перечислите их в content/site.yaml: «четверти: [{название: I четверть, начало: 2024-09-02, конец: 2024-10-27}, …]».",
        ),
        Warning::NeedsSchoolTerms => ("the site does not know the school terms", "List them in content/site.yaml under `school_terms`."),
        Warning::NeedsHolidays if ru => (
            "сайту неизвестны сроки этих каникул",
            "Перечислите их в content/site.yaml: «каникулы: [{название: осенние каникулы, начало: 2024-10-28, конец: 2024-11-04}]».",
        ),
        Warning::NeedsHolidays => ("the site does not know these holidays", "List them in content/site.yaml under `school_holidays`."),
        Warning::NeedsObservances if ru => (
            "сайту неизвестно, когда этот день",
            "Добавьте его в content/observances.yaml: «- {name: Общероссийский день библиотек, date: 05-27}».",
        ),
        Warning::NeedsObservances => {
            ("the site does not know when that day is", "Add it to content/observances.yaml: `- {name: …, date: 05-27}`.")
        }
        Warning::AmbiguousSeason if ru => {
            ("на этот год приходятся две зимы", "Напишите месяцы: «декабрь 2023 – февраль 2024» или «декабрь 2024».")
        }
        Warning::AmbiguousSeason => ("two winters touch this year", "Write the months: `декабрь 2023 – февраль 2024`."),
        Warning::AmbiguousAugust if ru => {
            ("август понят как конец учебного года", "Если имелся в виду август перед учебным годом, добавьте год.")
        }
        Warning::AmbiguousAugust => ("August is read as the end of the school year", "If the one before it is meant, add the year."),
        Warning::NotUnderstood(text) => {
            let text = text.trim();
            return match (ru, text.is_empty()) {
                (true, true) => ("срок пуст".into(), "Напишите, когда: «октябрь 2024», «до 15 мая», «в течение года», «по согласованию».".into()),
                (true, false) => (
                    format!("непонятно «{text}»"),
                    "Напишите проще: «18 марта 2015 г.», «Октябрь – ноябрь 2024», «до 15 мая», «II квартал», «еженедельно, по вторникам», «в течение года».".into(),
                ),
                (false, true) => ("the time frame is empty".into(), "Write when.".into()),
                (false, false) => (format!("“{text}” is not understood"), "Write a day, a month, a quarter, `до 15 мая`, `в течение года`.".into()),
            };
        }
    };
    (message.to_owned(), hint.to_owned())
}

impl TimeFrame {
    /// The reading in normal words: «октябрь – ноябрь 2024 г.», «до 15 мая 2024 г. включительно», «в течение 2024 года». The printed
    /// string where the reading has no dates.
    pub fn words(&self, language: Language) -> String {
        let ru = language == Language::Ru;
        let text = match (self.kind, self.start, self.end) {
            (Kind::List, ..) => {
                let mut items: Vec<&TimeFrame> = self.items.iter().collect();
                items.sort_by_key(|item| item.start);
                items.iter().map(|item| item.words(language)).collect::<Vec<_>>().join("; ")
            }
            (Kind::Deadline, _, Some(end)) if ru => format!("до\u{a0}{} включительно", day(end, language)),
            (Kind::Deadline, _, Some(end)) => format!("by {} (included)", day(end, language)),
            (Kind::Window, Some(start), None) if ru => format!("с\u{a0}{}", day(start, language)),
            (Kind::Window, Some(start), None) => format!("from {}", day(start, language)),
            (Kind::Exact, Some(start), Some(end)) => span(start, end, language),
            (Kind::Ongoing, Some(start), Some(end)) => ongoing(self.precision, start, end, language),
            (Kind::Window, Some(start), Some(end)) => window(self.precision, start, end, language),
            (Kind::Recurring, Some(start), Some(end)) => match &self.recurrence {
                Some(recurrence) => format!("{}, {}", repetition(recurrence, language), within(start, end, language)),
                None => self.printed.to_string(),
            },
            _ => self.printed.to_string(),
        };
        match self.time {
            Some(time) => format!("{text}, {}", time.words()),
            None => text,
        }
    }

    /// The same for being read aloud, where it differs: «с 5 по 7 мая 2024 г.»
    pub fn aloud(&self, language: Language) -> Option<String> {
        match (self.kind, self.start, self.end) {
            (Kind::Exact, Some(start), Some(end)) if start != end => Some(span_aloud(start, end, language)),
            _ => None,
        }
    }
}

/// The span within which something repeats.
fn within(start: Date, end: Date, language: Language) -> String {
    let whole = start == start.first_of_month() && end == end.last_of_month();
    match (whole, start.month(), end.month()) {
        (true, 1, 12) if start.year() == end.year() && language == Language::Ru => format!("{}\u{a0}г.", start.year()),
        (true, 1, 12) if start.year() == end.year() => start.year().to_string(),
        (true, ..) => date::months(start, end, Case::Nominative, language),
        _ => span(start, end, language),
    }
}

fn window(precision: Precision, start: Date, end: Date, language: Language) -> String {
    let ru = language == Language::Ru;
    let year = start.year();
    let whole = start == start.first_of_month() && end == end.last_of_month();
    let months = || date::months(start, end, Case::Nominative, language);
    // On one of the days; the days alone would be each of them.
    let days = || {
        let days = span(start, end, language);
        if ru { format!("в\u{a0}один из дней {days}") } else { format!("on one of the days {days}") }
    };
    match precision {
        // A quarter of the school year is not one of the calendar.
        Precision::Quarter if !whole => days(),
        Precision::Quarter if start.month() % 3 == 1 && end == start.add_days(80).last_of_month() => {
            let quarter = ["I", "II", "III", "IV"][((start.month() - 1) / 3) as usize];
            if ru { format!("{quarter}\u{a0}квартал {year}\u{a0}г.") } else { format!("{quarter} quarter of {year}") }
        }
        Precision::HalfYear if ru && whole && year == end.year() => match (start.month(), end.month()) {
            (1, 6) => format!("I\u{a0}полугодие {year}\u{a0}г."),
            (7, 12) => format!("II\u{a0}полугодие {year}\u{a0}г."),
            (9, 12) => format!("I\u{a0}полугодие {year}/{} учебного года", year + 1),
            (1, 5) => format!("II\u{a0}полугодие {}/{year} учебного года", year - 1),
            _ => months(),
        },
        Precision::Month | Precision::Season | Precision::HalfYear | Precision::Quarter if whole => months(),
        _ => days(),
    }
}

fn ongoing(precision: Precision, start: Date, end: Date, language: Language) -> String {
    let ru = language == Language::Ru;
    let whole = start == start.first_of_month() && end == end.last_of_month();
    match precision {
        Precision::Year if start.year() == end.year() && ru => format!("в\u{a0}течение {} года", start.year()),
        Precision::Year if start.year() == end.year() => format!("throughout {}", start.year()),
        Precision::Year if ru => format!("{}–{}\u{a0}гг.", start.year(), end.year()),
        Precision::Year => format!("{}–{}", start.year(), end.year()),
        Precision::AcademicYear if ru => format!("{}/{} учебный год", start.year(), end.year()),
        Precision::AcademicYear => format!("school year {}/{}", start.year(), end.year()),
        _ if whole && precision >= Precision::Month => {
            let months = date::months(start, end, Case::Genitive, language);
            if ru { format!("в\u{a0}течение {months}") } else { format!("throughout {months}") }
        }
        _ if ru => format!("в\u{a0}период {}", span(start, end, language)),
        _ => format!("throughout {}", span(start, end, language)),
    }
}

/// How a frame was understood, in several lines: for an editor who asks.
pub fn explain(frame: &TimeFrame, language: Language) -> String {
    let ru = language == Language::Ru;
    let mut lines = Vec::new();
    let mut line = |label_ru: &str, label_en: &str, value: String| lines.push(format!("{}: {value}", if ru { label_ru } else { label_en }));
    line("Напечатано", "Printed", format!("«{}»", frame.printed));
    if frame.kind == Kind::Error {
        let (message, hint) = frame.warning.as_ref().map(|w| wording(w, language)).unwrap_or_default();
        line("Не понято", "Not understood", message);
        line("Что сделать", "What to do", hint);
        return lines.join("\n");
    }
    line("Понято как", "Read as", kind_words(frame.kind, language).to_owned());
    if let Some(start) = frame.start.filter(|_| frame.kind != Kind::List) {
        line("С", "From", format!("{} ({start})", date::day_with_weekday(start, language)));
    }
    if let Some(end) = frame.end.filter(|_| frame.kind != Kind::List) {
        line("По", "To", format!("{} ({end}){}", date::day_with_weekday(end, language), if ru { ", включительно" } else { ", included" }));
    }
    if !matches!(frame.precision, Precision::None | Precision::Error) {
        line("Точность", "Precision", precision_words(frame.precision, language).to_owned());
    }
    if let Some(time) = frame.time {
        line("Время", "Hours", time.words());
    }
    for (index, item) in frame.items.iter().enumerate() {
        line(
            &format!("  {}", index + 1),
            &format!("  {}", index + 1),
            format!("{} — {}", kind_words(item.kind, language), item.words(language)),
        );
    }
    if let Some(recurrence) = &frame.recurrence {
        let per = per_words(recurrence.per, language);
        line("Повторяется", "Repeats", format!("{} × {per}", recurrence.times));
        let first: Vec<String> = frame.days(3).iter().map(|d| d.to_string()).collect();
        if !first.is_empty() {
            line("Первые дни", "First days", first.join(", "));
        }
    }
    if frame.approximate {
        line("Оговорка", "Note", if ru { "примерно" } else { "approximate" }.into());
    }
    if frame.confirm {
        line("Оговорка", "Note", if ru { "требует согласования" } else { "to be confirmed" }.into());
    }
    line("В календаре", "In the calendar", place_words(frame, language).to_owned());
    if let Some(warning) = &frame.warning {
        let (message, hint) = wording(warning, language);
        line("Сомнение", "Doubt", format!("{message}. {hint}"));
    }
    lines.join("\n")
}

fn kind_words(kind: Kind, language: Language) -> &'static str {
    let (ru, en) = match kind {
        Kind::Exact => ("точные дни", "exact days"),
        Kind::Window => ("один раз в пределах срока", "once within a window"),
        Kind::Ongoing => ("всё это время", "all the time"),
        Kind::Deadline => ("крайний срок", "a deadline"),
        Kind::Recurring => ("повторяется", "recurring"),
        Kind::List => ("несколько сроков", "several"),
        Kind::OnDemand => ("по запросу, без даты", "on request, no date"),
        Kind::External => ("по другому графику, без даты", "by another schedule, no date"),
        Kind::Tbd => ("дата будет объявлена", "to be announced"),
        Kind::Error => ("не понято", "not understood"),
    };
    if language == Language::Ru { ru } else { en }
}

fn precision_words(precision: Precision, language: Language) -> &'static str {
    let (ru, en) = match precision {
        Precision::Day => ("день", "day"),
        Precision::TenDays => ("декада", "ten days"),
        Precision::HalfMonth => ("половина месяца", "half a month"),
        Precision::Week => ("неделя", "week"),
        Precision::Month => ("месяц", "month"),
        Precision::Quarter => ("квартал", "quarter"),
        Precision::HalfYear => ("полугодие", "half-year"),
        Precision::Season => ("время года", "season"),
        Precision::Year => ("год", "year"),
        Precision::AcademicYear => ("учебный год", "school year"),
        Precision::None | Precision::Error => ("нет", "none"),
    };
    if language == Language::Ru { ru } else { en }
}

fn per_words(per: Per, language: Language) -> &'static str {
    let (ru, en) = match per {
        Per::Day => ("в день", "a day"),
        Per::Week => ("в неделю", "a week"),
        Per::Month => ("в месяц", "a month"),
        Per::Quarter => ("в квартал", "a quarter"),
        Per::HalfYear => ("в полугодие", "a half-year"),
        Per::Year => ("в год", "a year"),
    };
    if language == Language::Ru { ru } else { en }
}

fn place_words(frame: &TimeFrame, language: Language) -> &'static str {
    let (ru, en) = match frame.kind {
        Kind::Exact => ("в сетке дней", "in the grid of days"),
        Kind::Window => ("в полосе месяца или квартала, без числа", "in the band of the month or quarter, on no day"),
        Kind::Ongoing => ("в полосе «в течение года»", "in the strip of what lasts"),
        Kind::Deadline => ("в день окончания, со знаком «до»", "on its last day, with the sign “by”"),
        Kind::Recurring if !frame.days(1).is_empty() => ("в сетке дней", "in the grid of days"),
        Kind::Recurring => ("в полосе месяца, без числа", "in the band of the month"),
        Kind::List => ("каждый срок на своём месте", "each in its place"),
        Kind::OnDemand | Kind::External | Kind::Tbd => ("в списке под календарём", "in the list below the calendar"),
        Kind::Error => ("нигде", "nowhere"),
    };
    if language == Language::Ru { ru } else { en }
}

/// «в октябре», «в октябре – ноябре»: for «what comes after without a day».
pub fn in_month(start: Date, language: Language) -> String {
    match language {
        Language::Ru => format!("в\u{a0}{} {}\u{a0}г.", month_name(start.month(), date::Case::Prepositional, language), start.year()),
        Language::En => format!("in {}", month(start.year(), start.month(), language)),
    }
}
