//! Rules of typesetting for running text: quotation marks, dashes, no-break spaces, dots (timeframes.md, section 1).
//!
//! The [`Typographer`] looks to the left at what it wrote, and to the right at what is typed; there it must see what it would see in its
//! own result, so that `line(line(x)) == line(x)`. Therefore `clean` mends spaces and dots before. Few texts have such spaces: the
//! typographer asks for that pass, and begins anew, when it meets one. It stops only at the few bytes that may matter (`stops`), and the
//! text is borrowed where nothing changes.
//!
//! [`warnings`] and [`heading_warnings`] find what only the author can mend.
//!
//! Addresses, e-mails and names of files stay as they are: a rule within a word asks what stands around the word first.

mod clean;
mod edits;
mod marks;
mod stops;
mod tokens;
mod typographer;
mod warnings;
mod words;

use super::language::Language;
use std::borrow::Cow;

pub use typographer::Typographer;
pub use warnings::{Rule, TypographyWarning, heading_warnings, warnings};

const NBSP: char = '\u{a0}';

/// Sets one text that has no inner marks: a title, a cell of a table.
pub fn line(text: &str, language: Language) -> Cow<'_, str> {
    Typographer::new(language).only_run(text)
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
        let mut out = String::new();
        ["Книга \"", "Ёлка", "\" в ", "школе", " - да"].into_iter().for_each(|run| typographer.run(run, &mut out));
        assert_eq!(out, "Книга «Ёлка» в\u{a0}школе\u{a0}— да");
        let set = |typographer: &mut Typographer, text: &str| {
            let mut out = String::new();
            typographer.run(text, &mut out);
            out
        };
        typographer.code();
        assert_eq!(set(&mut typographer, "\" - слово"), "\"\u{a0}— слово");
        typographer.end_block();
        assert_eq!(set(&mut typographer, "- пункт с"), "- пункт с");
        assert_eq!(typographer.line_break(), NBSP);
        assert_eq!(set(&mut typographer, "\"Ель\""), "«Ель»");
        assert_eq!(typographer.line_break(), '\n');
    }

    #[test]
    fn nothing_to_do_borrows() {
        assert!(matches!(line("Школа наставничества открыта", Language::Ru), Cow::Borrowed(_)));
    }

    /// Texts made of pieces that the rules look at, in an order that a small generator gives.
    pub(super) fn texts() -> impl Iterator<Item = String> {
        // Divided by «|».
        const PIECES: &str = " | | | |  |\u{a0}|\n|\"|\"|«|»|„|“|”|-| - |–|—|--|...|.|.|,| ,|:|;| : | / |(|)|№|§|5|12|500|2014|2015|31|мая|октябрь|ноябрь|г|г.|гг.|в|не|бы|ли|Е|В.|А.Б.|Шагаева|т|д|им.|с.|XX|руб|слово|пт|@|://|'|…";
        let pieces: Vec<&str> = PIECES.split('|').collect();
        let mut seed = 1u64;
        let mut step = move || {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            seed
        };
        (0..20_000).map(move |_| (0..2 + (step() >> 60)).map(|_| pieces[(step() >> 58) as usize]).collect())
    }

    #[test]
    fn setting_twice_is_setting_once() {
        for text in texts() {
            for language in [Language::Ru, Language::En] {
                let once = line(&text, language).into_owned();
                assert_eq!(line(&once, language), once, "{text:?}");
            }
        }
    }
}
