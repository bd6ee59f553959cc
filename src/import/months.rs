//! Columns that are months, quarters or half-years: what their headings mean, and what a row says in them.

use super::days;
use super::times;
use crate::draft::DraftPart;
use crate::value::date::{Case, Date, month_name};
use crate::value::language::Language;
use crate::value::letter::capital;
use crate::value::letter::{is_letter, is_letter_or_digit};
use crate::value::timeframe::{Context, Kind, Period, Precision, Tables, TimeFrame, read};
use std::collections::BTreeMap;

/// What a column stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// In the words of a time frame, without a year: «Сентябрь», «I квартал».
    words: String,
    /// The month that it begins with, where a year beside it is that of the calendar.
    month: Option<i8>,
    /// The year that the headings name.
    year: Option<i16>,
    /// How many new years lie between the first column and this one; `None` if there is none between any of them.
    new_years: Option<i16>,
}

/// What stands in such a column at a row; in several of them, if the cell covers several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub covers: Vec<Stretch>,
    /// Whether it covers all that there are.
    pub is_whole: bool,
    pub lines: Vec<String>,
    /// It began in a row above.
    pub is_continued: bool,
}

/// The term of a row, and its parts with terms of their own.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Terms {
    pub timeframe: String,
    pub parts: Vec<DraftPart>,
}

/// The longest heading, in bytes.
const LONGEST: usize = 60;

/// What the headings of a row stand for, each given with the heading above it; nothing, if they are no row of such columns.
pub fn stretches(headings: &[(String, String)]) -> Vec<Option<Stretch>> {
    let mut found: Vec<Option<Stretch>> = headings.iter().map(|(own, above)| named(own, above)).collect();
    if found.iter().flatten().count() == 0 {
        found = counted(headings);
    }
    let mut words: Vec<&str> = found.iter().flatten().map(|stretch| stretch.words.as_str()).collect();
    words.sort_unstable();
    words.dedup();
    if words.len() < 2 { vec![None; headings.len()] } else { found }
}

/// Counts the new years between columns: where December is followed by January, the year that a column belongs to is known.
pub fn count_new_years<'a>(columns: impl Iterator<Item = &'a mut Stretch>) {
    let (mut passed, mut before) = (0, 0);
    let mut columns: Vec<&mut Stretch> = columns.collect();
    for column in &mut columns {
        if let Some(month) = column.month {
            passed += i16::from(month < before);
            before = month;
            column.new_years = Some(passed);
        }
    }
    if passed == 0 {
        columns.iter_mut().for_each(|column| column.new_years = None);
    }
}

/// Whether a cell of such a column says something: an empty box or a dash does not.
pub fn says_something(line: &str) -> bool {
    line.chars().any(|c| !(c.is_whitespace() || matches!(c, '-' | '–' | '—' | '−' | '_' | '.' | ',' | ';' | '☐' | '□')))
}

/// Whether the lines only mark the cell: «+», «х», «✓».
pub fn is_mark(lines: &[String]) -> bool {
    let is_cross = |word: &str| matches!(word, "x" | "X" | "х" | "Х" | "v" | "V" | "да" | "Да");
    lines.iter().flat_map(|line| line.split_whitespace()).all(|word| !word.contains(is_letter_or_digit) || is_cross(word))
}

impl Stretch {
    /// In the words of a time frame, with its year where the columns tell it.
    pub fn in_year(&self, period: Option<&Period>) -> String {
        dated(&self.words, self.year_in(period))
    }

    fn year_in(&self, period: Option<&Period>) -> Option<i16> {
        let first = period.map(|period| match period {
            Period::Calendar(year) | Period::School(year) => *year,
            Period::Span { start, .. } => start.year(),
        });
        self.year.or_else(|| first?.checked_add(self.new_years?))
    }
}

/// What the columns say of a row.
pub fn terms(slots: &BTreeMap<usize, Slot>, context: &Context) -> Terms {
    let (mut out, mut marked) = (Terms::default(), Vec::new());
    for slot in slots.values() {
        let Some((span, text)) = span(slot, context).zip(Some(slot.lines.join(" "))) else { continue };
        if is_mark(&slot.lines) {
            marked.push(span);
        } else if let Some(term) = own_term(&text, slot, &span, context) {
            marked.push(term);
        } else {
            out.parts.push(DraftPart { title: text, timeframe: span.text() });
        }
    }
    // One that two columns say stands once.
    marked.dedup();
    out.timeframe = listed(&marked, context);
    out
}

/// A term whose year stands apart, so that a list can name it once.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    words: String,
    year: Option<i16>,
}

impl Term {
    fn text(&self) -> String {
        dated(&self.words, self.year)
    }
}

