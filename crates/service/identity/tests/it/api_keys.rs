//! API keys: what they may do, and when they stop.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, App, Call, PASSWORD, SignedIn};

async fn make(app: &App, owner: &SignedIn, scopes: &[&str], days: Option<u16>) -> (String, String) {
    let body = json!({ "name": "Nightly export", "scopes": scopes, "days": days });
    let made = app.send(Call::post("/account/api-keys").token(&owner.access).body(body)).await;
    assert_eq!(made.status, 201, "{}", made.body);
    (made.body["id"].as_str().unwrap().to_owned(), made.body["key"].as_str().unwrap().to_owned())
}

async fn own(app: &App, owner: &SignedIn) -> Vec<Value> {
    let listed = app.send(Call::get("/account/api-keys").token(&owner.access)).await;
    listed.body["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_key_does_what_it_was_made_for_and_nothing_else() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let (_, key) = make(&app, &ada, &["user.read"], None).await;
    assert_eq!(app.send(Call::get("/admin/users").token(&key)).await.status, 200);
    let refused = app.send(Call::get("/admin/settings/desk").token(&key)).await;
    refused.refused(403, "forbidden");
    assert_eq!(refused.body["permission"], "settings.read", "Ada may, the key may not");
    // What is one's own needs no permission, and is for people: a stolen key makes no other key and ends no session.
    for path in ["/account/api-keys", "/auth/validate-token"] {
        app.send(Call::get(path).token(&key)).await.refused(403, "forbidden");
    }
    let body = json!({ "name": "Another", "scopes": ["user.read"] });
    app.send(Call::post("/account/api-keys").token(&key).body(body)).await.refused(403, "forbidden");
    app.send(Call::post("/auth/logout-everywhere").token(&key)).await.refused(403, "forbidden");
    // Nothing but the whole text opens anything.
    let other_secret = format!("{}{}", &key[..26], &"A".repeat(43));
    for wrong in [&key[..key.len() - 1], &key[..26], "alq_", &other_secret, &key[4..]] {
        app.send(Call::get("/admin/users").token(wrong)).await.refused(401, "unauthenticated");
    }
    assert!(!own(&app, &ada).await[0].to_string().contains(&key[26..]), "the secret is shown once");
}

#[tokio::test]
async fn a_key_ends_after_ninety_days_by_being_revoked_and_with_its_owners_access() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let grace = app.add(&ada, "grace@example.com", "sales_manager").await;
    let grace_in = app.sign_in("grace@example.com", PASSWORD).await;
    let works = async |key: &str| app.send(Call::get("/admin/roles").token(key)).await.status == 200;

    let (id, first) = make(&app, &grace_in, &["role.read"], None).await;
    let (_, second) = make(&app, &grace_in, &["role.read"], Some(1)).await;
    assert!(works(&first).await && works(&second).await);
    app.send(Call::delete(&format!("/account/api-keys/{id}")).token(&ada.access)).await.refused(404, "not-found");
    let revoke = async |path: String, who: &SignedIn| app.send(Call::delete(&path).token(&who.access)).await.status;
    assert_eq!(revoke(format!("/account/api-keys/{id}"), &grace_in).await, 204);
    assert_eq!(revoke(format!("/account/api-keys/{id}"), &grace_in).await, 204, "ending it twice is no mistake");
    assert!(!works(&first).await && works(&second).await);

    app.test.clock().advance(SignedDuration::from_hours(24));
    assert!(!works(&second).await);
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let grace_in = app.sign_in("grace@example.com", PASSWORD).await;
    let (_, third) = make(&app, &grace_in, &["role.read"], None).await;
    let listed = own(&app, &grace_in).await;
    assert_eq!(listed.len(), 3);
    // The test's clock stands at 2026-03-02T15:00Z and one day; 90 days later is the first of June.
    assert_eq!(listed[0]["expiresAt"], "2026-06-01T15:00:00Z");

    let user = app.send(Call::get(&format!("/admin/users/{grace}")).token(&ada.access)).await;
    let version = user.body["version"].as_i64().unwrap();
    let path = format!("/admin/users/{grace}/deactivate");
    let ended = app.send(Call::post(&path).token(&ada.access).if_match(version).body(json!({}))).await;
    assert_eq!(ended.status, 200, "{}", ended.body);
    assert!(!works(&third).await, "a key does not outlive its owner's access");
    let trail = app.audited().await;
    assert_eq!(trail.iter().filter(|action| *action == "api_key.created").count(), 3);
    assert_eq!(trail.iter().filter(|action| *action == "api_key.revoked").count(), 1);
}

