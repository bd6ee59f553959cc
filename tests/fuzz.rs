//! Random texts for what reads the editors' texts: no panic, nothing out of bounds, nothing harmful let through.
//!
//! `cargo test --test fuzz` tries the kept corpus (`tests/__fuzz__/`) and some hundred inputs made of it. With cargo-bolero installed,
//! `cargo bolero test --sanitizer NONE -T 10min front_matter` goes on under libFuzzer, which learns from what the program does with its inputs.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod audit;
mod common;
mod papers;

use bolero::check;
use common::Random;
use metodika::config::Config;
use metodika::diagnostic::{Diagnostic, Registry as Which};
use metodika::format::picture::Picture;
use metodika::kinds::Kind;
use metodika::parse::markdown::{self, Link, Style, Target, Words};
use metodika::parse::{self, Document, Keep};
use metodika::site::names::Registry;
use metodika::source::SourcePath;
use metodika::value::date::Date;
use metodika::value::language::Language;
use metodika::value::timeframe::{self, Context, NamedSpan, Observance, Period, Tables, TimeFrame};
use metodika::value::yaml;
use std::fs;
use std::io::{Cursor, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A text of these bytes: what is UTF-8 stands for itself, any other byte chooses one of `words`. So random bytes are texts that mean
/// something to the reader, and a text is its own input.
fn text(bytes: &[u8], words: &[&str]) -> String {
    let mut out = String::new();
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| out.push_str(words[usize::from(*byte) % words.len()]));
    }
    out
}

#[rustfmt::skip]
const YAML: [&str; 61] = [
    "\n", "\n  ", "\n    ", "\n- ", "\n  - ", ": ", "---\n", "\n---\n", "название: А", "title: ", "дата: 15 мая 2024\n", "date: ", "срок: ", "разделы:\n  - ", "items:\n  - ",
    "{", "}", "[", "]", ", ", "'", "\"", "|\n  ", ">-\n  ", "#", "&a ", "*a", "!!str ", "~", "\\u202e", "\t", "\r\n", "\u{301}", "\u{feff}", "й", "файлы: [", "обложка: {file: ",
    "alt: ", "пункт плана: ", "p/1.1", "изменения:\n  - ", "добавить: ", "год: 2024/2025\n", "sections:\n  - title: ", "number: '1.1'\n", "авторы: Арба Е. В., методист", "programme:\n  - ",
    "time: 10:00–12:00\n", "регистрация: {url: ", "https://x.y/z", "показатели:\n  - ", "total: ", "id: x\n", "aliases: ", "body: |\n  ", "статус: ", "-", "черновик: да\n", "9999-12-31", "roles: {", "school_terms: [{",
];

#[rustfmt::skip]
const TIMES: [&str; 64] = [
    " ", " – ", "-", ", ", "; ", " и ", ".", "/", " до ", " с ", " по ", " в течение ", "года", "месяца", "октябрь", "ноября", "мая", "февраль", "2024", "2024 г.", "2024/2025", "15", "1", "29", "31", "30 февраля",
    "I", "II квартал", "IV", "четверть", "полугодие", "учебный год", "еженедельно", "ежедневно", "ежемесячно", "раз в ", "2 раза в год", "по вторникам", "последняя среда каждого месяца", "каникулы", "осенние ",
    "День библиотек", "начало ", "конец ", "середина ", "декада", "неделя", "ориентировочно ", "по согласованию", "по запросу", "по отдельному графику", "в 10:00", "10.00–11.30", "часов", "(", ")", "18.03.15",
    "2024-05-15", "сентябрь – май", "до 15 мая", "весна", "постоянно", "\n", "й",
];

#[rustfmt::skip]
const MARKDOWN: [&str; 64] = [
    "\n", "\n\n", "# ", "## ", "> ", "- ", "1. ", "    ", "```", "`", "*", "**", "_", "~~", "[", "]", "(", ")", "![", "](", "](x)", "[^a]", "[^a]: ", "| a | b |\n|---|:-:|\n", "|", "\\", "<", ">", "&", "&lt;", "&#106;avascript:",
    "<b>", "</b>", "<div>", "</div>", "<script>", "</script>", "<a href=", "<img src=x onerror=", "<svg>", "<math>", "<style>", "<!--", "-->", "<![CDATA[", "]]>", "<template>", "<noscript>", "<table>", "<p id=", "style=",
    "javascript:", "data:", "http://a.b/", "//a.b", "mailto:a@b", "{#id}", "> [!NOTE]\n", ": ", "- [ ] ", "«", "\"", "'", "\u{1}",
];

