//! Histories and searches, under row-level security.

use autolytiq_audit::{AuditActor, Filter, Sight, history, seal, search};
use autolytiq_db::AuditRecord;
use autolytiq_kernel::{DealId, Limit, PageRequest, Role};
use autolytiq_testkit::TestDb;
use jiff::SignedDuration;

use crate::write;

fn all() -> PageRequest {
    PageRequest::default()
}

#[tokio::test]
async fn a_history_is_newest_first_and_of_one_subject() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::SalesManager);
    let (deal, other): (DealId, DealId) = (test.ids().next(), test.ids().next());
    write(&test, &ctx, "deal.created", deal).await;
    write(&test, &ctx, "deal.created", other).await;
    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let record = AuditRecord::new("deal.rejected", deal).before(&1).after(&2).reason("payment too low");
    tx.audit(record).await.unwrap();
    tx.commit().await.unwrap();
    seal(test.db()).await.unwrap();
    write(&test, &ctx, "deal.reopened", deal).await;

    let mut tx = test.db().tenant(&ctx).await.unwrap();
    let page = history(&mut tx, deal, &all()).await.unwrap();
    let actions: Vec<_> = page.items.iter().map(|entry| (entry.action.as_str(), entry.sealed)).collect();
    assert_eq!(actions, [("deal.reopened", false), ("deal.rejected", true), ("deal.created", true)]);
    let rejected = &page.items[1];
    assert_eq!(rejected.reason.as_deref(), Some("payment too low"));
    assert_eq!((rejected.before.clone(), rejected.after.clone()), (Some(1.into()), Some(2.into())));
    let actor = AuditActor::Person { id: ctx.person().unwrap(), name: None, role: "sales_manager".into() };
    assert_eq!(rejected.actor, actor);
    assert_eq!((rejected.request_id, rejected.address.as_deref()), (ctx.request(), Some("127.0.0.1")));
    assert_eq!(rejected.occurred_at, test.clock_value().now());
}

#[tokio::test]
async fn another_stores_trail_is_empty_even_to_a_group_manager_who_acts_elsewhere() {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Administrator);
    let deal = test.ids().next();
    write(&test, &ctx, "deal.created", deal).await;
    for stranger in [
        test.ctx(test.store(), Role::Administrator),
        test.ctx_reading(test.store(), [ctx.acting()], Role::Administrator),
    ] {
        let mut tx = test.db().tenant(&stranger).await.unwrap();
        assert!(history(&mut tx, deal, &all()).await.unwrap().items.is_empty());
        assert!(search(&mut tx, &Filter::default(), &all(), &Sight::WHOLE).await.unwrap().items.is_empty());
    }
}

#[tokio::test]
async fn filters_narrow_and_pages_follow_one_another() {
    let test = TestDb::new().await;
    let store = test.store();
    let (ann, job) = (test.ctx(store, Role::Salesperson), test.job_ctx(store));
    let start = test.clock_value().now();
    for action in ["deal.created", "deal.submitted", "customer.viewed"] {
        write(&test, &ann, action, test.ids().next()).await;
        test.clock().advance(SignedDuration::from_mins(1));
    }
    write(&test, &job, "deal.closed", test.ids().next()).await;

    let mut tx = test.db().tenant(&ann).await.unwrap();
    let mut found = async |filter: Filter| {
        let page = search(&mut tx, &filter, &all(), &Sight::WHOLE).await.unwrap();
        page.items.into_iter().map(|entry| entry.action).collect::<Vec<_>>()
    };
    let narrow = Filter::default;
    assert_eq!(found(narrow()).await, ["deal.closed", "customer.viewed", "deal.submitted", "deal.created"]);
    assert_eq!(found(Filter { person: ann.person(), ..narrow() }).await.len(), 3);
    let deals = Filter { action: Some("deal.".into()), ..narrow() };
    assert_eq!(found(deals.clone()).await, ["deal.closed", "deal.submitted", "deal.created"]);
    assert_eq!(found(Filter { action: Some("deal.submitted".into()), ..narrow() }).await, ["deal.submitted"]);
    let minute = start + SignedDuration::from_mins(1);
    assert_eq!(found(Filter { from: Some(minute), ..deals.clone() }).await, ["deal.closed", "deal.submitted"]);
    assert_eq!(found(Filter { until: Some(minute), ..deals.clone() }).await, ["deal.created"]);
    assert!(found(Filter { subject_kind: Some("customer".into()), ..narrow() }).await.is_empty());

    let mut request = PageRequest { limit: Limit::new(2).unwrap(), cursor: None };
    let first = search(&mut tx, &deals, &request, &Sight::WHOLE).await.unwrap();
    request.cursor = first.next_cursor.clone();
    let second = search(&mut tx, &deals, &request, &Sight::WHOLE).await.unwrap();
    assert_eq!((first.items.len(), second.items.len(), second.next_cursor), (2, 1, None));
    assert_eq!(second.items[0].action, "deal.created");
}
