//! Rules of typesetting for running text: quotation marks, dashes, no-break spaces, dots (timeframes.md, section 1).
//!
//! A text passes twice. [`clean`] mends spaces and dots, so that [`Typographer::set`] sees to the right of it what it would see in its
//! own result; to the left it looks at what it wrote. That is why `line(line(x)) == line(x)`. Both passes stop only at the few bytes that
//! may matter, and borrow the text when nothing changes.
//!
//! [`warnings`] and [`heading_warnings`] find what only the author can mend.
//!
//! Addresses, e-mails and names of files stay as they are: a rule within a word asks what stands around the word first.

use super::language::Language;
use super::letter::{is_letter, is_letter_or_digit};
use std::borrow::Cow;
use std::ops::Range;

const NBSP: char = '\u{a0}';
/// What [`Typographer::code`] leaves as the character before the next run.
const OBJECT: char = '\u{fffc}';
/// More bytes than this between two stops are no word of one or two letters, brackets before it included.
const LONG: usize = 6;
/// The longest word, in bytes, that any rule asks for on the left.
const LONGEST_WORD: usize = 32;

/// Sets one text that has no inner marks: a title, a cell of a table.
pub fn line(text: &str, language: Language) -> Cow<'_, str> {
    Typographer::new(language).run(text)
}

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
        let mut edits = Edits { text, out: String::new(), copied: 0 };
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

/// A text and what was changed of it up to `copied`.
struct Edits<'t> {
    text: &'t str,
    out: String,
    copied: usize,
}

impl<'t> Edits<'t> {
    /// Puts `new` in the place of `range`, which begins behind all earlier ones.
    fn replace(&mut self, range: Range<usize>, new: &str) {
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

    fn finish(mut self) -> Cow<'t, str> {
        if self.copied == 0 && self.out.is_empty() {
            return Cow::Borrowed(self.text);
        }
        self.out.push_str(&self.text[self.copied..]);
        Cow::Owned(self.out)
    }
}

/// Double spaces, spaces before punctuation, three dots. Spaces at the start of a line are the author's.
fn clean<'t>(text: &'t str, prev: Option<char>, bibliographic: &mut bool) -> Cow<'t, str> {
    let bytes = text.as_bytes();
    let mut edits = Edits { text, out: String::new(), copied: 0 };
    let mut after = 0;
    while let Some(found) = memchr::memchr2(b' ', b'.', &bytes[after..]) {
        let at = after + found;
        let next = bytes.get(at + 1).copied().unwrap_or(b'\n');
        after = at + 1;
        if bytes[at] == b'.' {
            if next == b'.' {
                let dots = bytes[at..].iter().take_while(|b| **b == b'.').count();
                after = at + dots;
                if dots == 3 && (at > 0 || prev != Some('.')) && !matches!(bytes.get(after), Some(b'/' | b'\\')) {
                    edits.replace(at..after, "…");
                }
            }
            continue;
        }
        let at_start = at == 0 && prev.is_some();
        if !matches!(next, b' ' | b',' | b'.' | b';' | b':' | b'!' | b'?' | 0xC2) && !at_start && !bytes[..at].ends_with(&[0xC2, 0xA0]) {
            continue;
        }
        let start = text[edits.copied..at].trim_end_matches([' ', NBSP]).len() + edits.copied;
        after = at + spaces(&text[at..]);
        let Some(left) = text[..start].chars().next_back().or(prev) else { continue };
        let rest = &text[after..];
        if left == '\n' || rest.starts_with(['\n', '\r', '\t']) {
            continue;
        }
        let new = if start == 0 && left.is_whitespace() || takes_no_space(text, left, rest, bibliographic) {
            ""
        } else if text[start..after].contains(NBSP) {
            "\u{a0}"
        } else {
            " "
        };
        edits.replace(start..after, new);
    }
    edits.finish()
}

/// Whether `rest` begins with a mark that stands close to the word before it, which ends in `left`.
fn takes_no_space(text: &str, left: char, rest: &str, bibliographic: &mut bool) -> bool {
    let mut chars = rest.chars();
    let (mark, next) = (chars.next(), chars.next());
    if left.is_whitespace() || is_dash(left) || left == '/' {
        return false;
    }
    let free = next.is_none_or(|c| c.is_whitespace() || is_quote(c) || c == ')' || c == ']');
    match mark {
        Some(',' | '!' | '?') => free,
        Some('.') => free && !matches!(left, '.' | '…'),
        // A ratio, «:)», and the prescribed marks of a bibliographic description keep their spaces.
        Some(':') if left.is_ascii_digit() && chars.next().is_some_and(|c| c.is_ascii_digit()) => false,
        Some(':' | ';') if next.is_none_or(char::is_whitespace) => {
            *bibliographic |= is_bibliographic(text);
            !*bibliographic
        }
        _ => false,
    }
}

