//! What templates see: the contract with authors of themes.
//!
//! Every address is finished text that begins with the root slot (see [`crate::output::ROOT`]): a template prints it as it is. Dates,
//! numbers and sizes are words already. A field named `html` or `…_html` is markup; all others are text and are escaped.

use serde::Serialize;

/// A link.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Link {
    pub title: String,
    /// Empty where there is nothing to link to: then the title stands alone.
    pub url: String,
}

/// An entry of the menu.
#[derive(Debug, Clone, Serialize)]
pub struct MenuLink {
    pub title: String,
    pub url: String,
    /// This page, or a page below it.
    pub current: bool,
}

/// A day or a month in words.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DateWords {
    /// For `<time datetime>`; empty where no such value is true.
    pub iso: String,
    pub words: String,
    /// As it is read aloud, where that differs.
    pub aloud: String,
}

/// A time frame.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Timeframe {
    /// As on the paper.
    pub printed: String,
    pub words: String,
    pub aloud: String,
    pub datetime: String,
    /// `exact`, `window`, `ongoing`, …
    pub kind: &'static str,
    /// The first and last day, ISO.
    pub start: String,
    pub end: String,
}

/// A status: its code for styles, its word for people, and a mark that is no colour.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Status {
    pub code: &'static str,
    pub word: String,
    pub mark: &'static str,
}

/// What surrounds every page.
#[derive(Debug, Clone, Serialize)]
pub struct Frame<'a> {
    pub language: &'static str,
    pub locale: &'static str,
    pub site_title: &'a str,
    pub site_description: &'a str,
    /// The title of the page; empty on the front page.
    pub title: String,
    pub description: String,
    /// The absolute address of this page; empty if the site does not know its own.
    pub canonical: String,
    /// An absolute address of a picture, or empty.
    pub image: String,
    /// `article` or `website`.
    pub og_type: &'static str,
    /// Pages that search engines should leave out.
    pub noindex: bool,
    /// The kind of page, for styles.
    pub class: &'static str,
    /// JSON-LD, ready to stand in a script element.
    pub jsonld_html: Vec<String>,
    pub breadcrumbs: Vec<Link>,
    /// Atom feeds that belong to this page.
    pub feeds: Vec<Link>,
    /// `parts/header.html`, rendered.
    pub header_html: String,
    /// `parts/footer.html`, rendered.
    pub footer_html: String,
    pub licence: &'a str,
    pub age_mark: &'a str,
    /// The day of the last change of the page's content.
    pub changed: Option<DateWords>,
    /// Custom properties that the settings set: `--accent: #0a5;`
    pub roles: &'a str,
}

/// The name of the site and its menu. Rendered once for each entry of the menu.
#[derive(Debug, Clone, Serialize)]
pub struct Header<'a> {
    pub site_title: &'a str,
    pub site_description: &'a str,
    /// Whether this is the front page.
    pub home: bool,
    pub menu: Vec<MenuLink>,
}

/// The columns at the foot of every page. Rendered once.
#[derive(Debug, Clone, Serialize)]
pub struct Footer<'a> {
    pub publisher: &'a Link,
    pub contacts: Vec<&'a str>,
    /// Whether the site has feeds.
    pub has_feeds: bool,
    /// Addresses of pages from `pages/`.
    pub pages: &'a [Link],
}

/// A document as it stands in lists. Rendered once.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    pub kind: &'static str,
    pub kind_word: String,
    pub url: String,
    pub title: String,
    pub date: Option<DateWords>,
    pub place: String,
    pub summary: String,
    pub status: Option<Status>,
    pub draft: bool,
}

/// An event as it stands in lists. Rendered once.
#[derive(Debug, Clone, Serialize)]
pub struct EventLine {
    pub title: String,
    pub url: String,
    pub source: &'static str,
    pub source_word: String,
    /// The tile: the day large, the month in words («марта»), the year and the weekday small; empty where there is no day.
    pub day: String,
    pub month: String,
    pub year: String,
    pub weekday: String,
    pub timeframe: Timeframe,
    pub time: String,
    pub form: String,
    pub place: String,
    pub status: Option<Status>,
    /// It stands on its last day.
    pub deadline: bool,
}

