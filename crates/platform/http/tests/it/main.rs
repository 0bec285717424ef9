//! The HTTP layers around a small module of our own, on a real database.

mod answers;
mod connections;
mod guards;
mod idempotency;
mod limits;
mod toys;
