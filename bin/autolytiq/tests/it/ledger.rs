//! Writers over HTTP, the ledger of what the server said yes to, and the laws that hold of what it stored.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use autolytiq_kernel::{CustomerId, DealId, Ids, PencilId, VehicleId};
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::database::{rows_in, rows_when_back};
use crate::installation::sign_in;

/// Changes of state that leave one audit entry and one event each: nothing by halves means none of the three without
/// the others. Each query lists what breaks the rule.
const WHOLE: [(&str, &str); 6] = [
    (
        "every version of a customer has its audit entry and its event",
        "select c.id from customer c
         where c.version <> (select count(*) from audit_entry a where a.subject_id = c.id)
            or c.version <> (select count(*) from outbox o where o.subject_id = c.id)",
    ),
    (
        "every version of a deal has its audit entry and its event",
        "select d.id from deal d
         where d.version <> (select count(*) from audit_entry a where a.subject_id = d.id)
            or d.version <> (select count(*) from outbox o where o.subject_id = d.id)",
    ),
    (
        "no audit entry and no event tells of a customer or a deal that is not there",
        "select subject_id from (select subject_kind, subject_id from audit_entry
                                 union select subject_kind, subject_id from outbox) told
         where subject_kind in ('customer', 'deal')
           and not exists (select from customer where id = subject_id)
           and not exists (select from deal where id = subject_id)",
    ),
    (
        "a deal's pencils are the ones it counts, the newest last",
        "select d.id from deal d
         where d.pencils <> (select count(*) from pencil p where p.deal_id = d.id)
            or d.newest_pencil_id is distinct from
               (select p.id from pencil p where p.deal_id = d.id order by p.number desc limit 1)",
    ),
    (
        "every pencil has its columns",
        "select p.id from pencil p
         where jsonb_array_length(p.input -> 'columns') <> (select count(*) from pencil_column c where c.pencil_id = p.id)",
    ),
    (
        "deal numbers have no gaps",
        "select 1 from deal_counter n
         where n.last_number - (select min(number) from deal) + 1 <> (select count(*) from deal)",
    ),
];

/// What the server said yes to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Acknowledged {
    Customer { id: CustomerId, version: i64, notes: String },
    Deal { id: DealId },
    Pencil { id: PencilId, deal: DealId },
}

impl Acknowledged {
    fn id(&self) -> String {
        match self {
            Self::Customer { id, .. } => id.to_string(),
            Self::Deal { id } => id.to_string(),
            Self::Pencil { id, .. } => id.to_string(),
        }
    }

    pub(crate) fn path(&self) -> String {
        match self {
            Self::Customer { id, .. } => format!("/api/v1/customers/{id}"),
            Self::Deal { id } => format!("/api/v1/deals/{id}"),
            Self::Pencil { id, deal } => format!("/api/v1/deals/{deal}/scenarios/{id}"),
        }
    }
}

/// What the writers share with the test.
#[derive(Default)]
pub(crate) struct Load {
    pub(crate) stop: AtomicBool,
    acknowledged: Mutex<Vec<Acknowledged>>,
    refused: Mutex<Vec<String>>,
}

impl Load {
    pub(crate) fn acknowledged(&self) -> Vec<Acknowledged> {
        self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until the writers are at work again: a kill while nothing is written tests nothing.
    pub(crate) fn wait_for_more_than(&self, checked: usize) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while self.acknowledged().len() <= checked {
            assert!(Instant::now() < deadline, "nothing is written any more; refused: {:?}", self.refused());
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn refused(&self) -> Vec<String> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes what an answer means; nothing when the server was gone, which may mean either.
    fn note(&self, answer: std::io::Result<Answer>, what: impl FnOnce(&Answer) -> Acknowledged) -> Option<Answer> {
        match answer {
            Ok(answer) if (200..300).contains(&answer.status) => {
                self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).push(what(&answer));
                Some(answer)
            }
            // The database is being restarted: not carried out, or nobody knows.
            Ok(answer) if answer.status == 503 => None,
            Ok(answer) => {
                self.refused.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{answer:?}"));
                None
            }
            Err(_) => None,
        }
    }
}

pub(crate) struct StopOnDrop<'a>(pub(crate) &'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Somebody who is signed in, and signs in again before the access token has run out.
pub(crate) struct Session(Mutex<(Instant, Client)>);

impl Session {
    /// The administrator of the set-up, just signed in.
    pub(crate) fn of(client: &Client) -> Self {
        Self(Mutex::new((Instant::now(), client.clone())))
    }

