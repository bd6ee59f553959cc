//! From an item of the manifest to bytes: pure, in any order, on any thread.
//!
//! What repeats is rendered once: a document's card is a piece of its own, made when first asked for and then shared by all pages. Its
//! addresses carry the slots of [`crate::output`], so one piece serves pages at every depth.

mod admin;
mod alone;
mod body;
mod calendar;
mod citation;
mod contrast;
mod data;
mod entries;
mod feeds;
mod frame;
mod home;
mod jsonld;
mod lists;
mod mail;
mod map;
mod newsletter;
mod panel;
mod per_thread;
mod pieces;
mod plan;
mod plan_paper;
mod plan_views;
mod project;
mod search;
mod terms;
mod territories;
mod theme;
mod title_picture;
mod view;

pub use alone::{Alone, NewBody, other_index_files};
pub use contrast::contrast;
pub use data::DataShape;
pub use frame::faults as faults_of_settings;
pub use search::Indexed;
pub use theme::{EMBEDDED, Theme, Words};
pub use view::schema as schema_of_views;

use crate::diagnostic::Diagnostic;
use crate::format::citation::Work;
use crate::kinds::Details;
use crate::manifest::{Item, Manifest};
use crate::output::{Content, Slots, way_to_root};
use crate::parse::{Document, markdown};
use crate::site::plan_views::Heap;
use crate::site::{Dimension, EntryId, Site};
use crate::source::{SourcePath, Texts};
use crate::value::language::Language;
use crate::value::typography;
use ahash::AHashMap;
use per_thread::Last;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use view::Link;

/// What could not be rendered, and why.
type Fault = Box<Diagnostic>;

/// What a template made: HTML with slots.
type Made = Result<String, Fault>;

/// The same, to be kept: no byte more than it needs.
type Kept = Result<Box<str>, Fault>;

/// What bodies are written from.
#[derive(Clone, Copy)]
pub struct Bodies<'a> {
    /// Documents that stand in the place of those of the site: with the same face and another body.
    pub newer: &'a BTreeMap<SourcePath, Arc<Document>>,
    /// Gives the texts that documents did not keep.
    pub texts: &'a dyn Texts,
    /// The index of all of them, once it is made.
    pub indexed: &'a Indexed,
}

/// What stands in a dozen calendars or feeds and on no page. It takes a fifth of the memory of a build, so it goes when they are done.
#[derive(Debug)]
struct ForFeeds {
    ics: Vec<OnceLock<Box<str>>>,
    atom_entries: Vec<OnceLock<Box<[u8]>>>,
}

impl ForFeeds {
    fn of(site: &Site) -> ForFeeds {
        ForFeeds {
            ics: site.calendar.events.iter().map(|_| OnceLock::new()).collect(),
            atom_entries: site.entries.iter().map(|_| OnceLock::new()).collect(),
        }
    }
}

/// Renders the items of one site with one theme.
#[derive(Debug)]
pub struct Renderer {
    site: Arc<Site>,
    theme: Theme,
    terms: terms::Terms,
    markdown_words: markdown::Words,
    /// The groups' calendars and feeds that exist, by output path.
    has: BTreeSet<String>,
    /// Whether addresses of folders name `index.html`.
    index: &'static str,
    cards: Vec<OnceLock<Kept>>,
    headers: Vec<OnceLock<Kept>>,
    footer: OnceLock<Kept>,
    shared: Mutex<Option<Arc<ForFeeds>>>,
    said: Vec<OnceLock<pieces::Said>>,
    /// The rows of a plan as its views show them; by person; and what references to a document say.
    plan_lines: Last<plan_views::PlanLines>,
    plan_people: Last<[Heap]>,
    works: Last<Option<Work>>,
    /// Names of groups with their addresses, by dimension.
    group_links: Vec<Vec<OnceLock<Link<'static>>>>,
    /// What names mean, by dimension and as they are written.
    meant: Vec<RwLock<AHashMap<Box<str>, pieces::Meant>>>,
    /// The menu, the footer's pages and the publisher: the same on every page.
    common: frame::Common,
}

