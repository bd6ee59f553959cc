//! Reading of records from YAML: what the types of content are made of.
//!
//! A record is declared once, by [`record!`], with the Russian twin of each key. From the declaration come the type, its reader and the
//! table of its keys. The reader never fails: it returns what could be read and reports everything else, each at its place, so that
//! one run shows all mistakes of a file.

mod shape;

pub use shape::{Choice, Field, Keys, Meaning, Shape};

use crate::diagnostic::{Diagnostic, Expected, Problem};
use crate::source::{Place, SourcePath, Span};
use crate::value::composed::composed;
use crate::value::date::Date;
use crate::value::hidden::without;
use crate::value::scripts::{bare, fold, look_alike};
use crate::value::shared::{Pool, Shared};
use crate::value::yaml::{self, Key, Node, Value, YamlError};
use std::borrow::Cow;
use std::ops::Range;

/// A value with the bytes of its file: what a message about it points at.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Place,
}

/// A text of one key, with its place.
pub type Text = Spanned<Shared>;

/// Something that can stand behind a key.
pub trait Read: Sized {
    /// What it looks like.
    fn shape() -> Shape;

    /// Reads a node; `None` after having reported why not.
    fn read(node: &Node, reader: &mut Reader) -> Option<Self>;
}

/// What may be left out. Every key of a record may: one that must stand is checked by the record's user, who knows what to say.
pub trait Absent: Read {
    /// The value of a key that is not there or empty.
    fn absent() -> Self;
}

/// Where the reader is: the file, and what it found wrong there.
pub struct Reader<'a> {
    pub file: &'a SourcePath,
    pub diagnostics: Vec<Diagnostic>,
    /// Where texts are kept that other files may have too.
    pub pool: Option<&'a Pool>,
}

impl Reader<'_> {
    /// Reports `problem` at the bytes `range` of the file.
    pub fn report(&mut self, problem: Problem, range: impl Into<Range<usize>>) {
        self.diagnostics.push(Diagnostic::new(problem, Span::new(self.file, range)));
    }

    /// The tree of the YAML in `text`, which begins at the byte `base` of the file; its faults are reported.
    pub fn tree<'t>(&mut self, text: &'t str, base: usize) -> Node<'t> {
        let (node, faults) = yaml::read(text, base);
        let report = |fault: YamlError| Diagnostic::new(Problem::Yaml(fault.kind), Span::new(self.file, fault.span)).with_fix(fault.fix);
        self.diagnostics.extend(faults.into_iter().map(report));
        node
    }

    fn wrong_type(&mut self, expected: Expected, node: &Node) {
        self.report(Problem::WrongType { expected, found: found(node) }, node.span.clone());
    }
}

/// The pairs of one mapping, from which records take their keys; what nobody took is unknown.
pub struct Fields<'a> {
    pairs: Vec<(Cow<'a, str>, &'a Key<'a>, &'a Node<'a>, bool)>,
    pub span: Range<usize>,
    known: Vec<&'static [Field]>,
}

