//! metodika: from Markdown and YAML about methodical work to a site.
//!
//! This library is the pure core. It touches no file, clock, environment or terminal and makes no threads of its own beyond a parallel
//! map; the program around it (`main.rs`, `shell/`) does.
//!
//! ```text
//! disk ─read, parse→ Sources ─assemble→ Site ─list→ Manifest ─render one item→ bytes ─write→ disk
//!  shell, per file, parallel   whole site     what to emit     pure, parallel        shell ─serve→ browser
//! ```
//!
//! The types that read the content also tell of themselves ([`record::Shape`]): from them come JSON Schemas and the reference ([`schema`]), blanks of
//! documents ([`blank`]) and the editing page ([`cms`]). [`starter`] is a whole site to begin with.
//!
//! Beside it lies the way from a signed paper into the content: [`import`] makes a [`draft::Draft`] of it, and that YAML.
//!
//! A document is parsed as soon as its text is read, and the text let go: a site in memory is its front matter and what else other pages
//! see. A body is read once more where it is written.
//!
//! Beside the site stands what is made of one plan of it ([`report`]): the analysis of its year, its paper, the skeleton of the next one.
//!
//! # Invariants
//! - A document depends on its own text alone; an unchanged text gives back the previous `Arc<Document>`.
//! - Of the text of a body only the document's own page, the feed of the site and the index of the search show more than the document's face
//!   ([`parse::Document::face`]) tells.
//! - `build(sources, options, Some(previous))` equals `build(sources, options, None)`.
//! - The same input gives the same bytes, in any order, on any number of threads.
//! - A mistake of the editor is a [`diagnostic::Diagnostic`], never an `Err` or a panic.
//!
//! # Glossary
//! *Document*: one file of content. *Entry*: a document with its address and its references resolved. *Event*: what stands in the
//! calendar. *Group*: entries that share an area, a form, a person … *Time frame*: «срок проведения», rarely a date.
//! *Card*: a document as it stands in lists. *Paper*: a file of Word or Excel as paragraphs and tables. *Draft*: a plan as it will be
//! written. *Doubt*: what an import assumed.
#![forbid(unsafe_code)]

pub mod blank;
pub mod cms;
pub mod config;
pub mod diagnostic;
pub mod draft;
pub mod exchange;
pub mod format;
pub mod import;
pub mod kinds;
pub mod manifest;
pub mod output;
pub mod parse;
pub mod record;
pub mod redact;
pub mod render;
pub mod report;
pub mod schema;
pub mod site;
pub mod source;
pub mod sources;
pub mod starter;
pub mod value;

use crate::config::{Config, People};
use crate::diagnostic::{Diagnostic, Problem, Severity};
use crate::format::search::Memory;
use crate::kinds::Kind;
use crate::manifest::{Item, Manifest, SearchFile};
use crate::output::Content;
use crate::parse::Document;
use crate::render::{Alone, Bodies, Indexed, Renderer, Theme};
use crate::schema::Subject;
use crate::site::{EntryId, Site};
use crate::source::{SourcePath, Span, Texts};
use crate::sources::{Source, Sources};
use crate::value::date::Date;
use crate::value::hidden;
use crate::value::language::Language;
use crate::value::timeframe::Tables;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

/// What comes from the command line rather than from the content.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Stands in place of the setting: papers of the office name everybody.
    pub people: Option<People>,
}

/// A site, ready to be rendered item by item, and everything that is to be said of it.
#[derive(Debug)]
pub struct Build {
    sources: Arc<Sources>,
    options: Options,
    assembled: Arc<Assembled>,
    dressed: Arc<Dressed>,
    /// Documents of which nothing but the body has changed since the site was assembled.
    newer: BTreeMap<SourcePath, Arc<Document>>,
    /// The index of the search, which knows the text of every body.
    indexed: Indexed,
}

/// An output of a build, found once for all that is asked of it.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'b> {
    pub path: &'b str,
    item: &'b Item,
}

/// What a build makes of the whole content.
#[derive(Debug)]
struct Assembled {
    site: Arc<Site>,
    diagnostics: Vec<Diagnostic>,
    documents: usize,
}

