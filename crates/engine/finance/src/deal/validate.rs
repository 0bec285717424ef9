//! Holds an input against its limits before anything is computed, and reports every fault at once with its field.

mod columns;
mod rates;

pub use rates::validate_rates;

use super::input::{DealInput, PayPlan, PayTier};
use super::limits::{
    MOST_CODE, MOST_COLUMNS, MOST_ITEMS, MOST_MONEY, MOST_RATE, MOST_REBATES, MOST_TEXT, MOST_TIERS, MOST_TRADES,
    MOST_UNITS, STATES,
};
use crate::{CalcError, FieldError};
use autolytiq_calendar::supported;
use autolytiq_money::{Money, Rate};
use autolytiq_tax::Place;
use jiff::civil::Date;
use std::fmt::Display;

/// Checks everything that can be checked without tax rules.
///
/// # Errors
/// All faults found, each with pointer, code and a sentence.
pub fn validate(input: &DealInput) -> Result<(), CalcError> {
    let mut check = Check { faults: Vec::new() };
    check.date(input.deal_date, "/dealDate");
    check.deal(input);
    check.lists(input);
    check.parties(input);
    if input.columns.is_empty() {
        check.fault("/columns", "no-columns", "a deal needs at least one column");
    }
    check.count(input.columns.len(), MOST_COLUMNS, "/columns");
    for (index, column) in input.columns.iter().take(MOST_COLUMNS).enumerate() {
        check.column(input, index, column);
    }
    if check.faults.is_empty() { Ok(()) } else { Err(CalcError { errors: check.faults }) }
}

/// A pointer is only spelled out for a fault, so checking a good input allocates nothing.
struct Check {
    faults: Vec<FieldError>,
}

impl Check {
    fn fault(&mut self, pointer: impl Display, code: &'static str, detail: impl Into<std::borrow::Cow<'static, str>>) {
        self.faults.push(FieldError::new(pointer.to_string(), code, detail));
    }

    fn money(&mut self, amount: Money, pointer: impl Display) {
        if amount.is_negative() || amount > MOST_MONEY {
            self.fault(pointer, "amount-out-of-range", "the amount must lie between 0.00 and 10000000.00");
        }
    }

    fn some_money(&mut self, amount: Option<Money>, pointer: impl Display) {
        if let Some(amount) = amount {
            self.money(amount, pointer);
        }
    }

    fn rate(&mut self, rate: Rate, most: Rate, pointer: impl Display) {
        if rate.is_negative() || rate > most {
            self.fault(pointer, "rate-out-of-range", format!("the rate must lie between 0 and {most}"));
        }
    }

    fn term(&mut self, months: u16, most: u16, pointer: impl Display) {
        if months == 0 || months > most {
            self.fault(pointer, "term-out-of-range", format!("the term must lie between 1 and {most} months"));
        }
    }

    fn text(&mut self, text: &str, most: usize, pointer: impl Display) {
        // Bytes first: a text short in bytes is short in characters.
        if text.len() > most && text.chars().nth(most).is_some() {
            self.fault(pointer, "text-too-long", format!("at most {most} characters are allowed"));
        }
    }

    fn code(&mut self, text: &str, pointer: impl Display) {
        if text.trim().is_empty() {
            self.fault(&pointer, "empty", "this must not be empty");
        }
        self.text(text, MOST_CODE, pointer);
    }

    fn count(&mut self, items: usize, most: usize, pointer: impl Display) {
        if items > most {
            self.fault(pointer, "too-many-items", format!("at most {most} entries are allowed"));
        }
    }

    fn date(&mut self, date: Date, pointer: &str) {
        if let Err(error) = supported(date) {
            self.fault(pointer, "date-out-of-range", error.to_string());
        }
    }

    fn place(&mut self, place: &Place, pointer: &str) {
        if !STATES.contains(&place.state.as_str()) {
            let detail = "this is not the two-letter postal code of a state";
            self.fault(format_args!("{pointer}/state"), "unknown-state", detail);
        }
        let texts =
            [("county", &place.county), ("city", &place.city), ("zip", &place.zip), ("district", &place.district)];
        for (name, text) in texts {
            if let Some(text) = text {
                self.text(text, MOST_TEXT, format_args!("{pointer}/{name}"));
            }
        }
    }

