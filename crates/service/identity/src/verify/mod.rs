//! From an access token to a tenant context, at every request.

pub(crate) mod cache;
mod verifier;
pub(crate) mod watch;

pub(crate) use verifier::context;
