//! The messages in English.

use super::days::no_such_day;
use super::{Expected, Problem, Registry, Unfit};
use crate::source::{Encoding, LARGEST_TEXT, extension};
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
                Some(Encoding::Windows1251) => "the file is in the old encoding Windows-1251 and has to be UTF-8".into(),
                Some(Encoding::Utf16) => "the file is in UTF-16 (“Unicode”) and has to be UTF-8".into(),
                None => format!("the file is not UTF-8 (first fault: line {line}, character {column})"),
            },
            "Open it in Notepad, choose File, Save as…, below “Encoding: UTF-8”, and save it under the same name.".into(),
        ),
        Problem::TooLarge { bytes } => (
            format!("the file is too large: {} MB, and a text is read up to {} MB", bytes.div_ceil(1 << 20), LARGEST_TEXT >> 20),
            "Make several documents of it, and put pictures and tables beside it as files of their own: these have no limit.".into(),
        ),
        Problem::Unreadable { reason } => (format!("the file cannot be read: {reason}"), "Check that it is not open elsewhere and that you may read it.".into()),
        Problem::HiddenCharacters { first, count } => (
            format!(
                "an invisible character U+{:04X} stands here{}; it is left out of the site",
                u32::from(*first),
                if *count > 1 { format!(" ({count} such in the file)") } else { String::new() }
            ),
            "Such characters come with text copied from a PDF or a messenger and can change the order of letters. Delete the word and type it again."
                .into(),
        ),
        Problem::ChangedMeanwhile => {
            ("the file changed while the site was being built".into(), "Build once more: the published site is untouched.".into())
        }
        Problem::Yaml(kind) => yaml(kind),
        Problem::NoFrontMatter => ("the file does not begin with its front matter".into(), "Begin with a line `---`, then `title: …`, another line `---`, and the text.".into()),
        Problem::FrontMatterNotClosed => ("the front matter is not closed by a second `---` line".into(), "Put a line of three hyphens between front matter and text.".into()),
        Problem::FrontMatterFence { found } => (
            format!("`{found}` stands in place of a line `---`"),
            "Write three hyphens and nothing else. Word and mail make dashes of them: type them anew.".into(),
        ),
        Problem::UnknownFolder { folder, nearest } => (
            if folder.is_empty() {
                "the file lies in content itself, and not in the folder of its kind; it was left out".into()
            } else {
                format!("the file lies in `{folder}`, which is no kind of material; it was left out")
            },
            match nearest {
                Some(nearest) => format!("Did you mean the folder `{nearest}`? Rename it, or move the file."),
                None => "Move it to one of workshops, plans, newsletters, practices, projects, documents, news, pages. A name that begins with `_` hides a draft.".into(),
            },
        ),
        Problem::UnknownFile { name, nearest } => (
            format!("there is no registry `{name}`: the file was not read"),
            match nearest {
                Some(nearest) => format!("Did you mean `{nearest}`? Rename the file."),
                None => "content holds site.yaml and the registries organisations, people, areas, competencies, territories, observances, glossary (.yaml). Move a document to the folder of its kind, such as news.".into(),
            },
        ),
        Problem::WrongEnding { name, rename, import } => (
            format!("`{name}` will be no page: documents are .md and .yaml files"),
            match (rename, import) {
                (Some(rename), _) => format!("Rename it to `{rename}`. If Explorer shows that name already, switch on View, File name extensions."),
                (None, Some(path)) => format!("Take the plan out of it: metodika import \"{path}\" --out \"{}yaml\".", &path[..path.len() - extension(path).len()]),
                (None, None) => "Copy its text to a new .md file, or, if it is an attachment, name it in the document: `attachments: [file]`.".into(),
            },
        ),
        Problem::TextInYaml { rename } => (
            "text stands behind the front matter of a .yaml file, as in a .md file".into(),
            format!("Rename it to `{rename}`. A .yaml file has no lines `---`, and its text stands under `body: |`."),
        ),
        Problem::UnknownKey { key, nearest, elsewhere } => (
            format!("unknown key `{key}`"),
            match (nearest, elsewhere) {
                (Some(nearest), _) => meant(key, nearest),
                (None, Some(folder)) => format!("Documents in `{folder}` have such a key. Is the file in the right folder?"),
                (None, None) => "This kind has no such key: check the spelling and the indentation, or take the line out.".into(),
            },
        ),
        Problem::DuplicateKey { key } => (format!("the key `{key}` stands twice"), "Leave one (the Russian and the English key are the same).".into()),
        Problem::WrongType { expected, found } => (format!("expected {}, found {}", expected_words(*expected), expected_words(*found)), expected_example(*expected).into()),
        Problem::MissingKey { key, .. } => (format!("`{key}` is missing"), format!("Add a line `{key}: …` to the front matter.")),
        Problem::NotADate { text } => match no_such_day(text) {
            Some(day) => {
                let (message, hint) = day.wording(Language::En);
                (format!("`{text}`: {message}"), hint)
            }
            None => (format!("`{text}` is no date"), "Write day, month and year: `2015-03-18`.".into()),
        },
        Problem::Timeframe { printed, warning } => {
            let day = no_such_day(printed).filter(|_| *warning == Warning::NoSuchDate);
            let (message, hint) = day.map_or_else(|| timeframe::wording(warning, Language::En), |day| day.wording(Language::En));
            (format!("time frame “{printed}”: {message}"), hint)
        }
        Problem::NotATime { text } => (format!("`{text}` is no time"), "Write `10:00` or `10:00–16:30`.".into()),
        Problem::NotAPeriod { text } => (format!("`{text}` is neither a year nor a period"), "Write `2024`, `2024/2025` or `20.04.2022 – 24.02.2023`.".into()),
        Problem::UnknownValue { text, nearest, allowed } => (
            format!("`{text}` is not one of the values of this key"),
            match nearest {
                Some(nearest) => meant(text, nearest),
                None => format!("It may be: {}.", allowed.join(", ")),
            },
        ),
        Problem::BadSlug { slug, proposed } => (format!("the address `{slug}` holds characters that it may not"), format!("Lower case Latin letters, digits and hyphens only, such as `{proposed}`.")),
        Problem::DuplicateAddress { address, other } => (format!("the address `{address}` is taken by {other}"), "Give one of them another address: `slug: …` or another file name.".into()),
        Problem::DuplicateName { name, other } => (format!("“{name}” stands already at the registry entry `{other}`"), "Leave it at one entry: a reference to it would be ambiguous.".into()),
        Problem::UnknownName { registry, name, nearest } => (
            format!("“{name}” is not among the {}", registry_words(*registry)),
            match nearest {
                Some(nearest) if strangers(name, nearest).is_some() => meant(name, nearest),
                Some(nearest) => format!("It resembles “{nearest}”. If they are one, mend the spelling or add this one to its `aliases`."),
                None => format!("The name is shown as it is. To gather its materials, add to {}: `- {{id: …, name: \"{name}\"}}`.", registry_file(*registry)),
            },
        ),
        Problem::UnknownPlanItem { text, nearest } => (
            format!("there is no plan item `{text}`"),
            match nearest {
                Some(nearest) => meant(text, nearest),
                None => "Write the plan's address and the row's number with a slash: `tula-2024/2.3`.".into(),
            },
        ),
        Problem::UnknownProject { text, nearest } => (
            format!("there is no project `{text}`"),
            match nearest {
                Some(nearest) => meant(text, nearest),
                None => "Write the name of its file in `projects` without the ending.".into(),
            },
        ),
        Problem::DuplicateRow { number } => (format!("two rows of the plan have the number {number}"), "Mend the number: events refer to rows by it.".into()),
        Problem::UnknownRow { text, nearest } => (
            format!("the plan has no row `{text}`"),
            match nearest {
                Some(nearest) => meant(text, nearest),
                None => "Write the number of the row as it stands in the approved plan: `item: \"2.3\"`.".into(),
            },
        ),
        Problem::UnknownSection { text, nearest } => (
            if text.is_empty() { "the new row has nowhere to stand: the plan has no sections".into() } else { format!("the plan has no section `{text}`") },
            match nearest {
                Some(nearest) => meant(text, nearest),
                None => "Write the number or title of the section, or the row before it: `after: \"2.3\"`.".into(),
            },
        ),
        Problem::EmptyChange => (
            "the amendment changes nothing".into(),
            "Say which row it changes and what stands there now: `{item: \"2.3\", timeframe: Июнь 2024}`, or `add`, or `drop`.".into(),
        ),
        Problem::NameInText { name } => (
            format!("the name “{name}” stands in the text, and there is no basis for publishing it"),
            "Names in fields are taken out by the program, the text is yours: take the name out (`metodika redact` does so everywhere), or write the person's `basis` into people.yaml: post, author or consent."
                .into(),
        ),
        Problem::UnknownIndicator { text, nearest } => (
            format!("the project has no indicator `{text}`"),
            match nearest {
                Some(nearest) => meant(text, nearest),
                None => "Write the `id` or the title of the indicator as it stands above.".into(),
            },
        ),
        Problem::WrongSum { terms, sum, total } => (
            format!("the parts do not add up to the total: {terms} = {sum}, and the total is {total}"),
            "Mend the target of one of the indicators, or the list of parts.".into(),
        ),
        Problem::Planning(advice) => advice.wording(Language::En),
        Problem::BrokenLink { target, nearest } => (
            format!("the link leads nowhere: `{target}`"),
            match nearest {
                Some(nearest) => format!("There is a similar file: `{nearest}`."),
                None => "Check name and folder: the path starts from the file that holds the link.".into(),
            },
        ),
        Problem::BrokenAnchor { target, anchor } => (format!("the page `{target}` has no place `#{anchor}`"), "Check the row's number or the heading behind `#`.".into()),
        Problem::UnsafeLink { target } => (format!("the link `{target}` is not allowed"), "http, https, mailto, tel and paths of the site's files are; it is shown as plain text.".into()),
        Problem::MissingFile { path, nearest } => (
            format!("there is no file `{path}`"),
            match nearest {
                Some(nearest) => format!("There is a similar file: `{nearest}`."),
                None => "Put the file beside the document and write its name with its ending, such as `programme.pdf`.".into(),
            },
        ),
        Problem::MissingAlt { path } => (format!("the picture `{path}` has no text for those who do not see it"), "Add `alt: what it shows`, or `decorative: true` if it shows nothing.".into()),
        Problem::DamagedPicture { path } => (format!("the picture `{path}` cannot be read: the file is damaged or is no picture"), "Open it on your computer: if it does not open, take another copy; if it does, save it again as JPEG.".into()),
        Problem::PictureFormat { path } => (format!("not every browser shows the picture `{path}`, and it is published with what the camera wrote into it: where and when it was taken"), "Save it as JPEG (a photograph) or PNG (a drawing, a picture of the screen): such pictures are made smaller and clean by themselves.".into()),
        Problem::EmptyAttachment => ("the attachment names neither a file nor an address".into(), "Write `file: name.pdf` or `url: https://…`.".into()),
        Problem::TooDeep { levels } => (
            format!("the text is nested deeper than {levels} levels"),
            "Look at the signs “>” and “-” at the beginning of lines and at HTML tags that are not closed: nobody reads so many levels.".into(),
        ),
        Problem::ActiveFile { path } => (
            format!("browsers would run the file “{path}” as a part of the site, so it is not published"),
            "Attach a PDF or a document, and a picture as PNG or JPEG; a drawing in SVG will do without scripts and links to elsewhere.".into(),
        ),
        Problem::SameButForCase { path, other } => (
            format!("the names “{path}” and “{other}” differ in the case of letters alone"),
            "On Windows and macOS this is one name. Rename one of the files.".into(),
        ),
        Problem::BadFileName { path } => (
            format!("the name “{path}” will not do: Windows cannot write it, or invisible characters are in it"),
            "Rename the file: without < > : \" | ? * \\ and invisible characters, without a full stop at the end, and not con, nul, aux.".into(),
        ),
        Problem::More { count } => {
            (format!("there is more to say of this file: {count}"), "Mend what is shown and run the check again.".into())
        }
        Problem::UnsafeHtml { what } => (format!("unsafe HTML was taken out: {what}"), "Scripts and event handlers never reach the page; the rest of the text is kept.".into()),
        Problem::Typography(warning) => {
            let what = match warning.rule {
                Rule::Grouping => "a long number is easier to read in groups of three",
                Rule::DecimalComma => "Russian text has a decimal comma",
                Rule::SpaceAfterFullStop => "no space behind the full stop",
                Rule::SpaceAfterListMark => "no space behind the mark of the list",
                Rule::MixedScripts => "the word mixes Latin and Cyrillic letters",
                Rule::FullStopInHeading => "a heading ends without a full stop",
                Rule::CapitalHeading => "a heading in capitals is hard to read",
            };
            let hint = match warning.rule {
                _ if warning.fix.is_empty() => String::new(),
                Rule::MixedScripts if strangers(&warning.found, &warning.fix).is_some() => meant(&warning.found, &warning.fix),
                _ => format!("Write `{}`.", warning.fix),
            };
            (format!("“{}”: {what}", warning.found), hint)
        }
        Problem::UnknownTimezone { name, nearest } => (
            format!("there is no time zone `{name}`"),
            match nearest {
                Some(nearest) => meant(name, nearest),
                None => "Write, for example, `Europe/Moscow`.".into(),
            },
        ),
        Problem::SpanBackwards { from, to } => (
            format!("the issue collects from {from} to {to}: the last day comes before the first"),
            "Change the days: `collect: {from: first day, to: last day}`. So far nothing is collected.".into(),
        ),
        Problem::SpanOpen => (
            "`collect` names only one day".into(),
            "It takes both: `collect: {from: 2024-07-01, to: 2024-09-30}`. So far nothing is collected.".into(),
        ),
        Problem::LongMail { bytes } => (
            format!("the letter of this issue is too long: {} KB", bytes.div_ceil(1024)),
            "Gmail shows the first 102 KB and hides the rest. Shorten the text, or collect a shorter span.".into(),
        ),
        Problem::BadBaseUrl { url } => (format!("`{url}` is no address of a site"), "It begins with https:// and may have a folder: `https://example.org/blog/`.".into()),
        Problem::UnknownTheme { name } => (format!("there is no theme `{name}`"), "Take the setting out, or put the theme in themes/ under this name.".into()),
        Problem::LowContrast { role, against, ratio } => {
            (format!("the colour `{role}` is hard to see on `{against}`: contrast {ratio} : 1"), "At least 4.5 : 1 is needed (WCAG 2.2, 1.4.3).".into())
        }
        Problem::Template { reason } => (format!("a template of the theme is wrong: {reason}"), "Mend it, or delete it to get the embedded one.".into()),
        Problem::Unfit(unfit) => self::unfit(unfit),
        Problem::NoTitle => ("the site has no title".into(), "Make content/site.yaml with a line `title: …`.".into()),
    }
}