/// The site in its theme.
#[derive(Debug)]
struct Dressed {
    manifest: Manifest,
    renderer: Renderer,
    /// Of everything.
    diagnostics: Vec<Diagnostic>,
    language: Language,
}

/// A step of [`build`]. The core has no clock: [`build_watched`] tells when a step ends, and who wants to know measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Settings and registries, and what is wrong with the files themselves.
    Settings,
    /// The rules of typesetting, if they are asked for.
    Proofread,
    /// References, groups, plans, calendar.
    Assemble,
    Theme,
    /// What is to be emitted.
    List,
}

/// Builds a site. Never fails: what is wrong is among the diagnostics. `previous` spares work and changes nothing.
pub fn build(sources: &Arc<Sources>, options: &Options, previous: Option<&Build>) -> Build {
    build_watched(sources, options, previous, &mut |_| {})
}

/// The same; `ended` is called at the end of each step.
pub fn build_watched(sources: &Arc<Sources>, options: &Options, previous: Option<&Build>, ended: &mut dyn FnMut(Step)) -> Build {
    let previous = previous.filter(|previous| previous.options == *options);
    let reused = previous.and_then(|previous| Some((previous, newer_bodies(previous, sources)?)));
    let assembled = match &reused {
        Some((previous, _)) => previous.assembled.clone(),
        None => Arc::new(assembled(sources, options, ended)),
    };
    let dressed = match &reused {
        Some((previous, _)) if previous.sources.themes == sources.themes => previous.dressed.clone(),
        _ => Arc::new(dressed(&assembled, sources, options, ended)),
    };
    let newer = reused.map(|(_, newer)| newer).unwrap_or_default();
    Build { sources: sources.clone(), options: options.clone(), assembled, dressed, newer, indexed: Indexed::default() }
}

/// The documents whose bodies have changed since the site of `previous` was assembled, if nothing else of the content has.
fn newer_bodies(previous: &Build, sources: &Sources) -> Option<BTreeMap<SourcePath, Arc<Document>>> {
    if previous.sources.content.len() != sources.content.len() {
        return None;
    }
    let mut newer = previous.newer.clone();
    for ((old_path, old), (path, source)) in previous.sources.content.iter().zip(&sources.content) {
        if !Arc::ptr_eq(old_path, path) && old_path != path {
            return None;
        }
        if old.same(source) {
            continue;
        }
        // What is said of a file names places in it, and those are others now.
        let is_told = || previous.diagnostics().iter().any(|d| d.span.as_ref().is_some_and(|span| span.file == *path));
        match (old, source) {
            (Source::Document(old), Source::Document(document)) if old.face == document.face && !is_told() => {
                newer.insert(path.clone(), document.clone());
            }
            _ => return None,
        }
    }
    Some(newer)
}

fn assembled(sources: &Sources, options: &Options, ended: &mut dyn FnMut(Step)) -> Assembled {
    let mut diagnostics = Vec::new();
    let (mut config, faults) = settings(sources);
    diagnostics.extend(faults);
    if let Some(url) = &options.base_url {
        match config::checked_base_url(url) {
            Some(url) => config.base_url = Some(url),
            None => diagnostics.push(Diagnostic::new(Problem::BadBaseUrl { url: url.clone() }, Span::file(&"content/site.yaml".into()))),
        }
    }
    config.people = options.people.unwrap_or(config.people);
    let (registries, faults) = site::registries(sources);
    diagnostics.extend(faults);
    diagnostics.extend(sources.content.iter().filter_map(|(path, source)| site::misplaced(path, source)));
    let is_odd = |path: &&SourcePath| hidden::find(path).is_some();
    diagnostics.extend(
        sources
            .content
            .keys()
            .filter(is_odd)
            .map(|path| Diagnostic::new(Problem::BadFileName { path: hidden::without(path).into_owned() }, Span::file(path))),
    );
    diagnostics.extend(sources.content.iter().filter_map(|(path, source)| match source {
        Source::Text(text) => parse::hidden_characters(path, &text.text),
        _ => None,
    }));
    diagnostics.extend(sources.documents().flat_map(|document| document.diagnostics.iter().cloned()));
    ended(Step::Settings);
    let documents: Vec<Arc<Document>> = sources.documents().cloned().collect();
    if options.proofread && config.settings.typography.0 {
        diagnostics.par_extend(documents.par_iter().flat_map_iter(|document| parse::proofread(document, config.language)));
        for (path, source) in &sources.content {
            if let Source::Text(text) = source {
                diagnostics.extend(parse::mixed_scripts(path, &text.text, 0, config.language, &[]));
            }
        }
        ended(Step::Proofread);
    }
    if options.proofread && config.settings.cms.is_some() {
        diagnostics.par_extend(sources.content.par_iter().flat_map_iter(|(path, _)| unfit(path, sources, config.language)));
    }
    let count = documents.len();
    let inputs = site::Inputs { sources, documents, config, registries, today: options.today, drafts: options.drafts };
    let (site, faults) = site::assemble(inputs);
    diagnostics.extend(faults);
    diagnostics.extend(site::wrong_endings(sources, &site));
    ended(Step::Assemble);
    Assembled { site: Arc::new(site), diagnostics, documents: count }
}

