//! Live updates.

use std::time::Duration;

use autolytiq_db::NewEvent;
use autolytiq_events::{Follower, Hub, Live, Subscription};
use autolytiq_kernel::{DealId, Role};
use autolytiq_testkit::TestDb;
use futures::StreamExt;
use tokio::{task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::emit;

const PATIENCE: Duration = Duration::from_secs(10);

struct Following {
    hub: Hub,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

#[expect(clippy::disallowed_methods, reason = "the test waits for its task itself")]
fn follow(test: &TestDb) -> Following {
    let (hub, stop) = (Hub::new(), CancellationToken::new());
    let task = tokio::task::spawn(Follower::new(test.db().clone(), hub.clone()).run(stop.clone()));
    Following { hub, stop, task }
}

async fn next(subscription: &mut Subscription) -> DealId {
    match timeout(PATIENCE, subscription.next()).await.unwrap() {
        Some(Live::Event(event)) => DealId::from_uuid(event.subject.id),
        other => panic!("{other:?}"),
    }
}

/// Emits until the listener hears it, which tells that the follower has noted where the outbox ends, and then listens
/// until everything so far has been heard.
async fn until_heard(test: &TestDb, subscription: &mut Subscription, ctx: &autolytiq_kernel::TenantCtx) {
    loop {
        emit(test, ctx, "draft").await;
        if timeout(Duration::from_millis(200), subscription.next()).await.is_ok() {
            break;
        }
    }
    let mark = emit(test, ctx, "draft").await;
    while next(subscription).await != mark {}
}

#[tokio::test]
async fn a_listener_hears_its_own_store_and_no_other() {
    let test = TestDb::new().await;
    let (a, b) = (test.ctx(test.store(), Role::Salesperson), test.ctx(test.store(), Role::Salesperson));
    let following = follow(&test);
    let mut listener = following.hub.subscribe(&a);
    until_heard(&test, &mut listener, &a).await;
    emit(&test, &b, "draft").await;
    let own = emit(&test, &a, "submitted").await;
    assert_eq!(next(&mut listener).await, own);

    following.stop.cancel();
    timeout(PATIENCE, following.task).await.unwrap().unwrap();
}

#[tokio::test]
async fn an_event_that_commits_late_is_heard_late_and_once() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let following = follow(&test);
    let mut listener = following.hub.subscribe(&ctx);
    until_heard(&test, &mut listener, &ctx).await;

    let mut slow = test.db().tenant(&ctx).await.unwrap();
    let late: DealId = slow.new_id();
    slow.emit(NewEvent::new("deal.changed", late, &())).await.unwrap();
    let quick = emit(&test, &ctx, "draft").await;
    assert_eq!(next(&mut listener).await, quick, "its number is higher, its commit earlier");
    slow.commit().await.unwrap();
    assert_eq!(next(&mut listener).await, late);
    let last = emit(&test, &ctx, "draft").await;
    assert_eq!(next(&mut listener).await, last, "nothing came twice in between");
    following.stop.cancel();
    timeout(PATIENCE, following.task).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_listener_who_is_too_slow_is_told_so() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let following = follow(&test);
    let (mut quick, mut slow) = (following.hub.subscribe(&ctx), following.hub.subscribe(&ctx));
    until_heard(&test, &mut quick, &ctx).await;
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let mut last: DealId = tx.new_id();
    for _ in 0..300 {
        last = tx.new_id();
        tx.emit(NewEvent::new("deal.changed", last, &())).await.unwrap();
    }
    tx.commit().await.unwrap();
    // One look publishes all 300, which is more than the backlog of a listener who does not read.
    let mut missed = false;
    loop {
        match timeout(PATIENCE, slow.next()).await.unwrap() {
            Some(Live::Missed) => missed = true,
            Some(Live::Event(event)) if event.subject.id == last.uuid() => break,
            Some(Live::Event(_) | Live::Passing(_)) => {}
            None => panic!("the hub is gone"),
        }
    }
    assert!(missed);
    following.stop.cancel();
    timeout(PATIENCE, following.task).await.unwrap().unwrap();
}
