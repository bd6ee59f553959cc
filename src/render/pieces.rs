//! Pieces that stand on many pages: cards and event lines; and the small views that many pages share.

use super::view::{Card, DateWords, EventLine, File, Link, Person, Status, Timeframe};
use super::{Fault, Renderer};
use crate::kinds::{Details, Kind, form_of};
use crate::output::address;
use crate::site::{self, Dimension, Entry, EntryId, Event, EventId, EventSource, GroupId, RowStatus, names};
use crate::value::date::{self, Case};
use crate::value::timeframe::{Kind as FrameKind, TimeFrame};

/// The longest summary of a card, in characters.
const SUMMARY: usize = 220;

impl Renderer {
    /// The card of a document: HTML with slots.
    pub(super) fn card(&self, id: EntryId) -> Result<&str, Fault> {
        let made = self.cards[id.index()].get_or_init(|| self.theme.render("parts/card.html", &self.card_view(id)));
        made.as_deref().map_err(Clone::clone)
    }

    /// The cards of `ids`.
    pub(super) fn cards(&self, ids: &[EntryId]) -> Result<Vec<String>, Fault> {
        ids.iter().map(|id| self.card(*id).map(str::to_owned)).collect()
    }

    /// The line of an event: HTML with slots.
    pub(super) fn line(&self, id: EventId) -> Result<&str, Fault> {
        let made = self.lines[id as usize].get_or_init(|| self.theme.render("parts/event.html", &self.event_line(id)));
        made.as_deref().map_err(Clone::clone)
    }

    /// The lines of `ids`.
    pub(super) fn lines(&self, ids: impl IntoIterator<Item = EventId>) -> Result<Vec<String>, Fault> {
        ids.into_iter().map(|id| self.line(id).map(str::to_owned)).collect()
    }

    fn card_view(&self, id: EntryId) -> Card {
        let entry = self.site.entry(id);
        let document = &entry.document;
        Card {
            kind: document.kind.id(),
            kind_word: self.kind_word(document.kind),
            url: address(&entry.address),
            title: self.title(entry),
            date: self.entry_date(entry),
            place: self.place(entry),
            summary: self.summary(entry),
            status: self.entry_status(entry).filter(|s| matches!(s.code, "moved" | "cancelled")),
            draft: document.common.draft,
        }
    }

    /// The title of a document, set.
    pub(super) fn title(&self, entry: &Entry) -> String {
        let title = entry.document.title();
        if entry.document.common.verbatim { title.to_owned() } else { self.set(title).into_owned() }
    }

    /// What a document is about, in a sentence or two.
    pub(super) fn summary(&self, entry: &Entry) -> String {
        let text = entry.document.common.summary.as_ref().map_or(entry.document.body.outline.first_paragraph.as_str(), |s| &s.value);
        let clean: String = text.chars().filter(|c| !c.is_control()).collect();
        self.set(&shorten(&clean, SUMMARY)).into_owned()
    }

    /// The date that a document is shown with: a workshop's time, else the day of publication.
    pub(super) fn entry_date(&self, entry: &Entry) -> Option<DateWords> {
        match (&entry.document.details, &entry.timeframe) {
            (Details::Workshop(_) | Details::Project(_), Some(frame)) => Some(DateWords {
                iso: frame.datetime().unwrap_or_default(),
                words: frame.words(self.language()),
                aloud: frame.aloud(self.language()).unwrap_or_default(),
            }),
            (Details::Page(_), _) => None,
            _ => entry.date.map(|day| self.date_words(day)),
        }
    }

    /// Where an event takes place: its host, else its room.
    fn place(&self, entry: &Entry) -> String {
        let Details::Workshop(workshop) = &entry.document.details else { return String::new() };
        let host = workshop.host.as_ref().map(|h| self.organisation_name(&h.value));
        let place = host.or_else(|| workshop.venue.as_ref().map(|v| v.value.clone())).unwrap_or_default();
        self.set(&place).into_owned()
    }

    fn organisation_name(&self, written: &str) -> String {
        let registry = &self.site.registries.organisations;
        registry.find(written).map_or_else(|| written.to_owned(), |at| registry.entries[at].name.clone())
    }

    /// A workshop's status.
    pub(super) fn entry_status(&self, entry: &Entry) -> Option<Status> {
        (entry.document.kind == Kind::Workshop).then(|| self.status(site::workshop_status(entry, self.site.today)))
    }

