//! Signing in with a store's own provider: who is let in, as what, and which returns are none.

use http::{StatusCode, header};
use serde_json::{Value, json};

use crate::{
    app::{ADMINISTRATOR, Answer, App, Call, PASSWORD, SignedIn},
    provider::{CLIENT, Provider, SECRET},
};

/// A store whose provider vouches for the people of example.com.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) provider: Provider,
    pub(crate) ada: SignedIn,
}

impl House {
    pub(crate) async fn new() -> Self {
        let (app, _) = App::founded().await;
        let provider = Provider::start(app.test.clock_value().now()).await;
        let ada = app.sign_in(ADMINISTRATOR, PASSWORD).await;
        Self { app, provider, ada }
    }

    /// The connection as most tests want it, with changes.
    pub(crate) fn connection(&self, changes: Value) -> Value {
        let mut body = json!({
            "issuer": self.provider.issuer(), "clientId": CLIENT, "clientSecret": SECRET, "hosts": ["example.com"],
            "roleClaim": "groups", "passwords": true, "active": true,
            "roleRules": [
                { "value": "managers", "gives": { "role": "sales_manager" } },
                { "value": "sales", "gives": { "role": "salesperson" } },
            ],
        });
        let Value::Object(changes) = changes else { panic!("{changes}") };
        body.as_object_mut().unwrap().extend(changes);
        body
    }

    pub(crate) async fn save(&self, by: &SignedIn, version: i64, body: Value) -> Answer {
        let call = Call::put("/admin/settings/single-sign-on").token(&by.access).if_match(version).body(body);
        self.app.send(call).await
    }

    pub(crate) async fn connected(changes: Value) -> Self {
        let house = Self::new().await;
        let saved = house.save(&house.ada, 0, house.connection(changes)).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
        house
    }

    /// A browser that is on its way: where it was sent, and what it keeps.
    async fn leaves(&self, email: &str) -> (String, String) {
        let answer = self.app.send(Call::post("/auth/sso/begin").body(json!({ "email": email }))).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.contains("; Path=/api/v1/auth/sso; HttpOnly; SameSite=Strict"), "{cookie}");
        let kept = cookie.split(';').next().unwrap().to_owned();
        (answer.body["url"].as_str().unwrap().to_owned(), kept)
    }

    async fn returns(&self, (code, state): &(String, String), kept: &str) -> Answer {
        let body = json!({ "code": code, "state": state });
        self.app.send(Call::post("/auth/sso/complete").header("cookie", kept).body(body)).await
    }

    /// Somebody goes to the provider, which says this of them, and comes back.
    pub(crate) async fn comes(&self, claims: Value) -> Answer {
        let (url, kept) = self.leaves("whoever@example.com").await;
        self.returns(&self.provider.lets_in(&url, claims), &kept).await
    }

    /// What the trail says about the last refusal.
    async fn why(&self) -> String {
        let mut owner = self.app.test.owner().await;
        let after: Value = sqlx::query_scalar(
            "select after from audit_entry where action = 'session.refused' order by id desc limit 1",
        )
        .fetch_one(&mut owner)
        .await
        .unwrap();
        after["why"].as_str().unwrap().to_owned()
    }
}

fn grace(groups: &Value) -> Value {
    json!({ "sub": "g-1", "email": "grace@example.com", "email_verified": true, "name": "Grace Hopper",
            "groups": groups, "amr": ["pwd", "mfa"] })
}

