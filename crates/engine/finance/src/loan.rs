//! Loans: the payment, the schedule that repays every cent, and what is owed on any day.
//!
//! [`Loan`] is the ordinary one: monthly, in equal payments, by unit-periods. [`Contract`] is any other: another frequency,
//! interest by days, payments skipped, added or left to the end. Both run through the same ledger in whole cents, and the
//! last payment takes up what the rounding left, so every schedule ends at exactly nothing.

mod accrual;
mod contract;
mod ledger;
mod payment;
mod payoff;
mod plan;
mod schedule;
pub(crate) mod steps;

pub use contract::{Contract, Level, PaymentRow, Worked};
pub use payment::level_payment;
pub use payoff::{MOST_RULE_OF_78_MONTHS, Owed, owed_by_us_rule, rule_of_78_rebate};
pub use plan::{Accrual, DatedAmount, Frequency, InterestRounding, PaymentPlan};
pub use schedule::{Loan, Row, Rows, Totals};
