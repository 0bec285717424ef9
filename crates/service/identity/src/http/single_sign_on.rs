//! Single sign-on: to the provider and back, and its settings.

use std::sync::Arc;

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiResult, Authorized, IfMatch, Public, SameOrigin, Versioned};
use autolytiq_kernel::{DealershipId, problem::Problem};
use axum::{
    Extension, Json,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header::SET_COOKIE};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    answer::{LoggedIn, SignInPending, entered},
    auth::client_info,
    cookie,
};
use crate::{
    domain::single_sign_on::{Connection, RoleChoice, RoleRule},
    error::{IdentityError, SsoRefusal},
    identity::Identity,
    ops::{
        single_sign_on::{self, Back, CALLBACK},
        single_sign_on_settings::{self as settings, SecretWish},
    },
    store::single_sign_on::{self as store, Stored},
};

/// Who wants to sign in, by address, or in which store.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SsoBegin {
    /// The address one has at work.
    #[serde(default)]
    #[schema(format = Email, max_length = 254)]
    email: Option<String>,
    /// The store, where several have a provider for the address.
    #[serde(default)]
    dealership_id: Option<DealershipId>,
}

/// Where to go: the provider's page, or the stores to choose from first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SsoWay {
    /// The page of the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Stores that each have a provider for the address.
    stores: Vec<SsoStore>,
}

/// A store to sign in to.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SsoStore {
    /// The store.
    id: DealershipId,
    /// Its name.
    name: String,
}

/// Begin to sign in with the identity of one's company.
#[utoipa::path(post, path = "/auth/sso/begin", operation_id = "beginSingleSignOn", request_body = SsoBegin,
    responses((status = 200, description = "Where to go.", body = SsoWay)))]
pub(super) async fn begin(
    public: Public,
    _: SameOrigin,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<SsoBegin>,
) -> ApiResult<Response> {
    let stores = match (body.dealership_id, body.email.as_deref()) {
        (Some(store), _) => vec![(store, String::new())],
        (None, Some(email)) => single_sign_on::stores_for(&identity, email).await?,
        (None, None) => return Err(Problem::invalid_field("/email", "required", "write your address at work").into()),
    };
    let [(store, _)] = stores.as_slice() else {
        if stores.is_empty() {
            return Err(IdentityError::NotFound("single sign-on").into());
        }
        let stores = stores.into_iter().map(|(id, name)| SsoStore { id, name }).collect();
        return Ok(Json(SsoWay { url: None, stores }).into_response());
    };
    let begun = single_sign_on::begin(&identity, public.platform(), *store, public.origin()).await?;
    let cookie = cookie::set_away(&begun.browser, public.platform().settings.is_https()).map_err(Problem::internal)?;
    let way = SsoWay { url: Some(begun.url.into()), stores: Vec::new() };
    Ok(([(SET_COOKIE, cookie)], Json(way)).into_response())
}

/// What the provider sent the browser back with.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SsoReturn {
    /// What the ID token is given for.
    #[schema(max_length = 4000)]
    code: String,
    /// Which sign-in it is of.
    #[schema(max_length = 200)]
    state: String,
    /// The issuer, if the provider adds it.
    #[serde(default)]
    #[schema(max_length = 300)]
    iss: Option<String>,
}

/// Come back from one's company with what its provider added to the address. Each return works once, and in the browser
/// that left.
#[utoipa::path(post, path = "/auth/sso/complete", operation_id = "completeSingleSignOn", request_body = SsoReturn,
    responses((status = 200, description = "Signed in; the refresh token is in the cookie.", body = LoggedIn),
        (status = 202, description = "The provider vouches; something is left to do.", body = SignInPending)))]
pub(super) async fn complete(
    public: Public,
    _: SameOrigin,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<SsoReturn>,
) -> ApiResult<Response> {
    let https = public.platform().settings.is_https();
    let browser = cookie::read_away(&headers).ok_or(SsoRefusal::Stale).map_err(IdentityError::from)?;
    let back = Back { code: &body.code, state: &body.state, issuer: body.iss.as_deref(), browser };
    let client = client_info(&headers);
    let entry = single_sign_on::finish(&identity, public.platform(), &back, &client, public.origin()).await?;
    let mut response = entered(entry, https)?;
    response.headers_mut().append(SET_COOKIE, cookie::clear_away(https));
    Ok(response)
}

/// The provider of the store.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SingleSignOn {
    /// What the provider is told as the redirect URI.
    redirect_uri: String,
    /// The provider, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    connection: Option<SsoConnection>,
    /// For `If-Match`.
    version: i64,
}

/// The provider, without the secret.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SsoConnection {
    /// Its issuer.
    issuer: String,
    /// Our name there.
    client_id: String,
    /// Whether a client secret is stored.
    has_secret: bool,
    /// Hosts of the e-mail addresses it vouches for.
    hosts: Vec<String>,
    /// The claim that says what people are; without it they keep what they are here.
    #[serde(skip_serializing_if = "Option::is_none")]
    role_claim: Option<String>,
    /// What its values make people, at every sign-in; the first that fits counts.
    role_rules: Vec<RoleRule>,
    /// The role of whom no rule fits, or of who comes for the first time where there is no claim; without it they are not
    /// let in.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_role: Option<RoleChoice>,
    /// Whether those whom it lets in may use a password too.
    passwords: bool,
    /// Whether people can sign in with it.
    active: bool,
}

