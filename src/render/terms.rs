//! The words of the theme for kinds, states and sources: they stand on every page, so they are looked up once.

use super::Words;
use crate::kinds::Kind;
use crate::site::{Dimension, EventSource, RowStatus};

/// The words of each, in the order in which the variants are declared.
#[derive(Debug)]
pub(super) struct Terms {
    kinds: Vec<(Box<str>, Box<str>)>,
    dimensions: Vec<(Box<str>, Box<str>)>,
    statuses: Vec<Box<str>>,
    sources: Vec<Box<str>>,
}

impl Terms {
    pub(super) fn of(words: &Words) -> Terms {
        let word = |path: String| -> Box<str> { words.get(&path).into() };
        let pair = |path: &str, first: &str, second: &str| (word(format!("{path}.{first}")), word(format!("{path}.{second}")));
        let mut statuses = RowStatus::ALL;
        statuses.sort_by_key(|status| *status as usize);
        Terms {
            kinds: Kind::ALL.iter().map(|kind| pair(&format!("kinds.{}", kind.id()), "one", "many")).collect(),
            dimensions: Dimension::ALL.iter().map(|d| pair(&format!("groups.{}", d.folder()), "title", "label")).collect(),
            statuses: statuses.iter().map(|status| word(format!("status.{}", status.id()))).collect(),
            sources: EventSource::ALL.iter().map(|source| word(format!("source.{}", source.id()))).collect(),
        }
    }

    /// The word for a document of a kind.
    pub(super) fn one(&self, kind: Kind) -> &str {
        &self.kinds[kind as usize].0
    }

    /// The name of a kind's section.
    pub(super) fn many(&self, kind: Kind) -> &str {
        &self.kinds[kind as usize].1
    }

    /// The name of the list of all groups of a dimension.
    pub(super) fn dimension(&self, dimension: Dimension) -> &str {
        &self.dimensions[dimension as usize].0
    }

    /// What stands before the groups of a document.
    pub(super) fn label(&self, dimension: Dimension) -> &str {
        &self.dimensions[dimension as usize].1
    }

    pub(super) fn status(&self, status: RowStatus) -> &str {
        &self.statuses[status as usize]
    }

    pub(super) fn source(&self, source: EventSource) -> &str {
        &self.sources[source as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variant_has_its_own_word() {
        let terms = Terms::of(&Words::default());
        for kind in Kind::ALL {
            assert_eq!(terms.many(kind), format!("kinds.{}.many", kind.id()));
        }
        for dimension in Dimension::ALL {
            assert_eq!(terms.label(dimension), format!("groups.{}.label", dimension.folder()));
        }
        for status in RowStatus::ALL {
            assert_eq!(terms.status(status), format!("status.{}", status.id()));
        }
        for source in EventSource::ALL {
            assert_eq!(terms.source(source), format!("source.{}", source.id()));
        }
    }
}
