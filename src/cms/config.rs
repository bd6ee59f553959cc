//! The configuration of the editing page: a collection for each kind, a list for each registry, the settings.

use super::origin;
use crate::config::{Cms, Config, Service, Settings};
use crate::kinds::{FORMS, Kind, PAPER_KINDS, REGISTRIES, RegistryEntry, RegistryForm};
use crate::record::{Field, Keys, Meaning, Shape};
use crate::value::language::Language;
use crate::value::letter::capital;
use serde_json::{Map, Value, json};

/// The key by which the editing page writes `field`: that of the site's language, unless it is one of a program.
pub fn key(field: &Field, language: Language) -> &'static str {
    let shown = field.shown(language);
    // A full stop would be a way into a record; an id is «id» to everybody.
    if shown.contains('.') || field.name == "id" { field.name } else { shown }
}

/// The names that a text of a meaning may be, for the notes beside the fields; empty if any will do.
pub type Known<'k> = &'k dyn Fn(Meaning) -> Vec<String>;

/// How many names a note lists.
const LISTED: usize = 12;

/// The configuration, for the site's language: its fields have the names of that language.
pub fn config(config: &Config, cms: &Cms, known: Known) -> Value {
    let writer = Writer { language: config.language, known };
    let mut collections: Vec<Value> = Kind::ALL.into_iter().map(|kind| writer.collection(kind)).collect();
    collections.push(json!({
        "name": "registries",
        "label": writer.say("Реестры", "Registries"),
        "files": REGISTRIES.iter().map(|form| writer.registry(form)).collect::<Vec<_>>(),
    }));
    collections.push(json!({
        "name": "settings",
        "label": writer.say("Настройки", "Settings"),
        "files": [{
            "name": "site",
            "label": writer.say("Настройки сайта", "Settings of the site"),
            "file": "content/site.yaml",
            "format": "yaml",
            "fields": writer.fields(Settings::FIELDS.iter(), &mut Vec::new()),
        }],
    }));
    let mut out = json!({
        "backend": backend(cms),
        "app_title": config.title,
        "media_folder": "content",
        "public_folder": "/",
        "editor": { "preview": false },
        "slug": { "encoding": "ascii", "clean_accents": true, "lowercase": true },
        // A key without a value says nothing: a file holds what the editor has filled in.
        "output": { "omit_empty_optional_fields": true },
        "collections": collections,
    });
    if let (Some(base), Value::Object(out)) = (&config.base_url, &mut out) {
        out.insert("site_url".into(), base.clone().into());
        out.insert("display_url".into(), base.clone().into());
    }
    out
}

/// Where the files are. Without a repository the page works with the folder of one's own computer alone.
fn backend(cms: &Cms) -> Value {
    let text = |value: &Option<crate::record::Text>| value.as_ref().map(|text| text.value.to_string());
    let service = cms.service.unwrap_or(Service::GitHub);
    let mut out = Map::new();
    out.insert("name".into(), service.id().into());
    out.insert("repo".into(), text(&cms.repo).unwrap_or_else(|| "owner/repository".into()).into());
    out.insert("branch".into(), text(&cms.branch).unwrap_or_else(|| "main".into()).into());
    if let Some(server) = cms.server.as_ref().and_then(|text| origin(&text.value)) {
        let api = match service {
            Service::GitHub | Service::Gitea => "/api/v1",
            Service::GitLab => "/api/v4",
        };
        out.insert("base_url".into(), server.into());
        out.insert("api_root".into(), format!("{server}{}", if service == Service::GitHub { "/api/v3" } else { api }).into());
    }
    if let Some(address) = cms.sign_in.as_ref().and_then(|text| origin(&text.value)) {
        out.insert("base_url".into(), address.into());
    }
    if let Some(id) = text(&cms.app_id) {
        out.insert("app_id".into(), id.into());
        if service != Service::GitHub {
            out.insert("auth_type".into(), "pkce".into());
        }
    }
    out.into()
}

struct Writer<'k> {
    language: Language,
    known: Known<'k>,
}

