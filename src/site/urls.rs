//! Addresses: every document has one, and no two share one.

use crate::diagnostic::{Diagnostic, Problem};
use crate::kinds::Kind;
use crate::parse::Document;
use crate::source::{SourcePath, Span};
use crate::value::slug::slug;
use std::collections::{BTreeMap, HashMap};

/// Which source file stands at which address.
#[derive(Debug, Clone, Default)]
pub struct Addresses {
    by_address: HashMap<String, SourcePath>,
}

impl Addresses {
    /// Whether something stands at `address`.
    pub fn is_taken(&self, address: &str) -> bool {
        self.by_address.contains_key(address)
    }

    /// Claims `address` for `document`; an address that is taken is reported with both files and not given twice.
    pub fn claim(&mut self, address: &str, document: &Document, span: Span) -> Result<(), Box<Diagnostic>> {
        if let Some(other) = self.by_address.get(address) {
            let problem = Problem::DuplicateAddress { address: format!("/{address}"), other: other.to_string() };
            return Err(Box::new(Diagnostic::new(problem, span).with_related(Span::file(other))));
        }
        self.by_address.insert(address.to_owned(), document.path.clone());
        Ok(())
    }
}

/// Addresses of the root that are not for pages of `pages/`.
const RESERVED: &[&str] = &[
    "workshops",
    "plans",
    "newsletters",
    "practices",
    "projects",
    "documents",
    "news",
    "calendar",
    "archive",
    "areas",
    "forms",
    "organisations",
    "territories",
    "people",
    "audiences",
    "competencies",
    "tags",
    "series",
    "search",
    "sitemap",
    "accessibility",
    "api",
    "static",
    "files",
    "admin",
];

/// The slug of a document: as given, else from the file's name. A given one that is no slug is reported and mended.
pub fn slug_of(document: &Document, diagnostics: &mut Vec<Diagnostic>) -> String {
    let made = match &document.common.slug {
        Some(given) => {
            let clean = slug(&given.value);
            if clean != *given.value {
                let problem = Problem::BadSlug { slug: given.value.to_string(), proposed: clean.clone() };
                diagnostics.push(Diagnostic::new(problem, Span::new(&document.path, given.span)).with_fix(Some(clean.clone())));
            }
            clean
        }
        None => slug(document.stem()),
    };
    if made.is_empty() { "x".to_owned() } else { made }
}

/// The address of a document with `slug`.
pub fn address_of(kind: Kind, slug: &str) -> String {
    match kind {
        Kind::Page => format!("{slug}/"),
        _ => format!("{}/{slug}/", kind.folder()),
    }
}

/// Whether a page of `pages/` may not have this slug.
pub fn is_reserved(slug: &str) -> bool {
    RESERVED.contains(&slug)
}

/// An old address as written (`/old/place/`, `old/place.html`) as a path from the root; `None` if it leads out of the site.
pub fn old_address(written: &str) -> Option<String> {
    let path = written.trim().trim_start_matches('/');
    let path = match path.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => path,
    };
    let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    if parts.is_empty() || parts.iter().any(|p| *p == ".." || *p == "." || p.contains(['\\', '?', '#', ':', '<', '>', '"', '|', '*'])) {
        return None;
    }
    let joined = parts.join("/");
    let file = parts.last().is_some_and(|last| last.ends_with(".html") || last.ends_with(".htm"));
    Some(if file { joined } else { format!("{joined}/") })
}

/// The redirects of `documents`: old address → address now.
pub fn redirects<'a>(
    documents: impl Iterator<Item = (&'a Document, &'a str)>,
    addresses: &mut Addresses,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (document, address) in documents {
        for alias in &document.common.aliases {
            let span = Span::new(&document.path, alias.span);
            match old_address(&alias.value) {
                Some(old) if old == address => {}
                Some(old) => match addresses.claim(&old, document, span) {
                    Ok(()) => {
                        out.insert(old, address.to_owned());
                    }
                    Err(diagnostic) => diagnostics.push(*diagnostic),
                },
                None => diagnostics
                    .push(Diagnostic::new(Problem::BadSlug { slug: alias.value.to_string(), proposed: slug(&alias.value) }, span)),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses_stay_inside_the_site() {
        assert_eq!(old_address("/513/7160-literaturnoe").as_deref(), Some("513/7160-literaturnoe/"));
        assert_eq!(old_address("https://old.example/a/b.html").as_deref(), Some("a/b.html"));
        assert_eq!(old_address("../x"), None);
        assert_eq!(old_address("/"), None);
    }
}
