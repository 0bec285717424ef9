//! What is not an ordinary tenant table, each with its reason. A reviewer reads a new line here as a question.

/// What kind of table it is, when it is not a store's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// Rows belong to a store; the default, and the only kind that needs no line here.
    Tenant,
    /// Exists before or above stores; only the system role touches it (`app.protect_system_table`).
    System,
    /// Public data that everybody reads (`app.publish_reference_table`).
    Reference,
    /// Not ours to protect.
    Foreign,
}

/// Tables that are not a store's: name, kind, reason.
pub const TABLES: &[(&str, TableKind, &str)] = &[
    ("_sqlx_migrations", TableKind::Foreign, "the migration runner's own record; holds no data of anybody"),
];

/// Policies beyond those the procedures make: table, policy, reason.
pub const POLICIES: &[(&str, &str, &str)] = &[];

/// Functions that run with their owner's rights: `schema.name(arguments)`, reason.
pub const SECURITY_DEFINERS: &[(&str, &str)] = &[
    ("app.create_partitions_ahead(date, integer)", "creates tables, which the system role must not; takes no table's name from its caller"),
];

/// Unique indexes of tenant tables that do not contain the store: index, reason.
pub const UNIQUE_INDEXES: &[(&str, &str)] = &[];

/// The kind of a table.
#[must_use]
pub fn kind_of(table: &str) -> TableKind {
    TABLES.iter().find(|(name, ..)| *name == table).map_or(TableKind::Tenant, |(_, kind, _)| *kind)
}
