//! References to a text on the web: the description of ГОСТ Р 7.0.100–2018, the reference of ГОСТ Р 7.0.108–2022, ISO 690:2021 for sites in
//! English, and the files that reference managers read, BibTeX (the entry `@online` of biblatex) and RIS.

use crate::value::date::{self, Date};
use crate::value::html::escape_into;
use crate::value::language::Language;

/// Who made a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Maker {
    /// A surname, and given names or initials.
    Person {
        surname: String,
        given: String,
    },
    Institution(String),
}

/// What a reference says of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    pub authors: Vec<Maker>,
    pub editors: Vec<Maker>,
    pub title: String,
    /// What explains the title: «положение», «выпуск № 3 (12)».
    pub about: String,
    /// The number of an issue; then the site is a periodical.
    pub issue: String,
    pub site: String,
    pub publisher: String,
    pub published: Option<Date>,
    /// Empty if the site does not know its own address.
    pub url: String,
    pub summary: String,
    pub keywords: Vec<String>,
    pub language: Language,
    /// The address of the text as a PDF; empty if there is none.
    pub pdf: String,
}

/// A reference in words: between its halves stands the day on which the reader saw the text; behind one without an address stands none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub before: String,
    pub after: &'static str,
}

impl Maker {
    /// «Фамилия, И. О.»
    fn inverted(&self, comma: &str) -> String {
        match self {
            Maker::Person { surname, given } => format!("{surname}{comma} {}", initials(given)),
            Maker::Institution(name) => name.clone(),
        }
    }

    /// «И. О. Фамилия»
    fn direct(&self) -> String {
        match self {
            Maker::Person { surname, given } => format!("{} {surname}", initials(given)),
            Maker::Institution(name) => name.clone(),
        }
    }

    /// «Фамилия, Имя Отчество», as machines part it.
    fn indexed(&self) -> String {
        match self {
            Maker::Person { surname, given } => format!("{surname}, {given}"),
            Maker::Institution(name) => name.clone(),
        }
    }

    fn is_person(&self) -> bool {
        matches!(self, Maker::Person { .. })
    }
}

/// «Лидия Петровна» → «Л. П.», «Анна-Мария» → «А.-М.»
fn initials(given: &str) -> String {
    let of_word = |word: &str| {
        let parts = word.split('-').filter_map(|part| part.chars().next());
        parts.map(|first| format!("{first}.")).collect::<Vec<_>>().join("-")
    };
    given.split([' ', '.']).filter(|word| !word.is_empty()).map(of_word).collect::<Vec<_>>().join(" ")
}

impl Work {
    /// The bibliographic description, ГОСТ Р 7.0.100–2018: the first of up to three authors stands before the title, all stand behind it; of
    /// five and more, three.
    pub fn description(&self) -> Words {
        let persons: Vec<&Maker> = self.authors.iter().filter(|maker| maker.is_person()).collect();
        let heading = persons.first().filter(|_| persons.len() <= 3).map_or_else(String::new, |first| format!("{} ", first.inverted(",")));
        let (named, others) = if persons.len() > 4 { (3, " [и др.]") } else { (4, "") };
        let names: Vec<String> = persons.iter().take(named).map(|maker| maker.direct()).collect();
        let mut responsible: Vec<String> = Vec::new();
        if !names.is_empty() {
            responsible.push(format!("{}{others}", names.join(", ")));
        }
        responsible.extend(self.authors.iter().filter(|maker| !maker.is_person()).map(Maker::direct));
        let editors: Vec<String> = self.editors.iter().map(Maker::direct).collect();
        if !editors.is_empty() {
            let word = if editors.len() == 1 { "редактор" } else { "редакторы" };
            responsible.push(format!("{word} {}", editors.join(", ")));
        }
        let responsible = if responsible.is_empty() { String::new() } else { format!(" / {}", responsible.join(" ; ")) };
        let text = format!("{heading}{}{responsible}", self.titled());
        let published = self.published.map_or_else(String::new, |day| format!(" – {}. – {}", day.year(), stop(&short_day(day))));
        let source = format!("{} Текст : электронный // {}{published}", ended(&text, " –"), stop(&format!("{} : [сайт]", self.site)));
        self.seen(source, " – URL: ")
    }

