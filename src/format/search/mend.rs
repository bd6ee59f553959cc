//! What becomes of the index when the text of one record is another.

use super::{Entry, Index, Memory, Tally, compact, encoded, in_script_order, one_of_two, packed, postings, union, wide};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// The levels of a record by its terms.
type Levels<'t> = BTreeMap<&'t str, u32>;

impl Memory<'_> {
    /// The same, for as long as this one is there.
    pub fn borrowed(&self) -> Memory<'_> {
        Memory { records: self.records, shape: self.shape, entries: self.entries.iter().map(Entry::borrowed).collect() }
    }

    /// The properties of a record that are no words: whoever counts it anew gives it the same.
    pub fn tags(&self, record: u32) -> impl Iterator<Item = &str> {
        let tags = self.entries.iter().filter(move |entry| entry.level(record).is_some());
        tags.filter_map(|entry| entry.term.strip_prefix('='))
    }

    /// The memory of the same records, of which `record` is counted as `tally` says, which has no other. It is equal to that which all records
    /// would give if they were counted again.
    pub fn mended(&self, record: u32, tally: &Tally) -> Memory<'_> {
        let records = self.records;
        let old: Levels = self.entries.iter().filter_map(|entry| Some((&*entry.term, entry.level(record)?))).collect();
        let numbers: HashMap<u32, &str> = tally.terms.iter().map(|(term, number)| (*number, &**term)).collect();
        let mut new = Levels::new();
        tally.each(|_, term, level| new.extend(numbers.get(&(term as u32)).map(|term| (*term, level))));

        let own = self.entries.iter().filter(|entry| entry.prefix().is_none());
        let mut own: Vec<Entry> = own
            .filter_map(|entry| match (old.get(&*entry.term), new.get(&*entry.term)) {
                (before, now) if before == now => Some(entry.borrowed()),
                (_, now) => entry.with(record, now.copied(), records),
            })
            .collect();
        let known = |term: &str| self.entries.binary_search_by(|entry| in_script_order(&entry.term, term)).is_ok();
        let unknown = new.iter().filter(|(term, _)| !known(term));
        own.extend(unknown.map(|(term, level)| Entry::own((*term).to_owned().into(), &[packed(record, *level)], records)));
        own.sort_by(|a, b| in_script_order(&a.term, &b.term));

        let counts: Vec<(&str, u32)> = own.iter().map(|entry| (&*entry.term, entry.count)).collect();
        let was: HashMap<&str, &Entry> = self.entries.iter().filter_map(|entry| Some((entry.prefix()?, entry))).collect();
        let shared = wide(&counts, records, self.shape).into_iter().map(|(prefix, range)| match was.get(&*prefix) {
            Some(entry) if best(&old, &prefix) == best(&new, &prefix) => entry.borrowed(),
            _ => Entry::shared(&prefix, &union(own[range].iter().flat_map(|entry| postings(&entry.list)), records), records),
        });
        let mut entries: Vec<Entry> = shared.collect();
        entries.extend(own);
        entries.sort_by(|a, b| in_script_order(&a.term, &b.term));
        Memory { records, shape: self.shape, entries }
    }
}

/// What a list that terms with this prefix share says of the record.
fn best(levels: &Levels, prefix: &str) -> Option<u32> {
    let own = levels.range(prefix..).take_while(|(term, _)| term.starts_with(prefix)).filter(|(term, _)| **term != prefix);
    own.map(|(_, level)| one_of_two(*level)).max()
}

impl Entry<'_> {
    /// The level that the list has for `record`.
    fn level(&self, record: u32) -> Option<u32> {
        let found = postings(&self.list).find(|posting| posting >> 3 >= record)?;
        (found >> 3 == record).then_some(found & 7)
    }

    fn borrowed(&self) -> Entry<'_> {
        Entry { term: Cow::Borrowed(&self.term), count: self.count, list: Cow::Borrowed(&self.list), encoded: Cow::Borrowed(&self.encoded) }
    }

    /// The entry where `record` has this level; `None` if no record is left.
    fn with(&self, record: u32, level: Option<u32>, records: u32) -> Option<Entry<'_>> {
        let mut list: Vec<u32> = postings(&self.list).collect();
        let at = list.partition_point(|posting| posting >> 3 < record);
        let end = at + usize::from(list.get(at).is_some_and(|posting| posting >> 3 == record));
        list.splice(at..end, level.map(|level| packed(record, level)));
        let (term, count) = (Cow::Borrowed(&*self.term), list.len() as u32);
        (count > 0).then(|| Entry { term, count, list: compact(&list).into(), encoded: encoded(&list, records).into() })
    }
}

