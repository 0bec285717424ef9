//! The table of a group's stores over HTTP, on a real database. What stands in it is written with SQL, so that the figures
//! are counted by hand and by nobody's code.

#![expect(clippy::unwrap_used, reason = "tests")]

mod group;
mod world;
