//! What the parts of a string mean together: which noun and year a number takes, what kind of frame comes of it.

use super::grammar::{Item, Link, Mode, Phrase};
use super::resolve::{Edge, Resolved, Said, Unit, holidays, in_period, meets_period, terms};
use super::rule::bits;
use super::{Context, Kind, Per, Precision, TimeFrame, Warning};
use std::mem::discriminant;

/// The frame that `phrase`, read from `text`, means.
pub(super) fn compose(text: &str, mut phrase: Phrase, context: &Context) -> Result<TimeFrame, Warning> {
    inherit(&mut phrase);
    explain_names(&mut phrase);
    if phrase.weekdays != 0 {
        phrase.rule.weekdays |= phrase.weekdays;
    }
    days_of_months(&mut phrase);
    let mut frames: Vec<TimeFrame> = Vec::with_capacity(phrase.items.len());
    for item in &phrase.items {
        let frame = frame_of(item, text, context)?;
        // «октябрь (II декада)»: what stands in brackets says it more precisely.
        let whole = |before: &TimeFrame| before.kind != Kind::Exact && before.start <= frame.start && frame.end <= before.end;
        if item.inside && frames.last().is_some_and(whole) {
            frames.pop();
        }
        frames.push(frame);
    }
    frames = frames.into_iter().flat_map(|frame| if frame.kind == Kind::List { frame.items } else { vec![frame] }).collect();

    let mut frame = if phrase.rule.is_said() { repeated(&phrase, frames, context)? } else { once(text, &mut phrase, frames, context)? };
    frame.time = phrase.time;
    if phrase.time.is_some() {
        frame.items.iter_mut().for_each(|item| item.time = phrase.time);
    }
    frame.approximate |= phrase.approximate;
    frame.confirm |= phrase.confirm && frame.kind != Kind::Tbd;
    Ok(frame)
}

/// Without a repetition: one frame, several, or none.
fn once(text: &str, phrase: &mut Phrase, mut frames: Vec<TimeFrame>, context: &Context) -> Result<TimeFrame, Warning> {
    let lasting = frames.iter().all(|frame| frame.kind == Kind::Ongoing);
    match phrase.undated {
        Some(kind) if lasting || kind == Kind::OnDemand => return Ok(undated(kind, &frames, context)),
        // «октябрь, по графику»: the month is known, the day another plan's.
        Some(_) => phrase.confirm = true,
        None => {}
    }
    match frames.len() {
        0 if phrase.confirm => Ok(undated(Kind::Tbd, &frames, context)),
        0 => Err(Warning::NotUnderstood(text.chars().take(40).collect())),
        1 => Ok(frames.remove(0)),
        _ => Ok(list(frames)),
    }
}

/// With a repetition: the frames are its bounds.
fn repeated(phrase: &Phrase, mut frames: Vec<TimeFrame>, context: &Context) -> Result<TimeFrame, Warning> {
    let rule = &phrase.rule;
    if phrase.undated == Some(Kind::OnDemand) {
        return Ok(undated(Kind::OnDemand, &frames, context));
    }
    if rule.term {
        let found: Vec<TimeFrame> =
            terms(context).map(|(_, term)| frame(Kind::Window, Resolved::new(term.start, term.end, Precision::Quarter))).collect();
        return if found.is_empty() { Err(Warning::NeedsSchoolTerms) } else { Ok(list(found)) };
    }
    // «1 раз в квартал (март, июнь, сентябрь, декабрь)»: the months say more than how often.
    if frames.len() > 1 && !rule.has_days() {
        return Ok(list(frames));
    }
    let (mut recurrence, mut precision) = rule.recurrence();
    let warning = frames.iter_mut().find_map(|frame| frame.warning.take());
    let (start, end) = match (frames.iter().filter_map(|f| f.start).min(), frames.iter().filter_map(|f| f.end).max()) {
        (Some(start), Some(end)) => (start, end),
        _ => context.period.and_then(|period| period.bounds(context.tables)).ok_or(Warning::NeedsYear)?,
    };
    // «ежегодно в марте», «ежегодно 27 мая»
    if let (Per::Year, Some(rrule), [one]) = (recurrence.per, &mut recurrence.rrule, phrase.items.as_slice()) {
        let within = frames.first().map_or(Precision::Year, |frame| frame.precision);
        match (one.mode, &one.last, within) {
            (Mode::Plain, None, Precision::Month) => rrule.push_str(&format!(";BYMONTH={}", start.month())),
            (Mode::Plain, None, Precision::Day) if start == end => {
                rrule.push_str(&format!(";BYMONTH={};BYMONTHDAY={}", start.month(), start.day()))
            }
            _ => {}
        }
        precision = within;
    }
    Ok(TimeFrame {
        start: Some(start),
        end: Some(end),
        precision,
        recurrence: Some(recurrence),
        approximate: rule.vague,
        confirm: phrase.undated.is_some(),
        warning,
        ..TimeFrame::empty(Kind::Recurring)
    })
}

