//! The index of the search: what stands in it, and that it is that of the texts as they are now. `tests/browser/search.mjs` asks it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::{options, page, site};
use metodika::value::words::{STOP, Stems, words};
use metodika::{Build, build};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn index(build: &Build) -> Vec<(String, String)> {
    let paths = build.paths().filter(|path| path.starts_with("search/") && path.ends_with(".js"));
    paths.map(|path| (path.to_owned(), page(build, path))).collect()
}

fn holds(build: &Build, text: &str) -> bool {
    index(build).iter().any(|(_, file)| file.contains(text))
}

const PLAN: &str = "название: План\nгод: 2024\nразделы:\n  - название: Раздел\n    пункты:\n      - {номер: '1.1', мероприятие: Фестиваль афиш, срок: Май 2024, место: Ротонда}\n";

#[test]
fn what_pages_show_is_found() {
    let build = build(
        &site(&[
            ("plans/tula.yaml", PLAN),
            ("areas.yaml", "- {ид: kray, название: Краеведение}\n"),
            ("glossary.yaml", "- {название: ИБЦ, расшифровка: информационно-библиотечный центр}\n"),
            (
                "workshops/2024-03-01-vecher.md",
                "---\nназвание: Вечер\nнаправления: kray\nведущие: [Анна Щукина, методист]\nпрограмма:\n  - {время: '10:00', тема: Открытие выставки}\nзаписи:\n  - {ссылка: 'https://example.org/film', название: Кинохроника}\n---\nТекст про **самовары** и [чайники](https://example.org/pot).\n\n<div>обёртка</div>\n",
            ),
            ("news/2023-01-01-chernovik.md", "---\nназвание: Тайна\nчерновик: да\n---\nСекретное.\n"),
            ("news/2023-01-02-snyato.md", "---\nназвание: Снято\nснять: 2023-02-01\n---\nПрошедшее.\n"),
        ]),
        &options("2024-10-15"),
        None,
    );
    assert!(!build.has_errors(), "{:?}", build.diagnostics());
    let terms: String = index(&build).into_iter().filter(|(path, _)| path.contains("/words-")).map(|(_, file)| file).collect();
    // Terms are cut by what they have in common with the one before: their ends are enough.
    for stem in ["фестивал", "афиш", "ротонд", "амовар", "чайник", "щукин", "методист", "открыт", "выставк", "кинохроник", "краеведен"]
    {
        assert!(terms.contains(&stem[2..]), "{stem} is not among {terms}");
    }
    assert!(!terms.contains("example"), "an address is no word of the text");
    assert!(!holds(&build, "екретн") && !holds(&build, "Прошедш"));
    // A row leads to itself, a file to where it is.
    assert!(holds(&build, r#"["Фестиваль афиш","../plans/tula/#1.1","Пункт плана 1.1 · Май 2024 · План""#));
    assert!(holds(&build, r#"["Кинохроника","https://example.org/film","Файл · Вечер","","#));
    assert!(holds(&build, r#""synonyms":[[["ибц"],["информацион","библиотечн","центр"]]]"#));
    assert!(holds(&build, r#""runs":[["workshop",2024,0],["plan",2024,1],["row",2024,2],["file",2024,3]]"#));
}

#[test]
fn a_new_body_is_found_at_once_and_the_old_one_no_more() {
    let news = |body: &str| site(&[("news/2024-01-01-a.md", &format!("---\nназвание: А\n---\n{body}\n\nИ ещё.\n"))]);
    let (old, new) = (news("Про аистов."), news("Про журавлей."));
    let options = options("2024-10-15");
    let before = build(&old, &options, None);
    assert!(holds(&before, "аист"));
    let after = build(&new, &options, Some(&before));
    assert!(holds(&after, "журавл") && !holds(&after, "аист"));
    assert_eq!(index(&after), index(&build(&new, &options, None)));
    // The lists are of the same length whether the build knows the last one or not.
    let longer = news(&"Про журавлей на болоте. ".repeat(2000));
    let paths = |build: &Build| build.paths().map(str::to_owned).collect::<Vec<_>>();
    let long = build(&longer, &options, Some(&after));
    assert_eq!(paths(&long), paths(&build(&longer, &options, None)));
    assert_eq!(index(&long), index(&build(&longer, &options, None)));
}

#[test]
fn it_is_the_same_on_one_thread_and_on_many() {
    let files: Vec<(String, String)> = (0..60)
        .map(|n| (format!("news/2024-01-01-n{n}.md"), format!("---\nназвание: Новость {n}\n---\nСлово{} и слово.\n", n % 7)))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (sources, options) = (site(&files), options("2024-10-15"));
    let (one, many) = (build(&sources, &options, None), build(&sources, &options, None));
    many.make_index(&metodika::source::NoTexts, None);
    assert_eq!(index(&one), index(&many));
}

/// Words of the demonstration site and forms of them, with their stems: the script must find the same ones. `tests/browser/search.mjs` reads
/// what is written here.
#[test]
fn stems_are_written_down_for_the_script() {
    fn read(folder: &Path, out: &mut String) {
        let mut paths: Vec<_> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                read(&path, out);
            } else if path.extension().is_some_and(|e| e == "md" || e == "yaml") {
                out.push_str(&fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    const ENDINGS: [&str; 40] = [
        "а",
        "ы",
        "ов",
        "ам",
        "ами",
        "ах",
        "ость",
        "остью",
        "ейший",
        "ого",
        "ему",
        "ивши",
        "ившись",
        "ующий",
        "ла",
        "ло",
        "ли",
        "ть",
        "ешь",
        "нный",
        "енн",
        "ся",
        "ий",
        "ьи",
        "ё",
        "s",
        "es",
        "ed",
        "ing",
        "ly",
        "ness",
        "ational",
        "ization",
        "ion",
        "ies",
        "y",
        "ful",
        "able",
        "ement",
        "ll",
    ];
    let mut text = String::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &mut text);
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("starter/en"), &mut text);
    let own: BTreeSet<&str> = words(&text).collect();
    let stems = Stems::default();
    let mut lines = String::new();
    let mut count = 0;
    let mut add = |word: &str| {
        lines.push_str(&format!("{word}\t{}\n", stems.stem(word).unwrap_or_default()));
        count += 1;
    };
    STOP.iter().for_each(|word| add(word));
    for (n, word) in own.iter().enumerate() {
        add(word);
        (0..6).for_each(|k| add(&format!("{word}{}", ENDINGS[(n * 7 + k * 11) % ENDINGS.len()])));
    }
    assert!(count > 20_000, "{count} words");
    fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("stems.tsv"), lines).expect("written");
}
