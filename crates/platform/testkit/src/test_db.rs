//! One test's database.

use autolytiq_db::{Access, Db, PoolSettings};
use autolytiq_kernel::{Clock, Ids, ManualClock};
use jiff::Timestamp;
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

use crate::{server::Server, template};

/// A migrated, empty database that belongs to one test and is dropped with it.
///
/// Its clock stands at 2026-03-02T15:00:00Z (a Monday morning in the United States) until the test turns it.
#[derive(Debug)]
pub struct TestDb {
    name: String,
    superuser: PgConnectOptions,
    access: Access,
    db: Db,
    clock: ManualClock,
}

impl TestDb {
    /// A new database.
    ///
    /// # Panics
    /// When there is no server to make it on.
    pub async fn new() -> Self {
        Self::with_settings(PoolSettings { app_connections: 4, system_connections: 2, ..PoolSettings::default() }).await
    }

    /// A new database with pools and time-outs of the test's choice.
    ///
    /// # Panics
    /// When there is no server to make it on.
    pub async fn with_settings(settings: PoolSettings) -> Self {
        let server = Server::shared().await;
        let name = template::clone_database(server).await;
        let access = server.access(&name);
        let clock = ManualClock::starting_at(morning());
        let db = Db::connect(&access, settings, clock.clock(), Ids::system()).await;
        let db = db.unwrap_or_else(|error| panic!("connecting to the test's database: {error:?}"));
        Self { name, superuser: server.superuser.clone(), access, db, clock }
    }

    /// The door.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// How its roles connect, for what takes an [`Access`]: migrations, the catalogue checks.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// The hand of its clock.
    #[must_use]
    pub fn clock(&self) -> &ManualClock {
        &self.clock
    }

    /// Its clock, to hand on.
    #[must_use]
    pub fn clock_value(&self) -> Clock {
        self.clock.clock()
    }

    /// The generator of its ids.
    #[must_use]
    pub fn ids(&self) -> &Ids {
        self.db.ids()
    }

    /// How a superuser connects to this database.
    #[must_use]
    pub fn superuser(&self) -> PgConnectOptions {
        self.superuser.clone().database(&self.name)
    }

    /// A connection as the schema's owner, whom no policy binds: for a test that tampers, or that looks at what is
    /// really there.
    ///
    /// # Panics
    /// When it cannot be had.
    pub async fn owner(&self) -> PgConnection {
        PgConnection::connect_with(self.access.owner_options()).await.expect("connecting as the owner")
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        // The test's own runtime may be the one that is dropping us, so the clean-up has a thread and a runtime of its
        // own. What fails here is swept up by a later run.
        let cleaner = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            if let Ok(runtime) = runtime {
                runtime.block_on(async { template::drop_database(Server::shared().await, &name).await });
            }
        });
        let _ = cleaner.join();
    }
}

fn morning() -> Timestamp {
    "2026-03-02T15:00:00Z".parse().expect("a constant timestamp")
}