#[tokio::test]
async fn who_comes_for_the_first_time_is_added_as_what_the_provider_says_and_follows_it() {
    let house = House::connected(json!({})).await;
    let grace_comes = house.comes(grace(&json!(["sales"]))).await;
    let session = &grace_comes.body["session"];
    assert_eq!((&session["role"], &session["person"]["name"]), (&json!("salesperson"), &json!("Grace Hopper")));
    // As the header of RFC 6749, section 2.3.1.
    assert_eq!(house.provider.asked(), ["Basic YXV0b2x5dGlxLWRlc2s6a2VwdCtiZXR3ZWVuK3RoZSt0d28="]);

    let again = SignedIn::of(&house.comes(grace(&json!(["managers"]))).await);
    assert_eq!(again.session["role"], "sales_manager");
    house.comes(grace(&json!(["bowling"]))).await.refused(403, "single-sign-on-refused");
    assert_eq!(house.why().await, "no rule gives a role for what the provider says");

    // Without a word about a second factor there, the product asks for its own.
    let mut plain = grace(&json!("managers"));
    plain["amr"] = json!(["pwd"]);
    let pending = house.comes(plain).await;
    assert_eq!((pending.status, &pending.body["step"]), (StatusCode::ACCEPTED, &json!("enrol")));
    let enrolled = house.app.enrol(&pending).await.signed_in;

    for session in [again, enrolled] {
        let call = Call::post("/auth/logout").token(&session.access).cookie(&session.refresh);
        let out = house.app.send(call).await;
        let to = format!(
            "{}/end?client_id={CLIENT}&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fsign-in",
            house.provider.issuer()
        );
        assert_eq!((out.status, &out.body["endSessionUrl"]), (StatusCode::OK, &json!(to)));
        let refresh = Call::post("/auth/refresh").cookie(&session.refresh);
        assert_eq!(house.app.send(refresh).await.status, StatusCode::UNAUTHORIZED);
    }
    let out = house.app.send(Call::post("/auth/logout").token(&house.ada.access)).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT, "no provider vouched for Ada");
    let audited = house.app.audited().await;
    for action in ["single_sign_on.changed", "user.added", "user.linked", "user.role_changed", "session.signed_in"] {
        assert!(audited.iter().any(|entry| entry == action), "{action}");
    }
}

#[tokio::test]
async fn a_return_works_once_in_the_browser_and_for_the_store_that_began() {
    let house = House::connected(json!({})).await;
    let (url, kept) = house.leaves("grace@example.com").await;
    let (other_url, other_kept) = house.leaves("grace@example.com").await;
    let back = house.provider.lets_in(&url, grace(&json!("sales")));
    let other_back = house.provider.lets_in(&other_url, grace(&json!("sales")));

    let stale = |answer: Answer| answer.refused(401, "sign-in-expired");
    stale(house.returns(&back, &other_kept).await);
    stale(house.returns(&back, "theme=dark").await);
    stale(house.returns(&(back.0.clone(), "invented".to_owned()), &kept).await);
    assert_eq!(house.returns(&back, &kept).await.status, StatusCode::OK);
    stale(house.returns(&back, &kept).await);

    // A code that was spent, and one that was asked for by another attempt: the provider knows by the verifier.
    let (third_url, third_kept) = house.leaves("grace@example.com").await;
    let (_, third_state) = house.provider.lets_in(&third_url, grace(&json!("sales")));
    let replayed = house.returns(&(back.0.clone(), third_state), &third_kept).await;
    replayed.refused(502, "single-sign-on-provider");
    let (fourth_url, fourth_kept) = house.leaves("grace@example.com").await;
    let (_, fourth_state) = house.provider.lets_in(&fourth_url, grace(&json!("sales")));
    let injected = house.returns(&(other_back.0.clone(), fourth_state), &fourth_kept).await;
    injected.refused(502, "single-sign-on-provider");

    // Another issuer's code (RFC 9207), and a return after the ten minutes.
    let (url, kept) = house.leaves("grace@example.com").await;
    let (code, state) = house.provider.lets_in(&url, grace(&json!("sales")));
    let body = json!({ "code": code, "state": state, "iss": "https://elsewhere.example" });
    let call = Call::post("/auth/sso/complete").header("cookie", kept).body(body);
    house.app.send(call).await.refused(502, "single-sign-on-provider");
    let (url, kept) = house.leaves("grace@example.com").await;
    let late = house.provider.lets_in(&url, grace(&json!("sales")));
    house.app.test.clock().advance(jiff::SignedDuration::from_mins(10));
    stale(house.returns(&late, &kept).await);

    let unknown = json!({ "email": "grace@elsewhere.example" });
    house.app.send(Call::post("/auth/sso/begin").body(unknown)).await.refused(404, "not-found");
}

#[tokio::test]
async fn a_token_that_is_not_right_lets_nobody_in() {
    let house = House::connected(json!({})).await;
    for (claim, value) in [
        ("nonce", json!("another")),
        ("aud", json!("another")),
        ("iss", json!("https://elsewhere.example")),
        ("exp", json!(1_772_463_000)),
    ] {
        let mut claims = grace(&json!("sales"));
        claims[claim] = value;
        house.comes(claims).await.refused(502, "single-sign-on-provider");
        assert!(house.why().await.contains("ID token is refused"), "{claim}");
    }
    house.provider.changes_keys();
    assert_eq!(house.comes(grace(&json!("sales"))).await.status, StatusCode::OK, "its new key is followed at once");
    house.provider.is_robbed();
    house.comes(grace(&json!("sales"))).await.refused(502, "single-sign-on-provider");
}

