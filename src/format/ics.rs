//! iCalendar (RFC 5545, with the properties of RFC 7986): CRLF, lines of at most 75 octets, escaped text, exclusive ends of whole days.
//!
//! An event stands in many calendars (all, its area, its organisation …), so its text is made once by [`event`] and put together by
//! [`calendar`]. No clock is asked: the stamps come from the content.

use crate::value::date::{Date, Time, TimeSpan};
use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use std::borrow::Cow;
use std::fmt::Write;

/// What stands around the events.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// The calendar's name, as a reader's program lists it.
    pub name: String,
    pub description: Option<String>,
    /// The program that wrote it: `-//metodika//metodika 0.1.0//RU`.
    pub prodid: String,
    /// The address of the calendar itself.
    pub url: Option<String>,
    /// The zone of the events that have hours, and the first and last day of them.
    pub timezone: Option<(Zone, Date, Date)>,
}

/// A time zone of the tz database.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

impl Zone {
    /// The zone of that name (`Europe/Moscow`) in the database within the program; `None` if there is none.
    pub fn named(name: &str) -> Option<Zone> {
        let zone = jiff::tz::TimeZoneDatabase::bundled().get(name).ok()?;
        Some(Zone { name: zone.iana_name()?.to_owned(), zone })
    }

    /// The name of the zone, in the database's own spelling.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// A VEVENT.
#[derive(Debug, Clone, Default)]
pub struct Event {
    /// Permanent and unique in the world: `workshops/x@example.org`.
    pub uid: String,
    pub when: When,
    /// The day of the content's last change: DTSTAMP is its midnight in UTC.
    pub stamp: Option<Date>,
    /// How often the event changed since it was published.
    pub sequence: u32,
    pub summary: String,
    /// Plain text.
    pub description: Option<String>,
    pub location: Option<String>,
    /// Latitude and longitude in degrees.
    pub geo: Option<(f64, f64)>,
    pub url: Option<String>,
    pub categories: Vec<String>,
    pub status: Status,
    /// A name and an address of e-mail.
    pub organizer: Option<(String, String)>,
    /// The value of RRULE, without the name.
    pub rrule: Option<String>,
    /// The day of the content's last change, if it is to be told.
    pub last_modified: Option<Date>,
}

/// When an event takes place.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum When {
    /// Not known; such an event is not written.
    #[default]
    Unknown,
    /// Whole days, both included.
    Days(Date, Date),
    /// Hours of one day by the clock of a zone; without one, by the reader's own (a «floating» time).
    Hours { day: Date, hours: TimeSpan, zone: Option<String> },
}

impl When {
    /// One `When` for each day from `start` to `end` (both included): hours repeat daily, and a single long block would claim the nights.
    pub fn each_day(start: Date, end: Date, hours: TimeSpan, zone: Option<&str>) -> impl Iterator<Item = When> {
        (0..=start.days_until(end).max(0)).map(move |n| When::Hours { day: start.add_days(n), hours, zone: zone.map(str::to_owned) })
    }
}

/// STATUS.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Status {
    #[default]
    Confirmed,
    Tentative,
    Cancelled,
}

