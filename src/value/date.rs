//! Days, times of day, and their wording by the rules of Russian and English. The one doorway to `jiff`'s civil dates.

use super::language::Language;
use jiff::civil;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A no-break space: between day and month, year and «г.».
const NBSP: char = '\u{a0}';

/// A day of the years 1900 to 2200.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// The years that content may speak of.
pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

impl Date {
    /// The day, if the calendar has it.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        if !YEARS.contains(&year) {
            return None;
        }
        civil::Date::new(year, month, day).ok().map(Date)
    }

    /// Reads `2024-05-15`, and nothing else.
    pub fn parse_iso(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range: std::ops::Range<usize>| text.get(range).filter(|t| t.bytes().all(|b| b.is_ascii_digit()));
        Date::new(number(0..4)?.parse().ok()?, number(5..7)?.parse().ok()?, number(8..10)?.parse().ok()?)
    }

    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The digits of `2015-03-18`. A large site has hundreds of thousands of them: the machinery of `write!` would be a tenth of its build.
    fn iso(self) -> [u8; 10] {
        let digit = |n: i16| b'0' + (n % 10) as u8;
        let (year, month, day) = (self.year(), i16::from(self.month()), i16::from(self.day()));
        [
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ]
    }

    /// 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }

    /// The day `days` later; the last or first day of [`YEARS`] where there is none.
    pub fn add_days(self, days: i64) -> Date {
        let edge = if days < 0 { civil::date(*YEARS.start(), 1, 1) } else { civil::date(*YEARS.end(), 12, 31) };
        let moved = self.0.checked_add(jiff::Span::new().try_days(days).unwrap_or_default()).unwrap_or(edge);
        Date(moved.clamp(civil::date(*YEARS.start(), 1, 1), civil::date(*YEARS.end(), 12, 31)))
    }

    /// Days from here to `other`; negative if it is before.
    pub fn days_until(self, other: Date) -> i64 {
        i64::from(self.0.until(other.0).map_or(0, |span| span.get_days()))
    }

    pub fn first_of_month(self) -> Date {
        Date(self.0.first_of_month())
    }

    pub fn last_of_month(self) -> Date {
        Date(self.0.last_of_month())
    }

    /// The civil date, for the writers of formats.
    pub fn civil(self) -> civil::Date {
        self.0
    }
}

impl From<civil::Date> for Date {
    /// A day outside [`YEARS`] becomes the nearest inside.
    fn from(date: civil::Date) -> Date {
        Date(date.clamp(civil::date(*YEARS.start(), 1, 1), civil::date(*YEARS.end(), 12, 31)))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.iso()).unwrap_or_default())
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(std::str::from_utf8(&self.iso()).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        Date::parse_iso(text).ok_or_else(|| Error::custom("not a date"))
    }
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    pub hour: i8,
    pub minute: i8,
}

impl Time {
    /// Reads «10:00», «10.00», «9-30», «14 ч.», «14».
    pub fn parse(text: &str) -> Option<Time> {
        let text = text.trim().trim_end_matches(['.', ' ']).trim_end_matches(['ч', 'h']).trim();
        let (hour, minute) = text.split_once([':', '.', '-']).unwrap_or((text, "0"));
        let number = |t: &str| t.trim().parse::<i8>().ok().filter(|_| t.trim().len() <= 2);
        let (hour, minute) = (number(hour)?, number(minute)?);
        ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(Time { hour, minute })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// From a time of day to another on the same day, or from a time on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeSpan {
    pub start: Time,
    pub end: Option<Time>,
}

impl TimeSpan {
    /// Reads «10:00», «10:00–16:30», «с 10.00 до 16.30».
    pub fn parse(text: &str) -> Option<TimeSpan> {
        let text = text.trim().to_lowercase().replace(['–', '—', '‒', '−'], "–");
        let text = text.strip_prefix("с ").or_else(|| text.strip_prefix("в ")).unwrap_or(&text);
        let pair = text.split_once('–').or_else(|| text.split_once(" до ")).or_else(|| text.split_once('-'));
        match pair {
            Some((start, end)) => {
                if let (Some(start), Some(end)) = (Time::parse(start), Time::parse(end)) {
                    return (end > start).then_some(TimeSpan { start, end: Some(end) });
                }
                // «9-30» is one time.
                Time::parse(text).map(|start| TimeSpan { start, end: None })
            }
            None => Time::parse(text).map(|start| TimeSpan { start, end: None }),
        }
    }

