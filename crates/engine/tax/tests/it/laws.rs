//! Laws that hold for the rules of every jurisdiction, on random deals.

use autolytiq_money::{Money, Rate};
use autolytiq_tax::{
    Amounts, AppliesTo, Buyer, Capitalized, CapitalizedTax, Condition, DealKind, Due, Facts, Fuel, JurisdictionVersion,
    LeaseQuantities, Level, LocalRate, Occasion, Place, PlaceRole, ProductKind, RebateKind, ResolvedRates, RuleError,
    Seller, TaxLine, TaxOutcome, TaxStep, TradeAmount, Vehicle, evaluate, evaluate_lease, evaluate_note, fees,
    jurisdictions,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What proptest chooses.
#[derive(Debug, Clone, Copy)]
struct Deal {
    jurisdiction: usize,
    price: i64,
    accessories: i64,
    doc_fee: i64,
    rebate: i64,
    allowance: i64,
    payoff: i64,
    contract: i64,
    new: bool,
    electric: bool,
    local: i64,
    term: u16,
    factor: i64,
    capitalize: bool,
}

prop_compose! {
    fn deals()(
        jurisdiction in 0..jurisdictions().len(),
        price in 0_i64..20_000_000,
        accessories in 0_i64..500_000,
        doc_fee in 0_i64..90_000,
        rebate in 0_i64..500_000,
        allowance in prop_oneof![Just(0), 0_i64..6_000_000],
        payoff in prop_oneof![Just(0), 0_i64..6_000_000],
        contract in prop_oneof![Just(0), 0_i64..400_000],
        new in any::<bool>(),
        electric in any::<bool>(),
        local in 0_i64..500,
        term in 1_u16..=84,
        factor in 0_i64..500,
        capitalize in any::<bool>(),
    ) -> Deal {
        Deal { jurisdiction, price, accessories, doc_fee, rebate, allowance, payoff, contract, new, electric, local, term, factor, capitalize }
    }
}

const TODAY: Date = date(2026, 3, 2);

impl Deal {
    fn version(&self) -> &'static JurisdictionVersion {
        jurisdictions()[self.jurisdiction].on(TODAY).unwrap()
    }

    /// The same local rate, in steps of 0.01 %, at every place and level that some jurisdiction asks for.
    fn rates(&self) -> ResolvedRates {
        let rate = Rate::from_units(self.local * 100_000_000);
        let entry = |place_role, level, tax: &'static str| LocalRate {
            place_role,
            level,
            tax: Cow::Borrowed(tax),
            name: Cow::Borrowed("Somewhere"),
            rate,
            amount: None,
            applies_to: AppliesTo::Both,
            effective: None,
            source: Cow::Borrowed("test"),
            verified: true,
            reason: None,
        };
        let roles = [PlaceRole::Dealer, PlaceRole::Buyer, PlaceRole::Garaging];
        let entries = roles.into_iter().flat_map(|role| {
            [
                entry(role, Level::County, "general"),
                entry(role, Level::District, "general"),
                entry(role, Level::City, "use"),
            ]
        });
        ResolvedRates { as_of: TODAY, entries: entries.collect() }
    }

    fn with<R>(&self, deal: DealKind, run: impl FnOnce(&Facts<'_>) -> R) -> R {
        let mut vehicle = Vehicle::of(if self.new { Condition::New } else { Condition::Used });
        vehicle.model_year = Some(2023);
        vehicle.weight_lb = Some(3900);
        vehicle.mpg = Some(27);
        vehicle.odometer = Some(12_000);
        vehicle.fuel = Some(if self.electric { Fuel::Electric } else { Fuel::Gasoline });
        let mut products = [Money::ZERO; ProductKind::COUNT];
        products[ProductKind::ServiceContract.index()] = Money::from_cents(self.contract);
        let mut rebates = [Money::ZERO; RebateKind::COUNT];
        rebates[RebateKind::Manufacturer.index()] = Money::from_cents(self.rebate);
        let trades = [TradeAmount {
            allowance: Money::from_cents(self.allowance),
            payoff: Money::from_cents(self.payoff),
            leased: false,
            class: None,
            taxed_here: None,
        }];
        let place = Place { state: self.version().code.to_owned(), ..Place::default() };
        run(&Facts {
            date: TODAY,
            deal,
            occasion: Occasion::Sale,
            seller: Seller::NewDealer,
            seller_financed: false,
            lien: deal == DealKind::Finance,
            vehicle: &vehicle,
            buyer: &Buyer::default(),
            dealer_place: &place,
            buyer_place: &place,
            garaging_place: &place,
            elections: &BTreeMap::new(),
            amounts: Amounts {
                price: Money::from_cents(self.price),
                accessories: Money::from_cents(self.accessories),
                doc_fee: Money::from_cents(self.doc_fee),
                fees: &[],
                products,
                rebates,
                trades: &trades,
            },
            term_months: Some(self.term),
            lease: None,
            amount_financed: None,
        })
    }

    fn retail(&self) -> TaxOutcome {
        self.with(DealKind::Cash, |facts| evaluate(self.version(), facts, &self.rates()).unwrap())
    }

    /// A lease by the money-factor method with everything capitalised but a tenth paid in cash.
    fn quantities(&self, tax: Money) -> Result<LeaseQuantities, RuleError> {
        let price = Money::from_cents(self.price).to_decimal();
        let cash = Money::from_cents(self.price / 10);
        let adjusted = price - cash.to_decimal() + tax.to_decimal();
        let residual = price / Decimal::from(2);
        let (term, factor) = (Decimal::from(self.term), Decimal::new(self.factor, 5));
        let rent = (adjusted + residual) * factor;
        let payment = ((adjusted - residual) / term + rent).max(Decimal::ZERO);
        let cents = |amount| Money::from_decimal(amount, autolytiq_money::Rounding::HalfUp);
        let mut products = [Money::ZERO; ProductKind::COUNT];
        products[ProductKind::ServiceContract.index()] = Money::from_cents(self.contract);
        Ok(LeaseQuantities {
            term_months: self.term,
            payment: cents(payment)?,
            payment_per_dollar: Decimal::ONE / term + factor,
            cash_reduction: cash,
            rebate_reduction: Money::ZERO,
            trade_reduction: Money::ZERO,
            acquisition_fee: Money::ZERO,
            gross_cap: cents(price + tax.to_decimal())?,
            adjusted_cap: cents(adjusted)?,
            residual: cents(residual)?,
            rent_charge: cents(rent * term)?,
            capitalized: Capitalized { acquisition_fee: true, doc_fee: true, products },
        })
    }
}

