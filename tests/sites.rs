//! Whole small sites: a folder goes in, a few lines of what comes out are looked at.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::{codes, options, page, site};
use metodika::source::NoTexts;
use metodika::value::date::Date;
use metodika::{Build, Options, build};
use std::sync::Arc;

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(codes(&build(&site(files), &options("2024-10-15"), None)), expected);
}

#[test]
fn a_site_with_only_a_title_builds() {
    let build = build(&site(&[]), &options("2024-10-15"), None);
    assert_eq!(codes(&build), [] as [&str; 0]);
    let home = page(&build, "index.html");
    assert!(home.contains("<html lang=\"ru\" ") && home.contains("Сайт"), "{home}");
}

#[test]
fn one_run_reports_every_mistake() {
    check(
        &[
            ("news/no-title.md", "---\ndate: 2024-01-01\n---\n"),
            ("news/slip.md", "---\ntitle: A\ndate: 2024-01-01\nsumary: b\n---\n[x](nowhere.md)\n"),
            ("news/bad-yaml.md", "---\ntitle: План: 2024\n---\n"),
            ("news/bad-date.md", "---\ntitle: B\ndate: 31 апреля 2024\n---\n"),
            ("workshops/w.md", "---\ntitle: W\ndate: 15 мая\nparticipants: many\nplan_item: none/1\n---\n"),
            ("workshops/w.yaml", "title: Second at this address\ndate: 2024-05-05\n"),
            ("notes/x.md", "---\ntitle: X\n---\n"),
        ],
        &[
            "news/bad-date.md not-a-date",
            "news/bad-yaml.md yaml-colon",
            "news/no-title.md missing-key",
            "news/slip.md unknown-key",
            "news/slip.md broken-link",
            "notes/x.md unknown-folder",
            "workshops/w.md duplicate-address",
            "workshops/w.md needs_year",
            "workshops/w.md wrong-type",
            "workshops/w.md unknown-plan-item",
        ],
    );
}

#[test]
fn a_slip_in_a_key_is_named_with_the_right_one() {
    let build = build(&site(&[("news/a.md", "---\nназвание: A\nсумари: b\nаннотацыя: c\n---\n")]), &options("2024-10-15"), None);
    let fixes: Vec<_> = build.diagnostics().iter().map(|d| d.fix.clone()).collect();
    assert_eq!(fixes, [None, Some("аннотация".into())]);
}

#[test]
fn keys_may_be_russian_and_of_any_case() {
    check(&[("news/a.md", "---\nНазвание: A\nДАТА: 1 марта 2024 г.\nПрежние адреса: [/old/]\nplan-item: []\n---\n")], &[]);
}

const PLAN: &str = "title: План\nyear: 2024\nsections:\n  - title: Раздел\n    items:\n      - {number: '1.1.', title: Семинар, timeframe: Октябрь 2024}\n      - {title: Опрос, timeframe: в течение года}\n      - {number: '1.2', title: Совет, timeframe: 18 марта}\n      - {number: '1.3', title: Отчёт, timeframe: до 20 декабря}\n";

#[test]
fn a_row_is_in_the_band_of_its_month_and_on_no_day() {
    let build = build(&site(&[("plans/p.yaml", PLAN)]), &options("2024-10-15"), None);
    assert_eq!(codes(&build), [] as [&str; 0]);
    let october = page(&build, "calendar/2024/10/index.html");
    let grid = |html: &str| html.split("<table").skip(1).filter_map(|t| t.split("</table>").next()).collect::<String>();
    assert!(october.contains("plans/p/#1.1") && !grid(&october).contains("plans/p/"), "{october}");
    let march = page(&build, "calendar/2024/03/index.html");
    assert!(grid(&march).contains("plans/p/#1.2") && march.contains("data-day=\"2024-03-18\""), "{march}");
    let api: serde_json::Value = serde_json::from_str(&page(&build, "api/v1/plans/p.json")).expect("JSON");
    let ids: Vec<&str> = api["sections"][0]["items"].as_array().expect("items").iter().map(|i| i["id"].as_str().expect("id")).collect();
    assert_eq!(ids, ["1.1", "1.1a", "1.2", "1.3"]);
    assert_eq!(api["totals"]["all"]["overdue"], 1);
    let calendar = page(&build, "calendar.ics");
    let told: Vec<&str> = calendar.lines().filter_map(|line| line.strip_prefix("SUMMARY:")).collect();
    assert_eq!(told, ["срок: Отчёт", "Совет"]);
}

