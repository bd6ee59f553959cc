//! The skeleton of the next plan: every row goes over with its time a year later, and everything that a person must decide is a numbered
//! doubt, at the head of the file and beside its row.

use super::words::say;
use crate::draft::{Draft, DraftItem, DraftPart, DraftSection, Signature};
use crate::kinds::{Approval, Plan, PlanItem};
use crate::record::Text;
use crate::site::{EntryId, Row, RowStatus, Site};
use crate::value::date::{self, Date, weekday_name};
use crate::value::holidays::public_holiday;
use crate::value::language::Language;
use crate::value::timeframe::{self, Context, Kind as FrameKind, Period, Tables, TimeFrame, Warning};
use crate::value::yaml::quote::scalar;

/// The next plan and what to decide before it can be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextYear {
    /// The file.
    pub yaml: String,
    /// In the order of the plan; numbered from 1 in the file.
    pub doubts: Vec<String>,
    /// A name for the file: `tula-2025`.
    pub stem: String,
}

/// The skeleton of the plan behind `id`; `None` if that is no plan, or its year is not known.
pub fn next_year(site: &Site, id: EntryId, language: Language) -> Option<NextYear> {
    let entry = site.entry(id);
    let (plan, rows) = entry.current_plan()?;
    let period = rows.period?;
    let (tables, _) = crate::site::tables(&site.config.settings, &site.registries);
    let years = period.bounds(&tables).map(|(start, end)| start.year() - 1..=end.year() + 1)?;
    let next = next_period(&period);
    let mut maker = Maker { years, next, tables, language, last_group: String::new(), doubts: Vec::new() };

    let common = &entry.document.common;
    let title = maker.words(common.title.as_ref(), None);
    let mut draft = Draft {
        title,
        year: period_words(&next),
        approval: plan.approval.as_ref().map(signature),
        agreement: plan.agreement.as_ref().map(signature),
        curator: text(&plan.curator),
        head: text(&plan.head),
        goal: maker.words(plan.goal.as_ref(), None),
        objectives: plan.objectives.iter().map(|text| maker.words(Some(text), None)).collect(),
        ..Draft::default()
    };
    for (n, section) in plan.sections.iter().enumerate() {
        let of_section = rows.rows.iter().filter(|row| row.section as usize == n);
        maker.last_group.clear();
        draft.sections.push(DraftSection {
            number: text(&section.number),
            title: maker.words(section.title.as_ref(), None),
            items: of_section.map(|row| maker.row(row, row.item(plan))).collect(),
            ..DraftSection::default()
        });
    }
    draft.comments = comments(entry.document.title(), &maker.doubts, language);
    let yaml = with_common(draft.yaml(), plan, common);
    let stem = maker.moved(entry.document.stem());
    let stem = if stem == entry.document.stem() { format!("{stem}-next") } else { stem };
    Some(NextYear { yaml, doubts: maker.doubts, stem })
}

fn comments(title: &str, doubts: &[String], language: Language) -> Vec<String> {
    let mut comments = vec![
        say!(language, format!("Заготовка плана по образцу: {title}."), format!("A skeleton made from: {title}.")),
        say!(
            language,
            "Сроки сдвинуты на год, приказ пуст. Решите вопросы ниже и сотрите эти строки.".to_owned(),
            "Times are a year later, the order is empty. Settle what follows and take these lines out.".to_owned()
        ),
    ];
    comments.extend(doubts.iter().enumerate().map(|(n, doubt)| format!("{}. {doubt}", n + 1)));
    comments
}

/// What the draft does not hold: the keys of every document. They stand before the table.
fn with_common(yaml: String, plan: &Plan, common: &crate::kinds::Common) -> String {
    let one = |key: &str, text: &Option<Text>| text.as_ref().map(|text| format!("{key}: {}\n", scalar(&text.value)));
    let list = |key: &str, texts: &[Text]| {
        let lines: String = texts.iter().map(|text| format!("  - {}\n", scalar(&text.value))).collect();
        (!texts.is_empty()).then(|| format!("{key}:\n{lines}"))
    };
    let lines = [
        one("сообщество", &plan.community),
        one("организация", &common.organisation),
        one("территория", &common.territory),
        list("направления", &common.areas),
        list("аудитория", &common.audience),
        list("компетенции", &common.competencies),
    ];
    let lines: String = lines.into_iter().flatten().collect();
    match yaml.find("\nразделы:") {
        Some(at) if !lines.is_empty() => format!("{}{lines}{}", &yaml[..at], &yaml[at..]),
        _ => yaml + &lines,
    }
}

