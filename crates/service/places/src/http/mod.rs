//! The routes of places.

mod import;
mod list;
mod preview;
mod resolve;
mod zip;

use autolytiq_http::{RateClass, Routes, op};
use std::time::Duration;

use crate::ops::MOST_BYTES;

/// A million boundary records over a slow line.
const IMPORT_DEADLINE: Duration = Duration::from_secs(15 * 60);

/// All of them.
pub(crate) fn routes() -> Routes {
    Routes::api("places")
        .add(op!(list::list_states))
        .add(op!(list::list_counties))
        .add(op!(list::local_rates))
        .add(op!(resolve::resolve_places))
        .add(op!(zip::zip_rates))
        .add(op!(import::create_rate_import).limit(RateClass::Bulk).deadline(IMPORT_DEADLINE).body_limit(MOST_BYTES))
        .add(op!(import::preview_rate_import).limit(RateClass::Bulk).deadline(IMPORT_DEADLINE).body_limit(MOST_BYTES))
        .add(op!(import::list_rate_imports))
        .add(op!(import::get_rate_import))
        .add(op!(import::get_rate_import_progress))
        .add(op!(import::withdraw_rate_import))
}
