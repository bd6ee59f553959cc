//! The short way through YAML: the plain forms that front matter, plans and registries are written in.
//!
//! A parser of the whole language asks of nearly every character whether something begins there. People write little of that language
//! here, so this reader finds what it knows by a few searches for bytes, with an eighth of the work, and gives up at anything else; then
//! the library reads the text from its beginning. So it has no opinion of its own: no error comes from here, and where it answers, the
//! tree is that of the library to the byte (`tests/yaml.rs` holds the one against the other).
//!
//! It knows lists and mappings in block form, also `- key: value`, `- - a` and lists in the column of their key; scalars on one line,
//! plain or in quotes (with `''`, `\"`, `\\`, `\/`, `\n`, `\t`); lists and mappings of those in brackets, on one line; `|`, `|-`, `>`,
//! `>-`; comments, empty lines, both kinds of line break.
//!
//! It deliberately does not know what goes on in the next line (scalars, brackets), anchors, aliases, tags, directives, marks of
//! documents, tabs, other escapes, `[a: b]`, `{a}`, `|2`, `|+`, block scalars that begin with an empty line or hold one of too many
//! spaces, and whatever is a mistake, such as a key that stands twice.
//!
//! The price: the rules of a part of YAML stand here a second time, and of a text that is not plain a part is read twice.

use super::{Key, MAX_DEPTH, MAX_KEYS, MAX_NODES, Node, Value, is_null};
use memchr::{memchr, memchr3};
use std::borrow::Cow;
use std::ops::Range;

/// The deepest nesting here: far enough below what the library allows that the two need not count alike.
const DEPTH: usize = MAX_DEPTH / 2;
/// The longest key, in bytes up to its colon; the library counts characters.
const KEY: usize = 1024;

/// Reads `text` if it is of the plain forms; `None` says nothing about it. `base` is where it begins in its file.
pub fn read(text: &str, base: usize) -> Option<Node<'_>> {
    if unusual(text.as_bytes()) {
        return None;
    }
    let mut reader = Reader { text, bytes: text.as_bytes(), base, at: 0, column: 0, nodes: 0 };
    reader.find_content();
    let node = reader.node(0, 0)?;
    // A line that stands deeper or less deep than it may ends what it stands in, and so the whole, too early.
    (reader.at == text.len()).then_some(node)
}

/// Whether there may be a character that YAML does not count as printable, a tab, or a `\r` that ends no line. Without branches, so
/// that many bytes are looked at at a time: `c2` begins U+0080–U+009F, `ef bb` U+FEFF, `ef bf` U+FFFE and U+FFFF.
fn unusual(bytes: &[u8]) -> bool {
    let odd = |a: u8, b: u8| {
        ((a < 0x20) & (a != b'\n') & !((a == b'\r') & (b == b'\n')))
            | (a == 0x7f)
            | ((a == 0xc2) & (b < 0xa0))
            | ((a == 0xef) & ((b == 0xbb) | (b == 0xbf)))
    };
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(false, |found, (a, b)| found | odd(*a, *b)) || bytes.last().is_some_and(|a| odd(*a, 0))
}

/// What may end a plain scalar.
#[derive(Clone, Copy)]
enum Around {
    Line,
    Brackets,
}

/// A scalar, which may turn out to be a key.
struct Scalar<'a> {
    text: Cow<'a, str>,
    range: Range<usize>,
    quoted: bool,
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    base: usize,
    at: usize,
    /// The column, from 1, of what begins at `at` behind nothing but spaces and dashes; 0 at the end of the text.
    column: usize,
    nodes: usize,
}

