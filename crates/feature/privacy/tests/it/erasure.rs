//! Erasing somebody: nothing of them is readable in the whole database, and what others rely on is whole.

use std::collections::BTreeSet;

use autolytiq_audit::{Scope, seal, verify};
use autolytiq_testkit::TestDb;
use serde_json::json;

use crate::Shop;

/// What was known of the customer, in the spellings under which it was stored. Folded for search, digits alone, and as
/// typed.
const TRACES: [&str; 10] = [
    "quillfeather",
    "zenobia",
    "larkspur",
    "barometers",
    "5550147",
    "555-0147",
    "1987-11-23",
    "floor mats",
    "vellichor",
    "harbinger",
];

/// Every row of every table as text, and the raw bytes of columns that hold bytes as text where they are text.
async fn dump(test: &TestDb) -> Vec<String> {
    let mut owner = test.owner().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'public' and c.relkind = 'r'",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let mut all = Vec::new();
    for table in tables {
        let bytes: Vec<String> = sqlx::query_scalar(
            "select quote_ident(attname::text) from pg_attribute
             where attrelid = $1::regclass and atttypid = 'bytea'::regtype and not attisdropped and attnum > 0",
        )
        .bind(&table)
        .fetch_all(&mut owner)
        .await
        .unwrap();
        let readable: String =
            bytes.iter().map(|column| format!(" || coalesce(encode(t.{column}, 'escape'), '')")).collect();
        let query = format!("select '{table} ' || t::text{readable} from {table} t");
        let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_all(&mut owner).await.unwrap();
        all.extend(rows);
    }
    all
}

fn table_of(row: &str) -> String {
    row.split(' ').next().unwrap().to_owned()
}

fn traces(dump: &[String]) -> Vec<String> {
    let tells = |row: &&String| TRACES.iter().any(|trace| row.to_lowercase().contains(trace));
    dump.iter().filter(tells).cloned().collect()
}

