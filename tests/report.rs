//! `metodika report` as it is used: on the demonstration site and on a small plan in which everything happens.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use quick_xml::Reader;
use quick_xml::events::Event;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// A site in a temporary folder; gone with this value.
struct Site(PathBuf);

struct Ran {
    status: i32,
    out: Vec<u8>,
    err: String,
}

impl Ran {
    #[track_caller]
    fn text(&self) -> String {
        String::from_utf8(self.out.clone()).expect("UTF-8")
    }
}

impl Site {
    fn empty() -> Site {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let root = std::env::temp_dir().join(format!("metodika-report-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect("a folder");
        Site(root)
    }

    fn demonstration() -> Site {
        let site = Site::empty();
        common::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &site.0.join("content"));
        site
    }

    /// A school year in which one thing of each kind happens.
    fn eventful() -> Site {
        let site = Site::empty();
        site.write("content/site.yaml", "title: Служба\nbase_url: https://example.org/\n");
        site.write("content/people.yaml", "- {id: ivanova, name: Иванова Анна Петровна}\n");
        site.write("content/plans/god.yaml", PLAN);
        site.write(
            "content/workshops/chtenie.md",
            "---\nназвание: Семинар | чтение\nдата: 18 марта 2025 г.\nформа: семинар\nстатус: состоялось\nучастников: 21\nпункт плана: god/1.1\nаудитория: [педагоги]\n---\n",
        );
        site.write(
            "content/workshops/forum.md",
            "---\nназвание: Форум\nдата: 10 декабря 2024 г.\nстатус: перенесено\nперенесено на: 24 июня 2025 г.\nпункт плана: god/1.2\n---\n",
        );
        site
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut program = Command::new(env!("CARGO_BIN_EXE_metodika"));
        program.current_dir(&self.0).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C");
        let output = program.args(arguments).output().expect("the program runs");
        let err = String::from_utf8(output.stderr).expect("UTF-8");
        Ran { status: output.status.code().expect("a status"), out: output.stdout, err }
    }

    /// The report of `plan` on `day`.
    #[track_caller]
    fn report(&self, plan: &str, day: &str, more: &[&str]) -> Ran {
        let ran = self.run(&[&["report", plan, "--today", day], more].concat());
        assert_eq!(ran.status, 0, "{}", ran.err);
        ran
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const PLAN: &str = r#"название: План службы
год: 2024/2025
утверждено: {должность: Директор, кто: ivanova, приказ: {номер: 02-а, дата: 12.01.2024}}
согласовано: {должность: Начальник, кто: Петров П.П., дата: 15.01.2024}
территория: Тула
разделы:
  - номер: 1
    название: Обучение
    пункты:
      - {номер: 1.1, мероприятие: Семинар о чтении, срок: 18 марта 2025 г., компетенции: [методическая]}
      - {номер: 1.2, мероприятие: "=Форум", срок: 10 декабря}
      - {номер: 1.3, мероприятие: Конкурс к 80-летию Победы, срок: Апрель 2025, статус: отменено}
      - {номер: 1.4, мероприятие: Отчёт за 2024-2025 учебный год, срок: 29 февраля 2024 г.}
  - номер: 2
    название: Помощь
    пункты:
      - {номер: 2.1, мероприятие: Консультации, срок: В течение года}
      - {номер: 2.2, мероприятие: Справка, срок: Октябрь 2024, продукт: Справка}
"#;

const DAY: &str = "2025-03-25";

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.replace('\u{a0}', " ").contains(part), "{part}\n{text}");
    }
}

