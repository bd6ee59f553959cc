//! JSON that other programs read: the shapes are documented and versioned.

use super::Renderer;
use crate::kinds::{Details, Kind, PlanItem};
use crate::record::Text;
use crate::site::{Dimension, Entry, EntryId, Event, EventSource, PlanRows, Row, RowStatus};
use serde_json::{Map, Value, json};

/// The version of the shapes.
const VERSION: u32 = 1;

impl Renderer {
    /// `events.json`: what stands in the calendar.
    pub(super) fn api_events(&self) -> String {
        let events: Vec<Value> = self.site.calendar.events.iter().filter(|e| is_public(e)).map(|e| self.event_value(e)).collect();
        json!({"version": VERSION, "events": events}).to_string()
    }

    fn event_value(&self, event: &Event) -> Value {
        let entry = event.entry.map(|id| self.site.entry(id));
        let workshop = entry.and_then(|e| match &e.document.details {
            Details::Workshop(w) => Some(w),
            _ => None,
        });
        let row = event.row.and_then(|(plan, row)| Some((self.site.entry(plan), self.row_item(plan, row)?, row)));
        let own_row = row.as_ref().filter(|_| event.source == EventSource::PlanItem).map(|(_, item, _)| *item);
        let mut out = Map::new();
        out.insert("id".into(), json!(event.id));
        if !event.address.is_empty() {
            out.insert("url".into(), json!(self.api_url(&event.address)));
        }
        out.insert("title".into(), json!(event.title));
        out.insert("source".into(), json!(event.source.id()));
        let form = workshop.and_then(|w| w.form.as_ref()).or_else(|| own_row.and_then(|r| r.form.as_ref()));
        insert(&mut out, "form", form.map(|f| json!(f.value)));
        insert(&mut out, "mode", event.mode.map(|m| json!(m.id())));
        if event.source != EventSource::Observance {
            out.insert("status".into(), json!(event.status.id()));
        }
        out.insert("timeframe".into(), json!(event.timeframe));
        insert(&mut out, "host", workshop.and_then(|w| w.host.as_ref()).map(|h| json!(h.value)));
        let venue = workshop.and_then(|w| w.venue.as_ref()).or_else(|| own_row.and_then(|r| r.venue.as_ref()));
        insert(&mut out, "venue", venue.map(|v| json!(v.value)));
        if let Some(entry) = entry {
            let names = |dimension| self.names(entry, dimension);
            insert(&mut out, "areas", names(Dimension::Areas).map(|n| json!(n)));
            insert(&mut out, "territory", names(Dimension::Territories).and_then(|n| n.first().map(|t| json!(t))));
            let audience = own_row.map(|r| texts(&r.audience)).filter(|a| !a.is_empty()).or_else(|| names(Dimension::Audiences));
            insert(&mut out, "audience", audience.map(|n| json!(n)));
        }
        if let Some((plan, _, at)) = row
            && let Some(rows) = &plan.plan
        {
            out.insert("plan_item".into(), json!(format!("{}/{}", plan.slug, rows.rows[at].id)));
        }
        Value::Object(out)
    }

    fn names(&self, entry: &Entry, dimension: Dimension) -> Option<Vec<String>> {
        let names: Vec<String> =
            entry.groups.iter().filter(|g| g.dimension == dimension).map(|g| self.site.groups.get(*g).name.clone()).collect();
        (!names.is_empty()).then_some(names)
    }

    /// Absolute where the site knows its address, else from the root.
    fn api_url(&self, address: &str) -> String {
        match &self.site.config.base_url {
            Some(base) => format!("{base}{address}"),
            None => format!("/{address}"),
        }
    }

