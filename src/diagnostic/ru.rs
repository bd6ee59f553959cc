//! The messages in Russian: what is wrong, and what to write instead, for a person who does not program.

use super::days::no_such_day;
use super::{Expected, Problem, Registry, Unfit};
use crate::source::{Encoding, LARGEST_TEXT, extension};
use crate::value::date::numeric;
use crate::value::language::Language;
use crate::value::scripts::strangers;
use crate::value::timeframe::{self, Warning};
use crate::value::typography::Rule;
use crate::value::yaml::YamlErrorKind;

/// The message and the hint of a problem.
pub(super) fn wording(problem: &Problem) -> (String, String) {
    match problem {
        Problem::NotUtf8 { line, column, likely } => (
            match likely {
                Some(Encoding::Windows1251) => "файл сохранён в старой кодировке Windows-1251, а нужна UTF-8".into(),
                Some(Encoding::Utf16) => "файл сохранён в кодировке UTF-16 («Юникод»), а нужна UTF-8".into(),
                None => format!("файл не в кодировке UTF-8 (первая ошибка — строка {line}, знак {column})"),
            },
            "Откройте файл в «Блокноте», выберите «Файл» — «Сохранить как…», внизу «Кодировка: UTF-8» — и сохраните под тем же именем.".into(),
        ),
        Problem::HiddenCharacters { first, count } => (
            format!(
                "здесь невидимый знак U+{:04X}{}, на сайт он не попадёт",
                u32::from(*first),
                if *count > 1 { format!(" (всего таких в файле {count})") } else { String::new() }
            ),
            "Такие знаки приходят при копировании из PDF и мессенджеров и могут менять порядок букв. Сотрите слово и наберите его заново.".into(),
        ),
        Problem::ChangedMeanwhile => {
            ("файл изменился, пока сайт собирался".into(), "Запустите сборку ещё раз: опубликованный сайт не тронут.".into())
        }
        Problem::TooLarge { bytes } => (
            format!("файл слишком велик: {} МБ, а текст читается до {} МБ", bytes.div_ceil(1 << 20), LARGEST_TEXT >> 20),
            "Разделите его на несколько документов, а картинки и таблицы положите рядом отдельными файлами: для них предела нет.".into(),
        ),
        Problem::Unreadable { reason } => {
            (format!("файл не читается: {reason}"), "Проверьте, что файл не открыт в другой программе и доступен для чтения.".into())
        }
        Problem::Yaml(kind) => yaml(kind),
        Problem::NoFrontMatter => (
            "в начале файла нет сведений о документе".into(),
            "Начните файл строкой «---», под ней — «название: …», затем снова строка «---» и текст.".into(),
        ),
        Problem::FrontMatterNotClosed => (
            "сведения о документе не закрыты второй строкой «---»".into(),
            "Поставьте строку из трёх дефисов «---» между сведениями и текстом.".into(),
        ),
        Problem::FrontMatterFence { found } => (
            format!("вместо строки «---» стоит «{found}»"),
            "Нужны ровно три дефиса и ничего больше. Word и почта заменяют дефисы на тире: наберите их заново.".into(),
        ),
        Problem::UnknownFolder { folder, nearest } => (
            if folder.is_empty() {
                "файл лежит прямо в папке content, а не в папке своего вида; он не попал на сайт".into()
            } else {
                format!("файл лежит в папке «{folder}», которой нет среди видов материалов; он не попал на сайт")
            },
            match nearest {
                Some(nearest) => format!("Похоже, имелась в виду папка «{nearest}»: переименуйте папку или перенесите файл."),
                None => "Перенесите файл в папку по виду: workshops — мероприятия, plans — планы, newsletters — выпуски бюллетеня, \
                         practices — практики, projects — проекты, documents — документы, news — новости, pages — страницы. \
                         Черновик можно спрятать, начав имя с «_»."
                    .into(),
            },
        ),
        Problem::UnknownFile { name, nearest } => (
            format!("справочника «{name}» нет: файл не прочитан"),
            match nearest {
                Some(nearest) => format!("Похоже, имелось в виду «{nearest}»: переименуйте файл."),
                None => "В папке content лежат site.yaml и справочники organisations, people, areas, competencies, territories, observances, \
                         glossary (.yaml). Документ положите в папку его вида, например news."
                    .into(),
            },
        ),
        Problem::WrongEnding { name, rename, import } => (
            format!("файл «{name}» не станет страницей: материалы — это файлы .md и .yaml"),
            match (rename, import) {
                (Some(rename), _) => format!(
                    "Переименуйте его в «{rename}». Если имя в Проводнике и так такое, включите «Вид» — «Расширения имён файлов»."
                ),
                (None, Some(path)) => format!("План из него перенесёт команда: metodika import \"{path}\" --out \"{}\".", plan_of(path)),
                (None, None) => "Скопируйте текст в новый файл с окончанием .md, а если это вложение, назовите его в документе: \
                                 «файлы: [имя файла]»."
                    .into(),
            },
        ),
        Problem::TextInYaml { rename } => (
            "в файле .yaml за сведениями стоит текст, как в файле .md".into(),
            format!("Переименуйте файл в «{rename}». В файле .yaml строк «---» нет, а текст пишут под ключом «текст: |»."),
        ),
        Problem::UnknownKey { key, nearest, elsewhere } => (
            format!("неизвестный ключ «{key}»"),
            match (nearest, elsewhere) {
                (Some(nearest), _) => meant(key, nearest),
                (None, Some(folder)) => format!("Такой ключ бывает у материалов папки «{folder}». Проверьте, в той ли папке лежит файл."),
                (None, None) => "Такого ключа у этого вида нет: проверьте написание и отступ или уберите строку.".into(),
            },
        ),
        Problem::DuplicateKey { key } => {
            (format!("ключ «{key}» указан дважды"), "Оставьте одну строку с этим ключом (русский и английский ключ — одно и то же).".into())
        }
        Problem::WrongType { expected, found } => {
            (format!("здесь {}, а стоит {}", needed_words(*expected), expected_words(*found)), expected_example(*expected).into())
        }
        Problem::MissingKey { key, twin } => {
            (format!("не указано «{twin}» ({key})"), format!("Добавьте в сведения о документе строку «{twin}: …»."))
        }
        Problem::NotADate { text } => match no_such_day(text) {
            Some(day) => {
                let (message, hint) = day.wording(Language::Ru);
                (format!("«{text}»: {message}"), hint)
            }
            None => (
                format!("«{text}» — не дата"),
                "Напишите день, месяц и год: «18 марта 2015 г.», «18.03.2015» или «2015-03-18».".into(),
            ),
        },
        Problem::Timeframe { printed, warning } => {
            let day = no_such_day(printed).filter(|_| *warning == Warning::NoSuchDate);
            let (message, hint) =
                day.map_or_else(|| timeframe::wording(warning, Language::Ru), |day| day.wording(Language::Ru));
            (format!("срок «{printed}»: {message}"), hint)
        }
        Problem::NotATime { text } => (format!("«{text}» — не время"), "Напишите «10:00» или «10:00–16:30».".into()),
        Problem::NotAPeriod { text } => {
            (format!("«{text}» — не год и не период"), "Напишите «2024», «2024/2025» или «20.04.2022 – 24.02.2023».".into())
        }
        Problem::UnknownValue { text, nearest, allowed } => (
            format!("значение «{text}» здесь не предусмотрено"),
            match nearest {
                Some(nearest) => meant(text, nearest),
                None => format!("Возможные значения: {}.", allowed.join(", ")),
            },
        ),
        Problem::BadSlug { slug, proposed } => (
            format!("адрес «{slug}» содержит недопустимые знаки"),
            format!("В адресе — строчные латинские буквы, цифры и дефис. Подойдёт «{proposed}»."),
        ),
        Problem::DuplicateAddress { address, other } => (
            format!("адрес «{address}» уже занят: {other}"),
            "Дайте одному из документов другой адрес: строка «адрес: …» в сведениях или другое имя файла.".into(),
        ),
        Problem::DuplicateName { name, other } => (
            format!("«{name}» уже есть в справочнике у записи «{other}»"),
            "Оставьте это имя у одной записи: иначе ссылка на него неоднозначна.".into(),
        ),
        Problem::UnknownName { registry, name, nearest } => (
            format!("«{name}» нет в справочнике {}", registry_words(*registry)),
            match nearest {
                Some(nearest) if strangers(name, nearest).is_some() => meant(name, nearest),
                Some(nearest) => {
                    format!("Похоже на «{nearest}». Если это одно и то же, исправьте написание или добавьте этот вариант в «aliases».")
                }
                None => format!(
                    "Имя будет показано как есть. Чтобы собрать его материалы вместе, добавьте в {}: «- {{id: …, name: \"{name}\"}}».",
                    registry_file(*registry)
                ),
            },
        ),
        Problem::UnknownPlanItem { text, nearest } => (
            format!("пункта плана «{text}» нет"),
            match nearest {
                Some(nearest) => meant(text, nearest),
                None => "Напишите адрес плана и номер строки через косую черту: «tula-2024/2.3».".into(),
            },
        ),
        Problem::UnknownProject { text, nearest } => (
            format!("проекта «{text}» нет"),
            match nearest {
                Some(nearest) => meant(text, nearest),
                None => "Напишите имя файла из папки projects без окончания.".into(),
            },
        ),
        Problem::DuplicateRow { number } => {
            (format!("в плане два пункта с номером {number}"), "Исправьте номер: по нему на строку ссылаются мероприятия.".into())
        }
        Problem::UnknownRow { text, nearest } => (
            format!("в плане нет строки «{text}»"),
            match nearest {
                Some(nearest) => meant(text, nearest),
                None => "Напишите номер строки, как он стоит в утверждённом плане: «пункт: \"2.3\"».".into(),
            },
        ),
        Problem::UnknownSection { text, nearest } => (
            if text.is_empty() { "новой строке некуда встать: в плане нет разделов".into() } else { format!("в плане нет раздела «{text}»") },
            match nearest {
                Some(nearest) => meant(text, nearest),
                None => "Напишите номер или название раздела либо строку, за которой она встанет: «после: \"2.3\"».".into(),
            },
        ),
        Problem::EmptyChange => (
            "изменение ничего не меняет".into(),
            "Напишите, какая строка меняется и что в ней теперь стоит: «{пункт: \"2.3\", срок: Июнь 2024}», или «добавить», или «исключить».".into(),
        ),
        Problem::NameInText { name } => (
            format!("имя «{name}» стоит в тексте, а публиковать его не на чем основать"),
            "Из полей имя убирает сама программа, а текст пишете вы: уберите имя («metodika redact» сделает это везде) или запишите у человека в people.yaml основание — post, author или consent."
                .into(),
        ),
        Problem::UnknownIndicator { text, nearest } => (
            format!("показателя «{text}» в проекте нет"),
            match nearest {
                Some(nearest) => meant(text, nearest),
                None => "Напишите «id» или название показателя так, как он стоит выше.".into(),
            },
        ),
        Problem::WrongSum { terms, sum, total } => (
            format!("слагаемые не сходятся с итогом: {terms} = {sum}, а в итоге {total}"),
            "Исправьте цель одного из показателей или список слагаемых.".into(),
        ),
        Problem::Planning(advice) => advice.wording(Language::Ru),
        Problem::BrokenLink { target, nearest } => (
            format!("ссылка ведёт в никуда: «{target}»"),
            match nearest {
                Some(nearest) => format!("Похожий файл есть: «{nearest}»."),
                None => "Проверьте имя файла и папку: путь считается от файла, в котором стоит ссылка.".into(),
            },
        ),
        Problem::BrokenAnchor { target, anchor } => {
            (format!("на странице «{target}» нет места «#{anchor}»"), "Проверьте номер пункта или заголовок после знака «#».".into())
        }
        Problem::UnsafeLink { target } => (
            format!("ссылка «{target}» не допускается"),
            "Разрешены адреса http, https, mailto, tel и пути к файлам сайта; ссылка показана как обычный текст.".into(),
        ),
        Problem::MissingFile { path, nearest } => (
            format!("файла «{path}» нет"),
            match nearest {
                Some(nearest) => format!("Похожий файл есть: «{nearest}»."),
                None => "Положите файл рядом с документом и укажите его имя с окончанием, например «programma.pdf».".into(),
            },
        ),
        Problem::MissingAlt { path } => (
            format!("у картинки «{path}» нет описания для тех, кто её не видит"),
            "Добавьте «alt: что на картинке», а если она только для украшения — «decorative: true».".into(),
        ),
        Problem::DamagedPicture { path } => (
            format!("картинка «{path}» не читается: файл повреждён или это не картинка"),
            "Откройте её у себя: если не открывается, возьмите другой экземпляр; если открывается, сохраните заново как JPEG.".into(),
        ),
        Problem::PictureFormat { path } => (
            format!("картинку «{path}» покажет не каждый браузер, и она уйдёт на сайт вместе с записями камеры: где и когда снято"),
            "Сохраните её как JPEG (фотографию) или PNG (схему, снимок экрана): такие картинки уменьшаются и очищаются сами.".into(),
        ),
        Problem::EmptyAttachment => {
            ("у вложения не указан ни файл, ни адрес".into(), "Напишите «file: имя-файла.pdf» или «url: https://…».".into())
        }
        Problem::TooDeep { levels } => (
            format!("вложенность в тексте глубже {levels} уровней"),
            "Проверьте знаки «>» и «-» в начале строк и незакрытые теги HTML: столько уровней никто не прочтёт.".into(),
        ),
        Problem::ActiveFile { path } => (
            format!("файл «{path}» браузер запустит как часть сайта, поэтому он не публикуется"),
            "Приложите PDF или документ, а рисунок — в PNG или JPEG; рисунок SVG подойдёт без сценариев и ссылок наружу.".into(),
        ),
        Problem::SameButForCase { path, other } => (
            format!("имена «{path}» и «{other}» различаются только регистром букв"),
            "На Windows и macOS это одно имя. Переименуйте один из файлов.".into(),
        ),
        Problem::BadFileName { path } => (
            format!("имя «{path}» не годится: на Windows его не записать или в нём есть невидимые знаки"),
            "Переименуйте файл: без знаков < > : \" | ? * \\ и невидимых, без точки в конце и не con, nul, aux.".into(),
        ),
        Problem::More { count } => {
            (format!("в этом файле есть ещё замечания: {count}"), "Исправьте показанные и запустите проверку снова.".into())
        }
        Problem::UnsafeHtml { what } => (
            format!("из текста убрано небезопасное: {what}"),
            "Сценарии и обработчики событий на страницу не попадают; остальной текст сохранён.".into(),
        ),
        Problem::Typography(warning) => {
            let what = match warning.rule {
                Rule::Grouping => "длинное число читается легче по три цифры",
                Rule::DecimalComma => "в русском тексте дробь пишется через запятую",
                Rule::SpaceAfterFullStop => "нет пробела после точки",
                Rule::SpaceAfterListMark => "нет пробела после знака списка",
                Rule::MixedScripts if strangers(&warning.found, &warning.fix).is_some_and(|(_, latin)| latin) => {
                    "среди русских букв стоит похожая латинская"
                }
                Rule::MixedScripts => "в слове смешаны русские и латинские буквы",
                Rule::FullStopInHeading => "точка в конце заголовка не ставится",
                Rule::CapitalHeading => "заголовок набран прописными буквами; обычными он читается легче",
            };
            (
                format!("«{}»: {what}", warning.found),
                match warning.rule {
                    _ if warning.fix.is_empty() => String::new(),
                    Rule::MixedScripts if strangers(&warning.found, &warning.fix).is_some() => meant(&warning.found, &warning.fix),
                    _ => format!("Напишите «{}».", warning.fix),
                },
            )
        }
        Problem::UnknownTimezone { name, nearest } => (
            format!("часового пояса «{name}» нет"),
            match nearest {
                Some(nearest) => meant(name, nearest),
                None => "Напишите, например, «Europe/Moscow» или «Asia/Vladivostok».".into(),
            },
        ),
        Problem::SpanBackwards { from, to } => (
            format!("выпуск собирает с {} по {}: последний день раньше первого", numeric(*from), numeric(*to)),
            "Поменяйте дни местами: «собрать: {с: первый день, по: последний день}». Пока разделы в выпуск не собраны.".into(),
        ),
        Problem::SpanOpen => (
            "у «собрать» назван только один день".into(),
            "Нужны оба: «собрать: {с: 01.07.2024, по: 30.09.2024}». Пока разделы в выпуск не собраны.".into(),
        ),
        Problem::LongMail { bytes } => (
            format!("письмо с этим выпуском слишком длинное: {} КБ", bytes.div_ceil(1024)),
            "Почта Gmail показывает первые 102 КБ, остальное прячет. Сократите текст или соберите выпуск за меньшее время.".into(),
        ),
        Problem::BadBaseUrl { url } => (
            format!("«{url}» — не адрес сайта"),
            "Адрес начинается с https:// и может содержать папку: «https://example.org/blog/».".into(),
        ),
        Problem::UnknownTheme { name } => {
            (format!("темы «{name}» нет"), "Уберите настройку theme или положите тему в папку themes/ с этим именем.".into())
        }
        Problem::LowContrast { role, against, ratio } => (
            format!("цвет «{role}» плохо виден на «{against}»: контраст {ratio} : 1"),
            "Нужно не меньше 4,5 : 1 (WCAG 2.2, 1.4.3). Сделайте цвет темнее или фон светлее.".into(),
        ),
        Problem::Template { reason } => {
            (format!("ошибка в шаблоне темы: {reason}"), "Исправьте шаблон или удалите его, тогда сработает встроенный.".into())
        }
        Problem::Unfit(unfit) => self::unfit(unfit),
        Problem::NoTitle => ("у сайта нет названия".into(), "Создайте файл content/site.yaml со строкой «title: Название сайта».".into()),
    }
}

