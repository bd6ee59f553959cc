//! A blank: a new document with every key in it. What is known is filled in, everything else stands as a comment with what it means, made
//! from the types that read it.

use crate::kinds::Kind;
use crate::record::{Field, Shape};
use crate::value::date::Date;
use crate::value::holidays::public_holiday;
use crate::value::language::Language;
use crate::value::slug::slug;
use crate::value::yaml::quote::scalar;
use std::fmt::Write;

/// A new document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// Its address within its kind.
    pub slug: String,
    /// Its file: `content/workshops/2026-11-30-osen.md`.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

/// A document of `kind` called `title`, begun on the day `today`; its address is made from the title unless `address` says it. Keys and
/// comments in `language`.
pub fn blank(kind: Kind, title: &str, address: Option<&str>, today: Date, language: Language) -> Blank {
    let slug = Some(slug(address.unwrap_or(title))).filter(|slug| !slug.is_empty()).unwrap_or_else(|| kind.id().to_owned());
    let day = match kind {
        Kind::Workshop => Some(coming_working_day(today, language)),
        _ => kind.is_dated().then_some(today),
    };
    let mut filled = vec![("title", scalar(title).into_owned()), ("slug", slug.clone())];
    filled.extend(day.map(|day| ("date", day.to_string())));
    if kind == Kind::Plan {
        filled.push(("year", today.year().to_string()));
        filled.push(("sections", first_row(language).to_owned()));
    }
    let yaml = keys(kind, &filled, language);
    let folder = kind.folder();
    let (path, text) = match day {
        _ if kind.is_data() => (format!("content/{folder}/{slug}.yaml"), yaml),
        Some(day) => (format!("content/{folder}/{day}-{slug}.md"), front_matter(&yaml)),
        None => (format!("content/{folder}/{slug}.md"), front_matter(&yaml)),
    };
    Blank { slug, path, text }
}

fn front_matter(yaml: &str) -> String {
    format!("---\n{yaml}---\n\n")
}

/// A day to begin with for what is being announced: the first working day in a week or later.
fn coming_working_day(today: Date, language: Language) -> Date {
    let mut day = today.add_days(7);
    while day.weekday() > 5 || public_holiday(day, language).is_some() {
        day = day.add_days(1);
    }
    day
}

/// A plan without rows is none: one to write over, behind the key of the sections.
fn first_row(language: Language) -> &'static str {
    match language {
        Language::Ru => {
            "\n  - название: Первый раздел\n    пункты:\n      - номер: \"1.1\"\n        мероприятие: Первая строка плана\n        срок: В течение года\n        \
             # место:\n        # ответственные:\n        # компетенции:\n        # продукт:"
        }
        Language::En => {
            "\n  - title: First section\n    items:\n      - number: \"1.1\"\n        title: First row of the plan\n        timeframe: В течение года\n        \
             # venue:\n        # responsible:\n        # competencies:\n        # output:"
        }
    }
}

/// The lines of all keys of `kind`.
fn keys(kind: Kind, filled: &[(&str, String)], language: Language) -> String {
    let mut out = match language {
        Language::Ru => {
            "## Заполните нужное. Строки с «##» — пояснения. Чтобы ключ заработал, уберите «# » в начале его строки;\n## ненужные строки можно удалить.\n"
        }
        Language::En => {
            "## Fill in what you need. Lines with “##” explain. To use a key, take away the “# ” before it;\n## lines that are not needed may be deleted.\n"
        }
    }
    .to_owned();
    for field in kind.fields_in_order() {
        // The day of a plan and a project is their year and period; the text of a `.md` file stands below.
        let left_out =
            (field.name == "body" && !kind.is_data()) || (field.name == "date" && !filled.iter().any(|(name, _)| *name == "date"));
        if left_out {
            continue;
        }
        let _ = writeln!(out, "## {}", field.about(language));
        match filled.iter().find(|(name, _)| *name == field.name) {
            Some((_, value)) if value.starts_with('\n') => drop(writeln!(out, "{}:{value}", field.shown(language))),
            Some((_, value)) => drop(writeln!(out, "{}: {value}", field.shown(language))),
            None => lines(field, 0, "", &mut Vec::new(), language, &mut out),
        }
    }
    out
}

/// The lines of a key that is not filled in, with the keys of the records that it holds. `above` are the records around it: one that may
/// hold its like is not opened again.
fn lines(field: &Field, depth: usize, dash: &str, above: &mut Vec<&'static str>, language: Language, out: &mut String) {
    let indent = "  ".repeat(depth);
    let _ = write!(out, "# {indent}{dash}{}:", field.shown(language));
    let shape = (field.shape)();
    let (record, listed) = match shape {
        Shape::Record(keys) => (Some(keys), false),
        Shape::List(element) => match *element {
            Shape::Record(keys) => (Some(keys), true),
            _ => (None, false),
        },
        _ => (None, false),
    };
    // Within a record the meaning stands behind the key, where it does not push it apart from its neighbours.
    let about = if depth > 0 { format!("  # {}", field.about(language)) } else { String::new() };
    let _ = writeln!(out, "{about}");
    let Some(keys) = record.filter(|keys| !above.contains(&keys.name)) else { return };
    above.push(keys.name);
    let inside = depth + 1 + usize::from(!dash.is_empty());
    for (n, inner) in keys.fields().enumerate() {
        match (listed, n) {
            (true, 0) => lines(inner, inside, "- ", above, language, out),
            (true, _) => lines(inner, inside + 1, "", above, language, out),
            (false, _) => lines(inner, inside, "", above, language, out),
        }
    }
    above.pop();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_workshop_lies_ahead_on_a_working_day() {
        let today = Date::new(2026, 4, 27).unwrap_or_else(|| unreachable!());
        let blank = blank(Kind::Workshop, "Осень: итоги", None, today, Language::Ru);
        assert_eq!(blank.path, "content/workshops/2026-05-04-osen-itogi.md");
        assert!(blank.text.contains("\nназвание: \"Осень: итоги\"\n") && blank.text.contains("\nадрес: osen-itogi\n"), "{}", blank.text);
    }
}
