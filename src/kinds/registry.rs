//! Registries: lists of organisations, people, areas … that references are looked up in.

use crate::record::{Text, no_shorthand, record, text_shorthand};

record! {
    /// An entry of any registry. Which keys make sense depends on the registry; those that do not apply simply stand empty.
    pub struct RegistryEntry {
        /// The name that content may refer by, and the address of the group.
        id "ид": Option<Text>,
        /// The full name.
        name "название" ["имя", "title"]: Option<Text>,
        /// Other spellings.
        aliases "варианты" ["другие названия", "синонимы"]: Vec<Text>,
        /// The short name, shown where space is scarce.
        short "кратко" ["сокращение", "abbreviation"]: Option<Text>,
        /// What it is, in a sentence or two.
        description "описание": Option<Text>,
        /// библиотека, школа, центр …
        kind "вид" ["тип"]: Option<Text>,
        /// Who founded it.
        founder "учредитель": Option<Text>,
        /// Its postal address.
        address "адрес": Option<Text>,
        /// Its place on the globe.
        coordinates "координаты": Option<Coordinates>,
        /// Where it is.
        territory "территория": Option<Text>,
        /// The areas that it is a base for.
        base_for "база по направлениям" ["база для"]: Vec<Text>,
        /// The territories that it serves as a base.
        territories "обслуживает" ["территории"]: Vec<Text>,
        /// The territory or body that it is a part of.
        part_of "входит в" ["часть"]: Option<Text>,
        /// The site of an organisation.
        url "сайт" ["ссылка"]: Option<Text>,
        /// The post of a person.
        post "должность": Option<Text>,
        /// The organisation of a person.
        organisation "организация": Option<Text>,
        /// post, author, consent: why the name may be published.
        basis "основание": Option<Text>,
        /// The day of an observance: `05-27`, «27 мая», or a full date.
        date "дата": Option<Text>,
        /// The last day of an observance that lasts.
        end "конец": Option<Text>,
        /// What an abbreviation stands for.
        expansion "расшифровка" ["значение"]: Option<Text>,
    }
}

record! {
    /// Degrees of WGS 84.
    pub struct Coordinates {
        /// Degrees north.
        lat "широта": Option<f64>,
        /// Degrees east.
        lon "долгота": Option<f64>,
    }
}

no_shorthand!(Coordinates);
text_shorthand!(RegistryEntry, name);
