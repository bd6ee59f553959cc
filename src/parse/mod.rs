//! From a text to a document. A document depends on its own text alone, so an unchanged text need not be parsed again.

mod front;
pub mod markdown;
mod sanitise;
pub mod tokens;
mod tree;

use crate::diagnostic::{Diagnostic, Problem, Severity};
use crate::kinds::{Common, Details, Kind};
use crate::record::{Fields, Reader, day_of, knows};
use crate::source::{SourcePath, Span, extension, hash};
use crate::value::date::Date;
use crate::value::hidden;
use crate::value::language::Language;
use crate::value::mention;
use crate::value::shared::{Pool, Shared};
use crate::value::typography::{self, Rule, TypographyWarning};
use crate::value::yaml::{self, Node, Value};
use markdown::Outline;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// One file of content.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file, `content/workshops/2015-03-18-profi.md`.
    pub path: SourcePath,
    pub kind: Kind,
    /// The date in the file's name.
    pub name_date: Option<Date>,
    pub common: Common,
    pub details: Details,
    pub body: Body,
    /// The text that all this was read from, if it was kept.
    pub text: Option<Arc<str>>,
    /// The hash of the file.
    pub hash: u128,
    /// What the rest of the site sees of the document, in a hash: everything but the text of the body. Where two texts of one file have one
    /// face, only the body on the document's own page can differ.
    pub face: u128,
    pub diagnostics: Vec<Diagnostic>,
    /// See [`Document::names`].
    names: Names,
}

/// What may name a person, by its place in the file.
pub type Names = Box<[(crate::source::Place, Box<str>)]>;

/// What a document keeps of the text that it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// For who looks into it again and again: the preview, the check of typesetting.
    Text,
    /// For a site that does not name everybody: what may be a name, wherever it stands.
    Names,
    /// The text is read once more where the body is written. That costs a second reading, about a fiftieth of a build, and spares as much
    /// memory as the content takes.
    Nothing,
}

/// How texts are read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    pub keep: Keep,
    /// Where the values of keys are kept that other files may have too; what is read lives on without it.
    pub pool: Option<&'a Pool>,
}

impl From<Keep> for Reading<'_> {
    /// By itself.
    fn from(keep: Keep) -> Self {
        Reading { keep, pool: None }
    }
}

/// The Markdown of a document and what stands in it.
#[derive(Debug, Clone)]
pub struct Body {
    markdown: Markdown,
    pub outline: Outline,
    /// There is nothing to show.
    pub is_blank: bool,
}

#[derive(Debug, Clone)]
enum Markdown {
    /// A part of the document's text.
    Part(Range<usize>),
    /// A value of its YAML: indentation and folding are undone, so each line knows where it stands in the file.
    Value { text: Shared, lines: Vec<(usize, usize)> },
}

impl Document {
    /// The Markdown of the body, where it was kept.
    pub fn markdown(&self) -> Option<&str> {
        match &self.body.markdown {
            Markdown::Part(_) => self.text.as_deref().and_then(|text| self.markdown_in(text)),
            Markdown::Value { text, .. } => Some(text),
        }
    }

    /// The Markdown of the body in `text`, which must be the text that the document was read from; `None` if it surely is not.
    pub fn markdown_in<'t>(&'t self, text: &'t str) -> Option<&'t str> {
        match &self.body.markdown {
            Markdown::Part(range) => text.get(range.clone()),
            Markdown::Value { text, .. } => Some(text),
        }
    }

    /// About how many bytes of text the body is, in steps: an edit within one changes nothing of what the whole site counts.
    pub fn weight(&self) -> u64 {
        weight(match &self.body.markdown {
            Markdown::Part(range) => range.len(),
            Markdown::Value { text, .. } => text.len(),
        })
    }

