//! The letter in plain text: it can be read by itself. Lines are wrapped, headings underlined, addresses stand in angle brackets behind
//! their words (RFC 3986, appendix C), each row of a table is an item with the names of its columns.

use crate::output::Slots;
use crate::parse::tokens::{Token, tokens};
use crate::render::theme::Words;
use crate::render::view::{IssueLine, Mail};

/// The longest line, in characters: what RFC 5322 §2.1.1 advises, less room for the marks of replies.
const WIDTH: usize = 72;

/// The letter of a site whose own address is `root`; `body` is the text of the issue in HTML.
pub(super) fn plain_text(mail: &Mail, body: &str, words: &Words, root: &str) -> String {
    let mut text = Text { out: String::new(), root };
    let word = |key: &str| words.get(key).to_owned();
    text.line(&mail.site.title.to_uppercase());
    let number = if mail.number.is_empty() { String::new() } else { format!(" {}", mail.number) };
    let head = [format!("{}{number}", word("kinds.newsletter.one")), mail.date.clone()];
    text.line(&head.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "));
    text.heading(mail.title, '=');
    if !mail.editors.is_empty() {
        let named = |person: &crate::render::view::Person| match &*person.post {
            "" => person.name.to_string(),
            post => format!("{}, {post}", person.name),
        };
        let editors: Vec<String> = mail.editors.iter().map(named).collect();
        text.paragraph(&format!("{}: {}", word("issue.editors"), editors.join("; ")));
    }
    text.paragraph(&format!("{}: <{}>", word("mail.browser"), mail.url));
    text.markup(body);
    for section in &mail.sections {
        text.heading(section.title, '-');
        if !section.span.is_empty() {
            text.paragraph(&section.span);
        }
        for list in &section.lists {
            if !list.title.is_empty() {
                text.paragraph(&format!("{}:", list.title));
            }
            list.lines.iter().for_each(|line| text.item(&item(line)));
            text.gap();
        }
        if let Some(more) = &section.more {
            text.paragraph(&format!("{} <{}>", more.title, more.url));
        }
    }
    if !mail.files.is_empty() {
        text.heading(&word("entry.files"), '-');
        mail.files.iter().for_each(|file| text.item(&format!("{} <{}>", file.title, file.url)));
    }
    text.gap();
    text.line("-- ");
    if !mail.publisher.title.is_empty() {
        text.line(&mail.publisher.title);
    }
    mail.contacts.iter().for_each(|line| text.line(line));
    text.gap();
    text.paragraph(&word("mail.why"));
    text.paragraph(&format!("{}: <{}>", word("mail.issues"), mail.issues));
    text.out
}

fn item(line: &IssueLine) -> String {
    let mut facts = vec![line.kind_word.to_owned(), line.place.to_string(), line.note.clone()];
    facts.extend(line.status.as_ref().map(|status| status.word.to_owned()));
    facts.retain(|fact| !fact.is_empty());
    let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join("; ")) };
    let url = if line.url.is_empty() { String::new() } else { format!(" <{}>", line.url) };
    let when = if line.when.is_empty() { String::new() } else { format!("{}: ", line.when) };
    let summary = if line.summary.is_empty() { String::new() } else { format!("\n{}", line.summary) };
    format!("{when}{}{facts}{url}{summary}", line.title)
}

/// A text of wrapped lines.
#[derive(Default)]
struct Text<'r> {
    out: String,
    /// Fills the slots of addresses.
    root: &'r str,
}

impl Text<'_> {
    /// A line as it is.
    fn line(&mut self, line: &str) {
        self.out.push_str(&unbound(line));
        self.out.push('\n');
    }

    /// An empty line, if there is none yet.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn heading(&mut self, title: &str, rule: char) {
        self.gap();
        let lines = wrapped(title, WIDTH);
        let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        lines.iter().for_each(|line| self.line(line));
        self.line(&rule.to_string().repeat(longest));
        self.gap();
    }

    fn paragraph(&mut self, text: &str) {
        self.block(text, "", "");
        self.gap();
    }

    fn item(&mut self, text: &str) {
        self.block(text, "* ", "  ");
    }

    /// `text`, wrapped, behind `first` in its first line and `rest` in the others.
    fn block(&mut self, text: &str, first: &str, rest: &str) {
        let width = WIDTH.saturating_sub(rest.chars().count()).max(24);
        // An address is as long as it will be.
        let text = Slots { root: self.root, index: "" }.fill_text(text);
        let lines = text.split('\n').flat_map(|part| wrapped(part, width));
        for (n, line) in lines.enumerate() {
            let line = format!("{}{line}", if n == 0 { first } else { rest });
            self.line(line.trim_end());
        }
    }

    /// A body of HTML.
    fn markup(&mut self, html: &str) {
        let mut body =
            Body { text: self, line: String::new(), marks: Vec::new(), lists: Vec::new(), links: Vec::new(), table: None, verbatim: false };
        for token in tokens(html) {
            match token {
                Token::Start { name, attributes } => body.start(&name, &attributes),
                Token::End(name) => body.end(&name),
                Token::Text(text) => body.words(&text),
            }
        }
        body.flush();
    }
}

