//! `docs/performance.md`: a part for each task that measures, each written by its task alone.

use std::fs;

use anyhow::{Context, Result};

use crate::cmd;

const TITLE: &str = "# Performance\n\nEvery figure on this page was measured and written by the task that its part names; none is entered by hand.\n";
/// The parts in the order in which they stand.
const PARTS: [&str; 5] = ["bench", "load", "flood", "page", "endurance"];

/// Writes one part and leaves the others as they are. `text` begins with its heading, of the second level.
pub(crate) fn write(part: &str, text: &str) -> Result<()> {
    let file = cmd::root().join("docs/performance.md");
    let page = fs::read_to_string(&file).unwrap_or_default();
    fs::write(&file, put(&page, part, text)).with_context(|| format!("writing {}", file.display()))
}

/// The day, as the page says it.
pub(crate) fn today() -> Result<String> {
    Ok(cmd::output(cmd::program("date", cmd::root()).arg("+%F"))?.trim().to_owned())
}

/// What the machine had to do in the last minute, which decides what a figure is worth: runnable processes on the average.
pub(crate) fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("unknown").to_owned()
}

fn put(page: &str, part: &str, text: &str) -> String {
    let mut whole = TITLE.to_owned();
    for name in PARTS {
        let content = if name == part { Some(text) } else { between(page, name) };
        if let Some(content) = content {
            whole.push_str(&format!("\n{}\n{}\n{}\n", begin(name), content.trim(), end(name)));
        }
    }
    whole
}

fn between<'a>(page: &'a str, part: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&begin(part))?;
    rest.split_once(&end(part)).map(|(content, _)| content)
}

fn begin(part: &str) -> String {
    format!("<!-- begin {part} -->")
}

fn end(part: &str) -> String {
    format!("<!-- end {part} -->")
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn a_part_is_replaced_and_the_others_stay_in_their_order() {
        let page = put("", "load", "## Load\n\none");
        let page = put(&page, "bench", "## Engine\n\ntwo");
        let page = put(&page, "load", "## Load\n\nthree");
        let at = |text: &str| page.find(text).unwrap();
        assert!(at("## Engine") < at("## Load") && at("two") < at("three"));
        assert!(!page.contains("one\n") && page.matches("<!-- begin load -->").count() == 1);
        assert_eq!(put(&page, "load", "## Load\n\nthree"), page);
    }
}
