//! How far a long command is, on a terminal.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the line on the terminal changes.
const EVERY: Duration = Duration::from_millis(250);

/// One line that is written over and over; nothing where the standard error is no terminal.
pub(crate) struct Steps {
    shown: bool,
    step: &'static str,
    begun: Instant,
    told: Option<Instant>,
}

impl Steps {
    pub(crate) fn new() -> Self {
        Self { shown: io::stderr().is_terminal(), step: "", begun: Instant::now(), told: None }
    }

    /// So many bytes of a step are done, of so many where that is known.
    pub(crate) fn at(&mut self, step: &'static str, done: u64, total: Option<u64>) {
        if !self.shown {
            return;
        }
        if step != self.step {
            (self.step, self.begun, self.told) = (step, Instant::now(), None);
        }
        if self.told.is_some_and(|told| told.elapsed() < EVERY) {
            return;
        }
        self.told = Some(Instant::now());
        let speed = done / self.begun.elapsed().as_secs().max(1);
        let mut line = step.to_owned();
        if done > 0 {
            line.push_str(&format!(", {} MB, {} MB/s", done / 1_000_000, speed / 1_000_000));
        }
        if let Some(total) = total.filter(|total| *total > 0) {
            let left = total.saturating_sub(done) / speed.max(1);
            line.push_str(&format!(", {} %, about {left} s left", done.saturating_mul(100) / total));
        }
        show(&format!("\r\x1b[K{line}"));
    }

    /// Takes the line away.
    pub(crate) fn end(&self) {
        if self.shown {
            show("\r\x1b[K");
        }
    }
}

/// A terminal that has gone away is no reason to stop.
fn show(text: &str) {
    let mut terminal = io::stderr().lock();
    let _ = terminal.write_all(text.as_bytes()).and_then(|()| terminal.flush());
}
