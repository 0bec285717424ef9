//! People over all stores of a group, and ending somebody's access everywhere.

use autolytiq_identity::api::{Founded, mark_demo_people};
use autolytiq_kernel::DealershipId;
use http::StatusCode;
use serde_json::{Value, json};

use crate::app::{ADMINISTRATOR, Answer, App, Call, PASSWORD, SignedIn, new_store, send};

/// Austin and Waco belong to one group, Boston to another. Ada administers Austin and Waco, Gus the group from Austin, and
/// Sal sells in Austin and manages in Waco.
struct Group {
    app: App,
    founded: Founded,
    austin: DealershipId,
    waco: DealershipId,
    ada: SignedIn,
    gus: SignedIn,
    sal: String,
}

impl Group {
    async fn new() -> Self {
        let (app, founded) = App::founded().await;
        let waco = app.founded_store(&founded, &new_store("Waco Motors")).await;
        app.found("Boston Motors", "bob@example.com").await;
        let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
        app.add(&ada, "gus@example.com", "group_administrator").await;
        let gus = app.sign_in("gus@example.com", PASSWORD).await;
        let sal = app.add(&ada, "sal@example.com", "salesperson").await;
        let group = Self { app, founded, austin: founded.dealership, waco, ada, gus, sal };
        group.hire_in_waco("sal@example.com", "sales_manager").await;
        group
    }

    /// Adds somebody to Waco, by Ada; gives their id.
    async fn hire_in_waco(&self, email: &str, role: &str) -> String {
        let body = json!({ "dealershipId": self.waco });
        let there = self.app.send(Call::post("/auth/switch-store").token(&self.ada.access).body(body)).await;
        let token = there.body["accessToken"].as_str().unwrap();
        let body = json!({ "name": "Some Body", "email": email, "password": PASSWORD, "role": role });
        let added = self.app.send(Call::post("/admin/users").token(token).body(body)).await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
        mark_demo_people(&self.app.identity, self.waco).await.unwrap();
        added.body["id"].as_str().unwrap().to_owned()
    }

    async fn list(&self, by: &SignedIn, query: &str) -> Answer {
        let path = format!("/admin/group/people{query}");
        self.app.send(Call::get(&path).token(&by.access)).await
    }

    async fn end(&self, by: &SignedIn, person: &str, body: Value) -> Answer {
        let path = format!("/admin/group/people/{person}/end-access");
        self.app.send(Call::post(&path).token(&by.access).body(body)).await
    }

    /// Whether somebody has access to Austin and to Waco, as it stands in the database.
    async fn access(&self, person: &str) -> Vec<(DealershipId, bool)> {
        let mut owner = self.app.test.owner().await;
        let select = "select dealership_id, active from membership where person_id = $1::uuid order by dealership_id";
        sqlx::query_as(select).bind(person).fetch_all(&mut owner).await.unwrap()
    }
}

