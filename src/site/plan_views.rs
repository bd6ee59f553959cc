//! The rows of a plan, heaped by month, person, place, competency and output; and its year at a glance.

use super::calendar::{leaves, months};
use super::names::{self, Registries};
use super::{Entry, PlanRows, Row};
use crate::kinds::{Plan, PlanItem};
use crate::value::collation::sort_key;
use crate::value::date::Date;
use crate::value::timeframe::{Kind as FrameKind, TimeFrame};
use ahash::AHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// A way to look at the rows of a plan beside the order of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanView {
    Months,
    People,
    Venues,
    Competencies,
    Outputs,
}

impl PlanView {
    /// All of them, in the order of the menu.
    pub const ALL: [PlanView; 5] = [PlanView::Months, PlanView::People, PlanView::Venues, PlanView::Competencies, PlanView::Outputs];

    /// The folder below the plan's, and the name in the theme's words.
    pub fn folder(self) -> &'static str {
        match self {
            PlanView::Months => "months",
            PlanView::People => "people",
            PlanView::Venues => "venues",
            PlanView::Competencies => "competencies",
            PlanView::Outputs => "outputs",
        }
    }
}

/// Rows that have something in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Heap {
    pub of: HeapOf,
    /// Indices of [`PlanRows::rows`], in the order of the paper.
    pub rows: Vec<usize>,
}

/// What the rows of a heap have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeapOf {
    Month(i16, i8),
    /// They go on, or come again and again, for longer than [`LONGEST`] months.
    Long,
    /// They have no date: on request, to be announced, or not known.
    Undated,
    /// A person, a place, a competency, an output; named as the registry does, else as the plan did first.
    Named(String),
    /// The cell is blank.
    Blank,
}

/// A window of more months than these is no matter of a month.
const LONGEST: usize = 6;
/// What goes on for more months than these is not heaped by month.
const LONGEST_ONGOING: usize = 2;

/// The views that `plan` has something to show in.
pub fn views(plan: &Plan, rows: &PlanRows) -> Vec<PlanView> {
    if rows.rows.is_empty() {
        return Vec::new();
    }
    let any = |has: &dyn Fn(&PlanItem) -> bool| plan.sections.iter().flat_map(|s| &s.items).any(has);
    let has = |view: &PlanView| match view {
        PlanView::Months => true,
        PlanView::People => any(&|item| !item.responsible.is_empty()),
        PlanView::Venues => any(&|item| item.venue.is_some()),
        PlanView::Competencies => any(&|item| !item.competencies.is_empty()),
        PlanView::Outputs => any(&|item| !item.output.is_empty()),
    };
    PlanView::ALL.into_iter().filter(has).collect()
}

/// The rows of `plan` by `view`. A row stands in each heap that it belongs to; heaps of months by time, others by name.
pub fn heaps(plan: &Plan, rows: &PlanRows, view: PlanView, entries: &[Entry], registries: &Registries) -> Vec<Heap> {
    if view == PlanView::Months {
        return by_month(rows, entries);
    }
    let mut found: AHashMap<String, (String, Vec<usize>)> = AHashMap::new();
    let mut blank = Vec::new();
    for (at, row) in rows.rows.iter().enumerate().filter(|(_, row)| !row.dropped) {
        let names = named(row, row.item(plan), view, registries);
        if names.is_empty() {
            blank.push(at);
        }
        for (key, name) in names {
            let (_, rows) = found.entry(key).or_insert((name, Vec::new()));
            if rows.last() != Some(&at) {
                rows.push(at);
            }
        }
    }
    let mut heaps: Vec<(String, Vec<usize>)> = found.into_values().collect();
    // A person and an institution may have one name.
    heaps.sort_by_cached_key(|(name, rows)| (sort_key(name), rows.clone()));
    let blank = (!blank.is_empty()).then_some(Heap { of: HeapOf::Blank, rows: blank });
    heaps.into_iter().map(|(name, rows)| Heap { of: HeapOf::Named(name), rows }).chain(blank).collect()
}

/// What a row is heaped under: the key of each name and the name as it is shown.
fn named(row: &Row, item: &PlanItem, view: PlanView, registries: &Registries) -> Vec<(String, String)> {
    let plain = |text: &str| (names::key(text), text.to_owned());
    match view {
        PlanView::Months => Vec::new(),
        PlanView::People => {
            let one = row.responsible.iter().map(|one| match (one.person, one.organisation) {
                (Some(at), _) => (format!("p{at}"), registries.people.entries[at as usize].name.clone()),
                (None, Some(at)) => (format!("o{at}"), registries.organisations.entries[at as usize].name.clone()),
                (None, None) => plain(&one.text),
            });
            one.collect()
        }
        PlanView::Venues => {
            let registry = &registries.organisations;
            let found = |text: &str| registry.find(text).map(|at| (format!("o{at}"), registry.entries[at].name.clone()));
            item.venue.iter().map(|venue| found(&venue.value).unwrap_or_else(|| plain(&venue.value))).collect()
        }
        PlanView::Competencies => {
            let registry = &registries.competencies;
            let found = |text: &str| registry.find(text).map(|at| (format!("c{at}"), registry.entries[at].name.clone()));
            item.competencies.iter().map(|one| found(&one.value).unwrap_or_else(|| plain(&one.value))).collect()
        }
        PlanView::Outputs => item.output.iter().map(|one| plain(&one.value)).collect(),
    }
}

