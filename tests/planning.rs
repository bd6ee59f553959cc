//! Advice about what is planned: each piece fires once where it should, and not at what only looks like it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use metodika::diagnostic::{Advice, Diagnostic, Problem, Severity};
use metodika::parse::Keep;
use metodika::sources::{Source, Sources};
use metodika::value::date::Date;
use metodika::value::language::Language;
use metodika::{Build, Options, build};
use std::sync::Arc;

const SETTINGS: &str = "title: Служба\n";
const PEOPLE: &str = "- {id: ivanova, name: Иванова Анна Петровна}\n- {id: petrova, name: Петрова Вера Ильинична}\n";
const ORGANISATIONS: &str = "- {id: cb, name: Центральная библиотека}\n- {id: otdel, name: Методический отдел}\n";

fn built(settings: &str, files: &[(&str, &str)], strict: bool) -> Build {
    let mut sources = Sources::default();
    for (path, text) in [("site.yaml", settings), ("people.yaml", PEOPLE), ("organisations.yaml", ORGANISATIONS)].iter().chain(files) {
        let path = format!("content/{path}").into();
        let source = Source::of(&path, text.as_bytes(), Keep::Text);
        sources.content.insert(path, source);
    }
    let today = Date::parse_iso("2024-05-15").expect("a day");
    let options = Options { today, base_url: None, drafts: false, strict, language: None, proofread: false, people: None };
    build(&Arc::new(sources), &options, None)
}

fn advice(build: &Build) -> Vec<(&Diagnostic, &Advice)> {
    let found = build.diagnostics().iter().filter_map(|diagnostic| match &diagnostic.problem {
        Problem::Planning(advice) => Some((diagnostic, advice)),
        _ => None,
    });
    found.collect()
}

/// What is told of a site of these files.
fn told(files: &[(&str, &str)]) -> Vec<String> {
    let build = built(SETTINGS, files, false);
    let problems: Vec<_> = build.diagnostics().iter().filter(|d| d.severity == Severity::Error).collect();
    assert!(problems.is_empty(), "{problems:?}");
    advice(&build).iter().map(|(_, advice)| advice.code().to_owned()).collect()
}

fn workshop(day: &str, keys: &str) -> String {
    format!("title: Семинар {day} {}\ndate: {day}\n{keys}\n", keys.len())
}

/// Two workshops, the keys of each.
fn two(a: (&str, &str), b: (&str, &str)) -> Vec<String> {
    told(&[("workshops/a.yaml", &workshop(a.0, a.1)), ("workshops/b.yaml", &workshop(b.0, b.1))])
}

fn plan(rows: &[&str]) -> String {
    plan_with("", rows)
}

fn plan_with(keys: &str, rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("      - {{{row}}}\n")).collect();
    format!("title: План\nyear: 2024\n{keys}sections:\n  - title: Раздел\n    items:\n{rows}")
}

fn of_plan(rows: &[&str]) -> Vec<String> {
    told(&[("plans/p.yaml", &plan(rows))])
}

const NOTHING: [&str; 0] = [];

