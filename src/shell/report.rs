//! Diagnostics in print: for a person, as JSON, as annotations of GitHub.

use super::args::Format;
use super::failure::Failure;
use super::{i18n, terminal};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet, normalize_untrusted_str};
use metodika::diagnostic::{Diagnostic, Problem, Severity};
use metodika::source::{SourcePath, Span, Text, Texts, line_column};
use metodika::sources::{Source, Sources};
use metodika::value::language::Language;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// A message in words, with its place in lines and columns: what is printed, and the shape of the JSON.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    #[serde(serialize_with = "severity_name")]
    pub severity: Severity,
    pub code: Cow<'static, str>,
    pub file: Option<String>,
    /// From 1.
    pub line: Option<usize>,
    /// From 1, in characters.
    pub column: Option<usize>,
    pub message: String,
    pub hint: Option<String>,
    /// The text to write in place of the marked one.
    pub fix: Option<String>,
    #[serde(skip)]
    pub fragment: Option<Fragment>,
    #[serde(skip)]
    pub related: Vec<Place>,
}

/// Whole lines of a file, and the bytes among them that a message is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fragment {
    pub text: String,
    pub marked: Range<usize>,
}

impl Fragment {
    fn marked(&self) -> &str {
        self.text.get(self.marked.clone()).unwrap_or_default()
    }
}

/// Another place that a message speaks of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub fragment: Option<Fragment>,
}

/// A finding with everything that it takes to print it again.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The place in [`SEVERITIES`].
    severity: usize,
    code: String,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    message: String,
    hint: Option<String>,
    fix: Option<String>,
    fragment: Option<Fragment>,
    related: Vec<Place>,
}

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

impl From<Finding> for Kept {
    fn from(finding: Finding) -> Kept {
        let Finding { severity, code, file, line, column, message, hint, fix, fragment, related } = finding;
        let severity = SEVERITIES.iter().position(|one| *one == severity).unwrap_or_default();
        Kept { severity, code: code.into_owned(), file, line, column, message, hint, fix, fragment, related }
    }
}

impl From<Kept> for Finding {
    fn from(kept: Kept) -> Finding {
        let Kept { severity, code, file, line, column, message, hint, fix, fragment, related } = kept;
        let severity = SEVERITIES.get(severity).copied().unwrap_or(Severity::Error);
        Finding { severity, code: code.into(), file, line, column, message, hint, fix, fragment, related }
    }
}

impl Kept {
    /// Whether it speaks of a place in the file `path` that is not above `line`.
    pub fn reaches(&self, path: &str, line: usize) -> bool {
        let own = self.file.as_deref() == Some(path) && self.line.is_none_or(|own| own >= line);
        own || self.related.iter().any(|place| place.file == path && place.line >= line)
    }
}

/// Longer fragments are cut: the beginning of a long one is enough to find it.
const FRAGMENT_LINES: usize = 6;

/// `diagnostics`, sorted by file, in words; what a document did not keep of its text `texts` gives.
pub fn findings(diagnostics: &[Diagnostic], sources: &Sources, texts: &dyn Texts, language: Language) -> Vec<Finding> {
    let of_file = |diagnostics: &[Diagnostic]| {
        let recent = Recent { texts, last: Mutex::default() };
        diagnostics.iter().map(|diagnostic| finding(diagnostic, sources, &recent, language)).collect::<Vec<_>>()
    };
    let same_file = |a: &Diagnostic, b: &Diagnostic| a.span.as_ref().map(|span| &span.file) == b.span.as_ref().map(|span| &span.file);
    diagnostics.par_chunk_by(same_file).flat_map_iter(of_file).collect()
}

/// Keeps the texts of a few files: what is odd in one of them points at the same others again and again.
struct Recent<'a> {
    texts: &'a dyn Texts,
    last: Mutex<Vec<(SourcePath, Text)>>,
}

