//! Words that rules know by name: prepositions, abbreviations, units, months.

use super::NBSP;
use super::marks::{is_capital, is_cyrillic};
use super::tokens::{digits, ends_token, first_word};

/// Whether a spaced dash means «from … to».
pub(super) fn is_range(left: &str, dash: &str, right: &str) -> bool {
    let word = first_word(right);
    let after = &right[digits(right)..];
    let day = after.len() < right.len() && is_month(first_word(after.trim_start_matches([' ', NBSP])));
    let number = left.ends_with(|c: char| c.is_ascii_digit());
    is_range_of_words(left, word)
        || (is_month(left) || number || matches!(left, "г." | "гг.")) && (is_month(word) || day)
        || number && after.len() < right.len() && !dash.starts_with('—')
}

pub(super) fn is_range_of_words(left: &str, right: &str) -> bool {
    is_month(left) && is_month(right) || is_weekday(left) && is_weekday(right)
}

/// Prepositions and conjunctions of one or two letters, «не», «ни».
pub(super) fn is_short_word(word: &str) -> bool {
    match *word.as_bytes() {
        [a, b] => is_short_letter([a, b]),
        [a, b, c, d] => is_short_pair([a, b, c, d]),
        _ => false,
    }
}

/// The same for a single letter, by its bytes.
pub(super) fn is_short_letter(letter: [u8; 2]) -> bool {
    const WORDS: u32 = bits(&["а", "в", "и", "к", "о", "с", "у"]);
    russian(letter).is_some_and(|letter| WORDS & 1 << letter != 0)
}

/// The same for two letters.
pub(super) fn is_short_pair([a, b, c, d]: [u8; 4]) -> bool {
    /// By the first letter, the second ones.
    const WORDS: [u32; 32] = {
        let mut words = [0; 32];
        words[number("в")] = bits(&["о"]);
        words[number("д")] = bits(&["а", "о"]);
        words[number("з")] = bits(&["а"]);
        words[number("и")] = bits(&["з"]);
        words[number("к")] = bits(&["о"]);
        words[number("н")] = bits(&["а", "е", "и", "о"]);
        words[number("о")] = bits(&["б", "т"]);
        words[number("п")] = bits(&["о"]);
        words[number("с")] = bits(&["о"]);
        words
    };
    match (russian([a, b]), russian([c, d])) {
        (Some(first), Some(second)) => WORDS[first as usize] & 1 << second != 0,
        _ => false,
    }
}

/// The number of a Russian letter of either case, 0 for «а»; `None` for any other, «ё» among them.
const fn russian(letter: [u8; 2]) -> Option<u8> {
    match letter {
        [0xD0, b @ 0x90..=0xAF] => Some(b - 0x90),
        [0xD0, b @ 0xB0..=0xBF] => Some(b - 0xB0),
        [0xD1, b @ 0x80..=0x8F] => Some(b - 0x80 + 16),
        _ => None,
    }
}

/// The number of the letter that `text` is.
const fn number(text: &str) -> usize {
    match text.as_bytes() {
        [a, b] => match russian([*a, *b]) {
            Some(number) => number as usize,
            None => panic!("a Russian letter"),
        },
        _ => panic!("one letter"),
    }
}

/// A set of letters by their numbers.
const fn bits(letters: &[&str]) -> u32 {
    let mut bits = 0;
    let mut i = 0;
    while i < letters.len() {
        bits |= 1 << number(letters[i]);
        i += 1;
    }
    bits
}

/// A single capital letter.
pub(super) fn is_initial(core: &str) -> bool {
    let mut chars = core.chars();
    chars.next().is_some_and(is_capital) && chars.next().is_none()
}

/// «Е.» or «Шагаева» at the start of `rest`.
pub(super) fn is_name_start(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(is_capital) && chars.next().is_some_and(|c| c == '.' || is_cyrillic(c) && c.is_lowercase())
}

pub(super) fn is_surname(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(is_capital) && word.len() > 2 && chars.all(|c| is_cyrillic(c) && c.is_lowercase())
}

/// Whether `rest` begins with initials that belong to the surname before them, not to one behind them.
pub(super) fn initials_end(mut rest: &str) -> bool {
    let mut any = false;
    loop {
        let mut chars = rest.chars();
        if !(chars.next().is_some_and(is_capital) && chars.next() == Some('.')) {
            let mut chars = rest.chars();
            return any && !(chars.next().is_some_and(is_capital) && chars.next().is_some_and(char::is_lowercase));
        }
        any = true;
        rest = chars.as_str().trim_start_matches([' ', NBSP]);
    }
}

/// «т. е.», «т. д.», «т. п.», «н. э.», «и. о.».
pub(super) fn continues(core: &str, rest: &str) -> bool {
    let next = first_word(rest);
    rest[next.len()..].starts_with('.')
        && matches!((core, next), ("т" | "Т", "е" | "д" | "п" | "к" | "ч" | "о" | "н") | ("н", "э") | ("и" | "И", "о"))
}

