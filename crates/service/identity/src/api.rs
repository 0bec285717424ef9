//! What other crates may use: profiles and defaults for the features, use cases for the demonstration and for tests.

use std::collections::BTreeMap;

use autolytiq_db::TenantTx;
use autolytiq_kernel::{DealershipId, PersonId};

pub use crate::{
    domain::{
        custom_role::{CustomRoleId, Given},
        desk::{DeskDefaults, DeskFee},
        email::{Email, NotAnEmail},
        factor::Method,
        name::{Name, NotAName},
        numbering::{DealNumbers, Numbering, Series, StockNumbers, YearPart},
        password::{TypedPassword, WeakPassword},
        place::{NotAPlace, PlaceName, StateCode, StorePlace, Zip},
        profile::{CURRENCY, NewPerson, NewStore, StoreProfile},
        rooftops::{RooftopPeople, RooftopSettings},
        tax_settings::{Elections, elections_on},
        team::{TeamId, TeamName},
        user::{CustomRoleName, User},
    },
    error::IdentityError,
    ops::{
        desk::{desk_defaults, write_desk_defaults},
        entry::{Entry, FirstStep, Pending, Step},
        factors::mark_demo_people,
        found::{Founded, Founding, NewGroup, add_store, found_group, set_up, set_up_required},
        key_reminders::remind as remind_of_keys,
        numbering::{check_next, last_number, lock_series, move_series, numbering},
        refresh::{Vouched, refresh},
        session::{ActingStore, ClientInfo, PersonView, SessionView, SignedIn, StoreChoice},
        sign_in::sign_in,
        sign_out::{sign_out, sign_out_everywhere},
        switch_store::switch_store,
        teams::teammates,
        users::{PreparedUser, add_user, prepare as prepare_user, set_active, set_role},
    },
};

/// The profile of the acting store.
///
/// # Errors
/// A failure of the database.
pub async fn store_profile(tx: &mut TenantTx) -> Result<StoreProfile, IdentityError> {
    Ok(crate::store::dealership::acting(tx).await?)
}

/// The profiles of every store the context may read, by name.
///
/// # Errors
/// A failure of the database.
pub async fn readable_stores(tx: &mut TenantTx) -> Result<Vec<StoreProfile>, IdentityError> {
    Ok(crate::store::dealership::readable(tx).await?)
}

/// The people of every store the context may read, in numbers.
///
/// # Errors
/// A failure of the database.
pub async fn rooftop_people(tx: &mut TenantTx) -> Result<BTreeMap<DealershipId, RooftopPeople>, IdentityError> {
    Ok(crate::store::rooftops::people(tx).await?)
}

/// Settings of every store the context may read.
///
/// # Errors
/// A failure of the database.
pub async fn rooftop_settings(tx: &mut TenantTx) -> Result<BTreeMap<DealershipId, RooftopSettings>, IdentityError> {
    Ok(crate::store::rooftops::settings(tx).await?)
}

/// The names of people of the acting store, also of those who left. One who never worked there is missing.
///
/// # Errors
/// A failure of the database.
pub async fn member_names(tx: &mut TenantTx, people: &[PersonId]) -> Result<BTreeMap<PersonId, String>, IdentityError> {
    Ok(crate::store::member::names(tx, people).await?)
}

/// Which people of the acting store have proved a second factor. Programs are left out: they have no password either.
///
/// # Errors
/// A failure of the database.
pub async fn members_with_factor(tx: &mut TenantTx) -> Result<Vec<(PersonId, bool)>, IdentityError> {
    Ok(crate::store::factor::of_members(tx).await?)
}
