//! Territories: which bases serve each, and in which years events reached it.
//!
//! An event reaches the territories that it belongs to, those that its host serves as a base, and whatever these are a part of. What was
//! cancelled reaches nobody, and what is still to come is counted apart: «не охвачен» is said only of what was held.

use super::groups::Mention;
use super::names::{Registries, Registry};
use super::{Dimension, Entry, EntryId, Groups, RowStatus, workshop_status};
use crate::kinds::{Coordinates, Details, RegistryEntry};
use crate::value::collation::sort_key;
use crate::value::date::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of the territories of the registry; all lists go by its entries.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// The organisations that serve each as a base, by name.
    pub bases: Vec<Vec<usize>>,
    /// The territory that each is a part of.
    pub within: Vec<Option<usize>>,
    /// The territories in the order of their names, parts behind what they are a part of.
    pub order: Vec<usize>,
    /// Where each is: its own coordinates, else those of a base that serves it or of an organisation there.
    pub points: Vec<Option<Point>>,
    /// The years that have events.
    pub years: BTreeMap<i16, Vec<Reached>>,
}

/// Degrees of WGS 84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

/// What a territory had in a year.
#[derive(Debug, Clone, Default)]
pub struct Reached {
    pub held: Vec<EntryId>,
    /// Those who came, where it is told.
    pub participants: u64,
    pub ahead: Vec<EntryId>,
}

/// The organisations that serve territories, and these: they have pages before anything takes place there. Where bases are named, a territory
/// that nobody serves has one too, for whoever looks for its base; only a whole of which the parts are served needs none.
pub fn served(registries: &Registries) -> Vec<Mention> {
    let mention = |dimension, at: usize, registry: &Registry| {
        let named = &registry.entries[at];
        Mention { dimension, key: named.id.clone(), name: named.name.clone(), id: Some(named.id.clone()), registered: Some(at) }
    };
    let mut out = Vec::new();
    for (at, organisation) in registries.organisations.entries.iter().enumerate() {
        let territories: Vec<usize> = organisation.entry.territories.iter().filter_map(|t| registries.territories.find(&t.value)).collect();
        if !territories.is_empty() {
            out.push(mention(Dimension::Organisations, at, &registries.organisations));
        }
        out.extend(territories.into_iter().map(|at| mention(Dimension::Territories, at, &registries.territories)));
    }
    if !out.is_empty() {
        let territories = &registries.territories;
        let part_of = |entry: &RegistryEntry| entry.part_of.as_ref().and_then(|whole| territories.find(&whole.value));
        let wholes: BTreeSet<usize> = territories.entries.iter().filter_map(|named| part_of(&named.entry)).collect();
        let single = (0..territories.entries.len()).filter(|at| !wholes.contains(at));
        out.extend(single.map(|at| mention(Dimension::Territories, at, territories)));
    }
    out
}

/// Finds out. Costs one look at each event.
pub fn coverage(entries: &[Entry], registries: &Registries, groups: &Groups, today: Date) -> Coverage {
    let territories = &registries.territories.entries;
    let mut out = Coverage { bases: vec![Vec::new(); territories.len()], ..Coverage::default() };
    let organisations = &registries.organisations.entries;
    let mut served: Vec<Vec<usize>> = Vec::with_capacity(organisations.len());
    for (at, organisation) in organisations.iter().enumerate() {
        let own: BTreeSet<usize> = organisation.entry.territories.iter().filter_map(|t| registries.territories.find(&t.value)).collect();
        own.iter().for_each(|territory| out.bases[*territory].push(at));
        served.push(own.into_iter().collect());
    }
    out.bases.iter_mut().for_each(|bases| bases.sort_by_cached_key(|at| sort_key(&organisations[*at].name)));
    out.within = territories.iter().map(|t| t.entry.part_of.as_ref().and_then(|whole| registries.territories.find(&whole.value))).collect();
    let way = |at: usize| -> Vec<usize> {
        let mut way = vec![at];
        while let Some(whole) = out.within[way[way.len() - 1]].filter(|whole| !way.contains(whole)) {
            way.push(whole);
        }
        way
    };
    let ways: Vec<Vec<usize>> = (0..territories.len()).map(way).collect();
    out.order = (0..territories.len()).collect();
    out.order.sort_by_cached_key(|at| ways[*at].iter().rev().map(|n| sort_key(&territories[*n].name)).collect::<Vec<_>>());
    out.points = points(registries, &out.bases);

    for (entry, id) in entries.iter().zip((0..).map(EntryId)) {
        let (Details::Workshop(workshop), Some(day)) = (&entry.document.details, entry.date) else { continue };
        let of_groups = entry.groups.iter().filter(|group| group.dimension == Dimension::Territories);
        let mut reached: BTreeSet<usize> = of_groups.filter_map(|group| groups.get(*group).registered).collect();
        let host = workshop.host.as_ref().or(entry.document.common.organisation.as_ref());
        if let Some(base) = host.and_then(|host| registries.organisations.find(&host.value)) {
            reached.extend(&served[base]);
        }
        let all: BTreeSet<usize> = reached.iter().flat_map(|at| ways[*at].iter().copied()).collect();
        let of_year = out.years.entry(day.year()).or_insert_with(|| vec![Reached::default(); territories.len()]);
        match workshop_status(entry, today) {
            RowStatus::Held | RowStatus::Published => all.iter().for_each(|at| {
                of_year[*at].held.push(id);
                of_year[*at].participants += u64::from(workshop.participants.unwrap_or_default());
            }),
            RowStatus::Cancelled => {}
            _ => all.iter().for_each(|at| of_year[*at].ahead.push(id)),
        }
    }
    out
}

impl Coverage {
    /// Whether nobody serves the territory `at`, where others have their bases: a whole of which the parts are served needs none of its own.
    pub fn is_unserved(&self, at: usize) -> bool {
        self.bases[at].is_empty() && !self.within.contains(&Some(at)) && self.bases.iter().any(|bases| !bases.is_empty())
    }

    /// The year to show first: that of `today`, else the last before it, else the first of all.
    pub fn current(&self, today: Date) -> Option<i16> {
        let before = self.years.range(..=today.year()).next_back();
        before.or_else(|| self.years.iter().next()).map(|(year, _)| *year)
    }

    /// The outermost territory that `at` is a part of; itself, if it is of none.
    pub fn whole(&self, at: usize) -> usize {
        // Nobody is a part of himself for longer than there are territories.
        (0..self.within.len()).fold(at, |at, _| self.within[at].unwrap_or(at))
    }
}

fn points(registries: &Registries, bases: &[Vec<usize>]) -> Vec<Option<Point>> {
    let organisations = &registries.organisations.entries;
    let mut there: Vec<Option<Point>> = vec![None; registries.territories.entries.len()];
    for organisation in organisations {
        let at = organisation.entry.territory.as_ref().and_then(|territory| registries.territories.find(&territory.value));
        if let Some(at) = at {
            there[at] = there[at].or_else(|| point(&organisation.entry));
        }
    }
    let own = |(at, named): (usize, &super::names::Named)| {
        let of_base = || bases[at].iter().find_map(|base| point(&organisations[*base].entry));
        point(&named.entry).or(there[at]).or_else(of_base)
    };
    registries.territories.entries.iter().enumerate().map(own).collect()
}

fn point(entry: &RegistryEntry) -> Option<Point> {
    let Coordinates { lat, lon } = entry.coordinates.as_ref()?;
    let is_on_earth = |point: &Point| point.lat.abs() <= 85.0 && point.lon.abs() <= 180.0;
    Some(Point { lat: (*lat)?, lon: (*lon)? }).filter(is_on_earth)
}
