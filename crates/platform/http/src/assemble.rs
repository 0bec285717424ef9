//! From modules to a router.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use autolytiq_kernel::problem::{Problem, codes};
use autolytiq_telemetry::metric::Metrics;
use axum::Router;
use axum::routing::any;
use utoipa::openapi::OpenApi;

use crate::error::ApiError;
use crate::guard::TokenVerifier;
use crate::layer::{Around, Limiter, wrap};
use crate::module::{Job, Module, StartError};
use crate::openapi::{self, page_routes};
use crate::platform::Platform;
use crate::probes;
use crate::problems::{self, Pages};

/// What a process serves besides its modules.
pub struct Options {
    /// The names of the modules whose routes and jobs this process runs; all are started. `None`: all.
    pub selected: Option<BTreeSet<&'static str>>,
    /// What `/metrics` prints.
    pub metrics: Metrics,
    /// The texts of the problem pages.
    pub pages: Pages,
    /// What answers outside the API: the web client.
    pub fallback: Router,
}

impl Default for Options {
    fn default() -> Self {
        Self { selected: None, metrics: Metrics::detached(), pages: |_| None, fallback: Router::new() }
    }
}

/// A process that can be served.
pub struct Assembled {
    /// The whole router with its layers.
    pub router: Router,
    /// The document of the selected modules' operations.
    pub openapi: OpenApi,
    /// The selected modules' background work, not yet running.
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
    #[error("there is no target called {0:?}")]
    UnknownTarget(String),
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
}

/// Starts the modules in the order of their needs and builds the router.
///
/// # Errors
/// [`AssembleError`] when the modules do not fit together or one cannot start.
pub async fn assemble(modules: &[Module], platform: Platform, options: Options) -> Result<Assembled, AssembleError> {
    let is_selected = |module: &Module| options.selected.as_ref().is_none_or(|selected| selected.contains(module.name));
    let mut router: Router<Platform> = probes::routes(options.metrics);
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
        if !is_selected(module) {
            continue;
        }
        let routes = (module.routes)();
        traits.extend(routes.traits);
        router = router.merge(started.apply(routes.router));
        jobs.extend(module.jobs.iter().cloned());
        documented.push(module.clone());
    }
    let openapi = openapi::document(&documented);
    let router = router
        .with_state(platform.clone())
        .merge(page_routes(&openapi)?)
        .merge(problems::routes(modules, options.pages))
        .route("/api/{*rest}", any(nothing_here))
        .fallback_service(options.fallback);
    let limiter = Arc::new(Limiter::new(&platform.settings.limits));
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

/// The names of the modules that these targets select.
///
/// # Errors
/// [`AssembleError::UnknownTarget`] when one does not exist; `all` always does.
pub fn select(modules: &[Module], targets: &[String]) -> Result<BTreeSet<&'static str>, AssembleError> {
    let mut selected = BTreeSet::new();
    for target in targets {
        if target == "all" {
            selected.extend(modules.iter().map(|module| module.name));
            continue;
        }
        let module = modules.iter().find(|module| module.name == target);
        selected.insert(module.ok_or_else(|| AssembleError::UnknownTarget(target.clone()))?.name);
    }
    Ok(selected)
}

/// What answers an API path that does not exist.
async fn nothing_here() -> ApiError {
    ApiError::from(Problem::new(&codes::NOT_FOUND, "the API has no such path"))
}
