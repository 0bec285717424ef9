//! Identity through HTTP, on a real database.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests report by failing")]

mod app;
mod desk;
mod life;
mod lockout;
mod rotation;
mod set_up;
mod stores;
mod tokens;
mod users;
