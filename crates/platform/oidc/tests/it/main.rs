//! Tokens that are not what they should be, and providers that are not where they should be.

#![expect(clippy::unwrap_used, reason = "tests report by failing")]

mod provider;
mod tokens;
