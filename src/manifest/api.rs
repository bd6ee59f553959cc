//! JSON that other programs read.

use super::{Item, Manifest};
use crate::kinds::Kind;
use crate::site::Site;

pub(super) fn list(site: &Site, manifest: &mut Manifest) {
    manifest.add("api/v1/events.json", Item::ApiEvents);
    manifest.add("api/v1/materials.json", Item::ApiMaterials);
    for id in site.section(Kind::Plan) {
        manifest.add(format!("api/v1/plans/{}.json", site.entry(*id).slug), Item::ApiPlan(*id));
    }
}
