//! Runs the cases: those beside each rule file against the rules compiled into the crate, those of the fixtures against the
//! fixture's rules, read by the same compiler.

use crate::cases::{Case, CaseFile};
use crate::compile;
use autolytiq_money::Money;
use autolytiq_tax::{
    CapitalizedTax, JurisdictionVersion, RuleError, SectionKind, TaxOutcome, doc_fee_limit, evaluate, evaluate_lease,
    evaluate_note, fees, finance_limits, jurisdiction,
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Files of a folder whose name ends so, in order.
fn files(name: &str, ending: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.to_string_lossy().ends_with(ending));
    found.sort();
    found
}

fn read_cases(path: &Path) -> CaseFile {
    let text = fs::read_to_string(path).unwrap();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What went wrong in one case.
#[derive(Default)]
struct Complaints(Vec<String>);

impl Complaints {
    fn same<T: PartialEq + Debug>(&mut self, what: &str, expected: &T, got: &T) {
        if expected != got {
            self.0.push(format!("{what}: expected {expected:?}, got {got:?}"));
        }
    }
}

type Rules<'a> = &'a dyn Fn(Date) -> Result<&'static JurisdictionVersion, RuleError>;

fn outcome(case: &Case, version: &'static JurisdictionVersion) -> Result<(TaxOutcome, Money, Money), RuleError> {
    let rates = case.rates();
    case.facts(|facts| match &case.lease {
        Some(lease) => {
            let quantities = |tax| Ok::<_, RuleError>(lease.quantities(tax, case.products()));
            let upfront = CapitalizedTax { all: lease.capitalize_tax, each: &BTreeMap::new() };
            let found = evaluate_lease(version, facts, &rates, &upfront, quantities)?;
            Ok((found.outcome, found.capitalized, found.quantities.payment))
        }
        None => Ok((evaluate(version, facts, &rates)?, Money::ZERO, Money::ZERO)),
    })
}

fn check(case: &Case, rules: Rules<'_>) -> Vec<String> {
    let mut complaints = Complaints::default();
    let expect = &case.expect;
    let result = rules(case.date).and_then(|version| Ok((version, outcome(case, version)?)));
    let (version, (outcome, capitalized, payment)) = match result {
        Ok(found) => found,
        Err(error) => {
            complaints.same("error", &expect.error.as_deref(), &Some(error.code()));
            return complaints.0;
        }
    };
    complaints.same("error", &expect.error.as_deref(), &None);
    if let Some(lines) = &expect.lines {
        let got: BTreeMap<String, Money> = outcome
            .lines
            .iter()
            .filter(|line| !line.amount.is_zero() || lines.contains_key(line.id.as_ref()))
            .map(|line| (line.id.to_string(), line.amount))
            .collect();
        complaints.same("lines", lines, &got);
    }
    for (id, base) in &expect.bases {
        let got = outcome.lines.iter().find(|line| line.id == id.as_str()).map(|line| line.base);
        complaints.same(&format!("base of {id}"), &Some(*base), &got);
    }
    let sums = [
        ("total", expect.total, outcome.total()),
        ("upfront", expect.upfront, outcome.upfront()),
        ("buyer pays", expect.buyer_pays, outcome.buyer_pays()),
        ("capitalized", expect.capitalized, Ok(capitalized)),
        ("payment", expect.payment, Ok(payment)),
    ];
    for (what, expected, got) in sums {
        if let Some(expected) = expected {
            complaints.same(what, &expected, &got.unwrap());
        }
    }
    for (number, amount) in &expect.on_payment {
        let got = outcome.on_payment(number.parse().unwrap()).unwrap();
        complaints.same(&format!("tax on payment {number}"), amount, &got);
    }
    for code in &expect.notices {
        let there = outcome.notices.iter().any(|notice| notice.code == code.as_str());
        complaints.same(&format!("notice {code}"), &true, &there);
    }
    charges(case, version, &mut complaints);
    if let Some(expected) = &expect.unverified {
        let got: Vec<String> =
            outcome.lines.iter().filter(|line| !line.verified).map(|line| line.id.to_string()).collect();
        complaints.same("unverified", expected, &got);
    }
    if !complaints.0.is_empty() {
        for line in &outcome.lines {
            complaints.0.push(format!("    {} {} (base {}): {:?}", line.id, line.amount, line.base, line.steps));
        }
    }
    complaints.0
}

/// Fees, limits and stamps.
fn charges(case: &Case, version: &'static JurisdictionVersion, complaints: &mut Complaints) {
    let expect = &case.expect;
    case.facts(|facts| {
        let got = fees(version, facts).unwrap().fees;
        for (code, amount) in &expect.fees {
            let fee = got.iter().find(|fee| fee.code == code).map(|fee| fee.amount);
            complaints.same(&format!("fee {code}"), &Some(*amount), &fee);
        }
        for code in &expect.no_fees {
            complaints.same(&format!("fee {code}"), &None, &got.iter().find(|fee| fee.code == code).map(|f| f.amount));
        }
        if let Some(limit) = expect.doc_fee_limit {
            let got = doc_fee_limit(version, facts).unwrap().map(|limit| limit.limit);
            complaints.same("limit of the document fee", &Some(limit), &got);
        }
        if let Some(limits) = &expect.finance_limits {
            let got = finance_limits(version, facts).unwrap();
            let got: BTreeMap<String, _> = got.iter().map(|limit| (limit.id.to_owned(), limit.limit)).collect();
            complaints.same("limits on credit", limits, &got);
        }
        if let Some(note) = case.note {
            let got = evaluate_note(version, facts, &case.rates(), note, case.note_tax_financed).unwrap();
            let got = got.lines.iter().map(|line| (line.id.to_string(), line.amount)).collect();
            complaints.same("taxes on the note", &expect.note, &got);
        }
    });
}

fn run(path: &Path, rules: Rules<'_>) -> (usize, Vec<String>) {
    let file = read_cases(path);
    let name = path.file_name().unwrap().to_string_lossy();
    let mut failures = Vec::new();
    for case in &file.case {
        for complaint in check(case, rules) {
            failures.push(format!("{name} {}: {complaint}\n    ({}; {})", case.id, case.why, case.source));
        }
    }
    (file.case.len(), failures)
}

#[test]
fn cases_of_the_jurisdictions_hold() {
    let mut failures = Vec::new();
    for path in files("rules", ".cases.toml") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let code = name.trim_end_matches(".cases.toml").to_owned();
        let (count, mut failed) = run(&path, &|date| jurisdiction(&code, date));
        println!("{code}: {count} cases, {} complaints", failed.len());
        failures.append(&mut failed);
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn every_rule_file_has_at_least_eight_cases() {
    for path in files("rules", ".toml") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".cases.toml") {
            continue;
        }
        let cases = path.with_extension("cases.toml");
        assert!(cases.exists(), "{name} has no cases beside it");
        assert!(read_cases(&cases).case.len() >= 8, "{name} has fewer than 8 cases");
    }
}

