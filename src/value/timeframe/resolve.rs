//! From a period as said («октябрь», «II квартал», «вторая неделя марта») to days.

use super::lex::{Token, normal_words};
use super::vocabulary::{roman, word_token};
use super::{Context, NamedSpan, Observance, Period, Precision, Warning};
use crate::value::date::{Date, YEARS};

/// A period as said, without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A number whose noun stands behind a later one: «5» of «5–7 мая», «I» of «I–II квартал».
    Bare(u32),
    Day {
        day: u32,
        month: u32,
    },
    Month(u32),
    /// Half 1 or 2.
    HalfMonth {
        half: u32,
        month: Option<u32>,
    },
    /// Ten days 1 to 3.
    TenDays {
        third: u32,
        month: Option<u32>,
    },
    /// Week 1 to 5, or the last.
    Week {
        week: Option<u32>,
        month: Option<u32>,
    },
    /// «вторая среда»; −1 for the last.
    NthWeekday {
        nth: i8,
        weekday: i8,
        month: Option<u32>,
    },
    Quarter(u32),
    HalfYear(u32),
    /// 0 winter to 3 autumn.
    Season(u32),
    /// The year named, or the plan's.
    Year,
    SchoolYear,
    /// A quarter of the school year, 1 to 4.
    Term(u32),
    /// Of a season, or all of them.
    Holidays(Option<u32>),
    /// The bytes of its name.
    Observance(usize, usize),
}

/// A part of a period: «начало», «середина», «конец».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Start,
    Middle,
    End,
}

/// A period as said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Said {
    pub unit: Unit,
    pub year: Option<i16>,
    /// The year is the first of a school year; alone, the plan's school year.
    pub school: bool,
    /// The year was typed with two digits.
    pub short: bool,
    /// The year was said of another period beside it.
    pub given: bool,
    pub edge: Option<Edge>,
    /// Where it stands, in bytes.
    pub start: usize,
    pub end: usize,
}

/// Days, with what is known of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolved {
    pub start: Date,
    pub end: Date,
    pub precision: Precision,
    pub approximate: bool,
    pub warning: Option<Warning>,
}

impl Resolved {
    pub(super) fn new(start: Date, end: Date, precision: Precision) -> Resolved {
        Resolved { start, end, precision, approximate: false, warning: None }
    }
}

impl Unit {
    /// The month in which it lies or begins.
    pub(super) fn month(&self) -> Option<u32> {
        match *self {
            Unit::Day { month, .. } | Unit::Month(month) => Some(month),
            Unit::HalfMonth { month, .. } | Unit::TenDays { month, .. } | Unit::Week { month, .. } | Unit::NthWeekday { month, .. } => {
                month
            }
            Unit::Quarter(quarter) => Some(quarter * 3 - 2),
            Unit::Season(0) => Some(12),
            Unit::Season(season) => Some(season * 3),
            _ => None,
        }
    }

    /// The same with `month`, if it is a part of a month that does not say which.
    pub(super) fn in_month(self, of: u32) -> Option<Unit> {
        let month = Some(of);
        match self {
            Unit::HalfMonth { half, month: None } => Some(Unit::HalfMonth { half, month }),
            Unit::TenDays { third, month: None } => Some(Unit::TenDays { third, month }),
            Unit::Week { week, month: None } => Some(Unit::Week { week, month }),
            Unit::NthWeekday { nth, weekday, month: None } => Some(Unit::NthWeekday { nth, weekday, month }),
            _ => None,
        }
    }

    /// The noun of this one with another number: «I» of «I–II квартал».
    pub(super) fn numbered(self, n: u32) -> Option<Unit> {
        let upto = |most: u32, unit: Unit| (1..=most).contains(&n).then_some(unit);
        match self {
            Unit::Day { month, .. } => Some(Unit::Day { day: n, month }),
            Unit::HalfMonth { month, .. } => upto(2, Unit::HalfMonth { half: n, month }),
            Unit::TenDays { month, .. } => upto(3, Unit::TenDays { third: n, month }),
            Unit::Week { month, .. } => upto(5, Unit::Week { week: Some(n), month }),
            Unit::NthWeekday { weekday, month, .. } => upto(5, Unit::NthWeekday { nth: n as i8, weekday, month }),
            Unit::Quarter(_) => upto(4, Unit::Quarter(n)),
            Unit::HalfYear(_) => upto(2, Unit::HalfYear(n)),
            Unit::Term(_) => upto(4, Unit::Term(n)),
            _ => None,
        }
    }
}

