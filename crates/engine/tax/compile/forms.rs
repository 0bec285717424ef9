//! Keys that may be written in two ways: a component as a word or a table, a sum as a list or by its name, a word or several.

use super::dated::Dated;
use super::source::WhenDef;
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A component with how much of it counts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermTable {
    pub(super) of: Option<String>,
    pub(super) less: Option<String>,
    pub(super) part: Option<Dated>,
    pub(super) up_to: Option<Dated>,
    pub(super) when: Option<Box<WhenDef>>,
    pub(super) trades: Option<TradesDef>,
    pub(super) or: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TradesDef {
    #[serde(default)]
    pub(super) class: Vec<String>,
    #[serde(default)]
    pub(super) taxed_here: bool,
}

/// `"price"`, `"-trade:allowance"`, or a table.
#[derive(Debug)]
pub(super) struct TermDef(pub(super) TermTable);

/// A list of terms, or the name of one in `[bases]`.
#[derive(Debug, Default)]
pub(super) enum SumDef {
    #[default]
    Nothing,
    Named(String),
    Terms(Vec<TermDef>),
}

/// What a table is entered with: a measure, or a sum of terms.
#[derive(Debug)]
pub(super) enum ByDef {
    Measure(String),
    Sum(Vec<TermDef>),
}

/// One word or several.
#[derive(Debug)]
pub(super) struct Words(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for TermDef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = TermDef;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a component such as \"price\" or \"-trade:allowance\", or a table with `of` or `less`")
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<TermDef, E> {
                let (of, less) = match value.strip_prefix('-') {
                    Some(rest) => (None, Some(rest.to_owned())),
                    None => (Some(value.to_owned()), None),
                };
                let plain = TermTable { of, less, part: None, up_to: None, when: None, trades: None, or: None };
                Ok(TermDef(plain))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TermDef, A::Error> {
                TermTable::deserialize(MapAccessDeserializer::new(map)).map(TermDef)
            }
        }
        deserializer.deserialize_any(Form)
    }
}

impl<'de> Deserialize<'de> for SumDef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = SumDef;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of components, or the name of a list in [bases]")
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<SumDef, E> {
                Ok(SumDef::Named(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<SumDef, A::Error> {
                Deserialize::deserialize(SeqAccessDeserializer::new(seq)).map(SumDef::Terms)
            }
        }
        deserializer.deserialize_any(Form)
    }
}

impl<'de> Deserialize<'de> for ByDef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = ByDef;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a measure such as \"weight_lb\", or a list of components")
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<ByDef, E> {
                Ok(ByDef::Measure(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<ByDef, A::Error> {
                Deserialize::deserialize(SeqAccessDeserializer::new(seq)).map(ByDef::Sum)
            }
        }
        deserializer.deserialize_any(Form)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = Words;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word or a list of words")
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Words, E> {
                Ok(Words(vec![value.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Words, A::Error> {
                Deserialize::deserialize(SeqAccessDeserializer::new(seq)).map(Words)
            }
        }
        deserializer.deserialize_any(Form)
    }
}
