//! Documents of Word (ECMA-376-1, 17): paragraphs and tables as they are seen.
//!
//! Insertions under review are taken and deletions left out. Of a drawing that is stored twice, the second copy is left out. Headers,
//! footers, notes and comments are not read: no plan stands there.

use super::archive::Archive;
use super::builder::{Builder, Merge};
use super::numbering::Numbering;
use super::paper::{Paper, Table};
use super::refusal::Refusal;
use super::text::utf;
use super::xml::{Element, Event, Xml};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the document whose main part is `part`.
///
/// # Errors
/// The archive or the XML is broken, or it is too large.
pub fn read(archive: &mut Archive, part: &str, is_nested_plan: fn(&Table) -> bool) -> Result<Paper, Refusal> {
    let bytes = archive.read(part)?.ok_or(Refusal::Damaged)?;
    let (mut numbering, mut styles) = (Numbering::default(), Styles::default());
    for relation in archive.relations(part)? {
        match relation.kind.as_str() {
            "numbering" => {
                if let Some(bytes) = archive.read(&relation.path)? {
                    numbering = Numbering::read(&utf(&bytes))?;
                }
            }
            "styles" => {
                if let Some(bytes) = archive.read(&relation.path)? {
                    styles = Styles::read(&utf(&bytes))?;
                }
            }
            _ => {}
        }
    }
    let text = utf(&bytes);
    let mut reader =
        Reader { builder: Builder::new(is_nested_plan), numbering, styles, item: Item::default(), cell: CellShape::default(), kept: true };
    let mut xml = Xml::new(&text);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) => reader.start(&element, &mut xml)?,
            Event::End(name) => reader.end(&name)?,
            Event::Text(_) => {}
        }
    }
    reader.builder.finish()
}

/// What styles say of their paragraphs.
#[derive(Default)]
struct Styles {
    /// Which list each belongs to, and its level.
    lists: BTreeMap<String, Item>,
    headings: BTreeSet<String>,
}

impl Styles {
    fn read(text: &str) -> Result<Styles, Refusal> {
        let mut headings = BTreeSet::new();
        let mut own: BTreeMap<String, (Item, Option<String>)> = BTreeMap::new();
        let mut style: Option<String> = None;
        let mut xml = Xml::new(text);
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(element) => match (element.name(), &style) {
                    ("style", _) => style = element.attribute("styleId"),
                    // In every language Word calls them so inside.
                    ("name", Some(id)) if element.attribute("val").is_some_and(|name| name.to_lowercase().starts_with("heading")) => {
                        headings.insert(id.clone());
                    }
                    ("basedOn", Some(id)) => own.entry(id.clone()).or_default().1 = element.attribute("val"),
                    ("numId", Some(id)) => own.entry(id.clone()).or_default().0.list = element.attribute("val"),
                    ("ilvl", Some(id)) => own.entry(id.clone()).or_default().0.level = element.number("val"),
                    _ => {}
                },
                Event::End(name) if name == "style" => style = None,
                _ => {}
            }
        }
        let inherited = |id: &str| {
            let (mut item, mut id) = (Item::default(), id.to_owned());
            // A circle of styles is no list.
            for _ in 0..16 {
                let Some((of_style, base)) = own.get(&id) else { break };
                item.list = item.list.or_else(|| of_style.list.clone());
                item.level = item.level.or(of_style.level);
                match base {
                    Some(base) => id = base.clone(),
                    None => break,
                }
            }
            item
        };
        let lists = own.keys().map(|id| (id.clone(), inherited(id))).filter(|(_, item)| item.list.is_some()).collect();
        Ok(Styles { lists, headings })
    }
}

/// That a paragraph is an item of a list.
#[derive(Debug, Clone, Default)]
struct Item {
    list: Option<String>,
    level: Option<usize>,
}

/// What `w:tcPr` says of a cell, before the cell is begun.
#[derive(Debug, Default)]
struct CellShape {
    span: usize,
    is_from_above: bool,
    is_from_left: bool,
    is_begun: bool,
}

struct Reader {
    builder: Builder,
    numbering: Numbering,
    styles: Styles,
    /// Of the paragraph that is open.
    item: Item,
    cell: CellShape,
    /// Whether the row that is open stays: one whose deletion is under review does not.
    kept: bool,
}

