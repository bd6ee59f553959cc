//! The draft of the yearly analysis, as blocks that know neither Markdown nor HTML. What only the methodologist knows is asked for in
//! marked places; nothing is invented for them.

use super::analysis::{Analysis, Count, is_fulfilled, registered};
use super::words::{EVENTS, PARTICIPANTS, ROWS, ROWS_TOLD, SECTIONS, counted, percent, person, say, signed, status};
use crate::kinds::{Details, Plan, PlanItem};
use crate::output::{ROOT, Slots};
use crate::site::{EntryId, File, Row, RowStatus, Totals};
use crate::value::date::{self, Case, month_name};
use crate::value::language::Language;

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// 1 for the title, 2 for a section, 3 for a part of it.
    Heading(u8, String),
    Paragraph(Vec<Run>),
    List(Vec<Vec<Run>>),
    Table {
        head: Vec<String>,
        rows: Vec<Vec<Vec<Run>>>,
        /// The columns from this one on hold numbers.
        numbers_from: usize,
        /// The last row sums up the others.
        has_total: bool,
    },
    /// A place for the methodologist's own words, and what they should be about.
    OwnWords(String),
}

/// A piece of a line, perhaps with a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub link: Option<String>,
}

/// The text of the analysis.
pub fn outline(analysis: &Analysis, language: Language) -> Vec<Block> {
    let mut out = Outline { analysis, language, blocks: Vec::new(), section: 0 };
    out.head();
    out.planned();
    out.fulfilment();
    out.held();
    out.changed();
    out.overdue();
    out.coming();
    out.unplanned();
    out.figures();
    out.conclusions();
    out.proposals();
    out.blocks
}

struct Outline<'a, 's> {
    analysis: &'a Analysis<'s>,
    language: Language,
    blocks: Vec<Block>,
    section: usize,
}

fn plain(text: impl Into<String>) -> Run {
    Run { text: text.into(), link: None }
}

fn cell(text: impl Into<String>) -> Vec<Run> {
    vec![plain(text)]
}

/// A count; what is none stands as a dash, so that a table of few figures can be read.
fn number(n: usize) -> Vec<Run> {
    cell(if n == 0 { "–".to_owned() } else { n.to_string() })
}

impl Outline<'_, '_> {
    fn say(&self, ru: &str, en: &str) -> String {
        say!(self.language, ru, en).to_owned()
    }

    fn section(&mut self, ru: &str, en: &str) {
        self.section += 1;
        self.blocks.push(Block::Heading(2, format!("{}. {}", self.section, self.say(ru, en))));
    }

    fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(cell(text)));
    }

    fn own_words(&mut self, ru: &str, en: &str) {
        self.blocks.push(Block::OwnWords(self.say(ru, en)));
    }

    fn counted(&self, n: usize, noun: super::words::Noun) -> String {
        counted(n, noun, self.language)
    }

    fn head(&mut self) {
        let (site, plan, common) = (self.analysis.site, self.analysis.plan, &self.analysis.entry.document.common);
        self.blocks.push(Block::Heading(1, self.say("Анализ выполнения плана", "How the plan was fulfilled")));
        let title = self.analysis.entry.document.title().to_owned();
        let link = self.analysis.url(&self.analysis.entry.address);
        self.blocks.push(Block::Paragraph(vec![Run { text: title, link }]));
        let as_of = date::day(site.today, self.language);
        self.paragraph(say!(
            self.language,
            format!("Черновик. Составлен по материалам сайта, состояние на {as_of}"),
            format!("A draft, made from the site as it stood on {as_of}")
        ));
        let text = |text: &crate::record::Text| text.value.to_string();
        let approved = plan.approval.as_ref().map(|approval| {
            let who = approval.person.as_ref().map(|who| person(&site.registries, &who.value));
            let signed = signed(approval, self.language).replacen("Приказ", "приказ", 1).replacen("Order", "order", 1);
            let parts = [approval.post.as_ref().map(text), who, Some(signed).filter(|signed| !signed.is_empty())];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        });
        let organisation = common.organisation.as_ref().map(|t| registered(&site.registries.organisations, &t.value).to_owned());
        let facts = [
            (self.say("Период", "Period"), plan.year.as_ref().map(text)),
            (self.say("Организация", "Organisation"), organisation),
            (self.say("Сообщество", "Community"), plan.community.as_ref().map(text)),
            (self.say("Утверждён", "Approved"), approved),
            (self.say("Куратор", "Curator"), plan.curator.as_ref().map(|t| person(&site.registries, &t.value))),
            (self.say("Руководитель", "Head"), plan.head.as_ref().map(|t| person(&site.registries, &t.value))),
            (self.say("Цель", "Goal"), plan.goal.as_ref().map(text)),
        ];
        let facts = facts.into_iter().filter_map(|(name, value)| Some(cell(format!("{name}: {}", value.filter(|v| !v.is_empty())?))));
        let facts: Vec<Vec<Run>> = facts.collect();
        if !facts.is_empty() {
            self.blocks.push(Block::List(facts));
        }
    }

    fn planned(&mut self) {
        self.section("Что было запланировано", "What was planned");
        let (plan, rows) = (self.analysis.plan, self.analysis.rows);
        let (all, sections) = (rows.rows.len(), plan.sections.len());
        let in_sections = match self.language {
            Language::Ru if sections % 10 == 1 && sections % 100 != 11 => format!("{sections}\u{a0}разделе"),
            Language::Ru => format!("{sections}\u{a0}разделах"),
            Language::En => self.counted(sections, SECTIONS),
        };
        let (without_month, without_term) = (self.analysis.without_month.rows, self.analysis.without_term.rows);
        let groups = [
            (all.saturating_sub(without_month), "определённый срок (день, месяц, квартал)", "a day, a month or a quarter"),
            (
                without_month.saturating_sub(without_term),
                "весь период, повторение или работа по запросу",
                "all the time, again and again, or on request",
            ),
            (without_term, "срок не назван", "no term"),
        ];
        let groups = groups.iter().filter(|(n, ..)| *n > 0).map(|(n, ru, en)| format!("{}\u{a0}– {n}", say!(self.language, ru, en)));
        let groups = groups.collect::<Vec<_>>().join("; ");
        let mut text = say!(
            self.language,
            format!("План содержит {} в {in_sections}.", self.counted(all, ROWS_TOLD)),
            format!("The plan has {} in {in_sections}.", self.counted(all, ROWS_TOLD))
        );
        if all > 0 {
            text.push_str(&say!(self.language, format!(" По срокам: {groups}."), format!(" By term: {groups}.")));
        }
        self.paragraph(text);
        if !plan.objectives.is_empty() {
            self.paragraph(self.say("Задачи, поставленные в плане:", "The objectives of the plan:"));
            self.blocks.push(Block::List(plan.objectives.iter().map(|text| cell(&text.value)).collect()));
        }
        self.own_words(
            "В каких условиях шла работа: чем этот год отличался от прошлого, какие задачи были главными.",
            "In what circumstances the work was done: how this year differed from the last, what mattered most.",
        );
    }

    fn fulfilment(&mut self) {
        self.section("Выполнение по разделам", "Fulfilment by section");
        let language = self.language;
        let whole = self.analysis.rows.totals(None);
        let mut head = vec![self.say("Раздел", "Section"), self.say("Строк", "Rows")];
        head.extend(RowStatus::ALL.map(|it| status(it, language).to_owned()));
        head.push(self.say("Выполнено, %", "Done, %"));
        let line = |title: String, totals: Totals| {
            let mut cells = vec![cell(title), number(totals.rows)];
            cells.extend(totals.by_status.map(number));
            cells.push(cell(percent(done(&totals), totals.rows).to_string()));
            cells
        };
        let sections = (0..self.analysis.plan.sections.len())
            .map(|n| line(section_title(self.analysis.plan, n, language), self.analysis.rows.totals(Some(n))));
        let mut rows: Vec<_> = sections.collect();
        rows.push(line(self.say("Весь план", "The whole plan"), whole));
        self.blocks.push(Block::Table { head, rows, numbers_from: 1, has_total: true });
        let (done, all) = (done(&whole), whole.rows);
        let share = percent(done, all);
        self.paragraph(say!(
            language,
            format!(
                "Выполнено {done} из {} — {share}\u{a0}%. Выполненной считается строка, событие которой состоялось или по которой на сайте есть материалы. Доля считается от всех строк, отменённые не вычитаются.",
                say_of(all)
            ),
            format!(
                "{done} of {} are done: {share}\u{a0}%. A row is done if its event was held or the site has materials of it. The share is of all rows, cancelled ones included.",
                self.counted(all, ROWS)
            )
        ));
        self.own_words("Какие разделы выполнены лучше, какие хуже и почему.", "Which sections went well, which did not, and why.");
    }

    fn held(&mut self) {
        self.section("Что состоялось", "What was held");
        let held: Vec<_> = self.analysis.occasions.iter().filter(|it| it.is_held && !it.rows.is_empty()).collect();
        if held.is_empty() {
            self.paragraph(self.say(
                "На сайте нет ни одного события плана с отметкой о проведении или с материалами.",
                "The site has no event of the plan that was held or left materials.",
            ));
        } else {
            let head =
                [("№", "No."), ("Мероприятие", "Event"), ("Когда", "When"), ("Участников", "Participants"), ("Материалы", "Materials")];
            let head = head.map(|(ru, en)| self.say(ru, en)).to_vec();
            let rows = held.iter().map(|it| {
                let mut materials: Vec<EntryId> = Vec::new();
                for id in it.rows.iter().flat_map(|row| &row.materials) {
                    if !materials.contains(id) {
                        materials.push(*id);
                    }
                }
                let row = it.rows.first().copied();
                let participants = it.participants.map_or_else(|| "–".to_owned(), |n| n.to_string());
                let name = match (it.event, row) {
                    (Some(event), _) => self.link(event),
                    (None, Some(row)) => vec![self.row_link(row)],
                    (None, None) => Vec::new(),
                };
                let when = match (it.event, row) {
                    (Some(event), _) => self.when(event),
                    (None, Some(row)) => printed(row, row.item(self.analysis.plan)),
                    (None, None) => String::new(),
                };
                let id = it.rows.iter().map(|row| row.id.as_ref()).collect::<Vec<&str>>().join(", ");
                let mut links: Vec<Run> = materials.iter().flat_map(|id| self.link(*id)).collect();
                links.extend(it.rows.iter().flat_map(|row| &row.results).map(|file| self.file(file)));
                vec![cell(id), name, cell(when), cell(participants), separated(links)]
            });
            let rows = rows.collect();
            self.blocks.push(Block::Table { head, rows, numbers_from: usize::MAX, has_total: false });
        }
        self.own_words(
            "Что удалось: два-три события, о которых стоит рассказать подробнее, и что они изменили в работе библиотек.",
            "What worked: two or three events worth telling of, and what they changed.",
        );
    }

    fn changed(&mut self) {
        self.section("Что перенесено и отменено", "What was moved or cancelled");
        let changed = self.analysis.rows_at(&[RowStatus::Moved, RowStatus::Cancelled]);
        if changed.is_empty() {
            return self.paragraph(self.say("Переносов и отмен нет.", "Nothing was moved or cancelled."));
        }
        let language = self.language;
        let lines = changed.iter().map(|(row, item)| {
            let mut line = self.numbered(row);
            let fate = if row.dropped {
                say!(language, "исключено из плана", "taken out of the plan")
            } else {
                status(row.status, language)
            };
            line.push(plain(format!(" — {}", fate.to_lowercase())));
            let times = row.events.iter().map(|id| self.analysis.site.entry(*id)).filter_map(|event| {
                let (old, new) = (event.moved_from.as_ref()?, event.timeframe.as_ref()?);
                Some(say!(
                    language,
                    format!(": было {}, стало {}", old.words(language), new.words(language)),
                    format!(": from {} to {}", old.words(language), new.words(language))
                ))
            });
            line.push(plain(times.collect::<String>()));
            if line.last().is_some_and(|run| run.text.is_empty()) {
                line.pop();
                let term = printed(row, item);
                if !term.is_empty() {
                    line.push(plain(say!(language, format!(" (срок: {term})"), format!(" (term: {term})"))));
                }
            }
            line
        });
        let lines = lines.collect();
        self.blocks.push(Block::List(lines));
        self.own_words("Причины переносов и отмен.", "Why.");
    }

    fn overdue(&mut self) {
        self.section("Что не выполнено в срок", "What is overdue");
        let overdue = self.analysis.rows_at(&[RowStatus::Overdue]);
        if overdue.is_empty() {
            return self.paragraph(self.say("Просроченных строк нет.", "Nothing is overdue."));
        }
        let intro = self.counted(overdue.len(), ROWS);
        self.paragraph(say!(
            self.language,
            format!(
                "Срок прошёл, а сведений о выполнении на сайте нет: {intro}. Если работа сделана, поставьте в плане «статус: состоялось» или свяжите со строкой материал, и отчёт пересчитается."
            ),
            format!("The time is past and the site does not tell of it: {intro}. If the work is done, give the row a `status` or link a material to it.")
        ));
        let list = self.listed(&overdue);
        self.blocks.push(list);
        self.own_words("Что помешало и что с этими строками будет дальше.", "What hindered it, and what will become of these rows.");
    }

    fn coming(&mut self) {
        let coming = self.analysis.rows_at(&[RowStatus::Planned, RowStatus::Dated]);
        if coming.is_empty() {
            return;
        }
        self.section("Что ещё впереди", "What is still to come");
        let list = self.listed(&coming);
        self.blocks.push(list);
    }

    fn unplanned(&mut self) {
        self.section("Мероприятия вне плана", "Events outside the plan");
        let unplanned = &self.analysis.rows.unplanned;
        if unplanned.is_empty() {
            return self.paragraph(self.say("Мероприятий вне плана на сайте нет.", "The site has none."));
        }
        let lines = unplanned.iter().map(|id| {
            let mut line = self.link(*id);
            line.push(plain(format!(" — {}", self.when(*id))));
            line
        });
        let lines = lines.collect();
        self.blocks.push(Block::List(lines));
        self.own_words(
            "Почему они понадобились и стоит ли внести их в следующий план.",
            "Why, and whether the next plan should have them.",
        );
    }

    fn figures(&mut self) {
        self.section("Количественные показатели", "Figures");
        let (participants, events) = self.analysis.participants();
        if events > 0 {
            let (people, events) = (self.counted(participants as usize, PARTICIPANTS), self.counted(events, EVENTS));
            self.paragraph(say!(
                self.language,
                format!("Всего {people}; посчитаны там, где число названо: {events}."),
                format!("{people} in all, counted where the number is told: {events}.")
            ));
        } else {
            self.paragraph(self.say(
                "Число участников на сайте не указано. Его называет ключ «участников» на странице события.",
                "Nobody was counted. The key `participants` of an event tells how many came.",
            ));
        }
        let tables = [
            ("По формам", "By form", "Форма", "Form", &self.analysis.forms),
            ("По аудитории", "By audience", "Аудитория", "Audience", &self.analysis.audiences),
            ("По территориям", "By territory", "Территория", "Territory", &self.analysis.territories),
        ];
        for (ru, en, head_ru, head_en, counts) in tables {
            self.blocks.push(Block::Heading(3, self.say(ru, en)));
            let head = [(head_ru, head_en), ("Всего", "All"), ("Состоялось", "Held"), ("Участников", "Participants")];
            let table = self.counts(head.map(|(ru, en)| self.say(ru, en)).to_vec(), counts, true);
            self.blocks.push(table);
        }
        self.paragraph(self.say(
            "«Всего» — это события строк, строки без отдельного события и события вне плана. Событие нескольких строк считается один раз; отменённые не входят, как и перенесённые, вместо которых у той же строки есть другое событие. Событие для двух аудиторий стоит в обеих строках.",
            "“All” counts events of rows, rows without an event, and unplanned events. An event of several rows counts once; what was cancelled is left out, and so is what was moved if its row has another event instead. An event for two audiences stands at both.",
        ));
        self.blocks.push(Block::Heading(3, self.say("По месяцам", "By month")));
        let head = [("Месяц", "Month"), ("Строк со сроком в этом месяце", "Rows that end in it"), ("Состоялось", "Held")];
        let head = head.map(|(ru, en)| self.say(ru, en)).to_vec();
        let mut rows: Vec<_> = self
            .analysis
            .months
            .iter()
            .map(|month| {
                let name = month_name(month.month, Case::Nominative, self.language);
                vec![cell(format!("{name} {}", month.year)), number(month.rows), number(month.held)]
            })
            .collect();
        let without = &self.analysis.without_month;
        let no_term = &self.analysis.without_term;
        let (rest, rest_held) = (without.rows.saturating_sub(no_term.rows), without.held.saturating_sub(no_term.held));
        rows.push(vec![cell(self.say("весь период, по запросу", "all the time, on request")), number(rest), number(rest_held)]);
        if no_term.rows > 0 {
            rows.push(vec![cell(self.say("срок не назван", "no term")), number(no_term.rows), number(no_term.held)]);
        }
        self.blocks.push(Block::Table { head, rows, numbers_from: 1, has_total: false });

        self.section("Развитие компетенций", "Competencies");
        if self.analysis.competencies.is_empty() {
            self.paragraph(self.say("Компетенции в плане не названы.", "The plan names no competencies."));
        } else {
            let head = [("Компетенция", "Competency"), ("Строк", "Rows"), ("Выполнено", "Done")];
            let table = self.counts(head.map(|(ru, en)| self.say(ru, en)).to_vec(), &self.analysis.competencies, false);
            self.blocks.push(table);
        }
        self.own_words(
            "Как изменились компетенции участников: анкеты, отзывы, наблюдения.",
            "How those who took part have grown: forms, opinions, what was seen.",
        );
    }

    fn conclusions(&mut self) {
        self.section("Выводы", "Conclusions");
        self.own_words(
            "Достигнута ли цель плана; главные результаты года; трудности и их причины.",
            "Whether the goal was reached; the main results; difficulties and their reasons.",
        );
    }

    fn proposals(&mut self) {
        self.section("Предложения в план на следующий период", "Proposals for the next plan");
        let mut lines: Vec<Vec<Run>> = Vec::new();
        let ids = |rows: &[(&Row, &PlanItem)]| rows.iter().map(|(row, _)| row.id.to_string()).collect::<Vec<_>>().join(", ");
        let unfinished = self.analysis.rows_at(&[RowStatus::Overdue, RowStatus::Moved]);
        if !unfinished.is_empty() {
            let rows = ids(&unfinished);
            lines.push(cell(say!(
                self.language,
                format!("Решить, переносить ли невыполненное: {rows}."),
                format!("Decide whether what is not done goes over: {rows}.")
            )));
        }
        let cancelled = self.analysis.rows_at(&[RowStatus::Cancelled]);
        if !cancelled.is_empty() {
            let rows = ids(&cancelled);
            lines.push(cell(say!(
                self.language,
                format!("Решить, нужны ли отменённые мероприятия: {rows}."),
                format!("Decide whether what was cancelled is wanted: {rows}.")
            )));
        }
        let empty = self
            .analysis
            .months
            .iter()
            .filter(|month| month.rows == 0)
            .map(|month| month_name(month.month, Case::Nominative, self.language));
        let empty: Vec<&str> = empty.collect();
        if !empty.is_empty() && empty.len() < self.analysis.months.len() {
            let months = empty.join(", ");
            lines.push(cell(say!(
                self.language,
                format!("Учесть месяцы, в которых ни одна строка не заканчивалась: {months}."),
                format!("Mind the months in which no row ended: {months}.")
            )));
        }
        if !self.analysis.rows.unplanned.is_empty() {
            lines.push(cell(
                self.say("Внести в план то, что в этом году прошло сверх него.", "Put what was held outside the plan into it."),
            ));
        }
        let stem = &self.analysis.entry.slug;
        lines.push(cell(say!(
            self.language,
            format!("Заготовка следующего плана: metodika report {stem} --next-year."),
            format!("A skeleton of the next plan: metodika report {stem} --next-year.")
        )));
        self.blocks.push(Block::List(lines));
        self.own_words("Новые темы, формы и партнёры; запросы библиотек.", "New themes, forms and partners; what libraries ask for.");
    }

    fn counts(&self, head: Vec<String>, counts: &[Count], has_participants: bool) -> Block {
        let unnamed = self.say("не указано", "not told");
        let rows = counts.iter().map(|count| {
            let mut cells = vec![cell(count.name.clone().unwrap_or_else(|| unnamed.clone())), number(count.all), number(count.held)];
            cells.extend(has_participants.then(|| number(count.participants as usize)));
            cells
        });
        Block::Table { head, rows: rows.collect(), numbers_from: 1, has_total: false }
    }

    /// Rows with their terms.
    fn listed(&self, rows: &[(&Row, &PlanItem)]) -> Block {
        let line = |(row, item): &(&Row, &PlanItem)| {
            let mut line = self.numbered(row);
            let term = printed(row, item);
            let mut joint = " — ";
            if !term.is_empty() {
                line.push(plain(format!("{joint}{term}")));
                joint = "; ";
            }
            for event in &row.events {
                line.push(plain(std::mem::replace(&mut joint, "; ")));
                let mut link = self.link(*event);
                // Nobody wants to read one name twice.
                if let Some(run) = link.first_mut().filter(|run| item.title.as_ref().is_some_and(|title| title.value == run.text)) {
                    run.text = self.say("страница события", "the event's page");
                }
                line.extend(link);
            }
            line
        };
        Block::List(rows.iter().map(line).collect())
    }

    /// «2.3. Фестиваль», with a link to the row.
    fn numbered(&self, row: &Row) -> Vec<Run> {
        vec![plain(format!("{}. ", row.id)), self.row_link(row)]
    }

    fn row_link(&self, row: &Row) -> Run {
        let link = self.analysis.url(&format!("{}#{}", self.analysis.entry.address, row.id));
        Run { text: whole_title(row.item(self.analysis.plan)), link }
    }

    fn link(&self, id: EntryId) -> Vec<Run> {
        let entry = self.analysis.site.entry(id);
        vec![Run { text: entry.document.title().to_owned(), link: self.analysis.url(&entry.address) }]
    }

    fn file(&self, file: &File) -> Run {
        // Addresses within the site begin with the slot for its root.
        let inside = file.url.contains(ROOT);
        let link = match &self.analysis.site.config.base_url {
            Some(base) => Some(Slots { root: base, index: "" }.fill_text(&file.url)),
            None => (!inside).then(|| file.url.clone()),
        };
        Run { text: file.title.clone(), link }
    }

    fn when(&self, id: EntryId) -> String {
        let entry = self.analysis.site.entry(id);
        match (&entry.document.details, &entry.timeframe) {
            (Details::Workshop(_), Some(frame)) => frame.words(self.language),
            _ => String::new(),
        }
    }
}

