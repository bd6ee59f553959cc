//! The editor's guide (`content/pages/guide*`) says what is so: each of its pages is followed step by step in a new site. Files that it
//! shows are written, commands are run, what it says one sees is compared, and at its end the site has no error, warning or note.
//!
//! What a block is for is said by the line above it, as a reader understands it:
//!
//! | line | step |
//! |---|---|
//! | Файл `P`: | the block is the whole file `P` |
//! | В конец файла `P` добавьте: | it is added at the end |
//! | В файле `P` под строкой `L` добавьте: | … below the line that begins with `L` |
//! | В файле `P` вместо строки `L` напишите: | … in its place |
//! | Ошибка в файле `P`: | the whole file, in which the next command finds the mistake whose code is shown |
//!
//! A line «В таблице `P` вместо «A» напишите «B».» is done to the cell of a workbook.
//!
//! ```` ```powershell ```` blocks are commands: those of this program are run, those of others must be known here. ```` ```text ```` is what the
//! commands above it print, `…` stands for anything. ```` ```sh ```` is for other programs on other systems.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::{Run, Temp, program, run_in};
use std::fs;
use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The day on which the guide is followed. The days that it names were chosen for it.
const TODAY: &str = "2026-09-10";

/// Programs of others that the guide tells of.
const OTHERS: [&str; 4] = ["git", "aws", "winscp.com", "lftp"];

/// The site that a page without `init` begins in.
const SITE: &str = "moj-sajt";

#[test]
fn from_an_empty_folder_to_a_site() {
    follow("guide-start");
}

#[test]
fn a_mistake_is_found_and_mended() {
    follow("guide-mistakes");
}

#[test]
fn a_plan_comes_from_word_and_is_amended() {
    let guide = Guide::at("guide-plan");
    // The paper is that of the starter's own plan.
    guide.good("metodika report plan-2026 --format docx --out plan.docx");
    guide.follow();
}

#[test]
fn an_announcement_becomes_a_report() {
    follow("guide-workshop");
}

#[test]
fn an_issue_of_the_newsletter() {
    follow("guide-newsletter");
}

#[test]
fn pictures_files_and_consent() {
    let guide = Guide::at("guide-pictures");
    let mut picture = Vec::new();
    let pixels = [120; 16 * 9 * 3];
    jpeg_encoder::Encoder::new(&mut picture, 80).encode(&pixels, 16, 9, jpeg_encoder::ColorType::Rgb).expect("a picture");
    guide.temp.write("moj-sajt/content/documents/polozhenie-konkurs/vstrecha.jpg", picture);
    guide.follow();
}

#[test]
fn pages_for_everybody() {
    follow("guide-access");
}

#[test]
fn the_report_of_the_year_and_the_next_plan() {
    follow("guide-report");
}

#[test]
fn rows_of_a_plan_go_to_excel_and_back() {
    follow("guide-tables");
}

#[test]
fn editing_in_the_browser() {
    follow("guide-editing");
}

#[test]
fn what_the_search_finds() {
    follow("guide-search");
}

#[test]
fn people_and_territories() {
    follow("guide-people");
}

#[test]
fn publishing_by_a_git_host() {
    follow("guide-publish");
}

#[test]
fn publishing_by_hand() {
    follow("guide-hosting");
}

#[test]
fn every_page_is_followed_and_in_the_contents() {
    let this = include_str!("guide.rs");
    let contents = fs::read_to_string(pages().join("guide.md")).expect("guide.md");
    for entry in fs::read_dir(pages().join("guide")).expect("the guide") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let stem = name.trim_end_matches(".md");
        assert!(this.contains(&format!("(\"{stem}\")")), "{name} is not followed");
        assert!(contents.contains(&format!("(guide/{name})")), "{name} is not in the contents");
    }
}

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/pages")
}

fn follow(page: &str) {
    Guide::at(page).follow();
}

/// A page of the guide and the place where it is followed.
struct Guide {
    page: String,
    steps: Vec<Step>,
    temp: Temp,
    folder: PathBuf,
}

/// A fenced block: its language, the line above it, its text and where it stands.
struct Step {
    language: String,
    above: String,
    text: String,
    line: usize,
}

impl Guide {
    /// The page, in a new site unless it makes one itself.
    fn at(page: &str) -> Guide {
        let text = fs::read_to_string(pages().join("guide").join(format!("{page}.md"))).unwrap_or_else(|error| panic!("{page}: {error}"));
        let temp = Temp::new(page);
        let steps = steps(&text);
        let folder = if steps.iter().any(|step| step.text.contains("metodika init ")) {
            temp.0.clone()
        } else {
            let made = run_in(&temp.0, &["init", SITE, "--today", TODAY]);
            assert_eq!(made.status, 0, "{}", made.err);
            temp.0.join(SITE)
        };
        Guide { page: page.to_owned(), steps, temp, folder }
    }

