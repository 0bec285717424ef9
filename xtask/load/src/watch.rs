//! Memory of the processes, from `/proc`.

use std::fs;

/// Resident memory of these processes together, in MB (10^6 bytes).
pub(crate) fn resident(processes: &[u32]) -> f64 {
    processes.iter().filter_map(|pid| field(&format!("/proc/{pid}/status"), "VmRSS:")).sum::<f64>() / 1e3 * 1.024
}

/// Memory of a process and its children, shared pages divided among those who share them, in MB.
pub(crate) fn proportional(parent: u32) -> f64 {
    let children = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).unwrap_or_default();
    let children = children.split_whitespace().filter_map(|pid| pid.parse().ok());
    let all = children.chain([parent]);
    all.filter_map(|pid: u32| field(&format!("/proc/{pid}/smaps_rollup"), "Pss:")).sum::<f64>() / 1e3 * 1.024
}

/// A line of kilobytes.
fn field(file: &str, name: &str) -> Option<f64> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{proportional, resident};

    #[test]
    fn this_process_has_memory_and_one_that_is_not_there_has_none() {
        let own = std::process::id();
        assert!(resident(&[own]) > 1.0);
        assert!(proportional(own) > 0.5);
        assert!(resident(&[u32::MAX]) == 0.0);
    }
}
