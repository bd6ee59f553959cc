//! `metodika serve`: the site in a browser while it is being written.
//!
//! Two loops. One waits for saved files, reads, builds on the previous build and puts the new [`Preview`] in place of the old; the other
//! answers the browser from the preview that is there. Nothing is written: a page is rendered when it is asked for.

use super::args::{self, Format, Global};
use super::failure::Failure;
use super::http::{self, Answer, Ask, Body, Events, Limits};
use super::pictures::Pictures;
use super::read::{self, Snapshot};
use super::report::{self, Finding, Verbosity};
use super::today::{time_of_day, today};
use super::watch::{Changes, Watch};
use super::{Outcome, i18n, overlay, root, terminal};
use metodika::diagnostic::{Diagnostic, Severity};
use metodika::format::media::media_type;
use metodika::output::Content;
use metodika::parse::Keep;
use metodika::source::NoTexts;
use metodika::value::html::encode_path;
use metodika::value::language::Language;
use metodika::{Build, Options};
use std::fs::File;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, RwLock};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

pub fn run(global: &Global, arguments: &args::Serve, language: Language) -> Result<Outcome, Failure> {
    let root = root::find(global.root.as_deref())?;
    let listener = http::listen(&arguments.host, arguments.port)?;
    let bound =
        listener.local_addr().map_err(|error| Failure::CannotListen { host: arguments.host.clone(), port: arguments.port, error })?;
    let address = address(&arguments.host, bound);
    // Watching begins before reading: what is saved in between is not missed.
    let mut watch = Watch::new(&root)?;

    let started = Instant::now();
    let make = |snapshot: &Snapshot, previous: Option<&Build>| {
        let options = Options {
            today: today(global.today, &snapshot.sources),
            // The folder of the site's address is left out: here it stands at the root.
            base_url: Some(address.clone()),
            drafts: arguments.drafts,
            strict: false,
            language: global.lang,
            proofread: false,
            people: None,
        };
        Arc::new(metodika::build(&snapshot.sources, &options, previous))
    };
    let mut snapshot = read::read(&root, None, Keep::Text, language)?;
    let mut build = make(&snapshot, None);
    let mut versions = versions();
    let first = Preview::new(build.clone(), None, versions());
    tell(&first, global);
    if !global.quiet {
        terminal::out(&format!("{}\n", i18n::ready(build.documents(), build.len(), started.elapsed(), first.language)));
    }
    terminal::out(&format!("{}\n", i18n::serving(&address, first.language)));
    if !bound.ip().is_loopback() {
        terminal::err(&format!("{}\n", i18n::open_to_network(first.language)));
    }
    if arguments.open {
        open_browser(&address);
    }

    let limits = Limits::default();
    let events = Events::new(first.version.clone(), limits.listeners);
    let preview = RwLock::new(Arc::new(first));
    let current = || preview.read().unwrap_or_else(|poisoned| poisoned.into_inner()).clone();
    let mut rebuild = |heard: &Changes| {
        let started = Instant::now();
        let again = if heard.anything { None } else { read::again(&root, &snapshot, &heard.paths, Keep::Text, language) };
        let next = match again {
            Some(next) => next,
            None => read::read(&root, Some(&snapshot), Keep::Text, language)?,
        };
        let changes = read::changes(&snapshot.sources, &next.sources).join("\n");
        if !changes.is_empty() {
            let next_build = make(&next, Some(&build));
            let before = current();
            let after = Arc::new(Preview::new(next_build.clone(), Some((&before, &build)), versions()));
            *preview.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = after.clone();
            events.publish(after.version.clone());
            tell(&after, global);
            if !global.quiet {
                let changed = i18n::changed(&changes.lines().collect::<Vec<_>>(), after.language);
                terminal::out(&format!("{}\n", i18n::rebuilt(&time_of_day(), &changed, started.elapsed(), after.language)));
            }
            build = next_build;
        }
        snapshot = next;
        Ok(())
    };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            loop {
                let heard = match watch.wait() {
                    Ok(heard) => heard,
                    Err(failure) => return report::failure(&failure, language),
                };
                // A panic has told about itself; the last preview stays, and the next save is a new chance.
                if let Ok(Err(failure)) = catch_unwind(AssertUnwindSafe(|| rebuild(&heard))) {
                    report::failure(&failure, language);
                }
            }
        });
        http::serve(&listener, &arguments.host, &events, &limits, |asked| match asked {
            Ok(ask) => current().answer(ask, &root),
            // Whoever asked for the wrong name is told nothing of the site.
            Err(status) => Answer::text(status, format!("{}\n", i18n::http_refusal(status, &address, current().language))),
        })
    })
}