#[test]
fn somebody_is_wanted_in_two_places() {
    let code = ["person-booked-twice"];
    assert_eq!(two(("2024-06-05", "speakers: [ivanova]"), ("2024-06-05", "speakers: ['Анна Петровна Иванова, методист']")), code);
    assert_eq!(two(("2024-06-05", "speakers: [Сидорова А.Б.]"), ("2024-06-05", "speakers: [А. Б. Сидорова]")), code);
    // Hours that overlap, and hours of one only.
    let of_ivanova = |time: &str| format!("speakers: [ivanova]\ntime: {time}");
    assert_eq!(two(("2024-06-05", &of_ivanova("10:00–12:00")), ("2024-06-05", &of_ivanova("11:00–13:00"))), code);
    assert_eq!(two(("2024-06-05", &of_ivanova("10:00–12:00")), ("2024-06-05", "speakers: [ivanova]")), code);
    // One of three days.
    assert_eq!(two(("5–7 июня 2024 г.", "speakers: [ivanova]"), ("2024-06-06", "speakers: [ivanova]")), code);

    assert_eq!(two(("2024-06-05", &of_ivanova("10:00–12:00")), ("2024-06-05", &of_ivanova("12:00–13:00"))), NOTHING);
    assert_eq!(two(("2024-06-05", "speakers: [ivanova]"), ("2024-06-06", "speakers: [ivanova]")), NOTHING);
    assert_eq!(two(("2024-06-05", "speakers: [ivanova]"), ("2024-06-05", "speakers: [petrova]")), NOTHING);
    assert_eq!(two(("2024-06-05", "speakers: [Методический отдел]"), ("2024-06-05", "speakers: [Методический отдел]")), NOTHING);
    assert_eq!(two(("Июнь 2024", "speakers: [ivanova]"), ("2024-06-05", "speakers: [ivanova]")), NOTHING);
    assert_eq!(two(("2024-06-05", "speakers: [ivanova]\nstatus: cancelled"), ("2024-06-05", "speakers: [ivanova]")), NOTHING);
    // Three on one day: whoever comes last is told of both that it is at odds with.
    let three = [("a", "12:00–13:00"), ("b", "10:00–12:00"), ("c", "11:00–13:00")];
    let three =
        three.map(|(name, time)| (format!("workshops/{name}.yaml"), workshop("2024-06-05", &of_ivanova(time)).replace("Семинар", name)));
    let build = built(SETTINGS, &three.each_ref().map(|(path, text)| (path.as_str(), text.as_str())), false);
    let messages: Vec<String> = advice(&build).iter().map(|(diagnostic, _)| diagnostic.message(Language::Ru)).collect();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert_eq!(messages[0].matches('«').count(), 2, "{messages:?}");
    assert_eq!(advice(&build)[0].0.related.len(), 2);
    // A month of reading and a seminar within it.
    assert_eq!(two(("1–30 июня 2024 г.", "speakers: [ivanova]"), ("2024-06-05", "speakers: [ivanova]")), NOTHING);
}

#[test]
fn a_row_with_a_day_is_an_event_too() {
    let row = "number: 1.1, title: Семинар, timeframe: 5 июня, responsible: Методический отдел Иванова А.П.";
    let files = |workshop: &'static str| [("plans/p.yaml", plan(&[row])), ("workshops/a.yaml", workshop.to_owned())];
    let told_of = |workshop| told(&files(workshop).each_ref().map(|(path, text)| (*path, text.as_str())));
    assert_eq!(told_of("title: А\ndate: 2024-06-05\nspeakers: [ivanova]\n"), ["person-booked-twice"]);
    // It is that row.
    assert_eq!(told_of("title: А\ndate: 2024-06-05\nspeakers: [ivanova]\nplan_item: p/1.1\n"), NOTHING);
    assert_eq!(told_of("title: А\ndate: 2024-06-05\nspeakers: [Методический отдел]\n"), NOTHING);
    // What repeats keeps nobody for a day, and neither does a day by which something must be done.
    assert_eq!(
        of_plan(&["title: А, timeframe: до 5 июня, responsible: ivanova", "title: Б, timeframe: 5 июня, responsible: ivanova"]),
        NOTHING
    );
}

#[test]
fn two_persons_who_share_two_events_are_told_at_once() {
    let both = "speakers: [ivanova, petrova]";
    let files = [("workshops/a.yaml", workshop("2024-06-05", both)), ("workshops/b.yaml", workshop("2024-06-05", &format!("{both}\n")))];
    let build = built(SETTINGS, &files.each_ref().map(|(path, text)| (*path, text.as_str())), false);
    let found = advice(&build);
    assert_eq!(found.len(), 1, "{found:?}");
    let message = found[0].0.message(Language::Ru);
    assert!(message.contains("Иванова Анна Петровна, Петрова Вера Ильинична") && message.contains("среда, 5\u{a0}июня"), "{message}");
    assert_eq!(found[0].0.related.len(), 1);
}

