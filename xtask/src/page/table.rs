//! The part of `docs/performance.md` on the pages.

use std::fmt::Write as _;

use serde::Deserialize;

/// What `measure.mjs` prints: times in milliseconds, memory in MB (10^6 bytes).
#[derive(Debug, Deserialize)]
pub(super) struct Measured {
    pub(super) browser: String,
    pub(super) profiles: Vec<Profile>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Profile {
    pub(super) name: String,
    pub(super) sign_in: FirstLoad,
    pub(super) desk: FirstLoad,
    pub(super) deal: FirstLoad,
    pub(super) opens: Opens,
    /// Keys with the grid closed and open.
    pub(super) closed: Keys,
    pub(super) open: Keys,
    pub(super) memory: Memory,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FirstLoad {
    pub(super) largest: f64,
    pub(super) interactive: f64,
    pub(super) script_bytes: f64,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Opens {
    pub(super) first: f64,
    pub(super) later: f64,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Keys {
    pub(super) count: u32,
    pub(super) changed50: f64,
    pub(super) changed95: f64,
    pub(super) painted50: f64,
    pub(super) painted95: f64,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Memory {
    pub(super) heap: f64,
    pub(super) renderer: f64,
}

const LARGEST: f64 = 800.0;
const INTERACTIVE: f64 = 1_000.0;
/// Bytes.
const SCRIPT: f64 = 200_000.0;
const KEY: f64 = 16.0;

pub(super) fn part(measured: &Measured, load_average: &str, date: &str) -> String {
    let mut text = format!(
        "## The pages\n\n\
         Measured on {date} by `cargo xtask page` in headless Chromium {} against the release executable on the same two cores, as\n\
         the sales manager of the small demonstration store, after a load average of {load_average} in the minute before. First\n\
         loads have an empty cache, the median of five. *Interactive*: the page's own content is painted and every long task\n\
         that had begun by then is over. *Key to figures*: from the key event's time stamp to the changed figures in the\n\
         document; *key to paint*: to a message posted from the frame that draws them, which is delivered after that frame was\n\
         painted, so that the wait for the screen's next frame, up to 16.7 ms, is in it. Script bytes are after `gzip -9`,\n\
         without the engine's module.\n",
        measured.browser
    );
    for (index, profile) in measured.profiles.iter().enumerate() {
        // The targets are for the machine itself.
        let targets = index == 0;
        let _ = write!(text, "\n### On {}\n\n| what | target | measured | met |\n|---|---|---|---|\n", profile.name);
        for Row { what, target, unit, measured } in rows(profile) {
            let target = target.filter(|_| targets);
            let wanted = target.map_or_else(String::new, |target| format!("< {target:.0} {unit}"));
            let met = target.map_or("", |target| if measured < target { "yes" } else { "no" });
            let _ = writeln!(text, "| {what} | {wanted} | {measured:.0} {unit} | {met} |");
        }
    }
    text
}

struct Row {
    what: String,
    target: Option<f64>,
    unit: &'static str,
    measured: f64,
}

fn rows(profile: &Profile) -> Vec<Row> {
    let row = |what: String, target, unit, measured| Row { what, target, unit, measured };
    let mut rows = Vec::new();
    for (page, load) in
        [("sign-in", profile.sign_in), ("desk log", profile.desk), ("a deal, by its address", profile.deal)]
    {
        rows.push(row(format!("{page}: largest content painted"), Some(LARGEST), "ms", load.largest));
        rows.push(row(format!("{page}: interactive"), Some(INTERACTIVE), "ms", load.interactive));
        rows.push(row(format!("{page}: script, gzipped"), Some(SCRIPT / 1e3), "kB", load.script_bytes / 1e3));
    }
    rows.push(row("a deal opened from the desk log, the first".to_owned(), None, "ms", profile.opens.first));
    rows.push(row("a deal opened from the desk log, later ones".to_owned(), None, "ms", profile.opens.later));
    for (when, keys) in [("grid closed", profile.closed), ("grid open", profile.open)] {
        let name = |what: &str| format!("{what}, {when}, {} keys", keys.count);
        rows.push(row(name("key to figures, median"), None, "ms", keys.changed50));
        rows.push(row(name("key to figures, p95"), Some(KEY), "ms", keys.changed95));
        rows.push(row(name("key to paint, median"), None, "ms", keys.painted50));
        rows.push(row(name("key to paint, p95"), Some(KEY), "ms", keys.painted95));
    }
    rows.push(row("JavaScript heap with a deal and its grid open".to_owned(), None, "MB", profile.memory.heap));
    rows.push(row("renderer's private memory".to_owned(), None, "MB", profile.memory.renderer));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(name: &str, key: f64) -> Profile {
        let load = FirstLoad { largest: 799.0, interactive: 1_001.0, script_bytes: 199_999.0 };
        let keys = Keys { count: 40, changed50: 1.0, changed95: key, painted50: 1.0, painted95: 17.0 };
        Profile {
            name: name.to_owned(),
            sign_in: load,
            desk: load,
            deal: load,
            opens: Opens { first: 100.0, later: 50.0 },
            closed: keys,
            open: keys,
            memory: Memory { heap: 7.0, renderer: 80.0 },
        }
    }

    #[test]
    fn the_machine_itself_is_held_against_the_targets_and_the_slow_one_is_told() {
        let measured = Measured {
            browser: "1".to_owned(),
            profiles: vec![profile("this machine", 15.9), profile("a slow one", 200.0)],
        };
        let text = part(&measured, "0.1", "2026-11-21");
        let (fast, slow) = text.split_once("### On a slow one").unwrap();
        assert!(fast.contains("| sign-in: largest content painted | < 800 ms | 799 ms | yes |"));
        assert!(fast.contains("| sign-in: interactive | < 1000 ms | 1001 ms | no |"));
        assert!(fast.contains("| key to figures, p95, grid open, 40 keys | < 16 ms | 16 ms | yes |"));
        assert!(fast.contains("| key to paint, p95, grid closed, 40 keys | < 16 ms | 17 ms | no |"));
        assert!(!slow.contains("yes") && !slow.contains(" no "));
    }
}
