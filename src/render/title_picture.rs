//! The pictures of pages for those who show links as pictures.

use super::Renderer;
use super::contrast::channels;
use crate::format::title_picture::{Colours, TitlePicture};
use crate::manifest::TITLE_PICTURE;
use crate::site::EntryId;

impl Renderer {
    /// The absolute address of the picture that stands for a page: that of the document `id`, else of the whole site. Empty where there is none.
    pub(super) fn link_picture(&self, id: Option<EntryId>) -> String {
        let entry = id.map(|id| self.site.entry(id));
        match entry.and_then(|entry| entry.cover.as_ref()) {
            _ if self.site.config.base_url.is_none() => String::new(),
            Some(cover) => self.absolute_text(cover.widths.last().map_or(&cover.url, |(_, url)| url)),
            None if self.site.makes_link_pictures() => {
                self.absolute(&format!("{}{TITLE_PICTURE}", entry.map_or("", |entry| &entry.address)))
            }
            None => String::new(),
        }
    }

    /// What stands on the picture of the document `id`, or of the site.
    pub(super) fn title_picture(&self, id: Option<EntryId>) -> TitlePicture {
        let config = &self.site.config;
        let own = &config.settings.roles.0;
        let colour = |role: &str, usual| {
            let written = own.get(role).map(|text| text.value.as_str()).or_else(|| self.theme.roles.get(role).map(String::as_str));
            written.and_then(channels).unwrap_or(usual)
        };
        let colours =
            Colours { paper: colour("paper", [255, 255, 255]), ink: colour("ink", [0, 0, 0]), accent: colour("accent", [0, 0, 0]) };
        let Some(id) = id else {
            let (above, foot) = (&*self.common.publisher().title, config.description.as_str());
            return TitlePicture { above: above.to_owned(), title: config.title.clone(), foot: foot.to_owned(), colours };
        };
        let entry = self.site.entry(id);
        let date = self.entry_date(entry).map(|date| date.words).unwrap_or_default();
        let above = [self.terms.one(entry.document.kind), &date, &self.place(entry)];
        let above: Vec<&str> = above.into_iter().filter(|part| !part.is_empty()).collect();
        TitlePicture { above: above.join(" · "), title: self.title(id).to_owned(), foot: config.title.clone(), colours }
    }
}
