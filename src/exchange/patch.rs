//! Changes of single keys in the text of a YAML mapping, by the places of its nodes: what is not changed stays to the byte.
//!
//! A *fragment* is the text of one node, with as many spaces before it as its first line is indented, so that it can be read alone. All
//! functions give the new fragment, or `None` where the text is of a form that they do not know: a person has to change it.

use crate::record::{Field, Fields, Reader};
use crate::value::yaml::quote::{quoted, scalar};
use crate::value::yaml::{Key, Node, Value, parse};
use std::collections::BTreeMap;
use std::ops::Range;

/// How keys are written in a file, by the first Russian twins of their fields, which tell a row's title from a section's.
#[derive(Debug, Clone, Default)]
pub struct Names {
    written: BTreeMap<&'static str, String>,
    /// New keys are English.
    pub is_english: bool,
}

/// One entry of a list.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it is compared by.
    pub line: String,
    pub form: Form,
}

/// What stands for an entry.
#[derive(Debug, Clone)]
pub enum Form {
    Text(String),
    /// Keys and their texts; those without a text are left out.
    Record(Vec<(&'static Field, String)>),
}

/// The new value of a key.
#[derive(Debug, Clone)]
pub enum New {
    Nothing,
    Text(String),
    List(Vec<Item>),
}

/// What fragments of one file have in common.
#[derive(Debug, Clone, Copy)]
pub struct Style<'a> {
    pub names: &'a Names,
    /// `\n` or `\r\n`.
    pub line_end: &'a str,
    /// The line of an entry of a list as it stands in the file.
    pub line_of: fn(&Node) -> String,
}

impl Names {
    /// Notes how the keys of `fields` are written in `node`.
    pub fn note(&mut self, node: &Node, fields: &'static [Field]) {
        for field in fields {
            if let Some((key, _)) = pair(node, field) {
                self.written.entry(shown(field)).or_insert_with(|| key.text.to_string());
            }
        }
    }

    /// The key for `field`: as the file has it elsewhere, else in its language.
    pub fn of(&self, field: &'static Field) -> &str {
        let own = if self.is_english { field.name } else { shown(field) };
        self.written.get(shown(field)).map_or(own, String::as_str)
    }
}

fn shown(field: &Field) -> &'static str {
    field.twins.first().copied().unwrap_or(field.name)
}

/// The pair of the mapping `node` that holds `field`.
pub fn pair<'n, 't>(node: &'n Node<'t>, field: &Field) -> Option<&'n (Key<'t>, Node<'t>)> {
    let Value::Map(pairs) = &node.value else { return None };
    let mut reader = Reader { file: &"".into(), diagnostics: Vec::new(), pool: None };
    let place = Fields::of(node, &mut reader).place(field)?;
    pairs.iter().find(|(key, _)| key.span == place)
}

/// Whether `node` of `text` is written in brackets.
pub fn is_flow(text: &str, node: &Node) -> bool {
    text.get(node.span.start..).is_some_and(|text| text.starts_with(['[', '{']))
}

/// `fragment` with `field`, one of `fields`, set to `new`. `in_flow` says that the node stands within brackets, or is in such itself. A
/// text in place of the mapping becomes its key `short`.
pub fn set(
    fragment: &str,
    field: &'static Field,
    new: &New,
    record: (&'static [Field], &'static Field),
    in_flow: bool,
    style: Style,
) -> Option<String> {
    let (fields, short) = record;
    let node = parse(fragment, 0).ok()?;
    match &node.value {
        Value::Scalar(_) => {
            let (start, text) = (node.span.start, fragment.get(node.span.clone())?);
            let key = style.names.of(short);
            if !text.starts_with(['"', '\'']) && text.contains('\n') {
                return None;
            }
            let mapping = if in_flow { format!("{{{key}: {text}}}") } else { format!("{key}: {text}") };
            let whole = format!("{}{mapping}{}", &fragment[..start], fragment.get(node.span.end..)?);
            set(&whole, field, new, record, in_flow, style)
        }
        Value::Map(_) => match (pair(&node, field), new) {
            (None, New::Nothing) => Some(fragment.to_owned()),
            (None, _) => add(fragment, &node, field, new, fields, style),
            (Some((key, _)), New::Nothing) => remove(fragment, &node, key),
            (Some((key, value)), _) => replace(fragment, key, value, new, is_flow(fragment, &node), style),
        },
        _ => None,
    }
}

