//! The transaction in which everything for a store happens.

use autolytiq_kernel::{Actor, Clock, DealershipId, Id, Ids, TenantCtx};
use jiff::Timestamp;
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use crate::{
    AuditRecord, Db, DbError, NewEvent, audit, outbox,
    settings::{Said, milliseconds},
};

/// A transaction for one store, under row-level security.
///
/// Opened by [`Db::tenant`] from an authenticated context; dropped without [`TenantTx::commit`] it is rolled back. Only
/// the functions of a crate's `store/` call [`TenantTx::conn`]; use cases pass the whole transaction on.
#[derive(Debug)]
#[must_use = "a transaction that is dropped is rolled back"]
pub struct TenantTx {
    tx: Transaction<'static, Postgres>,
    db: Db,
    ctx: TenantCtx,
    now: Timestamp,
    emitted: bool,
}

impl Db {
    /// Opens a transaction for the store the context acts for.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when no connection is to be had.
    pub async fn tenant(&self, ctx: &TenantCtx) -> Result<TenantTx, DbError> {
        self.open(ctx, self.said_of(ctx)).await
    }

    /// As [`Db::tenant`], for a note that may be lost when the machine fails within a second of its commit: the commit does
    /// not wait for the disk. Whoever commits durably afterwards has it on disk too, since the log is written in order.
    pub(crate) async fn tenant_in_haste(&self, ctx: &TenantCtx) -> Result<TenantTx, DbError> {
        self.open(ctx, self.said_of(ctx).set("synchronous_commit", "off")).await
    }

    async fn open(&self, ctx: &TenantCtx, said: Said) -> Result<TenantTx, DbError> {
        let tx = self.begin_app(said).await?;
        Ok(TenantTx { tx, db: self.clone(), ctx: ctx.clone(), now: self.clock().now(), emitted: false })
    }

    fn said_of(&self, ctx: &TenantCtx) -> Said {
        let readable: Vec<String> = ctx.readable().iter().map(ToString::to_string).collect();
        let settings = self.settings();
        Said::default()
            .set("app.acting", ctx.acting())
            .set("app.readable", readable.join(","))
            .set("app.person", ctx.person().map(|person| person.to_string()).unwrap_or_default())
            .set("app.request", ctx.request())
            .set("statement_timeout", milliseconds(settings.statement_timeout))
            .set("idle_in_transaction_session_timeout", milliseconds(settings.idle_in_transaction_timeout))
    }

    /// Runs a whole transaction and repeats it when it lost against another one, up to three times in all.
    ///
    /// The work must do nothing outside the database, since it may run more than once. It commits when the work
    /// returns a value.
    ///
    /// # Errors
    /// The work's own error, or the database's.
    pub async fn tenant_retrying<T, E, F>(&self, ctx: &TenantCtx, work: F) -> Result<T, E>
    where
        F: AsyncFn(&mut TenantTx) -> Result<T, E>,
        E: From<DbError> + AsContention,
    {
        let mut left = 2_u32;
        loop {
            let mut tx = self.tenant(ctx).await?;
            let result = match work(&mut tx).await {
                Ok(value) => tx.commit().await.map(|()| value).map_err(E::from),
                Err(error) => Err(error),
            };
            match result {
                Err(error) if left > 0 && error.is_contention() => left -= 1,
                other => return other,
            }
        }
    }
}

/// Tells whether an error is a lost race, for [`Db::tenant_retrying`].
pub trait AsContention {
    /// Whether repeating the whole transaction may succeed.
    fn is_contention(&self) -> bool;
}

impl AsContention for DbError {
    fn is_contention(&self) -> bool {
        Self::is_contention(self)
    }
}

impl TenantTx {
    /// The connection, for the functions of `store/`.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// The context it was opened from.
    #[must_use]
    pub fn ctx(&self) -> &TenantCtx {
        &self.ctx
    }

    /// The store it writes to; the first bind of every query.
    #[must_use]
    pub fn acting(&self) -> DealershipId {
        self.ctx.acting()
    }

    /// The time at which it was opened: one moment for everything it writes.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A new id.
    #[must_use]
    pub fn new_id<T: Id>(&self) -> T {
        self.ids().next()
    }

    /// The generator of ids.
    #[must_use]
    pub fn ids(&self) -> &Ids {
        self.db.ids()
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        self.db.clock()
    }

    /// Goes on for another store in the same transaction, for the few acts that are one in several stores of a group. What
    /// was written stays where it was written; from here on the other context says what may be read and written, and
    /// entries and events are its store's. All of it becomes true with the commit, or nothing does.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the connection broke; the transaction is rolled back.
    pub async fn go_on_for(mut self, ctx: &TenantCtx) -> Result<Self, DbError> {
        sqlx::raw_sql(self.db.said_of(ctx).alone()).execute(&mut *self.tx).await?;
        Ok(Self { ctx: ctx.clone(), ..self })
    }

    /// Appends an entry to the audit trail; it becomes true when the transaction does.
    ///
    /// # Errors
    /// What the database reports, or [`DbError::Encode`].
    pub async fn audit(&mut self, record: AuditRecord) -> Result<(), DbError> {
        let (dealership, actor, origin) = (self.ctx.acting(), self.ctx.actor().clone(), self.ctx.origin());
        let entry = audit::Entry { id: self.new_id(), dealership, at: self.now, actor: &actor, origin, record };
        audit::append(&mut self.tx, entry).await
    }

    /// Appends an event to the outbox; it is sent after the transaction has committed.
    ///
    /// # Errors
    /// What the database reports, or [`DbError::Encode`].
    pub async fn emit(&mut self, event: NewEvent) -> Result<(), DbError> {
        let row = outbox::Row {
            id: self.new_id(),
            dealership: self.ctx.acting(),
            at: self.now,
            actor: actor_text(self.ctx.actor()),
            cause: self.ctx.request(),
            event,
        };
        outbox::append(&mut self.tx, row).await?;
        self.emitted = true;
        Ok(())
    }

    /// Drops the answers kept under `Idempotency-Key`s that name one of these rows: what they tell of a person goes with
    /// the person.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn forget_answers(&mut self, about: &[Uuid]) -> Result<u64, DbError> {
        crate::idempotency::forget(self, about).await
    }

    /// Makes it true.
    ///
    /// # Errors
    /// [`DbError::Contention`] when a serialisable transaction lost; [`DbError::Unavailable`] when the connection broke,
    /// in which case it is unknown whether it committed.
    pub async fn commit(self) -> Result<(), DbError> {
        self.tx.commit().await?;
        if self.emitted {
            self.db.announce_events();
        }
        Ok(())
    }

    /// Gives it up. Dropping does the same, a little later.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the connection broke, which rolls back as well.
    pub async fn rollback(self) -> Result<(), DbError> {
        Ok(self.tx.rollback().await?)
    }
}

/// An actor as the outbox stores it.
pub(crate) fn actor_text(actor: &Actor) -> String {
    match actor {
        Actor::Person(actor) => format!("person:{}", actor.person),
        Actor::Job(name) => format!("job:{name}"),
    }
}
