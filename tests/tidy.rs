//! Rules that matter are tests: the order of the layers, one doorway per package, nothing of the outside in the core.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use std::fs;
use std::path::{Path, PathBuf};

/// Lower may not import higher.
const LAYERS: &[&[&str]] = &[
    &["value", "format", "source", "diagnostic", "output", "record"],
    &["config", "kinds", "draft"],
    &["parse", "blank", "cms"],
    &["sources"],
    &["site"],
    &["import"],
    &["exchange"],
    &["report"],
    &["redact"],
    &["manifest"],
    &["render"],
    &["schema"],
];

/// Packages and the one file (or folder) that may name each.
const DOORWAYS: &[(&str, &[&str])] = &[
    ("tera", &["src/render/theme.rs", "src/render/theme/"]),
    ("serde_yaml", &["src/value/yaml/mod.rs"]),
    ("pulldown_cmark", &["src/parse/markdown.rs"]),
    ("ammonia", &["src/parse/sanitise.rs"]),
    // Writing and reading are two halves of a package that share nothing.
    ("quick_xml", &["src/format/xml.rs", "src/format/svg.rs", "src/import/xml.rs"]),
    ("zip", &["src/format/docx.rs", "src/import/archive.rs"]),
    ("csv", &["src/format/spreadsheet.rs", "src/import/delimited.rs"]),
    ("rust_xlsxwriter", &["src/format/xlsx.rs"]),
    ("encoding_rs", &["src/import/text.rs"]),
    ("html5ever", &["src/import/html.rs", "src/parse/tokens.rs", "src/parse/tree.rs"]),
    ("notify", &["src/shell/watch.rs"]),
    ("httparse", &["src/shell/http/request.rs"]),
    ("rustix", &["src/shell/disk.rs"]),
    ("postcard", &["src/shell/cache.rs"]),
    ("walkdir", &["src/shell/marker.rs", "src/shell/read.rs"]),
    ("icu_normalizer", &["src/value/composed.rs"]),
    ("imagesize", &["src/shell/read.rs"]),
    ("image", &["src/format/picture.rs"]),
    ("fast_image_resize", &["src/format/picture.rs"]),
    ("jpeg_encoder", &["src/format/picture.rs"]),
    ("img_parts", &["src/format/picture.rs"]),
    ("annotate_snippets", &["src/shell/report.rs"]),
    ("similar", &["src/shell/fix.rs"]),
    ("any_ascii", &["src/value/slug.rs"]),
    ("pulldown_cmark_escape", &["src/value/html.rs"]),
    ("simdutf8", &["src/source.rs"]),
    ("pagefind_stem", &["src/value/words.rs"]),
];

fn rust_files() -> Vec<(String, String)> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("src is a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { walk(&path, out) } else { out.push(path) }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    walk(&root.join("src"), &mut files);
    files.sort();
    let rust = files.into_iter().filter(|f| f.extension().is_some_and(|e| e == "rs"));
    rust.map(|f| {
        (f.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/"), fs::read_to_string(&f).expect("a text"))
    })
    .collect()
}

/// The code of a file without its comments; its tests keep the same rules.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&name))
}

#[test]
fn lower_layers_do_not_import_higher_ones() {
    let mut wrong = Vec::new();
    for (file, text) in rust_files() {
        let module = file.trim_start_matches("src/").split(['/', '.']).next().unwrap_or("").to_owned();
        let Some(own) = layer(&module) else { continue };
        for (n, line) in code(&text).lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let used = used.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
                if layer(used).is_some_and(|other| other > own) {
                    wrong.push(format!("{file}:{}: {module} imports {used}", n + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_package_has_one_doorway() {
    let mut wrong = Vec::new();
    for (file, text) in rust_files() {
        let code = code(&text);
        for (package, doorways) in DOORWAYS {
            let named = code.contains(&format!("{package}::")) || code.contains(&format!("use {package};"));
            if named && !doorways.iter().any(|door| file.starts_with(door)) {
                wrong.push(format!("{file} names {package}, whose doorway is {}", doorways.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_core_touches_nothing_outside() {
    let outside = ["std::fs", "std::env", "std::net", "std::process", "SystemTime", "Instant::now", "println!", "eprintln!", "std::thread"];
    let mut wrong = Vec::new();
    for (file, text) in rust_files() {
        if file == "src/main.rs" || file.starts_with("src/shell/") {
            continue;
        }
        let code = code(&text);
        wrong.extend(outside.iter().filter(|word| code.contains(**word)).map(|word| format!("{file} names {word}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_unfinished() {
    let words = [concat!("to", "do!("), concat!("unimple", "mented!("), concat!("db", "g!("), concat!("FIX", "ME"), concat!("TO", "DO")];
    let wrong: Vec<String> = rust_files()
        .iter()
        .flat_map(|(file, text)| words.iter().filter(|w| text.contains(**w)).map(move |w| format!("{file}: {w}")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The keys of the theme's strings, as `calendar.title`, plural forms apart.
fn strings(file: &str) -> Vec<String> {
    fn walk(node: &metodika::value::yaml::Node, path: &str, out: &mut Vec<String>) {
        match &node.value {
            metodika::value::yaml::Value::Map(pairs) => {
                pairs.iter().for_each(|(key, value)| walk(value, &format!("{path}.{}", key.text), out))
            }
            // Plural forms differ by language.
            _ if path.starts_with(".plurals.") => {}
            _ => out.push(path[1..].to_owned()),
        }
    }
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n").join(file)).expect("strings");
    let node = metodika::value::yaml::parse(&text, 0).expect("YAML");
    let mut out = Vec::new();
    walk(&node, "", &mut out);
    out.sort();
    out
}

#[test]
fn every_string_of_the_theme_stands_in_both_languages() {
    assert_eq!(strings("ru.yaml"), strings("en.yaml"));
}

#[test]
fn every_string_that_code_asks_for_is_there() {
    let strings = strings("ru.yaml");
    let mut asked = 0;
    let mut wrong = Vec::new();
    for (path, text) in rust_files().iter().filter(|(path, _)| path.starts_with("src/render")) {
        for key in code(text).split("self.word(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            asked += 1;
            if !strings.iter().any(|string| string == key) {
                wrong.push(format!("{path}: {key}"));
            }
        }
    }
    assert!(asked > 30, "{asked} strings");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
