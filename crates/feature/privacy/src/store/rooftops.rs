//! What the compliance desks of several stores know, by store.

use std::collections::BTreeMap;

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::DealershipId;

use crate::domain::rooftops::RooftopCompliance;

type Row = (DealershipId, Option<jiff_sqlx::Date>, i64, Option<i16>, Option<i16>);

/// The newest access review, the open incidents and the retention schedule of each store the context may read.
pub(crate) async fn compliance(tx: &mut TenantTx) -> Result<BTreeMap<DealershipId, RooftopCompliance>, DbError> {
    let stores = tx.ctx().readable().to_vec();
    let rows: Vec<Row> = sqlx::query_as(
        "select s.store,
                (select max(o.done_on) from compliance_sign_off o
                 where o.dealership_id = s.store and o.kind = 'access_review'),
                (select count(*) from compliance_incident i
                 where i.dealership_id = s.store and i.closed_at is null),
                r.without_purchase_months, r.after_purchase_months
         from unnest($1::uuid[]) as s (store)
         left join retention_schedule r on r.dealership_id = s.store",
    )
    .bind(stores)
    .fetch_all(tx.conn())
    .await?;
    let read = |(store, reviewed, open_incidents, without_purchase_months, after_purchase_months): Row| {
        let compliance = RooftopCompliance {
            access_reviewed_on: reviewed.map(|on| on.to_jiff()),
            open_incidents,
            without_purchase_months,
            after_purchase_months,
        };
        (store, compliance)
    };
    Ok(rows.into_iter().map(read).collect())
}
