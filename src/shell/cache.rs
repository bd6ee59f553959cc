//! What a build leaves for the next one in a new process: fingerprints of everything that it read and wrote, in `.metodika/` of the site.
//! If all of them still hold, there is nothing to do. The folder may be deleted at any time; the price of the fingerprints is one look at each
//! file after it is written.
//!
//! The one doorway to postcard: of 57 000 paths and 3 600 messages JSON takes four times as long to read.

use super::disk::{Folder, Seen};
use super::hashing::Hashing;
use super::read::{self, Snapshot, Stamp, nanoseconds};
use super::report::{Finding, Kept};
use metodika::format::search::Memory;
use metodika::render::Alone;
use metodika::source::{SourcePath, hash};
use metodika::sources::Source;
use metodika::value::date::Date;
use metodika::{Build, Options};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File, Metadata};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where caches lie, from the root of the site.
pub const FOLDER: &str = ".metodika";

/// One cache is kept for each folder that the site is published to, and of so many folders.
const MOST_CACHES: usize = 8;

/// The shape of the file.
const VERSION: u8 = 6;

/// Fingerprints of a build that went well, and what it said.
#[derive(Debug, Serialize, Deserialize)]
pub struct Cache {
    /// The program and what it was told: with another of either the site may come out otherwise.
    conditions: String,
    /// By path.
    inputs: Vec<Input>,
    /// By path; that of the site, the empty path, is one of them.
    folders: Vec<PublishedFolder>,
    /// The hashes of what stands beside it ([`Pending`]), 0 for nothing.
    bodies: u128,
    search: u128,
    pub documents: usize,
    /// The site's, in which it has days.
    pub timezone: String,
    /// The tag of the language of messages.
    pub language: String,
    pub next_change: Option<Date>,
    /// What there was to say; the next build says it again.
    pub said: Vec<Kept>,
    /// Since it was read more has come to be known of what it is about.
    #[serde(skip)]
    pub learnt: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Input {
    path: Box<str>,
    stamp: Stamp,
    hash: u128,
    /// Of a document: what the rest of the site sees of it.
    face: Option<u128>,
    body: Option<BodyPlace>,
}

/// Where a body stands that stands alone ([`Alone`]).
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct BodyPlace {
    /// How many bytes of the page stand before it.
    pub before: u32,
    /// How many stand after it: counted from the end, so that a new body leaves this as it is.
    pub after: u32,
    /// Where its [`Alone`] stands among the others.
    at: u64,
    len: u32,
}

/// What is kept in a file of its own, because only a build with one new body asks for it: of each body that stands alone an [`Alone`], and the
/// memory of the search. It is written as soon as it is made, under another name, and not held; a cache that is saved puts it into its place.
/// A cache knows the hash of each: one that was written with another cache, or by half, is none.
#[derive(Debug)]
pub struct Pending {
    file: PathBuf,
    hash: u128,
}

impl Pending {
    /// What `write` writes for the place `file`.
    fn write(file: PathBuf, write: impl FnOnce(&mut Hashing) -> std::io::Result<()>) -> std::io::Result<Pending> {
        let mut pending = Pending { file, hash: 0 };
        let mut out = Hashing::new(File::create(beside(&pending.file))?);
        write(&mut out)?;
        (_, pending.hash, _) = out.finish()?;
        Ok(pending)
    }

    /// The memory of the search of the site in `root` that is published to `target`; `None` if it cannot be written.
    pub fn search(memory: &Memory, root: &Path, target: &Path) -> Option<Pending> {
        make_folder(root).ok()?;
        Pending::write(file(root, target, SEARCH), |out| put(memory, out)).ok()
    }

    fn take_place(&self) -> std::io::Result<()> {
        fs::rename(beside(&self.file), &self.file)
    }
}

impl Drop for Pending {
    /// What has not taken its place is of no use.
    fn drop(&mut self) {
        let _ = fs::remove_file(beside(&self.file));
    }
}

/// A published folder with its files, but not those of the folders in it.
#[derive(Debug, Serialize, Deserialize)]
struct PublishedFolder {
    path: Box<str>,
    /// When it was last modified: it is whenever something comes into it or goes away.
    modified: u64,
    files: Vec<(Box<str>, Output)>,
}

/// How much of a build is as it left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    Everything,
    /// Everything but this file, which is another one.
    AllBut(SourcePath),
    /// What was published, under the same conditions.
    Outputs,
    Nothing,
}

