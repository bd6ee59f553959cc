//! Letters in one piece: files from a Mac have «й» as «и» and a breve. The one doorway to `icu_normalizer`.

use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;

/// `text` in Normalization Form C (Unicode UAX 15), so that two spellings of one word are one.
pub fn composed(text: &str) -> Cow<'_, str> {
    // Marks of U+0300 to U+036F begin with these bytes; without one nothing that people type is in pieces.
    if text.bytes().any(|b| matches!(b, 0xcc | 0xcd)) {
        ComposingNormalizerBorrowed::new_nfc().normalize(text)
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_put_together_and_stresses_stay() {
        assert_eq!(composed("Зимнии\u{306} е\u{308}ж"), "Зимний ёж");
        assert_eq!(composed("за\u{301}мок"), "за\u{301}мок");
    }
}
