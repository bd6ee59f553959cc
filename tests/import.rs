//! Plans from paper: what a person would read in the table is what comes out.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;
mod papers;

use common::Random;
use metodika::draft::{Draft, DraftItem, DraftPart, DraftSection};
use metodika::import::doubt::{Doubt, Matter};
use metodika::import::refusal::Refusal;
use metodika::value::language::Language;
use metodika::value::yaml::{self, Node, Value};
use papers::{Line, archive, docx, import, import_as, lines, p, table, tbl, tc, tula_lines, windows_1251};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The words of a doubt with the code `code`.
fn told(doubts: &[Doubt], code: &str) -> Vec<String> {
    doubts
        .iter()
        .filter(|doubt| doubt.code() == code)
        .map(|doubt| format!("{}: {}", doubt.place(Language::Ru), doubt.message(Language::Ru)))
        .collect()
}

#[track_caller]
fn is_tula(bytes: &[u8]) -> metodika::import::Import {
    let import = import(bytes).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let (found, wanted) = (lines(&import.draft), tula_lines());
    for (found, wanted) in found.iter().zip(&wanted) {
        assert_eq!(found, wanted);
    }
    assert_eq!(found.len(), wanted.len());
    let draft = &import.draft;
    let titles: Vec<(&str, usize)> = draft.sections.iter().map(|section| (section.number.as_str(), section.items.len())).collect();
    assert_eq!(titles, [("1", 2), ("2", 10), ("3", 2), ("4", 3), ("5", 9)]);
    assert_eq!(draft.sections[1].title, "Организационно-методическая и образовательная деятельность");
    assert_eq!(draft.title, "План работы профессионального сообщества школьных библиотекарей на 2024 год");
    assert_eq!(draft.year, "2024");
    let approval = draft.approval.as_ref().expect("an approval");
    assert_eq!((approval.post.as_str(), approval.person.as_str()), ("И.о. директора МКУ «ЦНППМ г. Тулы»", "В.Е. Шагаева"));
    assert_eq!((approval.order_number.as_str(), approval.order_date.as_str()), ("02-а", "12.01.2024"));
    assert!(draft.curator.starts_with("Антимонова Вера Владимировна, ") && draft.head.starts_with("Кузнецова "), "{draft:?}");
    assert_eq!(draft.goal, "рост профессиональных компетенций.");
    assert_eq!(draft.objectives, ["помощь школьным библиотекарям;", "внедрение наставничества."]);
    import
}

#[test]
fn the_tula_plan_comes_out_of_word_as_it_was_signed() {
    let import = is_tula(&papers::tula_docx());
    let doubts = &import.doubts;
    assert_eq!(
        told(doubts, "headings-repeated"),
        ["таблица 1: заголовки граф повторены на новой странице и пропущены: строки 8, 16, 26, 37"]
    );
    assert_eq!(
        told(doubts, "word-joined"),
        ["таблица 1, строка 27, графа «Ответственный»: перенос «профессиональ-» + «ного» склеен в слово «профессионального»"]
    );
    assert_eq!(told(doubts, "repeated-at-break").len(), 2);
    assert_eq!(told(doubts, "row-joined").len(), 4);
    assert_eq!(told(doubts, "no-number").len(), 3);
    assert_eq!(told(doubts, "person-twice").len(), 1);
    assert_eq!(told(doubts, "group").len(), 3);
    assert_eq!(told(doubts, "parts-paired").len(), 1);
    assert_eq!(
        told(doubts, "unplaced"),
        ["абзац 18: этому тексту в плане места не нашлось: «Направления деятельности профессионального сообщества»"]
    );

    let names = |proposals: &[metodika::import::institutions::Proposal]| proposals.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
    let proposals = &import.proposals;
    assert_eq!(names(&proposals.people), ["Антимонова Вера Владимировна", "Кузнецова Наталия Викторовна", "Шагаева В.Е."]);
    let centre = proposals.organisations.iter().find(|entry| entry.name == "МКУ «ЦНППМ г. Тулы»").expect("the centre");
    assert_eq!(centre.aliases, ["МКУ «ЦНППМ г.Тулы»", "МКУ «ЦНППМ г Тулы»"]);
}

#[test]
fn the_same_plan_comes_out_of_every_format() {
    is_tula(&papers::tula_xlsx());
    is_tula(papers::tula_csv(';').as_bytes());
    is_tula(format!("\u{feff}{}", papers::tula_csv(';')).as_bytes());
    is_tula(&windows_1251(&papers::tula_csv('\t')));
    is_tula(&windows_1251(&papers::tula_csv(',')));
    is_tula(&windows_1251(&papers::tula_html()));
}