/// One event as a VEVENT; empty if its day is not known.
pub fn event(event: &Event) -> String {
    let first = match &event.when {
        When::Unknown => return String::new(),
        When::Days(day, _) | When::Hours { day, .. } => *day,
    };
    let mut lines = Lines { out: String::with_capacity(768), line: String::with_capacity(256) };
    lines.put(&["BEGIN:VEVENT"]);
    lines.text("UID:", &event.uid);
    lines.put(&["DTSTAMP:", &date(event.stamp.unwrap_or(first)), "T000000Z"]);
    match &event.when {
        When::Unknown => {}
        When::Days(start, end) => {
            lines.put(&["DTSTART;VALUE=DATE:", &date(*start)]);
            // RFC 5545, 3.6.1: the end is the first day that is not part of it.
            lines.put(&["DTEND;VALUE=DATE:", &date((*end).max(*start).add_days(1))]);
        }
        When::Hours { day, hours, zone } => {
            let zone = zone.as_ref().map(|zone| format!(";TZID={}", parameter(zone))).unwrap_or_default();
            let day = date(*day);
            lines.put(&["DTSTART", &zone, ":", &day, &clock(hours.start)]);
            if let Some(end) = hours.end {
                lines.put(&["DTEND", &zone, ":", &day, &clock(end)]);
            }
        }
    }
    if let Some(rule) = &event.rrule {
        lines.put(&["RRULE:", &bare(rule)]);
    }
    if event.sequence > 0 {
        lines.put(&["SEQUENCE:", &event.sequence.to_string()]);
    }
    lines.text("SUMMARY:", &event.summary);
    lines.optional("DESCRIPTION:", &event.description);
    lines.optional("LOCATION:", &event.location);
    if let Some((latitude, longitude)) = event.geo.filter(|(a, b)| a.abs() <= 90.0 && b.abs() <= 180.0) {
        lines.put(&[&format!("GEO:{latitude:.6};{longitude:.6}")]);
    }
    if let Some(url) = &event.url {
        lines.put(&["URL:", &bare(url)]);
    }
    if !event.categories.is_empty() {
        lines.line.push_str("CATEGORIES:");
        for (n, category) in event.categories.iter().enumerate() {
            if n > 0 {
                lines.line.push(',');
            }
            escape_into(category, &mut lines.line);
        }
        lines.end();
    }
    lines.put(&[match event.status {
        Status::Confirmed => "STATUS:CONFIRMED",
        Status::Tentative => "STATUS:TENTATIVE",
        Status::Cancelled => "STATUS:CANCELLED",
    }]);
    // A whole day does not make anybody busy, nor does what will not take place.
    if matches!(event.when, When::Days(..)) || event.status == Status::Cancelled {
        lines.put(&["TRANSP:TRANSPARENT"]);
    }
    if let Some((name, mail)) = &event.organizer {
        lines.put(&["ORGANIZER;CN=", &parameter(name), ":mailto:", &bare(mail)]);
    }
    if let Some(day) = event.last_modified {
        lines.put(&["LAST-MODIFIED:", &date(day), "T000000Z"]);
    }
    lines.put(&["END:VEVENT"]);
    lines.out
}

/// What stands behind the events of a calendar, which [`event`] makes.
pub const FOOT: &str = "END:VCALENDAR\r\n";

/// What stands before them.
pub fn head(header: &Header) -> String {
    let mut lines = Lines { out: String::with_capacity(2048), line: String::with_capacity(256) };
    lines.put(&["BEGIN:VCALENDAR"]);
    lines.put(&["VERSION:2.0"]);
    lines.text("PRODID:", &header.prodid);
    lines.put(&["CALSCALE:GREGORIAN"]);
    lines.put(&["METHOD:PUBLISH"]);
    // RFC 7986 names NAME, older programs read X-WR-CALNAME only; the same for the description and the interval.
    lines.text("NAME:", &header.name);
    lines.text("X-WR-CALNAME:", &header.name);
    lines.optional("DESCRIPTION:", &header.description);
    lines.optional("X-WR-CALDESC:", &header.description);
    if let Some(url) = &header.url {
        lines.put(&["SOURCE;VALUE=URI:", &bare(url)]);
    }
    lines.put(&["REFRESH-INTERVAL;VALUE=DURATION:PT12H"]);
    lines.put(&["X-PUBLISHED-TTL:PT12H"]);
    if let Some((zone, first, last)) = &header.timezone {
        lines.put(&["X-WR-TIMEZONE:", &zone.name]);
        timezone(&mut lines, zone, *first, *last);
    }
    lines.out
}

