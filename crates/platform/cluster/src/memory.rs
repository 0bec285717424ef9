//! How much of the machine's memory the server keeps for itself.

use std::fs;

const MB: u64 = 1024 * 1024;
/// PostgreSQL's own default, for a machine that does not say what it has.
const LEAST: u64 = 128 * MB;
/// Past this, the operating system's cache serves as well.
const MOST: u64 = 4096 * MB;

/// `shared_buffers` for this machine: a quarter of its memory. Only what the data fills is ever taken, so a small store on a
/// laptop leaves it to the others. A page that is not in it is copied from the operating system's cache and its checksum
/// computed: twenty such pages a request at a million deals within 1 GB, one within 3 GB.
pub(crate) fn shared_buffers() -> String {
    let total = fs::read_to_string("/proc/meminfo").ok().as_deref().and_then(total);
    // What a container may use, where that is less; "max" where nothing limits it.
    let limit = fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| text.trim().parse().ok());
    format!("{}MB", share(total.into_iter().chain(limit).min()) / MB)
}

fn share(memory: Option<u64>) -> u64 {
    memory.map_or(LEAST, |bytes| (bytes / 4).clamp(LEAST, MOST))
}

/// The bytes of the line `MemTotal:       16318480 kB`.
fn total(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::{MB, share, total};

    #[test]
    fn a_quarter_within_limits() {
        let shares = [None, Some(256 * MB), Some(8192 * MB), Some(262_144 * MB)].map(|memory| share(memory) / MB);
        assert_eq!(shares, [128, 128, 2048, 4096]);
    }

    #[test]
    fn the_first_line_of_meminfo() {
        assert_eq!(total("MemTotal:        8388608 kB\nMemFree:          190544 kB\n"), Some(8192 * MB));
        assert_eq!(total("MemFree: 1 kB\n"), None);
    }
}
