//! The server shared by the processes of a test run, and the one a killed process leaves behind.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use autolytiq_cluster::{Cluster, ClusterConfig, SharedCluster};
use tempfile::TempDir;

use crate::psql::{eventually, query};

/// Set in the copy of this test binary that plays the product about to be killed.
const VICTIM: &str = "AUTOLYTIQ_TEST_VICTIM_FOLDER";

/// Does nothing in an ordinary run. In the copy started below it opens a cluster and waits to be killed.
#[tokio::test]
async fn victim() {
    let Some(folder) = env::var_os(VICTIM) else { return };
    let marker = Path::new(&folder).join("victim.ready");
    let cluster = Cluster::open(ClusterConfig::new(folder)).await.unwrap();
    query(cluster.bin_dir(), cluster.address(), "create table kept (n int); insert into kept values (1)");
    fs::write(marker, cluster.pid().unwrap().to_string()).unwrap();
    std::future::pending::<()>().await;
}

fn start_victim(folder: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["sharing::victim", "--exact"])
        .env(VICTIM, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[tokio::test]
async fn the_server_of_a_killed_process_is_replaced_and_its_data_kept() {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut victim = start_victim(folder.path());
    let marker = folder.path().join("victim.ready");
    eventually("the other process wrote", || marker.exists());
    victim.kill().unwrap();
    victim.wait().unwrap();

    let cluster = Cluster::open(ClusterConfig::new(folder.path())).await.unwrap();
    assert_ne!(cluster.pid().unwrap().to_string(), fs::read_to_string(marker).unwrap());
    assert_eq!(query(cluster.bin_dir(), cluster.address(), "select count(*) from kept"), "1");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn shares_reach_the_same_server_and_the_last_one_leaving_lets_it_stop() {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let config = || {
        let mut config = ClusterConfig::new(folder.path());
        config.settings.insert("fsync".to_owned(), "off".to_owned());
        config
    };
    let (first, second) = tokio::join!(SharedCluster::join(config()), SharedCluster::join(config()));
    let (first, second) = (first.unwrap(), second.unwrap());
    let pid_file = folder.path().join("cluster/data/postmaster.pid");
    let started = fs::read_to_string(&pid_file).unwrap();
    drop(first);
    let third = SharedCluster::join(config()).await.unwrap();
    assert_eq!(fs::read_to_string(&pid_file).unwrap(), started);
    assert_eq!(second.address().socket_dir, third.address().socket_dir);
    drop((second, third));
    eventually("the keeper stopped the server", || !pid_file.exists());
}
