//! `metodika redact`: a person is taken out of the content, and the name stands nowhere on the site any more.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::{Temp, copy, run_in};
use metodika::value::declension::{forms, plain};
use metodika::value::slug::slug;
use std::fs;
use std::path::Path;

/// Every file below `folder`, as its path and its text in one.
fn everything(folder: &Path) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            // The editing page brings its own words.
            out.extend(everything(&path).into_iter().filter(|(path, _)| !path.contains("sveltia")));
        } else {
            out.push((path.to_string_lossy().into_owned(), String::from_utf8_lossy(&fs::read(&path).expect("read")).into_owned()));
        }
    }
    out
}

/// The files below `folder` that hold one of `words`, in any case or as an address has it.
fn holders(folder: &Path, words: &[&str]) -> Vec<String> {
    let forms: Vec<String> = words.iter().flat_map(|word| forms(word, None)).collect();
    let addresses: Vec<String> = words.iter().map(|word| slug(word)).collect();
    let holds = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| word.chars().count() > 3 && (forms.contains(&plain(word)) || addresses.contains(&word.to_lowercase())))
    };
    everything(folder).into_iter().filter(|(path, text)| holds(text) || holds(path)).map(|(path, _)| path).collect()
}

#[test]
fn of_the_demonstration_nothing_is_left() {
    let folder = Temp::new("redact-demo");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &folder.0.join("content"));
    let build = ["build", "--today", "2024-10-15", "--strict"];
    assert_eq!(run_in(&folder.0, &build).status, 0);
    assert!(holders(&folder.0.join("public"), &["Трач", "Руслана"]).len() > 10);
    let run = run_in(&folder.0, &["redact", "Руслана Васильевна Трач", "--yes"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("-  - Руслана Васильевна Трач, методист") && run.out.contains("В истории Git имя остаётся"), "{}", run.out);
    let run = run_in(&folder.0, &build);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(holders(&folder.0.join("public"), &["Трач", "Руслана", "Васильевна"]), [""; 0]);
    assert_eq!(holders(&folder.0.join("content"), &["Трач", "Руслана", "Васильевна"]), [""; 0]);
}

/// A site that names Авторкина in every field and in every way.
fn fixture(name: &str) -> Temp {
    let folder = Temp::new(name);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/people"), &folder.0);
    let replaced = [
        ("site.yaml", "люди: с основанием", "люди: все"),
        ("workshops/2024-10-10-seminar.md", "ведущие: [Ведущева О. И.,", "ведущие: [Авторкина А. П.,"),
        ("workshops/2024-10-10-seminar.md", "ведущий: \"Программова Яна Ильинична, заведующая\"", "ведущий: Авторкина А. П."),
        ("workshops/2024-10-10-seminar.md", "автор: Кадрушина Нина Львовна", "автор: А. П. Авторкина"),
        ("plans/plan.yaml", "кто: Директорова М. М., ", "кто: Авторкина А. П., "),
        ("plans/plan.yaml", "куратор: kuratorova", "куратор: avtorkina"),
        (
            "plans/plan.yaml",
            "руководитель: Главова Нелли Борисовна, заведующая отделом",
            "руководитель: Авторкина Анна Петровна, заведующая отделом",
        ),
        ("plans/plan.yaml", "отдел кадров Отвечаева В.Е., методисты", "отдел кадров Авторкина А.П., методисты"),
        ("plans/plan.yaml", "Безответнова К. К.", "Авторкина А. П."),
        ("plans/plan.yaml", "Петровская Анна, ", "Петровская Анна, avtorkina, "),
        ("newsletters/2024-02-01-list.md", "[redaktorova, ", "[avtorkina, "),
        ("documents/2024-04-01-polozhenie.md", "кто: Приказова Т. Т.", "кто: Авторкина А. П."),
        ("news/2024-05-01-novost.md", "Текст.", "адрес не указан"),
    ];
    for (file, from, to) in replaced {
        let path = format!("content/{file}");
        let text = folder.read(&path);
        assert!(text.contains(from), "{file}: {from}");
        folder.write(&path, text.replace(from, to));
    }
    folder.write(
        "content/practices/2024-03-05-tekst.md",
        "---\nназвание: Опыт Авторкиной\nадрес: opyt-avtorkinoj\nпрежние адреса: [/opyt-a-p-avtorkinoj/]\nаннотация: Рассказ Анны Петровны Авторкиной.\nфайлы: [{файл: zal.pdf, название: Доклад Авторкиной А.П.}]\n---\n\
         Анна Петровна Авторкина, или [Авторкина А. П.](/people/avtorkina/), работает с 2001 года. С А.\u{a0}П.\u{a0}Авторкиной говорили об Авторкиной-читателе.\n\n\
         Анне Петровне — спасибо! Благодарим Авторкину за рассказ.\n\n![Авторкина Анна у стенда](zal.png)\n\n\
         Авторкина Б. В. — другой человек.\n",
    );
    folder.write("content/practices/zal.pdf", "%PDF-1.4\n");
    copy(&folder.0.join("content/workshops"), &folder.0.join("spare"));
    fs::copy(folder.0.join("spare/zal.png"), folder.0.join("content/practices/zal.png")).expect("copied");
    folder
}

