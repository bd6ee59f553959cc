//! The rows of a plan: their ids, times, persons, and how far each is fulfilled.

use super::amendments::{Amended, What, amend};
use super::calendar::leaves;
use super::names::{self, Registries};
use super::{Entry, EntryId, File};
use crate::diagnostic::Problem;
use crate::kinds::{Details, Kind, Plan, PlanItem, PlanSection, Status};
use crate::record::Text;
use crate::source::Place;
use crate::value::date::Date;
use crate::value::shared::Shared;
use crate::value::timeframe::{self, Context, Kind as FrameKind, Period, Tables, TimeFrame};
use ahash::AHashMap;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The rows of one plan, in the order of the paper.
#[derive(Debug, Clone, Default)]
pub struct PlanRows {
    pub period: Option<Period>,
    pub rows: Vec<Row>,
    /// The indices of the rows, ordered by their ids.
    by_id: Box<[u32]>,
    /// What orders changed, if any did.
    pub amended: Option<Box<Amended>>,
    /// Events of the plan's period that nobody planned: of the plan's own organisation without a row of any plan, or naming this plan
    /// without a row.
    pub unplanned: Vec<EntryId>,
}

/// What a row is known by within its plan: the number without its full stop, `2.3`; a row without one has the number before it (at the head
/// of a section that of the section) and a letter, `2.6a`.
pub type RowId = Box<str>;

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// The indices of its section and of its item there.
    pub section: u32,
    pub item: u32,
    pub id: RowId,
    /// Taken out by an order.
    pub dropped: bool,
    /// Shared by the rows of the plan that say the same, and by what stands in the calendar.
    pub timeframe: Option<Arc<TimeFrame>>,
    /// The own time of each part, if it has one.
    pub parts: Box<[Option<Arc<TimeFrame>>]>,
    pub responsible: Box<[Responsible]>,
    /// Events that realise it.
    pub events: Vec<EntryId>,
    /// Materials that came of it.
    pub materials: Vec<EntryId>,
    /// What else came of it: files, and addresses elsewhere.
    pub results: Box<[File]>,
    pub status: RowStatus,
}

/// A unit or a person of the cell «Ответственный».
#[derive(Debug, Clone, PartialEq)]
pub struct Responsible {
    /// As printed.
    pub text: Shared,
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
    /// Reads the rows of `plan` as it stands now, with what is wrong in its amendments.
    pub fn read(
        plan: &Plan,
        period: Option<Period>,
        today: Date,
        tables: &Tables,
        registries: &Registries,
    ) -> (PlanRows, Vec<(Problem, Place)>) {
        let ids = approved_ids(plan);
        let (amended, ids, faults) = if plan.amendments.is_empty() {
            (None, ids, Vec::new())
        } else {
            let (amended, ids, faults) = amend(plan, ids, today);
            (Some(Box::new(amended)), ids, faults)
        };
        let mut rows = Self::rows(amended.as_ref().map_or(plan, |amended| &amended.plan), ids, &period, tables, registries);
        let done = amended.iter().flat_map(|amended| amended.orders.iter().flatten());
        done.filter(|change| change.what == What::Dropped).for_each(|change| rows[change.row].dropped = true);
        let mut by_id: Box<[u32]> = (0..rows.len() as u32).collect();
        by_id.sort_by_key(|row| &rows[*row as usize].id);
        (PlanRows { period, rows, by_id, amended, unplanned: Vec::new() }, faults)
    }

