//! `metodika new`: a document of each kind, as it is made and with every key switched on.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::disallowed_macros)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const KINDS: [&str; 8] = ["workshop", "plan", "newsletter", "practice", "project", "document", "news", "page"];

fn site(name: &str, settings: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("blank-{name}"));
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("content")).unwrap();
    fs::write(root.join("content/site.yaml"), settings).unwrap();
    root
}

fn metodika(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_metodika"));
    let output = command.arg("--root").arg(root).args(["--color", "never"]).args(arguments).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code(), text)
}

fn documents(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in fs::read_dir(root.join("content")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        files.extend(fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    }
    files.sort();
    files
}

#[test]
fn each_kind_is_without_a_warning_as_it_is_made() {
    for (language, settings) in [("ru", "title: Сайт\n"), ("en", "title: Site\nlanguage: en\n")] {
        let root = site(&format!("made-{language}"), settings);
        for kind in KINDS {
            let (status, said) = metodika(&root, &["new", kind, "Осень: «итоги»", "и планы", "--today", "2026-04-27"]);
            assert_eq!(status, Some(0), "{said}");
        }
        assert_eq!(documents(&root).len(), KINDS.len());
        for today in ["2026-04-27", "2026-12-31"] {
            let (status, said) = metodika(&root, &["check", "--strict", "--today", today]);
            let last = if language == "ru" { "Проверено: 8 документов" } else { "Checked: 8 documents" };
            assert!(status == Some(0) && said.starts_with(last), "{said}");
        }
    }
}

/// Whoever takes the marks of comments away gets keys that the program knows, in the right places: no example rots.
#[test]
fn every_key_can_be_switched_on() {
    for (language, settings) in [("ru", "title: Сайт\n"), ("en", "title: Site\nlanguage: en\n")] {
        let root = site(&format!("on-{language}"), settings);
        KINDS.iter().for_each(|kind| assert_eq!(metodika(&root, &["new", kind, "Осень", "--today", "2026-04-27"]).0, Some(0)));
        for file in documents(&root) {
            let text = fs::read_to_string(&file).unwrap();
            let on = |line: &str| match line.trim_start().strip_prefix("# ") {
                Some(key) => format!("{}{key}\n", &line[..line.len() - line.trim_start().len()]),
                None => format!("{line}\n"),
            };
            let text: String = text.lines().map(on).collect();
            assert!(!text.contains("\n# "), "{text}");
            fs::write(&file, text).unwrap();
        }
        let (_, said) = metodika(&root, &["check", "--format", "json", "--today", "2026-04-27"]);
        let codes: Vec<&str> = said.split("\"code\": \"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        // What is left empty is told; nothing is unknown, doubled or of the wrong type.
        let told = ["empty-attachment", "missing-key", "empty-change", "missing-alt", "missing-file", "span-open"];
        assert!(codes.iter().all(|code| told.contains(code)), "{said}");
    }
}

#[test]
fn an_address_that_is_taken_gets_a_number_and_nothing_is_written_over() {
    let root = site("taken", "title: Сайт\n");
    for path in ["osen.md", "osen-2.md", "osen-3.md"] {
        let (status, said) = metodika(&root, &["new", "страница", "Осень"]);
        assert_eq!((status, said.lines().next().unwrap()), (Some(0), format!("Создан файл content/pages/{path}").as_str()));
    }
    assert_eq!(metodika(&root, &["check", "--strict"]).0, Some(0));
}

#[test]
fn what_is_no_kind_is_told_with_the_nearest() {
    let root = site("kinds", "title: Сайт\n");
    let (status, said) = metodika(&root, &["new", "мероприятия", "Осень"]);
    assert_eq!(status, Some(2));
    assert!(said.contains("вида «мероприятия» нет") && said.contains("имелось в виду «мероприятие»"), "{said}");
    let (status, said) = metodika(&root, &["--lang", "en", "new", "seminar", "Осень"]);
    assert_eq!(status, Some(2));
    assert!(said.contains("The kinds: workshop, plan, newsletter"), "{said}");
    assert_eq!(metodika(&root, &["new", "news"]).0, Some(2));
    assert!(documents(&root).is_empty());
}
