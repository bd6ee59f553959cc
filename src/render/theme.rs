//! The theme: templates, strings and static files. The one doorway to `tera`.
//!
//! The default theme is embedded; a file of the site's own theme stands in place of the embedded file of the same name.
//!
//! Templates cost most of what rendering costs, so they are run as rarely as may be: see [`stencil`].

mod grammar;
mod record;
mod stencil;

pub use record::{Code, Markup, Rare};

use super::per_thread::PerThread;
use crate::diagnostic::{Diagnostic, Problem};
use crate::record::Reader;
use crate::source::{Span, decode};
use crate::sources::Sources;
use crate::value::html;
use crate::value::language::Language;
use crate::value::plural::{Plural, plural};
use crate::value::yaml::{Node, Value};
use ahash::AHashMap;
use record::{MARK, Record, Texts};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use stencil::Stencil;
use tera::{ArgFromValue, Kwargs, State, Tera, TeraResult, Value as Variable};

/// The files of the default theme, by their path in it; the list is made by `build.rs`.
pub const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/theme.rs"));

/// A theme that is ready to render.
#[derive(Debug)]
pub struct Theme {
    templates: BTreeMap<String, String>,
    /// Made when they are first asked for. Templates count the references to the strings of the theme; threads that share one counter spend
    /// half of their time in handing it to each other.
    engines: PerThread<OnceLock<Engine>>,
    /// The templates of which stencils can be made, with the names that each uses.
    uniform: BTreeMap<String, BTreeSet<String>>,
    pub words: Words,
    /// Static files by their output path, `static/style.css`.
    pub statics: BTreeMap<String, Arc<[u8]>>,
    /// The custom properties that the settings may set, with their value in light mode.
    pub roles: BTreeMap<String, String>,
    /// The style of each element in the text of a letter.
    pub mail: BTreeMap<String, String>,
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
    pub fn get<'a>(&'a self, path: &'a str) -> &'a str {
        self.texts.get(path).map_or(path, String::as_str)
    }

    /// «3 материала»: the number and the form of the noun `key` behind it.
    pub fn counted(&self, n: u64, key: &str) -> String {
        let form = match plural(n, self.language) {
            Plural::One => "one",
            Plural::Few => "few",
            Plural::Many => "many",
            Plural::Other => "other",
        };
        let noun = |form: &str| self.texts.get(&["plurals.", key, ".", form].concat());
        let noun = noun(form).or_else(|| noun("other"));
        [n.to_string().as_str(), "\u{a0}", noun.map_or(key, String::as_str)].concat()
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
        let mut settings = BTreeMap::new();
        // A theme that says nothing of letters has those of the default theme.
        values(&BTreeMap::new(), "theme.yaml", &mut settings, &mut diagnostics);
        settings.retain(|path, _| path.starts_with("mail."));
        values(&own, "theme.yaml", &mut settings, &mut diagnostics);
        let below = |prefix: &str| -> BTreeMap<String, String> {
            settings.iter().filter_map(|(path, value)| Some((path.strip_prefix(prefix)?.to_owned(), value.clone()))).collect()
        };
        let (roles, mail) = (below("roles."), below("mail."));

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
                Engine::default()
            })
        });
        let engines = PerThread::<OnceLock<Engine>>::default();
        engines.own().get_or_init(|| first);
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
        let uniform = grammar::uniform(&templates);
        (Theme { templates, engines, uniform, words, statics, roles, mail }, diagnostics)
    }

    /// The engine of this thread.
    fn engine(&self) -> &Engine {
        // The templates have been read once without a fault.
        self.engines.own().get_or_init(|| engine(&self.words, &self.templates).unwrap_or_default())
    }

    /// Renders `template` with `view`, a struct: its fields are the variables.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<String, Box<Diagnostic>> {
        let mut out = String::new();
        self.append(template, view, &mut out)?;
        Ok(out)
    }

    /// The same behind what `out` already has.
    pub fn append(&self, template: &str, view: &impl Serialize, out: &mut String) -> Result<(), Box<Diagnostic>> {
        let uniform = self.uniform.get(template);
        let record =
            Record::of(view, uniform).map_err(|refused| Box::new(template_fault(&tera::Error::message(refused), "themes/default/")))?;
        let engine = self.engine();
        let known = if uniform.is_some() { engine.known(template, &record.shape) } else { Known::No };
        if let Known::Stencil(stencil) = &known {
            stencil.fill(&record, &self.words, out);
            return Ok(());
        }
        let made = self.render_in_full(template, &engine.tera, &record)?;
        // Templates and values are texts, and so is what comes of them.
        let made = decode(&made).unwrap_or_default();
        if let Known::Shape = known {
            engine.learn(template, &record, made, &self.words);
        }
        out.push_str(made);
        Ok(())
    }

    /// What comes of it as bytes of UTF-8.
    fn render_in_full(&self, template: &str, tera: &Tera, record: &Record) -> Result<Vec<u8>, Box<Diagnostic>> {
        let context = record.context(Texts::Themselves);
        let mut made = Vec::with_capacity(16 * 1024);
        let rendered = tera.render_to(template, &context, &mut made).or_else(|_| {
            // The author is shown the template as it is written, not with the constants in their places.
            made.clear();
            compiled(&self.words, templates_of(&self.templates))?.render_to(template, &context, &mut made)
        });
        rendered.map(|()| made).map_err(|error| Box::new(template_fault(&error, "themes/default/")))
    }
}

