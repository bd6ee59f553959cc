//! What a template makes of views of one shape: it is the same but for their texts.
//!
//! A template that looks at nothing but the shape of a view (see [`super::grammar`]) is run for two views of each shape. From the second
//! run, in which marks stand for the texts, comes the stencil; all other views of that shape are put into it. On a large site that spares
//! nearly all of the work of templates.

use super::Words;
use super::record::{MARK, MARK_END, Record};
use crate::value::html;

/// HTML with holes.
#[derive(Debug)]
pub(super) struct Stencil {
    html: String,
    /// By their place.
    holes: Vec<Hole>,
}

#[derive(Debug)]
struct Hole {
    /// Where in the HTML.
    at: usize,
    /// The number of the text.
    text: usize,
    filling: Filling,
}

#[derive(Debug)]
enum Filling {
    Escaped,
    AsItIs,
    /// A number with the form of this noun behind it.
    Counted(Box<str>),
}

impl Stencil {
    /// From what a template made of a record with marks; `None` if the marks did not stay whole.
    pub fn of(made: &str) -> Option<Stencil> {
        let mut stencil = Stencil { html: String::with_capacity(made.len()), holes: Vec::new() };
        let mut rest = made;
        while let Some((before, from)) = rest.split_once(MARK) {
            let (mark, after) = from.split_once(MARK_END)?;
            stencil.html.push_str(before);
            let (mark, noun) = mark.split_once(' ').map_or((mark, None), |(mark, noun)| (mark, Some(noun)));
            let filling = match (mark.get(..1)?, noun) {
                ("n", Some(noun)) => Filling::Counted(noun.into()),
                ("m", None) => Filling::AsItIs,
                ("t" | "n", None) => Filling::Escaped,
                _ => return None,
            };
            stencil.holes.push(Hole { at: stencil.html.len(), text: mark[1..].parse().ok()?, filling });
            rest = after;
        }
        stencil.html.push_str(rest);
        stencil.html.shrink_to_fit();
        stencil.holes.shrink_to_fit();
        Some(stencil)
    }

    /// The mark of a number that is to be printed with the noun `key` behind it.
    pub fn counted_mark(mark: &str, key: &str) -> String {
        format!("{} {key}{MARK_END}", mark.trim_end_matches(MARK_END))
    }

    /// What the template makes of a record of the stencil's shape.
    pub fn fill(&self, record: &Record, words: &Words, out: &mut String) {
        // A text may stand twice, and escaping makes some longer.
        out.reserve(self.html.len() + record.text_len() * 3 / 2);
        let mut last = 0;
        for hole in &self.holes {
            out.push_str(&self.html[last..hole.at]);
            last = hole.at;
            let text = record.text(hole.text).unwrap_or_default();
            match &hole.filling {
                Filling::Escaped => html::escape_into(text, out),
                Filling::AsItIs => out.push_str(text),
                Filling::Counted(noun) => html::escape_into(&words.counted(text.parse().unwrap_or_default(), noun), out),
            }
        }
        out.push_str(&self.html[last..]);
    }
}
