//! What kind of file it is, by its bytes: names lie, and old files carry new endings.

use super::archive::Archive;
use super::headings::{has_headings, score};
use super::paper::Paper;
use super::refusal::Refusal;
use super::{delimited, docx, html, text, xlsx};

/// Reads a file of any format.
///
/// # Errors
/// It is none that can be read, or broken.
pub fn read(bytes: &[u8]) -> Result<Paper, Refusal> {
    let start = |mark: &[u8]| bytes.starts_with(mark);
    let picture = start(b"\xff\xd8\xff") || start(b"\x89PNG") || start(b"GIF8") || start(b"II*\0") || start(b"MM\0*");
    if bytes.iter().all(u8::is_ascii_whitespace) {
        Err(Refusal::Empty)
    } else if start(b"PK\x03\x04") || start(b"PK\x05\x06") {
        office(bytes)
    } else if start(b"\xd0\xcf\x11\xe0") {
        Err(compound(bytes))
    } else if start(b"%PDF") {
        Err(Refusal::Pdf)
    } else if start(b"{\\rtf") {
        Err(Refusal::Rtf)
    } else if picture {
        Err(Refusal::Picture)
    } else {
        plain(bytes)
    }
}

/// An archive: its main part is what its relations name, else where it usually lies.
fn office(bytes: &[u8]) -> Result<Paper, Refusal> {
    let mut archive = Archive::open(bytes)?;
    let main = archive.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument").map(|relation| relation.path);
    if archive.has("word/") {
        docx::read(&mut archive, &main.unwrap_or_else(|| "word/document.xml".into()), has_headings)
    } else if archive.has("xl/workbook.bin") {
        Err(Refusal::BinaryExcel)
    } else if archive.has("xl/") {
        xlsx::read(&mut archive, &main.unwrap_or_else(|| "xl/workbook.xml".into()))
    } else if archive.has("content.xml") {
        Err(Refusal::OpenDocument)
    } else {
        Err(Refusal::Archive)
    }
}

/// A compound file of old Office, or the wrapping of a new one that is locked. The names of its streams are UTF-16.
fn compound(bytes: &[u8]) -> Refusal {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    if has("EncryptedPackage") || has("EncryptionInfo") {
        Refusal::Encrypted
    } else if has("WordDocument") {
        Refusal::OldWord
    } else if has("Workbook") || has("Book") {
        Refusal::OldExcel
    } else {
        Refusal::Unknown
    }
}

fn plain(bytes: &[u8]) -> Result<Paper, Refusal> {
    let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if !is_utf16 && bytes.contains(&0) {
        return Err(Refusal::Unknown);
    }
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).replace('\0', "").to_lowercase();
    let is_html = ["<html", "<!doctype html", "<table", "<body", "<p", "<div", "<meta"].iter().any(|tag| head.contains(tag));
    if is_html {
        let text = text::decode(bytes, text::declared_in_html(bytes).as_deref());
        return html::read(&text, has_headings);
    }
    let text = text::decode(bytes, None);
    if delimited::is_likely(&text) { delimited::read(&text, score) } else { Err(Refusal::Unknown) }
}
