//! Pictures cut to the widths of screens. Cutting takes longer than all the rest of a build, so what was cut stays in `.metodika/` by the
//! content of the original: an unchanged picture is never cut again. The folder may be deleted at any time.

use super::cache;
use metodika::Build;
use metodika::diagnostic::{Diagnostic, Problem};
use metodika::format::picture::{self, Cut, Measure};
use metodika::source::{Asset, SourcePath, Span, hash};
use metodika::sources::{Source, Sources};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The bytes of the `cut` of the picture `path`, one of `sources` of the site in `root`.
///
/// # Errors
/// Where the file is no longer what was read, or is damaged.
pub fn bytes(root: &Path, sources: &Sources, path: &SourcePath, cut: Cut) -> Result<Vec<u8>, Box<Diagnostic>> {
    let fault = |problem| Box::new(Diagnostic::new(problem, Span::file(path)));
    let Some((asset, measure)) = measured(sources, path) else { return Err(fault(Problem::DamagedPicture { path: path.to_string() })) };
    let folder = folder(root);
    if let Ok(bytes) = fs::read(folder.join(name(asset, cut))) {
        return Ok(bytes);
    }
    let original = fs::read(root.join(&**path)).ok().filter(|bytes| hash(bytes) == asset.hash);
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
        keep(root, &folder, &name(asset, one), &bytes);
        if one == cut {
            wanted = Some(bytes);
        }
    }
    wanted.ok_or_else(|| fault(Problem::ChangedMeanwhile))
}

/// Takes away what `build` does not publish.
pub fn prune(root: &Path, build: &Build) {
    let used: BTreeSet<String> =
        build.site().files.values().filter_map(|(path, cut)| Some(name(measured(build.sources(), path)?.0, (*cut)?))).collect();
    for entry in fs::read_dir(folder(root)).into_iter().flatten().flatten() {
        if !entry.file_name().to_str().is_some_and(|name| used.contains(name)) {
            // Another build may have taken it.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn measured<'a>(sources: &'a Sources, path: &SourcePath) -> Option<(&'a Asset, Measure)> {
    match sources.content.get(path)? {
        Source::Asset(asset) => Some((asset, asset.picture?)),
        _ => None,
    }
}

fn folder(root: &Path) -> PathBuf {
    root.join(cache::FOLDER).join(format!("pictures-{}", picture::VERSION))
}

fn name(asset: &Asset, cut: Cut) -> String {
    match cut {
        Cut::Whole => format!("{:032x}", asset.hash),
        Cut::Wide(width) => format!("{:032x}-{width}", asset.hash),
    }
}

/// Writes a cut down for the next build, in one step. Where that is not possible the next build cuts again, and nothing else.
fn keep(root: &Path, folder: &Path, name: &str, bytes: &[u8]) {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let beside = folder.join(format!("{name}.{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed)));
    let written = || -> std::io::Result<()> {
        cache::make_folder(root)?;
        fs::create_dir_all(folder)?;
        let mut file = File::create_new(&beside)?;
        file.write_all(bytes)?;
        // A name must never stand for half a picture, not even after the power went.
        file.sync_all()?;
        fs::rename(&beside, folder.join(name))
    };
    if written().is_err() {
        let _ = fs::remove_file(&beside);
    }
}
