//! The figures of a plan: what was planned, and what became of it.

use crate::kinds::{Details, Plan, PlanItem, Workshop, form_of};
use crate::record::Text;
use crate::site::calendar::leaves;
use crate::site::names::{self, Registry};
use crate::site::{Entry, EntryId, PlanRows, Row, RowStatus, Site, workshop_status};
use crate::value::collation::sort_key;
use crate::value::date::Date;
use crate::value::language::Language;
use crate::value::timeframe::Kind as FrameKind;
use std::collections::{BTreeMap, BTreeSet};

/// A plan and its figures on the day of the site.
#[derive(Debug)]
pub struct Analysis<'s> {
    pub site: &'s Site,
    pub entry: &'s Entry,
    pub plan: &'s Plan,
    pub rows: &'s PlanRows,
    /// What the counts below count.
    pub occasions: Vec<Occasion<'s>>,
    pub forms: Vec<Count>,
    pub audiences: Vec<Count>,
    pub territories: Vec<Count>,
    /// By rows, not by occasions.
    pub competencies: Vec<Count>,
    /// The months of the plan's period, and those outside it on which something stands.
    pub months: Vec<Month>,
    /// Rows that go on all the time, on request, or at a time that nobody named.
    pub without_month: Month,
    /// Those of [`Analysis::without_month`] that have no term at all.
    pub without_term: Month,
}

/// Something that was planned or held: an event of rows, a row without an event of its own, an event that nobody planned.
#[derive(Debug)]
pub struct Occasion<'s> {
    /// All that it realises, in the order of the paper: an event of two rows is one occasion. None: it was not planned.
    pub rows: Vec<&'s Row>,
    pub event: Option<EntryId>,
    pub form: Option<String>,
    pub audience: Vec<String>,
    pub territory: Option<String>,
    pub is_held: bool,
    /// It does not take place, or another event of its row takes its place.
    pub is_off: bool,
    pub participants: Option<u32>,
    /// Its last day.
    pub day: Option<Date>,
}

/// How many of one name there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// `None`: it is not said.
    pub name: Option<String>,
    /// Everything that was to be, what came unplanned included.
    pub all: usize,
    /// What of it realises a row, or is one.
    pub planned: usize,
    pub held: usize,
    pub participants: u64,
}

/// What was planned for a month, and what was held in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Month {
    pub year: i16,
    pub month: i8,
    pub rows: usize,
    pub held: usize,
}

/// A longer period shows the months on which something stands, and of the others so many.
const MOST_MONTHS: usize = 36;

/// The figures of the plan `id`; `None` if it is no plan.
pub fn analyse(site: &Site, id: EntryId, language: Language) -> Option<Analysis<'_>> {
    let entry = site.entry(id);
    let (plan, rows) = entry.current_plan()?;
    let mut rows_of: BTreeMap<EntryId, Vec<&Row>> = BTreeMap::new();
    for row in &rows.rows {
        row.events.iter().for_each(|event| rows_of.entry(*event).or_default().push(row));
    }
    let mut occasions: Vec<Occasion> = Vec::new();
    for row in &rows.rows {
        if row.events.is_empty() {
            occasions.push(of_row(site, entry, row, row.item(plan), language));
        }
        for event in &row.events {
            // Nothing is left of it where another row of its own has come before.
            let realised = rows_of.remove(event).unwrap_or_default();
            if !realised.is_empty() {
                occasions.extend(of_event(site, entry, plan, realised, *event, language));
            }
        }
    }
    for event in &rows.unplanned {
        occasions.extend(of_event(site, entry, plan, Vec::new(), *event, language));
    }
    let forms = count(&occasions, |occasion| occasion.form.iter().cloned().collect());
    let audiences = count(&occasions, |occasion| occasion.audience.clone());
    let territories = count(&occasions, |occasion| occasion.territory.iter().cloned().collect());
    let competencies = competencies(site, plan, rows, &occasions);
    let (months, without_month, without_term) = months(entry, rows, &occasions);
    Some(Analysis { site, entry, plan, rows, occasions, forms, audiences, territories, competencies, months, without_month, without_term })
}

impl<'s> Analysis<'s> {
    /// The rows at one of `statuses`, in the order of the paper.
    pub fn rows_at(&self, statuses: &[RowStatus]) -> Vec<(&'s Row, &'s PlanItem)> {
        self.rows.rows.iter().filter(|row| statuses.contains(&row.status)).map(|row| (row, row.item(self.plan))).collect()
    }

