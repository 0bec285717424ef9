//! The answer to "why?": for each figure its formula, its inputs and, where law or a program decided, the source.

use autolytiq_money::{Money, Rate};
use autolytiq_tax::Source;
use rust_decimal::Decimal;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// Text that is nearly always compiled in.
pub type Text = Cow<'static, str>;

/// The steps of one column by the path of the figure they explain, in the order of the calculation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    steps: Vec<(Text, Step)>,
    /// Nobody will ask why: no step is made or kept.
    off: bool,
}

impl Trace {
    pub(crate) fn with_capacity(steps: usize) -> Self {
        Self { steps: Vec::with_capacity(steps), off: false }
    }

    /// A trace that keeps nothing, for figures that are computed many times over and explained once.
    pub(crate) const fn off() -> Self {
        Self { steps: Vec::new(), off: true }
    }

    /// Whether steps are kept. What makes them asks first, because making them costs more than the figures.
    pub(crate) const fn is_off(&self) -> bool {
        self.off
    }

    /// The step that made a figure.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Step> {
        self.steps.iter().find(|(own, _)| own == path).map(|(_, step)| step)
    }

    /// All steps with their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Step)> {
        self.steps.iter().map(|(path, step)| (path.as_ref(), step))
    }

    /// Lets unexplained inputs of this name and value refer to the step at `path`.
    pub(crate) fn link(&mut self, name: &str, path: &'static str, value: &Value) {
        let inputs = self.steps.iter_mut().flat_map(|(_, step)| &mut step.inputs);
        for input in inputs.filter(|input| input.from.is_none() && input.name == name && input.value == *value) {
            input.from = Some(Cow::Borrowed(path));
        }
    }

    /// Adds the step of a figure. Each path occurs once.
    pub(crate) fn add(&mut self, path: impl Into<Text>, step: Step) {
        if !self.off {
            self.steps.push((path.into(), step));
        }
    }
}

impl Serialize for Trace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.steps.len()))?;
        for (path, step) in &self.steps {
            map.serialize_entry(path, step)?;
        }
        map.end()
    }
}

/// How one figure was made. A person can repeat it with a pocket calculator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// i18n key of the figure's name (`figure.amountFinanced`), or the name itself of a tax or fee.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub label: Text,
    #[cfg_attr(feature = "schema", schema(value_type = Quantity))]
    pub result: Value,
    /// The formula in words and operators, with the input names as they stand in `inputs`.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub formula: Text,
    pub inputs: Vec<Input>,
    /// Rounding applied to the last operation, in words; absent when none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub rounding: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static Source>,
    /// Whether the rule that made the figure, and the local rates in it, are verified; absent where no rule did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
    /// Why not, when not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub reason: Option<Text>,
}

/// One quantity that went into a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Input {
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub name: Text,
    #[cfg_attr(feature = "schema", schema(value_type = Quantity))]
    pub value: Value,
    /// Another figure of the same trace that explains this input.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub from: Option<Text>,
}

/// A typed quantity, so that the reader's language and locale decide how it looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "value", rename_all = "camelCase")]
pub enum Value {
    Money(Money),
    Rate(Rate),
    Count(u32),
    /// A number that is not a whole amount of cents, in plain decimal digits.
    Decimal(#[serde(with = "rust_decimal::serde::str")] Decimal),
    Date(#[serde(with = "autolytiq_calendar::iso")] jiff::civil::Date),
    Text(Text),
    /// There is none; a notice says why.
    None,
}

/// A [`Value`] as it is written, for the API document.
#[cfg(feature = "schema")]
#[derive(Serialize, utoipa::ToSchema)]
#[serde(tag = "type", content = "value", rename_all = "camelCase")]
#[expect(dead_code, reason = "only its schema is used")]
enum Quantity {
    Money(Money),
    Rate(Rate),
    Count(u32),
    /// A number that is not a whole amount of cents, in plain decimal digits.
    Decimal(String),
    /// Year, month and day: `2025-11-21`.
    Date(String),
    Text(String),
    /// There is none; a notice says why.
    None,
}

impl From<Money> for Value {
    fn from(amount: Money) -> Self {
        Self::Money(amount)
    }
}

impl From<Rate> for Value {
    fn from(rate: Rate) -> Self {
        Self::Rate(rate)
    }
}

impl From<u16> for Value {
    fn from(count: u16) -> Self {
        Self::Count(count.into())
    }
}

impl From<jiff::civil::Date> for Value {
    fn from(date: jiff::civil::Date) -> Self {
        Self::Date(date)
    }
}

impl Input {
    /// An input that another step of the trace explains under the same name.
    pub(crate) fn figure(name: &'static str, value: impl Into<Value>) -> Self {
        Self { name: Cow::Borrowed(name), value: value.into(), from: Some(Cow::Borrowed(name)) }
    }

    /// An input explained by the step of another path.
    pub(crate) fn from(name: impl Into<Text>, value: impl Into<Value>, path: impl Into<Text>) -> Self {
        Self { name: name.into(), value: value.into(), from: Some(path.into()) }
    }

    /// An input that explains itself: it was typed, or is an intermediate of the formula.
    pub(crate) fn given(name: impl Into<Text>, value: impl Into<Value>) -> Self {
        Self { name: name.into(), value: value.into(), from: None }
    }
}

impl Step {
    /// A figure that a person or the store entered.
    pub(crate) fn entered(label: &'static str, result: impl Into<Value>) -> Self {
        Self::of(label, result, "as entered", Vec::new())
    }

    /// A figure made exactly, with nothing rounded.
    pub(crate) fn of(
        label: impl Into<Text>,
        result: impl Into<Value>,
        formula: impl Into<Text>,
        inputs: Vec<Input>,
    ) -> Self {
        Self {
            label: label.into(),
            result: result.into(),
            formula: formula.into(),
            inputs,
            rounding: None,
            source: None,
            verified: None,
            reason: None,
        }
    }

    /// The same, rounded at the end.
    pub(crate) fn rounded(mut self, words: &'static str) -> Self {
        self.rounding = Some(Cow::Borrowed(words));
        self
    }

    /// The same, with the source that decided it.
    pub(crate) fn by(mut self, source: &'static Source) -> Self {
        self.source = Some(source);
        self
    }

    /// The same, with the standing of the rule that decided it.
    pub(crate) fn standing(mut self, verified: bool, reason: Option<Text>) -> Self {
        self.verified = Some(verified);
        self.reason = reason;
        self
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::Value;
    use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Type};
    use utoipa::openapi::{RefOr, Schema};

    impl utoipa::PartialSchema for Value {
        /// One object per type: a count is a number, nothing has no value, every other value is a string.
        fn schema() -> RefOr<Schema> {
            let of = |kind: &str, value: Option<Type>| {
                let tag = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([kind]));
                let object = ObjectBuilder::new().schema_type(Type::Object).property("type", tag).required("type");
                match value {
                    Some(value) => object.property("value", ObjectBuilder::new().schema_type(value)).required("value"),
                    None => object,
                }
            };
            let texts = ["money", "rate", "decimal", "date", "text"];
            let all = texts.into_iter().fold(OneOfBuilder::new(), |all, kind| all.item(of(kind, Some(Type::String))));
            all.item(of("count", Some(Type::Integer))).item(of("none", None)).into()
        }
    }

    impl utoipa::ToSchema for Value {
        fn name() -> std::borrow::Cow<'static, str> {
            "TraceValue".into()
        }
    }
}
