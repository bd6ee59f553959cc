//! Markdown: the one doorway to `pulldown-cmark`. CommonMark and GFM (tables, footnotes, task lists, strikethrough, alerts), heading
//! ids and definition lists.
//!
//! A text passes twice: [`scan`] finds what the site must know of it (links, headings, the first paragraph) and [`html`] writes it, when
//! the links' targets are known. The second pass costs about 2 ns a byte, and keeps no body's HTML in memory between the stages.

use super::{sanitise, tree};
use crate::format::picture::Picture;
use crate::value::hidden::{drop_from_piece, is_hidden, without};
use crate::value::html::{attribute_into, content_into, escape_into};
use crate::value::language::Language;
use crate::value::shared::{Pool, Shared};
use crate::value::slug::{Slugs, slug};
use crate::value::typography::Typographer;
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

/// What the site must know of a body before it is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outline {
    /// Links and pictures in the order of the text.
    pub links: Vec<Link>,
    /// Headings in the order of the text.
    pub headings: Vec<Heading>,
    /// The first paragraph as plain text. A document keeps no more of it than lists show.
    pub first_paragraph: String,
    /// Raw HTML stands in it, so it must be sanitised.
    pub raw_html: bool,
    /// It stands deeper than [`tree::DEEPEST`] levels, or its raw HTML would grow without measure: then it is not written.
    pub too_deep: bool,
    /// Raw HTML that would do harm: what, and where.
    pub harm: Vec<(&'static str, Range<usize>)>,
}

/// A link or a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// As written.
    pub target: String,
    /// The bytes of the Markdown that it stands on, text and brackets included.
    pub range: Range<usize>,
    pub image: bool,
    /// A picture's text is empty: fine for one that only decorates, but an editor should know.
    pub no_text: bool,
}

/// A heading: the level in the page (2 to 6), its anchor and its plain text.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    pub level: u8,
    pub id: Shared,
    pub title: Shared,
}

/// Where a link leads, once the site is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Target {
    /// This address (with its slots).
    Address(String),
    /// A picture.
    Picture(Picture),
    /// Nowhere, or where no link may lead: the text stands without a link.
    Nowhere,
}

/// How a body is written.
pub struct Style<'a> {
    pub language: Language,
    /// Whether the rules of typesetting are applied.
    pub typography: bool,
    /// The words of footnotes, alerts and tables.
    pub words: &'a Words,
}

/// The words that the writer itself puts into a body.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    pub footnotes: String,
    pub back: String,
    pub table: String,
    pub note: String,
    pub tip: String,
    pub important: String,
    pub warning: String,
    pub caution: String,
}

/// How wide a picture is shown: as the column of the text.
pub const SIZES: &str = "(min-width: 60rem) 44rem, 100vw";

/// A picture so near the beginning of a body, in bytes, is in sight when the page opens.
const FIRST_SIGHT: usize = 400;

/// The largest HTML that one body may make: wide tables and repeated references multiply the text.
const MAX_HTML: usize = 32 << 20;

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(
        text,
        Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_DEFINITION_LIST,
    )
}

