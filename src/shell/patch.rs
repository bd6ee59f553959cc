//! A build in which one body has changed and nothing else: the new body is put into its page and into the index of the search.
//!
//! Nothing else on the site depends on the text of a body that stands alone (see [`metodika::render::Alone`]), so neither the other documents
//! nor the templates are read: ten thousand of them cost little more than one does. Everything that was true when the site was built is looked
//! at again; where anything is not, nothing is done here, and the build is a whole one.
//!
//! The price: the new site is not a new folder (47 000 links cost more than all else), so it does not appear in one step but in three. The page
//! changes places with the new one, then the file with the text that the search shows, then the folder of the index as a whole, as its files
//! must fit each other. Whoever looks, or whatever is killed, between them meets the new page and the index of the old text: a whole site, of
//! which the search finds what the page said a moment ago. The next build makes it right, because the fingerprints are gone before the first step.

use super::cache::{self, Cache, Pending};
use super::disk::{exchange, may_write};
use super::read;
use super::swap::Staging;
use super::target::{Lock, Target};
use super::timings::Timings;
use metodika::output::OutputPath;
use metodika::parse::yaml_of;
use metodika::render::{NewBody, Words, other_index_files};
use metodika::source::{SourcePath, Text, line_column};
use metodika::sources::Source;
use metodika::value::language::Language;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder of the index.
const INDEX: &str = "search/index";

/// The files that are others now.
struct Files {
    /// The page, and the file with the text that the search shows.
    single: Vec<(OutputPath, Vec<u8>)>,
    /// Of the index.
    index: Vec<(OutputPath, String)>,
    /// The memory of the index, if it is another.
    memory: Option<Pending>,
}

/// Publishes the site whose file `path` has changed since the build that left `cache`, which is brought up to date and written down. How many
/// files were written; `None`, and nothing done, if more has changed than one body that stands alone, or the system cannot do it.
pub fn body(cache: &mut Cache, root: &Path, lock: &Lock, path: &SourcePath, language: Language, timings: &mut Timings) -> Option<usize> {
    let target = lock.target();
    let file = root.join(&**path);
    let stamp = read::stamp(&file).ok()?;
    let text = Text::of(&fs::read(&file).ok()?).ok()?;
    let staging = Staging::new(target).ok()?;
    // Most of the index stays as it is, so it is linked before it is known what does not.
    let (files, linked) = rayon::join(|| files(cache, root, target, path, &text, language), || link_index(cache, &staging, target));
    let files = files?;
    timings.stage("index");
    let written = files.index.len() + files.single.len();
    if written > 0 {
        linked.ok()?;
        publish(&files, cache, &staging, root, target)?;
        timings.stage("put");
    }
    cache.read_again(path, stamp, text.hash);
    let remember = || {
        let known = remember(cache, &files, target.folder()).is_some();
        files.memory.iter().for_each(|memory| cache.searches(memory));
        // Fingerprints that could not be taken prove nothing; the site is what it should be.
        if known {
            cache.save(files.memory.as_slice(), root, target.folder());
        } else {
            Cache::forget(root, target.folder());
        }
    };
    // With it goes what stood in the places before.
    rayon::join(remember, || drop(staging));
    Some(written)
}

/// A folder of the index in `staging` with the files of the published one.
fn link_index(cache: &Cache, staging: &Staging, target: &Target) -> io::Result<()> {
    let (staged, published) = (staged_index(staging), target.folder().join(INDEX));
    fs::create_dir(&staged)?;
    cache.files(INDEX).try_for_each(|name| fs::hard_link(published.join(name), staged.join(name)))
}

fn staged_index(staging: &Staging) -> PathBuf {
    staging.folder().join("index")
}

