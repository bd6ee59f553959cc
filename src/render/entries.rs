//! The pages of documents: workshops, articles, projects.

use super::frame::About;
use super::pieces::{Piece, shorten};
use super::view::{self, Approval, Entry as EntryView, Fact, Indicator, Link, PassportPart, Picture, ProgrammeLine, RowLink};
use super::{Fault, Made, Renderer};
use crate::kinds::{self, Details, Kind, Programme};
use crate::output::address;
use crate::record::Text;
use crate::site::{Dimension, Entry, EntryId, RowStatus, workshop_status};
use crate::value::date;
use crate::value::timeframe::TimeFrame;
use serde_json::json;

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
        let text = |value: &Option<Text>| value.as_ref().map(|t| self.set(&t.value).into_owned()).unwrap_or_default();
        let raw = |value: &Option<Text>| value.as_ref().map(|t| t.value.clone()).unwrap_or_default();
        let registration = workshop.registration.as_ref();
        let series = match entry.groups.iter().find(|g| g.dimension == Dimension::Series) {
            Some(group) => {
                let members = self.site.groups.get(*group).members.iter().filter(|m| **m != id).take(6);
                members.map(|m| Link { title: self.title(*m), url: address(&self.site.entry(*m).address) }).collect()
            }
            None => Vec::new(),
        };
        let form = workshop.form.as_ref().map(|form| {
            let group = entry.groups.iter().find(|g| g.dimension == Dimension::Forms);
            Link { title: self.form_name(&form.value), url: group.map_or_else(String::new, |g| self.group_link(*g).url) }
        });
        let url_of = |value: &Option<Text>| value.as_ref().filter(|u| is_web(&u.value)).map(|u| u.value.clone()).unwrap_or_default();
        let view = view::Workshop {
            frame: self.frame(self.about_entry(id, vec![self.event_json(id, workshop)])),
            entry: self.entry_view(id)?,
            event,
            moved_from: entry.moved_from.as_ref().map_or_else(String::new, |f| f.words(language)),
            mode: workshop.mode.map_or_else(String::new, |m| self.word(&format!("mode.{}", m.id()))),
            form,
            host: workshop.host.as_ref().map(|h| self.named_link(Dimension::Organisations, &h.value)),
            venue: text(&workshop.venue),
            link: url_of(&workshop.link),
            register_url: registration.map_or_else(String::new, |r| url_of(&r.url)),
            register_until: entry.register_until.as_ref().map_or_else(String::new, |f| f.words(language)),
            register_contact: registration.map_or_else(String::new, |r| raw(&r.contact)),
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

    fn programme(&self, lines: &[Programme]) -> Vec<ProgrammeLine> {
        let mut out = Vec::new();
        for line in lines {
            if let Some(day) = &line.day {
                out.push(ProgrammeLine { day: true, time: String::new(), title: self.set(&day.value).into_owned(), speakers: Vec::new() });
            }
            if line.title.is_some() || line.time.is_some() {
                out.push(ProgrammeLine {
                    day: false,
                    time: line.time.as_ref().map_or_else(String::new, |t| t.value.clone()),
                    title: line.title.as_ref().map_or_else(String::new, |t| self.set(&t.value).into_owned()),
                    speakers: line.speaker.iter().map(|s| self.person(&s.value)).collect(),
                });
            }
            out.extend(self.programme(&line.items));
        }
        out
    }

    /// The page of a practice, document, news post, page or newsletter.
    pub(super) fn article(&self, id: EntryId) -> Made {
        let entry = self.site.entry(id);
        let words = |n: &Option<Text>| n.as_ref().map(|t| t.value.clone()).unwrap_or_default();
        let (mut passport, mut approval, mut number) = (Vec::new(), None, String::new());
        match &entry.document.details {
            Details::Practice(practice) => {
                let parts = practice.passport().into_iter().filter(|(_, lines)| !lines.is_empty());
                passport = parts
                    .map(|(name, lines)| PassportPart {
                        title: self.word(&format!("passport.{name}")),
                        lines: lines.iter().map(|t| self.set(&t.value).into_owned()).collect(),
                    })
                    .collect();
            }
            Details::Document(paper) => {
                approval = paper.approval.as_ref().map(|a| self.approval(a, "approval.approved"));
                number = words(&paper.number);
            }
            Details::Newsletter(newsletter) => {
                number = match (words(&newsletter.number), words(&newsletter.running_number)) {
                    (number, running) if number.is_empty() => running,
                    (number, running) if running.is_empty() => number,
                    (number, running) => format!("{number} ({running})"),
                };
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

    /// The page of a project.
    pub(super) fn project(&self, id: EntryId, project: &kinds::Project) -> Made {
        let entry = self.site.entry(id);
        let text = |value: &Option<Text>| value.as_ref().map(|t| self.set(&t.value).into_owned()).unwrap_or_default();
        let counted: Vec<Option<f64>> =
            project.indicators.iter().map(|i| i.value.or_else(|| i.count.as_ref().map(|c| self.count(id, c) as f64))).collect();
        let indicators = project.indicators.iter().zip(&counted).map(|(indicator, value)| {
            let share = match (value, indicator.target) {
                (Some(value), Some(target)) if target > 0.0 => (value / target * 100.0).clamp(0.0, 100.0) as u32,
                _ => 0,
            };
            Indicator {
                title: text(&indicator.title),
                baseline: indicator.baseline.map_or_else(String::new, |n| self.number(n)),
                target: indicator.target.map_or_else(String::new, |n| self.number(n)),
                due: indicator.due.as_ref().map_or_else(String::new, |d| self.set(&d.value).into_owned()),
                value: value.map_or_else(String::new, |n| self.number(n)),
                percent: share,
            }
        });
        let indicators = indicators.collect();
        let view = view::Project {
            frame: self.frame(self.about_entry(id, vec![self.article_json(id)])),
            entry: self.entry_view(id)?,
            goal: text(&project.goal),
            method: text(&project.method),
            period: entry.timeframe.as_ref().map(|f| self.timeframe(f)),
            indicators,
            sum: self.sum(project),
            parts_html: self.cards(&entry.parts),
        };
        self.theme.render("project.html", &view)
    }

    /// How many of the documents that name the project count.
    fn count(&self, project: EntryId, count: &kinds::Count) -> usize {
        let wanted = |value: &Option<Text>| value.as_ref().map(|t| t.value.to_lowercase());
        let (kind, form) = (wanted(&count.kind), wanted(&count.form));
        let parts = self.site.entry(project).parts.iter().map(|id| self.site.entry(*id));
        parts
            .filter(|entry| {
                let own_form = match &entry.document.details {
                    Details::Workshop(w) => w.form.as_ref().map(|f| f.value.clone()),
                    Details::Document(p) => p.kind.as_ref().map(|k| k.value.clone()),
                    _ => None,
                };
                let same_form = |form: &String| {
                    own_form.as_ref().is_some_and(|own| self.form_name(own).to_lowercase() == self.form_name(form).to_lowercase())
                };
                let happened = entry.document.kind != Kind::Workshop || workshop_status(entry, self.site.today) == RowStatus::Held;
                let kind_fits =
                    kind.as_ref().is_none_or(|k| k == entry.document.kind.id() || *k == self.kind_word(entry.document.kind).to_lowercase());
                happened && kind_fits && form.as_ref().is_none_or(same_form) && (!count.recorded || !entry.recordings.is_empty())
            })
            .count()
    }

    /// «6 + 8 + 1 = 15», where the project says which indicators add up.
    fn sum(&self, project: &kinds::Project) -> String {
        let Some(total) = &project.total else { return String::new() };
        let id = |i: &kinds::Indicator| i.id.as_ref().map(|t| t.value.clone());
        let whole = total.indicator.as_ref().and_then(|w| {
            project.indicators.iter().find(|i| id(i).as_deref() == Some(&w.value) || i.title.as_ref().is_some_and(|t| t.value == w.value))
        });
        let part = |name: &Text| {
            project
                .indicators
                .iter()
                .find(|i| id(i).as_deref() == Some(&name.value) || i.title.as_ref().is_some_and(|t| t.value == name.value))
        };
        let parts: Vec<f64> = total.parts.iter().filter_map(|name| part(name)?.target).collect();
        let value = whole.and_then(|w| w.target).or(total.value);
        match (parts.is_empty(), value) {
            (false, Some(value)) => {
                format!("{}\u{a0}= {}", parts.iter().map(|n| self.number(*n)).collect::<Vec<_>>().join("\u{a0}+ "), self.number(value))
            }
            _ => String::new(),
        }
    }

    fn number(&self, n: f64) -> String {
        if n.fract() == 0.0 {
            format!("{n:.0}")
        } else {
            format!("{n}").replace('.', if self.language() == crate::value::language::Language::Ru { "," } else { "." })
        }
    }

    /// What all pages of documents have.
    pub(super) fn entry_view(&self, id: EntryId) -> Result<EntryView, Fault> {
        let entry = self.site.entry(id);
        let document = &entry.document;
        let common = &document.common;
        let authors = match &document.details {
            Details::Newsletter(n) if common.authors.is_empty() => &n.editors,
            _ => &common.authors,
        };
        let headings = &document.body.outline.headings;
        let contents = if headings.len() >= 3 {
            let top = headings.iter().filter(|h| h.level == 2);
            top.map(|h| Link { title: self.set(&h.title).into_owned(), url: format!("#{}", h.id) }).collect()
        } else {
            Vec::new()
        };
        let rows = entry.rows.iter().filter_map(|(plan, row)| {
            let item = self.row_item(*plan, *row)?;
            let of = self.site.entry(*plan);
            let id = &of.plan.as_ref()?.rows.get(*row)?.id;
            Some(RowLink {
                plan: self.title(*plan),
                number: id.to_string(),
                title: item.title.as_ref().map_or_else(String::new, |t| self.set(&t.value).into_owned()),
                url: format!("{}#{id}", address(&of.address)),
            })
        });
        let cover = common.cover.as_ref().zip(entry.cover.as_ref()).map(|(cover, picture)| Picture {
            url: picture.url.clone(),
            alt: cover.alt.as_ref().map_or_else(String::new, |t| t.value.clone()),
            author: cover.author.as_ref().map_or_else(String::new, |t| t.value.clone()),
            width: picture.size.map_or(0, |s| s.0),
            height: picture.size.map_or(0, |s| s.1),
        });
        Ok(EntryView {
            kind: document.kind.id(),
            kind_word: self.kind_word(document.kind),
            title: self.title(id),
            date: self.entry_date(entry),
            draft: common.draft,
            body_html: if document.body.is_blank { String::new() } else { Piece::Body(id).slot() },
            cover,
            authors: authors.iter().map(|a| self.person(&a.value)).collect(),
            facts: self.facts(entry),
            files: entry.attachments.iter().map(|f| self.file(f)).collect(),
            recordings: entry.recordings.iter().map(|f| self.file(f)).collect(),
            rows: rows.collect(),
            project: entry.project.map(|id| self.entry_link(id)),
            contents,
            previous: entry.previous.map(|id| self.entry_link(id)),
            next: entry.next.map(|id| self.entry_link(id)),
            related_html: self.cards(&self.related(id)),
            incomplete: matches!(&document.details, Details::Practice(p) if !p.complete.0),
        })
    }

    /// The rows of the aside: what the document belongs to.
    fn facts(&self, entry: &Entry) -> Vec<Fact> {
        let mut out = Vec::new();
        let text = |label: &str, value: &Option<Text>| {
            value.as_ref().map(|t| Fact {
                label: self.word(label),
                values: vec![Link { title: self.set(&t.value).into_owned(), url: String::new() }],
            })
        };
        match &entry.document.details {
            Details::Document(paper) => {
                out.extend(text("facts.document_kind", &paper.kind));
                out.extend(text("facts.valid", &paper.valid));
                match (entry.replaces, &paper.replaces) {
                    (Some(old), _) => out.push(Fact { label: self.word("facts.replaces"), values: vec![self.entry_link(old)] }),
                    (None, old) => out.extend(text("facts.replaces", old)),
                }
            }
            Details::Project(project) => out.extend(project.users.iter().filter_map(|u| text("facts.users", &Some(u.clone())))),
            _ => {}
        }
        let skipped = |dimension: Dimension| match entry.document.kind {
            Kind::Workshop => matches!(dimension, Dimension::Forms | Dimension::People),
            _ => dimension == Dimension::People,
        };
        for dimension in Dimension::ALL.into_iter().filter(|d| !skipped(*d)) {
            let values: Vec<Link> = entry.groups.iter().filter(|g| g.dimension == dimension).map(|g| self.group_link(*g)).collect();
            if !values.is_empty() {
                out.push(Fact { label: self.word(&format!("groups.{}.label", dimension.folder())), values });
            }
        }
        out
    }

    pub(super) fn entry_link(&self, id: EntryId) -> Link {
        let entry = self.site.entry(id);
        Link { title: self.title(id), url: address(&entry.address) }
    }

    /// Documents that share most with this one: rows of plans weigh most, then series, areas, tags. Only the newest of each group are
    /// looked at, so that a page of a large site costs no more than that of a small one.
    fn related(&self, id: EntryId) -> Vec<EntryId> {
        const LOOKED_AT: usize = 24;
        let entry = self.site.entry(id);
        let mut weighed: Vec<(EntryId, u32)> = Vec::new();
        for group in &entry.groups {
            let weight = match group.dimension {
                Dimension::Series => 6,
                Dimension::Areas | Dimension::Tags => 3,
                Dimension::Forms => 2,
                Dimension::Audiences | Dimension::Competencies | Dimension::Territories => 1,
                Dimension::Organisations | Dimension::People => 2,
            };
            weighed.extend(self.site.groups.get(*group).members.iter().take(LOOKED_AT).map(|member| (*member, weight)));
        }
        for (plan, row) in &entry.rows {
            if let Some(rows) = &self.site.entry(*plan).plan {
                let row = &rows.rows[*row];
                weighed.extend(row.events.iter().chain(&row.materials).map(|other| (*other, 10)));
            }
        }
        weighed.sort_unstable();
        let shown_elsewhere = |other: &EntryId| entry.previous == Some(*other) || entry.next == Some(*other) || entry.parts.contains(other);
        let mut list: Vec<(u32, EntryId)> =
            weighed.chunk_by(|a, b| a.0 == b.0).map(|same| (same.iter().map(|(_, weight)| weight).sum(), same[0].0)).collect();
        list.retain(|(weight, other)| *weight >= 4 && *other != id && !shown_elsewhere(other));
        list.sort_by_key(|(weight, other)| (std::cmp::Reverse(*weight), std::cmp::Reverse(self.site.entry(*other).date), *other));
        list.into_iter().take(RELATED).map(|(_, other)| other).collect()
    }

    /// A block «Утверждаю» or «Согласовано».
    pub(super) fn approval(&self, approval: &kinds::Approval, word: &str) -> Approval {
        let order = match &approval.order {
            Some(order) => {
                let day = order.date.as_ref().map(|d| date::numeric(d.value));
                let number = order.number.as_ref().map(|n| n.value.clone());
                match (day, number) {
                    (Some(day), Some(number)) => format!("{} {day} №\u{a0}{number}", self.word("approval.order")),
                    (None, Some(number)) => format!("{} №\u{a0}{number}", self.word("approval.order_bare")),
                    (Some(day), None) => format!("{} {day}", self.word("approval.order")),
                    (None, None) => String::new(),
                }
            }
            None => approval.date.as_ref().map_or_else(String::new, |d| date::numeric(d.value)),
        };
        let person = approval.person.as_ref().map_or_else(String::new, |p| {
            // On the paper the block has initials before the surname; a registered id stands for the name.
            let registry = &self.site.registries.people;
            match registry.find(&p.value) {
                Some(at) if registry.entries[at].id == p.value => registry.entries[at].name.clone(),
                _ => p.value.clone(),
            }
        });
        Approval {
            word: self.word(word),
            post: approval.post.as_ref().map_or_else(String::new, |p| self.set(&p.value).into_owned()),
            person,
            order,
        }
    }

    /// What the page of a document says of itself.
    pub(super) fn about_entry(&self, id: EntryId, jsonld: Vec<serde_json::Value>) -> About {
        let entry = self.site.entry(id);
        let kind = entry.document.kind;
        let trail = if kind == Kind::Page {
            Vec::new()
        } else {
            vec![Link { title: self.section_word(kind), url: address(&format!("{}/", kind.folder())) }]
        };
        About {
            title: self.title(id),
            description: shorten(self.summary(id), 160).into_owned(),
            address: entry.address.clone(),
            class: kind.id(),
            trail,
            jsonld,
            image: entry
                .cover
                .as_ref()
                .filter(|_| self.site.config.base_url.is_some())
                .map_or_else(String::new, |p| self.absolute_text(&p.url)),
            article: kind != Kind::Page,
            changed: entry.date.filter(|day| *day <= self.site.today),
            noindex: entry.document.common.draft,
            ..About::default()
        }
    }

    fn article_json(&self, id: EntryId) -> serde_json::Value {
        let entry = self.site.entry(id);
        let authors: Vec<_> = entry
            .document
            .common
            .authors
            .iter()
            .map(|a| json!({"@type": "Person", "name": crate::site::names::person(&a.value).name}))
            .collect();
        let mut out = json!({
            "@context": "https://schema.org", "@type": if entry.document.kind == Kind::News { "BlogPosting" } else { "Article" },
            "headline": shorten(entry.document.title(), 110), "inLanguage": self.language().tag(), "description": self.summary(id),
        });
        if let Some(map) = out.as_object_mut() {
            if let Some(date) = entry.date {
                map.insert("datePublished".into(), json!(date.to_string()));
            }
            if !authors.is_empty() {
                map.insert("author".into(), json!(authors));
            }
            if !self.common_publisher().is_empty() {
                map.insert("publisher".into(), json!({"@type": "Organization", "name": self.common_publisher()}));
            }
            if self.site.config.base_url.is_some() {
                map.insert("mainEntityOfPage".into(), json!(self.absolute(&entry.address)));
            }
        }
        out
    }

    /// schema.org/Event: only what has a day is one.
    fn event_json(&self, id: EntryId, workshop: &kinds::Workshop) -> serde_json::Value {
        let entry = self.site.entry(id);
        let day = |frame: &TimeFrame, end: bool| -> Option<String> {
            let date: date::Date = if end { frame.end? } else { frame.start? };
            let time = frame.time.and_then(|t| if end { t.end } else { Some(t.start) });
            Some(match time {
                Some(time) => format!("{date}T{time}:00{}", date::utc_offset(&self.site.config.timezone, date, time)),
                None => date.to_string(),
            })
        };
        let Some(frame) = entry.timeframe.as_ref().filter(|f| f.kind == crate::value::timeframe::Kind::Exact) else {
            return self.article_json(id);
        };
        let status = match workshop.status {
            Some(kinds::Status::Cancelled) => "EventCancelled",
            Some(kinds::Status::Moved) => "EventRescheduled",
            _ => "EventScheduled",
        };
        let mode = match workshop.mode {
            Some(kinds::Mode::Online) => "OnlineEventAttendanceMode",
            Some(kinds::Mode::Mixed) => "MixedEventAttendanceMode",
            _ => "OfflineEventAttendanceMode",
        };
        let host = workshop.host.as_ref().map(|h| self.named_link(Dimension::Organisations, &h.value).title);
        let place = host.clone().or_else(|| workshop.venue.as_ref().map(|v| v.value.clone()));
        let online = workshop.link.as_ref().filter(|l| is_web(&l.value)).map(|l| l.value.clone());
        let location = match (place, online) {
            (_, Some(url)) if workshop.mode == Some(kinds::Mode::Online) => json!({"@type": "VirtualLocation", "url": url}),
            (Some(name), _) => {
                json!({"@type": "Place", "name": name, "address": workshop.venue.as_ref().map_or(name.clone(), |v| v.value.clone())})
            }
            (None, Some(url)) => json!({"@type": "VirtualLocation", "url": url}),
            (None, None) => json!({"@type": "VirtualLocation", "url": self.absolute(&entry.address)}),
        };
        let mut out = json!({
            "@context": "https://schema.org", "@type": "Event", "name": entry.document.title(), "startDate": day(frame, false), "endDate": day(frame, true),
            "eventStatus": format!("https://schema.org/{status}"), "eventAttendanceMode": format!("https://schema.org/{mode}"),
            "location": location, "description": self.summary(id), "inLanguage": self.language().tag(),
        });
        if let Some(map) = out.as_object_mut() {
            if let Some(host) = host {
                map.insert("organizer".into(), json!({"@type": "Organization", "name": host}));
            }
            if self.site.config.base_url.is_some() {
                map.insert("url".into(), json!(self.absolute(&entry.address)));
            }
        }
        out
    }

    fn common_publisher(&self) -> &str {
        self.common.publisher_name()
    }
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
