//! The archive that a DOCX or XLSX is: the one doorway to `zip`.
//!
//! Only the members that are asked for are unpacked, and of each no more than [`limits`] allow, whatever its header says of its size.

use super::limits;
use super::refusal::Refusal;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// An archive and how many bytes may still be unpacked from it.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Reads the list of members.
    ///
    /// # Errors
    /// The archive is damaged, or has more members than any document.
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Refusal> {
        // Each entry of the directory begins with this mark, so the list is bounded before it is made.
        if memchr::memmem::find_iter(bytes, b"PK\x01\x02").count() > limits::ENTRIES {
            return Err(Refusal::TooLarge);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
        Ok(Archive { zip, left: limits::MEMBERS })
    }

    /// Whether a member begins with `start`.
    pub fn has(&self, start: &str) -> bool {
        self.zip.file_names().flatten().any(|name| name.starts_with(start))
    }

    /// The member `name`; `None` if there is none.
    ///
    /// # Errors
    /// It cannot be unpacked, or is too large.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let member = match self.zip.by_name(name) {
            Ok(member) => member,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(reason)) if reason == ZipError::PASSWORD_REQUIRED => return Err(Refusal::Encrypted),
            Err(_) => return Err(Refusal::Damaged),
        };
        let limit = limits::MEMBER.min(self.left);
        let mut bytes = Vec::new();
        member.take(limit + 1).read_to_end(&mut bytes).map_err(|_| Refusal::Damaged)?;
        self.left = self.left.saturating_sub(bytes.len() as u64);
        if bytes.len() as u64 > limit { Err(Refusal::TooLarge) } else { Ok(Some(bytes)) }
    }

    /// The parts that `part` names in its list of relations, as pairs of id and path within the archive, and their kinds.
    ///
    /// # Errors
    /// As [`Archive::read`], and what is not XML.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Refusal> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = format!("{folder}{}_rels/{name}.rels", if folder.is_empty() { "" } else { "/" });
        let Some(bytes) = self.read(&path)? else { return Ok(Vec::new()) };
        let text = super::text::utf(&bytes);
        let mut xml = super::xml::Xml::new(&text);
        let mut relations = Vec::new();
        while let Some(event) = xml.next()? {
            if let super::xml::Event::Start(element) = event
                && element.name() == "Relationship"
            {
                let target = element.attribute("Target").unwrap_or_default();
                let path = match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None if folder.is_empty() => target,
                    None => format!("{folder}/{target}"),
                };
                let kind = element.attribute("Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.push(Relation { id: element.attribute("Id").unwrap_or_default(), kind, path });
            }
        }
        Ok(relations)
    }
}

/// A part that another one names.
#[derive(Debug, Clone)]
pub struct Relation {
    pub id: String,
    /// The last word of its type: `worksheet`, `styles`.
    pub kind: String,
    pub path: String,
}
