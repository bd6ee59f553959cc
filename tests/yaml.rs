//! The short way through YAML says what the library says, or nothing: on the texts of this repository and on random ones.
//! `YAML=5000000 cargo test --release --test yaml` walks further than the default.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::Random;
use metodika::value::edit::{Edit, apply};
use metodika::value::yaml::{MAX_NODES, Node, YamlErrorKind, parse_any, plain, read};
use std::fs;
use std::path::Path;

/// Whether the short way answered; what it said must be the library's word.
#[track_caller]
fn agrees(text: &str, what: &str) -> bool {
    let base = text.len() % 3;
    let Some(node) = plain::read(text, base) else { return false };
    assert_eq!(parse_any(text, base), Ok::<Node, _>(node), "{what}: {text:?}");
    true
}

/// Every YAML file and every front matter below `folder`, with its name.
fn texts(folder: &Path, out: &mut Vec<(String, String)>) {
    let mut paths: Vec<_> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        if path.is_dir() {
            texts(&path, out);
        } else if let ("yaml" | "md", Ok(text)) = (ending, fs::read_to_string(&path)) {
            let front = || text.strip_prefix("---\n")?.split_once("\n---\n").map(|(front, _)| format!("{front}\n"));
            let yaml = if ending == "yaml" { Some(text.clone()) } else { front() };
            out.extend(yaml.map(|yaml| (path.display().to_string(), yaml)));
        }
    }
}

fn real(folders: &[&str]) -> Vec<(String, String)> {
    let mut all = Vec::new();
    folders.iter().for_each(|folder| texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut all));
    all
}

/// What may stand anywhere in a random text.
const PIECES: [&str; 62] = [
    ":", ": ", " :", ":\n", " #", "#", " # x", "\n", "\n\n", "\n ", "\n  ", "\n- ", "\n  - ", " ", "  ", "-", "- ", "- - ", "--", "---",
    "\n---\n", "...", "'", "''", "\"", "\\\"", "\\", "\\n", "\\u0041", "[", "]", "{", "}", ",", ", ", "[]", "{}", "|", "|-", ">", ">-",
    "|+", "|2", "~", "null", "&a ", "*a", "!x ", "@", "%", "?", "? ", "\t", "\r\n", "\r", "ж", "🙂", "\u{a0}", "\u{80}", "\u{9f}",
    "\u{ffff}", "\u{feff}",
];

/// Scalars in block form: good ones, and such as only look good.
#[rustfmt::skip]
const SCALARS: [&str; 69] = [
    "a", "слово", "два слова", "../a/b.md", "./a.pdf", ".. /", "..", "2024-10-15", "2.10", "02-а", "-5", "- 5", "--", "---", "...", ".", "~", "null", "Null", "NULL", "nULL",
    "true", "a:b", "a: b", "a:", ":a", "http://x.y/z#f", "a #b", "a#b", "#a", "a, b", "[a", "a]", "{a}", "a [b] c", "«ёлки» – 5", "№ 5",
    "(a)", "a 'b' \"c\"", "'a'", "\"a\"", "'it''s'", "''''", "'a", "'a' b", "'a\\'", "\"a\\\"b\\\\\"", "\"\\n\\t\\/\"", "\"\\x41\"", "\"a",
    "\"\"", "''", "\"a: b # c\"", "\"🙂\"", "🙂", "❤\u{fe0f}", "a\u{a0}b", "\u{a0}", "a\u{85}b", "\u{feff}a", "a\u{2028}", "a ", "a\\", "?",
    "?a", "<<", "=", "a\tb", "",
];

#[rustfmt::skip]
const KEYS: [&str; 20] = [
    "a", "b", "c", "title", "ключ", "два слова", "сквозной номер", "\"a\"", "'d e'", "a b", "2024", "-x", "~", "a:b", "a#", "\"a: b\"",
    "null", "x-y_z", "?", "- a",
];

/// A text in the likeness of YAML, mostly right.
struct Author<'a> {
    random: &'a mut Random,
    out: String,
    /// One of so many choices is a strange one.
    calm: usize,
}

