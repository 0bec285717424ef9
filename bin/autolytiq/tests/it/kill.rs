//! `kill -9` of the product and of PostgreSQL, again and again under write load: what was acknowledged is there, and
//! nothing is there by halves.
//!
//! The suite kills a few times; `cargo xtask endure` runs the same test with many more rounds and shows its table.

use std::thread;
use std::time::{Duration, Instant};

use autolytiq_kernel::Ids;

use crate::installation::Installation;
use crate::ledger::{Load, StopOnDrop, check, create_vehicle, laws, write};

/// Rounds where the environment does not say otherwise.
const ROUNDS: u64 = 20;
const ROUNDS_VARIABLE: &str = "AUTOLYTIQ_KILLS";
const WRITERS: usize = 2;

/// What is killed, in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    Product,
    PostgreSql,
    /// Both within a few milliseconds, as when the machine goes down.
    Both,
}

impl Victim {
    const ALL: [Self; 3] = [Self::Product, Self::PostgreSql, Self::Both];

    fn of(round: u64) -> Self {
        let turn = usize::try_from(round % 3).unwrap();
        Self::ALL[turn]
    }
}

#[test]
fn killed_at_any_moment_it_loses_nothing_it_acknowledged() {
    let rounds = std::env::var(ROUNDS_VARIABLE).map_or(ROUNDS, |rounds| rounds.parse().unwrap());
    let mut installation = Installation::start();
    let client = installation.set_up();
    let ids = Ids::system();
    let vehicle = create_vehicle(&client, &ids);
    let load = Load::default();
    let mut checked = 0;
    let mut recoveries: Vec<(Victim, Duration)> = Vec::new();

    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (client, ids, load) = (client.clone(), ids.clone(), &load);
            scope.spawn(move || write(writer, &client, &ids, vehicle, load));
        }
        // Also when an assertion fails: the scope ends when the writers do.
        let _stop = StopOnDrop(&load.stop);
        for round in 0..rounds {
            load.wait_for_more_than(checked);
            // Moments that differ from round to round.
            thread::sleep(Duration::from_millis(100 + round * 137 % 700));
            let victim = Victim::of(round);
            let killed = Instant::now();
            match victim {
                Victim::Product => installation.kill_product(),
                Victim::PostgreSql => installation.kill_database(),
                Victim::Both => installation.kill_both(),
            }
            recoveries.push((victim, killed.elapsed()));
            let acknowledged = load.acknowledged();
            check(&installation, &client, &acknowledged[checked..], round);
            checked = acknowledged.len();
            assert_eq!(load.refused(), Vec::<String>::new(), "round {round}: a valid request was refused");
        }
    });

    check(&installation, &client, &load.acknowledged(), rounds);
    laws(&installation);
    assert_eq!(load.refused(), Vec::<String>::new(), "a valid request was refused");
    installation.stop();
    let verified = installation.command(&["audit", "verify"]);
    assert!(verified.status.success(), "{verified:?}");
    print(rounds, load.acknowledged().len(), &recoveries);
}

/// How long it took from the kill until the product said that it is ready.
fn print(rounds: u64, writes: usize, recoveries: &[(Victim, Duration)]) {
    println!("{rounds} kills, {writes} acknowledged writes, all there; the audit chain is whole");
    println!("| killed | rounds | recovery, median | recovery, longest |\n|---|---|---|---|");
    for victim in Victim::ALL {
        let mut times: Vec<Duration> =
            recoveries.iter().filter(|(killed, _)| *killed == victim).map(|(_, time)| *time).collect();
        times.sort_unstable();
        if let (Some(median), Some(longest)) = (times.get(times.len() / 2), times.last()) {
            println!(
                "| {victim:?} | {} | {:.2} s | {:.2} s |",
                times.len(),
                median.as_secs_f64(),
                longest.as_secs_f64()
            );
        }
    }
}
