//! XML 1.0: the one doorway to `quick-xml`.

use quick_xml::escape::partial_escape;
use quick_xml::events::BytesStart;
use std::borrow::Cow;

/// A document in the making. Elements are closed in the reverse of the order in which they were opened; what is left open is closed at the
/// end. Characters that XML 1.0 does not allow are left out.
pub struct Document {
    out: Vec<u8>,
    open: Vec<&'static str>,
}

impl Document {
    /// The declaration and the root element; `room` says how long the text will be about.
    pub fn new(root: &'static str, attributes: &[(&str, &str)], room: usize) -> Document {
        let mut document = Document { out: Vec::with_capacity(room), open: Vec::new() };
        document.put(&["<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"]);
        document.open(root, attributes);
        document
    }

    /// An element that will stand in a document, see [`Document::ready`].
    pub fn fragment(root: &'static str) -> Document {
        let mut fragment = Document { out: Vec::with_capacity(1024), open: Vec::new() };
        fragment.open(root, &[]);
        fragment
    }

    /// Puts a finished fragment here.
    pub fn ready(&mut self, fragment: &[u8]) {
        self.out.extend_from_slice(fragment);
    }

    /// Begins an element.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.put(&[">\n"]);
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.put(&["</", name, ">\n"]);
        }
    }

    /// An element without content.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.put(&["/>\n"]);
    }

    /// An element with text.
    pub fn text(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        self.put(&[">", &partial_escape(allowed(text)), "</", name, ">\n"]);
    }

    /// The whole text, UTF-8.
    pub fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    /// A tag but for its end.
    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.put(&["<"]);
        if attributes.is_empty() {
            return self.put(&[name]);
        }
        let mut element = BytesStart::new(name);
        for (key, value) in attributes {
            element.push_attribute((*key, &*allowed(value)));
        }
        self.put(&[&element]);
    }

    fn put(&mut self, parts: &[&str]) {
        for part in parts {
            self.out.extend_from_slice(part.as_bytes());
        }
    }
}

/// `text` without the characters that are not in `Char` of XML 1.0, section 2.2.
fn allowed(text: &str) -> Cow<'_, str> {
    // Nothing to do for nearly every text; U+FFFE and U+FFFF begin with this byte.
    if !text.bytes().any(|b| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r') || b == 0xEF) {
        return Cow::Borrowed(text);
    }
    let bad = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.contains(bad) { Cow::Owned(text.replace(bad, "")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn escapes_and_filters() {
        let mut document = Document::new("a", &[("b", "\"<&\u{1}")], 0);
        document.text("c", &[], "<Ёж> & \u{8}\u{ffff}]]>");
        assert_eq!(
            String::from_utf8(document.finish()).unwrap(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a b=\"&quot;&lt;&amp;\">\n<c>&lt;Ёж&gt; &amp; ]]&gt;</c>\n</a>\n"
        );
    }
}
