//! A plan as a table that people edit in a spreadsheet, and the way back: into the same file, of which nothing else changes.
//!
//! ```text
//! Entry ─rows→ cells ─sheet→ XLSX, CSV ─edited→ read ─merge→ changes + matters ─write→ text of the file
//! ```
//! A row is known by its key, never by its place. The table carries short hashes of what it was made from ([`stamp`]): a cell that only one
//! side has changed is taken from that side; one that both have changed is a conflict, and the file's stays.
//!
//! The approved text is what stands under `sections` of the file. What orders have changed is written below it, so a plan that is signed
//! is changed by an amendment ([`write::amend`]), whose table may as well show the text that holds.

pub mod column;
pub mod matter;
pub mod merge;
mod patch;
pub mod reading;
pub mod row;
pub mod sheet;
pub mod stamp;
mod words;
pub mod write;

pub use column::Column;
pub use matter::Matter;
pub use merge::{Merge, merge};
pub use reading::{Edited, read};
pub use row::Edition;
pub use sheet::{Sheet, sheet};
