//! Advice about what is planned: see [`Advice`] for what is looked at. One pass over the calendar and one over each plan's rows.
//!
//! What is deliberately not told:
//! - a weekday that is not that of its day, and a row's own time outside the plan: the reading of time frames tells it;
//! - an event in the school holidays: teachers and school librarians are free for training just then;
//! - days off that the Government moves, unless the settings name them (`working_days`, `days_off`): no rule tells them;
//! - who speaks to one line of a programme: lines have hours of their own;
//! - somebody whom no registry knows and who is written without a patronymic or initials: it may be a group;
//! - anything about an event that was cancelled, or moved to a day that is not known yet;
//! - a weekend, an empty or overloaded month of a plan whose period is over: nothing can be moved any more. What looks like a slip of the
//!   record (somebody in two places, an event on 1 January) is told of any year.

use super::calendar::{Calendar, Event, EventSource, leaves, months};
use super::names::{self, Registries};
use super::{Entry, EntryId, PlanRows, Row, RowStatus};
use crate::config::Settings;
use crate::diagnostic::{Advice, Diagnostic, Problem};
use crate::kinds::{Details, Mode, Plan, PlanItem, Status, Workshop};
use crate::record::{Spanned, Text, unknown_value};
use crate::source::Span;
use crate::value::date::{Date, TimeSpan};
use crate::value::holidays::public_holiday;
use crate::value::language::Language;
use crate::value::person::{full_name, surname_first};
use crate::value::timeframe::{Kind as FrameKind, Period, Tables, TimeFrame};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A longer span keeps nobody and no room busy on each of its days.
const LONGEST: i64 = 3;
/// A month is overloaded from so many rows on, if they are also more than two and a half times the mean: to be told of it is more than to
/// see it marked in the year at a glance ([`super::plan_views::is_overloaded`]).
const OVERLOADED: usize = 8;
/// A plan of fewer months than this has no empty ones.
const FEWEST_MONTHS: usize = 6;

/// So many events of one day are told to be at odds with one.
const MOST_OTHERS: usize = 12;

/// What the checks look at.
pub struct Inputs<'s> {
    pub entries: &'s [Entry],
    pub calendar: &'s Calendar,
    pub registries: &'s Registries,
    pub settings: &'s Settings,
    pub tables: &'s Tables,
    pub today: Date,
    pub language: Language,
}

/// Everything odd in what is planned, but for what a plan or a workshop accepts.
pub fn check(inputs: &Inputs) -> Vec<Diagnostic> {
    if !inputs.settings.planning_checks.0 {
        return Vec::new();
    }
    let of_entry = |entry: &Entry| {
        let mut out = Findings { inputs, diagnostics: Vec::new() };
        let accepted = accepted(entry);
        for code in accepted.iter().filter(|code| !Advice::CODES.contains(&code.value.trim())) {
            let allowed = Advice::CODES.map(str::to_owned).to_vec();
            out.diagnostics.push(unknown_value(code.value.trim().to_owned(), Span::new(&entry.document.path, code.span), allowed));
        }
        if let Some((plan, rows)) = entry.current_plan() {
            out.plan(entry, plan, rows);
        }
        out.diagnostics
    };
    let of_days = || {
        let mut out = Findings { inputs, diagnostics: Vec::new() };
        out.days();
        out.diagnostics
    };
    let (mut diagnostics, of_days): (Vec<Diagnostic>, _) =
        rayon::join(|| inputs.entries.par_iter().flat_map_iter(of_entry).collect(), of_days);
    diagnostics.extend(of_days);
    diagnostics
}

/// The codes that a plan or a workshop accepts.
fn accepted(entry: &Entry) -> &[Text] {
    match &entry.document.details {
        Details::Plan(plan) => &plan.accept,
        Details::Workshop(workshop) => &workshop.accept,
        _ => &[],
    }
}

/// Whether one of `concerned` accepts the finding `code`.
fn accept(concerned: &[&Entry], code: &str) -> bool {
    concerned.iter().any(|entry| accepted(entry).iter().any(|text| text.value.trim() == code))
}

