//! From documents to a site.

use super::calendar::{self, Calendar};
use super::groups::{self, Mention};
use super::names::{self, Registries};
use super::references::{Index, Resolved};
use super::urls::{self, Addresses};
use super::{Dimension, Entry, EntryId, PlanRows, Site, archive, collected, coverage, indicators, people, planning, plans};
use crate::config::{Config, NamedSpan as NamedSpanSetting, Settings};
use crate::diagnostic::{Diagnostic, Problem, Registry as Which};
use crate::kinds::{Amendment, Details, Kind, Plan};
use crate::parse::{Document, Place, place_of, publication_day};
use crate::record::Text;
use crate::source::Span;
use crate::sources::Sources;
use crate::value::collation::sort_key;
use crate::value::composed::composed;
use crate::value::date::{Date, TimeSpan};
use crate::value::timeframe::{self, Context, Kind as FrameKind, NamedSpan, Observance, Period, Precision, Tables, TimeFrame, Warning};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// What a site is assembled from.
pub struct Inputs<'a> {
    pub sources: &'a Sources,
    pub documents: Vec<Arc<Document>>,
    pub config: Config,
    pub registries: Registries,
    pub today: Date,
    pub drafts: bool,
}

/// Puts the site together; what is wrong with it stands beside it.
pub fn assemble(inputs: Inputs) -> (Site, Vec<Diagnostic>) {
    let Inputs { sources, documents, config, mut registries, today, drafts } = inputs;
    let mut diagnostics = Vec::new();
    let (tables, faults) = tables(&config.settings, &registries);
    diagnostics.extend(faults);

    let (shown, hidden): (Vec<_>, Vec<_>) = documents.into_iter().partition(|d| drafts || is_published(d, today));
    let times: Vec<Times> = shown.par_iter().map(|document| times(document, &tables)).collect();
    let mut order: Vec<usize> = (0..shown.len()).collect();
    order.sort_by_cached_key(|i| {
        let document = &shown[*i];
        (document.kind, std::cmp::Reverse(times[*i].date), page_order(document), sort_key(document.title()), document.path.clone())
    });

    // Addresses first: everything refers to them.
    let mut addresses = Addresses::default();
    let mut entries: Vec<Entry> = Vec::with_capacity(shown.len());
    let mut times: Vec<Option<Times>> = times.into_iter().map(Some).collect();
    for i in order {
        let document = &shown[i];
        let Some(times) = times[i].take() else { continue };
        diagnostics.extend(times.diagnostics);
        let mut slug = urls::slug_of(document, &mut diagnostics);
        let span = document.common.slug.as_ref().map_or_else(|| Span::file(&document.path), |s| Span::new(&document.path, s.span));
        if document.kind == Kind::Page && urls::is_reserved(&slug) {
            let problem = Problem::DuplicateAddress { address: format!("/{slug}/"), other: format!("/{slug}/") };
            diagnostics.push(Diagnostic::new(problem, span.clone()));
            slug.push_str("-page");
        }
        let mut address = urls::address_of(document.kind, &slug);
        if let Err(diagnostic) = addresses.claim(&address, document, span) {
            diagnostics.push(*diagnostic);
            // Nothing is published now; the document goes on under another address, so that its other mistakes are told in this run too.
            slug = (2..)
                .map(|n| format!("{slug}-{n}"))
                .find(|slug| !addresses.is_taken(&urls::address_of(document.kind, slug)))
                .unwrap_or(slug);
            address = urls::address_of(document.kind, &slug);
            let _ = addresses.claim(&address, document, Span::file(&document.path));
        }
        entries.push(Entry {
            document: document.clone(),
            slug,
            address,
            date: times.date,
            timeframe: times.timeframe.map(Box::new),
            moved_from: times.moved_from.map(Box::new),
            register_until: times.register_until.map(Box::new),
            groups: Vec::new(),
            links: Vec::new(),
            cover: None,
            attachments: Vec::new(),
            recordings: Vec::new(),
            rows: Vec::new(),
            project: None,
            plan: None,
            parts: Vec::new(),
            replaced_by: None,
            replaces: None,
            previous: None,
            next: None,
        });
    }
    let redirects = urls::redirects(entries.iter().map(|e| (&*e.document, e.address.as_str())), &mut addresses, &mut diagnostics);

    read_plans(&mut entries, today, &tables, &registries, &mut diagnostics);
    let resolved = resolve(&entries, sources, &registries, &config, &hidden);
    let mut mentions: Vec<Vec<Mention>> = Vec::with_capacity(entries.len());
    let mut files = BTreeMap::new();
    let mut site_links = Vec::new();
    let mut unknown: Vec<Diagnostic> = Vec::new();
    let mut beyond = Vec::new();
    for (index, resolved) in resolved.into_iter().enumerate() {
        let Resolved {
            links,
            cover,
            attachments,
            recordings,
            results,
            rows,
            project,
            mentions: own,
            files: own_files,
            site_links: own_links,
            diagnostics: own_faults,
        } = resolved;
        for fault in own_faults {
            if matches!(fault.problem, Problem::UnknownName { .. }) { unknown.push(fault) } else { diagnostics.push(fault) }
        }
        files.extend(own_files);
        site_links.extend(own_links);
        mentions.push(own);
        let mut found = Vec::new();
        for (plan, row, written) in rows {
            match entries[plan.index()].plan.as_ref().and_then(|rows| rows.find(&row)) {
                Some(row) => found.push((plan, row)),
                None if row.is_empty() => beyond.push((plan, EntryId(index as u32))),
                None => diagnostics.push(unknown_row(&entries, plan, &row, &entries[index].document, &written)),
            }
        }
        plans::put_results(&mut entries[index], &results);
        let entry = &mut entries[index];
        (entry.links, entry.cover, entry.attachments, entry.recordings, entry.rows, entry.project) =
            (links, cover, attachments, recordings, found, project);
    }
    diagnostics.extend(unknown_names(unknown, &registries));
    plans::fulfil(&mut entries, today);
    plans::note_unplanned(&mut entries, beyond, &registries);
    mention_rows(&entries, &registries, &mut mentions);
    connect(&mut entries);
    for entry in &entries {
        if let Details::Project(project) = &entry.document.details {
            let at = |place| Span::new(&entry.document.path, place);
            diagnostics.extend(indicators::faults(project).into_iter().map(|(problem, place)| Diagnostic::slip(problem, at(place))));
        }
    }

    let ids = |filter: &dyn Fn(&Entry) -> bool| -> Vec<EntryId> {
        entries.iter().enumerate().filter(|(_, e)| filter(e)).map(|(i, _)| EntryId(i as u32)).collect()
    };
    let sections: BTreeMap<Kind, Vec<EntryId>> = Kind::ALL.into_iter().map(|kind| (kind, ids(&|e| e.document.kind == kind))).collect();
    let mut newest = ids(&|e| e.date.is_some() && e.document.kind != Kind::Page);
    newest.sort_by_key(|id| (std::cmp::Reverse(entries[id.index()].date), *id));
    let mut by_date = ids(&|_| true);
    by_date.sort_by_key(|id| (std::cmp::Reverse(entries[id.index()].date), *id));

    people::veil_mentions(&mut mentions, &people::Rule { people: config.people, registries: &registries, language: config.language });
    let (groups, memberships) = groups::gather(&mentions, &coverage::served(&registries), &by_date);
    for (entry, groups) in entries.iter_mut().zip(memberships) {
        entry.groups = groups;
    }
    let events = calendar::events(&entries, &registries, &config, today);
    let calendar = Calendar::of(events, &entries, &registries);
    let (settings, language) = (&config.settings, config.language);
    let planned =
        planning::Inputs { entries: &entries, calendar: &calendar, registries: &registries, settings, tables: &tables, today, language };
    diagnostics.extend(planning::check(&planned));
    let rule = people::Rule { people: config.people, registries: &registries, language };
    diagnostics.extend(people::in_text(entries.iter().map(|entry| &*entry.document), sources, &rule));
    people::veil(&mut entries, &mut registries, config.people, language, today);
    let archive = archive::archive(&entries, &newest);
    let coverage = coverage::coverage(&entries, &registries, &groups, today);
    let next_change = next_change(&calendar, &hidden, &entries, today);
    let site = Site {
        config,
        today,
        entries,
        sections,
        newest,
        registries,
        groups,
        calendar,
        archive,
        coverage,
        redirects,
        files,
        site_links,
        next_change,
        records: OnceLock::new(),
    };
    diagnostics.extend(collected::told(&site));
    (site, diagnostics)
}

