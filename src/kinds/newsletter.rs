//! Newsletter: an issue of the service's bulletin.

use crate::record::{Spanned, Text, no_shorthand, record};
use crate::value::date::Date;

record! {
    /// The keys that an issue has of its own.
    pub struct Newsletter {
        /// Its number in the year, «3».
        number "номер" = "Номер выпуска в году: 3.": Option<Text>,
        /// Its number since the beginning.
        running_number "сквозной номер" = "Сквозной номер от начала издания.": Option<Text>,
        /// Who edits it.
        editors "редакторы" ["редактор"] = "Редакторы: ид из people.yaml или имя с должностью." (Person): Box<[Text]>,
        /// The span whose materials and events fill its sections.
        collect "собрать" = "За какое время собрать в выпуск новое, прошедшее и предстоящее: день выпуска делит его на прошлое и будущее.": Option<Collect>,
    }
}

record! {
    /// A span of days, both included.
    pub struct Collect {
        /// The first day.
        from "с" ["от"] = "Первый день.": Option<Spanned<Date>>,
        /// The last day.
        to "по" ["до"] = "Последний день, включительно.": Option<Spanned<Date>>,
    }
}

no_shorthand!(Newsletter, Collect);
