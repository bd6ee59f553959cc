//! The same input gives the same bytes: on any number of threads, in any time zone, in any folder.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::copy;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn build(root: &Path, name: &str, jobs: &str, zone: &str) -> BTreeMap<String, Vec<u8>> {
    let out = std::env::temp_dir().join(format!("metodika-determinism-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&out);
    let output = Command::new(env!("CARGO_BIN_EXE_metodika"))
        .args(["build", "--today", "2024-10-15", "--jobs", jobs, "--root"])
        .arg(root)
        .arg("--out")
        .arg(&out)
        .env("TZ", zone)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut files = BTreeMap::new();
    collect(&out, &out, &mut files);
    let _ = fs::remove_dir_all(&out);
    files.remove(".metodika");
    assert!(files.len() > 100, "only {} files", files.len());
    files
}

fn collect(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, out);
        } else {
            out.insert(path.strip_prefix(root).expect("below").to_string_lossy().into_owned(), fs::read(&path).expect("bytes"));
        }
    }
}

#[test]
fn the_same_bytes_everywhere() {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let first = build(&here, "one", "1", "UTC");
    let elsewhere = std::env::temp_dir().join(format!("metodika-elsewhere-{}", std::process::id()));
    copy(&here.join("content"), &elsewhere.join("content"));
    for (name, root, jobs, zone) in
        [("two", &here, "2", "UTC"), ("zone", &here, "2", "Asia/Vladivostok"), ("folder", &elsewhere, "2", "UTC")]
    {
        let other = build(root, name, jobs, zone);
        let differing: Vec<&String> = first.keys().chain(other.keys()).filter(|path| first.get(*path) != other.get(*path)).collect();
        assert!(differing.is_empty(), "{name}: {differing:?}");
    }
    let _ = fs::remove_dir_all(&elsewhere);
}
