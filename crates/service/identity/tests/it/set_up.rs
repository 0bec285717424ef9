//! The one-time set-up.

use http::StatusCode;
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, App, Call, PASSWORD};

fn body(token: &str) -> Value {
    json!({
        "setupToken": token,
        "group": { "name": "Byron Group" },
        "store": {
            "name": "Austin Motors", "timeZone": "america/chicago", "street": "1 Congress Ave",
            "place": { "state": "TX", "county": "Travis", "city": "Austin", "zip": "78701" },
        },
        "administrator": { "name": "Ada  Byron", "email": "Ada@Example.com", "password": PASSWORD },
    })
}

#[tokio::test]
async fn an_empty_installation_is_set_up_once() {
    let app = App::empty().await;
    let token = app.identity.set_up_token().unwrap();
    assert!(app.send(Call::get("/setup")).await.body["required"].as_bool().unwrap());
    app.send(Call::post("/setup").body(body("not the token"))).await.refused(403, "set-up-token");

    let answer = app.send(Call::post("/setup").body(body(&token))).await;
    let signed_in = app.enrol(&answer).await.signed_in;
    assert_eq!(signed_in.session["role"], "administrator");
    assert_eq!(signed_in.session["person"]["name"], "Ada Byron");
    assert_eq!(signed_in.session["person"]["email"], ADMINISTRATOR);
    let store = &signed_in.session["dealership"];
    assert_eq!(store["timeZone"], "America/Chicago");
    assert_eq!((&store["currency"], &store["demo"]), (&json!("USD"), &json!(false)));
    assert_eq!(store["place"], json!({ "state": "TX", "county": "Travis", "city": "Austin", "zip": "78701" }));
    assert_eq!(signed_in.session["stores"].as_array().unwrap().len(), 1);

    assert!(!app.send(Call::get("/setup")).await.body["required"].as_bool().unwrap());
    app.send(Call::post("/setup").body(body(&token))).await.refused(409, "set-up-done");
    assert_eq!(app.identity.set_up_token(), None);
    assert!(!app.config.set_up_token_file.exists());
    assert_eq!(app.audited().await, ["dealership.founded", "factor.added", "session.signed_in"]);
    let again = app.try_sign_in(ADMINISTRATOR, PASSWORD).await;
    assert_eq!((again.status, &again.body["step"]), (StatusCode::ACCEPTED, &json!("factor")));
}

#[tokio::test]
async fn two_set_ups_at_once_make_one_store() {
    let app = App::empty().await;
    let token = app.identity.set_up_token().unwrap();
    let mut other = body(&token);
    other["store"]["street"] = json!(" ");
    other["administrator"]["email"] = json!("bob@example.com");
    let (one, two) =
        tokio::join!(app.send(Call::post("/setup").body(body(&token))), app.send(Call::post("/setup").body(other)));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [202, 409]);
    let mut owner = app.test.owner().await;
    let stores: i64 = sqlx::query_scalar("select count(*) from dealership").fetch_one(&mut owner).await.unwrap();
    assert_eq!(stores, 1);
}

#[tokio::test]
async fn what_cannot_be_accepted_is_named_and_nothing_is_written() {
    let app = App::empty().await;
    let token = app.identity.set_up_token().unwrap();
    type Edit = fn(&mut Value);
    let cases: [(Edit, &str); 10] = [
        (|b| b["store"]["timeZone"] = json!("Chicago"), "/store/timeZone"),
        (|b| b["store"]["place"]["state"] = json!("Texas"), "/store/place/state"),
        (|b| b["store"]["place"]["zip"] = json!("7870"), "/store/place/zip"),
        (|b| b["store"]["name"] = json!("  "), "/store/name"),
        (|b| b["store"]["street"] = json!("a\nb"), "/store/street"),
        (|b| b["group"]["name"] = json!("a\u{0}b"), "/group/name"),
        (|b| b["administrator"]["email"] = json!("ada"), "/administrator/email"),
        (|b| b["administrator"]["password"] = json!("short"), "/administrator/password"),
        (|b| b["administrator"]["password"] = json!("ada@example.com"), "/administrator/password"),
        (|b| b["administrator"]["password"] = json!("x".repeat(5_000)), "/administrator/password"),
    ];
    for (edit, pointer) in &cases {
        let mut wrong = body(&token);
        edit(&mut wrong);
        let answer = app.send(Call::post("/setup").body(wrong)).await;
        answer.refused(422, "invalid-field");
        assert_eq!(answer.pointers(), [*pointer]);
    }
    let mut wrong = body(&token);
    for (edit, _) in cases.iter().take(4).chain(&cases[7..8]) {
        edit(&mut wrong);
    }
    let answer = app.send(Call::post("/setup").body(wrong)).await;
    assert_eq!(
        answer.pointers(),
        ["/store/name", "/store/timeZone", "/store/place/state", "/store/place/zip", "/administrator/password"],
        "all at once"
    );
    app.send(Call::post("/setup").raw("{\"setupToken\":")).await.refused(400, "malformed-json");
    let answer = app.send(Call::get("/setup")).await;
    assert_eq!((answer.status, &answer.body["required"]), (StatusCode::OK, &json!(true)));
}
