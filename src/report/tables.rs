//! The figures as CSV, for a spreadsheet.

use super::analysis::{Analysis, Count};
use super::outline::{done, printed, section_title, whole_title};
use super::words::{percent, say, status};
use crate::format::spreadsheet;
use crate::site::RowStatus;
use crate::value::language::Language;

/// Which figures: a file holds one table, since a spreadsheet reads one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Table {
    /// Fulfilment by section, the whole plan at the end.
    #[default]
    Sections,
    Forms,
    Audiences,
    Territories,
    /// The rows of the plan, each with its status and events.
    Rows,
}

/// The table as CSV, see [`spreadsheet::csv`].
pub fn csv(analysis: &Analysis, table: Table, language: Language) -> Vec<u8> {
    let rows = match table {
        Table::Sections => sections(analysis, language),
        Table::Forms => counts(say!(language, "Форма", "Form"), &analysis.forms, language),
        Table::Audiences => counts(say!(language, "Аудитория", "Audience"), &analysis.audiences, language),
        Table::Territories => counts(say!(language, "Территория", "Territory"), &analysis.territories, language),
        Table::Rows => rows(analysis, language),
    };
    spreadsheet::csv(&rows)
}

fn texts<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn sections(analysis: &Analysis, language: Language) -> Vec<Vec<String>> {
    let mut head = texts(say!(language, ["Раздел", "Строк"], ["Section", "Rows"]));
    head.extend(RowStatus::ALL.map(|it| status(it, language).to_owned()));
    head.push(say!(language, "Выполнено, %", "Done, %").to_owned());
    let mut out = vec![head];
    let all = (0..analysis.plan.sections.len()).map(Some).chain([None]);
    for section in all {
        let totals = analysis.rows.totals(section);
        let title = match section {
            Some(section) => section_title(analysis.plan, section, language),
            None => say!(language, "Весь план", "The whole plan").to_owned(),
        };
        let mut line = vec![title, totals.rows.to_string()];
        line.extend(totals.by_status.map(|n| n.to_string()));
        line.push(percent(done(&totals), totals.rows).to_string());
        out.push(line);
    }
    out
}

fn counts(name: &str, counts: &[Count], language: Language) -> Vec<Vec<String>> {
    let head = say!(language, [name, "Всего", "Состоялось", "Участников"], [name, "All", "Held", "Participants"]);
    let mut out = vec![texts(head)];
    for count in counts {
        let name = count.name.clone().unwrap_or_else(|| say!(language, "не указано", "not told").to_owned());
        out.push(vec![name, count.all.to_string(), count.held.to_string(), count.participants.to_string()]);
    }
    out
}

fn rows(analysis: &Analysis, language: Language) -> Vec<Vec<String>> {
    let head = say!(
        language,
        ["Строка", "Раздел", "Мероприятие", "Срок", "Состояние", "События", "Участников"],
        ["Row", "Section", "Title", "Term", "Status", "Events", "Participants"]
    );
    let mut out = vec![texts(head)];
    for row in &analysis.rows.rows {
        let item = row.item(analysis.plan);
        let events: Vec<&str> = row.events.iter().map(|id| analysis.site.entry(*id).document.title()).collect();
        let of_row = analysis.occasions.iter().filter(|it| it.rows.iter().any(|of| std::ptr::eq(*of, row)) && it.is_held);
        let participants: u64 = of_row.filter_map(|it| it.participants).map(u64::from).sum();
        // A bare «2.3» would become the second of March in a spreadsheet.
        out.push(vec![
            say!(language, format!("п. {}", row.id), format!("row {}", row.id)),
            section_title(analysis.plan, row.section as usize, language),
            whole_title(item),
            printed(row, item),
            status(row.status, language).to_owned(),
            events.join("; "),
            if participants == 0 { String::new() } else { participants.to_string() },
        ]);
    }
    out
}
