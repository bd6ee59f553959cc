//! Advice about plans and what they plan: what is odd in the calendar of a service, not a mistake of writing. Severity: warning.
//!
//! A site switches all of it off with `planning_checks: false`; a plan or a workshop says with `accept: [blank-competency]` that it
//! knows of a finding and means it.

use crate::value::date::{self, Case, Date, month_name};
use crate::value::holidays::public_holiday;
use crate::value::language::Language;
use crate::value::plural::{Plural, plural};

/// What is odd. Rows are named by their ids.
#[derive(Debug, Clone, PartialEq)]
pub enum Advice {
    /// Somebody is wanted at events of one day whose hours overlap or are not known.
    /// `others`: what else takes place then.
    PersonBookedTwice { persons: Vec<String>, day: Date, others: Vec<String> },
    /// A room is wanted by two events of one day whose hours overlap or are not known; an institution, by two whose hours overlap.
    VenueBookedTwice { venue: String, day: Date, others: Vec<String> },
    /// An event takes place on a public holiday.
    OnHoliday { day: Date },
    /// An event takes place on a Saturday or Sunday, or on a day that the settings call a day off.
    OnWeekend { day: Date },
    /// Months of the plan's period for which nothing is planned, in a plan that goes by months.
    EmptyMonths { months: Vec<(i16, i8)> },
    /// A month with far more rows than the others.
    OverloadedMonth { month: (i16, i8), rows: usize, mean: f64 },
    /// Rows without a competency in a plan that has that column.
    BlankCompetency { rows: Vec<String> },
    /// Rows without an output in a plan that has that column.
    BlankOutput { rows: Vec<String> },
    /// Two rows say the same of the same time, but for a slip, and do not name two places.
    NearDuplicateRows { row: String, other: String },
    /// An event that realises a row takes place outside the plan's period.
    EventOutsidePlan { time: String, year: String, row: String },
    /// Rows that are events, whose time is past and of which nothing says what became of them.
    NoEventForRow { plan: String, rows: Vec<String> },
    /// A plan in which nothing is planned.
    NoRows,
}

/// How many rows or months a message names.
const SHOWN: usize = 12;

impl Advice {
    /// The stable names of all advice: what `accept` may hold.
    pub const CODES: [&'static str; 12] = [
        "person-booked-twice",
        "venue-booked-twice",
        "event-on-holiday",
        "event-on-weekend",
        "empty-months",
        "overloaded-month",
        "blank-competency",
        "blank-output",
        "near-duplicate-rows",
        "event-outside-plan",
        "no-event-for-row",
        "no-rows",
    ];

