//! `content/site.yaml`: the settings. Everything has a default; a site with only a title builds.

use crate::diagnostic::{Diagnostic, Problem};
use crate::record::{Fields, Reader, Spanned, Text, no_shorthand, record, text_shorthand, unknown_value};
use crate::source::{SourcePath, Span};
use crate::value::date::Date;
use crate::value::language::Language;
use crate::value::yaml::{self, Node, Value};
use std::collections::BTreeMap;

record! {
    /// The settings as written.
    pub struct Settings {
        /// The name of the site.
        title "название": Option<Text>,
        /// One or two sentences about it.
        description "описание": Option<Text>,
        /// Its address, perhaps with a folder: `https://example.org/blog/`.
        base_url "адрес": Option<Text>,
        /// `ru` or `en`.
        language "язык": Option<Text>,
        /// An IANA time zone: `Europe/Moscow`.
        timezone "часовой пояс": Option<Text>,
        /// The organisation that publishes it: id or name.
        organisation "организация" ["издатель"]: Option<Text>,
        /// How to reach the publisher: lines of the footer.
        contacts "контакты": Vec<Text>,
        /// The theme's folder in `themes/`.
        theme "тема": Option<Text>,
        /// The menu, seven entries at most.
        menu "меню": Vec<MenuEntry>,
        /// The licence of the texts.
        licence "лицензия" ["license"]: Option<Text>,
        /// The age mark, 0+ … 18+.
        age_mark "возраст": Option<Text>,
        /// When the school year begins and ends: `{start: 09-01, end: 05-31}`.
        school_year "учебный год": Option<NamedSpan>,
        /// The quarters of the school year.
        school_terms "четверти": Vec<NamedSpan>,
        /// School holidays.
        school_holidays "каникулы": Vec<NamedSpan>,
        /// Days of the weekend, and holidays, on which people work: planning on them is no oversight.
        working_days "рабочие дни" ["рабочие субботы"]: Vec<Spanned<Date>>,
        /// Days off besides weekends and holidays: those to which the Government moves a weekend.
        days_off "нерабочие дни" ["выходные дни"]: Vec<Spanned<Date>>,
        /// Whether the rules of Russian typesetting are applied.
        typography "типографика": Switch,
        /// Whether odd things in plans are told: somebody wanted in two places, a month without events …
        planning_checks "проверки планов" ["проверки плана"]: Switch,
        /// Whether the panel for the visually impaired is shown.
        accessibility_panel "панель доступности": Switch,
        /// Whether feeds are made.
        feeds "ленты": Switch,
        /// How many documents stand on a page of a list.
        paginate "на странице": Option<u32>,
        /// Whose names are published: `all`, `with_basis`, `none`.
        people "люди": Option<People>,
        /// Whether newsletters stand in the calendar on their days.
        newsletters_in_calendar "выпуски в календаре": bool,
        /// Whether addresses of folders name `index.html`, for opening from a disk.
        index_links "ссылки на index.html": bool,
        /// Colours and sizes of the theme, by the names of its roles.
        roles "цвета" ["оформление"]: Pairs,
    }
}

record! {
    /// An entry of the menu: a title and an address within the site (`/calendar/`), or a document's file.
    pub struct MenuEntry {
        /// What it says.
        title "название": Option<Text>,
        /// Where it leads.
        url "адрес" ["ссылка"]: Option<Text>,
    }
}

record! {
    /// A span of days with a name; both days included.
    pub struct NamedSpan {
        /// «I четверть», «осенние каникулы».
        name "название": Option<Text>,
        /// The first day.
        start "начало" ["с", "from"]: Option<Text>,
        /// The last day.
        end "конец" ["по", "to"]: Option<Text>,
    }
}

no_shorthand!(Settings, NamedSpan);
text_shorthand!(MenuEntry, url);

/// Something that is on unless it is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switch(pub bool);

impl crate::record::Read for Switch {
    fn expected() -> crate::diagnostic::Expected {
        crate::diagnostic::Expected::Boolean
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        bool::read(node, reader).map(Switch)
    }
}

impl crate::record::Absent for Switch {
    fn absent() -> Self {
        Switch(true)
    }
}

/// Whose names are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    /// Everybody named in the content.
    All,
    /// Those whose registry entry gives a basis.
    WithBasis,
    /// Nobody has a page.
    None,
}

impl crate::record::Read for People {
    fn expected() -> crate::diagnostic::Expected {
        crate::diagnostic::Expected::Text
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = Text::read(node, reader)?;
        match text.value.to_lowercase().replace([' ', '-'], "_").as_str() {
            "all" | "publish" | "все" => Some(People::All),
            "with_basis" | "с_основанием" => Some(People::WithBasis),
            "none" | "никого" => Some(People::None),
            _ => {
                let allowed = ["all", "with_basis", "none"].map(str::to_owned).to_vec();
                let span = Span::new(reader.file, text.span);
                reader.diagnostics.push(unknown_value(text.value, span, allowed));
                None
            }
        }
    }
}

