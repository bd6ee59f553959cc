//! What templates see: the contract with authors of themes.
//!
//! Every address is finished text that begins with the root slot (see [`crate::output::ROOT`]): a template prints it as it is. Dates,
//! numbers and sizes are words already. A field named `html` or `…_html` is markup and needs no filter `safe`; all others are text and are
//! escaped.
//!
//! Fields named `kind`, `code` or `source` are codes, which templates compare with texts. All other texts are best printed as they are: a
//! template that compares or changes one is rendered in full for each page, see [`super::theme`].
//!
//! Beside its view every template sees `t` (the theme's words), `root`, `index` and `lang`; they are no names for variables of its own.

use super::theme::{Code, Markup, Rare};
use crate::value::date::Date;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use std::borrow::Cow;

/// A link.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Link<'a> {
    pub title: Cow<'a, str>,
    /// Empty where there is nothing to link to: then the title stands alone.
    pub url: Cow<'a, str>,
}

impl<'a> Link<'a> {
    pub fn new(title: impl Into<Cow<'a, str>>, url: impl Into<Cow<'a, str>>) -> Link<'a> {
        Link { title: title.into(), url: url.into() }
    }
}

/// An entry of the menu.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MenuLink {
    pub title: String,
    pub url: String,
    /// This page, or a page below it.
    pub current: bool,
}

/// A day or a month in words.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct DateWords {
    /// For `<time datetime>`; empty where no such value is true.
    pub iso: String,
    pub words: String,
    /// As it is read aloud, where that differs.
    pub aloud: String,
}

/// A time frame.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Timeframe<'a> {
    /// As on the paper.
    pub printed: &'a str,
    pub words: String,
    pub aloud: String,
    pub datetime: String,
    /// `exact`, `window`, `ongoing`, …
    pub kind: Code<'static>,
    /// The first and last day, ISO, if there are any.
    pub start: Option<Date>,
    pub end: Option<Date>,
}

/// A status: its code for styles, its word for people, and a mark that is no colour.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Status<'a> {
    pub code: Code<'static>,
    pub word: &'a str,
    pub mark: &'static str,
}

/// What surrounds every page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Frame<'a> {
    pub language: &'static str,
    pub locale: &'static str,
    pub site_title: &'a str,
    pub site_description: &'a str,
    /// The title of the page; empty on the front page.
    pub title: Cow<'a, str>,
    pub description: Cow<'a, str>,
    /// The absolute address of this page; empty if the site does not know its own.
    pub canonical: String,
    /// The address of this page as it stands on paper: absolute, or from the root of the site if that does not know its own.
    pub address: String,
    /// The day on paper: of the last change of the page, else of the newest document. Empty if nothing has a day.
    pub as_of: String,
    /// An absolute address of a picture, or empty.
    pub image: String,
    /// `article` or `website`.
    pub og_type: &'static str,
    /// Pages that search engines should leave out.
    pub noindex: bool,
    /// The kind of page, for styles.
    pub class: &'static str,
    /// What reference managers read of the page: Dublin Core and Highwire, ready tags.
    pub meta_html: Markup,
    /// JSON-LD, ready to stand in a script element.
    pub jsonld_html: Vec<Markup>,
    pub breadcrumbs: Vec<Link<'a>>,
    /// Atom feeds that belong to this page.
    pub feeds: Vec<Link<'a>>,
    /// `parts/header.html`, rendered.
    pub header_html: Markup,
    /// `parts/footer.html`, rendered.
    pub footer_html: Markup,
    pub licence: &'a str,
    pub age_mark: &'a str,
    /// The day of the last change of the page's content.
    pub changed: Option<DateWords>,
    /// Custom properties that the settings set: `--accent: #0a5;`
    pub roles: Markup,
    /// Whether the panel for the visually impaired may be opened.
    pub panel: bool,
}

/// The name of the site and its menu. Rendered once for each entry of the menu.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Header<'a> {
    pub site_title: &'a str,
    pub site_description: &'a str,
    /// Whether this is the front page.
    pub home: bool,
    pub menu: Vec<MenuLink>,
    /// Whether the panel for the visually impaired may be opened.
    pub panel: bool,
}