    /// «10:00–16:30».
    pub fn words(&self) -> String {
        match self.end {
            Some(end) => format!("{}:{:02}–{}:{:02}", self.start.hour, self.start.minute, end.hour, end.minute),
            None => format!("{}:{:02}", self.start.hour, self.start.minute),
        }
    }
}

impl fmt::Display for TimeSpan {
    /// `11:00` or `11:00/14:00`, as in JSON.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.end {
            Some(end) => write!(f, "{}/{end}", self.start),
            None => write!(f, "{}", self.start),
        }
    }
}

/// The offset from UTC of a local time in the IANA zone `zone`, `+03:00` (RFC 3339); empty if there is no such zone.
pub fn utc_offset(zone: &str, date: Date, time: Time) -> String {
    let Ok(zone) = jiff::tz::TimeZone::get(zone) else { return String::new() };
    let local = date.civil().at(time.hour, time.minute, 0, 0);
    let seconds = zone.to_ambiguous_zoned(local).compatible().map_or(0, |z| z.offset().seconds());
    let sign = if seconds < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)
}

/// Case of a Russian month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// «октябрь», alone.
    Nominative,
    /// «октября», after a day.
    Genitive,
    /// «октябре», after «в».
    Prepositional,
    /// «окт.»
    Short,
}

const RU_MONTHS: [[&str; 4]; 12] = [
    ["январь", "января", "январе", "янв."],
    ["февраль", "февраля", "феврале", "февр."],
    ["март", "марта", "марте", "март"],
    ["апрель", "апреля", "апреле", "апр."],
    ["май", "мая", "мае", "май"],
    ["июнь", "июня", "июне", "июнь"],
    ["июль", "июля", "июле", "июль"],
    ["август", "августа", "августе", "авг."],
    ["сентябрь", "сентября", "сентябре", "сент."],
    ["октябрь", "октября", "октябре", "окт."],
    ["ноябрь", "ноября", "ноябре", "нояб."],
    ["декабрь", "декабря", "декабре", "дек."],
];
const EN_MONTHS: [[&str; 2]; 12] = [
    ["January", "Jan"],
    ["February", "Feb"],
    ["March", "Mar"],
    ["April", "Apr"],
    ["May", "May"],
    ["June", "June"],
    ["July", "July"],
    ["August", "Aug"],
    ["September", "Sept"],
    ["October", "Oct"],
    ["November", "Nov"],
    ["December", "Dec"],
];
const RU_WEEKDAYS: [[&str; 2]; 7] = [
    ["понедельник", "пн"],
    ["вторник", "вт"],
    ["среда", "ср"],
    ["четверг", "чт"],
    ["пятница", "пт"],
    ["суббота", "сб"],
    ["воскресенье", "вс"],
];
const EN_WEEKDAYS: [[&str; 2]; 7] = [
    ["Monday", "Mon"],
    ["Tuesday", "Tue"],
    ["Wednesday", "Wed"],
    ["Thursday", "Thu"],
    ["Friday", "Fri"],
    ["Saturday", "Sat"],
    ["Sunday", "Sun"],
];

/// The name of month 1 to 12.
pub fn month_name(month: i8, case: Case, language: Language) -> &'static str {
    let index = (month.clamp(1, 12) - 1) as usize;
    match (language, case) {
        (Language::Ru, case) => RU_MONTHS[index][case as usize],
        (Language::En, Case::Short) => EN_MONTHS[index][1],
        (Language::En, _) => EN_MONTHS[index][0],
    }
}

/// The name of weekday 1 (Monday) to 7, long or of two or three letters.
pub fn weekday_name(weekday: i8, short: bool, language: Language) -> &'static str {
    let index = (weekday.clamp(1, 7) - 1) as usize;
    match language {
        Language::Ru => RU_WEEKDAYS[index][usize::from(short)],
        Language::En => EN_WEEKDAYS[index][usize::from(short)],
    }
}

fn year_words(year: i16, language: Language) -> String {
    match language {
        Language::Ru => format!("{year}{NBSP}г."),
        Language::En => year.to_string(),
    }
}

/// «18 марта», `18 March`.
pub fn day_month(date: Date, language: Language) -> String {
    format!("{}{NBSP}{}", date.day(), month_name(date.month(), Case::Genitive, language))
}

/// «18 марта 2015 г.»
pub fn day(date: Date, language: Language) -> String {
    let (day, month, year) = (date.day(), month_name(date.month(), Case::Genitive, language), date.year());
    match language {
        Language::Ru => format!("{day}{NBSP}{month} {year}{NBSP}г."),
        Language::En => format!("{day}{NBSP}{month} {year}"),
    }
}

