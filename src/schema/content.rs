//! JSON Schemas of content: what the reader takes is what the schema takes.

use super::Subject;
use crate::kinds::{FORMS, Kind, PAPER_KINDS, RegistryForm};
use crate::record::{Choice, Field, Keys, Meaning, Shape};
use crate::value::language::Language;
use crate::value::letter::capital;
use serde_json::{Map, Value, json};

/// Age marks by Federal Law 436-FZ.
const AGE_MARKS: [&str; 5] = ["0+", "6+", "12+", "16+", "18+"];

/// The schema of a file of `subject`, which is content.
pub(super) fn schema(subject: Subject, language: Language) -> Value {
    let mut writer = Writer { language, definitions: Map::new() };
    let keys = subject.keys().unwrap_or(Keys { name: "", tables: Vec::new(), shorthand: None });
    let mut whole = match subject {
        Subject::Registry(registry) => {
            writer.define(&keys, Some(RegistryForm::of(registry).keys));
            let entry = json!({ "anyOf": [{ "$ref": reference(keys.name) }, text()] });
            json!({ "anyOf": [{ "type": "array", "items": entry }, { "$ref": reference(keys.name) }, { "type": "null" }] })
        }
        _ => {
            let mut object = writer.object(&keys, None);
            if let (Some(title), Value::Object(object)) = (keys.fields().find(|field| field.name == "title"), &mut object) {
                let mut one: Vec<Value> = title.names().map(|name| json!({ "required": [name] })).collect();
                // Or in another case of letters: some name of a key is one of these.
                one.push(json!({ "not": { "propertyNames": { "not": { "pattern": spellings(title) } } } }));
                object.insert("anyOf".into(), one.into());
            }
            object
        }
    };
    if let Value::Object(whole) = &mut whole {
        whole.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
        whole.insert("title".into(), title(subject, language).into());
        whole.insert("definitions".into(), writer.definitions.into());
    }
    whole
}

/// What a file of `subject` is called.
pub(super) fn title(subject: Subject, language: Language) -> String {
    let (ru, en) = match subject {
        Subject::Settings => ("Настройки сайта".to_owned(), "Settings of the site".to_owned()),
        Subject::Document(kind) => (capital(kind.russian()), capital(kind.id())),
        Subject::Registry(registry) => {
            let form = RegistryForm::of(registry);
            (form.ru.to_owned(), form.en.to_owned())
        }
        Subject::Data(_) | Subject::Templates => (subject.name().to_owned(), subject.name().to_owned()),
    };
    match language {
        Language::Ru => ru,
        Language::En => en,
    }
}

struct Writer {
    language: Language,
    definitions: Map<String, Value>,
}

impl Writer {
    /// Adds the definition of a record, once. Of `relevant` keys alone it is said what they mean; the others are let through.
    fn define(&mut self, keys: &Keys, relevant: Option<&[&str]>) {
        if !self.definitions.contains_key(keys.name) {
            // A record may hold records of its own kind: it is known before it is described.
            self.definitions.insert(keys.name.into(), Value::Null);
            let object = self.object(keys, relevant);
            self.definitions.insert(keys.name.into(), object);
        }
    }

    fn object(&mut self, keys: &Keys, relevant: Option<&[&str]>) -> Value {
        let mut properties = Map::new();
        let mut patterns = Map::new();
        for field in keys.fields() {
            let value = self.shape(&(field.shape)(), field.meaning);
            if relevant.is_none_or(|relevant| relevant.contains(&field.name)) {
                for name in field.names() {
                    properties.entry(name).or_insert_with(|| self.described(field, name, value.clone()));
                }
            }
            patterns.insert(spellings(field), value);
        }
        json!({ "type": "object", "properties": properties, "patternProperties": patterns, "additionalProperties": false })
    }

    /// What stands behind `name`, with words for the editor: what it means, and how else it may be written.
    fn described(&self, field: &Field, name: &str, mut value: Value) -> Value {
        let twin = if name == field.shown(self.language) { field.shown(other(self.language)) } else { field.shown(self.language) };
        if let Value::Object(value) = &mut value {
            value.insert("title".into(), capital(field.shown(self.language)).into());
            value.insert("description".into(), format!("{} ({twin})", field.about(self.language)).into());
        }
        value
    }

