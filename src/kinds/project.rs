//! Project: a goal, a period and indicators that content is counted against.

use crate::record::{Text, no_shorthand, record};

record! {
    /// The keys that a project has of its own.
    pub struct Project {
        /// The goal.
        goal "цель": Option<Text>,
        /// How it is reached.
        method "способ": Option<Text>,
        /// «20.04.2022 - 24.02.2023 гг.»
        period "период" ["сроки", "срок"]: Option<Text>,
        /// Organisations that take part.
        partners "партнёры" ["партнеры"]: Vec<Text>,
        /// For whom the result is.
        users "пользователи": Vec<Text>,
        /// What is measured.
        indicators "показатели": Vec<Indicator>,
        /// The indicator that others must add up to.
        total "итог" ["всего"]: Option<Total>,
    }
}

record! {
    /// One indicator.
    pub struct Indicator {
        /// A short name that `total` refers to.
        id "ид": Option<Text>,
        /// What is measured.
        title "название" ["показатель"]: Option<Text>,
        /// Before the project.
        baseline "было" ["базовое значение"]: Option<f64>,
        /// To be reached.
        target "цель" ["план"]: Option<f64>,
        /// By when.
        due "срок": Option<Text>,
        /// The value as of now, where it is not counted.
        value "значение" ["факт"]: Option<f64>,
        /// What of the content counts.
        count "считать": Option<Count>,
    }
}

record! {
    /// What of the content counts towards an indicator.
    pub struct Count {
        /// workshop, practice, …
        kind "вид": Option<Text>,
        /// The form of the event.
        form "форма": Option<Text>,
        /// Only what has all of these tags.
        tags "метки" ["метка"]: Vec<Text>,
        /// Only what has a recording.
        recorded "с записью": bool,
    }
}

record! {
    /// Which indicators must add up to which.
    pub struct Total {
        /// The indicator that is the sum.
        indicator "показатель": Option<Text>,
        /// The value of the sum, where no indicator holds it.
        value "значение": Option<f64>,
        /// The parts; all others if none are named.
        parts "слагаемые" ["of"]: Vec<Text>,
    }
}

no_shorthand!(Project, Count);
crate::record::text_shorthand!(Indicator, title);
crate::record::text_shorthand!(Total, indicator);
