//! Requests a minute.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use std::num::NonZeroU32;

use autolytiq_http::settings::{Limits, Settings};
use autolytiq_kernel::Role;
use autolytiq_testkit::TestApp;
use serde_json::json;

use crate::toys::{self, Made};

#[tokio::test]
async fn each_person_and_each_address_has_a_limit_of_its_own() {
    let few = NonZeroU32::new(3).unwrap();
    let limits = Limits { log_in_per_address: few, per_person: few, ..Limits::default() };
    let settings = Settings { limits, ..Settings::default() };
    let app = TestApp::with_settings(&[toys::module(&Made::default())], settings).await;
    let store = app.test().store();
    let (one, other) = (app.test().ctx(store, Role::Salesperson), app.test().ctx(store, Role::Salesperson));

    for left in ["2", "1", "0"] {
        let answer = app.client(&one).get("/me").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("x-ratelimit-remaining"), Some(left));
    }
    let refused = app.client(&one).get("/me").await;
    refused.expect_problem(429, "rate-limited");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=20).contains(&wait), "a third of a minute for the next of three, not {wait}");
    assert_eq!(app.client(&other).get("/me").await.status, 200);

    for _ in 0..3 {
        assert_eq!(app.nobody().post("/sign-in", &json!({})).await.status, 200);
    }
    app.nobody().post("/sign-in", &json!({})).await.expect_problem(429, "rate-limited");
    assert_eq!(app.nobody().get("//live").await.status, 200, "probes are free");
}

#[tokio::test]
async fn reading_and_writing_have_budgets_of_their_own_and_one_person_leaves_the_others_theirs() {
    let number = |n| NonZeroU32::new(n).unwrap();
    let limits = Limits { per_person: number(2), per_dealership: number(4), ..Limits::default() };
    let settings = Settings { limits, ..Settings::default() };
    let app = TestApp::with_settings(&[toys::module(&Made::default())], settings).await;
    let (store, elsewhere) = (app.test().store(), app.test().store());
    let people = [(); 4].map(|()| app.client(&app.test().ctx(store, Role::SalesManager)));
    let reads = async |n: usize| people[n].get("/me").await.status.as_u16();
    assert_eq!([reads(0).await, reads(0).await, reads(0).await, reads(0).await], [200, 200, 429, 429]);
    let written = people[0].post("/toys", &json!({ "name": "Bear", "priceCents": 1 })).await;
    assert_ne!(written.status, 429, "writing is counted apart");
    // What was refused to one was taken from nobody: two of the store's four are left.
    assert_eq!([reads(1).await, reads(1).await, reads(2).await], [200, 200, 429]);
    let other = app.client(&app.test().ctx(elsewhere, Role::SalesManager));
    assert_eq!(other.get("/me").await.status, 200, "another store has its own");
}

/// A Redis of the test's own, stopped with it.
struct Redis(Child, u16);

impl Redis {
    /// Starts one, or says that the machine has none.
    #[expect(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails the test")]
    fn start() -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port", &port.to_string()])
            .stdout(Stdio::null())
            .spawn();
        match child {
            Ok(child) => Some(Self(child, port)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => panic!("redis-server: {error}"),
        }
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn processes_count_together_in_a_redis_and_alone_without_it() {
    let Some(redis) = Redis::start() else {
        eprintln!("SKIPPED: this machine has no redis-server (Debian: apt-get install redis-server)");
        return;
    };
    for _ in 0..200 {
        if std::net::TcpStream::connect(("127.0.0.1", redis.1)).is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let few = NonZeroU32::new(3).unwrap();
    let settings = || Settings {
        limits: Limits { log_in_per_address: few, ..Limits::default() },
        redis: Some(format!("redis://127.0.0.1:{}/", redis.1).into()),
        ..Settings::default()
    };
    let module = || [toys::module(&Made::default())];
    let one = TestApp::with_settings(&module(), settings()).await;
    let other = TestApp::with_settings(&module(), settings()).await;
    for (process, left) in [(&one, "2"), (&other, "1"), (&one, "0")] {
        let answer = process.nobody().post("/sign-in", &json!({})).await;
        assert_eq!((answer.status.as_u16(), answer.header("x-ratelimit-remaining")), (200, Some(left)));
    }
    let refused = other.nobody().post("/sign-in", &json!({})).await;
    refused.expect_problem(429, "rate-limited");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=20).contains(&wait), "a third of a minute for the next of three, not {wait}");

    drop(redis);
    for left in ["2", "1", "0"] {
        let answer = one.nobody().post("/sign-in", &json!({})).await;
        assert_eq!((answer.status.as_u16(), answer.header("x-ratelimit-remaining")), (200, Some(left)));
    }
    one.nobody().post("/sign-in", &json!({})).await.expect_problem(429, "rate-limited");
}
