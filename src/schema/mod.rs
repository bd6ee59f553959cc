//! What others may know of the shapes of content and of data: JSON Schemas, and the reference for editors and authors of themes. All of it
//! is made from the types that read the content and write the data.

mod content;
mod reference;

pub use reference::reference;

use crate::config::Settings;
use crate::diagnostic::Registry;
use crate::kinds::{Common, Details, Kind, REGISTRIES, RegistryEntry, RegistryForm};
use crate::parse::{Place, place_of};
use crate::record::{Field, Keys};
use crate::render::{DataShape, schema_of_views};
use crate::value::language::Language;
use serde_json::Value;

/// Something that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// `content/site.yaml`.
    Settings,
    /// A document of a kind: a `.yaml` file, or the front matter of a `.md` file.
    Document(Kind),
    /// A registry.
    Registry(Registry),
    /// JSON that the program writes.
    Data(DataShape),
    /// What templates of themes see.
    Templates,
}

impl Subject {
    /// All of them: settings, kinds, registries, data.
    pub fn all() -> impl Iterator<Item = Subject> {
        let registries = REGISTRIES.iter().map(|form| Subject::Registry(form.registry));
        let data = DataShape::ALL.into_iter().map(Subject::Data);
        std::iter::once(Subject::Settings)
            .chain(Kind::ALL.into_iter().map(Subject::Document))
            .chain(registries)
            .chain(data)
            .chain([Subject::Templates])
    }

    /// The name on the command line and of the schema's file: `site`, `workshop`, `areas`, `api-events`.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Settings => "site",
            Subject::Document(kind) => kind.id(),
            Subject::Registry(registry) => RegistryForm::of(registry).file,
            Subject::Data(shape) => shape.name(),
            Subject::Templates => "templates",
        }
    }

    /// The subject of this name.
    pub fn named(name: &str) -> Option<Subject> {
        Subject::all().find(|subject| subject.name() == name)
    }

    /// The name of the file that holds its schema.
    pub fn schema_file(self) -> String {
        format!("{}.schema.json", self.name())
    }

    /// Where in a site its files are, for editors: `content/workshops/**/*.yaml`. `None` of what the program writes itself.
    pub fn files(self) -> Option<String> {
        match self {
            Subject::Settings => Some("content/site.yaml".into()),
            Subject::Document(kind) => Some(format!("content/{}/**/*.yaml", kind.folder())),
            Subject::Registry(registry) => Some(format!("content/{}.yaml", RegistryForm::of(registry).file)),
            Subject::Data(_) | Subject::Templates => None,
        }
    }

    /// What stands in the file `path` of the content, if it has keys.
    pub fn of_file(path: &str) -> Option<Subject> {
        match place_of(path) {
            Place::Document { kind, .. } => Some(Subject::Document(kind)),
            Place::Data(name) => Subject::named(&name).filter(|subject| matches!(subject, Subject::Settings | Subject::Registry(_))),
            Place::Elsewhere(_) => None,
        }
    }

    /// The keys of content; of one entry in a registry.
    pub fn keys(self) -> Option<Keys> {
        let (name, tables): (_, Vec<&'static [Field]>) = match self {
            Subject::Settings => ("Settings", vec![Settings::FIELDS]),
            Subject::Document(kind) => ("Document", vec![Common::FIELDS, Details::fields(kind)]),
            Subject::Registry(_) => ("RegistryEntry", vec![RegistryEntry::FIELDS]),
            Subject::Data(_) | Subject::Templates => return None,
        };
        Some(Keys { name, tables, shorthand: None })
    }
}

/// The JSON Schema (draft 7, which editors know best) of `subject`; titles and descriptions in `language`, those of data in English.
pub fn schema(subject: Subject, language: Language) -> Value {
    match subject {
        Subject::Data(shape) => shape.schema(),
        Subject::Templates => schema_of_views(),
        _ => content::schema(subject, language),
    }
}