    fn follow(mut self) {
        let mut said = String::new();
        let mut mistaken = false;
        let mut followed = 0;
        for step in std::mem::take(&mut self.steps) {
            let place = format!("{}.md:{}", self.page, step.line);
            match &*step.language {
                "powershell" => {
                    // What mends the content finds nothing wrong in the end.
                    mistaken &= !step.text.contains(" --fix");
                    said = step.text.lines().map(|line| self.command(line, mistaken, &place)).collect();
                }
                "text" => {
                    compare(&step.text, &said, &place);
                    assert!(!mistaken || step.text.contains('['), "{place}: the code of the mistake is not shown");
                }
                "cell" => edit_cell(&self.folder, &step.above, &place),
                "sh" => {
                    let is_other = |line: &str| OTHERS.iter().any(|other| line.starts_with(&format!("{other} ")));
                    assert!(step.text.lines().all(is_other), "{place}: {}", step.text);
                }
                _ => {
                    mistaken = step.above.starts_with("Ошибка в файле");
                    self.write(&step, &place);
                }
            }
            followed += 1;
        }
        assert!(followed > 0, "{}: nothing to follow", self.page);
        let Run { status, out, err } = run_in(&self.folder, &["check", "--strict", "-v", "--format", "json", "--today", TODAY]);
        assert_eq!((status, out.trim()), (0, "[]"), "{}: {err}", self.page);
        assert!(fs::read_dir(self.folder.join("content")).is_ok(), "{}: no site", self.page);
    }

    /// Runs a line that must come out well, and returns what it says.
    fn good(&self, line: &str) -> String {
        let words = words(line);
        let mut arguments: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        if !arguments.contains(&"--version") {
            arguments.extend(["--today", TODAY]);
        }
        let Run { status, out, err } = run_in(&self.folder, &arguments);
        assert_eq!(status, 0, "{line}: {out}{err}");
        err + &out
    }

    /// Runs one line of a block of commands, and returns what it says. A mistake in the content makes it fail.
    fn command(&mut self, line: &str, mistaken: bool, place: &str) -> String {
        let words = words(line);
        match words[0].as_str() {
            "cd" => {
                let (home, rest) = match words[1].strip_prefix("$HOME/") {
                    Some(rest) => (&self.temp.0, rest),
                    None => (&self.folder, words[1].as_str()),
                };
                let folder = home.join(rest);
                if words[1].starts_with("$HOME") {
                    fs::create_dir_all(&folder).expect("a folder of the home");
                }
                assert!(folder.is_dir(), "{place}: there is no {}", folder.display());
                self.folder = folder;
                String::new()
            }
            "metodika" if words.get(1).is_some_and(|word| word == "serve") => serve(&self.folder, &words[2..], place),
            "metodika" if mistaken => {
                let arguments: Vec<&str> = words.iter().skip(1).map(String::as_str).chain(["--today", TODAY]).collect();
                let Run { status, out, err } = run_in(&self.folder, &arguments);
                let told = out.contains("ошибка[") || out.contains("предупреждение[");
                assert!(told && status <= 1, "{place}: {line} finds no mistake: {out}{err}");
                err + &out
            }
            "metodika" => self.good(line),
            other => {
                assert!(OTHERS.contains(&other), "{place}: `{other}` is no program that the guide may tell of");
                String::new()
            }
        }
    }

    /// Writes what a block shows to where the line above it says.
    fn write(&self, step: &Step, place: &str) {
        let names: Vec<&str> = step.above.split('`').skip(1).step_by(2).collect();
        let Some(path) = names.first().map(|name| self.folder.join(name)) else { panic!("{place}: no file is named above the block") };
        let old = || fs::read_to_string(&path).unwrap_or_else(|error| panic!("{place}: {}: {error}", path.display()));
        let text = match (&*step.above, names.get(1)) {
            (above, None) if above.starts_with("Файл ") || above.starts_with("Ошибка в файле ") => step.text.clone(),
            (above, None) if above.starts_with("В конец файла ") => old() + &step.text,
            (above, Some(start)) if above.starts_with("В файле ") => {
                let old = old();
                let lines: Vec<&str> = old.lines().collect();
                let at: Vec<usize> = (0..lines.len()).filter(|n| lines[*n].starts_with(start)).collect();
                let [at] = at[..] else { panic!("{place}: {} lines begin with {start}", at.len()) };
                let kept = match (above.contains(" под строкой "), above.contains(" вместо строки ")) {
                    (true, false) => at + 1,
                    (false, true) => at,
                    _ => panic!("{place}: below the line, or in its place? “{above}”"),
                };
                [&lines[..kept], &step.text.lines().collect::<Vec<_>>(), &lines[at + 1..]].concat().join("\n") + "\n"
            }
            (above, _) => panic!("{place}: what is this block for? “{above}”"),
        };
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("written");
    }
}

