//! The words of time frames in all their forms.

use super::Per;
use super::lex::{Keyword as K, Token};

/// What `word` means, evened by the lexer: lower case, ё as е.
pub(super) fn word_token(word: &str) -> Option<Token> {
    if let Some(token) = short(word) {
        return Some(token);
    }
    STEMS
        .iter()
        .find(|(stem, longest, _)| word.strip_prefix(stem).is_some_and(|ending| ending.chars().count() <= *longest))
        .map(|(.., token)| *token)
}

/// Words known whole: the commonest, the shortest, and those whose stem is that of another word too.
fn short(word: &str) -> Option<Token> {
    use Token::{Adverb, Approximate, Keyword, Month, Number, Ordinal, Season, Weekday};
    Some(match word {
        "г" | "гг" | "год" | "года" | "году" | "годы" | "годов" | "годом" | "годах" | "лет" | "year" | "years" => {
            Keyword(K::Year)
        }
        "в" | "во" | "b" | "in" | "at" => Keyword(K::In),
        "с" | "со" | "c" | "from" | "since" => Keyword(K::From),
        "по" | "при" | "to" => Keyword(K::Along),
        "до" | "until" | "till" => Keyword(K::Until),
        "к" | "ко" | "k" | "by" => Keyword(K::Towards),
        "и" | "а" | "также" | "затем" | "and" => Keyword(K::And),
        "или" | "либо" | "or" => Keyword(K::Or),
        "на" | "on" => Keyword(K::On),
        "не" | "no" => Keyword(K::Not),
        "позднее" | "позже" | "later" => Keyword(K::Later),
        "ранее" | "раньше" | "earlier" => Keyword(K::Earlier),
        "реже" | "менее" | "меньше" => Keyword(K::Less),
        "после" | "after" => Keyword(K::After),
        "перед" | "накануне" | "before" => Keyword(K::Before),
        "теч" | "during" | "throughout" => Keyword(K::During),
        "весь" | "вся" | "все" | "всего" | "всей" | "всем" | "всю" | "whole" | "all" | "круглый" | "целого" => {
            Keyword(K::Whole)
        }
        "уч" | "school" | "academic" => Keyword(K::School),
        "кв" | "кварт" | "quarter" | "q" => Keyword(K::Quarter),
        "пол" => Keyword(K::Half),
        "полгода" => Keyword(K::HalfYear),
        "мес" | "month" => Keyword(K::Month),
        "нед" | "week" => Keyword(K::Week),
        "день" | "дня" | "дню" | "дне" | "днем" | "day" => Keyword(K::Day),
        "дни" | "дней" | "дням" | "днях" | "днями" | "days" => Keyword(K::Days),
        "число" | "числа" | "числу" | "числах" | "чисел" | "числам" => Keyword(K::DayOfMonth),
        "четверть" | "четверти" | "четвертью" | "четвертям" | "четвертей" | "четвертях" => {
            Keyword(K::Term)
        }
        "конец" | "конца" | "концу" | "конце" | "концом" | "end" => Keyword(K::End),
        "начало" | "начале" | "начала" | "началу" | "началом" | "beginning" => Keyword(K::Start),
        "last" => Keyword(K::Last),
        "every" | "each" => Keyword(K::Every),
        "раз" | "раза" | "times" => Keyword(K::Times),
        "кроме" | "исключением" | "except" => Keyword(K::Except),
        "через" => Keyword(K::Through),
        "ч" | "час" | "часа" | "часов" | "часам" => Keyword(K::Hour),
        "мин" | "минут" => Keyword(K::Minute),
        "мере" | "request" | "demand" => Keyword(K::Demand),
        "согласно" | "соответствии" => Keyword(K::According),
        "tba" | "tbd" | "неизвестно" | "неизвестна" => Keyword(K::Announced),
        "дата"
        | "даты"
        | "дату"
        | "срок"
        | "сроки"
        | "сроков"
        | "время"
        | "начиная"
        | "проведения"
        | "проведение"
        | "включительно"
        | "за"
        | "than"
        | "мск"
        | "чем" => Keyword(K::Filler),
        "около" | "approximately" | "about" => Approximate,
        "один" | "одного" | "одному" | "одна" | "одну" | "однажды" | "once" => Number(1, 0),
        "два" | "две" | "двух" => Number(2, 0),
        "три" | "трех" => Number(3, 0),
        "четыре" | "четырех" => Number(4, 0),
        "пять" | "пяти" => Number(5, 0),
        "шесть" | "шести" => Number(6, 0),
        "десять" | "десяти" => Number(10, 0),
        "first" => Ordinal(1),
        "second" => Ordinal(2),
        "third" => Ordinal(3),
        "fourth" => Ordinal(4),
        "янв" | "jan" | "january" => Month(1),
        "фев" | "февр" | "feb" | "february" => Month(2),
        "мар" | "mar" | "march" => Month(3),
        "апр" | "apr" | "april" => Month(4),
        "май" | "мая" | "мае" | "маю" | "маем" | "may" => Month(5),
        "июн" | "jun" | "june" => Month(6),
        "июл" | "jul" | "july" => Month(7),
        "авг" | "aug" | "august" => Month(8),
        "сен" | "сент" | "sep" | "sept" | "september" => Month(9),
        "окт" | "oct" | "october" => Month(10),
        "ноя" | "нояб" | "nov" | "november" => Month(11),
        "дек" | "dec" | "december" => Month(12),
        "пн" | "понед" | "monday" => Weekday(1, false),
        "вт" | "tuesday" => Weekday(2, false),
        "ср" | "среда" | "среды" | "среде" | "среду" | "средой" | "wednesday" => Weekday(3, false),
        "средам" => Weekday(3, true),
        "чт" | "thursday" => Weekday(4, false),
        "пт" | "friday" => Weekday(5, false),
        "сб" | "субб" | "saturday" => Weekday(6, false),
        "вс" | "воскр" | "sunday" => Weekday(7, false),
        "зима" | "зимы" | "зиме" | "зиму" | "зимой" | "winter" => Season(0),
        "весна" | "весны" | "весне" | "весну" | "весной" | "spring" => Season(1),
        "лето" | "лета" | "лете" | "лету" | "летом" | "summer" => Season(2),
        "осень" | "осени" | "осенью" | "autumn" => Season(3),
        "daily" => Adverb(Per::Day),
        "weekly" => Adverb(Per::Week),
        "monthly" => Adverb(Per::Month),
        "quarterly" => Adverb(Per::Quarter),
        "yearly" | "annually" => Adverb(Per::Year),
        _ => return None,
    })
}

