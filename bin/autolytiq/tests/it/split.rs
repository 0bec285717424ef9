//! The main journey through three processes, each of which is killed on the way: clear refusals while one is away, and
//! everything goes on when it is back.

use std::fs;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use autolytiq_kernel::{CustomerId, DealId, Ids, PencilId, VehicleId};
use nix::sys::signal::Signal;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::database::rows_in;
use crate::fleet::{DEADLINE, Fleet, Part, Stream, connect};
use crate::installation::{set_up, sign_in};

/// How long a refusal may take while a process is away, and an event while all are there.
const SOON: Duration = Duration::from_secs(5);
/// How long the product may take to be whole again after a process came back.
const BACK: Duration = Duration::from_secs(30);
const V4: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[test]
fn three_processes_are_one_product_and_each_may_be_killed() {
    let mut fleet = Fleet::start();
    let administrator = set_up(&fleet.client(Part::Gateway), &fleet.data());
    let client = sign_in(&administrator).unwrap();
    let ids = Ids::system();
    let stream = Stream::open(&client);

    let customer = create_customer(&client, &ids);
    let vehicle = create_vehicle(&client, &ids);
    let deal = open_deal(&client, &ids, customer, vehicle);
    let version = pencil(&client, &ids, deal);
    stream.wait_for(&deal.to_string(), SOON).unwrap();

    what_the_gateway_refuses_stays_outside(&fleet, &client);
    a_file_goes_through(&fleet, &client);
    only_the_gateway_says_where_a_request_came_from(&fleet, &client);

    fleet.kill(Part::Modules);
    stream.wait_for_end(SOON);
    without_the_modules(&fleet, &client, deal);
    fleet.spawn(Part::Modules);
    fleet.wait_ready(Part::Modules);
    let found = until_answered(&client, &format!("/api/v1/deals/{deal}"));
    assert_eq!(found.body["version"].as_i64(), Some(version), "{found:?}");

    let stream = Stream::open(&client);
    let submitted = act(&client, deal, "submit", version);
    stream.wait_for("deal.changed", SOON).unwrap();
    let approved = act(&client, deal, "approve", submitted);
    assert_eq!(client.get(&format!("/api/v1/deals/{deal}")).unwrap().body["version"].as_i64(), Some(approved));

    a_process_that_stands_still_is_given_up(&fleet, &client, deal);

    fleet.kill(Part::Worker);
    without_the_worker(&fleet, &client, &ids, &stream);
    fleet.spawn(Part::Worker);
    fleet.wait_ready(Part::Worker);
    until(|| undispatched(&fleet).is_empty(), "the worker takes up what was left");

    one_process_takes_the_database_over(&mut fleet, &client, deal);
    for part in [Part::Gateway, Part::Worker, Part::Modules] {
        fleet.stop(part);
    }
}

/// No token, a path that hides another, a method that is not there: answered by the gateway itself.
fn what_the_gateway_refuses_stays_outside(fleet: &Fleet, client: &Client) {
    let answered = || metric(fleet, "outcome=\"answered\"");
    let before = answered();
    for (path, status, code) in [
        ("/api/v1/deals/..%2f..%2fadmin/users", 404, "not-found"),
        ("/api/v1/deals/..%2fx", 400, "bad-request"),
        ("/api/v1/deals/%2e%2e/history", 400, "bad-request"),
        ("/api/v1/no-such-thing", 404, "not-found"),
        ("/api/v1/auth/login", 405, "method-not-allowed"),
    ] {
        let answer = client.get(path).unwrap();
        assert_eq!((answer.status, answer.body["code"].as_str()), (status, Some(code)), "{path}: {answer:?}");
    }
    assert_eq!(fleet.client(Part::Gateway).get("/api/v1/deals").unwrap().status, 401);
    // Refused by what is announced, before any of it is sent.
    let large = sent(V4, fleet.port(Part::Gateway), client, "POST /api/v1/customers", "Content-Length: 600000\r\n", "");
    assert!(large.starts_with("HTTP/1.1 413") && large.contains("body-too-large"), "{large}");
    assert_eq!(answered(), before, "a refused request was passed on");
    // The process behind it asks for itself.
    assert_eq!(fleet.client(Part::Modules).get("/api/v1/deals").unwrap().status, 401);
}

