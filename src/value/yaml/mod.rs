//! YAML 1.2 as a tree with places: the one doorway to the `serde_yaml` package.
//!
//! Every scalar keeps its text as typed: `18.03.15`, `2.10` and `02-а` are what stands on the paper, and only the
//! reader of a key knows whether it wants a number. So the tree is made from the parser's events, without serde's
//! guessing of types, and each node knows its bytes.
//!
//! Limits: [`MAX_NODES`] nodes after expansion of aliases (an alias is a copy, so a "billion laughs" stops there; the longer a copied
//! text, the more nodes it counts for), [`MAX_DEPTH`] levels and [`MAX_KEYS`] keys of one mapping.

mod mend;
pub mod plain;
pub mod quote;

pub use mend::read;

use serde_yaml::granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// The largest number of nodes that one text may make.
pub const MAX_NODES: usize = 1_000_000;
/// The most keys of one mapping: each is held against all others.
pub const MAX_KEYS: usize = 2000;
/// The deepest nesting of lists and mappings.
pub const MAX_DEPTH: usize = 64;

/// A node of the tree and the bytes of the file that it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'t> {
    pub value: Value<'t>,
    pub span: Range<usize>,
}

/// What stands at a node.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'t> {
    /// Nothing, `~` or `null`.
    Null,
    /// A scalar, its text as typed (escapes and folding of YAML undone): a piece of the source, where nothing had to be undone.
    Scalar(Cow<'t, str>),
    List(Vec<Node<'t>>),
    /// Pairs in the order of the text; keys are unique.
    Map(Vec<(Key<'t>, Node<'t>)>),
}

/// A key of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Key<'t> {
    pub text: Cow<'t, str>,
    pub span: Range<usize>,
}

/// Why a text is not YAML, in the terms of an editor, not of the YAML specification.
#[derive(Debug, Clone, PartialEq)]
pub struct YamlError {
    pub kind: YamlErrorKind,
    pub span: Range<usize>,
    /// The text to write in place of `span`; [`read`] finds it.
    pub fix: Option<String>,
}

/// The kinds of [`YamlError`] that have a wording of their own.
#[derive(Debug, Clone, PartialEq)]
pub enum YamlErrorKind {
    /// A tab where spaces must indent.
    Tab,
    /// A colon and a space inside a value that is not in quotes: `title: План: 2024`.
    ColonInValue,
    /// A quote or bracket that is never closed.
    Unclosed,
    /// A no-break space among those that indent.
    NoBreakSpace,
    /// `title:text`, or a colon of another script.
    NoSpaceAfterColon,
    /// `"School "Profi""`: quotes inside of quotes, or text behind them.
    InnerQuotes,
    /// A dash or a bullet, or a hyphen without a space, before an item of a list.
    ListMark,
    /// A line that is neither a key with its value nor the continuation of one.
    NoKey,
    /// Lines of one level that do not stand in one column.
    Indentation,
    /// The key stands twice in one mapping.
    DuplicateKey(String),
    /// A character that may not begin a value (`@`, `` ` ``, `%`).
    Character(char),
    /// Nesting or size over the limits.
    TooLarge,
    /// `*name` without `&name`.
    UnknownAlias,
    /// Everything else; the parser's own words.
    Other(String),
}

/// Reads one YAML document. `base` is where `text` begins in its file, so that places are those of the file.
///
/// # Errors
/// The first fault of the syntax: a parser cannot know what stands after it. [`read`] goes on.
pub fn parse(text: &str, base: usize) -> Result<Node<'_>, YamlError> {
    plain::read(text, base).map_or_else(|| parse_any(text, base), Ok)
}

/// The same by the library alone, whatever the text is like.
///
/// # Errors
/// As [`parse`].
pub fn parse_any(text: &str, base: usize) -> Result<Node<'_>, YamlError> {
    let mut options = Options::default();
    options.block_nesting_limit = MAX_DEPTH;
    options.flow_nesting_limit = MAX_DEPTH;
    let mut builder = Builder { parser: Parser::new_from_str_with_options(text, options), text, base, anchors: BTreeMap::new(), nodes: 0 };
    builder.document()
}

struct Builder<'a> {
    parser: Parser<'a, serde_yaml::granit_parser::StrInput<'a>>,
    text: &'a str,
    base: usize,
    anchors: BTreeMap<usize, Node<'a>>,
    nodes: usize,
}

