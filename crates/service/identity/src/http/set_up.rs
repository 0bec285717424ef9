//! The one-time set-up of an empty installation.

use std::sync::Arc;

use autolytiq_http::{ApiJson, ApiResult, Public};
use autolytiq_kernel::Form;
use axum::{Extension, Json, response::Response};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    answer::{LoggedIn, SignInPending, entered},
    auth::client_info,
    forms::{self, PersonForm, StoreForm},
};
use crate::{
    error::IdentityError,
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
    store: StoreForm,
    /// The store's administrator.
    administrator: PersonForm,
}

/// A dealer group.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SetUpGroup {
    /// Its name, 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
}

impl SetUp {
    /// The token and the group, or everything that is wrong.
    fn read(self) -> Result<(String, NewGroup), IdentityError> {
        let mut form = Form::new();
        let name = forms::name(&mut form, "/group/name", &self.group.name);
        let store = self.store.read(&mut form, "/store");
        let administrator = self.administrator.read(&mut form, "/administrator");
        let group = match (name, store, administrator) {
            (Some(name), Some(store), Some(administrator)) => Some(NewGroup { name, store, administrator }),
            _ => None,
        };
        Ok((self.setup_token, forms::finish(form, group)?))
    }
}

/// Set the installation up and take its administrator to the sign-in's next step. Works once.
#[utoipa::path(post, path = "/setup", operation_id = "setUp", request_body = SetUp,
    responses((status = 200, description = "Set up and signed in.", body = LoggedIn),
        (status = 202, description = "Set up; a second factor is to be set up next.", body = SignInPending)))]
pub(super) async fn set_up(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<SetUp>,
) -> ApiResult<Response> {
    let (token, group) = body.read()?;
    let client = client_info(&headers);
    let entry = found::set_up(&identity, &token, group, &client, public.origin()).await?;
    entered(entry, public.platform().settings.is_https())
}
