//! Time frames («срок проведения»): what a plan says of when. Rarely a date.
//!
//! [`read`] takes the string as printed and gives its reading. The printed string is always kept. What cannot be known (a year that
//! nothing names, school terms that the settings do not hold) is not guessed: the reading is an error that says what is missing.

mod compose;
mod grammar;
mod lex;
mod repetition;
mod resolve;
mod rule;
mod vocabulary;
mod wording;

use super::date::{Date, TimeSpan};
use super::shared::Shared;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use std::borrow::Cow;

pub use wording::{explain, in_month, wording};

/// The reading of a time frame.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TimeFrame {
    /// As it stands on the paper.
    #[schemars(with = "String")]
    pub printed: Shared,
    pub kind: Kind,
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// The last day, included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    #[serde(skip_serializing_if = "Precision::is_error")]
    pub precision: Precision,
    /// Hours, `11:00` or `11:00/14:00`.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "time_text")]
    #[schemars(with = "Option<String>")]
    pub time: Option<TimeSpan>,
    /// The frames of a list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<TimeFrame>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
    /// «начало», «ориентировочно».
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
    /// «по согласованию».
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub confirm: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<Warning>,
}

/// What kind of time it is, and so where it stands in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Takes place on each day from start to end.
    Exact,
    /// Takes place once, somewhere between start and end.
    Window,
    /// Goes on all the time.
    Ongoing,
    /// Must be done by `end`.
    Deadline,
    /// Repeats.
    Recurring,
    /// Several of these.
    List,
    /// On request.
    OnDemand,
    /// By another schedule.
    External,
    /// To be announced.
    Tbd,
    /// Not resolvable.
    Error,
}

/// How exact the reading is; in the order from the finest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    Day,
    Week,
    TenDays,
    HalfMonth,
    Month,
    Quarter,
    Season,
    HalfYear,
    Year,
    AcademicYear,
    /// No date at all.
    None,
    /// Of an error.
    #[serde(skip)]
    Error,
}

impl Precision {
    fn is_error(&self) -> bool {
        *self == Precision::Error
    }
}

/// How a recurring event repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Recurrence {
    pub times: u32,
    pub per: Per,
    /// RFC 5545 §3.3.10, where the repetition fits it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rrule: Option<String>,
}

/// The unit within which an event repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    Day,
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
}

/// Why a string has no reading, or what is doubtful in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    TwoDigitYear,
    NeedsYear,
    NoSuchDate,
    /// Both years are named, and the end is before the start.
    EndBeforeStart,
    OutsidePlan,
    /// The weekday that the string names is not that of its day; this one is (1 for Monday).
    WeekdayMismatch(i8),
    NeedsSchoolTerms,
    NeedsHolidays,
    NeedsObservances,
    AmbiguousSeason,
    /// August alone in a plan of a school year may be the one before or the one after.
    AmbiguousAugust,
    /// This part was not understood.
    NotUnderstood(String),
}

impl Warning {
    /// The stable names of all warnings.
    pub const CODES: [&'static str; 12] = [
        "two_digit_year",
        "needs_year",
        "no_such_date",
        "end_before_start",
        "outside_plan",
        "weekday_mismatch",
        "needs_school_terms",
        "needs_holidays",
        "needs_observances",
        "ambiguous_season",
        "ambiguous_august",
        "not_understood",
    ];

    /// The stable name in JSON and messages.
    pub fn code(&self) -> &'static str {
        let at = match self {
            Warning::TwoDigitYear => 0,
            Warning::NeedsYear => 1,
            Warning::NoSuchDate => 2,
            Warning::EndBeforeStart => 3,
            Warning::OutsidePlan => 4,
            Warning::WeekdayMismatch(_) => 5,
            Warning::NeedsSchoolTerms => 6,
            Warning::NeedsHolidays => 7,
            Warning::NeedsObservances => 8,
            Warning::AmbiguousSeason => 9,
            Warning::AmbiguousAugust => 10,
            Warning::NotUnderstood(_) => 11,
        };
        Warning::CODES[at]
    }
}

impl JsonSchema for Warning {
    fn schema_name() -> Cow<'static, str> {
        "Warning".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl Serialize for Warning {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

fn time_text<S: serde::Serializer>(time: &Option<TimeSpan>, serializer: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => serializer.collect_str(time),
        None => serializer.serialize_none(),
    }
}

/// The span of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// 1 January to 31 December.
    Calendar(i16),
    /// The school year that begins in this year.
    School(i16),
    /// From a day to another, both included.
    Span { start: Date, end: Date },
}

