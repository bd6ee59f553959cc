//! The front page, the pages and lists of documents, and the pages of the site itself.

use super::{Item, Manifest, Page};
use crate::cms::AdminFile;
use crate::format::sitemap;
use crate::kinds::Kind;
use crate::output::file_of;
use crate::site::calendar::is_appointment;
use crate::site::{EntryId, Site};

/// The name of the picture of a title, in the folder of its page.
pub const TITLE_PICTURE: &str = "title.png";

pub(super) fn list(site: &Site, manifest: &mut Manifest) {
    manifest.add("index.html", Item::Home);
    let pictures = site.makes_link_pictures();
    if pictures {
        manifest.add(TITLE_PICTURE, Item::TitlePicture(None));
    }
    for (index, entry) in site.entries.iter().enumerate() {
        let id = EntryId(index as u32);
        manifest.add(file_of(&entry.address), Item::Entry(id));
        if site.has_citation_files(entry) {
            manifest.add(format!("{}cite.bib", entry.address), Item::BibTex(id));
            manifest.add(format!("{}cite.ris", entry.address), Item::Ris(id));
        }
        if entry.document.kind == Kind::Workshop && entry.timeframe.as_deref().is_some_and(is_appointment) {
            manifest.add(format!("{}event.ics", entry.address), Item::EventFile(id));
        }
        if pictures && entry.cover.is_none() {
            manifest.add(format!("{}{TITLE_PICTURE}", entry.address), Item::TitlePicture(Some(id)));
        }
    }
    for id in site.section(Kind::Newsletter).iter().filter(|_| site.has_mail()) {
        let address = &site.entry(*id).address;
        manifest.add(format!("{address}email.html"), Item::Mail(*id));
        manifest.add(format!("{address}email.txt"), Item::MailText(*id));
    }
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Page) {
        let len = site.section(kind).len();
        for page in Page::all(len, site.config.paginate) {
            manifest.add(file_of(&page.address(&format!("{}/", kind.folder()))), Item::Section(kind, page));
        }
    }
    manifest.add("sitemap/index.html", Item::SiteMap);
    manifest.add("accessibility/index.html", Item::Accessibility);
    manifest.add("404.html", Item::NotFound);
    manifest.add("robots.txt", Item::Robots);
    if site.config.settings.cms.is_some() {
        AdminFile::ALL.into_iter().for_each(|(path, file)| manifest.add(format!("admin/{path}"), Item::Admin(file)));
    }
    if site.config.base_url.is_some() {
        manifest.add("sitemap.xml", Item::SiteMapXml);
        let parts = site.public_pages().len().div_ceil(sitemap::MOST_URLS);
        (0..parts).filter(|_| parts > 1).for_each(|n| manifest.add(sitemap::part_path(n), Item::SiteMapPart(n)));
    }
    for (old, new) in &site.redirects {
        let entry = match manifest.items.get(&file_of(new)) {
            Some(Item::Entry(id)) => Some(*id),
            _ => None,
        };
        manifest.add(file_of(old), Item::Redirect(new.clone(), entry));
    }
}
