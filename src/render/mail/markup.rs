//! The body of an issue as mail clients need it: each element carries its own style, addresses are absolute, and what only a browser knows
//! (classes, anchors, lazy pictures) is left out.

use crate::parse::tokens::{Token, tokens};
use crate::value::html::{escape_into, escape_text_into};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The widest picture, in pixels: that of the text of the letter. Outlook heeds the attribute `width` alone.
const WIDEST: u32 = 552;

/// Elements that stay, with what they mean to every client.
const KEPT: [&str; 35] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "small",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements that nothing ends.
const VOID: [&str; 3] = ["br", "hr", "img"];

/// `body` with absolute addresses, for a letter whose page is at `page`; `styles` gives the style of each element by its name.
pub(super) fn mail_markup(body: &str, page: &str, styles: &BTreeMap<String, String>) -> String {
    let mut writer = Writer { out: String::with_capacity(body.len() * 2), page, styles, open: Vec::new(), left_out: 0 };
    for token in tokens(body) {
        match token {
            Token::Start { name, attributes } => writer.start(&name, &attributes),
            Token::End(name) => writer.end(&name),
            Token::Text(text) if writer.left_out == 0 => escape_text_into(&text, &mut writer.out),
            Token::Text(_) => {}
        }
    }
    writer.out
}

