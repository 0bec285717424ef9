//! Each format: what it stores, and what deals and ZIP codes then get.

use crate::{Store, store::record};
use serde_json::json;

const DAYS: [&str; 2] = ["20260101", "99991231"];

#[tokio::test]
async fn a_plain_table_replaces_the_shipped_one_from_its_first_day() {
    let store = Store::open().await;
    let file = "\u{feff}county,area,level,tax,name,rate,amount,applies_to,effective,verified,reason,until\r\n\
        Leavenworth,,county,general,Leavenworth County tax,0.0125,,both,2026-02-01,true,,2026-06-30\r\n\
        Leavenworth,,county,general,Leavenworth County tax,.015,,both,2026-07-01,true,,\r\n\
        \"Leavenworth\",St. Lansing,city,,\"Lansing, city\",0.02,,,2026-02-01,false,told by telephone,\r\n";
    let place = json!({ "state": "KS", "county": "leavenworth" });
    let before = store.rates(&place, "2026-03-02").await;
    let made = store.import("KS", "csv", file).await;
    assert_eq!((&made["rows"], &made["firstDay"], &made["version"]), (&json!(3), &json!("2026-02-01"), &json!(1)));
    // The table tells cities apart and the place names none, so the county's rate is in doubt.
    let name = || "Leavenworth County tax".to_owned();
    assert_eq!(store.rates(&place, "2026-06-30").await, [(name(), "0.0125".to_owned(), false)]);
    assert_eq!(store.rates(&place, "2026-07-01").await, [(name(), "0.015".to_owned(), false)]);
    let city = json!({ "state": "KS", "county": "Leavenworth", "city": "SAINT LANSING" });
    assert_eq!(store.rates(&city, "2026-03-02").await, [("Lansing, city".to_owned(), "0.02".to_owned(), false)]);
    let shipped = store.rates(&place, "2026-01-31").await;
    assert!(shipped.is_empty(), "before its first day the shipped table holds, whose rates began later: {shipped:?}");
    assert_eq!(store.withdraw(&made).await["withdrawnReason"], "the wrong quarter");
    assert_eq!(store.rates(&place, "2026-03-02").await, before);
}

/// Made up, in the layout of the state's files: state 6.5 %, Leavenworth County 1 %, a city 1.5 %, a district 0.5 %.
pub(crate) const RATES: &str = "20,45,00020,0.065,0.065,0.065,0.065,20150701,99991231\n\
    20,00,00103,0.0100,0.0100,0,0,20260101,20260630\n20,00,00103,0.0125,0.0125,0,0,20260701,99991231\n\
    20,00,00209,0.01,0.01,0,0,20260101,99991231\n20,01,39000,0.015,0.015,0,0,20260101,99991231\n\
    20,63,00077,0.005,0.005,0,0,20260101,99991231\n";

#[tokio::test]
async fn streamlined_files_settle_a_zip_and_leave_a_split_one_open() {
    let store = Store::open().await;
    let made = store.import("KS", "sstRate", RATES).await;
    assert_eq!((&made["rows"], &made["skipped"]["stateRows"]), (&json!(5), &json!(1)));
    let place = json!({ "state": "KS", "county": "Leavenworth", "zip": "66048" });
    let county = || ("Leavenworth County local tax".to_owned(), "0.01".to_owned());
    let found = store.rates(&place, "2026-03-02").await;
    assert_eq!(found, [(county().0, county().1, false)], "only the county is known without boundaries");

    let file = [
        record("Z", DAYS, ["66048", "", "66048", ""], ["103", "39000", ""]),
        record("4", DAYS, ["66086", "0001", "66086", "4999"], ["103", "", ""]),
        record("4", DAYS, ["66086", "5000", "66086", "9999"], ["103", "39000", "00077"]),
        record("A", DAYS, ["", "", "", ""], ["103", "", ""]),
        record("Z", ["20200101", "20251231"], ["66048", "", "66048", ""], ["209", "", ""]),
    ];
    let made = store.import("KS", "sstBoundary", &file.join("\r\n")).await;
    assert_eq!((&made["rows"], &made["skipped"]["addressRecords"]), (&json!(4), &json!(1)));
    let city = || ("Local tax of the city, place code 39000".to_owned(), "0.015".to_owned());
    let sure = |(name, rate): (String, String)| (name, rate, true);
    assert_eq!(store.rates(&place, "2026-03-02").await, [sure(county()), sure(city())]);
    let july = ("Leavenworth County local tax".to_owned(), "0.0125".to_owned());
    assert_eq!(store.rates(&place, "2026-07-01").await, [sure(july), sure(city())]);
    let split = json!({ "state": "KS", "county": "Leavenworth", "zip": "66086" });
    assert_eq!(store.rates(&split, "2026-03-02").await, [(county().0, county().1, false)], "what both parts share");
    let exact = json!({ "state": "KS", "zip": "66086-7001" });
    let district = ("Special district tax, code 77".to_owned(), "0.005".to_owned());
    assert_eq!(store.rates(&exact, "2026-03-02").await, [sure(county()), sure(city()), sure(district)]);

    let zip = |code: &'static str| {
        let client = store.sales();
        async move { client.get(&format!("/places/zips/{code}?date=2026-03-02")).await.expect(200) }
    };
    let settled = zip("66048").await;
    assert_eq!((&settled["resolved"], settled["candidates"].as_array().unwrap().len()), (&json!(true), 1));
    let open = zip("66086").await;
    assert_eq!(open["resolved"], false);
    let areas: Vec<_> = open["candidates"].as_array().unwrap().iter().map(|one| one["area"].clone()).collect();
    assert_eq!(areas, ["Leavenworth", "Leavenworth, place 39000, districts 77"]);
    assert_eq!(zip("66086-0001").await["resolved"], true);
    let source = zip("66048").await["candidates"][0]["rates"][0]["source"].clone();
    assert_eq!(source, "A list, as of 2026-01-01, imported by the store");
}