/// The columns at the foot of every page. Rendered once.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Footer<'a> {
    pub publisher: &'a Link<'a>,
    pub contacts: Vec<&'a str>,
    /// Whether the site has feeds.
    pub has_feeds: bool,
    /// Addresses of pages from `pages/`.
    pub pages: &'a [Link<'a>],
}

/// The panel for the visually impaired: words alone. Rendered once, into `static/panel.js`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Panel {}

/// A document as it stands in lists. Rendered once.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Card<'a> {
    pub kind: Code<'static>,
    pub kind_word: &'a str,
    pub url: String,
    pub title: &'a str,
    pub date: Option<DateWords>,
    pub place: Cow<'a, str>,
    pub summary: &'a str,
    pub status: Option<Status<'a>>,
    pub draft: bool,
}

/// An event as it stands in lists. Rendered once.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EventLine<'a> {
    pub title: Cow<'a, str>,
    pub url: String,
    pub source: Code<'static>,
    pub source_word: &'a str,
    /// The tile: the day large, the month in words («марта»), the year and the weekday small; empty where there is no day.
    pub day: String,
    pub month: &'static str,
    pub year: String,
    pub weekday: &'static str,
    pub timeframe: Timeframe<'a>,
    pub time: String,
    pub form: &'a str,
    pub place: Cow<'a, str>,
    pub status: Option<Status<'a>>,
    /// It stands on its last day.
    pub deadline: bool,
}

/// Something with a label: a row of the aside.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Fact<'a> {
    pub label: &'a str,
    pub values: Vec<Link<'a>>,
}

/// A person with a post.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Person<'a> {
    /// The post, where the name is not published.
    pub name: Cow<'a, str>,
    pub post: Cow<'a, str>,
    pub url: Cow<'a, str>,
    /// Whether `name` is a name: who is not named is no author to cite.
    pub named: bool,
}

/// A file to take away.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct File<'a> {
    pub title: Cow<'a, str>,
    pub url: &'a str,
    /// «PDF», empty for an address elsewhere.
    pub format: &'a str,
    /// «34 КБ»
    pub size: String,
    pub kind: Code<'a>,
}

/// A row of a plan that a document realises.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RowLink<'a> {
    pub plan: &'a str,
    pub number: &'a str,
    pub title: Cow<'a, str>,
    pub url: String,
}

/// A picture.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Picture<'a> {
    pub url: &'a str,
    pub alt: &'a str,
    pub author: &'a str,
    /// Its widths with their addresses, as `srcset` wants them; empty where there is one.
    pub srcset: String,
    pub width: u32,
    pub height: u32,
}

/// What all pages of documents have.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Entry<'a> {
    pub kind: Code<'static>,
    pub kind_word: &'a str,
    pub title: &'a str,
    pub date: Option<DateWords>,
    pub draft: bool,
    pub body_html: Markup,
    pub cover: Option<Picture<'a>>,
    pub authors: Vec<Person<'a>>,
    pub facts: Rare<Vec<Fact<'a>>>,
    /// Each by `parts/fact.html`, on lines of their own.
    pub facts_html: Markup,
    pub files: Vec<File<'a>>,
    pub recordings: Vec<File<'a>>,
    pub rows: Vec<RowLink<'a>>,
    pub project: Option<Link<'a>>,
    pub contents: Rare<Vec<Link<'a>>>,
    /// Each by `parts/contents-item.html`.
    pub contents_html: Markup,
    pub previous: Option<Link<'a>>,
    pub next: Option<Link<'a>>,
    /// Cards of documents that share areas, forms, plan rows.
    pub related_html: Markup,
    /// The document breaks off in its source.
    pub incomplete: bool,
    /// «Как цитировать»; nobody cites a page, a plan, a project.
    pub cite: Option<Citation<'a>>,
}

/// «Как цитировать».
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Citation<'a> {
    pub forms: Vec<CitationWords<'a>>,
    /// Files for reference managers; empty where there are none.
    pub bib: String,
    pub ris: String,
}

/// A reference in words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CitationWords<'a> {
    /// The standard.
    pub label: &'a str,
    pub before: String,
    /// Behind the day on which the reader saw the page; empty where none is named.
    pub after: &'static str,
}

