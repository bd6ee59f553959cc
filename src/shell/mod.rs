//! The shell around the core: reads the disk, calls [`metodika::build`], writes, serves, prints.
//!
//! ```text
//! args ─→ one file per command ─→ root, read ─→ core ─→ write · http ─→ report, terminal
//! ```
//! Exit status: 0 good, 1 the content has errors (all of them printed), 2 it could not run.

// The bans of `.clippy.toml` keep files, clocks, the environment and printing out of the core. This is the place that they are for.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, clippy::disallowed_types)]

mod args;
mod build;
mod cache;
mod check;
mod disk;
mod export;
mod failure;
mod fix;
mod hashing;
mod http;
mod i18n;
mod import;
mod import_into;
mod init;
mod marker;
mod new;
mod overlay;
mod panics;
mod patch;
mod people;
mod pictures;
mod plan_report;
mod pool;
mod read;
mod redact;
mod rename;
mod report;
mod root;
mod schema;
mod serve;
mod swap;
mod target;
mod terminal;
mod timeframe;
mod timings;
mod today;
mod watch;
mod write;

use args::Command;
use std::process::ExitCode;

/// How a command that ran came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Good,
    /// What the editor wrote has errors; they have been printed.
    ContentErrors,
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let (arguments, language) = match args::parse(std::env::args_os().collect()) {
        Ok(parsed) => parsed,
        Err(code) => return code,
    };
    panics::explain(language);
    let global = &arguments.global;
    let run = || match &arguments.command {
        Command::Build(options) => build::run(global, options, language),
        Command::Serve(options) => serve::run(global, options, language),
        Command::Check(options) => check::run(global, options, language),
        Command::Timeframe(options) => timeframe::run(global, options, language),
        Command::Import(options) => import::run(global, options, language),
        Command::Export(options) => export::run(global, options, language),
        Command::Report(options) => plan_report::run(global, options, language),
        Command::People(options) => people::run(global, options, language),
        Command::Redact(options) => redact::run(global, options, language),
        Command::New(options) => new::run(global, options, language),
        Command::Schema(options) => schema::run(global, options, language),
        Command::Init(options) => init::run(global, options, language),
    };
    // A panic has told about itself by now; here it only becomes an exit status.
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)) {
        Ok(Ok(Outcome::Good)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::ContentErrors)) => ExitCode::from(1),
        Ok(Err(failure)) => {
            report::failure(&failure, language);
            ExitCode::from(2)
        }
        Err(_) => ExitCode::from(2),
    }
}