// What stands unsaid.

/// Gives each number its noun, each part its month and each period its year, where these stand beside another.
fn inherit(phrase: &mut Phrase) {
    let mut noun: Option<Unit> = None;
    let mut from: Option<Said> = None;
    for item in phrase.items.iter_mut().rev() {
        for said in item.last.iter_mut().chain([&mut item.first]) {
            match (said.unit, noun) {
                (Unit::Bare(n), Some(noun)) => said.unit = noun.numbered(n).unwrap_or(said.unit),
                (unit, Some(noun)) if !matches!(noun, Unit::Month(_) | Unit::Day { .. }) => {
                    said.unit = noun.month().and_then(|month| unit.in_month(month)).unwrap_or(unit);
                }
                _ => {}
            }
            if !matches!(said.unit, Unit::Bare(_)) {
                noun = Some(said.unit);
            }
            match (said.year, from) {
                (Some(_), _) => from = Some(*said),
                (None, Some(from)) => {
                    (said.year, said.short, said.given) = (from.year, from.short, true);
                    said.school |= from.school;
                }
                _ => {}
            }
        }
    }
    // «октябрь, 2-я неделя»: the part takes the month before it, which says nothing more then.
    let mut donor: Option<Said> = None;
    let mut kept: Vec<Item> = Vec::with_capacity(phrase.items.len());
    for mut item in phrase.items.drain(..) {
        if let Some(Item { first: month @ Said { unit: Unit::Month(_), edge: None, .. }, last: None, mode: Mode::Plain, .. }) = kept.last()
            && item.first.unit.in_month(1).is_some()
        {
            donor = Some(*month);
            kept.pop();
        }
        for said in [&mut item.first].into_iter().chain(item.last.as_mut()) {
            if let Some(donor) = &donor
                && let Some(unit) = donor.unit.month().and_then(|month| said.unit.in_month(month))
            {
                (said.unit, said.year, said.school, said.short) = (unit, said.year.or(donor.year), donor.school, donor.short);
            }
        }
        // «третья декада» of no month: of every one.
        if item.first.unit.in_month(1).is_some() {
            phrase.rule.per(Per::Month, 1);
            continue;
        }
        kept.push(item);
    }
    phrase.items = kept;
    // «до 20 января, 20 апреля», «в течение I и II квартала»: what is said of the first holds for its like.
    for at in 1..phrase.items.len() {
        let before = &phrase.items[at - 1];
        let (mode, unit) = (before.mode, discriminant(&before.first.unit));
        let item = &mut phrase.items[at];
        if matches!(mode, Mode::Until | Mode::During) && item.mode == Mode::Plain && !item.inside && discriminant(&item.first.unit) == unit
        {
            item.mode = mode;
        }
    }
}

/// «24–30 марта (Неделя детской книги)», «День знаний (1 сентября)»: beside a date the name only explains.
fn explain_names(phrase: &mut Phrase) {
    let named = |item: &Item| matches!(item.first.unit, Unit::Observance(..) | Unit::Holidays(_));
    for at in (0..phrase.items.len()).rev() {
        let explains = phrase.items[at].inside && at > 0 && !named(&phrase.items[at - 1]);
        let explained = phrase.items.get(at + 1).is_some_and(|next| next.inside && !named(next));
        if named(&phrase.items[at]) && (explains || explained) {
            phrase.items.remove(at);
        }
    }
}

