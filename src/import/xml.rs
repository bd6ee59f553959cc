//! Reading XML of office documents: the doorway to the reader of `quick-xml`; its writer has one of its own in `format`.
//!
//! Names come without their prefix. Comments and instructions are left out. A DTD is refused as soon as it is seen, so no entity is ever
//! declared, let alone fetched or multiplied; an unknown one stands as it is written.

use super::limits;
use super::refusal::Refusal;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{self, BytesStart};
use std::borrow::Cow;

/// A text of XML, piece by piece.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// The end of an element that was written `<a/>`.
    pending: Option<String>,
}

/// A piece.
pub enum Event<'a> {
    Start(Element<'a>),
    End(String),
    Text(Cow<'a, str>),
}

/// The start of an element.
pub struct Element<'a>(BytesStart<'a>);

impl<'a> Xml<'a> {
    /// From the beginning of `text`.
    pub fn new(text: &'a str) -> Xml<'a> {
        Xml { reader: Reader::from_str(text), depth: 0, pending: None }
    }

    /// The next piece; `None` at the end. Every start has its end.
    ///
    /// # Errors
    /// It is not XML, nests too deep, or has a DTD.
    // An iterator of results would hide that nothing comes after an error.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<Option<Event<'a>>, Refusal> {
        if let Some(name) = self.pending.take() {
            return Ok(Some(Event::End(name)));
        }
        loop {
            return Ok(Some(match self.reader.read_event().map_err(|_| Refusal::Damaged)? {
                events::Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > limits::DEPTH {
                        return Err(Refusal::TooLarge);
                    }
                    Event::Start(Element(start))
                }
                events::Event::Empty(start) => {
                    let element = Element(start);
                    self.pending = Some(element.name().to_owned());
                    Event::Start(element)
                }
                events::Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Event::End(end.local_name().as_ref().to_owned())
                }
                events::Event::Text(text) => Event::Text(text.into_inner()),
                events::Event::CData(text) => Event::Text(text.into_inner()),
                events::Event::GeneralRef(entity) => Event::Text(resolved(&entity)),
                events::Event::DocType(_) => return Err(Refusal::Dtd),
                events::Event::Eof if self.depth > 0 => return Err(Refusal::Damaged),
                events::Event::Eof => return Ok(None),
                events::Event::Comment(_) | events::Event::Decl(_) | events::Event::PI(_) => continue,
            }));
        }
    }

    /// Passes over everything up to the end of the element whose start came last.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub fn skip(&mut self) -> Result<(), Refusal> {
        let mut depth = 1usize;
        while depth > 0 {
            match self.next()? {
                Some(Event::Start(_)) => depth += 1,
                Some(Event::End(_)) => depth -= 1,
                Some(Event::Text(_)) => {}
                None => return Err(Refusal::Damaged),
            }
        }
        Ok(())
    }
}

/// The character that a reference names; the reference itself, if it is none of XML's own.
fn resolved(entity: &events::BytesRef) -> Cow<'static, str> {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return Cow::Owned(c.to_string());
    }
    let name: &str = entity;
    match quick_xml::escape::resolve_predefined_entity(name) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(format!("&{name};")),
    }
}

impl Element<'_> {
    /// Its name without prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The attribute `name`, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let attribute = self.0.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
        attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// The attribute `name` as a number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }
}