#[test]
fn a_room_is_taken() {
    let code = ["venue-booked-twice"];
    let hall = "host: cb\nvenue: актовый зал";
    assert_eq!(two(("2024-06-05", hall), ("2024-06-05", hall)), code);
    assert_eq!(two(("2024-06-05", hall), ("2024-06-05", "venue: Центральная библиотека, актовый зал")), code);
    assert_eq!(two(("2024-06-05", "host: cb\ntime: 10:00–12:00"), ("2024-06-05", "host: cb\ntime: 11:00–12:00")), code);

    assert_eq!(two(("2024-06-05", hall), ("2024-06-05", "host: cb\nvenue: читальный зал")), NOTHING);
    assert_eq!(two(("2024-06-05", hall), ("2024-06-05", "host: otdel\nvenue: актовый зал")), NOTHING);
    assert_eq!(two(("2024-06-05", hall), ("2024-06-06", hall)), NOTHING);
    // An institution has several rooms, and its day several hours.
    assert_eq!(two(("2024-06-05", "host: cb"), ("2024-06-05", "host: cb")), NOTHING);
    assert_eq!(two(("2024-06-05", "host: cb\ntime: 10:00–12:00"), ("2024-06-05", "host: cb\ntime: 14:00–15:00")), NOTHING);
    // Nobody sits in it.
    assert_eq!(two(("2024-06-05", "venue: зал Zoom"), ("2024-06-05", "venue: зал Zoom")), NOTHING);
    assert_eq!(two(("2024-06-05", "mode: онлайн\nvenue: актовый зал"), ("2024-06-05", "venue: актовый зал")), NOTHING);
}

#[test]
fn days_off() {
    let on = |day: &str, keys: &str| told(&[("workshops/a.yaml", &workshop(day, keys))]);
    assert_eq!(on("2024-06-12", ""), ["event-on-holiday"]);
    assert_eq!(on("2020-01-03", ""), ["event-on-holiday"]);
    assert_eq!(on("2024-06-08", ""), ["event-on-weekend"]);
    assert_eq!(of_plan(&["title: Семинар, timeframe: 4 ноября"]), ["event-on-holiday"]);
    // The plan is still in force: its paper may be wrong.
    assert_eq!(of_plan(&["title: Слёт, timeframe: 20 января"]), ["event-on-weekend"]);

    assert_eq!(on("2024-06-11", ""), NOTHING);
    assert_eq!(on("Июнь 2024", ""), NOTHING);
    assert_eq!(on("2024-06-12", "status: состоялось"), NOTHING);
    assert_eq!(on("2024-06-12", "status: отменено"), NOTHING);
    assert_eq!(on("2024-06-12", "status: перенесено\nmoved_to: 2024-06-13"), NOTHING);
    assert_eq!(on("2024-06-13", "status: перенесено\nmoved_to: 2024-06-12"), ["event-on-holiday"]);
    // A Saturday that is over.
    assert_eq!(on("2024-04-06", ""), NOTHING);
}

const MONTHS: [&str; 12] =
    ["Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь"];

fn by_months(months: impl Iterator<Item = usize>) -> Vec<String> {
    months.enumerate().map(|(n, month)| format!("number: 1.{n}, title: Работа {n}, timeframe: {} 2024", MONTHS[month - 1])).collect()
}

fn of_months(keys: &str, months: impl Iterator<Item = usize>) -> Vec<String> {
    let rows = by_months(months);
    told(&[("plans/p.yaml", &plan_with(keys, &rows.iter().map(String::as_str).collect::<Vec<_>>()))])
}

#[test]
fn months_without_rows() {
    assert_eq!(of_months("", (1..=12).filter(|month| *month != 10)), ["empty-months"]);
    assert_eq!(of_months("", (1..=12).filter(|month| *month != 7)), ["empty-months"]);
    assert_eq!(of_months("", 1..=12), NOTHING);
    // A service that lives by the school year has its holidays.
    assert_eq!(of_months("audience: школьные библиотекари\n", (1..=12).filter(|month| !(6..=8).contains(month))), NOTHING);
    assert_eq!(of_months("audience: школьные библиотекари\n", (1..=12).filter(|month| *month != 10)), ["empty-months"]);
    // In a plan that does not go by months they say nothing.
    assert_eq!(of_months("", [3, 5, 9].into_iter()), NOTHING);
    // The past year cannot be filled any more.
    let past =
        plan(&by_months((1..=12).filter(|month| *month != 10)).iter().map(String::as_str).collect::<Vec<_>>()).replace("2024", "2023");
    assert_eq!(told(&[("plans/p.yaml", &past)]), NOTHING);
}

