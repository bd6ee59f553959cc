//! Files and folders of the content get other names.

use super::failure::Failure;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Whether `path` below `root` can be renamed: what is a link, or is reached by one, has its name elsewhere too, and a folder that may not be
/// written to keeps the names of its files.
pub fn is_possible(root: &Path, path: &str) -> bool {
    let mut at = root.to_owned();
    path.split('/').all(|name| {
        let is_open = fs::metadata(&at).is_ok_and(|folder| !folder.permissions().readonly());
        at.push(name);
        is_open && fs::symlink_metadata(&at).is_ok_and(|file| !file.is_symlink())
    })
}

/// A path that one of `names`, the new ones by the paths now, would take from a file that is there.
pub fn occupied(root: &Path, names: &BTreeMap<String, String>) -> Option<String> {
    let taken = |(path, name): (&String, &String)| {
        let new = Path::new(path).with_file_name(name);
        fs::symlink_metadata(root.join(&new)).is_ok().then(|| new.to_string_lossy().into_owned())
    };
    names.iter().find_map(taken)
}

/// Gives all of `names`; if one cannot be given, those before it are taken back.
pub fn all(root: &Path, names: &BTreeMap<String, String>) -> Result<(), Failure> {
    let mut done: Vec<(PathBuf, PathBuf)> = Vec::new();
    // What is in a folder before the folder.
    for (path, name) in names.iter().rev() {
        let old = root.join(path);
        let new = old.with_file_name(name);
        if let Err(error) = fs::rename(&old, &new) {
            for (old, new) in done.iter().rev() {
                let _ = fs::rename(new, old);
            }
            return Err(Failure::write(&old, error));
        }
        done.push((old, new));
    }
    Ok(())
}
