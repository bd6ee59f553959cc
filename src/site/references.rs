//! References: links between files, attachments, rows of plans, projects, names.

use super::groups::{Dimension, Mention};
use super::names::{self, Registries, Registry};
use super::{EntryId, File, SiteLink};
use crate::diagnostic::{Diagnostic, Problem, Registry as Which};
use crate::format::picture::{Cut, Form, Picture};
use crate::kinds::{Attachment, Details, Kind, form_of};
use crate::output::{ROOT, address};
use crate::parse::Document;
use crate::parse::markdown::{Link, Target};
use crate::record::{Text, nearest};
use crate::source::{Asset, Place, SourcePath, Span, extension, is_active};
use crate::sources::{Source, Sources};
use crate::value::composed::composed;
use crate::value::hidden::{self, without};
use crate::value::html::encode_path;
use crate::value::language::Language;
use crate::value::scripts::bare;
use crate::value::url::scheme;
use std::collections::{BTreeMap, HashMap};

/// Where things are, for those that refer to them.
pub struct Index<'a> {
    pub sources: &'a Sources,
    pub registries: &'a Registries,
    /// The entry of each document's file.
    pub by_path: HashMap<&'a str, EntryId>,
    /// The files whose names have letters in several pieces, as a Mac writes them, by the names that people type.
    pub composed: HashMap<String, &'a str>,
    /// Files of documents that are not on the site now: drafts, not yet or no longer published.
    pub hidden: std::collections::HashSet<&'a str>,
    /// The address of each entry.
    pub addresses: Vec<&'a str>,
    /// The title of each entry.
    pub titles: Vec<&'a str>,
    /// The places of each entry's page that a link may name.
    pub anchors: Vec<Vec<&'a str>>,
    /// Plans by slug and by stem, projects likewise.
    pub plans: HashMap<String, EntryId>,
    pub projects: HashMap<String, EntryId>,
    pub language: Language,
}

/// What the references of one document come to.
#[derive(Debug, Default)]
pub struct Resolved {
    pub links: Vec<Target>,
    pub cover: Option<Picture>,
    pub attachments: Vec<File>,
    pub recordings: Vec<File>,
    /// What came of the rows of a plan, each with the place where it is written.
    pub results: Vec<(Place, File)>,
    pub rows: Vec<(EntryId, String, Text)>,
    pub project: Option<EntryId>,
    pub mentions: Vec<Mention>,
    pub files: BTreeMap<String, (SourcePath, Option<Cut>)>,
    pub site_links: Vec<SiteLink>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Index<'_> {
    /// Resolves everything that `document` refers to.
    pub fn resolve(&self, document: &Document) -> Resolved {
        let mut out = Resolved::default();
        for link in &document.body.outline.links {
            let target = self.link(document, link, &mut out);
            out.links.push(target);
        }
        for (what, range) in &document.body.outline.harm {
            out.diagnostics.push(Diagnostic::new(Problem::UnsafeHtml { what: (*what).to_owned() }, document.body_span(range)));
        }
        self.cover(document, &mut out);
        out.attachments = document.common.attachments.iter().filter_map(|a| self.attachment(document, a, &mut out)).collect();
        if let Details::Workshop(workshop) = &document.details {
            let links = workshop.link.iter().chain(workshop.registration.iter().filter_map(|r| r.url.as_ref()));
            let unsafe_links = links.filter(|link| scheme(&link.value).is_some_and(|scheme| scheme != "http" && scheme != "https"));
            out.diagnostics.extend(
                unsafe_links.map(|link| {
                    Diagnostic::new(Problem::UnsafeLink { target: link.value.to_string() }, Span::new(&document.path, link.span))
                }),
            );
            out.recordings = workshop.recordings.iter().filter_map(|a| self.attachment(document, a, &mut out)).collect();
        }
        if let Details::Plan(plan) = &document.details {
            let amended = plan.amendments.iter().flat_map(|amendment| &amendment.changes);
            let amended = amended.flat_map(|change| std::iter::once(&change.cells).chain(&change.changed.add));
            let items = plan.sections.iter().flat_map(|section| &section.items).chain(amended);
            out.results = items.flat_map(|item| &item.results).filter_map(|text| self.result(document, text, &mut out)).collect();
        }
        self.plan_items(document, &mut out);
        if let Some(project) = &document.common.project {
            let key = project.value.trim_start_matches("projects/").trim_matches('/').to_owned();
            out.project = self.projects.get(&key).copied();
            if out.project.is_none() && !self.hidden_stem(Kind::Project, &key) {
                let near = nearest(&key, self.projects.keys().map(String::as_str)).map(str::to_owned);
                let problem = Problem::UnknownProject { text: project.value.to_string(), nearest: near.clone() };
                out.diagnostics.push(Diagnostic::new(problem, Span::new(&document.path, project.span)).with_fix(near));
            }
        }
        self.mentions(document, &mut out);
        out
    }

