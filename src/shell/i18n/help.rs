//! The words of `--help`.

use super::say;
use metodika::value::language::Language;

/// What the program (`metodika`) or one of its commands does.
pub fn about(command: &str, language: Language) -> String {
    match command {
        "build" => say!(
            language,
            "Собирает сайт и публикует его в папку: целиком или никак",
            "Builds the site and publishes it to a folder: all of it or nothing"
        ),
        "serve" => say!(
            language,
            "Показывает сайт в браузере и обновляет его при каждом сохранении",
            "Shows the site in the browser and updates it whenever a file is saved"
        ),
        "check" => say!(
            language,
            "Проверяет материалы и ничего не записывает (с --fix — исправляет то, в чём нельзя ошибиться)",
            "Checks the content and writes nothing (with --fix, mends what cannot be mended wrongly)"
        ),
        "timeframe" => say!(
            language,
            "Объясняет, как прочитан срок: «до 15 мая», «октябрь – ноябрь», «II квартал»",
            "Explains how a term of a plan is read: “до 15 мая”, “октябрь – ноябрь”, “II квартал”"
        ),
        "import" => say!(
            language,
            "Переносит план из Word, Excel, CSV или HTML в YAML и перечисляет всё, в чём стоит усомниться",
            "Takes a plan from Word, Excel, CSV or HTML into YAML, and lists everything that is doubtful in it"
        ),
        "export" => say!(
            language,
            "Выгружает строки плана в таблицу Excel или CSV, чтобы править их там и загрузить обратно (import --into)",
            "Puts the rows of a plan into a table for Excel or CSV, to be edited there and taken back (import --into)"
        ),
        "report" => say!(
            language,
            "Составляет по плану черновик годового анализа, таблицы, лист для подписи, заготовку следующего плана",
            "Makes of a plan the draft of its yearly analysis, tables, the paper to sign, a skeleton of the next plan"
        ),
        "people" => say!(
            language,
            "Показывает, кто упомянут в материалах, где и на каком основании",
            "Tells who is mentioned in the content, where, and on what basis"
        ),
        "redact" => say!(
            language,
            "Убирает человека из всех материалов: сначала показывает изменения, потом спрашивает",
            "Takes a person out of the whole content: shows the changes first, then asks"
        ),
        "new" => say!(
            language,
            "Создаёт заготовку материала: все ключи с пояснениями, дата и адрес заполнены",
            "Makes a document to begin with: every key explained, date and address filled in"
        ),
        "schema" => say!(
            language,
            "Печатает схемы JSON Schema для редакторов текста и программ; с --format md — справочник ключей",
            "Prints JSON Schemas for editors and programs; with --format md, the reference of keys"
        ),
        "init" => say!(
            language,
            "Создаёт в папке новый сайт с примерами всех видов материалов",
            "Makes a new site in a folder, with an example of every kind of document"
        ),
        _ => say!(
            language,
            "Сайт методической службы из текстов и планов: календарь, архив, планы, материалы",
            "A site of a methodological service from texts and plans: calendar, archive, plans, materials"
        ),
    }
}

pub fn usage(command: &str, language: Language) -> String {
    match command {
        "build" | "serve" | "check" | "people" => say!(language, "metodika {command} [параметры]", "metodika {command} [options]"),
        "timeframe" => say!(language, "metodika timeframe [параметры] \"СРОК\"", "metodika timeframe [options] \"TERM\""),
        "import" => say!(language, "metodika import [параметры] ФАЙЛ", "metodika import [options] FILE"),
        "export" => say!(language, "metodika export [параметры] ПЛАН", "metodika export [options] PLAN"),
        "report" => say!(language, "metodika report [параметры] ПЛАН", "metodika report [options] PLAN"),
        "redact" => say!(language, "metodika redact [параметры] ЧЕЛОВЕК", "metodika redact [options] PERSON"),
        "new" => say!(language, "metodika new [параметры] ВИД НАЗВАНИЕ", "metodika new [options] KIND TITLE"),
        "schema" => say!(language, "metodika schema [параметры] [ЧТО]", "metodika schema [options] [WHAT]"),
        "init" => say!(language, "metodika init [параметры] ПАПКА", "metodika init [options] DIR"),
        _ => say!(language, "metodika [параметры] КОМАНДА", "metodika [options] COMMAND"),
    }
}

