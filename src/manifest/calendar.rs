//! The calendar: years, months, what is coming, and files for other calendars.

use super::groups::is_shown;
use super::{Item, Manifest, Scope};
use crate::site::Site;
use crate::site::calendar::stands_in_calendar;

pub(super) fn list(site: &Site, manifest: &mut Manifest) {
    manifest.add("calendar/index.html", Item::CalendarIndex);
    manifest.add("calendar/list/index.html", Item::CalendarList);
    for year in site.calendar.years.keys() {
        manifest.add(format!("calendar/{year}/index.html"), Item::CalendarYear(*year));
        for month in 1..=12 {
            manifest.add(format!("calendar/{year}/{month:02}/index.html"), Item::CalendarMonth(*year, month));
        }
    }
    manifest.add("calendar.ics", Item::Calendar(Scope::All));
    manifest.add("calendar/upcoming.ics", Item::Calendar(Scope::Upcoming));
    for (id, group) in site.groups.iter().filter(|(id, _)| is_shown(site, id.dimension)) {
        if group.members.iter().any(|entry| stands_in_calendar(site.entry(*entry).document.kind)) {
            manifest.add(format!("{}calendar.ics", site.groups.address(id)), Item::Calendar(Scope::Group(id)));
        }
    }
}
