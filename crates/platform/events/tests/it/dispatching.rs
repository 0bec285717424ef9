//! At least once, with retries, and nothing of what was rolled back.

use std::{
    convert::Infallible,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use autolytiq_db::NewEvent;
use autolytiq_events::{Dispatched, Dispatcher, Event};
use autolytiq_kernel::{DealId, Role};
use autolytiq_testkit::TestDb;
use jiff::SignedDuration;

use crate::emit;

type Log = Arc<Mutex<Vec<Event>>>;

fn logging(test: &TestDb) -> (Dispatcher, Log) {
    let log = Log::default();
    let kept = Arc::clone(&log);
    let dispatcher = Dispatcher::new(test.db().clone()).on("test.log", &["deal.changed"], move |event| {
        kept.lock().unwrap().push(event);
        async { Ok::<(), Infallible>(()) }
    });
    (dispatcher, log)
}

#[tokio::test]
async fn events_of_all_stores_are_sent_once_and_in_order() {
    let test = TestDb::new().await;
    let (a, b) = (test.ctx(test.store(), Role::Salesperson), test.ctx(test.store(), Role::Salesperson));
    let deals = [emit(&test, &a, "draft").await, emit(&test, &b, "draft").await, emit(&test, &a, "submitted").await];
    let (dispatcher, log) = logging(&test);
    assert_eq!(dispatcher.dispatch().await.unwrap(), Dispatched { sent: 3, failed: 0, more: false });
    assert_eq!(dispatcher.dispatch().await.unwrap(), Dispatched::default());

    let log = log.lock().unwrap();
    let subjects: Vec<_> = log.iter().map(|event| event.subject.id).collect();
    assert_eq!(subjects, deals.map(DealId::uuid));
    let first = &log[0];
    assert_eq!((first.dealership, first.cause, first.version), (a.acting(), a.request(), 1));
    assert_eq!(first.actor, format!("person:{}", a.person().unwrap()));
    assert_eq!(first.occurred_at, test.clock_value().now());
    assert_eq!(first.payload, serde_json::json!({ "state": "draft" }));
}

#[tokio::test]
async fn what_was_rolled_back_never_happened() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let deal: DealId = tx.new_id();
    tx.emit(NewEvent::new("deal.changed", deal, &())).await.unwrap();
    tx.rollback().await.unwrap();
    let (dispatcher, log) = logging(&test);
    dispatcher.dispatch().await.unwrap();
    assert!(log.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_failed_event_comes_again_later_and_holds_up_nobody() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let first = emit(&test, &ctx, "draft").await;
    emit(&test, &ctx, "draft").await;
    let fails = Arc::new(AtomicBool::new(true));
    let broken = Arc::clone(&fails);
    let (dispatcher, log) = logging(&test);
    let dispatcher = dispatcher.on("test.flaky", &["deal.changed"], move |event: Event| {
        let fail = broken.load(Ordering::SeqCst) && event.subject.id == first.uuid();
        async move { if fail { Err("no connection to the mail server") } else { Ok(()) } }
    });
    assert_eq!(dispatcher.dispatch().await.unwrap(), Dispatched { sent: 1, failed: 1, more: false });
    assert_eq!(dispatcher.dispatch().await.unwrap(), Dispatched::default(), "not before its time");

    let mut owner = test.owner().await;
    let (attempts, error): (i32, String) =
        sqlx::query_as("select attempts, last_error from outbox where subject_id = $1")
            .bind(first)
            .fetch_one(&mut owner)
            .await
            .unwrap();
    assert_eq!((attempts, error.as_str()), (1, "test.flaky: no connection to the mail server"));

    test.clock().advance(SignedDuration::from_secs(2));
    fails.store(false, Ordering::SeqCst);
    assert_eq!(dispatcher.dispatch().await.unwrap(), Dispatched { sent: 1, failed: 0, more: false });
    assert_eq!(log.lock().unwrap().len(), 3, "at least once: the first handler saw the failed event twice");
}

#[tokio::test]
async fn two_dispatchers_do_not_take_the_same_event() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    for _ in 0..20 {
        emit(&test, &ctx, "draft").await;
    }
    let ((one, first), (two, second)) = (logging(&test), logging(&test));
    let (one, two) = tokio::join!(one.dispatch(), two.dispatch());
    assert_eq!(one.unwrap().sent + two.unwrap().sent, 20);
    assert_eq!(first.lock().unwrap().len() + second.lock().unwrap().len(), 20);
}
