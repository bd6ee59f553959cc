//! From rows of the paper to rows of the plan: groups, parts with their terms, who is responsible.

use super::doubt::{Doubt, Matter, Place};
use super::headings::Role;
use super::joins::{Words, goes_on, join, mend};
use super::ledger;
use super::lists::{Listed, Mark, heading_with_first, list_of, mark};
use super::rows::LONGEST_HEADING;
use super::stream::{Entry, RawRow};
use super::{months, numbers, responsible, times};
use crate::draft::{DraftItem, DraftPart, DraftSection};
use crate::value::timeframe::{Context, Kind, Warning};

/// The most rows that one row with parallel lists can make.
const MOST_ROWS: usize = 40;

/// What is known around the rows.
pub struct Around<'a> {
    pub context: Context<'a>,
    /// The same for columns of months, which need the year itself.
    pub of_months: Context<'a>,
    pub words: &'a Words,
    /// Whether the tables number their rows in a column.
    pub has_numbers: bool,
}

/// The sections of the plan, and the place of each of their rows.
pub fn read(entries: &[Entry], around: &Around, doubts: &mut Vec<Doubt>) -> (Vec<DraftSection>, Vec<Place>) {
    let mut maker = Maker { around, doubts, sections: Vec::new(), places: Vec::new(), heading: None, last_number: String::new() };
    let titles: Vec<Option<String>> = entries.iter().map(|entry| maker.title_of(entry)).collect();
    let mut n = 0;
    while n < entries.len() {
        match &entries[n] {
            Entry::Section { title, .. } => maker.section(title),
            Entry::Group { title, number, place } => {
                maker.end_heading();
                let (title, number, place) = (title.clone(), number.clone(), place.clone());
                maker.heading = Some(Heading { title, number, place, rows: 0, are_counted: false });
            }
            Entry::Row(_) => {
                let taken = maker.group(&entries[n..], &titles[n..]);
                n += taken;
                continue;
            }
        }
        n += 1;
    }
    maker.end_heading();
    (maker.sections, maker.places)
}

struct Maker<'a, 'd> {
    around: &'a Around<'a>,
    doubts: &'d mut Vec<Doubt>,
    sections: Vec<DraftSection>,
    places: Vec<Place>,
    /// The row above that is a heading over these.
    heading: Option<Heading>,
    last_number: String,
}

/// What a row has from the heading above it.
#[derive(Default)]
struct Above {
    group: String,
    /// That of the heading, for its first row.
    number: String,
}

/// A row that is a heading over those below it.
struct Heading {
    title: String,
    number: String,
    place: Place,
    /// How many rows stand below it so far.
    rows: usize,
    /// Whether these are counted: «1. …», «2. …».
    are_counted: bool,
}

impl Maker<'_, '_> {
    /// The work of a row on one line.
    fn title_of(&self, entry: &Entry) -> Option<String> {
        match entry {
            Entry::Row(row) => Some(self.flow(row.lines(Role::Title)).join(" ")),
            _ => None,
        }
    }

    fn section(&mut self, title: &str) {
        self.end_heading();
        let (number, title) = section_number(title);
        self.sections.push(DraftSection { number, title, ..DraftSection::default() });
    }

    fn end_heading(&mut self) {
        if let Some(heading) = self.heading.take() {
            self.doubts.push(Doubt::new(heading.place, Matter::Group { heading: heading.title, rows: heading.rows }));
        }
    }