fn replace(fragment: &str, key: &Key, value: &Node, new: &New, in_flow: bool, style: Style) -> Option<String> {
    let in_place = |range: Range<usize>, text: &str| splice(fragment, range, text);
    let column = column(fragment, key.span.start)?;
    match (&value.value, new) {
        (Value::Null, _) => {
            let text = written(new, in_flow, column, style)?;
            let colon = key.span.end + fragment.get(key.span.end..)?.find(':')? + 1;
            let end = value.span.end.max(colon);
            // `~` and the like go.
            let is_word = fragment.get(colon..end)?.trim_start_matches(' ').chars().all(|c| c == '~' || c.is_ascii_alphabetic());
            if !is_word {
                return None;
            }
            let gap = if text.starts_with(['\n', '\r']) { "" } else { " " };
            in_place(colon..end, &format!("{gap}{text}"))
        }
        (Value::Scalar(_), _) => {
            let range = scalar_range(fragment, key, value)?;
            let old = fragment.get(range.clone())?;
            let text = match new {
                New::Text(text) => like(old, text, in_flow),
                New::List(items) => match &items[..] {
                    [Item { form: Form::Text(text), .. }] => like(old, text, in_flow),
                    items => flow_list(items, style),
                },
                New::Nothing => return None,
            };
            in_place(range, &text)
        }
        (Value::List(old), New::List(items)) => list(fragment, value, old, items, style),
        // One entry of a list may stand without brackets.
        (Value::Map(_), New::List(items)) if is_flow(fragment, value) && !fragment.get(value.span.clone())?.contains('#') => {
            in_place(value.span.clone(), &flow_list(items, style))
        }
        _ => None,
    }
}

/// The bytes of a scalar with the mark of a block scalar before it; `None` if a comment stands between.
fn scalar_range(fragment: &str, key: &Key, value: &Node) -> Option<Range<usize>> {
    let gap = fragment.get(key.span.end..value.span.start)?;
    let Some(mark) = gap.find(['|', '>']) else {
        return (!gap.contains(['#', '&', '!'])).then(|| value.span.clone());
    };
    let is_bare = gap[mark + 1..].chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '-' | '+'));
    is_bare.then_some(key.span.end + mark..value.span.end)
}

/// The list `node` with its entries made `items`, those that stay as they are written.
fn list(fragment: &str, node: &Node, old: &[Node], items: &[Item], style: Style) -> Option<String> {
    let lines: Vec<String> = old.iter().map(style.line_of).collect();
    let raw = |n: usize| fragment.get(old.get(n)?.span.clone());
    let is_inside = old.iter().all(|item| node.span.start <= item.span.start && item.span.end <= node.span.end);
    if !is_inside || old.iter().any(|item| item.value == Value::Null) {
        return None;
    }
    // Beginning and end that stay; between them entry for entry.
    let head = lines.iter().zip(items).take_while(|(line, item)| **line == item.line).count();
    let rest = lines.len().min(items.len()) - head;
    let tail = lines.iter().rev().zip(items.iter().rev()).take(rest).take_while(|(line, item)| **line == item.line).count();
    let (olds, news) = (head..lines.len() - tail, &items[head..items.len() - tail]);
    if is_flow(fragment, node) {
        if fragment.get(node.span.clone())?.contains('#') && !olds.is_empty() && olds.len() != news.len() {
            return None;
        }
        let mut out = Vec::with_capacity(items.len());
        for n in 0..head {
            out.push(raw(n)?.to_owned());
        }
        for (n, item) in news.iter().enumerate() {
            let text = match olds.clone().nth(n) {
                Some(at) => entry_like(fragment, &old[at], item, true, style)?,
                None => flow_item(item, style),
            };
            out.push(text);
        }
        for n in lines.len() - tail..lines.len() {
            out.push(raw(n)?.to_owned());
        }
        return splice(fragment, node.span.clone(), &format!("[{}]", out.join(", ")));
    }
    // From the end, so that places stay true.
    let mut text = fragment.to_owned();
    let dash = |n: usize| dash_of(fragment, old.get(n)?);
    if news.len() > olds.len() {
        let added = &news[olds.len()..];
        let (column, pad) = dash(0)?;
        let line = |item: &Item| format!("{}-{}{}", " ".repeat(column), " ".repeat(pad), block_item(item, column + 1 + pad, style));
        let lines: Vec<String> = added.iter().map(line).collect();
        text = match olds.end.checked_sub(1) {
            Some(before) => {
                let at = line_end(fragment, old[before].span.end);
                splice(&text, at..at, &format!("{}{}", style.line_end, lines.join(style.line_end)))?
            }
            None => {
                let at = line_start(fragment, old[0].span.start);
                splice(&text, at..at, &format!("{}{}", lines.join(style.line_end), style.line_end))?
            }
        };
    }
    for n in olds.clone().rev() {
        let item = &old[n];
        match news.get(n - head) {
            Some(new) => text = splice(&text, item.span.clone(), &entry_like(fragment, item, new, false, style)?)?,
            None => {
                dash(n)?;
                text = without_lines(&text, line_start(fragment, item.span.start)..item.span.end)?;
            }
        }
    }
    Some(text)
}

