//! The cryptography of sign-in: password hashes, signing keys, access tokens and refresh tokens.

pub(crate) mod access;
pub(crate) mod api_key;
pub(crate) mod hasher;
pub(crate) mod keys;
pub(crate) mod refresh;
