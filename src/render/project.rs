//! The page of a project: its indicators, and what of the content counts towards them.

use super::entries::text_of;
use super::view::{self, Indicator};
use super::{Made, Renderer};
use crate::kinds;
use crate::site::{EntryId, indicators};
use crate::value::language::Language;

impl Renderer {
    /// The page of a project.
    pub(super) fn project(&self, id: EntryId, project: &kinds::Project) -> Made {
        let entry = self.site.entry(id);
        let reached = indicators::reached(project, &entry.parts, &self.site.entries, self.site.today);
        let optional = |n: Option<f64>| n.map_or_else(String::new, |n| self.number(n));
        let links = |ids: &[EntryId]| ids.iter().map(|id| self.entry_link(*id)).collect();
        let indicators = project.indicators.iter().zip(&reached).map(|(indicator, reached)| Indicator {
            title: self.set(text_of(&indicator.title)),
            baseline: optional(indicator.baseline),
            target: optional(indicator.target),
            due: self.set(text_of(&indicator.due)),
            value: optional(reached.value),
            percent: percent(indicator.baseline, reached.value, indicator.target),
            falls: indicator.baseline > indicator.target,
            counted: links(&reached.counted),
            unrecorded: links(&reached.unrecorded),
            ahead: links(&reached.ahead),
        });
        let view = view::Project {
            frame: self.frame(self.about_entry(id, vec![self.article_json(id)])),
            entry: self.entry_view(id)?,
            goal: self.set(text_of(&project.goal)),
            method: self.set(text_of(&project.method)),
            period: entry.timeframe.as_ref().map(|f| self.timeframe(f)),
            indicators: indicators.collect(),
            sum: self.sum(project),
            parts_html: self.cards(&entry.parts),
        };
        self.theme.render("project.html", &view)
    }

    /// «6 + 8 + 1 = 15», where the project says which indicators add up, and they do.
    fn sum(&self, project: &kinds::Project) -> String {
        let Some((parts, whole)) = indicators::sum(project) else { return String::new() };
        let sign = if (parts.iter().sum::<f64>() - whole).abs() > 1e-9 { "≠" } else { "=" };
        let parts = parts.iter().map(|n| self.number(*n)).collect::<Vec<_>>().join("\u{a0}+ ");
        format!("{parts}\u{a0}{sign} {}", self.number(whole))
    }

    fn number(&self, n: f64) -> String {
        let text = n.to_string();
        if self.language() == Language::Ru { text.replace('.', ",") } else { text }
    }
}

/// How much of the way from `baseline` to `target` is done; where it falls, too.
fn percent(baseline: Option<f64>, value: Option<f64>, target: Option<f64>) -> u32 {
    let from = baseline.unwrap_or(0.0);
    match (value, target) {
        (Some(value), Some(target)) if target != from => ((value - from) / (target - from) * 100.0).clamp(0.0, 100.0) as u32,
        (Some(value), Some(target)) if value >= target => 100,
        _ => 0,
    }
}
