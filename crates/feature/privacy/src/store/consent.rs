//! The table `consent_entry`. Rows are only ever added.

use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::{CustomerId, DealershipId, PersonId};
use autolytiq_secrets::Sealed;
use jiff_sqlx::ToSqlx;

use crate::domain::{
    consent::{Channel, ConsentForm, ConsentId, ConsentSource, Entry},
    link::Named,
};

#[derive(sqlx::FromRow)]
struct EntryRow {
    id: ConsentId,
    channel: String,
    given: bool,
    source: String,
    wording: Option<Sealed>,
    recorded_at: jiff_sqlx::Timestamp,
    recorded_by: Option<PersonId>,
}

/// The entries of a customer, the newest first, each with its sealed wording.
pub(crate) async fn of_customer(
    tx: &mut TenantTx,
    customer: CustomerId,
) -> Result<Vec<(Entry, Option<Sealed>)>, DbError> {
    let store = tx.acting();
    let rows: Vec<EntryRow> = sqlx::query_as(
        "select id, channel, given, source, wording, recorded_at, recorded_by from consent_entry
         where dealership_id = $1 and customer_id = $2 order by recorded_at desc, id desc",
    )
    .bind(store)
    .bind(customer)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(entry).collect()
}

fn entry(row: EntryRow) -> Result<(Entry, Option<Sealed>), DbError> {
    let unknown = |column| DbError::inconsistent("consent_entry", column, "a word the domain does not know");
    let entry = Entry {
        id: row.id,
        channel: Channel::from_word(&row.channel).ok_or_else(|| unknown("channel"))?,
        given: row.given,
        source: ConsentSource::from_word(&row.source).ok_or_else(|| unknown("source"))?,
        wording: None,
        recorded_at: row.recorded_at.to_jiff(),
        recorded_by: row.recorded_by,
    };
    Ok((entry, row.wording))
}

/// Whether the newest entry of a channel gives the consent; nothing when there is none.
pub(crate) async fn standing(
    tx: &mut TenantTx,
    customer: CustomerId,
    channel: Channel,
) -> Result<Option<bool>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "select given from consent_entry where dealership_id = $1 and customer_id = $2 and channel = $3
         order by recorded_at desc, id desc limit 1",
    )
    .bind(store)
    .bind(customer)
    .bind(channel.as_str())
    .fetch_optional(tx.conn())
    .await?)
}

pub(crate) async fn insert(
    tx: &mut TenantTx,
    customer: CustomerId,
    form: &ConsentForm,
    wording: &Sealed,
    by: PersonId,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "insert into consent_entry (dealership_id, id, customer_id, channel, given, source, wording, recorded_at, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(store)
    .bind(form.id)
    .bind(customer)
    .bind(form.channel.as_str())
    .bind(form.given)
    .bind(form.source.as_str())
    .bind(wording)
    .bind(now)
    .bind(by)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The name of a store, for somebody who is signed in nowhere.
pub(crate) async fn store_name(tx: &mut SystemTx, store: DealershipId) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar("select name from dealership where dealership_id = $1")
        .bind(store)
        .fetch_optional(tx.conn())
        .await?)
}

/// Whether the customer took the consent to mail back already.
pub(crate) async fn is_unsubscribed(tx: &mut SystemTx, of: Named) -> Result<bool, DbError> {
    let given: Option<bool> = sqlx::query_scalar(
        "select given from consent_entry where dealership_id = $1 and customer_id = $2 and channel = 'email'
         order by recorded_at desc, id desc limit 1",
    )
    .bind(of.store)
    .bind(of.customer)
    .fetch_optional(tx.conn())
    .await?;
    Ok(given == Some(false))
}

pub(crate) async fn unsubscribe(tx: &mut SystemTx, id: ConsentId, of: Named) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query(
        "insert into consent_entry (dealership_id, id, customer_id, channel, given, source, recorded_at)
         values ($1, $2, $3, 'email', false, 'unsubscribe_link', $4)",
    )
    .bind(of.store)
    .bind(id)
    .bind(of.customer)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}
