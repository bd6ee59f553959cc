//! The grammar of time frames: recursive descent over the tokens.
//!
//! ```text
//! frame      = { item | repetition | hours | undated | weekday | «ориентировочно» }, in any order, with any separators between
//! item       = [ «до» | «к» | «не позднее» | «не ранее» | «после» | «в течение» | «с» | «в» ] period [ («–» | «по» | «/» | «или») period ]
//! period     = [ «начало» | «середина» | «конец» ] unit [ year ]
//! unit       = day | month | part of a month | quarter | half-year | season | year | school year | term | holidays | named day | bare number
//! repetition = «ежемесячно» | n «раз в» unit | «каждый» unit | «по» weekdays | n-th weekday «месяца» | n «числа» | «кроме» months
//! undated    = «по» (запросу | плану | согласованию) … | «уточняется»
//! ```
//! Everything must be taken: a word that no rule takes is named in the error. What the parts mean together is said in `compose`.

use super::lex::{Keyword as K, Lexeme, Token};
use super::resolve::{Edge, Said, Unit, year};
use super::rule::Rule;
use super::{Kind, Per, Warning};
use crate::value::date::{Time, TimeSpan};

/// What a string says, part by part.
#[derive(Debug, Default)]
pub(super) struct Phrase {
    pub items: Vec<Item>,
    pub rule: Rule,
    /// Weekdays that stand beside no date, by bit (Monday is bit 1).
    pub weekdays: u8,
    pub time: Option<TimeSpan>,
    /// [`Kind::OnDemand`] or [`Kind::External`].
    pub undated: Option<Kind>,
    pub approximate: bool,
    pub confirm: bool,
}

/// A period or a span of periods, and how it is meant.
#[derive(Debug)]
pub(super) struct Item {
    pub mode: Mode,
    pub first: Said,
    pub last: Option<Said>,
    pub link: Link,
    /// The weekday that stands beside its day.
    pub weekday: Option<i8>,
    /// In brackets: says more precisely what stands before it.
    pub inside: bool,
}

/// How a period is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Plain,
    /// «в течение», «летний период».
    During,
    /// «в один из дней 21–31 мая».
    OneOf,
    /// «до», «к», «не позднее».
    Until,
    /// «с … по …»; alone, from then on.
    From,
    /// «не ранее».
    NotBefore,
    After,
}

/// What joins the two periods of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    Span,
    /// «октябрь/ноябрь», «апрель или май»: one of them.
    Either,
}

/// Reads `lexemes` whole.
pub(super) fn parse(text: &str, lexemes: &[Lexeme]) -> Result<Phrase, Warning> {
    let mut parser = Parser { text, lexemes, at: 0, phrase: Phrase::default(), lasting: false };
    let mut inside = false;
    while let Some(token) = parser.peek(0) {
        match token {
            Token::Open => inside = true,
            Token::Close => inside = false,
            Token::Comma | Token::Dash | Token::Slash | Token::Keyword(K::And | K::Or | K::Filler) => {}
            Token::Approximate => parser.phrase.approximate = true,
            _ => {
                let taken = parser.half_of_day()
                    || parser.undated()
                    || parser.hours()
                    || parser.repetition()
                    || parser.item(inside)
                    || parser.loose_weekday();
                if !taken {
                    return Err(parser.not_understood());
                }
                continue;
            }
        }
        parser.at += 1;
    }
    Ok(parser.phrase)
}

struct Parser<'t> {
    text: &'t str,
    lexemes: &'t [Lexeme],
    at: usize,
    phrase: Phrase,
    /// The unit just read was called a period («летний период»).
    lasting: bool,
}

