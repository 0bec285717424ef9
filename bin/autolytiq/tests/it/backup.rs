//! A backup under load, restored into another folder: the same installation; and backups that were harmed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::thread;

use autolytiq_kernel::{CustomerId, Ids};
use serde_json::json;
use tempfile::TempDir;

use crate::client::Client;
use crate::database::rows;
use crate::installation::{Installation, executable, new_folder};
use crate::ledger::{Acknowledged, Load, Session, StopOnDrop, check, create_vehicle, laws, write};

const PASSPHRASE: &str = "a passphrase of the drill";
const BORN: &str = "1961-04-12";

/// Tables that only grow.
const GROWING: [&str; 6] = ["customer", "deal", "pencil", "audit_entry", "outbox", "dealership"];

#[test]
fn a_backup_under_load_is_the_same_installation_in_another_folder() {
    let mut installation = Installation::start();
    let client = installation.set_up();
    let ids = Ids::system();
    let vehicle = create_vehicle(&client, &ids);
    let born = create_customer_with_a_date_of_birth(&client, &ids);
    let vault = new_folder();
    let passphrase = vault.path().join("passphrase");
    fs::write(&passphrase, format!("{PASSPHRASE}\n")).unwrap();

    let (load, session) = (Load::default(), Session::of(&client));
    let (mut before, mut least, mut archive) = (Vec::new(), BTreeMap::new(), PathBuf::new());
    thread::scope(|scope| {
        for writer in 0..2 {
            let (session, ids, load) = (&session, ids.clone(), &load);
            scope.spawn(move || write(writer, session, &ids, vehicle, load));
        }
        let _stop = StopOnDrop(&load.stop);
        load.wait_for_more_than(20);
        before = load.acknowledged();
        least = counts(&installation);
        let passphrase = passphrase.to_str().unwrap();
        let output = installation.command(&["backup", vault.path().to_str().unwrap(), "--passphrase-file", passphrase]);
        assert!(output.status.success(), "{output:?}");
        archive = only_backup(vault.path());
        load.wait_for_more_than(load.acknowledged().len());
    });
    let most = counts(&installation);
    let said = installation.command(&["doctor"]);
    assert!(String::from_utf8_lossy(&said.stdout).contains(&archive.display().to_string()), "{said:?}");

    // Into a folder that is in use nothing is restored.
    let other = new_folder();
    let into = |archive: &Path, folder: &TempDir, keys: &[&str]| {
        executable(folder.path()).arg("restore").arg(archive).args(keys).output().unwrap()
    };
    let keys = ["--passphrase-file", passphrase.to_str().unwrap()];
    refused(&installation.command(&["restore", archive.to_str().unwrap(), keys[0], keys[1]]), "is not empty");
    // Without a word about the keys, with a wrong one, harmed or cut off: refused, and nothing is left.
    let wrong = vault.path().join("wrong");
    fs::write(&wrong, "not the passphrase\n").unwrap();
    let (flipped, cut) = harm(&archive, vault.path());
    refused(&into(&archive, &other, &[]), "--passphrase-file");
    refused(&into(&archive, &other, &[keys[0], wrong.to_str().unwrap()]), "passphrase is wrong");
    refused(&into(&flipped, &other, &keys), "is no whole backup");
    refused(&into(&cut, &other, &keys), "is no whole backup");
    let left = fs::read_dir(other.path().join("data")).map_or(0, Iterator::count);
    assert_eq!(left, 0, "a restore that was refused left something behind");

    let restored = into(&archive, &other, &keys);
    assert!(restored.status.success(), "{restored:?}");
    println!("{}", String::from_utf8_lossy(&restored.stdout));
    let restored = Installation::adopt(other);
    let there = restored.sign_in(&client);
    check(&restored.data(), &there, &before, 0);
    laws(&restored.data());
    for (table, rows) in counts(&restored) {
        let (least, most) = (least[&table], most[&table]);
        assert!((least..=most).contains(&rows), "{table}: {rows} rows, of {least} before the backup and {most} after");
    }
    let deals: Vec<String> =
        before.iter().filter(|one| matches!(one, Acknowledged::Pencil { .. })).map(Acknowledged::path).collect();
    assert!(!deals.is_empty());
    for path in deals.iter().rev().take(5) {
        let (here, there) = (client.get(path).unwrap(), there.get(path).unwrap());
        assert_eq!((here.status, &here.body), (200, &there.body), "{path}: other figures");
        assert!(here.body["columns"].is_array() || here.body["result"].is_object(), "{}", here.body);
    }
    assert_eq!(reveal(&there, born), json!(BORN), "the protected field opens under the restored keys");
    let verified = restored.command(&["audit", "verify"]);
    assert!(verified.status.success(), "{verified:?}");
    installation.stop();
}

