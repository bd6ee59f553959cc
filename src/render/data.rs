//! JSON that other programs read: the shapes are documented and versioned. They are written straight from the site: a tree of values in
//! between would cost more than all the pages of a large site.

use super::Renderer;
use crate::kinds::{Approval, Details, Kind, Order, Plan, PlanItem};
use crate::record::Text;
use crate::site::amendments::{RowChange, What};
use crate::site::{Dimension, Entry, EntryId, Event, EventSource, PlanRows, Row, RowStatus};
use crate::value::date::Date;
use crate::value::timeframe::TimeFrame;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Serialize, Serializer};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The version of the shapes.
const VERSION: u32 = 1;

/// A shape of JSON that other programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataShape {
    /// `api/v1/events.json`.
    Events,
    /// `api/v1/plans/<slug>.json`.
    Plan,
    /// `api/v1/materials.json`.
    Materials,
    /// What `metodika timeframe --format json` prints.
    Timeframe,
}

impl DataShape {
    /// All of them.
    pub const ALL: [DataShape; 4] = [DataShape::Events, DataShape::Plan, DataShape::Materials, DataShape::Timeframe];

    /// The name by which its schema is asked for.
    pub fn name(self) -> &'static str {
        match self {
            DataShape::Events => "api-events",
            DataShape::Plan => "api-plan",
            DataShape::Materials => "api-materials",
            DataShape::Timeframe => "timeframe",
        }
    }

    /// Its JSON Schema, draft 7.
    pub fn schema(self) -> serde_json::Value {
        let generator = SchemaSettings::draft07().for_serialize().into_generator();
        let schema = match self {
            DataShape::Events => generator.into_root_schema_for::<Events<()>>(),
            DataShape::Plan => generator.into_root_schema_for::<PlanData>(),
            DataShape::Materials => generator.into_root_schema_for::<Materials<()>>(),
            DataShape::Timeframe => generator.into_root_schema_for::<TimeFrame>(),
        };
        schema.to_value()
    }
}

/// What stands in the calendar.
#[derive(Serialize, JsonSchema)]
#[serde(bound(serialize = "Lazy<I>: Serialize"))]
#[schemars(bound = "", rename = "Events")]
struct Events<I> {
    version: u32,
    #[schemars(with = "Vec<EventData<'static>>")]
    events: Lazy<I>,
}

#[derive(Serialize, JsonSchema)]
struct EventData<'a> {
    id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    url: String,
    title: &'a str,
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    timeframe: &'a TimeFrame,
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    venue: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    areas: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    territory: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    audience: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan_item: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct PlanData<'a> {
    version: u32,
    title: &'a str,
    url: String,
    year: Option<Year<'a>>,
    approval: Option<ApprovalData<'a>>,
    /// The day of the last order that changed it.
    #[serde(skip_serializing_if = "String::is_empty")]
    edition: String,
    sections: Vec<SectionData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    amendments: Vec<AmendmentData<'a>>,
    unplanned: Vec<LinkData<'a>>,
    totals: Totals,
}

/// What an order changed.
#[derive(Serialize, JsonSchema)]
struct AmendmentData<'a> {
    order: Option<OrderData<'a>>,
    reason: Option<&'a str>,
    changes: Vec<ChangeData<'a>>,
}

/// What it did with one row: `item` and the changed cells, or `add`, or `drop`.
#[derive(Serialize, JsonSchema)]
struct ChangeData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    add: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drop: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cells: Vec<CellData<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct CellData<'a> {
    cell: &'static str,
    from: &'a str,
    to: &'a str,
}

/// A number for a calendar year, text for anything longer: «2024/2025».
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum Year<'a> {
    Number(i16),
    Text(&'a str),
}

#[derive(Serialize, JsonSchema)]
struct ApprovalData<'a> {
    post: Option<&'a str>,
    person: Option<&'a str>,
    order: Option<OrderData<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct OrderData<'a> {
    number: Option<&'a str>,
    date: Option<Date>,
}

#[derive(Serialize, JsonSchema)]
struct SectionData<'a> {
    number: Option<&'a str>,
    title: Option<&'a str>,
    items: Vec<RowData<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct RowData<'a> {
    id: &'a str,
    number: Option<&'a str>,
    group: Option<&'a str>,
    title: Option<&'a str>,
    parts: Vec<PartData<'a>>,
    timeframe: Option<&'a TimeFrame>,
    venue: Option<&'a str>,
    responsible: Vec<&'a str>,
    competencies: Vec<&'a str>,
    output: String,
    status: &'static str,
    events: Vec<LinkData<'a>>,
    results: Vec<LinkData<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct PartData<'a> {
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeframe: Option<&'a TimeFrame>,
}

#[derive(Serialize, JsonSchema)]
struct LinkData<'a> {
    title: &'a str,
    url: String,
}

/// How many rows have each status, and how many there are.
#[derive(Serialize, JsonSchema)]
struct Totals {
    all: BTreeMap<&'static str, usize>,
    sections: Vec<BTreeMap<&'static str, usize>>,
}

