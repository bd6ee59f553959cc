//! Papers for tests of the import: files of every format, made here from plain facts.
#![allow(dead_code)]

use metodika::draft::Draft;
use metodika::import::refusal::Refusal;
use metodika::import::{Import, Known, read};
use metodika::site::Registries;
use metodika::value::timeframe::Tables;
use rust_xlsxwriter::{Format, Workbook};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The table of the Tula plan as it is printed, row by row: with its headings on each page, and its cells as the pages cut them.
pub const TULA_TABLE: &str = include_str!("../fixtures/import/tula-2024-table.tsv");
/// The 26 rows that the plan has.
const TULA_PLAN: &str = include_str!("../fixtures/import/tula-2024-plan.tsv");
/// What stands above the table; goal and objectives are shortened.
pub const TULA_HEAD: [&str; 17] = [
    "Утверждаю",
    "И.о. директора",
    "МКУ «ЦНППМ г. Тулы»",
    "В.Е.Шагаева",
    "Приказ от 12.01.2024 № 02-а",
    "План работы",
    "профессионального сообщества",
    "школьных библиотекарей",
    "на 2024 год",
    "Куратор профессионального сообщества:",
    "Антимонова Вера Владимировна, главный специалист МКУ «ЦНППМ г.Тулы»",
    "Руководитель профессионального сообщества:",
    "Кузнецова Наталия Викторовна, заведующая ИБЦ МБОУ «ЦО № 22 – Лицей искусств»",
    "Цель: рост профессиональных компетенций.",
    "Задачи:",
    "•помощь школьным библиотекарям;",
    "•внедрение наставничества.",
];

/// Imports without a site.
pub fn import(bytes: &[u8]) -> Result<Import, Refusal> {
    import_as(bytes, None)
}

/// Imports with a year that was given.
pub fn import_as(bytes: &[u8], year: Option<&str>) -> Result<Import, Refusal> {
    read(bytes, &Known { name: "plan", year, tables: &Tables::default(), registries: &Registries::default() })
}

/// A row of a plan, to be compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub section: String,
    pub number: String,
    pub group: String,
    pub title: String,
    pub parts: String,
    pub timeframe: String,
    pub venue: String,
    pub responsible: String,
    pub competencies: String,
    pub output: String,
}

/// The rows of a draft.
pub fn lines(draft: &Draft) -> Vec<Line> {
    let of_section = draft.sections.iter().flat_map(|section| section.items.iter().map(move |item| (section, item)));
    of_section
        .map(|(section, item)| {
            let part = |(title, time): (&String, &String)| if time.is_empty() { title.clone() } else { format!("{title} @ {time}") };
            Line {
                section: section.number.clone(),
                number: item.number.clone(),
                group: item.group.clone(),
                title: item.title.clone(),
                parts: item.parts.iter().map(|p| part((&p.title, &p.timeframe))).collect::<Vec<_>>().join(" | "),
                timeframe: item.timeframe.clone(),
                venue: item.venue.clone(),
                responsible: item.responsible.join(" | "),
                competencies: item.competencies.join(" | "),
                output: item.output.join(" | "),
            }
        })
        .collect()
}

/// The rows that the Tula plan has.
pub fn tula_lines() -> Vec<Line> {
    let rows = TULA_PLAN.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    rows.map(|row| {
        let [section, number, group, title, parts, timeframe, venue, responsible, competencies, output] =
            row.try_into().expect("ten columns");
        Line { section, number, group, title, parts, timeframe, venue, responsible, competencies, output }
    })
    .collect()
}

/// The table of the Tula plan.
pub fn tula_rows() -> Vec<Vec<String>> {
    TULA_TABLE.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The table without what pages do to it: headings once, cells whole; for formats that have no pages.
pub fn tula_whole() -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (n, row) in tula_rows().into_iter().enumerate() {
        if n == 0 || row.first() != rows.first().and_then(|head: &Vec<String>| head.first()) {
            rows.push(row);
        }
    }
    rows
}

pub fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// An archive of these members.
pub fn archive(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).expect("a member");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// A document of Word with this body.
pub fn docx(body: &str) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document {W}><w:body>{body}</w:body></w:document>");
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/>\
         <w:lvlText w:val=\"o\"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
         <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>\
         <w:lvlText w:val=\"%1.%2.\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"
    );
    let styles = format!(
        "<w:styles {W}><w:style w:styleId=\"ListBullet\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
         <w:style w:styleId=\"Mine\"><w:basedOn w:val=\"ListBullet\"/></w:style></w:styles>"
    );
    let relations = "<Relationships><Relationship Id=\"a\" Type=\"x/styles\" Target=\"styles.xml\"/>\
                     <Relationship Id=\"b\" Type=\"x/numbering\" Target=\"numbering.xml\"/></Relationships>";
    archive(&[
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", relations),
        ("word/styles.xml", &styles),
        ("word/numbering.xml", &numbering),
    ])
}

