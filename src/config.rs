//! `content/site.yaml`: the settings. Everything has a default; a site with only a title builds.

use crate::diagnostic::{Diagnostic, Problem};
use crate::record::{
    Fields, Read, Reader, Shape, Shorthand, Spanned, Text, choice, nearest, no_shorthand, record, text_shorthand, unknown_value,
};
use crate::source::{SourcePath, Span};
use crate::value::date::Date;
use crate::value::language::Language;
use crate::value::yaml::{Node, Value};
use std::collections::BTreeMap;

record! {
    /// The settings as written.
    pub struct Settings {
        /// The name of the site.
        title "название" = "Название сайта: стоит в шапке каждой страницы.": Option<Text>,
        /// One or two sentences about it.
        description "описание" = "Одно-два предложения о сайте: для поисковых систем и подписчиков." (Long): Option<Text>,
        /// Its address, perhaps with a folder: `https://example.org/blog/`.
        base_url "адрес" = "Адрес сайта в интернете, можно с папкой: https://example.org/blog/. Нужен лентам, календарям и карте сайта." (Url): Option<Text>,
        /// `ru` or `en`.
        language "язык" = "Язык сайта: ru или en." (Language): Option<Text>,
        /// An IANA time zone: `Europe/Moscow`.
        timezone "часовой пояс" = "Часовой пояс: Europe/Moscow, Asia/Vladivostok…": Option<Text>,
        /// The organisation that publishes it: id or name.
        organisation "организация" ["издатель"] = "Кто издаёт сайт: ид или название из organisations.yaml." (Organisation): Option<Text>,
        /// How to reach the publisher: lines of the footer.
        contacts "контакты" = "Как связаться: строки внизу каждой страницы.": Vec<Text>,
        /// The theme's folder in `themes/`.
        theme "тема" = "Имя папки в themes/, если у сайта своё оформление.": Option<Text>,
        /// The menu, seven entries at most.
        menu "меню" = "Пункты меню, не больше семи.": Vec<MenuEntry>,
        /// The licence of the texts.
        licence "лицензия" ["license"] = "Лицензия на тексты, если у материала не указана своя.": Option<Text>,
        /// The age mark, 0+ … 18+.
        age_mark "возраст" = "Возрастная отметка, если у материала не указана своя: 0+, 6+, 12+, 16+, 18+." (AgeMark): Option<Text>,
        /// When the school year begins and ends: `{start: 09-01, end: 05-31}`.
        school_year "учебный год" = "Когда начинается и кончается учебный год.": Option<NamedSpan>,
        /// The quarters of the school year.
        school_terms "четверти" = "Учебные четверти: по ним читаются сроки вроде «III четверть».": Vec<NamedSpan>,
        /// School holidays.
        school_holidays "каникулы" = "Каникулы: по ним читаются сроки вроде «осенние каникулы».": Vec<NamedSpan>,
        /// Days of the weekend, and holidays, on which people work: planning on them is no oversight.
        working_days "рабочие дни" ["рабочие субботы"] = "Рабочие субботы и другие выходные, в которые работают.": Vec<Spanned<Date>>,
        /// Days off besides weekends and holidays: those to which the Government moves a weekend.
        days_off "нерабочие дни" ["выходные дни"] = "Дни, на которые перенесены выходные.": Vec<Spanned<Date>>,
        /// Whether the rules of Russian typesetting are applied.
        typography "типографика" = "Набирать ли текст по правилам: кавычки-ёлочки, тире, неразрывные пробелы.": Switch,
        /// Whether odd things in plans are told: somebody wanted in two places, a month without events …
        planning_checks "проверки планов" ["проверки плана"] = "Предупреждать ли о странностях в планах: человек нужен в двух местах, месяц без мероприятий…": Switch,
        /// Whether the panel for the visually impaired is shown.
        accessibility_panel "панель доступности" = "Показывать ли панель «Версия для слабовидящих».": Switch,
        /// Whether each page has a picture with its title, which messengers and networks show beside a link; if it is not said, sites of up to a
        /// thousand documents have them.
        link_pictures "картинки для ссылок" = "Делать ли страницам картинки с названием: их показывают мессенджеры и соцсети рядом со ссылкой. Если не указано — да, пока материалов не больше тысячи.": Option<bool>,
        /// Whether feeds are made.
        feeds "ленты" = "Делать ли ленты для подписки (Atom и JSON Feed).": Switch,
        /// How many documents stand on a page of a list.
        paginate "на странице" = "Сколько материалов на одной странице списка.": Option<u32>,
        /// Whose names are published: `all`, `with_basis`, `none`.
        people "люди" = "Чьи имена публикуются: all — все, with_basis — у кого указано основание, none — ничьи.": Option<People>,
        /// Whether newsletters stand in the calendar on their days.
        newsletters_in_calendar "выпуски в календаре" = "Ставить ли выпуски вестника в календарь по их датам.": bool,
        /// Whether addresses of folders name `index.html`, for opening from a disk.
        index_links "ссылки на index.html" = "Писать ли в ссылках index.html: нужно, если сайт открывают прямо с диска или флешки.": bool,
        /// The page for editing in the browser, `/admin/`: where the site's files are kept.
        cms "редактор" ["правка в браузере"] = "Страница /admin/ для правки в браузере: где хранятся файлы сайта. Просто «да» — только для правки на своём компьютере.": Option<Cms>,
        /// Colours and sizes of the theme, by the names of its roles.
        roles "цвета" ["оформление"] = "Цвета и размеры темы по именам их ролей.": Pairs,
    }
}

