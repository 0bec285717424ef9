//! `docs/conformance.md`: what the rules rest on, jurisdiction by jurisdiction, printed from the rules, their cases and the
//! oracle's deals.

use autolytiq_tax::{Description, LineDescription, Source, describe};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_committed_list_is_the_one_of_the_rules() {
    let printed = render();
    let committed = here("../../../docs/conformance.md");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&committed, &printed).unwrap();
    }
    let found = fs::read_to_string(committed).unwrap_or_default();
    assert!(found == printed, "run UPDATE_SNAPSHOTS=1 cargo test -p autolytiq-finance conformance and commit the diff");
}

/// How many deals the oracle writes for each jurisdiction.
fn oracle_deals() -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for line in crate::oracle::lines().lines() {
        let id = line.trim_start_matches("{\"id\": \"");
        *counted.entry(id.get(..2).unwrap_or_default().to_owned()).or_default() += 1;
    }
    counted
}

fn cases(code: &str) -> usize {
    let text = fs::read_to_string(here(&format!("../tax/rules/{code}.cases.toml"))).unwrap();
    text.lines().filter(|line| line.trim() == "[[case]]").count()
}

fn render() -> String {
    let deals = oracle_deals();
    let newest = autolytiq_tax::jurisdictions().iter().filter_map(|rules| Some((rules, rules.versions.last()?)));
    let all: Vec<_> = newest.map(|(rules, version)| (rules, describe(version))).collect();
    let (mut head, mut body) = (String::new(), String::new());
    let (mut sum_cases, mut sum_deals, mut unverified_sections) = (0, 0, 0);
    for (rules, rule) in &all {
        let (cases, deals) = (cases(rule.code), deals.get(rule.code).copied().unwrap_or_default());
        let doubtful: Vec<_> = rule.sections.iter().filter(|section| !section.verified).collect();
        let items = doubtful_items(rule);
        (sum_cases, sum_deals) = (sum_cases + cases, sum_deals + deals);
        unverified_sections += doubtful.len();
        let first = rules.versions.first().map_or(rule.effective, |version| version.effective);
        writeln!(
            head,
            "| [{}](#{}) | {} | {first} | {} | {cases} | {deals} | {} | {} |",
            rule.code,
            rule.code.to_lowercase(),
            rule.name,
            rules.versions.len(),
            rule.sections.len() - doubtful.len(),
            items.len(),
        )
        .unwrap();
        writeln!(body, "\n## {}\n\n{}: {}.", rule.code, rule.name, rule.tax).unwrap();
        if !doubtful.is_empty() || !items.is_empty() {
            body.push_str("\nNot verified:\n\n");
        }
        for section in doubtful {
            let name = format!("{:?}", section.section);
            writeln!(body, "- section {name}: {}", section.reason.unwrap_or_default()).unwrap();
        }
        body.push_str(&items.concat());
        body.push_str("\nSources:\n\n");
        for source in sources(rule) {
            writeln!(body, "- {source}").unwrap();
        }
    }
    format!(
        "# Conformance\n\n\
        Printed by the engine's tests from the rules themselves; do not edit. Renew it with\n\
        `UPDATE_SNAPSHOTS=1 cargo test -p autolytiq-finance conformance`.\n\n\
        {} jurisdictions with {sum_cases} worked cases beside their rules (`crates/engine/tax/rules`) and {sum_deals} deals at \
        their thresholds whose figures\ncome from a second program that reads the facts by itself \
        (`crates/engine/finance/oracle`). {unverified_sections} of {} sections are not verified:\nwherever one takes part \
        in a result, the result says so. Measured speeds are in `docs/performance.md`.\n\n\
        | code | jurisdiction | rules from | versions | cases | oracle's deals | sections verified, of 10 | single values not verified |\n\
        |---|---|---|---|---|---|---|---|\n{head}{body}",
        all.len(),
        all.len() * 10,
    )
}

/// Lines and limits of verified sections that are themselves in doubt.
fn doubtful_items(rule: &Description) -> Vec<String> {
    let lists: [(&str, &[LineDescription]); 5] = [
        ("tax on a sale", &rule.retail),
        ("tax on a lease", &rule.lease),
        ("tax on the note", &rule.note),
        ("fee", &rule.fees),
        ("limit on the document fee", &rule.doc_fee_limits),
    ];
    let section_reasons: Vec<_> = rule.sections.iter().filter_map(|section| section.reason).collect();
    let own = |reason: Option<&'static str>| reason.filter(|reason| !section_reasons.contains(reason));
    let mut items = Vec::new();
    for (kind, lines) in lists {
        for line in lines.iter().filter(|line| !line.verified) {
            if let Some(reason) = own(line.reason) {
                items.push(format!("- {kind} `{}`, {}: {reason}\n", line.id, line.name));
            }
        }
    }
    for limit in rule.finance_limits.iter().filter(|limit| !limit.verified) {
        if let Some(reason) = own(limit.reason) {
            items.push(format!("- limit of the rate `{}`, {}: {reason}\n", limit.id, limit.name));
        }
    }
    items
}

/// Every source once, in order of its citation.
fn sources(rule: &Description) -> Vec<String> {
    let lines = [&rule.retail, &rule.lease, &rule.note, &rule.fees, &rule.doc_fee_limits];
    let of_sections = rule.sections.iter().flat_map(|section| section.sources.iter().copied());
    let of_lines = lines.into_iter().flatten().map(|line| line.source);
    let of_limits = rule.finance_limits.iter().map(|limit| limit.source);
    let words = |source: &Source| {
        let citation = if source.citation.is_empty() { String::new() } else { format!("{}, ", source.citation) };
        format!("{citation}{} ({})", source.title, source.publisher)
    };
    let mut all: Vec<_> = of_sections.chain(of_lines).chain(of_limits).map(words).collect();
    all.sort();
    all.dedup();
    all
}