    /// What may name a person anywhere in the file, see [`mention::runs`]; nothing if neither the text nor that was kept.
    pub fn names(&self) -> Cow<'_, Names> {
        match &self.text {
            Some(text) => Cow::Owned(named_in(text, &yaml_of(&self.path, text))),
            None => Cow::Borrowed(&self.names),
        }
    }

    /// The file's or folder's name without its date and ending: what the address is made from.
    pub fn stem(&self) -> &str {
        stem_of(&self.path).1
    }

    /// The title; the file's name where there is none (which is an error, but the site is still shown in the preview).
    pub fn title(&self) -> &str {
        self.common.title.as_ref().map_or_else(|| self.stem(), |title| &title.value)
    }

    /// The bytes of the file at which the bytes `range` of [`Self::markdown`] stand.
    pub fn body_span(&self, range: &Range<usize>) -> Span {
        let file = |at: usize| match &self.body.markdown {
            Markdown::Part(part) => part.start + at,
            Markdown::Value { lines, .. } => match lines.partition_point(|(own, _)| *own <= at) {
                0 => at,
                n => lines[n - 1].1 + (at - lines[n - 1].0),
            },
        };
        Span::new(&self.path, file(range.start)..file(range.end))
    }
}

/// What a path below `content/` is.
#[derive(Debug, Clone, PartialEq)]
pub enum Place<'p> {
    /// A document of this kind, its stem and the date in its name.
    Document { kind: Kind, stem: &'p str, date: Option<Date> },
    /// Settings or a registry: the name without its ending.
    Data(String),
    /// A text in a folder that is no kind.
    Elsewhere(String),
}

/// What the text at `path` (`content/…`) is.
pub fn place_of(path: &str) -> Place<'_> {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let name = inside.rsplit('/').next().unwrap_or(inside);
    let Some((folder, _)) = inside.split_once('/') else {
        return match name.rsplit_once('.') {
            Some((stem, "yaml" | "yml")) => Place::Data(stem.to_owned()),
            _ => Place::Elsewhere(String::new()),
        };
    };
    let Some(kind) = Kind::of_folder(folder) else { return Place::Elsewhere(folder.to_owned()) };
    let (date, stem) = stem_of(path);
    Place::Document { kind, stem, date }
}

/// The date in the name of the document at `path`, and its stem.
fn stem_of(path: &str) -> (Option<Date>, &str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // `name/index.md`: the folder is the document. `workshops/index.md` would be a document called "index".
    let stem = match folder.rsplit_once('/') {
        Some((above, own)) if stem == "index" && above.trim_end_matches('/') != "content" => own,
        _ => stem,
    };
    match (stem.get(..10).and_then(Date::parse_iso), stem.get(10..)) {
        (Some(date), Some(rest)) if rest.starts_with('-') && rest.len() > 1 => (Some(date), &rest[1..]),
        _ => (None, stem),
    }
}

