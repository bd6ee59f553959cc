//! `metodika export`: a plan as a table to edit. Changes nothing of the site.

use super::args::{self, Format, Global};
use super::failure::Failure;
use super::i18n::{exchange as words, usage};
use super::plan_report::{find, refusal, write};
use super::today::today;
use super::{Outcome, read, root, terminal};
use metodika::Options;
use metodika::config::People;
use metodika::exchange::{self, Edition};
use metodika::parse::Keep;
use metodika::value::language::Language;

/// Writes the table to a file, or to standard output.
pub fn run(global: &Global, arguments: &args::Export, language: Language) -> Result<Outcome, Failure> {
    if arguments.force && arguments.report_file.is_none() {
        return Err(refusal(usage::force_without_file(language)));
    }
    let root = root::find(global.root.as_deref())?;
    let sources = read::read(&root, None, Keep::Nothing, language)?.sources;
    let today = today(global.today, &sources);
    let options =
        Options { today, base_url: None, drafts: true, strict: false, language: global.lang, proofread: false, people: Some(People::All) };
    let build = metodika::build(&sources, &options, None);
    let language = build.language();
    let plan = build.site().entry(find(build.site(), &root, &arguments.plan, language)?);
    let edition = if arguments.current { Edition::Current } else { Edition::Approved };
    let sheet = exchange::sheet(plan, edition, build.site().config.language);

    let named_csv = arguments.report_file.as_ref().is_some_and(|file| file.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv")));
    let is_csv = global.format == Format::Csv || (global.format == Format::Text && named_csv);
    let bytes = match is_csv {
        true => sheet.csv(),
        false => sheet.xlsx().map_err(|long| refusal(words::too_long(&long.key, language)))?,
    };
    match &arguments.report_file {
        Some(file) => {
            write(file, &bytes, arguments.force, language)?;
            if !global.quiet {
                terminal::err(&format!("{}\n", words::exported(&file.display().to_string(), sheet.len(), language)));
            }
        }
        None if !is_csv && terminal::is_terminal() => return Err(refusal(usage::workbook_for_a_terminal(&plan.slug, language))),
        None => terminal::out_bytes(&bytes),
    }
    Ok(Outcome::Good)
}