/// A paragraph of Word; one that begins with a bullet is an item of a list.
pub fn p(text: &str) -> String {
    match text.strip_prefix('•') {
        Some(item) => format!("<w:p><w:pPr><w:pStyle w:val=\"Mine\"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>", xml(item)),
        None => format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", xml(text)),
    }
}

/// A cell of Word with these properties and lines.
pub fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", text.split('\n').map(p).collect::<String>())
}

/// A table of Word: a row of one cell covers all columns.
pub fn tbl(rows: &[Vec<String>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(1);
    let row = |row: &Vec<String>| match &row[..] {
        [one] if width > 1 => format!("<w:tr>{}</w:tr>", tc(&format!("<w:gridSpan w:val=\"{width}\"/>"), one)),
        cells => format!("<w:tr>{}</w:tr>", cells.iter().map(|cell| tc("", cell)).collect::<String>()),
    };
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

/// Rows of a table, `|` between the cells.
pub fn table(rows: &[&str]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.split('|').map(|cell| cell.trim().replace('/', "\n")).collect()).collect()
}

/// The Tula plan as a document of Word.
pub fn tula_docx() -> Vec<u8> {
    let head: String = TULA_HEAD.iter().map(|line| p(line)).collect();
    docx(&format!("{head}{}{}", p("Направления деятельности профессионального сообщества"), tbl(&tula_rows())))
}

/// The Tula plan as a workbook: head above the table, sections merged over all columns, another sheet beside it.
pub fn tula_xlsx() -> Vec<u8> {
    let mut book = Workbook::new();
    let notes = book.add_worksheet().set_name("Заметки").expect("a name");
    notes.write(0, 0, "Позвонить в типографию").expect("a cell");
    let sheet = book.add_worksheet().set_name("План").expect("a name");
    let mut at = 0;
    for line in TULA_HEAD {
        sheet.write(at, 0, line.replace('•', "- ")).expect("a cell");
        at += 1;
    }
    for row in tula_whole() {
        match &row[..] {
            [section] => drop(sheet.merge_range(at, 0, at, 6, section, &Format::new()).expect("merged")),
            cells => {
                for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                    sheet.write(at, column as u16, cell).expect("a cell");
                }
            }
        }
        at += 1;
    }
    book.save_to_buffer().expect("a workbook")
}

/// The Tula plan as text with this separator; cells are quoted where they must be.
pub fn tula_csv(separator: char) -> String {
    let cell = |text: &String| match text.contains([separator, '"', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.clone(),
    };
    let line = |row: &Vec<String>| {
        let mut cells: Vec<String> = row.iter().map(cell).collect();
        cells.resize(7, String::new());
        format!("{}\r\n", cells.join(&separator.to_string()))
    };
    let head = TULA_HEAD.iter().map(|text| line(&vec![text.replace('•', "- ")]));
    head.chain(tula_whole().iter().map(line)).collect()
}

/// The Tula plan as Word saves a page for the web.
pub fn tula_html() -> String {
    let line = |text: &str| {
        let text = xml(text).replace(' ', "\r\n");
        match text.strip_prefix('•') {
            Some(item) => format!(
                "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>{item}<o:p></o:p></p>"
            ),
            None => format!("<p class=MsoNormal><span lang=RU style='font-size:12.0pt'>{text}<o:p></o:p></span></p>"),
        }
    };
    let row = |row: &Vec<String>| match &row[..] {
        [one] => format!("<tr><td colspan=7>{}</td></tr>", line(one)),
        cells => {
            format!("<tr>{}</tr>", cells.iter().map(|cell| format!("<td width=99 valign=top>{}</td>", line(cell))).collect::<String>())
        }
    };
    format!(
        "<html xmlns:o=\"urn:x\"><head><meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\"><title>Лишнее</title>\
         <style><!-- p.MsoNormal {{mso-style-parent:\"\";}} --></style><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--></head>\
         <body lang=RU>{}<table class=MsoTableGrid border=1>{}</table></body></html>",
        TULA_HEAD.iter().map(|text| line(text)).collect::<String>(),
        tula_rows().iter().map(row).collect::<String>()
    )
}

/// `text` in the encoding of Russian Windows.
pub fn windows_1251(text: &str) -> Vec<u8> {
    let (bytes, _, lost) = encoding_rs::WINDOWS_1251.encode(text);
    assert!(!lost);
    bytes.into_owned()
}
