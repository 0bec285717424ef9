//! Each kind of bad row is named by line, field and reason, and nothing of its file is stored.

use crate::{Store, store::record};
use http::Method;
use serde_json::{Value, json};

/// The pointers and codes of a refused file.
async fn refused(store: &Store, format: &str, file: &str) -> Vec<(String, String)> {
    let answer = store.send("", &store.id(), "KS", format, "", file).await;
    let problem = answer.expect_problem(422, "rate-file-invalid");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    problem["errors"].as_array().unwrap().iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned())).collect()
}

#[tokio::test]
async fn of_a_plain_table() {
    let store = Store::open().await;
    let head = "county,area,level,tax,name,rate,amount,applies_to,effective,verified,reason,until";
    let good = "Allen,,county,general,Allen tax,0.01,,both,2026-01-01,true,,";
    for (row, expected) in [
        ("Allen,,county,general,T,-0.01,,both,2026-01-01,true,,", vec![("/lines/3/rate", "negative")]),
        ("Allen,,county,general,T,1.5,,both,2026-01-01,true,,", vec![("/lines/3/rate", "too-high")]),
        ("Allen,,county,general,T,1.5%,,both,2026-01-01,true,,", vec![("/lines/3/rate", "not-a-rate")]),
        ("Allen,,parish,general,T,0.01,,both,2026-01-01,true,,", vec![("/lines/3/level", "unknown-level")]),
        ("Allen,,county,general,T,0.01,,gifts,2026-01-01,true,,", vec![("/lines/3/applies_to", "unknown-word")]),
        ("Allen,,county,general,T,0.01,x,both,2026-01-01,true,,", vec![("/lines/3/amount", "not-an-amount")]),
        ("Allen,,county,general,T,0.01,-1,both,2026-01-01,true,,", vec![("/lines/3/amount", "negative")]),
        ("Allen,,county,general,T,0.01,,both,2026-02-30,true,,", vec![("/lines/3/effective", "not-a-date")]),
        ("Allen,,county,general,T,0.01,,both,1816-01-01,true,,", vec![("/lines/3/effective", "too-early")]),
        ("Allen,,county,general,T,0.01,,both,2026-01-02,true,,2026-01-01", vec![("/lines/3/until", "before-first")]),
        ("Allen,,county,general,T,0.01,,both,2026-01-01,perhaps,,", vec![("/lines/3/verified", "not-a-truth")]),
        (
            ",,county,general,,0.01,,both,2026-01-01,true,,",
            vec![("/lines/3/county", "required"), ("/lines/3/name", "required")],
        ),
        ("Allen,county,general,T,0.01", vec![("/lines/3/", "wrong-width")]),
        ("Allen,,county,general,\"T,0.01,,both,2026-01-01,true,,", vec![("/lines/3/", "quotes")]),
        ("Allen,,county,general,T\u{202e},0.01,,both,2026-01-01,true,,", vec![("/lines/3/name", "control-character")]),
        ("Allen,,county,general,Allen tax,0.02,,both,2026-07-01,true,,", vec![("/lines/3/effective", "overlap")]),
    ] {
        assert_eq!(refused(&store, "csv", &format!("{head}\n{good}\n{row}\n")).await, pairs(&expected), "{row}");
    }
    assert_eq!(refused(&store, "csv", "").await, pairs(&[("/lines/1/", "empty")]));
    assert_eq!(refused(&store, "csv", head).await, pairs(&[("/lines/1/", "empty")]));
    assert_eq!(
        refused(&store, "csv", "county,level,name,rate,color\n").await,
        pairs(&[("/lines/1/", "unknown-column"), ("/lines/1/effective", "column-missing"),])
    );
    let many = format!("{head}\n{}", "Allen,,county,general,T,x,,both,2026-01-01,true,,\n".repeat(500));
    let answer = store.send("", &store.id(), "KS", "csv", "", &many).await.expect_problem(422, "rate-file-invalid");
    assert_eq!((answer["errors"].as_array().unwrap().len(), &answer["errorCount"]), (200, &json!(500)));
    nothing_is_stored(&store).await;
}

