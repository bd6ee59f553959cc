//! Feeds, calendars for other programs, the machine's site map.

use super::{Bodies, Fault, Renderer};
use crate::format::ics::{self, Header, When, Zone};
use crate::format::media::media_type;
use crate::format::{Author, Enclosure, Entry as FeedEntry, Feed, atom, json_feed, sitemap};
use crate::manifest::Scope;
use crate::site::calendar::{days_in_grid, leaves};
use crate::site::{EntryId, Event, EventId, EventSource, RowStatus};
use crate::value::date::{Date, Time, utc_offset};
use crate::value::timeframe::Kind as FrameKind;
use std::io::{self, Write};

/// How many entries a feed holds.
const ENTRIES: usize = 20;

impl Renderer {
    /// An Atom feed.
    pub(super) fn atom(&self, scope: Scope, path: &str, bodies: Bodies) -> Result<Vec<u8>, Fault> {
        let (feed, newest) = self.feed(scope, path);
        // The feed of the whole site has whole texts; an entry of the others is the same in each of the dozen in which it stands.
        Ok(match scope {
            Scope::All => {
                let entries = newest.iter().map(|id| Ok(atom::entry(&self.whole_entry(*id, bodies)?)));
                atom::atom(&feed, entries.collect::<Result<Vec<_>, Fault>>()?.iter())
            }
            _ => {
                let shared = self.shared();
                let entry = |id: EntryId| atom::entry(&self.feed_entry(id)).into();
                atom::atom(&feed, newest.iter().map(|id| shared.atom_entries[id.index()].get_or_init(|| entry(*id))))
            }
        })
    }

    /// The site's feed as JSON.
    pub(super) fn json_feed(&self, bodies: Bodies) -> Result<String, Fault> {
        let (feed, newest) = self.feed(Scope::All, "feed.json");
        let entries: Vec<FeedEntry> = newest.iter().map(|id| self.whole_entry(*id, bodies)).collect::<Result<_, Fault>>()?;
        Ok(json_feed::json_feed(&feed, &entries))
    }

    /// What stands in a feed.
    pub(super) fn in_feed(&self, scope: Scope) -> Vec<EntryId> {
        let site = &self.site;
        let entries: &[EntryId] = match scope {
            Scope::All | Scope::Upcoming => &site.newest,
            Scope::Section(kind) => site.section(kind),
            Scope::Group(id) => &site.groups.get(id).members,
        };
        // What is dated ahead (a workshop announced) is news too; what has no date is none.
        entries.iter().copied().filter(|id| site.entry(*id).date.is_some()).take(ENTRIES).collect()
    }

    /// The head of a feed, and what stands in it.
    fn feed(&self, scope: Scope, path: &str) -> (Feed, Vec<EntryId>) {
        let site = &self.site;
        let (title, home): (String, String) = match scope {
            Scope::All | Scope::Upcoming => (site.config.title.clone(), String::new()),
            Scope::Section(kind) => (format!("{}: {}", site.config.title, self.terms.many(kind)), format!("{}/", kind.folder())),
            Scope::Group(id) => {
                let group = site.groups.get(id);
                (format!("{}: {}", site.config.title, group.name), site.groups.address(id))
            }
        };
        let newest = self.in_feed(scope);
        let updated = newest.iter().filter_map(|id| site.entry(*id).date).max().unwrap_or(site.today);
        let url = self.feed_url(path);
        let feed = Feed {
            id: url.clone(),
            title,
            subtitle: Some(site.config.description.clone()).filter(|d| !d.is_empty()),
            home_url: self.feed_url(&home),
            feed_url: url,
            updated: self.midnight(updated),
            language: self.language().tag().into(),
            authors: Some(&*self.common.publisher().title)
                .filter(|n| !n.is_empty())
                .map(|name| Author { name: name.into(), url: None })
                .into_iter()
                .collect(),
            icon: None,
            rights: site.config.settings.licence.as_ref().map(|l| l.value.to_string()),
            generator: ("metodika".into(), env!("CARGO_PKG_VERSION").into()),
        };
        (feed, newest)
    }

    fn whole_entry(&self, id: EntryId, bodies: Bodies) -> Result<FeedEntry, Fault> {
        let text = self.body(id, bodies)?;
        let sections = self.parts("parts/feed-section.html", "\n", &self.issue_sections(id))?;
        let body = Some(self.absolute_text(&format!("{}{}", &*text, sections.0))).filter(|body| !body.is_empty());
        Ok(FeedEntry { content_html: body, ..self.feed_entry(id) })
    }

