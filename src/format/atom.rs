//! Atom (RFC 4287).

use super::xml::Document;
use super::{Author, Entry, Feed};

/// The feed as Atom, with `entries` as [`entry`] made them. RFC 4287 §4.1.1 asks for an author: if the feed names none, its title stands in.
pub fn atom(feed: &Feed, entries: impl Iterator<Item = impl AsRef<[u8]>>) -> Vec<u8> {
    let mut xml = Document::new("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &feed.language)], 16 * 1024);
    xml.text("id", &[], &feed.id);
    xml.text("title", &[], &feed.title);
    if let Some(subtitle) = &feed.subtitle {
        xml.text("subtitle", &[], subtitle);
    }
    xml.text("updated", &[], &feed.updated);
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &feed.feed_url)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.home_url)]);
    authors(&mut xml, &feed.authors);
    if feed.authors.is_empty() {
        authors(&mut xml, &[Author { name: feed.title.clone(), url: None }]);
    }
    if let Some(icon) = &feed.icon {
        xml.text("icon", &[], icon);
    }
    if let Some(rights) = &feed.rights {
        xml.text("rights", &[], rights);
    }
    xml.text("generator", &[("version", &feed.generator.1)], &feed.generator.0);
    for entry in entries {
        xml.ready(entry.as_ref());
    }
    xml.finish()
}

/// An `entry` element.
pub fn entry(entry: &Entry) -> Vec<u8> {
    let mut xml = Document::fragment("entry");
    xml.text("id", &[], &entry.id);
    xml.text("title", &[], &entry.title);
    xml.text("updated", &[], &entry.updated);
    if let Some(published) = &entry.published {
        xml.text("published", &[], published);
    }
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)]);
    for file in &entry.enclosures {
        let length = file.length.map(|n| n.to_string());
        let mut attributes = vec![("rel", "enclosure"), ("type", file.media_type.as_str()), ("href", &file.url)];
        attributes.extend(file.title.as_deref().map(|title| ("title", title)));
        attributes.extend(length.as_deref().map(|length| ("length", length)));
        xml.empty("link", &attributes);
    }
    authors(&mut xml, &entry.authors);
    for category in &entry.categories {
        xml.empty("category", &[("term", category)]);
    }
    if let Some(summary) = &entry.summary {
        xml.text("summary", &[], summary);
    }
    if let Some(html) = &entry.content_html {
        xml.text("content", &[("type", "html"), ("xml:base", &entry.url)], html);
    }
    xml.finish()
}

fn authors(xml: &mut Document, authors: &[Author]) {
    for author in authors {
        xml.open("author", &[]);
        xml.text("name", &[], &author.name);
        if let Some(url) = &author.url {
            xml.text("uri", &[], url);
        }
        xml.close();
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_feed() {
        let (feed, entries) = crate::format::sample();
        let text = String::from_utf8(super::atom(&feed, entries.iter().map(super::entry))).unwrap();
        for part in [
            "<title>Методист &amp; Ко</title>",
            "<title>&lt;Ёлка&gt;</title>",
            "<content type=\"html\" xml:base=\"https://example.org/a/\">&lt;p&gt;Да ]]&gt; и \"нет\"&lt;/p&gt;</content>",
            "<author>\n<name>Е. Арба</name>\n</author>",
            "<category term=\"чтение\"/>",
            "<link rel=\"enclosure\" type=\"application/pdf\" href=\"https://example.org/a.pdf\" length=\"7\"/>",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert_eq!(text.matches("<author>").count(), 2);
    }
}
