//! What a build costs after one edit, in a new process that finds what the last one left.

use super::measure::{Cost, median, run};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// One edit of the site in a folder.
struct Edit {
    name: &'static str,
    file: PathBuf,
    /// What the file says after the `n`-th edit, of what it said before the first; nothing if it is left alone.
    text: fn(&str, usize) -> Option<String>,
}

/// A row for each edit of the site in `root`, which was built into `public` by `build`. The edits stay.
pub fn rows(root: &Path, public: &Path, documents: usize, runs: usize, build: &dyn Fn() -> Command) -> Outcome<Vec<String>> {
    let (document, issue) = (document(root, "practices")?, document(root, "newsletters")?);
    let registry = ["areas", "people", "organisations"].map(|name| root.join(format!("content/{name}.yaml")));
    let registry = registry.into_iter().find(|file| file.is_file()).ok_or("the corpus has no registry")?;
    let templates = root.join("themes/default/templates");
    let edits = [
        Edit { name: "nothing", file: document.clone(), text: |_, _| None },
        Edit { name: "one body", file: document.clone(), text: |text, n| Some(format!("{text}\nДописано: {n}.\n")) },
        // Letters show it too.
        Edit { name: "the body of one issue", file: issue, text: |text, n| Some(format!("{text}\nДописано: {n}.\n")) },
        Edit { name: "one title", file: document, text: |text, n| Some(retitled(text, &n.to_string())) },
        Edit {
            name: "one registry entry",
            file: registry,
            text: |text, n| Some(text.replacen('}', &format!(", description: \"Описание {n}.\"}}"), 1)),
        },
        Edit {
            name: "the template of one page",
            file: templates.join("404.html"),
            text: |_, n| Some(format!("{{% extends \"base.html\" %}}{{% block main %}}<h1>{n}</h1>{{% endblock main %}}")),
        },
        Edit {
            name: "the card that stands on all pages",
            file: templates.join("parts/card.html"),
            text: |_, n| {
                let card = include_str!("../../themes/default/templates/parts/card.html");
                Some(card.replacen("<li ", &format!("<li data-edit=\"{n}\" "), 1))
            },
        },
    ];
    edits.into_iter().map(|edit| row(edit, public, documents, runs, build)).collect()
}

/// The first document in a `folder` of the site in `root` that is Markdown.
pub fn document(root: &Path, folder: &str) -> Outcome<PathBuf> {
    let files = walkdir::WalkDir::new(root.join("content").join(folder)).sort_by_file_name().into_iter().flatten();
    let mut documents = files.filter(|entry| entry.file_type().is_file() && entry.path().extension().is_some_and(|e| e == "md"));
    Ok(documents.next().ok_or("the corpus has no document")?.into_path())
}

/// `text` with `word` at the head of its title, within quotation marks if there are any.
pub fn retitled(text: &str, word: &str) -> String {
    let key = if text.contains("title: \"") { "title: \"" } else { "title: " };
    text.replacen(key, &format!("{key}{word} "), 1)
}

fn row(edit: Edit, public: &Path, documents: usize, runs: usize, build: &dyn Fn() -> Command) -> Outcome<String> {
    let before = fs::read_to_string(&edit.file).unwrap_or_default();
    let (mut costs, mut written): (Vec<Cost>, usize) = (Vec::new(), 0);
    for n in 0..runs {
        if let Some(text) = (edit.text)(&before, n + 1) {
            fs::create_dir_all(edit.file.parent().ok_or("no folder")?)?;
            fs::write(&edit.file, text)?;
        }
        let start = SystemTime::now();
        costs.push(run(&mut build())?);
        written = newer(public, start);
    }
    let cost = median(costs);
    let (wall, cpu) = (cost.wall.as_secs_f64() * 1000.0, cost.cpu.as_secs_f64());
    Ok(format!("| {documents} | {} | {wall:.0} | {cpu:.2} | {written} |", edit.name))
}

/// How many files of `folder` were written since `start`; the program's own list apart.
fn newer(folder: &Path, start: SystemTime) -> usize {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files
        .filter(|entry| entry.file_name() != ".metodika")
        .filter(|entry| entry.metadata().is_ok_and(|metadata| metadata.modified().is_ok_and(|modified| modified >= start)))
        .count()
}