    fn deal(&mut self, input: &DealInput) {
        self.money(input.price, "/price");
        self.money(input.doc_fee, "/docFee");
        self.money(input.cash_down, "/cashDown");
        if let Some(costs) = &input.costs {
            self.money(costs.vehicle, "/costs/vehicle");
            self.money(costs.pack, "/costs/pack");
            self.money(costs.holdback, "/costs/holdback");
            self.money(costs.charge_backs, "/costs/chargeBacks");
            if let Some(program) = &costs.reserve {
                self.money(program.fee, "/costs/reserve/fee");
                self.some_money(program.flat, "/costs/reserve/flat");
                self.some_money(program.most, "/costs/reserve/most");
                self.rate(program.most_markup.unwrap_or_default(), MOST_RATE, "/costs/reserve/mostMarkup");
            }
            if let Some(plan) = &costs.pay_plan {
                self.pay_plan(plan);
            }
        }
        if let Some(credit) = &input.credit {
            self.some_money(credit.book_value, "/credit/bookValue");
            self.some_money(credit.monthly_income, "/credit/monthlyIncome");
            self.money(credit.monthly_debts, "/credit/monthlyDebts");
        }
        self.count(input.elections.len(), MOST_ITEMS, "/elections");
        for (name, option) in &input.elections {
            if name.len() > MOST_TEXT || option.len() > MOST_TEXT {
                self.fault("/elections", "text-too-long", format!("at most {MOST_TEXT} characters are allowed"));
            }
        }
    }

    fn pay_plan(&mut self, plan: &PayPlan) {
        self.money(plan.mini, "/costs/payPlan/mini");
        self.money(plan.pack, "/costs/payPlan/pack");
        self.money(plan.unit_bonus, "/costs/payPlan/unitBonus");
        self.money(plan.spiffs, "/costs/payPlan/spiffs");
        self.rate(plan.rate, Rate::ONE, "/costs/payPlan/rate");
        self.rate(plan.split, Rate::ONE, "/costs/payPlan/split");
        self.units(plan.units, 0, "/costs/payPlan/units");
        self.tiers(&plan.tiers, "/costs/payPlan/tiers");
        if let Some(back) = &plan.back {
            self.money(back.mini, "/costs/payPlan/back/mini");
            self.money(back.pack, "/costs/payPlan/back/pack");
            self.money(back.flat, "/costs/payPlan/back/flat");
            self.rate(back.rate, Rate::ONE, "/costs/payPlan/back/rate");
            self.tiers(&back.tiers, "/costs/payPlan/back/tiers");
        }
    }

    fn units(&mut self, units: u16, least: u16, pointer: impl Display) {
        if !(least..=MOST_UNITS).contains(&units) {
            let detail = format!("the number of units must lie between {least} and {MOST_UNITS}");
            self.fault(pointer, "number-out-of-range", detail);
        }
    }

    fn tiers(&mut self, tiers: &[PayTier], pointer: &str) {
        self.count(tiers.len(), MOST_TIERS, pointer);
        let mut least = 1;
        for (i, tier) in tiers.iter().take(MOST_TIERS).enumerate() {
            self.units(tier.from_units, least, format_args!("{pointer}/{i}/fromUnits"));
            self.rate(tier.rate, Rate::ONE, format_args!("{pointer}/{i}/rate"));
            self.money(tier.flat, format_args!("{pointer}/{i}/flat"));
            least = tier.from_units.saturating_add(1);
        }
    }

