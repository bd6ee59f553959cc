//! Workshop: any dated professional event. One page serves the announcement and, later, the report; its address stays.

use super::Attachment;
use crate::record::{Text, choice, no_shorthand, record, text_shorthand};
use crate::value::language::Language;

record! {
    /// The keys that a workshop has of its own.
    pub struct Workshop {
        /// The form: seminar, master class, webinar, consultation, round table, competition …
        form "форма" = "Форма: семинар, мастер-класс, вебинар, консультация, круглый стол, конкурс…" (Form): Option<Text>,
        /// The hours: «10:00–16:30».
        time "время" = "Время: «10:00–16:30»." (Hours): Option<Text>,
        /// In a room, online, or mixed.
        mode "формат" = "Формат: очно, онлайн или смешанный.": Option<Mode>,
        /// The institution on whose base it is held.
        host "база" = "База: на базе какой организации проходит." (Organisation): Option<Text>,
        /// The room or address.
        venue "место" ["место проведения"] = "Место: зал, кабинет, адрес.": Option<Text>,
        /// Where to join online.
        link "ссылка" = "Ссылка для подключения онлайн." (Url): Option<Text>,
        /// Organisations that hold it.
        organisers "организаторы" ["организатор"] = "Организаторы: кто проводит." (Organisation): Box<[Text]>,
        /// Who leads it.
        speakers "ведущие" ["ведущий", "спикеры"] = "Ведущие: ид из people.yaml или имя с должностью." (Person): Box<[Text]>,
        /// What happens when.
        programme "программа" ["program"] = "Программа: что и когда происходит.": Box<[Programme]>,
        /// How to sign up.
        registration "регистрация" = "Как записаться.": Option<Registration>,
        /// Planned, held, moved or cancelled.
        status "статус" = "Состояние: запланировано, состоялось, перенесено, отменено.": Option<Status>,
        /// The new time, if it was moved.
        moved_to "перенесено на" = "На какой срок перенесено." (Timeframe): Option<Text>,
        /// How many came.
        participants "участников" = "Сколько человек участвовало.": Option<u32>,
        /// Films and sound of it.
        recordings "записи" ["запись"] = "Записи: видео и звук.": Box<[Attachment]>,
        /// The cycle that it belongs to.
        series "цикл" = "Цикл, в который входит мероприятие.": Option<Text>,
        /// Codes of planning advice that is known and meant: `event-on-weekend`.
        accept "принято" = "Коды замечаний, о которых известно: event-on-weekend." (Code): Box<[Text]>,
    }
}

record! {
    /// A line of the programme, or a day of it with its lines.
    pub struct Programme {
        /// The day, «18 марта», if the programme goes by days.
        day "день" = "День, если программа на несколько дней: «18 марта».": Option<Text>,
        /// The lines of that day.
        items "пункты" = "Строки этого дня.": Box<[Programme]>,
        /// The hours: «10:00–10:30».
        time "время" = "Время: «10:00–10:30»." (Hours): Option<Text>,
        /// What happens.
        title "название" ["тема", "что"] = "Что происходит.": Option<Text>,
        /// Who speaks.
        speaker "ведущий" ["спикер", "кто"] = "Кто выступает." (Person): Box<[Text]>,
    }
}

record! {
    /// How to sign up.
    pub struct Registration {
        /// The address of the form.
        url "ссылка" ["адрес"] = "Адрес формы записи." (Url): Option<Text>,
        /// The last day, in words or ISO.
        until "до" = "До какого дня записываются." (Timeframe): Option<Text>,
        /// Whom to ask.
        contact "контакт" = "К кому обращаться: телефон, почта.": Option<Text>,
    }
}

no_shorthand!(Workshop);
text_shorthand!(Programme, title);
text_shorthand!(Registration, contact);

choice! {
    /// In a room, over the net, or both.
    pub enum Mode {
        /// In a room.
        Offline "offline" "очно" ["очный", "очная", "офлайн", "оффлайн", "in person"],
        /// Over the net.
        Online "online" "онлайн" ["дистанционно", "дистанционный"],
        /// Both.
        Mixed "mixed" "смешанный" ["смешанно", "очно-дистанционно", "hybrid"],
    }
}

choice! {
    /// Where an event or a row of a plan stands, as said by the editor.
    pub enum Status {
        /// It is to come.
        Planned "planned" "запланировано" ["план", "запланирован"],
        /// It took place.
        Held "held" "состоялось" ["проведено", "выполнено", "проведён", "состоялся", "состоялась"],
        /// It takes place at another time.
        Moved "moved" "перенесено" ["перенесён", "перенесена"],
        /// It does not take place.
        Cancelled "cancelled" "отменено" ["отменён", "отменена", "canceled"],
    }
}

/// A known form of event. The list is open: another word stands as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormName {
    /// The id, and the address of its group.
    pub id: &'static str,
    pub ru: &'static str,
    pub en: &'static str,
}

impl FormName {
    /// The name in `language`.
    pub fn name(&self, language: Language) -> &'static str {
        match language {
            Language::Ru => self.ru,
            Language::En => self.en,
        }
    }
}

/// The forms that have an id.
pub const FORMS: &[FormName] = &[
    FormName { id: "seminar", ru: "семинар", en: "seminar" },
    FormName { id: "master-class", ru: "мастер-класс", en: "master class" },
    FormName { id: "workshop", ru: "мастерская", en: "workshop" },
    FormName { id: "webinar", ru: "вебинар", en: "webinar" },
    FormName { id: "consultation", ru: "консультация", en: "consultation" },
    FormName { id: "round-table", ru: "круглый стол", en: "round table" },
    FormName { id: "competition", ru: "конкурс", en: "competition" },
    FormName { id: "conference", ru: "конференция", en: "conference" },
    FormName { id: "training", ru: "тренинг", en: "training" },
    FormName { id: "meeting", ru: "заседание", en: "meeting" },
    FormName { id: "festival", ru: "фестиваль", en: "festival" },
    FormName { id: "session", ru: "сессия", en: "session" },
    FormName { id: "course", ru: "курс", en: "course" },
    FormName { id: "practicum", ru: "практикум", en: "practicum" },
    FormName { id: "survey", ru: "опрос", en: "survey" },
];

/// The known form that `text` names, by id or name.
pub fn form_of(text: &str) -> Option<&'static FormName> {
    let text = text.to_lowercase();
    FORMS.iter().find(|form| form.id == text || form.ru == text || form.en == text)
}
