//! Conditions: from `when` tables to tests.

use super::forms::Words;
use super::lower::{Making, word, words};
use super::source::{AmountDef, PlaceDef, RangeDef, WhenDef};
use super::terms::{Place, sum};
use super::{Said, leak, leak_str};
use crate::kinds::{BuyerKind, Condition, DealKind, Fuel, Occasion, PlaceRole, Residence, Seller, VehicleClass};
use crate::rule::{Measure, Range, Test};

/// All tests of a table, cheap ones first.
pub(super) fn tests(making: &Making<'_>, when: &WhenDef, place: Place<'_>) -> Said<&'static [Test]> {
    let mut tests = Vec::new();
    if let Some(text) = &when.vehicle {
        tests.push(Test::Vehicle(word(Condition::from_word, text, "vehicle")?));
    }
    if let Some(list) = &when.deal {
        tests.push(Test::Deal(words(DealKind::from_word, list, "deal")?));
    }
    for (name, options) in &when.choice {
        tests.push(chosen(making, name, options)?);
    }
    if let Some(list) = &when.class {
        tests.push(Test::Class(words(VehicleClass::from_word, list, "class")?));
    }
    if let Some(list) = &when.fuel {
        tests.push(Test::Fuel(words(Fuel::from_word, list, "fuel")?));
    }
    if let Some(list) = &when.seller {
        tests.push(Test::Seller(words(Seller::from_word, list, "seller")?));
    }
    if let Some(value) = when.seller_financed {
        tests.push(Test::SellerFinanced(value));
    }
    if let Some(list) = &when.occasion {
        tests.push(Test::Occasion(words(Occasion::from_word, list, "occasion")?));
    }
    if let Some(text) = &when.buyer {
        tests.push(Test::Buyer(word(BuyerKind::from_word, text, "buyer")?));
    }
    if let Some(text) = &when.residence {
        tests.push(Test::Residence(word(Residence::from_word, text, "residence")?));
    }
    if let Some(list) = &when.home_state {
        tests.push(Test::HomeState(names(list)));
    }
    if let Some(list) = &when.exemption {
        tests.push(Test::Exemption(names(list)));
    }
    if let Some(def) = &when.city {
        tests.push(Test::City(role(def)?, names(&def.name)));
    }
    if let Some(def) = &when.county {
        tests.push(Test::County(role(def)?, names(&def.name)));
    }
    if let Some(value) = when.lien {
        tests.push(Test::Lien(value));
    }
    if let Some(value) = when.transfers_plate {
        tests.push(Test::TransfersPlate(value));
    }
    let measures = [
        (Measure::WeightLb, &when.weight_lb),
        (Measure::GvwrLb, &when.gvwr_lb),
        (Measure::Mpg, &when.mpg),
        (Measure::ModelYear, &when.model_year),
        (Measure::Age, &when.age),
        (Measure::Odometer, &when.odometer),
        (Measure::Cylinders, &when.cylinders),
        (Measure::TermMonths, &when.term_months),
        (Measure::DaysTitledElsewhere, &when.days_titled_elsewhere),
        (Measure::PrivateSaleDays, &when.private_sale_days),
    ];
    for (measure, def) in measures {
        if let Some(def) = def {
            tests.push(Test::Measure(measure, range(making, def)?));
        }
    }
    if let Some(AmountDef { of, min, over, max, under }) = &when.amount {
        let bounds = bounds(making, [min, over, max, under])?;
        tests.push(Test::Amount(sum(making, of, place)?, bounds));
    }
    if !when.any.is_empty() {
        let lists = when.any.iter().map(|list| self::tests(making, list, place));
        tests.push(Test::Any(leak(lists.collect::<Said<Vec<_>>>()?)));
    }
    if let Some(list) = &when.not {
        tests.push(Test::Not(self::tests(making, list, place)?));
    }
    if tests.is_empty() {
        return Err("an empty condition; leave `when` out if the rule always applies".to_owned());
    }
    Ok(leak(tests))
}

fn chosen(making: &Making<'_>, name: &str, options: &Words) -> Said<Test> {
    let (choice, known) = making.choice(name).ok_or_else(|| format!("there is no choice \"{name}\" in [choices]"))?;
    let find = |option: &String| {
        let index = known.iter().position(|known| known == option).and_then(|index| u8::try_from(index).ok());
        index.ok_or_else(|| format!("\"{option}\" is not an option of the choice \"{name}\""))
    };
    let tests = options.0.iter().map(|option| find(option).map(|index| Test::Chosen(choice, index)));
    match tests.collect::<Said<Vec<_>>>()?.as_slice() {
        [] => Err(format!("no option of the choice \"{name}\" is named")),
        [one] => Ok(*one),
        several => Ok(Test::Any(leak(several.iter().map(|test| leak(vec![*test])).collect()))),
    }
}

fn role(def: &PlaceDef) -> Said<PlaceRole> {
    word(PlaceRole::from_word, &def.of, "place")
}

fn names(list: &Words) -> &'static [&'static str] {
    leak(list.0.iter().map(|name| leak_str(name)).collect())
}

fn range(making: &Making<'_>, def: &RangeDef) -> Said<Range> {
    bounds(making, [&def.min, &def.over, &def.max, &def.under])
}

fn bounds(making: &Making<'_>, [min, over, max, under]: [&Option<super::dated::Dated>; 4]) -> Said<Range> {
    let read = |def: &Option<super::dated::Dated>| def.as_ref().map(|d| d.at(making.day(), "bound")).transpose();
    let range = Range { min: read(min)?, over: read(over)?, max: read(max)?, under: read(under)? };
    if range == (Range { min: None, over: None, max: None, under: None }) {
        return Err("a range needs at least one of min, over, max, under".to_owned());
    }
    Ok(range)
}