impl Renderer {
    /// A renderer of `site`; `manifest` tells which feeds and calendars there are to point to.
    pub fn new(site: Arc<Site>, theme: Theme, manifest: &Manifest) -> Renderer {
        let markdown_words = body::markdown_words(&theme.words);
        let has = manifest.items.keys().filter(|path| path.ends_with(".ics") || path.ends_with("feed.xml")).cloned().collect();
        let index = body::index(&site.config);
        let locks = |n: usize| -> Vec<OnceLock<Kept>> { (0..n).map(|_| OnceLock::new()).collect() };
        let entries = site.entries.len();
        let common = frame::Common::of(&site, &theme);
        Renderer {
            terms: terms::Terms::of(&theme.words),
            markdown_words,
            has,
            index,
            cards: locks(entries),
            headers: locks(common.headers()),
            footer: OnceLock::new(),
            shared: Mutex::default(),
            said: (0..entries).map(|_| OnceLock::new()).collect(),
            plan_lines: Last::default(),
            plan_people: Last::default(),
            works: Last::default(),
            group_links: Dimension::ALL.iter().map(|d| site.groups.of(*d).iter().map(|_| OnceLock::new()).collect()).collect(),
            meant: Dimension::ALL.iter().map(|_| RwLock::default()).collect(),
            common,
            site,
            theme,
        }
    }

    /// The bytes of `item`, which stands at the output `path`.
    pub fn render(&self, path: &str, item: &Item, bodies: Bodies) -> Result<Content, Fault> {
        let page = match item {
            Item::Home => self.home(),
            Item::Section(kind, page) => self.section(*kind, *page),
            Item::Entry(id) => self.entry(*id),
            Item::GroupIndex(Dimension::Territories) => self.territory_index(),
            Item::GroupIndex(dimension) => self.group_index(*dimension),
            Item::Coverage(year) => self.coverage(*year),
            Item::Group(id, page) => self.group(*id, *page),
            Item::CalendarIndex => self.calendar_index(),
            Item::CalendarYear(year) => self.calendar_year(*year),
            Item::CalendarMonth(year, month) => self.calendar_month(*year, *month),
            Item::CalendarList => self.calendar_list(),
            Item::ArchiveIndex => self.archive_index(),
            Item::ArchiveYear(year) => self.archive_year(*year),
            Item::ArchiveMonth(year, month, page) => self.archive_month(*year, *month, *page),
            Item::PlanView(id, view) => self.plan_view(*id, *view),
            Item::PlanYear(id) => self.plan_year(*id),
            Item::PlanPrint(id) => self.plan_print(*id),
            Item::PlanApproved(id) => self.plan_approved(*id),
            Item::SiteMap => self.site_map(),
            Item::Search => self.search(),
            Item::Accessibility => self.accessibility(),
            Item::Redirect(to, entry) => self.redirect(to, *entry),
            Item::NotFound => {
                // A host serves this page at any depth, so its addresses begin at the host's root.
                let html = self.not_found()?;
                return self.finish(&html, &self.host_root(), self.index, bodies);
            }
            Item::EventFile(_) | Item::Calendar(_) | Item::ApiEvents | Item::ApiMaterials => {
                let mut bytes = Vec::new();
                // Writing to memory cannot fail.
                let _ = self.write(item, &mut bytes);
                return Ok(Content::Bytes(bytes));
            }
            Item::Atom(scope) => return Ok(Content::Bytes(self.atom(*scope, path, bodies)?)),
            Item::JsonFeed => return Ok(bytes(self.json_feed(bodies)?)),
            Item::ApiPlan(id) => return Ok(Content::Bytes(self.api_plan(*id))),
            Item::SiteMapXml => return Ok(Content::Bytes(self.site_map_xml(None))),
            Item::SiteMapPart(n) => return Ok(Content::Bytes(self.site_map_xml(Some(*n)))),
            Item::BibTex(id) => return Ok(self.bibtex(*id)),
            Item::Ris(id) => return Ok(self.ris(*id)),
            Item::Mail(id) => return self.mail(*id, bodies),
            Item::MailText(id) => return self.mail_text(*id, bodies),
            Item::SearchFile(file) => return Ok(bytes(self.search_file(*file, bodies)?)),
            Item::Robots => return Ok(bytes(self.robots())),
            Item::Admin(file) => return Ok(Content::Bytes(self.admin(*file))),
            Item::Static => return Ok(Content::Bytes(self.theme.statics.get(path).map_or_else(Vec::new, |b| b.to_vec()))),
            Item::TitlePicture(id) => return Ok(Content::Title(Box::new(self.title_picture(*id)))),
            Item::PanelScript => return Ok(bytes(self.panel_script(path)?)),
            Item::File(source, None) => return Ok(Content::Copy(source.clone())),
            Item::File(source, Some(cut)) => return Ok(Content::Picture(source.clone(), *cut)),
        }?;
        self.finish(&page, &way_to_root(path), self.index, bodies)
    }

