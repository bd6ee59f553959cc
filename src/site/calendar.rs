//! The calendar: what takes place when. Nothing is ever given a day that it has not got.

use super::plans::workshop_status;
use super::{Entry, EntryId, Row, RowStatus, Site};
use crate::config::Config;
use crate::kinds::{Details, Kind, Mode, PlanItem};
use crate::site::names::Registries;
use crate::value::date::Date;
use crate::value::timeframe::{Kind as FrameKind, TimeFrame};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The place of an event in [`Calendar::events`].
pub type EventId = u32;

/// Where an event comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventSource {
    Workshop,
    PlanItem,
    Registration,
    Observance,
    Newsletter,
}

impl EventSource {
    /// All of them, in order.
    pub const ALL: [EventSource; 5] =
        [EventSource::Workshop, EventSource::PlanItem, EventSource::Registration, EventSource::Observance, EventSource::Newsletter];

    /// The name in JSON and templates.
    pub fn id(self) -> &'static str {
        match self {
            EventSource::Workshop => "workshop",
            EventSource::PlanItem => "plan_item",
            EventSource::Registration => "registration",
            EventSource::Observance => "observance",
            EventSource::Newsletter => "newsletter",
        }
    }
}

/// Something that stands in the calendar. A large site has several for each document: what they are called is said by what they are of
/// ([`Site::event_id`], [`Site::event_title`], [`Site::event_address`]).
#[derive(Debug, Clone)]
pub struct Event {
    pub source: EventSource,
    pub timeframe: Arc<TimeFrame>,
    pub status: RowStatus,
    pub mode: Option<Mode>,
    /// The document that it stands in, if any.
    pub entry: Option<EntryId>,
    /// The row of the plan that it is or realises.
    pub row: Option<(EntryId, u32)>,
    /// Of a row's parts, the one that has this time of its own.
    pub part: Option<u16>,
    /// The place in its registry, for an observance.
    pub observance: Option<u32>,
}

/// A month's events.
#[derive(Debug, Clone, Default)]
pub struct Month {
    /// Those with days, by day of the month.
    pub days: BTreeMap<i8, Vec<EventId>>,
    /// Windows of days, months, quarters, half-years that touch the month.
    pub band: Vec<EventId>,
    /// How many go on all the time through it.
    pub ongoing: usize,
}

/// A year's events.
#[derive(Debug, Clone, Default)]
pub struct Year {
    pub months: BTreeMap<i8, Month>,
    /// What goes on all the time.
    pub ongoing: Vec<EventId>,
    /// On request, by another schedule, to be announced.
    pub undated: Vec<EventId>,
}

/// All events, and where each stands.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// By first day, then by last day, then by id.
    pub events: Vec<Event>,
    /// The events of each entry.
    by_entry: BTreeMap<EntryId, Vec<EventId>>,
    pub years: BTreeMap<i16, Year>,
    /// Events without any year: on request in no plan.
    pub undated: Vec<EventId>,
}

/// An exact span longer than this many days is a band: it would fill the grid and hide what happens on a day.
const LONGEST_IN_GRID: i64 = 10;
/// A recurring event fills at most so many days of the calendar.
const MOST_DAYS: usize = 370;
/// A frame covers at most so many years.
const MOST_YEARS: i16 = 10;

impl Calendar {
    /// Files `events` by year, month and day.
    pub fn of(mut events: Vec<Event>, entries: &[Entry], registries: &Registries) -> Calendar {
        events.shrink_to_fit();
        events.sort_by_cached_key(|event| (event.timeframe.start, event.timeframe.end, event_id(event, entries, registries)));
        let mut years: BTreeMap<i16, Year> = BTreeMap::new();
        let mut undated = Vec::new();
        for (index, event) in events.iter().enumerate() {
            let id = index as EventId;
            for frame in leaves(&event.timeframe) {
                file(frame, id, &mut years, &mut undated);
            }
        }
        for year in years.values_mut() {
            year.ongoing.dedup();
            year.undated.dedup();
        }
        let mut by_entry: BTreeMap<EntryId, Vec<EventId>> = BTreeMap::new();
        for (index, event) in events.iter().enumerate() {
            if let Some(entry) = event.entry {
                by_entry.entry(entry).or_default().push(index as EventId);
            }
        }
        Calendar { events, by_entry, years, undated }
    }

    /// The event `id`.
    pub fn event(&self, id: EventId) -> &Event {
        &self.events[id as usize]
    }

