//! Whole deals at random: every supported jurisdiction, every kind of column, ordinary amounts and those at the limits.
//!
//! Shared with the test that holds the WebAssembly module against the native engine.

use crate::any_column::{DISTANCE, column};
use autolytiq_finance::deal::column::{CashTerms, Column, FinanceTerms, LeaseTerms};
use autolytiq_finance::deal::input::{
    Accessory, BackPay, Costs, CreditFacts, DealInput, Fee, PayPlan, PayTier, Product, Rebate, ReserveMethod,
    ReserveProgram, Trade,
};
use autolytiq_finance::deal::limits::MOST_MONEY;
use autolytiq_money::{Money, Rate};
use autolytiq_tax::{
    AppliesTo, Buyer, BuyerKind, Condition, Fuel, JurisdictionVersion, Level, LocalRate, Occasion, Place, PlaceRole,
    PrivateSale, ProductKind, RebateKind, Residence, ResolvedRates, Seller, Vehicle, VehicleClass,
};
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A deal, the local rates of its places, and the rules that tax it.
#[derive(Debug, Clone)]
pub(crate) struct AnyDeal {
    pub(crate) input: DealInput,
    pub(crate) rates: ResolvedRates,
}

/// Any deal that passes validation, unless its documentation fee is above a cap or a fact is missing.
pub(crate) fn any_deal() -> BoxedStrategy<AnyDeal> {
    versions()
        .prop_flat_map(|version| {
            (money_parts(version), parties(version), vec(column(), 1..4), local_rates(version)).prop_map(
                |(money, parties, columns, mut rates)| {
                    let deal = combine(money, parties);
                    let columns = columns.into_iter().enumerate();
                    let columns = columns.map(|(index, column)| placed(column, index, &deal, version)).collect();
                    let input = DealInput { columns, ..deal };
                    rates.as_of = input.deal_date;
                    AnyDeal { input, rates }
                },
            )
        })
        .boxed()
}

fn versions() -> BoxedStrategy<&'static JurisdictionVersion> {
    let all: Vec<_> = autolytiq_tax::jurisdictions().iter().flat_map(|state| state.versions).collect();
    prop::sample::select(all).boxed()
}

pub(crate) fn word<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

/// Mostly what stands on a worksheet, sometimes a limit.
pub(crate) fn money(usual_dollars: i64) -> BoxedStrategy<Money> {
    prop_oneof![
        2 => Just(Money::ZERO),
        12 => (0..=usual_dollars * 100).prop_map(Money::from_cents),
        4 => (0..=usual_dollars).prop_map(|dollars| Money::from_cents(dollars * 100)),
        1 => (0..=MOST_MONEY.cents()).prop_map(Money::from_cents),
        1 => Just(MOST_MONEY),
        1 => Just(Money::CENT),
    ]
    .boxed()
}

pub(crate) fn rate(usual_basis_points: i64, most: Rate) -> BoxedStrategy<Rate> {
    prop_oneof![
        1 => Just(Rate::ZERO),
        14 => (0..=usual_basis_points).prop_map(|points| Rate::from_units(points * (Rate::SCALE / 10_000))),
        2 => (0..=most.units()).prop_map(Rate::from_units),
        1 => Just(most),
    ]
    .boxed()
}

fn date_within(version: &'static JurisdictionVersion) -> BoxedStrategy<Date> {
    let first = version.effective;
    (0_i64..700)
        .prop_map(move |days| {
            let day = first.checked_add(jiff::Span::new().days(days)).unwrap_or(first);
            match version.next {
                Some(next) if day >= next => first,
                _ => day,
            }
        })
        .boxed()
}

type MoneyParts = (
    (Date, Money, Money, Money),
    Vec<Accessory>,
    Vec<Fee>,
    Vec<Product>,
    Vec<Rebate>,
    Vec<Trade>,
    Option<Costs>,
    BTreeMap<String, String>,
);

