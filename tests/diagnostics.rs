//! Every message, once, as an editor sees it: `tests/diagnostics/<code>.txt` holds the files that bring it, and what `check` prints, in both
//! languages. More cases of one code are called `<code>--<case>.txt`. `BLESS=1` writes what is printed, and the page of the demonstration that
//! explains the codes.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use metodika::diagnostic::{Diagnostic, Problem, Severity};
use metodika::parse::Keep;
use metodika::source::{Asset, SourcePath, is_text};
use metodika::sources::{Source, Sources};
use metodika::value::date::Date;
use metodika::value::edit::{Edit, apply};
use metodika::value::language::Language;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// Codes that no content brings, each with the reason.
const UNPROVOKED: [(&str, &str); 4] = [
    ("long-mail", "the issue would be one of a hundred kilobytes"),
    ("changed-meanwhile", "a file has to change while a build runs"),
    ("too-large", "the file would be one of many megabytes"),
    ("more", "it stands behind 500 messages of one file"),
];
/// Codes of the shell.
const OF_THE_SHELL: [&str; 1] = ["missing-url"];
const TODAY: &str = "2024-05-15";
const PAGE: &str = "content/pages/messages.md";

/// One file of the folder.
struct Case {
    /// Its name without the ending.
    name: String,
    /// What the first line says, `$ metodika check --urls urls.txt`; else `check`.
    arguments: String,
    /// Path, how it is written (see [`bytes`]), text.
    files: Vec<(String, String, String)>,
    /// What `check` prints, by language.
    transcripts: BTreeMap<String, String>,
}

impl Case {
    fn code(&self) -> &str {
        self.name.split("--").next().unwrap_or_default()
    }

