//! Puts what the table changes into the text of the plan's file: nothing else of it moves.

use super::column::Column;
use super::matter::Matter;
use super::merge::{Added, Edit, Merge};
use super::patch::{self, Form, Item, Names, New, Style, dash_of, is_flow, line_end, line_start, pair, splice};
use super::row::{Cells, Lines, Row, approved, cells, label, line, part_of};
use crate::diagnostic::Severity;
use crate::kinds::{Amendment, Change, Changed, Details, Kind, Part, Plan, PlanItem, PlanSection};
use crate::parse::{self, Document, Keep};
use crate::record::{Field, Read, Reader};
use crate::source::line_column;
use crate::value::date::{Date, numeric};
use crate::value::language::Language;
use crate::value::yaml::quote::quoted;
use crate::value::yaml::{self, Node, Value};
use std::collections::BTreeMap;

/// The new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub text: String,
    /// What stands in the file in a form that only a person can change: it was left as it is.
    pub left: Vec<Matter>,
    /// The changes that are in the text.
    pub done: Merge,
}

/// Why nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwritable {
    /// The file has mistakes: what a row is cannot be known.
    Faulty,
    /// The new text would not read as it should: the file is of a form that is not known here.
    Form,
}

/// The file of a plan as nodes.
struct Page<'t> {
    text: &'t str,
    /// The mapping of the whole front matter.
    root: Node<'t>,
    plan: Plan,
}

impl<'t> Page<'t> {
    /// Reads `text` as the file of `document`.
    fn of(text: &'t str, document: &Document) -> Option<Page<'t>> {
        let read = parse::document(&document.path, (text, 0), Keep::Text, Kind::Plan, document.name_date);
        if read.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return None;
        }
        let front = match read.markdown().filter(|_| is_markdown(&document.path)) {
            // Between the two `---`.
            Some(body) => {
                let head = text[..text.len() - body.len()].trim_end();
                head.find('\n')? + 1..line_start(head, head.len())
            }
            None => 0..text.len(),
        };
        let root = yaml::parse(text.get(front.clone())?, front.start).ok()?;
        let Details::Plan(plan) = read.details else { return None };
        Some(Page { text, root, plan: *plan })
    }

    /// The nodes of the sections, as many as the plan has.
    fn sections(&self) -> Option<Vec<&Node<'t>>> {
        let sections = entries(value(&self.root, field(Plan::FIELDS, "sections")?)?, |node| matches!(node.value, Value::Map(_)))?;
        (sections.len() == self.plan.sections.len()).then_some(sections)
    }

    /// The node of the rows of a section, with those of the rows.
    fn items(&self, section: usize) -> Option<(&Node<'t>, Vec<&Node<'t>>)> {
        let node = value(self.sections()?.get(section)?, field(PlanSection::FIELDS, "items")?)?;
        let items = entries(node, |node| matches!(node.value, Value::Map(_) | Value::Scalar(_)))?;
        (items.len() == self.plan.sections.get(section)?.items.len()).then_some((node, items))
    }

    /// How the file is written.
    fn names(&self) -> Names {
        let mut names = Names::default();
        names.note(&self.root, Plan::FIELDS);
        for section in self.sections().unwrap_or_default() {
            names.note(section, PlanSection::FIELDS);
            for item in list(section, PlanSection::FIELDS, "items") {
                names.note(item, PlanItem::FIELDS);
                list(item, PlanItem::FIELDS, "parts").into_iter().for_each(|part| names.note(part, Part::FIELDS));
            }
        }
        for amendment in list(&self.root, Plan::FIELDS, "amendments") {
            names.note(amendment, Amendment::FIELDS);
            list(amendment, Amendment::FIELDS, "changes").into_iter().for_each(|change| names.note(change, Changed::FIELDS));
        }
        let Value::Map(pairs) = &self.root.value else { return names };
        names.is_english = pairs.iter().filter(|(key, _)| key.text.is_ascii()).count() * 2 > pairs.len();
        names
    }
}

fn is_markdown(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".markdown")
}

