//! Second factors: proving one, and setting up one's own.

use std::sync::Arc;

use autolytiq_http::{ApiJson, ApiPath, ApiResult, Authenticated, Public};
use autolytiq_kernel::{
    FactorId,
    problem::{Problem, codes},
};
use axum::{
    Extension, Json,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    answer::{LoggedIn, SignInPending, SignInResult, entered, logged_in, sign_in_result, with_cookie},
    auth::client_info,
    passkeys::{bytes, site_of},
    qr::QrCode,
};
use crate::{
    domain::{
        factor::{Factor, Method},
        name::Name,
        password::TypedPassword,
        sent_code::Channel,
        webauthn::Site,
    },
    identity::Identity,
    ops::{
        factors::{self, Enrolling},
        passkeys::PasskeyProof,
        proof::{self, Proof},
        session::ClientInfo,
    },
};

/// The longest name of a factor.
const LONGEST_NAME: usize = 60;

/// A proof of a second factor.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "method", rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = FactorProof)]
pub(super) enum ProofForm {
    /// The code that an authenticator app shows.
    Totp {
        /// Six digits.
        #[schema(max_length = 20)]
        code: String,
    },
    /// A passkey's answer to its challenge. All of it is base64url without padding.
    #[serde(rename_all = "camelCase")]
    Passkey {
        /// The credential's id.
        #[schema(max_length = 1364)]
        id: String,
        /// What the browser says of the ceremony, as it was signed.
        #[schema(max_length = 4096)]
        client_data: String,
        /// What the authenticator says.
        #[schema(max_length = 4096)]
        authenticator_data: String,
        /// The signature of both.
        #[schema(max_length = 4096)]
        signature: String,
    },
    /// The code that was sent to one's address.
    Email {
        /// Six digits.
        #[schema(max_length = 20)]
        code: String,
    },
    /// The code that was sent as a text message.
    Sms {
        /// Six digits.
        #[schema(max_length = 20)]
        code: String,
    },
    /// A recovery code.
    RecoveryCode {
        /// As it is printed; dashes and case do not matter.
        #[schema(max_length = 60)]
        code: String,
    },
}

impl ProofForm {
    /// The proof, for the site that a passkey has to be of.
    fn read(self, site: impl FnOnce() -> Site) -> Result<Proof, Problem> {
        Ok(match self {
            Self::Totp { code } => Proof::Totp(code),
            Self::Email { code } => Proof::Sent(Channel::Email, code),
            Self::Sms { code } => Proof::Sent(Channel::Sms, code),
            Self::RecoveryCode { code } => Proof::RecoveryCode(code),
            Self::Passkey { id, client_data, authenticator_data, signature } => Proof::Passkey(PasskeyProof {
                credential: bytes("/proof/id", &id)?,
                client_data: bytes("/proof/clientData", &client_data)?,
                authenticator_data: bytes("/proof/authenticatorData", &authenticator_data)?,
                signature: bytes("/proof/signature", &signature)?,
                site: site(),
            }),
        })
    }
}

/// The next step of a log-in.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct FactorStep {
    /// Of the step before.
    ticket: String,
    /// The proof.
    proof: ProofForm,
}

/// Go on with a sign-in by proving a second factor. Five wrong proofs within 15 minutes lock the account for 15 minutes.
#[utoipa::path(post, path = "/auth/factor", operation_id = "proveFactor", request_body = FactorStep,
    responses((status = 200, description = "Signed in; the refresh token is in the cookie.", body = LoggedIn),
        (status = 202, description = "Something is left to do.", body = SignInPending)))]
pub(super) async fn prove_factor(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<FactorStep>,
) -> ApiResult<Response> {
    let client = client_info(&headers);
    let entry = proof::prove(
        &identity,
        &body.ticket,
        &body.proof.read(|| site_of(&public.platform().settings))?,
        &client,
        public.origin(),
    )
    .await?;
    entered(entry, public.platform().settings.is_https())
}

