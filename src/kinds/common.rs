//! The keys that every kind has.

use crate::record::{Spanned, Text, no_shorthand, record, text_shorthand};
use crate::value::date::Date;

record! {
    /// The keys of every document.
    pub struct Common {
        /// The title; required.
        title "название" ["заголовок"] = "Название материала: обязательно.": Option<Text>,
        /// The day of publication; for a workshop when it takes place, in the words of the plan.
        date "дата" = "День публикации; у мероприятия — когда оно проходит, словами плана: «18 марта 2015 г.», «октябрь – ноябрь 2024»." (Timeframe): Option<Text>,
        /// The document's own address: lower case Latin letters, digits, hyphens.
        slug "адрес" = "Свой адрес страницы: строчные латинские буквы, цифры, дефис. Обычно берётся из имени файла." (Slug): Option<Text>,
        /// Old addresses that lead here.
        aliases "прежние адреса" = "Прежние адреса: с них читателя перенаправят сюда." (Link): Box<[Text]>,
        /// One or two sentences for lists; else taken from the first paragraph.
        summary "аннотация" = "Аннотация: одно-два предложения для списков. Если её нет, берётся первый абзац." (Long): Option<Text>,
        /// Persons: id, or «Имя Отчество Фамилия, должность, организация».
        authors "авторы" ["автор", "author"] = "Авторы: ид из people.yaml или «Имя Отчество Фамилия, должность, организация»." (Person): Box<[Text]>,
        /// Id, name or alias of an organisation.
        organisation "организация" = "Организация: ид, название или любой вариант названия из organisations.yaml." (Organisation): Option<Text>,
        /// Id, name or alias of a territory.
        territory "территория" = "Территория: ид, название или вариант названия из territories.yaml." (Territory): Option<Text>,
        /// Directions of work.
        areas "направления" ["направление", "area"] = "Направления работы: ид или название из areas.yaml." (Area): Box<[Text]>,
        /// For whom.
        audience "аудитория" ["для кого"] = "Для кого: «школьные библиотекари», «педагоги»…": Box<[Text]>,
        /// Professional competencies that it develops.
        competencies "компетенции" ["компетенция"] = "Какие профессиональные компетенции развивает: ид или название из competencies.yaml." (Competency): Box<[Text]>,
        /// Free words.
        tags "метки" ["метка"] = "Метки — любые слова, по которым материалы собираются вместе.": Box<[Text]>,
        /// The picture at the head.
        cover "обложка" = "Картинка в начале материала.": Option<Box<Cover>>,
        /// Files to take away.
        attachments "файлы" ["вложения"] = "Файлы, которые можно скачать.": Box<[Attachment]>,
        /// The row of a plan that this document realises: `plan-slug/2.3`.
        plan_item "пункт плана" = "Какой пункт плана выполнен: имя файла плана и номер строки, «tula-2024/2.3»." (Row): Box<[Text]>,
        /// The slug of a project that it belongs to.
        project "проект" = "Проект, к которому относится материал: имя его файла." (Project): Option<Text>,
        /// Not built without `--drafts`.
        draft "черновик" = "Черновик: не публикуется, виден только в просмотре с --drafts.": bool,
        /// Not built before this day.
        publish "опубликовать" = "Не публиковать раньше этого дня.": Option<Spanned<Date>>,
        /// Not built after this day.
        expires "снять" = "Снять с сайта после этого дня.": Option<Spanned<Date>>,
        /// The age mark: 0+, 6+, 12+, 16+, 18+.
        age_mark "возраст" = "Возрастная отметка: 0+, 6+, 12+, 16+, 18+." (AgeMark): Option<Text>,
        /// The licence of the text.
        licence "лицензия" ["license"] = "Лицензия на текст.": Option<Text>,
        /// The text stands as it was printed: no typesetting rules.
        verbatim "дословно" = "Оставить текст точно как напечатан, без правил набора.": bool,
        /// The text of a `.yaml` document.
        body "текст" = "Текст материала в разметке Markdown — для файлов .yaml; в файлах .md текст стоит под второй чертой «---»." (Markdown): Option<Text>,
    }
}

record! {
    /// A picture at the head of a document.
    pub struct Cover {
        /// The file beside the document.
        file "файл" = "Файл картинки рядом с материалом." (Picture): Option<Text>,
        /// What it shows, for those who do not see it.
        alt "описание" ["подпись"] = "Что на картинке — для тех, кто её не видит.": Option<Text>,
        /// Who made it.
        author "автор" = "Кто снял или нарисовал.": Option<Text>,
        /// On what ground the persons in it are shown.
        consent "согласие" = "На каком основании показаны люди: «согласие от 12.03.2024».": Option<Text>,
        /// Whether minors are in it.
        minors "несовершеннолетние" = "Есть ли на картинке несовершеннолетние.": bool,
        /// It shows nothing that a reader would miss.
        decorative "для украшения" = "Картинка только для украшения, описание не нужно.": bool,
    }
}

record! {
    /// A file or an address to take away.
    pub struct Attachment {
        /// The file beside the document.
        file "файл" = "Файл рядом с материалом." (File): Option<Text>,
        /// An address elsewhere.
        url "ссылка" = "Или адрес в интернете." (Url): Option<Text>,
        /// How it is called; else the file's name.
        title "название" = "Как назвать файл на странице; иначе — его имя.": Option<Text>,
        /// What it is: slides, programme, recording …
        kind "вид" = "Что это: презентация, программа, запись…": Option<Text>,
    }
}

record! {
    /// The order of a director.
    pub struct Order {
        /// Its number as printed, «02-а».
        number "номер" = "Номер приказа, как напечатан: «02-а».": Option<Text>,
        /// Its day.
        date "дата" = "Дата приказа.": Option<Spanned<Date>>,
    }
}

record! {
    /// A block «Утверждаю» or «Согласовано».
    pub struct Approval {
        /// The post of who signed.
        post "должность" = "Должность того, кто подписал.": Option<Text>,
        /// Who signed: id or name as printed.
        person "кто" ["лицо", "подпись"] = "Кто подписал: ид из people.yaml или имя, как напечатано." (Person): Option<Text>,
        /// The order, where there is one.
        order "приказ" = "Приказ, если есть.": Option<Order>,
        /// The day of the signature, where there is no order.
        date "дата" = "День подписи, если приказа нет.": Option<Spanned<Date>>,
    }
}

no_shorthand!(Common, Order, Approval);
text_shorthand!(Cover, file);
text_shorthand!(Attachment, file);