/// Who signs stays, what was signed does not.
fn signature(approval: &Approval) -> Signature {
    Signature { post: text(&approval.post), person: text(&approval.person), ..Signature::default() }
}

fn text(text: &Option<Text>) -> String {
    text.as_ref().map(|text| text.value.to_string()).unwrap_or_default()
}

fn next_period(period: &Period) -> Period {
    match *period {
        Period::Calendar(year) => Period::Calendar(year.saturating_add(1)),
        Period::School(year) => Period::School(year.saturating_add(1)),
        Period::Span { start, end } => Period::Span { start: a_year_later(start), end: a_year_later(end) },
    }
}

/// The same day of the next year; 28 February for 29 February.
fn a_year_later(day: Date) -> Date {
    let next = day.year().saturating_add(1);
    Date::new(next, day.month(), day.day()).or_else(|| Date::new(next, day.month(), 28)).unwrap_or(day)
}

fn period_words(period: &Period) -> String {
    match *period {
        Period::Calendar(year) => year.to_string(),
        Period::School(year) => format!("{year}/{}", year.saturating_add(1)),
        Period::Span { start, end } => format!("{} – {}", date::numeric(start), date::numeric(end)),
    }
}

struct Maker {
    /// Years that mean «this year»: those of the plan, the one before and the one after.
    years: std::ops::RangeInclusive<i16>,
    next: Period,
    tables: Tables,
    language: Language,
    /// The heading over the rows before, which stands at each of them and is asked about once.
    last_group: String,
    doubts: Vec<String>,
}

impl Maker {
    fn row(&mut self, row: &Row, item: &PlanItem) -> DraftItem {
        let first = self.doubts.len();
        self.fate(row);
        let title = self.words(item.title.as_ref(), Some(row));
        let parts = item.parts.iter().map(|part| {
            let title = self.words(part.title.as_ref(), Some(row));
            DraftPart { title, timeframe: part.timeframe.as_ref().map(|text| self.time(&text.value, row)).unwrap_or_default() }
        });
        let parts = parts.collect();
        let timeframe = item.timeframe.as_ref().map(|text| self.time(&text.value, row)).unwrap_or_default();
        let output = item.output.iter().map(|text| self.words(Some(text), Some(row))).collect();
        let written = text(&item.group);
        let group = self.words(item.group.as_ref(), (written != self.last_group).then_some(row));
        self.last_group = written;
        let texts = |list: &[Text]| list.iter().map(|text| text.value.to_string()).collect::<Vec<_>>();
        let mut draft = DraftItem {
            number: text(&item.number).trim().trim_end_matches('.').to_owned(),
            group,
            title,
            parts,
            timeframe,
            venue: text(&item.venue),
            responsible: texts(&item.responsible),
            competencies: texts(&item.competencies),
            output,
            audience: texts(&item.audience),
            form: text(&item.form),
            ..DraftItem::default()
        };
        draft.comments = (first..self.doubts.len()).map(|n| format!("{}. {}", n + 1, self.doubts[n])).collect();
        draft
    }

    /// What became of the row this year.
    fn fate(&mut self, row: &Row) {
        let doubt = match row.status {
            RowStatus::Cancelled if row.dropped => {
                say!(
                    self.language,
                    "исключена из плана приказом; нужна ли она в следующем?",
                    "was taken out by an order; is it wanted next year?"
                )
            }
            RowStatus::Cancelled => {
                say!(self.language, "в этом году отменена; нужна ли она в следующем?", "was cancelled; is it wanted next year?")
            }
            RowStatus::Moved => {
                say!(self.language, "перенесена; проверьте, не выполнена ли она уже", "was moved; see whether it is done by now")
            }
            RowStatus::Overdue => say!(
                self.language,
                "в этом году не выполнена в срок; решите, оставлять ли её и в какой срок",
                "is overdue this year; decide whether it stays, and when"
            ),
            _ => return,
        };
        self.doubt(row, doubt);
    }

    fn doubt(&mut self, row: &Row, words: &str) {
        let doubt = say!(self.language, format!("строка {}: {words}", row.id), format!("row {}: {words}", row.id));
        self.doubts.push(doubt);
    }

