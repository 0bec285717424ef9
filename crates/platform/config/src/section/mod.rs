//! The sections, one a file.

pub(crate) mod backup;
pub(crate) mod data;
pub(crate) mod database;
pub(crate) mod keys;
pub(crate) mod limits;
pub(crate) mod log;
pub(crate) mod mail;
pub(crate) mod server;
pub(crate) mod single_sign_on;
pub(crate) mod targets;
pub(crate) mod texts;