    /// A value, or nothing: a key without a value is as good as none.
    fn shape(&mut self, shape: &Shape, meaning: Meaning) -> Value {
        let mut alternatives = self.alternatives(shape, meaning);
        alternatives.push(json!({ "type": "null" }));
        json!({ "anyOf": alternatives })
    }

    fn alternatives(&mut self, shape: &Shape, meaning: Meaning) -> Vec<Value> {
        match shape {
            Shape::Text => self.text(meaning),
            Shape::Date => vec![json!({ "type": "string" })],
            Shape::Choice(choices) => {
                let shown: Vec<&str> = choices.iter().map(|choice| choice.shown(self.language)).collect();
                vec![json!({ "enum": shown }), pattern(choices.iter().flat_map(Choice::names))]
            }
            Shape::Whole => {
                vec![json!({ "type": "integer", "minimum": 0 }), json!({ "type": "string", "pattern": "^\\s*[0-9][0-9 \u{a0}]*$" })]
            }
            Shape::Number => {
                vec![json!({ "type": "number" }), json!({ "type": "string", "pattern": "^\\s*[-+]?[0-9][0-9 \u{a0}]*([.,][0-9]+)?\\s*$" })]
            }
            Shape::Boolean { .. } => vec![json!({ "type": "boolean" }), pattern(["true", "false", "yes", "no", "on", "off", "да", "нет"])],
            Shape::List(element) => {
                let one = self.shape(element, meaning);
                let mut alternatives = self.alternatives(element, meaning);
                alternatives.push(json!({ "type": "array", "items": one }));
                alternatives
            }
            Shape::Record(keys) => {
                self.define(keys, None);
                let mut alternatives = vec![json!({ "$ref": reference(keys.name) })];
                if keys.shorthand.is_some() {
                    alternatives.push(text());
                }
                alternatives
            }
            Shape::Pairs => vec![json!({ "type": "object", "additionalProperties": text() })],
        }
    }

    /// A text, before it the values that are proposed where the list is known.
    fn text(&self, meaning: Meaning) -> Vec<Value> {
        let known: Vec<&str> = match meaning {
            Meaning::Form => FORMS.iter().map(|form| form.name(self.language)).collect(),
            Meaning::PaperKind if self.language == Language::Ru => PAPER_KINDS.to_vec(),
            Meaning::AgeMark => AGE_MARKS.to_vec(),
            Meaning::Language => return vec![json!({ "enum": ["ru", "en"] }), pattern(["ru", "en"])],
            Meaning::Kind => Kind::ALL.iter().map(|kind| if self.language == Language::Ru { kind.russian() } else { kind.id() }).collect(),
            _ => Vec::new(),
        };
        if known.is_empty() { vec![text()] } else { vec![json!({ "enum": known }), text()] }
    }
}

/// Any scalar: the reader takes a number or a yes as the text that it is.
fn text() -> Value {
    json!({ "type": ["string", "number", "boolean"] })
}

fn reference(name: &str) -> String {
    format!("#/definitions/{name}")
}

/// One of `names`, in any case of letters.
fn pattern<'n>(names: impl IntoIterator<Item = &'n str>) -> Value {
    let names: Vec<String> = names.into_iter().map(any_case).collect();
    json!({ "type": "string", "pattern": format!("^\\s*({})\\s*$", names.join("|")) })
}

/// A regular expression for every spelling of the key `field`.
fn spellings(field: &Field) -> String {
    format!("^({})$", field.names().map(any_case).collect::<Vec<_>>().join("|"))
}

/// A regular expression (ECMA-262) for `name` in any case, with `-`, `_` and spaces as one, which is how keys are compared.
fn any_case(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if matches!(c, ' ' | '_' | '-') {
            out.push_str("[-_ ]+");
        } else if c.is_alphabetic() {
            out.push('[');
            out.push(c);
            out.extend(c.to_uppercase());
            out.push(']');
        } else {
            out.extend(".+*?()[]{}|^$\\/".contains(c).then_some('\\'));
            out.push(c);
        }
    }
    out
}

fn other(language: Language) -> Language {
    match language {
        Language::Ru => Language::En,
        Language::En => Language::Ru,
    }
}
