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
