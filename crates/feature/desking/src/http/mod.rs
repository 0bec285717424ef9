//! Routes of deals, and of the engine.

mod actions;
mod calc;
mod deals;
mod log;
mod numbers;
mod presence;
mod scenarios;
mod view;

use std::sync::Arc;

use autolytiq_http::{RateClass, Routes, op};
use autolytiq_kernel::Feature;
use autolytiq_places::Tables;
use axum::Extension;

pub(crate) use view::deal_view;

/// The tables of local rates, from the module's start.
type Rates = Extension<Arc<Tables>>;

pub(crate) fn routes() -> Routes {
    let deals = Routes::api("deals")
        .add(op!(log::list_deals))
        .add(op!(deals::create_deal).idempotent())
        .add(op!(numbers::get_deal_numbers))
        .add(op!(numbers::put_next_deal_number))
        .add(op!(deals::copy).idempotent())
        .add(op!(deals::get_deal))
        .add(op!(presence::put_presence).part_of(Feature::Presence))
        .add(op!(deals::calculate_deal).limit(RateClass::Calculate))
        .add(op!(deals::get_history))
        .add(op!(scenarios::create_scenario).idempotent())
        .add(op!(scenarios::get_scenario))
        .add(op!(actions::submit).idempotent())
        .add(op!(actions::approve).idempotent())
        .add(op!(actions::reject).idempotent())
        .add(op!(actions::cancel).idempotent())
        .add(op!(actions::close).idempotent())
        .add(op!(actions::reopen).idempotent());
    let calc = Routes::api("calc")
        .add(op!(calc::deal).limit(RateClass::Calculate))
        .add(op!(calc::tax).limit(RateClass::Calculate))
        .add(op!(calc::cash).limit(RateClass::Calculate))
        .add(op!(calc::finance).limit(RateClass::Calculate))
        .add(op!(calc::lease).limit(RateClass::Calculate).part_of(Feature::Leases))
        .add(op!(calc::amortization).limit(RateClass::Calculate))
        .add(op!(calc::apr).limit(RateClass::Calculate))
        .add(op!(calc::payoff).limit(RateClass::Calculate))
        .add(op!(calc::best_rebates).limit(RateClass::Calculate))
        .add(op!(calc::truth_in_lending).limit(RateClass::Calculate))
        .add(op!(calc::itemization).limit(RateClass::Calculate))
        .add(op!(calc::solve).limit(RateClass::Calculate))
        .add(op!(calc::grid).limit(RateClass::Calculate))
        .add(op!(calc::compare).limit(RateClass::Calculate))
        .add(op!(calc::explain).limit(RateClass::Calculate))
        .add(op!(calc::products).limit(RateClass::Calculate))
        .add(op!(calc::states))
        .add(op!(calc::state));
    deals.and(calc)
}
