//! The teams of a store, and who is in them.

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiPath, ApiResult, Authorized, Created, IfMatch, Versioned};
use autolytiq_kernel::{Form, PersonId, problem::Problem};
use axum::Json;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    forms,
    users::{UserView, versioned, with_present},
};
use crate::{
    domain::{
        name::Name,
        team::{Team, TeamId},
    },
    error::IdentityError,
    ops::{teams, users},
    store::team,
};

/// A team of the store.
#[derive(Serialize, ToSchema)]
#[schema(as = Team)]
pub(super) struct TeamView {
    /// The team.
    #[schema(value_type = String, format = Uuid)]
    id: TeamId,
    /// As the store calls it.
    name: String,
    /// How many people are in it, also those whose access has ended.
    people: i64,
    /// For `If-Match`.
    version: i64,
}

impl From<Team> for TeamView {
    fn from(Team { id, name, people, version }: Team) -> Self {
        Self { id, name, people, version }
    }
}

/// The teams of the store.
#[derive(Serialize, ToSchema)]
pub(super) struct Teams {
    /// By name; at most 100.
    items: Vec<TeamView>,
}

/// What a team is called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TeamForm {
    /// 1 to 60 characters; no other team of the store has this name.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
}

impl TeamForm {
    fn read(&self) -> Result<Name, IdentityError> {
        let mut form = Form::new();
        let name = forms::short_name(&mut form, "/name", &self.name);
        forms::finish(form, name)
    }
}

/// The teams of the store. People say with `listUsers` which they are in.
#[utoipa::path(get, path = "/admin/teams", operation_id = "listTeams",
    responses((status = 200, description = "The teams.", body = Teams)))]
pub(super) async fn list_teams(auth: Authorized<action::UserRead>) -> ApiResult<Json<Teams>> {
    let mut tx = auth.begin().await?;
    let teams = team::list(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(Teams { items: teams.into_iter().map(TeamView::from).collect() }))
}

/// Make a team, with nobody in it.
#[utoipa::path(post, path = "/admin/teams", operation_id = "createTeam", request_body = TeamForm,
    responses((status = 201, description = "Made.", body = TeamView)))]
pub(super) async fn create_team(
    auth: Authorized<action::UserSetRole>,
    ApiJson(body): ApiJson<TeamForm>,
) -> ApiResult<Created<TeamView>> {
    let name = body.read()?;
    let mut tx = auth.begin().await?;
    let made = teams::create(&mut tx, &name).await?;
    tx.commit().await?;
    Ok(Created::new(format!("/api/v1/admin/teams/{}", made.id), made.version, made.into()))
}

/// Call a team something else.
#[utoipa::path(put, path = "/admin/teams/{id}", operation_id = "putTeam", request_body = TeamForm,
    params(("id" = String, Path, format = Uuid), ("If-Match" = String, Header)),
    responses((status = 200, description = "Changed.", body = TeamView)))]
pub(super) async fn put_team(
    auth: Authorized<action::UserSetRole>,
    ApiPath(id): ApiPath<TeamId>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<TeamForm>,
) -> ApiResult<Versioned<TeamView>> {
    let name = body.read()?;
    let mut tx = auth.begin().await?;
    let renamed = match teams::rename(&mut tx, id, if_match.version(), &name).await {
        Err(IdentityError::VersionConflict { yours, current }) => {
            let present = team::lock(&mut tx, id).await?.map(TeamView::from);
            let present = present.and_then(|view| serde_json::to_value(view).ok());
            return Err(Problem::version_conflict(yours, current, present).into());
        }
        renamed => renamed?,
    };
    tx.commit().await?;
    Ok(Versioned::new(renamed.version, renamed.into()))
}

/// Remove a team that nobody is in.
#[utoipa::path(delete, path = "/admin/teams/{id}", operation_id = "deleteTeam",
    params(("id" = String, Path, format = Uuid), ("If-Match" = String, Header)),
    responses((status = 204, description = "Removed.")))]
pub(super) async fn delete_team(
    auth: Authorized<action::UserSetRole>,
    ApiPath(id): ApiPath<TeamId>,
    if_match: IfMatch,
) -> ApiResult<StatusCode> {
    let mut tx = auth.begin().await?;
    teams::remove(&mut tx, id, if_match.version()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which team a person is in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UserTeam {
    /// The team; null takes the person out of the one they are in.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = Option<String>, format = Uuid, required = true)]
    team: Option<TeamId>,
}

/// Put a person into a team, or take them out of theirs. It acts on the next request of everybody whose role reaches a
/// team.
#[utoipa::path(put, path = "/admin/users/{id}/team", operation_id = "putUserTeam", request_body = UserTeam,
    params(("id" = PersonId, Path), ("If-Match" = String, Header)),
    responses((status = 200, description = "Changed.", body = UserView)))]
pub(super) async fn put_user_team(
    auth: Authorized<action::UserSetRole>,
    ApiPath(person): ApiPath<PersonId>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<UserTeam>,
) -> ApiResult<Versioned<UserView>> {
    let mut tx = auth.begin().await?;
    let changed = users::set_team(&mut tx, person, body.team, if_match.version()).await;
    let user = with_present(&mut tx, person, changed).await?;
    tx.commit().await?;
    Ok(versioned(user))
}