    /// A status in words and with its mark.
    pub(super) fn status(&self, status: RowStatus) -> Status {
        let mark = match status {
            RowStatus::Planned => "○",
            RowStatus::Dated => "◷",
            RowStatus::Held => "●",
            RowStatus::Published => "✓",
            RowStatus::Moved => "→",
            RowStatus::Cancelled => "×",
            RowStatus::Overdue => "!",
        };
        Status { code: status.id(), word: self.word(&format!("status.{}", status.id())), mark }
    }

    /// A time frame in words.
    pub(super) fn timeframe(&self, frame: &TimeFrame) -> Timeframe {
        let iso = |day: Option<date::Date>| day.map(|d| d.to_string()).unwrap_or_default();
        Timeframe {
            printed: frame.printed.clone(),
            words: frame.words(self.language()),
            aloud: frame.aloud(self.language()).unwrap_or_default(),
            datetime: frame.datetime().unwrap_or_default(),
            kind: kind_id(frame.kind),
            start: iso(frame.start),
            end: iso(frame.end),
        }
    }

    /// The view of an event.
    pub(super) fn event_line(&self, id: EventId) -> EventLine {
        self.event_line_of(self.site.calendar.event(id))
    }

    /// The same of an event at hand.
    pub(super) fn event_line_of(&self, event: &Event) -> EventLine {
        let language = self.language();
        let frame = &event.timeframe;
        let tile = match frame.kind {
            FrameKind::Exact => frame.start,
            FrameKind::Deadline => frame.end,
            FrameKind::Recurring => frame.days(1).first().copied(),
            _ => None,
        };
        let entry = event.entry.map(|id| self.site.entry(id));
        let workshop = entry.and_then(|e| match &e.document.details {
            Details::Workshop(w) => Some(w),
            _ => None,
        });
        let row = match (event.source, event.row) {
            (EventSource::PlanItem, Some((plan, row))) => self.row_item(plan, row),
            _ => None,
        };
        let form = workshop.and_then(|w| w.form.as_ref()).or_else(|| row.and_then(|r| r.form.as_ref()));
        let venue = row.and_then(|r| r.venue.as_ref()).map(|v| v.value.clone());
        let place = entry.filter(|_| workshop.is_some()).map(|e| self.place(e)).or(venue).unwrap_or_default();
        let mut range = String::new();
        if let (FrameKind::Exact, Some(start), Some(end)) = (frame.kind, frame.start, frame.end)
            && start != end
        {
            range = if start.month() == end.month() { format!("{}–{}", start.day(), end.day()) } else { format!("{}…", start.day()) };
        }
        EventLine {
            // A heading over sub-items ends in a colon on the paper; here nothing follows it.
            title: self.set(event.title.trim_end_matches(':')).into_owned(),
            url: if event.address.is_empty() { String::new() } else { event_address(&event.address) },
            source: event.source.id(),
            source_word: self.word(&format!("source.{}", event.source.id())),
            day: tile.map_or_else(String::new, |d| if range.is_empty() { d.day().to_string() } else { range }),
            month: tile.map_or_else(String::new, |d| date::month_name(d.month(), Case::Genitive, language).to_owned()),
            year: tile.map_or_else(String::new, |d| d.year().to_string()),
            weekday: tile
                .filter(|_| frame.start == frame.end || frame.kind == FrameKind::Deadline)
                .map_or_else(String::new, |d| date::weekday_name(d.weekday(), true, language).to_owned()),
            timeframe: self.timeframe(frame),
            time: frame.time.map_or_else(String::new, |t| t.words()),
            form: form.map_or_else(String::new, |f| self.form_name(&f.value)),
            place,
            status: (event.source != EventSource::Observance).then(|| self.status(event.status)),
            deadline: frame.kind == FrameKind::Deadline,
        }
    }

    /// The row of a plan as written.
    pub(super) fn row_item(&self, plan: EntryId, row: usize) -> Option<&crate::kinds::PlanItem> {
        let entry = self.site.entry(plan);
        let Details::Plan(details) = &entry.document.details else { return None };
        entry.plan.as_ref().and_then(|rows| rows.rows.get(row)).map(|row| row.item(details))
    }

