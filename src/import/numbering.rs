//! The numbers that Word puts before paragraphs without writing them down (ECMA-376-1, 17.9).

use super::refusal::Refusal;
use super::xml::{Event, Xml};
use std::collections::{BTreeMap, BTreeSet};

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    /// Levels by the id of the abstract list.
    lists: BTreeMap<String, Vec<Level>>,
    /// The abstract list of each list, and where its levels start anew.
    numbers: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    counts: BTreeMap<String, [u32; LEVELS]>,
    /// Lists whose own starts have been set.
    begun: BTreeSet<String>,
}

const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// «%1.%2.»
    text: String,
}

impl Numbering {
    /// Reads `word/numbering.xml`.
    ///
    /// # Errors
    /// It is not XML.
    pub fn read(text: &str) -> Result<Numbering, Refusal> {
        let mut numbering = Numbering::default();
        let mut xml = Xml::new(text);
        let (mut list, mut number, mut level) = (None::<String>, None::<String>, 0);
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(element) => match element.name() {
                    "abstractNum" => list = element.attribute("abstractNumId"),
                    "num" => number = element.attribute("numId"),
                    "abstractNumId" => {
                        if let (Some(number), Some(list)) = (&number, element.attribute("val")) {
                            numbering.numbers.insert(number.clone(), (list, BTreeMap::new()));
                        }
                    }
                    "lvl" | "lvlOverride" => level = element.number("ilvl").unwrap_or(0).min(LEVELS - 1),
                    "startOverride" => {
                        if let Some((_, starts)) = number.as_ref().and_then(|number| numbering.numbers.get_mut(number)) {
                            starts.insert(level, element.number("val").unwrap_or(1) as u32);
                        }
                    }
                    name @ ("start" | "numFmt" | "lvlText") if number.is_none() => {
                        if let Some(list) = &list {
                            let levels = numbering.lists.entry(list.clone()).or_insert_with(|| vec![Level::default(); LEVELS]);
                            let value = element.attribute("val").unwrap_or_default();
                            match name {
                                "start" => levels[level].start = value.parse().unwrap_or(1),
                                "numFmt" => levels[level].format = value,
                                _ => levels[level].text = value,
                            }
                        }
                    }
                    _ => {}
                },
                Event::End(name) => match name.as_str() {
                    "abstractNum" => list = None,
                    "num" => number = None,
                    _ => {}
                },
                Event::Text(_) => {}
            }
        }
        Ok(numbering)
    }

    /// The mark of the next paragraph of the list `number` at `level`: «1.2.», or «-» for a bullet; `None` if there is no such list.
    pub fn next(&mut self, number: &str, level: usize) -> Option<String> {
        let (list, starts) = self.numbers.get(number)?;
        let levels = self.lists.get(list)?;
        let level = level.min(LEVELS - 1);
        if matches!(levels[level].format.as_str(), "bullet" | "none") {
            return Some(if levels[level].format == "bullet" { "-".into() } else { String::new() });
        }
        let counts = self.counts.entry(list.clone()).or_insert([0; LEVELS]);
        if !starts.is_empty() && self.begun.insert(number.to_owned()) {
            for (level, start) in starts {
                counts[*level] = start.saturating_sub(1);
                counts[level + 1..].fill(0);
            }
        }
        for (n, count) in counts.iter_mut().enumerate().take(level + 1) {
            let first = starts.get(&n).copied().unwrap_or(levels[n].start).max(1);
            if n == level {
                *count = if *count == 0 { first } else { count.saturating_add(1) };
            } else if *count == 0 {
                *count = first;
            }
        }
        counts[level + 1..].fill(0);
        let mut text = levels[level].text.clone();
        for n in 0..LEVELS {
            text = text.replace(&format!("%{}", n + 1), &shown(counts[n], &levels[n].format));
        }
        Some(text)
    }
}

fn shown(count: u32, format: &str) -> String {
    let letter = |alphabet: &str| {
        let letters: Vec<char> = alphabet.chars().collect();
        letters.get((count as usize).saturating_sub(1) % letters.len()).map(char::to_string).unwrap_or_default()
    };
    match format {
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "upperLetter" => letter("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerLetter" => letter("abcdefghijklmnopqrstuvwxyz"),
        "russianUpper" => letter("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"),
        "russianLower" => letter("абвгдежзиклмнопрстуфхцчшщэюя"),
        "decimalZero" => format!("{count:02}"),
        "none" => String::new(),
        _ => count.to_string(),
    }
}

fn roman(mut count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if count > 3999 {
        return count.to_string();
    }
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while count >= value {
            out.push_str(sign);
            count -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_count_as_in_word() {
        let text = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="3">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>
            <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
            <w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>
            <w:num w:numId="8"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
            </w:numbering>"#;
        let mut numbering = Numbering::read(text).unwrap();
        let marks: Vec<_> = [0, 1, 1, 0, 1, 2].iter().filter_map(|level| numbering.next("7", *level)).collect();
        assert_eq!(marks, ["I.", "I.1.", "I.2.", "II.", "II.1.", "-"]);
        assert_eq!(numbering.next("8", 0).as_deref(), Some("V."));
        assert_eq!(numbering.next("8", 0).as_deref(), Some("VI."));
        assert_eq!(numbering.next("9", 0), None);
    }
}
