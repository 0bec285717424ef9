//! The rules of tables and views.

use std::collections::BTreeSet;

use sqlx::{FromRow, PgConnection};

use super::{
    Findings,
    exceptions::{POLICIES, TABLES, TableKind, UNIQUE_INDEXES, kind_of},
};
use crate::DbError;

/// What `app.protect_tenant_table` makes, as the catalogue prints it: name, command, using, with check.
const TENANT_POLICIES: [(&str, &str, Option<&str>, Option<&str>); 4] = [
    ("tenant_read", "r", Some(READABLE), None),
    ("tenant_insert", "a", None, Some(ACTING)),
    ("tenant_update", "w", Some(ACTING), Some(ACTING)),
    ("tenant_delete", "d", Some(ACTING), None),
];
const READABLE: &str = "(dealership_id = ANY (( SELECT app.readable() AS readable)))";
const ACTING: &str = "(dealership_id = ( SELECT app.acting() AS acting))";

#[derive(FromRow)]
struct TableRow {
    name: String,
    view: bool,
    materialized: bool,
    partition: bool,
    row_security: bool,
    forced: bool,
    security_invoker: bool,
    /// Not null and a uuid.
    has_store: bool,
    /// The first column of the primary key.
    key_starts_with: Option<String>,
}

#[derive(FromRow)]
struct PolicyRow {
    table: String,
    name: String,
    command: String,
    permissive: bool,
    roles: Vec<String>,
    using: Option<String>,
    with_check: Option<String>,
}

#[derive(FromRow)]
struct GrantRow {
    table: String,
    grantee: String,
    privilege: String,
}

pub(super) async fn check(connection: &mut PgConnection, findings: &mut Findings) -> Result<(), DbError> {
    let tables = tables(connection).await?;
    let policies = policies(connection).await?;
    let grants = grants(connection).await?;
    for table in &tables {
        let own: Vec<&PolicyRow> = policies.iter().filter(|policy| policy.table == table.name).collect();
        let grants: Vec<&GrantRow> = grants.iter().filter(|grant| grant.table == table.name).collect();
        check_table(table, &own, &grants, findings);
    }
    let present: BTreeSet<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    for (name, _, _) in TABLES {
        findings.require(present.contains(name), name, "is listed as an exception but does not exist; remove the line");
    }
    check_unique_indexes(connection, findings).await?;
    check_foreign_keys(connection, findings).await
}

fn check_table(table: &TableRow, policies: &[&PolicyRow], grants: &[&GrantRow], findings: &mut Findings) {
    let name = table.name.as_str();
    if table.materialized {
        findings.add(name, "a materialized view has no row-level security; make it a table");
        return;
    }
    check_grants(name, grants, findings);
    if table.view {
        findings.require(
            table.security_invoker,
            name,
            "a view reads with its owner's rights; create it with (security_invoker = true)",
        );
        return;
    }
    let kind = kind_of(name);
    if kind == TableKind::Foreign {
        return;
    }
    findings.require(
        table.row_security,
        name,
        "row-level security is off; call one of the procedures of migration 0001",
    );
    findings.require(
        table.forced,
        name,
        "row-level security is not forced; call one of the procedures of migration 0001",
    );
    if table.partition {
        findings.require(
            grants.is_empty(),
            name,
            "a partition is reached through its table; it has no grants of its own",
        );
        return;
    }
    let granted = |role: &str| grants.iter().any(|grant| grant.grantee == role);
    match kind {
        TableKind::Tenant => {
            findings.require(table.has_store, name, "a tenant table has a column dealership_id uuid not null");
            let first = table.key_starts_with.as_deref() == Some("dealership_id");
            findings.require(first, name, "the primary key of a tenant table starts with dealership_id");
            for expected in TENANT_POLICIES {
                let there = policies.iter().any(|policy| is_tenant_policy(policy, expected));
                findings.require(there, name, &format!("the policy {} is missing or says something else", expected.0));
            }
        }
        TableKind::System => {
            findings.require(!granted("autolytiq_app"), name, "a system table is not granted to the app role");
        }
        TableKind::Reference => {
            let writes = grants.iter().any(|grant| grant.grantee == "autolytiq_app" && grant.privilege != "SELECT");
            findings.require(!writes, name, "a reference table is not written by the app role");
        }
        TableKind::Foreign => {}
    }
    for policy in policies {
        let listed = POLICIES.iter().any(|(table, known, _)| *table == name && *known == policy.name);
        let expected = listed || is_expected(policy, kind);
        findings.require(
            expected,
            name,
            &format!("the policy {} is not one of ours; list it with its reason", policy.name),
        );
    }
}

fn is_tenant_policy(policy: &PolicyRow, expected: (&str, &str, Option<&str>, Option<&str>)) -> bool {
    policy.name == expected.0
        && policy.command == expected.1
        && policy.permissive
        && policy.roles == ["autolytiq_app"]
        && policy.using.as_deref().map(normal) == expected.2.map(normal)
        && policy.with_check.as_deref().map(normal) == expected.3.map(normal)
}

fn is_expected(policy: &PolicyRow, kind: TableKind) -> bool {
    let system = policy.name == "system_use" && policy.roles == ["autolytiq_system"];
    let tenant =
        kind == TableKind::Tenant && TENANT_POLICIES.iter().any(|expected| is_tenant_policy(policy, *expected));
    let reference = kind == TableKind::Reference && policy.name == "reference_read" && policy.command == "r";
    system || tenant || reference
}