/// What the editing page cannot show.
fn unfit(unfit: &Unfit) -> (String, String) {
    match unfit {
        Unfit::Key { key, wanted } => (
            format!("страница правки /admin/ не увидит ключ «{key}»: он у неё называется «{wanted}»"),
            format!("Напишите «{wanted}» — значение останется прежним."),
        ),
        Unfit::List => (
            "страница правки /admin/ ждёт здесь список и при сохранении потеряет одиночное значение".into(),
            "Возьмите значение в квадратные скобки: [значение].".into(),
        ),
        Unfit::Record { key } => (
            "страница правки /admin/ ждёт здесь набор ключей и при сохранении потеряет простой текст".into(),
            format!("Напишите «{{{key}: …}}»."),
        ),
        Unfit::Value { wanted } => {
            ("страница правки /admin/ не знает такого написания".into(), format!("Напишите «{wanted}» — это то же самое."))
        }
    }
}

/// «Похоже, имелось в виду …», and what the eye does not see.
fn meant(text: &str, nearest: &str) -> String {
    match strangers(text, nearest) {
        Some((letters, is_latin)) => {
            let (own, other) = if is_latin { ("латинск", "русск") } else { ("русск", "латинск") };
            match letters.chars().count() {
                1 => format!("Буква «{letters}» здесь {own}ая, хотя выглядит как {other}ая. Напишите «{nearest}»."),
                _ => format!("Буквы «{letters}» здесь {own}ие, хотя выглядят как {other}ие. Напишите «{nearest}»."),
            }
        }
        None => format!("Похоже, имелось в виду «{nearest}»."),
    }
}

