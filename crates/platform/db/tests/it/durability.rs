//! A write that was acknowledged is there after PostgreSQL was killed, and one that failed left nothing behind.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use autolytiq_cluster::{Cluster, ClusterConfig, ClusterState, ServerAddress};
use autolytiq_db::{Access, AuditRecord, Db, DbError, NewEvent, PoolSettings, migrate, prepare};
use autolytiq_kernel::{Clock, DealId, Ids, RequestId, TenantCtx};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use secrecy::ExposeSecret;
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

/// The product itself is killed more often, with PostgreSQL in turn, in the tests of the executable.
const KILLS: u32 = 8;
const WRITERS: usize = 3;

/// Unlike the other tests, on a server of its own that syncs its log as a real one does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::disallowed_methods, reason = "the test waits for its tasks itself and authenticates nobody")]
async fn kills_under_load_lose_nothing_and_leave_nothing_half_done() {
    let folder = tempfile::tempdir().unwrap();
    // The server's account has to reach its data when the tests run as root.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let cluster = Cluster::open(ClusterConfig::new(folder.path())).await.unwrap();
    let access = access(cluster.address());
    prepare(&access).await.unwrap();
    migrate(&access).await.unwrap();
    let ids = Ids::system();
    let settings = PoolSettings { acquire_timeout: Duration::from_secs(2), ..PoolSettings::default() };
    let db = Db::connect(&access, settings, Clock::system(), ids.clone()).await.unwrap();

    let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let ctx = TenantCtx::for_job("test.write", ids.next(), ids.next::<RequestId>());
            tokio::task::spawn(keep_writing(db.clone(), ctx, Arc::clone(&stop), Arc::clone(&acknowledged)))
        })
        .collect();
    let mut state = cluster.state();
    let mut acknowledged_before = 0;
    for round in 1..=KILLS {
        // Each kill comes at another moment, and only when something was written since the last one; every fourth hits
        // the server's first process, which the cluster then starts again.
        while acknowledged.lock().unwrap().len() <= acknowledged_before {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(u64::from(round * 7 % 50))).await;
        acknowledged_before = acknowledged.lock().unwrap().len();
        if round % 4 == 0 {
            kill_hard(i32::try_from(cluster.pid().unwrap()).unwrap());
            state.wait_for(|now| *now == ClusterState::Restarting).await.unwrap();
            state.wait_for(|now| *now == ClusterState::Ready).await.unwrap();
        } else {
            // PostgreSQL itself ends all its processes and recovers from its log when one of them is killed.
            kill_hard(backend(&access).await);
        }
    }
    stop.store(true, Ordering::SeqCst);
    for writer in writers {
        writer.await.unwrap();
    }

    let acknowledged = acknowledged.lock().unwrap().clone();
    let mut owner = PgConnection::connect_with(access.owner_options()).await.unwrap();
    let lost: i64 = sqlx::query_scalar(
        "select count(*) from unnest($1::uuid[]) as told (id)
         where not exists (select from audit_entry e where e.subject_id = told.id)
            or not exists (select from outbox o where o.subject_id = told.id)",
    )
    .bind(&acknowledged)
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(lost, 0, "of {} acknowledged writes", acknowledged.len());
    let halves: i64 = sqlx::query_scalar(
        "select count(*) from audit_entry e
         full join outbox o on o.subject_id = e.subject_id
         full join audit_unsealed u on u.entry_id = e.id
         where e.id is null or o.id is null or u.entry_id is null",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(halves, 0, "every write is whole");
    owner.close().await.unwrap();
    db.close().await;
    cluster.stop().await.unwrap();
}

fn kill_hard(pid: i32) {
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
}

/// A server process that works for one of the writers.
async fn backend(access: &Access) -> i32 {
    loop {
        // The server may still be recovering from the last time.
        if let Ok(mut owner) = PgConnection::connect_with(access.owner_options()).await {
            let pid = sqlx::query_scalar("select pid from pg_stat_activity where usename = 'autolytiq_app' limit 1")
                .fetch_optional(&mut owner)
                .await;
            if let Ok(Some(pid)) = pid {
                return pid;
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Writes one thing after the other and notes what was acknowledged; a failed one is forgotten and another begun.
async fn keep_writing(db: Db, ctx: TenantCtx, stop: Arc<AtomicBool>, acknowledged: Arc<Mutex<Vec<DealId>>>) {
    while !stop.load(Ordering::SeqCst) {
        let deal: DealId = db.ids().next();
        match write(&db, &ctx, deal).await {
            Ok(()) => acknowledged.lock().unwrap().push(deal),
            Err(DbError::Unavailable(_)) => tokio::time::sleep(Duration::from_millis(20)).await,
            Err(other) => panic!("a server that goes away is unavailable and nothing else: {other:?}"),
        }
    }
}

async fn write(db: &Db, ctx: &TenantCtx, deal: DealId) -> Result<(), DbError> {
    let mut tx = db.tenant(ctx).await?;
    tx.audit(AuditRecord::new("deal.created", deal)).await?;
    tx.emit(NewEvent::new("deal.changed", deal, &())).await?;
    tx.commit().await
}

fn access(address: &ServerAddress) -> Access {
    let password = address.password.expose_secret();
    let options = PgConnectOptions::new_without_pgpass()
        .socket(&address.socket_dir)
        .port(address.port)
        .username(&address.superuser)
        .password(password)
        .database(&address.database);
    Access::through(options, password, "autolytiq")
}
