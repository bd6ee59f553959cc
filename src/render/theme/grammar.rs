//! Which templates look at nothing but the shape of a view: they print its texts and ask whether they are empty, but neither compare nor
//! change them.
//!
//! This is judged by the words of the tags, and whatever is not known to be harmless is not. A template of a site's own theme that does
//! more is rendered as it always was: every page in full.

use std::collections::{BTreeMap, BTreeSet};

/// Fields that hold a [`super::record::Code`] wherever they occur.
const CODES: [&str; 3] = ["code", "kind", "source"];

/// The templates whose output depends on texts in no other way than that they stand in it, each with the names that it uses.
pub(super) fn uniform(templates: &BTreeMap<String, String>) -> BTreeMap<String, BTreeSet<String>> {
    let files: BTreeMap<&str, File> = templates.iter().map(|(name, text)| (name.as_str(), File::of(text))).collect();
    let home: BTreeMap<&str, &str> =
        files.iter().flat_map(|(name, file)| file.components.iter().map(move |component| (*component, *name))).collect();
    let whole = |name: &String| {
        let (mut seen, mut next, mut names) = (BTreeSet::new(), vec![name.as_str()], BTreeSet::new());
        while let Some(name) = next.pop() {
            let file = files.get(name).filter(|file| file.plain)?;
            if seen.insert(name) {
                next.extend(&file.parents);
                // A component that nobody defines is a fault of which the engine will tell.
                next.extend(file.calls.iter().filter_map(|component| home.get(component)));
                names.extend(file.names.iter().map(|name| (*name).to_owned()));
            }
        }
        Some((name.clone(), names))
    };
    templates.keys().filter_map(whole).collect()
}

/// What a template is made of.
#[derive(Debug, Default)]
struct File<'a> {
    /// Whether all its own tags are harmless.
    plain: bool,
    parents: Vec<&'a str>,
    /// Those that it defines, and those that it calls.
    components: Vec<&'a str>,
    calls: Vec<&'a str>,
    /// Every name in its tags.
    names: BTreeSet<&'a str>,
}

