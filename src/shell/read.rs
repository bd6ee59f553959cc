//! Reading the disk: every file of `content/` and `themes/` becomes a value.

use super::failure::Failure;
use super::i18n;
use super::i18n::failure::io_words;
use metodika::config::People;
use metodika::format::picture::{Form, Measure};
use metodika::format::svg;
use metodika::parse::{Keep, Reading};
use metodika::source::{Asset, LARGEST_TEXT, SourcePath, Text, Texts, decode, extension, hash, is_text};
use metodika::sources::{Source, Sources};
use metodika::value::language::Language;
use metodika::value::shared::Pool;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, Metadata};
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use walkdir::{DirEntry, WalkDir};
use xxhash_rust::xxh3::Xxh3;

/// The sources and what the next reading needs to know of them.
pub struct Snapshot {
    pub sources: Arc<Sources>,
    stamps: Arc<BTreeMap<SourcePath, Stamp>>,
    /// Those that have been taken since [`Snapshot::stamps`]: a few of many, so that one saved file costs no copy of all.
    newer_stamps: BTreeMap<SourcePath, Stamp>,
    /// A link leads from one place of the site to another, so that a file may have two paths.
    has_links: bool,
}

/// The texts of the site in this folder, as they are on the disk now.
#[derive(Debug, Clone, Copy)]
pub struct Disk<'a>(pub &'a Path);

impl Texts for Disk<'_> {
    fn text(&self, path: &SourcePath) -> Option<Text> {
        with_bytes(&self.0.join(&**path), |bytes| Text::of(bytes).ok()).ok()?
    }
}

thread_local! {
    /// Room for a file: most take a tenth of it.
    static ROOM: RefCell<Box<[u8]>> = RefCell::new(vec![0; 64 << 10].into());
}

/// What `see` makes of the bytes of `file`, which is small as a rule: there is room for it, and nobody needs to ask how long it is.
fn with_bytes<T>(file: &Path, see: impl FnOnce(&[u8]) -> T) -> std::io::Result<T> {
    let mut file = File::open(file)?;
    ROOM.with_borrow_mut(|room| {
        let mut len = 0;
        while len < room.len() {
            match file.read(&mut room[len..]) {
                Ok(0) => return Ok(see(&room[..len])),
                Ok(more) => len += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let mut bytes = room.to_vec();
        file.read_to_end(&mut bytes)?;
        Ok(see(&bytes))
    })
}

/// How an unchanged file is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Nanoseconds since 1970.
    modified: u64,
    /// Bytes.
    pub len: u64,
    /// It had been left alone for a while when it was read. Clocks of file systems are coarse: a file that was saved a moment ago may be
    /// saved again within the same tick, so that one is read once more.
    settled: bool,
}

impl Stamp {
    /// Whether it may prove anything later.
    pub fn settled(self) -> bool {
        self.settled
    }

    /// Whether a file that is stamped so `now` is the one that this stamp was taken of.
    pub fn proves(&self, now: Stamp) -> bool {
        self.settled && (self.modified, self.len) == (now.modified, now.len)
    }
}

/// The fingerprint of each file that was read; `None` where there is none, as of what could not be read.
pub type Fingerprints<'a> = Vec<(&'a SourcePath, Option<Stamp>, Option<u128>)>;

impl Snapshot {
    /// The stamp and the hash of each file's bytes.
    pub fn fingerprints(&self) -> Fingerprints<'_> {
        let content = self.sources.content.iter().map(|(path, source)| (path, source.hash()));
        let themes = self.sources.themes.iter().map(|(path, bytes)| (path, Some(hash(bytes))));
        content.chain(themes).map(|(path, hash)| (path, self.stamp(path), hash)).collect()
    }

    fn stamp(&self, path: &SourcePath) -> Option<Stamp> {
        self.newer_stamps.get(path).or_else(|| self.stamps.get(path)).copied()
    }
}

/// Every file that [`read`] would read, or `None` if there is one that it would refuse.
pub fn files(root: &Path, language: Language) -> Option<Vec<(SourcePath, PathBuf)>> {
    let real_root = root.canonicalize().ok()?;
    let (content, _) = list(root, &real_root, "content", is_left_out, language);
    let (themes, _) = list(root, &real_root, "themes", is_hidden, language);
    let file = |(path, found)| match found {
        Found::File(file) => Some((path, file)),
        Found::Refused(..) => None,
    };
    content.into_iter().chain(themes).map(file).collect()
}

const SETTLED_AFTER: Duration = Duration::from_secs(2);

