//! Raw HTML in Markdown: the one doorway to `ammonia`. Only documents that hold raw HTML pass through it.

use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// `html` with what an allow list lets through: text structure, tables, pictures, links; no scripts, event handlers, styles, forms or
/// frames; links only to http, https, mailto, tel and places of the site.
pub fn clean(html: &str) -> String {
    static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(builder);
    BUILDER.clean(html).to_string()
}

/// The name of what [`clean`] would take out of a piece of raw HTML that does harm; `None` for innocent markup.
pub fn harm(html: &str) -> Option<&'static str> {
    let html = html.to_lowercase();
    const ELEMENTS: [&str; 17] = [
        "script", "iframe", "object", "embed", "style", "form", "link", "meta", "base", "svg", "math", "button", "textarea", "select",
        "video", "audio", "template",
    ];
    ELEMENTS
        .into_iter()
        .find(|name| html.contains(&format!("<{name}")))
        .or_else(|| html.contains("javascript:").then_some("javascript:"))
        .or_else(|| handler(&html).then_some("on…="))
}

/// Whether an event handler (` onclick=`) stands in a tag.
fn handler(html: &str) -> bool {
    html.split(|c: char| c.is_whitespace() || c == '/' || c == '"' || c == '\'').any(|word| {
        word.starts_with("on")
            && word[2..].split_once('=').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()))
    })
}

fn builder() -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .add_tags(["section", "article", "aside", "figure", "figcaption", "input", "mark", "u", "small", "main"])
        .rm_tags(["main"])
        .add_generic_attributes([
            "id",
            "class",
            "lang",
            "title",
            "dir",
            "role",
            "tabindex",
            "aria-label",
            "aria-labelledby",
            "aria-describedby",
            "aria-hidden",
        ])
        .add_tag_attributes("input", ["checked", "disabled"])
        .add_tag_attributes("img", ["loading", "decoding", "width", "height"])
        .add_tag_attributes("th", ["scope"])
        .add_tag_attributes("td", ["data-label"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("time", ["datetime"])
        .add_tag_attributes("details", ["open"])
        .tag_attribute_values(HashMap::from([("input", HashMap::from([("type", HashSet::from(["checkbox"]))]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::Custom(Box::new(relative)))
        .link_rel(None)
        .id_prefix(None);
    builder
}

/// An address without a scheme. One that names another host (`//host`, which browsers also see in `\\host` and through line breaks and tabs)
/// gets the scheme that it has on the web, as a site opened from a disk has none to give.
fn relative(url: &str) -> Option<Cow<'_, str>> {
    let plain = url.trim_start().replace(['\t', '\n', '\r'], "");
    let host = plain.strip_prefix(['/', '\\']).and_then(|rest| rest.strip_prefix(['/', '\\']));
    Some(match host {
        Some(host) => format!("https://{}", host.trim_start_matches(['/', '\\'])).into(),
        None => url.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_handlers_never_pass() {
        for (input, output) in [
            ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
            ("<img src=\"x.png\" onerror=\"alert(1)\" alt=\"\">", "<img src=\"x.png\" alt=\"\">"),
            ("<a href=\"javascript:alert(1)\">b</a>", "<a>b</a>"),
            ("<a href=\"/\\\t/a.b/\">b</a>", "<a href=\"https://a.b/\">b</a>"),
            ("<a href=\"\u{1}workshops/x/\u{2}\">b</a>", "<a href=\"\u{1}workshops/x/\u{2}\">b</a>"),
        ] {
            assert_eq!(clean(input), output);
        }
        assert_eq!(harm("<b onclick='x()'>"), Some("on…="));
        assert_eq!(harm("<kbd>online=да</kbd>"), None);
    }
}
