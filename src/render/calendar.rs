//! The calendar's pages. A month is a real table; a year is twelve small ones; a list is what is coming.

use super::frame::About;
use super::theme::{Code, Markup, Rare};
use super::view::{self, CardGroup, GridDay, GridEvent, Link, MonthCount, SmallDay, SmallMonth, YearCount};
use super::{Fault, Made, Renderer};
use crate::output::address;
use crate::site::calendar::{Month, Year};
use crate::site::{EventId, RowStatus};
use crate::value::date::{self, Case, Date, weekday_name};
use crate::value::letter::capital;
use crate::value::timeframe::Kind as FrameKind;
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};

/// How many coming events stand on the calendar's own page.
const NEXT: usize = 8;
/// How many coming events the list names at most.
const COMING: usize = 300;

impl Renderer {
    /// The seven weekdays, long (`title`) and short (`url`), Monday first.
    pub(super) fn weekdays(&self) -> Vec<Link<'static>> {
        let name = |n: i8, short: bool| weekday_name(n, short, self.language());
        (1..=7).map(|n| Link::new(name(n, false), name(n, true))).collect()
    }

    /// The way into the calendar.
    pub(super) fn calendar_index(&self) -> Made {
        let years = self.site.calendar.years.iter().rev().map(|(year, of_year)| self.calendar_count(*year, of_year)).collect();
        let title = self.word("calendar.title");
        let about = About {
            title: title.into(),
            description: self.word("calendar.intro").into(),
            address: "calendar/".into(),
            class: "calendar",
            ..About::default()
        };
        let (dated, windows) = self.site.calendar.coming(self.site.today);
        let next = dated.into_iter().map(|(_, id)| id).chain(windows).take(NEXT);
        let view = view::Years { frame: self.frame(about), title, years, next_html: self.lines(next) };
        self.theme.render("calendar.html", &view)
    }

    fn calendar_count(&self, year: i16, of_year: &Year) -> YearCount {
        let count = |month: i8| of_year.months.get(&month).map_or(0, |m| events_of(m).len());
        let most = (1..=12).map(count).max().unwrap_or(0).max(1);
        let months: Vec<MonthCount> = (1..=12)
            .map(|month| MonthCount {
                name: date::month_name(month, Case::Nominative, self.language()),
                short: date::month_name(month, Case::Short, self.language()),
                url: address(&format!("calendar/{year}/{month:02}/")),
                count: count(month),
                percent: count(month) * 100 / most,
            })
            .collect();
        let total = months.iter().map(|m| m.count).sum::<usize>() + of_year.ongoing.len();
        YearCount { year, url: address(&format!("calendar/{year}/")), count: total, months }
    }

    /// A year: twelve small months, what lasts, what has no date.
    pub(super) fn calendar_year(&self, year: i16) -> Made {
        let nothing = Year::default();
        let of_year = self.site.calendar.years.get(&year).unwrap_or(&nothing);
        let near = |y: Option<&i16>| y.map(|y| Link::new(y.to_string(), address(&format!("calendar/{y}/"))));
        let about = About {
            title: format!("{} {year}", self.word("calendar.title")).into(),
            address: format!("calendar/{year}/"),
            class: "calendar",
            trail: vec![Link::new(self.word("calendar.title"), address("calendar/"))],
            ..About::default()
        };
        let years = &self.site.calendar.years;
        let view = view::CalendarYear {
            frame: self.frame(about),
            year,
            months: (1..=12).map(|month| self.small_month(year, month)).collect::<Result<_, Fault>>()?,
            weekdays: self.weekdays(),
            ongoing_html: self.lines(of_year.ongoing.iter().copied()),
            undated_html: self.lines(of_year.undated.iter().chain(&self.site.calendar.undated).copied()),
            previous: near(years.range(..year).next_back().map(|(y, _)| y)),
            next: near(years.range(year + 1..).next().map(|(y, _)| y)),
        };
        self.theme.render("calendar-year.html", &view)
    }

    /// A small month.
    pub(super) fn small_month(&self, year: i16, month: i8) -> Result<SmallMonth, Fault> {
        let nothing = Month::default();
        let of_month = self.site.calendar.years.get(&year).and_then(|y| y.months.get(&month)).unwrap_or(&nothing);
        let exists = self.site.calendar.years.contains_key(&year);
        let url = if exists { address(&format!("calendar/{year}/{month:02}/")) } else { String::new() };
        let day = |date: Date| {
            let month_url = url.clone();
            if date.month() == month {
                SmallDay { month_url, day: date.day(), count: of_month.days.get(&date.day()).map_or(0, Vec::len), iso: date.to_string() }
            } else {
                SmallDay { month_url, day: 0, count: 0, iso: String::new() }
            }
        };
        let weeks: Vec<Vec<SmallDay>> = weeks(year, month).into_iter().map(|week| week.into_iter().map(day).collect()).collect();
        Ok(SmallMonth {
            name: date::month_name(month, Case::Nominative, self.language()),
            weeks_html: self.days("parts/small-day.html", &weeks)?,
            weeks: Rare(weeks),
            url,
            count: events_of(of_month).len(),
            band: of_month.band.len(),
        })
    }

    /// A month.
    pub(super) fn calendar_month(&self, year: i16, month: i8) -> Made {
        let nothing = Year::default();
        let of_year = self.site.calendar.years.get(&year).unwrap_or(&nothing);
        let no_events = Month::default();
        let of_month = of_year.months.get(&month).unwrap_or(&no_events);
        let title = capital(&date::month(year, month, self.language()));
        let day = |date: Date| {
            let outside = date.month() != month;
            let ids = of_month.days.get(&date.day()).filter(|_| !outside);
            let events: Vec<GridEvent> = ids.into_iter().flatten().map(|id| self.grid_event(*id, date.day())).collect();
            let events_html = self.parts("parts/day-event.html", "", &events)?;
            Ok(GridDay { day: date.day(), iso: date, outside, events: Rare(events), events_html })
        };
        let weeks: Vec<Vec<GridDay>> = weeks(year, month)
            .into_iter()
            .map(|week| week.into_iter().map(day).collect::<Result<_, Fault>>())
            .collect::<Result<_, Fault>>()?;
        let mut seen = HashSet::new();
        let listed: Vec<EventId> = of_month.days.values().flatten().copied().filter(|id| seen.insert(*id)).collect();
        let about = About {
            title: format!("{}: {}", self.word("calendar.title"), date::month(year, month, self.language())).into(),
            address: format!("calendar/{year}/{month:02}/"),
            class: "calendar",
            trail: vec![
                Link::new(self.word("calendar.title"), address("calendar/")),
                Link::new(year.to_string(), address(&format!("calendar/{year}/"))),
            ],
            ..About::default()
        };
        let view = view::CalendarMonth {
            frame: self.frame(about),
            title,
            weekdays: self.weekdays(),
            weeks_html: self.days("parts/day.html", &weeks)?,
            weeks: Rare(weeks),
            band_html: self.lines(of_month.band.iter().copied()),
            has_days: !listed.is_empty(),
            list_html: self.lines(listed),
            ongoing: of_month.ongoing,
            undated: of_year.undated.len(),
            year: Link::new(year.to_string(), address(&format!("calendar/{year}/"))),
            previous: self.neighbour(year, month, -1),
            next: self.neighbour(year, month, 1),
        };
        self.theme.render("calendar-month.html", &view)
    }

    /// The month before or after, across years that have none.
    fn neighbour(&self, year: i16, month: i8, step: i8) -> Option<Link<'static>> {
        let years = &self.site.calendar.years;
        let (year, month) = match month + step {
            0 => (*years.range(..year).next_back()?.0, 12),
            13 => (*years.range(year + 1..).next()?.0, 1),
            month => (year, month),
        };
        Some(Link::new(date::month(year, month, self.language()), address(&format!("calendar/{year}/{month:02}/"))))
    }

    /// The days of each week by `template`.
    fn days(&self, template: &str, weeks: &[Vec<impl Serialize>]) -> Result<Vec<Vec<Markup>>, Fault> {
        weeks.iter().map(|week| week.iter().map(|day| self.theme.render(template, day).map(Markup)).collect()).collect()
    }

    fn grid_event(&self, id: EventId, day: i8) -> GridEvent<'_> {
        let event = self.site.calendar.event(id);
        GridEvent {
            title: self.event_title(event),
            url: self.event_url(event),
            time: event.timeframe.time.map_or_else(String::new, |t| t.words()),
            source: Code(event.source.id()),
            deadline: event.timeframe.kind == FrameKind::Deadline,
            day,
            cancelled: event.status == RowStatus::Cancelled,
        }
    }

    /// What is coming.
    pub(super) fn calendar_list(&self) -> Made {
        let (dated, windows) = self.site.calendar.coming(self.site.today);
        let mut months: Vec<(i16, i8, Vec<EventId>)> = Vec::new();
        for (day, id) in dated.into_iter().take(COMING) {
            match months.last_mut() {
                Some((year, month, list)) if (*year, *month) == (day.year(), day.month()) => list.push(id),
                _ => months.push((day.year(), day.month(), vec![id])),
            }
        }
        let months = months
            .into_iter()
            .map(|(year, month, ids)| CardGroup {
                title: capital(&date::month(year, month, self.language())).into(),
                cards_html: self.lines(ids),
            })
            .collect();
        let about = About {
            title: self.word("calendar.coming").into(),
            address: "calendar/list/".into(),
            class: "calendar",
            trail: vec![Link::new(self.word("calendar.title"), address("calendar/"))],
            ..About::default()
        };
        let view = view::CalendarList {
            frame: self.frame(about),
            months,
            windows_html: self.lines(windows.into_iter().take(COMING)),
            as_of: date::day(self.site.today, self.language()),
        };
        self.theme.render("calendar-list.html", &view)
    }
}

/// The events of a month, each once.
fn events_of(month: &Month) -> BTreeSet<EventId> {
    month.days.values().flatten().chain(&month.band).copied().collect()
}

/// The weeks that touch a month, Monday to Sunday.
fn weeks(year: i16, month: i8) -> Vec<Vec<Date>> {
    let Some(first) = Date::new(year, month, 1) else { return Vec::new() };
    let last = first.last_of_month();
    let mut monday = first.add_days(1 - i64::from(first.weekday()));
    let mut out = Vec::new();
    while monday <= last {
        out.push((0..7).map(|n| monday.add_days(n)).collect());
        monday = monday.add_days(7);
    }
    out
}