/// Reads the site in `root`, its documents as they are to `keep` their texts. What is in `previous` and unchanged by time and length is not
/// read again and stays the same value.
///
/// A file of the content that cannot be read is a [`Source::Unreadable`]; one of a theme is a failure, as no page is right without it.
pub fn read(root: &Path, previous: Option<&Snapshot>, keep: Keep, language: Language) -> Result<Snapshot, Failure> {
    let real_root = root.canonicalize().map_err(|error| Failure::read(root, error))?;
    let (content, content_links) = list(root, &real_root, "content", is_left_out, language);
    let pool = Pool::default();
    let reading = Reading { keep, pool: Some(&pool) };
    let content: Vec<_> = content
        .into_par_iter()
        .filter_map(|(path, found)| {
            let (source, stamp) = match found {
                Found::File(file) => read_content(&path, &file, previous, reading, language)?,
                Found::Refused(_, reason) => (Source::Unreadable(reason), None),
            };
            Some((path, source, stamp))
        })
        .collect();
    let (themes, theme_links) = read_themes(root, &real_root, previous, language)?;

    let mut stamps = BTreeMap::new();
    stamps.extend(content.iter().filter_map(|(path, _, stamp)| Some((path.clone(), (*stamp)?))));
    stamps.extend(themes.iter().map(|(path, _, stamp)| (path.clone(), *stamp)));
    let sources = Sources {
        content: content.into_iter().map(|(path, source, _)| (path, source)).collect(),
        themes: themes.into_iter().map(|(path, bytes, _)| (path, bytes)).collect(),
    };
    let has_links = content_links || theme_links;
    Ok(Snapshot { sources: Arc::new(sources), stamps: Arc::new(stamps), newer_stamps: BTreeMap::new(), has_links })
}

type ThemeFiles = Vec<(SourcePath, Arc<[u8]>, Stamp)>;

