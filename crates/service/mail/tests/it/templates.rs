//! Messages in a store's own words.

use autolytiq_db::SystemUse;
use autolytiq_kernel::{Role, TenantCtx};
use autolytiq_mail::{Letter, To, notify};
use autolytiq_testkit::{Answer, Client, TestApp, TestDb};
use axum::http::Method;
use serde_json::{Value, json};

use crate::{SECRET, dispatcher, reset, server::Server, store, write};

const PRODUCTS: &str = "Prairie Motors has given you access";

fn invitation(by: &str) -> Letter {
    Letter::Invitation { by: by.to_owned(), link: "https://desk.example/begin#1".into() }
}

/// A text of an invitation.
fn own(subject: &str, body: &str) -> Value {
    json!({ "subject": subject, "body": body })
}

async fn save(client: &Client, kind: &str, version: i64, text: &Value) -> Answer {
    client.put(&format!("/admin/mail-templates/{kind}"), version, text).await
}

async fn change(client: &Client, method: Method, path: &str, version: i64) -> Answer {
    client.request(method, &format!("/admin/mail-templates/{path}")).if_match(version).send().await
}

/// What the list says of a message.
async fn listed(client: &Client, kind: &str) -> Value {
    let list = client.get("/admin/mail-templates").await.expect(200);
    let found = list["items"].as_array().unwrap().iter().find(|item| item["kind"] == kind);
    found.unwrap().clone()
}

