//! Reading YAML past its faults, as one who does not program writes it.
//!
//! A parser stops at the first fault and says what it expected of its grammar. Here each fault is looked at as a slip on one line (a
//! colon without quotes, a tab, a quote that is not closed …) for which there is something to write instead. What is proposed has been
//! tried: with it the parser gets past that line. Then reading goes on in the mended text, so one run tells every fault of a file, and
//! the keys below it are read too. Where nothing helps, the lines at fault are passed over.
//!
//! All places are those of the text as it was written.

use super::quote::quoted;
use super::{Key, Node, Value, YamlError, YamlErrorKind, parse};
use crate::value::edit::{Edit, apply, origin};
use std::borrow::Cow;
use std::ops::Range;

/// How many faults of one text are mended or passed over, tabs aside.
const MOST_FAULTS: usize = 60;
/// How many lines that begin with tabs are mended.
const MOST_TABS: usize = 2000;
/// Of a longer text the first fault alone is told.
const LONGEST: usize = 1 << 20;
/// How many bytes are parsed at most for the sake of mending: a large file with many faults is not tried to its end.
const MOST_BYTES: usize = 24 << 20;

/// Reads one YAML document as [`parse`] does, and past its faults. What could not be read at all is not in the tree.
pub fn read(text: &str, base: usize) -> (Node<'_>, Vec<YamlError>) {
    let error = match parse(text, base) {
        Ok(node) if !needs_a_look(text, &node) => return (node, Vec::new()),
        Err(error) if error.kind == YamlErrorKind::TooLarge || text.len() > LONGEST => return (nothing(base), vec![error]),
        _ => match judged(text) {
            Ok(node) => return (placed(node, &[], base), Vec::new()),
            Err(error) => error,
        },
    };
    let mut mending = Mending { text, edits: Vec::new(), faults: Vec::new(), rounds: 0, left: MOST_BYTES };
    mending.tabs();
    let mut mended = Cow::Owned(apply(text, &mending.edits));
    let mut error = if mending.edits.is_empty() { Err(error) } else { judged(&mended).map(|node| placed(node, &mending.edits, base)) };
    let node = loop {
        match error {
            Ok(node) => break node,
            Err(fault) if fault.kind == YamlErrorKind::TooLarge || mending.rounds == MOST_FAULTS || mending.left == 0 => {
                let span = origin(&mending.edits, fault.span);
                mending.faults.push(YamlError { span, fix: None, ..fault });
                break nothing(base);
            }
            Err(fault) => {
                mending.mend(&mended, fault);
                mended = apply(text, &mending.edits).into();
                error = judged(&mended).map(|node| placed(node, &mending.edits, base));
            }
        }
    };
    (node, mending.told(base))
}

/// A text, what was done to it, and why.
struct Mending<'t> {
    text: &'t str,
    edits: Vec<Edit>,
    /// With places of `text`.
    faults: Vec<YamlError>,
    rounds: usize,
    /// How many bytes may still be parsed.
    left: usize,
}

