//! What an administrator sees of keys and of the data map.

use autolytiq_kernel::{CustomerId, Role};
use autolytiq_secrets::{MasterKeys, Vault};
use autolytiq_testkit::TestApp;

/// The test's own key, under another id than the process has: as after a key was taken away too early.
const OTHER: &str =
    "old AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\nindex AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=";

#[tokio::test]
async fn keys_are_told_by_version_and_never_shown() {
    let app = TestApp::new(&[autolytiq_protection::module()]).await;
    let test = app.test();
    let admin = test.ctx(test.store(), Role::Administrator);
    let vault = &app.platform().vault;
    let newest = vault.master_key_ids()[0].clone();
    let other = Vault::new(MasterKeys::parse(OTHER).unwrap());
    let mut tx = test.db().tenant(&admin).await.unwrap();
    for _ in 0..3 {
        let customer: CustomerId = tx.new_id();
        vault.subject_key(&mut tx, customer).await.unwrap();
    }
    let erased: CustomerId = tx.new_id();
    vault.subject_key(&mut tx, erased).await.unwrap();
    vault.destroy(&mut tx, erased).await.unwrap();
    let stranger: CustomerId = tx.new_id();
    other.subject_key(&mut tx, stranger).await.unwrap();
    tx.commit().await.unwrap();

    let seen = app.client(&admin).get("/admin/keys").await.expect(200);
    assert_eq!(seen["source"], "environment");
    assert_eq!(seen["erased"], 1);
    assert_eq!(
        seen["keys"],
        serde_json::json!([
            { "id": newest, "newest": true, "present": true, "subjects": 3 },
            { "id": "old", "newest": false, "present": false, "subjects": 1 },
        ])
    );
    // The job meets the key it does not have and says so.
    vault.rewrap(test.db()).await.unwrap_err();
    let stuck = app.client(&admin).get("/admin/keys").await.expect(200);
    assert_eq!((stuck["rotation"]["total"].clone(), stuck["rotation"]["done"].clone()), (1.into(), 0.into()));
    assert!(stuck["rotation"]["failure"].as_str().unwrap().contains("'old'"), "{stuck}");

    // Another store counts its own people only.
    let elsewhere = test.ctx(test.store(), Role::Administrator);
    let seen = app.client(&elsewhere).get("/admin/keys").await.expect(200);
    assert_eq!((seen["keys"][0]["subjects"].clone(), seen["erased"].clone()), (0.into(), 0.into()));
    for role in [Role::Salesperson, Role::SalesManager, Role::FniManager] {
        let client = app.client(&test.ctx(admin.acting(), role));
        assert_eq!(client.get("/admin/keys").await.status, 403, "{role}");
        assert_eq!(client.get("/admin/data-map").await.status, 403, "{role}");
    }
}

#[tokio::test]
async fn the_data_map_names_every_column_with_its_class() {
    let app = TestApp::new(&[autolytiq_protection::module()]).await;
    let test = app.test();
    let admin = test.ctx(test.store(), Role::Administrator);
    let map = app.client(&admin).get("/admin/data-map").await.expect(200);
    let columns: i64 = sqlx::query_scalar(
        "select count(*) from information_schema.columns c join pg_class t on t.relname = c.table_name
         where c.table_schema = 'public' and t.relkind in ('r', 'p') and not t.relispartition
           and t.relnamespace = 'public'::regnamespace and c.table_name <> '_sqlx_migrations'",
    )
    .fetch_one(&mut test.owner().await)
    .await
    .unwrap();
    let told: Vec<&serde_json::Value> =
        map["tables"].as_array().unwrap().iter().flat_map(|table| table["columns"].as_array().unwrap()).collect();
    assert_eq!(told.len(), usize::try_from(columns).unwrap());
    assert!(told.iter().all(|column| column["class"].is_string()), "{told:?}");
    let born = map["tables"].as_array().unwrap().iter().find(|table| table["name"] == "customer").unwrap();
    let born = born["columns"].as_array().unwrap().iter().find(|column| column["name"] == "date_of_birth").unwrap();
    assert_eq!(born["class"], "date of birth");
    assert!(born["form"].as_str().unwrap().starts_with("ciphertext"), "{born}");
}
