//! The pages of documents: workshops, articles, projects.

use super::frame::About;
use super::jsonld::{self, Location, Named};
use super::pieces::{Piece, shorten};
use super::theme::{Code, Markup, Rare};
use super::view::{self, Approval, Entry as EntryView, Fact, Link, PassportPart, Picture, ProgrammeLine, RowLink};
use super::{Fault, Made, Renderer};
use crate::kinds::{self, Details, Kind, Programme};
use crate::output::address;
use crate::record::Text;
use crate::site::{Dimension, Entry, EntryId, RowStatus, workshop_status};
use crate::value::date;
use crate::value::timeframe::TimeFrame;
use crate::value::url::is_web;
use serde::Serialize;
use std::borrow::Cow;

/// How many related documents a page names.
const RELATED: usize = 3;

impl Renderer {
    /// The page of a workshop.
    pub(super) fn workshop(&self, id: EntryId, workshop: &kinds::Workshop) -> Made {
        let entry = self.site.entry(id);
        let event_id = self.site.calendar.event_of(id);
        let language = self.language();
        let event = match event_id {
            Some(at) => self.event_line(at),
            None => return self.article(id),
        };
        let status = workshop_status(entry, self.site.today);
        let registration = workshop.registration.as_ref();
        let series = match entry.groups.iter().find(|g| g.dimension == Dimension::Series) {
            Some(group) => {
                let members = self.site.groups.get(*group).members.iter().filter(|m| **m != id).take(6);
                members.map(|m| Link::new(self.title(*m), address(&self.site.entry(*m).address))).collect()
            }
            None => Vec::new(),
        };
        let form = workshop.form.as_ref().map(|form| {
            let group = entry.groups.iter().find(|g| g.dimension == Dimension::Forms);
            Link::new(self.form_name(&form.value), group.map_or(Cow::Borrowed(""), |g| self.group_link(*g).url))
        });
        let view = view::Workshop {
            frame: self.frame(self.about_entry(id, vec![self.event_json(id, workshop)])),
            entry: self.entry_view(id)?,
            event,
            moved_from: entry.moved_from.as_ref().map_or_else(String::new, |f| f.words(language)),
            mode: match workshop.mode {
                Some(kinds::Mode::Offline) => self.word("mode.offline"),
                Some(kinds::Mode::Online) => self.word("mode.online"),
                Some(kinds::Mode::Mixed) => self.word("mode.mixed"),
                None => "",
            },
            form,
            host: workshop.host.as_ref().map(|h| self.named_link(Dimension::Organisations, &h.value)),
            venue: workshop.venue.as_ref().map(|venue| self.set(&venue.value)).unwrap_or_default(),
            link: web_address(&workshop.link),
            register_url: registration.map_or("", |r| web_address(&r.url)),
            register_until: entry.register_until.as_ref().map_or_else(String::new, |f| f.words(language)),
            register_contact: registration.map_or("", |r| text_of(&r.contact)),
            programme: self.programme(&workshop.programme),
            speakers: workshop.speakers.iter().map(|s| self.person(&s.value)).collect(),
            participants: workshop.participants.map_or_else(String::new, |n| self.theme.words.counted(u64::from(n), "participant")),
            over: matches!(status, RowStatus::Held | RowStatus::Cancelled),
            ics: self.ics_of(entry),
            series,
        };
        self.theme.render("workshop.html", &view)
    }

    fn ics_of(&self, entry: &Entry) -> String {
        let path = format!("{}event.ics", entry.address);
        if self.has.contains(&path) { address(&path) } else { String::new() }
    }

    fn programme<'a>(&'a self, lines: &'a [Programme]) -> Vec<ProgrammeLine<'a>> {
        let mut out = Vec::new();
        for line in lines {
            if let Some(day) = &line.day {
                out.push(ProgrammeLine { day: true, time: "", title: self.set(&day.value), speakers: Vec::new() });
            }
            if line.title.is_some() || line.time.is_some() {
                out.push(ProgrammeLine {
                    day: false,
                    time: text_of(&line.time),
                    title: self.set(text_of(&line.title)),
                    speakers: line.speaker.iter().map(|s| self.person(&s.value)).collect(),
                });
            }
            out.extend(self.programme(&line.items));
        }
        out
    }