#[test]
fn a_site_takes_the_plan_as_it_is() {
    let root = std::env::temp_dir().join(format!("metodika-import-{}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("content/plans")).unwrap();
    fs::write(root.join("content/site.yaml"), "title: Служба\n").unwrap();
    let import = import(&papers::tula_docx()).unwrap();
    fs::write(root.join("content/plans/tula.yaml"), import.draft.yaml()).unwrap();
    let build =
        Command::new(env!("CARGO_BIN_EXE_metodika")).args(["build", "--today", "2024-01-15", "--root"]).arg(&root).output().unwrap();
    assert_eq!(build.status.code(), Some(0), "{}", String::from_utf8_lossy(&build.stderr));
    let page = fs::read_to_string(root.join("public/plans/tula/index.html")).unwrap();
    let print = fs::read_to_string(root.join("public/plans/tula/print/index.html")).unwrap();
    let _ = fs::remove_dir_all(&root);

    let ids: Vec<&str> =
        page.match_indices("<tr role=\"row\" id=\"").map(|(at, tag)| page[at + tag.len()..].split('"').next().unwrap()).collect();
    assert_eq!(
        ids,
        [
            "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.6a", "2.6b", "2.7", "2.8", "3.1", "3.2", "4.1", "4.2", "4.3", "5.1",
            "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.7a", "5.8"
        ]
    );
    stands_as_on_paper(&page);
    stands_as_on_paper(&print);
}

/// Every row of the Tula plan stands on the page, in the order and wording of the paper.
#[track_caller]
fn stands_as_on_paper(page: &str) {
    // Typesetting changes blanks, dashes and quotes, never letters.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut shown = String::new();
    let mut in_tag = false;
    for c in page.chars() {
        in_tag = (in_tag || c == '<') && c != '>';
        shown.extend((!in_tag && c.is_alphanumeric()).then_some(c));
    }
    let mut at = shown.find(&letters("Организационно-координационная деятельность")).expect("the first section");
    for line in tula_lines() {
        let found = shown[at..].find(&letters(&line.title)).unwrap_or_else(|| panic!("{} is not in its place", line.title));
        at += found;
    }
}

#[track_caller]
fn rows_of(bytes: &[u8]) -> (Vec<Line>, Vec<Doubt>) {
    let import = import_as(bytes, Some("2024")).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    (lines(&import.draft), import.doubts)
}

fn line(number: &str, title: &str, timeframe: &str, responsible: &str) -> Line {
    Line { number: number.into(), title: title.into(), timeframe: timeframe.into(), responsible: responsible.into(), ..Line::default() }
}

#[test]
fn columns_stand_in_any_order() {
    let rows = table(&[
        "Исполни-/тель | Сроки испол- нения | Содержание работы | №",
        "Иванов И.И. | март | Семинар | 1.",
        "методисты | май | Конкурс | 2.",
    ]);
    let (rows, _) = rows_of(&docx(&tbl(&rows)));
    assert_eq!(rows, [line("1", "Семинар", "март", "Иванов И.И."), line("2", "Конкурс", "май", "методисты")]);
}

#[test]
fn a_table_without_numbers_is_read() {
    let rows = table(&["Мероприятие | Дата | Ответственные", "Семинар | 15 марта | Иванов И.И.", "Конкурс | до 15 мая | Петрова А.Б."]);
    let (rows, doubts) = rows_of(&docx(&tbl(&rows)));
    assert_eq!(rows, [line("", "Семинар", "15 марта", "Иванов И.И."), line("", "Конкурс", "до 15 мая", "Петрова А.Б.")]);
    assert!(told(&doubts, "no-number").is_empty());
    let rows = table(&["Мероприятие | Дата", "1. Семинар | 15 марта", "2. Конкурс | до 15 мая"]);
    let (rows, _) = rows_of(&docx(&tbl(&rows)));
    assert_eq!(rows.iter().map(|row| (row.number.as_str(), row.title.as_str())).collect::<Vec<_>>(), [("1", "Семинар"), ("2", "Конкурс")]);
}

#[test]
fn a_column_of_sections_makes_sections() {
    let cell = |properties: &str, text: &str| tc(properties, text);
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let (restart, goes_on) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let body = format!(
        "<w:tbl>{}{}{}{}</w:tbl>",
        row(&[cell("", "Раздел"), cell("", "Мероприятие"), cell("", "Срок"), cell("", "Ответственный")]),
        row(&[cell(restart, "Методическая работа"), cell("", "Семинар"), cell("", "март"), cell(restart, "Иванов И.И.\nПетрова А.Б.")]),
        row(&[cell(goes_on, ""), cell("", "Конкурс"), cell("", "май"), cell(goes_on, "")]),
        row(&[cell("", "Информационная работа"), cell("", "Газета"), cell("", "июнь"), cell("", "методисты")]),
    );
    let import = import_as(&docx(&body), Some("2024")).unwrap();
    let titles: Vec<&str> = import.draft.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["Методическая работа", "Информационная работа"]);
    let people: Vec<String> = lines(&import.draft).into_iter().map(|line| line.responsible).collect();
    assert_eq!(people, ["Иванов И.И. | Петрова А.Б.", "Иванов И.И. | Петрова А.Б.", "методисты"]);
}

/// Title, term and parts of each row of a school year's plan.
#[track_caller]
fn terms_of(bytes: &[u8]) -> (Vec<[String; 3]>, Vec<Doubt>) {
    let import = import_as(bytes, Some("2024/2025")).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let rows = lines(&import.draft).into_iter().map(|line| [line.title, line.timeframe, line.parts]);
    (rows.collect(), import.doubts)
}

#[test]
fn columns_that_are_months_are_terms() {
    let body = tbl(&table(&[
        "№ п/п | Мероприятие | Сентябрь | Октябрь | Ноябрь | Декабрь | Январь | Ответственный",
        "1 | Консультации для/педагогов | + | – | х | | ✓ | Иванов И.И.",
        "2 | Школа молодого библиотекаря | | 12 | 15–17 | | | Петрова А.Б.",
        "3 | Методическая неделя | | | Семинар/для новичков | * | Конкурс чтецов | методисты",
        "4 | Отчёт | | | | до 20 декабря | | методисты",
    ]));
    let (rows, doubts) = terms_of(&docx(&body));
    assert_eq!(
        rows,
        [
            ["Консультации для педагогов", "Сентябрь, ноябрь 2024, январь 2025", ""],
            ["Школа молодого библиотекаря", "12 октября, 15–17 ноября 2024", ""],
            ["Методическая неделя", "Декабрь 2024", "Семинар для новичков @ Ноябрь 2024 | Конкурс чтецов @ Январь 2025"],
            ["Отчёт", "до 20 декабря", ""],
        ]
    );
    assert_eq!(
        told(&doubts, "months"),
        ["таблица 1, строка 1: графы приняты за сроки: «Сентябрь» → Сентябрь 2024; «Октябрь» → Октябрь 2024; «Ноябрь» → Ноябрь 2024; \
          «Декабрь» → Декабрь 2024; «Январь» → Январь 2025. Знак в графе («+», «х») — срок строки, число — день, текст — подпункт с этим \
          сроком"]
    );
    assert_eq!(doubts.iter().map(Doubt::code).collect::<Vec<_>>(), ["no-plan-title", "columns", "months"], "{doubts:?}");
}

#[test]
fn months_stand_below_a_heading_of_their_own() {
    let cell = |properties: &str, text: &str| tc(properties, text);
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let (restart, goes_on) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let head = [
        row(&[
            cell(restart, "№"),
            cell(restart, "Содержание работы"),
            cell("<w:gridSpan w:val=\"3\"/>", "Срок проведения"),
            cell(restart, "Исполнители"),
        ]),
        row(&[cell(goes_on, ""), cell(goes_on, ""), cell("", "IX"), cell("", "XII"), cell("", "I"), cell(goes_on, "")]),
    ]
    .concat();
    let wide = format!(
        "<w:tr>{}</w:tr>",
        [cell("", "2"), cell("", "Консультации"), cell("<w:gridSpan w:val=\"3\"/>", "в течение года"), cell("", "методисты")].concat()
    );
    let two = [cell("", "3"), cell("", "Акция"), cell("", ""), cell("<w:gridSpan w:val=\"2\"/>", "+"), cell("", "методисты")];
    let body = format!(
        "<w:tbl>{head}{}{wide}{head}{}</w:tbl>",
        row(&["1", "Семинар", "+", "", "X", "методисты"].map(|text| cell("", text))),
        row(&two),
    );
    let (rows, doubts) = terms_of(&docx(&body));
    assert_eq!(
        rows,
        [
            ["Семинар", "Сентябрь 2024, январь 2025", ""],
            ["Консультации", "в течение года", ""],
            ["Акция", "Декабрь 2024 – январь 2025", ""],
        ]
    );
    assert_eq!(told(&doubts, "headings-repeated").len(), 1, "{doubts:?}");
    assert!(doubts.iter().all(|doubt| matches!(doubt.code(), "no-plan-title" | "columns" | "months" | "headings-repeated")), "{doubts:?}");

    // The same without merged cells.
    let text = "№;Мероприятие;Месяцы;;;Ответственный\n;;9;10;2;\n1;Семинар;+;;*;методисты\n2;Отчёт;;;28;методисты\n";
    let (rows, _) = terms_of(text.as_bytes());
    assert_eq!(rows, [["Семинар", "Сентябрь 2024, февраль 2025", ""], ["Отчёт", "28 февраля 2025", ""]]);
}

#[test]
fn cells_merged_as_word_once_did_are_one() {
    let (restart, goes_on) = ("<w:hMerge w:val=\"restart\"/>", "<w:hMerge/>");
    let row = |cells: &[(&str, &str)]| format!("<w:tr>{}</w:tr>", cells.iter().map(|(merge, text)| tc(merge, text)).collect::<String>());
    let body = [
        row(&[("", "№"), ("", "Мероприятие"), ("", "Срок"), ("", "Ответственный")]),
        row(&[(restart, "1. Методическая работа"), (goes_on, ""), (goes_on, ""), (goes_on, "")]),
        row(&[("", "1"), (restart, "Семинар"), (goes_on, ""), ("", "Иванов И.И.")]),
        row(&[(goes_on, "2"), ("", "Конкурс"), ("", "май"), ("", "методисты")]),
    ];
    let import = import_as(&docx(&format!("<w:tbl>{}</w:tbl>", body.concat())), Some("2024")).unwrap();
    assert_eq!(import.draft.sections[0].title, "Методическая работа");
    let rows = lines(&import.draft).into_iter().map(|row| line(&row.number, &row.title, &row.timeframe, &row.responsible));
    assert_eq!(rows.collect::<Vec<_>>(), [line("1", "Семинар", "", "Иванов И.И."), line("2", "Конкурс", "май", "методисты")]);
    assert!(told(&import.doubts, "section").is_empty(), "{:?}", import.doubts);
}

#[test]
fn columns_that_are_quarters_are_terms() {
    let rows =
        table(&["Мероприятие | I квартал | II квартал | III квартал | IV квартал", "Семинар | + | | | +", "Отчёт | | Сбор сведений | |"]);
    let import = import_as(&docx(&tbl(&rows)), Some("2024")).unwrap();
    let rows: Vec<[String; 3]> = lines(&import.draft).into_iter().map(|line| [line.title, line.timeframe, line.parts]).collect();
    assert_eq!(rows, [["Семинар", "I квартал, IV квартал", ""], ["Отчёт", "", "Сбор сведений @ II квартал"]]);
}

#[test]
fn a_term_beside_columns_of_months_wins() {
    let rows = table(&["Мероприятие | Срок | Сентябрь | Октябрь", "Семинар | 15 октября | | +", "Конкурс | | + |"]);
    let import = import_as(&docx(&tbl(&rows)), Some("2024/2025")).unwrap();
    let items = &import.draft.sections[0].items;
    assert_eq!((items[0].timeframe.as_str(), items[0].comments.join(" ")), ("15 октября", "срок: Октябрь".into()));
    assert_eq!(items[1].timeframe, "Сентябрь");
    assert_eq!(told(&import.doubts, "months-beside-term").len(), 1);
}

#[test]
fn headings_between_tables_are_sections() {
    let first = tbl(&table(&["№ | Мероприятие | Срок", "1 | Семинар | март", "2 | Конкурс | май"]));
    let second = tbl(&table(&["№ | Мероприятие | Срок", "1 | Газета | июнь"]));
    let third = tbl(&table(&["2 | Блог | июль", "3 | Сайт | август"]));
    let body = [&p("План на 2024 год"), &p("1. Методическая работа"), &first, &p("2. Информационная работа"), &second, &third]
        .map(String::as_str)
        .concat();
    let import = import(&docx(&body)).unwrap();
    let sections: Vec<(&str, usize)> = import.draft.sections.iter().map(|section| (section.title.as_str(), section.items.len())).collect();
    assert_eq!(sections, [("Методическая работа", 2), ("Информационная работа", 3)]);
    // Each section may count its rows anew, as on the paper.
    let numbers: Vec<String> = lines(&import.draft).into_iter().map(|line| line.number).collect();
    assert_eq!(numbers, ["1", "2", "1", "2", "3"]);
    assert_eq!(told(&import.doubts, "number-twice"), [] as [&str; 0]);
}

#[test]
fn headings_of_the_format_are_sections() {
    let page = "<h1>План на 2024 год</h1><h2>Методическая работа</h2><table><tr><th>Мероприятие<th>Срок<tr><td>Семинар<td>март</table>\
                <h2>Информационная работа</h2><table><tr><th>Мероприятие<th>Срок<tr><td>Газета<td>май</table>";
    let draft = import(page.as_bytes()).unwrap().draft;
    let titles: Vec<&str> = draft.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!((draft.title.as_str(), titles), ("План на 2024 год", vec!["Методическая работа", "Информационная работа"]));
}

#[test]
fn parallel_lists_are_paired() {
    let body = tbl(&table(&[
        "№ | Мероприятие | Срок | Ответственный",
        "1 | Проведение акций:/День чтения/Неделя книги | Ноябрь/Март | Иванов И.И.",
        "2 | Семинар для новичков/Конкурс чтецов | Апрель/Май | Петрова А.Б.",
        "3 | Выставка к юбилею/писателя | Июнь | методисты",
    ]));
    let (rows, doubts) = rows_of(&docx(&body));
    assert_eq!((rows[0].title.as_str(), rows[0].parts.as_str()), ("Проведение акций:", "День чтения @ Ноябрь | Неделя книги @ Март"));
    assert_eq!(rows[1], line("2", "Семинар для новичков", "Апрель", "Петрова А.Б."));
    assert_eq!(rows[2], line("", "Конкурс чтецов", "Май", "Петрова А.Б."));
    assert_eq!(rows[3].title, "Выставка к юбилею писателя");
    assert_eq!((told(&doubts, "row-split").len(), told(&doubts, "parts-paired").len()), (1, 1));
}

#[test]
fn what_word_hides_and_counts_is_read_as_it_is_seen() {
    let number =
        |level: u8| format!("<w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:p></w:tc>");
    let title = "<w:tc><w:p><w:r><w:t>Семи</w:t></w:r><w:r><w:softHyphen/><w:t>нар</w:t><w:tab/></w:r>\
                 <w:ins><w:r><w:t>для</w:t></w:r></w:ins><w:del><w:r><w:delText>против</w:delText><w:t>против</w:t></w:r></w:del>\
                 <w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent><w:r><w:t xml:space=\"preserve\"> но&#1074;</w:t></w:r></w:sdtContent></w:sdt>\
                 <w:hyperlink><w:r><w:t>ичков</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>города</w:t></w:r></w:p></w:tc>";
    let nested = format!("<w:tc>{}<w:p/></w:tc>", tbl(&table(&["Иванов И.И.", "Петрова А.Б."])));
    let deleted = format!("<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}{}{}</w:tr>", number(1), tc("", "Лишнее"), tc("", "май"));
    let body = format!(
        "<w:tbl>{}<w:tr>{}{title}{}{nested}</w:tr>{deleted}<w:tr>{}{}{}{}</w:tr></w:tbl>",
        "<w:tr><w:tc><w:p><w:r><w:t>№</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Мероприятие</w:t></w:r></w:p></w:tc>\
         <w:tc><w:p><w:r><w:t>Срок</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Ответственный</w:t></w:r></w:p></w:tc></w:tr>",
        number(0),
        tc("", "март"),
        number(1),
        tc("", "Конкурс"),
        tc("", "май"),
        tc("", "методисты"),
    );
    let (rows, _) = rows_of(&docx(&body));
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(rows[0], line("1", "Семинар для новичков города", "март", "Иванов И.И. | Петрова А.Б."));
    assert_eq!((rows[1].title.as_str(), rows[1].number.starts_with("1.")), ("Конкурс", true));
}

#[test]
fn what_excel_makes_of_numbers_and_days_is_undone() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("План").unwrap();
    for (column, heading) in ["№ п/п", "Мероприятие", "Срок", "Раздел"].into_iter().enumerate() {
        sheet.write(0, column as u16, heading).unwrap();
    }
    let day = Format::new().set_num_format("dd.mm.yyyy");
    let month = Format::new().set_num_format("mmmm yyyy");
    let date = |y, m, d| ExcelDateTime::from_ymd(y, m, d).unwrap();
    sheet.write_with_format(1, 0, date(2024, 1, 1), &day).unwrap();
    sheet.write(1, 1, "Семинар").unwrap();
    sheet.write_with_format(1, 2, date(2024, 10, 15), &day).unwrap();
    sheet.write(2, 0, 1.2).unwrap();
    sheet.write(2, 1, "Конкурс").unwrap();
    sheet.write_with_format(2, 2, date(2024, 10, 1), &month).unwrap();
    sheet.merge_range(1, 3, 2, 3, "Методическая работа", &Format::new()).unwrap();
    for (n, number) in [1.9, 1.1].into_iter().enumerate() {
        sheet.write(3 + n as u32, 0, number).unwrap();
        sheet.write(3 + n as u32, 1, format!("Выставка {n}")).unwrap();
        sheet.write(3 + n as u32, 2, "в течение года").unwrap();
    }
    for (row, time) in [(0, None), (1, Some(0.4375))] {
        match time {
            None => drop(sheet.write(row, 4, "Время").unwrap()),
            Some(time) => drop(sheet.write_with_format(row, 4, time, &Format::new().set_num_format("h:mm")).unwrap()),
        }
    }
    let import = import(&book.save_to_buffer().unwrap()).unwrap();
    let rows: Vec<(String, String)> = lines(&import.draft).into_iter().map(|line| (line.number, line.timeframe)).collect();
    let row = |number: &str, timeframe: &str| (number.to_owned(), timeframe.to_owned());
    assert_eq!(
        rows,
        [row("1.1", "15.10.2024 10:30"), row("1.2", "октябрь 2024"), row("1.9", "в течение года"), row("1.10", "в течение года")]
    );
    assert_eq!(import.draft.sections[0].title, "Методическая работа");
    assert_eq!(
        told(&import.doubts, "number-from-day"),
        ["лист «План», ячейка A2 («№ п/п»): таблица превратила номер в дату; номер прочитан как 1.1"]
    );
    assert_eq!(told(&import.doubts, "number-with-nought").len(), 1);
    assert_eq!(import.draft.year, "2024");
}

