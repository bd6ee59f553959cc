//! The index of the search: an inverted index in files so small that a query loads a few of them, each a script with one call, so that the
//! site opens from a disk too, where no page may read a file otherwise. `themes/default/static/search.js` reads it.
//!
//! | file | holds |
//! |---|---|
//! | `root.js` | what all queries need: kinds and years of the records, where each file begins, abbreviations |
//! | `terms-N.js` | stems with the records in which they stand, best first |
//! | `words-N.js`, `ends-N.js` | stems alone, and stems read from their ends, for words with a slip |
//! | `texts-N.js` | title, address, a line of facts, text and names of the records that are shown |
//!
//! The files of texts have a folder of their own, and so have the others: these must fit each other, each of those stands for itself.
//!
//! A record that has a stem is given a level from 1 to 7 for it: BM25 (Robertson, Zaragoza, 2009) over weighted fields, without the rarity of the
//! stem, which the script knows by the length of the list. What records have in common beside words (an area) is a term too, `=area`. Terms
//! `*пр` are what all stems that begin with «пр» have together, where that is more than a few files.
//!
//! A list is a text of [`DIGITS`]: for each level that is met the level, the count of records, and either the distances between their
//! numbers, or, if that is shorter, six records a sign.

mod mend;

use crate::value::words::{Stems, words};
use ahash::AHashMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

/// The name of the function of the script that takes a file.
const CALL: &str = "metodikaSearch";

/// How much a word weighs that stands in a title, in a name (an area, a person, a place), in a summary, elsewhere.
pub const TITLE: u32 = 10;
pub const NAME: u32 = 2;
pub const SUMMARY: u32 = 3;
pub const TEXT: u32 = 1;

/// What sets apart the first stems of files in `root.js`, and the entries within a file.
const SEPARATOR: char = ' ';
/// The signs of numbers, from `#` to `~` without `\`, which takes two in a script.
const DIGITS: u32 = 90;
/// A digit below says that the number ends with it.
const LAST: u32 = DIGITS / 2;
/// A stem that more than a sixth of the records have says little: three levels are enough, and six records a sign are short.
const COMMON: usize = 6;
/// Prefixes of so many letters may get a list of their own.
const PREFIXES: std::ops::RangeInclusive<usize> = 2..=6;

/// How many files there are of each sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    pub terms: usize,
    /// As many as there are of `ends`.
    pub words: usize,
}

impl Shape {
    /// Enough files for `bytes` of text: stems and their lists take about a sixth of a text, and a text has as many stems as the root of its
    /// length tells (the law of Heaps).
    pub fn of(bytes: u64) -> Shape {
        Shape { terms: bytes.div_ceil(80 << 10).max(1) as usize, words: bytes.isqrt().div_ceil(186).max(1) as usize }
    }
}

/// Counts the words of a run of records, one after the other.
#[derive(Default)]
pub struct Counter {
    stems: Stems,
    /// By the word as it stands: most words of a text are old acquaintances.
    known: AHashMap<Box<str>, Option<u32>>,
    /// Of the current record: what each term weighs, and the terms that are met.
    weights: Vec<u32>,
    met: Vec<u32>,
    length: u32,
    counted: Tally,
}

/// What was counted of a run of records.
#[derive(Default)]
pub struct Tally {
    terms: AHashMap<Box<str>, u32>,
    /// Terms with their levels, [`packed`], record after record: in each the distances between their numbers, seven bits a byte (LEB128). Common
    /// terms are met early and have low numbers, so most take a byte.
    postings: Vec<u8>,
    /// Where the terms of each record end.
    ends: Vec<u32>,
}

impl Tally {
    /// Calls `each` with the number of a record, and a term of it and its level.
    fn each(&self, mut each: impl FnMut(usize, usize, u32)) {
        let mut start = 0;
        for (record, end) in self.ends.iter().enumerate() {
            let mut term = 0;
            for number in numbers(&self.postings[start..*end as usize]) {
                term += number >> 3;
                each(record, term as usize, number & 7);
            }
            start = *end as usize;
        }
    }
}

