//! The same documents as a site of Hugo's that does equal work, as far as Hugo can: `benches/hugo/` is laid over them.

use super::corpus::{self, Document, Row};
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

/// Writes the site into `root`.
pub fn write(documents: usize, root: &Path) -> io::Result<()> {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR"));
    lay(&ours.join("benches/hugo"), root)?;
    lay(&ours.join("themes/default/static"), &root.join("static/static"))?;
    corpus::each(documents, |document| {
        fs::write(root.join("content").join(document.folder()).join(format!("{}.md", document.name)), text(&document))
    })
}

/// Builds the site in `root` into `out`, on the day for which ours is built.
pub fn build(program: &str, root: &Path, out: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["--quiet", "--clock", "2024-10-15T00:00:00+03:00", "--source"]).arg(root).arg("--destination").arg(out);
    command
}

/// What `program` says of itself.
pub fn version(program: &str) -> io::Result<String> {
    let said = Command::new(program).arg("version").output()?.stdout;
    let said = String::from_utf8_lossy(&said);
    let line = said.lines().find(|line| line.starts_with("hugo v")).ok_or_else(|| io::Error::other(format!("{program} is no Hugo")))?;
    Ok(line.split('-').next().unwrap_or(line).to_owned())
}

/// Plans are Markdown too, with their rows among the keys, and what the time of a row means beside its words; months and years are taxonomies.
fn text(document: &Document) -> String {
    let Document { keys, year, month, body, .. } = document;
    let body = body.replace(".yaml)", ".md)");
    let months = format!("[\"{year}\", \"{year}-{month:02}\"]");
    match document.folder() {
        "workshops" => format!("---\n{keys}archive: {months}\ncalendar: {months}\n---\n{body}"),
        "plans" => {
            let sections =
                document.sections(|Row { means: (kind, start, end), .. }| format!(", kind: {kind}, start: \"{start}\", end: \"{end}\""));
            let every: String = (1..=12).map(|month| format!(", \"{year}-{month:02}\"")).collect();
            format!("---\n{keys}{sections}archive: {months}\ncalendar: [\"{year}\"{every}]\n---\n{body}")
        }
        _ => format!("---\n{keys}archive: {months}\n---\n{body}"),
    }
}

/// Copies the files of `from` into `to`.
fn lay(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { lay(&from, &to)? } else { fs::copy(&from, &to).map(drop)? }
    }
    Ok(())
}
