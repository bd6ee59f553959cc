//! Sitemaps (sitemaps.org, protocol 0.9).

use super::xml::Document;

/// The most addresses that one file may hold. The other limit, 50 MB, lies behind it while addresses are shorter than 900 bytes.
pub const MOST_URLS: usize = 50_000;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// A page: its absolute address, percent-encoded, and the day of its last change (`2024-05-15`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub url: String,
    pub modified: Option<String>,
}

/// Where part `n`, from 0, of a site map of several files stands.
pub fn part_path(n: usize) -> String {
    format!("sitemap-{}.xml", n + 1)
}

/// The sitemap of up to [`MOST_URLS`] pages.
pub fn sitemap(pages: &[Page]) -> Vec<u8> {
    list("urlset", "url", pages)
}

/// The index of several sitemaps.
pub fn sitemap_index(sitemaps: &[Page]) -> Vec<u8> {
    list("sitemapindex", "sitemap", sitemaps)
}

fn list(root: &'static str, item: &'static str, pages: &[Page]) -> Vec<u8> {
    let mut xml = Document::new(root, &[NAMESPACE], pages.len() * 128);
    for page in pages {
        xml.open(item, &[]);
        xml.text("loc", &[], &page.url);
        if let Some(modified) = &page.modified {
            xml.text("lastmod", &[], modified);
        }
        xml.close();
    }
    xml.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: Vec<u8>) -> String {
        String::from_utf8(xml).unwrap()
    }

    #[test]
    fn pages_and_index() {
        let pages = [Page { url: "https://example.org/?a&b".into(), modified: Some("2024-05-15".into()) }];
        assert_eq!(
            text(sitemap(&pages)),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n<url>\n\
             <loc>https://example.org/?a&amp;b</loc>\n<lastmod>2024-05-15</lastmod>\n</url>\n</urlset>\n"
        );
        assert!(text(sitemap_index(&pages)).contains("<sitemap>\n<loc>"));
    }
}
