//! What stands around the table: who approved the plan and when, its title and year, who leads, goal and objectives.

use super::days::{day_in, period_in};
use super::doubt::{Doubt, Matter};
use super::joins::goes_on;
use super::lists::mark;
use super::responsible;
use super::stream::Note;
use crate::draft::{Draft, Signature};
use crate::value::letter::is_letter_or_digit;

/// Fills the head of `draft` from `notes`; what found no place is doubtful.
pub fn read(notes: &[Note], draft: &mut Draft, doubts: &mut Vec<Doubt>) {
    let mut at = 0;
    while at < notes.len() {
        let taken = take(&notes[at..], draft, doubts);
        // A line for a signature says nothing.
        if taken == 0 && notes[at].text.contains(is_letter_or_digit) {
            doubts.push(Doubt::new(notes[at].place.clone(), Matter::Unplaced { text: notes[at].text.clone() }));
        }
        at += taken.max(1);
    }
}

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Approval,
    Agreement,
    Curator,
    Head,
    Goal,
    Objectives,
    Title,
}

/// «Утверждаю» may stand in quotes.
const QUOTES: [char; 6] = ['«', '»', '"', '„', '“', '”'];

fn label(text: &str) -> Option<Label> {
    let text = text.trim_start_matches(QUOTES);
    let lower = text.to_lowercase();
    let starts = |word: &str| lower.starts_with(word);
    let has_colon = |limit: usize| text.char_indices().take(limit).any(|(_, c)| c == ':');
    if starts("утвержда") || starts("утвержден") || starts("утверждён") {
        Some(Label::Approval)
    } else if starts("согласован") {
        Some(Label::Agreement)
    } else if starts("куратор") && has_colon(90) {
        Some(Label::Curator)
    } else if starts("руководитель") && has_colon(90) {
        Some(Label::Head)
    } else if (starts("цель") || starts("цели")) && has_colon(60) && !starts("цель и задачи") && !starts("цели и задачи")
    {
        Some(Label::Goal)
    } else if (starts("задачи") || starts("цель и задачи") || starts("цели и задачи")) && has_colon(60) {
        Some(Label::Objectives)
    } else if is_title(&lower) {
        Some(Label::Title)
    } else {
        None
    }
}

fn is_title(lower: &str) -> bool {
    let bare = |word: &str| word.trim_matches(['«', '»', '"']).to_owned();
    let is_plan = |word: &str| matches!(bare(word).as_str(), "план" | "план-график" | "план-сетка" | "планграфик");
    let is_like = |word: &str| matches!(bare(word).as_str(), "циклограмма" | "график" | "календарь" | "программа");
    let mut words = lower.split_whitespace().take(4);
    let first = words.next().unwrap_or_default();
    lower.chars().count() <= 300 && !lower.ends_with(':') && (is_plan(first) || is_like(first) || words.any(is_plan))
}

/// Takes what begins with the first of `notes`; how many it took.
fn take(notes: &[Note], draft: &mut Draft, doubts: &mut Vec<Doubt>) -> usize {
    let Some(first) = notes.first() else { return 0 };
    match label(&first.text) {
        Some(Label::Approval) if draft.approval.is_none() => {
            let (signature, taken) = signature(notes, doubts);
            draft.approval = Some(signature);
            taken
        }
        Some(Label::Agreement) if draft.agreement.is_none() => {
            let (signature, taken) = signature(notes, doubts);
            draft.agreement = Some(signature);
            taken
        }
        Some(Label::Curator) if draft.curator.is_empty() => value(notes, &mut draft.curator),
        Some(Label::Head) if draft.head.is_empty() => value(notes, &mut draft.head),
        Some(Label::Goal) if draft.goal.is_empty() => value(notes, &mut draft.goal),
        Some(Label::Objectives) if draft.objectives.is_empty() => objectives(notes, &mut draft.objectives),
        Some(Label::Title) if draft.title.is_empty() => title(notes, &mut draft.title),
        _ => 0,
    }
}

