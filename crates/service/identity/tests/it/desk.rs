//! The desk defaults.

use http::{StatusCode, header};
use serde_json::json;

use crate::app::{ADMINISTRATOR, App, Call, PASSWORD};

#[tokio::test]
async fn defaults_begin_empty_and_are_replaced_as_a_whole() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let first = app.send(Call::get("/admin/settings/desk").token(&ada.access)).await;
    assert_eq!(
        first.body,
        json!({ "docFee": "0.00", "fees": [], "pack": "0.00", "version": 1 }),
        "nothing is invented"
    );
    let defaults = json!({
        "docFee": "225.00", "pack": "500.00", "financeTermMonths": 72, "financeRate": "0.0649",
        "leaseTermMonths": 36, "leaseMoneyFactor": "0.00125", "leaseResidualPercent": "0.58",
        "acquisitionFee": "695.00", "annualMiles": 12000,
        "fees": [{ "code": "etch", "name": "Window etch", "amount": "199.00", "taxable": true }],
    });
    let put =
        |version, body| app.send(Call::put("/admin/settings/desk").token(&ada.access).if_match(version).body(body));
    let saved = put(1, defaults.clone()).await;
    assert_eq!((saved.status, &saved.headers[header::ETAG]), (StatusCode::OK, &"\"2\"".parse().unwrap()));
    let mut expected = defaults.clone();
    expected["version"] = json!(2);
    assert_eq!(app.send(Call::get("/admin/settings/desk").token(&ada.access)).await.body, expected);

    let stale = put(1, defaults.clone()).await;
    stale.refused(412, "version-conflict");
    assert_eq!(stale.body["resource"], expected);
    let mut wrong = defaults;
    wrong["financeRate"] = json!("4");
    wrong["fees"][0]["amount"] = json!("-1.00");
    let refused = put(2, wrong).await;
    refused.refused(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/financeRate", "/fees/0/amount"]);
    put(2, json!({ "docFee": 225, "fees": [], "pack": "0.00" })).await.refused(422, "invalid-field");
    assert!(app.audited().await.contains(&"settings.desk_changed".to_owned()));
}

#[tokio::test]
async fn tax_settings_are_checked_against_the_rules() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let put =
        |version, body| app.send(Call::put("/admin/settings/desk").token(&ada.access).if_match(version).body(body));
    let place = json!({ "state": "NM", "county": "Bernalillo", "city": "Albuquerque", "zip": "87102" });
    let saved = put(1, json!({ "docFee": "0.00", "registrationPlace": place })).await;
    assert_eq!((saved.status, &saved.body["registrationPlace"]), (StatusCode::OK, &place));
    assert_eq!(app.send(Call::get("/admin/settings/desk").token(&ada.access)).await.body["registrationPlace"], place);
    let refused = put(2, json!({ "docFee": "0.00", "elections": { "ZZ": {}, "TX": { "moon": "full" } } })).await;
    refused.refused(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/elections/TX/moon", "/elections/ZZ"]);
    let cleared = put(2, json!({ "docFee": "0.00" })).await;
    assert!(cleared.body.get("registrationPlace").is_none(), "replaced as a whole");
}

#[tokio::test]
async fn a_salesperson_neither_reads_nor_writes_them() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    app.add(&ada, "sal@example.com", "salesperson").await;
    let sal = app.sign_in("sal@example.com", PASSWORD).await;
    app.send(Call::get("/admin/settings/desk").token(&sal.access)).await.refused(403, "forbidden");
    let body = json!({ "docFee": "0.00" });
    let put = Call::put("/admin/settings/desk").token(&sal.access).if_match(1).body(body);
    app.send(put).await.refused(403, "forbidden");
}