    /// The page of a practice, document, news post or page.
    pub(super) fn article(&self, id: EntryId) -> Made {
        let entry = self.site.entry(id);
        let words = |n: &Option<Text>| text_of(n).to_owned();
        let (mut passport, mut approval, mut number) = (Vec::new(), None, String::new());
        match &entry.document.details {
            Details::Practice(practice) => {
                let parts = practice.passport().into_iter().filter(|(_, lines)| !lines.is_empty());
                passport = parts
                    .map(|(name, lines)| PassportPart {
                        title: self.word(&format!("passport.{name}")).to_owned().into(),
                        lines: lines.iter().map(|t| self.set(&t.value)).collect(),
                    })
                    .collect();
            }
            Details::Document(paper) => {
                approval = paper.approval.as_ref().map(|a| self.approval(a, "approval.approved"));
                number = words(&paper.number);
            }
            _ => {}
        }
        let kind = entry.document.kind;
        let jsonld = if kind == Kind::Page { Vec::new() } else { vec![self.article_json(id)] };
        let view = view::Article {
            frame: self.frame(self.about_entry(id, jsonld)),
            entry: self.entry_view(id)?,
            passport,
            approval,
            number,
            replaced_by: entry.replaced_by.map(|id| self.entry_link(id)),
        };
        self.theme.render("article.html", &view)
    }