/// «октябрь, вторая среда», «октябрь, 15 числа»: a repetition within months that are named is so many days.
fn days_of_months(phrase: &mut Phrase) {
    let rule = &phrase.rule;
    let months = phrase
        .items
        .iter()
        .all(|i| i.mode == Mode::Plain && i.last.is_none() && i.first.edge.is_none() && matches!(i.first.unit, Unit::Month(_)));
    if rule.every || rule.per.is_some() || phrase.items.is_empty() || !months || (rule.nths == 0 && rule.month_days == 0) {
        return;
    }
    let mut items = Vec::new();
    for item in &phrase.items {
        let month = item.first.unit.month();
        let days = bits(rule.month_days).map(|day| Unit::Day { day, month: month.unwrap_or(0) });
        for unit in rule.nth_weekdays().map(|(nth, weekday)| Unit::NthWeekday { nth, weekday, month }).chain(days) {
            items.push(Item { first: Said { unit, ..item.first }, ..*item });
        }
    }
    phrase.items = items;
    phrase.rule = Default::default();
}

// One item.

fn frame_of(item: &Item, text: &str, context: &Context) -> Result<TimeFrame, Warning> {
    let bounds = context.period.and_then(|period| period.bounds(context.tables));
    if item.first.unit == Unit::Holidays(None) {
        return all_holidays(item.mode, context);
    }
    let mut is_outside = false;
    let mut frame = match (item.mode, &item.last) {
        (mode, Some(last)) => {
            let (first, end) = span(&item.first, last, text, context)?;
            is_outside |= !meets_period(&first, context) || !meets_period(&end, context);
            if item.link == Link::Either && first.end.add_days(1) < end.start {
                return Ok(list(vec![either(frame(plain(&item.first, &first), first)), either(frame(plain(last, &end), end))]));
            }
            let precision = first.precision.max(end.precision);
            let whole = Resolved {
                start: first.start,
                end: end.end,
                precision,
                approximate: first.approximate || end.approximate,
                warning: first.warning.or(end.warning),
            };
            let months = (i32::from(whole.end.year()) - i32::from(whole.start.year())) * 12 + i32::from(whole.end.month())
                - i32::from(whole.start.month())
                + 1;
            let kind = match mode {
                Mode::During => Kind::Ongoing,
                Mode::OneOf => Kind::Window,
                Mode::Until => Kind::Deadline,
                _ if precision == Precision::Day => Kind::Exact,
                Mode::From => Kind::Ongoing,
                _ if precision >= Precision::Year || months > 3 => Kind::Ongoing,
                _ => Kind::Window,
            };
            let mut frame = frame(kind, whole);
            frame.approximate |= item.link == Link::Either;
            frame
        }
        (Mode::Until, None) => {
            let resolved = item.first.deadline(text, context)?;
            // «к началу учебного года»: its first day.
            let end = if item.first.edge == Some(Edge::Start) { resolved.start } else { resolved.end };
            let start = bounds.map_or(end, |(start, _)| start.min(end));
            // «до конца февраля» of a plan that ends within it.
            let is_near = resolved.precision <= Precision::Month && meets_period(&resolved, context);
            is_outside |= !is_near && !in_period(end, context);
            TimeFrame { start: Some(start), end: Some(end), ..frame(Kind::Deadline, resolved) }
        }
        (mode @ (Mode::From | Mode::NotBefore | Mode::After), None) => {
            let resolved = settled(&item.first, text, context)?;
            let start = if mode == Mode::After { resolved.end.add_days(1) } else { resolved.start };
            let end = bounds.map(|(_, end)| end).filter(|end| *end >= start);
            is_outside |= if mode == Mode::After { !in_period(start, context) } else { !meets_period(&resolved, context) };
            TimeFrame { start: Some(start), end, ..frame(Kind::Window, resolved) }
        }
        (mode, None) => {
            let resolved = settled(&item.first, text, context)?;
            is_outside |= !meets_period(&resolved, context);
            let kind = match mode {
                Mode::During => Kind::Ongoing,
                Mode::OneOf => Kind::Window,
                _ => plain(&item.first, &resolved),
            };
            frame(kind, resolved)
        }
    };
    if let (Some(weekday), Kind::Exact, Some(start)) = (item.weekday, frame.kind, frame.start)
        && start.weekday() != weekday
    {
        frame.warning.get_or_insert(Warning::WeekdayMismatch(start.weekday()));
    }
    if frame.warning.is_none() && is_outside {
        frame.warning = Some(Warning::OutsidePlan);
    }
    Ok(frame)
}

/// The kind of a period that stands alone.
fn plain(said: &Said, resolved: &Resolved) -> Kind {
    match resolved.precision {
        Precision::Year | Precision::AcademicYear => Kind::Ongoing,
        _ if matches!(said.unit, Unit::Holidays(_)) => Kind::Window,
        Precision::Day => Kind::Exact,
        _ => Kind::Window,
    }
}