#[tokio::test]
async fn of_streamlined_files() {
    let store = Store::open().await;
    let row = |state, kind, code, rate, first, last| format!("{state},{kind},{code},{rate},0,0,0,{first},{last}\n");
    for (file, expected) in [
        (row("29", "00", "103", "0.01", "20260101", "99991231"), ("/lines/1/State", "other-state")),
        (row("KS", "00", "103", "0.01", "20260101", "99991231"), ("/lines/1/State", "not-a-state")),
        (row("20", "county", "103", "0.01", "20260101", "99991231"), ("/lines/1/JurisdictionType", "unknown-type")),
        (row("20", "00", "1234567", "0.01", "20260101", "99991231"), ("/lines/1/JurisdictionFIPSCode", "not-a-code")),
        (row("20", "00", "103", "one", "20260101", "99991231"), ("/lines/1/GeneralTaxRateIntrastate", "not-a-rate")),
        (row("20", "00", "103", "0.01", "2026-01-01", "99991231"), ("/lines/1/EffectiveBeginDate", "not-a-date")),
        (row("20", "00", "103", "0.01", "20260101", "20251231"), ("/lines/1/EffectiveEndDate", "before-first")),
        ("20,00,103\n".to_owned(), ("/lines/1/", "wrong-width")),
        (row("20", "00", "103", "0.01", "20260101", "20261231").repeat(2), ("/lines/2/effective", "overlap")),
        (row("20", "45", "20", "0.065", "20260101", "20261231"), ("/lines/1/", "empty")),
    ] {
        assert_eq!(refused(&store, "sstRate", &file).await, pairs(&[expected]), "{file}");
    }
    let days = ["20260101", "99991231"];
    let area = ["103", "", ""];
    let good = record("Z", days, ["66048", "", "66048", ""], area);
    for (line, expected) in [
        (good.replacen('Z', "Y", 1), ("/lines/2/RecordType", "unknown-record")),
        (record("Z", days, ["6604", "", "66048", ""], area), ("/lines/2/ZipCodeLow", "not-a-zip")),
        (record("4", days, ["66048", "", "66048", "9999"], area), ("/lines/2/ZipExtensionLow", "not-an-extension")),
        (record("4", days, ["66048", "0001", "66049", "9999"], area), ("/lines/2/ZipCodeHigh", "several-zips")),
        (record("Z", days, ["66049", "", "66048", ""], area), ("/lines/2/ZipCodeHigh", "before-low")),
        (record("Z", days, ["66048", "", "66048", ""], ["1-3", "", ""]), ("/lines/2/FIPSCountyCode", "not-a-code")),
        (good.replace(",20,20,", ",29,29,"), ("/lines/2/State", "other-state")),
        ("Z,20260101".to_owned(), ("/lines/2/", "wrong-width")),
    ] {
        let file = format!("{good}\n{line}\n");
        assert_eq!(refused(&store, "sstBoundary", &file).await, pairs(&[expected]), "{line}");
    }
    nothing_is_stored(&store).await;
}

#[tokio::test]
async fn of_the_request() {
    let store = Store::open().await;
    let file = "county,level,name,rate,effective\nAllen,county,Allen tax,0.01,2026-01-01\n";
    let made = store.import("KS", "csv", file).await;
    let id = made["id"].as_str().unwrap();
    store.send("", id, "KS", "csv", "", file).await.expect_problem(409, "id-taken");
    store.send("", &store.id(), "ZZ", "csv", "", file).await.expect_problem(422, "invalid-field");
    store.send("", &store.id(), "KS", "xlsx", "", file).await.expect_problem(422, "invalid-field");
    let path = format!("/places/rate-imports?id={}&state=KS&format=csv&source=A&asOf=2026-01-01", store.id());
    let json = store.admin().post(&path, &json!({})).await;
    json.expect_problem(415, "rate-file-type");
    let manager = store.of(&store.floor.sales_manager).request(Method::POST, &path).raw("text/csv", file).send().await;
    manager.expect_problem(403, "forbidden");
    let large = store.admin().request(Method::POST, &path).header("content-length", "300000000");
    large.raw("text/csv", file).send().await.expect_problem(413, "body-too-large");

    let path = format!("/places/rate-imports/{id}");
    let progress = store.admin().get(&format!("{path}/progress")).await.expect(200);
    assert_eq!((&progress["phase"], &progress["rows"]), (&json!("done"), &json!(1)));
    let withdraw = |version| {
        let request = store.admin().request(Method::POST, &format!("{path}/withdraw")).if_match(version);
        request.json(&json!({})).send()
    };
    withdraw(7).await.expect_problem(412, "version-conflict");
    assert_eq!(withdraw(1).await.expect(200)["version"], 2);
    withdraw(2).await.expect_problem(409, "rate-import-withdrawn");
    let unknown = store.admin().get(&format!("/places/rate-imports/{}", store.id())).await;
    unknown.expect_problem(404, "rate-import-not-found");
}

async fn nothing_is_stored(store: &Store) {
    let rows: i64 = sqlx::query_scalar(
        "select (select count(*) from rate_import) + (select count(*) from rate_import_levy)
              + (select count(*) from rate_import_area) + (select count(*) from rate_import_range)
              + (select count(*) from rate_import_address)
              + (select count(*) from audit_entry)",
    )
    .fetch_one(&mut store.app.test().owner().await)
    .await
    .unwrap();
    assert_eq!(rows, 0);
}
