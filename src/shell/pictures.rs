//! Pictures that the site publishes: cut to the widths of screens, or made of titles. Either takes longer than the page that shows it, so what was
//! made stays in `.metodika/`: an unchanged picture is never made again. The folder may be deleted at any time.

use super::cache;
use metodika::diagnostic::{Diagnostic, Problem};
use metodika::format::picture::{self, Cut, Measure};
use metodika::format::title_picture::{self, Letters, TitlePicture};
use metodika::source::{Asset, SourcePath, Span, hash};
use metodika::sources::{Source, Sources};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// The pictures of a site.
pub struct Pictures {
    root: PathBuf,
    folder: PathBuf,
    letters: OnceLock<Letters>,
    /// The names of those that were asked for.
    used: Mutex<BTreeSet<String>>,
}

impl Pictures {
    /// Those of the site in `root`.
    pub fn of(root: &Path) -> Pictures {
        let folder = root.join(cache::FOLDER).join("pictures");
        Pictures { root: root.to_owned(), folder, letters: OnceLock::new(), used: Mutex::default() }
    }

    /// The bytes of the `cut` of the picture `path`, one of `sources`.
    ///
    /// # Errors
    /// Where the file is no longer what was read, or is damaged.
    pub fn cut(&self, sources: &Sources, path: &SourcePath, cut: Cut) -> Result<Vec<u8>, Box<Diagnostic>> {
        let fault = |problem| Box::new(Diagnostic::new(problem, Span::file(path)));
        let Some((asset, measure)) = measured(sources, path) else { return Err(fault(Problem::DamagedPicture { path: path.to_string() })) };
        if let Some(bytes) = self.kept(&name(asset, cut)) {
            return Ok(bytes);
        }
        let original = fs::read(self.root.join(&**path)).ok().filter(|bytes| hash(bytes) == asset.hash);
        let original = original.ok_or_else(|| fault(Problem::ChangedMeanwhile))?;
        // Reading the original is the most of it, so all widths are cut at once.
        let cuts = match cut {
            Cut::Whole => vec![cut],
            Cut::Wide(_) => measure.widths(asset.len).into_iter().map(Cut::Wide).collect(),
        };
        let made = picture::cut(&original, measure.form, &cuts);
        let made = made.map_err(|_| fault(Problem::DamagedPicture { path: path.to_string() }))?;
        let mut wanted = None;
        for (one, bytes) in cuts.into_iter().zip(made) {
            self.keep(&name(asset, one), &bytes);
            if one == cut {
                wanted = Some(bytes);
            }
        }
        wanted.ok_or_else(|| fault(Problem::ChangedMeanwhile))
    }

    /// The picture of a title, as PNG.
    pub fn title(&self, title: &TitlePicture) -> Vec<u8> {
        let name = format!("title-{:032x}", hash(format!("{} {title:?}", title_picture::VERSION).as_bytes()));
        self.kept(&name).unwrap_or_else(|| {
            let bytes = title_picture::png(title, self.letters.get_or_init(Letters::new));
            self.keep(&name, &bytes);
            bytes
        })
    }

    /// Takes away what nobody has asked for.
    pub fn prune(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if !entry.file_name().to_str().is_some_and(|name| used.contains(name)) {
                // Another build may have taken it.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
        let mut bytes = fs::read(self.folder.join(name)).ok()?;
        // What the power left half written does not end so.
        let seal = bytes.split_off(bytes.len().checked_sub(SEAL)?);
        (seal == hash(&bytes).to_le_bytes()).then_some(bytes)
    }

    /// Writes a picture down for the next build, in one step. Where that is not possible the next build makes it again, and nothing else.
    fn keep(&self, name: &str, bytes: &[u8]) {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let beside = self.folder.join(format!("{name}.{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed)));
        let written = || -> std::io::Result<()> {
            if !self.folder.is_dir() {
                cache::make_folder(&self.root)?;
                fs::create_dir_all(&self.folder)?;
            }
            fs::write(&beside, [bytes, &hash(bytes).to_le_bytes()].concat())?;
            fs::rename(&beside, self.folder.join(name))
        };
        if written().is_err() {
            let _ = fs::remove_file(&beside);
        }
    }
}

/// A hash stands behind each picture.
const SEAL: usize = size_of::<u128>();

fn measured<'a>(sources: &'a Sources, path: &SourcePath) -> Option<(&'a Asset, Measure)> {
    match sources.content.get(path)? {
        Source::Asset(asset) => Some((asset, asset.picture?)),
        _ => None,
    }
}

fn name(asset: &Asset, cut: Cut) -> String {
    match cut {
        Cut::Whole => format!("{:032x}-{}", asset.hash, picture::VERSION),
        Cut::Wide(width) => format!("{:032x}-{}-{width}", asset.hash, picture::VERSION),
    }
}
