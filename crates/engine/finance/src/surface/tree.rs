//! JSON as a tree, and structures read from the tree.
//!
//! A structure's reader, which serde writes, contains everything it calls. Over `serde_json` itself that is a copy of the
//! parser's steps for each structure and each kind of field; over a tree, whose nodes are only taken apart, it is hardly more
//! than the fields' names. The engine for the browser is the smaller for it, and a fault knows its own place.
//!
//! Structures are read from objects only. serde would take an array of the fields in order as well, but nobody writes deals that
//! way.

use crate::error::token;
use serde::de::value::StrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, EnumAccess, Error as _, Expected, MapAccess, SeqAccess, Unexpected, VariantAccess,
    Visitor,
};
use serde::{Deserializer, forward_to_deserialize_any};
use std::borrow::Cow;
use std::fmt;
use std::slice;

/// Any JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node<'a> {
    Null,
    Bool(bool),
    Count(u64),
    Negative(i64),
    /// A number with a fraction or an exponent, or too large for the others. Nothing of the engine is one.
    Number,
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    /// In the order of the text; a key may stand twice.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

/// What is wrong with a value, and where it stands. On the heap, so that the good way does not carry it along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault(Box<Found>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    /// RFC 6901.
    pointer: String,
    detail: String,
}

impl Fault {
    /// Pointer and sentence.
    pub(super) fn into_parts(self) -> (String, String) {
        (self.0.pointer, self.0.detail)
    }

    /// The same fault, seen from the list around it.
    #[cold]
    #[inline(never)]
    fn under(self, index: usize) -> Self {
        self.under_key(&index.to_string())
    }

    /// The same fault, seen from the object around it.
    #[cold]
    #[inline(never)]
    fn under_key(mut self, key: &str) -> Self {
        self.0.pointer.insert_str(0, &["/", &token(key)].concat());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.detail)
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(detail: T) -> Self {
        Self(Box::new(Found { pointer: String::new(), detail: detail.to_string() }))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("invalid type: {}, expected {expected}", words(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("invalid value: {}, expected {expected}", words(found)))
    }
}

/// A value in the words of JSON.
fn words(found: Unexpected<'_>) -> Cow<'_, str> {
    match found {
        Unexpected::Bool(value) => format!("boolean `{value}`").into(),
        Unexpected::Unsigned(value) => format!("integer `{value}`").into(),
        Unexpected::Signed(value) => format!("integer `{value}`").into(),
        Unexpected::Str(text) => format!("string {text:?}").into(),
        Unexpected::Unit => "null".into(),
        Unexpected::Map => "map".into(),
        Unexpected::Seq => "sequence".into(),
        Unexpected::Other(words) => words.into(),
        Unexpected::UnitVariant => "a name alone".into(),
        Unexpected::NewtypeVariant | Unexpected::TupleVariant | Unexpected::StructVariant => {
            "a name with a value".into()
        }
        _ => "a value of another type".into(),
    }
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Count(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Negative(value))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node<'de>, E> {
        Ok(Node::Number)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node<'de>, A::Error> {
        let mut object = Vec::new();
        while let Some(Key(key)) = entries.next_key()? {
            object.push((key, entries.next_value()?));
        }
        Ok(Node::Object(object))
    }
}

/// A key, borrowed from the text where it has no escape.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(NodeVisitor)? {
            Node::Text(text) => Ok(Self(text)),
            _ => Err(D::Error::custom("a key is a string")),
        }
    }
}

impl Node<'_> {
    /// That this is not what was expected.
    #[cold]
    #[inline(never)]
    fn unexpected(&self, expected: &dyn Expected) -> Fault {
        let found = match self {
            Self::Null => Unexpected::Unit,
            Self::Bool(value) => Unexpected::Bool(*value),
            Self::Count(value) => Unexpected::Unsigned(*value),
            Self::Negative(value) => Unexpected::Signed(*value),
            Self::Number => Unexpected::Other("a number with a fraction or an exponent"),
            Self::Text(text) => Unexpected::Str(text),
            Self::List(_) => Unexpected::Seq,
            Self::Object(_) => Unexpected::Map,
        };
        Fault::invalid_type(found, expected)
    }
}

/// Numbers of every width are read alike.
macro_rules! numbers {
    ($($method:ident)+) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            match self {
                Node::Count(value) => visitor.visit_u64(*value),
                Node::Negative(value) => visitor.visit_i64(*value),
                other => Err(other.unexpected(&visitor)),
            }
        }
    )+ };
}

