//! The deals: fifteen stories that together reach every state and every awkward corner a desk sees on a Saturday.

mod stories;

use crate::DemoError;
use crate::staff::{FINANCE, MANAGER};
use crate::stage::{Crew, Plan, Stage, ago};
use autolytiq_db::TenantTx;
use autolytiq_desking::DeskError;
use autolytiq_desking::api::{
    PencilForm, approve_deal, cancel_deal, close_deal, deal_summary, open_deal, pencil_deal, reject_deal, reopen_deal,
    submit_deal,
};
use autolytiq_finance::deal::{
    column::Column,
    input::{DealInput, Product, Rebate, Trade},
};
use autolytiq_kernel::{CustomerId, DealId, TenantCtx, VehicleId};
use autolytiq_money::Money;
use jiff::SignedDuration;
use std::collections::HashMap;
use stories::{Change, STORIES, Step, Story};

/// Works all stories and returns how many there are.
pub(crate) async fn work(
    stage: &Stage<'_>,
    crew: &Crew,
    plan: Plan,
    vehicles: &HashMap<&'static str, VehicleId>,
    people: &[CustomerId],
) -> Result<usize, DemoError> {
    for (index, story) in STORIES.iter().enumerate() {
        // The last stories are of today, some hours ago; each step takes a few minutes of somebody's time.
        stage.hand.set(ago(plan.anchor, story.days_ago) - SignedDuration::from_mins(story.minutes_ago));
        let vehicle = *vehicles.get(story.stock).ok_or(DemoError::Missing("vehicle of a story"))?;
        let customer = *people.get(story.customer).ok_or(DemoError::Missing("customer of a story"))?;
        let teller = Teller { stage, crew, story, index, id: stage.db.ids().next() };
        teller.open(customer, vehicle).await?;
        for (step, act) in story.steps.iter().enumerate() {
            stage.hand.advance(SignedDuration::from_mins(4 + (i64::try_from(step).unwrap_or(0) * 3) % 11));
            teller.act(step + 1, act).await?;
        }
    }
    Ok(STORIES.len())
}

struct Teller<'a> {
    stage: &'a Stage<'a>,
    crew: &'a Crew,
    story: &'a Story,
    index: usize,
    id: DealId,
}

impl Teller<'_> {
    fn fault(&self, step: usize) -> impl FnOnce(DeskError) -> DemoError {
        let deal = self.index;
        move |source| DemoError::Deal { deal, step, source: Box::new(source) }
    }

    fn salesperson(&self) -> Result<&TenantCtx, DemoError> {
        self.crew.get(self.story.salesperson)
    }

    async fn open(&self, customer: CustomerId, vehicle: VehicleId) -> Result<(), DemoError> {
        let mut tx = self.stage.begin(self.salesperson()?).await?;
        open_deal(&mut tx, self.id, customer, vehicle).await.map_err(self.fault(0))?;
        Ok(tx.commit().await?)
    }

    async fn act(&self, number: usize, step: &Step) -> Result<(), DemoError> {
        let manager = self.crew.get(MANAGER)?;
        let who = match step {
            Step::Pencil(..) | Step::Submit => self.salesperson()?,
            Step::Finance(..) | Step::Close => self.crew.get(FINANCE)?,
            Step::Desk(..) | Step::Approve | Step::Reject(_) | Step::Cancel(_) | Step::Reopen(_) => manager,
        };
        let mut tx = self.stage.begin(who).await?;
        self.step(&mut tx, step).await.map_err(self.fault(number))?;
        Ok(tx.commit().await?)
    }

    async fn step(&self, tx: &mut TenantTx, step: &Step) -> Result<(), DeskError> {
        let (id, tables) = (self.id, self.stage.tables);
        let version = deal_summary(tx, id).await?.version;
        match step {
            Step::Pencil(note, changes) | Step::Finance(note, changes) => {
                self.pencil(tx, changes, Some(note), None).await
            }
            Step::Desk(reason, changes) => self.pencil(tx, changes, None, Some(reason)).await,
            Step::Submit => submit_deal(tx, tables, id, version).await,
            Step::Approve => approve_deal(tx, tables, id, version, None).await,
            Step::Reject(reason) => reject_deal(tx, tables, id, version, reason).await,
            Step::Cancel(reason) => cancel_deal(tx, tables, id, version, reason).await,
            Step::Close => close_deal(tx, tables, id, version, None).await,
            Step::Reopen(reason) => reopen_deal(tx, tables, id, version, reason).await,
        }
    }

    async fn pencil(
        &self,
        tx: &mut TenantTx,
        changes: &[Change],
        note: Option<&str>,
        reason: Option<&str>,
    ) -> Result<(), DeskError> {
        let mut at = deal_summary(tx, self.id).await?;
        for change in changes {
            apply(&mut at.input, change);
        }
        let form = PencilForm {
            id: tx.new_id(),
            parent: at.newest_pencil,
            input: at.input,
            note: note.map(ToOwned::to_owned),
            reason: reason.map(ToOwned::to_owned),
        };
        pencil_deal(tx, self.stage.tables, self.id, at.version, form).await?;
        Ok(())
    }
}

fn apply(input: &mut DealInput, change: &Change) {
    match *change {
        Change::Price(dollars) => input.price = Money::from_dollars(dollars),
        Change::Down(dollars) => input.cash_down = Money::from_dollars(dollars),
        Change::Trade(description, allowance, payoff) => input.trades.push(Trade {
            description: description.to_owned(),
            allowance: Money::from_dollars(allowance),
            payoff: Money::from_dollars(payoff),
            good_through: None,
            per_diem: Money::ZERO,
            acv: None,
            leased: false,
            class: None,
            taxed_here: None,
        }),
        Change::Appraised(acv) => {
            if let Some(trade) = input.trades.last_mut() {
                trade.acv = Some(Money::from_dollars(acv));
            }
        }
        Change::Rebate(kind, name, dollars) => {
            input.rebates.push(Rebate {
                kind,
                name: name.to_owned(),
                amount: Money::from_dollars(dollars),
                excludes: Vec::new(),
            });
        }
        Change::Product(kind, name, price, cost) => input.products.push(Product {
            kind,
            name: name.to_owned(),
            price: Money::from_dollars(price),
            cost: cost.map(Money::from_dollars),
        }),
        Change::Finance(term, rate) => {
            for column in &mut input.columns {
                if let Column::Finance(terms) = column {
                    (terms.term_months, terms.rate) = (term, rate);
                }
            }
        }
        Change::BuyRate(rate, share) => {
            for column in &mut input.columns {
                if let Column::Finance(terms) = column {
                    (terms.buy_rate, terms.reserve_share) = (Some(rate), Some(share));
                }
            }
        }
        Change::NoLease => input.columns.retain(|column| !matches!(column, Column::Lease(_))),
    }
}
