//! The second pass: quotation marks, dashes, no-break spaces.

use super::NBSP;
use super::clean::clean;
use super::edits::Edits;
use super::marks::{is_capital, is_cyrillic, is_dash, is_opener, is_quote, is_word};
use super::tokens::{LONGEST_WORD, address_end, digits, ends_token, first_word, is_numeric_date, numeric, spaced_dash, spaces, word_start};
use super::words::{
    continues, initials_end, is_close_unit, is_designation, is_initial, is_month, is_name_start, is_numbered, is_page, is_place, is_range,
    is_range_of_words, is_roman, is_short_word, is_surname, unit,
};
use crate::value::language::Language;
use crate::value::letter::{is_letter, is_letter_or_digit};
use std::borrow::Cow;

/// What [`Typographer::code`] leaves as the character before the next run.
const OBJECT: char = '\u{fffc}';

/// More bytes than this between two stops are no word of one or two letters, brackets before it included.
const LONG: usize = 6;

/// Sets the runs of a block one after another; quotation marks and the word before a run are carried between them.
#[derive(Debug, Clone)]
pub struct Typographer {
    language: Language,
    /// Open quotation marks.
    depth: u8,
    /// The last character written; `None` at the start of a block.
    prev: Option<char>,
    /// The word that the last run ended in.
    tail: String,
    /// A bibliographic description was seen in the block (ГОСТ Р 7.0.100-2018: spaces on both sides of «:» and «;»).
    bibliographic: bool,
}

impl Typographer {
    /// At the start of a block.
    pub fn new(language: Language) -> Typographer {
        Typographer { language, depth: 0, prev: None, tail: String::new(), bibliographic: false }
    }