/// What the browser is shown, until the next rebuild.
struct Preview {
    version: String,
    language: Language,
    shown: Arc<Shown>,
    /// Of the last build, which may be a later one than the one that is shown.
    findings: Arc<Vec<Finding>>,
}

/// A build from which pages are made.
struct Shown {
    build: Arc<Build>,
    is_good: bool,
}

impl Preview {
    /// Shows `build` if it is good, else the good one of `before`; else `build` after all, for it may have good pages. `before` is of the
    /// build `last`.
    fn new(build: Arc<Build>, before: Option<(&Preview, &Build)>, version: String) -> Preview {
        let language = build.language();
        let findings = match before {
            Some((before, last)) if build.says_the_same(last) => before.findings.clone(),
            _ => Arc::new(report::findings(build.diagnostics(), build.sources(), &NoTexts, language)),
        };
        let is_good = !build.has_errors();
        let last_good = before.map(|(before, _)| &before.shown).filter(|shown| shown.is_good && !is_good);
        let shown = match last_good {
            Some(shown) => shown.clone(),
            None => Arc::new(Shown { build, is_good }),
        };
        Preview { version, language, shown, findings }
    }

    fn errors(&self) -> Vec<Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect()
    }

    /// What to say of what is shown while there are errors.
    fn remark(&self) -> String {
        if self.shown.is_good { i18n::last_good_stays(self.language) } else { i18n::never_good_yet(self.language) }
    }

    fn answer(&self, ask: &Ask, root: &Path) -> Answer {
        if let Some((name, content)) = overlay::FILES.into_iter().find(|(name, _)| *name == ask.path) {
            return Answer::bytes(200, media_type(name), content.into());
        }
        let is_folder = ask.path.is_empty() || ask.path.ends_with('/');
        let path = if is_folder { format!("{}index.html", ask.path) } else { ask.path.clone() };
        if self.shown.build.has(&path) {
            return self.output(200, &path, root);
        }
        if !is_folder && self.shown.build.has(&format!("{path}/index.html")) {
            return Answer::redirect(format!("/{}/{}", encode_path(&path), ask.query));
        }
        match self.shown.build.has("404.html") {
            true => self.output(404, "404.html", root),
            false => self.own_page(404, Vec::new()),
        }
    }

    /// The output `path`, which there is.
    fn output(&self, status: u16, path: &str, root: &Path) -> Answer {
        match self.shown.build.render(path, &NoTexts) {
            Some(Ok(Content::Bytes(bytes) | Content::Page { bytes, .. })) if is_read(path) => {
                Answer::bytes(status, media_type(path), overlay::add(bytes, &self.version, &self.errors(), &self.remark(), self.language))
            }
            Some(Ok(Content::Bytes(bytes) | Content::Page { bytes, .. })) => Answer::bytes(status, media_type(path), bytes),
            Some(Ok(Content::Copy(source))) => match open_inside(root, &source) {
                Some(file) => Answer { status, media_type: media_type(path), location: None, body: Body::File(file) },
                None => self.own_page(404, Vec::new()),
            },
            Some(Ok(Content::Picture(source, cut))) => match Pictures::of(root).cut(self.shown.build.sources(), &source, cut) {
                Ok(bytes) => Answer::bytes(status, media_type(path), bytes),
                Err(fault) => self.faulty(&fault),
            },
            Some(Ok(Content::Title(title))) => Answer::bytes(status, media_type(path), Pictures::of(root).title(&title)),
            Some(Err(fault)) => self.faulty(&fault),
            None => self.own_page(404, Vec::new()),
        }
    }

    /// The page that tells of the `fault` of an output.
    fn faulty(&self, fault: &Diagnostic) -> Answer {
        self.own_page(500, vec![report::finding(fault, self.shown.build.sources(), &NoTexts, self.language)])
    }

    /// A page where the site has none; `faults` are its own errors, listed with the others.
    fn own_page(&self, status: u16, faults: Vec<Finding>) -> Answer {
        let errors: Vec<Finding> = faults.into_iter().chain(self.errors()).collect();
        let page = overlay::page(&i18n::http_status(status, self.language), self.language);
        Answer::bytes(status, media_type("x.html"), overlay::add(page, &self.version, &errors, &self.remark(), self.language))
    }
}