/// A line of a programme; a day's heading has a title alone.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ProgrammeLine<'a> {
    pub day: bool,
    pub time: &'a str,
    pub title: Cow<'a, str>,
    pub speakers: Vec<Person<'a>>,
}

/// The page of a workshop.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Workshop<'a> {
    pub frame: Frame<'a>,
    pub entry: Entry<'a>,
    pub event: EventLine<'a>,
    pub moved_from: String,
    pub mode: &'a str,
    pub form: Option<Link<'a>>,
    pub host: Option<Link<'a>>,
    pub venue: Cow<'a, str>,
    pub link: &'a str,
    pub register_url: &'a str,
    pub register_until: String,
    pub register_contact: &'a str,
    pub programme: Vec<ProgrammeLine<'a>>,
    pub speakers: Vec<Person<'a>>,
    pub participants: String,
    /// The event took place: the programme folds.
    pub over: bool,
    /// The file for a calendar.
    pub ics: String,
    pub series: Vec<Link<'a>>,
}

/// A block «Утверждаю» or «Согласовано».
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Approval<'a> {
    pub word: &'a str,
    pub post: Cow<'a, str>,
    pub person: String,
    /// «Приказ от 12.01.2024 № 02-а»
    pub order: String,
}

/// A piece of a stacked bar: a status, how many, and the share in per cent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Share<'a> {
    pub status: Status<'a>,
    pub count: usize,
    pub percent: String,
}

/// How far a section or a plan is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Progress<'a> {
    pub title: Cow<'a, str>,
    pub rows: usize,
    pub shares: Vec<Share<'a>>,
}

/// The same with its bar.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Stacked<'a> {
    pub title: Cow<'a, str>,
    pub rows: usize,
    pub shares: Rare<Vec<Share<'a>>>,
    /// `parts/stack.html`
    pub stack_html: Markup,
}

/// A row of a plan, `parts/plan-row.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlanRow<'a> {
    /// How many columns the table has, and whether two of them are among them.
    pub columns: usize,
    pub has_competencies: bool,
    pub has_output: bool,
    pub id: &'a str,
    /// As printed; empty for a row without a number.
    pub number: &'a str,
    /// A heading over several rows, at the first of them.
    pub group: Cow<'a, str>,
    pub title: Cow<'a, str>,
    pub parts: Vec<Part<'a>>,
    pub timeframe: Option<Printed<'a>>,
    pub venue: Link<'a>,
    pub responsible: Vec<Link<'a>>,
    pub competencies: Cow<'a, str>,
    pub output: Cow<'a, str>,
    pub status: Status<'a>,
    pub events: Vec<Link<'a>>,
    pub materials: Vec<Link<'a>>,
    /// Taken out by an order.
    pub dropped: bool,
    /// What orders did to it, with links to the amendments.
    pub notes: Vec<Link<'a>>,
}

/// A time frame as on the paper; `datetime` is empty where no such value is true.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Printed<'a> {
    pub printed: Cow<'a, str>,
    pub datetime: String,
}

/// An item within a cell.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Part<'a> {
    pub title: Cow<'a, str>,
    pub timeframe: Cow<'a, str>,
}

/// A section of a plan.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlanSection<'a> {
    pub number: &'a str,
    pub title: Cow<'a, str>,
    pub items: Rare<Vec<PlanRow<'a>>>,
    /// Each by `parts/plan-row.html`.
    pub rows_html: Markup,
}

/// The page of a plan.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Plan<'a> {
    pub frame: Frame<'a>,
    pub entry: Entry<'a>,
    pub approvals: Vec<Approval<'a>>,
    pub year: &'a str,
    pub community: Cow<'a, str>,
    pub curator: Option<Person<'a>>,
    pub head: Option<Person<'a>>,
    pub goal: Cow<'a, str>,
    pub objectives: Vec<Cow<'a, str>>,
    pub progress: Vec<Stacked<'a>>,
    pub sections: Vec<PlanSection<'a>>,
    pub rows: usize,
    pub has_competencies: bool,
    pub has_output: bool,
    /// The day of the last order that changed the plan; empty if none did.
    pub edition: String,
    /// The ways to look at the plan.
    pub views: Vec<ViewLink<'a>>,
    pub amendments: Vec<Amendment<'a>>,
    /// Events that no row foresaw, and their cards, `parts/card.html`.
    pub unplanned: usize,
    pub unplanned_html: Markup,
    /// The addresses of the print form and of the text as it was approved; empty where there is none.
    pub print: String,
    pub approved: String,
    /// The day for which the statuses hold.
    pub as_of: String,
    pub json: String,
}