/// The order of a help page; the names in braces are clap's.
pub fn template(command: &str, language: Language) -> String {
    let (usage, commands, terms, options) = match language {
        Language::Ru => ("Запуск:", "Команды:", "Что указать:", "Параметры:"),
        Language::En => ("Usage:", "Commands:", "Arguments:", "Options:"),
    };
    let middle = match command {
        "build" | "serve" | "check" | "people" => String::new(),
        "timeframe" | "import" | "export" | "report" | "redact" | "new" | "schema" | "init" => format!("{terms}\n{{positionals}}\n\n"),
        _ => format!("{commands}\n{{subcommands}}\n\n"),
    };
    let status = say!(
        language,
        "Код завершения: 0 — всё хорошо, 1 — в материалах ошибки, 2 — запустить не удалось.",
        "Exit status: 0 good, 1 the content has errors, 2 it could not run."
    );
    format!("{{about}}\n\n{usage} {{usage}}\n\n{middle}{options}\n{{options}}\n\n{status}\n")
}

/// What an argument means.
pub fn argument(id: &str, language: Language) -> String {
    match id {
        "root" => say!(
            language,
            "Папка сайта; если не указана — текущая или ближайшая выше, где есть content/site.yaml",
            "The site's folder; otherwise this one or the nearest above with content/site.yaml"
        ),
        "lang" => {
            say!(language, "Язык сообщений: ru или en; если не указан — язык сайта", "Language of messages: ru or en; otherwise the site's")
        }
        "today" => say!(language, "Собрать, как будто сегодня этот день: 2024-05-15", "Build as if it were this day: 2024-05-15"),
        "format" => say!(
            language,
            "Вид сообщений: text, json; для build и check также github (пометки в GitHub); вид отчёта: md, csv, html, docx, json; списка людей: md, csv, json; вид таблицы (export): xlsx, csv",
            "Form of messages: text, json; for build and check also github (annotations); of a report: md, csv, html, docx, json; of people: md, csv, json; of a table (export): xlsx, csv"
        ),
        "quiet" => say!(language, "Печатать только ошибки", "Print errors only"),
        "verbose" => say!(language, "Печатать и замечания", "Print notes too"),
        "color" => say!(language, "Цвет: auto, always или never", "Colour: auto, always or never"),
        "out" => say!(
            language,
            "Куда публиковать; если не указано — папка public в папке сайта",
            "Where to publish; otherwise the folder public in the site's folder"
        ),
        "base_url" => say!(
            language,
            "Адрес сайта в интернете вместо указанного в site.yaml: https://example.org/blog/",
            "The site's address on the web instead of the one in site.yaml: https://example.org/blog/"
        ),
        "drafts" => say!(language, "Показать и черновики", "Include drafts"),
        "strict" => say!(language, "Считать предупреждения ошибками", "Take warnings for errors"),
        "jobs" => say!(language, "Сколько потоков занять; если не указано — все ядра", "How many threads to use; otherwise all cores"),
        "clean" => say!(language, "Записать все файлы заново", "Write all files anew"),
        "timings" => say!(
            language,
            "Показать, на что ушло время: по этапам и по шаблонам (с --format json — как JSON)",
            "Tell where the time went, by stage and by template (as JSON with --format json)"
        ),
        "port" => say!(language, "Порт; если не указан — 8000; 0 — любой свободный", "Port; 8000 if not given; 0 takes any free one"),
        "host" => say!(
            language,
            "Адрес; если не указан — 127.0.0.1, то есть только этот компьютер",
            "Address; 127.0.0.1 if not given, that is this computer only"
        ),
        "open" => say!(language, "Открыть браузер", "Open the browser"),
        "urls" => say!(
            language,
            "Файл с опубликованными адресами, по одному в строке: пропавший адрес — ошибка",
            "A file of published addresses, one a line: one that is gone is an error"
        ),
        "fix" => say!(
            language,
            "Исправить то, что меняет только написание: кавычки, отступы, тире вместо дефисов, буквы чужого алфавита, опечатки в ключах; сначала показать изменения",
            "Mend what is a matter of writing only: quotes, indentation, dashes, letters of another script, slips in keys; the changes are shown first"
        ),
        "text" => say!(language, "Срок, как он напечатан в плане", "The term as it is printed in the plan"),
        "file" => say!(language, "Файл с планом: .docx, .xlsx, .csv или .html", "The file with the plan: .docx, .xlsx, .csv or .html"),
        "target" => say!(
            language,
            "В какой файл записать план; если не указано — YAML печатается, а сомнения выводятся отдельно (stderr)",
            "Which file to write the plan to; otherwise the YAML is printed, and the doubts apart from it (stderr)"
        ),
        "force" => say!(language, "Заменить этот файл, если он уже есть", "Replace that file if it exists"),
        "into" => say!(
            language,
            "Загрузить таблицу, выгруженную командой export, обратно в этот план: меняются только те клетки, что исправлены",
            "Take the table that export made back into this plan: only cells that were edited change"
        ),
        "dry_run" => {
            say!(language, "Только показать, что изменится, и ничего не записывать", "Only show what would change, and write nothing")
        }
        "delete_missing" => {
            say!(language, "Удалить из плана строки, удалённые в таблице", "Take rows out of the plan that are gone from the table")
        }
        "as_amendment" => say!(
            language,
            "Записать изменения утверждённого плана отдельно, в раздел «изменения»",
            "Write the changes of an approved plan apart, under `amendments`"
        ),
        "correct" => say!(language, "Исправить сам утверждённый текст", "Mend the approved text itself"),
        "current" => say!(
            language,
            "Действующий текст, с изменениями, вместо утверждённого (загружается только с --as-amendment)",
            "The text that holds, changes included, instead of the approved one (taken back with --as-amendment only)"
        ),
        "year" => say!(language, "Год плана: 2024 или учебный 2024/2025", "The plan's year: 2024, or the school year 2024/2025"),
        "plan" => say!(
            language,
            "План: имя его файла (tula-2024), путь к файлу или адрес страницы на сайте",
            "The plan: the name of its file (tula-2024), the way to it, or its address on the site"
        ),
        "report_file" => {
            say!(language, "В какой файл записать; если не указано — на экран", "Where to write; otherwise to standard output")
        }
        "kind" => say!(
            language,
            "Вид: мероприятие, план, выпуск, практика, проект, документ, новость, страница",
            "Kind: workshop, plan, newsletter, practice, project, document, news, page"
        ),
        "title" => say!(language, "Название материала", "The document's title"),
        "cms" => say!(language, "Со страницей /admin/ для правки в браузере", "With the page /admin/ for editing in the browser"),
        "subject" => say!(
            language,
            "Чего: site, вид материала (workshop), реестр (areas) или данные (api-events); если не указано — всё",
            "Of what: site, a kind (workshop), a registry (areas) or data (api-events); everything if not given"
        ),
        "schema_folder" => {
            say!(language, "В какую папку записать схемы, каждую своим файлом", "Which folder to write the schemas to, a file each")
        }
        "dir" => say!(
            language,
            "Папка нового сайта: имя новой папки или точка, если сайт нужен в текущей",
            "The folder of the new site: the name of a new one, or a dot for this one"
        ),
        "table" => say!(
            language,
            "Какая таблица нужна в csv: sections (разделы), forms (формы), audiences (аудитории), territories (территории), rows (строки)",
            "Which table the csv holds: sections, forms, audiences, territories, rows"
        ),
        "next_year" => say!(
            language,
            "Вместо отчёта — заготовка плана на следующий год: строки перенесены, сроки сдвинуты, вопросы перечислены",
            "Instead of a report, a skeleton of the next year's plan: rows carried over, times moved on, questions listed"
        ),
        "person" => {
            say!(language, "Кого: имя, ид или любой вариант имени из people.yaml", "Whom: a name, an id or any alias in people.yaml")
        }
        "with" => say!(
            language,
            "Что поставить в тексте вместо имени; если не указано — «(имя удалено)»",
            "What stands in texts instead of the name; “(name removed)” if not given"
        ),
        "yes" => say!(language, "Записать изменения без вопроса", "Write the changes without a question"),
        "help" => say!(language, "Показать эту справку", "Show this help"),
        "version" => say!(language, "Показать версию", "Show the version"),
        _ => String::new(),
    }
}

