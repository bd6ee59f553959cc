//! Document, news and page: articles with few keys of their own.

use super::Approval;
use crate::record::{Text, no_shorthand, record};

record! {
    /// The keys that a document (положение, приказ, методические рекомендации, …) has of its own.
    pub struct Paper {
        /// What it is: regulation, order, guidelines, script, report …
        kind "вид" = "Вид документа: положение, приказ, методические рекомендации, сценарий, отчёт…" (PaperKind): Option<Text>,
        /// Its number as printed.
        number "номер" = "Номер, как напечатан.": Option<Text>,
        /// Who approved it: the block «Утверждаю».
        approval "утверждено" = "Гриф «Утверждаю».": Option<Approval>,
        /// Until when or in what period it is in force.
        valid "действует" = "Срок действия: «до 31.12.2025» или «2024–2026».": Option<Text>,
        /// The document that it stands in place of: a file, or a title as it is.
        replaces "заменяет" ["взамен"] = "Что заменяет: файл прежнего документа или его название." (Link): Option<Text>,
    }
}

record! {
    /// The keys that a news post has of its own.
    pub struct News {
        /// Stands before all others on the front page.
        pinned "закрепить" = "Закрепить: стоит на главной странице раньше других.": bool,
    }
}

record! {
    /// The keys that a page has of its own.
    pub struct Page {
        /// Its place among pages; smaller first.
        order "порядок" = "Место среди страниц: чем меньше число, тем раньше.": Option<u32>,
    }
}

no_shorthand!(Paper, News, Page);

/// What documents are called. The list is open: another word stands as it is typed.
pub const PAPER_KINDS: [&str; 9] = [
    "положение",
    "приказ",
    "методические рекомендации",
    "сценарий",
    "отчёт",
    "памятка",
    "программа",
    "инструкция",
    "аналитическая справка",
];
