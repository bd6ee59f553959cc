//! `metodika check --fix`: what it shows, what it writes, and what it leaves to a person.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A site in a temporary folder; gone with this value.
struct Site(PathBuf);

impl Site {
    fn new(name: &str, files: &[(&str, &str)]) -> Site {
        let root = std::env::temp_dir().join(format!("metodika-fix-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let site = Site(root);
        let base = [("site.yaml", "title: Служба\nplanning_checks: false\n"), ("people.yaml", "- {id: p, name: Петрова Анна Ивановна}\n")];
        for (path, text) in base.iter().chain(files) {
            let path = site.0.join("content").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        site
    }

    fn check(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut program = Command::new(env!("CARGO_BIN_EXE_metodika"));
        program.current_dir(&self.0).env("LANG", "C").args(["check", "--today", "2024-05-15"]).args(arguments);
        let Output { status, stdout, stderr } = program.output().unwrap();
        (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join("content").join(path)).unwrap()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const SEMINAR: &str = "---\nназвание: Семинар: чтение\nавторы: [Петрова Ана Ивановна]\nдатa: 2024-05-12\nместо:\tЗал\n---\nТекст\n";

#[test]
fn what_is_safe_is_shown_and_written_and_a_second_run_finds_nothing() {
    let site = Site::new("writes", &[("workshops/a.md", SEMINAR)]);
    let (status, out, _) = site.check(&["--fix"]);
    let diff = "--- content/workshops/a.md\n+++ content/workshops/a.md\n@@ -1,5 +1,5 @@\n ---\n-название: Семинар: чтение\n\
                +название: \"Семинар: чтение\"\n авторы: [Петрова Ана Ивановна]\n-датa: 2024-05-12\n+дата: 2024-05-12\n место:\tЗал\n";
    assert!(out.starts_with(diff), "{out}");
    // The name is a guess: it is left to a person, with the text to write.
    assert!(out.contains("[unknown-name]") && out.contains("3 | авторы: [Петрова Анна Ивановна]"), "{out}");
    assert!(out.contains("Исправлено 2 места в 1 файле; посмотреть самим осталось 1"), "{out}");
    assert_eq!(status, 0);
    let mended = site.read("workshops/a.md");
    assert_eq!(mended, "---\nназвание: \"Семинар: чтение\"\nавторы: [Петрова Ана Ивановна]\nдата: 2024-05-12\nместо:\tЗал\n---\nТекст\n");

    let (_, out, _) = site.check(&["--fix"]);
    assert!(!out.contains("+++") && out.contains("Исправлять самой программе нечего"), "{out}");
    assert_eq!(site.read("workshops/a.md"), mended);
    let beside = fs::read_dir(site.0.join("content/workshops")).unwrap().count();
    assert_eq!(beside, 1);
}

#[test]
fn a_dry_run_writes_nothing() {
    let site = Site::new("dry", &[("workshops/a.md", SEMINAR)]);
    let (status, out, _) = site.check(&["--fix", "--dry-run"]);
    assert!(out.contains("+дата: 2024-05-12") && out.contains("Можно исправить 2 места в 1 файле; ничего не записано"), "{out}");
    assert_eq!((status, site.read("workshops/a.md").as_str()), (1, SEMINAR));
    assert_eq!(site.check(&["--dry-run"]).0, 2);
}

#[test]
fn line_breaks_and_the_byte_order_mark_stay() {
    let site = Site::new("bytes", &[("pages/a.md", "\u{feff}название: О нас\r\nметки:\r\n  – а\r\n  – б\r\n---\r\nТекст\r\n")]);
    site.check(&["--fix"]);
    assert_eq!(site.read("pages/a.md"), "\u{feff}---\r\nназвание: О нас\r\nметки:\r\n  - а\r\n  - б\r\n---\r\nТекст\r\n");
}

#[test]
fn fixes_that_bring_out_others_or_overlap_are_made_too() {
    let text = "---\nназвание: \"Cеминар \"Профи\"\nдата:12.05.2024\nавторы: 'Пeтрова Анна Ивановна, методист'\nчерновик: «нeт»\nстатус: “Состоялось”\nфайлы: “А.PDF”\n---\n";
    let site = Site::new("rounds", &[("workshops/a.md", text), ("workshops/а.pdf", "x")]);
    let (status, out, _) = site.check(&["--fix"]);
    let mended = "---\nназвание: 'Семинар \"Профи\"'\nдата: 12.05.2024\nавторы: 'Петрова Анна Ивановна, методист'\nчерновик: нет\nстатус: состоялось\nфайлы: а.pdf\n---\n";
    assert_eq!((status, site.read("workshops/a.md").as_str()), (0, mended), "{out}");
}

#[test]
fn machines_read_what_remains() {
    let site = Site::new("json", &[("workshops/a.md", SEMINAR)]);
    let (_, out, err) = site.check(&["--fix", "--format", "json"]);
    let list: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    let [left] = &list[..] else { panic!("{out}") };
    let fields = ["severity", "code", "file", "message", "hint", "fix"].map(|key| left[key].as_str().unwrap_or_default());
    let hint = "Похоже на «Петрова Анна Ивановна». Если это одно и то же, исправьте написание или добавьте этот вариант в «aliases».";
    let message = "«Петрова Ана Ивановна» нет в справочнике людей";
    assert_eq!(fields, ["warning", "unknown-name", "content/workshops/a.md", message, hint, "Петрова Анна Ивановна"]);
    assert_eq!((left["line"].as_u64(), left["column"].as_u64(), left.as_object().unwrap().len()), (Some(3), Some(10), 8));
    assert!(err.contains("+дата: 2024-05-12"), "{err}");
    let (_, out, _) = site.check(&["--format", "github"]);
    assert!(out.starts_with("::warning file=content/workshops/a.md,line=3,col=10,title=unknown-name::"), "{out}");
}

/// What the forms of the editing page would not show is written as they show it, and the site is the same, byte for byte.
#[test]
fn what_is_made_fit_for_the_editing_page_means_the_same() {
    let site = Site::new("forms", &[]);
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/small/content");
    for entry in walkdir::WalkDir::new(&golden).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
        let to = site.0.join("content").join(entry.path().strip_prefix(&golden).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(entry.path(), to).unwrap();
    }
    let settings = site.read("site.yaml");
    let build = |out: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_metodika"));
        assert!(program.current_dir(&site.0).args(["build", "--quiet", "--today", "2024-05-15", "--out", out]).status().unwrap().success());
    };
    build("before");
    fs::write(site.0.join("content/site.yaml"), format!("{settings}\ncms: yes\n")).unwrap();
    let (_, found, _) = site.check(&["-v"]);
    assert!(found.contains("[cms-key]") && found.contains("[cms-list]"), "{found}");
    site.check(&["--fix"]);
    let (_, left, _) = site.check(&["-v"]);
    assert!(!left.contains("[cms-"), "{left}");

    build("after");
    let files = |folder: &str| -> Vec<(PathBuf, Vec<u8>)> {
        let folder = site.0.join(folder);
        let files = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file() && entry.file_name() != ".metodika");
        let read = files.map(|entry| (entry.path().strip_prefix(&folder).unwrap().to_owned(), fs::read(entry.path()).unwrap()));
        read.filter(|(path, _)| !path.starts_with("admin")).collect()
    };
    let (before, after) = (files("before"), files("after"));
    assert!(before.len() > 20 && before == after, "{:?}", before.iter().zip(&after).find(|(a, b)| a != b).map(|(a, b)| (&a.0, &b.0)));
}