/// What stands for an argument's value.
pub fn value(id: &str, language: Language) -> Option<&'static str> {
    let (ru, en) = match id {
        "root" | "out" | "schema_folder" | "dir" => ("ПАПКА", "DIR"),
        "kind" => ("ВИД", "KIND"),
        "title" => ("НАЗВАНИЕ", "TITLE"),
        "subject" => ("ЧТО", "WHAT"),
        "lang" => ("ru|en", "ru|en"),
        "today" => ("ДАТА", "DATE"),
        "format" => ("ВИД", "FORM"),
        "color" => ("КОГДА", "WHEN"),
        "base_url" => ("АДРЕС", "URL"),
        "jobs" => ("N", "N"),
        "port" => ("ПОРТ", "PORT"),
        "host" => ("АДРЕС", "HOST"),
        "urls" | "file" | "target" => ("ФАЙЛ", "FILE"),
        "text" => ("СРОК", "TERM"),
        "year" => ("ГОД", "YEAR"),
        "plan" | "into" => ("ПЛАН", "PLAN"),
        "report_file" => ("ФАЙЛ", "FILE"),
        "table" => ("ТАБЛИЦА", "TABLE"),
        "person" => ("ЧЕЛОВЕК", "PERSON"),
        "with" => ("СЛОВА", "WORDS"),
        _ => return None,
    };
    Some(match language {
        Language::Ru => ru,
        Language::En => en,
    })
}