/// VTIMEZONE: every change of the zone's offset that matters from `first` to `last`.
fn timezone(lines: &mut Lines, zone: &Zone, first: Date, last: Date) {
    lines.put(&["BEGIN:VTIMEZONE"]);
    lines.put(&["TZID:", &bare(&zone.name)]);
    // A day to spare on both sides, whatever the offset.
    let instant = |day: Date| day.civil().to_zoned(TimeZone::UTC).map(|z| z.timestamp()).unwrap_or_default();
    let (from, to) = (instant(first.add_days(-1)), instant(last.max(first).add_days(2)));
    let at_start = zone.zone.to_offset_info(from);
    let mut before = zone.zone.preceding(from);
    // What was in force on the first day came with the change before it; a zone that never changed has had it for ever.
    let (onset, earlier) = match before.next() {
        Some(change) => (
            change.timestamp(),
            before.next().map_or_else(|| zone.zone.to_offset(change.timestamp() - jiff::SignedDuration::from_secs(1)), |c| c.offset()),
        ),
        None => (jiff::Timestamp::UNIX_EPOCH, at_start.offset()),
    };
    observance(lines, at_start.dst().is_dst(), onset, earlier, at_start.offset(), at_start.abbreviation());
    let mut offset = at_start.offset();
    for change in zone.zone.following(from).take_while(|change| change.timestamp() < to) {
        observance(lines, change.dst().is_dst(), change.timestamp(), offset, change.offset(), change.abbreviation());
        offset = change.offset();
    }
    lines.put(&["END:VTIMEZONE"]);
}

/// STANDARD or DAYLIGHT. RFC 5545, 3.6.5: the onset is given by the clock as it was before the change.
fn observance(lines: &mut Lines, daylight: bool, onset: jiff::Timestamp, from: Offset, to: Offset, name: &str) {
    let kind = if daylight { "DAYLIGHT" } else { "STANDARD" };
    let clock: civil::DateTime = from.to_datetime(onset);
    lines.put(&["BEGIN:", kind]);
    let (year, month, day) = (clock.year().max(0), clock.month(), clock.day());
    lines.put(&[&format!("DTSTART:{year:04}{month:02}{day:02}T{:02}{:02}{:02}", clock.hour(), clock.minute(), clock.second())]);
    lines.put(&["TZOFFSETFROM:", &utc_offset(from)]);
    lines.put(&["TZOFFSETTO:", &utc_offset(to)]);
    lines.put(&["TZNAME:", &bare(name)]);
    lines.put(&["END:", kind]);
}

fn utc_offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, n) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let mut text = format!("{sign}{:02}{:02}", n / 3600, n / 60 % 60);
    if n % 60 != 0 {
        let _ = write!(text, "{:02}", n % 60);
    }
    text
}

fn date(day: Date) -> String {
    let (year, month, day) = (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
    let digit = |n: u16| char::from(b'0' + (n % 10) as u8);
    let (month, day) = (u16::from(month), u16::from(day));
    [year / 1000, year / 100, year / 10, year, month / 10, month, day / 10, day].map(digit).iter().collect()
}

/// A time of day behind its date.
fn clock(time: Time) -> String {
    format!("T{:02}{:02}00", time.hour, time.minute)
}

/// TEXT of RFC 5545, 3.3.11.
fn escape_into(text: &str, out: &mut String) {
    // The first bytes of what is escaped or left out: these signs, and controls of one byte and of two.
    let special = |b: u8| b < b' ' || matches!(b, b'\\' | b';' | b',' | 0x7F | 0xC2);
    let mut rest = text;
    while let Some(at) = rest.bytes().position(special) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(c) = rest.chars().next() else { return };
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\r' if rest.starts_with('\n') => {}
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push_str(rest);
}

/// A value that is no TEXT (an address, a rule): nothing is escaped, and it cannot break out of its line.
fn bare(value: &str) -> Cow<'_, str> {
    if value.contains(char::is_control) { Cow::Owned(value.replace(char::is_control, "")) } else { Cow::Borrowed(value) }
}

/// The value of a parameter, quoted where it must be; `"` cannot stand in it at all.
fn parameter(value: &str) -> String {
    let value: String = value.chars().filter(|c| !c.is_control()).map(|c| if c == '"' { '\'' } else { c }).collect();
    if value.contains([':', ';', ',']) { format!("\"{value}\"") } else { value }
}

/// A text of content lines in the making, and the line that comes next.
struct Lines {
    out: String,
    line: String,
}

impl Lines {
    /// A line of these parts.
    fn put(&mut self, parts: &[&str]) {
        self.line.extend(parts.iter().copied());
        self.end();
    }

