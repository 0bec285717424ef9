//! Going back to an earlier version of a setting: saving it again, with everything that saving checks.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::PersonId;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{desk, features, numbering, sessions, store_card};
use crate::{
    domain::{features::FeatureSwitches, setting::Setting},
    error::IdentityError,
    store::setting_version,
};

/// Puts the value of an earlier version back as a new one, over the present `version`; returns the new version, and whom
/// the caches must forget.
///
/// # Errors
/// [`IdentityError::NotFound`], [`IdentityError::Invalid`] where what was right then is no longer,
/// [`IdentityError::VersionConflict`], or a failure of the database.
pub(crate) async fn restore(
    tx: &mut TenantTx,
    setting: Setting,
    earlier: i64,
    version: i64,
) -> Result<(i64, Vec<PersonId>), IdentityError> {
    let value = setting_version::find(tx, setting, earlier).await?.ok_or(IdentityError::NotFound("version"))?;
    let saved = match setting {
        Setting::Features => return features::write(tx, read::<FeatureSwitches>(value)?.set(), version).await,
        Setting::Desk => desk::write_desk_defaults(tx, &read(value)?, version).await,
        Setting::Numbering => numbering::write(tx, read(value)?, version).await.map(|(_, saved)| saved),
        Setting::Profile => store_card::write(tx, &read(value)?, version).await,
        Setting::Sessions => {
            let (present, current) = sessions::limits(tx).await?;
            if current != version {
                return Err(IdentityError::VersionConflict { yours: version, current });
            }
            sessions::set_limits(tx, read(value)?, (present, version)).await
        }
    }?;
    Ok((saved, Vec::new()))
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, IdentityError> {
    serde_json::from_value(value).map_err(|error| DbError::inconsistent("setting_version", "value", error).into())
}
