//! The laws of money, and its wire form.

mod laws;
mod wire;
