//! A request under a key happens once.

use autolytiq_db::{Begin, StoredAnswer};
use autolytiq_kernel::{Role, TenantCtx};
use autolytiq_testkit::TestDb;
use jiff::SignedDuration;

const BODY: [u8; 32] = [7; 32];

fn answer() -> StoredAnswer {
    StoredAnswer { status: 201, headers: vec![("etag".into(), "\"1\"".into())], body: b"{}".to_vec() }
}

async fn begin(test: &TestDb, ctx: &TenantCtx) -> Begin {
    test.db().idempotency_begin(ctx, "key-1", "createDeal", BODY).await.unwrap()
}

async fn fresh(test: &TestDb, ctx: &TenantCtx) -> autolytiq_db::Ticket {
    match begin(test, ctx).await {
        Begin::Fresh(ticket) => ticket,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let ticket = fresh(&test, &ctx).await;
    assert!(matches!(begin(&test, &ctx).await, Begin::InFlight));
    test.db().idempotency_finish(&ctx, ticket, &answer()).await.unwrap();
    match begin(&test, &ctx).await {
        Begin::Done(stored) => assert_eq!(stored, answer()),
        other => panic!("{other:?}"),
    }
    let other_body = test.db().idempotency_begin(&ctx, "key-1", "createDeal", [8; 32]).await.unwrap();
    assert!(matches!(other_body, Begin::OtherRequest));
    let other_operation = test.db().idempotency_begin(&ctx, "key-1", "createCustomer", BODY).await.unwrap();
    assert!(matches!(other_operation, Begin::Fresh(_)));
}

#[tokio::test]
async fn a_key_belongs_to_one_person_in_one_store() {
    let test = TestDb::new().await;
    let (a, b) = (test.store(), test.store());
    let ann = test.ctx(a, Role::Salesperson);
    let _ticket = fresh(&test, &ann).await;
    let _colleague = fresh(&test, &test.ctx(a, Role::Salesperson)).await;
    let autolytiq_kernel::Actor::Person(actor) = ann.actor().clone() else { panic!("a person") };
    let _elsewhere = fresh(&test, &test.ctx_as(actor, b, [a])).await;
}

#[tokio::test]
async fn a_key_given_back_is_free() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let ticket = fresh(&test, &ctx).await;
    test.db().idempotency_abandon(&ctx, ticket).await.unwrap();
    let _ticket = fresh(&test, &ctx).await;
}

#[tokio::test]
async fn a_request_that_died_gives_its_key_up_and_cannot_answer_any_more() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let dead = fresh(&test, &ctx).await;
    test.clock().advance(SignedDuration::from_secs(119));
    assert!(matches!(begin(&test, &ctx).await, Begin::InFlight));
    test.clock().advance(SignedDuration::from_secs(2));
    let second = fresh(&test, &ctx).await;
    test.db().idempotency_finish(&ctx, dead, &StoredAnswer { status: 500, ..answer() }).await.unwrap();
    assert!(matches!(begin(&test, &ctx).await, Begin::InFlight), "the late answer was not stored");
    test.db().idempotency_finish(&ctx, second, &answer()).await.unwrap();
    assert!(matches!(begin(&test, &ctx).await, Begin::Done(stored) if stored.status == 201));
}

#[tokio::test]
async fn an_answer_is_kept_for_a_day() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let ticket = fresh(&test, &ctx).await;
    test.db().idempotency_finish(&ctx, ticket, &answer()).await.unwrap();
    test.clock().advance(SignedDuration::from_hours(24));
    assert!(matches!(begin(&test, &ctx).await, Begin::Done(_)));
    assert_eq!(test.db().idempotency_expire().await.unwrap(), 0);
    test.clock().advance(SignedDuration::from_secs(1));
    assert_eq!(test.db().idempotency_expire().await.unwrap(), 1);
    let _ticket = fresh(&test, &ctx).await;
}

#[tokio::test]
async fn of_two_requests_at_the_same_time_one_goes_on() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    let (one, two) = tokio::join!(begin(&test, &ctx), begin(&test, &ctx));
    let fresh = [&one, &two].iter().filter(|begin| matches!(begin, Begin::Fresh(_))).count();
    assert_eq!(fresh, 1, "{one:?} {two:?}");
}
