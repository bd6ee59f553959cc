//! Columns are known by their headings, in any order and wording.

use super::months::{Stretch, stretches};
use super::paper::{Cell, Row, Table};
use crate::site::names::key;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Number,
    Section,
    Title,
    Timeframe,
    Venue,
    Responsible,
    Competencies,
    Output,
    Audience,
    Form,
}

impl Role {
    /// All of them, in the order of a plan's keys.
    pub const ALL: [Role; 10] = [
        Role::Number,
        Role::Section,
        Role::Title,
        Role::Timeframe,
        Role::Venue,
        Role::Responsible,
        Role::Competencies,
        Role::Output,
        Role::Audience,
        Role::Form,
    ];

    /// The key of the plan that takes the column.
    pub fn key(self) -> &'static str {
        match self {
            Role::Number => "номер",
            Role::Section => "раздел",
            Role::Title => "мероприятие",
            Role::Timeframe => "срок",
            Role::Venue => "место",
            Role::Responsible => "ответственные",
            Role::Competencies => "компетенции",
            Role::Output => "продукт",
            Role::Audience => "аудитория",
            Role::Form => "форма",
        }
    }
}

/// The columns of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// By column, the first of those that the heading covers.
    pub of: Vec<Column>,
}

/// A column with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub column: usize,
    pub span: usize,
    pub heading: String,
    /// `None` for one that no key of a plan takes.
    pub role: Option<Role>,
    /// The month or quarter that it stands for, if that is its heading.
    pub stretch: Option<Stretch>,
}

impl Columns {
    /// The column that covers `at`.
    pub fn at(&self, at: usize) -> Option<&Column> {
        self.of.iter().find(|column| (column.column..column.column + column.span).contains(&at))
    }

    /// Whether some column has the role.
    pub fn has(&self, role: Role) -> bool {
        self.of.iter().any(|column| column.role == Some(role))
    }

    /// How many columns have a role.
    pub fn known(&self) -> usize {
        self.of.iter().filter(|column| column.role.is_some()).count()
    }

    /// Whether `row` says the same headings again, as it does on each page of a document.
    pub fn are_repeated_by(&self, row: &Row) -> bool {
        let own = || row.filled().filter(|cell| !cell.is_continued);
        let filled = own().count();
        let same = own().filter(|cell| self.at(cell.column).is_some_and(|column| column.is_headed(&heading_of(cell)))).count();
        // One that names another column at a place is another table's.
        let differs = |named: &Column| {
            let own = self.at(named.column);
            named.role.is_some() && own.is_none_or(|own| own.role.is_some() && own.role != named.role && !own.is_headed(&named.heading))
        };
        filled > 1 && same * 2 > filled && !(row_score(row) > 0 && columns(row).of.iter().any(differs))
    }
}

impl Column {
    /// Whether `heading` is its own, or the lower one of two.
    fn is_headed(&self, heading: &str) -> bool {
        let lower = self.heading.rsplit(BELOW).next().unwrap_or_default();
        [&self.heading, lower].iter().any(|own| key(own) == key(heading))
    }
}

/// What stands between a heading and the one below it.
pub const BELOW: &str = " / ";

/// The longest text that is a heading of a column, in characters.
const LONGEST: usize = 90;

