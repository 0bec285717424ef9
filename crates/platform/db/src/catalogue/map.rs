//! The data map: what is stored, of which class, and in which form.

use std::fmt::Write as _;

use serde::Serialize;
use sqlx::{FromRow, PgConnection};

use super::{
    classes::{self, Class},
    exceptions::{BYTES, TableKind, kind_of},
};
use crate::DbError;

/// One table of the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MappedTable {
    /// Its name.
    pub name: String,
    /// What it holds, as its migration says.
    pub holds: String,
    /// Whether its rows belong to a store.
    pub of_a_store: bool,
    /// Its columns, in their order.
    pub columns: Vec<MappedColumn>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MappedColumn {
    /// Its name.
    pub name: String,
    /// Its type, as PostgreSQL prints it.
    pub kind: String,
    /// The class of its data; none is a finding of the catalogue check.
    pub class: Option<Class>,
    /// How it stands there when it is not in clear: ciphertext, a digest, a blind index.
    pub form: Option<&'static str>,
}

#[derive(FromRow)]
pub(super) struct ColumnRow {
    pub(super) table: String,
    pub(super) name: String,
    pub(super) kind: String,
    holds: Option<String>,
}

/// The map of the database behind this connection. Any role may read it: it names columns and shows no row.
///
/// # Errors
/// What the database reports.
pub async fn map(connection: &mut PgConnection) -> Result<Vec<MappedTable>, DbError> {
    let mut tables: Vec<MappedTable> = Vec::new();
    for column in columns(connection).await? {
        let full = format!("{}.{}", column.table, column.name);
        let class = classes::of(&column.table, &column.name).next();
        let mapped = MappedColumn {
            class,
            form: BYTES.iter().find(|(known, _)| *known == full).map(|(_, form)| *form),
            name: column.name,
            kind: column.kind,
        };
        match tables.last_mut().filter(|table| table.name == column.table) {
            Some(table) => table.columns.push(mapped),
            None => tables.push(MappedTable {
                of_a_store: kind_of(&column.table) == TableKind::Tenant,
                name: column.table,
                holds: column.holds.unwrap_or_default(),
                columns: vec![mapped],
            }),
        }
    }
    Ok(tables)
}

/// The map as the page `docs/data-map.md`.
#[must_use]
pub fn render(tables: &[MappedTable]) -> String {
    let mut page = String::from(
        "# Data map\n\nWhat is stored, of which class, in which form. Printed from the schema and from\n\
         `crates/platform/db/src/catalogue/classes`, where every column has its class; a column without one fails the suite.\n\
         Print it again with `UPDATE_SNAPSHOTS=1 cargo test -p autolytiq-db --test it data_map`.\n\n\
         | class | what it means |\n|---|---|\n",
    );
    for class in Class::ALL {
        // Writing to a string does not fail.
        let _ = writeln!(page, "| {} | {} |", class.name(), class.meaning());
    }
    for table in tables {
        let above = if table.of_a_store { "" } else { " Not of one store." };
        let _ = write!(
            page,
            "\n## {}\n\n{}{above}\n\n| column | type | class | form |\n|---|---|---|---|\n",
            table.name, table.holds
        );
        for column in &table.columns {
            let class = column.class.map_or("none", Class::name);
            let form = column.form.unwrap_or("");
            let _ = writeln!(page, "| {} | {} | {class} | {form} |", column.name, column.kind);
        }
    }
    page
}

/// Every column of every table of ours, in the order of the tables' names and of their columns.
pub(super) async fn columns(connection: &mut PgConnection) -> Result<Vec<ColumnRow>, DbError> {
    Ok(sqlx::query_as(
        r#"select c.relname::text as "table", a.attname::text as name, format_type(a.atttypid, a.atttypmod) as kind,
                  obj_description(c.oid, 'pg_class') as holds
           from pg_attribute a join pg_class c on c.oid = a.attrelid
           where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
             and a.attnum > 0 and not a.attisdropped and c.relname <> '_sqlx_migrations'
           order by c.relname::text collate "C", a.attnum"#,
    )
    .fetch_all(connection)
    .await?)
}
