//! Level-payment loans: the payment, and the schedule that repays every cent.
//!
//! A loan here accrues by unit-periods: one twelfth of the yearly rate for each month whatever its length, and one thirtieth
//! of that for each odd day of the first period. The payment is rounded to the cent; the schedule runs in whole cents, and
//! the last payment takes up what the rounding left.

mod payment;
mod schedule;

pub use payment::level_payment;
pub use schedule::{Loan, Row, Rows, Totals};
