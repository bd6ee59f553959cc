//! Pieces that stand on many pages: cards and event lines; and the small views that many pages share.

use super::theme::{Code, Markup};
use super::view::{Card, DateWords, EventLine, File, Link, Person, Status, Timeframe};
use super::{Bodies, Fault, Kept, Made, Renderer};
use crate::kinds::{Details, Kind, form_of};
use crate::output::{Content, PIECE, PIECE_END, Slots, address};
use crate::site::names::{self, Named, Registry};
use crate::site::{self, Dimension, Entry, EntryId, Event, EventId, EventSource, GroupId, RowStatus};
use crate::value::date::{self, Case};
use crate::value::timeframe::{Kind as FrameKind, TimeFrame};
use std::borrow::Cow;
use std::fmt::Write;
use std::sync::{OnceLock, PoisonError};

/// The longest summary of a card, in characters.
const SUMMARY: usize = 220;

/// What a document says of itself, set.
#[derive(Debug)]
pub(super) struct Said {
    title: Box<str>,
    summary: Box<str>,
}

/// What a name means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meant {
    /// Its place in the registry.
    registered: Option<usize>,
    group: Option<GroupId>,
}

/// HTML that is rendered once, or is too long to be carried through the templates: they carry its slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// A document as it stands in lists.
    Card(EntryId),
    /// An event as it stands in lists.
    Line(EventId),
    /// The body of a document.
    Body(EntryId),
    /// The head of the page, with the current entry of the menu.
    Header(usize),
    Footer,
}

impl Piece {
    fn name(self) -> (char, usize) {
        match self {
            Piece::Card(id) => ('c', id.index()),
            Piece::Line(id) => ('l', id as usize),
            Piece::Body(id) => ('b', id.index()),
            Piece::Header(n) => ('h', n),
            Piece::Footer => ('f', 0),
        }
    }

    fn named(name: &[u8]) -> Option<Piece> {
        let (kind, number) = name.split_first()?;
        let number: u32 = std::str::from_utf8(number).ok()?.parse().ok()?;
        Some(match kind {
            b'c' => Piece::Card(EntryId(number)),
            b'l' => Piece::Line(number),
            b'b' => Piece::Body(EntryId(number)),
            b'h' => Piece::Header(number as usize),
            b'f' => Piece::Footer,
            _ => return None,
        })
    }

    /// The slot that stands for the piece.
    pub(super) fn slot(self) -> Markup {
        slots([self])
    }
}

fn slots(pieces: impl IntoIterator<Item = Piece>) -> Markup {
    let mut out = String::new();
    for piece in pieces {
        let (kind, number) = piece.name();
        // Writing to a text cannot fail.
        let _ = write!(out, "{PIECE}{kind}{number}{PIECE_END}");
    }
    Markup(out)
}

impl Renderer {
    /// A page from what its template gave: slots filled, pieces in their places.
    pub(super) fn finish(&self, page: &str, root: &str, index: &str, bodies: Bodies) -> Result<Content, Fault> {
        let mut out = Vec::with_capacity(page.len() * 2 + 16 * 1024);
        let slots = Slots { root, index };
        let mut own = Vec::new();
        slots.fill::<Fault>(page.as_bytes(), &mut out, &mut |name, out| {
            let start = out.len();
            self.piece(name, slots, bodies, out)?;
            if matches!(Piece::named(name), Some(Piece::Body(_))) {
                own.push(start..out.len());
            }
            Ok(())
        })?;
        Ok(match own.pop() {
            // A theme may show a body twice, or one on the page of another: then no place is the only one.
            Some(body) if own.is_empty() => Content::Page { bytes: out, body },
            _ => Content::Bytes(out),
        })
    }

