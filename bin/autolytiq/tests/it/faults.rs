//! What the machine does to us: no database, one that hangs, a full disk.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use autolytiq_kernel::Ids;
use nix::sys::signal::Signal;
use serde_json::json;

use crate::client::Answer;
use crate::installation::{Installation, new_folder, send};
use crate::ledger::{Load, check, create_vehicle, laws, write_one};

/// A person waits no longer than this to be told that nothing can be done at the moment.
const PROMPT: Duration = Duration::from_secs(8);

#[test]
fn without_its_database_it_says_so_and_comes_back_by_itself() {
    let mut installation = Installation::start();
    let client = installation.set_up();
    let ids = Ids::system();
    let vehicle = create_vehicle(&client, &ids);
    let load = Load::default();
    write_one("before", &client, &ids, vehicle, &load).unwrap();

    // The folder is away, so every attempt to start PostgreSQL again fails.
    let data = installation.data().join("cluster/data");
    let away = data.with_file_name("data.away");
    fs::rename(&data, &away).unwrap();
    let postmaster = fs::read_to_string(away.join("postmaster.pid")).unwrap();
    send(postmaster.lines().next().unwrap().trim().parse().unwrap(), Signal::SIGKILL);

    wait_until("it says that it is not ready", || installation.client().get("/ready").unwrap().status == 503);
    assert_eq!(installation.client().get("/live").unwrap().status, 200, "a restart would not help");
    // Whole input: a request that is wrong in itself may be told so by a process that still remembers the session.
    for _ in 0..3 {
        unavailable(&promptly(|| client.get("/api/v1/customers")));
        let body = json!({ "id": ids.uuid(), "firstName": "A", "lastName": "B" });
        unavailable(&promptly(|| client.post("/api/v1/customers", &body)));
    }

    fs::rename(&away, &data).unwrap();
    let back = Instant::now();
    wait_until("it is ready again", || installation.client().get("/ready").unwrap().status == 200);
    println!("ready again {:.1} s after PostgreSQL could start", back.elapsed().as_secs_f64());
    write_one("after", &client, &ids, vehicle, &load).unwrap();
    check(&installation.data(), &client, &load.acknowledged(), 0);
    laws(&installation.data());
    installation.stop();
}

#[test]
fn a_database_that_hangs_is_not_waited_for() {
    let folder = new_folder();
    fs::write(folder.path().join("autolytiq.toml"), "[server]\ndeadline_seconds = 3\n").unwrap();
    let mut installation = Installation::adopt(folder);
    let client = installation.set_up();
    let ids = Ids::system();
    let vehicle = create_vehicle(&client, &ids);
    let load = Load::default();
    write_one("before", &client, &ids, vehicle, &load).unwrap();

    a_body_that_comes_byte_by_byte_is_not_waited_for(client.port);

    // Every process of the server stands still: connections stay open and nothing comes back.
    let server = Stopped::all_of(&installation.data().join("cluster/data"));
    let ready = promptly(|| installation.client().get("/ready"));
    assert_eq!(ready.status, 503, "{ready:?}");
    assert_eq!(installation.client().get("/live").unwrap().status, 200);
    for _ in 0..3 {
        unavailable(&promptly(|| client.get("/api/v1/customers")));
        let body = json!({ "id": ids.uuid(), "firstName": "A", "lastName": "B" });
        unavailable(&promptly(|| client.post("/api/v1/customers", &body)));
    }
    drop(server);
    wait_until("it is ready again", || installation.client().get("/ready").unwrap().status == 200);
    wait_until("it writes again", || write_one("after", &client, &ids, vehicle, &load).is_some());
    check(&installation.data(), &client, &load.acknowledged(), 0);
    laws(&installation.data());
    installation.stop();
}

fn a_body_that_comes_byte_by_byte_is_not_waited_for(port: u16) {
    let mut slow = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    let begun = Instant::now();
    let head =
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n";
    slow.write_all(head.as_bytes()).unwrap();
    slow.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let mut answer = [0; 12];
    // One byte, then a look whether somebody has had enough.
    while slow.write_all(b" ").is_ok() && slow.read_exact(&mut answer).is_err() {
        assert!(begun.elapsed() < PROMPT, "still listened to");
    }
    assert_eq!(&answer, b"HTTP/1.1 503", "{}", String::from_utf8_lossy(&answer));
}

