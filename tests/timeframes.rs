//! Time frames as printed in real plans, and others of the same kinds.

use metodika::value::date::Date;
use metodika::value::timeframe::{Context, NamedSpan, Observance, Period, Tables, TimeFrame, read};
use metodika::value::yaml::{self, Node, Value};

fn tables(full: bool) -> Tables {
    let day = |text: &str| Date::parse_iso(text).expect(text);
    let span = |name: &str, start: &str, end: &str| NamedSpan { name: name.into(), start: day(start), end: day(end) };
    if !full {
        return Tables::default();
    }
    Tables {
        terms: vec![
            span("I четверть", "2024-09-02", "2024-10-27"),
            span("II четверть", "2024-11-05", "2024-12-29"),
            span("III четверть", "2025-01-09", "2025-03-23"),
            span("IV четверть", "2025-03-31", "2025-05-26"),
        ],
        holidays: vec![span("осенние каникулы", "2024-10-28", "2024-11-04"), span("зимние каникулы", "2024-12-30", "2025-01-08")],
        observances: vec![
            Observance {
                names: vec!["общероссийский день библиотек".into(), "день библиотек".into()], month: 5, day: 27, year: None
            },
            Observance { names: vec!["день знаний".into()], month: 9, day: 1, year: None },
        ],
        ..Tables::default()
    }
}

/// Compares the keys that `expected` names; of the others only a warning must not appear unexpected.
fn differences(frame: &TimeFrame, expected: &Node) -> Vec<String> {
    let json = serde_json::to_value(frame).expect("a frame is JSON");
    let mut out = compare(&json, expected, "");
    if get(expected, "warning").is_none() && json.get("warning").is_some() {
        out.push(format!("unexpected warning {}", json["warning"]));
    }
    out
}

fn compare(json: &serde_json::Value, expected: &Node, path: &str) -> Vec<String> {
    let Value::Map(pairs) = &expected.value else { return vec![format!("{path}: not a map")] };
    let mut out = Vec::new();
    for (key, node) in pairs.iter().filter(|(key, _)| key.text != "note") {
        let found = &json[&*key.text];
        match &node.value {
            Value::Scalar(text) => {
                let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
                if found != *text {
                    out.push(format!("{path}{}: {found}, expected {text}", key.text));
                }
            }
            Value::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    out.extend(compare(&found[i], item, &format!("{path}{}[{i}].", key.text)));
                }
                if found.as_array().map(Vec::len) != Some(items.len()) {
                    out.push(format!("{path}{}: {found}", key.text));
                }
            }
            Value::Map(_) => out.extend(compare(found, node, &format!("{path}{}.", key.text))),
            Value::Null => {}
        }
    }
    out
}

fn get<'n>(node: &'n Node<'n>, key: &str) -> Option<&'n Node<'n>> {
    match &node.value {
        Value::Map(pairs) => pairs.iter().find(|(k, _)| k.text == key).map(|(_, n)| n),
        _ => None,
    }
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    match &get(node, key)?.value {
        Value::Scalar(text) => Some(text.as_ref()),
        _ => None,
    }
}

fn cases(file: &str) -> Vec<Node<'_>> {
    let Node { value: Value::List(cases), .. } = yaml::parse(file, 0).expect("the fixture is YAML") else {
        panic!("the fixture is a list")
    };
    cases
}

fn run(case: &Node, full: bool) -> (String, TimeFrame) {
    let printed = text(case, "printed").expect("printed");
    let context = text(case, "context").unwrap_or("2024");
    let period = if context == "none" { None } else { Some(Period::parse(context).unwrap_or_else(|| panic!("no period: {context}"))) };
    let tables = tables(full);
    let frame = read(printed, &Context { period: period.as_ref(), tables: &tables });
    (format!("«{printed}» in {context}"), frame)
}

