//! What the preview adds to a page: the script that reloads it, and the list of errors while there are any. Nothing of it is published.
//!
//! Script and style are files of their own, so that they work under a theme's content security policy of `'self'`.

use super::i18n;
use super::report::{Finding, Fragment};
use metodika::value::html::escape;
use metodika::value::language::Language;

/// The files that the additions ask for: name, content.
pub const FILES: [(&str, &str); 2] =
    [("_metodika/reload.js", include_str!("overlay/reload.js")), ("_metodika/problems.css", include_str!("overlay/problems.css"))];

/// `page` with the additions before the end of its body: it is of the site's `version`, and these are the errors of now.
pub fn add(mut page: Vec<u8>, version: &str, errors: &[Finding], remark: &str, language: Language) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let at = page.windows(END.len()).rposition(|window| window.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    let rest = page.split_off(at);
    if !errors.is_empty() {
        page.extend_from_slice(list(errors, remark, language).as_bytes());
    }
    page.extend_from_slice(format!("<script src=\"/_metodika/reload.js\" data-version=\"{}\"></script>\n", escape(version)).as_bytes());
    page.extend_from_slice(&rest);
    page
}

/// A page of the server's own, without the additions.
pub fn page(title: &str, language: Language) -> Vec<u8> {
    let (title, tag) = (escape(title), language.tag());
    format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n<p><a href=\"/\">/</a></p>\n</body>\n</html>\n"
    )
    .into_bytes()
}

fn list(errors: &[Finding], remark: &str, language: Language) -> String {
    let tag = language.tag();
    let title = i18n::counts(errors.len(), 0, 0, language);
    let mut html = format!(
        "<link rel=\"stylesheet\" href=\"/_metodika/problems.css\">\n<aside id=\"metodika-problems\" role=\"alert\" lang=\"{tag}\">\n\
         <details open><summary>{}. {}</summary>\n<ol>\n",
        escape(&title),
        escape(remark)
    );
    for error in errors {
        html.push_str("<li>");
        if let Some(file) = &error.file {
            let place = format!("{file}:{}:{}", error.line.unwrap_or(1), error.column.unwrap_or(1));
            html.push_str(&format!("<code>{}</code>", escape(&place)));
        }
        html.push_str(&format!("<p><strong>{}</strong></p>", escape(&error.message)));
        html.extend(error.fragment.as_ref().map(marked));
        html.extend(error.hint.as_ref().map(|hint| format!("<p>{}</p>", escape(hint))));
        html.extend(error.fix.as_ref().map(|fix| format!("<p>{}: <code>{}</code></p>", i18n::becomes(language), escape(fix))));
        html.push_str("</li>\n");
    }
    html.push_str("</ol></details>\n</aside>\n");
    html
}

fn marked(fragment: &Fragment) -> String {
    let Fragment { text, marked } = fragment;
    match (text.get(..marked.start), text.get(marked.clone()), text.get(marked.end..)) {
        (Some(before), Some(inside), Some(after)) => {
            format!("<pre>{}<mark>{}</mark>{}</pre>", escape(before), escape(inside), escape(after))
        }
        _ => format!("<pre>{}</pre>", escape(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use metodika::diagnostic::Severity;

    #[test]
    fn errors_are_listed_and_escaped() {
        let error = Finding {
            severity: Severity::Error,
            code: "yaml".into(),
            file: Some("content/<b>.md".into()),
            line: Some(2),
            column: Some(1),
            message: "<script>alert(1)</script>".into(),
            hint: None,
            fix: Some("&".into()),
            fragment: Some(Fragment { text: "a: <i>".into(), marked: 3..6 }),
            related: Vec::new(),
        };
        let page = add(b"<p>x</p></BODY></html>".to_vec(), "1-1", &[error], "Показан последний.", Language::Ru);
        let page = String::from_utf8(page).unwrap();
        assert!(page.starts_with("<p>x</p><link") && page.ends_with("</script>\n</BODY></html>"), "{page}");
        assert!(page.contains("1 ошибка. Показан последний."), "{page}");
        assert!(
            page.contains("content/&lt;b&gt;.md:2:1") && page.contains("<mark>&lt;i&gt;</mark>") && !page.contains("<script>alert"),
            "{page}"
        );
    }
}
