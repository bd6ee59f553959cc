//! What a mistake on the command line says.

use super::say;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use metodika::value::language::Language;

/// The message and the hint.
pub fn wording(error: &clap::Error, language: Language) -> (String, String) {
    let of = |kind| error.get(kind).map(plain).unwrap_or_default();
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::UnknownArgument => say!(language, "неизвестный параметр «{arg}»", "unknown option “{arg}”"),
        ErrorKind::InvalidSubcommand => {
            let command = of(ContextKind::InvalidSubcommand);
            say!(language, "неизвестная команда «{command}»", "unknown command “{command}”")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            say!(language, "после «{arg}» не хватает значения", "a value is missing behind “{arg}”")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            say!(language, "«{value}» не подходит для «{arg}»", "“{value}” is no value of “{arg}”")
        }
        ErrorKind::ArgumentConflict => {
            let other = of(ContextKind::PriorArg);
            match other.is_empty() || other == arg {
                true => say!(language, "параметр «{arg}» указан дважды", "the option “{arg}” stands twice"),
                false => say!(
                    language,
                    "параметры «{arg}» и «{other}» вместе не имеют смысла",
                    "the options “{arg}” and “{other}” make no sense together"
                ),
            }
        }
        ErrorKind::MissingRequiredArgument => say!(language, "не указано: {arg}", "missing: {arg}"),
        ErrorKind::MissingSubcommand => say!(language, "не указана команда", "no command is named"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            say!(language, "у параметра «{arg}» не столько значений, сколько нужно", "the option “{arg}” has the wrong number of values")
        }
        ErrorKind::InvalidUtf8 => say!(language, "в командной строке стоят знаки не в Юникоде", "the command line is not Unicode"),
        _ => say!(language, "командная строка не понята", "the command line was not understood"),
    };
    (message, hint(error, language))
}

/// What may stand there.
pub fn allowed(list: &str, language: Language) -> String {
    say!(language, "Возможные значения: {list}.", "Possible values: {list}.")
}

/// `command` was asked for a format that only build and check print.
pub fn format_elsewhere(command: &str, language: Language) -> String {
    say!(language, "команда {command} не печатает в этом виде (--format)", "the command {command} does not print in this --format")
}

/// A form of a report, an option and the form that it goes with: message and hint.
pub fn needs_format(option: &str, format: &str, language: Language) -> (String, String) {
    (
        say!(language, "{option} имеет смысл только с --format {format}", "{option} makes sense with --format {format} only"),
        say!(language, "Добавьте --format {format} или уберите {option}.", "Add --format {format}, or leave out {option}."),
    )
}

/// The skeleton of a plan is YAML and nothing else.
pub fn next_year_is_yaml(language: Language) -> (String, String) {
    (
        say!(language, "заготовка плана бывает только в YAML", "the skeleton of a plan is YAML only"),
        say!(language, "Уберите --format или --next-year.", "Leave out --format or --next-year."),
    )
}

/// No plan is called `name`; `nearest` may be meant, `all` are there.
pub fn unknown_plan(name: &str, nearest: Option<&str>, all: &[&str], language: Language) -> (String, String) {
    let list = all.join(", ");
    (
        say!(language, "на сайте нет плана «{name}»", "the site has no plan “{name}”"),
        match nearest {
            Some(nearest) => say!(language, "Похоже, имелось в виду «{nearest}».", "Perhaps “{nearest}” was meant."),
            None if all.is_empty() => say!(language, "Планы лежат в папке content/plans.", "Plans lie in content/plans."),
            None => say!(language, "Планы сайта: {list}.", "The site's plans: {list}."),
        },
    )
}

/// The plan does not say of what year it is.
pub fn plan_without_year(name: &str, language: Language) -> (String, String) {
    (
        say!(
            language,
            "в плане «{name}» не указан год, поэтому следующий неизвестен",
            "the plan “{name}” names no year, so the next is not known"
        ),
        say!(language, "Добавьте в план строку «год: 2024» или «год: 2024/2025».", "Add `year: 2024` or `year: 2024/2025` to the plan."),
    )
}

/// The file is there and may be somebody's work.
pub fn file_is_there(path: &str, language: Language) -> (String, String) {
    (
        say!(language, "файл «{path}» уже есть", "the file “{path}” is there already"),
        say!(
            language,
            "Укажите другое имя после --out или добавьте --force, чтобы записать поверх него.",
            "Name another behind --out, or add --force to write over it."
        ),
    )
}

/// `--force` without a file to write over.
pub fn force_without_file(language: Language) -> (String, String) {
    (
        say!(language, "--force имеет смысл только с --out", "--force makes sense with --out only"),
        say!(language, "Добавьте --out ФАЙЛ или уберите --force.", "Add --out FILE, or leave out --force."),
    )
}

