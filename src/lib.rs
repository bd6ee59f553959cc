//! metodika: from Markdown and YAML about methodical work to a site.
//!
//! This library is the pure core. It touches no file, clock, environment or terminal and makes no threads of its own beyond a parallel
//! map; the program around it (`main.rs`, `shell/`) does.
//!
//! ```text
//! disk ─read→ Sources ─parse→ Documents ─assemble→ Site ─list→ Manifest ─render one item→ bytes ─write→ disk
//!      shell           per file, parallel   whole site     what to emit     pure, parallel        shell ─serve→ browser
//! ```
//!
//! # Invariants
//! - A document depends on its own text alone; an unchanged text gives back the previous `Arc<Document>`.
//! - `build(sources, options, Some(previous))` equals `build(sources, options, None)`.
//! - The same input gives the same bytes, in any order, on any number of threads.
//! - A mistake of the editor is a [`diagnostic::Diagnostic`], never an `Err` or a panic.
//!
//! # Glossary
//! *Document*: one file of content. *Entry*: a document with its address and its references resolved. *Event*: what stands in the
//! calendar. *Group*: entries that share an area, a form, a person … *Time frame*: «срок проведения», rarely a date.
//! *Card*: a document as it stands in lists.
#![forbid(unsafe_code)]

pub mod config;
pub mod diagnostic;
pub mod format;
pub mod kinds;
pub mod manifest;
pub mod output;
pub mod parse;
pub mod record;
pub mod render;
pub mod site;
pub mod source;
pub mod value;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Problem, Severity};
use crate::manifest::Manifest;
use crate::output::Content;
use crate::parse::{Document, Place};
use crate::render::{Renderer, Theme};
use crate::source::{Source, SourcePath, Sources, Span};
use crate::value::date::Date;
use crate::value::language::Language;
use crate::value::timeframe::Tables;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What comes from the command line rather than from the content.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day for which the site is built.
    pub today: Date,
    /// Stands in place of the setting.
    pub base_url: Option<String>,
    /// Drafts, and what is not yet or no longer published, are built too.
    pub drafts: bool,
    /// Warnings are errors.
    pub strict: bool,
    /// The language of messages; else that of the site.
    pub language: Option<Language>,
    /// Whether the text is held against the rules of typesetting too.
    pub proofread: bool,
}

/// A site, ready to be rendered item by item, and everything that is to be said of it.
#[derive(Debug)]
pub struct Build {
    documents: BTreeMap<SourcePath, Arc<Document>>,
    reused: usize,
    diagnostics: Vec<Diagnostic>,
    manifest: Manifest,
    renderer: Renderer,
    language: Language,
}

/// A step of [`build`]. The core has no clock: [`build_watched`] tells when a step ends, and who wants to know measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Settings and registries.
    Settings,
    /// Every document from its text.
    Parse,
    Theme,
    /// References, groups, plans, calendar.
    Assemble,
    /// What is to be emitted.
    List,
}

/// Builds a site. Never fails: what is wrong is among the diagnostics. `previous` spares work and changes nothing.
pub fn build(sources: &Sources, options: &Options, previous: Option<&Build>) -> Build {
    build_watched(sources, options, previous, &mut |_| {})
}

/// The same; `ended` is called at the end of each step.
pub fn build_watched(sources: &Sources, options: &Options, previous: Option<&Build>, ended: &mut dyn FnMut(Step)) -> Build {
    let mut diagnostics = Vec::new();
    let (mut config, faults) = settings(sources);
    diagnostics.extend(faults);
    if let Some(url) = &options.base_url {
        match config::checked_base_url(url) {
            Some(url) => config.base_url = Some(url),
            None => diagnostics.push(Diagnostic::new(Problem::BadBaseUrl { url: url.clone() }, Span::file(&"content/site.yaml".into()))),
        }
    }
    let (registries, faults) = site::registries(sources);
    diagnostics.extend(faults);
    ended(Step::Settings);

    let (documents, reused) = parse_all(sources, previous, &mut diagnostics);
    diagnostics.extend(documents.values().flat_map(|d| d.diagnostics.iter().cloned()));
    if options.proofread && config.settings.typography.0 {
        diagnostics.par_extend(documents.par_iter().flat_map_iter(|(_, document)| parse::proofread(document, config.language)));
    }
    ended(Step::Parse);
    let language = options.language.unwrap_or(config.language);
    let theme_name = config.settings.theme.as_ref().map_or_else(|| "default".to_owned(), |t| t.value.clone());
    let (theme, faults) = Theme::load(sources, &theme_name, config.language);
    diagnostics.extend(faults);
    diagnostics.extend(render::contrast(&config, &theme));
    ended(Step::Theme);

    let inputs = site::Inputs {
        sources,
        documents: documents.values().cloned().collect(),
        config,
        registries,
        today: options.today,
        drafts: options.drafts,
    };
    let (site, faults) = site::assemble(inputs);
    diagnostics.extend(faults);
    ended(Step::Assemble);
    let (manifest, faults) = manifest::list(&site, theme.statics.keys().map(String::as_str));
    diagnostics.extend(faults);
    let renderer = Renderer::new(site, theme, &manifest);
    ended(Step::List);

    if options.strict {
        diagnostics.iter_mut().filter(|d| d.severity == Severity::Warning).for_each(|d| d.severity = Severity::Error);
    }
    diagnostics.sort_by(|a, b| (a.span.as_ref(), a.severity).cmp(&(b.span.as_ref(), b.severity)));
    diagnostics.dedup();
    Build { documents, reused, diagnostics, manifest, renderer, language }
}

