//! Publishing: all of the site or nothing.
//!
//! Everything is rendered into a new folder beside the published one ([`super::target`]); only when nothing has failed do the two change places
//! ([`super::swap`]). The price: both sites are on the disk for a while, but a file that did not change is a hard link and takes no room.
//! Such a file has two names only until the old folder is deleted, and no file is ever written to in place: neither an edit in the published
//! folder nor a copy that somebody made of it by links is reached through a build.

use super::cache::{Cache, Output, Pending, Published};
use super::failure::Failure;
use super::hashing::Hashing;
use super::marker::{self, MARKER};
use super::pictures::Pictures;
use super::read::{self, Disk};
use super::swap::{Staging, swap};
use super::target::Lock;
use super::terminal::Progress;
use super::timings::Timings;
use metodika::diagnostic::{Diagnostic, Severity};
use metodika::output::Content;
use metodika::source::SourcePath;
use metodika::sources::{Source, Sources};
use metodika::{Build, Listed};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Whether files of the published site may be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reuse {
    /// All that show nothing of these documents' bodies: only the bodies have changed since the files were published.
    AllBut(BTreeSet<SourcePath>),
    /// Those that hold what is rendered.
    Unchanged,
    Nothing,
}

/// How publishing ended.
pub enum Publication<'b> {
    Done {
        reused: usize,
        written: usize,
        outputs: Vec<Published<'b>>,
        /// The memory of the search.
        search: Option<Pending>,
        /// What was seen only in what was made.
        said: Vec<Diagnostic>,
    },
    /// Some outputs could not be rendered; the published site is as it was.
    Faulty(Vec<Diagnostic>),
}

