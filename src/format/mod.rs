//! Writers of standard formats: plain values in, text out. They know nothing of documents and sites.

pub mod atom;
pub mod citation;
pub mod docx;
pub mod ics;
pub mod json_feed;
pub mod media;
pub mod picture;
pub mod search;
pub mod sitemap;
pub mod spreadsheet;
pub mod svg;
pub mod title_picture;
pub mod xlsx;
mod xml;

/// The head of a feed, as Atom and JSON Feed both have it. Addresses are absolute; times are RFC 3339 with an offset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// Permanent and unique: the address of the feed serves.
    pub id: String,
    pub title: String,
    /// One sentence on what the feed is about.
    pub subtitle: Option<String>,
    /// The page whose news these are.
    pub home_url: String,
    /// Where this feed itself is.
    pub feed_url: String,
    /// When an entry last changed.
    pub updated: String,
    /// BCP 47.
    pub language: String,
    /// Whose feed it is.
    pub authors: Vec<Author>,
    pub icon: Option<String>,
    pub rights: Option<String>,
    /// Name and version of the program.
    pub generator: (String, String),
}

/// An entry of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Permanent and unique.
    pub id: String,
    pub url: String,
    pub title: String,
    pub updated: String,
    pub published: Option<String>,
    /// Plain text.
    pub summary: Option<String>,
    pub content_html: Option<String>,
    pub authors: Vec<Author>,
    pub categories: Vec<String>,
    pub image: Option<String>,
    pub enclosures: Vec<Enclosure>,
}

/// Somebody who writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    pub name: String,
    pub url: Option<String>,
}

/// A file that belongs to an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enclosure {
    pub url: String,
    /// The media type.
    pub media_type: String,
    pub title: Option<String>,
    /// Bytes.
    pub length: Option<u64>,
}

#[cfg(test)]
fn sample() -> (Feed, Vec<Entry>) {
    let feed = Feed {
        id: "https://example.org/feed.xml".into(),
        title: "Методист & Ко".into(),
        home_url: "https://example.org/".into(),
        feed_url: "https://example.org/feed.xml".into(),
        updated: "2024-05-15T00:00:00+03:00".into(),
        language: "ru".into(),
        generator: ("metodika".into(), "0.1.0".into()),
        ..Feed::default()
    };
    let entry = Entry {
        id: "https://example.org/a/".into(),
        url: "https://example.org/a/".into(),
        title: "<Ёлка>\u{8}".into(),
        updated: "2024-05-15T00:00:00+03:00".into(),
        content_html: Some("<p>Да ]]> и \"нет\"</p>".into()),
        authors: vec![Author { name: "Е. Арба".into(), url: None }],
        categories: vec!["чтение".into()],
        enclosures: vec![Enclosure {
            url: "https://example.org/a.pdf".into(),
            media_type: "application/pdf".into(),
            title: None,
            length: Some(7),
        }],
        ..Entry::default()
    };
    (feed, vec![entry])
}