/// No line is negative, payments add up to their line, and the sums by due add up to all lines.
fn sound(outcome: &TaxOutcome, term: u16) -> Result<(), TestCaseError> {
    for line in &outcome.lines {
        prop_assert!(!line.amount.is_negative(), "{line:?}");
        prop_assert!(!line.base.is_negative(), "{line:?}");
        prop_assert_eq!(line.verified, line.reason.is_none());
        if line.due == Due::Payment {
            let sum = Money::try_sum((1..=term).map(|number| line.on_payment(number))).unwrap();
            prop_assert_eq!(sum, line.amount);
            prop_assert_eq!(line.payments.iter().map(|span| span.count).sum::<u16>(), term);
        } else {
            prop_assert!(line.payments.is_empty());
        }
    }
    let all = Money::try_sum(outcome.lines.iter().map(|line| line.amount)).unwrap();
    prop_assert_eq!(all, outcome.total().unwrap().try_add(outcome.buyer_pays().unwrap()).unwrap());
    let payments = Money::try_sum((1..=term).map(|number| outcome.on_payment(number).unwrap())).unwrap();
    prop_assert_eq!(outcome.total().unwrap(), outcome.upfront().unwrap().try_add(payments).unwrap());
    Ok(())
}

/// By how many cents at most the line of twice the deal misses twice the line, each being rounded by itself; nothing where a
/// fixed amount took part in either.
fn scales(one: &TaxLine, two: &TaxLine) -> Option<i64> {
    let mut misses = 1;
    for (line, steps) in [(one, &one.steps), (two, &two.steps)] {
        let mut sum = None;
        for step in steps {
            match step {
                TaxStep::Component { counted, limit: Some(limit), .. } if counted.abs() == limit.to_decimal() => {
                    return None;
                }
                TaxStep::Floor { applied: true, .. }
                | TaxStep::Ceiling { applied: true, .. }
                | TaxStep::Clamp { applied: true, .. }
                | TaxStep::BaseRounded { .. }
                | TaxStep::Flat { .. }
                | TaxStep::PerUnit { .. } => return None,
                // A band that takes the whole of the base is none.
                TaxStep::Band { amount, .. } if sum != Some(*amount) => return None,
                TaxStep::Sum { amount } => sum = Some(*amount),
                // Whole dollars, and cents that several lines share.
                TaxStep::Rounded { together, exact, amount, .. } => {
                    let off = (amount.to_decimal() - exact).abs() * Decimal::ONE_HUNDRED;
                    if *together || off >= Decimal::ONE {
                        return None;
                    }
                    misses = misses.max(2);
                }
                _ => {}
            }
        }
        if line.steps.is_empty() {
            return None;
        }
    }
    let row = |line: &TaxLine| -> Vec<Option<Decimal>> {
        let rows = line.steps.iter().filter_map(|step| match step {
            TaxStep::Row { up_to, .. } => Some(*up_to),
            _ => None,
        });
        rows.collect()
    };
    (row(one) == row(two)).then_some(misses)
}