#[test]
fn a_month_with_far_more_rows_than_the_others() {
    let crowded = |n: usize| of_months("", (1..=12).chain(std::iter::repeat_n(10, n)));
    assert_eq!(crowded(7), ["overloaded-month"]);
    assert_eq!(crowded(6), NOTHING);
    // Many rows, but so it is all the year.
    assert_eq!(of_months("", (1..=12).flat_map(|month| std::iter::repeat_n(month, 9))), NOTHING);
}

#[test]
fn blank_cells_of_a_column_that_is_there() {
    let rows = ["number: 1.1, title: А, competencies: [цифровая]", "number: 1.2, title: Б", "number: 1.3, title: В"];
    let text = plan(&rows);
    let build = built(SETTINGS, &[("plans/p.yaml", &text)], false);
    let found = advice(&build);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(*found[0].1, Advice::BlankCompetency { rows: vec!["1.2".into(), "1.3".into()] });
    let span = found[0].0.span.as_ref().expect("a place");
    assert_eq!(&text[span.start..span.end], "Б");
    assert_eq!(of_plan(&["title: А, output: Отчёт", "title: Б"]), ["blank-output"]);
    assert_eq!(of_plan(&["title: А, output: Отчёт", "title: Б, output: Справка"]), NOTHING);
    assert_eq!(of_plan(&["title: А", "title: Б"]), NOTHING);
    assert_eq!(of_plan(&["title: А, output: Отчёт", "title: Б, status: отменено"]), NOTHING);
}

#[test]
fn rows_that_say_the_same_but_for_a_slip() {
    let code = ["near-duplicate-rows"];
    let pair = |a: &str, b: &str| {
        let [a, b] = [a, b].map(|title| format!("title: {title}, timeframe: Октябрь 2024, venue: Библиотека"));
        of_plan(&[&a, &b])
    };
    assert_eq!(pair("Консультация по работе с фондом", "Консультации по работе с фондом"), code);
    assert_eq!(pair("Обзор новой литературы", "обзор  «новой» литературы."), code);
    assert_eq!(pair("Обзор новой литературы", "Обзор новой литиратуры"), code);

    assert_eq!(pair("Работа со сменой 1", "Работа со сменой 2"), NOTHING);
    assert_eq!(pair("Итоги I этапа", "Итоги II этапа"), NOTHING);
    assert_eq!(pair("Сводка за 2023 год", "Сводка за 2024 год"), NOTHING);
    assert_eq!(pair("Обзор новой литературы", "Обзор старой литературы"), NOTHING);
    assert_eq!(pair("Обзор", "Обзор новой литературы"), NOTHING);
    // Every quarter under one name; in two places; for two circles.
    assert_eq!(of_plan(&["title: Обзор новинок, timeframe: Октябрь 2024", "title: Обзор новинок, timeframe: Декабрь 2024"]), NOTHING);
    assert_eq!(of_plan(&["title: Обзор новинок, venue: Лицей", "title: Обзор новинок, venue: Гимназия"]), NOTHING);
    // One of them leaves something out.
    let whole = "title: Обзор новинок, timeframe: Октябрь 2024, venue: Лицей, responsible: Иванова А.П., audience: [учителя]";
    assert_eq!(of_plan(&[whole, "title: Обзор новинок, timeframe: Октябрь 2024"]), code);
    assert_eq!(of_plan(&["title: Обзор новинок, timeframe: Октябрь 2024, audience: [учителя]", whole]), code);
    assert_eq!(of_plan(&[whole, "title: Обзор новинок, timeframe: Ноябрь 2024"]), NOTHING);
    assert_eq!(of_plan(&[whole, "title: Обзор новинок, timeframe: Октябрь 2024, venue: Гимназия"]), NOTHING);
    assert_eq!(of_plan(&["title: Обзор новинок, audience: [учителя]", "title: Обзор новинок, audience: [методисты]"]), NOTHING);
}