#[test]
fn rows_and_cells_reach_over_others_in_a_page() {
    let page = "<table><tr><th>№<th>Мероприятие<th>Срок<th>Место<th>Ответственный\
                <tr><td>1<td>Семинар<br>для новичков<td>март<td rowspan=2>Библиотека № 5<td rowspan=3>Иванов И.И.\
                <tr><td>2<td>Конкурс<td>май<tr><td colspan=4>Информационная работа<tr><td>3<td>Газета<td>июнь<td>блог<td>методисты</table>";
    let (rows, _) = rows_of(page.as_bytes());
    let places: Vec<&str> = rows.iter().map(|row| row.venue.as_str()).collect();
    assert_eq!(places, ["Библиотека № 5", "Библиотека № 5", "блог"]);
    assert_eq!(rows[1].responsible, "Иванов И.И.");
    assert_eq!(rows[0].title, "Семинар для новичков");
}

#[test]
fn a_dash_says_that_nothing_stands_there() {
    let page = "<table><tr><th>№<th>Мероприятие<th>Срок<th>Место<th>Ответственный<tr><td>1<td>Семинар<td rowspan=2>март<td>—<td>-\
                <tr><td>-<td>-<td>-<td>-<tr><td>2<td>Конкурс<td>май<td>–<td>методисты</table>";
    let (rows, doubts) = rows_of(page.as_bytes());
    assert_eq!(rows, [line("1", "Семинар", "март", ""), line("2", "Конкурс", "май", "методисты")]);
    assert_eq!(doubts.iter().map(Doubt::code).collect::<Vec<_>>(), ["no-plan-title", "columns"]);
}