/// Each kind of field is read from its own kind of node, and from no other: what cannot be met is not compiled.
impl<'de> Deserializer<'de> for &'de Node<'_> {
    type Error = Fault;

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32
        deserialize_u64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Count(value) => visitor.visit_u64(*value),
            Node::Negative(value) => visitor.visit_i64(*value),
            Node::Number => Err(self.unexpected(&visitor)),
            Node::Text(text) => visitor.visit_str(text),
            Node::List(_) => self.deserialize_seq(visitor),
            Node::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Node::Bool(value) => visitor.visit_bool(*value),
            other => Err(other.unexpected(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Node::Text(text) => visitor.visit_str(text),
            other => Err(other.unexpected(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Node::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Node::List(list) => visitor.visit_seq(Items { rest: list.iter(), index: 0 }),
            other => Err(other.unexpected(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Node::Object(object) = self else { return Err(self.unexpected(&visitor)) };
        let mut entries = Entries { rest: object.iter(), taken: None };
        let read = visitor.visit_map(&mut entries);
        // A key whose value nobody took is itself what is wrong.
        read.map_err(|fault| match entries.taken {
            Some((key, _)) => fault.under_key(key),
            None => fault,
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self {
            Node::Text(name) => visitor.visit_enum(Variant { name, value: None }),
            Node::Object(object) => match object.as_slice() {
                [(name, value)] => visitor.visit_enum(Variant { name, value: Some(value) }),
                _ => Err(self.unexpected(&visitor)),
            },
            other => Err(other.unexpected(&visitor)),
        }
    }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct ignored_any
    }
}

struct Items<'a, 'b> {
    rest: slice::Iter<'a, Node<'b>>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Items<'de, '_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some(node) = self.rest.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(node).map(Some).map_err(|fault| fault.under(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

type Entry<'b> = (Cow<'b, str>, Node<'b>);

struct Entries<'a, 'b> {
    rest: slice::Iter<'a, Entry<'b>>,
    /// The entry whose key was taken last, until its value is taken too.
    taken: Option<&'a Entry<'b>>,
}

impl<'de> MapAccess<'de> for &mut Entries<'de, '_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        self.taken = self.rest.next();
        let Some((key, _)) = self.taken else { return Ok(None) };
        seed.deserialize(StrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some((key, value)) = self.taken.take() else { return Err(Fault::custom("a value without its key")) };
        seed.deserialize(value).map_err(|fault| fault.under_key(key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// One of several kinds: its name, and what it holds.
struct Variant<'a, 'b> {
    name: &'a str,
    value: Option<&'a Node<'b>>,
}

impl<'de, 'b> EnumAccess<'de> for Variant<'de, 'b> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Fault> {
        let kind = seed.deserialize(StrDeserializer::new(self.name))?;
        Ok((kind, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.value {
            None | Some(Node::Null) => Ok(()),
            Some(value) => Err(value.unexpected(&"nothing beside the name").under_key(self.name)),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        match self.value {
            Some(value) => seed.deserialize(value).map_err(|fault| fault.under_key(self.name)),
            None => Err(Fault::invalid_type(Unexpected::Str(self.name), &"an object with that name and a value")),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.struct_variant(&[], visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Some(value) => value.deserialize_any(visitor).map_err(|fault| fault.under_key(self.name)),
            None => Err(Fault::invalid_type(Unexpected::Str(self.name), &visitor)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::deal::input::DealInput;
    use crate::surface::parse;

    fn pointer_of(json: &str) -> String {
        let problem = parse::<DealInput>(json).unwrap_err();
        problem.errors.first().map_or_else(|| problem.code.to_owned(), |error| error.pointer.clone())
    }

    const DEAL: &str = r#"{"dealDate":"2026-01-31","vehicle":{"condition":"new"},"dealerPlace":{"state":"TX"},
        "buyerPlace":{"state":"TX"},"price":"1","trades":[{"description":"a \"b\" {[,:","allowance":"1"}, {"description":"","allowance":"2"}],
        "columns":[{"kind":"cash","id":"a"},{"kind":"finance","id":"b","rate":"0.05","termMonths":60}]}"#;

    #[test]
    fn the_deal_itself_is_fine() {
        assert!(parse::<DealInput>(DEAL).is_ok());
    }

    #[test]
    fn a_wrong_value_is_found_where_it_stands() {
        let table = [
            (r#""price":"1""#, r#""price":1"#, "/price"),
            (r#""price":"1""#, r#""price":-1.5e9"#, "/price"),
            (r#""price":"1""#, r#""price":null"#, "/price"),
            (r#""price":"1""#, r#""price":{"a":1}"#, "/price"),
            (r#""price":"1""#, r#""price":"1.005""#, "/price"),
            (r#""price":"1""#, r#""prize":"1""#, "/prize"),
            (r#""price":"1","#, "", ""),
            (r#""condition":"new""#, r#""condition":"newish""#, "/vehicle/condition"),
            (r#""allowance":"2""#, r#""allowance":2"#, "/trades/1/allowance"),
            (r#","allowance":"2""#, "", "/trades/1"),
            (r#""termMonths":60"#, r#""termMonths":400000"#, "/columns/1/termMonths"),
            (r#""termMonths":60"#, r#""termMonths":"60""#, "/columns/1/termMonths"),
            (r#","termMonths":60"#, "", "/columns/1"),
            (r#""kind":"cash""#, r#""kind":"barter""#, "/columns/0/kind"),
            (r#""kind":"cash""#, r#""kind":"cash","rate":"0.01""#, "/columns/0"),
            (r#""dealDate":"2026-01-31""#, r#""dealDate":"2026-02-31""#, "/dealDate"),
            (r#""columns":["#, r#""columns":[7,"#, "/columns/0"),
            (r#""columns":["#, r#""co/l~s":["#, "/co~1l~0s"),
            (r#""columns":["#, r#""columns":{"a":["#, "malformed-json"),
            (r#""trades":["#, r#""trades":"x","elections":["#, "/trades"),
        ];
        for (from, to, pointer) in table {
            let json = DEAL.replacen(from, to, 1);
            assert_ne!(json, DEAL, "{from}");
            assert_eq!(pointer_of(&json), pointer, "{to} in place of {from}");
        }
        assert_eq!(pointer_of(""), "malformed-json");
        assert_eq!(pointer_of("[]"), "");
        assert_eq!(pointer_of("[]x"), "malformed-json");
        assert_eq!(pointer_of(&format!("{DEAL}x")), "malformed-json");
    }
}