impl Counter {
    /// Takes the words of `text`, which weigh `weight` each.
    pub fn add(&mut self, text: &str, weight: u32) {
        for word in words(text) {
            let term = match self.known.get(word) {
                Some(known) => *known,
                None => {
                    let term = self.stems.stem(word).map(|stem| self.term(&stem));
                    self.known.insert(word.into(), term);
                    term
                }
            };
            if let Some(term) = term {
                self.length += 1;
                self.meet(term, weight);
            }
        }
    }

    /// The record has the property `name`, which is no word.
    pub fn tag(&mut self, name: &str) {
        let term = self.term(&format!("={name}"));
        self.meet(term, 1);
    }

    /// The record is whole.
    pub fn end(&mut self) {
        self.met.sort_unstable();
        let mut before = 0;
        for term in self.met.drain(..) {
            let weight = std::mem::take(&mut self.weights[term as usize]);
            let distance = packed(term - before, level(weight, self.length));
            before = term;
            push_number(distance, &mut self.counted.postings);
        }
        self.length = 0;
        self.counted.ends.push(self.counted.postings.len() as u32);
    }

    /// All records are.
    pub fn done(mut self) -> Tally {
        self.counted.postings.shrink_to_fit();
        self.counted
    }

    fn term(&mut self, term: &str) -> u32 {
        if let Some(known) = self.counted.terms.get(term) {
            return *known;
        }
        let new = self.counted.terms.len() as u32;
        self.counted.terms.insert(term.into(), new);
        self.weights.push(0);
        new
    }

    fn meet(&mut self, term: u32, weight: u32) {
        if self.weights[term as usize] == 0 {
            self.met.push(term);
        }
        self.weights[term as usize] += weight;
    }
}

/// A number below 2²⁹ and a level below 8 in one.
fn packed(number: u32, level: u32) -> u32 {
    number << 3 | level
}

/// What BM25 makes of the `weight` of a term in a record of `length` words, from 1 to 7. Lengths are held against a usual one rather than
/// the site's mean, so that an edit of one text changes no other's levels.
fn level(weight: u32, length: u32) -> u32 {
    const SATURATION: f64 = 2.0;
    const INFLUENCE: f64 = 0.6;
    const USUAL: f64 = 200.0;
    let (weight, length) = (f64::from(weight), f64::from(length));
    let share = weight / (weight + SATURATION * (1.0 - INFLUENCE + INFLUENCE * length / USUAL));
    ((share * 7.0).round() as u32).clamp(1, 7)
}

/// Every term with the records that have it: all that the files of stems are made from. It may be written down, and mended when one text is
/// another ([`Memory::mended`]), so that the other texts need not be read again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Memory<'a> {
    records: u32,
    shape: Shape,
    /// In the order of scripts.
    #[serde(borrow)]
    entries: Vec<Entry<'a>>,
}

/// A term.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    term: Cow<'a, str>,
    /// How many records have it.
    count: u32,
    /// They with their levels as they were counted, [`compact`]; of what many terms have together, nothing.
    #[serde(borrow, serialize_with = "as_bytes")]
    list: Cow<'a, [u8]>,
    /// The list for the script, which knows some of the levels less exactly.
    #[serde(borrow)]
    encoded: Cow<'a, str>,
}

/// The files of stems. Those of texts are made one by one, see [`texts`].
#[derive(Debug)]
pub struct Index<'a> {
    memory: Memory<'a>,
    terms: Cut,
    /// The stems in which a slip is looked for, with a sign for how many records have each.
    stems: Vec<(String, char)>,
    words: Cut,
    /// The same, read from their ends.
    backwards: Vec<(String, char)>,
    ends: Cut,
    /// The prefixes that have lists of their own.
    wide: Vec<String>,
}

/// How entries lie in files.
#[derive(Debug, PartialEq)]
struct Cut {
    /// The entries of each file.
    files: Vec<Range<usize>>,
    /// The first term of each.
    first: Vec<String>,
}

