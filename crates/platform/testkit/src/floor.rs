//! A store with people, for tests of what a store does.

use autolytiq_kernel::{DealershipId, GroupId, PersonActor, PersonId, Role, TenantCtx};
use jiff_sqlx::ToSqlx;

use crate::TestDb;

/// A store in Texas, with the people who work there.
#[derive(Clone, Debug)]
pub struct Floor {
    /// The store: Dallas, in the time zone of Chicago.
    pub store: DealershipId,
    /// A salesperson, called Sam Sales.
    pub salesperson: TenantCtx,
    /// Another one, called Olga Other.
    pub other_salesperson: TenantCtx,
    /// The sales manager, called Max Manager.
    pub sales_manager: TenantCtx,
    /// The F&I manager, called Fay Finance.
    pub fni_manager: TenantCtx,
    /// The administrator, called Ada Admin.
    pub administrator: TenantCtx,
}

impl Floor {
    /// Everybody, in the order of the fields.
    #[must_use]
    pub fn everybody(&self) -> [&TenantCtx; 5] {
        [&self.salesperson, &self.other_salesperson, &self.sales_manager, &self.fni_manager, &self.administrator]
    }
}

impl TestDb {
    /// Founds a store with its people, past identity's own use cases: nobody here signs in with a password.
    ///
    /// # Panics
    /// When it cannot be written.
    pub async fn floor(&self) -> Floor {
        let (store, group): (DealershipId, GroupId) = (self.ids().next(), self.ids().next());
        let now = self.clock_value().now().to_sqlx();
        let mut owner = self.owner().await;
        sqlx::query("insert into dealer_group (id, name, created_at) values ($1, 'Test Group', $2)")
            .bind(group)
            .bind(now)
            .execute(&mut owner)
            .await
            .expect("founding the group");
        sqlx::query(
            "with store as (
                 insert into dealership (dealership_id, group_id, name, time_zone, state, county, city, zip, created_at, updated_at)
                 values ($1, $2, 'Test Motors', 'America/Chicago', 'TX', 'Dallas', 'Dallas', '75204', $3, $3)
                 returning dealership_id
             )
             insert into desk_settings (dealership_id, doc_fee, pack, finance_term_months, finance_rate, lease_term_months,
                                        lease_money_factor, lease_residual_percent, acquisition_fee, annual_miles, updated_at)
             select dealership_id, 15000, 50000, 72, 0.0649, 36, 0.00125, 0.58, 69500, 12000, $3 from store",
        )
        .bind(store)
        .bind(group)
        .bind(now)
        .execute(&mut owner)
        .await
        .expect("founding the store");
        let people = [
            ("Sam Sales", Role::Salesperson),
            ("Olga Other", Role::Salesperson),
            ("Max Manager", Role::SalesManager),
            ("Fay Finance", Role::FniManager),
            ("Ada Admin", Role::Administrator),
        ];
        let mut ctxs = Vec::new();
        for (name, role) in people {
            let person: PersonId = self.ids().next();
            sqlx::query(
                "with person as (
                     insert into person (id, email, password_hash, password_set_at, created_at)
                     values ($2, $3, '$argon2id$none', $5, $5)
                 )
                 insert into membership (dealership_id, person_id, name, email, role, created_at, updated_at)
                 values ($1, $2, $4, $3, $6, $5, $5)",
            )
            .bind(store)
            .bind(person)
            .bind(format!("{person}@example.com"))
            .bind(name)
            .bind(now)
            .bind(role.as_str())
            .execute(&mut owner)
            .await
            .expect("adding a person");
            ctxs.push(self.ctx_as(PersonActor { person, session: self.ids().next(), role }, store, []));
        }
        let mut ctxs = ctxs.into_iter();
        let mut next = || ctxs.next().expect("five people");
        Floor {
            store,
            salesperson: next(),
            other_salesperson: next(),
            sales_manager: next(),
            fni_manager: next(),
            administrator: next(),
        }
    }
}