/// The file that a plan is imported to.
fn plan_of(path: &str) -> String {
    format!("{}yaml", &path[..path.len() - extension(path).len()])
}

fn yaml(kind: &YamlErrorKind) -> (String, String) {
    match kind {
        YamlErrorKind::Tab => ("строка начинается с табуляции".into(), "Отступ делают пробелами: два пробела на каждый уровень.".into()),
        YamlErrorKind::NoBreakSpace => (
            "в начале строки неразрывный пробел".into(),
            "На вид он как обычный, но отступом не считается. Сотрите начало строки и наберите пробелы клавишей «Пробел».".into(),
        ),
        YamlErrorKind::ColonInValue => (
            "в значении есть двоеточие, а кавычек нет".into(),
            "Возьмите всё значение в кавычки: название: \"Чтение: от нуля до ста\".".into(),
        ),
        YamlErrorKind::NoSpaceAfterColon => (
            "после двоеточия нет пробела".into(),
            "Между двоеточием и значением нужен обычный пробел: «дата: 18 марта 2015 г.».".into(),
        ),
        YamlErrorKind::Unclosed => (
            "не закрыта кавычка или скобка".into(),
            "Проверьте эту строку: у каждой открывающей кавычки и скобки должна быть закрывающая.".into(),
        ),
        YamlErrorKind::InnerQuotes => (
            "кавычки внутри кавычек".into(),
            "Возьмите всё значение в другие кавычки: 'Школа \"Профи\"', или пишите ёлочками: Школа «Профи».".into(),
        ),
        YamlErrorKind::ListMark => (
            "пункт списка начинается не с «- »".into(),
            "Каждый пункт начинается с дефиса и пробела. Тире и кружки, которые ставит Word, списком не считаются.".into(),
        ),
        YamlErrorKind::NoKey => (
            "строка без ключа: непонятно, к чему она относится".into(),
            "Если это продолжение строки над ней, начните её с двух пробелов; если новое значение, напишите «ключ: значение»; заметку для себя начните знаком «#».".into(),
        ),
        YamlErrorKind::Indentation => {
            ("сбит отступ".into(), "Строки одного уровня начинаются в одном столбце; вложенные — на два пробела правее.".into())
        }
        YamlErrorKind::DuplicateKey(key) => (format!("ключ «{key}» указан дважды"), "Оставьте одну строку с этим ключом.".into()),
        YamlErrorKind::Character(c) if c.is_control() => (
            "в строке невидимый управляющий знак".into(),
            "Такие знаки попадают в текст при копировании из Word и PDF: сотрите его или наберите это место заново.".into(),
        ),
        YamlErrorKind::Character(c) => {
            (format!("значение начинается со знака «{c}»: у него здесь особый смысл"), "Если это просто текст, возьмите всё значение в кавычки.".into())
        }
        YamlErrorKind::TooLarge => {
            ("слишком глубокая вложенность или слишком много данных".into(), "Разделите файл на несколько или уберите лишние уровни.".into())
        }
        YamlErrorKind::UnknownAlias => (
            "значение начинается со звёздочки: у неё здесь особый смысл".into(),
            "Если звёздочка — часть текста, возьмите всё значение в кавычки.".into(),
        ),
        // The parser's words are for programmers; the English wording has them.
        YamlErrorKind::Other(_) => (
            "эту строку не удалось прочитать".into(),
            "Проверьте её и строку над ней: каждый ключ — на своей строке, после двоеточия пробел, отступы пробелами, сложный текст в кавычках."
                .into(),
        ),
    }
}