#[test]
fn headings_may_take_two_rows() {
    let page = "<p>План на 2024 год<table><tr><th rowspan=2>№<th rowspan=2>Мероприятие<th colspan=2>Сроки<th rowspan=2>Ответственный\
                <tr><th>план<th>факт<tr><td>1<td>Семинар<td>март<td>апрель<td>Иванов И.И.</table>";
    let import = import(page.as_bytes()).unwrap();
    assert_eq!(lines(&import.draft), [line("1", "Семинар", "март", "Иванов И.И.")]);
    assert_eq!(import.draft.sections[0].items[0].comments, ["Сроки / факт: апрель"]);
    let columns = told(&import.doubts, "columns");
    assert!(columns[0].contains("«Сроки / план» → срок; «Сроки / факт» → в план не входит"), "{columns:?}");
}

#[test]
fn a_term_may_have_its_ends_in_two_columns() {
    let page = "<p>План на 2024 год<table><tr><th rowspan=2>№<th rowspan=2>Мероприятие<th colspan=2>Срок<th rowspan=2>Ответственный\
                <tr><th>начало<th>окончание<tr><td>1<td>Семинар<td>март<td>май<td>Иванов И.И.\
                <tr><td>2<td>Конкурс<td>10.02.2024<td>10.02.2024<td>Иванов И.И.</table>";
    let (rows, _) = rows_of(page.as_bytes());
    assert_eq!(rows, [line("1", "Семинар", "март – май", "Иванов И.И."), line("2", "Конкурс", "10.02.2024", "Иванов И.И.")]);
    let rows = table(&["№ | Мероприятие | Дата начала | Дата окончания", "1 | Семинар | 10.02.2024 | 12.02.2024"]);
    let (rows, _) = rows_of(&docx(&tbl(&rows)));
    assert_eq!(rows, [line("1", "Семинар", "10.02.2024 – 12.02.2024", "")]);
}

