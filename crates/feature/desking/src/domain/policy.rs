//! Whether a person may do something with a deal now, and if not, why. The client shows the same answer beside the
//! button.

use autolytiq_authz::{Permission, Reach};
use autolytiq_finance::deal::input::DealInput;
use autolytiq_kernel::PersonId;

use super::{
    desk::Desk,
    state::{DealAction, DealState, WrongState, after},
};

/// What of a deal decides about an action.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    pub(crate) state: DealState,
    pub(crate) salesperson: PersonId,
    pub(crate) penciled: bool,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The role lacks the permission, or has it for its own deals only.
    #[error("your role may not do this")]
    Forbidden(Permission),
    /// A submitted or approved deal is in the manager's hands.
    #[error("the deal is with the manager; ask for it to be rejected, or cancel it")]
    WithTheManager,
    /// The state does not know the action.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// There are no figures yet.
    #[error("the deal has no pencil yet")]
    NoPencil,
}

/// The state after the action, if this person may take it now.
pub(crate) fn decide(desk: Desk, deal: Standing, action: DealAction) -> Result<DealState, Refusal> {
    let permission = action.permission();
    let within_reach = match desk.reach(permission) {
        Reach::No => false,
        Reach::Own => deal.salesperson == desk.person,
        Reach::Store | Reach::Group => true,
    };
    if !within_reach {
        return Err(Refusal::Forbidden(permission));
    }
    let next = after(deal.state, action)?;
    let with_manager = matches!(deal.state, DealState::Submitted | DealState::Approved);
    if action == DealAction::Pencil && with_manager && desk.reach(permission) < Reach::Store {
        return Err(Refusal::WithTheManager);
    }
    if action.needs_pencil() && !deal.penciled {
        return Err(Refusal::NoPencil);
    }
    Ok(next)
}

/// What a person may not change of a deal while it stands where it does: pointers of [`agreed_terms_changed`].
pub(crate) fn fixed_terms(desk: Desk, state: DealState) -> &'static [&'static str] {
    let agreed = matches!(state, DealState::Submitted | DealState::Approved);
    if agreed && !desk.may(Permission::DealReprice) { &["/price", "/accessories", "/trades", "/rebates"] } else { &[] }
}

/// What a pencil changes that was agreed on when the deal was submitted: the pointers of price, accessories, trades and
/// rebates that differ. Products, terms, fees and cash are F&I's to change.
pub(crate) fn agreed_terms_changed(before: &DealInput, after: &DealInput) -> Vec<&'static str> {
    let prices = |input: &DealInput| -> Vec<_> {
        input.accessories.iter().map(|accessory| (accessory.name.clone(), accessory.price)).collect()
    };
    let trades = |input: &DealInput| -> Vec<_> {
        input.trades.iter().map(|trade| (trade.description.clone(), trade.allowance, trade.payoff)).collect()
    };
    let mut changed = Vec::new();
    if before.price != after.price {
        changed.push("/price");
    }
    if prices(before) != prices(after) {
        changed.push("/accessories");
    }
    if trades(before) != trades(after) {
        changed.push("/trades");
    }
    if before.rebates != after.rebates {
        changed.push("/rebates");
    }
    changed
}

#[cfg(test)]
mod tests {
    use autolytiq_kernel::{Ids, Role};

    use super::{Refusal, Standing, decide};
    use crate::domain::{
        desk::Desk,
        state::{DealAction, DealState},
    };

    /// Every state, action and role: what happens with a deal of one's own (a salesperson) or of the store (the others).
    /// Rows are state and action, columns the four roles that work deals; `-` is a wrong state, `x` a missing permission, `m` with the
    /// manager.
    #[test]
    fn state_by_action_by_role() {
        let expected = "
            draft pencil | draft draft draft draft
            draft submit | submitted submitted submitted submitted
            draft approve | x - x -
            draft reject | x - x -
            draft cancel | cancelled cancelled cancelled cancelled
            draft close | x x - -
            draft reopen | x - x -
            submitted pencil | m submitted submitted submitted
            submitted submit | - - - -
            submitted approve | x approved x approved
            submitted reject | x rejected x rejected
            submitted cancel | cancelled cancelled cancelled cancelled
            submitted close | x x - -
            submitted reopen | x - x -
            approved pencil | m approved approved approved
            approved submit | - - - -
            approved approve | x - x -
            approved reject | x - x -
            approved cancel | cancelled cancelled cancelled cancelled
            approved close | x x closed closed
            approved reopen | x - x -
            closed pencil | - - - -
            closed submit | - - - -
            closed approve | x - x -
            closed reject | x - x -
            closed cancel | - - - -
            closed close | x x - -
            closed reopen | x reopened x reopened
            rejected pencil | draft draft draft draft
            rejected submit | - - - -
            rejected approve | x - x -
            rejected reject | x - x -
            rejected cancel | - - - -
            rejected close | x x - -
            rejected reopen | x reopened x reopened
            cancelled pencil | - - - -
            cancelled submit | - - - -
            cancelled approve | x - x -
            cancelled reject | x - x -
            cancelled cancel | - - - -
            cancelled close | x x - -
            cancelled reopen | x reopened x reopened
            reopened pencil | reopened reopened reopened reopened
            reopened submit | submitted submitted submitted submitted
            reopened approve | x - x -
            reopened reject | x - x -
            reopened cancel | cancelled cancelled cancelled cancelled
            reopened close | x x - -
            reopened reopen | x - x -";
        let person = Ids::sequence(1).next();
        let mut actual = String::new();
        for state in DealState::ALL {
            for action in DealAction::ALL {
                actual.push_str(&format!("\n            {state} {action} |"));
                for role in [Role::Salesperson, Role::SalesManager, Role::FniManager, Role::Administrator] {
                    let standing = Standing { state, salesperson: person, penciled: true };
                    let cell = match decide(Desk { person, role, powers: None }, standing, action) {
                        Ok(next) => next.as_str(),
                        Err(Refusal::Forbidden(_)) => "x",
                        Err(Refusal::WrongState(_)) => "-",
                        Err(Refusal::WithTheManager) => "m",
                        Err(Refusal::NoPencil) => "?",
                    };
                    actual.push_str(&format!(" {cell}"));
                }
            }
        }
        assert_eq!(actual, expected);
    }

    #[test]
    fn somebody_elses_deal_is_out_of_a_salespersons_reach() {
        let ids = Ids::sequence(1);
        let desk = Desk { person: ids.next(), role: Role::Salesperson, powers: None };
        let deal = Standing { state: DealState::Draft, salesperson: ids.next(), penciled: true };
        assert!(matches!(decide(desk, deal, DealAction::Submit), Err(Refusal::Forbidden(_))));
    }

    #[test]
    fn nothing_is_submitted_without_figures() {
        let person = Ids::sequence(1).next();
        let deal = Standing { state: DealState::Draft, salesperson: person, penciled: false };
        let desk = Desk { person, role: Role::Salesperson, powers: None };
        assert_eq!(decide(desk, deal, DealAction::Submit), Err(Refusal::NoPencil));
        assert_eq!(decide(desk, deal, DealAction::Cancel), Ok(DealState::Cancelled));
    }
}