/// A published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    len: u64,
    /// Nanoseconds since 1970.
    modified: u64,
}

/// A file that was written, and its fingerprint.
#[derive(Debug)]
pub struct Published<'b> {
    pub path: &'b str,
    pub output: Output,
    /// How many bytes stand before and after the body, if one stands in it and it was rendered.
    pub body: Option<(usize, usize)>,
}

impl Output {
    /// The fingerprint of the file that has this `metadata`.
    pub fn of(metadata: &Metadata) -> Option<Output> {
        Some(Output { len: metadata.len(), modified: nanoseconds(metadata)? })
    }

    fn is(self, seen: Seen) -> bool {
        seen.is_file && (seen.len, seen.modified) == (self.len, Some(self.modified))
    }
}

impl Cache {
    /// What the last build of the site in `root` into `target` left.
    pub fn load(root: &Path, target: &Path) -> Option<Cache> {
        let bytes = fs::read(file(root, target, CACHE)).ok()?;
        // A cache of another shape could be read for nonsense.
        let (bytes, sum) = bytes.split_last_chunk()?;
        if u128::from_le_bytes(*sum) != hash(bytes) {
            return None;
        }
        postcard::from_bytes(bytes.strip_prefix(&[VERSION])?).ok()
    }

    /// The fingerprints of `build`, which read `snapshot` under `options` in `root` and wrote `outputs` into `target`, and what stands beside them,
    /// of which `search` is made already; `None` if they prove nothing. Where bodies stand in pages that were not rendered, `last` knows.
    pub fn of(
        build: &Build,
        (options, snapshot): (&Options, &Snapshot),
        (outputs, search): (Vec<Published>, Option<Pending>),
        said: Vec<Finding>,
        (root, target): (&Path, &Path),
        last: Option<&Cache>,
    ) -> Option<(Cache, Vec<Pending>)> {
        if outputs.len() != build.len() {
            return None;
        }
        make_folder(root).ok()?;
        let (bodies, folders) = rayon::join(|| bodies(build, &outputs, last, file(root, target, BODIES)), || folders(&outputs, target));
        let ((places, bodies), folders) = (bodies.ok()?, folders?);
        drop(outputs);
        let input = |(path, stamp, hash): (&SourcePath, Option<Stamp>, Option<u128>)| {
            let (face, body) = (face(snapshot, path), places.get(path).copied());
            Some(Input { path: (**path).into(), stamp: stamp?, hash: hash?, face, body })
        };
        let cache = Cache {
            conditions: conditions(options)?,
            folders,
            inputs: snapshot.fingerprints().into_par_iter().map(input).collect::<Option<_>>()?,
            bodies: bodies.hash,
            search: search.as_ref().map_or(0, |search| search.hash),
            documents: build.documents(),
            timezone: metodika::settings(&snapshot.sources).0.timezone,
            language: build.language().tag().to_owned(),
            next_change: build.next_change(),
            said: said.into_iter().map(Kept::from).collect(),
            learnt: false,
        };
        Some((cache, search.into_iter().chain([bodies]).collect()))
    }

    /// Where the body of the document `path` stood, and the face of the document.
    pub fn body(&self, path: &str) -> Option<(BodyPlace, u128)> {
        let input = self.input(path)?;
        input.body.zip(input.face)
    }

    /// What writes the body at `place` anew.
    pub fn alone(&self, place: BodyPlace, root: &Path, target: &Path) -> Option<Alone> {
        let bytes = fs::read(file(root, target, BODIES)).ok().filter(|bytes| hash(bytes) == self.bodies)?;
        postcard::from_bytes(bytes.get(place.at as usize..)?.get(..place.len as usize)?).ok()
    }

    /// The memory of the search, for [`memory`].
    pub fn search(&self, root: &Path, target: &Path) -> Option<Vec<u8>> {
        fs::read(file(root, target, SEARCH)).ok().filter(|bytes| hash(bytes) == self.search)
    }