/// Finds the links, headings and first paragraph of `text`; what other texts may have too is kept in `pool`.
pub fn scan(text: &str, pool: Option<&Pool>) -> Outline {
    let mut outline = Outline::default();
    let mut anchors = Slugs::default();
    // The page's own, to which its first link leads.
    anchors.unique("main");
    let mut heading: Option<(u8, Option<String>, String)> = None;
    let mut open_links: Vec<usize> = Vec::new();
    let mut depth = 0usize; // inside of lists, quotes and notes nothing is the first paragraph
    let mut paragraph = false;
    let mut level = 0usize;
    let shared = |text: String| Pool::shared(pool, text.into());
    for (event, range) in parser(text).into_offset_iter() {
        match event {
            Event::Start(_) => level += 1,
            Event::End(_) => level = level.saturating_sub(1),
            _ => {}
        }
        outline.too_deep |= level > tree::DEEPEST;
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => heading = Some((level as u8, id.map(|id| id.into_string()), String::new())),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, id, title)) = heading.take() {
                    let id = anchors.unique(&anchor(id.as_deref(), &title));
                    let seen = without(title.trim());
                    let title = if seen.len() == title.len() { title } else { seen.into_owned() };
                    outline.headings.push(Heading { level, id: shared(id), title: shared(title) });
                }
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                // `<name@example.org>` stands without its scheme (CommonMark 0.31.2, 6.5).
                let target = if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                outline.links.push(Link { target, range, image: false, no_text: false });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                open_links.push(outline.links.len());
                outline.links.push(Link { target: dest_url.into_string(), range, image: true, no_text: true });
            }
            Event::End(TagEnd::Image) => {
                open_links.pop();
            }
            Event::Start(Tag::Paragraph) => paragraph = depth == 0 && outline.first_paragraph.is_empty(),
            Event::End(TagEnd::Paragraph) => paragraph = false,
            Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::Table(_)) => depth += 1,
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::Table) => {
                depth = depth.saturating_sub(1)
            }
            Event::Text(piece) | Event::Code(piece) => {
                if let Some(open) = open_links.last() {
                    outline.links[*open].no_text = false;
                } else if let Some((_, _, title)) = &mut heading {
                    title.push_str(&piece);
                } else if paragraph {
                    outline.first_paragraph.push_str(&piece);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, _, title)) = &mut heading {
                    title.push(' ');
                } else if paragraph {
                    outline.first_paragraph.push(' ');
                }
            }
            Event::Html(piece) | Event::InlineHtml(piece) => {
                outline.raw_html = true;
                if let Some(what) = sanitise::harm(&piece) {
                    outline.harm.push((what, range));
                }
            }
            _ => {}
        }
    }
    if let Cow::Owned(clean) = without(&outline.first_paragraph) {
        outline.first_paragraph = clean;
    }
    // The page has its one `h1` already.
    let shift = outline.headings.iter().map(|h| h.level).min().map_or(0, |least| 2i8 - least as i8);
    for heading in &mut outline.headings {
        heading.level = (heading.level as i8 + shift).clamp(2, 6) as u8;
    }
    outline.links.shrink_to_fit();
    outline.headings.shrink_to_fit();
    if outline.raw_html && !outline.too_deep {
        let style = Style { language: Language::En, typography: false, words: &Words::default() };
        outline.too_deep = tree::is_wild(&written(text, &outline, &style, &mut |_, _| Target::Nowhere));
    }
    outline
}

/// The pieces of running text with their bytes, and whether each stands in a heading; neither code nor HTML.
pub fn texts(text: &str) -> Vec<(String, Range<usize>, bool)> {
    let mut out = Vec::new();
    let (mut code, mut heading) = (false, false);
    for (event, range) in parser(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::Heading { .. }) => heading = true,
            Event::End(TagEnd::Heading(_)) => heading = false,
            Event::Text(piece) if !code => out.push((piece.into_string(), range, heading)),
            _ => {}
        }
    }
    out
}

/// What a reader reads of `text`, without marks: block after block, each with a stop at its end. Addresses, raw HTML and what pictures show
/// are left out.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pictures = 0usize;
    for event in parser(text) {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            Event::Text(piece) | Event::Code(piece) if pictures == 0 => out.push_str(&piece),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::CodeBlock
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) => end_sentence(&mut out),
            _ => {}
        }
    }
    drop_from_piece(&mut out);
    out
}

/// Ends what stands in `out` as a sentence, so that another may follow.
pub fn end_sentence(out: &mut String) {
    out.truncate(out.trim_end().len());
    if let Some(last) = out.chars().next_back() {
        out.push_str(if matches!(last, '.' | '!' | '?' | '…' | ':' | ';' | ',') { " " } else { ". " });
    }
}