impl<'a> Fields<'a> {
    /// The pairs of `node`; nothing, reported, if it is no mapping.
    pub fn of(node: &'a Node<'a>, reader: &mut Reader) -> Fields<'a> {
        let pairs = match &node.value {
            Value::Map(pairs) => pairs.iter().map(|(key, value)| (normal(&key.text), key, value, false)).collect(),
            Value::Null => Vec::new(),
            _ => {
                reader.wrong_type(Expected::Mapping, node);
                Vec::new()
            }
        };
        Fields { pairs, span: node.span.clone(), known: Vec::new() }
    }

    /// Declares that the keys `fields` are known here.
    pub fn know(&mut self, fields: &'static [Field]) {
        self.known.push(fields);
    }

    /// The value of the key `field`, by its name or a twin. Both at once is reported: one of them would be lost.
    pub fn take<T: Absent>(&mut self, field: &Field, reader: &mut Reader) -> T {
        let mut node: Option<&Node> = None;
        for (key, written, value, taken) in &mut self.pairs {
            if !*taken && (key == field.name || field.twins.iter().any(|twin| key == twin)) {
                *taken = true;
                if node.is_some() {
                    reader.report(Problem::DuplicateKey { key: written.text.to_string() }, written.span.clone());
                }
                node = node.or(Some(value));
            }
        }
        match node {
            Some(node) if node.value != Value::Null => T::read(node, reader).unwrap_or_else(T::absent),
            _ => T::absent(),
        }
    }

    /// The place of the key `name`, if it stands here.
    pub fn place(&self, field: &Field) -> Option<Range<usize>> {
        self.pairs
            .iter()
            .find(|(key, ..)| key == field.name || field.twins.iter().any(|twin| key == twin))
            .map(|(_, key, ..)| key.span.clone())
    }

    /// Whether the key `name` stands here by any of its names.
    fn stands(&self, name: &str) -> bool {
        let field = self.known.iter().flat_map(|fields| fields.iter()).find(|field| knows(std::slice::from_ref(field), name));
        field.is_some_and(|field| self.place(field).is_some())
    }

    /// Reports the keys that nobody knows, each with the nearest known one.
    pub fn finish(self, reader: &mut Reader) {
        for (key, written, _, taken) in &self.pairs {
            if !taken {
                let nearest = nearest_key(key, &self.known);
                // A key that stands here already must not stand here twice.
                let fix = nearest.clone().filter(|nearest| !self.stands(nearest));
                let mut diagnostic = Diagnostic::new(
                    Problem::UnknownKey { key: written.text.to_string(), nearest, elsewhere: None },
                    Span::new(reader.file, written.span.clone()),
                );
                diagnostic.fix = fix;
                reader.diagnostics.push(diagnostic);
            }
        }
    }
}

/// Whether `written` is a spelling of the key `field`.
pub fn known_as(field: &Field, written: &str) -> bool {
    let written = normal(written);
    field.names().any(|name| name == written)
}

/// Whether `key` is one of `fields`, as an editor may spell it.
pub fn knows(fields: &[Field], key: &str) -> bool {
    fields.iter().any(|field| known_as(field, key))
}

/// A key as it is compared: lower case, with one `_` or one space for `-`, `_` and runs of spaces; Latin keys get `_`, Russian ones a space.
fn normal(key: &str) -> Cow<'_, str> {
    let gap = if key.is_ascii() { '_' } else { ' ' };
    let mut last = gap;
    let as_is = key.chars().all(|c| {
        let single = c == gap && last != gap;
        last = c;
        single || matches!(c, 'a'..='z' | '0'..='9' | 'а'..='я' | 'ё')
    });
    if as_is && last != gap {
        return key.into();
    }
    let mut out = String::with_capacity(key.len());
    for c in key.trim().chars() {
        if c == '-' || c == '_' || c.is_whitespace() {
            if !out.ends_with(gap) {
                out.push(gap);
            }
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out.into()
}

fn nearest_key(key: &str, known: &[&'static [Field]]) -> Option<String> {
    let names = known.iter().flat_map(|fields| fields.iter()).flat_map(|f| std::iter::once(f.name).chain(f.twins.iter().copied()));
    nearest(key, names).map(str::to_owned)
}

/// The name nearest to `word` by edit distance, if it is near enough to be a slip: a third of the letters at most. Letters that look alike
/// are the same, whatever their script and case.
pub fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let word: Vec<char> = word.chars().map(fold).collect();
    let limit = (word.len() / 3).clamp(1, 4);
    names.map(|name| (distance(&word, name, limit), name)).filter(|(d, _)| *d <= limit).min_by_key(|(d, _)| *d).map(|(_, name)| name)
}

/// That `text` is none of the values that may stand at `span`, with the one that it may be a slip of.
pub fn unknown_value(text: String, span: Span, allowed: Vec<String>) -> Diagnostic {
    let nearest = nearest(bare(&text), allowed.iter().map(String::as_str)).map(str::to_owned);
    Diagnostic::new(Problem::UnknownValue { text, nearest: nearest.clone(), allowed }, span).with_fix(nearest)
}

/// Whether so many slips at most make one word of the other.
pub fn differ_by(a: &str, b: &str, slips: usize) -> bool {
    distance(&a.chars().map(fold).collect::<Vec<_>>(), b, slips) <= slips
}

/// Damerau–Levenshtein distance (optimal string alignment) between the folded letters `a` and those of `b`; more than `limit` once it is
/// certain to be.
fn distance(a: &[char], b: &str, limit: usize) -> usize {
    let b: Vec<char> = b.chars().map(fold).collect();
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let swap = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + swap);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().min().is_some_and(|m| *m > limit) {
            return limit + 1;
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// What stands at a node, for a message.
fn found(node: &Node) -> Expected {
    match node.value {
        Value::Null => Expected::Nothing,
        Value::Scalar(_) => Expected::Text,
        Value::List(_) => Expected::List,
        Value::Map(_) => Expected::Mapping,
    }
}

/// A scalar without what is not seen, the slots of pages among it, and with its letters in one piece.
fn clean(text: &str) -> Cow<'_, str> {
    let text = match without(text) {
        Cow::Borrowed(text) => composed(text),
        Cow::Owned(text) => composed(&text).into_owned().into(),
    };
    // A line of a text ends in one way, however it was escaped.
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text }
}