    fn feed_entry(&self, id: EntryId) -> FeedEntry {
        let entry = self.site.entry(id);
        let common = &entry.document.common;
        let url = self.feed_url(&entry.address);
        let day = self.midnight(entry.date.unwrap_or(self.site.today));
        FeedEntry {
            id: url.clone(),
            url,
            title: self.title(id).to_owned(),
            updated: day.clone(),
            published: Some(day),
            summary: Some(self.summary(id).to_owned()).filter(|s| !s.is_empty()),
            content_html: None,
            authors: self.site.person_names(&common.authors).map(|name| Author { name: name.into_owned(), url: None }).collect(),
            categories: entry
                .groups
                .iter()
                .filter(|g| g.dimension == crate::site::Dimension::Areas)
                .map(|g| self.site.groups.get(*g).name.clone())
                .collect(),
            image: entry.cover.as_ref().map(|c| self.absolute_text(&c.url)),
            enclosures: entry
                .attachments
                .iter()
                .filter(|f| f.len.is_some())
                .map(|f| Enclosure {
                    url: self.absolute_text(&f.url),
                    media_type: media_type(&f.url).split(';').next().unwrap_or_default().into(),
                    title: Some(f.title.clone()),
                    length: f.len,
                })
                .collect(),
        }
    }

    /// A feed's addresses are absolute; a site that does not know its own gives those of its root.
    fn feed_url(&self, path: &str) -> String {
        let base = self.site.config.base_url.as_deref().unwrap_or("/");
        format!("{base}{path}")
    }

    fn midnight(&self, day: Date) -> String {
        let midnight = Time { hour: 0, minute: 0 };
        format!("{day}T00:00:00{}", utc_offset(&self.site.config.timezone, day, midnight))
    }

    /// A calendar for other programs.
    pub(super) fn calendar_file(&self, scope: Scope, out: &mut dyn Write) -> io::Result<()> {
        let site = &self.site;
        let calendar = &site.calendar;
        let all = 0..calendar.events.len() as EventId;
        let (name, ids): (String, Vec<EventId>) = match scope {
            Scope::All | Scope::Section(_) => (site.config.title.clone(), all.collect()),
            Scope::Upcoming => {
                let open = |id: &EventId| calendar.event(*id).timeframe.end.is_some_and(|end| end >= site.today);
                (format!("{}: {}", site.config.title, self.word("calendar.coming")), all.filter(open).collect())
            }
            Scope::Group(id) => {
                let group = site.groups.get(id);
                let ids = group.members.iter().flat_map(|member| calendar.events_of(*member)).collect();
                (format!("{}: {}", site.config.title, group.name), ids)
            }
        };
        self.calendar_text(name, &ids, out)
    }

    /// The file of one workshop.
    pub(super) fn event_file(&self, id: EntryId, out: &mut dyn Write) -> io::Result<()> {
        let ids: Vec<EventId> = self.site.calendar.events_of(id).collect();
        self.calendar_text(self.title(id).to_owned(), &ids, out)
    }

    fn calendar_text(&self, name: String, ids: &[EventId], out: &mut dyn Write) -> io::Result<()> {
        let timed = ids.iter().map(|id| &self.site.calendar.event(*id).timeframe).filter(|f| f.time.is_some());
        let (first, last) = timed.fold((None, None), |(first, last): (Option<Date>, Option<Date>), frame| {
            (first.into_iter().chain(frame.start).min(), last.into_iter().chain(frame.end).max())
        });
        let zone = Zone::named(&self.site.config.timezone);
        let header = Header {
            name,
            description: None,
            prodid: format!("-//metodika//metodika {}//{}", env!("CARGO_PKG_VERSION"), self.language().tag().to_uppercase()),
            url: None,
            timezone: zone.zip(first.zip(last)).map(|(zone, (first, last))| (zone, first, last)),
        };
        out.write_all(ics::head(&header).as_bytes())?;
        let shared = self.shared();
        for id in ids {
            out.write_all(shared.ics[*id as usize].get_or_init(|| self.event_text(*id).into()).as_bytes())?;
        }
        out.write_all(ics::FOOT.as_bytes())
    }

    /// The VEVENTs of an event: one for each day or span that it has. Windows and what lasts have none: a month is no appointment.
    fn event_text(&self, id: EventId) -> String {
        let event = self.site.calendar.event(id);
        let mut out = String::new();
        for (n, (when, rrule)) in self.whens(event).into_iter().enumerate() {
            let mut single = self.ics_event(event, when, rrule);
            if n > 0 {
                single.uid = format!("{}-{}", n + 1, single.uid);
            }
            out.push_str(&ics::event(&single));
        }
        out
    }

