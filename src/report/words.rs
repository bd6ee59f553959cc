//! Words that the report uses in several places, in both languages.

use crate::kinds::{Approval, Order};
use crate::site::RowStatus;
use crate::site::names::{Registries, as_printed};
use crate::value::date::numeric;
use crate::value::language::Language;
use crate::value::plural;

/// One of two texts, by the language.
macro_rules! say {
    ($language:expr, $ru:expr, $en:expr $(,)?) => {
        match $language {
            $crate::value::language::Language::Ru => $ru,
            $crate::value::language::Language::En => $en,
        }
    };
}
pub(super) use say;

/// A noun in the forms that stand behind 1, 2 and 5, and behind 1 and 2 in English.
pub type Noun = ([&'static str; 3], [&'static str; 2]);

pub const ROWS: Noun = (["строка", "строки", "строк"], ["row", "rows"]);
/// What a plan contains: the accusative.
pub const ROWS_TOLD: Noun = (["строку", "строки", "строк"], ["row", "rows"]);
pub const SECTIONS: Noun = (["раздел", "раздела", "разделов"], ["section", "sections"]);
pub const EVENTS: Noun = (["мероприятие", "мероприятия", "мероприятий"], ["event", "events"]);
pub const PARTICIPANTS: Noun = (["участник", "участника", "участников"], ["participant", "participants"]);

/// «2 мероприятия».
pub fn counted(n: usize, noun: Noun, language: Language) -> String {
    format!("{n}\u{a0}{}", plural::noun(n, noun.0, noun.1, language))
}

/// A share in whole per cent; nothing of nothing is none.
pub fn percent(part: usize, all: usize) -> usize {
    if all == 0 { 0 } else { (part * 200 + all) / (all * 2) }
}

/// The heading of a status's column.
pub fn status(status: RowStatus, language: Language) -> &'static str {
    match status {
        RowStatus::Published => say!(language, "Есть материалы", "Published"),
        RowStatus::Held => say!(language, "Состоялось", "Held"),
        RowStatus::Dated => say!(language, "Назначено", "Dated"),
        RowStatus::Planned => say!(language, "Запланировано", "Planned"),
        RowStatus::Moved => say!(language, "Перенесено", "Moved"),
        RowStatus::Cancelled => say!(language, "Отменено", "Cancelled"),
        RowStatus::Overdue => say!(language, "Просрочено", "Overdue"),
    }
}

/// «Приказ от 12.01.2024 № 02-а».
pub fn order(order: &Order, language: Language) -> String {
    let date = order.date.as_ref().map(|date| numeric(date.value));
    let number = order.number.as_ref().map(|number| number.value.trim_start_matches('№').trim().to_owned());
    match (language, date, number) {
        (Language::Ru, Some(date), Some(number)) => format!("Приказ от\u{a0}{date} №\u{a0}{number}"),
        (Language::Ru, Some(date), None) => format!("Приказ от\u{a0}{date}"),
        (Language::Ru, None, Some(number)) => format!("Приказ №\u{a0}{number}"),
        (Language::En, Some(date), Some(number)) => format!("Order of {date} No. {number}"),
        (Language::En, Some(date), None) => format!("Order of {date}"),
        (Language::En, None, Some(number)) => format!("Order No. {number}"),
        (_, None, None) => String::new(),
    }
}

/// The order of an approval, else the day of the signature; empty if there is neither.
pub fn signed(approval: &Approval, language: Language) -> String {
    let by_order = approval.order.as_ref().map(|it| order(it, language)).unwrap_or_default();
    if by_order.is_empty() { approval.date.as_ref().map(|date| numeric(date.value)).unwrap_or_default() } else { by_order }
}

/// A person as the paper has it: an id of the registry stands for the name, everything else for itself.
pub fn person(registries: &Registries, written: &str) -> String {
    let named = registries.people.entries.iter().find(|named| named.id == written);
    named.map_or(as_printed(written), |named| &named.name).to_owned()
}

/// An institution likewise.
pub fn institution(registries: &Registries, written: &str) -> String {
    let named = registries.organisations.entries.iter().find(|named| named.id == written);
    named.map_or(written, |named| &named.name).to_owned()
}
