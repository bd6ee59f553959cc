//! Workshop: any dated professional event. One page serves the announcement and, later, the report; its address stays.

use super::Attachment;
use crate::diagnostic::Expected;
use crate::record::{Read, Reader, Text, no_shorthand, record, text_shorthand};
use crate::value::language::Language;
use crate::value::yaml::Node;

record! {
    /// The keys that a workshop has of its own.
    pub struct Workshop {
        /// семинар, мастер-класс, вебинар … an open list, see [`FORMS`].
        form "форма": Option<Text>,
        /// «10:00–16:30».
        time "время": Option<Text>,
        /// очно, онлайн, смешанный.
        mode "формат": Option<Mode>,
        /// The institution on whose base it is held.
        host "база": Option<Text>,
        /// The room or address.
        venue "место" ["место проведения"]: Option<Text>,
        /// Where to join online.
        link "ссылка": Option<Text>,
        /// Organisations that hold it.
        organisers "организаторы" ["организатор"]: Vec<Text>,
        /// Who leads it.
        speakers "ведущие" ["ведущий", "спикеры"]: Vec<Text>,
        /// What happens when.
        programme "программа" ["program"]: Vec<Programme>,
        /// How to sign up.
        registration "регистрация": Option<Registration>,
        /// запланировано, состоялось, перенесено, отменено.
        status "статус": Option<Status>,
        /// The new time, if it was moved.
        moved_to "перенесено на": Option<Text>,
        /// How many came.
        participants "участников": Option<u32>,
        /// Films and sound of it.
        recordings "записи" ["запись"]: Vec<Attachment>,
        /// The cycle that it belongs to.
        series "цикл": Option<Text>,
        /// Codes of planning advice that is known and meant: `event-on-weekend`.
        accept "принято": Vec<Text>,
    }
}

record! {
    /// A line of the programme, or a day of it with its lines.
    pub struct Programme {
        /// «18 марта», if the programme goes by days.
        day "день": Option<Text>,
        /// The lines of that day.
        items "пункты": Vec<Programme>,
        /// «10:00–10:30».
        time "время": Option<Text>,
        /// What happens.
        title "название" ["тема", "что"]: Option<Text>,
        /// Who speaks.
        speaker "ведущий" ["спикер", "кто"]: Vec<Text>,
    }
}

record! {
    /// How to sign up.
    pub struct Registration {
        /// The address of the form.
        url "ссылка" ["адрес"]: Option<Text>,
        /// The last day, in words or ISO.
        until "до": Option<Text>,
        /// Whom to ask.
        contact "контакт": Option<Text>,
    }
}

no_shorthand!(Workshop);
text_shorthand!(Programme, title);
text_shorthand!(Registration, contact);

/// A closed list of values with words in both languages.
macro_rules! choice {
    ($(#[doc = $doc:literal])* pub enum $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident $id:literal $ru:literal [$($more:literal),*],)* }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[doc = $vdoc])* $variant,)* }

        impl $name {
            /// The name in JSON and templates.
            pub fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)* }
            }
        }

        impl Read for $name {
            fn expected() -> Expected {
                Expected::Text
            }

            fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
                let text = Text::read(node, reader)?;
                match text.value.to_lowercase().as_str() {
                    $($id | $ru $(| $more)* => Some($name::$variant),)*
                    _ => {
                        let span = crate::source::Span::new(reader.file, text.span);
                        reader.diagnostics.push(crate::record::unknown_value(text.value, span, vec![$($ru.to_owned()),*]));
                        None
                    }
                }
            }
        }
    };
}

choice! {
    /// In a room, over the net, or both.
    pub enum Mode {
        /// In a room.
        Offline "offline" "очно" ["очный", "очная", "in person"],
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
