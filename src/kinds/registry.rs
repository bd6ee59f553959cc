//! Registries: lists of organisations, people, areas … that references are looked up in.

use crate::diagnostic::Registry;
use crate::record::{Text, no_shorthand, record, text_shorthand};

record! {
    /// An entry of any registry. Which keys make sense depends on the registry; those that do not apply simply stand empty.
    pub struct RegistryEntry {
        /// The name that content may refer by, and the address of the group.
        id "ид" = "Короткое имя латиницей: по нему ссылаются материалы, оно же в адресе страницы." (Slug): Option<Text>,
        /// The full name.
        name "название" ["имя", "title"] = "Полное название или имя.": Option<Text>,
        /// Other spellings.
        aliases "варианты" ["другие названия", "синонимы"] = "Другие написания того же: сокращения, прежние названия.": Vec<Text>,
        /// The short name, shown where space is scarce.
        short "кратко" ["сокращение", "abbreviation"] = "Краткое название — там, где мало места.": Option<Text>,
        /// What it is, in a sentence or two.
        description "описание" = "Что это, в одном-двух предложениях." (Long): Option<Text>,
        /// What it is: library, school, centre …
        kind "вид" ["тип"] = "Что это: библиотека, школа, центр…": Option<Text>,
        /// Who founded it.
        founder "учредитель" = "Учредитель.": Option<Text>,
        /// Its postal address.
        address "адрес" = "Почтовый адрес.": Option<Text>,
        /// Its place on the globe.
        coordinates "координаты" = "Координаты на карте.": Option<Coordinates>,
        /// Where it is.
        territory "территория" = "Где находится: ид или название территории." (Territory): Option<Text>,
        /// The areas that it is a base for.
        base_for "база по направлениям" ["база для"] = "По каким направлениям это базовая организация." (Area): Vec<Text>,
        /// The territories that it serves as a base.
        territories "обслуживает" ["территории"] = "Какие территории обслуживает как базовая." (Territory): Vec<Text>,
        /// The territory or body that it is a part of.
        part_of "входит в" ["часть"] = "Во что входит.": Option<Text>,
        /// The site of an organisation.
        url "сайт" ["ссылка"] = "Сайт." (Url): Option<Text>,
        /// The post of a person.
        post "должность" = "Должность.": Option<Text>,
        /// The organisation of a person.
        organisation "организация" = "Где работает: ид или название организации." (Organisation): Option<Text>,
        /// Why the name may be published: post, author, consent.
        basis "основание" = "Почему имя можно публиковать: должность, авторство, согласие.": Option<Text>,
        /// The day of an observance: `05-27`, «27 мая», or a full date.
        date "дата" = "День: «27 мая» или 05-27; с годом, если он один раз.": Option<Text>,
        /// The last day of an observance that lasts.
        end "конец" = "Последний день, если дата длится.": Option<Text>,
        /// What an abbreviation stands for.
        expansion "расшифровка" ["значение"] = "Что означает сокращение.": Option<Text>,
    }
}

record! {
    /// Degrees of WGS 84.
    pub struct Coordinates {
        /// Degrees north.
        lat "широта" = "Широта в градусах: 54.19.": Option<f64>,
        /// Degrees east.
        lon "долгота" = "Долгота в градусах: 37.62.": Option<f64>,
    }
}

no_shorthand!(Coordinates);
text_shorthand!(RegistryEntry, name);

/// A registry: its file, its name, and the keys that make sense in it.
#[derive(Debug, Clone, Copy)]
pub struct RegistryForm {
    pub registry: Registry,
    /// Its file in `content/`, without the ending.
    pub file: &'static str,
    pub ru: &'static str,
    pub en: &'static str,
    /// In the order in which they are best written.
    pub keys: &'static [&'static str],
}

impl RegistryForm {
    /// The form of `registry`.
    pub fn of(registry: Registry) -> &'static RegistryForm {
        REGISTRIES.iter().find(|form| form.registry == registry).unwrap_or(&REGISTRIES[0])
    }
}

/// The registries.
pub const REGISTRIES: [RegistryForm; 7] = [
    RegistryForm {
        registry: Registry::Organisations,
        file: "organisations",
        ru: "Организации",
        en: "Organisations",
        keys: &[
            "id",
            "name",
            "short",
            "aliases",
            "kind",
            "description",
            "founder",
            "address",
            "coordinates",
            "territory",
            "part_of",
            "base_for",
            "territories",
            "url",
        ],
    },
    RegistryForm {
        registry: Registry::People,
        file: "people",
        ru: "Люди",
        en: "People",
        keys: &["id", "name", "aliases", "post", "organisation", "basis", "description", "url"],
    },
    RegistryForm {
        registry: Registry::Areas,
        file: "areas",
        ru: "Направления",
        en: "Areas",
        keys: &["id", "name", "short", "aliases", "description"],
    },
    RegistryForm {
        registry: Registry::Competencies,
        file: "competencies",
        ru: "Компетенции",
        en: "Competencies",
        keys: &["id", "name", "short", "aliases", "description"],
    },
    RegistryForm {
        registry: Registry::Territories,
        file: "territories",
        ru: "Территории",
        en: "Territories",
        keys: &["id", "name", "short", "aliases", "kind", "part_of", "coordinates", "description", "url"],
    },
    RegistryForm {
        registry: Registry::Observances,
        file: "observances",
        ru: "Памятные даты",
        en: "Observances",
        keys: &["id", "name", "aliases", "date", "end", "description", "url"],
    },
    RegistryForm {
        registry: Registry::Glossary,
        file: "glossary",
        ru: "Сокращения",
        en: "Glossary",
        keys: &["id", "name", "aliases", "expansion", "description"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_makes_sense_somewhere_and_is_one() {
        for key in REGISTRIES.iter().flat_map(|form| form.keys) {
            assert!(RegistryEntry::FIELDS.iter().any(|field| field.name == *key), "{key}");
        }
        for field in RegistryEntry::FIELDS {
            assert!(REGISTRIES.iter().any(|form| form.keys.contains(&field.name)), "{}", field.name);
        }
    }
}
