//! What a [`Failure`] says: the message, and what to do about it.

use super::say;
use crate::shell::failure::Failure;
use metodika::value::language::Language;
use std::io::{self, ErrorKind};
use std::path::Path;

/// The message and the hint; the hint may be empty.
pub fn wording(failure: &Failure, language: Language) -> (String, String) {
    match failure {
        Failure::Usage { message, hint } => (message.clone(), hint.clone()),
        Failure::NoSite { from } => {
            let from = shown(from);
            (
                say!(
                    language,
                    "здесь нет сайта: ни в папке «{from}», ни в папках над ней нет файла content/site.yaml",
                    "there is no site here: neither “{from}” nor a folder above it holds content/site.yaml"
                ),
                say!(
                    language,
                    "Перейдите в папку сайта или укажите её: --root ПАПКА. Новый сайт создаёт команда metodika init ПАПКА.",
                    "Go to the site's folder or name it: --root DIR. metodika init DIR makes a new site."
                ),
            )
        }
        Failure::NoContent { root } => {
            let root = shown(root);
            (
                say!(language, "в папке «{root}» нет сайта: нет папки content", "“{root}” holds no site: there is no content folder in it"),
                say!(language, "Проверьте, что стоит после --root.", "Check what stands behind --root."),
            )
        }
        Failure::CannotRead { path, error } => {
            let (path, reason) = (shown(path), io_words(error, language));
            let hint = match error.kind() {
                ErrorKind::NotFound => say!(language, "Проверьте, так ли называется файл.", "Check whether the file is called so."),
                ErrorKind::PermissionDenied => {
                    say!(language, "Проверьте права на этот файл или папку.", "Check the rights on that file or folder.")
                }
                _ => say!(language, "Проверьте имя файла и права на него.", "Check the name of the file and the rights on it."),
            };
            (say!(language, "не читается «{path}»: {reason}", "cannot read “{path}”: {reason}"), hint)
        }
        Failure::CannotWrite { path, error } => {
            let (path, reason) = (shown(path), io_words(error, language));
            let hint = match error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                    say!(
                        language,
                        "Освободите место и запустите ещё раз: опубликованный сайт не тронут.",
                        "Free some space and run it again: the published site was not touched."
                    )
                }
                _ => say!(
                    language,
                    "Опубликованный сайт не тронут. Проверьте права на папку или выберите другую: --out ПАПКА.",
                    "The published site was not touched. Check the rights on the folder or choose another: --out DIR."
                ),
            };
            (say!(language, "не записывается «{path}»: {reason}", "cannot write “{path}”: {reason}"), hint)
        }
        Failure::ChangedMeanwhile { path } => {
            let path = shown(path);
            (
                say!(language, "файл «{path}» изменился, пока сайт собирался", "“{path}” changed while the site was being built"),
                say!(
                    language,
                    "Запустите сборку ещё раз: опубликованный сайт не тронут.",
                    "Run the build again: the published site was not touched."
                ),
            )
        }
        Failure::TargetIsSource { target } => {
            let target = shown(target);
            (
                say!(
                    language,
                    "сайт нельзя опубликовать в «{target}»: там лежат исходные материалы",
                    "the site cannot be published to “{target}”: its source is there"
                ),
                say!(
                    language,
                    "Папка для готового сайта целиком заменяется при каждой сборке. Укажите отдельную: --out public.",
                    "The folder of the site is replaced as a whole by every build. Name one of its own: --out public."
                ),
            )
        }
        Failure::TargetIsInternal { target } => {
            let target = shown(target);
            (
                say!(
                    language,
                    "сайт нельзя опубликовать в «{target}»: это служебная папка",
                    "the site cannot be published to “{target}”: programs keep things of their own there"
                ),
                say!(language, "Укажите отдельную папку: --out public.", "Name a folder of its own: --out public."),
            )
        }
        Failure::TargetNotFolder { target } => {
            let target = shown(target);
            (
                say!(language, "«{target}» — не папка", "“{target}” is not a folder"),
                say!(language, "Укажите папку: --out public.", "Name a folder: --out public."),
            )
        }
        Failure::TargetForeign { target, example } => {
            let target = shown(target);
            (
                say!(
                    language,
                    "в папке «{target}» лежат чужие файлы (например, «{example}»), и публикация стёрла бы их",
                    "“{target}” holds files that are not ours (such as “{example}”), and publishing would delete them"
                ),
                say!(
                    language,
                    "Укажите новую или пустую папку: --out ПАПКА. Если эти файлы не нужны, удалите их сами.",
                    "Name a new or an empty folder: --out DIR. If these files are not needed, delete them yourself."
                ),
            )
        }
        Failure::TargetHasOthers { target, files } => {
            let (target, list) = (shown(target), listed(files, language));
            (
                say!(
                    language,
                    "в папку сайта «{target}» добавлены файлы, которых сборка не делала: {list}; публикация стёрла бы их",
                    "files that no build made were put into the site's folder “{target}”: {list}; publishing would delete them"
                ),
                say!(
                    language,
                    "Перенесите их из этой папки или удалите. Картинки и документы сайта кладите в content рядом с материалом.",
                    "Move them out of this folder or delete them. Pictures and documents of the site belong into content, beside what they are for."
                ),
            )
        }
        Failure::TargetLocked { target } => {
            let target = shown(target);
            (
                say!(language, "в «{target}» уже публикует другая сборка", "another build is publishing to “{target}”"),
                say!(language, "Дождитесь её конца и запустите ещё раз.", "Wait for its end and run this again."),
            )
        }
        Failure::CannotReplace { target, error, kept_at } => {
            let (target, reason) = (shown(target), io_words(error, language));
            (
                say!(
                    language,
                    "папку «{target}» не удалось заменить новой: {reason}",
                    "the folder “{target}” could not be replaced by the new one: {reason}"
                ),
                match kept_at {
                    Some(place) => {
                        let place = shown(place);
                        say!(
                            language,
                            "Прежний сайт лежит в «{place}»: переименуйте эту папку обратно или запустите сборку ещё раз.",
                            "The old site is in “{place}”: rename that folder back, or run the build again."
                        )
                    }
                    None => say!(
                        language,
                        "Прежний сайт остался как был. Закройте программы, в которых открыта эта папка. Если это подключённый диск (точка монтирования), публикуйте в папку внутри него: --out ПАПКА/site.",
                        "The old site is as it was. Close the programs that have this folder open. If it is a mounted disk, publish to a folder inside it: --out DIR/site."
                    ),
                },
            )
        }
        Failure::BadOutputPath { path } => (
            say!(language, "недопустимое имя готового файла «{path}»", "an output may not be called “{path}”"),
            say!(
                language,
                "Это наша ошибка: сообщите нам о ней. Опубликованный сайт не тронут.",
                "This is our mistake: please report it. The published site was not touched."
            ),
        ),
        Failure::PortTaken { host, port } => {
            let next = port.checked_add(1).unwrap_or(8001);
            (
                say!(language, "порт {port} на {host} занят другой программой", "port {port} of {host} belongs to another program"),
                say!(
                    language,
                    "Возможно, просмотр уже запущен в другом окне. Или возьмите другой порт: metodika serve --port {next}",
                    "Perhaps a preview runs in another window. Or take another port: metodika serve --port {next}"
                ),
            )
        }
        Failure::CannotListen { host, port, error } => {
            let reason = io_words(error, language);
            (
                say!(
                    language,
                    "просмотр не открывается на {host}:{port}: {reason}",
                    "the preview cannot listen on {host}:{port}: {reason}"
                ),
                say!(
                    language,
                    "Проверьте --host и --port; обычные значения — 127.0.0.1 и 8000.",
                    "Check --host and --port; the usual values are 127.0.0.1 and 8000."
                ),
            )
        }
        Failure::CannotWatch { path, reason } => {
            let path = shown(path);
            (
                say!(language, "не удаётся следить за изменениями в «{path}»: {reason}", "changes in “{path}” cannot be watched: {reason}"),
                say!(
                    language,
                    "Если система жалуется на предел (limit), закройте программы, которые следят за многими файлами.",
                    "If the system speaks of a limit, close programs that watch many files."
                ),
            )
        }
        Failure::CannotImport { path, refusal } => {
            let (path, (reason, hint)) = (shown(path), refusal.words(language));
            (say!(language, "план не прочитан из «{path}»: {reason}", "no plan was read from “{path}”: {reason}"), hint.to_owned())
        }
        Failure::CannotWritePlan { path, error } => {
            let (path, reason) = (shown(path), io_words(error, language));
            (
                say!(language, "план не записывается в «{path}»: {reason}", "the plan cannot be written to “{path}”: {reason}"),
                say!(
                    language,
                    "Проверьте, что такая папка есть и в неё можно записывать, или укажите другой файл: --out ФАЙЛ.",
                    "Check that there is such a folder and that it can be written to, or name another file: --out FILE."
                ),
            )
        }
        Failure::PlanExists { path } => {
            let path = shown(path);
            (
                say!(language, "файл «{path}» уже есть, и он не тронут", "“{path}” exists already and was not touched"),
                say!(
                    language,
                    "Укажите другое имя: --out ФАЙЛ. Если прежний файл не нужен, добавьте --force.",
                    "Name another file: --out FILE. If the old one is not needed, add --force."
                ),
            )
        }
        Failure::SiteExists { folder } => {
            let folder = shown(folder);
            (
                say!(
                    language,
                    "в папке «{folder}» уже есть сайт, и он не тронут",
                    "“{folder}” holds a site already, which was not touched"
                ),
                say!(
                    language,
                    "Чтобы посмотреть его, наберите в этой папке metodika serve --open. Для второго сайта назовите другую папку.",
                    "To see it, type metodika serve --open in that folder. For a second site, name another folder."
                ),
            )
        }
        Failure::WouldOverwrite { folder, files } => {
            let (folder, list) = (shown(folder), listed(files, language));
            (
                say!(
                    language,
                    "в папке «{folder}» уже есть файлы с такими же именами: {list}; ничего не записано",
                    "“{folder}” holds files of the same names: {list}; nothing was written"
                ),
                say!(
                    language,
                    "Переименуйте или уберите их либо назовите новую папку: metodika init ИМЯ.",
                    "Rename or remove them, or name a new folder: metodika init NAME."
                ),
            )
        }
        Failure::CannotWriteSite { path, error } => {
            let (path, reason) = (shown(path), io_words(error, language));
            (
                say!(language, "сайт не создан, «{path}» не записывается: {reason}", "no site was made, cannot write “{path}”: {reason}"),
                say!(
                    language,
                    "Выберите папку, в которую вам можно записывать, например в «Документах»: metodika init ПАПКА.",
                    "Choose a folder that you may write to, such as one of your documents: metodika init DIR."
                ),
            )
        }
        Failure::NoThreads { reason } => (
            say!(language, "не удалось начать работу в несколько потоков: {reason}", "the threads could not be made: {reason}"),
            say!(language, "Попробуйте --jobs 1.", "Try --jobs 1."),
        ),
    }
}

