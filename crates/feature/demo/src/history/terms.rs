//! What a customer wants and how the deal is paid: draws by the usual shares, which are estimates of the trade.

use autolytiq_finance::deal::column::Column;
use autolytiq_finance::deal::input::{DealInput, Product, Rebate, Trade};
use autolytiq_money::{Money, Rate};
use autolytiq_tax::{ProductKind, RebateKind};
use fastrand::Rng;

/// How it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pay {
    Cash,
    Finance,
    Lease,
}

/// No contract is above 18 % a year: Texas lets every retail instalment contract go that far, whatever the vehicle's age
/// (Tex. Fin. Code §§ 303.009(a), 348.105).
const MOST: i64 = 1_800;

/// Hundredths of a per cent.
const fn points(hundredths: i64) -> Rate {
    Rate::from_units(hundredths * 100_000_000)
}

/// One of the values, each as often as its weight says.
pub(super) fn pick<T: Copy>(dice: &mut Rng, table: &[(u32, T)], otherwise: T) -> T {
    let mut at = dice.u32(..table.iter().map(|(weight, _)| weight).sum::<u32>().max(1));
    for (weight, value) in table {
        if at < *weight {
            return *value;
        }
        at -= weight;
    }
    otherwise
}

fn chance(dice: &mut Rng, percent: u32) -> bool {
    dice.u32(..100) < percent
}

/// Leases are on new vehicles of the current model year only.
pub(super) fn pay(dice: &mut Rng, new: bool, current: bool) -> Pay {
    match (new, current) {
        (true, true) => pick(dice, &[(18, Pay::Cash), (60, Pay::Finance), (22, Pay::Lease)], Pay::Finance),
        (true, false) => pick(dice, &[(18, Pay::Cash), (82, Pay::Finance)], Pay::Finance),
        _ => pick(dice, &[(35, Pay::Cash), (65, Pay::Finance)], Pay::Finance),
    }
}

/// What is owed after `age` of `term` months on a loan repaid in equal parts: an estimate such as a customer gives.
pub(super) const fn owed(loan: i32, term: i32, age: i32) -> i32 {
    let left = if age < term { term - age } else { 0 };
    loan / term * left
}

/// The offer of the salesperson: price, trade, rebate, money down and the ways to pay that are shown.
pub(super) fn offer(input: &mut DealInput, dice: &mut Rng, new: bool, pay: Pay, discount: i32) {
    let asked = i32::try_from(input.price.cents() / 100).unwrap_or(0);
    let price = asked / 100 * (100 - discount);
    input.price = Money::from_dollars(price);
    if chance(dice, if new { 45 } else { 32 }) {
        let year = i32::from(input.deal_date.year());
        input.trades.push(trade(dice, year, price, pay));
    }
    if new && chance(dice, 50) {
        let name = dice.choice(["Customer cash", "Retail bonus cash", "Loyalty cash"]).unwrap_or("Customer cash");
        let amount = Money::from_dollars(250 * dice.i32(2..=8));
        input.rebates.push(Rebate {
            kind: RebateKind::Manufacturer,
            name: name.to_owned(),
            amount,
            excludes: Vec::new(),
        });
    }
    input.cash_down = Money::from_dollars(down(dice, new, price, pay));
    input.columns.retain(|column| match column {
        Column::Cash(_) => pay != Pay::Lease,
        Column::Finance(_) => true,
        Column::Lease(_) => pay == Pay::Lease,
    });
}

fn down(dice: &mut Rng, new: bool, price: i32, pay: Pay) -> i32 {
    if chance(dice, if new { 22 } else { 28 }) {
        return 0;
    }
    let steps = dice.i32(1..=if new { 25 } else { 16 });
    let most = if pay == Pay::Lease { price / 12 } else { price / 4 };
    (steps * 500).min(most / 500 * 500)
}