    /// How many took part in what was held, and at how many events they were counted.
    pub fn participants(&self) -> (u64, usize) {
        let counted = self.occasions.iter().filter(|occasion| occasion.is_held).filter_map(|occasion| occasion.participants);
        counted.fold((0, 0), |(sum, events), participants| (sum + u64::from(participants), events + 1))
    }

    /// The absolute address of a page of the site, if the site knows its own.
    pub fn url(&self, address: &str) -> Option<String> {
        self.site.config.base_url.as_ref().map(|base| format!("{base}{address}"))
    }
}

fn of_row<'s>(site: &Site, plan: &Entry, row: &'s Row, item: &PlanItem, language: Language) -> Occasion<'s> {
    Occasion {
        rows: vec![row],
        event: None,
        form: item.form.as_ref().map(|form| form_name(form, language)),
        audience: audience(&[&item.audience, &plan.document.common.audience]),
        territory: territory(site, &[&plan.document.common.territory]),
        is_held: is_fulfilled(row.status),
        is_off: row.status == RowStatus::Cancelled,
        participants: None,
        day: row.last_day(),
    }
}

fn of_event<'s>(
    site: &Site,
    entry_of_plan: &Entry,
    plan: &Plan,
    rows: Vec<&'s Row>,
    event: EntryId,
    language: Language,
) -> Option<Occasion<'s>> {
    let entry = site.entry(event);
    let workshop: &Workshop = match &entry.document.details {
        Details::Workshop(workshop) => workshop,
        _ => return None,
    };
    let (own, of_plan) = (&entry.document.common, &entry_of_plan.document.common);
    let status = workshop_status(entry, site.today);
    let form = workshop.form.as_ref().or_else(|| rows.iter().find_map(|row| row.item(plan).form.as_ref()));
    let of_rows: Vec<Text> = rows.iter().flat_map(|row| row.item(plan).audience.iter().cloned()).collect();
    let replaced = |row: &&Row| row.events.iter().any(|other| *other != event && stands(workshop_status(site.entry(*other), site.today)));
    Some(Occasion {
        event: Some(event),
        form: form.map(|form| form_name(form, language)),
        audience: audience(&[&own.audience, &of_rows, &of_plan.audience]),
        territory: territory(site, &[&own.territory, &of_plan.territory]),
        is_held: status == RowStatus::Held,
        is_off: status == RowStatus::Cancelled || (status == RowStatus::Moved && !rows.is_empty() && rows.iter().all(replaced)),
        participants: workshop.participants,
        day: entry.timeframe.as_ref().and_then(|frame| frame.end),
        rows,
    })
}

/// Whether an event at `status` takes the place of one that was moved.
fn stands(status: RowStatus) -> bool {
    !matches!(status, RowStatus::Cancelled | RowStatus::Moved)
}

/// Whether a row at `status` is done.
pub fn is_fulfilled(status: RowStatus) -> bool {
    matches!(status, RowStatus::Held | RowStatus::Published)
}

fn form_name(form: &Text, language: Language) -> String {
    form_of(&form.value).map_or_else(|| form.value.to_string(), |known| known.name(language).to_owned())
}

/// The first of `lists` that says something.
fn audience(lists: &[&[Text]]) -> Vec<String> {
    lists.iter().find(|list| !list.is_empty()).into_iter().flat_map(|list| list.iter()).map(|text| text.value.to_string()).collect()
}

fn territory(site: &Site, written: &[&Option<Text>]) -> Option<String> {
    let written = written.iter().find_map(|text| text.as_ref())?;
    Some(registered(&site.registries.territories, &written.value).to_owned())
}

/// The name by which `registry` knows what is `written`, else as it stands.
pub fn registered<'a>(registry: &'a Registry, written: &'a str) -> &'a str {
    registry.find(written).and_then(|at| registry.entries.get(at)).map_or(written, |named| &named.name)
}