#[tokio::test]
async fn the_older_layout_of_boundaries_is_read_too() {
    let store = Store::open().await;
    let _ = store.import("KS", "sstRate", RATES).await;
    let mut fields = vec![""; 87];
    (fields[0], fields[1], fields[2], fields[17], fields[19]) = ("Z", "20260101", "99991231", "66048", "66048");
    (fields[21], fields[22], fields[23], fields[27], fields[28]) = ("20", "103", "39000", "ST", "00077");
    let _ = store.import("KS", "sstBoundary", &fields.join(",")).await;
    let place = json!({ "state": "KS", "zip": "66048" });
    let rates: Vec<_> = store.rates(&place, "2026-03-02").await.into_iter().map(|(_, rate, _)| rate).collect();
    assert_eq!(rates, ["0.01", "0.015", "0.005"]);
}

#[tokio::test]
async fn a_preview_counts_what_would_change_and_writes_nothing() {
    let store = Store::open().await;
    let (id, head) = (store.id(), "county,level,name,rate,effective\n");
    let first = format!("{head}Allen,county,Allen tax,0.01,2026-01-01\nBarton,county,Barton tax,0.01,2026-01-01\n");
    let seen = store.send("/preview", &id, "TX", "csv", "", &first).await.expect(200);
    assert_eq!((&seen["valid"], &seen["comparedWith"], &seen["added"]), (&json!(true), &json!("nothing"), &json!(2)));
    assert_eq!(store.admin().get("/places/rate-imports").await.expect(200)["items"], json!([]));
    let made = store.import("TX", "csv", &first).await;
    let next = format!("{head}Allen,county,Allen tax,0.02,2026-01-01\nClay,county,Clay tax,0.01,2026-01-01\n");
    let seen = store.send("/preview", &id, "TX", "csv", "", &next).await.expect(200);
    assert_eq!((&seen["comparedWith"], &seen["comparedImportId"]), (&json!("import"), &made["id"]));
    assert_eq!((&seen["added"], &seen["changed"], &seen["removed"]), (&json!(1), &json!(1), &json!(1)));
    let changed = seen["samples"].as_array().unwrap().iter().find(|sample| sample["change"] == "changed").unwrap();
    assert_eq!((&changed["before"], &changed["after"]), (&json!("0.01"), &json!("0.02")));
    let shipped = store.send("/preview", &id, "KS", "csv", "", &next).await.expect(200);
    assert_eq!(shipped["comparedWith"], "shipped");
    let bad = store.send("/preview", &id, "TX", "csv", "", &format!("{head}Allen,county,,2,never\n")).await.expect(200);
    assert_eq!((&bad["valid"], &bad["errors"][0]["line"]), (&json!(false), &json!(2)));

    let zip = |place| record("Z", DAYS, ["66048", "", "66049", ""], ["103", place, ""]);
    let _ = store.import("KS", "sstBoundary", &zip("39000")).await;
    let seen = store.send("/preview", &id, "KS", "sstBoundary", "", &zip("36000")).await.expect(200);
    assert_eq!((&seen["changed"], &seen["samples"][0]["name"]), (&json!(1), &json!("66048…66049")));
    assert_eq!(seen["samples"][0]["before"], "Leavenworth, place 39000");
}