/// Writes `text` as HTML. `outline` is its [`scan`]; `resolve` tells where its n-th link leads.
pub fn html(text: &str, outline: &Outline, style: &Style, resolve: &mut dyn FnMut(usize, &Link) -> Target) -> String {
    if outline.too_deep {
        return String::new();
    }
    let mut html = written(text, outline, style, resolve);
    drop_from_piece(&mut html);
    if outline.raw_html { sanitise::clean(&html) } else { html }
}

/// The same before it is sanitised.
fn written(text: &str, outline: &Outline, style: &Style, resolve: &mut dyn FnMut(usize, &Link) -> Target) -> String {
    let mut writer = Writer {
        out: String::with_capacity(text.len() + text.len() / 4),
        style,
        typographer: Typographer::new(style.language),
        outline,
        resolve,
        link: 0,
        heading: 0,
        links: Vec::new(),
        picture: None,
        table: None,
        code: false,
        notes: Notes::default(),
        tight_notes: Vec::new(),
    };
    for event in parser(text) {
        if writer.out.len() > MAX_HTML {
            break;
        }
        writer.event(event);
    }
    writer.finish()
}

/// The anchor of a heading: its own, as an attribute may have it, or made of its title.
fn anchor(own: Option<&str>, title: &str) -> String {
    match own {
        Some(own) if !own.is_empty() => own.chars().filter(|c| !c.is_whitespace() && !is_hidden(*c) && *c != '"').collect(),
        _ => slug(title),
    }
}

#[derive(Default)]
struct Notes {
    /// Numbers of the labels, in the order of their first mention.
    numbers: HashMap<String, usize>,
    /// How often each number was mentioned.
    mentions: Vec<usize>,
    /// The HTML of each definition by its label.
    texts: HashMap<String, String>,
}

struct Table {
    alignments: Vec<Alignment>,
    head: bool,
    cell: usize,
}

struct Writer<'a> {
    out: String,
    style: &'a Style<'a>,
    typographer: Typographer,
    outline: &'a Outline,
    resolve: &'a mut dyn FnMut(usize, &Link) -> Target,
    link: usize,
    heading: usize,
    /// Whether each open link was written as one.
    links: Vec<bool>,
    /// The address, size and text of the open picture.
    picture: Option<(Target, String)>,
    table: Option<Table>,
    code: bool,
    notes: Notes,
    /// The label of the open definition and where its HTML begins.
    tight_notes: Vec<(String, usize)>,
}