/// An operation that takes more than others does so behind a gateway too: the whole file reaches who reads it.
fn a_file_goes_through(fleet: &Fleet, client: &Client) {
    let rows = 40_000;
    let file = format!("county,level,name,rate,effective\n{}", "Allen,county,x,no rate,2026-01-01\n".repeat(rows));
    let id = Ids::system().next::<CustomerId>();
    let path = format!("POST /api/v1/places/rate-imports/preview?id={id}&state=KS&format=csv&source=x&asOf=2026-01-01");
    let headers = format!("Content-Type: text/csv\r\nContent-Length: {}\r\n", file.len());
    let answer = sent(V4, fleet.port(Part::Gateway), client, &path, &headers, &file);
    // The heading is a row of the file, too.
    let read = format!("\"rows\":{}", rows + 1);
    assert!(file.len() > 1_000_000 && answer.starts_with("HTTP/1.1 200") && answer.contains(&read), "{answer:.2000}");
}

/// The audit trail names the caller's address, which a caller can neither claim to the gateway nor to the process behind.
fn only_the_gateway_says_where_a_request_came_from(fleet: &Fleet, client: &Client) {
    let audited = |address: IpAddr, port: u16| {
        let id = Ids::system().next::<CustomerId>();
        let form = customer_form(id);
        let headers = format!(
            "X-Forwarded-For: 192.0.2.66\r\nForwarded: for=192.0.2.66\r\nX-Autolytiq-Origin: 192.0.2.66 00\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n",
            form.len()
        );
        let answer = sent(address, port, client, "POST /api/v1/customers", &headers, &form);
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        rows_in(&fleet.data(), &format!("select host(address) from audit_entry where subject_id = '{id}'")).join(",")
    };
    assert_eq!(audited(V4, fleet.port(Part::Gateway)), "127.0.0.1");
    assert_eq!(audited(V4, fleet.port(Part::Modules)), "127.0.0.1", "said to the process behind");
    // The gateway reaches the process behind it by IPv4 in any case. A machine without IPv6 cannot tell the two apart.
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
        assert_eq!(audited(IpAddr::from(Ipv6Addr::LOCALHOST), fleet.port(Part::Gateway)), "::1");
    }
}

/// The gateway says what is missing and serves what it can.
fn without_the_modules(fleet: &Fleet, client: &Client, deal: DealId) {
    for attempt in 0..8 {
        let begun = Instant::now();
        let answer = client.get(&format!("/api/v1/deals/{deal}")).unwrap();
        assert!(begun.elapsed() < SOON, "attempt {attempt} took {:?}", begun.elapsed());
        assert_eq!(answer.status, 503, "{answer:?}");
        assert_eq!(answer.body["code"], "upstream-unavailable", "{answer:?}");
        assert_eq!(answer.body["target"], "deals", "{answer:?}");
        assert!(answer.head.to_ascii_lowercase().contains("retry-after: "), "{}", answer.head);
    }
    let gateway = fleet.client(Part::Gateway);
    let write = client.post("/api/v1/customers", &json!({})).unwrap();
    assert_eq!((write.status, write.body["code"].as_str()), (503, Some("upstream-unavailable")), "{write:?}");
    assert_eq!(gateway.get("/api/v1/deals").unwrap().status, 401, "the gateway itself asks for the token");
    // The modules may have been the ones that ran PostgreSQL: until another process does, that is what is missing.
    let deadline = Instant::now() + BACK;
    let ready = loop {
        let ready = gateway.get("/ready").unwrap();
        assert_eq!(ready.status, 503, "{ready:?}");
        if !ready.body["missing"].is_null() || Instant::now() > deadline {
            break ready;
        }
        thread::sleep(Duration::from_millis(100));
    };
    assert_eq!(ready.body["missing"], json!(["admin", "auth", "customers", "deals", "inventory"]), "{ready:?}");
    for path in ["/live", "/metrics", "/sign-in", "/problems/upstream-unavailable", "/api/v1/openapi.json"] {
        let answer = gateway.get(path).unwrap();
        // A tree in which the client was not built says so on its pages.
        let page = path == "/sign-in" && answer.head.contains("text/html");
        assert!(answer.status == 200 || page, "{path}: {answer:?}");
    }
    assert!(metric(fleet, "outcome=\"unreachable\"") >= 5);
    assert!(metric(fleet, "outcome=\"refused\"") >= 1, "nobody left the process alone");
}

