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
    let title = say!(
        language,
        "Имя стоит в названиях файлов; переименуйте их (прежний адрес страницы перестанет работать):",
        "Files are called by the name; rename them (the old address of the page will not be there any more):"
    );
    list(title, redaction.named_files.iter().map(|path| path.to_string()).collect());
    let title = say!(
        language,
        "Эти файлы приложены к материалам, где был назван человек; посмотрите, нет ли имени внутри них:",
        "These files belong to documents that named the person; see whether the name stands inside them:"
    );
    list(title, redaction.attached.clone());
    out
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

pub fn question(files: usize, language: Language) -> String {
    say!(language, "Записать изменения (файлов: {files})? да / нет: ", "Write the changes (files: {files})? yes / no: ")
}

pub fn declined(language: Language) -> String {
    say!(language, "Ничего не записано.", "Nothing was written.")
}

pub fn written(places: usize, files: usize, language: Language) -> String {
    say!(
        language,
        "Готово: мест — {places}, файлов — {files}. В истории Git имя остаётся, как и на уже опубликованном сайте до следующей сборки: соберите сайт заново, а историю при необходимости чистит тот, кто ведёт хранилище (git filter-repo).",
        "Done: {places} places in {files} files. The name stays in the history of Git, and on the published site until it is built again: build it, and let whoever keeps the repository clean the history if need be (git filter-repo)."
    )
}