/// How many rows are done.
pub fn done(totals: &Totals) -> usize {
    RowStatus::ALL.iter().zip(totals.by_status).filter(|(status, _)| is_fulfilled(**status)).map(|(_, n)| n).sum()
}

/// The name of a row as a reader of the analysis needs it: «Обновление банка данных по:» is none without its parts, and «Библиотечная
/// статистика» none without «Мониторинги и опросы:» above it.
pub fn whole_title(item: &PlanItem) -> String {
    let title = item.title.as_ref().map_or("", |title| title.value.as_str());
    let parts: Vec<&str> = item.parts.iter().filter_map(|part| part.title.as_ref()).map(|part| part.value.trim_end_matches(';')).collect();
    let title = match title.strip_suffix(':') {
        Some(_) if !parts.is_empty() => format!("{title} {}", parts.join("; ")),
        bare => bare.unwrap_or(title).to_owned(),
    };
    match item.group.as_ref().filter(|group| group.value.ends_with(':')) {
        Some(group) => format!("{} {title}", group.value),
        None => title,
    }
}

/// «1. Организационная деятельность».
pub fn section_title(plan: &Plan, section: usize, language: Language) -> String {
    let section_of = plan.sections.get(section);
    let number = section_of.and_then(|s| s.number.as_ref()).map(|n| n.value.trim_end_matches('.').to_owned());
    let title = section_of.and_then(|s| s.title.as_ref()).map(|t| t.value.to_string());
    match (number, title) {
        (Some(number), Some(title)) if title.strip_prefix(&number).is_some_and(|rest| rest.starts_with(['.', ')', ' '])) => title,
        (Some(number), Some(title)) => format!("{number}. {title}"),
        (None, Some(title)) => title,
        (number, None) => {
            let number = number.unwrap_or_else(|| (section + 1).to_string());
            say!(language, format!("Раздел {number}"), format!("Section {number}"))
        }
    }
}

/// The term as it stands on the paper, that of the row or those of its parts.
pub fn printed(row: &Row, item: &PlanItem) -> String {
    match &row.timeframe {
        Some(frame) => frame.printed.to_string(),
        None => item.parts.iter().filter_map(|part| part.timeframe.as_ref()).map(|text| text.value.as_str()).collect::<Vec<_>>().join("; "),
    }
}

/// «21 строки», «25 строк»: behind «из».
fn say_of(n: usize) -> String {
    let one = n % 10 == 1 && n % 100 != 11;
    format!("{n}\u{a0}{}", if one { "строки" } else { "строк" })
}

fn separated(links: Vec<Run>) -> Vec<Run> {
    let mut out = Vec::with_capacity(links.len() * 2);
    for link in links {
        if !out.is_empty() {
            out.push(plain("; "));
        }
        out.push(link);
    }
    if out.is_empty() { cell("–") } else { out }
}
