//! The indicators of a project, counted from what names it.

use super::{Entry, EntryId, RowStatus, workshop_status};
use crate::diagnostic::Problem;
use crate::kinds::{Count, Details, Indicator, Kind, Project, form_of};
use crate::record::{Text, nearest};
use crate::source::Place;
use crate::value::date::Date;
use crate::value::language::Language;

/// How far an indicator is reached.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reached {
    /// Typed by the editor, counted, or the sum of its parts.
    pub value: Option<f64>,
    /// What of the content counts.
    pub counted: Vec<EntryId>,
    /// What would count, had it a recording.
    pub unrecorded: Vec<EntryId>,
    /// What will count once it has taken place.
    pub ahead: Vec<EntryId>,
}

/// How far each indicator of `project` is reached on `today`; `parts` are the documents that name the project.
pub fn reached(project: &Project, parts: &[EntryId], entries: &[Entry], today: Date) -> Vec<Reached> {
    let mut out: Vec<Reached> = project.indicators.iter().map(|indicator| one(indicator, parts, entries, today)).collect();
    // An indicator that others must add up to is reached as far as they are.
    if let Some((whole, parts)) = total(project)
        && let Some(whole) = whole
        && out[whole].value.is_none()
    {
        let values: Vec<f64> = parts.iter().filter_map(|at| out[*at].value).collect();
        out[whole].value = (!values.is_empty()).then(|| values.iter().sum());
    }
    out
}

fn one(indicator: &Indicator, parts: &[EntryId], entries: &[Entry], today: Date) -> Reached {
    let mut out = Reached { value: indicator.value, ..Reached::default() };
    let Some(count) = &indicator.count else { return out };
    for id in parts.iter().filter(|id| fits(count, &entries[id.index()])) {
        let entry = &entries[id.index()];
        let status = (entry.document.kind == Kind::Workshop).then(|| workshop_status(entry, today));
        match status {
            None | Some(RowStatus::Held) if count.recorded && entry.recordings.is_empty() => out.unrecorded.push(*id),
            None | Some(RowStatus::Held) => out.counted.push(*id),
            Some(RowStatus::Cancelled) => {}
            Some(_) => out.ahead.push(*id),
        }
    }
    out.value = out.value.or(Some(out.counted.len() as f64));
    out
}

/// Whether `entry` is of the kind, form and tags that `count` names.
fn fits(count: &Count, entry: &Entry) -> bool {
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    let kind = entry.document.kind;
    let kind_fits =
        |wanted: &Text| same(&wanted.value, kind.id()) || same(&wanted.value, kind.folder()) || same(&wanted.value, kind.russian());
    let own_form = match &entry.document.details {
        Details::Workshop(w) => w.form.as_ref(),
        Details::Document(p) => p.kind.as_ref(),
        _ => None,
    };
    let form_fits = |wanted: &Text| own_form.is_some_and(|own| same(form_name(&own.value), form_name(&wanted.value)));
    let tag_fits = |wanted: &Text| entry.document.common.tags.iter().any(|tag| same(&tag.value, &wanted.value));
    count.kind.as_ref().is_none_or(kind_fits) && count.form.as_ref().is_none_or(form_fits) && count.tags.iter().all(tag_fits)
}

fn form_name(written: &str) -> &str {
    form_of(written).map_or(written, |form| form.name(Language::Ru))
}

/// The indicator that is the sum, and its parts: all others, if none are named.
fn total(project: &Project) -> Option<(Option<usize>, Vec<usize>)> {
    let total = project.total.as_ref()?;
    let whole = total.indicator.as_ref().and_then(|name| find(project, name));
    let parts = if total.parts.is_empty() {
        (0..project.indicators.len()).filter(|at| Some(*at) != whole).collect()
    } else {
        total.parts.iter().filter_map(|name| find(project, name)).collect()
    };
    Some((whole, parts))
}

fn find(project: &Project, name: &Text) -> Option<usize> {
    let is = |text: &Option<Text>| text.as_ref().is_some_and(|t| t.value == name.value);
    project.indicators.iter().position(|i| is(&i.id)).or_else(|| project.indicators.iter().position(|i| is(&i.title)))
}

/// The targets that must add up and what they must add up to, where `project` says so: `6 + 8 + 1` and `15`.
pub fn sum(project: &Project) -> Option<(Vec<f64>, f64)> {
    let (whole, parts) = total(project)?;
    let whole = whole.and_then(|at| project.indicators[at].target).or(project.total.as_ref()?.value)?;
    let parts: Vec<f64> = parts.iter().filter_map(|at| project.indicators[*at].target).collect();
    (!parts.is_empty()).then_some((parts, whole))
}

/// What is wrong with the total of `project`: names that no indicator has, and parts that do not add up.
pub(super) fn faults(project: &Project) -> Vec<(Problem, Place)> {
    let Some(total) = &project.total else { return Vec::new() };
    let unknown = total.indicator.iter().chain(&total.parts).filter(|name| find(project, name).is_none());
    let mut out: Vec<(Problem, Place)> = unknown
        .map(|name| {
            let names = project.indicators.iter().filter_map(|i| i.id.as_ref().or(i.title.as_ref())).map(|t| t.value.as_str());
            let nearest = nearest(&name.value, names).map(str::to_owned);
            (Problem::UnknownIndicator { text: name.value.to_string(), nearest }, name.span)
        })
        .collect();
    if let Some((parts, whole)) = sum(project)
        && out.is_empty()
        && (parts.iter().sum::<f64>() - whole).abs() > 1e-9
    {
        let terms = parts.iter().map(f64::to_string).collect::<Vec<_>>().join(" + ");
        let place = total.indicator.as_ref().or(total.parts.first()).map_or_else(|| (0..0).into(), |name| name.span);
        out.push((Problem::WrongSum { terms, sum: parts.iter().sum::<f64>().to_string(), total: whole.to_string() }, place));
    }
    out
}
