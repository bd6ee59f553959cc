//! The shell's own words, in Russian and English: the one place for them. Those of diagnostics belong to the core.

pub mod exchange;
pub mod failure;
pub mod help;
pub mod import;
pub mod init;
pub mod redact;
pub mod usage;

use metodika::diagnostic::Severity;
use metodika::value::date::{self, Date};
use metodika::value::language::Language;
use metodika::value::plural::noun;
use std::time::Duration;

/// One of two format strings, by the language.
macro_rules! say {
    ($language:expr, $ru:literal, $en:literal) => {
        match $language {
            metodika::value::language::Language::Ru => format!($ru),
            metodika::value::language::Language::En => format!($en),
        }
    };
}
pub(super) use say;

/// «2 ошибки»: `ru` holds the forms for 1, 2 and 5, `en` those for 1 and 2.
fn count(n: usize, ru: [&'static str; 3], en: [&'static str; 2], language: Language) -> String {
    format!("{n} {}", noun(n, ru, en, language))
}

fn files(n: usize, language: Language) -> String {
    count(n, ["файл", "файла", "файлов"], ["file", "files"], language)
}

/// «0,84 с».
fn seconds(duration: Duration, language: Language) -> String {
    let text = format!("{:.2}", duration.as_secs_f64());
    match language {
        Language::Ru => format!("{} с", text.replace('.', ",")),
        Language::En => format!("{text} s"),
    }
}

pub fn severity(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Ru) => "ошибка",
        (Severity::Warning, Language::Ru) => "предупреждение",
        (Severity::Note, Language::Ru) => "замечание",
        (Severity::Error, Language::En) => "error",
        (Severity::Warning, Language::En) => "warning",
        (Severity::Note, Language::En) => "note",
    }
}

pub fn hint(language: Language) -> String {
    say!(language, "подсказка", "hint")
}

/// The heading of the two lines that show a correction.
pub fn was_becomes(language: Language) -> String {
    say!(language, "было/стало:", "was/becomes:")
}

/// Before a correction that stands alone.
pub fn becomes(language: Language) -> String {
    say!(language, "Напишите", "Write")
}

pub fn see_also(language: Language) -> String {
    say!(language, "см. также", "see also")
}

/// «2 ошибки, 1 предупреждение»; what is none is left out.
pub fn counts(errors: usize, warnings: usize, notes: usize, language: Language) -> String {
    let parts = [
        (errors, count(errors, ["ошибка", "ошибки", "ошибок"], ["error", "errors"], language)),
        (warnings, count(warnings, ["предупреждение", "предупреждения", "предупреждений"], ["warning", "warnings"], language)),
        (notes, count(notes, ["замечание", "замечания", "замечаний"], ["note", "notes"], language)),
    ];
    parts.iter().filter(|(n, _)| *n > 0).map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(", ")
}

pub fn hidden_notes(notes: usize, language: Language) -> String {
    let notes = count(notes, ["замечание", "замечания", "замечаний"], ["note", "notes"], language);
    say!(language, "ещё {notes} (показать: -v)", "{notes} more (shown with -v)")
}

/// What a build did.
#[derive(Debug, Clone, Copy, Default)]
pub struct Summary {
    pub documents: usize,
    pub pages: usize,
    pub files: usize,
    pub reused: usize,
    pub written: usize,
    pub took: Duration,
}

pub fn summary(summary: &Summary, target: &str, language: Language) -> String {
    let Summary { documents, pages, reused, written, .. } = *summary;
    let (all, took) = (files(summary.files, language), seconds(summary.took, language));
    let documents = count(documents, ["документ", "документа", "документов"], ["document", "documents"], language);
    let pages = count(pages, ["страница", "страницы", "страниц"], ["page", "pages"], language);
    say!(
        language,
        "Готово: {documents}, {pages}, всего {all} (без изменений {reused}, записано {written}), {took} → {target}",
        "Done: {documents}, {pages}, {all} in all ({reused} unchanged, {written} written), {took} → {target}"
    )
}

/// That newsletters are not made as letters.
pub fn no_mail(language: Language) -> String {
    match language {
        Language::Ru => "Выпуски не сделаны письмами: ссылки в письме полные, а адрес сайта не указан (base_url).",
        Language::En => {
            "Newsletters are not made as letters: links in a letter are absolute, and the site's address is not given (base_url)."
        }
    }
    .to_owned()
}

/// The headings of the tables of `--timings`.
pub fn timings(language: Language) -> [&'static str; 7] {
    match language {
        Language::Ru => ["этап", "мс", "шаблон", "файлов", "КиБ", "сборка, мс", "запись, мс"],
        Language::En => ["stage", "ms", "template", "files", "KiB", "render, ms", "write, ms"],
    }
}

pub fn next_change(date: Date, language: Language) -> String {
    let day = date::day(date, language);
    say!(language, "Следующая пересборка изменит сайт {day}", "The next rebuild that changes the site is on {day}")
}

