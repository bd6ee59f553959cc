//! Feeds: of the site, of each section, of each group.

use super::groups::is_shown;
use super::{Item, Manifest, Scope};
use crate::kinds::Kind;
use crate::site::Site;

pub(super) fn list(site: &Site, manifest: &mut Manifest) {
    if !site.config.settings.feeds.0 {
        return;
    }
    manifest.add("feed.xml", Item::Atom(Scope::All));
    manifest.add("feed.json", Item::JsonFeed);
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Page) {
        manifest.add(format!("{}/feed.xml", kind.folder()), Item::Atom(Scope::Section(kind)));
    }
    for (id, _) in site.groups.iter().filter(|(id, _)| is_shown(site, id.dimension)) {
        manifest.add(format!("{}feed.xml", site.groups.address(id)), Item::Atom(Scope::Group(id)));
    }
}