    fn rows(plan: &Plan, ids: Vec<Vec<RowId>>, period: &Option<Period>, tables: &Tables, registries: &Registries) -> Vec<Row> {
        let mut rows = Vec::with_capacity(ids.iter().map(Vec::len).sum());
        let mut read: AHashMap<&str, Arc<TimeFrame>> = AHashMap::new();
        let mut answer: AHashMap<&str, Box<[Responsible]>> = AHashMap::new();
        let context = Context { period: period.as_ref(), tables };
        // «В течение года» stands at every fourth row, and the same few people answer for most.
        let mut frame = |t| read_once(t, &mut read, &context);
        for (section, (of_section, ids)) in plan.sections.iter().zip(ids).enumerate() {
            for (at, (item, id)) in of_section.items.iter().zip(ids).enumerate() {
                rows.push(Row {
                    section: section as u32,
                    item: at as u32,
                    id,
                    dropped: false,
                    timeframe: item.timeframe.as_ref().map(&mut frame),
                    parts: item.parts.iter().map(|p| p.timeframe.as_ref().map(&mut frame)).collect(),
                    responsible: match &item.responsible[..] {
                        [] => Box::default(),
                        [cell] => answer.entry(&cell.value).or_insert_with(|| responsible(item, registries)).clone(),
                        _ => responsible(item, registries),
                    },
                    events: Vec::new(),
                    materials: Vec::new(),
                    results: Box::new([]),
                    status: RowStatus::Planned,
                });
            }
        }
        rows
    }

    /// The row `id`; the first of them, if a number stands twice.
    pub fn find(&self, id: &str) -> Option<usize> {
        let at = self.by_id.partition_point(|row| &*self.rows[*row as usize].id < id);
        self.by_id.get(at).map(|row| *row as usize).filter(|row| &*self.rows[*row].id == id)
    }

    /// The rows that no order took out.
    pub fn standing(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| !row.dropped)
    }

    /// Counts the standing rows of `section`, or of the whole plan.
    pub fn totals(&self, section: Option<usize>) -> Totals {
        let mut totals = Totals::default();
        for row in self.standing().filter(|row| section.is_none_or(|s| row.section as usize == s)) {
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

    /// Its number as printed; for a row without one, what it is known by.
    pub fn number<'r>(&'r self, item: &'r PlanItem) -> &'r str {
        item.number.as_ref().map(|n| n.value.as_str()).filter(|n| !n.is_empty()).unwrap_or(&self.id)
    }

    /// Its times, one by one: those of its parts if they have any, else those of the list that its own may be.
    pub fn times(&self) -> impl Iterator<Item = &TimeFrame> {
        let own = self.timeframe.iter().filter(|_| self.parts.iter().all(Option::is_none));
        self.parts.iter().flatten().chain(own).flat_map(|frame| leaves(frame))
    }

    /// How many events it takes to fulfil it; `None` for what goes on, or comes again and again.
    pub fn occasions(&self) -> Option<usize> {
        let lasts = |frame: &TimeFrame| matches!(frame.kind, FrameKind::Ongoing | FrameKind::Recurring);
        (!self.times().any(lasts)).then(|| self.times().count().max(1))
    }

    /// Its last day, if its time is known.
    pub fn last_day(&self) -> Option<Date> {
        // What is done when someone asks for it, or by another schedule, is never late.
        let last = |frame: &Arc<TimeFrame>| {
            let is_open = matches!(frame.kind, FrameKind::OnDemand | FrameKind::External | FrameKind::Tbd);
            frame.end.filter(|_| !is_open)
        };
        let own = self.timeframe.as_ref().and_then(last);
        own.or_else(|| self.parts.iter().flatten().filter_map(last).max())
    }
}

fn read_once<'p>(text: &'p Text, read: &mut AHashMap<&'p str, Arc<TimeFrame>>, context: &Context) -> Arc<TimeFrame> {
    let frame = || {
        let frame = timeframe::read(&text.value, context);
        let printed = if frame.printed == text.value { text.value.clone() } else { frame.printed };
        Arc::new(TimeFrame { printed, ..frame })
    };
    read.entry(&text.value).or_insert_with(frame).clone()
}

