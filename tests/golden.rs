//! Whole small sites: the content of `tests/golden/<case>/content/` goes in; what the program says (`transcript.txt`) and every file that it
//! publishes (`expected/`) come out, the theme's static files and the pictures of titles apart. `BLESS=1 cargo test --test golden` writes down what comes out now.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn tree(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
        match path.is_dir() {
            true if name != "static" => tree(root, &path, out),
            false if name != ".metodika" && !name.ends_with("title.png") => drop(out.insert(name, fs::read(&path).expect("bytes"))),
            _ => {}
        }
    }
}

/// What the program says, without the time that it took.
fn transcript(text: &str) -> String {
    let took = |word: &str| word.split_once(',').is_some_and(|(a, b)| [a, b].iter().all(|n| n.parse::<u32>().is_ok()));
    text.split_inclusive([' ', '\n']).map(|word| if took(word.trim_end()) { "N " } else { word }).collect()
}

fn check(case: &str) {
    check_part(case, &[""]);
}

/// The same for those files alone whose paths begin with one of `parts`; of a part of a site, what is said counts too much else.
fn check_part(case: &str, parts: &[&str]) {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(case);
    let work = std::env::temp_dir().join(format!("metodika-golden-{case}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&work);
    let mut content = BTreeMap::new();
    tree(&home.join("content"), &home.join("content"), &mut content);
    for (name, bytes) in &content {
        let path = work.join("content").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    let mut program = Command::new(env!("CARGO_BIN_EXE_metodika"));
    let output = program.current_dir(&work).args(["build", "--today", "2024-10-15"]).output().expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    let said = if parts == [""] { transcript(&String::from_utf8_lossy(&said)) } else { String::new() };
    let said = format!("{said}exit status {}\n", output.status.code().expect("a status"));
    let (mut expected, mut made) = (BTreeMap::new(), BTreeMap::new());
    tree(&work.join("public"), &work.join("public"), &mut made);
    made.retain(|name, _| parts.iter().any(|part| name.starts_with(part)));
    let published: PathBuf = home.join("expected");
    if std::env::var_os("BLESS").is_some() {
        let _ = fs::remove_dir_all(&published);
        fs::write(home.join("transcript.txt"), &said).expect("written");
        for (name, bytes) in &made {
            let path = published.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
    }
    tree(&published, &published, &mut expected);
    let _ = fs::remove_dir_all(&work);
    assert_eq!(said, fs::read_to_string(home.join("transcript.txt")).expect("transcript.txt"), "{case}");
    let differing: Vec<&String> = expected.keys().chain(made.keys()).filter(|name| expected.get(*name) != made.get(*name)).collect();
    assert!(differing.is_empty(), "{case}: {differing:?}");
}

#[test]
fn a_small_site_comes_out_as_it_did() {
    check("small");
}

/// Time frames of all sorts, on both sides of the day of the issue; the letter of an issue whose span is over looks ahead of it.
#[test]
fn an_issue_collects_what_it_did() {
    check_part("issue", &["newsletters/osen/email.html", "newsletters/osen/email.txt", "newsletters/leto/email.txt"]);
}

#[test]
fn every_mistake_is_told_as_it_was() {
    check("mistakes");
}
