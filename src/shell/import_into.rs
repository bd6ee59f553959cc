//! `metodika import FILE --into PLAN`: an edited table back into the file that it was exported from.

use super::args::{self, Format, Global};
use super::failure::Failure;
use super::i18n::exchange as words;
use super::plan_report::{find, refusal};
use super::today::today;
use super::{Outcome, import, read, root, terminal};
use metodika::Options;
use metodika::config::People;
use metodika::diagnostic::Severity;
use metodika::exchange::write::{Unwritable, Written, amend, apply};
use metodika::exchange::{self, Column, Edition, Matter, Merge, row};
use metodika::kinds::Details;
use metodika::parse::Keep;
use metodika::source::hash;
use metodika::value::language::Language;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Puts what the table changes into the plan's file, and tells it. Exit status 1 if something of the table was not taken.
pub fn run(global: &Global, arguments: &args::Import, into: &str, language: Language) -> Result<Outcome, Failure> {
    let root = root::find(global.root.as_deref())?;
    let sources = read::read(&root, None, Keep::Text, language)?.sources;
    let today = today(global.today, &sources);
    let options =
        Options { today, base_url: None, drafts: true, strict: false, language: global.lang, proofread: false, people: Some(People::All) };
    let build = metodika::build(&sources, &options, None);
    let (language, of_site) = (build.language(), build.site().config.language);
    let entry = build.site().entry(find(build.site(), &root, into, language)?);
    let document = &entry.document;
    let (Details::Plan(plan), Some(text)) = (&document.details, document.text.as_deref()) else {
        return Err(refusal(words::unwritable(&document.path, true, language)));
    };
    if document.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(refusal(words::unwritable(&document.path, true, language)));
    }
    let refused = |refusal| Failure::CannotImport { path: arguments.file.clone(), refusal };
    let bytes = import::bytes(&arguments.file)?.ok_or_else(|| refused(metodika::import::refusal::Refusal::TooLarge))?;
    let edited = exchange::read(&bytes).map_err(refused)?;
    if let Some(stamp) = edited.stamp.as_ref().filter(|stamp| stamp.plan != document.stem()) {
        return Err(refusal(words::other_plan(&stamp.plan, document.stem(), language)));
    }
    let edition = edited.stamp.as_ref().map_or(Edition::Approved, |stamp| stamp.edition);
    let rows = row::rows(entry, edition, of_site);
    let labels: Vec<String> = plan.sections.iter().map(row::label).collect();
    let merge = exchange::merge(&rows, &labels, &edited, arguments.delete_missing, of_site);

    let is_current = edition == Edition::Current;
    let needs_order = merge.touches_paper() && (is_current || (plan.approval.is_some() && !arguments.correct)) && !arguments.as_amendment;
    let unwritable = |why: Unwritable| refusal(words::unwritable(&document.path, why == Unwritable::Faulty, language));
    let written = match arguments.as_amendment || is_current {
        _ if merge.is_empty() || needs_order => Written { text: text.to_owned(), left: Vec::new(), done: merge },
        true => amend(text, document, &rows, &merge, today, of_site).map_err(unwritable)?,
        false => apply(text, document, &rows, &merge, of_site).map_err(unwritable)?,
    };
    let is_dry = arguments.dry_run || needs_order;
    let path = root.join(&*document.path);
    let is_changed = written.text != text;
    if is_changed && !is_dry {
        replace(&path, &written.text, document.hash, language)?;
    }
    let told = Told { rows: &rows, labels: &labels, written: &written, is_dry, language };
    if global.format == Format::Json {
        terminal::out(&format!("{}\n", serde_json::to_string_pretty(&told.json()).unwrap_or_default()));
    } else {
        terminal::out(&shown(&told.text(global.quiet)));
    }
    if needs_order {
        return Err(refusal(words::is_approved(is_current, language)));
    }
    if global.format != Format::Json {
        let line = match (is_changed, is_dry) {
            (true, false) => words::written(&path.display().to_string(), language),
            (_, true) => words::not_written(language),
            (false, false) => String::new(),
        };
        if !line.is_empty() && !global.quiet {
            terminal::out(&format!("{line}\n"));
        }
    }
    Ok(if told.matters().any(Matter::is_left) { Outcome::ContentErrors } else { Outcome::Good })
}

