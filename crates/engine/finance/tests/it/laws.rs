//! Laws that hold for every deal, whatever its jurisdiction.

use crate::any_deal::{AnyDeal, any_deal};
use crate::formula;
use autolytiq_finance::deal::column::{Column, LeaseTerms};
use autolytiq_finance::deal::input::DealInput;
use autolytiq_finance::deal::output::{ColumnResult, Common, DealResult, Figures, LeaseFigures};
use autolytiq_finance::itemization::itemize;
use autolytiq_finance::trace::Value;
use autolytiq_finance::{CalcError, calculate, rules_for};
use autolytiq_money::Money;
use autolytiq_tax::{Due, TaxStep};
use proptest::prelude::*;

fn sum(amounts: impl IntoIterator<Item = Money>) -> Money {
    Money::try_sum(amounts).unwrap()
}

fn less(amount: Money, taken: Money) -> Money {
    amount.try_sub(taken).unwrap()
}

pub(crate) fn compute(deal: &AnyDeal) -> Result<DealResult, CalcError> {
    calculate(&deal.input, rules_for(&deal.input)?, &deal.rates)
}

/// How the browser's calculation answers a faulty deal.
const ERRORS: &str = "{\"errors\":[";

/// Faults that a valid input can still have by the rules of its place.
const BY_RULE: [&str; 3] = ["doc-fee-above-limit", "fact-missing", "no-solution"];

/// Lines that take tax off: what was paid to another state.
const CREDITS: [&str; 1] = ["paid_elsewhere"];

fn check_common(common: &Common, column: &ColumnResult) {
    assert!(common.net_trade.is_zero() || common.negative_equity.is_zero(), "never both");
    assert_eq!(less(common.net_trade, common.negative_equity), less(common.trade_allowance, common.trade_payoff));
    let collected = column.fees.iter().filter(|fee| fee.due != Due::BuyerToCounty).map(|fee| fee.amount);
    assert_eq!(common.fees, sum(collected));
    let by_due =
        |due: &[Due]| sum(column.tax.lines.iter().filter(|line| due.contains(&line.due)).map(|line| line.amount));
    assert_eq!(column.tax.total, by_due(&[Due::Signing, Due::Lessor, Due::Payment]));
    assert_eq!(column.tax.buyer_pays, by_due(&[Due::BuyerToCounty]));
    assert_eq!(by_due(&[Due::Signing, Due::Lessor]), sum([column.tax.at_signing, column.tax.capitalized]));
    // Neither a trade nor anything else takes a tax below nothing, and no more is credited than is taxed. Of a lease with the
    // credit in its cost the tax may end a little lower than what the credit was measured by: it lowers the payments.
    for line in column.tax.lines.iter().filter(|line| !CREDITS.contains(&line.id.as_ref())) {
        assert!(!line.amount.is_negative(), "{line:?}");
    }
    if !column.tax.capitalized.is_negative() {
        assert!(!sum([column.tax.total, column.tax.buyer_pays]).is_negative(), "{:?}", column.tax);
    }
    if let Some(gross) = column.gross {
        assert_eq!(gross.total, sum([gross.front, gross.back]));
    }
}

/// What the customer owes before rebates, trade and cash.
fn owed(common: &Common, tax: Money) -> Money {
    sum([common.price, common.accessories, common.products, common.doc_fee, common.fees, common.negative_equity, tax])
}

fn brought(common: &Common) -> Money {
    sum([common.rebates, common.net_trade, common.cash_down])
}

