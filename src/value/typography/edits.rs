//! A text and what is changed of it, from left to right.

use std::ops::Range;

/// A text that is being written, changed, to the end of `out`.
pub(super) struct Edits<'t, 'o> {
    pub(super) text: &'t str,
    /// The bytes of `text` up to which the result is in `out`.
    pub(super) copied: usize,
    out: &'o mut String,
    /// Where in `out` the result begins.
    from: usize,
}

impl<'t, 'o> Edits<'t, 'o> {
    /// Nothing is changed yet.
    pub(super) fn new(text: &'t str, out: &'o mut String) -> Edits<'t, 'o> {
        let from = out.len();
        Edits { text, copied: 0, out, from }
    }

    /// Puts `new` in the place of `range`, which begins behind all earlier ones.
    pub(super) fn replace(&mut self, range: Range<usize>, new: &str) {
        if self.text[range.clone()] == *new {
            return;
        }
        if self.out.is_empty() {
            self.out.reserve(self.text.len() + self.text.len() / 16 + 16);
        }
        self.out.push_str(&self.text[self.copied..range.start]);
        self.out.push_str(new);
        self.copied = range.end;
    }

    /// The last character of the result before `at`; `None` at its beginning.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text[self.copied..at].chars().next_back().or_else(|| self.out[self.from..].chars().next_back())
    }

    /// Whether anything is changed yet.
    pub(super) fn any(&self) -> bool {
        self.copied > 0 || self.out.len() > self.from
    }

    /// Writes what is left of the text.
    pub(super) fn finish(self) {
        self.out.push_str(&self.text[self.copied..]);
    }

    /// Takes back what was written.
    pub(super) fn abandon(self) {
        self.out.truncate(self.from);
    }
}
