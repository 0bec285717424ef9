//! Routes of consents, of what customers may ask, and of the link in a mail.

mod consents;
mod page;
mod rights;
mod unsubscribe;

use autolytiq_http::{Routes, op};

pub(crate) fn routes() -> Routes {
    Routes::api("privacy")
        .add(op!(consents::list_consents))
        .add(op!(consents::create_consent).idempotent())
        .add(op!(rights::export_customer))
        .add(op!(rights::get_erasure))
        .add(op!(rights::place_hold).idempotent())
        .add(op!(rights::release_hold).idempotent())
        .add(op!(rights::erase_customer).idempotent())
        .add(op!(unsubscribe::show_unsubscribe))
        .add(op!(unsubscribe::unsubscribe))
}
