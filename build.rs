//! Lists the files of the default theme and of the starters for embedding, so that one is added without a line of Rust.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a build script reads, writes and speaks to cargo")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    embed("themes/default", "include_bytes", "theme.rs")?;
    embed("starter/ru", "include_str", "starter-ru.rs")?;
    embed("starter/en", "include_str", "starter-en.rs")
}

/// Writes the table `out`: the files of `folder` by their paths in it, each with its content by the macro `include`.
fn embed(folder: &str, include: &str, out: &str) -> io::Result<()> {
    println!("cargo:rerun-if-changed={folder}");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join(folder);
    let mut files = Vec::new();
    walk(&root, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        writeln!(table, "    ({name:?}, {include}!({:?})),", file.to_string_lossy()).map_err(io::Error::other)?;
    }
    table.push(']');
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join(out), table)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
