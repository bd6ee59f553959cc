//! What `metodika export` and `metodika import --into` say.

use super::{count, say};
use metodika::exchange::{Column, Matter};
use metodika::value::language::Language;

/// A row of the plan, as it is called in messages.
pub fn row(key: &str, title: &str, language: Language) -> String {
    /// So much of a title is enough to know the row.
    const LONGEST: usize = 70;
    let cut = title.char_indices().nth(LONGEST).map(|(at, _)| format!("{}…", title[..at].trim_end()));
    let title = cut.as_deref().unwrap_or(title);
    match title {
        "" => say!(language, "пункт {key}", "row {key}"),
        _ => say!(language, "пункт {key} «{title}»", "row {key} “{title}”"),
    }
}

/// A cell that changes.
pub fn edit(column: Column, from: &[String], to: &[String], language: Language) -> String {
    let (column, from, to) = (column.heading(language), cell(from, language), cell(to, language));
    say!(language, "{column}: было {from}, стало {to}", "{column}: was {from}, is {to}")
}

/// The text of a cell in quotes.
fn cell(lines: &[String], language: Language) -> String {
    let text = lines.join("; ");
    match lines.is_empty() {
        true => say!(language, "пусто", "empty"),
        false => say!(language, "«{text}»", "“{text}”"),
    }
}

/// A new row.
pub fn added(title: &str, section: &str, language: Language) -> String {
    say!(language, "новый пункт «{title}» в разделе «{section}»", "new row “{title}” in the section “{section}”")
}

/// A row that is taken out.
pub fn deleted(row: &str, language: Language) -> String {
    say!(language, "удалён: {row}", "taken out: {row}")
}

/// Above the list of changes.
pub fn changes(n: usize, is_dry: bool, language: Language) -> String {
    let n = count(n, ["изменение", "изменения", "изменений"], ["change", "changes"], language);
    match is_dry {
        true => say!(language, "Будет внесено: {n}", "To be made: {n}"),
        false => say!(language, "Внесено: {n}", "Made: {n}"),
    }
}

/// Where nothing changes.
pub fn no_changes(language: Language) -> String {
    say!(language, "В плане ничего не меняется.", "Nothing of the plan changes.")
}

/// Above what was not taken.
pub fn left(language: Language) -> String {
    say!(language, "Не внесено, решите сами:", "Not taken, for you to decide:")
}

/// Above questions and remarks.
pub fn remarks(language: Language) -> String {
    say!(language, "Обратите внимание:", "Please note:")
}

/// The file that was written.
pub fn written(path: &str, language: Language) -> String {
    say!(
        language,
        "Записано: {path}. Чтобы править дальше, выгрузите таблицу заново.",
        "Written: {path}. To go on editing, export the table anew."
    )
}

/// After `--dry-run`.
pub fn not_written(language: Language) -> String {
    say!(language, "Это проба (--dry-run): файл плана не тронут.", "This was a trial (--dry-run): the file of the plan was not touched.")
}

/// The table that was exported.
pub fn exported(path: &str, rows: usize, language: Language) -> String {
    let rows = count(rows, ["строка", "строки", "строк"], ["row", "rows"], language);
    say!(language, "Таблица записана: {path} ({rows})", "The table was written: {path} ({rows})")
}

/// The approved text of a plan would change: message and hint.
pub fn is_approved(is_current: bool, language: Language) -> (String, String) {
    let message = match is_current {
        true => say!(
            language,
            "таблица показывает действующий текст плана: его меняют приказом, ничего не записано",
            "the table shows the text that holds now: an order changes it, so nothing was written"
        ),
        false => say!(
            language,
            "план утверждён: его текст меняют приказом, ничего не записано",
            "the plan is approved: an order changes its text, so nothing was written"
        ),
    };
    let hint = match is_current {
        true => say!(
            language,
            "Добавьте --as-amendment: изменения будут записаны отдельно, в раздел «изменения».",
            "Add --as-amendment: the changes are written apart, under `amendments`."
        ),
        false => say!(
            language,
            "Добавьте --as-amendment, чтобы записать изменения отдельно, в раздел «изменения», или --correct, чтобы исправить сам утверждённый текст (опечатку).",
            "Add --as-amendment to write the changes apart, under `amendments`, or --correct to mend the approved text itself (a slip)."
        ),
    };
    (message, hint)
}

