//! Facts that a rule asked for and nobody gave: remembered while lines are computed, told once at the end.

use crate::kinds::{PlaceRole, Severity};
use crate::outcome::Notice;
use crate::rule::Measure;
use std::borrow::Cow;
use std::cell::Cell;

/// A fact whose absence the reader must know of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unknown {
    Weight,
    GrossWeight,
    FuelEconomy,
    ModelYear,
    Odometer,
    Cylinders,
    Msrp,
    FairValue,
    AssessedValue,
    GuideTradeValue,
    HomeTax,
    HomeRate,
    DealerRates,
    BuyerRates,
    GaragingRates,
}

/// For each, in order: JSON pointer into the deal's input, and what to say.
const TOLD: [(&str, &str); 15] = [
    ("/vehicle/weightLb", "The vehicle's weight is not given; what depends on it was left out."),
    ("/vehicle/gvwrLb", "The gross weight rating is not given; rules for heavy vehicles were not applied."),
    ("/vehicle/mpg", "The fuel economy is not given; what depends on it was left out."),
    ("/vehicle/modelYear", "The model year is not given; what depends on the vehicle's age was left out."),
    ("/vehicle/odometer", "The odometer reading is not given; what depends on it was left out."),
    ("/vehicle/cylinders", "The number of cylinders is not given; what depends on it was left out."),
    ("/vehicle/msrp", "The list price is not given; what depends on it was left out."),
    ("/vehicle/fairValue", "The book value is not given; what depends on it was left out."),
    ("/vehicle/assessedValue", "The assessed value is not given; what depends on it was left out."),
    ("/vehicle/guideTradeValue", "The guide's trade-in value is not given; what depends on it was left out."),
    ("/buyer/homeStateTax", "What the home state would take is not given; its limit was not applied."),
    ("/buyer/homeStateRate", "The home state's rate is not given; its limit was not applied."),
    ("/dealerPlace", "No local rate is known for the dealer's place, which decides; local tax was left out."),
    ("/buyerPlace", "No local rate is known for the buyer's place, which decides; local tax was left out."),
    ("/garagingPlace", "No local rate is known for the vehicle's place, which decides; local tax was left out."),
];

impl Unknown {
    /// The local rates of a place.
    pub(super) const fn rates_of(role: PlaceRole) -> Self {
        match role {
            PlaceRole::Dealer => Self::DealerRates,
            PlaceRole::Buyer => Self::BuyerRates,
            PlaceRole::Garaging => Self::GaragingRates,
        }
    }

    /// The fact behind a measure. Nothing where absence means "no": a term, a private sale, a title elsewhere.
    pub(super) const fn behind(measure: Measure) -> Option<Self> {
        match measure {
            Measure::WeightLb => Some(Self::Weight),
            Measure::GvwrLb => Some(Self::GrossWeight),
            Measure::Mpg => Some(Self::FuelEconomy),
            Measure::ModelYear | Measure::Age => Some(Self::ModelYear),
            Measure::Odometer => Some(Self::Odometer),
            Measure::Cylinders => Some(Self::Cylinders),
            Measure::TermMonths | Measure::DaysTitledElsewhere | Measure::PrivateSaleDays => None,
        }
    }
}

/// The facts missed so far, one bit for each.
#[derive(Debug, Default)]
pub(super) struct Missed(Cell<u16>);

impl Missed {
    pub(super) fn add(&self, fact: Unknown) {
        self.0.set(self.0.get() | 1 << fact as u16);
    }

    pub(super) fn notices(&self) -> Vec<Notice> {
        let missed = self.0.get();
        if missed == 0 {
            return Vec::new();
        }
        let told = TOLD.iter().enumerate().filter(|(bit, _)| missed & (1 << bit) != 0);
        told.map(|(_, (pointer, detail))| Notice {
            code: Cow::Borrowed("fact-missing"),
            severity: Severity::Warning,
            detail: Cow::Borrowed(*detail),
            pointer: Some(Cow::Borrowed(*pointer)),
            source: None,
        })
        .collect()
    }
}