    /// The input `path` is now what this stamp and hash say.
    pub fn read_again(&mut self, path: &str, stamp: Stamp, hash: u128) {
        if let Some(at) = self.place(path) {
            let input = &mut self.inputs[at];
            (input.stamp, input.hash) = (stamp, hash);
        }
    }

    /// The files of `target` that stand in `folder`, by name.
    pub fn files(&self, folder: &str) -> impl Iterator<Item = &str> {
        let files = self.folder(folder).map(|at| &self.folders[at].files);
        files.into_iter().flatten().map(|(name, _)| &**name)
    }

    /// The file `path` of `target` is another one now.
    pub fn rewritten(&mut self, target: &Path, path: &str) -> Option<()> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let at = self.folder(folder)?;
        let (_, output) = self.folders[at].files.iter_mut().find(|(own, _)| &**own == name)?;
        *output = Output::of(&target.join(path).symlink_metadata().ok()?)?;
        Some(())
    }

    /// Something in `folder` of `target` has changed places with another of the same name.
    pub fn exchanged_in(&mut self, target: &Path, folder: &str) -> Option<()> {
        let at = self.folder(folder)?;
        self.folders[at].modified = nanoseconds(&target.join(folder).symlink_metadata().ok()?)?;
        Some(())
    }

    fn folder(&self, path: &str) -> Option<usize> {
        self.folders.binary_search_by(|folder| (*folder.path).cmp(path)).ok()
    }

    /// With another memory of the search.
    pub fn searches(&mut self, search: &Pending) {
        self.search = search.hash;
    }

    /// Writes it down for the next build. A cache that cannot be written is a slower next build and nothing else.
    /// Of what stands beside it, what is not pending stays as it is.
    pub fn save(&self, pending: &[Pending], root: &Path, target: &Path) {
        let file = |ending| file(root, target, ending);
        let folder = root.join(FOLDER);
        let written = || -> std::io::Result<()> {
            make_folder(root)?;
            pending.iter().try_for_each(Pending::take_place)?;
            // In one step, so that a killed build leaves no half of it.
            let mut new = Hashing::new(File::create(beside(&file(CACHE)))?);
            new.write_all(&[VERSION])?;
            put(self, &mut new)?;
            let (mut new, hash, _) = new.finish()?;
            new.write_all(&hash.to_le_bytes())?;
            drop(new);
            fs::rename(beside(&file(CACHE)), file(CACHE))
        };
        match written() {
            Ok(()) => prune(&folder),
            Err(_) => {
                Cache::forget(root, target);
                // On a full disk half a file stands in the way of everything else.
                for file in [CACHE, BODIES, SEARCH].map(file) {
                    let _ = fs::remove_file(beside(&file));
                    let _ = fs::remove_file(file);
                }
            }
        }
    }

    /// Takes away what an earlier build left. So it is done before anything in `target` changes: whenever the program is killed, a cache that is
    /// there is about the site that is there, on disks with coarse times too.
    pub fn forget(root: &Path, target: &Path) {
        let _ = fs::remove_file(file(root, target, CACHE));
    }

    /// What of the site and of `target` is as it was after the build; with other `options` or another program, nothing. `files` are those of the
    /// site, [`read::files`].
    pub fn holds(&mut self, options: &Options, files: Option<Vec<(SourcePath, PathBuf)>>, target: &Path) -> Holds {
        if conditions(options).as_ref() != Some(&self.conditions) {
            return Holds::Nothing;
        }
        let (inputs, outputs) = rayon::join(|| self.inputs_now(files?), || self.outputs_hold(target));
        if !outputs {
            return Holds::Nothing;
        }
        let Some(inputs) = inputs else { return Holds::Outputs };
        let mut others = Vec::new();
        for (at, path, now) in inputs {
            match now {
                Now::Other => others.push(path),
                // The next build need not look into it.
                Now::SameBytes(stamp) if stamp.settled() => (self.inputs[at].stamp, self.learnt) = (stamp, true),
                Now::SameBytes(_) | Now::Same => {}
            }
        }
        match (others.pop(), others.pop()) {
            (None, _) => Holds::Everything,
            (Some(path), None) => Holds::AllBut(path),
            (Some(_), Some(_)) => Holds::Outputs,
        }
    }

    /// The documents whose bodies alone are others in `snapshot`; `None` if anything else is.
    pub fn newer_bodies(&self, snapshot: &Snapshot) -> Option<BTreeSet<SourcePath>> {
        let files = snapshot.fingerprints();
        if files.len() != self.inputs.len() {
            return None;
        }
        let mut newer = BTreeSet::new();
        for (path, _, hash) in files {
            let known = self.input(path)?;
            if known.hash == hash? {
                continue;
            }
            if known.face.is_none() || known.face != face(snapshot, path) {
                return None;
            }
            newer.insert(path.clone());
        }
        Some(newer)
    }

    fn input(&self, path: &str) -> Option<&Input> {
        self.place(path).map(|at| &self.inputs[at])
    }

    fn place(&self, path: &str) -> Option<usize> {
        self.inputs.binary_search_by(|input| (*input.path).cmp(path)).ok()
    }

    /// What has become of each of `files`, which stands at this place among the inputs; `None` if some have come or gone.
    fn inputs_now(&self, files: Vec<(SourcePath, PathBuf)>) -> Option<Vec<(usize, SourcePath, Now)>> {
        if files.len() != self.inputs.len() {
            return None;
        }
        let now = |(path, file): (SourcePath, PathBuf)| {
            let at = self.place(&path)?;
            Some((at, path, self.inputs[at].now(&file)))
        };
        files.into_par_iter().map(now).collect()
    }

    fn outputs_hold(&self, target: &Path) -> bool {
        let Ok(target) = Folder::open(target) else { return false };
        self.folders.par_iter().all(|folder| folder.holds(&target))
    }

    /// How many files are published, and how many of them are pages.
    pub fn files_and_pages(&self) -> (usize, usize) {
        let files = || self.folders.iter().flat_map(|folder| &folder.files);
        (files().count(), files().filter(|(name, _)| name.ends_with(".html")).count())
    }
}

