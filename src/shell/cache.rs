//! What a build leaves for the next one in a new process: fingerprints of everything that it read and wrote, in `.metodika/` of the site.
//! If all of them still hold, there is nothing to do; if all but one, perhaps little ([`super::patch`]). The folder may be deleted at any time; the price of the fingerprints is one look at
//! each file after it is written.

use super::read::{self, Snapshot, Stamp, nanoseconds};
use super::report::{Finding, Kept};
use metodika::parse::markdown::Target;
use metodika::source::{SourcePath, hash};
use metodika::value::date::Date;
use metodika::value::language::Language;
use metodika::{Build, Options};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, Metadata};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where caches lie, from the root of the site.
pub const FOLDER: &str = ".metodika";

/// One cache is kept for each folder that the site is published to, and of so many folders.
const MOST_CACHES: usize = 8;

/// The shape of the file.
const VERSION: u32 = 2;

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
}

/// A published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    len: u64,
    /// Nanoseconds since 1970.
    modified: u64,
}

/// A published file: its fingerprint, and where a body stands in it that stands nowhere else.
#[derive(Debug)]
pub struct Published {
    pub path: String,
    pub output: Output,
    /// How many bytes stand before and after the body.
    pub body: Option<(usize, usize)>,
}

/// What has changed since a build.
#[derive(Debug, PartialEq, Eq)]
pub enum Changes {
    Nothing,
    /// The text of this file.
    One(SourcePath),
    More,
}

/// Where a body stands in the published site, and what it takes to write it anew.
#[derive(Debug, Serialize, Deserialize)]
pub struct BodyPlace {
    // The first key: a line is found by it.
    source: String,
    face: String,
    pub output: String,
    /// How many bytes of the page stand before the body.
    pub before: usize,
    /// How many stand after it: counted from the end, so that a new body leaves this line as it is.
    pub after: usize,
    pub links: Vec<Target>,
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
            Some((path.to_string(), Input { stamp: stamp?, hash: hexadecimal(hash?) }))
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

    /// What of the site in `root` has changed since the build, if `options`, the program and `target` are as they were then.
    pub fn changes(&self, options: &Options, root: &Path, target: &Path, language: Language) -> Changes {
        if conditions(options).as_ref() != Some(&self.conditions) {
            return Changes::More;
        }
        let (inputs, outputs) = rayon::join(|| self.changed_inputs(root, language), || self.outputs_hold(target));
        match inputs.filter(|_| outputs) {
            Some(mut changed) => match (changed.pop(), changed.pop()) {
                (None, _) => Changes::Nothing,
                // What was said of it may not hold any more.
                (Some(path), None) if !self.said.iter().any(|said| said.is_about(&path)) => Changes::One(path),
                (Some(_), None) => Changes::More,
                (Some(_), Some(_)) => Changes::More,
            },
            None => Changes::More,
        }
    }

    /// The files that are not what they were; `None` if some have come or gone.
    fn changed_inputs(&self, root: &Path, language: Language) -> Option<Vec<SourcePath>> {
        let files = read::files(root, language)?;
        if files.len() != self.inputs.len() || !files.iter().all(|(path, _)| self.inputs.contains_key(&**path)) {
            return None;
        }
        let changed = |(path, file): &(SourcePath, PathBuf)| !self.inputs.get(&**path).is_some_and(|input| input.holds(file));
        Some(files.into_par_iter().filter(changed).map(|(path, _)| path).collect())
    }

    /// The input `path` is now what this stamp and hash say.
    pub fn read_again(&mut self, path: &str, stamp: Stamp, hash: u128) {
        self.inputs.insert(path.to_owned(), Input { stamp, hash: hexadecimal(hash) });
    }

    /// The file `path` of `target` is another one now.
    pub fn rewritten(&mut self, target: &Path, path: &str, output: Output) {
        self.outputs.insert(path.to_owned(), output);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(modified) = target.join(folder).symlink_metadata().ok().as_ref().and_then(nanoseconds) {
            self.folders.insert(folder.to_owned(), modified);
        }
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

impl BodyPlace {
    /// Writes down the places of all bodies in `outputs`, a line each, so that one can be read without the others. They are believed if a cache
    /// is there, and so stand before it is.
    pub fn save(build: &Build, outputs: &[Published], root: &Path, target: &Path) {
        let file = bodies_file(root, target);
        let written = || -> std::io::Result<()> {
            fs::create_dir_all(root.join(FOLDER))?;
            let mut out = BufWriter::new(File::create(beside(&file))?);
            for Published { path, body, .. } in outputs {
                let (Some((before, after)), Some((document, links))) = (*body, build.only_place(path)) else { continue };
                let (source, face) = (document.path.to_string(), hexadecimal(document.face));
                let place = BodyPlace { source, face, output: path.clone(), before, after, links: links.to_vec() };
                serde_json::to_writer(&mut out, &place)?;
                out.write_all(b"\n")?;
            }
            out.into_inner()?;
            fs::rename(beside(&file), &file)
        };
        if written().is_err() {
            let _ = fs::remove_file(beside(&file));
            let _ = fs::remove_file(file);
        }
    }

    /// Where the body of the document `source` stands in `target`.
    pub fn find(root: &Path, target: &Path, source: &str) -> Option<BodyPlace> {
        let text = fs::read(bodies_file(root, target)).ok()?;
        let key = format!("{{\"source\":{},", serde_json::to_string(source).ok()?);
        let at = memchr::memmem::find(&text, key.as_bytes())?;
        let end = memchr::memchr(b'\n', &text[at..])?;
        serde_json::from_slice(&text[at..at + end]).ok()
    }

    /// The face of the document whose body it was.
    pub fn face(&self) -> Option<u128> {
        u128::from_str_radix(&self.face, 16).ok()
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

/// Beside it the places of the bodies: a [`BodyPlace`] a line.
fn bodies_file(root: &Path, target: &Path) -> PathBuf {
    root.join(FOLDER).join(format!("bodies-{}.jsonl", name_of(target)))
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
        let name = path.file_name().unwrap_or_default().to_string_lossy().replacen("build-", "bodies-", 1);
        // Another build may have taken them.
        let _ = fs::remove_file(path.with_file_name(name).with_extension("jsonl"));
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
