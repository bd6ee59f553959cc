//! The body of a document as HTML: on its page, or alone for a page that is there already.

use super::theme::Words;
use super::{Bodies, Fault, Renderer};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Problem};
use crate::output::{Slots, way_to_root};
use crate::parse::Document;
use crate::parse::markdown::{self, Style, Target};
use crate::site::EntryId;
use crate::source::Span;

impl Renderer {
    /// The body with slots.
    pub(super) fn body(&self, id: EntryId, bodies: Bodies) -> Result<String, Fault> {
        let entry = self.site.entry(id);
        let document = bodies.newer.get(&entry.document.path).unwrap_or(&entry.document);
        if let Some(markdown) = document.markdown() {
            return Ok(html(&self.site.config, &self.markdown_words, document, markdown, &entry.links));
        }
        let again = bodies.texts.text(&document.path).filter(|text| text.hash == document.hash);
        let markdown = again.as_ref().and_then(|text| document.markdown_in(&text.text));
        let markdown = markdown.ok_or_else(|| Box::new(Diagnostic::new(Problem::ChangedMeanwhile, Span::file(&document.path))))?;
        Ok(html(&self.site.config, &self.markdown_words, document, markdown, &entry.links))
    }
}

/// What stands on the page at `path` in the place of the body of `document`, which kept its text: all that changes on the site when nothing
/// but this body does. `targets` tells where its links lead.
pub fn body_alone(config: &Config, words: &Words, document: &Document, targets: &[Target], path: &str) -> Vec<u8> {
    let body = html(config, &markdown_words(words), document, document.markdown().unwrap_or_default(), targets);
    let root = way_to_root(path);
    Slots { root: &root, index: index(config) }.fill_text(&body).into_bytes()
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

fn html(config: &Config, words: &markdown::Words, document: &Document, markdown: &str, targets: &[Target]) -> String {
    let typography = config.settings.typography.0 && !document.common.verbatim;
    let style = Style { language: config.language, typography, words };
    let mut resolve = |index: usize, _: &markdown::Link| targets.get(index).cloned().unwrap_or(Target::Nowhere);
    markdown::html(markdown, &document.body.outline, &style, &mut resolve)
}