/// The table was made from another plan: message and hint.
pub fn other_plan(table: &str, plan: &str, language: Language) -> (String, String) {
    (
        say!(
            language,
            "таблица выгружена из плана «{table}», а загружается в «{plan}»",
            "the table was made from the plan “{table}”, not from “{plan}”"
        ),
        say!(
            language,
            "Укажите после --into план «{table}». Если файл плана переименован, удалите в таблице последний, служебный столбец.",
            "Name the plan “{table}” behind --into. If its file was renamed, delete the last column of the table."
        ),
    )
}

/// The file of the plan cannot be changed: message and hint.
pub fn unwritable(path: &str, is_faulty: bool, language: Language) -> (String, String) {
    match is_faulty {
        true => (
            say!(language, "в файле плана «{path}» ошибки, строки в нём не узнать", "the file of the plan, “{path}”, has errors"),
            say!(language, "Исправьте их: metodika check.", "Mend them first: metodika check."),
        ),
        false => (
            say!(
                language,
                "файл плана «{path}» записан так, что программа не может изменить его, не задев остального; он не тронут",
                "the file of the plan, “{path}”, is of a form that cannot be changed without touching the rest; it was left alone"
            ),
            say!(language, "Внесите изменения в файл сами.", "Make the changes in the file by hand."),
        ),
    }
}

/// The plan's file was saved by somebody while the table was read: message and hint.
pub fn changed_meanwhile(path: &str, language: Language) -> (String, String) {
    (
        say!(language, "файл «{path}» изменился, пока таблица читалась", "“{path}” changed while the table was read"),
        say!(language, "Запустите ещё раз.", "Run it again."),
    )
}

/// A cell that Excel has no room for: message and hint.
pub fn too_long(key: &str, language: Language) -> (String, String) {
    (
        say!(
            language,
            "в пункте {key} текст длиннее 32 767 знаков: в клетку Excel он не войдёт",
            "a text of the row {key} is longer than a cell of Excel may be"
        ),
        say!(language, "Выгрузите таблицу в CSV: --format csv.", "Export CSV: --format csv."),
    )
}