#[test]
fn an_event_outside_the_plan() {
    let files = |date: &str, keys: &str| {
        let plan = plan(&["number: 1.1, title: Семинар, timeframe: Октябрь 2024"]);
        told(&[("plans/p.yaml", &plan), ("workshops/a.yaml", &format!("title: А\ndate: {date}\nplan_item: p/1.1\n{keys}"))])
    };
    assert_eq!(files("2025-10-07", ""), ["event-outside-plan"]);
    assert_eq!(files("2024-10-08", ""), NOTHING);
    assert_eq!(files("2024-10-08", "status: перенесено\nmoved_to: 2025-01-14\n"), NOTHING);
}

#[test]
fn the_august_meeting_opens_the_school_year() {
    let files = |date: &str| {
        let plan = plan(&["number: 1.1, title: Совещание, timeframe: 29 августа 2024"]).replace("year: 2024", "year: 2024/2025");
        told(&[("plans/p.yaml", &plan), ("workshops/a.yaml", &format!("title: А\ndate: {date}\nplan_item: p/1.1\n"))])
    };
    assert_eq!(files("2024-08-29"), NOTHING);
    assert_eq!(files("2024-08-15"), ["event-outside-plan"]);
}

#[test]
fn a_plan_without_rows() {
    assert_eq!(told(&[("plans/p.yaml", "title: План\nyear: 2024\n")]), ["no-rows"]);
    assert_eq!(told(&[("plans/p.yaml", "title: План\nyear: 2024\nsections:\n  - title: Раздел\n")]), ["no-rows"]);
    assert_eq!(told(&[("plans/p.yaml", "title: План\nyear: 2024\naccept: [no-rows]\n")]), NOTHING);
    let build = built(SETTINGS, &[("plans/p.yaml", "title: План\nyear: 2024\n")], false);
    assert!(advice(&build).iter().all(|(diagnostic, _)| diagnostic.severity == Severity::Warning));
}