/// Whether a document is on the site on `today`.
fn is_published(document: &Document, today: Date) -> bool {
    let common = &document.common;
    !common.draft && common.publish.as_ref().is_none_or(|d| d.value <= today) && common.expires.as_ref().is_none_or(|d| d.value >= today)
}

fn page_order(document: &Document) -> u32 {
    match &document.details {
        Details::Page(page) => page.order.unwrap_or(u32::MAX),
        Details::News(news) if news.pinned => 0,
        _ => u32::MAX,
    }
}

/// When a document is dated.
struct Times {
    date: Option<Date>,
    timeframe: Option<TimeFrame>,
    moved_from: Option<TimeFrame>,
    register_until: Option<TimeFrame>,
    diagnostics: Vec<Diagnostic>,
}

fn times(document: &Document, tables: &Tables) -> Times {
    let mut out = Times { date: None, timeframe: None, moved_from: None, register_until: None, diagnostics: Vec::new() };
    let context = Context { period: None, tables };
    let (mut faults, mut doubts) = (Vec::new(), Vec::new());
    let mut frame = |text: &Text| {
        let frame = timeframe::read(&text.value, &context);
        doubts.extend(timeframe_fault(document, text, &frame));
        frame
    };
    match &document.details {
        Details::Workshop(workshop) => {
            out.timeframe = document.common.date.as_ref().map(&mut frame).or_else(|| document.name_date.map(TimeFrame::on));
            if let Some(moved) = &workshop.moved_to {
                out.moved_from = out.timeframe.replace(frame(moved));
            }
            out.register_until = workshop.registration.as_ref().and_then(|r| r.until.as_ref()).map(|until| {
                let frame = frame(until);
                // «до 10 марта» and «10 марта» are one here.
                if frame.kind == FrameKind::Exact { TimeFrame { kind: FrameKind::Deadline, ..frame } } else { frame }
            });
            out.date = out.timeframe.as_ref().and_then(|f| f.start.or(f.end));
            if let Some(time) = &workshop.time {
                match TimeSpan::parse(&time.value) {
                    Some(span) => {
                        if let Some(frame) = &mut out.timeframe {
                            frame.time = frame.time.or(Some(span));
                        }
                    }
                    None => {
                        let problem = Problem::NotATime { text: time.value.to_string() };
                        faults.push(Diagnostic::new(problem, Span::new(&document.path, time.span)));
                    }
                }
            }
            if document.common.date.is_none() && document.name_date.is_none() && document.common.title.is_some() {
                faults.push(Diagnostic::new(Problem::MissingKey { key: "date", twin: "дата" }, Span::file(&document.path)));
            }
        }
        details => {
            out.date = publication_day(document);
            if out.date.is_none()
                && let Some(date) = &document.common.date
            {
                let problem = Problem::NotADate { text: date.value.to_string() };
                faults.push(Diagnostic::new(problem, Span::new(&document.path, date.span)));
            }
            match details {
                Details::Plan(plan) => {
                    let signed = plan.approval.as_ref().and_then(|a| a.order.as_ref().and_then(|o| o.date.as_ref()).or(a.date.as_ref()));
                    out.date = out.date.or(signed.map(|d| d.value));
                    let bounds = period(plan).and_then(|p| p.bounds(tables));
                    out.date = out.date.or(bounds.map(|b| b.0));
                }
                Details::Project(project) => {
                    out.timeframe = project.period.as_ref().map(&mut frame);
                    out.date = out.date.or(out.timeframe.as_ref().and_then(|f| f.start));
                }
                _ => {}
            }
        }
    }
    faults.extend(doubts);
    out.diagnostics = faults;
    out
}

