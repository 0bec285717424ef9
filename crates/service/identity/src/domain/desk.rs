//! A store's desk defaults: what a first pencil begins with.

use std::collections::BTreeSet;

use autolytiq_kernel::problem::FieldError;
use autolytiq_money::{Money, Rate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    name::Name,
    place::StorePlace,
    tax_settings::{Elections, election_faults},
};

/// The defaults. What nobody set is absent, and a first pencil then leaves it open: nothing is invented.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeskDefaults {
    /// The documentation fee, 0 to 10,000.00. A deal above its state's cap is refused with the cap.
    #[schema(value_type = String, examples("225.00"))]
    pub doc_fee: Money,
    /// Fees of the store's own, at most 50.
    #[serde(default)]
    pub fees: Vec<DeskFee>,
    /// What the store adds to the cost of each vehicle, 0 to 100,000.00.
    #[serde(default)]
    #[schema(value_type = String, examples("500.00"))]
    pub pack: Money,
    /// Months of a first finance column, 1 to 144.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 144)]
    pub finance_term_months: Option<u16>,
    /// Its yearly rate as a fraction of one, 0 to 1. Without it there is no finance column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, examples("0.0649"))]
    pub finance_rate: Option<Rate>,
    /// Months of a first lease column, 1 to 84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 84)]
    pub lease_term_months: Option<u16>,
    /// Its monthly money factor, 0 to 0.05. Without it there is no lease column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, examples("0.00125"))]
    pub lease_money_factor: Option<Rate>,
    /// Its residual as a fraction of MSRP, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, examples("0.58"))]
    pub lease_residual_percent: Option<Rate>,
    /// The lessor's acquisition fee, 0 to 10,000.00.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, examples("695.00"))]
    pub acquisition_fee: Option<Money>,
    /// Miles a year in a lease, 0 to 200,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 200_000)]
    pub annual_miles: Option<u32>,
    /// Where a customer without an address on file is taken to register; where the store stands without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_place: Option<StorePlace>,
    /// What a new deal chooses where a state's law leaves a choice: by state, then by the choice's name in the tax rules.
    #[serde(default, skip_serializing_if = "Elections::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, std::collections::BTreeMap<String, String>>)]
    pub elections: Elections,
}

/// A fee that the store adds to its deals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeskFee {
    /// A short word of letters, digits, hyphens, points and underscores; one that the state's rules know replaces
    /// their amount.
    #[schema(max_length = 40)]
    pub code: String,
    /// As the customer reads it.
    #[schema(value_type = String, max_length = 120)]
    pub name: Name,
    /// 0 to 10,000.00.
    #[schema(value_type = String, examples("49.00"))]
    pub amount: Money,
    /// Whether it is part of the price for tax.
    #[serde(default)]
    pub taxable: bool,
}

const MOST_FEES: usize = 50;
const LARGEST_FEE: Money = Money::from_cents(1_000_000);
const LARGEST_PACK: Money = Money::from_cents(10_000_000);
/// 0.05, as the engine takes it.
const LARGEST_MONEY_FACTOR: Rate = Rate::from_units(50_000_000_000);

impl DeskDefaults {
    /// What cannot be accepted of them.
    #[must_use]
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.amount("/docFee", Some(self.doc_fee), LARGEST_FEE);
        faults.amount("/pack", Some(self.pack), LARGEST_PACK);
        faults.amount("/acquisitionFee", self.acquisition_fee, LARGEST_FEE);
        faults.months("/financeTermMonths", self.finance_term_months, 144);
        faults.months("/leaseTermMonths", self.lease_term_months, 84);
        faults.rate("/financeRate", self.finance_rate, Rate::ONE);
        faults.rate("/leaseMoneyFactor", self.lease_money_factor, LARGEST_MONEY_FACTOR);
        faults.rate("/leaseResidualPercent", self.lease_residual_percent, Rate::ONE);
        faults.within("/annualMiles", self.annual_miles.is_none_or(|miles| miles <= 200_000), "at most 200000 miles");
        faults.within("/fees", self.fees.len() <= MOST_FEES, "at most 50 fees");
        let mut codes = BTreeSet::new();
        for (index, fee) in self.fees.iter().take(MOST_FEES).enumerate() {
            faults.amount(&format!("/fees/{index}/amount"), Some(fee.amount), LARGEST_FEE);
            let pointer = format!("/fees/{index}/code");
            faults.check(
                &pointer,
                is_code(&fee.code),
                "malformed",
                "1 to 40 letters, digits, hyphens, points, underscores",
            );
            faults.check(&pointer, codes.insert(fee.code.as_str()), "repeated", "another fee has this code");
        }
        faults.0.extend(election_faults(&self.elections));
        faults.0
    }
}

