//! What several tests need; each uses a part of it.
#![allow(dead_code)]

use metodika::output::Content;
use metodika::parse::Keep;
use metodika::source::NoTexts;
use metodika::sources::{Source, Sources};
use metodika::value::date::Date;
use metodika::{Build, Options};
use std::fs;
use std::path::Path;
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
    Options { today: Date::parse_iso(today).expect(today), base_url: None, drafts: false, strict: false, language: None, proofread: false }
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
        Ok(Content::Copy(path)) => panic!("{path} is a file"),
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