impl<'a> Builder<'a> {
    fn document(&mut self) -> Result<Node<'a>, YamlError> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd | Event::DocumentEnd => return Ok(Node { value: Value::Null, span: self.range(&span) }),
                other => {
                    let node = self.node(other, span, 0)?;
                    // What follows must be the end: a second document would be lost in silence.
                    loop {
                        match self.next()? {
                            (Event::StreamEnd, _) => return Ok(node),
                            (Event::DocumentEnd, _) => {}
                            (_, span) => return Err(self.error(YamlErrorKind::Other("second document".into()), &span)),
                        }
                    }
                }
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), YamlError> {
        match self.parser.next_event() {
            Some(Ok(pair)) => Ok(pair),
            Some(Err(error)) => Err(self.scan_error(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node<'a>, YamlError> {
        self.nodes += 1;
        if self.nodes > MAX_NODES || depth > MAX_DEPTH {
            return Err(self.error(YamlErrorKind::TooLarge, &span));
        }
        let anchor = event.anchor_id().filter(|id| *id > 0);
        let node = match event {
            Event::Scalar(text, style, ..) => {
                let mut range = self.range(&span);
                let null = style == ScalarStyle::Plain && is_null(&text);
                let value = if null { Value::Null } else { Value::Scalar(text) };
                // A block scalar's span runs to the next token: the trailing line breaks are no part of the place.
                while range.end > range.start && self.text.as_bytes().get(range.end - 1 - self.base).is_some_and(u8::is_ascii_whitespace) {
                    range.end -= 1;
                }
                Node { value, span: range }
            }
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                let mut end = span;
                loop {
                    let (event, span) = self.next()?;
                    if matches!(event, Event::SequenceEnd) {
                        end = if span.byte_range().is_some_and(|r| r.start >= 1) { span } else { end };
                        break;
                    }
                    items.push(self.node(event, span, depth + 1)?);
                }
                let range = self.outer(&span, &end, items.last().map(|n| n.span.end));
                Node { value: Value::List(items), span: range }
            }
            Event::MappingStart(..) => self.mapping(span, depth)?,
            Event::Alias(id) => {
                let mut node = match self.anchors.get(&id) {
                    Some(node) => node.clone(),
                    None => return Err(self.error(YamlErrorKind::UnknownAlias, &span)),
                };
                self.copied(&node, &span)?;
                node.span = self.range(&span);
                node
            }
            _ => return Err(self.error(YamlErrorKind::Other("unexpected event".into()), &span)),
        };
        if let Some(id) = anchor {
            self.copied(&node, &span)?;
            self.anchors.insert(id, node.clone());
        }
        Ok(node)
    }

    /// Counts a copy of `node`.
    fn copied(&mut self, node: &Node, span: &Span) -> Result<(), YamlError> {
        self.nodes += weight(node);
        if self.nodes > MAX_NODES { Err(self.error(YamlErrorKind::TooLarge, span)) } else { Ok(()) }
    }

    fn mapping(&mut self, start: Span, depth: usize) -> Result<Node<'a>, YamlError> {
        let mut pairs: Vec<(Key<'a>, Node<'a>)> = Vec::new();
        let end = loop {
            let (event, span) = self.next()?;
            let key = match event {
                Event::MappingEnd => break span,
                Event::Scalar(text, ..) => Key { text, span: self.range(&span) },
                other => {
                    // `{…}: value` — a template left in place of a value, or a list as a key.
                    self.node(other, span, depth + 1)?;
                    return Err(self.error(YamlErrorKind::Other("key is not a word".into()), &span));
                }
            };
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            if pairs.len() == MAX_KEYS {
                return Err(YamlError { span: key.span, kind: YamlErrorKind::TooLarge, fix: None });
            }
            if pairs.iter().any(|(k, _)| k.text == key.text) {
                return Err(YamlError { span: key.span.clone(), kind: YamlErrorKind::DuplicateKey(key.text.into_owned()), fix: None });
            }
            pairs.push((key, value));
        };
        let range = self.outer(&start, &end, pairs.last().map(|(_, n)| n.span.end));
        Ok(Node { value: Value::Map(pairs), span: range })
    }

    /// From the start of a collection to the end of its last member, or to its closing bracket.
    fn outer(&self, start: &Span, end: &Span, last: Option<usize>) -> Range<usize> {
        let start = self.range(start).start;
        let end = self.range(end);
        let closed = end.end > end.start && matches!(self.text.as_bytes().get(end.start - self.base), Some(b']' | b'}'));
        let end = if closed { end.end } else { last.unwrap_or(end.end) };
        start..end.max(start)
    }

    fn range(&self, span: &Span) -> Range<usize> {
        let range = span.byte_range().unwrap_or(0..0);
        let limit = self.text.len();
        self.base + range.start.min(limit)..self.base + range.end.min(limit)
    }

    fn error(&self, kind: YamlErrorKind, span: &Span) -> YamlError {
        YamlError { kind, span: self.range(span), fix: None }
    }

    fn scan_error(&self, error: &ScanError) -> YamlError {
        let at = self.text.floor_char_boundary(error.marker().byte_offset().unwrap_or(0).min(self.text.len()));
        let kind = match error.kind() {
            ErrorKind::TabNotAllowed | ErrorKind::TabInBlockIndentation => YamlErrorKind::Tab,
            ErrorKind::RecursionLimitExceeded => YamlErrorKind::TooLarge,
            ErrorKind::UnknownAnchor => YamlErrorKind::UnknownAlias,
            ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::UnexpectedEof
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofImplicitFlowMapping => YamlErrorKind::Unclosed,
            ErrorKind::InvalidIndentation | ErrorKind::ExpectedBlockSequenceEntry => YamlErrorKind::Indentation,
            ErrorKind::UnexpectedCharacter { character } => YamlErrorKind::Character(*character),
            _ => YamlErrorKind::Other(error.info().to_owned()),
        };
        let end = self.text.ceil_char_boundary((at + 1).min(self.text.len()));
        YamlError { kind, span: self.base + at..self.base + end, fix: None }
    }
}