fn field(fields: &'static [Field], name: &str) -> Option<&'static Field> {
    fields.iter().find(|field| field.name == name)
}

fn value<'n, 't>(node: &'n Node<'t>, field: &Field) -> Option<&'n Node<'t>> {
    pair(node, field).map(|(_, value)| value)
}

/// The entries of the list under a key; none, if there is no list.
fn list<'n, 't>(node: &'n Node<'t>, fields: &'static [Field], name: &str) -> Vec<&'n Node<'t>> {
    let list = field(fields, name).and_then(|field| value(node, field));
    list.and_then(|list| entries(list, |_| true)).unwrap_or_default()
}

/// The entries of a list that are read, those in the text itself and not by an alias from elsewhere.
fn entries<'n, 't>(node: &'n Node<'t>, is_read: impl Fn(&Node) -> bool) -> Option<Vec<&'n Node<'t>>> {
    let Value::List(list) = &node.value else { return None };
    let is_inside = |item: &&Node| node.span.start <= item.span.start && item.span.end <= node.span.end;
    list.iter().all(|item| is_inside(&item)).then(|| list.iter().filter(|item| is_read(item)).collect())
}

fn line_of(node: &Node) -> String {
    let mut reader = Reader { file: &"".into(), diagnostics: Vec::new(), pool: None };
    // A part and a text are the same line, where the part has no time.
    let part = PlanItem { parts: Part::read(node, &mut reader).into_iter().collect(), ..nothing() };
    match &node.value {
        Value::Scalar(text) if !text.contains('|') => line(text),
        _ => cells(&part, Language::Ru)[Column::Parts].concat(),
    }
}

/// A row with nothing in it.
fn nothing() -> PlanItem {
    let mut reader = Reader { file: &"".into(), diagnostics: Vec::new(), pool: None };
    let node = Node { value: Value::Null, span: 0..0 };
    PlanItem::take(&mut crate::record::Fields::of(&node, &mut reader), &mut reader)
}

/// `text`, the file of `document` whose approved rows are `rows`, with the changes of `merge`.
///
/// # Errors
/// See [`Unwritable`].
pub fn apply(text: &str, document: &Document, rows: &[Row], merge: &Merge, language: Language) -> Result<Written, Unwritable> {
    let page = Page::of(text, document).ok_or(Unwritable::Faulty)?;
    let names = page.names();
    let style = Style { names: &names, line_end: if text.contains("\r\n") { "\r\n" } else { "\n" }, line_of };
    let mut written =
        Written { text: text.to_owned(), left: Vec::new(), done: Merge { matters: merge.matters.clone(), ..Merge::default() } };

    // Rows that change, from the last to the first, so that places stay true.
    let mut of_row: BTreeMap<usize, Vec<&Edit>> = BTreeMap::new();
    merge.edits.iter().for_each(|edit| of_row.entry(edit.row).or_default().push(edit));
    for (at, edits) in of_row.into_iter().rev() {
        let row = &rows[at];
        let node = page.items(row.section).and_then(|(_, items)| items.get(row.item).copied());
        let by_hand = |edit: &Edit| Matter::ByHand {
            key: row.key.clone(),
            column: Some(edit.column),
            line: node.map_or(1, |node| line_column(text, node.span.start).0),
            text: edit.to.clone(),
        };
        let changed = node.and_then(|node| change(&page, node, &edits, style, language));
        match (node, changed) {
            (Some(node), Some((range_end, fragment, done))) => {
                written.text = splice(&written.text, node.span.start..range_end, &fragment).ok_or(Unwritable::Form)?;
                for (edit, done) in edits.iter().zip(done) {
                    if done { written.done.edits.push((*edit).clone()) } else { written.left.push(by_hand(edit)) }
                }
            }
            _ => written.left.extend(edits.into_iter().map(by_hand)),
        }
    }
    written.done.edits.sort_by_key(|edit| (edit.row, edit.column));
    let mut of_section: BTreeMap<usize, Vec<&Added>> = BTreeMap::new();
    merge.added.iter().for_each(|added| of_section.entry(added.section).or_default().push(added));
    for (section, added) in of_section {
        let (rows, left): (Vec<_>, Vec<_>) = match append(&written.text, document, section, &added, style, language) {
            Some((text, done)) => {
                written.text = text;
                added.into_iter().zip(done).partition(|(_, is_done)| *is_done)
            }
            None => (Vec::new(), added.into_iter().map(|added| (added, false)).collect()),
        };
        written.done.added.extend(rows.into_iter().map(|(added, _)| added.clone()));
        written.left.extend(left.into_iter().map(|(added, _)| new_by_hand(added, &page)));
    }
    let mut of_section: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    merge.deleted.iter().for_each(|at| of_section.entry(rows[*at].section).or_default().push(*at));
    for (section, deleted) in of_section {
        let items: Vec<usize> = deleted.iter().map(|at| rows[*at].item).collect();
        match take_out(&written.text, document, section, &items) {
            Some(text) => {
                written.text = text;
                written.done.deleted.extend(deleted);
            }
            None => written.left.extend(deleted.iter().map(|at| {
                let items = page.items(section).map(|(_, items)| items).unwrap_or_default();
                let line = items.get(rows[*at].item).map_or(1, |node| line_column(text, node.span.start).0);
                Matter::ByHand { key: rows[*at].key.clone(), column: None, line, text: Lines::new() }
            })),
        }
    }
    if is_as_expected(&written, text, document, rows, language) { Ok(written) } else { Err(Unwritable::Form) }
}

fn new_by_hand(added: &Added, page: &Page) -> Matter {
    let line = page.sections().and_then(|all| Some(line_column(page.text, all.get(added.section)?.span.start).0));
    Matter::ByHand { key: String::new(), column: None, line: line.unwrap_or(1), text: added.cells[Column::Title].clone() }
}

/// The new text of the row at `node`, up to the place that comes back with it, and which of `edits` are in it.
fn change(page: &Page, node: &Node, edits: &[&Edit], style: Style, language: Language) -> Option<(usize, String, Vec<bool>)> {
    let in_flow = is_inside_brackets(page, node);
    let indent = if in_flow { 0 } else { patch::column(page.text, node.span.start)? };
    // A comment behind the last value belongs to its line.
    let end = if in_flow { node.span.end } else { line_end(page.text, node.span.end) };
    let mut fragment = format!("{}{}", " ".repeat(indent), page.text.get(node.span.start..end)?);
    let mut expected = read_cells(&fragment, language)?;
    let mut done = Vec::with_capacity(edits.len());
    for edit in edits {
        let mut wanted = expected.clone();
        wanted[edit.column].clone_from(&edit.to);
        let new = set_cell(&fragment, edit.column, &edit.to, in_flow, style);
        // Whatever the form of the file is: it reads as it should, or it stays.
        match new.filter(|new| read_cells(new, language).as_ref() == Some(&wanted)) {
            Some(new) => {
                (fragment, expected) = (new, wanted);
                done.push(true);
            }
            None => done.push(false),
        }
    }
    Some((end, fragment.get(indent..)?.to_owned(), done))
}

/// Whether `node`, a row, is written in brackets or stands within such.
fn is_inside_brackets(page: &Page, node: &Node) -> bool {
    fn around(text: &str, outer: &Node, inner: &Node) -> bool {
        let holds = outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
        holds
            && (is_flow(text, outer)
                || match &outer.value {
                    Value::List(items) => outer.span != inner.span && items.iter().any(|item| around(text, item, inner)),
                    Value::Map(pairs) => outer.span != inner.span && pairs.iter().any(|(_, value)| around(text, value, inner)),
                    _ => false,
                })
    }
    around(page.text, &page.root, node)
}

fn read_cells(fragment: &str, language: Language) -> Option<Cells> {
    let node = yaml::parse(fragment, 0).ok()?;
    let mut reader = Reader { file: &"".into(), diagnostics: Vec::new(), pool: None };
    let item = PlanItem::read(&node, &mut reader)?;
    let is_good = reader.diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error);
    is_good.then(|| cells(&item, language))
}