impl Mending<'_> {
    /// Puts spaces in place of all tabs that indent: the width is the one with which the most can be read.
    fn tabs(&mut self) {
        let mut gaps = Vec::new();
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let gap = line.len() - line.trim_start_matches([' ', '\t']).len();
            if line[..gap].contains('\t') && !line.trim().is_empty() {
                gaps.push(at..at + gap);
            }
            at += line.len();
        }
        if gaps.is_empty() || gaps.len() > MOST_TABS {
            return;
        }
        let edits =
            |width| gaps.iter().map(|gap| Edit { range: gap.clone(), text: spaces(&self.text[gap.clone()], width) }).collect::<Vec<_>>();
        let reach = |edits: &Vec<Edit>| judged(&apply(self.text, edits)).map_or_else(|error| error.span.start, |_| usize::MAX);
        // Of equals the first: two spaces a level are the custom.
        let Some(best) = [8, 4, 2].map(edits).into_iter().max_by_key(reach) else { return };
        self.left = self.left.saturating_sub(3 * self.text.len());
        let fault = |edit: &Edit| YamlError { kind: YamlErrorKind::Tab, span: edit.range.clone(), fix: Some(edit.text.clone()) };
        self.faults.extend(best.iter().map(fault));
        self.edits = best;
    }

    /// Does away with the fault `error` of `mended`, which is the text with the edits made: by mending it, or by passing over its lines.
    fn mend(&mut self, mended: &str, error: YamlError) {
        self.rounds += 1;
        let (kind, span, fix) = match remedy(mended, &error, &mut self.left) {
            Some((kind, edit)) => (kind, edit.range, Some(edit.text)),
            None => (error.kind, error.span, None),
        };
        let span = origin(&self.edits, span);
        let same = |fault: &&mut YamlError| fault.span == span && fault.fix.is_some() && fault.fix != fix;
        let mut edit = fix.as_ref().map(|fix| Edit { range: span.clone(), text: fix.clone() });
        match self.faults.iter_mut().find(same) {
            // Once more at one place: what was written there is not enough. A third time, it is passed over.
            Some(fault) if fix.is_some() && fault.kind != kind => *fault = YamlError { kind: fault.kind.clone(), span: span.clone(), fix },
            Some(_) => edit = None,
            None => {
                if self.edits.iter().any(|other| overlaps(&other.range, &span)) {
                    edit = None;
                }
                self.faults.push(YamlError { kind, span: span.clone(), fix: edit.as_ref().map(|edit| edit.text.clone()) });
            }
        }
        let edit = edit.unwrap_or_else(|| passed_over(self.text, span.start));
        self.left = self.left.saturating_sub(2 * mended.len());
        // Lines that are passed over take with them what was mended there.
        self.edits.retain(|other| !overlaps(&other.range, &edit.range));
        self.edits.insert(self.edits.partition_point(|other| other.range.start < edit.range.start), edit);
    }

    /// The faults in the order of the text, each once.
    fn told(mut self, base: usize) -> Vec<YamlError> {
        self.faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
        self.faults.dedup_by(|a, b| a.span == b.span);
        self.faults.into_iter().map(|fault| YamlError { span: base + fault.span.start..base + fault.span.end, ..fault }).collect()
    }
}

fn nothing(base: usize) -> Node<'static> {
    Node { value: Value::Null, span: base..base }
}

/// Whether both cannot be replaced; an insertion where a replacement begins is in its way too.
fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start == b.start || a.start < b.end && b.start < a.end
}

/// Whether a text that is YAML may not be what was meant.
fn needs_a_look(text: &str, node: &Node) -> bool {
    let holds = |what: &str| memchr::memmem::find(text.as_bytes(), what.as_bytes()).is_some();
    matches!(node.value, Value::Scalar(_)) || holds("\n\u{a0}") || holds(" \u{a0}") || MARKS.iter().any(|mark| holds(&format!("{mark} ")))
}

/// The signs that Word makes of the hyphen before an item of a list.
const MARKS: [char; 5] = ['–', '—', '•', '·', '−'];

/// Parses `text`; a slip that leaves it YAML, but another one, is a fault too, with what mends it.
fn judged(text: &str) -> Result<Node<'_>, YamlError> {
    let node = parse(text, 0)?;
    if matches!(node.value, Value::Scalar(_)) {
        let end = text[node.span.start..].find('\n').map_or(node.span.end, |at| (node.span.start + at).min(node.span.end));
        return Err(YamlError { kind: YamlErrorKind::NoKey, span: node.span.start..end, fix: None });
    }
    match odd(text, &node) {
        Some(error) => Err(error),
        None => Ok(node),
    }
}