#[test]
fn a_section_may_be_the_term_of_rows_that_have_none() {
    let page = "<p>План на 2024 год<table><tr><th>Дата<th>Мероприятие<tr><td colspan=2>Январь<tr><td>до 25<td>Отчёт\
                <tr><td colspan=2>В течение года<tr><td><td>Консультации</table>";
    let (rows, _) = rows_of(page.as_bytes());
    let terms: Vec<&str> = rows.iter().map(|line| line.timeframe.as_str()).collect();
    assert_eq!(terms, ["до 25 января", "В течение года"]);
}

#[test]
fn a_quarter_in_the_first_column_of_terms_is_a_section() {
    let rows = table(&[
        "Срок | Мероприятие | Ответственный",
        "I квартал | | ",
        "15 января | Час истории | ЦБ",
        "II квартал | | ",
        "27 мая | День библиотек | ДБ",
    ]);
    let import = import_as(&docx(&tbl(&rows)), Some("2024")).unwrap();
    let sections: Vec<(&str, &str)> =
        import.draft.sections.iter().map(|section| (section.title.as_str(), section.items[0].timeframe.as_str())).collect();
    assert_eq!(sections, [("I квартал", "15 января"), ("II квартал", "27 мая")]);
}

#[test]
fn a_section_may_be_a_month() {
    let page = "<p>План на 2024/2025 учебный год<table><tr><th>Дата<th>Мероприятие<tr><td colspan=2>Сентябрь<tr><td>12-14<td>Семинар\
                <tr><td><td>Ярмарка книги<tr><td colspan=2>Октябрь<tr><td>5<td>Конкурс<tr><td>до 10 ноября<td>Отчёт</table>";
    let import = import(page.as_bytes()).unwrap();
    let terms: Vec<String> = lines(&import.draft).into_iter().map(|line| line.timeframe).collect();
    assert_eq!(terms, ["12-14 сентября", "Сентябрь", "5 октября", "до 10 ноября"]);
    assert_eq!(told(&import.doubts, "term-of-section").len(), 3);
}

#[test]
fn a_section_may_have_its_number_in_the_column_of_numbers() {
    let (rows, _) = rows_of(&docx(&tbl(&table(&[
        "№ | Мероприятие | Срок | Ответственный",
        "1 | Методическая работа | | ",
        "1.1 | Семинар | март | Иванов И.И.",
        "II | Информационная работа | | ",
        "2.1 | Газета | май | методисты",
        "3 | МАССОВАЯ РАБОТА | | ",
        "3.1 | Конкурс | июнь | методисты",
        "4 | Подписка | | ",
    ]))));
    let found: Vec<(&str, &str)> = rows.iter().map(|row| (row.section.as_str(), row.number.as_str())).collect();
    assert_eq!(found, [("1", "1.1"), ("II", "2.1"), ("3", "3.1"), ("3", "4")]);
}

#[test]
fn a_heading_over_rows_may_have_a_row_of_its_own() {
    let (rows, doubts) = rows_of(&docx(&tbl(&table(&[
        "№ | Мероприятие | Срок | Ответственный",
        "2.1 | Заседания по темам: | | ",
        " | 1. Фестиваль | май | Иванов И.И.",
        " | 2. Круглый стол | июнь | Иванов И.И.",
        "2.2 | Конкурс | март | методисты",
        "Мониторинги:",
        "2.3 | Фонды | март | методисты",
        "2.4 | Кадры | март | методисты",
        "Отчёты:",
        "2.5 | 1. Годовой | март | методисты",
        "2.6 | 2. Месячный | март | методисты",
        "2.7 | Выставка | март | методисты",
    ]))));
    let found: Vec<(&str, &str, &str)> = rows.iter().map(|row| (row.number.as_str(), row.group.as_str(), row.title.as_str())).collect();
    assert_eq!(
        found,
        [
            ("2.1", "Заседания по темам:", "Фестиваль"),
            ("", "Заседания по темам:", "Круглый стол"),
            ("2.2", "", "Конкурс"),
            ("2.3", "Мониторинги:", "Фонды"),
            ("2.4", "Мониторинги:", "Кадры"),
            ("2.5", "Отчёты:", "Годовой"),
            ("2.6", "Отчёты:", "Месячный"),
            ("2.7", "", "Выставка"),
        ]
    );
    assert_eq!((told(&doubts, "group").len(), told(&doubts, "unplaced").len()), (3, 0));
}

#[test]
fn blocks_of_approval_may_stand_side_by_side() {
    let blocks = table(&[
        "СОГЛАСОВАНО/Председатель профкома/Петрова А.Б. | УТВЕРЖДАЮ/Директор школы/_____ И.И. Сидоров/Приказ № 12/1-од от 02.09.2024",
    ]);
    let body = format!(
        "{}{}{}",
        tbl(&blocks).replace("Приказ № 12</w:t></w:r></w:p><w:p><w:r><w:t xml:space=\"preserve\">1-од", "Приказ № 12/1-од"),
        p("ПЛАН РАБОТЫ на 2024-2025 учебный год"),
        tbl(&table(&["Мероприятие | Срок", "Семинар | март"]))
    );
    let draft = import(&docx(&body)).unwrap().draft;
    let (approval, agreement) = (draft.approval.unwrap(), draft.agreement.unwrap());
    assert_eq!((approval.post.as_str(), approval.person.as_str()), ("Директор школы", "И.И. Сидоров"));
    assert_eq!((approval.order_number.as_str(), approval.order_date.as_str()), ("12/1-од", "02.09.2024"));
    assert_eq!((agreement.post.as_str(), agreement.person.as_str()), ("Председатель профкома", "Петрова А.Б."));
    assert_eq!((draft.title.as_str(), draft.year.as_str()), ("ПЛАН РАБОТЫ на 2024-2025 учебный год", "2024/2025"));
}

