//! The figures as JSON, for other programs.

use super::analysis::{Analysis, Count};
use super::outline::done;
use super::words::percent;
use crate::site::{RowStatus, Totals};
use crate::value::date::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// The fulfilment of a plan; `version` changes when a reader would have to.
#[derive(Serialize)]
struct Report<'a> {
    version: u8,
    plan: &'a str,
    title: &'a str,
    year: Option<&'a str>,
    as_of: Date,
    totals: Numbers,
    sections: Vec<Section<'a>>,
    forms: Vec<Counted<'a>>,
    audiences: Vec<Counted<'a>>,
    territories: Vec<Counted<'a>>,
    competencies: Vec<Counted<'a>>,
    months: Vec<Month>,
    /// Those without a term are among them.
    without_month: Held,
    without_term: Held,
    participants: u64,
    unplanned: Vec<&'a str>,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Numbers {
    rows: usize,
    #[serde(flatten)]
    by_status: BTreeMap<&'static str, usize>,
    percent: usize,
}

#[derive(Serialize)]
struct Section<'a> {
    number: Option<&'a str>,
    title: Option<&'a str>,
    totals: Numbers,
}

/// `name` is `null` where it is not said.
#[derive(Serialize)]
struct Counted<'a> {
    name: Option<&'a str>,
    /// What came unplanned included.
    all: usize,
    planned: usize,
    held: usize,
    participants: u64,
}

#[derive(Serialize)]
struct Month {
    /// `2024-05`.
    month: String,
    #[serde(flatten)]
    held: Held,
}

#[derive(Serialize)]
struct Held {
    rows: usize,
    held: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: Option<&'a str>,
    status: &'static str,
    /// Addresses from the root of the site.
    events: Vec<&'a str>,
    materials: Vec<&'a str>,
}

/// The figures, indented, with a line's end behind them.
pub fn json(analysis: &Analysis) -> String {
    let text = |text: &'_ Option<crate::record::Text>| -> Option<String> { text.as_ref().map(|text| text.value.to_string()) };
    let year = text(&analysis.plan.year);
    let address = |id: &crate::site::EntryId| analysis.site.entry(*id).address.as_str();
    let report = Report {
        version: 1,
        plan: &analysis.entry.slug,
        title: analysis.entry.document.title(),
        year: year.as_deref(),
        as_of: analysis.site.today,
        totals: numbers(analysis.rows.totals(None)),
        sections: (analysis.plan.sections.iter().enumerate())
            .map(|(n, section)| Section {
                number: section.number.as_ref().map(|number| number.value.as_str()),
                title: section.title.as_ref().map(|title| title.value.as_str()),
                totals: numbers(analysis.rows.totals(Some(n))),
            })
            .collect(),
        forms: counted(&analysis.forms),
        audiences: counted(&analysis.audiences),
        territories: counted(&analysis.territories),
        competencies: counted(&analysis.competencies),
        months: (analysis.months.iter())
            .map(|it| Month { month: format!("{:04}-{:02}", it.year, it.month), held: Held { rows: it.rows, held: it.held } })
            .collect(),
        without_month: Held { rows: analysis.without_month.rows, held: analysis.without_month.held },
        without_term: Held { rows: analysis.without_term.rows, held: analysis.without_term.held },
        participants: analysis.participants().0,
        unplanned: analysis.rows.unplanned.iter().map(address).collect(),
        rows: (analysis.rows.rows.iter())
            .map(|row| Row {
                id: &row.id,
                title: row.item(analysis.plan).title.as_ref().map(|title| title.value.as_str()),
                status: row.status.id(),
                events: row.events.iter().map(address).collect(),
                materials: row.materials.iter().map(address).collect(),
            })
            .collect(),
    };
    format!("{}\n", serde_json::to_string_pretty(&report).unwrap_or_default())
}

fn numbers(totals: Totals) -> Numbers {
    let by_status = RowStatus::ALL.iter().map(|status| status.id()).zip(totals.by_status).collect();
    Numbers { rows: totals.rows, by_status, percent: percent(done(&totals), totals.rows) }
}

fn counted(counts: &[Count]) -> Vec<Counted<'_>> {
    (counts.iter())
        .map(|it| Counted { name: it.name.as_deref(), all: it.all, planned: it.planned, held: it.held, participants: it.participants })
        .collect()
}
