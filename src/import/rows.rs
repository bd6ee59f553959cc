//! From tables to the rows of a plan: headings are dropped, sections and groups found, rows that a page has cut are whole again.

use super::doubt::{Doubt, Matter, Place};
use super::headings::{BELOW, Column, Columns, Role, columns, heading_of, is_end, role_of, row_score, score};
use super::joins::{Words, goes_on, join};
use super::months::{Slot, Stretch, count_new_years, is_mark, says_something, stretches};
use super::paper::{Block, Cell, Paper, Paragraph, Row, Table, TableName};
use super::stream::{Entry, Note, RawRow, Stream, Text};
use crate::value::letter::{is_letter, is_letter_or_digit};
use crate::value::timeframe::{self, Context, Kind, Period, Precision, Tables};
use std::collections::{BTreeMap, HashSet};

/// Reads the tables of `paper` that are the plan's; everything else of it is a note.
pub fn read(paper: &Paper, words: &Words) -> Stream {
    let mut reader =
        Reader { stream: Stream::default(), columns: Columns::default(), width: 0, words, named_section: None, has_rows: false, depth: 0 };
    let sheets = Sheets::of(paper);
    let tables = paper.blocks.iter().filter(|block| matches!(block, Block::Table(table) if score(table) > 0)).count();
    let mut waiting: Vec<&Paragraph> = Vec::new();
    for block in &paper.blocks {
        match block {
            Block::Paragraph(paragraph) => waiting.push(paragraph),
            Block::Table(table) if sheets.leaves_out(table) => reader.left_out(table),
            Block::Table(table) => {
                let is_plan = score(table) > 0 || reader.goes_on_in(table);
                reader.paragraphs(&mut waiting, if is_plan { tables } else { 0 });
                if is_plan {
                    if sheets.are_many {
                        reader.sheet(&table.name);
                    }
                    reader.table(table);
                } else {
                    reader.loose(&table.name, &table.rows);
                }
            }
        }
    }
    reader.paragraphs(&mut waiting, 0);
    paper.hidden.iter().for_each(|table| reader.left_out(table));
    reader.end();
    reader.stream
}

/// Which sheets of a workbook hold the plan: the best one, and those with nearly the same columns.
struct Sheets {
    best: Vec<Role>,
    /// Whether more than one is taken: then each is a section.
    are_many: bool,
}

impl Sheets {
    fn of(paper: &Paper) -> Sheets {
        let tables = || {
            paper.blocks.iter().filter_map(|block| match block {
                Block::Table(table) if matches!(table.name, TableName::Sheet(_)) => Some(table),
                _ => None,
            })
        };
        let best = tables().fold(None, |best: Option<&Table>, table| match best {
            Some(best) if (score(best), best.rows.len()) >= (score(table), table.rows.len()) => Some(best),
            _ => Some(table),
        });
        let best = best.map(roles).unwrap_or_default();
        Sheets { are_many: tables().filter(|table| are_alike(&roles(table), &best)).count() > 1, best }
    }

    fn leaves_out(&self, table: &Table) -> bool {
        matches!(table.name, TableName::Sheet(_)) && !self.best.is_empty() && !are_alike(&roles(table), &self.best)
    }
}

/// Whether two tables have most of their columns in common, the work among them: a sheet may lack the place.
fn are_alike(one: &[Role], other: &[Role]) -> bool {
    let common = one.iter().filter(|role| other.contains(role)).count();
    one == other
        || one.contains(&Role::Title) && other.contains(&Role::Title) && common >= 3 && common * 3 >= one.len().max(other.len()) * 2
}

fn roles(table: &Table) -> Vec<Role> {
    let head = table.rows.iter().max_by_key(|row| row_score(row)).filter(|row| row_score(row) > 0);
    let mut roles: Vec<Role> = head.map(|row| columns(row).of.iter().filter_map(|column| column.role).collect()).unwrap_or_default();
    roles.sort();
    roles
}

