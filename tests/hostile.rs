//! Content that means harm: what is in it shows as text or is refused with a message, in bounded time and memory.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod audit;
mod common;

use audit::{Element, bad_attribute, elements, leads_where_it_may};
use common::{codes, options, page, site};
use metodika::config::Settings;
use metodika::kinds::{Common, Details, Kind, RegistryEntry};
use metodika::output::Content;
use metodika::record::{Field, Shape};
use metodika::source::NoTexts;
use metodika::{Build, Options, build};
use rayon::prelude::*;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// What an attacker would try in a text: each is on its own in its field.
const PAYLOADS: [&str; 15] = [
    "\"><script>alert(1)</script>' onmouseover=alert(1) x='</title></style></textarea></script>]]>--><img src=x onerror=alert(1)><svg/onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "javascript://%0aalert(1)",
    " java\nscript:alert(1)",
    "\u{1}javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:alert(1)",
    "//evil.example/x",
    "\\\\evil.example/x",
    "/\t/evil.example/x",
    "{{ 7*191 }}{% raw %}{{ frame.site_title }}{# x #}{% include \"base.html\" %}",
    "a\r\nATTENDEE:mailto:x@evil.example\r\nBEGIN:VEVENT\r\nX:",
    "\u{202e}\u{0}\u{1}\u{3}c0\u{4}\u{2}\u{85}\u{fffe}\u{ffff}\u{2066}\u{b}",
    "red;} body{background:url(//evil.example)",
];

/// What every document has to say for itself to stand on the site, and where it would stand.
const FACTS: [(&str, &str); 15] = [
    ("date", "18 марта 2024 г."),
    ("slug", "adres"),
    ("age_mark", "12+"),
    ("time", "10:00–12:00"),
    ("mode", "онлайн"),
    ("status", "состоялось"),
    ("moved_to", "20 марта 2024 г."),
    ("timeframe", "18 марта 2024 г."),
    ("until", "10 марта 2024 г."),
    ("period", "2024"),
    ("year", "2024"),
    ("plan_item", "adres/1.1"),
    ("language", "ru"),
    ("timezone", "Europe/Moscow"),
    ("people", "all"),
];

/// A record in which every key has the payload, and what the site needs stands as it should if `facts` says so.
fn filled(fields: impl IntoIterator<Item = &'static Field>, payload: &str, facts: bool) -> Map<String, Value> {
    let value = |field: &Field| match field.name {
        // Changes of an amendment would hide the approved rows.
        "changes" => Value::Null,
        "roles" => json!({"ink": payload, "paper": format!("url({payload})")}),
        "draft" | "verbatim" => json!(false),
        "publish" | "expires" => Value::Null,
        "number" if facts => json!("1.1"),
        "aliases" if facts => json!([format!("/old/{payload}"), payload]),
        name => {
            let fact = FACTS.iter().find(|(key, _)| facts && *key == name).map(|(_, fact)| *fact);
            behind(&(field.shape)(), fact.unwrap_or(payload), payload, facts)
        }
    };
    fields.into_iter().map(|field| (field.name.to_owned(), value(field))).collect()
}

/// What stands behind a key: `text` where that is one.
fn behind(shape: &Shape, text: &str, payload: &str, facts: bool) -> Value {
    match shape {
        Shape::Boolean { .. } => json!(true),
        Shape::Whole | Shape::Number => json!(7),
        Shape::Date => json!("2024-03-18"),
        Shape::Text | Shape::Choice(_) | Shape::Pairs => json!(text),
        Shape::List(element) => json!([behind(element, text, payload, facts)]),
        // A programme goes by days or by lines.
        Shape::Record(keys) if keys.name == "Programme" => {
            Value::Object(filled(keys.fields().filter(|field| field.name != "items"), payload, facts))
        }
        Shape::Record(keys) => Value::Object(filled(keys.fields(), payload, facts)),
    }
}

