//! The reference for editors, in Markdown: every key, what it means and what may stand behind it.

use super::Subject;
use super::content::title;
use crate::kinds::{Common, RegistryForm};
use crate::record::{Field, Keys, Shape};
use crate::render::schema_of_views;
use crate::value::language::Language;
use crate::value::letter::capital;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The keys of `subjects`, a section each; what all documents have stands once, before the first of them. Data has no keys, but a schema.
pub fn reference(subjects: &[Subject], language: Language) -> String {
    let mut writer = Writer { language, out: String::new(), known: BTreeMap::new() };
    if subjects.iter().any(|subject| matches!(subject, Subject::Document(_))) {
        writer.section(writer.say("Ключи любого материала", "Keys of every document"), &own(Common::FIELDS), None);
    }
    for subject in subjects {
        let (keys, relevant) = match subject {
            Subject::Document(kind) => (own(crate::kinds::Details::fields(*kind)), None),
            Subject::Registry(registry) => match subject.keys() {
                Some(keys) => (keys, Some(RegistryForm::of(*registry).keys)),
                None => continue,
            },
            Subject::Settings => match subject.keys() {
                Some(keys) => (keys, None),
                None => continue,
            },
            Subject::Templates => {
                writer.out.push_str(&templates(&schema_of_views()));
                continue;
            }
            Subject::Data(_) => continue,
        };
        let mut heading = title(*subject, language);
        if let Some(files) = subject.files() {
            let _ = write!(heading, " (`{}`)", files.replace("**/*.yaml", ""));
        }
        writer.section(&heading, &keys, relevant);
    }
    writer.out
}

fn own(fields: &'static [Field]) -> Keys {
    Keys { name: "", tables: vec![fields], shorthand: None }
}

struct Writer {
    language: Language,
    out: String,
    /// The records that have been described, and the key below which they are.
    known: BTreeMap<&'static str, &'static str>,
}

impl Writer {
    /// A heading and the keys; below it the records that they hold.
    fn section(&mut self, heading: &str, keys: &Keys, relevant: Option<&[&str]>) {
        let _ = write!(self.out, "## {heading}\n\n");
        let mut inner = self.keys(keys, relevant);
        // Outer records before those that they hold.
        while !inner.is_empty() {
            let mut next = Vec::new();
            for (key, keys) in inner {
                let heading = self.say("Внутри", "Within");
                let _ = write!(self.out, "### {heading} «{key}»\n\n");
                next.extend(self.keys(&keys, None));
            }
            inner = next;
        }
    }

    /// The keys as a list of definitions; gives back the records that are met here for the first time.
    fn keys(&mut self, keys: &Keys, relevant: Option<&[&str]>) -> Vec<(&'static str, Keys)> {
        let mut inner = Vec::new();
        let fields: Vec<&Field> = match relevant {
            Some(names) => names.iter().filter_map(|name| keys.fields().find(|field| field.name == *name)).collect(),
            None => keys.fields().collect(),
        };
        for field in fields {
            let shown = field.shown(self.language);
            let others: Vec<String> = field.names().filter(|name| *name != shown).map(|name| format!("`{name}`")).collect();
            let shape = (field.shape)();
            let words = self.shape(&shape);
            let mut note = words;
            if let Some(record) = record_of(&shape) {
                match self.known.get(record.name) {
                    Some(known) => {
                        let _ = write!(note, "{} «{known}»", self.say(", как", ", like"));
                    }
                    None => {
                        self.known.insert(record.name, shown);
                        inner.push((shown, record));
                    }
                }
            }
            let _ = write!(self.out, "`{shown}` ({})\n: {} *{}.*\n\n", others.join(", "), field.about(self.language), capital(&note));
        }
        inner
    }