    /// Makes the first of `entries`, and if its work begins with a heading over several rows, those too; how many.
    fn group(&mut self, entries: &[Entry], titles: &[Option<String>]) -> usize {
        let Some(Entry::Row(first)) = entries.first() else { return 1 };
        let title = titles.first().and_then(Option::as_deref).unwrap_or("");
        let next = titles.get(1).and_then(Option::as_deref);
        let is_marked = |title: Option<&str>, n: usize| matches!(title.and_then(mark), Some((Mark::Number(found), _)) if found == n);
        let marked = |rest: &[Option<String>]| (2..).zip(rest).take_while(|(n, title)| is_marked(title.as_deref(), *n)).count();
        let lone = list_of(&self.flow(first.lines(Role::Title))).is_none();
        if let Some((heading, rest)) = heading_with_first(title).filter(|(heading, _)| lone && is_heading(heading) && is_marked(next, 2)) {
            let rows = 1 + marked(&titles[1..]);
            self.grouped(&entries[..rows], heading, rest);
            return rows;
        }
        if let Some((heading, rest)) = quoted_behind_colon(title)
            && is_heading(heading)
            && next.is_some_and(is_quoted)
        {
            let rows = 1 + titles[1..].iter().take_while(|title| title.as_deref().is_some_and(is_quoted)).count();
            self.grouped(&entries[..rows], heading, rest);
            return rows;
        }
        self.below_heading(first, title);
        1
    }

    /// Makes a row that may stand below a heading: one with a number stands over rows without, and over counted rows as far as they count.
    fn below_heading(&mut self, row: &RawRow, title: &str) {
        let counted = |n: usize| match mark(title) {
            Some((Mark::Number(found), rest)) if found == n => Some(rest),
            _ => None,
        };
        let has_number = !row.lines(Role::Number).is_empty();
        let is_over =
            |heading: &Heading| (heading.number.is_empty() || !has_number) && (!heading.are_counted || counted(heading.rows + 1).is_some());
        if !self.heading.as_ref().is_some_and(is_over) {
            self.end_heading();
        }
        let Some(heading) = &mut self.heading else { return self.row(row, &Above::default(), None) };
        heading.rows += 1;
        let own = counted(heading.rows);
        heading.are_counted |= own.is_some() && heading.rows == 1;
        let number = if heading.rows == 1 { heading.number.clone() } else { String::new() };
        let above = Above { group: heading.title.clone(), number };
        self.row(row, &above, own);
    }

    fn grouped(&mut self, entries: &[Entry], heading: &str, first_title: &str) {
        self.end_heading();
        let above = Above { group: heading.to_owned(), number: String::new() };
        for (n, entry) in entries.iter().enumerate() {
            let Entry::Row(row) = entry else { continue };
            if n == 0 {
                self.doubts.push(Doubt::new(row.place_of(Role::Title), Matter::Group { heading: heading.to_owned(), rows: entries.len() }));
            }
            let title = self.title_of(entry).unwrap_or_default();
            let own = mark(&title).filter(|(mark, _)| matches!(mark, Mark::Number(_))).map_or(title.as_str(), |(_, rest)| rest);
            self.row(row, &above, Some(if n == 0 { first_title } else { own }));
        }
    }

