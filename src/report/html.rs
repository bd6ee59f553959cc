//! The analysis as one HTML page that needs nothing around it: no script, no font, no picture.

use super::outline::{Block, Run};
use crate::value::html::{attribute_into, content_into};
use crate::value::language::Language;

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1.05rem/1.55 Georgia,\"Times New Roman\",serif;max-width:66rem;margin:0 auto;padding:1.5rem}\
h1{font-size:1.7rem;line-height:1.25}h2{font-size:1.3rem;margin-top:2.2rem}h3{font-size:1.05rem}\
.table{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.95rem}\
th,td{border:1px solid #8888;padding:.35rem .5rem;text-align:left;vertical-align:top}\
thead th{font-size:.8rem;hyphens:auto}.n{text-align:right;font-variant-numeric:tabular-nums}tfoot td,tfoot th{font-weight:bold}\
.own{border:2px dashed #a15c00;padding:.6rem .8rem;min-height:3.5rem}\
@media print{body{max-width:none;padding:0}a{color:inherit;text-decoration:none}tr{break-inside:avoid}}";

/// The page of `blocks`. Its title is the first heading and the paragraph behind it.
pub fn html(blocks: &[Block], language: Language) -> String {
    let mut out = format!("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", language.tag());
    out.push_str("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>");
    let title = blocks.iter().filter_map(|block| match block {
        Block::Heading(1, text) => Some(text.clone()),
        Block::Paragraph(runs) => Some(runs.iter().map(|run| run.text.as_str()).collect()),
        _ => None,
    });
    content_into(&title.take(2).collect::<Vec<_>>().join(". "), &mut out);
    out.push_str(&format!("</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"));
    // A table is named by the heading above it.
    let mut heading = String::new();
    for block in blocks {
        if let Block::Heading(_, text) = block {
            heading.clone_from(text);
        }
        put(block, &heading, language, &mut out);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn put(block: &Block, heading: &str, language: Language, out: &mut String) {
    match block {
        Block::Heading(level, text) => {
            out.push_str(&format!("<h{level}>"));
            content_into(text, out);
            out.push_str(&format!("</h{level}>\n"));
        }
        Block::Paragraph(runs) => {
            out.push_str("<p>");
            line(runs, out);
            out.push_str("</p>\n");
        }
        Block::List(items) => {
            out.push_str("<ul>\n");
            for item in items {
                out.push_str("<li>");
                line(item, out);
                out.push_str("</li>\n");
            }
            out.push_str("</ul>\n");
        }
        Block::OwnWords(about) => {
            let mark = if language == Language::Ru { "Допишите" } else { "Your words" };
            out.push_str(&format!("<p class=\"own\"><strong>✎ {mark}:</strong> "));
            content_into(about, out);
            out.push_str("</p>\n");
        }
        Block::Table { head, rows, numbers_from, has_total } => {
            let class = |n: usize| if n >= *numbers_from { " class=\"n\"" } else { "" };
            out.push_str("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
            attribute_into(heading, out);
            out.push_str("\">\n<table>\n<thead>\n<tr>");
            for (n, cell) in head.iter().enumerate() {
                out.push_str(&format!("<th scope=\"col\"{}>", class(n)));
                content_into(cell, out);
                out.push_str("</th>");
            }
            out.push_str("</tr>\n</thead>\n<tbody>\n");
            for (n, row) in rows.iter().enumerate() {
                let is_total = *has_total && n + 1 == rows.len();
                out.push_str(if is_total { "</tbody>\n<tfoot>\n<tr>" } else { "<tr>" });
                for (n, cell) in row.iter().enumerate() {
                    let (tag, scope) = if n == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
                    out.push_str(&format!("<{tag}{scope}{}>", class(n)));
                    line(cell, out);
                    out.push_str(&format!("</{tag}>"));
                }
                out.push_str(if is_total { "</tr>\n</tfoot>\n" } else { "</tr>\n" });
            }
            out.push_str(if *has_total && !rows.is_empty() { "</table>\n</div>\n" } else { "</tbody>\n</table>\n</div>\n" });
        }
    }
}

fn line(runs: &[Run], out: &mut String) {
    for run in runs {
        match &run.link {
            Some(link) => {
                out.push_str("<a href=\"");
                attribute_into(link, out);
                out.push_str("\">");
                content_into(&run.text, out);
                out.push_str("</a>");
            }
            None => content_into(&run.text, out),
        }
    }
}