proptest! {
    #[test]
    fn retail_lines_are_sound(deal in deals()) {
        sound(&deal.retail(), 0)?;
    }

    #[test]
    fn lease_lines_are_sound_and_the_capitalised_tax_is_the_lines(deal in deals()) {
        let found = deal.with(DealKind::Lease, |facts| {
            let upfront = CapitalizedTax { all: deal.capitalize, each: &BTreeMap::new() };
            evaluate_lease(deal.version(), facts, &deal.rates(), &upfront, |tax| deal.quantities(tax)).unwrap()
        });
        sound(&found.outcome, deal.term)?;
        let upfront = found.outcome.upfront().unwrap();
        prop_assert_eq!(found.capitalized, if deal.capitalize { upfront } else { Money::ZERO });
        prop_assert_eq!(found.quantities, deal.quantities(found.capitalized).unwrap());
    }

    #[test]
    fn a_trade_never_raises_the_tax_and_never_makes_it_negative(deal in deals()) {
        let without = Deal { allowance: 0, payoff: 0, ..deal };
        let with = Deal { payoff: 0, ..deal };
        let (less, more) = (with.retail(), without.retail());
        let all = |outcome: &TaxOutcome| Money::try_sum(outcome.lines.iter().map(|line| line.amount)).unwrap();
        prop_assert!(all(&less) <= all(&more));
    }

    #[test]
    fn a_higher_price_never_lowers_the_tax(deal in deals(), rise in 0_i64..1_000_000) {
        let dearer = Deal { price: deal.price + rise, ..deal };
        let all = |outcome: &TaxOutcome| Money::try_sum(outcome.lines.iter().map(|line| line.amount)).unwrap();
        prop_assert!(all(&deal.retail()) <= all(&dearer.retail()));
    }

    #[test]
    fn a_dearer_lease_never_bears_less_tax(deal in deals(), rise in 0_i64..1_000_000) {
        let all = |deal: Deal| {
            let found = deal.with(DealKind::Lease, |facts| {
                let upfront = CapitalizedTax { all: deal.capitalize, each: &BTreeMap::new() };
                evaluate_lease(deal.version(), facts, &deal.rates(), &upfront, |tax| deal.quantities(tax)).unwrap()
            });
            Money::try_sum(found.outcome.lines.iter().map(|line| line.amount)).unwrap()
        };
        let dearer = Deal { price: deal.price + rise, ..deal };
        prop_assert!(all(deal) <= all(dearer));
    }

    #[test]
    fn old_debt_does_not_change_the_retail_tax(deal in deals()) {
        let owing = Deal { payoff: deal.allowance + 500_000, ..deal };
        let clear = Deal { payoff: 0, ..deal };
        prop_assert_eq!(owing.retail().lines.iter().map(|line| line.amount).collect::<Vec<_>>(),
            clear.retail().lines.iter().map(|line| line.amount).collect::<Vec<_>>());
    }

    /// Twice the deal is twice the tax, line by line, but for a line of which a fixed amount, a bound or a table took part in
    /// this very deal.
    #[test]
    fn a_line_doubles_with_the_deal_where_no_fixed_amount_takes_part(deal in deals()) {
        let twice = Deal {
            price: deal.price * 2,
            accessories: deal.accessories * 2,
            doc_fee: deal.doc_fee * 2,
            rebate: deal.rebate * 2,
            allowance: deal.allowance * 2,
            contract: deal.contract * 2,
            ..deal
        };
        let (one, two) = (deal.retail(), twice.retail());
        for (index, line) in one.lines.iter().enumerate() {
            let same = |other: &&TaxLine| (&other.id, &other.name, other.level) == (&line.id, &line.name, line.level);
            let before = one.lines[..index].iter().filter(same).count();
            let Some(other) = two.lines.iter().filter(same).nth(before) else {
                // What a condition on the amounts takes away.
                prop_assert!(deal.version().retail.iter().any(|own| own.id == line.id && !own.when.is_empty()), "{line:?}");
                continue;
            };
            if let Some(misses) = scales(line, other) {
                prop_assert!((other.amount.cents() - 2 * line.amount.cents()).abs() <= misses, "{line:?} {other:?}");
                // A base with a part of an amount in it is itself shown to the cent.
                prop_assert!((other.base.cents() - 2 * line.base.cents()).abs() <= 1, "{line:?} {other:?}");
            }
        }
    }

    #[test]
    fn fees_are_never_negative(deal in deals()) {
        let found = deal.with(DealKind::Finance, |facts| fees(deal.version(), facts).unwrap());
        for fee in found.fees {
            prop_assert!(fee.amount.is_positive(), "{fee:?}");
        }
    }

    #[test]
    fn a_note_that_carries_its_stamps_is_stamped_for_what_it_is(deal in deals()) {
        let amount = Money::from_cents(deal.price);
        let financed = deal.with(DealKind::Finance, |facts| {
            evaluate_note(deal.version(), facts, &deal.rates(), amount, true).unwrap()
        });
        let whole = amount.try_add(financed.upfront().unwrap()).unwrap();
        let again = deal.with(DealKind::Finance, |facts| {
            evaluate_note(deal.version(), facts, &deal.rates(), whole, false).unwrap()
        });
        prop_assert_eq!(financed.lines, again.lines);
    }
}

