//! The clock: what day it is here, and what time.

use jiff::tz::TimeZone;
use metodika::sources::Sources;
use metodika::value::date::Date;

/// The day that was given, else the day that it is now where the site is at home: a machine that builds it may stand elsewhere.
pub fn today(given: Option<Date>, sources: &Sources) -> Date {
    given.unwrap_or_else(|| today_in(&metodika::settings(sources).0.timezone))
}

/// The day that it is now in `timezone`; here, if there is no such zone.
pub fn today_in(timezone: &str) -> Date {
    let now = jiff::Zoned::now();
    let there = TimeZone::get(timezone).map(|zone| now.with_time_zone(zone));
    there.unwrap_or(now).date().into()
}

/// «14:03:07».
pub fn time_of_day() -> String {
    jiff::Zoned::now().strftime("%H:%M:%S").to_string()
}
