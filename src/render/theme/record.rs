//! A view, written down flat: what a template sees of it, and apart from that its texts.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::{Error, Impossible, SerializeSeq, SerializeStruct, Serializer};
use serde::{Serialize, de};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::{Display, Write};
use tera::{Context, Map, Value};

/// HTML in a view: a template prints it as it is, with the filter `safe` or without it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Markup(pub String);

/// A text in a view that templates may compare with others: the name of a kind, of a state …
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Code<'a>(pub &'a str);

/// A field beside a ready `…_html`: it is written down only for templates that name it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rare<T>(pub T);

const MARKUP: &str = "Markup";
const RARE: &str = "Rare";
const CODE: &str = "Code";

impl JsonSchema for Markup {
    fn schema_name() -> Cow<'static, str> {
        "Markup".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "contentMediaType": "text/html" })
    }

    fn inline_schema() -> bool {
        true
    }
}

impl JsonSchema for Code<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }

    fn inline_schema() -> bool {
        true
    }
}

impl<T: JsonSchema> JsonSchema for Rare<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(MARKUP, &self.0)
    }
}

impl Serialize for Code<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(CODE, self.0)
    }
}

impl<T: Serialize> Serialize for Rare<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(RARE, &self.0)
    }
}

/// A view that cannot be written down: a bug of ours.
pub(super) type Refused = de::value::Error;

/// The signs of a shape.
mod sign {
    pub const TEXT: u8 = b't';
    pub const MARKUP: u8 = b'm';
    /// Not zero.
    pub const NUMBER: u8 = b'n';
    pub const ZERO: u8 = b'z';
    pub const EMPTY: u8 = b'e';
    pub const NONE: u8 = b'-';
    pub const TRUE: u8 = b'T';
    pub const FALSE: u8 = b'F';
    /// Its letters follow, and [`END`].
    pub const CODE: u8 = b'c';
    pub const END: u8 = 0xFF;
    /// The number of fields or elements follows in four bytes.
    pub const STRUCT: u8 = b'{';
    pub const LIST: u8 = b'[';
}

/// A view in two parts. The shape has all that a template may decide on: the length of lists, what is empty, what is true, and the codes.
/// The texts are what it can only print.
#[derive(Debug, Default)]
pub(super) struct Record<'a> {
    pub shape: Vec<u8>,
    /// The names that the template uses; `None` if it may use any.
    used: Option<&'a BTreeSet<String>>,
    /// The names of the fields, in the order of the shape.
    names: Vec<&'static str>,
    texts: String,
    /// Where each text ends.
    ends: Vec<usize>,
}

/// What stands for a text: itself, or a mark by which it is found again in what a template printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Texts {
    Themselves,
    Marks,
}

/// Where a mark begins and where it ends, U+0005 and U+0006. Input never holds them: control characters are dropped from content when it
/// is read.
pub(super) const MARK: char = '\u{5}';
pub(super) const MARK_END: char = '\u{6}';

impl<'a> Record<'a> {
    /// `view` must be a struct of texts, numbers, truths, options, lists and structs.
    pub fn of(view: &impl Serialize, used: Option<&'a BTreeSet<String>>) -> Result<Record<'a>, Refused> {
        let mut record = Record {
            shape: Vec::with_capacity(256),
            used,
            names: Vec::with_capacity(128),
            texts: String::with_capacity(4096),
            ends: Vec::with_capacity(64),
        };
        view.serialize(&mut record)?;
        if record.shape.first() == Some(&sign::STRUCT) { Ok(record) } else { Err(Refused::custom("a view is a struct")) }
    }

    /// The text with the number `at`.
    pub fn text(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.texts.get(start..*self.ends.get(at)?)
    }

    /// How long the texts are together.
    pub fn text_len(&self) -> usize {
        self.texts.len()
    }

    /// The fields of the view as the variables of a template.
    pub fn context(&self, texts: Texts) -> Context {
        let mut reading = Reading { record: self, texts, at: 0, names: 0, text: 0 };
        let mut context = Context::new();
        reading.sign();
        for _ in 0..reading.number() {
            let name = reading.name();
            context.insert_value(name, reading.value());
        }
        context
    }

    fn put_text(&mut self, sign: u8, text: &str) {
        if text.is_empty() {
            return self.shape.push(sign::EMPTY);
        }
        self.shape.push(sign);
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
    }

    fn put_number(&mut self, number: impl Display, zero: bool) -> Result<(), Refused> {
        if zero {
            self.shape.push(sign::ZERO);
        } else {
            self.shape.push(sign::NUMBER);
            write!(self.texts, "{number}").map_err(Refused::custom)?;
            self.ends.push(self.texts.len());
        }
        Ok(())
    }

    fn put_many(&mut self, sign: u8, number: usize) {
        self.shape.push(sign);
        self.shape.extend_from_slice(&(number as u32).to_le_bytes());
    }
}

/// A record being read from its beginning.
struct Reading<'a> {
    record: &'a Record<'a>,
    texts: Texts,
    at: usize,
    names: usize,
    text: usize,
}