/// The message about a time frame, if there is one to make.
fn timeframe_fault(document: &Document, text: &Text, frame: &TimeFrame) -> Option<Diagnostic> {
    let own = frame.warning.iter().chain(frame.items.iter().filter_map(|i| i.warning.as_ref())).next()?;
    let mut diagnostic =
        Diagnostic::new(Problem::Timeframe { printed: text.value.to_string(), warning: own.clone() }, Span::new(&document.path, text.span));
    if frame.kind != FrameKind::Error {
        diagnostic.severity = crate::diagnostic::Severity::Warning;
    }
    if let (Warning::TwoDigitYear, Some(start)) = (own, frame.start) {
        diagnostic.fix = Some(crate::value::date::numeric(start));
    }
    Some(diagnostic)
}

fn period(plan: &Plan) -> Option<Period> {
    plan.year.as_ref().and_then(|year| Period::parse(&year.value))
}

/// Reads the rows of all plans.
fn read_plans(entries: &mut [Entry], today: Date, tables: &Tables, registries: &Registries, diagnostics: &mut Vec<Diagnostic>) {
    let read: Vec<(Option<TimeFrame>, PlanRows, Vec<Diagnostic>)> = entries
        .par_iter()
        .map(|entry| {
            let Details::Plan(plan) = &entry.document.details else { return (None, PlanRows::default(), Vec::new()) };
            let document = &entry.document;
            let mut faults = Vec::new();
            let period = period(plan);
            if let (Some(year), None) = (&plan.year, &period) {
                faults.push(Diagnostic::new(Problem::NotAPeriod { text: year.value.to_string() }, Span::new(&document.path, year.span)));
            }
            let (rows, amiss) = PlanRows::read(plan, period, today, tables, registries);
            faults.extend(amiss.into_iter().map(|(problem, place)| Diagnostic::slip(problem, Span::new(&document.path, place))));
            let plan = rows.amended.as_ref().map_or(&**plan, |amended| &amended.plan);
            for (at, row) in rows.rows.iter().enumerate() {
                let item = row.item(plan);
                if let (Some(text), Some(frame)) = (&item.timeframe, &row.timeframe) {
                    // A cell that holds the times of its parts need not be readable as a whole.
                    if row.parts.iter().all(Option::is_none) {
                        faults.extend(timeframe_fault(document, text, frame));
                    }
                }
                for (part, frame) in item.parts.iter().zip(&row.parts) {
                    if let (Some(text), Some(frame)) = (&part.timeframe, frame) {
                        faults.extend(timeframe_fault(document, text, frame));
                    }
                }
                if item.title.is_none() {
                    let at = item.number.as_ref().or(item.timeframe.as_ref()).map_or(0..0, |t| t.span.into());
                    faults.push(Diagnostic::new(Problem::MissingKey { key: "title", twin: "мероприятие" }, Span::new(&document.path, at)));
                }
                if rows.find(&row.id) != Some(at)
                    && let Some(number) = &item.number
                {
                    faults.push(Diagnostic::new(
                        Problem::DuplicateRow { number: row.id.to_string() },
                        Span::new(&document.path, number.span),
                    ));
                }
            }
            let frame = period.and_then(|p| p.bounds(tables)).map(|(start, end)| {
                let precision = if matches!(period, Some(Period::School(_))) { Precision::AcademicYear } else { Precision::Year };
                let printed = plan.year.as_ref().map(|y| y.value.clone()).unwrap_or_default();
                TimeFrame { printed, kind: FrameKind::Ongoing, end: Some(end), precision, ..TimeFrame::on(start) }
            });
            (frame, rows, faults)
        })
        .collect();
    for (entry, (frame, rows, faults)) in entries.iter_mut().zip(read) {
        if entry.document.kind == Kind::Plan {
            (entry.timeframe, entry.plan) = (frame.map(Box::new), Some(rows));
            diagnostics.extend(faults);
        }
    }
}