/// Signs of a bibliographic description: « / », « // », «. — ».
fn is_bibliographic(text: &str) -> bool {
    let spaced = |c: Option<char>| c.is_some_and(char::is_whitespace);
    text.match_indices('/')
        .any(|(at, _)| spaced(text[..at].chars().next_back()) && spaced(text[at..].trim_start_matches('/').chars().next()))
        || text.match_indices('.').any(|(at, _)| {
            let rest = &text[at + 1..];
            !text[..at].ends_with('.') && spaced(rest.chars().next()) && spaced_dash(rest.trim_start_matches([' ', NBSP])).is_some()
        })
}

/// The length of the spaces that `text` begins with.
fn spaces(text: &str) -> usize {
    let mut bytes = text.as_bytes();
    while let [b' ', rest @ ..] | [0xC2, 0xA0, rest @ ..] = bytes {
        bytes = rest;
    }
    text.len() - bytes.len()
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The length of a number that may be a date: digits with single full stops between them.
fn numeric(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = digits(text);
    while end > 0 && bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end += 1 + digits(&text[end + 1..]);
    }
    end
}

/// Where the word that ends at `end` begins: letters, digits, full stops, № and §; `end` if it is longer than any rule asks for.
fn word_start(text: &str, least: usize, end: usize) -> usize {
    let mut start = end;
    for (at, c) in text[least..end].char_indices().rev() {
        if !(is_letter_or_digit(c) || matches!(c, '.' | '№' | '§')) {
            break;
        }
        start = least + at;
        if end - start > LONGEST_WORD {
            return end;
        }
    }
    start
}

/// The letters that `text` begins with.
fn first_word(text: &str) -> &str {
    let end = text.char_indices().take(LONGEST_WORD).find(|(_, c)| !is_letter(*c)).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Where an address or an e-mail ends that begins before or at `at`.
fn address_end(text: &str, at: usize) -> usize {
    text[at..].find(|c: char| c.is_whitespace() || is_quote(c) || matches!(c, '<' | '>')).map_or(text.len(), |found| at + found)
}

/// Whether nothing behind makes the word before a part of an address, a path or a file name.
fn ends_token(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        None => true,
        Some('.' | ',' | ':') => !chars.next().is_some_and(is_letter_or_digit),
        Some(c) => !(is_letter_or_digit(c) || matches!(c, '/' | '\\' | '_' | '@' | '-')),
    }
}

/// The length of a dash that stands alone: before a space or at the end.
fn spaced_dash(rest: &str) -> Option<usize> {
    let len = match rest.chars().next()? {
        '-' => rest.bytes().take_while(|b| *b == b'-').count(),
        '–' | '—' | '―' => 3,
        _ => return None,
    };
    (len <= 3 && rest[len..].chars().next().is_none_or(char::is_whitespace)).then_some(len)
}

/// Whether a spaced dash means «from … to».
fn is_range(left: &str, dash: &str, right: &str) -> bool {
    let word = first_word(right);
    let after = &right[digits(right)..];
    let day = after.len() < right.len() && is_month(first_word(after.trim_start_matches([' ', NBSP])));
    let number = left.ends_with(|c: char| c.is_ascii_digit());
    is_range_of_words(left, word)
        || (is_month(left) || number || matches!(left, "г." | "гг.")) && (is_month(word) || day)
        || number && after.len() < right.len() && !dash.starts_with('—')
}

fn is_range_of_words(left: &str, right: &str) -> bool {
    is_month(left) && is_month(right) || is_weekday(left) && is_weekday(right)
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

fn is_capital(c: char) -> bool {
    is_cyrillic(c) && c.is_uppercase()
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(is_letter_or_digit)
}

fn is_opener(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '«' | '„' | '‘')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '„' | '“' | '”' | '\'' | '‘' | '’')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}

