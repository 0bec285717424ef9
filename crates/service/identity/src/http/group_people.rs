//! People over all stores of a group.

use std::sync::Arc;

use autolytiq_authz::{Role, action};
use autolytiq_http::{ApiJson, ApiPath, ApiQuery, ApiResult, Authorized};
use autolytiq_kernel::{DealershipId, Form, Page, PageRequest, PersonId, problem::Problem};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    domain::{
        group_people::{GroupPerson, GroupSeat},
        name::Name,
        user::CustomRoleName,
    },
    error::IdentityError,
    identity::Identity,
    ops::group_people::{self, Transfer},
    store::group_people::{self as people, PersonKey, Wanted},
};

/// Somebody with everything they are in the stores of the group.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = GroupPerson)]
pub(super) struct GroupPersonView {
    /// The person.
    id: PersonId,
    /// As the acting store calls them, or one of the others.
    name: String,
    /// The address they sign in with.
    email: String,
    /// What they are in which store, by the stores' names.
    seats: Vec<GroupSeatView>,
}

/// What somebody is in one store.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = GroupSeat)]
pub(super) struct GroupSeatView {
    /// The store.
    dealership_id: DealershipId,
    /// Its name.
    dealership: String,
    /// What they are there; of the store's own roles, the predefined one that theirs begins with.
    role: Role,
    /// The store's own role, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_role: Option<CustomRoleName>,
    /// Whether they have access there.
    active: bool,
}

impl From<GroupPerson> for GroupPersonView {
    fn from(person: GroupPerson) -> Self {
        let seat = |seat: GroupSeat| GroupSeatView {
            dealership_id: seat.store,
            dealership: seat.store_name,
            role: seat.role,
            custom_role: seat.custom_role,
            active: seat.active,
        };
        let seats = person.seats.into_iter().map(seat).collect();
        Self { id: person.person, name: person.name, email: person.email, seats }
    }
}

/// The order of the list, for its cursors.
const BY_NAME: &str = "groupPeople.name";

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub(super) struct GroupPeopleQuery {
    /// A part of a name or of an e-mail address.
    #[param(max_length = 100)]
    q: Option<String>,
    /// Only who is or was in this store.
    dealership_id: Option<DealershipId>,
}

/// The people of all stores of the group by name, also those whose access has ended.
#[utoipa::path(get, path = "/admin/group/people", operation_id = "listGroupPeople",
    params(PageRequest, GroupPeopleQuery),
    responses((status = 200, description = "A page.", body = Page<GroupPersonView>)))]
pub(super) async fn list_group_people(
    auth: Authorized<action::OverGroup<action::UserRead>>,
    ApiQuery(page): ApiQuery<PageRequest>,
    ApiQuery(query): ApiQuery<GroupPeopleQuery>,
) -> ApiResult<Json<Page<GroupPersonView>>> {
    let mut form = Form::new();
    let text = form.optional_line("/q", query.q.as_deref(), 100);
    let text = form.finish(text).map_err(Problem::invalid)?;
    let after: Option<PersonKey> = page.key(BY_NAME)?;
    let mut tx = auth.begin().await?;
    let wanted = Wanted { text: text.as_deref(), store: query.dealership_id, person: None };
    let rows = people::list(&mut tx, wanted, after.as_ref(), page.limit.fetch()).await?;
    tx.commit().await?;
    let page = Page::from_rows(rows, page.limit, BY_NAME, |person| (person.name.clone(), person.person));
    Ok(Json(page.map(GroupPersonView::from)))
}

/// Why access ends everywhere, and who goes on with what the person was working on.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct LeavingGroup {
    /// For the audit trail of every store, at most 120 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 120)]
    reason: Option<Name>,
    /// Who takes the person's open deals, by store. Where nobody is named they stay theirs.
    #[serde(default)]
    transfers: Vec<GroupTransfer>,
}

/// Who takes over in one store.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct GroupTransfer {
    /// The store.
    dealership_id: DealershipId,
    /// Somebody who works on deals there.
    transfer_to: PersonId,
}

/// End a person's access to every store of the group at once: in all of them, or in none where one of them refuses. It
/// ends what they have at that moment, whatever it has become since it was looked at.
#[utoipa::path(post, path = "/admin/group/people/{id}/end-access", operation_id = "endGroupAccess",
    request_body = LeavingGroup, params(("id" = PersonId, Path)),
    responses((status = 200, description = "Access ended everywhere.", body = GroupPersonView)))]
pub(super) async fn end_group_access(
    auth: Authorized<action::OverGroup<action::UserSetRole>>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath(person): ApiPath<PersonId>,
    ApiJson(body): ApiJson<LeavingGroup>,
) -> ApiResult<Json<GroupPersonView>> {
    let LeavingGroup { reason, transfers } = body;
    let transfer = |one: GroupTransfer| Transfer { store: one.dealership_id, to: one.transfer_to };
    let transfers: Vec<Transfer> = transfers.into_iter().map(transfer).collect();
    let tx = auth.begin().await?;
    let mut tx = group_people::end_access(tx, person, reason.as_ref().map(Name::as_str), &transfers).await?;
    let ended = people::find(&mut tx, person).await?.ok_or(IdentityError::NotFound("person"))?;
    tx.commit().await?;
    identity.cache().forget(person);
    Ok(Json(ended.into()))
}
