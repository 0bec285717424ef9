//! Live changes: `GET /api/v1/events`.

use std::sync::Arc;

use autolytiq_authz::{Grant, Owners, Permission, Reach, Teammates, action};
use autolytiq_db::Db;
use autolytiq_events::{Event, Live};
use autolytiq_http::{ApiResult, Authorized, Module, Routes, op, sse};
use autolytiq_identity::{IdentityError, api::teammates};
use autolytiq_kernel::{PersonId, TenantCtx};
use axum::response::{IntoResponse, Response, sse::Event as Told};
use futures::StreamExt as _;
use serde_json::{Value, json};

/// The module. The process feeds the hub it listens to (`Platform::hub`).
pub(crate) fn module() -> Module {
    Module::new("live").needs(&["identity"]).routes(routes)
}

fn routes() -> Routes {
    Routes::api("live").add(op!(follow_events))
}

/// Follow what changes in the store.
///
/// A stream of server-sent events: `deal.changed`, `customer.changed` and `vehicle.changed` with the ids, states and
/// versions of what changed, as far as the caller may see it; `deal.presence` with those who are at a deal. `reload` means that events were missed. The stream ends
/// with the session; come back with a fresh access token.
#[utoipa::path(get, path = "/events", operation_id = "followEvents",
    responses((status = 200, content_type = "text/event-stream", body = String)))]
async fn follow_events(auth: Authorized<action::EventRead>) -> ApiResult<Response> {
    let platform = auth.platform();
    let listener = Listener { grant: *auth.grant(), ctx: auth.ctx().clone(), db: platform.db.clone() };
    let listener = Arc::new(listener);
    let told = platform.hub.subscribe(auth.ctx()).filter_map(move |live| {
        let listener = Arc::clone(&listener);
        async move { listener.tell(live).await }
    });
    Ok(sse::stream(platform, auth.ended(), told).into_response())
}

/// Somebody who follows the store's events.
struct Listener {
    grant: Grant,
    ctx: TenantCtx,
    db: Db,
}

impl Listener {
    /// The event as this listener may see it; nothing when it is not theirs to see.
    async fn tell(&self, live: Live) -> Option<Told> {
        let (name, payload) = match &live {
            Live::Missed => return reload(),
            // Passing news is about deals.
            Live::Passing(passing) if passing.kind.starts_with("deal.") => (passing.kind, &passing.payload),
            Live::Passing(_) => return None,
            Live::Event(event) => (name_of(event)?, &event.payload),
        };
        match self.may_see(name, payload).await {
            // Ids and states always serialise.
            Ok(true) => sse::event(name, payload).ok(),
            Ok(false) => None,
            Err(error) => {
                // Whose it is could not be asked. What they look up anew is cut to what they may see.
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "a listener's team could not be read; it is told to look anew"
                );
                reload()
            }
        }
    }

    async fn may_see(&self, name: &str, payload: &Value) -> Result<bool, IdentityError> {
        let needed = match name.split('.').next() {
            Some("customer") => Permission::CustomerRead,
            Some("vehicle") => Permission::VehicleRead,
            _ => Permission::DealRead,
        };
        let reach = self.grant.reach_of(needed);
        // Asked for each event: whoever has left the team is told nothing more of its deals.
        let team = if reach == Reach::Team { self.team().await? } else { Teammates::default() };
        let owners = Owners::within(reach, self.grant.person(), &team);
        Ok(owners == Owners::everybody() || salesperson_of(payload).is_some_and(|person| owners.include(person)))
    }

    async fn team(&self) -> Result<Teammates, IdentityError> {
        let mut tx = self.db.tenant(&self.ctx).await?;
        let team = teammates(&mut tx).await?;
        tx.rollback().await?;
        Ok(team)
    }
}

fn reload() -> Option<Told> {
    sse::event("reload", &json!({})).ok()
}

/// What the client knows the change as. Kinds that are about none of these stay inside.
fn name_of(event: &Event) -> Option<&'static str> {
    match event.kind.split('.').next()? {
        "deal" => Some("deal.changed"),
        "customer" => Some("customer.changed"),
        "vehicle" => Some("vehicle.changed"),
        _ => None,
    }
}

/// The deal's salesperson, as the event names them.
fn salesperson_of(payload: &Value) -> Option<PersonId> {
    payload["salespersonId"].as_str()?.parse().ok()
}
