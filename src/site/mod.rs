//! The whole site, read-only: entries with their addresses, references resolved, groups, calendar, archive, plan rows.

pub mod amendments;
mod archive;
mod assemble;
pub mod calendar;
mod collected;
pub mod coverage;
mod filing;
pub mod groups;
pub mod indicators;
pub mod names;
pub mod people;
pub mod plan_views;
mod planning;
mod plans;
pub mod references;
pub mod search;
pub mod urls;

pub use archive::{Archive, ArchiveYear};
pub use assemble::{Inputs, assemble, registries, tables};
pub use calendar::{Calendar, Event, EventId, EventSource};
pub use collected::{Collected, Days};
pub use coverage::Coverage;
pub use filing::{misplaced, wrong_endings};
pub use groups::{Dimension, Group, GroupId, Groups};
pub use names::Registries;
pub use plans::{PlanRows, Responsible, Row, RowId, RowStatus, Totals, approved_ids, responsible, workshop_status};
pub use search::{RecordKind, Records};
pub use urls::Addresses;

use crate::config::Config;
use crate::format::picture::{Cut, Picture};
use crate::kinds::{Details, Kind, Plan};
use crate::parse::Document;
use crate::parse::markdown::Target;
use crate::record::Text;
use crate::source::SourcePath;
use crate::value::date::Date;
use crate::value::timeframe::TimeFrame;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The place of an entry in [`Site::entries`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

impl EntryId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A document with its address, and everything that it refers to resolved.
#[derive(Debug, Clone)]
pub struct Entry {
    pub document: Arc<Document>,
    /// The last part of the address; frozen at first publication.
    pub slug: String,
    /// The address from the root, `workshops/profi/`.
    pub address: String,
    /// What it is filed under: the day of publication, the first day of a workshop or of a plan.
    pub date: Option<Date>,
    /// When a workshop takes place (its new time, if it was moved), a project runs, a plan holds.
    pub timeframe: Option<Box<TimeFrame>>,
    /// A moved workshop's first time.
    pub moved_from: Option<Box<TimeFrame>>,
    /// The last day on which one may sign up.
    pub register_until: Option<Box<TimeFrame>>,
    pub groups: Vec<GroupId>,
    /// Where each link of the body leads, in the order of [`crate::parse::markdown::Outline::links`].
    pub links: Vec<Target>,
    pub cover: Option<Picture>,
    pub attachments: Vec<File>,
    pub recordings: Vec<File>,
    /// The rows of plans that it realises: the plan and the index of the row.
    pub rows: Vec<(EntryId, usize)>,
    pub project: Option<EntryId>,
    /// The rows of the plan that it is.
    pub plan: Option<PlanRows>,
    /// Entries that name this one as their project.
    pub parts: Vec<EntryId>,
    /// The document that stands in its place.
    pub replaced_by: Option<EntryId>,
    /// The document in whose place it stands, if it is on the site.
    pub replaces: Option<EntryId>,
    pub previous: Option<EntryId>,
    pub next: Option<EntryId>,
}

impl Entry {
    /// The plan that it is, in the wording that holds now, and its rows.
    pub fn current_plan(&self) -> Option<(&Plan, &PlanRows)> {
        match (&self.document.details, &self.plan) {
            (Details::Plan(plan), Some(rows)) => Some((rows.amended.as_ref().map_or(plan, |amended| &amended.plan), rows)),
            _ => None,
        }
    }
}

/// A file to take away, or an address elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    pub url: String,
    pub title: String,
    pub kind: String,
    /// PDF, DOCX …; empty for an address elsewhere.
    pub format: String,
    /// Bytes; `None` for an address elsewhere.
    pub len: Option<u64>,
}

/// The assembled site.
#[derive(Debug)]
pub struct Site {
    pub config: Config,
    pub today: Date,
    /// By kind, then newest first; those without a date last, by title.
    pub entries: Vec<Entry>,
    /// The entries of each kind, newest first.
    pub sections: BTreeMap<Kind, Vec<EntryId>>,
    /// All dated entries of all kinds but pages, newest first.
    pub newest: Vec<EntryId>,
    pub registries: Registries,
    pub groups: Groups,
    pub calendar: Calendar,
    pub archive: Archive,
    /// Which territories are served and reached.
    pub coverage: Coverage,
    /// Old addresses and where they lead now.
    pub redirects: BTreeMap<String, String>,
    /// Files of `content/` that something links to: where they are published, and what of them if they are pictures.
    pub files: BTreeMap<String, (SourcePath, Option<Cut>)>,
    /// Links of the form `/calendar/` that only the list of all pages can judge.
    pub site_links: Vec<SiteLink>,
    /// The next day on which a rebuild would change something.
    pub next_change: Option<Date>,
    /// See [`Site::records`].
    pub(super) records: OnceLock<Records>,
}

