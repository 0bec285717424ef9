//! Who works where, and how they sign in.
//!
//! **What it is.** Groups, stores, people and their memberships; the set-up of an empty installation; passwords,
//! access and refresh tokens, sessions and their revocation; the administration of users; a store's profile and desk
//! defaults. It hands the HTTP layer its token verifier, which is the only place where a request becomes a
//! `TenantCtx`.
//!
//! **What it never does.** It decides no permission (`platform/authz` has the table) and knows no deal, customer or
//! vehicle. It never tells whether an address has an account, never stores a token or a password that could be used,
//! and never trusts what a token says about roles: the membership is looked at on every request.

pub mod api;
mod crypto;
mod domain;
mod error;
mod http;
mod identity;
mod ops;
mod set_up_token;
mod store;
mod verify;

use std::{sync::Arc, time::Duration};

use autolytiq_http::{Module, Platform, Started};

pub use error::{CODES, IdentityError};
pub use identity::{Identity, IdentityConfig};

/// How often what has run out is deleted.
const TIDY_EVERY: Duration = Duration::from_secs(600);

/// The module of identity.
#[must_use]
pub fn module(config: IdentityConfig) -> Module {
    Module::new("identity").codes(CODES).routes(http::routes).start(move |platform| {
        let config = config.clone();
        async move {
            let identity = Identity::open(&platform, &config).await?;
            Ok(start(&platform, identity))
        }
    })
}

/// The module around an identity that is open already, for a process that uses it before it serves.
#[must_use]
pub fn module_of(identity: Arc<Identity>) -> Module {
    Module::new("identity").codes(CODES).routes(http::routes).start(move |platform| {
        let identity = Arc::clone(&identity);
        async move { Ok(start(&platform, identity)) }
    })
}

/// Hands over the verifier and starts the watcher: tasks of the process and not jobs of the module, since a process that
/// serves other modules verifies tokens too.
fn start(platform: &Platform, identity: Arc<Identity>) -> Started {
    platform.tasks.spawn(verify::watch::watch(Arc::clone(&identity), platform.shutdown.clone()));
    let (tidying, shutdown) = (Arc::clone(&identity), platform.shutdown.clone());
    platform.tasks.spawn(async move {
        while !shutdown.is_cancelled() {
            if let Err(error) = tidying.tidy().await {
                tracing::warn!(error = &error as &dyn std::error::Error, "identity.tidy.failed");
            }
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = tokio::time::sleep(TIDY_EVERY) => {}
            }
        }
    });
    Started::new().extension(Arc::clone(&identity)).verifier(identity)
}