/// Prepositions and conjunctions of one or two letters, «не», «ни».
fn is_short_word(word: &str) -> bool {
    if word.len() > 4 {
        return false;
    }
    let mut lower = [0u8; 4];
    let mut len = 0;
    for c in word.chars() {
        let c = match c {
            'А'..='Я' => char::from_u32(c as u32 + 32).unwrap_or(c),
            'а'..='я' => c,
            _ => return false,
        };
        len += c.encode_utf8(&mut lower[len..]).len();
    }
    matches!(
        std::str::from_utf8(&lower[..len]),
        Ok("а"
            | "в"
            | "и"
            | "к"
            | "о"
            | "с"
            | "у"
            | "во"
            | "да"
            | "до"
            | "за"
            | "из"
            | "ко"
            | "на"
            | "не"
            | "ни"
            | "но"
            | "об"
            | "от"
            | "по"
            | "со")
    )
}

/// A single capital letter.
fn is_initial(core: &str) -> bool {
    let mut chars = core.chars();
    chars.next().is_some_and(is_capital) && chars.next().is_none()
}

/// «Е.» or «Шагаева» at the start of `rest`.
fn is_name_start(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(is_capital) && chars.next().is_some_and(|c| c == '.' || is_cyrillic(c) && c.is_lowercase())
}

fn is_surname(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(is_capital) && word.len() > 2 && chars.all(|c| is_cyrillic(c) && c.is_lowercase())
}

/// Whether `rest` begins with initials that belong to the surname before them, not to one behind them.
fn initials_end(mut rest: &str) -> bool {
    let mut any = false;
    loop {
        let mut chars = rest.chars();
        if !(chars.next().is_some_and(is_capital) && chars.next() == Some('.')) {
            let mut chars = rest.chars();
            return any && !(chars.next().is_some_and(is_capital) && chars.next().is_some_and(char::is_lowercase));
        }
        any = true;
        rest = chars.as_str().trim_start_matches([' ', NBSP]);
    }
}

/// «т. е.», «т. д.», «т. п.», «н. э.», «и. о.».
fn continues(core: &str, rest: &str) -> bool {
    let next = first_word(rest);
    rest[next.len()..].starts_with('.')
        && matches!((core, next), ("т" | "Т", "е" | "д" | "п" | "к" | "ч" | "о" | "н") | ("н", "э") | ("и" | "И", "о"))
}

/// Abbreviations before a name.
fn is_place(core: &str) -> bool {
    matches!(core, "г" | "им" | "ул" | "пл" | "пос" | "с")
}

/// Abbreviations before a number.
fn is_numbered(core: &str) -> bool {
    is_page(core)
        || ["т", "Т", "п", "П", "пп", "ст", "Ст", "гл", "Гл", "ч", "Ч", "кн", "Кн", "вып", "Вып", "рис", "Рис", "табл", "Табл", "д", "кв"]
            .contains(&core)
}

fn is_page(core: &str) -> bool {
    matches!(core, "с" | "С" | "стр" | "Стр" | "p" | "pp")
}

/// Words before the number of a document, in which a hyphen is no range.
fn is_designation(word: &str) -> bool {
    word.ends_with('№') || ["ГОСТ", "Р", "СП", "СанПиН", "ISO", "ИСО", "ISBN", "ISSN", "тел.", "Тел."].contains(&word)
}

fn is_roman(word: &str) -> bool {
    word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')) && !word.is_empty()
}

/// Whether the number that `number` ends in stays with what follows: a unit, a month, the next three digits.
fn unit(number: &str, rest: &str) -> bool {
    let last = &number[number.bytes().rposition(|b| !b.is_ascii_digit()).map_or(0, |at| at + 1)..];
    if last.len() <= 3 && digits(rest) == 3 && (ends_token(&rest[3..]) || is_close_unit(&rest[3..])) {
        return true;
    }
    let word = first_word(rest);
    match word {
        "" => rest.starts_with(['%', '₽', '°']),
        "г" | "гг" | "руб" | "коп" | "тыс" | "млн" | "млрд" | "кг" | "км" | "м" | "см" | "мм" | "мл" | "мин" | "га" | "КБ" | "МБ"
        | "ГБ" => true,
        // Without a full stop these are other words.
        "в" | "вв" | "с" | "стр" | "ч" | "л" | "экз" | "чел" | "шт" => rest[word.len()..].starts_with('.'),
        _ => last.len() <= 2 && is_month(word),
    }
}

