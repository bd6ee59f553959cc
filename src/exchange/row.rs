//! A row of a plan as cells of lines: what a table shows, and by what two texts are compared.

use super::column::Column;
use crate::import::paper::tidy;
use crate::kinds::{Details, Part, Plan, PlanItem, PlanSection};
use crate::record::Text;
use crate::site::{Entry, approved_ids};
use crate::value::language::Language;
use std::collections::HashMap;
use std::ops::{Index, IndexMut};

/// The text of one cell: lines without blanks around them, none of them empty. Where a column is no list, there is one at most.
pub type Lines = Vec<String>;

/// The cells of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells([Lines; Column::ALL.len()]);

impl Index<Column> for Cells {
    type Output = Lines;

    fn index(&self, column: Column) -> &Lines {
        &self.0[column as usize]
    }
}

impl IndexMut<Column> for Cells {
    fn index_mut(&mut self, column: Column) -> &mut Lines {
        &mut self.0[column as usize]
    }
}

/// A row of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is known by in the table: its id in the plan; where a mistake gives two rows one id, the later has a mark behind it.
    pub key: String,
    /// The indices of its section and of its item there.
    pub section: usize,
    pub item: usize,
    pub cells: Cells,
}

/// Which text of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// What was approved: what stands under `sections` in the file.
    Approved,
    /// What holds now, with the changes of later orders.
    Current,
}

/// The rows of the plan `entry`; none, if it is no plan. What an order took out does not stand in the text that holds.
pub fn rows(entry: &Entry, edition: Edition, language: Language) -> Vec<Row> {
    match (edition, entry.current_plan()) {
        (Edition::Current, Some((plan, rows))) => keyed(
            rows.rows.iter().filter(|row| !row.dropped).filter_map(|row| {
                let section = plan.sections.get(row.section as usize)?;
                Some((&*row.id, row.section as usize, row.item as usize, section, section.items.get(row.item as usize)?))
            }),
            language,
        ),
        _ => match &entry.document.details {
            Details::Plan(plan) => approved(plan, language),
            _ => Vec::new(),
        },
    }
}

/// The rows of `plan` as approved.
pub fn approved(plan: &Plan, language: Language) -> Vec<Row> {
    let ids = approved_ids(plan);
    let mut rows = Vec::with_capacity(ids.iter().map(Vec::len).sum());
    for (at, (section, ids)) in plan.sections.iter().zip(&ids).enumerate() {
        rows.extend(section.items.iter().zip(ids).enumerate().map(|(item, (row, id))| (&**id, at, item, section, row)));
    }
    keyed(rows.into_iter(), language)
}

fn keyed<'p>(rows: impl Iterator<Item = (&'p str, usize, usize, &'p PlanSection, &'p PlanItem)>, language: Language) -> Vec<Row> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    rows.map(|(id, section, item, of_section, row)| {
        let times = seen.entry(id).and_modify(|times| *times += 1).or_insert(1);
        let key = if *times == 1 { id.to_owned() } else { format!("{id}#{times}") };
        let mut cells = cells(row, language);
        cells[Column::Section] = Some(label(of_section)).into_iter().filter(|label| !label.is_empty()).collect();
        Row { key, section, item, cells }
    })
    .collect()
}

/// What a section is called in the table: «2. Анализ и отчётность».
pub fn label(section: &PlanSection) -> String {
    let (number, title) = (text(&section.number), text(&section.title));
    let number = number.trim_end_matches('.');
    match (number.is_empty(), title.is_empty()) {
        (false, false) => format!("{number}. {title}"),
        (false, true) => number.to_owned(),
        (true, _) => title,
    }
}

/// The cells of a row, without its section.
pub fn cells(item: &PlanItem, language: Language) -> Cells {
    let mut cells = Cells::default();
    let one = |value: &Option<Text>| Some(text(value)).into_iter().filter(|text| !text.is_empty()).collect::<Lines>();
    let list = |values: &[Text]| values.iter().map(|value| line(&value.value)).filter(|line| !line.is_empty()).collect::<Lines>();
    cells[Column::Number] = one(&item.number);
    cells[Column::Group] = one(&item.group);
    cells[Column::Title] = one(&item.title);
    cells[Column::Parts] = item.parts.iter().map(part_line).filter(|line| !line.is_empty()).collect();
    cells[Column::Timeframe] = one(&item.timeframe);
    cells[Column::Venue] = one(&item.venue);
    cells[Column::Responsible] = list(&item.responsible);
    cells[Column::Competencies] = list(&item.competencies);
    cells[Column::Output] = list(&item.output);
    cells[Column::Audience] = list(&item.audience);
    cells[Column::Form] = one(&item.form);
    cells[Column::Status] = item.status.map(|status| status.shown(language).to_owned()).into_iter().collect();
    cells[Column::Results] = list(&item.results);
    cells
}

/// What stands between a part and its own time.
const BAR: char = '|';

/// A part on one line: «кадровый состав | Сентябрь 2023».
fn part_line(part: &Part) -> String {
    let (title, time) = (text(&part.title), text(&part.timeframe));
    // A text with a bar of its own gets one more, so that the last one is ours.
    if time.is_empty() && !title.contains(BAR) { title } else { line(&format!("{title} {BAR} {time}")) }
}

/// The text and the time of a part that stands on a line.
pub fn part_of(line: &str) -> (&str, &str) {
    line.rsplit_once(BAR).map_or((line, ""), |(title, time)| (title.trim_end(), time.trim_start()))
}

/// `text` on one line, as tables are compared: spaces that do not break and marks that nobody sees do not count.
pub fn line(text: &str) -> String {
    tidy(text)
}

fn text(value: &Option<Text>) -> String {
    value.as_ref().map(|text| line(&text.value)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_back() {
        for (title, time) in [("а", ""), ("а", "Май 2024"), ("а | б", ""), ("а|б", "май | июнь"), ("а (до 3 лет)", "")]
        {
            let spanned = |text: &str| Some(Text { value: text.into(), span: (0..0).into() });
            let part = Part { title: spanned(title), timeframe: spanned(time) };
            let line = part_line(&part);
            if !time.contains(BAR) {
                assert_eq!(part_of(&line), (title, time), "{line}");
            }
        }
    }
}