fn dated(words: &str, year: Option<i16>) -> String {
    year.map_or_else(|| words.to_owned(), |year| format!("{words} {year}"))
}

/// The time that the columns of a slot are together.
fn span(slot: &Slot, context: &Context) -> Option<Term> {
    let (first, last) = (slot.covers.first()?, slot.covers.last()?);
    let (from, to) = (first.year_in(context.period), last.year_in(context.period));
    if slot.covers.len() == 1 {
        return Some(Term { words: first.words.clone(), year: from });
    }
    let from = from.filter(|_| from != to);
    Some(Term { words: format!("{} – {}", dated(&first.words, from), lowered(&last.words)), year: to })
}

/// A text that is itself a time within the columns: «12», «15–17», «2 неделя», «12.10», «еженедельно».
fn own_term(text: &str, slot: &Slot, span: &Term, context: &Context) -> Option<Term> {
    if text.len() > LONGEST {
        return None;
    }
    // Without a year of the plan, what is a day and what is a work is told all the same.
    let some_year = Period::Calendar(2024);
    let context = &Context { period: context.period.or(Some(&some_year)), tables: context.tables };
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '+' | '(' | ')' | '✓' | '✔' | '√'));
    let term = |words: &str, year| Some(Term { words: words.to_owned(), year });
    let own = read(text, context);
    if is_sound(&own) && (slot.is_whole || is_within(&own, &read(&span.text(), context))) {
        return term(text, None);
    }
    // «еженедельно» needs no case of the month; «2 неделя» does.
    if let [month] = &slot.covers[..]
        && text.contains(|c: char| c.is_ascii_digit())
        && let Some(days) = times::of_month(text, &month.words, context)
        && is_sound(&read(&dated(&days, span.year), context))
    {
        return term(&days, span.year);
    }
    let with_span = format!("{text}, {}", lowered(&span.words));
    let repeated = own.kind == Kind::Recurring && is_sound(&read(&dated(&with_span, span.year), context));
    if repeated { term(&with_span, span.year) } else { None }
}

fn is_sound(frame: &TimeFrame) -> bool {
    frame.kind != Kind::Error && times::warning(frame).is_none()
}

fn is_same(a: &TimeFrame, b: &TimeFrame) -> bool {
    (a.kind, a.start, a.end) == (b.kind, b.start, b.end)
}

fn is_within(frame: &TimeFrame, whole: &TimeFrame) -> bool {
    let (Some((from, to)), Some((start, end))) = (bounds(frame), bounds(whole)) else { return false };
    start <= from && to <= end
}

fn bounds(frame: &TimeFrame) -> Option<(Date, Date)> {
    let all = || std::iter::once(frame).chain(&frame.items);
    // A deadline is its last day.
    let start = |frame: &TimeFrame| if frame.kind == Kind::Deadline { frame.end } else { frame.start };
    all().filter_map(start).min().zip(all().filter_map(|frame| frame.end).max())
}

/// The terms as one list, in the shortest wording that is read as these terms.
fn listed(terms: &[Term], context: &Context) -> String {
    if let [one] = terms {
        return one.text();
    }
    let wanted: Vec<TimeFrame> = terms.iter().flat_map(|term| flat(read(&term.text(), context))).collect();
    let sparing = |n: usize, term: &Term| match terms.get(n + 1) {
        // A year holds for those before it.
        Some(next) if next.year == term.year => term.words.clone(),
        _ => term.text(),
    };
    // «Август» before a school year has to name its own.
    let careful = |n: usize, term: &Term| {
        let (alone, dated) = (read(&term.words, context), read(&term.text(), context));
        if is_sound(&alone) && is_same(&alone, &dated) { sparing(n, term) } else { term.text() }
    };
    let join = |way: &dyn Fn(usize, &Term) -> String, separator: &str| {
        let words: Vec<String> =
            terms.iter().enumerate().map(|(n, term)| if n == 0 { way(n, term) } else { lowered(&way(n, term)) }).collect();
        words.join(separator)
    };
    let full = |_: usize, term: &Term| term.text();
    let ways = [join(&sparing, ", "), join(&careful, ", "), join(&full, ", "), join(&full, "; ")];
    let is_read = |text: &&String| {
        let found = flat(read(text, context));
        found.len() == wanted.len() && found.iter().zip(&wanted).all(|(a, b)| is_same(a, b))
    };
    ways.iter().find(is_read).unwrap_or(&ways[3]).clone()
}

fn flat(frame: TimeFrame) -> Vec<TimeFrame> {
    if frame.items.is_empty() { vec![frame] } else { frame.items }
}

/// «Ноябрь» → «ноябрь», behind another one; «I квартал» stays.
fn lowered(words: &str) -> String {
    let mut chars = words.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(words.chars().skip(1)).collect(),
        _ => words.to_owned(),
    }
}