fn needed_words(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "нужен текст",
        Expected::Number => "нужно число",
        Expected::Boolean => "нужно «да» или «нет»",
        Expected::Date => "нужна дата",
        Expected::List => "нужен список",
        Expected::Mapping => "нужен набор строк «ключ: значение»",
        Expected::Nothing => "ничего не нужно",
    }
}

fn expected_words(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "текст",
        Expected::Number => "число",
        Expected::Boolean => "«да» или «нет»",
        Expected::Date => "дата",
        Expected::List => "список",
        Expected::Mapping => "набор «ключ: значение»",
        Expected::Nothing => "пустое место",
    }
}

fn expected_example(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "Напишите одну строку текста; если в ней есть двоеточие или кавычки, возьмите её в кавычки.",
        Expected::Number => "Напишите число цифрами.",
        Expected::Boolean => "Напишите «да» или «нет» (true или false).",
        Expected::Date => "Напишите дату: «18 марта 2015 г.» или «2015-03-18».",
        Expected::List => "Напишите значения в скобках через запятую или каждое с новой строки после «- ».",
        Expected::Mapping => "Напишите ниже с отступом в два пробела строки вида «ключ: значение».",
        Expected::Nothing => "",
    }
}

fn registry_words(registry: Registry) -> &'static str {
    match registry {
        Registry::Organisations => "организаций",
        Registry::People => "людей",
        Registry::Areas => "направлений",
        Registry::Competencies => "компетенций",
        Registry::Territories => "территорий",
        Registry::Observances => "памятных дат",
        Registry::Glossary => "сокращений",
    }
}

fn registry_file(registry: Registry) -> &'static str {
    super::en::registry_file(registry)
}
