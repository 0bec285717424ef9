//! Handing a person's open deals to somebody else, when the person has left.

use autolytiq_db::{Db, TenantTx};
use autolytiq_events::{Dispatcher, Event};
use autolytiq_kernel::{PersonId, TenantCtx};
use serde::Deserialize;
use serde_json::json;

use super::record;
use crate::{DeskError, store::deal};

/// Deals moved in one transaction.
const BATCH: i64 = 100;

/// Why, in each deal's history.
const REASON: &str = "the salesperson's access has ended";

/// Has the dispatcher of the outbox hand open deals on when somebody's access ends and another person was named.
#[must_use]
pub fn attach(dispatcher: Dispatcher, db: Db) -> Dispatcher {
    dispatcher.on("desking.transfer", &["user.deactivated"], move |event| {
        let db = db.clone();
        async move { on_leaving(&db, &event).await }
    })
}

/// What identity says of somebody who left.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Left {
    transfer_to: Option<PersonId>,
}

async fn on_leaving(db: &Db, event: &Event) -> Result<(), DeskError> {
    let Ok(Left { transfer_to: Some(to) }) = Left::deserialize(&event.payload) else { return Ok(()) };
    let from = PersonId::from_uuid(event.subject.id);
    #[expect(clippy::disallowed_methods, reason = "a runner: the store is that of an event the product wrote")]
    let ctx = TenantCtx::for_job("desking.transfer", event.dealership, event.cause);
    // A second time there is nothing left to move.
    loop {
        let mut tx = db.tenant(&ctx).await?;
        let moved = transfer(&mut tx, from, to).await?;
        tx.commit().await?;
        if moved < BATCH {
            return Ok(());
        }
    }
}

/// Moves some of the open deals of one person to another, and says how many.
async fn transfer(tx: &mut TenantTx, from: PersonId, to: PersonId) -> Result<i64, DeskError> {
    let deals = deal::lock_open_of(tx, from, BATCH).await?;
    let mut moved = 0;
    for before in deals {
        let after = deal::Deal { salesperson: to, version: before.version + 1, ..before };
        deal::give_to(tx, after.id, to).await?;
        let whose = |person| Some(json!({ "salespersonId": person }));
        record::note(tx, "deal.transferred", &after, Some(REASON), whose(from), json!({ "salespersonId": to })).await?;
        moved += 1;
    }
    Ok(moved)
}
