//! Practice: an article about work that others can repeat.

use crate::record::{Absent, Read, Reader, Shape, Text, no_shorthand, record};
use crate::value::yaml::Node;

record! {
    /// The keys that a practice has of its own.
    pub struct Practice {
        /// The form of the work.
        form "форма" = "Форма работы." (Form): Option<Text>,
        /// What it was like before.
        situation "ситуация" = "Ситуация: что было до начала." (Long): Box<[Text]>,
        /// What was done.
        actions "действия" = "Действия: что сделали, по шагам." (Long): Box<[Text]>,
        /// What it took.
        resources "ресурсы" = "Ресурсы: что понадобилось." (Long): Box<[Text]>,
        /// What came of it.
        result "результат" ["результаты"] = "Результат: что получилось, лучше с числами." (Long): Box<[Text]>,
        /// How to do it at home.
        repeat "как повторить" = "Как повторить у себя." (Long): Box<[Text]>,
        /// Whether the text is whole; no where the source breaks off.
        complete "полностью" = "Полностью ли приведён текст; «нет», если источник обрывается.": Complete,
    }
}

no_shorthand!(Practice);

/// Whether the text is whole; it is, unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complete(pub bool);

impl Read for Complete {
    fn shape() -> Shape {
        Shape::Boolean { absent: true }
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        bool::read(node, reader).map(Complete)
    }
}

impl Absent for Complete {
    fn absent() -> Self {
        Complete(true)
    }
}

/// The passport of a practice, in the order in which it is read: name of the part and its lines.
pub type Passport<'a> = [(&'static str, &'a [Text]); 5];

impl Practice {
    /// The passport.
    pub fn passport(&self) -> Passport<'_> {
        [
            ("situation", &self.situation),
            ("actions", &self.actions),
            ("resources", &self.resources),
            ("result", &self.result),
            ("repeat", &self.repeat),
        ]
    }
}