struct Findings<'s> {
    inputs: &'s Inputs<'s>,
    diagnostics: Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Tells `advice` at `span`, unless one of `concerned` accepts it.
    fn tell(&mut self, advice: Advice, span: Span, related: impl IntoIterator<Item = Span>, concerned: &[&Entry]) {
        if accept(concerned, advice.code()) {
            return;
        }
        let mut diagnostic = Diagnostic::new(Problem::Planning(advice), span);
        diagnostic.related.extend(related);
        self.diagnostics.push(diagnostic);
    }

    fn plan(&mut self, entry: &Entry, plan: &Plan, rows: &PlanRows) {
        if rows.rows.is_empty() {
            self.tell(Advice::NoRows, place(entry, entry.document.common.title.as_ref()), None, &[entry]);
        }
        let standing: Vec<(&Row, &PlanItem)> =
            rows.rows.iter().filter(|row| row.status != RowStatus::Cancelled).map(|row| (row, row.item(plan))).collect();
        self.months(entry, plan, rows, &standing);
        self.columns(entry, &standing);
        self.duplicates(entry, &standing);
        self.events(entry, plan, rows, &standing);
    }

    fn months(&mut self, entry: &Entry, plan: &Plan, rows: &PlanRows, standing: &[(&Row, &PlanItem)]) {
        let Some((start, end)) = entry.timeframe.as_ref().and_then(|frame| frame.start.zip(frame.end)) else { return };
        if end < self.inputs.today {
            return;
        }
        let is_school = is_school(entry, plan, rows, self.inputs.settings);
        let summer = |month: i8| is_school && is_summer(month, self.inputs.tables);
        let mut load: BTreeMap<(i16, i8), Load> =
            months(start, end).filter(|(_, month)| !summer(*month)).map(|month| (month, Load::default())).collect();
        for (row, _) in standing {
            let of_events = row.events.iter().filter_map(|id| self.inputs.entries[id.index()].timeframe.as_deref());
            let own = row.timeframe.as_deref().filter(|_| row.parts.iter().all(Option::is_none));
            let of_parts = row.parts.iter().flatten().map(|frame| &**frame);
            let mut touched: Vec<(i16, i8)> = Vec::new();
            for frame in own.into_iter().chain(of_parts).chain(of_events).flat_map(leaves) {
                let (Some(start), Some(end)) = (frame.start, frame.end) else { continue };
                let span = match frame.kind {
                    FrameKind::Deadline => months(end, end),
                    FrameKind::Exact | FrameKind::Window | FrameKind::Recurring => months(start, end),
                    _ => continue,
                };
                touched.extend(span);
            }
            touched.sort_unstable();
            touched.dedup();
            for month in &touched {
                let Some(load) = load.get_mut(month) else { continue };
                load.is_touched = true;
                load.rows += usize::from(touched.len() == 1);
            }
        }
        let span = place(entry, plan.year.as_ref());
        let empty: Vec<(i16, i8)> = load.iter().filter(|(_, load)| !load.is_touched).map(|(month, _)| *month).collect();
        // In a plan that goes by «в течение года» months say nothing: two thirds of them must have rows.
        if load.len() >= FEWEST_MONTHS && !empty.is_empty() && empty.len() * 3 <= load.len() {
            self.tell(Advice::EmptyMonths { months: empty }, span.clone(), None, &[entry]);
        }
        let total: usize = load.values().map(|load| load.rows).sum();
        for (month, Load { rows, .. }) in &load {
            if *rows >= OVERLOADED && rows * load.len() * 2 > total * 5 {
                let mean = total as f64 / load.len() as f64;
                self.tell(Advice::OverloadedMonth { month: *month, rows: *rows, mean }, span.clone(), None, &[entry]);
            }
        }
    }

    /// A column of the paper that some rows fill should be filled by all.
    fn columns(&mut self, entry: &Entry, standing: &[(&Row, &PlanItem)]) {
        let mut column = |is_filled: fn(&PlanItem) -> bool, advice: fn(Vec<String>) -> Advice| {
            let blank: Vec<&(&Row, &PlanItem)> = standing.iter().filter(|(_, item)| !is_filled(item)).collect();
            if let Some((_, first)) = blank.first()
                && blank.len() < standing.len()
            {
                let rows = blank.iter().map(|(row, _)| row.id.to_string()).collect();
                self.tell(advice(rows), place(entry, first.title.as_ref()), None, &[entry]);
            }
        };
        column(|item| !item.competencies.is_empty(), |rows| Advice::BlankCompetency { rows });
        column(|item| !item.output.is_empty(), |rows| Advice::BlankOutput { rows });
    }

    /// Rows of one time, place and audience whose words are the same, or differ by a slip in one of them; with the very same words, one of
    /// them may leave out place and audience. A meeting that is held every quarter under one name is no duplicate, and neither are
    /// «1 смена» and «2 смена».
    ///
    /// Each row is filed once for each of its words, under all the others: two rows that meet there differ in that word alone. So the work
    /// grows with the words of the plan and not with the pairs of its rows.
    fn duplicates(&mut self, entry: &Entry, standing: &[(&Row, &PlanItem)]) {
        let mut met: HashMap<u64, Vec<usize>> = HashMap::new();
        let mut namesakes: HashMap<u64, Vec<usize>> = HashMap::new();
        let says_no_other = |one: &PlanItem, other: &PlanItem| {
            let keys = |texts: &[Text]| texts.iter().map(|text| names::key(&text.value)).collect::<Vec<_>>();
            let same = |a: &[Text], b: &[Text]| a.is_empty() || b.is_empty() || keys(a) == keys(b);
            same(one.venue.as_slice(), other.venue.as_slice()) && same(&one.audience, &other.audience)
        };
        let words: Vec<Vec<String>> = standing.iter().map(|(_, item)| words_of(item)).collect();
        for (at, (row, item)) in standing.iter().enumerate() {
            let frames = row.timeframe.iter().chain(row.parts.iter().flatten());
            let time: Vec<_> = frames.map(|frame| (frame.start, frame.end, names::key(&frame.printed))).collect();
            let keys = |texts: &mut dyn Iterator<Item = &Text>| texts.map(|text| names::key(&text.value)).collect::<Vec<_>>();
            let around = keys(&mut item.venue.iter().chain(&item.group).chain(&item.audience));
            let own = &words[at];
            let group = keys(&mut item.group.iter());
            let same = namesakes.entry(hash_of(&(&time, &group, own))).or_default();
            let namesake = same.iter().rev().take(8).find(|other| !own.is_empty() && says_no_other(standing[**other].1, item)).copied();
            same.push(at);
            let around = hash_of(&(&time, &around));
            let hashes: Vec<u64> = own.iter().enumerate().map(|(n, word)| hash(word).wrapping_mul(2 * n as u64 + 1)).collect();
            let all = hashes.iter().fold(around, |sum, word| sum.wrapping_add(*word));
            let mut twin = None;
            for (left_out, of_word) in hashes.iter().enumerate() {
                let same = met.entry(all.wrapping_sub(*of_word).rotate_left(left_out as u32)).or_default();
                // Rows that differ in one word by design («Семинар для …») may be many: the last ones will do.
                let near = |other: &&usize| words[**other].get(left_out).is_some_and(|word| is_slip(word, &own[left_out]));
                twin = twin.or_else(|| same.iter().rev().take(8).find(near).copied());
                same.push(at);
            }
            if let Some(other) = namesake.or(twin) {
                let (other_row, other_item) = standing[other];
                let advice = Advice::NearDuplicateRows { row: row.id.to_string(), other: other_row.id.to_string() };
                self.tell(advice, place(entry, item.title.as_ref()), Some(place(entry, other_item.title.as_ref())), &[entry]);
            }
        }
    }

    /// Events outside the plan, and rows without an event.
    fn events(&mut self, entry: &Entry, plan: &Plan, rows: &PlanRows, standing: &[(&Row, &PlanItem)]) {
        if let Some((first, last)) = entry.timeframe.as_ref().and_then(|frame| frame.start.zip(frame.end)) {
            let first =
                rows.period.as_ref().and_then(|period| period.opening(self.inputs.tables)).map_or(first, |opening| opening.min(first));
            for (row, item) in standing {
                for event in row.events.iter().map(|id| &self.inputs.entries[id.index()]) {
                    let Some(frame) = event.timeframe.as_deref().filter(|_| event.moved_from.is_none()) else { continue };
                    if frame.start.is_some_and(|start| start > last) || frame.end.is_some_and(|end| end < first) {
                        let time = frame.words(self.inputs.language);
                        let year = plan.year.as_ref().map(|year| year.value.to_string()).unwrap_or_default();
                        let advice = Advice::EventOutsidePlan { time, year, row: row.id.to_string() };
                        let span = place(event, event.document.common.date.as_ref());
                        self.tell(advice, span, Some(place(entry, item.title.as_ref())), &[event, entry]);
                    }
                }
            }
        }
        let is_silent =
            |row: &Row, item: &PlanItem| row.status == RowStatus::Overdue && row.events.is_empty() && has_its_time(row) && is_event(item);
        let silent: Vec<&(&Row, &PlanItem)> = standing.iter().filter(|(row, item)| is_silent(row, item)).collect();
        if let Some((_, first)) = silent.first() {
            let rows = silent.iter().map(|(row, _)| row.id.to_string()).collect();
            let advice = Advice::NoEventForRow { plan: entry.slug.clone(), rows };
            self.tell(advice, place(entry, first.title.as_ref()), None, &[entry]);
        }
    }

    /// What stands on the days of the calendar: persons and rooms that are wanted twice, holidays, weekends.
    fn days(&mut self) {
        let dated: Vec<Dated> = self.inputs.calendar.events.iter().filter_map(|event| Dated::of(event, self.inputs)).collect();
        for event in &dated {
            self.days_off(event);
        }
        let mut persons: HashMap<(Date, String), Vec<usize>> = HashMap::new();
        let mut rooms: HashMap<(Date, String), Vec<usize>> = HashMap::new();
        for (at, event) in dated.iter().enumerate() {
            // Who is wanted at which others, and the first day of that.
            let mut shared: BTreeMap<usize, (Date, Vec<String>)> = BTreeMap::new();
            for person in event.persons(self.inputs) {
                for (day, hours) in &event.days {
                    let same = persons.entry((*day, person.key.clone())).or_default();
                    let clash = |other: &&usize| dated[**other].is_other_than(event) && dated[**other].may_overlap(*day, *hours);
                    for other in same.iter().filter(clash).take(MOST_OTHERS) {
                        let (_, names) = shared.entry(*other).or_insert_with(|| (*day, Vec::new()));
                        if !names.contains(&person.name) {
                            names.push(person.name.clone());
                        }
                    }
                    same.push(at);
                }
            }
            self.booked_twice(event, shared, &dated, "person-booked-twice", |persons, day, others| Advice::PersonBookedTwice {
                persons,
                day,
                others,
            });
            let mut shared: BTreeMap<usize, (Date, Vec<String>)> = BTreeMap::new();
            if let Some(venue) = event.venue(self.inputs) {
                for (day, hours) in &event.days {
                    let same = rooms.entry((*day, venue.key.clone())).or_default();
                    let clash = |other: &&usize| {
                        let other = &dated[**other];
                        let overlap = if venue.is_room { other.may_overlap(*day, *hours) } else { other.overlaps(*day, *hours) };
                        other.is_other_than(event) && overlap
                    };
                    for other in same.iter().filter(clash).take(MOST_OTHERS) {
                        shared.entry(*other).or_insert_with(|| (*day, vec![venue.name.clone()]));
                    }
                    same.push(at);
                }
            }
            self.booked_twice(event, shared, &dated, "venue-booked-twice", |venue, day, others| Advice::VenueBookedTwice {
                venue: venue.concat(),
                day,
                others,
            });
        }
    }

    /// Tells what `event` shares with others, by their places in `dated`: one message for those with which it shares the same.
    fn booked_twice(
        &mut self,
        event: &Dated,
        shared: BTreeMap<usize, (Date, Vec<String>)>,
        dated: &[Dated],
        code: &str,
        advice: impl Fn(Vec<String>, Date, Vec<String>) -> Advice,
    ) {
        let mut by_what: BTreeMap<(Date, Vec<String>), Vec<usize>> = BTreeMap::new();
        for (at, shared) in shared {
            let concerned: Vec<&Entry> = event.concerned(self.inputs).chain(dated[at].concerned(self.inputs)).collect();
            if !accept(&concerned, code) {
                by_what.entry(shared).or_default().push(at);
            }
        }
        for ((day, what), others) in by_what {
            let titles = others.iter().map(|at| dated[*at].title(self.inputs)).collect();
            let related: Vec<Span> = others.iter().map(|at| dated[*at].span(self.inputs)).collect();
            self.tell(advice(what, day, titles), event.span(self.inputs), related, &[]);
        }
    }

    fn days_off(&mut self, event: &Dated) {
        // What an editor says has been held was held.
        if event.is_said_to_be_held(self.inputs) {
            return;
        }
        let settings = self.inputs.settings;
        let is_named = |days: &[Spanned<Date>], day: Date| days.iter().any(|named| named.value == day);
        let is_working = |day: Date| is_named(&settings.working_days, day);
        let is_off = |day: Date| (day.weekday() >= 6 && !is_working(day)) || is_named(&settings.days_off, day);
        let holiday = event.days.iter().find(|(day, _)| public_holiday(*day, Language::Ru).is_some() && !is_working(*day));
        let weekend = event.days.iter().find(|(day, _)| is_off(*day) && event.can_be_moved(*day, self.inputs));
        let advice = match (holiday, weekend) {
            (Some((day, _)), _) => Advice::OnHoliday { day: *day },
            (None, Some((day, _))) => Advice::OnWeekend { day: *day },
            (None, None) => return,
        };
        let concerned: Vec<&Entry> = event.concerned(self.inputs).collect();
        self.tell(advice, event.span(self.inputs), None, &concerned);
    }
}