fn dressed(assembled: &Assembled, sources: &Sources, options: &Options, ended: &mut dyn FnMut(Step)) -> Dressed {
    let Assembled { site, diagnostics, .. } = assembled;
    let (config, mut diagnostics) = (&site.config, diagnostics.clone());
    let language = options.language.unwrap_or(config.language);
    let theme_name = config.settings.theme.as_ref().map_or("default", |theme| &theme.value);
    let (theme, faults) = Theme::load(sources, theme_name, config.language);
    diagnostics.extend(faults);
    diagnostics.extend(render::contrast(config, &theme));
    diagnostics.extend(render::faults_of_settings(config, &theme));
    ended(Step::Theme);
    let (manifest, faults) = manifest::list(site, theme.statics.keys().map(String::as_str));
    diagnostics.extend(faults);
    let renderer = Renderer::new(site.clone(), theme, &manifest);
    ended(Step::List);

    if options.strict {
        diagnostics.iter_mut().filter(|d| d.severity == Severity::Warning).for_each(|d| d.severity = Severity::Error);
    }
    diagnostics.sort_by(|a, b| (a.span.as_ref(), a.severity).cmp(&(b.span.as_ref(), b.severity)));
    diagnostics.dedup();
    drop_said_better(&mut diagnostics);
    let diagnostics = bounded(diagnostics);
    Dressed { manifest, renderer, diagnostics, language }
}

/// Gmail cuts a letter at 102 KB, and the service that sends it adds some of its own.
const LONGEST_MAIL: usize = 100 * 1024;

/// So many messages are shown of one file.
const MOST_OF_A_FILE: usize = 500;

/// The messages, sorted by file, with those of one file beyond [`MOST_OF_A_FILE`] counted in one. Nobody reads them, and the place of each is
/// looked for in the whole file.
fn bounded(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut out = Vec::with_capacity(diagnostics.len());
    for of_file in diagnostics.chunk_by(|a, b| a.span.as_ref().map(|s| &s.file) == b.span.as_ref().map(|s| &s.file)) {
        let (shown, more) = of_file.split_at(of_file.len().min(MOST_OF_A_FILE));
        out.extend_from_slice(shown);
        if let Some(worst) = more.iter().map(|d| d.severity).min() {
            let span = shown.last().and_then(|last| last.span.clone());
            out.push(Diagnostic { severity: worst, problem: Problem::More { count: more.len() }, span, fix: None, related: Vec::new() });
        }
    }
    out
}

/// What the editing page would not show of the file `path`, whose text must have been kept.
fn unfit(path: &SourcePath, sources: &Sources, language: Language) -> Vec<Diagnostic> {
    let (Some(keys), Some(text)) = (Subject::of_file(path).and_then(Subject::keys), sources.text_of(path)) else { return Vec::new() };
    let yaml = parse::yaml_of(path, text);
    // What does not parse has been told.
    let Ok(node) = value::yaml::parse(&text[yaml.clone()], yaml.start) else { return Vec::new() };
    let mut found = cms::unfit(&node, &keys, text, path, language);
    // Each thing is told once a file; where else it stands, only to whom asks, and to whom mends.
    let mut told = Vec::new();
    for diagnostic in &mut found {
        let code = diagnostic.problem.code();
        if told.contains(&code) {
            diagnostic.severity = Severity::Note;
        }
        told.push(code);
    }
    found
}

