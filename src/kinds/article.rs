//! Document, news and page: articles with few keys of their own.

use super::Approval;
use crate::record::{Text, no_shorthand, record};

record! {
    /// The keys that a document (положение, приказ, методические рекомендации, …) has of its own.
    pub struct Paper {
        /// положение, приказ, методические рекомендации, сценарий, отчёт, …
        kind "вид": Option<Text>,
        /// As printed.
        number "номер": Option<Text>,
        /// The block «Утверждаю».
        approval "утверждено": Option<Approval>,
        /// Until when or in what period it is in force.
        valid "действует": Option<Text>,
        /// The document that it stands in place of: a file, or a title as it is.
        replaces "заменяет" ["взамен"]: Option<Text>,
    }
}

record! {
    /// The keys that a news post has of its own.
    pub struct News {
        /// Stands before all others on the front page.
        pinned "закрепить": bool,
    }
}

record! {
    /// The keys that a page has of its own.
    pub struct Page {
        /// Its place among pages; smaller first.
        order "порядок": Option<u32>,
    }
}

no_shorthand!(Paper, News, Page);
