//! A plan as a table that is edited, and back into its file. `EXCHANGE=2000 cargo test --test exchange` makes as many random edits.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::{Random, codes, copy, options, page, site};
use metodika::exchange::write::{Unwritable, Written, amend, apply};
use metodika::exchange::{self, Column, Edited, Edition, Matter, Merge, row};
use metodika::import::{self, Known};
use metodika::kinds::{Details, Kind, Plan};
use metodika::parse::{self, Document, Keep};
use metodika::site::{Entry, Registries, Site};
use metodika::value::language::Language;
use metodika::value::timeframe::Tables;
use metodika::{Build, build};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PLAN: &str = "\
# Черновик отдела.
название: План на 2024 год   # не менять
год: 2024
разделы:
  - номер: 1
    название: Обучение
    пункты:
      # первая строка
      - номер: \"1.1\"
        мероприятие: 'Семинар «Чтение»'   # уточнить
        срок: Февраль 2024
        место: Зал  # второй этаж
        ответственные: [Иванова А.А., Петров Б.Б.]
        компетенции:
          - цифровая
          # важная
          - методическая
        продукт: Материалы
      - {номер: \"1.2\", мероприятие: Вебинар, срок: Май 2024}
      - Просто название
  - номер: 2
    название: Анализ
    пункты:
      - номер: \"2.1\"
        мероприятие: >-
          Отчёт
          за год
        подпункты:
          - {название: фонды, срок: Март 2024}
          - кадры
        срок: до 15 мая 2024
        статус: проведено

# конец
метки: [план]
";

fn built(plan: &str) -> Build {
    build(&site(&[("plans/p.yaml", plan)]), &options("2024-06-01"), None)
}

fn entry(site: &Site) -> &Entry {
    site.entry(site.section(Kind::Plan)[0])
}

type Table = Vec<Vec<String>>;

/// The exported CSV, cell by cell.
fn table(plan: &str, edition: Edition) -> Table {
    let build = built(plan);
    let bytes = exchange::sheet(entry(build.site()), edition, Language::Ru).csv();
    let text = String::from_utf8(bytes).expect("UTF-8");
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

fn bytes(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
    table.iter().for_each(|row| writer.write_record(row).expect("written"));
    writer.into_inner().expect("bytes")
}

/// Where a column stands in the exported table.
fn at(column: Column) -> usize {
    column as usize + 1
}

fn document(plan: &str) -> Document {
    parse::document(&"content/plans/p.yaml".into(), (plan, 0), Keep::Text, Kind::Plan, None)
}

fn details(document: &Document) -> &Plan {
    let Details::Plan(plan) = &document.details else { panic!("a plan") };
    plan
}

fn rows(plan: &str, edition: Edition) -> Vec<row::Row> {
    match edition {
        Edition::Approved => row::approved(details(&document(plan)), Language::Ru),
        Edition::Current => row::rows(entry(built(plan).site()), edition, Language::Ru),
    }
}

fn merged(plan: &str, table: &[u8], delete: bool) -> Merge {
    let edited: Edited = exchange::read(table).expect("a table");
    let edition = edited.stamp.as_ref().map_or(Edition::Approved, |stamp| stamp.edition);
    let labels: Vec<String> = details(&document(plan)).sections.iter().map(row::label).collect();
    exchange::merge(&rows(plan, edition), &labels, &edited, delete, Language::Ru)
}

fn written(plan: &str, table: &[u8], delete: bool) -> Result<Written, Unwritable> {
    apply(plan, &document(plan), &rows(plan, Edition::Approved), &merged(plan, table, delete), Language::Ru)
}

/// The plan after `edit` of its table; nothing may be left undone.
#[track_caller]
fn edited(plan: &str, edit: impl Fn(&mut Table)) -> String {
    let mut table = table(plan, Edition::Approved);
    edit(&mut table);
    let written = written(plan, &bytes(&table), false).expect("written");
    assert_eq!(written.left, []);
    assert_eq!(written.done.matters.iter().filter(|matter| matter.is_left()).collect::<Vec<_>>(), [] as [&Matter; 0]);
    written.text
}

/// The lines that differ: `-` what was, `+` what is.
fn diff(old: &str, new: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let lines = |mark: &str, lines: &[&str]| lines.iter().map(|line| format!("{mark}{}", line.trim())).collect::<Vec<_>>();
    [lines("-", &old[head..old.len() - tail]), lines("+", &new[head..new.len() - tail])].concat()
}

#[test]
fn one_cell_changes_one_line() {
    let check = |column: Column, row: usize, text: &str, wanted: &[&str]| {
        let new = edited(PLAN, |table| table[row][at(column)] = text.to_owned());
        assert_eq!(diff(PLAN, &new), wanted, "{column:?}");
    };
    check(Column::Timeframe, 1, "Март 2024", &["-срок: Февраль 2024", "+срок: Март 2024"]);
    check(
        Column::Title,
        1,
        "Семинар: «Ёлки»",
        &["-мероприятие: 'Семинар «Чтение»'   # уточнить", "+мероприятие: 'Семинар: «Ёлки»'   # уточнить"],
    );
    check(Column::Number, 1, "1.10", &["-- номер: \"1.1\"", "+- номер: \"1.10\""]);
    check(Column::Venue, 1, "", &["-место: Зал  # второй этаж", "+место: ~  # второй этаж"]);
    check(Column::Output, 1, "", &["-продукт: Материалы"]);
    check(Column::Output, 1, "Материалы\nЗапись, видео", &["-продукт: Материалы", "+продукт: [Материалы, \"Запись, видео\"]"]);
    check(Column::Responsible, 1, "Иванова А.А.", &["-ответственные: [Иванова А.А., Петров Б.Б.]", "+ответственные: [Иванова А.А.]"]);
    check(Column::Competencies, 1, "цифровая\nметодическая\nаналитическая", &["+- аналитическая"]);
    check(Column::Competencies, 1, "проектная\nметодическая", &["-- цифровая", "+- проектная"]);
    check(Column::Status, 1, "состоялось", &["+статус: состоялось"]);
    check(Column::Form, 1, "семинар", &["+форма: семинар"]);
    check(Column::Group, 1, "Учёба:", &["+группа: \"Учёба:\""]);
    check(
        Column::Venue,
        2,
        "Зал, 2-й этаж",
        &[
            "-- {номер: \"1.2\", мероприятие: Вебинар, срок: Май 2024}",
            "+- {номер: \"1.2\", мероприятие: Вебинар, срок: Май 2024, место: \"Зал, 2-й этаж\"}",
        ],
    );
    check(
        Column::Timeframe,
        2,
        "",
        &["-- {номер: \"1.2\", мероприятие: Вебинар, срок: Май 2024}", "+- {номер: \"1.2\", мероприятие: Вебинар}"],
    );
    check(Column::Number, 3, "1.3", &["-- Просто название", "+- номер: \"1.3\"", "+мероприятие: Просто название"]);
    check(Column::Title, 4, "Отчёт", &["-мероприятие: >-", "-Отчёт", "-за год", "+мероприятие: Отчёт"]);
    check(
        Column::Parts,
        4,
        "фонды | Апрель 2024\nкадры",
        &["-- {название: фонды, срок: Март 2024}", "+- {название: фонды, срок: Апрель 2024}"],
    );
    check(
        Column::Parts,
        4,
        "фонды\nкадры\nчитатели | Май 2024",
        &["-- {название: фонды, срок: Март 2024}", "-- кадры", "+- фонды", "+- кадры", "+- название: читатели", "+срок: Май 2024"],
    );
    check(Column::Status, 4, "отменено", &["-статус: проведено", "+статус: отменено"]);
    // What is the same by another word, or but for its blanks, is not touched.
    check(Column::Status, 4, "выполнено", &[]);
    check(Column::Title, 1, " Семинар\u{a0} «Чтение» ", &[]);
}

#[test]
fn rows_come_and_go() {
    let new = edited(PLAN, |table| {
        let mut row = vec![String::new(); table[0].len()];
        row[at(Column::Section)] = "2. Анализ".into();
        row[at(Column::Number)] = "2.2".into();
        row[at(Column::Title)] = "Мониторинг: итоги".into();
        row[at(Column::Parts)] = "раз\nдва | Май 2024".into();
        table.push(row.clone());
        // Without a section it is that of the row above.
        row[at(Column::Section)].clear();
        row[at(Column::Number)].clear();
        row[at(Column::Parts)].clear();
        table.insert(2, row);
    });
    assert_eq!(new.lines().count(), PLAN.lines().count() + 4);
    assert!(new.contains("      - Просто название\n      - мероприятие: \"Мониторинг: итоги\"\n  - номер: 2\n"), "{new}");
    assert!(new.contains(
        "        статус: проведено\n      - номер: \"2.2\"\n        мероприятие: \"Мониторинг: итоги\"\n        подпункты: [раз, {название: два, срок: Май 2024}]\n"
    ));
    assert_eq!(codes(&built(&new)), [] as [&str; 0]);

    let mut table = table(PLAN, Edition::Approved);
    table.remove(2);
    let kept = written(PLAN, &bytes(&table), false).unwrap();
    assert_eq!(kept.text, PLAN);
    assert!(matches!(&kept.done.matters[..], [Matter::Missing { key, .. }] if key == "1.2"), "{:?}", kept.done.matters);
    let gone = written(PLAN, &bytes(&table), true).unwrap();
    assert_eq!(diff(PLAN, &gone.text), ["-- {номер: \"1.2\", мероприятие: Вебинар, срок: Май 2024}"]);
    // A row that came into the file since the export was never in the table.
    let since = PLAN.replace("      - Просто название\n", "      - Просто название\n      - {номер: \"1.9\", мероприятие: Новое}\n");
    assert_eq!(written(&since, &bytes(&table), true).unwrap().text.matches("Новое").count(), 1);
    // Nor is one taken out that somebody has changed since.
    let changed = PLAN.replace("Май 2024", "Июнь 2024");
    let kept = written(&changed, &bytes(&table), true).unwrap();
    assert_eq!((kept.text == changed, kept.done.matters.len()), (true, 1));
}

#[test]
fn a_table_taken_twice_adds_nothing() {
    let mut table = table(PLAN, Edition::Approved);
    let mut row = vec![String::new(); table[0].len()];
    row[at(Column::Title)] = "Новое".into();
    table.push(row);
    let once = written(PLAN, &bytes(&table), false).unwrap().text;
    assert_eq!(diff(PLAN, &once), ["+- мероприятие: Новое"]);
    assert_eq!(written(&once, &bytes(&table), false).unwrap().text, once);
}

#[test]
fn order_and_columns_do_not_matter() {
    let new = edited(PLAN, |table| {
        table[1][at(Column::Venue)] = "Клуб".into();
        table[1..].reverse();
        table.iter_mut().for_each(|row| {
            row.swap(at(Column::Venue), at(Column::Number));
            row.remove(at(Column::Audience));
            row.remove(at(Column::Section));
        });
        table[0][at(Column::Venue) - 1] = "№ п/п".into();
        table.insert(0, vec!["План работы отдела".into()]);
        table.push(vec![String::new(); 3]);
    });
    assert_eq!(diff(PLAN, &new), ["-место: Зал  # второй этаж", "+место: Клуб  # второй этаж"]);
}

#[test]
fn what_both_sides_changed_is_a_conflict() {
    let mut table = table(PLAN, Edition::Approved);
    table[1][at(Column::Venue)] = "Клуб".into();
    table[1][at(Column::Output)] = "Запись".into();
    let since = PLAN.replace("место: Зал", "место: Музей").replace("Февраль 2024", "Март 2024");
    let merge = merged(&since, &bytes(&table), false);
    assert!(
        matches!(&merge.matters[..], [Matter::Conflict { key, column: Column::Venue, table, file }]
            if key == "1.1" && table == &["Клуб"] && file == &["Музей"]),
        "{:?}",
        merge.matters
    );
    let written = written(&since, &bytes(&table), false).unwrap();
    assert_eq!(diff(&since, &written.text), ["-продукт: Материалы", "+продукт: Запись"]);

    // Both to the same: no conflict. Without the last column nobody knows.
    table[1][at(Column::Venue)] = "Музей".into();
    assert_eq!(merged(&since, &bytes(&table), false).matters, []);
    table.iter_mut().for_each(|row| drop(row.pop()));
    let merge = merged(&since, &bytes(&table), false);
    assert_eq!(merge.matters, [Matter::NoStamp]);
    assert!(merge.edits.iter().any(|edit| edit.column == Column::Timeframe && edit.to == ["Февраль 2024"]), "{:?}", merge.edits);
}

#[test]
fn keys_keep_rows_together() {
    let table = table(PLAN, Edition::Approved);
    let found = |edit: &dyn Fn(&mut Table)| {
        let mut table = table.clone();
        edit(&mut table);
        merged(PLAN, &bytes(&table), true)
    };
    // Edited by hand: neither row is touched, none is taken for deleted.
    let merge = found(&|table| table[1][0] = "п. 2.1".into());
    assert!(merge.is_empty());
    assert!(matches!(&merge.matters[..], [Matter::KeyEdited { row: 2, was: Some(was), .. }] if was == "1.1"), "{:?}", merge.matters);
    // Copied: with another title it is a new row, unless its number is taken.
    let copied = |table: &mut Table, number: &str, title: &str| {
        let mut row = table[1].clone();
        (row[at(Column::Number)], row[at(Column::Title)]) = (number.into(), title.into());
        table.insert(1, row);
    };
    let merge = found(&|table| copied(table, "1.7", "Ещё семинар"));
    assert_eq!((merge.added.len(), merge.edits.len(), merge.deleted.len()), (1, 0, 0));
    assert_eq!((merge.added[0].section, &merge.added[0].cells[Column::Venue][..]), (0, &["Зал".to_owned()][..]));
    let merge = found(&|table| copied(table, "1.1", "Ещё семинар"));
    assert!(merge.is_empty() && merge.matters.iter().any(|it| matches!(it, Matter::NumberTaken { .. })), "{:?}", merge.matters);
    let merge = found(&|table| copied(table, "1.1", "Семинар «Чтение»"));
    assert!(merge.is_empty() && matches!(merge.matters[..], [Matter::KeyTwice { is_another: false, .. }]), "{:?}", merge.matters);
    // Unknown.
    let merge = found(&|table| {
        let last = table[1].len() - 1;
        (table[1][0], table[1][last]) = ("п. 7.7".into(), String::new());
    });
    assert!(merge.matters.iter().any(|it| matches!(it, Matter::UnknownKey { row: 2, was_exported: false, .. })), "{:?}", merge.matters);
    // Rows without a number are called by their place; what was called so then may be another one now.
    let since = PLAN.replace("      - Просто название\n", "      - Вставлено\n      - Просто название\n");
    let mut one = table.clone();
    one[3][at(Column::Venue)] = "Клуб".into();
    let new = written(&since, &bytes(&one), false).unwrap().text;
    assert_eq!(diff(&since, &new), ["-- Просто название", "+- мероприятие: Просто название", "+место: Клуб"]);
}

#[test]
fn what_cannot_be_taken_is_told() {
    let told = |edit: &dyn Fn(&mut Table)| {
        let mut table = table(PLAN, Edition::Approved);
        edit(&mut table);
        let merge = merged(PLAN, &bytes(&table), false);
        assert!(merge.is_empty(), "{merge:?}");
        merge.matters.iter().map(Matter::code).collect::<Vec<_>>()
    };
    assert_eq!(told(&|table| table[1][at(Column::Status)] = "почти".into()), ["unknown-status"]);
    assert_eq!(told(&|table| table[1][at(Column::Title)].clear()), ["no-title"]);
    assert_eq!(told(&|table| table[1][at(Column::Section)] = "2. Анализ".into()), ["other-section"]);
    assert_eq!(told(&|table| table[1][at(Column::Number)] = "1.2".into()), ["number-taken"]);
    assert_eq!(told(&|table| table[0][at(Column::Form)] = "Бюджет".into()), ["unknown-column"]);
    let row = |section: &str, title: &str| {
        let mut row = vec![String::new(); 17];
        (row[at(Column::Section)], row[at(Column::Title)]) = (section.into(), title.into());
        row
    };
    assert_eq!(told(&|table| table.push(row("5. Нет такого", "Х"))), ["unknown-section"]);
    assert_eq!(told(&|table| table.push(row("2. Анализ", ""))), ["no-title"]);
}

#[test]
fn what_spreadsheets_make_of_texts() {
    // The number as a number and as a day, the term as a day; merged and empty cells; a sheet above and columns beside.
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let plan = PLAN.replace("\"1.1\"", "\"1.10\"");
    let table = table(&plan, Edition::Approved);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (n, row) in (0u32..).zip(&table) {
        for (column, cell) in (0u16..).zip(row) {
            sheet.write_string(n, column, cell.trim_start_matches('\'')).unwrap();
        }
    }
    let (number, term, day) = (at(Column::Number) as u16, at(Column::Timeframe) as u16, Format::new().set_num_format("dd.mm.yyyy"));
    sheet.write_number(1, number, 1.1).unwrap();
    sheet.write_datetime_with_format(2, number, ExcelDateTime::from_ymd(2024, 2, 1).unwrap(), &day).unwrap();
    sheet.write_datetime_with_format(2, term, ExcelDateTime::from_ymd(2024, 5, 15).unwrap(), &day).unwrap();
    sheet.write_formula(4, at(Column::Venue) as u16, "=1+1").unwrap();
    sheet.set_row_hidden(3).unwrap();
    sheet.merge_range(1, at(Column::Venue) as u16, 1, at(Column::Responsible) as u16, "Зал", &Format::new()).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let merge = merged(&plan, &bytes, false);
    let edits: Vec<(usize, Column, String)> = merge.edits.iter().map(|edit| (edit.row, edit.column, edit.to.join("|"))).collect();
    assert_eq!(edits[0], (1, Column::Timeframe, "15.05.2024".into()));
    assert_eq!((edits.len(), edits[1].1), (2, Column::Venue));
    assert_eq!(merge.matters, [Matter::Merged { row: 2, column: Column::Responsible }]);
}

#[test]
fn excel_in_russian_saves_windows_1251() {
    let mut table = table(PLAN, Edition::Approved);
    table[1][at(Column::Venue)] = "Клуб № 5 – «Ёлка»".into();
    let text = String::from_utf8(bytes(&table)).unwrap().replace('\n', "\r\n");
    let (encoded, _, had_errors) = encoding_rs::WINDOWS_1251.encode(&text);
    assert!(!had_errors);
    let new = written(PLAN, &encoded, false).unwrap().text;
    assert_eq!(diff(PLAN, &new), ["-место: Зал  # второй этаж", "+место: Клуб № 5 – «Ёлка»  # второй этаж"]);
    // What this encoding has no letter for is a question mark in the table, and stays in the file.
    let plan = PLAN.replace("Материалы", "Материалы ∑ 🙂");
    let text = String::from_utf8(bytes(&self::table(&plan, Edition::Approved))).unwrap().replace('∑', "?").replace('🙂', "??");
    assert!(merged(&plan, &encoding_rs::WINDOWS_1251.encode(&text).0, false).is_empty());
}

#[test]
fn import_knows_the_columns() {
    let build = built(PLAN);
    for language in [Language::Ru, Language::En] {
        let bytes = exchange::sheet(entry(build.site()), Edition::Approved, language).xlsx().expect("a workbook");
        let known = Known { name: "p", year: Some("2024"), tables: &Tables::default(), registries: &Registries::default() };
        let draft = import::read(&bytes, &known).expect("a plan").draft;
        let found: Vec<(&str, &str, &str)> = draft
            .sections
            .iter()
            .flat_map(|section| section.items.iter().map(|item| (&*item.number, &*item.title, &*item.timeframe)))
            .collect();
        assert_eq!(
            found,
            [
                ("1.1", "Семинар «Чтение»", "Февраль 2024"),
                ("1.2", "Вебинар", "Май 2024"),
                ("", "Просто название", ""),
                ("2.1", "Отчёт за год", "до 15 мая 2024")
            ]
        );
        assert_eq!(draft.sections.len(), 2);
    }
}

#[test]
fn forms_of_files() {
    let windows = PLAN.replace('\n', "\r\n");
    let new = edited(&windows, |table| {
        table[1][at(Column::Form)] = "семинар".into();
        table[1][at(Column::Competencies)] = "цифровая\nметодическая\nновая".into();
    });
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    assert_eq!(new.lines().count(), windows.lines().count() + 2);

    let english = "title: Plan\nyear: 2024\nsections:\n- title: One\n  items:\n  - title: A\n    timeframe: May 2024\n  - number: '2'\n    title: B\n";
    let new = edited(english, |table| {
        table[1][at(Column::Number)] = "1".into();
        table[1][at(Column::Venue)] = "Hall".into();
        let mut row = table[2].clone();
        (row[0], row[at(Column::Number)], row[at(Column::Title)]) = (String::new(), String::new(), "C".into());
        table.push(row);
    });
    assert_eq!(
        new,
        "title: Plan\nyear: 2024\nsections:\n- title: One\n  items:\n  - number: \"1\"\n    title: A\n    timeframe: May 2024\n    venue: Hall\n  - number: '2'\n    title: B\n  - title: C\n"
    );

    let flow = "название: П\nгод: 2024\nразделы: [{название: Р, пункты: [{мероприятие: А, срок: Май 2024}, Б]}]\n";
    let new = edited(flow, |table| {
        table[1][at(Column::Timeframe)] = "Июнь 2024".into();
        table[2][at(Column::Number)] = "2".into();
        table.push(vec![String::new(), String::new(), String::new(), String::new(), "В: новое".into()]);
    });
    assert_eq!(
        new,
        "название: П\nгод: 2024\nразделы: [{название: Р, пункты: [{мероприятие: А, срок: Июнь 2024}, {номер: \"2\", мероприятие: Б}, {мероприятие: \"В: новое\"}]}]\n"
    );

    // What stands in two places at once is changed by hand.
    let shared = "название: П\nгод: 2024\nразделы:\n- название: Р\n  пункты:\n  - &a\n    мероприятие: А\n  - *a\n";
    let mut two = table(shared, Edition::Approved);
    two[2][at(Column::Venue)] = "Зал".into();
    let kept = written(shared, &bytes(&two), false).unwrap();
    assert_eq!((kept.text.as_str(), kept.left.len()), (shared, 1));
    // All rows of a section go, and it has a first one again.
    let own = "название: П\r\nгод: 2024\r\nразделы:\r\n- название: Р\r\n  пункты:\r\n  - А\r\n  - Б\r\n";
    let mut none = table(own, Edition::Approved);
    none.truncate(1);
    none.push(vec![String::new(), String::new(), String::new(), String::new(), "В".into()]);
    let gone = written(own, &bytes(&none), true).unwrap();
    assert_eq!((gone.left.len(), gone.done.added.len(), gone.done.deleted.len()), (0, 1, 2));
    assert_eq!(gone.text, "название: П\r\nгод: 2024\r\nразделы:\r\n- название: Р\r\n  пункты:\r\n  - мероприятие: В\r\n");
    let empty = own.replace("  - А\r\n  - Б\r\n", "");
    let again = written(&empty, &bytes(&none), false).unwrap();
    assert_eq!(again.text, "название: П\r\nгод: 2024\r\nразделы:\r\n- название: Р\r\n  пункты:\r\n    - мероприятие: В\r\n");
    // The first row of a section.
    let new = edited("название: П\nгод: 2024\nразделы:\n  - название: Р\n", |table| {
        table.push(vec![String::new(), "Р".into(), "1".into(), String::new(), "А".into()]);
    });
    assert_eq!(new, "название: П\nгод: 2024\nразделы:\n  - название: Р\n    пункты:\n      - номер: \"1\"\n        мероприятие: А\n");
}

#[test]
fn nothing_breaks_what_is_damaged() {
    const SIGNS: [&str; 20] =
        ["&a ", "*a", "!!str ", "{", "}", "[", "]", "|\n", ">-\n", "# ", "- ", "\t", "? ", "\"", "'", ": ", "\n", "\r\n", "  ", "<<: "];
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let csv = bytes(&table(PLAN, Edition::Approved));
    let build = built(PLAN);
    let xlsx = exchange::sheet(entry(build.site()), Edition::Approved, Language::Ru).xlsx().expect("a workbook");
    let mut written_in = 0;
    for round in 0..400 {
        // The plan.
        let mut plan = PLAN.to_owned();
        for _ in 0..1 + random.below(3) {
            let at = plan.floor_char_boundary(random.below(plan.len()));
            plan.insert_str(at, SIGNS[random.below(SIGNS.len())]);
        }
        if document(&plan).diagnostics.iter().all(|diagnostic| diagnostic.severity != metodika::diagnostic::Severity::Error) {
            let own = rows(&plan, Edition::Approved);
            let edits = own.iter().enumerate().map(|(row, of)| {
                let column = Column::ALL[2 + random.below(10)];
                let to = vec!["Новое: «слово»".to_owned()];
                exchange::merge::Edit { row, column, from: of.cells[column].clone(), to }
            });
            let merge = Merge { edits: edits.collect(), deleted: if round % 3 == 0 { vec![0] } else { vec![] }, ..Merge::default() };
            if let Ok(written) = apply(&plan, &document(&plan), &own, &merge, Language::Ru) {
                written_in += usize::from(written.left.is_empty());
                assert_eq!(rows(&written.text, Edition::Approved).len(), own.len() - written.done.deleted.len(), "{plan}");
            }
        }
        // The table.
        let mut damaged = if round % 2 == 0 { csv.clone() } else { xlsx.clone() };
        for _ in 0..1 + random.below(4) {
            let at = random.below(damaged.len());
            match random.below(3) {
                0 => damaged[at] = random.below(256) as u8,
                1 => drop(damaged.remove(at)),
                _ => damaged.truncate(at.max(1)),
            }
        }
        if exchange::read(&damaged).is_ok() {
            let merge = merged(PLAN, &damaged, true);
            assert!(apply(PLAN, &document(PLAN), &rows(PLAN, Edition::Approved), &merge, Language::Ru).is_ok(), "{merge:?}");
        }
    }
    assert!(written_in > 20, "{written_in}");
}

const SIGNED: &str = "\
название: План
год: 2024
утверждено: {должность: Директор, дата: 12.01.2024}
разделы:
  - номер: 1
    название: Обучение
    пункты:
      - {номер: \"1.1\", мероприятие: Семинар, срок: Апрель 2024, место: Зал}
      - {номер: \"1.2\", мероприятие: Вебинар, срок: Май 2024}
текст: |
  Подпись.
";

#[test]
fn a_signed_plan_is_amended() {
    let amended = |plan: &str, edition: Edition, edit: &dyn Fn(&mut Table)| {
        let mut table = table(plan, edition);
        edit(&mut table);
        let merge = merged(plan, &bytes(&table), true);
        let today = options("2024-06-01").today;
        amend(plan, &document(plan), &rows(plan, edition), &merge, today, Language::Ru).expect("amended")
    };
    let once = amended(SIGNED, Edition::Approved, &|table| {
        table[1][at(Column::Venue)] = "Клуб, 2-й этаж".into();
        table[1][at(Column::Timeframe)] = "".into();
        table[1][at(Column::Status)] = "состоялось".into();
        table.remove(2);
        table.push(vec![String::new(), String::new(), "1.3".into(), String::new(), "Круглый стол".into()]);
    });
    assert_eq!(once.left, [Matter::CannotEmpty { key: "1.1".into(), column: Column::Timeframe }]);
    assert_eq!(
        diff(SIGNED, &once.text),
        [
            "-- {номер: \"1.1\", мероприятие: Семинар, срок: Апрель 2024, место: Зал}",
            "-- {номер: \"1.2\", мероприятие: Вебинар, срок: Май 2024}",
            "+- {номер: \"1.1\", мероприятие: Семинар, срок: Апрель 2024, место: Зал, статус: состоялось}",
            "+- {номер: \"1.2\", мероприятие: Вебинар, срок: Май 2024}",
            "+",
            "+изменения:",
            "+# Замените дату приказом и добавьте основание — приказ: {номер: 12-п, дата: 15.03.2024}",
            "+- дата: 01.06.2024",
            "+изменения:",
            "+- {пункт: \"1.1\", место: \"Клуб, 2-й этаж\"}",
            "+- добавить:",
            "+номер: \"1.3\"",
            "+мероприятие: Круглый стол",
            "+раздел: \"1\"",
            "+- исключить: [\"1.2\"]",
        ]
    );
    let build = built(&once.text);
    assert_eq!(codes(&build), [] as [&str; 0]);
    let now = page(&build, "plans/p/index.html");
    assert!(now.contains("Клуб, 2-й этаж") && now.contains("Круглый стол"));

    // The table of the text that holds: its changes are one more amendment, below the first.
    let table = table(&once.text, Edition::Current);
    assert_eq!(table.iter().skip(1).map(|row| row[0].as_str()).collect::<Vec<_>>(), ["п. 1.1", "п. 1.3"]);
    let twice = amended(&once.text, Edition::Current, &|table| {
        table[1][at(Column::Venue)] = "Музей".into();
        table[2][at(Column::Timeframe)] = "Июль 2024".into();
    });
    assert_eq!(
        diff(&once.text, &twice.text)[1..],
        ["+- дата: 01.06.2024", "+изменения:", "+- {пункт: \"1.1\", место: Музей}", "+- {пункт: \"1.3\", срок: Июль 2024}"]
    );
    assert_eq!(codes(&built(&twice.text)), [] as [&str; 0]);
    assert_eq!(amended(&twice.text, Edition::Current, &|_| {}).text, twice.text);
}

/// A text that YAML, CSV and spreadsheets may stumble over.
fn nasty(random: &mut Random) -> String {
    const PIECES: [&str; 34] = [
        "Семинар",
        "=1+1",
        "-",
        "- а",
        "'",
        "''",
        "\"",
        ": ",
        " #",
        "#",
        "[а, б]",
        "{а: б}",
        "|",
        "а | б",
        ">",
        "&a",
        "*a",
        "!",
        "%",
        "@",
        "`",
        "1.10",
        "10–12",
        "Май 2024",
        "да",
        "null",
        "~",
        "\\n",
        ";",
        ",",
        "?",
        "…",
        "№ 5",
        "🙂",
    ];
    let text: String = (0..1 + random.below(3)).map(|_| *random.of(&PIECES)).collect::<Vec<_>>().join(" ");
    row::line(&text)
}

/// A plan in any of the ways in which people write one.
fn random_plan(random: &mut Random) -> String {
    let scalar = |random: &mut Random| {
        let text = nasty(random);
        let quoted = metodika::value::yaml::quote::quoted(&text);
        match random.below(3) {
            0 => format!("'{}'", text.replace('\'', "''")),
            1 => quoted,
            _ => metodika::value::yaml::quote::scalar(&text).into_owned(),
        }
    };
    let mut out = String::from("название: План\nгод: 2024\nразделы:\n");
    for section in 1..=1 + random.below(3) {
        out.push_str(&format!("  - номер: {section}\n    название: Раздел {section}\n    пункты:\n"));
        for item in 1..=1 + random.below(4) {
            if random.below(4) == 0 {
                out.push_str("      # о строке\n");
            }
            let mut pairs = vec![("мероприятие", scalar(random), true)];
            if random.below(3) > 0 {
                pairs.insert(0, ("номер", format!("\"{section}.{item}\""), true));
            }
            for key in ["срок", "место", "форма"] {
                if random.below(2) == 0 {
                    pairs.push((key, scalar(random), true));
                }
            }
            for key in ["ответственные", "компетенции", "подпункты", "результаты"] {
                let count = random.below(4);
                let entries: Vec<String> = (0..count).map(|_| metodika::value::yaml::quote::quoted(&nasty(random))).collect();
                match random.below(4) {
                    0 if count > 0 => pairs.push((key, format!("[{}]", entries.join(", ")), true)),
                    1 if count > 0 => {
                        let lines: String = entries.iter().map(|entry| format!("\n          - {entry}")).collect();
                        pairs.push((key, lines, false));
                    }
                    2 if key == "подпункты" => pairs.push((key, "[{название: фонды, срок: Май 2024}, кадры]".into(), true)),
                    _ => {}
                }
            }
            if random.below(3) == 0 && pairs.iter().all(|(_, value, is_inline)| *is_inline && value.starts_with(['"', '\'', '['])) {
                let pairs: Vec<String> = pairs.iter().map(|(key, value, _)| format!("{key}: {value}")).collect();
                out.push_str(&format!("      - {{{}}}\n", pairs.join(", ")));
                continue;
            }
            for (n, (key, value, is_inline)) in pairs.iter().enumerate() {
                let (dash, gap) = (if n == 0 { "      - " } else { "        " }, if *is_inline { " " } else { "" });
                let note = if *is_inline && random.below(6) == 0 { "  # заметка" } else { "" };
                out.push_str(&format!("{dash}{key}:{gap}{value}{note}\n"));
            }
        }
    }
    out
}

#[test]
fn any_edit_is_read_back() {
    let rounds = std::env::var("EXCHANGE").ok().and_then(|n| n.parse().ok()).unwrap_or(120);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut edits, mut by_hand) = (0, 0);
    for round in 0..rounds {
        let plan = random_plan(&mut random);
        let plan = if round % 4 == 0 { plan.replace('\n', "\r\n") } else { plan };
        let mut table = table(&plan, Edition::Approved);
        assert_eq!(written(&plan, &bytes(&table), true).map(|written| written.text).as_deref(), Ok(plan.as_str()), "unedited: {plan}");
        let mut wanted: Vec<row::Cells> = rows(&plan, Edition::Approved).into_iter().map(|row| row.cells).collect();
        let count = wanted.len();
        for _ in 0..1 + random.below(6) {
            let (n, column) = (random.below(count), Column::ALL[2 + random.below(12)]);
            let lines: Vec<String> = match column {
                Column::Status => [vec![], vec!["состоялось".to_owned()], vec!["отменено".to_owned()]][random.below(3)].clone(),
                Column::Title => vec![nasty(&mut random)],
                _ if column.is_list() => (0..random.below(4)).map(|_| nasty(&mut random)).collect(),
                _ => (0..random.below(2)).map(|_| nasty(&mut random)).collect(),
            };
            // Apostrophes are what a table marks texts with.
            let text = lines.join("\n");
            table[n + 1][at(column)] = if text.starts_with('\'') { format!("'{text}") } else { text };
            wanted[n][column] = lines;
        }
        // A part whose bar is followed by nothing is the part without a time.
        for cells in &mut wanted {
            for part in &mut cells[Column::Parts] {
                let (title, time) = row::part_of(part);
                *part = if time.is_empty() && !title.contains('|') { title.to_owned() } else { row::line(&format!("{title} | {time}")) };
            }
            cells[Column::Parts].retain(|part| !part.is_empty());
        }
        let written = written(&plan, &bytes(&table), false).unwrap_or_else(|error| panic!("{error:?}\n{plan}\n{table:?}"));
        by_hand += written.left.len();
        edits += written.done.edits.len();
        let found: Vec<row::Cells> = rows(&written.text, Edition::Approved).into_iter().map(|row| row.cells).collect();
        if written.left.is_empty() {
            assert_eq!(found, wanted, "{plan}\n{}", written.text);
        }
        assert_eq!(written.text.matches("# о строке").count(), plan.matches("# о строке").count(), "{}", written.text);
        assert_eq!(written.text.matches("# заметка").count(), plan.matches("# заметка").count(), "{plan}\n{}", written.text);
        assert_eq!(written.text.contains("\r\n"), plan.contains("\r\n"));
    }
    assert!(by_hand * 20 < edits, "{by_hand} of {edits} by hand");
}

fn run(site: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_metodika")).args(arguments).arg("--root").arg(site).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("metodika-exchange-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn an_unedited_table_changes_nothing() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = folder("unedited");
    let mut plans = 0;
    for (n, from) in ["content", "tests/golden/small/content"].iter().enumerate() {
        let site = folder.join(n.to_string());
        copy(&here.join(from), &site.join("content"));
        for plan in fs::read_dir(site.join("content/plans")).unwrap() {
            let plan = plan.unwrap().path();
            let before = fs::read(&plan).unwrap();
            let name = plan.to_string_lossy().into_owned();
            for (form, more) in [("xlsx", None), ("csv", None), ("xlsx", Some("--current"))] {
                let out = folder.join(format!("table.{form}")).to_string_lossy().into_owned();
                let mut given = vec!["export", &name, "--format", form, "--out", &out, "--force"];
                given.extend(more);
                assert!(run(&site, &given).status.success());
                let first = fs::read(&out).unwrap();
                assert!(run(&site, &given).status.success());
                assert_eq!(fs::read(&out).unwrap(), first, "the same plan is the same table");
                let back = run(&site, &["import", &out, "--into", &name, "--delete-missing", "--quiet"]);
                assert_eq!((text(&back.stdout).as_str(), back.status.code()), ("В плане ничего не меняется.\n", Some(0)), "{name} {form}");
                assert_eq!(fs::read(&plan).unwrap(), before, "{name} {form}");
                plans += 1;
            }
        }
    }
    assert!(plans >= 9, "{plans}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_command_tells_and_asks() {
    let folder = folder("command");
    fs::create_dir_all(folder.join("content/plans")).unwrap();
    fs::write(folder.join("content/site.yaml"), "title: Сайт\nbase_url: https://example.org/\n").unwrap();
    let plan = folder.join("content/plans/p.yaml");
    fs::write(&plan, format!("\u{feff}{SIGNED}")).unwrap();
    let out = folder.join("t.csv").to_string_lossy().into_owned();
    assert!(run(&folder, &["export", "p", "--out", &out]).status.success());
    assert_eq!(run(&folder, &["export", "p", "--out", &out]).status.code(), Some(2), "a table that somebody edits is not written over");
    fs::write(&out, text(&fs::read(&out).unwrap()).replace(";Зал;", ";Клуб;")).unwrap();

    let refused = run(&folder, &["import", &out, "--into", "p"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stdout).contains("Место: было «Зал», стало «Клуб»"), "{}", text(&refused.stdout));
    assert!(text(&refused.stderr).contains("--as-amendment"), "{}", text(&refused.stderr));
    let trial = run(&folder, &["import", &out, "--into", "p", "--correct", "--dry-run", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_slice(&trial.stdout).unwrap();
    assert_eq!((&told["written"], &told["changes"][0]["to"][0]), (&false.into(), &"Клуб".into()));
    assert_eq!(fs::read_to_string(&plan).unwrap(), format!("\u{feff}{SIGNED}"));

    let done = run(&folder, &["import", &out, "--into", "content/plans/p.yaml", "--correct", "--lang", "en"]);
    assert!(done.status.success() && text(&done.stdout).contains("Made: 1 change"), "{}", text(&done.stdout));
    assert_eq!(fs::read_to_string(&plan).unwrap(), format!("\u{feff}{}", SIGNED.replace("место: Зал", "место: Клуб")));
    assert_eq!(fs::read_dir(folder.join("content/plans")).unwrap().count(), 1, "no litter");

    // Somebody has edited the file since: the file's text stays, and the exit status says that something is left.
    fs::write(&plan, SIGNED.replace("место: Зал", "место: Музей")).unwrap();
    let conflict = run(&folder, &["import", &out, "--into", "p", "--correct"]);
    assert_eq!(conflict.status.code(), Some(1));
    assert!(text(&conflict.stdout).contains("В таблице «Клуб», в файле «Музей»"), "{}", text(&conflict.stdout));

    fs::copy(&plan, folder.join("content/plans/q.yaml")).unwrap();
    let other = run(&folder, &["import", &out, "--into", "q"]);
    assert!(other.status.code() == Some(2) && text(&other.stderr).contains("выгружена из плана «p»"), "{}", text(&other.stderr));
    fs::write(&plan, "название: План\nразделы:\n  - пункты: {\n").unwrap();
    assert_eq!(run(&folder, &["import", &out, "--into", "p"]).status.code(), Some(2));
    for wrong in
        [vec!["import", &out, "--dry-run"], vec!["import", &out, "--into", "p", "--out", "x"], vec!["export", "p", "--format", "md"]]
    {
        assert_eq!(run(&folder, &wrong).status.code(), Some(2), "{wrong:?}");
    }
    fs::remove_dir_all(folder).unwrap();
}