    fn link(&self, document: &Document, link: &Link, out: &mut Resolved) -> Target {
        let written = &*without(link.target.trim());
        let span = || document.body_span(&link.range);
        if written.is_empty() {
            return Target::Nowhere;
        }
        if let Some(anchor) = written.strip_prefix('#') {
            let known = self.by_path.get(&*document.path).is_some_and(|id| self.has_anchor(*id, anchor));
            if !known && !anchor.starts_with("fn") {
                out.diagnostics
                    .push(Diagnostic::new(Problem::BrokenAnchor { target: document.path.to_string(), anchor: anchor.to_owned() }, span()));
            }
            return Target::Address(format!("#{anchor}"));
        }
        if let Some(scheme) = scheme(written) {
            return match scheme.as_str() {
                "http" | "https" | "mailto" | "tel" => Target::Address(written.to_owned()),
                _ => {
                    out.diagnostics.push(Diagnostic::new(Problem::UnsafeLink { target: written.to_owned() }, span()));
                    Target::Nowhere
                }
            };
        }
        if written.starts_with("//") {
            return Target::Address(format!("https:{written}"));
        }
        let (path, anchor) = match written.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (written, None),
        };
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        if let Some(from_root) = decoded.strip_prefix('/') {
            // `/files/x.pdf` names a file of `content/`, `/calendar/` a page.
            let file = format!("content/{from_root}");
            if !self.sources.content.contains_key(self.on_disk(&file)) {
                let address_ = from_root.split('?').next().unwrap_or_default().to_owned();
                let with_anchor = anchor.map_or_else(String::new, |a| format!("#{a}"));
                out.site_links.push(SiteLink { address: address_.clone(), span: span() });
                return Target::Address(format!("{}{with_anchor}", address(&encode_path(&address_))));
            }
        }
        let Some(file) = join(&document.path, &decoded) else {
            out.diagnostics.push(Diagnostic::new(Problem::BrokenLink { target: written.to_owned(), nearest: None }, span()));
            return Target::Nowhere;
        };
        if let Some(id) = self.document_at(&file) {
            if let Some(anchor) = anchor.filter(|a| !self.has_anchor(id, a)) {
                let problem = Problem::BrokenAnchor { target: format!("/{}", self.addresses[id.index()]), anchor: anchor.to_owned() };
                out.diagnostics.push(Diagnostic::new(problem, span()));
            }
            let anchor = anchor.map_or_else(String::new, |a| format!("#{a}"));
            return Target::Address(format!("{}{anchor}", address(self.addresses[id.index()])));
        }
        if self.hidden.contains(self.on_disk(&file)) {
            return Target::Nowhere;
        }
        if is_active(&file) && self.sources.content.contains_key(self.on_disk(&file)) {
            out.diagnostics.push(Diagnostic::new(Problem::ActiveFile { path: written.to_owned() }, span()));
            return Target::Nowhere;
        }
        let found = match link.image {
            true => self.picture(&file, span(), out).map(Target::Picture),
            false => self.file(&file, span(), out).map(|(url, _)| Target::Address(url)),
        };
        match found {
            Some(target) => target,
            None => {
                let near = self.nearest_file(&file).map(|near| beside(&decoded, &near));
                // The link with another target; where the text was not kept, there is nothing to write.
                let source = document.markdown().and_then(|text| text.get(link.range.clone()));
                let fixed = near.as_ref().zip(source).filter(|(_, source)| source.matches(path).count() == 1);
                let fix = fixed.map(|(near, source)| source.replacen(path, &encode_path(near), 1));
                let problem = Problem::BrokenLink { target: written.to_owned(), nearest: near };
                out.diagnostics.push(Diagnostic::new(problem, span()).with_fix(fix));
                Target::Nowhere
            }
        }
    }

    /// The document whose file is `file`: the file itself, its folder's `index.md`, or the name without an ending.
    fn document_at(&self, file: &str) -> Option<EntryId> {
        let file = file.trim_end_matches('/');
        let endings = ["", ".md", ".yaml", ".yml", "/index.md", "/index.yaml"];
        endings.iter().find_map(|end| self.by_path.get(self.on_disk(&format!("{file}{end}"))).copied())
    }

    /// The path of `file` as the disk has it.
    fn on_disk<'f>(&'f self, file: &'f str) -> &'f str {
        // Nearly always there are none.
        if self.composed.is_empty() || self.sources.content.contains_key(file) {
            file
        } else {
            self.composed.get(&*composed(file)).copied().unwrap_or(file)
        }
    }

    fn has_anchor(&self, id: EntryId, anchor: &str) -> bool {
        let decoded = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy();
        self.anchors[id.index()].iter().any(|a| *a == decoded)
    }

    /// A file of `content/` to take away, published under `files/` with its path there.
    fn file(&self, file: &str, span: Span, out: &mut Resolved) -> Option<(String, Asset)> {
        let (path, asset) = self.asset(file, span, out)?;
        let cut = asset.picture.filter(|picture| picture.form != Form::AsItIs).map(|_| Cut::Whole);
        Some((publish(path, published(path), cut, out), asset.clone()))
    }

    /// A picture of `content/` to look at, published under `files/` in the widths of screens.
    fn picture(&self, file: &str, span: Span, out: &mut Resolved) -> Option<Picture> {
        let (path, asset) = self.asset(file, span, out)?;
        let Some(measure) = asset.picture.filter(|picture| picture.form != Form::AsItIs) else {
            let size = asset.picture.map(|picture| (picture.width, picture.height));
            return Some(Picture { url: publish(path, published(path), None, out), size, widths: Vec::new() });
        };
        let one = |width| (width, publish(path, measure.form.name(&published(path), width), Some(Cut::Wide(width)), out));
        let mut widths: Vec<(u32, String)> = measure.widths(asset.len).into_iter().map(one).collect();
        let (_, url) = widths[widths.len() / 2].clone();
        let widest = widths.last().map_or(measure.width, |(width, _)| *width);
        if widths.len() == 1 {
            widths.clear();
        }
        Some(Picture { url, size: Some((widest, measure.height_at(widest))), widths })
    }

    /// The file that is only copied or cut; what is wrong with it as a picture is told of the place `span` that names it.
    fn asset(&self, file: &str, span: Span, out: &mut Resolved) -> Option<(&SourcePath, &Asset)> {
        let (path, Source::Asset(asset)) = self.sources.content.get_key_value(self.on_disk(file))? else { return None };
        let problem = match extension(path).as_str() {
            "jpg" | "jpeg" | "png" | "webp" if asset.picture.is_none() => Some(Problem::DamagedPicture { path: path.to_string() }),
            "avif" | "heic" | "heif" | "bmp" | "tif" | "tiff" | "jxl" => Some(Problem::PictureFormat { path: path.to_string() }),
            _ => None,
        };
        out.diagnostics.extend(problem.map(|problem| Diagnostic::new(problem, span)));
        Some((path, asset))
    }

    fn nearest_file(&self, file: &str) -> Option<String> {
        let (folder, name) = file.rsplit_once('/')?;
        let prefix = format!("{folder}/");
        let beside =
            self.sources.content.range(SourcePath::from(prefix.as_str())..).map(|(p, _)| &**p).take_while(|p| p.starts_with(&prefix));
        nearest(name, beside.filter_map(|p| p.strip_prefix(&prefix)).filter(|n| !n.contains('/') && hidden::find(n).is_none()))
            .map(str::to_owned)
    }

    /// The path of the file that `written` names, if there is one to publish.
    fn named_file(&self, document: &Document, written: &Text, out: &mut Resolved) -> Option<String> {
        let path = join(&document.path, &written.value);
        if let Some(path) = path.as_ref().filter(|path| is_active(path) && self.sources.content.contains_key(self.on_disk(path))) {
            let problem = Problem::ActiveFile { path: path.clone() };
            out.diagnostics.push(Diagnostic::new(problem, Span::new(&document.path, written.span)));
            return None;
        }
        let found = path.filter(|file| matches!(self.sources.content.get(self.on_disk(file)), Some(Source::Asset(_))));
        if found.is_none() {
            let near = join(&document.path, bare(&written.value)).and_then(|file| self.nearest_file(&file));
            let near = near.map(|near| beside(bare(&written.value), &near));
            let problem = Problem::MissingFile { path: written.value.to_string(), nearest: near.clone() };
            out.diagnostics.push(Diagnostic::new(problem, Span::new(&document.path, written.span)).with_fix(near));
        }
        found
    }

    fn cover(&self, document: &Document, out: &mut Resolved) {
        let Some(cover) = &document.common.cover else { return };
        let Some(file) = &cover.file else { return };
        if cover.alt.is_none() && !cover.decorative {
            out.diagnostics
                .push(Diagnostic::new(Problem::MissingAlt { path: file.value.to_string() }, Span::new(&document.path, file.span)));
        }
        if let Some(path) = self.named_file(document, file, out) {
            out.cover = self.picture(&path, Span::new(&document.path, file.span), out);
        }
    }

    fn attachment(&self, document: &Document, attachment: &Attachment, out: &mut Resolved) -> Option<File> {
        let kind = attachment.kind.as_ref().map(|k| k.value.to_string()).unwrap_or_default();
        let title = |fallback: &str| attachment.title.as_ref().map_or_else(|| fallback.to_owned(), |t| t.value.to_string());
        let is_url = |text: &Text| matches!(scheme(&text.value).as_deref(), Some("http" | "https"));
        // A plain text in the list may be a file or an address.
        let url = attachment.url.as_ref().or_else(|| attachment.file.as_ref().filter(|f| is_url(f)));
        if let Some(url) = url {
            if !is_url(url) {
                out.diagnostics
                    .push(Diagnostic::new(Problem::UnsafeLink { target: url.value.to_string() }, Span::new(&document.path, url.span)));
                return None;
            }
            return Some(File { url: url.value.to_string(), title: title(&url.value), kind, format: String::new(), len: None });
        }
        let Some(file) = &attachment.file else {
            let at = attachment.title.as_ref().map_or(0..0, |t| t.span.into());
            out.diagnostics.push(Diagnostic::new(Problem::EmptyAttachment, Span::new(&document.path, at)));
            return None;
        };
        let path = self.named_file(document, file, out)?;
        let (url, asset) = self.file(&path, Span::new(&document.path, file.span), out)?;
        let name = file.value.rsplit('/').next().unwrap_or(&file.value);
        Some(File { url, title: title(name), kind, format: extension(name).to_uppercase(), len: Some(asset.len) })
    }

    /// What came of a row: an address, a document of the site, or a file.
    fn result(&self, document: &Document, written: &Text, out: &mut Resolved) -> Option<(Place, File)> {
        let other = join(&document.path, &written.value).and_then(|path| self.by_path.get(self.on_disk(&path)));
        let file = match other {
            Some(id) => {
                let (url, title) = (address(self.addresses[id.index()]), self.titles[id.index()].to_owned());
                File { url, title, kind: String::new(), format: String::new(), len: None }
            }
            None => {
                let attachment = Attachment { file: Some(written.clone()), url: None, title: None, kind: None };
                self.attachment(document, &attachment, out)?
            }
        };
        Some((written.span, file))
    }

    fn plan_items(&self, document: &Document, out: &mut Resolved) {
        for item in &document.common.plan_item {
            let written = item.value.trim_start_matches("plans/").trim_matches('/');
            let (plan, row) = match written.rsplit_once('/').or_else(|| written.rsplit_once('#')) {
                Some((plan, row)) => (plan, row.trim_end_matches('.')),
                None => (written, ""),
            };
            match self.plans.get(plan) {
                Some(id) => out.rows.push((*id, row.to_owned(), item.clone())),
                None if self.hidden_stem(Kind::Plan, plan) => {}
                None => {
                    let near = nearest(plan, self.plans.keys().map(String::as_str)).map(|p| format!("{p}/{row}"));
                    let problem = Problem::UnknownPlanItem { text: item.value.to_string(), nearest: near.clone() };
                    out.diagnostics.push(Diagnostic::new(problem, Span::new(&document.path, item.span)).with_fix(near));
                }
            }
        }
    }

    fn hidden_stem(&self, kind: Kind, stem: &str) -> bool {
        let folder = format!("content/{}/", kind.folder());
        self.hidden.iter().any(|path| path.strip_prefix(&folder).is_some_and(|rest| rest.split(['.', '/']).next() == Some(stem)))
    }

    fn mentions(&self, document: &Document, out: &mut Resolved) {
        let registries = self.registries;
        let common = &document.common;
        let mut add = |dimension: Dimension, which: Which, registry: &Registry, text: &Text| {
            let name = if dimension == Dimension::People { names::person(&text.value).name } else { text.value.to_string() };
            if name.is_empty() {
                return;
            }
            match registry.find(&name) {
                Some(at) => {
                    let named = &registry.entries[at];
                    let mention = Mention {
                        dimension,
                        key: named.id.clone(),
                        name: named.name.clone(),
                        id: Some(named.id.clone()),
                        registered: Some(at),
                    };
                    out.mentions.push(mention);
                }
                None => {
                    if registry.present {
                        // The name alone, without the post behind it.
                        let place = text.value.find(&name).and_then(|at| text.part(at..at + name.len()));
                        let problem = Problem::UnknownName { registry: which, name: name.clone(), nearest: None };
                        let place = place.unwrap_or_else(|| text.span.into());
                        out.diagnostics.push(Diagnostic::new(problem, Span::new(&document.path, place)));
                    }
                    let key = if dimension == Dimension::People { names::person_key(&name) } else { names::key(&name) };
                    out.mentions.push(Mention { dimension, key: format!("~{key}"), name, id: None, registered: None });
                }
            }
        };
        let nothing = Registry::default();
        common.areas.iter().for_each(|t| add(Dimension::Areas, Which::Areas, &registries.areas, t));
        common.competencies.iter().for_each(|t| add(Dimension::Competencies, Which::Competencies, &registries.competencies, t));
        common.organisation.iter().for_each(|t| add(Dimension::Organisations, Which::Organisations, &registries.organisations, t));
        common.territory.iter().for_each(|t| add(Dimension::Territories, Which::Territories, &registries.territories, t));
        common.authors.iter().for_each(|t| add(Dimension::People, Which::People, &registries.people, t));
        common.audience.iter().for_each(|t| add(Dimension::Audiences, Which::Areas, &nothing, t));
        common.tags.iter().for_each(|t| add(Dimension::Tags, Which::Areas, &nothing, t));
        match &document.details {
            Details::Workshop(w) => {
                w.host
                    .iter()
                    .chain(&w.organisers)
                    .for_each(|t| add(Dimension::Organisations, Which::Organisations, &registries.organisations, t));
                w.speakers.iter().for_each(|t| add(Dimension::People, Which::People, &registries.people, t));
                w.series.iter().for_each(|t| add(Dimension::Series, Which::Areas, &nothing, t));
            }
            Details::Newsletter(n) => n.editors.iter().for_each(|t| add(Dimension::People, Which::People, &registries.people, t)),
            Details::Plan(p) => p.curator.iter().chain(&p.head).for_each(|t| add(Dimension::People, Which::People, &registries.people, t)),
            Details::Project(p) => {
                p.partners.iter().for_each(|t| add(Dimension::Organisations, Which::Organisations, &registries.organisations, t))
            }
            _ => {}
        }
        let form = match &document.details {
            Details::Workshop(w) => w.form.as_ref(),
            Details::Practice(p) => p.form.as_ref(),
            _ => None,
        };
        if let Some(form) = form {
            let known = form_of(&form.value);
            out.mentions.push(Mention {
                dimension: Dimension::Forms,
                key: known.map_or_else(|| format!("~{}", names::key(&form.value)), |f| f.id.to_owned()),
                name: known.map_or_else(|| form.value.to_string(), |f| f.name(self.language).to_owned()),
                id: known.map(|f| f.id.to_owned()),
                registered: None,
            });
        }
        // Where a registered institution is, its events are too.
        let host = match &document.details {
            Details::Workshop(w) if common.territory.is_none() => w.host.as_ref().or(common.organisation.as_ref()),
            _ if common.territory.is_none() => common.organisation.as_ref(),
            _ => None,
        };
        if let Some(territory) = host
            .and_then(|h| registries.organisations.find(&h.value))
            .and_then(|at| registries.organisations.entries[at].entry.territory.as_ref())
            && let Some(at) = registries.territories.find(&territory.value)
        {
            let named = &registries.territories.entries[at];
            out.mentions.push(Mention {
                dimension: Dimension::Territories,
                key: named.id.clone(),
                name: named.name.clone(),
                id: Some(named.id.clone()),
                registered: Some(at),
            });
        }
    }
}