    /// What all pages of documents have.
    pub(super) fn entry_view(&self, id: EntryId) -> Result<EntryView<'_>, Fault> {
        let entry = self.site.entry(id);
        let document = &entry.document;
        let common = &document.common;
        let headings = &document.body.outline.headings;
        let contents = if headings.len() >= 3 {
            let top = headings.iter().filter(|h| h.level == 2);
            top.map(|h| Link::new(self.set(&h.title).into_owned(), format!("#{}", h.id))).collect()
        } else {
            Vec::new()
        };
        let rows = entry.rows.iter().filter_map(|(plan, row)| {
            let item = self.row_item(*plan, *row)?;
            let of = self.site.entry(*plan);
            let id = &of.plan.as_ref()?.rows.get(*row)?.id;
            Some(RowLink {
                plan: self.title(*plan),
                number: id,
                title: self.set(text_of(&item.title)),
                url: format!("{}#{id}", address(&of.address)),
            })
        });
        let facts = self.facts(entry);
        Ok(EntryView {
            kind: Code(document.kind.id()),
            kind_word: self.terms.one(document.kind),
            title: self.title(id),
            date: self.entry_date(entry),
            draft: common.draft,
            body_html: if document.body.is_blank { Markup::default() } else { Piece::Body(id).slot() },
            cover: cover(entry),
            authors: self.authors(entry),
            facts_html: self.parts("parts/fact.html", "\n", &facts)?,
            facts: Rare(facts),
            files: self.files(entry),
            recordings: entry.recordings.iter().map(|f| self.file(f)).collect(),
            rows: rows.collect(),
            project: entry.project.map(|id| self.entry_link(id)),
            contents_html: self.parts("parts/contents-item.html", "", &contents)?,
            contents: Rare(contents),
            previous: entry.previous.map(|id| self.entry_link(id)),
            next: entry.next.map(|id| self.entry_link(id)),
            related_html: self.cards(&self.related(id)),
            incomplete: matches!(&document.details, Details::Practice(p) if !p.complete.0),
            cite: Option::as_ref(&self.work(id)).map(|work| self.citation(id, work)),
        })
    }

    /// Who wrote a document; of a newsletter, else who edited it.
    pub(super) fn authors<'a>(&'a self, entry: &'a Entry) -> Vec<view::Person<'a>> {
        authors_of(entry).iter().map(|author| self.person(&author.value)).collect()
    }

    /// What a document offers to take away.
    pub(super) fn files<'a>(&'a self, entry: &'a Entry) -> Vec<view::File<'a>> {
        entry.attachments.iter().map(|file| self.file(file)).collect()
    }

    /// Each of `views` by `template`, behind `before`.
    pub(super) fn parts(&self, template: &str, before: &str, views: &[impl Serialize]) -> Result<Markup, Fault> {
        let mut html = String::new();
        for view in views {
            html.push_str(before);
            self.theme.append(template, view, &mut html)?;
        }
        Ok(Markup(html))
    }

    /// The rows of the aside: what the document belongs to.
    fn facts<'a>(&'a self, entry: &'a Entry) -> Vec<Fact<'a>> {
        let mut out = Vec::new();
        let fact =
            |label: &'static str, text: &'a Text| Fact { label: self.word(label), values: vec![Link::new(self.set(&text.value), "")] };
        match &entry.document.details {
            Details::Document(paper) => {
                out.extend(paper.kind.as_ref().map(|kind| fact("facts.document_kind", kind)));
                out.extend(paper.valid.as_ref().map(|valid| fact("facts.valid", valid)));
                match (entry.replaces, &paper.replaces) {
                    (Some(old), _) => out.push(Fact { label: self.word("facts.replaces"), values: vec![self.entry_link(old)] }),
                    (None, old) => out.extend(old.as_ref().map(|old| fact("facts.replaces", old))),
                }
            }
            Details::Project(project) => out.extend(project.users.iter().map(|users| fact("facts.users", users))),
            _ => {}
        }
        let skipped = |dimension: Dimension| match entry.document.kind {
            Kind::Workshop => matches!(dimension, Dimension::Forms | Dimension::People),
            _ => dimension == Dimension::People,
        };
        for dimension in Dimension::ALL.into_iter().filter(|d| !skipped(*d)) {
            let values: Vec<Link> = entry.groups.iter().filter(|g| g.dimension == dimension).map(|g| self.group_link(*g)).collect();
            if !values.is_empty() {
                out.push(Fact { label: self.terms.label(dimension), values });
            }
        }
        out
    }

    pub(super) fn entry_link(&self, id: EntryId) -> Link<'_> {
        let entry = self.site.entry(id);
        Link::new(self.title(id), address(&entry.address))
    }

    /// Documents that share most with this one: rows of plans weigh most, then series, areas, tags. Only the newest of each group are
    /// looked at, so that a page of a large site costs no more than that of a small one.
    fn related(&self, id: EntryId) -> Vec<EntryId> {
        const LOOKED_AT: usize = 24;
        let entry = self.site.entry(id);
        // The document above, the weight below: one number sorts faster than a pair.
        let mut weighed: Vec<u64> = Vec::with_capacity((entry.groups.len() + entry.rows.len()) * LOOKED_AT);
        let weigh = |other: EntryId, weight: u64| (other.index() as u64) << 32 | weight;
        for group in &entry.groups {
            let weight = match group.dimension {
                Dimension::Series => 6,
                Dimension::Areas | Dimension::Tags => 3,
                Dimension::Forms => 2,
                Dimension::Audiences | Dimension::Competencies | Dimension::Territories => 1,
                Dimension::Organisations | Dimension::People => 2,
            };
            weighed.extend(self.site.groups.get(*group).members.iter().take(LOOKED_AT).map(|member| weigh(*member, weight)));
        }
        for (plan, row) in &entry.rows {
            if let Some(rows) = &self.site.entry(*plan).plan {
                let row = &rows.rows[*row];
                weighed.extend(row.events.iter().chain(&row.materials).map(|other| weigh(*other, 10)));
            }
        }
        weighed.sort_unstable();
        let shown_elsewhere = |other: &EntryId| entry.previous == Some(*other) || entry.next == Some(*other) || entry.parts.contains(other);
        let same = weighed.chunk_by(|a, b| a >> 32 == b >> 32);
        let sums = same.map(|same| (same.iter().map(|one| *one as u32).sum(), EntryId((same[0] >> 32) as u32)));
        let mut list: Vec<(u32, EntryId)> = sums.collect();
        list.retain(|(weight, other)| *weight >= 4 && *other != id && !shown_elsewhere(other));
        list.sort_by_key(|(weight, other)| (std::cmp::Reverse(*weight), std::cmp::Reverse(self.site.entry(*other).date), *other));
        list.into_iter().take(RELATED).map(|(_, other)| other).collect()
    }

    /// A block «Утверждаю» or «Согласовано».
    pub(super) fn approval<'a>(&'a self, approval: &'a kinds::Approval, word: &'static str) -> Approval<'a> {
        let order = match &approval.order {
            Some(order) => self.order(order),
            None => approval.date.as_ref().map_or_else(String::new, |d| date::numeric(d.value)),
        };
        let person = approval.person.as_ref().map_or_else(String::new, |p| {
            // On the paper the block has initials before the surname; a registered id stands for the name.
            let registry = &self.site.registries.people;
            match registry.find(&p.value) {
                Some(at) if registry.entries[at].id == *p.value => registry.entries[at].name.clone(),
                _ => p.value.to_string(),
            }
        });
        Approval { word: self.word(word), post: self.set(text_of(&approval.post)), person, order }
    }

    /// «Приказ от 12.01.2024 № 02-а».
    pub(super) fn order(&self, order: &kinds::Order) -> String {
        let day = order.date.as_ref().map(|d| date::numeric(d.value));
        let number = order.number.as_ref().map(|n| n.value.as_str());
        match (day, number) {
            (Some(day), Some(number)) => format!("{} {day} №\u{a0}{number}", self.word("approval.order")),
            (None, Some(number)) => format!("{} №\u{a0}{number}", self.word("approval.order_bare")),
            (Some(day), None) => format!("{} {day}", self.word("approval.order")),
            (None, None) => String::new(),
        }
    }

    /// What the page of a document says of itself.
    pub(super) fn about_entry(&self, id: EntryId, jsonld: Vec<Markup>) -> About<'_> {
        let entry = self.site.entry(id);
        let kind = entry.document.kind;
        let trail =
            if kind == Kind::Page { Vec::new() } else { vec![Link::new(self.terms.many(kind), address(&format!("{}/", kind.folder())))] };
        About {
            title: self.title(id).into(),
            description: shorten(self.summary(id), 160),
            address: entry.address.clone(),
            class: kind.id(),
            trail,
            jsonld,
            picture_of: Some(id),
            article: kind != Kind::Page,
            changed: entry.date.filter(|day| *day <= self.site.today),
            meta: Option::as_ref(&self.work(id)).map_or_else(Markup::default, |work| Markup(work.meta())),
            noindex: entry.document.common.draft,
            ..About::default()
        }
    }

    /// What a document is in the words of schema.org. An event without a day is but a page: it has no first day to tell.
    pub(super) fn article_json(&self, id: EntryId) -> Markup {
        let entry = self.site.entry(id);
        let headline = shorten(entry.document.title(), 110);
        let kind = match entry.document.kind {
            Kind::News => "BlogPosting",
            Kind::Newsletter => "PublicationIssue",
            Kind::Document => "DigitalDocument",
            Kind::Workshop => "WebPage",
            _ => "Article",
        };
        let mut article = jsonld::Article::new(kind, self.language().tag(), &headline, self.summary(id));
        article.author = self.site.person_names(authors_of(entry)).map(|name| self.named_person(name)).collect();
        article.published = entry.date.filter(|_| kind != "WebPage");
        article.publisher = self.publisher_json();
        article.page = self.address_if_known(entry);
        article.image = self.picture_json(id);
        if let Details::Newsletter(newsletter) = &entry.document.details {
            article.issue = [&newsletter.running_number, &newsletter.number].into_iter().map(text_of).find(|number| !number.is_empty());
            article.periodical = Some(Named { kind: "Periodical", name: self.site.config.title.as_str().into(), url: None });
        }
        jsonld::script(&article)
    }

    fn named_person<'a>(&self, name: Cow<'a, str>) -> Named<'a> {
        let is_institution = self.site.registries.organisations.find(&name).is_some();
        Named { kind: if is_institution { "Organization" } else { "Person" }, name, url: None }
    }

    pub(super) fn publisher_json(&self) -> Option<Named<'_>> {
        let publisher = self.common.publisher();
        let url = Some(&publisher.url).filter(|url| !url.is_empty() && self.site.config.base_url.is_some());
        let named = || Named { kind: "Organization", name: (&*publisher.title).into(), url: url.map(|url| self.absolute_text(url)) };
        (!publisher.title.is_empty()).then(named)
    }

    /// The picture that stands for a document where it is linked to.
    fn picture_json(&self, id: EntryId) -> Option<String> {
        Some(self.link_picture(Some(id))).filter(|url| !url.is_empty())
    }

    /// schema.org/Event, with what Google asks for: only what has a day is one.
    fn event_json(&self, id: EntryId, workshop: &kinds::Workshop) -> Markup {
        let entry = self.site.entry(id);
        let day = |frame: &TimeFrame, end: bool| -> Option<String> {
            let date: date::Date = if end { frame.end? } else { frame.start? };
            let time = frame.time.and_then(|t| if end { t.end } else { Some(t.start) });
            Some(match time {
                Some(time) => format!("{date}T{time}:00{}", date::utc_offset(&self.site.config.timezone, date, time)),
                None => date.to_string(),
            })
        };
        let is_day = |frame: &&TimeFrame| frame.kind == crate::value::timeframe::Kind::Exact;
        let Some(frame) = entry.timeframe.as_deref().filter(is_day) else {
            return self.article_json(id);
        };
        let host = workshop.host.as_ref().map(|h| self.named_link(Dimension::Organisations, &h.value).title);
        let registered = workshop.host.as_ref().and_then(|h| self.site.registries.organisations.find(&h.value));
        let postal = registered.map_or("", |at| text_of(&self.site.registries.organisations.entries[at].entry.address));
        let venue = workshop.venue.as_ref().map(|v| v.value.as_str());
        let place = host.as_deref().or(venue);
        let online = workshop.link.as_ref().map(|l| l.value.as_str()).filter(|link| is_web(link));
        let own = self.absolute(&entry.address);
        let location = match (place, online) {
            (_, Some(url)) if workshop.mode == Some(kinds::Mode::Online) => Location::VirtualLocation { url },
            (Some(name), _) => {
                let address = [postal, venue.unwrap_or_default(), name].into_iter().find(|text| !text.is_empty()).unwrap_or(name);
                Location::Place { name, address }
            }
            (None, Some(url)) => Location::VirtualLocation { url },
            (None, None) => Location::VirtualLocation { url: &own },
        };
        let location = match &location {
            Location::VirtualLocation { url: "" } => None,
            _ => Some(location),
        };
        let mut event = jsonld::Event::new(self.language().tag(), entry.document.title(), self.summary(id), location);
        match workshop.status {
            Some(kinds::Status::Cancelled) => event.status = "https://schema.org/EventCancelled",
            Some(kinds::Status::Moved) => event.status = "https://schema.org/EventRescheduled",
            _ => {}
        }
        match workshop.mode {
            Some(kinds::Mode::Online) => event.mode = "https://schema.org/OnlineEventAttendanceMode",
            Some(kinds::Mode::Mixed) => event.mode = "https://schema.org/MixedEventAttendanceMode",
            _ => {}
        }
        event.start = day(frame, false);
        event.end = day(frame, true);
        event.previous = entry.moved_from.as_deref().filter(is_day).and_then(|frame| day(frame, false));
        event.organizer = match host.as_deref() {
            Some(name) => Some(Named { kind: "Organization", name: name.into(), url: None }),
            None => self.publisher_json(),
        };
        event.performer = self.site.person_names(&workshop.speakers).map(|name| self.named_person(name)).collect();
        event.image = self.picture_json(id);
        event.url = self.address_if_known(entry);
        jsonld::script(&event)
    }

    /// The absolute address of a document, if the site knows its own.
    fn address_if_known(&self, entry: &Entry) -> Option<String> {
        self.site.config.base_url.as_ref().map(|base| format!("{base}{}", entry.address))
    }
}

fn authors_of(entry: &Entry) -> &[Text] {
    match &entry.document.details {
        Details::Newsletter(newsletter) if entry.document.common.authors.is_empty() => &newsletter.editors,
        _ => &entry.document.common.authors,
    }
}

/// The cover of a document.
pub(super) fn cover(entry: &Entry) -> Option<Picture<'_>> {
    let (cover, picture) = entry.document.common.cover.as_ref().zip(entry.cover.as_ref())?;
    Some(Picture {
        url: &picture.url,
        alt: text_of(&cover.alt),
        author: text_of(&cover.author),
        srcset: picture.srcset(),
        width: picture.size.map_or(0, |s| s.0),
        height: picture.size.map_or(0, |s| s.1),
    })
}

/// A text that need not be there.
pub(super) fn text_of(text: &Option<Text>) -> &str {
    text.as_ref().map_or("", |text| &text.value)
}

/// An address of the web that need not be there, or be one.
fn web_address(text: &Option<Text>) -> &str {
    Some(text_of(text)).filter(|url| is_web(url)).unwrap_or_default()
}
