//! `metodika check --fix`: the fixes that are safe, shown as a diff, and written.
//!
//! Which ones these are, [`Diagnostic::is_safe`] decides. They are made in memory first, and the site is looked at again, until there is
//! none left: mending one fault may bring out the next, and of two that overlap the second waits for its turn. So a second run finds nothing.

use super::failure::Failure;
use super::terminal;
use metodika::diagnostic::{Diagnostic, Problem};
use metodika::parse::Keep;
use metodika::source::{SourcePath, Span, hash};
use metodika::sources::{Source, Sources};
use metodika::value::edit::{Edit, apply};
use similar::TextDiff;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// What mending makes of a site.
pub struct Mended {
    /// The site with its mended texts.
    pub sources: Arc<Sources>,
    /// The texts before, by their files.
    before: BTreeMap<SourcePath, Arc<str>>,
    /// Where files are that have moved, by where they were.
    moved: BTreeMap<SourcePath, SourcePath>,
    /// How many fixes were made.
    pub fixes: usize,
}

/// More rounds than any chain of faults takes.
const ROUNDS: usize = 20;

impl Mended {
    /// The site with these `edits`, which stand in the order of each text and do not overlap.
    pub fn of(sources: &Arc<Sources>, edits: &BTreeMap<SourcePath, Vec<Edit>>) -> Mended {
        let mut next = Sources::clone(sources);
        let mut mended = Mended { sources: sources.clone(), before: BTreeMap::new(), moved: BTreeMap::new(), fixes: 0 };
        for (file, edits) in edits {
            let Some(text) = sources.text_of(file) else { continue };
            mended.before.insert(file.clone(), text.into());
            mended.fixes += edits.len();
            next.content.insert(file.clone(), Source::of(file, apply(text, edits).as_bytes(), Keep::Text));
        }
        mended.sources = Arc::new(next);
        mended
    }

    /// The same with each file where `place` says that it will be. [`Self::write`] expects them there.
    pub fn moved(mut self, place: impl Fn(&str) -> SourcePath) -> Mended {
        let mut next = Sources { content: BTreeMap::new(), themes: self.sources.themes.clone() };
        for (file, source) in &self.sources.content {
            let to = place(file);
            // The place says what a document is called.
            let source = match self.sources.text_of(file).filter(|_| to != *file) {
                Some(text) => Source::of(&to, text.as_bytes(), Keep::Text),
                None => source.clone(),
            };
            next.content.insert(to.clone(), source);
            if to != *file {
                self.moved.insert(file.clone(), to);
            }
        }
        self.sources = Arc::new(next);
        self
    }
}

/// Makes all safe fixes of what `look` says of the site; nothing is written.
pub fn mend(sources: &Arc<Sources>, look: impl Fn(&Arc<Sources>) -> Vec<Diagnostic>) -> Mended {
    let mut mended = Mended { sources: sources.clone(), before: BTreeMap::new(), moved: BTreeMap::new(), fixes: 0 };
    for _ in 0..ROUNDS {
        let edits = safe_edits(&look(&mended.sources), &mended.sources);
        if edits.is_empty() {
            break;
        }
        let mut next = Sources::clone(&mended.sources);
        for (file, edits) in edits {
            let Some(text) = mended.sources.text_of(&file) else { continue };
            mended.before.entry(file.clone()).or_insert_with(|| text.into());
            mended.fixes += edits.len();
            next.content.insert(file.clone(), Source::of(&file, apply(text, &edits).as_bytes(), Keep::Text));
        }
        mended.sources = Arc::new(next);
    }
    mended
}

