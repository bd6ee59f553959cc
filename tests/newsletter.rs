//! Newsletters as letters: what an issue collects does not depend on the day of the build, each letter stands by itself, and one that mail
//! services would cut is told of.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::{Run, Temp, copy, run_in};
use std::path::Path;

/// The site of `tests/golden/issue`.
fn site(name: &str) -> Temp {
    let temp = Temp::new(&format!("newsletter-{name}"));
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/issue/content"), &temp.0.join("content"));
    temp
}

fn build(temp: &Temp, arguments: &[&str]) -> Run {
    run_in(&temp.0, &[&["build", "--today", "2024-10-15"], arguments].concat())
}

fn published(temp: &Temp, path: &str) -> String {
    temp.read(&format!("public/{path}"))
}

const FILES: [&str; 2] = ["newsletters/osen/email.html", "newsletters/osen/email.txt"];
const ISSUE: &str = "content/newsletters/osen/index.md";

#[test]
fn a_letter_is_the_same_on_every_day_after_it_was_sent() {
    let temp = site("days");
    build(&temp, &[]);
    let sent = FILES.map(|file| published(&temp, file));
    for day in ["2024-10-01", "2024-10-31", "2025-06-01", "2030-01-01"] {
        run_in(&temp.0, &["build", "--today", day]);
        assert_eq!(sent, FILES.map(|file| published(&temp, file)), "{day}");
    }
}

#[test]
fn a_site_without_an_address_has_no_letters_and_says_so() {
    let temp = site("address");
    temp.write("content/site.yaml", "title: Методическая служба\n");
    let run = build(&temp, &[]);
    assert!(run.out.contains("Выпуски не сделаны письмами"), "{}", run.out);
    assert!(FILES.iter().all(|file| !temp.0.join("public").join(file).exists()));
    assert!(!published(&temp, "newsletters/osen/index.html").contains("email."));
    build(&temp, &["--base-url", "https://other.example.org/"]);
    assert!(published(&temp, FILES[1]).contains("<https://other.example.org/plans/plan-2024/>"));
}

#[test]
fn feeds_and_the_search_have_what_an_issue_collects() {
    let temp = site("feeds");
    temp.write("content/site.yaml", temp.read("content/site.yaml").replace("ленты: нет\n", ""));
    build(&temp, &[]);
    let plain = |path: &str| published(&temp, path).replace('\u{a0}', " ");
    let feed = plain("feed.xml");
    let entry = feed.split("<entry>").find(|entry| entry.contains("Осенний листок")).expect("an entry");
    for part in ["&lt;h2&gt;Новое на сайте&lt;/h2&gt;", "Отчёт за лето готов", "Осенние чтения", "https://example.org/"]
    {
        assert!(entry.contains(part), "{part}: {entry}");
    }
    let feed: serde_json::Value = serde_json::from_str(&plain("feed.json")).expect("JSON");
    let items = feed["items"].as_array().expect("items");
    let item = items.iter().find(|item| item["title"] == "Осенний листок").expect("an item");
    let html = item["content_html"].as_str().expect("a text");
    assert!(html.contains("Отчёт за лето готов</a>") && !html.contains("href=\"../"), "{html}");
    let texts: Vec<String> = temp.list("public/search/texts").into_iter().filter(|name| name.starts_with("texts-")).collect();
    let record = |name: &String| {
        let text = plain(&format!("search/texts/{name}"));
        text.split("],[").find(|record| record.contains("newsletters/osen/")).map(str::to_owned)
    };
    let record = texts.iter().find_map(record).expect("a record");
    assert!(record.contains("Отчёт за лето готов") && record.contains("Осенние чтения"), "{record}");
}

#[test]
fn a_changed_text_is_changed_in_the_letter_too() {
    let temp = site("text");
    build(&temp, &[]);
    temp.write(ISSUE, temp.read(ISSUE).replace("## Совет", "## Просьба"));
    build(&temp, &[]);
    for file in FILES {
        assert!(published(&temp, file).contains("Просьба") && !published(&temp, file).contains("## "), "{file}");
    }
}

#[test]
fn a_letter_that_mail_services_cut_is_told_of() {
    let temp = site("long");
    temp.write(ISSUE, format!("{}\n{}", temp.read(ISSUE), "Слово к слову. ".repeat(4500)));
    let told = |run: &Run| format!("{}{}", run.out, run.err).contains("[long-mail]");
    for command in ["build", "check"] {
        let run = run_in(&temp.0, &[command, "--today", "2024-10-15"]);
        assert!(told(&run) && run.status == 0, "{command}: {}", run.err);
        let run = run_in(&temp.0, &[command, "--today", "2024-10-16", "--strict"]);
        assert!(told(&run) && run.status == 1, "{command}: {}", run.err);
    }
}

/// No client runs scripts, few read style sheets, and none knows where a relative address leads.
#[test]
fn a_letter_stands_by_itself() {
    let temp = site("itself");
    build(&temp, &[]);
    let html = published(&temp, FILES[0]);
    assert!(html.len() < 100 * 1024 && html.contains("<html lang=\"ru\">"));
    for (place, _) in html.match_indices("href=\"").chain(html.match_indices("src=\"")) {
        let url = &html[place..].split('"').nth(1).expect("a value");
        assert!(url.starts_with("https://") || url.starts_with("mailto:"), "{url}");
    }
    assert!(!["<script", "stylesheet", "srcset", "display:grid", "display:flex", "var(--"].iter().any(|one| html.contains(one)), "{html}");
    // The twin has every heading and address of it.
    let text = published(&temp, FILES[1]);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in html.split("<a href=\"").skip(1) {
        let url = part.split('"').next().expect("an address").replace("&amp;", "&");
        assert!(text.contains(&format!("<{url}>")) || url.contains("#fn-") || url == "https://example.org/blog/", "{url}");
    }
    for heading in html.split("<h2").skip(1) {
        let words = heading.split_once('>').and_then(|(_, rest)| rest.split_once('<')).expect("a heading").0;
        assert!(flat.contains(&format!("{words} ---")), "{words}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 72 || line.trim_start().starts_with('<')), "{text}");
}