#[tokio::test]
async fn nobody_makes_a_key_for_more_than_they_may() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let _ = app.add(&ada, "sam@example.com", "salesperson").await;
    let sam = app.sign_in("sam@example.com", PASSWORD).await;
    for body in [
        json!({ "name": "Mine", "scopes": ["user.create"] }),
        json!({ "name": "Mine", "scopes": ["no.such"] }),
        json!({ "name": "Mine", "scopes": [] }),
        json!({ "name": " ", "scopes": ["deal.read"] }),
        json!({ "name": "Mine", "scopes": ["deal.read"], "days": 366 }),
        json!({ "name": "Mine", "scopes": ["deal.read"], "personId": "0b7e3f2c-9d63-4f0e-8f4e-2f4b5a3c1d00" }),
    ] {
        app.send(Call::post("/account/api-keys").token(&sam.access).body(body)).await.refused(422, "invalid-field");
    }
    // A key is of its scope also after a promotion, and of its owner's role also after a demotion.
    let (_, key) = make(&app, &ada, &["user.read", "audit.read"], None).await;
    assert_eq!(app.send(Call::get("/admin/users").token(&key)).await.status, 200);
}

#[tokio::test]
async fn a_service_account_works_by_its_keys_alone() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let new = |role: &str| json!({ "name": "Website", "purpose": "shows our stock", "role": role });
    let create = |body: Value| app.send(Call::post("/admin/service-accounts").token(&ada.access).body(body));
    create(new("administrator")).await.refused(422, "invalid-field");
    let made = create(new("salesperson")).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let id = made.body["id"].as_str().unwrap();
    let keys = format!("/admin/service-accounts/{id}/keys");
    let key =
        app.send(Call::post(&keys).token(&ada.access).body(json!({ "name": "k", "scopes": ["dealership.read"] })));
    let key = key.await.body["key"].as_str().unwrap().to_owned();
    let too_much = json!({ "name": "k", "scopes": ["user.read"] });
    app.send(Call::post(&keys).token(&ada.access).body(too_much)).await.refused(422, "invalid-field");
    let of_a_person = app.send(Call::get("/admin/users").token(&ada.access)).await;
    let people = of_a_person.body["items"].as_array().unwrap().clone();
    assert_eq!(people.len(), 1, "a program is not in the list of people: {people:?}");
    let path = format!("/admin/service-accounts/{}/keys", people[0]["id"].as_str().unwrap());
    let body = json!({ "name": "k", "scopes": ["dealership.read"] });
    app.send(Call::post(&path).token(&ada.access).body(body)).await.refused(404, "not-found");

    assert_eq!(app.send(Call::get("/admin/dealerships").token(&key)).await.status, 200);
    let all = app.send(Call::get("/admin/api-keys").token(&ada.access)).await;
    let listed = &all.body["items"][0];
    assert_eq!((listed["ownerName"].as_str(), listed["service"].as_bool()), (Some("Website"), Some(true)));
    let path = format!("/admin/api-keys/{}", listed["id"].as_str().unwrap());
    assert_eq!(app.send(Call::delete(&path).token(&ada.access)).await.status, 204);
    app.send(Call::get("/admin/dealerships").token(&key)).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn the_last_use_is_written_down() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let (_, key) = make(&app, &ada, &["user.read"], None).await;
    assert_eq!(own(&app, &ada).await[0].get("lastUsedAt"), None);
    assert_eq!(app.send(Call::get("/admin/users").token(&key)).await.status, 200);
    for _ in 0..100 {
        if own(&app, &ada).await[0]["lastUsedAt"] == "2026-03-02T15:00:00Z" {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the use was not noted: {:?}", own(&app, &ada).await);
}

#[tokio::test]
async fn the_owner_is_reminded_once_in_the_week_before_a_key_ends() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let _ = make(&app, &ada, &["user.read"], Some(30)).await;
    let new = json!({ "name": "Website", "purpose": "shows our stock", "role": "salesperson" });
    let program = app.send(Call::post("/admin/service-accounts").token(&ada.access).body(new)).await;
    let path = format!("/admin/service-accounts/{}/keys", program.body["id"].as_str().unwrap());
    let body = json!({ "name": "Stock feed", "scopes": ["vehicle.read"], "days": 30 });
    assert_eq!(app.send(Call::post(&path).token(&ada.access).body(body)).await.status, 201);
    let messages = async || {
        app.remind().await;
        let mut owner = app.test.owner().await;
        let sql = "select to_email, subject from mail where kind = 'api_key_ending' order by subject";
        sqlx::query_as::<_, (String, String)>(sql).fetch_all(&mut owner).await.unwrap()
    };
    // Thirty days from 2 March are 1 April; a week before that is 25 March at the same hour.
    app.test.clock().advance(SignedDuration::from_hours(24 * 23 - 1));
    assert!(messages().await.is_empty());
    app.test.clock().advance(SignedDuration::from_hours(1));
    let expected = ["The API key Nightly export ends on 2026-04-01", "The API key Stock feed ends on 2026-04-01"]
        .map(|subject| (ADMINISTRATOR.to_owned(), subject.to_owned()));
    assert_eq!(messages().await, expected);
    assert_eq!(messages().await.len(), 2, "once is enough");
}
