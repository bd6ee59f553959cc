//! Where the site is.

use super::failure::Failure;
use std::path::{Path, PathBuf};

/// The site's folder: the one that was named, else this one or the nearest above that holds `content/site.yaml`.
pub fn find(named: Option<&Path>) -> Result<PathBuf, Failure> {
    match named {
        // A site without settings is the core's to report: it knows what to write.
        Some(root) if root.join("content").is_dir() => Ok(root.to_owned()),
        Some(root) => Err(Failure::NoContent { root: root.to_owned() }),
        None => {
            let here = std::env::current_dir().map_err(|error| Failure::read(Path::new("."), error))?;
            let root = here.ancestors().find(|folder| folder.join("content").join("site.yaml").is_file());
            root.map(Path::to_owned).ok_or(Failure::NoSite { from: here.clone() })
        }
    }
}