/// What `root.js` says beside what the index knows itself.
#[derive(Debug, Serialize)]
pub struct Root<'a> {
    /// How many records there are.
    pub records: usize,
    /// Runs of records of one kind and year (0 if none): kind, year, number of the first.
    pub runs: Vec<(&'static str, i16, u32)>,
    /// The first record of each file of texts.
    pub texts: Vec<u32>,
    /// Texts that mean the same, as stems: an abbreviation and what it stands for.
    pub synonyms: Vec<Vec<Vec<String>>>,
    #[serde(flatten)]
    pub index: Places<'a>,
}

/// Where to look for a term.
#[derive(Debug, Serialize)]
pub struct Places<'a> {
    terms: &'a [String],
    words: &'a [String],
    ends: &'a [String],
    wide: &'a [String],
}

/// A record as it is shown: title, address from the folder of the search, facts, text, names.
pub type Shown = [String; 5];

impl Memory<'static> {
    /// That of the records of `counters`, one behind the other.
    pub fn of(counters: Vec<Tally>, shape: Shape) -> Memory<'static> {
        let records = counters.iter().map(|counter| counter.ends.len() as u32).sum();
        let (terms, lists) = lists(counters);
        let counts: Vec<(&str, u32)> = terms.iter().enumerate().map(|(n, term)| (&**term, lists.of(n).len() as u32)).collect();
        let shared = wide(&counts, records, shape);
        let shared = shared.into_par_iter().map(|(prefix, range)| {
            let list = union(lists.of_all(range).iter().copied(), records);
            Entry::shared(&prefix, &list, records)
        });
        let own = (0..terms.len()).into_par_iter().map(|n| Entry::own(String::from(&*terms[n]).into(), lists.of(n), records));
        let mut entries: Vec<Entry> = shared.chain(own).collect();
        entries.sort_unstable_by(|a, b| in_script_order(&a.term, &b.term));
        Memory { records, shape, entries }
    }
}

impl<'a> Entry<'a> {
    fn own(term: Cow<'a, str>, list: &[u32], records: u32) -> Entry<'a> {
        Entry { term, count: list.len() as u32, list: compact(list).into(), encoded: encoded(list, records).into() }
    }

    /// What all terms that begin with `prefix` have.
    fn shared(prefix: &str, list: &[u32], records: u32) -> Entry<'a> {
        let term = format!("*{prefix}").into();
        Entry { term, count: list.len() as u32, list: Cow::Borrowed(&[]), encoded: encoded(list, records).into() }
    }

    /// The prefix, if it is what many terms have. No stem begins so.
    fn prefix(&self) -> Option<&str> {
        self.term.strip_prefix('*')
    }
}

impl<'a> Index<'a> {
    /// The index that lies in files as `memory` says.
    pub fn of(memory: Memory<'a>) -> Index<'a> {
        let Memory { shape, entries, .. } = &memory;
        let stems: Vec<(String, char)> = stems(entries).map(|(term, sign)| (term.to_owned(), sign)).collect();
        let mut backwards: Vec<(String, char)> = stems.iter().map(|(stem, sign)| (stem.chars().rev().collect(), *sign)).collect();
        backwards.sort_unstable_by(|(a, _), (b, _)| in_script_order(a, b));
        let mut wide: Vec<String> = entries.iter().filter_map(Entry::prefix).map(str::to_owned).collect();
        wide.sort_unstable();
        let dictionary = |stems: &[(String, char)]| cut(stems.iter().map(|(stem, sign)| (stem.as_str(), sign.len_utf8())), shape.words);
        Index {
            terms: cut(entries.iter().map(|entry| (&*entry.term, entry.encoded.len())), shape.terms),
            words: dictionary(&stems),
            ends: dictionary(&backwards),
            stems,
            backwards,
            wide,
            memory,
        }
    }

    /// What it was made from.
    pub fn memory(&self) -> &Memory<'a> {
        &self.memory
    }

