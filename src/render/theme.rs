//! The theme: templates, strings and static files. The one doorway to `tera`.
//!
//! The default theme is embedded; a file of the site's own theme stands in place of the embedded file of the same name.

use crate::diagnostic::{Diagnostic, Problem};
use crate::source::Span;
use crate::sources::Sources;
use crate::value::language::Language;
use crate::value::plural::{Plural, plural};
use crate::value::yaml::{self, Node, Value};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use tera::{Context, Kwargs, State, Tera, TeraResult};

/// The files of the default theme, by their path in it; the list is made by `build.rs`.
pub const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/theme.rs"));

/// A theme that is ready to render.
#[derive(Debug)]
pub struct Theme {
    templates: BTreeMap<String, String>,
    /// An engine for each thread of the pool, made when it is first asked for, and one for all others. Templates count the references to
    /// the strings of the theme; threads that share one counter spend half of their time in handing it to each other.
    engines: Vec<OnceLock<Tera>>,
    pub words: Words,
    /// Static files by their output path, `static/style.css`.
    pub statics: BTreeMap<String, Arc<[u8]>>,
    /// The custom properties that the settings may set, with their value in light mode.
    pub roles: BTreeMap<String, String>,
}

/// The strings of a theme in one language, by their path: `home.next`.
#[derive(Debug, Clone, Default)]
pub struct Words {
    texts: BTreeMap<String, String>,
    language: Language,
}

impl Words {
    /// The strings of the theme `name` of `sources` in `language`, without the rest of the theme.
    pub fn load(sources: &Sources, name: &str, language: Language) -> Words {
        words(&own_files(sources, &format!("themes/{name}/")), language, &mut Vec::new())
    }

    /// The string at `path`; the path itself where the theme has none, so that a gap is seen.
    pub fn get(&self, path: &str) -> String {
        self.texts.get(path).cloned().unwrap_or_else(|| path.to_owned())
    }

    /// «3 материала»: the number and the form of the noun `key` behind it.
    pub fn counted(&self, n: u64, key: &str) -> String {
        let form = match plural(n, self.language) {
            Plural::One => "one",
            Plural::Few => "few",
            Plural::Many => "many",
            Plural::Other => "other",
        };
        let noun = self.texts.get(&format!("plurals.{key}.{form}")).or_else(|| self.texts.get(&format!("plurals.{key}.other")));
        format!("{n}\u{a0}{}", noun.map_or(key, String::as_str))
    }
}

impl Theme {
    /// The theme `name` of `sources` above the embedded one. What is wrong with it stands beside it; the embedded file then serves.
    pub fn load(sources: &Sources, name: &str, language: Language) -> (Theme, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let prefix = format!("themes/{name}/");
        let own = own_files(sources, &prefix);
        if own.is_empty() && name != "default" {
            let problem = Problem::UnknownTheme { name: name.to_owned() };
            diagnostics.push(Diagnostic::new(problem, Span::file(&"content/site.yaml".into())));
        }
        let words = words(&own, language, &mut diagnostics);
        let theme_node = node(&own, "theme.yaml", &mut diagnostics);
        let mut roles = BTreeMap::new();
        flatten(&theme_node, "", &mut roles);
        let roles = roles.into_iter().filter_map(|(k, v)| Some((k.strip_prefix("roles.")?.to_owned(), v))).collect();

        let mut templates: BTreeMap<String, String> = BTreeMap::new();
        for (path, bytes) in EMBEDDED {
            if let Some(name) = path.strip_prefix("templates/") {
                templates.insert(name.to_owned(), String::from_utf8_lossy(bytes).into_owned());
            }
        }
        let embedded = templates.clone();
        for (path, (_, bytes)) in &own {
            if let Some(name) = path.strip_prefix("templates/") {
                templates.insert(name.to_owned(), String::from_utf8_lossy(bytes).into_owned());
            }
        }
        let first = engine(&words, &templates).unwrap_or_else(|error| {
            diagnostics.push(template_fault(&error, &prefix));
            // A broken template of the site must not hide other mistakes: go on with the embedded ones.
            templates = embedded;
            engine(&words, &templates).unwrap_or_else(|error| {
                diagnostics.push(template_fault(&error, "themes/default/"));
                Tera::new()
            })
        });
        let mut engines = vec![OnceLock::from(first)];
        engines.resize_with(1 + rayon::current_num_threads(), OnceLock::new);
        let mut statics: BTreeMap<String, Arc<[u8]>> = EMBEDDED
            .iter()
            .filter(|(path, _)| path.starts_with("static/"))
            .map(|(path, bytes)| ((*path).to_owned(), Arc::from(*bytes)))
            .collect();
        for (path, (_, bytes)) in &own {
            if path.starts_with("static/") {
                statics.insert((*path).to_owned(), Arc::clone(bytes));
            }
        }
        (Theme { templates, engines, words, statics, roles }, diagnostics)
    }