/// Whether a plain scalar says that there is nothing.
fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// What a copy of `node` costs, in nodes.
fn weight(node: &Node) -> usize {
    let of_text = |text: &str| 1 + text.len() / 64;
    match &node.value {
        Value::Null => 1,
        Value::Scalar(text) => of_text(text),
        Value::List(items) => 1 + items.iter().map(weight).sum::<usize>(),
        Value::Map(pairs) => 1 + pairs.iter().map(|(key, n)| of_text(&key.text) + weight(n)).sum::<usize>(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> YamlErrorKind {
        parse(text, 0).map_or_else(|error| error.kind, |_| panic!("{:.200} is read", text))
    }

    #[test]
    fn keeps_the_text_of_scalars_and_their_place() {
        let text = "номер: 02-а\nдата: 18.03.15\nlist: [1.10, ~]\n";
        let Node { value: Value::Map(pairs), span } = parse(text, 4).unwrap() else { panic!() };
        assert_eq!(pairs[0].1.value, Value::Scalar("02-а".into()));
        assert_eq!(&text[pairs[1].1.span.start - 4..pairs[1].1.span.end - 4], "18.03.15");
        assert_eq!(&text[pairs[2].1.span.start - 4..pairs[2].1.span.end - 4], "[1.10, ~]");
        assert_eq!(span.start, 4);
    }

    #[test]
    fn a_bomb_of_aliases_stops() {
        let mut text = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (next, last) in ["b", "c", "d", "e", "f", "g", "h"].iter().zip(["a", "b", "c", "d", "e", "f", "g"]) {
            text.push_str(&format!("{next}: &{next} [*{last}, *{last}, *{last}, *{last}, *{last}, *{last}, *{last}, *{last}, *{last}]\n"));
        }
        assert_eq!(kind(&text), YamlErrorKind::TooLarge);
        // A long text that is copied often, and anchors within anchors.
        let long = format!("a: &a \"{}\"\nb: [{}]\n", "x".repeat(1 << 20), "*a,".repeat(5000));
        assert_eq!(kind(&long), YamlErrorKind::TooLarge);
        let nested: String = (0..50).map(|n| format!("&a{n} [")).collect();
        assert_eq!(kind(&format!("a: {nested}{}{}\n", "1,".repeat(50_000), "]".repeat(50))), YamlErrorKind::TooLarge);
    }

    #[test]
    fn a_mapping_has_so_many_keys_and_no_more() {
        let keys = |n: usize| (0..n).map(|n| format!("k{n}: v\n")).collect::<String>();
        assert!(parse(&keys(MAX_KEYS), 0).is_ok());
        assert_eq!(kind(&keys(MAX_KEYS + 1)), YamlErrorKind::TooLarge);
    }
}