impl Parser<'_> {
    fn peek(&self, ahead: usize) -> Option<Token> {
        self.lexemes.get(self.at + ahead).map(|lexeme| lexeme.token)
    }

    fn is(&self, ahead: usize, keyword: K) -> bool {
        self.peek(ahead) == Some(Token::Keyword(keyword))
    }

    /// The keyword `ahead`; [`K::Filler`] where there is none.
    fn keyword(&self, ahead: usize) -> K {
        match self.peek(ahead) {
            Some(Token::Keyword(keyword)) => keyword,
            _ => K::Filler,
        }
    }

    /// Steps over `keyword` if it stands here.
    fn take(&mut self, keyword: K) -> bool {
        let found = self.is(0, keyword);
        self.at += usize::from(found);
        found
    }

    /// Reads something, or stays where it was.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let at = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = at;
        }
        found
    }

    fn start(&self) -> usize {
        self.lexemes.get(self.at).map_or(self.text.len(), |lexeme| lexeme.start)
    }

    /// Where the last token taken ends.
    fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.lexemes.get(at)).map_or(0, |lexeme| lexeme.end)
    }

    /// The first word from here that is none of the language, else the word here.
    fn not_understood(&self) -> Warning {
        let rest = &self.lexemes[self.at.min(self.lexemes.len())..];
        let lexeme = rest.iter().find(|l| l.token == Token::Unknown).or(rest.first());
        Warning::NotUnderstood(lexeme.map_or("", |l| &self.text[l.start..l.end]).chars().take(40).collect())
    }

    /// «в первой половине дня» says nothing that a calendar shows.
    fn half_of_day(&mut self) -> bool {
        let lead = usize::from(self.is(0, K::In));
        let found = matches!(self.peek(lead), Some(Token::Ordinal(_))) && self.is(lead + 1, K::Half) && self.is(lead + 2, K::Day);
        self.at += if found { lead + 3 } else { 0 };
        found
    }

    // Without a date.

    /// «по мере необходимости», «по отдельному графику», «согласно плану», «по согласованию», «будет объявлено дополнительно».
    fn undated(&mut self) -> bool {
        let mut ahead = 0;
        let mut led = false;
        while matches!(self.keyword(ahead), K::Along | K::On | K::According) || (self.is(ahead, K::In) && self.is(ahead + 1, K::According))
        {
            ahead += 1;
            led = true;
        }
        if led && self.is(ahead, K::From) {
            ahead += 1;
        }
        let adjectives =
            (0..4).take_while(|n| matches!(self.peek(ahead + n), Some(Token::Unknown | Token::Keyword(K::School | K::This)))).count();
        let head = self.keyword(ahead + adjectives);
        match head {
            K::Announced => self.phrase.confirm = true,
            K::Agreement if led => self.phrase.confirm = true,
            K::Demand if led => self.phrase.undated = Some(Kind::OnDemand),
            K::Schedule if led => self.phrase.undated = self.phrase.undated.or(Some(Kind::External)),
            _ => return false,
        }
        self.at += ahead + adjectives + 1;
        self.swallow();
        true
    }

    /// Steps over what explains the word before: «… педагогических советов», «… с учреждениями района».
    fn swallow(&mut self) {
        loop {
            let explains = |token: Option<Token>| {
                matches!(token, Some(Token::Unknown | Token::Keyword(K::Schedule | K::Demand | K::Agreement | K::Announced)))
            };
            if explains(self.peek(0)) {
                self.at += 1;
            } else if matches!(
                self.peek(0),
                Some(Token::Dash | Token::Keyword(K::In | K::On | K::From | K::Along | K::Towards | K::And | K::Filler | K::School))
            ) && explains(self.peek(1))
            {
                self.at += 2;
            } else {
                return;
            }
        }
    }

    // Hours.

    /// «в 10:00», «11.00–14.00», «с 10.00 до 16.00», «начало в 15 ч.»
    fn hours(&mut self) -> bool {
        if self.dotted_days() {
            return false;
        }
        let found = self.attempt(|p| {
            if p.is(0, K::Start) {
                p.at += 1;
            }
            let led = matches!(p.keyword(0), K::In | K::From | K::Until);
            p.at += usize::from(led);
            let from = matches!(p.lexemes.get(p.at.wrapping_sub(1)).map(|l| l.token), Some(Token::Keyword(K::From)));
            let start = match p.clock(led && !p.day_follows()) {
                Some(start) => start,
                // «с 10 до 16 часов»
                None if from => p.bare_hour()?,
                None => return None,
            };
            let end = p.attempt(|p| {
                matches!(p.peek(0), Some(Token::Dash | Token::Keyword(K::Until | K::Along))).then_some(())?;
                p.at += 1;
                p.clock(true)
            });
            if end.is_some_and(|end| end <= start) {
                return None;
            }
            Some(TimeSpan { start, end })
        });
        if found.is_some() {
            self.phrase.time = found;
        }
        found.is_some()
    }

    /// Whether «до 15.09», «с 15.09 по 20.09» are days here and not hours: both numbers may be a month, and no day stands beside them that
    /// could have hours. Minutes that nobody plans by («15.09») are a month in any case.
    fn dotted_days(&self) -> bool {
        let may_be_month = |token: Option<Token>| matches!(token, Some(Token::Dotted(1..=31, 1..=12)));
        let lead = self.keyword(0);
        if !matches!(lead, K::Until | K::From) || !may_be_month(self.peek(1)) {
            return false;
        }
        match (self.peek(2), self.peek(3)) {
            (Some(Token::Keyword(K::Along)), end) if lead == K::From && may_be_month(end) => return true,
            // «с 9.10 до 12.00»
            (Some(Token::Dash | Token::Keyword(K::Until | K::Along)), Some(Token::Clock(..) | Token::Dotted(_, 0 | 13..)))
                if lead == K::From =>
            {
                return false;
            }
            (Some(Token::Keyword(K::Hour)), _) => return false,
            _ => {}
        }
        // «до 15.09 и до 20.12» are two days.
        let is_day = |item: &Item| {
            let said = item.last.as_ref().unwrap_or(&item.first);
            matches!(said.unit, Unit::Day { .. } | Unit::NthWeekday { .. }) && !(lead == K::Until && item.mode == Mode::Until)
        };
        if let Some(Token::Dotted(_, minute)) = self.peek(1)
            && minute % 5 != 0
            && self.phrase.items.last().is_none_or(|item| !is_day(item))
        {
            return true;
        }
        let says_days = |(at, lexeme): (usize, &Lexeme)| match lexeme.token {
            Token::Date { .. } | Token::Weekday(..) | Token::Adverb(Per::Day | Per::Week) => true,
            Token::Keyword(K::Workdays | K::Weekends | K::DayOfMonth | K::Day | K::Days) => true,
            Token::Month(_) => {
                let before = at.checked_sub(1).and_then(|before| self.lexemes.get(before)).map(|lexeme| lexeme.token);
                matches!(before, Some(Token::Number(_, 1..=2) | Token::Ordinal(_)))
            }
            _ => false,
        };
        !self.phrase.items.last().is_some_and(is_day) && !self.lexemes.iter().enumerate().any(says_days)
    }

    /// Whether a month stands behind the number here, so that it is a day.
    fn day_follows(&self) -> bool {
        matches!(self.peek(1), Some(Token::Month(_))) || matches!((self.peek(1), self.peek(3)), (Some(Token::Dash), Some(Token::Month(_))))
    }

    /// A time of day. A number like 15.05 is one if it can be no date, or if `sure`, or if the day has been said.
    fn clock(&mut self, sure: bool) -> Option<Time> {
        let day_said = self.phrase.items.last().is_some_and(|item| {
            let said = item.last.as_ref().unwrap_or(&item.first);
            // «05.03, 12.03» are two days: the first was typed like the second.
            matches!(said.unit, Unit::Day { .. })
                && !(said.year.is_none() && self.text[said.start..said.end].ends_with(|c: char| c.is_ascii_digit()))
        });
        let (hour, minute, width) = match self.peek(0)? {
            Token::Clock(hour, minute) => (hour, minute, 1),
            Token::Dotted(hour, minute) if sure || day_said || minute == 0 || minute > 12 => (hour, minute, 1),
            Token::Number(hour, 1..=2) if self.is(1, K::Hour) => match (self.peek(2), self.is(3, K::Minute)) {
                (Some(Token::Number(minute, 1..=2)), true) => (hour, minute, 4),
                _ => (hour, 0, 2),
            },
            // «в 11-30»
            Token::Number(hour, 1..=2) if sure && self.peek(1) == Some(Token::Dash) => match self.peek(2) {
                Some(Token::Number(minute @ (15 | 30 | 45), 2)) => (hour, minute, 3),
                _ => return None,
            },
            _ => return None,
        };
        let time = time(hour, minute)?;
        self.at += width;
        self.take(K::Hour);
        Some(time)
    }

    /// «10» of «с 10 до 16 часов».
    fn bare_hour(&mut self) -> Option<Time> {
        match (self.peek(0), self.peek(1), self.peek(2), self.peek(3)) {
            (
                Some(Token::Number(hour, 1..=2)),
                Some(Token::Keyword(K::Until)),
                Some(Token::Number(_, 1..=2)),
                Some(Token::Keyword(K::Hour)),
            ) => {
                self.at += 1;
                time(hour, 0)
            }
            _ => None,
        }
    }

    // Repetitions.

    fn repetition(&mut self) -> bool {
        let found = self.attempt(|p| match p.peek(0)? {
            Token::Adverb(per) => {
                p.at += 1;
                p.phrase.rule.per(per, 1);
                Some(())
            }
            Token::Keyword(K::Every) => p.every(),
            Token::Keyword(K::Along) => p.along(),
            Token::Keyword(K::Except) => p.except(),
            Token::Keyword(K::Through) => {
                let per = unit_per(p.keyword(1)).filter(|per| matches!(per, Per::Day | Per::Week))?;
                p.at += 2;
                p.phrase.rule.per(per, 2);
                Some(())
            }
            _ => None,
        });
        found
            .or_else(|| self.attempt(Self::times))
            .or_else(|| self.attempt(Self::nth_weekday))
            .or_else(|| self.attempt(Self::day_of_month))
            .or_else(|| self.attempt(Self::part_of_every))
            .or_else(|| self.attempt(Self::weekday_span))
            .is_some()
    }

    /// «каждый вторник», «каждую последнюю среду месяца», «каждые две недели», «каждый месяц».
    fn every(&mut self) -> Option<()> {
        self.at += 1;
        if self.attempt(Self::nth_weekday).is_some() {
            self.phrase.rule.every = true;
            return Some(());
        }
        if let Some(Token::Weekday(..)) = self.peek(0) {
            let days = self.weekdays();
            self.phrase.rule.weekdays |= days;
            return Some(());
        }
        let interval = match self.peek(0) {
            Some(Token::Number(n, 0..=2) | Token::Ordinal(n)) => {
                self.at += 1;
                n
            }
            _ => 1,
        };
        self.unit(interval)
    }

    /// The unit within which something repeats.
    fn unit(&mut self, interval: u32) -> Option<()> {
        while self.take(K::School) || self.take(K::This) {}
        if self.take(K::Term) {
            self.phrase.rule.term = true;
            return Some(());
        }
        let per = unit_per(self.keyword(0))?;
        self.at += 1;
        self.phrase.rule.per(per, interval.clamp(1, 1000));
        Some(())
    }

    /// «по вторникам и четвергам», «по будням», «по полугодиям».
    fn along(&mut self) -> Option<()> {
        self.at += 1;
        match self.peek(0)? {
            Token::Weekday(..) => {
                let days = self.weekdays();
                self.phrase.rule.weekdays |= days;
                Some(())
            }
            Token::Keyword(K::Workdays | K::Weekends) => {
                self.phrase.rule.weekdays |= if self.is(0, K::Workdays) { WORKDAYS } else { WEEKEND };
                self.at += 1;
                self.take(K::Days);
                Some(())
            }
            Token::Keyword(K::HalfYear | K::Quarter | K::Month | K::Week | K::Term) => self.unit(1),
            _ => None,
        }
    }

    /// Weekdays with what stands between them, by bit.
    fn weekdays(&mut self) -> u8 {
        let mut days = 0;
        while let Some(Token::Weekday(day, _)) = self.peek(0) {
            days |= 1 << day;
            self.at += 1;
            let mut between = 0;
            while matches!(self.peek(between), Some(Token::Comma | Token::Slash | Token::Keyword(K::And | K::Every | K::Along | K::In))) {
                between += 1;
            }
            if matches!(self.peek(between), Some(Token::Weekday(..))) && !matches!(self.peek(between + 1), Some(Token::Number(..))) {
                self.at += between;
            }
        }
        days
    }

    /// «с понедельника по пятницу», «пн–пт».
    fn weekday_span(&mut self) -> Option<()> {
        self.take(K::From);
        let Some(Token::Weekday(first, _)) = self.peek(0) else { return None };
        let Some(Token::Dash | Token::Keyword(K::Along)) = self.peek(1) else { return None };
        let Some(Token::Weekday(last, _)) = self.peek(2) else { return None };
        self.at += 3;
        let days = (0..7).map(|n| (first - 1 + n) % 7 + 1);
        self.phrase.rule.weekdays |= days.take_while(|day| *day != last).chain([last]).fold(0, |bits, day| bits | 1 << day);
        Some(())
    }

    /// «2 раза в месяц», «не реже одного раза в квартал», «раз в два месяца», «дважды в год».
    fn times(&mut self) -> Option<()> {
        if self.is(0, K::Not) && self.is(1, K::Less) {
            self.at += 2;
        }
        let (times, vague) = match (self.peek(0)?, self.peek(1), self.peek(2)) {
            (Token::Keyword(K::Times), ..) => (1, false),
            (Token::Number(n, 0), Some(Token::Keyword(K::In)), _) => {
                self.at += 1;
                (n, false)
            }
            (Token::Number(n, 0..=2), Some(Token::Keyword(K::Times)), _) => {
                self.at += 1;
                (n, false)
            }
            // «1–2 раза»: the lesser is sure.
            (Token::Number(n, 1..=2), Some(Token::Dash), Some(Token::Number(m, 1..=2))) if self.is(3, K::Times) => {
                self.at += 3;
                (n.min(m), true)
            }
            _ => return None,
        };
        self.take(K::Times);
        // «ежемесячно 2 раза»
        if !(self.take(K::In) || self.take(K::Filler)) {
            (self.phrase.rule.per.is_some() && times > 0).then_some(())?;
            (self.phrase.rule.times, self.phrase.rule.vague) = (Some(times), vague);
            return Some(());
        }
        let interval = match self.peek(0) {
            Some(Token::Number(n, 0..=2)) => {
                self.at += 1;
                n
            }
            _ => 1,
        };
        (times > 0).then_some(())?;
        self.unit(interval)?;
        (self.phrase.rule.times, self.phrase.rule.vague) = (Some(times), vague);
        Some(())
    }

    /// «вторая среда (месяца)», «1-й и 3-й вторник каждого месяца»; with a month's name it is a day and not taken here.
    fn nth_weekday(&mut self) -> Option<()> {
        let _ = self.take(K::In) || self.take(K::On);
        let mut nths = 0u8;
        loop {
            nths |= match self.peek(0)? {
                Token::Ordinal(n @ 1..=5) | Token::Number(n @ 1..=5, 1) | Token::Roman(n @ 1..=5) => 1 << n,
                Token::Keyword(K::Last) => 1,
                _ => return None,
            };
            self.at += 1;
            let mut between = 0;
            while matches!(self.peek(between), Some(Token::Comma | Token::Keyword(K::And))) {
                between += 1;
            }
            match self.peek(between) {
                Some(Token::Weekday(..)) if between == 0 => break,
                _ if between == 0 => return None,
                _ => self.at += between,
            }
        }
        let days = self.weekdays();
        if matches!(self.peek(0), Some(Token::Month(_))) {
            return None;
        }
        let every = self.take(K::Every);
        let monthly = self.take(K::Month);
        (!every || monthly).then_some(())?;
        let rule = &mut self.phrase.rule;
        rule.nths |= nths;
        rule.weekdays |= days;
        rule.every |= every || monthly;
        Some(())
    }

    /// «15 числа», «до 5 числа каждого месяца», «10 и 20 числа».
    fn day_of_month(&mut self) -> Option<()> {
        match self.peek(0)? {
            Token::Keyword(K::Not) if self.is(1, K::Later) => self.at += 2,
            Token::Keyword(K::Until | K::Towards | K::Along) => self.at += 1,
            _ => {}
        }
        let mut days = 0u32;
        loop {
            match self.peek(0)? {
                Token::Number(n @ 1..=31, 1..=2) | Token::Ordinal(n @ 1..=31) => days |= 1 << n,
                _ => return None,
            }
            self.at += 1;
            match self.peek(0)? {
                Token::Comma | Token::Keyword(K::And) => self.at += 1,
                Token::Keyword(K::DayOfMonth) => break,
                _ => return None,
            }
        }
        self.at += 1;
        if matches!(self.peek(0), Some(Token::Month(_))) {
            return None;
        }
        self.take(K::Every);
        self.take(K::This);
        if self.take(K::Month) {
            // «… месяца, следующего за отчётным»
            let comma = usize::from(self.peek(0) == Some(Token::Comma));
            if self.peek(comma) == Some(Token::Unknown) && self.is(comma + 1, K::Filler) && self.is(comma + 2, K::This) {
                self.at += comma + 3;
                self.take(K::Month);
            }
        }
        self.phrase.rule.month_days |= days;
        Some(())
    }

    /// «в конце каждого месяца», «первая неделя каждого квартала».
    fn part_of_every(&mut self) -> Option<()> {
        if matches!(self.keyword(0), K::In | K::On | K::Towards | K::Until) {
            self.at += 1;
        }
        match (self.peek(0)?, self.keyword(1)) {
            (Token::Keyword(K::Start | K::Middle | K::End), _) => self.at += 1,
            (Token::Ordinal(_) | Token::Number(_, 1) | Token::Roman(_) | Token::Keyword(K::Last), K::Week | K::TenDays | K::Half) => {
                self.at += 2
            }
            _ => return None,
        }
        let month_said = self.phrase.items.last().is_some_and(|item| matches!(item.first.unit, Unit::Month(_)));
        if (month_said || !self.is(0, K::Month)) && !self.take(K::Every) {
            return None;
        }
        self.unit(1)
    }

    /// «кроме июля и августа», «кроме выходных».
    fn except(&mut self) -> Option<()> {
        self.at += 1;
        let mut found = None;
        loop {
            let rule = &mut self.phrase.rule;
            match self.lexemes.get(self.at).map(|l| l.token) {
                Some(Token::Month(month)) => rule.except_months |= 1 << month,
                Some(Token::SeasonAdjective(season) | Token::Season(season)) => {
                    rule.except_months |= (0..3).fold(0, |bits, n| bits | 1 << ((season * 3 + n + 11) % 12 + 1));
                }
                Some(Token::Weekday(day, _)) => rule.except_weekdays |= 1 << day,
                Some(Token::Keyword(K::Weekends)) => rule.except_weekdays |= WEEKEND,
                Some(Token::Keyword(K::And | K::Month | K::Period | K::Days)) if found.is_some() => {}
                Some(Token::Comma) if matches!(self.peek(1), Some(Token::Month(_) | Token::Weekday(..))) => {}
                Some(Token::Dash) => {
                    let (Some(Token::Month(from)), Some(Token::Month(to))) =
                        (self.lexemes.get(self.at.wrapping_sub(1)).map(|l| l.token), self.peek(1))
                    else {
                        return None;
                    };
                    let months = (0..12).map(|n| (from - 1 + n) % 12 + 1);
                    self.phrase.rule.except_months |= months.take_while(|month| *month != to).fold(0, |bits, month| bits | 1 << month);
                }
                _ => return found,
            }
            found = Some(());
            self.at += 1;
        }
    }

    /// A weekday that stands beside a day, or alone.
    fn loose_weekday(&mut self) -> bool {
        let lead = usize::from(self.is(0, K::In));
        let Some(Token::Weekday(day, _)) = self.peek(lead) else { return false };
        self.at += lead + 1;
        match self.phrase.items.last_mut() {
            Some(item) if item.weekday.is_none() && item.last.is_none() && matches!(item.first.unit, Unit::Day { .. } | Unit::Bare(_)) => {
                item.weekday = Some(day)
            }
            _ => self.phrase.weekdays |= 1 << day,
        }
        true
    }

    // Periods.

    fn item(&mut self, inside: bool) -> bool {
        self.lasting = false;
        let found = self.attempt(|p| {
            let (mode, lead) = p.mode();
            p.at += lead;
            while p.take(K::Filler)
                || (mode == Mode::During && (p.take(K::Whole) || (p.is(0, K::This) && !p.is(1, K::Year) && p.take(K::This))))
            {}
            // «в течение», «постоянно», «на постоянной основе»
            if mode == Mode::During && (p.peek(0).is_none() || p.take(K::Constantly)) {
                if p.is(0, K::Filler) || (lead > 0 && p.peek(0) == Some(Token::Unknown)) {
                    p.at += 1;
                }
                return Some(Item {
                    mode,
                    first: Said::new(Unit::Year, p.end(), p.end()),
                    last: None,
                    link: Link::Span,
                    weekday: None,
                    inside,
                });
            }
            let first = p.period(mode)?;
            let mode = if p.lasting && mode == Mode::Plain { Mode::During } else { mode };
            let iso = |token: Option<Token>| matches!(token, Some(Token::Date { .. } | Token::YearMonth { .. }));
            let link = match p.peek(0) {
                Some(Token::Dash) => Some(Link::Span),
                Some(Token::Slash) if iso(p.lexemes.get(p.at.wrapping_sub(1)).map(|l| l.token)) && iso(p.peek(1)) => Some(Link::Span),
                Some(Token::Slash | Token::Keyword(K::Or)) => Some(Link::Either),
                Some(Token::Keyword(K::Along)) => Some(Link::Span),
                Some(Token::Keyword(K::Until)) if mode == Mode::From => Some(Link::Span),
                _ => None,
            };
            let last = link.and_then(|_| {
                p.attempt(|p| {
                    p.at += 1;
                    p.period(mode)
                })
            });
            // «27 мая – Общероссийский день библиотек»: the name explains the day.
            let last = last.filter(|last| !matches!(last.unit, Unit::Observance(..)));
            let mode = if p.lasting && mode == Mode::Plain { Mode::During } else { mode };
            Some(Item { mode, first, last, link: link.unwrap_or(Link::Span), weekday: None, inside })
        });
        let Some(mut item) = found else { return false };
        // «среда, 26 марта»
        let days = &mut self.phrase.weekdays;
        if days.count_ones() == 1 && matches!(item.first.unit, Unit::Day { .. } | Unit::Bare(_)) && item.last.is_none() {
            item.weekday = Some(days.trailing_zeros() as i8);
            *days = 0;
        }
        self.phrase.items.push(item);
        true
    }

    /// How the period that follows is meant, and the tokens that say so.
    fn mode(&self) -> (Mode, usize) {
        match (self.keyword(0), self.keyword(1)) {
            (K::Not, K::Later) => (Mode::Until, 2),
            (K::Not, K::Earlier) => (Mode::NotBefore, 2),
            (K::Until | K::Towards | K::Along | K::Before, _) => (Mode::Until, 1),
            (K::After, _) => (Mode::After, 1),
            (K::In | K::On, K::During) => (Mode::During, 2),
            (K::On, K::Constantly) => (Mode::During, 1),
            (K::During | K::Whole, _) => (Mode::During, 1),
            (K::Constantly, _) => (Mode::During, 0),
            (K::In, K::Period) if self.is(2, K::From) => (Mode::From, 3),
            (K::In, K::Period) => (Mode::During, 2),
            (K::From, _) => (Mode::From, 1),
            (K::In, _) if self.says(1, ["один", "из", "дней"]) => (Mode::OneOf, 4),
            (K::In | K::On, _) => (Mode::Plain, 1),
            _ => (Mode::Plain, 0),
        }
    }

    /// Whether these words stand from the token `ahead` on.
    fn says(&self, ahead: usize, words: [&str; 3]) -> bool {
        let lexemes = self.lexemes.get(self.at + ahead..).unwrap_or_default();
        lexemes.len() > words.len() && lexemes.iter().zip(words).all(|(l, word)| self.text[l.start..l.end].to_lowercase() == word)
    }

    fn period(&mut self, mode: Mode) -> Option<Said> {
        self.attempt(|p| {
            let _ = p.is(0, K::In) && p.take(K::In);
            let edge = match p.keyword(0) {
                K::Start => Some(Edge::Start),
                K::Middle => Some(Edge::Middle),
                K::End => Some(Edge::End),
                _ => None,
            };
            p.at += usize::from(edge.is_some());
            while p.is(0, K::This) && matches!(p.keyword(1), K::Year | K::This | K::Period) {
                p.at += 1;
            }
            let mut said = match edge {
                // «октябрь, конец месяца»: the edge of the month before.
                Some(_) if p.is(0, K::Month) => match p.phrase.items.pop() {
                    Some(Item { first: month @ Said { unit: Unit::Month(_), .. }, last: None, .. }) => {
                        p.at += 1;
                        month
                    }
                    other => {
                        p.phrase.items.extend(other);
                        return None;
                    }
                },
                _ => p.said(mode)?,
            };
            said.edge = said.edge.or(edge);
            p.year_of(&mut said);
            said.end = p.end();
            Some(said)
        })
    }

    fn said(&mut self, mode: Mode) -> Option<Said> {
        let start = self.start();
        let new = |p: &Self, unit| Some(Said::new(unit, start, p.end()));
        match self.peek(0)? {
            Token::Date { day, month, year: typed, short } => {
                let year = year(typed)?;
                self.at += 1;
                Some(Said { year: Some(year), short, ..Said::new(Unit::Day { day, month }, start, self.end()) })
            }
            Token::YearMonth { year: typed, month } => {
                let year = year(typed)?;
                self.at += 1;
                let school = self.is(0, K::School);
                let unit = if school { Unit::SchoolYear } else { Unit::Month(month) };
                Some(Said { year: Some(year), school, ..Said::new(unit, start, self.end()) })
            }
            Token::Dotted(day, month) => {
                self.at += 1;
                new(self, Unit::Day { day, month })
            }
            Token::Number(n, 4) if year(n).is_some() => {
                if let Some(said) = self.attempt(|p| p.behind_year(mode, n)) {
                    return Some(said);
                }
                let mut said = Said::new(Unit::Year, start, start);
                self.year_of(&mut said);
                said.unit = if said.school { Unit::SchoolYear } else { Unit::Year };
                said.year.map(|_| said)
            }
            Token::Number(..) | Token::Ordinal(_) | Token::Roman(_) | Token::Keyword(K::Last) => self.numbered(start),
            Token::Month(month) => {
                self.at += 1;
                // `March 18, 2015`
                if let Some(Token::Number(day, 1..=2)) = self.peek(0)
                    && self.text[start..self.end()].is_ascii()
                {
                    self.at += 1;
                    return new(self, Unit::Day { day, month });
                }
                self.take(K::Month);
                new(self, Unit::Month(month))
            }
            Token::Season(season) => {
                self.at += 1;
                new(self, Unit::Season(season))
            }
            Token::SeasonAdjective(season) => {
                let school = usize::from(self.is(1, K::School));
                if self.is(1 + school, K::Holidays) {
                    self.at += 2 + school;
                    return new(self, Unit::Holidays(Some(season)));
                }
                match (self.peek(1), self.peek(2)) {
                    (Some(Token::Keyword(K::Period | K::Month)), _) => {
                        self.at += 2;
                        self.lasting = true;
                    }
                    // «осенне-зимний период»
                    (Some(Token::Dash), Some(Token::SeasonAdjective(_))) => self.at += 1,
                    _ => return None,
                }
                new(self, Unit::Season(season))
            }
            // «квартал I», `Q1`
            Token::Keyword(K::Quarter) => match self.peek(1)? {
                Token::Number(n @ 1..=4, 1) | Token::Roman(n @ 1..=4) => {
                    self.at += 2;
                    new(self, Unit::Quarter(n))
                }
                _ => None,
            },
            Token::Keyword(K::Year | K::Period) => {
                self.at += 1;
                // «весь период реализации проекта» is the plan's.
                let rest = self.lexemes.get(self.at).map_or("", |l| &self.text[l.start..l.end]);
                if ["реализац", "действ", "исполнен"].iter().any(|stem| rest.starts_with(stem)) {
                    self.swallow();
                }
                new(self, Unit::Year)
            }
            Token::Keyword(K::School | K::Holidays | K::Days) => {
                let days = usize::from(self.is(0, K::Days));
                if days == 1 && matches!(self.peek(1), Some(Token::SeasonAdjective(_))) {
                    self.at += 1;
                    return self.said(mode);
                }
                let school = usize::from(self.is(days, K::School));
                if self.is(days + school, K::Holidays) {
                    self.at += days + school + 1;
                    return new(self, Unit::Holidays(None));
                }
                if days == 0 && self.is(1, K::Year) {
                    self.at += 2;
                    return Some(Said { school: true, ..Said::new(Unit::SchoolYear, start, self.end()) });
                }
                self.named(start, mode)
            }
            Token::Keyword(K::Day | K::Week) | Token::Unknown => self.named(start, mode),
            _ => None,
        }
    }

    /// A part of the year `n`, which stands before it: «2026 год, II квартал», «2026 май», `2026-Q2`.
    fn behind_year(&mut self, mode: Mode, n: u32) -> Option<Said> {
        let start = self.start();
        // «2025–2026 I полугодие» is of a school year.
        if self.at.checked_sub(1).is_some_and(|at| matches!(self.lexemes[at].token, Token::Dash | Token::Slash)) {
            return None;
        }
        self.at += 1;
        self.take(K::Year);
        if self.peek(0) == Some(Token::Comma) || self.peek(0) == Some(Token::Dash) && self.is(1, K::Quarter) {
            self.at += 1;
        }
        let mut said =
            self.said(mode).filter(|said| matches!(said.unit, Unit::Month(_) | Unit::Quarter(_) | Unit::HalfYear(_) | Unit::Season(_)))?;
        // «2025, май 2026» says two things.
        self.year_of(&mut said);
        (said.year.is_none() && !said.school).then(|| Said { year: year(n), start, ..said })
    }

    /// A number and its noun: «15 мая», «II квартал», «вторая половина октября», «последняя неделя марта»; or a number that waits for one.
    fn numbered(&mut self, start: usize) -> Option<Said> {
        let token = self.peek(0)?;
        let n = match token {
            Token::Number(n, width @ (0..=3)) => {
                // «11 квартал», «111 квартал»: ones typed for a Roman numeral.
                match (n, width, self.keyword(1)) {
                    (11, 2, K::Quarter | K::HalfYear | K::Term) => 2,
                    (111, 3, K::Quarter | K::Term) => 3,
                    (_, 3, _) => return None,
                    _ => n,
                }
            }
            Token::Ordinal(n) | Token::Roman(n) => n,
            _ => 0,
        };
        let last = token == Token::Keyword(K::Last);
        self.at += 1;
        let day = !last && !matches!(token, Token::Roman(_));
        let month_behind = |p: &mut Self| match p.peek(0) {
            Some(Token::Month(month)) => {
                p.at += 1;
                Some(month)
            }
            _ => None,
        };
        let upto = |most: u32| (1..=most).contains(&n).then_some(n);
        let unit = match self.peek(0) {
            Some(Token::Month(month)) if day => {
                self.at += 1;
                Unit::Day { day: n, month }
            }
            Some(Token::Keyword(K::DayOfMonth)) => {
                self.at += 1;
                let month = month_behind(self)?;
                // «в первых числах июня», «в 20-х числах мая»
                let edge = match (token, n) {
                    (Token::Keyword(_), _) | (Token::Ordinal(_), 20) => Edge::End,
                    (Token::Ordinal(_), 10) => Edge::Middle,
                    (Token::Ordinal(_), 1) => Edge::Start,
                    _ => return Some(Said::new(Unit::Day { day: n, month }, start, self.end())),
                };
                return Some(Said { edge: Some(edge), ..Said::new(Unit::Month(month), start, self.end()) });
            }
            Some(Token::Weekday(weekday, _)) => {
                let nth = if last { -1 } else { upto(5)? as i8 };
                self.at += 1;
                Unit::NthWeekday { nth, weekday, month: month_behind(self) }
            }
            Some(Token::Keyword(keyword @ (K::Quarter | K::HalfYear | K::Half | K::TenDays | K::Week | K::Term))) => {
                self.at += 1;
                match keyword {
                    K::Quarter => Unit::Quarter(if last { 4 } else { upto(4)? }),
                    K::HalfYear => Unit::HalfYear(if last { 2 } else { upto(2)? }),
                    K::Term => Unit::Term(if last { 4 } else { upto(4)? }),
                    // «первая половина года»
                    K::Half if matches!(self.peek(0), Some(Token::Number(_, 4) | Token::Keyword(K::Year | K::School | K::This))) => {
                        Unit::HalfYear(upto(2)?)
                    }
                    K::Half => Unit::HalfMonth { half: upto(2)?, month: month_behind(self) },
                    K::TenDays => Unit::TenDays { third: if last { 3 } else { upto(3)? }, month: month_behind(self) },
                    _ => Unit::Week { week: if last { None } else { Some(upto(5)?) }, month: month_behind(self) },
                }
            }
            _ if last || matches!(token, Token::Number(_, 0)) => return None,
            _ => Unit::Bare(n),
        };
        Some(Said::new(unit, start, self.end()))
    }

    /// «День библиотек», «Новому году»: the words to the next separator, if they may be the name of a day.
    fn named(&mut self, start: usize, mode: Mode) -> Option<Said> {
        let mut day = false;
        let from = self.at;
        loop {
            match self.peek(0) {
                Some(Token::Unknown | Token::Ordinal(_) | Token::Keyword(K::School)) => {}
                Some(Token::Keyword(K::Day | K::Week | K::Year)) => day = true,
                Some(Token::Keyword(K::And | K::In | K::On | K::Along | K::From))
                    if self.at > from && self.peek(1) == Some(Token::Unknown) => {}
                _ => break,
            }
            self.at += 1;
        }
        let unknown = self.lexemes[from..self.at].iter().any(|l| l.token == Token::Unknown);
        let to = mode == Mode::Until || mode == Mode::After;
        (unknown && (day || (to && self.at > from))).then(|| Said::new(Unit::Observance(start, self.end()), start, self.end()))
    }

    /// The year behind a period: «2024», «2024 г.», «24 г.», «2024/2025 уч. года», «текущего года», «учебного года».
    fn year_of(&mut self, said: &mut Said) {
        // `March 18, 2015`
        let comma = usize::from(self.peek(0) == Some(Token::Comma));
        if said.year.is_none()
            && let Some(Token::Number(n, 4)) = self.peek(comma)
            && let Some(first) = year(n)
        {
            said.year = Some(first);
            self.at += comma + 1;
            if let (Some(joint @ (Token::Slash | Token::Dash)), Some(Token::Number(second, width @ (2 | 4)))) = (self.peek(0), self.peek(1))
            {
                let follows = if width == 2 { (n + 1) % 100 == second } else { n + 1 == second };
                if follows && (joint == Token::Slash || said.unit == Unit::Season(0) || self.is(2, K::School)) {
                    said.school = true;
                    self.at += 2;
                }
            }
        } else if said.year.is_none()
            && let Some(Token::Number(n, 2)) = self.peek(0)
            && self.is(1, K::Year)
        {
            said.year = year(2000 + n);
            said.short = true;
            self.at += 2;
        }
        loop {
            match (self.keyword(0), self.keyword(1)) {
                (K::School, _) => said.school = true,
                (K::This, K::Year | K::This | K::School) | (K::Year, _) => {}
                _ => return,
            }
            self.at += 1;
        }
    }
}

const WORKDAYS: u8 = 0b0011_1110;
const WEEKEND: u8 = 0b1100_0000;

fn time(hour: u32, minute: u32) -> Option<Time> {
    (hour < 24 && minute < 60).then_some(Time { hour: hour as i8, minute: minute as i8 })
}

fn unit_per(keyword: K) -> Option<Per> {
    Some(match keyword {
        K::Day | K::Days => Per::Day,
        K::Week => Per::Week,
        K::Month => Per::Month,
        K::Quarter => Per::Quarter,
        K::HalfYear => Per::HalfYear,
        K::Year => Per::Year,
        _ => return None,
    })
}
