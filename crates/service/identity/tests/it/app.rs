//! A process under test, and a client of it.

use std::{num::NonZeroU32, path::PathBuf, sync::Arc};

use autolytiq_events::Dispatcher;
use autolytiq_http::{
    Platform,
    assemble::{Options, assemble},
    settings::{Limits, Settings},
};
use autolytiq_identity::{
    Guard, Identity, IdentityConfig,
    api::{
        Email, Founded, Founding, Name, NewGroup, NewPerson, NewStore, TypedPassword, add_store, found_group,
        mark_demo_people,
    },
    module_of,
};
use autolytiq_kernel::{DealershipId, Origin, PersonId, StoreZone};
use autolytiq_mail::{MailConfig, Post, TextFolder};
use autolytiq_secrets::{MasterKeys, Vault};
use autolytiq_testkit::{TestDb, totp};
use axum::{Router, body::Body};
use http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) const ISSUER: &str = "http://localhost:8080";
pub(crate) const ADMINISTRATOR: &str = "ada@example.com";
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A process on a database of its own.
pub(crate) struct App {
    pub(crate) test: TestDb,
    pub(crate) identity: Arc<Identity>,
    pub(crate) config: IdentityConfig,
    pub(crate) router: Router,
    platform: Platform,
    folder: TempDir,
}

impl App {
    /// A process on an empty installation.
    pub(crate) async fn empty() -> Self {
        let (test, folder) = (TestDb::new().await, tempfile::tempdir().unwrap());
        let many = NonZeroU32::new(100_000).unwrap();
        let limits = Limits { log_in_per_address: many, per_person: many, per_dealership: many, per_address: many };
        // The secrets of authenticator apps are sealed; any keys will do.
        let keys =
            "k1 S0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0s=\nindex SUlJSUlJSUlJSUlJSUlJSUlJSUlJSUlJSUlJSUlJSUk=\n";
        let vault = Vault::new(MasterKeys::parse(keys).unwrap());
        let platform =
            Platform::new(test.db().clone(), vault).with_settings(Settings { limits, ..Settings::default() });
        let config = IdentityConfig {
            keys_folder: folder.path().join("keys"),
            set_up_token_file: folder.path().join("set-up-token"),
            issuer: ISSUER.to_owned(),
            texts: Some(Arc::new(TextFolder::new(folder.path().join("texts")))),
            // The provider of the tests is on this machine.
            reach: Guard::with_private_network(),
        };
        let (identity, router) = process(&platform, &config).await;
        Self { test, identity, config, router, platform, folder }
    }

    /// A process on an installation with one store, Austin Motors, and its administrator Ada.
    pub(crate) async fn founded() -> (Self, Founded) {
        let app = Self::empty().await;
        let founded = app.found("Austin Motors", ADMINISTRATOR).await;
        (app, founded)
    }

    /// Founds a group with one store of this name.
    pub(crate) async fn found(&self, store: &str, administrator: &str) -> Founded {
        let group = NewGroup {
            name: name(&format!("{store} Group")),
            store: new_store(store),
            administrator: NewPerson {
                name: name("Ada Byron"),
                email: Email::parse(administrator).unwrap(),
                password: TypedPassword::new(PASSWORD),
            },
        };
        found_group(&self.identity, group, Founding::Demo, self.origin()).await.unwrap()
    }

    /// One more store of the group, with the same administrator.
    pub(crate) async fn founded_store(&self, founded: &Founded, store: &NewStore) -> DealershipId {
        add_store(&self.identity, founded.group, store, founded.administrator, self.origin()).await.unwrap()
    }

    /// Ends a membership behind the product's back.
    pub(crate) async fn leave(&self, store: DealershipId, person: PersonId) {
        let mut owner = self.test.owner().await;
        sqlx::query("update membership set active = false where dealership_id = $1 and person_id = $2")
            .bind(store)
            .bind(person)
            .execute(&mut owner)
            .await
            .unwrap();
    }

    /// Another process of the same installation.
    pub(crate) async fn second_process(&self) -> Router {
        process(&self.platform, &self.config).await.1
    }

    /// A process of the same installation that nothing carries text messages for.
    pub(crate) async fn process_without_texts(&self) -> Router {
        process(&self.platform, &IdentityConfig { texts: None, ..self.config.clone() }).await.1
    }

    pub(crate) fn origin(&self) -> Origin {
        Origin { request: self.test.ids().next(), address: None }
    }

    /// The round of the job that reminds of keys that end.
    pub(crate) async fn remind(&self) {
        autolytiq_identity::api::remind_of_keys(&self.platform).await.unwrap();
    }

    /// Sends a request to this process.
    pub(crate) async fn send(&self, call: Call<'_>) -> Answer {
        send(&self.router, call).await
    }

    /// Signs in, and must succeed.
    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> SignedIn {
        let answer = self.try_sign_in(email, password).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        SignedIn::of(&answer)
    }

    pub(crate) async fn try_sign_in(&self, email: &str, password: &str) -> Answer {
        self.send(Call::post("/auth/login").body(json!({ "email": email, "password": password }))).await
    }