/// `item` in the form in which `old` is written.
fn entry_like(fragment: &str, old: &Node, item: &Item, in_flow: bool, style: Style) -> Option<String> {
    let raw = fragment.get(old.span.clone())?;
    match (&old.value, &item.form) {
        (Value::Scalar(_), Form::Text(text)) => Some(like(raw, text, in_flow)),
        (Value::Scalar(_), Form::Record(_)) => Some(flow_item(item, style)),
        (Value::Map(_), form) => {
            let column = column(fragment, old.span.start)?;
            let mut own = format!("{}{raw}", " ".repeat(column));
            let values: Vec<(&'static Field, String)> = match form {
                Form::Record(values) => values.clone(),
                Form::Text(_) => return Some(if in_flow { flow_item(item, style) } else { block_item(item, column, style) }),
            };
            let first = values.first()?.0;
            for (field, text) in &values {
                let new = if text.is_empty() { New::Nothing } else { New::Text(text.clone()) };
                let now = read_text(&parse(&own, 0).ok()?, field);
                if now != *text {
                    own = set(&own, field, &new, (crate::kinds::Part::FIELDS, first), in_flow, style)?;
                }
            }
            own.get(column..).map(str::to_owned)
        }
        _ => None,
    }
}

fn read_text(node: &Node, field: &Field) -> String {
    match pair(node, field).map(|(_, value)| &value.value) {
        Some(Value::Scalar(text)) => super::row::line(text),
        _ => String::new(),
    }
}

/// A new pair, at its place in the order of `fields`.
fn add(fragment: &str, node: &Node, field: &'static Field, new: &New, fields: &'static [Field], style: Style) -> Option<String> {
    let Value::Map(pairs) = &node.value else { return None };
    let in_flow = is_flow(fragment, node);
    let rank = |of: &Field| fields.iter().position(|field| field.name == of.name);
    let before = fields.iter().filter(|other| rank(other) < rank(field)).rev().find_map(|other| pair(node, other));
    let key = style.names.of(field);
    let (Some((first, _)), Some(last)) = (pairs.first(), pairs.last()) else {
        let text = written(new, true, 0, style)?;
        return splice(fragment, node.span.clone(), &format!("{{{key}: {text}}}"));
    };
    let column = column(fragment, first.span.start)?;
    let text = written(new, in_flow, column, style)?;
    let gap = if text.starts_with(['\n', '\r']) { "" } else { " " };
    let line = format!("{key}:{gap}{text}");
    // Keys of others stand before these.
    let behind = pairs.iter().find(|(key, _)| fields.iter().any(|field| pair(node, field).is_some_and(|(own, _)| own.span == key.span)));
    let between = if in_flow { ", ".to_owned() } else { format!("{}{}", style.line_end, " ".repeat(column)) };
    let (key, value) = match (before, behind) {
        (None, Some((key, _))) => return splice(fragment, key.span.start..key.span.start, &format!("{line}{between}")),
        (Some(pair), _) => pair,
        (None, None) => last,
    };
    // `{a: , b: 1}`
    if in_flow && value.value == Value::Null && value.span.is_empty() {
        return None;
    }
    let end = value.span.end.max(key.span.end);
    let at = if in_flow { end } else { line_end(fragment, end) };
    splice(fragment, at..at, &format!("{between}{line}"))
}

/// The fragment without the pair of `key`; where a comment stands beside the value, it is `~` from now on.
fn remove(fragment: &str, node: &Node, key: &Key) -> Option<String> {
    let Value::Map(pairs) = &node.value else { return None };
    let at = pairs.iter().position(|(own, _)| own.span == key.span)?;
    let value = &pairs[at].1;
    let end = value.span.end.max(key.span.end);
    if is_flow(fragment, node) {
        let range = match (at.checked_sub(1).and_then(|n| pairs.get(n)), pairs.get(at + 1)) {
            (_, Some((next, _))) => key.span.start..next.span.start,
            (Some((_, before)), None) => before.span.end..end,
            (None, None) => return None,
        };
        return if fragment.get(range.clone())?.contains('#') { None } else { splice(fragment, range, "") };
    }
    let own_lines = fragment.get(key.span.start..end)?;
    if own_lines.lines().skip(1).any(|line| line.trim_start().starts_with('#') || line.contains(" #")) {
        return None;
    }
    if fragment.get(end..line_end(fragment, end))?.contains('#') {
        let gap = fragment.get(key.span.end..value.span.start)?;
        return if gap.contains('\n') { None } else { splice(fragment, value.span.clone(), "~") };
    }
    match (at, pairs.get(at + 1)) {
        (0, None) => None,
        (0, Some((next, _))) if !fragment.get(end..next.span.start)?.contains('#') => splice(fragment, key.span.start..next.span.start, ""),
        (0, Some(_)) => None,
        _ => without_lines(fragment, line_start(fragment, key.span.start)..end),
    }
}

