//! The module that the browser loads computes what the server computes, to the bit.

// The generator of whole deals belongs to the finance crate's own tests.
#[path = "../../../finance/tests/it/any_column.rs"]
mod any_column;
#[path = "../../../finance/tests/it/any_deal.rs"]
mod any_deal;

use any_deal::any_deal;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// How many deals are held against each other.
const DEALS: usize = 10_000;
/// Of each so many deals one is computed on the desk as well.
const DESKS: usize = 10;
/// Columns of which the trace is asked, whether or not a deal has them.
const COLUMNS: usize = 3;

fn package() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../web/src/engine/pkg")
}

/// Ten thousand deals of one to three columns over all supported states, always the same ones.
#[test]
fn native_and_webassembly_agree_to_the_bit() {
    let (script, module) = (package().join("deal/autolytiq_wasm.js"), package().join("deal/autolytiq_wasm_bg.wasm"));
    assert!(module.is_file(), "the engine's module is missing: run `cargo xtask wasm` first");
    let answer = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/answer.mjs");
    let mut node = Command::new("node")
        .args([&answer, &script, &module, &package().join("autolytiq_rules.bin")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node runs the module: it is a prerequisite of the web client too");
    let mut questions = node.stdin.take().unwrap();
    let mut answers = BufReader::new(node.stdout.take().unwrap()).lines();

    let mut runner = TestRunner::deterministic();
    let strategy = any_deal();
    let deals: Vec<(String, String)> = (0..DEALS)
        .map(|_| {
            let deal = strategy.new_tree(&mut runner).unwrap().current();
            (serde_json::to_string(&deal.input).unwrap(), serde_json::to_string(&deal.rates).unwrap())
        })
        .collect();
    let lines: Vec<String> = deals.iter().map(|(input, rates)| format!("{input}\t{rates}\n")).collect();
    let asking = thread::spawn(move || {
        for line in lines {
            questions.write_all(line.as_bytes()).unwrap();
        }
    });

    let version = answers.next().unwrap().unwrap();
    assert_eq!(version, autolytiq_wasm::engine_version(), "an old module: run `cargo xtask wasm`");
    let mut computed = 0;
    for (number, (input, rates)) in deals.iter().enumerate() {
        let browser = answers.next().unwrap().unwrap();
        let native = autolytiq_wasm::calculate(input, rates);
        assert!(
            browser == native,
            "deal {number}; where only the rules' hash differs the module is old: run `cargo xtask wasm`\n\
             {input} with {rates}\n browser: {browser}\n native:  {native}"
        );
        computed += usize::from(native.starts_with("{\"ok\""));
        // The page of a deal takes the figures and each column's trace by themselves.
        if number % DESKS == 0 {
            let browser = answers.next().unwrap().unwrap();
            let mut desk = autolytiq_wasm::Desk::new(input, rates);
            let mut native = desk.figures();
            for column in 0..COLUMNS {
                native.push_str(&desk.trace(column));
            }
            assert!(browser == native, "deal {number} on the desk\n browser: {browser}\n native:  {native}");
        }
    }
    asking.join().unwrap();
    assert!(node.wait().unwrap().success());
    // Some deals have a documentation fee above a cap; most must have figures, or the comparison says little.
    assert!(computed * 10 > DEALS * 8, "only {computed} of {DEALS} deals had a result");
}
