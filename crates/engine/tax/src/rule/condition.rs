//! When a rule applies: tests over typed facts. A list of tests holds when all of them hold.

use super::Term;
use crate::kinds::{BuyerKind, Condition, DealKind, Fuel, Occasion, PlaceRole, Residence, Seller, VehicleClass};
use rust_decimal::Decimal;

/// One test over the facts of a deal.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    Vehicle(Condition),
    Class(&'static [VehicleClass]),
    Fuel(&'static [Fuel]),
    /// A fact that was not given fails the test and makes a notice.
    Measure(Measure, Range),
    /// The sum of terms lies in the range.
    Amount(&'static [Term], Range),
    Deal(&'static [DealKind]),
    Seller(&'static [Seller]),
    SellerFinanced(bool),
    Occasion(&'static [Occasion]),
    Buyer(BuyerKind),
    Residence(Residence),
    /// The buyer's home state is one of these.
    HomeState(&'static [&'static str]),
    /// The buyer claims one of these grounds.
    Exemption(&'static [&'static str]),
    /// The choice with this index was settled by the option with that index.
    Chosen(u8, u8),
    City(PlaceRole, &'static [&'static str]),
    County(PlaceRole, &'static [&'static str]),
    /// A lien is noted on the title.
    Lien(bool),
    TransfersPlate(bool),
    /// At least one of these lists holds.
    Any(&'static [&'static [Self]]),
    /// The list does not hold.
    Not(&'static [Self]),
}

/// A whole number known about the deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    WeightLb,
    GvwrLb,
    Mpg,
    ModelYear,
    /// Calendar year of the deal less model year; below zero for next year's model.
    Age,
    Odometer,
    Cylinders,
    TermMonths,
    DaysTitledElsewhere,
    /// Days between the buyer's own private sale and this purchase.
    PrivateSaleDays,
}

impl Measure {
    /// Every measure, in order.
    pub const ALL: &'static [Self] = &[
        Self::WeightLb,
        Self::GvwrLb,
        Self::Mpg,
        Self::ModelYear,
        Self::Age,
        Self::Odometer,
        Self::Cylinders,
        Self::TermMonths,
        Self::DaysTitledElsewhere,
        Self::PrivateSaleDays,
    ];

    /// The word of rule files and steps.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::WeightLb => "weight_lb",
            Self::GvwrLb => "gvwr_lb",
            Self::Mpg => "mpg",
            Self::ModelYear => "model_year",
            Self::Age => "age",
            Self::Odometer => "odometer",
            Self::Cylinders => "cylinders",
            Self::TermMonths => "term_months",
            Self::DaysTitledElsewhere => "days_titled_elsewhere",
            Self::PrivateSaleDays => "private_sale_days",
        }
    }
}

/// Bounds of a number, each optional.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// At least.
    pub min: Option<Decimal>,
    /// More than.
    pub over: Option<Decimal>,
    /// At most.
    pub max: Option<Decimal>,
    /// Less than.
    pub under: Option<Decimal>,
}

impl Range {
    /// Whether the number lies inside all bounds.
    #[must_use]
    pub fn holds(&self, value: Decimal) -> bool {
        self.min.is_none_or(|bound| value >= bound)
            && self.over.is_none_or(|bound| value > bound)
            && self.max.is_none_or(|bound| value <= bound)
            && self.under.is_none_or(|bound| value < bound)
    }
}