impl Said {
    pub(super) fn new(unit: Unit, start: usize, end: usize) -> Said {
        Said { unit, year: None, school: false, short: false, given: false, edge: None, start, end }
    }

    /// Its days. `next`: the month that follows it in the string, for «август – сентябрь» of a school year.
    pub(super) fn resolve(&self, text: &str, context: &Context, next: Option<u32>) -> Result<Resolved, Warning> {
        let whole = self.whole(text, context, next)?;
        let mut resolved = match self.edge {
            Some(edge) => part(edge, whole),
            None => whole,
        };
        if self.short {
            resolved.warning = Some(Warning::TwoDigitYear);
        }
        Ok(resolved)
    }

    /// Its last day with the precision of the whole, for «до конца февраля».
    pub(super) fn deadline(&self, text: &str, context: &Context) -> Result<Resolved, Warning> {
        match self.edge {
            Some(Edge::End) => self.whole(text, context, None),
            _ => self.resolve(text, context, None),
        }
    }

    fn whole(&self, text: &str, context: &Context, next: Option<u32>) -> Result<Resolved, Warning> {
        let tables = context.tables;
        match self.unit {
            // The calendar has no such day in any year: say so before asking for the year.
            Unit::Day { day, month } if date(2024, month, day).is_none() => return Err(Warning::NoSuchDate),
            Unit::Month(month) if !(1..=12).contains(&month) => return Err(Warning::NoSuchDate),
            Unit::Bare(_) => return Err(Warning::NotUnderstood(text[self.start..self.end].to_owned())),
            Unit::Holidays(season) => {
                let found = holidays(context)
                    .find(|h| season.is_some_and(|s| is_of_season(&h.name, s)) && self.year.is_none_or(|y| h.start.year() == y));
                return found.map(|h| Resolved::new(h.start, h.end, Precision::Day)).ok_or(Warning::NeedsHolidays);
            }
            Unit::Observance(start, end) => {
                let found = observance(&tables.observances, &text[start..end]).ok_or(Warning::NeedsObservances)?;
                let unit = Unit::Day { day: found.day.max(0) as u32, month: found.month.max(0) as u32 };
                return Said { unit, year: self.year.or(found.year), ..*self }.whole(text, context, next);
            }
            Unit::Term(term) => {
                let found = terms(context).find(|(n, _)| *n == term);
                return found.map(|(_, t)| Resolved::new(t.start, t.end, Precision::Quarter)).ok_or(Warning::NeedsSchoolTerms);
            }
            Unit::SchoolYear => {
                let (start, end) =
                    self.first_year(context).and_then(|year| Period::School(year).bounds(tables)).ok_or(Warning::NeedsYear)?;
                return Ok(Resolved::new(start, end, Precision::AcademicYear));
            }
            Unit::Year => {
                let period = match self.year {
                    Some(year) => Period::Calendar(year),
                    None => *context.period.ok_or(Warning::NeedsYear)?,
                };
                let (start, end) = period.bounds(tables).ok_or(Warning::NeedsYear)?;
                return Ok(Resolved::new(
                    start,
                    end,
                    if matches!(period, Period::School(_)) { Precision::AcademicYear } else { Precision::Year },
                ));
            }
            Unit::HalfYear(half) => {
                let school = self.school || (self.year.is_none() && matches!(context.period, Some(Period::School(_))));
                let year = self.first_year(context).ok_or(Warning::NeedsYear)?;
                let ((from_month, from_day), (to_month, to_day)) = tables.school_year;
                let (start, end) = match (school, half) {
                    (true, 1) => (Date::new(year, from_month, from_day), Date::new(year, 12, 31)),
                    (true, _) => (Date::new(year.saturating_add(1), 1, 1), Date::new(year.saturating_add(1), to_month, to_day)),
                    (false, 1) => (Date::new(year, 1, 1), Date::new(year, 6, 30)),
                    (false, _) => (Date::new(year, 7, 1), Date::new(year, 12, 31)),
                };
                return start.zip(end).map(|(start, end)| Resolved::new(start, end, Precision::HalfYear)).ok_or(Warning::NeedsYear);
            }
            Unit::Season(0) if !self.school && (self.year.is_some() || !matches!(context.period, Some(Period::School(_)))) => {
                return Err(Warning::AmbiguousSeason);
            }
            _ => {}
        }
        let month = self.unit.month().ok_or_else(|| Warning::NotUnderstood(text[self.start..self.end].to_owned()))?;
        let (year, warning) = self.year_of(month, context, next)?;
        let first = date(year, month, 1).ok_or(Warning::NoSuchDate)?;
        let last = first.last_of_month();
        let mut resolved = match self.unit {
            Unit::Day { day, .. } => {
                let day = date(year, month, day).ok_or(Warning::NoSuchDate)?;
                Resolved::new(day, day, Precision::Day)
            }
            Unit::HalfMonth { half: 1, .. } => Resolved::new(first, first.add_days(14), Precision::HalfMonth),
            Unit::HalfMonth { .. } => Resolved::new(first.add_days(15), last, Precision::HalfMonth),
            Unit::TenDays { third, .. } => {
                let (start, end) = third_of(first, third);
                Resolved::new(start, end, Precision::TenDays)
            }
            Unit::Week { week, .. } => {
                let thursday = nth_weekday(first, week.map_or(-1, |w| w as i8), 4).ok_or(Warning::NoSuchDate)?;
                Resolved::new(thursday.add_days(-3), thursday.add_days(3), Precision::Week)
            }
            Unit::NthWeekday { nth, weekday, .. } => {
                let day = nth_weekday(first, nth, weekday).ok_or(Warning::NoSuchDate)?;
                Resolved::new(day, day, Precision::Day)
            }
            Unit::Quarter(_) => Resolved::new(first, first.add_days(70).last_of_month(), Precision::Quarter),
            Unit::Season(_) => Resolved::new(first, first.add_days(70).last_of_month(), Precision::Season),
            _ => Resolved::new(first, last, Precision::Month),
        };
        resolved.warning = warning;
        Ok(resolved)
    }

