//! A plan out of a paper: DOCX, XLSX, CSV or HTML to a [`Draft`], and everything in it that is doubtful.
//!
//! ```text
//! bytes ─one reader per format→ Paper ─rows→ Stream ─items, preamble→ Draft + doubts ─institutions→ proposals
//! ```
//! A reader knows its format and nothing of plans; what follows knows plans and nothing of formats. What is not understood is assumed
//! with a doubt, never dropped: every word of a cell is in the draft or among the doubts ([`ledger`]).
//!
//! Files come from anywhere: size, nesting and width are bounded ([`limits`]), and every step is linear in the text.

pub mod archive;
pub mod builder;
pub mod container;

pub mod days;
pub mod delimited;
pub mod docx;
pub mod doubt;
pub mod headings;
pub mod html;
pub mod institutions;
pub mod items;
pub mod joins;
pub mod ledger;
pub mod limits;
pub mod lists;
pub mod months;
pub mod number_format;
pub mod numbering;
pub mod numbers;
pub mod paper;
pub mod preamble;
pub mod refusal;
pub mod responsible;
pub mod rows;
pub mod stand_ins;
pub mod stream;
pub mod text;
pub mod times;
pub mod xlsx;
pub mod xml;

use crate::draft::Draft;
use crate::site::Registries;
use crate::value::language::Language;
use crate::value::timeframe::{Context, Period, Tables, wording};
use doubt::{Doubt, Matter, Place};
use headings::Role;
use institutions::Proposals;
use joins::Words;
use paper::{Block, Paper, TableName};
use refusal::Refusal;
use stream::{Entry, Note, Stream};

use std::collections::{BTreeMap, BTreeSet};

/// What is known beside the file.
pub struct Known<'a> {
    /// What the plan is called if the paper does not say: the file's name.
    pub name: &'a str,
    /// The plan's year as it was given, 2024 or 2024/2025; else it is looked for.
    pub year: Option<&'a str>,
    pub tables: &'a Tables,
    pub registries: &'a Registries,
}

/// A plan with what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub draft: Draft,
    /// In the order of the paper.
    pub doubts: Vec<Doubt>,
    pub proposals: Proposals,
}

/// Reads a plan from the bytes of a file.
///
/// # Errors
/// The file is of no known format, damaged, or holds no plan.
pub fn read(bytes: &[u8], known: &Known) -> Result<Import, Refusal> {
    if bytes.len() as u64 > limits::FILE {
        return Err(Refusal::TooLarge);
    }
    plan(&container::read(bytes)?, known)
}

/// Reads a plan from a paper.
///
/// # Errors
/// It holds no plan.
pub fn plan(paper: &Paper, known: &Known) -> Result<Import, Refusal> {
    let is_plan = |block: &Block| matches!(block, Block::Table(table) if headings::has_headings(table));
    if !paper.blocks.iter().any(is_plan) {
        return Err(Refusal::NoTable);
    }
    let (resolved, assumed) = stand_ins::resolve(paper).unzip();
    let paper = resolved.as_ref().unwrap_or(paper);
    let words = words(paper);
    let Stream { notes, entries, months, mut doubts } = rows::read(paper, &words);
    doubts.extend(assumed.unwrap_or_default());
    let quote = |(row, is_dropped): &(usize, bool)| {
        Doubt::new(Place::Row { table: TableName::File, row: *row }, Matter::QuoteOpen { is_dropped: *is_dropped })
    };
    doubts.extend(paper.quotes.iter().map(quote));
    if !entries.iter().any(|entry| matches!(entry, Entry::Row(_))) {
        return Err(Refusal::NoTable);
    }
    let mut draft = Draft::default();
    preamble::read(&notes, &mut draft, &mut doubts);
    year(&notes, &entries, known, &mut draft, &mut doubts);
    let named = Period::parse(&draft.year);
    for (place, columns) in months {
        let columns = columns.into_iter().map(|(heading, stretch)| (heading, stretch.in_year(named.as_ref()))).collect();
        doubts.push(Doubt::new(place, Matter::Months { columns }));
    }
    // Terms of a plan whose year is still to be written are read as those of any: a school year with a 29th of February.
    let period = if draft.year.is_empty() { Some(Period::School(2023)) } else { named };
    let has_numbers = entries.iter().any(|entry| matches!(entry, Entry::Row(row) if !row.lines(Role::Number).is_empty()));
    let context = |period| Context { period, tables: known.tables };
    let around = items::Around { context: context(period.as_ref()), of_months: context(named.as_ref()), words: &words, has_numbers };
    let (sections, places) = items::read(&entries, &around, &mut doubts);
    draft.sections = sections;
    numbers::make_unique(&mut draft.sections, &places, &mut doubts);
    if draft.title.is_empty() {
        draft.title = if known.name.trim().is_empty() { "План работы".into() } else { known.name.trim().to_owned() };
        doubts.push(Doubt::new(Place::Paper, Matter::NoPlanTitle { title: draft.title.clone() }));
    }
    let proposals = institutions::propose(&draft, known.registries, &mut doubts);
    let order = Order::of(paper);
    doubts.sort_by_key(|doubt| order.at(&doubt.place));
    advise_once(&mut doubts);
    Ok(Import { draft, doubts, proposals })
}

