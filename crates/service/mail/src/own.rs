//! A store's own texts: which one a message is made from, changing it, and going back.

use autolytiq_db::{AuditRecord, DbError, TenantTx};
use autolytiq_kernel::DealershipId;
use serde_json::{Value, json};
use sqlx::PgConnection;

use crate::{
    error::MailError,
    kind::Kind,
    store::template::{self, Present},
    template::Template,
};

/// What a message of the store is made from: the store's own text, or else the product's.
///
/// A text that was right when it was saved gives way to the product's where its message has other values since: what the
/// store is then told in other words is still told.
pub(crate) async fn in_force(
    connection: &mut PgConnection,
    store: DealershipId,
    kind: Kind,
) -> Result<Template, DbError> {
    let Some(own) = template::present(connection, store, kind).await?.own else { return Ok(kind.template()) };
    if own.faults(kind).is_empty() {
        return Ok(own);
    }
    tracing::warn!(mail.kind = kind.id(), dealership.id = %store, "a store's own text of a message no longer fits it");
    Ok(kind.template())
}

/// What the acting store writes in each message now.
pub(crate) async fn list(tx: &mut TenantTx) -> Result<Vec<(Kind, Present)>, DbError> {
    let mut changed = template::all(tx).await?;
    Ok(Kind::ALL.into_iter().map(|kind| (kind, changed.remove(kind.id()).unwrap_or_default())).collect())
}

/// Replaces what the acting store writes in a message; nothing goes back to the product's text. What is the same already
/// makes no version.
///
/// # Errors
/// [`MailError::Overtaken`], or a failure of the database.
pub(crate) async fn write(
    tx: &mut TenantTx,
    kind: Kind,
    present: Present,
    own: Option<Template>,
) -> Result<Present, MailError> {
    if own == present.own {
        return Ok(present);
    }
    let next = Present { version: present.version + 1, own };
    if !template::keep(tx, kind, &next).await? {
        return Err(MailError::Overtaken { yours: present.version, current: next.version });
    }
    let record = AuditRecord::new("settings.mail_template_changed", tx.acting());
    tx.audit(record.before(&told(kind, &present)).after(&told(kind, &next))).await?;
    Ok(next)
}

/// Puts an earlier version back as a new one; version 0 is the product's text.
///
/// # Errors
/// [`MailError::NoVersion`]; [`MailError::Unfit`] where what was right then is no longer; as [`write()`].
pub(crate) async fn restore(
    tx: &mut TenantTx,
    kind: Kind,
    present: Present,
    earlier: i64,
) -> Result<Present, MailError> {
    let own = match earlier {
        0 => None,
        _ => template::find(tx, kind, earlier).await?.ok_or(MailError::NoVersion)?.own,
    };
    let faults = own.as_ref().map(|own| own.faults(kind)).unwrap_or_default();
    if !faults.is_empty() {
        return Err(MailError::Unfit(faults));
    }
    write(tx, kind, present, own).await
}

fn told(kind: Kind, present: &Present) -> Value {
    let Template { subject, body } = present.own.clone().unwrap_or_else(|| kind.template());
    json!({ "message": kind, "own": present.own.is_some(), "subject": subject, "body": body })
}
