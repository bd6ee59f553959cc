//! Where the rules have to look at a text. Most of its bytes are letters, and most spaces stand between two words of which no rule says
//! anything, which shows by a few bytes.

use super::words::{is_short_letter, is_short_pair};

/// How far a text has been looked through.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) at: usize,
    /// The end of the last stop before: from there on there are letters and marks of no interest.
    pub(super) after: usize,
}

/// Why to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// At a space between a short Russian word and another: it becomes a no-break space.
    ShortWord,
    /// A rule may have to do with what is here.
    Look,
}

/// The bytes to stop at: ASCII marks, the first bytes of no-break spaces, quotation marks, dashes, §, №, and what is markup or no text.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let marks = b" \"'-.:@w0123456789\xC2\xE2<>&\x7F";
    let mut i = 0;
    while i < marks.len() {
        stops[marks[i] as usize] = true;
        i += 1;
    }
    let mut control = 0;
    while control < 0x20 {
        stops[control] = !matches!(control as u8, b'\n' | b'\t');
        control += 1;
    }
    stops
};

/// Moves `place` to the next stop of `bytes`, which are written already up to `copied`.
pub(super) fn next_stop(bytes: &[u8], copied: usize, place: &mut Place) -> Option<Stop> {
    let Place { mut at, mut after } = *place;
    let stop = loop {
        // Russian letters are passed four at a time, then one by one.
        while bytes.get(at..at + 8).and_then(<[u8]>::first_chunk).is_some_and(|eight| are_russian(*eight)) {
            at += 8;
        }
        let byte = loop {
            match *bytes.get(at)? {
                0xD0 | 0xD1 => at += 2,
                byte if STOPS[byte as usize] => break byte,
                _ => at += 1,
            }
        };
        if byte != b' ' {
            break Stop::Look;
        }
        match space_stop(bytes, copied, at) {
            Some(stop) => break stop,
            None => at += 1,
        }
        after = at;
    };
    *place = Place { at, after };
    Some(stop)
}

/// Whether these are four letters of the first half of the Cyrillic block, which begin with 0xD0 or 0xD1.
fn are_russian(letters: [u8; 8]) -> bool {
    u64::from_le_bytes(letters) & 0x00FE_00FE_00FE_00FE == 0x00D0_00D0_00D0_00D0
}

/// Whether to stop at the space at `at`. Must not say anything else than the rules would.
pub(super) fn space_stop(bytes: &[u8], copied: usize, at: usize) -> Option<Stop> {
    let next = |n: usize| bytes.get(at + n).copied().unwrap_or(0);
    // The bytes before the space that are still as typed.
    let left = &bytes[copied..at];
    match next(1) {
        // A particle («бы», «ли», «же») has two letters at most.
        0xD0 if matches!(next(2), 0xB1 | 0xB6 | 0xBB) && !(is_russian(next(3)) && is_russian(next(5))) => Some(Stop::Look),
        // An initial.
        0xD0 | 0xD1 if next(3) == b'.' => Some(Stop::Look),
        right @ (0xD0 | 0xD1 | b'A'..=b'Z' | b'a'..=b'z' | b'(' | b'"') => match *left {
            // Three letters and more: no short word, no number, no abbreviation.
            [.., a, _, b, _, c, _] if is_russian(a) && is_russian(b) && is_russian(c) => None,
            [.., b' ', a, b] if is_russian(a) => is_short_letter([a, b]).then(|| short_word(right)),
            [.., b' ', a, b, c, d] if is_russian(a) && is_russian(c) => is_short_pair([a, b, c, d]).then(|| short_word(right)),
            [.., b',' | b':' | b';' | b')' | b'!' | b'?'] | [.., 0xC2, 0xBB] => None,
            // No abbreviation has five letters.
            [.., a, _, b, _, c, _, d, _, e, _, b'.'] if [a, b, c, d, e].into_iter().all(is_russian) => None,
            _ => Some(Stop::Look),
        },
        _ => Some(Stop::Look),
    }
}

fn short_word(right: u8) -> Stop {
    if is_russian(right) { Stop::ShortWord } else { Stop::Look }
}

/// Whether it is the first byte of a Russian letter.
fn is_russian(byte: u8) -> bool {
    matches!(byte, 0xD0 | 0xD1)
}