/// Reads the document at `path` from its text and the hash of its file.
pub fn document<'a>(
    path: &'a SourcePath,
    (text, hash): (&str, u128),
    reading: impl Into<Reading<'a>>,
    kind: Kind,
    name_date: Option<Date>,
) -> Document {
    let Reading { keep, pool } = reading.into();
    let mut reader = Reader { file: path, diagnostics: Vec::new(), pool };
    if let Some(hidden) = hidden_characters(path, text) {
        reader.diagnostics.push(hidden);
    }
    let is_yaml = is_yaml(path, text);
    if !is_yaml && !is_markdown(path) {
        let rename = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(stem, _)| format!("{stem}.md"));
        reader.report(Problem::TextInYaml { rename: rename.unwrap_or_default() }, 0..line_end(text, 0));
    }
    let (front, body) = if is_yaml { (0..text.len(), text.len()..text.len()) } else { front::split(text, &mut reader) };

    let node = reader.tree(&text[front.clone()], front.start);
    let readable = reader.diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error);
    let mut fields = Fields::of(&node, &mut reader);
    let common = Common::take(&mut fields, &mut reader);
    let details = Details::take(kind, &mut fields, &mut reader);
    // A title of the wrong type has been told of.
    let title = fields.place(&Common::FIELDS[0]);
    let is_told = |diagnostic: &Diagnostic| {
        let place = diagnostic.span.as_ref().zip(title.as_ref());
        matches!(diagnostic.problem, Problem::WrongType { .. })
            && (!matches!(node.value, Value::Map(_))
                || place.is_some_and(|(span, key)| text[key.end..span.start.max(key.end)].trim() == ":"))
    };
    let readable = readable && !reader.diagnostics.iter().any(is_told);
    let known = reader.diagnostics.len();
    fields.finish(&mut reader);
    reader.diagnostics[known..].iter_mut().for_each(|diagnostic| name_kind(diagnostic, kind));

    if readable && common.title.as_ref().is_none_or(|title| title.value.is_empty()) {
        reader.report(Problem::MissingKey { key: "title", twin: "название" }, front.start..front.start);
    }
    let markdown = match (&common.body, is_yaml) {
        (Some(value), true) => Markdown::Value { text: value.value.clone(), lines: value_lines(text, &value.span.into(), &value.value) },
        _ => Markdown::Part(body),
    };
    let body = match &markdown {
        Markdown::Part(range) => &text[range.clone()],
        Markdown::Value { text, .. } => text,
    };
    let (mut outline, is_blank) = (markdown::scan(body, pool), body.trim().is_empty());
    if outline.too_deep {
        let at = if is_yaml { 0 } else { front.end };
        reader.report(Problem::TooDeep { levels: tree::DEEPEST }, at..at);
    }
    let names = if keep == Keep::Nothing { Names::default() } else { named_in(text, &front) };
    let of_body = names.iter().filter(|(place, _)| Range::from(*place).start >= front.end).map(|(_, name)| &**name);
    let face = face(&text[..front.end], &outline, (is_blank, weight(body.len())), reader.diagnostics.len(), of_body);
    outline.first_paragraph = match &common.summary {
        Some(_) => String::new(),
        None => beginning(&outline.first_paragraph),
    };
    Document {
        face,
        path: path.clone(),
        kind,
        name_date,
        common,
        details,
        body: Body { markdown, outline, is_blank },
        text: (keep == Keep::Text).then(|| text.into()),
        hash,
        diagnostics: reader.diagnostics,
        names: if keep == Keep::Names { names } else { Names::default() },
    }
}

/// What may name a person in `text`, of which `yaml` is YAML; its comments are nobody's to read.
pub fn named_in(text: &str, yaml: &Range<usize>) -> Names {
    let is_comment = |at: usize| {
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        yaml.contains(&at) && text[line..at].trim_start().starts_with('#')
    };
    let runs = mention::runs(text).into_iter().filter(|range| !is_comment(range.start));
    runs.map(|range| (range.clone().into(), text[range].into())).collect()
}

/// Whether the whole `text` of the document at `path` is YAML: by its name, unless front matter and more stand in it.
fn is_yaml(path: &str, text: &str) -> bool {
    let is_fence = |line: &&str| line.trim_end() == "---";
    let behind = || text.lines().skip(1).skip_while(|line| !is_fence(line)).skip(1);
    let has_body = || text.lines().next().is_some_and(|line| is_fence(&line)) && behind().any(|line| !line.trim().is_empty());
    !is_markdown(path) && !has_body()
}

fn is_markdown(path: &str) -> bool {
    matches!(extension(path).as_str(), "md" | "markdown")
}

/// The end of the line that begins at `from`, without its break.
fn line_end(text: &str, from: usize) -> usize {
    text[from..].find(['\r', '\n']).map_or(text.len(), |at| from + at)
}

/// The bytes of `text`, that of the file `path`, which are YAML: all of a `.yaml` file, the front matter of another.
pub fn yaml_of(path: &SourcePath, text: &str) -> Range<usize> {
    if is_yaml(path, text) { 0..text.len() } else { front::split(text, &mut Reader { file: path, diagnostics: Vec::new(), pool: None }).0 }
}

/// That in `text`, which stands at `path`, are characters that nobody sees, if there are any.
pub fn hidden_characters(path: &SourcePath, text: &str) -> Option<Diagnostic> {
    let (at, first, count) = hidden::find(text)?;
    Some(Diagnostic::new(Problem::HiddenCharacters { first, count }, Span::new(path, at..at + first.len_utf8())))
}

/// Names the kind that knows a key which `kind` does not: the document may lie in the wrong folder.
fn name_kind(diagnostic: &mut Diagnostic, kind: Kind) {
    if let Problem::UnknownKey { key, nearest, elsewhere } = &mut diagnostic.problem
        && let Some(other) = Kind::ALL.into_iter().find(|other| *other != kind && knows(Details::fields(*other), key))
    {
        *elsewhere = Some(other.folder());
        *nearest = None;
        diagnostic.fix = None;
    }
}

