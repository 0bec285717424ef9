//! Links in mails: asking for one, looking at one, following it.

use std::sync::Arc;

use autolytiq_http::{ApiJson, ApiResult, Public};
use axum::{Extension, Json};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::password::TypedPassword,
    identity::Identity,
    ops::forgotten,
    store::link::{Link, Purpose},
};

/// Whose password is forgotten.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ForgottenPassword {
    /// The address one signs in with.
    #[schema(format = Email, max_length = 320)]
    email: String,
}

/// Ask for a link to set a new password. The answer is the same for every address; whoever has an account under it is sent
/// the link, good for 30 minutes and once.
#[utoipa::path(post, path = "/auth/forgotten-password", operation_id = "forgottenPassword",
    request_body = ForgottenPassword, responses((status = 202, description = "Asked.")))]
pub(super) async fn forgotten_password(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<ForgottenPassword>,
) -> ApiResult<StatusCode> {
    forgotten::forgotten_later(&identity, body.email, public.origin());
    Ok(StatusCode::ACCEPTED)
}

/// The token of a link.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct LinkToken {
    /// What stands behind `#token=`.
    #[schema(max_length = 100)]
    token: String,
}

/// What a link is for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum LinkPurpose {
    /// Setting a new password.
    Reset,
    /// Beginning to work in a store.
    Invitation,
}

/// A link that is good, as the page shows it to its receiver.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccountLink)]
pub(super) struct LinkView {
    /// What it is for.
    purpose: LinkPurpose,
    /// The store that sent it.
    store: String,
    /// The receiver, as the store calls them.
    name: String,
    /// The address they sign in with.
    email: String,
    /// Whether a password is chosen with it. Otherwise the receiver has one already.
    sets_password: bool,
}

impl From<Link> for LinkView {
    fn from(link: Link) -> Self {
        let sets_password = link.sets_password();
        let purpose = match link.purpose {
            Purpose::Reset => LinkPurpose::Reset,
            Purpose::Invitation => LinkPurpose::Invitation,
        };
        Self { purpose, store: link.store_name, name: link.name, email: link.email, sets_password }
    }
}

/// Look at a link without using it up.
#[utoipa::path(post, path = "/auth/links/look", operation_id = "lookAtLink", request_body = LinkToken,
    responses((status = 200, description = "The link is good.", body = LinkView)))]
pub(super) async fn look_at_link(
    _: Public,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<LinkToken>,
) -> ApiResult<Json<LinkView>> {
    Ok(Json(forgotten::look_at(&identity, &body.token).await?.into()))
}

/// The token of a link, and the password that is chosen with it.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct FollowLink {
    /// What stands behind `#token=`.
    #[schema(max_length = 100)]
    token: String,
    /// The new password, where the link sets one.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Password, min_length = 12, max_length = 128)]
    password: Option<TypedPassword>,
}

/// Follow a link: sets the password where it does that, and signs every device out. It works once.
#[utoipa::path(post, path = "/auth/links/follow", operation_id = "followLink", request_body = FollowLink,
    responses((status = 204, description = "Done; sign in now.")))]
pub(super) async fn follow_link(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<FollowLink>,
) -> ApiResult<StatusCode> {
    forgotten::follow(&identity, &body.token, body.password, public.origin()).await?;
    Ok(StatusCode::NO_CONTENT)
}
