//! The page of a newsletter: set like a paper, with a masthead, its contents, the editors' text and the sections that it collects.

use super::entries::text_of;
use super::theme::Rare;
use super::view::{self, IssueLine, IssueList, IssueSection, Link};
use super::{Made, Renderer};
use crate::kinds::{Details, Kind};
use crate::output::address;
use crate::site::{Collected, Days, EntryId, EventId, RowStatus};
use crate::value::date::{self, Date};
use crate::value::timeframe::Kind as FrameKind;
use std::borrow::Cow;

/// A list of an issue is no longer than this; what is more is counted, with the way to it.
const MOST_LINES: usize = 50;

impl Renderer {
    /// The page of a newsletter.
    pub(super) fn newsletter(&self, id: EntryId) -> Made {
        let mut entry = self.entry_view(id)?;
        let sections = self.issue_sections(id);
        let headings = self.site.entry(id).document.body.outline.headings.iter().filter(|heading| heading.level == 2);
        let mut contents: Vec<Link> = headings.map(|heading| Link::new(self.set(&heading.title), format!("#{}", heading.id))).collect();
        contents.extend(sections.iter().map(|section| Link::new(section.title, format!("#{}", section.id))));
        if contents.len() < 3 {
            contents.clear();
        }
        (entry.contents_html, entry.contents) = (self.parts("parts/contents-item.html", "", &contents)?, Rare(contents));
        let mail = |file: &str| match self.site.has_mail() {
            true => address(&format!("{}{file}", self.site.entry(id).address)),
            false => String::new(),
        };
        let view = view::Newsletter {
            frame: self.frame(self.about_entry(id, vec![self.article_json(id)])),
            entry,
            number: self.issue_number(id),
            sections,
            mail: mail("email.html"),
            mail_text: mail("email.txt"),
        };
        self.theme.render("newsletter.html", &view)
    }

    /// «№ 3 (12)»: the number in the year and, in brackets, since the beginning.
    pub(super) fn issue_number(&self, id: EntryId) -> String {
        let Details::Newsletter(newsletter) = &self.site.entry(id).document.details else { return String::new() };
        match (text_of(&newsletter.number), text_of(&newsletter.running_number)) {
            ("", "") => String::new(),
            (number, "") | ("", number) => format!("{}\u{a0}{number}", self.word("issue.number")),
            (number, running) => format!("{}\u{a0}{number}\u{a0}({running})", self.word("issue.number")),
        }
    }

    /// The sections that a newsletter collects; those in which nothing would stand are left out.
    pub(super) fn issue_sections(&self, id: EntryId) -> Vec<IssueSection<'_>> {
        let Some(found) = self.site.collected(id) else { return Vec::new() };
        let Collected { behind, ahead, published, held, dated, windows, lasting } = found;
        let archive = |days: Option<Days>| days.map_or(String::new(), |(_, last)| address(&format!("archive/{}/", last.year())));
        let calendar = |days: Option<Days>| days.map_or(String::new(), |(first, _)| address(&format!("calendar/{}/", first.year())));
        let published = (published.len(), published.iter().take(MOST_LINES).map(|id| self.published_line(*id)).collect());
        let events = |ids: &[EventId], ahead: Option<Date>| {
            (ids.len(), ids.iter().take(MOST_LINES).map(|id| self.event_issue_line(*id, ahead)).collect::<Vec<_>>())
        };
        let from = ahead.map(|(first, _)| first);
        let sections = [
            self.issue_section("published", behind, archive(behind), vec![("", published)]),
            self.issue_section("held", behind, calendar(behind), vec![("", events(&held, None))]),
            self.issue_section(
                "coming",
                ahead,
                calendar(ahead),
                vec![("", events(&dated, from)), ("issue.windows", events(&windows, from)), ("issue.lasting", events(&lasting, from))],
            ),
        ];
        sections.into_iter().flatten().collect()
    }

    fn issue_section<'a>(
        &'a self,
        id: &'static str,
        days: Option<Days>,
        more: String,
        lists: Vec<(&'static str, (usize, Vec<IssueLine<'a>>))>,
    ) -> Option<IssueSection<'a>> {
        let left: usize = lists.iter().map(|(_, (count, lines))| count - lines.len()).sum();
        let lists: Vec<IssueList> = lists
            .into_iter()
            .filter(|(_, (_, lines))| !lines.is_empty())
            .map(|(title, (_, lines))| IssueList { title: if title.is_empty() { "" } else { self.word(title) }, lines })
            .collect();
        let title = match id {
            "published" => self.word("issue.published"),
            "held" => self.word("issue.held"),
            _ => self.word("issue.coming"),
        };
        (!lists.is_empty()).then(|| IssueSection {
            id: match id {
                "published" => "issue-published",
                "held" => "issue-held",
                _ => "issue-coming",
            },
            title,
            span: days.map_or_else(String::new, |(first, last)| date::span(first, last, self.language())),
            lists,
            more: (left > 0).then(|| Link::new(format!("{} {left}", self.word("issue.more")), more)),
        })
    }

    fn published_line(&self, id: EntryId) -> IssueLine<'_> {
        let entry = self.site.entry(id);
        IssueLine {
            title: self.title(id).into(),
            url: address(&entry.address),
            kind_word: self.terms.one(entry.document.kind),
            when: entry.date.map_or_else(String::new, |day| date::day_month(day, self.language())),
            datetime: entry.date.map_or_else(String::new, |day| day.to_string()),
            place: Cow::Borrowed(""),
            summary: self.summary(id),
            note: String::new(),
            status: None,
        }
    }

    /// An event of an issue. What is said of it does not depend on the day of the build: of its status only what an editor has written.
    fn event_issue_line(&self, id: EventId, ahead: Option<Date>) -> IssueLine<'_> {
        let event = self.site.calendar.event(id);
        let frame = &event.timeframe;
        let (form, place) = self.form_and_place(event);
        let entry = event.entry.map(|id| self.site.entry(id)).filter(|entry| entry.document.kind == Kind::Workshop);
        let when = match frame.kind {
            // What has no day is said as it stands on the paper: whoever words it anew gives it one.
            FrameKind::Window | FrameKind::Ongoing | FrameKind::Recurring => frame.printed.to_string(),
            _ => frame.words(self.language()),
        };
        let until = entry
            .and_then(|entry| entry.register_until.as_ref())
            .filter(|until| until.end.zip(ahead).is_some_and(|(end, from)| end >= from));
        let note = match until {
            Some(until) => format!("{} {}", self.word("issue.until"), until.words(self.language())),
            None => {
                let files = entry.filter(|_| ahead.is_none()).map_or(0, |entry| entry.attachments.len() + entry.recordings.len());
                if files > 0 { self.theme.words.counted(files as u64, "material") } else { String::new() }
            }
        };
        IssueLine {
            title: self.event_title(event),
            url: self.event_url(event),
            kind_word: if form.is_empty() { self.terms.source(event.source) } else { form },
            when: self.set(&when).into_owned(),
            datetime: frame.datetime().unwrap_or_default(),
            place,
            summary: "",
            note,
            status: matches!(event.status, RowStatus::Cancelled | RowStatus::Moved).then(|| self.status(event.status)),
        }
    }
}
