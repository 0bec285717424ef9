//! How fast the engine is, natively and on one thread: typed input, the trace built, no JSON unless a name says so.
//!
//! `cargo xtask bench` runs these beside the WebAssembly module, which is asked the same (`requests.json`).

#![expect(clippy::unwrap_used, clippy::panic, reason = "a bench that cannot be set up must stop")]

use autolytiq_calendar::MonthsAndDays;
use autolytiq_finance::deal::column::{CashTerms, Column};
use autolytiq_finance::deal::input::DealInput;
use autolytiq_finance::grid::{Axis, grid};
use autolytiq_finance::lines::answer_lines;
use autolytiq_finance::loan::{Loan, PaymentPlan, level_payment};
use autolytiq_finance::solve::Variable;
use autolytiq_finance::surface::{self, AmortizationRequest, GridRequest, SolveRequest};
use autolytiq_finance::{calculate, rules_for};
use autolytiq_money::Money;
use autolytiq_tax::{
    Amounts, Buyer, Capitalized, Condition, DealKind, Facts, JurisdictionVersion, LeaseQuantities, Occasion, Place,
    ResolvedRates, Seller, Vehicle, evaluate,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::hint::black_box;

/// Lines of the file in a bench.
const LINES: usize = 100;
const DATE: Date = date(2026, 11, 21);

fn requests() -> Value {
    serde_json::from_str(include_str!("requests.json")).unwrap()
}

fn typed<Q: DeserializeOwned>(value: &Value) -> Q {
    surface::parse(&value.to_string()).unwrap_or_else(|problem| panic!("{}", problem.to_json()))
}

fn usd(dollars: i64) -> Money {
    Money::from_cents(dollars * 100)
}

/// Every jurisdiction's rules of the day, with a place of its own.
fn states() -> Vec<(&'static JurisdictionVersion, Place)> {
    let of = |state: &&'static autolytiq_tax::Jurisdiction| {
        (state.on(DATE).unwrap(), Place { state: state.code.to_owned(), ..Place::default() })
    };
    autolytiq_tax::jurisdictions().iter().map(of).collect()
}

/// A car of which everything is known that a rule may ask.
fn vehicle() -> Vehicle {
    Vehicle {
        model_year: Some(2026),
        msrp: Some(usd(42_880)),
        odometer: Some(12),
        weight_lb: Some(3_400),
        gvwr_lb: Some(4_600),
        mpg: Some(31),
        cylinders: Some(4),
        fair_value: Some(usd(41_000)),
        assessed_value: Some(usd(41_000)),
        guide_trade_value: Some(usd(39_000)),
        days_titled_elsewhere: Some(0),
        ..Vehicle::of(Condition::New)
    }
}

fn lease_quantities() -> LeaseQuantities {
    LeaseQuantities {
        term_months: 36,
        payment: usd(432),
        payment_per_dollar: Decimal::new(2_963, 5),
        cash_reduction: usd(3_000),
        rebate_reduction: usd(500),
        trade_reduction: usd(2_260),
        acquisition_fee: usd(695),
        gross_cap: usd(42_095),
        adjusted_cap: usd(36_335),
        residual: usd(24_870),
        rent_charge: usd(4_077),
        capitalized: Capitalized { acquisition_fee: true, ..Capitalized::default() },
    }
}

/// One evaluation in each state; the evaluator always records its steps.
fn tax(c: &mut Criterion) {
    let (states, vehicle, buyer, elections) = (states(), vehicle(), Buyer::default(), BTreeMap::new());
    let (lease, rates) = (lease_quantities(), ResolvedRates::none(DATE));
    let mut group = c.benchmark_group("tax");
    group.throughput(Throughput::Elements(states.len().try_into().unwrap()));
    for (name, deal, lease) in [("retail", DealKind::Finance, None), ("lease", DealKind::Lease, Some(&lease))] {
        let one = |version: &JurisdictionVersion, place: &Place| {
            let facts = Facts {
                date: DATE,
                deal,
                occasion: Occasion::Sale,
                seller: Seller::NewDealer,
                seller_financed: false,
                lien: true,
                vehicle: &vehicle,
                buyer: &buyer,
                dealer_place: place,
                buyer_place: place,
                garaging_place: place,
                elections: &elections,
                amounts: Amounts { price: usd(41_250), ..Amounts::default() },
                term_months: None,
                lease,
                amount_financed: None,
            };
            evaluate(version, &facts, &rates).unwrap_or_else(|error| panic!("{} {name}: {error}", version.code))
        };
        group.bench_function(name, |b| {
            b.iter(|| {
                for (version, place) in black_box(&states) {
                    black_box(one(version, place));
                }
            });
        });
    }
    group.finish();
}

