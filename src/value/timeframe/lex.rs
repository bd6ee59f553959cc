//! From a printed string to tokens: case, spaces, dashes, look-alike letters and missing spaces are made even here.

use super::vocabulary::{roman, word_token};
use crate::value::letter::{is_letter, is_letter_or_digit};

/// A piece of a printed time frame. What a word means alone is said here, what it means among others in the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A number and how many digits it was typed with; 0 for one in words.
    Number(u32, u8),
    /// «2-я», «вторая».
    Ordinal(u32),
    /// `IV` in any of the ways it is typed.
    Roman(u32),
    /// `18.03.15`, `2015-03-18`, and whether the year had two digits.
    Date {
        day: u32,
        month: u32,
        year: u32,
        short: bool,
    },
    /// `2024-10`.
    YearMonth {
        year: u32,
        month: u32,
    },
    /// `15.05`: a day and a month, or a time.
    Dotted(u32, u32),
    /// `11:00`.
    Clock(u32, u32),
    /// 1 to 12.
    Month(u32),
    /// 1 (Monday) to 7; whether in the plural.
    Weekday(i8, bool),
    /// 0 winter to 3 autumn.
    Season(u32),
    /// «зимний».
    SeasonAdjective(u32),
    /// «ежемесячно».
    Adverb(super::Per),
    Dash,
    Slash,
    Comma,
    Open,
    Close,
    /// «≈», «примерно».
    Approximate,
    Keyword(Keyword),
    /// A word that time frames do not know.
    Unknown,
}

/// A word of the language of time frames, in any of its forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    And,
    Or,
    From,
    /// «по», «при».
    Along,
    Until,
    Towards,
    In,
    On,
    Not,
    /// «позднее».
    Later,
    /// «ранее».
    Earlier,
    /// «реже», «менее».
    Less,
    After,
    Before,
    During,
    Whole,
    Year,
    School,
    Quarter,
    HalfYear,
    Half,
    TenDays,
    Week,
    Month,
    Day,
    Days,
    /// «числа».
    DayOfMonth,
    Term,
    Holidays,
    Period,
    Start,
    Middle,
    End,
    Last,
    Every,
    /// «раз».
    Times,
    Constantly,
    /// What one acts on: «запросу», «заявкам», «мере».
    Demand,
    /// What another plan is: «графику», «плану».
    Schedule,
    /// «согласно», «в соответствии».
    According,
    /// «согласованию».
    Agreement,
    /// «уточняется».
    Announced,
    Except,
    /// «через».
    Through,
    Hour,
    Minute,
    Workdays,
    Weekends,
    /// «текущего», «календарного»: says no more than the plan does.
    This,
    /// «включительно», «дата», «срок»: says nothing.
    Filler,
}

/// A token and the bytes of the string that it stands on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexeme {
    pub token: Token,
    pub start: usize,
    pub end: usize,
}

/// The tokens of `text`.
pub(super) fn lexemes(text: &str) -> Vec<Lexeme> {
    let mut out = Vec::with_capacity(12);
    let mut word = String::with_capacity(40);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        let token = if c.is_ascii_digit() {
            Some(number(text, &mut at, &mut word))
        } else if is_letter(c) {
            at = word_end(text, at);
            // `2024-10-05T11:00`
            let separator =
                &text[start..at] == "T" && matches!(out.last(), Some(Lexeme { token: Token::Date { .. }, end, .. }) if *end == start);
            let article = matches!(&text[start..at], "of" | "the");
            (!separator && !article).then(|| token_of(&text[start..at], &mut word))
        } else {
            at += c.len_utf8();
            match c {
                '-' | '–' | '—' | '−' | '‒' | '‐' | '‑' | '―' => Some(Token::Dash),
                '/' | '\\' => Some(Token::Slash),
                ',' | ';' => Some(Token::Comma),
                '(' | '[' => Some(Token::Open),
                ')' | ']' => Some(Token::Close),
                '≈' | '~' => Some(Token::Approximate),
                '&' | '+' => Some(Token::Keyword(Keyword::And)),
                _ => None,
            }
        };
        if let Some(token) = token {
            out.push(Lexeme { token, start, end: at });
        }
    }
    out
}

/// The parts of a word in lower case, as names are compared by: ё as е, look-alike letters evened.
pub(super) fn normal_words(text: &str) -> Vec<String> {
    text.split(|c: char| !is_letter_or_digit(c))
        .filter(|part| !part.is_empty())
        .map(|part| {
            let mut word = String::new();
            normalise(part, &mut word);
            word
        })
        .collect()
}

fn word_end(text: &str, at: usize) -> usize {
    text[at..].find(|c: char| !is_letter(c) && c != '\u{301}').map_or(text.len(), |length| at + length)
}

fn token_of(raw: &str, word: &mut String) -> Token {
    normalise(raw, word);
    if let Some(token) = word_token(word) {
        return token;
    }
    if let Some(n) = roman(word) {
        return Token::Roman(n);
    }
    Token::Unknown
}

