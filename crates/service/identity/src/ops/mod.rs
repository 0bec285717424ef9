//! The use cases, one file each. They authorise nothing: the guard of the route did, or there is nobody yet.

pub(crate) mod api_keys;
pub(crate) mod codes;
pub(crate) mod custom_roles;
pub(crate) mod desk;
pub(crate) mod entry;
pub(crate) mod factors;
pub(crate) mod forgotten;
pub(crate) mod found;
pub(crate) mod import_users;
pub(crate) mod invite;
pub(crate) mod key_reminders;
pub(crate) mod passkeys;
pub(crate) mod passwords;
pub(crate) mod proof;
pub(crate) mod refresh;
pub(crate) mod register;
pub(crate) mod service_accounts;
pub(crate) mod session;
pub(crate) mod sessions;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod single_sign_on;
pub(crate) mod single_sign_on_settings;
pub(crate) mod switch_store;
pub(crate) mod unlock;
pub(crate) mod users;