fn set_cell(fragment: &str, column: Column, lines: &Lines, in_flow: bool, style: Style) -> Option<String> {
    let title = field(PlanItem::FIELDS, "title")?;
    patch::set(fragment, column.field()?, &new_value(column, lines)?, (PlanItem::FIELDS, title), in_flow, style)
}

fn new_value(column: Column, lines: &Lines) -> Option<New> {
    let (title, timeframe) = (field(Part::FIELDS, "title")?, field(Part::FIELDS, "timeframe")?);
    let form = |line: &String| match part_of(line) {
        (text, time) if column == Column::Parts && !time.is_empty() => {
            Form::Record(vec![(title, text.to_owned()), (timeframe, time.to_owned())])
        }
        (text, _) if column == Column::Parts => Form::Text(text.to_owned()),
        _ => Form::Text(line.clone()),
    };
    Some(match lines.first() {
        None => New::Nothing,
        Some(_) if column.is_list() => New::List(lines.iter().map(|line| Item { line: line.clone(), form: form(line) }).collect()),
        Some(text) => New::Text(text.clone()),
    })
}

/// A new row as a fragment whose keys stand at `indent`.
fn fragment(cells: &Cells, indent: usize, in_flow: bool, style: Style, language: Language) -> Option<String> {
    let title = field(PlanItem::FIELDS, "title")?;
    let text = patch::text_in(cells[Column::Title].first()?, in_flow);
    let pair = format!("{}: {text}", style.names.of(title));
    let mut out = if in_flow { format!("{{{pair}}}") } else { format!("{}{pair}", " ".repeat(indent)) };
    for column in Column::ALL.into_iter().filter(|column| !matches!(column, Column::Section | Column::Title)) {
        if !cells[column].is_empty() {
            out = set_cell(&out, column, &cells[column], in_flow, style)?;
        }
    }
    (read_cells(&out, language)? == *cells).then_some(out)
}

