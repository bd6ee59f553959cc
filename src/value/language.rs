//! The languages of the interface and of messages.

use std::str::FromStr;

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    #[default]
    Ru,
    En,
}

impl Language {
    /// The tag of BCP 47, and the name of the theme's file of strings.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Ru => "ru",
            Language::En => "en",
        }
    }

    /// The locale of OpenGraph.
    pub fn locale(self) -> &'static str {
        match self {
            Language::Ru => "ru_RU",
            Language::En => "en_GB",
        }
    }
}

impl FromStr for Language {
    type Err = ();

    fn from_str(text: &str) -> Result<Language, ()> {
        match text {
            "ru" => Ok(Language::Ru),
            "en" => Ok(Language::En),
            _ => Err(()),
        }
    }
}
