//! Loans, leases, rates and whole deals, against published examples, independent arithmetic and the laws they obey.

mod apr;
mod lease;
mod loan;
