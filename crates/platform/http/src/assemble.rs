//! From modules to a router.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use autolytiq_kernel::problem::{Problem, codes};
use autolytiq_telemetry::metric::Metrics;
use axum::Router;
use axum::routing::any;
use secrecy::ExposeSecret;
use utoipa::openapi::OpenApi;

use crate::elsewhere::{self, Elsewhere};
use crate::error::ApiError;
use crate::guard::TokenVerifier;
use crate::layer::{Around, Limiter, SharedError, wrap};
use crate::module::{Job, Module, StartError};
use crate::openapi::{self, page_routes};
use crate::platform::Platform;
use crate::probes;
use crate::problems::{self, Pages};

/// The target of the single entry: the web client, and the way to every other target.
pub const GATEWAY: &str = "gateway";
/// The target of background work.
pub const WORKER: &str = "worker";

/// What a process serves besides its modules.
pub struct Options {
    /// The targets whose routes and jobs this process runs; all modules are started. `None`: all.
    pub selected: Option<BTreeSet<&'static str>>,
    /// Where a gateway sends what belongs to targets that are not selected. Without it such a path is not there.
    pub elsewhere: Option<Arc<dyn Elsewhere>>,
    /// What `/metrics` prints.
    pub metrics: Metrics,
    /// The texts of the problem pages.
    pub pages: Pages,
    /// What answers outside the API: the web client.
    pub fallback: Router,
}

impl Default for Options {
    fn default() -> Self {
        Self { selected: None, elsewhere: None, metrics: Metrics::detached(), pages: |_| None, fallback: Router::new() }
    }
}

/// A process that can be served.
pub struct Assembled {
    /// The whole router with its layers.
    pub router: Router,
    /// The document of the selected targets' operations; a gateway's is that of all.
    pub openapi: OpenApi,
    /// The background work of every module where the worker is selected, not yet running.
    pub jobs: Vec<Job>,
    /// The counters of the limits; forget idle keys now and then.
    pub limiter: Arc<Limiter>,
}

