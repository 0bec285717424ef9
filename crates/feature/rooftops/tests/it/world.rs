//! Two groups: Alder in Dallas and Birch in Knoxville belong to one, Cedar to the other.

use autolytiq_kernel::{DealershipId, PersonActor, Powers, Role, TenantCtx};
use autolytiq_testkit::TestApp;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

pub(crate) struct World {
    pub(crate) app: TestApp,
    pub(crate) alder: DealershipId,
    pub(crate) birch: DealershipId,
    pub(crate) cedar: DealershipId,
    pub(crate) owner: PgConnection,
}

impl World {
    pub(crate) async fn new() -> Self {
        let app = TestApp::new(&[autolytiq_rooftops::module().needs(&[])]).await;
        let owner = app.test().owner().await;
        let (alder, birch, cedar) = (app.test().store(), app.test().store(), app.test().store());
        let mut world = Self { app, alder, birch, cedar, owner };
        let (one, other) = (world.group().await, world.group().await);
        world.store(one, alder, "Alder", "America/Chicago", "TX", 15_000).await;
        world.store(one, birch, "Birch", "America/New_York", "TN", 69_900).await;
        world.store(other, cedar, "Cedar", "America/Chicago", "TX", 15_000).await;
        world
    }

    fn id(&self) -> Uuid {
        self.app.test().ids().uuid()
    }

    /// Somebody in the store `at` who may read `others` too.
    #[expect(clippy::disallowed_methods, reason = "a test says what a role may do")]
    pub(crate) fn ctx(
        &self,
        at: DealershipId,
        others: &[DealershipId],
        role: Role,
        powers: Option<Powers>,
    ) -> TenantCtx {
        let test = self.app.test();
        let actor = PersonActor { person: test.ids().next(), session: test.ids().next(), role };
        test.ctx_as(actor, at, others.iter().copied()).with_powers(powers)
    }

    async fn run(&mut self, sql: &'static str, store: DealershipId, id: Uuid) {
        sqlx::query(sql).bind(store).bind(id).execute(&mut self.owner).await.unwrap();
    }

    async fn group(&mut self) -> Uuid {
        let id = self.id();
        let insert = sqlx::query("insert into dealer_group (id, name, created_at) values ($1, 'A group', now())");
        insert.bind(id).execute(&mut self.owner).await.unwrap();
        id
    }

