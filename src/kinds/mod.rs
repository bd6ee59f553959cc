//! The kinds of document and their front matter: one file per kind.
//!
//! Types here say what an editor may write; what it means within the site is decided by `site`.

mod article;
mod common;
mod newsletter;
mod plan;
mod practice;
mod project;
mod registry;
mod workshop;

pub use article::{News, PAPER_KINDS, Page, Paper};
pub use common::{Approval, Attachment, Common, Cover, Order};
pub use newsletter::{Collect, Newsletter};
pub use plan::{Amendment, Change, Changed, Part, Plan, PlanItem, PlanSection};
pub use practice::{Passport, Practice};
pub use project::{Count, Indicator, Project};
pub use registry::{Coordinates, REGISTRIES, RegistryEntry, RegistryForm};
pub use workshop::{FORMS, FormName, Mode, Programme, Registration, Status, Workshop, form_of};

use crate::record::{Field, Fields, Reader};
use crate::value::language::Language;

/// A kind of document, in the order in which kinds are listed. The folder is the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Workshop,
    Plan,
    Newsletter,
    Practice,
    Project,
    Document,
    News,
    Page,
}

impl Kind {
    /// All of them, in order.
    pub const ALL: [Kind; 8] =
        [Kind::Workshop, Kind::Plan, Kind::Newsletter, Kind::Practice, Kind::Project, Kind::Document, Kind::News, Kind::Page];

    /// The folder below `content/`, and the section of the site.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Workshop => "workshops",
            Kind::Plan => "plans",
            Kind::Newsletter => "newsletters",
            Kind::Practice => "practices",
            Kind::Project => "projects",
            Kind::Document => "documents",
            Kind::News => "news",
            Kind::Page => "pages",
        }
    }

    /// The name in JSON and templates.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Workshop => "workshop",
            Kind::Plan => "plan",
            Kind::Newsletter => "newsletter",
            Kind::Practice => "practice",
            Kind::Project => "project",
            Kind::Document => "document",
            Kind::News => "news",
            Kind::Page => "page",
        }
    }

    /// The name that an editor may write for one document.
    pub fn russian(self) -> &'static str {
        match self {
            Kind::Workshop => "мероприятие",
            Kind::Plan => "план",
            Kind::Newsletter => "выпуск",
            Kind::Practice => "практика",
            Kind::Project => "проект",
            Kind::Document => "документ",
            Kind::News => "новость",
            Kind::Page => "страница",
        }
    }

    /// The name of several documents.
    pub fn plural(self, language: Language) -> &'static str {
        let (ru, en) = match self {
            Kind::Workshop => ("Мероприятия", "Workshops"),
            Kind::Plan => ("Планы", "Plans"),
            Kind::Newsletter => ("Выпуски", "Newsletters"),
            Kind::Practice => ("Практики", "Practices"),
            Kind::Project => ("Проекты", "Projects"),
            Kind::Document => ("Документы", "Documents"),
            Kind::News => ("Новости", "News"),
            Kind::Page => ("Страницы", "Pages"),
        };
        match language {
            Language::Ru => ru,
            Language::En => en,
        }
    }

    /// Whether its documents are dated in the names of their files.
    pub fn is_dated(self) -> bool {
        match self {
            Kind::Workshop | Kind::Newsletter | Kind::Practice | Kind::Document | Kind::News => true,
            Kind::Plan | Kind::Project | Kind::Page => false,
        }
    }

    /// Whether its documents are best written as YAML alone: what they say is in their keys.
    pub fn is_data(self) -> bool {
        matches!(self, Kind::Plan | Kind::Project)
    }

    /// All keys of its documents in the order in which an editor best meets them: the title, the time, what the kind has of its own, and what
    /// every document has.
    pub fn fields_in_order(self) -> Vec<&'static Field> {
        let own = Details::fields(self);
        let mut fields: Vec<&Field> = Common::FIELDS.iter().chain(own).collect();
        fields.sort_by_key(|field| match field.name {
            "title" => 0,
            "date" | "year" => 1,
            name if own.iter().any(|field| field.name == name) => 2,
            _ => 3,
        });
        fields
    }

    /// The kind of the documents in `folder`.
    pub fn of_folder(folder: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.folder() == folder)
    }
}

/// What a document of each kind has of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Details {
    Workshop(Box<Workshop>),
    Plan(Box<Plan>),
    Newsletter(Box<Newsletter>),
    Practice(Box<Practice>),
    Project(Box<Project>),
    Document(Box<Paper>),
    News(News),
    Page(Page),
}

impl Details {
    /// Takes the keys of `kind` out of `fields`.
    pub fn take(kind: Kind, fields: &mut Fields, reader: &mut Reader) -> Details {
        match kind {
            Kind::Workshop => Details::Workshop(Box::new(Workshop::take(fields, reader))),
            Kind::Plan => Details::Plan(Box::new(Plan::take(fields, reader))),
            Kind::Newsletter => Details::Newsletter(Box::new(Newsletter::take(fields, reader))),
            Kind::Practice => Details::Practice(Box::new(Practice::take(fields, reader))),
            Kind::Project => Details::Project(Box::new(Project::take(fields, reader))),
            Kind::Document => Details::Document(Box::new(Paper::take(fields, reader))),
            Kind::News => Details::News(News::take(fields, reader)),
            Kind::Page => Details::Page(Page::take(fields, reader)),
        }
    }

    /// The keys that `kind` has of its own.
    pub fn fields(kind: Kind) -> &'static [Field] {
        match kind {
            Kind::Workshop => Workshop::FIELDS,
            Kind::Plan => Plan::FIELDS,
            Kind::Newsletter => Newsletter::FIELDS,
            Kind::Practice => Practice::FIELDS,
            Kind::Project => Project::FIELDS,
            Kind::Document => Paper::FIELDS,
            Kind::News => News::FIELDS,
            Kind::Page => Page::FIELDS,
        }
    }
}
