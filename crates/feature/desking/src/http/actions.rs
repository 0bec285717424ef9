//! Moving a deal through its states: one operation each, so that each has its own permission in the document.

use autolytiq_authz::{Action, action};
use autolytiq_http::{ApiJson, ApiPath, ApiResult, Authorized, IfMatch, Versioned};
use autolytiq_kernel::DealId;
use autolytiq_places::Tables;
use axum::Extension;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Rates,
    view::{DealView, deal_view},
};
use crate::{
    domain::state::DealAction,
    ops::{act::act, page::deal_page},
};

/// Why; needed to reject, cancel and reopen.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Explained {
    #[serde(default)]
    #[schema(max_length = 500)]
    reason: Option<String>,
}

async fn moved<A: Action>(
    auth: Authorized<A>,
    tables: &Tables,
    id: DealId,
    if_match: IfMatch,
    action: DealAction,
    body: Explained,
) -> ApiResult<Versioned<DealView>> {
    let mut tx = auth.begin().await?;
    act(&mut tx, tables, id, if_match.version(), action, body.reason.as_deref()).await?;
    let page = deal_page(&mut tx, tables, id).await?;
    tx.commit().await?;
    Ok(Versioned::new(page.deal.version, deal_view(page)?))
}

/// One operation per action.
macro_rules! action_operation {
    ($(#[doc = $doc:literal] $name:ident = $path:literal, $operation:literal, $witness:ident, $action:ident;)+) => {
        $(
            #[doc = $doc]
            #[utoipa::path(post, path = $path, operation_id = $operation, request_body = Explained,
                params(("id" = DealId, Path), ("If-Match" = String, Header, description = "The deal's version")),
                responses((status = 200, description = "The deal as it is now", body = DealView)))]
            pub(super) async fn $name(
                auth: Authorized<action::$witness>,
                Extension(tables): Rates,
                ApiPath(id): ApiPath<DealId>,
                if_match: IfMatch,
                ApiJson(body): ApiJson<Explained>,
            ) -> ApiResult<Versioned<DealView>> {
                moved(auth, &tables, id, if_match, DealAction::$action, body).await
            }
        )+
    };
}

action_operation! {
    #[doc = "Asks a manager for approval."]
    submit = "/deals/{id}/submit", "submitDeal", DealSubmit, Submit;
    #[doc = "Agrees to a submitted deal; its vehicle is held for it."]
    approve = "/deals/{id}/approve", "approveDeal", DealApprove, Approve;
    #[doc = "Sends a submitted deal back, with a reason."]
    reject = "/deals/{id}/reject", "rejectDeal", DealReject, Reject;
    #[doc = "Ends a deal that will not happen, with a reason; its vehicle is given back."]
    cancel = "/deals/{id}/cancel", "cancelDeal", DealCancel, Cancel;
    #[doc = "Delivers an approved deal; its vehicle is sold."]
    close = "/deals/{id}/close", "closeDeal", DealClose, Close;
    #[doc = "Takes a closed, cancelled or rejected deal up again, with a reason."]
    reopen = "/deals/{id}/reopen", "reopenDeal", DealReopen, Reopen;
}
