//! What a build leaves for the next one in a new process: fingerprints of everything that it read and wrote, in `.metodika/` of the site.
//! If all of them still hold, there is nothing to do. The folder may be deleted at any time; the price of the fingerprints is one look at each
//! file after it is written.

use super::read::{self, Snapshot, Stamp, nanoseconds};
use super::report::{Finding, Kept};
use metodika::source::{SourcePath, hash};
use metodika::sources::Source;
use metodika::value::date::Date;
use metodika::value::language::Language;
use metodika::{Build, Options};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};

/// Where caches lie, from the root of the site.
pub const FOLDER: &str = ".metodika";

/// One cache is kept for each folder that the site is published to, and of so many folders.
const MOST_CACHES: usize = 8;

/// The shape of the file.
const VERSION: u32 = 4;

/// Fingerprints of a build that went well, and what it said.
#[derive(Debug, Serialize, Deserialize)]
pub struct Cache {
    version: u32,
    /// The program and what it was told: with another of either the site may come out otherwise.
    conditions: String,
    inputs: BTreeMap<String, Input>,
    outputs: BTreeMap<String, Output>,
    /// When each folder of `outputs` was last modified: it is whenever something comes into it or goes away.
    folders: BTreeMap<String, u64>,
    pub documents: usize,
    /// The site's, in which it has days.
    pub timezone: String,
    /// The tag of the language of messages.
    pub language: String,
    pub next_change: Option<Date>,
    /// What there was to say; the next build says it again.
    pub said: Vec<Kept>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Input {
    #[serde(flatten)]
    stamp: Stamp,
    /// xxh3-128 in hexadecimal digits.
    hash: String,
    /// Of a document: what the rest of the site sees of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    face: Option<String>,
}

/// How much of a build is as it left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Everything,
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

/// A published file and its fingerprint.
#[derive(Debug)]
pub struct Published {
    pub path: String,
    pub output: Output,
}

impl Output {
    /// The fingerprint of the file that has this `metadata`.
    pub fn of(metadata: &Metadata) -> Option<Output> {
        Some(Output { len: metadata.len(), modified: nanoseconds(metadata)? })
    }
}

impl Cache {
    /// What the last build of the site in `root` into `target` left.
    pub fn load(root: &Path, target: &Path) -> Option<Cache> {
        let text = fs::read(file(root, target)).ok()?;
        serde_json::from_slice(&text).ok().filter(|cache: &Cache| cache.version == VERSION)
    }

    /// The fingerprints of `build`, which read `snapshot` under `options` and wrote `outputs` into `target`; `None` if they prove nothing.
    pub fn of(
        build: &Build,
        options: &Options,
        snapshot: &Snapshot,
        outputs: &[Published],
        said: Vec<Finding>,
        target: &Path,
    ) -> Option<Cache> {
        let folders: BTreeSet<&str> = outputs.iter().flat_map(|output| folders_above(&output.path)).collect();
        let folder = |folder: &str| Some((folder.to_owned(), nanoseconds(&target.join(folder).symlink_metadata().ok()?)?));
        let input = |(path, stamp, hash): (&SourcePath, Option<Stamp>, Option<u128>)| {
            Some((path.to_string(), Input { stamp: stamp?, hash: hexadecimal(hash?), face: face(snapshot, path) }))
        };
        Some(Cache {
            version: VERSION,
            conditions: conditions(options)?,
            folders: folders.into_par_iter().map(folder).collect::<Option<_>>()?,
            inputs: snapshot.fingerprints().into_par_iter().map(input).collect::<Option<_>>()?,
            outputs: (outputs.len() == build.len()).then(|| outputs.iter().map(|o| (o.path.clone(), o.output)).collect())?,
            documents: build.documents(),
            timezone: metodika::settings(&snapshot.sources).0.timezone,
            language: build.language().tag().to_owned(),
            next_change: build.next_change(),
            said: said.into_iter().map(Kept::from).collect(),
        })
    }

    /// Writes it down for the next build. A cache that cannot be written is a slower next build and nothing else.
    pub fn save(&self, root: &Path, target: &Path) {
        let file = file(root, target);
        let folder = root.join(FOLDER);
        let written = || -> std::io::Result<()> {
            make_folder(root)?;
            // In one step, so that a killed build leaves no half of it.
            fs::write(beside(&file), serde_json::to_vec(self)?)?;
            fs::rename(beside(&file), &file)
        };
        match written() {
            Ok(()) => prune(&folder),
            Err(_) => {
                Cache::forget(root, target);
                // On a full disk half a file stands in the way of everything else.
                let _ = fs::remove_file(beside(&file));
            }
        }
    }