/// The days of a period; a year that it took from another in the list gives way to the plan's, where that alone keeps it in the plan.
fn settled(said: &Said, text: &str, context: &Context) -> Result<Resolved, Warning> {
    let resolved = said.resolve(text, context, None);
    let Some((start, end)) = context.period.and_then(|period| period.bounds(context.tables)) else { return resolved };
    if said.given && !said.school && (start.year()..=end.year()).contains(&said.year.unwrap_or(0)) {
        let inside = |r: &Resolved| in_period(r.start, context) && in_period(r.end, context);
        let by_plan = Said { year: None, ..*said }.resolve(text, context, None);
        if let Ok(by_plan) = by_plan
            && inside(&by_plan)
            && !resolved.as_ref().is_ok_and(inside)
        {
            return Ok(by_plan);
        }
    }
    resolved
}

/// The first and the last of a span; an end before the start moves to the next year, unless both years are said.
fn span(first: &Said, last: &Said, text: &str, context: &Context) -> Result<(Resolved, Resolved), Warning> {
    let mut first = *first;
    let mut last = *last;
    let from = first.resolve(text, context, last.unit.month());
    if last.year.is_some() {
        if last.unit == Unit::Season(0) {
            last.school = true;
        }
        let to = last.resolve(text, context, None)?;
        let from = from?;
        if from.start <= to.end {
            return Ok((from, to));
        }
        // «ноябрь – февраль 2025»: the year is that of the end.
        let taken = first.given;
        first.year = first.year.map(|year| year - 1).filter(|_| taken);
        let from = first.resolve(text, context, last.unit.month())?;
        return if taken && from.start <= to.end { Ok((from, to)) } else { Err(Warning::EndBeforeStart) };
    }
    let from = from?;
    // August before September needs no doubt.
    let relative = last.unit.month().is_some();
    if relative || first.year.is_some() {
        last.year = Some(from.start.year());
        last.school = last.unit == Unit::Season(0);
    }
    if !relative {
        (last.year, last.school) = (first.year, first.school);
    }
    let fits = |to: &Resolved| from.start <= to.end;
    let to = last.resolve(text, context, None);
    if to.as_ref().is_ok_and(fits) {
        return Ok((from, to?));
    }
    let later = Said { year: last.year.map(|year| year.saturating_add(1)), ..last };
    match later.resolve(text, context, None) {
        Ok(to) if relative && fits(&to) => Ok((from, to)),
        _ => Err(to.err().unwrap_or(Warning::EndBeforeStart)),
    }
}

fn all_holidays(mode: Mode, context: &Context) -> Result<TimeFrame, Warning> {
    let kind = if mode == Mode::During { Kind::Ongoing } else { Kind::Window };
    let mut found: Vec<TimeFrame> = holidays(context).map(|h| frame(kind, Resolved::new(h.start, h.end, Precision::Day))).collect();
    match found.len() {
        0 => Err(Warning::NeedsHolidays),
        1 => Ok(found.remove(0)),
        _ => Ok(list(found)),
    }
}

fn either(frame: TimeFrame) -> TimeFrame {
    TimeFrame { approximate: true, ..frame }
}

fn frame(kind: Kind, resolved: Resolved) -> TimeFrame {
    TimeFrame {
        start: Some(resolved.start),
        end: Some(resolved.end),
        precision: resolved.precision,
        approximate: resolved.approximate,
        warning: resolved.warning,
        ..TimeFrame::empty(kind)
    }
}

fn list(items: Vec<TimeFrame>) -> TimeFrame {
    let start = items.iter().filter_map(|item| item.start).min();
    let end = items.iter().filter_map(|item| item.end).max();
    let precision = items.iter().map(|item| item.precision).max().unwrap_or(Precision::None);
    let warning = items.iter().find_map(|item| item.warning.clone());
    TimeFrame { start, end, precision, items, warning, ..TimeFrame::empty(Kind::List) }
}

fn undated(kind: Kind, frames: &[TimeFrame], context: &Context) -> TimeFrame {
    let plan = context.period.and_then(|period| period.bounds(context.tables));
    let start = frames.iter().filter_map(|frame| frame.start).min().or(plan.map(|(start, _)| start));
    let end = frames.iter().filter_map(|frame| frame.end).max().or(plan.map(|(_, end)| end));
    TimeFrame { start, end, precision: Precision::None, ..TimeFrame::empty(kind) }
}
