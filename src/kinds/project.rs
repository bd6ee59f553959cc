//! Project: a goal, a period and indicators that content is counted against.

use crate::record::{Text, no_shorthand, record};

record! {
    /// The keys that a project has of its own.
    pub struct Project {
        /// The goal.
        goal "цель" = "Цель проекта." (Long): Option<Text>,
        /// How it is reached.
        method "способ" = "Каким способом она достигается." (Long): Option<Text>,
        /// When: «20.04.2022 - 24.02.2023 гг.»
        period "период" ["сроки", "срок"] = "Сроки: «20.04.2022 – 24.02.2023»." (Period): Option<Text>,
        /// Organisations that take part.
        partners "партнёры" ["партнеры"] = "Партнёры: организации, которые участвуют." (Organisation): Vec<Text>,
        /// For whom the result is.
        users "пользователи" = "Для кого результат.": Vec<Text>,
        /// What is measured.
        indicators "показатели" = "Показатели: что измеряется.": Vec<Indicator>,
        /// The indicator that others must add up to.
        total "итог" ["всего"] = "Какие показатели должны в сумме давать итог.": Option<Total>,
    }
}

record! {
    /// One indicator.
    pub struct Indicator {
        /// A short name that `total` refers to.
        id "ид" = "Короткое имя, на которое ссылается итог.": Option<Text>,
        /// What is measured.
        title "название" ["показатель"] = "Что измеряется.": Option<Text>,
        /// Before the project.
        baseline "было" ["базовое значение"] = "Сколько было до проекта.": Option<f64>,
        /// To be reached.
        target "цель" ["план"] = "Сколько должно стать.": Option<f64>,
        /// By when.
        due "срок" = "К какому сроку." (Timeframe): Option<Text>,
        /// The value as of now, where it is not counted.
        value "значение" ["факт"] = "Сколько есть сейчас, если не считается по материалам сайта.": Option<f64>,
        /// What of the content counts.
        count "считать" = "Какие материалы сайта считать.": Option<Count>,
    }
}

record! {
    /// What of the content counts towards an indicator.
    pub struct Count {
        /// The kind: workshop, practice …
        kind "вид" = "Вид материала: мероприятие, практика…" (Kind): Option<Text>,
        /// The form of the event.
        form "форма" = "Форма мероприятия." (Form): Option<Text>,
        /// Only what has all of these tags.
        tags "метки" ["метка"] = "Только материалы со всеми этими метками.": Vec<Text>,
        /// Only what has a recording.
        recorded "с записью" = "Только мероприятия с записью.": bool,
    }
}

record! {
    /// Which indicators must add up to which.
    pub struct Total {
        /// The indicator that is the sum.
        indicator "показатель" = "Показатель, который равен сумме.": Option<Text>,
        /// The value of the sum, where no indicator holds it.
        value "значение" = "Сама сумма, если она не показатель.": Option<f64>,
        /// The parts; all others if none are named.
        parts "слагаемые" ["of"] = "Слагаемые; если не названы — все остальные показатели.": Vec<Text>,
    }
}

no_shorthand!(Project, Count);
crate::record::text_shorthand!(Indicator, title);
crate::record::text_shorthand!(Total, indicator);
