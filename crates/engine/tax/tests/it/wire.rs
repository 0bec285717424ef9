//! What leaves the crate: descriptions, and the wire form of places, vehicles and local rates.

use autolytiq_tax::{
    Buyer, LocalRate, ResolvedRates, RuleError, Vehicle, describe, jurisdiction, jurisdictions, supported,
};
use jiff::civil::date;
use serde_json::{Value, json};
use std::borrow::Cow;

#[test]
fn a_line_is_described_by_its_formula() {
    let rules = jurisdiction("TN", date(2026, 2, 1)).unwrap();
    let described = describe(rules);
    let formula = |id: &str| described.retail.iter().find(|line| line.id == id).unwrap().formula.clone();
    let article = "(price + accessories + product:appearance + product:theft + doc_fee + taxable_fees - rebate:dealer - \
                   rebate:dealer_incentive - trade:allowance)";
    assert_eq!(formula("state"), format!("0.07 × {article}"));
    assert_eq!(formula("local"), format!("local rate of the dealer place × {article} from 0.00 to 1600.00"));
    assert_eq!(formula("single_article"), format!("0.0275 × {article} from 1600.00 to 3200.00"));
}

#[test]
fn every_jurisdiction_is_described_with_its_sources() {
    for jurisdiction in jurisdictions() {
        for version in jurisdiction.versions {
            let described = describe(version);
            assert_eq!(described.sections.len(), 10, "{}", version.code);
            for section in &described.sections {
                assert!(
                    !section.words.is_empty() && !section.sources.is_empty(),
                    "{} {:?}",
                    version.code,
                    section.section
                );
                assert_eq!(section.verified, section.reason.is_none());
            }
            let lines =
                [&described.retail, &described.lease, &described.note, &described.fees, &described.doc_fee_limits];
            for line in lines.into_iter().flatten() {
                assert!(!line.formula.is_empty(), "{} {}", version.code, line.id);
                assert_eq!(line.verified, line.reason.is_none());
            }
            let json = serde_json::to_value(&described).unwrap();
            assert_eq!(json["hash"], version.hash);
            assert!(json["sections"][0]["sources"][0]["publisher"].is_string());
        }
        let listed = supported(jurisdiction);
        assert_eq!(listed.from, jurisdiction.versions[0].effective);
    }
}

fn rate() -> Value {
    json!({"placeRole": "dealer", "level": "county", "name": "Knox County", "rate": "0.0225", "appliesTo": "both",
        "source": "list of 2026-02", "verified": true})
}

#[test]
fn the_hash_of_the_rates_follows_every_field() {
    let rates = |entry: Value| ResolvedRates {
        as_of: date(2026, 2, 1),
        entries: vec![serde_json::from_value::<LocalRate>(entry).unwrap()],
    };
    let plain = rates(rate());
    assert_eq!(plain.entries[0].tax, "general");
    assert_eq!(plain.hash().len(), 64);
    let changes = [
        ("placeRole", json!("buyer")),
        ("level", json!("city")),
        ("tax", json!("use")),
        ("name", json!("Knox")),
        ("rate", json!("0.0226")),
        ("amount", json!("20.00")),
        ("appliesTo", json!("lease")),
        ("effective", json!("2025-01-01")),
        ("source", json!("list")),
        ("verified", json!(false)),
        ("reason", json!("old")),
    ];
    for (key, value) in changes {
        let mut entry = rate();
        entry[key] = value;
        assert_ne!(rates(entry).hash(), plain.hash(), "{key}");
    }
    assert_ne!(ResolvedRates { as_of: date(2026, 2, 2), ..plain.clone() }.hash(), plain.hash());
    assert_ne!(ResolvedRates::none(date(2026, 2, 1)).hash(), plain.hash());
    // Two entries are not one with a longer name.
    let mut two = plain.clone();
    two.entries.push(plain.entries[0].clone());
    two.entries[1].name = Cow::Borrowed("");
    assert_ne!(two.hash(), plain.hash());
}

#[test]
fn unknown_fields_and_words_are_refused() {
    assert!(serde_json::from_value::<Vehicle>(json!({"condition": "new"})).is_ok());
    assert!(serde_json::from_value::<Vehicle>(json!({"condition": "old"})).is_err());
    assert!(serde_json::from_value::<Vehicle>(json!({"condition": "new", "colour": "red"})).is_err());
    assert!(serde_json::from_value::<Vehicle>(json!({})).is_err());
    assert_eq!(serde_json::from_value::<Buyer>(json!({})).unwrap(), Buyer::default());
    assert!(serde_json::from_value::<Buyer>(json!({"taxPaidElsewhere": 5})).is_err());
}

#[test]
fn errors_name_the_field_to_blame() {
    let unknown = jurisdiction("QQ", date(2026, 2, 1)).unwrap_err();
    assert_eq!((unknown.code(), unknown.pointer().as_str()), ("unknown-jurisdiction", "/buyerPlace/state"));
    let early = jurisdiction("TX", date(1899, 12, 31)).unwrap_err();
    assert_eq!((early.code(), early.pointer().as_str()), ("before-first-rules", "/dealDate"));
    assert!(early.to_string().contains("2024-07-11"));
    let strange = RuleError::UnknownElection { code: "TX", name: "a/b~c".to_owned() };
    assert_eq!(strange.pointer(), "/elections/a~1b~0c");
    // However long the text that came in, the message stays short.
    let long = jurisdiction(&"X".repeat(1_000_000), date(2026, 2, 1)).unwrap_err();
    assert!(long.to_string().len() < 100);
}