    fn lists(&mut self, input: &DealInput) {
        self.count(input.accessories.len(), MOST_ITEMS, "/accessories");
        for (i, accessory) in input.accessories.iter().take(MOST_ITEMS).enumerate() {
            self.text(&accessory.name, MOST_TEXT, format_args!("/accessories/{i}/name"));
            self.money(accessory.price, format_args!("/accessories/{i}/price"));
            self.some_money(accessory.cost, format_args!("/accessories/{i}/cost"));
        }
        self.count(input.fees.len(), MOST_ITEMS, "/fees");
        for (i, fee) in input.fees.iter().take(MOST_ITEMS).enumerate() {
            self.code(&fee.code, format_args!("/fees/{i}/code"));
            self.text(&fee.name, MOST_TEXT, format_args!("/fees/{i}/name"));
            self.money(fee.amount, format_args!("/fees/{i}/amount"));
            if input.fees.iter().take(i).any(|earlier| earlier.code == fee.code) {
                self.fault(format_args!("/fees/{i}/code"), "duplicate-code", "another fee has this code already");
            }
        }
        self.count(input.products.len(), MOST_ITEMS, "/products");
        for (i, product) in input.products.iter().take(MOST_ITEMS).enumerate() {
            self.text(&product.name, MOST_TEXT, format_args!("/products/{i}/name"));
            self.money(product.price, format_args!("/products/{i}/price"));
            self.some_money(product.cost, format_args!("/products/{i}/cost"));
        }
        self.count(input.rebates.len(), MOST_REBATES, "/rebates");
        for (i, rebate) in input.rebates.iter().take(MOST_REBATES).enumerate() {
            self.text(&rebate.name, MOST_TEXT, format_args!("/rebates/{i}/name"));
            self.money(rebate.amount, format_args!("/rebates/{i}/amount"));
            if rebate.excludes.len() > MOST_REBATES {
                let detail = format!("at most {MOST_REBATES} entries are allowed");
                self.fault(format_args!("/rebates/{i}/excludes"), "too-many-items", detail);
            }
            for (j, name) in rebate.excludes.iter().take(MOST_REBATES).enumerate() {
                self.text(name, MOST_TEXT, format_args!("/rebates/{i}/excludes/{j}"));
            }
        }
        self.count(input.trades.len(), MOST_TRADES, "/trades");
        for (i, trade) in input.trades.iter().take(MOST_TRADES).enumerate() {
            self.text(&trade.description, MOST_TEXT, format_args!("/trades/{i}/description"));
            self.money(trade.allowance, format_args!("/trades/{i}/allowance"));
            self.money(trade.payoff, format_args!("/trades/{i}/payoff"));
            self.some_money(trade.acv, format_args!("/trades/{i}/acv"));
            self.money(trade.per_diem, format_args!("/trades/{i}/perDiem"));
            if let Some(date) = trade.good_through {
                self.date(date, &format!("/trades/{i}/goodThrough"));
            }
        }
    }

    fn parties(&mut self, input: &DealInput) {
        self.place(&input.dealer_place, "/dealerPlace");
        self.place(&input.buyer_place, "/buyerPlace");
        if let Some(place) = &input.garaging_place {
            self.place(place, "/garagingPlace");
        }
        let vehicle = &input.vehicle;
        self.some_money(vehicle.msrp, "/vehicle/msrp");
        self.some_money(vehicle.fair_value, "/vehicle/fairValue");
        self.some_money(vehicle.assessed_value, "/vehicle/assessedValue");
        self.some_money(vehicle.guide_trade_value, "/vehicle/guideTradeValue");
        if vehicle.model_year.is_some_and(|year| !(1885..=2200).contains(&year)) {
            self.fault("/vehicle/modelYear", "year-out-of-range", "the model year must lie between 1885 and 2200");
        }
        let measures = [
            (vehicle.odometer, 10_000_000, "/vehicle/odometer"),
            (vehicle.weight_lb, 1_000_000, "/vehicle/weightLb"),
            (vehicle.gvwr_lb, 1_000_000, "/vehicle/gvwrLb"),
        ];
        for (value, most, pointer) in measures {
            if value.is_some_and(|v| v > most) {
                self.fault(pointer, "number-out-of-range", format!("the number must not be above {most}"));
            }
        }
        let buyer = &input.buyer;
        self.money(buyer.insurance_proceeds, "/buyer/insuranceProceeds");
        self.money(buyer.tax_paid_elsewhere, "/buyer/taxPaidElsewhere");
        self.some_money(buyer.home_state_tax, "/buyer/homeStateTax");
        self.some_money(buyer.private_sale.map(|sale| sale.amount), "/buyer/privateSale/amount");
        if let Some(rate) = buyer.home_state_rate {
            self.rate(rate, Rate::ONE, "/buyer/homeStateRate");
        }
        if buyer.home_state.as_deref().is_some_and(|state| !STATES.contains(&state)) {
            let detail = "this is not the two-letter postal code of a state";
            self.fault("/buyer/homeState", "unknown-state", detail);
        }
        self.count(buyer.exemptions.len(), MOST_REBATES, "/buyer/exemptions");
        for (i, exemption) in buyer.exemptions.iter().take(MOST_REBATES).enumerate() {
            self.text(exemption, MOST_TEXT, format_args!("/buyer/exemptions/{i}"));
        }
    }
}
