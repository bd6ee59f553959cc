//! The archive by year and month.

use super::{Item, Manifest, Page};
use crate::output::file_of;
use crate::site::Site;

pub(super) fn list(site: &Site, manifest: &mut Manifest) {
    manifest.add("archive/index.html", Item::ArchiveIndex);
    for (year, of_year) in &site.archive.years {
        manifest.add(format!("archive/{year}/index.html"), Item::ArchiveYear(*year));
        for (month, entries) in &of_year.months {
            for page in Page::all(entries.len(), site.config.paginate) {
                let base = format!("archive/{year}/{month:02}/");
                manifest.add(file_of(&page.address(&base)), Item::ArchiveMonth(*year, *month, page));
            }
        }
    }
}
