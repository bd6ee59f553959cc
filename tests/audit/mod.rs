//! What a browser makes of a page, by an HTML parser of its own: for tests that look for harm.
#![allow(dead_code)]

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The text that stands right in it.
    pub text: String,
}

impl Element {
    /// The value of the attribute `name`; empty if it has none.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }
}

/// Every element of the page `html`, in the order of the tree; scripts are on, as in a browser.
pub fn elements(html: &str) -> Vec<Element> {
    let options =
        ParseOpts { tree_builder: TreeBuilderOpts { scripting_enabled: true, ..TreeBuilderOpts::default() }, ..ParseOpts::default() };
    let dom = parse_document(RcDom::default(), options).one(html);
    let (mut open, mut out): (Vec<Handle>, Vec<Element>) = (vec![dom.document.clone()], Vec::new());
    while let Some(node) = open.pop() {
        let children = node.children.borrow();
        if let NodeData::Element { name, attrs, template_contents, .. } = &node.data {
            let attributes = attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
            let text = children.iter().filter_map(|child| match &child.data {
                NodeData::Text { contents } => Some(contents.borrow().to_string()),
                _ => None,
            });
            out.push(Element { name: name.local.to_string(), attributes, text: text.collect() });
            open.extend(template_contents.borrow().iter().cloned());
        }
        open.extend(children.iter().rev().cloned());
    }
    out
}

/// What in these elements could run code, fetch from elsewhere or dress the page up, beside links: nothing of it may come from a text.
pub fn harm(elements: &[Element]) -> Vec<String> {
    const ELEMENTS: [&str; 21] = [
        "applet",
        "base",
        "button",
        "embed",
        "form",
        "frame",
        "frameset",
        "iframe",
        "link",
        "math",
        "meta",
        "noscript",
        "object",
        "plaintext",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "xmp",
    ];
    let mut found = Vec::new();
    for element in elements {
        if ELEMENTS.contains(&&*element.name) {
            found.push(format!("<{}>", element.name));
        }
        found.extend(element.attributes.iter().filter_map(|(name, value)| bad_attribute(name, value)));
    }
    found
}

/// Why an attribute may not stand on a page, whoever wrote it.
pub fn bad_attribute(name: &str, value: &str) -> Option<String> {
    const ADDRESSES: [&str; 12] =
        ["action", "background", "cite", "data", "formaction", "href", "longdesc", "manifest", "ping", "poster", "src", "xlink:href"];
    let bad = name.starts_with("on")
        || matches!(name, "style" | "srcdoc" | "http-equiv")
        || name == "srcset" && !value.split(", ").all(|one| leads_where_it_may(one.split(' ').next().unwrap_or_default()))
        || ADDRESSES.contains(&name) && !leads_where_it_may(value);
    bad.then(|| format!("{name}=\"{value}\""))
}

/// Whether an address is a place of the site or of a harmless scheme, read as browsers do (WHATWG URL: blanks and controls at the ends and
/// line breaks and tabs within do not count, `\` is `/`).
pub fn leads_where_it_may(url: &str) -> bool {
    let url: String = url.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let url = url.replace('\\', "/").to_lowercase();
    let scheme = url.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    match scheme {
        Some(scheme) => matches!(scheme, "http" | "https" | "mailto" | "tel"),
        None => !url.starts_with("//"),
    }
}
