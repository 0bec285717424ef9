//! The machine's clock is moved: by hand, by a battery that ran out, by a time server that came back.

use std::collections::BTreeSet;

use autolytiq_audit::{Scope, seal, verify};
use autolytiq_kernel::Role;
use autolytiq_testkit::Client;
use http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::{World, customer_body, new_id, sign_in};

async fn create(client: &Client) -> String {
    let id = new_id();
    let _ = client.post("/customers", &customer_body(&id)).await.expect(201);
    id
}

/// Writes again, on the version it has.
async fn edit(client: &Client, id: &str, version: i64) -> Value {
    let mut body = customer_body(id);
    body["notes"] = json!(format!("version {version}"));
    if let Some(body) = body.as_object_mut() {
        body.remove("dateOfBirth");
    }
    client.request(Method::PUT, &format!("/customers/{id}")).if_match(version).json(&body).send().await.expect(200)
}

#[tokio::test]
async fn hours_forward_and_back_cost_a_sign_in_and_nothing_else() {
    let world = World::new().await;
    let clock = world.app.test().clock();
    let manager = world.person(Role::SalesManager);
    let first = create(manager).await;

    // Five hours forward: the access token has run out, as if five hours had passed.
    clock.advance(SignedDuration::from_hours(5));
    let answer = manager.get("/customers").await;
    assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (401, &json!("token-expired")));
    let later = sign_in(&world.app, "sales_manager@first.example").await;
    edit(&later, &first, 1).await;
    let second = create(&later).await;

    // Back to before anybody signed in. A session that began "in the future" goes on, a new one begins, and what was
    // written later is edited earlier: the version counts, not the time.
    clock.advance(-SignedDuration::from_hours(8));
    assert_eq!(later.get("/customers").await.status.as_u16(), 200);
    let earlier = sign_in(&world.app, "sales_manager@first.example").await;
    edit(&earlier, &second, 1).await;
    let stale = earlier.request(Method::PUT, &format!("/customers/{second}")).if_match(1);
    assert_eq!(stale.json(&customer_body(&second)).send().await.status.as_u16(), 412);
    let third = create(&earlier).await;
    let ids: BTreeSet<&String> = [&first, &second, &third].into();
    assert_eq!(ids.len(), 3);
    for id in ids {
        assert_eq!(earlier.get(&format!("/customers/{id}")).await.status.as_u16(), 200);
    }

    // The chain follows the order in which entries were sealed, not their times.
    let db = &world.app.platform().db;
    seal(db).await.unwrap();
    let report = verify(db, &Scope::default()).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    assert!(report.chains.iter().all(|chain| chain.unsealed == 0), "{report:?}");

    // A lock-out that began in the future does not last for ever, and guessing is still counted.
    for _ in 0..5 {
        let guess = json!({ "email": "sales_manager@first.example", "password": "not the password" });
        assert_eq!(world.app.nobody().post("/auth/login", &guess).await.status.as_u16(), 401);
    }
    let locked = json!({ "email": "sales_manager@first.example", "password": crate::world::PASSWORD });
    let answer = world.app.nobody().post("/auth/login", &locked).await;
    assert_eq!(answer.json()["code"], json!("sign-in-locked"));
    clock.advance(SignedDuration::from_mins(16));
    assert_eq!(world.app.nobody().post("/auth/login", &locked).await.status.as_u16(), 200);
}