impl Texts for Recent<'_> {
    fn text(&self, path: &SourcePath) -> Option<Text> {
        const MOST: usize = 4;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, text)) = last.iter().find(|(known, _)| known == path) {
            return Some(text.clone());
        }
        let text = self.texts.text(path)?;
        if last.len() == MOST {
            last.remove(0);
        }
        last.push((path.clone(), text.clone()));
        Some(text)
    }
}

/// `diagnostic` in words.
pub fn finding(diagnostic: &Diagnostic, sources: &Sources, texts: &dyn Texts, language: Language) -> Finding {
    let place = diagnostic.span.as_ref().map(|span| place(span, sources, texts));
    let (line, column) = match (&diagnostic.problem, &place) {
        (Problem::NotUtf8 { line, column, .. }, _) => (Some(*line), Some(*column)),
        (_, Some(place)) => (Some(place.line), Some(place.column)),
        (_, None) => (None, None),
    };
    Finding {
        severity: diagnostic.severity,
        code: diagnostic.problem.code().into(),
        file: place.as_ref().map(|place| place.file.clone()),
        line,
        column,
        message: diagnostic.message(language),
        hint: Some(diagnostic.hint(language)).filter(|hint| !hint.is_empty()),
        fix: diagnostic.fix_of(place.as_ref().and_then(|place| place.fragment.as_ref()).map_or("", Fragment::marked)),
        fragment: place.and_then(|place| place.fragment),
        related: diagnostic.related.iter().map(|span| self::place(span, sources, texts)).collect(),
    }
}

/// Prints all of `findings` in the form asked for, and their number. Notes only if `verbose`, warnings only if not `quiet`.
///
/// What a person reads goes where `print` says; what a machine reads goes to standard output. `prefix` is the way from the current folder
/// to the site's root, empty or with a slash at its end: GitHub counts its paths from there.
pub fn print(findings: &[Finding], format: Format, verbosity: Verbosity, prefix: &str, language: Language, print: fn(&str)) {
    let quiet = verbosity == Verbosity::Quiet && format == Format::Text;
    let wanted = |finding: &&Finding| match finding.severity {
        Severity::Error => true,
        Severity::Warning => !quiet,
        Severity::Note => verbosity == Verbosity::Verbose,
    };
    let shown = findings.iter().filter(wanted);
    match format {
        Format::Json => {
            let shown: Vec<_> = shown.collect();
            terminal::out(&format!("{}\n", serde_json::to_string_pretty(&shown).unwrap_or_default()));
        }
        Format::Github => shown.for_each(|finding| terminal::out(&annotation(finding, prefix))),
        _ => {
            let shown: Vec<_> = shown.collect();
            // Each takes 40 µs to draw, and a large site has thousands.
            let texts: Vec<String> = shown.par_iter().map(|finding| format!("{}\n\n", text(finding, language))).collect();
            texts.chunks(256).for_each(|texts| print(&texts.concat()));
            let line = if quiet { String::new() } else { tally(findings, verbosity, language) };
            if !line.is_empty() {
                print(&format!("{line}\n"));
            }
        }
    }
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verbosity {
    /// Errors only.
    Quiet,
    Normal,
    /// Notes too.
    Verbose,
}

impl Verbosity {
    pub fn of(quiet: bool, verbose: bool) -> Verbosity {
        match (quiet, verbose) {
            (true, _) => Verbosity::Quiet,
            (false, true) => Verbosity::Verbose,
            (false, false) => Verbosity::Normal,
        }
    }
}

/// «2 ошибки, 1 предупреждение; ещё 3 замечания (показать: -v)»; empty if there is nothing to count.
pub fn tally(findings: &[Finding], verbosity: Verbosity, language: Language) -> String {
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, notes) = (of(Severity::Error), of(Severity::Warning), of(Severity::Note));
    match verbosity {
        Verbosity::Verbose => i18n::counts(errors, warnings, notes, language),
        _ => {
            let hidden = if notes > 0 { i18n::hidden_notes(notes, language) } else { String::new() };
            [i18n::counts(errors, warnings, 0, language), hidden].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
        }
    }
}

