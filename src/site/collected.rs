//! What an issue of the newsletter collects: what was published, what was held, what is coming.
//!
//! It follows from the content and from the days of the issue, never from the day of the build: an issue that was sent stays what it was,
//! whenever the site is built again, as long as nobody changes what it speaks of.

use super::calendar::{days_in_grid, leaves, months};
use super::{Entry, EntryId, Event, EventId, EventSource, RowStatus, Site, workshop_status};
use crate::diagnostic::{Diagnostic, Problem};
use crate::kinds::{Collect, Details, Kind};
use crate::source::Span;
use crate::value::date::Date;
use crate::value::timeframe::Kind as FrameKind;
use std::collections::BTreeSet;

/// The first and the last of some days, both included.
pub type Days = (Date, Date);

/// What stands in the sections of an issue, each in the order of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collected {
    /// The days of what is behind the issue; `None` if the issue only looks ahead.
    pub behind: Option<Days>,
    /// The days of what lies ahead of it.
    pub ahead: Option<Days>,
    /// News, practices, documents and projects.
    pub published: Vec<EntryId>,
    /// Events that ended in these days.
    pub held: Vec<EventId>,
    /// Events that have a day among those ahead.
    pub dated: Vec<EventId>,
    /// Those that take place some time in a span that touches them.
    pub windows: Vec<EventId>,
    /// Those that begin in them and go on.
    pub lasting: Vec<EventId>,
}

impl Collected {
    /// How many lines the sections have.
    pub fn count(&self) -> usize {
        let events = [&self.held, &self.dated, &self.windows, &self.lasting];
        self.published.len() + events.iter().map(|ids| ids.len()).sum::<usize>()
    }
}

impl Site {
    /// What the newsletter `id` collects; `None` if it does not ask for it, or not for a span of days.
    pub fn collected(&self, id: EntryId) -> Option<Collected> {
        let entry = self.entry(id);
        let (from, to) = span(collect(entry)?)?;
        let (behind, ahead) = split(from, to, entry.date);
        let mut out = Collected { behind, ahead, ..Collected::default() };
        if let Some((first, last)) = behind {
            out.published = self.published_between(first, last);
            out.held = self.held_between(first, last);
        }
        if let Some((first, last)) = ahead {
            self.coming_between(first, last, &mut out);
        }
        Some(out)
    }

    fn published_between(&self, first: Date, last: Date) -> Vec<EntryId> {
        let from = self.newest.partition_point(|id| self.entry(*id).date > Some(last));
        let dated = self.newest[from..].iter().take_while(|id| self.entry(**id).date >= Some(first));
        let is_news =
            |id: &&EntryId| matches!(self.entry(**id).document.kind, Kind::News | Kind::Practice | Kind::Document | Kind::Project);
        let mut found: Vec<EntryId> = dated.filter(is_news).copied().collect();
        found.sort_by_key(|id| (self.entry(*id).date, *id));
        found
    }

    fn held_between(&self, first: Date, last: Date) -> Vec<EventId> {
        let ended = |event: &Event| event.timeframe.end.is_some_and(|end| (first..=last).contains(&end));
        let mut found: Vec<EventId> = self.events_between(first, last);
        found.retain(|id| ended(self.calendar.event(*id)) && self.took_place(self.calendar.event(*id), last));
        found.sort_by_key(|id| (self.calendar.event(*id).timeframe.end, *id));
        found
    }

    /// Whether an event that ended by `day` took place, as it can be said on the next day and ever since.
    fn took_place(&self, event: &Event, day: Date) -> bool {
        match (event.source, event.entry) {
            (EventSource::Workshop, Some(id)) => workshop_status(self.entry(id), day.add_days(1)) == RowStatus::Held,
            _ => matches!(event.status, RowStatus::Held | RowStatus::Published),
        }
    }

    fn coming_between(&self, first: Date, last: Date, out: &mut Collected) {
        let (mut dated, mut windows, mut lasting) = (Vec::new(), Vec::new(), Vec::new());
        for id in self.events_between(first, last) {
            let frames = || leaves(&self.calendar.event(id).timeframe);
            let day = frames().flat_map(days_in_grid).filter(|day| (first..=last).contains(day)).min();
            let opens = |kinds: &[FrameKind]| {
                let bounds = frames().filter(|f| kinds.contains(&f.kind)).filter_map(|f| f.start.zip(f.end));
                bounds.filter(|(start, end)| *start <= last && *end >= first).map(|(start, _)| start).min()
            };
            let is_open = |event: &Event| event.timeframe.end.is_some_and(|end| end >= first);
            match (day, opens(&[FrameKind::Window, FrameKind::Exact, FrameKind::Recurring]), opens(&[FrameKind::Ongoing])) {
                (Some(day), ..) => dated.push((day, id)),
                (None, Some(start), _) if is_open(self.calendar.event(id)) => windows.push((start, id)),
                // What went on before and goes on is no news.
                (None, None, Some(start)) if start >= first => lasting.push((start, id)),
                _ => {}
            }
        }
        let in_order = |mut found: Vec<(Date, EventId)>| -> Vec<EventId> {
            found.sort_unstable();
            found.into_iter().map(|(_, id)| id).collect()
        };
        (out.dated, out.windows, out.lasting) = (in_order(dated), in_order(windows), in_order(lasting));
    }