    /// `root.js` knows these places.
    pub fn places(&self) -> Places<'_> {
        Places { terms: &self.terms.first, words: &self.words.first, ends: &self.ends.first, wide: &self.wide }
    }

    /// The file `terms-N.js`.
    pub fn terms(&self, n: usize) -> String {
        let entries = &self.memory.entries[self.terms.file(n)];
        script(&format!("terms-{n}"), &front_coded(entries.iter().map(|entry| (&*entry.term, &*entry.encoded))))
    }

    /// The file `words-N.js`.
    pub fn words(&self, n: usize) -> String {
        script(&format!("words-{n}"), &front_coded(self.stems[self.words.file(n)].iter().map(|(stem, sign)| (&**stem, *sign))))
    }

    /// The file `ends-N.js`.
    pub fn ends(&self, n: usize) -> String {
        script(&format!("ends-{n}"), &front_coded(self.backwards[self.ends.file(n)].iter().map(|(stem, sign)| (&**stem, *sign))))
    }
}

impl Cut {
    fn file(&self, n: usize) -> Range<usize> {
        self.files.get(n).cloned().unwrap_or(0..0)
    }
}

/// `root.js`.
pub fn root(root: &Root) -> String {
    script("root", root)
}

/// The file `root.js` that says everything that `root`, another one, says, with these places in the place of its own.
pub fn root_with(root: &str, places: &Places) -> Option<String> {
    // Nothing before them holds these signs: what stands there are stems, numbers and names of ours.
    let (before, _) = root.split_once(",\"terms\":")?;
    let places = serde_json::to_string(places).ok()?;
    Some(format!("{before},{})", places.strip_prefix('{')?))
}

/// The records of a file of texts.
pub fn read_texts(file: &str) -> Option<Vec<Shown>> {
    let (_, records) = file.strip_suffix(')')?.split_once(',')?;
    serde_json::from_str(records).ok()
}

/// The file `texts-N.js`.
pub fn texts(n: usize, records: &[Shown]) -> String {
    let len: usize = records.iter().flatten().map(|text| text.len() + 4).sum();
    let mut out = String::with_capacity(len + records.len() * 2 + 40);
    let _ = write!(out, "{CALL}(\"texts-{n}\",[");
    for (at, record) in records.iter().enumerate() {
        out.push_str(if at == 0 { "[" } else { ",[" });
        for (at, text) in record.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { "," });
            quote(text, &mut out);
        }
        out.push(']');
    }
    out.push_str("])");
    out
}

/// Writes `text` in JSON. These files are a tenth of a site, and few texts have anything to escape.
fn quote(text: &str, out: &mut String) {
    if text.bytes().fold(false, |odd, byte| odd | (byte < b' ') | (byte == b'"') | (byte == b'\\')) {
        out.push_str(&serde_json::to_string(text).unwrap_or_default());
    } else {
        out.push('"');
        out.push_str(text);
        out.push('"');
    }
}

/// The stems of `text`, each once.
pub fn stems_of(text: &str) -> Vec<String> {
    let stems = Stems::default();
    let mut found: Vec<String> = Vec::new();
    for stem in words(text).filter_map(|word| stems.stem(word)) {
        if !found.contains(&stem) {
            found.push(stem);
        }
    }
    found
}

fn script(name: &str, value: &impl Serialize) -> String {
    // Nothing of ours refuses to be written.
    [CALL, "(\"", name, "\",", &serde_json::to_string(value).unwrap_or_default(), ")"].concat()
}

/// The records that have each term, [`packed`] with their levels: list behind list.
struct Lists {
    postings: Vec<u32>,
    /// Where the list of each term begins, and the last ends.
    starts: Vec<usize>,
}

impl Lists {
    fn of(&self, term: usize) -> &[u32] {
        self.of_all(term..term + 1)
    }

    fn of_all(&self, terms: Range<usize>) -> &[u32] {
        &self.postings[self.starts[terms.start]..self.starts[terms.end]]
    }
}