/// What the editing page cannot show.
fn unfit(unfit: &Unfit) -> (String, String) {
    match unfit {
        Unfit::Key { key, wanted } => (
            format!("the editing page /admin/ will not see the key `{key}`: it calls it `{wanted}`"),
            format!("Write `{wanted}`: the value stays what it is."),
        ),
        Unfit::List => (
            "the editing page /admin/ has a list here and would lose a single value on saving".into(),
            "Put the value into square brackets: [value].".into(),
        ),
        Unfit::Record { key } => (
            "the editing page /admin/ has several keys here and would lose a plain text on saving".into(),
            format!("Write `{{{key}: …}}`."),
        ),
        Unfit::Value { wanted } => {
            ("the editing page /admin/ does not know this spelling".into(), format!("Write `{wanted}`: it means the same."))
        }
    }
}

/// “Did you mean …”, and what the eye does not see.
fn meant(text: &str, nearest: &str) -> String {
    match strangers(text, nearest) {
        Some((letters, is_latin)) => {
            let (own, other) = if is_latin { ("Latin", "Cyrillic") } else { ("Cyrillic", "Latin") };
            format!("`{letters}` is {own} here and only looks {other}. Write `{nearest}`.")
        }
        None => format!("Did you mean `{nearest}`?"),
    }
}

