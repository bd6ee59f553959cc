//! `metodika report`: what a methodologist makes of a plan. Changes nothing of the site.

use super::args::{self, Format, Global};
use super::failure::Failure;
use super::i18n::usage;
use super::today::today;
use super::{Outcome, i18n, read, root, terminal};
use metodika::config::People;
use metodika::diagnostic::Severity;
use metodika::kinds::Kind;
use metodika::parse::Keep;
use metodika::report::{self, Table};
use metodika::site::{EntryId, Site};
use metodika::value::language::Language;
use metodika::{Build, Options};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Prints the report to standard output or writes it to a file. A site with errors has one too: it may be incomplete, and the status
/// says so.
pub fn run(global: &Global, arguments: &args::Report, language: Language) -> Result<Outcome, Failure> {
    check_usage(global, arguments, language)?;
    let root = root::find(global.root.as_deref())?;
    let sources = read::read(&root, None, Keep::Nothing, language)?.sources;
    let options = Options {
        today: today(global.today, &sources),
        base_url: None,
        // The paper and the skeleton are wanted before a plan is published; an analysis tells of what is.
        drafts: arguments.next_year || global.format == Format::Docx,
        strict: false,
        language: global.lang,
        proofread: false,
        people: (arguments.next_year || global.format == Format::Docx).then_some(People::All),
    };
    let build = metodika::build(&sources, &options, None);
    let language = build.language();
    let plan = find(build.site(), &root, &arguments.plan, language)?;

    let bytes = if arguments.next_year {
        let next =
            report::next_year(build.site(), plan, language).ok_or_else(|| refusal(usage::plan_without_year(&arguments.plan, language)))?;
        if !global.quiet {
            let doubts = next.doubts.iter().enumerate().map(|(n, doubt)| format!("{}. {doubt}\n", n + 1)).collect::<String>();
            terminal::err(&format!("{}\n{doubts}", i18n::doubts(next.doubts.len(), language)));
        }
        next.yaml.into_bytes()
    } else {
        made(&build, plan, global.format, arguments, language)
            .ok_or_else(|| refusal(usage::unknown_plan(&arguments.plan, None, &[], language)))?
    };
    match &arguments.report_file {
        Some(file) => write(file, &bytes, arguments.force, language)?,
        None if global.format == Format::Docx && terminal::is_terminal() => {
            return Err(refusal(usage::not_for_a_terminal(&build.site().entry(plan).slug, language)));
        }
        None => terminal::out_bytes(&bytes),
    }
    if let (Some(file), false) = (&arguments.report_file, global.quiet) {
        terminal::err(&format!("{}\n", i18n::report_written(&file.display().to_string(), language)));
    }
    Ok(match build.diagnostics().iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count() {
        0 => Outcome::Good,
        errors => {
            terminal::err(&format!("{}\n", i18n::report_of_faulty_site(errors, language)));
            Outcome::ContentErrors
        }
    })
}

pub(super) fn refusal((message, hint): (String, String)) -> Failure {
    Failure::Usage { message, hint }
}

fn check_usage(global: &Global, arguments: &args::Report, language: Language) -> Result<(), Failure> {
    if arguments.table.is_some() && global.format != Format::Csv {
        return Err(refusal(usage::needs_format("--table", "csv", language)));
    }
    if arguments.next_year && global.format != Format::Text {
        return Err(refusal(usage::next_year_is_yaml(language)));
    }
    if arguments.force && arguments.report_file.is_none() {
        return Err(refusal(usage::force_without_file(language)));
    }
    Ok(())
}

/// The plan that was named, also by a path from the current folder.
pub(super) fn find(site: &Site, root: &Path, name: &str, language: Language) -> Result<EntryId, Failure> {
    let below_root = || {
        let path = Path::new(name).canonicalize().ok()?;
        Some(path.strip_prefix(root.canonicalize().ok()?).ok()?.to_string_lossy().replace('\\', "/"))
    };
    report::find_plan(site, name)
        .or_else(|nearest| below_root().and_then(|path| report::find_plan(site, &path).ok()).ok_or(nearest))
        .map_err(|nearest| {
            let all: Vec<&str> = site.section(Kind::Plan).iter().map(|id| site.entry(*id).slug.as_str()).collect();
            refusal(usage::unknown_plan(name, nearest.as_deref(), &all, language))
        })
}

fn made(build: &Build, plan: EntryId, format: Format, arguments: &args::Report, language: Language) -> Option<Vec<u8>> {
    let site = build.site();
    if format == Format::Docx {
        return Some(report::paper(site, plan, language)?.bytes());
    }
    let analysis = report::analyse(site, plan, language)?;
    Some(match format {
        Format::Csv => report::csv(&analysis, arguments.table.map(table).unwrap_or_default(), language),
        Format::Json => report::json(&analysis).into_bytes(),
        Format::Html => report::html(&report::outline(&analysis, language), language).into_bytes(),
        Format::Text | Format::Md | Format::Github | Format::Docx | Format::Xlsx => {
            report::markdown(&report::outline(&analysis, language), language).into_bytes()
        }
    })
}

fn table(named: args::Table) -> Table {
    match named {
        args::Table::Sections => Table::Sections,
        args::Table::Forms => Table::Forms,
        args::Table::Audiences => Table::Audiences,
        args::Table::Territories => Table::Territories,
        args::Table::Rows => Table::Rows,
    }
}

/// A new file; over one that is there only by force: it may hold what somebody has written since.
pub(super) fn write(path: &Path, bytes: &[u8], force: bool, language: Language) -> Result<(), Failure> {
    if force {
        return fs::write(path, bytes).map_err(|error| Failure::write(path, error));
    }
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file.and_then(|mut file| file.write_all(bytes)) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(refusal(usage::file_is_there(&path.display().to_string(), language))),
        written => written.map_err(|error| Failure::write(path, error)),
    }
}