impl Author<'_> {
    fn now(&mut self, of: usize) -> bool {
        self.random.below(of) == 0
    }

    fn odd(&mut self) -> bool {
        self.now(self.calm)
    }

    fn any(&mut self, of: &[&str]) {
        let piece = self.random.of(of);
        self.out.push_str(piece);
    }

    fn scalar(&mut self, flow: bool) {
        let mut text = *self.random.of(&SCALARS);
        if flow && !self.odd() && !text.starts_with(['"', '\'']) && text.contains(['[', ']', '{', '}', ',']) {
            text = "a";
        }
        self.out.push_str(text);
    }

    fn flow(&mut self, depth: usize) {
        let kind = self.random.below(4 + depth);
        if kind > 1 {
            return self.scalar(true);
        }
        self.out.push_str(["[", "{"][kind]);
        for n in 0..self.random.below(4) {
            if n > 0 {
                self.any(&[", ", ",", " , ", ",  "]);
            }
            if kind == 1 {
                self.any(&KEYS);
                let colon = if self.odd() { *self.random.of(&[":", " : ", ":  ", ""]) } else { ": " };
                self.out.push_str(colon);
            }
            self.flow(depth + 1);
        }
        if self.odd() {
            self.any(&[" ", ",", "\n", " #", "]", "}"]);
        }
        self.out.push_str(["]", "}"][kind]);
    }

    fn line_end(&mut self) {
        match self.random.below(12) {
            0 => self.out.push_str(" # note: x"),
            1 => self.out.push_str("  "),
            2 => self.out.push_str("\n\n   "),
            3 => self.out.push_str("\n  # c"),
            4 if self.odd() => self.out.push('#'),
            _ => {}
        }
        self.out.push('\n');
    }

    fn block_scalar(&mut self, indent: usize) {
        self.any(&["|", "|", "|-", ">", ">-", "|+", ">2"]);
        self.any(&["\n", "\n", "\n", " # c\n", "  \n", "\n\n"]);
        let inner = indent + 1 + self.random.below(4);
        for _ in 0..self.random.below(5) {
            let shift = if self.odd() { self.random.below(inner + 3) } else { inner };
            self.out.push_str(&" ".repeat(shift));
            self.any(&["text", "# no comment", "- x", "a: b", "", "", " more", "ж  ", "'"]);
            self.out.push('\n');
        }
    }

    /// What stands behind `key:` or a dash; `dash` says which.
    fn value(&mut self, indent: usize, depth: usize, dash: bool) {
        let deeper = indent + 1 + self.random.below(3);
        match self.random.below(10 + depth) {
            0 => self.line_end(),
            1 => {
                self.out.push(' ');
                self.block_scalar(indent);
            }
            2 | 3 => {
                self.out.push(' ');
                self.flow(0);
                self.line_end();
            }
            4 => {
                self.line_end();
                self.mapping(deeper, depth + 1, false);
            }
            5 => {
                self.line_end();
                let zero = !dash && self.now(2);
                self.list(if zero { indent } else { deeper }, depth + 1, false);
            }
            6 | 7 if dash || self.odd() => {
                self.out.push_str(&" ".repeat(deeper - indent));
                let inner = deeper + usize::from(dash);
                if self.now(3) { self.list(inner, depth + 1, true) } else { self.mapping(inner, depth + 1, true) }
            }
            8 if self.now(3) => {
                self.line_end();
                self.out.push_str(&" ".repeat(deeper));
                self.scalar(false);
                self.line_end();
            }
            _ => {
                self.any(&[" ", " ", " ", "  "]);
                self.scalar(false);
                self.line_end();
            }
        }
    }

    fn indentation(&mut self, indent: usize) {
        let shift = if self.odd() { self.random.below(indent + 3) } else { indent };
        self.out.push_str(&" ".repeat(shift));
    }

    fn mapping(&mut self, indent: usize, depth: usize, begun: bool) {
        for n in 0..1 + self.random.below(4) {
            if n > 0 || !begun {
                self.indentation(indent);
            }
            let mut key = *self.random.of(&KEYS);
            if !self.odd() {
                key = ["a", "ключ", "\"q\"", "сквозной номер"][n];
            }
            self.out.push_str(key);
            self.any(&[":", ":", ":", ":", " :"]);
            self.value(indent, depth, false);
        }
    }

    fn list(&mut self, indent: usize, depth: usize, begun: bool) {
        for n in 0..1 + self.random.below(3) {
            if n > 0 || !begun {
                self.indentation(indent);
            }
            self.out.push('-');
            self.value(indent, depth, true);
        }
    }
}

