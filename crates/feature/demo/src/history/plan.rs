//! What will happen and when, drawn before anything is done, so that everything is done in the order of its days.

use super::{FIRST_RULES, lot, people::Worker};
use crate::DemoError;
use crate::stage::{Plan, Scale, ago};
use autolytiq_kernel::{Role, StoreZone};
use fastrand::Rng;
use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan};

/// How a deal ends, or where it stands on the day of the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Closed,
    Cancelled,
    Rejected,
    Reopened,
    Draft,
    Submitted,
    Approved,
}

/// A deal; its customer has the same place in the plan.
pub(super) struct Deal {
    pub(super) vehicle: usize,
    pub(super) seller: usize,
    /// Per cent off the asking price, by the salesperson's habit.
    pub(super) discount: i32,
    pub(super) outcome: Outcome,
}

/// A vehicle and the day it comes.
pub(super) struct Arrival {
    pub(super) new: bool,
    pub(super) on: Date,
}

/// Something that happens, with a place in the plan. In this order on equal times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// The new hire comes.
    Hire,
    Vehicle(usize),
    Customer(usize),
    Deal(usize),
}

/// The whole plan.
pub(super) struct Ahead {
    pub(super) founded: Timestamp,
    pub(super) vehicles: Vec<Arrival>,
    pub(super) deals: Vec<Deal>,
    pub(super) events: Vec<(Timestamp, Event)>,
}

struct Planner<'a> {
    dice: &'a mut Rng,
    zone: StoreZone,
    founded: Timestamp,
    hired: Timestamp,
    /// Places of the salespeople in the staff; the first is the star, the last but one of the small store's four struggles.
    sellers: Vec<usize>,
    ahead: Ahead,
}

/// Draws the plan.
pub(super) fn draw(
    plan: Plan,
    scale: Scale,
    zone: StoreZone,
    workers: &[Worker],
    dice: &mut Rng,
) -> Result<Ahead, DemoError> {
    let today = zone.date_at(plan.anchor);
    let back = i64::from(scale.months) * 61 / 2;
    let first = today.checked_sub(back.days())?.max(FIRST_RULES);
    let founded = zone.day(first).map_or(plan.anchor, |(start, _)| start) + SignedDuration::from_hours(7);
    let hired = ago(plan.anchor, (back / 6).min(120)).max(founded + SignedDuration::from_hours(1));
    let sellers = (0..workers.len())
        .filter(|index| workers.get(*index).is_some_and(|worker| worker.role == Role::Salesperson))
        .collect();
    let ahead = Ahead { founded, vehicles: Vec::new(), deals: Vec::new(), events: vec![(hired, Event::Hire)] };
    let mut planner = Planner { dice, zone, founded, hired, sellers, ahead };
    planner.deliveries(first, today, scale)?;
    planner.lot(plan, today, scale)?;
    planner.ahead.events.sort_unstable();
    Ok(planner.ahead)
}

/// How many deliveries a day has beside others: Saturdays 24 % of a week, none on Sundays (a Texas dealer closes on one of
/// the two, Tex. Transp. Code § 728.002), 60 % more in the last three days of a month.
fn weight(day: Date) -> u32 {
    let week = match day.weekday() {
        Weekday::Sunday => 0,
        Weekday::Saturday => 158,
        _ => 100,
    };
    if day.days_in_month() - day.day() < 3 { week * 8 / 5 } else { week }
}