#[test]
fn a_person_and_an_institution_of_one_name_stand_in_one_order() {
    let rows = "title: П\nyear: 2024\nsections:\n  - title: Р\n    items:\n      - {title: А, responsible: СБ}\n      - {title: Б, responsible: Совет}\n";
    let site = site(&[
        ("people.yaml", "- {id: sovet, name: Совет}\n"),
        ("organisations.yaml", "- {id: sb, name: Совет, aliases: [СБ]}\n"),
        ("plans/p.yaml", rows),
    ]);
    let view = || page(&build(&site, &options("2024-10-15"), None), "plans/p/people/index.html");
    let first = view();
    assert_eq!(first.matches("<section>").count(), 2, "{first}");
    assert!((0..20).all(|_| view() == first), "{first}");
}

#[test]
fn a_workshop_stands_in_place_of_its_row() {
    let workshop = "---\nназвание: Семинар по чтению\nдата: 22 октября 2024 г.\nвремя: 10:00–12:00\nпункт плана: p/1.1\n---\nТекст [плана](../plans/p.yaml#1.1).\n";
    let build = build(&site(&[("plans/p.yaml", PLAN), ("workshops/chtenie.md", workshop)]), &options("2024-10-15"), None);
    assert_eq!(codes(&build), [] as [&str; 0]);
    let events: serde_json::Value = serde_json::from_str(&page(&build, "api/v1/events.json")).expect("JSON");
    let ids: Vec<&str> = events["events"].as_array().expect("events").iter().map(|e| e["id"].as_str().expect("id")).collect();
    assert_eq!(ids, ["plans/p/1.3", "plans/p/1.1a", "plans/p/1.2", "workshops/chtenie"]);
    let calendar = page(&build, "calendar.ics");
    assert!(calendar.contains("DTSTART;TZID=Europe/Moscow:20241022T100000"), "{calendar}");
    let own = page(&build, "workshops/chtenie/index.html");
    assert!(own.contains("../../plans/p/#1.1"), "{own}");
    assert!(page(&build, "plans/p/index.html").contains("../../workshops/chtenie/"));
}

#[test]
fn script_never_reaches_a_page() {
    let text = "---\ntitle: \"<script>alert(1)</script>\"\nsummary: \"{{ 7 * 7 }}</script>\"\n---\n<script>alert(2)</script>\n\n<b onclick=\"x()\">ok</b> [a](javascript:alert(3)) {{ site }}\n";
    let build = build(&site(&[("news/a.md", text)]), &options("2024-10-15"), None);
    for path in ["news/a/index.html", "index.html", "news/index.html", "feed.xml"] {
        let html = page(&build, path);
        for bad in ["<script>alert", "onclick", "javascript:", "49</"] {
            assert!(!html.contains(bad), "{path}: {bad}\n{html}");
        }
    }
    assert!(page(&build, "news/a/index.html").contains("{{ site }}"));
    assert_eq!(codes(&build), ["news/a.md unsafe-html", "news/a.md unsafe-html", "news/a.md unsafe-link"]);
}

#[test]
fn reuse_is_invisible() {
    let a = ("news/a.md", "---\ntitle: A\ndate: 2024-01-01\ntags: [x]\n---\n[b](b.md)\n");
    let b = ("news/b.md", "---\ntitle: B\n---\n");
    let more = ("news/a.md", "---\ntitle: A\ndate: 2024-01-01\ntags: [x]\n---\n[b](b.md)\n\nMore\n");
    let scripts: [&[(&str, &str)]; 10] = [
        &[a, b],
        // Nothing but a body, and with every third a template; back; a link, which must be looked up; one that leads nowhere.
        &[more, b],
        &[more, ("news/b.md", "---\ntitle: B\n---\nText\n")],
        &[a, ("news/b.md", "---\ntitle: B\n---\nText\n\nText\n")],
        &[("news/a.md", "---\ntitle: A\ndate: 2024-01-01\ntags: [x]\n---\nAbove\n\n[b](b.md) [gone](c.md)\n"), b],
        &[("news/a.md", "---\ntitle: A\ndate: 2024-01-01\ntags: [x]\n---\nAbove\n\nMore [b](b.md) [gone](c.md)\n"), b],
        &[a, b],
        &[a],
        &[("news/a.md", "---\ntitle: A2\ntags: [y]\n---\n"), ("news/b.md", "---\ntitle: B\n---\n"), ("plans/p.yaml", PLAN)],
        &[("plans/p.yaml", PLAN), ("people.yaml", "- {id: x, name: Антимонова Вера Владимировна}\n")],
    ];
    let mut previous: Option<Build> = None;
    for (n, files) in scripts.into_iter().enumerate() {
        let mut sources = site(files);
        if n % 3 == 1 {
            let template = b"{% extends \"base.html\" %}{% block main %}<h1>Gone</h1>{% endblock main %}";
            Arc::make_mut(&mut sources).themes.insert("themes/default/templates/404.html".into(), Arc::from(&template[..]));
        }
        let clean = build(&sources, &options("2024-10-15"), None);
        let next = build(&sources, &options("2024-10-15"), previous.as_ref());
        assert_eq!(clean.diagnostics(), next.diagnostics());
        let all = |b: &Build| b.paths().map(|p| (p.to_owned(), b.render(p, &NoTexts))).collect::<Vec<_>>();
        assert_eq!(all(&clean), all(&next));
        previous = Some(next);
    }
}

