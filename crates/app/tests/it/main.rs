//! The whole product behind its HTTP layers, on a real database.

mod bad_input;
mod crossing;
mod document;
mod live;
mod operations;
mod pages;
mod samples;
mod world;
