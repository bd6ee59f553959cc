//! Territories: who serves which, and which of them events reached in a year, as a map and as the table that says the same.

use super::frame::About;
use super::map::{Spot, map};
use super::theme::Markup;
use super::view::{self, Base, CoverageMap, CoverageRow, Link, Serving, YearLink};
use super::{Made, Renderer};
use crate::output::address;
use crate::site::coverage::Reached;
use crate::site::names::Registry;
use crate::site::{Dimension, GroupId};

/// A map of fewer places says nothing.
const FEWEST: usize = 3;

impl Renderer {
    /// The list of territories: above it, which base serves each.
    pub(super) fn territory_index(&self) -> Made {
        let title = self.terms.dimension(Dimension::Territories);
        let coverage = &self.site.coverage;
        let about = About { title: title.into(), address: "territories/".into(), class: "groups", ..About::default() };
        // A whole of which only the parts are served has no base of its own to look for.
        let is_whole = |at: usize| coverage.within.contains(&Some(at)) && coverage.bases[at].is_empty();
        let has_bases = coverage.bases.iter().any(|bases| !bases.is_empty());
        let shown = coverage.order.iter().copied().filter(|at| has_bases && !is_whole(*at));
        let serving = shown.map(|at| Serving {
            territory: self.territory_link(at),
            within: self.within(at),
            bases: coverage.bases[at].iter().map(|base| self.base(*base)).collect(),
        });
        let view = view::Territories {
            frame: self.frame(about),
            title,
            serving: serving.collect(),
            years: self.coverage_years(None),
            letters: self.letters(Dimension::Territories),
        };
        self.theme.render("territories.html", &view)
    }

    /// Which territories events reached in `year`; without one, in the year that is looked at first.
    pub(super) fn coverage(&self, year: Option<i16>) -> Made {
        let coverage = &self.site.coverage;
        let shown = year.or_else(|| coverage.current(self.site.today)).unwrap_or(self.site.today.year());
        let nothing = vec![Reached::default(); coverage.within.len()];
        let of_year = coverage.years.get(&shown).unwrap_or(&nothing);
        let rows: Vec<CoverageRow> = coverage.order.iter().map(|at| self.coverage_row(*at, &of_year[*at])).collect();
        let title = format!("{} {shown}", self.word("territories.coverage_of"));
        let folder = year.map_or_else(|| "territories/coverage/".to_owned(), |year| format!("territories/coverage/{year}/"));
        let mut trail = vec![Link::new(self.terms.dimension(Dimension::Territories), address("territories/"))];
        if year.is_some() {
            trail.push(Link::new(self.word("territories.coverage"), address("territories/coverage/")));
        }
        let about = About {
            title: title.clone().into(),
            description: self.word("territories.coverage_intro").into(),
            address: folder,
            class: "coverage",
            trail,
            ..About::default()
        };
        let view = view::Coverage {
            frame: self.frame(about),
            title,
            years: self.coverage_years(Some(shown)),
            reached: rows.iter().filter(|row| row.held > 0).count(),
            all: rows.len(),
            missed: coverage.order.iter().filter(|at| of_year[**at].held.is_empty()).map(|at| self.territory_link(*at)).collect(),
            maps: self.maps(of_year),
            rows,
        };
        self.theme.render("coverage.html", &view)
    }

    fn coverage_row<'a>(&'a self, at: usize, reached: &'a Reached) -> CoverageRow<'a> {
        CoverageRow {
            territory: self.territory_link(at),
            within: self.within(at),
            held: reached.held.len(),
            participants: if reached.participants > 0 { reached.participants.to_string() } else { String::new() },
            ahead: reached.ahead.len(),
            events: reached.held.iter().chain(&reached.ahead).take(3).map(|id| self.entry_link(*id)).collect(),
            more: (reached.held.len() + reached.ahead.len()).saturating_sub(3),
        }
    }

    /// A map of each whole that has enough places on it.
    fn maps(&self, of_year: &[Reached]) -> Vec<CoverageMap<'_>> {
        let coverage = &self.site.coverage;
        let names = &self.site.registries.territories.entries;
        let mut wholes: Vec<usize> = Vec::new();
        for at in &coverage.order {
            let whole = coverage.whole(*at);
            if !wholes.contains(&whole) {
                wholes.push(whole);
            }
        }
        let of_whole = |(n, whole): (usize, usize)| {
            let parts = coverage.order.iter().filter(|at| **at != whole && coverage.whole(**at) == whole);
            let spots: Vec<Spot> = parts
                .filter_map(|at| {
                    Some(Spot {
                        name: names[*at].name.clone(),
                        point: coverage.points[*at]?,
                        count: of_year[*at].held.len(),
                        has_ahead: !of_year[*at].ahead.is_empty(),
                    })
                })
                .collect();
            // Where nobody planned anything, there is nothing to look at.
            if spots.len() < FEWEST || spots.iter().all(|spot| spot.count == 0 && !spot.has_ahead) {
                return None;
            }
            let title = self.set(&names[whole].name);
            let reached = spots.iter().filter(|spot| spot.count > 0).count();
            let told = format!("{} {reached} / {}. {}", self.word("territories.reached"), spots.len(), self.word("territories.map_alt"));
            Some(CoverageMap { svg_html: Markup(map(&spots, &format!("map{}", n + 1), &title, &told)), title })
        };
        wholes.into_iter().enumerate().filter_map(of_whole).collect()
    }

    fn coverage_years(&self, current: Option<i16>) -> Vec<YearLink> {
        let years = self.site.coverage.years.keys().rev();
        let link =
            |year: &i16| YearLink { year: *year, url: address(&format!("territories/coverage/{year}/")), current: current == Some(*year) };
        years.map(link).collect()
    }

    /// A territory with a link to its page, if it has one.
    fn territory_link(&self, at: usize) -> Link<'_> {
        self.registered_link(Dimension::Territories, &self.site.registries.territories, at)
    }

    fn within(&self, at: usize) -> std::borrow::Cow<'_, str> {
        let whole = self.site.coverage.within[at].map_or("", |whole| &self.site.registries.territories.entries[whole].name);
        self.set(whole)
    }

    fn base(&self, at: usize) -> Base<'_> {
        let registries = &self.site.registries;
        let entry = &registries.organisations.entries[at].entry;
        let area = |written: &crate::record::Text| registries.areas.find(&written.value);
        Base {
            organisation: self.registered_link(Dimension::Organisations, &registries.organisations, at),
            areas: entry.base_for.iter().filter_map(area).map(|at| self.registered_link(Dimension::Areas, &registries.areas, at)).collect(),
        }
    }

    /// An entry of a registry with a link to its group, if it has one.
    pub(super) fn registered_link<'a>(&'a self, dimension: Dimension, registry: &'a Registry, at: usize) -> Link<'a> {
        let named = &registry.entries[at];
        match self.site.groups.find(dimension, &named.id) {
            Some(GroupId { dimension, index }) => self.group_link(GroupId { dimension, index }),
            None => Link::new(self.set(&named.name), ""),
        }
    }
}