impl Period {
    /// Reads «2024», «2024 год», «2024/2025», «20.04.2022 – 24.02.2023».
    pub fn parse(text: &str) -> Option<Period> {
        let tables = Tables::default();
        let frame = read(text, &Context { period: None, tables: &tables });
        match (frame.kind, frame.precision, frame.start, frame.end) {
            (Kind::Ongoing, Precision::AcademicYear, Some(start), _) => Some(Period::School(start.year())),
            (Kind::Ongoing, Precision::Year, Some(start), Some(end)) if start.year() == end.year() => Some(Period::Calendar(start.year())),
            (Kind::Exact | Kind::Ongoing | Kind::Window, _, Some(start), Some(end)) => Some(Period::Span { start, end }),
            _ => None,
        }
    }

    /// Its first and last day, the school year running as `tables` say.
    pub fn bounds(&self, tables: &Tables) -> Option<(Date, Date)> {
        match *self {
            Period::Calendar(year) => Date::new(year, 1, 1).zip(Date::new(year, 12, 31)),
            Period::School(year) => {
                let ((from_month, from_day), (to_month, to_day)) = tables.school_year;
                Date::new(year, from_month, from_day).zip(Date::new(year.checked_add(1)?, to_month, to_day))
            }
            Period::Span { start, end } => Some((start, end)),
        }
    }

    /// The first day on which an event belongs to it: that of the week before a school year, in which the August meetings are held.
    pub fn opening(&self, tables: &Tables) -> Option<Date> {
        let (start, _) = self.bounds(tables)?;
        Some(if matches!(self, Period::School(_)) { start.add_days(-7) } else { start })
    }
}

/// What the settings say of the school year and of days with names.
#[derive(Debug, Clone, PartialEq)]
pub struct Tables {
    /// Month and day on which the school year begins and ends.
    pub school_year: ((i8, i8), (i8, i8)),
    /// The quarters of the school year, in their order.
    pub terms: Vec<NamedSpan>,
    pub holidays: Vec<NamedSpan>,
    pub observances: Vec<Observance>,
}

impl Default for Tables {
    fn default() -> Tables {
        Tables { school_year: ((9, 1), (5, 31)), terms: Vec::new(), holidays: Vec::new(), observances: Vec::new() }
    }
}

/// A span of days with a name; both days included.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedSpan {
    pub name: String,
    pub start: Date,
    pub end: Date,
}

/// A day with a name: of one year, or of every year.
#[derive(Debug, Clone, PartialEq)]
pub struct Observance {
    /// All its names in lower case.
    pub names: Vec<String>,
    pub month: i8,
    pub day: i8,
    /// `None` for every year.
    pub year: Option<i16>,
}

/// What surrounds a string.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The span of the plan that it stands in.
    pub period: Option<&'a Period>,
    pub tables: &'a Tables,
}

/// Reads a time frame as printed. Never fails: what has no reading is of [`Kind::Error`].
pub fn read(printed: &str, context: &Context) -> TimeFrame {
    let printed = printed.trim();
    let frame = grammar::parse(printed, &lex::lexemes(printed)).and_then(|phrase| compose::compose(printed, phrase, context));
    let mut frame = match frame {
        Ok(frame) => frame,
        Err(warning) => TimeFrame { warning: Some(warning), precision: Precision::Error, ..TimeFrame::empty(Kind::Error) },
    };
    frame.printed = printed.into();
    frame
}

impl TimeFrame {
    fn empty(kind: Kind) -> TimeFrame {
        TimeFrame {
            printed: Shared::default(),
            kind,
            start: None,
            end: None,
            precision: Precision::None,
            time: None,
            items: Vec::new(),
            recurrence: None,
            approximate: false,
            confirm: false,
            warning: None,
        }
    }

    /// The one day `date`.
    pub fn on(date: Date) -> TimeFrame {
        TimeFrame {
            printed: date.to_string().into(),
            start: Some(date),
            end: Some(date),
            precision: Precision::Day,
            ..TimeFrame::empty(Kind::Exact)
        }
    }

