//! Watching for saved files: the one doorway to notify.
//!
//! A rebuild begins as soon as every file that was being written is closed, where the system tells of closing (Linux does); elsewhere, and
//! for what is never closed, once nothing has been heard for a while. Either way a burst of saves is one rebuild.

use super::failure::Failure;
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// The folders of a site that a rebuild reads.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// How long nothing must be heard after the last file was closed: what belongs to one save follows at once.
const CLOSED: Duration = Duration::from_millis(2);

/// How long nothing must be heard while a file may still be open.
const QUIET: Duration = Duration::from_millis(50);

/// A burst that does not end is cut here, or a long copying would show nothing.
const BURST: Duration = Duration::from_secs(2);

/// Watches a site from its making on.
pub struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    watched: Vec<PathBuf>,
}

/// What a burst of saves was about.
#[derive(Debug, Default)]
pub struct Changes {
    /// The files and folders, by their path from the root of the site.
    pub paths: BTreeSet<PathBuf>,
    /// Something was missed: anything may have changed.
    pub anything: bool,
}

impl Watch {
    /// Watches the content and the themes of the site in `root`; either may appear later.
    pub fn new(root: &Path) -> Result<Watch, Failure> {
        // Some systems report real paths, whatever was asked for.
        let root = root.canonicalize().map_err(|error| Failure::read(root, error))?;
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more when the program ends.
            let _ = sender.send(event);
        });
        let mut watch = Watch { watcher: watcher.map_err(|error| cannot_watch(&root, &error))?, root, events, watched: Vec::new() };
        // The root itself, but nothing else in it: for folders that appear, or come back under their name.
        watch.watcher.watch(&watch.root, RecursiveMode::NonRecursive).map_err(|error| cannot_watch(&watch.root, &error))?;
        watch.watch_folders()?;
        Ok(watch)
    }

    /// Waits for the next change and for the end of the burst that it belongs to.
    pub fn wait(&mut self) -> Result<Changes, Failure> {
        let mut changes = Changes::default();
        let mut open: BTreeSet<PathBuf> = BTreeSet::new();
        let mut begun: Option<Instant> = None;
        loop {
            let event = match begun {
                None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(begun) if begun.elapsed() >= BURST => break,
                Some(_) => self.events.recv_timeout(if open.is_empty() { CLOSED } else { QUIET }),
            };
            match event {
                Ok(event) => {
                    if self.note(event, &mut changes, &mut open) {
                        begun.get_or_insert_with(Instant::now);
                    }
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Failure::CannotWatch { path: self.root.clone(), reason: "the watcher ended".into() });
                }
            }
        }
        self.watch_folders()?;
        Ok(changes)
    }

    /// Takes an event into `changes`; whether it was about the site.
    fn note(&self, event: notify::Result<Event>, changes: &mut Changes, open: &mut BTreeSet<PathBuf>) -> bool {
        let Ok(event) = event else {
            // Reading everything again is always right.
            changes.anything = true;
            return true;
        };
        if event.need_rescan() {
            changes.anything = true;
            return true;
        }
        let paths = event.paths.iter().filter_map(|path| path.strip_prefix(&self.root).ok());
        let paths: Vec<&Path> = paths.filter(|path| FOLDERS.iter().any(|folder| path.starts_with(folder))).collect();
        for path in &paths {
            match event.kind {
                EventKind::Access(AccessKind::Close(AccessMode::Write)) => drop(open.remove(*path)),
                // Reading is an event too: without this our own reading would make us read again, for ever.
                EventKind::Access(_) => {}
                EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any) => {
                    changes.paths.insert((*path).to_owned());
                    open.insert((*path).to_owned());
                }
                _ => {
                    changes.paths.insert((*path).to_owned());
                    open.remove(*path);
                }
            }
        }
        !paths.is_empty() && !matches!(event.kind, EventKind::Access(_))
    }

    /// Watches the folders that are there and were not, and forgets those that went.
    fn watch_folders(&mut self) -> Result<(), Failure> {
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            let (is_there, was_there) = (folder.is_dir(), self.watched.contains(&folder));
            if is_there && !was_there {
                self.watcher.watch(&folder, RecursiveMode::Recursive).map_err(|error| cannot_watch(&folder, &error))?;
                self.watched.push(folder);
            } else if was_there && !is_there {
                // It is gone, and its watch with it: nothing can go wrong that matters.
                let _ = self.watcher.unwatch(&folder);
                self.watched.retain(|watched| *watched != folder);
            }
        }
        Ok(())
    }
}

fn cannot_watch(path: &Path, error: &notify::Error) -> Failure {
    Failure::CannotWatch { path: path.to_owned(), reason: error.to_string() }
}