fn emails(answer: &Answer) -> Vec<&str> {
    let items = answer.body["items"].as_array().unwrap_or_else(|| panic!("{}", answer.body));
    items.iter().map(|person| person["email"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn whoever_reaches_the_group_finds_its_people_in_all_stores() {
    let group = Group::new().await;
    let reaching = json!(["user.read", "user.set-role", "dealership.read"]);
    assert_eq!(
        (&group.gus.session["groupPermissions"], &group.ada.session["groupPermissions"]),
        (&reaching, &json!([]))
    );

    let all = group.list(&group.gus, "").await;
    assert_eq!(all.status, StatusCode::OK, "{}", all.body);
    let mut found = emails(&all);
    found.sort_unstable();
    assert_eq!(found, ["ada@example.com", "gus@example.com", "sal@example.com"], "nobody of another group");
    let sal = group.list(&group.gus, "?q=SAL%40exa").await;
    assert_eq!(emails(&sal), ["sal@example.com"]);
    let seat = |store: DealershipId, name, role| json!({ "dealershipId": store, "dealership": name, "role": role, "active": true });
    let seats = [seat(group.austin, "Austin Motors", "salesperson"), seat(group.waco, "Waco Motors", "sales_manager")];
    assert_eq!(sal.body["items"][0]["seats"], json!(seats));
    assert_eq!(emails(&group.list(&group.gus, "?q=byron").await), [ADMINISTRATOR]);
    assert_eq!(emails(&group.list(&group.gus, "?q=100%25").await), Vec::<&str>::new(), "a sign is only a sign");
    let waco = format!("?dealershipId={}", group.waco);
    let there = group.list(&group.gus, &waco).await;
    assert_eq!(emails(&there).len(), 2);
    assert!(!emails(&there).contains(&"gus@example.com"), "he reads Waco without working there");

    // A store that the group takes on is one of it at once.
    group.app.founded_store(&group.founded, &new_store("Hays Motors")).await;
    let stores = group.app.send(Call::get("/admin/dealerships").token(&group.gus.access)).await;
    assert_eq!(stores.body["items"].as_array().unwrap().len(), 3);
    let ada = group.list(&group.gus, "?q=byron").await;
    assert_eq!(ada.body["items"][0]["seats"].as_array().unwrap().len(), 3);

    // Page by page, everybody once.
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = group.list(&group.gus, &format!("?limit=1{cursor}")).await;
        seen.extend(emails(&page).iter().map(|email| (*email).to_owned()));
        let Some(next) = page.body["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    seen.sort_unstable();
    assert_eq!(seen, found);
}

#[tokio::test]
async fn whoever_does_not_reach_the_group_finds_nobody_and_ends_nothing() {
    let group = Group::new().await;
    let sal = group.app.sign_in("sal@example.com", PASSWORD).await;
    for somebody in [&group.ada, &sal] {
        group.list(somebody, "").await.refused(403, "forbidden");
        group.end(somebody, &group.sal, json!({})).await.refused(403, "forbidden");
    }
    // The other group's administrator of everything finds their own people, and nobody here.
    let bob = group.app.sign_in("bob@example.com", PASSWORD).await;
    group.app.add(&bob, "gil@example.com", "group_administrator").await;
    let gil = group.app.sign_in("gil@example.com", PASSWORD).await;
    let mut theirs = group.list(&gil, "").await;
    let mut found = emails(&theirs);
    found.sort_unstable();
    assert_eq!(found, ["bob@example.com", "gil@example.com"]);
    theirs = group.list(&gil, &format!("?dealershipId={}", group.waco)).await;
    assert_eq!(emails(&theirs), Vec::<&str>::new());
    let foreign = group.end(&gil, &group.sal, json!({})).await;
    foreign.refused(404, "not-found");
    let made_up = group.end(&gil, &group.app.test.ids().uuid().to_string(), json!({})).await;
    assert_eq!(foreign.body["detail"], made_up.body["detail"]);
    assert!(group.access(&group.sal).await.iter().all(|(_, active)| *active));

    // Power over people that reaches the group, with sight of one store, is no power over the group.
    let role = json!({ "name": "Half", "role": "administrator", "changes": { "user.set-role": "group", "user.read": "group" } });
    let role = group.app.send(Call::post("/admin/custom-roles").token(&group.gus.access).body(role)).await;
    assert_eq!(role.status, StatusCode::CREATED, "{}", role.body);
    group.app.add_as(&group.gus, "eve@example.com", &json!({ "customRole": role.body["id"] })).await;
    let eve = group.app.sign_in("eve@example.com", PASSWORD).await;
    group.end(&eve, &group.sal, json!({})).await.refused(403, "forbidden");
    let seen = group.list(&eve, "?q=sal").await;
    assert_eq!(seen.body["items"][0]["seats"].as_array().unwrap().len(), 1, "Austin alone");
}

#[tokio::test]
async fn access_ends_everywhere_at_once_and_each_store_has_it_in_its_trail() {
    let group = Group::new().await;
    let app = &group.app;
    let session = app.sign_in("sal@example.com", PASSWORD).await;
    let other = app.second_process().await;
    let here = || app.send(Call::get("/auth/validate-token").token(&session.access));
    let elsewhere = || send(&other, Call::get("/auth/validate-token").token(&session.access));
    assert_eq!((here().await.status, elsewhere().await.status), (StatusCode::OK, StatusCode::OK));
    let ada = json!(ada_id(&group).await);
    let body = json!({ "reason": "left the group", "transfers": [{ "dealershipId": group.waco, "transferTo": ada }] });
    let ended = group.end(&group.gus, &group.sal, body).await;
    assert_eq!(ended.status, StatusCode::OK, "{}", ended.body);
    let active: Vec<&Value> = ended.body["seats"].as_array().unwrap().iter().map(|seat| &seat["active"]).collect();
    assert_eq!(active, [&json!(false), &json!(false)]);
    here().await.refused(401, "unauthenticated");
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    elsewhere().await.refused(401, "unauthenticated");
    app.try_sign_in("sal@example.com", PASSWORD).await.refused(401, "sign-in-refused");

    let mut owner = app.test.owner().await;
    let entries: Vec<(DealershipId, String, String, String, String)> = sqlx::query_as(
        "select e.dealership_id, e.role, e.before::text, e.after::text, w.reason
         from audit_entry e join audit_reason w on w.dealership_id = e.dealership_id and w.entry_id = e.id
         where e.action = 'user.deactivated' and e.subject_id = $1::uuid order by e.dealership_id",
    )
    .bind(&group.sal)
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let entry = |store| {
        let text = |text: &str| text.to_owned();
        (
            store,
            text("group_administrator"),
            text(r#"{"active":true}"#),
            text(r#"{"active":false}"#),
            text("left the group"),
        )
    };
    let mut expected = [entry(group.austin), entry(group.waco)];
    expected.sort();
    assert_eq!(entries, expected);
    let told: Vec<(DealershipId, Value)> = sqlx::query_as(
        "select dealership_id, payload from outbox where type = 'user.deactivated' order by dealership_id",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let mut expected = [(group.austin, json!({ "transferTo": null })), (group.waco, json!({ "transferTo": ada }))];
    expected.sort_by_key(|(store, _)| *store);
    assert_eq!(told, expected);

    // Once more there is nothing left to end, and nothing is written.
    assert_eq!(group.end(&group.gus, &group.sal, json!({})).await.status, StatusCode::OK);
    assert_eq!(app.audited().await.iter().filter(|action| *action == "user.deactivated").count(), 2);
}

async fn ada_id(group: &Group) -> String {
    let found = group.list(&group.gus, "?q=ada%40").await;
    found.body["items"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn one_store_that_refuses_keeps_all_of_them() {
    let group = Group::new().await;
    let ada = ada_id(&group).await;
    // Austin would keep Gus; Waco has nobody else.
    let refused = group.end(&group.gus, &ada, json!({})).await;
    refused.refused(409, "last-administrator");
    assert_eq!(refused.body["dealershipId"], group.waco.to_string());
    assert!(refused.body["detail"].as_str().unwrap().starts_with("Waco Motors: "), "{}", refused.body);

    let gus = group.list(&group.gus, "?q=gus").await.body["items"][0]["id"].as_str().unwrap().to_owned();
    group.end(&group.gus, &gus, json!({})).await.refused(409, "own-access");

    // Gus works in Austin, so in Waco he takes nothing over.
    let transfer = |store, to: &str| json!({ "transfers": [{ "dealershipId": store, "transferTo": to }] });
    let refused = group.end(&group.gus, &group.sal, transfer(group.waco, &gus)).await;
    refused.refused(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/transfers/0/transferTo"]);
    let boston = group.app.test.store();
    let refused = group.end(&group.gus, &group.sal, transfer(boston, &gus)).await;
    assert_eq!(refused.pointers(), ["/transfers/0/dealershipId"]);

    for person in [&ada, &gus, &group.sal] {
        assert!(group.access(person).await.iter().all(|(_, active)| *active), "nothing was ended");
    }
    assert!(!group.app.audited().await.contains(&"user.deactivated".to_owned()));
    // With a second administrator in Waco, Ada may go.
    group.hire_in_waco("wes@example.com", "administrator").await;
    assert_eq!(group.end(&group.gus, &ada, json!({})).await.status, StatusCode::OK);
    assert_eq!(group.access(&ada).await.iter().filter(|(_, active)| *active).count(), 0);
}

#[tokio::test]
async fn two_who_end_the_last_two_administrators_at_once_leave_one() {
    let group = Group::new().await;
    let ada = ada_id(&group).await;
    let wes = group.hire_in_waco("wes@example.com", "administrator").await;
    let (one, two) = tokio::join!(group.end(&group.gus, &ada, json!({})), group.end(&group.gus, &wes, json!({})));
    let done = [&one, &two].into_iter().filter(|answer| answer.status == StatusCode::OK).count();
    assert_eq!(done, 1, "{} {}", one.body, two.body);
}