/// A heading that names a stretch of the year: «Сентябрь», «окт.», «Сен тябрь», «I кв.», «Март 2025».
fn named(own: &str, above: &str) -> Option<Stretch> {
    const BEGINNINGS: [&str; 12] = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];
    let plain = own.trim().trim_end_matches(['.', ',']);
    if plain.is_empty() || plain.len() > LONGEST {
        return None;
    }
    let run: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
    let lower = run.to_lowercase();
    let is_month = BEGINNINGS.iter().any(|stem| lower.starts_with(stem));
    if !is_month && !["кв", "полугод", "четверт"].iter().any(|stem| lower.contains(stem)) {
        return None;
    }
    let mut stretch = stretch_of(plain).or_else(|| stretch_of(&run))?;
    stretch.year = stretch.year.or_else(|| days::period_in(above)?.parse().ok());
    Some(stretch)
}

fn stretch_of(text: &str) -> Option<Stretch> {
    let (period, tables) = (Period::Calendar(2000), Tables::default());
    let frame = read(text, &Context { period: Some(&period), tables: &tables });
    // Terms of the school year are known to the site alone; years beside them and half-years are those of its calendar.
    if text.to_lowercase().contains("четверт") && text.chars().count() <= 15 && text.contains(|c: char| !is_letter(c)) {
        return Some(Stretch { words: text.to_owned(), month: None, year: None, new_years: None });
    }
    let (start, end) = (frame.start?, frame.end?);
    if !matches!(frame.precision, Precision::Month | Precision::Quarter | Precision::HalfYear) || frame.kind == Kind::Deadline {
        return None;
    }
    let year = days::period_in(text).and_then(|year| year.parse().ok());
    let is_one_month = start == start.first_of_month() && end == start.last_of_month();
    let words = if is_one_month {
        capital(month_name(start.month(), Case::Nominative, Language::Ru))
    } else {
        let is_of_year = |word: &&str| !(year.is_some() && (word.contains("20") || word.starts_with('г')));
        text.split_whitespace().filter(is_of_year).collect::<Vec<_>>().join(" ")
    };
    let month = (frame.precision != Precision::HalfYear).then(|| start.month());
    Some(Stretch { words, month, year, new_years: None })
}

/// Headings that are numbers: «IX», «X», «XI»; Arabic ones only below a heading that says of what.
fn counted(headings: &[(String, String)]) -> Vec<Option<Stretch>> {
    let says = |stem: &str| headings.iter().any(|(_, above)| above.to_lowercase().contains(stem));
    let is_named = says("месяц") || says("кварт");
    let number = |text: &str| {
        let plain = text.trim().trim_end_matches('.');
        roman(plain).or_else(|| plain.parse().ok().filter(|n| is_named && (1..=12).contains(n)))
    };
    let mut numbers: Vec<Option<i8>> = headings.iter().map(|(own, _)| number(own)).collect();
    let all: Vec<i8> = numbers.iter().flatten().copied().collect();
    let are_few = says("кварт") && all.len() <= 4 && all.iter().all(|n| *n <= 4);
    let are_quarters = !says("месяц") && (are_few || all == [1, 2, 3, 4]);
    // A single «V» or «X» in a row is a mark, not a month.
    if all.len() < 3 || all.windows(2).any(|two| two[0] == two[1]) {
        numbers.fill(None);
    }
    let stretch = |n: i8, above: &str| {
        const QUARTERS: [&str; 4] = ["I квартал", "II квартал", "III квартал", "IV квартал"];
        let (words, month) = match QUARTERS.get(n as usize - 1) {
            Some(words) if are_quarters => ((*words).to_owned(), n * 3 - 2),
            _ => (capital(month_name(n, Case::Nominative, Language::Ru)), n),
        };
        Stretch { words, month: Some(month), year: days::period_in(above).and_then(|year| year.parse().ok()), new_years: None }
    };
    numbers.into_iter().zip(headings).map(|(n, (_, above))| n.map(|n| stretch(n, above))).collect()
}