    /// The next run of the block, set.
    pub fn run<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if text.is_empty() {
            return Cow::Borrowed(text);
        }
        let set = match clean(text, self.prev, &mut self.bibliographic) {
            Cow::Borrowed(text) => self.set(text),
            Cow::Owned(text) => Cow::Owned(self.set(&text).into_owned()),
        };
        if let Some(last) = set.chars().next_back() {
            let start = word_start(&set, 0, set.len());
            if start > 0 || self.tail.len() + set.len() > LONGEST_WORD {
                self.tail.clear();
            }
            self.tail.push_str(&set[start..]);
            self.prev = Some(last);
        }
        set
    }

    /// Inline code or HTML stands here: something like a word, of which nothing is known.
    pub fn code(&mut self) {
        self.prev = Some(OBJECT);
        self.tail.clear();
    }

    /// The line ends here within the block; returns what to write for it: a no-break space after a short preposition, else a line feed.
    pub fn line_break(&mut self) -> char {
        let short = self.language == Language::Ru && is_short_word(&self.tail);
        self.tail.clear();
        self.prev = Some('\n');
        if short { NBSP } else { '\n' }
    }

    /// The block ends; quotation marks left open do not reach into the next.
    pub fn end_block(&mut self) {
        self.depth = 0;
        self.prev = None;
        self.tail.clear();
        self.bibliographic = false;
    }

    /// Quotation marks, dashes and no-break spaces of a cleaned text.
    fn set<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let bytes = text.as_bytes();
        let mut edits = Edits::new(text);
        // Everything between `after` and the byte that stopped the scan is letters and marks of no interest.
        let mut after = 0;
        while let Some(at) = next_stop(bytes, after) {
            let next = match (bytes[at], bytes.get(at + 1), bytes.get(at + 2)) {
                (b' ', ..) | (0xC2, Some(0xA0), _) => self.space(&mut edits, at, at - after > LONG),
                (b'"', ..) => self.quote(&mut edits, at, '"'),
                (0xC2, Some(0xAB), _) => self.quote(&mut edits, at, '«'),
                (0xC2, Some(0xBB), _) => self.quote(&mut edits, at, '»'),
                (0xE2, Some(0x80), Some(0x9C)) => self.quote(&mut edits, at, '“'),
                (0xE2, Some(0x80), Some(0x9D)) => self.quote(&mut edits, at, '”'),
                (0xE2, Some(0x80), Some(0x9E)) => self.quote(&mut edits, at, '„'),
                (b'\'', ..) => self.apostrophe(&mut edits, at),
                (b'0'..=b'9', ..) => self.number(&mut edits, at),
                (b'-', ..) => self.hyphen(&mut edits, at, 1),
                (0xE2, Some(0x80), Some(0x93)) => self.hyphen(&mut edits, at, 3),
                (b'.', ..) => self.full_stop(&mut edits, at),
                (0xC2, Some(0xA7), _) => self.sign(&mut edits, at + 2),
                (0xE2, Some(0x84), Some(0x96)) => self.sign(&mut edits, at + 3),
                (b':', Some(b'/'), Some(b'/')) => address_end(text, at),
                (b'@', ..) if is_word(self.before(&edits, at)) => address_end(text, at),
                (b'w', Some(b'w'), Some(b'w')) if bytes.get(at + 3) == Some(&b'.') => address_end(text, at),
                (0xC2, ..) => at + 2,
                (0xE2, ..) => at + 3,
                _ => at + 1,
            };
            after = next.max(at + 1).min(bytes.len());
        }
        edits.finish()
    }

    /// The last character of the result before `at`.
    fn before(&self, edits: &Edits, at: usize) -> Option<char> {
        edits.text[edits.copied..at].chars().next_back().or_else(|| edits.out.chars().next_back()).or(self.prev)
    }

    /// The word that ends at `at`, with its full stops; empty where it is not known to its start.
    fn word<'a>(&'a self, edits: &Edits<'a>, at: usize) -> &'a str {
        let start = word_start(edits.text, edits.copied, at);
        match (start, at) {
            (0, 0) => &self.tail,
            (0, _) if self.tail.is_empty() => &edits.text[..at],
            (0, _) => "",
            _ => &edits.text[start..at],
        }
    }

    /// The spaces at `at`: a dash behind them, or a no-break space in their place. `long` if too much is before for a short word.
    fn space(&self, edits: &mut Edits, at: usize, long: bool) -> usize {
        let text = edits.text;
        let end = at + spaces(&text[at..]);
        let rest = &text[end..];
        if self.language == Language::En {
            return end;
        }
        let next = rest.bytes().next().unwrap_or(0);
        // Most spaces stand between two long words.
        let second = rest.as_bytes().get(1).copied().unwrap_or(0);
        // б, л, ж of «бы», «ли», «же», or a capital letter of initials.
        let matters = matches!((next, second), (b'-' | 0xE2, _) | (0xD0, 0xB1 | 0xB6 | 0xBB | 0x90..=0xAF));
        if long && !matters && !text.as_bytes()[at - 1].is_ascii_uppercase() {
            return end;
        }
        let Some(prev) = self.before(edits, at).filter(|c| !c.is_whitespace()) else { return end };
        if let Some(dash) = spaced_dash(rest) {
            if is_dash(prev) {
                return end;
            }
            let range = is_range(self.word(edits, at), &rest[..dash], rest[dash..].trim_start());
            edits.replace(at..end + dash, if range { "\u{a0}–" } else { "\u{a0}—" });
            return end + dash;
        }
        if end - at == 1 && self.glued(edits, at, rest) {
            edits.replace(at..end, "\u{a0}");
        }
        end
    }

    /// Whether the words on both sides of the space at `at` stay on one line.
    fn glued(&self, edits: &Edits, at: usize, rest: &str) -> bool {
        if rest.starts_with(['б', 'л', 'ж']) && matches!(first_word(rest), "бы" | "ли" | "же" | "б" | "ль" | "ж") {
            return true;
        }
        let word = self.word(edits, at);
        let start = at - word.len().min(at);
        let whole = start <= edits.copied || edits.text[..start].ends_with(|c: char| c.is_whitespace() || is_opener(c) || is_quote(c));
        match word.chars().next_back() {
            Some('№' | '§') => rest.starts_with(|c: char| c.is_ascii_digit()),
            Some(c) if c.is_ascii_digit() => unit(word, rest),
            Some('.') => {
                let core = word.trim_end_matches('.');
                let core = core.rsplit('.').next().unwrap_or(core);
                let after_number =
                    || edits.text[..start].trim_end().ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'));
                whole
                    && (is_initial(core) && is_name_start(rest)
                        || continues(core, rest)
                        || is_numbered(core) && rest.starts_with(|c: char| c.is_ascii_digit())
                        || is_place(core) && rest.starts_with(|c: char| is_capital(c) || is_quote(c)) && !after_number())
            }
            Some(_) if whole && is_short_word(word) => {
                rest.is_empty()
                    || rest.starts_with(|c: char| is_letter_or_digit(c) || is_opener(c) || is_quote(c) || matches!(c, '№' | '§'))
            }
            Some(_) if is_surname(word) => initials_end(rest),
            Some(_) => whole && is_roman(word) && (rest.starts_with("в.") || rest.starts_with("вв.")),
            None => false,
        }
    }

    fn quote(&mut self, edits: &mut Edits, at: usize, typed: char) -> usize {
        let end = at + typed.len_utf8();
        let rest = &edits.text[end..];
        let context = self.before(edits, at).is_none_or(|c| c.is_whitespace() || is_opener(c) || is_dash(c) || c == '/')
            && match rest.chars().next() {
                Some(c) => {
                    is_letter_or_digit(c) || is_opener(c) || is_quote(c) || is_dash(c) || matches!(c, '…' | '№' | '§' | '#' | '+' | '@')
                }
                None => self.depth == 0,
            };
        let opens = matches!(typed, '«' | '„') || typed != '»' && context;
        let set = match (self.language, opens) {
            (Language::Ru, true) => {
                self.depth = self.depth.saturating_add(1);
                if self.depth == 1 { '«' } else { '„' }
            }
            // A mark that closes nothing may be an inch: as typed.
            (_, false) if self.depth == 0 => typed,
            (Language::Ru, false) => {
                self.depth -= 1;
                match self.depth {
                    0 => '»',
                    // «“» here would open when read again.
                    _ if context => typed,
                    _ => '“',
                }
            }
            (Language::En, _) if !matches!(typed, '"' | '“' | '”') => typed,
            (Language::En, true) => {
                self.depth = self.depth.saturating_add(1);
                '“'
            }
            (Language::En, false) => {
                self.depth -= 1;
                '”'
            }
        };
        if set != typed {
            edits.replace(at..end, set.encode_utf8(&mut [0; 4]));
        }
        end
    }

    /// English only: an apostrophe, or a single quotation mark.
    fn apostrophe(&self, edits: &mut Edits, at: usize) -> usize {
        if self.language == Language::En {
            let prev = self.before(edits, at);
            let next = edits.text[at + 1..].chars().next();
            if prev.is_none_or(|c| c.is_whitespace() || is_opener(c) || is_dash(c) || c == '“') {
                match next {
                    Some(c) if is_letter(c) => edits.replace(at..at + 1, "‘"),
                    Some(c) if c.is_ascii_digit() => edits.replace(at..at + 1, "’"),
                    _ => {}
                }
            } else if prev.is_some_and(|c| is_letter(c) || c.is_ascii_punctuation() && c != '\'' || next.is_some_and(is_letter)) {
                edits.replace(at..at + 1, "’");
            }
        }
        at + 1
    }

    /// Ranges of days, years and pages; «2015г.».
    fn number(&self, edits: &mut Edits, at: usize) -> usize {
        let text = edits.text;
        let end = at + digits(&text[at..]);
        let prev = self.before(edits, at);
        let page = prev == Some('.') && is_page(self.word(edits, at).trim_end_matches('.'));
        if !page && !prev.is_none_or(|c| c.is_whitespace() || is_opener(c) || is_quote(c) || matches!(c, '—' | '–' | '№' | '§')) {
            return end;
        }
        let rest = &text[end..];
        if self.language == Language::Ru && is_close_unit(rest) {
            edits.replace(end..end, "\u{a0}");
            return end;
        }
        let from = &text[at..at + numeric(&text[at..])];
        let Some(tail) = text[at + from.len()..].strip_prefix('-') else { return end };
        let to = &tail[..numeric(tail)];
        let tail = &tail[to.len()..];
        let from_end = at + from.len();
        let before = text[..at].trim_end();
        let left = &before[word_start(before, 0, before.len())..];
        if to.is_empty() || !ends_token(tail) && !is_close_unit(tail) {
            return from_end.max(end);
        }
        let value = |t: &str| t.parse::<u32>().ok();
        let years = from.len() == 4
            && to.len() == 4
            && !is_designation(left)
            && matches!((value(from), value(to)), (Some(a), Some(b)) if a >= 1000 && b < 2200 && a < b);
        let days = from.len() <= 2
            && matches!((value(from), value(to)), (Some(a), Some(b)) if a >= 1 && b <= 31 && a < b)
            && tail.starts_with([' ', NBSP])
            && is_month(first_word(tail.trim_start()));
        let pages =
            (page || left.strip_suffix('.').is_some_and(is_page)) && matches!((value(from), value(to)), (Some(a), Some(b)) if a < b);
        if years || days || pages || is_numeric_date(from) && is_numeric_date(to) {
            edits.replace(from_end..from_end + 1, "–");
            return from_end + 1;
        }
        from_end + 1 + to.len()
    }

    /// «октябрь-ноябрь»: a range of words.
    fn hyphen(&self, edits: &mut Edits, at: usize, len: usize) -> usize {
        let text = edits.text;
        let end = at + len;
        if self.language == Language::Ru && text.as_bytes().get(end).is_some_and(|b| matches!(b, 0xD0 | 0xD1)) {
            let right = first_word(&text[end..]);
            let left = self.word(edits, at);
            let start = at - left.len().min(at);
            let free =
                start <= edits.copied || text[..start].ends_with(|c: char| c.is_whitespace() || is_opener(c) || is_quote(c) || is_dash(c));
            if free && is_range_of_words(left, right) && ends_token(&text[end + right.len()..]) {
                edits.replace(at..end, "\u{a0}– ");
            }
        }
        end
    }

    /// A no-break space after the full stop of «В.Е.Шагаева», «г.Тула», «с.5», «т.е.».
    fn full_stop(&self, edits: &mut Edits, at: usize) -> usize {
        let end = at + 1;
        let rest = &edits.text[end..];
        let Some(next) = rest.chars().next().filter(|c| self.language == Language::Ru && (c.is_ascii_digit() || is_cyrillic(*c))) else {
            return end;
        };
        let word = self.word(edits, at);
        let core = word.rsplit('.').next().unwrap_or(word);
        let start = at - word.len().min(at);
        let free = start <= edits.copied || !edits.text[..start].ends_with(['/', '\\', '_', '@', '-', '=', '&', '?', '#']);
        let apart = free
            && if next.is_ascii_digit() {
                is_numbered(core) && core.len() == word.len()
            } else {
                is_initial(core) && is_name_start(rest) || is_place(core) && is_name_start(rest) || continues(core, rest)
            };
        let part_of_address = |c: char| is_letter_or_digit(c) || matches!(c, '.' | '_' | '-' | '+' | '@' | '/' | '\\');
        let in_address = || rest[..rest.find(|c| !part_of_address(c)).unwrap_or(rest.len())].contains(['@', '/', '\\']);
        if apart && (next.is_ascii_digit() || !in_address()) {
            edits.replace(end..end, "\u{a0}");
        }
        end
    }

    /// A no-break space between «№» or «§» and its number.
    fn sign(&self, edits: &mut Edits, end: usize) -> usize {
        if self.language == Language::Ru && edits.text[end..].starts_with(|c: char| c.is_ascii_digit()) {
            edits.replace(end..end, "\u{a0}");
        }
        end
    }
}

/// The bytes at which [`Typographer::set`] stops: ASCII marks, and the first bytes of no-break spaces, quotation marks, dashes, §, №.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let marks = b" \"'-.:@w0123456789\xC2\xE2";
    let mut i = 0;
    while i < marks.len() {
        stops[marks[i] as usize] = true;
        i += 1;
    }
    stops
};

/// The first stop of `bytes` at or behind `at`. Russian letters are passed two bytes at a time.
fn next_stop(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *bytes.get(at)? {
            0xD0 | 0xD1 => at += 2,
            b if STOPS[b as usize] => return Some(at),
            _ => at += 1,
        }
    }
}
