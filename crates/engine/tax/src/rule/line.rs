//! A line: `tax = clamp(flat + per unit + rate × band(floor(base) - credits))` when its condition holds. Taxes, fees and
//! limits on fees are all lines.

use super::{Measure, Source, Test};
use crate::kinds::{Due, Level, PlaceRole, ProductKind, RebateKind, SectionKind, VehicleClass};
use autolytiq_money::{Money, Rate, Rounding};
use rust_decimal::Decimal;

/// A sum of terms.
pub type SumOf = &'static [Term];

/// One tax, fee or limit.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    pub id: &'static str,
    /// For a line due with payments: the id of its part that falls due at signing. Empty for any other.
    pub signing_id: &'static str,
    pub name: &'static str,
    pub level: Level,
    /// The part of the law it belongs to.
    pub section: SectionKind,
    /// Other parts of the law that decide its result when the deal touches them: bit [`SectionKind::index`].
    pub depends: u16,
    pub due: Due,
    pub when: &'static [Test],
    pub base: SumOf,
    /// What is taxed at signing by a line otherwise due with payments.
    pub signing: SumOf,
    /// The base is at least the sum of these.
    pub floor: SumOf,
    /// The base is at most the sum of these.
    pub ceiling: SumOf,
    /// Taken off after floor and ceiling; the result is not below nothing.
    pub credits: SumOf,
    pub base_step: Option<BaseStep>,
    pub band: Option<Band>,
    /// Whether band and credits are used up over all charges of the lease in order, rather than anew at each.
    pub over_term: bool,
    pub rate: RateRule,
    pub flat: Option<Money>,
    pub per: Option<Per>,
    /// Taken off the tax itself, which does not fall below nothing: another tax already paid on the same sale.
    pub tax_credits: SumOf,
    /// The flat amount a number of times: years of a registration, tires of a car. One where there is also a rate.
    pub times: u8,
    /// The tax is at least this, when the line applies at all.
    pub min: Option<Money>,
    pub max: Option<Money>,
    /// The tax is at most the sum of these (another state's tax).
    pub max_of: SumOf,
    pub rounding: Rounding,
    /// Rounded to whole units of this (a fee in whole dollars) instead of to the cent.
    pub round_to: Option<Money>,
    /// Lines of one group are rounded as one sum, the cents falling to the later line.
    pub group: Option<u8>,
    /// Whether payments and capitalised cost in the base include this tax when it is capitalised.
    pub on_itself: bool,
    pub verified: bool,
    /// Why not, when not.
    pub reason: Option<&'static str>,
    pub source: &'static Source,
}

/// A component of the deal with its sign and how much of it counts.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// As the rule file writes it, for the trace.
    pub name: &'static str,
    pub of: Component,
    pub scope: Scope,
    pub negative: bool,
    pub part: Option<Rate>,
    pub up_to: Option<Money>,
    pub when: &'static [Test],
    pub trades: Option<&'static TradeFilter>,
    /// Used, with a notice, when the component is a value nobody gave.
    pub or: Option<Component>,
}

/// A fact of the deal that is an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Component {
    Price,
    Accessories,
    DocFee,
    /// The fee with this code.
    Fee(&'static str),
    /// Fees of the store's own that it marked as part of the price.
    TaxableFees,
    /// All fees beside the documentation fee.
    Fees,
    Product(ProductKind),
    Products,
    Rebate(RebateKind),
    Rebates,
    TradeAllowance,
    TradePayoff,
    /// Allowance less payoff over all trades, not below nothing.
    TradeEquity,
    /// Payoff less allowance over all trades, not below nothing.
    NegativeEquity,
    PrivateSale,
    InsuranceProceeds,
    TaxPaidElsewhere,
    /// What the buyer's home state would take.
    HomeTax,
    Msrp,
    FairValue,
    AssessedValue,
    GuideTradeValue,
    AmountFinanced,
    /// One base payment.
    Payment,
    /// All base payments.
    TotalPayments,
    /// All base payments but the first.
    RemainingPayments,
    CashReduction,
    RebateReduction,
    TradeReduction,
    AcquisitionFee,
    GrossCap,
    AdjustedCap,
    Residual,
    RentCharge,
    /// The amount of the line at this place in the same list, which comes earlier.
    Line(u8),
}

/// Which part of a charge is meant, on a lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Whole,
    /// What is paid at signing: nothing if the charge is capitalised.
    Signing,
    /// What is in the capitalised cost.
    Capitalized,
    /// What one payment bears of it because it is capitalised.
    Share,
    /// What all payments bear of it.
    Shares,
}

/// Which traded vehicles count.
#[derive(Debug, Clone, Copy)]
pub struct TradeFilter {
    /// Empty means any.
    pub classes: &'static [VehicleClass],
    /// Only a vehicle on which this jurisdiction's tax was paid.
    pub taxed_here: bool,
}

/// Rounds the base to whole units before it is taxed.
#[derive(Debug, Clone, Copy)]
pub struct BaseStep {
    pub unit: Money,
    pub rounding: Rounding,
}

/// The slice of the base that counts.
#[derive(Debug, Clone, Copy)]
pub struct Band {
    pub from: Money,
    pub to: Option<Money>,
}

/// An amount for each unit of a measure above a threshold.
#[derive(Debug, Clone, Copy)]
pub struct Per {
    pub by: Rows,
    pub over: Decimal,
    pub unit: Decimal,
    pub amount: Money,
    /// How a part of a unit counts; exact when absent.
    pub rounding: Option<Rounding>,
}

/// Where a line's rate comes from. At most one of `tiers` and `matrix`; `fixed` and `local` add up.
#[derive(Debug, Clone, Copy)]
pub struct RateRule {
    pub fixed: Option<Rate>,
    pub local: Option<Local>,
    pub tiers: Option<&'static [Row]>,
    /// What chooses the row of `tiers`.
    pub tiers_by: Rows,
    pub matrix: Option<&'static Matrix>,
    /// No more than the rate of the buyer's home state.
    pub lesser_of_home: bool,
    /// The tax may be passed on and the pass-on is itself taxed: rate / (1 - rate), cut off after so many places.
    pub pass_on_places: Option<u8>,
}

/// Local rates that take part.
#[derive(Debug, Clone, Copy)]
pub struct Local {
    /// Empty means every level.
    pub levels: &'static [Level],
    pub of: PlaceRole,
    /// Which of the place's taxes.
    pub tax: &'static str,
    /// One line for each levy, instead of their sum.
    pub each: bool,
}

/// What a table is entered with.
#[derive(Debug, Clone, Copy)]
pub enum Rows {
    Measure(Measure),
    Sum(SumOf),
}

/// One row of a table: reaches up to a bound, and gives a rate, an amount, or both.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The last row has none.
    pub up_to: Option<Decimal>,
    /// Whether the bound itself belongs to the row.
    pub inclusive: bool,
    pub rate: Option<Rate>,
    pub amount: Option<Money>,
}

/// Rates by two measures.
#[derive(Debug, Clone, Copy)]
pub struct Matrix {
    pub rows_by: Rows,
    /// Upper bounds, inclusive, of all rows but the last.
    pub rows: &'static [Decimal],
    pub columns_by: Rows,
    pub columns: &'static [Decimal],
    /// Row after row.
    pub rates: &'static [Rate],
}
