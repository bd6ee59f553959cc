//! What the editor is told: mistakes are values, collected and returned beside the result of every stage.
//!
//! A [`Problem`] says what is wrong, in data; its words are in one place per language ([`ru`], [`en`]). Places are byte ranges; line and
//! column are computed when a message is printed.

mod days;
mod en;
mod planning;
mod ru;

pub use planning::Advice;

use crate::record::differ_by;
use crate::source::{Encoding, Span};
use crate::value::date::Date;
use crate::value::hidden::without;
use crate::value::language::Language;
use crate::value::scripts::{bare, look_alike};
use crate::value::timeframe::Warning;
use crate::value::typography::{Rule, TypographyWarning};
use crate::value::yaml::YamlErrorKind;
use crate::value::yaml::quote::quoted;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published while one stands.
    Error,
    /// Published; an error with `--strict`.
    Warning,
    /// For who wants to know: shown with `-v`.
    Note,
}

/// One message.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub problem: Problem,
    /// Where; `None` if it concerns no file.
    pub span: Option<Span>,
    /// The text to write in place of `span`, where it is known.
    pub fix: Option<String>,
    /// Other places that the message speaks of.
    pub related: Vec<Span>,
}

/// What may be expected or found behind a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Text,
    Number,
    Boolean,
    Date,
    List,
    Mapping,
    Nothing,
}

/// The registries that a name may be looked up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Registry {
    Organisations,
    People,
    Areas,
    Competencies,
    Territories,
    Observances,
    Glossary,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// The file is not UTF-8, but perhaps this.
    NotUtf8 { line: usize, column: usize, likely: Option<Encoding> },
    /// A text of so many bytes, more than [`crate::source::LARGEST_TEXT`].
    TooLarge { bytes: u64 },
    /// The file could not be read; the system's words.
    Unreadable { reason: String },
    /// Characters that nobody sees and that change what is read; the first of them, and how many there are.
    HiddenCharacters { first: char, count: usize },
    /// The file is not the one any more that the site was built from.
    ChangedMeanwhile,
    /// The YAML does not parse.
    Yaml(YamlErrorKind),
    /// A `.md` file without front matter between `---` lines.
    NoFrontMatter,
    /// The second `---` line is missing.
    FrontMatterNotClosed,
    /// A `---` line that is none: Word has made a dash of it.
    FrontMatterFence { found: String },
    /// A document outside the folders of the kinds; `folder` is empty if it lies in none.
    UnknownFolder { folder: String, nearest: Option<&'static str> },
    /// A file beside the settings and registries that is none of them.
    UnknownFile { name: String, nearest: Option<String> },
    /// A file among documents that is none, by its ending: it may be renamed, or imported as a plan.
    WrongEnding { name: String, rename: Option<String>, import: Option<String> },
    /// A `.yaml` document of front matter and text, as a `.md` one is.
    TextInYaml { rename: String },
    /// A key that no record knows; `elsewhere` is the folder of the kind that knows it.
    UnknownKey { key: String, nearest: Option<String>, elsewhere: Option<&'static str> },
    /// A key that stands twice, perhaps in two languages.
    DuplicateKey { key: String },
    /// A value of the wrong type.
    WrongType { expected: Expected, found: Expected },
    /// A key that must stand.
    MissingKey { key: &'static str, twin: &'static str },
    /// A text that is no date, or a date that is not in the calendar.
    NotADate { text: String },
    /// A time frame with an error or a doubt.
    Timeframe { printed: String, warning: Warning },
    /// A text that is no time of day.
    NotATime { text: String },
    /// A text that is no year, school year or period.
    NotAPeriod { text: String },
    /// A value outside the closed list of its key.
    UnknownValue { text: String, nearest: Option<String>, allowed: Vec<String> },
    /// An address with characters that an address may not have.
    BadSlug { slug: String, proposed: String },
    /// Two things at one address.
    DuplicateAddress { address: String, other: String },
    /// An id or alias that stands twice in the registries.
    DuplicateName { name: String, other: String },
    /// A name that the registry does not know.
    UnknownName { registry: Registry, name: String, nearest: Option<String> },
    /// A plan or its row that is not there.
    UnknownPlanItem { text: String, nearest: Option<String> },
    /// A project that is not there.
    UnknownProject { text: String, nearest: Option<String> },
    /// A number that stands at two rows of a plan.
    DuplicateRow { number: String },
    /// An amendment to a row that the plan has not got.
    UnknownRow { text: String, nearest: Option<String> },
    /// A new row for a section that the plan has not got.
    UnknownSection { text: String, nearest: Option<String> },
    /// An amendment that changes nothing.
    EmptyChange,
    /// The name of a person of the registry who may not be named, in running text.
    NameInText { name: String },
    /// A total names an indicator that the project has not got.
    UnknownIndicator { text: String, nearest: Option<String> },
    /// Indicators that do not add up to their total.
    WrongSum { terms: String, sum: String, total: String },
    /// Something odd in what is planned.
    Planning(Advice),
    /// A link to a file that is not there.
    BrokenLink { target: String, nearest: Option<String> },
    /// A link to a place that its page has not got.
    BrokenAnchor { target: String, anchor: String },
    /// A link with a scheme that runs code or hides its target.
    UnsafeLink { target: String },
    /// An attachment or a cover that is not there.
    MissingFile { path: String, nearest: Option<String> },
    /// A picture without a text for those who do not see it.
    MissingAlt { path: String },
    /// A picture that cannot be read.
    DamagedPicture { path: String },
    /// A picture in a format that not every browser shows and that is published with all that the camera wrote into it.
    PictureFormat { path: String },
    /// An attachment that names neither a file nor an address.
    EmptyAttachment,
    /// Lists, quotes or HTML deeper than so many levels, or HTML that would grow without measure.
    TooDeep { levels: usize },
    /// A file that browsers run as a program of the site.
    ActiveFile { path: String },
    /// Two outputs whose names differ in case or in the form of letters alone.
    SameButForCase { path: String, other: String },
    /// A name that Windows cannot write, or that is not what it looks like.
    BadFileName { path: String },
    /// So many messages more about one file.
    More { count: usize },
    /// HTML that is not let through was taken out.
    UnsafeHtml { what: String },
    /// The text does not keep to the rules of typesetting.
    Typography(TypographyWarning),
    /// The time zone is not in the database.
    UnknownTimezone { name: String, nearest: Option<String> },
    /// A newsletter collects up to a day before its first.
    SpanBackwards { from: Date, to: Date },
    /// A newsletter says but one end of what it collects.
    SpanOpen,
    /// A letter of more bytes than mail services show.
    LongMail { bytes: usize },
    /// The site's address is no address.
    BadBaseUrl { url: String },
    /// There is no such theme.
    UnknownTheme { name: String },
    /// Two colours that stand on each other differ too little.
    LowContrast { role: String, against: String, ratio: String },
    /// A template is wrong.
    Template { reason: String },
    /// There is no `content/site.yaml`, or it holds no title.
    NoTitle,
    /// Good content that the editing page does not show as it stands.
    Unfit(Unfit),
}

/// What the editing page cannot show, though the content is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// A key in another spelling than the page's.
    Key { key: String, wanted: String },
    /// One value where the page has a list.
    List,
    /// A text in place of a record, whose key `key` it stands for.
    Record { key: String },
    /// A spelling of a value that the page does not offer.
    Value { wanted: String },
}