impl Text {
    /// The bytes of the file at which the bytes `range` of the value stand; `None` where that cannot be known.
    pub fn part(&self, range: Range<usize>) -> Option<Range<usize>> {
        let place: Range<usize> = self.span.into();
        // In quotes, without anything that had to be undone.
        let quote = match place.len().checked_sub(self.value.len())? {
            0 => 0,
            2 => 1,
            _ => return None,
        };
        Some(place.start + quote + range.start..place.start + quote + range.end)
    }
}

impl Read for Text {
    fn shape() -> Shape {
        Shape::Text
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<Text> {
        match &node.value {
            Value::Scalar(text) => Some(Spanned { value: Pool::shared(reader.pool, clean(text.trim())), span: node.span.clone().into() }),
            _ => {
                reader.wrong_type(Expected::Text, node);
                None
            }
        }
    }
}

impl Read for String {
    fn shape() -> Shape {
        Shape::Text
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<String> {
        Text::read(node, reader).map(|text| text.value.into())
    }
}

impl Read for bool {
    fn shape() -> Shape {
        Shape::Boolean { absent: false }
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<bool> {
        match &node.value {
            Value::Scalar(text) => truth(text).or_else(|| {
                reader.wrong_type(Expected::Boolean, node);
                let meant = ["да", "нет", "true", "false"].into_iter().find(|word| look_alike(word, bare(text)));
                if let (Some(meant), Some(last)) = (meant, reader.diagnostics.last_mut()) {
                    last.fix = Some(meant.to_owned());
                }
                None
            }),
            _ => {
                reader.wrong_type(Expected::Boolean, node);
                None
            }
        }
    }
}

/// What a yes or a no in either language means.
pub fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "on" | "да" => Some(true),
        "false" | "no" | "off" | "нет" => Some(false),
        _ => None,
    }
}

impl Absent for bool {
    fn absent() -> bool {
        false
    }
}

impl Read for u32 {
    fn shape() -> Shape {
        Shape::Whole
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<u32> {
        let number = match &node.value {
            Value::Scalar(text) => text.trim().replace(['\u{a0}', ' '], "").parse().ok(),
            _ => None,
        };
        if number.is_none() {
            reader.wrong_type(Expected::Number, node);
        }
        number
    }
}

impl Read for f64 {
    fn shape() -> Shape {
        Shape::Number
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<f64> {
        let number = match &node.value {
            Value::Scalar(text) => text.trim().replace(['\u{a0}', ' '], "").replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite()),
            _ => None,
        };
        if number.is_none() {
            reader.wrong_type(Expected::Number, node);
        }
        number
    }
}

impl Read for Spanned<Date> {
    fn shape() -> Shape {
        Shape::Date
    }