#[test]
fn a_person_is_one_entry_with_the_post() {
    let bytes = docx(&tbl(&table(&[
        "№ | Мероприятие | Срок | Ответственные",
        "1 | Семинар | март | Иванова  А. А.,методист",
        "2 | Конкурс | март | Иванова А.А. – зав. отделом; Петрова Б.Б. – методист",
        "3 | Газета | март | методист Орлова Г.Г.",
        "4 | Выставка | март | Сидорова В.В., руководитель ММО",
        "5 | Сайт | март | Иванова А.А., Петрова Б.Б. и др.",
        "6 | Блог | март | МБОУ СОШ № 5 (Иванова А.А., тел. 8-900-000-00-00)",
    ])));
    let import = import_as(&bytes, Some("2024")).unwrap();
    let people: Vec<String> = lines(&import.draft).into_iter().map(|line| line.responsible).collect();
    assert_eq!(
        people,
        [
            "Иванова А.А., методист",
            "Иванова А.А., зав. отделом | Петрова Б.Б., методист",
            "Орлова Г.Г., методист",
            "Сидорова В.В., руководитель ММО",
            "Иванова А.А. | Петрова Б.Б. и др.",
            "МБОУ СОШ № 5 (Иванова А.А., тел. 8-900-000-00-00)",
        ]
    );
    let people: Vec<(&str, &str)> = import.proposals.people.iter().map(|entry| (entry.name.as_str(), entry.post.as_str())).collect();
    let wanted =
        [("Иванова А.А.", "методист"), ("Орлова Г.Г.", "методист"), ("Петрова Б.Б.", "методист"), ("Сидорова В.В.", "руководитель ММО")];
    assert_eq!(people, wanted);
    // A private telephone has no place in a registry.
    let names: Vec<&str> = import.proposals.organisations.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["МБОУ СОШ № 5"]);
}

#[test]
fn an_approval_may_stand_on_one_line_or_in_quotes() {
    let plan = |head: &[&str]| {
        let head: String = head.iter().map(|line| p(line)).collect();
        import(&docx(&format!("{head}{}{}", p("План работы на 2024 год"), tbl(&table(&["Мероприятие | Срок", "Семинар | март"]))))).unwrap()
    };
    let one = plan(&["УТВЕРЖДАЮ", "Директор И.И. Иванов"]);
    let approval = one.draft.approval.unwrap();
    assert_eq!((approval.post.as_str(), approval.person.as_str()), ("Директор", "И.И. Иванов"));
    assert_eq!(one.proposals.people.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["И.И. Иванов"]);
    let quoted = plan(&["«Утверждаю»", "Директор МБУК «ЦБС»", "Иванова Мария Петровна", "_________________"]);
    let approval = quoted.draft.approval.unwrap();
    assert_eq!((approval.post.as_str(), approval.person.as_str()), ("Директор МБУК «ЦБС»", "Иванова Мария Петровна"));
    assert!(told(&quoted.doubts, "unplaced").is_empty(), "{:?}", quoted.doubts);
}

#[test]
fn marks_of_repetition_are_what_stands_above() {
    let (rows, doubts) = rows_of(&docx(&tbl(&table(&[
        "№ | Мероприятие | Срок | Ответственный",
        "1 | Семинар | март | Иванова А.А.",
        "2 | Конкурс | -\"- | —\"—",
        "3 | Газета | то же | она же",
        "Массовая работа",
        "4 | Выставка | — | \"",
        "5 | Блог | -\"- | \"",
    ]))));
    let found: Vec<(&str, &str)> = rows.iter().map(|row| (row.timeframe.as_str(), row.responsible.as_str())).collect();
    assert_eq!(
        found,
        [("март", "Иванова А.А."), ("март", "Иванова А.А."), ("март", "Иванова А.А."), ("", "Иванова А.А."), ("", "Иванова А.А.")]
    );
    let said = told(&doubts, "ditto");
    assert!(said.len() == 1 && said[0].contains("«Срок» — 3, 4; «Ответственный» — 3, 4, 6, 7"), "{said:?}");
}

#[test]
fn terms_wait_for_the_year() {
    let rows = ["№ | Мероприятие | Срок", "1 | Семинар | сентябрь", "2 | Конкурс | до 5 мая", "3 | Газета | как-нибудь"];
    let import = import(&docx(&tbl(&table(&rows)))).unwrap();
    let terms: Vec<String> = lines(&import.draft).into_iter().map(|line| line.timeframe).collect();
    assert_eq!(terms, ["сентябрь", "до 5 мая", ""]);
    assert_eq!((told(&import.doubts, "no-year").len(), told(&import.doubts, "term-unread").len()), (1, 1));
    // With the year in its place the plan is whole; without, a site says what is missing.
    let yaml = import.draft.yaml();
    assert!(yaml.contains("\n# год:\n"), "{yaml}");
    let root = std::env::temp_dir().join(format!("metodika-no-year-{}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("content/plans")).unwrap();
    fs::write(root.join("content/site.yaml"), "title: Служба\n").unwrap();
    for (text, code) in [(yaml.clone(), 1), (yaml.replace("# год:", "год: 2024"), 0)] {
        fs::write(root.join("content/plans/plan.yaml"), text).unwrap();
        let check = Command::new(env!("CARGO_BIN_EXE_metodika")).args(["check", "-q", "--root"]).arg(&root).output().unwrap();
        assert_eq!(check.status.code(), Some(code), "{}", String::from_utf8_lossy(&check.stdout));
    }
    let _ = fs::remove_dir_all(&root);
}

#[test]
fn a_day_that_lost_its_format_is_a_day() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["Мероприятие", "Срок", "Кол-во участников"].into_iter().enumerate() {
        sheet.write(0, column as u16, heading).unwrap();
    }
    sheet.write(1, 0, "Семинар").unwrap().write(1, 1, 45823).unwrap().write(1, 2, 45823).unwrap();
    let import = import(&book.save_to_buffer().unwrap()).unwrap();
    let item = &import.draft.sections[0].items[0];
    assert_eq!((item.timeframe.as_str(), &item.comments[..]), ("15.06.2025", &["Кол-во участников: 45823".to_owned()][..]));
    let said = told(&import.doubts, "day-from-number");
    assert!(said.len() == 1 && said[0].contains("ячейка B2"), "{said:?}");
}

#[test]
fn a_quote_that_nothing_closes_swallows_no_rows() {
    let import = import_as("№,Мероприятие,Срок\n1,\"Семинар,март\n2,Конкурс,апрель\n".as_bytes(), Some("2024")).unwrap();
    assert_eq!(lines(&import.draft), [line("1", "Семинар", "март", ""), line("2", "Конкурс", "апрель", "")]);
    let said = told(&import.doubts, "quote-open");
    assert!(said.len() == 1 && said[0].starts_with("таблица, строка 2"), "{said:?}");
}

#[test]
fn what_is_no_institution_is_not_proposed() {
    let bytes = docx(&tbl(&table(&[
        "№ | Мероприятие | Срок | Место",
        "1 | Семинар | когда-то | ЦГБ",
        "2 | Конкурс | однажды потом | ЦДБ",
        "3 | Газета | март | каб. 12",
        "4 | Выставка | март | По заявкам",
        "5 | Сайт | март | филиалы № 1, 2",
        "6 | Блог | март | Актовый зал",
        "7 | Час | март | онлайн",
        "8 | Урок | март | Читальный зал",
    ])));
    let import = import_as(&bytes, Some("2024")).unwrap();
    let names: Vec<&str> = import.proposals.organisations.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["ЦГБ", "ЦДБ"]);
    assert!(told(&import.doubts, "alike").is_empty());
    // How to write a term is said once.
    let said = told(&import.doubts, "term-unread");
    assert_eq!((said.len(), said.concat().matches("Напишите проще").count()), (2, 1), "{said:?}");
}

