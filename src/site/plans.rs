//! The rows of a plan: their ids, times, persons, and how far each is fulfilled.

use super::names::{self, Registries};
use super::{Entry, EntryId};
use crate::kinds::{Details, Kind, Plan, PlanItem, Status};
use crate::value::date::Date;
use crate::value::timeframe::{self, Context, Kind as FrameKind, Period, Tables, TimeFrame};
use std::collections::HashMap;
use std::sync::Arc;

/// The rows of one plan, in the order of the paper.
#[derive(Debug, Clone, Default)]
pub struct PlanRows {
    pub period: Option<Period>,
    pub rows: Vec<Row>,
    /// The indices of the rows, ordered by their ids.
    by_id: Box<[u32]>,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// The indices of its section and of its item there.
    pub section: u32,
    pub item: u32,
    /// The number without its full stop, `2.3`; a row without one has the number before it and a letter, `2.6a`.
    pub id: Box<str>,
    /// Shared by the rows of the plan that say the same, and by what stands in the calendar.
    pub timeframe: Option<Arc<TimeFrame>>,
    /// The own time of each part, if it has one.
    pub parts: Box<[Option<Arc<TimeFrame>>]>,
    pub responsible: Box<[Responsible]>,
    /// Events that realise it.
    pub events: Vec<EntryId>,
    /// Materials that came of it.
    pub materials: Vec<EntryId>,
    pub status: RowStatus,
}

/// A unit or a person of the cell «Ответственный».
#[derive(Debug, Clone, PartialEq)]
pub struct Responsible {
    /// As printed.
    pub text: Box<str>,
    /// Its entry in the registry of people.
    pub person: Option<u32>,
    /// Its entry in the registry of organisations.
    pub organisation: Option<u32>,
}

/// How far a row is fulfilled: computed from the documents that name it and from the day, never typed (but for what only the editor
/// knows: held, moved or cancelled without a document).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowStatus {
    Planned,
    Dated,
    Held,
    Published,
    Moved,
    Cancelled,
    Overdue,
}

impl RowStatus {
    /// All of them, in the order of progress.
    pub const ALL: [RowStatus; 7] = [
        RowStatus::Published,
        RowStatus::Held,
        RowStatus::Dated,
        RowStatus::Planned,
        RowStatus::Moved,
        RowStatus::Cancelled,
        RowStatus::Overdue,
    ];

    /// The name in JSON and templates.
    pub fn id(self) -> &'static str {
        match self {
            RowStatus::Planned => "planned",
            RowStatus::Dated => "dated",
            RowStatus::Held => "held",
            RowStatus::Published => "published",
            RowStatus::Moved => "moved",
            RowStatus::Cancelled => "cancelled",
            RowStatus::Overdue => "overdue",
        }
    }
}

/// How many rows stand at each status, in the order of [`RowStatus::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    pub by_status: [usize; 7],
    pub rows: usize,
}

impl PlanRows {
    /// Reads the rows of `plan`.
    pub fn read<'p>(plan: &'p Plan, period: Option<Period>, tables: &Tables, registries: &Registries) -> PlanRows {
        let mut out = PlanRows::default();
        let mut last = String::new();
        let mut letter = 0u8;
        let mut read: HashMap<&str, Arc<TimeFrame>> = HashMap::new();
        let context = Context { period: period.as_ref(), tables };
        // «В течение года» stands at every fourth row.
        let mut frame = |text: &'p str| read.entry(text).or_insert_with(|| Arc::new(timeframe::read(text, &context))).clone();
        for (section_index, section) in plan.sections.iter().enumerate() {
            if last.is_empty() {
                last = (section_index + 1).to_string();
            }
            for (item_index, item) in section.items.iter().enumerate() {
                let id = match item.number.as_ref().map(|n| n.value.trim().trim_end_matches('.')).filter(|n| !n.is_empty()) {
                    Some(number) => {
                        (last, letter) = (number.to_owned(), 0);
                        number.to_owned()
                    }
                    None => {
                        let id = format!("{last}{}", suffix(letter));
                        letter = letter.saturating_add(1);
                        id
                    }
                };
                let row = Row {
                    section: section_index as u32,
                    item: item_index as u32,
                    id: id.into(),
                    timeframe: item.timeframe.as_ref().map(|t| frame(&t.value)),
                    parts: item.parts.iter().map(|p| p.timeframe.as_ref().map(|t| frame(&t.value))).collect(),
                    responsible: responsible(item, registries),
                    events: Vec::new(),
                    materials: Vec::new(),
                    status: RowStatus::Planned,
                };
                out.rows.push(row);
            }
        }
        out.rows.shrink_to_fit();
        out.period = period;
        out.by_id = (0..out.rows.len() as u32).collect();
        out.by_id.sort_by_key(|row| &out.rows[*row as usize].id);
        out
    }

    /// The row `id`; the first of them, if a number stands twice.
    pub fn find(&self, id: &str) -> Option<usize> {
        let at = self.by_id.partition_point(|row| &*self.rows[*row as usize].id < id);
        self.by_id.get(at).map(|row| *row as usize).filter(|row| &*self.rows[*row].id == id)
    }

    /// Counts the rows of `section`, or of the whole plan.
    pub fn totals(&self, section: Option<usize>) -> Totals {
        let mut totals = Totals::default();
        for row in self.rows.iter().filter(|row| section.is_none_or(|s| row.section as usize == s)) {
            totals.rows += 1;
            if let Some(at) = RowStatus::ALL.iter().position(|status| *status == row.status) {
                totals.by_status[at] += 1;
            }
        }
        totals
    }
}

