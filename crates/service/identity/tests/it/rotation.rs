//! Rotating the signing keys.

use http::StatusCode;
use jiff::SignedDuration;

use crate::app::{ADMINISTRATOR, App, Call, PASSWORD, send};

#[tokio::test]
async fn both_keys_are_published_until_the_old_tokens_have_expired() {
    let (app, _) = App::founded().await;
    let old = app.sign_in(ADMINISTRATOR, PASSWORD).await.access;
    let other = app.second_process().await;
    let kids = || async {
        let answer = app.send(Call::get("/.well-known/jwks.json")).await;
        assert_eq!(answer.status, StatusCode::OK);
        let keys = answer.body["keys"].as_array().unwrap().clone();
        for key in &keys {
            assert_eq!((&key["kty"], &key["use"], &key["alg"]), (&"RSA".into(), &"sig".into(), &"RS256".into()));
            assert!(key.get("d").is_none() && key.get("p").is_none(), "nothing private is published");
        }
        keys.iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let before = kids().await;
    assert_eq!(before.len(), 1);

    app.test.clock().advance(SignedDuration::from_mins(1));
    app.identity.rotate_keys().unwrap();
    let both = kids().await;
    assert_eq!((both.len(), &both[1]), (2, &before[0]));
    let new = app.sign_in(ADMINISTRATOR, PASSWORD).await.access;
    for token in [&old, &new] {
        assert_eq!(app.send(Call::get("/auth/validate-token").token(token)).await.status, StatusCode::OK);
        let elsewhere = send(&other, Call::get("/auth/validate-token").token(token)).await;
        assert_eq!(elsewhere.status, StatusCode::OK, "another process takes the new key up by itself");
    }
    app.test.clock().advance(SignedDuration::from_mins(14));
    app.send(Call::get("/auth/validate-token").token(&old)).await.refused(401, "token-expired");
    assert_eq!(app.send(Call::get("/auth/validate-token").token(&new)).await.status, StatusCode::OK);
}
