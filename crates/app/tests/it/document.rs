//! The API document and the table of modules.

use autolytiq_app::modules::{document, modules};
use autolytiq_config::Config;
use autolytiq_http::assemble::{GATEWAY, WORKER, in_order, select, targets};

use crate::operations;

#[test]
fn every_operation_has_an_id_of_its_own_and_says_what_it_answers() {
    let mut seen = std::collections::BTreeSet::new();
    for operation in operations::all() {
        assert!(seen.insert(operation.id.clone()), "{} stands twice", operation.id);
    }
    let document = serde_json::to_value(document()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.contains_key("default"), "{method} {path}");
            assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path} never succeeds");
            assert!(operation["summary"].is_string(), "{method} {path} has no summary");
        }
    }
}

#[test]
fn no_name_of_a_schema_means_two_things() {
    let clashes = autolytiq_http::openapi::clashes(&modules(&Config::default()));
    assert!(clashes.is_empty(), "give one of each pair another name, by #[schema(as = …)]: {clashes:?}");
}

#[test]
fn every_schema_that_is_referred_to_is_there() {
    let text = serde_json::to_string(&document()).unwrap();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for (at, _) in text.match_indices("#/components/schemas/") {
        let name: String = text[at + 21..].chars().take_while(|c| *c != '"').collect();
        assert!(schemas.contains_key(&name), "{name} is referred to and not there");
    }
}

#[test]
fn the_modules_fit_together_and_every_target_can_be_selected() {
    let modules = modules(&Config::default());
    assert_eq!(in_order(&modules).unwrap().len(), modules.len());
    // The targets of the system's table whose modules exist.
    let expected = ["admin", "auth", "customers", "deals", "gateway", "inventory", "worker"];
    assert_eq!(select(&modules, &["all".to_owned()]).unwrap().into_iter().collect::<Vec<_>>(), expected);
    for name in expected {
        assert_eq!(select(&modules, &[name.to_owned()]).unwrap().into_iter().collect::<Vec<_>>(), [name]);
    }
    let error = select(&modules, &["telephony".to_owned()]).unwrap_err().to_string();
    assert!(error.contains("telephony") && error.contains("inventory"), "{error}");
}

#[test]
fn every_target_but_the_two_without_routes_has_an_address_in_the_configuration() {
    let config = Config::default();
    let known: Vec<&str> = config.targets.addresses().into_iter().map(|(name, _)| name).collect();
    for target in targets(&modules(&config)) {
        assert!(known.contains(&target) || [GATEWAY, WORKER].contains(&target), "{target} cannot be given an address");
    }
}
