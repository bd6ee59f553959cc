//! How a new folder takes the place of the published one.
//!
//! Linux and macOS can let two names change places in one step, on the disks that people have (ext4, XFS, Btrfs, ZFS, tmpfs, APFS): whoever
//! looks sees the old site or the new one. Where that is not to be had (Windows, network folders) there are two renames, and for the instant
//! between them the folder is not there; a run that is killed in it is mended by the next ([`super::target::Target::lock`]).
//!
//! All this is about the program's end, not about the end of power. Files are not forced to the disk: one by one it would cost more than the whole
//! build, and for the disk at once (`syncfs`) 0.1 to 0.3 s at 55 MB where nobody else writes, and as long as it takes where somebody does. Who loses
//! power within half a minute of a build may find empty files in the folder. Only the list of what is ours is forced (1 to 17 ms beside 3 000 new
//! files): with it the next build takes the folder for its own, sees by length and content which files are not right, and writes them again.

use super::disk::exchange;
use super::failure::Failure;
use super::marker;
use super::target::Target;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A new folder that is being filled beside the published one. It goes away with this value unless it has been published.
pub struct Staging {
    folder: PathBuf,
    is_ours: bool,
}

impl Staging {
    /// An empty one for `target`, whose lock must be held.
    pub fn new(target: &Target) -> Result<Staging, Failure> {
        let folder = target.beside("new");
        fs::create_dir(&folder).map_err(|error| Failure::write(&folder, error))?;
        Ok(Staging { folder, is_ours: true })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if self.is_ours {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Publishes `new`: it stands in the place of `target`, and what was there is gone. If it fails, `target` is what it was.
pub fn swap(new: Staging, target: &Target) -> Result<(), Failure> {
    swap_by(new, target, exchange)
}

fn swap_by(mut new: Staging, target: &Target, exchange: fn(&Path, &Path) -> io::Result<bool>) -> Result<(), Failure> {
    let (folder, failure) = (target.folder(), |error| failure(target, error, None));
    if folder.symlink_metadata().is_err() {
        fs::rename(&new.folder, folder).map_err(failure)?;
        new.is_ours = false;
        return Ok(());
    }
    let staged = new.folder.clone();
    if exchange(&staged, folder).map_err(failure)? {
        return settle(new, staged.clone(), target, || exchange(&staged, folder).map(drop));
    }
    let old = target.beside("old");
    fs::rename(folder, &old).map_err(failure)?;
    if let Err(error) = fs::rename(&staged, folder) {
        let kept_at = fs::rename(&old, folder).err().map(|_| old);
        return Err(self::failure(target, error, kept_at));
    }
    settle(new, old.clone(), target, || fs::rename(folder, &staged).and_then(|()| fs::rename(&old, folder)))
}

/// After the change of places: deletes the former site, which stands at `old` now, if all of it is ours; else `undo`es the change, for what came into it while
/// the new one was made would be deleted with it.
fn settle(mut new: Staging, old: PathBuf, target: &Target, undo: impl Fn() -> io::Result<()>) -> Result<(), Failure> {
    let others = marker::read(&old).and_then(|marker| marker::others(&old, marker.as_deref()));
    let refusal = match others {
        Ok(files) if files.is_empty() => {
            new.is_ours = false;
            // It is published; what cannot be deleted now is cleared away by the next build.
            let _ = fs::remove_dir_all(&old);
            return Ok(());
        }
        Ok(files) => Failure::TargetHasOthers { target: target.named.clone(), files },
        Err(failure) => failure,
    };
    let Err(error) = undo() else { return Err(refusal) };
    // Not by a name that the next build clears away.
    new.is_ours = false;
    let kept = target.beside("kept");
    let kept = if fs::rename(&old, &kept).is_ok() { kept } else { old };
    Err(failure(target, error, Some(kept)))
}

fn failure(target: &Target, error: io::Error, kept_at: Option<PathBuf>) -> Failure {
    Failure::CannotReplace { target: target.named.clone(), error, kept_at }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A published site with the page `old`, and a new one with the page `new`, in a folder of their own.
    fn two(name: &str) -> (PathBuf, Target, Staging) {
        let root = std::env::temp_dir().join(format!("metodika-swap-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("site/content")).unwrap();
        let target = Target::new(&root.join("site"), &root.join("public")).unwrap();
        let new = Staging::new(&target).unwrap();
        fs::create_dir(target.folder()).unwrap();
        for (folder, page) in [(target.folder(), "old"), (new.folder(), "new")] {
            fs::write(folder.join("index.html"), page).unwrap();
            fs::write(folder.join(marker::MARKER), marker::text(&["index.html"])).unwrap();
        }
        (root, target, new)
    }

    fn page(folder: &Path) -> String {
        fs::read_to_string(folder.join("index.html")).unwrap_or_default()
    }

    fn names(root: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    type Exchange = fn(&Path, &Path) -> io::Result<bool>;

    const WAYS: [Exchange; 2] = [exchange, |_, _| Ok(false)];

    #[test]
    fn the_new_site_stands_in_the_place_of_the_old() {
        for way in WAYS {
            for is_first in [false, true] {
                let (root, target, new) = two("places");
                if is_first {
                    fs::remove_dir_all(target.folder()).unwrap();
                }
                swap_by(new, &target, way).unwrap();
                assert_eq!(page(target.folder()), "new");
                assert_eq!(names(&root), ["public", "site"]);
                fs::remove_dir_all(root).unwrap();
            }
        }
    }

    #[test]
    fn what_somebody_put_into_the_old_one_meanwhile_is_not_lost() {
        for way in WAYS {
            let (root, target, new) = two("meanwhile");
            fs::write(target.folder().join("mine.txt"), "x").unwrap();
            let failed = swap_by(new, &target, way);
            assert!(matches!(&failed, Err(Failure::TargetHasOthers { files, .. }) if files == &["mine.txt"]), "{failed:?}");
            assert_eq!(page(target.folder()), "old");
            assert!(target.folder().join("mine.txt").exists());
            assert_eq!(names(&root), ["public", "site"]);
            fs::remove_dir_all(root).unwrap();
        }
    }

    #[test]
    fn what_cannot_be_put_back_is_kept() {
        // The first change of places goes well, the second does not.
        let once: Exchange = |a, b| match page(b).as_str() {
            "old" => exchange(a, b),
            _ => Err(io::Error::from(io::ErrorKind::ResourceBusy)),
        };
        let (root, target, new) = two("kept");
        fs::write(target.folder().join("mine.txt"), "x").unwrap();
        let failed = swap_by(new, &target, once);
        let kept = target.beside("kept");
        assert!(matches!(&failed, Err(Failure::CannotReplace { kept_at: Some(place), .. }) if *place == kept), "{failed:?}");
        drop(target.lock().unwrap());
        assert_eq!((page(target.folder()), page(&kept), kept.join("mine.txt").exists()), ("new".into(), "old".into(), true));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_swap_that_fails_leaves_everything_in_its_place() {
        let ways: [Exchange; 2] = [|_, _| Err(io::Error::from(io::ErrorKind::ResourceBusy)), |_, _| Ok(false)];
        for way in ways {
            let (root, target, new) = two("fails");
            // The second of two renames has nothing to rename.
            fs::remove_dir_all(new.folder()).unwrap();
            let failed = swap_by(new, &target, way);
            assert!(matches!(failed, Err(Failure::CannotReplace { kept_at: None, .. })), "{failed:?}");
            assert_eq!(page(target.folder()), "old");
            assert_eq!(names(&root), ["public", "site"]);
            fs::remove_dir_all(root).unwrap();
        }
    }
}
