//! What is answered to good and to bad requests.

use std::time::Duration;

use autolytiq_http::settings::Settings;
use autolytiq_kernel::Role;
use autolytiq_testkit::TestApp;
use http::Method;
use serde_json::json;

use crate::toys::{self, Made};

const TOY: &str = "/toys/01980f3e-7c00-7000-8000-000000000001";

async fn app() -> TestApp {
    TestApp::new(&[toys::module(&Made::default())]).await
}

#[tokio::test]
async fn bad_bodies_are_told_with_pointers() {
    let app = app().await;
    let client = app.client(&app.test().ctx(app.test().store(), Role::SalesManager));
    let post =
        |content_type: &'static str, body: String| client.request(Method::POST, "/toys").raw(content_type, body).send();
    post("text/plain", "{}".into()).await.expect_problem(415, "unsupported-media-type");
    post("application/json", "{\"name\"".into()).await.expect_problem(400, "malformed-json");
    post("application/json", String::new()).await.expect_problem(400, "malformed-json");
    let missing = post("application/json", "{}".into()).await.expect_problem(422, "invalid-field");
    assert_eq!(missing["errors"][0]["pointer"], "/name");
    let typed = client.post("/toys", &json!({ "name": 3, "priceCents": 1 })).await.expect_problem(422, "invalid-field");
    assert_eq!((&typed["errors"][0]["pointer"], &typed["errors"][0]["code"]), (&json!("/name"), &json!("wrong-type")));
    let unknown = client.post("/toys", &json!({ "name": "a", "priceCents": 1, "tax": 2 })).await;
    assert_eq!(unknown.expect_problem(422, "invalid-field")["errors"][0]["pointer"], "/tax");
    let huge = json!({ "name": "x".repeat(1_000_000), "priceCents": 1 });
    client.post("/toys", &huge).await.expect_problem(413, "body-too-large");
}

#[tokio::test]
async fn bad_paths_queries_and_methods_are_told() {
    let app = app().await;
    let client = app.client(&app.test().ctx(app.test().store(), Role::SalesManager));
    client.get("/nowhere").await.expect_problem(404, "not-found");
    client.get("//api/v2/toys").await.expect_problem(404, "not-found");
    client.put("/toys/not-an-id", 7, &json!({})).await.expect_problem(404, "not-found");
    let wrong = client.request(Method::DELETE, "/toys").send().await;
    wrong.expect_problem(405, "method-not-allowed");
    assert!(wrong.header("allow").unwrap().contains("POST"));
    let limit = client.get("/toys?limit=201").await.expect_problem(422, "invalid-field");
    assert_eq!(limit["errors"][0]["pointer"], "/limit");
    client.get("/toys?limit=ten").await.expect_problem(422, "invalid-field");
    client.get("/toys?cursor=rubbish").await.expect_problem(422, "invalid-cursor");
    client.get("/toys?cursor=%00").await.expect_problem(422, "invalid-field");
    assert_eq!(client.get("/toys?limit=3").await.expect(200)["limit"], 3);
}

#[tokio::test]
async fn a_change_names_the_version_it_is_based_on() {
    let app = app().await;
    let client = app.client(&app.test().ctx(app.test().store(), Role::SalesManager));
    let toy = json!({ "name": "a", "priceCents": 1 });
    let put = || client.request(Method::PUT, TOY);
    put().json(&toy).send().await.expect_problem(428, "precondition-required");
    put().header("if-match", "*").json(&toy).send().await.expect_problem(400, "bad-request");
    let stale = client.put(TOY, 6, &toy).await.expect_problem(412, "version-conflict");
    assert_eq!((&stale["expected"], &stale["current"]), (&json!(6), &json!(7)));
    assert_eq!(stale["resource"]["name"], "as it is now");
    let saved = client.put(TOY, 7, &toy).await;
    assert_eq!(saved.expect(200), toy);
    assert_eq!(saved.version(), 8);
}

#[tokio::test]
async fn a_fault_of_ours_says_nothing_about_its_insides() {
    let app = app().await;
    for path in ["/broken", "/panicking"] {
        let answer = app.nobody().get(path).await;
        answer.expect_problem(500, "internal");
        assert!(!answer.text().contains("secret"), "{}", answer.text());
    }
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let settings = Settings { deadline: Duration::from_millis(50), ..Settings::default() };
    let app = TestApp::with_settings(&[toys::module(&Made::default())], settings).await;
    app.nobody().get("/endless").await.expect_problem(503, "timeout");
}

#[tokio::test]
async fn every_answer_carries_its_id_and_the_security_headers() {
    let app = app().await;
    let id = "01980f3e-7c00-7000-8000-0000000000aa";
    let answer = app.nobody().request(Method::GET, "/nowhere").header("x-request-id", id).send().await;
    assert_eq!(answer.header("x-request-id"), Some(id));
    assert_eq!(answer.json()["requestId"], id);
    let invented = app.nobody().request(Method::GET, "/me").header("x-request-id", "'; drop table").send().await;
    assert_ne!(invented.header("x-request-id"), Some("'; drop table"));
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'") && !policy.contains("unsafe-inline"), "{policy}");
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("strict-transport-security"), None, "not without TLS");
}

#[tokio::test]
async fn cross_origin_calls_only_from_the_list() {
    let listed = Settings { cors_origins: vec!["https://desk.example".into()], ..Settings::default() };
    let app = TestApp::with_settings(&[toys::module(&Made::default())], listed).await;
    let from = |origin: &'static str| app.nobody().request(Method::GET, "/me").header("origin", origin).send();
    assert_eq!(from("https://desk.example").await.header("access-control-allow-origin"), Some("https://desk.example"));
    assert_eq!(from("https://evil.example").await.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn the_refresh_cookie_is_for_our_own_pages() {
    let app = app().await;
    let post = || app.nobody().request(Method::POST, "/refresh").header("host", "localhost:8080");
    assert_eq!(post().send().await.status, 200, "a program that is no browser");
    assert_eq!(post().header("origin", "http://localhost:8080").send().await.status, 200);
    assert_eq!(post().header("sec-fetch-site", "same-origin").send().await.status, 200);
    post().header("origin", "https://evil.example").send().await.expect_problem(403, "cross-site");
    post().header("sec-fetch-site", "cross-site").send().await.expect_problem(403, "cross-site");
    post().header("sec-fetch-site", "same-site").send().await.expect_problem(403, "cross-site");
}

#[tokio::test]
async fn probes_pages_and_the_document_are_there() {
    let app = app().await;
    let nobody = app.nobody();
    assert_eq!(nobody.get("//live").await.expect(200)["status"], "live");
    assert_eq!(nobody.get("//ready").await.expect(200)["status"], "ready");
    assert_eq!(nobody.get("//health").await.expect(200)["status"], "ok");
    assert_eq!(nobody.get("//metrics").await.status, 200);
    assert!(nobody.get("//problems").await.text().contains("/problems/not-found"));
    nobody.get("//problems/no-such-code").await.expect_problem(404, "not-found");
    assert!(nobody.get("/docs").await.text().contains("/api/v1/docs/docs.js"));
    assert_eq!(nobody.get("/docs/docs.js").await.status, 200);
    let document = nobody.get("/openapi.json").await.expect(200);
    assert_eq!(document["openapi"], "3.1.0");
    assert!(document["components"]["schemas"]["Problem"].is_object());
    app.platform().readiness.set(autolytiq_http::readiness::Phase::Draining);
    nobody.get("//ready").await.expect_problem(503, "unavailable");
    assert_eq!(nobody.get("//live").await.status, 200);
}
