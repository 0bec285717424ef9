//! Live changes: `GET /api/v1/events`.

use autolytiq_authz::{Grant, Permission, Reach, action};
use autolytiq_events::{Event, Live, Passing};
use autolytiq_http::{ApiResult, Authorized, Module, Routes, op, sse};
use autolytiq_kernel::PersonId;
use axum::response::{IntoResponse, Response};
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
    let grant = *auth.grant();
    let events = auth.platform().hub.subscribe(auth.ctx());
    let told = events.filter_map(move |live| async move { tell(&grant, live) });
    Ok(sse::stream(auth.platform(), auth.ended(), told).into_response())
}

/// The event as this caller may see it; nothing when it is not theirs to see.
fn tell(grant: &Grant, live: Live) -> Option<axum::response::sse::Event> {
    // Ids and states always serialise.
    match live {
        Live::Missed => sse::event("reload", &json!({})).ok(),
        Live::Passing(passing) => {
            is_for(grant, &passing).then(|| sse::event(passing.kind, &passing.payload).ok()).flatten()
        }
        Live::Event(event) => name_for(grant, &event).and_then(|name| sse::event(name, &event.payload).ok()),
    }
}

/// What the client knows the change as. Kinds that are about none of these stay inside.
fn name_for(grant: &Grant, event: &Event) -> Option<&'static str> {
    let (name, needed) = match event.kind.split('.').next()? {
        "deal" => ("deal.changed", Permission::DealRead),
        "customer" => ("customer.changed", Permission::CustomerRead),
        "vehicle" => ("vehicle.changed", Permission::VehicleRead),
        _ => return None,
    };
    is_within(grant, needed, &event.payload).then_some(name)
}

/// Passing news is about deals.
fn is_for(grant: &Grant, passing: &Passing) -> bool {
    passing.kind.starts_with("deal.") && is_within(grant, Permission::DealRead, &passing.payload)
}

fn is_within(grant: &Grant, needed: Permission, payload: &Value) -> bool {
    match grant.reach_of(needed) {
        Reach::No => false,
        Reach::Own => is_theirs(payload, grant.person()),
        Reach::Store | Reach::Group => true,
    }
}

/// Whether the person is the deal's salesperson, as the event names them.
fn is_theirs(payload: &Value, person: PersonId) -> bool {
    payload["salespersonId"].as_str().and_then(|id| id.parse().ok()) == Some(person)
}