/// What an editor does in Excel: the text of a cell becomes another.
fn edit_cell(folder: &Path, line: &str, place: &str) {
    let path = folder.join(line.split('`').nth(1).expect("a file"));
    let quoted: Vec<String> = line.split('«').skip(1).filter_map(|rest| Some(format!(">{}<", rest.split_once('»')?.0))).collect();
    let [from, to] = &quoted[..] else { panic!("{place}: what becomes what? “{line}”") };
    let book = fs::read(&path).unwrap_or_else(|error| panic!("{place}: {}: {error}", path.display()));
    let mut book = zip::ZipArchive::new(Cursor::new(book)).expect("a workbook");
    let mut edited = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut cells = 0;
    for n in 0..book.len() {
        let mut file = book.by_index(n).expect("a part");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("XML");
        cells += text.matches(from.as_str()).count();
        edited.start_file(file.name().expect("a name"), zip::write::SimpleFileOptions::default()).expect("a part");
        edited.write_all(text.replace(from.as_str(), to).as_bytes()).expect("written");
    }
    assert_eq!(cells, 1, "{place}: cells with {from}");
    fs::write(&path, edited.finish().expect("a workbook").into_inner()).expect("written");
}

/// The words of a command, quotes taken off. A path is written in the way of Windows and means the same elsewhere.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            '\\' if !quoted => words.last_mut().expect("a word").push('/'),
            c => words.last_mut().expect("a word").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Starts the preview at a free port without a browser, and returns what it says until it is ready.
fn serve(folder: &Path, words: &[String], place: &str) -> String {
    let options: Vec<&String> = words.iter().filter(|word| *word != "--open").collect();
    let mut command = program(folder);
    command.arg("serve").args(options).args(["--port", "0", "--today", TODAY]).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let mut child = command.spawn().expect("the program runs");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut said = String::new();
    for line in lines.map_while(Result::ok) {
        let is_ready = line.starts_with("Просмотр: ");
        said += &line;
        said.push('\n');
        if is_ready {
            break;
        }
    }
    child.kill().expect("killed");
    child.wait().expect("gone");
    let port: String = said.split("127.0.0.1:").nth(1).unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    assert!(!port.is_empty(), "{place}: {said}");
    said.replace(&port, "8000")
}

/// That the lines of `shown` stand in `said` in this order; a line `…` stands for any number of lines, and within a line for any text.
/// Without such a line between them, they follow each other.
fn compare(shown: &str, said: &str, place: &str) {
    let plain = |text: &str| text.replace('\u{a0}', " ").replace('\\', "/");
    let (shown, said) = (plain(shown), plain(said));
    let mut rest: Vec<&str> = said.lines().map(str::trim_end).collect();
    let mut may_skip = false;
    for line in shown.lines().map(str::trim_end) {
        if line == "…" {
            may_skip = true;
            continue;
        }
        let found = rest.iter().position(|said| is_like(line, said));
        let Some(at) = found.filter(|at| may_skip || *at == 0) else { panic!("{place}: “{line}” is not what is printed:\n{said}") };
        rest.drain(..=at);
        may_skip = false;
    }
    assert!(may_skip || rest.iter().all(|line| line.is_empty()), "{place}: there is more:\n{}", rest.join("\n"));
}

/// Whether `said` is `shown` with some text in the place of each `…`.
fn is_like(shown: &str, said: &str) -> bool {
    let mut parts = shown.split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = said.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.split_once(part) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// The fenced blocks of a page.
fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut above = "";
    let mut open: Option<Step> = None;
    for (n, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                open = Some(Step { language: language.trim().to_owned(), above: above.to_owned(), text: String::new(), line: n + 1 });
            }
            (Some(_), Some("")) => steps.extend(open.take()),
            (Some(step), _) => {
                step.text.push_str(line);
                step.text.push('\n');
            }
            (None, None) if line.starts_with("В таблице `") => {
                steps.push(Step { language: "cell".into(), above: line.to_owned(), text: String::new(), line: n + 1 });
            }
            (None, None) if !line.is_empty() => above = line,
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    steps
}
