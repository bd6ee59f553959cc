//! The plan as data: amendments, fulfilment, other views, the print form; and the indicators of projects.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::{codes, options, page, site};
use metodika::{Build, build};

const PLAN: &str = "\
название: План на 2024 год
год: 2024
организация: Областная библиотека
утверждено: {должность: Директор, кто: А.А. Иванова, приказ: {номер: 1-п, дата: 12.01.2024}}
согласовано: {должность: Начальник отдела, кто: Б.Б. Петров, дата: 11.01.2024}
разделы:
  - номер: 1
    название: Обучение
    пункты:
      - {номер: \"1.1\", мероприятие: Семинар «Чтение», срок: Февраль 2024, место: Зал, ответственные: Иванова А.А. Петров Б.Б., компетенции: цифровая, продукт: Материалы}
      - {мероприятие: Без номера, срок: Октябрь – ноябрь 2024, ответственные: Петров Б.Б.}
      - {номер: \"1.2\", мероприятие: Консультации, срок: В течение года}
  - номер: 2
    название: Анализ
    пункты:
      - {номер: \"2.1\", мероприятие: Отчёт, срок: до 15 мая 2024}
      - {номер: \"2.2\", мероприятие: По запросам, срок: по запросу}
      - номер: \"2.3\"
        мероприятие: \"Сведения о месячниках:\"
        подпункты: [{название: День чтения, срок: Ноябрь 2024}, {название: Неделя книги, срок: Март 2024}]
";

const AMENDMENTS: &str = "\
изменения:
  - приказ: {номер: 7-п, дата: 10.02.2024}
    основание: болезнь лектора
    изменения:
      - {пункт: \"1.1\", срок: Апрель 2024, место: Читальный зал}
      - {добавить: {номер: \"1.3\", мероприятие: Вебинар, срок: Май 2024}}
      - {добавить: {мероприятие: Круглый стол, срок: Июнь 2024}, после: \"1.1\"}
  - приказ: {номер: 9-п, дата: 03.06.2024}
    изменения: [{исключить: \"2.1\"}]
";

fn built(plan: &str, more: &[(&str, &str)]) -> Build {
    let mut files = vec![("plans/p.yaml", plan)];
    files.extend(more);
    build(&site(&files), &options("2024-10-15"), None)
}

fn amended() -> Build {
    built(&format!("{PLAN}{AMENDMENTS}"), &[])
}

/// The text of a page, tags and the runs of spaces that they leave taken out.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => (inside, out) = (false, out + " "),
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn in_order(text: &str, wanted: &[&str]) {
    let mut rest = text;
    for one in wanted {
        let Some(at) = rest.find(one) else { panic!("«{one}» is not there, in this order, in {text}") };
        rest = &rest[at + one.len()..];
    }
}

#[test]
fn orders_change_a_plan_and_the_approved_text_stays() {
    let build = amended();
    assert_eq!(codes(&build), [] as [&str; 0]);
    let now = words(&page(&build, "plans/p/index.html"));
    in_order(
        &now,
        &["В редакции от 03.06.2024", "Семинар «Чтение»", "Апрель 2024", "Читальный зал", "Круглый стол", "Без номера", "Вебинар"],
    );
    in_order(
        &now,
        &[
            "Что изменилось",
            "Приказ от 10.02.2024 № 7-п",
            "Основание: болезнь лектора",
            "Изменён пункт 1.1",
            "Февраль 2024 Апрель 2024",
            "Зал Читальный зал",
            "Добавлен пункт 1.3 Вебинар",
            "Добавлен пункт 1.1b Круглый стол",
            "Приказ от 03.06.2024 № 9-п",
            "Исключён пункт 2.1 Отчёт",
        ],
    );
    let approved = words(&page(&build, "plans/p/approved/index.html"));
    in_order(&approved, &["Семинар «Чтение»", "Февраль 2024", "Зал", "Без номера", "Отчёт"]);
    assert!(!approved.contains("Вебинар") && !approved.contains("Читальный") && !approved.contains("редакции"), "{approved}");
    let print = words(&page(&build, "plans/p/print/index.html"));
    in_order(&print, &["в редакции от 03.06.2024", "Апрель 2024", "2.1 Пункт исключён. Приказ от 03.06.2024 № 9-п", "2.2 По запросам"]);
}

#[test]
fn a_row_keeps_its_address_when_orders_add_rows_before_it() {
    let before = page(&built(PLAN, &[]), "plans/p/index.html");
    let after = page(&amended(), "plans/p/index.html");
    for id in ["1.1", "1.1a", "1.2", "2.1", "2.3"] {
        assert!(before.contains(&format!("id=\"{id}\"")) && after.contains(&format!("id=\"{id}\"")), "{id}");
    }
    in_order(&after, &["id=\"1.1a\"", "Без номера"]);
}

#[test]
fn amendments_are_told_to_machines() {
    let json: serde_json::Value = serde_json::from_str(&page(&amended(), "api/v1/plans/p.json")).expect("JSON");
    assert_eq!(json["edition"], "2024-06-03");
    let changes = &json["amendments"][0]["changes"];
    assert_eq!((&changes[0]["item"], &changes[0]["cells"][0]["cell"]), (&"1.1".into(), &"timeframe".into()));
    assert_eq!((&changes[0]["cells"][0]["from"], &changes[0]["cells"][0]["to"]), (&"Февраль 2024".into(), &"Апрель 2024".into()));
    assert_eq!((&changes[1]["add"], &changes[2]["add"]), (&"1.3".into(), &"1.1b".into()));
    assert_eq!(json["amendments"][1]["changes"][0]["drop"], "2.1");
}

#[test]
fn an_amendment_of_what_is_not_there_is_told() {
    let change = |change: &str| format!("{PLAN}изменения: [{{приказ: {{номер: 1}}, изменения: [{change}]}}]\n");
    for (wrong, code) in [
        ("{пункт: \"1.9\", срок: Май}", "unknown-row"),
        ("{исключить: \"7.7\"}", "unknown-row"),
        ("{добавить: Вебинар, после: \"9.9\"}", "unknown-row"),
        ("{добавить: Вебинар, раздел: Пятый}", "unknown-section"),
        ("{пункт: \"1.1\"}", "empty-change"),
        ("{пункт: \"1.1\", срок: Февраль 2024}", "empty-change"),
    ] {
        assert_eq!(codes(&built(&change(wrong), &[])), [format!("plans/p.yaml {code}")], "{wrong}");
    }
}

#[test]
fn rows_are_heaped_by_month_and_those_without_a_date_stand_apart() {
    let months = words(&page(&built(PLAN, &[]), "plans/p/months/index.html"));
    let main = &months[months.find("План по месяцам").expect("a title")..];
    // Behind the list of jumps.
    let main = &main[main.find("пункт").expect("a count")..];
    in_order(
        main,
        &[
            "1.1 Семинар",
            "Март 2024",
            "2.3 Сведения",
            "Май 2024",
            "2.1 Отчёт",
            "Октябрь 2024",
            "1.1a Без номера",
            "Ноябрь 2024",
            "1.1a Без номера",
            "2.3 Сведения",
            "В течение года и регулярно",
            "1.2 Консультации",
            "Без срока",
            "2.2 По запросам",
        ],
    );
}

#[test]
fn rows_are_heaped_by_person_and_by_what_else_the_cells_hold() {
    let build = built(PLAN, &[("people.yaml", "- {id: petrov, name: Петров Борис Борисович, aliases: [Петров Б.Б.]}\n")]);
    let people = words(&page(&build, "plans/p/people/index.html"));
    in_order(&people, &["Петров Борис Борисович 2 пункта", "1.1 Семинар", "1.1a Без номера", "Не указано 4 пункта"]);
    assert!(
        build.has("plans/p/venues/index.html") && build.has("plans/p/competencies/index.html") && build.has("plans/p/outputs/index.html")
    );
    let poor = built("название: П\nгод: 2024\nразделы: [{пункты: [{мероприятие: А}]}]\n", &[]);
    assert!(poor.has("plans/p/months/index.html"));
    assert!(!poor.has("plans/p/venues/index.html") && !poor.has("plans/p/people/index.html") && !poor.has("plans/p/outputs/index.html"));
    assert!(!built("название: П\nгод: 2024\n", &[]).has("plans/p/year/index.html"));
}

#[test]
fn the_year_shows_overloaded_and_empty_months() {
    let rows: String =
        (1..=4).map(|n| format!("      - {{мероприятие: Дело {n}, срок: Октябрь 2024, ответственные: Петров Б.Б.}}\n")).collect();
    let build = built(&format!("{PLAN}  - название: Ещё\n    пункты:\n{rows}"), &[]);
    let html = page(&build, "plans/p/year/index.html");
    let text = words(&html);
    in_order(
        &text,
        &["Больше всего пунктов: Октябрь 2024 .", "Ни одного пункта: Январь 2024, Апрель 2024", "По разделам", "По исполнителям"],
    );
    assert_eq!(html.matches("class=\"much\"").count(), 3, "the section, the person and all rows: {html}");
    in_order(&text, &["Не привязано к месяцу", "в течение года и регулярно — 1 пункт", "без срока — 1 пункт"]);
}

#[test]
fn the_print_form_is_the_paper() {
    let html = page(&built(PLAN, &[]), "plans/p/print/index.html");
    in_order(&words(&html), &["Согласовано", "Б.Б. Петров", "11.01.2024", "Утверждаю", "А.А. Иванова", "Приказ от 12.01.2024 № 1-п"]);
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "it is no page of its own for a search engine");
    // A row whose parts have times of their own shows them in the cell of the time, as the paper does.
    in_order(&words(&html), &["Сведения о месячниках:", "День чтения", "Неделя книги", "Ноябрь 2024", "Март 2024"]);
}

/// The script of the page says «сегодня» where the reader's day lies between the two.
#[test]
fn a_deadline_is_today_on_its_day_alone() {
    let list = page(&built(PLAN, &[]), "calendar/2024/05/index.html");
    assert!(list.contains("data-start=\"2024-05-15\" data-end=\"2024-05-15\""), "{list}");
    let list = page(&built(PLAN, &[]), "calendar/list/index.html");
    assert!(list.contains("data-start=\"2024-10-01\" data-end=\"2024-11-30\""), "{list}");
}

#[test]
fn what_nobody_planned_is_told_apart() {
    let workshop = |plan: &str, title: &str| format!("---\ntitle: {title}\ndate: 2024-03-05\n{plan}---\n");
    let files = [
        ("workshops/named.md", workshop("plan_item: p\n", "Назван план без строки")),
        ("workshops/own.md", workshop("organisation: Областная библиотека\n", "Той же организации")),
        ("workshops/host.md", workshop("host: Областная библиотека\n", "На той же базе")),
        ("workshops/row.md", workshop("organisation: Областная библиотека\nplan_item: p/1.1\n", "По плану")),
        ("workshops/other.md", workshop("organisation: Другая библиотека\n", "Чужое")),
        ("workshops/later.md", workshop("organisation: Областная библиотека\n", "Другой год").replace("2024", "2025")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let build = built(PLAN, &files);
    let json: serde_json::Value = serde_json::from_str(&page(&build, "api/v1/plans/p.json")).expect("JSON");
    let mut titles: Vec<&str> = json["unplanned"].as_array().expect("a list").iter().filter_map(|one| one["title"].as_str()).collect();
    titles.sort();
    assert_eq!(titles, ["На той же базе", "Назван план без строки", "Той же организации"]);
    assert_eq!(json["totals"]["all"]["unplanned"], 3);
    in_order(&words(&page(&build, "plans/p/index.html")), &["Вне плана 3", "Мероприятия, которых в плане не было."]);
}

const PROJECT: &str = "\
название: Школа
показатели:
  - {id: all, title: Встречи, target: 15}
  - {id: mk, title: Мастер-классы, target: 6, count: {kind: мероприятие, form: мастер-класс}}
  - {id: sem, title: Семинары, target: 8, count: {kind: workshop, form: семинар, recorded: да}}
  - {id: ses, title: Сессия, target: 1, count: {form: сессия}}
итог: {показатель: all, слагаемые: [mk, sem, ses]}
";

#[test]
fn indicators_are_counted_and_say_what_counted() {
    let workshop = |form: &str, more: &str| format!("---\ntitle: {form}\ndate: 2024-03-05\nform: {form}\nproject: p\n{more}\n---\n");
    let files = [
        ("projects/p.yaml", PROJECT.to_owned()),
        ("workshops/a.md", workshop("мастер-класс", "status: held")),
        ("workshops/b.md", workshop("семинар", "status: held")),
        ("workshops/c.md", workshop("семинар", "recordings: [{url: \"https://video.example/1\", title: Запись}]")),
        ("workshops/d.md", workshop("сессия", "status: planned")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let build = build(&site(&files), &options("2024-10-15"), None);
    let text = words(&page(&build, "projects/p/index.html"));
    in_order(
        &text,
        &[
            "Встречи",
            "2 из 15",
            "Мастер-классы",
            "1 из 6",
            "Что считается",
            "Семинары",
            "1 из 8",
            "Состоялось, но записи нет",
            "Сессия",
            "0 из 1",
        ],
    );
    in_order(&text, &["Ещё впереди или не отмечено", "Проверка суммы: 6 + 8 + 1 = 15"]);
}

#[test]
fn parts_that_do_not_add_up_are_told() {
    let told = |project: &str| codes(&build(&site(&[("projects/p.yaml", project)]), &options("2024-10-15"), None));
    assert_eq!(told(PROJECT), [] as [&str; 0]);
    assert_eq!(told(&PROJECT.replace("target: 8", "target: 9")), ["projects/p.yaml wrong-sum"]);
    assert_eq!(told(&PROJECT.replace("sem, ses]", "sme, ses]")), ["projects/p.yaml unknown-indicator"]);
}

#[test]
fn one_event_does_not_fulfil_what_is_to_be_done_several_times() {
    let plan = "название: П\nгод: 2024\nразделы:\n  - пункты:\n      - {номер: 1, мероприятие: Дважды, срок: \"март, октябрь\"}\n      - {номер: 2, мероприятие: Ежемесячно, срок: ежемесячно}\n      - {номер: 3, мероприятие: Части, подпункты: [{название: А, срок: Март}, {название: Б, срок: Ноябрь}]}\n      - {номер: 4, мероприятие: Весь год, срок: в течение года}\n      - {номер: 5, мероприятие: Раз, срок: март}\n";
    let workshop = |row: usize, date: &str| {
        (format!("workshops/w{row}-{date}.md"), format!("---\ntitle: W{row}\ndate: {date}\nplan_item: p/{row}\nstatus: held\n---\n"))
    };
    let statuses = |files: &[(String, String)], today: &str| {
        let mut all = vec![("plans/p.yaml", plan)];
        all.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let build = build(&site(&all), &options(today), None);
        let json: serde_json::Value = serde_json::from_str(&page(&build, "api/v1/plans/p.json")).expect("JSON");
        let rows = json["sections"][0]["items"].as_array().expect("rows").iter();
        let statuses: Vec<String> = rows.map(|row| row["status"].as_str().unwrap_or_default().to_owned()).collect();
        (build, statuses.join(" "))
    };
    let march: Vec<_> = (1..=5).map(|row| workshop(row, "2024-03-12")).collect();
    let (build, april) = statuses(&march, "2024-04-15");
    assert_eq!(april, "planned planned planned planned held");
    // What is still to be done stays in the calendar.
    let october = words(&page(&build, "calendar/2024/10/index.html"));
    assert!(october.contains("Дважды") && !october.contains("Раз "), "{october}");
    assert!(words(&page(&build, "calendar/2024/11/index.html")).contains("Б"));
    let march_page = page(&build, "calendar/2024/03/index.html");
    assert!(!march_page.contains("plans/p/#1\"") && !march_page.contains("plans/p/#3\""), "the workshops stand there in their place");
    // When all of it is done, and when the year is over.
    let more: Vec<_> = march.iter().cloned().chain([workshop(1, "2024-10-08"), workshop(3, "2024-11-12")]).collect();
    assert_eq!(statuses(&more, "2024-11-20").1, "held planned held planned held");
    assert_eq!(statuses(&march, "2025-01-10").1, "held held held held held");
    let cancelled: Vec<_> = march.iter().map(|(path, text)| (path.clone(), text.replace("held", "cancelled"))).collect();
    assert_eq!(statuses(&cancelled, "2024-04-15").1, "planned planned planned planned cancelled");
}

#[test]
fn a_moved_event_is_where_it_was_moved_to() {
    let workshop =
        "---\ntitle: Семинар\ndate: 12 февраля 2024\nplan_item: p/1.1\nstatus: перенесено\nперенесено на: 17 сентября 2024\n---\n";
    let files = [("plans/p.yaml", PLAN), ("workshops/s.md", workshop)];
    let on = |today: &str| build(&site(&files), &options(today), None);
    let status = |build: &Build| {
        let json: serde_json::Value = serde_json::from_str(&page(build, "api/v1/plans/p.json")).expect("JSON");
        json["sections"][0]["items"][0]["status"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!((status(&on("2024-03-01")), status(&on("2024-09-20"))), ("moved".to_owned(), "held".to_owned()));
    let months = words(&page(&on("2024-03-01"), "plans/p/months/index.html"));
    in_order(&months[months.find("Сентябрь 2024 1 пункт").expect("a heap")..], &["1.1 Семинар"]);
    assert!(!months.contains("Февраль 2024 1 пункт"), "{months}");
}

#[test]
fn orders_hold_by_their_days_and_not_before() {
    let plan = format!(
        "{PLAN}изменения:\n  - {{приказ: {{номер: 2, дата: 15.03.2024}}, изменения: [{{пункт: \"1.1\", срок: Май 2024}}]}}\n  - {{приказ: {{номер: 1, дата: 15.01.2024}}, изменения: [{{пункт: \"1.1\", срок: Июнь 2024, номер: \"1.7\"}}]}}\n  - {{приказ: {{номер: 3, дата: 15.12.2024}}, изменения: [{{исключить: \"1.1\"}}]}}\n"
    );
    let files = [("plans/p.yaml", plan.as_str())];
    let on = |today: &str| words(&page(&build(&site(&files), &options(today), None), "plans/p/index.html"));
    let now = on("2024-10-15");
    in_order(&now, &["В редакции от 15.03.2024", "1.7 Семинар «Чтение»", "Май 2024", "Изменён пункт 1.7", "Июнь 2024 Май 2024"]);
    in_order(&now, &["Приказ от 15.01.2024 № 1", "Изменён пункт 1.1 Семинар", "Приказ от 15.12.2024 № 3", "Ещё не действует"]);
    in_order(&on("2024-12-20"), &["В редакции от 15.12.2024", "Исключён пункт 1.7"]);
    assert_eq!(build(&site(&files), &options("2024-12-10"), None).next_change(), metodika::value::date::Date::parse_iso("2024-12-15"));
    // What was taken out is not there to be changed, and a number says to which section a new row belongs.
    let wrong = |changes: &str| codes(&built(&format!("{PLAN}изменения: [{{приказ: {{номер: 1}}, изменения: [{changes}]}}]\n"), &[]));
    assert_eq!(wrong("{исключить: \"1.1\"}, {пункт: \"1.1\", срок: Май 2024}"), ["plans/p.yaml unknown-row"]);
    assert_eq!(wrong("{добавить: {номер: \"7.1\", мероприятие: Новое}}"), ["plans/p.yaml unknown-section"]);
}

#[test]
fn numbers_that_each_section_counts_anew_are_legal() {
    let plan = "название: П\nгод: 2024\nразделы:\n  - номер: I\n    пункты: [{номер: 1, мероприятие: А}, {номер: 2, мероприятие: Б}, {номер: 3, мероприятие: В}]\n  - номер: II\n    пункты: [{номер: 1, мероприятие: Г}, {мероприятие: Д}, {номер: 2, мероприятие: Е}]\n";
    let build = built(plan, &[]);
    assert!(!codes(&build).iter().any(|code| code.contains("duplicate-row")), "{:?}", codes(&build));
    let html = page(&build, "plans/p/index.html");
    in_order(&html, &["id=\"I.1\"", "id=\"I.2\"", "id=\"3\"", "id=\"II.1\"", "id=\"II.1a\"", "id=\"II.2\""]);
    in_order(&words(&html), &["1 А", "2 Б", "3 В", "1 Г", "— Д", "2 Е"]);
    let twice = plan.replace("{номер: 2, мероприятие: Е}", "{номер: 1, мероприятие: Е}");
    assert!(codes(&built(&twice, &[])).iter().any(|code| code.contains("duplicate-row")));
}

#[test]
fn rows_without_numbers_at_the_head_of_a_section_are_of_that_section() {
    let plan = "название: П\nгод: 2024\nразделы:\n  - номер: I\n    пункты: [{номер: 1, мероприятие: А}, {мероприятие: Б}]\n  - {пункты: [{мероприятие: В}, {мероприятие: Г}, {номер: 2, мероприятие: Д}, {мероприятие: Е}]}\n";
    in_order(&page(&built(plan, &[]), "plans/p/index.html"), &["id=\"1\"", "id=\"1a\"", "id=\"2a\"", "id=\"2b\"", "id=\"2\"", "id=\"2c\""]);
}

#[test]
fn a_row_that_was_taken_out_is_counted_nowhere() {
    let build = amended();
    let json: serde_json::Value = serde_json::from_str(&page(&build, "api/v1/plans/p.json")).expect("JSON");
    assert_eq!((&json["totals"]["all"]["rows"], &json["totals"]["all"]["cancelled"]), (&7.into(), &0.into()));
    assert!(!words(&page(&build, "plans/p/months/index.html")).contains("Отчёт"));
}

#[test]
fn an_indicator_may_fall() {
    let project = "название: П\nпоказатели: [{title: Жалобы, baseline: 10, target: 2, value: 6}]\n";
    let html = page(&build(&site(&[("projects/p.yaml", project)]), &options("2024-10-15"), None), "projects/p/index.html");
    assert!(html.contains("width:50%") && !html.contains("6 из 2"), "{html}");
}

#[test]
fn a_person_with_a_post_is_one() {
    let plan = "название: П\nгод: 2024\nразделы:\n  - пункты:\n      - {мероприятие: А, ответственные: [\"Петров Б.Б., методист\"]}\n      - {мероприятие: Б, ответственные: \"Петров Б.Б. и др.\"}\n      - {мероприятие: В, ответственные: \"Петров Б.Б., Иванова А.А.\"}\n";
    let build = built(plan, &[("people.yaml", "- {id: petrov, name: Петров Борис Борисович, aliases: [Петров Б.Б.]}\n")]);
    let people = words(&page(&build, "plans/p/people/index.html"));
    in_order(&people, &["Иванова А. А. 1 пункт", "Петров Борис Борисович 3 пункта"]);
    assert!(!people.contains("методист 1") && !people.contains("и др. 1"), "{people}");
}

#[test]
fn an_order_may_say_what_became_of_a_row() {
    let plan = format!("{PLAN}изменения: [{{приказ: {{номер: 1}}, изменения: [{{пункт: \"1.1\", статус: отменено}}]}}]\n");
    let build = built(&plan, &[]);
    assert_eq!(codes(&build), [] as [&str; 0]);
    let json: serde_json::Value = serde_json::from_str(&page(&build, "api/v1/plans/p.json")).expect("JSON");
    assert_eq!(json["sections"][0]["items"][0]["status"], "cancelled");
}

#[test]
fn a_new_row_may_have_the_number_that_a_row_of_another_section_has() {
    let plan = "название: П\nгод: 2024\nразделы:\n  - номер: I\n    пункты: [{номер: 1, мероприятие: А}, {номер: 2, мероприятие: Б}]\n  - номер: II\n    пункты: [{номер: 1, мероприятие: Г}]\n";
    let plan =
        format!("{plan}изменения: [{{приказ: {{номер: 1}}, изменения: [{{добавить: {{номер: 2, мероприятие: Новое}}, раздел: II}}]}}]\n");
    let build = built(&plan, &[]);
    assert!(!codes(&build).iter().any(|code| code.contains("duplicate-row")), "{:?}", codes(&build));
    in_order(&page(&build, "plans/p/index.html"), &["id=\"2\"", "Б", "id=\"II.2\"", "Новое"]);
}
