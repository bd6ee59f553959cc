//! The starter of a new site: what `metodika init` writes.
//!
//! Its files lie in `starter/ru` and `starter/en`, each where it will lie in the site. Their paths and texts may hold what depends on the
//! day that the site is begun on, between two `@`: [`Days::value`] has the list. So a starter has no warning on that day: what is
//! announced lies ahead, what was held lies behind, and rows of the plan whose time is past say so.

use crate::schema::{Subject, schema};
use crate::value::date::{self, Case, Date, month_name};
use crate::value::holidays::public_holiday;
use crate::value::language::Language;
use serde_json::{Map, Value, json};

/// The files as they lie in the repository, by their paths.
const RU: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/starter-ru.rs"));
const EN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/starter-en.rs"));

/// How the editors of a site work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Editing {
    /// With the files alone.
    Files,
    /// Also on the page `/admin/`.
    Browser,
}

/// The files of a site that is begun `today`: paths from its folder, with `/`, and texts. Editors of text are told what may stand in each:
/// schemas lie in `schemas/`, VS Code finds them by its settings, others by the first line of a file.
pub fn files(today: Date, language: Language, editing: Editing) -> Vec<(String, String)> {
    let days = Days::from(today, language);
    let files = match language {
        Language::Ru => RU,
        Language::En => EN,
    };
    let mut files: Vec<(String, String)> = files.iter().map(|(path, text)| (days.fill(path), days.fill(text))).collect();
    for (path, text) in &mut files {
        if path == "content/site.yaml" && editing == Editing::Browser {
            *text = with_editing_page(text, language);
        }
        if let Some(subject) = Subject::of_file(path).filter(|_| path.ends_with(".yaml")) {
            let up = "../".repeat(path.matches('/').count());
            text.insert_str(0, &format!("# yaml-language-server: $schema={up}{}\n", schema_file(subject)));
        }
    }
    files.extend(content_subjects().map(|subject| (schema_file(subject), json_text(&schema(subject, language)))));
    files.push((".vscode/settings.json".into(), json_text(&vs_code())));
    files.push((".vscode/extensions.json".into(), json_text(&json!({ "recommendations": ["redhat.vscode-yaml"] }))));
    files
}

/// The settings with the line of the editing page switched on: for one's own computer, until the repository is named.
fn with_editing_page(settings: &str, language: Language) -> String {
    let (off, on) = match language {
        Language::Ru => ("# редактор: ", "редактор: да\n# редактор: "),
        Language::En => ("# cms: ", "cms: yes\n# cms: "),
    };
    settings.replacen(off, on, 1)
}

/// What editors write: everything but data.
fn content_subjects() -> impl Iterator<Item = Subject> {
    Subject::all().filter(|subject| subject.files().is_some())
}

fn schema_file(subject: Subject) -> String {
    format!("schemas/{}", subject.schema_file())
}

/// Settings of VS Code with its extension for YAML.
fn vs_code() -> Value {
    let schemas: Map<String, Value> =
        content_subjects().filter_map(|subject| Some((format!("./{}", schema_file(subject)), subject.files()?.into()))).collect();
    json!({ "yaml.schemas": schemas, "[yaml]": { "editor.insertSpaces": true, "editor.tabSize": 2 }, "files.encoding": "utf8" })
}

fn json_text(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default())
}

/// The days of what the starter tells of.
struct Days {
    today: Date,
    announced: Date,
    held: Date,
    language: Language,
}

impl Days {
    /// A seminar four weeks ahead, a master class three weeks ago, both on working days.
    fn from(today: Date, language: Language) -> Days {
        Days { today, announced: working_day(today.add_days(28), 1), held: working_day(today.add_days(-21), -1), language }
    }

    /// The plan is that of the seminar's year: in December a service begins with the next one.
    fn year(&self) -> i16 {
        self.announced.year()
    }

    /// `text` with the values in the place of their names. An `@` that names nothing stays.
    fn fill(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('@') {
            out.push_str(before);
            match behind.split_once('@').and_then(|(name, rest)| Some((self.value(name)?, rest))) {
                Some((value, behind)) => {
                    out.push_str(&value);
                    rest = behind;
                }
                None => {
                    out.push('@');
                    rest = behind;
                }
            }
        }
        out + rest
    }

    fn value(&self, name: &str) -> Option<String> {
        let day = |day: Date| date::day(day, self.language).replace('\u{a0}', " ");
        Some(match name {
            "year" => self.year().to_string(),
            "today" => day(self.today),
            "announced" => day(self.announced),
            "announced_month" => {
                let month = month_name(self.announced.month(), Case::Nominative, self.language);
                let capital = month.chars().take(1).flat_map(char::to_uppercase);
                format!("{} {}", capital.chain(month.chars().skip(1)).collect::<String>(), self.announced.year())
            }
            // The last day to sign up.
            "registration" => day(self.announced.add_days(-3)),
            "held" => day(self.held),
            // What was held in another year is in no row of this plan: the line is there, but switched off.
            "held_in_plan" => if self.held.year() == self.year() { "" } else { "# " }.to_owned(),
            // What the newsletter collects.
            "issue_from" => day(self.held.first_of_month()),
            "issue_to" => day(self.announced.last_of_month()),
            // The state of a row that ends on that day of the plan's year, `status 05-15`.
            _ => {
                let end = Date::parse_iso(&format!("{}-{}", self.year(), name.strip_prefix("status ")?))?;
                match (end < self.today, self.language) {
                    (true, Language::Ru) => "состоялось",
                    (true, Language::En) => "held",
                    (false, Language::Ru) => "запланировано",
                    (false, Language::En) => "planned",
                }
                .to_owned()
            }
        })
    }
}

/// `day`, or the next in steps of `step` days on which people work.
fn working_day(day: Date, step: i64) -> Date {
    let is_off = |day: Date| day.weekday() > 5 || public_holiday(day, Language::Ru).is_some();
    let mut day = day;
    // No row of days off is that long.
    for _ in 0..31 {
        if !is_off(day) {
            break;
        }
        day = day.add_days(step);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_between_two_signs_has_a_value() {
        for today in ["2024-02-29", "2026-01-01", "2026-06-15", "2026-12-31"] {
            for language in [Language::Ru, Language::En] {
                for (path, text) in files(Date::parse_iso(today).unwrap(), language, Editing::Browser) {
                    for (n, line) in text.lines().chain([&*path]).enumerate() {
                        let parts: Vec<&str> = line.split('@').collect();
                        let between = parts.get(1..parts.len() - 1).unwrap_or_default().iter();
                        let names = between.filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || "_- 0123456789".contains(c)));
                        assert_eq!(names.count(), 0, "{path}:{}: {line}", n + 1);
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_announced_lies_ahead_on_a_working_day_of_the_plan() {
        let first = Date::new(2027, 1, 1).unwrap();
        for days in (0..1461).map(|n| Days::from(first.add_days(n), Language::Ru)) {
            assert!(days.held < days.today && days.today < days.announced.add_days(-3), "{:?}", days.today);
            assert!(days.announced.weekday() <= 5 && public_holiday(days.announced, Language::Ru).is_none(), "{:?}", days.today);
            assert_eq!(days.year(), days.announced.year());
        }
    }
}
