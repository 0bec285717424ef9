//! Vehicle taxes and fees of United States jurisdictions: rules as data, and the evaluator that applies them.
//!
//! What it is: one human-readable file per jurisdiction in `rules/`, compiled and packed at build time; a pure
//! evaluator that takes the rules of a date, the facts of a deal and the resolved local rates, and answers tax lines, fees
//! and limits, each with the steps and the source that made it. Rules and rates each carry a SHA-256, so that two results
//! can be compared honestly.
//!
//! What it never does: name a jurisdiction in code; read a clock, a file or the network; use floating point; fall back on
//! a rule of another date; hide that a rule is unverified.
//!
//! ```
//! use autolytiq_tax::{Amounts, Buyer, Condition, DealKind, Facts, Occasion, Place, ResolvedRates, Seller, Vehicle};
//! use std::collections::BTreeMap;
//!
//! let date = jiff::civil::date(2026, 2, 1);
//! let place = Place { state: "TX".to_owned(), ..Place::default() };
//! let facts = Facts {
//!     date,
//!     deal: DealKind::Cash,
//!     occasion: Occasion::Sale,
//!     seller: Seller::NewDealer,
//!     seller_financed: false,
//!     lien: false,
//!     vehicle: &Vehicle::of(Condition::New),
//!     buyer: &Buyer::default(),
//!     dealer_place: &place,
//!     buyer_place: &place,
//!     garaging_place: &place,
//!     elections: &BTreeMap::new(),
//!     amounts: Amounts { price: "27500".parse()?, ..Amounts::default() },
//!     term_months: None,
//!     lease: None,
//!     amount_financed: None,
//! };
//! let rules = autolytiq_tax::jurisdiction("TX", date)?;
//! let outcome = autolytiq_tax::evaluate(rules, &facts, &ResolvedRates::none(date))?;
//! assert_eq!(outcome.total()?.to_string(), "1718.75");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[macro_use]
mod fields;

pub mod kinds;
pub mod rule;

mod compiled;
mod describe;
mod error;
mod eval;
mod facts;
mod outcome;
mod rates;
mod unpack;

pub use compiled::{jurisdiction, jurisdictions, supply};
pub use describe::{
    ChoiceDescription, Description, ExemptionDescription, LimitDescription, LineDescription, OptionDescription,
    SectionDescription, Supported, describe, supported,
};
pub use error::RuleError;
pub use eval::{LeaseTax, doc_fee_limit, evaluate, evaluate_lease, evaluate_note, fees, finance_limits};
pub use facts::{
    Amounts, Buyer, Capitalized, CapitalizedTax, Facts, FeeAmount, LeaseQuantities, Place, PrivateSale, TradeAmount,
    Vehicle,
};
pub use kinds::{
    AppliesTo, BuyerKind, Condition, DealKind, Due, Fuel, Level, Occasion, PlaceRole, ProductKind, RebateKind,
    Residence, SectionKind, Seller, Severity, VehicleClass,
};
pub use outcome::{
    DocFeeLimit, FinanceLimit, FinanceLimitKind, Notice, PaymentTax, RuleFee, RuleFees, RulesStamp, TaxLine,
    TaxOutcome, TaxStep,
};
pub use rates::{GENERAL, LocalRate, RatesStamp, ResolvedRates};
pub use rule::{Jurisdiction, JurisdictionVersion, Source};
