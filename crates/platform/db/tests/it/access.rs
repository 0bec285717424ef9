//! The roles are made as they must be, and a role that could do more is refused.

use autolytiq_db::{Access, Db, DbError, PoolSettings, RoleState, inspect, prepare};
use autolytiq_kernel::{Clock, Ids};
use autolytiq_testkit::TestDb;
use sqlx::Connection;

#[tokio::test]
async fn the_roles_can_do_what_they_are_for_and_no_more() {
    let test = TestDb::new().await;
    let roles: Vec<(String, bool, bool)> = sqlx::query_as(
        "select rolname::text, rolbypassrls, rolsuper or rolcreaterole or rolcreatedb or rolreplication
         from pg_roles where rolname like 'autolytiq\\_%' order by 1",
    )
    .fetch_all(&mut test.owner().await)
    .await
    .unwrap();
    let expected =
        [("autolytiq_app", false, false), ("autolytiq_owner", true, false), ("autolytiq_system", false, false)];
    let expected: Vec<_> = expected.map(|(name, bypass, strong)| (name.to_owned(), bypass, strong)).into();
    assert_eq!(roles, expected);
}

#[tokio::test]
async fn preparing_again_and_by_several_at_once_changes_nothing() {
    let test = TestDb::new().await;
    let passwords = async || -> Vec<String> {
        let mut superuser = sqlx::PgConnection::connect_with(&test.superuser()).await.unwrap();
        sqlx::query_scalar("select rolpassword from pg_authid where rolname like 'autolytiq\\_%' order by rolname")
            .fetch_all(&mut superuser)
            .await
            .unwrap()
    };
    let before = passwords().await;
    let (one, two, three) = tokio::join!(prepare(test.access()), prepare(test.access()), prepare(test.access()));
    one.and(two).and(three).unwrap();
    assert_eq!(passwords().await, before);
    assert!(before.iter().all(|verifier| verifier.starts_with("SCRAM-SHA-256$4096:")), "only verifiers are stored");
}

#[tokio::test]
async fn a_role_that_row_level_security_does_not_bind_is_refused() {
    let test = TestDb::new().await;
    for too_strong in [test.access().owner_options().clone(), test.superuser()] {
        let access = Access::from_role_options(test.access().owner_options().clone(), too_strong.clone(), too_strong);
        let refused = Db::connect(&access, PoolSettings::default(), Clock::system(), Ids::system()).await.unwrap_err();
        assert!(matches!(refused, DbError::RoleTooStrong { .. }), "{refused:?}");
    }
}

#[tokio::test]
async fn a_role_that_may_become_the_owner_is_refused() {
    let test = TestDb::new().await;
    let mut superuser = sqlx::PgConnection::connect_with(&test.superuser()).await.unwrap();
    let sly = format!("sly_{}", std::process::id());
    let run = |sql: String| sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
    let make =
        format!("drop role if exists {sly}; create role {sly} login password 'sly'; grant autolytiq_owner to {sly}");
    run(make).execute(&mut superuser).await.unwrap();
    let options = test.superuser().username(&sly).password("sly");
    let access = Access::from_role_options(test.access().owner_options().clone(), options.clone(), options);
    let refused = Db::connect(&access, PoolSettings::default(), Clock::system(), Ids::system()).await.unwrap_err();
    run(format!("drop role {sly}")).execute(&mut superuser).await.unwrap();
    assert!(matches!(refused, DbError::RoleTooStrong { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_role_that_may_not_create_roles_is_told_what_an_administrator_runs() {
    let test = TestDb::new().await;
    // The app role stands for what a hosting company hands out: it may connect and not much more.
    let mut superuser = sqlx::PgConnection::connect_with(&test.superuser()).await.unwrap();
    let weak = format!("weak_{}", std::process::id());
    let run = |sql: String| sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
    run(format!("drop role if exists {weak}; create role {weak} login password 'weak'"))
        .execute(&mut superuser)
        .await
        .unwrap();
    // With another password the roles' own passwords would change, which this role may not do.
    let access = Access::through(test.superuser().username(&weak).password("weak"), "weak", "autolytiq_test_nowhere");
    let refused = prepare(&access).await.unwrap_err();
    run(format!("drop role {weak}")).execute(&mut superuser).await.unwrap();
    let DbError::CannotPrepare { role, sql, .. } = &refused else { panic!("{refused:?}") };
    assert_eq!(role, &weak);
    for needed in [
        "create role autolytiq_owner",
        "bypassrls",
        "create role autolytiq_app",
        "create database \"autolytiq_test_nowhere\"",
    ] {
        assert!(sql.contains(needed), "{sql}");
    }
}

#[tokio::test]
async fn an_inspection_tells_what_is_there_and_what_is_not() {
    let test = TestDb::new().await;
    let sound = inspect(test.access()).await.unwrap();
    assert!(sound.is_sound(), "{sound:?}");
    assert_eq!(sound.roles.iter().map(|(_, state)| *state).collect::<Vec<_>>(), [RoleState::Fit; 3]);

    let nowhere = Access::through(test.superuser(), "unused", "autolytiq_test_nowhere");
    let missing = inspect(&nowhere).await.unwrap();
    assert!(!missing.database_exists && !missing.is_sound());
    assert_eq!(missing.migration_found, 0);

    let owner = test.access().owner_options().clone();
    let swapped = Access::from_role_options(test.superuser().database("postgres"), owner.clone(), owner);
    let states: Vec<_> = inspect(&swapped).await.unwrap().roles.into_iter().map(|(_, state)| state).collect();
    assert_eq!(states[1..], [RoleState::TooStrong; 2]);
}