pub fn not_published(target_exists: bool, language: Language) -> String {
    match target_exists {
        true => say!(language, "Сайт не опубликован; прежний остался как был.", "The site was not published; the old one is as it was."),
        false => say!(language, "Сайт не опубликован.", "The site was not published."),
    }
}

pub fn checked(documents: usize, took: Duration, language: Language) -> String {
    let (documents, took) =
        (count(documents, ["документ", "документа", "документов"], ["document", "documents"], language), seconds(took, language));
    say!(language, "Проверено: {documents}, {took}", "Checked: {documents}, {took}")
}

/// What `check --fix` did in `files`, or would do; `rest` is what it leaves to a person.
pub fn mended(fixes: usize, files: usize, rest: usize, dry_run: bool, language: Language) -> String {
    let places = count(fixes, ["место", "места", "мест"], ["place", "places"], language);
    let in_files = match language {
        Language::Ru => format!("{files} {}", noun(files, ["файле", "файлах", "файлах"], ["", ""], language)),
        Language::En => self::files(files, language),
    };
    let done = match (fixes, dry_run) {
        (0, _) => say!(language, "Исправлять самой программе нечего", "There is nothing to mend without you"),
        (_, true) => say!(
            language,
            "Можно исправить {places} в {in_files}; ничего не записано",
            "{places} in {in_files} can be mended; nothing is written"
        ),
        (_, false) => say!(language, "Исправлено {places} в {in_files}", "Mended: {places} in {in_files}"),
    };
    match rest {
        0 => say!(language, "{done}; больше замечаний нет.", "{done}; nothing else is left."),
        _ => say!(language, "{done}; посмотреть самим осталось {rest}, см. выше.", "{done}; {rest} left for you to look at, see above."),
    }
}

pub fn progress(done: usize, total: usize, language: Language) -> String {
    say!(language, "Страницы и файлы: {done} из {total}", "Pages and files: {done} of {total}")
}

/// A published address that the build has not got: message and hint.
pub fn missing_url(address: &str, language: Language) -> (String, String) {
    (
        say!(
            language,
            "адрес «{address}» был опубликован, а в новом сайте его нет",
            "the address “{address}” was published and is not in the new site"
        ),
        say!(
            language,
            "Укажите прежний адрес в «прежние адреса» (aliases) того документа, который теперь стоит вместо него.",
            "Name the old address in the `aliases` of the document that now stands for it."
        ),
    )
}

/// Before the list of what a person must decide in the skeleton of a plan.
pub fn doubts(n: usize, language: Language) -> String {
    match n {
        0 => say!(language, "Вопросов нет.", "There are no questions."),
        n => {
            let questions = count(n, ["вопрос", "вопроса", "вопросов"], ["question", "questions"], language);
            say!(language, "Решить до утверждения: {questions}", "To be settled before it is signed: {questions}")
        }
    }
}

pub fn report_written(path: &str, language: Language) -> String {
    say!(language, "Записано: {path}", "Written: {path}")
}

/// A new document is there.
pub fn document_made(path: &str, language: Language) -> String {
    say!(
        language,
        "Создан файл {path}\nОткройте его в редакторе текста, заполните нужное и посмотрите, что вышло: metodika serve --open",
        "Made {path}\nOpen it in a text editor, fill in what you need, and see what has come of it: metodika serve --open"
    )
}

/// Schemas stand in `folder`; `written` of them are new or different.
pub fn schemas_written(folder: &str, all: usize, written: usize, language: Language) -> String {
    let all = count(all, ["схема", "схемы", "схем"], ["schema", "schemas"], language);
    say!(language, "{folder}: {all}, из них записано заново: {written}", "{folder}: {all}, {written} of them written anew")
}

/// Beside a report of a site with errors.
pub fn report_of_faulty_site(errors: usize, language: Language) -> String {
    let errors = count(errors, ["ошибка", "ошибки", "ошибок"], ["error", "errors"], language);
    say!(
        language,
        "В материалах {errors}: отчёт может быть неполон. Все ошибки показывает metodika check.",
        "The content has {errors}: the report may be incomplete. metodika check shows all of them."
    )
}

pub fn symlink_outside(language: Language) -> String {
    say!(language, "ссылка ведёт за пределы папки сайта", "the link leads out of the site's folder")
}

pub fn drawing_runs_code(language: Language) -> String {
    say!(
        language,
        "рисунок SVG со сценариями, обработчиками, ссылками наружу или с ошибками; сохраните его как простой SVG или как PNG",
        "a drawing in SVG with scripts, handlers, links to elsewhere or mistakes; save it as plain SVG or as PNG"
    )
}

pub fn no_file(language: Language) -> String {
    say!(language, "это не файл и не папка, а канал или устройство", "it is neither a file nor a folder, but a pipe or a device")
}

