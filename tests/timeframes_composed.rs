//! Every string of the fixtures gets the reading that stands beside it, and no mutation of one makes the reader panic.

use metodika::value::date::Date;
use metodika::value::language::Language;
use metodika::value::timeframe::{self, Context, NamedSpan, Observance, Period, Tables, TimeFrame};
use serde_json::Value;

const FIXTURES: [(&str, &str); 2] = [
    ("timeframes.yaml", include_str!("fixtures/timeframes.yaml")),
    ("timeframes-composed.yaml", include_str!("fixtures/timeframes-composed.yaml")),
];

struct Case {
    printed: String,
    period: Option<Period>,
    settings: bool,
    expect: Value,
}

fn cases(yaml: &str) -> Vec<Case> {
    let rows: Vec<Value> = serde_yaml::from_str(yaml).expect("the fixture is YAML");
    let case = |row: Value| {
        let context = row["context"].as_str().unwrap_or("2024");
        Case {
            printed: row["printed"].as_str().expect("a string").to_owned(),
            period: (context != "none").then(|| Period::parse(context).expect("a period")),
            settings: row["settings"].as_bool().unwrap_or(false),
            expect: row["expect"].clone(),
        }
    };
    rows.into_iter().map(case).collect()
}

fn settings() -> Tables {
    let day = |text| Date::parse_iso(text).expect("a day");
    let span = |name: &str, start, end| NamedSpan { name: name.to_owned(), start: day(start), end: day(end) };
    let observance = |name: &str, month, day| Observance { names: vec![name.to_lowercase()], month, day, year: None };
    Tables {
        terms: vec![
            span("I четверть", "2024-09-02", "2024-10-27"),
            span("II четверть", "2024-11-05", "2024-12-29"),
            span("III четверть", "2025-01-09", "2025-03-23"),
            span("IV четверть", "2025-03-31", "2025-05-26"),
        ],
        holidays: vec![
            span("осенние каникулы", "2024-10-28", "2024-11-04"),
            span("зимние каникулы", "2024-12-30", "2025-01-08"),
            span("весенние каникулы", "2025-03-24", "2025-03-30"),
        ],
        observances: vec![observance("Международный день школьных библиотек", 10, 28), observance("Общероссийский день библиотек", 5, 27)],
        ..Tables::default()
    }
}

fn read(case: &Case) -> TimeFrame {
    let tables = if case.settings { settings() } else { Tables::default() };
    timeframe::read(&case.printed, &Context { period: case.period.as_ref(), tables: &tables })
}

/// Whether `actual` holds all that `expected` names. Where a whole frame is expected, a warning or a flag that it does not name is wrong too.
fn agrees(expected: &Value, actual: &Value) -> bool {
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => {
            let unsaid = |key: &str| expected.contains_key("kind") && !expected.contains_key(key) && actual.contains_key(key);
            let named = expected.iter().filter(|(key, _)| *key != "note");
            let unsaid_flag = ["confirm", "approximate"].into_iter().any(unsaid);
            let unsaid_warning = expected.contains_key("precision") && unsaid("warning");
            let same_rule = expected.contains_key("rrule") == actual.contains_key("rrule");
            let all_named = named.into_iter().all(|(key, value)| actual.get(key).is_some_and(|a| agrees(value, a)));
            all_named && same_rule && !unsaid_flag && !unsaid_warning
        }
        (Value::Array(expected), Value::Array(actual)) => {
            expected.len() == actual.len() && expected.iter().zip(actual).all(|(e, a)| agrees(e, a))
        }
        (expected, actual) => expected == actual,
    }
}

#[test]
fn every_string_reads_as_given() {
    let mut wrong = Vec::new();
    let mut all = 0;
    for (file, yaml) in FIXTURES {
        for case in cases(yaml) {
            all += 1;
            let actual = serde_json::to_value(read(&case)).expect("serialises");
            if !agrees(&case.expect, &actual) {
                wrong.push(format!("{file}: «{}»\n  expected {}\n  got      {actual}", case.printed, case.expect));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {all} read wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_wrong_is_said_in_words() {
    for (_, yaml) in FIXTURES {
        for case in cases(yaml) {
            let frame = read(&case);
            for language in [Language::Ru, Language::En] {
                assert!(timeframe::explain(&frame, language).lines().count() > 1, "«{}»", case.printed);
                if let Some(warning) = &frame.warning {
                    let (message, hint) = timeframe::wording(warning, language);
                    assert!(!message.is_empty() && !hint.is_empty(), "«{}»", case.printed);
                }
                // The empty string has nothing to be shown but its error.
                assert!(!frame.words(language).is_empty() || case.printed.is_empty(), "«{}»", case.printed);
            }
        }
    }
}

#[test]
fn nothing_makes_the_reader_panic() {
    const INSERTS: [&str; 24] = [
        " ",
        "–",
        "-",
        "/",
        ",",
        "(",
        ")",
        ".",
        "\n",
        "\u{a0}",
        "1",
        "99",
        "0",
        "99999999999",
        "И",
        "по",
        " до ",
        " с ",
        "IV",
        "года",
        "мая",
        "é",
        "😀",
        "\u{301}",
    ];
    // A fixed linear congruential sequence: the same mutations on every run.
    let mut state = 0x2024_1005_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let tables = settings();
    let all: Vec<Case> = FIXTURES.iter().flat_map(|(_, yaml)| cases(yaml)).collect();
    let periods =
        [None, Some(Period::Calendar(2024)), Some(Period::School(2024)), Some(Period::Calendar(i16::MAX)), Some(Period::School(2200))];
    for case in &all {
        let other: Vec<char> = all[next(all.len())].printed.chars().collect();
        for round in 0..25 {
            let mut text: Vec<char> = case.printed.chars().collect();
            for _ in 0..=round % 4 {
                let at = next(text.len() + 1);
                match next(5) {
                    0 => {
                        text.truncate(at);
                    }
                    1 => {
                        text.drain(..at);
                    }
                    2 => {
                        text.splice(at..at, INSERTS[next(INSERTS.len())].chars());
                    }
                    3 => {
                        let end = (at + 1 + next(4)).min(text.len());
                        text.drain(at.min(end)..end);
                    }
                    _ => {
                        text.splice(at..at, other.iter().copied());
                    }
                }
            }
            let text: String = text.into_iter().collect();
            let period = &periods[next(periods.len())];
            let frame = timeframe::read(&text, &Context { period: period.as_ref(), tables: &tables });
            assert_eq!(frame.printed, text.trim());
            assert!(frame.days(400).len() <= 400);
            if let (Some(start), Some(end)) = (frame.start, frame.end) {
                assert!(start <= end, "«{text}»: {start} > {end}");
            }
            let _ = (timeframe::explain(&frame, Language::Ru), frame.words(Language::En), frame.aloud(Language::Ru), frame.datetime());
            let _ = Period::parse(&text);
        }
    }
}