/// Something with a label: a row of the aside.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    pub label: String,
    pub values: Vec<Link>,
}

/// A person with a post.
#[derive(Debug, Clone, Serialize)]
pub struct Person {
    pub name: String,
    pub post: String,
    pub url: String,
}

/// A file to take away.
#[derive(Debug, Clone, Serialize)]
pub struct File {
    pub title: String,
    pub url: String,
    /// «PDF», empty for an address elsewhere.
    pub format: String,
    /// «34 КБ»
    pub size: String,
    pub kind: String,
}

/// A row of a plan that a document realises.
#[derive(Debug, Clone, Serialize)]
pub struct RowLink {
    pub plan: String,
    pub number: String,
    pub title: String,
    pub url: String,
}

/// A picture.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    pub url: String,
    pub alt: String,
    pub author: String,
    pub width: u32,
    pub height: u32,
}

/// What all pages of documents have.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    pub kind: &'static str,
    pub kind_word: String,
    pub title: String,
    pub date: Option<DateWords>,
    pub draft: bool,
    pub body_html: String,
    pub cover: Option<Picture>,
    pub authors: Vec<Person>,
    pub facts: Vec<Fact>,
    pub files: Vec<File>,
    pub recordings: Vec<File>,
    pub rows: Vec<RowLink>,
    pub project: Option<Link>,
    pub contents: Vec<Link>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    /// Cards of documents that share areas, forms, plan rows.
    pub related_html: String,
    /// The document breaks off in its source.
    pub incomplete: bool,
}

/// A line of a programme; a day's heading has a title alone.
#[derive(Debug, Clone, Serialize)]
pub struct ProgrammeLine {
    pub day: bool,
    pub time: String,
    pub title: String,
    pub speakers: Vec<Person>,
}

/// The page of a workshop.
#[derive(Debug, Clone, Serialize)]
pub struct Workshop<'a> {
    pub frame: Frame<'a>,
    pub entry: Entry,
    pub event: EventLine,
    pub moved_from: String,
    pub mode: String,
    pub form: Option<Link>,
    pub host: Option<Link>,
    pub venue: String,
    pub link: String,
    pub register_url: String,
    pub register_until: String,
    pub register_contact: String,
    pub programme: Vec<ProgrammeLine>,
    pub speakers: Vec<Person>,
    pub participants: String,
    /// The event took place: the programme folds.
    pub over: bool,
    /// The file for a calendar.
    pub ics: String,
    pub series: Vec<Link>,
}

/// A block «Утверждаю» or «Согласовано».
#[derive(Debug, Clone, Serialize)]
pub struct Approval {
    pub word: String,
    pub post: String,
    pub person: String,
    /// «Приказ от 12.01.2024 № 02-а»
    pub order: String,
}

/// A piece of a stacked bar: a status, how many, and the share in per cent.
#[derive(Debug, Clone, Serialize)]
pub struct Share {
    pub status: Status,
    pub count: usize,
    pub percent: String,
}

/// How far a section or a plan is.
#[derive(Debug, Clone, Serialize)]
pub struct Progress {
    pub title: String,
    pub rows: usize,
    pub shares: Vec<Share>,
}

/// A row of a plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanRow {
    pub id: String,
    /// As printed; empty for a row without a number.
    pub number: String,
    /// A heading over several rows, at the first of them.
    pub group: String,
    pub title: String,
    pub parts: Vec<Part>,
    pub timeframe: Option<Timeframe>,
    pub venue: Link,
    pub responsible: Vec<Link>,
    pub competencies: String,
    pub output: String,
    pub status: Status,
    pub events: Vec<Link>,
    pub materials: Vec<Link>,
}

/// An item within a cell.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    pub title: String,
    pub timeframe: String,
}

/// A section of a plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanSection {
    pub number: String,
    pub title: String,
    pub rows: Vec<PlanRow>,
}