impl Reading<'_> {
    fn sign(&mut self) -> u8 {
        self.at += 1;
        self.record.shape.get(self.at - 1).copied().unwrap_or(sign::NONE)
    }

    fn number(&mut self) -> usize {
        let bytes = self.record.shape.get(self.at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or_default();
        self.at += 4;
        u32::from_le_bytes(bytes) as usize
    }

    fn name(&mut self) -> &'static str {
        self.names += 1;
        self.record.names.get(self.names - 1).copied().unwrap_or_default()
    }

    /// The next text, or the mark in its stead; the letter in the mark says what it is.
    fn text(&mut self, sign: u8, value: impl FnOnce(&str) -> Value) -> Value {
        let at = self.text;
        self.text += 1;
        match self.texts {
            Texts::Themselves => value(self.record.text(at).unwrap_or_default()),
            Texts::Marks => {
                let mark = format!("{MARK}{}{at}{MARK_END}", char::from(sign));
                if sign == sign::MARKUP { Value::safe_string(&mark) } else { Value::normal_string(&mark) }
            }
        }
    }

    fn value(&mut self) -> Value {
        match self.sign() {
            sign::TEXT => self.text(sign::TEXT, Value::normal_string),
            sign::MARKUP => self.text(sign::MARKUP, Value::safe_string),
            sign::NUMBER => self.text(sign::NUMBER, |digits| match (digits.parse::<u64>(), digits.parse::<i64>()) {
                (Ok(number), _) => Value::from(number),
                (_, Ok(number)) => Value::from(number),
                _ => Value::normal_string(digits),
            }),
            sign::ZERO => Value::from(0u64),
            sign::EMPTY => Value::normal_string(""),
            sign::TRUE => Value::from(true),
            sign::FALSE => Value::from(false),
            sign::CODE => {
                let rest = self.record.shape.get(self.at..).unwrap_or_default();
                let code = rest.split(|byte| *byte == sign::END).next().unwrap_or_default();
                self.at += code.len() + 1;
                Value::normal_string(&String::from_utf8_lossy(code))
            }
            sign::STRUCT => {
                let number = self.number();
                let mut map = Map::with_capacity(number);
                for _ in 0..number {
                    let name = self.name();
                    map.insert(name.into(), self.value());
                }
                Value::from(map)
            }
            sign::LIST => {
                let number = self.number();
                Value::from((0..number).map(|_| self.value()).collect::<Vec<Value>>())
            }
            _ => Value::none(),
        }
    }
}

impl SerializeStruct for &mut Record<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Refused> {
        self.names.push(key);
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

impl SerializeSeq for &mut Record<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

macro_rules! numbers {
    ($($method:ident($number:ty);)*) => {
        $(fn $method(self, number: $number) -> Result<(), Refused> {
            self.put_number(number, number == 0)
        })*
    };
}

macro_rules! refuse {
    ($($method:ident($($argument:ty),*) -> $made:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$made, Refused> {
            Err(Refused::custom("no view has such a value"))
        })*
    };
}

impl Serializer for &mut Record<'_> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Self;
    type SerializeTuple = Impossible<(), Refused>;
    type SerializeTupleStruct = Impossible<(), Refused>;
    type SerializeTupleVariant = Impossible<(), Refused>;
    type SerializeMap = Impossible<(), Refused>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Refused>;

    fn serialize_struct(self, _: &'static str, fields: usize) -> Result<Self, Refused> {
        self.put_many(sign::STRUCT, fields);
        Ok(self)
    }

    fn serialize_seq(self, elements: Option<usize>) -> Result<Self, Refused> {
        self.put_many(sign::LIST, elements.ok_or_else(|| Refused::custom("a list without a length"))?);
        Ok(self)
    }

    fn serialize_str(self, text: &str) -> Result<(), Refused> {
        self.put_text(sign::TEXT, text);
        Ok(())
    }

    fn serialize_bool(self, truth: bool) -> Result<(), Refused> {
        self.shape.push(if truth { sign::TRUE } else { sign::FALSE });
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Refused> {
        self.shape.push(sign::NONE);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<(), Refused> {
        if name == RARE && self.used.zip(self.names.last()).is_some_and(|(used, field)| !used.contains(*field)) {
            return self.serialize_none();
        }
        let (shape, texts) = (self.shape.len(), self.ends.len());
        value.serialize(&mut *self)?;
        // The text has just been written down; it becomes what the name says.
        match (name, self.shape.get(shape).copied()) {
            (MARKUP, Some(sign::TEXT)) => self.shape[shape] = sign::MARKUP,
            (CODE, Some(sign::TEXT)) => {
                let start = texts.checked_sub(1).map_or(0, |before| self.ends[before]);
                self.shape[shape] = sign::CODE;
                self.shape.extend_from_slice(&self.texts.as_bytes()[start..]);
                self.shape.push(sign::END);
                self.texts.truncate(start);
                self.ends.truncate(texts);
            }
            _ => {}
        }
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, _: &'static str, _: &T) -> Result<(), Refused> {
        Err(Refused::custom("no view has such a value"))
    }

    numbers! {
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
    }

    refuse! {
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }
}
