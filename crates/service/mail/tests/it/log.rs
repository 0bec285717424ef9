//! The mail log over HTTP.

use autolytiq_kernel::Role;
use autolytiq_testkit::TestApp;

use crate::{dispatcher, reset, store, write};

#[tokio::test]
async fn an_administrator_reads_the_log_of_the_own_store_without_what_lets_into_accounts() {
    let app = TestApp::new(&[autolytiq_mail::module()]).await;
    let test = app.test();
    let admin = store(test, false).await;
    let id = write(test, &admin, reset()).await;
    let client = app.client(&admin);
    let listed = client.get("/admin/mail").await.expect(200);
    assert_eq!(listed["items"][0]["state"], "waiting");
    assert_eq!(listed["items"][0]["toEmail"], "ada@example.com");
    let (dispatcher, _folder) = dispatcher(test, None);
    dispatcher.dispatch().await.unwrap();
    let one = client.get(&format!("/admin/mail/{id}")).await.expect(200);
    assert_eq!((&one["state"], &one["kind"]), (&"filed".into(), &"reset_password".into()));
    assert_eq!(one["file"], format!("mail/{id}.eml"));
    assert!(one["body"].as_str().unwrap().contains("[only in the message itself]"));
    assert!(!one.to_string().contains("not-for-the-administrator"));

    let stranger = app.client(&store(test, false).await);
    assert_eq!(stranger.get("/admin/mail").await.expect(200)["items"], serde_json::json!([]));
    assert_eq!(stranger.get(&format!("/admin/mail/{id}")).await.status, 404);
    let sales = app.client(&test.ctx(admin.acting(), Role::Salesperson));
    assert_eq!(sales.get("/admin/mail").await.status, 403);
}
