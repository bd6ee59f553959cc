//! JSON Feed 1.1 (jsonfeed.org).

use super::{Author, Enclosure, Entry, Feed};
use serde_json::{Map, Value, json};

/// The feed as JSON Feed 1.1. Every item has a content, as the standard asks: HTML, else the summary, else the title as text.
pub fn json_feed(feed: &Feed, entries: &[Entry]) -> String {
    let items = entries.iter().map(|entry| {
        let text = match &entry.content_html {
            Some(_) => None,
            None => Some(entry.summary.as_ref().unwrap_or(&entry.title)),
        };
        object([
            ("id", json!(entry.id)),
            ("url", json!(entry.url)),
            ("title", json!(entry.title)),
            ("content_html", json!(entry.content_html)),
            ("content_text", json!(text)),
            ("summary", json!(entry.summary)),
            ("image", json!(entry.image)),
            ("date_published", json!(entry.published)),
            ("date_modified", json!(entry.updated)),
            ("authors", authors(&entry.authors)),
            ("tags", json!(entry.categories)),
            ("attachments", entry.enclosures.iter().map(attachment).collect()),
        ])
    });
    let feed = object([
        ("version", json!("https://jsonfeed.org/version/1.1")),
        ("title", json!(feed.title)),
        ("home_page_url", json!(feed.home_url)),
        ("feed_url", json!(feed.feed_url)),
        ("description", json!(feed.subtitle)),
        ("icon", json!(feed.icon)),
        ("authors", authors(&feed.authors)),
        ("language", json!(feed.language)),
        ("items", items.collect()),
    ]);
    format!("{feed:#}\n")
}

fn authors(authors: &[Author]) -> Value {
    authors.iter().map(|a| object([("name", json!(a.name)), ("url", json!(a.url))])).collect()
}

fn attachment(file: &Enclosure) -> Value {
    object([
        ("url", json!(file.url)),
        ("mime_type", json!(file.media_type)),
        ("title", json!(file.title)),
        ("size_in_bytes", json!(file.length)),
    ])
}

/// An object without its empty members; `items` stays, since the standard asks for it.
fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    Value::Object(
        members.into_iter().filter(|(key, value)| *key == "items" || !empty(value)).map(|(k, v)| (k.to_owned(), v)).collect::<Map<_, _>>(),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_feed() {
        let (feed, entries) = crate::format::sample();
        let text = super::json_feed(&feed, &entries);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(value["items"][0]["content_html"], "<p>Да ]]> и \"нет\"</p>");
        assert_eq!(value["items"][0]["attachments"][0]["size_in_bytes"], 7);
        assert_eq!(value.get("icon"), None);
    }
}