    pub(crate) fn client(&self) -> Client {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.0.elapsed() > Duration::from_secs(5 * 60) {
            // While the server is away the old token has to do; there are ten minutes left.
            if let Some(client) = sign_in(&held.1) {
                *held = (Instant::now(), client);
            }
        }
        held.1.clone()
    }
}

/// Writes until it is told to stop: a customer, a change to it, a deal, a pencil.
pub(crate) fn write(writer: usize, session: &Session, ids: &Ids, vehicle: VehicleId, load: &Load) {
    let mut number = 0;
    while !load.stop.load(Ordering::Relaxed) {
        number += 1;
        if write_one(&format!("{writer}-{number}"), &session.client(), ids, vehicle, load).is_none() {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

pub(crate) fn write_one(name: &str, client: &Client, ids: &Ids, vehicle: VehicleId, load: &Load) -> Option<()> {
    let id = ids.next::<CustomerId>();
    let mut customer = json!({
        "id": id, "firstName": "Kim", "lastName": format!("Example {name}"), "notes": "first",
        "place": { "state": "TX", "county": "Travis", "city": "Austin", "zip": "78701" },
    });
    let created = |version: i64, notes: &str| Acknowledged::Customer { id, version, notes: notes.to_owned() };
    load.note(client.post("/api/v1/customers", &customer), |_| created(1, "first"))?;
    customer["notes"] = json!("second");
    let path = format!("/api/v1/customers/{id}");
    load.note(client.send("PUT", &path, Some(1), Some(&customer)), |_| created(2, "second"))?;

    let deal = ids.next::<DealId>();
    let body = json!({ "id": deal, "customerId": id, "vehicleId": vehicle });
    let opened = load.note(client.post("/api/v1/deals", &body), |_| Acknowledged::Deal { id: deal })?;
    let pencil = ids.next::<PencilId>();
    let body = json!({ "id": pencil, "input": pencil_input(&opened.body) });
    let path = format!("/api/v1/deals/{deal}/scenarios");
    let version = opened.body["version"].as_i64();
    load.note(client.send("POST", &path, version, Some(&body)), |_| Acknowledged::Pencil { id: pencil, deal })?;
    Some(())
}

/// What the server proposes as the first pencil, as the browser would send it: without costs, with a cash column.
fn pencil_input(deal: &Value) -> Value {
    let mut input = deal["start"].clone();
    if let Some(input) = input.as_object_mut() {
        input.remove("costs");
    }
    input
}

pub(crate) fn create_vehicle(client: &Client, ids: &Ids) -> VehicleId {
    let id = ids.next::<VehicleId>();
    let body = json!({
        "id": id, "stockNumber": "K-9", "vin": "1HGCM82633A004352", "condition": "used", "year": 2003,
        "make": "Honda", "model": "Accord", "odometer": 81_000, "price": "9800.00", "receivedOn": "2026-01-05",
    });
    let answer = client.post("/api/v1/inventory", &body).unwrap();
    assert_eq!(answer.status, 201, "{answer:?}");
    id
}

/// Looks for everything that was acknowledged: all of it in the database, the last of it through the API.
pub(crate) fn check(data: &Path, client: &Client, acknowledged: &[Acknowledged], round: u64) {
    let stored: BTreeMap<String, (i64, String)> = rows_when_back(
        data,
        "select id, version, notes from customer union all select id, 0, '' from deal union all select id, 0, '' from pencil",
    )
    .into_iter()
    .map(|row| {
        let mut cells = row.splitn(3, '|').map(str::to_owned);
        let [id, version, notes] = [(); 3].map(|()| cells.next().unwrap());
        (id, (version.parse().unwrap(), notes))
    })
    .collect();
    for one in acknowledged {
        let found = stored.get(&one.id());
        let Some((found, found_notes)) = found else { panic!("round {round}: {one:?} is gone") };
        if let Acknowledged::Customer { version, notes, .. } = one {
            assert!(found >= version, "round {round}: {one:?} is back at version {found}");
            assert!(found > version || found_notes == notes, "round {round}: {one:?} has other notes: {found_notes}");
        }
    }
    for one in acknowledged.iter().rev().take(5) {
        shown(client, one, round);
    }
}

/// Waits until it is shown: when the process that ran PostgreSQL was killed, another takes it over a moment later, and
/// what was shown already is away once more.
fn shown(client: &Client, one: &Acknowledged, round: u64) {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let answer = client.get(&one.path());
        if answer.as_ref().is_ok_and(|answer| answer.status == 200) {
            return;
        }
        // Neither says no: the first is told so, the second has its connection cut.
        let away = answer.as_ref().map_or(true, |answer| answer.status == 503);
        assert!(away && Instant::now() < deadline, "round {round}: {one:?} is not shown: {answer:?}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Holds everything stored to the laws.
pub(crate) fn laws(data: &Path) {
    for (law, query) in WHOLE {
        assert_eq!(rows_in(data, query), Vec::<String>::new(), "{law}");
    }
}