/// The doubling law is not empty: of an ordinary deal it reaches a line in nearly every place that taxes one.
#[test]
fn an_ordinary_deal_doubles_nearly_everywhere() {
    let (mut taxed, mut reached) = (0, Vec::new());
    for jurisdiction in 0..jurisdictions().len() {
        let deal = Deal {
            jurisdiction,
            price: 3_125_000,
            accessories: 45_000,
            doc_fee: 19_900,
            rebate: 100_000,
            allowance: 800_000,
            payoff: 0,
            contract: 180_000,
            new: true,
            electric: false,
            local: 125,
            term: 36,
            factor: 125,
            capitalize: false,
        };
        let lines = deal.retail().lines;
        let mut lines = lines.iter().filter(|line| line.amount.is_positive()).peekable();
        taxed += usize::from(lines.peek().is_some());
        if lines.any(|line| scales(line, line).is_some()) {
            reached.push(deal.version().code);
        }
    }
    assert!(taxed >= 45 && reached.len() + 6 >= taxed, "{} of {taxed}: {reached:?}", reached.len());
}

#[test]
fn an_amount_beyond_all_measure_is_an_error_and_not_a_wrap() {
    for jurisdiction in 0..jurisdictions().len() {
        let deal = Deal {
            jurisdiction,
            price: i64::MAX,
            accessories: i64::MAX,
            doc_fee: 0,
            rebate: 0,
            allowance: i64::MAX,
            payoff: i64::MAX,
            contract: i64::MAX,
            new: true,
            electric: false,
            local: 0,
            term: 36,
            factor: 0,
            capitalize: false,
        };
        // Either an error or an exact answer; what must not happen is a panic or a negative tax.
        if let Ok(outcome) = deal.with(DealKind::Cash, |facts| evaluate(deal.version(), facts, &deal.rates())) {
            assert!(outcome.lines.iter().all(|line| !line.amount.is_negative()));
        }
    }
}