impl Writer<'_> {
    fn collection(&self, kind: Kind) -> Value {
        let fields = kind.fields_in_order();
        let title = fields.first().map_or("title", |field| key(field, self.language));
        let body = (!kind.is_data()).then(|| {
            let mut body = Map::new();
            body.insert("name".into(), "body".into());
            body.insert("label".into(), self.say("Текст", "Text").into());
            body.insert("widget".into(), "markdown".into());
            body.insert("required".into(), false.into());
            Value::Object(body)
        });
        // The text comes before what is seldom needed.
        let own = crate::kinds::Details::fields(kind);
        let early = |field: &&Field| matches!(field.name, "title" | "date" | "year") || own.iter().any(|own| own.name == field.name);
        let shown = fields.iter().copied().filter(|field| field.name != "body" || kind.is_data());
        let (first, rest): (Vec<&Field>, Vec<&Field>) = shown.partition(early);
        let mut all = self.fields(first.into_iter(), &mut Vec::new());
        all.extend(body);
        all.extend(self.fields(rest.into_iter(), &mut Vec::new()));
        json!({
            "name": kind.folder(),
            "label": kind.plural(self.language),
            "label_singular": match self.language {
                Language::Ru => capital(kind.russian()),
                Language::En => capital(kind.id()),
            },
            "folder": format!("content/{}", kind.folder()),
            "create": true,
            "extension": if kind.is_data() { "yaml" } else { "md" },
            "format": if kind.is_data() { "yaml" } else { "yaml-frontmatter" },
            "identifier_field": title,
            "slug": if kind.is_dated() { "{{year}}-{{month}}-{{day}}-{{slug}}" } else { "{{slug}}" },
            "summary": format!("{{{{{title}}}}}"),
            // Files in deeper folders are entries, too.
            "nested": { "subfolders": false },
            "media_folder": "",
            "public_folder": "",
            "fields": all,
        })
    }

    fn registry(&self, form: &RegistryForm) -> Value {
        let fields = form.keys.iter().filter_map(|key| RegistryEntry::FIELDS.iter().find(|field| field.name == *key));
        json!({
            "name": form.file,
            "label": match self.language {
                Language::Ru => form.ru,
                Language::En => form.en,
            },
            "file": format!("content/{}.yaml", form.file),
            "format": "yaml",
            "fields": [{
                "name": "entries",
                "label": self.say("Записи", "Entries"),
                "widget": "list",
                // The file is the list itself.
                "root": true,
                "required": false,
                "collapsed": true,
                "summary": self.summary(RegistryEntry::FIELDS),
                "fields": self.fields(fields, &mut Vec::new()),
            }],
        })
    }

    fn fields<'f>(&self, fields: impl Iterator<Item = &'f Field>, above: &mut Vec<&'static str>) -> Vec<Value> {
        fields.filter_map(|field| self.field(field, above)).collect()
    }

    /// The field of a key. `above` are the records around it: a record within its like has no field.
    fn field(&self, field: &Field, above: &mut Vec<&'static str>) -> Option<Value> {
        let shape = (field.shape)();
        let mut out = self.widget(&shape, field, above)?;
        out.insert("name".into(), key(field, self.language).into());
        out.insert("label".into(), capital(field.shown(self.language)).into());
        out.insert("hint".into(), self.hint(field).into());
        if !(field.name == "title" && above.is_empty()) {
            out.insert("required".into(), false.into());
        }
        Some(out.into())
    }

    fn hint(&self, field: &Field) -> String {
        let mut names = match field.meaning {
            Meaning::Form => FORMS.iter().map(|form| form.name(self.language).to_owned()).collect(),
            Meaning::PaperKind if self.language == Language::Ru => PAPER_KINDS.iter().map(|kind| (*kind).to_owned()).collect(),
            _ => Vec::new(),
        };
        names.extend((self.known)(field.meaning));
        let about = field.about(self.language);
        if names.is_empty() {
            return about.to_owned();
        }
        let more = if names.len() > LISTED { "…" } else { "." };
        let list = names[..names.len().min(LISTED)].join("; ");
        format!("{about} {} {list}{more}", self.say("Есть:", "There are:"))
    }

    fn widget(&self, shape: &Shape, field: &Field, above: &mut Vec<&'static str>) -> Option<Map<String, Value>> {
        let mut out = Map::new();
        let widget = match shape {
            Shape::Text => match field.meaning {
                Meaning::Long => "text",
                Meaning::Markdown => "markdown",
                Meaning::Picture => "image",
                Meaning::File => "file",
                Meaning::Language => {
                    out.insert("options".into(), json!(["ru", "en"]));
                    "select"
                }
                _ => "string",
            },
            // A day may stand as it is printed, which a picker of days would not take.
            Shape::Date => "string",
            Shape::Choice(choices) => {
                let options = choices.iter().map(|choice| choice.shown(self.language)).collect::<Vec<_>>();
                out.insert("options".into(), json!(options));
                "select"
            }
            Shape::Whole | Shape::Number => {
                out.insert("value_type".into(), if matches!(shape, Shape::Whole) { "int" } else { "float" }.into());
                "number"
            }
            Shape::Boolean { absent } => {
                out.insert("default".into(), (*absent).into());
                "boolean"
            }
            Shape::Pairs => "keyvalue",
            Shape::Record(keys) => {
                out.insert("fields".into(), self.inside(keys, above)?.into());
                out.insert("collapsed".into(), true.into());
                "object"
            }
            Shape::List(element) => {
                match &**element {
                    Shape::Record(keys) => {
                        out.insert("fields".into(), self.inside(keys, above)?.into());
                        out.insert("collapsed".into(), true.into());
                        let all: Vec<&Field> = keys.fields().collect();
                        out.insert("summary".into(), self.summary(all).into());
                    }
                    element => {
                        // With a field of its own, an element may hold commas.
                        let mut one = self.widget(element, field, above)?;
                        one.insert("name".into(), "value".into());
                        one.insert("label".into(), capital(field.shown(self.language)).into());
                        out.insert("field".into(), one.into());
                    }
                }
                "list"
            }
        };
        out.insert("widget".into(), widget.into());
        Some(out)
    }

    fn inside(&self, keys: &Keys, above: &mut Vec<&'static str>) -> Option<Vec<Value>> {
        if above.contains(&keys.name) {
            return None;
        }
        above.push(keys.name);
        let fields = self.fields(keys.fields(), above);
        above.pop();
        Some(fields)
    }

    /// What tells one element of a list from another while it is folded.
    fn summary<'f>(&self, fields: impl IntoIterator<Item = &'f Field>) -> String {
        let telling: Vec<&Field> =
            fields.into_iter().filter(|field| matches!(field.name, "number" | "title" | "name" | "item" | "file" | "reason")).collect();
        telling.iter().take(2).map(|field| format!("{{{{{}}}}}", key(field, self.language))).collect::<Vec<_>>().join(" ")
    }

    fn say(&self, ru: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Ru => ru,
            Language::En => en,
        }
    }
}