    fn parse(name: &str, text: &str) -> Case {
        let (mut arguments, mut files, mut transcripts) = ("check".to_owned(), Vec::new(), BTreeMap::new());
        let mut parts: Vec<(&str, String)> = Vec::new();
        for line in text.split_inclusive('\n') {
            if let Some(head) = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
                parts.push((head, String::new()));
            } else if let Some((_, part)) = parts.last_mut() {
                part.push_str(line);
            } else if let Some(given) = line.trim_end().strip_prefix("$ metodika ") {
                arguments = given.to_owned();
            }
        }
        for (head, part) in parts {
            match head.split_once(" | ").unwrap_or((head, "")) {
                (language @ ("ru" | "en"), _) => drop(transcripts.insert(language.to_owned(), part)),
                (path, flags) => files.push((path.to_owned(), flags.to_owned(), part)),
            }
        }
        if !files.iter().any(|(path, ..)| path == "content/site.yaml") {
            files.push(("content/site.yaml".into(), "implied".into(), "title: Служба\n".into()));
        }
        Case { name: name.to_owned(), arguments, files, transcripts }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        if self.arguments != "check" {
            let _ = writeln!(out, "$ metodika {}", self.arguments);
        }
        for (path, flags, text) in self.files.iter().filter(|(_, flags, _)| flags != "implied") {
            let flags = if flags.is_empty() { String::new() } else { format!(" | {flags}") };
            let _ = write!(out, "-- {path}{flags} --\n{text}");
        }
        for (language, text) in self.transcripts.iter().rev() {
            let _ = write!(out, "-- {language} --\n{text}");
        }
        out
    }

    /// What the program prints of this case.
    fn run(&self, language: &str) -> String {
        let root = std::env::temp_dir().join(format!("metodika-diagnostics-{}-{}-{language}", self.name, std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for (path, flags, text) in &self.files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match flags.as_str() {
                "link" => link(text.trim(), &path),
                _ => fs::write(path, bytes(flags, text)).unwrap(),
            }
        }
        let mut program = Command::new(env!("CARGO_BIN_EXE_metodika"));
        let output = program
            .current_dir(&root)
            .env_remove("LC_ALL")
            .args(self.arguments.split(' '))
            .args(["-v", "--color", "never", "--today", TODAY, "--lang", language])
            .output()
            .unwrap();
        fs::remove_dir_all(&root).unwrap();
        let printed = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        // How long it took differs from run to run.
        let lines = printed.lines().filter(|line| !line.starts_with("Проверено: ") && !line.starts_with("Checked: "));
        lines.map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// The first message of the case's code, and the text of its file.
    fn diagnostic(&self) -> Option<(Diagnostic, String)> {
        let mut sources = Sources::default();
        for (path, flags, text) in &self.files {
            let bytes = bytes(flags, text);
            if path.starts_with("themes/") {
                sources.themes.insert(path.as_str().into(), bytes.into());
            } else if path.starts_with("content/") && flags != "link" {
                let path: SourcePath = path.as_str().into();
                let asset = Source::Asset(Asset { len: bytes.len() as u64, hash: 0, picture: None });
                let source = if is_text(&path) { Source::of(&path, &bytes, Keep::Text) } else { asset };
                sources.content.insert(path, source);
            }
        }
        let options = metodika::Options {
            today: Date::parse_iso(TODAY).unwrap(),
            base_url: None,
            drafts: false,
            strict: false,
            language: None,
            proofread: true,
            people: None,
        };
        let build = metodika::build(&Arc::new(sources), &options, None);
        let found = build.diagnostics().iter().find(|diagnostic| diagnostic.problem.code() == self.code())?.clone();
        let text = found.span.as_ref().and_then(|span| build.sources().text_of(&span.file)).unwrap_or_default().to_owned();
        Some((found, text))
    }
}

fn bytes(flags: &str, text: &str) -> Vec<u8> {
    match flags {
        "windows-1251" => encoding_rs::WINDOWS_1251.encode(text).0.into_owned(),
        "utf-16" => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        "broken" => [text.as_bytes(), &[0x80]].concat(),
        _ => text.into(),
    }
}

#[cfg(unix)]
fn link(target: &str, path: &Path) {
    std::os::unix::fs::symlink(target, path).unwrap();
}

#[cfg(not(unix))]
fn link(_: &str, _: &Path) {}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

fn cases() -> Vec<Case> {
    let mut names: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    names.iter().map(|path| Case::parse(path.file_stem().unwrap().to_str().unwrap(), &fs::read_to_string(path).unwrap())).collect()
}

fn bless() -> bool {
    std::env::var_os("BLESS").is_some()
}

#[test]
fn every_message_reads_as_it_did() {
    let mut cases = cases();
    // A file that cannot be read takes a link; some names other systems cannot write.
    cases.retain(|case| cfg!(target_os = "linux") || !case.files.iter().any(|(_, flags, _)| matches!(flags.as_str(), "link" | "linux")));
    let wrong: Vec<String> = cases
        .par_iter_mut()
        .flat_map_iter(|case| {
            let before = std::mem::take(&mut case.transcripts);
            case.transcripts = ["ru", "en"].map(|language| (language.to_owned(), case.run(language))).into();
            let tag = format!("[{}]", case.code());
            let absent = case.transcripts.values().any(|text| !text.contains(&tag));
            let mut wrong = Vec::new();
            if absent {
                wrong.push(format!("{}: there is no {tag} in\n{}", case.name, case.transcripts["ru"]));
            }
            if before != case.transcripts {
                if bless() {
                    fs::write(folder().join(format!("{}.txt", case.name)), case.text()).unwrap();
                } else {
                    wrong.push(format!("{}: prints now\n{}{}", case.name, case.transcripts["ru"], case.transcripts["en"]));
                }
            }
            wrong
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_its_case() {
    let cases = cases();
    let mut known = Problem::codes();
    known.extend(OF_THE_SHELL);
    let has_case = |code: &&&str| cases.iter().any(|case| case.name == **code);
    let without: Vec<_> = known.iter().filter(|code| !has_case(code) && !UNPROVOKED.iter().any(|(other, _)| other == *code)).collect();
    assert!(without.is_empty(), "without a case in tests/diagnostics: {without:?}");
    let strange: Vec<_> = cases.iter().map(Case::code).filter(|code| !known.contains(code)).collect();
    assert!(strange.is_empty(), "no such codes: {strange:?}");
    let needless: Vec<_> = UNPROVOKED.iter().filter(|(code, _)| has_case(&code)).collect();
    assert!(needless.is_empty(), "{needless:?}");
}

/// The chapters of the page, each with the codes that it explains, or with which these begin; the last one takes all others.
const CHAPTERS: [(&str, &[&str]); 7] = [
    ("Запись сведений о документе", &["yaml", "front-matter", "no-front-matter", "duplicate-key"]),
    (
        "Файлы и папки",
        &[
            "not-utf8",
            "unreadable",
            "changed-meanwhile",
            "unknown-folder",
            "unknown-file",
            "wrong-ending",
            "text-in-yaml",
            "missing-file",
            "missing-alt",
            "empty-attachment",
        ],
    ),
    ("Ключи и значения", &["unknown-key", "wrong-type", "missing-key", "not-a-", "unknown-value", "bad-slug", "duplicate-address"]),
    ("Имена, планы, проекты", &["duplicate-name", "unknown-", "duplicate-row", "empty-change", "wrong-sum"]),
    ("Сроки", &["two_", "needs_", "no_such_date", "end_", "outside_plan", "weekday_", "ambiguous_", "not_understood"]),
    ("Советы по планам", &["person-", "venue-", "event-", "empty-months", "overloaded-", "blank-", "near-", "no-event-for-row", "no-rows"]),
    ("Тексты, ссылки, настройки сайта", &[""]),
];

#[test]
fn the_page_of_codes_is_made_from_the_cases() {
    let cases = cases();
    let mut codes = Problem::codes();
    codes.extend(OF_THE_SHELL);
    let of_settings = ["unknown-timezone", "unknown-theme"];
    let chapter = |code: &str| {
        let named = CHAPTERS.iter().position(|(_, starts)| starts.iter().any(|start| code.starts_with(start)));
        if of_settings.contains(&code) { CHAPTERS.len() - 1 } else { named.unwrap_or(CHAPTERS.len() - 1) }
    };
    let mut page = String::from(
        "---\nназвание: Что значат сообщения\nаннотация: Все сообщения программы по их кодам — что случилось и что написать.\nдословно: true\n---\n\
         Команда `metodika check` перечисляет всё, что нашла в материалах. В каждом сообщении — файл, строка и столбец, само место, что в нём не так \
         и что написать. В квадратных скобках стоит код сообщения: по нему и найдите объяснение на этой странице.\n\n\
         - **Ошибка** — сайт не публикуется, пока она есть; опубликованный раньше остаётся как был.\n\
         - **Предупреждение** — сайт публикуется, но посмотреть стоит.\n\
         - **Замечание** — для справки; показывается с ключом `-v`.\n\n\
         То, в чём нельзя ошибиться (кавычки, отступы, тире вместо дефисов, латинские буквы среди русских, опечатки в ключах), исправит \
         `metodika check --fix`: сначала покажет изменения, потом запишет.\n",
    );
    for (at, (title, _)) in CHAPTERS.iter().enumerate() {
        let _ = write!(page, "\n## {title}\n");
        for code in codes.iter().filter(|code| chapter(code) == at) {
            let _ = write!(page, "\n### `{code}`\n\n{}", explained(code, &cases));
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    if bless() {
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page, "BLESS=1 writes {PAGE}");
}

/// What `code` means, and an example where one can be shown.
fn explained(code: &str, cases: &[Case]) -> String {
    let case = cases.iter().find(|case| case.name == code);
    let Some((diagnostic, text)) = case.and_then(Case::diagnostic) else {
        return match case {
            // What only the shell says stands in the transcript.
            Some(case) => {
                let lines: Vec<&str> = case.transcripts.get("ru").map_or("", String::as_str).lines().collect();
                let message = lines.first().and_then(|line| line.split_once("]: ")).unwrap_or_default().1;
                let hint = lines.iter().find_map(|line| line.split_once("подсказка: ")).unwrap_or_default().1;
                format!("**Ошибка:** {}.\n\n{}\n", escaped(message), escaped(hint))
            }
            None => {
                let problem = match code {
                    "too-large" => Problem::TooLarge { bytes: 60 << 20 },
                    "more" => Problem::More { count: 12 },
                    _ => Problem::ChangedMeanwhile,
                };
                said(&Diagnostic::new(problem, metodika::source::Span::file(&"".into())))
            }
        };
    };
    let mut out = said(&diagnostic);
    let Some(span) = diagnostic.span.as_ref().filter(|span| span.end > 0) else { return out };
    let lines = |text: &str, start: usize, end: usize| {
        let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        // A span that ends with its line is not about the line below.
        let end = end - usize::from(end > start && text[..end].ends_with('\n'));
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let seen = |c: char| match c {
            '\t' => "⇥".to_owned(),
            '\u{a0}' => "⍽".to_owned(),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => format!("‹U+{:04X}›", c as u32),
            _ => c.to_string(),
        };
        text[start..end].chars().map(seen).collect::<String>()
    };
    let shorten =
        |text: String| if text.chars().count() > 400 { format!("{}…", text.chars().take(60).collect::<String>()) } else { text };
    let before = shorten(lines(&text, span.start, span.end));
    match diagnostic.fix_of(&text[span.start..span.end]) {
        Some(fix) => {
            let after = apply(&text, &[Edit { range: span.start..span.end, text: fix.clone() }]);
            let after = lines(&after, span.start, span.start + fix.len());
            // A line that is put in stands before one that stays.
            let before = if before.is_empty() { String::new() } else { format!("Было:\n\n```text\n{before}\n```\n\n") };
            let _ = write!(out, "\n{before}Стало:\n\n```text\n{after}\n```\n");
        }
        None if !before.trim().is_empty() => {
            let _ = write!(out, "\nНапример:\n\n```text\n{before}\n```\n");
        }
        None => {}
    }
    out
}

fn said(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "Ошибка",
        Severity::Warning => "Предупреждение",
        Severity::Note => "Замечание",
    };
    let (message, hint) = (diagnostic.message(Language::Ru), diagnostic.hint(Language::Ru));
    let safe = if diagnostic.is_safe() { " Исправит `metodika check --fix`." } else { "" };
    format!("**{severity}:** {}.\n\n{}{safe}\n", escaped(message.trim_end_matches('.')), escaped(&hint))
}

/// `text` as Markdown that shows it as it is.
fn escaped(text: &str) -> String {
    let marks = |c: char| matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '|' | '~');
    text.chars().flat_map(|c| marks(c).then_some('\\').into_iter().chain([c])).collect()
}