    /// A day in ISO form or as printed: «2024-05-15», «15.05.2024», «15 мая 2024 г.».
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = Text::read(node, reader)?;
        match day_of(&text.value) {
            Some(date) => Some(Spanned { value: date, span: text.span }),
            None => {
                reader.report(Problem::NotADate { text: text.value.into() }, text.span);
                None
            }
        }
    }
}

/// The one day that `text` names, if it names one with its year.
pub fn day_of(text: &str) -> Option<Date> {
    if let Some(date) = Date::parse_iso(text) {
        return Some(date);
    }
    use crate::value::timeframe::{Context, Kind, Precision, Tables, read};
    let tables = Tables::default();
    let frame = read(text, &Context { period: None, tables: &tables });
    match (frame.kind, frame.precision) {
        (Kind::Exact, Precision::Day) if frame.start == frame.end => frame.start,
        _ => None,
    }
}

impl<T: Read> Read for Option<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(Some)
    }
}

impl<T: Read> Absent for Option<T> {
    fn absent() -> Self {
        None
    }
}

impl<T: Read> Read for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    /// A list; a single value may stand without brackets.
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        Some(match &node.value {
            Value::List(items) => {
                // The site keeps it: no room that growing leaves behind.
                let mut list = Vec::with_capacity(items.len());
                list.extend(items.iter().filter(|n| n.value != Value::Null).filter_map(|n| T::read(n, reader)));
                list
            }
            _ => T::read(node, reader).into_iter().collect(),
        })
    }
}

impl<T: Read> Absent for Vec<T> {
    fn absent() -> Self {
        Vec::new()
    }
}

impl<T: Read> Read for Box<[T]> {
    fn shape() -> Shape {
        Vec::<T>::shape()
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        Vec::read(node, reader).map(Vec::into_boxed_slice)
    }
}

impl<T: Read> Read for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(Box::new)
    }
}

impl<T: Read> Absent for Box<[T]> {
    fn absent() -> Self {
        Box::default()
    }
}

/// Declares a record: `key "русский ключ" ["второй", …] = "What it means, in Russian." (Meaning): Type`. The doc comment says the same in
/// English.
macro_rules! record {
    ($(#[doc = $doc:literal])* pub struct $name:ident {
        $($(#[doc = $en:literal])* $field:ident $twin:literal $([$($more:literal),*])? = $ru:literal $(($meaning:ident))? : $type:ty,)*
    }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $($(#[doc = $en])* pub $field: $type,)* }

        impl $name {
            /// The keys of this record.
            pub const FIELDS: &'static [$crate::record::Field] = &[$($crate::record::Field {
                name: stringify!($field),
                twins: &[$twin $($(, $more)*)?],
                en: concat!($($en),*),
                ru: $ru,
                meaning: $crate::record::meaning!($($meaning)?),
                shape: <$type as $crate::record::Read>::shape,
            }),*];

            /// Takes the keys of this record out of `fields`.
            pub fn take(fields: &mut $crate::record::Fields, reader: &mut $crate::record::Reader) -> $name {
                fields.know(Self::FIELDS);
                let mut keys = Self::FIELDS.iter();
                $name { $($field: keys.next().map_or_else(<$type as $crate::record::Absent>::absent, |key| fields.take(key, reader)),)* }
            }
        }

        impl $crate::record::Read for $name {
            fn shape() -> $crate::record::Shape {
                $crate::record::Shape::Record($crate::record::Keys {
                    name: stringify!($name),
                    tables: vec![Self::FIELDS],
                    shorthand: <Self as $crate::record::Shorthand>::KEY,
                })
            }

            fn read(node: &$crate::value::yaml::Node, reader: &mut $crate::record::Reader) -> Option<Self> {
                if !matches!(node.value, $crate::value::yaml::Value::Map(_)) {
                    return <Self as $crate::record::Shorthand>::shorthand(node, reader);
                }
                let mut fields = $crate::record::Fields::of(node, reader);
                let record = Self::take(&mut fields, reader);
                fields.finish(reader);
                Some(record)
            }
        }
    };
}
pub(crate) use record;

macro_rules! meaning {
    () => {
        $crate::record::Meaning::Plain
    };
    ($meaning:ident) => {
        $crate::record::Meaning::$meaning
    };
}
pub(crate) use meaning;

/// Declares a closed list of values: `Variant "id" "русское" ["другое", …]`.
macro_rules! choice {
    ($(#[doc = $doc:literal])* pub enum $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident $id:literal $ru:literal [$($more:literal),*],)* }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[doc = $vdoc])* $variant,)* }

        impl $name {
            /// The values.
            pub const CHOICES: &'static [$crate::record::Choice] =
                &[$($crate::record::Choice { id: $id, ru: $ru, more: &[$($more),*] }),*];

            /// The name in JSON and templates.
            pub fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)* }
            }

            /// The spelling that an editor sees.
            pub fn shown(self, language: $crate::value::language::Language) -> &'static str {
                match language {
                    $crate::value::language::Language::Ru => match self { $($name::$variant => $ru,)* },
                    $crate::value::language::Language::En => self.id(),
                }
            }
        }

        impl $crate::record::Read for $name {
            fn shape() -> $crate::record::Shape {
                $crate::record::Shape::Choice(Self::CHOICES)
            }

            fn read(node: &$crate::value::yaml::Node, reader: &mut $crate::record::Reader) -> Option<Self> {
                let text = <$crate::record::Text as $crate::record::Read>::read(node, reader)?;
                // Some names are the same in both languages.
                #[allow(unreachable_patterns)]
                match text.value.to_lowercase().as_str() {
                    $($id | $ru $(| $more)* => Some($name::$variant),)*
                    _ => {
                        let span = $crate::source::Span::new(reader.file, text.span);
                        reader.diagnostics.push($crate::record::unknown_value(text.value.into(), span, vec![$($ru.to_owned()),*]));
                        None
                    }
                }
            }
        }
    };
}
pub(crate) use choice;

