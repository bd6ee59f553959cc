//! What `metodika import` says around the doubts; the words of the doubts belong to the core.

use super::{count, say};
use metodika::value::language::Language;

/// Above the list of doubts.
pub fn heading(doubts: usize, file: &str, language: Language) -> String {
    let doubts = count(doubts, ["место", "места", "мест"], ["place", "places"], language);
    say!(
        language,
        "План перенесён из «{file}». Проверьте {doubts}: что стояло на бумаге и что принято.",
        "The plan was taken from “{file}”. Check {doubts}: what stood on the paper and what was assumed."
    )
}

/// Where nothing is doubtful.
pub fn no_doubts(file: &str, language: Language) -> String {
    say!(language, "План перенесён из «{file}», сомнений нет.", "The plan was taken from “{file}”, nothing is doubtful.")
}

/// Above entries for a registry of the site.
pub fn proposals(registry: &str, language: Language) -> String {
    say!(
        language,
        "Этих имён нет в справочнике. Проверьте их и вставьте в content/{registry}:",
        "These names are not in the registry. Check them and paste them into content/{registry}:"
    )
}

/// In the file of the plan, below the doubts.
pub fn delete_when_done(language: Language) -> String {
    say!(language, "Когда всё проверено, удалите эти строки.", "Delete these lines when everything is checked.")
}

/// After the plan was written.
pub fn written(path: &str, rows: usize, sections: usize, language: Language) -> String {
    let rows = count(rows, ["строка", "строки", "строк"], ["row", "rows"], language);
    let sections = count(sections, ["раздел", "раздела", "разделов"], ["section", "sections"], language);
    say!(language, "Записано: {path} ({sections}, {rows})", "Written: {path} ({sections}, {rows})")
}
