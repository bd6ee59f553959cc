//! The page of a plan: the rows in the order, numbering and wording of the signed paper.

use super::view::{self, Link, Part, PlanRow, PlanSection, Progress, Share};
use super::{Made, Renderer};
use crate::kinds::{self, PlanItem};
use crate::output::address;
use crate::record::Text;
use crate::site::{Dimension, EntryId, PlanRows, Responsible, Row, RowStatus, Totals};
use crate::value::date;

impl Renderer {
    pub(super) fn plan(&self, id: EntryId, plan: &kinds::Plan) -> Made {
        let entry = self.site.entry(id);
        let nothing = PlanRows::default();
        let rows = entry.plan.as_ref().unwrap_or(&nothing);
        let text = |value: &Option<Text>| value.as_ref().map(|t| self.set(&t.value).into_owned()).unwrap_or_default();
        let approvals = [(&plan.agreement, "approval.agreed"), (&plan.approval, "approval.approved")];
        let mut last_group = String::new();
        let sections = plan.sections.iter().enumerate().map(|(n, section)| PlanSection {
            number: section.number.as_ref().map_or_else(String::new, |n| n.value.clone()),
            title: text(&section.title),
            rows: rows
                .rows
                .iter()
                .filter(|row| row.section as usize == n)
                .map(|row| self.plan_row(row, row.item(plan), &mut last_group))
                .collect(),
        });
        let sections: Vec<PlanSection> = sections.collect();
        let mut progress = vec![self.progress(self.word("plan.whole"), rows.totals(None))];
        if plan.sections.len() > 1 {
            progress.extend(sections.iter().enumerate().map(|(n, s)| self.progress(s.title.clone(), rows.totals(Some(n)))));
        }
        let items = || plan.sections.iter().flat_map(|s| &s.items);
        let view = view::Plan {
            frame: self.frame(self.about_entry(id, Vec::new())),
            entry: self.entry_view(id)?,
            approvals: approvals.iter().filter_map(|(block, word)| Some(self.approval(block.as_ref()?, word))).collect(),
            year: plan.year.as_ref().map_or_else(String::new, |y| y.value.clone()),
            community: text(&plan.community),
            curator: plan.curator.as_ref().map(|c| self.person(&c.value)),
            head: plan.head.as_ref().map(|h| self.person(&h.value)),
            goal: text(&plan.goal),
            objectives: plan.objectives.iter().map(|o| self.set(&o.value).into_owned()).collect(),
            progress,
            rows: rows.rows.len(),
            has_competencies: items().any(|i| !i.competencies.is_empty()),
            has_output: items().any(|i| !i.output.is_empty()),
            sections,
            as_of: date::day(self.site.today, self.language()),
            json: address(&format!("api/v1/plans/{}.json", entry.slug)),
        };
        self.theme.render("plan.html", &view)
    }

    fn plan_row(&self, row: &Row, item: &PlanItem, last_group: &mut String) -> PlanRow {
        let set = |text: &str| self.set(text).into_owned();
        let own_group = item.group.as_ref().map_or("", |g| g.value.as_str());
        let group = if own_group != last_group { set(own_group) } else { String::new() };
        own_group.clone_into(last_group);
        let join = |list: &[Text], with: &str| list.iter().map(|t| set(&t.value)).collect::<Vec<_>>().join(with);
        let links = |ids: &[EntryId]| ids.iter().map(|id| self.entry_link(*id)).collect();
        PlanRow {
            id: row.id.to_string(),
            number: item.number.as_ref().map_or_else(String::new, |n| n.value.clone()),
            group,
            title: item.title.as_ref().map_or_else(String::new, |t| set(&t.value)),
            parts: item
                .parts
                .iter()
                .map(|part| Part {
                    title: part.title.as_ref().map_or_else(String::new, |t| set(&t.value)),
                    timeframe: part.timeframe.as_ref().map_or_else(String::new, |t| set(&t.value)),
                })
                .collect(),
            timeframe: row.timeframe.as_ref().map(|frame| view::Timeframe { printed: set(&frame.printed), ..self.timeframe(frame) }),
            venue: item.venue.as_ref().map_or_else(Link::default, |v| Link {
                title: set(&v.value),
                url: self.named_link(Dimension::Organisations, &v.value).url,
            }),
            responsible: row.responsible.iter().map(|r| self.responsible(r)).collect(),
            competencies: join(&item.competencies, ", "),
            output: join(&item.output, "; "),
            status: self.status(row.status),
            events: links(&row.events),
            materials: links(&row.materials),
        }
    }

    /// As printed, with a link to the page of the person or unit.
    fn responsible(&self, responsible: &Responsible) -> Link {
        let url = match (responsible.person, responsible.organisation) {
            (Some(_), _) => self.named_link(Dimension::People, &responsible.text).url,
            (None, Some(_)) => self.named_link(Dimension::Organisations, &responsible.text).url,
            (None, None) => String::new(),
        };
        Link { title: self.set(&responsible.text).into_owned(), url }
    }

    /// How many rows stand at each status, as shares of a bar.
    pub(super) fn progress(&self, title: String, totals: Totals) -> Progress {
        let shares = RowStatus::ALL.iter().zip(totals.by_status).filter(|(_, count)| *count > 0).map(|(status, count)| Share {
            status: self.status(*status),
            count,
            percent: format!("{:.2}", count as f64 * 100.0 / totals.rows.max(1) as f64),
        });
        Progress { title, rows: totals.rows, shares: shares.collect() }
    }
}