impl<'a> File<'a> {
    fn of(template: &'a str) -> File<'a> {
        let mut file = File { plain: true, ..File::default() };
        let mut rest = template;
        while let Some(at) = rest.find('{') {
            rest = &rest[at..];
            let (end, kind) = match rest.get(..2) {
                Some("{#") => ("#}", '#'),
                Some("{%") => ("%}", '%'),
                Some("{{") => ("}}", '{'),
                _ => {
                    rest = &rest[1..];
                    continue;
                }
            };
            let Some((tag, after)) = rest[2..].split_once(end) else { return File::default() };
            if kind != '#' {
                let Some(tokens) = tokens(tag) else { return File::default() };
                file.plain &= if kind == '%' { file.statement(&tokens) } else { file.print(&tokens) };
                // The name of a component or of a block is no variable, and the theme's words are no field.
                let variables = match &tokens[..] {
                    ["component" | "endcomponent" | "block" | "endblock", ..] => &[],
                    ["<", _, arguments @ ..] => arguments,
                    all => all,
                };
                file.names.extend(variables.iter().filter(|token| !token.starts_with("t.")).flat_map(|token| token.split('.')));
            }
            rest = after;
        }
        file
    }

    fn statement(&mut self, tokens: &[&'a str]) -> bool {
        let Some((first, rest)) = tokens.split_first() else { return false };
        match (*first, rest) {
            ("else" | "endif" | "endfor" | "endblock" | "endcomponent" | "block", _) => true,
            ("extends", [name]) => {
                self.parents.push(name.trim_matches('"'));
                true
            }
            ("component", [name, ..]) => {
                self.components.push(name);
                true
            }
            ("if" | "elif", condition) => is_condition(condition),
            ("for", [name, "in", list]) => is_name(name) && is_path(list),
            // A count of what the shape has.
            ("set", [name, "=", number]) => is_name(name) && is_number(number),
            ("set", [name, "=", same, "+", number]) => name == same && is_number(number),
            _ => false,
        }
    }

    fn print(&mut self, tokens: &[&'a str]) -> bool {
        match tokens {
            ["<", component, arguments @ .., "/", ">"] => {
                self.calls.push(component);
                arguments.chunks(5).all(|argument| match argument {
                    [name, "=", "{", value, "}"] => is_name(name) && is_path(value),
                    _ => false,
                })
            }
            [path, "|", "plural", "(", "key", "=", noun, ")"] => is_path(path) && is_text(noun),
            [text] if is_text(text) => true,
            tokens => is_choice(tokens),
        }
    }
}

/// `a`, `a or b or "—"`: one of them is printed. Of several a filter is not, and `safe` only what is markup anyhow.
fn is_choice(tokens: &[&str]) -> bool {
    match tokens {
        [path, "|", "first"] => is_path(path),
        [path, "|", "safe"] => is_path(path) && path.ends_with("_html"),
        _ => tokens.split(|token| *token == "or").all(|one| matches!(one, [value] if is_path(value) || is_text(value))),
    }
}

/// Truths joined by `and`, `or`: what is there, what is not, which code something has, how long a list is.
fn is_condition(tokens: &[&str]) -> bool {
    tokens.split(|token| matches!(*token, "and" | "or")).all(|one| match one {
        [value] | ["not", value] => is_path(value),
        [path, "==" | "!=", text] => is_path(path) && path.rsplit('.').next().is_some_and(|name| CODES.contains(&name)) && is_text(text),
        [path, "|", "length", "==" | "!=" | "<" | ">" | "<=" | ">=", number] => is_path(path) && is_number(number),
        _ => false,
    })
}

fn is_path(token: &str) -> bool {
    token.split('.').all(is_name) && !token.starts_with("__tera") && !matches!(token, "not" | "and" | "or" | "in" | "is" | "if" | "else")
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && token.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn is_number(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|b| b.is_ascii_digit())
}

fn is_text(token: &str) -> bool {
    token.starts_with('"')
}

/// The words of a tag; `None` where there is something that no harmless tag has.
fn tokens(tag: &str) -> Option<Vec<&str>> {
    let mut rest = tag.trim_start_matches('-').trim_end_matches('-').trim();
    let mut out = Vec::new();
    while let Some(first) = rest.chars().next() {
        let len = match first {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => {
                rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(rest.len())
            }
            '"' => rest[1..].find('"').filter(|end| !rest[1..1 + end].contains('\\'))? + 2,
            '=' | '!' | '<' | '>' if rest[1..].starts_with('=') => 2,
            '=' | '<' | '>' | '|' | '(' | ')' | '{' | '}' | '/' | '+' | ',' | '@' => 1,
            _ => return None,
        };
        out.push(&rest[..len]);
        rest = rest[len..].trim_start();
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, harmless: bool) {
        assert_eq!(File::of(template).plain, harmless, "{template}");
    }

    #[test]
    fn texts_are_only_printed() {
        for harmless in [
            "<a href=\"{{ to.url }}\">{{- to.title or t.none or \"—\" -}}</a>{# {{ to | upper }} #}",
            "{% if a and not b.c or d %}{% elif e.kind == \"practice\" %}{% else %}{% endif %}",
            "{%- for x in list %}{{ loop.index }}{{ x }}{% if not loop.last %}, {% endif %}{%- endfor %}",
            "{% if lines | length == 1 %}{{ lines | first }}{% endif %}{{ n | plural(key=\"row\") }}{{ body_html | safe }}",
            "{% set n = 6 %}{% if a %}{% set n = n + 1 %}{% endif %}{{ n }}{{ <link to={a.b} of={c} /> }}",
        ] {
            check(harmless, true);
        }
        for harmful in [
            "{{ title | upper }}",
            "{{ title | safe }}",
            "{{ title ~ \"x\" }}",
            "{{ a if b else c }}",
            "{% if title == \"x\" %}{% endif %}",
            "{% if kind == title %}{% endif %}",
            "{% if \"x\" in title %}{% endif %}",
            "{% if count > 4 %}{% endif %}",
            "{% if a is starting_with(pat=\"x\") %}{% endif %}",
            "{% for c in title | split(pat=\"x\") %}{% endfor %}",
            "{% set t = title %}",
            "{% include \"x.html\" %}",
            "{{ title[0] }}",
            "{{ 'x' }}",
            "{{ <link to={a ~ b} /> }}",
            "{{ <link>body</link> }}",
            "{{ title",
            "{{ __tera_context }}",
        ] {
            check(harmful, false);
        }
    }

    #[test]
    fn a_template_is_as_harmless_as_what_it_calls() {
        let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let templates = BTreeMap::from([
            file("base.html", "{% block main %}{% endblock main %}"),
            file("good.html", "{% extends \"base.html\" %}{% block main %}{{ <good of={a} /> }}{% endblock main %}"),
            file("bad.html", "{% extends \"good.html\" %}{% block main %}{{ <bad of={a} /> }}{% endblock main %}"),
            file("parts/a.html", "{% component good(of, @t) %}{{ of.title }}{% endcomponent good %}"),
            file("parts/b.html", "{% component bad(of) %}{{ of.title | upper }}{% endcomponent bad %}"),
        ]);
        let uniform = uniform(&templates);
        assert_eq!(uniform.keys().collect::<Vec<_>>(), ["base.html", "good.html", "parts/a.html"]);
        assert!(uniform["good.html"].contains("title") && !uniform["good.html"].contains("good"));
    }
}