/// The ids of the rows of `plan` as approved, by section. A number that several sections have, because each counts its rows anew, gets
/// that of its section before it: «1» in the section 2 is `2.1`.
pub fn approved_ids(plan: &Plan) -> Vec<Vec<RowId>> {
    let number = |item: &'_ PlanItem| -> String {
        item.number.as_ref().map(|n| n.value.trim().trim_end_matches('.').to_owned()).unwrap_or_default()
    };
    let mut section_of: HashMap<String, usize> = HashMap::new();
    let mut shared: HashSet<String> = HashSet::new();
    for (at, section) in plan.sections.iter().enumerate() {
        for number in section.items.iter().map(number) {
            if *section_of.entry(number.clone()).or_insert(at) != at {
                shared.insert(number);
            }
        }
    }
    let mut taken: HashSet<RowId> = HashSet::new();
    let of_section = |(at, section): (usize, &PlanSection)| {
        let own = label(at, section);
        let mut last: RowId = own.as_str().into();
        let mut ids = Vec::with_capacity(section.items.len());
        for number in section.items.iter().map(number) {
            let id: RowId = match number.as_str() {
                "" => next_id(&last, |id| taken.contains(id)),
                number if shared.contains(number) => format!("{own}.{number}").into(),
                number => number.into(),
            };
            taken.insert(id.clone());
            last.clone_from(&id);
            ids.push(id);
        }
        ids
    };
    plan.sections.iter().enumerate().map(of_section).collect()
}

/// What the section `at` is called in the ids of its rows: its number without the full stop, else its place.
pub(super) fn label(at: usize, section: &PlanSection) -> String {
    let own = section.number.as_ref().map(|n| n.value.trim().trim_end_matches('.')).filter(|n| !n.is_empty());
    own.map_or_else(|| (at + 1).to_string(), str::to_owned)
}

/// An id for a row without a number that comes behind the row `before`.
pub(super) fn next_id(before: &str, is_taken: impl Fn(&str) -> bool) -> RowId {
    let number = before.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let mut ids = (0..=u8::MAX).map(|n| format!("{number}{}", suffix(n)));
    ids.find(|id| !is_taken(id)).unwrap_or_else(|| format!("{before}a")).into()
}

/// `a`, `b`, … `z`, `aa`, `ab` …
fn suffix(n: u8) -> String {
    let letter = char::from(b'a' + n % 26);
    if n < 26 { letter.to_string() } else { format!("{}{letter}", char::from(b'a' + n / 26 - 1)) }
}

/// The units and persons of the cell «Ответственный».
pub fn responsible(item: &PlanItem, registries: &Registries) -> Box<[Responsible]> {
    let texts: Vec<Shared> = match &item.responsible[..] {
        [cell] => {
            // A single value may be one registered name, or the cell as printed.
            let is_one = registries.people.find(&cell.value).is_some() || registries.organisations.find(&cell.value).is_some();
            if is_one || names::is_person_with_post(&cell.value) {
                vec![cell.value.clone()]
            } else {
                let mut names: Vec<String> = Vec::new();
                for name in names::split_responsible(&cell.value) {
                    match names.last_mut() {
                        Some(last) if name.trim_end_matches('.') == "и др" => *last = format!("{last} {name}"),
                        _ => names.push(name),
                    }
                }
                let shared = |name: String| if cell.value == name { cell.value.clone() } else { name.into() };
                names.into_iter().map(shared).collect()
            }
        }
        list => list.iter().map(|t| t.value.clone()).collect(),
    };
    texts
        .into_iter()
        .map(|text| {
            let person = registries.people.find(names::name_of_person(&text)).map(|at| at as u32);
            let organisation = if person.is_none() { registries.organisations.find(&text).map(|at| at as u32) } else { None };
            Responsible { text, person, organisation }
        })
        .collect()
}

