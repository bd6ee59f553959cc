//! What the editing page would not show, or lose on saving: the reader of content takes more spellings than a form can.

use super::config::key;
use crate::diagnostic::{Diagnostic, Problem, Unfit};
use crate::record::{Keys, Shape, known_as, truth};
use crate::source::{SourcePath, Span};
use crate::value::language::Language;
use crate::value::yaml::quote::quoted;
use crate::value::yaml::{Node, Value};

/// Everything in `node`, read from `text` of the file `path`, that the page for a site in `language` would not show. Each comes with what to
/// write instead, and that means the same.
pub fn unfit(node: &Node, keys: &Keys, text: &str, path: &SourcePath, language: Language) -> Vec<Diagnostic> {
    let mut walk = Walk { text, path, language, found: Vec::new() };
    match &node.value {
        // The list of a registry.
        Value::List(entries) => entries.iter().for_each(|entry| walk.record(entry, keys)),
        _ => walk.record(node, keys),
    }
    walk.found
}

struct Walk<'a> {
    text: &'a str,
    path: &'a SourcePath,
    language: Language,
    found: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn record(&mut self, node: &Node, keys: &Keys) {
        match &node.value {
            Value::Map(pairs) => {
                for (written, value) in pairs {
                    let Some(field) = keys.fields().find(|field| known_as(field, &written.text)) else { continue };
                    let wanted = key(field, self.language);
                    if written.text != wanted {
                        let problem = Unfit::Key { key: written.text.to_string(), wanted: wanted.to_string() };
                        self.say(problem, written.span.clone(), Some(wanted.to_owned()));
                    }
                    self.value(value, &(field.shape)());
                }
            }
            // «редактор: да» stands for no key.
            Value::Scalar(text) if truth(text).is_some() => {}
            Value::Scalar(_) => {
                let field = keys.shorthand.and_then(|name| keys.fields().find(|field| field.name == name));
                if let Some(field) = field {
                    let wanted = key(field, self.language);
                    let fix = self.in_brackets(node).map(|value| format!("{{{wanted}: {value}}}"));
                    self.say(Unfit::Record { key: wanted.to_string() }, node.span.clone(), fix);
                }
            }
            Value::Null | Value::List(_) => {}
        }
    }

    fn value(&mut self, node: &Node, shape: &Shape) {
        match (shape, &node.value) {
            (_, Value::Null) => {}
            (Shape::Record(keys), _) => self.record(node, keys),
            (Shape::List(element), Value::List(nodes)) => nodes.iter().for_each(|node| self.value(node, element)),
            (Shape::List(element), _) => {
                let single = match (&**element, &node.value) {
                    (Shape::Record(keys), Value::Scalar(_)) => {
                        let inner = keys.shorthand.and_then(|name| keys.fields().find(|field| field.name == name));
                        let value = self.in_brackets(node);
                        inner.zip(value).map(|(field, value)| format!("[{{{}: {value}}}]", key(field, self.language)))
                    }
                    (_, Value::Scalar(_)) => self.in_brackets(node).map(|value| format!("[{value}]")),
                    _ => None,
                };
                self.say(Unfit::List, node.span.clone(), single);
            }
            (Shape::Boolean { .. }, Value::Scalar(text)) => {
                if let Some(value) = truth(text).filter(|_| !matches!(&**text, "true" | "false")) {
                    self.other(node, value.to_string());
                }
            }
            (Shape::Choice(choices), Value::Scalar(text)) => {
                let choice = choices.iter().find(|choice| choice.names().any(|name| name == text.to_lowercase()));
                if let Some(wanted) = choice.map(|choice| choice.shown(self.language)).filter(|shown| text != shown) {
                    self.other(node, wanted.to_owned());
                }
            }
            (Shape::Whole | Shape::Number, Value::Scalar(text)) => {
                let number = text.replace(['\u{a0}', ' '], "").replace(',', ".");
                if *text != number && number.parse::<f64>().is_ok() {
                    self.other(node, number);
                }
            }
            _ => {}
        }
    }

    fn other(&mut self, node: &Node, wanted: String) {
        self.say(Unfit::Value { wanted: wanted.clone() }, node.span.clone(), Some(wanted));
    }

    /// The scalar as it may stand within brackets: as it is written, or in quotes. `None` for a text of several lines.
    fn in_brackets(&self, node: &Node) -> Option<String> {
        let Value::Scalar(value) = &node.value else { return None };
        let written = self.text.get(node.span.clone())?.trim_end();
        if written.contains('\n') || value.contains('\n') {
            return None;
        }
        let is_quoted = written.starts_with(['"', '\'']);
        Some(if !is_quoted && written.contains([',', '[', ']', '{', '}', ':', '#', '&', '*']) { quoted(value) } else { written.to_owned() })
    }

    fn say(&mut self, unfit: Unfit, range: std::ops::Range<usize>, fix: Option<String>) {
        self.found.push(Diagnostic::new(Problem::Unfit(unfit), Span::new(self.path, range)).with_fix(fix));
    }
}