/// «г.», «руб.» without a space before it.
fn is_close_unit(rest: &str) -> bool {
    let word = first_word(rest);
    matches!(word, "г" | "гг" | "руб" | "коп" | "экз" | "чел" | "тыс") && rest[word.len()..].starts_with('.')
}

/// «15.03», «15.03.15», «15.03.2015».
fn is_numeric_date(text: &str) -> bool {
    let mut parts = text.split('.');
    let part = |p: Option<&str>, most: u32| p.is_some_and(|p| p.len() == 2 && p.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n)));
    part(parts.next(), 31)
        && part(parts.next(), 12)
        && parts.next().is_none_or(|year| matches!(year.len(), 2 | 4))
        && parts.next().is_none()
}

/// A month in any case that ranges and dates have, or an English one.
fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"];
    const ENGLISH: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    if word.len() < 3 || word.len() > 16 {
        return false;
    }
    if word.is_ascii() {
        return ENGLISH.contains(&word);
    }
    let lower = word.to_lowercase();
    MONTHS.iter().any(|stem| {
        lower.strip_prefix(stem).is_some_and(|ending| match *stem {
            "ма" => matches!(ending, "й" | "я" | "е"),
            "март" | "август" => matches!(ending, "" | "а" | "е"),
            _ => matches!(ending, "ь" | "я" | "е"),
        })
    })
}

fn is_weekday(word: &str) -> bool {
    ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье", "пн", "вт", "ср", "чт", "пт", "сб", "вс"]
        .contains(&word.to_lowercase().as_str())
}

/// What the author should mend, with the text to write in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypographyWarning {
    pub rule: Rule,
    /// As written.
    pub found: String,
    /// As it should be; empty where there is no telling.
    pub fix: String,
}

/// A rule that is only warned about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A number from 10 000 is grouped by three digits: `12500`.
    Grouping,
    /// The decimal mark is a comma: `4.5`.
    DecimalComma,
    /// No space behind a full stop: «фондом.Списание».
    SpaceAfterFullStop,
    /// No space behind the mark of a list: «-День».
    SpaceAfterListMark,
    /// Latin and Cyrillic letters in one word, or Cyrillic ones in a Roman numeral.
    MixedScripts,
    /// A full stop at the end of a heading.
    FullStopInHeading,
    /// A heading in capitals.
    CapitalHeading,
}

impl Rule {
    /// A stable name.
    pub fn code(self) -> &'static str {
        match self {
            Rule::Grouping => "number-grouping",
            Rule::DecimalComma => "decimal-comma",
            Rule::SpaceAfterFullStop => "space-after-full-stop",
            Rule::SpaceAfterListMark => "space-after-list-mark",
            Rule::MixedScripts => "mixed-scripts",
            Rule::FullStopInHeading => "full-stop-in-heading",
            Rule::CapitalHeading => "capital-heading",
        }
    }
}