impl Row {
    /// The item of the paper that it was read from.
    pub fn item<'p>(&self, plan: &'p Plan) -> &'p PlanItem {
        &plan.sections[self.section as usize].items[self.item as usize]
    }

    /// Its last day, if its time is known.
    pub fn last_day(&self) -> Option<Date> {
        let own = self.timeframe.as_ref().and_then(|t| t.end);
        own.or_else(|| self.parts.iter().flatten().filter_map(|t| t.end).max())
    }
}

/// `a`, `b`, … `z`, `aa`, `ab` …
fn suffix(n: u8) -> String {
    let letter = char::from(b'a' + n % 26);
    if n < 26 { letter.to_string() } else { format!("{}{letter}", char::from(b'a' + n / 26 - 1)) }
}

fn responsible(item: &PlanItem, registries: &Registries) -> Box<[Responsible]> {
    let texts: Vec<String> = match &item.responsible[..] {
        [cell] => {
            // A single value may be one registered name, or the cell as printed.
            if registries.people.find(&cell.value).is_some() || registries.organisations.find(&cell.value).is_some() {
                vec![cell.value.clone()]
            } else {
                names::split_responsible(&cell.value)
            }
        }
        list => list.iter().map(|t| t.value.clone()).collect(),
    };
    texts
        .into_iter()
        .map(|text| {
            let person = registries.people.find(&names::person(&text).name).map(|at| at as u32);
            let organisation = if person.is_none() { registries.organisations.find(&text).map(|at| at as u32) } else { None };
            Responsible { text: text.into(), person, organisation }
        })
        .collect()
}

/// Writes into each row the documents that realise it and its status on `today`.
pub fn fulfil(entries: &mut [Entry], today: Date) {
    let mut realised: Vec<(EntryId, usize, EntryId, Kind)> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        for (plan, row) in &entry.rows {
            realised.push((*plan, *row, EntryId(index as u32), entry.document.kind));
        }
    }
    for (plan, row, by, kind) in realised {
        if let Some(rows) = &mut entries[plan.index()].plan {
            let row = &mut rows.rows[row];
            if kind == Kind::Workshop { row.events.push(by) } else { row.materials.push(by) }
        }
    }
    for index in 0..entries.len() {
        let Some((plan, rows)) = entries[index].current_plan() else { continue };
        let statuses: Vec<RowStatus> = rows.rows.iter().map(|row| status(row, row.item(plan), entries, today)).collect();
        if let Some(rows) = &mut entries[index].plan {
            for (row, status) in rows.rows.iter_mut().zip(statuses) {
                row.status = status;
            }
        }
    }
}

fn status(row: &Row, item: &PlanItem, entries: &[Entry], today: Date) -> RowStatus {
    let event_status = |id: &EntryId| workshop_status(&entries[id.index()], today);
    let events: Vec<RowStatus> = row.events.iter().map(event_status).collect();
    let has_recordings = row.events.iter().any(|id| !entries[id.index()].recordings.is_empty());
    let held = events.contains(&RowStatus::Held) || item.status == Some(Status::Held);
    if !item.results.is_empty() || !row.materials.is_empty() || (held && has_recordings) {
        RowStatus::Published
    } else if held {
        RowStatus::Held
    } else if item.status == Some(Status::Cancelled) || (!events.is_empty() && events.iter().all(|s| *s == RowStatus::Cancelled)) {
        RowStatus::Cancelled
    } else if item.status == Some(Status::Moved) || events.contains(&RowStatus::Moved) {
        RowStatus::Moved
    } else if events.contains(&RowStatus::Dated) {
        RowStatus::Dated
    } else if row.last_day().is_some_and(|end| end < today) {
        RowStatus::Overdue
    } else {
        RowStatus::Planned
    }
}

/// Where a workshop stands on `today`. What was announced for a day, and neither moved nor cancelled, took place on it.
pub fn workshop_status(entry: &Entry, today: Date) -> RowStatus {
    let Details::Workshop(workshop) = &entry.document.details else { return RowStatus::Planned };
    match workshop.status {
        Some(Status::Held) => RowStatus::Held,
        Some(Status::Cancelled) => RowStatus::Cancelled,
        Some(Status::Moved) => RowStatus::Moved,
        Some(Status::Planned) | None => match &entry.timeframe {
            Some(frame) if !frame.days(1).is_empty() || matches!(frame.kind, FrameKind::Exact) => {
                if frame.end.is_some_and(|end| end < today) && workshop.status.is_none() {
                    RowStatus::Held
                } else if frame.end.is_some_and(|end| end < today) {
                    RowStatus::Overdue
                } else {
                    RowStatus::Dated
                }
            }
            Some(frame) if frame.end.is_some_and(|end| end < today) => RowStatus::Overdue,
            _ => RowStatus::Planned,
        },
    }
}