/// A way to look at a plan.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ViewLink<'a> {
    pub title: &'a str,
    pub url: String,
    /// This page.
    pub current: bool,
}

/// What an order changed in a plan.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Amendment<'a> {
    pub id: String,
    /// «Приказ от 15.05.2024 № 12-а»
    pub order: String,
    pub reason: Cow<'a, str>,
    /// Its day is still to come.
    pub pending: bool,
    pub changes: Vec<RowChange<'a>>,
}

/// What it did with one row.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RowChange<'a> {
    /// `cells`, `added`, `dropped`.
    pub kind: Code<'static>,
    pub number: &'a str,
    pub url: String,
    pub title: Cow<'a, str>,
    pub cells: Vec<CellChange<'a>>,
}

/// A cell before and after an order.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CellChange<'a> {
    pub label: &'a str,
    pub from: Cow<'a, str>,
    pub to: Cow<'a, str>,
}

/// The rows of a plan in another order than the paper's.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlanHeaps<'a> {
    pub frame: Frame<'a>,
    pub title: &'a str,
    pub plan: Link<'a>,
    pub views: Vec<ViewLink<'a>>,
    /// Links to the heaps, each by `parts/plan-jump.html`; empty if there is one heap.
    pub jumps_html: Markup,
    /// Each by `parts/plan-heap.html`.
    pub heaps_html: Markup,
}

/// Rows that have something in common, a month, a person …: `parts/plan-heap.html`, and `parts/plan-jump.html` for the way to it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlanHeap<'a> {
    pub id: String,
    pub title: Cow<'a, str>,
    /// The page of what they have in common, or empty.
    pub url: Cow<'a, str>,
    pub count: usize,
    /// Each by `parts/plan-line.html`.
    pub lines_html: Markup,
}

/// A row of a plan in a list, `parts/plan-line.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlanLine<'a> {
    pub number: &'a str,
    pub url: String,
    pub title: Cow<'a, str>,
    /// Those with a time of their own.
    pub parts: Vec<Part<'a>>,
    pub timeframe: Cow<'a, str>,
    pub venue: Cow<'a, str>,
    pub responsible: String,
    pub status: Status<'a>,
    /// What realises it.
    pub events: Vec<Link<'a>>,
}

/// The year of a plan at a glance.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlanYear<'a> {
    pub frame: Frame<'a>,
    pub title: &'a str,
    pub plan: Link<'a>,
    pub views: Vec<ViewLink<'a>>,
    pub months: Vec<MonthHead>,
    /// All rows, month by month, each by `parts/plan-cell.html`.
    pub all_html: Markup,
    /// By section and by person.
    pub tables: Vec<PlanYearTable<'a>>,
    /// The months with most rows, and those without any.
    pub busiest: Vec<Link<'a>>,
    pub empty: String,
    /// Rows that are no matter of a month, and rows without a date, with the places where they are listed.
    pub long: usize,
    pub long_url: String,
    pub undated: usize,
    pub undated_url: String,
}

/// A month at the head of a column.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MonthHead {
    pub short: String,
    /// «Октябрь 2024»
    pub name: String,
}

/// The rows of a plan by month, one line for each person or section.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlanYearTable<'a> {
    pub title: &'a str,
    /// Each by `parts/plan-year-row.html`.
    pub rows_html: Markup,
}

/// A person or section, `parts/plan-year-row.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlanYearRow<'a> {
    pub title: Cow<'a, str>,
    pub url: Cow<'a, str>,
    /// Each by `parts/plan-cell.html`.
    pub cells_html: Markup,
}

/// How many rows fall on a month, `parts/plan-cell.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlanCell<'a> {
    pub count: usize,
    pub url: &'a str,
    /// Far more than in a month on average.
    pub overloaded: bool,
}