    async fn store(&mut self, group: Uuid, id: DealershipId, name: &str, zone: &str, state: &str, doc_fee: i64) {
        sqlx::query(
            "with store as (
                 insert into dealership (dealership_id, group_id, name, time_zone, state, created_at, updated_at)
                 values ($1, $2, $3, $4, $5, now(), now()) returning dealership_id
             )
             insert into desk_settings (dealership_id, doc_fee, updated_at) select dealership_id, $6, now() from store",
        )
        .bind(id)
        .bind(group)
        .bind(name)
        .bind(zone)
        .bind(state)
        .bind(doc_fee)
        .execute(&mut self.owner)
        .await
        .unwrap();
    }

    /// A person with these seats; whether each still has access stands with it.
    pub(crate) async fn person(&mut self, name: &str, demo: bool, seats: &[(DealershipId, &str, bool)]) -> Uuid {
        let id = self.id();
        let email = format!("{name}@example.com");
        sqlx::query(
            "insert into person (id, email, password_hash, password_set_at, created_at, demo)
             values ($1, $2, '$argon2id$none', now(), now(), $3)",
        )
        .bind(id)
        .bind(&email)
        .bind(demo)
        .execute(&mut self.owner)
        .await
        .unwrap();
        for (store, role, active) in seats {
            sqlx::query(
                "insert into membership (dealership_id, person_id, name, email, role, active, created_at, updated_at)
                 values ($1, $2, $3, $4, $5, $6, now(), now())",
            )
            .bind(*store)
            .bind(id)
            .bind(name)
            .bind(&email)
            .bind(*role)
            .bind(*active)
            .execute(&mut self.owner)
            .await
            .unwrap();
        }
        id
    }

    /// A second factor, proved or only begun.
    pub(crate) async fn factor(&mut self, person: Uuid, proved: bool) {
        sqlx::query(
            "insert into factor (id, person_id, kind, name, created_at, confirmed_at)
             values (gen_random_uuid(), $1, 'email', 'Mail', now(), case when $2 then now() end)",
        )
        .bind(person)
        .bind(proved)
        .execute(&mut self.owner)
        .await
        .unwrap();
    }

    /// Failed attempts locked the account of this name until then.
    pub(crate) async fn locked(&mut self, name: &str, until: Timestamp) {
        sqlx::query(
            "insert into sign_in_failure (account, failures, window_ends_at, locked_until)
             values (sha256(convert_to($1, 'UTF8')), 5, $2, $2)",
        )
        .bind(format!("{name}@example.com"))
        .bind(until.to_sqlx())
        .execute(&mut self.owner)
        .await
        .unwrap();
    }

    /// A member that is a program.
    pub(crate) async fn program(&mut self, store: DealershipId, person: Uuid) {
        let sql = "insert into service_account (dealership_id, person_id, purpose, created_by, created_at)
                   values ($1, $2, 'shows the stock', $2, now())";
        self.run(sql, store, person).await;
    }

    /// One request for access that waits, one whose address was not confirmed, one that was decided.
    pub(crate) async fn requests(&mut self, store: DealershipId) {
        let door = "insert into registration_door (dealership_id, open, updated_at) select $1, $2 is not null, now()";
        let unused = self.id();
        self.run(door, store, unused).await;
        let sql = "insert into registration (dealership_id, id, name, email, digest, confirm_until, created_at, confirmed_at,
                                             decided_at, decision, decided_by)
                   select $1, gen_random_uuid(), 'Nell', n || '@example.com', sha256(convert_to(n::text, 'UTF8')), now(), now(),
                          case when n <> 1 then now() end, case when n = 2 then now() end,
                          case when n = 2 then 'declined' end, case when n = 2 then $2::uuid end
                   from generate_series(0, 2) as n";
        self.run(sql, store, unused).await;
    }

    /// A vehicle in this status.
    pub(crate) async fn vehicle(&mut self, store: DealershipId, status: &str) -> Uuid {
        let id = self.id();
        sqlx::query(
            "insert into vehicle (dealership_id, id, stock_number, vin, condition, year, make, model, odometer, received_on,
                                  status, held_by, search_text, created_at, updated_at)
             select $1, $2, 'S' || n, lpad(n::text, 17, '1'), 'used', 2020, 'Honda', 'Accord', 1, '2026-01-01', $3,
                    case when $3 <> 'in_stock' then $2 end, '', now(), now()
             from (select count(*) + 10 as n from vehicle) as counted",
        )
        .bind(store)
        .bind(id)
        .bind(status)
        .execute(&mut self.owner)
        .await
        .unwrap();
        id
    }

    /// A deal in this state, last changed then.
    pub(crate) async fn deal(&mut self, store: DealershipId, salesperson: Uuid, state: &str, changed: &str) {
        let (vehicle, customer) = (self.vehicle(store, "sold").await, self.id());
        let sql = "insert into customer (dealership_id, id, first_name, last_name, sort_name, search_text, created_at, updated_at)
                   values ($1, $2, 'A', 'Customer', '', '', now(), now())";
        self.run(sql, store, customer).await;
        sqlx::query(
            "insert into deal (dealership_id, id, number, state, deal_date, customer_id, vehicle_id, salesperson_id, search_text,
                               created_at, updated_at)
             select $1, gen_random_uuid(), count(*) + 1, $2, '2026-01-02', $3, $4, $5, '', now(), $6::text::timestamptz from deal",
        )
        .bind(store)
        .bind(state)
        .bind(customer)
        .bind(vehicle)
        .bind(salesperson)
        .bind(changed)
        .execute(&mut self.owner)
        .await
        .unwrap();
    }

    /// Something signed off on the compliance desk.
    pub(crate) async fn signed(&mut self, store: DealershipId, kind: &str, on: &str) {
        sqlx::query(
            "insert into compliance_sign_off (dealership_id, id, kind, name, done_on, attested, recorded_at, recorded_by)
             values ($1, gen_random_uuid(), $2, 'Ada', $3::text::date,
                     case when $2 = 'access_review' then '[]'::json end, now(), gen_random_uuid())",
        )
        .bind(store)
        .bind(kind)
        .bind(on)
        .execute(&mut self.owner)
        .await
        .unwrap();
    }

    /// An incident, open or closed.
    pub(crate) async fn incident(&mut self, store: DealershipId, open: bool) {
        sqlx::query(
            "insert into compliance_incident (dealership_id, id, title, discovered_at, closed_at, updated_at)
             values ($1, gen_random_uuid(), 'A lost laptop', now(), case when not $2 then now() end, now())",
        )
        .bind(store)
        .bind(open)
        .execute(&mut self.owner)
        .await
        .unwrap();
    }

    /// How long the store keeps customers.
    pub(crate) async fn keeps(&mut self, store: DealershipId, without_purchase: i16, after_purchase: i16) {
        sqlx::query("insert into retention_schedule values ($1, $2, $3, 1, now())")
            .bind(store)
            .bind(without_purchase)
            .bind(after_purchase)
            .execute(&mut self.owner)
            .await
            .unwrap();
    }

    /// A connection to a provider of identities, in use or not.
    pub(crate) async fn provider(&mut self, store: DealershipId, active: bool) {
        sqlx::query(
            "insert into sso_connection (dealership_id, id, issuer, client_id, hosts, active, updated_at)
             values ($1, gen_random_uuid(), 'https://id.example', 'desk', array['example.com'], $2, now())",
        )
        .bind(store)
        .bind(active)
        .execute(&mut self.owner)
        .await
        .unwrap();
    }
}
