//! Conditions: whether a list of tests holds for the deal.

use super::context::Context;
use super::unknown::Unknown;
use crate::facts::Place;
use crate::kinds::{PlaceRole, VehicleClass};
use crate::rule::{Measure, Test};
use rust_decimal::Decimal;

impl Context<'_> {
    /// Whether all tests hold. A test on a fact that nobody gave does not hold, and the fact is remembered as missing.
    pub(super) fn holds(&self, tests: &[Test]) -> bool {
        tests.iter().all(|test| self.test(test))
    }

    fn test(&self, test: &Test) -> bool {
        let facts = self.facts;
        match test {
            Test::Vehicle(condition) => facts.vehicle.condition == *condition,
            Test::Class(classes) => classes.contains(&self.class()),
            Test::Fuel(fuels) => facts.vehicle.fuel.is_some_and(|fuel| fuels.contains(&fuel)),
            Test::Measure(measure, range) => self.measure(*measure).is_some_and(|value| range.holds(value)),
            Test::Amount(sum, range) => {
                self.sum(sum, &[], None).ok().flatten().is_some_and(|amount| range.holds(amount))
            }
            Test::Deal(kinds) => kinds.contains(&facts.deal),
            Test::Seller(sellers) => sellers.contains(&facts.seller),
            Test::SellerFinanced(expected) => facts.seller_financed == *expected,
            Test::Occasion(occasions) => occasions.contains(&facts.occasion),
            Test::Buyer(kind) => facts.buyer.kind == *kind,
            Test::Residence(residence) => facts.buyer.residence == *residence,
            Test::HomeState(states) => facts.buyer.home_state.as_deref().is_some_and(|home| states.contains(&home)),
            Test::Exemption(grounds) => facts.buyer.exemptions.iter().any(|ground| grounds.contains(&ground.as_str())),
            Test::Chosen(choice, option) => self.chosen(*choice, *option),
            Test::City(role, names) => named(self.place(*role).city.as_deref(), names),
            Test::County(role, names) => named(self.place(*role).county.as_deref(), names),
            Test::Lien(expected) => facts.lien == *expected,
            Test::TransfersPlate(expected) => facts.buyer.transfers_plate == *expected,
            Test::Any(lists) => lists.iter().any(|list| self.holds(list)),
            Test::Not(list) => !self.holds(list),
        }
    }

    /// What is not said to be something else is a passenger car.
    fn class(&self) -> VehicleClass {
        self.facts.vehicle.class.unwrap_or(VehicleClass::Passenger)
    }

    pub(super) fn place(&self, role: PlaceRole) -> &Place {
        match role {
            PlaceRole::Dealer => self.facts.dealer_place,
            PlaceRole::Buyer => self.facts.buyer_place,
            PlaceRole::Garaging => self.facts.garaging_place,
        }
    }

    /// The measured number, or nothing when the fact was not given.
    pub(super) fn measure(&self, measure: Measure) -> Option<Decimal> {
        let vehicle = self.facts.vehicle;
        let found = match measure {
            Measure::WeightLb => vehicle.weight_lb.map(Decimal::from),
            Measure::GvwrLb => vehicle.gvwr_lb.map(Decimal::from),
            Measure::Mpg => vehicle.mpg.map(Decimal::from),
            Measure::ModelYear => vehicle.model_year.map(Decimal::from),
            Measure::Age => {
                let year = i32::from(self.facts.date.year());
                vehicle.model_year.map(|model| Decimal::from(year.saturating_sub(i32::from(model))))
            }
            Measure::Odometer => vehicle.odometer.map(Decimal::from),
            Measure::Cylinders => vehicle.cylinders.map(Decimal::from),
            Measure::TermMonths => {
                self.facts.term_months.or(self.facts.lease.map(|lease| lease.term_months)).map(Decimal::from)
            }
            Measure::DaysTitledElsewhere => vehicle.days_titled_elsewhere.map(Decimal::from),
            Measure::PrivateSaleDays => self.facts.buyer.private_sale.map(|sale| Decimal::from(sale.days)),
        };
        if found.is_none() {
            match Unknown::behind(measure) {
                // A passenger car is never near the limits that gross weight decides, so nobody needs to be told.
                Some(Unknown::GrossWeight) if self.class() == VehicleClass::Passenger => {}
                Some(fact) => self.missed(fact),
                None => {}
            }
        }
        found
    }
}

fn named(name: Option<&str>, names: &[&str]) -> bool {
    name.is_some_and(|name| names.iter().any(|known| known.eq_ignore_ascii_case(name)))
}
