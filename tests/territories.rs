//! Who serves which territory, and which of them events reached.

mod common;

use common::{options, page, site};
use metodika::{Build, build};

const TERRITORIES: &str = "\
- {id: oblast, name: Область}
- {id: north, name: Северный район, part_of: Область, coordinates: {lat: 54.5, lon: 37.0}}
- {id: south, name: Южный район, part_of: Область, coordinates: {lat: 53.5, lon: 37.5}}
- {id: west, name: Западный район, part_of: Область, coordinates: {lat: 54.0, lon: 36.2}}
- {id: east, name: Восточный район, part_of: Область}
";
const ORGANISATIONS: &str = "\
- {id: base, name: Базовая библиотека, territory: Северный район, base_for: [Краеведение], territories: [Северный район, Южный район], address: ул. Садовая}
- {id: other, name: Другая библиотека, territory: Восточный район}
";

fn built() -> Build {
    let event = |title: &str, rest: &str| format!("---\ntitle: {title}\n{rest}\n---\nx\n");
    let files = [
        ("workshops/2023-05-10-a.md", event("Прошлый", "host: Другая библиотека")),
        ("workshops/2024-02-10-b.md", event("Первый", "host: Базовая библиотека\nparticipants: 12")),
        ("workshops/2024-03-10-c.md", event("Второй", "host: Базовая библиотека\nterritory: Северный район\nparticipants: 8")),
        ("workshops/2024-04-10-d.md", event("Отменённый", "territory: Западный район\nstatus: cancelled")),
        ("workshops/2024-11-10-e.md", event("Будущий", "territory: Западный район")),
        ("workshops/2024-12-10-f.md", event("Зимний", "host: Базовая библиотека")),
    ];
    let mut all: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    all.push(("site.yaml", "title: Служба\nbase_url: https://example.org/blog/\nplanning_checks: false\norganisation: Базовая библиотека\ncontacts: [8 (000) 123-45-67]\n"));
    all.extend([("territories.yaml", TERRITORIES), ("organisations.yaml", ORGANISATIONS), ("areas.yaml", "- Краеведение\n")]);
    build(&site(&all), &options("2024-06-01"), None)
}

/// The text of the row of a table that begins with `head`: its cells.
fn row(html: &str, head: &str) -> Vec<String> {
    let row = html.split("<tr").find(|row| row.contains(&format!(">{head}<"))).unwrap_or_else(|| panic!("no {head}: {html}"));
    let row = row.split("</tr").next().unwrap_or_default();
    let text = row.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text.trim().to_owned());
    text.filter(|text| !text.is_empty()).collect()
}

#[test]
fn each_district_names_its_bases_or_says_that_there_are_none() {
    let build = built();
    let index = page(&build, "territories/index.html");
    assert_eq!(row(&index, "Южный район"), ["Южный район", "Область", "Базовая библиотека", ": Краеведение"]);
    assert_eq!(row(&index, "Восточный район"), ["Восточный район", "Область", "базовая организация не назначена"]);
    // Who looks for its base is told that there is none, and whom to ask.
    let east = page(&build, "territories/east/index.html");
    assert!(east.contains("Базовая организация этой территории пока не назначена.") && !east.contains("Кто обслуживает</dt>"), "{east}");
    assert!(east.contains("обращайтесь сюда: <a href=\"../../organisations/base/\">Базовая библиотека</a>."), "{east}");
    assert!(east.contains("<li>8 (000) 123-45-67</li></ul></div>"), "{east}");
    assert!(
        index.contains("../territories/east/") && !page(&build, "territories/south/index.html").contains("пока не назначена"),
        "{index}"
    );
    // Nothing takes place in it but at its base: its page says who serves it and what is next there.
    let south = page(&build, "territories/south/index.html");
    assert!(south.contains("Кто обслуживает") && south.contains("../../organisations/base/") && south.contains("Садовая"), "{south}");
    assert!(south.contains("Зимний") && !south.contains("Будущий"), "{south}");
    let base = page(&build, "organisations/base/index.html");
    assert!(base.contains("Обслуживает") && base.contains("../../territories/south/"), "{base}");
}

#[test]
fn who_was_reached_in_a_year_and_who_was_not() {
    let build = built();
    let year = page(&build, "territories/coverage/2024/index.html");
    let cells = |head: &str| row(&year[year.find("id=\"table\"").expect("a table")..], head)[2..5].join(" ");
    assert_eq!(cells("Северный район"), "2 20 1");
    assert_eq!(cells("Южный район"), "2 20 1");
    assert_eq!(cells("Западный район"), "нет — 1");
    assert_eq!(cells("Восточный район"), "нет — —");
    assert!(year.contains("Охвачено территорий: 3 / 5. Не охвачены: "), "{year}");
    // The three that have coordinates are on the map: two reached, one ahead.
    for (class, count) in [("reached", 2), ("ahead", 1), ("missed", 0)] {
        assert_eq!(year.matches(&format!("<circle class=\"{class}\"")).count(), count, "{class}");
    }
    assert!(year.contains("role=\"img\" aria-labelledby=\"map1-t map1-d\""), "{year}");
    assert_eq!(page(&build, "territories/coverage/index.html").matches("<circle class=").count(), 3, "the current year comes first");
    let before = page(&build, "territories/coverage/2023/index.html");
    assert!(before.contains("Охвачено территорий: 2 / 5.") && !before.contains("<circle class="), "{before}");
    assert!(page(&build, "sitemap.xml").contains("/territories/coverage/2023/"));
}