fn is_code(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
}

/// Collects what is wrong.
#[derive(Default)]
struct Faults(Vec<FieldError>);

impl Faults {
    fn check(&mut self, pointer: &str, fine: bool, code: &'static str, detail: impl Into<String>) {
        if !fine {
            self.0.push(FieldError::new(pointer, code, detail.into()));
        }
    }

    fn within(&mut self, pointer: &str, fine: bool, detail: impl Into<String>) {
        self.check(pointer, fine, "out-of-range", detail);
    }

    fn amount(&mut self, pointer: &str, amount: Option<Money>, largest: Money) {
        let fine = amount.is_none_or(|amount| (Money::ZERO..=largest).contains(&amount));
        self.within(pointer, fine, format!("an amount from 0.00 to {largest}"));
    }

    fn rate(&mut self, pointer: &str, rate: Option<Rate>, largest: Rate) {
        let fine = rate.is_none_or(|rate| (Rate::ZERO..=largest).contains(&rate));
        self.within(pointer, fine, format!("a fraction from 0 to {largest}"));
    }

    fn months(&mut self, pointer: &str, months: Option<u16>, most: u16) {
        let fine = months.is_none_or(|months| (1..=most).contains(&months));
        self.within(pointer, fine, format!("1 to {most} months"));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::DeskDefaults;

    fn pointers(mut change: impl FnMut(&mut Value)) -> Vec<String> {
        let mut value = json!({
            "docFee": "225.00", "pack": "500.00", "financeTermMonths": 72, "financeRate": "0.0649",
            "leaseTermMonths": 36, "leaseMoneyFactor": "0.00125", "leaseResidualPercent": "0.58",
            "acquisitionFee": "695.00", "annualMiles": 12000,
            "fees": [{"code": "temp-tag", "name": "Temporary tag", "amount": "5.00"}],
        });
        change(&mut value);
        let defaults: DeskDefaults = serde_json::from_value(value).unwrap();
        defaults.faults().into_iter().map(|fault| fault.pointer).collect()
    }

    #[test]
    fn a_stores_usual_defaults_are_fine() {
        assert!(pointers(|_| {}).is_empty());
        assert!(pointers(|value| *value = json!({"docFee": "0.00"})).is_empty());
    }

    #[test]
    fn each_limit_names_its_field() {
        for (field, value) in [
            ("docFee", json!("-0.01")),
            ("docFee", json!("10000.01")),
            ("pack", json!("100000.01")),
            ("acquisitionFee", json!("-1.00")),
            ("financeTermMonths", json!(0)),
            ("financeTermMonths", json!(400)),
            ("financeRate", json!("4")),
            ("leaseTermMonths", json!(85)),
            ("leaseMoneyFactor", json!("0.051")),
            ("leaseResidualPercent", json!("1.1")),
            ("annualMiles", json!(200_001)),
        ] {
            assert_eq!(pointers(|defaults| defaults[field] = value.clone()), [format!("/{field}")], "{value}");
        }
    }

    #[test]
    fn fees_have_codes_of_their_own() {
        let fee = |code: &str| json!({"code": code, "name": "Fee", "amount": "1.00"});
        assert_eq!(pointers(|defaults| defaults["fees"] = json!([fee("a"), fee("a")])), ["/fees/1/code"]);
        assert_eq!(pointers(|defaults| defaults["fees"] = json!([fee("a b")])), ["/fees/0/code"]);
        assert_eq!(pointers(|defaults| defaults["fees"] = json!(vec![fee("x"); 51]))[0], "/fees");
    }
}
