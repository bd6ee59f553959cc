//! The plan as the paper that is signed: a Word file with the text in the order, numbering and wording of the plan.

use super::outline::section_title;
use super::words::{institution, order, person, say, signed};
use crate::format::docx::{Align, Block, Docx, Paragraph, Row as TableRow, Table};
use crate::kinds::{Approval, Plan, PlanItem};
use crate::record::Text;
use crate::site::{EntryId, PlanRows, Row, Site};
use crate::value::date::{Date, numeric};
use crate::value::language::Language;

/// The paper of the plan `id`; `None` if it is no plan.
pub fn paper(site: &Site, id: EntryId, language: Language) -> Option<Docx> {
    let entry = site.entry(id);
    let (plan, rows) = entry.current_plan()?;
    let title = entry.document.title();
    let mut blocks = Vec::new();
    if plan.approval.is_some() || plan.agreement.is_some() {
        let block = |approval: &Option<Approval>, word: &str, align| match approval {
            Some(approval) => signature(site, approval, word, align, language),
            None => Vec::new(),
        };
        let agreed = block(&plan.agreement, say!(language, "Согласовано", "Agreed"), Align::Left);
        let approved = block(&plan.approval, say!(language, "Утверждаю", "Approved"), Align::Right);
        let row = TableRow { cells: vec![agreed, approved], ..TableRow::default() };
        blocks.push(Block::Table(Table { widths: vec![1, 1], has_borders: false, rows: vec![row] }));
    }
    blocks.push(Block::Paragraph(Paragraph {
        text: title.to_owned(),
        align: Align::Centre,
        is_bold: true,
        space: 12,
        ..Paragraph::default()
    }));
    // The year stands under the title, unless the title says it.
    if let Some(year) = plan.year.as_ref().map(|year| &year.value).filter(|year| !title.contains(year.as_str())) {
        let text = match year.parse::<u16>() {
            Ok(_) => say!(language, format!("на {year} год"), format!("for {year}")),
            Err(_) => year.to_string(),
        };
        blocks.push(Block::Paragraph(Paragraph { text, align: Align::Centre, is_bold: true, ..Paragraph::default() }));
    }
    if let Some(text) = amended(plan, site.today, language) {
        blocks.push(Block::Paragraph(Paragraph { text, align: Align::Centre, is_italic: true, ..Paragraph::default() }));
    }
    let named = [(say!(language, "Куратор", "Curator"), &plan.curator), (say!(language, "Руководитель", "Head"), &plan.head)];
    for (word, who) in named {
        if let Some(who) = who {
            blocks.push(Block::Paragraph(line(format!("{word}: {}", person(&site.registries, &who.value)))));
        }
    }
    if let Some(goal) = &plan.goal {
        let text = format!("{}: {}", say!(language, "Цель", "Goal"), goal.value);
        blocks.push(Block::Paragraph(Paragraph { align: Align::Both, space: 6, ..line(text) }));
    }
    if !plan.objectives.is_empty() {
        blocks.push(Block::Paragraph(Paragraph {
            keeps_with_next: true, ..line(format!("{}:", say!(language, "Задачи", "Objectives")))
        }));
        blocks.extend(
            plan.objectives.iter().map(|text| Block::Paragraph(Paragraph { align: Align::Both, ..line(format!("– {}", text.value)) })),
        );
    }
    blocks.push(Block::Paragraph(Paragraph::default()));
    blocks.push(Block::Table(table(site, plan, rows, language)));
    let tag = say!(language, "ru-RU", "en-GB").to_owned();
    Some(Docx { title: title.to_owned(), language: tag, blocks })
}

/// «(в редакции от 05.06.2023)», if orders have changed it and one says when.
fn amended(plan: &Plan, today: Date, language: Language) -> Option<String> {
    let last = numeric(plan.edition(today)?);
    Some(say!(language, format!("(в редакции от\u{a0}{last})"), format!("(as amended on {last})")))
}

/// «Пункт исключён. Приказ от 05.06.2023 № 31-п»: a row that an order took out keeps its place and number.
fn dropped(plan: &Plan, rows: &PlanRows, at: usize, language: Language) -> Paragraph {
    let by = rows.amended.as_ref().and_then(|amended| plan.amendments.get(amended.dropped_by(at)?)?.order.as_ref());
    let by = by.map(|by| order(by, language)).unwrap_or_default();
    let word = say!(language, "Пункт исключён", "Taken out");
    line(if by.is_empty() { word.to_owned() } else { format!("{word}. {by}") })
}