    /// A property with a TEXT for its value; `name` with its colon.
    fn text(&mut self, name: &str, value: &str) {
        self.line.push_str(name);
        escape_into(value, &mut self.line);
        self.end();
    }

    /// The same, if there is something to say.
    fn optional(&mut self, name: &str, value: &Option<String>) {
        if let Some(value) = value.as_ref().filter(|v| !v.is_empty()) {
            self.text(name, value);
        }
    }

    /// Ends the line: folded after at most 75 octets between characters (RFC 5545, 3.1).
    fn end(&mut self) {
        let mut content = self.line.as_str();
        let mut room = 75;
        while content.len() > room {
            let cut = content.floor_char_boundary(room);
            self.out.push_str(&content[..cut]);
            self.out.push_str("\r\n ");
            content = &content[cut..];
            // The space that marks a folded line counts.
            room = 74;
        }
        self.out.push_str(content);
        self.out.push_str("\r\n");
        self.line.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    #[test]
    fn whole_days_end_on_the_day_after() {
        let text = event(&Event {
            uid: "a@example.org".into(),
            when: When::Days(day("2024-02-27"), day("2024-02-29")),
            summary: "а, б; в\\\r\nг\u{7}".into(),
            ..Event::default()
        });
        assert!(text.contains("\r\nDTSTART;VALUE=DATE:20240227\r\nDTEND;VALUE=DATE:20240301\r\n"), "{text}");
        assert!(text.contains("\r\nSUMMARY:а\\, б\\; в\\\\\\nг\r\n"), "{text}");
    }

    #[test]
    fn lines_are_folded_between_characters() {
        let mut lines = Lines { out: String::new(), line: String::new() };
        let long = format!("DESCRIPTION:{}", "щука ".repeat(100));
        lines.put(&[&long]);
        let out = lines.out;
        assert!(out.split("\r\n").all(|l| l.len() <= 75));
        assert_eq!(out.replace("\r\n ", ""), format!("{long}\r\n"));
    }

    #[test]
    fn zones() {
        let text = |name, first, last| {
            let header = Header { timezone: Some((Zone::named(name).unwrap(), day(first), day(last))), ..Header::default() };
            head(&header) + FOOT
        };
        let moscow = text("Europe/Moscow", "2014-10-20", "2014-10-30");
        assert!(moscow.contains("DTSTART:20141026T020000\r\nTZOFFSETFROM:+0400\r\nTZOFFSETTO:+0300\r\nTZNAME:MSK\r\n"), "{moscow}");
        let moscow = text("Europe/Moscow", "2024-01-01", "2024-12-31");
        assert_eq!(moscow.matches("BEGIN:STANDARD\r\nDTSTART:20141026T020000\r\n").count(), 1, "{moscow}");
        assert_eq!(moscow.matches("BEGIN:STANDARD").count() + moscow.matches("BEGIN:DAYLIGHT").count(), 1);
        let berlin = text("Europe/Berlin", "2024-01-01", "2024-12-31");
        assert!(berlin.contains("BEGIN:DAYLIGHT\r\nDTSTART:20240331T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"), "{berlin}");
        assert!(text("UTC", "2024-01-01", "2024-01-01").contains("TZOFFSETTO:+0000"));
        assert_eq!(Zone::named("Europe/Nowhere"), None);
    }

    #[test]
    fn hours_of_several_days() {
        let hours = TimeSpan::parse("10:00–16:30").unwrap();
        let texts: Vec<String> = When::each_day(day("2024-05-05"), day("2024-05-06"), hours, Some("Asia/Vladivostok"))
            .map(|when| event(&Event { when, status: Status::Cancelled, ..Event::default() }))
            .collect();
        assert!(
            texts[1].contains("DTSTART;TZID=Asia/Vladivostok:20240506T100000\r\nDTEND;TZID=Asia/Vladivostok:20240506T163000\r\n"),
            "{texts:?}"
        );
        assert!(texts[1].contains("STATUS:CANCELLED\r\n"));
        assert_eq!(texts.len(), 2);
    }
}
