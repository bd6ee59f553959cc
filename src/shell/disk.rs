//! What the standard library does not ask of the system about files and folders, each with its twin for the systems that have no such thing.
//! The one doorway to rustix. Run on Linux; compiled for Windows and not run there; for macOS neither.

use std::fs::File;
use std::io;
use std::path::Path;

/// Lets the names `a` and `b` change places in one step; `false`, and nothing done, where the system or the disk cannot.
/// `renameat2(RENAME_EXCHANGE)` on Linux; `renameatx_np(RENAME_SWAP)` on macOS.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub fn exchange(a: &Path, b: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Neither Windows nor the rest of the systems has such a thing for folders.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub fn exchange(_a: &Path, _b: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Whether we may put files into `folder` and take them away.
#[cfg(unix)]
pub fn may_write(folder: &Path) -> bool {
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok()
}

/// On Windows a folder's mark «read only» does not mean that it is, and nothing simple says whether it is: what cannot be deleted after all stays
/// beside the new site.
#[cfg(not(unix))]
pub fn may_write(_folder: &Path) -> bool {
    true
}

/// Whether the open `file` is the one that stands at `path` now.
#[cfg(unix)]
pub fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata().map(id), path.metadata().map(id)), (Ok(a), Ok(b)) if a == b)
}

/// An open file keeps its name on Windows: the name cannot be taken by another while we hold it.
#[cfg(not(unix))]
pub fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// What a look at a name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub is_file: bool,
    pub is_folder: bool,
    /// Bytes.
    pub len: u64,
    /// Nanoseconds since 1970; `None` before.
    pub modified: Option<u64>,
}

/// A folder below which many names are looked at: the way to it is walked once.
#[cfg(unix)]
pub struct Folder(rustix::fd::OwnedFd);

#[cfg(unix)]
impl Folder {
    pub fn open(path: &Path) -> io::Result<Folder> {
        use rustix::fs::{Mode, OFlags};
        Ok(Folder(rustix::fs::open(path, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?))
    }

    /// What stands at `path` below it; a link is neither a file nor a folder.
    pub fn look(&self, path: &str) -> Option<Seen> {
        use rustix::fs::{AtFlags, FileType};
        let stat = rustix::fs::statat(&self.0, path, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let kind = FileType::from_raw_mode(stat.st_mode);
        // The types of these numbers are others from system to system.
        #[allow(clippy::unnecessary_cast)]
        let (seconds, nanoseconds) = (u64::try_from(stat.st_mtime as i64).ok(), stat.st_mtime_nsec as u64);
        let modified = seconds.and_then(|seconds| seconds.checked_mul(1_000_000_000)?.checked_add(nanoseconds));
        Some(Seen { is_file: kind.is_file(), is_folder: kind.is_dir(), len: u64::try_from(stat.st_size).ok()?, modified })
    }
}

#[cfg(not(unix))]
pub struct Folder(std::path::PathBuf);

#[cfg(not(unix))]
impl Folder {
    pub fn open(path: &Path) -> io::Result<Folder> {
        Ok(Folder(path.to_owned()))
    }

    /// What stands at `path` below it; a link is neither a file nor a folder.
    pub fn look(&self, path: &str) -> Option<Seen> {
        let now = self.0.join(path).symlink_metadata().ok()?;
        let modified = super::read::nanoseconds(&now);
        Some(Seen { is_file: now.is_file(), is_folder: now.is_dir(), len: now.len(), modified })
    }
}