impl Build {
    /// Everything that is to be said, by file and place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether anything forbids publishing.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// The language of messages.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Every output path, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.manifest.items.keys().map(String::as_str)
    }

    /// How many outputs there are.
    pub fn len(&self) -> usize {
        self.manifest.items.len()
    }

    /// Whether nothing is published.
    pub fn is_empty(&self) -> bool {
        self.manifest.items.is_empty()
    }

    /// What stands at `path`; `None` if nothing does. Pure: any order, any thread.
    pub fn render(&self, path: &str) -> Option<Result<Content, Diagnostic>> {
        let item = self.manifest.items.get(path)?;
        Some(self.renderer.render(path, item).map_err(|fault| *fault))
    }

    /// What family of outputs `path` belongs to, as measurements name it: `workshop`, `group`, `calendar-month` …
    pub fn family(&self, path: &str) -> &'static str {
        self.manifest.items.get(path).map_or("", |item| self.renderer.family(item))
    }

    /// How many documents were read.
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// How many of them were taken from the previous build.
    pub fn reused(&self) -> usize {
        self.reused
    }

    /// The next day on which a rebuild would change something.
    pub fn next_change(&self) -> Option<Date> {
        self.renderer.site().next_change
    }
}

/// The site's settings and what is wrong with them.
pub fn settings(sources: &Sources) -> (Config, Vec<Diagnostic>) {
    let found = ["content/site.yaml", "content/site.yml"].iter().find_map(|path| sources.content.get_key_value(*path));
    match found {
        Some((path, Source::Text(text))) => Config::parse(path, &text.text),
        _ => Config::missing(),
    }
}

/// What time frames may name on this site: its school terms, holidays and observances. What is wrong with them a build reports.
pub fn tables(sources: &Sources) -> Tables {
    site::tables(&settings(sources).0.settings, &site::registries(sources).0).0
}

/// Every document by its file; those whose text is unchanged come from `previous`.
fn parse_all(
    sources: &Sources,
    previous: Option<&Build>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (BTreeMap<SourcePath, Arc<Document>>, usize) {
    let mut texts = Vec::new();
    for (path, source) in &sources.content {
        match source {
            Source::Text(text) => match parse::place_of(path) {
                Place::Document { kind, stem, date } => texts.push((path, text, kind, stem, date)),
                Place::Elsewhere(folder) => diagnostics.push(Diagnostic::new(Problem::UnknownFolder { folder }, Span::file(path))),
                Place::Data(_) => {}
            },
            Source::NotUtf8 { line, column, .. } => {
                diagnostics.push(Diagnostic::new(Problem::NotUtf8 { line: *line, column: *column }, Span::file(path)))
            }
            Source::Unreadable(reason) => {
                diagnostics.push(Diagnostic::new(Problem::Unreadable { reason: reason.clone() }, Span::file(path)))
            }
            Source::Asset(_) => {}
        }
    }
    let parsed: Vec<(Arc<Document>, bool)> = texts
        .par_iter()
        .map(|(path, text, kind, stem, date)| match previous.and_then(|p| p.documents.get(*path)).filter(|d| d.source.same(text)) {
            Some(document) => (document.clone(), true),
            None => (Arc::new(parse::document(path, text, *kind, stem, *date)), false),
        })
        .collect();
    let reused = parsed.iter().filter(|(_, reused)| *reused).count();
    (parsed.into_iter().map(|(document, _)| (document.path.clone(), document)).collect(), reused)
}