    /// The reference behind the text, ГОСТ Р 7.0.108–2022: without dashes, with up to three authors before the title.
    pub fn reference(&self) -> Words {
        let persons: Vec<&Maker> = self.authors.iter().filter(|maker| maker.is_person()).collect();
        let (heading, responsible) = match &persons[..] {
            [] => (String::new(), self.authors.iter().map(Maker::direct).collect::<Vec<_>>().join(" ; ")),
            persons if persons.len() <= 3 => {
                (format!("{} ", persons.iter().map(|maker| maker.inverted("")).collect::<Vec<_>>().join(", ")), String::new())
            }
            persons => (String::new(), format!("{} [и др.]", persons[0].direct())),
        };
        let responsible = if responsible.is_empty() { responsible } else { format!(" / {responsible}") };
        let published = self.published.map_or_else(String::new, |day| format!(" {}. {}", day.year(), stop(&short_day(day))));
        let source = format!("{heading}{}{responsible} // {}{published}", self.titled(), stop(&format!("{} : [сайт]", self.site)));
        self.seen(source, " URL: ")
    }

    fn titled(&self) -> String {
        let title = self.title.trim_end_matches('.');
        if self.about.is_empty() { title.to_owned() } else { format!("{title} : {}", self.about) }
    }

    fn seen(&self, source: String, before_url: &str) -> Words {
        match self.url.as_str() {
            "" => Words { before: source, after: "" },
            url => Words { before: format!("{source}{before_url}{url} (дата обращения: "), after: ")." },
        }
    }

    /// The reference of ISO 690:2021, for sites in English.
    pub fn iso_690(&self) -> Words {
        let person = |maker: &Maker| match maker {
            Maker::Person { surname, given } => format!("{}, {}", surname.to_uppercase(), initials(given)),
            Maker::Institution(name) => name.to_uppercase(),
        };
        let mut makers: Vec<String> = self.authors.iter().map(person).collect();
        if let Some(last) = makers.pop_if(|_| self.authors.len() > 1) {
            makers = vec![format!("{} and {last}", makers.join(", "))];
        }
        let makers = if makers.is_empty() { String::new() } else { format!("{} ", stop(&makers.join(", "))) };
        let published = self.published.map_or_else(String::new, |day| format!(" {}", date::day(day, Language::En)));
        let source = format!("{makers}{} In: {} [online].{published}", stop(&self.titled()), self.site);
        match self.url.as_str() {
            "" => Words { before: stop(&source), after: "" },
            url => Words { before: format!("{} Available from: {url} [viewed ", stop(&source)), after: "]." },
        }
    }

