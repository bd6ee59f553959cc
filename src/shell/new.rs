//! `metodika new`: a document to begin with.

use super::args::{self, Global};
use super::failure::Failure;
use super::i18n::{self, usage};
use super::today::today;
use super::{Outcome, read, root, terminal};
use metodika::blank::blank;
use metodika::kinds::Kind;
use metodika::parse::Keep;
use metodika::record::nearest;
use metodika::value::language::Language;
use metodika::value::slug::slug;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};

/// Writes the document into the folder of its kind. An address that is taken gets a number.
pub fn run(global: &Global, arguments: &args::New, language: Language) -> Result<Outcome, Failure> {
    let refusal = |(message, hint)| Failure::Usage { message, hint };
    let root = root::find(global.root.as_deref())?;
    let sources = read::read(&root, None, Keep::Nothing, language)?.sources;
    let site = metodika::settings(&sources).0.language;
    let language = global.lang.unwrap_or(site);
    let Some(kind) = kind_of(&arguments.kind) else {
        let names = Kind::ALL.map(|kind| match language {
            Language::Ru => kind.russian(),
            Language::En => kind.id(),
        });
        return Err(refusal(usage::unknown_kind(&arguments.kind, nearest(&arguments.kind, names.into_iter()), &names, language)));
    };
    let title = arguments.title.join(" ");
    if title.trim().is_empty() {
        return Err(refusal(usage::no_title(language)));
    }
    let taken = |address: &str| {
        sources.documents().filter(|document| document.kind == kind).any(|document| {
            let own = document.common.slug.as_ref().map_or_else(|| slug(document.stem()), |slug| slug.value.to_string());
            own == address
        })
    };
    let begun = today(global.today, &sources);
    let mut new = blank(kind, title.trim(), None, begun, site);
    let base = new.slug.clone();
    for number in 2.. {
        if !taken(&new.slug) {
            break;
        }
        new = blank(kind, title.trim(), Some(&format!("{base}-{number}")), begun, site);
    }

    let file = root.join(&new.path);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::write(folder, error))?;
    }
    let written = OpenOptions::new().write(true).create_new(true).open(&file).and_then(|mut file| file.write_all(new.text.as_bytes()));
    match written {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(refusal(usage::file_is_there(&new.path, language))),
        written => written.map_err(|error| Failure::write(&file, error))?,
    }
    if !global.quiet {
        terminal::out(&format!("{}\n", i18n::document_made(&new.path, language)));
    }
    Ok(Outcome::Good)
}

/// The kind that somebody means: its name in either language, or its folder.
fn kind_of(text: &str) -> Option<Kind> {
    let text = text.to_lowercase();
    Kind::ALL.into_iter().find(|kind| [kind.id(), kind.russian(), kind.folder()].contains(&text.as_str()))
}
