use std::io;

use serde_json::json;

use super::{FieldError, Problem, codes};

#[test]
fn a_problem_has_the_members_of_rfc_9457_and_ours() {
    let problem = Problem::new(&codes::CONFLICT, "the deal is closed").with("state", "closed");
    assert_eq!(
        problem.to_json("r-1"),
        json!({
            "type": "/problems/conflict",
            "title": "The current state does not allow this",
            "status": 409,
            "detail": "the deal is closed",
            "code": "conflict",
            "requestId": "r-1",
            "state": "closed",
        })
    );
}

#[test]
fn a_fault_of_ours_tells_the_client_nothing_and_the_log_everything() {
    let problem = Problem::internal(io::Error::other("relation \"deal\" does not exist"));
    let body = problem.to_json("r-2").to_string();
    assert!(!body.contains("relation"), "{body}");
    assert_eq!(problem.source_chain(), ["relation \"deal\" does not exist"]);
}

#[test]
fn extension_members_never_replace_the_standard_ones() {
    let problem = Problem::new(&codes::FORBIDDEN, "no").with("status", 200).with("code", "fine");
    let body = problem.to_json("r");
    assert_eq!((body["status"].as_u64(), body["code"].as_str()), (Some(403), Some("forbidden")));
}

#[test]
fn field_errors_keep_their_pointers() {
    let problem =
        Problem::invalid(vec![FieldError::new("/price", "negative", "must not be negative").below("/lines/0")]);
    assert_eq!(problem.to_json("r")["errors"][0]["pointer"], "/lines/0/price");
    assert_eq!(problem.code().status, 422);
}

#[test]
fn codes_are_unique_lower_case_words_with_an_error_status() {
    let mut seen = std::collections::BTreeSet::new();
    for code in codes::CODES {
        assert!(seen.insert(code.code), "{} is declared twice", code.code);
        assert!((400..600).contains(&code.status), "{}", code.code);
        assert!(code.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", code.code);
    }
}