/// `text` without the lines that `range` takes in.
fn without_lines(text: &str, range: Range<usize>) -> Option<String> {
    let end = text.get(range.end..)?.find('\n').map(|at| range.end + at + 1);
    match end {
        Some(end) => splice(text, range.start..end, ""),
        // The last line: the line end before it goes.
        None => {
            let before = text.get(..range.start)?;
            let start = before.strip_suffix("\r\n").or(before.strip_suffix('\n')).unwrap_or(before).len();
            splice(text, start..text.len(), "")
        }
    }
}

/// The text of a value: on the line of its key, or on lines below it, which then begin with the end of a line.
fn written(new: &New, in_flow: bool, column: usize, style: Style) -> Option<String> {
    /// A longer list stands line by line.
    const LONGEST: usize = 90;
    Some(match new {
        New::Nothing => return None,
        New::Text(text) => text_in(text, in_flow),
        New::List(items) => {
            let all = flow_list(items, style);
            match &items[..] {
                [Item { form: Form::Text(text), .. }] => text_in(text, in_flow),
                _ if in_flow || all.chars().count() <= LONGEST => all,
                items => {
                    let line =
                        |item: &Item| format!("{}{}- {}", style.line_end, " ".repeat(column + 2), block_item(item, column + 4, style));
                    items.iter().map(line).collect()
                }
            }
        }
    })
}

fn flow_list(items: &[Item], style: Style) -> String {
    format!("[{}]", items.iter().map(|item| flow_item(item, style)).collect::<Vec<_>>().join(", "))
}

fn flow_item(item: &Item, style: Style) -> String {
    match &item.form {
        Form::Text(text) => text_in(text, true),
        Form::Record(values) => {
            let pairs = values.iter().filter(|(_, text)| !text.is_empty());
            let pairs = pairs.map(|(field, text)| format!("{}: {}", style.names.of(field), text_in(text, true)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

fn block_item(item: &Item, column: usize, style: Style) -> String {
    match &item.form {
        Form::Text(text) => text_in(text, false),
        Form::Record(values) => {
            let pairs = values.iter().filter(|(_, text)| !text.is_empty());
            let pairs = pairs.map(|(field, text)| format!("{}: {}", style.names.of(field), text_in(text, false)));
            pairs.collect::<Vec<_>>().join(&format!("{}{}", style.line_end, " ".repeat(column)))
        }
    }
}

/// `text` as a scalar on one line.
pub fn text_in(text: &str, in_flow: bool) -> String {
    let is_hard = in_flow && text.contains([',', '[', ']', '{', '}', ':', '#']);
    if is_hard { quoted(text) } else { scalar(text).into_owned() }
}

/// `text` in the quotes in which `old` is.
fn like(old: &str, text: &str, in_flow: bool) -> String {
    let is_simple = !text.chars().any(|c| c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}'));
    match old.chars().next() {
        Some('"') => quoted(text),
        Some('\'') if is_simple => format!("'{}'", text.replace('\'', "''")),
        _ => text_in(text, in_flow),
    }
}

/// The column of the dash before the entry `item` of a block list, and the spaces between them; `None` if something else stands there.
pub fn dash_of(text: &str, item: &Node) -> Option<(usize, usize)> {
    let before = text.get(line_start(text, item.span.start)..item.span.start)?;
    let dash = before.find('-')?;
    let is_plain = before[..dash].bytes().chain(before[dash + 1..].bytes()).all(|b| b == b' ');
    is_plain.then(|| (dash, before.len() - dash - 1))
}

/// How many characters stand before `at` in its line, if they are spaces and dashes.
pub fn column(text: &str, at: usize) -> Option<usize> {
    let before = text.get(line_start(text, at)..at)?;
    // In brackets the column does not matter; it is that of the bytes.
    before.is_ascii().then_some(before.len()).or(Some(0))
}

/// Where the line begins in which `at` is.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the line ends in which `at` is, before its line end.
pub fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// `text` with `range` replaced.
pub fn splice(text: &str, range: Range<usize>, with: &str) -> Option<String> {
    Some(format!("{}{with}{}", text.get(..range.start)?, text.get(range.end..)?))
}