record! {
    /// Where the files of the site are kept, for the editing page.
    pub struct Cms {
        /// Owner and name of the repository: `owner/name`.
        repo "хранилище" ["репозиторий"] = "Владелец и имя хранилища: «владелец/имя».": Option<Text>,
        /// Which service keeps it.
        service "сервис" = "Какой сервис его хранит.": Option<Service>,
        /// The branch that is edited; `main` if it is not given.
        branch "ветка" = "Какая ветка правится; если не указано — main.": Option<Text>,
        /// The address of the service, where it is not the public one.
        server "сервер" = "Адрес сервиса, если он свой, а не общедоступный: https://git.example.org.": Option<Text>,
        /// The address of the program that lets editors sign in to GitHub.
        sign_in "вход" = "Адрес программы, через которую редакторы входят в GitHub.": Option<Text>,
        /// The application's id, with which editors sign in to GitLab or Gitea.
        app_id "приложение" = "Номер приложения, под которым редакторы входят в GitLab или Gitea.": Option<Text>,
    }
}

choice! {
    /// A service that keeps Git repositories.
    pub enum Service {
        /// GitHub.
        GitHub "github" "github" [],
        /// GitLab, the public one or another.
        GitLab "gitlab" "gitlab" [],
        /// Gitea or Forgejo.
        Gitea "gitea" "gitea" ["forgejo", "codeberg"],
    }
}

impl Shorthand for Cms {
    const KEY: Option<&'static str> = Some("repo");

    /// `owner/name`, or whether there is such a page at all.
    fn shorthand(node: &Node, reader: &mut Reader) -> Option<Cms> {
        let text = Text::read(node, reader)?;
        let repo = match text.value.to_lowercase().as_str() {
            "true" | "yes" | "on" | "да" => None,
            "false" | "no" | "off" | "нет" => return None,
            _ => Some(text),
        };
        Some(Cms { repo, service: None, branch: None, server: None, sign_in: None, app_id: None })
    }
}

record! {
    /// An entry of the menu: a title and an address within the site (`/calendar/`), or a document's file.
    pub struct MenuEntry {
        /// What it says.
        title "название" = "Надпись в меню.": Option<Text>,
        /// Where it leads.
        url "адрес" ["ссылка"] = "Куда ведёт: адрес внутри сайта (/calendar/) или файл материала (pages/about.md)." (Link): Option<Text>,
    }
}

record! {
    /// A span of days with a name; both days included.
    pub struct NamedSpan {
        /// «I четверть», «осенние каникулы».
        name "название" = "Название: «I четверть», «осенние каникулы».": Option<Text>,
        /// The first day.
        start "начало" ["с", "from"] = "Первый день: 09-01 или «1 сентября»; с годом, если он каждый год другой.": Option<Text>,
        /// The last day.
        end "конец" ["по", "to"] = "Последний день, включительно.": Option<Text>,
    }
}

no_shorthand!(Settings, NamedSpan);
text_shorthand!(MenuEntry, url);

/// Something that is on unless it is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switch(pub bool);

impl Read for Switch {
    fn shape() -> Shape {
        Shape::Boolean { absent: true }
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

choice! {
    /// Whose names are published.
    pub enum People {
        /// Everybody named in the content.
        All "all" "все" ["publish"],
        /// Those whose registry entry gives a basis.
        WithBasis "with_basis" "с основанием" ["with basis", "with-basis", "с_основанием", "с-основанием"],
        /// Nobody has a page.
        None "none" "никого" [],
    }
}

/// Any keys with texts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pairs(pub BTreeMap<String, Text>);

impl Read for Pairs {
    fn shape() -> Shape {
        Shape::Pairs
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
        let mut reader = Reader { file: path, diagnostics: Vec::new(), pool: None };
        let node = reader.tree(text, 0);
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
        let text = |value: &Option<Text>| value.as_ref().map(|t| t.value.to_string()).unwrap_or_default();
        let language = match &settings.language {
            Some(Spanned { value, span }) => value.to_lowercase().parse().unwrap_or_else(|_| {
                let allowed = ["ru", "en"].map(str::to_owned).to_vec();
                reader.diagnostics.push(unknown_value(value.to_string(), Span::new(reader.file, *span), allowed));
                Language::Ru
            }),
            None => Language::Ru,
        };
        let base_url = settings.base_url.as_ref().and_then(|url| {
            let checked = checked_base_url(&url.value);
            if checked.is_none() {
                let fix = checked_base_url(&format!("https://{}", url.value)).filter(|_| !url.value.contains(':'));
                let problem = Problem::BadBaseUrl { url: url.value.to_string() };
                reader.diagnostics.push(Diagnostic::new(problem, Span::new(reader.file, url.span)).with_fix(fix));
            }
            checked
        });
        let timezone = match &settings.timezone {
            Some(zone) if jiff::tz::TimeZone::get(&zone.value).is_err() => {
                let known: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
                let nearest = nearest(&zone.value, known.iter().map(String::as_str)).map(str::to_owned);
                let problem = Problem::UnknownTimezone { name: zone.value.to_string(), nearest: nearest.clone() };
                reader.diagnostics.push(Diagnostic::new(problem, Span::new(reader.file, zone.span)).with_fix(nearest));
                "Europe/Moscow".to_owned()
            }
            Some(zone) => zone.value.to_string(),
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
