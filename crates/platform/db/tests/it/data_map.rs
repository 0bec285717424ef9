//! Every column has a class, and the committed map is the one of the schema.

use std::path::PathBuf;

use autolytiq_db::catalogue::{self, Class};
use autolytiq_testkit::TestDb;
use sqlx::Executor;

#[tokio::test]
async fn the_committed_data_map_is_that_of_the_schema() {
    let test = TestDb::new().await;
    let tables = catalogue::map(&mut test.owner().await).await.unwrap();
    for (table, column) in tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column))) {
        assert!(column.class.is_some(), "{}.{} has no class", table.name, column.name);
    }
    for table in &tables {
        assert!(!table.holds.is_empty(), "{} has no comment that says what it holds", table.name);
    }
    let printed = catalogue::render(&tables);
    let committed = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../docs/data-map.md");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&committed, &printed).unwrap();
    }
    assert!(
        std::fs::read_to_string(&committed).unwrap_or_default() == printed,
        "run UPDATE_SNAPSHOTS=1 cargo test -p autolytiq-db --test it data_map and commit the diff"
    );
}

#[tokio::test]
async fn the_app_role_reads_the_same_map() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), autolytiq_kernel::Role::Administrator);
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let seen = catalogue::map(tx.conn()).await.unwrap();
    assert_eq!(seen, catalogue::map(&mut test.owner().await).await.unwrap());
    let born = seen.iter().find(|table| table.name == "customer").unwrap();
    let born = born.columns.iter().find(|column| column.name == "date_of_birth").unwrap();
    assert_eq!(born.class, Some(Class::DateOfBirth));
    assert!(born.form.is_some_and(|form| form.starts_with("ciphertext")));
}

#[tokio::test]
async fn a_column_without_a_class_and_one_in_the_wrong_form_are_seen() {
    let test = TestDb::new().await;
    test.owner()
        .await
        .execute(
            "alter table customer add column nickname text;
             alter table customer drop column date_of_birth;
             alter table customer add column date_of_birth date;
             alter table customer drop column county",
        )
        .await
        .unwrap();
    let findings: Vec<String> =
        catalogue::check(test.access()).await.unwrap().iter().map(ToString::to_string).collect();
    for rule in [
        "customer.nickname: has no class",
        "customer.county: has a class but does not exist",
        "customer.date_of_birth: the name tells of a protected value",
    ] {
        assert!(findings.iter().any(|finding| finding.contains(rule)), "{rule}: {findings:#?}");
    }
}
