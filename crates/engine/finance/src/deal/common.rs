//! What every column shares: the sums of the lists, the trade's equity, and the view of the deal that tax rules get.

use super::input::{DealInput, Rebate, Trade};
use super::notices::Notices;
use super::output::Common;
use crate::FinanceError;
use crate::trace::{Input, Step, Trace, Value};
use autolytiq_money::Money;
use autolytiq_tax::{
    Amounts, DealKind, Facts, FeeAmount, JurisdictionVersion, ProductKind, RebateKind, ResolvedRates, TradeAmount,
};

/// One column at work.
pub(super) struct Work<'a> {
    pub(super) input: &'a DealInput,
    pub(super) rules: &'static JurisdictionVersion,
    pub(super) rates: &'a ResolvedRates,
    pub(super) sums: &'a Sums,
    /// Position of the column, for pointers.
    pub(super) index: usize,
    pub(super) notices: &'a mut Notices,
    pub(super) depth: Depth,
}

/// How much of a column is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Everything, with a step for each figure.
    Explained,
    /// The same figures without their steps, and without the annual percentage rate, on which no other figure stands.
    Figures,
}

/// The sums of a deal's lists, made once for all columns.
pub(super) struct Sums {
    /// With no fees beside the documentation fee yet, and the deal's own cash down.
    pub(super) common: Common,
    products: [Money; ProductKind::COUNT],
    rebates: [Money; RebateKind::COUNT],
    trades: Vec<TradeAmount>,
}

impl Sums {
    pub(super) fn of(input: &DealInput) -> Result<Self, FinanceError> {
        let mut products = [Money::ZERO; ProductKind::COUNT];
        for product in &input.products {
            add_to(&mut products, product.kind.index(), product.price)?;
        }
        let mut rebates = [Money::ZERO; RebateKind::COUNT];
        let mut paid_now = Money::ZERO;
        for rebate in &input.rebates {
            add_to(&mut rebates, rebate.kind.index(), rebate.amount)?;
            if reduces_balance(rebate.kind) {
                paid_now = paid_now.try_add(rebate.amount)?;
            }
        }
        let allowance = Money::try_sum(input.trades.iter().map(|t| t.allowance))?;
        let mut trades = Vec::with_capacity(input.trades.len());
        for trade in &input.trades {
            trades.push(trade_amount(trade, trade.payoff_on(input.deal_date)?));
        }
        let payoff = Money::try_sum(trades.iter().map(|t| t.payoff))?;
        let common = Common {
            price: input.price,
            accessories: Money::try_sum(input.accessories.iter().map(|a| a.price))?,
            rebates: paid_now,
            products: Money::try_sum(products)?,
            doc_fee: input.doc_fee,
            fees: Money::ZERO,
            trade_allowance: allowance,
            trade_payoff: payoff,
            net_trade: allowance.try_sub(payoff)?.or_zero(),
            negative_equity: payoff.try_sub(allowance)?.or_zero(),
            cash_down: input.cash_down,
        };
        Ok(Self { common, products, rebates, trades })
    }

    /// The rebates that somebody pays to the seller or lessor at the sale. A discount is paid by nobody.
    pub(super) fn rebates_received(&self) -> Money {
        self.rebates.get(RebateKind::Manufacturer.index()).copied().unwrap_or_default()
    }

    /// What can be said about the deal before any column is computed.
    pub(super) fn notices(&self, input: &DealInput, notices: &mut Notices) {
        if let Some(index) = input.rebates.iter().position(|r| !reduces_balance(r.kind) && !r.amount.is_zero()) {
            let detail = "this rebate reaches the buyer after the sale and does not reduce what is paid now";
            notices.info("rebate-paid-later", detail, format!("/rebates/{index}"));
        }
        for (index, trade) in input.trades.iter().enumerate() {
            let days = trade.days_over(input.deal_date);
            if days == 0 || trade.payoff.is_zero() {
                continue;
            }
            let pointer = format!("/trades/{index}/goodThrough");
            if trade.per_diem.is_zero() {
                let detail = "the payoff is no longer good, and without its per-diem it is taken as it stands";
                notices.warn("payoff-expired", detail, pointer);
            } else {
                let detail = format!("{days} days at {} are added to the payoff since it was good", trade.per_diem);
                notices.info("payoff-expired", detail, pointer);
            }
        }
        for (index, rebate) in input.rebates.iter().enumerate() {
            for other in input.rebates.iter().take(index).filter(|other| excludes(rebate, other)) {
                let detail =
                    format!("\u{201c}{}\u{201d} may not be combined with \u{201c}{}\u{201d}", rebate.name, other.name);
                notices.warn("rebates-incompatible", detail, format!("/rebates/{index}"));
            }
        }
        if self.common.trade_allowance > self.common.price {
            notices.info("trade-above-price", "the trade is worth more than the vehicle sold", "/trades");
        }
        if input.costs.is_some() {
            if let Some(index) = input.trades.iter().position(|t| t.acv.is_none()) {
                let detail = "without the trade's actual cash value no over-allowance is taken off the front gross";
                notices.info("acv-missing", detail, format!("/trades/{index}/acv"));
            }
            if let Some(index) = input.products.iter().position(|p| p.cost.is_none()) {
                let detail = "without its cost this product is left out of the back gross";
                notices.info("cost-missing", detail, format!("/products/{index}/cost"));
            }
            if let Some(index) = input.accessories.iter().position(|a| a.cost.is_none()) {
                let detail = "without its cost this accessory is left out of the front gross";
                notices.info("cost-missing", detail, format!("/accessories/{index}/cost"));
            }
        }
    }
}