fn written(random: &mut Random) -> String {
    let calm = *random.of(&[3, 10, 40, 1000]);
    let mut author = Author { random, out: String::new(), calm };
    if author.now(3) {
        author.any(&["# c\n", "\n", "  \n\n", " # c\n", "---\n", "%YAML 1.2\n"]);
    }
    let indent = if author.odd() { author.random.below(3) } else { 0 };
    match author.random.below(8) {
        0..=4 => author.mapping(indent, 0, false),
        5 | 6 => author.list(indent, 0, false),
        _ => author.flow(0),
    }
    author.out
}

/// Some neighbouring lines of a real text.
fn excerpt(text: &str, random: &mut Random) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let from = random.below(lines.len());
    let count = *random.of(&[8, 8, 8, 60]);
    lines[from..].iter().take(1 + random.below(count)).copied().collect()
}

/// The text with something done to it that an editor's hand, or the devil, might do.
fn mangled(mut text: String, random: &mut Random) -> String {
    let place = |text: &str, random: &mut Random| text.floor_char_boundary(random.below(text.len() + 1));
    for _ in 0..random.below(4) {
        let at = place(&text, random);
        match random.below(9) {
            0 => text.truncate(at),
            1 if at < text.len() => drop(text.remove(at)),
            2 => text.insert(at, char::from(random.below(128) as u8)),
            3 => text = text.replacen('\n', "\r\n", usize::MAX),
            4 => {
                let (a, b) = (at, place(&text, random));
                text.replace_range(a.min(b)..text.floor_char_boundary(a.max(b).min(a.min(b) + 9)), "");
            }
            5 => {
                let line = text[..at].rfind('\n').map_or(0, |n| n + 1);
                let spaces = text[line..].bytes().take_while(|b| *b == b' ').count();
                text.replace_range(line..line + spaces, &" ".repeat(random.below(spaces + 4)));
            }
            _ => {
                let piece = random.of(&PIECES);
                text.insert_str(at, piece);
            }
        }
    }
    text
}

#[test]
fn on_random_texts_both_say_the_same() {
    let real = real(&["content", "themes", "tests"]);
    let count = std::env::var("YAML").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let mut answered = 0;
    for seed in 1..=count {
        let mut random = Random(u64::wrapping_mul(seed, 0x9e37_79b9_7f4a_7c15));
        let text = match random.below(8) {
            0 => (0..random.below(12)).map(|_| *random.of(&PIECES)).collect(),
            1 | 2 => excerpt(&random.of(&real).1, &mut random),
            _ => written(&mut random),
        };
        let text = if random.below(3) == 0 { text } else { mangled(text, &mut random) };
        answered += u64::from(agrees(&text, &format!("seed {seed}")));
    }
    assert!(answered > count / 10, "{answered} of {count} texts were of the plain forms");
}

#[test]
fn on_the_texts_of_this_repository_both_say_the_same() {
    // Among those of the tests are mistakes.
    for (name, text) in real(&["tests"]) {
        agrees(&text, &name);
    }
    let ours = real(&["content", "themes"]);
    assert!(ours.len() > 30, "{} texts", ours.len());
    // So that the short way cannot fall out of use unseen.
    let long: Vec<&String> = ours.iter().filter(|(name, text)| !agrees(text, name)).map(|(name, _)| name).collect();
    assert!(long.is_empty(), "{long:?} went the long way");
}