/// Puts `text` into the place of the file at `path`, all of it or nothing, if that is still the one with the hash `was`. A byte order mark
/// stays.
fn replace(path: &Path, text: &str, was: u128, language: Language) -> Result<(), Failure> {
    let failed = |error| Failure::CannotWritePlan { path: path.to_owned(), error };
    // A link stays one.
    let real = path.canonicalize().map_err(failed)?;
    let before = fs::read(&real).map_err(failed)?;
    if hash(&before) != was {
        return Err(refusal(words::changed_meanwhile(&path.display().to_string(), language)));
    }
    let mark: &[u8] = if before.starts_with(b"\xef\xbb\xbf") { b"\xef\xbb\xbf" } else { b"" };
    // A name that `read` leaves out, beside the file: renaming does not cross file systems.
    let name = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let new = real.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let rights = fs::metadata(&real).map_err(failed)?.permissions();
    let put = || {
        let mut file = File::create(&new)?;
        file.write_all(mark)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        drop(file);
        fs::set_permissions(&new, rights)?;
        fs::rename(&new, &real)
    };
    put().map_err(|error| {
        let _ = fs::remove_file(&new);
        failed(error)
    })
}

/// Without signs that a terminal obeys: what a table says is printed.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

/// What there is to tell.
struct Told<'a> {
    rows: &'a [row::Row],
    labels: &'a [String],
    written: &'a Written,
    is_dry: bool,
    language: Language,
}

impl Told<'_> {
    fn merge(&self) -> &Merge {
        &self.written.done
    }

    fn matters(&self) -> impl Iterator<Item = &Matter> {
        self.merge().matters.iter().chain(&self.written.left)
    }

    fn title(&self, row: usize) -> String {
        self.rows[row].cells[Column::Title].join(" ")
    }

    fn text(&self, is_quiet: bool) -> String {
        let (merge, language) = (self.merge(), self.language);
        let mut lines = Vec::new();
        let mut last = None;
        for edit in &merge.edits {
            if last != Some(edit.row) {
                lines.push(format!("  {}", words::row(&self.rows[edit.row].key, &self.title(edit.row), language)));
                last = Some(edit.row);
            }
            lines.push(format!("    {}", words::edit(edit.column, &edit.from, &edit.to, language)));
        }
        for added in &merge.added {
            let section = self.labels.get(added.section).map(String::as_str).unwrap_or_default();
            lines.push(format!("  {}", words::added(&added.cells[Column::Title].join(" "), section, language)));
        }
        for row in &merge.deleted {
            lines.push(format!("  {}", words::deleted(&words::row(&self.rows[*row].key, &self.title(*row), language), language)));
        }
        let count = merge.edits.len() + merge.added.len() + merge.deleted.len();
        let heading = if count == 0 { words::no_changes(language) } else { words::changes(count, self.is_dry, language) };
        lines.insert(0, heading);
        let mut list = |heading: String, is_left: bool| {
            let matters: Vec<String> = self.matters().filter(|it| it.is_left() == is_left).map(|it| words::matter(it, language)).collect();
            if !matters.is_empty() {
                lines.push(heading);
                lines.extend(matters.iter().enumerate().map(|(n, text)| format!("  {}. {text}", n + 1)));
            }
        };
        list(words::left(language), true);
        if !is_quiet {
            list(words::remarks(language), false);
        }
        lines.join("\n") + "\n"
    }

    fn json(&self) -> Value {
        let (merge, language) = (self.merge(), self.language);
        let column = |column: Column| column.name().unwrap_or("section");
        let matter = |it: &Matter| json!({ "code": it.code(), "left": it.is_left(), "message": words::matter(it, language) });
        let cells = |row: &row::Cells| {
            let filled = Column::ALL.into_iter().filter(|of| !row[*of].is_empty());
            Value::Object(filled.map(|of| (column(of).to_owned(), json!(row[of]))).collect())
        };
        json!({
            "written": !self.is_dry,
            "changes": merge.edits.iter().map(|edit| json!({
                "row": self.rows[edit.row].key, "column": column(edit.column), "from": edit.from, "to": edit.to,
            })).collect::<Vec<_>>(),
            "added": merge.added.iter().map(|added| json!({
                "section": self.labels.get(added.section), "cells": cells(&added.cells),
            })).collect::<Vec<_>>(),
            "deleted": merge.deleted.iter().map(|row| self.rows[*row].key.as_str()).collect::<Vec<_>>(),
            "matters": self.matters().map(matter).collect::<Vec<_>>(),
        })
    }
}