/// What stands behind the colon, or on the next line.
fn value(notes: &[Note], into: &mut String) -> usize {
    let text = notes[0].text.split_once(':').map_or("", |(_, value)| value).trim();
    let mut taken = 1;
    *into = text.to_owned();
    while let Some(next) = notes.get(taken).filter(|next| label(&next.text).is_none()) {
        if !into.is_empty() && (next.is_listed || !goes_on(into, &next.text)) {
            break;
        }
        if !into.is_empty() {
            into.push(' ');
        }
        into.push_str(&next.text);
        taken += 1;
    }
    taken
}

/// The items of the list: marked as such by the format or by their signs; else lines as long as they end in semicolons.
fn objectives(notes: &[Note], into: &mut Vec<String>) -> usize {
    let plain = |text: &str| mark(text).map_or(text, |(_, rest)| rest).to_owned();
    let text = notes[0].text.split_once(':').map_or("", |(_, value)| value).trim();
    if !text.is_empty() {
        into.push(plain(text));
    }
    let is_item = |note: &Note| note.is_listed || mark(&note.text).is_some();
    let listed = notes.get(1).is_some_and(is_item);
    let mut taken = 1;
    while let Some(next) = notes.get(taken).filter(|next| label(&next.text).is_none()) {
        let goes_on = match (listed, into.last()) {
            (true, _) => is_item(next),
            (false, None) => true,
            (false, Some(last)) => last.ends_with([';', ',']),
        };
        if !goes_on {
            break;
        }
        into.push(plain(&next.text));
        taken += 1;
    }
    taken
}

/// The lines of the title, up to the one with the year.
fn title(notes: &[Note], into: &mut String) -> usize {
    const LONGEST: usize = 7;
    let ends = |text: &str| period_in(text).is_some();
    let can_go_on =
        |note: &&Note| label(&note.text).is_none() && !note.is_listed && note.text.chars().count() <= 150 && !note.text.contains(':');
    let lines: Vec<&Note> = notes.iter().take(1).chain(notes.iter().skip(1).take(LONGEST).take_while(can_go_on)).collect();
    let taken = match lines.iter().position(|note| ends(&note.text)) {
        Some(year) => year + 1,
        None => 1 + lines.iter().skip(1).take_while(|note| note.text.starts_with(char::is_lowercase)).count(),
    };
    *into = lines[..taken].iter().map(|note| note.text.as_str()).collect::<Vec<_>>().join(" ");
    taken
}

/// The block that begins with «Утверждаю» or «Согласовано»: post, person, order, day, in any order.
fn signature(notes: &[Note], doubts: &mut Vec<Doubt>) -> (Signature, usize) {
    const LONGEST: usize = 9;
    let mut signature = Signature::default();
    let mut posts: Vec<String> = Vec::new();
    let first = notes[0].text.trim_start_matches(QUOTES).trim_start_matches(|c: char| c.is_alphabetic());
    let first = first.trim_start_matches(QUOTES).trim_start_matches([':', ' ']);
    let mut taken = 0;
    for (n, note) in notes.iter().take(LONGEST).enumerate() {
        let text = if n == 0 { first } else { &note.text };
        if n > 0 && (label(text).is_some() || note.is_listed || text.chars().count() > 160) {
            break;
        }
        let lower = text.to_lowercase();
        let day = day_in(text);
        let is_order =
            lower.contains("приказ") || lower.contains("распоряжени") || lower.starts_with("от ") || day.is_some() && text.contains('№');
        if is_order {
            signature.order_number = signature.order_number.or_else_of(text.split_once('№').map(|(_, number)| number_of(number)));
            signature.order_date = signature.order_date.or_else_of(day.clone());
            if says_more(&lower, &signature) {
                doubts.push(Doubt::new(note.place.clone(), Matter::Unplaced { text: note.text.clone() }));
            }
            if day.is_none() && lower.contains(" от ") {
                doubts.push(Doubt::new(note.place.clone(), Matter::DateUnread { text: text.to_owned() }));
            }
        } else if day.is_some() {
            signature.date = signature.date.or_else_of(day);
        } else if !text.trim_matches(['_', ' ', '/', '.', '«', '»', '"']).is_empty() {
            let is_done = !signature.person.is_empty();
            let parts = responsible::apart(text);
            if is_done && !parts.iter().any(|part| responsible::is_person(part)) {
                break;
            }
            for part in parts {
                if responsible::is_person(&part) && signature.person.is_empty() {
                    signature.person = part;
                } else {
                    posts.push(part);
                }
            }
        }
        taken = n + 1;
    }
    signature.post = posts.join(" ");
    (signature, taken.max(1))
}