#[rustfmt::skip]
const PAPERS: [&str; 61] = [
    "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>", "<w:vMerge/>", "<w:br/>", "<w:tab/>", "&amp;", "&#0;", "&x;",
    "<row r=\"2\">", "</row>", "<c r=\"B2\" t=\"inlineStr\"><is><t>", "</t></is></c>", "<c><v>", "</v></c>", "<c s=\"1\"><v>45000</v></c>", "<mergeCell ref=\"A1:B2\"/>", "<table>", "<tr>", "<td>", "<td colspan=2>", "<td rowspan=3>",
    "</table>", "<li>", "<ol>", "<br>", ";", "\t", ",", "\"", "\n", "\r\n", "№", "Мероприятие", "Срок", "Ответственный", "Место", "1.1", "2.", "Раздел", "март", "Октябрь – ноябрь", "Иванов И.И.", "МБОУ ЦО № 22", "План на 2024 год",
    "Утверждаю", "-//-", "и другие", "январь;февраль;март", "<!DOCTYPE", "<del>",
];

/// Tries so many inputs made of the corpus of `target`, the same in every run: two of them spliced, a piece left out or filled with random bytes.
fn mutated(target: &str, times: usize, check: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/__fuzz__").join(target).join("corpus");
    let mut files: Vec<_> = fs::read_dir(folder).expect("a corpus").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let corpus: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).expect("bytes")).collect();
    assert!(corpus.len() > 50, "{} files", corpus.len());
    let mut random = Random(0x5eed_f00d);
    for _ in 0..times {
        let mut bytes = random.of(&corpus).clone();
        for _ in 0..1 + random.below(4) {
            let from = random.below(bytes.len() + 1);
            let to = (from + random.below(24)).min(bytes.len());
            let piece: Vec<u8> = match random.below(3) {
                0 => Vec::new(),
                1 => (0..random.below(8)).map(|_| random.below(256) as u8).collect(),
                _ => {
                    let other = random.of(&corpus);
                    let at = random.below(other.len() + 1);
                    other[at..(at + random.below(60)).min(other.len())].to_vec()
                }
            };
            bytes.splice(from..to, piece);
        }
        let outcome = catch_unwind(AssertUnwindSafe(|| check(&bytes)));
        assert!(outcome.is_ok(), "{target}: {:?}", String::from_utf8_lossy(&bytes));
    }
}

/// Whether a place is one of the text to the byte. In a title, and in a body that is a value of YAML, it is as near as may be: escapes and folds are undone there.
#[derive(Clone, Copy, PartialEq)]
enum Places {
    Exact,
    Near,
}

/// Whether what is said of `text` can be said: in words of both languages, at places that are there.
fn can_be_told(diagnostics: &[Diagnostic], text: &str, places: Places) {
    for diagnostic in diagnostics {
        for language in [Language::Ru, Language::En] {
            assert!(!diagnostic.message(language).is_empty(), "{diagnostic:?}");
            let _ = diagnostic.hint(language);
        }
        if let Some(span) = &diagnostic.span {
            let exact = text.get(span.start..span.end).is_some();
            assert!(exact || places == Places::Near && span.start <= text.len(), "{diagnostic:?}");
        }
    }
}

#[test]
fn front_matter() {
    let try_one = |bytes: &[u8]| {
        let text = text(bytes, &YAML);
        if let Some(node) = yaml::plain::read(&text, 0) {
            assert_eq!(yaml::parse_any(&text, 0), Ok(node));
        }
        for kind in Kind::ALL {
            for ending in ["md", "yaml"] {
                let path: SourcePath = format!("content/{}/x.{ending}", kind.folder()).into();
                let document: Document = parse::document(&path, (&text, 0), Keep::Text, kind, None);
                can_be_told(&document.diagnostics, &text, Places::Exact);
                can_be_told(&parse::proofread(&document, Language::Ru), &text, Places::Near);
            }
        }
        let path: SourcePath = "content/site.yaml".into();
        can_be_told(&Config::parse(&path, &text).1, &text, Places::Exact);
        can_be_told(&Registry::parse(Which::People, &path, &text).1, &text, Places::Exact);
    };
    check!().with_iterations(1).for_each(&try_one);
    mutated("front_matter", 150, try_one);
}