#[test]
fn the_analysis_of_the_demonstration_plan() {
    let site = Site::demonstration();
    let text = site.report("tula-2024", "2024-10-15", &[]).text();
    has(
        &text,
        &[
            "# Анализ выполнения плана\n",
            "состояние на 15 октября 2024 г.",
            "И.о. директора МКУ «ЦНППМ г. Тулы», В.Е. Шагаева, приказ от 12.01.2024 № 02-а",
            "План содержит 26 строк в 5 разделах.",
            "| 2. Организационно-методическая и образовательная деятельность | 10 | – | – | – | 5 | – | – | 5 | 0 |",
            "| **Весь план** | **26** | **1** | **–** | **–** | **16** | **–** | **–** | **9** | **4** |",
            "Выполнено 1 из 26 строк — 4 %.",
            "[Утверждён план работы профессионального сообщества школьных библиотекарей на 2024 год](<https://metodika.example/blog/news/plan-utverzhdyon/>)",
            "2.3. [Заседания ПС по темам: Фестиваль библиотечных практик «Библиотека, родители и детское чтение. Стратегии взаимодействия»](<https://metodika.example/blog/plans/tula-2024/#2.3>) — Май 2024; [страница события](<",
            "1.2. [Обновление банка данных по: кадровому составу ПС на 2024-2025 учебный год; ресурсной базе школьных библиотек; начинающим библиотекарям](<",
            "| фестиваль | 1 | – | – |",
            "| школьные библиотекари | 26 | 1 | – |",
            "| Тула | 26 | 1 | – |",
            "| июнь 2024 | – | – |",
            "| коммуникативная | 15 | – |",
        ],
    );
    assert!(text.matches("> **✎ Допишите:** ").count() >= 6, "{text}");
}

#[test]
fn what_happened_in_a_year_is_told() {
    let site = Site::eventful();
    let text = site.report("god", DAY, &[]).text();
    has(
        &text,
        &[
            "План содержит 6 строк в 2 разделах. По срокам: определённый срок (день, месяц, квартал) – 5; весь период, повторение или работа по запросу – 1.",
            "Выполнено 1 из 6 строк — 17 %.",
            // Held, with its day, its link and those who came. What an editor wrote is no markup.
            "| 1.1 | [Семинар \\| чтение](<https://example.org/workshops/chtenie/>) | 18 марта 2025 г. | 21 | – |",
            "- 1.2. [=Форум](<https://example.org/plans/god/#1.2>) — перенесено: было 10 декабря 2024 г., стало 24 июня 2025 г.",
            "- 1.3. [Конкурс к 80-летию Победы](<https://example.org/plans/god/#1.3>) — отменено (срок: Апрель 2025)",
            "- 2.2. [Справка](<https://example.org/plans/god/#2.2>) — Октябрь 2024",
            "Всего 21 участник; посчитаны там, где число названо: 1 мероприятие.",
            "| семинар | 1 | 1 | 21 |",
            "| педагоги | 1 | 1 | 21 |",
            "| март 2025 | 1 | 1 |",
            "| методическая | 1 | 1 |",
            "Решить, переносить ли невыполненное: 1.2,",
            "Решить, нужны ли отменённые мероприятия: 1.3.",
        ],
    );
    let english = site.report("god", DAY, &["--lang", "en"]).text();
    has(
        &english,
        &[
            "# How the plan was fulfilled",
            "1 of 6 rows are done: 17 %.",
            "21 participants in all",
            "moved: from 10 December 2024 to 24 June 2025",
        ],
    );
}

#[test]
fn an_event_of_two_rows_is_counted_once() {
    let site = Site::eventful();
    let plan = "название: Квартал\nгод: 2025\nтерритория: Тула\nразделы:\n  - название: А\n    пункты:\n      - {номер: 1.1, мероприятие: Семинар, срок: Март 2025, компетенции: [цифровая], аудитория: [педагоги]}\n  - название: Б\n    пункты:\n      - {номер: 2.2, мероприятие: Выезд, срок: Март 2025, компетенции: [цифровая, методическая]}\n";
    site.write("content/plans/q.yaml", plan);
    let event =
        "---\nназвание: Выездной семинар\nдата: 4 марта 2025 г.\nформа: семинар\nучастников: 10\nпункт плана: [q/1.1, q/2.2]\n---\n";
    site.write("content/workshops/vyezd.md", event);
    let text = site.report("q", DAY, &[]).text();
    has(
        &text,
        &[
            "План содержит 2 строки в 2 разделах.",
            "| 1.1, 2.2 | [Выездной семинар](<https://example.org/workshops/vyezd/>) | 4 марта 2025 г. | 10 | – |",
            "Всего 10 участников; посчитаны там, где число названо: 1 мероприятие.",
            "| семинар | 1 | 1 | 10 |",
            "| педагоги | 1 | 1 | 10 |",
            "| Тула | 1 | 1 | 10 |",
            "| март 2025 | 2 | 1 |",
        ],
    );
    let json: serde_json::Value = serde_json::from_slice(&site.report("q", DAY, &["--format", "json"]).out).expect("JSON");
    for (competency, rows) in [(0, 2), (1, 1)] {
        let count = &json["competencies"][competency];
        assert_eq!((&count["planned"], &count["participants"]), (&rows.into(), &10.into()), "{count}");
    }
    // What was moved, and what was held in its stead, are one; what nobody planned is no plan.
    site.write(
        "content/workshops/stary.md",
        "---\nназвание: Прежний\nдата: 1 марта 2025 г.\nформа: семинар\nстатус: перенесено\nпункт плана: q/1.1\n---\n",
    );
    site.write("content/workshops/sverh.md", "---\nназвание: Сверх\nдата: 2 марта 2025 г.\nформа: семинар\nпункт плана: q\n---\n");
    let text = site.report("q", DAY, &[]).text();
    has(&text, &["| Форма | Всего | Состоялось | Участников |", "| семинар | 2 | 2 | 10 |"]);
    let json: serde_json::Value = serde_json::from_slice(&site.report("q", DAY, &["--format", "json"]).out).expect("JSON");
    assert_eq!((&json["forms"][0]["all"], &json["forms"][0]["planned"]), (&2.into(), &1.into()));
}

