//! Routes of deals, and of the engine.

mod actions;
mod calc;
mod deals;
mod log;
mod presence;
mod scenarios;
mod view;

use std::sync::Arc;

use autolytiq_http::{Routes, op};
use autolytiq_places::Tables;
use axum::Extension;

pub(crate) use view::deal_view;

/// The tables of local rates, from the module's start.
type Rates = Extension<Arc<Tables>>;

pub(crate) fn routes() -> Routes {
    let deals = Routes::api("deals")
        .add(op!(log::list_deals))
        .add(op!(deals::create_deal).idempotent())
        .add(op!(deals::copy).idempotent())
        .add(op!(deals::get_deal))
        .add(op!(presence::put_presence))
        .add(op!(deals::calculate_deal))
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
        .add(op!(calc::deal))
        .add(op!(calc::tax))
        .add(op!(calc::cash))
        .add(op!(calc::finance))
        .add(op!(calc::lease))
        .add(op!(calc::amortization))
        .add(op!(calc::apr))
        .add(op!(calc::payoff))
        .add(op!(calc::best_rebates))
        .add(op!(calc::truth_in_lending))
        .add(op!(calc::itemization))
        .add(op!(calc::solve))
        .add(op!(calc::grid))
        .add(op!(calc::compare))
        .add(op!(calc::explain))
        .add(op!(calc::products))
        .add(op!(calc::states))
        .add(op!(calc::state));
    deals.and(calc)
}