/// A plan as the signed paper.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlanPaper<'a> {
    pub frame: Frame<'a>,
    pub title: &'a str,
    /// `print` or `approved`.
    pub kind: Code<'static>,
    pub plan: Link<'a>,
    pub agreement: Option<Approval<'a>>,
    pub approval: Option<Approval<'a>>,
    /// The day of the last order that changed the plan; empty if none did.
    pub edition: String,
    pub community: Cow<'a, str>,
    pub curator: Cow<'a, str>,
    pub head: Cow<'a, str>,
    pub goal: Cow<'a, str>,
    pub objectives: Vec<Cow<'a, str>>,
    pub columns: usize,
    pub has_competencies: bool,
    pub has_output: bool,
    pub sections: Vec<PaperSection>,
}

/// A section of the paper.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PaperSection {
    pub title: String,
    /// Each by `parts/paper-row.html`.
    pub rows_html: Markup,
}

/// A row of the paper, `parts/paper-row.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PaperRow<'a> {
    /// How many columns the table has, and how many of them stand behind that of the number.
    pub columns: usize,
    pub rest: usize,
    pub has_competencies: bool,
    pub has_output: bool,
    pub number: &'a str,
    /// A heading over several rows, at the first of them.
    pub group: Cow<'a, str>,
    pub title: Cow<'a, str>,
    pub parts: Vec<Part<'a>>,
    pub timeframe: Vec<Cow<'a, str>>,
    pub venue: Cow<'a, str>,
    pub responsible: Vec<Cow<'a, str>>,
    pub competencies: Cow<'a, str>,
    pub output: Cow<'a, str>,
    /// The order that took it out; empty for a row that stands.
    pub dropped: String,
}

/// A part of the passport of a practice.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PassportPart<'a> {
    pub title: Cow<'a, str>,
    pub lines: Vec<Cow<'a, str>>,
}

/// The page of a practice, a document, a news post, a page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Article<'a> {
    pub frame: Frame<'a>,
    pub entry: Entry<'a>,
    pub passport: Vec<PassportPart<'a>>,
    pub approval: Option<Approval<'a>>,
    /// Of a document.
    pub number: String,
    pub replaced_by: Option<Link<'a>>,
}

/// The page of a newsletter.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Newsletter<'a> {
    pub frame: Frame<'a>,
    pub entry: Entry<'a>,
    /// «№ 3 (12)»
    pub number: String,
    /// What the issue collects.
    pub sections: Vec<IssueSection<'a>>,
    /// The issue as a letter, in HTML and in plain text; empty where the site does not know its own address.
    pub mail: String,
    pub mail_text: String,
}

/// A section that an issue collects: what was published, what was held, what is coming.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IssueSection<'a> {
    pub id: &'static str,
    pub title: &'a str,
    /// Its days in words.
    pub span: String,
    pub lists: Vec<IssueList<'a>>,
    /// How much more there is, and where.
    pub more: Option<Link<'a>>,
}

/// A list of a section.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IssueList<'a> {
    /// Empty for the first of them.
    pub title: &'a str,
    pub lines: Vec<IssueLine<'a>>,
}

/// A document or an event in an issue.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IssueLine<'a> {
    pub title: Cow<'a, str>,
    pub url: String,
    /// The kind of a document, the form of an event.
    pub kind_word: &'a str,
    /// A day in words; a time frame without one as it is printed.
    pub when: String,
    pub datetime: String,
    pub place: Cow<'a, str>,
    pub summary: &'a str,
    /// Until when one may sign up, how many materials there are.
    pub note: String,
    /// Moved or cancelled.
    pub status: Option<Status<'a>>,
}

/// An issue as a letter in HTML, `email.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Mail<'a> {
    pub language: &'static str,
    pub title: &'a str,
    /// «№ 3 (12)»
    pub number: String,
    pub date: String,
    /// The page of the issue.
    pub url: String,
    pub summary: &'a str,
    /// The front page.
    pub site: Link<'a>,
    pub editors: Vec<Person<'a>>,
    pub cover: Option<Picture<'a>>,
    /// The text with a style at each element, as `mail` in `theme.yaml` has it.
    pub body_html: Markup,
    pub sections: Vec<IssueSection<'a>>,
    pub files: Vec<File<'a>>,
    pub publisher: &'a Link<'a>,
    pub contacts: Vec<&'a str>,
    /// The list of all issues.
    pub issues: String,
}