/// Processes that stand still until this is dropped.
struct Stopped(Vec<u32>);

impl Stopped {
    /// Everything that works in a folder.
    fn all_of(folder: &Path) -> Self {
        let folder = folder.canonicalize().unwrap();
        let pids = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        let works_there = |pid: &u32| fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd == folder);
        let found: Vec<u32> = pids.filter(works_there).collect();
        assert!(!found.is_empty());
        found.iter().for_each(|pid| send(*pid, Signal::SIGSTOP));
        Self(found)
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        self.0.iter().for_each(|pid| send(*pid, Signal::SIGCONT));
    }
}

#[test]
fn a_full_disk_refuses_writes_and_loses_nothing() {
    let folder = new_folder();
    let disk = folder.path().join("data");
    fs::create_dir(&disk).unwrap();
    let Some(_disk) = SmallDisk::mount(&disk) else {
        println!("skipped: a small file system can be mounted by root only, and not in every container");
        return;
    };
    let mut installation = Installation::adopt(folder);
    let client = installation.set_up();
    let ids = Ids::system();
    let vehicle = create_vehicle(&client, &ids);
    let load = Load::default();
    write_one("before", &client, &ids, vehicle, &load).unwrap();

    let filler = disk.join("filler");
    fill(&filler);
    // What is preallocated is used up first. Then every write is refused; none may be answered with anything else.
    let deadline = Instant::now() + Duration::from_secs(120);
    let notes = "x".repeat(9_000);
    let mut refusals = Vec::new();
    while refusals.len() < 5 {
        assert!(Instant::now() < deadline, "the disk never filled");
        let body = json!({ "id": ids.uuid(), "firstName": "A", "lastName": "B", "notes": notes });
        match client.post("/api/v1/customers", &body) {
            Ok(answer) if answer.status == 201 => {}
            Ok(answer) => refusals.push(answer),
            Err(error) => panic!("the product did not answer: {error}"),
        }
    }
    refusals.iter().for_each(unavailable);
    println!("refused with: {}", refusals.last().unwrap().body["detail"]);
    assert_eq!(installation.client().get("/live").unwrap().status, 200);
    assert!([200, 503].contains(&client.get("/api/v1/customers").unwrap().status));

    fs::remove_file(&filler).unwrap();
    let free = Instant::now();
    wait_until("it writes again", || write_one("after", &client, &ids, vehicle, &load).is_some());
    println!("writes again {:.1} s after there was room", free.elapsed().as_secs_f64());
    check(&installation.data(), &client, &load.acknowledged(), 0);
    laws(&installation.data());
    assert_eq!(load.refused(), Vec::<String>::new());
    installation.stop();
    let verified = installation.command(&["audit", "verify"]);
    assert!(verified.status.success(), "{verified:?}");
}

fn unavailable(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    assert!(answer.body["code"].is_string() && answer.body["requestId"].is_string(), "no problem document: {answer:?}");
}

fn promptly(ask: impl FnOnce() -> std::io::Result<Answer>) -> Answer {
    let begun = Instant::now();
    let answer = ask().unwrap();
    assert!(begun.elapsed() < PROMPT, "it took {:?}: {answer:?}", begun.elapsed());
    answer
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < deadline, "{what}: not within a minute");
        thread::sleep(Duration::from_millis(50));
    }
}

/// A file system of its own, in memory.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    fn mount(at: &'a Path) -> Option<Self> {
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=400m,mode=755", "tmpfs"]).arg(at).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(at))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        // Lazily: the last files are closed when the processes have ended.
        let _ = Command::new("umount").arg("--lazy").arg(self.0).status();
    }
}

fn fill(path: &Path) {
    let mut file = File::create(path).unwrap();
    for size in [1 << 20, 1 << 12, 1] {
        let chunk = vec![0_u8; size];
        while file.write_all(&chunk).is_ok() {}
    }
}