/// Versions of PostgreSQL print casts and parentheses a little differently.
fn normal(expression: &str) -> String {
    expression.replace("::uuid[]", "").chars().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')')).collect()
}

fn check_grants(name: &str, grants: &[&GrantRow], findings: &mut Findings) {
    for grant in grants {
        let ours = matches!(grant.grantee.as_str(), "autolytiq_app" | "autolytiq_system");
        findings.require(ours, name, &format!("{} is granted to {}", grant.privilege, grant.grantee));
        let rows = matches!(grant.privilege.as_str(), "SELECT" | "INSERT" | "UPDATE" | "DELETE");
        findings.require(
            rows,
            name,
            &format!("{} may {}, which row-level security does not bind", grant.grantee, grant.privilege),
        );
    }
}

async fn check_unique_indexes(connection: &mut PgConnection, findings: &mut Findings) -> Result<(), DbError> {
    let without_store: Vec<(String, String)> = sqlx::query_as(
        "select t.relname::text, i.relname::text
         from pg_index x
         join pg_class i on i.oid = x.indexrelid
         join pg_class t on t.oid = x.indrelid
         where t.relnamespace = 'public'::regnamespace and (x.indisunique or x.indisexclusion) and not t.relispartition
           and not exists (select from pg_attribute a
                           where a.attrelid = t.oid and a.attname = 'dealership_id' and a.attnum = any (x.indkey))
         order by 1, 2",
    )
    .fetch_all(connection)
    .await?;
    for (table, index) in without_store {
        let listed = UNIQUE_INDEXES.iter().any(|(known, _)| *known == index);
        let rule = format!("the unique index {index} lacks dealership_id: its error would tell of another store's row");
        findings.require(listed || kind_of(&table) != TableKind::Tenant, &table, &rule);
    }
    Ok(())
}

async fn check_foreign_keys(connection: &mut PgConnection, findings: &mut Findings) -> Result<(), DbError> {
    let without_store: Vec<(String, String, String)> = sqlx::query_as(
        "select t.relname::text, r.relname::text, c.conname::text
         from pg_constraint c
         join pg_class t on t.oid = c.conrelid
         join pg_class r on r.oid = c.confrelid
         where c.contype = 'f' and t.relnamespace = 'public'::regnamespace and not t.relispartition
           and not exists (select from unnest(c.conkey, c.confkey) as pair (own, other)
                           join pg_attribute a on a.attrelid = t.oid and a.attnum = pair.own
                           join pg_attribute b on b.attrelid = r.oid and b.attnum = pair.other
                           where a.attname = 'dealership_id' and b.attname = 'dealership_id')
         order by 1, 3",
    )
    .fetch_all(connection)
    .await?;
    for (table, other, key) in without_store {
        let both = kind_of(&table) == TableKind::Tenant && kind_of(&other) == TableKind::Tenant;
        let rule =
            format!("the foreign key {key} to {other} lacks dealership_id: a row could point into another store");
        findings.require(!both, &table, &rule);
    }
    Ok(())
}

async fn tables(connection: &mut PgConnection) -> Result<Vec<TableRow>, DbError> {
    Ok(sqlx::query_as(
        "select c.relname::text as name, c.relkind = 'v' as view, c.relkind = 'm' as materialized, c.relispartition as partition,
                c.relrowsecurity as row_security, c.relforcerowsecurity as forced,
                coalesce('security_invoker=true' = any (c.reloptions), false) as security_invoker,
                exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'dealership_id'
                        and a.attnotnull and a.atttypid = 'uuid'::regtype) as has_store,
                (select a.attname::text from pg_index x
                 join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
                 where x.indrelid = c.oid and x.indisprimary) as key_starts_with
         from pg_class c
         where c.relnamespace in ('public'::regnamespace, 'app'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm', 'f')
           and not exists (select from pg_depend d
                           where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
         order by 1",
    )
    .fetch_all(connection)
    .await?)
}

async fn policies(connection: &mut PgConnection) -> Result<Vec<PolicyRow>, DbError> {
    Ok(sqlx::query_as(
        r#"select c.relname::text as "table", p.polname::text as name, p.polcmd::text as command, p.polpermissive as permissive,
                  array(select coalesce(r.rolname::text, 'public') from unnest(p.polroles) as member (id)
                        left join pg_roles r on r.oid = member.id order by 1) as roles,
                  pg_get_expr(p.polqual, p.polrelid) as "using", pg_get_expr(p.polwithcheck, p.polrelid) as with_check
           from pg_policy p join pg_class c on c.oid = p.polrelid
           order by 1, 2"#,
    )
    .fetch_all(connection)
    .await?)
}

/// Grants to anyone but the owner, on the table or on single columns.
async fn grants(connection: &mut PgConnection) -> Result<Vec<GrantRow>, DbError> {
    Ok(sqlx::query_as(
        r#"select c.relname::text as "table", coalesce(r.rolname::text, 'public') as grantee, g.privilege_type as privilege
           from pg_class c
           cross join lateral (select * from aclexplode(c.relacl)
                               union select x.* from pg_attribute a, lateral aclexplode(a.attacl) x where a.attrelid = c.oid) g
           left join pg_roles r on r.oid = g.grantee
           where c.relnamespace in ('public'::regnamespace, 'app'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm', 'f')
             and g.grantee <> c.relowner
             and not exists (select from pg_depend d
                             where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
           order by 1, 2, 3"#,
    )
    .fetch_all(connection)
    .await?)
}
