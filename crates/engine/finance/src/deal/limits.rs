//! How large an input may be. Beyond these it is a slip of the keyboard, and is refused with its field.

use autolytiq_money::{Money, Rate};

/// The most any single amount of a deal may be.
pub const MOST_MONEY: Money = Money::from_dollars(10_000_000);
/// The longest loan, in months.
pub const MOST_LOAN_MONTHS: u16 = 144;
/// The longest lease, in months.
pub const MOST_LEASE_MONTHS: u16 = 84;
/// The highest yearly rate, 100 %.
pub const MOST_RATE: Rate = Rate::ONE;
/// The highest money factor, equivalent to 120 % a year.
pub const MOST_MONEY_FACTOR: Rate = Rate::from_units(Rate::SCALE / 20);
/// The most multiple security deposits of a lease.
pub const MOST_DEPOSITS: u16 = 12;
/// The most miles a year.
pub const MOST_MILES: u32 = 1_000_000;
/// The most units of a pay period.
pub const MOST_UNITS: u16 = 10_000;
/// The most tiers of a pay plan.
pub const MOST_TIERS: usize = 12;
/// The most columns side by side.
pub const MOST_COLUMNS: usize = 12;
/// The most accessories, fees, products or elections.
pub const MOST_ITEMS: usize = 50;
/// The most rebates.
pub const MOST_REBATES: usize = 20;
/// The most trades.
pub const MOST_TRADES: usize = 6;
/// The most local rates that reach one deal.
pub const MOST_LOCAL_RATES: usize = 200;
/// The longest name or description, in characters.
pub const MOST_TEXT: usize = 200;
/// The longest code or id, in characters.
pub const MOST_CODE: usize = 40;
/// The most days from the contract to the first payment.
pub const MOST_DAYS_TO_FIRST: u32 = 366;

/// The states, the District of Columbia and the inhabited territories, by postal code.
pub const STATES: [&str; 56] = [
    "AK", "AL", "AR", "AS", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "GU", "HI", "IA", "ID", "IL", "IN", "KS",
    "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MP", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY",
    "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VI", "VT", "WA", "WI", "WV", "WY",
];