/// Counts by name: most first, then by the alphabet, what has no name last.
fn count(occasions: &[Occasion], names_of: impl Fn(&Occasion) -> Vec<String>) -> Vec<Count> {
    let mut counts: BTreeMap<Option<String>, Count> = BTreeMap::new();
    for occasion in occasions.iter().filter(|occasion| !occasion.is_off) {
        let mut named: BTreeMap<Option<String>, Option<String>> =
            names_of(occasion).into_iter().map(|name| (Some(names::key(&name)), Some(name))).collect();
        if named.is_empty() {
            named.insert(None, None);
        }
        for (key, name) in named {
            let count = counts.entry(key).or_insert_with(|| Count { name, ..Count::default() });
            count.all += 1;
            count.planned += usize::from(!occasion.rows.is_empty());
            count.held += usize::from(occasion.is_held);
            count.participants += u64::from(occasion.participants.filter(|_| occasion.is_held).unwrap_or(0));
        }
    }
    in_order(counts.into_values().collect())
}

fn in_order(mut counts: Vec<Count>) -> Vec<Count> {
    counts.sort_by_cached_key(|count| {
        (count.name.is_none(), std::cmp::Reverse(count.all), sort_key(count.name.as_deref().unwrap_or_default()))
    });
    counts
}

fn competencies(site: &Site, plan: &Plan, rows: &PlanRows, occasions: &[Occasion]) -> Vec<Count> {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let of_row = |row: &Row| -> BTreeMap<String, &str> {
        let names = row.item(plan).competencies.iter().map(|text| registered(&site.registries.competencies, &text.value));
        names.map(|name| (names::key(name), name)).collect()
    };
    let standing = |row: &&Row| row.status != RowStatus::Cancelled;
    for row in rows.rows.iter().filter(standing) {
        for (key, name) in of_row(row) {
            let count = counts.entry(key).or_insert_with(|| Count { name: Some(name.to_owned()), ..Count::default() });
            count.all += 1;
            count.planned += 1;
            count.held += usize::from(is_fulfilled(row.status));
        }
    }
    // Once for each of them, however many rows an event has.
    for occasion in occasions.iter().filter(|occasion| occasion.is_held) {
        let keys: BTreeSet<String> = occasion.rows.iter().copied().filter(standing).flat_map(|row| of_row(row).into_keys()).collect();
        for key in keys {
            counts.entry(key).or_default().participants += u64::from(occasion.participants.unwrap_or(0));
        }
    }
    in_order(counts.into_values().collect())
}

/// A row stands in the month in which it ends, once for each of its times; what is held stands in the month of its last day.
fn months(entry: &Entry, rows: &PlanRows, occasions: &[Occasion]) -> (Vec<Month>, Month, Month) {
    let mut months: BTreeMap<(i16, i8), Month> = BTreeMap::new();
    let (mut without, mut without_term) = (Month::default(), Month::default());
    if let Some((start, end)) = entry.timeframe.as_ref().and_then(|frame| frame.start.zip(frame.end)) {
        // Counted, since the calendar has a last day: behind it comes no other.
        let firsts = std::iter::successors(Some(start.first_of_month()), |day| Some(day.last_of_month().add_days(1)));
        months.extend(firsts.take(MOST_MONTHS).take_while(|day| *day <= end).map(|day| ((day.year(), day.month()), Month::default())));
    }
    for row in &rows.rows {
        let own = row.timeframe.iter().filter(|_| row.parts.iter().all(Option::is_none));
        let frames = own.chain(row.parts.iter().flatten()).flat_map(|frame| leaves(frame));
        let timed = frames.filter(|frame| matches!(frame.kind, FrameKind::Exact | FrameKind::Window | FrameKind::Deadline));
        let ends: BTreeSet<(i16, i8)> = timed.filter_map(|frame| frame.end).map(|end| (end.year(), end.month())).collect();
        without.rows += usize::from(ends.is_empty());
        without_term.rows += usize::from(has_no_term(row));
        for month in ends {
            months.entry(month).or_default().rows += 1;
        }
    }
    for occasion in occasions.iter().filter(|occasion| occasion.is_held) {
        let goes_on = occasion.event.is_none()
            && occasion.rows.iter().any(|row| row.timeframe.as_ref().is_some_and(|frame| frame.kind == FrameKind::Ongoing));
        match occasion.day.filter(|_| !goes_on) {
            Some(day) => months.entry((day.year(), day.month())).or_default().held += 1,
            None => {
                without.held += 1;
                without_term.held += usize::from(occasion.event.is_none() && occasion.rows.iter().all(|row| has_no_term(row)));
            }
        }
    }
    (months.into_iter().map(|((year, month), counts)| Month { year, month, ..counts }).collect(), without, without_term)
}

/// Neither the row nor a part of it says when.
fn has_no_term(row: &Row) -> bool {
    row.timeframe.is_none() && row.parts.iter().all(Option::is_none)
}
