//! A plan in the making: plain strings, and the YAML that an editor is given to go on with.
//!
//! The import of a paper and the skeleton of the next year's plan both end here. A draft knows nothing of places and never fails; what
//! its maker is not sure of stands as comments beside the rows.

use crate::value::yaml::quote::{comment, quoted, scalar};
use std::fmt::Write;

/// A plan as it is to be written. What is empty is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Lines above everything else, as comments.
    pub comments: Vec<String>,
    pub title: String,
    /// 2024, 2024/2025, or «20.04.2022 – 24.02.2023».
    pub year: String,
    pub approval: Option<Signature>,
    pub agreement: Option<Signature>,
    pub curator: String,
    pub head: String,
    pub goal: String,
    pub objectives: Vec<String>,
    pub sections: Vec<DraftSection>,
}

/// A block «Утверждаю» or «Согласовано».
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    pub post: String,
    pub person: String,
    pub order_number: String,
    /// A day that [`crate::record::day_of`] reads: another would be a mistake in the plan.
    pub order_date: String,
    /// The day of the signature, where there is no order; the same holds for it.
    pub date: String,
}

/// A section of the table. One without a title holds the rows that stand in none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftSection {
    pub comments: Vec<String>,
    pub number: String,
    pub title: String,
    pub items: Vec<DraftItem>,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftItem {
    /// Lines above the row, as comments.
    pub comments: Vec<String>,
    /// Without its full stop; unique in the plan, or empty.
    pub number: String,
    pub group: String,
    /// A row without one is a mistake in the plan.
    pub title: String,
    pub parts: Vec<DraftPart>,
    pub timeframe: String,
    pub venue: String,
    pub responsible: Vec<String>,
    pub competencies: Vec<String>,
    pub output: Vec<String>,
    pub audience: Vec<String>,
    pub form: String,
}

/// An item within a cell, perhaps with a time of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftPart {
    pub title: String,
    pub timeframe: String,
}

impl Draft {
    /// The plan as YAML with Russian keys. Reading it gives the same strings back, but for what no text of a plan keeps: blanks around it
    /// and control characters. No comment can end before its line does.
    pub fn yaml(&self) -> String {
        let mut out = Page { text: String::new(), indent: 0 };
        self.comments.iter().for_each(|line| out.comment(line));
        if !self.comments.is_empty() {
            out.blank();
        }
        out.text("название", &self.title);
        if self.year.is_empty() && !self.sections.is_empty() {
            // To be filled in; terms need it.
            out.line("# год:");
        }
        out.text("год", &self.year);
        out.signature("утверждено", self.approval.as_ref());
        out.signature("согласовано", self.agreement.as_ref());
        out.text("куратор", &self.curator);
        out.text("руководитель", &self.head);
        if !(self.goal.is_empty() && self.objectives.is_empty()) {
            out.blank();
        }
        out.text("цель", &self.goal);
        out.list("задачи", &self.objectives);
        if !self.sections.is_empty() {
            out.blank();
            out.line("разделы:");
        }
        for (n, section) in self.sections.iter().enumerate() {
            if n > 0 {
                out.blank();
            }
            out.section(section);
        }
        out.text
    }
}

/// The text so far and how deep its next line stands.
struct Page {
    text: String,
    indent: usize,
}

