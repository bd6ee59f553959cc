//! Lists within a cell: marked lines, or marks that were run together on one line.

use crate::value::letter::is_letter;

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Dash,
    /// «1.» or «1)»
    Number(usize),
    /// «а)»
    Letter(char),
}

/// A list with what introduces it, which may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub intro: String,
    pub items: Vec<String>,
}

/// The mark at the beginning of `text`, and what follows it.
pub fn mark(text: &str) -> Option<(Mark, &str)> {
    let mut chars = text.char_indices();
    let (_, first) = chars.next()?;
    if matches!(first, '-' | '–' | '—' | '−' | '•' | '·' | '▪' | '●' | '○' | '■' | '*' | '\u{f0b7}' | '\u{f0a7}' | '✓') {
        let rest = text[first.len_utf8()..].trim_start();
        return rest
            .starts_with(|c: char| is_letter(c) || c.is_ascii_digit() || matches!(c, '«' | '"' | '„' | '('))
            .then_some((Mark::Dash, rest));
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=2).contains(&digits) {
        let rest = text[digits..].strip_prefix(['.', ')'])?;
        let rest_text = rest.trim_start();
        // «1.1», «15.12» and «5.» are no items.
        let is_item = !rest_text.is_empty() && (rest_text.len() < rest.len() || !rest.starts_with(|c: char| c.is_ascii_digit()));
        return is_item.then(|| text[..digits].parse().ok().map(|n| (Mark::Number(n), rest_text))).flatten();
    }
    let rest = text[first.len_utf8()..].strip_prefix(')')?;
    (is_letter(first) && !rest.trim().is_empty()).then(|| (Mark::Letter(first), rest.trim_start()))
}

/// The list that the lines of a cell are: marked lines, lines below one that ends in a colon, lines that end in semicolons, or marks on one
/// line. Items lose their marks and the semicolon behind them.
pub fn list_of(lines: &[String]) -> Option<Listed> {
    let first = lines.iter().position(|line| mark(line).is_some_and(|(mark, _)| mark != Mark::Number(0)));
    if lines.len() > 1 {
        let marked = lines.iter().filter(|line| mark(line).is_some()).count();
        if let (Some(first), true) = (first, marked > 1) {
            return Some(of_lines(lines, first));
        }
        let semicolons = lines[..lines.len() - 1].iter().filter(|line| line.ends_with(';')).count();
        if semicolons + 1 >= lines.len() {
            return Some(of_lines(lines, 0));
        }
        if let Some(colon) = lines[..lines.len() - 1].iter().position(|line| line.ends_with(':'))
            && lines.len() - colon > 2
        {
            return Some(of_lines(lines, colon + 1));
        }
    }
    let text = lines.join(" ");
    inline(&text)
}

fn of_lines(lines: &[String], first: usize) -> Listed {
    let mut items: Vec<String> = Vec::new();
    let has_marks = lines[first..].iter().any(|line| mark(line).is_some());
    for line in &lines[first..] {
        match (mark(line), items.last_mut()) {
            (Some((_, rest)), _) => items.push(rest.to_owned()),
            // Among marked items a line without a mark goes on with its item.
            (None, Some(last)) if has_marks && !last.ends_with(';') => {
                last.push(' ');
                last.push_str(line);
            }
            (None, _) => items.push(line.clone()),
        }
    }
    Listed { intro: lines[..first].join(" "), items: items.iter().map(|item| plain(item)).collect() }
}