/// Whether the line of an order says more than its number and day: whose order it is.
fn says_more(lower: &str, signature: &Signature) -> bool {
    let known =
        format!("{} {} приказ приказом распоряжение распоряжением от года", signature.order_number, signature.order_date).to_lowercase();
    let mut words = lower.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/'))).filter(|word| word.chars().count() > 1);
    words.any(|word| word.contains(char::is_alphabetic) && !known.contains(word))
}

/// «02-а» of « 02-а от …».
fn number_of(text: &str) -> String {
    let text = text.split(" от ").next().unwrap_or(text);
    text.trim_matches(|c: char| c == '_' || c.is_whitespace()).trim_end_matches([',', ';', '.']).to_owned()
}

/// The first text that is not empty.
trait OrElseOf {
    fn or_else_of(&self, other: Option<String>) -> String;
}

impl OrElseOf for String {
    fn or_else_of(&self, other: Option<String>) -> String {
        if self.is_empty() { other.unwrap_or_default() } else { self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::doubt::Place;

    fn draft(lines: &[&str]) -> (Draft, Vec<String>) {
        let note = |(n, line): (usize, &&str)| {
            let (text, is_listed) = line.strip_prefix('•').map_or((*line, false), |rest| (rest, true));
            Note { text: text.to_owned(), place: Place::Paragraph(n + 1), is_listed }
        };
        let notes: Vec<Note> = lines.iter().enumerate().map(note).collect();
        let (mut draft, mut doubts) = (Draft::default(), Vec::new());
        read(&notes, &mut draft, &mut doubts);
        let unplaced = doubts.into_iter().filter_map(|doubt| match doubt.matter {
            Matter::Unplaced { text } => Some(text),
            _ => None,
        });
        (draft, unplaced.collect())
    }

    #[test]
    fn the_head_of_a_plan_is_read() {
        let (draft, unplaced) = draft(&[
            "УТВЕРЖДАЮ",
            "И.о. директора",
            "МКУ «Центр»",
            "_________ В.Е.Шагаева",
            "Приказ от 12.01.2024 № 02-а",
            "План работы",
            "сообщества библиотекарей",
            "на 2024 год",
            "Куратор сообщества:",
            "Антимонова Вера Владимировна, специалист",
            "Цель: создание условий.",
            "Задачи:",
            "•оказание помощи;",
            "•внедрение наставничества.",
            "Направления деятельности",
        ]);
        let approval = draft.approval.unwrap();
        assert_eq!((approval.post.as_str(), approval.person.as_str()), ("И.о. директора МКУ «Центр»", "В.Е. Шагаева"));
        assert_eq!((approval.order_number.as_str(), approval.order_date.as_str()), ("02-а", "12.01.2024"));
        assert_eq!(draft.title, "План работы сообщества библиотекарей на 2024 год");
        assert_eq!(draft.curator, "Антимонова Вера Владимировна, специалист");
        assert_eq!((draft.goal.as_str(), draft.objectives.len()), ("создание условий.", 2));
        assert_eq!(unplaced, ["Направления деятельности"]);
    }

    #[test]
    fn other_heads_are_read() {
        let (draft, unplaced) = draft(&[
            "СОГЛАСОВАНО: заместитель директора Петрова А.Б. «10» января 2024 г.",
            "Утверждаю. Директор школы ______ Иванов И.И.",
            "Протокол № 3",
            "ГОДОВОЙ ПЛАН",
            "Методического объединения",
            "на 2024/2025 учебный год",
            "Задачи: 1) помощь;",
            "2) обмен опытом.",
        ]);
        assert_eq!(draft.title, "ГОДОВОЙ ПЛАН Методического объединения на 2024/2025 учебный год");
        assert_eq!(draft.approval.unwrap().person, "Иванов И.И.");
        assert_eq!(draft.agreement.unwrap().date, "10 января 2024");
        assert_eq!(draft.objectives, ["помощь;", "обмен опытом."]);
        assert_eq!(unplaced, ["Протокол № 3"]);
    }
}