fn resolve(entries: &[Entry], sources: &Sources, registries: &Registries, config: &Config, hidden: &[Arc<Document>]) -> Vec<Resolved> {
    let by_kind = |kind: Kind| -> HashMap<String, EntryId> {
        let mut map = HashMap::new();
        for (i, entry) in entries.iter().enumerate().filter(|(_, e)| e.document.kind == kind) {
            map.insert(entry.document.stem().to_owned(), EntryId(i as u32));
            map.insert(entry.slug.clone(), EntryId(i as u32));
        }
        map
    };
    let index = Index {
        sources,
        registries,
        by_path: entries.iter().enumerate().map(|(i, e)| (&*e.document.path, EntryId(i as u32))).collect(),
        composed: sources
            .content
            .keys()
            .filter_map(|path| match composed(path) {
                Cow::Owned(composed) => Some((composed, &**path)),
                Cow::Borrowed(_) => None,
            })
            .collect(),
        hidden: hidden.iter().map(|d| &*d.path).collect::<HashSet<_>>(),
        addresses: entries.iter().map(|e| e.address.as_str()).collect(),
        titles: entries.iter().map(|e| e.document.title()).collect(),
        anchors: entries
            .iter()
            .map(|e| {
                let headings = e.document.body.outline.headings.iter().map(|h| h.id.as_str());
                let rows = e.plan.iter().flat_map(|p| p.rows.iter().map(|r| &*r.id));
                headings.chain(rows).collect()
            })
            .collect(),
        plans: by_kind(Kind::Plan),
        projects: by_kind(Kind::Project),
        language: config.language,
    };
    entries.par_iter().map(|entry| index.resolve(&entry.document)).collect()
}