/// The terms of all counters in order, with their lists.
fn lists(counters: Vec<Tally>) -> (Vec<Box<str>>, Lists) {
    let mut met: Vec<&str> = counters.iter().flat_map(|counter| counter.terms.keys()).map(|term| &**term).collect();
    met.sort_unstable_by(|a, b| in_script_order(a, b));
    met.dedup();
    let terms: Vec<Box<str>> = met.into_iter().map(Box::from).collect();
    let number: AHashMap<&str, u32> = terms.iter().zip(0..).map(|(term, n)| (&**term, n)).collect();
    // Of each counter only what was counted lives on: its terms take most of its memory.
    let renumbered = |counter: Tally| {
        let mut global = vec![0u32; counter.terms.len()];
        counter.terms.iter().for_each(|(term, local)| global[*local as usize] = number[&**term]);
        (Tally { terms: AHashMap::new(), ..counter }, global)
    };
    let counters: Vec<(Tally, Vec<u32>)> = counters.into_iter().map(renumbered).collect();
    let mut starts = vec![0; terms.len() + 1];
    for (counter, global) in &counters {
        counter.each(|_, term, _| starts[global[term] as usize + 1] += 1);
    }
    (1..starts.len()).for_each(|n| starts[n] += starts[n - 1]);
    let mut postings = vec![0; starts[terms.len()]];
    let mut next = starts.clone();
    let mut before = 0;
    for (counter, global) in counters {
        counter.each(|record, term, level| {
            let next = &mut next[global[term] as usize];
            postings[*next] = packed(before + record as u32, level);
            *next += 1;
        });
        before += counter.ends.len() as u32;
    }
    (terms, Lists { postings, starts })
}

/// The order in which scripts hold texts, by UTF-16.
fn in_script_order(a: &str, b: &str) -> std::cmp::Ordering {
    // Of characters that are no pairs there, which is all that people write, both orders are one.
    if a.bytes().chain(b.bytes()).all(|byte| byte < 0xee) { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// Whether a slip in the word is looked for.
fn is_mendable(term: &str) -> bool {
    !term.starts_with(['=', '*']) && term.chars().nth(2).is_some() && !term.bytes().any(|b| b.is_ascii_digit())
}

/// The prefixes that get lists of their own, each with the range of the terms that begin with it: `terms` are all others in order, with the
/// counts of their records.
fn wide(terms: &[(&str, u32)], records: u32, shape: Shape) -> Vec<(String, Range<usize>)> {
    let size = |(term, count): &(&str, u32)| 4 + term.len() / 2 + encoded_len(*count as usize, records as usize);
    let sizes: Vec<usize> = terms.iter().map(size).collect();
    let limit = 2 * sizes.iter().sum::<usize>() / shape.terms;
    let all = PREFIXES.flat_map(|length| ranges(terms, length));
    all.filter(|(_, range)| sizes[range.clone()].iter().sum::<usize>() > limit.max(1 << 12)).collect()
}

/// The runs of `terms` with the same first `length` letters, which must be more than they have in common.
fn ranges(terms: &[(&str, u32)], length: usize) -> impl Iterator<Item = (String, Range<usize>)> {
    let prefix = move |term: &str| term.char_indices().nth(length).map(|(at, _)| term[..at].to_owned()).filter(|p| !p.starts_with('='));
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < terms.len() {
            let start = at;
            let Some(own) = prefix(terms[at].0) else {
                at += 1;
                continue;
            };
            at += terms[at..].partition_point(|(term, _)| term.starts_with(&own));
            return Some((own, start..at));
        }
        None
    })
}

/// The records of all `postings`, each with its highest level, of which two are kept.
fn union(postings: impl Iterator<Item = u32>, records: u32) -> Vec<u32> {
    let mut best = vec![0u8; records as usize];
    for posting in postings {
        let best = &mut best[(posting >> 3) as usize];
        *best = (*best).max((posting & 7) as u8);
    }
    (0..).zip(best).filter(|(_, level)| *level > 0).map(|(record, level)| packed(record, one_of_two(level.into()))).collect()
}

fn one_of_two(level: u32) -> u32 {
    if level > 4 { 6 } else { 2 }
}