/// What has become of an input.
enum Now {
    Same,
    /// The time proved nothing, but its bytes are what they were. With its stamp as it was before they were read.
    SameBytes(Stamp),
    Other,
}

impl Input {
    /// By time and length; by its content where the time proves nothing.
    fn now(&self, file: &Path) -> Now {
        let Ok(now) = read::stamp(file) else { return Now::Other };
        if self.stamp.proves(now) {
            return Now::Same;
        }
        let is_same = self.stamp.len == now.len && hash_of(file).is_some_and(|hash| hash == self.hash);
        if is_same { Now::SameBytes(now) } else { Now::Other }
    }
}

impl PublishedFolder {
    /// Whether it and its files in `target` are what they were.
    fn holds(&self, target: &Folder) -> bool {
        let own = if self.path.is_empty() { "." } else { &*self.path };
        let mut path = format!("{own}/");
        let folder = path.len();
        target.look(own).is_some_and(|now| now.is_folder && now.modified == Some(self.modified))
            && self.files.iter().all(|(name, output)| {
                path.truncate(folder);
                path.push_str(name);
                target.look(&path).is_some_and(|now| output.is(now))
            })
    }
}

/// Writes `value` down.
fn put(value: &impl Serialize, out: &mut Hashing) -> std::io::Result<()> {
    postcard::to_io(value, out).map(drop).map_err(std::io::Error::other)
}

/// The memory of the search that was written down as `bytes`.
pub fn memory(bytes: &[u8]) -> Option<Memory<'_>> {
    postcard::from_bytes(bytes).ok()
}

/// Where the bodies that stand alone stand in `outputs`, and what writes them anew, which is written for the place `file`.
fn bodies(
    build: &Build,
    outputs: &[Published],
    last: Option<&Cache>,
    file: PathBuf,
) -> std::io::Result<(HashMap<SourcePath, BodyPlace>, Pending)> {
    let rendered: HashMap<&str, (usize, usize)> = outputs.iter().filter_map(|one| Some((one.path, one.body?))).collect();
    let (mut places, mut end) = (HashMap::new(), 0);
    let write = |out: &mut Hashing| {
        for (path, alone) in build.alone() {
            let known = || last?.input(&path)?.body.map(|place| (place.before, place.after));
            let short = |(before, after): &(usize, usize)| Some((u32::try_from(*before).ok()?, u32::try_from(*after).ok()?));
            let Some((before, after)) = rendered.get(&*alone.output).and_then(short).or_else(known) else { continue };
            let own = postcard::to_allocvec(&alone).map_err(std::io::Error::other)?;
            out.write_all(&own)?;
            places.insert(path, BodyPlace { before, after, at: end, len: own.len() as u32 });
            end += own.len() as u64;
        }
        Ok(())
    };
    let pending = Pending::write(file, write)?;
    Ok((places, pending))
}

