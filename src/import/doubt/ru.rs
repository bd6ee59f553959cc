//! Doubts in Russian, for a person who does not program.

use super::{Matter, Place, TableName, address};
use crate::value::language::Language;
use crate::value::timeframe;

pub(super) fn place(place: &Place) -> String {
    match place {
        Place::Paper => "весь файл".into(),
        Place::Paragraph(number) => format!("абзац {number}"),
        Place::Table(table) => name(table),
        Place::Row { table, row } => format!("{}, строка {row}", name(table)),
        Place::Cell { table: TableName::Sheet(sheet), row, column, heading } => {
            format!("лист «{sheet}», ячейка {}{}", address(*row, *column), titled(heading, "(«", "»)"))
        }
        Place::Cell { table, row, column, heading } if heading.is_empty() => format!("{}, строка {row}, графа {}", name(table), column + 1),
        Place::Cell { table, row, heading, .. } => format!("{}, строка {row}, графа «{heading}»", name(table)),
    }
}

fn titled(heading: &str, before: &str, after: &str) -> String {
    if heading.is_empty() { String::new() } else { format!(" {before}{heading}{after}") }
}

fn name(table: &TableName) -> String {
    match table {
        TableName::File => "таблица".into(),
        TableName::Numbered(number) => format!("таблица {number}"),
        TableName::Sheet(sheet) => format!("лист «{sheet}»"),
    }
}