fn yaml(kind: &YamlErrorKind) -> (String, String) {
    let (message, hint) = match kind {
        YamlErrorKind::Tab => ("a tab indents this line", "Use spaces: two for each level."),
        YamlErrorKind::NoBreakSpace => (
            "a no-break space indents this line",
            "It looks like a space and does not count as one. Delete the beginning of the line and type it with the space bar.",
        ),
        YamlErrorKind::ColonInValue => {
            ("a colon inside a value without quotes", "Put the whole value in quotes: title: \"Text: with a colon\".")
        }
        YamlErrorKind::NoSpaceAfterColon => ("no space behind the colon", "Put a plain space between colon and value: `date: 2015-03-18`."),
        YamlErrorKind::Unclosed => {
            ("a quote or bracket is not closed", "Check this line: each opening quote and bracket needs its closing one.")
        }
        YamlErrorKind::InnerQuotes => ("quotes inside of quotes", "Put the whole value in the other quotes: 'School \"Profi\"'."),
        YamlErrorKind::ListMark => (
            "an item of the list does not begin with `- `",
            "Each item begins with a hyphen and a space. Dashes and bullets that Word makes of them do not count.",
        ),
        YamlErrorKind::NoKey => (
            "a line without a key: there is no telling what it belongs to",
            "If it continues the line above, begin it with two spaces; if it is a value of its own, write `key: value`; begin a note to yourself with `#`.",
        ),
        YamlErrorKind::Indentation => ("the indentation is off", "Lines of one level begin in one column; nested ones two spaces further."),
        YamlErrorKind::DuplicateKey(key) => return (format!("the key `{key}` stands twice"), "Leave one.".into()),
        YamlErrorKind::Character(c) if c.is_control() => (
            "an invisible control character stands here",
            "Word and PDF leave such characters in copies: delete it, or type the place anew.",
        ),
        YamlErrorKind::Character(c) => {
            return (
                format!("the value begins with `{c}`, which has a meaning of its own here"),
                "If it is text, put the whole value in quotes.".into(),
            );
        }
        YamlErrorKind::TooLarge => ("nested too deeply, or too much data", "Split the file."),
        YamlErrorKind::UnknownAlias => {
            ("the value begins with an asterisk, which has a meaning of its own here", "If it is text, put the whole value in quotes.")
        }
        YamlErrorKind::Other(reason) => {
            return (
                format!("this line cannot be read ({reason})"),
                "Check it and the one above: one key a line, a space behind the colon, quotes around difficult text.".into(),
            );
        }
    };
    (message.into(), hint.into())
}