pub fn symlink_loop(language: Language) -> String {
    say!(language, "ссылка ведёт на папку, в которой она лежит", "the link leads to a folder that it is in")
}

pub fn symlink_dangling(language: Language) -> String {
    say!(language, "ссылка ведёт на файл, которого нет", "the link leads to a file that is not there")
}

pub fn name_not_text(language: Language) -> String {
    say!(
        language,
        "имя файла не в Юникоде или в нём есть перевод строки",
        "the file's name is not Unicode, or has line breaks or other control characters"
    )
}

/// A panic: a mistake of ours.
pub fn bug(place: &str, reason: &str, language: Language) -> String {
    let version = env!("CARGO_PKG_VERSION");
    say!(
        language,
        "Это наша ошибка, а не ваша: программа сбилась.\nОпубликованный сайт не тронут. Сообщите нам, пожалуйста, эти строки и то, что вы делали:\n  metodika {version}, {place}: {reason}",
        "This is our mistake, not yours: the program has failed.\nThe published site was not touched. Please tell us these lines and what you did:\n  metodika {version}, {place}: {reason}"
    )
}

pub fn serving(address: &str, language: Language) -> String {
    say!(language, "Просмотр: {address}  (остановить: Ctrl+C)", "Preview: {address}  (stop: Ctrl+C)")
}

pub fn open_to_network(language: Language) -> String {
    say!(language, "Внимание: страницы видны всем, кто есть в вашей сети.", "Note: everybody in your network can see the pages.")
}

/// The first build of a preview.
pub fn ready(documents: usize, outputs: usize, took: Duration, language: Language) -> String {
    let documents = count(documents, ["документ", "документа", "документов"], ["document", "documents"], language);
    let (outputs, took) = (files(outputs, language), seconds(took, language));
    say!(language, "Прочитано: {documents}, готово к показу: {outputs}, {took}", "Read: {documents}, ready to show: {outputs}, {took}")
}

/// A rebuild of a preview: `changed` names a file or says how many there are.
pub fn rebuilt(time: &str, changed: &str, took: Duration, language: Language) -> String {
    let took = seconds(took, language);
    say!(language, "{time}  изменено: {changed} — обновлено за {took}", "{time}  changed: {changed} — updated in {took}")
}

/// The names of `changed` files, the first few of them.
pub fn changed(names: &[&str], language: Language) -> String {
    const SHOWN: usize = 3;
    match names {
        [] => String::new(),
        names if names.len() <= SHOWN => names.join(", "),
        names => {
            let (first, rest) = (names[..SHOWN].join(", "), files(names.len() - SHOWN, language));
            say!(language, "{first} и ещё {rest}", "{first} and {rest} more")
        }
    }
}

pub fn last_good_stays(language: Language) -> String {
    say!(language, "Пока есть ошибки, показан последний удачный вариант.", "While there are errors, the last good version is shown.")
}

pub fn never_good_yet(language: Language) -> String {
    say!(language, "Пока есть ошибки, показано то, что удалось собрать.", "While there are errors, what could be made of it is shown.")
}

/// Titles of the pages that the preview server makes itself.
pub fn http_status(status: u16, language: Language) -> String {
    match status {
        404 => say!(language, "Такой страницы нет", "There is no such page"),
        500 => say!(language, "Страница не собралась", "The page could not be made"),
        _ => say!(language, "Запрос не понят", "The request was not understood"),
    }
}

/// Why the preview server turned a request away; `address` is where it can be reached.
pub fn http_refusal(status: u16, address: &str, language: Language) -> String {
    match status {
        405 => say!(language, "Просмотр понимает только GET и HEAD.", "The preview understands GET and HEAD only."),
        413 => say!(language, "Просмотр не принимает данных.", "The preview takes no data."),
        414 | 431 => say!(language, "Запрос слишком длинный.", "The request is too long."),
        408 => say!(language, "Запрос не пришёл целиком вовремя.", "The request did not come in time."),
        421 => say!(
            language,
            "Под этим именем просмотр не открывается. Откройте {address} или запустите его для этого имени: metodika serve --host ИМЯ",
            "The preview does not answer to this name. Open {address}, or start it for this name: metodika serve --host NAME"
        ),
        503 => say!(language, "Слишком много открытых страниц. Закройте лишние.", "Too many open pages. Close some."),
        _ => http_status(status, language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_and_nothing_is_left_out() {
        assert_eq!(counts(2, 1, 0, Language::Ru), "2 ошибки, 1 предупреждение");
        assert_eq!(counts(21, 12, 5, Language::Ru), "21 ошибка, 12 предупреждений, 5 замечаний");
        assert_eq!(counts(1, 2, 0, Language::En), "1 error, 2 warnings");
        assert_eq!(counts(0, 0, 0, Language::En), "");
    }

    #[test]
    fn many_changed_files_are_counted() {
        assert_eq!(changed(&["a", "b", "c", "d", "e"], Language::Ru), "a, b, c и ещё 2 файла");
    }
}
