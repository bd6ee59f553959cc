//! The rows of a plan in other orders than that of the paper, and its year at a glance.

use super::entries::text_of;
use super::frame::About;
use super::theme::Markup;
use super::view::{self, Link, MonthHead, Part, PlanCell, PlanHeap, PlanLine, PlanYearRow, PlanYearTable, ViewLink};
use super::{Fault, Made, Renderer};
use crate::kinds::Plan;
use crate::output::{INDEX, address};
use crate::site::plan_views::{self, Heap, HeapOf, PlanView};
use crate::site::{Dimension, EntryId, PlanRows, Row};
use crate::value::date::{self, Case};
use crate::value::letter::capital;
use crate::value::slug::{Slugs, slug};
use std::borrow::Cow;
use std::sync::Arc;

/// By row.
pub(super) type PlanLines = [Box<str>];

impl Renderer {
    /// The rows of a plan, heaped by `view`.
    pub(super) fn plan_view(&self, id: EntryId, view: PlanView) -> Made {
        let entry = self.site.entry(id);
        let Some((plan, rows)) = entry.current_plan() else { return self.article(id) };
        let lines = self.plan_lines(id, plan, rows)?;
        let mut heaps = Vec::new();
        let mut slugs = Slugs::default();
        for heap in &*self.heaps(id, plan, rows, view) {
            let (id, title) = self.heap_title(&heap.of, view, &mut slugs);
            heaps.push(PlanHeap {
                url: match &heap.of {
                    HeapOf::Named(name) => self.heap_address(view, name),
                    HeapOf::Month(year, month) if self.site.calendar.years.contains_key(year) => {
                        address(&format!("calendar/{year}/{month:02}/")).into()
                    }
                    _ => Cow::Borrowed(""),
                },
                id,
                title: title.into(),
                count: heap.rows.len(),
                lines_html: Markup(heap.rows.iter().map(|row| &*lines[*row]).collect()),
            });
        }
        let title = self.word(view_title(view));
        let view = view::PlanHeaps {
            frame: self.frame(self.about_view(id, title, view.folder())),
            title,
            plan: Link::new(self.title(id), address(&entry.address)),
            views: self.plan_menu(id, plan, rows, view.folder()),
            jumps_html: if heaps.len() > 1 { self.parts("parts/plan-jump.html", "", &heaps)? } else { Markup::default() },
            heaps_html: self.parts("parts/plan-heap.html", "", &heaps)?,
        };
        self.theme.render("plan-view.html", &view)
    }