    /// The days on which it stands, `limit` at most: those of an exact span, those of a repetition whose days are known, those of a
    /// list's items; none of a window.
    pub fn days(&self, limit: usize) -> Vec<Date> {
        let mut days = match (self.kind, self.start, self.end) {
            (Kind::Exact, Some(start), Some(end)) => days_between(start, end).take(limit).collect(),
            (Kind::Recurring, Some(start), Some(end)) => match self.recurrence.as_ref().and_then(|r| r.rrule.as_deref()) {
                Some(rrule) => repeat(rrule, start, end).take(limit).collect(),
                None => Vec::new(),
            },
            (Kind::List, ..) => self.items.iter().flat_map(|item| item.days(limit)).collect(),
            _ => Vec::new(),
        };
        days.sort();
        days.dedup();
        days.truncate(limit);
        days
    }

    /// For `<time datetime>` (HTML §4.5.14): a day, a month or a year; `None` where no such value is true.
    pub fn datetime(&self) -> Option<String> {
        let (start, end) = (self.start?, self.end?);
        match self.kind {
            Kind::Exact | Kind::Deadline if start == end || self.kind == Kind::Deadline => Some(end.to_string()),
            Kind::Window if start == start.first_of_month() && end == start.last_of_month() => {
                Some(format!("{:04}-{:02}", start.year(), start.month()))
            }
            Kind::Ongoing if self.precision == Precision::Year && start.year() == end.year() => Some(start.year().to_string()),
            _ => None,
        }
    }

    /// In EDTF (ISO 8601-2, level 2): `2024-05-05/2024-05-07`, `2024-10`, `2024-33` for the first quarter, `../2024-05-15` for a deadline,
    /// `{2024-09,2024-12}` for a list; `~` marks what is approximate. `None` without dates.
    pub fn edtf(&self) -> Option<String> {
        if self.kind == Kind::List {
            let items: Option<Vec<String>> = self.items.iter().map(TimeFrame::edtf).collect();
            return Some(format!("{{{}}}", items?.join(",")));
        }
        let end = self.end;
        let (start, mark) = (self.start?, if self.approximate { "~" } else { "" });
        let Some(end) = end else { return Some(format!("{start}{mark}/..")) };
        let (year, month) = (start.year(), i16::from(start.month()));
        let months = (end.year() - year) * 12 + i16::from(end.month()) - month + 1;
        let whole = start == start.first_of_month() && end == end.last_of_month();
        Some(match (self.kind, self.precision) {
            (Kind::Deadline, _) => format!("../{end}{mark}"),
            (_, Precision::Quarter) if whole && months == 3 && month % 3 == 1 => format!("{year:04}-{}{mark}", 33 + month / 3),
            (_, Precision::Season) if whole && months == 3 && month % 3 == 0 => format!("{year:04}-{}{mark}", 20 + month / 3),
            (_, Precision::Year) if whole && months == 12 && month == 1 => format!("{year:04}{mark}"),
            (_, Precision::Year) if whole && months % 12 == 0 && month == 1 => format!("{year:04}{mark}/{:04}{mark}", end.year()),
            _ if whole && months == 1 => format!("{year:04}-{month:02}{mark}"),
            _ if whole => format!("{year:04}-{month:02}{mark}/{:04}-{:02}{mark}", end.year(), end.month()),
            _ if start == end => format!("{start}{mark}"),
            _ => format!("{start}{mark}/{end}{mark}"),
        })
    }
}

fn days_between(start: Date, end: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(start), move |day| (*day < end).then(|| day.add_days(1))).take_while(move |day| *day <= end)
}

