//! The theme speaks one language at a time: an English site has no Russian word of ours, a Russian one no English.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::{Temp, run_in};
use metodika::value::yaml::{self, Node, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every text that a site of the starter publishes, by its path: what readers open and what their programs read.
fn published(language: &str) -> BTreeMap<String, String> {
    let temp = Temp::new(&format!("languages-{language}"));
    let made = run_in(&temp.0, &["init", "site", "--lang", language, "--today", "2026-09-10"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let root = temp.0.join("site");
    built(&root, "2026-11-10")
}

fn built(root: &Path, today: &str) -> BTreeMap<String, String> {
    let built = run_in(root, &["build", "--today", today, "--base-url", "https://example.org/"]);
    assert_eq!(built.status, 0, "{}", built.err);
    let mut out = BTreeMap::new();
    texts(&root.join("public"), &root.join("public"), &mut out);
    assert!(out.len() > 60, "{} texts", out.len());
    out
}

fn texts(root: &Path, folder: &Path, out: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path: PathBuf = entry.expect("an entry").path();
        let name = path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            // The editing page is another program; scripts and styles are the same in either language.
            if !["admin", "static"].contains(&name.as_str()) {
                texts(root, &path, out);
            }
        } else if let Ok(text) = fs::read_to_string(&path)
            // The file that marks the folder speaks both.
            && name != ".metodika"
        {
            out.insert(name, text);
        }
    }
}

/// The strings of the theme in `language`, by their keys.
fn strings(language: &str) -> BTreeMap<String, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/default/i18n/{language}.yaml"));
    let text = fs::read_to_string(file).expect("strings");
    let node = yaml::parse(&text, 0).expect("YAML");
    let mut out = BTreeMap::new();
    walk(&node, "", &mut out);
    out
}

fn walk(node: &Node, path: &str, out: &mut BTreeMap<String, String>) {
    match &node.value {
        Value::Map(pairs) => pairs.iter().for_each(|(key, value)| walk(value, &format!("{path}.{}", key.text), out)),
        Value::Scalar(text) => drop(out.insert(path.to_owned(), text.to_string())),
        _ => {}
    }
}

fn is_russian(c: char) -> bool {
    ('\u{400}'..='\u{4ff}').contains(&c)
}

#[test]
fn an_english_site_has_no_russian_word() {
    let mut wrong = Vec::new();
    for (name, text) in published("en") {
        for line in text.lines().filter(|line| line.contains(is_russian)).take(2) {
            let at = line.find(is_russian).unwrap_or(0);
            let from = line[..at].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
            wrong.push(format!("{name}: {}", line[from..].chars().take(90).collect::<String>()));
        }
    }
    assert!(wrong.is_empty(), "{} lines\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn the_demonstration_in_english_has_no_russian_string_of_the_theme() {
    let temp = Temp::new("languages-demonstration");
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    common::copy(&content, &temp.0.join("content"));
    let settings = temp.read("content/site.yaml");
    temp.write("content/site.yaml", settings.replace("язык: ru", "язык: en"));
    let mut own = BTreeMap::new();
    texts(&content, &content, &mut own);
    let own: String = own.into_values().collect();
    let (english, russian) = (strings("en"), strings("ru"));
    let phrases: Vec<&String> = russian
        .iter()
        .filter(|(key, text)| {
            text.trim().contains(' ') && text.contains(is_russian) && english.get(*key) != Some(text) && !own.contains(text.as_str())
        })
        .map(|(_, text)| text)
        .collect();
    assert!(phrases.len() > 100, "{} phrases", phrases.len());
    let mut wrong = Vec::new();
    for (name, text) in built(&temp.0, "2024-10-15") {
        wrong.extend(phrases.iter().filter(|phrase| text.contains(phrase.as_str())).map(|phrase| format!("{name}: {phrase}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_russian_site_has_no_english_string_of_the_theme() {
    let (english, russian) = (strings("en"), strings("ru"));
    // A single word may stand in an address, a class or a standard's key.
    let phrases: Vec<&String> =
        english.iter().filter(|(key, text)| text.trim().contains(' ') && russian.get(*key) != Some(text)).map(|(_, text)| text).collect();
    assert!(phrases.len() > 100, "{} phrases", phrases.len());
    let mut wrong = Vec::new();
    for (name, text) in published("ru") {
        wrong.extend(phrases.iter().filter(|phrase| text.contains(phrase.as_str())).map(|phrase| format!("{name}: {phrase}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
