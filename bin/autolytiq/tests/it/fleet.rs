//! An installation of three processes on one data folder: the gateway, the modules behind it, and the worker.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use tempfile::TempDir;

use crate::client::Client;
use crate::installation::{PATIENCE, executable, free_port, last_lines, new_folder, send};

/// One of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Gateway,
    Modules,
    Worker,
}

/// How long a request may take in each process.
pub(crate) const DEADLINE: Duration = Duration::from_secs(8);

/// What the modules' process serves.
const TARGETS: [&str; 5] = ["auth", "admin", "customers", "inventory", "deals"];

pub(crate) struct Fleet {
    folder: TempDir,
    ports: [u16; 3],
    processes: [Option<Child>; 3],
}

impl Fleet {
    /// All three, started at the same time; ready when each of them says so.
    pub(crate) fn start() -> Self {
        let ports = [free_port(), free_port(), free_port()];
        let mut fleet = Self { folder: new_folder(), ports, processes: [None, None, None] };
        for part in [Part::Gateway, Part::Modules, Part::Worker] {
            fleet.spawn(part);
        }
        for part in [Part::Modules, Part::Worker, Part::Gateway] {
            fleet.wait_ready(part);
        }
        fleet
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A client of one process that is not signed in.
    pub(crate) fn client(&self, part: Part) -> Client {
        Client::nobody(self.port(part))
    }

    pub(crate) fn port(&self, part: Part) -> u16 {
        self.ports[part as usize]
    }

    pub(crate) fn pid(&self, part: Part) -> u32 {
        self.processes[part as usize].as_ref().unwrap().id()
    }

    /// Kills a process as `kill -9` does.
    pub(crate) fn kill(&mut self, part: Part) {
        let mut process = self.processes[part as usize].take().unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
    }

    /// Has a process stand still, or go on: it keeps its connections and says nothing.
    pub(crate) fn signal(&self, part: Part, signal: Signal) {
        send(self.pid(part), signal);
    }

    pub(crate) fn spawn(&mut self, part: Part) {
        let all = TARGETS.join(",");
        let targets = match part {
            Part::Gateway => "gateway",
            Part::Modules => &all,
            Part::Worker => "worker",
        };
        let log = File::options().append(true).create(true).open(self.log_of(part)).unwrap();
        let mut command = executable(self.folder.path());
        command.args(["serve", "--target", targets, "--port", &self.port(part).to_string()]);
        for target in TARGETS {
            let address = format!("http://127.0.0.1:{}", self.port(Part::Modules));
            command.env(format!("AUTOLYTIQ__TARGETS__{}", target.to_uppercase()), address);
        }
        command.env("AUTOLYTIQ__SERVER__DEADLINE_SECONDS", DEADLINE.as_secs().to_string());
        // The private cluster takes 100 connections from all processes together.
        command.env("AUTOLYTIQ__DATABASE__APP_CONNECTIONS", "8");
        command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        self.processes[part as usize] = Some(command.spawn().unwrap());
    }

    pub(crate) fn wait_ready(&mut self, part: Part) {
        let deadline = Instant::now() + PATIENCE;
        while !self.client(part).get("/ready").is_ok_and(|answer| answer.status == 200) {
            let process = self.processes[part as usize].as_mut().unwrap();
            let ended = process.try_wait().unwrap();
            assert!(ended.is_none(), "{part:?} ended ({ended:?}):\n{}", last_lines(&self.log_of(part)));
            assert!(Instant::now() < deadline, "{part:?} is not ready:\n{}", last_lines(&self.log_of(part)));
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Stops a process as Ctrl-C does; it must end well.
    pub(crate) fn stop(&mut self, part: Part) {
        let mut process = self.processes[part as usize].take().unwrap();
        send(process.id(), Signal::SIGINT);
        let status = process.wait().unwrap();
        assert!(status.success(), "{part:?}: {status}:\n{}", last_lines(&self.log_of(part)));
    }

    fn log_of(&self, part: Part) -> PathBuf {
        self.folder.path().join(format!("{part:?}.log"))
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        for process in self.processes.iter_mut().flatten() {
            if matches!(process.try_wait(), Ok(None)) {
                send(process.id(), Signal::SIGINT);
            }
        }
        for process in self.processes.iter_mut().flatten() {
            let _ = process.wait();
        }
    }
}

/// The live updates that a signed-in client is told, a line at a time.
pub(crate) struct Stream(Receiver<String>);

impl Stream {
    /// Opens the stream and waits until it begins.
    pub(crate) fn open(client: &Client) -> Self {
        let mut connection = connect(IpAddr::from([127, 0, 0, 1]), client.port);
        let token = client.token.as_deref().unwrap();
        write!(
            connection,
            "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer {token}\r\n\r\n"
        )
        .unwrap();
        let mut lines = BufReader::new(connection).lines();
        let first = lines.next().unwrap().unwrap();
        assert!(first.contains(" 200 "), "{first}");
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self(receiver)
    }

    /// Waits for a line that contains a text; tells how long it took, or that the stream ended.
    pub(crate) fn wait_for(&self, text: &str, patience: Duration) -> Result<Duration, String> {
        let begun = Instant::now();
        let mut seen = Vec::new();
        while let Some(left) = patience.checked_sub(begun.elapsed()) {
            match self.0.recv_timeout(left) {
                Ok(line) if line.contains(text) => return Ok(begun.elapsed()),
                Ok(line) => seen.push(line),
                Err(error) => return Err(format!("{error}; seen: {seen:?}")),
            }
        }
        Err(format!("not within {patience:?}; seen: {seen:?}"))
    }

    /// Waits until the stream ends.
    pub(crate) fn wait_for_end(&self, patience: Duration) {
        let deadline = Instant::now() + patience;
        while self.0.recv_timeout(deadline.saturating_duration_since(Instant::now())).is_ok() {}
        assert!(Instant::now() < deadline, "the stream has not ended");
    }
}

pub(crate) fn connect(address: IpAddr, port: u16) -> TcpStream {
    let connection = TcpStream::connect_timeout(&SocketAddr::from((address, port)), Duration::from_secs(5)).unwrap();
    connection.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    connection
}
