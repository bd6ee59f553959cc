//! What a plan has beside its page: its rows in other orders, its year, its print form, the text as it was approved.

use super::{Item, Manifest};
use crate::kinds::Kind;
use crate::output::file_of;
use crate::site::Site;
use crate::site::plan_views::views;

pub(super) fn list(site: &Site, manifest: &mut Manifest) {
    for id in site.section(Kind::Plan) {
        let entry = site.entry(*id);
        let Some((plan, rows)) = entry.current_plan() else { continue };
        let mut add = |folder: &str, item: Item| manifest.add(file_of(&format!("{}{folder}/", entry.address)), item);
        let views = views(plan, rows);
        if !views.is_empty() {
            add("year", Item::PlanYear(*id));
            add("print", Item::PlanPrint(*id));
        }
        views.into_iter().for_each(|view| add(view.folder(), Item::PlanView(*id, view)));
        if rows.amended.is_some() {
            add("approved", Item::PlanApproved(*id));
        }
    }
}