/// `text` with new rows at the end of `section`, and which of them are in it.
fn append(
    text: &str,
    document: &Document,
    section: usize,
    added: &[&Added],
    style: Style,
    language: Language,
) -> Option<(String, Vec<bool>)> {
    let page = Page::of(text, document)?;
    let node = *page.sections()?.get(section)?;
    let items = field(PlanSection::FIELDS, "items")?;
    let e = style.line_end;
    let (at, head, indent, dash, in_flow) = match page.items(section).and_then(|(list, items)| Some((list, *items.last()?))) {
        Some((list, last)) if is_flow(text, list) => (last.span.end, String::new(), 0, ", ".to_owned(), true),
        Some((_, last)) => {
            let (column, pad) = dash_of(text, last)?;
            let dash = format!("{e}{}-{}", " ".repeat(column), " ".repeat(pad));
            (line_end(text, last.span.end), String::new(), column + 1 + pad, dash, is_flow(text, last))
        }
        // The first of their section.
        None if is_inside_brackets(&page, node) => return None,
        None => {
            let column = patch::column(text, node.span.start)?;
            let (at, head) = match pair(node, items) {
                None => (line_end(text, node.span.end), format!("{e}{}{}:", " ".repeat(column), style.names.of(items))),
                Some((key, value)) if value.value == Value::Null && value.span.is_empty() => (line_end(text, key.span.end), String::new()),
                Some(_) => return None,
            };
            (at, head, column + 4, format!("{e}{}- ", " ".repeat(column + 2)), false)
        }
    };
    let row = |added: &&Added| {
        let row = fragment(&added.cells, indent, in_flow, style, language)?;
        Some(format!("{dash}{}", if in_flow { row.as_str() } else { row.get(indent..)? }))
    };
    let rows: Vec<Option<String>> = added.iter().map(row).collect();
    let done: Vec<bool> = rows.iter().map(Option::is_some).collect();
    let block: String = rows.into_iter().flatten().collect();
    let text = if block.is_empty() { text.to_owned() } else { splice(text, at..at, &format!("{head}{block}"))? };
    Some((text, done))
}

/// `text` without the rows `gone`, in their order, of `section`.
fn take_out(text: &str, document: &Document, section: usize, gone: &[usize]) -> Option<String> {
    let page = Page::of(text, document)?;
    let (list, items) = page.items(section)?;
    if is_flow(text, list) {
        let kept: Option<Vec<&str>> =
            items.iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, node)| text.get(node.span.clone())).collect();
        let inside = text.get(list.span.clone())?;
        return if inside.contains('#') { None } else { splice(text, list.span.clone(), &format!("[{}]", kept?.join(", "))) };
    }
    let mut out = text.to_owned();
    for node in gone.iter().rev().map(|at| items.get(*at)) {
        let node = node?;
        dash_of(text, node)?;
        let end = text.get(node.span.end..)?.find('\n').map_or(text.len(), |at| node.span.end + at + 1);
        out = splice(&out, line_start(text, node.span.start)..end, "")?;
    }
    Some(out)
}