    /// How the rows of a plan lie over its months: whose months are overloaded, which are empty.
    pub(super) fn plan_year(&self, id: EntryId) -> Made {
        let entry = self.site.entry(id);
        let Some((plan, rows)) = entry.current_plan() else { return self.article(id) };
        let bounds = entry.timeframe.as_ref().and_then(|frame| frame.start.zip(frame.end));
        let people = self.heaps(id, plan, rows, PlanView::People);
        let year = plan_views::year(plan, rows, bounds, &self.site.entries, &people);
        let anchor = |(year, month): &(i16, i8)| format!("{}#{year}-{month:02}", beside("months"));
        let anchors: Vec<String> = year.months.iter().map(anchor).collect();
        // Most cells are empty: theirs is rendered once.
        let nothing = self.theme.render("parts/plan-cell.html", &PlanCell { count: 0, url: "", overloaded: false })?;
        let cells = |counts: &[usize]| -> Result<Markup, Fault> {
            let mut html = String::with_capacity(counts.len() * nothing.len());
            for (url, count) in anchors.iter().zip(counts) {
                if *count == 0 {
                    html.push_str(&nothing);
                } else {
                    let cell = PlanCell { count: *count, url, overloaded: plan_views::is_overloaded(*count, counts) };
                    self.theme.append("parts/plan-cell.html", &cell, &mut html)?;
                }
            }
            Ok(Markup(html))
        };
        let mut of_sections = Vec::with_capacity(plan.sections.len());
        for (n, (section, counts)) in plan.sections.iter().zip(&year.sections).enumerate() {
            let title = self.numbered(text_of(&section.number), text_of(&section.title)).into();
            let url = format!("../{INDEX}#s{}", n + 1).into();
            of_sections.push(PlanYearRow { title, url, cells_html: cells(counts)? });
        }
        // These come from the heaps of the view by person, in their order, and so have their anchors.
        let people = beside("people");
        let mut slugs = Slugs::default();
        let mut of_people = Vec::with_capacity(year.people.len());
        for (name, counts) in &year.people {
            let url = format!("{people}#{}", slugs.unique(&slug(name))).into();
            of_people.push(PlanYearRow { title: self.set(name), url, cells_html: cells(counts)? });
        }
        let mut tables = Vec::new();
        for (title, rows) in [("plan.by_section", of_sections), ("plan.by_person", of_people)] {
            if !rows.is_empty() {
                tables.push(PlanYearTable { title: self.word(title), rows_html: self.parts("parts/plan-year-row.html", "", &rows)? });
            }
        }
        let months_where = |fits: &dyn Fn(usize) -> bool| -> Vec<Link> {
            let found = year.months.iter().zip(&year.all).filter(|(_, count)| fits(**count));
            found.map(|(month, _)| Link::new(self.month_of(month.0, month.1), anchor(month))).collect()
        };
        let has_years = year.months.first().map(|(year, _)| year) != year.months.last().map(|(year, _)| year);
        let title = self.word("plan.year_title");
        let view = view::PlanYear {
            frame: self.frame(self.about_view(id, title, "year")),
            title,
            plan: Link::new(self.title(id), address(&entry.address)),
            views: self.plan_menu(id, plan, rows, "year"),
            months: year
                .months
                .iter()
                .map(|(year, month)| MonthHead { short: self.short_month(*year, *month, has_years), name: self.month_of(*year, *month) })
                .collect(),
            all_html: cells(&year.all)?,
            tables,
            busiest: year.all.iter().max().copied().filter(|most| *most > 0).map_or_else(Vec::new, |most| months_where(&|n| n == most)),
            empty: months_where(&|n| n == 0).into_iter().map(|month| month.title).collect::<Vec<_>>().join(", "),
            long: year.long,
            undated: year.undated,
            long_url: format!("{}#long", beside("months")),
            undated_url: format!("{}#undated", beside("months")),
        };
        self.theme.render("plan-year.html", &view)
    }