/// Whether `text` names a month, a quarter or a half-year and nothing else.
fn names_period(text: &str) -> bool {
    let tables = Tables::default();
    let year = Period::Calendar(2024);
    let frame = timeframe::read(text, &Context { period: Some(&year), tables: &tables });
    frame.kind == Kind::Window && matches!(frame.precision, Precision::Month | Precision::Quarter | Precision::HalfYear)
}

/// The cells that begin in the row.
fn own_cells(row: &Row) -> impl Iterator<Item = &Cell> {
    row.filled().filter(|cell| !cell.is_continued)
}

fn row_text(row: &Row) -> String {
    row.filled().filter(|cell| !cell.is_continued).map(Cell::text).collect::<Vec<_>>().join(" | ")
}

struct Reader<'a> {
    stream: Stream,
    /// Of the table, or of the one before.
    columns: Columns,
    /// How many columns that table has.
    width: usize,
    words: &'a Words,
    /// The section that the column «Раздел» named last.
    named_section: Option<String>,
    /// Whether a row has been read.
    has_rows: bool,
    /// How many numbers the number of the section has: 1 for «2.», 2 for «2.1.».
    depth: usize,
}

/// The longest heading over several rows, in characters.
pub const LONGEST_HEADING: usize = 400;

fn number_depth(title: &str) -> usize {
    let number: String = title.chars().take(12).take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    number.split('.').filter(|part| !part.is_empty()).count()
}

/// The beginning of a text that is only there to be recognised.
fn short(text: &str) -> String {
    const SHOWN: usize = 80;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn width(table: &Table) -> usize {
    table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.column + cell.span)).max().unwrap_or(0)
}

