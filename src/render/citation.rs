//! «Как цитировать»: references to a document in words, as files, and in the head of its page.

use super::entries::text_of;
use super::view::{Citation, CitationWords};
use super::{Renderer, bytes};
use crate::format::citation::{Maker, Words, Work};
use crate::kinds::{Details, Kind};
use crate::output::{Content, address};
use crate::record::Text;
use crate::site::{Dimension, EntryId};
use crate::value::language::Language;
use crate::value::person::{name_apart, reads_as_name};
use std::sync::Arc;

impl Renderer {
    /// What a reference says of the document `id`; `None` for what nobody cites: a page, a plan, an announcement without materials.
    pub(super) fn work(&self, id: EntryId) -> Arc<Option<Work>> {
        self.works.of(id, || Arc::new(self.work_of(id)))
    }

    fn work_of(&self, id: EntryId) -> Option<Work> {
        let entry = self.site.entry(id);
        let common = &entry.document.common;
        let kind = entry.document.kind;
        let has_materials = !entry.attachments.is_empty() || !entry.recordings.is_empty();
        let is_cited =
            matches!(kind, Kind::Practice | Kind::Document | Kind::News | Kind::Newsletter) || kind == Kind::Workshop && has_materials;
        if !is_cited {
            return None;
        }
        let makers = |list: &[Text]| -> Vec<Maker> { list.iter().filter_map(|text| self.maker(&text.value)).collect() };
        let mut work = Work {
            authors: makers(&common.authors),
            title: plain(self.title(id)),
            site: self.site.config.title.clone(),
            publisher: self.common.publisher().title.to_string(),
            published: entry.date,
            url: self.absolute(&entry.address),
            summary: plain(self.summary(id)),
            keywords: entry
                .groups
                .iter()
                .filter(|g| g.dimension == Dimension::Areas)
                .map(|g| self.site.groups.get(*g).name.clone())
                .collect(),
            language: self.language(),
            ..Work::default()
        };
        let title = work.title.clone();
        let unsaid = |word: &str| match title.to_lowercase().contains(&word.to_lowercase()) {
            true => String::new(),
            false => word.to_owned(),
        };
        match &entry.document.details {
            Details::Document(paper) => {
                work.about = unsaid(text_of(&paper.kind));
                let mut papers = entry.attachments.iter().filter(|file| file.format == "PDF");
                // A single PDF that is not said to be something else is the document itself.
                if let (Some(pdf), None) = (papers.next().filter(|pdf| pdf.kind.is_empty()), papers.next()) {
                    work.pdf = self.site.config.base_url.as_ref().map_or_else(String::new, |_| self.absolute_text(&pdf.url));
                }
            }
            Details::Newsletter(newsletter) => {
                work.editors = makers(&newsletter.editors);
                work.issue = [&newsletter.running_number, &newsletter.number]
                    .into_iter()
                    .map(text_of)
                    .find(|n| !n.is_empty())
                    .unwrap_or_default()
                    .into();
                let number = self.issue_number(id);
                if !number.is_empty() {
                    work.about = plain(&format!("{} {number}", self.terms.one(kind).to_lowercase()));
                }
            }
            Details::Workshop(workshop) => {
                work.about = workshop.form.as_ref().map_or_else(String::new, |form| unsaid(self.form_name(&form.value)));
                if work.authors.is_empty() {
                    work.authors = makers(&workshop.speakers);
                }
            }
            _ => {}
        }
        if let (true, Details::Document(_) | Details::Practice(_), Some(organisation)) =
            (work.authors.is_empty(), &entry.document.details, &common.organisation)
        {
            work.authors.push(Maker::Institution(plain(self.organisation_name(&organisation.value))));
        }
        Some(work)
    }

    /// Whom `written` names; `None` if it is but a post, which stands where a name may not be published.
    fn maker(&self, written: &str) -> Option<Maker> {
        let name = plain(&self.person(written).name);
        match name_apart(&name) {
            Some((surname, given)) => Some(Maker::Person { surname, given }),
            None if self.site.registries.organisations.find(&name).is_some() => {
                Some(Maker::Institution(plain(self.organisation_name(&name))))
            }
            None => reads_as_name(&name).then_some(Maker::Institution(name)),
        }
    }

    /// The references of a page, with the addresses of their files.
    pub(super) fn citation(&self, id: EntryId, work: &Work) -> Citation<'_> {
        let entry = self.site.entry(id);
        let file = |name: &str| match self.site.has_citation_files(entry) {
            true => address(&format!("{}{name}", entry.address)),
            false => String::new(),
        };
        let words = |label: &'static str, Words { before, after }: Words| CitationWords { label: self.word(label), before, after };
        let forms = match self.language() {
            Language::Ru => vec![words("cite.description", work.description()), words("cite.reference", work.reference())],
            Language::En => vec![words("cite.iso_690", work.iso_690())],
        };
        Citation { forms, bib: file("cite.bib"), ris: file("cite.ris") }
    }

    pub(super) fn bibtex(&self, id: EntryId) -> Content {
        let slug = &self.site.entry(id).slug;
        bytes(Option::as_ref(&self.work(id)).map_or_else(String::new, |work| work.bibtex(slug)))
    }

    pub(super) fn ris(&self, id: EntryId) -> Content {
        bytes(Option::as_ref(&self.work(id)).map_or_else(String::new, Work::ris))
    }
}

/// `text` with plain spaces: what is cited is copied.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}
