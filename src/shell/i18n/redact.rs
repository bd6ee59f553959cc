//! The words of `metodika redact`.

use super::say;
use metodika::redact::Redaction;
use metodika::value::language::Language;

/// What stands in running text in the place of a name.
pub fn removed(language: Language) -> &'static str {
    match language {
        Language::Ru => "(имя удалено)",
        Language::En => "(name removed)",
    }
}

/// Nobody of this name: message and hint.
pub fn unknown(name: &str, nearest: Option<&str>, language: Language) -> (String, String) {
    let message = say!(language, "в материалах нет человека «{name}»", "the content names nobody “{name}”");
    let hint = match nearest {
        Some(nearest) => say!(
            language,
            "Похоже на «{nearest}». Всех упомянутых показывает metodika people.",
            "Did you mean “{nearest}”? metodika people lists everybody."
        ),
        None => say!(language, "Всех упомянутых показывает metodika people.", "metodika people lists everybody who is mentioned."),
    };
    (message, hint)
}

/// What is left to the editor; empty if nothing is.
pub fn left(doubts: &[String], redaction: &Redaction, language: Language) -> String {
    let mut out = String::new();
    let mut list = |title: String, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("{title}\n"));
            lines.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
            out.push('\n');
        }
    };
    let title = say!(language, "Здесь может быть назван другой человек; проверьте сами:", "These may mean somebody else; look at them:");
    list(title, doubts.to_vec());
    let renaming = &redaction.renaming;
    let title = say!(language, "Файлы и папки получат другие имена:", "Files and folders get other names:");
    list(title, renaming.names.iter().map(|(path, new)| format!("{path} → {}", beside(path, new))).collect());
    let title = say!(
        language,
        "Эти файлы, может быть, названы по другому человеку; если нет, переименуйте их сами:",
        "These files may be called after somebody else; if not, rename them yourself:"
    );
    list(title, renaming.doubts.iter().map(|path| path.to_string()).collect());
    let title = say!(
        language,
        "Эти файлы программа переименовать не может: ссылка, папка закрыта для записи, файл темы или настроек. Переименуйте их сами:",
        "These files cannot be renamed by the program: a link, a folder that may not be written to, a file of the theme or of settings. Rename them yourself:"
    );
    list(title, renaming.fixed.iter().map(|path| path.to_string()).collect());
    let title = say!(
        language,
        "Эти файлы приложены к материалам, где был назван человек; посмотрите, нет ли имени внутри них:",
        "These files belong to documents that named the person; see whether the name stands inside them:"
    );
    list(title, redaction.attached.clone());
    if renaming.moves_pages {
        out.push_str(&say!(
            language,
            "Адреса страниц изменятся. Перенаправления с прежних не будет: оно сохранило бы имя в адресе.\n\n",
            "Addresses of pages change. Nothing redirects from the former ones: that would keep the name in an address.\n\n"
        ));
    }
    out
}

/// The path of a file or folder under its new name.
fn beside(path: &str, name: &str) -> String {
    path.rsplit_once('/').map_or_else(|| name.to_owned(), |(folder, _)| format!("{folder}/{name}"))
}

pub fn nothing(name: &str, language: Language) -> String {
    say!(language, "Убирать нечего: «{name}» нигде точно не назван.", "Nothing to take out: “{name}” is surely named nowhere.")
}

pub fn would_break(language: Language) -> String {
    say!(
        language,
        "Ничего не записано: после замены сайт не собрался бы. Уберите имя из этих мест сами и повторите.",
        "Nothing was written: the site would not build any more. Take the name out of these places yourself, and try again."
    )
}

/// Where nobody can answer: message and hint.
pub fn ask_first(language: Language) -> (String, String) {
    (
        say!(language, "изменения показаны, но подтвердить их некому", "the changes are shown, and nobody is there to confirm them"),
        say!(
            language,
            "Чтобы записать их без вопроса, добавьте --yes; только показать — --dry-run.",
            "Add --yes to write them without a question, --dry-run only to show them."
        ),
    )
}

pub fn question(files: usize, renamed: usize, language: Language) -> String {
    let renamed = match renamed {
        0 => String::new(),
        _ => say!(language, ", переименований: {renamed}", ", renamed: {renamed}"),
    };
    say!(language, "Записать изменения (файлов: {files}{renamed})? да / нет: ", "Write the changes (files: {files}{renamed})? yes / no: ")
}

/// A file stands where another is to get its name: message and hint.
pub fn occupied(path: &str, language: Language) -> (String, String) {
    (
        say!(language, "имя {path} уже занято", "{path} is there already"),
        say!(
            language,
            "Сайт этот файл не использует. Переименуйте или уберите его и повторите; ничего не записано.",
            "The site does not use that file. Rename it or take it away, and try again; nothing was written."
        ),
    )
}

pub fn declined(language: Language) -> String {
    say!(language, "Ничего не записано.", "Nothing was written.")
}

pub fn written(places: usize, files: usize, renamed: usize, language: Language) -> String {
    let renamed = match renamed {
        0 => String::new(),
        _ => say!(language, ", переименовано — {renamed}", ", {renamed} renamed"),
    };
    say!(
        language,
        "Готово: мест — {places}, файлов — {files}{renamed}. В истории Git имя остаётся, как и на уже опубликованном сайте до следующей сборки: соберите сайт заново, а историю при необходимости чистит тот, кто ведёт хранилище (git filter-repo).",
        "Done: {places} places in {files} files{renamed}. The name stays in the history of Git, and on the published site until it is built again: build it, and let whoever keeps the repository clean the history if need be (git filter-repo)."
    )
}