impl Writer<'_> {
    fn event(&mut self, event: Event) {
        // A picture's text is plain: what stands inside it gives its words alone.
        if self.picture.is_some() && matches!(event, Event::Start(_) | Event::End(_)) && event != Event::End(TagEnd::Image) {
            if matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. })) {
                self.link += 1;
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                if let Some((_, alt)) = &mut self.picture {
                    alt.push_str(&text);
                    return;
                }
                self.typographer.code();
                self.out.push_str("<code>");
                content_into(&text, &mut self.out);
                self.out.push_str("</code>");
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                self.typographer.code();
                self.out.extend(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
            }
            Event::FootnoteReference(label) => self.footnote(&label),
            Event::SoftBreak => {
                if let Some((_, alt)) = &mut self.picture {
                    alt.push(' ');
                } else {
                    self.out.push(self.typographer.line_break());
                }
            }
            Event::HardBreak => {
                self.typographer.line_break();
                self.out.push_str("<br>\n");
            }
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => {
                self.out.push_str(if done { "<input type=\"checkbox\" disabled checked> " } else { "<input type=\"checkbox\" disabled> " });
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => content_into(&text, &mut self.out),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, alt)) = &mut self.picture {
            alt.push_str(text);
        } else if self.code || !self.style.typography {
            content_into(text, &mut self.out);
        } else {
            self.typographer.run(text, &mut self.out);
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { .. } => {
                if let Some(Heading { level, id, .. }) = self.outline.headings.get(self.heading) {
                    self.out.push_str("<h");
                    push_number(usize::from(*level), &mut self.out);
                    self.out.push_str(" id=\"");
                    escape_into(id, &mut self.out);
                    self.out.push_str("\">");
                }
            }
            Tag::BlockQuote(kind) => self.quote(kind),
            Tag::CodeBlock(kind) => {
                self.code = true;
                self.out.push_str("<pre tabindex=\"0\"><code");
                if let CodeBlockKind::Fenced(info) = kind
                    && let Some(language) = info.split_whitespace().next()
                {
                    self.out.push_str(" class=\"language-");
                    attribute_into(language, &mut self.out);
                    self.out.push('"');
                }
                self.out.push('>');
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(start)) => {
                let _ = writeln!(self.out, "<ol start=\"{start}\">");
            }
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::Item => self.out.push_str("<li>"),
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::FootnoteDefinition(label) => {
                let start = self.out.len();
                self.tight_notes.push((label.into_string(), start));
            }
            Tag::Table(alignments) => {
                self.out.push_str("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
                escape_into(&self.style.words.table, &mut self.out);
                self.out.push_str("\"><table>\n");
                self.table = Some(Table { alignments, head: false, cell: 0 });
            }
            Tag::TableHead => {
                self.out.push_str("<thead><tr>");
                if let Some(table) = &mut self.table {
                    (table.head, table.cell) = (true, 0);
                }
            }
            Tag::TableRow => {
                self.out.push_str("<tr>");
                if let Some(table) = &mut self.table {
                    table.cell = 0;
                }
            }
            Tag::TableCell => {
                if let Some(table) = &self.table {
                    self.out.push_str(if table.head { "<th scope=\"col\"" } else { "<td" });
                    self.out.push_str(match table.alignments.get(table.cell) {
                        Some(Alignment::Center) => " class=\"center\">",
                        Some(Alignment::Right) => " class=\"right\">",
                        _ => ">",
                    });
                }
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { title, .. } => {
                let target = self.target();
                self.links.push(target != Target::Nowhere);
                if let Target::Address(url) | Target::Picture(Picture { url, .. }) = target {
                    self.out.push_str("<a href=\"");
                    escape_into(&url, &mut self.out);
                    if !title.is_empty() {
                        self.out.push_str("\" title=\"");
                        attribute_into(&title, &mut self.out);
                    }
                    self.out.push_str("\">");
                }
            }
            Tag::Image { .. } => {
                let target = self.target();
                self.picture = Some((target, String::new()));
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.typographer.end_block();
                self.out.push_str("</p>\n");
            }
            TagEnd::Heading(_) => {
                self.typographer.end_block();
                if let Some(Heading { level, .. }) = self.outline.headings.get(self.heading) {
                    self.out.push_str("</h");
                    push_number(usize::from(*level), &mut self.out);
                    self.out.push_str(">\n");
                }
                self.heading += 1;
            }
            TagEnd::BlockQuote(Some(_)) => self.out.push_str("</div>\n"),
            TagEnd::BlockQuote(None) => self.out.push_str("</blockquote>\n"),
            TagEnd::CodeBlock => {
                self.code = false;
                self.out.push_str("</code></pre>\n");
            }
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::Item => {
                self.typographer.end_block();
                self.out.push_str("</li>\n");
            }
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => {
                self.typographer.end_block();
                self.out.push_str("</dt>\n");
            }
            TagEnd::DefinitionListDefinition => {
                self.typographer.end_block();
                self.out.push_str("</dd>\n");
            }
            TagEnd::FootnoteDefinition => {
                if let Some((label, start)) = self.tight_notes.pop() {
                    let text = self.out.split_off(start.min(self.out.len()));
                    self.notes.texts.entry(label).or_insert(text);
                }
            }
            TagEnd::Table => {
                self.table = None;
                self.out.push_str("</tbody></table></div>\n");
            }
            TagEnd::TableHead => {
                if let Some(table) = &mut self.table {
                    table.head = false;
                }
                self.out.push_str("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                self.typographer.end_block();
                if let Some(table) = &mut self.table {
                    self.out.push_str(if table.head { "</th>" } else { "</td>" });
                    table.cell += 1;
                }
            }
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.out.push_str("</a>");
                }
            }
            TagEnd::Image => self.image(),
        }
    }

    fn target(&mut self) -> Target {
        let index = self.link;
        self.link += 1;
        self.outline.links.get(index).map_or(Target::Nowhere, |link| (self.resolve)(index, link))
    }

    fn image(&mut self) {
        let Some((target, alt)) = self.picture.take() else { return };
        let picture = match target {
            Target::Picture(picture) => picture,
            Target::Address(url) => Picture { url, size: None, widths: Vec::new() },
            Target::Nowhere => {
                attribute_into(&alt, &mut self.out);
                return;
            }
        };
        self.out.push_str("<img src=\"");
        escape_into(&picture.url, &mut self.out);
        self.out.push_str("\" alt=\"");
        attribute_into(&alt, &mut self.out);
        self.out.push('"');
        if let Some((width, height)) = picture.size {
            let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"");
        }
        // What is seen at once is wanted at once.
        let at_once = self.outline.links.get(self.link.wrapping_sub(1)).is_some_and(|link| link.range.start < FIRST_SIGHT);
        if !picture.widths.is_empty() {
            let _ = write!(self.out, " srcset=\"{}\" sizes=\"{}{SIZES}\"", picture.srcset(), if at_once { "" } else { "auto, " });
        }
        self.out.push_str(if at_once { " decoding=\"async\">" } else { " loading=\"lazy\" decoding=\"async\">" });
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            self.out.push_str("<blockquote>\n");
            return;
        };
        let words = self.style.words;
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", &words.note),
            BlockQuoteKind::Tip => ("tip", &words.tip),
            BlockQuoteKind::Important => ("important", &words.important),
            BlockQuoteKind::Warning => ("warning", &words.warning),
            BlockQuoteKind::Caution => ("caution", &words.caution),
        };
        let _ = write!(self.out, "<div class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">");
        escape_into(title, &mut self.out);
        self.out.push_str("</p>\n");
    }

    fn footnote(&mut self, label: &CowStr) {
        let number = match self.notes.numbers.get(&**label) {
            Some(number) => *number,
            None => {
                let number = self.notes.numbers.len() + 1;
                self.notes.numbers.insert(label.to_string(), number);
                self.notes.mentions.push(0);
                number
            }
        };
        self.notes.mentions[number - 1] += 1;
        let mention = self.notes.mentions[number - 1];
        self.typographer.code();
        self.out.push_str("<sup class=\"fnref\"><a href=\"#fn-");
        push_number(number, &mut self.out);
        self.out.push_str("\" id=\"fnref-");
        push_number(number, &mut self.out);
        if mention > 1 {
            self.out.push('-');
            push_number(mention, &mut self.out);
        }
        self.out.push_str("\">");
        push_number(number, &mut self.out);
        self.out.push_str("</a></sup>");
    }

    /// The notes stand at the end, in the order in which the text mentions them, each with a way back.
    fn finish(mut self) -> String {
        let mut labels: Vec<(usize, String)> = self.notes.numbers.drain().map(|(label, number)| (number, label)).collect();
        labels.sort_unstable();
        if !labels.is_empty() {
            self.out.push_str("<section class=\"footnotes\" aria-label=\"");
            escape_into(&self.style.words.footnotes, &mut self.out);
            self.out.push_str("\">\n<ol>\n");
            for (number, label) in labels {
                let text = self.notes.texts.remove(&label).unwrap_or_default();
                let (text, end) = match text.trim_end().strip_suffix("</p>") {
                    Some(inner) => (inner, "</p></li>\n"),
                    None => (&*text, "</li>\n"),
                };
                self.out.push_str("<li id=\"fn-");
                push_number(number, &mut self.out);
                self.out.push_str("\">");
                self.out.push_str(text);
                self.out.push_str(" <a href=\"#fnref-");
                push_number(number, &mut self.out);
                self.out.push_str("\" class=\"fnback\" aria-label=\"");
                escape_into(&self.style.words.back, &mut self.out);
                self.out.push_str("\">↩</a>");
                self.out.push_str(end);
            }
            self.out.push_str("</ol>\n</section>\n");
        }
        self.out
    }
}