/// What a record makes of a value that is no mapping; most refuse it.
pub trait Shorthand: Sized {
    /// The key that such a value stands for.
    const KEY: Option<&'static str>;

    /// Reads a scalar or a list in place of the record.
    fn shorthand(node: &Node, reader: &mut Reader) -> Option<Self>;
}

/// Refuses a value that is no mapping.
pub fn refuse<T>(node: &Node, reader: &mut Reader) -> Option<T> {
    reader.wrong_type(Expected::Mapping, node);
    None
}

/// Declares records that have no shorthand.
macro_rules! no_shorthand {
    ($($name:ty),* $(,)?) => { $(impl $crate::record::Shorthand for $name {
        const KEY: Option<&'static str> = None;

        fn shorthand(node: &$crate::value::yaml::Node, reader: &mut $crate::record::Reader) -> Option<Self> {
            $crate::record::refuse(node, reader)
        }
    })* };
}
pub(crate) use no_shorthand;

/// Declares records that may be a plain text, which then is their key `$field`.
macro_rules! text_shorthand {
    ($name:ident, $field:ident) => {
        impl $crate::record::Shorthand for $name {
            const KEY: Option<&'static str> = Some(stringify!($field));

            fn shorthand(node: &$crate::value::yaml::Node, reader: &mut $crate::record::Reader) -> Option<Self> {
                let text = <$crate::record::Text as $crate::record::Read>::read(node, reader)?;
                let nothing = $crate::value::yaml::Node { value: $crate::value::yaml::Value::Null, span: node.span.clone() };
                let mut record = Self::take(&mut $crate::record::Fields::of(&nothing, reader), reader);
                record.$field = text.into();
                Some(record)
            }
        }
    };
}
pub(crate) use text_shorthand;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_compared_without_case_and_gaps() {
        let check = |written: &str, compared: &str| assert_eq!(normal(written), compared);
        check("plan_item", "plan_item");
        check("Plan-Item", "plan_item");
        check("plan  item", "plan_item");
        check("_x_", "_x_");
        check("Пункт__плана", "пункт плана");
        check(" пункт - плана ", "пункт плана");
        check("ещё один", "ещё один");
        check("Über", "über");
        check("", "");
    }

    #[test]
    fn what_is_not_seen_is_dropped_from_texts() {
        assert_eq!(clean("«а»\u{1}\u{7f}\u{85}\u{feff}\tб\n❤\u{fe0f}"), "«а»\tб\n❤\u{fe0f}");
        assert_eq!(clean("а\u{feff}"), "а");
        assert_eq!(clean("а\r\nб\rв"), "а\nб\nв");
        assert_eq!(clean("\u{202e}Зимнии\u{306}"), "Зимний");
        assert_eq!(clean(""), "");
    }
}
