//! What the tax rules say of a store's settings: its documentation fee, and its choices where a law leaves one.

use std::collections::BTreeMap;

use autolytiq_kernel::problem::FieldError;
use autolytiq_money::Money;
use autolytiq_tax::{
    Amounts, Buyer, Condition, DealKind, Facts, JurisdictionVersion, Occasion, Place, Seller, Vehicle, doc_fee_limit,
    jurisdiction, jurisdictions,
};
use jiff::civil::Date;

/// Choices by state, then by the choice's name in the rules.
pub type Elections = BTreeMap<String, BTreeMap<String, String>>;

/// The price at which a limit that depends on the price is loosest: the most a deal may have.
const HIGHEST_PRICE: Money = Money::from_cents(1_000_000_000);

/// Choices that no version of their state's rules knows.
pub(super) fn election_faults(elections: &Elections) -> Vec<FieldError> {
    let mut faults = Vec::new();
    for (state, choices) in elections {
        let Some(rules) = jurisdictions().iter().find(|rules| rules.code == state.as_str()) else {
            let detail = format!("there are no tax rules of '{state}'");
            faults.push(FieldError::new(format!("/elections/{state}"), "unknown-state", detail));
            continue;
        };
        for (name, option) in choices {
            if !rules.versions.iter().any(|version| knows(version, name, option)) {
                let detail = format!("the rules of {} know no choice '{name}' of '{option}'", rules.name);
                faults.push(FieldError::new(format!("/elections/{state}/{name}"), "unknown-election", detail));
            }
        }
    }
    faults
}

/// The choices for a deal of this state and day: those that its rules know.
#[must_use]
pub fn elections_on(elections: &Elections, state: &str, day: Date) -> BTreeMap<String, String> {
    let (Some(chosen), Ok(rules)) = (elections.get(state), jurisdiction(state, day)) else { return BTreeMap::new() };
    chosen.iter().filter(|(name, option)| knows(rules, name, option)).map(|(a, b)| (a.clone(), b.clone())).collect()
}

fn knows(rules: &JurisdictionVersion, name: &str, option: &str) -> bool {
    let mut options = rules.choices.iter().filter(|choice| choice.name == name).flat_map(|choice| choice.options);
    options.any(|known| known.name == option)
}

/// A documentation fee that is unlawful at any price in the store's state. One that is unlawful only at some prices, or only
/// presumed unreasonable, is left to each deal.
pub(crate) fn doc_fee_fault(state: &str, day: Date, fee: Money) -> Option<FieldError> {
    let rules = jurisdiction(state, day).ok()?;
    let place = Place { state: state.to_owned(), ..Place::default() };
    let (vehicle, buyer, elections) = (Vehicle::of(Condition::New), Buyer::default(), BTreeMap::new());
    let facts = Facts {
        date: day,
        deal: DealKind::Cash,
        occasion: Occasion::Sale,
        seller: Seller::NewDealer,
        seller_financed: false,
        lien: false,
        vehicle: &vehicle,
        buyer: &buyer,
        dealer_place: &place,
        buyer_place: &place,
        garaging_place: &place,
        elections: &elections,
        amounts: Amounts { price: HIGHEST_PRICE, doc_fee: fee, ..Amounts::default() },
        term_months: None,
        lease: None,
        amount_financed: None,
    };
    let cap = doc_fee_limit(rules, &facts).ok()??;
    if fee <= cap.limit || !cap.binding || !cap.verified {
        return None;
    }
    let detail = format!(
        "at most {} in {}: {} ({}, {})",
        cap.limit, rules.name, cap.words, cap.source.title, cap.source.citation
    );
    Some(FieldError::new("/docFee", "doc-fee-above-limit", detail))
}

#[cfg(test)]
mod tests {
    use autolytiq_money::Money;
    use jiff::civil::{Date, date};
    use serde_json::json;

    use super::{Elections, doc_fee_fault, election_faults, elections_on};

    const DAY: Date = date(2026, 11, 21);

    #[test]
    fn a_fee_above_a_binding_cap_is_refused_with_cap_and_source() {
        // California Vehicle Code 11713.1: 85 dollars for a dealer with the department's electronic system.
        assert!(doc_fee_fault("CA", DAY, Money::from_cents(8_500)).is_none());
        let fault = doc_fee_fault("CA", DAY, Money::from_cents(8_501)).unwrap();
        assert_eq!((fault.pointer.as_str(), fault.code.as_ref()), ("/docFee", "doc-fee-above-limit"));
        assert!(fault.detail.contains("85.00"), "{}", fault.detail);
        assert!(doc_fee_fault("CA", DAY, Money::ZERO).is_none());
    }

    #[test]
    fn a_presumed_limit_and_a_state_without_one_refuse_nothing() {
        // Texas Finance Code 348.006: 225 is presumed reasonable, more needs a filing. Georgia has no cap.
        for state in ["TX", "GA", "PR"] {
            assert!(doc_fee_fault(state, DAY, Money::from_cents(90_000)).is_none(), "{state}");
        }
    }

    #[test]
    fn choices_are_those_of_the_rules() {
        let read = |value| serde_json::from_value::<Elections>(value).unwrap();
        let (state, name, option) = autolytiq_tax::jurisdictions()
            .iter()
            .find_map(|rules| {
                let choice = rules.versions.last()?.choices.first()?;
                Some((rules.code, choice.name, choice.options.last()?.name))
            })
            .unwrap();
        let known = read(json!({ state: { name: option } }));
        assert!(election_faults(&known).is_empty());
        assert_eq!(elections_on(&known, state, date(2027, 1, 1)).get(name).map(String::as_str), Some(option));
        assert!(elections_on(&known, "ZZ", DAY).is_empty());
        let wrong = read(json!({ state: { name: "both", "moon": "full" }, "ZZ": {} }));
        assert_eq!(election_faults(&wrong).len(), 3);
    }
}
