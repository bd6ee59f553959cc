//! `metodika people`: who is mentioned in the content, where, and on what basis. Writes nothing to the site.

use super::args::{self, Format, Global};
use super::failure::Failure;
use super::i18n::{self, usage};
use super::plan_report::{refusal, write};
use super::{Outcome, read, root, terminal};
use metodika::parse::Keep;
use metodika::report::people;
use metodika::value::language::Language;

/// Prints the list, or writes it to a file.
pub fn run(global: &Global, arguments: &args::People, language: Language) -> Result<Outcome, Failure> {
    if arguments.force && arguments.report_file.is_none() {
        return Err(refusal(usage::force_without_file(language)));
    }
    let root = root::find(global.root.as_deref())?;
    let sources = read::read(&root, None, Keep::Text, language)?.sources;
    let config = metodika::settings(&sources).0;
    let language = global.lang.unwrap_or(config.language);
    let mentioned = people::mentioned(&sources, &config, &metodika::site::registries(&sources).0);
    let bytes = match global.format {
        Format::Md => people::md(&mentioned, language).into_bytes(),
        Format::Csv => people::table(&mentioned, language),
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&mentioned).unwrap_or_default()).into_bytes(),
        _ => people::text(&mentioned, language).into_bytes(),
    };
    match &arguments.report_file {
        Some(file) => {
            write(file, &bytes, arguments.force, language)?;
            if !global.quiet {
                terminal::err(&format!("{}\n", i18n::report_written(&file.display().to_string(), language)));
            }
        }
        None => terminal::out_bytes(&bytes),
    }
    Ok(Outcome::Good)
}
