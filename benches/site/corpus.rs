//! A corpus of methodical materials, the same for the same number: 55 % practices, 25 % workshops, 10 % newsletters, 10 % plans of 20 to
//! 60 rows; bodies about 4 KB of Russian, log-normal; 300 tags, 200 authors, 60 organisations and 12 areas, the first of them the
//! most used. A document stands in about ten lists and links to one or two others.

use rayon::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

const KINDS: [(&str, &str); 4] = [("practices", "md"), ("workshops", "md"), ("newsletters", "md"), ("plans", "yaml")];
const AREAS: [&str; 12] = [
    "Детское чтение",
    "Краеведение",
    "Фонды",
    "Каталогизация",
    "Читательские клубы",
    "Цифровые сервисы",
    "Наставничество",
    "Модельные библиотеки",
    "Инклюзия",
    "Повышение квалификации",
    "Мониторинг",
    "Издательское дело",
];
const TAG_HEADS: [&str; 30] = [
    "выставка",
    "викторина",
    "громкие чтения",
    "каталог",
    "клуб",
    "конкурс",
    "краеведческая папка",
    "лекторий",
    "летопись",
    "марафон",
    "медиатека",
    "музей книги",
    "обзор",
    "опрос",
    "паспорт",
    "передвижка",
    "поход",
    "практикум",
    "проект",
    "путеводитель",
    "радио",
    "рекомендация",
    "семейное чтение",
    "словарь",
    "сценарий",
    "творческая встреча",
    "урок",
    "фестиваль",
    "читальный зал",
    "экскурсия",
];
const TAG_TAILS: [&str; 10] =
    ["", " в селе", " летом", " онлайн", " для подростков", " с партнёрами", " в школе", " к юбилею", " на выезде", " за месяц"];
const SURNAMES: [&str; 20] = [
    "Абрамова",
    "Белова",
    "Власова",
    "Громова",
    "Данилова",
    "Ершова",
    "Жукова",
    "Зимина",
    "Ильина",
    "Климова",
    "Ларина",
    "Маслова",
    "Наумова",
    "Орехова",
    "Панова",
    "Рябова",
    "Савина",
    "Титова",
    "Уварова",
    "Фомина",
];
const NAMES: [&str; 10] = [
    "Алла Игоревна",
    "Вера Ильинична",
    "Галина Львовна",
    "Дина Олеговна",
    "Зоя Петровна",
    "Инна Юрьевна",
    "Лидия Марковна",
    "Нина Андреевна",
    "Раиса Борисовна",
    "Тамара Викторовна",
];
const FORMS: [&str; 8] = ["семинар", "мастер-класс", "вебинар", "круглый стол", "практикум", "консультация", "конференция", "тренинг"];
const VENUES: [&str; 6] = ["читальный зал", "конференц-зал", "детский отдел", "онлайн", "краеведческий отдел", "актовый зал"];
const USERS: [&str; 6] =
    ["методисты", "сельские библиотекари", "школьные библиотекари", "заведующие филиалами", "каталогизаторы", "новые сотрудники"];
