//! What leaves, when, and what stays behind.

use std::os::unix::fs::PermissionsExt as _;

use autolytiq_mail::{Letter, MailConfig, Post};
use autolytiq_testkit::TestDb;
use jiff::SignedDuration;

use crate::{SECRET, dispatcher, reset, server::Server, store, stored, vault, write};

/// A body as it travels may be broken into lines (quoted-printable, RFC 2045 section 6.7).
fn unfolded(message: &str) -> String {
    message.replace("=\n", "").replace("=3D", "=").replace("=\r\n", "")
}

#[tokio::test]
async fn a_server_is_given_the_message_once_and_nothing_of_its_link_stays() {
    let (test, server) = (TestDb::new().await, Server::answering("250 fine").await);
    let ctx = store(&test, false).await;
    let (dispatcher, _folder) = dispatcher(&test, Some(&server.url));
    let id = write(&test, &ctx, reset()).await;
    let (state, body, sealed, _) = stored(&test, id).await;
    assert_eq!((state.as_str(), sealed), ("waiting", true));
    assert!(!body.contains("token"), "{body}");

    assert_eq!(dispatcher.dispatch().await.unwrap().sent, 1);
    dispatcher.dispatch().await.unwrap();
    let received = server.received();
    assert_eq!(received.len(), 1);
    let message = unfolded(&received[0]);
    assert!(message.contains(SECRET), "{message}");
    assert!(message.contains("From: \"Prairie Motors\" <desk@dealer.example>"), "{message}");
    assert!(message.contains("To: \"Ada Byron\" <ada@example.com>"), "{message}");
    let (state, body, sealed, error) = stored(&test, id).await;
    assert_eq!((state.as_str(), sealed, error), ("sent", false, None));
    assert!(!body.contains("token"), "{body}");
}

#[tokio::test]
async fn an_event_that_comes_twice_sends_once() {
    let (test, server) = (TestDb::new().await, Server::answering("250 fine").await);
    let ctx = store(&test, false).await;
    let (dispatcher, _folder) = dispatcher(&test, Some(&server.url));
    write(&test, &ctx, reset()).await;
    dispatcher.dispatch().await.unwrap();
    // As after a process that died between the server's answer and its own note of it.
    sqlx::query("update outbox set dispatched_at = null").execute(&mut test.owner().await).await.unwrap();
    assert_eq!(dispatcher.dispatch().await.unwrap().sent, 1);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn what_is_refused_for_good_is_not_tried_again_and_what_is_not_is() {
    let test = TestDb::new().await;
    let ctx = store(&test, false).await;
    let refusing = Server::answering("550 no such mailbox").await;
    let (first, _folder) = dispatcher(&test, Some(&refusing.url));
    let id = write(&test, &ctx, reset()).await;
    assert_eq!(first.dispatch().await.unwrap().sent, 1);
    let (state, _, sealed, error) = stored(&test, id).await;
    assert_eq!((state.as_str(), sealed), ("refused", false));
    assert!(error.unwrap().contains("no such mailbox"));

    let full = Server::answering("452 try again later").await;
    let (second, _folder) = dispatcher(&test, Some(&full.url));
    let id = write(&test, &ctx, reset()).await;
    assert_eq!(second.dispatch().await.unwrap().failed, 1);
    let (state, _, sealed, error) = stored(&test, id).await;
    assert_eq!((state.as_str(), sealed), ("waiting", true));
    assert!(error.unwrap().contains("try again later"));
    // The link is good for half an hour; so is the message.
    test.clock().advance(SignedDuration::from_mins(30));
    assert_eq!(second.dispatch().await.unwrap().sent, 1);
    assert_eq!(stored(&test, id).await.0, "expired");
}

#[tokio::test]
async fn without_a_server_the_whole_message_is_filed_for_its_owner_alone() {
    let test = TestDb::new().await;
    let ctx = store(&test, false).await;
    let (dispatcher, folder) = dispatcher(&test, None);
    let id = write(&test, &ctx, reset()).await;
    let invitation = Letter::Invitation { by: "Grace".to_owned(), link: "https://desk.example/begin#1".into() };
    let invited = write(&test, &ctx, invitation).await;
    assert_eq!(dispatcher.dispatch().await.unwrap().sent, 2);
    let file = folder.path().join("mail").join(format!("{id}.eml"));
    assert!(unfolded(&std::fs::read_to_string(&file).unwrap()).contains(SECRET));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let (state, body, sealed, _) = stored(&test, id).await;
    assert_eq!((state.as_str(), sealed), ("filed", false));
    assert!(!body.contains("token"), "what lets into an account is not in the log: {body}");
    assert!(stored(&test, invited).await.1.contains("https://desk.example/begin#1"), "what an administrator gave is");
}

#[tokio::test]
async fn a_demonstration_store_writes_to_nobody() {
    let (test, server) = (TestDb::new().await, Server::answering("250 fine").await);
    let ctx = store(&test, true).await;
    let (dispatcher, _folder) = dispatcher(&test, Some(&server.url));
    let id = write(&test, &ctx, reset()).await;
    dispatcher.dispatch().await.unwrap();
    assert!(server.received().is_empty());
    assert_eq!(stored(&test, id).await.0, "filed");
}

#[tokio::test]
async fn a_transaction_that_is_given_up_sends_nothing() {
    let (test, server) = (TestDb::new().await, Server::answering("250 fine").await);
    let ctx = store(&test, false).await;
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let to = autolytiq_mail::To { name: "Ada".to_owned(), email: "ada@example.com".to_owned() };
    autolytiq_mail::send(&mut tx, &vault(), &to, &reset(), None).await.unwrap();
    tx.rollback().await.unwrap();
    let (dispatcher, _folder) = dispatcher(&test, Some(&server.url));
    assert_eq!(dispatcher.dispatch().await.unwrap().sent, 0);
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_header_cannot_be_smuggled_in_through_a_name() {
    let (test, server) = (TestDb::new().await, Server::answering("250 fine").await);
    let ctx = store(&test, false).await;
    let (dispatcher, _folder) = dispatcher(&test, Some(&server.url));
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let to = autolytiq_mail::To { name: "Ada\r\nBcc: eve@example.com".to_owned(), email: "ada@example.com".to_owned() };
    let who = "Eve\r\nX-Evil: yes".to_owned();
    let letter = Letter::AccessRequested { who, address: "eve@example.com".to_owned(), link: "http://x".to_owned() };
    autolytiq_mail::send(&mut tx, &vault(), &to, &letter, None).await.unwrap();
    tx.commit().await.unwrap();
    dispatcher.dispatch().await.unwrap();
    let message = server.received().remove(0);
    let head = message.split("\n\n").next().unwrap();
    assert!(!head.lines().any(|line| line.starts_with("Bcc") || line.starts_with("X-Evil")), "{head}");
}

#[tokio::test]
async fn a_wrong_configuration_is_told_without_its_password() {
    let test = TestDb::new().await;
    let config = MailConfig {
        smtp_url: Some("gopher://user:hunter2@mail.example".into()),
        from: "desk@dealer.example".to_owned(),
        folder: "mail".into(),
    };
    let error = Post::open(&config, test.db().clone(), vault()).err().unwrap();
    assert!(!format!("{error:?} {error}").contains("hunter2"));
}