/// An indicator of a project.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Indicator<'a> {
    pub title: Cow<'a, str>,
    pub baseline: String,
    pub target: String,
    pub due: Cow<'a, str>,
    /// What was reached; empty where nothing is counted.
    pub value: String,
    pub percent: u32,
    /// Less than it was is the target.
    pub falls: bool,
    /// What counted.
    pub counted: Vec<Link<'a>>,
    /// What would count, had it a recording.
    pub unrecorded: Vec<Link<'a>>,
    /// What will count once it has taken place.
    pub ahead: Vec<Link<'a>>,
}

/// The page of a project.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Project<'a> {
    pub frame: Frame<'a>,
    pub entry: Entry<'a>,
    pub goal: Cow<'a, str>,
    pub method: Cow<'a, str>,
    pub period: Option<Timeframe<'a>>,
    pub indicators: Vec<Indicator<'a>>,
    /// «6 + 8 + 1 = 15»
    pub sum: String,
    pub parts_html: Markup,
}

/// The pages that a list has, the newest end first.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Pager<'a> {
    pub newer: Option<Link<'a>>,
    pub older: Option<Link<'a>>,
    /// «Страница 2 из 7», empty where there is one page.
    pub words: String,
}

/// A list of documents: a section, a month of the archive.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct List<'a> {
    pub frame: Frame<'a>,
    pub title: &'a str,
    pub count: usize,
    pub intro: &'a str,
    pub cards_html: Markup,
    pub pager: Pager<'a>,
    pub feed: String,
}

/// The groups of one dimension.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GroupIndex<'a> {
    pub frame: Frame<'a>,
    pub title: &'a str,
    pub letters: Vec<Letter<'a>>,
}

/// The territories: which base serves each, and all of them by letters.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Territories<'a> {
    pub frame: Frame<'a>,
    pub title: &'a str,
    /// Empty where no organisation is a base of any.
    pub serving: Vec<Serving<'a>>,
    /// The years of which it is known which territories were reached.
    pub years: Vec<YearLink>,
    pub letters: Vec<Letter<'a>>,
}

/// A territory and its bases; nobody serves it where there are none.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Serving<'a> {
    pub territory: Link<'a>,
    /// What it is a part of; may be empty.
    pub within: Cow<'a, str>,
    pub bases: Vec<Base<'a>>,
}

/// An organisation that serves a territory, and the areas that it is a base for.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Base<'a> {
    pub organisation: Link<'a>,
    pub areas: Vec<Link<'a>>,
}

/// The coverage of a year.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct YearLink {
    pub year: i16,
    pub url: String,
    /// This page.
    pub current: bool,
}

/// Which territories events reached in a year.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Coverage<'a> {
    pub frame: Frame<'a>,
    pub title: String,
    pub years: Vec<YearLink>,
    /// How many were reached, and of how many.
    pub reached: usize,
    pub all: usize,
    /// Those that were not.
    pub missed: Vec<Link<'a>>,
    pub maps: Vec<CoverageMap<'a>>,
    pub rows: Vec<CoverageRow<'a>>,
}

/// A drawing of the parts of one territory; what it shows stands in the rows.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CoverageMap<'a> {
    pub title: Cow<'a, str>,
    pub svg_html: Markup,
}

/// What a territory had in a year.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CoverageRow<'a> {
    pub territory: Link<'a>,
    pub within: Cow<'a, str>,
    pub held: usize,
    /// Empty where nobody told how many came.
    pub participants: String,
    /// How many are still to come.
    pub ahead: usize,
    /// The first of the events, and how many others there are.
    pub events: Vec<Link<'a>>,
    pub more: usize,
}

/// The groups under one letter; an empty letter for those that begin with none.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Letter<'a> {
    pub letter: String,
    pub groups: Vec<Counted<'a>>,
}

/// A link and how much stands behind it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Counted<'a> {
    pub title: Cow<'a, str>,
    pub url: String,
    pub count: usize,
}

/// Cards under a heading.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CardGroup<'a> {
    pub title: Cow<'a, str>,
    pub cards_html: Markup,
}

