//! Doubts in English.

use super::{Matter, Place, TableName, address};
use crate::value::language::Language;
use crate::value::timeframe;

pub(super) fn place(place: &Place) -> String {
    match place {
        Place::Paper => "the whole file".into(),
        Place::Paragraph(number) => format!("paragraph {number}"),
        Place::Table(table) => name(table),
        Place::Row { table, row } => format!("{}, row {row}", name(table)),
        Place::Cell { table: TableName::Sheet(sheet), row, column, heading } => {
            let heading = if heading.is_empty() { String::new() } else { format!(" (“{heading}”)") };
            format!("sheet “{sheet}”, cell {}{heading}", address(*row, *column))
        }
        Place::Cell { table, row, column, heading } if heading.is_empty() => format!("{}, row {row}, column {}", name(table), column + 1),
        Place::Cell { table, row, heading, .. } => format!("{}, row {row}, column “{heading}”", name(table)),
    }
}

fn name(table: &TableName) -> String {
    match table {
        TableName::File => "the table".into(),
        TableName::Numbered(number) => format!("table {number}"),
        TableName::Sheet(sheet) => format!("sheet “{sheet}”"),
    }
}

pub(super) fn message(matter: &Matter) -> String {
    match matter {
        Matter::Columns { columns } => {
            let read = |(heading, key): &(String, Option<&str>)| format!("“{heading}” → {}", key.unwrap_or("no key of a plan"));
            format!("the columns are read so: {}", columns.iter().map(read).collect::<Vec<_>>().join("; "))
        }
        Matter::Months { columns } => {
            let read = |(heading, term): &(String, String)| format!("“{heading}” → {term}");
            let read = columns.iter().map(read).collect::<Vec<_>>().join("; ");
            format!("columns are taken for terms: {read}. A mark in one (“+”, “x”) is the term of the row, a number a day, a text a part with that term")
        }
        Matter::MonthsBesideTerm { printed, timeframe } => {
            format!("the row has a term of its own, “{printed}”; the columns that are marked stand as a comment (#): “{timeframe}”")
        }
        Matter::HeadingsRepeated { rows } => {
            let rows: Vec<String> = rows.iter().map(usize::to_string).collect();
            format!("the headings stand again on a new page and were passed over: rows {}", rows.join(", "))
        }
        Matter::RowLeftOut { text } => format!("a row of the columns' numbers was passed over: “{text}”"),
        Matter::SheetLeftOut { text } => format!("the sheet was not taken: it is hidden, or there is no such table of a plan on it. Its text: {text}"),
        Matter::StrangeColumn { heading } => {
            format!("no key of a plan takes the column “{heading}”: its text stands as comments (#) above the rows")
        }
        Matter::RowJoined { to, text } => {
            format!("a row without number is taken for the rest of “{to}”, cut by the end of a page: “{text}”")
        }
        Matter::WordJoined { left, right, word } => format!("“{left}” + “{right}” were joined to the word “{word}”"),
        Matter::HyphenKept { word } => format!("the hyphen at the end of a line was kept: “{word}”"),
        Matter::RepeatedAtBreak { text } => format!("printed on both sides of a page break and taken once: “{text}”"),
        Matter::Section { title } => format!("taken for the heading of a section: “{title}”"),
        Matter::Group { heading, rows } => format!("“{heading}” is taken for a heading over several rows: {rows}"),
        Matter::PartsPaired { parts } => format!("each part got its own term, in their order: {}", parts.join("; ")),
        Matter::PartsNotPaired { parts, timeframe } => {
            format!("there are {parts} parts and another number of terms; the term stays that of the row: “{timeframe}”")
        }
        Matter::RowSplit { rows } => format!("the cells of the row hold parallel lists; rows made of it: {rows}"),
        Matter::NumberFromDay { number } => format!("the sheet made a date of the number; it is read as {number}"),
        Matter::NumberWithNought { printed, number } => {
            format!("{number} should follow the number before, and the sheet shows {printed}; {number} was written")
        }
        Matter::NumberTwice { printed } => {
            format!("the number {printed} stands twice in its section; the row was written without it and gets the one before with a letter")
        }
        Matter::NoNumber { title } => {
            format!("the row “{title}” has no number; it stands as a row of its own and gets the number before with a letter")
        }
        Matter::NoTitle { title } => format!("the row has no name; “{title}” was written"),
        Matter::PersonTwice { name } => format!("“{name}” stands twice in the cell and was taken once"),
        Matter::TermUnread { printed, warning } => {
            let (why, hint) = timeframe::wording(warning, Language::En);
            format!(
                "the term “{printed}” was not understood ({why}); it stands as a comment (#), write it into «срок» in other words. {hint}"
            )
        }
        Matter::TermUnreadToo { printed, warning } => {
            let (why, _) = timeframe::wording(warning, Language::En);
            format!("the term “{printed}” was not understood ({why}); it stands as a comment (#), write it into «срок» in other words")
        }
        Matter::Ditto { columns } => {
            let rows = |rows: &[usize]| rows.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
            let columns: Vec<String> = columns.iter().map(|(heading, at)| format!("“{heading}” — {}", rows(at))).collect();
            format!("marks of repetition were replaced by what stands in the row above; columns and rows: {}", columns.join("; "))
        }
        Matter::DayFromNumber { printed, day } => format!("the number {printed} is read as a day without a format: {day}"),
        Matter::QuoteOpen { is_dropped: true } => "a quote opens and nothing closes it; it was left out, so that the rows below do not become one".into(),
        Matter::QuoteOpen { is_dropped: false } => "a cell in quotes takes very many lines; see whether its closing quote is missing".into(),
        Matter::TermDoubtful { printed, warning } => {
            let (why, hint) = timeframe::wording(warning, Language::En);
            format!("the term “{printed}”: {why}; written as it is printed. {hint}")
        }
        Matter::TermOfSection { printed, timeframe } if printed.is_empty() => {
            format!("there is no term, and the section is called by a month; “{timeframe}” was written")
        }
        Matter::TermOfSection { printed, timeframe } => format!("the month of the section's heading was added to “{printed}”: “{timeframe}”"),
        Matter::YearFrom { year, text } => format!("the plan's year {year} was taken from “{text}”. --year sets another"),
        Matter::NoYear => {
            "the plan's year was not found. Terms stand as printed, but build takes them for mistakes as long as there is no year. Write it into the line «# год:» and take its # away, or import again with --year 2024 or --year 2024/2025".into()
        }
        Matter::NoPlanTitle { title } => format!("the plan's title was not found; “{title}” was written"),
        Matter::DateUnread { text } => format!("“{text}” is no date; write day, month and year"),
        Matter::Alike { name, other } => {
            format!("“{name}” and “{other}” are alike: if they are one, write the second into the aliases of the first")
        }
        Matter::Unplaced { text } => format!("this text found no place in the plan: “{text}”"),
    }
}
