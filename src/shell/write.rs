//! Publishing: all of the site or nothing.
//!
//! Everything is rendered into a new folder beside the published one. Only when nothing has failed do two renames put it in its place;
//! if the second fails, the first is undone. Beside `public` stand, while a build runs: `.public.metodika-new`, the folder that is being
//! filled; `.public.metodika-old`, for the moment between the renames; `.public.metodika-lock`. What a killed run leaves is cleared by the
//! next good one. The price: both sites are on the disk for a while, but a file that did not change is a hard link and takes no room.

use super::cache::{Output, Published};
use super::failure::Failure;
use super::read::{self, Disk};
use super::terminal::Progress;
use super::timings::Timings;
use metodika::Build;
use metodika::diagnostic::Diagnostic;
use metodika::output::Content;
use metodika::sources::{Source, Sources};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use walkdir::WalkDir;
use xxhash_rust::xxh3::Xxh3;

/// In the published folder: that it is ours, and the list of what we put there.
const MARKER: &str = ".metodika";

/// What systems put into folders on their own: nobody misses it.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Where a site is published.
#[derive(Debug)]
pub struct Target {
    /// As it was named, for messages.
    pub named: PathBuf,
    /// The folder itself, links resolved.
    folder: PathBuf,
}

/// Whether files of the published site may be taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reuse {
    Unchanged,
    Nothing,
}

/// How publishing ended.
pub enum Publication {
    Done {
        reused: usize,
        written: usize,
        outputs: Vec<Published>,
    },
    /// Some outputs could not be rendered; the published site is as it was.
    Faulty(Vec<Diagnostic>),
}

/// Keeps other builds out while it lives.
pub struct Lock<'t> {
    target: &'t Target,
    file: File,
    path: PathBuf,
}

impl Target {
    /// The folder `named` for the site in `root`. Refuses the site itself and what is above it.
    pub fn new(root: &Path, named: &Path) -> Result<Target, Failure> {
        let folder = real_path(named).map_err(|error| Failure::read(named, error))?;
        let real_root = root.canonicalize().map_err(|error| Failure::read(root, error))?;
        let inside = |name: &str| {
            let source = real_root.join(name);
            folder.starts_with(&source) || source.canonicalize().is_ok_and(|source| folder.starts_with(source))
        };
        if real_root.starts_with(&folder) || inside("content") || inside("themes") || folder.file_name().is_none() {
            return Err(Failure::TargetIsSource { target: named.to_owned() });
        }
        Ok(Target { named: named.to_owned(), folder })
    }

    /// The folder itself, links resolved.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a site was published there before.
    pub fn is_published(&self) -> bool {
        self.folder.join(MARKER).is_file()
    }

    /// Keeps other builds out, and mends what a killed one left between its two renames.
    pub fn lock(&self) -> Result<Lock<'_>, Failure> {
        let parent = self.parent();
        fs::create_dir_all(parent).map_err(|error| Failure::write(parent, error))?;
        let path = self.beside("lock");
        loop {
            let file =
                File::options().create(true).truncate(false).write(true).open(&path).map_err(|error| Failure::write(&path, error))?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => {
                    let old = self.beside("old");
                    if !self.folder.exists() && old.join(MARKER).is_file() {
                        fs::rename(&old, &self.folder).map_err(|error| Failure::write(&self.folder, error))?;
                    }
                    return Ok(Lock { target: self, file, path });
                }
                // The one before us has just taken its file away.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Failure::TargetLocked { target: self.named.clone() }),
                Err(TryLockError::Error(error)) => return Err(Failure::write(&path, error)),
            }
        }
    }

    fn parent(&self) -> &Path {
        // There is one: a folder without a name has been refused.
        self.folder.parent().unwrap_or(&self.folder)
    }

    /// A name of our own beside the folder, on the same disk.
    pub fn beside(&self, what: &str) -> PathBuf {
        let name = self.folder.file_name().unwrap_or_default().to_string_lossy();
        self.parent().join(format!(".{name}.metodika-{what}"))
    }

    /// Refuses a folder in which publishing would delete something that is not ours.
    pub fn refuse_foreign(&self) -> Result<(), Failure> {
        let named = || self.named.clone();
        match self.folder.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(Failure::TargetNotFolder { target: named() }),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(Failure::read(&self.named, error)),
        }
        match fs::read_to_string(self.folder.join(MARKER)) {
            Ok(marker) => {
                let others = self.others(&marker)?;
                if others.is_empty() { Ok(()) } else { Err(Failure::TargetHasOthers { target: named(), files: others }) }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => match self.others("")?.into_iter().next() {
                Some(example) => Err(Failure::TargetForeign { target: named(), example }),
                None => Ok(()),
            },
            Err(error) => Err(Failure::read(&self.folder.join(MARKER), error)),
        }
    }

    /// The files of the folder that are not in the list of `marker`.
    fn others(&self, marker: &str) -> Result<Vec<String>, Failure> {
        let ours: HashSet<&str> = marker.lines().filter(|line| !line.starts_with('#')).chain([MARKER]).collect();
        let mut others = Vec::new();
        for entry in WalkDir::new(&self.folder) {
            let entry = entry.map_err(|error| Failure::read(&self.named, error.into()))?;
            if entry.file_type().is_dir() || LITTER.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            let path = entry.path().strip_prefix(&self.folder).unwrap_or(entry.path());
            // On most systems a path is what the list has: nothing to put together.
            if path.to_str().is_some_and(|path| ours.contains(path)) {
                continue;
            }
            let path = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            if !ours.contains(path.as_str()) {
                others.push(path);
            }
        }
        others.sort_unstable();
        Ok(others)
    }
}