    /// Workshops and rows of plans that the calendar has in the months of these days.
    fn events_between(&self, first: Date, last: Date) -> Vec<EventId> {
        let mut found = BTreeSet::new();
        for (year, month) in months(first, last) {
            let Some(of_year) = self.calendar.years.get(&year) else { continue };
            found.extend(&of_year.ongoing);
            if let Some(of_month) = of_year.months.get(&month) {
                found.extend(of_month.days.values().flatten().chain(&of_month.band));
            }
        }
        let is_ours = |id: &EventId| matches!(self.calendar.event(*id).source, EventSource::Workshop | EventSource::PlanItem);
        found.into_iter().filter(is_ours).collect()
    }
}

/// What a newsletter says that it collects.
fn collect(entry: &Entry) -> Option<&Collect> {
    match &entry.document.details {
        Details::Newsletter(newsletter) => newsletter.collect.as_ref(),
        _ => None,
    }
}

/// Its first and last day.
fn span(collect: &Collect) -> Option<Days> {
    let (from, to) = (collect.from.as_ref()?.value, collect.to.as_ref()?.value);
    (from <= to).then_some((from, to))
}

/// The days of a span that are behind an issue of the day `issued`, and those that lie ahead of it. An issue that comes out when the span is
/// over looks as far ahead as the span is long.
fn split(from: Date, to: Date, issued: Option<Date>) -> (Option<Days>, Option<Days>) {
    match issued {
        Some(issued) if issued < from => (None, Some((from, to))),
        Some(issued) if issued < to => (Some((from, issued)), Some((issued.add_days(1), to))),
        _ => (Some((from, to)), Some((to.add_days(1), to.add_days(from.days_until(to) + 1)))),
    }
}

/// What is wrong with what newsletters say that they collect.
pub(super) fn told(site: &Site) -> Vec<Diagnostic> {
    let of_entry = |id: &EntryId| {
        let entry = site.entry(*id);
        let collect = collect(entry)?;
        let place = collect.to.as_ref().or(collect.from.as_ref()).map(|day| day.span);
        let at = place.map_or_else(|| Span::file(&entry.document.path), |place| Span::new(&entry.document.path, place));
        match (&collect.from, &collect.to) {
            (Some(from), Some(to)) if from.value <= to.value => None,
            (Some(from), Some(to)) => Some(Diagnostic::new(Problem::SpanBackwards { from: from.value, to: to.value }, at)),
            _ => Some(Diagnostic::new(Problem::SpanOpen, at)),
        }
    };
    site.section(Kind::Newsletter).iter().filter_map(of_entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_the_issue_parts_its_span() {
        let day = |text: &str| Date::parse_iso(text).unwrap();
        let (from, to) = (day("2024-01-01"), day("2024-03-31"));
        let check = |issued: Option<&str>, behind: Option<[&str; 2]>, ahead: Option<[&str; 2]>| {
            let span = |days: Option<[&str; 2]>| days.map(|[first, last]| (day(first), day(last)));
            assert_eq!(split(from, to, issued.map(day)), (span(behind), span(ahead)), "{issued:?}");
        };
        check(Some("2023-12-25"), None, Some(["2024-01-01", "2024-03-31"]));
        check(Some("2024-01-22"), Some(["2024-01-01", "2024-01-22"]), Some(["2024-01-23", "2024-03-31"]));
        // 91 days of a leap year, and as many behind them.
        check(Some("2024-03-31"), Some(["2024-01-01", "2024-03-31"]), Some(["2024-04-01", "2024-06-30"]));
        check(Some("2024-04-05"), Some(["2024-01-01", "2024-03-31"]), Some(["2024-04-01", "2024-06-30"]));
        check(None, Some(["2024-01-01", "2024-03-31"]), Some(["2024-04-01", "2024-06-30"]));
    }
}