    fn shape(&self, shape: &Shape) -> String {
        match shape {
            Shape::Text => self.say("текст", "text").into(),
            Shape::Date => self.say("дата", "date").into(),
            Shape::Whole => self.say("целое число", "whole number").into(),
            Shape::Number => self.say("число", "number").into(),
            Shape::Boolean { absent: false } => self.say("да или нет; если не указано — нет", "yes or no; no if it is not there").into(),
            Shape::Boolean { absent: true } => self.say("да или нет; если не указано — да", "yes or no; yes if it is not there").into(),
            Shape::Choice(choices) => {
                let names: Vec<&str> = choices.iter().map(|choice| choice.shown(self.language)).collect();
                format!("{}: {}", self.say("одно из", "one of"), names.join(", "))
            }
            Shape::List(element) => match **element {
                Shape::Text => self.say("одно значение или список", "one value or a list").into(),
                _ => format!("{}: {}", self.say("список", "list"), self.shape(element)),
            },
            Shape::Record(Keys { shorthand: Some(_), .. }) => self.say("набор ключей или просто текст", "keys, or a plain text").into(),
            Shape::Record(_) => self.say("набор ключей", "keys").into(),
            Shape::Pairs => self.say("пары «имя: значение»", "pairs “name: value”").into(),
        }
    }

    fn say(&self, ru: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Ru => ru,
            Language::En => en,
        }
    }
}

/// The record that stands behind a key, perhaps in a list.
fn record_of(shape: &Shape) -> Option<Keys> {
    match shape {
        Shape::Record(keys) => Some(keys.clone()),
        Shape::List(element) => record_of(element),
        _ => None,
    }
}

/// What templates see: which view each has, and the fields of the views, as `schema` says. In the words of the code, which are English.
fn templates(schema: &Value) -> String {
    let mut out = String::from("## Templates\n\n");
    let pairs = |value: &Value| value.as_object().map(|object| object.clone().into_iter().collect::<Vec<_>>()).unwrap_or_default();
    for (template, view) in pairs(&schema["properties"]) {
        let _ = writeln!(out, "- `{template}`: {}", type_of(&view));
    }
    out.push_str("\n## Views\n\n");
    for (name, view) in pairs(&schema["definitions"]) {
        let _ = write!(out, "### {name}\n\n");
        let about = about(&view);
        if !about.is_empty() {
            let _ = write!(out, "{about}\n\n");
        }
        for (field, value) in pairs(&view["properties"]) {
            let _ = write!(out, "`{field}`\n: *{}.* {}\n\n", type_of(&value), self::about(&value));
        }
    }
    out
}

/// The description of a schema, on one line; what it names of the code is no link here.
fn about(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace("[`", "`").replace("`]", "`").replace('<', "&lt;")
}

/// The type of a value in words: `text`, `list of Card`.
fn type_of(schema: &Value) -> String {
    let named = |reference: &str| reference.rsplit('/').next().unwrap_or_default().to_owned();
    if let Some(reference) = schema["$ref"].as_str() {
        return named(reference);
    }
    // What may be missing, and what has words of its own, stands among others.
    let alternatives = ["anyOf", "allOf", "oneOf"].iter().find_map(|key| schema[*key].as_array());
    if let Some(alternatives) = alternatives {
        let types: Vec<String> = alternatives.iter().map(type_of).filter(|name| name != "nothing").collect();
        let missing = if types.len() < alternatives.len() { " or nothing" } else { "" };
        return format!("{}{missing}", types.join(" or "));
    }
    let one = |name: &str| match name {
        "string" if schema["contentMediaType"].is_string() => "markup".to_owned(),
        "string" => "text".to_owned(),
        "boolean" => "yes or no".to_owned(),
        "integer" | "number" => "number".to_owned(),
        "array" => format!("list of {}", type_of(&schema["items"])),
        "null" => "nothing".to_owned(),
        _ => "pairs".to_owned(),
    };
    match &schema["type"] {
        Value::String(name) => one(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).map(one).collect::<Vec<_>>().join(" or "),
        _ => "any".to_owned(),
    }
}
