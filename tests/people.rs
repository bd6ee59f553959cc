//! Whose names are published: every byte of the output is looked at.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::{Temp, copy, run_in};
use std::fs;
use std::path::{Path, PathBuf};

/// Surnames of the fixture, each of which stands in a field of its own, and what their addresses would hold.
const WITHOUT_BASIS: [&str; 15] = [
    "Авторкин",
    "Неизвестнов",
    "Безвестнов",
    "Петровск",
    "Ведущев",
    "Программов",
    "Кадрушин",
    "Кураторов",
    "Главов",
    "Отвечаев",
    "Перечнев",
    "Безответнов",
    "Поправкин",
    "Добавкин",
    "Редакторов",
];
/// By their signatures.
const SIGNED: [&str; 3] = ["Директоров", "Согласнов", "Приказов"];

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/people")
}

/// The fixture with this word behind `люди`, built: every file below `public`, as its path and its text in one, in lower case.
fn built(name: &str, people: &str) -> Vec<(String, String)> {
    let folder = Temp::new(name);
    copy(&fixture(), &folder.0);
    let settings = folder.read("content/site.yaml").replace("люди: с основанием", &format!("люди: {people}"));
    folder.write("content/site.yaml", settings);
    let run = run_in(&folder.0, &["build", "--today", "2024-09-01"]);
    assert_eq!(run.status, 0, "{}", run.err);
    everything(&folder.0.join("public"))
}

/// Every file below `folder`: its path and its text, in lower case.
fn everything(folder: &Path) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let shown = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/").to_lowercase();
            // The editing page brings its own words.
            if !shown.starts_with("admin/") || shown.ends_with("config.json") {
                out.push((shown, String::from_utf8_lossy(&fs::read(&path).expect("read")).to_lowercase()));
            }
        }
    }
    assert!(out.len() > 50, "{} files", out.len());
    out
}

/// The files that hold `word`, in Russian or as an address has it.
fn holders<'f>(files: &'f [(String, String)], word: &str) -> Vec<&'f str> {
    let (word, address) = (word.to_lowercase(), metodika::value::slug::slug(word));
    let holds = |(path, text): &&(String, String)| [&word, &address].into_iter().any(|w| path.contains(w) || text.contains(w));
    files.iter().filter(holds).map(|(path, _)| path.as_str()).collect()
}

#[test]
fn who_has_no_basis_is_named_nowhere() {
    let all = built("people-all", "все");
    for name in WITHOUT_BASIS.iter().chain(&SIGNED).chain(&["Основательн"]) {
        assert!(!holders(&all, name).is_empty(), "{name} is named where all are");
    }
    let some = built("people-some", "с основанием");
    for name in WITHOUT_BASIS {
        assert_eq!(holders(&some, name), [""; 0], "{name}");
    }
    for name in SIGNED.iter().chain(&["Основательн"]) {
        assert!(!holders(&some, name).is_empty(), "{name} has a basis");
    }
    let nobody = built("people-none", "никого");
    for name in WITHOUT_BASIS.iter().chain(&SIGNED).chain(&["Основательн"]) {
        assert_eq!(holders(&nobody, name), [""; 0], "{name}");
    }
    assert!(!nobody.iter().any(|(path, _)| path.starts_with("people/")), "no pages of persons");
}

#[test]
fn the_post_stands_in_the_place_of_the_name() {
    let files = built("people-posts", "с основанием");
    let page = |path: &str| &files.iter().find(|(own, _)| own == path).unwrap_or_else(|| panic!("{path}")).1;
    let seminar = page("workshops/seminar/index.html");
    for post in ["главный библиотекарь, методический центр", "специалист, методический центр", "заведующая"]
    {
        assert!(seminar.contains(post), "{post}");
    }
    let practice = page("practices/opyt/index.html");
    assert!(practice.contains("библиотекарь цгб") && practice.contains("главный библиотекарь, методический центр"), "{practice}");
    let plan = page("plans/plan/index.html");
    for post in ["отдел кадров", "старший методист", "методисты", "хранитель", "заведующая отделом", "заместитель директора", "специалист"]
    {
        assert!(plan.contains(post), "{post}");
    }
    // Nobody is called a person who is none.
    let feed = page("feed.json");
    assert!(feed.contains("основательная вера павловна") && !feed.contains("библиотекарь цгб"), "{feed}");
    assert!(!practice.contains("\"@type\":\"person\""), "an author without a name is no author");
}

#[test]
fn a_name_in_running_text_is_told_and_stays() {
    let folder = Temp::new("people-text");
    copy(&fixture(), &folder.0);
    folder.write(
        "content/news/2024-06-01-otzyv.md",
        "---\nназвание: Отзыв Авторкиной Анны\n# Авторкина А. П.\n---\nС А.П. Авторкиной\nговорила Вера Павловна Основательная.\n",
    );
    folder.write(
        "content/organisations.yaml",
        "- {id: mc, название: Методический центр, варианты: [МЦ], описание: Заведует Кураторова З. Ю.}\n",
    );
    let run = run_in(&folder.0, &["build", "--today", "2024-09-01"]);
    let told: Vec<&str> = run.err.split("предупреждение[").skip(1).filter_map(|one| one.lines().nth(1)).collect();
    assert_eq!(told, [" --> content/news/2024-06-01-otzyv.md:2:17", " --> content/organisations.yaml:1:77"], "{}", run.err);
    let run = run_in(&folder.0, &["build", "--today", "2024-09-01", "--strict"]);
    assert_eq!(run.status, 1);
}

#[test]
fn who_is_mentioned_and_on_what_basis() {
    let run = run_in(&fixture(), &["people"]);
    assert_eq!(run.status, 0, "{}", run.err);
    for line in [
        "Основательная Вера Павловна\n  основание: должность; публикуется: да\n",
        "Авторкина Анна Петровна\n  основание: нет; публикуется: нет\n",
        "  content/plans/plan.yaml:11, 12 (ответственный, скрыто)\n",
        "Директорова М. М.\n  основание: нет в people.yaml; публикуется: да\n  content/plans/plan.yaml:4 (подпись в грифе)\n",
        "  добавьте в content/people.yaml: - {id: perechneva, название: Перечнева Ада Марковна, должность: \"хранитель\", основание: }\n",
    ] {
        assert!(run.out.contains(line), "{line}{}", run.out);
    }
    let order = ["Авторкина", "Безвестнова", "Ведущева", "Кадрушина", "Кураторова"].map(|name| run.out.find(name));
    assert!(order.is_sorted(), "by surname: {order:?}");
    let json = run_in(&fixture(), &["people", "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let first = &json[0];
    assert_eq!(
        (first["id"].as_str(), first["places"][0]["role"].as_str(), first["places"][0]["shown"].as_bool()),
        (Some("avtorkina"), Some("author"), Some(false))
    );
    assert!(
        run_in(&fixture(), &["people", "--format", "md"])
            .out
            .contains("| Главова Нелли Борисовна | нет в people.yaml | нет | content/plans/plan.yaml:7 (руководитель, скрыто) |")
    );
    let table = run_in(&fixture(), &["people", "--format", "csv", "--lang", "en"]).out;
    assert!(
        table.contains("Кадрушина Нина Львовна;;not in people.yaml;made the picture;no;content/workshops/2024-10-10-seminar.md;12\r\n"),
        "{table}"
    );
}
