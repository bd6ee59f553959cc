//! `metodika build`: from the sources to the published folder.

use super::args::{self, Format, Global};
use super::failure::Failure;
use super::i18n::{self, Summary};
use super::report::{self, Verbosity};
use super::terminal::{self, Progress};
use super::today::today;
use super::write::{self, Publication, Reuse, Target};
use super::{Outcome, pool, read, root};
use metodika::Options;
use metodika::value::language::Language;
use std::path::{Path, PathBuf};
use std::time::Instant;

pub fn run(global: &Global, arguments: &args::Build, language: Language) -> Result<Outcome, Failure> {
    let root = root::find(global.root.as_deref())?;
    let out = arguments.out.clone().unwrap_or_else(|| root.join("public"));
    pool::run(arguments.jobs, || build(global, arguments, &root, out, language))?
}

fn build(global: &Global, arguments: &args::Build, root: &Path, out: PathBuf, language: Language) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let target = Target::new(root, &out)?;
    let lock = target.lock()?;
    let sources = read::read(root, None, language)?.sources;
    let options = Options {
        today: today(global.today, &sources),
        base_url: arguments.base_url.clone(),
        drafts: arguments.drafts,
        strict: arguments.strict,
        language: global.lang,
        proofread: false,
    };
    let build = metodika::build(&sources, &options, None);
    let language = build.language();
    let verbosity = Verbosity::of(global.quiet, global.verbose);
    let print = |diagnostics: &[_]| report::print(diagnostics, global.format, verbosity, &prefix(root), language, terminal::err);
    let mut findings = report::findings(build.diagnostics(), &sources, language);

    let publication = match build.has_errors() {
        true => Publication::Faulty(Vec::new()),
        false => {
            let reuse = if arguments.clean { Reuse::Nothing } else { Reuse::Unchanged };
            let progress = Progress::new(build.len(), global.quiet, language);
            write::publish(&build, root, &sources, &target, &lock, reuse, &progress)?
        }
    };
    // In the text form the summary is the result; beside JSON and annotations it is a remark.
    let say: fn(&str) = if global.format == Format::Text { terminal::out } else { terminal::err };
    match publication {
        Publication::Faulty(faults) => {
            findings.extend(report::findings(&faults, &sources, language));
            print(&findings);
            terminal::err(&format!("{}\n", i18n::not_published(target.is_published(), language)));
            Ok(Outcome::ContentErrors)
        }
        Publication::Done { reused, written } => {
            print(&findings);
            if !global.quiet {
                let pages = build.paths().filter(|path| path.ends_with(".html")).count();
                let summary = Summary { documents: build.documents(), pages, files: build.len(), reused, written, took: started.elapsed() };
                say(&format!("{}\n", i18n::summary(&summary, &near(&target.named), language)));
                if let Some(date) = build.next_change() {
                    say(&format!("{}\n", i18n::next_change(date, language)));
                }
            }
            Ok(Outcome::Good)
        }
    }
}

/// `path` as a person here would name it.
fn near(path: &Path) -> String {
    let below = std::env::current_dir().ok().and_then(|here| path.strip_prefix(here).ok());
    below.filter(|below| !below.as_os_str().is_empty()).unwrap_or(path).display().to_string()
}

/// The way from the current folder down to `root`, with a slash at its end; empty if it is no way down.
pub fn prefix(root: &Path) -> String {
    let way = || Some(root.canonicalize().ok()?.strip_prefix(std::env::current_dir().ok()?.canonicalize().ok()?).ok()?.to_owned());
    let way: PathBuf = way().unwrap_or_default();
    way.iter().map(|part| format!("{}/", part.to_string_lossy())).collect()
}