fn expected_words(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "a text",
        Expected::Number => "a number",
        Expected::Boolean => "`true` or `false`",
        Expected::Date => "a date",
        Expected::List => "a list",
        Expected::Mapping => "a set of `key: value`",
        Expected::Nothing => "nothing",
    }
}

fn expected_example(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "Write one line of text, in quotes if it holds a colon.",
        Expected::Number => "Write a number in digits.",
        Expected::Boolean => "Write `true` or `false`.",
        Expected::Date => "Write a date: `2015-03-18`.",
        Expected::List => "Write the values in brackets with commas, or each on a line of its own after `- `.",
        Expected::Mapping => "Write lines `key: value` below, indented by two spaces.",
        Expected::Nothing => "",
    }
}

fn registry_words(registry: Registry) -> &'static str {
    match registry {
        Registry::Organisations => "organisations",
        Registry::People => "people",
        Registry::Areas => "areas",
        Registry::Competencies => "competencies",
        Registry::Territories => "territories",
        Registry::Observances => "observances",
        Registry::Glossary => "glossary entries",
    }
}

pub(super) fn registry_file(registry: Registry) -> &'static str {
    match registry {
        Registry::Organisations => "content/organisations.yaml",
        Registry::People => "content/people.yaml",
        Registry::Areas => "content/areas.yaml",
        Registry::Competencies => "content/competencies.yaml",
        Registry::Territories => "content/territories.yaml",
        Registry::Observances => "content/observances.yaml",
        Registry::Glossary => "content/glossary.yaml",
    }
}
