//! Finding customers: the list, the search, the same person again.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::{CustomerId, Limit, search::SearchTerms};
use autolytiq_secrets::BlindIndex;
use uuid::Uuid;

use super::customer::{CustomerRow, select_customer};
use crate::api::Customer;

/// Where a page of the list begins: after this row.
pub(crate) type After = (String, CustomerId);

/// One row more than a page of the store's customers in the order of their names.
pub(crate) async fn page(
    tx: &mut TenantTx,
    terms: Option<&SearchTerms>,
    after: Option<After>,
    limit: Limit,
) -> Result<Vec<Customer>, DbError> {
    // Nothing sorts before the empty text.
    let (name, id) = after.unwrap_or_else(|| (String::new(), CustomerId::from_uuid(Uuid::nil())));
    let rows = match terms {
        None => in_order(tx, &name, id, limit).await?,
        Some(terms) if terms.is_short() => beginning(tx, terms, &name, id, limit).await?,
        Some(terms) => containing(tx, terms, &name, id, limit).await?,
    };
    rows.into_iter().map(Customer::try_from).collect()
}

async fn in_order(tx: &mut TenantTx, name: &str, id: CustomerId, limit: Limit) -> Result<Vec<CustomerRow>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_as(select_customer!(
        "where c.dealership_id = $1 and (c.sort_name, c.id) > ($2, $3) and c.erased_at is null order by c.sort_name, c.id limit $4"
    ))
    .bind(store)
    .bind(name)
    .bind(id)
    .bind(limit.fetch())
    .fetch_all(tx.conn())
    .await?)
}

/// One or two letters are no trigram: the beginning of the last name is looked up instead, as a range, which is
/// leakproof and so reaches the index of the order behind the policy.
async fn beginning(
    tx: &mut TenantTx,
    terms: &SearchTerms,
    name: &str,
    id: CustomerId,
    limit: Limit,
) -> Result<Vec<CustomerRow>, DbError> {
    let store = tx.acting();
    // One lower bound: of two, the index would be read from the other one on.
    let (name, id) =
        if name < terms.longest() { (terms.longest(), CustomerId::from_uuid(Uuid::nil())) } else { (name, id) };
    let end = format!("{}\u{10ffff}", terms.longest());
    Ok(sqlx::query_as(select_customer!(
        "where c.dealership_id = $1 and (c.sort_name, c.id) > ($2, $3) and c.sort_name < $4 and c.search_text like all ($5)
         order by c.sort_name, c.id limit $6"
    ))
    .bind(store)
    .bind(name)
    .bind(id)
    .bind(end)
    .bind(terms.patterns())
    .bind(limit.fetch())
    .fetch_all(tx.conn())
    .await?)
}

async fn containing(
    tx: &mut TenantTx,
    terms: &SearchTerms,
    name: &str,
    id: CustomerId,
    limit: Limit,
) -> Result<Vec<CustomerRow>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_as(select_customer!(
        "join crm_search_customers($2, $3, $4, $5) found on found.id = c.id
         where c.dealership_id = $1 order by c.sort_name, c.id"
    ))
    .bind(store)
    .bind(terms.patterns())
    .bind(name)
    .bind(id)
    .bind(i32::try_from(limit.fetch()).unwrap_or(i32::MAX))
    .fetch_all(tx.conn())
    .await?)
}

/// Customers with this telephone number or e-mail address, at most twenty.
pub(crate) async fn with_contact(
    tx: &mut TenantTx,
    phone: Option<BlindIndex>,
    email: Option<BlindIndex>,
    except: Option<CustomerId>,
) -> Result<Vec<Customer>, DbError> {
    let store = tx.acting();
    let rows: Vec<CustomerRow> = sqlx::query_as(select_customer!(
        "where c.dealership_id = $1 and (c.phone_index = $2 or c.email_index = $3) and c.id is distinct from $4
         order by c.sort_name, c.id limit 20"
    ))
    .bind(store)
    .bind(phone)
    .bind(email)
    .bind(except)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(Customer::try_from).collect()
}
