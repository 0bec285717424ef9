//! Working one deal from its opening to where the plan wants it.

use super::{History, people::Worker, plan::Ahead, plan::Outcome, terms};
use crate::DemoError;
use autolytiq_desking::DeskError;
use autolytiq_desking::api::{
    PencilForm, approve_deal, cancel_deal, close_deal, deal_summary, open_deal, pencil_deal, reject_deal, reopen_deal,
    submit_deal,
};
use autolytiq_kernel::{DealId, PencilId, Role};
use autolytiq_tax::Condition;
use jiff::SignedDuration;

impl History<'_> {
    pub(super) async fn work(&mut self, ahead: &Ahead, workers: &[Worker], index: usize) -> Result<(), DemoError> {
        let deal = ahead.deals.get(index).ok_or(DemoError::Missing("deal of the plan"))?;
        let vehicle = *self.vehicles.get(&deal.vehicle).ok_or(DemoError::Missing("vehicle of a deal"))?;
        let customer = *self.customers.get(&index).ok_or(DemoError::Missing("customer of a deal"))?;
        let fault =
            |step: usize| move |source: DeskError| DemoError::Deal { deal: index, step, source: Box::new(source) };
        let (stage, tables) = (self.stage, self.stage.tables);
        let id: DealId = stage.db.ids().next();

        let mut tx = stage.begin(self.member(deal.seller)?).await?;
        open_deal(&mut tx, id, customer, vehicle).await.map_err(fault(0))?;
        let summary = deal_summary(&mut tx, id).await.map_err(fault(0))?;
        let (mut input, mut version) = (summary.input, summary.version);
        let new = input.vehicle.condition == Condition::New;
        let year = i32::from(input.deal_date.year());
        let current = input.vehicle.model_year.is_some_and(|model| i32::from(model) >= year);
        let pay = terms::pay(&mut self.dice, new, current);
        terms::offer(&mut input, &mut self.dice, new, pay, deal.discount);
        let first: PencilId = tx.new_id();
        let form =
            PencilForm { id: first, parent: summary.newest_pencil, input: input.clone(), note: None, reason: None };
        pencil_deal(&mut tx, tables, id, version, form).await.map_err(fault(1))?;
        version += 1;
        tx.commit().await?;
        if deal.outcome == Outcome::Draft {
            return Ok(());
        }

        self.later(25..70);
        let mut tx = stage.begin(self.member(deal.seller)?).await?;
        submit_deal(&mut tx, tables, id, version).await.map_err(fault(2))?;
        version += 1;
        tx.commit().await?;
        if deal.outcome == Outcome::Submitted {
            return Ok(());
        }

        self.later(5..25);
        let manager = self.of_role(workers, Role::SalesManager)?;
        let mut tx = stage.begin(self.member(manager)?).await?;
        if deal.outcome == Outcome::Rejected {
            reject_deal(&mut tx, tables, id, version, "Too far off: come back with a better offer")
                .await
                .map_err(fault(3))?;
            return Ok(tx.commit().await?);
        }
        approve_deal(&mut tx, tables, id, version, None).await.map_err(fault(3))?;
        version += 1;
        tx.commit().await?;
        if deal.outcome == Outcome::Approved {
            return Ok(());
        }

        self.later(15..60);
        if deal.outcome == Outcome::Cancelled {
            let mut tx = stage.begin(self.member(manager)?).await?;
            let why = ["Bought elsewhere", "Wants to think about it", "Lender declined"];
            let why = self.dice.choice(why).unwrap_or("Bought elsewhere");
            cancel_deal(&mut tx, tables, id, version, why).await.map_err(fault(4))?;
            return Ok(tx.commit().await?);
        }
        let office = self.of_role(workers, Role::FniManager)?;
        // Every other office sells more service contracts than the next.
        let keen = if office.is_multiple_of(2) { 8 } else { 0 };
        terms::contract(&mut input, &mut self.dice, new, pay, keen);
        let mut tx = stage.begin(self.member(office)?).await?;
        let form = PencilForm { id: tx.new_id(), parent: Some(first), input, note: None, reason: None };
        pencil_deal(&mut tx, tables, id, version, form).await.map_err(fault(5))?;
        version += 1;
        tx.commit().await?;

        self.later(10..35);
        let mut tx = stage.begin(self.member(office)?).await?;
        close_deal(&mut tx, tables, id, version, None).await.map_err(fault(6))?;
        version += 1;
        tx.commit().await?;
        if deal.outcome == Outcome::Reopened {
            self.later(5..10);
            let mut tx = stage.begin(self.member(manager)?).await?;
            reopen_deal(&mut tx, tables, id, version, "Lender asks for another term").await.map_err(fault(7))?;
            tx.commit().await?;
        }
        Ok(())
    }

    fn later(&mut self, minutes: std::ops::Range<i64>) {
        self.stage.hand.advance(SignedDuration::from_mins(self.dice.i64(minutes)));
    }

    /// Somebody with the role.
    fn of_role(&mut self, workers: &[Worker], role: Role) -> Result<usize, DemoError> {
        let those: Vec<usize> = (0..self.crew.len())
            .filter(|index| workers.get(*index).is_some_and(|worker| worker.role == role))
            .collect();
        self.dice.choice(&those).copied().ok_or(DemoError::Missing("such member of the staff"))
    }
}
