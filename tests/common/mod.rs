//! What several tests need; each uses a part of it.
#![allow(dead_code, clippy::disallowed_methods, clippy::disallowed_types)]

use metodika::output::Content;
use metodika::parse::Keep;
use metodika::source::NoTexts;
use metodika::sources::{Source, Sources};
use metodika::value::date::Date;
use metodika::{Build, Options};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

/// Numbers that are as good as random and the same in every run (xorshift64).
pub struct Random(pub u64);

impl Random {
    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    /// One of `list`.
    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Copies the folder `from` with everything below it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() { copy(&path, &target) } else { fs::copy(&path, &target).map(drop).expect("copied") }
    }
}

/// The options of a build on the day `today`.
pub fn options(today: &str) -> Options {
    Options {
        today: Date::parse_iso(today).expect(today),
        base_url: None,
        drafts: false,
        strict: false,
        language: None,
        proofread: false,
        people: None,
    }
}

/// A site of these files, `path: text`, beside a `site.yaml` with a title. Advice about plans is off: `tests/planning.rs` is about it.
pub fn site(files: &[(&str, &str)]) -> Arc<Sources> {
    let mut sources = Sources::default();
    let mut add = |path: &str, text: &str| {
        let path = format!("content/{path}").into();
        let source = Source::of(&path, text.as_bytes(), Keep::Text);
        sources.content.insert(path, source)
    };
    add("site.yaml", "title: Сайт\nbase_url: https://example.org/blog/\nplanning_checks: false\n");
    files.iter().for_each(|(path, text)| drop(add(path, text)));
    Arc::new(sources)
}

/// What stands at `path`.
pub fn page(build: &Build, path: &str) -> String {
    let Some(rendered) = build.render(path, &NoTexts) else { panic!("no {path} among {:?}", build.paths().collect::<Vec<_>>()) };
    match rendered {
        Ok(Content::Bytes(bytes) | Content::Page { bytes, .. }) => String::from_utf8(bytes).expect("UTF-8"),
        Ok(Content::Copy(path) | Content::Picture(path, _)) => panic!("{path} is a file"),
        Ok(Content::Title(title)) => panic!("{title:?}"),
        Err(fault) => panic!("{fault:?}"),
    }
}

/// What is said of the site: the file and the code of each message.
pub fn codes(build: &Build) -> Vec<String> {
    let place = |d: &metodika::diagnostic::Diagnostic| {
        d.span.as_ref().map_or_else(String::new, |s| s.file.trim_start_matches("content/").to_owned())
    };
    build.diagnostics().iter().map(|d| format!("{} {}", place(d), d.problem.code())).collect()
}

/// A temporary folder, gone with this value.
pub struct Temp(pub PathBuf);

impl Temp {
    /// An empty one of that name and this process.
    pub fn new(name: &str) -> Temp {
        let path = std::env::temp_dir().join(format!("metodika-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Temp(path.canonicalize().expect("a folder"))
    }

    /// Writes a file, with the folders above it.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The names of what lies in a folder.
    pub fn list(&self, path: &str) -> Vec<String> {
        let entries = fs::read_dir(self.0.join(path)).expect("a folder");
        let mut names: Vec<String> = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What the program left behind: its exit status and what it said.
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program in `folder`.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let Output { status, stdout, stderr } = program(folder).args(arguments).output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Run { status: status.code().expect("a status"), out: text(stdout), err: text(stderr) }
}

/// The program in `folder`, in an environment without a language.
pub fn program(folder: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_metodika"));
    program.current_dir(folder).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C").env("RUST_BACKTRACE", "0");
    program
}
