//! Plan: the root object of a methodological service. Rows stand in the order, numbering and wording of the signed paper.

use super::{Approval, Order, Status};
use crate::diagnostic::Expected;
use crate::record::{Fields, Read, Reader, Spanned, Text, no_shorthand, record, refuse, text_shorthand};
use crate::value::date::Date;
use crate::value::yaml::{Node, Value};

record! {
    /// The keys that a plan has of its own.
    pub struct Plan {
        /// 2024, 2024/2025, or a period «20.04.2022 – 24.02.2023».
        year "год" ["период"]: Option<Text>,
        /// Whose plan it is.
        community "сообщество": Option<Text>,
        /// The block «Утверждаю».
        approval "утверждено" ["утверждаю"]: Option<Approval>,
        /// The block «Согласовано».
        agreement "согласовано": Option<Approval>,
        /// Who watches over it.
        curator "куратор": Option<Text>,
        /// Who leads the community.
        head "руководитель": Option<Text>,
        /// The goal.
        goal "цель": Option<Text>,
        /// The objectives.
        objectives "задачи": Vec<Text>,
        /// The table, by sections.
        sections "разделы": Vec<PlanSection>,
        /// What later orders changed; the approved text stays as it was signed.
        amendments "изменения" ["поправки"]: Vec<Amendment>,
        /// Codes of planning advice that is known and meant: `blank-competency` where the signed paper has blank cells.
        accept "принято": Vec<Text>,
    }
}

record! {
    /// A section of the table.
    pub struct PlanSection {
        /// Its number, where the title does not hold it.
        number "номер": Option<Text>,
        /// Its heading.
        title "название" ["раздел"]: Option<Text>,
        /// Its rows.
        items "пункты" ["строки", "мероприятия"]: Vec<PlanItem>,
    }
}

record! {
    /// A row of the table. A row without a number is legal and gets a stable id.
    pub struct PlanItem {
        /// «2.3», as printed.
        number "номер": Option<Text>,
        /// The name of the event or work.
        title "мероприятие" ["название"]: Option<Text>,
        /// A heading over several rows; it stands at each of them.
        group "группа": Option<Text>,
        /// Items within the cell.
        parts "подпункты": Vec<Part>,
        /// «Октябрь – ноябрь 2024».
        timeframe "срок" ["срок проведения", "сроки"]: Option<Text>,
        /// The place.
        venue "место" ["место проведения"]: Option<Text>,
        /// Units and persons: a list, or the cell as printed.
        responsible "ответственные" ["ответственный", "исполнители", "исполнитель"]: Vec<Text>,
        /// Competencies that it develops.
        competencies "компетенции": Vec<Text>,
        /// What comes of it.
        output "продукт" ["результат работы"]: Vec<Text>,
        /// For whom.
        audience "аудитория": Vec<Text>,
        /// The form of the event.
        form "форма": Option<Text>,
        /// Said by the editor where no document says it.
        status "статус": Option<Status>,
        /// Files or addresses of what came of it.
        results "результаты" ["результат"]: Vec<Text>,
    }
}

record! {
    /// An item within a cell, perhaps with a time of its own.
    pub struct Part {
        /// Its text.
        title "название" ["текст"]: Option<Text>,
        /// Its own time.
        timeframe "срок": Option<Text>,
    }
}

record! {
    /// What one order changed in an approved plan.
    pub struct Amendment {
        /// The order.
        order "приказ": Option<Order>,
        /// Its day, where there is no order.
        date "дата": Option<Spanned<Date>>,
        /// Why.
        reason "основание" ["причина"]: Option<Text>,
        /// Row by row.
        changes "изменения" ["строки", "пункты"]: Vec<Change>,
    }
}

record! {
    /// Which row an order changes, adds or drops.
    pub struct Changed {
        /// The row whose cells are replaced by those that stand beside this key.
        item "пункт" ["строка"]: Option<Text>,
        /// A new row.
        add "добавить" ["дополнить"]: Option<PlanItem>,
        /// The rows that are taken out.
        drop "исключить" ["снять"]: Vec<Text>,
        /// The number or title of the section of a new row; else the one that its number begins with.
        section "раздел": Option<Text>,
        /// The row behind which a new row stands; else it is the last of its section.
        after "после": Option<Text>,
    }
}

/// One change: which row, and its new cells under the keys that they have in a row, `{пункт: "2.3", срок: Июнь 2024}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub changed: Changed,
    /// What is absent here stays as it was.
    pub cells: PlanItem,
    /// Where it stands, for messages.
    pub span: crate::source::Place,
}

impl Plan {
    /// The day of the last order that has changed it by `today`, if any has and says when.
    pub fn edition(&self, today: Date) -> Option<Date> {
        self.amendments.iter().filter_map(Amendment::day).filter(|day| *day <= today).max()
    }
}

impl Amendment {
    /// The day of its order, or its own.
    pub fn day(&self) -> Option<Date> {
        let of_order = self.order.as_ref().and_then(|order| order.date.as_ref());
        of_order.or(self.date.as_ref()).map(|day| day.value)
    }
}

impl Read for Change {
    fn expected() -> Expected {
        Expected::Mapping
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<Change> {
        if !matches!(node.value, Value::Map(_)) {
            return refuse(node, reader);
        }
        let mut fields = Fields::of(node, reader);
        let changed = Changed::take(&mut fields, reader);
        let cells = PlanItem::take(&mut fields, reader);
        fields.finish(reader);
        Some(Change { changed, cells, span: node.span.clone().into() })
    }
}

no_shorthand!(Plan, PlanSection, Amendment, Changed);
text_shorthand!(PlanItem, title);
text_shorthand!(Part, title);