/// `--root` names a site that is there.
pub fn init_at_root(language: Language) -> (String, String) {
    (
        say!(language, "--root не имеет смысла с init", "--root makes no sense with init"),
        say!(
            language,
            "Назовите папку нового сайта после init: metodika init ПАПКА.",
            "Name the new site's folder behind init: metodika init DIR."
        ),
    )
}

/// A workbook would be, too.
pub fn workbook_for_a_terminal(example: &str, language: Language) -> (String, String) {
    (
        say!(language, "таблицу Excel на экране не показать", "an Excel table cannot be shown on a screen"),
        say!(
            language,
            "Укажите файл: --out {example}.xlsx, или вид: --format csv",
            "Name a file: --out {example}.xlsx, or a form: --format csv"
        ),
    )
}

/// A Word file would be rubbish on a screen.
pub fn not_for_a_terminal(example: &str, language: Language) -> (String, String) {
    (
        say!(language, "файл Word на экране не показать", "a Word file cannot be shown on a screen"),
        say!(language, "Укажите файл: --out {example}.docx", "Name a file: --out {example}.docx"),
    )
}

/// `text` is no plan's year.
pub fn not_a_period(text: &str, language: Language) -> (String, String) {
    (
        say!(language, "«{text}» — не год плана", "“{text}” is no year of a plan"),
        say!(language, "Напишите --year 2024 или --year 2024/2025.", "Write --year 2024 or --year 2024/2025."),
    )
}

/// No kind is called `name`.
pub fn unknown_kind(name: &str, nearest: Option<&str>, all: &[&str], language: Language) -> (String, String) {
    let list = all.join(", ");
    (
        say!(language, "вида «{name}» нет", "there is no kind “{name}”"),
        match nearest {
            Some(nearest) => say!(language, "Похоже, имелось в виду «{nearest}».", "Perhaps “{nearest}” was meant."),
            None => say!(language, "Виды материалов: {list}.", "The kinds: {list}."),
        },
    )
}

/// A document without a title.
pub fn no_title(language: Language) -> (String, String) {
    (
        say!(language, "не указано название", "the title is missing"),
        say!(
            language,
            "Напишите его в кавычках: metodika new новость \"Осень по плану\".",
            "Write it in quotes: metodika new news \"A season by the plan\"."
        ),
    )
}

/// Nothing called `name` has a schema.
pub fn unknown_schema(name: &str, all: &[&str], language: Language) -> (String, String) {
    let list = all.join(", ");
    (say!(language, "схемы «{name}» нет", "there is no schema “{name}”"), say!(language, "Есть: {list}.", "There are: {list}."))
}

fn hint(error: &clap::Error, language: Language) -> String {
    let nearest = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(|kind| error.get(kind).map(plain).filter(|text| !text.is_empty()));
    if let Some(nearest) = nearest {
        return say!(language, "Похоже, имелось в виду «{nearest}».", "Perhaps “{nearest}” was meant.");
    }
    let arg = error.get(ContextKind::InvalidArg).map(plain).unwrap_or_default();
    match arg.split(' ').next() {
        Some("--today") => return say!(language, "Дата пишется так: 2024-05-15.", "A date is written so: 2024-05-15."),
        Some("--base-url") => {
            return say!(
                language,
                "Адрес начинается с https:// и может содержать папку: https://example.org/blog/",
                "An address begins with https:// and may have a folder: https://example.org/blog/"
            );
        }
        Some("--jobs") => return say!(language, "Нужно число от 1 до 1024.", "A number from 1 to 1024 is needed."),
        Some("--port") => return say!(language, "Нужно число от 0 до 65535.", "A number from 0 to 65535 is needed."),
        Some("<ПАПКА>" | "<DIR>") => {
            return say!(
                language,
                "Напишите имя папки нового сайта: metodika init moj-sajt. Если сайт нужен в текущей папке, поставьте точку: metodika init .",
                "Write the name of the new site's folder: metodika init my-site. For this very folder, put a dot: metodika init ."
            );
        }
        _ => {}
    }
    match error.get(ContextKind::ValidValue).map(plain).filter(|text| !text.is_empty()) {
        Some(list) => allowed(&list, language),
        None => say!(language, "Все команды и параметры показывает metodika --help.", "metodika --help shows all commands and options."),
    }
}

fn plain(value: &ContextValue) -> String {
    match value {
        // Where an argument stands twice, clap names it as its own rival.
        ContextValue::Strings(values) => values.join(", "),
        value => value.to_string(),
    }
}
