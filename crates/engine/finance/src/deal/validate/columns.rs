//! The limits of the columns: terms, rates, a lease's options, a loan's plan.

use super::Check;
use crate::deal::column::{Column, FinanceTerms, LeaseTerms, Residual};
use crate::deal::input::DealInput;
use crate::deal::limits::{
    MOST_DAYS_TO_FIRST, MOST_DEPOSITS, MOST_ITEMS, MOST_LEASE_MONTHS, MOST_LOAN_MONTHS, MOST_MILES, MOST_MONEY_FACTOR,
    MOST_RATE, MOST_REBATES,
};
use crate::error::token;
use autolytiq_money::Rate;
use jiff::civil::Date;
use std::fmt::Display;

impl Check {
    pub(super) fn column(&mut self, input: &DealInput, index: usize, column: &Column) {
        let at = format_args_column(index);
        self.code(column.id(), at("id"));
        if input.columns.iter().take(index).any(|earlier| earlier.id() == column.id()) {
            self.fault(at("id"), "duplicate-id", "another column has this id already");
        }
        match column {
            Column::Cash(_) => {}
            Column::Finance(terms) => {
                self.rate(terms.rate, MOST_RATE, at("rate"));
                self.term(terms.term_months, MOST_LOAN_MONTHS, at("termMonths"));
                self.money(terms.prepaid_finance_charge, at("prepaidFinanceCharge"));
                self.some_money(terms.cash_down, at("cashDown"));
                self.plan(input.deal_date, terms, index);
                if let Some(rate) = terms.buy_rate {
                    self.rate(rate, MOST_RATE, at("buyRate"));
                }
                if let Some(share) = terms.reserve_share {
                    self.rate(share, Rate::ONE, at("reserveShare"));
                }
            }
            Column::Lease(terms) => {
                self.rate(terms.money_factor, MOST_MONEY_FACTOR, at("moneyFactor"));
                self.term(terms.term_months, MOST_LEASE_MONTHS, at("termMonths"));
                self.money(terms.acquisition_fee, at("acquisitionFee"));
                self.money(terms.disposition_fee, at("dispositionFee"));
                self.money(terms.security_deposit, at("securityDeposit"));
                self.some_money(terms.cash_down, at("cashDown"));
                if let Some(factor) = terms.buy_money_factor {
                    self.rate(factor, MOST_MONEY_FACTOR, at("buyMoneyFactor"));
                }
                if let Some(share) = terms.reserve_share {
                    self.rate(share, Rate::ONE, at("reserveShare"));
                }
                self.lease_options(input, terms, &at);
                self.capitalize(input, terms, index);
                match terms.residual {
                    Residual::Amount(amount) => self.money(amount, at("residual/amount")),
                    Residual::Percent(part) => {
                        self.rate(part, Rate::ONE, at("residual/percent"));
                        if input.vehicle.msrp.is_none() {
                            let detail = "a residual in percent needs the vehicle's MSRP";
                            self.fault("/vehicle/msrp", "fact-missing", detail);
                        }
                    }
                }
            }
        }
    }

    fn capitalize(&mut self, input: &DealInput, terms: &LeaseTerms, index: usize) {
        let choice = &terms.capitalize;
        let lists =
            [("eachFee", &choice.each_fee), ("eachProduct", &choice.each_product), ("eachTax", &choice.each_tax)];
        for (name, each) in lists {
            self.count(each.len(), MOST_ITEMS, format_args!("/columns/{index}/capitalize/{name}"));
        }
        for name in choice.each_product.keys().take(MOST_ITEMS) {
            if !input.products.iter().any(|product| product.name == *name) {
                let pointer = format!("/columns/{index}/capitalize/eachProduct/{}", token(name));
                self.fault(pointer, "unknown-product", "no product of the deal has this name");
            }
        }
    }

