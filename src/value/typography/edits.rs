//! A text and what is changed of it, from left to right.

use std::borrow::Cow;
use std::ops::Range;

/// A text and what was changed of it up to `copied`.
pub(super) struct Edits<'t> {
    pub(super) text: &'t str,
    pub(super) out: String,
    pub(super) copied: usize,
}

impl<'t> Edits<'t> {
    /// Nothing is changed yet.
    pub(super) fn new(text: &'t str) -> Edits<'t> {
        Edits { text, out: String::new(), copied: 0 }
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

    pub(super) fn finish(mut self) -> Cow<'t, str> {
        if self.copied == 0 && self.out.is_empty() {
            return Cow::Borrowed(self.text);
        }
        self.out.push_str(&self.text[self.copied..]);
        Cow::Owned(self.out)
    }
}
