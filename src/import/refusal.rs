//! Why a file cannot be imported at all.

use crate::value::language::Language;

/// Something that no reader gets past and the editor can; nothing of the file was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is nothing in the file.
    Empty,
    /// It opens with a password.
    Encrypted,
    /// Word 97–2003.
    OldWord,
    /// Excel 97–2003.
    OldExcel,
    /// Excel's binary workbook, `.xlsb`.
    BinaryExcel,
    /// A file of LibreOffice.
    OpenDocument,
    Pdf,
    Rtf,
    /// A picture or a scan.
    Picture,
    /// An archive that holds neither a text of Word nor a workbook of Excel.
    Archive,
    /// It breaks off, or its inside is not what it should be.
    Damaged,
    /// Larger than any plan, or made to burst the memory.
    TooLarge,
    /// It has a DTD: Word and Excel never write one.
    Dtd,
    /// No format that is known.
    Unknown,
    /// No table has the columns of a plan.
    NoTable,
}

impl Refusal {
    /// The message and what to do.
    pub fn words(&self, language: Language) -> (&'static str, &'static str) {
        match language {
            Language::Ru => self.russian(),
            Language::En => self.english(),
        }
    }

    fn russian(&self) -> (&'static str, &'static str) {
        let save = "Откройте файл в Word, выберите «Сохранить как…» и тип «Документ Word (*.docx)», затем импортируйте новый файл.";
        match self {
            Refusal::Empty => ("файл пуст", "Проверьте, тот ли файл указан и сохранён ли он."),
            Refusal::Encrypted => (
                "файл закрыт паролем",
                "Откройте его с паролем, снимите защиту («Файл → Сведения → Защита → Зашифровать паролем», пустой пароль) и сохраните.",
            ),
            Refusal::OldWord => ("это документ старого Word (.doc)", save),
            Refusal::OldExcel => (
                "это книга старого Excel (.xls)",
                "Откройте файл в Excel, выберите «Сохранить как…» и тип «Книга Excel (*.xlsx)», затем импортируйте новый файл.",
            ),
            Refusal::BinaryExcel => (
                "это двоичная книга Excel (.xlsb)",
                "Откройте файл в Excel и сохраните как «Книга Excel (*.xlsx)», затем импортируйте новый файл.",
            ),
            Refusal::OpenDocument => (
                "это файл LibreOffice (.odt или .ods)",
                "Откройте его в LibreOffice, выберите «Сохранить как…» и тип DOCX или XLSX, затем импортируйте новый файл.",
            ),
            Refusal::Pdf => (
                "это PDF: в нём нет таблицы, а есть только нарисованные строки",
                "Найдите исходный файл Word или Excel. Если его нет, откройте PDF в Word и сохраните как DOCX, затем импортируйте его.",
            ),
            Refusal::Rtf => ("это файл RTF", save),
            Refusal::Picture => (
                "это картинка или скан: текста в ней нет",
                "Найдите исходный файл Word или Excel либо распознайте текст и сохраните как DOCX.",
            ),
            Refusal::Archive => (
                "это архив, но не документ Word и не книга Excel",
                "Если план лежит внутри архива, распакуйте его и укажите сам файл плана.",
            ),
            Refusal::Damaged => (
                "файл повреждён: его содержимое обрывается или перепутано",
                "Откройте его в Word или Excel и сохраните заново либо возьмите другую копию.",
            ),
            Refusal::TooLarge => (
                "файл слишком велик для плана работы",
                "Оставьте в файле одну таблицу плана, уберите картинки и лишние листы, пустые строки и столбцы, сохраните и импортируйте снова.",
            ),
            Refusal::Dtd => (
                "внутри файла есть объявления (DTD), которых Word и Excel не пишут; такой файл может быть опасен",
                "Не открывайте файл, если не знаете, от кого он. Свой файл сохраните заново из Word или Excel.",
            ),
            Refusal::Unknown => (
                "это не документ Word (.docx), не книга Excel (.xlsx), не CSV и не страница HTML",
                "Сохраните план в одном из этих видов и укажите новый файл.",
            ),
            Refusal::NoTable => (
                "в файле нет таблицы плана: не нашлось строки заголовков, в которой есть хотя бы мероприятие и срок или ответственный",
                "Проверьте, что над таблицей есть строка вида «№ п/п — Мероприятие — Срок — Место — Ответственный», и импортируйте снова.",
            ),
        }
    }

    fn english(&self) -> (&'static str, &'static str) {
        let save = "Open the file in Word, choose “Save As” and the type “Word Document (*.docx)”, and import the new file.";
        match self {
            Refusal::Empty => ("the file is empty", "Check that it is the right file and that it was saved."),
            Refusal::Encrypted => (
                "the file is locked with a password",
                "Open it with the password, remove the protection (“File → Info → Protect → Encrypt with Password”, empty) and save it.",
            ),
            Refusal::OldWord => ("this is a document of old Word (.doc)", save),
            Refusal::OldExcel => (
                "this is a workbook of old Excel (.xls)",
                "Open the file in Excel, choose “Save As” and the type “Excel Workbook (*.xlsx)”, and import the new file.",
            ),
            Refusal::BinaryExcel => {
                ("this is a binary workbook (.xlsb)", "Open it in Excel, save it as “Excel Workbook (*.xlsx)” and import the new file.")
            }
            Refusal::OpenDocument => {
                ("this is a file of LibreOffice (.odt or .ods)", "Open it in LibreOffice, save it as DOCX or XLSX and import the new file.")
            }
            Refusal::Pdf => (
                "this is a PDF: it holds drawn lines, not a table",
                "Find the file of Word or Excel that it was made from. If there is none, open the PDF in Word, save it as DOCX and import that.",
            ),
            Refusal::Rtf => ("this is an RTF file", save),
            Refusal::Picture => (
                "this is a picture or a scan: there is no text in it",
                "Find the file of Word or Excel, or recognise the text and save it as DOCX.",
            ),
            Refusal::Archive => (
                "this is an archive, but no document of Word and no workbook of Excel",
                "If the plan is inside it, unpack it and name the plan's own file.",
            ),
            Refusal::Damaged => (
                "the file is damaged: its content breaks off or is mixed up",
                "Open it in Word or Excel and save it anew, or take another copy.",
            ),
            Refusal::TooLarge => (
                "the file is too large for a plan",
                "Leave the plan's table alone in it, remove pictures, other sheets, empty rows and columns, save it and import it again.",
            ),
            Refusal::Dtd => (
                "the file holds declarations (a DTD) that Word and Excel never write; it may be dangerous",
                "Do not open it unless you know whom it is from. Save your own file anew from Word or Excel.",
            ),
            Refusal::Unknown => (
                "this is no document of Word (.docx), no workbook of Excel (.xlsx), no CSV and no HTML page",
                "Save the plan as one of these and name the new file.",
            ),
            Refusal::NoTable => (
                "there is no table of a plan in the file: no row of headings names at least the event and its term or who is responsible",
                "Check that a row like “№ п/п — Мероприятие — Срок — Место — Ответственный” stands above the table, and import it again.",
            ),
        }
    }
}
