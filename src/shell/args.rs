//! The command line. The shape is here, the words are in [`super::i18n::help`].

use super::failure::Failure;
use super::i18n::{help, usage};
use super::{report, terminal};
use anstream::ColorChoice;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use metodika::value::date::Date;
use metodika::value::language::Language;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// Everything that was said on the command line.
#[derive(Debug, Parser)]
#[command(name = "metodika", version)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Debug, Args)]
pub struct Global {
    #[arg(long, global = true)]
    pub root: Option<PathBuf>,
    #[arg(long, global = true, value_parser = PossibleValuesParser::new(["ru", "en"]).map(|tag| tag.parse::<Language>().unwrap_or_default()))]
    pub lang: Option<Language>,
    #[arg(long, global = true, value_parser = day)]
    pub today: Option<Date>,
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    #[arg(short, long, global = true)]
    pub verbose: bool,
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Build(Build),
    Serve(Serve),
    Check(Check),
    Timeframe(Timeframe),
    Import(Import),
    Export(Export),
    Report(Report),
    People(People),
    Redact(Redact),
    New(New),
    Schema(Schema),
    Init(Init),
}

#[derive(Debug, Args)]
pub struct Build {
    /// From the current folder; `public` in the site's root if it is not given.
    #[arg(long)]
    pub out: Option<PathBuf>,
    #[arg(long, value_parser = base_url)]
    pub base_url: Option<String>,
    #[arg(long)]
    pub drafts: bool,
    #[arg(long)]
    pub strict: bool,
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    #[arg(long)]
    pub clean: bool,
    #[arg(long)]
    pub timings: bool,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[arg(long, default_value_t = 8000)]
    pub port: u16,
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    #[arg(long)]
    pub open: bool,
    #[arg(long)]
    pub drafts: bool,
}

#[derive(Debug, Args)]
pub struct Check {
    #[arg(long)]
    pub strict: bool,
    #[arg(long)]
    pub urls: Option<PathBuf>,
    /// Makes the fixes that are safe.
    #[arg(long)]
    pub fix: bool,
    /// Only shows them.
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct Timeframe {
    pub text: String,
    #[arg(long)]
    pub year: Option<String>,
}

#[derive(Debug, Args)]
pub struct Import {
    pub file: PathBuf,
    #[arg(long)]
    pub year: Option<String>,
    /// Its id is not that of `build`, where it is a folder.
    #[arg(id = "target", long = "out")]
    pub out: Option<PathBuf>,
    #[arg(long, requires = "target")]
    pub force: bool,
    /// The plan whose table the file is.
    #[arg(long, conflicts_with_all = ["year", "target"])]
    pub into: Option<String>,
    #[arg(long, requires = "into")]
    pub dry_run: bool,
    #[arg(long, requires = "into")]
    pub delete_missing: bool,
    #[arg(long, requires = "into", conflicts_with = "correct")]
    pub as_amendment: bool,
    #[arg(long, requires = "into")]
    pub correct: bool,
}

#[derive(Debug, Args)]
pub struct Export {
    pub plan: String,
    /// Standard output, if it is not given.
    #[arg(long = "out")]
    pub report_file: Option<PathBuf>,
    #[arg(long)]
    pub force: bool,
    /// The text that holds, not the approved one.
    #[arg(long)]
    pub current: bool,
}

/// Its answers are documents, so its `--format` has forms that the others do not know.
#[derive(Debug, Args)]
pub struct Report {
    /// An address, the stem of a file, or a path.
    pub plan: String,
    /// Standard output, if it is not given.
    #[arg(long = "out")]
    pub report_file: Option<PathBuf>,
    #[arg(long)]
    pub force: bool,
    #[arg(long, value_enum)]
    pub table: Option<Table>,
    #[arg(long, conflicts_with = "table")]
    pub next_year: bool,
}

/// Its answers are documents, too.
#[derive(Debug, Args)]
pub struct People {
    #[arg(long = "out")]
    pub report_file: Option<PathBuf>,
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct Redact {
    /// An id, a name or an alias.
    pub person: String,
    /// What stands in running text instead.
    #[arg(long)]
    pub with: Option<String>,
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct New {
    /// A kind, by its name in either language or its folder.
    pub kind: String,
    /// The words of the title, in quotes or not.
    #[arg(required = true, num_args = 1..)]
    pub title: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Schema {
    /// Of what; everything, if it is not given.
    pub subject: Option<String>,
    #[arg(id = "schema_folder", long = "out")]
    pub folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Init {
    /// Made if it is not there; one that holds other files may be taken.
    pub dir: PathBuf,
    /// With the editing page.
    #[arg(long)]
    pub cms: bool,
}

/// Which figures a CSV holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Table {
    Sections,
    Forms,
    Audiences,
    Territories,
    Rows,
}

/// How diagnostics and results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    /// Workflow commands of GitHub Actions: annotations at lines of files.
    Github,
    /// These are forms of a report.
    Md,
    Csv,
    Html,
    Docx,
    /// A table to edit.
    Xlsx,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// Reads the arguments. Where there is nothing to run (help, the version, a mistake) it has been printed, and the exit status comes back.
pub fn parse(given: Vec<OsString>) -> Result<(Arguments, Language), ExitCode> {
    // The language and colour of help and of mistakes must be known before the arguments are understood.
    let language = said_before(&given, "--lang").and_then(|tag| tag.parse().ok()).unwrap_or_else(locale);
    terminal::set_color(match said_before(&given, "--color").as_deref() {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    });
    let parsed =
        localised(Arguments::command(), language).try_get_matches_from(given).and_then(|matches| Arguments::from_arg_matches(&matches));
    match parsed {
        Ok(arguments) => match misplaced_format(&arguments) {
            None => Ok((arguments, language)),
            Some((command, known)) => {
                let names: Vec<String> =
                    known.iter().filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned())).collect();
                let message = usage::format_elsewhere(command, language);
                Err(refuse(Failure::Usage { message, hint: usage::allowed(&names.join(", "), language) }, language))
            }
        },
        Err(error) => Err(match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                terminal::out(&error.render().ansi().to_string());
                ExitCode::SUCCESS
            }
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                terminal::err(&error.render().ansi().to_string());
                ExitCode::from(2)
            }
            _ => {
                let (message, hint) = usage::wording(&error, language);
                refuse(Failure::Usage { message, hint }, language)
            }
        }),
    }
}

