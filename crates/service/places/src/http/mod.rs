//! The routes of places.

mod list;
mod resolve;
mod zip;

use autolytiq_http::{Routes, op};

/// All of them.
pub(crate) fn routes() -> Routes {
    Routes::api("places")
        .add(op!(list::list_states))
        .add(op!(list::list_counties))
        .add(op!(resolve::resolve_places))
        .add(op!(zip::zip_rates))
}
