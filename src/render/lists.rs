//! Lists: sections, groups, the archive, the site map, and the small pages of the site itself.

use super::frame::About;
use super::theme::Markup;
use super::view::{self, CardGroup, Counted, Fact, Frame, Letter, Link, MonthCount, Pager, Plain, YearCount};
use super::{Made, Renderer};
use crate::kinds::Kind;
use crate::manifest::Page;
use crate::output::address;
use crate::site::{ArchiveYear, Dimension, EntryId, GroupId};
use crate::value::collation::letter;
use crate::value::date::{self, Case};
use crate::value::letter::capital;
use crate::value::person::surname_first;
use crate::value::url::is_web;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// How many coming events the page of a group names.
const NEXT: usize = 5;
/// A year of the archive with at most so many documents lists them; a fuller one only counts its months.
const YEAR_LISTS: usize = 60;

impl Renderer {
    /// The list of a kind.
    pub(super) fn section(&self, kind: Kind, page: Page) -> Made {
        let title = self.terms.many(kind);
        let base = format!("{}/", kind.folder());
        let intro = format!("kinds.{}.intro", kind.id());
        self.list(title, self.word(&intro), base, self.site.section(kind), page, Vec::new(), "list")
    }

    /// A month of the archive.
    pub(super) fn archive_month(&self, year: i16, month: i8, page: Page) -> Made {
        let empty = Vec::new();
        let entries = self.site.archive.years.get(&year).and_then(|y| y.months.get(&month)).unwrap_or(&empty);
        let trail = vec![
            Link::new(self.word("menu.archive"), address("archive/")),
            Link::new(year.to_string(), address(&format!("archive/{year}/"))),
        ];
        let title = capital(&date::month(year, month, self.language()));
        self.list(&title, "", format!("archive/{year}/{month:02}/"), entries, page, trail, "archive")
    }

    #[allow(clippy::too_many_arguments)]
    fn list(&self, title: &str, intro: &str, base: String, entries: &[EntryId], page: Page, trail: Vec<Link>, class: &'static str) -> Made {
        let size = self.site.config.paginate;
        let feed = format!("{base}feed.xml");
        let feed = if self.has.contains(&feed) { address(&feed) } else { String::new() };
        let about = About {
            title: self.page_title(title, page),
            description: intro.into(),
            address: page.address(&base),
            class,
            trail: self.page_trail(trail, title, &base, page),
            feed: Some(&feed).filter(|feed| !feed.is_empty()).map(|feed| Link::new(title, &**feed)),
            ..About::default()
        };
        let view = view::List {
            frame: self.frame(about),
            count: entries.len(),
            intro,
            cards_html: self.cards(&entries[page.range(entries.len(), size)]),
            pager: self.pager(page, entries.len(), &base),
            feed: feed.clone(),
            title,
        };
        self.theme.render("list.html", &view)
    }

