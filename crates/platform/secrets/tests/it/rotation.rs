//! Master keys come and go; sealed values stay readable.

use autolytiq_kernel::{CustomerId, Role};
use autolytiq_secrets::{Protected, SecretsError, Vault};
use autolytiq_testkit::TestDb;

use crate::{KEYS, vault};

const COLUMN: &str = "customer.date_of_birth";

struct Rotated {
    test: TestDb,
    ctx: autolytiq_kernel::TenantCtx,
    customer: CustomerId,
    sealed: autolytiq_secrets::Sealed,
}

/// A value sealed while `k1` was the only master key, and the keys of 250 other customers.
async fn sealed_under_the_first() -> Rotated {
    let (test, first) = (TestDb::new().await, vault(&[&format!("k1 {}", KEYS[0])]));
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let customer: CustomerId = test.ids().next();
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let key = first.subject_key(&mut tx, customer).await.unwrap();
    let sealed = key.seal(COLUMN, customer.uuid(), &Protected::new("1990-04-01".to_owned())).unwrap();
    for _ in 0..250 {
        let other: CustomerId = tx.new_id();
        first.subject_key(&mut tx, other).await.unwrap();
    }
    tx.commit().await.unwrap();
    Rotated { test, ctx, customer, sealed }
}

impl Rotated {
    async fn open(&self, vault: &Vault) -> Result<String, SecretsError> {
        let mut tx = self.test.db().tenant(&self.ctx).await.unwrap();
        let key = vault.subject_key(&mut tx, self.customer).await?;
        Ok(key.open(COLUMN, self.customer.uuid(), &self.sealed)?.expose().to_owned())
    }
}

#[tokio::test]
async fn a_new_master_key_takes_over_and_the_old_one_can_go() {
    let rotated = sealed_under_the_first().await;
    let both = vault(&[&format!("k2 {}", KEYS[1]), &format!("k1 {}", KEYS[0])]);
    assert_eq!(rotated.open(&both).await.unwrap(), "1990-04-01", "before anything was re-wrapped");
    assert_eq!(both.rewrap(rotated.test.db()).await.unwrap(), 251);
    assert_eq!(both.rewrap(rotated.test.db()).await.unwrap(), 0);
    let second = vault(&[&format!("k2 {}", KEYS[1])]);
    assert_eq!(rotated.open(&second).await.unwrap(), "1990-04-01");
}

#[tokio::test]
async fn a_master_key_that_was_removed_too_early_is_named() {
    let rotated = sealed_under_the_first().await;
    let second = vault(&[&format!("k2 {}", KEYS[1])]);
    assert!(matches!(second.rewrap(rotated.test.db()).await, Err(SecretsError::UnknownMasterKey(id)) if id == "k1"));
    assert!(matches!(rotated.open(&second).await, Err(SecretsError::UnknownMasterKey(id)) if id == "k1"));
}

#[tokio::test]
async fn the_wrong_key_under_the_right_name_opens_nothing() {
    let rotated = sealed_under_the_first().await;
    let wrong = vault(&[&format!("k1 {}", KEYS[1])]);
    assert!(matches!(rotated.open(&wrong).await, Err(SecretsError::DoesNotOpen)));
}