impl<'a> Reader<'a> {
    /// The node at `at` within one of the column `parent`; goes to the next line that has content.
    fn node(&mut self, parent: usize, depth: usize) -> Option<Node<'a>> {
        if depth > DEPTH {
            return None;
        }
        if self.dash() {
            return self.list(parent, depth);
        }
        if matches!(self.peek(), b'[' | b'{' | b'|' | b'>') {
            return self.value(parent, depth);
        }
        let scalar = self.scalar(Around::Line)?;
        match self.colon(&scalar) {
            Some(colon) => self.mapping(scalar, colon, depth),
            None => self.scalar_line(scalar),
        }
    }

    /// The same behind `key:`, where no list or mapping in block form may begin.
    fn value(&mut self, parent: usize, depth: usize) -> Option<Node<'a>> {
        match self.peek() {
            b'[' | b'{' => {
                let node = self.flow(depth)?;
                self.next_line()?;
                Some(node)
            }
            b'|' | b'>' => self.block_scalar(parent),
            _ => {
                let scalar = self.scalar(Around::Line)?;
                self.scalar_line(scalar)
            }
        }
    }

    fn scalar_line(&mut self, scalar: Scalar<'a>) -> Option<Node<'a>> {
        self.next_line()?;
        self.scalar_node(scalar)
    }

    fn list(&mut self, parent: usize, depth: usize) -> Option<Node<'a>> {
        let column = self.column;
        let mut start = self.at;
        let mut items = Vec::new();
        while self.column == column && self.dash() {
            let dash = self.at;
            self.at += 1;
            self.skip_spaces();
            let content = !self.line_is_over();
            let mark = if content { self.at } else { self.line_end() };
            // The library's place of a list in the column of its key begins behind the dash.
            if items.is_empty() && column == parent {
                start = mark;
            }
            if content {
                self.column += self.at - dash;
            } else {
                self.next_line()?;
            }
            let deeper = self.column > column;
            items.push(if deeper { self.node(column, depth + 1)? } else { self.made(Value::Null, mark..mark)? });
        }
        let end = items.last()?.span.end - self.base;
        self.made(Value::List(items), start..end)
    }

    /// The mapping whose first key, just read, is `key`.
    fn mapping(&mut self, mut key: Scalar<'a>, mut colon: usize, depth: usize) -> Option<Node<'a>> {
        let column = self.column;
        let start = key.range.start;
        let mut pairs = Vec::new();
        loop {
            let value = if !self.line_is_over() {
                self.value(column, depth + 1)?
            } else {
                self.next_line()?;
                let below = self.column > column || (self.column == column && self.dash());
                if below { self.node(column, depth + 1)? } else { self.made(Value::Null, colon..colon)? }
            };
            self.push(&mut pairs, key, value)?;
            if self.column != column {
                break;
            }
            key = self.scalar(Around::Line)?;
            colon = self.colon(&key)?;
        }
        let end = pairs.last()?.1.span.end - self.base;
        self.made(Value::Map(pairs), start..end)
    }

    /// A scalar within brackets, or a list or mapping in brackets; stops right behind it.
    fn flow(&mut self, depth: usize) -> Option<Node<'a>> {
        let start = self.at;
        let close = match self.peek() {
            _ if depth > DEPTH => return None,
            b'[' => b']',
            b'{' => b'}',
            _ => {
                let scalar = self.scalar(Around::Brackets)?;
                return self.scalar_node(scalar);
            }
        };
        let (mut items, mut pairs) = (Vec::new(), Vec::new());
        loop {
            self.at += 1;
            self.skip_spaces();
            if self.peek() == close && items.is_empty() && pairs.is_empty() {
                break;
            }
            if close == b']' {
                items.push(self.flow(depth + 1)?);
            } else {
                let key = self.scalar(Around::Brackets)?;
                self.colon(&key)?;
                let value = self.flow(depth + 1)?;
                self.push(&mut pairs, key, value)?;
            }
            self.skip_spaces();
            match self.peek() {
                b',' => {}
                b if b == close => break,
                _ => return None,
            }
        }
        self.at += 1;
        self.made(if close == b']' { Value::List(items) } else { Value::Map(pairs) }, start..self.at)
    }

    /// A scalar on one line; stops right behind it.
    fn scalar(&mut self, around: Around) -> Option<Scalar<'a>> {
        let start = self.at;
        let (text, quoted) = match self.peek() {
            quote @ (b'"' | b'\'') => (self.quoted(quote)?, true),
            _ => (self.plain(around)?, false),
        };
        Some(Scalar { text, range: start..self.at, quoted })
    }

    fn plain(&mut self, around: Around) -> Option<Cow<'a, str>> {
        let start = self.at;
        let word = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80;
        let begins = match self.peek() {
            // `- `, `---` and `...` mean something else.
            b'-' | b'.' if self.bytes.get(start + 1).is_some_and(|b| word(*b)) => true,
            // A file beside or above: `./a.pdf`, `../a/b.md`.
            b'.' => self.bytes[start..].starts_with(b"./") || self.bytes[start..].starts_with(b"../"),
            b => word(b) || b"~/(+_$^=;<\\".contains(&b),
        };
        if !begins {
            return None;
        }
        let bracket = |b: &u8| matches!(b, b',' | b'[' | b']' | b'{' | b'}');
        let mut end = start;
        loop {
            let rest = &self.bytes[end..];
            let stop = match around {
                Around::Line => memchr3(b':', b'#', b'\n', rest),
                Around::Brackets => rest.iter().position(|b| matches!(b, b':' | b'#' | b'\n') || bracket(b)),
            };
            end += stop.unwrap_or(rest.len());
            match (self.bytes.get(end), around) {
                (Some(b':'), Around::Brackets) if self.bytes.get(end + 1).is_some_and(bracket) => return None,
                (Some(b':'), _) if !self.gap(end + 1) => end += 1,
                (Some(b'#'), _) if self.bytes[end - 1] != b' ' => end += 1,
                _ => break,
            }
        }
        while matches!(self.bytes[end - 1], b' ' | b'\r') {
            end -= 1;
        }
        self.at = end;
        Some(self.text[start..end].into())
    }

    fn quoted(&mut self, quote: u8) -> Option<Cow<'a, str>> {
        let mut from = self.at + 1;
        let mut end = from;
        let mut text = String::new();
        loop {
            end += memchr3(quote, b'\\', b'\n', &self.bytes[end..])?;
            let undone = match (self.bytes[end], self.bytes.get(end + 1)) {
                (b'\'', Some(b'\'')) => '\'',
                (b, _) if b == quote => break,
                (b'\\', _) if quote == b'\'' => {
                    end += 1;
                    continue;
                }
                (b'\\', Some(b @ (b'"' | b'\\' | b'/'))) => char::from(*b),
                (b'\\', Some(b'n')) => '\n',
                (b'\\', Some(b't')) => '\t',
                _ => return None,
            };
            text.push_str(&self.text[from..end]);
            text.push(undone);
            end += 2;
            from = end;
        }
        self.at = end + 1;
        let rest = &self.text[from..end];
        Some(if text.is_empty() { rest.into() } else { (text + rest).into() })
    }

    /// `|` or `>` and the lines below it, which stand deeper than the column `parent`.
    fn block_scalar(&mut self, parent: usize) -> Option<Node<'a>> {
        let folded = self.peek() == b'>';
        self.at += 1;
        let strip = self.peek() == b'-';
        self.at += usize::from(strip);
        self.end_line()?;
        let indent = self.indent(usize::MAX);
        if indent < parent.max(1) || matches!(self.peek(), b'\n' | b'\r') || !self.text.ends_with('\n') {
            return None;
        }
        let start = self.at;
        self.at -= indent;
        let (mut text, mut end, mut breaks) = (String::new(), start, 0);
        while self.at < self.bytes.len() {
            let line = self.at;
            let deep = self.indent(indent) == indent;
            let rest = &self.text[self.at..self.line_end()];
            if !rest.is_empty() {
                if !deep {
                    self.at = line;
                    break;
                }
                // Lines that stand still deeper are not folded.
                if rest.starts_with(' ') && (folded || rest.bytes().all(|b| b == b' ')) {
                    return None;
                }
                match breaks {
                    1 if folded => text.push(' '),
                    _ => text.extend((usize::from(folded)..breaks).map(|_| '\n')),
                }
                text.push_str(rest);
                (end, breaks) = (self.at + rest.len(), 0);
            }
            breaks += 1;
            self.skip_line();
        }
        self.find_content();
        if !strip {
            text.push('\n');
        }
        let end = start + self.text[start..end].trim_ascii_end().len();
        self.made(Value::Scalar(text.into()), start..end)
    }

    /// The place of the colon that makes `scalar`, just read, a key; goes to what stands behind it.
    fn colon(&mut self, scalar: &Scalar) -> Option<usize> {
        self.skip_spaces();
        let colon = self.at;
        if self.peek() != b':' || !self.gap(colon + 1) || colon - scalar.range.start > KEY {
            return None;
        }
        self.at += 1;
        self.skip_spaces();
        Some(colon)
    }

    fn push(&self, pairs: &mut Vec<(Key<'a>, Node<'a>)>, key: Scalar<'a>, value: Node<'a>) -> Option<()> {
        if pairs.len() == MAX_KEYS || pairs.iter().any(|(other, _)| other.text == key.text) {
            return None;
        }
        pairs.push((Key { text: key.text, span: self.base + key.range.start..self.base + key.range.end }, value));
        Some(())
    }

    fn scalar_node(&mut self, scalar: Scalar<'a>) -> Option<Node<'a>> {
        let null = !scalar.quoted && is_null(&scalar.text);
        self.made(if null { Value::Null } else { Value::Scalar(scalar.text) }, scalar.range)
    }

    fn made(&mut self, value: Value<'a>, range: Range<usize>) -> Option<Node<'a>> {
        self.nodes += 1;
        (self.nodes <= MAX_NODES).then_some(Node { value, span: self.base + range.start..self.base + range.end })
    }

    /// The byte at `at`; the end of the text is the end of a line.
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(b'\n')
    }

    /// Whether there is a space or the end of a line at `at`.
    fn gap(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), None | Some(b' ' | b'\n' | b'\r'))
    }

    /// Whether an item of a list begins here.
    fn dash(&self) -> bool {
        self.peek() == b'-' && self.gap(self.at + 1)
    }

    /// Whether nothing but perhaps a comment is left of the line, if a comment may begin at `at`.
    fn line_is_over(&self) -> bool {
        matches!(self.peek(), b'\n' | b'\r' | b'#')
    }

    fn line_end(&self) -> usize {
        let end = memchr(b'\n', &self.bytes[self.at..]).map_or(self.bytes.len(), |n| self.at + n);
        if end > self.at && self.bytes[end - 1] == b'\r' { end - 1 } else { end }
    }

    fn skip_line(&mut self) {
        self.at = memchr(b'\n', &self.bytes[self.at..]).map_or(self.bytes.len(), |n| self.at + n + 1);
    }

    fn skip_spaces(&mut self) {
        self.indent(usize::MAX);
    }

    /// Goes over `limit` spaces at most; returns how many there were.
    fn indent(&mut self, limit: usize) -> usize {
        let spaces = self.bytes[self.at..].iter().take(limit).take_while(|b| **b == b' ').count();
        self.at += spaces;
        spaces
    }

    /// From the end of a value over the end of its line, where nothing but a comment may stand.
    fn end_line(&mut self) -> Option<()> {
        self.skip_spaces();
        let over = self.line_is_over() && (self.peek() != b'#' || self.bytes[self.at - 1] == b' ');
        over.then(|| self.skip_line())
    }

    /// From the end of a value to the first byte of the next line that has content.
    fn next_line(&mut self) -> Option<()> {
        self.end_line()?;
        self.find_content();
        Some(())
    }

    /// From the beginning of a line to the first byte of this or a later line that is no comment.
    fn find_content(&mut self) {
        loop {
            self.column = 1 + self.indent(usize::MAX);
            if self.at == self.bytes.len() {
                self.column = 0;
            } else if self.line_is_over() {
                self.skip_line();
                continue;
            }
            return;
        }
    }
}