/// How to write a term is said once.
fn advise_once(doubts: &mut [Doubt]) {
    let mut said = BTreeSet::new();
    for doubt in doubts {
        if let Matter::TermUnread { printed, warning } = &doubt.matter
            && !said.insert(wording(warning, Language::Ru).1)
        {
            doubt.matter = Matter::TermUnreadToo { printed: printed.clone(), warning: warning.clone() };
        }
    }
}

/// The words of the paper, but for those at the ends of lines that may be cut.
fn words(paper: &Paper) -> Words {
    let mut words = Words::default();
    for block in &paper.blocks {
        match block {
            Block::Paragraph(paragraph) => words.add(&paragraph.text),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| row.filled()).filter(|cell| !cell.is_continued);
                cells.flat_map(|cell| cell.lines.iter()).for_each(|line| words.add(line));
            }
        }
    }
    words
}

/// The year that was given, else that of the title, else of another line, else the one that most terms name.
fn year(notes: &[Note], entries: &[Entry], known: &Known, draft: &mut Draft, doubts: &mut Vec<Doubt>) {
    if let Some(year) = known.year {
        draft.year = match Period::parse(year) {
            Some(Period::Calendar(year)) => year.to_string(),
            Some(Period::School(year)) => format!("{year}/{}", year + 1),
            _ => year.trim().to_owned(),
        };
        return;
    }
    if let Some(year) = days::period_in(&draft.title) {
        draft.year = year;
        return;
    }
    let says_year = |note: &&Note| note.text.to_lowercase().contains("год") && days::period_in(&note.text).is_some();
    let note = notes.iter().find(says_year).or_else(|| notes.iter().find(|note| days::period_in(&note.text).is_some()));
    if let Some((note, year)) = note.and_then(|note| Some((note, days::period_in(&note.text)?))) {
        doubts.push(Doubt::new(note.place.clone(), Matter::YearFrom { year: year.clone(), text: note.text.clone() }));
        draft.year = year;
        return;
    }
    let mut years: BTreeMap<String, (usize, Place, String)> = BTreeMap::new();
    for entry in entries {
        if let Entry::Row(row) = entry {
            let text = row.text(Role::Timeframe);
            if let Some(year) = days::period_in(&text) {
                years.entry(year).or_insert_with(|| (0, row.place_of(Role::Timeframe), text)).0 += 1;
            }
        }
    }
    // Of equally frequent ones the earliest.
    match years.into_iter().rev().max_by_key(|(_, (times, ..))| *times) {
        Some((year, (_, place, text))) => {
            doubts.push(Doubt::new(place, Matter::YearFrom { year: year.clone(), text }));
            draft.year = year;
        }
        None => doubts.push(Doubt::new(Place::Paper, Matter::NoYear)),
    }
}

/// Where on the paper things stand: its tables in their order, within them rows and columns. What concerns the whole paper comes first.
struct Order<'a> {
    paragraphs: BTreeMap<usize, usize>,
    tables: BTreeMap<&'a TableName, usize>,
}

impl<'a> Order<'a> {
    fn of(paper: &'a Paper) -> Order<'a> {
        let mut order = Order { paragraphs: BTreeMap::new(), tables: BTreeMap::new() };
        for (n, block) in paper.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(paragraph) => drop(order.paragraphs.insert(paragraph.number, n)),
                Block::Table(table) => drop(order.tables.insert(&table.name, n)),
            }
        }
        order
    }

    fn at(&self, place: &Place) -> (usize, usize, usize) {
        let table_at = |name| self.tables.get(name).map_or(usize::MAX, |n| n + 1);
        match place {
            Place::Paper => (0, 0, 0),
            Place::Paragraph(number) => (self.paragraphs.get(number).map_or(0, |n| n + 1), 0, 0),
            Place::Table(table) => (table_at(table), 0, 0),
            Place::Row { table, row } => (table_at(table), *row, 0),
            Place::Cell { table, row, column, .. } => (table_at(table), *row, column + 1),
        }
    }
}