/// A site that has `payload` wherever a text may stand. JSON is YAML.
fn poisoned(payload: &str, facts: bool) -> Build {
    let mut files: Vec<(String, String)> = Vec::new();
    for kind in Kind::ALL {
        let mut document = filled(Common::FIELDS, payload, facts);
        document.extend(filled(Details::fields(kind), payload, facts));
        if facts && kind == Kind::Workshop {
            document.insert("project".into(), json!("adres"));
        }
        files.push((format!("{}/x.yaml", kind.folder()), Value::Object(document).to_string()));
    }
    for registry in ["organisations", "people", "areas", "competencies", "territories", "observances", "glossary"] {
        let mut entry = filled(RegistryEntry::FIELDS, payload, facts);
        if facts && registry == "observances" {
            entry.insert("date".into(), json!("03-20"));
        }
        files.push((format!("{registry}.yaml"), json!([entry]).to_string()));
    }
    let mut settings = filled(Settings::FIELDS, payload, facts);
    settings.insert("planning_checks".into(), json!(false));
    if facts {
        settings.insert("base_url".into(), json!("https://example.org/blog/"));
    }
    files.push(("site.yaml".into(), Value::Object(settings).to_string()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    build(&site(&files), &Options { drafts: true, ..options("2024-03-01") }, None)
}

/// What is wrong with an output.
fn faults(path: &str, text: &str) -> Vec<String> {
    let mut found = match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" if path == "admin/index.html" => faults_of_admin(&elements(text)),
        "html" if path.ends_with("/email.html") => faults_of_page(&elements(text).into_iter().map(without_dress).collect::<Vec<_>>()),
        "html" => faults_of_page(&elements(text)),
        "xml" => faults_of_xml(text),
        "json" => serde_json::from_str::<Value>(text).map_or_else(|error| vec![error.to_string()], |json| faults_of_json(&json)),
        "ics" => faults_of_calendar(text),
        "js" if path.starts_with("search/") => faults_of_index(text),
        _ => Vec::new(),
    };
    // Lines end in CR LF in calendars and in RIS alone.
    let odd = |c: char| c.is_control() && c != '\n' && c != '\t' && !(c == '\r' && (path.ends_with(".ics") || path.ends_with(".ris")));
    found.extend(
        text.contains(|c: char| odd(c) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}'))
            .then(|| "a hidden character".into()),
    );
    found.extend(text.contains("1337").then(|| "a template was run".into()));
    found
}

/// A letter carries its styles at each element: those that fetch nothing do not count.
fn without_dress(mut element: Element) -> Element {
    let is_plain = |style: &str| !["url", "expression", "import", "\\", "<", "{"].iter().any(|sign| style.to_lowercase().contains(sign));
    element.attributes.retain(|(name, value)| !(name == "style" && is_plain(value)));
    if element.name == "style" && element.text.trim_start().starts_with(":root{color-scheme:") && !element.text.contains("url") {
        element.name = "i".into();
    }
    element
}

fn faults_of_page(elements: &[Element]) -> Vec<String> {
    let mut found = Vec::new();
    for element in elements {
        let own = match &*element.name {
            "script" if element.get("type") == "application/ld+json" => serde_json::from_str::<Value>(&element.text).is_ok(),
            "script" if element.attributes.is_empty() => is_panels(&element.text),
            "script" => {
                ["static/site.js", "static/search.js"].iter().any(|own| element.get("src").ends_with(own)) && element.text.is_empty()
            }
            "form" => element.get("role") == "search" && element.get("action").trim_end_matches("index.html").ends_with("/search/"),
            "button" => matches!(element.get("type"), "submit" | "button"),
            "svg" => element.get("aria-hidden") == "true",
            // A browser with scripts shows nothing of it, and one without runs none.
            "noscript" => element.text.starts_with("<p class=\"notice\">") && element.text.matches('<').count() == 2,
            "style" => {
                element.text.starts_with(":root{--") && element.text.matches(['{', '}']).count() == 2 && !element.text.contains("url")
            }
            "link" if element.get("rel") == "schema.DC" => element.get("href") == "http://purl.org/dc/elements/1.1/",
            "link" => matches!(element.get("rel"), "icon" | "stylesheet" | "canonical" | "alternate"),
            "meta" if element.get("http-equiv") == "refresh" => {
                element.get("content").strip_prefix("0; url=").is_some_and(leads_where_it_may)
            }
            "iframe" | "object" | "embed" | "applet" | "base" | "math" | "template" | "textarea" => false,
            _ => true,
        };
        if !own {
            found.push(format!("{element:?}"));
        }
        // Widths of the theme's own bars.
        let is_bar = |value: &str| value.starts_with("width:") || value.starts_with("height:calc(");
        // What stands at the edges of a printed sheet: two strings.
        let is_edge = |value: &str| {
            let parts: Vec<&str> = value.split('"').collect();
            element.name == "html" && matches!(parts[..], ["--address:", _, ";--day:", _, ""]) && !value.contains('\\')
        };
        let is_own = |name: &str, value: &str| name == "style" && (is_bar(value) || is_edge(value)) || name == "http-equiv";
        let attributes = element.attributes.iter().filter(|(name, value)| !is_own(name, value));
        found.extend(attributes.filter_map(|(name, value)| bad_attribute(name, value)).map(|bad| format!("<{}> {bad}", element.name)));
    }
    found
}

/// Whether a script is the one that dresses the page as the reader wants it, before anything of it is seen.
fn is_panels(text: &str) -> bool {
    let (before, after) = ("document.write('<link rel=\"stylesheet\" href=\"", "static/panel.css\">')}");
    let way = text.strip_prefix("{let s=").and_then(|rest| rest.split_once(before)).and_then(|(_, rest)| rest.strip_suffix(after));
    way.is_some_and(|way| way.chars().all(|c| c.is_ascii_alphanumeric() || "/.".contains(c)))
}

/// The editing page is a frame for one program.
fn faults_of_admin(elements: &[Element]) -> Vec<String> {
    let names: Vec<&str> = elements.iter().map(|element| &*element.name).collect();
    let own = ["html", "head", "meta", "meta", "meta", "meta", "title", "link", "body", "noscript", "script"];
    if names == own { Vec::new() } else { vec![format!("{names:?}")] }
}

fn faults_of_xml(text: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return found,
            Ok(quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag)) => {
                for attribute in tag.attributes() {
                    match attribute {
                        Ok(a) if matches!(a.key.as_ref(), "href" | "src") => {
                            let value = a.value.into_owned();
                            found.extend((!leads_where_it_may(&value)).then_some(value));
                        }
                        Ok(_) => {}
                        Err(error) => found.push(error.to_string()),
                    }
                }
            }
            Ok(_) => {}
            Err(error) => return vec![error.to_string()],
        }
    }
}