/// A list in few bytes: distances between records with levels, seven bits a byte.
fn compact(list: &[u32]) -> Vec<u8> {
    let mut out = Vec::with_capacity(list.len() + list.len() / 2);
    let mut next = 0;
    for posting in list {
        push_number(packed((posting >> 3) - next, posting & 7), &mut out);
        next = (posting >> 3) + 1;
    }
    out
}

/// A number by seven bits a byte (LEB128).
fn push_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// The numbers that [`push_number`] put down.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let mut bytes = bytes.iter();
    std::iter::from_fn(move || {
        let (mut number, mut shift) = (0u32, 0);
        loop {
            let byte = bytes.next()?;
            number |= u32::from(byte & 0x7f).wrapping_shl(shift);
            shift += 7;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
    })
}

/// What [`compact`] was made from.
fn postings(list: &[u8]) -> impl Iterator<Item = u32> {
    let mut next = 0u32;
    numbers(list).map(move |number| {
        let record = next.wrapping_add(number >> 3);
        next = record.wrapping_add(1);
        packed(record, number & 7)
    })
}

fn as_bytes<S: Serializer>(list: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(list)
}

/// About how long [`encoded`] is for a list of `len`.
fn encoded_len(len: usize, records: usize) -> usize {
    let distance = if records / len.max(1) < LAST as usize { 1 } else { 2 };
    3 + (len * distance).min(records / 2)
}

/// A list as a text, see the head of this file.
fn encoded(list: &[u32], records: u32) -> String {
    let kept = |level: u32| if list.len() * COMMON > records as usize { [2, 2, 2, 4, 4, 6, 6, 6][level as usize] } else { level };
    let mut by_level: [Vec<u32>; 8] = Default::default();
    list.iter().for_each(|posting| by_level[kept(posting & 7) as usize].push(posting >> 3));
    let mut out = String::with_capacity(list.len() + 4);
    for (level, numbers) in (1..8).zip(&by_level[1..]).rev() {
        let Some(last) = numbers.last() else { continue };
        let mut distances = String::with_capacity(numbers.len());
        let mut next = 0;
        for n in numbers {
            digits(n - next, &mut distances);
            next = n + 1;
        }
        // 1 to 7 for distances, 8 to 14 for signs of six.
        let signs = *last as usize / 6 + 1;
        if distances.len() <= signs {
            digits(level, &mut out);
            digits(numbers.len() as u32, &mut out);
            out.push_str(&distances);
        } else {
            digits(level + 7, &mut out);
            digits(signs as u32, &mut out);
            let mut six = vec![0u32; signs];
            numbers.iter().for_each(|n| six[*n as usize / 6] |= 1 << (n % 6));
            out.extend(six.into_iter().map(sign));
        }
    }
    out
}

/// `n` in digits, the lowest first, without a waste: every text of digits is another number.
fn digits(mut n: u32, out: &mut String) {
    while n >= LAST {
        n -= LAST;
        out.push(sign(LAST + n % LAST));
        n /= LAST;
    }
    out.push(sign(n));
}

/// The sign of a digit.
fn sign(digit: u32) -> char {
    let code = '#' as u32 + digit;
    char::from_u32(if code >= '\\' as u32 { code + 1 } else { code }).unwrap_or('#')
}

/// The stems among `entries` in which a slip is looked for, with a sign for how many records have each: the logarithm to the base 2.
fn stems<'e>(entries: &'e [Entry]) -> impl Iterator<Item = (&'e str, char)> {
    let stems = entries.iter().filter(|entry| is_mendable(&entry.term));
    stems.map(|entry| (&*entry.term, sign(entry.count.max(1).ilog2())))
}

/// Cuts entries, terms with lists of so many bytes, evenly into so many files.
fn cut<'e>(entries: impl Iterator<Item = (&'e str, usize)> + Clone, files: usize) -> Cut {
    let size = |(term, list): (&str, usize)| 3 + term.len() / 2 + list;
    let whole: usize = entries.clone().map(size).sum();
    let (mut ranges, mut first) = (vec![0..0; files], vec![None; files]);
    let mut behind = 0;
    for (n, (term, list)) in entries.enumerate() {
        let file = (behind * files / whole.max(1)).min(files - 1);
        behind += size((term, list));
        if first[file].is_none() {
            first[file] = Some(term.to_owned());
            ranges[file].start = n;
        }
        ranges[file].end = n + 1;
    }
    // A file without entries begins where the next one does: a script takes the last that begins at or before a term.
    let mut next = String::from("\u{fffd}");
    let first = first.into_iter().rev().map(|own: Option<String>| {
        if let Some(own) = own {
            next = own;
        }
        next.clone()
    });
    let mut first: Vec<String> = first.collect();
    first.reverse();
    Cut { files: ranges, first }
}