/// The first key that stands behind a no-break space, or list whose items begin with dashes or bullets.
fn odd(text: &str, node: &Node) -> Option<YamlError> {
    match &node.value {
        Value::Map(pairs) => pairs.iter().find_map(|(key, value)| {
            let written = &text[key.span.clone()];
            let gap = written.len() - written.trim_start_matches(is_odd_space).len();
            if gap > 0 {
                let line = line_of(text, key.span.start).start;
                let span = line..key.span.start + gap;
                let fix = spaces(&text[span.clone()], 1);
                return Some(YamlError { kind: YamlErrorKind::NoBreakSpace, span, fix: Some(fix) });
            }
            odd_list(text, key, value).or_else(|| odd(text, value))
        }),
        Value::List(items) => items.iter().find_map(|item| odd(text, item)),
        _ => None,
    }
}

fn odd_list(text: &str, key: &Key, value: &Node) -> Option<YamlError> {
    let Value::Scalar(_) = value.value else { return None };
    let written = &text[value.span.clone()];
    let is_item = |line: &str| line.trim_start().strip_prefix(MARKS).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    let below = text[key.span.end..value.span.start].contains('\n');
    // A block scalar begins with its sign.
    let is_list = below && !text[key.span.end..value.span.start].contains(['|', '>']) && written.lines().all(is_item);
    let fixed = |line: &str| line.replacen(MARKS, "-", 1);
    is_list.then(|| YamlError {
        kind: YamlErrorKind::ListMark,
        span: value.span.clone(),
        fix: Some(written.split('\n').map(fixed).collect::<Vec<_>>().join("\n")),
    })
}

/// What mends the fault that `error` came upon in `text`: the first slip that lets the parser get past its line.
fn remedy(text: &str, error: &YamlError, left: &mut usize) -> Option<(YamlErrorKind, Edit)> {
    if let Some(fix) = &error.fix {
        return Some((error.kind.clone(), Edit { range: error.span.clone(), text: fix.clone() }));
    }
    match error.kind {
        YamlErrorKind::DuplicateKey(_) => return None,
        // Nobody sees it, and nobody can have meant it.
        YamlErrorKind::Character(c) if c.is_control() => {
            // The parser may stop before it, where the word begins.
            let at = error.span.start + text[error.span.start..].find(c)?;
            return Some((error.kind.clone(), Edit { range: at..at + c.len_utf8(), text: String::new() }));
        }
        _ => {}
    }
    let number = |text: &str, at: usize| memchr::memchr_iter(b'\n', &text.as_bytes()[..at.min(text.len())]).count();
    let stuck = number(text, error.span.start);
    let mut best: Option<(usize, YamlErrorKind, Edit)> = None;
    for at in suspects(text, error.span.start) {
        let line = line_of(text, at);
        for (kind, range, replacement) in slips(text, line) {
            let edit = Edit { range, text: replacement };
            *left = left.saturating_sub(text.len());
            if *left == 0 {
                return None;
            }
            let candidate = apply(text, std::slice::from_ref(&edit));
            // The lines are as many as before, so numbers can be compared. A fault at or above the mended line was made by mending.
            let reach = match judged(&candidate) {
                Ok(_) => return Some((kind, edit)),
                Err(next) => number(&candidate, next.span.start),
            };
            if reach > number(text, at) && reach != stuck && best.as_ref().is_none_or(|(farthest, ..)| reach > *farthest) {
                best = Some((reach, kind, edit));
            }
        }
    }
    best.map(|(_, kind, edit)| (kind, edit))
}

/// Where the lines begin on which the slip may stand: the one where the parser stopped, the one above, and those with a quote or bracket
/// that is not closed there.
fn suspects(text: &str, at: usize) -> Vec<usize> {
    const MOST: usize = 6;
    let line = line_of(text, at).start;
    let mut found = vec![line];
    let above = text[..line].trim_end();
    if !above.is_empty() {
        found.push(line_of(text, above.len() - 1).start);
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if found.len() == MOST {
            break;
        }
        if is_unclosed(line) && !found.contains(&at) {
            found.push(at);
        }
        at += line.len();
    }
    found
}

/// Whether a quote or bracket is open at the end of `line`.
fn is_unclosed(line: &str) -> bool {
    let value = line.split_once(": ").map_or(line, |(_, value)| value).trim_start().trim_start_matches("- ");
    let count = |c: char| value.matches(c).count();
    value.starts_with('"') && count('"') % 2 == 1
        || value.starts_with('\'') && count('\'') % 2 == 1
        || value.starts_with('[') && count('[') > count(']')
        || value.starts_with('{') && count('{') > count('}')
}

