//! What surrounds every page: head, menu, breadcrumbs, footer.

use super::jsonld::{self, Breadcrumbs};
use super::pieces::Piece;
use super::theme::Markup;
use super::view::{DateWords, Footer, Frame, Header, Link, MenuLink};
use super::{Renderer, Theme};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Problem};
use crate::kinds::{Details, Kind};
use crate::output::address;
use crate::record::{Text, nearest};
use crate::site::{Entry, EntryId, Site};
use crate::source::Span;
use crate::value::date::{self, Date};
use crate::value::url::{is_web, place_of_site, scheme};
use std::borrow::Cow;

/// The parts of a frame that are the same on every page.
#[derive(Debug)]
pub(super) struct Common {
    menu: Vec<(String, String)>,
    publisher: Link<'static>,
    pages: Vec<Link<'static>>,
    roles: String,
    /// The day of the newest document.
    newest: Option<Date>,
}

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct About<'a> {
    pub title: Cow<'a, str>,
    pub description: Cow<'a, str>,
    /// From the root, without slots.
    pub address: String,
    pub class: &'static str,
    /// The way here, without the front page and this page.
    pub trail: Vec<Link<'a>>,
    pub jsonld: Vec<Markup>,
    /// The document whose picture stands for the page; else it is that of the site.
    pub picture_of: Option<EntryId>,
    /// Tags for reference managers.
    pub meta: Markup,
    pub article: bool,
    pub noindex: bool,
    /// The feed of this page alone.
    pub feed: Option<Link<'a>>,
    pub changed: Option<Date>,
}

impl Common {
    pub(super) fn of(site: &Site, theme: &Theme) -> Common {
        let settings = &site.config.settings;
        let word = |key: &str| theme.words.get(key).to_owned();
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
                let url = entry.url.as_ref().filter(|url| leads_somewhere(&url.value))?.value.trim();
                let file = format!("content/{}", url.trim_start_matches("content/").trim_start_matches('/'));
                let document = site.entries.iter().find(|e| *e.document.path == *file);
                let path = match document {
                    Some(entry) => entry.address.clone(),
                    None if is_web(url) => url.to_owned(),
                    None => place_of_site(url),
                };
                let title = entry.title.as_ref().map(|t| t.value.to_string()).or_else(|| document.map(|e| e.document.title().to_owned()));
                Some((title.unwrap_or_else(|| path.clone()), path))
            });
            entries.collect()
        };
        let publisher = settings.organisation.as_ref().map_or_else(Link::default, |written| {
            let found = site.registries.organisations.find(&written.value);
            let title = found.map_or_else(|| written.value.to_string(), |at| site.registries.organisations.entries[at].name.clone());
            let group = site
                .groups
                .iter()
                .find(|(id, g)| id.dimension == crate::site::Dimension::Organisations && found.is_some() && g.registered == found);
            Link::new(title, group.map_or_else(String::new, |(id, _)| address(&site.groups.address(id))))
        });
        let mut pages: Vec<&Entry> = site.section(Kind::Page).iter().map(|id| site.entry(*id)).filter(|entry| is_topmost(entry)).collect();
        pages.sort_by_key(|entry| place_of(entry));
        let pages = pages.iter().map(|entry| Link::new(entry.document.title().to_owned(), address(&entry.address)));
        let roles = settings.roles.0.iter().filter(|(name, value)| theme.roles.contains_key(*name) && is_value(&value.value));
        let roles = roles.map(|(name, value)| format!("--{name}:{};", value.value)).collect();
        let newest = site.entries.iter().filter_map(|entry| entry.date).filter(|day| *day <= site.today).max();
        Common { menu, publisher, pages: pages.collect(), roles, newest }
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

    /// Who publishes the site, with the page of the organisation if it has one; the title is empty if the settings do not say.
    pub(super) fn publisher(&self) -> &Link<'static> {
        &self.publisher
    }
}

/// Whether a page lies right in `pages/`. What lies deeper (a manual of many pages) is reached from there and would fill the footer.
fn is_topmost(entry: &Entry) -> bool {
    let path = entry.document.path.trim_start_matches("content/pages/");
    !["/index.md", "/index.yaml", "/index.yml"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path).contains('/')
}

/// The place that a page says it has among pages; those that say nothing come last.
fn place_of(entry: &Entry) -> u32 {
    match &entry.document.details {
        Details::Page(page) => page.order.unwrap_or(u32::MAX),
        _ => u32::MAX,
    }
}