/// Every document but plain pages.
#[derive(Serialize, JsonSchema)]
#[serde(bound(serialize = "Lazy<I>: Serialize"))]
#[schemars(bound = "", rename = "Materials")]
struct Materials<I> {
    version: u32,
    #[schemars(with = "Vec<Material<'static>>")]
    materials: Lazy<I>,
}

#[derive(Serialize, JsonSchema)]
struct Material<'a> {
    id: String,
    kind: &'static str,
    url: String,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Date>,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    areas: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    audiences: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    competencies: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    forms: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    organisations: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    people: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    series: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    territories: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<FileData<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct FileData<'a> {
    title: &'a str,
    url: String,
    format: &'a str,
    bytes: Option<u64>,
}

impl Renderer {
    /// `events.json`: what stands in the calendar.
    pub(super) fn api_events(&self, out: &mut dyn Write) -> io::Result<()> {
        let public = self.site.calendar.events.iter().filter(|e| is_public(e)).map(|e| self.event_data(e));
        Ok(serde_json::to_writer(out, &Events { version: VERSION, events: Lazy::of(public) })?)
    }

    fn event_data<'a>(&'a self, event: &'a Event) -> EventData<'a> {
        let entry = event.entry.map(|id| self.site.entry(id));
        let workshop = entry.and_then(|e| match &e.document.details {
            Details::Workshop(w) => Some(w),
            _ => None,
        });
        let row = event.row.and_then(|(plan, row)| Some((self.site.entry(plan), self.row_item(plan, row as usize)?, row as usize)));
        let own_row = row.as_ref().filter(|_| event.source == EventSource::PlanItem).map(|(_, item, _)| *item);
        let form = workshop.and_then(|w| w.form.as_ref()).or_else(|| own_row.and_then(|r| r.form.as_ref()));
        let venue = workshop.and_then(|w| w.venue.as_ref()).or_else(|| own_row.and_then(|r| r.venue.as_ref()));
        let names = |dimension| entry.map(|entry| self.names(entry, dimension)).unwrap_or_default();
        let audience = own_row.filter(|_| entry.is_some()).map(|r| texts(&r.audience)).filter(|a| !a.is_empty());
        EventData {
            id: self.site.event_id(event),
            url: Some(self.site.event_address(event)).filter(|a| !a.is_empty()).map_or_else(String::new, |a| self.api_url(&a)),
            title: self.site.event_title(event),
            source: event.source.id(),
            form: form.map(|f| f.value.as_str()),
            mode: event.mode.map(|m| m.id()),
            status: (event.source != EventSource::Observance).then(|| event.status.id()),
            timeframe: &event.timeframe,
            host: workshop.and_then(|w| text(&w.host)),
            venue: venue.map(|v| v.value.as_str()),
            areas: names(Dimension::Areas),
            territory: names(Dimension::Territories).first().copied(),
            audience: audience.unwrap_or_else(|| names(Dimension::Audiences)),
            plan_item: row.and_then(|(plan, _, at)| Some(format!("{}/{}", plan.slug, plan.plan.as_ref()?.rows[at].id))),
        }
    }

    fn names(&self, entry: &Entry, dimension: Dimension) -> Vec<&str> {
        entry.groups.iter().filter(|g| g.dimension == dimension).map(|g| self.site.groups.get(*g).name.as_str()).collect()
    }

    /// Absolute where the site knows its address, else from the root.
    fn api_url(&self, address: &str) -> String {
        match &self.site.config.base_url {
            Some(base) => format!("{base}{address}"),
            None => format!("/{address}"),
        }
    }

    /// `plans/<slug>.json`.
    pub(super) fn api_plan(&self, id: EntryId) -> Vec<u8> {
        let entry = self.site.entry(id);
        let Some((plan, rows)) = entry.current_plan() else { return b"{}".to_vec() };
        let mut sections: Vec<SectionData> = plan
            .sections
            .iter()
            .map(|section| SectionData { number: text(&section.number), title: text(&section.title), items: Vec::new() })
            .collect();
        for row in &rows.rows {
            sections[row.section as usize].items.push(self.row_data(row, row.item(plan)));
        }
        let totals = |section: Option<usize>| {
            let totals = rows.totals(section);
            let by_status = RowStatus::ALL.iter().zip(totals.by_status).map(|(status, n)| (status.id(), n));
            let unplanned = section.is_none().then_some(("unplanned", rows.unplanned.len()));
            by_status.chain([("rows", totals.rows)]).chain(unplanned).collect()
        };
        let plan = PlanData {
            version: VERSION,
            title: entry.document.title(),
            url: self.api_url(&entry.address),
            year: plan.year.as_ref().map(|year| year.value.parse().map_or(Year::Text(&year.value), Year::Number)),
            approval: plan.approval.as_ref().map(approval),
            edition: plan.edition(self.site.today).map_or_else(String::new, |day| day.to_string()),
            sections,
            amendments: amendments(plan, rows),
            unplanned: self.links(&rows.unplanned),
            totals: Totals { all: totals(None), sections: (0..plan.sections.len()).map(|n| totals(Some(n))).collect() },
        };
        json(&plan, 4096 + rows.rows.len() * 560)
    }

