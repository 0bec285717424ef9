use std::fs;
use std::os::unix::fs::PermissionsExt;

use autolytiq_cluster::{Cluster, ClusterConfig, ClusterError, ClusterState};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

use crate::psql::{eventually, query, run};

/// A data folder that the server's account can reach whoever runs the tests.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn kill_hard(pid: u32) {
    kill(Pid::from_raw(i32::try_from(pid).unwrap()), Signal::SIGKILL).unwrap();
}

#[tokio::test]
async fn what_was_written_is_there_after_a_clean_stop() {
    let folder = folder();
    let cluster = Cluster::open(ClusterConfig::new(folder.path())).await.unwrap();
    let (bin, address) = (cluster.bin_dir().to_owned(), cluster.address().clone());
    query(&bin, &address, "create table kept (n int); insert into kept values (7)");
    assert_eq!(query(&bin, &address, "show listen_addresses"), "");
    assert_eq!(query(&bin, &address, "show hnsw.iterative_scan"), "strict_order");
    assert_eq!(query(&bin, &address, "show data_checksums"), "on");
    assert_eq!(query(&bin, &address, "select datlocale from pg_database where datname = 'postgres'"), "C.UTF-8");
    query(&bin, &address, "create extension vector");

    let password = fs::metadata(folder.path().join("cluster.password")).unwrap().permissions().mode();
    assert_eq!(password & 0o777, 0o600);
    let mut wrong = address.clone();
    wrong.password = "wrong".to_owned().into();
    assert!(!run(&bin, &wrong, "select 1").status.success());

    let mut state = cluster.state();
    cluster.stop().await.unwrap();
    assert_eq!(*state.borrow_and_update(), ClusterState::Stopped);
    assert!(!run(&bin, &address, "select 1").status.success());

    let cluster = Cluster::open(ClusterConfig::new(folder.path())).await.unwrap();
    assert_eq!(query(&bin, cluster.address(), "select n from kept"), "7");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_killed_postmaster_comes_back_with_everything_committed() {
    let folder = folder();
    let cluster = Cluster::open(ClusterConfig::new(folder.path())).await.unwrap();
    let (bin, address) = (cluster.bin_dir().to_owned(), cluster.address().clone());
    query(&bin, &address, "create table kept (n int)");
    let mut state = cluster.state();
    for round in 1..=3 {
        query(&bin, &address, &format!("insert into kept values ({round})"));
        let killed = cluster.pid().unwrap();
        kill_hard(killed);
        state.wait_for(|now| *now == ClusterState::Restarting).await.unwrap();
        state.wait_for(|now| *now == ClusterState::Ready).await.unwrap();
        assert_ne!(cluster.pid().unwrap(), killed);
        assert_eq!(query(&bin, &address, "select count(*) from kept"), round.to_string());
    }
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_process_is_refused_and_told_who_holds_the_folder() {
    let folder = folder();
    let cluster = Cluster::open(ClusterConfig::new(folder.path())).await.unwrap();
    match Cluster::open(ClusterConfig::new(folder.path())).await {
        Err(ClusterError::InUse { pid, .. }) => assert_eq!(pid, Some(std::process::id())),
        other => panic!("expected InUse, got {other:?}"),
    }
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_stale_pid_file_of_some_other_living_process_does_not_block_the_start() {
    let folder = folder();
    let cluster = Cluster::open(ClusterConfig::new(folder.path())).await.unwrap();
    let bin = cluster.bin_dir().to_owned();
    cluster.stop().await.unwrap();
    // As after a crash and a reboot, when our own process id is the one the dead postmaster had.
    let pid_file = folder.path().join("cluster/data/postmaster.pid");
    let data = folder.path().join("cluster/data");
    fs::write(&pid_file, format!("{}\n{}\n1763700000\n5432\n/tmp\n\n", std::process::id(), data.display())).unwrap();
    let cluster = Cluster::open(ClusterConfig::new(folder.path())).await.unwrap();
    assert_eq!(query(&bin, cluster.address(), "select 1"), "1");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_half_made_folder_is_made_again() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("cluster/data.unfinished/base")).unwrap();
    let config = ClusterConfig::new(folder.path());
    // Made by us, it is not the server's account's to enter; what counts is that it is replaced, not trusted.
    fs::set_permissions(folder.path().join("cluster"), fs::Permissions::from_mode(0o755)).unwrap();
    let cluster = Cluster::open(config).await.unwrap();
    assert_eq!(query(cluster.bin_dir(), cluster.address(), "select 1"), "1");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn another_major_version_is_refused_with_what_to_do() {
    let folder = folder();
    Cluster::open(ClusterConfig::new(folder.path())).await.unwrap().stop().await.unwrap();
    fs::write(folder.path().join("cluster/data/PG_VERSION"), "12\n").unwrap();
    let error = Cluster::open(ClusterConfig::new(folder.path())).await.unwrap_err();
    assert!(matches!(error, ClusterError::OtherMajor { data: 12, .. }), "{error:?}");
    assert!(error.to_string().contains("pg_dump"), "{error}");
}

#[tokio::test]
async fn an_explicit_folder_without_postgresql_is_the_only_place_looked_at() {
    let folder = folder();
    let mut config = ClusterConfig::new(folder.path().join("data"));
    config.binaries = Some(folder.path().to_owned());
    match Cluster::open(config).await {
        Err(ClusterError::NoBinaries { attempts }) => assert_eq!(attempts.len(), 1),
        other => panic!("expected NoBinaries, got {other:?}"),
    }
}

#[tokio::test]
async fn a_long_path_moves_the_socket_and_nothing_else() {
    let folder = folder();
    let deep = folder.path().join("d".repeat(90));
    let cluster = Cluster::open(ClusterConfig::new(&deep)).await.unwrap();
    assert!(!cluster.address().socket_dir.starts_with(&deep));
    assert_eq!(query(cluster.bin_dir(), cluster.address(), "select 1"), "1");
    let socket_dir = cluster.address().socket_dir.clone();
    cluster.stop().await.unwrap();
    let _ = fs::remove_dir(socket_dir);
}

#[tokio::test]
async fn a_dropped_cluster_stops_by_itself() {
    let folder = folder();
    let cluster = Cluster::open(ClusterConfig::new(folder.path())).await.unwrap();
    let mut state = cluster.state();
    drop(cluster);
    state.wait_for(|now| *now == ClusterState::Stopped).await.unwrap();
    eventually("the pid file is gone", || !folder.path().join("cluster/data/postmaster.pid").exists());
}