/// The role that a heading gives its column.
pub fn role_of(heading: &str) -> Option<Role> {
    let text = key(heading);
    if heading.contains('№') || ["п п", "пп", "номер", "номер п п", "n п п", "n", "no"].contains(&text.as_str()) {
        // «№ приказа» is no number of a row.
        return (text.chars().count() <= 9).then_some(Role::Number);
    }
    if text.is_empty() || heading.chars().count() > LONGEST {
        return None;
    }
    // By the word that decides; what stands earlier decides more: «место проведения мероприятия» is a place.
    const STEMS: [(&str, Role); 49] = [
        ("ответствен", Role::Responsible),
        ("исполнител", Role::Responsible),
        ("организатор", Role::Responsible),
        ("кто проводит", Role::Responsible),
        ("компетенц", Role::Competencies),
        ("срок", Role::Timeframe),
        ("дата", Role::Timeframe),
        ("даты", Role::Timeframe),
        ("время", Role::Timeframe),
        ("когда", Role::Timeframe),
        ("месяц", Role::Timeframe),
        ("период", Role::Timeframe),
        ("место", Role::Venue),
        ("площадка", Role::Venue),
        ("база", Role::Venue),
        ("где", Role::Venue),
        ("адрес", Role::Venue),
        ("аудитори", Role::Audience),
        ("категори", Role::Audience),
        ("участник", Role::Audience),
        ("целевая", Role::Audience),
        ("контингент", Role::Audience),
        ("для кого", Role::Audience),
        ("продукт", Role::Output),
        ("результат", Role::Output),
        ("ожидаем", Role::Output),
        ("итог", Role::Output),
        ("выход", Role::Output),
        ("отчетн", Role::Output),
        ("форма отч", Role::Output),
        ("форма", Role::Form),
        ("формат", Role::Form),
        ("мероприят", Role::Title),
        ("содержание", Role::Title),
        ("наименован", Role::Title),
        ("название", Role::Title),
        ("раздел", Role::Section),
        ("направлени", Role::Section),
        ("блок", Role::Section),
        ("вид", Role::Title),
        ("тема", Role::Title),
        // As the export writes them for a site in English.
        ("responsible", Role::Responsible),
        ("competenc", Role::Competencies),
        ("timeframe", Role::Timeframe),
        ("venue", Role::Venue),
        ("audience", Role::Audience),
        ("output", Role::Output),
        ("title", Role::Title),
        ("section", Role::Section),
    ];
    // «Отметка о выполнении», «Примечание», «Кол-во участников»: no key of a plan.
    if ["отметка", "примечан", "выполнен", "кол во", "количеств"].iter().any(|stem| text.contains(stem))
    {
        return None;
    }
    let starts = |stem: &str| text.starts_with(stem) || text.contains(&format!(" {stem}"));
    STEMS.iter().find(|(stem, _)| starts(stem)).map(|(_, role)| *role).or_else(|| {
        let works = ["работа", "работы", "деятельность", "событие", "задачи"];
        works.iter().any(|word| text == *word).then_some(Role::Title)
    })
}

