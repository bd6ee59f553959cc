//! What the search finds: documents, the rows of plans, files. Which records there are, in which order and in which files their texts stand
//! depends on front matter and on sizes alone, so that it is known before any text is read.

use super::{Dimension, Entry, EntryId, File, Site};
use crate::kinds::{Details, Kind, PlanItem, Programme};
use crate::record::Text;

/// A text longer than this, in bytes, is found as a whole and shown in part: ten of them are what a page of results loads.
pub const LONGEST_TEXT: usize = 12 << 10;

/// A file of texts is full at so many bytes.
const FULL: u64 = 14 << 10;

/// What title, address and facts of a record take.
const FRAME: u64 = 300;

/// What the title of a line that an issue collects takes.
const TITLE: u64 = 100;

/// What a record is of, in the order in which records are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKind {
    Document(Kind),
    Row,
    File,
}

impl RecordKind {
    /// The name in the index and in the addresses of searches.
    pub fn id(self) -> &'static str {
        match self {
            RecordKind::Document(kind) => kind.id(),
            RecordKind::Row => "row",
            RecordKind::File => "file",
        }
    }
}

/// What a record is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    Entry(EntryId),
    /// The plan and the index of the row.
    Row(EntryId, u32),
    /// The document and the place of the file among its attachments and recordings.
    File(EntryId, u32),
}

/// One thing that is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    pub kind: RecordKind,
    /// The year that it is filed under, 0 if none.
    pub year: i16,
    pub of: Of,
    /// About how many bytes its text takes.
    size: u64,
}

impl Record {
    /// The document that it is, or in which it stands.
    pub fn entry(&self) -> EntryId {
        match self.of {
            Of::Entry(id) | Of::Row(id, _) | Of::File(id, _) => id,
        }
    }
}

/// All records, by kind, then year, the newest first.
#[derive(Debug, Clone, Default)]
pub struct Records {
    pub list: Vec<Record>,
    /// The first record of each file of texts.
    pub texts: Vec<u32>,
    /// How much text there is, about, in bytes.
    pub bytes: u64,
}

impl Records {
    /// The records of `site`: of all that is published.
    pub fn of(site: &Site) -> Records {
        let mut list = Vec::with_capacity(site.entries.len() * 2);
        for (id, entry) in (0..).map(EntryId).zip(&site.entries).filter(|(_, entry)| !entry.document.common.draft) {
            let year = year_of(entry);
            let front: usize = details(entry).iter().map(|text| text.value.len()).sum();
            let kind = entry.document.kind;
            let size = entry.document.weight() + front as u64 + site.collected(id).map_or(0, |found| found.count() as u64 * TITLE);
            list.push(Record { kind: RecordKind::Document(kind), year, of: Of::Entry(id), size });
            if let Some((plan, rows)) = entry.current_plan() {
                for (n, row) in (0..).zip(&rows.rows).filter(|(_, row)| !row.dropped) {
                    let year = row.timeframe.as_ref().and_then(|frame| frame.start).map_or(year, |day| day.year());
                    let size = texts_of_row(row.item(plan)).map(|text| text.value.len() as u64).sum();
                    list.push(Record { kind: RecordKind::Row, year, of: Of::Row(id, n), size });
                }
            }
            let files = (0..).zip(files(entry)).map(|(n, _)| Record { kind: RecordKind::File, year, of: Of::File(id, n), size: 100 });
            list.extend(files);
        }
        list.sort_by_key(|record| (record.kind, std::cmp::Reverse(record.year), record.of));
        let (mut texts, mut filled, mut bytes) = (Vec::new(), u64::MAX, 0);
        for (n, record) in (0..).zip(&list) {
            let size = record.size.min(LONGEST_TEXT as u64) + FRAME;
            if filled.saturating_add(size) > FULL {
                texts.push(n);
                filled = 0;
            }
            filled += size;
            bytes += record.size + FRAME;
        }
        Records { list, texts, bytes }
    }

    /// The records whose texts stand in the file `n`.
    pub fn in_file(&self, n: usize) -> &[Record] {
        let start = self.texts.get(n).map_or(self.list.len(), |at| *at as usize);
        let end = self.texts.get(n + 1).map_or(self.list.len(), |at| *at as usize);
        &self.list[start..end]
    }

    /// The years of the records, the newest first.
    pub fn years(&self) -> Vec<i16> {
        let mut years: Vec<i16> = self.list.iter().map(|record| record.year).filter(|year| *year != 0).collect();
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        years
    }

    /// The kinds of the records, in order.
    pub fn kinds(&self) -> Vec<RecordKind> {
        let mut kinds: Vec<RecordKind> = self.list.iter().map(|record| record.kind).collect();
        kinds.dedup();
        kinds
    }
}

fn year_of(entry: &Entry) -> i16 {
    let day = match entry.document.kind {
        Kind::Page => None,
        _ => entry.date,
    };
    day.map_or(0, |day| day.year())
}

/// The files of a document that are records: what it offers to take away, and what was recorded.
pub fn files(entry: &Entry) -> impl Iterator<Item = &File> {
    entry.attachments.iter().chain(&entry.recordings).filter(|file| !file.title.is_empty())
}

/// The slugs of the areas that a document belongs to.
pub fn areas<'s>(site: &'s Site, entry: &'s Entry) -> impl Iterator<Item = &'s str> {
    entry.groups.iter().filter(|group| group.dimension == Dimension::Areas).map(|group| site.groups.get(*group).slug.as_str())
}

/// What the page of a document shows of its front matter beside title, names and persons.
pub fn details(entry: &Entry) -> Vec<&Text> {
    fn programme<'a>(lines: &'a [Programme], out: &mut Vec<&'a Text>) {
        for line in lines {
            out.extend(&line.title);
            programme(&line.items, out);
        }
    }
    let mut out = Vec::new();
    match &entry.document.details {
        Details::Workshop(workshop) => {
            programme(&workshop.programme, &mut out);
            out.extend(&workshop.venue);
        }
        Details::Plan(_) => {
            if let Some((plan, _)) = entry.current_plan() {
                out.extend(&plan.community);
                out.extend(&plan.goal);
                out.extend(&plan.objectives);
                out.extend(plan.sections.iter().filter_map(|section| section.title.as_ref()));
            }
        }
        Details::Practice(practice) => out.extend(practice.passport().into_iter().flat_map(|(_, lines)| lines)),
        Details::Project(project) => {
            out.extend(&project.goal);
            out.extend(&project.method);
            out.extend(project.indicators.iter().filter_map(|indicator| indicator.title.as_ref()));
        }
        Details::Document(paper) => {
            out.extend(&paper.kind);
            out.extend(&paper.number);
            out.extend(&paper.valid);
        }
        Details::Newsletter(newsletter) => {
            out.extend(&newsletter.number);
            out.extend(&newsletter.running_number);
        }
        Details::News(_) | Details::Page(_) => {}
    }
    out
}

/// What the page of a plan shows of a row beside its title, its time and persons.
pub fn texts_of_row(item: &PlanItem) -> impl Iterator<Item = &Text> {
    let parts = item.parts.iter().filter_map(|part| part.title.as_ref());
    item.group.iter().chain(parts).chain(&item.venue).chain(&item.output).chain(&item.competencies)
}