#[test]
fn without_its_keys_an_installation_comes_back_and_says_what_cannot_be_read() {
    let mut installation = Installation::start();
    let client = installation.set_up();
    let ids = Ids::system();
    let born = create_customer_with_a_date_of_birth(&client, &ids);
    installation.stop();
    let vault = new_folder();
    // The product does not have to run.
    let output = installation.command(&["backup", vault.path().to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("NOT in it"), "{output:?}");
    let archive = only_backup(vault.path());

    let with = new_folder();
    let keys = installation.data().join("keys");
    refused(&executable(with.path()).arg("restore").arg(&archive).output().unwrap(), "--keys");
    let output = executable(with.path()).arg("restore").arg(&archive).arg("--keys").arg(&keys).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let restored = Installation::adopt(with);
    assert_eq!(reveal(&restored.sign_in(&client), born), json!(BORN));

    let without = new_folder();
    let output = executable(without.path()).arg("restore").arg(&archive).arg("--without-keys").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("MISSING for 2 people"), "{output:?}");
    let mut restored = Installation::adopt(without);
    assert_eq!(rows(&restored, "select count(*) from customer"), ["1"]);
    let there = restored.sign_in(&client);
    assert_eq!(there.get(&format!("/api/v1/customers/{born}")).unwrap().body["dateOfBirthOnFile"], true);
    create_customer_with_a_date_of_birth(&there, &ids);
    restored.stop();
}

fn create_customer_with_a_date_of_birth(client: &Client, ids: &Ids) -> CustomerId {
    let id = ids.next::<CustomerId>();
    let body = json!({ "id": id, "firstName": "Kim", "lastName": "Born", "dateOfBirth": BORN });
    let answer = client.post("/api/v1/customers", &body).unwrap();
    assert_eq!(answer.status, 201, "{answer:?}");
    id
}

fn reveal(client: &Client, id: CustomerId) -> serde_json::Value {
    let body = json!({ "field": "dateOfBirth", "reason": "the drill" });
    let answer = client.post(&format!("/api/v1/customers/{id}/reveal"), &body).unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body["value"].clone()
}

fn counts(installation: &Installation) -> BTreeMap<String, u64> {
    let count = |table: &&str| {
        let counted = rows(installation, &format!("select count(*) from {table}"));
        ((*table).to_owned(), counted[0].parse().unwrap())
    };
    GROWING.iter().map(count).collect()
}

/// The one backup in a folder; nothing half-written stands beside it.
fn only_backup(folder: &Path) -> PathBuf {
    let found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("autolytiq-"))
        .collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].to_string_lossy().ends_with(".tar.zst"), "{found:?}");
    found[0].clone()
}

/// Two copies: one with a flipped bit in its middle, one without its last tenth.
fn harm(archive: &Path, folder: &Path) -> (PathBuf, PathBuf) {
    let whole = fs::read(archive).unwrap();
    let (flipped, cut) = (folder.join("flipped"), folder.join("cut"));
    let mut bytes = whole.clone();
    bytes[whole.len() / 2] ^= 1;
    fs::write(&flipped, bytes).unwrap();
    fs::write(&cut, &whole[..whole.len() / 10 * 9]).unwrap();
    (flipped, cut)
}

fn refused(output: &Output, why: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains(why), "expected {why:?}: {output:?}");
}

#[test]
fn a_restore_stops_at_the_moment_it_was_asked_for() {
    let folder = new_folder();
    let log = folder.path().join("wal");
    let toml = format!("[backup]\nlog_folder = {:?}\nlog_seconds = 10\n", log.display().to_string());
    fs::write(folder.path().join("autolytiq.toml"), toml).unwrap();
    let mut installation = Installation::adopt(folder);
    let client = installation.set_up();
    let ids = Ids::system();
    let vault = new_folder();
    let output = installation.command(&["backup", vault.path().to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    create_customer_with_a_date_of_birth(&client, &ids);
    // PostgreSQL writes 2026-11-14 21:00:00.123456+00.
    let between = rows(&installation, "select clock_timestamp()")[0].replace(' ', "T").replace("+00", "Z");
    create_customer_with_a_date_of_birth(&client, &ids);
    // The rest of the log is copied before the server ends.
    installation.stop();

    let archive = only_backup(vault.path());
    let keys = installation.data().join("keys");
    for (until, customers) in [(Some(&between), "1"), (None, "2")] {
        let elsewhere = new_folder();
        let mut restore = executable(elsewhere.path());
        restore.arg("restore").arg(&archive).arg("--keys").arg(&keys).arg("--log").arg(&log);
        if let Some(until) = until {
            restore.args(["--to", until]);
        }
        let output = restore.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let restored = Installation::adopt(elsewhere);
        assert_eq!(rows(&restored, "select count(*) from customer"), [customers], "up to {until:?}");
    }
    // A moment that the log does not reach is not made up.
    let elsewhere = new_folder();
    let mut restore = executable(elsewhere.path());
    restore.arg("restore").arg(&archive).arg("--keys").arg(&keys).arg("--log").arg(&log);
    refused(&restore.args(["--to", "2126-01-01T00:00:00Z"]).output().unwrap(), "recovery target");
}