/// Stems with the number of letters that may follow.
const STEMS: &[(&str, usize, Token)] = &[
    ("январ", 2, Token::Month(1)),
    ("феврал", 2, Token::Month(2)),
    ("март", 2, Token::Month(3)),
    ("апрел", 2, Token::Month(4)),
    ("июн", 2, Token::Month(6)),
    ("июл", 2, Token::Month(7)),
    ("август", 2, Token::Month(8)),
    ("сентябр", 2, Token::Month(9)),
    ("октябр", 2, Token::Month(10)),
    ("ноябр", 2, Token::Month(11)),
    ("декабр", 2, Token::Month(12)),
    ("квартал", 3, Token::Keyword(K::Quarter)),
    ("полугоди", 2, Token::Keyword(K::HalfYear)),
    ("течени", 2, Token::Keyword(K::During)),
    ("протяжени", 2, Token::Keyword(K::During)),
    ("учебн", 3, Token::Keyword(K::School)),
    ("школьн", 3, Token::Keyword(K::School)),
    ("половин", 2, Token::Keyword(K::Half)),
    ("декад", 2, Token::Keyword(K::TenDays)),
    ("недел", 3, Token::Keyword(K::Week)),
    ("месяц", 3, Token::Keyword(K::Month)),
    ("период", 2, Token::Keyword(K::Period)),
    ("каникул", 3, Token::Keyword(K::Holidays)),
    ("середин", 2, Token::Keyword(K::Middle)),
    ("последн", 3, Token::Keyword(K::Last)),
    ("кажд", 3, Token::Keyword(K::Every)),
    ("понедельникам", 0, Token::Weekday(1, true)),
    ("понедельник", 2, Token::Weekday(1, false)),
    ("вторникам", 0, Token::Weekday(2, true)),
    ("вторник", 2, Token::Weekday(2, false)),
    ("четвергам", 0, Token::Weekday(4, true)),
    ("четверг", 2, Token::Weekday(4, false)),
    ("пятницам", 0, Token::Weekday(5, true)),
    ("пятниц", 2, Token::Weekday(5, false)),
    ("субботам", 0, Token::Weekday(6, true)),
    ("суббот", 2, Token::Weekday(6, false)),
    ("воскресеньям", 0, Token::Weekday(7, true)),
    ("воскресень", 2, Token::Weekday(7, false)),
    ("перв", 3, Token::Ordinal(1)),
    ("втор", 3, Token::Ordinal(2)),
    ("трет", 3, Token::Ordinal(3)),
    ("четверт", 3, Token::Ordinal(4)),
    ("пят", 3, Token::Ordinal(5)),
    ("ежедн", 0, Token::Adverb(Per::Day)),
    ("еженед", 0, Token::Adverb(Per::Week)),
    ("ежемес", 0, Token::Adverb(Per::Month)),
    ("ежекв", 0, Token::Adverb(Per::Quarter)),
    ("ежекварт", 0, Token::Adverb(Per::Quarter)),
    ("ежегод", 0, Token::Adverb(Per::Year)),
    ("ежедневн", 3, Token::Adverb(Per::Day)),
    ("еженедельн", 3, Token::Adverb(Per::Week)),
    ("понедельно", 0, Token::Adverb(Per::Week)),
    ("ежемесячн", 3, Token::Adverb(Per::Month)),
    ("помесячно", 0, Token::Adverb(Per::Month)),
    ("ежеквартальн", 3, Token::Adverb(Per::Quarter)),
    ("поквартально", 0, Token::Adverb(Per::Quarter)),
    ("ежегодн", 3, Token::Adverb(Per::Year)),
    ("дважды", 0, Token::Number(2, 0)),
    ("трижды", 0, Token::Number(3, 0)),
    ("зимн", 3, Token::SeasonAdjective(0)),
    ("весенн", 3, Token::SeasonAdjective(1)),
    ("летн", 3, Token::SeasonAdjective(2)),
    ("осенн", 3, Token::SeasonAdjective(3)),
    ("постоянн", 2, Token::Keyword(K::Constantly)),
    ("круглогодичн", 1, Token::Keyword(K::Constantly)),
    ("регулярн", 1, Token::Keyword(K::Constantly)),
    ("систематическ", 1, Token::Keyword(K::Constantly)),
    ("запрос", 2, Token::Keyword(K::Demand)),
    ("заявк", 2, Token::Keyword(K::Demand)),
    ("требовани", 2, Token::Keyword(K::Demand)),
    ("обращени", 2, Token::Keyword(K::Demand)),
    ("необходимост", 1, Token::Keyword(K::Demand)),
    ("потребност", 2, Token::Keyword(K::Demand)),
    ("поступлени", 1, Token::Keyword(K::Demand)),
    ("график", 2, Token::Keyword(K::Schedule)),
    ("план", 2, Token::Keyword(K::Schedule)),
    ("расписани", 2, Token::Keyword(K::Schedule)),
    ("положени", 2, Token::Keyword(K::Schedule)),
    ("приказ", 2, Token::Keyword(K::Schedule)),
    ("программ", 2, Token::Keyword(K::Schedule)),
    ("согласовани", 2, Token::Keyword(K::Agreement)),
    ("договоренност", 2, Token::Keyword(K::Agreement)),
    ("уточня", 4, Token::Keyword(K::Announced)),
    ("уточнен", 3, Token::Keyword(K::Announced)),
    ("определя", 4, Token::Keyword(K::Announced)),
    ("объявлен", 2, Token::Keyword(K::Announced)),
    ("будн", 2, Token::Keyword(K::Workdays)),
    ("рабочи", 2, Token::Keyword(K::Workdays)),
    ("выходн", 2, Token::Keyword(K::Weekends)),
    ("текущ", 3, Token::Keyword(K::This)),
    ("календарн", 3, Token::Keyword(K::This)),
    ("отчетн", 3, Token::Keyword(K::This)),
    ("этого", 0, Token::Keyword(K::This)),
    ("данного", 0, Token::Keyword(K::This)),
    ("ориентировочн", 2, Token::Approximate),
    ("примерн", 2, Token::Approximate),
    ("предварительно", 0, Token::Approximate),
    ("предположительно", 0, Token::Approximate),
    ("приблизительн", 2, Token::Approximate),
];

