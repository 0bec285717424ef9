//! The public keys of access tokens (RFC 7517).

use std::sync::Arc;

use autolytiq_http::Public;
use axum::{Extension, Json, response::IntoResponse};
use http::header::CACHE_CONTROL;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk};
use serde::Serialize;
use utoipa::ToSchema;

use crate::identity::Identity;

/// Keys that verify access tokens.
#[derive(Serialize, ToSchema)]
pub(super) struct Jwks {
    /// Newest first. During a rotation there are two.
    keys: Vec<JwkView>,
}

/// One RSA public key.
#[derive(Serialize, ToSchema)]
#[schema(as = Jwk)]
pub(super) struct JwkView {
    /// Always `RSA`.
    kty: &'static str,
    /// Always `sig`.
    #[serde(rename = "use")]
    usage: &'static str,
    /// Always `RS256`.
    alg: &'static str,
    /// What a token's header names.
    kid: String,
    /// The modulus, base64url.
    n: String,
    /// The exponent, base64url.
    e: String,
}

/// The public keys of access tokens.
#[utoipa::path(get, path = "/.well-known/jwks.json", operation_id = "jwks",
    responses((status = 200, description = "The keys.", body = Jwks)))]
pub(super) async fn jwks(_: Public, Extension(identity): Extension<Arc<Identity>>) -> impl IntoResponse {
    let keys = identity.tokens().keys().jwks().keys.iter().filter_map(view).collect();
    ([(CACHE_CONTROL, "public, max-age=60")], Json(Jwks { keys }))
}

fn view(jwk: &Jwk) -> Option<JwkView> {
    let AlgorithmParameters::RSA(rsa) = &jwk.algorithm else { return None };
    let kid = jwk.common.key_id.clone()?;
    Some(JwkView { kty: "RSA", usage: "sig", alg: "RS256", kid, n: rsa.n.clone(), e: rsa.e.clone() })
}