#[test]
fn a_plan_within_a_layout_table_is_found() {
    let plan = tbl(&table(&["№ | Мероприятие | Срок", "1 | Семинар | март"]));
    let body = format!("<w:tbl><w:tr><w:tc>{}{plan}{}</w:tc></w:tr></w:tbl>", p("План на 2024 год"), p("Конец"));
    let import = import(&docx(&body)).unwrap();
    assert_eq!(lines(&import.draft), [line("1", "Семинар", "март", "")]);
    assert_eq!(import.draft.title, "План на 2024 год");
}

#[test]
fn sheets_with_the_same_columns_are_one_plan() {
    use rust_xlsxwriter::Workbook;
    let mut book = Workbook::new();
    for (name, work) in [("Январь", "Семинар"), ("Февраль", "Конкурс")] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (column, text) in ["Мероприятие", "Срок", "Ответственный"].into_iter().enumerate() {
            sheet.write(0, column as u16, text).unwrap();
        }
        for (column, text) in [work, "5", "Иванов И.И."].into_iter().enumerate() {
            sheet.write(1, column as u16, text).unwrap();
        }
    }
    book.add_worksheet().set_name("Прочее").unwrap().write(0, 0, "Телефоны").unwrap();
    let hidden = book.add_worksheet().set_name("Скрытый").unwrap().set_hidden(true);
    hidden.write(0, 0, "Мероприятие").unwrap().write(0, 1, "Срок").unwrap().write(1, 0, "Старый семинар").unwrap();
    let import = import_as(&book.save_to_buffer().unwrap(), Some("2024")).unwrap();
    assert_eq!(import.draft.sections.iter().map(|section| section.title.as_str()).collect::<Vec<_>>(), ["Январь", "Февраль"]);
    let terms: Vec<String> = lines(&import.draft).into_iter().map(|line| line.timeframe).collect();
    assert_eq!(terms, ["5 января", "5 февраля"]);
    let left_out = told(&import.doubts, "sheet-left-out");
    assert!(left_out.len() == 2 && left_out.concat().contains("Телефоны") && left_out.concat().contains("Старый семинар"), "{left_out:?}");
}

#[test]
fn a_sheet_may_lack_a_column() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheets = [
        ("А", ["№ | Мероприятие | Срок | Ответственный", "1 | Семинар | март | Иванов И.И."]),
        ("Б", ["№ | Мероприятие | Срок | Место | Ответственный", "1 | Конкурс | май | Читальный зал | Иванов И.И."]),
    ];
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (n, row) in rows.iter().enumerate() {
            for (column, text) in row.split(" | ").enumerate() {
                sheet.write(n as u32, column as u16, text).unwrap();
            }
        }
    }
    let (rows, doubts) = rows_of(&book.save_to_buffer().unwrap());
    let second = Line { venue: "Читальный зал".into(), ..line("1", "Конкурс", "май", "Иванов И.И.") };
    assert_eq!(rows, [line("1", "Семинар", "март", "Иванов И.И."), second]);
    assert_eq!(told(&doubts, "sheet-left-out"), [] as [&str; 0]);
}

#[test]
fn nothing_is_taken_for_a_plan_that_is_none() {
    assert_eq!(import(&docx(&p("Просто текст"))), Err(Refusal::NoTable));
    assert_eq!(import(&docx(&tbl(&table(&["Имя | Возраст", "Анна | 5"])))), Err(Refusal::NoTable));
    assert_eq!(import(b"a;b\nc;d\n"), Err(Refusal::NoTable));
    assert_eq!(import(b"no table at all"), Err(Refusal::Unknown));
    assert_eq!(import(&archive(&[("readme.txt", "x")])), Err(Refusal::Archive));
}

#[test]
fn a_term_without_a_reading_does_not_stop_the_site() {
    let (_, doubts) = rows_of(&docx(&tbl(&table(&[
        "№ | Мероприятие | Срок",
        "1 | Семинар | как-нибудь потом однажды",
        "2 | Конкурс | 31 февраля 2024",
    ]))));
    assert_eq!(told(&doubts, "term-unread").len(), 2, "{doubts:?}");
    let import = import_as(&docx(&tbl(&table(&["№ | Мероприятие | Срок", "1 | Семинар | как-нибудь"]))), Some("2024")).unwrap();
    let item = &import.draft.sections[0].items[0];
    assert_eq!((item.timeframe.as_str(), &item.comments[..]), ("", &["срок: как-нибудь".to_owned()][..]));
}

/// A text of words and signs that try the reader.
fn text(random: &mut Random, words: usize) -> String {
    const PIECES: [&str; 40] = [
        "план",
        "Семинар",
        "«Чтение»",
        "№ 5",
        "- ",
        "1. ",
        "2) ",
        ":",
        ";",
        "профессиональ-",
        "ного",
        "информационно-",
        "библиотечный",
        "Иванов И.И.",
        "А.Б.Петрова",
        "март",
        "2024",
        "до 15 мая",
        "#",
        ": ",
        "yes",
        "---",
        "\"",
        "'",
        "\\",
        "{}",
        "[a]",
        "Раздел",
        "I.",
        "методисты",
        "г.Тулы",
        "%",
        "&amp;",
        "а)",
        "ноябрь",
        "Отдел",
        "в течение года",
        "\u{a0}",
        "Ответственный",
        "Срок",
    ];
    (0..=random.below(words)).map(|_| *random.of(&PIECES)).collect::<Vec<_>>().join(" ")
}