/// What is wrong with the menu and the colours of the settings.
pub fn faults(config: &Config, theme: &Theme) -> Vec<Diagnostic> {
    let at = |text: &Text| Span::new(&"content/site.yaml".into(), text.span);
    let links = config.settings.menu.iter().filter_map(|entry| entry.url.as_ref()).filter(|url| !leads_somewhere(&url.value));
    let links = links.map(|url| Diagnostic::new(Problem::UnsafeLink { target: url.value.to_string() }, at(url)));
    let examples = || ["#0b5563", "rgb(11 85 99)", "1.5rem"].map(str::to_owned).to_vec();
    let roles = config.settings.roles.0.iter().filter_map(|(name, text)| match theme.roles.contains_key(name) {
        true if is_value(&text.value) => None,
        true => Some(Diagnostic::new(Problem::UnknownValue { text: text.value.to_string(), nearest: None, allowed: examples() }, at(text))),
        false => Some(unknown_role(name, at(text), theme)),
    });
    links.chain(roles).collect()
}

fn unknown_role(name: &str, span: Span, theme: &Theme) -> Diagnostic {
    let near = nearest(name, theme.roles.keys().map(String::as_str)).map(str::to_owned);
    Diagnostic::new(Problem::UnknownKey { key: name.to_owned(), nearest: near, elsewhere: None }, span)
}

/// Whether an address of the menu is one of the web or a place of the site.
fn leads_somewhere(url: &str) -> bool {
    scheme(url).is_none() || is_web(url.trim())
}

/// Whether `value` is a colour, a length or another plain value of CSS: it can neither end its declaration nor fetch anything.
pub(super) fn is_value(value: &str) -> bool {
    const FUNCTIONS: [&str; 15] =
        ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "calc", "min", "max", "clamp"];
    let mut open = 0i32;
    let plain = value.char_indices().all(|(at, c)| match c {
        '(' => {
            open += 1;
            let name = value[..at].rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next().unwrap_or_default();
            name.is_empty() || FUNCTIONS.contains(&&*name.to_lowercase())
        }
        ')' => {
            open -= 1;
            open >= 0
        }
        c => c.is_ascii_alphanumeric() || " #.,%+-*/".contains(c),
    });
    plain && open == 0 && !value.trim().is_empty() && !value.contains("/*")
}

impl Renderer {
    /// The frame of a page.
    pub(super) fn frame<'a>(&'a self, about: About<'a>) -> Frame<'a> {
        let config = &self.site.config;
        let settings = &config.settings;
        let home = self.word("menu.home");
        let mut breadcrumbs = Vec::new();
        if !about.address.is_empty() {
            breadcrumbs.push(Link::new(home, address("")));
            breadcrumbs.extend(about.trail);
        }
        let canonical = self.absolute(&about.address);
        let place = if canonical.is_empty() { format!("/{}", about.address) } else { canonical.clone() };
        // What says nothing of itself says of which site it is.
        let description = match (about.description.is_empty(), config.description.as_str()) {
            (true, "") => Cow::Borrowed(config.title.as_str()),
            (true, site) if about.title.is_empty() => Cow::Borrowed(site),
            (true, site) => Cow::Owned(format!("{}. {site}", about.title)),
            (false, _) => about.description,
        };
        let mut jsonld = about.jsonld;
        if breadcrumbs.len() > 1 && config.base_url.is_some() {
            let above = breadcrumbs.iter().map(|step| (&*step.title, self.absolute_text(&step.url)));
            jsonld.push(jsonld::script(&Breadcrumbs::of(above.chain([(&*about.title, canonical.clone())]))));
        }
        let mut feeds = Vec::new();
        if settings.feeds.0 {
            feeds.push(Link::new(config.title.clone(), address("feed.xml")));
            feeds.extend(about.feed);
        }
        Frame {
            language: self.language().tag(),
            locale: self.language().locale(),
            site_title: &config.title,
            site_description: &config.description,
            title: about.title,
            description,
            canonical,
            image: self.link_picture(about.picture_of),
            address: place,
            as_of: about.changed.or(self.common.newest).map_or_else(String::new, |day| date::day(day, self.language())),
            og_type: if about.article { "article" } else { "website" },
            noindex: about.noindex,
            class: about.class,
            meta_html: about.meta,
            jsonld_html: jsonld,
            breadcrumbs,
            feeds,
            header_html: Piece::Header(self.common.header_of(&about.address)).slot(),
            footer_html: Piece::Footer.slot(),
            licence: text(&settings.licence),
            age_mark: text(&settings.age_mark),
            changed: about.changed.map(|day| self.date_words(day)),
            roles: Markup(self.common.roles.clone()),
            panel: settings.accessibility_panel.0,
        }
    }

    /// The header with the number `n`, see [`Common::header_of`].
    pub(super) fn header(&self, n: usize) -> Header<'_> {
        let menu = self.common.menu.iter().enumerate().map(|(at, (title, path))| MenuLink {
            title: title.clone(),
            url: if is_web(path) { path.clone() } else { address(path) },
            current: n == at + 2,
        });
        let config = &self.site.config;
        Header {
            site_title: &config.title,
            site_description: &config.description,
            home: n == 0,
            menu: menu.collect(),
            panel: config.settings.accessibility_panel.0,
        }
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
}

fn text(text: &Option<Text>) -> &str {
    text.as_ref().map_or("", |text| &text.value)
}
