//! What `metodika init` says when the site is there.

use super::{files, say};
use metodika::value::language::Language;
use std::collections::BTreeMap;
use std::path::Path;

/// What was made, and what to do next.
pub fn made(folder: &Path, written: &[(String, String)], language: Language) -> String {
    let (name, all) = (folder.display(), files(written.len(), language));
    let mut out = say!(language, "Сайт создан в папке «{name}»: {all}.\n", "The site was made in “{name}”: {all}.\n");
    for (top, number) in tops(written) {
        let number = files(number, language);
        out.push_str(&if top.ends_with('/') { format!("  {top} ({number})\n") } else { format!("  {top}\n") });
    }
    out.push_str(&say!(language, "\nЧто дальше:\n", "\nWhat to do next:\n"));
    if folder != Path::new(".") {
        let name = name.to_string();
        let quoted = if name.contains(|c: char| c.is_whitespace() || "&()'".contains(c)) { format!("\"{name}\"") } else { name };
        out.push_str(&format!("  cd {quoted}\n"));
    }
    out + &say!(
        language,
        "  metodika serve --open   посмотреть сайт в браузере\n  metodika check          проверить материалы\n  metodika build          собрать сайт в папку public\n",
        "  metodika serve --open   see the site in the browser\n  metodika check          check the content\n  metodika build          build the site into the folder public\n"
    )
}

/// The topmost files and folders (with `/`) among `written`, and how many files each holds.
fn tops(written: &[(String, String)]) -> BTreeMap<String, usize> {
    let mut tops = BTreeMap::new();
    for (path, _) in written {
        let top = path.split_once('/').map_or_else(|| path.clone(), |(top, _)| format!("{top}/"));
        *tops.entry(top).or_default() += 1;
    }
    tops
}
