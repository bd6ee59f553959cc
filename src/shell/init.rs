//! `metodika init`: a new site with an example of everything. All of it or nothing, and never over what is there.

use super::args::{self, Global};
use super::failure::Failure;
use super::i18n::{init as words, usage};
use super::today::today_in;
use super::{Outcome, terminal};
use metodika::config::Config;
use metodika::starter::{self, Editing};
use metodika::value::language::Language;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes the starter of `language` into the folder that was named.
pub fn run(global: &Global, arguments: &args::Init, language: Language) -> Result<Outcome, Failure> {
    if global.root.is_some() {
        let (message, hint) = usage::init_at_root(language);
        return Err(Failure::Usage { message, hint });
    }
    let folder = &arguments.dir;
    let today = global.today.unwrap_or_else(|| today_in(&Config::missing().0.timezone));
    let editing = if arguments.cms { Editing::Browser } else { Editing::Files };
    let files = starter::files(today, language, editing);
    refuse_to_overwrite(folder, &files)?;
    match folder.file_name() {
        Some(name) if !folder.exists() => {
            let beside = folder.with_file_name(format!(".{}.metodika-new", name.to_string_lossy()));
            write_as_a_whole(folder, &beside, &files)?;
        }
        _ => write_between_others(folder, &files)?,
    }
    if !global.quiet {
        terminal::out(&words::made(folder, &files, language));
    }
    Ok(Outcome::Good)
}

fn refuse_to_overwrite(folder: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    // A link that leads nowhere is something, too.
    let is_there = |path: &str| folder.join(path).symlink_metadata().is_ok();
    if is_there("content/site.yaml") {
        return Err(Failure::SiteExists { folder: folder.to_owned() });
    }
    let there: Vec<String> = files.iter().map(|(path, _)| path).filter(|path| is_there(path)).cloned().collect();
    match there.is_empty() {
        true => Ok(()),
        false => Err(Failure::WouldOverwrite { folder: folder.to_owned(), files: there }),
    }
}

/// A new folder: filled under another name, so that it is never there in part. What a killed run has left under that name is ours.
fn write_as_a_whole(folder: &Path, beside: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    match fs::remove_dir_all(beside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(cannot_write(beside, error)),
        _ => {}
    }
    let filled = files
        .iter()
        .try_for_each(|(path, text)| write(&beside.join(path), text))
        .and_then(|()| fs::rename(beside, folder).map_err(|error| cannot_write(folder, error)));
    if filled.is_err() {
        let _ = fs::remove_dir_all(beside);
    }
    filled
}

/// A folder that is there: if one file cannot be written, those before it are taken away again.
fn write_between_others(folder: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    let was_there = |path: &Path| path.symlink_metadata().is_ok();
    let mut folders: Vec<PathBuf> = Vec::new();
    for (path, _) in files {
        let path = folder.join(path);
        let new = path.ancestors().skip(1).take_while(|above| above.starts_with(folder) && !was_there(above));
        folders.extend(new.map(Path::to_owned));
    }
    for (done, (path, text)) in files.iter().enumerate() {
        if let Err(failure) = write(&folder.join(path), text) {
            files[..done].iter().for_each(|(path, _)| drop(fs::remove_file(folder.join(path))));
            // The deepest first; one that somebody else has put a file into stays.
            folders.sort_by_key(|folder| std::cmp::Reverse(folder.components().count()));
            folders.iter().for_each(|folder| drop(fs::remove_dir(folder)));
            return Err(failure);
        }
    }
    Ok(())
}

/// A new file, with the folders above it. Half a file is none.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|error| cannot_write(parent, error))?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| cannot_write(path, error))?;
    file.write_all(text.as_bytes()).map_err(|error| {
        let _ = fs::remove_file(path);
        cannot_write(path, error)
    })
}

fn cannot_write(path: &Path, error: std::io::Error) -> Failure {
    Failure::CannotWriteSite { path: path.to_owned(), error }
}