    /// The events that stand in the document `entry`.
    pub fn events_of(&self, entry: EntryId) -> impl Iterator<Item = EventId> {
        self.by_entry.get(&entry).into_iter().flatten().copied()
    }

    /// The event that a workshop is.
    pub fn event_of(&self, entry: EntryId) -> Option<EventId> {
        self.events_of(entry).find(|id| self.event(*id).source == EventSource::Workshop)
    }

    /// Events that are not over on `today`, by their next day; behind them those without days, by the first span that is not over.
    pub fn coming(&self, today: Date) -> (Vec<(Date, EventId)>, Vec<EventId>) {
        let (mut dated, mut windows) = (Vec::new(), Vec::new());
        for (index, event) in self.events.iter().enumerate() {
            if event.timeframe.end.is_none_or(|end| end < today) || matches!(event.status, RowStatus::Cancelled) {
                continue;
            }
            let mut next: Option<Date> = None;
            let mut window: Option<Date> = None;
            for frame in leaves(&event.timeframe).filter(|f| f.end.is_some_and(|end| end >= today)) {
                match days_in_grid(frame).into_iter().find(|day| *day >= today) {
                    Some(day) => next = Some(next.map_or(day, |n| n.min(day))),
                    None if matches!(frame.kind, FrameKind::Window | FrameKind::Exact | FrameKind::Recurring) => {
                        window = window.into_iter().chain(frame.start).min();
                    }
                    None => {}
                }
            }
            match (next, window) {
                (Some(day), _) => dated.push((day, index as EventId)),
                (None, Some(start)) => windows.push((start, index as EventId)),
                (None, None) => {}
            }
        }
        dated.sort();
        windows.sort();
        (dated, windows.into_iter().map(|(_, id)| id).collect())
    }

    /// The first day after `today` on which the list of what is coming changes.
    pub fn next_change(&self, today: Date) -> Option<Date> {
        let edges = self.events.iter().flat_map(|event| leaves(&event.timeframe)).filter_map(|frame| frame.end).filter(|end| *end >= today);
        edges.min().map(|end| end.add_days(1))
    }
}

fn file(frame: &TimeFrame, id: EventId, years: &mut BTreeMap<i16, Year>, undated: &mut Vec<EventId>) {
    let (Some(start), Some(end)) = (frame.start, frame.end) else {
        if frame.kind != FrameKind::Error {
            undated.push(id);
        }
        return;
    };
    let last_year = end.year().min(start.year().saturating_add(MOST_YEARS));
    match frame.kind {
        FrameKind::OnDemand | FrameKind::External | FrameKind::Tbd => {
            for year in start.year()..=last_year {
                years.entry(year).or_default().undated.push(id);
            }
        }
        FrameKind::Ongoing => {
            for year in start.year()..=last_year {
                years.entry(year).or_default().ongoing.push(id);
            }
            for (year, month) in months(start, end) {
                years.entry(year).or_default().months.entry(month).or_default().ongoing += 1;
            }
        }
        FrameKind::Error => {}
        _ => {
            let days = days_in_grid(frame);
            if days.is_empty() {
                for (year, month) in months(start, end) {
                    let band = &mut years.entry(year).or_default().months.entry(month).or_default().band;
                    if band.last() != Some(&id) {
                        band.push(id);
                    }
                }
            }
            for day in days {
                let cell = years.entry(day.year()).or_default().months.entry(day.month()).or_default().days.entry(day.day()).or_default();
                if cell.last() != Some(&id) {
                    cell.push(id);
                }
            }
        }
    }
}

/// The days of the grid on which `frame` stands.
pub fn days_in_grid(frame: &TimeFrame) -> Vec<Date> {
    match (frame.kind, frame.start, frame.end) {
        (FrameKind::Exact, Some(start), Some(end)) if start.days_until(end) >= LONGEST_IN_GRID => Vec::new(),
        (FrameKind::Deadline, _, Some(end)) => vec![end],
        (FrameKind::Recurring, ..) if frame.recurrence.as_ref().is_some_and(|r| r.rrule.as_deref() == Some("FREQ=DAILY")) => Vec::new(),
        (FrameKind::Exact | FrameKind::Recurring, ..) => frame.days(MOST_DAYS),
        _ => Vec::new(),
    }
}

/// Whether it can stand in another program's calendar: it has a day of its own. A window is no appointment, and a file without events
/// is no calendar (RFC 5545 §3.4).
pub fn is_appointment(frame: &TimeFrame) -> bool {
    leaves(frame).any(|f| f.kind == FrameKind::Exact && f.end.is_some() || !days_in_grid(f).is_empty())
}