/// A message as it was written: subject and shown text.
async fn written(test: &TestDb, ctx: &TenantCtx, letter: Letter) -> (String, String) {
    let id = write(test, ctx, letter).await;
    sqlx::query_as("select subject, body from mail where id = $1")
        .bind(id)
        .fetch_one(&mut test.owner().await)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_store_writes_in_its_own_words_and_goes_back() {
    let app = TestApp::new(&[autolytiq_mail::module()]).await;
    let test = app.test();
    let (ours, theirs) = (store(test, false).await, store(test, false).await);
    let client = app.client(&ours);
    let first = listed(&client, "invitation").await;
    assert_eq!((&first["own"], &first["version"]), (&json!(false), &json!(0)));
    assert_eq!(first["subject"], first["product"]["subject"]);
    let names: Vec<_> = first["variables"].as_array().unwrap().iter().map(|value| &value["name"]).collect();
    assert_eq!(names, ["name", "store", "by", "link"]);
    assert_eq!(first["variables"][3]["secret"], true);
    assert_eq!(written(test, &ours, invitation("Grace")).await.0, PRODUCTS);

    let text = own("Welcome to {store}", "Hi {name},\r\n\r\n{by} wants you here:\r\n{link}");
    let saved = save(&client, "invitation", 0, &text).await;
    assert_eq!((saved.version(), &saved.expect(200)["own"]), (1, &json!(true)));
    let (subject, body) = written(test, &ours, invitation("Grace")).await;
    assert_eq!(subject, "Welcome to Prairie Motors");
    assert_eq!(body, "Hi Ada Byron,\n\nGrace wants you here:\n[only in the message itself]\n");
    assert_eq!(written(test, &theirs, invitation("Grace")).await.0, PRODUCTS, "another store's words are its own");
    assert_eq!(written(test, &ours, Letter::AccessDeclined).await.0, "Your request for access", "and of one message");

    save(&client, "invitation", 0, &text).await.expect_problem(412, "version-conflict");
    let back = change(&client, Method::DELETE, "invitation", 1).await;
    assert_eq!((back.version(), &back.expect(200)["own"]), (2, &json!(false)));
    assert_eq!(written(test, &ours, invitation("Grace")).await.0, PRODUCTS);

    let versions = client.get("/admin/mail-templates/invitation/versions").await.expect(200);
    let kept: Vec<_> = versions["items"].as_array().unwrap().iter().map(|item| &item["version"]).collect();
    assert_eq!(kept, [2, 1]);
    assert_eq!(
        (&versions["items"][0].get("text"), &versions["items"][1]["text"]["subject"]),
        (&None, &text["subject"])
    );
    change(&client, Method::POST, "invitation/versions/9/restore", 2).await.expect_problem(404, "not-found");
    change(&client, Method::POST, "invitation/versions/1/restore", 1).await.expect_problem(412, "version-conflict");
    let again = change(&client, Method::POST, "invitation/versions/1/restore", 2).await;
    assert_eq!((again.version(), &again.expect(200)["subject"]), (3, &text["subject"]));
    assert_eq!(written(test, &ours, invitation("Grace")).await.0, "Welcome to Prairie Motors");
    let product = change(&client, Method::POST, "invitation/versions/0/restore", 3).await;
    assert_eq!(product.expect(200)["own"], false);

    let trail: Vec<(String, Value, Value)> = sqlx::query_as(
        "select action, before::jsonb, after::jsonb from audit_entry where dealership_id = $1 order by id",
    )
    .bind(ours.acting())
    .fetch_all(&mut test.owner().await)
    .await
    .unwrap();
    assert_eq!(trail.len(), 4, "one entry for each change that was made");
    assert!(trail.iter().all(|(action, ..)| action == "settings.mail_template_changed"));
    assert_eq!((&trail[0].1["own"], &trail[0].2["subject"]), (&json!(false), &text["subject"]));
    assert_eq!(trail[1].1["subject"], text["subject"], "what was there before is in the trail");
}

#[tokio::test]
async fn a_text_that_cannot_be_the_message_is_refused_and_the_old_one_stays() {
    let app = TestApp::new(&[autolytiq_mail::module()]).await;
    let test = app.test();
    let ctx = store(test, false).await;
    let client = app.client(&ctx);
    let _ = save(&client, "invitation", 0, &own("Come in", "Here: {link}")).await.expect(200);
    let cases = [
        (own("Welcome", "Hi {name}, come in."), "/body", "missing-name"),
        (own("Welcome", "Here: {link}\nIt costs {cost}."), "/body", "unknown-name"),
        (own("Welcome", "Here: {link"), "/body", "open-brace"),
        (own("Welcome", "https://elsewhere.example/?{link}"), "/body", "joined-name"),
        (own("{link}", "Here: {link}"), "/subject", "secret-in-subject"),
        (own("Welcome\r\nBcc: eve@example.com", "Here: {link}"), "/subject", "control-character"),
        (own("", "Here: {link}"), "/subject", "required"),
        (own("Welcome", &"x".repeat(4001)), "/body", "too-long"),
    ];
    for (text, pointer, code) in cases {
        for answer in [
            save(&client, "invitation", 1, &text).await,
            client.post("/admin/mail-templates/invitation/preview", &text).await,
        ] {
            let problem = answer.expect_problem(422, "invalid-field");
            let faults = problem["errors"].as_array().unwrap();
            assert_eq!(faults.len(), 1, "{problem}");
            assert_eq!((&faults[0]["pointer"], &faults[0]["code"]), (&json!(pointer), &json!(code)), "{problem}");
        }
    }
    assert_eq!(listed(&client, "invitation").await["version"], 1);
    assert_eq!(written(test, &ctx, invitation("Grace")).await.0, "Come in");
    save(&client, "nonsense", 0, &own("a", "b")).await.expect_problem(404, "not-found");

    let auditor = app.client(&test.ctx(ctx.acting(), Role::Auditor));
    let _ = auditor.get("/admin/mail-templates").await.expect(200);
    save(&auditor, "invitation", 1, &own("Come in", "{link}")).await.expect_problem(403, "forbidden");
    let sales = app.client(&test.ctx(ctx.acting(), Role::Salesperson));
    sales.get("/admin/mail-templates").await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn a_preview_has_samples_and_nothing_of_anybody() {
    let app = TestApp::new(&[autolytiq_mail::module()]).await;
    let client = app.client(&store(app.test(), false).await);
    let text = own("{who} at {store}", "Hello {name},\n{who} <{address}>: {link}\n");
    let seen = client.post("/admin/mail-templates/access_requested/preview", &text).await.expect(200);
    assert_eq!(seen["subject"], "Nell Newcomer at Prairie Motors");
    assert_eq!(seen["body"], "Hello Ada Byron,\nNell Newcomer <nell@desk.example>: https://desk.example/link#…\n");
    assert_eq!(listed(&client, "access_requested").await["version"], 0, "nothing was stored");
}

#[tokio::test]
async fn a_value_is_no_text_and_stays_where_it_is_put() {
    let app = TestApp::new(&[autolytiq_mail::module()]).await;
    let (test, server) = (app.test(), Server::answering("250 fine").await);
    let ctx = store(test, false).await;
    let client = app.client(&ctx);
    let text = own("{name}, a word from {store}", "Dear {name},\n\n{link}\n\nThis was {name}.");
    let _ = save(&client, "reset_password", 0, &text).await.expect(200);
    let text = own("{who} and {address}", "{who}\n{link}");
    let _ = save(&client, "access_requested", 0, &text).await.expect(200);

    let mut tx = test.db().tenant(&ctx).await.unwrap();
    // Both names would be read as values, or as lines of a header, by a careless hand.
    let to = To { name: "{link}".to_owned(), email: "ada@example.com".to_owned() };
    let id = autolytiq_mail::send(&mut tx, &crate::vault(), &to, &reset(), None).await.unwrap();
    let who = "Eve\r\nBcc: eve@example.com\r\n\r\n{link} {name}".to_owned();
    let link = "https://desk.example/people".to_owned();
    let letter = Letter::AccessRequested { who, address: "eve@example.com".to_owned(), link };
    autolytiq_mail::send(&mut tx, &crate::vault(), &to, &letter, None).await.unwrap();
    tx.commit().await.unwrap();
    let log = client.get(&format!("/admin/mail/{id}")).await.expect(200);
    assert_eq!(log["subject"], "{link}, a word from Prairie Motors");
    assert!(!log.to_string().contains("not-for-the-administrator"), "{log}");

    let (dispatcher, _folder) = dispatcher(test, Some(&server.url));
    assert_eq!(dispatcher.dispatch().await.unwrap().sent, 2);
    let received = server.received();
    let whole = received[0].replace("=\n", "").replace("=3D", "=");
    assert_eq!(whole.matches(SECRET).count(), 1, "where the text has it, and not where a name says so: {whole}");
    assert!(whole.contains("Dear {link},"), "{whole}");
    let (head, body) = received[1].split_once("\n\n").unwrap();
    assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    assert!(body.starts_with("Eve  Bcc: eve@example.com    {link} {name}\n"), "{body}");
}

#[tokio::test]
async fn what_works_above_stores_writes_in_the_stores_words() {
    let app = TestApp::new(&[autolytiq_mail::module()]).await;
    let test = app.test();
    let ctx = store(test, false).await;
    let _ =
        save(&app.client(&ctx), "password_changed", 0, &own("It was changed", "Was it you, {name}?")).await.expect(200);
    let mut tx = test.db().system(SystemUse::LogIn).await.unwrap();
    let to = To { name: "Ada".to_owned(), email: "ada@example.com".to_owned() };
    let id = notify(&mut tx, ctx.acting(), ctx.actor(), ctx.origin(), &to, &Letter::PasswordChanged).await.unwrap();
    tx.commit().await.unwrap();
    let log = app.client(&ctx).get(&format!("/admin/mail/{id}")).await.expect(200);
    assert_eq!((&log["subject"], &log["body"]), (&json!("It was changed"), &json!("Was it you, Ada?\n")));
}

#[tokio::test]
async fn a_text_that_fits_no_longer_gives_way_to_the_products() {
    let test = TestDb::new().await;
    let ctx = store(&test, false).await;
    // As after a release whose invitation has other values.
    sqlx::query(
        "insert into mail_template (dealership_id, kind, version, subject, body, saved_at)
         values ($1, 'invitation', 1, 'Welcome', 'Your {token}', now())",
    )
    .bind(ctx.acting())
    .execute(&mut test.owner().await)
    .await
    .unwrap();
    assert_eq!(written(&test, &ctx, invitation("Grace")).await.0, PRODUCTS);
}
