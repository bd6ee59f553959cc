//! `metodika check`: everything that a build would say, and whether published addresses are still there. Writes nothing but, with `--fix`,
//! the safe fixes.

use super::args::{self, Format, Global};
use super::build::prefix;
use super::failure::Failure;
use super::report::{self, Finding, Verbosity};
use super::terminal::{self, Progress};
use super::today::today;
use super::{Outcome, fix, i18n, read, root, write};
use metodika::diagnostic::{Diagnostic, Problem, Severity};
use metodika::parse::Keep;
use metodika::source::NoTexts;
use metodika::value::language::Language;
use metodika::{Build, Listed, Options};
use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

pub fn run(global: &Global, arguments: &args::Check, language: Language) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let root = root::find(global.root.as_deref())?;
    let published =
        arguments.urls.as_deref().map(|file| std::fs::read_to_string(file).map_err(|error| Failure::read(file, error))).transpose()?;
    let mut sources = read::read(&root, None, Keep::Text, language)?.sources;
    let options = Options {
        today: today(global.today, &sources),
        base_url: None,
        drafts: false,
        strict: arguments.strict,
        language: global.lang,
        proofread: true,
        people: None,
    };
    let mut build = metodika::build(&sources, &options, None);
    let language = build.language();

    let mut findings = Vec::new();
    let mut errors_stay = false;
    let mut mended = None;
    if arguments.fix {
        let all = fix::mend(&sources, |sources| metodika::build(sources, &options, None).diagnostics().to_vec());
        fix::show(&all, global.format == Format::Text);
        if arguments.dry_run {
            errors_stay = build.has_errors();
        } else {
            findings = report::findings(&all.write(&root, &sources)?, &sources, &NoTexts, language);
        }
        (sources, build) = (all.sources.clone(), metodika::build(&all.sources, &options, None));
        mended = Some(all);
    }
    findings.extend(report::findings(build.diagnostics(), &sources, &NoTexts, language));
    // Where the theme does not load, every page would only say so again.
    let theme_loads = !build.diagnostics().iter().any(|diagnostic| matches!(diagnostic.problem, Problem::Template { .. }));
    if theme_loads {
        findings.extend(report::findings(&render_all(&build, global.quiet, language), &sources, &NoTexts, language));
    }
    if let (Some(list), Some(file)) = (published, &arguments.urls) {
        findings.extend(missing_urls(&build, metodika::settings(&sources).0.base_url.as_deref(), &list, file, language));
    }
    report::print(&findings, global.format, Verbosity::of(global.quiet, global.verbose), &prefix(&root), language, terminal::out);
    if !global.quiet && global.format == Format::Text {
        terminal::out(&format!("{}\n", i18n::checked(build.documents(), started.elapsed(), language)));
        if let Some(mended) = mended {
            let rest = findings.iter().filter(|finding| finding.severity < Severity::Note).count();
            terminal::out(&format!("{}\n", i18n::mended(mended.fixes, mended.files(), rest, arguments.dry_run, language)));
        }
    }
    Ok(match errors_stay || findings.iter().any(|finding| finding.severity == Severity::Error) {
        true => Outcome::ContentErrors,
        false => Outcome::Good,
    })
}

/// What only rendering tells: faults of templates, letters that are too long. The pages themselves are dropped.
fn render_all(build: &Build, quiet: bool, language: Language) -> Vec<Diagnostic> {
    let outputs: Vec<Listed> = build.outputs().collect();
    let progress = Progress::new(outputs.len(), quiet, language);
    let fault = |listed: &Listed| {
        let fault = match build.make(*listed, &NoTexts) {
            Ok(content) => build.complaint(*listed, content.bytes().map_or(0, <[u8]>::len)),
            Err(fault) => Some(*fault),
        };
        progress.step();
        fault
    };
    write::distinct(outputs.par_iter().filter_map(fault).collect::<Vec<_>>().into_iter())
}

/// An error for each line of `list`, the text of `file`, that names an address which the build has not got.
fn missing_urls(build: &Build, base_url: Option<&str>, list: &str, file: &Path, language: Language) -> Vec<Finding> {
    let paths: BTreeSet<&str> = build.paths().collect();
    let base = base_url.map(path_of).unwrap_or_default();
    let lines = list.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let missing = lines.filter(|(_, line)| !is_there(line.trim(), &base, &paths));
    missing
        .map(|(index, line)| {
            let (message, hint) = i18n::missing_url(line.trim(), language);
            Finding {
                severity: Severity::Error,
                code: "missing-url".into(),
                file: Some(file.display().to_string()),
                line: Some(index + 1),
                column: Some(1),
                message,
                hint: Some(hint),
                fix: None,
                fragment: None,
                related: Vec::new(),
            }
        })
        .collect()
}

/// Whether an output stands at `address`, which is absolute or counts from the site's root; `base` is the path of the site's own address.
fn is_there(address: &str, base: &str, paths: &BTreeSet<&str>) -> bool {
    let path = path_of(address);
    let below = [path.strip_prefix(base), Some(path.as_str())];
    below.into_iter().flatten().any(|path| {
        let path = path.trim_start_matches('/');
        let folder = path.trim_end_matches('/');
        let index = if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") };
        paths.contains(path) || paths.contains(index.as_str())
    })
}

/// The decoded path of an address, without scheme, host, query and fragment.
fn path_of(address: &str) -> String {
    let rest = match address.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
        None => address,
    };
    percent_decode_str(rest.split(['?', '#']).next().unwrap_or("")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_every_spelling() {
        let paths = BTreeSet::from(["index.html", "workshops/x/index.html", "feed.xml", "files/план.pdf"]);
        for there in [
            "https://example.org/blog/",
            "https://example.org/blog/workshops/x/",
            "https://example.org/blog/workshops/x/#programme",
            "/workshops/x",
            "workshops/x/index.html",
            "/blog/feed.xml?v=1",
            "/files/%D0%BF%D0%BB%D0%B0%D0%BD.pdf",
        ] {
            assert!(is_there(there, "/blog/", &paths), "{there}");
        }
        for gone in ["/workshops/y/", "https://example.org/blog/workshops", "/feed.xml/x"] {
            assert!(!is_there(gone, "/blog/", &paths), "{gone}");
        }
    }
}
