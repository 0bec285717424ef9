//! A figure together with what it is made of, so that a search can tell what lies between two values it has tried.

use super::TargetFigure;
use crate::FinanceError;
use crate::deal::column::{Column, FinanceTerms};
use crate::deal::input::DealInput;
use crate::deal::limits::MOST_MONEY;
use crate::deal::output::{ColumnResult, Common, FeeLine, Figures, LeaseFigures};
use crate::decimal::{add, div, mul, pow, sub};
use autolytiq_money::{Money, Rate};
use autolytiq_tax::{Due, TaxLine};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A figure in cents, and its parts.
///
/// Prices, credits, fees and each line of tax go one way as long as one value goes one way: each is a product rounded, a band, a
/// floor or a cap. Their sum need not, because some rise where others fall and each is rounded by itself; but it cannot lie
/// further out than all of them at their own ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sample {
    pub(super) value: i64,
    /// What the figure is a sum of.
    own: Vec<i64>,
    /// What the principal or the capitalised cost behind it is a sum of.
    behind: Vec<i64>,
    /// Cents of the figure for a cent of that.
    lever: i64,
    /// Which lines there are: parts of different lines cannot be compared.
    shape: u64,
    /// How far roundings that add up over a term can throw the figure off the line that it follows, in cents, both ways together.
    wander: i64,
}

impl Sample {
    /// A figure that goes one way.
    #[cfg(test)]
    pub(super) const fn plain(value: i64) -> Self {
        Self { value, own: Vec::new(), behind: Vec::new(), lever: 0, shape: 0, wander: 0 }
    }

    /// A figure that is a sum of parts, each of which goes one way.
    #[cfg(test)]
    pub(super) fn sum(parts: &[i64]) -> Self {
        Self { own: parts.to_vec(), ..Self::plain(parts.iter().sum()) }
    }

    /// A figure from which nothing follows for its neighbours.
    pub(super) fn alone(mut self, place: i64) -> Self {
        self.shape = place.unsigned_abs();
        self
    }

    /// The least and the most that the figure can be between two samples; none where nothing can be said.
    pub(super) fn between(&self, other: &Self) -> Option<(i64, i64)> {
        if self.shape != other.shape {
            return None;
        }
        let beyond = beyond(&self.own, &other.own)
            .saturating_add(beyond(&self.behind, &other.behind).saturating_mul(self.lever))
            .saturating_add(self.wander.max(other.wander));
        let (low, high) = (self.value.min(other.value), self.value.max(other.value));
        Some((low.saturating_sub(beyond), high.saturating_add(beyond)))
    }
}

/// How far a sum can go beyond its values at two places, each of its parts going one way between them: that which rises against
/// that which falls, the smaller of both.
fn beyond(here: &[i64], there: &[i64]) -> i64 {
    let (mut up, mut down) = (0_i64, 0_i64);
    for (here, there) in here.iter().zip(there) {
        let change = there.saturating_sub(*here);
        if change > 0 { up = up.saturating_add(change) } else { down = down.saturating_sub(change) }
    }
    up.min(down)
}

/// The samples of one figure of one column.
pub(super) fn of(
    input: &DealInput,
    terms: Option<&Column>,
    column: &ColumnResult,
    figure: TargetFigure,
    value: Money,
) -> Sample {
    let mut parts = Parts::default();
    let lever = match figure {
        TargetFigure::Payment | TargetFigure::DueAtSigning => 1,
        // All interest of the longest loan at a high rate is less than four times its principal.
        TargetFigure::TotalGross => 4,
        TargetFigure::FrontGross => 0,
    };
    let mut wander = 0;
    match &column.figures {
        _ if figure == TargetFigure::FrontGross => {}
        Figures::Cash(cash) => parts.sale(&cash.common, column, |parts| &mut parts.own),
        Figures::Finance(_) if figure == TargetFigure::DueAtSigning => {}
        Figures::Finance(loan) => parts.sale(&loan.common, column, |parts| &mut parts.behind),
        Figures::Lease(lease) => {
            parts.capitalized(lease, column);
            match figure {
                TargetFigure::Payment => parts.payment(lease, column),
                TargetFigure::DueAtSigning => parts.signing(lease, column),
                TargetFigure::FrontGross | TargetFigure::TotalGross => {}
            }
            // A tax may stand on the rent, which is all payments, rounded, less the depreciation.
            if !column.tax.capitalized.is_zero() || !column.tax.at_signing.is_zero() {
                wander = i64::from(lease.term_months) / 10 + 1;
            }
        }
    }
    if figure == TargetFigure::TotalGross
        && let Some(gross) = column.gross
    {
        parts.own = vec![gross.front.cents(), gross.reserve.cents()];
        // Beyond what decimals hold nothing can be said.
        wander = reserve_wanders(input, terms, column).unwrap_or(MOST_MONEY.cents());
    }
    let Parts { own, behind, shape } = parts;
    Sample { value: value.cents(), own, behind, lever, shape: shape.finish(), wander }
}

#[derive(Default)]
struct Parts {
    own: Vec<i64>,
    behind: Vec<i64>,
    shape: DefaultHasher,
}