fn trade(dice: &mut Rng, year: i32, price: i32, pay: Pay) -> Trade {
    const NAMES: [&str; 10] = [
        "Altima SV",
        "Civic EX",
        "Equinox LT",
        "Explorer XLT",
        "F-150 XLT",
        "Forester Premium",
        "Highlander LE",
        "RAV4 LE",
        "Silverado LT",
        "Sorento LX",
    ];
    const TERM: i32 = 72;
    let upside_down = pay != Pay::Cash && chance(dice, 33);
    let months = if upside_down { dice.i32(14..=42) } else { dice.i32(18..=84) };
    let paid = if upside_down { dice.i32(30_000..52_000) } else { dice.i32(18_000..46_000) };
    let payoff = if upside_down || chance(dice, 55) { owed(paid * 9 / 10, TERM, months) } else { 0 };
    let allowance = if upside_down {
        let short = match dice.u32(..1_000) {
            0..=423 => dice.i32(500..5_000),
            424..=752 => dice.i32(5_000..10_000),
            753..=916 => dice.i32(10_000..15_000),
            _ => dice.i32(15_000..19_000),
        };
        payoff - short.min(payoff - 2_000).min(price * 2 / 5)
    } else {
        let worth = paid / 100 * (94 - months).max(12);
        let most = if pay == Pay::Lease { price / 10 } else { price / 5 };
        worth.clamp(payoff, payoff + most)
    };
    Trade {
        description: format!("{} {}", year - months / 12, dice.choice(NAMES).unwrap_or("Civic EX")),
        allowance: Money::from_dollars(allowance.max(500)),
        payoff: Money::from_dollars(payoff),
        good_through: None,
        per_diem: Money::ZERO,
        acv: None,
        leased: false,
        class: None,
        taxed_here: None,
    }
}

/// What the finance office makes of it: the one way to pay, the rate by credit, the products, and what the store reckons the
/// trade at. `keen` is how many products of a hundred more than usual this office sells.
pub(super) fn contract(input: &mut DealInput, dice: &mut Rng, new: bool, pay: Pay, keen: u32) {
    input.columns.retain(|column| match column {
        Column::Cash(_) => pay == Pay::Cash,
        Column::Finance(_) => pay == Pay::Finance,
        Column::Lease(_) => pay == Pay::Lease,
    });
    for column in &mut input.columns {
        if let Column::Finance(terms) = column {
            let (rate, markup) = rate(dice, new);
            terms.rate = points(rate);
            terms.buy_rate = Some(points(rate - markup));
            terms.reserve_share = Some(points(7_500));
            let usual: [(u32, u16); 6] = if new {
                [(4, 36), (7, 48), (24, 60), (38, 72), (6, 75), (21, 84)]
            } else {
                [(6, 36), (9, 48), (27, 60), (40, 72), (6, 75), (12, 84)]
            };
            terms.term_months = pick(dice, &usual, 72);
        }
    }
    let mut sell = |kind, name: &str, price: i32, cost: i32| {
        input.products.push(Product {
            kind,
            name: name.to_owned(),
            price: Money::from_dollars(price),
            cost: Some(Money::from_dollars(cost)),
        });
    };
    if chance(dice, 42 + keen) {
        sell(ProductKind::ServiceContract, "Seven years, 100,000 miles", 1_795 + 100 * dice.i32(0..9), 1_080);
    }
    if pay == Pay::Finance && chance(dice, 36) {
        sell(ProductKind::Gap, "GAP", 695 + 50 * dice.i32(0..5), 210);
    }
    if chance(dice, 20) {
        sell(ProductKind::Maintenance, "Five years of maintenance", 1_295, 640);
    }
    if chance(dice, 18) {
        sell(ProductKind::TireWheel, "Tire and wheel, five years", 699, 265);
    }
    for trade in &mut input.trades {
        let dollars = i32::try_from(trade.allowance.cents() / 100).unwrap_or(0);
        trade.acv = Some(Money::from_dollars(dollars / 100 * dice.i32(90..=102)));
    }
}

/// Contract rate and the part of it that is mark-up, in hundredths of a per cent, by the tier of credit.
fn rate(dice: &mut Rng, new: bool) -> (i64, i64) {
    let base = if new {
        pick(dice, &[(46, 488), (36, 651), (11, 977), (6, 1_334), (1, 1_585)], 651)
    } else {
        pick(dice, &[(22, 743), (35, 965), (20, 1_410), (18, 1_900), (5, 2_160)], 965)
    };
    let rate = (base + dice.i64(-90..=90)).min(MOST);
    let markup = pick(dice, &[(30, 0), (10, 50), (20, 100), (15, 150), (25, 200)], 0);
    (rate, markup)
}

#[cfg(test)]
mod tests {
    use super::owed;

    #[test]
    fn what_is_owed_falls_with_age_and_stays_below_the_loan() {
        let left: Vec<i32> = (0..90).map(|age| owed(31_000, 72, age)).collect();
        assert!(left.windows(2).all(|two| two[0] >= two[1]));
        assert!(left.iter().skip(1).all(|owed| *owed < 31_000));
        assert_eq!(left.last(), Some(&0));
    }
}