#[track_caller]
fn check(file: &str, full: bool) {
    let failures: Vec<String> = cases(file)
        .iter()
        .filter_map(|case| {
            let (name, frame) = run(case, full);
            let wrong = differences(&frame, get(case, "expect").expect("expect"));
            (!wrong.is_empty()).then(|| format!("{name}: {}", wrong.join("; ")))
        })
        .collect();
    assert!(failures.is_empty(), "{} of them:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_string_of_real_plans_reads_as_it_must() {
    check(include_str!("fixtures/timeframes.yaml"), false);
}

#[test]
fn other_strings_of_the_same_kinds_read_too() {
    check(include_str!("fixtures/timeframes-more.yaml"), true);
}

#[test]
fn the_last_wednesday_of_each_month_begins_in_january() {
    let tables = Tables::default();
    let frame = read("каждая последняя среда месяца", &Context { period: Some(&Period::Calendar(2024)), tables: &tables });
    let days: Vec<String> = frame.days(12).iter().map(|d| d.to_string()).collect();
    assert_eq!(days[..3], ["2024-01-31", "2024-02-28", "2024-03-27"]);
    assert_eq!(days.len(), 12);
}

/// Cuts, doubles and swaps of real strings: nothing may panic, whatever stands there.
#[test]
fn no_string_panics() {
    let tables = tables(true);
    let mut seed = 7u64;
    let mut next = move |n: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % n.max(1)
    };
    let all: Vec<Node> =
        cases(include_str!("fixtures/timeframes.yaml")).into_iter().chain(cases(include_str!("fixtures/timeframes-more.yaml"))).collect();
    let texts: Vec<&str> = all.iter().filter_map(|c| text(c, "printed")).collect();
    for round in 0..4000 {
        let a: Vec<char> = texts[round % texts.len()].chars().collect();
        let b: Vec<char> = texts[next(texts.len())].chars().collect();
        let (i, j) = (next(a.len() + 1), next(b.len() + 1));
        let mixed: String = a[..i].iter().chain(&b[j..]).collect();
        for period in [None, Some(Period::Calendar(2024)), Some(Period::School(2200)), Some(Period::Calendar(1900))] {
            let frame = read(&mixed, &Context { period: period.as_ref(), tables: &tables });
            frame.days(400);
            metodika::value::timeframe::explain(&frame, metodika::value::language::Language::Ru);
        }
    }
}

/// A reading put into words means the same when it is read: the two halves of the language agree.
#[test]
fn the_words_of_a_reading_read_the_same() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (file, full) in [(include_str!("fixtures/timeframes.yaml"), false), (include_str!("fixtures/timeframes-more.yaml"), true)] {
        let tables = tables(full);
        for case in &cases(file) {
            let (name, frame) = run(case, full);
            wrong.extend(rereading(&frame, &tables).map(|told| format!("{name}: {told}")));
            compared += 1;
        }
    }
    // Days, months, spans of both and deadlines, over three years.
    let tables = Tables::default();
    let read_in = |text: &str, year: i16| read(text, &Context { period: Some(&Period::Calendar(year)), tables: &tables });
    let months = ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"];
    for year in 2023..2026 {
        for (n, month) in months.iter().enumerate() {
            let last = months[(n + 3).min(11)];
            let texts = [
                format!("{month} {year}"),
                format!("{month} – {last} {year}"),
                format!("{}.{:02}.{year}", n + 1, n + 1),
                format!("до {:02}.{:02}.{year}", 28 - n, n + 1),
                format!("{:02}.{:02}.{year} – {:02}.{:02}.{year}", n + 3, n + 1, n + 9, n + 1),
                format!("с {:02}.{:02}.{year} по 28.12.{year}", n + 3, n + 1),
                format!("первая декада {}.{year}", n + 1),
                format!("конец {month} {year}"),
                format!("{} квартал {year}", n / 3 + 1),
                format!("{} полугодие {year}", n / 6 + 1),
                "в течение года".to_owned(),
                "ежемесячно".to_owned(),
                "еженедельно, по вторникам".to_owned(),
            ];
            for text in texts {
                wrong.extend(rereading(&read_in(&text, year), &tables).map(|told| format!("«{text}» in {year}: {told}")));
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "{compared}");
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What the words of `frame` read as, where that is something else.
fn rereading(frame: &TimeFrame, tables: &Tables) -> Option<String> {
    use metodika::value::language::Language;
    use metodika::value::timeframe::Kind;
    if matches!(frame.kind, Kind::Error | Kind::OnDemand | Kind::External | Kind::Tbd) || frame.start.is_none() && frame.end.is_none() {
        return None;
    }
    let words = frame.words(Language::Ru);
    // The words say all: no year stands around them but that of the frame.
    let period = frame.end.or(frame.start).map(|day| Period::Calendar(day.year()));
    let again = read(&words, &Context { period: period.as_ref(), tables });
    // A deadline begins where the plan does, of which its words say nothing.
    let start = |f: &TimeFrame| f.start.filter(|_| f.kind != Kind::Deadline);
    let repeats = |f: &TimeFrame| f.recurrence.as_ref().map(|r| (r.times, r.per));
    let told = |f: &TimeFrame| format!("{:?} {:?} – {:?} {:?} {:?}", f.kind, start(f), f.end, f.time, repeats(f));
    (told(frame) != told(&again)).then(|| format!("«{words}»: {}, was {}", told(&again), told(frame)))
}
