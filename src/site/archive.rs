//! The archive: everything of every kind by date.

use super::{Entry, EntryId};
use std::collections::BTreeMap;

/// Dated entries by year and month.
#[derive(Debug, Clone, Default)]
pub struct Archive {
    pub years: BTreeMap<i16, ArchiveYear>,
}

/// The entries of a year by month, newest first.
#[derive(Debug, Clone, Default)]
pub struct ArchiveYear {
    pub months: BTreeMap<i8, Vec<EntryId>>,
}

impl ArchiveYear {
    /// How many entries each month has, January first.
    pub fn counts(&self) -> [usize; 12] {
        let mut counts = [0; 12];
        for (month, entries) in &self.months {
            counts[(month - 1) as usize] = entries.len();
        }
        counts
    }

    /// How many entries the year has.
    pub fn total(&self) -> usize {
        self.months.values().map(Vec::len).sum()
    }
}

/// Files `newest` (newest first) by year and month.
pub fn archive(entries: &[Entry], newest: &[EntryId]) -> Archive {
    let mut archive = Archive::default();
    for id in newest {
        if let Some(date) = entries[id.index()].date {
            archive.years.entry(date.year()).or_default().months.entry(date.month()).or_default().push(*id);
        }
    }
    archive
}