/// What the system says, in the reader's language where it is one of the usual things.
pub fn io_words(error: &io::Error, language: Language) -> String {
    match error.kind() {
        ErrorKind::NotFound => say!(language, "такого файла или папки нет", "there is no such file or folder"),
        ErrorKind::PermissionDenied => say!(language, "нет прав", "permission denied"),
        ErrorKind::StorageFull => say!(language, "на диске нет места", "the disk is full"),
        ErrorKind::QuotaExceeded => say!(language, "исчерпана квота на диске", "the disk quota is used up"),
        ErrorKind::ReadOnlyFilesystem => say!(language, "диск доступен только для чтения", "the disk is read-only"),
        ErrorKind::ResourceBusy => say!(language, "занято системой или другой программой", "in use by the system or another program"),
        ErrorKind::CrossesDevices => say!(language, "это другой диск", "it is another disk"),
        ErrorKind::AlreadyExists => say!(language, "такой файл уже есть", "such a file exists already"),
        ErrorKind::IsADirectory => say!(language, "это папка, а не файл", "it is a folder, not a file"),
        ErrorKind::NotADirectory => say!(language, "это файл, а не папка", "it is a file, not a folder"),
        ErrorKind::InvalidFilename => say!(language, "недопустимое имя файла", "the name is not allowed"),
        ErrorKind::AddrNotAvailable => say!(language, "у этого компьютера нет такого адреса", "this computer has no such address"),
        _ => say!(language, "система сообщает: {error}", "{error}"),
    }
}

/// The names of `files`, the first few of them.
fn listed(files: &[String], language: Language) -> String {
    const SHOWN: usize = 5;
    let first = files.iter().take(SHOWN).map(|file| say!(language, "«{file}»", "“{file}”")).collect::<Vec<_>>().join(", ");
    match files.len().saturating_sub(SHOWN) {
        0 => first,
        rest => {
            let rest = super::files(rest, language);
            say!(language, "{first} и ещё {rest}", "{first} and {rest} more")
        }
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