impl Reader {
    fn start(&mut self, element: &Element, xml: &mut Xml) -> Result<(), Refusal> {
        match element.name() {
            // Deleted or moved away under review, a second copy of a drawing, the code of a field, phonetic guides, what was before a change.
            "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "rt" | "sdtPr" | "rPr" | "tblPr" | "sectPr" | "pPrChange"
            | "tcPrChange" => xml.skip()?,
            "tbl" => {
                self.begin_cell()?;
                self.builder.start_table()?;
            }
            "tr" => {
                self.kept = true;
                self.builder.start_row()?;
            }
            "trPr" => self.row_properties(xml)?,
            "tc" => {
                self.builder.end_cell()?;
                self.cell = CellShape { span: 1, is_from_above: false, is_from_left: false, is_begun: false };
            }
            "gridSpan" => self.cell.span = element.number("val").unwrap_or(1),
            "vMerge" => self.cell.is_from_above = element.attribute("val").is_none_or(|value| value != "restart"),
            "hMerge" => self.cell.is_from_left = element.attribute("val").is_none_or(|value| value != "restart"),
            "p" => {
                self.begin_cell()?;
                self.builder.end_line();
                self.item = Item::default();
            }
            "pStyle" => {
                let style = element.attribute("val").unwrap_or_default();
                if let Some(item) = self.styles.lists.get(&style) {
                    self.item = item.clone();
                }
                if self.styles.headings.contains(&style) {
                    self.builder.set_heading();
                }
            }
            "numId" => self.item.list = element.attribute("val"),
            "ilvl" => self.item.level = element.number("val"),
            "t" => self.copy(xml)?,
            "tab" | "ptab" => self.text(" "),
            "br" | "cr" => self.builder.end_line(),
            "noBreakHyphen" => self.text("-"),
            "softHyphen" => self.text("\u{ad}"),
            "sym" => self.text("•"),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "p" => {
                self.lone_number();
                self.builder.end_line();
                self.item = Item::default();
            }
            "tc" => {
                self.begin_cell()?;
                self.builder.end_cell()?;
                // What follows in an outer cell belongs to that one.
                self.cell.is_begun = true;
            }
            "tr" => {
                if !self.kept {
                    self.builder.drop_row();
                }
                self.kept = true;
                self.builder.end_row()?;
            }
            "tbl" => self.builder.end_table()?,
            _ => {}
        }
        Ok(())
    }

    /// Reads `w:trPr`: columns left out before the first cell, and whether the row is deleted.
    fn row_properties(&mut self, xml: &mut Xml) -> Result<(), Refusal> {
        let mut depth = 1usize;
        while depth > 0 {
            match xml.next()?.ok_or(Refusal::Damaged)? {
                Event::Start(element) => {
                    depth += 1;
                    match element.name() {
                        "gridBefore" => self.builder.skip_columns(element.number("val").unwrap_or(0)),
                        "del" => self.kept = false,
                        _ => {}
                    }
                }
                Event::End(_) => depth -= 1,
                Event::Text(_) => {}
            }
        }
        Ok(())
    }

    /// Begins the cell as its properties say, which stand before its first paragraph.
    fn begin_cell(&mut self) -> Result<(), Refusal> {
        if !self.cell.is_begun && self.cell.span > 0 {
            self.cell.is_begun = true;
            let merge = match (self.cell.is_from_left, self.cell.is_from_above) {
                (true, _) => Merge::FromLeft,
                (_, true) => Merge::FromAbove,
                _ => Merge::Rows(1),
            };
            self.builder.start_cell(self.cell.span, merge)?;
        }
        Ok(())
    }

    /// Adds to the line; before its first text stands the number that Word counts.
    fn text(&mut self, text: &str) {
        if !text.trim().is_empty()
            && let Some(list) = self.item.list.take()
            && let Some(mark) = self.numbering.next(&list, self.item.level.unwrap_or(0))
        {
            self.builder.start_item(mark);
        }
        self.builder.text(text);
    }

    fn copy(&mut self, xml: &mut Xml) -> Result<(), Refusal> {
        let mut depth = 1usize;
        while depth > 0 {
            match xml.next()?.ok_or(Refusal::Damaged)? {
                Event::Text(text) => self.text(&text),
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
            }
        }
        Ok(())
    }

    /// A paragraph with a number and no text, as the column «№ п/п» has them.
    fn lone_number(&mut self) {
        if let Some(list) = self.item.list.take()
            && self.builder.is_cell_empty()
            && let Some(mark) = self.numbering.next(&list, self.item.level.unwrap_or(0))
            && mark != "-"
        {
            self.builder.text(&mark);
        }
    }
}
