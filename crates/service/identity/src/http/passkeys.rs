//! Passkeys: what a browser needs to make or to prove one, and what it sends.

use std::sync::Arc;

use autolytiq_http::{ApiJson, ApiResult, Public, settings::Settings};
use autolytiq_kernel::{PersonId, problem::Problem};
use axum::{Extension, Json, response::Response};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    auth::client_info,
    factors::{Enrolment, FactorAdded, enrolling, factor_added, factor_name},
};
use crate::{
    domain::webauthn::{self, Registration, Site},
    identity::Identity,
    ops::passkeys,
};

/// The most characters of one part of an authenticator's answer.
const LONGEST: usize = 4096;

/// The site that passkeys are bound to: the public address, or localhost where there is none.
pub(super) fn site_of(settings: &Settings) -> Site {
    let at_home = Site { id: "localhost".to_owned(), origin: None };
    let Some(url) = &settings.public_url else { return at_home };
    let Some(host) = url.host_str() else { return at_home };
    Site { id: host.to_owned(), origin: Some(url.origin().ascii_serialization()) }
}

/// Bytes of an authenticator's answer.
pub(super) fn bytes(pointer: &str, text: &str) -> Result<Vec<u8>, Problem> {
    let wrong = || Problem::invalid_field(pointer, "not-base64url", "send base64url without padding");
    if text.len() > LONGEST {
        return Err(wrong());
    }
    webauthn::decode(text).map_err(|_| wrong())
}

/// What `navigator.credentials.create` is given. Bytes are base64url without padding.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PasskeyCreation {
    /// To be answered within five minutes.
    challenge: String,
    /// The relying party's id.
    rp_id: String,
    /// The person; its bytes are the user handle.
    user_id: PersonId,
    /// The account, for the authenticator to show.
    user_name: String,
    /// Passkeys that are there already.
    exclude: Vec<String>,
}

/// Begin to set a passkey up.
#[utoipa::path(post, path = "/auth/factors/passkey", operation_id = "beginPasskey", request_body = Enrolment,
    responses((status = 200, description = "For the authenticator.", body = PasskeyCreation)))]
pub(super) async fn begin_passkey(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<Enrolment>,
) -> ApiResult<Json<PasskeyCreation>> {
    let client = client_info(&headers);
    let who = enrolling(&public, body.ticket.as_deref(), &client)?;
    let creation = passkeys::begin(&identity, &who).await?;
    Ok(Json(PasskeyCreation {
        challenge: creation.challenge,
        rp_id: site_of(&public.platform().settings).id,
        user_id: creation.user,
        user_name: creation.account,
        exclude: creation.present.iter().map(|id| webauthn::encode(id)).collect(),
    }))
}

/// A new passkey as the browser gives it. Bytes are base64url without padding.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NewPasskey {
    /// As at the beginning.
    #[serde(default)]
    ticket: Option<String>,
    /// The credential's id.
    #[schema(max_length = 1364)]
    id: String,
    /// What the browser says of the ceremony.
    #[schema(max_length = 4096)]
    client_data: String,
    /// What the authenticator says.
    #[schema(max_length = 4096)]
    authenticator_data: String,
    /// The public key, a `SubjectPublicKeyInfo`.
    #[schema(max_length = 4096)]
    public_key: String,
    /// What to call it.
    #[serde(default)]
    #[schema(max_length = 60)]
    name: Option<String>,
}

/// Confirm a passkey by what its authenticator made.
#[utoipa::path(post, path = "/auth/factors/passkey/confirm", operation_id = "confirmPasskey", request_body = NewPasskey,
    responses((status = 200, description = "It is a second factor from now on.", body = FactorAdded)))]
pub(super) async fn confirm_passkey(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<NewPasskey>,
) -> ApiResult<Response> {
    let client = client_info(&headers);
    let who = enrolling(&public, body.ticket.as_deref(), &client)?;
    let name = body.name.as_deref().map(factor_name).transpose()?;
    let credential = bytes("/id", &body.id)?;
    let client_data = bytes("/clientData", &body.client_data)?;
    let authenticator_data = bytes("/authenticatorData", &body.authenticator_data)?;
    let public_key = bytes("/publicKey", &body.public_key)?;
    let new = Registration {
        credential: &credential,
        client_data: &client_data,
        authenticator_data: &authenticator_data,
        public_key: &public_key,
    };
    let settings = &public.platform().settings;
    let added = passkeys::finish(&identity, &who, &site_of(settings), &new, name.as_ref()).await?;
    factor_added(added, settings.is_https())
}

/// What `navigator.credentials.get` is given. Bytes are base64url without padding.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PasskeyRequest {
    /// To be answered within five minutes, once.
    challenge: String,
    /// The relying party's id.
    rp_id: String,
    /// The person's passkeys.
    allow: Vec<String>,
}

/// A challenge for a proof by a passkey: in a sign-in by its ticket, or in a session to confirm it.
#[utoipa::path(post, path = "/auth/passkey", operation_id = "challengePasskey", request_body = Enrolment,
    responses((status = 200, description = "For the authenticator.", body = PasskeyRequest)))]
pub(super) async fn challenge_passkey(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<Enrolment>,
) -> ApiResult<Json<PasskeyRequest>> {
    let ctx = public.session().map(|session| &session.ctx);
    let request = passkeys::challenge_for(&identity, body.ticket.as_deref(), ctx).await?;
    Ok(Json(PasskeyRequest {
        challenge: request.challenge,
        rp_id: site_of(&public.platform().settings).id,
        allow: request.allowed.iter().map(|id| webauthn::encode(id)).collect(),
    }))
}