#[test]
fn ordinary_forms_go_the_short_way() {
    let forms = [
        "title: Осень по плану\ndate: 2024-10-15\nдва слова: 02-а\n",
        "title: \"План: 2024\"\nsummary: 'it''s'\nquoted: \"a \\\"b\\\" \\\\ c\\n\"\n",
        "tags: [план, \"два слова\", 'три']\ntags2: []\norder: {number: 02-а, date: 12.01.2024}\nempty: {}\n",
        "# note\n\ntitle: x  # note\n  # note\nempty:\nnone: ~\nlast:",
        "title: x\r\nlist:\r\n  - a\r\n  - b\r\nnested:\r\n  key: value\r\n",
        "list:\n- a\n- b\nother:\n    - a\n    -\n    - c\n",
        "sections:\n  - title: A\n    items:\n      - number: \"1.1\"\n        responsible:\n          - Иванова\n      - {number: 1.2, parts: [a, {title: b}]}\n",
        "- id: a\n  name: Библиотека\n- {id: b, name: Б}\n- - x\n  - y\n-\n  id: c\n",
        "body: |\n  # Heading\n\n  Text\n    - more\n\nsummary: >-\n  one\n  two\nlast: |-\n   x\n",
        "url: https://example.org/#part\ntime: 10:00–16:30\nn: -5\nc: a, b [c] {d}\n",
    ];
    for form in forms {
        assert!(agrees(form, "form"), "{form:?}");
    }
}

#[test]
fn what_is_not_plain_is_left_to_the_library() {
    let forms = [
        "",
        "a: b\n  c\n",
        "a: &x b\n",
        "a: *x\n",
        "a: !t b\n",
        "--- \na: b\n",
        "a:\tb\n",
        "a: b: c\n",
        "a: 1\na: 2\n",
        "a: [b,\n c]\n",
        "a: \"b\n",
    ];
    for form in forms {
        assert_eq!(plain::read(form, 0), None, "{form:?}");
    }
}

#[test]
fn the_limits_are_those_of_the_library_or_below() {
    let deep = |n: usize| (0..n).map(|i| format!("{}a:\n", " ".repeat(i))).collect::<String>();
    assert!(agrees(&deep(20), "nesting") && !agrees(&deep(40), "nesting"));
    assert!(!agrees(&"[".repeat(100_000), "brackets") && !agrees(&"- ".repeat(100_000), "dashes"));
    let key = |n: usize| format!("{}: a\n", "k".repeat(n));
    assert!(agrees(&key(1024), "key") && !agrees(&key(1025), "key"));
    let list = |nodes: usize| "- a\n".repeat(nodes - 1);
    assert!(plain::read(&list(MAX_NODES), 0).is_some() && plain::read(&list(MAX_NODES + 1), 0).is_none());
}

#[test]
fn faults_stand_in_the_text_and_mending_them_comes_to_an_end() {
    const PIECES: [&str; 26] = [
        "a: ",
        "b:\n",
        "\t",
        "\u{a0}",
        "- ",
        "“",
        "”",
        "\"",
        "'",
        "[",
        "]",
        "{",
        ": ",
        "\n",
        "  ",
        "x",
        "слово",
        " #",
        "*",
        "– ",
        "\r\n",
        "|\n",
        "\u{1}",
        "---\n",
        ",",
        "key:value\n",
    ];
    let mut random = Random(29);
    for _ in 0..4000 {
        let mut text: String = (0..1 + random.below(14)).map(|_| *random.of(&PIECES)).collect();
        let typed = text.clone();
        let mut rounds = 0;
        loop {
            let (_, faults) = read(&text, 0);
            let mut edits: Vec<Edit> = Vec::new();
            for fault in faults {
                let written = text.get(fault.span.clone()).unwrap_or_else(|| panic!("{typed:?}: {fault:?}"));
                let end = edits.last().map_or(0, |edit| edit.range.end);
                // Where a line belongs is for a person to say.
                let is_guess = matches!(fault.kind, YamlErrorKind::Indentation | YamlErrorKind::NoKey);
                let fix = fault.fix.filter(|fix| !is_guess && fix != written && fault.span.start >= end);
                edits.extend(fix.map(|text| Edit { range: fault.span, text }));
            }
            if edits.is_empty() {
                break;
            }
            text = apply(&text, &edits);
            rounds += 1;
            assert!(rounds < 20, "{typed:?} is still mended: {text:?}");
        }
    }
}