    /// The engine of this thread.
    fn engine(&self) -> &Tera {
        let own = rayon::current_thread_index().and_then(|index| self.engines.get(index + 1)).unwrap_or(&self.engines[0]);
        // The templates have been read once without a fault.
        own.get_or_init(|| engine(&self.words, &self.templates).unwrap_or_default())
    }

    /// Renders `template` with `view`.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut out = Vec::with_capacity(1024);
        Context::from_serialize(view)
            .and_then(|context| self.engine().render_to(template, &context, &mut out))
            .map_err(|error| Box::new(template_fault(&error, "themes/default/")))?;
        Ok(out)
    }
}

/// The files below `prefix`, by their path there, each with its whole path.
fn own_files<'a>(sources: &'a Sources, prefix: &str) -> BTreeMap<&'a str, (&'a str, &'a Arc<[u8]>)> {
    sources.themes.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(prefix)?, (&**path, bytes)))).collect()
}

/// An engine with `templates`, or what is wrong with them.
fn engine(words: &Words, templates: &BTreeMap<String, String>) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    let for_plural = words.clone();
    tera.register_filter("plural", move |n: u64, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        Ok(for_plural.counted(n, kwargs.must_get::<&str>("key")?))
    });
    let context = tera.global_context();
    context.insert("root", &crate::output::ROOT.to_string());
    context.insert("index", &crate::output::INDEX.to_string());
    context.insert("lang", words.language.tag());
    context.insert("t", &nested(words));
    tera.add_raw_templates(templates.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
    Ok(tera)
}

fn template_fault(error: &tera::Error, prefix: &str) -> Diagnostic {
    let (file, reason) = match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            (Some(report.filename().to_owned()), error.to_string())
        }
        _ => (None, error.to_string()),
    };
    let span = file.map(|file| Span::file(&format!("{prefix}templates/{file}").into()));
    Diagnostic { span, ..Diagnostic::new(Problem::Template { reason }, Span::file(&"themes".into())) }
}

/// A file of the theme: the site's own, else the embedded one.
fn file<'a>(own: &BTreeMap<&str, (&'a str, &'a Arc<[u8]>)>, path: &'a str) -> (Cow<'a, str>, &'a [u8]) {
    match own.get(path) {
        Some((full, bytes)) => (Cow::Borrowed(*full), bytes),
        None => (Cow::Owned(format!("themes/default/{path}")), EMBEDDED.iter().find(|(p, _)| *p == path).map_or(&[], |(_, bytes)| *bytes)),
    }
}

fn node(own: &BTreeMap<&str, (&str, &Arc<[u8]>)>, path: &str, diagnostics: &mut Vec<Diagnostic>) -> Node {
    let (name, bytes) = file(own, path);
    yaml::parse(&String::from_utf8_lossy(bytes), 0).unwrap_or_else(|error| {
        diagnostics.push(Diagnostic::new(Problem::Yaml(error.kind), Span::new(&(&*name).into(), error.span)));
        Node { value: Value::Null, span: 0..0 }
    })
}

/// The strings of `language`: the embedded ones with the site's own above them, so that a theme may change a few.
fn words(own: &BTreeMap<&str, (&str, &Arc<[u8]>)>, language: Language, diagnostics: &mut Vec<Diagnostic>) -> Words {
    let path = match language {
        Language::Ru => "i18n/ru.yaml",
        Language::En => "i18n/en.yaml",
    };
    let mut texts = BTreeMap::new();
    flatten(&node(&BTreeMap::new(), path, diagnostics), "", &mut texts);
    if own.contains_key(path) {
        flatten(&node(own, path, diagnostics), "", &mut texts);
    }
    Words { texts, language }
}

fn flatten(node: &Node, path: &str, out: &mut BTreeMap<String, String>) {
    match &node.value {
        Value::Scalar(text) => {
            out.insert(path.to_owned(), text.clone());
        }
        Value::Map(pairs) => {
            for (key, value) in pairs {
                let path = if path.is_empty() { key.text.clone() } else { format!("{path}.{}", key.text) };
                flatten(value, &path, out);
            }
        }
        Value::List(_) | Value::Null => {}
    }
}

/// The strings as templates see them: `t.home.next`.
fn nested(words: &Words) -> serde_json::Value {
    let mut root = serde_json::Map::new();
    for (path, text) in &words.texts {
        let mut at = &mut root;
        let mut parts = path.split('.').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                at.insert(part.to_owned(), serde_json::Value::String(text.clone()));
                break;
            }
            let next = at.entry(part).or_insert_with(|| serde_json::Value::Object(serde_json::Map::new()));
            match next {
                serde_json::Value::Object(map) => at = map,
                _ => break,
            }
        }
    }
    serde_json::Value::Object(root)
}