    fn piece(&self, name: &[u8], slots: Slots, bodies: Bodies, out: &mut Vec<u8>) -> Result<(), Fault> {
        fn piece_of(kept: &[OnceLock<Kept>], at: usize, make: impl FnOnce() -> Made) -> Option<&Kept> {
            kept.get(at).map(|lock| lock.get_or_init(|| make().map(String::into_boxed_str)))
        }
        let made: Option<&Kept> = match Piece::named(name) {
            Some(Piece::Card(id)) => piece_of(&self.cards, id.index(), || self.theme.render("parts/card.html", &self.card_view(id))),
            Some(Piece::Line(id)) if (id as usize) < self.site.calendar.events.len() => {
                // It stands on a page or two: to make it again costs less than to keep it.
                let html = self.theme.render("parts/event.html", &self.event_line(id))?;
                return slots.fill(html.as_bytes(), out, &mut |_, _| Ok(()));
            }
            Some(Piece::Header(n)) => piece_of(&self.headers, n, || self.theme.render("parts/header.html", &self.header(n))),
            Some(Piece::Footer) => {
                piece_of(std::slice::from_ref(&self.footer), 0, || self.theme.render("parts/footer.html", &self.footer_view()))
            }
            Some(Piece::Body(id)) if id.index() < self.site.entries.len() => {
                // Only one page has it: it is not kept.
                return slots.fill(self.body(id, bodies)?.as_bytes(), out, &mut |_, _| Ok(()));
            }
            _ => None,
        };
        match made {
            Some(Ok(html)) => slots.fill(html.as_bytes(), out, &mut |_, _| Ok(())),
            Some(Err(fault)) => Err(fault.clone()),
            // Nobody but a template that makes up slots of its own gets here.
            None => Ok(()),
        }
    }

    /// The cards of `ids`: their slots.
    pub(super) fn cards(&self, ids: &[EntryId]) -> Markup {
        slots(ids.iter().map(|id| Piece::Card(*id)))
    }

    /// The lines of the events `ids`: their slots.
    pub(super) fn lines(&self, ids: impl IntoIterator<Item = EventId>) -> Markup {
        slots(ids.into_iter().map(Piece::Line))
    }