/// An engine, and what it has learnt of its templates.
#[derive(Debug, Default)]
struct Engine {
    tera: Tera,
    stencils: Mutex<AHashMap<String, Shapes>>,
}

/// The shapes that a template has met; `None` for one that was met once.
type Shapes = AHashMap<Box<[u8]>, Option<Arc<Stencil>>>;

/// What an engine knows of a template and a shape.
enum Known {
    No,
    /// It has met the shape.
    Shape,
    Stencil(Arc<Stencil>),
}

/// An engine remembers so many shapes of each template: pages of which no two are alike must not fill the memory.
const MOST_SHAPES: usize = 256;

impl Engine {
    fn known(&self, template: &str, shape: &[u8]) -> Known {
        // Whoever panicked here left the map whole.
        let mut stencils = self.stencils.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(shapes) = stencils.get_mut(template) else {
            stencils.insert(template.to_owned(), AHashMap::from([(shape.into(), None)]));
            return Known::No;
        };
        match shapes.get(shape) {
            Some(Some(stencil)) => Known::Stencil(Arc::clone(stencil)),
            Some(None) => Known::Shape,
            None => {
                if shapes.len() < MOST_SHAPES {
                    shapes.insert(shape.into(), None);
                }
                Known::No
            }
        }
    }

    /// Makes the stencil for the shape of `record`, of which the template made `made`, if it proves right with that.
    fn learn(&self, template: &str, record: &Record, made: &str, words: &Words) {
        let marked = self.tera.render(template, &record.context(Texts::Marks)).ok();
        let stencil = marked.and_then(|marked| Stencil::of(&marked)).filter(|stencil| {
            let mut filled = String::new();
            stencil.fill(record, words, &mut filled);
            filled == made
        });
        let mut stencils = self.stencils.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(stencil), Some(shapes)) = (stencil, stencils.get_mut(template)) {
            shapes.insert(record.shape.as_slice().into(), Some(Arc::new(stencil)));
        }
    }
}

/// The files below `prefix`, by their path there, each with its whole path.
fn own_files<'a>(sources: &'a Sources, prefix: &str) -> BTreeMap<&'a str, (&'a str, &'a Arc<[u8]>)> {
    sources.themes.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(prefix)?, (&**path, bytes)))).collect()
}

/// An engine with `templates`, or what is wrong with them.
fn engine(words: &Words, templates: &BTreeMap<String, String>) -> TeraResult<Engine> {
    let filled: Vec<(&str, String)> = templates_of(templates).map(|(name, text)| (name, with_constants(text, words))).collect();
    let tera =
        compiled(words, filled.iter().map(|(name, text)| (*name, text.as_str()))).or_else(|_| compiled(words, templates_of(templates)))?;
    Ok(Engine { tera, ..Engine::default() })
}

fn templates_of(templates: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    templates.iter().map(|(name, text)| (name.as_str(), text.as_str()))
}

/// What every template sees and no page changes.
const CONSTANTS: [&str; 4] = ["t", "root", "index", "lang"];

