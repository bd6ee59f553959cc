//! Drawings in SVG: what one would do when somebody opens it by its own address, where it is a page of the site like any other.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Whether the drawing `text` may run code or load something: scripts, event handlers, foreign elements, style sheets and documents from
/// elsewhere, entities of its own. One that is no XML counts too: nobody can say what a browser makes of it.
pub fn runs_code(text: &str) -> bool {
    let mut reader = Reader::from_str(text);
    loop {
        let harmful = match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => is_harmful(&element),
            Ok(Event::DocType(declaration)) => declaration.to_lowercase().contains("<!entity"),
            Ok(Event::PI(instruction)) => instruction.to_lowercase().contains("stylesheet"),
            Ok(Event::Eof) => return false,
            Ok(_) => false,
            Err(_) => true,
        };
        if harmful {
            return true;
        }
    }
}

fn is_harmful(element: &BytesStart) -> bool {
    const ELEMENTS: [&str; 12] =
        ["script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener", "html", "body", "link"];
    let local = |name: &str| name.rsplit(':').next().unwrap_or(name).to_lowercase();
    ELEMENTS.contains(&&*local(element.name().as_ref()))
        || element.attributes().any(|attribute| {
            let Ok(attribute) = attribute else { return true };
            let name = local(attribute.key.as_ref());
            let Ok(value) = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) else { return true };
            let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
            let leads_away = match name.as_str() {
                "href" | "src" => !(value.starts_with('#') || value.starts_with("data:image/") && !value.starts_with("data:image/svg")),
                // An animation may set any attribute, an address or a handler among them.
                "attributename" => value.ends_with("href") || value.starts_with("on"),
                _ => value.contains("javascript:"),
            };
            name.starts_with("on") || leads_away && !(local(element.name().as_ref()) == "a" && value.starts_with("http"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_are_told_from_programs() {
        let svg = |inside: &str| format!("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"y\">{inside}</svg>");
        for drawing in [
            "<path d=\"M0 0\" style=\"fill:url(#a)\"/><style>.a{fill:red}</style>",
            "<use xlink:href=\"#a\"/><image href=\"data:image/png;base64,AA==\"/><a href=\"https://example.org/\"><text>a</text></a>",
        ] {
            assert!(!runs_code(&svg(drawing)), "{drawing}");
        }
        for program in [
            "<script>alert(1)</script>",
            "<x:script>alert(1)</x:script>",
            "<path onload=\"alert(1)\"/>",
            "<a href=\"java&#115;cript:alert(1)\"/>",
            "<a xlink:href=\" java\nscript:alert(1)\"/>",
            "<foreignObject/>",
            "<set attributeName=\"onmouseover\" to=\"alert(1)\"/>",
            "<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "<use href=\"data:image/svg+xml,x\"/>",
            "<use href=\"//evil.example/x.svg#a\"/>",
            "<g></a>",
        ] {
            assert!(runs_code(&svg(program)), "{program}");
        }
        assert!(runs_code("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>") && runs_code("<?xml-stylesheet href=\"x\"?><svg/>"));
    }
}