/// A process that cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum AssembleError {
    /// A module needs one that is not there, or the needs form a circle.
    #[error("the module {module} needs {needs}, which is missing or needs {module} itself")]
    Needs {
        /// The module.
        module: &'static str,
        /// What it needs.
        needs: &'static str,
    },
    /// A target was asked for that does not exist.
    #[error("there is no target called {0:?}; the targets are {1}, or all of them as all")]
    UnknownTarget(String, String),
    /// A start hook failed.
    #[error("the module {module} could not start")]
    Start {
        /// The module.
        module: &'static str,
        /// Why.
        #[source]
        source: StartError,
    },
    /// No module, or more than one, verifies access tokens.
    #[error("exactly one module must hand over a verifier of access tokens, and {0} did")]
    Verifiers(usize),
    /// The API document cannot be written.
    #[error("the API document cannot be written")]
    Document(#[from] serde_json::Error),
    /// The shared counters cannot be used.
    #[error(transparent)]
    Limits(#[from] SharedError),
}

/// Starts the modules in the order of their needs and builds the router.
///
/// # Errors
/// [`AssembleError`] when the modules do not fit together or one cannot start.
pub async fn assemble(modules: &[Module], platform: Platform, options: Options) -> Result<Assembled, AssembleError> {
    let is_selected = |target: &str| options.selected.as_ref().is_none_or(|selected| selected.contains(target));
    let mut router: Router<Platform> = probes::routes(options.metrics, options.elsewhere.clone());
    let (mut traits, mut verifiers, mut jobs) = (BTreeMap::new(), Vec::new(), Vec::new());
    let mut documented = Vec::new();
    for module in in_order(modules)? {
        let mut started = match &module.start {
            Some(hook) => {
                hook(platform.clone()).await.map_err(|source| AssembleError::Start { module: module.name, source })?
            }
            None => crate::module::Started::new(),
        };
        verifiers.extend(started.verifier.take());
        let mut here: Router<Platform> = Router::new();
        for (target, area) in module.areas() {
            if is_selected(target) {
                let routes = area();
                traits.extend(routes.traits);
                here = here.merge(routes.router);
            } else if let Some(elsewhere) = &options.elsewhere {
                let routes = elsewhere::routes(target, area().traits, elsewhere, &platform.settings);
                traits.extend(routes.traits);
                router = router.merge(routes.router);
            }
            if is_selected(target) || is_selected(GATEWAY) {
                documented.push(area);
            }
        }
        router = router.merge(started.apply(here));
        if is_selected(WORKER) {
            jobs.extend(module.jobs.iter().cloned());
        }
    }
    let openapi = openapi::document_of(documented.into_iter());
    let router = router
        .with_state(platform.clone())
        .merge(page_routes(&openapi)?)
        .merge(problems::routes(modules, options.pages))
        .route("/api/{*rest}", any(nothing_here))
        .fallback_service(options.fallback);
    let redis = platform.settings.redis.as_ref().map(ExposeSecret::expose_secret);
    let limiter = Arc::new(Limiter::new(&platform.settings.limits, redis)?);
    let around =
        Around { verifier: only(verifiers)?, limiter: Arc::clone(&limiter), traits: Arc::new(traits), platform };
    Ok(Assembled { router: wrap(router, &around), openapi, jobs, limiter })
}

fn only(mut verifiers: Vec<Arc<dyn TokenVerifier>>) -> Result<Arc<dyn TokenVerifier>, AssembleError> {
    match (verifiers.pop(), verifiers.len()) {
        (Some(verifier), 0) => Ok(verifier),
        (Some(_), others) => Err(AssembleError::Verifiers(others.saturating_add(1))),
        (None, _) => Err(AssembleError::Verifiers(0)),
    }
}

/// The modules so that each comes after those it needs; otherwise in the order given.
///
/// # Errors
/// [`AssembleError::Needs`] when one is missing or they go in a circle.
pub fn in_order(modules: &[Module]) -> Result<Vec<&Module>, AssembleError> {
    let mut ordered: Vec<&Module> = Vec::with_capacity(modules.len());
    let mut waiting: Vec<&Module> = modules.iter().collect();
    while !waiting.is_empty() {
        let placed: BTreeSet<&str> = ordered.iter().map(|module| module.name).collect();
        let (ready, rest): (Vec<&Module>, Vec<&Module>) =
            waiting.iter().copied().partition(|module| module.needs.iter().all(|need| placed.contains(need)));
        if ready.is_empty() {
            let stuck = rest.iter().find_map(|module| {
                let missing = module.needs.iter().find(|need| !placed.contains(*need))?;
                Some(AssembleError::Needs { module: module.name, needs: missing })
            });
            return stuck.map_or(Ok(ordered), Err);
        }
        ordered.extend(ready);
        waiting = rest;
    }
    Ok(ordered)
}

/// Every target there is: those of the modules' routes, the gateway and the worker.
#[must_use]
pub fn targets(modules: &[Module]) -> BTreeSet<&'static str> {
    modules.iter().flat_map(Module::areas).map(|(target, _)| target).chain([GATEWAY, WORKER]).collect()
}

/// The targets of these names; `all` is every one.
///
/// # Errors
/// [`AssembleError::UnknownTarget`] when one does not exist.
pub fn select(modules: &[Module], names: &[String]) -> Result<BTreeSet<&'static str>, AssembleError> {
    let all = targets(modules);
    if names.iter().any(|name| name == "all") {
        return Ok(all);
    }
    let find = |name: &String| {
        all.get(name.as_str()).copied().ok_or_else(|| AssembleError::UnknownTarget(name.clone(), listed(&all)))
    };
    names.iter().map(find).collect()
}

fn listed(targets: &BTreeSet<&'static str>) -> String {
    targets.iter().copied().collect::<Vec<_>>().join(", ")
}

/// What answers an API path that does not exist.
async fn nothing_here() -> ApiError {
    ApiError::from(Problem::new(&codes::NOT_FOUND, "the API has no such path"))
}
