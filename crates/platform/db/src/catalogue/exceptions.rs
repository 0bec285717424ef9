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
    ("dealer_group", TableKind::System, "stands above its stores"),
    ("person", TableKind::System, "people are global; what a store knows of one is its membership"),
    ("session", TableKind::System, "found by its token before any store is known"),
    ("refresh_token", TableKind::System, "found by its hash before any store is known"),
    ("sign_in_failure", TableKind::System, "counts attempts on accounts, also on those that do not exist"),
    ("person_key", TableKind::System, "people are global, and so are the keys of what is sealed for them"),
    ("factor", TableKind::System, "asked for before any store is chosen"),
    ("recovery_code", TableKind::System, "asked for before any store is chosen"),
    ("sign_in_ticket", TableKind::System, "found by its hash before any store is known"),
    ("factor_challenge", TableKind::System, "found by the ticket's hash before any store is known"),
    ("sso_attempt", TableKind::System, "found by its state before anybody is known"),
    ("key_rotation", TableKind::System, "a master key is the installation's"),
    ("identity_revision", TableKind::System, "one counter for the caches of every process"),
    ("identity_change", TableKind::System, "what changed, for the caches of every process; ids only"),
];

/// Policies beyond those the procedures make: table, policy, reason.
pub const POLICIES: &[(&str, &str, &str)] = &[];

/// Functions that run with their owner's rights: `schema.name(argument types)`, reason.
pub const SECURITY_DEFINERS: &[(&str, &str)] = &[
    (
        "app.create_partitions_ahead(date, integer)",
        "creates tables, which the system role must not; takes no table's name from its caller",
    ),
    (
        "public.identity_ensure_person(uuid, text, text, timestamp with time zone)",
        "an administrator adds a person, who is global, in the store's own transaction; gives back an id and nothing else",
    ),
    (
        "public.identity_member_changed(uuid, timestamp with time zone)",
        "takes the next revision for a member of the acting store",
    ),
    (
        "public.identity_locked_members(timestamp with time zone)",
        "an administrator sees which members of the acting store are locked; gives back ids and times",
    ),
    (
        "public.identity_member_factors()",
        "who answers for a store sees which of its members have a second factor; gives back ids and yes or no",
    ),
    (
        "public.identity_rooftop_accounts(timestamp with time zone, text[])",
        "who answers for a group sees how many people of each readable store lack a second factor or are locked; gives back numbers",
    ),
    ("public.identity_unlock_member(uuid)", "lifts the lock of a member of the acting store"),
    (
        "public.identity_undo_user_import(uuid, timestamp with time zone)",
        "removes people of the acting store who were imported by mistake and have not come; gives back whom",
    ),
    (
        "public.identity_stores_in_group()",
        "who administers every store of a group may appoint its administrator; gives back a number of stores and nothing else",
    ),
    (
        "public.crm_search_customers(text[], text, uuid, integer)",
        "LIKE reaches no index behind a policy; filters by the transaction's own store first and gives back ids",
    ),
    ("public.inventory_search_vehicles(text[])", "as crm_search_customers"),
    ("public.inventory_find_vehicles(text[], text, text, text, uuid, integer)", "as crm_search_customers"),
    ("public.desking_search_deals(text[])", "as crm_search_customers"),
    (
        "public.desking_find_deals(text[], uuid, text[], uuid, uuid, timestamp with time zone, uuid, integer)",
        "as crm_search_customers",
    ),
    (
        "public.desking_find_deals_of(text[], uuid[], text[], uuid, uuid, timestamp with time zone, uuid, integer)",
        "as crm_search_customers",
    ),
    (
        "public.desking_keep_search_keys()",
        "a trigger of deals; writes the keys of the row at hand, which the app may not",
    ),
    (
        "public.inventory_keep_search_keys()",
        "a trigger of vehicles; writes the keys of the row at hand, which the app may not",
    ),
    (
        "public.audit_erase_reasons(uuid)",
        "the app may not delete a reason; erases those given on a customer who was erased, and on their deals",
    ),
    (
        "public.desking_erase_words(uuid)",
        "the app may not change a pencil; empties what people wrote beside the figures of an erased customer, no more",
    ),
];

/// Unique indexes of tenant tables that do not contain the store: index, reason.
pub const UNIQUE_INDEXES: &[(&str, &str)] = &[];

/// Columns of bytes: `table.column`, what they hold.
pub const BYTES: &[(&str, &str)] = &[
    ("audit_seal.previous", "digest: the link before"),
    ("audit_seal.hash", "digest: the link"),
    ("idempotency_key.fingerprint", "digest of the request"),
    ("idempotency_key.body", "an answer as it was given to the person who may ask for it again; deleted after a day"),
    ("subject_key.wrapped", "a data key under the master key"),
    ("account_link.digest", "digest of the token in a mail"),
    ("registration.digest", "digest of the token in a mail"),
    ("person_key.wrapped", "a data key under the master key"),
    ("factor.secret", "ciphertext under the person's key"),
    ("factor.credential", "a passkey's id, made by the authenticator; names nobody"),
    ("factor.public_key", "a public key"),
    ("recovery_code.digest", "digest of the code and the person"),
    ("sign_in_ticket.digest", "digest of the ticket"),
    ("factor_challenge.holder", "digest of the ticket or the session"),
    ("factor_challenge.content", "ciphertext under the person's key"),
    ("sso_connection.client_secret", "ciphertext under the connection's key"),
    ("sso_attempt.state", "digest of what travels with the provider"),
    ("sso_attempt.browser", "digest of what stays in the browser"),
    ("refresh_token.digest", "digest of the token"),
    ("refresh_token.successor", "digest of the next token"),
    ("api_key.digest", "digest of the secret"),
    ("sign_in_failure.account", "digest of the address that was typed"),
    ("mail.sealed", "a message's text under its store's key while it waits"),
    ("store_logo.bytes", "a picture that the store prints on its papers"),
    ("customer.email_index", "blind index"),
    ("customer.phone_index", "blind index"),
    ("customer.date_of_birth", "ciphertext under the customer's key"),
    ("consent_entry.wording", "ciphertext under the customer's key"),
    ("retention_run.digest", "digest of the certificate"),
    ("legal_hold.reason", "ciphertext under the customer's key"),
];

/// Columns whose names tell of more than they hold: `table.column`, why it may stand in clear.
pub const HARMLESS_NAMES: &[(&str, &str)] = &[
    ("person.password_hash", "Argon2id, which cannot be turned back"),
    ("person.password_set_at", "a time"),
    ("sso_connection.passwords", "yes or no"),
    ("dealership.licence_numbers", "the store's own, which its papers show"),
];

/// The kind of a table.
#[must_use]
pub fn kind_of(table: &str) -> TableKind {
    TABLES.iter().find(|(name, ..)| *name == table).map_or(TableKind::Tenant, |(_, kind, _)| *kind)
}