    /// The ways to look at a plan; `current` is the folder of this page.
    pub(super) fn plan_menu(&self, id: EntryId, plan: &Plan, rows: &PlanRows, current: &str) -> Vec<ViewLink<'_>> {
        let base = &self.site.entry(id).address;
        let link = |folder: &str, key: &'static str| {
            let url = match (folder, current) {
                // On the plan's own page the goal and the text stand before the table.
                ("", "") => "#table".to_owned(),
                ("", _) => address(base),
                _ => address(&format!("{base}{folder}/")),
            };
            ViewLink { title: self.word(key), url, current: folder == current }
        };
        let views = plan_views::views(plan, rows);
        if views.is_empty() {
            return Vec::new();
        }
        let mut menu = vec![link("", "plan.as_on_paper")];
        menu.extend(views.into_iter().map(|view| link(view.folder(), view_word(view))));
        menu.push(link("year", "plan.year_view"));
        menu
    }

    /// What a page below a plan's says of itself.
    pub(super) fn about_view<'a>(&'a self, id: EntryId, title: &'a str, folder: &str) -> About<'a> {
        let about = self.about_entry(id, Vec::new());
        let mut trail = about.trail;
        trail.push(Link::new(self.title(id), address(&self.site.entry(id).address)));
        About {
            title: format!("{title} — {}", self.title(id)).into(),
            address: format!("{}{folder}/", about.address),
            trail,
            article: false,
            ..about
        }
    }

    /// «1. Организационная деятельность».
    pub(super) fn numbered(&self, number: &str, title: &str) -> String {
        let title = self.set(title);
        let number = number.trim_end_matches('.');
        if number.is_empty() { title.into_owned() } else { format!("{number}. {title}") }
    }

    /// The rows of a plan by `view`. Those by person are asked for twice.
    fn heaps(&self, id: EntryId, plan: &Plan, rows: &PlanRows, view: PlanView) -> Arc<[Heap]> {
        let heaps = || plan_views::heaps(plan, rows, view, &self.site.entries, &self.site.registries).into();
        match view {
            PlanView::People => self.plan_people.of(id, heaps),
            _ => heaps(),
        }
    }

    /// The rows of a plan as its views show them: all views show the same.
    fn plan_lines(&self, id: EntryId, plan: &Plan, rows: &PlanRows) -> Result<Arc<PlanLines>, Fault> {
        self.plan_lines.try_of(id, || rows.rows.iter().map(|row| self.plan_line(plan, row)).collect())
    }

    fn plan_line(&self, plan: &Plan, row: &Row) -> Result<Box<str>, Fault> {
        let item = row.item(plan);
        let responsible = row.responsible.iter().map(|one| self.set(&one.text)).collect::<Vec<_>>().join(", ");
        let timed = item.parts.iter().filter(|part| part.timeframe.is_some());
        let line = PlanLine {
            number: row.number(item),
            url: format!("../{INDEX}#{}", row.id),
            title: self.set(text_of(&item.title).trim_end_matches(':')),
            parts: timed
                .map(|part| Part { title: self.set(text_of(&part.title)), timeframe: self.set(text_of(&part.timeframe)) })
                .collect(),
            timeframe: self.set(text_of(&item.timeframe)),
            venue: self.set(text_of(&item.venue)),
            responsible,
            status: self.status(row.status),
            events: row.events.iter().map(|id| self.entry_link(*id)).chain(self.materials(row)).collect(),
        };
        self.theme.render("parts/plan-line.html", &line).map(String::into_boxed_str)
    }

    fn heap_title(&self, of: &HeapOf, view: PlanView, slugs: &mut Slugs) -> (String, String) {
        match of {
            HeapOf::Month(year, month) => (format!("{year}-{month:02}"), self.month_of(*year, *month)),
            HeapOf::Long => ("long".into(), self.word("plan.long").into()),
            HeapOf::Undated => ("undated".into(), self.word("plan.undated").into()),
            HeapOf::Blank => ("blank".into(), self.word("plan.blank").into()),
            HeapOf::Named(name) => {
                let shown = self.set(name);
                // Outputs and competencies stand in the cell in lower case, and here they are headings.
                let title = if matches!(view, PlanView::Competencies | PlanView::Outputs) { capital(&shown) } else { shown.into_owned() };
                (slugs.unique(&slug(name)), title)
            }
        }
    }

    fn heap_address(&self, view: PlanView, name: &str) -> Cow<'_, str> {
        match view {
            PlanView::People if self.site.registries.people.find(name).is_some() => self.named_address(Dimension::People, name),
            PlanView::People | PlanView::Venues => self.named_address(Dimension::Organisations, name),
            _ => Cow::Borrowed(""),
        }
    }

    /// «окт», and «окт 24» in a plan of several years.
    fn short_month(&self, year: i16, month: i8, has_years: bool) -> String {
        let name: String = date::month_name(month, Case::Nominative, self.language()).chars().take(3).collect();
        if has_years { format!("{name} {:02}", year % 100) } else { name }
    }

    /// «Октябрь 2024».
    fn month_of(&self, year: i16, month: i8) -> String {
        format!("{} {year}", capital(date::month_name(month, Case::Nominative, self.language())))
    }
}

/// The way from a page below a plan's to its neighbour: these pages are full of such links, and the way over the root is long.
fn beside(folder: &str) -> String {
    format!("../{folder}/{INDEX}")
}

fn view_word(view: PlanView) -> &'static str {
    match view {
        PlanView::Months => "plan.months_view",
        PlanView::People => "plan.people_view",
        PlanView::Venues => "plan.venues_view",
        PlanView::Competencies => "plan.competencies_view",
        PlanView::Outputs => "plan.outputs_view",
    }
}

fn view_title(view: PlanView) -> &'static str {
    match view {
        PlanView::Months => "plan.months_title",
        PlanView::People => "plan.people_title",
        PlanView::Venues => "plan.venues_title",
        PlanView::Competencies => "plan.competencies_title",
        PlanView::Outputs => "plan.outputs_title",
    }
}