/// The beginning of a first paragraph, longer than any list shows: a large site keeps those of all its documents.
fn beginning(paragraph: &str) -> String {
    const LONGEST: usize = 250;
    let text = paragraph.trim_start();
    text[..text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at)].to_owned()
}

/// See [`Document::weight`].
fn weight(bytes: usize) -> u64 {
    (bytes as u64).next_multiple_of(2 << 10)
}

/// See [`Document::face`]: the front matter, with it the places of all that stands there, and what other pages show or check of the body.
fn face<'n>(front: &str, outline: &Outline, (is_blank, weight): (bool, u64), told: usize, names: impl Iterator<Item = &'n str>) -> u128 {
    let mut seen = Vec::with_capacity(front.len() + outline.first_paragraph.len() + 256);
    let mut see = |part: &str| {
        seen.extend_from_slice(part.as_bytes());
        // No text holds this byte, so what ends here cannot be what begins there.
        seen.push(0xff);
    };
    see(front);
    see(&outline.first_paragraph);
    for link in &outline.links {
        see(&link.target);
        see(if link.image { "i" } else { "l" });
        see(if link.no_text { "n" } else { "t" });
    }
    for heading in &outline.headings {
        see(&heading.level.to_string());
        see(&heading.id);
        see(&heading.title);
    }
    outline.harm.iter().for_each(|(what, _)| see(what));
    names.for_each(&mut see);
    see(if outline.raw_html { "h" } else { "m" });
    see(if is_blank { "b" } else { "f" });
    see(&weight.to_string());
    // What is said of the body is said anew where there was nothing to say before.
    see(&told.to_string());
    hash(&seen)
}

/// The day of publication as written, or as the file's name has it.
pub fn publication_day(document: &Document) -> Option<Date> {
    document.common.date.as_ref().and_then(|date| day_of(&date.value)).or(document.name_date)
}