impl Lock<'_> {
    /// What it holds.
    pub fn target(&self) -> &Target {
        self.target
    }
}

impl Drop for Lock<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

/// Renders every output of `build` on all threads, one at a time on each: render, compare, write, drop. Then swaps the folders of the
/// target that `lock` holds.
pub fn publish(
    build: &Build,
    root: &Path,
    sources: &Sources,
    lock: &Lock,
    reuse: Reuse,
    progress: &Progress,
    timings: &Timings,
) -> Result<Publication, Failure> {
    let target = lock.target;
    let staging = Staging::new(target.beside("new"))?;
    let paths: Vec<&str> = build.paths().collect();
    make_folders(&staging.0, &paths)?;
    let (reused, written) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let faults = Mutex::new(Vec::new());
    let put = |path: &str| -> Result<Option<Published>, Failure> {
        let start = timings.now();
        let (published, staged) = ((reuse == Reuse::Unchanged).then(|| target.folder.join(path)), staging.0.join(path));
        let done = |how: Written, bytes: u64, rendered: Option<Instant>| {
            let counter = if how == Written::Linked { &reused } else { &written };
            counter.fetch_add(1, Ordering::Relaxed);
            timings.output(build.family(path), bytes, start, rendered);
            progress.step();
        };
        let one = |output: Output, body| Published { path: path.to_owned(), output, body };
        if build.is_long(path) {
            let (how, output, len) = write_long(build, path, published.as_deref(), &staged)?;
            done(how, len, timings.now());
            return Ok(output.map(|output| one(output, None)));
        }
        match build.render(path, &Disk(root)) {
            Some(Ok(content)) => {
                let rendered = timings.now();
                let (how, output) = write_one(&content, root, sources, published.as_deref(), &staged)?;
                done(how, content.bytes().map_or(0, <[u8]>::len) as u64, rendered);
                let body = match &content {
                    Content::Page { bytes, body } => Some((body.start, bytes.len() - body.end)),
                    Content::Bytes(_) | Content::Copy(_) => None,
                };
                Ok(output.map(|output| one(output, body)))
            }
            Some(Err(fault)) => {
                faults.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push((path.to_owned(), fault));
                Ok(None)
            }
            None => Err(Failure::BadOutputPath { path: path.to_owned() }),
        }
    };
    let mut outputs = Vec::with_capacity(paths.len());
    for batch in build.batches() {
        let batch: Vec<Option<Published>> = batch.par_iter().map(|path| put(path)).collect::<Result<_, Failure>>()?;
        outputs.extend(batch.into_iter().flatten());
        build.let_go();
    }
    let mut faults = faults.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    if !faults.is_empty() {
        faults.sort_by(|(a, _), (b, _)| a.cmp(b));
        return Ok(Publication::Faulty(distinct(faults.into_iter().map(|(_, fault)| fault))));
    }
    let marker = staging.0.join(MARKER);
    fs::write(&marker, marker_text(&paths)).map_err(|error| Failure::write(&marker, error))?;
    swap(staging, target)?;
    Ok(Publication::Done { reused: reused.into_inner(), written: written.into_inner(), outputs })
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

/// The folder that is being filled. It goes away with this value unless it was put in its place.
struct Staging(PathBuf);

impl Staging {
    fn new(folder: PathBuf) -> Result<Staging, Failure> {
        if folder.symlink_metadata().is_ok() {
            fs::remove_dir_all(&folder).map_err(|error| Failure::write(&folder, error))?;
        }
        fs::create_dir(&folder).map_err(|error| Failure::write(&folder, error))?;
        Ok(Staging(folder))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
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
        Content::Bytes(_) | Content::Page { .. } => None,
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
fn write_long(build: &Build, path: &str, published: Option<&Path>, to: &Path) -> Result<(Written, Option<Output>, u64), Failure> {
    let written = || -> io::Result<(File, u128, u64)> {
        let mut out = Hashing { file: BufWriter::with_capacity(1 << 16, new_file(to)?), hasher: Xxh3::new(), len: 0 };
        build.write(path, &mut out)?;
        Ok((out.file.into_inner()?, out.hasher.digest128(), out.len))
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

/// A file that knows what has been written to it.
struct Hashing {
    file: BufWriter<File>,
    hasher: Xxh3,
    len: u64,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.len += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
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

fn marker_text(paths: &[&str]) -> String {
    let mut text = "# Эту папку сделала программа metodika; при каждой сборке она заменяется целиком. Ниже — список её файлов.\n\
                    # metodika made this folder and replaces it as a whole with every build. Its files are listed below.\n"
        .to_owned();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// Puts the new folder in the place of the old one.
fn swap(staging: Staging, target: &Target) -> Result<(), Failure> {
    let failure = |error, kept_at| Failure::CannotReplace { target: target.named.clone(), error, kept_at };
    let old = target.beside("old");
    if !target.folder.exists() {
        fs::rename(&staging.0, &target.folder).map_err(|error| failure(error, None))?;
    } else {
        if old.symlink_metadata().is_ok() {
            fs::remove_dir_all(&old).map_err(|error| Failure::write(&old, error))?;
        }
        fs::rename(&target.folder, &old).map_err(|error| failure(error, None))?;
        if let Err(error) = fs::rename(&staging.0, &target.folder) {
            let kept_at = fs::rename(&old, &target.folder).err().map(|_| old);
            return Err(failure(error, kept_at));
        }
    }
    // The site is published; what remains of the old one is cleared by the next build if it cannot be now.
    let _ = fs::remove_dir_all(&old);
    Ok(())
}

/// `path` without links and dots, whether or not it is there already.
fn real_path(path: &Path) -> io::Result<PathBuf> {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                // Behind a link, `..` is the parent of where the link leads.
                plain = plain.canonicalize().unwrap_or(plain);
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    let mut rest = Vec::new();
    let mut existing = plain.as_path();
    loop {
        match existing.canonicalize() {
            Ok(real) => return Ok(rest.iter().rev().fold(real, |path, part| path.join(part))),
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            Err(error) => match (existing.parent(), existing.file_name()) {
                (Some(parent), Some(name)) => {
                    rest.push(name.to_owned());
                    existing = parent;
                }
                _ => return Err(error),
            },
        }
    }
}

/// Whether the open `file` is the one that stands at `path` now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata().map(id), path.metadata().map(id)), (Ok(a), Ok(b)) if a == b)
}

/// An open file keeps its name on Windows: the name cannot be taken by another while we hold it.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn temporary(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("metodika-write-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("site/content")).unwrap();
        root
    }

    #[test]
    fn the_source_is_never_a_target() {
        let root = temporary("source");
        let site = root.join("site");
        for target in ["site", "site/content", "site/content/x", "site/themes", "", "site/public/../content", "site/public/.."] {
            assert!(matches!(Target::new(&site, &root.join(target)), Err(Failure::TargetIsSource { .. })), "{target}");
        }
        for target in ["site/public", "elsewhere/deep", "site/content-public"] {
            assert!(Target::new(&site, &root.join(target)).is_ok(), "{target}");
        }
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_run_killed_between_the_renames_is_mended() {
        let root = temporary("killed");
        let target = Target::new(&root.join("site"), &root.join("public")).unwrap();
        fs::create_dir_all(root.join(".public.metodika-old")).unwrap();
        fs::write(root.join(".public.metodika-old/.metodika"), marker_text(&["index.html"])).unwrap();
        fs::write(root.join(".public.metodika-old/index.html"), "old").unwrap();
        let lock = target.lock().unwrap();
        assert_eq!(fs::read_to_string(root.join("public/index.html")).unwrap(), "old");
        assert!(matches!(target.lock(), Err(Failure::TargetLocked { .. })));
        drop(lock);
        assert!(!root.join(".public.metodika-lock").exists());
        assert!(target.lock().is_ok());
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn names_that_leave_the_folder_are_not_written() {
        for path in ["../x", "/etc/x", "a/../../x", "", "a\\b", ".metodika"] {
            assert!(!is_plain(path), "{path}");
        }
        assert!(is_plain("workshops/x/index.html"));
    }
}