fn by_month(rows: &PlanRows, entries: &[Entry]) -> Vec<Heap> {
    let mut of_month: BTreeMap<(i16, i8), Vec<usize>> = BTreeMap::new();
    let (mut long, mut undated) = (Vec::new(), Vec::new());
    for (at, row) in rows.rows.iter().enumerate().filter(|(_, row)| !row.dropped) {
        let When { months, is_long } = when(row, entries);
        if is_long {
            long.push(at);
        } else if months.is_empty() {
            undated.push(at);
        }
        months.into_iter().for_each(|month| of_month.entry(month).or_default().push(at));
    }
    let months = of_month.into_iter().map(|((year, month), rows)| Heap { of: HeapOf::Month(year, month), rows });
    let rest = [Heap { of: HeapOf::Long, rows: long }, Heap { of: HeapOf::Undated, rows: undated }];
    months.chain(rest.into_iter().filter(|heap| !heap.rows.is_empty())).collect()
}

/// When the work of a row is done.
#[derive(Debug, Default)]
struct When {
    months: BTreeSet<(i16, i8)>,
    /// Also for so long that it is no matter of a month.
    is_long: bool,
}

fn when(row: &Row, entries: &[Entry]) -> When {
    let mut out = When::default();
    let of_events = row.events.iter().filter_map(|id| entries[id.index()].timeframe.as_deref());
    let of_events: BTreeSet<(i16, i8)> = of_events.flat_map(leaves).filter_map(months_of).flatten().collect();
    // Where its one event has a day, that is its month, be it another than was planned.
    if row.occasions() == Some(1) && !of_events.is_empty() {
        return When { months: of_events, is_long: false };
    }
    for frame in row.times() {
        match months_of(frame) {
            Some(months) => out.months.extend(months),
            None => out.is_long |= is_long(frame),
        }
    }
    out.months.extend(of_events);
    out
}

/// The months that are `frame`'s own.
fn months_of(frame: &TimeFrame) -> Option<Vec<(i16, i8)>> {
    let (start, end) = (frame.start?, frame.end?);
    let months = |start, end, most| Some(months(start, end).collect::<Vec<_>>()).filter(|months| months.len() <= most);
    match frame.kind {
        FrameKind::Exact | FrameKind::Window => months(start, end, LONGEST),
        FrameKind::Deadline => months(end, end, 1),
        FrameKind::Ongoing | FrameKind::Recurring => months(start, end, LONGEST_ONGOING),
        FrameKind::List | FrameKind::OnDemand | FrameKind::External | FrameKind::Tbd | FrameKind::Error => None,
    }
}

fn is_long(frame: &TimeFrame) -> bool {
    let kinds = [FrameKind::Exact, FrameKind::Window, FrameKind::Ongoing, FrameKind::Recurring];
    frame.start.is_some() && frame.end.is_some() && kinds.contains(&frame.kind)
}

/// How many rows fall on each month of a plan, by person and by section.
#[derive(Debug, Clone, Default)]
pub struct PlanYear {
    pub months: Vec<(i16, i8)>,
    /// Rows of each month.
    pub all: Vec<usize>,
    /// By person or unit: the name and the rows of each month.
    pub people: Vec<(String, Vec<usize>)>,
    /// By section, in the order of the paper.
    pub sections: Vec<Vec<usize>>,
    /// Rows that are no matter of a month, and rows without a date.
    pub long: usize,
    pub undated: usize,
}

/// The year of `plan` at a glance: the months of its period, and others that its rows name. `people` are its [`heaps`] by person.
pub fn year(plan: &Plan, rows: &PlanRows, bounds: Option<(Date, Date)>, entries: &[Entry], people: &[Heap]) -> PlanYear {
    let heaps_of_months = by_month(rows, entries);
    let named = heaps_of_months.iter().filter_map(|heap| match heap.of {
        HeapOf::Month(year, month) => Some((year, month)),
        _ => None,
    });
    let all: BTreeSet<(i16, i8)> = named.chain(bounds.into_iter().flat_map(|(start, end)| months(start, end))).collect();
    let months: Vec<(i16, i8)> = all.into_iter().collect();
    let mut of_row: Vec<Vec<usize>> = vec![Vec::new(); rows.rows.len()];
    let mut year = PlanYear { all: vec![0; months.len()], ..PlanYear::default() };
    for heap in &heaps_of_months {
        match heap.of {
            HeapOf::Month(y, m) => {
                let Ok(at) = months.binary_search(&(y, m)) else { continue };
                year.all[at] = heap.rows.len();
                heap.rows.iter().for_each(|row| of_row[*row].push(at));
            }
            HeapOf::Long => year.long = heap.rows.len(),
            _ => year.undated = heap.rows.len(),
        }
    }
    let count = |rows: &mut dyn Iterator<Item = usize>| {
        let mut counts = vec![0; months.len()];
        rows.flat_map(|row| &of_row[row]).for_each(|month| counts[*month] += 1);
        counts
    };
    let people = people.iter().filter_map(|heap| match &heap.of {
        HeapOf::Named(name) => Some((name.clone(), count(&mut heap.rows.iter().copied()))),
        _ => None,
    });
    year.people = people.collect();
    year.sections = (0..plan.sections.len())
        .map(|section| count(&mut rows.rows.iter().enumerate().filter(|(_, row)| row.section as usize == section).map(|(at, _)| at)))
        .collect();
    year.months = months;
    year
}

/// Whether a month with `count` rows stands out among `counts`: three rows at least, and more than twice as many as in a month on average.
pub fn is_overloaded(count: usize, counts: &[usize]) -> bool {
    count >= 3 && count * counts.len() > 2 * counts.iter().sum::<usize>()
}
