//! The page of a plan: the rows in the order, numbering and wording of the signed paper.

use super::entries::text_of;
use super::theme::{Markup, Rare};
use super::view::{self, Link, Part, PlanRow, PlanSection, Printed, Progress, Share, Stacked};
use super::{Fault, Made, Renderer};
use crate::kinds::{self, PlanItem};
use crate::output::address;
use crate::record::Text;
use crate::site::amendments::What;
use crate::site::{Dimension, EntryId, PlanRows, Responsible, Row, RowStatus, Totals};
use crate::value::date;
use ahash::AHashMap;
use std::borrow::Cow;

/// The columns that not every plan has.
#[derive(Clone, Copy)]
struct Table {
    has_competencies: bool,
    has_output: bool,
}

/// What many rows of one plan have in common, found once.
#[derive(Default)]
struct Seen<'a> {
    venues: AHashMap<&'a str, Link<'a>>,
    responsible: AHashMap<&'a str, Link<'a>>,
    timeframes: AHashMap<&'a str, Cow<'a, str>>,
}

impl Renderer {
    pub(super) fn plan(&self, id: EntryId) -> Made {
        let entry = self.site.entry(id);
        let Some((plan, rows)) = entry.current_plan() else { return self.article(id) };
        let approvals = [(&plan.agreement, "approval.agreed"), (&plan.approval, "approval.approved")];
        let items = || plan.sections.iter().flat_map(|s| &s.items);
        let table =
            Table { has_competencies: items().any(|i| !i.competencies.is_empty()), has_output: items().any(|i| !i.output.is_empty()) };
        let mut notes = self.row_notes(plan, rows);
        let (mut last_group, mut seen) = ("", Seen::default());
        let mut sections = Vec::new();
        for (n, section) in plan.sections.iter().enumerate() {
            let of_section = rows.rows.iter().filter(|row| row.section as usize == n).map(|row| {
                let item = row.item(plan);
                let group = text_of(&item.group);
                let heading = if group == last_group { "" } else { group };
                last_group = group;
                self.plan_row(row, item, heading, table, &mut seen)
            });
            let mut of_section: Vec<PlanRow> = of_section.collect();
            for row in &mut of_section {
                row.notes = notes.remove(row.id).unwrap_or_default();
            }
            sections.push(PlanSection {
                number: text_of(&section.number),
                title: self.set(text_of(&section.title)),
                rows_html: self.parts("parts/plan-row.html", "", &of_section)?,
                items: Rare(of_section),
            });
        }
        let mut progress = vec![self.progress(self.word("plan.whole").into(), rows.totals(None))?];
        if plan.sections.len() > 1 {
            for (n, section) in sections.iter().enumerate() {
                progress.push(self.progress(section.title.clone(), rows.totals(Some(n)))?);
            }
        }
        let view = view::Plan {
            frame: self.frame(self.about_entry(id, Vec::new())),
            entry: self.entry_view(id)?,
            approvals: approvals.iter().filter_map(|(block, word)| Some(self.approval(block.as_ref()?, word))).collect(),
            year: text_of(&plan.year),
            community: self.set(text_of(&plan.community)),
            curator: plan.curator.as_ref().map(|c| self.person(&c.value)),
            head: plan.head.as_ref().map(|h| self.person(&h.value)),
            goal: self.set(text_of(&plan.goal)),
            objectives: plan.objectives.iter().map(|o| self.set(&o.value)).collect(),
            progress,
            rows: rows.rows.len(),
            has_competencies: table.has_competencies,
            has_output: table.has_output,
            sections,
            edition: self.edition(plan),
            views: self.plan_menu(id, plan, rows, ""),
            amendments: self.amendments(plan, rows),
            unplanned: rows.unplanned.len(),
            unplanned_html: self.cards(&rows.unplanned),
            print: if rows.rows.is_empty() { String::new() } else { address(&format!("{}print/", entry.address)) },
            approved: if rows.amended.is_some() { address(&format!("{}approved/", entry.address)) } else { String::new() },
            as_of: date::day(self.site.today, self.language()),
            json: address(&format!("api/v1/plans/{}.json", entry.slug)),
        };
        self.theme.render("plan.html", &view)
    }

    /// What came of a row.
    pub(super) fn materials<'a>(&'a self, row: &'a Row) -> Vec<Link<'a>> {
        let results = row.results.iter().map(|file| Link::new(self.set(&file.title), &*file.url));
        row.materials.iter().map(|id| self.entry_link(*id)).chain(results).collect()
    }

