//! Why a command could not run: exit status 2. What it says is in [`super::i18n::failure`].

use metodika::import::refusal::Refusal;
use std::io;
use std::path::{Path, PathBuf};

/// Something that the program cannot get past and the person before it can.
#[derive(Debug)]
pub enum Failure {
    /// The arguments do not make sense; already in words, with the way out.
    Usage { message: String, hint: String },
    /// No folder from here upwards holds a site.
    NoSite { from: PathBuf },
    /// The folder that was named holds no `content/`.
    NoContent { root: PathBuf },
    /// A file or folder that must be read cannot be.
    CannotRead { path: PathBuf, error: io::Error },
    /// A file or folder that must be written cannot be.
    CannotWrite { path: PathBuf, error: io::Error },
    /// A file of the content is not what it was when the build began.
    ChangedMeanwhile { path: PathBuf },
    /// The target is the site's own source, or holds it.
    TargetIsSource { target: PathBuf },
    /// The target is in a folder that git or this program keeps things in.
    TargetIsInternal { target: PathBuf },
    /// The target is not a folder.
    TargetNotFolder { target: PathBuf },
    /// The target holds files and was not made by this program.
    TargetForeign { target: PathBuf, example: String },
    /// Somebody has put files of their own into the published folder: they would be lost.
    TargetHasOthers { target: PathBuf, files: Vec<String> },
    /// Another build is writing there.
    TargetLocked { target: PathBuf },
    /// The new folder could not be put in the place of the old; `kept_at` is where the old one is, if it could not be put back.
    CannotReplace { target: PathBuf, error: io::Error, kept_at: Option<PathBuf> },
    /// The core named an output that may not be written: a bug.
    BadOutputPath { path: String },
    /// The port belongs to another program.
    PortTaken { host: String, port: u16 },
    /// The server cannot listen there.
    CannotListen { host: String, port: u16, error: io::Error },
    /// Changes of files cannot be watched; the system's words.
    CannotWatch { path: PathBuf, reason: String },
    /// The file that is to be imported is no plan that can be read.
    CannotImport { path: PathBuf, refusal: Refusal },
    /// The file of the plan cannot be written.
    CannotWritePlan { path: PathBuf, error: io::Error },
    /// The plan is not written over a file that somebody may have worked on.
    PlanExists { path: PathBuf },
    /// The folder of a new site holds a site.
    SiteExists { folder: PathBuf },
    /// A new site would be written over these files, named from its folder.
    WouldOverwrite { folder: PathBuf, files: Vec<String> },
    /// A file or folder of a new site cannot be written.
    CannotWriteSite { path: PathBuf, error: io::Error },
    /// The threads could not be made; the system's words.
    NoThreads { reason: String },
}

impl Failure {
    pub fn read(path: &Path, error: io::Error) -> Failure {
        Failure::CannotRead { path: path.to_owned(), error }
    }

    pub fn write(path: &Path, error: io::Error) -> Failure {
        Failure::CannotWrite { path: path.to_owned(), error }
    }
}
