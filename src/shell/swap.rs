//! How a new folder takes the place of the published one.
//!
//! Linux and macOS can let two names change places in one step, on the disks that people have (ext4, XFS, Btrfs, ZFS, tmpfs, APFS): whoever
//! looks sees the old site or the new one. Where that is not to be had (Windows, network folders) there are three renames, and for the instant
//! between the first two the folder is not there; a run that is killed in it is mended by the next ([`super::target::Target::lock`]).
//!
//! All this is about the program's end, not about the end of power. Nothing is forced to the disk: for every file it would cost more than the whole
//! build, and for the disk at once (`syncfs`) 0.1 to 0.3 s at 55 MB where nobody else writes, and as long as it takes where somebody does. Who loses
//! power within half a minute of a build may find empty files; the next build sees by their length that they are not its own and writes them again.

use super::disk::exchange;
use super::failure::Failure;
use super::marker;
use super::target::Target;
use std::fs;
use std::io;
use std::path::Path;

/// Publishes the folder `new`: it stands in the place of `target`, and what was there stands at `new`, or nothing does. If it fails, everything
/// stands where it stood.
pub fn swap(new: &Path, target: &Target) -> Result<(), Failure> {
    swap_by(new, target, exchange)
}

fn swap_by(new: &Path, target: &Target, exchange: fn(&Path, &Path) -> io::Result<bool>) -> Result<(), Failure> {
    let folder = target.folder();
    if folder.symlink_metadata().is_err() {
        return fs::rename(new, folder).map_err(|error| failure(target, error));
    }
    let change_places = || match exchange(new, folder) {
        Ok(true) => Ok(()),
        Ok(false) => three_renames(new, target),
        Err(error) => Err(failure(target, error)),
    };
    change_places()?;
    // What came into the old folder while the new one was made would be deleted with it.
    let others = marker::read(new).and_then(|marker| marker::others(new, &marker.unwrap_or_default()));
    match others {
        Ok(others) if others.is_empty() => Ok(()),
        others => {
            change_places()?;
            others.and_then(|files| Err(Failure::TargetHasOthers { target: target.named.clone(), files }))
        }
    }
}

/// The same where nothing lets two names change places.
fn three_renames(new: &Path, target: &Target) -> Result<(), Failure> {
    let (folder, old) = (target.folder(), target.beside("old"));
    fs::rename(folder, &old).map_err(|error| failure(target, error))?;
    if let Err(error) = fs::rename(new, folder) {
        let kept_at = fs::rename(&old, folder).err().map(|_| old);
        return Err(Failure::CannotReplace { target: target.named.clone(), error, kept_at });
    }
    // It is published. Where the old site stays behind, the next build clears it away.
    let _ = fs::rename(&old, new);
    Ok(())
}

fn failure(target: &Target, error: io::Error) -> Failure {
    Failure::CannotReplace { target: target.named.clone(), error, kept_at: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// A published site with the page `old`, and a new one with the page `new`, in a folder of their own.
    fn two(name: &str) -> (PathBuf, Target, PathBuf) {
        let root = std::env::temp_dir().join(format!("metodika-swap-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("site/content")).unwrap();
        let target = Target::new(&root.join("site"), &root.join("public")).unwrap();
        let new = target.beside("new");
        for (folder, page) in [(target.folder(), "old"), (&new, "new")] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("index.html"), page).unwrap();
            fs::write(folder.join(marker::MARKER), marker::text(&["index.html"])).unwrap();
        }
        (root, target, new)
    }

    fn page(folder: &Path) -> String {
        fs::read_to_string(folder.join("index.html")).unwrap_or_default()
    }

    const WAYS: [fn(&Path, &Path) -> io::Result<bool>; 2] = [exchange, |_, _| Ok(false)];

    #[test]
    fn the_new_site_stands_in_the_place_of_the_old() {
        for way in WAYS {
            let (root, target, new) = two("places");
            swap_by(&new, &target, way).unwrap();
            assert_eq!((page(target.folder()), page(&new)), ("new".into(), "old".into()));
            assert!(!target.beside("old").exists());
            fs::remove_dir_all(target.folder()).unwrap();
            swap_by(&new, &target, way).unwrap();
            assert_eq!((page(target.folder()), new.exists()), ("old".into(), false));
            fs::remove_dir_all(root).unwrap();
        }
    }

    #[test]
    fn what_somebody_put_into_the_old_one_meanwhile_is_not_lost() {
        for way in WAYS {
            let (root, target, new) = two("meanwhile");
            fs::write(target.folder().join("mine.txt"), "x").unwrap();
            let failed = swap_by(&new, &target, way);
            assert!(matches!(&failed, Err(Failure::TargetHasOthers { files, .. }) if files == &["mine.txt"]), "{failed:?}");
            assert_eq!((page(target.folder()), page(&new)), ("old".into(), "new".into()));
            assert!(target.folder().join("mine.txt").exists());
            fs::remove_dir_all(root).unwrap();
        }
    }

    #[test]
    fn a_swap_that_fails_leaves_everything_in_its_place() {
        for way in [(|_, _| Err(io::Error::from(io::ErrorKind::ResourceBusy))) as fn(&Path, &Path) -> io::Result<bool>, |_, _| Ok(false)] {
            let (root, target, new) = two("fails");
            // The second of three renames has nothing to rename.
            fs::remove_dir_all(&new).unwrap();
            let failed = swap_by(&new, &target, way);
            assert!(matches!(failed, Err(Failure::CannotReplace { kept_at: None, .. })), "{failed:?}");
            assert_eq!(page(target.folder()), "old");
            fs::remove_dir_all(root).unwrap();
        }
    }
}
