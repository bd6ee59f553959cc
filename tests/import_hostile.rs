//! Files that are broken, locked, foreign, or made to do harm: a refusal that says what to do, in bounded time and memory.
//! `HOSTILE=5000 cargo test --test import_hostile` damages more files than the default.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;
mod papers;

use common::Random;
use metodika::import::limits;
use metodika::import::refusal::Refusal;
use metodika::value::language::Language;
use papers::{archive, docx, import, p, table, tbl, tula_docx, tula_html, tula_xlsx, windows_1251};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const SHEET: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

/// A workbook with this sheet.
fn workbook(sheet: &str) -> Vec<u8> {
    let book = format!(
        "<workbook {SHEET} xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"План\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
    );
    let relations = "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    archive(&[("xl/workbook.xml", &book), ("xl/_rels/workbook.xml.rels", relations), ("xl/worksheets/sheet1.xml", sheet)])
}

/// A member of so many megabytes between `head` and `tail`, made without holding it.
fn bomb(name: &str, head: &str, filler: &[u8], times: usize, tail: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
    zip.write_all(head.as_bytes()).unwrap();
    let chunk = filler.repeat((1 << 20) / filler.len());
    for _ in 0..times {
        zip.write_all(&chunk).unwrap();
    }
    zip.write_all(tail.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn every_refusal_says_what_to_do() {
    let all = [
        Refusal::Empty,
        Refusal::Encrypted,
        Refusal::OldWord,
        Refusal::OldExcel,
        Refusal::BinaryExcel,
        Refusal::OpenDocument,
        Refusal::Pdf,
        Refusal::Rtf,
        Refusal::Picture,
        Refusal::Archive,
        Refusal::Damaged,
        Refusal::TooLarge,
        Refusal::Dtd,
        Refusal::Unknown,
        Refusal::NoTable,
    ];
    for refusal in all {
        let ((what, hint), (what_en, hint_en)) = (refusal.words(Language::Ru), refusal.words(Language::En));
        assert!(
            what.contains(|c: char| ('а'..='я').contains(&c)) && hint.ends_with('.') && hint_en.ends_with('.') && what != what_en,
            "{what}"
        );
    }
}

#[test]
fn what_is_no_plan_is_named() {
    let compound = |stream: &str| {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.resize(512, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(2048, 0);
        bytes
    };
    let cases: [(&str, Vec<u8>, Refusal); 15] = [
        ("nothing", Vec::new(), Refusal::Empty),
        ("blanks", b" \r\n".to_vec(), Refusal::Empty),
        ("locked", compound("EncryptedPackage"), Refusal::Encrypted),
        ("doc", compound("WordDocument"), Refusal::OldWord),
        ("xls", compound("Workbook"), Refusal::OldExcel),
        ("msg", compound("__properties"), Refusal::Unknown),
        ("pdf", b"%PDF-1.7\n%\xe2\xe3".to_vec(), Refusal::Pdf),
        ("rtf", b"{\\rtf1 x}".to_vec(), Refusal::Rtf),
        ("scan", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), Refusal::Picture),
        ("xlsb", archive(&[("xl/workbook.bin", "x")]), Refusal::BinaryExcel),
        ("odt", archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")]), Refusal::OpenDocument),
        ("zip", archive(&[("plan.docx", "x")]), Refusal::Archive),
        ("exe", b"MZ\x90\0\x03\0\0\0\x04;;;;\n;;;;\n".to_vec(), Refusal::Unknown),
        ("cut", tula_docx()[..3000].to_vec(), Refusal::Damaged),
        ("only the beginning", b"PK\x03\x04".to_vec(), Refusal::Damaged),
    ];
    for (name, bytes, refusal) in cases {
        assert_eq!(import(&bytes).err(), Some(refusal), "{name}");
    }
}

#[test]
fn a_bomb_is_not_unpacked() {
    let (head, tail) = ("<w:document><w:body><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:body></w:document>");
    let text = bomb("word/document.xml", head, b"a", 120, tail);
    assert!(text.len() < 1 << 20);
    assert_eq!(import(&text).err(), Some(Refusal::TooLarge));
    // What its headers say of its size is not believed.
    let size = (120u32 << 20) + (head.len() + tail.len()) as u32;
    let (mut lying, mut lies) = (text, 0);
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size.to_le_bytes() {
            lying[at..at + 4].copy_from_slice(&10u32.to_le_bytes());
            lies += 1;
        }
    }
    assert_eq!(lies, 2);
    assert!(matches!(import(&lying).err(), Some(Refusal::TooLarge | Refusal::Damaged)));
    // Below the limit of a member, and still more cells and text than any plan.
    let cells =
        bomb("word/document.xml", "<w:document><w:body><w:tbl><w:tr>", b"<w:tc><w:p/></w:tc>", 20, "</w:tr></w:tbl></w:body></w:document>");
    assert_eq!(import(&cells).err(), Some(Refusal::TooLarge));
    let rows =
        bomb("word/document.xml", "<w:document><w:body><w:tbl>", b"<w:tr><w:tc><w:p/></w:tc></w:tr>", 30, "</w:tbl></w:body></w:document>");
    assert_eq!(import(&rows).err(), Some(Refusal::TooLarge));
}

#[test]
fn entities_are_neither_fetched_nor_multiplied() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>\
                  <w:document><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>";
    assert_eq!(import(&archive(&[("word/document.xml", laughs)])).err(), Some(Refusal::Dtd));
    let external = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w:document><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>";
    assert_eq!(import(&archive(&[("word/document.xml", external)])).err(), Some(Refusal::Dtd));
    assert_eq!(import(&workbook(&external.replace("w:document", "worksheet"))).err(), Some(Refusal::Dtd));
    // An entity that nobody declared stands as it is written.
    let rows = tbl(&table(&["№ | Мероприятие | Срок", "1 | Семинар ЗНАК | март"])).replace("ЗНАК", "&nobody;");
    let plan = import(&docx(&rows)).unwrap();
    assert_eq!(plan.draft.sections[0].items[0].title, "Семинар &nobody;");
}

#[test]
fn nesting_is_bounded() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    assert_eq!(import(&docx(&deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"))).err(), Some(Refusal::TooLarge));
    assert_eq!(import(&docx(&deep("<w:x>", "</w:x>"))).err(), Some(Refusal::TooLarge));
    assert_eq!(import(deep("<table><tr><td>", "").as_bytes()).err(), Some(Refusal::TooLarge));
    assert_eq!(import(format!("<p>{}", deep("<b><i><ul><li>", "")).as_bytes()).err(), Some(Refusal::NoTable));
}

#[test]
fn a_sheet_costs_what_is_in_it() {
    let cell = |address: &str, text: &str| format!("<c r=\"{address}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let sheet = |rows: &str, more: &str| {
        format!("<worksheet {SHEET}><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData>{more}</worksheet>")
    };
    let head = format!("<row r=\"1\">{}{}</row>", cell("A1", "Мероприятие"), cell("B1", "Срок"));
    // A million rows between two.
    let last = format!("<row r=\"1048576\">{}{}</row>", cell("A1048576", "Семинар"), cell("B1048576", "март 2024"));
    let plan = import(&workbook(&sheet(&format!("{head}{last}"), "<mergeCells><mergeCell ref=\"A1:A1048575\"/></mergeCells>"))).unwrap();
    assert_eq!(plan.draft.sections[0].items.len(), 1);
    // Merged cells that all overlap, and cells beyond what Excel has.
    let merges: String = (0..20_000).map(|_| "<mergeCell ref=\"A1:XFD1048576\"/>").collect();
    let many: String = (2..200).map(|n| format!("<row r=\"{n}\">{}</row>", cell(&format!("C{n}"), "x"))).collect();
    assert_eq!(
        import(&workbook(&sheet(&format!("{head}{many}"), &format!("<mergeCells>{merges}</mergeCells>")))).err(),
        Some(Refusal::TooLarge)
    );
    assert_eq!(import(&workbook(&sheet(&format!("{head}<row r=\"2\">{}</row>", cell("ZZZ2", "x")), ""))).err(), Some(Refusal::TooLarge));
    let wide: String = (0..100_000).map(|_| "<c t=\"inlineStr\"><is><t>x</t></is></c>").collect();
    assert_eq!(import(&workbook(&sheet(&format!("{head}<row r=\"2\">{wide}</row>"), ""))).err(), Some(Refusal::TooLarge));
    let endless = "<row r=\"18446744073709551615\"><c t=\"inlineStr\"><is><t>x</t></is></c></row><row><c><v>1</v></c></row>";
    assert!(import(&workbook(&sheet(&format!("{head}{last}{endless}"), ""))).is_ok());
    // A row wider than any plan, in text too.
    let line = format!("{};{}\n", "Мероприятие", "x;".repeat(300));
    assert_eq!(import(line.repeat(3).as_bytes()).err(), Some(Refusal::TooLarge));
}

#[test]
fn spans_are_bounded() {
    let page = |cell: &str| format!("<table><tr><th>Мероприятие<th>Срок<tr><td {cell}>Семинар<td>март</table>");
    for cell in ["colspan=99999999999999999999", "rowspan=99999999", "rowspan=-1", "colspan=0"] {
        let plan = import(page(cell).as_bytes());
        assert!(plan.is_ok(), "{cell}: {plan:?}");
    }
    assert_eq!(import(page("colspan=4000000000").as_bytes()).err(), Some(Refusal::TooLarge));
    // Each row repeats what reaches down into it.
    let text = "слово ".repeat(20_000);
    let tall = format!("<table><tr><th>Мероприятие<th>Срок<tr><td>a<td rowspan=99999>{text}{}</table>", "<tr><td>b".repeat(5000));
    assert_eq!(import(tall.as_bytes()).err(), Some(Refusal::TooLarge));
    assert_eq!(import(&vec![b'a'; limits::FILE as usize + 1]).err(), Some(Refusal::TooLarge));
}

#[test]
fn long_texts_take_no_square_of_time() {
    // In the square of their length each of these would take minutes.
    let plan = |title: &str, time: &str, people: &str| {
        docx(&tbl(&[
            vec!["№".into(), "Мероприятие".into(), "Срок".into(), "Ответственный".into()],
            vec!["1".into(), title.into(), time.into(), people.into()],
        ]))
    };
    let n = 40_000;
    let cells = ["1. ", "- а ", ": ", "а-\nб ", "«", "Иванов И.И. ", "; - ", "март 2024 ", "а\n", "слово\n", ": «а» "];
    for cell in cells {
        let long = cell.repeat(n / cell.len());
        for bytes in [plan(&long, "март", "x"), plan("a", &long, "x"), plan("a", "март", &long)] {
            assert!(import(&bytes).is_ok(), "{cell:?}");
        }
    }
    // Thousands of rows that all go on with the first.
    let rest =
        |row: &str, n: usize| docx(&tbl(&table(&[&["№ | Мероприятие | Срок", "1 | Семинар | март"][..], &vec![row; n][..]].concat())));
    for row in [" | | и так далее", " | продолжение строки | ", " | а- | ", "Раздел", "Группа: | | "]
    {
        assert!(import(&rest(row, 2000)).is_ok(), "{row}");
    }
    let lines: String = (0..10_000).map(|n| p(&format!("строка {n}"))).collect();
    assert!(import(&docx(&format!("{lines}{}", tbl(&table(&["№ | Мероприятие | Срок", "1 | Семинар | март"]))))).is_ok());
}

#[test]
fn damaged_files_do_no_harm() {
    let times: usize = std::env::var("HOSTILE").ok().and_then(|n| n.parse().ok()).unwrap_or(150);
    let mut random = Random(0xbad_f11e);
    // The members of an archive are damaged before they are packed, or nothing would get past the checksum.
    let whole = [tula_docx(), tula_xlsx(), windows_1251(&tula_html()), papers::tula_csv(';').into_bytes()];
    let body = format!("{}{}", p("План на 2024 год"), tbl(&papers::tula_rows()));
    let cells = |row: &Vec<String>, n: usize| {
        let cell = |(at, text): (usize, &String)| {
            let address = char::from(b'A' + at as u8);
            format!(
                "<c r=\"{address}{n}\" s=\"1\" t=\"inlineStr\"><is><t>{}</t></is></c><c s=\"2\"><v>4{n}.{at}</v></c>",
                papers::xml(text)
            )
        };
        format!("<row r=\"{n}\">{}</row>", row.iter().enumerate().map(cell).collect::<String>())
    };
    let rows: String = papers::tula_rows().iter().enumerate().map(|(n, row)| cells(row, n + 1)).collect();
    let sheet = format!(
        "<worksheet {SHEET}><sheetData>{rows}</sheetData><mergeCells><mergeCell ref=\"A2:G2\"/><mergeCell ref=\"F3:F5\"/></mergeCells></worksheet>"
    );
    for _ in 0..times {
        let mut bytes = random.of(&whole).clone();
        for _ in 0..1 + random.below(8) {
            let at = random.below(bytes.len());
            match random.below(4) {
                0 => bytes[at] = random.below(256) as u8,
                1 => bytes.truncate(at.max(4)),
                2 => drop(bytes.drain(at..(at + random.below(50)).min(bytes.len()))),
                _ => {
                    let piece = bytes[at..(at + random.below(200)).min(bytes.len())].to_vec();
                    let to = random.below(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
            if bytes.is_empty() {
                bytes.push(b'x');
            }
        }
        // Whatever comes out: no panic.
        let _ = import(&bytes);

        for (whole, pack) in [(&body, docx as fn(&str) -> Vec<u8>), (&sheet, workbook)] {
            let mut text: Vec<char> = whole.chars().collect();
            for _ in 0..1 + random.below(6) {
                let at = random.below(text.len());
                let end = (at + random.below(120)).min(text.len());
                match random.below(3) {
                    0 => drop(text.drain(at..end)),
                    1 => {
                        let piece = text[at..end].to_vec();
                        let to = random.below(text.len());
                        text.splice(to..to, piece);
                    }
                    _ => text[at] = *random.of(&['<', '>', '"', '&', '/', '\u{0}', '\u{ad}', '-', ':', '1', '9', '\u{301}', '«', ' ']),
                }
            }
            if let Ok(plan) = import(&pack(&text.iter().collect::<String>())) {
                let yaml = plan.draft.yaml();
                assert!(metodika::value::yaml::parse(&yaml, 0).is_ok(), "{yaml}");
            }
        }
    }
}