/// A proof in a session: of a second factor, or by the password for those who have none.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Confirmation {
    /// The proof.
    #[serde(default)]
    proof: Option<ProofForm>,
    /// The password.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Password, max_length = 128)]
    password: Option<TypedPassword>,
}

/// Prove again who one is. The new access token allows what asks for a recent proof, for ten minutes.
#[utoipa::path(post, path = "/auth/confirm", operation_id = "confirm", request_body = Confirmation,
    responses((status = 200, description = "Confirmed.", body = LoggedIn)))]
pub(super) async fn confirm(
    auth: Authenticated,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<Confirmation>,
) -> ApiResult<Response> {
    let signed_in = match (body.proof, body.password) {
        (Some(form), None) => {
            let proof = form.read(|| site_of(&auth.platform().settings))?;
            proof::confirm(&identity, auth.ctx(), &proof).await?
        }
        (None, Some(password)) => proof::confirm_by_password(&identity, auth.ctx(), &password).await?,
        _ => return Err(Problem::invalid_field("/proof", "one-proof", "send a proof or the password").into()),
    };
    logged_in(signed_in, auth.platform().settings.is_https())
}

/// A second factor.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Factor)]
pub(super) struct FactorView {
    /// The factor.
    id: FactorId,
    /// What it is.
    method: Method,
    /// As its person calls it.
    name: String,
    /// When it was set up.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was last proved.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    last_used_at: Option<Timestamp>,
}

impl From<Factor> for FactorView {
    fn from(factor: Factor) -> Self {
        Self {
            id: factor.id,
            method: factor.method,
            name: factor.name,
            created_at: factor.created_at,
            last_used_at: factor.last_used_at,
        }
    }
}

/// One's second factors.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Factors {
    /// Oldest first.
    items: Vec<FactorView>,
    /// Recovery codes that were not used yet.
    recovery_codes_left: i64,
    /// Whether one's role asks for a second factor.
    required: bool,
    /// What can be set up besides.
    offered: Vec<Method>,
}

/// One's own second factors.
#[utoipa::path(get, path = "/auth/factors", operation_id = "listFactors",
    responses((status = 200, description = "The factors.", body = Factors)))]
pub(super) async fn list_factors(
    auth: Authenticated,
    Extension(identity): Extension<Arc<Identity>>,
) -> ApiResult<Json<Factors>> {
    let standing = factors::standing(&identity, auth.ctx()).await?;
    Ok(Json(Factors {
        items: standing.factors.into_iter().map(FactorView::from).collect(),
        recovery_codes_left: standing.recovery_codes_left,
        required: standing.required,
        offered: standing.offered,
    }))
}

/// Who sets a factor up.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Enrolment {
    /// Of the log-in whose next step it is; without one, it is for the session's person.
    #[serde(default)]
    pub(super) ticket: Option<String>,
}

/// An authenticator app to be set up.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewTotp {
    /// The factor, for the confirmation.
    id: FactorId,
    /// For who cannot scan the code: base32, to be typed in.
    secret: String,
    /// What the code says: a key URI for authenticator apps.
    uri: String,
    /// The code.
    qr: QrCode,
}

/// Begin to set up an authenticator app. Its first code confirms it.
#[utoipa::path(post, path = "/auth/factors/totp", operation_id = "beginTotp", request_body = Enrolment,
    responses((status = 200, description = "The secret, shown this once.", body = NewTotp)))]
pub(super) async fn begin_totp(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<Enrolment>,
) -> ApiResult<Json<NewTotp>> {
    let client = client_info(&headers);
    let who = enrolling(&public, body.ticket.as_deref(), &client)?;
    let new = factors::begin_totp(&identity, &who).await?;
    let qr = QrCode::of(&new.uri)?;
    Ok(Json(NewTotp { id: new.id, secret: new.secret, uri: new.uri, qr }))
}

