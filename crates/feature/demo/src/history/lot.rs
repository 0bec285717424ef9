//! What came to the lot: the small store's models, taken in over the years.

use crate::DemoError;
use crate::stock::{Model, STOCK, vin};
use autolytiq_inventory::api::VehicleForm;
use autolytiq_kernel::VehicleId;
use autolytiq_money::{Money, Rounding};
use autolytiq_tax::Condition;
use fastrand::Rng;
use jiff::civil::Date;

/// Days on the lot of the `index`-th of `count` vehicles: 52 % up to 30, 17 % to 45, 12 % to 60, 12 % to 90, 7 % beyond.
pub(super) fn lot_age(index: usize, count: usize, dice: &mut Rng) -> i64 {
    match index * 100 / count.max(1) {
        0..=51 => dice.i64(1..=30),
        52..=68 => dice.i64(31..=45),
        69..=80 => dice.i64(46..=60),
        81..=92 => dice.i64(61..=90),
        _ => dice.i64(91..=150),
    }
}

/// Days that a vehicle was on the lot when it was sold.
pub(super) fn days_to_sale(dice: &mut Rng) -> i64 {
    match dice.u32(..100) {
        0..=54 => dice.i64(2..=30),
        55..=79 => dice.i64(31..=60),
        80..=94 => dice.i64(61..=90),
        _ => dice.i64(91..=140),
    }
}

/// The model year of a new vehicle: the next year's come from September on.
fn current_model_year(on: Date) -> i16 {
    on.year() + i16::from(on.month() >= 9)
}

/// The record of a vehicle that came on a day; `index` makes its VIN and its stock number its own.
pub(super) fn arrival(
    id: VehicleId,
    index: usize,
    new: bool,
    on: Date,
    dice: &mut Rng,
) -> Result<VehicleForm, DemoError> {
    let models: Vec<&Model> = STOCK.iter().filter(|model| model.stock.starts_with('N') == new).collect();
    let model = *dice.choice(models.iter()).ok_or(DemoError::Missing("model of a vehicle"))?;
    let serial = 100_000 + u32::try_from(index).map_err(|_| DemoError::Missing("serial number in range"))?;
    let msrp = model.msrp / 100 * dice.i32(97..=106);
    let (year, miles, worth) = if new {
        (current_model_year(on), dice.u32(3..30), msrp / 100 * dice.i32(96..=100))
    } else {
        let age = (-model.year + dice.i16(-1..=1)).max(1);
        let yearly = dice.u32(8_000..15_000);
        let kept = 92 - 8 * i32::from(age) + dice.i32(-4..=4);
        (on.year() - age, u32::from(age.unsigned_abs()) * yearly + dice.u32(..1_000), msrp / 100 * kept.max(30))
    };
    let ending = [995, 988, 500].get(dice.usize(..3)).copied().unwrap_or(995);
    let asked = (worth / 1_000 * 1_000 + ending).min(if new { msrp } else { i32::MAX });
    let price = Money::from_dollars(asked);
    // Cost as a part of the price: a new one near invoice, a used one with its reconditioning.
    let percent = if new { dice.i64(91..98) } else { dice.i64(84..93) };
    let cost = price.times_ratio(percent, 100, Rounding::HalfUp).map_err(|_| DemoError::Missing("cost in range"))?;
    Ok(VehicleForm {
        id: Some(id),
        stock_number: Some(format!("{}{:05}", if new { 'N' } else { 'U' }, 10_000 + index)),
        vin: vin(model.vin, year, serial),
        condition: if new { Condition::New } else { Condition::Used },
        year: u16::try_from(year).map_err(|_| DemoError::Missing("model year"))?,
        make: model.make.to_owned(),
        model: model.model.to_owned(),
        trim: Some(model.trim.to_owned()),
        body_class: Some(model.body.to_owned()),
        class: Some(model.class),
        odometer: miles,
        msrp: Some(Money::from_dollars(msrp)),
        price: Some(price),
        cost: Some(cost),
        weight_lb: Some(model.weight),
        mpg: Some(model.mpg),
        fuel: Some(model.fuel),
        received_on: on,
    })
}
