//! The store's profile, and the versions of settings.

use http::StatusCode;
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, Answer, App, Call, PASSWORD, SignedIn};

/// A transparent PNG of one pixel.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

async fn get(app: &App, by: &SignedIn, path: &str) -> Value {
    let answer = app.send(Call::get(path).token(&by.access)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

async fn put(app: &App, by: &SignedIn, path: &str, version: i64, body: &Value) -> Answer {
    app.send(Call::put(path).token(&by.access).if_match(version).body(body.clone())).await
}

async fn go_back(app: &App, by: &SignedIn, setting: &str, earlier: i64, version: i64) -> Answer {
    let path = format!("/admin/settings/{setting}/versions/{earlier}/restore");
    app.send(Call::post(&path).token(&by.access).if_match(version)).await
}

fn profile() -> Value {
    json!({
        "name": "Austin Motors", "timeZone": "America/Chicago",
        "place": { "state": "TX", "county": "Travis", "city": "Austin", "zip": "78701" },
        "street": "1 Congress Ave", "phone": "(512) 555-0100", "licenceNumbers": "P-12345",
        "hours": { "monday": { "opens": "09:00", "closes": "18:30" } },
    })
}

#[tokio::test]
async fn what_the_profile_says_stands_on_the_papers() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let first = get(&app, &ada, "/admin/settings/profile").await;
    assert_eq!(
        (&first["street"], &first["hours"], &first["version"]),
        (&json!("1 Congress Ave"), &json!({}), &json!(1))
    );

    let up = |data: &str| Call::post("/admin/settings/profile/logos").token(&ada.access).body(json!({ "data": data }));
    let svg = app.send(up("PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=")).await;
    svg.refused(422, "invalid-field");
    app.send(up("not base64")).await.refused(422, "invalid-field");
    let logo = app.send(up(PIXEL)).await.body["logo"].clone();
    let mut body = profile();
    body["logo"] = json!("0".repeat(64));
    assert_eq!(put(&app, &ada, "/admin/settings/profile", 1, &body).await.pointers(), ["/logo"]);
    body["logo"] = logo;
    assert_eq!(put(&app, &ada, "/admin/settings/profile", 1, &body).await.body["version"], 2);
    put(&app, &ada, "/admin/settings/profile", 1, &body).await.refused(412, "version-conflict");

    app.add(&ada, "sal@example.com", "salesperson").await;
    let sal = app.sign_in("sal@example.com", PASSWORD).await;
    let paper = get(&app, &sal, "/admin/letterhead").await;
    assert_eq!(paper["picture"], format!("data:image/png;base64,{PIXEL}"));
    assert_eq!((&paper["licenceNumbers"], &paper["hours"]), (&body["licenceNumbers"], &body["hours"]));
    put(&app, &sal, "/admin/settings/profile", 2, &body).await.refused(403, "forbidden");

    body["hours"] = json!({ "monday": { "opens": "19:00", "closes": "18:30" } });
    body["timeZone"] = json!("Mars/Olympus");
    let refused = put(&app, &ada, "/admin/settings/profile", 2, &body).await;
    assert_eq!(refused.pointers(), ["/timeZone", "/hours/monday"]);
}

#[tokio::test]
async fn every_setting_keeps_its_versions_and_goes_back() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let changes = [
        ("desk", json!({ "docFee": "100.00", "pack": "50.00" }), "docFee"),
        ("sessions", json!({ "idleMinutes": 30, "absoluteHours": 10 }), "idleMinutes"),
        ("profile", profile(), "phone"),
        (
            "numbering",
            json!({ "deals": { "prefix": "AM-", "year": "two", "digits": 5 }, "usedVehicles": { "prefix": "T", "digits": 4 } }),
            "deals",
        ),
    ];
    for (setting, change, field) in changes {
        let (path, versions) = (format!("/admin/settings/{setting}"), format!("/admin/settings/{setting}/versions"));
        assert_eq!(get(&app, &ada, &versions).await["items"], json!([]), "{setting}");
        let before = get(&app, &ada, &path).await;
        let first = before["version"].as_i64().unwrap();
        assert_eq!(put(&app, &ada, &path, first, &change).await.status, StatusCode::OK, "{setting}");
        let kept = get(&app, &ada, &versions).await;
        let told: Vec<_> = kept["items"].as_array().unwrap().iter().map(|kept| &kept["version"]).collect();
        assert_eq!(told, [&json!(first + 1), &json!(first)], "{setting}: newest first, and where it began");
        assert_eq!(kept["items"][0]["savedBy"], "Ada Byron");
        assert_eq!(
            (&kept["items"][0]["value"][field], &kept["items"][1]["value"][field]),
            (&change[field], &before[field])
        );
        assert_eq!(kept["items"][1].get("savedAt"), None);

        go_back(&app, &ada, setting, first, first).await.refused(412, "version-conflict");
        go_back(&app, &ada, setting, 99, first + 1).await.refused(404, "not-found");
        assert_eq!(go_back(&app, &ada, setting, first, first + 1).await.body["version"], first + 2, "{setting}");
        let mut after = get(&app, &ada, &path).await;
        after["version"] = before["version"].clone();
        assert_eq!(after, before, "{setting}");
        assert_eq!(
            get(&app, &ada, &versions).await["items"].as_array().unwrap().len(),
            3,
            "going back is a version too"
        );
    }
    app.add(&ada, "sal@example.com", "salesperson").await;
    let sal = app.sign_in("sal@example.com", PASSWORD).await;
    go_back(&app, &sal, "profile", 1, 3).await.refused(403, "forbidden");
    app.send(Call::get("/admin/settings/nonsense/versions").token(&ada.access)).await.refused(404, "not-found");
}

#[tokio::test]
async fn a_numbering_whose_numbers_could_be_mistaken_is_refused_and_small_letters_become_large() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let path = "/admin/settings/numbering";
    let by_itself = get(&app, &ada, path).await;
    assert_eq!(by_itself["deals"], json!({ "prefix": "D-", "year": "none", "digits": 0 }));
    let mut body = json!({
        "deals": { "prefix": "am1", "year": "none", "digits": 10 }, "newVehicles": { "prefix": "n n", "digits": 0 }
    });
    let refused = put(&app, &ada, path, 0, &body).await;
    assert_eq!(refused.pointers(), ["/deals/prefix", "/deals/digits", "/newVehicles/prefix"]);
    body = json!({ "deals": { "prefix": "am/", "year": "none", "digits": 6 } });
    let saved = put(&app, &ada, path, 0, &body).await;
    assert_eq!(
        (&saved.body["deals"]["prefix"], saved.body.get("newVehicles")),
        (&json!("AM/"), None),
        "{}",
        saved.body
    );
}