fn unknown_row(entries: &[Entry], plan: EntryId, row: &str, document: &Document, written: &Text) -> Diagnostic {
    let plan = &entries[plan.index()];
    let near = plan.plan.iter().flat_map(|p| p.rows.iter()).map(|r| &*r.id);
    let near = nearest_row(row, near).map(|id| format!("{}/{id}", plan.slug));
    let problem = Problem::UnknownPlanItem { text: written.value.to_string(), nearest: near.clone() };
    Diagnostic::new(problem, Span::new(&document.path, written.span)).with_fix(near)
}

/// The row that `row` may be a slip of. Numbers tell rows apart: 1.3 is no slip of 1.1.
pub(super) fn nearest_row<'n>(row: &str, rows: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let own = digits(row);
    crate::record::nearest(row, rows.filter(|other| digits(other) == own))
}

/// One message for each unknown name, at its first place, with the known name that it may be a slip of.
fn unknown_names(found: Vec<Diagnostic>, registries: &Registries) -> Vec<Diagnostic> {
    let mut seen: HashSet<(Which, String)> = HashSet::new();
    let mut out = Vec::new();
    for mut diagnostic in found {
        let Problem::UnknownName { registry, name, .. } = &diagnostic.problem else { continue };
        if !seen.insert((*registry, names::key(name))) {
            continue;
        }
        let list = match registry {
            Which::Organisations => &registries.organisations,
            Which::People => &registries.people,
            Which::Areas => &registries.areas,
            Which::Competencies => &registries.competencies,
            Which::Territories => &registries.territories,
            Which::Observances => &registries.observances,
            Which::Glossary => &registries.glossary,
        };
        let nearest = list.nearest(name);
        diagnostic.fix = nearest.clone();
        diagnostic.problem = Problem::UnknownName { registry: *registry, name: name.clone(), nearest };
        diagnostic.severity = diagnostic.problem.severity();
        out.push(diagnostic);
    }
    out
}

/// A plan belongs to the persons and institutions that its rows name.
fn mention_rows(entries: &[Entry], registries: &Registries, mentions: &mut [Vec<Mention>]) {
    for (entry, mentions) in entries.iter().zip(mentions) {
        let Some(rows) = &entry.plan else { continue };
        let mut seen: HashSet<(Dimension, u32)> = HashSet::new();
        for responsible in rows.rows.iter().flat_map(|r| r.responsible.iter()) {
            let found = match (responsible.person, responsible.organisation) {
                (Some(at), _) => Some((Dimension::People, at, &registries.people)),
                (None, Some(at)) => Some((Dimension::Organisations, at, &registries.organisations)),
                (None, None) => None,
            };
            if let Some((dimension, at, registry)) = found
                && seen.insert((dimension, at))
            {
                let at = at as usize;
                let named = &registry.entries[at];
                mentions.push(Mention {
                    dimension,
                    key: named.id.clone(),
                    name: named.name.clone(),
                    id: Some(named.id.clone()),
                    registered: Some(at),
                });
            }
        }
    }
}