/// Addresses in JSON lead where addresses of pages may.
fn faults_of_json(json: &Value) -> Vec<String> {
    match json {
        Value::Object(pairs) => {
            let is_address = |key: &str| key == "url" || key.ends_with("_url");
            let bad = pairs.iter().filter(|(key, value)| is_address(key) && value.as_str().is_some_and(|url| !leads_where_it_may(url)));
            bad.map(|(key, value)| format!("{key}: {value}")).chain(pairs.values().flat_map(faults_of_json)).collect()
        }
        Value::Array(items) => items.iter().flat_map(faults_of_json).collect(),
        _ => Vec::new(),
    }
}

/// A file of the index is one call with a name and a value, and the addresses of records lead where those of pages may.
fn faults_of_index(text: &str) -> Vec<String> {
    let value = text.strip_prefix("metodikaSearch(").and_then(|rest| rest.strip_suffix(')')).map(|call| format!("[{call}]"));
    match value.and_then(|value| serde_json::from_str::<Vec<Value>>(&value).ok()).as_deref() {
        Some([Value::String(name), Value::Array(records)]) if name.starts_with("texts-") => {
            let addresses = records.iter().filter_map(|record| record[1].as_str());
            addresses.filter(|url| !leads_where_it_may(url)).map(str::to_owned).collect()
        }
        Some([Value::String(_), Value::String(_) | Value::Object(_)]) => Vec::new(),
        other => vec![format!("{other:?}")],
    }
}

fn faults_of_calendar(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text.split("\r\n").filter(|line| line.len() > 75).map(|line| format!("long: {line}")).collect();
    found.extend(text.replace("\r\n", "").contains(['\n', '\r']).then(|| "a line break".into()));
    let unfolded = text.replace("\r\n ", "");
    let lines: Vec<&str> = unfolded.split("\r\n").collect();
    found.extend(lines.iter().filter(|line| line.starts_with("ATTENDEE") || line.starts_with("X:")).map(|line| (*line).to_owned()));
    let count = |name: &str| lines.iter().filter(|line| **line == name).count();
    found.extend((count("BEGIN:VEVENT") != count("END:VEVENT")).then(|| "an event too many".into()));
    found
}

/// Whether the file is somebody else's program, which takes no texts.
fn is_shipped(path: &str) -> bool {
    path.starts_with("admin/") && !matches!(path, "admin/index.html" | "admin/config.json")
}

