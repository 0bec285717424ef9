//! Where a deal is taxed.
//!
//! **What it is.** The states the product knows, their counties and the areas inside them that local tax tells apart,
//! and the local rates of each ([`Tables`], from `data/*.csv` with their sources in `data/states.toml`), or those that the
//! store imported instead (`ops/`: a plain table, the rate and boundary files of the Streamlined states). [`Tables::resolve`]
//! turns the places of a deal into the [`ResolvedRates`](autolytiq_tax::ResolvedRates) that the engine takes as an input.
//!
//! **What it never does.** It computes no tax, and it never takes the nearest rate: a rate that began after the deal's
//! date is left out, a place it cannot settle is marked unverified with the reason.

mod data;
mod error;
mod fips;
mod http;
mod import;
mod imported;
mod in_force;
mod ops;
mod progress;
mod resolve;
mod store;
mod street;
mod zip_rates;
mod zips;

pub use data::{LocalRatesInfo, Tables};
pub use error::DataError;
pub use resolve::{Places, Streets};
pub use zip_rates::{Candidate, ZipRates};
pub use zips::{Zip, zip};

use autolytiq_http::{Module, Started};
use std::sync::Arc;

/// The module, for the composition root.
#[must_use]
pub fn module() -> Module {
    Module::new("places").needs(&["identity"]).codes(error::CODES).routes(http::routes).start(|_| {
        Box::pin(async {
            let started = Started::new().extension(Arc::new(Tables::shipped()?));
            Ok(started.extension(Arc::new(progress::Imports::default())))
        })
    })
}
