//! Who may call what, and how the document says it.

use autolytiq_kernel::{Feature, Role};
use autolytiq_testkit::TestApp;
use http::Method;
use jiff::SignedDuration;
use serde_json::json;

use crate::toys::{self, Made};

const TOY: &str = "/toys/01980f3e-7c00-7000-8000-000000000001";

#[tokio::test]
async fn nobody_the_wrong_role_and_the_right_one() {
    let app = TestApp::new(&[toys::module(&Made::default())]).await;
    let store = app.test().store();
    app.nobody().get("/me").await.expect_problem(401, "unauthenticated");
    app.bearer("made up").get("/me").await.expect_problem(401, "unauthenticated");
    let basic = app.nobody().request(Method::GET, "/me").header("authorization", "Basic Zm9vOmJhcg==").send().await;
    basic.expect_problem(401, "unauthenticated");

    let salesperson = app.test().ctx(store, Role::Salesperson);
    let client = app.client(&salesperson);
    assert_eq!(client.get("/me").await.expect(200)["person"], json!(salesperson.person()));
    let toy = json!({ "name": "a", "priceCents": 1 });
    let refused = client.put(TOY, 7, &toy).await.expect_problem(403, "forbidden");
    assert_eq!(refused["permission"], "vehicle.edit");
    let manager = app.client(&app.test().ctx(store, Role::SalesManager));
    assert_eq!(manager.put(TOY, 7, &toy).await.status, 200);

    app.revoke(&salesperson);
    client.get("/me").await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn the_check_comes_before_the_input_is_looked_at() {
    let app = TestApp::new(&[toys::module(&Made::default())]).await;
    let client = app.client(&app.test().ctx(app.test().store(), Role::Salesperson));
    client.request(Method::PUT, TOY).raw("text/plain", "not even json").send().await.expect_problem(403, "forbidden");
    app.nobody()
        .request(Method::POST, "/toys")
        .raw("text/plain", "x")
        .send()
        .await
        .expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn what_is_done_over_all_stores_needs_a_permission_that_reaches_them() {
    const ALL: &str = "/toys-of-all-stores";
    let app = TestApp::new(&[toys::module(&Made::default())]).await;
    let client = |role| app.client(&app.test().ctx(app.test().store(), role));
    let (administrator, group) = (client(Role::Administrator), client(Role::GroupAdministrator));
    let refused = administrator.get(ALL).await.expect_problem(403, "forbidden");
    assert_eq!(refused["permission"], "dealership.read");
    assert_eq!(group.get(ALL).await.status, 200);
    assert_eq!(group.post(ALL, &json!({})).await.status, 200);
    // Whoever may not do it is told that, and not asked for a proof in vain.
    app.test().clock().advance(SignedDuration::from_mins(30));
    group.post(ALL, &json!({})).await.expect_problem(403, "confirmation-required");
    administrator.post(ALL, &json!({})).await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn what_a_store_has_switched_off_is_refused_to_whoever_may_call_it() {
    let app = TestApp::new(&[toys::module(&Made::default())]).await;
    let manager = app.test().ctx(app.test().store(), Role::SalesManager);
    assert_eq!(app.client(&manager).get("/toy-leases").await.status, 200);
    let without = app.client_without(&manager, &[Feature::Leases]);
    let refused = without.get("/toy-leases").await.expect_problem(403, "feature-off");
    assert_eq!(refused["feature"], "leases");
    assert_eq!(without.get("/toys").await.status, 200, "what belongs to no feature stays");
    assert_eq!(app.client_without(&manager, &[Feature::Presence]).get("/toy-leases").await.status, 200);
    // Whoever may not call it learns that, and nothing of the store.
    let salesperson = app.test().ctx(app.test().store(), Role::Salesperson);
    let refused = app.client_without(&salesperson, &[Feature::Leases]).get("/toy-leases").await;
    refused.expect_problem(403, "forbidden");
    app.nobody().get("/toy-leases").await.expect_problem(401, "unauthenticated");
}

#[test]
fn the_document_names_what_each_operation_demands() {
    let document = autolytiq_http::openapi::document(&[toys::module(&Made::default())]);
    let json = serde_json::to_value(&document).unwrap();
    let demanded = |path: &str, method: &str| json["paths"][path][method]["x-permission"].clone();
    assert_eq!(demanded("/api/v1/toys", "get"), "vehicle.read");
    assert_eq!(demanded("/api/v1/toys/{id}", "put"), "vehicle.edit");
    assert_eq!(demanded("/api/v1/toys-of-all-stores", "post"), "user.set-role");
    assert_eq!(json["paths"]["/api/v1/toys-of-all-stores"]["post"]["x-reach"], "group");
    assert_eq!(json["paths"]["/api/v1/toys"]["get"]["x-reach"], json!(null));
    assert_eq!(demanded("/api/v1/me", "get"), "authenticated");
    assert_eq!(demanded("/api/v1/broken", "get"), "public");
    assert_eq!(json["paths"]["/api/v1/me"]["get"]["security"], json!([{ "bearer": [] }]));
    assert_eq!(json["paths"]["/api/v1/broken"]["get"]["security"], json!([]));
    assert_eq!(json["paths"]["/api/v1/toys"]["post"]["x-idempotency-key"], true);
    assert_eq!(json["paths"]["/api/v1/toy-leases"]["get"]["x-feature"], "leases");
    assert!(json["paths"]["/api/v1/toys"]["post"]["responses"]["default"].is_object());
}