/// The frames that a frame is made of: itself, or those of a list.
pub fn leaves(frame: &TimeFrame) -> Box<dyn Iterator<Item = &TimeFrame> + '_> {
    if frame.kind == FrameKind::List { Box::new(frame.items.iter().flat_map(leaves)) } else { Box::new(std::iter::once(frame)) }
}

/// The months from `start` to `end`, both included.
pub fn months(start: Date, end: Date) -> impl Iterator<Item = (i16, i8)> {
    let first = i32::from(start.year()) * 12 + i32::from(start.month()) - 1;
    let last = (i32::from(end.year()) * 12 + i32::from(end.month()) - 1).min(first + 12 * i32::from(MOST_YEARS));
    (first..=last).map(|m| ((m / 12) as i16, (m % 12 + 1) as i8))
}

/// Stable: `workshops/profi`, `plans/tula-2024/2.3`, with the number of the part behind it where a part has its own time.
fn event_id(event: &Event, entries: &[Entry], registries: &Registries) -> String {
    let slug = event.entry.map_or("", |id| entries[id.index()].slug.as_str());
    match event.source {
        EventSource::Workshop => ["workshops/", slug].concat(),
        EventSource::Registration => format!("workshops/{slug}#registration"),
        EventSource::Newsletter => format!("newsletters/{slug}"),
        EventSource::PlanItem => {
            let row = row_of(event, entries).map_or("", |(row, _)| &row.id);
            let id = ["plans/", slug, "/", row].concat();
            match event.part {
                None => id,
                Some(part) => format!("{id}/{}", part + 1),
            }
        }
        EventSource::Observance => {
            let named = event.observance.map_or("", |at| registries.observances.entries[at as usize].id.as_str());
            format!("observances/{named}/{}", event.timeframe.start.map_or(0, |day| day.year()))
        }
    }
}

/// The row that an event of a plan is, and the row as written.
fn row_of<'s>(event: &Event, entries: &'s [Entry]) -> Option<(&'s Row, &'s PlanItem)> {
    let (plan, row) = event.row?;
    let (plan, rows) = entries[plan.index()].current_plan()?;
    let row = rows.rows.get(row as usize)?;
    Some((row, row.item(plan)))
}

impl Site {
    /// What an event is known by for good: `workshops/profi`, `plans/tula-2024/2.3`.
    pub fn event_id(&self, event: &Event) -> String {
        event_id(event, &self.entries, &self.registries)
    }

    /// What an event is called: as its document, row, part of a row or observance.
    pub fn event_title(&self, event: &Event) -> &str {
        match event.source {
            EventSource::PlanItem => row_of(event, &self.entries).map_or("", |(_, item)| {
                let part = event.part.and_then(|part| item.parts.get(usize::from(part))?.title.as_ref());
                part.or(item.title.as_ref()).map_or("", |title| &title.value)
            }),
            EventSource::Observance => event.observance.map_or("", |at| &self.registries.observances.entries[at as usize].name),
            _ => event.entry.map_or("", |id| self.entry(id).document.title()),
        }
    }

    /// Where an event stands, with its anchor and without slots, `plans/tula-2024/#2.3`; empty where it has no page.
    pub fn event_address(&self, event: &Event) -> String {
        let address = event.entry.map_or("", |id| &self.entry(id).address);
        match (event.source, row_of(event, &self.entries)) {
            (EventSource::PlanItem, Some((row, _))) => [address, "#", &row.id].concat(),
            _ => address.to_owned(),
        }
    }
}