    /// Takes away what an earlier build left. So it is done before anything in `target` changes: whenever the program is killed, a cache that is
    /// there is about the site that is there, on disks with coarse times too.
    pub fn forget(root: &Path, target: &Path) {
        let _ = fs::remove_file(file(root, target));
    }

    /// What of the site in `root` and of `target` is as it was after the build; with other `options` or another program, nothing.
    pub fn holds(&self, options: &Options, root: &Path, target: &Path, language: Language) -> Holds {
        if conditions(options).as_ref() != Some(&self.conditions) {
            return Holds::Nothing;
        }
        match rayon::join(|| self.inputs_hold(root, language), || self.outputs_hold(target)) {
            (true, true) => Holds::Everything,
            (false, true) => Holds::Outputs,
            (_, false) => Holds::Nothing,
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
            let known = self.inputs.get(&**path)?;
            if known.hash == hexadecimal(hash?) {
                continue;
            }
            if known.face.is_none() || known.face != face(snapshot, path) {
                return None;
            }
            newer.insert(path.clone());
        }
        Some(newer)
    }

    fn inputs_hold(&self, root: &Path, language: Language) -> bool {
        let Some(files) = read::files(root, language) else { return false };
        let holds = |(path, file): &(SourcePath, PathBuf)| self.inputs.get(&**path).is_some_and(|input| input.holds(file));
        files.len() == self.inputs.len() && files.par_iter().all(holds)
    }

    fn outputs_hold(&self, target: &Path) -> bool {
        let outputs: Vec<(&String, &Output)> = self.outputs.iter().collect();
        let folders: Vec<(&String, &u64)> = self.folders.iter().collect();
        let look = |path: &str| target.join(path).symlink_metadata().ok();
        outputs.par_iter().all(|(path, output)| look(path).is_some_and(|now| now.is_file() && Output::of(&now) == Some(**output)))
            && folders
                .par_iter()
                .all(|(path, modified)| look(path).is_some_and(|now| now.is_dir() && nanoseconds(&now) == Some(**modified)))
    }

    /// How many files are published, and how many of them are pages.
    pub fn files_and_pages(&self) -> (usize, usize) {
        (self.outputs.len(), self.outputs.keys().filter(|path| path.ends_with(".html")).count())
    }
}

impl Input {
    /// By time and length; by its content where the time proves nothing.
    fn holds(&self, file: &Path) -> bool {
        let Ok(now) = read::stamp(file) else { return false };
        self.stamp.proves(now) || self.stamp.len == now.len && hash_of(file).is_some_and(|hash| hash == self.hash)
    }
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

fn face(snapshot: &Snapshot, path: &SourcePath) -> Option<String> {
    match snapshot.sources.content.get(path) {
        Some(Source::Document(document)) => Some(hexadecimal(document.face)),
        _ => None,
    }
}

fn hash_of(file: &Path) -> Option<String> {
    let (hash, _) = read::hash_all(File::open(file).ok()?).ok()?;
    Some(hexadecimal(hash))
}

fn hexadecimal(hash: u128) -> String {
    format!("{hash:032x}")
}

/// One file for each folder that the site is published to.
fn file(root: &Path, target: &Path) -> PathBuf {
    root.join(FOLDER).join(format!("build-{}.json", name_of(target)))
}

/// Where a file is written before one renaming puts it in its place: half of it is never read.
fn beside(file: &Path) -> PathBuf {
    file.with_added_extension("new")
}

fn name_of(target: &Path) -> String {
    hexadecimal(hash(target.as_os_str().as_encoded_bytes()))
}

/// Takes away the oldest caches: of folders that nobody publishes to any more.
fn prune(folder: &Path) {
    let caches = fs::read_dir(folder).into_iter().flatten().flatten().filter(|entry| is_cache(entry.file_name().as_encoded_bytes()));
    let mut caches: Vec<_> = caches.filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path()))).collect();
    caches.sort_unstable_by(|a, b| b.cmp(a));
    for (_, path) in caches.into_iter().skip(MOST_CACHES) {
        // Another build may have taken it.
        let _ = fs::remove_file(path);
    }
}

fn is_cache(name: &[u8]) -> bool {
    name.starts_with(b"build-") && name.ends_with(b".json")
}

/// Everything but the files that a build depends on: the program, the day, the options.
fn conditions(options: &Options) -> Option<String> {
    let program = std::env::current_exe().ok()?.metadata().ok()?;
    let Options { today, base_url, drafts, strict, language, proofread, people } = options;
    let program = (env!("CARGO_PKG_VERSION"), program.len(), nanoseconds(&program)?);
    Some(format!("{program:?} {today} {base_url:?} {drafts} {strict} {language:?} {proofread} {people:?}"))
}
