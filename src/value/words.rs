//! Words as the search knows them: without their endings, in lower case, ё as е. The one doorway to `pagefind_stem`.
//!
//! `themes/default/static/search.js` does the same to what a reader types, with the same algorithms of Snowball
//! (<https://snowballstem.org/algorithms/>); `tests/search.rs` holds the two together. A word is stemmed by its script, not by the language of
//! the site: Russian sites name Zotero, English ones name libraries in Tula.

use super::composed::composed;
use super::letter::is_letter_or_digit;
use pagefind_stem::{Algorithm, Stemmer};

/// Words that tell nothing of a text, because all texts have them.
pub const STOP: [&str; 56] = [
    "а", "без", "бы", "в", "во", "для", "до", "же", "за", "и", "из", "или", "их", "к", "как", "ко", "ли", "на", "не", "ни", "но", "о",
    "об", "от", "по", "под", "при", "с", "со", "так", "то", "у", "что", "это", "я", "a", "an", "and", "are", "as", "at", "be", "by", "for",
    "from", "in", "is", "it", "of", "on", "or", "that", "the", "this", "to", "with",
];

/// What has more letters is no word that anybody types: an address, a hash.
const LONGEST: usize = 40;

/// Finds stems.
pub struct Stems {
    russian: Stemmer,
    english: Stemmer,
}

impl Default for Stems {
    fn default() -> Stems {
        Stems { russian: Stemmer::create(Algorithm::Russian), english: Stemmer::create(Algorithm::Porter) }
    }
}

impl Stems {
    /// The stem of one of [`words`]; `None` if it is not one that is looked for.
    pub fn stem(&self, word: &str) -> Option<String> {
        let word = folded(word);
        let letters = word.chars().count();
        if letters > LONGEST || letters == 0 || STOP.contains(&word.as_str()) {
            return None;
        }
        Some(match script(&word) {
            Script::Russian => self.russian.stem(&word).into_owned(),
            // Shorter words have no endings, and the two implementations are not at one about them.
            Script::English if letters > 3 => self.english.stem(&word).into_owned(),
            Script::English | Script::Other => word,
        })
    }
}

/// The words of `text` as they stand: runs of letters and digits, with the accents and soft hyphens in them.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        while let Err(other) = first_of_word(rest) {
            rest = rest.get(other..).filter(|rest| !rest.is_empty())?;
        }
        let mut end = 0;
        while let Ok(len) = first_of_word(&rest[end..]) {
            end += len;
        }
        let (word, behind) = rest.split_at(end);
        rest = behind;
        Some(word)
    })
}

/// How many bytes the first character of `text` has if it belongs to a word; an error with as many if it does not, or there is none.
fn first_of_word(text: &str) -> Result<usize, usize> {
    // Nearly all there is, without being put together to characters.
    match text.as_bytes() {
        [0xd0, 0x81 | 0x90..=0xbf, ..] | [0xd1, 0x80..=0x8f | 0x91, ..] => return Ok(2),
        [b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9', ..] => return Ok(1),
        [0..0x80, ..] => return Err(1),
        _ => {}
    }
    let Some(c) = text.chars().next() else { return Err(0) };
    if is_letter_or_digit(c) || is_dropped(c) { Ok(c.len_utf8()) } else { Err(c.len_utf8()) }
}

/// `word` in small letters, ё as е, without accents and soft hyphens.
fn folded(word: &str) -> String {
    composed(word).to_lowercase().chars().filter(|c| !is_dropped(*c)).map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

fn is_dropped(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

enum Script {
    Russian,
    English,
    Other,
}

/// One letter of a script is enough: the algorithms touch no others.
fn script(word: &str) -> Script {
    if word.chars().any(|c| matches!(c, 'а'..='я')) {
        Script::Russian
    } else if word.bytes().any(|b| b.is_ascii_lowercase()) {
        Script::English
    } else {
        Script::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        let stems = Stems::default();
        words(text).filter_map(|word| stems.stem(word)).collect()
    }

    #[test]
    fn forms_of_a_word_are_one() {
        assert_eq!(stems("Библиотекарей, библиотекарь; БИБЛИОТЕКАРЯМИ"), ["библиотекар"; 3]);
        assert_eq!(stems("учёт учет уче\u{308}т у\u{ad}чёт учё\u{301}та"), ["учет"; 5]);
        assert_eq!(stems("Libraries library"), ["librari"; 2]);
    }

    #[test]
    fn what_tells_nothing_is_no_word() {
        assert_eq!(stems("и в the 2024 № 21 — ГОСТ Р"), ["2024", "21", "гост", "р"]);
        assert!(stems(&"щ".repeat(41)).is_empty());
    }
}
