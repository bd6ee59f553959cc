//! `metodika import`: a plan from a paper.

use super::args::{self, Format, Global};
use super::failure::Failure;
use super::i18n::{import as words, usage};
use super::{Outcome, import_into, read, root, terminal};
use metodika::import::doubt::{Doubt, Place};
use metodika::import::institutions::{Proposal, Proposals};
use metodika::import::refusal::Refusal;
use metodika::import::{self, Import, Known, limits};
use metodika::parse::Keep;
use metodika::site::Registries;
use metodika::value::language::Language;
use metodika::value::timeframe::{Period, Tables};
use serde_json::{Value, json};
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

/// Prints the plan or writes it to a file, with the doubts. Needs no site; in one, its registries tell which names are known.
pub fn run(global: &Global, arguments: &args::Import, language: Language) -> Result<Outcome, Failure> {
    if let Some(into) = &arguments.into {
        return import_into::run(global, arguments, into, language);
    }
    if let Some(year) = arguments.year.as_deref().filter(|year| Period::parse(year).is_none()) {
        let (message, hint) = usage::not_a_period(year, language);
        return Err(Failure::Usage { message, hint });
    }
    // Before the work, so that nobody waits for nothing; the writing itself looks once more.
    if let Some(out) = arguments.out.as_deref().filter(|out| !arguments.force && out.exists()) {
        return Err(Failure::PlanExists { path: out.to_owned() });
    }
    let (tables, registries, own) = match root::find(global.root.as_deref()) {
        Ok(root) => {
            let sources = read::read(&root, None, Keep::Nothing, language)?.sources;
            (metodika::tables(&sources), metodika::site::registries(&sources).0, Some(metodika::settings(&sources).0.language))
        }
        Err(_) if global.root.is_none() => (Tables::default(), Registries::default(), None),
        Err(failure) => return Err(failure),
    };
    let language = global.lang.or(own).unwrap_or(language);
    let refused = |refusal| Failure::CannotImport { path: arguments.file.clone(), refusal };
    let bytes = bytes(&arguments.file)?.ok_or_else(|| refused(Refusal::TooLarge))?;
    let name = arguments.file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let known = Known { name: &name, year: arguments.year.as_deref(), tables: &tables, registries: &registries };
    let mut import = import::read(&bytes, &known).map_err(refused)?;

    let file = arguments.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let report = report(&import, &file, language);
    import.draft.comments = report.lines().map(str::to_owned).chain([words::delete_when_done(language)]).collect();
    let yaml = import.draft.yaml();
    if let Some(out) = &arguments.out {
        write(out, &yaml, arguments.force)?;
    }
    match (global.format, &arguments.out) {
        (Format::Json, _) => {
            let text = serde_json::to_string_pretty(&as_json(&import, &yaml, language)).unwrap_or_default();
            terminal::out(&format!("{text}\n"));
        }
        (_, Some(out)) => {
            terminal::err(&shown(&report));
            let sections = import.draft.sections.len();
            let rows = import.draft.sections.iter().map(|section| section.items.len()).sum();
            if !global.quiet {
                terminal::out(&format!("{}\n", words::written(&out.display().to_string(), rows, sections, language)));
            }
        }
        (_, None) => {
            terminal::out(&yaml);
            terminal::err(&shown(&report));
        }
    }
    Ok(Outcome::Good)
}

/// The bytes of the file; `None` if it is larger than any plan. A pipe is read as far as that.
pub(super) fn bytes(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    let failed = |error| Failure::read(path, error);
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(limits::FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok((bytes.len() as u64 <= limits::FILE).then_some(bytes))
}

/// Writes the plan; over a file that is there only if that was asked for.
fn write(path: &Path, yaml: &str, force: bool) -> Result<(), Failure> {
    let file = match force {
        true => OpenOptions::new().write(true).create(true).truncate(true).open(path),
        false => OpenOptions::new().write(true).create_new(true).open(path),
    };
    match file.and_then(|mut file| file.write_all(yaml.as_bytes())) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Failure::PlanExists { path: path.to_owned() }),
        Err(error) => {
            // Half a plan is none.
            if !force {
                let _ = fs::remove_file(path);
            }
            Err(Failure::CannotWritePlan { path: path.to_owned(), error })
        }
    }
}

/// The numbered doubts, and below them what could be added to the registries.
fn report(import: &Import, file: &str, language: Language) -> String {
    let mut out = match import.doubts.len() {
        0 => format!("{}\n", words::no_doubts(file, language)),
        n => format!("{}\n", words::heading(n, file, language)),
    };
    for (n, doubt) in import.doubts.iter().enumerate() {
        out.push_str(&format!("{}. {}: {}\n", n + 1, doubt.place(language), doubt.message(language)));
    }
    let Proposals { organisations, people } = &import.proposals;
    for (registry, proposals) in [("organisations.yaml", organisations), ("people.yaml", people)] {
        if !proposals.is_empty() {
            out.push_str(&format!("\n{}\n", words::proposals(registry, language)));
            proposals.iter().for_each(|proposal| out.push_str(&proposal.yaml()));
        }
    }
    out
}

/// What a file says is printed without signs that a terminal obeys.
fn shown(report: &str) -> String {
    report.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn as_json(import: &Import, yaml: &str, language: Language) -> Value {
    let entries = |proposals: &[Proposal]| -> Vec<Value> { proposals.iter().map(entry).collect() };
    json!({
        "doubts": import.doubts.iter().enumerate().map(|(n, doubt)| doubt_json(n + 1, doubt, language)).collect::<Vec<_>>(),
        "registries": {
            "organisations": entries(&import.proposals.organisations),
            "people": entries(&import.proposals.people),
        },
        "yaml": yaml,
    })
}

fn entry(proposal: &Proposal) -> Value {
    let Proposal { id, name, aliases, post } = proposal;
    json!({ "id": id, "name": name, "aliases": aliases, "post": post, "yaml": proposal.yaml() })
}

fn doubt_json(number: usize, doubt: &Doubt, language: Language) -> Value {
    let (paragraph, row, column) = match &doubt.place {
        Place::Paragraph(number) => (Some(*number), None, None),
        Place::Row { row, .. } => (None, Some(*row), None),
        Place::Cell { row, column, .. } => (None, Some(*row), Some(column + 1)),
        Place::Paper | Place::Table(_) => (None, None, None),
    };
    json!({
        "number": number,
        "code": doubt.code(),
        "place": doubt.place(language),
        "paragraph": paragraph,
        "row": row,
        "column": column,
        "message": doubt.message(language),
    })
}
