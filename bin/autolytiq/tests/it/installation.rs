//! An installation in a folder of its own, and the process that serves it.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use autolytiq_testkit::totp;
use jiff::Timestamp;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::Client;

/// The first start may have to fetch PostgreSQL.
pub(crate) const PATIENCE: Duration = Duration::from_secs(180);

/// The administrator that the set-up makes.
pub(crate) const ADMINISTRATOR: &str = "ada@example.com";
pub(crate) const PASSWORD: &str = "correct horse battery staple";

pub(crate) struct Installation {
    folder: TempDir,
    pub(crate) port: u16,
    process: Child,
}

impl Installation {
    /// A new installation, served and ready.
    pub(crate) fn start() -> Self {
        Self::adopt(new_folder())
    }

    /// An installation that somebody has put into a folder's `data`, served and ready.
    pub(crate) fn adopt(folder: TempDir) -> Self {
        let port = free_port();
        let process = serve(folder.path(), port);
        let mut installation = Self { folder, port, process };
        installation.wait_ready();
        installation
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The postmaster's process id.
    pub(crate) fn postmaster(&self) -> u32 {
        postmaster(&self.data())
    }

    /// Kills the product as `kill -9` does and starts it again.
    pub(crate) fn kill_product(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        self.process = serve(self.folder.path(), self.port);
        self.wait_ready();
    }

    /// Kills both, and starts the product again.
    pub(crate) fn kill_both(&mut self) {
        send(self.postmaster(), Signal::SIGKILL);
        self.kill_product();
    }

    /// Kills the postmaster as `kill -9` does; the product has to bring it back by itself.
    pub(crate) fn kill_database(&mut self) {
        let killed = self.postmaster();
        send(killed, Signal::SIGKILL);
        let deadline = Instant::now() + PATIENCE;
        while !(self.has_another_postmaster(killed) && self.is_ready()) {
            assert!(Instant::now() < deadline, "PostgreSQL did not come back:\n{}", self.log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn has_another_postmaster(&self, killed: u32) -> bool {
        fs::read_to_string(self.data().join("cluster/data/postmaster.pid"))
            .is_ok_and(|file| file.lines().next().is_some_and(|pid| pid.trim() != killed.to_string()))
    }

    fn is_ready(&self) -> bool {
        self.client().get("/ready").is_ok_and(|answer| answer.status == 200)
    }

    fn wait_ready(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while !self.is_ready() {
            if let Some(status) = self.process.try_wait().unwrap() {
                panic!("the product ended ({status}):\n{}", self.log());
            }
            assert!(Instant::now() < deadline, "not ready:\n{}", self.log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Stops the product as Ctrl-C does; it must end well.
    pub(crate) fn stop(&mut self) {
        send(self.process.id(), Signal::SIGINT);
        let status = self.process.wait().unwrap();
        assert!(status.success(), "{status}:\n{}", self.log());
    }

    /// Runs another subcommand on the installation's data.
    pub(crate) fn command(&self, arguments: &[&str]) -> std::process::Output {
        executable(self.folder.path()).args(arguments).output().unwrap()
    }

    /// Signs in the administrator of [`Installation::set_up`], whose client this is, with a recovery code of theirs.
    pub(crate) fn sign_in(&self, administrator: &Client) -> Client {
        sign_in(&Client { port: self.port, ..administrator.clone() }).unwrap()
    }

    /// A client that is not signed in.
    pub(crate) fn client(&self) -> Client {
        Client::nobody(self.port)
    }

    /// Does the one-time set-up; answers its administrator's client.
    pub(crate) fn set_up(&self) -> Client {
        set_up(&self.client(), &self.data())
    }

    fn log(&self) -> String {
        last_lines(&self.folder.path().join("log"))
    }
}

/// Does the one-time set-up of the installation in a data folder; answers its administrator's client.
pub(crate) fn set_up(client: &Client, data: &Path) -> Client {
    let token = fs::read_to_string(data.join("setup-token")).unwrap();
    let answer = client
        .post(
            "/api/v1/setup",
            &json!({
                "setupToken": token.trim(),
                "group": { "name": "Example Group" },
                "store": {
                    "name": "Example Motors", "timeZone": "America/Chicago",
                    "place": { "state": "TX", "county": "Travis", "city": "Austin", "zip": "78701" },
                },
                "administrator": {
                    "name": "Ada Example", "email": ADMINISTRATOR, "password": PASSWORD,
                },
            }),
        )
        .unwrap();
    assert_eq!(answer.status, 202, "{answer:?}");
    enrol(client, &answer.body["ticket"])
}

/// Sets an authenticator app up, as the first log-in asks, and ends signed in.
#[expect(clippy::disallowed_methods, reason = "the server that runs reads the same clock")]
fn enrol(client: &Client, ticket: &Value) -> Client {
    let new = client.post("/api/v1/auth/factors/totp", &json!({ "ticket": ticket })).unwrap().body;
    let code = totp(new["secret"].as_str().unwrap(), Timestamp::now());
    let body = json!({ "ticket": ticket, "id": new["id"], "code": code });
    let answer = client.post("/api/v1/auth/factors/totp/confirm", &body).unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    let codes = answer.body["recoveryCodes"].as_array().unwrap();
    Client {
        port: client.port,
        token: answer.body["signIn"]["loggedIn"]["accessToken"].as_str().map(str::to_owned),
        codes: Arc::new(Mutex::new(codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect())),
    }
}

/// Signs the administrator in once more; nothing when the server does not answer.
pub(crate) fn sign_in(client: &Client) -> Option<Client> {
    let nobody = Client { token: None, ..client.clone() };
    let body = json!({ "email": ADMINISTRATOR, "password": PASSWORD });
    let pending = nobody.post("/api/v1/auth/login", &body).ok()?;
    assert_eq!(pending.status, 202, "{pending:?}");
    let code = client.codes.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap();
    let proof = json!({ "method": "recoveryCode", "code": code });
    let answer =
        nobody.post("/api/v1/auth/factor", &json!({ "ticket": pending.body["ticket"], "proof": proof })).ok()?;
    assert_eq!(answer.status, 200, "{answer:?}");
    Some(Client { token: answer.body["accessToken"].as_str().map(str::to_owned), ..nobody })
}

/// The process id of a data folder's postmaster.
pub(crate) fn postmaster(data: &Path) -> u32 {
    let file = fs::read_to_string(data.join("cluster/data/postmaster.pid")).unwrap();
    file.lines().next().unwrap().trim().parse().unwrap()
}

/// The end of a log.
pub(crate) fn last_lines(log: &Path) -> String {
    let log = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

/// A new folder for an installation.
pub(crate) fn new_folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    // As root PostgreSQL runs under another account, which must be able to pass through.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// A port that nobody uses at the moment.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

impl Drop for Installation {
    fn drop(&mut self) {
        if matches!(self.process.try_wait(), Ok(None)) {
            send(self.process.id(), Signal::SIGINT);
            let _ = self.process.wait();
        }
    }
}

fn serve(folder: &Path, port: u16) -> Child {
    let log = File::options().append(true).create(true).open(folder.join("log")).unwrap();
    executable(folder)
        .args(["serve", "--port", &port.to_string()])
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap()
}

/// The executable over the data of a folder.
pub(crate) fn executable(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_autolytiq"));
    command.current_dir(folder).env_remove("DATABASE_URL").env("AUTOLYTIQ__DATA__FOLDER", folder.join("data"));
    for limit in ["LOG_IN_PER_ADDRESS", "PER_PERSON", "PER_DEALERSHIP", "PER_ADDRESS"] {
        command.env(format!("AUTOLYTIQ__LIMITS__{limit}"), "1000000");
    }
    command
}

pub(crate) fn send(pid: u32, signal: Signal) {
    kill(Pid::from_raw(i32::try_from(pid).unwrap()), signal).unwrap();
}
