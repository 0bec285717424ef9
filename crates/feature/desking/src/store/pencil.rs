//! The tables `pencil` and `pencil_column`. Rows are only ever added.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_finance::deal::{input::DealInput, output::DealResult};
use autolytiq_kernel::{CustomerId, DealId, PencilId, PersonId};
use autolytiq_money::Money;
use autolytiq_tax::ResolvedRates;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::value::RawValue;
use sqlx::types::Json;
use std::collections::HashMap;

use crate::domain::{
    figures::{ColumnFigures, ColumnKind},
    sight::GrossFigures,
};

/// Who penciled when and why, with the key figures.
#[derive(Clone, Debug)]
pub(crate) struct PencilHead {
    pub(crate) id: PencilId,
    pub(crate) number: i32,
    pub(crate) parent: Option<PencilId>,
    pub(crate) at: Timestamp,
    pub(crate) by: PersonId,
    pub(crate) note: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) price: Money,
    pub(crate) columns: Vec<ColumnFigures>,
}

/// A pencil with its documents.
#[derive(Clone, Debug)]
pub(crate) struct Pencil {
    pub(crate) head: PencilHead,
    pub(crate) input: DealInput,
    pub(crate) rates: ResolvedRates,
    /// As the engine wrote it; passed on rather than read.
    pub(crate) result: Box<RawValue>,
    /// Which rules made the result.
    pub(crate) rules_hash: String,
}

#[derive(sqlx::FromRow)]
struct HeadRow {
    id: PencilId,
    number: i32,
    parent_id: Option<PencilId>,
    penciled_at: jiff_sqlx::Timestamp,
    penciled_by: PersonId,
    note: Option<String>,
    reason: Option<String>,
    price: i64,
}

#[derive(sqlx::FromRow)]
struct PencilRow {
    #[sqlx(flatten)]
    head: HeadRow,
    input: Json<DealInput>,
    rates: Json<ResolvedRates>,
    result: Json<Box<RawValue>>,
    rules_hash: String,
}

#[derive(sqlx::FromRow)]
struct ColumnRow {
    pencil_id: PencilId,
    column_id: String,
    kind: String,
    label: String,
    amount: i64,
    front_gross: Option<i64>,
    back_gross: Option<i64>,
    reserve: Option<i64>,
    total_gross: Option<i64>,
}

/// The columns of a pencil by its id, in their order.
pub(crate) type Columns = HashMap<PencilId, Vec<ColumnFigures>>;

/// The heads of all pencils of a deal, the newest first.
pub(crate) async fn heads(tx: &mut TenantTx, deal: DealId) -> Result<Vec<PencilHead>, DbError> {
    let store = tx.acting();
    let rows: Vec<HeadRow> = sqlx::query_as(
        "select id, number, parent_id, penciled_at, penciled_by, note, reason, price
         from pencil where dealership_id = $1 and deal_id = $2 order by number desc",
    )
    .bind(store)
    .bind(deal)
    .fetch_all(tx.conn())
    .await?;
    let ids: Vec<PencilId> = rows.iter().map(|row| row.id).collect();
    let mut columns = columns(tx, &ids).await?;
    Ok(rows.into_iter().map(|row| head(row, &mut columns)).collect())
}

/// One pencil of a deal.
pub(crate) async fn find(tx: &mut TenantTx, deal: DealId, id: PencilId) -> Result<Option<Pencil>, DbError> {
    let store = tx.acting();
    let row: Option<PencilRow> = sqlx::query_as(
        "select id, number, parent_id, penciled_at, penciled_by, note, reason, price, input, rates, result, rules_hash
         from pencil where dealership_id = $1 and deal_id = $2 and id = $3",
    )
    .bind(store)
    .bind(deal)
    .bind(id)
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let mut columns = columns(tx, &[row.head.id]).await?;
    let head = head(row.head, &mut columns);
    Ok(Some(Pencil { head, input: row.input.0, rates: row.rates.0, result: row.result.0, rules_hash: row.rules_hash }))
}

