//! From an access token to a tenant context, at every request.

pub(crate) mod cache;
pub(crate) mod keys;
mod verifier;
pub(crate) mod watch;

pub(crate) use verifier::{context, context_in};