impl Parts {
    /// What is owed of a sale, less what the customer brings.
    fn sale(&mut self, common: &Common, column: &ColumnResult, group: impl Fn(&mut Self) -> &mut Vec<i64>) {
        group(self).extend([
            common.price.cents(),
            common.negative_equity.cents(),
            -common.rebates.cents(),
            -common.net_trade.cents(),
            -common.cash_down.cents(),
        ]);
        self.fees(column, |_| true, &group);
        self.taxes(column, |_| true, &group);
    }

    /// The fees that the store collects, those of them that are wanted.
    fn fees(
        &mut self,
        column: &ColumnResult,
        wanted: impl Fn(&FeeLine) -> bool,
        group: impl Fn(&mut Self) -> &mut Vec<i64>,
    ) {
        for fee in column.fees.iter().filter(|fee| fee.due != Due::BuyerToCounty && wanted(fee)) {
            fee.code.hash(&mut self.shape);
            group(self).push(fee.amount.cents());
        }
    }

    /// The taxes that are due at the start, those of them that are wanted.
    fn taxes(
        &mut self,
        column: &ColumnResult,
        wanted: impl Fn(&TaxLine) -> bool,
        group: impl Fn(&mut Self) -> &mut Vec<i64>,
    ) {
        for line in column.tax.lines.iter().filter(|line| matches!(line.due, Due::Signing | Due::Lessor)) {
            if wanted(line) {
                line.id.hash(&mut self.shape);
                group(self).push(line.amount.cents());
            }
        }
    }

    /// The capitalised cost of a lease.
    fn capitalized(&mut self, lease: &LeaseFigures, column: &ColumnResult) {
        let common = &lease.common;
        self.behind.extend([
            common.price.cents(),
            common.negative_equity.cents(),
            -common.rebates.cents(),
            -common.net_trade.cents(),
            -common.cash_down.cents(),
        ]);
        self.fees(column, |fee| fee.capitalized == Some(true), |parts| &mut parts.behind);
        self.taxes(column, |line| line.capitalized, |parts| &mut parts.behind);
    }

    /// A payment of a lease with its taxes.
    fn payment(&mut self, lease: &LeaseFigures, column: &ColumnResult) {
        self.own.push(lease.base_payment.cents());
        for line in column.tax.lines.iter().filter(|line| line.due == Due::Payment) {
            line.id.hash(&mut self.shape);
            for run in &line.payments {
                (run.first, run.count).hash(&mut self.shape);
                self.own.push(run.amount.cents());
            }
        }
    }

    /// What is due at the signing of a lease.
    fn signing(&mut self, lease: &LeaseFigures, column: &ColumnResult) {
        self.payment(lease, column);
        for item in lease.signing.iter().filter(|item| item.code != "firstPayment" && item.code != "upfrontTax") {
            item.code.hash(&mut self.shape);
            self.own.push(item.amount.cents());
        }
        self.taxes(column, |line| !line.capitalized, |parts| &mut parts.own);
    }
}

/// How far the roundings of payments and interest can throw the reserve off, both ways together, in cents. Half a cent of each
/// rounding bears interest to the end of the term; of a lease it is once in every payment.
fn reserve_wanders(input: &DealInput, terms: Option<&Column>, column: &ColumnResult) -> Result<i64, FinanceError> {
    let program = input.costs.as_ref().and_then(|costs| costs.reserve.as_ref());
    if program.is_some_and(|program| program.flat.is_some()) {
        return Ok(0);
    }
    let of_both = |share: Option<Rate>, cents: Decimal| -> Result<i64, FinanceError> {
        let cents = mul(cents, share.unwrap_or_default().to_decimal())?;
        Ok(cents.ceil().to_i64().map_or(i64::MAX, |cents| cents.saturating_add(1)))
    };
    match (terms, &column.figures) {
        (Some(Column::Finance(terms)), Figures::Finance(loan)) if loan.principal.is_positive() => {
            let Some(buy) = terms.buy_rate else { return Ok(0) };
            of_both(terms.reserve_share, mul(add(grown(terms, terms.rate)?, grown(terms, buy)?)?, Decimal::TWO)?)
        }
        (Some(Column::Lease(terms)), Figures::Lease(_)) if terms.buy_money_factor.is_some() => {
            of_both(terms.reserve_share, Decimal::from(terms.term_months) * Decimal::TWO)
        }
        _ => Ok(0),
    }
}

/// What a cent with every payment comes to at the end of the term: `((1 + i)^n − 1) ÷ i`.
fn grown(terms: &FinanceTerms, rate: Rate) -> Result<Decimal, FinanceError> {
    let payments = terms.plan.count(terms.term_months);
    let (numerator, denominator) = terms.plan.frequency.unit().per_year();
    let i = div(mul(rate.to_decimal(), Decimal::from(denominator))?, Decimal::from(numerator))?;
    if i.is_zero() {
        return Ok(Decimal::from(payments));
    }
    div(sub(pow(add(Decimal::ONE, i)?, payments.into())?, Decimal::ONE)?, i)
}