/// The safe fixes by file, in the order of the text; of those that overlap the first.
fn safe_edits(diagnostics: &[Diagnostic], sources: &Sources) -> BTreeMap<SourcePath, Vec<Edit>> {
    let mut by_file: BTreeMap<SourcePath, Vec<Edit>> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.is_safe()) {
        let Some(Span { file, start, end }) = &diagnostic.span else { continue };
        let Some(text) = sources.text_of(file) else { continue };
        let written = text.get(*start..*end).unwrap_or_default();
        // Where escapes and folds are undone, the place of a word is as near as may be: that is enough to show, and too little to write.
        if matches!(&diagnostic.problem, Problem::Typography(warning) if written.trim_matches(['"', '\'']) != warning.found) {
            continue;
        }
        let Some(fix) = diagnostic.fix_of(written).filter(|fix| fix != written) else { continue };
        let fix = if text.contains("\r\n") { fix.replace("\r\n", "\n").replace('\n', "\r\n") } else { fix };
        by_file.entry(file.clone()).or_default().push(Edit { range: *start..*end, text: fix });
    }
    for edits in by_file.values_mut() {
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let mut end = None;
        edits.retain(|edit| {
            let is_free = end.is_none_or(|end| edit.range.start > end || edit.range.start == end && !edit.range.is_empty());
            if is_free {
                end = Some(edit.range.end);
            }
            is_free
        });
    }
    by_file
}

impl Mended {
    /// How many files are other than they were.
    pub fn files(&self) -> usize {
        self.before.len()
    }

    /// What changes, as a unified diff of each file.
    pub fn diff(&self) -> String {
        self.before
            .iter()
            .map(|(file, before)| diff((file, self.place(file)), before, self.sources.text_of(self.place(file)).unwrap_or_default()))
            .collect()
    }

    /// Where `file` is now.
    fn place<'a>(&'a self, file: &'a SourcePath) -> &'a SourcePath {
        self.moved.get(file).unwrap_or(file)
    }

    /// Writes the mended files to the site in `root`; each is the old one or the new one at every moment. A file that is not any more what
    /// was read is left as it is, and told.
    pub fn write(&self, root: &Path, read: &Sources) -> Result<Vec<Diagnostic>, Failure> {
        let mut changed = Vec::new();
        for file in self.before.keys() {
            // A link stays one: what it leads to is written.
            let place = self.place(file);
            let path = root.join(&**place).canonicalize().map_err(|error| Failure::read(&root.join(&**place), error))?;
            let bytes = fs::read(&path).map_err(|error| Failure::read(&path, error))?;
            if read.content.get(file).and_then(Source::hash) != Some(hash(&bytes)) {
                changed.push(Diagnostic::new(Problem::ChangedMeanwhile, Span::file(place)));
                continue;
            }
            // The byte order mark is no part of the text.
            let mark = bytes.strip_prefix(MARK).map_or(&[][..], |_| MARK);
            let text = [mark, self.sources.text_of(place).unwrap_or_default().as_bytes()].concat();
            replace(&path, &text).map_err(|error| Failure::write(&path, error))?;
        }
        Ok(changed)
    }
}

const MARK: &[u8] = "\u{feff}".as_bytes();

/// Puts a file with these `bytes` in the place of `path`.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A name that the content leaves out, should it stay behind.
    let beside = path.with_file_name(format!(".{name}.metodika-fix"));
    let written = fs::write(&beside, bytes)
        .and_then(|()| fs::set_permissions(&beside, fs::metadata(path)?.permissions()))
        .and_then(|()| fs::File::open(&beside)?.sync_all())
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// The unified diff of one file, in colours; what nobody sees is made visible in the lines that go.
fn diff((from, to): (&str, &str), before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after).unified_diff().context_radius(1).header(from, to).to_string();
    let line = |line: &str| {
        let line = line.trim_end_matches('\r');
        let color = match line.as_bytes().first() {
            Some(b'-') => "\u{1b}[31m",
            Some(b'+') => "\u{1b}[32m",
            Some(b'@') => "\u{1b}[36m",
            _ => return format!("{line}\n"),
        };
        let line = if line.starts_with('-') { line.replace('\t', "→").replace('\u{a0}', "⍽") } else { line.to_owned() };
        format!("{color}{line}\u{1b}[0m\n")
    };
    diff.lines().map(line).collect::<String>() + "\n"
}

/// Shows the diff: to a person beside everything else, past a machine that reads standard output.
pub fn show(mended: &Mended, for_person: bool) {
    let print = if for_person { terminal::out } else { terminal::err };
    print(&mended.diff());
}
