//! Whoever owns the database can change it; the chain tells.

use autolytiq_audit::{Flaw, Head, Scope, seal, verify};
use autolytiq_kernel::{Role, TenantCtx};
use autolytiq_testkit::TestDb;

use crate::write;

/// A chain of five links.
async fn chained() -> (TestDb, TenantCtx) {
    let test = TestDb::new().await;
    let ctx = test.ctx(test.store(), Role::Salesperson);
    for _ in 0..5 {
        write(&test, &ctx, "deal.created", test.ids().next()).await;
    }
    seal(test.db()).await.unwrap();
    (test, ctx)
}

/// What verification says after the owner has run this.
async fn flaw_after(sql: &'static str) -> Option<Flaw> {
    let (test, _) = chained().await;
    sqlx::raw_sql(sql).execute(&mut test.owner().await).await.unwrap();
    let report = verify(test.db(), &Scope::default()).await.unwrap();
    assert_eq!(report.chains.len(), 1);
    assert!(report.is_whole() == report.chains[0].flaw.is_none());
    report.chains[0].flaw.clone()
}

const THIRD: &str = "(select entry_id from audit_seal where sequence = 3)";

#[tokio::test]
async fn a_changed_entry_shows() {
    for set in [
        "action = 'deal.approved'",
        "after = '{ \"state\": \"deal.created\" }'",
        "address = null",
        "occurred_at = occurred_at + interval '1 microsecond'",
        "person_id = gen_random_uuid()",
        "reason = ''",
    ] {
        let sql: &'static str = format!("update audit_entry set {set} where id = {THIRD}").leak();
        let flaw = flaw_after(sql).await;
        assert!(matches!(flaw, Some(Flaw::EntryChanged { sequence: 3, .. })), "{set}: {flaw:?}");
    }
}

#[tokio::test]
async fn a_removed_entry_shows() {
    let sql: &'static str = format!("delete from audit_entry where id = {THIRD}").leak();
    assert!(matches!(flaw_after(sql).await, Some(Flaw::EntryMissing { sequence: 3, .. })));
}

#[tokio::test]
async fn a_removed_entry_with_its_link_shows() {
    let sql: &'static str =
        format!("delete from audit_entry where id = {THIRD}; delete from audit_seal where sequence = 3").leak();
    assert_eq!(flaw_after(sql).await, Some(Flaw::LinkMissing { expected: 3 }));
    let closed_up: &'static str = format!(
        "delete from audit_entry where id = {THIRD}; delete from audit_seal where sequence = 3;
         update audit_seal set sequence = 3 where sequence = 4; update audit_seal set sequence = 4 where sequence = 5"
    )
    .leak();
    assert_eq!(flaw_after(closed_up).await, Some(Flaw::LinkBroken { sequence: 3 }));
}

#[tokio::test]
async fn an_entry_slipped_in_shows() {
    let flaw = flaw_after(
        "insert into audit_entry (dealership_id, id, occurred_at, job, request_id, action, subject_kind, subject_id)
         select dealership_id, gen_random_uuid(), occurred_at, 'audit.forge', id, action, subject_kind, subject_id
         from audit_entry limit 1",
    )
    .await;
    assert!(matches!(flaw, Some(Flaw::EntryOutside { .. })), "{flaw:?}");
}

#[tokio::test]
async fn an_entry_removed_before_it_was_sealed_shows() {
    let (test, ctx) = chained().await;
    write(&test, &ctx, "deal.approved", test.ids().next()).await;
    let mut owner = test.owner().await;
    sqlx::raw_sql("delete from audit_entry where action = 'deal.approved'").execute(&mut owner).await.unwrap();
    seal(test.db()).await.unwrap();
    let report = verify(test.db(), &Scope::default()).await.unwrap();
    assert!(matches!(report.chains[0].flaw, Some(Flaw::UnsealedMissing { .. })), "{report:?}");
}

#[tokio::test]
async fn a_cut_off_end_shows_against_a_noted_head() {
    let (test, ctx) = chained().await;
    let noted = verify(test.db(), &Scope::default()).await.unwrap().chains[0].head.unwrap();
    assert_eq!(noted.to_string().parse::<Head>().unwrap(), noted);
    let scope = Scope { dealership: Some(ctx.acting()), heads: vec![(ctx.acting(), noted)] };
    write(&test, &ctx, "deal.approved", test.ids().next()).await;
    seal(test.db()).await.unwrap();
    assert!(verify(test.db(), &scope).await.unwrap().is_whole(), "a chain that has grown still has its old head");

    let mut owner = test.owner().await;
    let cut = "delete from audit_entry where id in (select entry_id from audit_seal where sequence >= 5);
               delete from audit_seal where sequence >= 5";
    sqlx::raw_sql(cut).execute(&mut owner).await.unwrap();
    assert!(verify(test.db(), &Scope::default()).await.unwrap().is_whole(), "a chain alone does not know its end");
    assert_eq!(verify(test.db(), &scope).await.unwrap().chains[0].flaw, Some(Flaw::HeadMissing { head: noted }));

    sqlx::raw_sql("delete from audit_entry; delete from audit_seal").execute(&mut owner).await.unwrap();
    assert_eq!(verify(test.db(), &scope).await.unwrap().chains[0].flaw, Some(Flaw::HeadMissing { head: noted }));
}

#[tokio::test]
async fn a_flaw_in_one_store_is_no_flaw_of_another() {
    let (test, first) = chained().await;
    let second = test.ctx(test.store(), Role::Salesperson);
    write(&test, &second, "deal.created", test.ids().next()).await;
    seal(test.db()).await.unwrap();
    sqlx::query("update audit_entry set reason = 'x' where dealership_id = $1")
        .bind(first.acting())
        .execute(&mut test.owner().await)
        .await
        .unwrap();
    let report = verify(test.db(), &Scope::default()).await.unwrap();
    let flawed: Vec<_> = report.chains.iter().map(|chain| (chain.dealership, chain.flaw.is_some())).collect();
    assert_eq!(flawed, [(first.acting(), true), (second.acting(), false)]);
    let only = Scope { dealership: Some(second.acting()), ..Scope::default() };
    assert!(verify(test.db(), &only).await.unwrap().is_whole());
}
