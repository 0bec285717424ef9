//! The composition root: the table of modules, and what starts and stops a process.
//!
//! **What it is.** [`modules`] lists every module of the product in one place; [`serve`](serve::serve) opens the
//! database, starts the modules in the order of their needs, answers requests and stops cleanly. The other subcommands
//! of the executable are here as functions that take their configuration and a writer.
//!
//! **What it never does.** It holds no business rule and no table; whatever could live in a module does. It is a list,
//! not logic, and grows by a line when a module is added.

pub mod audit;
pub mod backup;
pub mod database;
pub mod demo;
pub mod doctor;
mod gateway;
pub mod keys;
mod listen;
mod live;
pub mod modules;
mod pages;
pub mod rotation;
pub mod schema;
pub mod serve;
pub mod settings;
mod web;

pub use pages::problem_page;