/// The inputs of all pencils of a deal by number.
pub(crate) async fn inputs(tx: &mut TenantTx, deal: DealId) -> Result<HashMap<i32, DealInput>, DbError> {
    let store = tx.acting();
    let rows: Vec<(i32, Json<DealInput>)> =
        sqlx::query_as("select number, input from pencil where dealership_id = $1 and deal_id = $2")
            .bind(store)
            .bind(deal)
            .fetch_all(tx.conn())
            .await?;
    Ok(rows.into_iter().map(|(number, input)| (number, input.0)).collect())
}

/// The key figures of these pencils.
pub(crate) async fn columns(tx: &mut TenantTx, pencils: &[PencilId]) -> Result<Columns, DbError> {
    let store = tx.acting();
    let rows: Vec<ColumnRow> = sqlx::query_as(
        "select pencil_id, column_id, kind, label, amount, front_gross, back_gross, reserve, total_gross
         from pencil_column where dealership_id = $1 and pencil_id = any($2) order by pencil_id, position",
    )
    .bind(store)
    .bind(pencils)
    .fetch_all(tx.conn())
    .await?;
    let mut columns = Columns::new();
    for row in rows {
        let kind = ColumnKind::from_word(&row.kind)
            .ok_or_else(|| DbError::inconsistent("pencil_column", "kind", "a kind the domain has no word for"))?;
        let gross = match (row.front_gross, row.back_gross, row.reserve, row.total_gross) {
            (Some(front), Some(back), Some(reserve), Some(total)) => Some(GrossFigures {
                front: Money::from_cents(front),
                back: Money::from_cents(back),
                reserve: Some(Money::from_cents(reserve)),
                total: Money::from_cents(total),
            }),
            _ => None,
        };
        let figures =
            ColumnFigures { id: row.column_id, kind, label: row.label, amount: Money::from_cents(row.amount), gross };
        columns.entry(row.pencil_id).or_default().push(figures);
    }
    Ok(columns)
}

/// A pencil's row beside its head: input, rates, the result as text, the hash of the rules.
type BodyRow = (Json<DealInput>, Json<ResolvedRates>, Json<Box<RawValue>>, String);

/// One pencil of a deal whose head is known.
pub(crate) async fn complete(tx: &mut TenantTx, deal: DealId, head: PencilHead) -> Result<Option<Pencil>, DbError> {
    let store = tx.acting();
    let row: Option<BodyRow> = sqlx::query_as(
        "select input, rates, result, rules_hash from pencil where dealership_id = $1 and deal_id = $2 and id = $3",
    )
    .bind(store)
    .bind(deal)
    .bind(head.id)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|(input, rates, result, rules_hash)| Pencil {
        head,
        input: input.0,
        rates: rates.0,
        result: result.0,
        rules_hash,
    }))
}

/// What was typed in a pencil, and with which rates it was computed.
pub(crate) struct Basis {
    pub(crate) input: DealInput,
    pub(crate) rates: ResolvedRates,
}

/// What the next pencil of a deal follows: one pencil without its figures, which are the larger part.
pub(crate) async fn basis(tx: &mut TenantTx, deal: DealId, id: PencilId) -> Result<Option<Basis>, DbError> {
    let store = tx.acting();
    let row: Option<(Json<DealInput>, Json<ResolvedRates>)> =
        sqlx::query_as("select input, rates from pencil where dealership_id = $1 and deal_id = $2 and id = $3")
            .bind(store)
            .bind(deal)
            .bind(id)
            .fetch_optional(tx.conn())
            .await?;
    Ok(row.map(|(input, rates)| Basis { input: input.0, rates: rates.0 }))
}

/// A pencil to be added.
pub(crate) struct NewPencil<'a> {
    pub(crate) id: PencilId,
    pub(crate) deal: DealId,
    pub(crate) number: i32,
    pub(crate) parent: Option<PencilId>,
    pub(crate) by: PersonId,
    pub(crate) note: Option<&'a str>,
    pub(crate) reason: Option<&'a str>,
    pub(crate) input: &'a DealInput,
    pub(crate) rates: &'a ResolvedRates,
    pub(crate) result: &'a DealResult,
}