/// Everything that is wrong with the outputs of a site, each fault with its path.
fn faults_of(build: &Build) -> Vec<String> {
    let mut wrong = Vec::new();
    for path in build.paths() {
        if path.split('/').any(|part| matches!(part, "" | "." | "..")) || path.contains(['\\', ':', '<', '"']) {
            wrong.push(format!("{path:?} is no path"));
        }
        match build.render(path, &NoTexts).expect("it is listed") {
            Ok(Content::Bytes(bytes) | Content::Page { bytes, .. }) if !path.starts_with("static/") && !is_shipped(path) => {
                wrong.extend(faults(path, &String::from_utf8(bytes).expect("UTF-8")).into_iter().map(|fault| format!("{path}: {fault}")));
            }
            Ok(_) => {}
            Err(fault) => wrong.push(format!("{path}: {fault:?}")),
        }
    }
    wrong
}

#[test]
fn no_field_of_any_kind_lets_script_through() {
    let all = PAYLOADS.into_par_iter().map(|payload| (payload, true));
    // In the fields that have rules of their own, too.
    let ruled = [PAYLOADS[0], PAYLOADS[12], PAYLOADS[13]].into_par_iter().map(|payload| (payload, false));
    let wrong: Vec<String> = all
        .chain(ruled)
        .flat_map_iter(|(payload, facts)| {
            let build = poisoned(payload, facts);
            assert!(!facts || build.len() > 40, "{payload:?}: {}", build.len());
            // It is there at all: as text.
            if facts && payload == PAYLOADS[0] {
                let page = page(&build, "workshops/adres/index.html");
                assert!(page.matches("&lt;script&gt;alert(1)").count() > 10, "{page}");
            }
            faults_of(&build).into_iter().map(move |fault| format!("{payload:?} {fault}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_address_that_runs_code_is_told() {
    let menu = "title: Сайт\nmenu:\n  - {title: a, url: 'javascript://%0aalert(1)'}\n  - {title: b, url: '//calendar/'}\nroles: {ink: 'red;} body{', papper: '#fff', paper: 'url(//x)', accent: 'rgb(1 2 3)'}\n";
    let workshop = "title: A\ndate: 2024-05-06\nlink: 'javascript:alert(1)'\nregistration: {url: 'data:text/html,x'}\nattachments: ['vbscript:x', {url: 'javascript:x'}]\n";
    let body = "title: B\n---\n[a](javascript:alert(1)) [b](<java\u{1}script:x>) <vbscript:x> ![c](data:image/svg+xml,x)\n";
    let people = "- {id: a, name: A, url: 'javascript:alert(1)'}\n";
    let files = [("site.yaml", menu), ("people.yaml", people), ("workshops/a.yaml", workshop), ("news/b.md", &format!("---\n{body}"))];
    let build = build(&site(&files), &options("2024-03-01"), None);
    let expected = [
        "news/b.md unsafe-link",
        "news/b.md unsafe-link",
        "news/b.md hidden-character",
        "news/b.md unsafe-link",
        "news/b.md unsafe-link",
        "people.yaml unsafe-link",
        "site.yaml unsafe-link",
        "site.yaml unknown-value",
        "site.yaml unknown-key",
        "site.yaml unknown-value",
        "workshops/a.yaml unsafe-link",
        "workshops/a.yaml unsafe-link",
        "workshops/a.yaml missing-file",
        "workshops/a.yaml unsafe-link",
    ];
    assert_eq!(codes(&build), expected);
    assert_eq!(faults_of(&build), [] as [&str; 0]);
    assert!(page(&build, "404.html").contains("<a href=\"/blog/calendar/\"") || page(&build, "index.html").contains("./calendar/"));
}

#[test]
fn no_markdown_lets_script_through() {
    let texts = [
        "<script>alert(1)</script><style>*{}</style><iframe src=x></iframe><form><button formaction=javascript:x></form><base href=//x><meta http-equiv=refresh content=0>",
        "<a href=\"java&#10;script:alert(1)\">a</a> <a href=\" \u{1}javascript:x\">b</a> <img src=x onerror=alert(1) style=\"x\"> <p style=\"background:url(//x)\">c</p>",
        "<svg><script>alert(1)</script><a xlink:href=\"javascript:x\"><animate onbegin=alert(1)></svg><math><mtext><style><img src=x onerror=alert(1)></style></math>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript><template><script>x</script></template><title></title><textarea></textarea>",
        "[a](x.md \"\\\" onmouseover=alert(1)\") ![\"><script>alert(1)</script>](x.png \"'><img src=x onerror=alert(1)>\") <http://a.b/\"onmouseover=alert(1)>",
        "a[^\"><script>] b[^\"><script>]\n\n[^\"><script>]: <script>alert(1)</script>\n",
        "# a {#x\" onclick=alert(1) .\"><script> y=\"1\"}\n\n# b {#main}\n\n# c {#\u{1}\u{3}c0\u{4}}\n",
        "``` \"><script>alert(1)</script>\nx\n```\n\n~~~ a\" onclick=x\n~~~\n\n| \"><script>alert(1)</script> |\n|---|\n| <td onclick=x> |\n",
        "> [!NOTE] <script>\n> <b onclick\n=x>\n\n<!-- --><script>x</script> --> <![CDATA[ <script> ]]> <?php x ?> <!DOCTYPE x [<!ENTITY>]>",
        "[a][r] [x](<http://a.b/\u{3}c0\u{4}\u{1}\u{2}\"><b>) \u{3}c0\u{4} <b title=\"\u{3}c0\u{4}\">x</b> `\u{3}c0\u{4}`\n\n[r]: javascript:alert(1) \"x\"\n",
        "{{ 7*191 }} {% include \"base.html\" %} {{ frame }} `{{ 7*191 }}` <b title=\"{{ 7*191 }}\">x</b>",
        "\u{202e}\u{2066}x\u{85}\u{feff}\u{ffff}\u{b} `\u{202e}` **\u{80}** <b title=\"\u{202e}\">\u{9f}</b>\n\n# \u{202e}a",
    ];
    let files: Vec<(String, String)> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| (format!("news/n{n}.md"), format!("---\ntitle: N{n}\ndate: 2024-01-{:02}\n---\n{text}\n", n + 1)))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    assert_eq!(faults_of(&build(&site(&files), &options("2024-03-01"), None)), [] as [&str; 0]);
}

/// A site on the disk; gone with this value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &[u8])]) -> Folder {
        let root = std::env::temp_dir().join(format!("metodika-hostile-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("content")).expect("a folder");
        let folder = Folder(root.canonicalize().expect("a path"));
        folder.write("site.yaml", "title: Сайт\nplanning_checks: false\n".as_bytes());
        files.iter().for_each(|(path, bytes)| folder.write(path, bytes));
        folder
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join("content").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }

    /// What a check says: `file code`, and how it ended. Bounded, or the test fails.
    fn check(&self) -> (Vec<String>, Option<i32>) {
        let begun = Instant::now();
        let program = Command::new(env!("CARGO_BIN_EXE_metodika"))
            .args(["check", "--format", "json", "--today", "2024-05-15", "--root"])
            .arg(&self.0)
            .output()
            .expect("the program runs");
        // A debug build on a busy machine; what is not bounded takes minutes and more.
        assert!(begun.elapsed() < Duration::from_secs(100), "{:?}", begun.elapsed());
        let list: Value = serde_json::from_slice(&program.stdout).expect("JSON");
        let text = |value: &Value| value.as_str().unwrap_or("").trim_start_matches("content/").to_owned();
        let said = list.as_array().expect("a list").iter().map(|d| format!("{} {}", text(&d["file"]), text(&d["code"])));
        (said.collect(), program.status.code())
    }

    #[track_caller]
    fn says(&self, expected: &[&str]) {
        let (mut said, status) = self.check();
        let mut expected: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
        said.sort();
        expected.sort();
        assert_eq!(said, expected);
        assert!(matches!(status, Some(0 | 1)), "{status:?}");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn front(keys: &str, body: &str) -> Vec<u8> {
    format!("---\ntitle: A\ndate: 2024-01-01\n{keys}\n---\n{body}\n").into_bytes()
}

#[test]
fn bombs_of_yaml_stop() {
    let laughs = |last: char| {
        let lines = ('b'..=last).zip('a'..).map(|(own, below)| format!("{own}: &{own} [{}]\n", format!("*{below},").repeat(9)));
        format!("a: &a [x,x,x,x,x,x,x,x,x]\n{}", lines.collect::<String>())
    };
    let long = format!("x: &x \"{}\"\ntags: [{}]", "а".repeat(500_000), "*x,".repeat(20_000));
    let nested: String = (0..60).map(|n| format!("&n{n} [")).collect();
    let anchors = format!("x: {nested}{}{}", "1,".repeat(100_000), "]".repeat(60));
    for (name, keys) in [
        ("laughs", laughs('i')),
        ("long", long),
        ("anchors", anchors),
        ("flow", format!("x: {}", "[".repeat(100_000))),
        ("maps", format!("x: {}", "{a: ".repeat(100_000))),
        ("dashes", format!("x:\n{}a", "- ".repeat(100_000))),
        ("block", (0..1000).map(|n| format!("{}a:\n", " ".repeat(n))).collect()),
        ("keys", (0..100_000).map(|n| format!("k{n}: v\n")).collect()),
    ] {
        let folder = Folder::new(name, &[("news/a.md", &front(&keys, "")), ("news/b.md", &front("сводка: x", ""))]);
        // One bad file does not hide another.
        folder.says(&["news/a.md yaml-too-large", "news/b.md unknown-key"]);
    }
    let merged = Folder::new("merged", &[("news/a.md", &front("tags: &t [a]\nareas: *t\n<<: {title: B}", ""))]);
    merged.says(&["news/a.md unknown-key"]);
}

#[test]
fn texts_without_measure_are_bounded() {
    let many = |piece: &str, n: usize| piece.repeat(n);
    let unclosed: String = (0..2000).map(|n| format!("<b id={n}>")).collect();
    let cases: [(&str, String, &[&str]); 16] = [
        ("quotes", many("> ", 50_000), &["news/a.md too-deep"]),
        ("items", (0..400).map(|n| format!("{}- a\n", "  ".repeat(n))).collect(), &["news/a.md too-deep"]),
        ("div", many("<div>", 50_000), &["news/a.md too-deep"]),
        ("bold", format!("<p>{unclosed}</p>{}", many("<p>x</p>", 5000)), &["news/a.md too-deep"]),
        ("hidden ends", many("<div><table></div></table>", 5000), &["news/a.md too-deep"]),
        ("brackets", many("[", 50_000), &[]),
        ("emphasis", many("*a _b ", 20_000), &[]),
        ("links", many("[a](", 20_000), &[]),
        ("notes", format!("{}\n\n[^a]: b [^a]\n", many("[^a]", 20_000)), &[]),
        ("comments", many("<!--", 20_000), &[]),
        ("backticks", (0..400).map(|n| "`".repeat(n) + " ").collect(), &[]),
        ("columns", format!("{}\n{}\n{}", many("|a", 10_000), many("|-", 10_000), many("|a\n", 2000)), &[]),
        ("one word", many("й", 500_000), &[]),
        ("marks", many("\"а ", 50_000), &[]),
        ("numbers", many("1 000 г. – ", 20_000), &[]),
        ("entities", many("&amp;", 50_000), &[]),
    ];
    for (name, body, expected) in cases {
        Folder::new(&name.replace(' ', "-"), &[("news/a.md", &front("", &body))]).says(expected);
    }
    // So many messages that nobody would read them: the rest is counted, and an error among it stays one.
    let links: String = (0..5000).map(|n| format!("[a](/nowhere-{n}/) ")).collect();
    let (said, status) = Folder::new("links", &[("news/a.md", &front("", &links))]).check();
    assert_eq!((said.len(), said.last().map(String::as_str), status), (501, Some("news/a.md more"), Some(1)));
}

#[test]
fn large_files_are_refused_or_never_held() {
    let files: [(&str, &[u8]); 6] = [
        ("news/a.md", &front("", "слово")),
        ("news/b.md", &front("attachments: [c.pdf]\ncover: {file: d.png, alt: a}", "")),
        ("news/c.pdf", b"%PDF-1.7\n"),
        ("news/d.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01"),
        ("news/e.svg", b"<svg/>"),
        ("people.yaml", b"- {id: x}\n"),
    ];
    let folder = Folder::new("large", &files);
    for file in ["news/a.md", "news/c.pdf", "news/d.png", "news/e.svg", "people.yaml"] {
        let file = fs::File::options().write(true).open(folder.0.join("content").join(file)).expect("a file");
        file.set_len(50 << 20).expect("longer");
    }
    folder.says(&["news/a.md too-large", "news/b.md damaged-picture", "news/e.svg unreadable", "people.yaml too-large"]);
    let peak = |root: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_metodika"));
        let child = command.args(["check", "--quiet", "--root"]).arg(root).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        child.expect("the program runs").wait4().expect("it ends").rusage.maxrss
    };
    let small = Folder::new("large-not", &[("news/a.md", &front("", "слово"))]);
    let (bytes, usual) = (peak(&folder.0), peak(&small.0));
    assert!(bytes < usual + (30 << 20), "{bytes} bytes, {usual} without them");
}

#[test]
fn what_is_no_text_is_named() {
    let utf16: Vec<u8> = "\u{feff}---\ntitle: A\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = Folder::new(
        "bytes",
        &[
            ("news/utf16.md", &utf16),
            ("news/surrogate.md", b"---\ntitle: \xed\xa0\x80\n---\n"),
            ("news/overlong.md", b"---\ntitle: \xc0\xaf\n---\n"),
            ("news/nul.md", &front("", "а\0б")),
            ("news/turned.md", &front("summary: \"\u{202e}txt.exe\"", "\u{2066}а\u{2069}")),
            ("news/mark.md", &["\u{feff}".as_bytes(), &front("", "")].concat()),
        ],
    );
    folder.says(&[
        "news/utf16.md not-utf8",
        "news/surrogate.md not-utf8",
        "news/overlong.md not-utf8",
        "news/nul.md hidden-character",
        "news/turned.md hidden-character",
    ]);
}

#[test]
fn names_are_one_however_their_letters_are_made() {
    // From a Mac, and typed.
    let (apart, whole) = ("краи\u{306}", "край");
    let folder = Folder::new(
        "letters",
        &[
            (&format!("news/{apart}.md"), &front(&format!("attachments: [{whole}.pdf]"), &format!("[a]({whole}.md) [b](b.md)"))),
            (&format!("news/{apart}.pdf"), b"x"),
            (
                "news/b.md",
                &front(
                    &format!("attachments: [{apart}.pdf]\nauthors: [Чаи\u{306}ка Е. В.]\ntags: [\"чте\u{ad}ние\", чтение]"),
                    &format!("[a]({apart}.md)"),
                ),
            ),
            ("people.yaml", "- {id: \"chajka\u{200b}\", name: Чайка Е. В.}\n".as_bytes()),
        ],
    );
    folder.says(&[]);
}

#[test]
fn names_that_collide_or_cannot_be_written_are_told() {
    let folder = Folder::new(
        "names",
        &[
            ("pages/ПЛАН.md", &front("", "")),
            ("pages/план.md", &front("", "")),
            ("news/нуль.md", &front("", "")),
            (
                "news/a.md",
                &front(
                    "attachments: [F.pdf, f.pdf, con.pdf, \"a..\", \"<b>.pdf\", \"-rf.pdf\", \"%2e%2e.pdf\", \"../../../etc/passwd\"]\naliases: [/x.html, /x.html/y, /Old/, /old/, '/../x', '//evil.example', '\\\\evil', 'a\"b', '/con/']",
                    "",
                ),
            ),
            ("news/F.pdf", b"x"),
            ("news/f.pdf", b"y"),
            ("news/con.pdf", b"x"),
            ("news/a..", b"x"),
            ("news/<b>.pdf", b"x"),
            ("news/-rf.pdf", b"x"),
            ("news/%2e%2e.pdf", b"x"),
            ("news/a\u{202e}b.txt", b"x"),
        ],
    );
    folder.says(&[
        "pages/план.md duplicate-address",
        "news/a.md missing-file",
        "news/a.md bad-slug",
        "news/a.md bad-slug",
        "news/a.md bad-slug",
        "news/F.pdf same-but-for-case",
        "news/con.pdf bad-file-name",
        "news/a.. bad-file-name",
        "news/<b>.pdf bad-file-name",
        "news/a\u{202e}b.txt wrong-ending",
        "news/a\u{202e}b.txt bad-file-name",
        " same-but-for-case",
        " duplicate-address",
        " bad-file-name",
    ]);
}

#[test]
fn files_that_browsers_run_are_not_attached() {
    let folder = Folder::new(
        "active",
        &[
            (
                "news/a.md",
                &front(
                    "attachments: [x.html, X.XHTML, x.js, .htaccess, x.php, bad.svg, good.svg, x.pdf]\ncover: {file: bad.svg, alt: a}",
                    "[a](x.html) ![b](bad.svg) ![c](good.svg)",
                ),
            ),
            ("news/x.html", b"<script>alert(1)</script>"),
            ("news/X.XHTML", b"x"),
            ("news/x.js", b"x"),
            ("news/x.php", b"x"),
            ("news/x.pdf", b"x"),
            ("news/bad.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><path onclick=\"alert(1)\"/></svg>"),
            ("news/good.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>"),
        ],
    );
    folder.says(&[
        "news/a.md active-file",
        "news/a.md active-file",
        "news/a.md active-file",
        "news/a.md active-file",
        "news/a.md active-file",
        "news/a.md missing-file",
        "news/a.md missing-file",
        "news/a.md missing-file",
        "news/a.md broken-link",
        "news/bad.svg unreadable",
    ]);
}

#[test]
fn what_is_said_commands_no_terminal() {
    let folder = Folder::new(
        "terminal",
        &[
            ("news/a.md", &front("\"a\\e[31m\\n::error::\\u202e\": b\ndate2: x\n\u{1b}[2J: x", "[x](<\u{1b}]0;x\u{7}>)")),
            ("news/\u{1b}[2J\n::error::x.md", b"x"),
        ],
    );
    for language in ["ru", "en"] {
        for format in ["json", "text", "github"] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_metodika"));
            let said = command
                .args(["check", "--format", format, "--lang", language, "--root"])
                .arg(&folder.0)
                .output()
                .expect("the program runs")
                .stdout;
            let said = String::from_utf8(said).expect("UTF-8");
            let odd = |c: char| c != '\n' && metodika::value::hidden::is_hidden(c);
            assert!(said.contains("a.md") && !said.contains(odd), "{said:?}");
            let commands = said.lines().filter(|line| line.starts_with("::") && !line.contains("title=")).count();
            assert_eq!(commands, 0, "{said}");
            if format == "json" {
                assert!(!said.contains("\\u001b") && !said.contains("\\u202e"), "{said}");
            }
        }
    }
}

#[test]
fn a_report_lets_no_script_through() {
    let text = json!(PAYLOADS[0]);
    let row = json!({"number": "1.1", "title": text, "timeframe": "март", "venue": text, "responsible": [text], "output": [text], "results": ["javascript:alert(1)", "http://a.b/\" onx=1"]});
    let plan = json!({"title": text, "year": "2024", "approval": {"post": text, "person": text}, "goal": text, "sections": [{"title": text, "items": [row]}]});
    let folder = Folder::new("report", &[("plans/p.yaml", plan.to_string().as_bytes())]);
    let report = |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_metodika"));
        let out = command.args(["report", "p", "--format", format, "--root"]).arg(&folder.0).output().expect("the program runs").stdout;
        String::from_utf8(out).expect("UTF-8")
    };
    let page = elements(&report("html"));
    assert!(
        page.iter().any(|element| element.name == "table") && page.iter().all(|element| element.name != "script" && element.name != "img")
    );
    let bad = |element: &Element| element.attributes.iter().filter_map(|(name, value)| bad_attribute(name, value)).collect::<Vec<_>>();
    assert_eq!(page.iter().flat_map(bad).collect::<Vec<_>>(), [] as [&str; 0]);
    assert_eq!(
        elements(&metodika_markdown(&report("md")))
            .iter()
            .filter(|e| e.name == "script" && e.get("type") != "application/ld+json" || e.name == "img")
            .count(),
        0
    );
}

/// A draft in Markdown as the site would show it.
fn metodika_markdown(text: &str) -> String {
    page(&build(&site(&[("news/a.md", &format!("---\ntitle: A\n---\n{text}"))]), &options("2024-03-01"), None), "news/a/index.html")
        .replace("<script src=\"../../static/site.js\" defer></script>", "")
        .replace("<script>{let s=", "<i>{let s=")
}

#[cfg(unix)]
#[test]
fn links_out_of_the_site_pipes_and_devices_are_refused() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links-out", &[("news/x.md/index.md", &front("", "")), ("pages/a.md", &front("", ""))]);
    let at = |path: &str| folder.0.join("content").join(path);
    let link = |to: &str, path: &str| symlink(Path::new(to), at(path)).expect("a link");
    link("/etc/passwd", "pages/p.md");
    link("/etc", "etc");
    link("/dev/zero", "zero.md");
    link("..", "pages/up");
    link("self", "self");
    link("nowhere", "gone.md");
    link("../news", "pages/inside");
    assert!(Command::new("mkfifo").arg(at("pages/pipe.md")).arg(at("pipe.pdf")).status().expect("mkfifo").success());
    let _socket = std::os::unix::net::UnixListener::bind(at("socket.md")).expect("a socket");
    folder.says(&[
        "etc unreadable",
        "gone.md unreadable",
        "pages/p.md unreadable",
        "pages/pipe.md unreadable",
        "pages/up unreadable",
        "pipe.pdf unreadable",
        "self unreadable",
        "socket.md unreadable",
        "zero.md unreadable",
    ]);
}
