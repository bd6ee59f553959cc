//! The columns of the table that a plan is edited in.

use crate::import::headings::{Role, role_of};
use crate::kinds::{PlanItem, PlanSection};
use crate::record::Field;
use crate::site::names::key;
use crate::value::language::Language;

/// What a column holds: the section of a row, or one of its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Section,
    Number,
    Group,
    Title,
    Parts,
    Timeframe,
    Venue,
    Responsible,
    Competencies,
    Output,
    Audience,
    Form,
    Status,
    Results,
}

impl Column {
    /// All of them, in the order of the table.
    pub const ALL: [Column; 14] = [
        Column::Section,
        Column::Number,
        Column::Group,
        Column::Title,
        Column::Parts,
        Column::Timeframe,
        Column::Venue,
        Column::Responsible,
        Column::Competencies,
        Column::Output,
        Column::Audience,
        Column::Form,
        Column::Status,
        Column::Results,
    ];

    /// The key of a row that it holds, by its name in the contract; `None` for the section.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Column::Section => return None,
            Column::Number => "number",
            Column::Group => "group",
            Column::Title => "title",
            Column::Parts => "parts",
            Column::Timeframe => "timeframe",
            Column::Venue => "venue",
            Column::Responsible => "responsible",
            Column::Competencies => "competencies",
            Column::Output => "output",
            Column::Audience => "audience",
            Column::Form => "form",
            Column::Status => "status",
            Column::Results => "results",
        })
    }

    /// The key of a row that it holds.
    pub fn field(self) -> Option<&'static Field> {
        self.name().and_then(|name| PlanItem::FIELDS.iter().find(|field| field.name == name))
    }

    /// Whether each line of a cell is a value of its own.
    pub fn is_list(self) -> bool {
        use Column::*;
        matches!(self, Parts | Responsible | Competencies | Output | Audience | Results)
    }

    /// Whether it is text of the signed paper, which only an order changes: not what became of the row.
    pub fn is_of_paper(self) -> bool {
        !matches!(self, Column::Status | Column::Results)
    }

    /// What stands above it. `metodika import` knows these names, too.
    pub fn heading(self, language: Language) -> &'static str {
        let (ru, en) = self.headings();
        match language {
            Language::Ru => ru,
            Language::En => en,
        }
    }

    fn headings(self) -> (&'static str, &'static str) {
        match self {
            Column::Section => ("Раздел", "Section"),
            Column::Number => ("№", "No."),
            Column::Group => ("Группа", "Group"),
            Column::Title => ("Мероприятие", "Title"),
            Column::Parts => ("Подпункты", "Parts"),
            Column::Timeframe => ("Срок", "Timeframe"),
            Column::Venue => ("Место", "Venue"),
            Column::Responsible => ("Ответственные", "Responsible"),
            Column::Competencies => ("Компетенции", "Competencies"),
            Column::Output => ("Продукт", "Output"),
            Column::Audience => ("Аудитория", "Audience"),
            Column::Form => ("Форма", "Form"),
            Column::Status => ("Статус", "Status"),
            Column::Results => ("Результаты", "Results"),
        }
    }

    /// The column under `heading`: by its name here in either language, by the key in the file, else as `metodika import` reads headings.
    pub fn of_heading(heading: &str) -> Option<Column> {
        let wanted = key(heading);
        let is_named = |column: &&Column| {
            let (ru, en) = column.headings();
            let field = column.field().or(PlanSection::FIELDS.iter().find(|field| field.name == "title"));
            let twins = field.into_iter().flat_map(|field| field.twins.iter().chain([&field.name]));
            // The section's own key is «название», which a row has, too.
            [ru, en].iter().chain(twins.filter(|_| **column != Column::Section)).any(|name| key(name) == wanted)
        };
        let known = || {
            Some(match role_of(heading)? {
                Role::Number => Column::Number,
                Role::Section => Column::Section,
                Role::Title => Column::Title,
                Role::Timeframe => Column::Timeframe,
                Role::Venue => Column::Venue,
                Role::Responsible => Column::Responsible,
                Role::Competencies => Column::Competencies,
                Role::Output => Column::Output,
                Role::Audience => Column::Audience,
                Role::Form => Column::Form,
            })
        };
        // «№» has neither a letter nor a digit.
        let named = Column::ALL.iter().find(is_named).copied().filter(|_| !wanted.is_empty());
        named.or_else(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_is_known_again() {
        for column in Column::ALL {
            for language in [Language::Ru, Language::En] {
                assert_eq!(Column::of_heading(column.heading(language)), Some(column));
            }
            assert_eq!(column.field().is_some(), column != Column::Section);
        }
        assert_eq!(Column::of_heading("Сроки проведения"), Some(Column::Timeframe));
        assert_eq!(Column::of_heading("исполнители"), Some(Column::Responsible));
        assert_eq!(Column::of_heading("Примечание"), None);
    }
}
