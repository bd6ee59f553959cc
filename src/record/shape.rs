//! What may stand behind a key, as data. From it come the JSON Schemas, the blanks of documents, the editing page and the reference: none
//! of them is kept by hand.

use crate::value::language::Language;

/// One key of a record.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The name in the contract, `plan_item`.
    pub name: &'static str,
    /// Its Russian twins, the first being the one that is shown: `пункт плана`.
    pub twins: &'static [&'static str],
    /// What it means, in English: the doc comment.
    pub en: &'static str,
    /// What it means, in Russian.
    pub ru: &'static str,
    /// What its texts stand for.
    pub meaning: Meaning,
    /// What its value may be. Not the value itself: a record may hold records of its own kind.
    pub shape: fn() -> Shape,
}

impl Field {
    /// The name that an editor sees.
    pub fn shown(&self, language: Language) -> &'static str {
        match language {
            Language::Ru => self.twins.first().copied().unwrap_or(self.name),
            Language::En => self.name,
        }
    }

    /// What it means, a sentence or two.
    pub fn about(&self, language: Language) -> &'static str {
        match language {
            Language::Ru => self.ru,
            Language::En => self.en.trim(),
        }
    }

    /// Every name that it may be written by.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.twins.iter().copied())
    }
}

/// What may stand behind a key.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Any scalar: a number is a text, too.
    Text,
    /// One of these, in any case of letters.
    Choice(&'static [Choice]),
    /// A day in ISO form or as printed.
    Date,
    /// A number without a fraction.
    Whole,
    Number,
    /// Yes or no, and which of them it is where nothing is written.
    Boolean {
        absent: bool,
    },
    /// Several of them; a single one may stand without brackets.
    List(Box<Shape>),
    Record(Keys),
    /// Any keys with texts.
    Pairs,
}

/// The keys of a record.
#[derive(Debug, Clone)]
pub struct Keys {
    /// The name of the type.
    pub name: &'static str,
    /// Its keys, in their order.
    pub tables: Vec<&'static [Field]>,
    /// The key that a plain text in place of the record stands for.
    pub shorthand: Option<&'static str>,
}

impl Keys {
    /// All of them, in their order.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.tables.clone().into_iter().flatten()
    }
}

/// A value of a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Its name in JSON and templates; may be written, too.
    pub id: &'static str,
    /// As it is proposed.
    pub ru: &'static str,
    /// Other spellings.
    pub more: &'static [&'static str],
}

impl Choice {
    /// The spelling that an editor sees.
    pub fn shown(&self, language: Language) -> &'static str {
        match language {
            Language::Ru => self.ru,
            Language::En => self.id,
        }
    }

    /// Every spelling.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.id, self.ru].into_iter().chain(self.more.iter().copied())
    }
}

/// What a text stands for, where it is more than words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    Plain,
    /// One or more sentences.
    Long,
    Markdown,
    /// A term of a plan: «Октябрь – ноябрь 2024».
    Timeframe,
    /// «10:00–16:30».
    Hours,
    /// A year, school year or span: 2024/2025.
    Period,
    /// Lower case Latin letters, digits, hyphens.
    Slug,
    /// An address in the net.
    Url,
    /// An address in the net or the site, or a file of it.
    Link,
    /// A file beside the document.
    File,
    /// A picture beside the document.
    Picture,
    /// Id, name or alias in a registry; another name stands as it is.
    Organisation,
    Person,
    Area,
    Competency,
    Territory,
    /// A row of a plan: `tula-2024/2.3`.
    Row,
    /// The slug of a project.
    Project,
    /// The name of a kind.
    Kind,
    /// The form of an event; an open list.
    Form,
    /// What sort of document it is; an open list.
    PaperKind,
    /// 0+ … 18+.
    AgeMark,
    /// `ru` or `en`.
    Language,
    /// A code of planning advice.
    Code,
}