fn refuse(failure: Failure, language: Language) -> ExitCode {
    report::failure(&failure, language);
    ExitCode::from(2)
}

/// The command that cannot print in the format that was asked for, and those in which it can.
fn misplaced_format(arguments: &Arguments) -> Option<(&'static str, &'static [Format])> {
    let (name, known): (_, &'static [Format]) = match &arguments.command {
        Command::Build(_) => ("build", &[Format::Text, Format::Json, Format::Github]),
        Command::Serve(_) => ("serve", &[Format::Text]),
        Command::Check(_) => ("check", &[Format::Text, Format::Json, Format::Github]),
        Command::Import(_) => ("import", &[Format::Text, Format::Json]),
        Command::Export(_) => ("export", &[Format::Text, Format::Xlsx, Format::Csv]),
        Command::Timeframe(_) => ("timeframe", &[Format::Text, Format::Json]),
        Command::People(_) => ("people", &[Format::Text, Format::Md, Format::Csv, Format::Json]),
        Command::Redact(_) => ("redact", &[Format::Text]),
        Command::New(_) => ("new", &[Format::Text]),
        Command::Schema(_) => ("schema", &[Format::Text, Format::Json, Format::Md]),
        Command::Init(_) => ("init", &[Format::Text]),
        Command::Report(_) => ("report", &[Format::Text, Format::Md, Format::Csv, Format::Html, Format::Docx, Format::Json]),
    };
    (!known.contains(&arguments.global.format)).then_some((name, known))
}

/// The value of a global option, found without parsing anything else.
fn said_before(given: &[OsString], option: &str) -> Option<String> {
    let words: Vec<&str> = given.iter().map(|word| word.to_str().unwrap_or("")).take_while(|word| *word != "--").collect();
    words.iter().enumerate().find_map(|(i, word)| match word.strip_prefix(option) {
        Some("") => words.get(i + 1).map(|value| (*value).to_owned()),
        Some(rest) => rest.strip_prefix('=').map(str::to_owned),
        None => None,
    })
}

/// The language of the environment, by POSIX: `LC_ALL`, else `LC_MESSAGES`, else `LANG`. Russian unless it says English.
fn locale() -> Language {
    let name = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match name {
        Some(name) if name.to_lowercase().starts_with("en") => Language::En,
        _ => Language::Ru,
    }
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse_iso(text).ok_or_else(String::new)
}

/// An absolute web address; the core decides the details.
fn base_url(text: &str) -> Result<String, String> {
    metodika::config::checked_base_url(text).ok_or_else(String::new)
}

/// The command with its words in `language`, and so are those of its subcommands.
fn localised(command: clap::Command, language: Language) -> clap::Command {
    let name = command.get_name().to_owned();
    let is_program = command.has_subcommands();
    let flag = |id: &'static str, short: char, action: ArgAction| Arg::new(id).short(short).long(id).action(action);
    let mut command = command
        .about(help::about(&name, language))
        .override_usage(help::usage(&name, language))
        .help_template(help::template(&name, language))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(flag("help", 'h', ArgAction::Help));
    if is_program {
        command = command.arg(flag("version", 'V', ArgAction::Version)).arg_required_else_help(true);
    }
    let mut order = 0;
    command
        .mut_args(|arg| {
            // What a command has of its own stands first, what all have below it.
            order += 1;
            let rank = if arg.is_global_set() || arg.get_id() == "help" { 100 + order } else { order };
            let id = arg.get_id().as_str().to_owned();
            let arg = arg.help(help::argument(&id, language)).display_order(rank);
            match help::value(&id, language) {
                // Our words name the default and the possible values.
                Some(value) => arg.value_name(value).hide_default_value(true).hide_possible_values(true),
                None => arg,
            }
        })
        .mut_subcommands(|sub| localised(sub, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_both_languages() {
        for language in [Language::Ru, Language::En] {
            let command = localised(Arguments::command(), language);
            command.clone().debug_assert();
            for sub in command.get_subcommands().chain([&command]) {
                assert!(sub.get_about().is_some_and(|about| !about.to_string().is_empty()), "{}", sub.get_name());
                for arg in sub.get_arguments() {
                    assert!(arg.get_help().is_some_and(|help| !help.to_string().is_empty()), "{} {}", sub.get_name(), arg.get_id());
                }
            }
        }
    }

    #[test]
    fn the_language_is_known_before_the_rest() {
        let given = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(said_before(&given("metodika build --lang en --nonsense"), "--lang").as_deref(), Some("en"));
        assert_eq!(said_before(&given("metodika --lang=ru"), "--lang").as_deref(), Some("ru"));
        assert_eq!(said_before(&given("metodika timeframe -- --lang=ru"), "--lang"), None);
    }
}