type Slip = (YamlErrorKind, Range<usize>, String);

/// What may be wrong with one line, and what to write in which bytes of the text.
fn slips(text: &str, line: Range<usize>) -> Vec<Slip> {
    let written = &text[line.clone()];
    let content = written.trim_start_matches(|c: char| c == '\t' || c.is_whitespace());
    let indent = line.start..line.end - content.len();
    let mut out = Vec::new();
    if text[indent.clone()].contains(is_odd_space) {
        out.push((YamlErrorKind::NoBreakSpace, indent.clone(), spaces(&text[indent.clone()], 1)));
    }
    let item = content.trim_start_matches("- ");
    let at = line.end - item.len();
    out.extend(no_space_after_colon(item, at));
    out.extend(list_mark(content, indent.end));
    out.extend(unquoted(item, at));
    if !item.contains(':') && !content.starts_with('-') {
        out.extend(dash_for_colon(content, indent.end));
        let deeper = neighbours(text, &line).map(|gap| gap + "  ").chain([format!("{}  ", &text[indent.clone()])]);
        out.extend(deeper.map(|gap| (YamlErrorKind::NoKey, indent.clone(), gap)));
        // A heading or a note to oneself.
        if content.starts_with(char::is_alphabetic) {
            out.push((YamlErrorKind::NoKey, indent.end..indent.end, "# ".into()));
        }
    }
    // A line of the first level has no indentation that could be wrong.
    if !content.is_empty() && !indent.is_empty() {
        let others = neighbours(text, &line).filter(|gap| *gap != text[indent.clone()]);
        out.extend(others.map(|gap| (YamlErrorKind::Indentation, indent.clone(), gap)));
    }
    out
}

/// The indentations of the lines around `line` that have content, the nearest first.
fn neighbours(text: &str, line: &Range<usize>) -> impl Iterator<Item = String> {
    const LINES: usize = 6;
    // What stands beside the text of an item stands where that begins.
    let gap = |line: &str| " ".repeat(line.len() - line.trim_start_matches([' ', '-']).len());
    let plain = |line: &str| " ".repeat(line.len() - line.trim_start_matches(' ').len());
    let above = || text[..line.start].lines().rev().filter(|line| !line.trim().is_empty()).take(LINES);
    let below = text[line.end..].lines().skip(1).find(|line| !line.trim().is_empty());
    above().map(gap).take(1).chain(below.map(plain)).chain(above().map(plain))
}

/// `key:value`, or a colon that is not the one of the keyboard.
fn no_space_after_colon(item: &str, at: usize) -> Option<Slip> {
    let colon = item.find([':', '：'])?;
    let (key, rest) = item.split_at(colon);
    let sign = rest.chars().next()?.len_utf8();
    let value = rest[sign..].trim_start_matches(is_odd_space);
    let is_key = key.chars().next().is_some_and(char::is_alphabetic)
        && key.chars().count() <= 40
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '\u{a0}'));
    let wrong = sign > 1 || !value.starts_with([' ', '\r', '\n']) && !value.is_empty();
    (is_key && wrong && !value.starts_with("//")).then(|| {
        (
            YamlErrorKind::NoSpaceAfterColon,
            at + colon..at + item.len() - value.len(),
            if value.starts_with(' ') { ":".into() } else { ": ".into() },
        )
    })
}

/// `key - value`.
fn dash_for_colon(content: &str, at: usize) -> Option<Slip> {
    let (sign, _) = content.char_indices().find(|(_, c)| *c == '-' || *c == '=' || MARKS.contains(c))?;
    let (key, rest) = content.split_at(sign);
    let value = rest.chars().next().map(|c| rest[c.len_utf8()..].trim_start())?;
    let words = key.split_whitespace().count();
    let is_key = key.ends_with(' ') && (1..=2).contains(&words) && key.chars().all(|c| c.is_alphabetic() || c == ' ');
    let key = key.trim_end();
    (is_key && !value.is_empty()).then(|| (YamlErrorKind::NoKey, at + key.len()..at + content.len() - value.len(), ": ".into()))
}