impl Diagnostic {
    /// A message of the severity that its problem has.
    pub fn new(problem: Problem, span: Span) -> Diagnostic {
        Diagnostic { severity: problem.severity(), problem, span: Some(span), fix: None, related: Vec::new() }
    }

    /// The same for something that is not there, at the place where it is named: the nearest that is there is what to write.
    pub fn slip(problem: Problem, span: Span) -> Diagnostic {
        let fix = match &problem {
            Problem::UnknownRow { nearest, .. } | Problem::UnknownSection { nearest, .. } | Problem::UnknownIndicator { nearest, .. } => {
                nearest.clone()
            }
            _ => None,
        };
        Diagnostic::new(problem, span).with_fix(fix)
    }

    /// The same with the text to write at its place.
    pub fn with_fix(mut self, fix: Option<String>) -> Diagnostic {
        self.fix = fix;
        self
    }

    /// The same with another place that it speaks of.
    pub fn with_related(mut self, span: Span) -> Diagnostic {
        self.related.push(span);
        self
    }

    /// What is wrong, in words.
    pub fn message(&self, language: Language) -> String {
        self.wording(language).0
    }

    /// What to write or do; empty if the message says it all.
    pub fn hint(&self, language: Language) -> String {
        self.wording(language).1
    }

    /// The fix as it has to stand in place of `written`, the text at the span: in the quotes that are there, or in such as it needs.
    pub fn fix_of(&self, written: &str) -> Option<String> {
        let fix = self.fix.as_ref()?;
        let name = match &self.problem {
            // Of an `Unfit` the fix is YAML already.
            Problem::Yaml(_) | Problem::UnknownKey { .. } | Problem::BrokenLink { .. } | Problem::Unfit(_) => None,
            _ => written.chars().next().filter(|quote| matches!(quote, '"' | '\'') && written.len() > 1 && written.ends_with(*quote)),
        };
        let is_value = matches!(
            self.problem,
            Problem::UnknownName { .. }
                | Problem::UnknownValue { .. }
                | Problem::MissingFile { .. }
                | Problem::UnknownSection { .. }
                | Problem::UnknownIndicator { .. }
        );
        // Commas and brackets part the values of a list in brackets.
        let is_odd = is_value && (fix.contains([',', '[', ']', '{', '}', '"', '#']) || fix.contains(": "));
        Some(match name {
            Some('\'') if !fix.contains('\'') => format!("'{fix}'"),
            Some(_) => quoted(fix),
            None if is_odd && fix != written => quoted(fix),
            None => fix.clone(),
        })
    }

