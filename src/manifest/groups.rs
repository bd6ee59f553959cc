//! Pages of groups and the lists of groups.

use super::{Item, Manifest, Page};
use crate::output::file_of;
use crate::site::{Dimension, Site};

pub(super) fn list(site: &Site, manifest: &mut Manifest) {
    for dimension in shown(site) {
        manifest.add(format!("{}/index.html", dimension.folder()), Item::GroupIndex(dimension));
    }
    if !site.coverage.years.is_empty() && !site.coverage.within.is_empty() {
        let years = std::iter::once(None).chain(site.coverage.years.keys().copied().map(Some));
        for year in years {
            let folder = year.map_or_else(String::new, |year| format!("{year}/"));
            manifest.add(format!("territories/coverage/{folder}index.html"), Item::Coverage(year));
        }
    }
    for (id, group) in site.groups.iter().filter(|(id, _)| is_shown(site, id.dimension)) {
        for page in Page::all(group.members.len(), site.config.paginate) {
            manifest.add(file_of(&page.address(&site.groups.address(id))), Item::Group(id, page));
        }
    }
}

/// The dimensions that have pages.
pub(super) fn shown(site: &Site) -> impl Iterator<Item = Dimension> {
    Dimension::ALL.into_iter().filter(|dimension| is_shown(site, *dimension))
}

/// Whether groups of `dimension` have pages.
pub(super) fn is_shown(site: &Site, dimension: Dimension) -> bool {
    dimension != Dimension::People || site.publishes_people()
}
