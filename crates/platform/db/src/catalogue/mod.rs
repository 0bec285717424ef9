//! Holds every table, column, view and function of the database to the rules of tenant isolation and of protection.
//!
//! It reads PostgreSQL's catalogue after all migrations have run, so it sees what is there and not what a migration
//! meant. A test of this crate runs it, and so does `autolytiq doctor`. What is exempt is in [`exceptions`], one line
//! and one reason each.

mod classes;
mod columns;
pub mod exceptions;
mod map;
mod routines;
mod tables;

use std::fmt;

use sqlx::{Connection, PgConnection};

use crate::{Access, DbError};

pub use classes::Class;
pub use map::{MappedColumn, MappedTable, map, render};

/// Something in the database that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The table, view or function.
    pub object: String,
    /// The rule, and how to keep it.
    pub rule: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.object, self.rule)
    }
}

/// Checks everything and returns what breaks a rule, sorted; empty when all is well. Connects as the owner and reads.
///
/// # Errors
/// What the database reports.
pub async fn check(access: &Access) -> Result<Vec<Finding>, DbError> {
    let mut connection = PgConnection::connect_with(&access.owner).await?;
    let mut findings = Findings::default();
    tables::check(&mut connection, &mut findings).await?;
    columns::check(&mut connection, &mut findings).await?;
    routines::check(&mut connection, &mut findings).await?;
    connection.close().await?;
    findings.0.sort();
    Ok(findings.0)
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, object: &str, rule: impl Into<String>) {
        self.0.push(Finding { object: object.to_owned(), rule: rule.into() });
    }

    fn require(&mut self, holds: bool, object: &str, rule: &str) {
        if !holds {
            self.add(object, rule);
        }
    }
}