/// The page of a group.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Group<'a> {
    pub frame: Frame<'a>,
    pub title: &'a str,
    pub dimension: &'a str,
    pub description: Cow<'a, str>,
    pub facts: Vec<Fact<'a>>,
    pub count: usize,
    pub next_html: Markup,
    pub sections: Vec<CardGroup<'a>>,
    pub pager: Pager<'a>,
    pub feed: String,
    /// Empty where nothing of it has a day.
    pub calendar: String,
    /// A territory without a base, where others have theirs: whom to ask is told.
    pub unserved: bool,
    /// Who publishes the site, with the page of the organisation if it has one.
    pub publisher: &'a Link<'static>,
    pub contacts: Vec<&'a str>,
}

/// A month of a year or of an archive: its name, address and count, and the height of its bar in per cent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MonthCount {
    pub name: &'static str,
    pub short: &'static str,
    pub url: String,
    pub count: usize,
    pub percent: usize,
}

/// A year with its months.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct YearCount {
    pub year: i16,
    pub url: String,
    pub count: usize,
    pub months: Vec<MonthCount>,
}

/// The way into the calendar or the archive.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Years<'a> {
    pub frame: Frame<'a>,
    pub title: &'a str,
    pub years: Vec<YearCount>,
    pub next_html: Markup,
}

/// A day of a small month, `parts/small-day.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SmallDay {
    /// The address of the month, empty if it has no page.
    pub month_url: String,
    /// 0 for a cell of another month.
    pub day: i8,
    pub count: usize,
    pub iso: String,
}

/// A small month: a table of weeks.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SmallMonth {
    pub name: &'static str,
    pub url: String,
    pub weeks: Rare<Vec<Vec<SmallDay>>>,
    /// The days of each week by `parts/small-day.html`.
    pub weeks_html: Vec<Vec<Markup>>,
    /// How many events it has, bands included.
    pub count: usize,
    /// How many of them stand in its band.
    pub band: usize,
}

/// A year of the calendar.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CalendarYear<'a> {
    pub frame: Frame<'a>,
    pub year: i16,
    pub months: Vec<SmallMonth>,
    pub weekdays: Vec<Link<'a>>,
    pub ongoing_html: Markup,
    pub undated_html: Markup,
    pub previous: Option<Link<'a>>,
    pub next: Option<Link<'a>>,
}

/// An event in a cell of the grid, `parts/day-event.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GridEvent<'a> {
    pub title: Cow<'a, str>,
    pub url: String,
    pub time: String,
    pub source: Code<'static>,
    /// It ends on this day of the month.
    pub deadline: bool,
    pub day: i8,
    pub cancelled: bool,
}

/// A day of the grid, `parts/day.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GridDay<'a> {
    pub day: i8,
    pub iso: Date,
    /// It belongs to the month before or after.
    pub outside: bool,
    pub events: Rare<Vec<GridEvent<'a>>>,
    /// Each by `parts/day-event.html`.
    pub events_html: Markup,
}

/// A month of the calendar.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CalendarMonth<'a> {
    pub frame: Frame<'a>,
    pub title: String,
    pub weekdays: Vec<Link<'a>>,
    pub weeks: Rare<Vec<Vec<GridDay<'a>>>>,
    /// The days of each week, Monday first, by `parts/day.html`.
    pub weeks_html: Vec<Vec<Markup>>,
    pub band_html: Markup,
    pub list_html: Markup,
    pub ongoing: usize,
    pub undated: usize,
    pub year: Link<'a>,
    pub previous: Option<Link<'a>>,
    pub next: Option<Link<'a>>,
    pub has_days: bool,
}

/// What is coming, by month.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CalendarList<'a> {
    pub frame: Frame<'a>,
    pub months: Vec<CardGroup<'a>>,
    pub windows_html: Markup,
    pub as_of: String,
}

/// A year of the archive.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ArchiveYear<'a> {
    pub frame: Frame<'a>,
    pub year: YearCount,
    pub months: Vec<CardGroup<'a>>,
    pub previous: Option<Link<'a>>,
    pub next: Option<Link<'a>>,
}

