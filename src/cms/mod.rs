//! The editing page `/admin/`: Sveltia CMS, shipped with the site, and its configuration, made from the types that read the content.
//!
//! The program stands in `sveltia/` as it is published by its makers but for one thing: it asks no other host for icons, words or parts of
//! itself (`tests/browser/cms.mjs` makes it and says what is changed). Editors reach their repository with it, or, from the preview, the
//! folder on their own computer; the site stays static.

mod config;
mod fitness;

pub use config::{Known, config};
pub use fitness::unfit;

use crate::config::Cms;
use crate::value::html::escape;
use crate::value::language::Language;

/// A file of the editing page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdminFile {
    Page,
    Config,
    /// As it is shipped.
    Shipped(&'static [u8]),
}

impl AdminFile {
    /// All of them, by their path below `admin/`.
    pub const ALL: [(&'static str, AdminFile); 7] = [
        ("index.html", AdminFile::Page),
        ("config.json", AdminFile::Config),
        ("sveltia-cms.js", AdminFile::Shipped(include_bytes!("sveltia/sveltia-cms.js"))),
        ("LICENSE.txt", AdminFile::Shipped(include_bytes!("sveltia/LICENSE.txt"))),
        ("locales/ru.json", AdminFile::Shipped(include_bytes!("sveltia/locales/ru.json"))),
        ("material-symbols.woff2", AdminFile::Shipped(include_bytes!("sveltia/material-symbols.woff2"))),
        ("material-symbols.LICENSE.txt", AdminFile::Shipped(include_bytes!("sveltia/material-symbols.LICENSE.txt"))),
    ];
}

/// The page itself. It may speak to its own host and to the repository's, to nobody else.
pub fn page(title: &str, cms: &Cms, language: Language) -> String {
    let mut hosts = vec!["https://api.github.com", "https://github.com", "https://gitlab.com", "https://codeberg.org", "https://gitea.com"];
    hosts.extend([&cms.server, &cms.sign_in].into_iter().flatten().filter_map(|text| origin(&text.value)));
    let (noscript, heading) = match language {
        Language::Ru => ("Для правки в браузере нужен JavaScript.", "Правка"),
        Language::En => ("Editing in the browser needs JavaScript.", "Editing"),
    };
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob: https:; font-src 'self' data:; media-src 'self' blob:; frame-src 'self' blob:; \
         connect-src 'self' blob: data: {hosts}\">\n\
         <title>{heading} — {title}</title>\n<link rel=\"cms-config-url\" type=\"application/json\" href=\"config.json\">\n</head>\n<body>\n\
         <noscript>{noscript}</noscript>\n<script src=\"sveltia-cms.js\"></script>\n</body>\n</html>\n",
        language = language.tag(),
        hosts = hosts.join(" "),
        title = escape(title),
    )
}

/// `https://host` or `https://host:port`, if `text` is that and nothing that could end a rule of the policy.
fn origin(text: &str) -> Option<&str> {
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://")?;
    (!host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'))).then_some(text)
}