/// Writes into each row of the plan `entry` what came of it, as found by the places where it is written.
pub fn put_results(entry: &mut Entry, results: &[(Place, File)]) {
    if results.is_empty() {
        return;
    }
    let Some((plan, rows)) = entry.current_plan() else { return };
    let of_row = |row: &Row| -> Box<[File]> {
        let written = row.item(plan).results.iter().map(|text| text.span);
        written.filter_map(|place| results.iter().find(|(at, _)| *at == place).map(|(_, file)| file.clone())).collect()
    };
    let found: Vec<Box<[File]>> = rows.rows.iter().map(of_row).collect();
    if let Some(rows) = &mut entry.plan {
        rows.rows.iter_mut().zip(found).for_each(|(row, results)| row.results = results);
    }
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

/// Notes the events that no row foresaw: what names a plan without a row (`beyond`), and workshops that name no plan at all but fall into
/// the period of a plan of the same organisation.
pub fn note_unplanned(entries: &mut [Entry], mut beyond: Vec<(EntryId, EntryId)>, registries: &Registries) {
    let key = |name: &Text| registries.organisations.find(&name.value).map_or_else(|| names::key(&name.value), |at| at.to_string());
    let mut plans: HashMap<String, Vec<(Date, Date, EntryId)>> = HashMap::new();
    for (entry, at) in entries.iter().zip(0..).filter(|(entry, _)| entry.plan.is_some()) {
        let span = entry.timeframe.as_ref().and_then(|frame| frame.start.zip(frame.end));
        if let (Some(organisation), Some((start, end))) = (&entry.document.common.organisation, span) {
            plans.entry(key(organisation)).or_default().push((start, end, EntryId(at)));
        }
    }
    if !plans.is_empty() {
        let named: HashSet<EntryId> = beyond.iter().map(|(_, by)| *by).collect();
        for (entry, at) in entries.iter().zip(0..).filter(|(entry, at)| entry.rows.is_empty() && !named.contains(&EntryId(*at))) {
            let (Details::Workshop(workshop), Some(day)) = (&entry.document.details, entry.date) else { continue };
            let Some(organisation) = entry.document.common.organisation.as_ref().or(workshop.host.as_ref()) else { continue };
            let of_organisation = plans.get(&key(organisation)).into_iter().flatten();
            beyond.extend(of_organisation.filter(|(start, end, _)| (*start..=*end).contains(&day)).map(|(.., plan)| (*plan, EntryId(at))));
        }
    }
    for (plan, by) in beyond {
        if let Some(rows) = &mut entries[plan.index()].plan {
            rows.unplanned.push(by);
        }
    }
}

fn status(row: &Row, item: &PlanItem, entries: &[Entry], today: Date) -> RowStatus {
    if row.dropped {
        return RowStatus::Cancelled;
    }
    let events: Vec<RowStatus> = row.events.iter().map(|id| workshop_status(&entries[id.index()], today)).collect();
    let has_recordings = row.events.iter().any(|id| !entries[id.index()].recordings.is_empty());
    let is_over = row.last_day().is_some_and(|end| end < today);
    // One event does not fulfil what is to be done several times, or all the year.
    let count = |wanted: RowStatus| events.iter().filter(|status| **status == wanted).count();
    let is_all = |done: usize| done > 0 && (is_over || row.occasions().is_some_and(|wanted| done >= wanted));
    let held = item.status == Some(Status::Held) || is_all(count(RowStatus::Held));
    let is_single = row.occasions() == Some(1);
    if !item.results.is_empty() || !row.materials.is_empty() || (held && has_recordings) {
        RowStatus::Published
    } else if held {
        RowStatus::Held
    } else if item.status == Some(Status::Cancelled) || (is_all(count(RowStatus::Cancelled)) && count(RowStatus::Cancelled) == events.len())
    {
        RowStatus::Cancelled
    } else if item.status == Some(Status::Moved) || (is_single && events.contains(&RowStatus::Moved)) {
        RowStatus::Moved
    } else if events.contains(&RowStatus::Dated) {
        RowStatus::Dated
    } else if is_over {
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
        // On its new day it takes place like any other.
        Some(Status::Moved)
            if entry.moved_from.is_some() && entry.timeframe.as_ref().is_some_and(|f| f.end.is_some_and(|end| end < today)) =>
        {
            RowStatus::Held
        }
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
