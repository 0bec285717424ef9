//! The form of a rule file. Unknown keys are refused everywhere. What each key means is told in `rules/README.md`.

use super::dated::Dated;
use super::forms::{ByDef, SumDef, TermDef, Words};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) code: Spanned<String>,
    pub(super) name: String,
    pub(super) tax: String,
    /// The first day for which the file is held to be right.
    pub(super) from: Date,
    pub(super) sources: BTreeMap<String, Spanned<SourceDef>>,
    pub(super) sections: BTreeMap<String, Spanned<SectionDef>>,
    #[serde(default)]
    pub(super) choices: BTreeMap<String, Spanned<ChoiceDef>>,
    #[serde(default)]
    pub(super) bases: BTreeMap<String, Spanned<Vec<TermDef>>>,
    #[serde(default)]
    pub(super) retail: Vec<Spanned<LineDef>>,
    #[serde(default)]
    pub(super) lease: Vec<Spanned<LineDef>>,
    #[serde(default)]
    pub(super) note: Vec<Spanned<LineDef>>,
    #[serde(default)]
    pub(super) fee: Vec<Spanned<LineDef>>,
    #[serde(default)]
    pub(super) doc_fee_limit: Vec<Spanned<LineDef>>,
    #[serde(default)]
    pub(super) exemption: Vec<Spanned<ExemptionDef>>,
    #[serde(default)]
    pub(super) credit: Vec<Spanned<CreditDef>>,
    #[serde(default)]
    pub(super) finance_limit: Vec<Spanned<FinanceLimitDef>>,
    #[serde(default)]
    pub(super) remark: Vec<Spanned<RemarkDef>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceDef {
    pub(super) title: String,
    #[serde(default)]
    pub(super) citation: String,
    pub(super) url: Option<String>,
    pub(super) publisher: String,
    pub(super) checked: Date,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionDef {
    pub(super) words: String,
    pub(super) verified: bool,
    pub(super) reason: Option<String>,
    pub(super) from: Option<Date>,
    pub(super) sources: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChoiceDef {
    pub(super) by: String,
    pub(super) words: String,
    pub(super) default: String,
    pub(super) options: BTreeMap<String, String>,
}

/// A tax, a fee, or a limit on the documentation fee.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineDef {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) source: String,
    pub(super) level: Option<String>,
    pub(super) section: Option<String>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) verified: Option<bool>,
    pub(super) reason: Option<String>,
    pub(super) when: Option<WhenDef>,
    #[serde(default)]
    pub(super) base: SumDef,
    #[serde(default)]
    pub(super) signing: SumDef,
    #[serde(default)]
    pub(super) floor: SumDef,
    #[serde(default)]
    pub(super) ceiling: SumDef,
    #[serde(default)]
    pub(super) credits: SumDef,
    #[serde(default)]
    pub(super) tax_credits: SumDef,
    pub(super) base_step: Option<StepDef>,
    pub(super) band: Option<BandDef>,
    #[serde(default)]
    pub(super) over_term: bool,
    pub(super) rate: Option<Dated>,
    pub(super) local: Option<LocalDef>,
    pub(super) tiers: Option<TiersDef>,
    pub(super) matrix: Option<MatrixDef>,
    #[serde(default)]
    pub(super) lesser_of_home: bool,
    pub(super) pass_on_places: Option<u8>,
    pub(super) flat: Option<Dated>,
    pub(super) per: Option<PerDef>,
    pub(super) times: Option<u8>,
    pub(super) min: Option<Dated>,
    pub(super) max: Option<Dated>,
    #[serde(default)]
    pub(super) max_of: SumDef,
    pub(super) due: Option<String>,
    pub(super) rounding: Option<String>,
    pub(super) round_to: Option<Dated>,
    pub(super) round_with: Option<String>,
    #[serde(default)]
    pub(super) on_itself: bool,
    /// Only for a limit on the documentation fee.
    pub(super) binding: Option<bool>,
    pub(super) words: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepDef {
    pub(super) unit: Dated,
    pub(super) rounding: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BandDef {
    pub(super) from: Option<Dated>,
    pub(super) to: Option<Dated>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LocalDef {
    #[serde(default)]
    pub(super) levels: Vec<String>,
    pub(super) of: String,
    pub(super) tax: Option<String>,
    #[serde(default)]
    pub(super) each: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TiersDef {
    pub(super) by: ByDef,
    pub(super) rows: Vec<RowDef>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowDef {
    /// The bound belongs to the row.
    pub(super) up_to: Option<Dated>,
    /// The bound belongs to the next row.
    pub(super) below: Option<Dated>,
    pub(super) rate: Option<Dated>,
    pub(super) amount: Option<Dated>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MatrixDef {
    pub(super) rows_by: ByDef,
    pub(super) rows_up_to: Vec<String>,
    pub(super) columns_by: ByDef,
    pub(super) columns_up_to: Vec<String>,
    pub(super) rates: Vec<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PerDef {
    pub(super) by: ByDef,
    pub(super) over: Option<Dated>,
    pub(super) unit: Dated,
    pub(super) amount: Dated,
    pub(super) rounding: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExemptionDef {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) source: String,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) when: WhenDef,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CreditDef {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) source: String,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) when: Option<WhenDef>,
    pub(super) of: SumDef,
    #[serde(default)]
    pub(super) against: Vec<String>,
    pub(super) verified: Option<bool>,
    pub(super) reason: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FinanceLimitDef {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) source: String,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) when: Option<WhenDef>,
    pub(super) limit: Dated,
    #[serde(default)]
    pub(super) alternative: bool,
    pub(super) verified: Option<bool>,
    pub(super) reason: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RemarkDef {
    pub(super) id: String,
    pub(super) words: String,
    pub(super) source: String,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) when: Option<WhenDef>,
    #[serde(default)]
    pub(super) warning: bool,
    pub(super) pointer: Option<String>,
}

/// A condition: all keys must hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WhenDef {
    pub(super) vehicle: Option<String>,
    pub(super) class: Option<Words>,
    pub(super) fuel: Option<Words>,
    pub(super) weight_lb: Option<RangeDef>,
    pub(super) gvwr_lb: Option<RangeDef>,
    pub(super) mpg: Option<RangeDef>,
    pub(super) model_year: Option<RangeDef>,
    pub(super) age: Option<RangeDef>,
    pub(super) odometer: Option<RangeDef>,
    pub(super) cylinders: Option<RangeDef>,
    pub(super) term_months: Option<RangeDef>,
    pub(super) days_titled_elsewhere: Option<RangeDef>,
    pub(super) private_sale_days: Option<RangeDef>,
    pub(super) amount: Option<AmountDef>,
    pub(super) deal: Option<Words>,
    pub(super) seller: Option<Words>,
    pub(super) seller_financed: Option<bool>,
    pub(super) occasion: Option<Words>,
    pub(super) buyer: Option<String>,
    pub(super) residence: Option<String>,
    pub(super) home_state: Option<Words>,
    pub(super) exemption: Option<Words>,
    pub(super) choice: BTreeMap<String, Words>,
    pub(super) city: Option<PlaceDef>,
    pub(super) county: Option<PlaceDef>,
    pub(super) lien: Option<bool>,
    pub(super) transfers_plate: Option<bool>,
    pub(super) any: Vec<WhenDef>,
    pub(super) not: Option<Box<WhenDef>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RangeDef {
    pub(super) min: Option<Dated>,
    pub(super) over: Option<Dated>,
    pub(super) max: Option<Dated>,
    pub(super) under: Option<Dated>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmountDef {
    pub(super) of: SumDef,
    pub(super) min: Option<Dated>,
    pub(super) over: Option<Dated>,
    pub(super) max: Option<Dated>,
    pub(super) under: Option<Dated>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceDef {
    pub(super) of: String,
    pub(super) name: Words,
}
