//! The files of the editing page.

use super::Renderer;
use crate::cms::{self, AdminFile};
use crate::record::Meaning;

impl Renderer {
    /// Empty where the site has no such page.
    pub(super) fn admin(&self, file: AdminFile) -> Vec<u8> {
        let config = &self.site.config;
        let Some(settings) = &config.settings.cms else { return Vec::new() };
        match file {
            AdminFile::Shipped(bytes) => bytes.to_vec(),
            AdminFile::Page => cms::page(&config.title, settings, config.language).into_bytes(),
            AdminFile::Config => {
                let config = cms::config(config, settings, &|meaning| self.known_names(meaning));
                serde_json::to_vec_pretty(&config).unwrap_or_default()
            }
        }
    }

    /// The names in the registry that a text of this meaning is looked up in.
    fn known_names(&self, meaning: Meaning) -> Vec<String> {
        let registries = &self.site.registries;
        let registry = match meaning {
            Meaning::Organisation => &registries.organisations,
            Meaning::Person => &registries.people,
            Meaning::Area => &registries.areas,
            Meaning::Competency => &registries.competencies,
            Meaning::Territory => &registries.territories,
            _ => return Vec::new(),
        };
        registry
            .entries
            .iter()
            .filter(|entry| !entry.name.is_empty())
            .map(|entry| entry.entry.short.as_ref().map_or_else(|| entry.name.clone(), |short| short.value.to_string()))
            .collect()
    }
}
