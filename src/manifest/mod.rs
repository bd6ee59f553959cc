//! What is published: an ordered map from output path to a small descriptor of what stands there. Building it renders nothing.

mod api;
mod archive;
mod calendar;
mod feeds;
mod groups;
mod names;
mod pages;
mod paging;
mod plans;
mod search;

pub use pages::TITLE_PICTURE;
pub use paging::Page;
pub use search::SearchFile;

use crate::cms::AdminFile;
use crate::diagnostic::{Diagnostic, Problem};
use crate::format::picture::Cut;
use crate::kinds::Kind;
use crate::output::OutputPath;
use crate::site::plan_views::PlanView;
use crate::site::{Dimension, EntryId, GroupId, Site};
use crate::source::SourcePath;
use std::collections::BTreeMap;

/// What stands at an output path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Home,
    /// The list of a kind.
    Section(Kind, Page),
    Entry(EntryId),
    /// The event of a workshop, for a calendar.
    EventFile(EntryId),
    /// The title of a document, or of the site, as a picture.
    TitlePicture(Option<EntryId>),
    GroupIndex(Dimension),
    Group(GroupId, Page),
    /// Which territories events reached in that year; without one, the year that is looked at first.
    Coverage(Option<i16>),
    CalendarIndex,
    CalendarYear(i16),
    CalendarMonth(i16, i8),
    CalendarList,
    Calendar(Scope),
    ArchiveIndex,
    ArchiveYear(i16),
    ArchiveMonth(i16, i8, Page),
    Atom(Scope),
    JsonFeed,
    ApiEvents,
    ApiMaterials,
    ApiPlan(EntryId),
    /// The rows of a plan, heaped in another way.
    PlanView(EntryId, PlanView),
    /// The year of a plan at a glance.
    PlanYear(EntryId),
    /// A plan as the signed paper.
    PlanPrint(EntryId),
    /// A plan as it was approved, before orders changed it.
    PlanApproved(EntryId),
    /// The references to a document for reference managers.
    BibTex(EntryId),
    Ris(EntryId),
    /// A newsletter as a letter, in HTML and in plain text.
    Mail(EntryId),
    MailText(EntryId),
    SiteMap,
    Search,
    SearchFile(SearchFile),
    /// The site map for machines; if it takes several files, their index.
    SiteMapXml,
    /// One of several.
    SiteMapPart(usize),
    Robots,
    NotFound,
    Accessibility,
    /// A file of the editing page.
    Admin(AdminFile),
    /// Leads to this address, which is that of the document.
    Redirect(String, Option<EntryId>),
    /// A static file of the theme.
    Static,
    /// The script of the panel for the visually impaired, with the panel in it.
    PanelScript,
    /// A file of `content/`, or what is cut from it.
    File(SourcePath, Option<Cut>),
}

/// What a feed or a calendar is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    All,
    /// What is not over yet.
    Upcoming,
    Section(Kind),
    Group(GroupId),
}

/// All outputs by their path.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    pub items: BTreeMap<OutputPath, Item>,
    diagnostics: Vec<Diagnostic>,
}

impl Manifest {
    /// Puts `item` at `path`; two items for one path are an error that names it.
    fn add(&mut self, path: impl Into<OutputPath>, item: Item) {
        let path = path.into();
        if let Some(other) = self.items.get(&path) {
            let problem = Problem::DuplicateAddress { address: format!("/{path}"), other: format!("{other:?}") };
            let diagnostic = Diagnostic { severity: problem.severity(), problem, span: None, fix: None, related: Vec::new() };
            self.diagnostics.push(diagnostic);
            return;
        }
        self.items.insert(path, item);
    }
}

/// Lists everything that `site` publishes, with the static files `statics` of its theme.
pub fn list<'a>(site: &Site, statics: impl Iterator<Item = &'a str>) -> (Manifest, Vec<Diagnostic>) {
    let mut manifest = Manifest::default();
    pages::list(site, &mut manifest);
    plans::list(site, &mut manifest);
    groups::list(site, &mut manifest);
    calendar::list(site, &mut manifest);
    archive::list(site, &mut manifest);
    feeds::list(site, &mut manifest);
    api::list(site, &mut manifest);
    search::list(site, &mut manifest);
    for path in statics {
        match path {
            "static/panel.js" | "static/panel.css" if !site.config.settings.accessibility_panel.0 => {}
            "static/panel.js" => manifest.add(path, Item::PanelScript),
            _ => manifest.add(path, Item::Static),
        }
    }
    for (path, (source, cut)) in &site.files {
        manifest.add(path.clone(), Item::File(source.clone(), *cut));
    }
    // Made in order its nodes are full; growing left a third of them empty.
    manifest.items = std::mem::take(&mut manifest.items).into_iter().collect();
    let mut diagnostics = std::mem::take(&mut manifest.diagnostics);
    diagnostics.extend(broken_site_links(site, &manifest));
    diagnostics.extend(names::faults(&manifest));
    (manifest, diagnostics)
}

/// Links such as `/calendar/2024/` to pages that are not there.
fn broken_site_links(site: &Site, manifest: &Manifest) -> Vec<Diagnostic> {
    let exists = |address: &str| {
        let folder = format!("{}/", address.trim_end_matches('/'));
        manifest.items.contains_key(&crate::output::file_of(address)) || manifest.items.contains_key(&crate::output::file_of(&folder))
    };
    let missing = site.site_links.iter().filter(|link| !link.address.is_empty() && !exists(&link.address));
    missing
        .map(|link| {
            let target = format!("/{}", link.address);
            let all = manifest.items.keys().filter_map(|path| path.strip_suffix("index.html"));
            let nearest = crate::record::nearest(&link.address, all).map(|path| format!("/{path}"));
            Diagnostic::new(Problem::BrokenLink { target, nearest }, link.span.clone())
        })
        .collect()
}