/// A Roman numeral I to XII as typed: Latin letters, Cyrillic І, П, Ш, У, Х and the Latin l in their place.
pub(super) fn roman(word: &str) -> Option<u32> {
    let mut total = 0;
    let mut last = 0;
    // From the right: a smaller letter before a greater one is taken away.
    for c in word.chars().rev() {
        let (value, count) = match c {
            'i' | 'і' | 'l' => (1, 1),
            'п' => (1, 2),
            'ш' => (1, 3),
            'v' | 'у' | 'y' => (5, 1),
            'x' | 'х' => (10, 1),
            _ => return None,
        };
        for _ in 0..count {
            total += if value < last { -value } else { value };
        }
        last = last.max(value);
    }
    (1..=12).contains(&total).then_some(total as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_their_cases() {
        for (word, token) in [
            ("октября", Token::Month(10)),
            ("мае", Token::Month(5)),
            ("вторник", Token::Weekday(2, false)),
            ("вторая", Token::Ordinal(2)),
            ("четвергам", Token::Weekday(4, true)),
            ("четвертой", Token::Ordinal(4)),
            ("четверти", Token::Keyword(K::Term)),
            ("пятница", Token::Weekday(5, false)),
            ("понедельно", Token::Adverb(Per::Week)),
        ] {
            assert_eq!(word_token(word), Some(token), "{word}");
        }
        assert_eq!(word_token("мартовский"), None);
        assert_eq!(word_token("сентебря"), None);
    }
}