/// What a month holds.
#[derive(Default)]
struct Load {
    is_touched: bool,
    /// Those of this month alone.
    rows: usize,
}

/// An event with days of its own.
struct Dated<'s> {
    event: &'s Event,
    entry: &'s Entry,
    /// At most [`LONGEST`] for each time that it names, with the hours where they are known.
    days: Vec<(Date, Option<TimeSpan>)>,
}

/// Somebody who is wanted at an event.
struct Wanted {
    key: String,
    name: String,
}

/// Where an event takes place.
struct Venue {
    key: String,
    name: String,
    /// A hall, a room: it holds one event at a time. An institution has several rooms, and its day has many hours.
    is_room: bool,
}

impl<'s> Dated<'s> {
    fn of(event: &'s Event, inputs: &Inputs<'s>) -> Option<Dated<'s>> {
        if !matches!(event.source, EventSource::Workshop | EventSource::PlanItem) || event.status == RowStatus::Cancelled {
            return None;
        }
        let entry = &inputs.entries[event.entry?.index()];
        // Moved, and nobody says where to.
        if event.status == RowStatus::Moved && entry.moved_from.is_none() {
            return None;
        }
        let exact = leaves(&event.timeframe).filter(|frame| frame.kind == FrameKind::Exact);
        let mut days: Vec<(Date, Option<TimeSpan>)> = exact.flat_map(|frame| days(frame, event.timeframe.time)).collect();
        days.sort_unstable();
        days.dedup();
        (!days.is_empty()).then_some(Dated { event, entry, days })
    }

    fn workshop(&self) -> Option<&'s Workshop> {
        match &self.entry.document.details {
            Details::Workshop(workshop) => Some(workshop),
            _ => None,
        }
    }

    /// The row that it is or realises.
    fn row(&self, inputs: &Inputs<'s>) -> Option<(&'s Row, &'s PlanItem)> {
        let (plan, at) = self.event.row?;
        let (plan, rows) = inputs.entries[plan.index()].current_plan()?;
        let row = rows.rows.get(at as usize)?;
        Some((row, row.item(plan)))
    }

    /// The document, and the plan whose row it realises: either may accept a finding.
    fn concerned(&self, inputs: &Inputs<'s>) -> impl Iterator<Item = &'s Entry> + use<'s> {
        let plan: Option<EntryId> = self.event.row.map(|(plan, _)| plan);
        let plan = plan.map(|plan| &inputs.entries[plan.index()]);
        std::iter::once(self.entry).chain(plan)
    }

    /// Parts of one row, and two meetings of one document, are one piece of work.
    fn is_other_than(&self, other: &Dated) -> bool {
        let is_row = |event: &Event| event.source == EventSource::PlanItem;
        match (is_row(self.event), is_row(other.event)) {
            (true, true) => self.event.row != other.event.row,
            (false, false) => self.event.entry != other.event.entry,
            _ => true,
        }
    }

    /// Whether an event of these hours on `day` cannot be told to be apart from this one.
    fn may_overlap(&self, day: Date, hours: Option<TimeSpan>) -> bool {
        self.days.iter().filter(|(own, _)| *own == day).any(|(_, own)| own.zip(hours).is_none_or(|(a, b)| overlap(a, b)))
    }

    /// Whether both have hours, and these overlap.
    fn overlaps(&self, day: Date, hours: Option<TimeSpan>) -> bool {
        self.days.iter().filter(|(own, _)| *own == day).any(|(_, own)| own.zip(hours).is_some_and(|(a, b)| overlap(a, b)))
    }

    fn is_said_to_be_held(&self, inputs: &Inputs<'s>) -> bool {
        let status = match self.workshop() {
            Some(workshop) => workshop.status,
            None => self.row(inputs).and_then(|(_, item)| item.status),
        };
        status == Some(Status::Held)
    }

    /// Whether `day` is still to come, or the plan is still in force.
    fn can_be_moved(&self, day: Date, inputs: &Inputs<'s>) -> bool {
        let plan_ends = self.event.row.and_then(|(plan, _)| inputs.entries[plan.index()].timeframe.as_ref()?.end);
        day >= inputs.today || plan_ends.is_some_and(|end| end >= inputs.today)
    }

    /// Who leads it and who answers for its row: persons only, a unit can be in two places.
    fn persons(&self, inputs: &Inputs<'s>) -> Vec<Wanted> {
        let mut out: Vec<Wanted> = Vec::new();
        let mut add = |text: &str, registered: Option<usize>| {
            let written = names::person(text).name;
            let registered = registered.or_else(|| inputs.registries.people.find(&written));
            let wanted = match registered.and_then(|at| inputs.registries.people.entries.get(at)) {
                Some(named) => Wanted { key: named.id.clone(), name: named.name.clone() },
                None if is_person(&written) => Wanted { key: names::key(&surname_first(&written)), name: written },
                None => return,
            };
            if out.iter().all(|other| other.key != wanted.key) {
                out.push(wanted);
            }
        };
        for speaker in self.workshop().into_iter().flat_map(|workshop| &workshop.speakers) {
            add(&speaker.value, None);
        }
        for responsible in self.row(inputs).into_iter().flat_map(|(row, _)| row.responsible.iter()) {
            if responsible.organisation.is_none() {
                add(&responsible.text, responsible.person.map(|at| at as usize));
            }
        }
        out
    }

    fn venue(&self, inputs: &Inputs<'s>) -> Option<Venue> {
        let (host, venue) = match self.workshop() {
            Some(workshop) if workshop.mode == Some(Mode::Online) => return None,
            Some(workshop) => (workshop.host.as_ref(), workshop.venue.as_ref()),
            None => (None, self.row(inputs)?.1.venue.as_ref()),
        };
        let institution = |text: &'s Text| match inputs.registries.organisations.find(&text.value) {
            Some(at) => inputs.registries.organisations.entries[at].name.as_str(),
            None => text.value.as_str(),
        };
        let written = [host.map(institution), venue.map(institution)];
        let mut names: Vec<&str> = written.into_iter().flatten().filter(|text| !text.is_empty()).collect();
        names.dedup();
        let name = names.join(", ");
        let key = names::key(&name);
        (!key.is_empty() && !is_online(&key)).then(|| Venue { is_room: is_room(&key), key, name })
    }

    fn title(&self, inputs: &Inputs<'s>) -> String {
        match self.workshop() {
            Some(_) => self.entry.document.title().to_owned(),
            None => self.row(inputs).and_then(|(_, item)| item.title.as_ref()).map_or_else(String::new, |title| title.value.to_string()),
        }
    }

    /// Where its time is written.
    fn span(&self, inputs: &Inputs<'s>) -> Span {
        match (self.workshop(), self.row(inputs)) {
            (Some(workshop), _) => place(self.entry, workshop.moved_to.as_ref().or(self.entry.document.common.date.as_ref())),
            (None, Some((_, item))) => {
                let part = self.event.part.and_then(|part| item.parts.get(usize::from(part))?.timeframe.as_ref());
                place(self.entry, part.or(item.timeframe.as_ref()).or(item.title.as_ref()))
            }
            (None, None) => Span::file(&self.entry.document.path),
        }
    }
}

