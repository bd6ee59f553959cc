//! Pages of a list, numbered from the oldest end: a new document changes the newest page alone, and addresses stay.

use std::ops::Range;

/// A page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The list's own address: what is not on a numbered page.
    Newest,
    /// `page/1/` is the oldest.
    Number(usize),
}

impl Page {
    /// The pages of a list of `len`, `size` on a page.
    pub fn all(len: usize, size: usize) -> impl Iterator<Item = Page> {
        let numbered = (len / size.max(1)).saturating_sub(1);
        std::iter::once(Page::Newest).chain((1..=numbered).map(Page::Number))
    }

    /// What stands on this page of a list of `len` that is ordered newest first. The newest page has up to two pages' worth, so that a
    /// page is numbered only when it is full.
    pub fn range(self, len: usize, size: usize) -> Range<usize> {
        let size = size.max(1);
        let numbered = (len / size).saturating_sub(1);
        match self {
            Page::Newest => 0..len - numbered * size,
            Page::Number(n) => {
                let n = n.clamp(1, numbered.max(1));
                len.saturating_sub(n * size)..len - ((n - 1) * size).min(len)
            }
        }
    }

    /// The page with newer things; `None` on the newest.
    pub fn newer(self, len: usize, size: usize) -> Option<Page> {
        let numbered = (len / size.max(1)).saturating_sub(1);
        match self {
            Page::Newest => None,
            Page::Number(n) if n >= numbered => Some(Page::Newest),
            Page::Number(n) => Some(Page::Number(n + 1)),
        }
    }

    /// The page with older things; `None` on the oldest.
    pub fn older(self, len: usize, size: usize) -> Option<Page> {
        let numbered = (len / size.max(1)).saturating_sub(1);
        match self {
            Page::Newest => (numbered > 0).then_some(Page::Number(numbered)),
            Page::Number(n) => (n > 1).then(|| Page::Number(n - 1)),
        }
    }

    /// The address of this page of the list at `base`.
    pub fn address(self, base: &str) -> String {
        match self {
            Page::Newest => base.to_owned(),
            Page::Number(n) => format!("{base}page/{n}/"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_document_changes_the_newest_page_alone() {
        let size = 10;
        for len in 0..95 {
            let pages: Vec<Page> = Page::all(len, size).collect();
            let covered: usize = pages.iter().map(|p| p.range(len, size).len()).sum();
            assert_eq!(covered, len);
            // Counted from the old end, a numbered page holds the same things for good.
            for page in pages.iter().filter(|p| **p != Page::Newest) {
                let old_end = |l: usize| (l - page.range(l, size).end, l - page.range(l, size).start);
                assert_eq!(old_end(len), old_end(len + 1), "{page:?} of {len}");
            }
        }
    }

    #[test]
    fn neighbours() {
        assert_eq!(Page::Newest.older(35, 10), Some(Page::Number(2)));
        assert_eq!(Page::Number(2).newer(35, 10), Some(Page::Newest));
        assert_eq!(Page::Number(1).older(35, 10), None);
        assert_eq!(Page::Newest.older(19, 10), None);
    }
}