    /// The stable name.
    pub fn code(&self) -> &'static str {
        let at = match self {
            Advice::PersonBookedTwice { .. } => 0,
            Advice::VenueBookedTwice { .. } => 1,
            Advice::OnHoliday { .. } => 2,
            Advice::OnWeekend { .. } => 3,
            Advice::EmptyMonths { .. } => 4,
            Advice::OverloadedMonth { .. } => 5,
            Advice::BlankCompetency { .. } => 6,
            Advice::BlankOutput { .. } => 7,
            Advice::NearDuplicateRows { .. } => 8,
            Advice::EventOutsidePlan { .. } => 9,
            Advice::NoEventForRow { .. } => 10,
            Advice::NoRows => 11,
        };
        Advice::CODES[at]
    }

    /// The message and the hint.
    pub(super) fn wording(&self, language: Language) -> (String, String) {
        let (message, hint) = match language {
            Language::Ru => self.ru(),
            Language::En => self.en(),
        };
        let known = match (self, language) {
            // Here there is something to write in any case.
            (Advice::NoEventForRow { .. } | Advice::EventOutsidePlan { .. }, _) => String::new(),
            (_, Language::Ru) => {
                format!(" Если всё верно, добавьте рядом с названием плана или события строку «принято: [{}]».", self.code())
            }
            (_, Language::En) => format!(" If it is meant, add `accept: [{}]` beside the title of the plan or event.", self.code()),
        };
        (message, hint + &known)
    }

    fn ru(&self) -> (String, String) {
        let day = |day: &Date| date::day_with_weekday(*day, Language::Ru);
        match self {
            Advice::PersonBookedTwice { persons, day: at, others } => (
                format!(
                    "{} — в этот день ({}) ещё и на {} {}",
                    persons.join(", "),
                    day(at),
                    if others.len() == 1 { "событии" } else { "событиях" },
                    quoted(others, ["«", "»"])
                ),
                "Перенесите одно из событий, назовите другого человека или укажите часы обоих: «время: 10:00–12:00». Если это одно и то же событие, свяжите его со строкой: «пункт плана: …».".into(),
            ),
            Advice::VenueBookedTwice { venue, day: at, others } => (
                format!(
                    "место «{venue}» в этот день ({}) занято и {} {}",
                    day(at),
                    if others.len() == 1 { "событием" } else { "событиями" },
                    quoted(others, ["«", "»"])
                ),
                "Выберите другой день или зал либо укажите часы обоих событий: «время: 10:00–12:00».".into(),
            ),
            Advice::OnHoliday { day: at } => (
                format!("{} — нерабочий день: {}", day(at), public_holiday(*at, Language::Ru).unwrap_or_default()),
                "Перенесите событие на рабочий день.".into(),
            ),
            Advice::OnWeekend { day: at } => (
                format!("событие приходится на выходной: {}", day(at)),
                "Проверьте число; если дата верна, убедитесь, что участники смогут прийти. Рабочие субботы перечисляет «рабочие дни: […]» в site.yaml.".into(),
            ),
            Advice::EmptyMonths { months } => (
                format!("в плане ничего не намечено {}", in_months_ru(months)),
                "Перенесите сюда часть строк из соседних месяцев или проверьте сроки: не пропущена ли строка.".into(),
            ),
            Advice::OverloadedMonth { month, rows, mean } => (
                format!(
                    "{}: {rows} {} при среднем {}",
                    date::month(month.0, month.1, Language::Ru),
                    of(*rows, ["строка", "строки", "строк"]),
                    format!("{mean:.1}").replace('.', ",")
                ),
                "Перенесите часть мероприятий на другие месяцы.".into(),
            ),
            Advice::BlankCompetency { rows } => (
                format!("графа «Развитие компетенций» пуста {}", in_rows_ru(rows)),
                "Заполните графу у этих строк: «компетенции: [методическая]».".into(),
            ),
            Advice::BlankOutput { rows } => (
                format!("графа «Продукт» пуста {}", in_rows_ru(rows)),
                "Напишите, что останется после работы: «продукт: Методические материалы».".into(),
            ),
            Advice::NearDuplicateRows { row, other } => (
                format!("строка {row} почти слово в слово повторяет строку {other}: срок тот же, другое место не названо"),
                "Если это одно мероприятие, оставьте одну строку; если разные — назовите их по-разному.".into(),
            ),
            Advice::EventOutsidePlan { time, year, row } => (
                format!("событие ({time}) выполняет строку {row}, а план — на {year}"),
                "Проверьте дату события и «пункт плана». Если событие перенесено, напишите «статус: перенесено» и «перенесено на: …»."
                    .into(),
            ),
            Advice::NoEventForRow { plan, rows } => (
                format!("срок прошёл, а о событии ничего не сказано {}", in_rows_ru(rows)),
                format!(
                    "Напишите о нём в папке workshops с ключом «пункт плана: {plan}/{}» или поставьте строке «статус: состоялось» («перенесено», «отменено»).",
                    rows.first().map_or("", String::as_str)
                ),
            ),
            Advice::NoRows => (
                "в плане нет ни одной строки".into(),
                "Впишите мероприятия: «разделы:», в разделе «пункты:», у пункта «мероприятие» и «срок». Готовый план в DOCX или XLSX разберёт «metodika import».".into(),
            ),
        }
    }

    fn en(&self) -> (String, String) {
        let day = |day: &Date| date::day_with_weekday(*day, Language::En);
        let rows_of = |rows: &[String]| format!("{} {}", if rows.len() == 1 { "row" } else { "rows" }, listed(rows, Language::En));
        match self {
            Advice::PersonBookedTwice { persons, day: at, others } => (
                format!("{}: on that day ({}) also at {}", persons.join(", "), day(at), quoted(others, ["“", "”"])),
                "Move one of the events, name somebody else, or write the hours of both: `time: 10:00–12:00`. If they are one, link it to its row: `plan_item: …`.".into(),
            ),
            Advice::VenueBookedTwice { venue, day: at, others } => (
                format!("“{venue}” is taken on that day ({}) by {} too", day(at), quoted(others, ["“", "”"])),
                "Choose another day or room, or write the hours of both: `time: 10:00–12:00`.".into(),
            ),
            Advice::OnHoliday { day: at } => (
                format!("{} is a public holiday: {}", day(at), public_holiday(*at, Language::En).unwrap_or_default()),
                "Move the event to a working day.".into(),
            ),
            Advice::OnWeekend { day: at } => {
                (
                    format!("the event is on a day off: {}", day(at)),
                    "Check the date; if it is right, see that people can come. Working Saturdays are listed by `working_days: […]` in site.yaml.".into(),
                )
            }
            Advice::EmptyMonths { months } => (
                format!("nothing is planned for {}", months_en(months)),
                "Move rows here from the months beside, or check the terms: a row may be missing.".into(),
            ),
            Advice::OverloadedMonth { month, rows, mean } => (
                format!("{}: {rows} rows, where the mean is {mean:.1}", date::month(month.0, month.1, Language::En)),
                "Move some of them to other months.".into(),
            ),
            Advice::BlankCompetency { rows } => {
                (format!("no competency is named in {}", rows_of(rows)), "Fill the column: `competencies: […]`.".into())
            }
            Advice::BlankOutput { rows } => {
                (format!("no output is named in {}", rows_of(rows)), "Write what will come of it: `output: …`.".into())
            }
            Advice::NearDuplicateRows { row, other } => (
                format!("row {row} says nearly the same as row {other}, of the same time, and no other place is named"),
                "If they are one, leave one; if not, give them different names.".into(),
            ),
            Advice::EventOutsidePlan { time, year, row } => (
                format!("the event ({time}) realises row {row} of a plan for {year}"),
                "Check its date and `plan_item`. If it was moved, write `status: moved` and `moved_to: …`.".into(),
            ),
            Advice::NoEventForRow { plan, rows } => (
                format!("the time is past and nothing tells of the event of {}", rows_of(rows)),
                format!(
                    "Write about it in `workshops` with `plan_item: {plan}/{}`, or give the row a `status`: held, moved, cancelled.",
                    rows.first().map_or("", String::as_str)
                ),
            ),
            Advice::NoRows => (
                "the plan has no row".into(),
                "Write what is planned: `sections:`, in a section `items:`, of an item `title` and `timeframe`. `metodika import` reads a plan in DOCX or XLSX.".into(),
            ),
        }
    }
}