    fn page_title<'a>(&self, title: &'a str, page: Page) -> Cow<'a, str> {
        match page {
            Page::Newest => title.into(),
            Page::Number(n) => format!("{title} — {} {n}", self.word("pager.page")).into(),
        }
    }

    fn page_trail<'a>(&self, mut trail: Vec<Link<'a>>, title: &'a str, base: &str, page: Page) -> Vec<Link<'a>> {
        if page != Page::Newest {
            trail.push(Link::new(title.to_owned(), address(base)));
        }
        trail
    }

    fn pager(&self, page: Page, len: usize, base: &str) -> Pager<'_> {
        let size = self.site.config.paginate;
        let link = |to: Option<Page>, word: &'static str| to.map(|to| Link::new(self.word(word), address(&to.address(base))));
        let words = match page {
            Page::Number(n) => format!("{} {n}", capital(self.word("pager.page"))),
            Page::Newest => String::new(),
        };
        Pager { newer: link(page.newer(len, size), "pager.newer"), older: link(page.older(len, size), "pager.older"), words }
    }

    /// The groups of one dimension.
    pub(super) fn group_index(&self, dimension: Dimension) -> Made {
        let title = self.terms.dimension(dimension);
        let about = About { title: title.into(), address: format!("{}/", dimension.folder()), class: "groups", ..About::default() };
        self.theme.render("groups.html", &view::GroupIndex { frame: self.frame(about), title, letters: self.letters(dimension) })
    }

    /// The groups of one dimension by their letters.
    pub(super) fn letters(&self, dimension: Dimension) -> Vec<Letter<'_>> {
        let mut letters: Vec<Letter<'_>> = Vec::new();
        for (index, group) in self.site.groups.of(dimension).iter().enumerate() {
            let id = GroupId { dimension, index: index as u32 };
            let name = if dimension == Dimension::People { surname_first(&group.name) } else { group.name.clone() };
            let own = letter(&name).map_or_else(String::new, String::from);
            if letters.last().is_none_or(|l| l.letter != own) {
                letters.push(Letter { letter: own, groups: Vec::new() });
            }
            let counted = Counted {
                title: self.set(&name).into_owned().into(),
                url: address(&self.site.groups.address(id)),
                count: group.members.len(),
            };
            if let Some(last) = letters.last_mut() {
                last.groups.push(counted);
            }
        }
        letters
    }

    /// The page of a group.
    pub(super) fn group(&self, id: GroupId, page: Page) -> Made {
        let group = self.site.groups.get(id);
        let base = self.site.groups.address(id);
        let size = self.site.config.paginate;
        let title = self.group_link(id).title;
        let dimension = self.terms.dimension(id.dimension);
        let (description, facts) = self.registered(id);
        let shown = &group.members[page.range(group.members.len(), size)];
        // Few things stand by kind; many stand by date, page after page.
        let sections = if group.members.len() < 2 * size {
            let of_kind = |kind: Kind| shown.iter().copied().filter(|m| self.site.entry(*m).document.kind == kind).collect::<Vec<_>>();
            let kinds = Kind::ALL.into_iter().map(|kind| (self.terms.many(kind), of_kind(kind))).filter(|(_, list)| !list.is_empty());
            kinds.map(|(title, list)| CardGroup { title: title.into(), cards_html: self.cards(&list) }).collect()
        } else {
            vec![CardGroup { title: self.word("groups.all").into(), cards_html: self.cards(shown) }]
        };
        let has = |name: &str| {
            let path = format!("{base}{name}");
            if self.has.contains(&path) { address(&path) } else { String::new() }
        };
        let (feed, calendar) = (has("feed.xml"), has("calendar.ics"));
        let next = if page == Page::Newest { self.next_of(id) } else { Markup::default() };
        let trail = vec![Link::new(dimension, address(&format!("{}/", id.dimension.folder())))];
        let about = About {
            title: self.page_title(&title, page),
            description: description.clone(),
            address: page.address(&base),
            class: "group",
            trail: self.page_trail(trail, &title, &base, page),
            feed: Some(&feed).filter(|feed| !feed.is_empty()).map(|feed| Link::new(&*title, &**feed)),
            ..About::default()
        };
        let view = view::Group {
            frame: self.frame(about),
            title: &title,
            dimension,
            description,
            facts,
            count: group.members.len(),
            next_html: next,
            sections,
            pager: self.pager(page, group.members.len(), &base),
            feed: feed.clone(),
            calendar,
            unserved: group.registered.is_some_and(|at| id.dimension == Dimension::Territories && self.site.coverage.is_unserved(at)),
            publisher: self.common.publisher(),
            contacts: self.site.config.settings.contacts.iter().map(|line| line.value.as_str()).collect(),
        };
        self.theme.render("group.html", &view)
    }

    /// The coming events of a group's own documents.
    fn next_of(&self, id: GroupId) -> Markup {
        let today = self.site.today;
        let group = self.site.groups.get(id);
        // What takes place at the base of a territory is for the territory.
        let at = group.registered.filter(|_| id.dimension == Dimension::Territories);
        let years = at.into_iter().flat_map(|at| self.site.coverage.years.values().map(move |of_year| &of_year[at]));
        let served: BTreeSet<EntryId> = years.flat_map(|reached| &reached.ahead).chain(&group.members).copied().collect();
        let mut coming: Vec<_> = served
            .iter()
            .filter(|m| self.site.entry(**m).document.kind == Kind::Workshop)
            .filter_map(|m| {
                let frame = self.site.entry(*m).timeframe.as_ref()?;
                frame.end.filter(|end| *end >= today)?;
                let event = self.site.calendar.event_of(*m)?;
                Some((frame.start, event))
            })
            .collect();
        coming.sort();
        self.lines(coming.into_iter().take(NEXT).map(|(_, event)| event))
    }

    /// What the registry knows of a group.
    fn registered<'a>(&'a self, id: GroupId) -> (Cow<'a, str>, Vec<Fact<'a>>) {
        let registries = &self.site.registries;
        let registry = match id.dimension {
            Dimension::Areas => &registries.areas,
            Dimension::Organisations => &registries.organisations,
            Dimension::Territories => &registries.territories,
            Dimension::People => &registries.people,
            Dimension::Competencies => &registries.competencies,
            _ => return (Cow::Borrowed(""), Vec::new()),
        };
        let Some(entry) = self.site.groups.get(id).registered.and_then(|at| registry.entries.get(at)).map(|n| &n.entry) else {
            return (Cow::Borrowed(""), Vec::new());
        };
        let mut facts = Vec::new();
        let mut add = |label: &'static str, values: Vec<Link<'a>>| {
            if !values.is_empty() {
                facts.push(Fact { label: self.word(label), values });
            }
        };
        let plain = |text: &'a crate::record::Text| Link::new(self.set(&text.value), "");
        let group = |dimension: Dimension, registry: &'a crate::site::names::Registry, text: &'a crate::record::Text| {
            let at = registry.find(&text.value);
            let found = at.and_then(|at| self.site.groups.of(dimension).iter().position(|g| g.registered == Some(at)));
            let title = at.map_or(text.value.as_str(), |at| &registry.entries[at].name);
            let url =
                found.map_or_else(String::new, |index| address(&self.site.groups.address(GroupId { dimension, index: index as u32 })));
            Link::new(self.set(title), url)
        };
        add("facts.post", entry.post.iter().map(plain).collect());
        add(
            "facts.organisation",
            entry.organisation.iter().map(|t| group(Dimension::Organisations, &registries.organisations, t)).collect(),
        );
        add("facts.kind", entry.kind.iter().map(plain).collect());
        add("facts.address", entry.address.iter().map(plain).collect());
        add("facts.territory", entry.territory.iter().map(|t| group(Dimension::Territories, &registries.territories, t)).collect());
        add("facts.serves", entry.territories.iter().map(|t| group(Dimension::Territories, &registries.territories, t)).collect());
        add("facts.base_for", entry.base_for.iter().map(|t| group(Dimension::Areas, &registries.areas, t)).collect());
        if let (Dimension::Territories, Some(at)) = (id.dimension, self.site.groups.get(id).registered) {
            let bases = &self.site.coverage.bases[at];
            let organisations = &registries.organisations;
            add("facts.served_by", bases.iter().map(|base| self.registered_link(Dimension::Organisations, organisations, *base)).collect());
            let entries = || bases.iter().map(|base| &organisations.entries[*base].entry);
            add("facts.address", entries().filter_map(|base| base.address.as_ref()).map(plain).collect());
            let sites = entries().filter_map(|base| base.url.as_ref()).filter(|url| is_web(&url.value));
            add("facts.site", sites.map(|url| Link::new(url.value.to_string(), url.value.to_string())).collect());
        }
        add("facts.part_of", entry.part_of.iter().map(plain).collect());
        let site = entry.url.iter().filter(|u| is_web(&u.value));
        add("facts.site", site.map(|u| Link::new(u.value.to_string(), u.value.to_string())).collect());
        (entry.description.as_ref().map_or(Cow::Borrowed(""), |d| self.set(&d.value)), facts)
    }

    /// The way into the archive: years with their histograms.
    pub(super) fn archive_index(&self) -> Made {
        let years = self.site.archive.years.iter().rev().map(|(year, of_year)| self.year_count(*year, of_year)).collect();
        let title = self.word("archive.title");
        let about = About {
            title: title.into(),
            description: self.word("archive.intro").into(),
            address: "archive/".into(),
            class: "archive",
            ..About::default()
        };
        self.theme.render("archive.html", &view::Years { frame: self.frame(about), title, years, next_html: Markup::default() })
    }

    fn year_count(&self, year: i16, of_year: &ArchiveYear) -> YearCount {
        let counts = of_year.counts();
        let most = counts.iter().copied().max().unwrap_or(0).max(1);
        let months = counts.iter().enumerate().map(|(n, count)| MonthCount {
            name: date::month_name(n as i8 + 1, Case::Nominative, self.language()),
            short: date::month_name(n as i8 + 1, Case::Short, self.language()),
            url: if *count > 0 { address(&format!("archive/{year}/{:02}/", n + 1)) } else { String::new() },
            count: *count,
            percent: count * 100 / most,
        });
        YearCount { year, url: address(&format!("archive/{year}/")), count: of_year.total(), months: months.collect() }
    }

    /// A year of the archive.
    pub(super) fn archive_year(&self, year: i16) -> Made {
        let nothing = ArchiveYear::default();
        let of_year = self.site.archive.years.get(&year).unwrap_or(&nothing);
        let mut months = Vec::new();
        if of_year.total() <= YEAR_LISTS {
            for (month, entries) in of_year.months.iter().rev() {
                months.push(CardGroup {
                    title: capital(date::month_name(*month, Case::Nominative, self.language())).into(),
                    cards_html: self.cards(entries),
                });
            }
        }
        let near = |y: Option<&i16>| y.map(|y| Link::new(y.to_string(), address(&format!("archive/{y}/"))));
        let about = About {
            title: format!("{} {year}", self.word("archive.title")).into(),
            address: format!("archive/{year}/"),
            class: "archive",
            trail: vec![Link::new(self.word("menu.archive"), address("archive/"))],
            ..About::default()
        };
        let years = &self.site.archive.years;
        let view = view::ArchiveYear {
            frame: self.frame(about),
            year: self.year_count(year, of_year),
            months,
            previous: near(years.range(..year).next_back().map(|(y, _)| y)),
            next: near(years.range(year + 1..).next().map(|(y, _)| y)),
        };
        self.theme.render("archive-year.html", &view)
    }

    /// The site map.
    pub(super) fn site_map(&self) -> Made {
        let about = About { title: self.word("sitemap.title").into(), address: "sitemap/".into(), class: "sitemap", ..About::default() };
        let years = self.site.calendar.years.keys().rev().map(|year| Link::new(year.to_string(), address(&format!("calendar/{year}/"))));
        let view = view::Sitemap {
            frame: self.frame(about),
            sections: self.counted_sections(),
            groups: self.counted_groups(),
            pages: self.site.section(Kind::Page).iter().map(|id| self.entry_link(*id)).collect(),
            years: years.collect(),
            feeds: vec![
                Link::new("Atom", address("feed.xml")),
                Link::new("JSON Feed", address("feed.json")),
                Link::new(self.word("footer.ics"), address("calendar.ics")),
            ],
        };
        self.theme.render("sitemap.html", &view)
    }

    /// The statement on accessibility.
    pub(super) fn accessibility(&self) -> Made {
        let about = About {
            title: self.word("accessibility.title").into(),
            address: "accessibility/".into(),
            class: "about-site",
            ..About::default()
        };
        self.theme.render("accessibility.html", &self.plain(self.frame(about)))
    }

    /// What a host shows for an address that is not there.
    pub(super) fn not_found(&self) -> Made {
        let about = About {
            title: self.word("not_found.title").into(),
            address: "404.html".into(),
            class: "about-site",
            noindex: true,
            ..About::default()
        };
        let mut frame = self.frame(about);
        frame.canonical = String::new();
        self.theme.render("404.html", &self.plain(frame))
    }

    fn plain<'a>(&'a self, frame: Frame<'a>) -> Plain<'a> {
        Plain { frame, footer: self.footer_view(), as_of: date::day(self.site.today, self.language()) }
    }

    /// A page that leads to where a document is now.
    pub(super) fn redirect(&self, to: &str, entry: Option<EntryId>) -> Made {
        let title = entry.map_or("", |id| self.title(id));
        let view = view::Redirect { language: self.language().tag(), title, url: address(to), canonical: self.absolute(to) };
        self.theme.render("redirect.html", &view)
    }
}
