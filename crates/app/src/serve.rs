//! A process from its start to its end.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use autolytiq_config::Config;
use autolytiq_demo::Plan;
use autolytiq_events::{Dispatcher, Follower, Hub};
use autolytiq_http::assemble::{AssembleError, Assembled, GATEWAY, Options, WORKER, assemble, select, targets};
use autolytiq_http::elsewhere::Elsewhere;
use autolytiq_http::readiness::{Phase, Readiness};
use autolytiq_http::seal::Seal;
use autolytiq_http::{Limiter, Module, Platform};
use autolytiq_mail::{MailError, Post};
use autolytiq_telemetry::metric::Metrics;
use axum::Router;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::database::{OpenError, Server};
use crate::demo::{SeedError, seed_when_empty};
use crate::gateway::Gateway;
use crate::keys::{self, KeysError};
use crate::listen::listen;
use crate::modules::{mail_config, modules};
use crate::{pages, settings, web};

/// How often the process looks after its own tables: limits, metrics.
const UPKEEP: Duration = Duration::from_secs(60);

/// How often a process looks whether it is its turn to start.
const TURN: Duration = Duration::from_millis(50);

/// A process cannot start or did not end well.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The data folder or its keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The database.
    #[error(transparent)]
    Database(#[from] OpenError),
    /// The demonstration store.
    #[error("the demonstration store could not be made")]
    Demo(#[from] SeedError),
    /// The modules.
    #[error(transparent)]
    Modules(#[from] AssembleError),
    /// The way mail leaves.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// No address could be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system reported.
        #[source]
        source: io::Error,
    },
    /// The message for the person at the terminal could not be written.
    #[error("cannot write to the terminal")]
    Terminal(#[source] io::Error),
}

/// What a process is started with.
pub struct Start<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The demonstration store that an empty installation is given before anything listens.
    pub demo: Option<Plan>,
    /// What `/metrics` prints.
    pub metrics: Metrics,
    /// Fires when the process is asked to stop.
    pub stop: CancellationToken,
}

/// Runs until it is asked to stop: opens the database, starts the modules, listens, and at the end finishes what is
/// under way. What to tell the person at the terminal goes to `out`.
///
/// # Errors
/// [`ServeError`] when it cannot start; nothing is left running then.
pub async fn serve(start: &Start<'_>, out: &mut (dyn Write + Send)) -> Result<(), ServeError> {
    let modules = modules(start.config);
    let selected = select(&modules, &start.config.targets.run)?;
    keys::prepare_folders(start.config)?;
    let Some(starting) = wait_to_start(start).await? else { return Ok(()) };
    let waiting = TaskTracker::new();
    let server = match start.config.targets.is_split() {
        true => Server::share(start.config, &waiting).await?,
        false => Server::open(start.config).await?,
    };
    let served = on(&server, start, &modules, selected, starting, out).await;
    let stopped = server.stop().await;
    served?;
    Ok(stopped?)
}

/// Processes of one installation start one after the other; see [`keys::turn_to_start`]. Nothing when this one is asked to
/// stop before its turn.
async fn wait_to_start(start: &Start<'_>) -> Result<Option<File>, ServeError> {
    loop {
        if let Some(turn) = keys::turn_to_start(start.config)? {
            return Ok(Some(turn));
        }
        tokio::select! {
            () = start.stop.cancelled() => return Ok(None),
            () = tokio::time::sleep(TURN) => {}
        }
    }
}

async fn on(
    server: &Server,
    start: &Start<'_>,
    modules: &[Module],
    selected: BTreeSet<&'static str>,
    starting: File,
    out: &mut (dyn Write + Send),
) -> Result<(), ServeError> {
    let is_gateway = selected.contains(GATEWAY);
    // The worker serves nothing.
    let others: Vec<_> =
        targets(modules).into_iter().filter(|name| !selected.contains(name) && *name != WORKER).collect();
    let seal = if others.is_empty() { None } else { Some(keys::seal(start.config)?) };
    let platform = open_platform(server, start, seal.clone().filter(|_| !is_gateway)).await?;
    let elsewhere = seal.filter(|_| is_gateway).map(|seal| -> Arc<dyn Elsewhere> {
        Arc::new(Gateway::new(start.config, others, seal, platform.shutdown.clone()))
    });
    let options = Options {
        selected: Some(selected),
        elsewhere,
        metrics: start.metrics.clone(),
        pages: pages::problem_page,
        fallback: if is_gateway { web::router() } else { Router::new() },
    };
    let ran = run(&platform, start, modules, options, starting, out).await;
    drain(&platform, start.config).await;
    ran
}

/// Migrations, the demonstration store if it is wanted, and the pools.
async fn open_platform(server: &Server, start: &Start<'_>, seal: Option<Seal>) -> Result<Platform, ServeError> {
    let config = start.config;
    if config.database.migrate_on_start {
        let done = server.migrate().await?;
        tracing::info!(from = done.from, to = done.to, applied = done.applied.len(), "migrations are applied");
    }
    if let Some(plan) = start.demo
        && let Some(made) = seed_when_empty(server, config, plan).await?
    {
        tracing::info!(made.vehicles, made.customers, made.deals, "demonstration store made");
    }
    let db = server.connect(config).await?;
    Ok(Platform {
        clock: db.clock().clone(),
        ids: db.ids().clone(),
        db,
        hub: Hub::new(),
        vault: keys::vault(config)?,
        settings: Arc::new(settings::http(config, seal)),
        readiness: Readiness::starting(),
        tasks: TaskTracker::new(),
        shutdown: CancellationToken::new(),
    })
}

async fn run(
    platform: &Platform,
    start: &Start<'_>,
    modules: &[Module],
    options: Options,
    starting: File,
    out: &mut (dyn Write + Send),
) -> Result<(), ServeError> {
    let Assembled { router, jobs, limiter, .. } = assemble(modules, platform.clone(), options).await?;
    drop(starting);
    let port = listen(platform, start.config, &router).await?;
    for job in &jobs {
        job.spawn(platform);
    }
    let follower = Follower::new(platform.db.clone(), platform.hub.clone());
    platform.tasks.spawn(follower.run(platform.shutdown.clone()));
    if start.config.targets.runs(WORKER) {
        let post = Post::open(&mail_config(start.config), platform.db.clone(), platform.vault.clone())?;
        let dispatcher = post.attach(Dispatcher::new(platform.db.clone()));
        let dispatcher = autolytiq_desking::attach(dispatcher, platform.db.clone());
        platform.tasks.spawn(dispatcher.run(platform.shutdown.clone()));
    }
    platform.tasks.spawn(upkeep(limiter, start.metrics.clone(), platform.shutdown.clone()));
    platform.readiness.set(Phase::Ready);
    tracing::info!(port, targets = start.config.targets.run.join(","), "ready");
    announce(start.config, port, out).map_err(ServeError::Terminal)?;
    start.stop.cancelled().await;
    Ok(())
}

/// Finishes what is under way, at most for the configured time, and closes the database.
async fn drain(platform: &Platform, config: &Config) {
    platform.readiness.set(Phase::Draining);
    platform.shutdown.cancel();
    platform.tasks.close();
    let patience = Duration::from_secs(config.server.drain_seconds);
    if tokio::time::timeout(patience, platform.tasks.wait()).await.is_err() {
        tracing::warn!(tasks = platform.tasks.len(), "stopping although tasks are still running");
    }
    platform.db.close().await;
    tracing::info!("stopped");
}

async fn upkeep(limiter: Arc<Limiter>, metrics: Metrics, shutdown: CancellationToken) {
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(UPKEEP) => {
                limiter.forget_idle();
                metrics.upkeep();
            }
        }
    }
}

/// Tells the person at the terminal where to go; while the installation is empty, with the token of its set-up.
fn announce(config: &Config, port: u16, out: &mut (dyn Write + Send)) -> io::Result<()> {
    if !config.targets.runs(GATEWAY) {
        writeln!(out, "Autolytiq is ready on port {port} with {}", config.targets.run.join(", "))?;
        return out.flush();
    }
    let url = config.server.shown_url(port);
    writeln!(out, "Autolytiq is ready at {url}")?;
    if let Ok(token) = std::fs::read_to_string(config.data.setup_token()) {
        writeln!(out, "This installation is empty. Set it up once at {url}/setup#token={}", token.trim())?;
        tracing::info!(file = %config.data.setup_token().display(), "the installation is empty; the set-up token is in this file");
    }
    out.flush()
}