#[test]
fn time_frames() {
    let day = |text: &str| Date::parse_iso(text).expect("a day");
    let span = |name: &str, start: &str, end: &str| NamedSpan { name: name.into(), start: day(start), end: day(end) };
    let full = Tables {
        terms: vec![span("I четверть", "2024-09-02", "2024-10-27"), span("II четверть", "2024-11-05", "2024-12-29")],
        holidays: vec![span("осенние каникулы", "2024-10-28", "2024-11-04")],
        observances: vec![Observance { names: vec!["день библиотек".into()], month: 5, day: 27, year: None }],
        ..Tables::default()
    };
    let tables = [Tables::default(), full];
    let periods = [
        None,
        Some(Period::Calendar(2024)),
        Some(Period::School(2024)),
        Some(Period::Calendar(9999)),
        Period::parse("20.04.2022 – 24.02.2023"),
    ];
    fn holds(frame: &TimeFrame) {
        assert!(frame.start.zip(frame.end).is_none_or(|(start, end)| start <= end), "{frame:?}");
        assert!(frame.kind != timeframe::Kind::Error || frame.warning.is_some(), "{frame:?}");
        frame.items.iter().for_each(holds);
    }
    let try_one = move |bytes: &[u8]| {
        let text = text(bytes, &TIMES);
        for (period, tables) in periods.iter().flat_map(|period| tables.iter().map(move |tables| (period, tables))) {
            let frame = timeframe::read(&text, &Context { period: period.as_ref(), tables });
            assert_eq!(frame.printed, text.trim());
            holds(&frame);
            let json = serde_json::to_value(&frame).expect("JSON");
            assert!(json["kind"].is_string() && json["printed"] == text.trim(), "{json}");
            assert!(frame.days(50).is_sorted(), "{frame:?}");
            let _ = (frame.datetime(), frame.edtf());
            for language in [Language::Ru, Language::En] {
                let _ = timeframe::explain(&frame, language);
                let _ = frame.warning.iter().map(|warning| timeframe::wording(warning, language)).collect::<Vec<_>>();
            }
        }
    };
    check!().with_iterations(1).for_each(&try_one);
    mutated("time_frames", 1500, try_one);
}

#[test]
fn markdown_text() {
    let words =
        Words { footnotes: "Примечания".into(), back: "назад".into(), table: "Таблица".into(), ..Words::default() };
    let try_one = move |bytes: &[u8]| {
        let text = text(bytes, &MARKDOWN);
        let outline = markdown::scan(&text, None);
        for (typography, language) in [(true, Language::Ru), (false, Language::En)] {
            let style = Style { language, typography, words: &words };
            let mut links = 0;
            // The worst that may be there: addresses that nobody has looked at are not written.
            let mut resolve = |n: usize, link: &Link| {
                assert_eq!(&outline.links[n], link);
                links += 1;
                if link.image {
                    Target::Picture(Picture { url: "p.png".into(), size: Some((1, 1)), widths: vec![(1, "p.png".into())] })
                } else {
                    Target::Address(format!("./{}", n))
                }
            };
            let html = markdown::html(&text, &outline, &style, &mut resolve);
            assert!(links <= outline.links.len());
            let harm = audit::harm(&audit::elements(&format!("<!doctype html><title>x</title><main>{html}</main>")));
            assert!(harm.is_empty(), "{harm:?}\n{html}");
            assert!(!html.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r')), "{html:?}");
        }
        for (piece, range, _) in markdown::texts(&text) {
            assert!(text.get(range.clone()).is_some(), "{piece} {range:?}");
        }
    };
    check!().with_iterations(1).for_each(&try_one);
    mutated("markdown_text", 500, try_one);
}

/// An archive of members that are not packed: nothing of a random input is spent on it.
fn archive(members: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).expect("a member");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

#[test]
fn papers_to_import() {
    let relations = "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let book = "<workbook xmlns:r=\"x\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>";
    let try_one = move |bytes: &[u8]| {
        let text = text(bytes, &PAPERS);
        let word = archive(&[("word/document.xml", format!("<w:document xmlns:w=\"x\"><w:body>{text}</w:body></w:document>"))]);
        let sheet = archive(&[
            ("xl/workbook.xml", book.to_owned()),
            ("xl/_rels/workbook.xml.rels", relations.to_owned()),
            ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{text}</sheetData></worksheet>")),
        ]);
        for file in [bytes, text.as_bytes(), &word, &sheet] {
            let Ok(plan) = papers::import(file) else { continue };
            // What is written is read again, and every doubt can be told.
            let yaml = plan.draft.yaml();
            assert!(yaml::parse(&yaml, 0).is_ok(), "{yaml}");
            for doubt in &plan.doubts {
                for language in [Language::Ru, Language::En] {
                    assert!(!doubt.message(language).is_empty(), "{doubt:?}");
                    let _ = doubt.place(language);
                }
            }
        }
    };
    check!().with_iterations(1).for_each(&try_one);
    mutated("papers_to_import", 300, try_one);
}