pub(super) fn message(matter: &Matter) -> String {
    match matter {
        Matter::Columns { columns } => {
            let read = |(heading, key): &(String, Option<&str>)| format!("«{heading}» → {}", key.unwrap_or("в план не входит"));
            format!("графы поняты так: {}", columns.iter().map(read).collect::<Vec<_>>().join("; "))
        }
        Matter::Months { columns } => {
            let read = |(heading, term): &(String, String)| format!("«{heading}» → {term}");
            let read = columns.iter().map(read).collect::<Vec<_>>().join("; ");
            format!("графы приняты за сроки: {read}. Знак в графе («+», «х») — срок строки, число — день, текст — подпункт с этим сроком")
        }
        Matter::MonthsBesideTerm { printed, timeframe } => {
            format!("у строки есть свой срок «{printed}»; отмеченные графы записаны примечанием (#): «{timeframe}»")
        }
        Matter::HeadingsRepeated { rows } => {
            let rows: Vec<String> = rows.iter().map(usize::to_string).collect();
            format!("заголовки граф повторены на новой странице и пропущены: строки {}", rows.join(", "))
        }
        Matter::RowLeftOut { text } => format!("строка с номерами граф пропущена: «{text}»"),
        Matter::SheetLeftOut { text } => format!("лист не взят: он скрыт, или на нём нет такой же таблицы плана. Его текст: {text}"),
        Matter::StrangeColumn { heading } => {
            format!("для графы «{heading}» в плане нет места: её текст записан примечаниями (#) над строками плана")
        }
        Matter::RowJoined { to, text } => {
            format!("строка без номера принята за продолжение строки {}, разрезанной концом страницы: {}", quoted(to), quoted(text))
        }
        Matter::WordJoined { left, right, word } => format!("перенос «{left}» + «{right}» склеен в слово «{word}»"),
        Matter::HyphenKept { word } => format!("дефис на конце строки оставлен: «{word}»"),
        Matter::RepeatedAtBreak { text } => format!("на стыке страниц напечатано дважды и взято один раз: «{text}»"),
        Matter::Section { title } => format!("принято за заголовок раздела: {}", quoted(title)),
        Matter::Group { heading, rows } => format!("{} принято за общий заголовок, строк под ним: {rows}", quoted(heading)),
        Matter::PartsPaired { parts } => format!("каждому подпункту дан свой срок по порядку: {}", parts.join("; ")),
        Matter::PartsNotPaired { parts, timeframe } => {
            format!("подпунктов {parts}, а сроков не столько же; срок оставлен общим: «{timeframe}»")
        }
        Matter::RowSplit { rows } => format!("в клетках строки стоят параллельные списки; из неё сделано строк: {rows}"),
        Matter::NumberFromDay { number } => format!("таблица превратила номер в дату; номер прочитан как {number}"),
        Matter::NumberWithNought { printed, number } => {
            format!("после предыдущего номера ожидается {number}, а таблица показывает {printed}; записано {number}")
        }
        Matter::NumberTwice { printed } => {
            format!("номер {printed} в этом разделе уже был; строка записана без номера, сайт даст ей номер предыдущей с буквой")
        }
        Matter::NoNumber { title } => {
            format!("у строки {} нет номера; она стоит отдельной строкой, сайт даст ей номер предыдущей с буквой", quoted(title))
        }
        Matter::NoTitle { title } => format!("нет названия мероприятия; записано «{title}»"),
        Matter::PersonTwice { name } => format!("«{name}» стоит в клетке дважды, взято один раз"),
        Matter::TermUnread { printed, warning } => {
            let (why, hint) = timeframe::wording(warning, Language::Ru);
            format!("срок «{printed}» не понят ({why}); он записан примечанием (#), впишите его в «срок» другими словами. {hint}")
        }
        Matter::TermUnreadToo { printed, warning } => {
            let (why, _) = timeframe::wording(warning, Language::Ru);
            format!("срок «{printed}» не понят ({why}); он записан примечанием (#), впишите его в «срок» другими словами")
        }
        Matter::Ditto { columns } => {
            let named = |(heading, rows): &(String, Vec<usize>)| format!("«{heading}» — {}", listed(rows));
            let columns: Vec<String> = columns.iter().map(named).collect();
            format!("знаки повтора («то же», -\"-) заменены тем, что стоит строкой выше; графы и строки: {}", columns.join("; "))
        }
        Matter::DayFromNumber { printed, day } => format!("число {printed} прочитано как дата без формата: {day}"),
        Matter::QuoteOpen { is_dropped: true } => "кавычка открыта и не закрыта; она пропущена, чтобы следующие строки не слились в одну".into(),
        Matter::QuoteOpen { is_dropped: false } => "клетка в кавычках занимает очень много строк; проверьте, не пропущена ли закрывающая кавычка".into(),
        Matter::TermDoubtful { printed, warning } => {
            let (why, hint) = timeframe::wording(warning, Language::Ru);
            format!("срок «{printed}»: {why}; записан как напечатан. {hint}")
        }
        Matter::TermOfSection { printed, timeframe } if printed.is_empty() => {
            format!("срока нет, а раздел назван по месяцу; записано «{timeframe}»")
        }
        Matter::TermOfSection { printed, timeframe } => format!("к сроку «{printed}» добавлен месяц из заголовка раздела: «{timeframe}»"),
        Matter::YearFrom { year, text } => format!("год плана {year} взят отсюда: «{text}». Другой год задаёт --year"),
        Matter::NoYear => {
            "год плана не найден. Сроки записаны как напечатаны, но пока года нет, build сочтёт их ошибкой. Впишите год в строку «# год:» и уберите из неё знак #, или повторите импорт с годом: --year 2024 или --year 2024/2025".into()
        }
        Matter::NoPlanTitle { title } => format!("название плана не найдено; записано «{title}»"),
        Matter::DateUnread { text } => format!("«{text}» — не дата; впишите день, месяц и год"),
        Matter::Alike { name, other } => {
            format!("{} и {} похожи: если это одно и то же, запишите второе в aliases первого", quoted(name), quoted(other))
        }
        Matter::Unplaced { text } => format!("этому тексту в плане места не нашлось: {}", quoted(text)),
    }
}

fn listed(rows: &[usize]) -> String {
    rows.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

/// `text` in quotes; its own are the inner ones.
fn quoted(text: &str) -> String {
    format!("«{}»", text.replace('«', "„").replace('»', "“"))
}
