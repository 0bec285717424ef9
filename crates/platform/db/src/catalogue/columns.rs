//! The rules of columns: what is protected is not stored in clear.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use super::{
    Findings,
    exceptions::{BYTES, HARMLESS_NAMES},
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
    let columns = columns(connection).await?;
    let mut seen = BTreeSet::new();
    for (column, is_bytes) in &columns {
        let name = column.split('.').next_back().unwrap_or_default();
        if *is_bytes {
            let listed = BYTES.iter().any(|(known, _)| known == column);
            findings.require(
                listed,
                column,
                "a column of bytes is listed with what it holds: ciphertext, a blind index, a digest",
            );
        } else if TELLTALES.iter().any(|telltale| name.contains(telltale)) {
            let listed = HARMLESS_NAMES.iter().any(|(known, _)| known == column);
            findings.require(
                listed,
                column,
                "the name tells of a protected value: seal it (crates/platform/secrets), or list why not",
            );
        }
        seen.insert(column.as_str());
    }
    for (column, _) in BYTES.iter().chain(HARMLESS_NAMES) {
        findings.require(
            seen.contains(column),
            column,
            "is listed as an exception but does not exist; remove the line",
        );
    }
    Ok(())
}

/// Every column as `table.column`, and whether it holds bytes.
async fn columns(connection: &mut PgConnection) -> Result<Vec<(String, bool)>, DbError> {
    Ok(sqlx::query_as(
        "select format('%s.%s', c.relname, a.attname), a.atttypid = 'bytea'::regtype
         from pg_attribute a join pg_class c on c.oid = a.attrelid
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
           and a.attnum > 0 and not a.attisdropped and c.relname <> '_sqlx_migrations'
         order by 1",
    )
    .fetch_all(connection)
    .await?)
}
