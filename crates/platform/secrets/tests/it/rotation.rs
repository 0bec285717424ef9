//! Master keys come and go; sealed values stay readable.

use autolytiq_kernel::{CustomerId, Role};
use autolytiq_secrets::{MasterKeys, Protected, SecretsError, Vault};
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

/// The one row of progress: total, done, finished, failure.
async fn progress(test: &TestDb) -> (i64, i64, bool, Option<String>) {
    sqlx::query_as(
        "select total, done, finished_at is not null, failure from key_rotation order by started_at desc, id desc limit 1",
    )
    .fetch_one(&mut test.owner().await)
    .await
    .unwrap()
}

/// Data keys under each master key.
async fn under(test: &TestDb, master: &str) -> i64 {
    sqlx::query_scalar("select count(*) from subject_key where master_key_id = $1")
        .bind(master)
        .fetch_one(&mut test.owner().await)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_rotation_that_was_broken_off_goes_on_where_it_was() {
    let rotated = sealed_under_the_first().await;
    let test = &rotated.test;
    let both = || vault(&[&format!("k2 {}", KEYS[1]), &format!("k1 {}", KEYS[0])]);
    // The 251st key, in the second batch, is held: the run stops in front of it, as a process does that is killed.
    let mut held = test.owner().await;
    sqlx::raw_sql(
        "begin; select from subject_key where subject_id = (select subject_id from subject_key order by 1 desc limit 1) for update",
    )
    .execute(&mut held)
    .await
    .unwrap();
    both().rewrap(test.db()).await.unwrap();
    let (total, done, finished, _) = progress(test).await;
    assert_eq!((total, done, finished), (251, 250, false), "what is done is counted, and it is not finished");
    assert_eq!((under(test, "k2").await, under(test, "k1").await), (250, 1));
    sqlx::raw_sql("rollback").execute(&mut held).await.unwrap();

    // Another process, started anew.
    assert_eq!(both().rewrap(test.db()).await.unwrap(), 1);
    assert_eq!(progress(test).await, (251, 251, true, None));
    let told = both().rotation(test.db()).await.unwrap().unwrap();
    assert_eq!((told.master_key_id.as_str(), told.total, told.done), ("k2", 251, 251));
    assert_eq!(rotated.open(&vault(&[&format!("k2 {}", KEYS[1])])).await.unwrap(), "1990-04-01");
}

#[tokio::test]
async fn a_run_that_dies_between_two_batches_loses_and_repeats_nothing() {
    let rotated = sealed_under_the_first().await;
    let test = &rotated.test;
    let both = || vault(&[&format!("k2 {}", KEYS[1]), &format!("k1 {}", KEYS[0])]);
    for _ in 0..20 {
        // Dropped wherever it is, as a process that is killed drops its transactions.
        let (vault, db) = (both(), test.db().clone());
        let _ =
            tokio::time::timeout(std::time::Duration::from_millis(15), async move { vault.rewrap(&db).await }).await;
        let (counted, brought): (i64, i64) = sqlx::query_as(
            "select coalesce((select done from key_rotation limit 1), 0),
                    (select count(*) from subject_key where master_key_id = 'k2')",
        )
        .fetch_one(&mut test.owner().await)
        .await
        .unwrap();
        assert_eq!(counted, brought, "counted is what was brought over");
    }
    both().rewrap(test.db()).await.unwrap();
    assert_eq!(progress(test).await, (251, 251, true, None));
    assert_eq!(rotated.open(&vault(&[&format!("k2 {}", KEYS[1])])).await.unwrap(), "1990-04-01");
}

#[tokio::test]
async fn what_is_written_during_a_rotation_is_never_lost() {
    let rotated = sealed_under_the_first().await;
    let test = &rotated.test;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("master.keys");
    std::fs::write(&file, format!("k1 {}\nindex {}\n", KEYS[0], KEYS[2])).unwrap();
    // One process has read the file; another never looks again, as one with keys from the environment.
    let (follows, stays) = (Vault::of_file(&file).unwrap(), vault(&[&format!("k1 {}", KEYS[0])]));
    assert_eq!(follows.master_key_ids(), ["k1"]);
    MasterKeys::add(&file).unwrap();
    assert_eq!(follows.master_key_ids(), ["k2", "k1"], "a changed file is read without a restart");

    let write = async |vault: &Vault| {
        let mut tx = test.db().tenant(&rotated.ctx).await.unwrap();
        let customer: CustomerId = tx.new_id();
        let key = vault.subject_key(&mut tx, customer).await.unwrap();
        let sealed = key.seal(COLUMN, customer.uuid(), &Protected::new("1975-12-31".to_owned())).unwrap();
        tx.commit().await.unwrap();
        (customer, sealed)
    };
    let writing = async {
        let mut written = Vec::new();
        for _ in 0..20 {
            written.push(write(&follows).await);
            written.push(write(&stays).await);
        }
        written
    };
    let (written, rotation) = tokio::join!(writing, follows.rewrap(test.db()));
    rotation.unwrap();
    // The job comes round again.
    follows.rewrap(test.db()).await.unwrap();
    assert_eq!(under(test, "k1").await, 0);
    MasterKeys::remove(&file, "k1").unwrap();
    assert_eq!(follows.master_key_ids(), ["k2"]);
    for (customer, sealed) in written {
        let mut tx = test.db().tenant(&rotated.ctx).await.unwrap();
        let key = follows.subject_key(&mut tx, customer).await.unwrap();
        assert_eq!(key.open(COLUMN, customer.uuid(), &sealed).unwrap().expose(), "1975-12-31");
    }
    assert_eq!(rotated.open(&follows).await.unwrap(), "1990-04-01");
}

#[tokio::test]
async fn a_rotation_that_cannot_go_on_says_why() {
    let rotated = sealed_under_the_first().await;
    let second = vault(&[&format!("k2 {}", KEYS[1])]);
    second.rewrap(rotated.test.db()).await.unwrap_err();
    let (total, done, finished, failure) = progress(&rotated.test).await;
    assert_eq!((total, done, finished), (251, 0, false));
    assert_eq!(failure.as_deref(), Some("master key 'k1' is not among the configured keys"));
}
