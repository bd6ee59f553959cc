//! What an importer is not sure of, as data; the words are in one file per language.

mod en;
mod ru;

use super::paper::TableName;
use crate::value::language::Language;
use crate::value::timeframe::Warning;

/// Something that the editor should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    pub place: Place,
    pub matter: Matter,
}

/// Where on the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Nowhere in particular.
    Paper,
    /// Of those that are not empty, from 1.
    Paragraph(usize),
    Table(TableName),
    Row {
        table: TableName,
        row: usize,
    },
    /// The column from 0, and its heading if it has one.
    Cell {
        table: TableName,
        row: usize,
        column: usize,
        heading: String,
    },
}

/// What it is, and what was assumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// How the headings were read: each with the key that takes its column.
    Columns { columns: Vec<(String, Option<&'static str>)> },
    /// Columns that are months or quarters: each with the term that it stands for.
    Months { columns: Vec<(String, String)> },
    /// The months of a row that has a term besides: they stand as a comment.
    MonthsBesideTerm { printed: String, timeframe: String },
    /// The headings stand again in these rows.
    HeadingsRepeated { rows: Vec<usize> },
    /// A row that says nothing: the numbers of the columns.
    RowLeftOut { text: String },
    /// Another sheet, with its text.
    SheetLeftOut { text: String },
    /// No key takes this column; its text stands as comments at the rows.
    StrangeColumn { heading: String },
    /// A row without number is the rest of the row before.
    RowJoined { to: String, text: String },
    /// Two halves of a word.
    WordJoined { left: String, right: String, word: String },
    /// A hyphen at the end of a line is one of the word's own.
    HyphenKept { word: String },
    /// What stands on both sides of a break stands once.
    RepeatedAtBreak { text: String },
    /// A row or paragraph was taken for the heading of a section.
    Section { title: String },
    /// A heading over so many rows.
    Group { heading: String, rows: usize },
    /// Each part got its own term.
    PartsPaired { parts: Vec<String> },
    /// As many parts as there are do not fit the terms.
    PartsNotPaired { parts: usize, timeframe: String },
    /// A row with parallel lists became several rows.
    RowSplit { rows: usize },
    /// A spreadsheet made a day of a number.
    NumberFromDay { number: String },
    /// A spreadsheet lost the nought of «1.10».
    NumberWithNought { printed: String, number: String },
    /// The number stands twice in a section; the row was written without it.
    NumberTwice { printed: String },
    /// The row has no number.
    NoNumber { title: String },
    /// The row has no name: what was written instead.
    NoTitle { title: String },
    /// The person stands twice in one cell.
    PersonTwice { name: String },
    /// The term has no reading: it stands as a comment.
    TermUnread { printed: String, warning: Warning },
    /// The term is read, but something is wrong with it.
    TermDoubtful { printed: String, warning: Warning },
    /// The month that the heading of the section names was added to the term.
    TermOfSection { printed: String, timeframe: String },
    /// The year of the plan was found here.
    YearFrom { year: String, text: String },
    /// Marks of repetition stand for the row above: each column with its rows.
    Ditto { columns: Vec<(String, Vec<usize>)> },
    /// A number without a format of days is one.
    DayFromNumber { printed: String, day: String },
    /// A quote opens that nothing closes.
    QuoteOpen { is_dropped: bool },
    /// The term has no reading; how to write one was said before.
    TermUnreadToo { printed: String, warning: Warning },
    /// No year was found.
    NoYear,
    /// No title was found: what was written instead.
    NoPlanTitle { title: String },
    /// A date of an order or a signature that is none.
    DateUnread { text: String },
    /// Two names that may mean one institution or person.
    Alike { name: String, other: String },
    /// A text that found no place in the plan.
    Unplaced { text: String },
}

impl Doubt {
    /// A doubt at a place.
    pub fn new(place: Place, matter: Matter) -> Doubt {
        Doubt { place, matter }
    }

    /// The stable name of the matter, for programs.
    pub fn code(&self) -> &'static str {
        match self.matter {
            Matter::Columns { .. } => "columns",
            Matter::Months { .. } => "months",
            Matter::MonthsBesideTerm { .. } => "months-beside-term",
            Matter::HeadingsRepeated { .. } => "headings-repeated",
            Matter::RowLeftOut { .. } => "row-left-out",
            Matter::SheetLeftOut { .. } => "sheet-left-out",
            Matter::StrangeColumn { .. } => "strange-column",
            Matter::RowJoined { .. } => "row-joined",
            Matter::WordJoined { .. } => "word-joined",
            Matter::HyphenKept { .. } => "hyphen-kept",
            Matter::RepeatedAtBreak { .. } => "repeated-at-break",
            Matter::Section { .. } => "section",
            Matter::Group { .. } => "group",
            Matter::PartsPaired { .. } => "parts-paired",
            Matter::PartsNotPaired { .. } => "parts-not-paired",
            Matter::RowSplit { .. } => "row-split",
            Matter::NumberFromDay { .. } => "number-from-day",
            Matter::NumberWithNought { .. } => "number-with-nought",
            Matter::NumberTwice { .. } => "number-twice",
            Matter::NoNumber { .. } => "no-number",
            Matter::NoTitle { .. } => "no-title",
            Matter::PersonTwice { .. } => "person-twice",
            Matter::TermUnread { .. } => "term-unread",
            Matter::TermDoubtful { .. } => "term-doubtful",
            Matter::TermOfSection { .. } => "term-of-section",
            Matter::TermUnreadToo { .. } => "term-unread",
            Matter::Ditto { .. } => "ditto",
            Matter::DayFromNumber { .. } => "day-from-number",
            Matter::QuoteOpen { .. } => "quote-open",
            Matter::YearFrom { .. } => "year-from",
            Matter::NoYear => "no-year",
            Matter::NoPlanTitle { .. } => "no-plan-title",
            Matter::DateUnread { .. } => "date-unread",
            Matter::Alike { .. } => "alike",
            Matter::Unplaced { .. } => "unplaced",
        }
    }

    /// Where it is, for a person.
    pub fn place(&self, language: Language) -> String {
        match language {
            Language::Ru => ru::place(&self.place),
            Language::En => en::place(&self.place),
        }
    }

    /// What it is and what was assumed, for a person.
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::Ru => ru::message(&self.matter),
            Language::En => en::message(&self.matter),
        }
    }
}

/// «F12»: the address of a cell in a sheet.
fn address(row: usize, column: usize) -> String {
    let (mut letters, mut rest) = (String::new(), column + 1);
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{row}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_the_address_that_excel_shows() {
        assert_eq!(address(12, 0), "A12");
        assert_eq!(address(3, 27), "AB3");
        let place = Place::Cell { table: TableName::Sheet("План".into()), row: 12, column: 5, heading: "Срок".into() };
        let doubt = Doubt::new(place, Matter::NoYear);
        assert_eq!(doubt.place(Language::Ru), "лист «План», ячейка F12 («Срок»)");
        assert_eq!(doubt.place(Language::En), "sheet “План”, cell F12 (“Срок”)");
    }
}