    /// The year in which a school year or half-year begins.
    fn first_year(&self, context: &Context) -> Option<i16> {
        if self.year.is_some() {
            return self.year;
        }
        Some(match context.period? {
            Period::School(year) | Period::Calendar(year) => *year,
            Period::Span { start, .. } if self.unit == Unit::SchoolYear && start.month() < 6 => start.year() - 1,
            Period::Span { start, .. } => start.year(),
        })
    }

    fn year_of(&self, month: u32, context: &Context, next: Option<u32>) -> Result<(i16, Option<Warning>), Warning> {
        if let Some(year) = self.year {
            return Ok((if self.school && month < 8 { year.saturating_add(1) } else { year }, None));
        }
        match context.period {
            Some(Period::Calendar(year)) => Ok((*year, None)),
            Some(Period::School(year)) => Ok(match month {
                9..=12 => (*year, None),
                8 if next.is_some_and(|next| next >= 9) => (*year, None),
                8 => (year.saturating_add(1), Some(Warning::AmbiguousAugust)),
                _ => (year.saturating_add(1), None),
            }),
            Some(Period::Span { start, end }) => {
                let fits = |year: &i16| date(*year, month, 1).is_some_and(|d| d.last_of_month() >= *start && d <= *end);
                Ok(((start.year()..=end.year()).find(fits).unwrap_or(start.year()), None))
            }
            None => Err(Warning::NeedsYear),
        }
    }
}

/// «начало», «середина», «конец» of a period: ten days of a month, a month of what is longer.
fn part(edge: Edge, whole: Resolved) -> Resolved {
    let (start, end, precision) = match (whole.precision, edge) {
        (Precision::Month, edge) => {
            let (start, end) = third_of(whole.start.first_of_month(), edge as u32 + 1);
            (start, end, Precision::TenDays)
        }
        (Precision::Day | Precision::Week | Precision::TenDays | Precision::HalfMonth, Edge::Start) => {
            (whole.start, whole.start, Precision::Day)
        }
        (Precision::Day | Precision::Week | Precision::TenDays | Precision::HalfMonth, Edge::End) => (whole.end, whole.end, Precision::Day),
        (_, Edge::Start) => (whole.start, whole.start.last_of_month(), Precision::Month),
        (_, Edge::End) => (whole.end.first_of_month(), whole.end, Precision::Month),
        (_, Edge::Middle) => {
            let middle = whole.start.add_days(whole.start.days_until(whole.end) / 2);
            (middle.first_of_month(), middle.last_of_month(), Precision::Month)
        }
    };
    Resolved { start, end, precision, approximate: true, warning: whole.warning }
}