/// `-item`, `– item`, `• item`.
fn list_mark(content: &str, at: usize) -> Option<Slip> {
    let mark = content.chars().next().filter(|c| *c == '-' || *c == '*' || MARKS.contains(c))?;
    let rest = content[mark.len_utf8()..].trim_start();
    let starts = rest.chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '«' | '{' | '['));
    starts.then(|| (YamlErrorKind::ListMark, at..at + content.len() - rest.len(), "- ".into()))
}

/// A value that YAML would understand only in quotes.
fn unquoted(item: &str, at: usize) -> Vec<Slip> {
    let is_key = |key: &str| !key.starts_with(['"', '\'', '[', '{']) && key.chars().count() <= 60;
    let value = item.split_once(": ").filter(|(key, _)| is_key(key)).map_or(item, |(_, value)| value).trim_start();
    let at = at + item.len() - value.len();
    let value = value.trim_end();
    let Some(first) = value.chars().next() else { return Vec::new() };
    let range = at..at + value.len();
    let closed = |end: String| (YamlErrorKind::Unclosed, range.clone(), format!("{value}{end}"));
    let mut out = Vec::new();
    match first {
        '"' | '\'' if value.matches(first).count() % 2 == 1 && !value[1..].contains(first) => out.push(closed(first.into())),
        '[' | '{' => out.extend(closing(value).map(closed)),
        _ => {}
    }
    let kind = match first {
        // What is well in quotes is at fault for something else.
        '"' | '\'' if is_quoted(value) => return out,
        '"' | '\'' => YamlErrorKind::InnerQuotes,
        '*' => YamlErrorKind::UnknownAlias,
        '[' | '{' | '@' | '`' | '%' | '&' | '!' | '|' | '>' | ',' | ']' | '}' | '#' | '?' => YamlErrorKind::Character(first),
        _ if value.contains(": ") || value.ends_with(':') => YamlErrorKind::ColonInValue,
        _ => return out,
    };
    out.push((kind, range, in_quotes(value)));
    out
}

/// Whether `value` is one scalar in quotes, from the first to the last character.
fn is_quoted(value: &str) -> bool {
    matches!(parse(value, 0), Ok(Node { value: Value::Scalar(_), span }) if span == (0..value.len()))
}

/// The brackets that close what `value` opens.
fn closing(value: &str) -> Option<String> {
    let mut open = Vec::new();
    for c in value.chars() {
        match c {
            '[' => open.push(']'),
            '{' => open.push('}'),
            ']' | '}' if open.pop() != Some(c) => return None,
            _ => {}
        }
    }
    (!open.is_empty()).then(|| open.into_iter().rev().collect())
}

/// `value` in the quotes that it needs, without those that somebody meant to be such.
fn in_quotes(value: &str) -> String {
    let pairs = [('"', '"'), ('\'', '\''), ('“', '”'), ('„', '“'), ('”', '”')];
    let outside = || pairs.iter().find_map(|(open, close)| value.strip_prefix(*open)?.strip_suffix(*close));
    // `"School "Profi"`: the last quote belongs to the inner ones.
    let inner = match value.strip_prefix('"') {
        Some(rest) if value.ends_with('"') && value.matches('"').count() == 3 => rest,
        _ => outside().unwrap_or(value),
    };
    // Single quotes hold double ones as they are, which is easier to read and to write.
    if inner.contains('"') && !inner.contains('\'') { format!("'{inner}'") } else { quoted(inner) }
}

/// Spaces, in place of a gap with other signs; a tab is as wide as `tab`.
fn spaces(gap: &str, tab: usize) -> String {
    gap.chars().map(|c| " ".repeat(if c == '\t' { tab } else { 1 })).collect()
}