#[tokio::test]
async fn an_account_is_reached_by_a_verified_address_of_the_stores_hosts_and_by_nobody_else() {
    let house = House::connected(json!({})).await;
    house.app.add(&house.ada, "mia@example.com", "bdc").await;
    let refused = async |claims: Value, why: &str| {
        house.comes(claims).await.refused(403, "single-sign-on-refused");
        assert_eq!(house.why().await, why);
    };
    let mia = |sub: &str| json!({ "sub": sub, "email": "Mia@Example.com", "email_verified": true, "groups": "sales", "amr": ["mfa"] });
    let unverified = "the provider tells no verified address of the store's hosts";
    for (claim, value) in
        [("email_verified", json!(false)), ("email_verified", Value::Null), ("email", json!("mia@evil.example"))]
    {
        let mut claims = mia("m-1");
        claims[claim] = value;
        refused(claims, unverified).await;
    }
    let in_ = SignedIn::of(&house.comes(mia("m-1")).await);
    assert_eq!(in_.session["role"], "salesperson", "the provider says what she is");
    refused(mia("m-2"), "the address belongs to a member who came with another account of the provider").await;
    // Once known, she is who she is whatever address the provider tells.
    let mut moved = mia("m-1");
    moved["email"] = json!("grace@example.com");
    assert_eq!(SignedIn::of(&house.comes(moved).await).session["person"]["id"], in_.session["person"]["id"]);

    let person = in_.session["person"]["id"].as_str().unwrap().parse().unwrap();
    let store = house.ada.session["dealership"]["id"].as_str().unwrap().parse().unwrap();
    house.app.leave(store, person).await;
    refused(mia("m-1"), "the member's access has ended").await;
}

#[tokio::test]
async fn a_stores_provider_opens_no_other_store() {
    let house = House::connected(json!({ "roleClaim": null, "roleRules": [], "otherRole": { "role": "bdc" } })).await;
    let other = house.app.found("Other Motors", "bob@example.com").await;
    let bob = |sub: &str| json!({ "sub": sub, "email": "bob@example.com", "email_verified": true, "amr": ["mfa"] });
    house.comes(bob("b")).await.refused(403, "single-sign-on-refused");
    assert_eq!(house.why().await, "the person works in a store that does not trust this provider");
    assert!(!house.app.audited().await.iter().any(|action| action == "user.added"), "nor is he added");

    // Once his store trusts the same provider as well, he is let in here.
    let at_home = house.app.sign_in("bob@example.com", PASSWORD).await;
    let saved = house.save(&at_home, 0, house.connection(json!({}))).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let begin = Call::post("/auth/sso/begin").body(json!({ "email": "bob@example.com" }));
    let choice = house.app.send(begin).await;
    assert_eq!(choice.body["stores"][0]["name"], "Austin Motors");
    assert_eq!(choice.body["stores"][1]["id"], json!(other.dealership));
    let begin = json!({ "dealershipId": house.ada.session["dealership"]["id"] });
    let answer = house.app.send(Call::post("/auth/sso/begin").body(begin)).await;
    let kept = answer.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let back = house.provider.lets_in(answer.body["url"].as_str().unwrap(), bob("b"));
    let session = SignedIn::of(&house.returns(&back, &kept).await).session;
    assert_eq!((&session["dealership"]["name"], &session["role"]), (&json!("Austin Motors"), &json!("bdc")));
}

#[tokio::test]
async fn where_no_passwords_are_wanted_only_administrators_keep_theirs() {
    let house = House::connected(json!({ "passwords": false })).await;
    house.app.add(&house.ada, "mia@example.com", "bdc").await;
    house.app.add(&house.ada, "guest@partner.example", "bdc").await;
    house.app.try_sign_in("mia@example.com", PASSWORD).await.refused(403, "single-sign-on-only");
    house.app.try_sign_in("mia@example.com", "not the password").await.refused(401, "sign-in-refused");
    house.app.sign_in(ADMINISTRATOR, PASSWORD).await;
    house.app.sign_in("guest@partner.example", PASSWORD).await;
    let saved = house.save(&house.ada, 1, house.connection(json!({ "passwords": false, "active": false }))).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    house.app.sign_in("mia@example.com", PASSWORD).await;
    house
        .app
        .send(Call::post("/auth/sso/begin").body(json!({ "email": "mia@example.com" })))
        .await
        .refused(404, "not-found");
}