/// The text of a file: a term is written by the number of letters that it has in common with the one before, a sign, and the rest.
fn front_coded<'e>(entries: impl Iterator<Item = (&'e str, impl std::fmt::Display)>) -> String {
    let (mut out, mut before) = (String::new(), "");
    for (term, list) in entries {
        let common = term.chars().zip(before.chars()).take_while(|(a, b)| a == b).count().min(DIGITS as usize - 1);
        let rest = term.char_indices().nth(common).map_or("", |(at, _)| &term[at..]);
        let _ = write!(out, "{}{rest}{SEPARATOR}{list}{SEPARATOR}", sign(common as u32));
        before = term;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_what_any_reader_of_json_reads() {
        let record = ["«План»".into(), "../plans/a/".into(), String::new(), "a \"b\" \\ c\td\u{7f}".into(), "имя".into()];
        let file = texts(3, &[record.clone(), record.clone()]);
        assert!(file.starts_with("metodikaSearch(\"texts-3\",[[\"«План»\","), "{file}");
        assert_eq!(read_texts(&file), Some(vec![record.clone(), record]));
        assert_eq!(texts(0, &[]), "metodikaSearch(\"texts-0\",[])");
    }

    #[test]
    fn numbers_are_written_without_a_waste() {
        let text = |n| {
            let mut out = String::new();
            digits(n, &mut out);
            out
        };
        assert_eq!([text(0), text(44), text(45), text(45 + 45 * 45 - 1)].map(|t| t.len()), [1, 1, 2, 2]);
        assert!((0..DIGITS).all(|n| sign(n).is_ascii_graphic() && sign(n) != '\\' && sign(n) != '"'));
    }

    fn index(records: &[(&str, &str)], terms: usize) -> Index<'static> {
        let mut counter = Counter::default();
        for (title, text) in records {
            counter.add(title, TITLE);
            counter.add(text, TEXT);
            counter.end();
        }
        Index::of(Memory::of(vec![counter.done()], Shape { terms, words: 1 }))
    }

    #[test]
    fn a_file_names_stems_and_the_records_that_have_them() {
        let index = index(&[("Планы", "Библиотека"), ("Семинар", "план и планирование")], 1);
        // `план` stands in the title of the first record and in the text of the second.
        assert_eq!(index.terms(0), "metodikaSearch(\"terms-0\",\"#библиотек '$# #план )$#'$$ 'ирован '$$ #семинар )$$ \")");
        assert_eq!(index.words(0), "metodikaSearch(\"words-0\",\"#библиотек # #план $ 'ирован # #семинар # \")");
        assert_eq!(index.ends(0), "metodikaSearch(\"ends-0\",\"#кетоилбиб # #навориналп # %лп $ #ранимес # \")");
    }

    #[test]
    fn files_without_entries_begin_where_the_next_does() {
        let index = index(&[("а1 б1", "")], 4);
        assert_eq!(index.terms.first, ["а1", "б1", "б1", "\u{fffd}"]);
    }

    #[test]
    fn many_stems_with_one_beginning_have_a_list_in_common() {
        let texts: Vec<String> = (0..3000).map(|n| format!("приём{n} слово{}", n % 7)).collect();
        let records: Vec<(&str, &str)> = texts.iter().map(|text| ("", text.as_str())).collect();
        let index = index(&records, 40);
        assert!(index.wide.contains(&"пр".to_owned()), "{:?}", index.wide);
        assert!((0..40).all(|n| index.terms(n).len() < 4000));
    }
}