const WHO: [&str; 14] = [
    "Методист",
    "Сельская библиотека",
    "Рабочая группа",
    "Отдел обслуживания",
    "Районный филиал",
    "Заведующая",
    "Совет при библиотеке",
    "Команда проекта",
    "Краевед",
    "Детский отдел",
    "Наставник",
    "Школьный библиотекарь",
    "Читательский клуб",
    "Сектор комплектования",
];
const DOES: [&str; 16] = [
    "собирает",
    "обсуждает",
    "готовит",
    "описывает",
    "сравнивает",
    "проверяет",
    "дополняет",
    "показывает",
    "планирует",
    "уточняет",
    "раздаёт",
    "переписывает",
    "оформляет",
    "хранит",
    "обновляет",
    "изучает",
];
const WHAT: [&str; 20] = [
    "паспорт библиотеки",
    "картотеку сценариев",
    "список новых поступлений",
    "памятку для читателей",
    "маршрут передвижного фонда",
    "план выставок на полугодие",
    "отзывы участников встречи",
    "таблицу посещений по месяцам",
    "договор о сотрудничестве со школой",
    "правила пользования медиатекой",
    "перечень периодических изданий",
    "записи краеведческих бесед",
    "дневник читательского клуба",
    "показатели прошлого года",
    "карту обслуживания района",
    "подборку методических писем",
    "вопросы к районному семинару",
    "сценарий летних чтений",
    "каталог местных авторов",
    "положение о конкурсе",
];
const WHEN: [&str; 12] = [
    "в начале квартала",
    "за неделю до встречи",
    "вместе с соседним районом",
    "по просьбе читателей",
    "после районного семинара",
    "без дополнительных расходов",
    "при поддержке школы",
    "в вечерние часы",
    "на выездном дне",
    "к началу учебного года",
    "во время каникул",
    "с учётом замечаний филиалов",
];
const THEN: [&str; 8] = [
    "и записывает выводы в общую тетрадь",
    "чтобы коллеги могли повторить опыт",
    "а затем передаёт материалы в методический отдел",
    "поэтому на подготовку уходит меньше времени",
    "и через месяц возвращается к результатам",
    "хотя это требует договорённости заранее",
    "и отмечает, что не получилось",
    "после чего участники меняются ролями",
];
const HEADINGS: [&str; 14] = [
    "Зачем это нужно",
    "С чего начали",
    "Как шла работа",
    "Кто участвовал",
    "Что понадобилось",
    "Что получилось",
    "Трудности",
    "Как повторить у себя",
    "Вопросы коллегам",
    "Документы",
    "Сроки",
    "Партнёры",
    "Отзывы",
    "Выводы",
];
const TITLES: [[&str; 10]; 3] = [
    ["Опыт", "Приёмы", "Организация", "Первые шаги", "Система", "Практика", "Уроки", "Итоги", "Возможности", "Заметки"],
    [
        "громких чтений",
        "краеведческой работы",
        "летней программы",
        "обслуживания на дому",
        "работы с подростками",
        "обновления фонда",
        "читательского клуба",
        "сетевого проекта",
        "книжного фестиваля",
        "методических выездов",
    ],
    [
        "в сельском филиале",
        "в районной библиотеке",
        "при школе",
        "за одно лето",
        "в малом городе",
        "без бюджета",
        "вместе с музеем",
        "для всей семьи",
        "в модельной библиотеке",
        "в дальнем селе",
    ],
];
const MONTHS: [&str; 12] =
    ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"];
const OF_MONTHS: [&str; 12] =
    ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];

/// Writes a site of `documents` documents into `dir/content`.
pub fn write(documents: usize, dir: &Path) -> io::Result<()> {
    let content = dir.join("content");
    for (folder, _) in KINDS {
        fs::create_dir_all(content.join(folder))?;
    }
    // Rows and days are drawn by lot: advice about them would be endless, and a site with something to tell is built in full every time.
    let settings = "title: Методический портал\nbase_url: https://example.org/\nlanguage: ru\npaginate: 20\nplanning_checks: false\nlink_pictures: false\n";
    fs::write(content.join("site.yaml"), settings)?;
    let registry = |names: &[String]| {
        names.iter().enumerate().fold(String::new(), |mut out, (n, name)| {
            let _ = writeln!(out, "- {{id: id-{n}, name: \"{name}\"}}");
            out
        })
    };
    fs::write(content.join("areas.yaml"), registry(&AREAS.map(str::to_owned)))?;
    fs::write(content.join("organisations.yaml"), registry(&(0..60).map(organisation).collect::<Vec<_>>()))?;
    each(documents, |document| fs::write(content.join(document.path()), document.text()))
}

/// Does the same with every document of a site of `documents`, on all cores.
pub fn each(documents: usize, with: impl Fn(Document) -> io::Result<()> + Sync) -> io::Result<()> {
    (0..documents).into_par_iter().try_for_each(|index| with(document(index, documents)))
}

/// A document before it is a file of one program or another.
pub struct Document {
    kind: usize,
    pub name: String,
    /// In YAML: keys that metodika and Hugo both read, or pass by.
    pub keys: String,
    pub year: usize,
    pub month: usize,
    /// Of a plan.
    pub rows: Vec<Row>,
    /// In Markdown, with links to files as metodika has them.
    pub body: String,
}

/// A row of a plan.
pub struct Row {
    /// Of the section that begins with it.
    pub section: Option<&'static str>,
    pub number: String,
    pub title: String,
    /// In words, as metodika reads them.
    pub timeframe: String,
    /// What the words mean: the sort, the first day and the last, `2024-05-01`.
    pub means: (&'static str, String, String),
    pub responsible: String,
    pub venue: &'static str,
}

impl Document {
    pub fn folder(&self) -> &'static str {
        KINDS[self.kind].0
    }

    /// Below `content`.
    fn path(&self) -> String {
        format!("{}/{}.{}", self.folder(), self.name, KINDS[self.kind].1)
    }

