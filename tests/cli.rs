//! The program as it is used: arguments in, exit status, text and files out.
// Tests stand outside: files and programs are what they are about.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A site in a temporary folder, with a title and a page; gone with this value.
struct Site(PathBuf);

impl Site {
    fn new() -> Site {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let root = std::env::temp_dir().join(format!("metodika-cli-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        let _ = fs::remove_dir_all(&root);
        let site = Site(root.canonicalize().unwrap_or(root));
        site.write("content/site.yaml", "title: Методическая служба\n");
        site.write("content/pages/contacts.md", "---\ntitle: Контакты\n---\nПишите нам.\n");
        site
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Run {
        run_in(&self.0, arguments)
    }

    fn build(&self) -> Run {
        self.run(&["build", "--today", "2024-05-15"])
    }

    /// The published files by their paths.
    fn published(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.0.join("public"))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Run {
    status: i32,
    out: String,
    err: String,
}

fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let Output { status, stdout, stderr } = program(folder).args(arguments).output().unwrap();
    Run { status: status.code().unwrap(), out: String::from_utf8(stdout).unwrap(), err: String::from_utf8(stderr).unwrap() }
}

fn program(folder: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_metodika"));
    program.current_dir(folder).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C").env("RUST_BACKTRACE", "0");
    program
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    entries.map(|entry| (entry.path().strip_prefix(folder).unwrap().display().to_string(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn a_site_is_published_and_what_did_not_change_is_kept() {
    let site = Site::new();
    let first = site.build();
    assert_eq!(first.status, 0, "{}{}", first.out, first.err);
    assert!(first.out.starts_with("Готово: 1 документ, "), "{}", first.out);
    assert!(first.out.contains("(без изменений 0, "), "{}", first.out);
    let page = String::from_utf8(site.published()["contacts/index.html"].clone()).unwrap();
    assert!(page.contains("Контакты"), "{page}");
    assert!(site.published().contains_key("index.html"));

    let before = site.published();
    let second = site.build();
    assert!(second.out.contains("записано 0)"), "{}", second.out);
    assert_eq!(site.published(), before);
    let clean = site.run(&["build", "--today", "2024-05-15", "--clean"]);
    assert!(clean.out.contains("(без изменений 0, "), "{}", clean.out);
    assert_eq!(site.published(), before);
    // Nothing of ours is left beside it but what spares the next build its work.
    let beside: Vec<_> = fs::read_dir(&site.0)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().starts_with('.'))
        .collect();
    assert_eq!(beside, [".metodika"]);
}

#[test]
fn what_is_gone_from_the_content_is_gone_from_the_site() {
    let site = Site::new();
    site.write("content/pages/history.md", "---\ntitle: История\n---\n");
    site.build();
    assert!(site.published().contains_key("history/index.html"));
    fs::remove_file(site.0.join("content/pages/history.md")).unwrap();
    assert_eq!(site.build().status, 0);
    assert!(!site.published().contains_key("history/index.html"));
}

#[test]
fn errors_are_all_told_and_the_published_site_stays() {
    let site = Site::new();
    site.build();
    let before = site.published();
    site.write("content/pages/contacts.md", "---\nсводка: x\n---\nНовый текст.\n");
    site.write("content/pages/a.md", "---\ntitle: [\n---\n");
    site.write("content/pages/b.md", b"---\ntitle: A\n---\n\xcf\xeb\xe0\xed\n");
    let run = site.build();
    assert_eq!(run.status, 1, "{}{}", run.out, run.err);
    for place in ["content/pages/contacts.md:", "content/pages/a.md:", "content/pages/b.md:4:1"] {
        assert!(run.err.contains(place), "{place}\n{}", run.err);
    }
    assert!(run.err.contains("ошибка[not-utf8]: ") && run.err.contains("подсказка: "), "{}", run.err);
    assert!(run.err.contains("Сайт не опубликован; прежний остался как был."), "{}", run.err);
    assert_eq!(site.published(), before);
}

#[test]
fn a_folder_that_is_not_ours_is_not_touched() {
    let site = Site::new();
    site.write("photos/birthday.jpg", "x");
    let run = site.run(&["build", "--out", "photos"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("чужие файлы (например, «birthday.jpg»)") && run.err.contains("подсказка: "), "{}", run.err);
    assert_eq!(files(&site.0.join("photos")).len(), 1);

    // An empty one may be taken; in our own, what somebody put there is not lost.
    fs::create_dir(site.0.join("public")).unwrap();
    assert_eq!(site.build().status, 0);
    site.write("public/CNAME", "example.org\n");
    let run = site.build();
    assert_eq!(run.status, 2);
    assert!(run.err.contains("«CNAME»"), "{}", run.err);
    assert_eq!(site.published()["CNAME"], b"example.org\n");
}

#[test]
fn the_source_is_not_published_over() {
    let site = Site::new();
    for out in [".", "content", "content/pages/public", "themes", ".."] {
        let run = site.run(&["build", "--out", out]);
        assert_eq!(run.status, 2, "{out}: {}", run.err);
        assert!(run.err.contains("исходные материалы"), "{out}: {}", run.err);
    }
    site.write("file", "x");
    assert_eq!(site.run(&["build", "--out", "file"]).status, 2);
    assert_eq!(site.run(&["build", "--out", "file/public"]).status, 2);
    assert_eq!(fs::read(site.0.join("file")).unwrap(), b"x");
}

#[test]
fn one_build_at_a_time_and_the_leftovers_of_a_killed_one_are_cleared() {
    let site = Site::new();
    let lock = File::create(site.0.join(".public.metodika-lock")).unwrap();
    lock.lock().unwrap();
    let run = site.build();
    assert_eq!(run.status, 2);
    assert!(run.err.contains("другая сборка"), "{}", run.err);
    drop(lock);

    site.write(".public.metodika-new/index.html", "half");
    site.write(".public.metodika-old/index.html", "older");
    assert_eq!(site.build().status, 0);
    for left in [".public.metodika-new", ".public.metodika-old", ".public.metodika-lock"] {
        assert!(!site.0.join(left).exists(), "{left}");
    }
}

#[test]
fn json_has_the_contracts_shape() {
    let site = Site::new();
    let run = site.run(&["check", "--format", "json"]);
    assert_eq!((run.status, run.out.trim()), (0, "[]"));

    site.write("content/pages/contacts.md", "---\ntitel: Контакты\n---\n");
    let run = site.run(&["build", "--format", "json"]);
    assert_eq!(run.status, 1);
    let list: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let list = list.as_array().unwrap();
    for item in list {
        let item = item.as_object().unwrap();
        let mut keys: Vec<&str> = item.keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["code", "column", "file", "fix", "hint", "line", "message", "severity"]);
    }
    let of = |code: &str| list.iter().find(|item| item["code"] == code).unwrap_or_else(|| panic!("{code}\n{}", run.out));
    assert_eq!(of("missing-key")["severity"], "error");
    let unknown = of("unknown-key");
    assert_eq!((unknown["severity"].as_str(), unknown["file"].as_str()), (Some("warning"), Some("content/pages/contacts.md")));
    assert_eq!((unknown["line"].as_u64(), unknown["column"].as_u64()), (Some(2), Some(1)));
    assert!(unknown["message"].as_str().unwrap().contains("titel"), "{unknown}");
}

#[test]
fn annotations_for_github() {
    let site = Site::new();
    site.write("content/pages/x.md", "---\ntitel: Икс\n---\n");
    let run = run_in(site.0.parent().unwrap(), &["check", "--format", "github", "--root", site.0.to_str().unwrap()]);
    assert_eq!(run.status, 1);
    let folder = site.0.file_name().unwrap().to_str().unwrap();
    let start = format!("::warning file={folder}/content/pages/x.md,line=2,col=1,title=unknown-key::");
    assert!(run.out.lines().any(|line| line.starts_with(&start)), "{start}\n{}", run.out);
    assert!(run.out.lines().all(|line| line.starts_with("::")), "{}", run.out);
}

#[test]
fn warnings_are_errors_if_strict() {
    let site = Site::new();
    site.write("content/pages/contacts.md", "---\ntitle: Контакты\nневедомое: 1\n---\n");
    let run = site.run(&["check"]);
    assert_eq!(run.status, 0, "{}", run.out);
    assert!(run.out.contains("предупреждение[unknown-key]: ") && run.out.contains("\n1 предупреждение"), "{}", run.out);
    let run = site.run(&["check", "--strict"]);
    assert_eq!(run.status, 1, "{}", run.out);
    assert!(run.out.contains("ошибка[unknown-key]: ") && run.out.contains("\n1 ошибка"), "{}", run.out);
    assert_eq!(site.run(&["build", "--strict"]).status, 1);
    assert!(!site.0.join("public").exists());
}

#[test]
fn a_published_address_that_is_gone_is_an_error() {
    let site = Site::new();
    site.write("content/site.yaml", "title: Служба\nbase_url: https://example.org/blog/\n");
    site.write("urls.txt", "# опубликовано\nhttps://example.org/blog/contacts/\n/contacts/\nhttps://example.org/blog/gone/?x=1\n\n");
    let run = site.run(&["check", "--urls", "urls.txt", "--format", "json"]);
    assert_eq!(run.status, 1, "{}{}", run.out, run.err);
    let list: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
    assert_eq!(
        (list[0]["code"].as_str(), list[0]["file"].as_str(), list[0]["line"].as_u64()),
        (Some("missing-url"), Some("urls.txt"), Some(4))
    );
    assert_eq!(site.run(&["check", "--urls", "nowhere.txt"]).status, 2);
}

#[test]
fn the_site_is_found_from_inside_and_missed_from_outside() {
    let site = Site::new();
    assert_eq!(run_in(&site.0.join("content/pages"), &["build"]).status, 0);
    assert!(site.0.join("public/index.html").is_file());
    let run = run_in(Path::new("/"), &["build"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("content/site.yaml"), "{}", run.err);
    let run = run_in(Path::new("/"), &["check", "--root", site.0.join("content").to_str().unwrap()]);
    assert_eq!(run.status, 2);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let site = Site::new();
    for n in 0..30 {
        site.write(&format!("content/news/2024-03-{:02}-novost-{n}.md", n % 28 + 1), format!("---\ntitle: Новость {n}\n---\nТекст.\n"));
    }
    let trees = ["1", "2", "5"].map(|jobs| {
        let run = site.run(&["build", "--today", "2024-05-15", "--jobs", jobs, "--out", &format!("out-{jobs}")]);
        assert_eq!(run.status, 0, "{}", run.err);
        files(&site.0.join(format!("out-{jobs}")))
    });
    assert_eq!(trees[0], trees[1]);
    assert_eq!(trees[0], trees[2]);
}

#[test]
fn signs_that_the_program_marks_its_places_with_are_no_way_in() {
    let site = Site::new();
    let slot = "\u{3}f0\u{4}\u{1}\u{2}";
    site.write("content/site.yaml", "title: \"Служба\\x03f0\\x04\\x01\"\nlicence: \"\\x03f0\\x04\"\n");
    let head = "title: \"Осень\\x03f0\\x04\\x02\"\ntags: [\"чтение\\x03c0\\x04\"]\ndate: 2024-05-01";
    site.write("content/news/osen.md", format!("---\n{head}\n---\nТекст{slot} <b title=\"{slot}\">{slot}</b> `{slot}`\n"));
    assert_eq!(site.build().status, 0);
    for (path, bytes) in site.published().iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        assert_eq!(page.matches("<footer").count(), usize::from(page.contains("<main")), "{path}");
        assert!(!page.contains(|c: char| c.is_control() && c != '\n' && c != '\t'), "{path}");
    }
}

#[test]
fn timeframe_explains_itself_anywhere() {
    let outside = Path::new("/");
    let run = run_in(outside, &["timeframe", "до 15 мая", "--year", "2024", "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let frame: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        (frame["printed"].as_str(), frame["kind"].as_str(), frame["end"].as_str()),
        (Some("до 15 мая"), Some("deadline"), Some("2024-05-15"))
    );
    let run = run_in(outside, &["timeframe", "до 15 мая", "--year", "2024/2025", "--format", "json"]);
    let frame: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(frame["end"], "2025-05-15");

    let run = run_in(outside, &["timeframe", "до 15 мая", "--year", "2024"]);
    assert!(run.out.contains("15\u{a0}мая"), "{}", run.out);
    assert_eq!(run_in(outside, &["timeframe", "до 15 мая"]).status, 1);
    let run = run_in(outside, &["timeframe", "до 15 мая", "--year", "когда-нибудь"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("--year 2024/2025"), "{}", run.err);
}

#[test]
fn timeframe_knows_the_days_that_the_site_has_named() {
    let term = ["timeframe", "I четверть", "--year", "2024/2025", "--format", "json"];
    let site = Site::new();
    let run = site.run(&term);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("needs_school_terms"), "{}", run.out);
    let terms = "четверти: [{название: I четверть, начало: 2024-09-02, конец: 2024-10-27}]";
    site.write("content/site.yaml", format!("title: Методическая служба\n{terms}\n"));
    let run = site.run(&term);
    let frame: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.status, frame["start"].as_str(), frame["end"].as_str()), (0, Some("2024-09-02"), Some("2024-10-27")));
}

#[test]
fn mistakes_on_the_command_line_are_told_in_the_readers_language() {
    let here = std::env::temp_dir();
    let run = run_in(&here, &["biuld"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("ошибка: неизвестная команда «biuld»") && run.err.contains("«build»"), "{}", run.err);
    let run = run_in(&here, &["build", "--lang", "en", "--today", "yesterday"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("error: “yesterday” is no value of") && run.err.contains("2024-05-15"), "{}", run.err);
    let help = program(&here).env("LANG", "en_GB.UTF-8").arg("--help").output().unwrap();
    assert!(String::from_utf8(help.stdout).unwrap().contains("Exit status: 0 good"));
    let run = run_in(&here, &["--help"]);
    assert_eq!(run.status, 0);
    assert!(run.out.contains("Команды:") && !run.out.contains("Usage"), "{}", run.out);
    assert_eq!(run_in(&here, &[]).status, 2);
    assert_eq!(run_in(&here, &["--version"]).out.trim(), concat!("metodika ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn messages_follow_the_option_then_the_site() {
    let site = Site::new();
    site.write("content/site.yaml", "title: Service\nlanguage: en\n");
    assert!(site.build().out.starts_with("Done: 1 document, "));
    assert!(site.run(&["build", "--lang", "ru"]).out.starts_with("Готово: 1 документ, "));
}

#[test]
fn a_reader_that_goes_away_is_no_mistake() {
    let site = Site::new();
    for n in 0..200 {
        site.write(&format!("content/pages/p{n}.md"), "---\ntitel: Икс\n---\n");
    }
    let mut child = program(&site.0).arg("check").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn colours_only_where_they_are_wanted() {
    let site = Site::new();
    site.write("content/pages/x.md", "---\ntitel: Икс\n---\n");
    assert!(!site.run(&["check"]).out.contains('\u{1b}'));
    assert!(site.run(&["check", "--color", "always"]).out.contains('\u{1b}'));
}

/// A plan as a table of text.
const PLAN_CSV: &str =
    "План работы школы на 2024 год;;;\n№;Мероприятие;Срок;Ответственный\n1;Семинар;март;Иванов И.И.\n2;Конкурс;как-нибудь;Отдел чтения\n";

#[test]
fn a_plan_is_imported_to_standard_output_with_its_doubts_beside_it() {
    let folder = Site::new();
    folder.write("plans/plan.csv", PLAN_CSV);
    fs::remove_dir_all(folder.0.join("content")).unwrap();
    let run = folder.run(&["import", "plans/plan.csv"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.contains("\nназвание: План работы школы на 2024 год\nгод: 2024\n"), "{}", run.out);
    assert!(run.err.starts_with("План перенесён из «plan.csv». Проверьте 2 места"), "{}", run.err);
    assert!(run.err.contains("\n2. таблица, строка 4, графа «Срок»: срок «как-нибудь» не понят"), "{}", run.err);
    // What is told stands in the file too, and in lines to be pasted into the registries.
    for line in run.err.lines() {
        assert!(run.out.contains(&format!("# {line}\n")) || line.is_empty(), "{line}\n{}", run.out);
    }
    assert!(run.err.contains("content/people.yaml:\n- id: ivanov\n  name: Иванов И.И.\n"), "{}", run.err);

    let run = folder.run(&["import", "plans/plan.csv", "--year", "2024/2025", "--lang", "en"]);
    assert!(run.out.contains("\nгод: \"2024/2025\"\n"), "{}", run.out);
    assert!(run.err.contains("the term “как-нибудь” was not understood"), "{}", run.err);
    let run = folder.run(&["import", "plans/plan.csv", "--year", "когда-нибудь"]);
    assert!(run.status == 2 && run.err.contains("--year 2024/2025"), "{}", run.err);
}

#[test]
fn a_plan_is_not_written_over_another() {
    let site = Site::new();
    site.write("plan.csv", PLAN_CSV);
    let run = site.run(&["import", "plan.csv", "--out", "content/plans/plan.yaml"]);
    assert!(run.status == 2 && run.err.contains("план не записывается в «content/plans/plan.yaml»"), "{}", run.err);
    fs::create_dir(site.0.join("content/plans")).unwrap();
    let run = site.run(&["import", "plan.csv", "--out", "content/plans/plan.yaml"]);
    assert_eq!((run.status, run.out.trim()), (0, "Записано: content/plans/plan.yaml (1 раздел, 2 строки)"), "{}", run.err);
    assert!(run.err.contains("2. таблица, строка 4"), "{}", run.err);
    let text = fs::read_to_string(site.0.join("content/plans/plan.yaml")).unwrap();
    assert!(text.contains("# 2. таблица, строка 4"), "{text}");
    assert_eq!(site.build().status, 0);

    site.write("content/plans/plan.yaml", "название: Мой план\n");
    let run = site.run(&["import", "plan.csv", "--out", "content/plans/plan.yaml"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("уже есть, и он не тронут") && run.err.contains("--force"), "{}", run.err);
    assert_eq!(fs::read_to_string(site.0.join("content/plans/plan.yaml")).unwrap(), "название: Мой план\n");
    assert_eq!(site.run(&["import", "plan.csv", "--out", "content/plans/plan.yaml", "--force"]).status, 0);
    assert_eq!(fs::read_to_string(site.0.join("content/plans/plan.yaml")).unwrap(), text);
}

#[test]
fn an_import_as_json_is_for_programs() {
    let site = Site::new();
    site.write("plan.csv", PLAN_CSV);
    site.write("content/people.yaml", "- {id: ivanov, name: Иванов Иван Иванович}\n");
    let run = site.run(&["import", "plan.csv", "--format", "json"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert!(json["yaml"].as_str().unwrap().contains("мероприятие: Семинар"), "{json}");
    let doubt = &json["doubts"][1];
    assert_eq!((doubt["code"].as_str(), doubt["row"].as_u64(), doubt["column"].as_u64()), (Some("term-unread"), Some(4), Some(3)));
    // The site knows Иванов.
    assert_eq!(json["registries"]["people"], serde_json::json!([]));
    assert_eq!(json["registries"]["organisations"][0]["name"], "Отдел чтения");
    let run = site.run(&["import", "plan.csv", "--format", "github"]);
    assert_eq!(run.status, 2);
    site.write("content/site.yaml", "title: Service\nlanguage: en\n");
    assert!(site.run(&["import", "plan.csv"]).err.starts_with("The plan was taken from “plan.csv”."));
    assert!(site.run(&["import", "plan.csv", "--lang", "ru"]).err.starts_with("План перенесён"));
}

#[test]
fn what_cannot_be_imported_is_told_with_what_to_do() {
    let site = Site::new();
    site.write("plan.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0");
    let run = site.run(&["import", "plan.doc"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("план не прочитан из «plan.doc»: это документ старого Word (.doc)"), "{}", run.err);
    assert!(run.err.contains("подсказка: ") && run.err.contains("«Документ Word (*.docx)»"), "{}", run.err);
    let run = site.run(&["import", "plan.doc", "--lang", "en", "--out", "x.yaml"]);
    assert!(run.status == 2 && run.err.contains("this is a document of old Word (.doc)"), "{}", run.err);
    assert!(!site.0.join("x.yaml").exists());
    for file in ["nowhere.docx", "content"] {
        let run = site.run(&["import", file]);
        assert!(run.status == 2 && run.err.contains(file), "{}", run.err);
    }
    assert_eq!(site.run(&["import"]).status, 2);
}

#[test]
fn the_demonstration_has_no_warnings_on_any_day() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"));
    for day in ["2015-01-01", "2023-06-01", "2024-10-15", "2024-12-31", "2031-05-05"] {
        let check = Command::new(env!("CARGO_BIN_EXE_metodika")).args(["check", "--strict", "--today", day, "--root", root]).output();
        let check = check.expect("the program runs");
        assert_eq!(check.status.code(), Some(0), "{day}: {}", String::from_utf8_lossy(&check.stdout));
    }
}
