//! Quotation marks, dashes, no-break spaces.

use super::NBSP;
use super::clean::{clean, needs_cleaning};
use super::edits::Edits;
use super::marks::{is_capital, is_cyrillic, is_dash, is_opener, is_quote, is_word};
use super::stops::{Place, Stop, next_stop};
use super::tokens::{LONGEST_WORD, address_end, digits, ends_token, first_word, is_numeric_date, numeric, spaced_dash, spaces, word_start};
use super::words::{
    continues, initials_end, is_close_unit, is_designation, is_initial, is_month, is_name_start, is_numbered, is_page, is_place, is_range,
    is_range_of_words, is_roman, is_short_word, is_surname, unit,
};
use crate::value::html::content_into;
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

    /// Writes the next run of the block, set, to the end of `out` as element content of HTML, without control characters.
    pub fn run(&mut self, text: &str, out: &mut String) {
        let from = out.len();
        let found = self.set_into(text, Rest::Always, out);
        self.remember(&out[from..]);
        if found.markup {
            let set = out.split_off(from);
            content_into(&set, out);
        }
    }

    /// The only run of a block, set.
    pub(super) fn only_run<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let mut out = String::new();
        match self.set_into(text, Rest::IfChanged, &mut out).changed {
            true => Cow::Owned(out),
            false => Cow::Borrowed(text),
        }
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

    /// Notes what a run ended in.
    fn remember(&mut self, set: &str) {
        let Some(last) = set.chars().next_back() else { return };
        let start = word_start(set, 0, set.len());
        if start > 0 || self.tail.len() + set.len() > LONGEST_WORD {
            self.tail.clear();
        }
        self.tail.push_str(&set[start..]);
        self.prev = Some(last);
    }

    /// Sets `text` at the end of `out`.
    fn set_into(&mut self, text: &str, rest: Rest, out: &mut String) -> Found {
        let depth = self.depth;
        let mut edits = Edits::new(text, out);
        if let Some(markup) = self.set(&mut edits, State::Typed) {
            let changed = edits.any();
            if changed || rest == Rest::Always {
                edits.finish();
            }
            return Found { changed, markup };
        }
        // Few texts are to be cleaned, and only those pay for a second look.
        edits.abandon();
        self.depth = depth;
        let cleaned = clean(text, self.prev, &mut self.bibliographic);
        let mut edits = Edits::new(&cleaned, out);
        let markup = self.set(&mut edits, State::Cleaned).unwrap_or(true);
        let changed = edits.any() || matches!(cleaned, Cow::Owned(_));
        if changed || rest == Rest::Always {
            edits.finish();
        }
        Found { changed, markup }
    }

    /// Quotation marks, dashes and no-break spaces; tells whether there is markup in the text. `None` as soon as something is found that
    /// [`clean`] should see first.
    fn set(&mut self, edits: &mut Edits, state: State) -> Option<bool> {
        let text = edits.text;
        let bytes = text.as_bytes();
        let typed = state == State::Typed;
        let mut markup = false;
        let mut place = Place::default();
        while let Some(stop) = next_stop(bytes, edits.copied, &mut place) {
            let Place { at, after } = place;
            let second = bytes.get(at + 1).copied().unwrap_or(0);
            let third = || bytes.get(at + 2).copied().unwrap_or(0);
            let next = match bytes[at] {
                b' ' if typed && (needs_cleaning(second, third()) || at == 0 && self.prev.is_some_and(char::is_whitespace)) => return None,
                b' ' if self.language == Language::En => at + spaces(&text[at..]),
                b' ' if stop == Stop::ShortWord => {
                    edits.replace(at..at + 1, "\u{a0}");
                    at + 1
                }
                b' ' => self.space(edits, at, at - after > LONG),
                0xC2 => match second {
                    0xA0 if typed && bytes[at..at + spaces(&text[at..])].contains(&b' ') => return None,
                    0xA0 => self.space(edits, at, at - after > LONG),
                    0xAB => self.quote(edits, at, '«'),
                    0xBB => self.quote(edits, at, '»'),
                    0xA7 => self.sign(edits, at + 2),
                    _ => at + 2,
                },
                0xE2 => match (second, third()) {
                    (0x80, 0x9C) => self.quote(edits, at, '“'),
                    (0x80, 0x9D) => self.quote(edits, at, '”'),
                    (0x80, 0x9E) => self.quote(edits, at, '„'),
                    (0x80, 0x93) => self.hyphen(edits, at, 3),
                    (0x84, 0x96) => self.sign(edits, at + 3),
                    _ => at + 3,
                },
                b'"' => self.quote(edits, at, '"'),
                b'\'' => self.apostrophe(edits, at),
                b'0'..=b'9' => self.number(edits, at),
                b'-' => self.hyphen(edits, at, 1),
                b'.' if typed && second == b'.' => return None,
                b'.' => self.full_stop(edits, at),
                b':' | b'@' | b'w' if self.is_address(edits, at) => {
                    let end = address_end(text, at);
                    if typed && text[at..end].contains("..") {
                        return None;
                    }
                    // Who writes an address does not care what is in it.
                    markup = true;
                    end
                }
                b'<' | b'>' | b'&' | 0..=0x1F | 0x7F => {
                    markup = true;
                    place.at = at + 1;
                    continue;
                }
                _ => at + 1,
            };
            let next = next.max(at + 1).min(bytes.len());
            place = Place { at: next, after: next };
        }
        Some(markup)
    }

    /// Whether an address or an e-mail is to be known by the mark at `at`.
    fn is_address(&self, edits: &Edits, at: usize) -> bool {
        let rest = &edits.text.as_bytes()[at..];
        rest.starts_with(b"://") || rest.starts_with(b"www.") || rest[0] == b'@' && is_word(self.before(edits, at))
    }

    /// The last character of the result before `at`.
    fn before(&self, edits: &Edits, at: usize) -> Option<char> {
        edits.before(at).or(self.prev)
    }

    /// The word that ends at `at`, with its full stops; empty where it is not known to its start.
    fn word<'a>(&'a self, edits: &Edits<'a, '_>, at: usize) -> &'a str {
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