    /// Writes those items piece by piece that grow with the whole site, and others of their kind.
    pub fn write(&self, item: &Item, out: &mut dyn Write) -> io::Result<()> {
        match item {
            Item::EventFile(id) => self.event_file(*id, out),
            Item::Calendar(scope) => self.calendar_file(*scope, out),
            Item::ApiEvents => self.api_events(out),
            Item::ApiMaterials => self.api_materials(out),
            _ => Err(io::Error::other("an item that is rendered as a whole")),
        }
    }

    fn shared(&self) -> Arc<ForFeeds> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared.get_or_insert_with(|| Arc::new(ForFeeds::of(&self.site))).clone()
    }

    /// Lets go of what calendars and feeds share: they are done.
    pub fn let_go(&self) {
        *self.shared.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The name of the family of `item`: its template where it has one of its own, else its format.
    pub fn family(&self, item: &Item) -> &'static str {
        match item {
            Item::Home => "home",
            Item::Section(..) => "list",
            Item::Entry(id) => match self.site.entry(*id).document.details {
                Details::Workshop(_) => "workshop",
                Details::Plan(_) => "plan",
                Details::Project(_) => "project",
                Details::Newsletter(_) => "newsletter",
                _ => "article",
            },
            Item::GroupIndex(Dimension::Territories) => "territories",
            Item::GroupIndex(_) => "groups",
            Item::Coverage(_) => "coverage",
            Item::Group(..) => "group",
            Item::CalendarIndex => "calendar",
            Item::CalendarYear(_) => "calendar-year",
            Item::CalendarMonth(..) => "calendar-month",
            Item::CalendarList => "calendar-list",
            Item::ArchiveIndex => "archive",
            Item::ArchiveYear(_) => "archive-year",
            Item::ArchiveMonth(..) => "archive-month",
            Item::PlanView(..) => "plan-view",
            Item::PlanYear(_) => "plan-year",
            Item::PlanPrint(_) => "plan-print",
            Item::PlanApproved(_) => "plan-approved",
            Item::SiteMap => "sitemap",
            Item::Search => "search",
            Item::SearchFile(_) => "index",
            Item::Accessibility => "accessibility",
            Item::Redirect(..) => "redirect",
            Item::NotFound => "404",
            Item::EventFile(_) => "event.ics",
            Item::TitlePicture(_) => "title.png",
            Item::Calendar(_) => "calendar.ics",
            Item::Atom(_) => "feed.xml",
            Item::JsonFeed => "feed.json",
            Item::ApiEvents => "events.json",
            Item::ApiMaterials => "materials.json",
            Item::ApiPlan(_) => "plan.json",
            Item::SiteMapXml | Item::SiteMapPart(_) => "sitemap.xml",
            Item::Robots => "robots.txt",
            Item::BibTex(_) => "cite.bib",
            Item::Ris(_) => "cite.ris",
            Item::Mail(_) => "email.html",
            Item::MailText(_) => "email.txt",
            Item::Admin(_) => "admin",
            Item::Static | Item::PanelScript | Item::File(..) => "files",
        }
    }

    fn entry(&self, id: EntryId) -> Made {
        match &self.site.entry(id).document.details {
            Details::Workshop(workshop) => self.workshop(id, workshop),
            Details::Plan(_) => self.plan(id),
            Details::Project(project) => self.project(id, project),
            Details::Newsletter(_) => self.newsletter(id),
            _ => self.article(id),
        }
    }

    fn language(&self) -> Language {
        self.site.config.language
    }

    fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.theme.words.get(key)
    }

    /// `text` set by the rules of the site's language.
    fn set<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.site.config.settings.typography.0 { typography::line(text, self.language()) } else { Cow::Borrowed(text) }
    }

    /// The absolute address of the site's `address`, or an empty text if the site does not know its own.
    fn absolute(&self, address: &str) -> String {
        self.site.config.base_url.as_ref().map_or_else(String::new, |base| format!("{base}{address}"))
    }

    /// Text with slots, for where absolute addresses must stand.
    fn absolute_text(&self, text: &str) -> String {
        let base = self.site.config.base_url.as_deref().unwrap_or("/");
        Slots { root: base, index: "" }.fill_text(text)
    }

    /// The path of the site on its host, `/blog/`.
    fn host_root(&self) -> String {
        let base = self.site.config.base_url.as_deref().unwrap_or("/");
        let path = base.split_once("://").map_or(base, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
        path.to_owned()
    }
}

fn bytes(text: String) -> Content {
    Content::Bytes(text.into_bytes())
}