/// Prints why the program could not run.
pub fn failure(failure: &Failure, language: Language) {
    let (message, hint) = i18n::failure::wording(failure, language);
    let title = Level::ERROR.with_name(i18n::severity(Severity::Error, language)).primary_title(message);
    let mut lines = Renderer::styled().render(&[Group::with_title(title)]);
    if !hint.is_empty() {
        let title = Level::HELP.with_name(i18n::hint(language)).primary_title(hint);
        lines = format!("{lines}\n{}", Renderer::styled().render(&[Group::with_title(title)]));
    }
    terminal::err(&format!("{lines}\n"));
}

fn place(span: &Span, sources: &Sources, texts: &dyn Texts) -> Place {
    let again = match sources.content.get(&span.file) {
        Some(Source::Document(document)) if document.text.is_none() => texts.text(&span.file).filter(|text| text.hash == document.hash),
        _ => None,
    };
    let kept = || sources.text_of(&span.file).or_else(|| sources.themes.get(&span.file).and_then(|bytes| std::str::from_utf8(bytes).ok()));
    let text = again.as_ref().map(|text| &*text.text).or_else(kept);
    let (line, column) = text.map_or((1, 1), |text| line_column(text, span.start));
    // A span of nothing at the beginning stands for the file as a whole.
    let fragment = text.filter(|_| span.end > 0).map(|text| fragment(text, span.start..span.end));
    Place { file: span.file.to_string(), line, column, fragment }
}

fn fragment(text: &str, range: Range<usize>) -> Fragment {
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.clamp(start, text.len()));
    let from = text[..start].rfind('\n').map_or(0, |i| i + 1);
    // A span that takes in the end of its line is not about the line below.
    let last = if end > start && text[..end].ends_with('\n') { end - 1 } else { end };
    let to = text[last..].find('\n').map_or(text.len(), |i| last + i);
    let cut: usize = text[from..to].split_inclusive('\n').take(FRAGMENT_LINES).map(str::len).sum();
    let lines = text[from..from + cut].trim_end_matches(['\n', '\r']);
    Fragment { text: lines.to_owned(), marked: start - from..(last - from).clamp(start - from, lines.len().max(start - from)) }
}

fn text(finding: &Finding, language: Language) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.with_name(i18n::severity(finding.severity, language)).primary_title(finding.message.as_str()).id(&*finding.code);
    let mut group = Group::with_title(title);
    if let Some(file) = &finding.file {
        let (line, column) = (finding.line.unwrap_or(1), finding.column.unwrap_or(1));
        group = match &finding.fragment {
            Some(fragment) => group.element(snippet(file, line, fragment, AnnotationKind::Primary)),
            None => group.element(Origin::path(file.as_str()).line(line).char_column(column)),
        };
    }
    if let Some(hint) = &finding.hint {
        group = group.element(Level::HELP.with_name(i18n::hint(language)).message(normalize_untrusted_str(hint)));
    }
    let mut groups = vec![group];
    if let (Some(fix), Some(fragment), Some(line)) = (&finding.fix, &finding.fragment, finding.line) {
        let patch = Snippet::source(fragment.text.as_str()).line_start(line).patch(Patch::new(fragment.marked.clone(), fix.as_str()));
        let title = Level::HELP.no_name().secondary_title(i18n::was_becomes(language));
        groups.push(Group::with_title(title).element(patch));
    }
    for place in &finding.related {
        let title =
            Level::NOTE.with_name(i18n::see_also(language)).secondary_title(format!("{}:{}:{}", place.file, place.line, place.column));
        groups.push(match &place.fragment {
            Some(fragment) => Group::with_title(title).element(snippet(&place.file, place.line, fragment, AnnotationKind::Context)),
            None => Group::with_title(title),
        });
    }
    Renderer::styled().render(&groups)
}

