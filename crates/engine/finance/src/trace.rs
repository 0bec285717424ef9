//! The answer to "why?": for each figure its formula, its inputs and, where law or a program decided, the source.

use autolytiq_money::{Money, Rate};
use autolytiq_tax::Source;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Steps by the path of the figure they explain.
pub type Trace = BTreeMap<Cow<'static, str>, Step>;

/// How one figure was made. A person can repeat it with a pocket calculator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// i18n key of the figure's name (`figure.amountFinanced`).
    pub label: Cow<'static, str>,
    pub result: Value,
    /// The formula in words and operators, with the input names as they stand in `inputs`.
    pub formula: Cow<'static, str>,
    pub inputs: Vec<Input>,
    /// Rounding applied to the last operation, in words; absent when none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static Source>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Input {
    pub name: Cow<'static, str>,
    pub value: Value,
    /// Another figure of the same trace that explains this input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Cow<'static, str>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "type", content = "value", rename_all = "camelCase")]
pub enum Value {
    Money(Money),
    Rate(Rate),
    Count(u32),
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    Date(jiff::civil::Date),
    Text(Cow<'static, str>),
}
