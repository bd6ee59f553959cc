//! What surrounds every page: head, menu, breadcrumbs, footer.

use super::pieces::Piece;
use super::view::{DateWords, Footer, Frame, Header, Link, MenuLink};
use super::{Renderer, Theme};
use crate::kinds::Kind;
use crate::output::address;
use crate::record::Text;
use crate::site::Site;
use crate::value::date::{self, Date};
use serde_json::json;

/// The parts of a frame that are the same on every page.
#[derive(Debug)]
pub(super) struct Common {
    menu: Vec<(String, String)>,
    publisher: Link,
    pages: Vec<Link>,
    roles: String,
}

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct About {
    pub title: String,
    pub description: String,
    /// From the root, without slots.
    pub address: String,
    pub class: &'static str,
    /// The way here, without the front page and this page.
    pub trail: Vec<Link>,
    pub jsonld: Vec<serde_json::Value>,
    pub image: String,
    pub article: bool,
    pub noindex: bool,
    /// Feeds of this page alone: title and output path.
    pub feeds: Vec<(String, String)>,
    pub changed: Option<Date>,
}

impl Common {
    pub(super) fn of(site: &Site, theme: &Theme) -> Common {
        let settings = &site.config.settings;
        let word = |key: &str| theme.words.get(key);
        let menu = if settings.menu.is_empty() {
            let mut menu = vec![(word("menu.calendar"), "calendar/".to_owned())];
            let kinds = [Kind::Plan, Kind::Workshop, Kind::Practice, Kind::Newsletter, Kind::Document];
            menu.extend(
                kinds
                    .iter()
                    .filter(|k| !site.section(**k).is_empty())
                    .map(|k| (word(&format!("kinds.{}.many", k.id())), format!("{}/", k.folder()))),
            );
            menu.push((word("menu.archive"), "archive/".to_owned()));
            menu
        } else {
            let entries = settings.menu.iter().filter_map(|entry| {
                let url = entry.url.as_ref()?.value.trim();
                let file = format!("content/{}", url.trim_start_matches("content/").trim_start_matches('/'));
                let document = site.entries.iter().find(|e| *e.document.path == *file);
                let path = document.map_or_else(|| url.trim_start_matches('/').to_owned(), |e| e.address.clone());
                let title = entry.title.as_ref().map(|t| t.value.clone()).or_else(|| document.map(|e| e.document.title().to_owned()));
                Some((title.unwrap_or_else(|| path.clone()), path))
            });
            entries.collect()
        };
        let publisher = settings.organisation.as_ref().map_or_else(Link::default, |written| {
            let found = site.registries.organisations.find(&written.value);
            let title = found.map_or_else(|| written.value.clone(), |at| site.registries.organisations.entries[at].name.clone());
            let group = site
                .groups
                .iter()
                .find(|(id, g)| id.dimension == crate::site::Dimension::Organisations && found.is_some() && g.registered == found);
            Link { title, url: group.map_or_else(String::new, |(id, _)| address(&site.groups.address(id))) }
        });
        let pages = site.section(Kind::Page).iter().map(|id| {
            let entry = site.entry(*id);
            Link { title: entry.document.title().to_owned(), url: address(&entry.address) }
        });
        let roles = settings.roles.0.iter().filter(|(name, value)| theme.roles.contains_key(*name) && is_plain(&value.value));
        let roles = roles.map(|(name, value)| format!("--{name}:{};", value.value)).collect();
        Common { menu, publisher, pages: pages.collect(), roles }
    }
}

impl Common {
    /// How many headers there are: of the front page, of pages outside the menu, of each entry of the menu.
    pub(super) fn headers(&self) -> usize {
        self.menu.len() + 2
    }

    /// The number of the header of the page `address`: that of the front page, else of the entry of the menu that it is or stands below.
    fn header_of(&self, address: &str) -> usize {
        if address.is_empty() {
            return 0;
        }
        let above = self.menu.iter().enumerate().filter(|(_, (_, path))| !path.is_empty() && address.starts_with(path.as_str()));
        above.max_by_key(|(_, (_, path))| path.len()).map_or(1, |(at, _)| at + 2)
    }

