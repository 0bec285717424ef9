//! A module: what a feature or service crate hands to the process.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use autolytiq_kernel::problem::ProblemCode;
use axum::{Extension, Router};
use futures::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use crate::guard::TokenVerifier;
use crate::platform::Platform;
use crate::routes::Routes;

/// The error of a start hook: it ends the process, so a message with its causes is all it needs.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

type StartHook = Arc<dyn Fn(Platform) -> BoxFuture<'static, Result<Started, StartError>> + Send + Sync>;
type JobBody = Arc<dyn Fn(Platform, CancellationToken) -> BoxFuture<'static, ()> + Send + Sync>;

/// A part of the product: routes, problem codes, background jobs, and what it needs to be started first. Its routes
/// belong to a target, which `--target` selects. Modules call each other as functions, so a module whose target is not
/// selected is still started; it only serves nothing.
#[derive(Clone)]
pub struct Module {
    pub(crate) name: &'static str,
    target: &'static str,
    pub(crate) needs: &'static [&'static str],
    pub(crate) codes: Vec<&'static ProblemCode>,
    areas: Vec<Area>,
    pub(crate) start: Option<StartHook>,
    pub(crate) jobs: Vec<Job>,
}

/// Routes, and their target where it is not the module's.
#[derive(Clone, Copy)]
struct Area {
    target: Option<&'static str>,
    routes: fn() -> Routes,
}

impl Module {
    /// A module of this name, which is also its target's.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        let (codes, areas, jobs) = (Vec::new(), Vec::new(), Vec::new());
        Self { name, target: name, needs: &[], codes, areas, start: None, jobs }
    }

    /// Puts the module into the target of this name.
    #[must_use]
    pub fn target(mut self, target: &'static str) -> Self {
        self.target = target;
        self
    }

    /// Names the modules whose start hooks must have run before this one's.
    #[must_use]
    pub fn needs(mut self, modules: &'static [&'static str]) -> Self {
        self.needs = modules;
        self
    }

    /// Adds the problem codes that the crate declares.
    #[must_use]
    pub fn codes(mut self, codes: &[&'static ProblemCode]) -> Self {
        self.codes.extend_from_slice(codes);
        self
    }

    /// Gives the routes. They are made from nothing, so that the API document can be printed without a database.
    #[must_use]
    pub fn routes(mut self, routes: fn() -> Routes) -> Self {
        self.areas.push(Area { target: None, routes });
        self
    }

    /// Gives routes that belong to a target of their own.
    #[must_use]
    pub fn routes_of(mut self, target: &'static str, routes: fn() -> Routes) -> Self {
        self.areas.push(Area { target: Some(target), routes });
        self
    }

    /// Gives what must happen before the port opens.
    #[must_use]
    pub fn start<F, Fut>(mut self, hook: F) -> Self
    where
        F: Fn(Platform) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Started, StartError>> + Send + 'static,
    {
        self.start = Some(Arc::new(move |platform| Box::pin(hook(platform))));
        self
    }

    /// Adds background work.
    #[must_use]
    pub fn job(mut self, job: Job) -> Self {
        self.jobs.push(job);
        self
    }

    /// The module's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its routes by the targets they belong to.
    pub fn areas(&self) -> impl Iterator<Item = (&'static str, fn() -> Routes)> + '_ {
        self.areas.iter().map(|area| (area.target.unwrap_or(self.target), area.routes))
    }

    /// The modules it needs.
    #[must_use]
    pub fn dependencies(&self) -> &'static [&'static str] {
        self.needs
    }

    /// The problem codes it declares.
    #[must_use]
    pub fn problem_codes(&self) -> &[&'static ProblemCode] {
        &self.codes
    }

    /// Its background work.
    #[must_use]
    pub fn background_jobs(&self) -> &[Job] {
        &self.jobs
    }
}

/// Background work of a module: runs from the start of the process to its end.
#[derive(Clone)]
pub struct Job {
    pub(crate) name: &'static str,
    body: JobBody,
}

impl Job {
    /// A job that runs by itself until the token fires. It must return soon after.
    #[must_use]
    pub fn new<F, Fut>(name: &'static str, body: F) -> Self
    where
        F: Fn(Platform, CancellationToken) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        Self { name, body: Arc::new(move |platform, shutdown| Box::pin(body(platform, shutdown))) }
    }

    /// A job that does one round of work, pauses and begins again. A failed round is logged, and the next one comes
    /// after the same pause; a round under way at shutdown is finished.
    #[must_use]
    pub fn every<F, Fut, E>(name: &'static str, pause: Duration, round: F) -> Self
    where
        F: Fn(Platform) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: std::error::Error + Send + 'static,
    {
        Self::new(name, move |platform, shutdown| {
            let round = round.clone();
            async move {
                loop {
                    if let Err(error) = round(platform.clone()).await {
                        tracing::warn!(job.name = name, error = chain(&error), "a round of a job failed");
                    }
                    tokio::select! {
                        () = shutdown.cancelled() => return,
                        () = tokio::time::sleep(pause) => {}
                    }
                }
            }
        })
    }

    /// The job's name: the crate, then the work (`audit.seal`).
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Starts the job on the process's tracker.
    pub fn spawn(&self, platform: &Platform) {
        let work = (self.body)(platform.clone(), platform.shutdown.clone());
        platform.tasks.spawn(work);
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Puts a value into the requests of one module's router.
type Layer = Box<dyn FnOnce(Router<Platform>) -> Router<Platform> + Send>;

/// What a start hook leaves to the process.
#[derive(Default)]
pub struct Started {
    layers: Vec<Layer>,
    pub(crate) verifier: Option<Arc<dyn TokenVerifier>>,
}

impl Started {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the module's own handlers a value as `axum::Extension`.
    #[must_use]
    pub fn extension<T: Clone + Send + Sync + 'static>(mut self, value: T) -> Self {
        self.layers.push(Box::new(move |router| router.layer(Extension(value))));
        self
    }

    /// Hands over the one verifier of access tokens.
    #[must_use]
    pub fn verifier(mut self, verifier: Arc<dyn TokenVerifier>) -> Self {
        self.verifier = Some(verifier);
        self
    }

    pub(crate) fn apply(self, router: Router<Platform>) -> Router<Platform> {
        self.layers.into_iter().fold(router, |router, layer| layer(router))
    }
}
