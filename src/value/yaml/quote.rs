//! Writing texts into YAML: plain where nothing can be misread, else in double quotes (YAML 1.2, 5.7 and 7.3.1).

use std::borrow::Cow;
use std::fmt::Write;

/// `text` as a scalar on one line, in a block mapping or list. Reading it gives the same text back.
pub fn scalar(text: &str) -> Cow<'_, str> {
    if is_plain(text) || is_year(text) { Cow::Borrowed(text) } else { Cow::Owned(quoted(text)) }
}

/// `text` as lines of a comment, each with its mark.
pub fn comment(text: &str) -> impl Iterator<Item = String> {
    // Everything that any reader of YAML 1.1 or 1.2 takes for the end of a line.
    text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).map(|line| {
        let shown: String = line.chars().map(|c| if is_printable(c) || c == '\t' { c } else { '\u{fffd}' }).collect();
        format!("# {shown}").trim_end().to_owned()
    })
}

/// Whether `text` stands for itself. Stricter than YAML: people will edit it, and other programs read it.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 8] = ["true", "false", "yes", "no", "on", "off", "null", "y"];
    let first = |c: char| c.is_alphabetic() || matches!(c, '«' | '„' | '(' | '№');
    text.starts_with(first)
        && text.trim() == text
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && text.chars().all(|c| is_printable(c) && !matches!(c, '\t' | '\u{a0}'))
        && !(WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) || text.eq_ignore_ascii_case("n"))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Characters that may stand in YAML as they are, but for line ends and the tab; without those that nobody sees.
fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202f}'..='\u{205f}' | '\u{2070}'..='\u{d7ff}' | '\u{e000}'..='\u{fdff}'
        | '\u{fe00}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
        && c != '\u{200b}'
}

/// The same, always in quotes: `2.10` is a number to other programs.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c) => out.push(c),
            // Writing to a text does not fail.
            c if (c as u32) < 0x100 => drop(write!(out, "\\x{:02x}", c as u32)),
            c if (c as u32) < 0x1_0000 => drop(write!(out, "\\u{:04x}", c as u32)),
            c => drop(write!(out, "\\U{:08x}", c as u32)),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::yaml::{Value, parse, parse_any};

    /// Reading gives the same text back, behind a key and in a list.
    fn check(text: &str) {
        for yaml in [format!("ключ: {}\n", scalar(text)), format!("- {}\n", scalar(text)), format!("- ключ: {}\n  b: 1\n", quoted(text))]
        {
            for node in [parse(&yaml, 0), parse_any(&yaml, 0)] {
                let mut value = node.unwrap_or_else(|error| panic!("{error:?}: {yaml:?}")).value;
                while let Value::Map(_) | Value::List(_) = value {
                    value = match value {
                        Value::Map(mut pairs) => pairs.swap_remove(0).1.value,
                        Value::List(mut items) => items.swap_remove(0).value,
                        other => other,
                    };
                }
                assert_eq!(value, Value::Scalar(Cow::Borrowed(text)), "{yaml:?}");
            }
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let texts = [
            "слово",
            "a: b",
            "a:",
            "a #b",
            "#",
            "- a",
            "-",
            "---",
            "...",
            "yes",
            "Yes",
            "null",
            "~",
            "",
            " a",
            "a ",
            "1.1",
            "2024",
            "02-а",
            "\"",
            "'",
            "\\",
            "a\nb",
            "a\r\nb",
            "\t",
            "\u{a0}",
            "a\u{a0}",
            "\u{0}",
            "\u{7f}",
            "\u{85}",
            "\u{2028}",
            "\u{feff}",
            "\u{fffe}",
            "\u{ffff}",
            "🙂",
            "«ёлки» – 5",
            "[a]",
            "{a}",
            "@a",
            "`a`",
            "%a",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "? a",
            "a, b",
            "№ 5",
            "(a)",
            "a\\nb",
            "\u{200b}",
            "\u{202e}",
            "\u{10ffff}",
            "\u{ad}",
            "http://x.y/z#f",
            "<<",
            "=",
            "n",
            "N",
            "off",
        ];
        texts.iter().for_each(|text| check(text));
    }

    #[test]
    fn any_character_is_read_back() {
        for c in (0..0x3000).chain(0xfd00..0x1_0100).filter_map(char::from_u32) {
            check(&format!("а{c}б"));
            check(&format!("{c}"));
        }
    }

    #[test]
    fn plain_texts_stay_plain() {
        for text in ["Январь 2024", "МКУ «ЦНППМ г. Тулы»", "«Обеспеченность учебниками»", "И.о. директора", "2024", "план, отчёт; #1"]
        {
            assert_eq!(scalar(text), if text.contains(" #") { format!("\"{text}\"") } else { text.to_owned() });
        }
        assert_eq!(quoted("2.10"), "\"2.10\"");
    }

    #[test]
    fn a_comment_is_lines_of_comment() {
        assert_eq!(comment("a\r\nb\u{85}c\u{0}").collect::<Vec<_>>(), ["# a", "#", "# b", "# c\u{fffd}"]);
    }
}
