//! The transaction for what happens before or above stores.

mod uses;

use autolytiq_kernel::{Actor, DealershipId, Id, Origin};
use jiff::Timestamp;
use sqlx::{PgConnection, Postgres, Transaction};

pub use uses::SystemUse;

use crate::{
    AuditRecord, Db, DbError, NewEvent, audit, outbox,
    settings::{Said, milliseconds},
    tenant::actor_text,
};

/// A transaction of the system role, which sees across stores what its narrow grants name, and nothing else.
///
/// Opened by [`Db::system`] for one of the listed uses; dropped without [`SystemTx::commit`] it is rolled back.
#[derive(Debug)]
#[must_use = "a transaction that is dropped is rolled back"]
pub struct SystemTx {
    tx: Transaction<'static, Postgres>,
    db: Db,
    system_use: SystemUse,
    now: Timestamp,
    emitted: bool,
}

impl Db {
    /// Opens a transaction of the system role.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when no connection is to be had.
    pub async fn system(&self, system_use: SystemUse) -> Result<SystemTx, DbError> {
        Ok(self.started(self.begin_system(self.said_for(system_use)).await?, system_use))
    }

    /// Opens a transaction of the system role that only reads, and sees one moment throughout.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when no connection is to be had.
    pub async fn system_snapshot(&self, system_use: SystemUse) -> Result<SystemTx, DbError> {
        Ok(self.started(self.begin_system_snapshot(self.said_for(system_use)).await?, system_use))
    }

    fn said_for(&self, system_use: SystemUse) -> Said {
        let patience = milliseconds(self.settings().system_statement_timeout);
        Said::default()
            .set("app.system_use", system_use.name())
            .set("statement_timeout", &patience)
            .set("idle_in_transaction_session_timeout", &patience)
    }

    fn started(&self, tx: Transaction<'static, Postgres>, system_use: SystemUse) -> SystemTx {
        tracing::trace!(system_use = system_use.name(), "system transaction");
        SystemTx { tx, db: self.clone(), system_use, now: self.clock().now(), emitted: false }
    }
}

impl SystemTx {
    /// The connection, for the functions of `store/`.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// What it was opened for.
    #[must_use]
    pub fn system_use(&self) -> SystemUse {
        self.system_use
    }

    /// The time at which it was opened.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A new id.
    #[must_use]
    pub fn new_id<T: Id>(&self) -> T {
        self.db.ids().next()
    }

    /// Appends an entry to the audit trail of one store.
    ///
    /// # Errors
    /// What the database reports, or [`DbError::Encode`].
    pub async fn audit(
        &mut self,
        dealership: DealershipId,
        actor: &Actor,
        origin: Origin,
        record: AuditRecord,
    ) -> Result<(), DbError> {
        let entry = audit::Entry { id: self.new_id(), dealership, at: self.now, actor, origin, record };
        audit::append(&mut self.tx, entry).await
    }

    /// Appends an event of one store to the outbox.
    ///
    /// # Errors
    /// What the database reports, or [`DbError::Encode`].
    pub async fn emit(
        &mut self,
        dealership: DealershipId,
        actor: &Actor,
        origin: Origin,
        event: NewEvent,
    ) -> Result<(), DbError> {
        let row = outbox::Row {
            id: self.new_id(),
            dealership,
            at: self.now,
            actor: actor_text(actor),
            cause: origin.request,
            event,
        };
        outbox::append(&mut self.tx, row).await?;
        self.emitted = true;
        Ok(())
    }

    /// Makes it true.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the connection broke, in which case it is unknown whether it committed.
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
