//! Word documents (Office Open XML, ISO/IEC 29500-1, transitional): what a paper for signing needs, and no more. The one doorway to `zip`
//! for writing.
//!
//! The same document gives the same bytes: the files of the package stand in one order, with the first day that ZIP knows, and nothing in
//! them comes from a clock.

use super::xml::Document;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A document in A4, landscape, with page numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docx {
    pub title: String,
    /// BCP 47: `ru-RU`.
    pub language: String,
    pub blocks: Vec<Block>,
}

/// A piece of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

/// A line or several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Line ends in it are line breaks.
    pub text: String,
    pub align: Align,
    pub is_bold: bool,
    pub is_italic: bool,
    /// Points above and below it.
    pub space: u32,
    /// It stands on the page of the next paragraph.
    pub keeps_with_next: bool,
}

/// Where the lines of a paragraph stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Left,
    Centre,
    Right,
    Both,
}

/// A table over the whole width.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The widths of the columns in relation to each other.
    pub widths: Vec<u32>,
    pub has_borders: bool,
    pub rows: Vec<Row>,
}

/// A row; it never breaks across pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Repeated on each page.
    pub is_header: bool,
    /// Stands on the page of the next row.
    pub keeps_with_next: bool,
    /// One for each column; where there are fewer, the last one stands over the columns that are left.
    pub cells: Vec<Vec<Paragraph>>,
}

/// Width, height and margins of the page in twentieths of a point: A4 on its side, 20 mm at the left for binding.
const PAGE: (u32, u32) = (16_838, 11_906);
const MARGINS: [(&str, u32); 6] =
    [("w:top", 850), ("w:right", 567), ("w:bottom", 850), ("w:left", 1134), ("w:header", 400), ("w:footer", 400)];
const TEXT_WIDTH: u32 = 16_838 - 1134 - 567;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

impl Docx {
    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let files = [
            ("[Content_Types].xml", content_types()),
            ("_rels/.rels", relations(&[("officeDocument", "word/document.xml"), ("core", "docProps/core.xml")])),
            ("docProps/core.xml", self.core()),
            ("word/document.xml", self.document()),
            ("word/_rels/document.xml.rels", relations(&[("styles", "styles.xml"), ("footer", "footer1.xml")])),
            ("word/styles.xml", self.styles()),
            ("word/footer1.xml", footer()),
        ];
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
        for (name, bytes) in files {
            // Writing to memory does not fail, and no name is too long.
            let _ = package.start_file(name, options).map(|()| package.write_all(&bytes));
        }
        package.finish().map(Cursor::into_inner).unwrap_or_default()
    }

    fn document(&self) -> Vec<u8> {
        let mut out = Document::new("w:document", &[("xmlns:w", MAIN), ("xmlns:r", RELATIONSHIPS)], 64 * 1024);
        out.open("w:body", &[]);
        for block in &self.blocks {
            match block {
                Block::Paragraph(it) => paragraph(it, None, &mut out),
                Block::Table(it) => table(it, &mut out),
            }
        }
        // Word wants a paragraph behind a table.
        if matches!(self.blocks.last(), Some(Block::Table(_)) | None) {
            out.empty("w:p", &[]);
        }
        out.open("w:sectPr", &[]);
        out.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rId2")]);
        let (width, height) = (PAGE.0.to_string(), PAGE.1.to_string());
        out.empty("w:pgSz", &[("w:w", &width), ("w:h", &height), ("w:orient", "landscape")]);
        let margins = MARGINS.map(|(name, width)| (name, width.to_string()));
        let margins: Vec<(&str, &str)> = margins.iter().map(|(name, width)| (*name, width.as_str())).chain([("w:gutter", "0")]).collect();
        out.empty("w:pgMar", &margins);
        out.finish()
    }

    fn core(&self) -> Vec<u8> {
        let properties = format!("{PACKAGE}/metadata/core-properties");
        let names = [("xmlns:cp", properties.as_str()), ("xmlns:dc", "http://purl.org/dc/elements/1.1/")];
        let mut out = Document::new("cp:coreProperties", &names, 512);
        out.text("dc:title", &[], &self.title);
        out.text("dc:language", &[], &self.language);
        out.finish()
    }

    fn styles(&self) -> Vec<u8> {
        let mut out = Document::new("w:styles", &[("xmlns:w", MAIN)], 2048);
        out.open("w:docDefaults", &[]);
        out.open("w:rPrDefault", &[]);
        out.open("w:rPr", &[]);
        let font = "Times New Roman";
        out.empty("w:rFonts", &[("w:ascii", font), ("w:hAnsi", font), ("w:eastAsia", font), ("w:cs", font)]);
        out.empty("w:sz", &[("w:val", "24")]);
        out.empty("w:szCs", &[("w:val", "24")]);
        out.empty("w:lang", &[("w:val", &self.language)]);
        out.close();
        out.close();
        out.empty("w:pPrDefault", &[]);
        out.close();
        out.open("w:style", &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")]);
        out.empty("w:name", &[("w:val", "Normal")]);
        out.close();
        out.open("w:style", &[("w:type", "table"), ("w:default", "1"), ("w:styleId", "TableNormal")]);
        out.empty("w:name", &[("w:val", "Normal Table")]);
        out.open("w:tblPr", &[]);
        out.open("w:tblCellMar", &[]);
        for side in ["w:left", "w:right"] {
            out.empty(side, &[("w:w", "85"), ("w:type", "dxa")]);
        }
        out.finish()
    }
}