/// «среда, 18 марта 2015 г.»
pub fn day_with_weekday(date: Date, language: Language) -> String {
    format!("{}, {}", weekday_name(date.weekday(), false, language), day(date, language))
}

/// «18.03.2015», as in blocks of documents.
pub fn numeric(date: Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

/// «5–7 мая 2024 г.», «27 апреля – 5 мая 2024 г.», «30 декабря 2024 г. – 8 января 2025 г.»
pub fn span(start: Date, end: Date, language: Language) -> String {
    if start == end {
        day(start, language)
    } else if (start.year(), start.month()) == (end.year(), end.month()) {
        format!("{}–{}", start.day(), day(end, language))
    } else if start.year() == end.year() {
        format!("{}{NBSP}– {}", day_month(start, language), day(end, language))
    } else {
        format!("{}{NBSP}– {}", day(start, language), day(end, language))
    }
}

/// The same as it is read aloud: «с 5 по 7 мая 2024 г.»
pub fn span_aloud(start: Date, end: Date, language: Language) -> String {
    if start == end {
        return day(start, language);
    }
    let from = if (start.year(), start.month()) == (end.year(), end.month()) {
        start.day().to_string()
    } else if start.year() == end.year() {
        day_month(start, language)
    } else {
        day(start, language)
    };
    match language {
        Language::Ru => format!("с{NBSP}{from} по{NBSP}{}", day(end, language)),
        Language::En => format!("from {from} to {}", day(end, language)),
    }
}

/// «октябрь 2024 г.»
pub fn month(year: i16, month: i8, language: Language) -> String {
    format!("{} {}", month_name(month, Case::Nominative, language), year_words(year, language))
}

/// «октябрь – ноябрь 2024 г.», «ноябрь 2023 г. – февраль 2024 г.»; in the genitive «октября – ноября 2024 г.»
pub fn months(start: Date, end: Date, case: Case, language: Language) -> String {
    let name = |day: Date| month_name(day.month(), case, language);
    let whole = |day: Date| format!("{} {}", name(day), year_words(day.year(), language));
    if (start.year(), start.month()) == (end.year(), end.month()) {
        whole(start)
    } else if start.year() == end.year() {
        format!("{}{NBSP}– {}", name(start), whole(end))
    } else {
        format!("{}{NBSP}– {}", whole(start), whole(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    #[test]
    fn wording() {
        let plain = |text: String| text.replace(NBSP, " ");
        assert_eq!(plain(day_with_weekday(d("2015-03-18"), Language::Ru)), "среда, 18 марта 2015 г.");
        assert_eq!(plain(span(d("2024-05-05"), d("2024-05-07"), Language::Ru)), "5–7 мая 2024 г.");
        assert_eq!(plain(span(d("2024-04-27"), d("2024-05-05"), Language::Ru)), "27 апреля – 5 мая 2024 г.");
        assert_eq!(plain(span(d("2024-12-30"), d("2025-01-08"), Language::Ru)), "30 декабря 2024 г. – 8 января 2025 г.");
        assert_eq!(plain(span_aloud(d("2024-05-05"), d("2024-05-07"), Language::Ru)), "с 5 по 7 мая 2024 г.");
        assert_eq!(plain(months(d("2024-10-01"), d("2024-11-30"), Case::Nominative, Language::Ru)), "октябрь – ноябрь 2024 г.");
        assert_eq!(plain(day(d("2015-03-18"), Language::En)), "18 March 2015");
    }

    #[test]
    fn no_day_that_the_calendar_has_not() {
        assert_eq!(Date::parse_iso("2025-02-29"), None);
        assert_eq!(Date::parse_iso("2024-02-29").map(|d| d.last_of_month().day()), Some(29));
        assert_eq!(Date::parse_iso("24-02-29"), None);
        assert_eq!(d("2024-02-28").days_until(d("2024-03-01")), 2);
        assert_eq!(d("2200-12-31").add_days(400), d("2200-12-31"));
    }

    #[test]
    fn times() {
        for (text, words) in [
            ("10:00–16:30", "10:00–16:30"),
            ("11.00–14.00", "11:00–14:00"),
            ("с 9.00 до 12.30", "9:00–12:30"),
            ("9-30", "9:30"),
            ("14 ч.", "14:00"),
        ] {
            assert_eq!(TimeSpan::parse(text).map(|t| t.words()).as_deref(), Some(words), "{text}");
        }
        assert_eq!(TimeSpan::parse("25:00"), None);
        assert_eq!(TimeSpan::parse("16:00–10:00"), None);
    }
}