/// A process that takes connections and answers nothing is as good as gone, after a little more than its own deadline.
fn a_process_that_stands_still_is_given_up(fleet: &Fleet, client: &Client, deal: DealId) {
    let path = format!("/api/v1/deals/{deal}");
    fleet.signal(Part::Modules, Signal::SIGSTOP);
    let begun = Instant::now();
    let answer = client.get(&path).unwrap();
    fleet.signal(Part::Modules, Signal::SIGCONT);
    assert!(begun.elapsed() >= DEADLINE && begun.elapsed() < DEADLINE + SOON, "{:?}", begun.elapsed());
    assert_eq!((answer.status, answer.body["code"].as_str()), (503, Some("upstream-unavailable")), "{answer:?}");
    assert!(metric(fleet, "outcome=\"late\"") >= 1);
    until_answered(client, &path);
}

/// Writes go on and are told to open browsers; what follows from them waits. The worker may have been the one that ran
/// PostgreSQL: until another process does, writes are clearly refused.
fn without_the_worker(fleet: &Fleet, client: &Client, ids: &Ids, stream: &Stream) {
    let form: Value = serde_json::from_str(&customer_form(ids.next())).unwrap();
    let deadline = Instant::now() + BACK;
    loop {
        let answer = client.post("/api/v1/customers", &form).unwrap();
        if answer.status == 201 {
            break;
        }
        assert!(answer.status == 503 && answer.body["code"].is_string(), "{answer:?}");
        assert!(Instant::now() < deadline, "not back in time");
        thread::sleep(Duration::from_millis(50));
    }
    stream.wait_for("customer.changed", SOON).unwrap();
    assert!(!undispatched(fleet).is_empty(), "somebody else does the worker's work");
}

/// Whichever process runs the private cluster is killed; one of the others runs it on.
fn one_process_takes_the_database_over(fleet: &mut Fleet, client: &Client, deal: DealId) {
    let runner = || fs::read_to_string(fleet.data().join("cluster.lock")).unwrap().trim().parse::<u32>().unwrap();
    let killed = runner();
    let parts = [Part::Gateway, Part::Modules, Part::Worker];
    let part = parts.into_iter().find(|part| fleet.pid(*part) == killed).unwrap();
    fleet.kill(part);
    let runner =
        || fs::read_to_string(fleet.data().join("cluster.lock")).unwrap().trim().parse::<u32>().unwrap_or(killed);
    until(|| runner() != killed, "another process runs PostgreSQL");
    fleet.spawn(part);
    fleet.wait_ready(part);
    until_answered(client, &format!("/api/v1/deals/{deal}"));
}

/// Sums a gateway's counter of requests for other processes.
fn metric(fleet: &Fleet, label: &str) -> u64 {
    let text = fleet.client(Part::Gateway).get("/metrics").unwrap().text;
    let lines = text.lines().filter(|line| line.starts_with("upstream_requests_total{") && line.contains(label));
    lines.map(|line| line.rsplit(' ').next().unwrap().parse::<u64>().unwrap()).sum()
}

