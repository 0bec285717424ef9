//! Lists of people.

use http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{ADMINISTRATOR, Answer, App, Call, PASSWORD, SignedIn};

const LIST: &str =
    "name,email,role\nSal Paradise,sal@example.com,Salesperson\nDean Moriarty,dean@example.com,Desk manager\n";

async fn preview(app: &App, by: &SignedIn, text: &str) -> Answer {
    app.send(Call::post("/admin/user-imports/preview").token(&by.access).body(json!({ "text": text }))).await
}

async fn import(app: &App, by: &SignedIn, id: Uuid, text: &str) -> Answer {
    let body = json!({ "id": id, "text": text, "fileName": "people.csv" });
    app.send(Call::post("/admin/user-imports").token(&by.access).body(body)).await
}

async fn undo(app: &App, by: &SignedIn, id: Uuid) -> Answer {
    app.send(Call::post(&format!("/admin/user-imports/{id}/undo")).token(&by.access)).await
}

fn outcomes(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body["rows"].as_array().unwrap().iter().map(|row| row["outcome"].as_str().unwrap()).collect()
}

async fn people(app: &App, by: &SignedIn) -> Vec<(String, String)> {
    let listed = app.send(Call::get("/admin/users").token(&by.access)).await.body;
    let text = |user: &Value, field: &str| user[field].as_str().unwrap().to_owned();
    listed["items"].as_array().unwrap().iter().map(|user| (text(user, "email"), text(user, "role"))).collect()
}

fn person(email: &str, role: &str) -> (String, String) {
    (email.to_owned(), role.to_owned())
}

#[tokio::test]
async fn a_list_gives_access_once_and_sends_invitations() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    assert_eq!(outcomes(&preview(&app, &ada, LIST).await), ["added", "added"]);
    assert_eq!(people(&app, &ada).await.len(), 1, "a preview does nothing");
    assert!(app.mailed_kinds().await.is_empty());

    let id = app.test.ids().uuid();
    for _ in 0..2 {
        let answer = import(&app, &ada, id, LIST).await;
        assert_eq!((answer.status, &answer.body["added"]), (StatusCode::CREATED, &json!(2)), "{}", answer.body);
    }
    let hired = [
        person(ADMINISTRATOR, "administrator"),
        person("dean@example.com", "sales_manager"),
        person("sal@example.com", "salesperson"),
    ];
    assert_eq!(people(&app, &ada).await, hired);
    assert_eq!(app.mailed_kinds().await, ["invitation", "invitation"]);
    // The same list under another id finds everybody here, whatever the spelling.
    assert_eq!(outcomes(&preview(&app, &ada, &LIST.to_uppercase()).await), ["here", "here"]);
    assert_eq!(import(&app, &ada, app.test.ids().uuid(), LIST).await.body["added"], 0);
    assert_eq!(app.mailed_kinds().await.len(), 2);

    // The invitation is the way in; nobody has a password before.
    let token = app.token_sent_to("sal@example.com").await;
    let follow = json!({ "token": token, "password": "mauve tripod cactus" });
    let followed = app.send(Call::post("/auth/links/follow").body(follow)).await;
    assert_eq!(followed.status, StatusCode::NO_CONTENT, "{}", followed.body);
}

#[tokio::test]
async fn a_list_with_a_fault_changes_nothing() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let text =
        format!("{LIST}Twice,SAL@example.com,bdc\n=HYPERLINK(\"x\"),a@example.com,bdc\nAl,al@example.com,boss\n");
    let seen = preview(&app, &ada, &text).await;
    assert_eq!(outcomes(&seen), ["added", "added", "fault", "fault", "fault"]);
    let faults: Vec<_> = seen.body["rows"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| row["faults"].as_array().unwrap())
        .map(|fault| (fault["column"].as_str().unwrap(), fault["code"].as_str().unwrap()))
        .collect();
    assert_eq!(faults, [("email", "twice"), ("name", "formula"), ("role", "unknown")]);
    let refused = import(&app, &ada, app.test.ids().uuid(), &text).await;
    refused.refused(422, "invalid-field");
    assert!(refused.body["errors"][0]["detail"].as_str().unwrap().starts_with("line 4, email:"), "{}", refused.body);
    assert_eq!(people(&app, &ada).await.len(), 1);
    preview(&app, &ada, "Sal,sal@example.com").await.refused(422, "invalid-field");
}

#[tokio::test]
async fn nobody_imports_a_role_beyond_their_own() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let role = json!({ "name": "Recruiter", "role": "salesperson", "changes": { "user.create": "store" } });
    let role = app.send(Call::post("/admin/custom-roles").token(&ada.access).body(role)).await.body;
    app.add_as(&ada, "rita@example.com", &json!({ "customRole": role["id"] })).await;
    let rita = app.sign_in("rita@example.com", PASSWORD).await;
    let text = "name,email,role\nA,a@example.com,administrator\nB,b@example.com,recruiter\n";
    let seen = preview(&app, &rita, text).await;
    assert_eq!(outcomes(&seen), ["fault", "added"]);
    assert_eq!(seen.body["rows"][0]["faults"][0]["code"], "beyond-own-role");
    import(&app, &rita, app.test.ids().uuid(), text).await.refused(422, "invalid-field");
}

#[tokio::test]
async fn undone_within_a_day_are_those_who_have_not_come() {
    let (app, _) = App::founded().await;
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    let id = app.test.ids().uuid();
    import(&app, &ada, id, LIST).await;
    let deans = app.token_sent_to("dean@example.com").await;
    let sals = app.token_sent_to("sal@example.com").await;
    let follow = |token: String| Call::post("/auth/links/follow").body(json!({ "token": token, "password": PASSWORD }));
    assert_eq!(app.send(follow(sals)).await.status, StatusCode::NO_CONTENT);

    app.test.clock().advance(SignedDuration::from_hours(24));
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    for _ in 0..2 {
        let undone = undo(&app, &ada, id).await;
        assert_eq!((undone.status, &undone.body["removed"]), (StatusCode::OK, &json!(1)), "{}", undone.body);
    }
    assert_eq!(
        people(&app, &ada).await,
        [person(ADMINISTRATOR, "administrator"), person("sal@example.com", "salesperson")]
    );
    app.send(follow(deans)).await.refused(410, "link-spent");
    let gone = app.audited().await;
    assert_eq!(gone.iter().filter(|action| *action == "user.removed").count(), 1);
    assert!(gone.contains(&"user_import.undone".to_owned()));
    let left: i64 = sqlx::query_scalar("select count(*) from person where email = 'dean@example.com'")
        .fetch_one(&mut app.test.owner().await)
        .await
        .unwrap();
    assert_eq!(left, 0, "an account that nobody has is not kept");

    // Taken back, the list can be imported again.
    let again = app.test.ids().uuid();
    assert_eq!(import(&app, &ada, again, LIST).await.body["added"], 1);
    app.test.clock().advance(SignedDuration::from_hours(24) + SignedDuration::from_secs(1));
    let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
    undo(&app, &ada, again).await.refused(409, "import-undo-over");
    undo(&app, &ada, app.test.ids().uuid()).await.refused(404, "not-found");
}
