//! A flood of log-ins: wrong passwords, each from another address and for another account, so that no limit of an address
//! or an account stops any of them.

use std::cell::RefCell;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::Result;
use bytes::Bytes;
use serde_json::json;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinSet;

use crate::connection::{Call, Connection};
use crate::figures::{Flood, Times};

/// The first address of the flood. All of 127.0.0.0/8 is this machine.
const FIRST: u32 = Ipv4Addr::new(127, 16, 0, 1).to_bits();
/// Whoever waits longer has given up.
const PATIENCE: Duration = Duration::from_secs(20);

struct Seen {
    times: Times,
    flood: Flood,
}

/// Sends one at each moment and does not wait for it; counts those due from `from` on.
pub(crate) async fn flood(address: SocketAddr, mut due: UnboundedReceiver<Instant>, from: Instant) -> Result<Flood> {
    let seen = Rc::new(RefCell::new(Seen { times: Times::new()?, flood: Flood::default() }));
    let mut under_way = JoinSet::new();
    let mut number = 0_u32;
    while let Some(moment) = due.recv().await {
        let source = IpAddr::V4(Ipv4Addr::from_bits(FIRST + number % (1 << 20)));
        let body = json!({ "email": format!("nobody-{number}@flood.example.com"), "password": "not the password" });
        let call = Call::post("/api/v1/auth/login".to_owned(), Bytes::from(body.to_string()));
        let seen = Rc::clone(&seen);
        under_way.spawn_local(async move {
            let mut connection = Connection::between(source, address);
            let answer = tokio::time::timeout(PATIENCE, connection.call(call)).await;
            if moment < from {
                return;
            }
            let mut seen = seen.borrow_mut();
            seen.flood.sent += 1;
            match answer {
                Ok(Ok(answer)) => {
                    *seen.flood.answers.entry(answer.status.as_u16()).or_default() += 1;
                    seen.times.record(moment.elapsed());
                }
                Ok(Err(_)) | Err(_) => seen.flood.unanswered += 1,
            }
        });
        while under_way.try_join_next().is_some() {}
        number += 1;
    }
    while under_way.join_next().await.is_some() {}
    let seen = seen.borrow();
    Ok(Flood { times: Some(seen.times.summary()), ..seen.flood.clone() })
}