    /// The name of a form in the site's language.
    pub(super) fn form_name(&self, written: &str) -> String {
        form_of(written).map_or_else(|| written.to_owned(), |form| form.name(self.language()).to_owned())
    }

    /// A link to a group.
    pub(super) fn group_link(&self, id: GroupId) -> Link {
        let group = self.site.groups.get(id);
        let shown = id.dimension != Dimension::People || self.site.publishes_people();
        Link { title: self.set(&group.name).into_owned(), url: if shown { address(&self.site.groups.address(id)) } else { String::new() } }
    }

    /// The link to the group of `dimension` among the groups of `entry` whose name means `written`.
    pub(super) fn named_link(&self, entry: &Entry, dimension: Dimension, written: &str) -> Link {
        let registry = match dimension {
            Dimension::People => &self.site.registries.people,
            _ => &self.site.registries.organisations,
        };
        let person = names::person(written);
        let name = if dimension == Dimension::People { &person.name } else { written };
        let at = registry.find(name);
        let same = |id: &&GroupId| {
            id.dimension == dimension && {
                let group = self.site.groups.get(**id);
                if at.is_some() {
                    group.registered == at
                } else {
                    names::person_key(&group.name) == names::person_key(name) || names::key(&group.name) == names::key(name)
                }
            }
        };
        let title = at.map_or_else(|| name.to_owned(), |at| registry.entries[at].name.clone());
        let url = entry.groups.iter().find(same).map_or_else(String::new, |id| self.group_link(*id).url);
        Link { title: self.set(&title).into_owned(), url }
    }

    /// A person with the post of the text, else of the registry.
    pub(super) fn person(&self, entry: &Entry, written: &str) -> Person {
        let link = self.named_link(entry, Dimension::People, written);
        let parsed = names::person(written);
        let registry = &self.site.registries.people;
        let registered = registry.find(&parsed.name).map(|at| &registry.entries[at].entry);
        let post = if parsed.post.is_empty() {
            let post = registered.and_then(|e| e.post.as_ref()).map(|p| p.value.clone()).unwrap_or_default();
            let organisation =
                registered.and_then(|e| e.organisation.as_ref()).map(|o| self.organisation_name(&o.value)).unwrap_or_default();
            let told = organisation.is_empty() || names::key(&post).contains(&names::key(&organisation));
            [post.as_str(), if told { "" } else { &organisation }].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(", ")
        } else {
            parsed.post
        };
        Person { name: link.title, post: self.set(&post).into_owned(), url: link.url }
    }

    /// A file with its size in words.
    pub(super) fn file(&self, file: &site::File) -> File {
        File {
            title: self.set(&file.title).into_owned(),
            url: file.url.clone(),
            format: file.format.clone(),
            size: file.len.map_or_else(String::new, |len| self.size(len)),
            kind: file.kind.clone(),
        }
    }

    /// «34 КБ», «1,2 МБ».
    fn size(&self, bytes: u64) -> String {
        let (value, unit) = match bytes {
            0..=1023 => (bytes.to_string(), "size.b"),
            1024..=1_048_575 => ((bytes / 1024).to_string(), "size.kb"),
            _ => (format!("{:.1}", bytes as f64 / 1_048_576.0), "size.mb"),
        };
        let value = if self.language() == crate::value::language::Language::Ru { value.replace('.', ",") } else { value };
        format!("{value}\u{a0}{}", self.word(unit))
    }
}

/// The address of an event with its anchor behind the slot of its folder.
fn event_address(path: &str) -> String {
    match path.split_once('#') {
        Some((path, anchor)) => format!("{}#{anchor}", address(path)),
        None => address(path),
    }
}

/// The name of a kind of time frame in JSON and templates.
pub(super) fn kind_id(kind: FrameKind) -> &'static str {
    match kind {
        FrameKind::Exact => "exact",
        FrameKind::Window => "window",
        FrameKind::Ongoing => "ongoing",
        FrameKind::Deadline => "deadline",
        FrameKind::Recurring => "recurring",
        FrameKind::List => "list",
        FrameKind::OnDemand => "on_demand",
        FrameKind::External => "external",
        FrameKind::Tbd => "tbd",
        FrameKind::Error => "error",
    }
}

/// `text`, cut at a word to `limit` characters.
pub(super) fn shorten(text: &str, limit: usize) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ':', '—', '–', ' ', '.']))
}
