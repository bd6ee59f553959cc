//! Names that one system can write and another cannot: editors sit at Windows machines, hosts run Linux.

use super::{Item, Manifest};
use crate::diagnostic::{Diagnostic, Problem};
use crate::source::Span;
use crate::value::composed::composed;
use crate::value::slug::is_device;
use std::collections::HashMap;

/// What is wrong with the names of outputs. Those that the site makes itself are of small Latin letters and digits; others come from the
/// names of files and from old addresses.
pub(super) fn faults(manifest: &Manifest) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut first: HashMap<String, &str> = HashMap::new();
    for (path, item) in &manifest.items {
        let place = |problem: Problem| match item {
            Item::File(source, _) => Diagnostic::new(problem, Span::file(source)),
            _ => Diagnostic { severity: problem.severity(), problem, span: None, fix: None, related: Vec::new() },
        };
        // A file cannot be a folder, too.
        let above = path
            .match_indices('/')
            .map(|(at, _)| &path[..at])
            .find(|folder| folder.ends_with(".html") && manifest.items.contains_key(*folder));
        if let Some(above) = above {
            out.push(place(Problem::DuplicateAddress { address: format!("/{path}"), other: format!("/{above}") }));
        }
        let is_made = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/' | b'.');
        if !matches!(item, Item::File(..) | Item::Redirect(..)) && path.bytes().all(is_made) {
            continue;
        }
        let folded = composed(&path.to_lowercase()).into_owned();
        let other =
            first.get(&*folded).copied().or_else(|| manifest.items.get_key_value(&folded).map(|(other, _)| &**other).filter(|o| o != path));
        match other {
            Some(other) => out.push(place(Problem::SameButForCase { path: format!("/{path}"), other: format!("/{other}") })),
            None => drop(first.insert(folded, path)),
        }
        if path.split('/').any(is_unwritable) {
            out.push(place(Problem::BadFileName { path: format!("/{path}") }));
        }
    }
    out
}

/// Whether Windows cannot write a file or folder of this name.
fn is_unwritable(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    name.ends_with(['.', ' ']) || name.contains(['<', '>', ':', '"', '|', '?', '*', '\\']) || is_device(&stem.to_lowercase())
}
