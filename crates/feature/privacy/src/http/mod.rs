//! Routes of consents, of what customers may ask, and of the link in a mail.

mod compliance;
mod consents;
mod page;
mod register;
mod retention;
mod rights;
mod unsubscribe;

use autolytiq_http::{Routes, op};
use autolytiq_kernel::Feature;

pub(crate) fn routes() -> Routes {
    Routes::api("privacy")
        .add(op!(consents::list_consents))
        .add(op!(consents::create_consent).idempotent())
        .add(op!(rights::export_customer).confirmed().part_of(Feature::CustomerExport))
        .add(op!(rights::get_erasure))
        .add(op!(rights::place_hold).idempotent())
        .add(op!(rights::release_hold).idempotent().confirmed())
        .add(op!(rights::erase_customer).idempotent().confirmed())
        .add(op!(retention::get_retention))
        .add(op!(retention::put_retention).confirmed())
        .add(op!(retention::dry_run))
        .add(op!(retention::list_runs))
        .add(op!(retention::run_retention).idempotent().confirmed())
        .add(op!(compliance::get_compliance))
        .add(op!(register::create_sign_off).idempotent())
        .add(op!(register::create_vendor).idempotent())
        .add(op!(register::put_vendor))
        .add(op!(register::create_incident).idempotent())
        .add(op!(register::put_incident))
        .add(op!(register::count_affected))
        .add(op!(register::list_affected).confirmed())
        .add(op!(unsubscribe::show_unsubscribe))
        .add(op!(unsubscribe::unsubscribe))
}
