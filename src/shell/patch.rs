//! A build in which one body has changed and nothing else: the new body is put into the page that is there.
//!
//! Nothing else on the site depends on the text of a body (see [`metodika::parse::Document::face`]), so neither the other documents nor the
//! templates are read: ten thousand of them cost what one does. One file is put in the place of another by one renaming, so the published
//! site is the old one or the new one at every moment; that is why two bodies are a whole build.

use super::cache::{BodyPlace, Cache, Output};
use super::read;
use super::target::Lock;
use metodika::parse::Keep;
use metodika::render::{Words, body_alone};
use metodika::source::{SourcePath, hash};
use metodika::sources::Source;
use metodika::value::language::Language;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Publishes the site whose file `path` has changed since the build that left `cache`, which is brought up to date. How many files were
/// written; `None`, and nothing done, if more has changed than one body.
pub fn body(cache: &mut Cache, root: &Path, lock: &Lock, path: &SourcePath, language: Language) -> Option<usize> {
    let target = lock.target();
    let place = BodyPlace::find(root, target.folder(), path)?;
    let file = root.join(&**path);
    let stamp = read::stamp(&file).ok()?;
    let bytes = fs::read(&file).ok()?;
    let Source::Document(document) = Source::of(path, &bytes, Keep::Text) else { return None };
    if document.face != place.face()? || !document.diagnostics.is_empty() {
        return None;
    }
    let sources = read::settings(root, language).ok()?;
    let (config, _) = metodika::settings(&sources);
    let theme = config.settings.theme.as_ref().map_or("default", |theme| &theme.value);
    let words = Words::load(&sources, theme, config.language);
    let body = body_alone(&config, &words, &document, &place.links, &place.output);

    let published = target.folder().join(&place.output);
    let page = fs::read(&published).ok()?;
    let after = page.len().checked_sub(place.after).filter(|after| *after >= place.before)?;
    let page_now = [&page[..place.before], &body, &page[after..]].concat();
    let written = usize::from(page_now != page);
    if written > 0 {
        let staged = target.beside("page");
        let put = || -> std::io::Result<_> {
            let mut file = File::create_new(&staged)?;
            file.write_all(&page_now)?;
            let metadata = file.metadata()?;
            drop(file);
            // From here on it may be about another site than the one that is there.
            Cache::forget(root, target.folder());
            fs::rename(&staged, &published).map(|()| metadata)
        };
        let Some(output) = put().ok().as_ref().and_then(Output::of) else {
            let _ = fs::remove_file(&staged);
            return None;
        };
        cache.rewritten(target.folder(), &place.output, output);
    }
    cache.read_again(path, stamp, hash(&bytes));
    cache.save(root, target.folder());
    Some(written)
}
