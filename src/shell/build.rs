//! `metodika build`: from the sources to the published folder.

use super::args::{self, Format, Global};
use super::cache::{Cache, Holds};
use super::failure::Failure;
use super::i18n::{self, Summary};
use super::read::Disk;
use super::report::{self, Finding, Verbosity};
use super::target::Target;
use super::terminal::{self, Progress};
use super::timings::Timings;
use super::today::{today, today_in};
use super::write::{self, Publication, Reuse};
use super::{Outcome, patch, pool, read, root};
use metodika::Options;
use metodika::value::date::Date;
use metodika::value::language::Language;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Instant;

pub fn run(global: &Global, arguments: &args::Build, language: Language) -> Result<Outcome, Failure> {
    let root = root::find(global.root.as_deref())?;
    let out = arguments.out.clone().unwrap_or_else(|| root.join("public"));
    pool::run(arguments.jobs, || build(global, arguments, &root, out, language))?
}

fn build(global: &Global, arguments: &args::Build, root: &Path, out: PathBuf, language: Language) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let mut timings = Timings::new(arguments.timings);
    let target = Target::new(root, &out)?;
    let lock = target.lock()?;
    let options = |today| Options {
        today,
        base_url: arguments.base_url.clone(),
        drafts: arguments.drafts,
        strict: arguments.strict,
        language: global.lang,
        proofread: false,
        people: None,
    };
    // In the text form the summary is the result; beside JSON and annotations it is a remark.
    let say: fn(&str) = if global.format == Format::Text { terminal::out } else { terminal::err };
    let verbosity = Verbosity::of(global.quiet, global.verbose);
    let print = |findings: &[Finding], language| {
        report::print(findings, global.format, verbosity, &prefix(root), language, terminal::err);
    };
    let conclude = |summary: &Summary, next_change: Option<Date>, timings: Timings, language| {
        if !global.quiet {
            say(&format!("{}\n", i18n::summary(summary, &near(&target.named), language)));
            next_change.iter().for_each(|day| say(&format!("{}\n", i18n::next_change(*day, language))));
        }
        timings.report(global.format == Format::Json, language).iter().for_each(|table| terminal::out(table));
        Ok(Outcome::Good)
    };

    let (last, files) = match arguments.clean {
        true => (None, None),
        false => rayon::join(|| Cache::load(root, target.folder()), || read::files(root, language)),
    };
    let mut last = last;
    if let Some(cache) = &mut last {
        let options = options(global.today.unwrap_or_else(|| today_in(&cache.timezone)));
        let language = cache.language.parse().unwrap_or(language);
        let holds = cache.holds(&options, files, target.folder());
        timings.stage("look");
        let written = match &holds {
            Holds::Everything => Some(0),
            Holds::AllBut(path) => patch::body(cache, root, &lock, path, language, &mut timings),
            Holds::Outputs | Holds::Nothing => None,
        };
        if let Some(written) = written {
            if holds == Holds::Everything && cache.learnt {
                cache.save(&[], root, target.folder());
            }
            timings.stage(if holds == Holds::Everything { "unchanged" } else { "one body" });
            let said: Vec<Finding> = std::mem::take(&mut cache.said).into_iter().map(Finding::from).collect();
            print(&said, language);
            let (files, pages) = cache.files_and_pages();
            let summary = Summary { documents: cache.documents, pages, files, reused: files - written, written, took: started.elapsed() };
            return conclude(&summary, cache.next_change, timings, language);
        }
        last = last.filter(|_| holds != Holds::Nothing);
    }
    target.refuse_foreign()?;
    // The program ends with them: to take them apart value by value would be a fiftieth of its time.
    let snapshot = ManuallyDrop::new(read::read(root, None, read::keep(root, language), language)?);
    let sources = &snapshot.sources;
    timings.stage("read and parse");
    let options = options(today(global.today, sources));
    let build = ManuallyDrop::new(metodika::build_watched(sources, &options, None, &mut |step| timings.step(step)));
    let language = build.language();

    let publication = match build.has_errors() {
        true => Publication::Faulty(Vec::new()),
        false => {
            let newer = last.as_ref().and_then(|cache| cache.newer_bodies(&snapshot));
            let reuse = if arguments.clean { Reuse::Nothing } else { newer.map_or(Reuse::Unchanged, Reuse::AllBut) };
            let progress = Progress::new(build.len(), global.quiet, language);
            write::publish(&build, root, sources, &lock, &reuse, &progress, &timings)?
        }
    };
    timings.stage("render and write");
    // In words they take memory that is free now; nobody reads them before the site is published.
    let mut findings = report::findings(build.diagnostics(), sources, &Disk(root), language);
    match publication {
        Publication::Faulty(faults) => {
            findings.extend(report::findings(&faults, sources, &Disk(root), language));
            print(&findings, language);
            terminal::err(&format!("{}\n", i18n::not_published(target.is_published(), language)));
            Ok(Outcome::ContentErrors)
        }
        Publication::Done { reused, written, outputs, search, said } => {
            findings.extend(report::findings(&said, sources, &Disk(root), language));
            print(&findings, language);
            match Cache::of(&build, (&options, &snapshot), (outputs, search), findings, (root, target.folder()), last.as_ref()) {
                Some((cache, pending)) => ManuallyDrop::new(cache).save(&pending, root, target.folder()),
                None => Cache::forget(root, target.folder()),
            }
            let pages = build.paths().filter(|path| path.ends_with(".html")).count();
            let summary = Summary { documents: build.documents(), pages, files: build.len(), reused, written, took: started.elapsed() };
            let outcome = conclude(&summary, build.next_change(), timings, language);
            if build.lacks_mail() && !global.quiet {
                say(&format!("{}\n", i18n::no_mail(language)));
            }
            outcome
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
