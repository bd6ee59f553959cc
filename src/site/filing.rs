//! Files that are not what, or not where, they would have to be to come onto the site.

use super::Site;
use super::names::Registries;
use crate::diagnostic::{Diagnostic, Problem};
use crate::kinds::Kind;
use crate::parse::{Place, place_of};
use crate::record::nearest;
use crate::source::{NotUtf8, SourcePath, Span, extension};
use crate::sources::{Source, Sources};
use crate::value::scripts::fold;
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;

/// What is to be said of a text that is no document, settings or registry, and of one that could not be read.
pub fn misplaced(path: &SourcePath, source: &Source) -> Option<Diagnostic> {
    let problem = match source {
        Source::Text(_) => match place_of(path) {
            Place::Elsewhere(folder) => Problem::UnknownFolder { nearest: nearest_folder(&folder), folder },
            Place::Data(name) => unknown_file(path, &name)?,
            Place::Document { .. } => return None,
        },
        Source::NotUtf8(NotUtf8 { line, column, likely }) => Problem::NotUtf8 { line: *line, column: *column, likely: *likely },
        Source::TooLarge(bytes) => Problem::TooLarge { bytes: *bytes },
        Source::Unreadable(reason) => Problem::Unreadable { reason: reason.clone() },
        Source::Document(_) | Source::Asset(_) => return None,
    };
    Some(Diagnostic::new(problem, Span::file(path)))
}

/// Folders as an editor may call them.
const FOLDERS: [(&str, Kind); 12] = [
    ("мероприятия", Kind::Workshop),
    ("события", Kind::Workshop),
    ("events", Kind::Workshop),
    ("планы", Kind::Plan),
    ("бюллетени", Kind::Newsletter),
    ("выпуски", Kind::Newsletter),
    ("практики", Kind::Practice),
    ("проекты", Kind::Project),
    ("документы", Kind::Document),
    ("новости", Kind::News),
    ("blog", Kind::News),
    ("страницы", Kind::Page),
];

fn nearest_folder(folder: &str) -> Option<&'static str> {
    let known = || Kind::ALL.into_iter().map(|kind| (kind.folder(), kind)).chain(FOLDERS);
    let name = nearest(folder, known().map(|(name, _)| name))?;
    known().find(|(known, _)| *known == name).map(|(_, kind)| kind.folder())
}

const DATA: [&str; 8] = ["site", "organisations", "people", "areas", "competencies", "territories", "observances", "glossary"];

/// Settings and registries have the names that they have.
fn unknown_file(path: &str, name: &str) -> Option<Problem> {
    if name == "site" || Registries::default().of_file(name).is_some() {
        return None;
    }
    let nearest = nearest(name, DATA.into_iter()).map(|near| format!("{near}.yaml"));
    Some(Problem::UnknownFile { name: path.trim_start_matches("content/").to_owned(), nearest })
}

/// What is to be said of files among the documents that are none by their ending, and that nothing refers to.
pub fn wrong_endings(sources: &Sources, site: &Site) -> Vec<Diagnostic> {
    let published: BTreeSet<&str> = site.files.values().map(|(path, _)| &**path).collect();
    let mut named = None;
    let mut out = Vec::new();
    for (path, source) in &sources.content {
        let (Source::Asset(_), Some(problem)) = (source, wrong_ending(path, sources)) else { continue };
        if published.contains(&**path) {
            continue;
        }
        // Documents that are not on the site now keep their files too; they are known by name.
        let named = named.get_or_insert_with(|| files_named(sources));
        if !path.rsplit('/').next().is_some_and(|name| named.contains(name)) {
            out.push(Diagnostic::new(problem, Span::file(path)));
        }
    }
    out
}

/// The last part of every path that a document refers to.
fn files_named(sources: &Sources) -> BTreeSet<String> {
    let name = |path: &str| {
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        decoded.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
    };
    let of = |document: &crate::parse::Document| -> Vec<String> {
        let attached = document.common.attachments.iter().filter_map(|attachment| attachment.file.as_ref()).map(|file| name(&file.value));
        attached.chain(document.body.outline.links.iter().map(|link| name(&link.target))).collect()
    };
    sources.documents().flat_map(|document| of(document)).collect()
}

fn wrong_ending(path: &str, sources: &Sources) -> Option<Problem> {
    let inside = path.strip_prefix("content/")?;
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let kind = Kind::of_folder(folder.split('/').next().unwrap_or_default());
    let beside = |file: &str| sources.content.contains_key(format!("content/{folder}/{file}").as_str());
    // What lies beside an `index.md` is that document's.
    let is_beside_index = folder.contains('/') && ["index.md", "index.yaml", "index.yml"].into_iter().any(beside);
    if is_beside_index || kind.is_none() && !folder.is_empty() {
        return None;
    }
    let stem = name.rsplit_once('.')?.0;
    let ending = extension(name);
    let text = |stem: &str| match extension(stem).as_str() {
        // Windows hides endings: «план.md.txt».
        "md" | "markdown" | "yaml" | "yml" => stem.to_owned(),
        _ if kind.is_none() => format!("{stem}.yaml"),
        _ => format!("{stem}.md"),
    };
    let (rename, import) = match ending.as_str() {
        "txt" | "text" => (Some(text(stem)), None),
        "docx" | "xlsx" | "csv" | "htm" | "html" if kind == Some(Kind::Plan) => (None, Some(path.to_owned())),
        "docx" | "doc" | "odt" | "rtf" => (None, None),
        _ => (Some(format!("{stem}.{}", meant_ending(&ending)?)), None),
    };
    Some(Problem::WrongEnding { name: name.to_owned(), rename, import })
}

/// The ending of documents that `ending` is a slip of.
fn meant_ending(ending: &str) -> Option<&'static str> {
    const SLIPS: [(&str, &str); 10] = [
        ("mdown", "md"),
        ("mkd", "md"),
        ("mkdn", "md"),
        ("mdx", "md"),
        ("мд", "md"),
        ("ymal", "yaml"),
        ("yalm", "yaml"),
        ("jaml", "yaml"),
        ("yaml1", "yaml"),
        ("yam", "yaml"),
    ];
    let folded = |text: &str| text.chars().map(fold).collect::<String>();
    let slips = SLIPS.into_iter().chain([("md", "md"), ("yaml", "yaml"), ("yml", "yml")]);
    slips.into_iter().find(|(slip, _)| folded(slip) == folded(ending)).map(|(_, meant)| meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_endings_are_recognised() {
        let folder = |name| nearest_folder(name).unwrap_or_default();
        assert_eq!(
            ["workshop", "Workshops", "новости", "Планы", "plаns"].map(folder),
            ["workshops", "workshops", "news", "plans", "plans"]
        );
        assert_eq!(nearest_folder("фото"), None);
        assert_eq!(["mкd", "YМL", "mp3", "png"].map(|ending| meant_ending(&ending.to_lowercase())), [Some("md"), Some("yml"), None, None]);
    }
}
