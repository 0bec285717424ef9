//! How protected data is kept, for those who answer for it.
//!
//! **What it is.** The worker's rotation of master keys ([`module`]), and what an administrator sees of it: which keys
//! stand over the store's customers, how far a rotation is, and the data map, which names every column of the database
//! with the class of its data.
//!
//! **What it never does.** It holds and shows no key and no value. A rotation is begun where the keys are: in the key
//! file or the environment, by whoever runs the installation.

mod http;
mod store;
mod view;

use std::time::Duration;

use autolytiq_http::{Job, Module};
use autolytiq_secrets::SecretsError;

/// How soon a new master key is noticed, and a broken-off rotation taken up.
const LOOK: Duration = Duration::from_secs(10);

/// The rotation, `GET /admin/keys` and `GET /admin/data-map`.
#[must_use]
pub fn module() -> Module {
    Module::new("protection").routes(http::routes).job(Job::every("secrets.rewrap", LOOK, |platform| async move {
        let count = platform.vault.rewrap(&platform.db).await?;
        if count > 0 {
            tracing::info!(keys.rewrapped = count, "data keys are under the newest master key");
        }
        Ok::<(), SecretsError>(())
    }))
}