/// The page of a plan.
#[derive(Debug, Clone, Serialize)]
pub struct Plan<'a> {
    pub frame: Frame<'a>,
    pub entry: Entry,
    pub approvals: Vec<Approval>,
    pub year: String,
    pub community: String,
    pub curator: Option<Person>,
    pub head: Option<Person>,
    pub goal: String,
    pub objectives: Vec<String>,
    pub progress: Vec<Progress>,
    pub sections: Vec<PlanSection>,
    pub rows: usize,
    pub has_competencies: bool,
    pub has_output: bool,
    /// The day for which the statuses hold.
    pub as_of: String,
    pub json: String,
}

/// A part of the passport of a practice.
#[derive(Debug, Clone, Serialize)]
pub struct PassportPart {
    pub title: String,
    pub lines: Vec<String>,
}

/// The page of a practice, a document, a news post, a page, a newsletter.
#[derive(Debug, Clone, Serialize)]
pub struct Article<'a> {
    pub frame: Frame<'a>,
    pub entry: Entry,
    pub passport: Vec<PassportPart>,
    pub approval: Option<Approval>,
    /// «№ 3 (12)» of a newsletter.
    pub number: String,
    pub replaced_by: Option<Link>,
}

/// An indicator of a project.
#[derive(Debug, Clone, Serialize)]
pub struct Indicator {
    pub title: String,
    pub baseline: String,
    pub target: String,
    pub due: String,
    /// What was reached; empty where nothing is counted.
    pub value: String,
    pub percent: u32,
}

/// The page of a project.
#[derive(Debug, Clone, Serialize)]
pub struct Project<'a> {
    pub frame: Frame<'a>,
    pub entry: Entry,
    pub goal: String,
    pub method: String,
    pub period: Option<Timeframe>,
    pub indicators: Vec<Indicator>,
    /// «6 + 8 + 1 = 15»
    pub sum: String,
    pub parts_html: String,
}

/// The pages that a list has, the newest end first.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Pager {
    pub newer: Option<Link>,
    pub older: Option<Link>,
    /// «Страница 2 из 7», empty where there is one page.
    pub words: String,
}

/// A list of documents: a section, a month of the archive.
#[derive(Debug, Clone, Serialize)]
pub struct List<'a> {
    pub frame: Frame<'a>,
    pub title: String,
    pub count: usize,
    pub intro: String,
    pub cards_html: String,
    pub pager: Pager,
    pub feed: String,
}

/// The groups of one dimension.
#[derive(Debug, Clone, Serialize)]
pub struct GroupIndex<'a> {
    pub frame: Frame<'a>,
    pub title: String,
    pub letters: Vec<Letter>,
}

/// The groups under one letter; an empty letter for those that begin with none.
#[derive(Debug, Clone, Serialize)]
pub struct Letter {
    pub letter: String,
    pub groups: Vec<Counted>,
}

/// A link and how much stands behind it.
#[derive(Debug, Clone, Serialize)]
pub struct Counted {
    pub title: String,
    pub url: String,
    pub count: usize,
}

/// Cards under a heading.
#[derive(Debug, Clone, Serialize)]
pub struct CardGroup {
    pub title: String,
    pub cards_html: String,
}

/// The page of a group.
#[derive(Debug, Clone, Serialize)]
pub struct Group<'a> {
    pub frame: Frame<'a>,
    pub title: String,
    pub dimension: String,
    pub description: String,
    pub facts: Vec<Fact>,
    pub count: usize,
    pub next_html: String,
    pub sections: Vec<CardGroup>,
    pub pager: Pager,
    pub feed: String,
    /// Empty where nothing of it has a day.
    pub calendar: String,
}

/// A month of a year or of an archive: its name, address and count, and the height of its bar in per cent.
#[derive(Debug, Clone, Serialize)]
pub struct MonthCount {
    pub name: String,
    pub short: String,
    pub url: String,
    pub count: usize,
    pub percent: usize,
}

/// A year with its months.
#[derive(Debug, Clone, Serialize)]
pub struct YearCount {
    pub year: i16,
    pub url: String,
    pub count: usize,
    pub months: Vec<MonthCount>,
}

