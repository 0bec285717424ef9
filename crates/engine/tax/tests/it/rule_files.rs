//! The compiled rule files: their days, their hashes, and what the engine for the browser is handed.

use autolytiq_tax::jurisdictions;

#[test]
fn every_rule_file_covers_its_days_without_gaps_and_carries_its_hash() {
    let mut codes: Vec<&str> = jurisdictions().iter().map(|jurisdiction| jurisdiction.code).collect();
    for jurisdiction in jurisdictions() {
        for pair in jurisdiction.versions.windows(2) {
            assert_eq!(pair[0].next, Some(pair[1].effective), "{}", jurisdiction.code);
            assert!(pair[0].effective < pair[1].effective);
        }
        let last = jurisdiction.versions.last().unwrap();
        assert_eq!(last.next, None);
        for version in jurisdiction.versions {
            assert_eq!(version.hash, crate::compile::pack::hash(version), "{} {}", version.code, version.effective);
            assert_eq!(jurisdiction.on(version.effective).unwrap().hash, version.hash);
        }
        let first = jurisdiction.versions[0].effective;
        let before = jurisdiction.on(first.yesterday().unwrap());
        assert_eq!(before.unwrap_err().code(), "before-first-rules");
    }
    let sorted = {
        codes.sort_unstable();
        codes.clone()
    };
    assert_eq!(codes, sorted);
}

/// As the browser hands them over; natively the rules are carried, and the check is the same.
#[test]
fn rules_of_another_build_and_truncated_ones_are_refused() {
    let rules = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin")).to_vec();
    let foreign = Err(autolytiq_tax::RuleError::ForeignRules);
    assert_eq!(autolytiq_tax::supply(rules[..rules.len() - 1].to_vec()), foreign);
    assert_eq!(autolytiq_tax::supply([rules.clone(), vec![0]].concat()), foreign);
    assert_eq!(autolytiq_tax::supply(Vec::new()), foreign);
    let mut other = rules.clone();
    other[31] ^= 1;
    assert_eq!(autolytiq_tax::supply(other), foreign);
    assert_eq!(autolytiq_tax::supply(rules.clone()), Ok(()));
    assert_eq!(autolytiq_tax::supply(rules), Ok(()));
}