    fn whens(&self, event: &Event) -> Vec<(When, Option<String>)> {
        let zone = self.site.config.timezone.as_str();
        let mut out = Vec::new();
        for frame in leaves(&event.timeframe) {
            let (Some(start), Some(end)) = (frame.start, frame.end) else { continue };
            match (frame.kind, frame.time) {
                (FrameKind::Exact, Some(hours)) => {
                    out.extend(When::each_day(start, end, hours, Some(zone)).take(60).map(|when| (when, None)))
                }
                (FrameKind::Exact, None) => out.push((When::Days(start, end), None)),
                (FrameKind::Deadline, _) => out.push((When::Days(end, end), None)),
                (FrameKind::Recurring, hours) => {
                    let rule = frame.recurrence.as_ref().and_then(|r| r.rrule.clone());
                    let Some((first, rule)) = days_in_grid(frame).first().copied().zip(rule) else { continue };
                    // UNTIL has the type of DTSTART (RFC 5545 §3.3.10): a date, or a time in UTC.
                    let until = format!("{}{:02}{:02}", end.year(), end.month(), end.day());
                    match hours {
                        Some(hours) => out.push((
                            When::Hours { day: first, hours, zone: Some(zone.into()) },
                            Some(format!("{rule};UNTIL={until}T235959Z")),
                        )),
                        None => out.push((When::Days(first, first), Some(format!("{rule};UNTIL={until}")))),
                    }
                }
                _ => {}
            }
        }
        out
    }

    fn ics_event(&self, event: &Event, when: When, rrule: Option<String>) -> ics::Event {
        let entry = event.entry.map(|id| self.site.entry(id));
        let (form, place) = self.form_and_place(event);
        let changed = entry.and_then(|e| e.date).or(event.timeframe.start);
        let base = self.site.config.base_url.as_deref();
        let host =
            base.and_then(|b| b.split_once("://")).map_or("metodika", |(_, rest)| rest.split(['/', ':']).next().unwrap_or("metodika"));
        let title = self.site.event_title(event);
        let summary = match event.source {
            EventSource::Registration => format!("{}: {}", self.word("source.registration"), title),
            _ if event.timeframe.kind == FrameKind::Deadline => format!("{}: {}", self.word("event.deadline"), title),
            _ => title.to_owned(),
        };
        let categories = match (event.source, form.is_empty()) {
            (EventSource::Workshop, false) => vec![form.to_owned()],
            _ => vec![self.terms.source(event.source).to_owned()],
        };
        ics::Event {
            uid: format!("{}@{host}", self.site.event_id(event)),
            when,
            stamp: changed,
            sequence: match event.status {
                RowStatus::Moved => 1,
                RowStatus::Cancelled => 2,
                _ => 0,
            },
            summary,
            description: event
                .entry
                .filter(|_| event.source == EventSource::Workshop)
                .map(|id| self.summary(id).to_owned())
                .filter(|s| !s.is_empty()),
            location: Some(place.into_owned()).filter(|p| !p.is_empty()),
            geo: None,
            url: base.zip(Some(self.site.event_address(event)).filter(|a| !a.is_empty())).map(|(b, address)| format!("{b}{address}")),
            categories,
            status: match event.status {
                RowStatus::Cancelled => ics::Status::Cancelled,
                _ if event.timeframe.confirm || event.timeframe.approximate => ics::Status::Tentative,
                _ => ics::Status::Confirmed,
            },
            organizer: None,
            rrule,
            last_modified: None,
        }
    }

    /// The addresses of all pages.
    pub(super) fn site_map_xml(&self, part: Option<usize>) -> Vec<u8> {
        let pages = self.site.public_pages();
        let map = |pages: &[(String, Option<Date>)]| -> Vec<sitemap::Page> {
            pages.iter().map(|(path, day)| sitemap::Page { url: self.absolute(path), modified: day.map(|d| d.to_string()) }).collect()
        };
        let mut parts = pages.chunks(sitemap::MOST_URLS);
        match part {
            Some(n) => sitemap::sitemap(&map(parts.nth(n).unwrap_or_default())),
            None if parts.len() <= 1 => sitemap::sitemap(&map(&pages)),
            None => {
                let newest = |part: &[(String, Option<Date>)]| part.iter().filter_map(|(_, day)| *day).max();
                let parts = parts.enumerate().map(|(n, part)| (sitemap::part_path(n), newest(part)));
                sitemap::sitemap_index(&map(&parts.collect::<Vec<_>>()))
            }
        }
    }

    /// `robots.txt` (RFC 9309).
    pub(super) fn robots(&self) -> String {
        match &self.site.config.base_url {
            Some(base) => format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"),
            None => "User-agent: *\nAllow: /\n".to_owned(),
        }
    }
}