fn money_parts(version: &'static JurisdictionVersion) -> BoxedStrategy<MoneyParts> {
    let accessory = (money(3_000), option::of(money(2_000))).prop_map(|(price, cost)| Accessory {
        name: "Tow \"package\"".to_owned(),
        price,
        cost,
    });
    let codes: Vec<String> = version
        .fees
        .iter()
        .map(|fee| fee.line.id.to_owned())
        .chain(["etch", "paint & ünicode"].map(str::to_owned))
        .collect();
    let fees = prop::sample::subsequence(codes.clone(), 0..=codes.len().min(3)).prop_flat_map(|codes| {
        codes
            .into_iter()
            .map(|code| {
                (money(300), any::<bool>()).prop_map(move |(amount, taxable)| Fee {
                    name: code.clone(),
                    code: code.clone(),
                    amount,
                    taxable,
                })
            })
            .collect::<Vec<_>>()
    });
    let product = (word(ProductKind::ALL), money(4_000), option::of(money(2_000)))
        .prop_map(|(kind, price, cost)| Product { kind, name: kind.word().to_owned(), price, cost });
    let rebate = (word(RebateKind::ALL), money(3_000)).prop_map(|(kind, amount)| Rebate {
        kind,
        name: kind.word().to_owned(),
        amount,
        excludes: Vec::new(),
    });
    let trade = (
        money(30_000),
        money(30_000),
        option::of(money(30_000)),
        any::<bool>(),
        option::of(word(VehicleClass::ALL)),
        option::of(any::<bool>()),
    )
        .prop_map(|(allowance, payoff, acv, leased, class, taxed_here)| Trade {
            description: "2019 Civic".to_owned(),
            allowance,
            payoff,
            good_through: None,
            per_diem: Money::from_cents(0),
            acv,
            leased,
            class,
            taxed_here,
        });
    let costs = (money(60_000), money(800), money(1_500), any::<bool>(), any::<bool>()).prop_map(
        |(vehicle, pack, holdback, doc_fee_in_gross, holdback_in_gross)| Costs {
            vehicle,
            pack,
            holdback,
            doc_fee_in_gross,
            holdback_in_gross,
            charge_backs: Money::ZERO,
            reserve: doc_fee_in_gross.then(|| ReserveProgram {
                method: if holdback_in_gross { ReserveMethod::PresentValue } else { ReserveMethod::Spread },
                flat: None,
                fee: pack,
                most: holdback_in_gross.then_some(holdback),
                most_markup: None,
            }),
            pay_plan: holdback_in_gross.then(|| PayPlan {
                mini: pack,
                rate: Rate::from_units(Rate::SCALE / 4),
                split: Rate::from_units(Rate::SCALE / 2),
                unit_bonus: holdback,
                spiffs: Money::CENT,
                pack: holdback,
                units: 9,
                tiers: vec![PayTier { from_units: 9, rate: Rate::from_units(Rate::SCALE / 3), flat: pack }],
                back: doc_fee_in_gross.then(|| BackPay {
                    mini: Money::CENT,
                    rate: Rate::from_units(Rate::SCALE / 7),
                    pack,
                    flat: holdback,
                    tiers: vec![PayTier { from_units: 10, rate: Rate::ONE, flat: Money::CENT }],
                }),
            }),
        },
    );
    (
        (date_within(version), money(90_000), prop_oneof![Just(Money::ZERO), money(80)], money(8_000)),
        vec(accessory, 0..3),
        fees,
        vec(product, 0..4),
        vec(rebate, 0..3),
        vec(trade, 0..3),
        option::of(costs),
        elections(version),
    )
        .boxed()
}

/// For each choice the law leaves: nothing, or one of its options.
fn elections(version: &'static JurisdictionVersion) -> BoxedStrategy<BTreeMap<String, String>> {
    let choices: Vec<_> = version
        .choices
        .iter()
        .map(|choice| {
            let options: Vec<&'static str> = choice.options.iter().map(|option| option.name).collect();
            option::of(prop::sample::select(options))
                .prop_map(|option| option.map(|option| (choice.name.to_owned(), option.to_owned())))
        })
        .collect();
    choices.prop_map(|made| made.into_iter().flatten().collect()).boxed()
}

type Parties = (Vehicle, Buyer, Place, Place, Option<Place>, (Occasion, Seller));

fn parties(version: &'static JurisdictionVersion) -> BoxedStrategy<Parties> {
    let vehicle = (
        (
            word(Condition::ALL),
            option::of(word(VehicleClass::ALL)),
            option::of(1990_u16..2030),
            money(95_000),
            option::of(0_u32..200_000),
        ),
        (
            option::of(1_500_u32..14_000),
            option::of(3_000_u32..26_000),
            option::of(8_u16..140),
            option::of(word(Fuel::ALL)),
            option::of(0_u8..12),
        ),
        (option::of(money(70_000)), option::of(money(70_000)), option::of(money(60_000)), option::of(0_u32..400)),
    )
        .prop_map(
            |((condition, class, model_year, msrp, odometer), (weight_lb, gvwr_lb, mpg, fuel, cylinders), values)| {
                let (fair_value, assessed_value, guide_trade_value, days_titled_elsewhere) = values;
                let mut vehicle = Vehicle::of(condition);
                vehicle.class = class;
                vehicle.model_year = model_year;
                vehicle.msrp = Some(msrp);
                vehicle.odometer = odometer;
                vehicle.weight_lb = weight_lb;
                vehicle.gvwr_lb = gvwr_lb;
                vehicle.mpg = mpg;
                vehicle.fuel = fuel;
                vehicle.cylinders = cylinders;
                vehicle.fair_value = fair_value;
                vehicle.assessed_value = assessed_value;
                vehicle.guide_trade_value = guide_trade_value;
                vehicle.days_titled_elsewhere = days_titled_elsewhere;
                vehicle
            },
        );
    let exemptions: Vec<String> = version.exemptions.iter().map(|exemption| exemption.id.to_owned()).collect();
    let at_most = exemptions.len().min(1);
    let buyer = (
        (word(BuyerKind::ALL), word(Residence::ALL), option::of(word(&["OR", "MT", "GA", "NC"]))),
        (prop_oneof![9 => Just(Vec::new()), 1 => prop::sample::subsequence(exemptions, at_most)], any::<bool>()),
        (option::of((money(20_000), 0_u32..400)), money(500), money(500)),
        (option::of(rate(900, Rate::ONE)), option::of(money(4_000))),
    )
        .prop_map(
            |(
                (kind, residence, home),
                (exemptions, transfers_plate),
                (sale, insurance, paid),
                (home_rate, home_tax),
            )| Buyer {
                kind,
                residence,
                home_state: home.map(str::to_owned),
                exemptions,
                transfers_plate,
                private_sale: sale.map(|(amount, days)| PrivateSale { amount, days }),
                insurance_proceeds: insurance,
                tax_paid_elsewhere: paid,
                home_state_rate: home_rate,
                home_state_tax: home_tax,
            },
        );
    let place = move || {
        option::of(word(&["Knox", "Dallas", "Cook"])).prop_map(move |county| Place {
            state: version.code.to_owned(),
            county: county.map(str::to_owned),
            ..Place::default()
        })
    };
    let deal = (
        prop_oneof![8 => Just(Occasion::Sale), 1 => word(Occasion::ALL)],
        prop_oneof![8 => Just(Seller::NewDealer), 1 => word(Seller::ALL)],
    );
    (vehicle, buyer, place(), place(), option::of(place()), deal).boxed()
}

