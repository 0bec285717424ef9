//! `kill -9` of the product and of PostgreSQL, again and again under write load: what was acknowledged is there, and
//! nothing is there by halves. Once as one process, once as three.
//!
//! The suite kills a few times; `cargo xtask endure` runs the same tests with many more rounds and shows their tables.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;
use std::thread;
use std::time::{Duration, Instant};

use autolytiq_kernel::Ids;
use nix::sys::signal::Signal;

use crate::client::Client;
use crate::fleet::{Fleet, Part};
use crate::installation::{Installation, PATIENCE, executable, postmaster, send, set_up};
use crate::ledger::{Load, Session, StopOnDrop, check, create_vehicle, laws, write};

/// Rounds of each test where the environment does not say otherwise.
const ROUNDS_OF_ONE: u64 = 20;
const ROUNDS_OF_THREE: u64 = 4;
const ROUNDS_VARIABLE: &str = "AUTOLYTIQ_KILLS";
const WRITERS: usize = 2;

fn rounds(otherwise: u64) -> u64 {
    std::env::var(ROUNDS_VARIABLE).map_or(otherwise, |rounds| rounds.parse().unwrap())
}

#[test]
fn killed_at_any_moment_it_loses_nothing_it_acknowledged() {
    let mut installation = Installation::start();
    let client = installation.set_up();
    let data = installation.data();
    endure(rounds(ROUNDS_OF_ONE), &data, &client, &mut |round| match round % 3 {
        0 => {
            installation.kill_product();
            "the product"
        }
        1 => {
            installation.kill_database();
            "PostgreSQL"
        }
        _ => {
            installation.kill_both();
            "both, as a power cut does"
        }
    });
    installation.stop();
    whole(&installation.command(&["audit", "verify"]));
}

#[test]
fn three_processes_killed_at_any_moment_lose_nothing_they_acknowledged() {
    let mut fleet = Fleet::start();
    let data = fleet.data();
    let client = set_up(&fleet.client(Part::Gateway), &data);
    endure(rounds(ROUNDS_OF_THREE), &data, &client, &mut |round| {
        let parts = [(Part::Worker, "the worker"), (Part::Modules, "the modules"), (Part::Gateway, "the gateway")];
        match parts.get(usize::try_from(round % 4).unwrap()) {
            Some((part, name)) => {
                fleet.kill(*part);
                fleet.spawn(*part);
                fleet.wait_ready(*part);
                name
            }
            None => {
                kill_postgres(&data);
                "PostgreSQL of the three"
            }
        }
    });
    for part in [Part::Gateway, Part::Modules, Part::Worker] {
        fleet.stop(part);
    }
    whole(&executable(data.parent().unwrap()).args(["audit", "verify"]).output().unwrap());
}

/// Kills, waits until what was acknowledged is shown again, and holds the ledger against the database; round by round.
/// `kill` names what it has killed and answers when the killed thing has been started again.
fn endure(rounds: u64, data: &Path, client: &Client, kill: &mut dyn FnMut(u64) -> &'static str) {
    let ids = Ids::system();
    let vehicle = create_vehicle(client, &ids);
    let (load, session) = (Load::default(), Session::of(client));
    let mut checked = 0;
    let mut recoveries: BTreeMap<&'static str, Vec<Duration>> = BTreeMap::new();

    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (session, ids, load) = (&session, ids.clone(), &load);
            scope.spawn(move || write(writer, session, &ids, vehicle, load));
        }
        // Also when an assertion fails: the scope ends when the writers do.
        let _stop = StopOnDrop(&load.stop);
        for round in 0..rounds {
            load.wait_for_more_than(checked);
            // Moments that differ from round to round.
            thread::sleep(Duration::from_millis(100 + round * 137 % 700));
            let before = load.acknowledged();
            let killed = Instant::now();
            let victim = kill(round);
            wait_until_shown(&session, &before.last().unwrap().path());
            recoveries.entry(victim).or_default().push(killed.elapsed());
            let acknowledged = load.acknowledged();
            check(data, &session.client(), &acknowledged, round);
            checked = acknowledged.len();
            assert_eq!(load.refused(), Vec::<String>::new(), "round {round}: a valid request was refused");
        }
    });

    check(data, &session.client(), &load.acknowledged(), rounds);
    laws(data);
    assert_eq!(load.refused(), Vec::<String>::new(), "a valid request was refused");
    print(rounds, load.acknowledged().len(), recoveries);
}

fn wait_until_shown(session: &Session, path: &str) {
    let deadline = Instant::now() + PATIENCE;
    while !session.client().get(path).is_ok_and(|answer| answer.status == 200) {
        assert!(Instant::now() < deadline, "{path} is not shown again");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Kills the postmaster; whichever process runs it has to bring it back.
fn kill_postgres(data: &Path) {
    let killed = postmaster(data);
    send(killed, Signal::SIGKILL);
    let deadline = Instant::now() + PATIENCE;
    let another = || {
        fs::read_to_string(data.join("cluster/data/postmaster.pid"))
            .is_ok_and(|file| file.lines().next().is_some_and(|pid| pid.trim() != killed.to_string()))
    };
    while !another() {
        assert!(Instant::now() < deadline, "PostgreSQL did not come back");
        thread::sleep(Duration::from_millis(20));
    }
}

fn whole(verified: &Output) {
    assert!(verified.status.success(), "{verified:?}");
}

/// How long it took from the kill until what was acknowledged was shown again.
#[expect(clippy::print_stdout, reason = "the table is what `cargo xtask endure` is run for")]
fn print(rounds: u64, writes: usize, recoveries: BTreeMap<&'static str, Vec<Duration>>) {
    println!("{rounds} kills, {writes} acknowledged writes, all there; nothing by halves, nothing valid refused\n");
    println!("| killed | rounds | answers again after, median | at the longest |\n|---|---|---|---|");
    for (victim, mut times) in recoveries {
        times.sort_unstable();
        let (median, longest) = (times[times.len() / 2].as_secs_f64(), times[times.len() - 1].as_secs_f64());
        println!("| {victim} | {} | {median:.2} s | {longest:.2} s |", times.len());
    }
}