/// `text`, the file of `document`, with a new amendment of the day `today` that says what `merge` changes in `rows`, which are the approved
/// ones or those that hold. What became of a row is no text of the paper: that is written at the row itself.
///
/// # Errors
/// See [`Unwritable`].
pub fn amend(text: &str, document: &Document, rows: &[Row], merge: &Merge, today: Date, language: Language) -> Result<Written, Unwritable> {
    let page = Page::of(text, document).ok_or(Unwritable::Faulty)?;
    let own = approved(&page.plan, language);
    let mut left = Vec::new();
    let (mut of_paper, mut beside_it) =
        (BTreeMap::<usize, Vec<&Edit>>::new(), Merge { matters: merge.matters.clone(), ..Merge::default() });
    for edit in &merge.edits {
        let (row, column) = (&rows[edit.row], edit.column);
        let at = own.iter().position(|own| own.key == row.key && own.cells[column] == row.cells[column]);
        match at {
            _ if column.is_of_paper() && edit.to.is_empty() => left.push(Matter::CannotEmpty { key: row.key.clone(), column }),
            _ if column.is_of_paper() => of_paper.entry(edit.row).or_default().push(edit),
            Some(at) => beside_it.edits.push(Edit { row: at, ..edit.clone() }),
            None => left.push(Matter::ByHand { key: row.key.clone(), column: Some(column), line: 1, text: edit.to.clone() }),
        }
    }
    let mut written = apply(text, document, &own, &beside_it, language)?;
    // What is done is told by the rows that were compared.
    let is_done = |edit: &&Edit| {
        !edit.column.is_of_paper()
            && written.done.edits.iter().any(|own_edit| own[own_edit.row].key == rows[edit.row].key && own_edit.column == edit.column)
    };
    let mut done: Vec<Edit> = merge.edits.iter().filter(is_done).cloned().collect();

    let names = page.names();
    let style = Style { names: &names, line_end: if text.contains("\r\n") { "\r\n" } else { "\n" }, line_of };
    let mut changes = Changes { indent: 0, lines: Vec::new() };
    let (column, pad, at) = amendments_end(&written.text, document).ok_or(Unwritable::Form)?;
    changes.indent = column + 1 + pad + 2;
    for (row, edits) in of_paper {
        changes.edit(&rows[row].key, &edits, style, language).ok_or(Unwritable::Form)?;
        done.extend(edits.into_iter().cloned());
    }
    merge.added.iter().try_for_each(|added| changes.add(&page.plan, added, style, language)).ok_or(Unwritable::Form)?;
    changes.drop(merge.deleted.iter().map(|at| rows[*at].key.as_str()).collect(), style);
    written.left.extend(left);
    done.sort_by_key(|edit| (edit.row, edit.column));
    written.done = Merge { edits: done, added: merge.added.clone(), deleted: merge.deleted.clone(), matters: merge.matters.clone() };
    if changes.lines.is_empty() {
        return Ok(written);
    }
    let before = written.text;
    let name = |fields: &'static [Field], wanted| field(fields, wanted).map(|field| names.of(field)).unwrap_or_default();
    let key = name(Plan::FIELDS, "amendments");
    let head = if page.plan.amendments.is_empty() { format!("{e}{e}{key}:", e = style.line_end) } else { String::new() };
    let (margin, keys) = (" ".repeat(column), " ".repeat(column + 1 + pad));
    let note = super::words::note_of_order(language);
    let (day, list) = (name(Amendment::FIELDS, "date"), name(Amendment::FIELDS, "changes"));
    let lines = [format!("{margin}# {note}"), format!("{margin}-{}{day}: {}", " ".repeat(pad), numeric(today)), format!("{keys}{list}:")];
    let count = changes.lines.len();
    let lines: Vec<String> = lines.into_iter().chain(changes.lines).collect();
    let block = format!("{head}{}{}", style.line_end, lines.join(style.line_end));
    written.text = splice(&before, at..at, &block).ok_or(Unwritable::Form)?;

    let new = Page::of(&written.text, document).ok_or(Unwritable::Form)?;
    let rows_of = |plan: &Plan| approved(plan, language).into_iter().map(|row| row.cells).collect::<Vec<_>>();
    let now = Page::of(&before, document).ok_or(Unwritable::Form)?;
    let is_good = new.plan.amendments.len() == page.plan.amendments.len() + 1
        && new.plan.amendments.last().is_some_and(|last| last.day() == Some(today) && last.changes.len() == count)
        && rows_of(&new.plan) == rows_of(&now.plan);
    if is_good { Ok(written) } else { Err(Unwritable::Form) }
}

/// Where a new amendment goes: the column of its dash, the spaces behind that, and the place of its first line end.
fn amendments_end(text: &str, document: &Document) -> Option<(usize, usize, usize)> {
    let page = Page::of(text, document)?;
    let Some(list) = value(&page.root, field(Plan::FIELDS, "amendments")?).filter(|node| node.value != Value::Null) else {
        let sections = value(&page.root, field(Plan::FIELDS, "sections")?)?;
        let is_block = !is_flow(text, &page.root) && pair(&page.root, field(Plan::FIELDS, "amendments")?).is_none();
        return is_block.then(|| (2, 1, line_end(text, sections.span.end)));
    };
    let last = *entries(list, |_| true)?.last()?;
    let (column, pad) = dash_of(text, last)?;
    (!is_flow(text, list)).then(|| (column, pad, line_end(text, last.span.end)))
}

