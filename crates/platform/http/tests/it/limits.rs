//! Requests a minute.

use std::num::NonZeroU32;

use autolytiq_http::settings::{Limits, Settings};
use autolytiq_kernel::Role;
use autolytiq_testkit::TestApp;
use serde_json::json;

use crate::toys::{self, Made};

#[tokio::test]
async fn each_person_and_each_address_has_a_limit_of_its_own() {
    let few = NonZeroU32::new(3).unwrap();
    let limits = Limits { log_in_per_address: few, per_person: few, ..Limits::default() };
    let settings = Settings { limits, ..Settings::default() };
    let app = TestApp::with_settings(&[toys::module(&Made::default())], settings).await;
    let store = app.test().store();
    let (one, other) = (app.test().ctx(store, Role::Salesperson), app.test().ctx(store, Role::Salesperson));

    for left in ["2", "1", "0"] {
        let answer = app.client(&one).get("/me").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("x-ratelimit-remaining"), Some(left));
    }
    let refused = app.client(&one).get("/me").await;
    refused.expect_problem(429, "rate-limited");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=20).contains(&wait), "a third of a minute for the next of three, not {wait}");
    assert_eq!(app.client(&other).get("/me").await.status, 200);

    for _ in 0..3 {
        assert_eq!(app.nobody().post("/sign-in", &json!({})).await.status, 200);
    }
    app.nobody().post("/sign-in", &json!({})).await.expect_problem(429, "rate-limited");
    assert_eq!(app.nobody().get("//live").await.status, 200, "probes are free");
}