    fn text(&self) -> String {
        let Document { keys, body, .. } = self;
        if KINDS[self.kind].1 == "md" {
            return format!("---\n{keys}---\n{body}");
        }
        let sections = self.sections(|_| String::new());
        let indented: String = body.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect();
        format!("{keys}{sections}body: |\n{indented}")
    }

    /// The rows in YAML, each with `more` keys.
    pub fn sections(&self, more: impl Fn(&Row) -> String) -> String {
        let mut out = format!("year: {}\nsections:\n", self.year);
        for row in &self.rows {
            if let Some(title) = row.section {
                let _ = writeln!(out, "  - title: \"{title}\"\n    items:");
            }
            let Row { number, title, timeframe, responsible, venue, .. } = row;
            let _ = writeln!(
                out,
                "      - {{number: \"{number}\", title: \"{title}\", timeframe: \"{timeframe}\", responsible: [\"{responsible}\"], venue: \"{venue}\"{}}}",
                more(row)
            );
        }
        out
    }
}

/// SplitMix64: a stream of its own for each document, so that documents do not depend on how many there are.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// The first of `n` the most often: about Zipf's law with exponent one.
    fn popular(&mut self, n: usize) -> usize {
        (((n + 1) as f64).powf(self.unit()) - 1.0) as usize
    }

    /// `count` different ones.
    fn some(&mut self, n: usize, count: usize) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        while out.len() < count {
            let one = self.popular(n);
            if !out.contains(&one) {
                out.push(one);
            }
        }
        out
    }

    fn log_normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let normal = (-2.0 * (1.0 - self.unit()).ln()).sqrt() * (std::f64::consts::TAU * self.unit()).cos();
        mean * (deviation * normal).exp()
    }
}

fn organisation(n: usize) -> String {
    match n % 3 {
        0 => format!("Центральная библиотека № {}", n + 1),
        1 => format!("Библиотека-филиал № {}", n + 1),
        _ => format!("Школа № {}", n + 1),
    }
}

fn kind(index: usize) -> usize {
    match Random(index as u64 ^ 0xabcd).below(20) {
        0..11 => 0,
        11..16 => 1,
        16..18 => 2,
        _ => 3,
    }
}

fn name(index: usize) -> String {
    format!("document-{index:07}")
}