/// Lower case, ё as е, no stress marks; Latin letters inside a Cyrillic word become the Cyrillic ones that look like them.
fn normalise(raw: &str, out: &mut String) {
    out.clear();
    let cyrillic = raw.chars().any(|c| matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'));
    for c in raw.chars().filter(|c| *c != '\u{301}').flat_map(char::to_lowercase) {
        out.push(match c {
            'ё' => 'е',
            c if !cyrillic => c,
            'a' => 'а',
            'b' => 'в',
            'c' => 'с',
            'e' => 'е',
            'h' => 'н',
            'k' => 'к',
            'm' => 'м',
            'n' => 'п',
            'o' => 'о',
            'p' => 'р',
            't' => 'т',
            'u' => 'и',
            'x' => 'х',
            'y' => 'у',
            c => c,
        });
    }
}

/// The digits at `at`: their value, their number, and the place behind them. A value too great for a date is one that fits none.
fn digits(text: &str, at: usize) -> Option<(u32, u8, usize)> {
    let bytes = text.as_bytes().get(at..)?;
    let length = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let value = bytes[..length].iter().fold(0u32, |value, b| value.saturating_mul(10).saturating_add(u32::from(b - b'0')));
    (length > 0).then(|| (value, length.min(9) as u8, at + length))
}

fn number(text: &str, at: &mut usize, word: &mut String) -> Token {
    let Some((first, width, end)) = digits(text, *at) else { return Token::Unknown };
    let bytes = text.as_bytes();
    *at = end;
    match bytes.get(end) {
        Some(sign @ (b'.' | b'/')) if width <= 2 => {
            // «05.2026»
            if let (1..=12, Some((year, 4, end2))) = (first, digits(text, end + 1)) {
                *at = end2;
                return Token::YearMonth { year, month: first };
            }
            let Some((second, w2 @ 1..=2, end2)) = digits(text, end + 1) else { return Token::Number(first, width) };
            if bytes.get(end2) == Some(sign)
                && let Some((third, w3 @ (2 | 4), end3)) = digits(text, end2 + 1)
                && (w3 == 4 || *sign == b'.')
            {
                *at = end3;
                let year = if w3 == 2 { 2000 + third } else { third };
                return Token::Date { day: first, month: second, year, short: w3 == 2 };
            }
            if *sign == b'.' && w2 == 2 {
                *at = end2;
                return Token::Dotted(first, second);
            }
        }
        Some(b':') if width <= 2 => {
            if let Some((second, 2, end2)) = digits(text, end + 1) {
                *at = end2;
                return Token::Clock(first, second);
            }
        }
        // «11-00» is an hour; no day of a month is called 00.
        Some(b'-') if width <= 2 => {
            if let Some((0, 2, end2)) = digits(text, end + 1) {
                *at = end2;
                return Token::Clock(first, 0);
            }
        }
        Some(b'-') if width == 4 => {
            if let Some((second, 2, end2)) = digits(text, end + 1) {
                if bytes.get(end2) == Some(&b'-')
                    && let Some((third, 2, end3)) = digits(text, end2 + 1)
                {
                    *at = end3;
                    return Token::Date { day: third, month: second, year: first, short: false };
                }
                // «2024-25» is a school year.
                if second != (first + 1) % 100 || second <= 12 {
                    *at = end2;
                    return Token::YearMonth { year: first, month: second };
                }
            }
        }
        _ => {}
    }
    // «1У», «2-я», «2я»: letters that belong to the number.
    let hyphen = usize::from(bytes.get(end) == Some(&b'-'));
    let tail = word_end(text, end + hyphen);
    if tail > end + hyphen && tail - end <= 9 {
        normalise(&text[end + hyphen..tail], word);
        if matches!(
            word.as_str(),
            "й" | "я"
                | "е"
                | "го"
                | "му"
                | "м"
                | "х"
                | "ю"
                | "ми"
                | "ый"
                | "ий"
                | "ой"
                | "ая"
                | "ое"
                | "ые"
                | "ого"
                | "ому"
                | "ую"
                | "ом"
                | "ым"
                | "ых"
                | "st"
                | "nd"
                | "rd"
                | "th"
        ) {
            *at = tail;
            return Token::Ordinal(first);
        }
        if hyphen == 0
            && width == 1
            && first == 1
            && !matches!(word.as_str(), "м" | "с" | "х")
            && let Some(n) = roman(&format!("i{word}"))
        {
            *at = tail;
            return Token::Roman(n);
        }
    }
    Token::Number(first, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        lexemes(text).into_iter().map(|lexeme| lexeme.token).collect()
    }

    #[test]
    fn numbers() {
        assert_eq!(tokens("18.03.15"), [Token::Date { day: 18, month: 3, year: 2015, short: true }]);
        assert_eq!(tokens("15/05/2024"), [Token::Date { day: 15, month: 5, year: 2024, short: false }]);
        assert_eq!(tokens("2-я"), [Token::Ordinal(2)]);
        assert_eq!(tokens("1У"), [Token::Roman(4)]);
        assert_eq!(tokens("2024-25"), [Token::Number(2024, 4), Token::Dash, Token::Number(25, 2)]);
        assert_eq!(tokens("11-00"), [Token::Clock(11, 0)]);
        assert_eq!(tokens("15мая2024г."), [Token::Number(15, 2), Token::Month(5), Token::Number(2024, 4), Token::Keyword(Keyword::Year)]);
        assert_eq!(tokens("99999999999"), [Token::Number(u32::MAX, 9)]);
    }

    #[test]
    fn look_alike_letters() {
        assert_eq!(tokens("мaртa"), [Token::Month(3)]);
        for (text, n) in [("П", 2), ("Ш", 3), ("ІІ", 2), ("ІV", 4), ("IУ", 4), ("III", 3)] {
            assert_eq!(tokens(text), [Token::Roman(n)], "{text}");
        }
    }
}