/// Any keys with texts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pairs(pub BTreeMap<String, Text>);

impl crate::record::Read for Pairs {
    fn expected() -> crate::diagnostic::Expected {
        crate::diagnostic::Expected::Mapping
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Value::Map(pairs) = &node.value else { return crate::record::refuse(node, reader) };
        Some(Pairs(pairs.iter().filter_map(|(key, value)| Some((key.text.to_string(), Text::read(value, reader)?))).collect()))
    }
}

impl crate::record::Absent for Pairs {
    fn absent() -> Self {
        Pairs::default()
    }
}

/// The settings with their defaults filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub title: String,
    pub description: String,
    /// With a slash at its end; `None` where the site does not know its address.
    pub base_url: Option<String>,
    pub language: Language,
    pub timezone: String,
    pub paginate: usize,
    pub people: People,
    /// Everything else, as written.
    pub settings: Settings,
}

/// How many documents stand on a page of a list, if the settings do not say.
const PAGINATE: usize = 20;

impl Config {
    /// The settings of `text`, the content of the file `path`.
    pub fn parse(path: &SourcePath, text: &str) -> (Config, Vec<Diagnostic>) {
        let mut reader = Reader { file: path, diagnostics: Vec::new() };
        let node = match yaml::parse(text, 0) {
            Ok(node) => node,
            Err(error) => {
                reader.report(Problem::Yaml(error.kind), error.span);
                Node { value: Value::Null, span: 0..0 }
            }
        };
        let parsed = reader.diagnostics.is_empty();
        let mut fields = Fields::of(&node, &mut reader);
        let settings = Settings::take(&mut fields, &mut reader);
        fields.finish(&mut reader);
        if settings.title.is_none() && parsed {
            reader.diagnostics.push(Diagnostic::new(Problem::NoTitle, Span::file(path)));
        }
        let config = Config::resolve(settings, &mut reader);
        (config, reader.diagnostics)
    }

    /// The settings of a site that has no file of settings.
    pub fn missing() -> (Config, Vec<Diagnostic>) {
        let path: SourcePath = "content/site.yaml".into();
        Config::parse(&path, "")
    }

    fn resolve(settings: Settings, reader: &mut Reader) -> Config {
        let text = |value: &Option<Text>| value.as_ref().map(|t| t.value.clone()).unwrap_or_default();
        let language = match &settings.language {
            Some(Spanned { value, span }) => value.to_lowercase().parse().unwrap_or_else(|_| {
                let allowed = ["ru", "en"].map(str::to_owned).to_vec();
                reader.diagnostics.push(unknown_value(value.clone(), Span::new(reader.file, *span), allowed));
                Language::Ru
            }),
            None => Language::Ru,
        };
        let base_url = settings.base_url.as_ref().and_then(|url| {
            let checked = checked_base_url(&url.value);
            if checked.is_none() {
                reader.report(Problem::BadBaseUrl { url: url.value.clone() }, url.span);
            }
            checked
        });
        let timezone = match &settings.timezone {
            Some(zone) if jiff::tz::TimeZone::get(&zone.value).is_err() => {
                reader.report(Problem::UnknownTimezone { name: zone.value.clone() }, zone.span);
                "Europe/Moscow".to_owned()
            }
            Some(zone) => zone.value.clone(),
            None => "Europe/Moscow".to_owned(),
        };
        Config {
            title: text(&settings.title),
            description: text(&settings.description),
            base_url,
            language,
            timezone,
            paginate: settings.paginate.map_or(PAGINATE, |n| (n as usize).clamp(1, 1000)),
            people: settings.people.unwrap_or(People::All),
            settings,
        }
    }

    /// The day that a month and day without a year (`05-27`, «27 мая») name in `year`.
    pub fn yearly_day(text: &str, year: i16) -> Option<Date> {
        let number = |part: &str| part.parse::<i8>().ok();
        match text.split_once('-') {
            Some((month, day)) if month.len() <= 2 && day.len() <= 2 => Date::new(year, number(month)?, number(day)?),
            _ => crate::record::day_of(&format!("{text} {year} г.")),
        }
    }
}

/// An absolute http(s) address with a slash at its end, or `None` if `url` is none.
pub fn checked_base_url(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split('/').next()?;
    let clean = !host.is_empty() && !url.contains(['?', '#', ' ', '"', '<', '>', '\\', '\'']) && !url.chars().any(char::is_control);
    clean.then(|| if url.ends_with('/') { url.to_owned() } else { format!("{url}/") })
}
