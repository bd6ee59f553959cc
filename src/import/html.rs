//! Pages of HTML, as Word writes and pastes them: the one doorway to `html5ever`.
//!
//! Its tokeniser alone is used. Which cell a text belongs to is plain from the tags of tables, and no tree is built that hostile nesting
//! could make deep or slow.

use super::builder::{Builder, Merge};
use super::paper::{Paper, Table};
use super::refusal::Refusal;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;

/// Reads a page.
///
/// # Errors
/// It is too large.
pub fn read(text: &str, is_nested_plan: fn(&Table) -> bool) -> Result<Paper, Refusal> {
    let page = Page { builder: Builder::new(is_nested_plan), hidden: 0, lists: Vec::new(), refusal: None };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(page)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    // A script would stop it; the sink starts none.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let page = tokenizer.sink.0.into_inner();
    match page.refusal {
        Some(refusal) => Err(refusal),
        None => page.builder.finish(),
    }
}

struct Sink(RefCell<Page>);

struct Page {
    builder: Builder,
    /// How many elements that are not shown are open.
    hidden: usize,
    /// The lists that are open: how far each numbered one has counted.
    lists: Vec<Option<usize>>,
    refusal: Option<Refusal>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Ok(mut page) = self.0.try_borrow_mut() else { return TokenSinkResult::Continue };
        if page.refusal.is_some() {
            return TokenSinkResult::Continue;
        }
        match token {
            Token::CharacterTokens(text) if page.hidden == 0 => {
                // A line of the source is no line of the page.
                page.builder.text(&text.replace(['\n', '\r'], " "));
            }
            Token::TagToken(tag) => {
                let done = match tag.kind {
                    TagKind::StartTag => page.start(&tag),
                    TagKind::EndTag => page.end(&tag.name),
                };
                page.refusal = done.err();
                if tag.kind == TagKind::StartTag {
                    match &*tag.name {
                        "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                        "style" | "xmp" | "iframe" | "noembed" | "noframes" => return TokenSinkResult::RawData(RawKind::Rawtext),
                        "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements whose text is not shown, or was deleted under review.
fn is_hidden(name: &str) -> bool {
    matches!(name, "script" | "style" | "title" | "xml" | "del" | "template" | "iframe" | "noembed" | "noframes")
}

impl Page {
    fn start(&mut self, tag: &Tag) -> Result<(), Refusal> {
        if is_hidden(&tag.name) {
            if !tag.self_closing {
                self.hidden += 1;
            }
            return Ok(());
        }
        if self.hidden > 0 {
            return Ok(());
        }
        match &*tag.name {
            "table" => self.builder.start_table()?,
            "tr" => self.builder.start_row()?,
            "td" | "th" => {
                let of = |name: &str| tag.attrs.iter().find(|a| &*a.name.local == name).and_then(|a| a.value.trim().parse().ok());
                self.builder.start_cell(of("colspan").unwrap_or(1), Merge::Rows(of("rowspan").unwrap_or(1)))?;
            }
            "ul" => self.lists.push(None),
            "ol" => self.lists.push(Some(0)),
            "li" => {
                let mark = match self.lists.last_mut() {
                    Some(Some(count)) => {
                        *count += 1;
                        format!("{count}.")
                    }
                    _ => "-".to_owned(),
                };
                self.builder.start_item(mark);
            }
            // Paragraphs of an item stand on its line.
            "p" | "div" if !self.lists.is_empty() && self.builder.is_blank() => {}
            name if is_block(name) || name == "br" => {
                self.builder.end_line();
                if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
                    self.builder.set_heading();
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        if is_hidden(name) {
            self.hidden = self.hidden.saturating_sub(1);
            return Ok(());
        }
        if self.hidden > 0 {
            return Ok(());
        }
        match name {
            "table" => self.builder.end_table()?,
            "tr" => self.builder.end_row()?,
            "td" | "th" => self.builder.end_cell()?,
            "ul" | "ol" => {
                self.builder.end_line();
                self.lists.pop();
            }
            name if is_block(name) => self.builder.end_line(),
            _ => {}
        }
        Ok(())
    }
}

fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 22] = [
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dt",
        "dd",
        "dl",
        "blockquote",
        "pre",
        "section",
        "article",
        "header",
        "footer",
        "caption",
        "center",
        "hr",
        "body",
    ];
    BLOCKS.contains(&name)
}