fn of(n: usize, forms: [&str; 3]) -> &str {
    match plural(n as u64, Language::Ru) {
        Plural::One => forms[0],
        Plural::Few => forms[1],
        _ => forms[2],
    }
}

/// «А», «Б».
fn quoted(titles: &[String], [open, close]: [&str; 2]) -> String {
    titles.iter().map(|title| format!("{open}{title}{close}")).collect::<Vec<_>>().join(", ")
}

/// «у строк 1.1, 1.2 и ещё 3».
fn in_rows_ru(rows: &[String]) -> String {
    format!("{} {}", if rows.len() == 1 { "у строки" } else { "у строк" }, listed(rows, Language::Ru))
}

fn listed(rows: &[String], language: Language) -> String {
    let first = rows[..rows.len().min(SHOWN)].join(", ");
    match (rows.len().saturating_sub(SHOWN), language) {
        (0, _) => first,
        (more, Language::Ru) => format!("{first} и ещё {more}"),
        (more, Language::En) => format!("{first} and {more} more"),
    }
}

/// «в июне и июле 2024 г.»
fn in_months_ru(months: &[(i16, i8)]) -> String {
    let name = |(_, month): &(i16, i8)| month_name(*month, Case::Prepositional, Language::Ru).to_owned();
    let names: Vec<String> = months.iter().take(SHOWN).map(name).collect();
    let names = match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} и {last}", rest.join(", ")),
        _ => names.concat(),
    };
    let year = months.first().map_or(0, |month| month.0);
    match months.last().map_or(0, |month| month.0) {
        last if last == year => format!("в {names} {year} г."),
        last => format!("в {names} ({year}–{last} гг.)"),
    }
}

fn months_en(months: &[(i16, i8)]) -> String {
    months.iter().take(SHOWN).map(|(year, month)| date::month(*year, *month, Language::En)).collect::<Vec<_>>().join(", ")
}