impl Page {
    fn line(&mut self, line: &str) {
        // Writing to a text does not fail.
        let _ = writeln!(self.text, "{:1$}{line}", "", self.indent);
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn comment(&mut self, text: &str) {
        for line in comment(text) {
            self.line(&line);
        }
    }

    fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.line(&format!("{key}: {}", scalar(value)));
        }
    }

    fn list(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            self.line(&format!("{key}:"));
            values.iter().for_each(|value| self.line(&format!("  - {}", scalar(value))));
        }
    }

    fn signature(&mut self, key: &str, signature: Option<&Signature>) {
        let Some(signature) = signature.filter(|signature| **signature != Signature::default()) else { return };
        self.line(&format!("{key}:"));
        self.indent += 2;
        self.text("должность", &signature.post);
        self.text("кто", &signature.person);
        if !(signature.order_number.is_empty() && signature.order_date.is_empty()) {
            self.line("приказ:");
            self.indent += 2;
            self.text("номер", &signature.order_number);
            self.text("дата", &signature.order_date);
            self.indent -= 2;
        }
        self.text("дата", &signature.date);
        self.indent -= 2;
    }

    /// `write` puts the keys of an entry of a list; its first line gets the dash. An entry without keys is `{}`.
    fn dashed(&mut self, write: impl FnOnce(&mut Page)) {
        let start = self.text.len();
        self.indent += 4;
        write(self);
        self.indent -= 4;
        if self.text.len() == start {
            return self.line("  - {}");
        }
        let dash = start + self.indent + 2;
        self.text.replace_range(dash..dash + 1, "-");
    }

    fn section(&mut self, section: &DraftSection) {
        self.indent += 2;
        section.comments.iter().for_each(|line| self.comment(line));
        self.indent -= 2;
        self.dashed(|out| {
            if !section.number.is_empty() {
                out.line(&format!("номер: {}", quoted(&section.number)));
            }
            out.text("название", &section.title);
            if section.items.is_empty() {
                return;
            }
            out.line("пункты:");
            section.items.iter().for_each(|item| out.item(item));
        });
    }

    fn item(&mut self, item: &DraftItem) {
        self.indent += 2;
        item.comments.iter().for_each(|line| self.comment(line));
        self.indent -= 2;
        self.dashed(|out| {
            if !item.number.is_empty() {
                out.line(&format!("номер: {}", quoted(&item.number)));
            }
            out.text("группа", &item.group);
            out.text("мероприятие", &item.title);
            if !item.parts.is_empty() {
                out.line("подпункты:");
                item.parts.iter().for_each(|part| out.part(part));
            }
            out.text("срок", &item.timeframe);
            out.text("место", &item.venue);
            out.list("ответственные", &item.responsible);
            out.list("компетенции", &item.competencies);
            out.list("продукт", &item.output);
            out.list("аудитория", &item.audience);
            out.text("форма", &item.form);
        });
    }

    fn part(&mut self, part: &DraftPart) {
        if part.timeframe.is_empty() {
            return self.line(&format!("  - {}", scalar(&part.title)));
        }
        self.dashed(|out| {
            out.text("название", &part.title);
            out.text("срок", &part.timeframe);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Plan;
    use crate::record::{Read, Reader};
    use crate::value::yaml;

    fn read(draft: &Draft) -> Plan {
        let text = draft.yaml();
        let node = yaml::parse(&text, 0).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
        // `title` belongs to every document, not to a plan.
        let node = match node.value {
            yaml::Value::Map(mut pairs) => {
                pairs.retain(|(key, _)| key.text != "название");
                yaml::Node { value: yaml::Value::Map(pairs), span: node.span }
            }
            _ => panic!("{text}"),
        };
        let mut reader = Reader { file: &"content/plans/x.yaml".into(), diagnostics: Vec::new(), pool: None };
        let plan = Plan::read(&node, &mut reader).expect("a plan");
        assert!(reader.diagnostics.is_empty(), "{:?}\n{text}", reader.diagnostics);
        plan
    }

    #[test]
    fn a_plan_reads_like_the_paper() {
        let item = DraftItem {
            comments: vec!["Проверьте срок:\nв таблице два месяца".into()],
            number: "5.7".into(),
            group: "Мониторинги и опросы:".into(),
            title: "Сбор информации".into(),
            parts: vec![
                DraftPart { title: "День чтения".into(), timeframe: "Ноябрь 2024".into() },
                DraftPart { title: "- месячник".into(), timeframe: String::new() },
            ],
            venue: "МКУ «ЦНППМ г. Тулы»".into(),
            responsible: vec!["Шагаева В.Е.".into(), "Антимонова В.В.".into()],
            ..DraftItem::default()
        };
        let draft = Draft {
            title: "План работы: 2024".into(),
            year: "2024".into(),
            approval: Some(Signature {
                post: "Директор".into(),
                order_number: "02-а".into(),
                order_date: "12.01.2024".into(),
                ..Signature::default()
            }),
            objectives: vec!["выявление опыта;".into()],
            sections: vec![DraftSection {
                number: "5".into(),
                title: "Аналитическая деятельность".into(),
                items: vec![item],
                ..DraftSection::default()
            }],
            ..Draft::default()
        };
        assert_eq!(
            draft.yaml(),
            "название: \"План работы: 2024\"\n\
             год: 2024\n\
             утверждено:\n\
             \x20 должность: Директор\n\
             \x20 приказ:\n\
             \x20   номер: \"02-а\"\n\
             \x20   дата: \"12.01.2024\"\n\
             \n\
             задачи:\n\
             \x20 - выявление опыта;\n\
             \n\
             разделы:\n\
             \x20 - номер: \"5\"\n\
             \x20   название: Аналитическая деятельность\n\
             \x20   пункты:\n\
             \x20     # Проверьте срок:\n\
             \x20     # в таблице два месяца\n\
             \x20     - номер: \"5.7\"\n\
             \x20       группа: \"Мониторинги и опросы:\"\n\
             \x20       мероприятие: Сбор информации\n\
             \x20       подпункты:\n\
             \x20         - название: День чтения\n\
             \x20           срок: Ноябрь 2024\n\
             \x20         - \"- месячник\"\n\
             \x20       место: МКУ «ЦНППМ г. Тулы»\n\
             \x20       ответственные:\n\
             \x20         - Шагаева В.Е.\n\
             \x20         - Антимонова В.В.\n"
        );
        let plan = read(&draft);
        let item = &plan.sections[0].items[0];
        assert_eq!(item.number.as_ref().map(|n| n.value.as_str()), Some("5.7"));
        assert_eq!(item.parts[0].timeframe.as_ref().map(|t| t.value.as_str()), Some("Ноябрь 2024"));
        assert_eq!(item.parts[1].title.as_ref().map(|t| t.value.as_str()), Some("- месячник"));
    }

    #[test]
    fn no_comment_breaks_out() {
        let comments = ["a\nсрок: x", "b\rсрок: x", "c\u{85}срок: x", "d\u{2028}срок: x", "e\0срок", "", "\u{feff}"];
        let item = DraftItem { title: "Т".into(), comments: comments.map(String::from).into(), ..DraftItem::default() };
        let section = DraftSection { comments: comments.map(String::from).into(), items: vec![item], ..DraftSection::default() };
        let draft = Draft { title: "Т".into(), comments: comments.map(String::from).into(), sections: vec![section], ..Draft::default() };
        let item = &read(&draft).sections[0].items[0];
        assert_eq!((item.title.as_ref().map(|t| t.value.as_str()), &item.timeframe), (Some("Т"), &None));
    }

    #[test]
    fn nothing_makes_nothing() {
        assert_eq!(Draft::default().yaml(), "");
        let draft = Draft { sections: vec![DraftSection::default()], ..Draft::default() };
        assert_eq!(read(&draft).sections.len(), 1);
    }
}