#[tokio::test]
async fn nothing_is_readable_anywhere_and_chain_and_books_are_whole() {
    let shop = Shop::open().await;
    let (test, admin) = (shop.app.test(), shop.administrator());
    // Everywhere something can be said of somebody.
    let mut changed = crate::ana(shop.ana);
    changed["notes"] = json!("Collects barometers and vellichor.");
    shop.sales().put(&format!("/customers/{}", shop.ana), 1, &changed).await.expect(200);
    let other = json!({ "id": shop.id(), "firstName": "Bea", "lastName": "Stays" });
    shop.sales().post("/customers", &other).await.expect(201);
    let consent = json!({ "id": shop.id(), "channel": "sms", "given": true, "source": "web", "wording": "Zenobia, may we text you?" });
    let request = shop.sales().request(http::Method::POST, &shop.of_ana("consents")).header("idempotency-key", "two");
    request.json(&consent).send().await.expect(201);
    let reveal = json!({ "field": "dateOfBirth", "reason": "credit of Zenobia Quillfeather, harbinger" });
    admin.post(&shop.of_ana("reveal"), &reveal).await.expect(200);
    let mut deal = shop.deal().await;
    let before = shop.manager().get(&deal.path).await.expect(200);

    // A deal that is being worked, and a hold, forbid it.
    let ask = json!({ "version": 2 });
    let refused = admin.post(&shop.of_ana("erase"), &ask).await.expect_problem(409, "customer-in-deal");
    assert!(refused["detail"].as_str().unwrap().contains("D-10001"), "{refused}");
    deal.act(&shop.sales(), "cancel", "Zenobia found another").await;
    admin.post(&shop.of_ana("hold"), &json!({ "reason": "Quillfeather v. Test Motors" })).await.expect(204);
    admin.post(&shop.of_ana("hold"), &json!({ "reason": "again" })).await.expect_problem(409, "legal-hold");
    admin.post(&shop.of_ana("erase"), &ask).await.expect_problem(409, "legal-hold");
    let stands = admin.get(&shop.of_ana("erasure")).await.expect(200);
    assert_eq!(
        (&stands["hold"]["reason"], &stands["keptDeals"]),
        (&json!("Quillfeather v. Test Motors"), &json!(["D-10001"]))
    );
    admin.post(&shop.of_ana("hold/release"), &json!({})).await.expect(204);
    admin.post(&shop.of_ana("hold/release"), &json!({})).await.expect_problem(409, "no-legal-hold");
    seal(test.db()).await.unwrap();
    let told: BTreeSet<String> = traces(&dump(test).await).iter().map(|row| table_of(row)).collect();
    let places = ["audit_reason", "customer", "deal", "idempotency_key", "pencil"];
    assert_eq!(told.iter().map(String::as_str).collect::<Vec<_>>(), places, "the test looks in the right places");

    shop.manager().post(&shop.of_ana("erase"), &ask).await.expect_problem(403, "forbidden");
    admin.post(&shop.of_ana("erase"), &json!({ "version": 1 })).await.expect_problem(412, "version-conflict");
    admin.post(&shop.of_ana("erase"), &ask).await.expect(204);

    let left = traces(&dump(test).await);
    assert!(left.is_empty(), "still readable: {left:#?}");
    seal(test.db()).await.unwrap();
    let report = verify(test.db(), &Scope::default()).await.unwrap();
    assert!(report.is_whole(), "{report:?}");

    // The books: same number, price, figures. The name is gone from the deal and from search.
    let after = shop.manager().get(&deal.path).await.expect(200);
    assert_eq!(after["number"], before["number"]);
    assert_eq!(after["current"]["result"], before["current"]["result"]);
    assert_eq!(after["current"]["price"], before["current"]["price"]);
    let found = |path: &'static str| {
        let client = shop.manager();
        async move { client.get(path).await.expect(200)["items"].as_array().unwrap().len() }
    };
    assert_eq!((found("/customers?q=quillfeather").await, found("/deals?q=quillfeather").await), (0, 0));
    assert_eq!(
        (found("/customers").await, found("/deals?q=accord").await),
        (1, 1),
        "others stay, and so does the deal"
    );

    // It cannot be undone or done again, and nothing new is kept of them.
    let customer = shop.sales().get(&format!("/customers/{}", shop.ana)).await.expect(200);
    assert_eq!((&customer["lastName"], customer["erasedAt"].is_string()), (&json!("customer"), true));
    admin.post(&shop.of_ana("erase"), &json!({ "version": 3 })).await.expect_problem(409, "person-erased");
    shop.sales().put(&format!("/customers/{}", shop.ana), 3, &changed).await.expect_problem(409, "person-erased");
    let consent = json!({ "id": shop.id(), "channel": "sms", "given": true, "source": "web", "wording": "again?" });
    shop.sales().post(&shop.of_ana("consents"), &consent).await.expect_problem(409, "person-erased");
    admin.post(&shop.of_ana("export"), &json!({})).await.expect_problem(409, "person-erased");
    let consents = shop.sales().get(&shop.of_ana("consents")).await.expect(200);
    assert_eq!(consents["items"][0].get("wording"), None, "that something was said stays, the words do not");
}

#[tokio::test]
async fn a_reason_that_was_rewritten_shows() {
    let shop = Shop::open().await;
    let reveal = json!({ "field": "dateOfBirth", "reason": "credit application" });
    shop.administrator().post(&shop.of_ana("reveal"), &reveal).await.expect(200);
    let db = shop.app.test().db();
    seal(db).await.unwrap();
    assert!(verify(db, &Scope::default()).await.unwrap().is_whole());
    let mut owner = shop.app.test().owner().await;
    sqlx::query("update audit_reason set reason = 'curiosity'").execute(&mut owner).await.unwrap();
    let report = verify(db, &Scope::default()).await.unwrap();
    let told = report.chains.iter().find_map(|chain| chain.flaw.as_ref()).unwrap().to_string();
    assert!(told.starts_with("the reason of the entry"), "{told}");
}