/// A body that is being written.
struct Body<'t, 'r> {
    text: &'t mut Text<'r>,
    /// The words of the block that is open.
    line: String,
    /// What stands before the lines of the open blocks: before the first, until it is written, and before the others.
    marks: Vec<(String, String)>,
    /// The open lists: how far each numbered one has counted.
    lists: Vec<Option<usize>>,
    /// The addresses of the open links, and where their words begin.
    links: Vec<(String, usize)>,
    table: Option<Table>,
    verbatim: bool,
}

#[derive(Default)]
struct Table {
    names: Vec<String>,
    head: bool,
    cell: usize,
}

impl Body<'_, '_> {
    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        let of = |key: &str| attributes.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value.as_str());
        match name {
            "a" => {
                let url = if of("class").is_empty() && !of("href").starts_with('#') { of("href") } else { "" };
                self.links.push((url.to_owned(), self.line.len()));
            }
            "sup" if of("class") == "fnref" => self.line.push('['),
            "img" if !of("alt").is_empty() => self.line.push_str(&format!("[{}]", of("alt"))),
            "br" => self.line.push('\n'),
            "hr" => {
                self.flush();
                self.text.paragraph("* * *");
            }
            "input" => {
                self.line.push_str(if of("checked").is_empty() && !attributes.iter().any(|(n, _)| n == "checked") { "[ ]" } else { "[x]" })
            }
            "ul" | "ol" => {
                self.flush();
                let first = of("start").parse().unwrap_or(1usize);
                self.lists.push((name == "ol").then_some(first));
            }
            "li" => {
                self.flush();
                let mark = match self.lists.last_mut() {
                    Some(Some(n)) => {
                        *n += 1;
                        format!("{}. ", *n - 1)
                    }
                    _ => "* ".to_owned(),
                };
                let rest = " ".repeat(mark.chars().count());
                self.marks.push((mark, rest));
            }
            "dd" => {
                self.flush();
                self.marks.push(("  ".into(), "  ".into()));
            }
            "blockquote" => self.quote(),
            "div" if of("class").starts_with("alert") => self.quote(),
            "pre" => {
                self.flush();
                self.verbatim = true;
            }
            "section" if of("class") == "footnotes" => {
                self.flush();
                self.text.heading(of("aria-label"), '-');
            }
            "table" => {
                self.flush();
                self.table = Some(Table::default());
            }
            "tr" => {
                self.flush();
                if let Some(table) = &mut self.table {
                    table.cell = 0;
                }
                self.marks.push(("* ".into(), "  ".into()));
            }
            "thead" => self.table.iter_mut().for_each(|table| table.head = true),
            "th" | "td" => self.cell(),
            "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "div" | "section" | "summary" | "figure" | "figcaption" => self.flush(),
            _ => {}
        }
    }

    fn cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        if !table.head {
            let name = table.names.get(table.cell).filter(|name| !name.is_empty());
            let name = name.map(|name| format!("{name}: ")).unwrap_or_default();
            self.line.push_str(&name);
        }
    }

    fn quote(&mut self) {
        self.flush();
        self.marks.push(("> ".into(), "> ".into()));
    }

    fn words(&mut self, text: &str) {
        if self.verbatim {
            self.line.push_str(text);
            return;
        }
        // White space counts once; lines are made by `br` alone.
        for (n, word) in text.split([' ', '\n', '\t', '\r']).enumerate() {
            if n > 0 && !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => {
                let Some((url, start)) = self.links.pop() else { return };
                let words = self.line.get(start..).unwrap_or_default().trim();
                let shown = url.strip_prefix("mailto:").unwrap_or(&url);
                if words == "↩" {
                    self.line.truncate(start);
                } else if !url.is_empty() && words != shown {
                    self.line.push_str(&format!(" <{shown}>"));
                }
            }
            "sup" if self.line.rfind('[').is_some_and(|at| self.line[at + 1..].chars().all(|c| c.is_ascii_digit())) => self.line.push(']'),
            "h2" => self.headed('-'),
            "h3" | "h4" | "h5" | "h6" => self.headed('.'),
            "p" => {
                self.flush();
                if self.marks.is_empty() {
                    self.text.gap();
                }
            }
            "li" | "dd" => {
                self.flush();
                self.marks.pop();
            }
            "blockquote" => self.unquote(),
            "div" if self.marks.last().is_some_and(|(_, rest)| rest == "> ") => self.unquote(),
            "dt" | "summary" | "figcaption" => self.flush(),
            "ul" | "ol" => {
                self.flush();
                self.lists.pop();
                if self.lists.is_empty() {
                    self.text.gap();
                }
            }
            "dl" => self.text.gap(),
            "pre" => {
                self.verbatim = false;
                let code = std::mem::take(&mut self.line);
                code.trim_end().lines().for_each(|line| self.text.line(&format!("    {line}")));
                self.text.gap();
            }
            "th" | "td" => self.end_cell(),
            "tr" => {
                self.flush();
                self.marks.pop();
            }
            "thead" => self.table.iter_mut().for_each(|table| table.head = false),
            "table" => {
                self.table = None;
                self.text.gap();
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        table.cell += 1;
        if table.head {
            table.names.push(std::mem::take(&mut self.line).trim().to_owned());
        } else if !self.line.is_empty() {
            // The next cell of the row on a line of its own.
            self.line.push('\n');
        }
    }

    fn headed(&mut self, rule: char) {
        let title = std::mem::take(&mut self.line);
        self.text.heading(title.trim(), rule);
    }

    fn unquote(&mut self) {
        self.flush();
        self.marks.pop();
        self.text.gap();
    }

    /// Writes the open block.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        let first: String = self.marks.iter().map(|(first, _)| first.as_str()).collect();
        let rest: String = self.marks.iter().map(|(_, rest)| rest.as_str()).collect();
        self.text.block(line, &first, &rest);
        // A mark stands once.
        self.marks.iter_mut().for_each(|(first, rest)| first.clone_from(rest));
    }
}