fn title(index: usize) -> String {
    let mut random = Random(index as u64 ^ 0x7177);
    let title = TITLES.iter().map(|list| random.of(list)).collect::<Vec<_>>().join(" ");
    match kind(index) {
        1 => format!("{}: {}", capital(random.of(&FORMS)), title),
        2 => format!("Выпуск {}. {title}", index + 1),
        3 => format!("План: {title}"),
        _ => title,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn document(index: usize, documents: usize) -> Document {
    let mut random = Random(index as u64);
    let kind = kind(index);
    let year = 2012 + (15.0 * random.unit().powf(0.7)) as usize;
    let (month, day) = (random.below(12), 1 + random.below(28));
    let list = |items: Vec<String>| items.iter().map(|item| format!("\"{item}\"")).collect::<Vec<_>>().join(", ");
    let tag = |n: usize| format!("{}{}", TAG_HEADS[n % 30], TAG_TAILS[n / 30]);
    let person = |n: usize| format!("{} {}", SURNAMES[n % 20], NAMES[n / 20]);
    let (tags, areas, authors) = (2 + random.below(5), 1 + random.below(5) / 4, 1 + random.below(5) / 3);
    let mut keys = format!(
        "title: \"{}\"\ndate: {year}-{:02}-{day:02}\nsummary: \"{}\"\ntags: [{}]\nareas: [{}]\nauthors: [{}]\norganisation: \"{}\"\n",
        title(index),
        month + 1,
        sentence(&mut random, ""),
        list(random.some(300, tags).into_iter().map(tag).collect()),
        list(random.some(12, areas).into_iter().map(|n| AREAS[n].to_owned()).collect()),
        list(random.some(200, authors).into_iter().map(person).collect()),
        organisation(random.popular(60)),
    );
    match kind {
        1 => {
            let hour = 9 + random.below(8);
            let _ = write!(
                keys,
                "time: \"{hour}:00–{}:30\"\nform: {}\nvenue: {}\naudience: {}\n",
                hour + 1,
                random.of(&FORMS),
                random.of(&VENUES),
                random.of(&USERS)
            );
        }
        2 => {
            let _ = writeln!(keys, "number: {}", index + 1);
        }
        _ => {}
    }
    let rows = if kind == 3 { rows(&mut random, year, &person) } else { Vec::new() };
    let mean = if kind == 3 { 700.0 } else { 2900.0 };
    let body = body(&mut random, random_size(index, mean), documents);
    Document { kind, name: name(index), keys, year, month: month + 1, rows, body }
}

fn random_size(index: usize, mean: f64) -> usize {
    Random(index as u64 ^ 0x5151).log_normal(mean, 0.7).clamp(500.0, 60_000.0) as usize
}

fn rows(random: &mut Random, year: usize, person: &dyn Fn(usize) -> String) -> Vec<Row> {
    let count = 20 + random.below(41);
    let row = |row: usize| {
        let section = row.is_multiple_of(12).then(|| random.of(&AREAS));
        let (month, day) = (random.below(12), 1 + random.below(28));
        let date = |month: usize, day: usize| format!("{year}-{:02}-{day:02}", month + 1);
        let (timeframe, means) = match row % 4 {
            0 => (format!("{day} {} {year} г.", OF_MONTHS[month]), ("exact", date(month, day), date(month, day))),
            1 => (format!("{} {year}", capital(MONTHS[month])), ("window", date(month, 1), date(month, last_day(year, month)))),
            2 => ("в течение года".to_owned(), ("ongoing", date(0, 1), date(11, 31))),
            _ => (format!("до {day} {} {year} г.", OF_MONTHS[month]), ("deadline", date(0, 1), date(month, day))),
        };
        Row {
            section,
            number: format!("{}.{}", row / 12 + 1, row % 12 + 1),
            title: format!("{}: {}", capital(random.of(&FORMS)), random.of(&WHAT)),
            timeframe,
            means,
            responsible: person(random.popular(200)),
            venue: random.of(&VENUES),
        }
    };
    (0..count).map(row).collect()
}

fn last_day(year: usize, month: usize) -> usize {
    match month {
        1 if year.is_multiple_of(4) => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

fn sentence(random: &mut Random, emphasis: &str) -> String {
    let (who, does, what, when) = (random.of(&WHO), random.of(&DOES), random.of(&WHAT), random.of(&WHEN));
    if random.below(3) == 0 {
        format!("{who} {does} {emphasis}{what}{emphasis} {when}.")
    } else {
        format!("{who} {does} {emphasis}{what}{emphasis} {when}, {}.", random.of(&THEN))
    }
}

fn link(random: &mut Random, documents: usize) -> String {
    let index = random.below(documents);
    let (folder, extension) = KINDS[kind(index)];
    format!("[{}](../{folder}/{}.{extension})", title(index), name(index))
}

fn paragraph(random: &mut Random, documents: usize, notes: &mut Vec<String>) -> String {
    let mut sentences: Vec<String> = (0..2 + random.below(4))
        .map(|_| {
            let emphasis = if random.below(8) == 0 { "**" } else { "" };
            sentence(random, emphasis)
        })
        .collect();
    if random.below(4) == 0 {
        sentences.push(format!("Подробнее: {}.", link(random, documents)));
    }
    if random.below(8) == 0 {
        notes.push(sentence(random, ""));
        let _ = write!(sentences[0], "[^{}]", notes.len());
    }
    sentences.join(" ")
}

fn body(random: &mut Random, size: usize, documents: usize) -> String {
    let mut notes = Vec::new();
    let mut out = paragraph(random, documents, &mut notes);
    while out.len() < size {
        let _ = write!(out, "\n\n## {}", random.of(&HEADINGS));
        for _ in 0..1 + random.below(3) {
            out.push_str("\n\n");
            match random.below(20) {
                0..12 => out.push_str(&paragraph(random, documents, &mut notes)),
                12..16 => {
                    let lines: Vec<String> = (0..3 + random.below(5))
                        .map(|_| format!("- {} {} {}", random.of(&WHO), random.of(&DOES), random.of(&WHAT)))
                        .collect();
                    out.push_str(&lines.join("\n"));
                }
                16..18 => {
                    out.push_str("| Этап | Что делаем | Дней |\n|---|---|--:|");
                    for row in 0..3 + random.below(4) {
                        let _ = write!(out, "\n| {} | {} | {} |", row + 1, random.of(&WHAT), 2 + random.below(20));
                    }
                }
                18 => {
                    let _ = write!(out, "> {}", sentence(random, "*"));
                }
                _ => out.push_str("```\nСУММ(B2:B13) / 12\n```"),
            }
        }
    }
    for (n, note) in notes.iter().enumerate() {
        let _ = write!(out, "\n\n[^{}]: {note}", n + 1);
    }
    out.push('\n');
    out
}