#[test]
fn every_field_and_every_spelling() {
    let folder = fixture("redact-fields");
    let build = ["build", "--today", "2024-09-01"];
    let run = run_in(&folder.0, &build);
    assert_eq!(run.status, 0, "{}", run.err);
    let run = run_in(&folder.0, &["redact", "avtorkina", "--yes", "--with", "коллега"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    let run_again = run_in(&folder.0, &build);
    assert_eq!(run_again.status, 0, "{}", run_again.err);
    // What may mean another is told and stays: here that is another person, and a word made of the name.
    let text = folder.read("content/practices/2024-03-05-tekst.md");
    assert!(text.contains("Авторкина Б. В. — другой человек."), "{text}");
    assert!(text.contains("коллега, или коллега, работает с 2001 года. С коллега говорили об Авторкиной-читателе."), "{text}");
    assert!(text.contains("коллега — спасибо! Благодарим коллега за рассказ.") && text.contains("![коллега у стенда](zal.png)"), "{text}");
    assert!(text.contains("название: Опыт коллега\nаннотация: Рассказ коллега.\n"), "{text}");
    folder.write(
        "content/practices/2024-03-05-tekst.md",
        text.replace("Авторкина Б. В.", "Б. В.").replace("Авторкиной-читателе", "читателе"),
    );
    assert_eq!(run_in(&folder.0, &build).status, 0);
    for place in ["public", "content"] {
        assert_eq!(holders(&folder.0.join(place), &["Авторкина", "Петровская"]), [""; 0]);
    }
    let plan = folder.read("content/plans/plan.yaml");
    for line in [
        "утверждено: {должность: Директор, приказ: {номер: 1, дата: 10.01.2024}}",
        "куратор: \"главный библиотекарь\"\n",
        "руководитель: \"заведующая отделом\"\n",
        "ответственные: \"отдел кадров, методисты\"}",
        "ответственные: \"главный библиотекарь\"}",
        "ответственные: [\"Перечнева Ада Марковна, хранитель\", Основательная В.П., otvechaeva]",
    ] {
        assert!(plan.contains(line), "{line}: {plan}");
    }
    let seminar = folder.read("content/workshops/2024-10-10-seminar.md");
    assert!(
        seminar.contains("ведущие: [Методический центр]\n") && seminar.contains("обложка: {файл: zal.png, описание: Зал}"),
        "{seminar}"
    );
    assert!(
        run.out.contains("content/practices/2024-03-05-tekst.md: zal.pdf") && run.out.contains("2024-03-05-tekst.md: zal.png"),
        "{}",
        run.out
    );
}

#[test]
fn nothing_is_written_without_a_yes() {
    let folder = fixture("redact-ask");
    let before = everything(&folder.0.join("content"));
    let run = run_in(&folder.0, &["redact", "avtorkina", "--dry-run"]);
    assert!(run.status == 0 && run.out.contains("+название: Опыт (имя удалено)"), "{}{}", run.out, run.err);
    let run = run_in(&folder.0, &["redact", "avtorkina"]);
    assert!(run.status == 2 && run.err.contains("--yes"), "{}{}", run.out, run.err);
    let run = run_in(&folder.0, &["redact", "Авторкена Анна Петровна"]);
    assert!(run.status == 2 && run.err.contains("Похоже на «Авторкина Анна Петровна»"), "{}", run.err);
    assert!(everything(&folder.0.join("content")) == before);
}

#[test]
fn a_surname_that_others_share_is_left_to_the_editor() {
    let folder = fixture("redact-shared");
    let people = folder.read("content/people.yaml");
    folder.write("content/people.yaml", people + "- {id: avtorkina-b, название: Авторкина Белла Викторовна, основание: post}\n");
    let run = run_in(&folder.0, &["redact", "avtorkina", "--dry-run"]);
    assert!(run.out.contains("Здесь может быть назван другой человек"), "{}", run.out);
    assert!(run.out.contains("content/practices/2024-03-05-tekst.md:2: название: Опыт Авторкиной\n"), "{}", run.out);
    assert!(!run.out.contains("Белла"), "{}", run.out);
}

/// A site where files and folders are called after Авторкина, in several alphabets, and much refers to them.
fn called(name: &str) -> Temp {
    let folder = fixture(name);
    let write = |file: &str, text: &str| folder.write(&format!("content/{file}"), text);
    for (from, to) in [
        ("workshops/zal.png", "workshops/avtorkina.png"),
        ("workshops/zal.png", "practices/Анна Авторкина.png"),
        ("practices/zal.pdf", "practices/авторкина-план.pdf"),
        ("practices/zal.pdf", "practices/AvtorkinaAnna/otchet_avtorkinoy.pdf"),
        ("practices/zal.pdf", "practices/avtorkina-marina.pdf"),
        ("practices/zal.pdf", "practices/material.pdf"),
    ] {
        let to = folder.0.join("content").join(to);
        fs::create_dir_all(to.parent().expect("a folder")).expect("made");
        fs::copy(folder.0.join("content").join(from), to).expect("copied");
    }
    write(
        "practices/2024-03-06-iz-opyta-avtorkinoj.md",
        "---\nназвание: Первый опыт\nобложка: {файл: Анна Авторкина.png, описание: У стенда}\nфайлы: [авторкина-план.pdf, material.pdf, avtorkina-marina.pdf, {файл: AvtorkinaAnna/otchet_avtorkinoy.pdf, название: Отчёт}]\nпункт плана: avtorkina-plan/1\nпроект: shkola-avtorkinoj\n---\nТекст [второго](AvtorkinaAnna/index.md), [его же](avtorkinaanna-2.md).\n",
    );
    write(
        "practices/AvtorkinaAnna/index.md",
        "---\nназвание: Второй опыт\nпрежние адреса: [/opyt-avtorkinoj/, /staryj/]\n---\nФайл [отчёта](otchet_avtorkinoy.pdf) и [план](../%D0%B0%D0%B2%D1%82%D0%BE%D1%80%D0%BA%D0%B8%D0%BD%D0%B0-%d0%bf%d0%bb%d0%b0%d0%bd.pdf), ![зал](<../Анна Авторкина.png>).\n",
    );
    write("practices/avtorkinaanna-2.md", "---\nназвание: Третий опыт\n---\nТекст.\n");
    write("projects/shkola-avtorkinoj.yaml", "название: Школа\nцель: Помочь\nпериод: 2024\n");
    write(
        "plans/avtorkina-plan.yaml",
        "название: План школы\nгод: 2024\nразделы: [{название: Раздел, пункты: [{номер: 1, название: Семинар школы, срок: март 2024, результаты: [../practices/2024-03-06-iz-opyta-avtorkinoj.md]}]}]\n",
    );
    write("documents/2024-01-01-avtorkina.md", "---\nназвание: Прежнее положение\nвид: положение\n---\nТекст.\n");
    write(
        "documents/2024-06-01-novoe.md",
        "---\nназвание: Новое положение\nвид: положение\nзаменяет: 2024-01-01-avtorkina.md\n---\n[Опыт](/practices/iz-opyta-avtorkinoj/), [ещё](https://example.org/blog/practices/iz-opyta-avtorkinoj/), [файл](../practices/2024-03-06-iz-opyta-avtorkinoj), [сноска][а], [чужое](https://other.example/practices/opyt-avtorkinoj/).\n\n[а]: ../practices/2024-03-06-iz-opyta-avtorkinoj.md\n\n<img src=\"../workshops/avtorkina.png\" alt=\"зал\">\n",
    );
    write(
        "newsletters/2024-04-01-aprel.md",
        "---\nназвание: Апрель\nномер: 2\nсобрать: {с: 2024-03-01, по: 2024-03-31}\n---\nО школе: [план](../plans/avtorkina-plan.yaml#1).\n",
    );
    let site = folder.read("content/site.yaml");
    folder.write("content/site.yaml", site + "меню: [{название: Опыт, адрес: practices/2024-03-06-iz-opyta-avtorkinoj.md}, {название: Школа, адрес: /projects/shkola-avtorkinoj/}]\n");
    folder
}

/// Every path and every line below `folder` that holds the surname, in Russian or Latin letters, in whatever case.
fn named(folder: &Path) -> Vec<String> {
    let holds = |text: &str| {
        let text = text.to_lowercase();
        ["авторкин", "avtorkin", "%d0%b0%d0%b2%d1%82%d0%be%d1%80%d0%ba%d0%b8%d0%bd"].iter().any(|name| text.contains(name))
    };
    let of_file = |(path, text): (String, String)| -> Vec<String> {
        let at = Path::new(&path).strip_prefix(folder).expect("below").to_string_lossy().into_owned();
        let lines = text.lines().filter(|line| holds(line)).map(|line| format!("{at}: {line}"));
        holds(&at).then(|| at.clone()).into_iter().chain(lines).collect()
    };
    everything(folder).into_iter().flat_map(of_file).collect()
}

#[test]
fn files_folders_and_addresses_lose_the_name() {
    let folder = called("redact-called");
    let build = ["build", "--today", "2024-09-01"];
    let run = run_in(&folder.0, &build);
    assert_eq!(run.status, 0, "{}", run.err);
    let published = |name: &str| named(&folder.0.join("public")).iter().any(|line| line.starts_with(name));
    assert!(published("practices/iz-opyta-avtorkinoj/index.html") && published("files/practices/AvtorkinaAnna/otchet_avtorkinoy.pdf"));
    let before = everything(&folder.0.join("content"));
    let run = run_in(&folder.0, &["redact", "avtorkina", "--dry-run"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    for line in [
        "content/practices/2024-03-06-iz-opyta-avtorkinoj.md → content/practices/2024-03-06-iz-opyta.md\n",
        "content/practices/AvtorkinaAnna → content/practices/material-3\n",
        "content/practices/AvtorkinaAnna/otchet_avtorkinoy.pdf → content/practices/AvtorkinaAnna/otchet.pdf\n",
        "content/documents/2024-01-01-avtorkina.md → content/documents/2024-01-01-material",
        "content/workshops/avtorkina.png → content/workshops/material-",
        "может быть, названы по другому человеку; если нет, переименуйте их сами:\n  content/practices/avtorkina-marina.pdf\n",
        "Перенаправления с прежних не будет",
        "https://other.example/practices/opyt-avtorkinoj/",
    ] {
        assert!(run.out.contains(line), "{line}: {}", run.out);
    }
    assert!(everything(&folder.0.join("content")) == before);

    let run = run_in(&folder.0, &["redact", "avtorkina", "--yes"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("переименовано — "), "{}", run.out);
    // What was told is the editor's: another person, a word made of the name, a site of others, the file of Марина.
    for (file, from, to) in [
        ("practices/2024-03-05-tekst.md", "Авторкина Б. В.", "Б. В."),
        ("practices/2024-03-05-tekst.md", "Авторкиной-читателе", "читателе"),
        ("documents/2024-06-01-novoe.md", "https://other.example/practices/opyt-avtorkinoj/", "https://other.example/"),
        ("practices/2024-03-06-iz-opyta.md", "avtorkina-marina.pdf, ", ""),
    ] {
        let path = format!("content/{file}");
        let text = folder.read(&path);
        assert!(text.contains(from), "{file}: {text}");
        folder.write(&path, text.replace(from, to));
    }
    fs::remove_file(folder.0.join("content/practices/avtorkina-marina.pdf")).expect("removed");
    let run = run_in(&folder.0, &build);
    assert_eq!(run.status, 0, "{}", run.err);
    for place in ["content", "public"] {
        assert_eq!(named(&folder.0.join(place)), [""; 0]);
    }
    // Everything leads where it led.
    let paper = folder.read("public/documents/novoe/index.html");
    for link in ["Опыт", "файл", "сноска"] {
        assert!(paper.contains(&format!("<a href=\"../../practices/iz-opyta/\">{link}</a>")), "{link}: {paper}");
    }
    assert!(paper.contains("href=\"https://example.org/blog/practices/iz-opyta/\""), "{paper}");
    assert!(folder.read("content/documents/2024-06-01-novoe.md").contains("<img src=\"../workshops/material-4.png\""));
    assert!(folder.read("content/site.yaml").contains("practices/2024-03-06-iz-opyta.md"));
    assert!(folder.0.join("public/staryj/index.html").exists() && folder.0.join("public/opyt-avtorkinoj").symlink_metadata().is_err());
    let run = run_in(&folder.0, &["redact", "Авторкина Анна Петровна", "--yes"]);
    assert!(run.status == 2 && run.err.contains("нет человека"), "{}{}", run.out, run.err);
}

#[test]
fn files_alone_may_be_called_after_somebody() {
    let folder = Temp::new("redact-files");
    folder.write("content/site.yaml", "название: Служба\n");
    folder.write("content/news/ivanova.md", "---\nназвание: Новость\nдата: 2024-01-01\n---\nТекст.\n");
    let run = run_in(&folder.0, &["redact", "Иванова Анна Петровна", "--yes"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    assert!(folder.read("content/news/material.md").contains("название: Новость"));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_renamed_is_told() {
    let folder = fixture("redact-links");
    std::os::unix::fs::symlink("zal.pdf", folder.0.join("content/practices/avtorkina.pdf")).expect("linked");
    folder.write("themes/own/static/avtorkina.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let run = run_in(&folder.0, &["redact", "avtorkina", "--yes"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("переименовать не может"), "{}", run.out);
    assert!(run.out.contains("  content/practices/avtorkina.pdf\n  themes/own/static/avtorkina.svg\n"), "{}", run.out);
    assert!(folder.0.join("content/practices/avtorkina.pdf").exists());
}