    /// Makes a row. `title` stands for what the cell says, if its heading or mark was taken off.
    fn row(&mut self, row: &RawRow, above: &Above, title: Option<&str>) {
        let start = self.doubts.len();
        let mut item = DraftItem { group: above.group.clone(), number: above.number.clone(), ..DraftItem::default() };
        self.number(row, &mut item);
        let lines = match title {
            Some(title) => vec![title.to_owned()],
            None => self.flow(row.lines(Role::Title)),
        };
        self.doubts_of_flow(row);
        let mut rest = Vec::new();
        let mut terms = unbroken(row.lines(Role::Timeframe), self.around.words).0;
        self.work(row, lines, &mut terms, &mut item, &mut rest);
        self.months(row, &mut terms, &mut item);
        if !self.around.has_numbers
            && item.number.is_empty()
            && let Some((number, title)) = numbers::leading(&item.title)
        {
            (item.number, item.title) = (number, title.to_owned());
        }
        self.term(row, &terms, &mut item);
        item.venue = venue(&self.flow(row.lines(Role::Venue)));
        let (parts, twice) = responsible::split(&self.flow(row.lines(Role::Responsible)));
        item.responsible = parts;
        let place = row.place_of(Role::Responsible);
        self.doubts.extend(twice.into_iter().map(|name| Doubt::new(place.clone(), Matter::PersonTwice { name })));
        item.competencies = words_of(&self.flow(row.lines(Role::Competencies)));
        item.output = texts_of(&self.flow(row.lines(Role::Output)));
        item.audience = texts_of(&self.flow(row.lines(Role::Audience)));
        item.form = self.flow(row.lines(Role::Form)).join(" ");
        for (heading, lines) in &row.strange {
            item.comments.push(format!("{}: {}", if heading.is_empty() { "?" } else { heading }, lines.join(" / ")));
        }
        if item.title.is_empty() {
            item.title = if row.strange.is_empty() { "Без названия".into() } else { row.strange[0].1.join(" ") };
            self.doubts.push(Doubt::new(row.place(), Matter::NoTitle { title: item.title.clone() }));
        }
        if self.around.has_numbers && item.number.is_empty() {
            self.doubts.push(Doubt::new(row.place(), Matter::NoNumber { title: item.title.clone() }));
        }
        if self.sections.is_empty() {
            self.sections.push(DraftSection::default());
        }
        let mut items = vec![item];
        items.extend(rest);
        let section = self.sections.last().map(|section| format!("{} {}", section.number, section.title)).unwrap_or_default();
        let lost = ledger::lost(row, &items, &section, &self.doubts[start..]);
        self.doubts.extend(lost);
        self.places.extend(items.iter().map(|_| row.place()));
        if let Some(section) = self.sections.last_mut() {
            section.items.extend(items);
        }
    }

    fn number(&mut self, row: &RawRow, item: &mut DraftItem) {
        let Some(cell) = row.cells.get(&Role::Number) else { return };
        let (number, matter) = numbers::read(&cell.lines.join(" "), cell.remark, &self.last_number);
        self.doubts.extend(matter.map(|matter| Doubt::new(row.place_of(Role::Number), matter)));
        item.number = number;
        if !item.number.is_empty() {
            self.last_number.clone_from(&item.number);
        }
    }

    /// Title and parts; rows that parallel lists make beside the first go to `rest`.
    fn work(&mut self, row: &RawRow, lines: Vec<String>, terms: &mut Vec<String>, item: &mut DraftItem, rest: &mut Vec<DraftItem>) {
        let times = |n: usize| times::split(terms, n, &self.around.context);
        let listed = list_of(&lines).or_else(|| {
            // Lines without marks are a list if there is a term for each.
            let all = lines.len();
            if times(all).is_some() {
                Some(Listed { intro: String::new(), items: lines.clone() })
            } else if all > 2 && times(all - 1).is_some() {
                Some(Listed { intro: lines[0].clone(), items: lines[1..].to_vec() })
            } else {
                None
            }
        });
        let Some(listed) = listed else {
            item.title = lines.join(" ");
            return;
        };
        // Each row that parallel lists make repeats what they share.
        let paired = times(listed.items.len()).filter(|paired| !listed.intro.is_empty() || paired.len() <= MOST_ROWS);
        if listed.intro.is_empty() {
            match paired {
                Some(paired) => self.parallel(row, &listed.items, paired, terms, item, rest),
                None => item.title = lines.join(" "),
            }
            return;
        }
        item.title = listed.intro;
        let place = row.place_of(Role::Timeframe);
        match paired {
            Some(paired) => {
                let parts: Vec<DraftPart> =
                    listed.items.into_iter().zip(paired).map(|(title, timeframe)| DraftPart { title, timeframe }).collect();
                let shown = parts.iter().map(|part| format!("{} — {}", part.title, part.timeframe)).collect();
                self.doubts.push(Doubt::new(place, Matter::PartsPaired { parts: shown }));
                item.parts = parts;
                terms.clear();
            }
            None => {
                if terms.len() > 1 {
                    let timeframe = terms.join(" ");
                    self.doubts.push(Doubt::new(place, Matter::PartsNotPaired { parts: listed.items.len(), timeframe }));
                }
                item.parts = listed.items.into_iter().map(|title| DraftPart { title, timeframe: String::new() }).collect();
            }
        }
    }