/// Renders every output of `build` on all threads, one at a time on each: render, compare, write, drop. Then swaps the folders of the
/// target that `lock` holds.
pub fn publish<'b>(
    build: &'b Build,
    root: &Path,
    sources: &Sources,
    lock: &Lock,
    reuse: &Reuse,
    progress: &Progress,
    timings: &Timings,
) -> Result<Publication<'b>, Failure> {
    let target = lock.target();
    let staging = Staging::new(target)?;
    let paths: Vec<&str> = build.paths().collect();
    make_folders(staging.folder(), &paths)?;
    let (reused, written) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (faults, said) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let note = |list: &Mutex<Vec<(String, Diagnostic)>>, path: &str, told: Diagnostic| {
        list.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push((path.to_owned(), told));
    };
    let pictures = Pictures::of(root);
    let has_former = *reuse != Reuse::Nothing && target.folder().exists();
    let former = |path: &str| has_former.then(|| target.folder().join(path));
    let done = |listed: Listed, how: Written, bytes: u64, start: Option<Instant>, rendered: Option<Instant>| {
        let counter = if how == Written::Linked { &reused } else { &written };
        counter.fetch_add(1, Ordering::Relaxed);
        timings.output(build.family(listed), bytes, start, rendered);
        progress.step();
    };
    let one = |listed: Listed<'b>, output: Output| Published { path: listed.path, output, body: None };
    let complain = |listed: Listed, bytes: usize| {
        if let Some(told) = build.complaint(listed, bytes) {
            note(if told.severity == Severity::Error { &faults } else { &said }, listed.path, told);
        }
    };
    let put_made = |listed: Listed<'b>, content: &Content, start: Option<Instant>| -> Result<Option<Published<'b>>, Failure> {
        let rendered = timings.now();
        let len = content.bytes().map_or(0, <[u8]>::len);
        complain(listed, len);
        let path = listed.path;
        let (how, output) = write_one(content, root, sources, former(path).as_deref(), &staging.folder().join(path))?;
        done(listed, how, len as u64, start, rendered);
        let body = match content {
            Content::Page { bytes, body } => Some((body.start, bytes.len() - body.end)),
            Content::Bytes(_) | Content::Copy(_) | Content::Picture(..) | Content::Title(_) => None,
        };
        Ok(output.map(|output| Published { body, ..one(listed, output) }))
    };
    let put = |listed: Listed<'b>| -> Result<Option<Published<'b>>, Failure> {
        let (start, path) = (timings.now(), listed.path);
        let (published, staged) = (former(path), staging.folder().join(path));
        if let (Reuse::AllBut(documents), Some(published)) = (reuse, &published)
            && !build.may_differ(listed, documents)
            && fs::hard_link(published, &staged).is_ok()
            && let Ok(metadata) = staged.metadata()
        {
            complain(listed, metadata.len() as usize);
            done(listed, Written::Linked, metadata.len(), start, None);
            return Ok(Output::of(&metadata).map(|output| one(listed, output)));
        }
        if build.is_long(listed) {
            let (how, output, len) = write_long(build, listed, published.as_deref(), &staged)?;
            done(listed, how, len, start, timings.now());
            return Ok(output.map(|output| one(listed, output)));
        }
        let content = match build.make(listed, &Disk(root)) {
            Ok(Content::Picture(source, cut)) => pictures.cut(sources, &source, cut).map(Content::Bytes),
            Ok(Content::Title(title)) => Ok(Content::Bytes(pictures.title(&title))),
            other => other,
        };
        match content {
            Ok(content) => put_made(listed, &content, start),
            Err(fault) => {
                note(&faults, path, *fault);
                Ok(None)
            }
        }
    };
    let beside_index: Mutex<HashMap<&str, Result<Option<Published>, Failure>>> = Mutex::default();
    let take = |listed: Listed<'b>, content: Content| {
        let put = put_made(listed, &content, timings.now());
        beside_index.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(listed.path, put);
    };
    match reuse {
        // Most of it is taken over.
        Reuse::AllBut(_) => build.make_index(&Disk(root), None),
        Reuse::Unchanged | Reuse::Nothing => build.make_index(&Disk(root), Some(&take)),
    }
    let search = build.with_memory(&Disk(root), |memory| Pending::search(memory, root, target.folder())).flatten();
    let beside_index = beside_index.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    let mut outputs = Vec::with_capacity(paths.len());
    for mut batch in build.batches() {
        batch.retain(|listed| !beside_index.contains_key(listed.path));
        let batch: Vec<Option<Published<'b>>> = batch.par_iter().map(|listed| put(*listed)).collect::<Result<_, Failure>>()?;
        outputs.extend(batch.into_iter().flatten());
        build.let_go();
    }
    for put in beside_index.into_values() {
        outputs.extend(put?);
    }
    let in_order = |list: Mutex<Vec<(String, Diagnostic)>>| {
        let mut list = list.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
        list.sort_by(|(a, _), (b, _)| a.cmp(b));
        distinct(list.into_iter().map(|(_, told)| told))
    };
    let faults = in_order(faults);
    if !faults.is_empty() {
        return Ok(Publication::Faulty(faults));
    }
    let marker = staging.folder().join(MARKER);
    let listed = new_file(&marker).and_then(|mut file| {
        file.write_all(marker::text(&paths).as_bytes())?;
        // Against the end of power; a disk that knows nothing of this must not be the end of publishing.
        let _ = file.sync_all();
        Ok(())
    });
    listed.map_err(|error| Failure::write(&marker, error))?;
    // From here on it may be about another site than the one that is there.
    Cache::forget(root, target.folder());
    swap(staging, target)?;
    pictures.prune();
    Ok(Publication::Done { reused: reused.into_inner(), written: written.into_inner(), outputs, search, said: in_order(said) })
}

/// `diagnostics` in their order, each once: a fault of one template is met on many pages.
pub fn distinct(diagnostics: impl Iterator<Item = Diagnostic>) -> Vec<Diagnostic> {
    let mut distinct: Vec<Diagnostic> = Vec::new();
    for diagnostic in diagnostics {
        if !distinct.contains(&diagnostic) {
            distinct.push(diagnostic);
        }
    }
    distinct
}

/// Makes the folders of `paths`, each once.
fn make_folders(staging: &Path, paths: &[&str]) -> Result<(), Failure> {
    if let Some(path) = paths.iter().find(|path| !is_plain(path)) {
        return Err(Failure::BadOutputPath { path: (*path).to_owned() });
    }
    let folders: BTreeSet<&str> = paths.iter().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder).collect();
    for folder in folders {
        let folder = staging.join(folder);
        fs::create_dir_all(&folder).map_err(|error| Failure::write(&folder, error))?;
    }
    Ok(())
}