/// The entries of an amendment, line by line.
struct Changes {
    indent: usize,
    lines: Vec<String>,
}

impl Changes {
    fn entry(&mut self, text: &str) {
        self.lines.push(format!("{}- {text}", " ".repeat(self.indent)));
    }

    fn edit(&mut self, key: &str, edits: &[&Edit], style: Style, language: Language) -> Option<()> {
        let mut out = format!("{{{}: {}}}", style.names.of(field(Changed::FIELDS, "item")?), quoted(key));
        let mut expected = Cells::default();
        for edit in edits {
            out = set_cell(&out, edit.column, &edit.to, true, style)?;
            expected[edit.column].clone_from(&edit.to);
        }
        let node = yaml::parse(&out, 0).ok()?;
        let mut reader = Reader { file: &"".into(), diagnostics: Vec::new(), pool: None };
        let read = Change::read(&node, &mut reader)?;
        self.entry(&out);
        (reader.diagnostics.is_empty() && cells(&read.cells, language) == expected).then_some(())
    }

    fn add(&mut self, plan: &Plan, added: &Added, style: Style, language: Language) -> Option<()> {
        let number = plan.sections.get(added.section)?.number.as_ref().map(|number| number.value.trim_end_matches('.').to_owned());
        let section = number.filter(|number| !number.is_empty()).unwrap_or_else(|| (added.section + 1).to_string());
        let [add, of] = ["add", "section"].map(|name| field(Changed::FIELDS, name).map(|field| style.names.of(field)));
        let row = fragment(&added.cells, self.indent + 4, false, style, language)?;
        self.entry(&format!("{}:{e}{row}{e}{}{}: {}", add?, " ".repeat(self.indent + 2), of?, quoted(&section), e = style.line_end));
        Some(())
    }

    fn drop(&mut self, keys: Vec<&str>, style: Style) {
        if let Some(drop) = field(Changed::FIELDS, "drop").filter(|_| !keys.is_empty()) {
            let keys: Vec<String> = keys.into_iter().map(quoted).collect();
            self.entry(&format!("{}: [{}]", style.names.of(drop), keys.join(", ")));
        }
    }
}

/// Whether the new text says exactly what it should, and outside of the rows what it said before.
fn is_as_expected(written: &Written, before: &str, document: &Document, rows: &[Row], language: Language) -> bool {
    let (Some(old), Some(new)) = (Page::of(before, document), Page::of(&written.text, document)) else { return false };
    let mut expected: Vec<Vec<Cells>> = old.plan.sections.iter().map(|_| Vec::new()).collect();
    let mut edited: BTreeMap<usize, Cells> = BTreeMap::new();
    for edit in &written.done.edits {
        edited.entry(edit.row).or_insert_with(|| rows[edit.row].cells.clone())[edit.column].clone_from(&edit.to);
    }
    for (at, row) in rows.iter().enumerate().filter(|(at, _)| !written.done.deleted.contains(at)) {
        if let Some(section) = expected.get_mut(row.section) {
            section.push(edited.remove(&at).unwrap_or_else(|| row.cells.clone()));
        }
    }
    for added in &written.done.added {
        let mut cells = added.cells.clone();
        cells[Column::Section] = old.plan.sections.get(added.section).map(label).into_iter().filter(|label| !label.is_empty()).collect();
        if let Some(section) = expected.get_mut(added.section) {
            section.push(cells);
        }
    }
    let found: Vec<Cells> = approved(&new.plan, language).into_iter().map(|row| row.cells).collect();
    let labels = |plan: &Plan| plan.sections.iter().map(label).collect::<Vec<_>>();
    found == expected.concat() && labels(&old.plan) == labels(&new.plan) && beside(&old) == beside(&new)
}

/// The text of every key of the file but the sections.
fn beside<'t>(page: &Page<'t>) -> Vec<(String, &'t str)> {
    let sections = field(Plan::FIELDS, "sections").and_then(|sections| pair(&page.root, sections)).map(|(key, _)| key.span.start);
    let Value::Map(pairs) = &page.root.value else { return Vec::new() };
    let others = pairs.iter().filter(|(key, _)| Some(key.span.start) != sections);
    others.map(|(key, value)| (key.text.to_string(), page.text.get(value.span.clone()).unwrap_or_default())).collect()
}