/// The events of all entries and observances.
pub fn events(entries: &[Entry], registries: &Registries, config: &Config, today: Date) -> Vec<Event> {
    let mut out = Vec::new();
    let mut years: BTreeSet<i16> = BTreeSet::from([today.year()]);
    for (index, entry) in entries.iter().enumerate() {
        let id = EntryId(index as u32);
        match &entry.document.details {
            Details::Workshop(workshop) => {
                let event = |source, timeframe: &TimeFrame| Event {
                    source,
                    timeframe: Arc::new(timeframe.clone()),
                    status: workshop_status(entry, today),
                    mode: workshop.mode,
                    entry: Some(id),
                    row: entry.rows.first().map(|(plan, row)| (*plan, *row as u32)),
                    part: None,
                    observance: None,
                };
                if let Some(frame) = &entry.timeframe {
                    out.push(event(EventSource::Workshop, frame));
                }
                if let Some(until) = &entry.register_until {
                    out.push(event(EventSource::Registration, until));
                }
            }
            Details::Plan(_) => {
                let Some(rows) = &entry.plan else { continue };
                for (at, row) in rows.rows.iter().enumerate() {
                    let event = |part: Option<usize>, timeframe: Arc<TimeFrame>| Event {
                        source: EventSource::PlanItem,
                        timeframe,
                        status: row.status,
                        mode: None,
                        entry: Some(id),
                        row: Some((id, at as u32)),
                        part: part.map(|part| part as u16),
                        observance: None,
                    };
                    let still = |frame: &Arc<TimeFrame>| unrealised(frame, row, entries);
                    let timed = row.parts.iter().enumerate().filter_map(|(part, frame)| Some((part, still(frame.as_ref()?)?)));
                    if row.parts.iter().any(Option::is_some) {
                        out.extend(timed.map(|(part, frame)| event(Some(part), frame)));
                    } else if let Some(frame) = row.timeframe.as_ref().and_then(still) {
                        out.push(event(None, frame));
                    }
                }
            }
            Details::Newsletter(_) if config.settings.newsletters_in_calendar => {
                if let Some(date) = entry.date {
                    out.push(Event {
                        source: EventSource::Newsletter,
                        timeframe: Arc::new(TimeFrame::on(date)),
                        status: RowStatus::Published,
                        mode: None,
                        entry: Some(id),
                        row: None,
                        part: None,
                        observance: None,
                    });
                }
            }
            _ => {}
        }
    }
    for event in &out {
        if event.source != EventSource::Registration {
            years.extend(event.timeframe.start.map(|d| d.year()));
            years.extend(event.timeframe.end.map(|d| d.year()));
        }
    }
    out.extend(observances(registries, &years));
    out
}

/// What of `frame`, a time of `row`, no event stands for: one entry where a workshop realises a row. Where a row has several times, an
/// event stands for those in which it takes place; what goes on all the time goes on beside its events.
fn unrealised(frame: &Arc<TimeFrame>, row: &Row, entries: &[Entry]) -> Option<Arc<TimeFrame>> {
    if row.events.is_empty() {
        return Some(frame.clone());
    }
    match row.occasions() {
        Some(1) => None,
        None => Some(frame.clone()),
        Some(_) => {
            let days: Vec<Date> = row.events.iter().filter_map(|id| entries[id.index()].timeframe.as_ref()?.start).collect();
            let is_open = |leaf: &&TimeFrame| {
                let bounds = leaf.start.zip(leaf.end);
                bounds.is_none_or(|(start, end)| !days.iter().any(|day| (start..=end).contains(day)))
            };
            let open: Vec<TimeFrame> = leaves(frame).filter(is_open).cloned().collect();
            match (open.len(), leaves(frame).count()) {
                (0, _) => None,
                (open, all) if open == all => Some(frame.clone()),
                (1, _) => open.into_iter().next().map(Arc::new),
                _ => {
                    let (start, end) = (open.iter().filter_map(|f| f.start).min(), open.iter().filter_map(|f| f.end).max());
                    Some(Arc::new(TimeFrame { start, end, items: open, ..(**frame).clone() }))
                }
            }
        }
    }
}

/// The observances of the registry, in each of `years`.
fn observances(registries: &Registries, years: &BTreeSet<i16>) -> Vec<Event> {
    let mut out = Vec::new();
    for (index, named) in registries.observances.entries.iter().enumerate() {
        let Some(written) = &named.entry.date else { continue };
        let fixed = crate::record::day_of(&written.value);
        for year in years.iter().copied().filter(|y| fixed.is_none_or(|day| day.year() == *y)) {
            let Some(day) = fixed.or_else(|| Config::yearly_day(&written.value, year)) else { continue };
            let mut frame = TimeFrame::on(day);
            if let Some(end) = named.entry.end.as_ref().and_then(|e| Config::yearly_day(&e.value, year)).filter(|end| *end > day) {
                frame.end = Some(end);
            }
            out.push(Event {
                source: EventSource::Observance,
                timeframe: Arc::new(frame),
                status: RowStatus::Planned,
                mode: None,
                entry: None,
                row: None,
                part: None,
                observance: Some(index as u32),
            });
        }
    }
    out
}

/// Whether a kind's documents stand in the calendar of a group.
pub fn stands_in_calendar(kind: Kind) -> bool {
    matches!(kind, Kind::Workshop | Kind::Plan | Kind::Newsletter)
}
