//! The two pools, and what every transaction takes from the process: the clock, the ids and the time-outs.

use std::sync::Arc;
use std::time::Duration;

use autolytiq_kernel::{Clock, Ids};
use sqlx::{
    Connection, PgPool, Postgres, Row, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::sync::watch;

use crate::{
    Access, DbError, PoolSettings,
    migrate::{newest, newest_known},
    settings::Said,
};

/// How long a connection that was alive counts as alive.
const SURELY_ALIVE: Duration = Duration::from_millis(250);

/// The database as the rest of the process sees it. Cheap to clone.
///
/// It opens transactions ([`Db::tenant`], [`Db::system`]) and hands out nothing else.
#[derive(Clone, Debug)]
pub struct Db(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    app: PgPool,
    system: PgPool,
    settings: PoolSettings,
    clock: Clock,
    ids: Ids,
    committed_events: watch::Sender<u64>,
}

impl Db {
    /// Opens both pools and refuses a database it must not run on.
    ///
    /// # Errors
    /// [`DbError::MigrationsPending`] and [`DbError::DatabaseNewer`] when program and database do not belong together;
    /// [`DbError::RoleTooStrong`] when row-level security would not bind a role; [`DbError::Unavailable`] when the
    /// server cannot be reached.
    pub async fn connect(access: &Access, settings: PoolSettings, clock: Clock, ids: Ids) -> Result<Self, DbError> {
        let app = pool(&access.app, settings.app_connections, settings).await?;
        let system = pool(&access.system, settings.system_connections, settings).await?;
        let (committed_events, _) = watch::channel(0);
        let db = Self(Arc::new(Inner { app, system, settings, clock, ids, committed_events }));
        db.check_schema().await?;
        Ok(db)
    }

    /// The clock that dates what is written.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The generator of ids.
    #[must_use]
    pub fn ids(&self) -> &Ids {
        &self.0.ids
    }

    /// Changes whenever a transaction of this process committed an event; the dispatcher waits for it instead of polling
    /// in haste. A hint: events of other processes do not show here.
    #[must_use]
    pub fn committed_events(&self) -> watch::Receiver<u64> {
        self.0.committed_events.subscribe()
    }

    /// Whether both pools answer, for readiness.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when one does not.
    pub async fn ping(&self) -> Result<(), DbError> {
        for pool in [&self.0.app, &self.0.system] {
            sqlx::query("select 1").execute(pool).await?;
        }
        Ok(())
    }

    /// Waits until everything that was committed before is on disk, for pools without durable commits.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the server cannot be reached.
    pub async fn flush(&self) -> Result<(), DbError> {
        let mut tx = self.begin_system(Said::default().set("synchronous_commit", "on")).await?;
        // The log is written in order: a record of this transaction on disk is all records before it on disk.
        sqlx::query("select pg_logical_emit_message(true, 'autolytiq', 'flush')").execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    }

    /// Connections in use and open, of both pools together, for metrics.
    #[must_use]
    pub fn connections(&self) -> (u32, u32) {
        let (app, system) = (&self.0.app, &self.0.system);
        let open = app.size().saturating_add(system.size());
        let idle = u32::try_from(app.num_idle().saturating_add(system.num_idle())).unwrap_or(open);
        (open.saturating_sub(idle), open)
    }

    /// Waits for running transactions and closes the pools.
    pub async fn close(&self) {
        self.0.app.close().await;
        self.0.system.close().await;
    }

    pub(crate) fn settings(&self) -> &PoolSettings {
        &self.0.settings
    }

    pub(crate) fn announce_events(&self) {
        self.0.committed_events.send_modify(|count| *count = count.wrapping_add(1));
    }

    #[expect(clippy::disallowed_methods, reason = "TenantTx is opened here and nowhere else")]
    pub(crate) async fn begin_app(&self, said: Said) -> Result<Transaction<'static, Postgres>, DbError> {
        Ok(self.0.app.begin_with(said.after("begin")).await?)
    }

    #[expect(clippy::disallowed_methods, reason = "SystemTx is opened here and nowhere else")]
    pub(crate) async fn begin_system(&self, said: Said) -> Result<Transaction<'static, Postgres>, DbError> {
        Ok(self.0.system.begin_with(said.after("begin")).await?)
    }

    #[expect(clippy::disallowed_methods, reason = "SystemTx is opened here and nowhere else")]
    pub(crate) async fn begin_system_snapshot(&self, said: Said) -> Result<Transaction<'static, Postgres>, DbError> {
        Ok(self.0.system.begin_with(said.after("begin isolation level repeatable read read only")).await?)
    }

    async fn check_schema(&self) -> Result<(), DbError> {
        for begun in [self.begin_app(Said::default()).await?, self.begin_system(Said::default()).await?] {
            let mut tx = begun;
            check_role(&mut tx).await?;
            let (found, needed) = (newest(&mut tx).await?, newest_known());
            if found < needed {
                return Err(DbError::MigrationsPending { found, needed });
            }
            if found > needed {
                return Err(DbError::DatabaseNewer { found });
            }
        }
        Ok(())
    }
}

/// A role that could step around the policies, by itself or by becoming the owner, is refused.
async fn check_role(tx: &mut Transaction<'static, Postgres>) -> Result<(), DbError> {
    let row = sqlx::query(
        "select current_user::text,
                rolsuper or rolbypassrls
                or exists (select from pg_class
                           where relnamespace = 'public'::regnamespace and pg_has_role(pg_roles.oid, relowner, 'member'))
         from pg_roles where rolname = current_user",
    )
    .fetch_one(&mut **tx)
    .await?;
    if row.try_get(1)? { Err(DbError::RoleTooStrong { role: row.try_get(0)? }) } else { Ok(()) }
}

async fn pool(options: &PgConnectOptions, connections: u32, settings: PoolSettings) -> Result<PgPool, DbError> {
    let mut options = options.clone().application_name("autolytiq").options([("timezone", "UTC")]);
    if !settings.durable_commits {
        options = options.options([("synchronous_commit", "off")]);
    }
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(settings.acquire_timeout)
        // The pool asks a connection whether it lives when it is given back. Asking again a moment later is a message to the
        // server and back for every transaction.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move { Ok(meta.idle_for < SURELY_ALIVE || connection.ping().await.is_ok()) })
        })
        .connect_with(options)
        .await?;
    Ok(pool)
}
