//! Small values with rules of their own; they know nothing of documents and sites.

pub mod collation;
pub mod composed;
pub mod date;
pub mod declension;
pub mod edit;
pub mod hidden;
pub mod holidays;
pub mod html;
pub mod language;
pub mod letter;
pub mod mention;
pub mod person;
pub mod plural;
pub mod scripts;
pub mod shared;
pub mod slug;
pub mod timeframe;
pub mod transliteration;
pub mod typography;
pub mod url;
pub mod words;
pub mod yaml;