/// What the author of running text should mend, in its order, with the bytes of `text` that it stands on.
pub fn warnings(text: &str, language: Language) -> Vec<(Range<usize>, TypographyWarning)> {
    let mut found = Vec::new();
    let mut warn = |rule, range: Range<usize>, fix: String| {
        found.push((range.clone(), TypographyWarning { rule, found: text[range].to_owned(), fix }));
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|b| WARNING_STOPS[*b as usize]) {
        let start = at + step;
        at = start + 1;
        match bytes[start] {
            b':' if text[start..].starts_with("://") => at = address_end(text, start),
            b'@' => at = address_end(text, start),
            b'0'..=b'9' => {
                at = start + numeric(&text[start..]);
                if language == Language::Ru
                    && let Some((rule, fix)) = number_warning(text, start, at)
                {
                    warn(rule, start..at, fix);
                }
            }
            b'.' if language == Language::Ru => {
                if let Some((range, fix)) = close_full_stop(text, start) {
                    warn(Rule::SpaceAfterFullStop, range, fix);
                }
            }
            b'-' => {
                let line = text[..start].trim_end_matches([' ', '\t']);
                if (line.is_empty() || line.ends_with('\n')) && text[at..].starts_with(is_capital) {
                    let word = first_word(&text[at..]);
                    warn(Rule::SpaceAfterListMark, start..at + word.len(), format!("- {word}"));
                }
            }
            // A Latin letter, or a Cyrillic one that looks like a Roman digit.
            first if first.is_ascii_alphabetic() || first == 0xD0 => {
                if first == 0xD0 && bytes.get(at) != Some(&0x86) && !is_lone_numeral(text, start) {
                    at = start + 2;
                    continue;
                }
                let word_from = text[..start].char_indices().rev().take_while(|(_, c)| is_letter(*c)).last().map_or(start, |(at, _)| at);
                let word = first_word(&text[word_from..]);
                at = (word_from + word.len()).max(at);
                // Parts of a file name or an address are not words.
                let free = ends_token(&text[word_from + word.len()..]) && !text[..word_from].ends_with(['/', '\\', '_', '.', '@']);
                if free && let Some(fix) = one_script(word, &text[word_from + word.len()..]) {
                    warn(Rule::MixedScripts, word_from..word_from + word.len(), fix);
                }
            }
            _ => {}
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

/// What the author of a heading should mend, besides [`warnings`].
pub fn heading_warnings(text: &str) -> Option<TypographyWarning> {
    let text = text.trim();
    let letters = || text.chars().filter(|c| is_letter(*c));
    // A short one may be an abbreviation.
    if letters().count() > 6 && text.contains(' ') && letters().all(char::is_uppercase) {
        let mut lower = text.to_lowercase().chars().collect::<Vec<_>>();
        if let Some(first) = lower.iter_mut().find(|c| is_letter(**c)) {
            *first = first.to_uppercase().next().unwrap_or(*first);
        }
        return Some(TypographyWarning { rule: Rule::CapitalHeading, found: text.to_owned(), fix: lower.into_iter().collect() });
    }
    let cut = text.strip_suffix('.').filter(|cut| !cut.ends_with('.'))?;
    let start = word_start(cut, 0, cut.len());
    let last = &cut[start..];
    // An abbreviation or an initial keeps its full stop.
    let short = last.contains('.') || last.chars().count() <= 3 && last.chars().all(is_letter) || last.is_empty() && start < cut.len();
    (!short).then(|| TypographyWarning { rule: Rule::FullStopInHeading, found: text.to_owned(), fix: cut.to_owned() })
}

/// The bytes at which [`warnings`] stops.
const WARNING_STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let mut i = 0;
    while i < 128 {
        let b = i as u8;
        stops[i] = b.is_ascii_alphanumeric() || matches!(b, b'.' | b':' | b'@' | b'-');
        i += 1;
    }
    // І, П, Ш, У begin with it, as do many other letters.
    stops[0xD0] = true;
    stops
};

/// A number without groups, or with a decimal point.
fn number_warning(text: &str, start: usize, end: usize) -> Option<(Rule, String)> {
    let number = &text[start..end];
    let before = text[..start].trim_end_matches([' ', NBSP]);
    let left = &before[word_start(before, 0, before.len())..];
    let close = text[..start].chars().next_back();
    if !ends_token(&text[end..])
        || close.is_some_and(|c| {
            is_letter_or_digit(c) || matches!(c, '-' | '–' | '/' | '\\' | '_' | '.' | ',' | ':' | '+' | '#' | '=' | '№' | '§')
        })
        || is_designation(left)
        || text[end..].starts_with('–')
    {
        return None;
    }
    let separate = left.trim_end_matches('.');
    if !number.contains('.') {
        // Six digits before a comma are a postcode, eight and more a code or a telephone.
        let number_of_something = matches!(separate, "ИНН" | "КПП" | "ОГРН" | "БИК" | "индекс" | "код" | "тел" | "ID")
            || number.len() == 6 && text[end..].starts_with(',');
        if !(5..=7).contains(&number.len()) || number.starts_with('0') || number_of_something {
            return None;
        }
        let mut fix = String::new();
        for (i, digit) in number.chars().enumerate() {
            if i > 0 && (number.len() - i).is_multiple_of(3) {
                fix.push(NBSP);
            }
            fix.push(digit);
        }
        return Some((Rule::Grouping, fix));
    }
    let (whole, part) = number.split_once('.')?;
    // «4.5» may be a day, a time of day or the number of a section.
    let other = part.contains('.')
        || whole.len() == 2 && part.len() == 2
        || before.is_empty()
        || before.ends_with('\n')
        || is_numbered(separate)
        || ["версия", "раздел", "пункт", "пункта", "пункте", "таблица", "рисунок", "глава", "в", "с", "до", "к"].contains(&separate)
        || part.len() == 2 && text[end..].trim_start_matches([' ', NBSP]).starts_with('ч');
    (!other).then(|| (Rule::DecimalComma, format!("{whole},{part}")))
}

/// «фондом.Списание»: the two words, and how to write them.
fn close_full_stop(text: &str, at: usize) -> Option<(Range<usize>, String)> {
    let next = first_word(&text[at + 1..]);
    let mut letters = next.chars();
    let capital = letters.next().is_some_and(is_capital) && letters.next().is_some_and(|c| is_cyrillic(c) && c.is_lowercase());
    if !capital {
        return None;
    }
    let start = word_start(text, 0, at);
    let last = &text[start..at];
    let end = at + 1 + next.len();
    let sentence = last.chars().count() > 2 && last.chars().all(|c| is_cyrillic(c) && c.is_lowercase()) && !is_place(last);
    (sentence && ends_token(&text[end..])).then(|| (start..end, format!("{last}. {next}")))
}

/// «П», «Ш», «У» alone before a word that is counted in Roman numerals.
fn is_lone_numeral(text: &str, at: usize) -> bool {
    let numeral = matches!(text.as_bytes().get(at + 1), Some(0x9F | 0xA8 | 0xA3 | 0xA5)) && !text[..at].ends_with(is_letter_or_digit);
    numeral && {
        let word = first_word(&text[at..]);
        word.chars().all(|c| roman_digit(c).is_some()) && is_counted_in_roman(&text[at + word.len()..])
    }
}

fn is_counted_in_roman(rest: &str) -> bool {
    rest.starts_with([' ', NBSP])
        && matches!(
            first_word(rest.trim_start_matches([' ', NBSP])),
            "квартал"
                | "квартала"
                | "квартале"
                | "полугодие"
                | "полугодия"
                | "полугодии"
                | "четверть"
                | "четверти"
                | "этап"
                | "этапа"
                | "век"
                | "века"
                | "веке"
                | "место"
                | "степени"
        )
}

/// The Roman digit that a letter of either script stands for.
fn roman_digit(c: char) -> Option<&'static str> {
    Some(match c {
        'I' | 'І' => "I",
        'V' | 'У' => "V",
        'X' | 'Х' => "X",
        'L' => "L",
        'C' | 'С' => "C",
        'M' | 'М' => "M",
        'П' => "II",
        'Ш' => "III",
        _ => return None,
    })
}

/// How to write a word of two scripts in one, by the script of most letters; empty if some letter has no twin. `None` if it is one already.
fn one_script(word: &str, rest: &str) -> Option<String> {
    const LATIN: &str = "aceopxyABCEHIKMOPTXYikmt";
    const CYRILLIC: &str = "асеорхуАВСЕНІКМОРТХУікмт";
    let latin = word.chars().filter(char::is_ascii_alphabetic).count();
    let cyrillic = word.chars().filter(|c| is_cyrillic(*c)).count();
    let roman = word.chars().all(|c| roman_digit(c).is_some());
    if roman && cyrillic > 0 && (latin > 0 || word.contains('І') || is_counted_in_roman(rest)) {
        return Some(word.chars().filter_map(roman_digit).collect());
    }
    if latin == 0 || cyrillic == 0 {
        return None;
    }
    let twin = |c: char| {
        if cyrillic >= latin && c.is_ascii_alphabetic() {
            LATIN.chars().zip(CYRILLIC.chars()).find(|(l, _)| *l == c).map(|(_, c)| c)
        } else if cyrillic < latin && is_cyrillic(c) {
            LATIN.chars().zip(CYRILLIC.chars()).find(|(_, r)| *r == c).map(|(l, _)| l)
        } else {
            Some(c)
        }
    };
    Some(word.chars().map(twin).collect::<Option<String>>().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `⍽` stands for a no-break space.
    fn check(language: Language, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let (text, expected) = (text.replace('⍽', "\u{a0}"), expected.replace('⍽', "\u{a0}"));
            let once = line(&text, language).into_owned();
            assert_eq!(once, expected, "{text}");
            assert_eq!(line(&once, language), once, "twice");
        }
    }

    fn russian(cases: &[(&str, &str)]) {
        check(Language::Ru, cases);
    }

    fn unchanged(cases: &[&str]) {
        for text in cases {
            assert_eq!(line(text, Language::Ru), *text);
        }
    }

    #[test]
    fn quotation_marks() {
        russian(&[
            ("Центр \"Школа \"Профи\"\"", "Центр «Школа „Профи“»"),
            ("«Школа «Профи»» открыта", "«Школа „Профи“» открыта"),
            ("«Большая “малая” школа»", "«Большая „малая“ школа»"),
            ("„Профи“", "«Профи»"),
            ("“Профи”", "«Профи»"),
            ("(\"Арба\")", "(«Арба»)"),
            ("\"Арба\", \"Ель\".", "«Арба», «Ель»."),
            ("монитор 24\"", "монитор 24\""),
            ("слово\"", "слово\""),
        ]);
    }

    #[test]
    fn dashes_and_ranges() {
        russian(&[
            ("слово - слово", "слово⍽— слово"),
            ("слово – слово", "слово⍽— слово"),
            ("Директор -", "Директор⍽—"),
            ("5-7 мая", "5–7⍽мая"),
            ("2014-2015 годы", "2014–2015 годы"),
            ("2014-2015гг.", "2014–2015⍽гг."),
            ("15.03.2015-18.03.2015", "15.03.2015–18.03.2015"),
            ("с. 5-7", "с.⍽5–7"),
            ("с.5-7", "с.⍽5–7"),
            ("октябрь-ноябрь", "октябрь⍽– ноябрь"),
            ("Октябрь - ноябрь", "Октябрь⍽– ноябрь"),
            ("27 апреля - 5 мая", "27⍽апреля⍽– 5⍽мая"),
            ("декабрь 2024 г. - январь 2025 г.", "декабрь 2024⍽г.⍽– январь 2025⍽г."),
        ]);
        unchanged(&[
            "2-3 дня",
            "- пункт",
            "информационно-библиотечный",
            "8-800-555-35-35",
            "ГОСТ 7.82-2001",
            "ISSN 1234-2100",
            "10:00-12:00",
            "-5",
            "кто-то",
        ]);
    }

    #[test]
    fn no_break_spaces() {
        russian(&[
            ("в школе и о чтении", "в⍽школе и⍽о⍽чтении"),
            ("Не был ли он, что же это, кабы да бы", "Не⍽был⍽ли он, что⍽же это, кабы да⍽бы"),
            ("В.Е.Шагаева", "В.⍽Е.⍽Шагаева"),
            ("Шагаева В.Е.", "Шагаева⍽В.⍽Е."),
            ("Библиотека А. С. Пушкина", "Библиотека А.⍽С.⍽Пушкина"),
            ("ЦО №22 и № 7, §5", "ЦО №⍽22 и⍽№⍽7, §⍽5"),
            ("г.Тула, г. Тула, им. Пушкина", "г.⍽Тула, г.⍽Тула, им.⍽Пушкина"),
            ("(не знаем, [из школы", "(не⍽знаем, [из⍽школы"),
            ("18 марта 2015г. Методисты", "18⍽марта 2015⍽г. Методисты"),
            ("и т.д., в т.ч., т.е. так", "и⍽т.⍽д., в⍽т.⍽ч., т.⍽е. так"),
            ("500 руб., 12 500 экз., 5 кг, XX в. начался", "500⍽руб., 12⍽500⍽экз., 5⍽кг, XX⍽в. начался"),
            ("п. 5, ст. 7, т.1", "п.⍽5, ст.⍽7, т.⍽1"),
        ]);
        unchanged(&["№№", "5 классов", "из-под полы"]);
    }

    #[test]
    fn dots_and_spaces() {
        russian(&[
            ("слово...  слово , слово .", "слово… слово, слово."),
            ("так ? да !", "так? да!"),
            ("счёт 3 : 2 :)", "счёт 3 : 2 :)"),
            ("Чтение : журнал / ред. Арба. - Тула : Ель, 2015 ; Т. 2", "Чтение : журнал / ред. Арба.⍽— Тула : Ель, 2015 ; Т.⍽2"),
            ("Где : тут", "Где: тут"),
        ]);
        unchanged(&["....", "../путь", ".../путь", "план .docx"]);
    }

    #[test]
    fn addresses_stay() {
        unchanged(&[
            "https://example.org/А.Б.Вэ/2014-2015/т.е.",
            "www.example.org/2014-2015",
            "a@example.org",
            "отчёт-2014-2015.docx",
            "2014-2015.docx",
            "октябрь-ноябрь.xlsx",
            "10:30",
        ]);
    }

    #[test]
    fn english() {
        check(
            Language::En,
            &[
                ("\"It's 'so'\" - yes...", "“It’s ‘so’” - yes…"),
                ("5-7 May", "5–7 May"),
                ("a school , no", "a school, no"),
                ("teachers' room", "teachers’ room"),
            ],
        );
    }

    #[test]
    fn runs_of_a_block() {
        let mut typographer = Typographer::new(Language::Ru);
        let mut set = |text: &str| typographer.run(text).into_owned();
        assert_eq!(
            [set("Книга \""), set("Ёлка"), set("\" в "), set("школе"), set(" - да")].concat(),
            "Книга «Ёлка» в\u{a0}школе\u{a0}— да"
        );
        typographer.code();
        assert_eq!(typographer.run("\" - слово"), "\"\u{a0}— слово");
        typographer.end_block();
        assert_eq!(typographer.run("- пункт с"), "- пункт с");
        assert_eq!(typographer.line_break(), NBSP);
        assert_eq!(typographer.run("\"Ель\""), "«Ель»");
        assert_eq!(typographer.line_break(), '\n');
    }

    #[test]
    fn nothing_to_do_borrows() {
        assert!(matches!(line("Школа наставничества открыта", Language::Ru), Cow::Borrowed(_)));
    }

    /// Texts made of pieces that the rules look at, in an order that a small generator gives.
    #[test]
    fn setting_twice_is_setting_once() {
        // Divided by «|».
        const PIECES: &str = " | | | |  |\u{a0}|\n|\"|\"|«|»|„|“|”|-| - |–|—|--|...|.|.|,| ,|:|;| : | / |(|)|№|§|5|12|500|2014|2015|31|мая|октябрь|ноябрь|г|г.|гг.|в|не|бы|ли|Е|В.|А.Б.|Шагаева|т|д|им.|с.|XX|руб|слово|пт|@|://|'|…";
        let pieces: Vec<&str> = PIECES.split('|').collect();
        let mut seed = 1u64;
        for _ in 0..ROUNDS {
            let mut text = String::new();
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            for _ in 0..2 + (seed >> 60) {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                text.push_str(pieces[(seed >> 58) as usize]);
            }
            for language in [Language::Ru, Language::En] {
                let once = line(&text, language).into_owned();
                assert_eq!(line(&once, language), once, "{text:?}");
            }
            for (range, warning) in warnings(&text, Language::Ru) {
                assert_eq!(text[range], warning.found);
            }
        }
    }

    const ROUNDS: usize = 20_000;

    #[test]
    fn what_the_author_mends() {
        let found =
            |text: &str| warnings(text, Language::Ru).into_iter().map(|(_, w)| (w.rule, w.fix.replace(NBSP, "⍽"))).collect::<Vec<_>>();
        assert_eq!(found("всего 12500 книг"), [(Rule::Grouping, "12⍽500".into())]);
        assert_eq!(found("в среднем 4.5 книги"), [(Rule::DecimalComma, "4,5".into())]);
        assert_eq!(found("работа с фондом.Списание книг"), [(Rule::SpaceAfterFullStop, "фондом. Списание".into())]);
        assert_eq!(found("-День чтения"), [(Rule::SpaceAfterListMark, "- День".into())]);
        assert_eq!(found("cловo"), [(Rule::MixedScripts, "слово".into())]);
        assert_eq!(found("в ХХІ веке"), [(Rule::MixedScripts, "XXI".into())]);
        assert_eq!(found("за П квартал"), [(Rule::MixedScripts, "II".into())]);
        for fine in [
            "2015",
            "15.05 в 10.30",
            "п. 4.5",
            "1.2 Общее",
            "180000, г. Псков",
            "№ 12500",
            "IT-отдел",
            "им.Пушкина",
            "https://example.org/12345",
            "план.Тула.docx",
            "У квартиры",
            "300041",
        ] {
            assert_eq!(found(fine).len(), usize::from(fine == "300041"), "{fine}");
        }
        let heading = |text: &str| heading_warnings(text).map(|w| w.fix);
        assert_eq!(heading("Общие положения.").as_deref(), Some("Общие положения"));
        assert_eq!(heading("ОБЩИЕ ПОЛОЖЕНИЯ").as_deref(), Some("Общие положения"));
        for fine in ["План на 2015 г.", "Шагаева В. Е.", "ЦБС", "И так далее…", "Да?"] {
            assert_eq!(heading(fine), None, "{fine}");
        }
    }
}