fn undispatched(fleet: &Fleet) -> Vec<String> {
    rows_in(&fleet.data(), "select id from outbox where dispatched_at is null")
}

fn until(mut is_so: impl FnMut() -> bool, what: &str) {
    let deadline = Instant::now() + BACK;
    while !is_so() {
        assert!(Instant::now() < deadline, "not so: {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Asks until the answer is 200; meanwhile only a clear refusal is one.
fn until_answered(client: &Client, path: &str) -> Answer {
    let deadline = Instant::now() + BACK;
    loop {
        match client.get(path) {
            Ok(answer) if answer.status == 200 => return answer,
            Ok(answer) => assert!(answer.status == 503 && answer.body["code"].is_string(), "{answer:?}"),
            // The gateway itself may be the one that is being started.
            Err(error) => assert!(Instant::now() < deadline, "{error}"),
        }
        assert!(Instant::now() < deadline, "not back in time");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Sends a request with headers of the test's own; answers the whole text that came back.
fn sent(address: IpAddr, port: u16, client: &Client, line: &str, headers: &str, body: &str) -> String {
    let mut connection = connect(address, port);
    let token = client.token.as_deref().unwrap();
    write!(
        connection,
        "{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n{headers}\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

fn customer_form(id: CustomerId) -> String {
    json!({
        "id": id, "firstName": "Kim", "lastName": "Example",
        "place": { "state": "TX", "county": "Travis", "city": "Austin", "zip": "78701" },
    })
    .to_string()
}

fn create_customer(client: &Client, ids: &Ids) -> CustomerId {
    let id = ids.next();
    let form: Value = serde_json::from_str(&customer_form(id)).unwrap();
    let answer = client.post("/api/v1/customers", &form).unwrap();
    assert_eq!(answer.status, 201, "{answer:?}");
    id
}

fn create_vehicle(client: &Client, ids: &Ids) -> VehicleId {
    let id = ids.next();
    let body = json!({
        "id": id, "stockNumber": "S-1", "vin": "1HGCM82633A004352", "condition": "used", "year": 2003,
        "make": "Honda", "model": "Accord", "odometer": 81_000, "price": "9800.00", "receivedOn": "2026-01-05",
    });
    let answer = client.post("/api/v1/inventory", &body).unwrap();
    assert_eq!(answer.status, 201, "{answer:?}");
    id
}

fn open_deal(client: &Client, ids: &Ids, customer: CustomerId, vehicle: VehicleId) -> DealId {
    let id = ids.next();
    let answer =
        client.post("/api/v1/deals", &json!({ "id": id, "customerId": customer, "vehicleId": vehicle })).unwrap();
    assert_eq!(answer.status, 201, "{answer:?}");
    id
}

/// Pencils what the server proposes; answers the deal's version after it.
fn pencil(client: &Client, ids: &Ids, deal: DealId) -> i64 {
    let path = format!("/api/v1/deals/{deal}");
    let mut opened = client.get(&path).unwrap().body;
    let version = opened["version"].as_i64();
    if let Some(input) = opened["start"].as_object_mut() {
        input.remove("costs");
    }
    let body = json!({ "id": ids.next::<PencilId>(), "input": opened["start"] });
    let answer = client.send("POST", &format!("{path}/scenarios"), version, Some(&body)).unwrap();
    assert_eq!(answer.status, 201, "{answer:?}");
    client.get(&path).unwrap().body["version"].as_i64().unwrap()
}

/// Takes the deal a step further; answers its version after it.
fn act(client: &Client, deal: DealId, action: &str, version: i64) -> i64 {
    let path = format!("/api/v1/deals/{deal}/{action}");
    let answer = client.send("POST", &path, Some(version), Some(&json!({}))).unwrap();
    assert_eq!(answer.status, 200, "{action}: {answer:?}");
    answer.body["version"].as_i64().unwrap()
}