/// The first code of an authenticator app.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct TotpConfirmation {
    /// As at the beginning.
    #[serde(default)]
    ticket: Option<String>,
    /// The factor.
    id: FactorId,
    /// Six digits.
    #[schema(max_length = 20)]
    code: String,
    /// What to call it.
    #[serde(default)]
    #[schema(max_length = 60)]
    name: Option<String>,
}

/// A factor that was just set up.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FactorAdded {
    /// Ten recovery codes, shown this once, if there were none.
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_codes: Option<Vec<String>>,
    /// How the log-in goes on, if it was set up in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_in: Option<SignInResult>,
}

/// Confirm an authenticator app by its first code.
#[utoipa::path(post, path = "/auth/factors/totp/confirm", operation_id = "confirmTotp", request_body = TotpConfirmation,
    responses((status = 200, description = "The app is a second factor from now on.", body = FactorAdded)))]
pub(super) async fn confirm_totp(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<TotpConfirmation>,
) -> ApiResult<Response> {
    let client = client_info(&headers);
    let who = enrolling(&public, body.ticket.as_deref(), &client)?;
    let name = body.name.as_deref().map(factor_name).transpose()?;
    let added = factors::confirm_totp(&identity, &who, body.id, &body.code, name.as_ref()).await?;
    factor_added(added, public.platform().settings.is_https())
}

/// Take a second factor away. The last one stays while one's role asks for one.
#[utoipa::path(delete, path = "/auth/factors/{id}", operation_id = "deleteFactor", params(("id" = FactorId, Path)),
    responses((status = 204, description = "Taken away.")))]
pub(super) async fn delete_factor(
    auth: Authenticated,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath(id): ApiPath<FactorId>,
) -> ApiResult<StatusCode> {
    factors::remove(&identity, auth.ctx(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// New recovery codes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RecoveryCodes {
    /// Shown this once.
    recovery_codes: Vec<String>,
}

/// Make ten new recovery codes. The old ones are worthless from then on.
#[utoipa::path(post, path = "/auth/factors/recovery-codes", operation_id = "renewRecoveryCodes",
    responses((status = 200, description = "The codes.", body = RecoveryCodes)))]
pub(super) async fn renew_recovery_codes(
    auth: Authenticated,
    Extension(identity): Extension<Arc<Identity>>,
) -> ApiResult<Json<RecoveryCodes>> {
    Ok(Json(RecoveryCodes { recovery_codes: factors::renew_recovery_codes(&identity, auth.ctx()).await? }))
}

/// Somebody in a log-in, or in a session that was lately confirmed.
pub(super) fn enrolling<'a>(
    public: &'a Public,
    ticket: Option<&'a str>,
    client: &'a ClientInfo,
) -> ApiResult<Enrolling<'a>> {
    if let Some(text) = ticket {
        return Ok(Enrolling::Ticket { text, client, origin: public.origin() });
    }
    let session = public.session().ok_or_else(|| Problem::new(&codes::UNAUTHENTICATED, "sign in first"))?;
    session.confirmed(public.platform().clock.now())?;
    Ok(Enrolling::Session(&session.ctx))
}

/// What its person calls a factor.
pub(super) fn factor_name(text: &str) -> Result<Name, Problem> {
    let long = || Problem::invalid_field("/name", "not-a-name", "a name has 1 to 60 characters");
    Name::parse(text).ok().filter(|name| name.as_str().chars().count() <= LONGEST_NAME).ok_or_else(long)
}

/// Writes the answer to a new factor.
pub(super) fn factor_added(added: factors::Added, https: bool) -> ApiResult<Response> {
    let (sign_in, cookie) = match added.entry {
        Some(entry) => {
            let (result, cookie) = sign_in_result(entry, https)?;
            (Some(result), cookie)
        }
        None => (None, None),
    };
    let answer = Json(FactorAdded { recovery_codes: added.recovery_codes, sign_in }).into_response();
    Ok(with_cookie(answer, cookie))
}