pub(crate) fn after(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().days(days)).ok()
}

/// The column with an id of its own, and its first payment counted from the deal's date.
fn placed(column: Column, index: usize, deal: &DealInput, version: &JurisdictionVersion) -> Column {
    let id = format!("column-{index}");
    match column {
        Column::Cash(_) => Column::Cash(CashTerms { id }),
        Column::Finance(terms) => {
            let distance = terms.first_payment.map(|date| date.duration_since(DISTANCE).as_hours() / 24);
            let first_payment = distance.and_then(|days| after(deal.deal_date, days));
            Column::Finance(FinanceTerms { id, first_payment, ..terms })
        }
        Column::Lease(mut terms) => {
            let fees = version.fees.iter().map(|fee| fee.line.id).chain(deal.fees.iter().map(|fee| fee.code.as_str()));
            let choice = &mut terms.capitalize;
            choice.each_fee = named(&choice.each_fee, &fees.collect::<Vec<_>>());
            let products: Vec<_> = deal.products.iter().map(|product| product.name.as_str()).collect();
            choice.each_product = named(&choice.each_product, &products);
            let taxes: Vec<_> = version.lease.iter().map(|line| line.id).collect();
            choice.each_tax = named(&choice.each_tax, &taxes);
            Column::Lease(LeaseTerms { id, ..terms })
        }
    }
}

/// Names in place of numbers, which stood for them before the deal was known.
fn named(numbers: &BTreeMap<String, bool>, names: &[&str]) -> BTreeMap<String, bool> {
    let name = |number: &str| names.get(number.parse::<usize>().ok()? % names.len().max(1));
    numbers.iter().filter_map(|(number, choice)| Some((name(number)?.to_string(), *choice))).collect()
}

fn combine(money: MoneyParts, parties: Parties) -> DealInput {
    let ((deal_date, price, doc_fee, cash_down), accessories, fees, products, rebates, trades, costs, elections) =
        money;
    let (vehicle, buyer, dealer_place, buyer_place, garaging_place, (occasion, seller)) = parties;
    DealInput {
        deal_date,
        occasion,
        seller,
        vehicle,
        buyer,
        dealer_place,
        buyer_place,
        garaging_place,
        price,
        accessories,
        doc_fee,
        fees,
        products,
        rebates,
        trades,
        cash_down,
        elections,
        credit: costs.as_ref().map(|costs| CreditFacts {
            book_value: Some(costs.vehicle),
            monthly_income: Some(costs.holdback),
            monthly_debts: costs.pack,
        }),
        costs,
        columns: Vec::new(),
    }
}

fn local_rates(version: &'static JurisdictionVersion) -> BoxedStrategy<ResolvedRates> {
    let entry = (
        word(PlaceRole::ALL),
        word(Level::ALL),
        rate(600, Rate::from_units(Rate::SCALE / 5)),
        word(AppliesTo::ALL),
        any::<bool>(),
    )
        .prop_map(|(place_role, level, rate, applies_to, verified)| LocalRate {
            place_role,
            level,
            tax: Cow::Borrowed(autolytiq_tax::GENERAL),
            name: Cow::Borrowed("Somewhere"),
            rate,
            amount: None,
            applies_to,
            effective: None,
            source: Cow::Borrowed("a table"),
            verified,
            reason: (!verified).then_some(Cow::Borrowed("not yet held against the ordinance")),
        });
    vec(entry, 0..5).prop_map(|entries| ResolvedRates { as_of: version.effective, entries }).boxed()
}