    /// An entry `@online` of biblatex, in UTF-8.
    pub fn bibtex(&self, key: &str) -> String {
        let makers = |makers: &[Maker]| {
            let one = |maker: &Maker| match maker {
                Maker::Person { .. } => tex(&maker.indexed()),
                Maker::Institution(name) => format!("{{{}}}", tex(name)),
            };
            makers.iter().map(one).collect::<Vec<_>>().join(" and ")
        };
        let fields = [
            ("author", makers(&self.authors)),
            ("editor", makers(&self.editors)),
            ("title", tex(&self.title)),
            ("titleaddon", tex(&self.about)),
            ("maintitle", tex(&self.site)),
            ("organization", tex(&self.publisher)),
            ("date", self.published.map_or_else(String::new, |day| day.to_string())),
            ("url", self.url.clone()),
            ("langid", if self.language == Language::Ru { "russian" } else { "english" }.to_owned()),
            ("keywords", self.keywords.iter().map(|word| tex(&word.replace(',', ";"))).collect::<Vec<_>>().join(", ")),
            ("abstract", tex(&self.summary)),
        ];
        let mut out = format!("@online{{{key},\n");
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            out.push_str(&format!("  {name} = {{{value}}},\n"));
        }
        out.push_str("}\n");
        out
    }

    /// A record of RIS, an electronic source; lines end in CR LF.
    pub fn ris(&self) -> String {
        let mut lines = vec![("TY", "ELEC".to_owned())];
        lines.extend(self.authors.iter().map(|maker| ("AU", maker.indexed())));
        lines.extend(self.editors.iter().map(|maker| ("ED", maker.indexed())));
        lines.extend([("TI", self.title.clone()), ("T2", self.site.clone()), ("IS", self.issue.clone()), ("PB", self.publisher.clone())]);
        if let Some(day) = self.published {
            lines.extend([("PY", day.year().to_string()), ("DA", day.to_string().replace('-', "/"))]);
        }
        lines.extend([
            ("UR", self.url.clone()),
            ("L1", self.pdf.clone()),
            ("LA", self.language.tag().to_owned()),
            ("AB", self.summary.clone()),
        ]);
        lines.extend(self.keywords.iter().map(|word| ("KW", word.clone())));
        lines.retain(|(_, value)| !value.is_empty());
        lines.push(("ER", String::new()));
        lines.iter().map(|(tag, value)| format!("{tag}  - {}\r\n", value.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
    }

    /// The head of its page for reference managers: Dublin Core (RFC 5013, DCMI's way of writing it in HTML) and the names of Highwire Press,
    /// an author a tag, as Zotero and Google Scholar read them.
    pub fn meta(&self) -> String {
        let day = self.published.map(|day| day.to_string()).unwrap_or_default();
        let mut tags: Vec<(&str, String)> = vec![("DC.title", self.title.clone())];
        tags.extend(self.authors.iter().map(|maker| ("DC.creator", maker.indexed())));
        tags.extend(self.editors.iter().map(|maker| ("DC.contributor", maker.indexed())));
        tags.extend([
            ("DC.date", day.clone()),
            ("DC.publisher", self.publisher.clone()),
            ("DC.language", self.language.tag().to_owned()),
            ("DC.type", "Text".to_owned()),
            ("DC.identifier", self.url.clone()),
            ("DC.relation.isPartOf", self.site.clone()),
            ("citation_title", self.title.clone()),
        ]);
        tags.extend(self.authors.iter().map(|maker| ("citation_author", maker.indexed())));
        tags.extend(self.editors.iter().map(|maker| ("citation_editor", maker.indexed())));
        tags.push(("citation_publication_date", day.replace('-', "/")));
        if !self.issue.is_empty() {
            tags.extend([("citation_journal_title", self.site.clone()), ("citation_issue", self.issue.clone())]);
        }
        tags.extend([
            ("citation_publisher", self.publisher.clone()),
            ("citation_language", self.language.tag().to_owned()),
            ("citation_public_url", self.url.clone()),
            ("citation_pdf_url", self.pdf.clone()),
        ]);
        let mut out = String::with_capacity(1024);
        out.push_str("<link rel=\"schema.DC\" href=\"http://purl.org/dc/elements/1.1/\">");
        for (name, value) in tags.iter().filter(|(_, value)| !value.is_empty()) {
            out.push_str("\n<meta name=\"");
            out.push_str(name);
            out.push_str("\" content=\"");
            escape_into(value, &mut out);
            out.push_str("\">");
        }
        out
    }
}

/// `text` with a full stop, if it has none: it is not said twice.
fn stop(text: &str) -> String {
    if text.ends_with(['.', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// The end of an area of the description: «. –», or « –» behind a full stop.
fn ended(text: &str, dash: &str) -> String {
    format!("{}{dash}", stop(text))
}

/// «5 февр.», with the months shortened by ГОСТ Р 7.0.12–2011.
fn short_day(day: Date) -> String {
    const MONTHS: [&str; 12] = ["янв.", "февр.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.", "дек."];
    let month = usize::try_from(day.month() - 1).ok().and_then(|at| MONTHS.get(at)).unwrap_or(&"");
    format!("{} {month}", day.day())
}

/// `text` as a value of BibTeX: what TeX reads as its own is escaped, and braces stay in pairs.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' => out.push_str("\\textbraceleft "),
            '}' => out.push_str("\\textbraceright "),
            '\\' => out.push_str("\\textbackslash "),
            '~' => out.push_str("\\textasciitilde "),
            '^' => out.push_str("\\textasciicircum "),
            '%' | '&' | '#' | '$' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(surname: &str, given: &str) -> Maker {
        Maker::Person { surname: surname.into(), given: given.into() }
    }

    fn work(authors: &[Maker]) -> Work {
        Work {
            authors: authors.to_vec(),
            title: "Чтение в селе: кто и зачем".into(),
            site: "Методическая служба".into(),
            published: Date::parse_iso("2024-02-05"),
            url: "https://example.org/x/".into(),
            ..Work::default()
        }
    }

    #[track_caller]
    fn check(words: Words, expected: &str) {
        assert_eq!(format!("{}ДЕНЬ{}", words.before, words.after), expected);
    }

    const SEEN: &str = "URL: https://example.org/x/ (дата обращения: ДЕНЬ).";

    #[test]
    fn the_first_of_three_stands_before_the_title_and_of_five_three_are_named() {
        let all = [
            person("Арба", "Анна Петровна"),
            person("Бор", "Б. В."),
            person("Вяз", "Вера"),
            person("Граб", "Глеб Ильич"),
            person("Дуб", "Дина Ивановна"),
        ];
        let site = "Текст : электронный // Методическая служба : [сайт]. – 2024. – 5 февр. –";
        check(work(&all[..2]).description(), &format!("Арба, А. П. Чтение в селе: кто и зачем / А. П. Арба, Б. В. Бор. – {site} {SEEN}"));
        check(
            work(&all[..4]).description(),
            &format!("Чтение в селе: кто и зачем / А. П. Арба, Б. В. Бор, В. Вяз, Г. И. Граб. – {site} {SEEN}"),
        );
        check(work(&all).description(), &format!("Чтение в селе: кто и зачем / А. П. Арба, Б. В. Бор, В. Вяз [и др.]. – {site} {SEEN}"));
        let site = "// Методическая служба : [сайт]. 2024. 5 февр.";
        check(work(&all[..2]).reference(), &format!("Арба А. П., Бор Б. В. Чтение в селе: кто и зачем {site} {SEEN}"));
        check(work(&all[..4]).reference(), &format!("Чтение в селе: кто и зачем / А. П. Арба [и др.] {site} {SEEN}"));
    }

    #[test]
    fn an_institution_and_editors_stand_behind_the_title() {
        let mut work = work(&[Maker::Institution("Областная библиотека".into())]);
        work.about = "положение".into();
        check(
            work.description(),
            &format!(
                "Чтение в селе: кто и зачем : положение / Областная библиотека. – Текст : электронный // Методическая служба : [сайт]. – 2024. – 5 февр. – {SEEN}"
            ),
        );
        work.authors.clear();
        work.editors = vec![person("Арба", "Анна Петровна"), person("Бор", "Борис")];
        (work.published, work.url) = (Date::parse_iso("2024-05-09"), String::new());
        assert_eq!(
            work.description(),
            Words {
                before: "Чтение в селе: кто и зачем : положение / редакторы А. П. Арба, Б. Бор. – Текст : электронный // Методическая служба : [сайт]. – 2024. – 9 мая."
                    .into(),
                after: ""
            }
        );
    }

    #[test]
    fn english_sites_cite_by_iso_690() {
        let mut work = work(&[person("Arba", "Anna"), person("Bor", "Boris")]);
        (work.title, work.site) = ("Reading".into(), "Training desk".into());
        check(
            work.iso_690(),
            "ARBA, A. and BOR, B. Reading. In: Training desk [online]. 5\u{a0}February 2024. Available from: https://example.org/x/ [viewed ДЕНЬ].",
        );
    }

    #[test]
    fn files_escape_what_their_readers_take_for_their_own() {
        let mut work = work(&[person("Арба", "Анна"), Maker::Institution("Центр «А & Б»".into())]);
        work.title = "100 % {чтения}\nв_селе".into();
        let bib = work.bibtex("chtenie");
        assert!(bib.starts_with("@online{chtenie,\n  author = {Арба, Анна and {Центр «А \\& Б»}},\n"), "{bib}");
        assert!(bib.contains("  title = {100 \\% \\textbraceleft чтения\\textbraceright  в\\_селе},\n"), "{bib}");
        assert!(bib.contains("  date = {2024-02-05},\n  url = {https://example.org/x/},\n"), "{bib}");
        let ris = work.ris();
        assert!(ris.starts_with("TY  - ELEC\r\nAU  - Арба, Анна\r\nAU  - Центр «А & Б»\r\nTI  - 100 % {чтения} в_селе\r\n"), "{ris}");
        assert!(ris.contains("DA  - 2024/02/05\r\n") && ris.ends_with("ER  - \r\n"), "{ris}");
    }

    #[test]
    fn machines_read_an_author_a_tag() {
        let mut work = work(&[person("Арба", "Анна Петровна"), person("Бор", "Борис")]);
        work.issue = "3".into();
        let meta = work.meta();
        assert_eq!(meta.matches("name=\"citation_author\"").count(), 2);
        assert!(meta.contains("<meta name=\"citation_author\" content=\"Арба, Анна Петровна\">"), "{meta}");
        assert!(meta.contains("<meta name=\"citation_publication_date\" content=\"2024/02/05\">"), "{meta}");
        assert!(meta.contains("<meta name=\"citation_journal_title\" content=\"Методическая служба\">"), "{meta}");
    }
}
