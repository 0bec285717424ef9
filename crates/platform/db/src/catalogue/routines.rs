//! The rules of schemas, functions and procedures.

use std::collections::BTreeSet;

use sqlx::{FromRow, PgConnection};

use super::{Findings, exceptions::SECURITY_DEFINERS};
use crate::DbError;

#[derive(FromRow)]
struct RoutineRow {
    signature: String,
    security_definer: bool,
    search_path: Option<String>,
    open_to_all: bool,
}

pub(super) async fn check(connection: &mut PgConnection, findings: &mut Findings) -> Result<(), DbError> {
    for (schema, role) in open_schemas(connection).await? {
        findings.add(&schema, format!("{role} may create objects in it; only the owner may"));
    }
    let routines = routines(connection).await?;
    for routine in &routines {
        let name = routine.signature.as_str();
        findings.require(!routine.open_to_all, name, "everyone may execute it; grant it to the role that needs it");
        if !routine.security_definer {
            continue;
        }
        let listed = SECURITY_DEFINERS.iter().any(|(known, _)| *known == name);
        findings.require(listed, name, "runs with its owner's rights and is not listed with a reason");
        // A caller's temporary schema must come last, or it could stand in for a table of ours.
        let fixed = routine.search_path.as_deref().is_some_and(|path| path.ends_with("pg_temp"));
        findings.require(fixed, name, "runs with its owner's rights without `set search_path = public, pg_temp`");
    }
    let present: BTreeSet<&str> = routines.iter().map(|routine| routine.signature.as_str()).collect();
    for (name, _) in SECURITY_DEFINERS {
        findings.require(present.contains(name), name, "is listed as an exception but does not exist; remove the line");
    }
    Ok(())
}

/// The routines of our schemas that belong to no extension.
async fn routines(connection: &mut PgConnection) -> Result<Vec<RoutineRow>, DbError> {
    Ok(sqlx::query_as(
        "select format('%s.%s(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)) as signature,
                p.prosecdef as security_definer,
                (select substr(setting, 13) from unnest(p.proconfig) as setting where setting like 'search_path=%') as search_path,
                exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
                        where g.grantee = 0 and g.privilege_type = 'EXECUTE') as open_to_all
         from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where n.nspname in ('public', 'app')
           and not exists (select from pg_depend d
                           where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
         order by 1",
    )
    .fetch_all(connection)
    .await?)
}

/// Schemas in which someone else than their owner, the owner role and superusers may create: name and role.
async fn open_schemas(connection: &mut PgConnection) -> Result<Vec<(String, String)>, DbError> {
    Ok(sqlx::query_as(
        "select n.nspname::text, coalesce(r.rolname::text, 'everyone')
         from pg_namespace n
         cross join lateral aclexplode(n.nspacl) g
         left join pg_roles r on r.oid = g.grantee
         where n.nspname in ('public', 'app') and g.privilege_type = 'CREATE' and g.grantee <> n.nspowner
           and coalesce(r.rolname <> 'autolytiq_owner' and not r.rolsuper, true)
         order by 1, 2",
    )
    .fetch_all(connection)
    .await?)
}