/// Whether `path` stays inside the folder that it is joined to, on every system.
fn is_plain(path: &str) -> bool {
    path != MARKER
        && !path.contains(['\\', '\0'])
        && !path.is_empty()
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    /// The published file was right already.
    Linked,
    Anew,
}

/// Puts an output to its place: whether it was there before, and its fingerprint.
fn write_one(
    content: &Content,
    root: &Path,
    sources: &Sources,
    published: Option<&Path>,
    to: &Path,
) -> Result<(Written, Option<Output>), Failure> {
    let source = match content {
        Content::Bytes(_) | Content::Page { .. } | Content::Picture(..) | Content::Title(_) => None,
        Content::Copy(source) => Some((root.join(&**source), sources.content.get(source))),
    };
    if let Some(published) = published {
        let same = match (content.bytes(), &source) {
            (Some(bytes), _) => holds(published, bytes),
            (None, Some((_, Some(Source::Asset(asset))))) => is_hashed(published, asset.len, asset.hash),
            (None, _) => false,
        };
        if same && fs::hard_link(published, to).is_ok() {
            return Ok((Written::Linked, to.metadata().ok().as_ref().and_then(Output::of)));
        }
        // A disk without hard links has each file written again.
    }
    let file = match (content.bytes(), source) {
        (None, Some((from, expected))) => Some(copy(&from, expected, to)?),
        (Some(bytes), _) => {
            let written = new_file(to).and_then(|mut file| file.write_all(bytes).map(|()| file));
            Some(written.map_err(|error| Failure::write(to, error))?)
        }
        (None, None) => None,
    };
    Ok((Written::Anew, file.and_then(|file| Output::of(&file.metadata().ok()?))))
}

/// The same for an output that is written piece by piece; with its length.
fn write_long(build: &Build, listed: Listed, published: Option<&Path>, to: &Path) -> Result<(Written, Option<Output>, u64), Failure> {
    let written = || -> io::Result<(File, u128, u64)> {
        let mut out = Hashing::new(new_file(to)?);
        build.write(listed, &mut out)?;
        out.finish()
    };
    let (file, hash, len) = written().map_err(|error| Failure::write(to, error))?;
    if let Some(published) = published.filter(|published| is_hashed(published, len, hash)) {
        // As with the others: a file that did not change keeps its time, where the disk has hard links.
        let same = to.with_extension("same");
        if fs::hard_link(published, &same).is_ok() {
            fs::rename(&same, to).map_err(|error| Failure::write(to, error))?;
            return Ok((Written::Linked, to.metadata().ok().as_ref().and_then(Output::of), len));
        }
    }
    Ok((Written::Anew, file.metadata().ok().as_ref().and_then(Output::of), len))
}

/// Copies a source file, which must still be what was read.
fn copy(from: &Path, expected: Option<&Source>, to: &Path) -> Result<File, Failure> {
    let mut source = File::open(from).map_err(|error| Failure::read(from, error))?;
    let mut file = new_file(to).map_err(|error| Failure::write(to, error))?;
    let copied = io::copy(&mut source, &mut file).map_err(|error| Failure::write(to, error))?;
    match expected {
        Some(Source::Asset(asset)) if asset.len != copied => Err(Failure::ChangedMeanwhile { path: from.to_owned() }),
        _ => Ok(file),
    }
}

/// Two outputs whose names differ by case alone are one file on some disks; this says so instead of losing one.
fn new_file(path: &Path) -> io::Result<File> {
    File::options().write(true).create_new(true).open(path)
}

fn holds(file: &Path, bytes: &[u8]) -> bool {
    is_file_of(file, bytes.len() as u64) && fs::read(file).is_ok_and(|published| published == bytes)
}

fn is_hashed(file: &Path, len: u64, hash: u128) -> bool {
    is_file_of(file, len) && File::open(file).and_then(read::hash_all).is_ok_and(|published| published == (hash, len))
}

fn is_file_of(file: &Path, len: u64) -> bool {
    file.symlink_metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() == len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_the_folder_are_not_written() {
        for path in ["../x", "/etc/x", "a/../../x", "", "a\\b", ".metodika"] {
            assert!(!is_plain(path), "{path}");
        }
        assert!(is_plain("workshops/x/index.html"));
    }
}
