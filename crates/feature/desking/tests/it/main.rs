//! Deals over HTTP, on a real database, with customers and vehicles beside them.

#![expect(clippy::unwrap_used, reason = "tests")]

mod bad_input;
mod calc;
mod copying;
mod figures;
mod imported_rates;
mod leases_off;
mod leaving;
mod life;
mod log;
mod numbers;
mod presence;
mod race;
mod reach;
mod shop;
mod teams;

use shop::Shop;