/// Takes the fingerprints of `files` and of the folders in which they were put.
fn remember(cache: &mut Cache, files: &Files, target: &Path) -> Option<()> {
    for (path, _) in &files.single {
        cache.rewritten(target, path)?;
        cache.exchanged_in(target, folder_of(path))?;
    }
    if !files.index.is_empty() {
        files.index.iter().try_for_each(|(path, _)| cache.rewritten(target, path))?;
        cache.exchanged_in(target, INDEX)?;
        cache.exchanged_in(target, folder_of(INDEX))?;
    }
    Some(())
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The files that are others once the document `path` has this `text`.
fn files(cache: &Cache, root: &Path, target: &Target, path: &SourcePath, text: &Text, language: Language) -> Option<Files> {
    let (place, face) = cache.body(path)?;
    // Names are a part of the face where the site keeps them.
    let bytes = text.text.as_bytes();
    let Source::Document(document) = Source::of(path, bytes, read::keep(root, language)) else { return None };
    if document.face != face || !document.diagnostics.is_empty() {
        return None;
    }
    // What was said of the front matter is as true as it was.
    let (front_end, _) = line_column(&text.text, yaml_of(path, &text.text).end);
    if cache.said.iter().any(|said| said.reaches(path, front_end)) {
        return None;
    }
    let alone = cache.alone(place, root, target.folder())?;
    let sources = read::settings(root, language).ok()?;
    let (config, _) = metodika::settings(&sources);
    let theme = config.settings.theme.as_ref().map_or("default", |theme| &theme.value);
    let words = Words::load(&sources, theme, config.language);
    let new = NewBody { config: &config, words: &words, document: &document, markdown: document.markdown_in(&text.text)? };

    let page = fs::read(target.folder().join(&alone.output)).ok()?;
    let after = page.len().checked_sub(place.after as usize).filter(|after| *after >= place.before as usize)?;
    let page_now = [&page[..place.before as usize], &alone.body(new), &page[after..]].concat();
    let mut files = Files { single: Vec::new(), index: Vec::new(), memory: None };
    if page_now != page {
        files.single.push((alone.output.clone(), page_now));
    }
    if let Some(record) = &alone.record {
        let published = |path: &str| fs::read_to_string(target.folder().join(path)).ok();
        let bytes = cache.search(root, target.folder())?;
        let memory = cache::memory(&bytes)?;
        let path = record.texts();
        let texts = published(&path)?;
        let (texts_now, memory_now) = record.texts_and_memory(new, &texts, &memory)?;
        if memory_now != memory {
            files.memory = Some(Pending::search(&memory_now, root, target.folder())?);
            files.index = other_index_files(&memory, &memory_now, &published("search/index/root.js")?)?;
        }
        if texts_now != texts {
            files.single.push((path, texts_now.into_bytes()));
        }
    }
    Some(files)
}

/// Puts `files` into their places in `target` from `staging`, where the index is linked; `None`, and nothing done, if that
/// cannot be.
fn publish(files: &Files, cache: &Cache, staging: &Staging, root: &Path, target: &Target) -> Option<()> {
    // What is staged, and the name with which it changes places.
    let mut steps: Vec<(PathBuf, PathBuf)> = Vec::new();
    for (n, (path, bytes)) in files.single.iter().enumerate() {
        let (staged, published) = (staging.folder().join(format!("file-{n}")), target.folder().join(path));
        fs::write(&staged, bytes).ok()?;
        steps.push((staged, published));
    }
    if !files.index.is_empty() {
        let (staged, published) = (staged_index(staging), target.folder().join(INDEX));
        for (path, text) in &files.index {
            let file = staged.join(path.rsplit('/').next()?);
            // Never through a link into a file that is published.
            fs::remove_file(&file).ok()?;
            File::create_new(&file).and_then(|mut file| file.write_all(text.as_bytes())).ok()?;
        }
        // The files of the old folder will be deleted.
        may_write(&published).then_some(())?;
        steps.push((staged, published));
    }
    steps.iter().all(|(_, published)| published.parent().is_some_and(may_write)).then_some(())?;
    // From here on it may be about another site than the one that is there.
    Cache::forget(root, target.folder());
    let undo = |steps: &[(PathBuf, PathBuf)]| steps.iter().rev().for_each(|(staged, published)| drop(exchange(staged, published)));
    for (n, (staged, published)) in steps.iter().enumerate() {
        if !exchange(staged, published).is_ok_and(|done| done) {
            undo(&steps[..n]);
            return None;
        }
    }
    // What somebody put into the folder meanwhile would be deleted with it.
    let ours: HashSet<&str> = cache.files(INDEX).collect();
    let is_ours = |entry: fs::DirEntry| entry.file_name().to_str().is_some_and(|name| ours.contains(name));
    if !files.index.is_empty() && !fs::read_dir(staged_index(staging)).ok()?.flatten().all(is_ours) {
        undo(&steps);
        return None;
    }
    Some(())
}
