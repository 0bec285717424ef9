//! People over all stores of a group: ending somebody's access everywhere.

use autolytiq_db::TenantTx;
use autolytiq_kernel::{DealershipId, PersonId, TenantCtx, problem::FieldError};

use super::users;
use crate::{
    domain::group_people::GroupSeat,
    error::IdentityError,
    store::{dealership, group_people, member},
    verify,
};

/// Who takes over what somebody was working on in one of the stores.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Transfer {
    pub(crate) store: DealershipId,
    pub(crate) to: PersonId,
}

/// Ends a person's access to every store of the group, in each by the use case that ends it in one, with its rules, its
/// entry in that store's trail and its event. One transaction holds all of it, so either every store has ended it or
/// none has; it comes back for the store it was opened for.
///
/// # Errors
/// [`IdentityError::NotFound`] for somebody who is in no store of the group, [`IdentityError::PartOfGroup`],
/// [`IdentityError::OwnAccess`], [`IdentityError::InStore`] with the store that refuses and why.
pub(crate) async fn end_access(
    mut tx: TenantTx,
    person: PersonId,
    reason: Option<&str>,
    transfers: &[Transfer],
) -> Result<TenantTx, IdentityError> {
    let home = tx.ctx().clone();
    whole_group(&mut tx).await?;
    let found = group_people::find(&mut tx, person).await?.ok_or(IdentityError::NotFound("person"))?;
    if home.person() == Some(person) {
        return Err(IdentityError::OwnAccess);
    }
    let mut seats: Vec<GroupSeat> = found.seats.into_iter().filter(|seat| seat.active).collect();
    for (index, transfer) in transfers.iter().enumerate() {
        if seats.iter().all(|seat| seat.store != transfer.store) {
            let detail = "the person has no access to this store";
            let pointer = format!("/transfers/{index}/dealershipId");
            return Err(IdentityError::Invalid(vec![FieldError::new(pointer, "no-access-there", detail)]));
        }
    }
    // Every store is locked before anything is written, and in one order: of two such acts one waits for the other. What
    // is written takes the counter of revisions, and whoever holds that waits for nobody.
    seats.sort_unstable_by_key(|seat| seat.store);
    let mut versions = Vec::with_capacity(seats.len());
    for seat in &seats {
        tx = tx.go_on_for(&there(&home, seat)?).await?;
        member::lock_administrators(&mut tx).await?;
        let user = member::lock(&mut tx, person).await?.ok_or(IdentityError::NotFound("person"))?;
        versions.push(user.version);
    }
    for (seat, version) in seats.iter().zip(versions) {
        tx = tx.go_on_for(&there(&home, seat)?).await?;
        let transfer = transfers.iter().enumerate().find(|(_, transfer)| transfer.store == seat.store);
        let to = transfer.map(|(_, transfer)| transfer.to);
        users::deactivate(&mut tx, person, version, reason.map(str::to_owned), to)
            .await
            .map_err(|refusal| in_store(seat, transfer.map(|(index, _)| index), refusal))?;
    }
    Ok(tx.go_on_for(&home).await?)
}

/// Everywhere means in every store: whoever reads a part of the group cannot say that.
async fn whole_group(tx: &mut TenantTx) -> Result<(), IdentityError> {
    let stores = dealership::count_in_group(tx).await?;
    let readable = i64::try_from(tx.ctx().readable().len());
    if readable.is_ok_and(|readable| readable == stores) { Ok(()) } else { Err(IdentityError::PartOfGroup) }
}

/// The same person, acting in the store of a seat.
fn there(home: &TenantCtx, seat: &GroupSeat) -> Result<TenantCtx, IdentityError> {
    verify::context_in(home, seat.store).ok_or(IdentityError::PartOfGroup)
}

/// Names the store that refuses. A fault of the database is no store's.
fn in_store(seat: &GroupSeat, transfer: Option<usize>, refusal: IdentityError) -> IdentityError {
    let refusal = match (refusal, transfer) {
        (IdentityError::Db(fault), _) => return IdentityError::Db(fault),
        (IdentityError::Invalid(errors), Some(index)) => {
            let prefix = format!("/transfers/{index}");
            IdentityError::Invalid(errors.into_iter().map(|error| error.below(&prefix)).collect())
        }
        (refusal, _) => refusal,
    };
    IdentityError::InStore { store: seat.store, name: seat.store_name.clone(), refusal: Box::new(refusal) }
}
