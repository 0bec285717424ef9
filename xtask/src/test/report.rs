//! What came of each step, as a table that ends with the test runners' own summaries.

use std::fmt;
use std::time::Duration;

pub(crate) enum Outcome {
    Passed { took: Duration, summary: Vec<String> },
    Failed { took: Duration, error: String },
    Skipped(String),
}

#[derive(Default)]
pub(crate) struct Report {
    steps: Vec<(String, Outcome)>,
}

impl Report {
    pub(crate) fn add(&mut self, name: &str, outcome: Outcome) {
        self.steps.push((name.to_owned(), outcome));
    }

    pub(crate) fn failed(&self, name: &str) -> bool {
        self.steps.iter().any(|(step, outcome)| step == name && !matches!(outcome, Outcome::Passed { .. }))
    }

    pub(crate) fn any_failed(&self) -> bool {
        self.steps.iter().any(|(_, outcome)| !matches!(outcome, Outcome::Passed { .. }))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut total = Duration::ZERO;
        writeln!(f, "\n── summary")?;
        for (name, outcome) in &self.steps {
            match outcome {
                Outcome::Passed { took, .. } => {
                    total += *took;
                    writeln!(f, "  {name:<8} passed  {:>7.1} s", took.as_secs_f64())?;
                }
                Outcome::Failed { took, error } => {
                    total += *took;
                    let first = error.lines().next().unwrap_or_default();
                    writeln!(f, "  {name:<8} FAILED  {:>7.1} s  {first}", took.as_secs_f64())?;
                }
                Outcome::Skipped(why) => writeln!(f, "  {name:<8} not run            {why}")?,
            }
        }
        writeln!(f, "  {:<8}         {:>7.1} s", "total", total.as_secs_f64())?;
        for (name, outcome) in &self.steps {
            if let Outcome::Passed { summary, .. } = outcome {
                for line in summary {
                    writeln!(f, "{name}: {}", line.trim())?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(summary: &[&str]) -> Outcome {
        Outcome::Passed {
            took: Duration::from_secs(1),
            summary: summary.iter().map(|line| (*line).to_owned()).collect(),
        }
    }

    #[test]
    fn the_runners_summary_closes_the_report() {
        let mut report = Report::default();
        report.add("rust", passed(&["12 tests run: 12 passed"]));
        assert!(!report.any_failed());
        assert!(report.to_string().ends_with("rust: 12 tests run: 12 passed\n"), "{report}");
    }

    #[test]
    fn a_failed_and_a_missing_step_both_fail_the_run() {
        let mut report = Report::default();
        report.add("wasm", Outcome::Failed { took: Duration::from_secs(2), error: "too large\nby far".to_owned() });
        assert!(report.failed("wasm") && report.any_failed());
        assert!(report.to_string().contains("FAILED      2.0 s  too large\n"), "{report}");

        let mut report = Report::default();
        report.add("web", Outcome::Skipped("wasm failed".to_owned()));
        assert!(report.any_failed());
    }
}