#[test]
fn drafts_and_days_decide_what_is_there() {
    let files = [
        ("news/draft.md", "---\ntitle: D\nчерновик: да\n---\n"),
        ("news/later.md", "---\ntitle: L\nопубликовать: 2024-11-01\n---\n"),
        ("news/gone.md", "---\ntitle: G\nснять: 1 октября 2024 г.\n---\n"),
        ("news/here.md", "---\ntitle: H\n---\n[draft](draft.md)\n"),
    ];
    let has = |b: &Build| {
        b.paths()
            .filter(|p| p.starts_with("news/") && p.matches('/').count() == 2 && p.ends_with(".html"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let now = build(&site(&files), &options("2024-10-15"), None);
    assert_eq!(has(&now), ["news/here/index.html"]);
    assert_eq!(now.next_change(), Date::parse_iso("2024-11-01"));
    let drafts = Options { drafts: true, ..options("2024-10-15") };
    assert_eq!(has(&build(&site(&files), &drafts, None)).len(), 4);
}

#[test]
fn an_old_address_leads_to_the_new_one() {
    let build = build(&site(&[("news/a.md", "---\ntitle: A\naliases: [/513/7160-staroe, old.html]\n---\n")]), &options("2024-10-15"), None);
    assert!(page(&build, "513/7160-staroe/index.html").contains("url=../../news/a/"));
    assert!(page(&build, "old.html").contains("url=./news/a/"));
}

#[test]
fn an_english_site_has_no_russian_string_of_the_theme() {
    let sources = site(&[
        ("site.yaml", "title: Site\nlanguage: en\n"),
        ("news/a.md", "---\ntitle: A\ndate: 2024-01-01\n---\nText\n"),
        ("workshops/w.md", "---\ntitle: W\ndate: 2024-05-05\nform: seminar\n---\n"),
    ]);
    let build = build(&sources, &options("2024-10-15"), None);
    for path in build.paths().filter(|p| p.ends_with(".html")).map(str::to_owned).collect::<Vec<_>>() {
        let html = page(&build, &path);
        let russian: String = html.chars().filter(|c| ('а'..='я').contains(c) || ('А'..='Я').contains(c)).collect();
        assert!(russian.is_empty(), "{path}: {russian}");
    }
}

#[test]
fn the_footer_lists_the_topmost_pages_in_their_order() {
    let sources = site(&[
        ("pages/a.md", "---\ntitle: Последняя\n---\n"),
        ("pages/b/index.md", "---\ntitle: Вторая\norder: 2\n---\n"),
        ("pages/c.md", "---\ntitle: Первая\norder: 1\n---\n[Глава](manual/chapter.md)\n"),
        ("pages/manual/chapter.md", "---\ntitle: Глава\n---\n"),
    ]);
    let build = build(&sources, &options("2024-10-15"), None);
    let chapter = page(&build, "chapter/index.html");
    let footer = chapter.split_once("<footer").expect("a footer").1;
    let at = |title: &str| footer.find(&format!(">{title}</a>"));
    assert!(at("Первая") < at("Вторая") && at("Вторая") < at("Последняя") && at("Первая").is_some(), "{footer}");
    assert_eq!(at("Глава"), None);
}

#[test]
fn a_site_map_of_more_pages_than_one_may_hold_has_an_index() {
    let tags = (0..50_000).map(|n| format!("t{n}")).collect::<Vec<_>>().join(", ");
    let text = format!("---\ntitle: A\ndate: 2024-01-01\ntags: [{tags}]\n---\n");
    let build = build(&site(&[("news/a.md", &text)]), &options("2024-10-15"), None);
    let index = page(&build, "sitemap.xml");
    assert!(index.contains("<loc>https://example.org/blog/sitemap-2.xml</loc>") && !index.contains("sitemap-3"), "{index}");
    let count = |path: &str| page(&build, path).matches("<url>").count();
    assert_eq!(count("sitemap-1.xml"), 50_000);
    assert!((1..1000).contains(&count("sitemap-2.xml")));
}

#[test]
fn an_address_of_mail_in_angle_brackets_is_a_link() {
    let build = build(&site(&[("pages/a.md", "---\ntitle: A\n---\nПишите: <info@example.org>.\n")]), &options("2024-10-15"), None);
    assert_eq!(codes(&build), [] as [&str; 0]);
    let page = page(&build, "a/index.html");
    assert!(page.contains("<a href=\"mailto:info@example.org\">info@example.org</a>"), "{page}");
}
