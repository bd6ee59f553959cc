//! Newsletter: an issue of the service's bulletin.

use crate::record::{Spanned, Text, no_shorthand, record};
use crate::value::date::Date;

record! {
    /// The keys that an issue has of its own.
    pub struct Newsletter {
        /// Its number in the year, «3».
        number "номер": Option<Text>,
        /// Its number since the beginning.
        running_number "сквозной номер": Option<Text>,
        /// Who edits it.
        editors "редакторы" ["редактор"]: Vec<Text>,
        /// The span whose materials and events fill its sections.
        collect "собрать": Option<Collect>,
    }
}

record! {
    /// A span of days, both included.
    pub struct Collect {
        /// The first day.
        from "с" ["от"]: Option<Spanned<Date>>,
        /// The last day.
        to "по" ["до"]: Option<Spanned<Date>>,
    }
}

no_shorthand!(Newsletter, Collect);
