//! A store with a history: two years of arrivals, customers and deals in the order of their days, each by a use case.
//!
//! All customers live in the store's own state, whose rules are in force on every day of the history; nothing lies before
//! [`FIRST_RULES`].

mod lot;
mod people;
mod plan;
mod terms;
mod work;

use crate::staff::{ADMINISTRATOR, MANAGER};
use crate::stage::{Plan, Scale, Stage};
use crate::{DemoError, Seeded, seed};
use autolytiq_crm::api::{CustomerForm, create_customer};
use autolytiq_inventory::api::{VehicleForm, add_vehicle};
use autolytiq_kernel::{CustomerId, StoreZone, TenantCtx, VehicleId};
use fastrand::Rng;
use jiff::civil::{Date, date};
use people::Worker;
use plan::{Ahead, Event};
use std::collections::HashMap;

/// From when on the engine knows the motor-vehicle tax of the store's state.
const FIRST_RULES: Date = date(2024, 7, 11);

/// Makes the store.
///
/// # Errors
/// [`DemoError`].
pub(crate) async fn make(stage: &Stage<'_>, plan: Plan, scale: Scale) -> Result<Seeded, DemoError> {
    let zone = StoreZone::named(seed::ZONE)?;
    let mut dice = Rng::with_seed(plan.seed);
    let workers = people::staff(scale.people);
    let ahead = plan::draw(plan, scale, zone.clone(), &workers, &mut dice)?;
    stage.hand.set(ahead.founded);
    let founded = seed::found(stage, zone).await?;
    let mut history = History { stage, crew: Vec::new(), dice, vehicles: HashMap::new(), customers: HashMap::new() };
    let administrator = history.enter(&workers, ADMINISTRATOR).await?;
    seed::set_up_desk(stage, &administrator).await?;
    history.crew.push(administrator);
    let hire = workers.len().saturating_sub(1);
    for index in 1..hire {
        history.hire(&workers, index).await?;
    }
    seed::second_store(stage, &founded, history.member(ADMINISTRATOR)?).await?;
    for (at, event) in &ahead.events {
        stage.hand.set(*at);
        match event {
            Event::Hire => history.hire(&workers, hire).await?,
            Event::Vehicle(index) => history.take_in(&ahead, *index).await?,
            Event::Customer(index) => history.meet(&ahead, *index).await?,
            Event::Deal(index) => history.work(&ahead, &workers, *index).await?,
        }
    }
    stage.hand.set(plan.anchor);
    let (vehicles, customers) = (history.vehicles.len(), history.customers.len());
    Ok(Seeded { store: founded.dealership, vehicles, customers, deals: ahead.deals.len() })
}

struct History<'a> {
    stage: &'a Stage<'a>,
    crew: Vec<TenantCtx>,
    dice: Rng,
    /// What was taken in and met so far, by the places in the plan.
    vehicles: HashMap<usize, VehicleId>,
    customers: HashMap<usize, CustomerId>,
}

impl History<'_> {
    fn member(&self, index: usize) -> Result<&TenantCtx, DemoError> {
        self.crew.get(index).ok_or(DemoError::Missing("such member of the staff"))
    }

    async fn enter(&self, workers: &[Worker], index: usize) -> Result<TenantCtx, DemoError> {
        let worker = workers.get(index).ok_or(DemoError::Missing("such member of the staff"))?;
        seed::enter_as(self.stage, &worker.email).await
    }

    async fn hire(&mut self, workers: &[Worker], index: usize) -> Result<(), DemoError> {
        let worker = workers.get(index).ok_or(DemoError::Missing("such member of the staff"))?;
        seed::add_person(self.stage, self.member(ADMINISTRATOR)?, &worker.name, &worker.email, worker.role).await?;
        self.crew.push(self.enter(workers, index).await?);
        Ok(())
    }

    async fn take_in(&mut self, ahead: &Ahead, index: usize) -> Result<(), DemoError> {
        let arrival = ahead.vehicles.get(index).ok_or(DemoError::Missing("vehicle of the plan"))?;
        let id: VehicleId = self.stage.db.ids().next();
        let form: VehicleForm = lot::arrival(id, index, arrival.new, arrival.on, &mut self.dice)?;
        let mut tx = self.stage.begin(self.member(MANAGER)?).await?;
        add_vehicle(&mut tx, id, &form, true).await.map_err(|error| DemoError::Vehicle(error, "of the history"))?;
        tx.commit().await?;
        self.vehicles.insert(index, id);
        Ok(())
    }

    async fn meet(&mut self, ahead: &Ahead, index: usize) -> Result<(), DemoError> {
        let seller = ahead.deals.get(index).map(|deal| deal.seller).ok_or(DemoError::Missing("deal of the plan"))?;
        let id: CustomerId = self.stage.db.ids().next();
        let form: CustomerForm = people::customer(id, index, &mut self.dice)?;
        let mut tx = self.stage.begin(self.member(seller)?).await?;
        create_customer(&mut tx, self.stage.vault, id, &form)
            .await
            .map_err(|error| DemoError::Customer(error, "of the history"))?;
        tx.commit().await?;
        self.customers.insert(index, id);
        Ok(())
    }
}