/// A space that YAML does not take for one.
fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The bytes of the line that holds the byte `at`, without its break.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at.min(text.len()));
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    start..if text[start..end].ends_with('\r') { end - 1 } else { end }
}

/// Spaces in place of the line at `at` with what stands deeper below it, if the rest is YAML then; else in place of all that stands under the
/// same key of the first level.
fn passed_over(text: &str, at: usize) -> Edit {
    let depth = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let block = |start: usize| {
        let mut lines = text[start..].split_inclusive('\n');
        let own = depth(lines.next().unwrap_or_default());
        let below = lines.take_while(|line| line.trim().is_empty() || depth(line) > own).map(str::len).sum::<usize>();
        let first = text[start..].find('\n').map_or(text.len() - start, |i| i + 1);
        start..start + first + below
    };
    let blank = |range: Range<usize>| {
        let text = text[range.clone()].bytes().map(|b| if matches!(b, b'\n' | b'\r') { char::from(b) } else { ' ' }).collect();
        Edit { range, text }
    };
    let start = line_of(text, at).start;
    let edit = blank(block(start));
    if start == 0 || depth(&text[start..]) == 0 || parse(&apply(text, std::slice::from_ref(&edit)), 0).is_ok() {
        return edit;
    }
    let lines = text[..start].match_indices('\n').map(|(at, _)| at + 1).rev().chain([0]);
    let first = lines.into_iter().find(|at| depth(&text[*at..]) == 0 && !text[*at..].starts_with(['\r', '\n'])).unwrap_or(start);
    blank(block(first))
}

