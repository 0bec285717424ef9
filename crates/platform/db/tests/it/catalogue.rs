//! Every table of every crate keeps the rules, and the check sees one that does not.

use autolytiq_db::catalogue;
use autolytiq_testkit::TestDb;
use sqlx::Executor;

#[tokio::test]
async fn every_table_view_and_function_keeps_the_rules() {
    let test = TestDb::new().await;
    let findings = catalogue::check(test.access()).await.unwrap();
    assert!(findings.is_empty(), "{}", findings.iter().map(|finding| format!("\n{finding}")).collect::<String>());
}

/// What the check says after the owner has run this.
async fn findings_after(sql: &'static str) -> Vec<String> {
    let test = TestDb::new().await;
    test.owner().await.execute(sql).await.unwrap();
    catalogue::check(test.access()).await.unwrap().iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_table_without_protection_is_seen() {
    let findings = findings_after("create table lender (id uuid primary key, name text unique)").await;
    for rule in [
        "row-level security is off",
        "not forced",
        "dealership_id uuid not null",
        "starts with dealership_id",
        "tenant_read",
        "lender_name_key",
    ] {
        assert!(findings.iter().any(|finding| finding.contains(rule)), "{rule}: {findings:?}");
    }
}

#[tokio::test]
async fn a_policy_that_says_something_else_is_seen() {
    let findings = findings_after(
        "alter policy tenant_update on idempotency_key using (true) with check (true);
         create policy also on idempotency_key for select to autolytiq_app using (true)",
    )
    .await;
    assert!(
        findings.iter().any(|finding| finding.contains("the policy tenant_update is missing or says something else")),
        "{findings:?}"
    );
    assert!(findings.iter().any(|finding| finding.contains("the policy also is not one of ours")), "{findings:?}");
}

#[tokio::test]
async fn leaks_around_the_policies_are_seen() {
    let findings = findings_after(
        "create view answers as select * from idempotency_key;
         create materialized view counts as select count(*) from idempotency_key;
         grant truncate on idempotency_key to autolytiq_app;
         grant select on audit_entry_default to autolytiq_app;
         create table trade (dealership_id uuid not null, id uuid not null, seal uuid, primary key (dealership_id, id));
         call app.protect_tenant_table('trade');
         create table trade_note (dealership_id uuid not null, id uuid not null, trade_id uuid, primary key (dealership_id, id));
         call app.protect_tenant_table('trade_note');
         create unique index trade_id on trade (id);
         alter table trade_note add constraint trade_note_trade foreign key (trade_id) references trade (id);
         grant create on schema public to autolytiq_app;
         create function peek() returns bigint language sql security definer return (select count(*) from idempotency_key)",
    )
    .await;
    for rule in [
        "answers: a view reads with its owner's rights",
        "counts: a materialized view",
        "autolytiq_app may TRUNCATE",
        "audit_entry_default: a partition is reached through its table",
        "the unique index trade_id lacks dealership_id",
        "the foreign key trade_note_trade to trade lacks dealership_id",
        "public.peek(): runs with its owner's rights and is not listed",
        "without `set search_path",
        "public: autolytiq_app may create objects in it",
    ] {
        assert!(findings.iter().any(|finding| finding.contains(rule)), "{rule}: {findings:#?}");
    }
}

#[tokio::test]
async fn a_protected_value_in_clear_is_seen() {
    let findings = findings_after(
        "alter table idempotency_key add column ssn text, add column driver_license_number text, add column photo bytea",
    )
    .await;
    for rule in [
        "idempotency_key.ssn: the name tells of a protected value",
        "idempotency_key.driver_license_number: the name tells",
        "idempotency_key.photo: a column of bytes is listed",
    ] {
        assert!(findings.iter().any(|finding| finding.contains(rule)), "{rule}: {findings:#?}");
    }
}