/// `html` with the values of its roles, `var(--ink)`: few mail clients know custom properties.
pub(super) fn coloured<'r>(html: &str, role: impl Fn(&str) -> Option<&'r str>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, (name, after))) = rest.split_once("var(--").and_then(|(before, from)| Some((before, from.split_once(')')?))) {
        out.push_str(before);
        match role(name) {
            Some(value) => out.push_str(value),
            None => out.extend(["var(--", name, ")"]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The size at which a letter shows a picture; `None` for one of no size.
pub(super) fn shown((width, height): (u32, u32)) -> Option<(u32, u32)> {
    let shown = width.min(WIDEST);
    let scaled = (u64::from(height) * u64::from(shown)).checked_div(u64::from(width))?;
    Some((shown, u32::try_from(scaled).unwrap_or(u32::MAX).max(1))).filter(|_| height > 0)
}

struct Writer<'a> {
    out: String,
    page: &'a str,
    styles: &'a BTreeMap<String, String>,
    /// The elements that are open, each with what stands for it in the letter: nothing for one that only held others together.
    open: Vec<(String, &'static str)>,
    /// How many of them are left out with all that they hold.
    left_out: usize,
}

impl Writer<'_> {
    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        let of = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        let has_class = |class: &str| of("class").is_some_and(|classes| classes.split(' ').any(|one| one == class));
        if name == "input" {
            self.out.push_str(if of("checked").is_some() { "☑" } else { "☐" });
            return;
        }
        let is_void = VOID.contains(&name);
        let role = match name {
            "a" if has_class("fnback") => None,
            "div" if has_class("alert") => Some(("div", "alert")),
            "p" if has_class("alert-title") => Some(("p", "alert_title")),
            // The words of a table stay whole: what a narrow screen has no room for is reached sideways.
            "div" if has_class("scroll") => Some(("div", "scroll")),
            // They only hold others together.
            "div" | "section" => Some(("", "")),
            "summary" | "figcaption" => Some(("p", "small")),
            name => Some(KEPT.into_iter().find(|kept| *kept == name).map_or(("", ""), |kept| (kept, kept))),
        };
        if !is_void {
            self.open.push((name.to_owned(), role.map_or("-", |(element, _)| element)));
        }
        let Some((element, role)) = role else {
            self.left_out += 1;
            return;
        };
        if element.is_empty() || self.left_out > 0 {
            return;
        }
        self.out.push('<');
        self.out.push_str(element);
        match element {
            "a" => self.attribute("href", &self.absolute(of("href").unwrap_or_default())),
            "img" => self.picture(of("src").unwrap_or_default(), of("alt").unwrap_or_default(), of("width"), of("height")),
            "div" => ["role", "tabindex", "aria-label"]
                .into_iter()
                .for_each(|key| of(key).into_iter().for_each(|value| self.attribute(key, value))),
            "table" => self.out.push_str(" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\""),
            "th" | "td" => {
                if has_class("right") {
                    self.attribute("align", "right");
                } else {
                    self.attribute("align", if has_class("center") { "center" } else { "left" });
                }
                self.out.push_str(" valign=\"top\"");
            }
            _ => {}
        }
        for key in ["lang", "dir", "title", "start", "colspan", "rowspan", "scope"] {
            of(key).into_iter().for_each(|value| self.attribute(key, value));
        }
        if let Some(style) = self.styles.get(role).filter(|style| !style.is_empty()) {
            self.attribute("style", style);
        }
        self.out.push('>');
    }

    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|(open, _)| open == name) else { return };
        for (_, element) in self.open.drain(at..).rev() {
            match element {
                "-" => self.left_out -= 1,
                "" => {}
                _ if self.left_out > 0 => {}
                element => drop(write!(self.out, "</{element}>")),
            }
        }
    }

    fn attribute(&mut self, key: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(key);
        self.out.push_str("=\"");
        escape_into(value, &mut self.out);
        self.out.push('"');
    }

    /// A place of the page itself is one of the page on the web.
    fn absolute(&self, url: &str) -> String {
        if url.starts_with('#') { format!("{}{url}", self.page) } else { url.to_owned() }
    }

    fn picture(&mut self, src: &str, alt: &str, width: Option<&str>, height: Option<&str>) {
        self.attribute("src", src);
        self.attribute("alt", alt);
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<u32>().ok());
        if let Some((width, height)) = number(width).zip(number(height)).and_then(shown) {
            self.attribute("width", &width.to_string());
            self.attribute("height", &height.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, letter: &str) {
        let styles = BTreeMap::from([("p".to_owned(), "margin:0".to_owned()), ("alert".to_owned(), "padding:8px".to_owned())]);
        assert_eq!(mail_markup(body, "https://example.org/n/", &styles), letter);
    }

    #[test]
    fn elements_carry_their_styles_and_nothing_of_the_page() {
        check("<h2 id=\"x\">А</h2><p class=\"y\">1 &lt; 2</p>", "<h2>А</h2><p style=\"margin:0\">1 &lt; 2</p>");
        check(
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\"><p>x</p></div>",
            "<div role=\"region\" tabindex=\"0\"><p style=\"margin:0\">x</p></div>",
        );
        check("<div class=\"wide\"><p>x</p></div>", "<p style=\"margin:0\">x</p>");
        check("<div class=\"alert alert-tip\" role=\"note\">x</div>", "<div role=\"note\" style=\"padding:8px\">x</div>");
        check("<section><ol><li>a <a href=\"#f\" class=\"fnback\">↩</a></li></ol></section>", "<ol><li>a </li></ol>");
        check("<input type=\"checkbox\" disabled checked> да", "☑ да");
        check("<p>не закрыт<b>о", "<p style=\"margin:0\">не закрыт<b>о");
    }

    #[test]
    fn addresses_of_the_page_are_whole() {
        check("<a href=\"#fn-1\">1</a>", "<a href=\"https://example.org/n/#fn-1\">1</a>");
        check("<a href=\"https://a.b/?x=1&amp;y\">1</a>", "<a href=\"https://a.b/?x=1&amp;y\">1</a>");
    }

    #[test]
    fn pictures_are_no_wider_than_the_letter() {
        check(
            "<img src=\"https://a.b/x.jpg\" alt=\"Зал\" width=\"1104\" height=\"800\" loading=\"lazy\" srcset=\"y\">",
            "<img src=\"https://a.b/x.jpg\" alt=\"Зал\" width=\"552\" height=\"400\">",
        );
    }

    #[test]
    fn roles_become_colours() {
        let role = |name: &str| (name == "ink").then_some("#111");
        assert_eq!(coloured("color:var(--ink);x:var(--no)", role), "color:#111;x:var(--no)");
    }
}
