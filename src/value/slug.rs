//! Addresses made from titles: the simplified transliteration of ГОСТ Р 7.0.34-2014 (the library standard for the case where the text
//! need not be restored), without the apostrophes for ъ and ь, and with `kh` and `ts`, which the standard lists as admissible.

use crate::value::composed::composed;
use crate::value::hidden::is_hidden;
use ahash::AHashMap;

/// The longest slug, in characters; longer ones are cut at a word.
const LONGEST: usize = 80;

/// Lower case Latin letters and digits, everything else as one hyphen. Empty if nothing is left.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in composed(text).chars() {
        if let Some(latin) = russian(c) {
            out.push_str(latin);
        } else if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            // Other scripts: Kazakh, Ukrainian, accented Latin …
            let ascii = any_ascii::any_ascii_char(c);
            out.extend(ascii.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        } else if !is_nothing(c) && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    if out.len() > LONGEST {
        let cut = out[..=LONGEST].rfind('-').filter(|at| *at > 0).unwrap_or(LONGEST);
        out.truncate(cut);
    }
    if is_device(&out) {
        out.push_str("-1");
    }
    out
}

/// Whether Windows takes a file or folder of this name, in lower case and without its ending, for a device, and cannot write it: «нуль» is
/// one in Latin letters.
pub fn is_device(name: &str) -> bool {
    let numbered = |name: &str| matches!(name.as_bytes(), [b'c', b'o', b'm', n] | [b'l', b'p', b't', n] if n.is_ascii_digit());
    matches!(name, "con" | "prn" | "aux" | "nul") || numbered(name)
}

/// Slugs that were given out: each only once.
#[derive(Debug, Clone, Default)]
pub struct Slugs {
    /// How often each was asked for.
    used: AHashMap<String, usize>,
}

impl Slugs {
    /// `base`, or `base-2`, `base-3` … if it is taken. An empty one becomes `section`.
    pub fn unique(&mut self, base: &str) -> String {
        let base = if base.is_empty() { "section" } else { base };
        if !self.used.contains_key(base) {
            self.used.insert(base.to_owned(), 1);
            return base.to_owned();
        }
        loop {
            let count = self.used.entry(base.to_owned()).or_default();
            *count += 1;
            let slug = format!("{base}-{count}");
            if !self.used.contains_key(&slug) {
                self.used.insert(slug.clone(), 1);
                return slug;
            }
        }
    }
}

/// Whether `c` parts no words: a stress or another mark over a letter, a soft hyphen, what has no width or is not seen at all.
pub fn is_nothing(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}') || is_hidden(c) && !c.is_whitespace()
}

fn russian(c: char) -> Option<&'static str> {
    Some(match c {
        'а' | 'А' => "a",
        'б' | 'Б' => "b",
        'в' | 'В' => "v",
        'г' | 'Г' => "g",
        'д' | 'Д' => "d",
        'е' | 'Е' | 'э' | 'Э' => "e",
        'ё' | 'Ё' => "yo",
        'ж' | 'Ж' => "zh",
        'з' | 'З' => "z",
        'и' | 'И' => "i",
        'й' | 'Й' => "j",
        'к' | 'К' => "k",
        'л' | 'Л' => "l",
        'м' | 'М' => "m",
        'н' | 'Н' => "n",
        'о' | 'О' => "o",
        'п' | 'П' => "p",
        'р' | 'Р' => "r",
        'с' | 'С' => "s",
        'т' | 'Т' => "t",
        'у' | 'У' => "u",
        'ф' | 'Ф' => "f",
        'х' | 'Х' => "kh",
        'ц' | 'Ц' => "ts",
        'ч' | 'Ч' => "ch",
        'ш' | 'Ш' => "sh",
        'щ' | 'Щ' => "shh",
        'ъ' | 'Ъ' | 'ь' | 'Ь' => "",
        'ы' | 'Ы' => "y",
        'ю' | 'Ю' => "yu",
        'я' | 'Я' => "ya",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden() {
        for (text, expected) in [
            ("Литературное краеведение: территория творчества", "literaturnoe-kraevedenie-territoriya-tvorchestva"),
            ("Хабаровский край", "khabarovskij-kraj"),
            ("Объём фонда № 22", "obyom-fonda-22"),
            ("Ёлка", "yolka"),
            ("Щит и цифра", "shhit-i-tsifra"),
            ("Қазақстан", "qazaqstan"),
            ("Зимнии\u{306} е\u{308}ж", "zimnij-yozh"),
            ("чте\u{ad}ние\u{200b}\u{202e} за\u{301}мок", "chtenie-zamok"),
            ("съезд, подъезд — мышь", "sezd-podezd-mysh"),
            ("Нуль", "nul-1"),
            ("COM1", "com1-1"),
            ("«…»", ""),
        ] {
            assert_eq!(slug(text), expected);
        }
    }

    #[test]
    fn long_titles_are_cut_at_a_word() {
        let made = slug(&"слово ".repeat(40));
        assert!(made.len() <= 80 && made.ends_with("slovo"), "{made}");
        assert_eq!(slug(&"щ".repeat(100)).len(), 80);
    }

    #[test]
    fn clashes() {
        let mut slugs = Slugs::default();
        let made: Vec<String> = ["a", "a-2", "a", "a", ""].iter().map(|base| slugs.unique(base)).collect();
        assert_eq!(made, ["a", "a-2", "a-3", "a-4", "section"]);
    }
}