/// A matter in words.
pub fn matter(matter: &Matter, language: Language) -> String {
    match matter {
        Matter::Conflict { key, column, table, file } => {
            let (row, column) = (row(key, "", language), column.heading(language));
            let (table, file) = (cell(table, language), cell(file, language));
            say!(
                language,
                "{row}, {column}: изменено и в таблице, и в файле. В таблице {table}, в файле {file}; остался текст файла.",
                "{row}, {column}: changed both in the table and in the file. The table has {table}, the file {file}; the file's stays."
            )
        }
        Matter::Missing { key, title } => {
            let row = row(key, title, language);
            say!(
                language,
                "{row}: в таблице его нет, в плане он остался. Чтобы удалить, добавьте --delete-missing.",
                "{row}: not in the table, it stays in the plan. To take it out, add --delete-missing."
            )
        }
        Matter::DeletedButChanged { key, title } => {
            let row = row(key, title, language);
            say!(
                language,
                "{row}: в таблице удалён, а в файле с тех пор изменён; остался в плане.",
                "{row}: taken out of the table, but changed in the file since; it stays."
            )
        }
        Matter::DeletedWithoutStamp { key, title } => {
            let row = row(key, title, language);
            say!(
                language,
                "{row}: в таблице его нет, но без служебного столбца неизвестно, был ли он там; остался в плане.",
                "{row}: not in the table, but without its last column nobody knows whether it was; it stays."
            )
        }
        Matter::UnknownKey { row, key, was_exported: true } => say!(
            language,
            "строка {row}: пункта {key} в плане больше нет, он удалён из файла после выгрузки таблицы.",
            "line {row}: the plan has no row {key} any more, it went out of the file since the export."
        ),
        Matter::UnknownKey { row, key, was_exported: false } => say!(
            language,
            "строка {row}: ключа «{key}» в плане нет. У новой строки ключ оставьте пустым.",
            "line {row}: the plan has no key “{key}”. Leave the key of a new row empty."
        ),
        Matter::KeyEdited { row, key, was: Some(was) } => say!(
            language,
            "строка {row}: ключ изменён, было «{was}», стало «{key}». Верните его или сотрите, если это новая строка.",
            "line {row}: the key was edited, it was “{was}” and is “{key}”. Put it back, or empty it if the row is new."
        ),
        Matter::KeyEdited { row, key, was: None } => say!(
            language,
            "строка {row}: ключ «{key}» не от этой строки. Верните прежний или сотрите, если это новая строка.",
            "line {row}: the key “{key}” is not that of the row. Put the old one back, or empty it if the row is new."
        ),
        Matter::KeyTwice { row, key, is_another: true } => say!(
            language,
            "строка {row}: это копия пункта {key} с другим названием, она принята как новая строка.",
            "line {row}: a copy of the row {key} with another title; it was taken as a new row."
        ),
        Matter::KeyTwice { row, key, is_another: false } => say!(
            language,
            "строка {row}: ключ «{key}» стоит дважды. Удалите лишнюю строку или сотрите её ключ, если она новая.",
            "line {row}: the key “{key}” stands twice. Delete the row, or empty its key if it is new."
        ),
        Matter::NumberTaken { number, title } => say!(
            language,
            "номер {number} в этом разделе уже есть, поэтому не принято: «{title}».",
            "the section has a number {number} already, so this was not taken: “{title}”."
        ),
        Matter::NoTitle { row } => {
            say!(language, "строка {row}: нет названия мероприятия.", "line {row}: there is no title.")
        }
        Matter::UnknownSection { row, section } => say!(
            language,
            "строка {row}: раздела «{section}» в плане нет. Добавьте его в файл плана или исправьте название.",
            "line {row}: the plan has no section “{section}”. Add it to the file, or correct the name."
        ),
        Matter::OtherSection { row, key, section } => say!(
            language,
            "строка {row}: у пункта {key} указан другой раздел, «{section}». Перенесите пункт в файле плана сами.",
            "line {row}: the row {key} names another section, “{section}”. Move it in the file by hand."
        ),
        Matter::UnknownStatus { row, text } => say!(
            language,
            "строка {row}: «{text}» — не статус. Можно: запланировано, состоялось, перенесено, отменено.",
            "line {row}: “{text}” is no status. There are: planned, held, moved, cancelled."
        ),
        Matter::Merged { row, column } => {
            let column = column.heading(language);
            say!(
                language,
                "строка {row}: клетка «{column}» скрыта объединением с соседней, её текст в плане не изменён.",
                "line {row}: the cell “{column}” is merged into its neighbour; its text stays as it was."
            )
        }
        Matter::UnknownColumn { heading } => {
            say!(language, "столбец «{heading}» плану не известен и не принят.", "the plan knows no column “{heading}”; it was not taken.")
        }
        Matter::OpenQuote { line } => say!(
            language,
            "строка {line} файла: кавычка открыта и не закрыта, проверьте соседние клетки.",
            "line {line} of the file: a quote is opened and never closed, check the cells near it."
        ),
        Matter::NoStamp => say!(
            language,
            "служебного столбца нет, поэтому не узнать, изменил ли кто-то за это время файл плана: принят текст таблицы.",
            "the last column is gone, so nobody knows whether the file was changed meanwhile: the text of the table was taken."
        ),
        Matter::ByHand { key, line, column, text } => {
            let text = cell(text, language);
            let what = match (key.is_empty(), column) {
                (true, _) => say!(language, "новый пункт {text}", "the new row {text}"),
                (false, None) => say!(language, "удаление пункта {key}", "the deletion of the row {key}"),
                (false, Some(column)) => format!("{}, {}: {text}", row(key, "", language), column.heading(language)),
            };
            say!(
                language,
                "{what}. В файле (строка {line}) это записано так, что менять надо вручную.",
                "{what}. In the file (line {line}) it is written in a form that is changed by hand."
            )
        }
        Matter::CannotEmpty { key, column } => {
            let column = column.heading(language);
            say!(
                language,
                "пункт {key}, {column}: приказом клетку не опустошить. Напишите, что в ней теперь, хотя бы «–».",
                "row {key}, {column}: an order cannot empty a cell. Say what it holds now, if only “–”."
            )
        }
    }
}