/// A Roman numeral I to XII in capital letters, Latin or Cyrillic.
fn roman(text: &str) -> Option<i8> {
    const NUMERALS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let latin: String = text
        .chars()
        .take(5)
        .map(|c| match c {
            'І' => 'I',
            'Х' => 'X',
            'У' => 'V',
            c => c,
        })
        .collect();
    NUMERALS.iter().position(|numeral| *numeral == latin).map(|at| at as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(headings: &[&str], above: &str) -> Vec<String> {
        let headings: Vec<(String, String)> = headings.iter().map(|own| ((*own).to_owned(), above.to_owned())).collect();
        let mut found = stretches(&headings);
        count_new_years(found.iter_mut().flatten());
        found.iter().map(|stretch| stretch.as_ref().map_or("-".into(), |stretch| stretch.in_year(Some(&Period::School(2024))))).collect()
    }

    #[test]
    fn headings_are_stretches_of_the_year() {
        assert_eq!(words(&["№", "Сентябрь", "ОКТ.", "Но ябрь", "декабрь"], ""), ["-", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь"]);
        assert_eq!(words(&["IX", "Х", "XII", "I", "V"], ""), ["Сентябрь 2024", "Октябрь 2024", "Декабрь 2024", "Январь 2025", "Май 2025"]);
        assert_eq!(words(&["I", "II", "III", "IV"], ""), ["I квартал", "II квартал", "III квартал", "IV квартал"]);
        assert_eq!(words(&["1", "2", "3", "4"], "Месяцы"), ["Январь", "Февраль", "Март", "Апрель"]);
        assert_eq!(words(&["1", "2", "3", "4"], ""), ["-", "-", "-", "-"]);
        assert_eq!(words(&["III квартал", "IV кв.", "I кв. 2025 г."], ""), ["III квартал 2024", "IV кв 2024", "I кв. 2025"]);
        assert_eq!(words(&["I полугодие", "II полугодие"], ""), ["I полугодие", "II полугодие"]);
        assert_eq!(words(&["Август", "Сентябрь", "Август"], ""), ["Август 2024", "Сентябрь 2024", "Август 2025"]);
        assert_eq!(words(&["Сентябрь", "Октябрь"], "2023 год"), ["Сентябрь 2023", "Октябрь 2023"]);
        assert_eq!(words(&["Семинар", "март", "Иванов И.И."], ""), ["-", "-", "-"]);
        assert_eq!(words(&["V", "V", "X"], ""), ["-", "-", "-"]);
    }

    #[track_caller]
    fn check(cells: &[&str], timeframe: &str, parts: &[&str]) {
        check_in(&["Сентябрь", "Октябрь", "Ноябрь", "Январь", "Март"], cells, timeframe, parts);
    }

    #[track_caller]
    fn check_in(headings: &[&str], cells: &[&str], timeframe: &str, parts: &[&str]) {
        let headings: Vec<(String, String)> = headings.iter().map(|own| ((*own).to_owned(), String::new())).collect();
        let mut columns = stretches(&headings);
        count_new_years(columns.iter_mut().flatten());
        let slots = columns.into_iter().flatten().zip(cells).enumerate().filter(|(_, (_, cell))| says_something(cell));
        let slots = slots
            .map(|(n, (column, cell))| {
                (n, Slot { covers: vec![column], is_whole: false, lines: vec![(*cell).to_owned()], is_continued: false })
            })
            .collect();
        let (period, tables) = (Period::School(2024), Tables::default());
        let found = terms(&slots, &Context { period: Some(&period), tables: &tables });
        let shown: Vec<String> = found.parts.iter().map(|part| format!("{} @ {}", part.title, part.timeframe)).collect();
        assert_eq!((found.timeframe.as_str(), shown), (timeframe, parts.iter().map(|part| (*part).to_owned()).collect()));
    }

    #[test]
    fn marks_days_and_texts_are_told_apart() {
        check(&["+", "-", "х"], "Сентябрь, ноябрь 2024", &[]);
        check(&["✓", "", "", "*", "V"], "Сентябрь 2024, январь, март 2025", &[]);
        check(&["", "12", "", "15–17"], "12 октября 2024, 15–17 января 2025", &[]);
        check(&["", "12, 19", "+"], "12, 19 октября, ноябрь 2024", &[]);
        check(&["", "12.10", "", "до 20 января"], "12.10, до 20 января", &[]);
        check(&["", "5 числа"], "5 октября 2024", &[]);
        check(&["", "2 неделя"], "2 неделя октября 2024", &[]);
        check(&["+", "Семинар", "", "", "Конкурс чтецов"], "Сентябрь 2024", &["Семинар @ Октябрь 2024", "Конкурс чтецов @ Март 2025"]);
        check(&["", "31", "31"], "31 октября 2024", &["31 @ Ноябрь 2024"]);
        check(&["", "еженедельно"], "еженедельно, октябрь 2024", &[]);
        check(&["", "в течение года"], "", &["в течение года @ Октябрь 2024"]);
        check(&["–", "—"], "", &[]);
        let year = ["Август", "Сентябрь", "Декабрь", "Май", "Август"];
        check_in(&year, &["+", "+", "+", "+", "+"], "Август 2024, сентябрь, декабрь 2024, май, август 2025", &[]);
    }
}
