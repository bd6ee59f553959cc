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
