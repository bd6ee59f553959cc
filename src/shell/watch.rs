//! Watching for saved files: the one doorway to notify.

use super::failure::Failure;
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The folders of a site that a rebuild reads.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// How long a file must be left alone to count as saved; and the pause that ends a burst of saves.
const QUIET: Duration = Duration::from_millis(50);

/// A burst that does not end is cut here, or a long copying would show nothing.
const BURST: u32 = 40;

/// Watches a site from its making on.
pub struct Watch {
    root: PathBuf,
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    changes: Receiver<()>,
    watched: Vec<PathBuf>,
}

impl Watch {
    /// Watches the content and the themes of the site in `root`; either may appear later.
    pub fn new(root: &Path) -> Result<Watch, Failure> {
        // Some systems report real paths, whatever was asked for.
        let root = root.canonicalize().map_err(|error| Failure::read(root, error))?;
        let (sender, changes) = channel();
        let folders = FOLDERS.map(|folder| root.join(folder));
        let debouncer = new_debouncer(QUIET, None, move |result: DebounceEventResult| {
            let relevant = match result {
                Ok(events) => events.iter().any(|event| {
                    // Reading is an event too: without this our own reading would make us read again, for ever.
                    !matches!(event.kind, EventKind::Access(_))
                        && (event.need_rescan() || event.paths.iter().any(|path| folders.iter().any(|folder| path.starts_with(folder))))
                }),
                // Something was missed; reading everything again is always right.
                Err(_) => true,
            };
            if relevant {
                // Nobody listens any more when the program ends.
                let _ = sender.send(());
            }
        });
        let debouncer = debouncer.map_err(|error| cannot_watch(&root, &error))?;
        let mut watch = Watch { root, debouncer, changes, watched: Vec::new() };
        // The root itself, but nothing else in it: for folders that appear, or come back under their name.
        watch.debouncer.watch(&watch.root, RecursiveMode::NonRecursive).map_err(|error| cannot_watch(&watch.root, &error))?;
        watch.watch_folders()?;
        Ok(watch)
    }

    /// Waits for the next change and for the end of the burst that it belongs to.
    pub fn wait(&mut self) -> Result<(), Failure> {
        let gone = |reason: &str| Failure::CannotWatch { path: self.root.clone(), reason: reason.to_owned() };
        self.changes.recv().map_err(|error| gone(&error.to_string()))?;
        for _ in 0..BURST {
            if self.changes.recv_timeout(QUIET).is_err() {
                break;
            }
        }
        self.watch_folders()
    }

    /// Watches the folders that are there and were not, and forgets those that went.
    fn watch_folders(&mut self) -> Result<(), Failure> {
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            let (is_there, was_there) = (folder.is_dir(), self.watched.contains(&folder));
            if is_there && !was_there {
                self.debouncer.watch(&folder, RecursiveMode::Recursive).map_err(|error| cannot_watch(&folder, &error))?;
                self.watched.push(folder);
            } else if was_there && !is_there {
                // It is gone, and its watch with it: nothing can go wrong that matters.
                let _ = self.debouncer.unwatch(&folder);
                self.watched.retain(|watched| *watched != folder);
            }
        }
        Ok(())
    }
}

fn cannot_watch(path: &Path, error: &notify::Error) -> Failure {
    Failure::CannotWatch { path: path.to_owned(), reason: error.to_string() }
}
