//! Repetitions: «2 раза в месяц», «по вторникам», «вторая среда месяца», «ежемесячно, кроме июля».

use super::{Per, Precision, Recurrence, WEEKDAY_CODES};
use std::fmt::Write;

/// A repetition as said; bit n of a set stands for n (Monday is 1).
#[derive(Debug, Clone, Default)]
pub(super) struct Rule {
    pub per: Option<Per>,
    /// Every how many units; 0 and 1 are the same.
    pub interval: u32,
    pub times: Option<u32>,
    /// «1–2 раза».
    pub vague: bool,
    pub weekdays: u8,
    /// Which of a month's weekdays; bit 0 is the last.
    pub nths: u8,
    pub month_days: u32,
    pub except_months: u16,
    pub except_weekdays: u8,
    /// «1 раз в четверть».
    pub term: bool,
    /// «каждый», «месяца»: of every month, not only of one that stands beside.
    pub every: bool,
}

impl Rule {
    /// Notes that it repeats once in `interval` units; what is said first holds.
    pub(super) fn per(&mut self, per: Per, interval: u32) {
        if self.per.is_none() {
            let (per, interval) = match (per, interval) {
                (Per::Month, 3) => (Per::Quarter, 1),
                (Per::Month, 6) | (Per::Quarter, 2) => (Per::HalfYear, 1),
                (Per::Month, 12) | (Per::HalfYear, 2) | (Per::Quarter, 4) => (Per::Year, 1),
                other => other,
            };
            (self.per, self.interval) = (Some(per), interval);
        }
    }

    /// Whether it says that something repeats.
    pub(super) fn is_said(&self) -> bool {
        self.per.is_some() || self.weekdays != 0 || self.month_days != 0 || self.term
    }

    /// Whether the days are known, and not only how often.
    pub(super) fn has_days(&self) -> bool {
        self.weekdays != 0 || self.month_days != 0 || self.per == Some(Per::Day)
    }

    /// The places in a month that it names, each with a weekday; −1 for the last.
    pub(super) fn nth_weekdays(&self) -> impl Iterator<Item = (i8, i8)> {
        let (nths, weekdays) = (self.nths, self.weekdays);
        let places = (1..=5).filter(move |n| nths & 1 << n != 0).chain((nths & 1 != 0).then_some(-1));
        places.flat_map(move |nth| bits(u32::from(weekdays)).map(move |day| (nth, day as i8)))
    }

    /// The repetition in data, and how exact its days are.
    pub(super) fn recurrence(&self) -> (Recurrence, Precision) {
        let mut weekdays = self.weekdays;
        if self.per == Some(Per::Day) && weekdays == 0 && self.except_weekdays != 0 {
            weekdays = 0b1111_1110;
        }
        weekdays &= !self.except_weekdays;
        let times = self.times.unwrap_or(1);
        let per = self.per.unwrap_or(if self.nths != 0 || self.month_days != 0 { Per::Month } else { Per::Week });
        let (per, times, rrule, precision) = if self.nths != 0 && weekdays != 0 && per == Per::Month {
            let mut days = String::new();
            for (nth, day) in self.nth_weekdays() {
                let _ = write!(days, ",{nth}{}", WEEKDAY_CODES[(day as usize).clamp(1, 7) - 1]);
            }
            let count = self.nth_weekdays().count() as u32;
            (per, count, Some(format!("{};BYDAY={}", self.frequency("MONTHLY", 1), &days[1..])), Precision::Day)
        } else if self.month_days != 0 && per == Per::Month {
            let days = join(bits(self.month_days));
            (per, self.month_days.count_ones(), Some(format!("{};BYMONTHDAY={days}", self.frequency("MONTHLY", 1))), Precision::Day)
        } else if weekdays != 0
            && self.nths == 0
            && matches!(per, Per::Week | Per::Day)
            && self.times.is_none_or(|t| t == 1 || t == weekdays.count_ones())
        {
            let days = bits(u32::from(weekdays)).map(|day| WEEKDAY_CODES[(day as usize).clamp(1, 7) - 1]).collect::<Vec<_>>().join(",");
            let weekly = if per == Per::Day { "FREQ=WEEKLY".to_owned() } else { self.frequency("WEEKLY", 1) };
            (Per::Week, weekdays.count_ones(), Some(format!("{weekly};BYDAY={days}")), Precision::Day)
        } else {
            let (frequency, step, precision) = match per {
                Per::Day => ("DAILY", 1, Precision::Day),
                Per::Week => ("WEEKLY", 1, Precision::Week),
                Per::Month => ("MONTHLY", 1, Precision::Month),
                Per::Quarter => ("MONTHLY", 3, Precision::Quarter),
                Per::HalfYear => ("MONTHLY", 6, Precision::HalfYear),
                Per::Year => ("YEARLY", 1, Precision::Year),
            };
            let fits = times == 1 && !self.vague && weekdays == 0 && self.month_days == 0;
            (per, times, fits.then(|| self.frequency(frequency, step)), precision)
        };
        let rrule = rrule.map(|mut rule| {
            if self.except_months != 0 {
                let _ = write!(rule, ";BYMONTH={}", join((1..=12).filter(|month| self.except_months & 1 << month == 0)));
            }
            rule
        });
        (Recurrence { times, per, rrule }, precision)
    }

    fn frequency(&self, name: &str, step: u32) -> String {
        match step.saturating_mul(self.interval.max(1)) {
            1 => format!("FREQ={name}"),
            interval => format!("FREQ={name};INTERVAL={interval}"),
        }
    }
}

/// The numbers of the bits that are set.
pub(super) fn bits(set: u32) -> impl Iterator<Item = u32> {
    (0..32).filter(move |n| set & 1 << n != 0)
}

fn join(numbers: impl Iterator<Item = u32>) -> String {
    numbers.map(|n| n.to_string()).collect::<Vec<_>>().join(",")
}
