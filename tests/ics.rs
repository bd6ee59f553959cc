//! The calendar as an independent parser reads it.

use icalendar::parser::{read_calendar, unfold};
use metodika::format::ics::{Event, FOOT, Header, Status, When, Zone, event, head};
use metodika::value::date::{Date, TimeSpan};

fn day(text: &str) -> Date {
    Date::parse_iso(text).expect("a day")
}

#[test]
fn an_independent_parser_reads_it() {
    let summary = "Школа «Профи»: чтение, письмо; итоги — и ещё очень длинное название, которое не помещается в одну строку файла";
    let whole = event(&Event {
        uid: "workshops/a@example.org".into(),
        when: When::Days(day("2015-03-18"), day("2015-03-20")),
        summary: summary.into(),
        description: Some("первая\nвторая \\ третья".into()),
        categories: vec!["чтение".into(), "краеведение, Псков".into()],
        geo: Some((57.8194, 28.3318)),
        ..Event::default()
    });
    let hours = event(&Event {
        uid: "workshops/b@example.org".into(),
        when: When::Hours {
            day: day("2024-10-05"),
            hours: TimeSpan::parse("10:00–12:00").expect("hours"),
            zone: Some("Europe/Moscow".into()),
        },
        summary: "Семинар".into(),
        status: Status::Cancelled,
        sequence: 2,
        organizer: Some(("Отдел; \"методика\"".into(), "a@example.org".into())),
        rrule: Some("FREQ=WEEKLY;COUNT=3".into()),
        ..Event::default()
    });
    let header = Header {
        name: "Календарь, все события".into(),
        prodid: "-//metodika//metodika 0.1.0//RU".into(),
        timezone: Zone::named("Europe/Moscow").map(|zone| (zone, day("2024-10-05"), day("2024-10-05"))),
        ..Header::default()
    };
    let text = [&head(&header), &whole, &hours, FOOT].concat();
    assert!(text.split_inclusive("\r\n").all(|line| line.ends_with("\r\n") && line.len() <= 77), "{text}");

    let unfolded = unfold(&text);
    let read = read_calendar(&unfolded).expect("a calendar");
    let names: Vec<&str> = read.components.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["VTIMEZONE", "VEVENT", "VEVENT"]);
    let property =
        |component: usize, name: &str| read.components[component].find_prop(name).map(|p| p.val.clone().unescape_text().to_string());
    assert_eq!(property(1, "DTSTART").as_deref(), Some("20150318"));
    assert_eq!(property(1, "DTEND").as_deref(), Some("20150321"));
    assert_eq!(property(1, "SUMMARY").as_deref(), Some(summary));
    assert_eq!(property(1, "DESCRIPTION").as_deref(), Some("первая\nвторая \\ третья"));
    assert_eq!(property(2, "STATUS").as_deref(), Some("CANCELLED"));
    assert_eq!(property(2, "SEQUENCE").as_deref(), Some("2"));
    let start = read.components[2].find_prop("DTSTART").expect("a start");
    assert_eq!((start.val.as_str(), start.params[0].val.as_ref().map(|v| v.as_str())), ("20241005T100000", Some("Europe/Moscow")));
}
