//! `metodika timeframe`: how a term of a plan is read.

use super::args::{self, Format, Global};
use super::failure::Failure;
use super::i18n::usage;
use super::{Outcome, read, root, terminal};
use metodika::parse::Keep;
use metodika::value::language::Language;
use metodika::value::timeframe::{self, Context, Kind, Period, Tables, explain};

/// Prints the reading to standard output. Needs no site; in one, its school terms, holidays and observances are known.
pub fn run(global: &Global, arguments: &args::Timeframe, language: Language) -> Result<Outcome, Failure> {
    let period = match &arguments.year {
        None => None,
        Some(year) => Some(Period::parse(year).ok_or_else(|| {
            let (message, hint) = usage::not_a_period(year, language);
            Failure::Usage { message, hint }
        })?),
    };
    let tables = match root::find(global.root.as_deref()) {
        Ok(root) => metodika::tables(&read::read(&root, None, Keep::Nothing, language)?.sources),
        Err(_) if global.root.is_none() => Tables::default(),
        Err(failure) => return Err(failure),
    };
    let frame = timeframe::read(&arguments.text, &Context { period: period.as_ref(), tables: &tables });
    terminal::out(&match global.format {
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&frame).unwrap_or_default()),
        _ => format!("{}\n", explain(&frame, language).trim_end()),
    });
    Ok(if frame.kind == Kind::Error { Outcome::ContentErrors } else { Outcome::Good })
}