/// Whether a text was cleaned before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Typed,
    Cleaned,
}

/// When the end of a text is written, behind the last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    Always,
    IfChanged,
}

/// What came of setting a text.
#[derive(Debug, Clone, Copy)]
struct Found {
    changed: bool,
    /// It may hold characters that HTML writes otherwise, or not at all.
    markup: bool,
}

#[cfg(test)]
mod tests {
    use super::super::tests::texts;
    use super::*;
    use crate::value::typography::stops::space_stop;

    #[test]
    fn a_glance_says_what_the_rules_say() {
        let typographer = Typographer::new(Language::Ru);
        for text in texts().map(|text| format!("до {text} слова")) {
            for (at, _) in text.match_indices(' ') {
                let seen = match space_stop(text.as_bytes(), 0, at) {
                    Some(Stop::Look) => continue,
                    stop => stop.is_some(),
                };
                let mut out = String::new();
                let mut edits = Edits::new(&text, &mut out);
                assert_eq!((typographer.space(&mut edits, at, false), edits.any()), (at + 1, seen), "{text:?} at {at}");
            }
        }
    }

    #[test]
    fn a_run_is_the_text_set_and_escaped() {
        for text in texts().map(|text| text.replace("XX", "<i>&\u{1}")) {
            let (mut expected, mut out) = (String::from("<p>"), String::from("<p>"));
            content_into(&Typographer::new(Language::Ru).only_run(&text), &mut expected);
            Typographer::new(Language::Ru).run(&text, &mut out);
            assert_eq!(out, expected, "{text:?}");
        }
    }
}
