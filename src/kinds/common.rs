//! The keys that every kind has.

use crate::record::{Spanned, Text, no_shorthand, record, text_shorthand};
use crate::value::date::Date;

record! {
    /// The keys of every document.
    pub struct Common {
        /// The title; required.
        title "название" ["заголовок"]: Option<Text>,
        /// The day of publication; for a workshop when it takes place, in the words of the plan.
        date "дата": Option<Text>,
        /// The document's own address: lower case Latin letters, digits, hyphens.
        slug "адрес": Option<Text>,
        /// Old addresses that lead here.
        aliases "прежние адреса": Vec<Text>,
        /// One or two sentences for lists; else taken from the first paragraph.
        summary "аннотация": Option<Text>,
        /// Persons: id, or «Имя Отчество Фамилия, должность, организация».
        authors "авторы" ["автор", "author"]: Vec<Text>,
        /// Id, name or alias of an organisation.
        organisation "организация": Option<Text>,
        /// Id, name or alias of a territory.
        territory "территория": Option<Text>,
        /// Directions of work.
        areas "направления" ["направление", "area"]: Vec<Text>,
        /// For whom.
        audience "аудитория" ["для кого"]: Vec<Text>,
        /// Professional competencies that it develops.
        competencies "компетенции" ["компетенция"]: Vec<Text>,
        /// Free words.
        tags "метки" ["метка"]: Vec<Text>,
        /// The picture at the head.
        cover "обложка": Option<Cover>,
        /// Files to take away.
        attachments "файлы" ["вложения"]: Vec<Attachment>,
        /// The row of a plan that this document realises: `plan-slug/2.3`.
        plan_item "пункт плана": Vec<Text>,
        /// The slug of a project that it belongs to.
        project "проект": Option<Text>,
        /// Not built without `--drafts`.
        draft "черновик": bool,
        /// Not built before this day.
        publish "опубликовать": Option<Spanned<Date>>,
        /// Not built after this day.
        expires "снять": Option<Spanned<Date>>,
        /// 0+, 6+, 12+, 16+, 18+.
        age_mark "возраст": Option<Text>,
        /// The licence of the text.
        licence "лицензия" ["license"]: Option<Text>,
        /// The text stands as it was printed: no typesetting rules.
        verbatim "дословно": bool,
        /// The text of a `.yaml` document.
        body "текст": Option<Text>,
    }
}

record! {
    /// A picture at the head of a document.
    pub struct Cover {
        /// The file beside the document.
        file "файл": Option<Text>,
        /// What it shows, for those who do not see it.
        alt "описание" ["подпись"]: Option<Text>,
        /// Who made it.
        author "автор": Option<Text>,
        /// On what ground the persons in it are shown.
        consent "согласие": Option<Text>,
        /// Whether minors are in it.
        minors "несовершеннолетние": bool,
        /// It shows nothing that a reader would miss.
        decorative "для украшения": bool,
    }
}

record! {
    /// A file or an address to take away.
    pub struct Attachment {
        /// The file beside the document.
        file "файл": Option<Text>,
        /// An address elsewhere.
        url "ссылка": Option<Text>,
        /// How it is called; else the file's name.
        title "название": Option<Text>,
        /// презентация, программа, запись …
        kind "вид": Option<Text>,
    }
}

record! {
    /// The order of a director.
    pub struct Order {
        /// As printed, «02-а».
        number "номер": Option<Text>,
        /// Its day.
        date "дата": Option<Spanned<Date>>,
    }
}

record! {
    /// A block «Утверждаю» or «Согласовано».
    pub struct Approval {
        /// The post of who signed.
        post "должность": Option<Text>,
        /// Who signed: id or name as printed.
        person "кто" ["лицо", "подпись"]: Option<Text>,
        /// The order, where there is one.
        order "приказ": Option<Order>,
        /// The day of the signature, where there is no order.
        date "дата": Option<Spanned<Date>>,
    }
}

no_shorthand!(Common, Order, Approval);
text_shorthand!(Cover, file);
text_shorthand!(Attachment, file);
