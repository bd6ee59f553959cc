//! The front page: what is next, what is new, where the documents are.

use super::frame::About;
use super::jsonld::{self, WebSite};
use super::view::{self, Counted, HomePlan, PlanMonth};
use super::{Fault, Made, Renderer};
use crate::kinds::Kind;
use crate::output::address;
use crate::site::{Dimension, EntryId, GroupId, RowStatus};
use crate::value::date::{self, Case, Date};

/// How many coming events with a day, and how many without, the front page names.
const NEXT: usize = 3;
const WINDOWS: usize = 4;
/// How many new documents it names, and how many of one kind among them.
const FRESH: usize = 6;
const FRESH_OF_KIND: usize = 2;
/// How many areas it names.
const AREAS: usize = 12;

impl Renderer {
    pub(super) fn home(&self) -> Made {
        let site = &self.site;
        let (dated, windows) = site.calendar.coming(site.today);
        let (title, description) = (&site.config.title, &site.config.description);
        let website = jsonld::script(&WebSite::new(self.language().tag(), title, description, self.publisher_json(), self.absolute("")));
        let about = About { description: description.into(), class: "home", jsonld: vec![website], ..About::default() };
        let newsletter = site.section(Kind::Newsletter).first().map(|id| (*id, site.entry(*id)));
        let ways = [Kind::Document, Kind::Practice, Kind::Plan, Kind::Workshop, Kind::Newsletter, Kind::Project].into_iter();
        let ways = ways.filter(|kind| !site.section(*kind).is_empty()).map(|kind| Counted {
            title: self.terms.many(kind).into(),
            url: address(&format!("{}/", kind.folder())),
            count: site.section(kind).len(),
        });
        let mut areas: Vec<(usize, &crate::site::Group)> = site.groups.of(Dimension::Areas).iter().enumerate().collect();
        areas.sort_by_key(|(index, group)| (std::cmp::Reverse(group.members.len()), *index));
        areas.truncate(AREAS);
        areas.sort_by_key(|(index, _)| *index);
        let view = view::Home {
            frame: self.frame(about),
            next_html: self.lines(dated.into_iter().take(NEXT).map(|(_, id)| id)),
            windows_html: self.lines(windows.into_iter().take(WINDOWS)),
            fresh_html: self.cards(&self.fresh()),
            month: Some(self.small_month(site.today.year(), site.today.month())?),
            weekdays: self.weekdays(),
            plan: self.home_plan().transpose()?,
            newsletter: newsletter.map(|(id, entry)| view::Link::new(self.title(id), address(&entry.address))),
            newsletter_date: newsletter.and_then(|(_, entry)| entry.date).map_or_else(String::new, |day| date::day(day, self.language())),
            ways: ways.collect(),
            areas: areas
                .into_iter()
                .map(|(index, group)| Counted {
                    title: self.set(&group.name),
                    url: address(&site.groups.address(GroupId { dimension: Dimension::Areas, index: index as u32 })),
                    count: group.members.len(),
                })
                .collect(),
        };
        self.theme.render("home.html", &view)
    }

    /// The newest documents, kinds mixed: a busy kind does not crowd out the others. What lies ahead is not new.
    fn fresh(&self) -> Vec<EntryId> {
        let mut of_kind = std::collections::BTreeMap::new();
        let past = self.site.newest.iter().filter(|id| {
            let entry = self.site.entry(**id);
            let ahead = entry.document.kind == Kind::Workshop
                && entry.timeframe.as_ref().is_some_and(|f| f.end.is_none_or(|end| end >= self.site.today));
            entry.date.is_some_and(|day| day <= self.site.today) && !ahead
        });
        let mixed = past.filter(|id| {
            let count = of_kind.entry(self.site.entry(**id).document.kind).or_insert(0);
            *count += 1;
            *count <= FRESH_OF_KIND
        });
        mixed.take(FRESH).copied().collect()
    }

    /// The plan that holds today, else the newest one.
    fn home_plan(&self) -> Option<Result<HomePlan<'_>, Fault>> {
        let site = &self.site;
        let plans = site.section(Kind::Plan);
        let holds = |id: &&EntryId| {
            let frame = site.entry(**id).timeframe.as_ref();
            frame.is_some_and(|f| f.start.is_some_and(|d| d <= site.today) && f.end.is_some_and(|d| d >= site.today))
        };
        let id = *plans.iter().find(holds).or_else(|| plans.first())?;
        let entry = site.entry(id);
        let rows = entry.plan.as_ref()?;
        let (start, end) = (entry.timeframe.as_ref()?.start?, entry.timeframe.as_ref()?.end?);
        let first = |date: Date| date.first_of_month();
        let months: Vec<Date> = std::iter::successors(Some(first(start)), |month| Some(month.add_days(31).first_of_month()))
            .take_while(|m| *m <= end)
            .take(24)
            .collect();
        let months = months.into_iter().map(|month| {
            let due = rows.rows.iter().filter(|row| {
                row.timeframe.as_ref().is_some_and(|f| f.kind != crate::value::timeframe::Kind::Ongoing)
                    && row.last_day().is_some_and(|d| first(d) == month)
            });
            let due: Vec<RowStatus> = due.map(|row| row.status).collect();
            PlanMonth {
                name: date::month_name(month.month(), Case::Nominative, self.language()).to_owned(),
                short: date::month_name(month.month(), Case::Nominative, self.language()).chars().take(3).collect(),
                url: if site.calendar.years.contains_key(&month.year()) {
                    address(&format!("calendar/{}/{:02}/", month.year(), month.month()))
                } else {
                    String::new()
                },
                done: due.iter().filter(|s| matches!(s, RowStatus::Held | RowStatus::Published)).count(),
                due: due.len(),
            }
        });
        let progress = self.progress("".into(), rows.totals(None));
        Some(progress.map(|progress| HomePlan { title: self.title(id), url: address(&entry.address), progress, months: months.collect() }))
    }
}
