//! The API document and the table of modules.

use autolytiq_app::modules::{document, modules};
use autolytiq_config::Config;
use autolytiq_http::assemble::{in_order, select};

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
fn the_modules_fit_together_and_each_is_a_target() {
    let modules = modules(&Config::default());
    assert_eq!(in_order(&modules).unwrap().len(), modules.len());
    let all = select(&modules, &["all".to_owned()]).unwrap();
    let mut union = std::collections::BTreeSet::new();
    for module in &modules {
        union.extend(select(&modules, &[module.name().to_owned()]).unwrap());
    }
    assert_eq!(all, union);
    let error = select(&modules, &["gateway".to_owned()]).unwrap_err().to_string();
    assert!(error.contains("gateway"), "{error}");
}
