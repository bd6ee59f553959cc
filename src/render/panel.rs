//! The panel «Версия для слабовидящих» (ГОСТ Р 52872-2019).

use super::view::Panel;
use super::{Made, Renderer};

impl Renderer {
    /// The script `path` of the theme with the markup of the panel before it, in one block: so a page weighs nothing more until somebody opens the
    /// panel, and the words are those of the theme's language.
    pub(super) fn panel_script(&self, path: &str) -> Made {
        let markup = self.theme.render("parts/panel.html", &Panel {})?;
        let script = self.theme.statics.get(path).map_or_else(Default::default, |bytes| String::from_utf8_lossy(bytes));
        Ok(format!("{{\nconst panel = {};\n{script}}}\n", serde_json::Value::String(markup)))
    }
}