impl Planner<'_> {
    /// Deals that were delivered, and some that were lost on the same vehicle before.
    fn deliveries(&mut self, first: Date, today: Date, scale: Scale) -> Result<(), DemoError> {
        // The store opens with a lot; the first deliveries come on its second day.
        let days: Vec<Date> = first.tomorrow()?.series(1.day()).take_while(|day| *day < today).collect();
        let total: u32 = days.iter().map(|day| weight(*day)).sum();
        let count = u32::try_from(days.len()).unwrap_or(0) * 2 * scale.deliveries / 61;
        let mut drawn: Vec<Date> = Vec::new();
        for _ in 0..count {
            let mut at = self.dice.u32(..total.max(1));
            for day in &days {
                if at < weight(*day) {
                    drawn.push(*day);
                    break;
                }
                at -= weight(*day);
            }
        }
        drawn.sort_unstable();
        for day in drawn {
            // Used vehicles sell better when tax refunds come.
            let refunds = matches!(day.month(), 2 | 3);
            let new = self.dice.u32(..100) < if refunds { 46 } else { 53 };
            let age = lot::days_to_sale(self.dice);
            let arrived = day.checked_sub(age.days())?;
            let vehicle = self.vehicle(new, arrived);
            let sold = self.hour(day);
            if self.dice.u32(..100) < 20 {
                let lost_on = arrived.max(first).checked_add((age / 2).days())?;
                if lost_on < day && lost_on > first && lost_on.weekday() != Weekday::Sunday {
                    let outcome = if self.dice.u32(..4) == 0 { Outcome::Rejected } else { Outcome::Cancelled };
                    let when = self.hour(lost_on);
                    self.deal(vehicle, when, outcome);
                }
            }
            self.deal(vehicle, sold, Outcome::Closed);
        }
        Ok(())
    }

    /// What stands on the lot at the anchor, and the deals of the last days on some of it.
    fn lot(&mut self, plan: Plan, today: Date, scale: Scale) -> Result<(), DemoError> {
        use Outcome::{Approved, Draft, Reopened, Submitted};
        for index in 0..scale.units {
            let age = lot::lot_age(index, scale.units, self.dice);
            let new = self.dice.u32(..100) < 55;
            let vehicle = self.vehicle(new, today.checked_sub(age.days())?);
            // Every eighth has a deal at work, which began within the last five days.
            if index % 8 == 0 && age > 6 {
                let outcome = match index / 8 % 6 {
                    0 | 1 => Draft,
                    2 | 3 => Submitted,
                    4 => Approved,
                    _ => Reopened,
                };
                let mut when =
                    ago(plan.anchor, self.dice.i64(0..5)) - SignedDuration::from_mins(self.dice.i64(200..420));
                if self.zone.date_at(when).weekday() == Weekday::Sunday {
                    when = ago(when, 1);
                }
                self.deal(vehicle, when, outcome);
            }
        }
        Ok(())
    }

    fn vehicle(&mut self, new: bool, on: Date) -> usize {
        let index = self.ahead.vehicles.len();
        let morning = self.zone.day(on).map_or(self.founded, |(start, _)| start)
            + SignedDuration::from_mins(480 + self.dice.i64(0..60));
        // What came before the store's first day here was entered on it.
        let entered = morning.max(self.founded + SignedDuration::from_mins(60 + self.dice.i64(0..500)));
        self.ahead.vehicles.push(Arrival { new, on });
        self.ahead.events.push((entered, Event::Vehicle(index)));
        index
    }

    /// A time of day at which a deal begins that is over before the store closes.
    fn hour(&mut self, day: Date) -> Timestamp {
        let start = self.zone.day(day).map_or(self.founded, |(start, _)| start);
        start + SignedDuration::from_mins(self.dice.i64(9 * 60 + 15..15 * 60))
    }

    fn deal(&mut self, vehicle: usize, when: Timestamp, outcome: Outcome) {
        let index = self.ahead.deals.len();
        let seller = self.seller(when);
        let discount = match self.habit(seller) {
            Habit::Star => self.dice.i32(0..=2),
            Habit::Struggler => self.dice.i32(3..=6),
            _ => self.dice.i32(1..=4),
        };
        // Most came in for it, some came back after a day.
        let before = if self.dice.u32(..4) == 0 { 24 * 60 } else { self.dice.i64(8..40) };
        let met = (when - SignedDuration::from_mins(before)).max(self.founded + SignedDuration::from_hours(1));
        self.ahead.deals.push(Deal { vehicle, seller, discount, outcome });
        self.ahead.events.push((met, Event::Customer(index)));
        self.ahead.events.push((when, Event::Deal(index)));
    }

    /// Whose customer it is: the star's three times as often as anybody's, the struggler's half as often, the new hire's from
    /// some days after the first one on.
    fn seller(&mut self, when: Timestamp) -> usize {
        let there = when > self.hired + SignedDuration::from_hours(72);
        loop {
            let Some(seller) = self.dice.choice(&self.sellers).copied() else { return 0 };
            let weight = match self.habit(seller) {
                Habit::Star => 30,
                Habit::Steady => 10,
                Habit::Struggler => 5,
                Habit::NewHire => 7 * u32::from(there),
            };
            if self.dice.u32(..30) < weight {
                return seller;
            }
        }
    }

    fn habit(&self, seller: usize) -> Habit {
        if self.sellers.first() == Some(&seller) {
            Habit::Star
        } else if self.sellers.last() == Some(&seller) {
            Habit::NewHire
        } else if self.sellers.get(3) == Some(&seller) {
            Habit::Struggler
        } else {
            Habit::Steady
        }
    }
}

/// How a salesperson works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    Star,
    Steady,
    Struggler,
    NewHire,
}
