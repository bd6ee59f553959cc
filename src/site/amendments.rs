//! Amendments: what later orders changed in an approved plan.
//!
//! The approved text is never overwritten. From it and the orders comes the text that holds now, and the list of what each order changed.
//! A row keeps the id that it had in the approved text, whatever is changed in it, so that its address lasts; a row that was taken out
//! stays in its place, as «исключён» does in an act that is published anew.

use super::plans::{RowId, label, next_id};
use crate::diagnostic::Problem;
use crate::kinds::{Change, Part, Plan, PlanItem, PlanSection};
use crate::record::{Text, nearest};
use crate::source::Place;
use crate::value::date::Date;
use std::collections::BTreeMap;

/// A plan that orders have changed.
#[derive(Debug, Clone)]
pub struct Amended {
    /// The text that holds now.
    pub plan: Plan,
    /// What each order changed, in the order of [`Plan::amendments`]; nothing, if its day is still to come.
    pub orders: Vec<Vec<RowChange>>,
}

impl Amended {
    /// Which of the orders took the row `row` out.
    pub fn dropped_by(&self, row: usize) -> Option<usize> {
        let drops = |change: &RowChange| change.row == row && change.what == What::Dropped;
        self.orders.iter().position(|done| done.iter().any(drops))
    }
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowChange {
    /// Its index in the plan that holds now.
    pub row: usize,
    /// What it was called then, as printed.
    pub number: String,
    pub title: String,
    pub what: What,
}

/// What an order does with a row.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    Cells(Vec<CellChange>),
    Added,
    Dropped,
}

/// A cell, as it was before the order and as it is after it.
#[derive(Debug, Clone, PartialEq)]
pub struct CellChange {
    pub cell: Cell,
    pub from: String,
    pub to: String,
}

/// The cells of a row that the paper has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Number,
    Title,
    Group,
    Parts,
    Timeframe,
    Venue,
    Responsible,
    Competencies,
    Output,
    Audience,
    Form,
}

impl Cell {
    /// The name in JSON and templates.
    pub fn id(self) -> &'static str {
        match self {
            Cell::Number => "number",
            Cell::Title => "title",
            Cell::Group => "group",
            Cell::Parts => "parts",
            Cell::Timeframe => "timeframe",
            Cell::Venue => "venue",
            Cell::Responsible => "responsible",
            Cell::Competencies => "competencies",
            Cell::Output => "output",
            Cell::Audience => "audience",
            Cell::Form => "form",
        }
    }
}

/// A row on its way from the approved text to the one that holds.
struct Standing {
    /// Its number among all rows that there ever were.
    key: usize,
    id: RowId,
    item: PlanItem,
    dropped: bool,
}

/// A change on its way: of which row, and what it was called before it.
struct Done {
    key: usize,
    number: String,
    title: String,
    what: What,
}

/// Applies the amendments of `plan`, whose approved rows are called `ids`, that hold on `today`: by their days, whatever their order in
/// the file. Gives the ids of the rows that hold now, too, and what is wrong with the amendments, each with its place.
pub(super) fn amend(plan: &Plan, ids: Vec<Vec<RowId>>, today: Date) -> (Amended, Vec<Vec<RowId>>, Vec<(Problem, Place)>) {
    let mut keys = 0..;
    let mut sections: Vec<Vec<Standing>> = Vec::with_capacity(plan.sections.len());
    for (section, ids) in plan.sections.iter().zip(ids) {
        let rows = section.items.iter().zip(ids).zip(&mut keys);
        sections.push(rows.map(|((item, id), key)| Standing { key, id, item: item.clone(), dropped: false }).collect());
    }
    let mut faults = Vec::new();
    let mut orders: Vec<Vec<Done>> = plan.amendments.iter().map(|_| Vec::new()).collect();
    for at in by_day(plan) {
        let amendment = &plan.amendments[at];
        if amendment.day().is_some_and(|day| day > today) {
            continue;
        }
        for change in &amendment.changes {
            let (done, amiss) = apply(plan, &mut sections, change, &mut keys);
            // What an order says of the fulfilment is taken, though no cell of the paper changes.
            let is_told = change.cells.status.is_some() || !change.cells.results.is_empty();
            if done.is_empty() && amiss.is_empty() && !is_told {
                faults.push((Problem::EmptyChange, change.span));
            }
            orders[at].extend(done);
            faults.extend(amiss);
        }
    }
    let rows: BTreeMap<usize, usize> = sections.iter().flatten().zip(0..).map(|(row, at)| (row.key, at)).collect();
    let settled = |done: Done| RowChange { row: rows[&done.key], number: done.number, title: done.title, what: done.what };
    let orders = orders.into_iter().map(|done| done.into_iter().map(settled).collect()).collect();
    let mut ids = Vec::with_capacity(sections.len());
    let mut current = plan.clone();
    for (section, standing) in current.sections.iter_mut().zip(sections) {
        let (of_section, items) = standing.into_iter().map(|row| (row.id, row.item)).unzip();
        section.items = items;
        ids.push(of_section);
    }
    (Amended { plan: current, orders }, ids, faults)
}