    fn card_view(&self, id: EntryId) -> Card<'_> {
        let entry = self.site.entry(id);
        let document = &entry.document;
        Card {
            kind: Code(document.kind.id()),
            kind_word: self.terms.one(document.kind),
            url: address(&entry.address),
            title: self.title(id),
            date: self.entry_date(entry),
            place: self.place(entry),
            summary: self.summary(id),
            status: self.entry_status(entry).filter(|s| matches!(s.code.0, "moved" | "cancelled")),
            draft: document.common.draft,
        }
    }

    /// The title of a document, set.
    pub(super) fn title(&self, id: EntryId) -> &str {
        &self.said(id).title
    }

    /// What a document is about, in a sentence or two.
    pub(super) fn summary(&self, id: EntryId) -> &str {
        &self.said(id).summary
    }

    /// Both stand on a dozen pages, feeds and calendars each: they are set once.
    fn said(&self, id: EntryId) -> &Said {
        self.said[id.index()].get_or_init(|| {
            let document = &self.site.entry(id).document;
            let title = document.title();
            let title = if document.common.verbatim { title.into() } else { self.set(title).into() };
            let text = document.common.summary.as_ref().map_or(document.body.outline.first_paragraph.as_str(), |s| &s.value);
            let text = shorten(text, SUMMARY);
            let clean = if text.contains(char::is_control) { text.replace(char::is_control, "").into() } else { text };
            Said { title, summary: self.set(&clean).into() }
        })
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
    pub(super) fn place<'a>(&'a self, entry: &'a Entry) -> Cow<'a, str> {
        let Details::Workshop(workshop) = &entry.document.details else { return Cow::Borrowed("") };
        let host = workshop.host.as_ref().map(|h| self.organisation_name(&h.value));
        self.set(host.or_else(|| workshop.venue.as_ref().map(|v| v.value.as_str())).unwrap_or_default())
    }

    pub(super) fn organisation_name<'a>(&'a self, written: &'a str) -> &'a str {
        let registry = &self.site.registries.organisations;
        registry.find(written).map_or(written, |at| &registry.entries[at].name)
    }

    /// A workshop's status.
    pub(super) fn entry_status(&self, entry: &Entry) -> Option<Status<'_>> {
        (entry.document.kind == Kind::Workshop).then(|| self.status(site::workshop_status(entry, self.site.today)))
    }

    /// A status in words and with its mark.
    pub(super) fn status(&self, status: RowStatus) -> Status<'_> {
        let mark = match status {
            RowStatus::Planned => "○",
            RowStatus::Dated => "◷",
            RowStatus::Held => "●",
            RowStatus::Published => "✓",
            RowStatus::Moved => "→",
            RowStatus::Cancelled => "×",
            RowStatus::Overdue => "!",
        };
        Status { code: Code(status.id()), word: self.terms.status(status), mark }
    }

    /// A time frame in words.
    pub(super) fn timeframe<'a>(&self, frame: &'a TimeFrame) -> Timeframe<'a> {
        Timeframe {
            printed: &frame.printed,
            words: frame.words(self.language()),
            aloud: frame.aloud(self.language()).unwrap_or_default(),
            datetime: frame.datetime().unwrap_or_default(),
            kind: Code(kind_id(frame.kind)),
            start: frame.start,
            end: frame.end,
        }
    }

    /// The title of an event, set. A heading over sub-items ends in a colon on the paper; here nothing follows it.
    pub(super) fn event_title<'a>(&'a self, event: &Event) -> Cow<'a, str> {
        self.set(self.site.event_title(event).trim_end_matches(':'))
    }

    /// What form an event has and where it takes place: as its workshop says, else the row of its plan.
    pub(super) fn form_and_place(&self, event: &Event) -> (&str, Cow<'_, str>) {
        let entry = event.entry.map(|id| self.site.entry(id));
        let workshop = entry.and_then(|e| match &e.document.details {
            Details::Workshop(w) => Some(w),
            _ => None,
        });
        let row = match (event.source, event.row) {
            (EventSource::PlanItem, Some((plan, row))) => self.row_item(plan, row as usize),
            _ => None,
        };
        let form = workshop.and_then(|w| w.form.as_ref()).or_else(|| row.and_then(|r| r.form.as_ref()));
        let venue = row.and_then(|r| r.venue.as_ref()).map(|v| Cow::Borrowed(v.value.as_str()));
        let place = entry.filter(|_| workshop.is_some()).map(|e| self.place(e)).or(venue).unwrap_or_default();
        (form.map_or("", |f| self.form_name(&f.value)), place)
    }

    /// The view of an event.
    pub(super) fn event_line(&self, id: EventId) -> EventLine<'_> {
        let event = self.site.calendar.event(id);
        let language = self.language();
        let frame = &event.timeframe;
        let tile = match frame.kind {
            FrameKind::Exact => frame.start,
            FrameKind::Deadline => frame.end,
            // One line stands in every month: no day of what repeats is that of all of them.
            _ => None,
        };
        let (form, place) = self.form_and_place(event);
        let mut range = String::new();
        if let (FrameKind::Exact, Some(start), Some(end)) = (frame.kind, frame.start, frame.end)
            && start != end
        {
            range = if start.month() == end.month() { format!("{}–{}", start.day(), end.day()) } else { format!("{}…", start.day()) };
        }
        EventLine {
            title: self.event_title(event),
            url: self.event_url(event),
            source: Code(event.source.id()),
            source_word: self.terms.source(event.source),
            day: tile.map_or_else(String::new, |d| if range.is_empty() { d.day().to_string() } else { range }),
            month: tile.map_or("", |d| date::month_name(d.month(), Case::Genitive, language)),
            year: tile.map_or_else(String::new, |d| d.year().to_string()),
            weekday: tile
                .filter(|_| frame.start == frame.end || frame.kind == FrameKind::Deadline)
                .map_or("", |d| date::weekday_name(d.weekday(), true, language)),
            timeframe: self.timeframe(frame),
            time: frame.time.map_or_else(String::new, |t| t.words()),
            form,
            place,
            status: (event.source != EventSource::Observance).then(|| self.status(event.status)),
            deadline: frame.kind == FrameKind::Deadline,
        }
    }

    /// The address of an event with its anchor behind the slot of its folder; empty where it has no page.
    pub(super) fn event_url(&self, event: &Event) -> String {
        let path = self.site.event_address(event);
        match path.split_once('#') {
            Some((path, anchor)) => format!("{}#{anchor}", address(path)),
            None if path.is_empty() => path,
            None => address(&path),
        }
    }

    /// The row of a plan as written.
    pub(super) fn row_item(&self, plan: EntryId, row: usize) -> Option<&crate::kinds::PlanItem> {
        let (plan, rows) = self.site.entry(plan).current_plan()?;
        rows.rows.get(row).map(|row| row.item(plan))
    }

    /// The name of a form in the site's language.
    pub(super) fn form_name<'a>(&self, written: &'a str) -> &'a str {
        form_of(written).map_or(written, |form| form.name(self.language()))
    }

    /// A link to a group. It stands on the pages of all its members: it is made once.
    pub(super) fn group_link(&self, id: GroupId) -> Link<'_> {
        let link = self.group_links[id.dimension as usize][id.index as usize].get_or_init(|| {
            let name = self.set(&self.site.groups.get(id).name);
            Link::new(name.into_owned(), address(&self.site.groups.address(id)))
        });
        Link::new(&*link.title, &*link.url)
    }

    /// The name that `written` means, with a link to its group if it has one.
    pub(super) fn named_link<'a>(&'a self, dimension: Dimension, written: &'a str) -> Link<'a> {
        self.name_link(dimension, name_in(dimension, written)).0
    }

    /// The address of the group that `written` means; empty if there is none.
    pub(super) fn named_address(&self, dimension: Dimension, written: &str) -> Cow<'_, str> {
        self.address_of(self.meant(dimension, name_in(dimension, written)))
    }

    fn name_link<'a>(&'a self, dimension: Dimension, name: &'a str) -> (Link<'a>, Option<&'a Named>) {
        let meant = self.meant(dimension, name);
        let registered = meant.registered.map(|at| &self.registry_of(dimension).entries[at]);
        let title = self.set(registered.map_or(name, |named| &named.name));
        (Link { title, url: self.address_of(meant) }, registered)
    }

    fn registry_of(&self, dimension: Dimension) -> &Registry {
        match dimension {
            Dimension::People => &self.site.registries.people,
            _ => &self.site.registries.organisations,
        }
    }

    fn address_of(&self, meant: Meant) -> Cow<'_, str> {
        meant.group.map_or(Cow::Borrowed(""), |id| self.group_link(id).url)
    }

    /// What `name` means. The same few names stand on many pages: each is looked up once.
    fn meant(&self, dimension: Dimension, name: &str) -> Meant {
        let names = &self.meant[dimension as usize];
        if let Some(known) = names.read().unwrap_or_else(PoisonError::into_inner).get(name) {
            return *known;
        }
        let registry = self.registry_of(dimension);
        let registered = registry.find(name);
        let key = match registered {
            Some(at) => Cow::Borrowed(registry.entries[at].id.as_str()),
            None if dimension == Dimension::People => format!("~{}", names::person_key(name)).into(),
            None => format!("~{}", names::key(name)).into(),
        };
        let meant = Meant { registered, group: self.site.groups.find(dimension, &key) };
        names.write().unwrap_or_else(PoisonError::into_inner).insert(name.into(), meant);
        meant
    }

    /// A person with the post of the text, else of the registry; where the name is not published, the post in its place.
    pub(super) fn person<'a>(&'a self, written: &'a str) -> Person<'a> {
        if let Some(post) = names::post_alone(written) {
            return Person { name: self.set(post), post: Cow::Borrowed(""), url: Cow::Borrowed(""), named: false };
        }
        let (link, registered) = self.name_link(Dimension::People, name_in(Dimension::People, written));
        let post = match written.split_once(',').map(|(_, post)| post.trim()).filter(|post| !post.is_empty()) {
            Some(post) => self.set(post),
            None => {
                let entry = registered.map(|named| &named.entry);
                let post = entry.and_then(|e| e.post.as_ref()).map_or("", |p| p.value.as_str());
                let organisation = entry.and_then(|e| e.organisation.as_ref()).map_or("", |o| self.organisation_name(&o.value));
                let told = organisation.is_empty() || names::key(post).contains(&names::key(organisation));
                match (post, if told { "" } else { organisation }) {
                    (post, "") => self.set(post),
                    ("", organisation) => self.set(organisation),
                    (post, organisation) => Cow::Owned(self.set(&format!("{post}, {organisation}")).into_owned()),
                }
            }
        };
        Person { name: link.title, post, url: link.url, named: true }
    }

    /// A file with its size in words.
    pub(super) fn file<'a>(&self, file: &'a site::File) -> File<'a> {
        File {
            title: self.set(&file.title),
            url: &file.url,
            format: &file.format,
            size: file.len.map_or_else(String::new, |len| self.size(len)),
            kind: Code(&file.kind),
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

/// The name in what is written: behind that of a person may stand a post.
fn name_in(dimension: Dimension, written: &str) -> &str {
    match (dimension, written.split_once(',')) {
        (Dimension::People, Some((name, _))) => name.trim(),
        (Dimension::People, None) => written.trim(),
        _ => written,
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
pub(super) fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(limit) else { return Cow::Borrowed(text) };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    Cow::Owned(format!("{}…", text[..cut].trim_end_matches([',', ';', ':', '—', '–', ' ', '.'])))
}