#[test]
fn rows_without_a_term_are_told_apart() {
    let site = Site::eventful();
    let plan = |items: &str| format!("название: План\nгод: 2025\nразделы:\n  - название: А\n    пункты:\n{items}");
    site.write(
        "content/plans/q.yaml",
        &plan("      - {номер: 1, мероприятие: Без срока}\n      - {номер: 2, мероприятие: Помощь, срок: в течение года}\n"),
    );
    let text = site.report("q", DAY, &[]).text();
    has(
        &text,
        &[
            "План содержит 2 строки в 1 разделе. По срокам: весь период, повторение или работа по запросу – 1; срок не назван – 1.",
            "- 1. [Без срока](<https://example.org/plans/q/#1>)\n",
            "| весь период, по запросу | 1 | – |\n| срок не назван | 1 | – |\n",
        ],
    );
    site.write("content/plans/q.yaml", &plan("      - {номер: 1, мероприятие: Одна, срок: Май 2025}\n"));
    has(
        &site.report("q", DAY, &[]).text(),
        &["План содержит 1 строку в 1 разделе. По срокам: определённый срок (день, месяц, квартал) – 1.\n"],
    );
}

#[test]
fn a_plan_is_found_by_name_file_and_address() {
    let site = Site::eventful();
    let named = site.report("god", DAY, &["--format", "csv"]).out;
    let whole = site.0.join("content/plans/god.yaml");
    let names = ["content/plans/god.yaml", "plans/god.yaml", "content\\plans\\god.yaml", "plans/god/", "https://example.org/plans/god/"];
    for name in names.into_iter().chain([whole.to_str().expect("UTF-8")]) {
        assert_eq!(site.report(name, DAY, &["--format", "csv"]).out, named, "{name}");
    }
    let ran = site.run(&["report", "goda"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("на сайте нет плана «goda»") && ran.err.contains("«god»"), "{}", ran.err);
    let ran = site.run(&["report", "2031", "--lang", "en"]);
    assert!(ran.err.contains("The site's plans: god."), "{}", ran.err);
}

#[test]
fn tables_for_a_spreadsheet() {
    let site = Site::eventful();
    let csv = |table: &[&str]| site.report("god", DAY, &[&["--format", "csv"], table].concat()).text();
    let head = "\u{feff}Раздел;Строк;Есть материалы;Состоялось;Назначено;Запланировано;Перенесено;Отменено;Просрочено;Выполнено, %\r\n";
    let sections = "1. Обучение;4;0;1;0;0;1;1;1;25\r\n2. Помощь;2;0;0;0;1;0;0;1;0\r\nВесь план;6;0;1;0;1;1;1;2;17\r\n";
    assert_eq!(csv(&[]), format!("{head}{sections}"));
    assert_eq!(csv(&["--table", "sections"]), csv(&[]));
    assert_eq!(csv(&["--table", "forms"]), "\u{feff}Форма;Всего;Состоялось;Участников\r\nсеминар;1;1;21\r\nне указано;4;0;0\r\n");
    assert_eq!(csv(&["--table", "territories"]), "\u{feff}Территория;Всего;Состоялось;Участников\r\nТула;5;1;21\r\n");
    let rows = csv(&["--table", "rows"]);
    // No formula, and no second of January.
    assert!(rows.contains("\r\nп. 1.2;1. Обучение;'=Форум;10 декабря;Перенесено;Форум;\r\n"), "{rows}");
    assert!(rows.contains("\r\nп. 1.1;1. Обучение;Семинар о чтении;18 марта 2025 г.;Состоялось;Семинар | чтение;21\r\n"), "{rows}");
}

#[test]
fn figures_for_other_programs() {
    let json: serde_json::Value = serde_json::from_slice(&Site::eventful().report("god", DAY, &["--format", "json"]).out).expect("JSON");
    assert_eq!((&json["version"], &json["plan"], &json["as_of"]), (&1.into(), &"god".into(), &DAY.into()));
    assert_eq!((&json["totals"]["rows"], &json["totals"]["held"], &json["totals"]["percent"]), (&6.into(), &1.into(), &17.into()));
    assert_eq!(json["sections"][1]["totals"]["overdue"], 1);
    assert_eq!(
        json["rows"][0],
        serde_json::json!({"id": "1.1", "title": "Семинар о чтении", "status": "held", "events": ["workshops/chtenie/"], "materials": []})
    );
    assert_eq!(json["participants"], 21);
}

#[test]
fn one_page_that_needs_nothing_else() {
    let site = Site::eventful();
    site.write(
        "content/workshops/chtenie.md",
        "---\nназвание: <script>alert(1)</script>\nдата: 18 марта 2025 г.\nпункт плана: god/1.1\n---\n",
    );
    let page = site.report("god", DAY, &["--format", "html"]).text();
    has(
        &page,
        &[
            "<!DOCTYPE html>\n<html lang=\"ru\">",
            "<title>Анализ выполнения плана. План службы</title>",
            "<a href=\"https://example.org/workshops/chtenie/\">&lt;script&gt;",
            "<tfoot>\n<tr><th scope=\"row\">Весь план</th><td class=\"n\">6</td>",
            "<p class=\"own\"><strong>✎ Допишите:</strong>",
        ],
    );
    for outside in ["<script", "<link", "<img", "src=", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert_eq!((page.matches("<table").count(), page.matches("</table>").count()), (7, 7));
}

/// The files of a Word document.
fn unzipped(bytes: &[u8]) -> Vec<(String, String)> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let read = |n: usize| {
        let mut file = package.by_index(n).expect("a file");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("UTF-8");
        (file.name().expect("a name").into_owned(), text)
    };
    (0..zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive").len()).map(read).collect()
}

/// A row of a table: the names of what stands in its properties and those of its cells, and the text of each cell.
type TableRow = (Vec<String>, Vec<String>);

/// The rows of each table.
fn tables(xml: &str) -> Vec<Vec<TableRow>> {
    let mut reader = Reader::from_str(xml);
    let (mut tables, mut open): (Vec<Vec<TableRow>>, Vec<String>) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().expect("XML");
        let (name, is_start) = match &event {
            Event::Start(tag) => (tag.name().as_ref().to_owned(), true),
            Event::Empty(tag) => (tag.name().as_ref().to_owned(), false),
            Event::End(_) => {
                open.pop();
                continue;
            }
            Event::Text(text) if open.last().is_some_and(|name| name == "w:t") && open.contains(&"w:tc".to_owned()) => {
                if let Some(cell) = tables.last_mut().and_then(|rows| rows.last_mut()).and_then(|(_, cells)| cells.last_mut()) {
                    cell.push_str(text);
                }
                continue;
            }
            Event::Eof => return tables,
            _ => continue,
        };
        let row = tables.last_mut().and_then(|rows| rows.last_mut());
        match (name.as_str(), row) {
            ("w:tbl", _) => tables.push(Vec::new()),
            ("w:tr", _) => tables.last_mut().expect("a table").push(Default::default()),
            ("w:tc", Some((_, cells))) => cells.push(String::new()),
            ("w:p", Some((_, cells))) if cells.last().is_some_and(|cell| !cell.is_empty()) && open.contains(&"w:tc".to_owned()) => {
                cells.last_mut().expect("a cell").push('\n');
            }
            (name, Some((properties, _))) if open.last().is_some_and(|parent| parent == "w:trPr" || parent == "w:tcPr") => {
                properties.push(name.to_owned());
            }
            _ => {}
        }
        if is_start {
            open.push(name);
        }
    }
}

#[test]
fn the_paper_of_the_demonstration_plan() {
    let site = Site::demonstration();
    let bytes = site.report("tula-2024", "2024-10-15", &["--format", "docx"]).out;
    assert_eq!(site.report("tula-2024", "2025-10-15", &["--format", "docx"]).out, bytes);
    let files = unzipped(&bytes);
    for (name, text) in &files {
        let mut reader = Reader::from_str(text);
        while !matches!(reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")), Event::Eof) {}
    }
    let file = |name: &str| &files.iter().find(|(it, _)| it == name).unwrap_or_else(|| panic!("{name}")).1;
    assert_eq!(files[0].0, "[Content_Types].xml");
    let document = file("word/document.xml");
    has(
        document,
        &["<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>", "<w:footerReference w:type=\"default\" r:id=\"rId2\"/>"],
    );
    assert!(file("word/footer1.xml").contains("<w:fldSimple w:instr=\" PAGE \">"));

    let tables = tables(document);
    let [head, table] = &tables[..] else { panic!("{} tables", tables.len()) };
    assert_eq!(
        head[0].1,
        ["", "Утверждаю\nИ.о. директора МКУ «ЦНППМ г. Тулы»\n_______________ В.Е. Шагаева\nПриказ от\u{a0}12.01.2024 №\u{a0}02-а"]
    );
    let headings =
        ["№ п/п", "Наименование мероприятий", "Развитие компетенций", "Срок проведения", "Место проведения", "Ответственный", "Продукт"];
    assert_eq!(table[0].1, headings);
    assert!(table[0].0.iter().any(|name| name == "w:tblHeader"), "{:?}", table[0]);
    assert!(table.iter().all(|(properties, _)| properties.iter().any(|name| name == "w:cantSplit")));
    let (rows, merged): (Vec<_>, Vec<_>) = table[1..].iter().partition(|(_, cells)| cells.len() == 7);
    let numbers: Vec<&str> = rows.iter().map(|(_, cells)| cells[0].as_str()).collect();
    assert_eq!(
        numbers,
        [
            "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "", "", "2.7", "2.8", "3.1", "3.2", "4.1", "4.2", "4.3", "5.1", "5.2",
            "5.3", "5.4", "5.5", "5.6", "5.7", "", "5.8"
        ]
    );
    assert!(merged.iter().all(|(properties, cells)| cells.len() == 1 && properties.iter().any(|name| name == "w:gridSpan")));
    assert_eq!(merged[0].1, ["1. Организационно-координационная деятельность"]);
    // The heading of a group stands once, before its first row.
    let at = |text: &str| table.iter().position(|(_, cells)| cells.iter().any(|cell| cell == text)).unwrap_or_else(|| panic!("{text}"));
    assert_eq!(at("Заседания ПС по темам:") + 1, at("2.3"));
    assert_eq!(merged.len(), 5 + 3);
    assert_eq!(
        rows[1].1[1],
        "Обновление банка данных по:\n– кадровому составу ПС на 2024-2025 учебный год\n– ресурсной базе школьных библиотек\n– начинающим библиотекарям"
    );
    assert_eq!(rows[23].1[3], "Октябрь 2024\nНоябрь 2024\nМарт 2024\nМай 2024\nФевраль 2024");
}

#[test]
fn the_paper_has_the_columns_that_the_plan_has_and_both_signatures() {
    let files = unzipped(&Site::eventful().report("god", DAY, &["--format", "docx"]).out);
    let document = &files.iter().find(|(name, _)| name == "word/document.xml").expect("the document").1;
    let tables = tables(document);
    assert_eq!(
        tables[0][0].1,
        [
            "Согласовано\nНачальник\n_______________ Петров П.П.\n15.01.2024",
            "Утверждаю\nДиректор\n_______________ Иванова Анна Петровна\nПриказ от\u{a0}12.01.2024 №\u{a0}02-а"
        ]
    );
    assert_eq!(tables[1][0].1, ["№ п/п", "Наименование мероприятий", "Развитие компетенций", "Срок проведения", "Продукт"]);
    // The title does not say the year.
    has(document, &[">2024/2025</w:t>"]);
}

#[test]
fn a_draft_has_a_paper_with_room_for_the_order() {
    let site = Site::eventful();
    let next = site.report("god", DAY, &["--next-year"]).text();
    site.write("content/plans/next.yaml", &format!("{next}\nчерновик: да\n"));
    let files = unzipped(&site.report("next", DAY, &["--format", "docx"]).out);
    let document = &files.iter().find(|(name, _)| name == "word/document.xml").expect("the document").1;
    has(document, &[">Приказ от ______________ № ________</w:t>", ">2025/2026</w:t>", ">Апрель 2026</w:t>"]);
    assert_eq!(site.run(&["report", "next", "--today", DAY]).status, 2);
}

#[test]
fn the_paper_is_the_text_that_holds_now() {
    let site = Site::demonstration();
    let files = unzipped(&site.report("primer-2023", "2024-10-15", &["--format", "docx"]).out);
    let document = &files.iter().find(|(name, _)| name == "word/document.xml").expect("the document").1;
    has(document, &[">(в редакции от 05.06.2023)</w:t>"]);
    let tables = tables(document);
    let rows: Vec<&[String]> = tables[1].iter().map(|(_, cells)| cells.as_slice()).collect();
    let row = |number: &str| *rows.iter().find(|cells| cells[0] == number).unwrap_or_else(|| panic!("{number}: {rows:?}"));
    assert_eq!(row("1.1")[3..5], ["Май 2023", "Читальный зал"]);
    assert_eq!(row("1.4")[1], "Круглый стол «Год педагога и наставника»");
    // A row that an order took out keeps its place: its number, and why there is nothing more.
    assert_eq!(row("2.2"), ["2.2", "Пункт исключён. Приказ от\u{a0}05.06.2023 №\u{a0}31-п"]);
    let analysis = site.report("primer-2023", "2024-10-15", &[]).text();
    has(&analysis, &["- 2.2. [Конкурс отчётов]", "— исключено из плана (срок: II квартал 2023)"]);
    // What came of a row, by its name and with its address.
    let memo = "памятка базовой библиотеки](<https://metodika.example/blog/documents/pamyatka-bazovoj-biblioteki/>) |";
    has(&analysis, &[memo]);
}

#[test]
fn what_nobody_planned_is_told_and_counted() {
    let site = Site::eventful();
    let beyond = "---\nназвание: Внезапная встреча\nдата: 5 февраля 2025 г.\nформа: круглый стол\nучастников: 9\nпункт плана: god\n---\n";
    site.write("content/workshops/vstrecha.md", beyond);
    let text = site.report("god", DAY, &[]).text();
    has(
        &text,
        &[
            "- [Внезапная встреча](<https://example.org/workshops/vstrecha/>) — 5 февраля 2025 г.",
            "| круглый стол | 1 | 1 | 9 |",
            "Всего 30 участников; посчитаны там, где число названо: 2 мероприятия.",
            // It adds nothing to the rows.
            "Выполнено 1 из 6 строк",
            "Внести в план то, что в этом году прошло сверх него.",
        ],
    );
}

#[test]
fn the_next_plan_of_the_demonstration_builds() {
    let site = Site::demonstration();
    let ran = site.report("tula-2024", "2024-10-15", &["--next-year"]);
    let text = ran.text();
    has(
        &text,
        &[
            "название: План работы профессионального сообщества школьных библиотекарей на 2025 год\nгод: 2025\n",
            "  кто: В.Е. Шагаева\n",
            "срок: Январь 2025\n",
            "срок: Октябрь – ноябрь 2025\n",
            "срок: В течение года\n",
            "      - кадровому составу ПС на 2025-2026 учебный год\n",
            "\nорганизация: МКУ «ЦНППМ г. Тулы»\n",
        ],
    );
    assert!(!text.contains("02-а") && !text.contains("принято"), "{text}");
    assert_eq!(text.matches("мероприятие: ").count(), 26);
    // Each question stands at the head, beside its row, and on standard error.
    let question = "4. строка 2.3: в этом году не выполнена в срок; решите, оставлять ли её и в какой срок\n";
    assert!(text.contains(&format!("\n# {question}")) && text.contains(&format!("\n      # {question}      - номер: \"2.3\"\n")), "{text}");
    assert!(ran.err.contains(question), "{}", ran.err);

    site.write("content/plans/tula-2025.yaml", &text);
    let built = site.run(&["check", "--today", "2024-10-15", "--format", "json"]);
    assert_eq!(built.status, 0, "{}", String::from_utf8_lossy(&built.out));
    // And it can be reported on in turn.
    assert!(site.report("tula-2025", "2025-01-10", &[]).text().contains("План содержит 26\u{a0}строк в 5\u{a0}разделах"));
}

#[test]
fn times_of_the_next_plan() {
    let ran = Site::eventful().report("god", DAY, &["--next-year"]);
    let text = ran.text();
    has(
        &text,
        &[
            "год: \"2025/2026\"\n",
            "срок: \"18 марта 2026 г.\"\n",
            "# 1. строка 1.1: число перенесено как есть: среда, 18 марта 2026 г.; в прошлом плане это вторник\n",
            "строка 1.2: перенесена; проверьте, не выполнена ли она уже",
            "строка 1.3: в этом году отменена; нужна ли она в следующем?",
            "строка 1.3: слова связаны с определённым годом: «Конкурс к 80-летию Победы»",
            "мероприятие: Отчёт за 2025-2026 учебный год\n",
            "строка 1.4: такого дня в следующем году нет: «29 февраля 2024 г.»; назначьте другой",
            "срок: Октябрь 2025\n",
        ],
    );
    let without_comments: String = text.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    assert!(!without_comments.contains("29 февраля") && !without_comments.contains("12.01"), "{text}");
    assert!(ran.err.contains("Решить до утверждения: "), "{}", ran.err);
}

#[test]
fn what_is_there_is_not_written_over() {
    let site = Site::eventful();
    let to_file = |more: &[&str]| site.run(&[&["report", "god", "--today", DAY, "--out", "analiz.md"], more].concat());
    let first = to_file(&[]);
    assert_eq!((first.status, first.out.len()), (0, 0), "{}", first.err);
    assert!(first.err.contains("Записано: analiz.md"), "{}", first.err);
    site.write("analiz.md", "Мои слова.\n");
    let second = to_file(&[]);
    assert_eq!(second.status, 2);
    assert!(second.err.contains("файл «analiz.md» уже есть") && second.err.contains("--force"), "{}", second.err);
    let kept = || fs::read_to_string(site.0.join("analiz.md")).expect("a file");
    assert_eq!(kept(), "Мои слова.\n");
    assert_eq!(to_file(&["--force"]).status, 0);
    assert!(kept().starts_with("# Анализ"));
}

#[test]
fn forms_belong_to_their_commands() {
    let site = Site::eventful();
    for wrong in [
        &["build", "--format", "docx"][..],
        &["check", "--format", "csv"],
        &["timeframe", "май 2024", "--format", "html"],
        &["report", "god", "--format", "github"],
        &["report", "god", "--table", "rows"],
        &["report", "god", "--next-year", "--format", "html"],
        &["report", "god", "--force"],
    ] {
        let ran = site.run(wrong);
        assert_eq!((ran.status, ran.out.len()), (2, 0), "{wrong:?}: {}", ran.err);
        assert!(ran.err.contains("--"), "{wrong:?}: {}", ran.err);
    }
    assert!(!site.0.join("public").exists());
    assert!(site.run(&["build", "--format", "docx"]).err.contains("Возможные значения: text, json, github."));
    assert!(site.run(&["report", "god", "--format", "github"]).err.contains("text, md, csv, html, docx, json"));
}

#[test]
fn the_last_year_of_the_calendar_ends() {
    let site = Site::eventful();
    site.write(
        "content/plans/last.yaml",
        "название: План\nгод: 2200\nразделы: [{название: Р, пункты: [{мероприятие: А, срок: Май 2200}]}]\n",
    );
    has(&site.report("last", DAY, &[]).text(), &["| май 2200 | 1 | – |\n", "| декабрь 2200 | – | – |\n| весь период"]);
    assert_eq!(site.run(&["report", "last", "--next-year", "--today", DAY]).status, 0);
}

#[test]
fn a_site_with_errors_has_a_report_that_says_so() {
    let site = Site::eventful();
    site.write("content/news/x.md", "---\ntitle: A\ndate: 2024-01-01\n---\n[x](nowhere.md)\n");
    let ran = site.run(&["report", "god", "--today", DAY]);
    assert_eq!(ran.status, 1);
    assert!(ran.text().starts_with("# Анализ") && ran.err.contains("В материалах 1 ошибка"), "{}", ran.err);
}
