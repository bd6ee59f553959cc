//! JSON-LD in the words of schema.org: what search engines read of a page. Keys stand in alphabetical order.

use super::theme::Markup;
use crate::value::date::Date;
use serde::Serialize;
use std::borrow::Cow;

const CONTEXT: &str = "https://schema.org";

/// A page that somebody wrote.
#[derive(Debug, Serialize)]
pub(super) struct Article<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Named<'a>>,
    #[serde(rename = "datePublished", skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub description: &'a str,
    pub headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    #[serde(rename = "inLanguage")]
    pub language: &'static str,
    /// The periodical of an issue.
    #[serde(rename = "isPartOf", skip_serializing_if = "Option::is_none")]
    pub periodical: Option<Named<'a>>,
    #[serde(rename = "issueNumber", skip_serializing_if = "Option::is_none")]
    pub issue: Option<&'a str>,
    #[serde(rename = "mainEntityOfPage", skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Named<'a>>,
}

/// What takes place on a day.
#[derive(Debug, Serialize)]
pub(super) struct Event<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub description: &'a str,
    #[serde(rename = "endDate", skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// An address of schema.org, as the status.
    #[serde(rename = "eventAttendanceMode")]
    pub mode: &'static str,
    #[serde(rename = "eventStatus")]
    pub status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    #[serde(rename = "inLanguage")]
    pub language: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location<'a>>,
    pub name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organizer: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub performer: Vec<Named<'a>>,
    /// Its first day before it was moved.
    #[serde(rename = "previousStartDate", skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    #[serde(rename = "startDate", skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Where it takes place.
#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
pub(super) enum Location<'a> {
    Place { address: &'a str, name: &'a str },
    VirtualLocation { url: &'a str },
}

/// The site on its front page.
#[derive(Debug, Serialize)]
pub(super) struct WebSite<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    pub description: &'a str,
    #[serde(rename = "inLanguage")]
    pub language: &'static str,
    pub name: &'a str,
    #[serde(rename = "potentialAction", skip_serializing_if = "Option::is_none")]
    search: Option<SearchAction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Named<'a>>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
}

/// How the site is searched: the address of the page of results.
#[derive(Debug, Serialize)]
struct SearchAction {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "query-input")]
    input: &'static str,
    target: EntryPoint,
}

#[derive(Debug, Serialize)]
struct EntryPoint {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "urlTemplate")]
    template: String,
}

/// The way to a page.
#[derive(Debug, Serialize)]
pub(super) struct Breadcrumbs<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<Breadcrumb<'a>>,
}

#[derive(Debug, Serialize)]
struct Breadcrumb<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    item: String,
    name: &'a str,
    position: usize,
}

/// A person, an organisation, a periodical.
#[derive(Debug, Serialize)]
pub(super) struct Named<'a> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl<'a> Article<'a> {
    /// A page of that type, `Article` or `BlogPosting`, of which nothing else is known yet.
    pub(super) fn new(kind: &'static str, language: &'static str, headline: &'a str, description: &'a str) -> Article<'a> {
        Article {
            context: CONTEXT,
            kind,
            author: Vec::new(),
            published: None,
            description,
            headline,
            image: None,
            language,
            periodical: None,
            issue: None,
            page: None,
            publisher: None,
        }
    }
}

impl<'a> Event<'a> {
    /// An event at `location`, for which nothing is out of the ordinary.
    pub(super) fn new(language: &'static str, name: &'a str, description: &'a str, location: Option<Location<'a>>) -> Event<'a> {
        Event {
            context: CONTEXT,
            kind: "Event",
            description,
            end: None,
            mode: "https://schema.org/OfflineEventAttendanceMode",
            status: "https://schema.org/EventScheduled",
            image: None,
            language,
            location,
            name,
            organizer: None,
            performer: Vec::new(),
            previous: None,
            start: None,
            url: None,
        }
    }
}

impl<'a> WebSite<'a> {
    /// The site at the absolute `url`; empty if that is not known, and then nobody can be sent to its search.
    pub(super) fn new(
        language: &'static str,
        name: &'a str,
        description: &'a str,
        publisher: Option<Named<'a>>,
        url: String,
    ) -> WebSite<'a> {
        // The parameter is that of the form on the page of the search.
        let search = (!url.is_empty()).then(|| SearchAction {
            kind: "SearchAction",
            input: "required name=search_term_string",
            target: EntryPoint { kind: "EntryPoint", template: format!("{url}search/?q={{search_term_string}}") },
        });
        WebSite { context: CONTEXT, kind: "WebSite", description, language, name, search, publisher, url }
    }
}

impl<'a> Breadcrumbs<'a> {
    /// The steps: names with absolute addresses.
    pub(super) fn of(steps: impl Iterator<Item = (&'a str, String)>) -> Breadcrumbs<'a> {
        let items = steps.zip(1..).map(|((name, item), position)| Breadcrumb { kind: "ListItem", item, name, position });
        Breadcrumbs { context: CONTEXT, kind: "BreadcrumbList", items: items.collect() }
    }
}

/// JSON that may stand in a script element: `</script>` and `<!--` cannot occur in it.
pub(super) fn script(data: &impl Serialize) -> Markup {
    // No type of ours refuses to be written.
    let json = serde_json::to_string(data).unwrap_or_default();
    let mut special = memchr::memchr3_iter(b'<', b'>', b'&', json.as_bytes()).peekable();
    if special.peek().is_none() {
        return Markup(json);
    }
    let mut out = String::with_capacity(json.len() + 64);
    let mut last = 0;
    for at in special {
        out.push_str(&json[last..at]);
        out.push_str(match json.as_bytes()[at] {
            b'<' => "\\u003c",
            b'>' => "\\u003e",
            _ => "\\u0026",
        });
        last = at + 1;
    }
    out.push_str(&json[last..]);
    Markup(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_script() {
        let mut article = Article::new("Article", "ru", "</script>", "a & b");
        article.author = vec![Named { kind: "Person", name: "Е. Арба".into(), url: None }];
        assert_eq!(
            script(&article).0,
            "{\"@context\":\"https://schema.org\",\"@type\":\"Article\",\"author\":[{\"@type\":\"Person\",\"name\":\"Е. Арба\"}],\
             \"description\":\"a \\u0026 b\",\"headline\":\"\\u003c/script\\u003e\",\"inLanguage\":\"ru\"}"
        );
        let event = Event::new("en", "x", "", Some(Location::VirtualLocation { url: "https://example.org/" }));
        assert!(!script(&event).0.contains("null"), "{event:?}");
        assert!(script(&event).0.contains("\"location\":{\"@type\":\"VirtualLocation\",\"url\":\"https://example.org/\"},"), "{event:?}");
    }
}
