//! The body of a document as HTML.

use super::theme::Words;
use super::{Bodies, Fault, Renderer};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Problem};
use crate::parse::Document;
use crate::parse::markdown::{self, Style, Target};
use crate::site::EntryId;
use crate::source::Span;

impl Renderer {
    /// The body with slots.
    pub(super) fn body(&self, id: EntryId, bodies: Bodies) -> Result<String, Fault> {
        let links = &self.site.entry(id).links;
        self.with_markdown(id, bodies, |document, markdown| html(&self.site.config, &self.markdown_words, document, markdown, links))
    }

    /// What `make` makes of the body as it is written.
    pub(super) fn with_markdown<T>(&self, id: EntryId, bodies: Bodies, make: impl FnOnce(&Document, &str) -> T) -> Result<T, Fault> {
        let entry = self.site.entry(id);
        let document = bodies.newer.get(&entry.document.path).unwrap_or(&entry.document);
        if let Some(markdown) = document.markdown() {
            return Ok(make(document, markdown));
        }
        let again = bodies.texts.text(&document.path).filter(|text| text.hash == document.hash);
        let markdown = again.as_ref().and_then(|text| document.markdown_in(&text.text));
        let markdown = markdown.ok_or_else(|| Box::new(Diagnostic::new(Problem::ChangedMeanwhile, Span::file(&document.path))))?;
        Ok(make(document, markdown))
    }
}

/// The slot behind addresses of folders: see [`crate::output::INDEX`].
pub(super) fn index(config: &Config) -> &'static str {
    if config.settings.index_links { "index.html" } else { "" }
}

/// The words that bodies hold.
pub(super) fn markdown_words(words: &Words) -> markdown::Words {
    let word = |key: &str| words.get(&format!("markdown.{key}")).to_owned();
    markdown::Words {
        footnotes: word("footnotes"),
        back: word("back"),
        table: word("table"),
        note: word("note"),
        tip: word("tip"),
        important: word("important"),
        warning: word("warning"),
        caution: word("caution"),
    }
}

pub(super) fn html(config: &Config, words: &markdown::Words, document: &Document, markdown: &str, targets: &[Target]) -> String {
    let typography = config.settings.typography.0 && !document.common.verbatim;
    let style = Style { language: config.language, typography, words };
    let mut resolve = |index: usize, _: &markdown::Link| targets.get(index).cloned().unwrap_or(Target::Nowhere);
    markdown::html(markdown, &document.body.outline, &style, &mut resolve)
}
