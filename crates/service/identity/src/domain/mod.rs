//! What identity talks about: addresses, passwords, stores, users and desk defaults. No async, no SQL.

pub(crate) mod api_key;
pub(crate) mod custom_role;
pub(crate) mod desk;
pub(crate) mod email;
pub(crate) mod factor;
pub(crate) mod group_people;
pub(crate) mod guess;
pub(crate) mod limits;
pub(crate) mod logo;
pub(crate) mod name;
pub(crate) mod password;
pub(crate) mod people_list;
pub(crate) mod phone;
pub(crate) mod place;
pub(crate) mod profile;
pub(crate) mod recovery_code;
pub(crate) mod rooftops;
pub(crate) mod sent_code;
pub(crate) mod setting;
pub(crate) mod single_sign_on;
pub(crate) mod store_card;
pub(crate) mod tax_settings;
pub(crate) mod team;
pub(crate) mod totp;
pub(crate) mod user;
pub(crate) mod webauthn;