    /// A list of works beside a list of terms, without a word above them: rows of their own, the first with the number.
    fn parallel(
        &mut self,
        row: &RawRow,
        works: &[String],
        paired: Vec<String>,
        terms: &mut Vec<String>,
        item: &mut DraftItem,
        rest: &mut Vec<DraftItem>,
    ) {
        self.doubts.push(Doubt::new(row.place(), Matter::RowSplit { rows: works.len() }));
        item.title.clone_from(&works[0]);
        *terms = vec![paired[0].clone()];
        let venue = venue(&self.flow(row.lines(Role::Venue)));
        let (people, _) = responsible::split(&self.flow(row.lines(Role::Responsible)));
        let output = texts_of(&self.flow(row.lines(Role::Output)));
        rest.extend(works.iter().zip(paired).skip(1).map(|(title, timeframe)| DraftItem {
            group: item.group.clone(),
            title: title.clone(),
            timeframe,
            venue: venue.clone(),
            responsible: people.clone(),
            output: output.clone(),
            ..DraftItem::default()
        }));
    }

    /// What the columns of months say of the row.
    fn months(&mut self, row: &RawRow, terms: &mut Vec<String>, item: &mut DraftItem) {
        let months::Terms { timeframe, parts } = months::terms(&row.slots, &self.around.of_months);
        item.parts.extend(parts);
        if terms.is_empty() {
            terms.extend(Some(timeframe).filter(|timeframe| !timeframe.is_empty()));
        } else if !timeframe.is_empty() {
            item.comments.push(format!("срок: {timeframe}"));
            self.doubts.push(Doubt::new(row.place_of(Role::Timeframe), Matter::MonthsBesideTerm { printed: terms.join(" "), timeframe }));
        }
    }

    /// The term of the row, if it has a reading; a plan with another one is wrong, so that one stands as a comment.
    fn term(&mut self, row: &RawRow, terms: &[String], item: &mut DraftItem) {
        let place = row.place_of(Role::Timeframe);
        let month = self.sections.last().map_or("", |section| section.title.as_str());
        let has_own = item.parts.iter().any(|part| !part.timeframe.is_empty());
        if let Some(timeframe) = times::of_month(&terms.join(" "), month, &self.around.context).filter(|_| !has_own) {
            let printed = terms.join(" ");
            self.doubts.push(Doubt::new(place, Matter::TermOfSection { printed, timeframe: timeframe.clone() }));
            item.timeframe = timeframe;
            return;
        }
        if terms.is_empty() {
            return;
        }
        let (printed, frame) = times::whole(terms, &self.around.context);
        // That the year is missing is said once.
        let is_said = self.around.context.period.is_none() && times::warning(&frame) == Some(&Warning::NeedsYear);
        if let Some(warning) = times::warning(&frame).cloned().filter(|_| !is_said) {
            let matter = match frame.kind {
                Kind::Error => Matter::TermUnread { printed: printed.clone(), warning },
                _ => Matter::TermDoubtful { printed: printed.clone(), warning },
            };
            self.doubts.push(Doubt::new(place, matter));
        }
        match frame.kind {
            Kind::Error => item.comments.push(format!("срок: {printed}")),
            _ => item.timeframe = printed,
        }
    }

    /// The lines of a cell with sentences that the width of the column has cut made whole.
    fn flow(&self, lines: &[String]) -> Vec<String> {
        flow(lines, self.around.words).0
    }

