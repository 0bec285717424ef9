//! Who works where, and how they sign in.
//!
//! **What it is.** Groups, stores, people and their memberships; the set-up of an empty installation; passwords,
//! second factors, access and refresh tokens, sessions and their revocation; the administration of users; a store's profile and desk
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

use autolytiq_http::{Job, Module, Platform, Started};

pub use autolytiq_oidc::Guard;
pub use error::{CODES, IdentityError, SsoRefusal};
pub use identity::{Identity, IdentityConfig};

/// How often what has run out is deleted.
const TIDY_EVERY: Duration = Duration::from_secs(600);

/// How often API keys that end soon are looked for.
const REMIND_EVERY: Duration = Duration::from_secs(3600);

/// The module of identity.
#[must_use]
pub fn module(config: IdentityConfig) -> Module {
    declared().start(move |platform| {
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
    declared().start(move |platform| {
        let identity = Arc::clone(&identity);
        async move { Ok(start(&platform, identity)) }
    })
}

/// Its routes are those of two targets: signing in must stay quick while somebody administrates.
fn declared() -> Module {
    Module::new("identity")
        .codes(CODES)
        .routes_of("auth", http::auth)
        .routes_of("admin", http::admin)
        .job(Job::every("identity.tidy", TIDY_EVERY, |platform| async move { verify::watch::tidy(&platform.db).await }))
        .job(Job::every("identity.key_reminders", REMIND_EVERY, |platform| async move {
            ops::key_reminders::remind(&platform).await
        }))
}

/// Hands over the verifier and starts the watcher: a task of the process and not a job of the module, since every process
/// verifies tokens.
fn start(platform: &Platform, identity: Arc<Identity>) -> Started {
    platform.tasks.spawn(verify::watch::watch(Arc::clone(&identity), platform.shutdown.clone()));
    Started::new().extension(Arc::clone(&identity)).verifier(identity)
}