/// A word of two scripts that is a slip in a name, a value or a key is told as that.
fn drop_said_better(diagnostics: &mut Vec<Diagnostic>) {
    let is_typography = |diagnostic: &Diagnostic| matches!(diagnostic.problem, Problem::Typography(_));
    let better: BTreeSet<Span> = diagnostics.iter().filter(|d| d.is_safe() && !is_typography(d)).filter_map(|d| d.span.clone()).collect();
    let holds = |span: &Span| {
        let before = better.range(..=Span { end: usize::MAX, ..span.clone() }).next_back();
        before.is_some_and(|other| other.file == span.file && span.end <= other.end)
    };
    if !better.is_empty() {
        diagnostics.retain(|diagnostic| !(is_typography(diagnostic) && diagnostic.span.as_ref().is_some_and(holds)));
    }
}

/// Takes an output.
pub type Take<'a, 'b> = &'a (dyn Fn(Listed<'b>, Content) + Sync);

impl Build {
    /// Everything that is to be said, by file and place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.dressed.diagnostics
    }

    /// Whether what is to be said is what was to be said of `other`, word by word and place by place. May be false where it is.
    pub fn says_the_same(&self, other: &Build) -> bool {
        Arc::ptr_eq(&self.dressed, &other.dressed)
    }

    /// Whether anything forbids publishing.
    pub fn has_errors(&self) -> bool {
        self.diagnostics().iter().any(|d| d.severity == Severity::Error)
    }

    /// The assembled site.
    pub fn site(&self) -> &Site {
        &self.assembled.site
    }

    /// What the site was built from.
    pub fn sources(&self) -> &Arc<Sources> {
        &self.sources
    }

    /// The language of messages.
    pub fn language(&self) -> Language {
        self.dressed.language
    }

    /// Every output path, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.dressed.manifest.items.keys().map(String::as_str)
    }

    /// Every output, in order.
    pub fn outputs(&self) -> impl Iterator<Item = Listed<'_>> {
        self.dressed.manifest.items.iter().map(|(path, item)| Listed { path, item })
    }

    /// Whether something stands at the output `path`.
    pub fn has(&self, path: &str) -> bool {
        self.dressed.manifest.items.contains_key(path)
    }

    /// How many outputs there are.
    pub fn len(&self) -> usize {
        self.dressed.manifest.items.len()
    }

    /// Whether nothing is published.
    pub fn is_empty(&self) -> bool {
        self.dressed.manifest.items.is_empty()
    }

    /// What stands at `path`; `None` if nothing does. Pure: any order, any thread. `texts` gives the texts that documents did not keep.
    pub fn render(&self, path: &str, texts: &dyn Texts) -> Option<Result<Content, Diagnostic>> {
        let listed = self.listed(path)?;
        Some(self.make(listed, texts).map_err(|fault| *fault))
    }

    /// The output at `path`, if there is one.
    pub fn listed(&self, path: &str) -> Option<Listed<'_>> {
        self.dressed.manifest.items.get_key_value(path).map(|(path, item)| Listed { path, item })
    }

    /// What stands at an output.
    pub fn make(&self, Listed { path, item }: Listed, texts: &dyn Texts) -> Result<Content, Box<Diagnostic>> {
        self.dressed.renderer.render(path, item, self.bodies(texts))
    }

    fn bodies<'a>(&'a self, texts: &'a dyn Texts) -> Bodies<'a> {
        Bodies { newer: &self.newer, texts, indexed: &self.indexed }
    }

    /// Makes the index of the search on all threads, before anything is rendered; else it is made on one, when it is first asked for. `take`
    /// may be given what then comes along: rendered by itself, it would be put together from the bodies once more.
    pub fn make_index<'b>(&'b self, texts: &dyn Texts, take: Option<Take<'_, 'b>>) {
        let bodies = self.bodies(texts);
        match take {
            Some(take) => {
                let take_texts = |n: usize, text: String| {
                    // All of them are listed.
                    if let Some(listed) = self.listed(&SearchFile::Texts(n).path()) {
                        take(listed, Content::Bytes(text.into_bytes()));
                    }
                };
                self.dressed.renderer.make_index(bodies, Some(&take_texts));
            }
            None => self.dressed.renderer.make_index(bodies, None),
        }
    }

    /// What `see` makes of all that the index of the search knows; it is made if it is not there. `None` where a text is gone.
    pub fn with_memory<T>(&self, texts: &dyn Texts, see: impl FnOnce(&Memory) -> T) -> Option<T> {
        self.dressed.renderer.with_memory(self.bodies(texts), see)
    }

    /// The documents of whose bodies nobody but their pages and the search takes notice.
    pub fn alone(&self) -> impl Iterator<Item = (SourcePath, Alone)> {
        self.dressed.renderer.alone(&self.dressed.manifest)
    }

    /// Every output, in runs that share what no other needs, first those of the index of the search, then calendars and feeds: when one is done,
    /// [`Build::let_go`] spares its memory.
    pub fn batches(&self) -> [Vec<Listed<'_>>; 3] {
        let (index, others): (Vec<_>, Vec<_>) = self.outputs().partition(|listed| matches!(listed.item, Item::SearchFile(_)));
        let shares = |listed: &Listed| matches!(listed.item, Item::EventFile(_) | Item::Calendar(_) | Item::Atom(_));
        let (shared, rest) = others.into_iter().partition(shares);
        [index, shared, rest]
    }

    /// Lets go of what one of [`Build::batches`] shared. It is made anew if it is needed after all.
    pub fn let_go(&self) {
        self.dressed.renderer.let_go();
        self.indexed.let_go();
    }

    /// Whether it grows with the whole site, so that it should be written and not held.
    pub fn is_long(&self, listed: Listed) -> bool {
        matches!(listed.item, Item::Calendar(_) | Item::ApiEvents | Item::ApiMaterials)
    }

    /// Whether it may be another once the bodies of `documents` are others, and nothing else is: where it shows a body, and
    /// where more than its bytes is asked of it, as of pictures.
    pub fn may_differ(&self, listed: Listed, documents: &BTreeSet<SourcePath>) -> bool {
        let is_of = |id: EntryId| documents.contains(&self.site().entry(id).document.path);
        match listed.item {
            Item::Entry(id) | Item::Mail(id) | Item::MailText(id) => is_of(*id),
            Item::SearchFile(SearchFile::Texts(n)) => self.site().records().in_file(*n).iter().any(|record| is_of(record.entry())),
            Item::SearchFile(_) | Item::Atom(_) | Item::JsonFeed | Item::TitlePicture(_) | Item::File(_, Some(_)) => true,
            _ => false,
        }
    }

    /// Writes an output that [`Build::is_long`]. Only `out` can fail.
    pub fn write(&self, listed: Listed, out: &mut dyn Write) -> io::Result<()> {
        self.dressed.renderer.write(listed.item, out)
    }

    /// What is to be said of what was made, so many bytes: that a letter is longer than mail services show.
    pub fn complaint(&self, listed: Listed, bytes: usize) -> Option<Diagnostic> {
        let Item::Mail(id) = listed.item else { return None };
        let document = &self.site().entry(*id).document;
        let told = || Diagnostic::new(Problem::LongMail { bytes }, Span::file(&document.path));
        let mut told = (bytes > LONGEST_MAIL).then(told)?;
        if self.options.strict {
            told.severity = Severity::Error;
        }
        Some(told)
    }

    /// Whether newsletters are not made as letters because the site does not know its own address.
    pub fn lacks_mail(&self) -> bool {
        !self.site().has_mail() && !self.site().section(Kind::Newsletter).is_empty()
    }

    /// What family of outputs it belongs to, as measurements name it: `workshop`, `group`, `calendar-month` …
    pub fn family(&self, listed: Listed) -> &'static str {
        self.dressed.renderer.family(listed.item)
    }

    /// How many documents were read.
    pub fn documents(&self) -> usize {
        self.assembled.documents
    }

    /// The next day on which a rebuild would change something.
    pub fn next_change(&self) -> Option<Date> {
        self.assembled.site.next_change
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