/// The front page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Home<'a> {
    pub frame: Frame<'a>,
    pub next_html: Markup,
    pub windows_html: Markup,
    pub fresh_html: Markup,
    pub month: Option<SmallMonth>,
    pub weekdays: Vec<Link<'a>>,
    pub plan: Option<HomePlan<'a>>,
    pub newsletter: Option<Link<'a>>,
    pub newsletter_date: String,
    pub ways: Vec<Counted<'a>>,
    pub areas: Vec<Counted<'a>>,
}

/// The plan of the year on the front page: a strip of months.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HomePlan<'a> {
    pub title: &'a str,
    pub url: String,
    pub progress: Stacked<'a>,
    pub months: Vec<PlanMonth>,
}

/// A month of a plan: how many rows end in it, how many of them are done.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlanMonth {
    pub name: String,
    pub short: String,
    pub url: String,
    pub due: usize,
    pub done: usize,
}

/// The site map.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Sitemap<'a> {
    pub frame: Frame<'a>,
    pub sections: Vec<Counted<'a>>,
    pub groups: Vec<Counted<'a>>,
    pub pages: Vec<Link<'a>>,
    pub years: Vec<Link<'a>>,
    pub feeds: Vec<Link<'a>>,
}

/// The page of the search. Its form is all that a script needs; the lists are for readers without one.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Search<'a> {
    pub frame: Frame<'a>,
    /// What is found can be narrowed to one kind …
    pub kinds: Vec<Choice<'a>>,
    /// … to one year, the newest first …
    pub years: Vec<String>,
    /// … to one area.
    pub areas: Vec<Choice<'a>>,
    pub sections: Vec<Counted<'a>>,
    pub groups: Vec<Counted<'a>>,
}

/// One of several values of a field of a form.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Choice<'a> {
    pub value: Cow<'a, str>,
    pub title: Cow<'a, str>,
}

/// A page of words alone: not found, accessibility.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Plain<'a> {
    pub frame: Frame<'a>,
    pub footer: Footer<'a>,
    /// The day for which the site was built, in words.
    pub as_of: String,
}

/// A page that only leads elsewhere.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Redirect<'a> {
    pub language: &'static str,
    pub title: &'a str,
    pub url: String,
    pub canonical: String,
}

/// What each template sees, as one JSON Schema: a property for each template, the views among its definitions. `base.html` and the parts that
/// templates include see what these do.
pub fn schema() -> serde_json::Value {
    let mut generator = SchemaSettings::draft07().for_serialize().into_generator();
    let mut properties = serde_json::Map::new();
    macro_rules! of {
        ($($template:literal $view:ty,)*) => {
            $(properties.insert($template.into(), generator.subschema_for::<$view>().to_value());)*
        };
    }
    of! {
        "404.html" Plain,
        "accessibility.html" Plain,
        "archive-year.html" ArchiveYear,
        "archive.html" Years,
        "article.html" Article,
        "calendar-list.html" CalendarList,
        "calendar-month.html" CalendarMonth,
        "calendar-year.html" CalendarYear,
        "calendar.html" Years,
        "email.html" Mail,
        "group.html" Group,
        "groups.html" GroupIndex,
        "territories.html" Territories,
        "coverage.html" Coverage,
        "home.html" Home,
        "list.html" List,
        "newsletter.html" Newsletter,
        "plan-paper.html" PlanPaper,
        "plan-view.html" PlanHeaps,
        "plan-year.html" PlanYear,
        "plan.html" Plan,
        "project.html" Project,
        "redirect.html" Redirect,
        "search.html" Search,
        "sitemap.html" Sitemap,
        "workshop.html" Workshop,
        "parts/card.html" Card,
        "parts/day-event.html" GridEvent,
        "parts/day.html" GridDay,
        "parts/event.html" EventLine,
        "parts/fact.html" Fact,
        "parts/footer.html" Footer,
        "parts/header.html" Header,
        "parts/panel.html" Panel,
        "parts/paper-row.html" PaperRow,
        "parts/plan-cell.html" PlanCell,
        "parts/plan-heap.html" PlanHeap,
        "parts/plan-line.html" PlanLine,
        "parts/plan-row.html" PlanRow,
        "parts/plan-year-row.html" PlanYearRow,
        "parts/small-day.html" SmallDay,
        "parts/stack.html" Progress,
    }
    let definitions = generator.take_definitions(true);
    serde_json::json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": properties,
        "definitions": definitions,
    })
}