    /// `plans/<slug>.json`.
    pub(super) fn api_plan(&self, id: EntryId) -> String {
        let entry = self.site.entry(id);
        let Details::Plan(plan) = &entry.document.details else { return "{}".into() };
        let nothing = PlanRows::default();
        let rows = entry.plan.as_ref().unwrap_or(&nothing);
        let sections: Vec<Value> = plan
            .sections
            .iter()
            .enumerate()
            .map(|(n, section)| {
                let items: Vec<Value> =
                    rows.rows.iter().filter(|r| r.section == n).map(|row| self.row_value(row, row.item(plan))).collect();
                json!({"number": text(&section.number), "title": text(&section.title), "items": items})
            })
            .collect();
        let approval = plan.approval.as_ref().map(|a| {
            let order = a.order.as_ref().map(|o| json!({"number": text(&o.number), "date": o.date.as_ref().map(|d| d.value)}));
            json!({"post": text(&a.post), "person": text(&a.person), "order": order})
        });
        let totals = |section: Option<usize>| -> Value {
            let totals = rows.totals(section);
            let mut out: Map<String, Value> =
                RowStatus::ALL.iter().zip(totals.by_status).map(|(s, n)| (s.id().to_owned(), json!(n))).collect();
            out.insert("rows".into(), json!(totals.rows));
            Value::Object(out)
        };
        let by_section: Vec<Value> = (0..plan.sections.len()).map(|n| totals(Some(n))).collect();
        // A number for a calendar year, text for anything longer: «2024/2025».
        let year = plan.year.as_ref().map(|year| year.value.parse::<i16>().map_or_else(|_| json!(year.value), |number| json!(number)));
        let value = json!({
            "version": VERSION, "title": entry.document.title(), "url": self.api_url(&entry.address), "year": year, "approval": approval,
            "sections": sections, "totals": {"all": totals(None), "sections": by_section},
        });
        value.to_string()
    }

    fn row_value(&self, row: &Row, item: &PlanItem) -> Value {
        let links = |ids: &[EntryId]| -> Vec<Value> {
            ids.iter()
                .map(|id| self.site.entry(*id))
                .map(|e| json!({"title": e.document.title(), "url": self.api_url(&e.address)}))
                .collect()
        };
        let parts: Vec<Value> = item
            .parts
            .iter()
            .zip(&row.parts)
            .map(|(part, frame)| match frame {
                Some(frame) => json!({"title": text(&part.title), "timeframe": frame}),
                None => json!({"title": text(&part.title)}),
            })
            .collect();
        let mut results = links(&row.materials);
        results.extend(item.results.iter().map(|r| json!({"title": r.value, "url": r.value})));
        json!({
            "id": row.id, "number": text(&item.number), "group": text(&item.group), "title": text(&item.title), "parts": parts, "timeframe": row.timeframe,
            "venue": text(&item.venue), "responsible": row.responsible.iter().map(|r| r.text.clone()).collect::<Vec<_>>(),
            "competencies": texts(&item.competencies), "output": texts(&item.output).join("; "), "status": row.status.id(),
            "events": links(&row.events), "results": results,
        })
    }

    /// `materials.json`: every document but plain pages.
    pub(super) fn api_materials(&self) -> String {
        let all = self.site.entries.iter().filter(|e| e.document.kind != Kind::Page);
        let materials: Vec<Value> = all
            .map(|entry| {
                let mut out = Map::new();
                out.insert("id".into(), json!(format!("{}/{}", entry.document.kind.folder(), entry.slug)));
                out.insert("kind".into(), json!(entry.document.kind.id()));
                out.insert("url".into(), json!(self.api_url(&entry.address)));
                out.insert("title".into(), json!(entry.document.title()));
                insert(&mut out, "date", entry.date.map(|d| json!(d)));
                let summary = self.summary(entry);
                insert(&mut out, "summary", (!summary.is_empty()).then(|| json!(summary)));
                for dimension in Dimension::ALL {
                    if dimension != Dimension::People || self.site.publishes_people() {
                        insert(&mut out, dimension.folder(), self.names(entry, dimension).map(|n| json!(n)));
                    }
                }
                let files: Vec<Value> = entry
                    .attachments
                    .iter()
                    .map(|f| json!({"title": f.title, "url": self.api_file_url(&f.url), "format": f.format, "bytes": f.len}))
                    .collect();
                insert(&mut out, "files", (!files.is_empty()).then(|| json!(files)));
                Value::Object(out)
            })
            .collect();
        json!({"version": VERSION, "materials": materials}).to_string()
    }

    fn api_file_url(&self, url: &str) -> String {
        self.absolute_text(url)
    }
}

/// Registration deadlines belong to their workshop and newsletters to the materials; the shape names neither as a source.
fn is_public(event: &Event) -> bool {
    matches!(event.source, EventSource::Workshop | EventSource::PlanItem | EventSource::Observance)
}

fn insert(out: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        out.insert(key.into(), value);
    }
}

fn text(value: &Option<Text>) -> Value {
    value.as_ref().map_or(Value::Null, |t| json!(t.value))
}

fn texts(list: &[Text]) -> Vec<String> {
    list.iter().map(|t| t.value.clone()).collect()
}