fn place(entry: &Entry, text: Option<&Text>) -> Span {
    text.map_or_else(|| Span::file(&entry.document.path), |text| Span::new(&entry.document.path, text.span))
}

/// The days of an exact frame that is short enough.
fn days(frame: &TimeFrame, hours: Option<TimeSpan>) -> impl Iterator<Item = (Date, Option<TimeSpan>)> {
    let bounds = frame.start.zip(frame.end).filter(|(start, end)| start.days_until(*end) < LONGEST);
    let hours = frame.time.or(hours);
    bounds.into_iter().flat_map(move |(start, end)| (0..=start.days_until(end)).map(move |n| (start.add_days(n), hours)))
}

/// Where an end is not known, an event is not taken to last into the other.
fn overlap(a: TimeSpan, b: TimeSpan) -> bool {
    let begins_within = |one: TimeSpan, other: TimeSpan| one.start >= other.start && other.end.is_some_and(|end| one.start < end);
    a.start == b.start || begins_within(a, b) || begins_within(b, a)
}

/// Whether the plan is of a service that lives by the school year: its period, the site's settings or its own words say so.
fn is_school(entry: &Entry, plan: &Plan, rows: &PlanRows, settings: &Settings) -> bool {
    let common = &entry.document.common;
    let words = common.title.iter().chain(&plan.community).chain(&common.audience).chain(&common.organisation);
    let says_so = |text: &Text| ["школ", "педагог", "учител"].iter().any(|stem| text.value.to_lowercase().contains(stem));
    matches!(rows.period, Some(Period::School(_)))
        || settings.school_year.is_some()
        || !settings.school_terms.is_empty()
        || !settings.school_holidays.is_empty()
        || words.into_iter().any(says_so)
}