/// The tree of a mended text with the places of the text as it was written.
fn placed(node: Node, edits: &[Edit], base: usize) -> Node<'static> {
    let place = |span: Range<usize>| {
        let span = origin(edits, span);
        base + span.start..base + span.end
    };
    let value = match node.value {
        Value::Null => Value::Null,
        Value::Scalar(text) => Value::Scalar(text.into_owned().into()),
        Value::List(items) => Value::List(items.into_iter().map(|item| placed(item, edits, base)).collect()),
        Value::Map(pairs) => Value::Map(
            pairs
                .into_iter()
                .map(|(key, value)| (Key { text: key.text.into_owned().into(), span: place(key.span) }, placed(value, edits, base)))
                .collect(),
        ),
    };
    Node { value, span: place(node.span) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each fault: its kind, what is marked, what to write.
    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let (_, faults) = read(text, 0);
        let name = |kind: &YamlErrorKind| format!("{kind:?}").split('(').next().unwrap_or_default().to_owned();
        let found: Vec<_> =
            faults.iter().map(|f| (name(&f.kind), text[f.span.clone()].to_owned(), f.fix.clone().unwrap_or_default())).collect();
        let found: Vec<_> = found.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn slips_and_what_to_write() {
        check("title: План: 2024\n", &[("ColonInValue", "План: 2024", "\"План: 2024\"")]);
        check("title: План «\"А\"»: 2024\r\nb: 1\r\n", &[("ColonInValue", "План «\"А\"»: 2024", "'План «\"А\"»: 2024'")]);
        check("title: “План: 2024”\n", &[("ColonInValue", "“План: 2024”", "\"План: 2024\"")]);
        check("title: План:\n", &[("ColonInValue", "План:", "\"План:\"")]);
        check("a:\n\t- b\n", &[("Tab", "\t", "  ")]);
        check("a: b\n\tc: d\n", &[("Tab", "\t", "")]);
        check("a:\n\tb: 1\n\tc: 2\n", &[("Tab", "\t", "  "), ("Tab", "\t", "  ")]);
        check("a: \"text\nb: c\n", &[("Unclosed", "\"text", "\"text\"")]);
        check("a: b\nc: \"text\nd: e\n", &[("Unclosed", "\"text", "\"text\"")]);
        check("a: [1, 2\nb: 3\n", &[("Unclosed", "[1, 2", "[1, 2]")]);
        check("title: \"Школа \"Профи\"\"\n", &[("InnerQuotes", "\"Школа \"Профи\"\"", "'Школа \"Профи\"'")]);
        check("title: \"Школа\" Профи\n", &[("InnerQuotes", "\"Школа\" Профи", "'\"Школа\" Профи'")]);
        check("title: \"Школа \"Профи\"\n", &[("InnerQuotes", "\"Школа \"Профи\"", "'Школа \"Профи\"'")]);
        check("title: [Группа] заседание\n", &[("Character", "[Группа] заседание", "\"[Группа] заседание\"")]);
        check("title: @школа\nb: 1\n", &[("Character", "@школа", "\"@школа\"")]);
        check("title: а\u{1}б\nb: 1\n", &[("Character", "\u{1}", "")]);
        check("title: *важно\n", &[("UnknownAlias", "*важно", "\"*важно\"")]);
        check("title: a\nдата:2024\n", &[("NoSpaceAfterColon", ":", ": ")]);
        check("название:Контакты\n", &[("NoSpaceAfterColon", ":", ": ")]);
        check("название:Контакты\nдата:2024\n", &[("NoSpaceAfterColon", ":", ": "), ("NoSpaceAfterColon", ":", ": ")]);
        check("название:\u{a0}Контакты\nдата: 1\n", &[("NoSpaceAfterColon", ":\u{a0}", ": ")]);
        check("a:\n\u{a0}\u{a0}b: 1\nc: 2\n", &[("NoBreakSpace", "\u{a0}\u{a0}", "  ")]);
        check("a:\n  – б\n  – в\n", &[("ListMark", "– б\n  – в", "- б\n  - в")]);
        check("a:\n  - б\n  -в\n", &[("ListMark", "-", "- ")]);
        check("a: б\n  b: 1\n", &[("Indentation", "  ", "")]);
        check("- a: б\n b: 1\n", &[("Indentation", " ", "  ")]);
        check("a:\n  - b: 1\n    c: 2\n   - b: 3\n    c: 4\n", &[("Indentation", "   ", "  ")]);
        check("Заголовок\na: б\n", &[("NoKey", "", "# ")]);
        check("a - б\nв - г\n", &[("NoKey", " - ", ": "), ("NoKey", " - ", ": ")]);
        check("a: б\nв г\nd: 1\n", &[("NoKey", "", "  ")]);
        check("a: 1\nb: 2\na: 3\n", &[("DuplicateKey", "a", "")]);
    }

    #[test]
    fn what_is_yaml_is_left_alone() {
        for text in ["", "a: 1\n", "a: |\n  – б\n  – в\n", "a: – б\n", "- a\n- b\n", "a: «\u{a0}б»\n", "# x\n", "a: http://x.y/z: b\n"]
        {
            let (_, faults) = read(text, 0);
            assert_eq!(faults.len(), usize::from(text.contains("z: b")), "{text}: {faults:?}");
        }
    }

    #[test]
    fn every_fault_is_told_and_the_rest_is_read() {
        let text = "title: План: 2024\ntags: [а, б\nauthor: \"Иванова\narea:\n\t- x\nслово\nkey: value\n";
        let (node, faults) = read(text, 10);
        let Value::Map(pairs) = &node.value else { panic!("{faults:?}") };
        let keys: Vec<_> = pairs.iter().map(|(key, _)| &text[key.span.start - 10..key.span.end - 10]).collect();
        assert_eq!(keys, ["title", "tags", "author", "area", "key"], "{faults:?}");
        assert_eq!(faults.len(), 5, "{faults:?}");
        assert_eq!(&text[pairs[0].1.span.start - 10..pairs[0].1.span.end - 10], "План: 2024");
    }

    #[test]
    fn what_nothing_helps_is_passed_over() {
        let text = "a: 1\nb:\n  - c: 1\n   d: {{x}}}\n  - e: 2\nf: 3\n";
        let (node, faults) = read(text, 0);
        assert!(!faults.is_empty());
        let Value::Map(pairs) = &node.value else { panic!("{faults:?}") };
        assert_eq!((&*pairs[0].0.text, &*pairs[pairs.len() - 1].0.text), ("a", "f"));
    }
}