fn check_figures(input: &DealInput, column: &ColumnResult) {
    match &column.figures {
        Figures::Cash(cash) => {
            check_common(&cash.common, column);
            assert_eq!(cash.total_price, owed(&cash.common, column.tax.total));
            assert_eq!(cash.balance_due, less(cash.total_price, brought(&cash.common)));
        }
        Figures::Finance(loan) => {
            check_common(&loan.common, column);
            assert_eq!(loan.total_price, owed(&loan.common, column.tax.total));
            assert_eq!(loan.principal, less(loan.total_price, brought(&loan.common)));
            assert_eq!(loan.total_sale_price, sum([loan.total_price, loan.finance_charge]));
            let items = itemize(input, column).unwrap().unwrap();
            let charges = sum([items.cash_price, items.other_charges]);
            let less_own = less(less(charges, items.down_payment), items.prepaid_finance_charge);
            assert_eq!(less_own, loan.amount_financed, "{items:?}");
            if loan.principal.is_positive() {
                assert_eq!(loan.amount_financed, less(loan.principal, loan.prepaid_finance_charge));
                assert_eq!(loan.finance_charge, less(loan.total_of_payments, loan.amount_financed));
                assert!(!loan.payment.is_negative() && !loan.final_payment.is_negative());
            } else {
                assert_eq!((loan.payment, loan.total_of_payments, loan.apr), (Money::ZERO, Money::ZERO, None));
            }
        }
        Figures::Lease(lease) => {
            check_common(&lease.common, column);
            assert_eq!(lease.adjusted_cap_cost, less(lease.gross_cap_cost, lease.cap_cost_reduction));
            assert_eq!(lease.cap_cost_reduction, brought(&lease.common));
            assert_eq!(lease.depreciation, less(lease.adjusted_cap_cost, lease.residual));
            let payments = lease.payment_count.unwrap_or(lease.term_months);
            let base = lease.base_payment.times_count(payments.into()).unwrap();
            assert_eq!(base, sum([lease.depreciation, lease.rent_charge]), "the identity of Regulation M");
            assert_eq!(lease.payment, sum([lease.base_payment, lease.payment_tax]));
            assert_eq!(lease.due_at_signing, sum(lease.signing.iter().map(|item| item.amount)));
            // Every charge is either capitalised or paid at signing, and never both.
            let common = &lease.common;
            let charges = sum([
                lease.acquisition_fee,
                common.doc_fee,
                common.fees,
                common.products,
                column.tax.capitalized,
                column.tax.at_signing,
            ]);
            let body = sum([common.price, common.accessories, common.negative_equity]);
            check_each_charge_once(input, column, lease, body);
            let first = lease.payments.first().unwrap().amount;
            let advance = lease.signing.iter().find(|item| item.code == "advancePayments");
            let advance = advance.map_or(Money::ZERO, |item| item.amount);
            let not_charges = sum([first, advance, common.cash_down, lease.security_deposit]);
            let at_signing = less(lease.due_at_signing, not_charges);
            assert_eq!(sum([lease.gross_cap_cost, at_signing]), sum([body, charges]));
            // The runs cover the term without a gap, and carry all tax due with payments.
            let mut next = 1;
            for run in &lease.payments {
                assert_eq!(run.first, next);
                next += run.count;
            }
            assert_eq!(next, payments + 1);
            let with_tax = sum(lease.payments.iter().map(|run| run.amount.times_count(run.count.into()).unwrap()));
            let taxes = sum(column.tax.lines.iter().filter(|line| line.due == Due::Payment).map(|line| line.amount));
            assert_eq!(with_tax, sum([base, taxes]));
            let later = less(with_tax, sum([first, advance]));
            let credits = sum([common.rebates, common.net_trade]);
            let at_signing = less(sum([lease.due_at_signing, credits]), lease.security_deposit);
            let total = sum([at_signing, later, lease.disposition_fee]);
            assert_eq!(lease.total_of_payments, total);
        }
    }
}

/// Each fee, each product and each tax is where the column's terms put it, and nowhere else.
fn check_each_charge_once(input: &DealInput, column: &ColumnResult, lease: &LeaseFigures, body: Money) {
    let terms = input.columns.iter().find(|terms| terms.id() == column.id);
    let Some(Column::Lease(LeaseTerms { capitalize, .. })) = terms else { panic!("no terms") };
    let (mut inside, mut at_signing) = (vec![body], Vec::new());
    let mut put =
        |amount: Money, capitalized: bool| if capitalized { &mut inside } else { &mut at_signing }.push(amount);
    put(lease.acquisition_fee, capitalize.acquisition_fee);
    put(input.doc_fee, capitalize.doc_fee);
    for fee in column.fees.iter().filter(|fee| fee.due != Due::BuyerToCounty) {
        let chosen = capitalize.each_fee.get(fee.code.as_ref()).copied().unwrap_or(capitalize.government_fees);
        assert_eq!(fee.capitalized, Some(chosen), "{}", fee.code);
        put(fee.amount, chosen);
    }
    for product in &input.products {
        put(product.price, capitalize.each_product.get(&product.name).copied().unwrap_or(capitalize.products));
    }
    for line in &column.tax.lines {
        match line.due {
            Due::Signing | Due::Lessor => put(line.amount, line.capitalized),
            Due::Payment | Due::BuyerToCounty => assert!(!line.capitalized, "{}", line.id),
        }
    }
    assert_eq!(lease.gross_cap_cost, sum(inside));
    let codes = ["acquisitionFee", "docFee", "fees", "products", "upfrontTax"];
    let charges = lease.signing.iter().filter(|item| codes.contains(&item.code)).map(|item| item.amount);
    assert_eq!(sum(charges), sum(at_signing));
}