/// Whether no day of the month belongs to the school year: June to August, if the settings do not say otherwise.
fn is_summer(month: i8, tables: &Tables) -> bool {
    let ((first, _), (last, _)) = tables.school_year;
    if last < first { month > last && month < first } else { month > last || month < first }
}

/// The words of a row and of its parts, as they are compared.
fn words_of(item: &PlanItem) -> Vec<String> {
    let texts = item.title.iter().chain(item.parts.iter().filter_map(|part| part.title.as_ref()));
    texts
        .flat_map(|text| names::key(&text.value).split(' ').map(str::to_owned).collect::<Vec<_>>())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The same in every run.
fn hash(text: &str) -> u64 {
    crate::source::hash(text.as_bytes()) as u64
}

/// The same number for the same value, in every run.
fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Whether one word may be the other with a slip: a letter, or two of a long word. Numbers, and words as short as «I» and «II», mean what
/// they say.
fn is_slip(a: &str, b: &str) -> bool {
    let count = |word: &str| word.chars().count();
    let is_number = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    let shorter = count(a).min(count(b));
    a == b || (shorter >= 4 && !is_number(a) && !is_number(b) && crate::record::differ_by(a, b, if shorter >= 9 { 2 } else { 1 }))
}

/// A full name, or a surname with initials.
fn is_person(text: &str) -> bool {
    let initials = |word: &str| word.ends_with('.') && word.chars().all(|c| c == '.' || c.is_uppercase());
    full_name(text).is_some() || (text.split_whitespace().count() <= 3 && text.split_whitespace().any(initials))
}

/// Whether `key` names a room and not a whole institution.
fn is_room(key: &str) -> bool {
    const ROOMS: [&str; 15] = [
        "зал",
        "кабинет",
        "каб",
        "аудитория",
        "ауд",
        "комната",
        "класс",
        "студия",
        "фойе",
        "холл",
        "лекторий",
        "гостиная",
        "коворкинг",
        "room",
        "hall",
    ];
    key.split(' ')
        .any(|word| ROOMS.contains(&word) || ["конференц", "медиазал", "актов", "читальн"].iter().any(|stem| word.starts_with(stem)))
}

fn is_online(key: &str) -> bool {
    key.split(' ').any(|word| ["онлайн", "дистанц", "zoom", "online", "вебинар", "интернет"].iter().any(|stem| word.starts_with(stem)))
}

/// Whether a row takes place at some time: not all the time, again and again, or whenever it is asked for.
fn has_its_time(row: &Row) -> bool {
    let frames = row.timeframe.iter().chain(row.parts.iter().flatten()).flat_map(|frame| leaves(frame));
    frames.into_iter().any(|frame| matches!(frame.kind, FrameKind::Exact | FrameKind::Window | FrameKind::Deadline))
}

/// Whether a row is an event: it has a form, or its words name one before anything that is done at a desk. «Семинары для молодых» and
/// «Организация и проведение конкурса» are, «Подготовка к конкурсу» is not; a heading over several rows counts as well.
fn is_event(item: &PlanItem) -> bool {
    item.form.is_some() || item.title.iter().chain(&item.group).any(|text| names_event(&text.value))
}

/// Beginnings of the words for events.
const EVENTS: [&str; 21] = [
    "семинар",
    "вебинар",
    "заседани",
    "конкурс",
    "конференц",
    "мастер-класс",
    "мастерск",
    "тренинг",
    "фестивал",
    "практикум",
    "совещани",
    "лекция",
    "лекции",
    "форум",
    "викторин",
    "квест",
    "встреча",
    "встречи",
    "экскурси",
    "олимпиад",
    "круглый",
];
/// Beginnings of the words for work at a desk.
const DESK: [&str; 27] = [
    "подготов",
    "сбор",
    "анализ",
    "изучени",
    "разработ",
    "монитор",
    "обобщени",
    "участи",
    "информ",
    "размещени",
    "оформлени",
    "составлени",
    "обновлени",
    "формировани",
    "сопровожд",
    "издани",
    "выпуск",
    "публикац",
    "положени",
    "отчёт",
    "отчет",
    "план",
    "график",
    "поддержк",
    "подведени",
    "сценари",
    "приём",
];

fn names_event(text: &str) -> bool {
    let text = text.trim_start_matches(['«', '"', '„']).to_lowercase();
    // What a title quotes is a name, not what is done.
    let said = text.split(['«', '"', '„']).next().unwrap_or_default();
    let words = said.split(|c: char| !c.is_alphabetic() && c != '-').filter(|word| !word.is_empty()).take(6);
    let begins = |word: &str, stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
    for word in words {
        if begins(word, &DESK) {
            return false;
        }
        if begins(word, &EVENTS) || word == "консультация" {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_event_is_told_by_its_words() {
        for event in
            ["Семинар для молодых", "Организация и проведение конкурса чтецов", "«Круглый стол» методистов", "III городской фестиваль"]
        {
            assert!(names_event(event), "{event}");
        }
        for other in ["Подготовка к конкурсу", "Положение о конкурсе", "Пополнение фонда", "Книга «Семинар»", "Консультации", ""]
        {
            assert!(!names_event(other), "{other}");
        }
    }

    #[test]
    fn hours_that_touch_do_not_overlap() {
        let check =
            |a, b, expected| assert_eq!(TimeSpan::parse(a).zip(TimeSpan::parse(b)).map(|(a, b)| overlap(a, b)), Some(expected), "{a} {b}");
        check("10:00–12:00", "12:00–14:00", false);
        check("10:00–12:00", "11:59–14:00", true);
        check("10:00", "11:00", false);
        check("10:00", "10:00–11:00", true);
        check("10:00–12:00", "11:00", true);
    }
}
