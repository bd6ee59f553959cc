//! The reference of keys in the demonstration site is what the program prints: `BLESS=1 cargo test --test reference` writes it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::disallowed_macros)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// A page: its file, title and summary, what stands above the keys, and the subjects.
const PAGES: [(&str, &str, &str, &str, &[&str]); 4] = [
    (
        "keys.md",
        "Ключи материалов",
        "Все ключи мероприятий, планов, выпусков, практик, проектов, документов, новостей и страниц.",
        "Ключ можно писать по-русски или по-английски, прописными или строчными буквами; дефис, подчёркивание и пробел в нём — одно и то же. \
         Заготовку со всеми ключами создаёт команда `metodika new`, подсказки прямо в редакторе текста дают схемы из папки `schemas`.",
        &["workshop", "plan", "newsletter", "practice", "project", "document", "news", "page"],
    ),
    (
        "settings.md",
        "Настройки сайта",
        "Все ключи файла content/site.yaml.",
        "Обязательно только название; у всего остального есть значение по умолчанию.",
        &["site"],
    ),
    (
        "registries.md",
        "Реестры",
        "Ключи реестров: организации, люди, направления, компетенции, территории, памятные даты, сокращения.",
        "Реестр — список записей в одном файле. Материалы ссылаются на запись по иду, названию или любому из вариантов названия.",
        &["organisations", "people", "areas", "competencies", "territories", "observances", "glossary"],
    ),
    (
        "templates.md",
        "Данные шаблонов",
        "Что видит каждый шаблон темы: для тех, кто делает своё оформление.",
        "Страница для авторов тем. Пояснения взяты из кода программы, поэтому они по-английски. Файл темы с тем же именем в `themes/имя/templates/` \
         встаёт на место встроенного; всё остальное остаётся.",
        &["templates"],
    ),
];

fn printed(subject: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_metodika"));
    let output = command.args(["schema", subject, "--format", "md", "--lang", "ru"]).output().expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_pages_are_what_the_program_prints() {
    for (file, title, summary, intro, subjects) in PAGES {
        let mut text = format!("---\nназвание: {title}\nаннотация: \"{summary}\"\nдословно: true\n---\n{intro}\n\n");
        for (n, subject) in subjects.iter().enumerate() {
            let section = printed(subject);
            assert!(section.starts_with("## ") && section.contains("\n: "), "{section}");
            // What all documents have stands once, before the first of them.
            let own = section.rfind("\n## ").filter(|_| n > 0).map_or(&*section, |at| &section[at + 1..]);
            text.push_str(own);
        }
        let text = format!("{}\n", text.trim_end());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/pages/reference").join(file);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &text).expect("written");
        }
        assert!(fs::read_to_string(&path).is_ok_and(|there| there == text), "BLESS=1 writes {}", path.display());
    }
}

/// A template without a line in the reference would be one that authors of themes must guess at.
#[test]
fn every_template_has_its_view() {
    let output = Command::new(env!("CARGO_BIN_EXE_metodika")).args(["schema", "templates"]).output().expect("it runs");
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates");
    for entry in fs::read_dir(templates).expect("the theme") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if name.ends_with(".html") && name != "base.html" {
            assert!(schema["properties"][&name]["$ref"].is_string(), "{name}");
        }
    }
}
