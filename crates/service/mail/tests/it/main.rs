//! Messages on a real database, sent to a mail server of the test's or filed in a folder.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod log;
mod sending;
mod server;
mod templates;

use autolytiq_events::Dispatcher;
use autolytiq_kernel::{DealershipId, Role, TenantCtx};
use autolytiq_mail::{Letter, MailConfig, MailId, Post, To, send};
use autolytiq_secrets::{MasterKeys, Vault};
use autolytiq_testkit::TestDb;
use jiff::SignedDuration;
use tempfile::TempDir;

pub(crate) const SECRET: &str = "https://desk.example/reset#token=not-for-the-administrator";

pub(crate) fn vault() -> Vault {
    let keys = "k1 S0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0s=\nindex SUlJSUlJSUlJSUlJSUlJSUlJSUlJSUlJSUlJSUlJSUk=\n";
    Vault::new(MasterKeys::parse(keys).unwrap())
}

/// A store that can write, with its administrator.
pub(crate) async fn store(test: &TestDb, demo: bool) -> TenantCtx {
    let store: DealershipId = test.store();
    let mut owner = test.owner().await;
    let group = uuid(test);
    sqlx::query("insert into dealer_group (id, name, created_at) values ($1, 'Group', now())")
        .bind(group)
        .execute(&mut owner)
        .await
        .unwrap();
    sqlx::query(
        "insert into dealership (dealership_id, group_id, name, time_zone, state, demo, created_at, updated_at)
         values ($1, $2, 'Prairie Motors', 'America/Chicago', 'TX', $3, now(), now())",
    )
    .bind(store)
    .bind(group)
    .bind(demo)
    .execute(&mut owner)
    .await
    .unwrap();
    test.ctx(store, Role::Administrator)
}

fn uuid(test: &TestDb) -> autolytiq_kernel::GroupId {
    test.ids().next()
}

/// Writes a message with a link that nobody but the receiver may have.
pub(crate) async fn write(test: &TestDb, ctx: &TenantCtx, letter: Letter) -> MailId {
    let mut tx = test.db().tenant(ctx).await.unwrap();
    let to = To { name: "Ada Byron".to_owned(), email: "ada@example.com".to_owned() };
    let until = tx.now() + SignedDuration::from_mins(30);
    let id = send(&mut tx, &vault(), &to, &letter, Some(until)).await.unwrap();
    tx.commit().await.unwrap();
    id
}

pub(crate) fn reset() -> Letter {
    Letter::ResetPassword { link: SECRET.into() }
}

/// The dispatcher of a process that sends this way, and its folder.
pub(crate) fn dispatcher(test: &TestDb, smtp_url: Option<&str>) -> (Dispatcher, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let config = MailConfig {
        smtp_url: smtp_url.map(Into::into),
        from: "desk@dealer.example".to_owned(),
        folder: folder.path().join("mail"),
    };
    let post = Post::open(&config, test.db().clone(), vault()).unwrap();
    (post.attach(Dispatcher::new(test.db().clone())), folder)
}

/// A column of the message as it is stored.
pub(crate) async fn stored(test: &TestDb, id: MailId) -> (String, String, bool, Option<String>) {
    sqlx::query_as("select state, body, sealed is not null, last_error from mail where id = $1")
        .bind(id)
        .fetch_one(&mut test.owner().await)
        .await
        .unwrap()
}