/// Writes `number` in decimal.
fn push_number(number: usize, out: &mut String) {
    match u8::try_from(number) {
        Ok(digit @ 0..=9) => out.push(char::from(b'0' + digit)),
        // Writing to a text cannot fail.
        _ => drop(write!(out, "{number}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words = Words {
            note: "Примечание".into(),
            footnotes: "Примечания".into(),
            back: "назад".into(),
            table: "Таблица".into(),
            ..Words::default()
        };
        let style = Style { language: Language::Ru, typography: false, words: &words };
        let outline = scan(text, None);
        let html = html(text, &outline, &style, &mut |_, link| match link.target.as_str() {
            "no" => Target::Nowhere,
            "p.png" => Target::Picture(Picture { url: "p.png".into(), size: Some((4, 3)), widths: Vec::new() }),
            "far.jpg" => Target::Picture(Picture {
                url: "far.960.jpg".into(),
                size: Some((960, 720)),
                widths: vec![(480, "far.480.jpg".into()), (960, "far.960.jpg".into())],
            }),
            other => Target::Address(other.to_owned()),
        });
        assert_eq!(html.trim(), expected.trim());
    }

    #[test]
    fn headings_begin_at_the_second_level_and_have_anchors() {
        check(
            "# Ход занятия\n\n## Итоги\n\n# Ход занятия",
            "<h2 id=\"khod-zanyatiya\">Ход занятия</h2>\n<h3 id=\"itogi\">Итоги</h3>\n<h2 id=\"khod-zanyatiya-2\">Ход занятия</h2>",
        );
        check("### Глубоко\n", "<h2 id=\"gluboko\">Глубоко</h2>");
    }

    #[test]
    fn links_that_lead_nowhere_leave_their_text() {
        check("[a](no) [b](x)", "<p>a <a href=\"x\">b</a></p>");
        check("![план *зала*](p.png)", "<p><img src=\"p.png\" alt=\"план зала\" width=\"4\" height=\"3\" decoding=\"async\"></p>");
        let before = "слово ".repeat(80);
        let before = before.trim();
        check(
            &format!("{before}\n\n![зал](far.jpg)"),
            &format!(
                "<p>{before}</p>\n<p><img src=\"far.960.jpg\" alt=\"зал\" width=\"960\" height=\"720\" srcset=\"far.480.jpg 480w, far.960.jpg 960w\" sizes=\"auto, {SIZES}\" loading=\"lazy\" decoding=\"async\"></p>"
            ),
        );
    }

    #[test]
    fn footnotes_stand_at_the_end_with_a_way_back() {
        check(
            "a[^x]\n\n[^x]: b\n",
            "<p>a<sup class=\"fnref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup></p>\n<section class=\"footnotes\" aria-label=\"Примечания\">\n<ol>\n<li id=\"fn-1\"><p>b <a href=\"#fnref-1\" class=\"fnback\" aria-label=\"назад\">↩</a></p></li>\n</ol>\n</section>",
        );
    }

    #[test]
    fn tables_and_alerts() {
        check(
            "| a |\n|---|\n| b |\n",
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Таблица\"><table>\n<thead><tr><th scope=\"col\">a</th></tr></thead>\n<tbody>\n<tr><td>b</td></tr>\n</tbody></table></div>",
        );
        check(
            "> [!NOTE]\n> a\n",
            "<div class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">Примечание</p>\n<p>a</p>\n</div>",
        );
    }

    #[test]
    fn template_syntax_stays_text_and_control_characters_go() {
        check("{{ x }} {% y %} \u{1}z\u{2}", "<p>{{ x }} {% y %} z</p>");
    }

    #[test]
    fn the_first_paragraph_is_plain() {
        let outline = scan("## Заголовок\n\n- пункт\n\nПервый *абзац*\nв две строки.\n\nВторой.", None);
        assert_eq!(outline.first_paragraph, "Первый абзац в две строки.");
    }
}
