//! Plural forms by CLDR (Unicode TR 35, part 3).

use super::language::Language;

/// Which form of a noun stands behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plural {
    One,
    Few,
    Many,
    /// Fractions in Russian; everything but one in English.
    Other,
}

/// The form behind the whole number `n`.
pub fn plural(n: u64, language: Language) -> Plural {
    match language {
        Language::En if n == 1 => Plural::One,
        Language::En => Plural::Other,
        Language::Ru => match (n % 10, n % 100) {
            (1, tail) if tail != 11 => Plural::One,
            (2..=4, tail) if !(12..=14).contains(&tail) => Plural::Few,
            _ => Plural::Many,
        },
    }
}

/// The form behind `n`, which may have a fraction («1,5 мероприятия»).
pub fn plural_of(n: f64, language: Language) -> Plural {
    // The sign does not count (CLDR, operand n).
    if n.fract() == 0.0 { plural(n.abs() as u64, language) } else { Plural::Other }
}

/// The noun behind `n`: `ru` holds the forms for 1, 2 and 5, `en` those for 1 and 2.
pub fn noun(n: usize, ru: [&'static str; 3], en: [&'static str; 2], language: Language) -> &'static str {
    match (language, plural(n as u64, language)) {
        (Language::Ru, Plural::One) => ru[0],
        (Language::Ru, Plural::Few) => ru[1],
        (Language::Ru, _) => ru[2],
        (Language::En, Plural::One) => en[0],
        (Language::En, _) => en[1],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        assert_eq!(
            [plural(0, Language::En), plural(1, Language::En), plural(21, Language::En)],
            [Plural::Other, Plural::One, Plural::Other]
        );
        let form = |n| match plural(n, Language::Ru) {
            Plural::One => "мероприятие",
            Plural::Few => "мероприятия",
            _ => "мероприятий",
        };
        let expected = [
            (0, "мероприятий"),
            (1, "мероприятие"),
            (2, "мероприятия"),
            (4, "мероприятия"),
            (5, "мероприятий"),
            (11, "мероприятий"),
            (12, "мероприятий"),
            (14, "мероприятий"),
            (21, "мероприятие"),
            (22, "мероприятия"),
            (25, "мероприятий"),
            (101, "мероприятие"),
            (111, "мероприятий"),
            (112, "мероприятий"),
            (121, "мероприятие"),
        ];
        for (n, word) in expected {
            assert_eq!(form(n), word, "{n}");
        }
        assert_eq!(plural_of(1.5, Language::Ru), Plural::Other);
    }
}