impl Index<'_> {
    /// The files of stems that are others than those of `before`, an index of as many records and files: names and contents.
    pub fn other_than(&self, before: &Index) -> Vec<(String, String)> {
        let mut out = Vec::new();
        for n in 0..self.terms.files.len() {
            if self.memory.entries[self.terms.file(n)] != before.memory.entries[before.terms.file(n)] {
                out.push((format!("terms-{n}.js"), self.terms(n)));
            }
        }
        for n in 0..self.words.files.len() {
            if self.stems[self.words.file(n)] != before.stems[before.words.file(n)] {
                out.push((format!("words-{n}.js"), self.words(n)));
            }
            if self.backwards[self.ends.file(n)] != before.backwards[before.ends.file(n)] {
                out.push((format!("ends-{n}.js"), self.ends(n)));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Counter, Shape, TEXT, TITLE};
    use super::*;

    fn counted(records: &[String]) -> Tally {
        let mut counter = Counter::default();
        for (n, text) in records.iter().enumerate() {
            counter.add("Отчёт о приёме", TITLE);
            counter.add(text, TEXT);
            counter.tag(["kray", "it"][n % 2]);
            counter.end();
        }
        counter.done()
    }

    #[test]
    fn a_mended_memory_is_that_of_the_new_texts() {
        // Some words are in few texts, some in about a sixth, some in all; many begin with the same letters.
        let text = |n: usize, seed: usize| -> String {
            let word = |k: usize| format!("прием{}ка слов{} редк{}", n * k * seed % 91, n * k % (seed + 5), n * 7919 * k * seed);
            (0..1 + (n + seed) % 40).map(word).collect::<Vec<_>>().join(" ") + if (n + seed).is_multiple_of(6) { " общее" } else { "" }
        };
        let mut texts: Vec<String> = (0..200).map(|n| text(n, 1)).collect();
        for shape in [Shape { terms: 1, words: 1 }, Shape { terms: 20, words: 3 }] {
            let mut memory = Memory::of(vec![counted(&texts)], shape);
            for step in 2..20 {
                let n = step * 37 % 200;
                texts[n] = match step % 5 {
                    0 => String::new(),
                    1 => "общее".into(),
                    _ => text(n, step),
                };
                let tags: Vec<String> = memory.tags(n as u32).map(str::to_owned).collect();
                assert_eq!(tags, [["kray", "it"][n % 2]]);
                let mut counter = Counter::default();
                counter.add("Отчёт о приёме", TITLE);
                counter.add(&texts[n], TEXT);
                tags.iter().for_each(|tag| counter.tag(tag));
                counter.end();
                let mended = memory.mended(n as u32, &counter.done());
                let right = Memory::of(vec![counted(&texts)], shape);
                assert!(mended == right, "step {step}");
                let (before, after, clean) = (Index::of(memory.clone()), Index::of(mended), Index::of(right.clone()));
                let names = (0..shape.terms).map(|k| (format!("terms-{k}.js"), before.terms(k), clean.terms(k)));
                let differing = names.filter(|(_, before, after)| before != after).map(|(name, _, after)| (name, after));
                let other: Vec<_> = after.other_than(&before).into_iter().filter(|(name, _)| name.starts_with("terms")).collect();
                assert_eq!(other, differing.collect::<Vec<_>>());
                memory = right;
            }
            assert!(shape.terms == 1 || memory.entries.iter().any(|entry| entry.prefix().is_some()));
        }
    }

    #[test]
    fn a_damaged_list_is_read_to_its_end() {
        assert_eq!(postings(&[0xff; 9]).count(), 0);
        assert!(postings(&[0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 3]).count() > 0);
    }
}
