//! The consent ledger of a customer.

use std::collections::BTreeMap;

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiPath, ApiResult, Authorized, Created};
use autolytiq_identity::api::member_names;
use autolytiq_kernel::{CustomerId, PersonId};
use axum::Json;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::consent::{Channel, ConsentForm, ConsentId, ConsentSource, Entry, newest},
    ops::{
        consents::{ledger, record_consent},
        unsubscribe::unsubscribe_link,
    },
};

/// What a customer agreed to, and how it came to that.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Consents)]
pub(super) struct ConsentsView {
    /// Where every channel stands.
    channels: Vec<ChannelView>,
    /// Every entry, the newest first.
    items: Vec<EntryView>,
    /// The link by which the customer ends mail without signing in; for letters and mails to them.
    unsubscribe_link: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsentStanding)]
struct ChannelView {
    channel: Channel,
    /// Absent when the customer never said anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    given: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<Timestamp>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsentEntry)]
pub(super) struct EntryView {
    id: ConsentId,
    channel: Channel,
    given: bool,
    source: ConsentSource,
    /// What the customer was shown or told. Absent where they followed the link in a mail, and once they were erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    wording: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Timestamp,
    /// Who noted it; absent when the customer did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded_by: Option<String>,
}

fn entry_view(entry: Entry, names: &BTreeMap<PersonId, String>) -> EntryView {
    EntryView {
        id: entry.id,
        channel: entry.channel,
        given: entry.given,
        source: entry.source,
        wording: entry.wording,
        recorded_at: entry.recorded_at,
        recorded_by: entry.recorded_by.and_then(|person| names.get(&person).cloned()),
    }
}

/// What a customer agreed to: where every channel stands, and the ledger behind it.
#[utoipa::path(get, path = "/customers/{id}/consents", operation_id = "listConsents", params(("id" = CustomerId, Path)),
    responses((status = 200, description = "The consents", body = ConsentsView)))]
pub(super) async fn list_consents(
    auth: Authorized<action::CustomerRead>,
    ApiPath(id): ApiPath<CustomerId>,
) -> ApiResult<Json<ConsentsView>> {
    let platform = auth.platform();
    let mut tx = auth.begin().await?;
    let entries = ledger(&mut tx, &platform.vault, id).await?;
    let people: Vec<PersonId> = entries.iter().filter_map(|entry| entry.recorded_by).collect();
    let names = member_names(&mut tx, &people).await?;
    let channels = Channel::ALL
        .iter()
        .map(|&channel| {
            let last = newest(&entries, channel);
            ChannelView { channel, given: last.map(|entry| entry.given), since: last.map(|entry| entry.recorded_at) }
        })
        .collect();
    let link = unsubscribe_link(&platform.vault, tx.acting(), id);
    // Absolute where the product knows its own address.
    let known = platform.settings.public_url.as_ref().and_then(|url| url.join(&link).ok());
    let unsubscribe_link = known.map_or(link, String::from);
    let items = entries.into_iter().map(|entry| entry_view(entry, &names)).collect();
    Ok(Json(ConsentsView { channels, items, unsubscribe_link }))
}

/// Notes that a customer gave a consent or took it back. Entries are never changed; the newest of a channel counts.
#[utoipa::path(post, path = "/customers/{id}/consents", operation_id = "createConsent", request_body = ConsentForm,
    params(("id" = CustomerId, Path)), responses((status = 201, description = "Noted", body = EntryView)))]
pub(super) async fn create_consent(
    auth: Authorized<action::CustomerEdit>,
    ApiPath(id): ApiPath<CustomerId>,
    ApiJson(form): ApiJson<ConsentForm>,
) -> ApiResult<Created<EntryView>> {
    let mut tx = auth.begin().await?;
    record_consent(&mut tx, &auth.platform().vault, id, &form).await?;
    let names = member_names(&mut tx, &[auth.person()]).await?;
    let view = EntryView {
        id: form.id,
        channel: form.channel,
        given: form.given,
        source: form.source,
        // What was typed is not sent back, so that no kept answer holds it.
        wording: None,
        recorded_at: tx.now(),
        recorded_by: names.get(&auth.person()).cloned(),
    };
    tx.commit().await?;
    Ok(Created::new(format!("/api/v1/customers/{id}/consents"), 1, view))
}
