//! Plan: the root object of a methodological service. Rows stand in the order, numbering and wording of the signed paper.

use super::{Approval, Order, Status};
use crate::record::{Fields, Keys, Read, Reader, Shape, Spanned, Text, no_shorthand, record, refuse, text_shorthand};
use crate::value::date::Date;
use crate::value::yaml::{Node, Value};

record! {
    /// The keys that a plan has of its own.
    pub struct Plan {
        /// The time of the plan: 2024, 2024/2025, or a period «20.04.2022 – 24.02.2023».
        year "год" ["период"] = "На какое время план: 2024, 2024/2025 или «20.04.2022 – 24.02.2023»." (Period): Option<Text>,
        /// Whose plan it is.
        community "сообщество" = "Чей план: методическое объединение, отдел, служба.": Option<Text>,
        /// Who approved it: the block «Утверждаю».
        approval "утверждено" ["утверждаю"] = "Гриф «Утверждаю».": Option<Approval>,
        /// Who agreed to it: the block «Согласовано».
        agreement "согласовано" = "Гриф «Согласовано».": Option<Approval>,
        /// Who watches over it.
        curator "куратор" = "Куратор: ид из people.yaml или имя с должностью." (Person): Option<Text>,
        /// Who leads the community.
        head "руководитель" = "Руководитель объединения." (Person): Option<Text>,
        /// The goal.
        goal "цель" = "Цель." (Long): Option<Text>,
        /// The objectives.
        objectives "задачи" = "Задачи, каждая отдельной строкой." (Long): Vec<Text>,
        /// The table, by sections.
        sections "разделы" = "Разделы таблицы плана с их строками.": Vec<PlanSection>,
        /// What later orders changed; the approved text stays as it was signed.
        amendments "изменения" ["поправки"] = "Что изменили приказы после утверждения; утверждённый текст остаётся, как подписан.": Vec<Amendment>,
        /// Codes of planning advice that is known and meant: `blank-competency` where the signed paper has blank cells.
        accept "принято" = "Коды замечаний к плану, о которых известно и которые больше не нужно показывать." (Code): Vec<Text>,
    }
}

record! {
    /// A section of the table.
    pub struct PlanSection {
        /// Its number, where the title does not hold it.
        number "номер" = "Номер раздела, если его нет в заголовке.": Option<Text>,
        /// Its heading.
        title "название" ["раздел"] = "Заголовок раздела.": Option<Text>,
        /// Its rows.
        items "пункты" ["строки", "мероприятия"] = "Строки раздела.": Vec<PlanItem>,
    }
}

record! {
    /// A row of the table. A row without a number is legal and gets a stable id.
    pub struct PlanItem {
        /// Its number as printed, «2.3»; may be missing.
        number "номер" = "Номер строки, как напечатан: «2.3». Можно без номера.": Option<Text>,
        /// The name of the event or work.
        title "мероприятие" ["название"] = "Мероприятие или работа." (Long): Option<Text>,
        /// A heading over several rows; it stands at each of them.
        group "группа" = "Общий заголовок над несколькими строками; пишется у каждой из них.": Option<Text>,
        /// Items within the cell.
        parts "подпункты" = "Пункты внутри ячейки.": Box<[Part]>,
        /// When, as it stands in the plan: «Октябрь – ноябрь 2024».
        timeframe "срок" ["срок проведения", "сроки"] = "Срок проведения, как в плане: «Октябрь – ноябрь 2024», «В течение года», «до 15 мая»." (Timeframe): Option<Text>,
        /// The place.
        venue "место" ["место проведения"] = "Место проведения.": Option<Text>,
        /// Units and persons: a list, or the cell as printed.
        responsible "ответственные" ["ответственный", "исполнители", "исполнитель"] = "Ответственные: списком или одной строкой, как в ячейке." (Person): Box<[Text]>,
        /// Competencies that it develops.
        competencies "компетенции" = "Какие компетенции развивает." (Competency): Box<[Text]>,
        /// What comes of it.
        output "продукт" ["результат работы"] = "Продукт: что получится в итоге.": Box<[Text]>,
        /// For whom.
        audience "аудитория" = "Для кого.": Box<[Text]>,
        /// The form of the event.
        form "форма" = "Форма: семинар, вебинар, конкурс…" (Form): Option<Text>,
        /// Said by the editor where no document says it.
        status "статус" = "Состояние — только если об этом не говорит ни один материал сайта.": Option<Status>,
        /// Files or addresses of what came of it.
        results "результаты" ["результат"] = "Что получилось: файлы или адреса." (Link): Box<[Text]>,
    }
}

record! {
    /// An item within a cell, perhaps with a time of its own.
    pub struct Part {
        /// Its text.
        title "название" ["текст"] = "Текст пункта.": Option<Text>,
        /// Its own time.
        timeframe "срок" = "Его собственный срок." (Timeframe): Option<Text>,
    }
}

record! {
    /// What one order changed in an approved plan.
    pub struct Amendment {
        /// The order.
        order "приказ" = "Приказ, которым внесены изменения.": Option<Order>,
        /// Its day, where there is no order.
        date "дата" = "День изменения, если приказа нет.": Option<Spanned<Date>>,
        /// Why.
        reason "основание" ["причина"] = "Основание: почему.": Option<Text>,
        /// Row by row.
        changes "изменения" ["строки", "пункты"] = "Изменения по строкам.": Vec<Change>,
    }
}

record! {
    /// Which row an order changes, adds or drops.
    pub struct Changed {
        /// The row whose cells are replaced by those that stand beside this key.
        item "пункт" ["строка"] = "Номер изменяемой строки; новые значения пишутся рядом: «срок: Июнь 2024».": Option<Text>,
        /// A new row.
        add "добавить" ["дополнить"] = "Новая строка.": Option<PlanItem>,
        /// The rows that are taken out.
        drop "исключить" ["снять"] = "Номера исключённых строк.": Vec<Text>,
        /// The number or title of the section of a new row; else the one that its number begins with.
        section "раздел" = "Раздел новой строки: его номер или заголовок. Обычно ясен по номеру строки.": Option<Text>,
        /// The row behind which a new row stands; else it is the last of its section.
        after "после" = "После какой строки поставить новую; иначе — в конец раздела.": Option<Text>,
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
    fn shape() -> Shape {
        Shape::Record(Keys { name: "Change", tables: vec![Changed::FIELDS, PlanItem::FIELDS], shorthand: None })
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