/// Every figure has its step with the same amount, and every reference leads somewhere.
fn check_trace(column: &ColumnResult) {
    let json = serde_json::to_value(column).unwrap();
    for (name, figure) in json["figures"].as_object().unwrap() {
        if name == "payments" || name == "signing" {
            continue;
        }
        let step = column.trace.get(name).unwrap_or_else(|| panic!("no step for {name}"));
        let result = serde_json::to_value(&step.result).unwrap();
        if !matches!(step.result, Value::None) {
            assert_eq!(&result["value"], figure, "{name}");
        }
    }
    for (name, figure) in json["tax"].as_object().unwrap() {
        let path = format!("tax.{name}");
        match column.trace.get(&path) {
            Some(step) => assert_eq!(&serde_json::to_value(&step.result).unwrap()["value"], figure, "{path}"),
            None => assert!(name == "lines" || figure == "0.00", "no step for {path}"),
        }
    }
    for line in &column.tax.lines {
        let step = column.trace.get(&format!("tax.{}", line.id)).unwrap();
        assert_eq!(step.result, Value::Money(line.amount));
    }
    for fee in &column.fees {
        let step = column.trace.get(&format!("fee.{}", fee.code)).unwrap();
        assert_eq!(step.result, Value::Money(fee.amount));
    }
    for (path, step) in column.trace.iter() {
        assert!(
            formula::holds(step) != Some(false),
            "{path}: {} with {:?} is not {:?}",
            step.formula,
            step.inputs,
            step.result
        );
    }
    let mut paths: Vec<&str> = column.trace.iter().map(|(path, _)| path).collect();
    for (path, step) in column.trace.iter() {
        for input in &step.inputs {
            if let Some(from) = &input.from {
                let source = column.trace.get(from).unwrap_or_else(|| panic!("{path} refers to {from}"));
                // A tax with the payments is a sum over all of them, and names what falls on each.
                let named = source.inputs.iter().any(|own| own.value == input.value);
                assert!(source.result == input.value || (from.starts_with("tax.") && named), "{path} takes {from}");
            }
        }
    }
    let all = paths.len();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), all, "each path once");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_deal_adds_up(deal in any_deal()) {
        match compute(&deal) {
            Ok(result) => {
                prop_assert_eq!(result.columns.len(), deal.input.columns.len());
                for column in &result.columns {
                    check_figures(&deal.input, column);
                    check_trace(column);
                    prop_assert_eq!(column.gross.is_some(), deal.input.costs.is_some());
                }
            }
            Err(error) => {
                for field in &error.errors {
                    prop_assert!(BY_RULE.contains(&field.code.as_ref()), "{:?}", field);
                }
            }
        }
    }

    /// What goes out on the wire comes back the same, and computes the same.
    #[test]
    fn the_wire_form_is_faithful(deal in any_deal()) {
        let text = serde_json::to_string(&deal.input).unwrap();
        let back = autolytiq_finance::surface::parse(&text).unwrap();
        prop_assert_eq!(&deal.input, &back);
        let rates = serde_json::to_string(&deal.rates).unwrap();
        let answer = autolytiq_finance::surface::preview(&text, &rates);
        match compute(&deal) {
            Ok(result) => prop_assert_eq!(answer, format!("{{\"ok\":{}}}", serde_json::to_string(&result).unwrap())),
            Err(_) => prop_assert!(answer.starts_with(ERRORS), "{}", answer),
        }
    }

    /// A trade never raises the tax of a sale. Of a lease it may: where the law taxes what reduces the capitalised cost, or what
    /// the lessor receives, the trade is itself taxed, and the line says so.
    #[test]
    fn a_trade_raises_no_tax_but_one_that_is_on_it(mut deal in any_deal(), more in 1_i64..3_000_000) {
        let Some(first) = deal.input.trades.first().map(|trade| trade.allowance) else { return Ok(()) };
        let before = compute(&deal);
        deal.input.trades[0].allowance = first.try_add(Money::from_cents(more)).unwrap();
        let (Ok(before), Ok(after)) = (before, compute(&deal)) else { return Ok(()) };
        for (before, after) in before.columns.iter().zip(&after.columns) {
            let taxed = after.tax.lines.iter().flat_map(|line| &line.steps).any(|step| match step {
                TaxStep::Component { name, counted, .. } => name.contains("trade") && counted.is_sign_positive(),
                _ => false,
            });
            let taxes = |column: &ColumnResult| {
                let lines = column.tax.lines.iter().filter(|line| !CREDITS.contains(&line.id.as_ref()));
                sum(lines.map(|line| line.amount))
            };
            // Each payment is rounded to the cent before it is taxed, the part of it that old debt makes is not.
            let (most, may_rise) = match &after.figures {
                Figures::Lease(lease) => (Money::from_cents(lease.term_months.into()), taxed),
                _ => (Money::ZERO, false),
            };
            let rise = less(taxes(after), taxes(before));
            prop_assert!(rise <= most || may_rise, "{:?} after {:?}", after.tax, before.tax);
        }
    }

    /// A dearer loan never costs less: the payment rises with the rate, everything else alike.
    #[test]
    fn the_payment_rises_with_the_rate(mut deal in any_deal(), basis_points in 1_i64..500) {
        for column in &mut deal.input.columns {
            if let Column::Finance(terms) = column {
                terms.rate = terms.rate.min("0.9".parse().unwrap());
            }
        }
        let cheap = compute(&deal);
        let more = autolytiq_money::Rate::from_units(basis_points * (autolytiq_money::Rate::SCALE / 10_000));
        for column in &mut deal.input.columns {
            if let Column::Finance(terms) = column {
                terms.rate = terms.rate.try_add(more).unwrap();
            }
        }
        if let (Ok(cheap), Ok(dear)) = (cheap, compute(&deal)) {
            for (cheap, dear) in cheap.columns.iter().zip(&dear.columns) {
                if let (Figures::Finance(cheap), Figures::Finance(dear)) = (&cheap.figures, &dear.figures) {
                    prop_assert!(dear.payment >= cheap.payment);
                }
            }
        }
    }
}