/// The amendments of `plan` by their days; one without a day stays behind the one before it.
fn by_day(plan: &Plan) -> Vec<usize> {
    let mut last = None;
    let days: Vec<Option<Date>> = plan
        .amendments
        .iter()
        .map(|amendment| {
            last = amendment.day().or(last);
            last
        })
        .collect();
    let mut order: Vec<usize> = (0..days.len()).collect();
    order.sort_by_key(|at| days[*at]);
    order
}

fn apply(
    plan: &Plan,
    sections: &mut [Vec<Standing>],
    change: &Change,
    keys: &mut impl Iterator<Item = usize>,
) -> (Vec<Done>, Vec<(Problem, Place)>) {
    let (mut done, mut faults) = (Vec::new(), Vec::new());
    let told = |row: &Standing, what: What| Done {
        key: row.key,
        number: Some(text(&row.item.number)).filter(|number| !number.is_empty()).unwrap_or_else(|| row.id.to_string()),
        title: text(&row.item.title),
        what,
    };
    if let Some(item) = &change.changed.item {
        match find(sections, item) {
            Ok((section, at)) => {
                let row = &mut sections[section][at];
                let mut now = told(row, What::Added);
                let cells = replace(&mut row.item, &change.cells);
                if !cells.is_empty() {
                    now.what = What::Cells(cells);
                    done.push(now);
                }
            }
            Err(fault) => faults.push(fault),
        }
    }
    if let Some(added) = &change.changed.add {
        match place(plan, sections, change, added) {
            Ok((section, at)) => {
                let taken = |id: &str| sections.iter().flatten().any(|row| &*row.id == id);
                let number = added.number.as_ref().map(|n| n.value.trim().trim_end_matches('.')).filter(|n| !n.is_empty());
                let before = sections[section][..at].last().map(|row| &*row.id);
                let id = match number {
                    None => next_id(before.unwrap_or(&label(section, &plan.sections[section])), taken),
                    // Sections that count their rows anew each have a «3».
                    Some(number) if taken(number) => format!("{}.{number}", label(section, &plan.sections[section])).into(),
                    Some(number) => number.into(),
                };
                let row = Standing { key: keys.next().unwrap_or_default(), id, item: added.clone(), dropped: false };
                done.push(told(&row, What::Added));
                sections[section].insert(at, row);
            }
            Err(fault) => faults.push(fault),
        }
    }
    for dropped in &change.changed.drop {
        match find(sections, dropped) {
            Ok((section, at)) => {
                sections[section][at].dropped = true;
                done.push(told(&sections[section][at], What::Dropped));
            }
            Err(fault) => faults.push(fault),
        }
    }
    (done, faults)
}

/// The section and the place in it of the row that `text` names, if it was not taken out before.
fn find(sections: &[Vec<Standing>], text: &Text) -> Result<(usize, usize), (Problem, Place)> {
    let wanted = text.value.trim().trim_end_matches('.');
    let mut found =
        sections.iter().enumerate().filter_map(|(n, rows)| Some((n, rows.iter().position(|row| &*row.id == wanted && !row.dropped)?)));
    found.next().ok_or_else(|| {
        let nearest = super::assemble::nearest_row(wanted, sections.iter().flatten().map(|row| &*row.id)).map(str::to_owned);
        (Problem::UnknownRow { text: text.value.to_string(), nearest }, text.span)
    })
}

