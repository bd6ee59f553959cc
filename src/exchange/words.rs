//! The words of the table itself, in both languages.

use crate::value::language::Language;

fn say(language: Language, ru: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Ru => ru,
        Language::En => en,
    }
}

/// The heading of the first column.
pub fn key(language: Language) -> &'static str {
    say(language, "Ключ строки (не менять)", "Key of the row (do not change)")
}

/// How the headings of the first column begin, in either language, as [`crate::site::names::key`] writes them.
pub const KEYS: [&str; 2] = ["ключ", "key"];

/// The heading of the last column, before the stamp.
pub fn stamp(language: Language) -> &'static str {
    say(language, "Служебное (не менять)", "For the program (do not change)")
}

/// What stands in the first column: with a word before the number, which a spreadsheet would take for a day or a fraction.
pub fn of_row(key: &str, language: Language) -> String {
    format!("{}{key}", say(language, OF_ROW[0], OF_ROW[1]))
}

/// The words before the number of a row.
pub const OF_ROW: [&str; 2] = ["п. ", "row "];

/// The name of the sheet with the rows.
pub fn plan(language: Language) -> &'static str {
    say(language, "План", "Plan")
}

/// The name of the second sheet.
pub fn how(language: Language) -> &'static str {
    say(language, "Как править", "How to edit")
}

/// What stands on it.
pub fn how_to(language: Language) -> [&'static str; 4] {
    match language {
        Language::Ru => [
            "Меняйте текст в любых клетках, кроме серого столбца с ключом: по ключу программа узнаёт строку, поэтому строки можно сортировать и переставлять, а лишние столбцы — удалять.",
            "Несколько ответственных, компетенций, продуктов или подпунктов пишутся в одной клетке, каждый с новой строки (Alt+Enter); срок подпункта стоит за чертой: «кадровый состав | Сентябрь 2024».",
            "Новую строку добавьте с пустым ключом и укажите её раздел; удалённая строка остаётся в плане, пока её удаление не подтвердят при загрузке.",
            "Когда всё готово, сохраните файл и загрузите его: metodika import файл.xlsx --into план; с параметром --dry-run программа только покажет, что изменится.",
        ],
        Language::En => [
            "Change the text of any cell but those of the grey column: by its key a row is known, so rows may be sorted and moved, and columns that you do not need may be deleted.",
            "Several persons, competencies, outputs or parts stand in one cell, each on a line of its own (Alt+Enter); the time of a part stands behind a bar: “the staff | Сентябрь 2024”.",
            "Add a new row without a key and name its section; a row that you delete stays in the plan until that is confirmed when the table is taken.",
            "When you are done, save the file and have it taken: metodika import file.xlsx --into plan; with --dry-run the program only shows what would change.",
        ],
    }
}

/// Above a new amendment: what the editor has to fill in.
pub fn note_of_order(language: Language) -> &'static str {
    say(
        language,
        "Замените дату приказом и добавьте основание — приказ: {номер: 12-п, дата: 15.03.2024}",
        "Put the order in place of the date, and add the reason: order: {number: 12-p, date: 15.03.2024}",
    )
}