    /// What was assumed in [`Maker::flow`], of every column.
    fn doubts_of_flow(&mut self, row: &RawRow) {
        for (role, text) in &row.cells {
            let whole = if *role == Role::Timeframe { unbroken } else { flow };
            for matter in whole(&text.lines, self.around.words).1 {
                self.doubts.push(Doubt::new(row.place_of(*role), matter));
            }
        }
    }
}

/// Terms begin with small letters too: only a cut word goes on on the next line.
fn unbroken(lines: &[String], words: &Words) -> (Vec<String>, Vec<Matter>) {
    let (mut out, mut matters): (Vec<String>, Vec<Matter>) = (Vec::new(), Vec::new());
    for line in lines {
        match out.last_mut() {
            Some(last) if last.ends_with(['-', '–', '—']) => matters.extend(join(last, line, words)),
            _ => out.push(line.clone()),
        }
    }
    (out, matters)
}

fn flow(lines: &[String], words: &Words) -> (Vec<String>, Vec<Matter>) {
    let (mut out, mut matters): (Vec<String>, Vec<Matter>) = (Vec::new(), Vec::new());
    for line in lines {
        let (line, mended) = mend(line, words);
        matters.extend(mended);
        match out.last_mut() {
            Some(last) if goes_on(last, &line) && mark(&line).is_none() => {
                matters.extend(join(last, &line, words));
            }
            _ => out.push(line),
        }
    }
    (out, matters)
}

/// «1. Организационная работа» → 1, «Организационная работа».
fn section_number(title: &str) -> (String, String) {
    let number: String = title.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | 'I' | 'V' | 'X')).collect();
    let rest = &title[number.len()..];
    let plain = number.trim_end_matches('.');
    let is_number = !plain.is_empty() && (number.ends_with('.') || rest.starts_with(')')) && plain.len() <= 8;
    let rest = rest.trim_start_matches(')').trim_start();
    if is_number && !rest.is_empty() { (plain.to_owned(), rest.to_owned()) } else { (String::new(), title.to_owned()) }
}

fn is_heading(text: &str) -> bool {
    text.chars().count() <= LONGEST_HEADING
}

fn is_quoted(title: &str) -> bool {
    title.starts_with('«') && title.ends_with('»')
}

/// «Мониторинги: «Обеспеченность»» → «Мониторинги:» and the rest.
fn quoted_behind_colon(title: &str) -> Option<(&str, &str)> {
    let at = title.find(": «")?;
    let (heading, rest) = (&title[..=at], title[at + 1..].trim_start());
    is_quoted(rest).then_some((heading, rest))
}

/// Lines of a place: another place stands on a line of its own, the rest of a name does not.
fn venue(lines: &[String]) -> String {
    let mut out = String::new();
    for line in lines {
        if !out.is_empty() {
            let is_rest = line.starts_with(|c: char| matches!(c, '«' | '"' | '(' | '№' | ',') || c.is_ascii_digit() || c.is_lowercase());
            out.push_str(if is_rest || out.ends_with([',', ';']) { " " } else { "; " });
        }
        out.push_str(line);
    }
    out
}

/// Single words and short phrases between commas.
fn words_of(lines: &[String]) -> Vec<String> {
    let texts = texts_of(lines);
    let [text] = &texts[..] else { return texts };
    let parts: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_short = |part: &&str| part.split_whitespace().count() <= 3 && !part.contains(['(', ')', '«', '»']);
    if parts.len() > 1 && parts.iter().all(is_short) { parts.into_iter().map(str::to_owned).collect() } else { texts }
}

/// The items of a list, or the lines of a cell.
fn texts_of(lines: &[String]) -> Vec<String> {
    match list_of(lines) {
        Some(listed) if listed.intro.is_empty() => listed.items,
        Some(listed) => vec![format!("{} {}", listed.intro, listed.items.join("; "))],
        None => lines
            .iter()
            .map(|line| mark(line).filter(|(mark, _)| *mark == Mark::Dash).map_or(line.as_str(), |(_, rest)| rest).to_owned())
            .collect(),
    }
}