/// `text` in lines of at most `width` characters, but for words that are longer. No-break spaces hold.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut len) = (String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let own = word.chars().count();
        if len > 0 && len + 1 + own > width {
            lines.push(std::mem::take(&mut line));
            len = 0;
        }
        if len > 0 {
            line.push(' ');
            len += 1;
        }
        line.push_str(word);
        len += own;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A line with plain spaces in place of those that do not break: it is broken already.
fn unbound(line: &str) -> String {
    line.replace(['\u{a0}', '\u{202f}'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, plain: &str) {
        let mut text = Text::default();
        text.markup(html);
        assert_eq!(text.out.trim_end(), plain);
    }

    #[test]
    fn headings_are_underlined_and_links_have_their_addresses() {
        check("<h2>Итоги</h2>\n<p>См. <a href=\"https://a.b/\">план</a>.</p>", "Итоги\n-----\n\nСм. план <https://a.b/>.");
        check("<p><a href=\"mailto:a@b.c\">a@b.c</a></p>", "a@b.c");
    }

    #[test]
    fn lists_hang_and_nest() {
        check("<ol start=\"3\"><li>а<ul><li>б</li></ul></li><li>в</li></ol>", "3. а\n   * б\n4. в");
        let long = format!("<ul><li>{}</li></ul>", "слово ".repeat(14));
        let lines: Vec<String> = [11, 3].map(|n| "слово ".repeat(n).trim_end().to_owned()).to_vec();
        check(&long, &format!("* {}\n  {}", lines[0], lines[1]));
    }

    #[test]
    fn a_row_of_a_table_is_an_item() {
        check(
            "<table><thead><tr><th>Когда</th><th>Что</th></tr></thead><tbody><tr><td>Май</td><td><a href=\"https://a.b/\">Семинар</a></td></tr></tbody></table>",
            "* Когда: Май\n  Что: Семинар <https://a.b/>",
        );
    }

    #[test]
    fn notes_quotes_and_code() {
        check(
            "<p>а<sup class=\"fnref\"><a href=\"#fn-1\" id=\"r\">1</a></sup></p><section class=\"footnotes\" aria-label=\"Примечания\"><ol><li>б <a class=\"fnback\" href=\"#r\">↩</a></li></ol></section>",
            "а[1]\n\nПримечания\n----------\n\n1. б",
        );
        check("<div class=\"alert alert-tip\"><p class=\"alert-title\">Совет</p><p>Да</p></div>", "> Совет\n> Да");
        check("<pre><code>a\n  b\n</code></pre>", "    a\n      b");
    }

    #[test]
    fn lines_are_no_longer_than_they_may_be() {
        assert_eq!(wrapped("a bb\u{a0}c d", 5), ["a", "bb\u{a0}c", "d"]);
        assert_eq!(wrapped("https://example.org/long", 5), ["https://example.org/long"]);
    }
}
