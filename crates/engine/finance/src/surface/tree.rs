//! JSON as a tree, and structures read from the tree.
//!
//! A structure's reader, which serde writes, contains everything it calls. Over `serde_json` itself that is a copy of the
//! parser's steps for each structure and each kind of field; over a tree, whose nodes are only taken apart, it is hardly more
//! than the fields' names. The engine for the browser is the smaller for it, and a fault knows its own place.
//!
//! Structures are read from objects only. serde would take an array of the fields in order as well, but nobody writes deals that
//! way.

mod fault;
mod reader;

pub(super) use fault::Fault;
use serde::Deserializer;
use serde::de::{Deserialize, Error as _, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

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
