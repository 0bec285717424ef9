//! Who may read the trail through the API.

use autolytiq_kernel::Role;
use autolytiq_testkit::TestApp;

use crate::write;

#[tokio::test]
async fn an_administrator_reads_the_trail_and_nobody_else_does() {
    let app = TestApp::new(&[autolytiq_audit::module()]).await;
    let test = app.test();
    let store = test.store();
    let admin = test.ctx(store, Role::Administrator);
    write(test, &admin, "deal.created", test.ids().next()).await;

    let body = app.client(&admin).get("/admin/audit-logs?action=deal.&limit=1").await.expect(200);
    assert_eq!(body["items"][0]["action"], "deal.created");
    assert_eq!(body["items"][0]["actor"]["kind"], "person");
    assert_eq!(body["items"][0]["sealed"], false);

    for role in [Role::Salesperson, Role::SalesManager, Role::FniManager] {
        assert_eq!(app.client(&test.ctx(store, role)).get("/admin/audit-logs").await.status, 403, "{role}");
    }
    assert_eq!(app.nobody().get("/admin/audit-logs").await.status, 401);
    let stranger = app.client(&test.ctx(test.store(), Role::Administrator));
    assert_eq!(stranger.get("/admin/audit-logs").await.json()["items"], serde_json::json!([]));
    assert_eq!(app.client(&admin).get("/admin/audit-logs?from=yesterday").await.status, 422);
}

#[tokio::test]
async fn the_export_is_one_whole_file_with_formulas_disarmed_and_notes_itself() {
    let app = TestApp::new(&[autolytiq_audit::module()]).await;
    let test = app.test();
    let admin = test.ctx(test.store(), Role::Administrator);
    // More than two pieces of 500, so that the file is put together.
    let mut tx = test.db().tenant(&admin).await.unwrap();
    for number in 0..1_203 {
        let deal: autolytiq_kernel::DealId = tx.new_id();
        let record = autolytiq_db::AuditRecord::new("deal.rejected", deal).reason(format!("=1+{number}"));
        tx.audit(record).await.unwrap();
    }
    tx.commit().await.unwrap();
    write(test, &admin, "deal.created", test.ids().next()).await;

    let answer = app.client(&admin).get("/admin/audit-logs/export?action=deal.rejected").await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-type").unwrap().starts_with("text/csv"));
    let text = answer.text();
    let mut lines = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(lines.headers().unwrap().iter().nth(3), Some("action"));
    let reasons: Vec<String> = lines.records().map(|line| line.unwrap()[6].to_owned()).collect();
    assert_eq!(reasons.len(), 1_203, "every entry once, and none of another action");
    let expected: Vec<String> = (0..1_203).rev().map(|number| format!("'=1+{number}")).collect();
    assert_eq!(reasons, expected);

    let noted = app.client(&admin).get("/admin/audit-logs?action=audit.exported").await.expect(200);
    assert_eq!(noted["items"][0]["after"], serde_json::json!({ "action": "deal.rejected" }));
    let salesperson = app.client(&test.ctx(admin.acting(), Role::Salesperson));
    assert_eq!(salesperson.get("/admin/audit-logs/export").await.status, 403);
}

#[tokio::test]
async fn words_and_actions_are_found_in_ones_own_store_only() {
    let app = TestApp::new(&[autolytiq_audit::module()]).await;
    let test = app.test();
    let admin = test.ctx(test.store(), Role::Administrator);
    let other = test.ctx(test.store(), Role::Administrator);
    write(test, &admin, "deal.created", test.ids().next()).await;
    write(test, &admin, "deal.penciled", test.ids().next()).await;
    write(test, &other, "customer.added", test.ids().next()).await;

    let client = app.client(&admin);
    let names = client.get("/admin/audit-logs/vocabulary").await.expect(200);
    assert_eq!(names, serde_json::json!({ "actions": ["deal.created", "deal.penciled"], "things": ["deal"] }));
    // `write` keeps the action in the state after.
    let found = client.get("/admin/audit-logs?q=DEAL.PENC").await.expect(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    for nothing in ["100%25", "deal_created"] {
        let found = client.get(&format!("/admin/audit-logs?q={nothing}")).await.expect(200);
        assert_eq!(found["items"], serde_json::json!([]), "{nothing}");
    }
    let stranger = client.get(&format!("/admin/audit-logs/users/{}", other.person().unwrap())).await;
    stranger.expect_problem(404, "not-found");
}
