//! What the work itself costs on this machine: read every document, turn its Markdown into HTML, write files of the sizes that a build
//! wrote. No generator can be faster; how near one comes says more than its seconds do.

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Writes down what a build wrote into `tree`: the work for [`run`]. Returns the [`size`].
pub fn plan(tree: &Path, list: &Path) -> std::io::Result<(usize, u64)> {
    let mut out = String::new();
    for path in files(tree) {
        out.push_str(&format!("{} {}\n", fs::metadata(&path)?.len(), path.strip_prefix(tree).unwrap_or(&path).display()));
    }
    fs::write(list, out)?;
    size(tree)
}

/// How many files there are in `tree`, and how many bytes.
pub fn size(tree: &Path) -> std::io::Result<(usize, u64)> {
    let sizes = files(tree).iter().map(|path| Ok(fs::metadata(path)?.len())).collect::<std::io::Result<Vec<u64>>>()?;
    Ok((sizes.len(), sizes.iter().sum()))
}

/// Reads and turns what stands in `content`, writes what `list` says into `out`, which must not exist.
pub fn run(content: &Path, list: &Path, out: &Path) -> std::io::Result<()> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_HEADING_ATTRIBUTES;
    let turned: usize = files(content)
        .par_iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap_or_default();
            // Of a plan it is a text in YAML, a little to the right: nearly the same work.
            let parts = match text.strip_prefix("---\n") {
                Some(rest) => rest.split_once("\n---\n"),
                None => text.split_once("\nbody: |\n"),
            };
            let body = parts.map_or("", |(_, body)| body);
            let mut page = String::with_capacity(body.len() * 3 / 2);
            html::push_html(&mut page, Parser::new_ext(body, options));
            page.len()
        })
        .sum();
    let list = fs::read_to_string(list)?;
    let planned: Vec<(usize, PathBuf)> =
        list.lines().filter_map(|line| line.split_once(' ')).map(|(size, path)| (size.parse().unwrap_or(0), out.join(path))).collect();
    let mut folders: Vec<&Path> = planned.iter().filter_map(|(_, path)| path.parent()).collect();
    folders.sort();
    folders.dedup();
    folders.iter().try_for_each(fs::create_dir_all)?;
    let longest = planned.iter().map(|(size, _)| *size).max().unwrap_or(0);
    let bytes = vec![b'.'; longest];
    planned.par_iter().try_for_each(|(size, path)| fs::File::create(path)?.write_all(&bytes[..*size]))?;
    println!("{turned} bytes of HTML");
    Ok(())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}