/// A template in which `{{ t.home.next }}`, `{{ root }}` … have given way to what they print: a page has some thirty of them, and to look
/// one up costs more than to print it.
fn with_constants(template: &str, words: &Words) -> String {
    let unclear = |tag: &str| {
        let mut names = tag.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '@'))).filter(|name| !name.is_empty());
        match names.next() {
            // A name that means something else in this template.
            Some("set" | "set_global" | "for" | "component") => names.any(|name| CONSTANTS.contains(&name)),
            name => name == Some("raw"),
        }
    };
    if template.split("{%").skip(1).any(|rest| unclear(rest.split("%}").next().unwrap_or_default())) {
        return template.to_owned();
    }
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, (name, after))) = rest.split_once("{{ ").and_then(|(before, tag)| Some((before, tag.split_once(" }}")?))) {
        out.push_str(before);
        match constant(name, words) {
            Some(text) => out.push_str(&text),
            None => out.extend(["{{ ", name, " }}"]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What `{{ name }}` prints on every page; `None` if that depends on the page or would be read as a part of the template.
fn constant(name: &str, words: &Words) -> Option<String> {
    match name {
        "root" => Some(crate::output::ROOT.into()),
        "index" => Some(crate::output::INDEX.into()),
        _ => {
            let text = html::escape(words.texts.get(name.strip_prefix("t.")?)?);
            let plain = !text.is_empty() && text.trim() == text && !text.contains(['{', '}']);
            plain.then_some(text)
        }
    }
}

/// An engine with `templates` as they are, or what is wrong with them.
fn compiled<'a>(words: &Words, templates: impl Iterator<Item = (&'a str, &'a str)>) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    let for_plural = words.clone();
    tera.register_filter("plural", move |n: &Variable, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let key = kwargs.must_get::<&str>("key")?;
        match n.as_str().filter(|mark| mark.starts_with(MARK)) {
            Some(mark) => Ok(Stencil::counted_mark(mark, key)),
            None => Ok(for_plural.counted(u64::from_value(n)?, key)),
        }
    });
    let context = tera.global_context();
    context.insert("root", &crate::output::ROOT.to_string());
    context.insert("index", &crate::output::INDEX.to_string());
    context.insert("lang", words.language.tag());
    context.insert("t", &nested(words));
    tera.add_raw_templates(templates)?;
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

/// Adds the scalars of a YAML file of the theme to `out`, each by its path: `roles.accent`.
fn values(own: &BTreeMap<&str, (&str, &Arc<[u8]>)>, path: &str, out: &mut BTreeMap<String, String>, diagnostics: &mut Vec<Diagnostic>) {
    let (name, bytes) = file(own, path);
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader { file: &(&*name).into(), diagnostics: Vec::new(), pool: None };
    flatten(&reader.tree(&text, 0), "", out);
    diagnostics.append(&mut reader.diagnostics);
}

/// The strings of `language`: the embedded ones with the site's own above them, so that a theme may change a few.
fn words(own: &BTreeMap<&str, (&str, &Arc<[u8]>)>, language: Language, diagnostics: &mut Vec<Diagnostic>) -> Words {
    let path = match language {
        Language::Ru => "i18n/ru.yaml",
        Language::En => "i18n/en.yaml",
    };
    let mut texts = BTreeMap::new();
    values(&BTreeMap::new(), path, &mut texts, diagnostics);
    if own.contains_key(path) {
        values(own, path, &mut texts, diagnostics);
    }
    Words { texts, language }
}

fn flatten(node: &Node, path: &str, out: &mut BTreeMap<String, String>) {
    match &node.value {
        Value::Scalar(text) => {
            out.insert(path.to_owned(), text.to_string());
        }
        Value::Map(pairs) => {
            for (key, value) in pairs {
                let path = if path.is_empty() { key.text.to_string() } else { format!("{path}.{}", key.text) };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_stand_in_templates_before_they_are_read() {
        let words =
            Words { texts: BTreeMap::from([("a.b".into(), "«x» & y".into()), ("c".into(), " z".into())]), language: Language::En };
        let check = |template: &str, filled: &str| assert_eq!(with_constants(template, &words), filled);
        check(
            "<a href=\"{{ root }}x/{{ index }}\">{{ t.a.b }}</a>{{ t.c }}{{ page }}",
            "<a href=\"\u{1}x/\u{2}\">«x» &amp; y</a>{{ t.c }}{{ page }}",
        );
        check("{{- t.a.b }}{{ t.a.b | safe }}{{ t.a }}", "{{- t.a.b }}{{ t.a.b | safe }}{{ t.a }}");
        check(
            "{% component x(of, @t) %}{{ t.a.b }}{% for n in t.list %}{% endfor %}",
            "{% component x(of, @t) %}«x» &amp; y{% for n in t.list %}{% endfor %}",
        );
        for own in ["{% set t = of %}{{ t.a.b }}", "{%- for root in list %}{{ root }}", "{% raw %}{{ t.a.b }}{% endraw %}"] {
            check(own, own);
        }
    }

    #[test]
    fn the_default_theme_names_no_field_that_stands_ready() {
        let templates: BTreeMap<String, String> = EMBEDDED
            .iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix("templates/")?.to_owned(), String::from_utf8_lossy(bytes).into_owned())))
            .collect();
        let uniform = grammar::uniform(&templates);
        for (template, fields) in [
            ("article.html", &["facts", "contents"][..]),
            ("workshop.html", &["facts", "contents"]),
            ("plan.html", &["facts", "contents", "items", "shares"]),
            ("calendar-month.html", &["weeks"]),
            ("calendar-year.html", &["weeks"]),
            ("parts/day.html", &["events"]),
            ("group.html", &[]),
            ("list.html", &[]),
            ("parts/event.html", &[]),
            ("parts/card.html", &[]),
        ] {
            let names = uniform.get(template).unwrap_or_else(|| panic!("{template} compares or changes a text"));
            let named: Vec<_> = fields.iter().filter(|field| names.contains(**field)).collect();
            assert!(named.is_empty(), "{template} names {named:?}");
        }
    }

    /// A theme of one template.
    fn theme(template: &str) -> Theme {
        let words = Words {
            texts: BTreeMap::from([("plurals.row.one".into(), "row".into()), ("plurals.row.other".into(), "rows".into())]),
            language: Language::En,
        };
        let templates = BTreeMap::from([("x.html".to_owned(), template.to_owned())]);
        let engines = PerThread::default();
        let uniform = grammar::uniform(&templates);
        Theme { templates, engines, uniform, words, statics: BTreeMap::new(), roles: BTreeMap::new(), mail: BTreeMap::new() }
    }

    #[derive(Serialize)]
    struct View<'a> {
        title: &'a str,
        url: Option<&'a str>,
        kind: Code<'a>,
        html: Markup,
        rows: i32,
        lines: Vec<&'a str>,
    }

    fn view<'a>(title: &'a str, kind: &'a str, rows: i32, lines: &[&'a str]) -> View<'a> {
        View { title, url: (rows > 7).then_some("/"), kind: Code(kind), html: Markup(format!("<b>{title}")), rows, lines: lines.to_vec() }
    }

    #[test]
    fn a_stencil_gives_what_the_template_gives() {
        let template = "{% if kind == \"a\" %}A{% endif %}{{ title or url }}{{ html }}{{ rows | plural(key=\"row\") }}\
                        {% for line in lines %}{{ line }},{% endfor %}{% if url %}{{ url }}{% endif %}";
        let with_stencils = theme(template);
        assert!(with_stencils.uniform.contains_key("x.html"));
        let in_full = theme(&format!("{template}{{% if title == \"~\" %}}{{% endif %}}"));
        assert!(in_full.uniform.is_empty());
        for round in 0..4 {
            for title in ["", "<", "Ёж & Ко"] {
                for kind in ["a", "b", ""] {
                    for rows in [0, 1, 2, 5 + round] {
                        for lines in [&[][..], &["x"], &["<i>", ""]] {
                            let view = view(title, kind, rows, lines);
                            assert_eq!(with_stencils.render("x.html", &view).unwrap(), in_full.render("x.html", &view).unwrap());
                        }
                    }
                }
            }
        }
        let stencils = with_stencils.engine().stencils.lock().unwrap();
        assert!(stencils["x.html"].values().filter(|stencil| stencil.is_some()).count() > 20);
    }

    #[test]
    fn no_more_shapes_are_kept_than_a_few() {
        let theme = theme("{% for line in lines %}{{ line }}{% endfor %}");
        for n in 0..MOST_SHAPES + 20 {
            theme.render("x.html", &view("", "", 1, &vec!["x"; n])).unwrap();
        }
        assert_eq!(theme.engine().stencils.lock().unwrap()["x.html"].len(), MOST_SHAPES);
    }

    #[test]
    fn markup_needs_no_filter_and_a_view_is_a_struct() {
        let theme = theme("{{ title }}{{ html }}{{ html | safe }}");
        assert_eq!(theme.render("x.html", &view("<", "", 1, &[])).unwrap(), "&lt;<b><<b><");
        assert!(theme.render("x.html", &1).is_err());
    }
}