/// A block «Утверждаю» or «Согласовано».
fn signature(site: &Site, approval: &Approval, word: &str, align: Align, language: Language) -> Vec<Paragraph> {
    let who = approval.person.as_ref().map(|who| person(&site.registries, &who.value)).unwrap_or_default();
    let post = approval.post.as_ref().map(|post| post.value.to_string());
    // What is not signed yet has room for it.
    let signed = Some(signed(approval, language)).filter(|signed| !signed.is_empty());
    let signed =
        signed.unwrap_or_else(|| say!(language, "Приказ от ______________ № ________", "Order of ______________ No. ________").to_owned());
    let lines = [Some(word.to_owned()), post, Some(format!("_______________ {who}").trim_end().to_owned()), Some(signed)];
    let lines = lines.into_iter().flatten().filter(|text| !text.is_empty());
    lines.map(|text| Paragraph { is_bold: text == word, align, ..line(text) }).collect()
}

fn line(text: impl Into<String>) -> Paragraph {
    Paragraph { text: text.into(), ..Paragraph::default() }
}

fn lines(texts: &[Text]) -> Vec<Paragraph> {
    texts.iter().map(|text| line(&text.value)).collect()
}

/// What stands in a column of a row.
type Cell = fn(&Site, &Row, &PlanItem) -> Vec<Paragraph>;

/// A column of the paper: its heading, its share of the width, what stands in it.
struct Column {
    heading: &'static str,
    width: u32,
    cell: Cell,
}

/// Number, name and term stand on every paper; the others where some row fills them.
fn columns(plan: &Plan, language: Language) -> Vec<Column> {
    let items = || plan.sections.iter().flat_map(|section| &section.items);
    let column = |is_there: bool, ru, en, width, cell: Cell| is_there.then_some(Column { heading: say!(language, ru, en), width, cell });
    let columns = [
        column(true, "№ п/п", "No.", 6, |_, _, item| item.number.iter().map(|number| line(&number.value)).collect()),
        column(true, "Наименование мероприятий", "Events", 32, |_, _, item| title(item)),
        column(
            items().any(|item| !item.competencies.is_empty()),
            "Развитие компетенций",
            "Competencies",
            14,
            |_, _, item| {
                let joined = item.competencies.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join(", ");
                if joined.is_empty() { Vec::new() } else { vec![line(joined)] }
            },
        ),
        column(true, "Срок проведения", "Term", 11, |_, _, item| term(item)),
        column(items().any(|item| item.venue.is_some()), "Место проведения", "Place", 14, |site, _, item| {
            item.venue.iter().map(|venue| line(institution(&site.registries, &venue.value))).collect()
        }),
        column(items().any(|item| !item.responsible.is_empty()), "Ответственный", "Responsible", 15, |site, row, _| {
            let named = |text: &str| line(institution(&site.registries, &person(&site.registries, text)));
            row.responsible.iter().map(|one| named(&one.text)).collect()
        }),
        column(items().any(|item| !item.output.is_empty()), "Продукт", "Output", 16, |_, _, item| lines(&item.output)),
    ];
    columns.into_iter().flatten().collect()
}

fn title(item: &PlanItem) -> Vec<Paragraph> {
    let parts = item.parts.iter().filter_map(|part| part.title.as_ref());
    item.title.iter().map(|title| line(&title.value)).chain(parts.map(|part| line(format!("– {}", part.value)))).collect()
}

/// The row's term, else those of its parts, each on its line.
fn term(item: &PlanItem) -> Vec<Paragraph> {
    let of_parts = item.parts.iter().filter_map(|part| part.timeframe.as_ref()).filter(|_| item.timeframe.is_none());
    item.timeframe.iter().chain(of_parts).map(|text| line(&text.value)).collect()
}

fn table(site: &Site, plan: &Plan, rows_of: &PlanRows, language: Language) -> Table {
    let columns = columns(plan, language);
    let heading = |column: &Column| vec![Paragraph { align: Align::Centre, is_bold: true, ..line(column.heading) }];
    let over_all = |paragraph: Paragraph| TableRow { keeps_with_next: true, cells: vec![vec![paragraph]], ..TableRow::default() };
    let mut rows = vec![TableRow { is_header: true, cells: columns.iter().map(heading).collect(), ..TableRow::default() }];
    for n in 0..plan.sections.len() {
        let text = section_title(plan, n, language);
        rows.push(over_all(Paragraph { align: Align::Centre, is_bold: true, ..line(text) }));
        let mut last_group = "";
        for (at, row) in rows_of.rows.iter().enumerate().filter(|(_, row)| row.section as usize == n) {
            let item = row.item(plan);
            let group = item.group.as_ref().map_or("", |group| &group.value);
            if group != last_group && !group.is_empty() {
                rows.push(over_all(Paragraph { is_italic: true, ..line(group) }));
            }
            last_group = group;
            let cells = match row.dropped {
                true => vec![item.number.iter().map(|number| line(&number.value)).collect(), vec![dropped(plan, rows_of, at, language)]],
                false => columns.iter().map(|column| (column.cell)(site, row, item)).collect(),
            };
            rows.push(TableRow { cells, ..TableRow::default() });
        }
    }
    Table { widths: columns.iter().map(|column| column.width).collect(), has_borders: true, rows }
}