/// Neighbours within a kind (within a series, for workshops of one), documents that replace each other, parts of projects.
fn connect(entries: &mut [Entry]) {
    let mut last: HashMap<(Kind, Option<String>), usize> = HashMap::new();
    for i in 0..entries.len() {
        let kind = entries[i].document.kind;
        if kind == Kind::Page || entries[i].date.is_none() {
            continue;
        }
        let series = match &entries[i].document.details {
            Details::Workshop(w) => w.series.as_ref().map(|s| names::key(&s.value)),
            _ => None,
        };
        // Entries of a kind stand newest first.
        if let Some(newer) = last.insert((kind, series), i) {
            entries[newer].previous = Some(EntryId(i as u32));
            entries[i].next = Some(EntryId(newer as u32));
        }
    }
    for i in 0..entries.len() {
        if let Some(project) = entries[i].project {
            entries[project.index()].parts.push(EntryId(i as u32));
        }
        let replaced = match &entries[i].document.details {
            Details::Document(paper) => paper.replaces.as_ref().map(|r| r.value.clone()),
            _ => None,
        };
        let stem = replaced.as_deref().map(|r| r.rsplit('/').next().unwrap_or(r).split('.').next().unwrap_or(r).to_owned());
        if let Some(old) = stem.and_then(|stem| {
            entries
                .iter()
                .position(|e| e.document.kind == Kind::Document && e.document.stem() == stem && e.document.path != entries[i].document.path)
        }) {
            entries[i].replaces = Some(EntryId(old as u32));
            entries[old].replaced_by = Some(EntryId(i as u32));
        }
    }
}

/// What the settings and the registry of observances say of days with names.
pub fn tables(settings: &Settings, registries: &Registries) -> (Tables, Vec<Diagnostic>) {
    let path: crate::source::SourcePath = "content/site.yaml".into();
    let mut faults = Vec::new();
    let mut day = |text: &Option<Text>| -> Option<Date> {
        let text = text.as_ref()?;
        let day = crate::record::day_of(&text.value);
        if day.is_none() {
            faults.push(Diagnostic::new(Problem::NotADate { text: text.value.to_string() }, Span::new(&path, text.span)));
        }
        day
    };
    let mut spans = |list: &[NamedSpanSetting]| -> Vec<NamedSpan> {
        list.iter()
            .filter_map(|s| {
                let (start, end) = (day(&s.start)?, day(&s.end)?);
                Some(NamedSpan { name: s.name.as_ref().map(|n| n.value.to_string()).unwrap_or_default(), start, end })
            })
            .collect()
    };
    let mut out = Tables { terms: spans(&settings.school_terms), holidays: spans(&settings.school_holidays), ..Tables::default() };
    if let Some(year) = &settings.school_year {
        let edge = |text: &Option<Text>| text.as_ref().and_then(|t| Config::yearly_day(&t.value, 2023)).map(|d| (d.month(), d.day()));
        if let (Some(start), Some(end)) = (edge(&year.start), edge(&year.end)) {
            out.school_year = (start, end);
        }
    }
    for named in &registries.observances.entries {
        let Some(date) = &named.entry.date else { continue };
        let fixed = crate::record::day_of(&date.value);
        let Some(day) = fixed.or_else(|| Config::yearly_day(&date.value, 2024)) else {
            faults.push(Diagnostic::new(Problem::NotADate { text: date.value.to_string() }, Span::new(&named.span.file, date.span)));
            continue;
        };
        let names = std::iter::once(named.name.as_str())
            .chain(named.entry.aliases.iter().map(|a| a.value.as_str()))
            .map(|n| n.to_lowercase())
            .collect();
        out.observances.push(Observance { names, month: day.month(), day: day.day(), year: fixed.map(|d| d.year()) });
    }
    (out, faults)
}

fn next_change(calendar: &Calendar, hidden: &[Arc<Document>], entries: &[Entry], today: Date) -> Option<Date> {
    let appears =
        hidden.iter().filter(|d| !d.common.draft).filter_map(|d| d.common.publish.as_ref()).map(|d| d.value).filter(|d| *d > today);
    let goes = entries.iter().filter_map(|e| e.document.common.expires.as_ref()).map(|d| d.value.add_days(1)).filter(|d| *d > today);
    let amends = entries.iter().filter_map(|entry| match &entry.document.details {
        Details::Plan(plan) => plan.amendments.iter().filter_map(Amendment::day).filter(|day| *day > today).min(),
        _ => None,
    });
    appears.chain(goes).chain(amends).chain(calendar.next_change(today)).min()
}

/// The registries among the sources.
pub fn registries(sources: &Sources) -> (Registries, Vec<Diagnostic>) {
    let mut registries = Registries::default();
    let mut diagnostics = Vec::new();
    for (path, source) in &sources.content {
        if let (Place::Data(name), crate::sources::Source::Text(text)) = (place_of(path), source)
            && let Some((which, registry)) = registries.of_file(&name)
        {
            let (read, faults) = names::Registry::parse(which, path, &text.text);
            *registry = read;
            diagnostics.extend(faults);
        }
    }
    (registries, diagnostics)
}