/// Abbreviations before a name.
pub(super) fn is_place(core: &str) -> bool {
    matches!(core, "г" | "им" | "ул" | "пл" | "пос" | "с")
}

/// Abbreviations before a number.
pub(super) fn is_numbered(core: &str) -> bool {
    is_page(core)
        || ["т", "Т", "п", "П", "пп", "ст", "Ст", "гл", "Гл", "ч", "Ч", "кн", "Кн", "вып", "Вып", "рис", "Рис", "табл", "Табл", "д", "кв"]
            .contains(&core)
}

pub(super) fn is_page(core: &str) -> bool {
    matches!(core, "с" | "С" | "стр" | "Стр" | "p" | "pp")
}

/// Words before the number of a document, in which a hyphen is no range.
pub(super) fn is_designation(word: &str) -> bool {
    word.ends_with('№') || ["ГОСТ", "Р", "СП", "СанПиН", "ISO", "ИСО", "ISBN", "ISSN", "тел.", "Тел."].contains(&word)
}

pub(super) fn is_roman(word: &str) -> bool {
    word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')) && !word.is_empty()
}

/// Whether the number that `number` ends in stays with what follows: a unit, a month, the next three digits.
pub(super) fn unit(number: &str, rest: &str) -> bool {
    let last = &number[number.bytes().rposition(|b| !b.is_ascii_digit()).map_or(0, |at| at + 1)..];
    if last.len() <= 3 && digits(rest) == 3 && (ends_token(&rest[3..]) || is_close_unit(&rest[3..])) {
        return true;
    }
    let word = first_word(rest);
    match word {
        "" => rest.starts_with(['%', '₽', '°']),
        "г" | "гг" | "руб" | "коп" | "тыс" | "млн" | "млрд" | "кг" | "км" | "м" | "см" | "мм" | "мл" | "мин" | "га" | "КБ" | "МБ"
        | "ГБ" => true,
        // Without a full stop these are other words.
        "в" | "вв" | "с" | "стр" | "ч" | "л" | "экз" | "чел" | "шт" => rest[word.len()..].starts_with('.'),
        _ => last.len() <= 2 && is_month(word),
    }
}

/// «г.», «руб.» without a space before it.
pub(super) fn is_close_unit(rest: &str) -> bool {
    let word = first_word(rest);
    matches!(word, "г" | "гг" | "руб" | "коп" | "экз" | "чел" | "тыс") && rest[word.len()..].starts_with('.')
}

/// A month in any case that ranges and dates have, or an English one.
pub(super) fn is_month(word: &str) -> bool {
    const ENGLISH: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    if word.len() < 3 || word.len() > 16 {
        return false;
    }
    if word.is_ascii() {
        return ENGLISH.contains(&word);
    }
    let mut buffer = [0; 16];
    let Some((head, tail)) = lower(word, &mut buffer).and_then(|lower| lower.split_at_checked(4)) else { return false };
    match head {
        "ян" => matches!(tail, "варь" | "варя" | "варе"),
        "фе" => matches!(tail, "враль" | "враля" | "врале"),
        "ма" => matches!(tail, "рт" | "рта" | "рте" | "й" | "я" | "е"),
        "ап" => matches!(tail, "рель" | "реля" | "реле"),
        "ию" => matches!(tail, "нь" | "ня" | "не" | "ль" | "ля" | "ле"),
        "ав" => matches!(tail, "густ" | "густа" | "густе"),
        "се" => matches!(tail, "нтябрь" | "нтября" | "нтябре"),
        "ок" => matches!(tail, "тябрь" | "тября" | "тябре"),
        "но" => matches!(tail, "ябрь" | "ября" | "ябре"),
        "де" => matches!(tail, "кабрь" | "кабря" | "кабре"),
        _ => false,
    }
}

pub(super) fn is_weekday(word: &str) -> bool {
    let mut buffer = [0; 22];
    lower(word, &mut buffer).is_some_and(|lower| {
        ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье", "пн", "вт", "ср", "чт", "пт", "сб", "вс"]
            .contains(&lower)
    })
}

/// A word of Russian letters in lower case; `None` if it holds another letter, or is longer than the buffer.
fn lower<'b, const N: usize>(word: &str, buffer: &'b mut [u8; N]) -> Option<&'b str> {
    let (pairs, []) = word.as_bytes().as_chunks::<2>() else { return None };
    let lower = buffer.get_mut(..word.len())?;
    for (out, pair) in lower.as_chunks_mut::<2>().0.iter_mut().zip(pairs) {
        let number = russian(*pair)?;
        *out = if number < 16 { [0xD0, 0xB0 + number] } else { [0xD1, 0x80 + number - 16] };
    }
    std::str::from_utf8(lower).ok()
}