/// A fixture's text: it shows a few shapes, so the source and the sections it does not write itself are added.
pub(crate) fn fixture(path: &Path) -> String {
    let mut text = fs::read_to_string(path).unwrap();
    text.push_str("\n[sources.statute]\ntitle = \"Statute\"\npublisher = \"Fixture\"\nchecked = \"2026-11-21\"\n");
    for kind in SectionKind::ALL {
        let heading = format!("[sections.{}]", kind.word());
        if !text.contains(&heading) {
            text.push_str(&format!("{heading}\nwords = \"\"\nverified = true\nsources = [\"statute\"]\n"));
        }
    }
    text
}

#[test]
fn cases_of_the_fixtures_hold() {
    let mut failures = Vec::new();
    for path in files("tests/fixtures", ".toml") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".cases.toml") {
            continue;
        }
        let text = fixture(&path);
        let loaded = compile::load(&name, &text).unwrap_or_else(|problem| panic!("{problem}"));
        let versions: &'static [JurisdictionVersion] = loaded.versions.leak();
        let rules = |date: Date| {
            let found = versions.iter().rev().find(|version| version.effective <= date);
            found.ok_or(RuleError::BeforeFirstVersion { code: "XX", first: versions[0].effective, date })
        };
        let (count, mut failed) = run(&path.with_extension("cases.toml"), &rules);
        println!("{name}: {count} cases, {} complaints", failed.len());
        failures.append(&mut failed);
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
