//! The folder that a site is published to: which may be taken, and that one build at a time does.
//!
//! Beside `public` stand, while a build runs: `.public.metodika-lock`; `.public.metodika-new`, the folder that is being filled, or what is to change
//! places with one page and the search ([`super::patch`]); for an instant
//! `.public.metodika-old` ([`super::swap`]). What a killed run leaves of them the next one clears.

use super::disk::is_at;
use super::failure::Failure;
use super::marker::{self, MARKER};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

/// Where a site is published.
#[derive(Debug)]
pub struct Target {
    /// As it was named, for messages.
    pub named: PathBuf,
    /// The folder itself, links resolved.
    folder: PathBuf,
}

/// Keeps other builds out while it lives.
pub struct Lock<'t> {
    target: &'t Target,
    file: File,
    path: PathBuf,
}

impl Target {
    /// The folder `named` for the site in `root`. Refuses the site itself, what is above it, and the folders of git and of our cache.
    pub fn new(root: &Path, named: &Path) -> Result<Target, Failure> {
        let folder = real_path(named).map_err(|error| Failure::write(named, error))?;
        let real_root = root.canonicalize().map_err(|error| Failure::read(root, error))?;
        let inside = |name: &str| {
            let source = real_root.join(name);
            folder.starts_with(&source) || source.canonicalize().is_ok_and(|source| folder.starts_with(source))
        };
        if real_root.starts_with(&folder) || inside("content") || inside("themes") || folder.file_name().is_none() {
            return Err(Failure::TargetIsSource { target: named.to_owned() });
        }
        if inside(super::cache::FOLDER) || folder.iter().any(|part| part.eq_ignore_ascii_case(".git")) {
            return Err(Failure::TargetIsInternal { target: named.to_owned() });
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

    /// Keeps other builds out, mends what a killed one left between its renames, and clears away the rest of what it left.
    pub fn lock(&self) -> Result<Lock<'_>, Failure> {
        let parent = self.parent();
        fs::create_dir_all(parent).map_err(|error| Failure::write(parent, error))?;
        let path = self.beside("lock");
        loop {
            let file =
                File::options().create(true).truncate(false).write(true).open(&path).map_err(|error| Failure::write(&path, error))?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => {
                    let lock = Lock { target: self, file, path };
                    self.mend()?;
                    return Ok(lock);
                }
                // The one before us has just taken its file away.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Failure::TargetLocked { target: self.named.clone() }),
                Err(TryLockError::Error(error)) => return Err(Failure::write(&path, error)),
            }
        }
    }

    fn mend(&self) -> Result<(), Failure> {
        let old = self.beside("old");
        if self.folder.symlink_metadata().is_err() && old.join(MARKER).is_file() {
            fs::rename(&old, &self.folder).map_err(|error| Failure::write(&self.folder, error))?;
        }
        for left in [old, self.beside("new")] {
            let cleared = match left.symlink_metadata() {
                Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(&left),
                Ok(_) => fs::remove_file(&left),
                Err(_) => Ok(()),
            };
            cleared.map_err(|error| Failure::write(&left, error))?;
        }
        Ok(())
    }

    fn parent(&self) -> &Path {
        // There is one: a folder without a name has been refused.
        self.folder.parent().unwrap_or(&self.folder)
    }

    /// A name of our own beside the folder, on the same disk.
    pub fn beside(&self, what: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(self.folder.file_name().unwrap_or_default());
        name.push(".metodika-");
        name.push(what);
        self.parent().join(name)
    }

    /// Refuses a folder in which publishing would delete something that is not ours, or could not delete what is.
    pub fn refuse_foreign(&self) -> Result<(), Failure> {
        let named = || self.named.clone();
        match self.folder.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(Failure::TargetNotFolder { target: named() }),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(Failure::read(&self.named, error)),
        }
        let marker = marker::read(&self.folder)?;
        let others = marker::others(&self.folder, marker.as_deref())?;
        match (marker, others.first()) {
            (_, None) => Ok(()),
            (Some(_), Some(_)) => Err(Failure::TargetHasOthers { target: named(), files: others }),
            (None, Some(example)) => Err(Failure::TargetForeign { target: named(), example: example.clone() }),
        }
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
        fs::write(root.join(".public.metodika-old/.metodika"), marker::text(&["index.html"])).unwrap();
        fs::write(root.join(".public.metodika-old/index.html"), "old").unwrap();
        let lock = target.lock().unwrap();
        assert_eq!(fs::read_to_string(root.join("public/index.html")).unwrap(), "old");
        assert!(matches!(target.lock(), Err(Failure::TargetLocked { .. })));
        drop(lock);
        assert!(!root.join(".public.metodika-lock").exists());
        assert!(target.lock().is_ok());
        fs::remove_dir_all(root).unwrap();
    }
}
