//! The rules as the evaluator reads them: made at build time from `rules/<ST>.toml` and unpacked at first use, one value per
//! jurisdiction and period in which its rules do not change.
//!
//! Nothing here parses or computes. How a file becomes these values is in `compile/`; what they mean is in `eval/`.

mod condition;
mod line;

pub use condition::{Measure, Range, Test};
pub use line::{
    Band, BaseStep, Component, Line, Local, Matrix, Per, RateRule, Row, Rows, Scope, SumOf, Term, TradeFilter,
};

use crate::kinds::SectionKind;
use autolytiq_money::Rate;
use jiff::civil::Date;
use serde::Serialize;

/// Where a rule was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Source {
    pub title: &'static str,
    /// The place in the source: section, regulation, page.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub citation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'static str>,
    pub publisher: &'static str,
    /// The day on which we last held the rule against it.
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub checked: Date,
}

/// All versions of one jurisdiction's rules, the earliest first, without gaps.
#[derive(Debug)]
pub struct Jurisdiction {
    /// Two letters.
    pub code: &'static str,
    pub name: &'static str,
    pub versions: &'static [JurisdictionVersion],
}

/// The rules of one jurisdiction over a period in which none of them changes.
#[derive(Debug)]
pub struct JurisdictionVersion {
    pub code: &'static str,
    pub name: &'static str,
    /// What the law calls the tax.
    pub tax: &'static str,
    /// First day of this version.
    pub effective: Date,
    /// First day of the next version, when one is known.
    pub next: Option<Date>,
    /// SHA-256 of the version's whole content, 64 hexadecimal digits.
    pub hash: &'static str,
    /// One per [`SectionKind`], in its order.
    pub sections: &'static [Section],
    pub choices: &'static [Choice],
    pub exemptions: &'static [Exemption],
    /// Taxes on a sale, whether paid in cash or financed; each line after those it stands on.
    pub retail: &'static [Line],
    /// Taxes on a lease.
    pub lease: &'static [Line],
    /// Taxes on the note of a financed sale.
    pub note: &'static [Line],
    pub credits: &'static [Credit],
    pub fees: &'static [Fee],
    /// The documentation fee may not pass the least of those that apply.
    pub doc_fee_limits: &'static [DocFeeCap],
    pub finance_limits: &'static [FinanceCap],
    pub remarks: &'static [Remark],
}

impl JurisdictionVersion {
    /// Most choices a jurisdiction may leave open.
    pub const MAX_CHOICES: usize = 8;
}

/// One part of the jurisdiction's law, in plain words, with its standing.
#[derive(Debug)]
pub struct Section {
    pub kind: SectionKind,
    pub words: &'static str,
    pub verified: bool,
    /// Why not, when not.
    pub reason: Option<&'static str>,
    /// First day of the period for which the words and the standing were checked.
    pub effective: Date,
    pub sources: &'static [&'static Source],
}

/// A choice that the law leaves to lessor or buyer.
#[derive(Debug)]
pub struct Choice {
    pub name: &'static str,
    /// Who chooses.
    pub by: &'static str,
    pub words: &'static str,
    pub options: &'static [ChoiceOption],
    /// Index of the option taken when nobody chose.
    pub default: u8,
}

/// One way to choose.
#[derive(Debug)]
pub struct ChoiceOption {
    pub name: &'static str,
    pub words: &'static str,
}

/// A ground on which no tax is due at all.
#[derive(Debug)]
pub struct Exemption {
    pub id: &'static str,
    pub name: &'static str,
    pub when: &'static [Test],
    pub source: &'static Source,
}

/// An amount that reduces taxes already computed: tax paid to another state.
#[derive(Debug)]
pub struct Credit {
    pub id: &'static str,
    pub name: &'static str,
    pub when: &'static [Test],
    pub of: &'static [Term],
    /// Ids of the lines it may reduce; empty means all.
    pub against: &'static [&'static str],
    pub verified: bool,
    pub reason: Option<&'static str>,
    pub source: &'static Source,
}

/// A fee: a line whose base is rarely money, with a code that deals use.
#[derive(Debug)]
pub struct Fee {
    pub line: Line,
    /// Whether some tax line has it in its base.
    pub taxable: bool,
}

/// A limit on the documentation fee.
#[derive(Debug)]
pub struct DocFeeCap {
    pub line: Line,
    /// Whether a higher fee is unlawful, or only presumed unreasonable.
    pub binding: bool,
    pub words: &'static str,
}

/// A limit on the price of credit.
#[derive(Debug)]
pub struct FinanceCap {
    pub id: &'static str,
    pub name: &'static str,
    pub kind: FinanceLimitKind,
    pub when: &'static [Test],
    pub limit: Rate,
    /// Whether obeying any one of the alternatives is enough.
    pub alternative: bool,
    pub verified: bool,
    pub reason: Option<&'static str>,
    pub source: &'static Source,
}

/// What a limit on the price of credit limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum FinanceLimitKind {
    /// The contract rate per year.
    YearlyRate,
    /// The finance charge per dollar financed and year of term, computed on the first balance.
    AddOn,
    /// The dealer's mark-up over the lender's rate, per year.
    Markup,
}

/// Something to tell the reader when it applies.
#[derive(Debug)]
pub struct Remark {
    pub code: &'static str,
    pub words: &'static str,
    pub warning: bool,
    pub when: &'static [Test],
    pub pointer: Option<&'static str>,
    pub source: &'static Source,
}
