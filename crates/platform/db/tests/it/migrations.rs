//! Program and database have to belong together.

use autolytiq_db::{Db, DbError, PoolSettings, migrate};
use autolytiq_testkit::TestDb;

async fn after(sql: &'static str) -> (TestDb, DbError) {
    let test = TestDb::new().await;
    sqlx::raw_sql(sql).execute(&mut test.owner().await).await.unwrap();
    let (clock, ids) = (test.clock_value(), test.ids().clone());
    let refused = Db::connect(test.access(), PoolSettings::default(), clock, ids).await.unwrap_err();
    (test, refused)
}

#[tokio::test]
async fn migrating_a_current_database_does_nothing() {
    let test = TestDb::new().await;
    let migrated = migrate(test.access()).await.unwrap();
    assert_eq!((migrated.from, migrated.applied.len()), (migrated.to, 0));
    assert!(migrated.to >= 5);
}

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    let (test, refused) = after(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (999999, 'from the future', true, '\\x00', 0)",
    )
    .await;
    assert!(matches!(refused, DbError::DatabaseNewer { found: 999_999 }), "{refused:?}");
    let refused = migrate(test.access()).await.unwrap_err();
    assert!(matches!(refused, DbError::DatabaseNewer { found: 999_999 }), "{refused:?}");
}

#[tokio::test]
async fn pending_migrations_are_named() {
    let (_test, refused) = after("delete from _sqlx_migrations where version > 5").await;
    assert!(matches!(refused, DbError::MigrationsPending { found: 5, needed } if needed > 5), "{refused:?}");
}

#[tokio::test]
async fn a_migration_edited_after_it_was_applied_is_refused() {
    let test = TestDb::new().await;
    let edit = "update _sqlx_migrations set checksum = '\\x00' where version = 1";
    sqlx::raw_sql(edit).execute(&mut test.owner().await).await.unwrap();
    assert!(matches!(migrate(test.access()).await, Err(DbError::Migration(_))));
}