/// The days of a rule that this module makes (RFC 5545 §3.3.10, the parts FREQ, INTERVAL, BYMONTH, BYMONTHDAY and BYDAY); none where
/// the rule says how often but not when.
fn repeat(rrule: &str, start: Date, end: Date) -> impl Iterator<Item = Date> {
    let numbers =
        |name: &str| -> Vec<i8> { part(rrule, name).into_iter().flat_map(|list| list.split(',')).filter_map(|n| n.parse().ok()).collect() };
    let frequency = part(rrule, "FREQ").unwrap_or_default();
    let interval = part(rrule, "INTERVAL").and_then(|n| n.parse::<i64>().ok()).unwrap_or(1).max(1);
    let (months, month_days) = (numbers("BYMONTH"), numbers("BYMONTHDAY"));
    let weekdays: Vec<(i8, i8)> = by_day(rrule).collect();
    let known = frequency == "DAILY" || !month_days.is_empty() || !weekdays.is_empty();
    let unit: fn(Date, Date) -> i64 = match frequency {
        "DAILY" => Date::days_until,
        "WEEKLY" => |start, day| start.add_days(1 - i64::from(start.weekday())).days_until(day) / 7,
        "MONTHLY" => {
            |start, day| (i64::from(day.year()) - i64::from(start.year())) * 12 + i64::from(day.month()) - i64::from(start.month())
        }
        _ => |start, day| i64::from(day.year()) - i64::from(start.year()),
    };
    days_between(start, end).filter(move |day| {
        let from_end = -((day.last_of_month().day() - day.day()) / 7 + 1);
        let stands =
            |(nth, weekday): &(i8, i8)| day.weekday() == *weekday && (*nth == 0 || *nth == (day.day() - 1) / 7 + 1 || *nth == from_end);
        known
            && unit(start, *day) % interval == 0
            && (months.is_empty() || months.contains(&day.month()))
            && (month_days.is_empty() || month_days.contains(&day.day()))
            && (weekdays.is_empty() || weekdays.iter().any(stands))
    })
}

/// The value of a part of a rule.
fn part<'r>(rrule: &'r str, name: &str) -> Option<&'r str> {
    rrule.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
}

/// The weekdays of a rule, each with its place in the month, 0 for every one.
fn by_day(rrule: &str) -> impl Iterator<Item = (i8, i8)> {
    part(rrule, "BYDAY").into_iter().flat_map(|list| list.split(',')).filter_map(nth_weekday)
}

/// `2WE`: the place, 0 if none is named, and the weekday.
fn nth_weekday(text: &str) -> Option<(i8, i8)> {
    let (nth, code) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = WEEKDAY_CODES.iter().position(|c| *c == code)? as i8 + 1;
    Some((if nth.is_empty() { 0 } else { nth.parse().ok()? }, weekday))
}

/// The weekdays of RFC 5545, Monday first.
const WEEKDAY_CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::language::Language;

    fn frame(printed: &str) -> TimeFrame {
        read(printed, &Context { period: Some(&Period::Calendar(2024)), tables: &Tables::default() })
    }

    #[test]
    fn days_of_repetitions() {
        let days = |printed: &str| frame(printed).days(3).iter().map(Date::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(days("каждая последняя среда месяца"), "2024-01-31 2024-02-28 2024-03-27");
        assert_eq!(days("1-й и 3-й вторник месяца"), "2024-01-02 2024-01-16 2024-02-06");
        assert_eq!(days("ежемесячно 31 числа"), "2024-01-31 2024-03-31 2024-05-31");
        assert_eq!(days("ежегодно 27 мая"), "2024-05-27");
        assert_eq!(days("по будням"), "2024-01-01 2024-01-02 2024-01-03");
        assert_eq!(days("2 раза в месяц"), "");
        assert_eq!(days("октябрь"), "");
        assert_eq!(days("5, 12 и 19 марта"), "2024-03-05 2024-03-12 2024-03-19");
    }

    #[test]
    fn edtf() {
        for (printed, edtf) in [
            ("15 мая", "2024-05-15"),
            ("5-7 мая", "2024-05-05/2024-05-07"),
            ("октябрь", "2024-10"),
            ("октябрь/ноябрь", "2024-10~/2024-11~"),
            ("I квартал", "2024-33"),
            ("IV квартал", "2024-36"),
            ("весна", "2024-21"),
            ("в течение года", "2024"),
            ("до 15 мая", "../2024-05-15"),
            ("сентябрь и декабрь", "{2024-09,2024-12}"),
        ] {
            assert_eq!(frame(printed).edtf().as_deref(), Some(edtf), "{printed}");
        }
    }

    #[test]
    fn normal_wording() {
        for (printed, words) in [
            ("до 15 мая", "до 15 мая 2024 г. включительно"),
            ("окт.–нояб.", "октябрь – ноябрь 2024 г."),
            ("П кв.", "II квартал 2024 г."),
            ("В ТЕЧ. ГОДА", "в течение 2024 года"),
            ("27.04-05.05, 11-00", "27 апреля – 5 мая 2024 г., 11:00"),
        ] {
            assert_eq!(frame(printed).words(Language::Ru).replace('\u{a0}', " "), words, "{printed}");
        }
    }
}
