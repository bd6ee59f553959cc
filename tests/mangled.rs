//! No input makes the program panic: the demonstration site with a file of it cut, changed or filled with what nobody would write.
//! `MANGLED=5000 cargo test --test mangled` walks further than the default.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::Random;
use metodika::parse::Keep;
use metodika::source::NoTexts;
use metodika::sources::{Source, Sources};
use metodika::value::date::Date;
use metodika::{Options, build};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// What a value may be replaced with.
const NASTY: [&str; 24] = [
    "null",
    "[]",
    "{}",
    "[",
    "{a: b}",
    "[[[[]]]]",
    "99999999999999999999",
    "-1",
    "1e999",
    "31 февраля 99999 г.",
    "0000-00-00",
    "9999-12-31",
    "-9999-01-01 – 9999-12-31",
    "ежедневно",
    "ежедневно с 1 января 0001 г. по 31 декабря 9999 г.",
    "\"\\u202e\\u0000\"",
    "../../../etc/passwd",
    "|",
    "&a [*a]",
    "!!binary x",
    "<script>alert(1)</script>",
    "{{ 1 / 0 }}",
    "«»",
    "\u{301}\u{feff}ё",
];

fn files(folder: &Path, out: &mut Vec<(String, Vec<u8>)>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut entries: Vec<_> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "md" || e == "yaml") {
            let name = path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
            out.push((name, fs::read(&path).expect("bytes")));
        }
    }
}

fn mangle(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    let line = random.below(lines.len());
    match random.below(7) {
        0 => return bytes[..random.below(bytes.len())].to_vec(),
        1 => {
            let mut out = bytes.to_vec();
            let at = random.below(out.len());
            out[at] = b"\t\0\n:-\"'[]{}|>*&#%@`\\\xff\x80 "[random.below(23)];
            return out;
        }
        2 => drop(lines.remove(line)),
        3 => lines.insert(line, lines[line].clone()),
        4 => lines[line].insert(0, b" \t-"[random.below(3)]),
        _ => {
            if let Some(colon) = lines[line].windows(2).position(|pair| pair == b": ") {
                lines[line].truncate(colon + 2);
                lines[line].extend_from_slice(NASTY[random.below(NASTY.len())].as_bytes());
                lines[line].push(b'\n');
            } else {
                lines[line] = [NASTY[random.below(NASTY.len())].as_bytes(), b"\n"].concat();
            }
        }
    }
    lines.concat()
}

#[test]
fn nothing_that_stands_in_a_file_makes_it_panic() {
    let mut all = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &mut all);
    assert!(all.len() > 30, "{} files", all.len());
    let sources = || {
        let mut sources = Sources::default();
        sources.content.extend(all.iter().map(|(name, bytes)| (name.clone().into(), Source::of(&name.as_str().into(), bytes, Keep::Text))));
        sources
    };
    let today = Date::parse_iso("2024-10-15").expect("a day");
    let options = Options { today, base_url: None, drafts: true, strict: false, language: None, proofread: true, people: None };
    let count = std::env::var("MANGLED").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    for seed in 1..=count {
        let mut random = Random(u64::wrapping_mul(seed, 0x9e37_79b9_7f4a_7c15));
        let mut mangled = sources();
        for _ in 0..3 {
            let (name, bytes) = &all[random.below(all.len())];
            mangled.content.insert(name.clone().into(), Source::of(&name.as_str().into(), &mangle(bytes, &mut random), Keep::Text));
        }
        let mangled = Arc::new(mangled);
        let outcome = std::panic::catch_unwind(|| {
            let built = build(&mangled, &options, None);
            built
                .paths()
                .filter(|path| seed % 10 == 0 || path.contains("plans") || path.contains("calendar"))
                .for_each(|path| drop(built.render(path, &NoTexts)));
        });
        assert!(outcome.is_ok(), "seed {seed}");
    }
}
