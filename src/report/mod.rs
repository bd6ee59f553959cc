//! What a methodologist makes of a plan at the end of the year: the analysis as text and tables, the plan as a paper for signing, the
//! skeleton of the next one. Pure: a site goes in, text or bytes come out.
//!
//! ```text
//! Site ─analyse→ Analysis ─outline→ blocks ─→ Markdown · HTML
//!                    └─→ tables (CSV) · JSON            Plan ─→ Word · next year's draft
//! ```

mod analysis;
mod html;
mod json;
mod markdown;
mod next_year;
mod outline;
mod paper;
pub mod people;
mod tables;
mod words;

pub use analysis::{Analysis, Count, Month, Occasion, analyse};
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use next_year::{NextYear, next_year};
pub use outline::{Block, Run, outline};
pub use paper::paper;
pub use tables::{Table, csv};

use crate::kinds::Kind;
use crate::record::nearest;
use crate::site::{EntryId, Site};

/// The plan that `name` names: by its slug or address (with or without the site's own), by the stem of its file, or by the path of its file
/// from the site's root or from `content/`, with `/` or `\`.
///
/// # Errors
/// The name of a plan that it may be a slip of, if there is one.
pub fn find_plan(site: &Site, name: &str) -> Result<EntryId, Option<String>> {
    let path = name.trim().replace('\\', "/");
    let path = site.config.base_url.as_ref().and_then(|base| path.strip_prefix(base.as_str())).unwrap_or(&path);
    let path = path.trim_start_matches("./").trim_matches('/');
    let below_content = path.strip_prefix("content/").unwrap_or(path);
    let of_file = |file: &str| {
        let file = file.strip_prefix("content/").unwrap_or(file);
        file == below_content || file.rsplit_once('.').is_some_and(|(stem, _)| stem == below_content)
    };
    let plans = site.section(Kind::Plan);
    let found = plans.iter().find(|id| {
        let entry = site.entry(**id);
        entry.slug == path || entry.document.stem() == path || entry.address.trim_end_matches('/') == path || of_file(&entry.document.path)
    });
    found.copied().ok_or_else(|| nearest(path, plans.iter().map(|id| site.entry(*id).slug.as_str())).map(str::to_owned))
}