fn third_of(first: Date, third: u32) -> (Date, Date) {
    match third {
        1 => (first, first.add_days(9)),
        2 => (first.add_days(10), first.add_days(19)),
        _ => (first.add_days(20), first.last_of_month()),
    }
}

/// The `nth` such weekday of the month that begins with `first`; −1 for the last.
fn nth_weekday(first: Date, nth: i8, weekday: i8) -> Option<Date> {
    let last = first.last_of_month();
    let day = if nth < 0 {
        last.add_days(-i64::from(last.weekday() - weekday).rem_euclid(7))
    } else {
        first.add_days(i64::from(weekday - first.weekday()).rem_euclid(7) + 7 * (i64::from(nth) - 1))
    };
    (first..=last).contains(&day).then_some(day)
}

fn date(year: i16, month: u32, day: u32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// A year that content may speak of.
pub(super) fn year(n: u32) -> Option<i16> {
    i16::try_from(n).ok().filter(|year| YEARS.contains(year))
}

/// Whether a day lies in the plan; a school year's plan reaches to the end of August, without a plan every day does.
pub(super) fn in_period(day: Date, context: &Context) -> bool {
    let Some(period) = context.period else { return true };
    let Some((start, end)) = period.bounds(context.tables) else { return true };
    let end = match period {
        Period::School(_) => Date::new(end.year(), 8, 31).map_or(end, |august| august.max(end)),
        _ => end,
    };
    (start..=end).contains(&day)
}

/// Whether a period has a day in the plan. The teachers' councils of the last week of August begin the school year.
pub(super) fn meets_period(said: &Resolved, context: &Context) -> bool {
    let Some(period) = context.period else { return true };
    let Some((start, end)) = period.bounds(context.tables) else { return true };
    let start = match said.precision {
        Precision::Day => period.opening(context.tables).unwrap_or(start),
        _ => start,
    };
    said.end >= start && (in_period(said.start, context) || said.start <= end)
}

/// The school holidays that begin in the plan.
pub(super) fn holidays<'a>(context: &'a Context) -> impl Iterator<Item = &'a NamedSpan> {
    context.tables.holidays.iter().filter(|h| in_period(h.start, context))
}

/// The school terms that begin in the plan, with their numbers: those in their names, else their places in the table.
pub(super) fn terms<'a>(context: &'a Context) -> impl Iterator<Item = (u32, &'a NamedSpan)> {
    let number = |name: &str| {
        normal_words(name).iter().find_map(|word| match word_token(word) {
            Some(Token::Ordinal(n)) => Some(n),
            _ => roman(word).or_else(|| word.parse().ok()),
        })
    };
    let numbered =
        context.tables.terms.iter().enumerate().map(move |(place, term)| (number(&term.name).unwrap_or(place as u32 % 4 + 1), term));
    numbered.filter(|(_, term)| in_period(term.start, context))
}

fn is_of_season(name: &str, season: u32) -> bool {
    normal_words(name).iter().any(|word| matches!(word_token(word), Some(Token::SeasonAdjective(s) | Token::Season(s)) if s == season))
}

/// The observance that `said` names: the one called so, else the only one whose name has all its words.
fn observance<'a>(table: &'a [Observance], said: &str) -> Option<&'a Observance> {
    let said = normal_words(said);
    // For each observance, how many words its name has beyond those said.
    let beyond = |observance: &Observance| {
        let names = observance.names.iter().map(|name| normal_words(name));
        names
            .filter(|name| said.iter().all(|word| name.iter().any(|other| same_word(word, other))))
            .map(|name| name.len().saturating_sub(said.len()))
            .min()
    };
    let found: Vec<(usize, &Observance)> = table.iter().filter_map(|o| beyond(o).map(|n| (n, o))).collect();
    let least = found.iter().map(|(n, _)| *n).min()?;
    let mut nearest = found.iter().filter(|(n, _)| *n == least);
    let (_, one) = nearest.next()?;
    nearest.next().is_none().then_some(*one)
}

/// Whether two words are forms of one: the same letters but for an ending of three at most.
fn same_word(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    if let (Some(a), Some(b)) = (word_token(a), word_token(b)) {
        return a == b;
    }
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    common >= 3 && a.chars().count() <= common + 3 && b.chars().count() <= common + 3
}