/// Whether two rebates may not be combined: either names the other.
pub(crate) fn excludes(one: &Rebate, other: &Rebate) -> bool {
    one.excludes.contains(&other.name) || other.excludes.contains(&one.name)
}

/// Whether a rebate is paid at the sale, to the store, so that the customer brings that much less.
pub(crate) const fn reduces_balance(kind: RebateKind) -> bool {
    match kind {
        RebateKind::Manufacturer | RebateKind::Dealer | RebateKind::DealerIncentive => true,
        RebateKind::ManufacturerLater | RebateKind::ManufacturerGuaranteed => false,
    }
}

fn add_to(sums: &mut [Money], index: usize, amount: Money) -> Result<(), FinanceError> {
    if let Some(sum) = sums.get_mut(index) {
        *sum = sum.try_add(amount)?;
    }
    Ok(())
}

const fn trade_amount(trade: &Trade, payoff: Money) -> TradeAmount {
    TradeAmount {
        allowance: trade.allowance,
        payoff,
        leased: trade.leased,
        class: trade.class,
        taxed_here: trade.taxed_here,
    }
}

impl<'a> Work<'a> {
    /// The deal as the tax rules see it.
    pub(super) fn facts(&self, deal: DealKind, term_months: Option<u16>, fees: &'a [FeeAmount<'a>]) -> Facts<'a> {
        let input = self.input;
        Facts {
            date: input.deal_date,
            deal,
            occasion: input.occasion,
            seller: input.seller,
            seller_financed: false,
            lien: deal == DealKind::Finance,
            vehicle: &input.vehicle,
            buyer: &input.buyer,
            dealer_place: &input.dealer_place,
            buyer_place: &input.buyer_place,
            garaging_place: input.garaging_place.as_ref().unwrap_or(&input.buyer_place),
            elections: &input.elections,
            term_months,
            amounts: Amounts {
                price: input.price,
                accessories: self.sums.common.accessories,
                doc_fee: input.doc_fee,
                fees,
                products: self.sums.products,
                rebates: self.sums.rebates,
                trades: &self.sums.trades,
            },
            lease: None,
            amount_financed: None,
        }
    }

    /// The trace that this depth asks for.
    pub(super) fn trace(&self, steps: usize) -> Trace {
        match self.depth {
            Depth::Explained => Trace::with_capacity(steps),
            Depth::Figures => Trace::off(),
        }
    }

    /// A pointer to a field of this column.
    pub(super) fn pointer(&self, field: &str) -> String {
        format!("/columns/{}/{field}", self.index)
    }

    /// Steps of the figures that stand before any tax.
    pub(super) fn trace_common(&self, trace: &mut Trace, common: &Common) {
        if trace.is_off() {
            return;
        }
        let input = self.input;
        trace.add("price", Step::entered("figure.price", common.price));
        let accessories = input.accessories.iter().map(|a| Input::given(a.name.clone(), a.price)).collect();
        trace.add(
            "accessories",
            Step::of("figure.accessories", common.accessories, "sum of the accessories", accessories),
        );
        let products = input.products.iter().map(|p| Input::given(p.name.clone(), p.price)).collect();
        trace.add("products", Step::of("figure.products", common.products, "sum of the products", products));
        let rebates = input.rebates.iter().filter(|r| reduces_balance(r.kind));
        let rebates = rebates.map(|r| Input::given(r.name.clone(), r.amount)).collect();
        trace
            .add("rebates", Step::of("figure.rebates", common.rebates, "sum of the rebates paid at the sale", rebates));
        trace.add("docFee", Step::entered("figure.docFee", common.doc_fee));
        let allowances = input.trades.iter().map(|t| Input::given(t.description.clone(), t.allowance)).collect();
        let step =
            Step::of("figure.tradeAllowance", common.trade_allowance, "sum of the trades' allowances", allowances);
        trace.add("tradeAllowance", step);
        let mut payoffs = Vec::with_capacity(input.trades.len());
        for (trade, amount) in input.trades.iter().zip(&self.sums.trades) {
            payoffs.push(Input::given(trade.description.clone(), amount.payoff));
            if amount.payoff != trade.payoff {
                payoffs.push(Input::given("payoff", trade.payoff));
                payoffs.push(Input::given("days", Value::Count(trade.days_over(input.deal_date))));
                payoffs.push(Input::given("perDiem", trade.per_diem));
            }
        }
        let step = Step::of("figure.tradePayoff", common.trade_payoff, "sum of the trades' payoffs", payoffs);
        trace.add("tradePayoff", step);
        let both = || {
            vec![
                Input::figure("tradeAllowance", common.trade_allowance),
                Input::figure("tradePayoff", common.trade_payoff),
            ]
        };
        let step =
            Step::of("figure.netTrade", common.net_trade, "tradeAllowance − tradePayoff, not below zero", both());
        trace.add("netTrade", step);
        let formula = "tradePayoff − tradeAllowance, not below zero";
        trace.add("negativeEquity", Step::of("figure.negativeEquity", common.negative_equity, formula, both()));
        trace.add("cashDown", Step::entered("figure.cashDown", common.cash_down));
    }
}