impl Reader<'_> {
    fn doubt(&mut self, place: Place, matter: Matter) {
        self.stream.doubts.push(Doubt::new(place, matter));
    }

    /// Whether a table without headings is the rest of the one before.
    fn goes_on_in(&self, table: &Table) -> bool {
        self.width > 2 && width(table) == self.width && table.rows.iter().any(|row| row.filled().count() > 2)
    }

    /// Text before a table: notes, and before one of several tables of the plan the last line is the heading of a section.
    fn paragraphs(&mut self, waiting: &mut Vec<&Paragraph>, tables: usize) {
        let heading = match waiting.last() {
            Some(last) if tables > 1 && is_section_heading(last, !self.stream.entries.is_empty()) => waiting.pop(),
            _ => None,
        };
        let note = |paragraph: &&Paragraph| Note {
            text: paragraph.text.clone(),
            place: Place::Paragraph(paragraph.number),
            is_listed: paragraph.is_listed,
        };
        self.stream.notes.extend(waiting.drain(..).map(|paragraph| note(&paragraph)));
        if let Some(heading) = heading {
            let (title, place) = (heading.text.clone(), Place::Paragraph(heading.number));
            self.doubt(place.clone(), Matter::Section { title: title.clone() });
            self.stream.entries.push(Entry::Section { title, place });
        }
    }

    /// Rows that are no plan's, column by column: blocks of approval stand side by side.
    fn loose(&mut self, name: &TableName, rows: &[Row]) {
        let mut by_column: BTreeMap<usize, Vec<Note>> = BTreeMap::new();
        for row in rows {
            for cell in row.filled().filter(|cell| !cell.is_continued) {
                let place = Place::Cell { table: name.clone(), row: row.number, column: cell.column, heading: String::new() };
                let notes = cell.lines.iter().map(|line| Note { text: line.clone(), place: place.clone(), is_listed: false });
                by_column.entry(cell.column).or_default().extend(notes);
            }
        }
        self.stream.notes.extend(by_column.into_values().flatten());
    }

    /// What stands below the last row is no heading: sums, remarks, signatures.
    fn end(&mut self) {
        let last_row = self.stream.entries.iter().rposition(|entry| matches!(entry, Entry::Row(_))).map_or(0, |n| n + 1);
        let mut below = HashSet::new();
        for entry in self.stream.entries.split_off(last_row) {
            if let Entry::Section { title, place } | Entry::Group { title, place, .. } = entry {
                self.doubt(place, Matter::Unplaced { text: title.clone() });
                below.insert(title);
            }
        }
        self.stream.doubts.retain(|doubt| !matches!(&doubt.matter, Matter::Section { title } if below.contains(title)));
    }

    fn left_out(&mut self, table: &Table) {
        let rows: Vec<String> = table.rows.iter().map(row_text).collect();
        self.doubt(Place::Table(table.name.clone()), Matter::SheetLeftOut { text: rows.join(" / ") });
    }

    /// One of several sheets: its name is the heading of a section.
    fn sheet(&mut self, name: &TableName) {
        let TableName::Sheet(sheet) = name else { return };
        let (title, place) = (sheet.clone(), Place::Table(name.clone()));
        self.doubt(place.clone(), Matter::Section { title: title.clone() });
        self.stream.entries.push(Entry::Section { title, place });
    }

    fn table(&mut self, table: &Table) {
        let head = table.rows.iter().position(|row| row_score(row) > 0);
        let first = head.unwrap_or(0);
        self.loose(&table.name, &table.rows[..first]);
        self.width = width(table);
        let mut repeated = Vec::new();
        // Behind headings a row may go on with the one before them, on the page before.
        let (mut is_after_break, mut is_after_head) = (true, false);
        // Where the headings stand of which nothing was said yet: others may follow below them.
        let mut untold: Option<Place> = None;
        for (n, row) in table.rows.iter().enumerate().skip(first) {
            if row.filled().next().is_none() {
                continue;
            }
            if !self.columns.of.is_empty() && self.columns.are_repeated_by(row) {
                repeated.push(row.number);
                (is_after_break, is_after_head) = (true, true);
            } else if is_after_head && self.is_below_headings(row) {
                self.lower_headings(row);
                untold = Some(Place::Row { table: table.name.clone(), row: row.number });
            } else if Some(n) == head || row_score(row) > 2 {
                self.columns = columns(row);
                untold = Some(Place::Row { table: table.name.clone(), row: row.number });
                (is_after_break, is_after_head) = (true, true);
            } else if is_after_head && counts_columns(row) {
                self.doubt(Place::Row { table: table.name.clone(), row: row.number }, Matter::RowLeftOut { text: row_text(row) });
            } else {
                untold.take().into_iter().for_each(|place| self.tell_columns(&place));
                self.row(table, row, table.rows.get(n + 1), is_after_break);
                (is_after_break, is_after_head) = (false, false);
            }
        }
        untold.into_iter().for_each(|place| self.tell_columns(&place));
        if !repeated.is_empty() {
            self.doubt(Place::Table(table.name.clone()), Matter::HeadingsRepeated { rows: repeated });
        }
    }

    /// Says how the headings were read, once they are complete.
    fn tell_columns(&mut self, place: &Place) {
        count_new_years(self.columns.of.iter_mut().filter_map(|column| column.stretch.as_mut()));
        let (months, others): (Vec<&Column>, Vec<&Column>) = self.columns.of.iter().partition(|column| column.stretch.is_some());
        let columns = others.iter().map(|column| (column.heading.clone(), column.role.map(Role::key))).collect();
        let strange = others.iter().filter(|column| column.role.is_none());
        let strange: Vec<Matter> = strange.map(|column| Matter::StrangeColumn { heading: column.heading.clone() }).collect();
        let months = months.iter().filter_map(|column| Some((column.heading.clone(), column.stretch.clone()?))).collect::<Vec<_>>();
        self.doubt(place.clone(), Matter::Columns { columns });
        strange.into_iter().for_each(|matter| self.doubt(place.clone(), matter));
        if !months.is_empty() {
            self.stream.months.push((place.clone(), months));
        }
    }

    /// What the own cells of a row mean below the headings, if they are months.
    fn stretches_below(&self, row: &Row) -> Vec<Option<Stretch>> {
        let above = |cell: &Cell| self.columns.of.iter().rev().find(|column| column.column <= cell.column);
        let headings = own_cells(row).map(|cell| (heading_of(cell), above(cell).map_or_else(String::new, |column| column.heading.clone())));
        stretches(&headings.collect::<Vec<_>>())
    }

    /// Whether the row is the second one of the headings: its own cells are months, or stand below a heading that covers several columns.
    fn is_below_headings(&self, row: &Row) -> bool {
        let months = self.stretches_below(row);
        if !months.is_empty() && months.iter().all(Option::is_some) {
            return true;
        }
        let mut own = row.filled().filter(|cell| !cell.is_continued).peekable();
        own.peek().is_some()
            && own.all(|cell| {
                cell.lines.len() == 1 && self.columns.at(cell.column).is_some_and(|column| column.span > 1 && cell.span < column.span)
            })
    }

    fn lower_headings(&mut self, row: &Row) {
        let months = self.stretches_below(row);
        let stretch_at: BTreeMap<usize, Stretch> =
            own_cells(row).map(|cell| cell.column).zip(months).filter_map(|(at, stretch)| Some((at, stretch?))).collect();
        let mut upper = std::mem::take(&mut self.columns.of);
        // A table without merged cells has the heading over the first month alone.
        for n in 0..upper.len() {
            if stretch_at.contains_key(&upper[n].column) {
                let end = upper.get(n + 1).map_or(self.width, |next| next.column);
                upper[n].span = upper[n].span.max(end.saturating_sub(upper[n].column));
            }
        }
        let is_covered = |at: usize| upper.iter().any(|column| (column.column..column.column + column.span).contains(&at));
        let uncovered: Vec<&Cell> = own_cells(row).filter(|cell| !is_covered(cell.column)).collect();
        for cell in uncovered {
            let stretch = stretch_at.get(&cell.column).cloned();
            self.columns.of.push(Column { column: cell.column, span: cell.span, heading: heading_of(cell), role: None, stretch });
        }
        let known: Vec<Option<Role>> = upper.iter().map(|column| column.role).collect();
        for column in upper {
            let covers = |cell: &&Cell| (column.column..column.column + column.span).contains(&cell.column);
            let below: Vec<&Cell> = own_cells(row).filter(covers).collect();
            for cell in &below {
                let own = heading_of(cell);
                let heading = format!("{}{BELOW}{own}", column.heading);
                let stretch = stretch_at.get(&cell.column).cloned();
                let is_first = column.column == cell.column;
                let own = role_of(&own).filter(|role| !known.contains(&Some(*role)));
                let role = own.or(column.role.filter(|_| is_first || is_end(&heading))).filter(|_| stretch.is_none());
                self.columns.of.push(Column { column: cell.column, span: cell.span, heading, role, stretch });
            }
            if below.is_empty() {
                self.columns.of.push(column);
            }
        }
        self.columns.of.sort_by_key(|column| column.column);
    }

    fn row(&mut self, table: &Table, row: &Row, next: Option<&Row>, is_after_break: bool) {
        let own: Vec<&Cell> = row.filled().filter(|cell| !cell.is_continued).collect();
        let place = Place::Row { table: table.name.clone(), row: row.number };
        let is_alone = |cell: &Cell| row.filled().count() == 1 || self.is_wide(cell);
        if let [cell] = own[..]
            && is_alone(cell)
            && let Some(entry) = self.heading_row(cell, &place)
        {
            self.stream.entries.push(entry);
            return;
        }
        let new = self.raw(table, row);
        if new.sources.is_empty() {
            return;
        }
        let entry = self.numbered_section(&new, &own, next, &place).or_else(|| self.numbered_group(&new, &own, next, &place));
        if let Some(entry) = entry {
            self.stream.entries.push(entry);
            return;
        }
        if self.is_rest(&new, is_after_break) {
            self.append(new, &place);
            return;
        }
        self.section_of(&new, &place);
        self.has_rows = true;
        self.stream.entries.push(Entry::Row(new));
    }

    /// Whether the cell covers most of the table.
    fn is_wide(&self, cell: &Cell) -> bool {
        cell.span > 1 && cell.span * 2 > self.width
    }

    /// A row with one text: over all columns it is the heading of a section, or of a group; in the column of the work too, if nothing says
    /// that it is the rest of the row before.
    fn heading_row(&mut self, cell: &Cell, place: &Place) -> Option<Entry> {
        let title = cell.text();
        let is_wide = self.is_wide(cell);
        let column = self.columns.at(cell.column);
        let role = column.and_then(|column| column.role);
        let is_month = column.is_some_and(|column| column.stretch.is_some());
        let is_text = title.chars().filter(|c| is_letter(*c)).count() > 3;
        let can_be_heading = matches!(role, Some(Role::Number | Role::Section | Role::Title) | None) && is_text && !is_month;
        // «I квартал» in a first column of terms, over the days below.
        let is_period = role == Some(Role::Timeframe) && cell.column == 0 && names_period(&title);
        if !(is_wide || can_be_heading || is_period) {
            return None;
        }
        if !is_wide {
            // The end of a cell that a page has cut begins in the middle of a sentence.
            let is_rest = title.starts_with(char::is_lowercase) || title.starts_with(['-', '–', '•']);
            // Behind an empty first cell, where rows have no numbers, it is a row of which nothing more is known.
            let is_row = role == Some(Role::Title) && cell.column > 0 && !self.columns.has(Role::Number);
            if is_rest || is_row || role == Some(Role::Title) && self.is_open() {
                return None;
            }
        }
        // A heading over several rows stands at each of them: it is a line, not a page.
        if title.chars().count() <= LONGEST_HEADING && (title.ends_with(':') && self.has_rows || self.is_deeper(&title)) {
            return Some(Entry::Group { title, number: String::new(), place: place.clone() });
        }
        self.depth = number_depth(&title);
        if !is_wide {
            self.doubt(place.clone(), Matter::Section { title: title.clone() });
        }
        Some(Entry::Section { title, place: place.clone() })
    }

    /// «II | Методическая работа», and nothing else: a section whose number has its own column.
    fn numbered_section(&mut self, new: &RawRow, own: &[&Cell], next: Option<&Row>, place: &Place) -> Option<Entry> {
        let (number, title) = (new.text(Role::Number), new.text(Role::Title));
        let is_bare = own.len() == 2 && !number.is_empty() && !title.is_empty();
        if !is_bare || !new.strange.is_empty() || new.cells.values().any(|text| text.is_continued) {
            return None;
        }
        let plain = number.trim_end_matches(['.', ')']);
        let roman = !plain.is_empty() && plain.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'І' | 'Х'));
        let whole = !plain.is_empty() && plain.len() <= 2 && plain.chars().all(|c| c.is_ascii_digit());
        let is_above = next.is_some_and(|next| {
            let number = next.filled().find(|cell| self.columns.at(cell.column).is_some_and(|column| column.role == Some(Role::Number)));
            number.is_some_and(|cell| cell.text().starts_with(&format!("{plain}.")) && cell.text().len() > plain.len() + 1)
        });
        let is_loud = !title.contains(char::is_lowercase);
        if !(roman || whole && (is_above || is_loud || number.ends_with('.'))) {
            return None;
        }
        let title = format!("{plain}. {title}");
        self.doubt(place.clone(), Matter::Section { title: title.clone() });
        Some(Entry::Section { title, place: place.clone() })
    }

    /// «2.3 | Заседания по темам:», nothing else, and below it rows without numbers.
    fn numbered_group(&self, new: &RawRow, own: &[&Cell], next: Option<&Row>, place: &Place) -> Option<Entry> {
        let (number, title) = (new.text(Role::Number), new.text(Role::Title));
        let is_heading = title.ends_with(':') && title.chars().count() <= LONGEST_HEADING;
        if own.len() != 2 || number.is_empty() || !is_heading || new.cells.len() != 2 {
            return None;
        }
        let has = |role| {
            next.is_some_and(|next| next.filled().any(|cell| self.columns.at(cell.column).is_some_and(|column| column.role == Some(role))))
        };
        let number = number.trim_end_matches(['.', ')']).to_owned();
        (has(Role::Title) && !has(Role::Number)).then(|| Entry::Group { title, number, place: place.clone() })
    }

    /// Whether a heading with a number like «1.2.» stands below one like «1.».
    fn is_deeper(&self, title: &str) -> bool {
        self.depth > 0 && number_depth(title) > self.depth
    }

    /// Whether the work of the row before breaks off in a word.
    fn is_open(&self) -> bool {
        matches!(self.stream.entries.last(), Some(Entry::Row(last)) if last.lines(Role::Title).last().is_some_and(|line| line.ends_with('-')))
    }

    fn raw(&self, table: &Table, row: &Row) -> RawRow {
        let mut new = RawRow { at: Some((table.name.clone(), row.number)), ..RawRow::default() };
        for cell in row.filled() {
            let column = self.columns.at(cell.column);
            if column.is_some_and(|column| column.stretch.is_some()) {
                self.slot(table, row, cell, &mut new);
                continue;
            }
            // A dash in a cell says that nothing stands there.
            if !cell.lines.iter().any(|line| line.contains(is_letter_or_digit)) {
                continue;
            }
            let heading = column.map_or_else(String::new, |column| short(&column.heading));
            let place = Place::Cell { table: table.name.clone(), row: row.number, column: cell.column, heading: heading.clone() };
            if !cell.is_continued {
                new.sources.push((place.clone(), cell.text()));
            }
            let role =
                column.filter(|column| column.column == cell.column || column.role.is_none_or(|role| !new.cells.contains_key(&role)));
            match role.and_then(|column| column.role) {
                Some(Role::Number) if cell.is_continued => {}
                Some(role) => {
                    let text =
                        Text { lines: cell.lines.to_vec(), place: Some(place), is_continued: cell.is_continued, remark: cell.remark };
                    let merged = new.cells.entry(role).or_default();
                    if merged.place.is_none() {
                        *merged = text;
                    } else if is_end(&heading) && merged.lines.len() == 1 && text.lines.len() == 1 {
                        // «начало» and «окончание» are the two ends of one term.
                        let end = text.lines.join(" ");
                        merged.lines.iter_mut().filter(|start| **start != end).for_each(|start| *start = format!("{start} – {end}"));
                    } else {
                        merged.lines.extend(text.lines);
                    }
                }
                None if cell.is_continued => {}
                None => new.strange.push((heading, cell.lines.to_vec())),
            }
        }
        new
    }

    /// What stands in the columns of months, whichever of them the cell covers.
    fn slot(&self, table: &Table, row: &Row, cell: &Cell, new: &mut RawRow) {
        if !cell.lines.iter().any(|line| says_something(line)) {
            return;
        }
        let within = cell.column..cell.column + cell.span;
        let months = || self.columns.of.iter().filter(|column| column.stretch.is_some());
        let covered: Vec<&Column> = months().filter(|column| within.contains(&column.column) || column.column == cell.column).collect();
        // A cell may begin within a heading that covers several columns.
        let covered = if covered.is_empty() { self.columns.at(cell.column).into_iter().collect() } else { covered };
        if !cell.is_continued {
            let heading = covered.iter().map(|column| short(&column.heading)).collect::<Vec<_>>().join(", ");
            let place = Place::Cell { table: table.name.clone(), row: row.number, column: cell.column, heading };
            // All marks say the same.
            new.sources.push((place, if is_mark(&cell.lines) { "+".into() } else { cell.text() }));
        }
        let is_whole = covered.len() == months().count();
        let covers = covered.into_iter().filter_map(|column| column.stretch.clone()).collect();
        new.slots.insert(cell.column, Slot { covers, is_whole, lines: cell.lines.to_vec(), is_continued: cell.is_continued });
    }

    /// Whether the row is the rest of the one before: it has neither number nor work, or its work begins in the middle of a sentence.
    fn is_rest(&self, new: &RawRow, is_after_break: bool) -> bool {
        let Some(Entry::Row(last)) = self.stream.entries.last() else { return false };
        if !new.lines(Role::Number).is_empty() {
            return false;
        }
        let Some(title) = new.cells.get(&Role::Title) else { return true };
        if title.is_continued {
            return true;
        }
        let before = last.lines(Role::Title).last().map_or("", String::as_str);
        let after = title.lines.first().map_or("", String::as_str);
        let is_inside = after.starts_with(char::is_lowercase);
        let filled = new.cells.values().filter(|text| !text.is_continued).count();
        let full = last.cells.len();
        is_inside && is_after_break
            || is_inside && goes_on(before, after) && filled * 2 <= full + 1
            || after.starts_with(['-', '–', '•']) && filled * 2 <= full + 1
    }

    /// Puts the rest of a row to the row.
    fn append(&mut self, new: RawRow, place: &Place) {
        let words = self.words;
        let mut matters = Vec::new();
        let Some(Entry::Row(last)) = self.stream.entries.last_mut() else { return };
        let number = last.text(Role::Number);
        let to = if number.is_empty() { short(last.lines(Role::Title).first().map_or("", String::as_str)) } else { number };
        let text: Vec<String> = new.sources.iter().map(|(_, text)| text.clone()).collect();
        matters.push((place.clone(), Matter::RowJoined { to, text: text.join(" | ") }));
        for (role, text) in new.cells {
            if text.is_continued {
                continue;
            }
            let cell = last.cells.entry(role).or_default();
            let at = text.place.clone().unwrap_or_else(|| place.clone());
            cell.place = cell.place.take().or(text.place);
            let mut lines = text.lines.into_iter().peekable();
            if let Some(after) = lines.peek()
                && let Some(before) = cell.lines.last_mut()
                && !is_new_line(before, after)
            {
                matters.extend(join(before, after, words).map(|matter| (at, matter)));
                lines.next();
            }
            cell.lines.extend(lines);
        }
        for (column, slot) in new.slots.into_iter().filter(|(_, slot)| !slot.is_continued) {
            match last.slots.get_mut(&column) {
                Some(above) => above.lines.extend(slot.lines),
                None => drop(last.slots.insert(column, slot)),
            }
        }
        last.strange.extend(new.strange);
        last.sources.extend(new.sources);
        self.stream.doubts.extend(matters.into_iter().map(|(place, matter)| Doubt::new(place, matter)));
    }

    /// What the column «Раздел» says, where there is one.
    fn section_of(&mut self, new: &RawRow, place: &Place) {
        let Some(section) = new.cells.get(&Role::Section) else { return };
        let title = section.lines.join(" ");
        if self.named_section.as_ref() != Some(&title) {
            self.named_section = Some(title.clone());
            self.stream.entries.push(Entry::Section { title, place: place.clone() });
        }
    }
}