/// `size` is in half points, where it is not that of the document.
fn paragraph(it: &Paragraph, size: Option<&str>, out: &mut Document) {
    out.open("w:p", &[]);
    out.open("w:pPr", &[]);
    // The order of these is that of CT_PPr.
    if it.keeps_with_next {
        out.empty("w:keepNext", &[]);
    }
    if it.space > 0 {
        let space = (it.space * 20).to_string();
        out.empty("w:spacing", &[("w:before", &space), ("w:after", &space)]);
    }
    let align = match it.align {
        Align::Left => "left",
        Align::Centre => "center",
        Align::Right => "right",
        Align::Both => "both",
    };
    out.empty("w:jc", &[("w:val", align)]);
    out.close();
    for (n, line) in it.text.lines().enumerate() {
        out.open("w:r", &[]);
        if it.is_bold || it.is_italic || size.is_some() {
            out.open("w:rPr", &[]);
            if it.is_bold {
                out.empty("w:b", &[]);
            }
            if it.is_italic {
                out.empty("w:i", &[]);
            }
            if let Some(size) = size {
                out.empty("w:sz", &[("w:val", size)]);
                out.empty("w:szCs", &[("w:val", size)]);
            }
            out.close();
        }
        if n > 0 {
            out.empty("w:br", &[]);
        }
        out.text("w:t", &[("xml:space", "preserve")], line);
        out.close();
    }
    out.close();
}

fn table(it: &Table, out: &mut Document) {
    let all: u32 = it.widths.iter().sum::<u32>().max(1);
    let widths: Vec<u32> = it.widths.iter().map(|width| TEXT_WIDTH * width / all).collect();
    let width = TEXT_WIDTH.to_string();
    // Many columns want a smaller letter.
    let size = it.has_borders.then_some("22");
    out.open("w:tbl", &[]);
    out.open("w:tblPr", &[]);
    out.empty("w:tblW", &[("w:w", &width), ("w:type", "dxa")]);
    if it.has_borders {
        out.open("w:tblBorders", &[]);
        for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
            out.empty(side, &[("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "auto")]);
        }
        out.close();
    }
    out.empty("w:tblLayout", &[("w:type", "fixed")]);
    out.close();
    out.open("w:tblGrid", &[]);
    for width in &widths {
        out.empty("w:gridCol", &[("w:w", &width.to_string())]);
    }
    out.close();
    for row in &it.rows {
        out.open("w:tr", &[]);
        out.open("w:trPr", &[]);
        out.empty("w:cantSplit", &[]);
        if row.is_header {
            out.empty("w:tblHeader", &[]);
        }
        out.close();
        for (n, cell) in row.cells.iter().take(widths.len()).enumerate() {
            let is_last = n + 1 == row.cells.len().min(widths.len());
            let spanned = if is_last { &widths[n..] } else { &widths[n..=n] };
            out.open("w:tc", &[]);
            out.open("w:tcPr", &[]);
            out.empty("w:tcW", &[("w:w", &spanned.iter().sum::<u32>().to_string()), ("w:type", "dxa")]);
            if spanned.len() > 1 {
                out.empty("w:gridSpan", &[("w:val", &spanned.len().to_string())]);
            }
            out.close();
            for it in cell {
                let it = Paragraph { keeps_with_next: it.keeps_with_next || row.keeps_with_next, ..it.clone() };
                paragraph(&it, size, out);
            }
            // A cell without a paragraph is a damaged file.
            if cell.is_empty() {
                out.empty("w:p", &[]);
            }
            out.close();
        }
        out.close();
    }
    out.close();
}

fn footer() -> Vec<u8> {
    let mut out = Document::new("w:ftr", &[("xmlns:w", MAIN)], 512);
    out.open("w:p", &[]);
    out.open("w:pPr", &[]);
    out.empty("w:jc", &[("w:val", "center")]);
    out.close();
    out.open("w:fldSimple", &[("w:instr", " PAGE ")]);
    out.open("w:r", &[]);
    out.text("w:t", &[], "1");
    out.finish()
}

fn content_types() -> Vec<u8> {
    let mut out = Document::new("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))], 1024);
    let relations = "application/vnd.openxmlformats-package.relationships+xml";
    out.empty("Default", &[("Extension", "rels"), ("ContentType", relations)]);
    out.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
    let core = "application/vnd.openxmlformats-package.core-properties+xml".to_owned();
    for (part, content) in [
        ("/word/document.xml", format!("{WORD}.document.main+xml")),
        ("/word/styles.xml", format!("{WORD}.styles+xml")),
        ("/word/footer1.xml", format!("{WORD}.footer+xml")),
        ("/docProps/core.xml", core),
    ] {
        out.empty("Override", &[("PartName", part), ("ContentType", &content)]);
    }
    out.finish()
}

/// `rId1`, `rId2` … in the order given.
fn relations(to: &[(&str, &str)]) -> Vec<u8> {
    let mut out = Document::new("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], 512);
    for (n, (kind, target)) in to.iter().enumerate() {
        let kind = match *kind {
            "core" => format!("{PACKAGE}/relationships/metadata/core-properties"),
            kind => format!("{RELATIONSHIPS}/{kind}"),
        };
        out.empty("Relationship", &[("Id", &format!("rId{}", n + 1)), ("Type", &kind), ("Target", target)]);
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_document_gives_the_same_bytes_of_a_zip_archive() {
        let paragraph = Paragraph { text: "План <2024> & «ёлка»\u{8}".into(), ..Paragraph::default() };
        let docx = Docx { title: "План".into(), language: "ru-RU".into(), blocks: vec![Block::Paragraph(paragraph)] };
        let bytes = docx.bytes();
        assert_eq!(bytes, docx.bytes());
        assert!(bytes.starts_with(b"PK\x03\x04"));
        let text = String::from_utf8(docx.document()).unwrap();
        assert!(text.contains("<w:t xml:space=\"preserve\">План &lt;2024&gt; &amp; «ёлка»</w:t>"), "{text}");
    }
}