/// Whether the output is a page for readers. The editing page is none: reloaded whenever a file is saved, it would lose what is being written.
fn is_read(path: &str) -> bool {
    media_type(path).starts_with("text/html") && !path.starts_with("admin/")
}

/// The file `source` of the site in `root`, if it is still one and has not become a link that leads out of the site.
fn open_inside(root: &Path, source: &str) -> Option<File> {
    let file = root.join(source).canonicalize().ok()?;
    let is_inside = file.starts_with(root.canonicalize().ok()?) && file.is_file();
    if is_inside { File::open(file).ok() } else { None }
}

/// Prints the findings of a build, and what is shown if there are errors.
fn tell(preview: &Preview, global: &Global) {
    let verbosity = Verbosity::of(global.quiet, global.verbose);
    report::print(&preview.findings, Format::Text, verbosity, "", preview.language, terminal::err);
    if preview.findings.iter().any(|finding| finding.severity == Severity::Error) {
        terminal::err(&format!("{}\n", preview.remark()));
    }
}

/// Names of versions that no other run gives: a page that was open before a restart is out of date after it.
fn versions() -> impl FnMut() -> String {
    let run = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let mut number = 0;
    move || {
        number += 1;
        format!("{run:x}-{number}")
    }
}

/// What to type into a browser on this computer.
fn address(host: &str, bound: SocketAddr) -> String {
    let host = match host.parse::<std::net::IpAddr>() {
        Ok(ip) if ip.is_unspecified() => "127.0.0.1".to_owned(),
        Ok(std::net::IpAddr::V6(ip)) => format!("[{ip}]"),
        _ => host.to_owned(),
    };
    format!("http://{host}:{}/", bound.port())
}

/// Opens the browser of the system. If that fails the address stands on the terminal.
fn open_browser(address: &str) {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let _ = Command::new(program).args(arguments).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}

// Elsewhere only an administrator makes links.
#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_become_a_way_out_is_not_served() {
        use std::os::unix::fs::symlink;
        let folder = std::env::temp_dir().join(format!("metodika-inside-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let root = folder.join("site");
        std::fs::create_dir_all(root.join("content/folder.pdf")).unwrap();
        std::fs::write(root.join("content/a.pdf"), "").unwrap();
        std::fs::write(folder.join("secret"), "").unwrap();
        for (to, name) in
            [("a.pdf", "inside.pdf"), ("../../secret", "out.pdf"), ("/etc/passwd", "far.pdf"), ("../..", "up"), ("gone", "gone.pdf")]
        {
            symlink(to, root.join("content").join(name)).unwrap();
        }
        for (name, is_served) in [
            ("a.pdf", true),
            ("inside.pdf", true),
            ("out.pdf", false),
            ("far.pdf", false),
            ("up/secret", false),
            ("gone.pdf", false),
            ("folder.pdf", false),
            ("none.pdf", false),
        ] {
            assert_eq!(open_inside(&root, &format!("content/{name}")).is_some(), is_served, "{name}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
