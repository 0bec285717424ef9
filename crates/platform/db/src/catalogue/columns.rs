//! The rules of columns: what is protected is not stored in clear.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use super::{
    Findings, classes,
    exceptions::{BYTES, HARMLESS_NAMES},
    map::{self, ColumnRow},
};
use crate::DbError;

/// Parts of names that tell of a protected value (SYSTEM: social security number, driver licence, date of birth, income,
/// credit answers) or of a secret.
const TELLTALES: [&str; 14] = [
    "ssn",
    "social_security",
    "tax_id",
    "licen",
    "birth",
    "dob",
    "income",
    "salary",
    "credit_score",
    "account_number",
    "card_number",
    "password",
    "secret",
    "private_key",
];

pub(super) async fn check(connection: &mut PgConnection, findings: &mut Findings) -> Result<(), DbError> {
    let columns = map::columns(connection).await?;
    let mut seen = BTreeSet::new();
    for ColumnRow { table, name, kind, .. } in &columns {
        let column = format!("{table}.{name}");
        if kind == "bytea" {
            let listed = BYTES.iter().any(|(known, _)| *known == column);
            findings.require(
                listed,
                &column,
                "a column of bytes is listed with what it holds: ciphertext, a blind index, a digest",
            );
        } else if TELLTALES.iter().any(|telltale| name.contains(telltale)) {
            let listed = HARMLESS_NAMES.iter().any(|(known, _)| *known == column);
            findings.require(
                listed,
                &column,
                "the name tells of a protected value: seal it (crates/platform/secrets), or list why not",
            );
        }
        check_class(table, name, &column, findings);
        seen.insert(column);
    }
    for (column, _) in BYTES.iter().chain(HARMLESS_NAMES) {
        findings.require(
            seen.contains(*column),
            column,
            "is listed as an exception but does not exist; remove the line",
        );
    }
    for (table, _, names) in classes::lines() {
        for column in names.split_whitespace().map(|name| format!("{table}.{name}")) {
            findings.require(seen.contains(&column), &column, "has a class but does not exist; remove its name");
        }
    }
    Ok(())
}

/// Every column has one class, and what is protected stands there as ciphertext.
fn check_class(table: &str, name: &str, column: &str, findings: &mut Findings) {
    let mut found = classes::of(table, name);
    let Some(class) = found.next() else {
        findings.add(column, "has no class; add its name to a line of crates/platform/db/src/catalogue/classes");
        return;
    };
    findings.require(found.next().is_none(), column, "has two classes; decide for one");
    let ciphertext = BYTES.iter().any(|(known, form)| *known == column && form.starts_with("ciphertext"));
    findings.require(
        ciphertext || !class.is_sealed(),
        column,
        "is of a class that is stored as ciphertext only: seal it (crates/platform/secrets) and list it in BYTES",
    );
}