/// Whether `after` begins a line of its own behind a break: a list goes on.
fn is_new_line(before: &str, after: &str) -> bool {
    before.ends_with(';') || super::lists::mark(after).is_some() && before.ends_with(['.', ':', ';'])
}

/// «1 | 2 | 3 | 4»
fn counts_columns(row: &Row) -> bool {
    let numbers: Vec<Option<usize>> = row.filled().map(|cell| cell.text().trim_end_matches('.').parse().ok()).collect();
    numbers.len() > 2 && numbers.iter().enumerate().all(|(n, number)| *number == Some(n + 1))
}

/// Whether a line between tables can be the heading of a section. Before the first table it must look like one: titles stand there too.
fn is_section_heading(line: &Paragraph, is_between: bool) -> bool {
    let text = &line.text;
    let is_title = text.to_lowercase().contains("план");
    let is_short = text.chars().count() <= 160 && text.contains(is_letter_or_digit);
    let first: String = text.chars().take_while(|c| !c.is_whitespace()).collect();
    let number = first.trim_end_matches(['.', ')']);
    let numbered = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'I' | 'V' | 'X' | 'І' | 'Х'));
    let named = first.to_lowercase().starts_with("раздел") || text.to_lowercase().starts_with("направление");
    is_short && (is_between || numbered || named || line.is_heading && !is_title)
}
