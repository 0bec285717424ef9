//! One key per subject and store.

use autolytiq_kernel::{CustomerId, Role};
use autolytiq_secrets::{Protected, SecretsError};
use autolytiq_testkit::TestDb;

use crate::simple;

const COLUMN: &str = "customer.date_of_birth";

fn birthday() -> Protected {
    Protected::new("1990-04-01".to_owned())
}

#[tokio::test]
async fn what_is_sealed_today_opens_tomorrow_in_its_place_and_nowhere_else() {
    let (test, vault) = (TestDb::new().await, simple());
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let customer: CustomerId = test.ids().next();
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let key = vault.subject_key(&mut tx, customer).await.unwrap();
    let sealed = key.seal(COLUMN, customer.uuid(), &birthday()).unwrap();
    tx.commit().await.unwrap();

    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let key = vault.existing_subject_key(&mut tx, customer).await.unwrap().unwrap();
    assert_eq!(key.open(COLUMN, customer.uuid(), &sealed).unwrap().expose(), "1990-04-01");
    assert!(matches!(key.open("customer.licence", customer.uuid(), &sealed), Err(SecretsError::DoesNotOpen)));
    assert!(matches!(key.open(COLUMN, ctx.acting().uuid(), &sealed), Err(SecretsError::DoesNotOpen)));
    let nobody: CustomerId = test.ids().next();
    assert!(vault.existing_subject_key(&mut tx, nobody).await.unwrap().is_none());
}

#[tokio::test]
async fn the_same_subject_in_another_store_has_another_key() {
    let (test, vault) = (TestDb::new().await, simple());
    let customer: CustomerId = test.ids().next();
    let (own, other) = (test.ctx(test.store(), Role::Salesperson), test.ctx(test.store(), Role::Administrator));
    let mut tx = test.db().tenant(&own).await.unwrap();
    let sealed =
        vault.subject_key(&mut tx, customer).await.unwrap().seal(COLUMN, customer.uuid(), &birthday()).unwrap();
    tx.commit().await.unwrap();

    let mut tx = test.db().tenant(&other).await.unwrap();
    assert!(vault.existing_subject_key(&mut tx, customer).await.unwrap().is_none());
    let key = vault.subject_key(&mut tx, customer).await.unwrap();
    assert!(matches!(key.open(COLUMN, customer.uuid(), &sealed), Err(SecretsError::DoesNotOpen)));
    tx.commit().await.unwrap();

    // A manager of the group reads the other store's rows, and still gets the key of the store they act for.
    let group = test.ctx_reading(other.acting(), [own.acting()], Role::SalesManager);
    let mut tx = test.db().tenant(&group).await.unwrap();
    let key = vault.subject_key(&mut tx, customer).await.unwrap();
    assert!(matches!(key.open(COLUMN, customer.uuid(), &sealed), Err(SecretsError::DoesNotOpen)));
}

#[tokio::test]
async fn two_writers_at_once_seal_under_one_key() {
    let (test, vault) = (TestDb::new().await, simple());
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let customer: CustomerId = test.ids().next();
    let write = async || {
        let mut tx = test.db().tenant(&ctx).await.unwrap();
        let key = vault.subject_key(&mut tx, customer).await.unwrap();
        tx.commit().await.unwrap();
        key
    };
    let (one, two) = tokio::join!(write(), write());
    let sealed = one.seal(COLUMN, customer.uuid(), &birthday()).unwrap();
    assert_eq!(two.open(COLUMN, customer.uuid(), &sealed).unwrap().expose(), "1990-04-01");
}

#[tokio::test]
async fn a_destroyed_key_is_gone_for_good_and_never_made_anew() {
    let (test, vault) = (TestDb::new().await, simple());
    let ctx = test.ctx(test.store(), Role::Administrator);
    let customer: CustomerId = test.ids().next();
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    vault.subject_key(&mut tx, customer).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = test.db().tenant(&ctx).await.unwrap();
    assert!(vault.destroy(&mut tx, customer).await.unwrap());
    tx.rollback().await.unwrap();
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    vault.subject_key(&mut tx, customer).await.unwrap();
    assert!(vault.destroy(&mut tx, customer).await.unwrap(), "what was rolled back did not happen");
    assert!(!vault.destroy(&mut tx, customer).await.unwrap());
    tx.commit().await.unwrap();

    let mut tx = test.db().tenant(&ctx).await.unwrap();
    assert!(matches!(vault.subject_key(&mut tx, customer).await, Err(SecretsError::Destroyed)));
    assert!(matches!(vault.existing_subject_key(&mut tx, customer).await, Err(SecretsError::Destroyed)));
    let left: Option<Vec<u8>> =
        sqlx::query_scalar("select wrapped from subject_key").fetch_one(&mut test.owner().await).await.unwrap();
    assert_eq!(left, None);
}

#[tokio::test]
async fn a_key_row_moved_to_another_subject_does_not_open() {
    let (test, vault) = (TestDb::new().await, simple());
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let (one, two): (CustomerId, CustomerId) = (test.ids().next(), test.ids().next());
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    vault.subject_key(&mut tx, one).await.unwrap();
    tx.commit().await.unwrap();
    sqlx::query("update subject_key set subject_id = $1").bind(two).execute(&mut test.owner().await).await.unwrap();
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    assert!(matches!(vault.subject_key(&mut tx, two).await, Err(SecretsError::DoesNotOpen)));
}