    fn row_data<'a>(&'a self, row: &'a Row, item: &'a PlanItem) -> RowData<'a> {
        let mut results = self.links(&row.materials);
        results.extend(row.results.iter().map(|file| LinkData { title: &file.title, url: self.absolute_text(&file.url) }));
        RowData {
            id: &row.id,
            number: text(&item.number),
            group: text(&item.group),
            title: text(&item.title),
            parts: item
                .parts
                .iter()
                .zip(&row.parts)
                .map(|(part, frame)| PartData { title: text(&part.title), timeframe: frame.as_deref() })
                .collect(),
            timeframe: row.timeframe.as_deref(),
            venue: text(&item.venue),
            responsible: row.responsible.iter().map(|r| &*r.text).collect(),
            competencies: texts(&item.competencies),
            output: texts(&item.output).join("; "),
            status: row.status.id(),
            events: self.links(&row.events),
            results,
        }
    }

    fn links(&self, ids: &[EntryId]) -> Vec<LinkData<'_>> {
        let entries = ids.iter().map(|id| self.site.entry(*id));
        entries.map(|e| LinkData { title: e.document.title(), url: self.api_url(&e.address) }).collect()
    }

    /// `materials.json`: every document but plain pages.
    pub(super) fn api_materials(&self, out: &mut dyn Write) -> io::Result<()> {
        let all = self.site.entries.iter().zip(0..).filter(|(entry, _)| entry.document.kind != Kind::Page);
        let materials = all.map(|(entry, at)| {
            let names = |dimension| self.names(entry, dimension);
            Material {
                id: format!("{}/{}", entry.document.kind.folder(), entry.slug),
                kind: entry.document.kind.id(),
                url: self.api_url(&entry.address),
                title: entry.document.title(),
                date: entry.date,
                summary: self.summary(EntryId(at)),
                areas: names(Dimension::Areas),
                audiences: names(Dimension::Audiences),
                competencies: names(Dimension::Competencies),
                forms: names(Dimension::Forms),
                organisations: names(Dimension::Organisations),
                people: names(Dimension::People),
                series: names(Dimension::Series),
                tags: names(Dimension::Tags),
                territories: names(Dimension::Territories),
                files: entry
                    .attachments
                    .iter()
                    .map(|f| FileData { title: &f.title, url: self.absolute_text(&f.url), format: &f.format, bytes: f.len })
                    .collect(),
            }
        });
        Ok(serde_json::to_writer(out, &Materials { version: VERSION, materials: Lazy::of(materials) })?)
    }
}

fn amendments<'a>(plan: &'a Plan, rows: &'a PlanRows) -> Vec<AmendmentData<'a>> {
    let orders = rows.amended.iter().flat_map(|amended| plan.amendments.iter().zip(&amended.orders));
    let change = |change: &'a RowChange| {
        let id = Some(&*rows.rows[change.row].id);
        let (item, add, drop, cells) = match &change.what {
            What::Cells(cells) => (id, None, None, cells.as_slice()),
            What::Added => (None, id, None, [].as_slice()),
            What::Dropped => (None, None, id, [].as_slice()),
        };
        let cells = cells.iter().map(|c| CellData { cell: c.cell.id(), from: &c.from, to: &c.to }).collect();
        ChangeData { item, add, drop, cells }
    };
    orders
        .map(|(amendment, done)| AmendmentData {
            order: amendment.order.as_ref().map(order),
            reason: text(&amendment.reason),
            changes: done.iter().map(change).collect(),
        })
        .collect()
}

fn order(order: &Order) -> OrderData<'_> {
    OrderData { number: text(&order.number), date: order.date.as_ref().map(|d| d.value) }
}

fn approval(approval: &Approval) -> ApprovalData<'_> {
    let order = approval.order.as_ref().map(order);
    ApprovalData { post: text(&approval.post), person: text(&approval.person), order }
}

/// Registration deadlines belong to their workshop and newsletters to the materials; the shape names neither as a source.
fn is_public(event: &Event) -> bool {
    matches!(event.source, EventSource::Workshop | EventSource::PlanItem | EventSource::Observance)
}

fn text(value: &Option<Text>) -> Option<&str> {
    value.as_ref().map(|t| t.value.as_str())
}

fn texts(list: &[Text]) -> Vec<&str> {
    list.iter().map(|t| t.value.as_str()).collect()
}

/// A list that is written while it is made: it never stands in memory as a whole.
struct Lazy<I>(Cell<Option<I>>);

impl<I> Lazy<I> {
    fn of(elements: I) -> Lazy<I> {
        Lazy(Cell::new(Some(elements)))
    }
}

impl<I: Iterator<Item: Serialize>> Serialize for Lazy<I> {
    /// Once; a second time there is nothing left.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.take().into_iter().flatten())
    }
}

/// `value` as JSON of about `room` bytes.
fn json(value: &impl Serialize, room: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(room);
    // Maps here have texts for keys, no type of ours refuses to be written, and writing to memory cannot fail.
    let _ = serde_json::to_writer(&mut out, value);
    out
}