    fn lease_options(&mut self, input: &DealInput, terms: &LeaseTerms, at: &impl Fn(&'static str) -> ColumnPointer) {
        let options = terms.options;
        let most = if options.single_payment { 1 } else { terms.term_months.max(1) };
        if options.advance_payments == 0 || options.advance_payments > most {
            let detail = format!("1 to {most} payments can be made at signing");
            self.fault(at("options/advancePayments"), "number-out-of-range", detail);
        }
        if let Some(deposits) = options.multiple_deposits {
            if deposits.count == 0 || deposits.count > MOST_DEPOSITS {
                let detail = format!("1 to {MOST_DEPOSITS} deposits can be made");
                self.fault(at("options/multipleDeposits/count"), "number-out-of-range", detail);
            }
            self.rate(deposits.step, MOST_MONEY_FACTOR, at("options/multipleDeposits/step"));
            self.money(deposits.round_to, at("options/multipleDeposits/roundTo"));
        }
        let points = options.residual_points.units().saturating_abs();
        self.rate(Rate::from_units(points), Rate::ONE, at("options/residualPoints"));
        if points != 0 && matches!(terms.residual, Residual::Amount(_)) && input.vehicle.msrp.is_none() {
            self.fault("/vehicle/msrp", "fact-missing", "points of the residual need the vehicle's MSRP");
        }
        if let Some(program) = options.mileage {
            self.money(program.per_mile, at("options/mileage/perMile"));
            if program.program_miles > MOST_MILES {
                let detail = format!("at most {MOST_MILES} miles a year");
                self.fault(at("options/mileage/programMiles"), "number-out-of-range", detail);
            }
            match terms.annual_miles {
                Some(miles) if miles <= MOST_MILES => {}
                Some(_) => {
                    self.fault(at("annualMiles"), "number-out-of-range", format!("at most {MOST_MILES} miles a year"));
                }
                None => {
                    self.fault(at("annualMiles"), "fact-missing", "an adjustment by miles needs the miles a year");
                }
            }
        }
    }

    fn plan(&mut self, contract: Date, terms: &FinanceTerms, index: usize) {
        let (plan, first, term) = (&terms.plan, terms.first_payment, terms.term_months);
        if first.is_some_and(|first| !plan.reaches(contract, first, term)) {
            let detail = format!("the first payment must fall 1 to {MOST_DAYS_TO_FIRST} days after the deal date");
            return self.fault(format_args!("/columns/{index}/firstPayment"), "date-out-of-range", detail);
        }
        if term == 0 || term > MOST_LOAN_MONTHS {
            return;
        }
        if !plan.is_default() {
            plan.check(contract, first, term, &mut |field, code, detail| {
                self.fault(format_args!("/columns/{index}/plan{field}"), code, detail);
            });
        }
        if terms.deferred_down.is_empty() {
            return;
        }
        self.count(terms.deferred_down.len(), MOST_REBATES, format_args!("/columns/{index}/deferredDown"));
        let due = plan.due(contract, first, term).ok();
        let second = due.and_then(|due| due.nth(1.min(plan.count(term).saturating_sub(1))).ok());
        for (i, part) in terms.deferred_down.iter().take(MOST_REBATES).enumerate() {
            self.money(part.amount, format_args!("/columns/{index}/deferredDown/{i}/amount"));
            if part.date <= contract || second.is_none_or(|second| part.date > second) {
                let detail = "a deferred part of the down payment falls after the deal date and not after the second due date (12 CFR 1026.2(a)(18)); later ones are payments of the loan";
                self.fault(format_args!("/columns/{index}/deferredDown/{i}/date"), "date-out-of-range", detail);
            }
        }
    }
}

/// Pointers into one column, spelled out only when they are needed.
fn format_args_column(index: usize) -> impl Fn(&'static str) -> ColumnPointer {
    move |field| ColumnPointer { index, field }
}

struct ColumnPointer {
    index: usize,
    field: &'static str,
}

impl Display for ColumnPointer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "/columns/{}/{}", self.index, self.field)
    }
}
