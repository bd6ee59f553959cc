//! `metodika redact PERSON`: takes a person out of the content, after showing what changes.

use super::args::{self, Global};
use super::failure::Failure;
use super::fix::{self, Mended};
use super::i18n::redact as words;
use super::plan_report::refusal;
use super::today::today;
use super::{Outcome, build::prefix, read, rename, report, root, terminal};
use metodika::diagnostic::Severity;
use metodika::parse::Keep;
use metodika::redact::{Redaction, find, redact};
use metodika::source::{NoTexts, line_column};
use metodika::sources::Sources;
use metodika::value::language::Language;
use metodika::{Build, Options};
use std::io::{IsTerminal, stdin};
use std::sync::Arc;

/// Shows the diff and what is left to the editor; writes where that is confirmed. Exit status 1 if the site would not build any more, and
/// then nothing is written.
pub fn run(global: &Global, arguments: &args::Redact, language: Language) -> Result<Outcome, Failure> {
    let root = root::find(global.root.as_deref())?;
    let sources = read::read(&root, None, Keep::Text, language)?.sources;
    let (config, _) = metodika::settings(&sources);
    let language = global.lang.unwrap_or(config.language);
    let (registries, _) = metodika::site::registries(&sources);
    let person = find(&sources, &config, &registries, &arguments.person)
        .map_err(|nearest| refusal(words::unknown(&arguments.person, nearest.as_deref(), language)))?;
    let with = arguments.with.clone().unwrap_or_else(|| words::removed(language).to_owned());
    let redaction = redact(&sources, &config, &registries, &person, &with, |path| rename::is_possible(&root, path));
    let renames = &redaction.renaming.names;
    let mended = Mended::of(&sources, &redaction.edits).moved(|path| redaction.renaming.moved(path));
    fix::show(&mended, true);
    terminal::out(&words::left(&left(&redaction, &sources), &redaction, language));
    if redaction.edits.is_empty() && renames.is_empty() {
        terminal::out(&format!("{}\n", words::nothing(&person.name, language)));
        return Ok(Outcome::Good);
    }

    let options = Options {
        today: today(global.today, &sources),
        base_url: None,
        drafts: true,
        strict: false,
        language: Some(language),
        proofread: false,
        people: None,
    };
    let errors = |build: &Build| build.diagnostics().iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let after = metodika::build(&mended.sources, &options, None);
    if errors(&after) > errors(&metodika::build(&sources, &options, None)) {
        let findings = report::findings(after.diagnostics(), &mended.sources, &NoTexts, language);
        report::print(&findings, global.format, report::Verbosity::of(true, false), &prefix(&root), language, terminal::err);
        terminal::err(&format!("{}\n", words::would_break(language)));
        return Ok(Outcome::ContentErrors);
    }
    if let Some(occupied) = rename::occupied(&root, renames) {
        return Err(refusal(words::occupied(&occupied, language)));
    }
    if arguments.dry_run {
        return Ok(Outcome::Good);
    }
    if !arguments.yes {
        if !stdin().is_terminal() {
            return Err(refusal(words::ask_first(language)));
        }
        terminal::out(&words::question(mended.files(), renames.len(), language));
        let mut answer = String::new();
        let _ = stdin().read_line(&mut answer);
        if !matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "д" | "да") {
            terminal::out(&format!("{}\n", words::declined(language)));
            return Ok(Outcome::Good);
        }
    }
    rename::all(&root, renames)?;
    let changed = mended.write(&root, &sources)?;
    let findings = report::findings(&changed, &sources, &NoTexts, language);
    report::print(&findings, global.format, report::Verbosity::of(global.quiet, global.verbose), &prefix(&root), language, terminal::err);
    terminal::out(&format!("{}\n", words::written(mended.fixes, mended.files(), renames.len(), language)));
    Ok(if changed.is_empty() { Outcome::Good } else { Outcome::ContentErrors })
}

/// The doubtful places, each with its line.
fn left(redaction: &Redaction, sources: &Arc<Sources>) -> Vec<String> {
    let shown = |span: &metodika::source::Span| {
        let text = sources.text_of(&span.file).unwrap_or_default();
        let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
        format!("{}:{}: {}", span.file, line_column(text, span.start).0, text[line..end].trim())
    };
    redaction.doubts.iter().map(shown).collect()
}
