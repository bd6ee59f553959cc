//! Whatever was edited, a build that knows the last one gives what a build from nothing gives: random edits of the demonstration site.
//! `EDITS=500 cargo test --test incremental` walks further than the default, `SEED=7` another way.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::{Random, copy};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files below `folder`, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return out };
    let mut entries: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out
}

fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    files(folder).into_iter().map(|file| (file.strip_prefix(folder).expect("below").to_owned(), fs::read(&file).expect("bytes"))).collect()
}

/// Exit status and standard error of a build.
fn build(root: &Path, out: &Path, more: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_metodika"));
    command.args(["build", "--today", "2024-10-15", "--root"]).arg(root).arg("--out").arg(out).args(more);
    let output = command.output().expect("the program runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// One edit of the site or of what was published; says what it was.
fn edit(root: &Path, public: &Path, random: &mut Random) -> String {
    let of_kind = |ending: &str, random: &mut Random| {
        let list: Vec<PathBuf> = files(&root.join("content")).into_iter().filter(|f| f.extension().is_some_and(|e| e == ending)).collect();
        random.of(&list).clone()
    };
    let replace =
        |file: &Path, with: &dyn Fn(&str) -> String| fs::write(file, with(&fs::read_to_string(file).expect("text"))).expect("written");
    let number = random.below(1000);
    match random.below(13) {
        0 => "nothing".into(),
        1 => {
            let file = of_kind("md", random);
            replace(&file, &|text| format!("{text}\nДописано {number}.\n"));
            format!("body of {}", file.display())
        }
        2 => {
            let file = of_kind("md", random);
            replace(&file, &|text| text.replacen("title: ", &format!("title: {number} "), 1));
            format!("title of {}", file.display())
        }
        3 => {
            // The same length and, on a coarse clock, the same time.
            let file = of_kind("md", random);
            replace(&file, &|text| text.replace('о', "а"));
            format!("letters of {}", file.display())
        }
        4 => {
            let file = root.join(format!("content/news/new-{number}.md"));
            let text = format!("---\ntitle: Новость {number}\ndate: 2024-0{}-11\ntags: [проба]\n---\nТекст новости.\n", 1 + number % 9);
            fs::write(&file, text).expect("written");
            format!("new {}", file.display())
        }
        5 => {
            let file = of_kind("md", random);
            fs::remove_file(&file).expect("removed");
            format!("{} removed", file.display())
        }
        6 => {
            let file = of_kind("md", random);
            let to = file.with_file_name(format!("renamed-{number}.md"));
            fs::rename(&file, &to).expect("renamed");
            format!("{} renamed", file.display())
        }
        7 => {
            let name = *random.of(&["areas", "organisations", "people", "observances"]);
            let file = root.join(format!("content/{name}.yaml"));
            replace(&file, &|text| text.replacen("name: ", &format!("name: {number} "), 1));
            format!("registry {name}")
        }
        8 => {
            let file = root.join("content/site.yaml");
            replace(&file, &|text| text.replacen("title: ", &format!("title: {number} "), 1));
            "settings".into()
        }
        9 => {
            let file = root.join("themes/default/templates/404.html");
            fs::create_dir_all(file.parent().expect("a folder")).expect("made");
            fs::write(&file, format!("{{% extends \"base.html\" %}}{{% block main %}}<h1>{number}</h1>{{% endblock main %}}"))
                .expect("written");
            "template".into()
        }
        10 => {
            let _ = fs::remove_dir_all(root.join("themes"));
            "templates removed".into()
        }
        11 => {
            let file = of_kind("md", random);
            let text = fs::read(&file).expect("bytes");
            fs::write(&file, text).expect("written");
            format!("{} saved as it was", file.display())
        }
        _ => {
            let Some(file) = files(public).into_iter().filter(|f| f.extension().is_some_and(|e| e == "html")).nth(number % 50) else {
                return "nothing is published".into();
            };
            if number.is_multiple_of(2) {
                fs::remove_file(&file).expect("removed");
            } else {
                fs::write(&file, "not ours").expect("written");
            }
            format!("published {} damaged", file.display())
        }
    }
}

/// What the environment says of how a test walks.
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// A folder with the demonstration site, and in it the site, where it is published, and where a clean build of it is.
fn demonstration(name: &str) -> (PathBuf, [PathBuf; 3]) {
    let folder = std::env::temp_dir().join(format!("metodika-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let places = ["site", "public", "clean"].map(|place| folder.join(place));
    copy(&content(), &places[0].join("content"));
    (folder, places)
}

fn assert_same(after: &BTreeMap<PathBuf, Vec<u8>>, right: &BTreeMap<PathBuf, Vec<u8>>, walk: &[String]) {
    let differing: Vec<&PathBuf> = right.keys().chain(after.keys()).filter(|path| right.get(*path) != after.get(*path)).collect();
    assert!(differing.is_empty(), "{differing:?}\n{walk:#?}");
}

#[test]
fn an_incremental_build_is_a_clean_build() {
    let (folder, [root, public, clean]) = demonstration("incremental");
    let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ number("SEED", 1));
    let mut walk = Vec::new();
    let mut unchanged = 0;
    for _ in 0..number("EDITS", 24) {
        walk.push(edit(&root, &public, &mut random));
        let before = tree(&public);
        let (status, said) = build(&root, &public, &[]);
        let expected = build(&root, &clean, &["--clean"]);
        assert_eq!((status, &said), (expected.0, &expected.1), "{walk:#?}");
        let after = tree(&public);
        if status == Some(0) {
            assert_same(&after, &tree(&clean), &walk);
        } else {
            assert!(before == after, "a failed build changed what is published\n{walk:#?}");
            walk.push("all mistakes mended".into());
            let _ = fs::remove_dir_all(&root);
            copy(&content(), &root.join("content"));
        }
        unchanged += usize::from(before == after);
    }
    assert!(unchanged > 0, "no edit left the site as it was: the shortest way was not walked");
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn one_new_body_is_put_into_its_page_and_into_the_index() {
    let (folder, [root, public, clean]) = demonstration("one-body");
    // In a feed stand whole bodies of what is new, and on this small site everything is.
    let settings = root.join("content/site.yaml");
    fs::write(&settings, fs::read_to_string(&settings).expect("text").replace("feeds: true", "feeds: false")).expect("written");
    let texts: Vec<PathBuf> =
        files(&root.join("content/workshops")).into_iter().filter(|f| f.extension().is_some_and(|e| e == "md")).collect();
    let add = |file: &Path, text: &str| fs::write(file, fs::read_to_string(file).expect("text") + text).expect("written");
    // Whether the build went the short way, and how many of its files are new.
    let short = || -> Option<usize> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_metodika"));
        command.args(["--lang", "en", "build", "--today", "2024-10-15", "--timings", "--root"]).arg(&root).arg("--out").arg(&public);
        let said = String::from_utf8(command.output().expect("the program runs").stdout).expect("UTF-8");
        assert_eq!(build(&root, &clean, &["--clean"]).0, Some(0));
        assert!(tree(&public) == tree(&clean), "{said}");
        let written = said.split(" written").next()?.rsplit([' ', '(']).next()?.parse().ok();
        written.filter(|_| said.contains("\none body"))
    };
    let holding = |word: &str| -> Vec<String> {
        let names = tree(&public).into_iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(word));
        names.map(|(path, _)| path.to_string_lossy().replace('\\', "/")).collect()
    };
    assert_eq!(short(), None);
    add(&texts[0], "\nДописано «по-русски» и **жирно**: кракозябра.\n");
    // Page, text, root, and the files of the new stems.
    assert!(short().is_some_and(|written| written < 20));
    let found = holding("озябр");
    let is_in = |name: &str| found.iter().any(|path| path.starts_with(name));
    assert!(["workshops/", "search/index/terms-", "search/texts/", "search/index/words-"].into_iter().all(is_in), "{found:?}");
    add(&texts[0], "\n| а | б |\n|---|---|\n| 1 | 2 |\n");
    assert!(short().is_some());
    add(&texts[1], "\nИ в другом.\n");
    assert!(short().is_some());
    // Nobody sees a comment, neither on the page nor in the index.
    fs::write(&texts[1], fs::read_to_string(&texts[1]).expect("text").trim_end().to_owned() + "\n\n\n").expect("written");
    assert_eq!(short(), Some(0));
    // A heading may be linked to, a link must be looked up, and two pages are not changed in one step.
    add(&texts[0], "\n## Ещё глава\n");
    assert_eq!(short(), None);
    add(&texts[0], "\n[Ссылка](https://example.org/)\n");
    assert_eq!(short(), None);
    add(&texts[0], "\nОдно.\n");
    add(&texts[1], "\nДругое.\n");
    assert_eq!(short(), None);
    add(&texts[0], "\nИ снова одно.\n");
    assert!(short().is_some());
    let letter = files(&root.join("content/newsletters")).into_iter().find(|f| f.extension().is_some_and(|e| e == "md")).expect("an issue");
    add(&letter, "\nВ письме.\n");
    assert_eq!(short(), None);
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn bodies_that_change_one_after_another_are_those_of_a_clean_build() {
    let (folder, [root, public, clean]) = demonstration("bodies");
    let draft = "---\ntitle: Черновик\ndate: 2024-02-02\ndraft: true\n---\nНикем не виденное.\n";
    fs::write(root.join("content/news/draft.md"), draft).expect("written");
    let texts: Vec<PathBuf> = files(&root.join("content")).into_iter().filter(|f| f.extension().is_some_and(|e| e == "md")).collect();
    let first: Vec<String> = texts.iter().map(|file| fs::read_to_string(file).expect("text")).collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ number("SEED", 3));
    let (mut walk, mut short) = (Vec::new(), 0);
    assert_eq!(build(&root, &public, &["--drafts"]).0, Some(0));
    for step in 0..number("EDITS", 24) {
        let n = random.below(texts.len());
        let now = fs::read_to_string(&texts[n]).expect("text");
        let text = match random.below(6) {
            0 => format!("{now}\nНебывальщина{step} и unheard{step}.\n"),
            1 => format!("{now}\n{}\n", "Библиотека, библиотеки, краеведение; ".repeat(1 + step as usize % 20)),
            2 => now.trim_end().rsplit_once("\n\n").map_or(now.clone(), |(before, _)| format!("{before}\n")),
            3 => now.replace("ение", "ания"),
            4 => format!("{now}\n<!-- {step} -->\n"),
            _ => first[n].clone(),
        };
        fs::write(&texts[n], text).expect("written");
        walk.push(format!("{}", texts[n].display()));
        let mut command = Command::new(env!("CARGO_BIN_EXE_metodika"));
        command.args(["build", "--today", "2024-10-15", "--drafts", "--timings", "--root"]).arg(&root).arg("--out").arg(&public);
        let output = command.output().expect("the program runs");
        let expected = build(&root, &clean, &["--clean", "--drafts"]);
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned()), expected, "{walk:#?}");
        if expected.0 == Some(0) {
            assert_same(&tree(&public), &tree(&clean), &walk);
        }
        short += usize::from(String::from_utf8_lossy(&output.stdout).contains("\none body"));
    }
    assert!(short * 8 > walk.len(), "{short} of {walk:#?}");
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn what_a_build_had_to_say_the_next_one_says_again() {
    let folder = std::env::temp_dir().join(format!("metodika-said-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let write = |path: &str, text: &str| {
        let file = folder.join("content").join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("written");
    };
    write("site.yaml", "title: Сайт\nfeeds: false\n");
    write("news/a.md", "---\ntitle: А\ndate: 2024-01-01\nсумари: б\n---\nТекст.\n\nЕщё.\n");
    write("news/b.md", "---\ntitle: Б\ndate: 2024-01-02\n---\nТекст.\n\nЕщё.\n");
    let run = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_metodika"));
        command.args(["--lang", "en", "build", "--today", "2024-10-15", "--timings", "--root"]).arg(&folder).args(more);
        let output = command.output().expect("the program runs");
        (String::from_utf8(output.stdout).expect("UTF-8"), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let stage = |(said, _): &(String, String)| {
        ["unchanged", "one body"].into_iter().find(|stage| said.contains(&format!("\n{stage}"))).unwrap_or("all")
    };
    let first = run(&[]);
    assert!(first.1.contains("warning[unknown-key]") && first.1.contains("4 | сумари: б") && first.1.contains("1 warning"), "{}", first.1);
    let second = run(&[]);
    assert_eq!((stage(&first), stage(&second)), ("all", "unchanged"));
    assert_eq!(second.1, first.1);
    assert!(run(&["--format", "json"]).0.contains("\"code\": \"unknown-key\""), "in each form");
    assert_eq!(run(&["-q"]).1, "");
    // Of the file itself it may be no more true; of another it is.
    write("news/b.md", "---\ntitle: Б\ndate: 2024-01-02\n---\nТекст.\n\nЕщё, подлиннее.\n");
    let third = run(&[]);
    assert_eq!((stage(&third), &third.1), ("one body", &first.1));
    write("news/a.md", "---\ntitle: А\ndate: 2024-01-01\nсумари: б\n---\nТекст.\n\nЕщё, подлиннее.\n");
    assert_eq!(stage(&run(&[])), "all");
    let _ = fs::remove_dir_all(&folder);
}
