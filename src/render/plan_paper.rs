//! A plan as the signed paper: the print form, and the text as it was approved.

use super::entries::text_of;
use super::theme::Code;
use super::view::{self, Link, PaperRow, PaperSection, Part};
use super::{Made, Renderer};
use crate::kinds::{self, Amendment, Plan, PlanItem};
use crate::output::address;
use crate::site::amendments::What;
use crate::site::{EntryId, PlanRows, Responsible, names, responsible};
use crate::value::date;
use std::borrow::Cow;

/// What is known of a row beside its item.
struct Done<'a> {
    responsible: Cow<'a, [Responsible]>,
    /// The order that took it out; empty if none did.
    dropped: String,
}

impl Renderer {
    /// The print form: the text that holds now, as the signed paper, A4 landscape.
    pub(super) fn plan_print(&self, id: EntryId) -> Made {
        let entry = self.site.entry(id);
        let Some((plan, rows)) = entry.current_plan() else { return self.article(id) };
        let done = |at: usize, item: &PlanItem| match rows.rows.get(at) {
            Some(row) => Done {
                responsible: Cow::Borrowed(&row.responsible),
                dropped: if row.dropped { self.dropped_by(plan, rows, at) } else { String::new() },
            },
            None => self.as_approved(item),
        };
        self.plan_paper(id, plan, ("plan.print_title", "print"), self.edition(plan), &done)
    }

    /// The text as it was approved, before orders changed it.
    pub(super) fn plan_approved(&self, id: EntryId) -> Made {
        let crate::kinds::Details::Plan(plan) = &self.site.entry(id).document.details else { return self.article(id) };
        self.plan_paper(id, plan, ("plan.approved_title", "approved"), String::new(), &|_, item| self.as_approved(item))
    }