/// Letters and digits in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn no_word_of_any_table_is_lost() {
    let walks = std::env::var("PAPERS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let (mut random, mut taken) = (Random(0x5eed_1234), 0);
    let root = std::env::temp_dir().join(format!("metodika-papers-{}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("content/plans")).unwrap();
    fs::write(root.join("content/site.yaml"), "title: Служба\n").unwrap();
    for walk in 0..walks {
        let heads = ["№ п/п", "Мероприятие", "Срок", "Место", "Ответственный", "Результат", "Примечание", "Раздел", "Содержание работы"];
        let mut rows = vec![vec!["Мероприятие".to_owned(), "Срок".to_owned()]];
        for _ in 0..random.below(6) {
            let at = random.below(rows[0].len() + 1);
            rows[0].insert(at, (*random.of(&heads)).to_owned());
        }
        let width = rows[0].len();
        for n in 0..1 + random.below(12) {
            // Each cell has a word that stands nowhere else.
            let mut row: Vec<String> = (0..width)
                .map(|column| match random.below(4) {
                    0 => String::new(),
                    1 => format!("слово{n}х{column}"),
                    _ => format!("{} слово{n}х{column}", text(&mut random, 6)),
                })
                .collect();
            match random.below(8) {
                0 => row.truncate(1),
                1 => row = rows[0].clone(),
                _ => {}
            }
            rows.push(row);
        }
        let bytes = match random.below(2) {
            0 => docx(&tbl(&rows)),
            _ => rows
                .iter()
                .map(|row| format!("{}\n", row.iter().map(|c| c.replace([';', '"'], ",")).collect::<Vec<_>>().join(";")))
                .collect::<String>()
                .into_bytes(),
        };
        let import = match import_as(&bytes, Some("2024")) {
            Ok(import) => import,
            // More strange columns than known ones, or no row but the headings: no plan.
            Err(Refusal::NoTable | Refusal::Unknown) => continue,
            Err(refusal) => panic!("walk {walk}: {refusal:?} {rows:?}"),
        };
        taken += 1;
        let doubts: String = import.doubts.iter().map(|doubt| doubt.message(Language::Ru)).collect::<Vec<_>>().join("\n");
        let yaml = import.draft.yaml();
        fs::write(root.join(format!("content/plans/p{walk}.yaml")), &yaml).unwrap();
        let node = yaml::parse(&yaml, 0).unwrap_or_else(|error| panic!("walk {walk}: {error:?}\n{yaml}"));
        // Comments count too: terms without a reading and columns without a key stand there.
        let kept = letters(&format!("{}\n{yaml}\n{doubts}", values(&node)));
        for word in rows.iter().flatten().flat_map(|cell| cell.split_whitespace()).filter(|word| word.starts_with("слово")) {
            assert!(kept.contains(&letters(word)), "walk {walk}: {word} is lost\n{rows:?}\n{yaml}\n{doubts}");
        }
    }
    assert!(taken * 2 > walks, "{taken} of {walks} papers were plans");
    // And a site takes each of them as it is.
    let check = Command::new(env!("CARGO_BIN_EXE_metodika")).args(["check", "-q", "--root"]).arg(&root).output().unwrap();
    assert_eq!(check.status.code(), Some(0), "{}", String::from_utf8_lossy(&check.stdout));
    let _ = fs::remove_dir_all(&root);
}

/// Every text of a tree.
fn values(node: &Node) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Scalar(text) => format!("{text}\n"),
        Value::List(items) => items.iter().map(values).collect(),
        Value::Map(pairs) => pairs.iter().map(|(_, value)| values(value)).collect(),
    }
}

#[test]
fn what_a_draft_says_is_what_yaml_says() {
    let mut random = Random(77);
    let signs: Vec<char> =
        "аБ «»„“-–—:#'\"\\[]{}&*!|>%@`,.?~=\n\t\r\u{0}\u{7}\u{85}\u{a0}\u{2028}\u{feff}\u{ffff}😀0123yn".chars().collect();
    for _ in 0..3000 {
        let mut any = || (0..1 + random.below(9)).map(|_| *random.of(&signs)).collect::<String>();
        let item = DraftItem {
            comments: vec![any(), any()],
            number: any(),
            title: any(),
            parts: vec![DraftPart { title: any(), timeframe: any() }, DraftPart { title: any(), timeframe: String::new() }],
            responsible: vec![any(), any()],
            ..DraftItem::default()
        };
        let draft = Draft {
            comments: vec![any()],
            title: any(),
            goal: any(),
            sections: vec![DraftSection { title: any(), items: vec![item], ..DraftSection::default() }],
            ..Draft::default()
        };
        let yaml = draft.yaml();
        let node = yaml::parse(&yaml, 0).unwrap_or_else(|error| panic!("{error:?}\n{yaml}"));
        let (section, item) = (&draft.sections[0], &draft.sections[0].items[0]);
        let parts = item.parts.iter().flat_map(|part| [&part.title, &part.timeframe]).filter(|text| !text.is_empty());
        let said: String = [&draft.title, &draft.goal, &section.title, &item.number, &item.title]
            .into_iter()
            .chain(parts)
            .chain(&item.responsible)
            .map(|text| format!("{text}\n"))
            .collect();
        assert_eq!(values(&node), said, "{yaml}");
    }
}

#[test]
fn a_long_plan_is_read_row_by_row() {
    let mut rows = table(&["№ | Мероприятие | Срок | Место | Ответственный"]);
    rows.extend((0..2000).map(|n| {
        vec![
            format!("{}.{}", n / 100 + 1, n % 100 + 1),
            format!("Семинар {n}"),
            "март".into(),
            "Библиотека № 5".into(),
            "Иванов И.И.".into(),
        ]
    }));
    let (rows, _) = rows_of(&docx(&tbl(&rows)));
    assert_eq!((rows.len(), rows[1999].number.as_str()), (2000, "20.100"));
}

#[test]
fn a_doubt_is_worded_in_both_languages() {
    let import = import(&papers::tula_docx()).unwrap();
    for doubt in &import.doubts {
        for language in [Language::Ru, Language::En] {
            assert!(!doubt.place(language).is_empty() && !doubt.message(language).is_empty());
        }
        assert_ne!(doubt.message(Language::Ru), doubt.message(Language::En));
    }
    assert!(import.doubts.iter().any(|doubt| matches!(doubt.matter, Matter::Columns { .. })));
}

/// The real file, where it lies beside the project: `PLAN=path cargo test --test import`.
#[test]
fn a_file_that_was_named_is_read() {
    let Some(path) = std::env::var_os("PLAN").map(PathBuf::from) else { return };
    let import = import(&fs::read(path).expect("a file")).expect("a plan");
    assert_eq!(lines(&import.draft), tula_lines());
}
