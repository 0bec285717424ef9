//! Forged and foreign access tokens.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::StatusCode;
use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, App, Call, ISSUER, PASSWORD};

/// The parts of a good token, to be spoilt one by one.
struct Good {
    header: Header,
    claims: Value,
    key: EncodingKey,
}

impl Good {
    async fn of(app: &App) -> Self {
        let token = app.sign_in(ADMINISTRATOR, PASSWORD).await.access;
        let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
        Self {
            header: jsonwebtoken::decode_header(&token).unwrap(),
            claims: serde_json::from_slice(&payload).unwrap(),
            key: EncodingKey::from_rsa_pem(&app.private_key()).unwrap(),
        }
    }

    fn sign(&self) -> String {
        jsonwebtoken::encode(&self.header, &self.claims, &self.key).unwrap()
    }

    fn with(&self, claim: &str, value: Value) -> String {
        let mut claims = self.claims.clone();
        claims[claim] = value;
        jsonwebtoken::encode(&self.header, &claims, &self.key).unwrap()
    }

    fn without(&self, claim: &str) -> String {
        let mut claims = self.claims.clone();
        claims.as_object_mut().unwrap().remove(claim);
        jsonwebtoken::encode(&self.header, &claims, &self.key).unwrap()
    }

    fn under(&self, edit: impl FnOnce(&mut Header)) -> String {
        let mut header = self.header.clone();
        edit(&mut header);
        jsonwebtoken::encode(&header, &self.claims, &self.key).unwrap()
    }
}

async fn refused(app: &App, what: &str, token: &str) {
    let answer = app.send(Call::get("/auth/validate-token").token(token)).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::UNAUTHORIZED, "unauthenticated"), "{what}");
}

#[tokio::test]
async fn a_forged_token_opens_nothing() {
    let (app, _) = App::founded().await;
    let good = Good::of(&app).await;
    assert_eq!(app.send(Call::get("/auth/validate-token").token(&good.sign())).await.status, StatusCode::OK);

    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let kid = good.header.kid.clone().unwrap();
    for alg in ["none", "None", "NONE", "", "HS256"] {
        let header = json!({ "alg": alg, "typ": "at+jwt", "kid": kid });
        refused(&app, alg, &format!("{}.{}.", encode(&header), encode(&good.claims))).await;
    }
    let signature = good.sign().rsplit('.').next().unwrap().to_owned();
    let mut other = good.claims.clone();
    other["role"] = json!("administrator");
    other["sub"] = json!(app.test.ids().uuid());
    let header = good.sign().split('.').next().unwrap().to_owned();
    refused(&app, "other claims under the same signature", &format!("{header}.{}.{signature}", encode(&other))).await;

    refused(&app, "wrong issuer", &good.with("iss", json!("https://evil.example"))).await;
    refused(&app, "several issuers", &good.with("iss", json!([ISSUER, "https://evil.example"]))).await;
    refused(&app, "wrong audience", &good.with("aud", json!("another-api"))).await;
    refused(&app, "another person's session", &good.with("sub", json!(app.test.ids().uuid()))).await;
    refused(&app, "a store that does not exist", &good.with("act", json!(app.test.ids().uuid()))).await;
    refused(&app, "no person", &good.with("sub", json!("ada"))).await;
    for claim in ["iss", "aud", "sub", "sid", "act", "exp"] {
        refused(&app, claim, &good.without(claim)).await;
    }
    refused(&app, "unknown key", &good.under(|header| header.kid = Some("made-up".to_owned()))).await;
    refused(&app, "no key", &good.under(|header| header.kid = None)).await;
    refused(&app, "another algorithm of the family", &good.under(|header| header.alg = Algorithm::RS512)).await;
    refused(&app, "another kind of token", &good.under(|header| header.typ = Some("JWT".to_owned()))).await;
    for rubbish in ["", "a", "a.b", "a.b.c", "a.b.c.d", "....", &"x".repeat(5_000)] {
        refused(&app, rubbish, rubbish).await;
    }
}

#[tokio::test]
async fn a_token_of_another_key_is_refused_even_under_a_known_name() {
    let (app, _) = App::founded().await;
    let (stranger, _) = App::founded().await;
    let mut good = Good::of(&app).await;
    good.key = EncodingKey::from_rsa_pem(&stranger.private_key()).unwrap();
    refused(&app, "foreign key", &good.sign()).await;
    let theirs = stranger.sign_in(ADMINISTRATOR, PASSWORD).await.access;
    refused(&app, "foreign installation", &theirs).await;
}

#[tokio::test]
async fn the_public_key_is_no_secret() {
    let (app, _) = App::founded().await;
    let good = Good::of(&app).await;
    let jwks = app.send(Call::get("/.well-known/jwks.json")).await.body;
    let key = &jwks["keys"][0];
    let modulus = key["n"].as_str().unwrap();
    let secrets = [
        modulus.as_bytes().to_vec(),
        URL_SAFE_NO_PAD.decode(modulus).unwrap(),
        key.to_string().into_bytes(),
        jwks.to_string().into_bytes(),
        Vec::new(),
    ];
    for secret in secrets {
        let header = Header { alg: Algorithm::HS256, ..good.header.clone() };
        let token = jsonwebtoken::encode(&header, &good.claims, &EncodingKey::from_secret(&secret)).unwrap();
        refused(&app, "HS256 with what is public", &token).await;
    }
}

#[tokio::test]
async fn a_token_ends_after_fifteen_minutes() {
    let (app, _) = App::founded().await;
    let good = Good::of(&app).await;
    let token = good.sign();
    let validate = || app.send(Call::get("/auth/validate-token").token(&token));
    app.test.clock().advance(SignedDuration::from_secs(15 * 60 - 1));
    assert_eq!(validate().await.status, StatusCode::OK);
    app.test.clock().advance(SignedDuration::from_secs(1));
    validate().await.refused(401, "token-expired");
}

#[tokio::test]
async fn the_role_in_a_token_is_worth_nothing() {
    let (app, _) = App::founded().await;
    let administrator = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    app.add(&administrator, "sal@example.com", "salesperson").await;
    let mut good = Good::of(&app).await;
    let sal = app.sign_in("sal@example.com", PASSWORD).await.access;
    let payload = URL_SAFE_NO_PAD.decode(sal.split('.').nth(1).unwrap()).unwrap();
    good.claims = serde_json::from_slice(&payload).unwrap();
    assert_eq!(good.claims["role"], "salesperson");
    let forged = good.with("role", json!("administrator"));
    app.send(Call::get("/admin/users").token(&forged)).await.refused(403, "forbidden");
}