/// Where a file of the content is published, if it is.
fn published(path: &SourcePath) -> String {
    format!("files/{}", path.strip_prefix("content/").unwrap_or(path))
}

/// Publishes what is cut from `path`, or all of it, at `output`; the address.
fn publish(path: &SourcePath, output: String, cut: Option<Cut>, out: &mut Resolved) -> String {
    let url = format!("{ROOT}{}", encode_path(&output));
    out.files.insert(output, (path.clone(), cut));
    url
}

/// The file `name` in the folder of `path`.
fn beside(path: &str, name: &str) -> String {
    let folder = path.rfind(['/', '\\']).map_or("", |slash| &path[..=slash]);
    format!("{folder}{name}")
}

/// The file that `relative` names from the file `from`; `None` if it leads out of `content/`.
pub fn join(from: &str, relative: &str) -> Option<String> {
    let relative = relative.replace('\\', "/");
    let mut parts: Vec<&str> = match relative.strip_prefix('/') {
        Some(_) => vec!["content"],
        None => from.split('/').collect(),
    };
    if !relative.starts_with('/') {
        parts.pop();
    }
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.len() <= 1 {
                    return None;
                }
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    (parts.first() == Some(&"content")).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_inside_content_only() {
        assert_eq!(join("content/workshops/a/index.md", "../../plans/x.yaml").as_deref(), Some("content/plans/x.yaml"));
        assert_eq!(join("content/workshops/a.md", "..\\news\\b.md").as_deref(), Some("content/news/b.md"));
        assert_eq!(join("content/a.md", "../../etc/passwd"), None);
        assert_eq!(join("content/workshops/a.md", "/images/p.png").as_deref(), Some("content/images/p.png"));
    }
}