/// The text of a heading; words that a narrow column has cut («Ответст- венный») are whole.
pub fn heading_of(cell: &Cell) -> String {
    let text = cell.text();
    let mut out = String::with_capacity(text.len());
    for word in text.split(' ') {
        if out.ends_with('-') && !out.ends_with("--") && word.starts_with(char::is_lowercase) {
            out.pop();
        } else if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// How far `row` is a row of headings: how many different columns it names, if they can be those of a plan; else 0.
pub fn row_score(row: &Row) -> usize {
    let (mut roles, mut filled, mut known) = (Vec::new(), 0, 0);
    for (cell, stretch) in row.filled().zip(row_stretches(row)) {
        filled += 1;
        if stretch.is_some() {
            known += 1;
            if !roles.contains(&Role::Timeframe) {
                roles.push(Role::Timeframe);
            }
            continue;
        }
        let text = heading_of(cell);
        if text.chars().count() <= LONGEST
            && let Some(role) = role_of(&text)
        {
            known += 1;
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
    }
    let has = |role| roles.contains(&role);
    let is_plan = (has(Role::Title) || has(Role::Number)) && (has(Role::Timeframe) || has(Role::Responsible))
        || has(Role::Title) && (has(Role::Number) || has(Role::Output) || has(Role::Venue));
    // A row of the plan may name one of these words; two of three cells it does not.
    if is_plan && roles.len() >= 2 && known * 2 >= filled { roles.len() } else { 0 }
}

/// What the filled cells of `row` stand for, if they are the headings of months.
fn row_stretches(row: &Row) -> Vec<Option<Stretch>> {
    stretches(&row.filled().map(|cell| (heading_of(cell), String::new())).collect::<Vec<_>>())
}

/// The best score of the rows of `table`.
pub fn score(table: &Table) -> usize {
    table.rows.iter().map(row_score).max().unwrap_or(0)
}

/// Whether some row of `table` is the headings of a plan.
pub fn has_headings(table: &Table) -> bool {
    score(table) > 0
}

/// The columns that `row` names. Two columns of one role are one and a stranger, but for the title: of «мероприятие» and «содержание» the
/// first is taken.
pub fn columns(row: &Row) -> Columns {
    let mut of: Vec<Column> = Vec::new();
    for (cell, stretch) in row.filled().zip(row_stretches(row)) {
        let heading = heading_of(cell);
        if stretch.is_some() {
            of.push(Column { column: cell.column, span: cell.span, heading, role: None, stretch });
            continue;
        }
        let mut role = role_of(&heading);
        if let Some(earlier) = of.iter_mut().find(|column| role.is_some() && column.role == role) {
            // «Тема» beside «Мероприятие», «Содержание» before it: the better title wins.
            let is_month = |heading: &str| key(heading).starts_with("месяц");
            if role == Some(Role::Title) && title_rank(&heading) < title_rank(&earlier.heading) {
                earlier.role = None;
            } else if role == Some(Role::Timeframe) && is_month(&earlier.heading) != is_month(&heading) {
                // «Месяц» beside «Дата» is a heading over its days.
                if is_month(&earlier.heading) { earlier.role = Some(Role::Section) } else { role = Some(Role::Section) }
            } else if !(role == Some(Role::Timeframe) && (key(&heading).starts_with("время") || is_end(&heading))) {
                // «Время» beside «Дата» is a part of the term, and so is «окончание» beside «начало».
                role = None;
            }
        }
        of.push(Column { column: cell.column, span: cell.span, heading, role, stretch: None });
    }
    if !of.iter().any(|column| column.role == Some(Role::Title)) {
        // The plan's work has to stand somewhere: in the section column, else in the first that is not known.
        let stand_in = of
            .iter()
            .position(|column| column.role == Some(Role::Section))
            .or_else(|| of.iter().position(|column| column.role.is_none() && column.stretch.is_none()));
        if let Some(at) = stand_in {
            of[at].role = Some(Role::Title);
        }
    }
    Columns { of }
}

/// Whether the column holds the ends of terms whose beginnings stand in another.
pub fn is_end(heading: &str) -> bool {
    let text = key(heading);
    ["окончан", "конец", "завершен"].iter().any(|stem| text.contains(stem)) && !text.contains("начал")
}

fn title_rank(heading: &str) -> usize {
    let text = key(heading);
    let ranks = ["мероприят", "наименован", "название", "содержание", "тема"];
    ranks.iter().position(|stem| text.contains(stem)).unwrap_or(ranks.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_many_wordings() {
        let cases = [
            ("№ п/п", Some(Role::Number)),
            ("№", Some(Role::Number)),
            ("п/п", Some(Role::Number)),
            ("Наименование мероприятий", Some(Role::Title)),
            ("Содержание работы", Some(Role::Title)),
            ("МЕРОПРИЯТИЯ", Some(Role::Title)),
            ("Срок проведения", Some(Role::Timeframe)),
            ("Сроки исполнения", Some(Role::Timeframe)),
            ("Дата проведения мероприятия", Some(Role::Timeframe)),
            ("Дата, время", Some(Role::Timeframe)),
            ("Место проведения", Some(Role::Venue)),
            ("Ответственный", Some(Role::Responsible)),
            ("Ответственные исполнители", Some(Role::Responsible)),
            ("Исполнитель", Some(Role::Responsible)),
            ("Ответственный за проведение мероприятия", Some(Role::Responsible)),
            ("Продукт", Some(Role::Output)),
            ("Ожидаемый результат", Some(Role::Output)),
            ("Форма отчётности", Some(Role::Output)),
            ("Развитие профессиональных компетенций педагогов", Some(Role::Competencies)),
            ("Форма проведения", Some(Role::Form)),
            ("Категория участников", Some(Role::Audience)),
            ("Раздел", Some(Role::Section)),
            ("Направление деятельности", Some(Role::Section)),
            ("Timeframe", Some(Role::Timeframe)),
            ("No.", Some(Role::Number)),
            ("Отметка о выполнении", None),
            ("Примечание", None),
            ("Кол-во участников", None),
            ("Бюджет", None),
        ];
        for (heading, role) in cases {
            assert_eq!(role_of(heading), role, "{heading}");
        }
    }
}