    fn as_approved(&self, item: &PlanItem) -> Done<'_> {
        Done { responsible: Cow::Owned(responsible(item, &self.site.registries).into_vec()), dropped: String::new() }
    }

    /// `done` tells of the row at a place of the whole plan, and of its item.
    fn plan_paper<'a>(
        &'a self,
        id: EntryId,
        plan: &'a Plan,
        (title, folder): (&'static str, &'static str),
        edition: String,
        done: &dyn Fn(usize, &PlanItem) -> Done<'a>,
    ) -> Made {
        let entry = self.site.entry(id);
        let items = || plan.sections.iter().flat_map(|s| &s.items);
        let (has_competencies, has_output) = (items().any(|i| !i.competencies.is_empty()), items().any(|i| !i.output.is_empty()));
        let columns = 5 + usize::from(has_competencies) + usize::from(has_output);
        let mut at = 0..;
        let mut last_group = "";
        let mut sections = Vec::new();
        for section in &plan.sections {
            let mut rows = Vec::new();
            for (item, at) in section.items.iter().zip(&mut at) {
                let group = text_of(&item.group);
                let heading = if group == last_group { "" } else { group };
                last_group = group;
                let row = self.paper_row(item, heading, done(at, item));
                rows.push(PaperRow { columns, rest: columns - 1, has_competencies, has_output, ..row });
            }
            sections.push(PaperSection {
                title: self.numbered(text_of(&section.number), text_of(&section.title)),
                rows_html: self.parts("parts/paper-row.html", "", &rows)?,
            });
        }
        let mut about = self.about_view(id, self.word(title), folder);
        about.noindex = true;
        about.class = "plan-print";
        let view = view::PlanPaper {
            frame: self.frame(about),
            title: self.title(id),
            kind: Code(folder),
            plan: Link::new(self.title(id), address(&entry.address)),
            agreement: plan.agreement.as_ref().map(|block| self.approval(block, "approval.agreed")),
            approval: plan.approval.as_ref().map(|block| self.approval(block, "approval.approved")),
            edition,
            community: self.set(text_of(&plan.community)),
            curator: self.set(names::as_printed(text_of(&plan.curator))),
            head: self.set(names::as_printed(text_of(&plan.head))),
            goal: self.set(text_of(&plan.goal)),
            objectives: plan.objectives.iter().map(|o| self.set(&o.value)).collect(),
            columns,
            has_competencies,
            has_output,
            sections,
        };
        self.theme.render("plan-paper.html", &view)
    }

    fn paper_row<'a>(&'a self, item: &'a PlanItem, group: &'a str, done: Done) -> PaperRow<'a> {
        // Where the row has no time and all its parts have, theirs are what its cell says, one below the other.
        let times_apart = item.timeframe.is_none() && item.parts.iter().all(|part| part.timeframe.is_some());
        let part = |part: &'a kinds::Part| Part {
            title: self.set(text_of(&part.title)),
            timeframe: if times_apart { "".into() } else { self.set(text_of(&part.timeframe)) },
        };
        let times = item.parts.iter().filter_map(|part| part.timeframe.as_ref()).filter(|_| times_apart);
        PaperRow {
            columns: 0,
            rest: 0,
            has_competencies: false,
            has_output: false,
            number: text_of(&item.number),
            group: self.set(group),
            title: self.set(text_of(&item.title)),
            parts: item.parts.iter().map(part).collect(),
            timeframe: item.timeframe.iter().chain(times).map(|time| self.set(&time.value)).collect(),
            venue: self.set(text_of(&item.venue)),
            responsible: done.responsible.iter().map(|one| self.set(&one.text).into_owned().into()).collect(),
            competencies: self.joined(&item.competencies, ", "),
            output: self.joined(&item.output, "; "),
            dropped: done.dropped,
        }
    }

    /// «15.05.2024», of the last order that changed the plan; empty if none did, or none says when.
    pub(super) fn edition(&self, plan: &Plan) -> String {
        plan.edition(self.site.today).map_or_else(String::new, date::numeric)
    }

    /// «Приказ от 15.05.2024 № 12-а», of an amendment.
    pub(super) fn order_of(&self, amendment: &Amendment) -> String {
        let order = amendment.order.as_ref().map_or_else(String::new, |order| self.order(order));
        match (&amendment.date, order.is_empty()) {
            (Some(day), true) => format!("{} {}", self.word("plan.changed_on"), date::numeric(day.value)),
            (None, true) => self.word("plan.changed").to_owned(),
            (_, false) => order,
        }
    }

    /// By which order the row `at` was taken out.
    fn dropped_by(&self, plan: &Plan, rows: &PlanRows, at: usize) -> String {
        let by = rows.amended.as_ref().and_then(|amended| plan.amendments.get(amended.dropped_by(at)?));
        by.map_or_else(String::new, |amendment| self.order_of(amendment))
    }

    /// What orders changed, for the page of a plan.
    pub(super) fn amendments<'a>(&'a self, plan: &'a Plan, rows: &'a PlanRows) -> Vec<view::Amendment<'a>> {
        let orders = rows.amended.iter().flat_map(|amended| plan.amendments.iter().zip(&amended.orders));
        let amendment = |(n, (amendment, done)): (usize, (&'a Amendment, &'a Vec<_>))| view::Amendment {
            id: format!("amendment-{}", n + 1),
            order: self.order_of(amendment),
            reason: self.set(text_of(&amendment.reason)),
            pending: amendment.day().is_some_and(|day| day > self.site.today),
            changes: done.iter().map(|change| self.row_change(rows, change)).collect(),
        };
        orders.enumerate().map(amendment).collect()
    }

    fn row_change<'a>(&'a self, rows: &'a PlanRows, change: &'a crate::site::amendments::RowChange) -> view::RowChange<'a> {
        let row = &rows.rows[change.row];
        let cells = match &change.what {
            What::Cells(cells) => cells.as_slice(),
            What::Added | What::Dropped => &[],
        };
        view::RowChange {
            kind: Code(match &change.what {
                What::Cells(_) => "cells",
                What::Added => "added",
                What::Dropped => "dropped",
            }),
            number: &change.number,
            url: format!("#{}", row.id),
            title: self.set(change.title.trim_end_matches(':')),
            cells: cells
                .iter()
                .map(|cell| view::CellChange { label: self.word(cell_word(cell.cell)), from: self.set(&cell.from), to: self.set(&cell.to) })
                .collect(),
        }
    }
}

fn cell_word(cell: crate::site::amendments::Cell) -> &'static str {
    use crate::site::amendments::Cell;
    match cell {
        Cell::Number => "plan.number",
        Cell::Title => "plan.title",
        Cell::Group => "plan.group",
        Cell::Parts => "plan.parts",
        Cell::Timeframe => "plan.timeframe",
        Cell::Venue => "plan.venue",
        Cell::Responsible => "plan.responsible",
        Cell::Competencies => "plan.competencies",
        Cell::Output => "plan.output",
        Cell::Audience => "plan.audience",
        Cell::Form => "plan.form",
    }
}
