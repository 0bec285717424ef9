//! The one-time set-up of an empty installation.

use std::sync::Arc;

use autolytiq_http::{ApiJson, ApiResult, Public};
use axum::{Extension, Json, response::Response};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    answer::{LoggedIn, logged_in},
    auth::client_info,
};
use crate::{
    domain::{
        name::Name,
        profile::{NewPerson, NewStore},
    },
    identity::Identity,
    ops::found::{self, NewGroup},
};

/// Whether there is something to set up.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SetUpState {
    /// Whether the installation is empty.
    required: bool,
}

/// Whether the installation is empty and waits for its set-up.
#[utoipa::path(get, path = "/setup", operation_id = "getSetup",
    responses((status = 200, description = "The state.", body = SetUpState)))]
pub(super) async fn get_set_up(
    _: Public,
    Extension(identity): Extension<Arc<Identity>>,
) -> ApiResult<Json<SetUpState>> {
    Ok(Json(SetUpState { required: found::set_up_required(&identity).await? }))
}

/// The first group, store and administrator.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SetUp {
    /// The token that `autolytiq serve` printed.
    setup_token: String,
    /// The dealer group.
    group: SetUpGroup,
    /// Its first store.
    store: NewStore,
    /// The store's administrator.
    administrator: NewPerson,
}

/// A dealer group.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SetUpGroup {
    /// Its name, 1 to 120 characters.
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    name: Name,
}

/// Set the installation up and sign its administrator in. Works once.
#[utoipa::path(post, path = "/setup", operation_id = "setUp", request_body = SetUp,
    responses((status = 200, description = "Set up and signed in.", body = LoggedIn)))]
pub(super) async fn set_up(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<SetUp>,
) -> ApiResult<Response> {
    let group = NewGroup { name: body.group.name, store: body.store, administrator: body.administrator };
    let client = client_info(&headers);
    let signed_in = found::set_up(&identity, &body.setup_token, group, &client, public.origin()).await?;
    logged_in(signed_in, public.platform().settings.is_https())
}
