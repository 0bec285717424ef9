//! Modules under test behind the real HTTP layers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use autolytiq_events::Follower;
use autolytiq_http::assemble::{Options, assemble};
use autolytiq_http::settings::{Limits, Settings};
use autolytiq_http::{Module, Platform, Session, Started, TokenVerifier, VerifyError};
use autolytiq_kernel::{Actor, Feature, Origin, TenantCtx};
use autolytiq_secrets::{MasterKeys, Vault};
use axum::Router;
use futures::future::BoxFuture;
use jiff::SignedDuration;

use crate::{Client, TestDb};

/// An application of the modules under test, called without a socket.
///
/// When none of the modules verifies access tokens, the test says who is signed in ([`TestApp::client`]); otherwise
/// sign in as a person would and use [`TestApp::bearer`]. Limits are far away unless the test sets its own.
pub struct TestApp {
    test: TestDb,
    platform: Platform,
    router: Router,
    signed_in: SignedIn,
}

impl TestApp {
    /// The modules on a new database.
    ///
    /// # Panics
    /// When they cannot be started.
    pub async fn new(modules: &[Module]) -> Self {
        Self::with(modules, roomy(), SignedIn::default()).await
    }

    /// The modules with HTTP settings of the test's choice.
    ///
    /// # Panics
    /// When they cannot be started.
    pub async fn with_settings(modules: &[Module], settings: Settings) -> Self {
        Self::with(modules, settings, SignedIn::default()).await
    }

    /// A product that verifies its own tokens: identity is among the modules.
    ///
    /// # Panics
    /// When the modules cannot be started.
    pub async fn with_identity(modules: &[Module]) -> Self {
        let test = TestDb::new().await;
        Self::assemble(test, modules, roomy(), SignedIn::default()).await
    }

    async fn with(modules: &[Module], settings: Settings, signed_in: SignedIn) -> Self {
        let verifier = signed_in.clone();
        let door = Module::new("test.sign-in").start(move |_| {
            let verifier: Arc<dyn TokenVerifier> = Arc::new(verifier.clone());
            async move { Ok(Started::new().verifier(verifier)) }
        });
        let modules: Vec<Module> = modules.iter().cloned().chain([door]).collect();
        Self::assemble(TestDb::new().await, &modules, settings, signed_in).await
    }

    async fn assemble(test: TestDb, modules: &[Module], settings: Settings, signed_in: SignedIn) -> Self {
        let platform = Platform::new(test.db().clone(), vault()).with_settings(settings);
        let follower = Follower::new(platform.db.clone(), platform.hub.clone());
        platform.tasks.spawn(follower.run(platform.shutdown.clone()));
        let assembled = assemble(modules, platform.clone(), Options::default()).await;
        let router = assembled.unwrap_or_else(|error| panic!("starting the modules: {error:?}")).router;
        Self { test, platform, router, signed_in }
    }

    /// The database behind it, with its clock and contexts.
    #[must_use]
    pub fn test(&self) -> &TestDb {
        &self.test
    }

    /// What the modules were given.
    #[must_use]
    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    /// Nobody.
    #[must_use]
    pub fn nobody(&self) -> Client {
        Client::new(self.router.clone(), None)
    }

    /// Somebody with an access token.
    #[must_use]
    pub fn bearer(&self, token: &str) -> Client {
        Client::new(self.router.clone(), Some(token.to_owned()))
    }

    /// The person of a context, signed in by the test's word.
    ///
    /// # Panics
    /// When the context is a job's.
    #[must_use]
    pub fn client(&self, ctx: &TenantCtx) -> Client {
        let Actor::Person(actor) = ctx.actor().clone() else { panic!("a job does not sign in") };
        let token = actor.session.to_string();
        let expires_at = self.platform.clock.now() + SignedDuration::from_mins(15);
        let session = Session { actor, ctx: ctx.clone(), expires_at, key_scope: None, confirmed_at: Some(expires_at) };
        self.signed_in.lock().insert(token.clone(), session);
        self.bearer(&token)
    }

    /// The same person in a store that has switched these features off.
    ///
    /// # Panics
    /// When the context is a job's.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the test says what is off")]
    pub fn client_without(&self, ctx: &TenantCtx, off: &[Feature]) -> Client {
        self.client(&ctx.clone().with_off(off.iter().copied().collect()))
    }

    /// Ends every session of this context.
    pub fn revoke(&self, ctx: &TenantCtx) {
        self.signed_in.lock().retain(|_, session| Some(session.actor.person) != ctx.person());
    }
}

/// Who is signed in, by token.
#[derive(Clone, Default)]
struct SignedIn(Arc<Mutex<BTreeMap<String, Session>>>);

impl SignedIn {
    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenVerifier for SignedIn {
    fn verify<'a>(&'a self, bearer: &'a str, _origin: Origin) -> BoxFuture<'a, Result<Session, VerifyError>> {
        let session = self.lock().get(bearer).cloned().ok_or(VerifyError::Invalid);
        Box::pin(async move { session })
    }
}

fn roomy() -> Settings {
    let many = std::num::NonZeroU32::MAX;
    let limits = Limits { log_in_per_address: many, per_person: many, per_dealership: many, per_address: many };
    Settings { limits, ..Settings::default() }
}

/// Keys that every test run shares and nothing else uses: 32 times `K`, and 32 times `I` for the index.
fn vault() -> Vault {
    let text = "k1 S0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0s=\nindex SUlJSUlJSUlJSUlJSUlJSUlJSUlJSUlJSUlJSUlJSUk=\n";
    Vault::new(MasterKeys::parse(text).expect("the test's keys are well formed"))
}
