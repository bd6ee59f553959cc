//! `metodika schema`: JSON Schemas for editors of text and for programs, and the reference of keys.

use super::args::{self, Format, Global};
use super::failure::Failure;
use super::i18n::{self, usage};
use super::{Outcome, read, root, terminal};
use metodika::schema::{Subject, reference, schema};
use metodika::value::language::Language;
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;

/// Prints the schema that was asked for, or all of them; or writes each to a file of the folder. Needs no site.
pub fn run(global: &Global, arguments: &args::Schema, language: Language) -> Result<Outcome, Failure> {
    let language = global.lang.or_else(|| language_of_site(global)).unwrap_or(language);
    let subjects = match &arguments.subject {
        None => Subject::all().collect(),
        Some(name) => vec![Subject::named(name).ok_or_else(|| {
            let names: Vec<&str> = Subject::all().map(Subject::name).collect();
            let (message, hint) = usage::unknown_schema(name, &names, language);
            Failure::Usage { message, hint }
        })?],
    };
    match (&arguments.folder, global.format) {
        (Some(folder), _) => {
            let written = write(folder, &subjects, language)?;
            if !global.quiet {
                terminal::out(&format!("{}\n", i18n::schemas_written(&folder.display().to_string(), subjects.len(), written, language)));
            }
        }
        (None, Format::Md) => terminal::out(&reference(&subjects, language)),
        (None, _) => {
            let value = match subjects.as_slice() {
                [one] => schema(*one, language),
                all => Value::Object(all.iter().map(|one| (one.name().to_owned(), schema(*one, language))).collect::<Map<_, _>>()),
            };
            terminal::out(&text(&value));
        }
    }
    Ok(Outcome::Good)
}

fn language_of_site(global: &Global) -> Option<Language> {
    let root = root::find(global.root.as_deref()).ok()?;
    let sources = read::settings(&root, Language::Ru).ok()?;
    Some(metodika::settings(&sources).0.language)
}

/// Writes the schemas into `folder`, `workshop.schema.json` and so on; how many of the files differ from what was there.
fn write(folder: &Path, subjects: &[Subject], language: Language) -> Result<usize, Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::write(folder, error))?;
    let mut written = 0;
    for subject in subjects {
        let file = folder.join(subject.schema_file());
        let text = text(&schema(*subject, language));
        if fs::read(&file).ok().as_deref() != Some(text.as_bytes()) {
            fs::write(&file, text).map_err(|error| Failure::write(&file, error))?;
            written += 1;
        }
    }
    Ok(written)
}

fn text(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default())
}