    /// As if somebody had replaced the password that was chosen for them.
    pub(crate) async fn has_own_password(&self, email: &str) {
        let mut owner = self.test.owner().await;
        let update = sqlx::query("update person set must_change = false where email = $1").bind(email);
        assert_eq!(update.execute(&mut owner).await.unwrap().rows_affected(), 1);
    }

    /// Sets an authenticator app up with the ticket of a log-in that asks for it, and finishes the log-in.
    pub(crate) async fn enrol(&self, pending: &Answer) -> Enrolled {
        assert_eq!(pending.status, StatusCode::ACCEPTED, "{}", pending.body);
        assert_eq!(pending.body["step"], "enrol");
        let ticket = &pending.body["ticket"];
        let new = self.send(Call::post("/auth/factors/totp").body(json!({ "ticket": ticket }))).await;
        assert_eq!(new.status, StatusCode::OK, "{}", new.body);
        let secret = new.body["secret"].as_str().unwrap().to_owned();
        let code = totp(&secret, self.test.clock_value().now());
        let body = json!({ "ticket": ticket, "id": new.body["id"], "code": code });
        let answer = self.send(Call::post("/auth/factors/totp/confirm").body(body)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let codes = answer.body["recoveryCodes"].as_array().unwrap();
        let logged_in = &answer.body["signIn"]["loggedIn"];
        Enrolled {
            secret,
            code,
            id: new.body["id"].as_str().unwrap().to_owned(),
            recovery_codes: codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect(),
            signed_in: SignedIn {
                access: logged_in["accessToken"].as_str().unwrap().to_owned(),
                refresh: answer.refresh_cookie().unwrap(),
                session: logged_in["session"].clone(),
            },
        }
    }

    /// Proves a second factor with the ticket of a log-in.
    pub(crate) async fn prove(&self, ticket: &Value, method: &str, code: &str) -> Answer {
        let body = json!({ "ticket": ticket, "proof": { "method": method, "code": code } });
        self.send(Call::post("/auth/factor").body(body)).await
    }

    /// Adds a person to the administrator's store, one of the demonstration's, and gives their id.
    pub(crate) async fn add(&self, administrator: &SignedIn, email: &str, role: &str) -> String {
        self.add_as(administrator, email, &json!({ "role": role })).await
    }

    /// As [`App::add`], in one of the store's own roles too.
    pub(crate) async fn add_as(&self, administrator: &SignedIn, email: &str, role: &Value) -> String {
        let mut body = json!({ "name": "Some Body", "email": email, "password": PASSWORD });
        body.as_object_mut().unwrap().extend(role.as_object().unwrap().clone());
        let answer = self.send(Call::post("/admin/users").token(&administrator.access).body(body)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        let store = administrator.session["dealership"]["id"].as_str().unwrap().parse().unwrap();
        mark_demo_people(&self.identity, store).await.unwrap();
        answer.body["id"].as_str().unwrap().to_owned()
    }

    /// The actions of the audit trail, oldest first.
    pub(crate) async fn audited(&self) -> Vec<String> {
        let mut owner = self.test.owner().await;
        sqlx::query_scalar("select action from audit_entry order by id").fetch_all(&mut owner).await.unwrap()
    }

    /// Waits until the trail has `count` entries of an action; some are written after the answer.
    pub(crate) async fn audited_eventually(&self, action: &str, count: usize) {
        for _ in 0..100 {
            if self.audited().await.iter().filter(|entry| *entry == action).count() == count {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("{action} was not written down {count} times: {:?}", self.audited().await);
    }

    /// The token in the newest link that was mailed to this address.
    pub(crate) async fn token_sent_to(&self, email: &str) -> String {
        self.newest_to(email).await.split_once("#token=").unwrap().1.chars().take(43).collect()
    }

    /// The code in the newest message to this address.
    pub(crate) async fn code_sent_to(&self, email: &str) -> String {
        let message = self.newest_to(email).await;
        let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit());
        message.lines().find(is_code).unwrap_or_else(|| panic!("no code in {message}")).to_owned()
    }

    /// The newest text message: the number it went to and what it says.
    pub(crate) fn newest_text(&self) -> (String, String) {
        let folder = self.folder.path().join("texts");
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let text = std::fs::read_to_string(files.last().unwrap()).unwrap();
        let (head, body) = text.split_once("\n\n").unwrap();
        (head.strip_prefix("To: ").unwrap().to_owned(), body.to_owned())
    }

    /// The newest message to this address. Without a mail server messages lie in a folder.
    async fn newest_to(&self, email: &str) -> String {
        let folder = self.folder.path().join("mail");
        let from = "desk@dealer.example".to_owned();
        let config = MailConfig { smtp_url: None, from, folder: folder.clone() };
        let post = Post::open(&config, self.test.db().clone(), self.platform.vault.clone()).unwrap();
        post.attach(Dispatcher::new(self.test.db().clone())).dispatch().await.unwrap();
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        // Named by ids, which ascend.
        files.sort();
        let receiver = format!("<{email}>");
        let newest = files.iter().rev().map(|file| std::fs::read_to_string(file).unwrap());
        let message = newest.into_iter().find(|text| text.contains(&receiver)).unwrap();
        // Quoted-printable, RFC 2045 section 6.7.
        message.replace("=\r\n", "").replace("=3D", "=")
    }

    /// The messages that were written, oldest first.
    pub(crate) async fn mailed_kinds(&self) -> Vec<String> {
        let mut owner = self.test.owner().await;
        sqlx::query_scalar("select kind from mail order by id").fetch_all(&mut owner).await.unwrap()
    }

    /// The private key that signs at present.
    pub(crate) fn private_key(&self) -> Vec<u8> {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(&self.config.keys_folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        std::fs::read(files.last().unwrap()).unwrap()
    }
}

async fn process(platform: &Platform, config: &IdentityConfig) -> (Arc<Identity>, Router) {
    let identity = Identity::open(platform, config).await.unwrap();
    let modules = [module_of(Arc::clone(&identity))];
    let router = assemble(&modules, platform.clone(), Options::default()).await.unwrap().router;
    (identity, router)
}

pub(crate) fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub(crate) fn new_store(store: &str) -> NewStore {
    let place = json!({ "state": "TX", "county": "Travis", "city": "Austin", "zip": "78701" });
    NewStore {
        name: name(store),
        zone: StoreZone::named("America/Chicago").unwrap(),
        place: serde_json::from_value(place).unwrap(),
        street: Some(name("1 Congress Ave")),
        demo: true,
    }
}

/// A request in the making. Paths are below `/api/v1` unless they begin with `/.`.
pub(crate) struct Call<'a> {
    method: Method,
    path: &'a str,
    token: Option<&'a str>,
    cookie: Option<&'a str>,
    headers: Vec<(&'static str, String)>,
    body: Option<Value>,
    raw: Option<String>,
}

impl<'a> Call<'a> {
    pub(crate) fn new(method: Method, path: &'a str) -> Self {
        Self { method, path, token: None, cookie: None, headers: Vec::new(), body: None, raw: None }
    }

    pub(crate) fn get(path: &'a str) -> Self {
        Self::new(Method::GET, path)
    }

    pub(crate) fn post(path: &'a str) -> Self {
        Self::new(Method::POST, path)
    }

    pub(crate) fn delete(path: &'a str) -> Self {
        Self::new(Method::DELETE, path)
    }

    pub(crate) fn put(path: &'a str) -> Self {
        Self::new(Method::PUT, path)
    }

    pub(crate) fn token(mut self, token: &'a str) -> Self {
        self.token = Some(token);
        self
    }

    pub(crate) fn cookie(mut self, token: &'a str) -> Self {
        self.cookie = Some(token);
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn if_match(self, version: i64) -> Self {
        self.header("if-match", format!("\"{version}\""))
    }

    pub(crate) fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    pub(crate) fn raw(mut self, body: &str) -> Self {
        self.raw = Some(body.to_owned());
        self
    }
}

/// Sends a request to a process.
pub(crate) async fn send(router: &Router, call: Call<'_>) -> Answer {
    let path = if call.path.starts_with("/.") { call.path.to_owned() } else { format!("/api/v1{}", call.path) };
    let mut request = Request::builder().method(call.method).uri(path);
    if let Some(token) = call.token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    if let Some(cookie) = call.cookie {
        request = request.header(header::COOKIE, format!("theme=dark; autolytiq_refresh={cookie}"));
    }
    for (name, value) in call.headers {
        request = request.header(name, value);
    }
    let body = call.raw.or_else(|| call.body.map(|body| body.to_string()));
    if body.is_some() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let response = router.clone().oneshot(request.body(Body::from(body.unwrap_or_default())).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
    Answer { status: parts.status, headers: parts.headers, body }
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// The problem's code.
    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or("none")
    }

    /// The refresh token of the new cookie; empty when the cookie was taken away.
    pub(crate) fn refresh_cookie(&self) -> Option<String> {
        let cookie = self.headers.get(header::SET_COOKIE)?.to_str().unwrap();
        let value = cookie.strip_prefix("autolytiq_refresh=")?.split(';').next()?;
        Some(value.to_owned())
    }

    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), self.code()), (status, code), "{}", self.body);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
    }

    #[track_caller]
    pub(crate) fn pointers(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().unwrap_or_else(|| panic!("no errors in {}", self.body));
        errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect()
    }
}

/// A person who has just set an authenticator app up.
pub(crate) struct Enrolled {
    pub(crate) secret: String,
    /// The code that confirmed it.
    pub(crate) code: String,
    pub(crate) id: String,
    pub(crate) recovery_codes: Vec<String>,
    pub(crate) signed_in: SignedIn,
}

/// Both tokens of a session.
pub(crate) struct SignedIn {
    pub(crate) access: String,
    pub(crate) refresh: String,
    pub(crate) session: Value,
}

impl SignedIn {
    #[track_caller]
    pub(crate) fn of(answer: &Answer) -> Self {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        Self {
            access: answer.body["accessToken"].as_str().unwrap().to_owned(),
            refresh: answer.refresh_cookie().unwrap(),
            session: answer.body["session"].clone(),
        }
    }
}