/// «Проведение: 1. … 2. …», «Обновление: - …; -…»
fn inline(text: &str) -> Option<Listed> {
    let colon = text.match_indices(':').find(|(at, _)| mark(text[at + 1..].trim_start()).is_some()).map(|(at, _)| at + 1);
    let (intro, rest) = match colon {
        Some(at) => (&text[..at], text[at..].trim_start()),
        None => ("", text),
    };
    let (kind, _) = mark(rest)?;
    if kind == Mark::Dash && colon.is_none() {
        return None;
    }
    let starts = match kind {
        Mark::Number(1) => numbered(rest),
        Mark::Letter(_) => lettered(rest),
        Mark::Dash => dashed(rest),
        Mark::Number(_) => return None,
    };
    if starts.len() < 2 {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([rest.len()]);
    let items: Vec<String> =
        starts.iter().zip(ends).filter_map(|(from, to)| mark(rest[*from..to].trim())).map(|(_, item)| plain(item)).collect();
    (items.len() == starts.len()).then(|| Listed { intro: intro.trim().to_owned(), items })
}

fn plain(item: &str) -> String {
    item.trim().trim_end_matches([';', ',']).trim_end().to_owned()
}

/// Where words begin.
fn words(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1))
}

fn numbered(text: &str) -> Vec<usize> {
    let mut next = 1;
    words(text)
        .filter(|at| {
            let found = matches!(mark(head(text, *at)), Some((Mark::Number(n), _)) if n == next);
            next += usize::from(found);
            found
        })
        .collect()
}

fn lettered(text: &str) -> Vec<usize> {
    words(text).filter(|at| matches!(mark(head(text, *at)), Some((Mark::Letter(_), _)))).collect()
}

/// A dash begins an item where it stands at a word («-День») or behind the end of another item («; - план»). Between two blanks in the
/// middle of a sentence it is a dash.
fn dashed(text: &str) -> Vec<usize> {
    words(text)
        .filter(|at| {
            let rest = head(text, *at);
            let sign = rest.chars().next().map_or(0, char::len_utf8);
            matches!(mark(rest), Some((Mark::Dash, _)))
                && (*at == 0 || !rest[sign..].starts_with(' ') || text[..*at].trim_end().ends_with([';', ':', '.', ',']))
        })
        .collect()
}

/// The beginning of what stands at `at`: a mark is short.
fn head(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = rest.char_indices().nth(12).map_or(rest.len(), |(end, _)| end);
    &rest[..end]
}

/// «Заседания: 1. Фестиваль», alone: a heading over rows that begins with the first of them. What stands before the mark, and behind it.
pub fn heading_with_first(text: &str) -> Option<(&str, &str)> {
    let at = words(text).skip(1).find(|at| matches!(mark(head(text, *at)), Some((Mark::Number(1), _))))?;
    let (_, rest) = mark(&text[at..])?;
    Some((text[..at].trim(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], intro: &str, items: &[&str]) {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let listed = list_of(&lines).unwrap_or_else(|| panic!("no list in {lines:?}"));
        assert_eq!((listed.intro.as_str(), listed.items.iter().map(String::as_str).collect::<Vec<_>>()), (intro, items.to_vec()));
    }

    #[test]
    fn lists_are_found() {
        check(
            &["Обновление банка данных по: - кадровому составу ПС на 2024-2025 учебный год; -ресурсной базе; -начинающим"],
            "Обновление банка данных по:",
            &["кадровому составу ПС на 2024-2025 учебный год", "ресурсной базе", "начинающим"],
        );
        check(&["Консультации: 1. Списание фонда.Учет. 2. «Дневник»"], "Консультации:", &["Списание фонда.Учет.", "«Дневник»"]);
        check(&["Сбор:", "– месячник;", "– день чтения", "для младших"], "Сбор:", &["месячник", "день чтения для младших"]);
        check(&["Сбор сведений:", "Месячник", "День чтения"], "Сбор сведений:", &["Месячник", "День чтения"]);
        check(&["План;", "Отчёт;", "Справка"], "", &["План", "Отчёт", "Справка"]);
    }

    #[test]
    fn what_is_no_list_stays_whole() {
        for text in ["Семинар - практикум: итоги - выводы", "Заседание: 1. Итоги", "План на 15.12.2024", "Тема: «Чтение»", "- одно"]
        {
            assert_eq!(list_of(&[text.to_owned()]), None, "{text}");
        }
        assert_eq!(list_of(&["Семинар".to_owned(), "«Чтение»".to_owned()]), None);
        assert_eq!(heading_with_first("Заседания по темам: 1. Фестиваль"), Some(("Заседания по темам:", "Фестиваль")));
    }
}