/// Every file of the themes; and whether there are links among them.
fn read_themes(root: &Path, real_root: &Path, previous: Option<&Snapshot>, language: Language) -> Result<(ThemeFiles, bool), Failure> {
    let (themes, has_links) = list(root, real_root, "themes", is_hidden, language);
    let files = themes
        .into_par_iter()
        .filter_map(|(path, found)| {
            let (read, file) = match found {
                Found::File(file) => (read_theme(&path, &file, previous), file),
                Found::Refused(file, reason) => (Err(std::io::Error::other(reason)), file),
            };
            match read {
                Ok((bytes, stamp)) => Some(Ok((path, bytes, stamp))),
                // It went away since the walk.
                Err(error) if error.kind() == ErrorKind::NotFound => None,
                Err(error) => Some(Err(Failure::read(&file, error))),
            }
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    Ok((files, has_links))
}

/// What a build of the site in `root` needs of the texts of documents.
pub fn keep(root: &Path, language: Language) -> Keep {
    let sources = Sources { content: site_yaml(root, language), ..Sources::default() };
    if metodika::settings(&sources).0.people == People::All { Keep::Nothing } else { Keep::Names }
}

/// The settings and the themes of the site in `root`, without its documents.
pub fn settings(root: &Path, language: Language) -> Result<Sources, Failure> {
    let real_root = root.canonicalize().map_err(|error| Failure::read(root, error))?;
    let (themes, _) = read_themes(root, &real_root, None, language)?;
    Ok(Sources { content: site_yaml(root, language), themes: themes.into_iter().map(|(path, bytes, _)| (path, bytes)).collect() })
}

fn site_yaml(root: &Path, language: Language) -> BTreeMap<SourcePath, Source> {
    let paths = ["content/site.yaml", "content/site.yml"].into_iter().map(SourcePath::from);
    let read = |path: SourcePath| Some((path.clone(), read_content(&path, &root.join(&*path), None, Keep::Nothing.into(), language)?.0));
    paths.filter_map(read).collect()
}

/// Reads again the files at `paths`, of which something has been heard. `None` if more than known files of the content may have changed:
/// then only [`read`] knows.
pub fn again(root: &Path, previous: &Snapshot, paths: &BTreeSet<PathBuf>, keep: Keep, language: Language) -> Option<Snapshot> {
    if previous.has_links {
        return None;
    }
    let mut changed = Vec::new();
    for path in paths {
        let source = source_path(Path::new(""), path)?;
        let Some(inside) = source.strip_prefix("content/") else {
            if source.starts_with("themes/") {
                return None;
            }
            continue;
        };
        if inside.split('/').any(|part| part.starts_with(LEFT_OUT)) {
            continue;
        }
        let file = root.join(path);
        match file.symlink_metadata() {
            Ok(metadata) if metadata.is_file() && previous.stamp(&source).is_some() => {
                let (read, stamp) = read_content(&source, &file, None, keep.into(), language)?;
                changed.push((source, read, stamp?));
            }
            // An editor's own file, that came and went while another was saved.
            Err(error) if error.kind() == ErrorKind::NotFound && !is_known(previous, &source) => {}
            _ => return None,
        }
    }
    let (mut sources, mut newer_stamps) = (Sources::clone(&previous.sources), previous.newer_stamps.clone());
    for (path, source, stamp) in changed {
        newer_stamps.insert(path.clone(), stamp);
        if let Some(known) = sources.content.get_mut(&path)
            && !known.same(&source)
        {
            *known = source;
        }
    }
    Some(Snapshot { sources: Arc::new(sources), stamps: previous.stamps.clone(), newer_stamps, has_links: false })
}

/// Whether `path` is a file of the site, or a folder with such files.
fn is_known(snapshot: &Snapshot, path: &str) -> bool {
    let folder = format!("{path}/");
    let below = snapshot.sources.content.range(SourcePath::from(folder.as_str())..).next();
    snapshot.sources.content.contains_key(path) || below.is_some_and(|(known, _)| known.starts_with(&folder))
}

/// The paths that are new, gone or different in `now`.
pub fn changes<'a>(before: &'a Sources, now: &'a Sources) -> Vec<&'a str> {
    let mut paths = differences(&before.content, &now.content, Source::same);
    paths.extend(differences(&before.themes, &now.themes, |a, b| a == b));
    paths
}

/// What [`hash`] makes of everything that `input` gives, and the number of bytes.
pub fn hash_all(mut input: impl Read) -> std::io::Result<(u128, u64)> {
    let mut hasher = Xxh3::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut len = 0;
    loop {
        match input.read(&mut buffer) {
            Ok(0) => return Ok((hasher.digest128(), len)),
            Ok(n) => {
                hasher.update(&buffer[..n]);
                len += n as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Both maps are walked side by side: most of them is the same.
fn differences<'a, T>(before: &'a BTreeMap<SourcePath, T>, now: &'a BTreeMap<SourcePath, T>, same: fn(&T, &T) -> bool) -> Vec<&'a str> {
    let (mut before, mut now) = (before.iter().peekable(), now.iter().peekable());
    let mut paths = Vec::new();
    while let Some(path) = before.peek().into_iter().chain(now.peek()).map(|(path, _)| *path).min_by(|a, b| order(a, b)) {
        let old = before.next_if(|(old, _)| order(old, path).is_eq());
        let new = now.next_if(|(new, _)| order(new, path).is_eq());
        match (old, new) {
            (Some((_, old)), Some((_, new))) if same(old, new) => {}
            _ => paths.push(&**path),
        }
    }
    paths
}

fn order(a: &SourcePath, b: &SourcePath) -> Ordering {
    if Arc::ptr_eq(a, b) { Ordering::Equal } else { a.cmp(b) }
}

/// What the walk came upon.
enum Found {
    File(PathBuf),
    /// Something that is there and is not read; the reason in words.
    Refused(PathBuf, String),
}

/// Everything below `folder`, by its path from the root; and whether there are links among it.
fn list(
    root: &Path,
    real_root: &Path,
    folder: &str,
    left_out: fn(&DirEntry) -> bool,
    language: Language,
) -> (Vec<(SourcePath, Found)>, bool) {
    let (mut found, mut has_links) = (Vec::new(), false);
    // Links are followed, for a folder may be kept elsewhere in the site; walkdir sees the loops that this can make.
    let mut walk = WalkDir::new(root.join(folder)).follow_links(true).into_iter();
    while let Some(entry) = walk.next() {
        match entry {
            Ok(entry) if entry.depth() > 0 && left_out(&entry) => {
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
            }
            Ok(entry) => {
                has_links |= entry.path_is_symlink();
                let outside = entry.path_is_symlink() && !entry.path().canonicalize().is_ok_and(|target| target.starts_with(real_root));
                if outside {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    found.push(refused(root, entry.path(), i18n::symlink_outside(language), language));
                } else if entry.file_type().is_file() {
                    found.push(match source_path(root, entry.path()) {
                        Some(path) => (path, Found::File(entry.into_path())),
                        None => refused(root, entry.path(), i18n::name_not_text(language), language),
                    });
                } else if !entry.file_type().is_dir() {
                    // Opening a pipe would wait for somebody to write into it.
                    found.push(refused(root, entry.path(), i18n::no_file(language), language));
                }
            }
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
                let reason = match (error.loop_ancestor(), error.io_error()) {
                    (Some(_), _) => i18n::symlink_loop(language),
                    (None, Some(error)) if error.kind() == ErrorKind::NotFound => {
                        if hidden || path.symlink_metadata().is_err() {
                            // An editor's lock file, or a file that went away while we looked: saving by renaming does that.
                            continue;
                        }
                        i18n::symlink_dangling(language)
                    }
                    // One that leads to itself.
                    (None, Some(error)) if path.is_symlink() && error.kind() != ErrorKind::PermissionDenied => i18n::symlink_loop(language),
                    (None, Some(error)) => io_words(error, language),
                    (None, None) => error.to_string(),
                };
                found.push(refused(root, &path, reason, language));
            }
        }
    }
    (found, has_links)
}

fn refused(root: &Path, path: &Path, reason: String, language: Language) -> (SourcePath, Found) {
    let (name, reason) = match source_path(root, path) {
        Some(name) => (name, reason),
        None => {
            // Whoever prints the name must not be told what to do by it.
            let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace(char::is_control, "\u{fffd}");
            (name.into(), i18n::name_not_text(language))
        }
    };
    (name, Found::Refused(path.to_owned(), reason))
}

/// The path from the root, with `/` on every system; `None` if it is not Unicode, or has line breaks or other control characters.
fn source_path(root: &Path, path: &Path) -> Option<SourcePath> {
    let parts = path
        .strip_prefix(root)
        .ok()?
        .iter()
        .map(|part| part.to_str().filter(|part| !part.contains(char::is_control)))
        .collect::<Option<Vec<_>>>()?;
    Some(parts.join("/").into())
}

/// How the names of files and folders of the content begin that an editor put aside.
const LEFT_OUT: [char; 2] = ['_', '.'];

/// Whether an editor put it aside.
fn is_left_out(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with(LEFT_OUT)
}

/// In themes a `_` is a template's own business.
fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// A file of the content; `None` if it went away since the walk.
fn read_content(
    path: &SourcePath,
    file: &Path,
    previous: Option<&Snapshot>,
    reading: Reading,
    language: Language,
) -> Option<(Source, Option<Stamp>)> {
    let reading = || -> std::io::Result<_> {
        let stamp = stamp(file)?;
        let source = match unchanged(path, stamp, previous).and_then(|previous| previous.sources.content.get(path)) {
            Some(source) => source.clone(),
            None if is_text(path) && stamp.len > LARGEST_TEXT => Source::TooLarge(stamp.len),
            None if is_text(path) => {
                let before = previous.and_then(|previous| previous.sources.content.get(path));
                // Saved again as it was.
                let same = |bytes: &[u8]| before.filter(|source| source.hash() == Some(hash(bytes))).cloned();
                with_bytes(file, |bytes| same(bytes).unwrap_or_else(|| Source::of(path, bytes, reading)))?
            }
            None if extension(path) == "svg" && drawing_runs_code(file, stamp)? => Source::Unreadable(i18n::drawing_runs_code(language)),
            None => {
                let (hash, len) = hash_all(File::open(file)?)?;
                Source::Asset(Asset { len, hash, picture: measure(path, file, len) })
            }
        };
        Ok((source, Some(stamp)))
    };
    match reading() {
        Ok(read) => Some(read),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => Some((Source::Unreadable(io_words(&error, language)), None)),
    }
}

fn read_theme(path: &SourcePath, file: &Path, previous: Option<&Snapshot>) -> std::io::Result<(Arc<[u8]>, Stamp)> {
    let stamp = stamp(file)?;
    let bytes = match unchanged(path, stamp, previous).and_then(|previous| previous.sources.themes.get(path)) {
        Some(bytes) => bytes.clone(),
        None => fs::read(file)?.into(),
    };
    Ok((bytes, stamp))
}

/// When a file was last modified, in nanoseconds since 1970; `None` before, or where the system does not know.
pub fn nanoseconds(metadata: &Metadata) -> Option<u64> {
    metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos().try_into().ok()
}

/// The stamp of `file` as it is now.
pub fn stamp(file: &Path) -> std::io::Result<Stamp> {
    let metadata = file.metadata()?;
    let settled = SystemTime::now().duration_since(metadata.modified()?).is_ok_and(|age| age >= SETTLED_AFTER);
    // A time before 1970 proves nothing.
    let modified = nanoseconds(&metadata);
    Ok(Stamp { modified: modified.unwrap_or(0), len: metadata.len(), settled: settled && modified.is_some() })
}

/// The previous reading, if it has this file as it is now.
fn unchanged<'a>(path: &SourcePath, now: Stamp, previous: Option<&'a Snapshot>) -> Option<&'a Snapshot> {
    previous.filter(|previous| previous.stamp(path).is_some_and(|old| old.proves(now)))
}

/// Whether a drawing is a program too; so is one that is too large to be looked into, or no text.
fn drawing_runs_code(file: &Path, stamp: Stamp) -> std::io::Result<bool> {
    Ok(stamp.len > LARGEST_TEXT || decode(&fs::read(file)?).map_or(true, svg::runs_code))
}

/// What is known of the picture `file` of `len` bytes; `None` for everything else.
fn measure(path: &str, file: &Path, len: u64) -> Option<Measure> {
    match extension(path).as_str() {
        "jpg" | "jpeg" | "png" | "webp" => Measure::of(BufReader::new(File::open(file).ok()?), len),
        "gif" | "avif" | "heic" | "bmp" | "tif" | "tiff" | "jxl" | "ico" => {
            let size = imagesize::size(file).ok()?;
            Some(Measure { width: size.width.try_into().ok()?, height: size.height.try_into().ok()?, form: Form::AsItIs })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("metodika-read-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("content/pages/_parts")).unwrap();
        fs::write(root.join("content/site.yaml"), "title: Сайт\n").unwrap();
        root
    }

    fn paths(snapshot: &Snapshot) -> Vec<&str> {
        snapshot.sources.content.keys().map(|path| &**path).collect()
    }

    #[test]
    fn what_is_put_aside_is_left_out() {
        let root = site("aside");
        for file in ["pages/о нас.md", "pages/_parts/x.md", "pages/.swp", "pages/_draft.md", "plan.pdf"] {
            fs::write(root.join("content").join(file), "x").unwrap();
        }
        let snapshot = read(&root, None, Keep::Text, Language::Ru).unwrap();
        assert_eq!(paths(&snapshot), ["content/pages/о нас.md", "content/plan.pdf", "content/site.yaml"]);
        let Some(Source::Asset(asset)) = snapshot.sources.content.get("content/plan.pdf") else { panic!() };
        assert_eq!((asset.len, asset.hash, asset.picture), (1, hash(b"x"), None));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn an_unchanged_text_stays_the_same_value() {
        let root = site("again");
        let old = SystemTime::now() - Duration::from_secs(60);
        File::options().write(true).open(root.join("content/site.yaml")).unwrap().set_modified(old).unwrap();
        let first = read(&root, None, Keep::Text, Language::Ru).unwrap();
        let second = read(&root, Some(&first), Keep::Text, Language::Ru).unwrap();
        let (a, b) = (first.sources.text_of("content/site.yaml").unwrap(), second.sources.text_of("content/site.yaml").unwrap());
        assert!(std::ptr::eq(a, b));
        assert_eq!(changes(&first.sources, &second.sources), Vec::<&str>::new());

        fs::write(root.join("content/site.yaml"), "title: Блог\n").unwrap();
        fs::write(root.join("content/pages/a.md"), "x").unwrap();
        let third = read(&root, Some(&second), Keep::Text, Language::Ru).unwrap();
        assert_eq!(changes(&second.sources, &third.sources), ["content/pages/a.md", "content/site.yaml"]);
        fs::remove_dir_all(root).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_site_and_in_circles_are_refused() {
        let root = site("links");
        std::os::unix::fs::symlink("/etc", root.join("content/etc")).unwrap();
        std::os::unix::fs::symlink("..", root.join("content/pages/loop")).unwrap();
        std::os::unix::fs::symlink("nowhere.md", root.join("content/gone.md")).unwrap();
        std::os::unix::fs::symlink("site.yaml", root.join("content/inside.yaml")).unwrap();
        let snapshot = read(&root, None, Keep::Text, Language::Ru).unwrap();
        for path in ["content/etc", "content/pages/loop", "content/gone.md"] {
            assert!(matches!(snapshot.sources.content.get(path), Some(Source::Unreadable(_))), "{path}");
        }
        assert_eq!(snapshot.sources.text_of("content/inside.yaml"), Some("title: Сайт\n"));
        assert_eq!(snapshot.sources.content.len(), 5);
        fs::remove_dir_all(root).unwrap();
    }
}