/// What stands against the rules of typesetting in a document's title, headings and text, which must have been kept.
pub fn proofread(document: &Document, language: Language) -> Vec<Diagnostic> {
    if document.common.verbatim {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut add = |warning: TypographyWarning, span: Span| {
        let fix = Some(warning.fix.clone()).filter(|f| !f.is_empty());
        out.push(Diagnostic::new(Problem::Typography(warning), span).with_fix(fix));
    };
    if let Some(title) = &document.common.title {
        if let Some(warning) = typography::heading_warnings(&title.value) {
            add(warning, Span::new(&document.path, title.span));
        }
        for (at, mut warning) in typography::warnings(&title.value, language) {
            let is_there =
                |place: &Range<usize>| document.text.as_ref().and_then(|text| text.get(place.clone())) == Some(&title.value[at.clone()]);
            let place = title.part(at.clone()).filter(is_there).unwrap_or_else(|| {
                // All of the title, then, with the word mended.
                let TypographyWarning { found, fix, .. } = &mut warning;
                if !fix.is_empty() {
                    *fix = format!("{}{fix}{}", &title.value[..at.start], &title.value[at.end..]);
                }
                *found = title.value.to_string();
                title.span.into()
            });
            add(warning, Span::new(&document.path, place));
        }
    }
    if let Some(text) = &document.text {
        let front = yaml_of(&document.path, text);
        let body = document.common.body.as_ref().map(|body| body.span.into());
        let proofread_elsewhere = [body, document.common.title.as_ref().map(|title| title.span.into())];
        out.extend(mixed_scripts(&document.path, &text[front.clone()], front.start, language, &proofread_elsewhere));
    }
    let mut add = |warning: TypographyWarning, span: Span| {
        let fix = Some(warning.fix.clone()).filter(|f| !f.is_empty());
        out.push(Diagnostic::new(Problem::Typography(warning), span).with_fix(fix));
    };
    for (text, range, heading) in markdown::texts(document.markdown().unwrap_or_default()) {
        // The headings of a regulation or an order stand as on the signed paper, full stops and all.
        let judged = heading && document.kind != Kind::Document;
        if let Some(warning) = judged.then(|| typography::heading_warnings(&text)).flatten() {
            add(warning, document.body_span(&range));
        }
        // An escape or an entity makes a text of another length than its source: then the whole piece is the place.
        let exact = range.len() == text.len();
        for (at, warning) in typography::warnings(&text, language) {
            let place = if exact { range.start + at.start..range.start + at.end } else { range.clone() };
            add(warning, document.body_span(&place));
        }
    }
    out
}

/// The words of two scripts in the values of a YAML text, which begins at the byte `base` of the file `path`: a name or a mark with such a
/// word is not the one that it seems to be. The values that stand at one of the places `but` are left out.
pub fn mixed_scripts(path: &SourcePath, text: &str, base: usize, language: Language, but: &[Option<Range<usize>>]) -> Vec<Diagnostic> {
    fn walk(node: &Node, see: &mut impl FnMut(&str, &Range<usize>)) {
        match &node.value {
            Value::Scalar(text) => see(text, &node.span),
            Value::List(items) => items.iter().for_each(|item| walk(item, see)),
            Value::Map(pairs) => pairs.iter().for_each(|(_, value)| walk(value, see)),
            Value::Null => {}
        }
    }
    let mut out = Vec::new();
    walk(&yaml::read(text, base).0, &mut |value, span| {
        if but.iter().flatten().any(|place| place == span) {
            return;
        }
        let value = crate::record::Text { value: value.into(), span: span.clone().into() };
        for (at, warning) in typography::warnings(&value.value, language) {
            if let (Rule::MixedScripts, Some(place)) = (warning.rule, value.part(at)) {
                let fix = Some(warning.fix.clone()).filter(|fix| !fix.is_empty());
                out.push(Diagnostic::new(Problem::Typography(warning), Span::new(path, place)).with_fix(fix));
            }
        }
    });
    out
}

/// Where each line of a YAML value stands in the file: pairs (offset in the value, offset in the file).
fn value_lines(text: &str, span: &Range<usize>, value: &str) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let mut at = span.start;
    let mut own = 0;
    for line in value.split_inclusive('\n') {
        let content = line.trim_end_matches('\n');
        // The next place at which this line's text stands; folding and escapes may hide it, then the last place serves.
        if let Some(rest) = text.get(at..span.end.max(at)) {
            let begun = rest.trim_start();
            at += match content.chars().next() {
                // Nearly always the line is the next thing that stands there.
                Some(c) if !c.is_whitespace() && begun.starts_with(content) => rest.len() - begun.len(),
                _ => rest.find(content).unwrap_or(0),
            };
        }
        lines.push((own, at));
        own += line.len();
        at = (at + content.len()).min(text.len());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str) -> (Option<Kind>, String, Option<String>) {
        match place_of(path) {
            Place::Document { kind, stem, date } => (Some(kind), stem.to_owned(), date.map(|d| d.to_string())),
            Place::Data(name) => (None, name, None),
            Place::Elsewhere(folder) => (None, format!("? {folder}"), None),
        }
    }

    #[test]
    fn the_folder_is_the_kind_and_deeper_folders_do_not_show() {
        assert_eq!(place("content/workshops/2015/2015-03-18-profi.md"), (Some(Kind::Workshop), "profi".into(), Some("2015-03-18".into())));
        assert_eq!(place("content/documents/polozhenie/index.md"), (Some(Kind::Document), "polozhenie".into(), None));
        assert_eq!(place("content/plans/tula-2024.yaml"), (Some(Kind::Plan), "tula-2024".into(), None));
        assert_eq!(place("content/site.yaml"), (None, "site".into(), None));
        assert_eq!(place("content/events/x.md"), (None, "? events".into(), None));
    }

    #[test]
    fn a_link_in_a_yaml_body_is_found_at_its_place_in_the_file() {
        let text = "title: x\nbody: |\n  one\n\n  two [l](a.md)\n";
        let document = document(&"content/plans/x.yaml".into(), (text, 0), Keep::Nothing, Kind::Plan, None);
        let link = &document.body.outline.links[0];
        let span = document.body_span(&link.range);
        assert_eq!(&text[span.start..span.end], "[l](a.md)");
    }
}
