//! Loans, leases, rates and whole deals, against published examples, independent arithmetic and the laws they obey.

mod any_deal;
mod apr;
mod laws;
mod lease;
mod loan;