/// A whole sale for cash and a whole lease in each state, with the trace and, as in a cell of a grid, without.
fn states_deals(c: &mut Criterion) {
    let requests = requests();
    let mut group = c.benchmark_group("states");
    let columns: [(&str, Column); 2] =
        [("retail", Column::Cash(CashTerms { id: "cash".to_owned() })), ("lease", typed(&requests["leaseColumn"]))];
    for (name, column) in columns {
        let deal = |place: &Place| {
            let mut input: DealInput = typed(&requests["deal"]["input"]);
            input.vehicle = vehicle();
            (input.dealer_place, input.buyer_place) = (place.clone(), place.clone());
            input.doc_fee = Money::ZERO;
            input.columns = vec![column.clone()];
            input
        };
        let deals: Vec<_> = states().into_iter().map(|(version, place)| (version, deal(&place))).collect();
        let rates = ResolvedRates::none(DATE);
        group.throughput(Throughput::Elements(deals.len().try_into().unwrap()));
        group.bench_function(format!("{name} with trace"), |b| {
            b.iter(|| {
                for (version, input) in black_box(&deals) {
                    let result = calculate(input, version, &rates);
                    black_box(result.unwrap_or_else(|error| panic!("{} {name}: {error}", version.code)));
                }
            });
        });
        let axes = [Axis { variable: Variable::Price, item: 0, values: vec!["41250.00".into()] }];
        group.bench_function(format!("{name} without"), |b| {
            b.iter(|| {
                for (version, input) in black_box(&deals) {
                    black_box(grid(input.clone(), version, &rates, column.id(), &axes).unwrap());
                }
            });
        });
    }
    group.finish();
}

fn deals(c: &mut Criterion) {
    let requests = requests();
    let rates: ResolvedRates = typed(&requests["deal"]["rates"]);
    let financed: DealInput = typed(&requests["deal"]["input"]);
    let leased = DealInput { columns: vec![typed(&requests["leaseColumn"])], ..financed.clone() };
    let rules = rules_for(&financed).unwrap();
    let schedule: AmortizationRequest = typed(&requests["amortization"]);
    let mut group = c.benchmark_group("deal");
    group.bench_function("finance with schedule 84", |b| {
        b.iter(|| {
            let deal = calculate(black_box(&financed), rules, &rates).unwrap();
            (deal, surface::amortization(schedule.clone()).unwrap())
        });
    });
    // The same with interest by days, and with payments that are skipped.
    for (name, plan) in [("by days", "daily"), ("with skipped payments", "skipping")] {
        let plan: PaymentPlan = typed(&requests[plan]);
        let mut deal = financed.clone();
        for column in &mut deal.columns {
            if let Column::Finance(terms) = column {
                terms.plan = plan.clone();
            }
        }
        let schedule = AmortizationRequest { plan, ..schedule.clone() };
        group.bench_function(format!("finance {name} with schedule 84"), |b| {
            b.iter(|| {
                let deal = calculate(black_box(&deal), rules, &rates).unwrap();
                (deal, surface::amortization(schedule.clone()).unwrap())
            });
        });
    }
    let loan = Loan {
        amount: schedule.amount,
        rate: schedule.rate,
        payments: schedule.term_months,
        first_period: MonthsAndDays { months: 1, days: 0 },
    };
    group.bench_function("payment", |b| b.iter(|| level_payment(black_box(&loan)).unwrap()));
    group.bench_function("schedule 84", |b| b.iter(|| surface::amortization(black_box(&schedule).clone()).unwrap()));
    group.bench_function("lease", |b| b.iter(|| calculate(black_box(&leased), rules, &rates).unwrap()));
    let text = requests["deal"].to_string();
    group.bench_function("JSON in and out", |b| {
        b.iter(|| surface::run("deal", black_box(&text)).unwrap_or_else(|problem| panic!("{}", problem.to_json())));
    });
    group.finish();
}

fn many(c: &mut Criterion) {
    let requests = requests();
    let (input, rates) = (&requests["deal"]["input"], &requests["deal"]["rates"]);
    let cells: GridRequest =
        typed(&json!({"input": input, "rates": rates, "column": "finance", "axes": requests["axes"]}));
    let roll: SolveRequest = typed(&json!({
        "input": input, "rates": rates, "column": "finance", "variable": "cashDown", "target": requests["target"]
    }));
    let mut group = c.benchmark_group("many");
    group.bench_function("grid 125", |b| b.iter(|| surface::grid(black_box(&cells).clone()).unwrap()));
    // A file of deals, as `autolytiq calc` answers it.
    let file = format!("{}\n", requests["deal"]).repeat(LINES);
    group.bench_function("lines of a file", |b| {
        b.iter(|| answer_lines(&mut black_box(file.as_bytes()), &mut std::io::sink()).unwrap());
    });
    group.bench_function("solve", |b| b.iter(|| surface::solve(black_box(&roll).clone()).unwrap()));
    group.finish();
}

criterion_group!(benches, tax, states_deals, deals, many);
criterion_main!(benches);
