//! Telling people that an API key ends.

use autolytiq_db::SystemUse;
use autolytiq_http::Platform;
use autolytiq_kernel::TenantCtx;
use autolytiq_mail::{Letter, To, send};

use crate::{
    domain::api_key::REMIND_BEFORE,
    error::IdentityError,
    store::{api_key, dealership},
};

const JOB: &str = "identity.key_reminders";

/// Reminds of every key that ends within a week, once. The module does it by itself every hour.
///
/// # Errors
/// A failure of the database, or a message that cannot be written.
pub async fn remind(platform: &Platform) -> Result<(), IdentityError> {
    let until = platform.clock.now() + REMIND_BEFORE;
    let mut tx = platform.db.system(SystemUse::Sessions).await?;
    let stores = api_key::stores_to_remind(&mut tx, until).await?;
    tx.commit().await?;
    for store in stores {
        #[expect(clippy::disallowed_methods, reason = "a job that works for one store after the other")]
        let ctx = TenantCtx::for_job(JOB, store, platform.ids.next());
        let mut tx = platform.db.tenant(&ctx).await?;
        let zone = dealership::acting(&mut tx).await?.zone;
        for key in api_key::take_ending(&mut tx, until).await? {
            let path = if key.service { "/admin/service-accounts" } else { "/account/api-keys" };
            let to = To { name: key.to_name, email: key.to_email };
            let expires_at = key.expires_at.to_jiff();
            let letter = Letter::ApiKeyEnding {
                key: key.name,
                owner: key.owner,
                day: zone.date_at(expires_at).to_string(),
                link: platform.settings.link(path),
            };
            let _ = send(&mut tx, &platform.vault, &to, &letter, Some(expires_at)).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}
