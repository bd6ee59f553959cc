//! The file in a published folder that says that it is ours, and which of its files are.

use super::disk::may_write;
use super::failure::Failure;
use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use walkdir::WalkDir;

/// The name of that file.
pub const MARKER: &str = ".metodika";

/// What systems put into folders on their own: nobody misses it.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The marker of a folder with the files `paths`.
pub fn text(paths: &[&str]) -> String {
    let mut text = "# Эту папку сделала программа metodika; при каждой сборке она заменяется целиком. Ниже — список её файлов.\n\
                    # metodika made this folder and replaces it as a whole with every build. Its files are listed below.\n"
        .to_owned();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// What the marker in `folder` says; `None` if there is none. A folder of this name is none: in the root of a site lies our cache.
pub fn read(folder: &Path) -> Result<Option<String>, Failure> {
    let marker = folder.join(MARKER);
    if !marker.symlink_metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    // Of a damaged one as much holds as can be read.
    fs::read(&marker).map(|bytes| Some(String::from_utf8_lossy(&bytes).into_owned())).map_err(|error| Failure::read(&marker, error))
}

/// What in `folder` is not in the list of `marker`: files, links, and folders (with `/` at the end) in which nothing of ours stands. In order. That what
/// is ours may be deleted as well is looked at too: a folder that cannot be written to is a failure.
pub fn others(folder: &Path, marker: Option<&str>) -> Result<Vec<String>, Failure> {
    let listed = |marker| str::lines(marker).filter(|line| !line.starts_with('#')).chain([MARKER]).collect();
    let files: HashSet<&str> = marker.map(listed).unwrap_or_default();
    let mut folders = HashSet::from([""]);
    for file in &files {
        let mut path = *file;
        while let Some((above, _)) = path.rsplit_once('/') {
            if !folders.insert(above) {
                break;
            }
            path = above;
        }
    }
    let mut others = Vec::new();
    let mut walk = WalkDir::new(folder).into_iter();
    while let Some(entry) = walk.next() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            Failure::CannotRead { path, error: error.into() }
        })?;
        let is_folder = entry.file_type().is_dir();
        if !is_folder && LITTER.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let ours = if is_folder { &folders } else { &files };
        // On most systems a path is what the list has: nothing to put together.
        let is_ours = path.to_str().is_some_and(|path| ours.contains(path)) || {
            let path = slashed(path);
            let is_ours = ours.contains(path.as_str());
            if !is_ours {
                others.push(if is_folder { format!("{path}/") } else { path });
            }
            is_ours
        };
        match (is_folder, is_ours) {
            (true, true) if !may_write(entry.path()) => {
                return Err(Failure::write(entry.path(), io::Error::from(ErrorKind::PermissionDenied)));
            }
            (true, false) => walk.skip_current_dir(),
            _ => {}
        }
    }
    others.sort_unstable();
    Ok(others)
}

fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ours_is_named() {
        let folder = std::env::temp_dir().join(format!("metodika-marker-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        for path in ["a/b/c.html", "d.html", "a/.DS_Store", MARKER] {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let list = text(&["a/b/c.html", "d.html"]);
        let list = Some(list.as_str());
        assert_eq!(others(&folder, list).unwrap(), [""; 0]);
        fs::create_dir_all(folder.join("a/empty/deeper")).unwrap();
        fs::write(folder.join("a/b/mine.txt"), "").unwrap();
        fs::create_dir(folder.join("d.htm")).unwrap();
        assert_eq!(others(&folder, list).unwrap(), ["a/b/mine.txt", "a/empty/", "d.htm/"]);
        // A folder where a file of ours should stand is not ours, nor the other way round.
        fs::remove_file(folder.join("d.html")).unwrap();
        fs::create_dir(folder.join("d.html")).unwrap();
        assert!(others(&folder, list).unwrap().contains(&"d.html/".to_owned()));
        fs::remove_dir_all(folder).unwrap();
    }
}
