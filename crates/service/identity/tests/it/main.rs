//! Identity through HTTP, on a real database.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests report by failing")]

mod api_keys;
mod app;
mod codes;
mod custom_roles;
mod desk;
mod factors;
mod features;
mod group_people;
mod imports;
mod life;
mod links;
mod lockout;
mod passwords;
mod provider;
mod registration;
mod rotation;
mod sessions;
mod set_up;
mod settings;
mod single_sign_on;
mod single_sign_on_settings;
mod stores;
mod teams;
mod tokens;
mod users;