fn snippet<'a>(file: &'a str, line: usize, fragment: &'a Fragment, kind: AnnotationKind) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    Snippet::source(fragment.text.as_str()).path(file).line_start(line).annotation(kind.span(fragment.marked.clone()))
}

/// A workflow command: `::error file=…,line=…,col=…,title=…::…`, escaped as the runner reads it.
fn annotation(finding: &Finding, prefix: &str) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let message = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| message(text).replace(':', "%3A").replace(',', "%2C");
    let mut properties = Vec::new();
    if let Some(file) = &finding.file {
        properties.push(format!("file={}", property(&format!("{prefix}{file}"))));
        properties.extend(finding.line.map(|line| format!("line={line}")));
        properties.extend(finding.column.map(|column| format!("col={column}")));
    }
    properties.push(format!("title={}", property(&finding.code)));
    let words = match &finding.hint {
        Some(hint) => format!("{}\n{hint}", finding.message),
        None => finding.message.clone(),
    };
    format!("::{command} {}::{}\n", properties.join(","), message(&words))
}

fn severity_name<S: serde::Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    // English in every language: machines read it.
    serializer.serialize_str(i18n::severity(*severity, Language::En))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(finding: &Finding, language: Language) -> String {
        anstream::adapter::strip_str(&text(finding, language)).to_string()
    }

    fn finding(source: &str, marked: &str) -> Finding {
        let start = source.find(marked).unwrap();
        let (line, column) = line_column(source, start);
        Finding {
            severity: Severity::Warning,
            code: "unknown-key".into(),
            file: Some("content/pages/о-нас.md".into()),
            line: Some(line),
            column: Some(column),
            message: "неизвестный ключ «автор»".into(),
            hint: Some("Похоже, имелось в виду «авторы».".into()),
            fix: Some("авторы".into()),
            fragment: Some(fragment(source, start..start + marked.len())),
            related: Vec::new(),
        }
    }

    #[test]
    fn the_caret_stands_under_the_cyrillic_word() {
        let text = plain(&finding("---\nназвание: О нас\n  автор: Иванова\n---\n", "автор"), Language::Ru);
        assert!(text.starts_with("предупреждение[unknown-key]: неизвестный ключ «автор»\n"), "{text}");
        assert!(text.contains("content/pages/о-нас.md:3:3"), "{text}");
        let lines: Vec<&str> = text.lines().collect();
        let at = lines.iter().position(|line| line.ends_with("автор: Иванова")).unwrap();
        let column = |line: &str, sign: char| line.chars().position(|c| c == sign);
        assert_eq!(column(lines[at], 'а'), column(lines[at + 1], '^'), "{text}");
        assert!(text.contains("подсказка: Похоже, имелось в виду «авторы»."), "{text}");
        assert!(text.contains("было/стало"), "{text}");
        assert!(text.contains("авторы: Иванова"), "{text}");
    }

    #[test]
    fn annotations_are_escaped() {
        let mut finding = finding("автор: x", "автор");
        finding.file = Some("content/a,b:c.md".into());
        finding.message = "100 %\nи ещё".into();
        assert_eq!(
            annotation(&finding, "site/"),
            "::warning file=site/content/a%2Cb%3Ac.md,line=1,col=1,title=unknown-key::100 %25%0Aи ещё%0AПохоже, имелось в виду «авторы».\n"
        );
    }

    #[test]
    fn fragments_of_any_span() {
        let source = "a\r\nб\nв\n";
        for start in 0..source.len() + 2 {
            for end in start..source.len() + 2 {
                let fragment = fragment(source, start..end);
                assert!(
                    fragment.text.get(fragment.marked.clone()).is_some() || fragment.marked.start > fragment.text.len(),
                    "{start}..{end}"
                );
            }
        }
    }
}
