//! Replacements in a text, and where in the text before them a place of the result stood.

use std::ops::Range;

/// `text` in place of the bytes `range`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    pub text: String,
}

/// `text` with `edits` made, which stand in its order and do not overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.text);
        at = edit.range.end;
    }
    out + &text[at..]
}

/// The bytes before `edits` of what stands at `range` after them. A replacement came from all that it replaced.
pub fn origin(edits: &[Edit], range: Range<usize>) -> Range<usize> {
    // What begins where something was taken out stood behind it, what ends there before.
    let start = origin_of(edits, range.start, |at, edited| at < edited, |edit| edit.range.start);
    start..origin_of(edits, range.end, |at, edited| at <= edited, |edit| edit.range.end).max(start)
}

fn origin_of(edits: &[Edit], at: usize, is_before: fn(usize, usize) -> bool, inside: fn(&Edit) -> usize) -> usize {
    // What is before `at` in the result is longer by this than it was.
    let mut longer = 0_isize;
    for edit in edits {
        let start = edit.range.start.saturating_add_signed(longer);
        if is_before(at, start) {
            break;
        }
        if at < start + edit.text.len() {
            return inside(edit);
        }
        longer += edit.text.len() as isize - edit.range.len() as isize;
    }
    at.saturating_add_signed(-longer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replaced_is_found_again() {
        let edits =
            [Edit { range: 1..2, text: "BBB".into() }, Edit { range: 3..4, text: String::new() }, Edit { range: 5..5, text: "+".into() }];
        assert_eq!(apply("abcdefg", &edits), "aBBBce+fg");
        let of = |range: Range<usize>| &"abcdefg"[origin(&edits, range)];
        assert_eq!([of(0..1), of(1..4), of(2..3), of(4..5), of(5..6), of(7..8), of(8..9)], ["a", "b", "b", "c", "e", "f", "g"]);
    }
}