fn shown(stored: Option<Stored>, redirect_uri: String) -> SingleSignOn {
    let version = stored.as_ref().map_or(0, |stored| stored.version);
    let connection = stored.map(|Stored { connection, client_secret, .. }| SsoConnection {
        issuer: connection.issuer,
        client_id: connection.client_id,
        has_secret: client_secret.is_some(),
        hosts: connection.hosts,
        role_claim: connection.role_claim,
        role_rules: connection.role_rules,
        other_role: connection.other_role,
        passwords: connection.passwords,
        active: connection.active,
    });
    SingleSignOn { redirect_uri, connection, version }
}

fn versioned(shown: SingleSignOn) -> Versioned<SingleSignOn> {
    Versioned::new(shown.version, shown)
}

/// The store's single sign-on.
#[utoipa::path(get, path = "/admin/settings/single-sign-on", operation_id = "getSingleSignOn",
    responses((status = 200, description = "The provider, if there is one.", body = SingleSignOn)))]
pub(super) async fn get_single_sign_on(auth: Authorized<action::SettingsRead>) -> ApiResult<Versioned<SingleSignOn>> {
    let mut tx = auth.begin().await?;
    let stored = store::find(&mut tx).await?;
    tx.commit().await?;
    Ok(versioned(shown(stored, auth.platform().settings.link(CALLBACK))))
}

/// The provider as an administrator writes it.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SsoConnectionWrite {
    /// Its issuer, letter for letter.
    #[schema(min_length = 1, max_length = 300, examples("https://login.example.com"))]
    issuer: String,
    /// Our name there.
    #[schema(min_length = 1, max_length = 300)]
    client_id: String,
    /// The client secret; absent, the present one stays; empty, there is none.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Password, max_length = 500)]
    client_secret: Option<String>,
    /// Hosts of the e-mail addresses it vouches for: those of the store's administrators.
    #[schema(min_items = 1, max_items = 20)]
    hosts: Vec<String>,
    /// The claim that says what people are.
    #[serde(default)]
    #[schema(max_length = 120)]
    role_claim: Option<String>,
    /// What its values make people; the first that fits counts.
    #[serde(default)]
    #[schema(max_items = 50)]
    role_rules: Vec<RoleRule>,
    /// The role of everybody else; without it they are not let in.
    #[serde(default)]
    other_role: Option<RoleChoice>,
    /// Whether those whom it lets in may use a password too. Administrators always may.
    passwords: bool,
    /// Whether people can sign in with it.
    active: bool,
}

/// Save the store's provider. One that people are to sign in with is asked first.
#[utoipa::path(put, path = "/admin/settings/single-sign-on", operation_id = "putSingleSignOn",
    request_body = SsoConnectionWrite, params(("If-Match" = String, Header)),
    responses((status = 200, description = "Saved.", body = SingleSignOn)))]
pub(super) async fn put_single_sign_on(
    auth: Authorized<action::UserSetRole>,
    Extension(identity): Extension<Arc<Identity>>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<SsoConnectionWrite>,
) -> ApiResult<Versioned<SingleSignOn>> {
    let secret = match body.client_secret {
        None => SecretWish::Keep,
        Some(text) if text.is_empty() => SecretWish::Remove,
        Some(text) if text.len() > 500 => {
            return Err(Problem::invalid_field("/clientSecret", "too-long", "at most 500 characters").into());
        }
        Some(text) => SecretWish::Set(SecretString::from(text)),
    };
    let wanted = Connection {
        issuer: body.issuer,
        client_id: body.client_id,
        hosts: body.hosts,
        role_claim: body.role_claim,
        role_rules: body.role_rules,
        other_role: body.other_role,
        passwords: body.passwords,
        active: body.active,
    };
    let platform = auth.platform();
    let redirect_uri = platform.settings.link(CALLBACK);
    match settings::save(&identity, platform, auth.ctx(), (wanted, secret), if_match.version()).await {
        Err(IdentityError::VersionConflict { yours, current }) => {
            let mut tx = auth.begin().await?;
            let present = shown(store::find(&mut tx).await?, redirect_uri);
            Err(Problem::version_conflict(yours, current, serde_json::to_value(present).ok()).into())
        }
        saved => Ok(versioned(shown(Some(saved?), redirect_uri))),
    }
}

/// A provider to be looked at.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SsoTrial {
    /// Its issuer, letter for letter.
    #[schema(min_length = 1, max_length = 300)]
    issuer: String,
}

/// What a provider says of itself.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SsoTrialResult {
    /// Where people will be sent to sign in.
    sign_in_host: String,
    /// How many keys it signs with at present.
    keys: usize,
    /// Whether signing out here can end the session there.
    signs_out: bool,
}

/// Ask a provider what it says of itself, before it is saved.
#[utoipa::path(post, path = "/admin/settings/single-sign-on/trial", operation_id = "trySingleSignOn",
    request_body = SsoTrial, responses((status = 200, description = "It answers.", body = SsoTrialResult)))]
pub(super) async fn try_single_sign_on(
    _: Authorized<action::UserSetRole>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<SsoTrial>,
) -> ApiResult<Json<SsoTrialResult>> {
    let (provider, keys) = settings::look(&identity, body.issuer.trim()).await?;
    Ok(Json(SsoTrialResult {
        sign_in_host: provider.sign_in_host().to_owned(),
        keys,
        signs_out: provider.end_session_endpoint.is_some(),
    }))
}