/// Where a new row goes: the section and the place in it.
fn place(plan: &Plan, sections: &[Vec<Standing>], change: &Change, added: &PlanItem) -> Result<(usize, usize), (Problem, Place)> {
    if let Some(after) = &change.changed.after {
        return find(sections, after).map(|(section, at)| (section, at + 1));
    }
    let section = match &change.changed.section {
        Some(text) => section_of(plan, &text.value).ok_or_else(|| {
            let titles = plan.sections.iter().filter_map(|s| s.title.as_ref()).map(|t| t.value.as_str());
            let nearest = nearest(&text.value, titles).map(str::to_owned);
            (Problem::UnknownSection { text: text.value.to_string(), nearest }, text.span)
        })?,
        None => {
            let number = added.number.as_ref().map(|n| n.value.as_str()).unwrap_or_default();
            let prefix = number.trim().trim_end_matches('.').rsplit_once('.').map_or("", |(prefix, _)| prefix);
            match section_of(plan, prefix) {
                Some(section) => section,
                // «3.1» belongs to the section 3, and to no other.
                None if !prefix.is_empty() => {
                    let place = added.number.as_ref().map_or(change.span, |n| n.span);
                    return Err((Problem::UnknownSection { text: prefix.to_owned(), nearest: None }, place));
                }
                None => plan.sections.len().saturating_sub(1),
            }
        }
    };
    match sections.get(section) {
        Some(rows) => Ok((section, rows.len())),
        None => Err((Problem::UnknownSection { text: String::new(), nearest: None }, change.span)),
    }
}

/// The section with this number or title; one without a number goes by its place.
fn section_of(plan: &Plan, wanted: &str) -> Option<usize> {
    let wanted = wanted.trim().trim_end_matches('.');
    let number = |(at, section): (usize, &PlanSection)| label(at, section) == wanted;
    let titled = |section: &PlanSection| section.title.as_ref().is_some_and(|t| t.value.to_lowercase() == wanted.to_lowercase());
    plan.sections.iter().enumerate().position(number).or_else(|| plan.sections.iter().position(titled))
}

/// Puts the cells of `new` that are there into `item`; says which of them differ from what stood there.
fn replace(item: &mut PlanItem, new: &PlanItem) -> Vec<CellChange> {
    let mut out = Vec::new();
    let mut told = |cell: Cell, from: String, to: String| {
        if from != to {
            out.push(CellChange { cell, from, to });
        }
    };
    let mut one = |cell: Cell, old: &mut Option<Text>, new: &Option<Text>| {
        if new.is_some() {
            told(cell, text(old), text(new));
            *old = new.clone();
        }
    };
    one(Cell::Number, &mut item.number, &new.number);
    one(Cell::Title, &mut item.title, &new.title);
    one(Cell::Group, &mut item.group, &new.group);
    one(Cell::Timeframe, &mut item.timeframe, &new.timeframe);
    one(Cell::Venue, &mut item.venue, &new.venue);
    one(Cell::Form, &mut item.form, &new.form);
    if !new.parts.is_empty() {
        told(Cell::Parts, parts(&item.parts), parts(&new.parts));
        item.parts.clone_from(&new.parts);
    }
    let mut list = |cell: Cell, with: &str, old: &mut Box<[Text]>, new: &[Text]| {
        if !new.is_empty() {
            told(cell, joined(old, with), joined(new, with));
            *old = new.into();
        }
    };
    list(Cell::Responsible, ", ", &mut item.responsible, &new.responsible);
    list(Cell::Competencies, ", ", &mut item.competencies, &new.competencies);
    list(Cell::Output, "; ", &mut item.output, &new.output);
    list(Cell::Audience, ", ", &mut item.audience, &new.audience);
    // What the editor says of the fulfilment is no text of the paper: it is taken, and not told as an amendment.
    item.status = new.status.or(item.status);
    item.results = item.results.iter().chain(&new.results).cloned().collect();
    out
}

fn text(value: &Option<Text>) -> String {
    value.as_ref().map(|t| t.value.to_string()).unwrap_or_default()
}

fn joined(list: &[Text], with: &str) -> String {
    list.iter().map(|t| t.value.as_str()).collect::<Vec<_>>().join(with)
}

fn parts(list: &[Part]) -> String {
    let part = |part: &Part| match &part.timeframe {
        Some(time) => format!("{} ({})", text(&part.title), time.value),
        None => text(&part.title),
    };
    list.iter().map(part).collect::<Vec<_>>().join("; ")
}
