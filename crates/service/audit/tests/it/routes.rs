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
