//! An issue as a letter: the twins of `multipart/alternative` (RFC 2046 §5.1.4), HTML for mail clients and plain text. Both are made of one
//! view, so that they say the same. Every address in them is absolute, so a site that does not know its own has none.

mod markup;
mod plain;

use super::entries::cover;
use super::theme::Markup;
use super::view::{self, Link};
use super::{Bodies, Fault, Renderer};
use crate::output::{Content, address};
use crate::site::EntryId;
use markup::{coloured, mail_markup, shown};
use plain::plain_text;

impl Renderer {
    /// The letter in HTML: `templates/email.html`.
    pub(super) fn mail(&self, id: EntryId, bodies: Bodies) -> Result<Content, Fault> {
        let url = self.absolute(&self.site.entry(id).address);
        let body = self.absolute_text(&self.body(id, bodies)?);
        let body = Markup(mail_markup(&body, &url, &self.theme.mail));
        let html = self.theme.render("email.html", &self.mail_view(id, body))?;
        let html = coloured(&html, |role| self.role(role));
        Ok(Content::Bytes(self.absolute_text(&html).into_bytes()))
    }

    /// The same letter in plain text.
    pub(super) fn mail_text(&self, id: EntryId, bodies: Bodies) -> Result<Content, Fault> {
        let body = self.absolute_text(&self.body(id, bodies)?);
        let text = plain_text(&self.mail_view(id, Markup::default()), &body, &self.theme.words, &self.absolute(""));
        Ok(Content::Bytes(text.into_bytes()))
    }

    fn mail_view(&self, id: EntryId, body_html: Markup) -> view::Mail<'_> {
        let entry = self.site.entry(id);
        view::Mail {
            language: self.language().tag(),
            title: self.title(id),
            number: self.issue_number(id),
            date: self.entry_date(entry).map_or_else(String::new, |day| day.words),
            url: self.absolute(&entry.address),
            summary: self.summary(id),
            site: Link::new(&*self.site.config.title, address("")),
            editors: self.authors(entry),
            cover: cover(entry).map(|cover| {
                let (width, height) = shown((cover.width, cover.height)).unwrap_or_default();
                view::Picture { width, height, ..cover }
            }),
            body_html,
            sections: self.issue_sections(id),
            files: self.files(entry),
            publisher: self.common.publisher(),
            contacts: self.site.config.settings.contacts.iter().map(|line| line.value.as_str()).collect(),
            issues: address("newsletters/"),
        }
    }

    /// The value of a role of the theme, as the settings or else the theme itself have it.
    fn role(&self, name: &str) -> Option<&str> {
        let own = self.site.config.settings.roles.0.get(name).map(|value| value.value.as_str());
        own.filter(|value| super::frame::is_value(value)).or_else(|| self.theme.roles.get(name).map(String::as_str))
    }
}