/// A link to an address of the site as a reader sees it, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteLink {
    /// From the root, without a leading slash: `calendar/2024/`.
    pub address: String,
    pub span: crate::source::Span,
}

/// A larger site has pictures with titles only if it wants them.
const MOST_WITH_PICTURES: usize = 1000;

impl Site {
    /// The entry `id`.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// The entries of `kind`, newest first.
    pub fn section(&self, kind: Kind) -> &[EntryId] {
        self.sections.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Whether newsletters are made as letters too: in a letter every address is absolute, so the site must know its own.
    pub fn has_mail(&self) -> bool {
        self.config.base_url.is_some()
    }

    /// What the search finds.
    pub fn records(&self) -> &Records {
        self.records.get_or_init(|| Records::of(self))
    }

    /// Whether references to a document stand beside it as files: to what is a publication of its own. A reference to a text on the web names
    /// its address, and two files for each note of a large blog would be most of its files.
    pub fn has_citation_files(&self, entry: &Entry) -> bool {
        self.config.base_url.is_some() && matches!(entry.document.kind, Kind::Practice | Kind::Document | Kind::Newsletter)
    }

    /// Whether persons have pages.
    pub fn publishes_people(&self) -> bool {
        self.config.people != crate::config::People::None
    }

    /// The names of the persons whom `written` names and who may be named: an id of the registry stands for its name.
    pub fn person_names<'a>(&'a self, written: &'a [Text]) -> impl Iterator<Item = Cow<'a, str>> {
        let names = written.iter().map(|text| {
            let name = names::person(&text.value).name;
            let registered = self.registries.people.find(&name).and_then(|at| self.registries.people.entries.get(at));
            registered.map_or(Cow::Owned(name), |named| Cow::Borrowed(named.name.as_str()))
        });
        names.filter(|name| !name.is_empty())
    }

    /// Whether pages have pictures with their titles. They need an absolute address, and take longer than the rest of the page.
    pub fn makes_link_pictures(&self) -> bool {
        self.config.base_url.is_some() && self.config.settings.link_pictures.unwrap_or(self.entries.len() <= MOST_WITH_PICTURES)
    }

    /// Every page that a machine should know of: its address, and the day of its last change where it has one.
    pub fn public_pages(&self) -> Vec<(String, Option<Date>)> {
        let changed = |ids: &[EntryId]| ids.iter().filter_map(|id| self.entry(*id).date).filter(|d| *d <= self.today).max();
        let mut pages = vec![(String::new(), changed(&self.newest))];
        let entries = self.entries.iter().filter(|e| !e.document.common.draft);
        pages.extend(entries.map(|e| (e.address.clone(), e.date.filter(|d| *d <= self.today))));
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Page) {
            pages.push((format!("{}/", kind.folder()), changed(self.section(kind))));
        }
        for (id, group) in self.groups.iter() {
            pages.push((self.groups.address(id), changed(&group.members)));
        }
        if !self.coverage.years.is_empty() && !self.coverage.within.is_empty() {
            pages.push(("territories/coverage/".into(), None));
            pages.extend(self.coverage.years.keys().map(|year| (format!("territories/coverage/{year}/"), None)));
        }
        pages.push(("calendar/".into(), None));
        for (year, of_year) in &self.calendar.years {
            pages.push((format!("calendar/{year}/"), None));
            pages.extend(of_year.months.keys().map(|month| (format!("calendar/{year}/{month:02}/"), None)));
        }
        pages.push(("archive/".into(), None));
        for (year, of_year) in &self.archive.years {
            pages.push((format!("archive/{year}/"), None));
            pages.extend(of_year.months.iter().map(|(month, ids)| (format!("archive/{year}/{month:02}/"), changed(ids))));
        }
        pages
    }
}
