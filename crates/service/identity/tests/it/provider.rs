//! An OpenID provider on this machine, which says what a test wants.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use aws_lc_rs::{
    encoding::AsDer,
    rsa::{KeyPair, KeySize},
};
use axum::{Form, Json, Router, extract::State, http::StatusCode, routing::get};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use url::Url;

pub(crate) const CLIENT: &str = "autolytiq-desk";
pub(crate) const SECRET: &str = "kept between the two";

/// A sign-in that the provider has let through: what the client asked, and who it is.
struct Grant {
    challenge: String,
    nonce: String,
    redirect_uri: String,
    claims: Value,
}

struct Inner {
    issuer: String,
    key: EncodingKey,
    published: Value,
    grants: BTreeMap<String, Grant>,
    asked: Vec<String>,
    given: usize,
    now: i64,
}

/// The provider.
#[derive(Clone)]
pub(crate) struct Provider(Arc<Mutex<Inner>>);

/// A key and its public half.
fn key(kid: &str) -> (EncodingKey, Value) {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let pkcs8: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().unwrap();
    let pem = STANDARD.encode(pkcs8.as_ref());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{pem}\n-----END PRIVATE KEY-----\n");
    let key = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
    let mut public = Jwk::from_encoding_key(&key, Algorithm::RS256).unwrap();
    public.common.key_id = Some(kid.to_owned());
    (key, serde_json::to_value(public).unwrap())
}

impl Provider {
    /// A provider whose clock shows what the product's does.
    #[expect(clippy::disallowed_methods, reason = "it ends with the test")]
    pub(crate) async fn start(now: jiff::Timestamp) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let (key, published) = key("first");
        let inner = Inner {
            issuer,
            key,
            published,
            grants: BTreeMap::new(),
            asked: Vec::new(),
            given: 0,
            now: now.as_second(),
        };
        let provider = Self(Arc::new(Mutex::new(inner)));
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/jwks", get(keys))
            .route("/token", axum::routing::post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        provider
    }

    pub(crate) fn issuer(&self) -> String {
        self.0.lock().unwrap().issuer.clone()
    }

    /// Lets somebody through who came with this address; gives code and state as the browser brings them back.
    pub(crate) fn lets_in(&self, asked: &str, claims: Value) -> (String, String) {
        let url: Url = asked.parse().unwrap();
        let asked: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
        assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", CLIENT));
        assert_eq!(asked["code_challenge_method"], "S256");
        let mut inner = self.0.lock().unwrap();
        inner.given += 1;
        let code = format!("code-{}", inner.given);
        let grant = Grant {
            challenge: asked["code_challenge"].clone(),
            nonce: asked["nonce"].clone(),
            redirect_uri: asked["redirect_uri"].clone(),
            claims,
        };
        inner.grants.insert(code.clone(), grant);
        (code, asked["state"].clone())
    }

    /// Signs with another key from now on, and publishes that one alone.
    pub(crate) fn changes_keys(&self) {
        let mut inner = self.0.lock().unwrap();
        (inner.key, inner.published) = key("second");
    }

    /// Signs with a key that it does not publish.
    pub(crate) fn is_robbed(&self) {
        let mut inner = self.0.lock().unwrap();
        (inner.key, _) = key("first");
    }

    /// What the `Authorization` headers were at the token endpoint.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap().asked.clone()
    }
}

async fn document(State(provider): State<Provider>) -> Json<Value> {
    let issuer = provider.issuer();
    Json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/jwks"),
        "end_session_endpoint": format!("{issuer}/end"),
    }))
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    let unknown = json!({ "kty": "lattice", "kid": "of-tomorrow" });
    Json(json!({ "keys": [unknown, provider.0.lock().unwrap().published] }))
}

async fn token(
    State(provider): State<Provider>,
    headers: http::HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    let mut inner = provider.0.lock().unwrap();
    let by = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    inner.asked.push(by);
    // A code is good once.
    let grant = inner.grants.remove(&form["code"]).ok_or(StatusCode::BAD_REQUEST)?;
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    if challenge != grant.challenge || form["redirect_uri"] != grant.redirect_uri {
        return Err(StatusCode::BAD_REQUEST);
    }
    let now = inner.now;
    let mut claims = json!({ "iss": inner.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": grant.nonce });
    claims.as_object_mut().unwrap().extend(grant.claims.as_object().unwrap().clone());
    let kid = inner.published["kid"].as_str().map(str::to_owned);
    let header = Header { kid, ..Header::new(Algorithm::RS256) };
    let id_token = jsonwebtoken::encode(&header, &claims, &inner.key).unwrap();
    Ok(Json(json!({ "id_token": id_token, "access_token": "opaque", "token_type": "Bearer" })))
}