#[test]
fn working_saturdays_and_days_off_are_those_of_the_settings() {
    let on = |settings: &str, day: &str| {
        let text = workshop(day, "");
        let build = built(&format!("{SETTINGS}{settings}"), &[("workshops/a.yaml", &text)], false);
        build.diagnostics().iter().map(|diagnostic| diagnostic.problem.code().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(on("", "2024-11-02"), ["event-on-weekend"]);
    assert_eq!(on("рабочие дни: [2024-11-02, 28 декабря 2024 г.]\n", "2024-11-02"), NOTHING);
    assert_eq!(on("working_days: 02.11.2024\n", "2024-11-09"), ["event-on-weekend"]);
    assert_eq!(on("working_days: [2024-06-12]\n", "2024-06-12"), NOTHING);
    assert_eq!(on("", "2024-12-30"), NOTHING);
    assert_eq!(on("нерабочие дни: [30.12.2024]\n", "2024-12-30"), ["event-on-weekend"]);
    assert_eq!(on("days_off: [31.11.2024]\n", "2024-12-30"), ["not-a-date"]);
}

#[test]
fn what_became_of_an_event_is_not_told() {
    let rows = [
        "number: 1.1, title: Семинар о чтении, timeframe: Март 2024",
        "number: 1.2, title: Анализ работы, timeframe: Март 2024",
        "number: 1.3, title: Семинар о фонде, timeframe: Июнь 2024",
        "number: 1.4, title: Семинар о книге, timeframe: Март 2024, status: состоялось",
        "number: 1.5, title: Неделя книги, timeframe: Март 2024, form: фестиваль",
        "number: 1.6, title: О чтении, timeframe: Апрель 2024, group: 'Семинары:'",
        "number: 1.7, title: Подготовка к семинару, timeframe: Март 2024",
        "number: 1.8, title: Круглый стол, timeframe: Апрель 2024",
        "number: 1.9, title: Семинары для новичков, timeframe: по запросам библиотек в I квартале 2024 г.",
        "number: '1.10', title: Семинары в филиалах, timeframe: в течение I квартала 2024 г.",
    ];
    let text = plan(&rows);
    let event = "title: Круглый стол\ndate: Апрель 2024\nplan_item: p/1.8\n";
    let build = built(SETTINGS, &[("plans/p.yaml", &text), ("workshops/a.yaml", event)], false);
    let found = advice(&build);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(*found[0].1, Advice::NoEventForRow { plan: "p".into(), rows: ["1.1", "1.5", "1.6"].map(str::to_owned).to_vec() });
    let hint = found[0].0.hint(Language::Ru);
    assert!(hint.contains("пункт плана: p/1.1") && hint.contains("статус: состоялось"), "{hint}");
}

#[test]
fn what_is_known_and_meant_is_not_told_again() {
    let rows = ["title: А, output: Отчёт", "title: Б"];
    assert_eq!(told(&[("plans/p.yaml", &plan_with("принято: [blank-output]\n", &rows))]), NOTHING);
    assert_eq!(told(&[("plans/p.yaml", &plan_with("accept: [blank-competency]\n", &rows))]), ["blank-output"]);
    assert_eq!(told(&[("workshops/a.yaml", &workshop("2024-06-08", "accept: event-on-weekend"))]), NOTHING);
    // A workshop need not repeat what its plan accepts.
    let plan = plan_with("accept: [event-on-weekend]\n", &["number: 1.1, title: Семинар, timeframe: Июнь 2024"]);
    let of_plan = |item: &str| told(&[("plans/p.yaml", &plan), ("workshops/a.yaml", &workshop("2024-06-08", item))]);
    assert_eq!(of_plan("plan_item: p/1.1"), NOTHING);
    assert_eq!(of_plan("tags: [лето]"), ["event-on-weekend"]);

    let build = built(SETTINGS, &[("plans/p.yaml", &plan_with("accept: [blank-outputs]\n", &rows))], false);
    let unknown = build.diagnostics().iter().find(|d| d.problem.code() == "unknown-value").expect("told");
    assert_eq!(
        (unknown.hint(Language::Ru).as_str(), unknown.fix.as_deref()),
        ("Похоже, имелось в виду «blank-output».", Some("blank-output"))
    );
    let build = built(SETTINGS, &[("plans/p.yaml", &plan_with("accept: [нечто]\n", &rows))], false);
    let unknown = build.diagnostics().iter().find(|d| d.problem.code() == "unknown-value").expect("told");
    assert!(unknown.hint(Language::Ru).contains("blank-output,") && unknown.fix.is_none(), "{}", unknown.hint(Language::Ru));
}

#[test]
fn a_site_may_do_without() {
    let files = [("plans/p.yaml", plan(&["title: А, output: Отчёт", "title: Б"]))];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    assert_eq!(advice(&built("title: Служба\nпроверки планов: нет\n", &files, false)).len(), 0);
    let build = built("title: Служба\nplanning_checks: true\n", &files, true);
    assert_eq!(advice(&build).iter().map(|(d, _)| d.severity).collect::<Vec<_>>(), [Severity::Error]);
}

#[test]
fn every_piece_of_advice_has_words_in_both_languages() {
    let files = [
        ("plans/p.yaml", plan(&["title: А, output: Отчёт, competencies: [цифровая]", "title: Б, timeframe: 4 ноября"])),
        ("workshops/a.yaml", workshop("2024-06-05", "speakers: [ivanova]\nvenue: актовый зал")),
        ("workshops/b.yaml", workshop("2024-06-05", "speakers: [ivanova]\nvenue: актовый зал\n")),
    ];
    let build = built(SETTINGS, &files.each_ref().map(|(path, text)| (*path, text.as_str())), false);
    assert_eq!(advice(&build).len(), 5);
    for (diagnostic, advice) in advice(&build) {
        let russian = format!("{} {}", diagnostic.message(Language::Ru), diagnostic.hint(Language::Ru));
        assert!(russian.contains(&format!("«принято: [{}]»", advice.code())), "{russian}");
        let english = format!("{} {}", diagnostic.message(Language::En), diagnostic.hint(Language::En));
        assert!(english.contains(&format!("`accept: [{}]`", advice.code())), "{english}");
        assert!(!diagnostic.hint(Language::En).contains(|c: char| ('а'..='я').contains(&c)), "{english}");
    }
}