/// The folders of `target` in which `outputs` stand.
fn folders(outputs: &[Published], target: &Path) -> Option<Vec<PublishedFolder>> {
    let mut files: BTreeMap<&str, Vec<(Box<str>, Output)>> = BTreeMap::new();
    for Published { path, output, .. } in outputs {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        files.entry(folder).or_default().push((name.into(), *output));
        for folder in folders_above(path) {
            files.entry(folder).or_default();
        }
    }
    let files: Vec<_> = files.into_iter().collect();
    let folder = |(path, mut files): (&str, Vec<_>)| {
        // Most folders have a file or two.
        files.shrink_to_fit();
        let modified = nanoseconds(&target.join(path).symlink_metadata().ok()?)?;
        Some(PublishedFolder { path: path.into(), modified, files })
    };
    files.into_par_iter().map(folder).collect()
}

/// Makes the folder for caches of the site in `root`.
pub fn make_folder(root: &Path) -> std::io::Result<()> {
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let list = folder.join(".gitignore");
    // Nobody should commit it, whatever the site's own list says.
    if list.exists() { Ok(()) } else { fs::write(list, "*\n") }
}

/// The folders in which `path` stands, that of the site (the empty path) included.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at]).chain([""])
}

fn face(snapshot: &Snapshot, path: &SourcePath) -> Option<u128> {
    match snapshot.sources.content.get(path) {
        Some(Source::Document(document)) => Some(document.face),
        _ => None,
    }
}

fn hash_of(file: &Path) -> Option<u128> {
    let (hash, _) = read::hash_all(File::open(file).ok()?).ok()?;
    Some(hash)
}

/// The endings of the files for each folder that the site is published to: fingerprints, and what is beside them ([`Pending`]).
const CACHE: &str = "cache";
const BODIES: &str = "bodies";
const SEARCH: &str = "search";

fn file(root: &Path, target: &Path, ending: &str) -> PathBuf {
    root.join(FOLDER).join(format!("build-{}.{ending}", name_of(target)))
}

/// Where a file is written before one renaming puts it in its place: half of it is never read.
fn beside(file: &Path) -> PathBuf {
    file.with_added_extension("new")
}

fn name_of(target: &Path) -> String {
    format!("{:032x}", hash(target.as_os_str().as_encoded_bytes()))
}

/// Takes away the oldest caches: of folders that nobody publishes to any more, and of versions that wrote JSON.
fn prune(folder: &Path) {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let files: Vec<PathBuf> = files.filter(|path| is_ours(path)).collect();
    let is = |ending: &'static str| move |path: &&PathBuf| path.extension().is_some_and(|own| own == ending);
    let modified = |path: &PathBuf| path.metadata().and_then(|metadata| metadata.modified()).ok();
    let mut caches: Vec<&PathBuf> = files.iter().filter(is(CACHE)).collect();
    caches.sort_by_cached_key(|path| Reverse(modified(path)));
    let old = caches.into_iter().skip(MOST_CACHES).flat_map(|path| [CACHE, BODIES, SEARCH].map(|ending| path.with_extension(ending)));
    for path in old.chain(files.iter().filter(is("json")).cloned()) {
        // Another build may have taken it.
        let _ = fs::remove_file(path);
    }
}

fn is_ours(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"build-"))
}

/// Everything but the files that a build depends on: the program, the day, the options.
fn conditions(options: &Options) -> Option<String> {
    let program = std::env::current_exe().ok()?.metadata().ok()?;
    let Options { today, base_url, drafts, strict, language, proofread, people } = options;
    let program = (env!("CARGO_PKG_VERSION"), program.len(), nanoseconds(&program)?);
    Some(format!("{program:?} {today} {base_url:?} {drafts} {strict} {language:?} {proofread} {people:?}"))
}
