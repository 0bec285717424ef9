//! Which provider a store trusts.

use http::StatusCode;
use serde_json::json;

use crate::{
    app::{App, Call, PASSWORD},
    provider::{Provider, SECRET},
    single_sign_on::House,
};

const PATH: &str = "/admin/settings/single-sign-on";

#[tokio::test]
async fn a_provider_is_saved_once_it_answers_and_its_secret_stays_sealed() {
    let house = House::new().await;
    let wrong = json!({
        "clientId": "", "hosts": ["@Example.com", "no host"], "otherRole": { "role": "group_administrator" },
    });
    let answer = house.save(&house.ada, 0, house.connection(wrong)).await;
    assert_eq!(answer.pointers(), ["/clientId", "/hosts/1", "/otherRole/role"]);
    let elsewhere = json!({ "hosts": ["example.com", "rival.example"] });
    assert_eq!(house.save(&house.ada, 0, house.connection(elsewhere)).await.pointers(), ["/hosts/1"]);
    for issuer in ["https://169.254.169.254", "http://login.example.com", "https://10.0.0.1:1", "file:///etc/passwd"] {
        let answer = house.save(&house.ada, 0, house.connection(json!({ "issuer": issuer }))).await;
        assert_eq!(answer.pointers(), ["/issuer"], "{issuer}");
        let trial = Call::post("/admin/settings/single-sign-on/trial").token(&house.ada.access);
        assert_eq!(house.app.send(trial.body(json!({ "issuer": issuer }))).await.pointers(), ["/issuer"], "{issuer}");
    }
    let unknown = json!({ "otherRole": { "customRole": "01890000-0000-7000-8000-000000000000" } });
    assert_eq!(house.save(&house.ada, 0, house.connection(unknown)).await.pointers(), ["/otherRole/customRole"]);

    let trial = Call::post("/admin/settings/single-sign-on/trial").token(&house.ada.access);
    let answer = house.app.send(trial.body(json!({ "issuer": house.provider.issuer() }))).await;
    assert_eq!(answer.body, json!({ "signInHost": "127.0.0.1", "keys": 1, "signsOut": true }));

    let saved = house.save(&house.ada, 0, house.connection(json!({}))).await;
    assert_eq!((saved.status, &saved.body["version"]), (StatusCode::OK, &json!(1)), "{}", saved.body);
    assert_eq!(saved.body["redirectUri"], "http://localhost:8080/sign-in/return");
    assert!(saved.body["connection"]["hasSecret"].as_bool().unwrap() && !saved.body.to_string().contains(SECRET));
    let mut owner = house.app.test.owner().await;
    let stored: String = sqlx::query_scalar(
        "select concat(encode(client_secret, 'escape'), (select string_agg(after::text, '') from audit_entry))
         from sso_connection",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert!(!stored.contains(SECRET), "sealed, and not in the trail");

    house.save(&house.ada, 0, house.connection(json!({}))).await.refused(412, "version-conflict");
    let mut kept = house.connection(json!({ "passwords": false }));
    kept.as_object_mut().unwrap().remove("clientSecret");
    assert_eq!(house.save(&house.ada, 1, kept.clone()).await.body["connection"]["hasSecret"], true);
    // The secret of one provider is not sent to another.
    let second = Provider::start(house.app.test.clock_value().now()).await;
    kept["issuer"] = json!(second.issuer());
    assert_eq!(house.save(&house.ada, 2, kept.clone()).await.pointers(), ["/clientSecret"]);
    kept["clientSecret"] = json!("");
    assert_eq!(house.save(&house.ada, 2, kept).await.body["connection"]["hasSecret"], false);
}

#[tokio::test]
async fn only_who_may_all_that_an_administrator_may_names_the_provider() {
    let house = House::new().await;
    let body = json!({ "name": "Deputy", "role": "administrator", "changes": { "audit.read": "none" } });
    let role = house.app.send(Call::post("/admin/custom-roles").token(&house.ada.access).body(body)).await;
    let deputy = json!({ "customRole": role.body["id"] });
    house.app.add_as(&house.ada, "dee@example.com", &deputy).await;
    let dee = house.app.sign_in("dee@example.com", PASSWORD).await;
    house.save(&dee, 0, house.connection(json!({}))).await.refused(403, "beyond-own-role");
    house.app.add(&house.ada, "sal@example.com", "salesperson").await;
    let sal = house.app.sign_in("sal@example.com", PASSWORD).await;
    house.save(&sal, 0, house.connection(json!({}))).await.refused(403, "forbidden");
    house.app.send(Call::get(PATH).token(&sal.access)).await.refused(403, "forbidden");

    // A role that the provider gives is in use.
    let rules = json!({ "roleRules": [{ "value": "office", "gives": deputy }] });
    let saved = house.save(&house.ada, 0, house.connection(rules)).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let lot = json!({ "name": "Lot", "role": "bdc" });
    let lot = house.app.send(Call::post("/admin/custom-roles").token(&house.ada.access).body(lot)).await;
    let other = json!({ "otherRole": { "customRole": lot.body["id"] } });
    assert_eq!(house.save(&house.ada, 1, house.connection(other)).await.status, StatusCode::OK);
    let path = format!("/admin/custom-roles/{}", lot.body["id"].as_str().unwrap());
    house.app.send(Call::delete(&path).token(&house.ada.access).if_match(1)).await.refused(409, "role-in-use");

    let claims = json!({ "sub": "l", "email": "lou@example.com", "email_verified": true, "amr": ["mfa"] });
    let session = house.comes(claims).await.body["session"].clone();
    assert_eq!((&session["role"], &session["roleName"]), (&json!("bdc"), &json!("Lot")));
}

#[tokio::test]
async fn a_store_keeps_its_last_administrator_whatever_the_provider_says() {
    let house = House::connected(json!({})).await;
    let claims = json!({ "sub": "a", "email": "ada@example.com", "email_verified": true, "groups": "sales" });
    let session = house.comes(claims).await.body["session"].clone();
    assert_eq!(session["role"], "administrator");
    let (app, _) = App::founded().await;
    let ada = app.sign_in("ada@example.com", PASSWORD).await;
    let none = app.send(Call::get(PATH).token(&ada.access)).await;
    assert_eq!((none.body["connection"].is_null(), &none.body["version"]), (true, &json!(0)));
}