    /// Whether the fix may be made without a person looking at it: it changes how a thing is written, and cannot change what was meant.
    ///
    /// So are quotes around a value, spaces in place of what only looks like them, signs of Word's making, letters of another script or
    /// case, and a key that is one slip away from the one that is known. A guess at a person, a value, a date is not, however likely; nor
    /// is what depends on where a text ends.
    pub fn is_safe(&self) -> bool {
        let Some(fix) = &self.fix else { return false };
        match &self.problem {
            Problem::Yaml(kind) => !matches!(kind, YamlErrorKind::Indentation | YamlErrorKind::NoKey),
            Problem::FrontMatterFence { .. } | Problem::WrongType { .. } | Problem::Unfit(_) => true,
            // Before keys that stand there; not in place of a heading.
            Problem::NoFrontMatter => !fix.ends_with("---"),
            Problem::UnknownKey { key, .. } => {
                let letters = key.chars().count();
                look_alike(key, fix) || letters > 4 && differ_by(key, fix, 1) || letters > 8 && differ_by(key, fix, 2)
            }
            Problem::UnknownValue { text, .. } | Problem::UnknownProject { text, .. } | Problem::UnknownPlanItem { text, .. } => {
                look_alike(bare(text), fix)
            }
            Problem::UnknownName { name, .. } => look_alike(name, fix),
            Problem::MissingFile { path, .. } => look_alike(bare(path), fix),
            Problem::BrokenLink { target, nearest } => nearest.as_ref().is_some_and(|nearest| look_alike(target, nearest)),
            Problem::Typography(warning) => warning.rule == Rule::MixedScripts && look_alike(&warning.found, &warning.fix),
            _ => false,
        }
    }

    fn wording(&self, language: Language) -> (String, String) {
        let (message, hint) = match language {
            Language::Ru => ru::wording(&self.problem),
            Language::En => en::wording(&self.problem),
        };
        // They quote what stands in the files, and are printed on terminals.
        (without(&message).into_owned(), without(&hint).into_owned())
    }
}

impl Problem {
    /// How bad it is, before `--strict`.
    pub fn severity(&self) -> Severity {
        match self {
            Problem::UnknownKey { .. }
            | Problem::HiddenCharacters { .. }
            | Problem::BadFileName { .. }
            | Problem::UnsafeHtml { .. }
            | Problem::BrokenAnchor { .. }
            | Problem::PictureFormat { .. }
            | Problem::Typography(_)
            | Problem::DuplicateName { .. }
            | Problem::EmptyChange
            | Problem::UnknownIndicator { .. }
            | Problem::WrongSum { .. }
            | Problem::NameInText { .. }
            | Problem::Planning(_)
            | Problem::Unfit(_)
            | Problem::UnknownFolder { .. }
            | Problem::UnknownFile { .. }
            | Problem::WrongEnding { .. }
            | Problem::TextInYaml { .. }
            | Problem::FrontMatterFence { .. }
            | Problem::SpanBackwards { .. }
            | Problem::SpanOpen
            | Problem::LongMail { .. } => Severity::Warning,

            Problem::UnknownName { nearest, .. } => {
                if nearest.is_some() {
                    Severity::Warning
                } else {
                    Severity::Note
                }
            }
            _ => Severity::Error,
        }
    }
}

/// The codes of problems: the match that gives a problem its code, and the list of them all, are of one making.
macro_rules! codes {
    ($($($pattern:pat_param)|+ => $code:literal,)*; $($own:pat => $of:expr, $list:expr;)*) => {
        impl Problem {
            /// The stable name of the message, documented and never reused.
            pub fn code(&self) -> &'static str {
                match self {
                    $($($pattern)|+ => $code,)*
                    $($own => $of,)*
                }
            }

            /// Every code that [`Self::code`] may give.
            pub fn codes() -> Vec<&'static str> {
                let mut codes = vec![$($code),*];
                $(codes.extend($list);)*
                codes
            }
        }
    };
}