/// Adds a pencil and its key figures, and gives back its head.
pub(crate) async fn insert(tx: &mut TenantTx, pencil: &NewPencil<'_>) -> Result<PencilHead, DbError> {
    let (store, now) = (tx.acting(), tx.now());
    let (rules, rates) = (&pencil.result.rules, &pencil.result.rates);
    let columns: Vec<ColumnFigures> = pencil.result.columns.iter().map(ColumnFigures::of).collect();
    let gross = |figure: fn(&GrossFigures) -> Option<Money>| -> Vec<Option<i64>> {
        columns.iter().map(|column| column.gross.as_ref().and_then(figure).map(Money::cents)).collect()
    };
    sqlx::query(
        "with added as (
             insert into pencil (dealership_id, id, deal_id, number, parent_id, penciled_at, penciled_by, note, reason, price,
                                 input, rates, result, engine_version, rules_jurisdiction, rules_effective, rules_hash,
                                 rates_hash, rates_as_of)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
         )
         insert into pencil_column (dealership_id, pencil_id, position, column_id, kind, label, amount, front_gross,
                                    back_gross, reserve, total_gross)
         select $1, $2, c.position - 1, c.column_id, c.kind, c.label, c.amount, c.front_gross, c.back_gross, c.reserve,
                c.total_gross
         from unnest($20::text[], $21::text[], $22::text[], $23::bigint[], $24::bigint[], $25::bigint[], $26::bigint[],
                     $27::bigint[])
              with ordinality c (column_id, kind, label, amount, front_gross, back_gross, reserve, total_gross, position)",
    )
    .bind(store)
    .bind(pencil.id)
    .bind(pencil.deal)
    .bind(pencil.number)
    .bind(pencil.parent)
    .bind(now.to_sqlx())
    .bind(pencil.by)
    .bind(pencil.note)
    .bind(pencil.reason)
    .bind(pencil.input.price.cents())
    .bind(Json(pencil.input))
    .bind(Json(pencil.rates))
    .bind(Json(pencil.result))
    .bind(pencil.result.engine_version)
    .bind(rules.jurisdiction)
    .bind(rules.effective.to_sqlx())
    .bind(rules.hash)
    .bind(&rates.hash)
    .bind(rates.as_of.to_sqlx())
    .bind(columns.iter().map(|column| column.id.as_str()).collect::<Vec<_>>())
    .bind(columns.iter().map(|column| column.kind.as_str()).collect::<Vec<_>>())
    .bind(columns.iter().map(|column| column.label.as_str()).collect::<Vec<_>>())
    .bind(columns.iter().map(|column| column.amount.cents()).collect::<Vec<_>>())
    .bind(gross(|gross| Some(gross.front)))
    .bind(gross(|gross| Some(gross.back)))
    .bind(gross(|gross| gross.reserve))
    .bind(gross(|gross| Some(gross.total)))
    .execute(tx.conn())
    .await?;
    Ok(PencilHead {
        id: pencil.id,
        number: pencil.number,
        parent: pencil.parent,
        at: now,
        by: pencil.by,
        note: pencil.note.map(str::to_owned),
        reason: pencil.reason.map(str::to_owned),
        price: pencil.input.price,
        columns,
    })
}

/// Empties notes and reasons of the pencils of an erased customer.
pub(crate) async fn erase_words(tx: &mut TenantTx, customer: CustomerId) -> Result<(), DbError> {
    sqlx::query("select desking_erase_words($1)").bind(customer).execute(tx.conn()).await?;
    Ok(())
}

fn head(row: HeadRow, columns: &mut Columns) -> PencilHead {
    PencilHead {
        id: row.id,
        number: row.number,
        parent: row.parent_id,
        at: row.penciled_at.to_jiff(),
        by: row.penciled_by,
        note: row.note,
        reason: row.reason,
        price: Money::from_cents(row.price),
        columns: columns.remove(&row.id).unwrap_or_default(),
    }
}