/// The way into the calendar or the archive.
#[derive(Debug, Clone, Serialize)]
pub struct Years<'a> {
    pub frame: Frame<'a>,
    pub title: String,
    pub years: Vec<YearCount>,
    pub next_html: String,
}

/// A day of a small month.
#[derive(Debug, Clone, Serialize)]
pub struct SmallDay {
    /// 0 for a cell of another month.
    pub day: i8,
    pub count: usize,
    pub iso: String,
}

/// A small month: a table of weeks.
#[derive(Debug, Clone, Serialize)]
pub struct SmallMonth {
    pub name: String,
    pub url: String,
    pub weeks: Vec<Vec<SmallDay>>,
    /// How many events it has, bands included.
    pub count: usize,
    /// How many of them stand in its band.
    pub band: usize,
}

/// A year of the calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarYear<'a> {
    pub frame: Frame<'a>,
    pub year: i16,
    pub months: Vec<SmallMonth>,
    pub weekdays: Vec<Link>,
    pub ongoing_html: String,
    pub undated_html: String,
    pub previous: Option<Link>,
    pub next: Option<Link>,
}

/// An event in a cell of the grid.
#[derive(Debug, Clone, Serialize)]
pub struct GridEvent {
    pub title: String,
    pub url: String,
    pub time: String,
    pub source: &'static str,
    pub deadline: bool,
    pub cancelled: bool,
}

/// A day of the grid.
#[derive(Debug, Clone, Serialize)]
pub struct GridDay {
    pub day: i8,
    pub iso: String,
    pub words: String,
    /// It belongs to the month before or after.
    pub outside: bool,
    pub events: Vec<GridEvent>,
}

/// A month of the calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarMonth<'a> {
    pub frame: Frame<'a>,
    pub title: String,
    pub weekdays: Vec<Link>,
    pub weeks: Vec<Vec<GridDay>>,
    pub band_html: String,
    pub list_html: String,
    pub ongoing: usize,
    pub undated: usize,
    pub year: Link,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    pub has_days: bool,
}

/// What is coming, by month.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarList<'a> {
    pub frame: Frame<'a>,
    pub months: Vec<CardGroup>,
    pub windows_html: String,
    pub as_of: String,
}

/// A year of the archive.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveYear<'a> {
    pub frame: Frame<'a>,
    pub year: YearCount,
    pub months: Vec<CardGroup>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
}

/// The front page.
#[derive(Debug, Clone, Serialize)]
pub struct Home<'a> {
    pub frame: Frame<'a>,
    pub next_html: String,
    pub windows_html: String,
    pub fresh_html: String,
    pub month: Option<SmallMonth>,
    pub weekdays: Vec<Link>,
    pub plan: Option<HomePlan>,
    pub newsletter: Option<Link>,
    pub newsletter_date: String,
    pub ways: Vec<Counted>,
    pub areas: Vec<Counted>,
}

/// The plan of the year on the front page: a strip of months.
#[derive(Debug, Clone, Serialize)]
pub struct HomePlan {
    pub title: String,
    pub url: String,
    pub progress: Progress,
    pub months: Vec<PlanMonth>,
}

/// A month of a plan: how many rows end in it, how many of them are done.
#[derive(Debug, Clone, Serialize)]
pub struct PlanMonth {
    pub name: String,
    pub short: String,
    pub url: String,
    pub due: usize,
    pub done: usize,
}

/// The site map.
#[derive(Debug, Clone, Serialize)]
pub struct Sitemap<'a> {
    pub frame: Frame<'a>,
    pub sections: Vec<Counted>,
    pub groups: Vec<Counted>,
    pub pages: Vec<Link>,
    pub years: Vec<Link>,
    pub feeds: Vec<Link>,
}

/// A page of words alone: not found, accessibility.
#[derive(Debug, Clone, Serialize)]
pub struct Plain<'a> {
    pub frame: Frame<'a>,
    pub footer: Footer<'a>,
}

/// A page that only leads elsewhere.
#[derive(Debug, Clone, Serialize)]
pub struct Redirect {
    pub language: &'static str,
    pub title: String,
    pub url: String,
    pub canonical: String,
}