    /// Who publishes the site; empty if the settings do not say.
    pub(super) fn publisher_name(&self) -> &str {
        &self.publisher.title
    }
}

/// A value of a custom property that cannot end its declaration.
fn is_plain(value: &str) -> bool {
    !value.contains([';', '{', '}', '<', '>', '"', '\\'])
}

impl Renderer {
    /// The frame of a page.
    pub(super) fn frame(&self, about: About) -> Frame<'_> {
        let config = &self.site.config;
        let settings = &config.settings;
        let home = self.word("menu.home");
        let mut breadcrumbs = Vec::new();
        if !about.address.is_empty() {
            breadcrumbs.push(Link { title: home, url: address("") });
            breadcrumbs.extend(about.trail);
        }
        let mut jsonld = about.jsonld;
        if breadcrumbs.len() > 1 && config.base_url.is_some() {
            jsonld.push(self.breadcrumb_list(&breadcrumbs, &about.title, &about.address));
        }
        let mut feeds: Vec<Link> = Vec::new();
        if settings.feeds.0 {
            feeds.push(Link { title: config.title.clone(), url: address("feed.xml") });
            feeds.extend(about.feeds.into_iter().map(|(title, path)| Link { title, url: address(&path) }));
        }
        Frame {
            language: self.language().tag(),
            locale: self.language().locale(),
            site_title: &config.title,
            site_description: &config.description,
            title: about.title,
            description: about.description,
            canonical: self.absolute(&about.address),
            image: about.image,
            og_type: if about.article { "article" } else { "website" },
            noindex: about.noindex,
            class: about.class,
            jsonld_html: jsonld.iter().map(script_json).collect(),
            breadcrumbs,
            feeds,
            header_html: Piece::Header(self.common.header_of(&about.address)).slot(),
            footer_html: Piece::Footer.slot(),
            licence: text(&settings.licence),
            age_mark: text(&settings.age_mark),
            changed: about.changed.map(|day| self.date_words(day)),
            roles: &self.common.roles,
        }
    }

    /// The header with the number `n`, see [`Common::header_of`].
    pub(super) fn header(&self, n: usize) -> Header<'_> {
        let menu = self.common.menu.iter().enumerate().map(|(at, (title, path))| MenuLink {
            title: title.clone(),
            url: if path.contains("://") { path.clone() } else { address(path) },
            current: n == at + 2,
        });
        let config = &self.site.config;
        Header { site_title: &config.title, site_description: &config.description, home: n == 0, menu: menu.collect() }
    }

    pub(super) fn footer_view(&self) -> Footer<'_> {
        let settings = &self.site.config.settings;
        Footer {
            publisher: &self.common.publisher,
            contacts: settings.contacts.iter().map(|t| t.value.as_str()).collect(),
            has_feeds: settings.feeds.0,
            pages: &self.common.pages,
        }
    }

    /// A day in words.
    pub(super) fn date_words(&self, day: Date) -> DateWords {
        DateWords { iso: day.to_string(), words: date::day(day, self.language()), aloud: String::new() }
    }

    fn breadcrumb_list(&self, trail: &[Link], title: &str, own: &str) -> serde_json::Value {
        let mut items: Vec<serde_json::Value> = trail
            .iter()
            .enumerate()
            .map(|(n, link)| json!({"@type": "ListItem", "position": n + 1, "name": link.title, "item": self.absolute_text(&link.url)}))
            .collect();
        items.push(json!({"@type": "ListItem", "position": trail.len() + 1, "name": title, "item": self.absolute(own)}));
        json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})
    }
}

fn text(text: &Option<Text>) -> &str {
    text.as_ref().map_or("", |text| &text.value)
}

/// JSON that may stand in a script element: `</script>` and `<!--` cannot occur in it.
fn script_json(value: &serde_json::Value) -> String {
    let json = value.to_string();
    let mut out = String::with_capacity(json.len());
    let mut last = 0;
    for at in memchr::memchr3_iter(b'<', b'>', b'&', json.as_bytes()) {
        out.push_str(&json[last..at]);
        out.push_str(match json.as_bytes()[at] {
            b'<' => "\\u003c",
            b'>' => "\\u003e",
            _ => "\\u0026",
        });
        last = at + 1;
    }
    out.push_str(&json[last..]);
    out
}