    /// Words with their years moved on. Those that are tied to a year are doubtful.
    fn words(&mut self, written: Option<&Text>, row: Option<&Row>) -> String {
        let Some(written) = written.map(|text| text.value.as_str()) else { return String::new() };
        let moved = self.moved(written);
        let Some(row) = row else { return moved };
        let lower = written.to_lowercase();
        let is_tied = years(written).next().is_some();
        let is_jubilee = ["летие", "летию", "летия", "летием", "юбиле"].iter().any(|stem| lower.contains(stem))
            || written.split(|c: char| !c.is_alphabetic()).any(|word| word == "Год" || word == "Года" || word == "Году");
        if moved != written {
            let words = say!(
                self.language,
                format!("в словах был назван год, он сдвинут: «{written}» → «{moved}»"),
                format!("the words name a year, which was moved on: “{written}” → “{moved}”")
            );
            self.doubt(row, &words);
        } else if is_tied || is_jubilee {
            let words = say!(
                self.language,
                format!("слова связаны с определённым годом: «{written}»"),
                format!("the words belong to one year: “{written}”")
            );
            self.doubt(row, &words);
        }
        moved
    }

    /// `written` with the years that mean «this year» moved on by one.
    fn moved(&self, written: &str) -> String {
        self.moved_where(written, |year| self.years.contains(&year))
    }

    fn moved_where(&self, written: &str, is_meant: impl Fn(i16) -> bool) -> String {
        let mut out = String::with_capacity(written.len());
        let mut end = 0;
        for (at, year) in years(written).filter(|(_, year)| is_meant(*year)) {
            out.push_str(&written[end..at]);
            out.push_str(&(year + 1).to_string());
            end = at + 4;
        }
        out.push_str(&written[end..]);
        out
    }

    /// A term a year later. One that would then be a mistake is left out and told.
    fn time(&mut self, printed: &str, row: &Row) -> String {
        let moved = self.moved_where(printed, |_| true);
        let frame = timeframe::read(&moved, &Context { period: Some(&self.next), tables: &self.tables });
        if frame.kind == FrameKind::Error {
            let words = match (&frame.warning, self.language) {
                (Some(Warning::NoSuchDate), Language::Ru) => format!("такого дня в следующем году нет: «{printed}»; назначьте другой"),
                (Some(Warning::NoSuchDate), Language::En) => format!("next year has no such day: “{printed}”; choose another"),
                (_, Language::Ru) => format!("срок «{printed}» на следующий год не переносится; впишите новый"),
                (_, Language::En) => format!("the term “{printed}” cannot be moved to the next year; write a new one"),
            };
            self.doubt(row, &words);
            return String::new();
        }
        self.weekdays(&frame, row);
        if let Some(warning) = std::iter::once(&frame).chain(&frame.items).find_map(|frame| frame.warning.as_ref()) {
            let (message, hint) = timeframe::wording(warning, self.language);
            self.doubt(
                row,
                &say!(self.language, format!("срок «{moved}»: {message}. {hint}"), format!("the term “{moved}”: {message}. {hint}")),
            );
        }
        moved
    }

    /// The same day is another weekday next year.
    fn weekdays(&mut self, frame: &TimeFrame, row: &Row) {
        let leaves: Vec<&TimeFrame> = if frame.items.is_empty() { vec![frame] } else { frame.items.iter().collect() };
        for day in leaves.iter().filter(|frame| frame.kind == FrameKind::Exact).filter_map(|frame| frame.start) {
            let weekday = date::day_with_weekday(day, self.language);
            let off = match public_holiday(day, self.language) {
                Some(name) => say!(self.language, format!(" — праздник ({name})"), format!(" — a holiday ({name})")),
                None if day.weekday() >= 6 => say!(self.language, " — выходной", " — a day off").to_owned(),
                None => String::new(),
            };
            let before = weekday_name(a_year_earlier(day).weekday(), false, self.language);
            let words = say!(
                self.language,
                format!("число перенесено как есть: {weekday}{off}; в прошлом плане это {before}"),
                format!("the day was kept: {weekday}{off}; in the last plan it was a {before}")
            );
            self.doubt(row, &words);
        }
    }
}

fn a_year_earlier(day: Date) -> Date {
    Date::new(day.year() - 1, day.month(), day.day()).unwrap_or_else(|| day.add_days(-365))
}

/// The years that `text` names, with their places in bytes: four digits that stand alone.
fn years(text: &str) -> impl Iterator<Item = (usize, i16)> + '_ {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).filter_map(move |at| {
        let alone = (at == 0 || !is_digit(at - 1)) && (at..at + 4).all(is_digit) && !is_digit(at + 4);
        let year: i16 = text.get(at..at + 4).filter(|_| alone)?.parse().ok()?;
        (1900..2200).contains(&year).then_some((at, year))
    })
}