    /// By row: which orders did something to it.
    fn row_notes<'a>(&'a self, plan: &'a kinds::Plan, rows: &'a PlanRows) -> AHashMap<&'a str, Vec<Link<'a>>> {
        let mut notes: AHashMap<&str, Vec<Link>> = AHashMap::new();
        let orders = rows.amended.iter().flat_map(|amended| plan.amendments.iter().zip(&amended.orders));
        for (n, (amendment, done)) in orders.enumerate() {
            let order = self.order_of(amendment);
            for change in done {
                let word = self.word(match change.what {
                    What::Cells(_) => "plan.note_changed",
                    What::Added => "plan.note_added",
                    What::Dropped => "plan.note_dropped",
                });
                let link = Link::new(format!("{word}: {order}"), format!("#amendment-{}", n + 1));
                notes.entry(&rows.rows[change.row].id).or_default().push(link);
            }
        }
        notes
    }

    fn plan_row<'a>(&'a self, row: &'a Row, item: &'a PlanItem, heading: &'a str, table: Table, seen: &mut Seen<'a>) -> PlanRow<'a> {
        let links = |ids: &[EntryId]| ids.iter().map(|id| self.entry_link(*id)).collect();
        PlanRow {
            dropped: row.dropped,
            notes: Vec::new(),
            columns: 6 + usize::from(table.has_competencies) + usize::from(table.has_output),
            has_competencies: table.has_competencies,
            has_output: table.has_output,
            id: &row.id,
            number: text_of(&item.number),
            group: self.set(heading),
            title: self.set(text_of(&item.title)),
            parts: item
                .parts
                .iter()
                .map(|part| Part { title: self.set(text_of(&part.title)), timeframe: self.set(text_of(&part.timeframe)) })
                .collect(),
            timeframe: row.timeframe.as_ref().map(|frame| Printed {
                printed: seen.timeframes.entry(&frame.printed).or_insert_with(|| self.set(&frame.printed)).clone(),
                datetime: frame.datetime().unwrap_or_default(),
            }),
            venue: item.venue.as_ref().map_or_else(Link::default, |venue| {
                let link = || Link::new(self.set(&venue.value), self.named_address(Dimension::Organisations, &venue.value));
                seen.venues.entry(&venue.value).or_insert_with(link).clone()
            }),
            responsible: row
                .responsible
                .iter()
                .map(|one| seen.responsible.entry(&one.text).or_insert_with(|| self.responsible(one)).clone())
                .collect(),
            competencies: self.joined(&item.competencies, ", "),
            output: self.joined(&item.output, "; "),
            status: self.status(row.status),
            events: links(&row.events),
            materials: self.materials(row),
        }
    }

    pub(super) fn joined<'a>(&self, list: &'a [Text], with: &str) -> Cow<'a, str> {
        match list {
            [] => Cow::Borrowed(""),
            [one] => self.set(&one.value),
            list => list.iter().map(|text| self.set(&text.value)).collect::<Vec<_>>().join(with).into(),
        }
    }

    /// As printed, with a link to the page of the person or unit. One text always means the same in one plan.
    fn responsible<'a>(&'a self, responsible: &'a Responsible) -> Link<'a> {
        let url = match (responsible.person, responsible.organisation) {
            (Some(_), _) => self.named_address(Dimension::People, &responsible.text),
            (None, Some(_)) => self.named_address(Dimension::Organisations, &responsible.text),
            (None, None) => Cow::Borrowed(""),
        };
        Link { title: self.set(&responsible.text), url }
    }

    /// How many rows stand at each status, as shares of a bar.
    pub(super) fn progress<'a>(&'a self, title: Cow<'a, str>, totals: Totals) -> Result<Stacked<'a>, Fault> {
        let shares = RowStatus::ALL.iter().zip(totals.by_status).filter(|(_, count)| *count > 0).map(|(status, count)| Share {
            status: self.status(*status),
            count,
            percent: format!("{:.2}", count as f64 * 100.0 / totals.rows.max(1) as f64),
        });
        let progress = Progress { title, rows: totals.rows, shares: shares.collect() };
        let stack_html = Markup(self.theme.render("parts/stack.html", &progress)?);
        Ok(Stacked { title: progress.title, rows: progress.rows, shares: Rare(progress.shares), stack_html })
    }
}