codes! {
    Problem::NotUtf8 { .. } => "not-utf8",
    Problem::TooLarge { .. } => "too-large",
    Problem::Unreadable { .. } => "unreadable",
    Problem::HiddenCharacters { .. } => "hidden-character",
    Problem::ChangedMeanwhile => "changed-meanwhile",
    Problem::Yaml(YamlErrorKind::Tab) => "yaml-tab",
    Problem::Yaml(YamlErrorKind::NoBreakSpace) => "yaml-no-break-space",
    Problem::Yaml(YamlErrorKind::ColonInValue) => "yaml-colon",
    Problem::Yaml(YamlErrorKind::NoSpaceAfterColon) => "yaml-space-after-colon",
    Problem::Yaml(YamlErrorKind::Unclosed) => "yaml-unclosed",
    Problem::Yaml(YamlErrorKind::InnerQuotes) => "yaml-quotes",
    Problem::Yaml(YamlErrorKind::ListMark) => "yaml-list-mark",
    Problem::Yaml(YamlErrorKind::NoKey) => "yaml-no-key",
    Problem::Yaml(YamlErrorKind::Indentation) => "yaml-indentation",
    Problem::Yaml(YamlErrorKind::Character(_)) => "yaml-character",
    Problem::Yaml(YamlErrorKind::TooLarge) => "yaml-too-large",
    Problem::Yaml(YamlErrorKind::UnknownAlias) => "yaml-alias",
    Problem::Yaml(YamlErrorKind::Other(_)) => "yaml",
    Problem::Yaml(YamlErrorKind::DuplicateKey(_)) | Problem::DuplicateKey { .. } => "duplicate-key",
    Problem::NoFrontMatter => "no-front-matter",
    Problem::FrontMatterNotClosed => "front-matter-not-closed",
    Problem::FrontMatterFence { .. } => "front-matter-fence",
    Problem::UnknownFolder { .. } => "unknown-folder",
    Problem::UnknownFile { .. } => "unknown-file",
    Problem::WrongEnding { .. } => "wrong-ending",
    Problem::TextInYaml { .. } => "text-in-yaml",
    Problem::UnknownKey { .. } => "unknown-key",
    Problem::WrongType { .. } => "wrong-type",
    Problem::MissingKey { .. } => "missing-key",
    Problem::NotADate { .. } => "not-a-date",
    Problem::NotATime { .. } => "not-a-time",
    Problem::NotAPeriod { .. } => "not-a-period",
    Problem::UnknownValue { .. } => "unknown-value",
    Problem::BadSlug { .. } => "bad-slug",
    Problem::DuplicateAddress { .. } => "duplicate-address",
    Problem::DuplicateName { .. } => "duplicate-name",
    Problem::UnknownName { .. } => "unknown-name",
    Problem::UnknownPlanItem { .. } => "unknown-plan-item",
    Problem::UnknownProject { .. } => "unknown-project",
    Problem::DuplicateRow { .. } => "duplicate-row",
    Problem::UnknownRow { .. } => "unknown-row",
    Problem::UnknownSection { .. } => "unknown-section",
    Problem::EmptyChange => "empty-change",
    Problem::UnknownIndicator { .. } => "unknown-indicator",
    Problem::NameInText { .. } => "name-in-text",
    Problem::WrongSum { .. } => "wrong-sum",
    Problem::BrokenLink { .. } => "broken-link",
    Problem::BrokenAnchor { .. } => "broken-anchor",
    Problem::UnsafeLink { .. } => "unsafe-link",
    Problem::MissingFile { .. } => "missing-file",
    Problem::MissingAlt { .. } => "missing-alt",
    Problem::DamagedPicture { .. } => "damaged-picture",
    Problem::PictureFormat { .. } => "picture-format",
    Problem::EmptyAttachment => "empty-attachment",
    Problem::TooDeep { .. } => "too-deep",
    Problem::ActiveFile { .. } => "active-file",
    Problem::SameButForCase { .. } => "same-but-for-case",
    Problem::BadFileName { .. } => "bad-file-name",
    Problem::More { .. } => "more",
    Problem::UnsafeHtml { .. } => "unsafe-html",
    Problem::Typography(_) => "typography",
    Problem::UnknownTimezone { .. } => "unknown-timezone",
    Problem::SpanBackwards { .. } => "span-backwards",
    Problem::SpanOpen => "span-open",
    Problem::LongMail { .. } => "long-mail",
    Problem::BadBaseUrl { .. } => "bad-base-url",
    Problem::UnknownTheme { .. } => "unknown-theme",
    Problem::LowContrast { .. } => "low-contrast",
    Problem::Template { .. } => "template",
    Problem::NoTitle => "no-title",
    Problem::Unfit(Unfit::Key { .. }) => "cms-key",
    Problem::Unfit(Unfit::List) => "cms-list",
    Problem::Unfit(Unfit::Record { .. }) => "cms-record",
    Problem::Unfit(Unfit::Value { .. }) => "cms-value",
    ;
    Problem::Timeframe { warning, .. } => warning.code(), Warning::CODES;
    Problem::Planning(advice) => advice.code(), Advice::CODES;
}
