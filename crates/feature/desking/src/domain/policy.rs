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
pub(crate) fn decide(desk: &Desk, deal: Standing, action: DealAction) -> Result<DealState, Refusal> {
    let permission = action.permission();
    if !desk.reaches(permission, deal.salesperson) {
        return Err(Refusal::Forbidden(permission));
    }
    let next = after(deal.state, action)?;
    let with_manager = matches!(deal.state, DealState::Submitted | DealState::Approved);
    // Whoever reaches the store may be that manager, and so may whoever reaches a team, of the team's other people.
    let as_salesperson = desk.reach(permission) < Reach::Store && deal.salesperson == desk.person;
    if action == DealAction::Pencil && with_manager && as_salesperson {
        return Err(Refusal::WithTheManager);
    }
    if action.needs_pencil() && !deal.penciled {
        return Err(Refusal::NoPencil);
    }
    Ok(next)
}

/// What a person may not change of a deal while it stands where it does: pointers of [`agreed_terms_changed`].
pub(crate) fn fixed_terms(desk: &Desk, deal: Standing) -> &'static [&'static str] {
    let agreed = matches!(deal.state, DealState::Submitted | DealState::Approved);
    if agreed && !desk.reaches(Permission::DealReprice, deal.salesperson) {
        &["/price", "/accessories", "/trades", "/rebates"]
    } else {
        &[]
    }
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
    use autolytiq_authz::{Changes, Permission, Reach, powers};
    use autolytiq_kernel::{Ids, Role};

    use super::{Refusal, Standing, decide, fixed_terms};
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
                    let cell = match decide(&Desk::with(person, role, None, Vec::new()), standing, action) {
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
        let desk = Desk::with(ids.next(), Role::Salesperson, None, Vec::new());
        let deal = Standing { state: DealState::Draft, salesperson: ids.next(), penciled: true };
        assert!(matches!(decide(&desk, deal, DealAction::Submit), Err(Refusal::Forbidden(_))));
    }

    /// With every permission of a deal reaching as far as the team: a teammate's deal is worked as one of the store is,
    /// one's own as a salesperson works theirs, and anybody else's not at all.
    #[test]
    fn a_team_is_worked_like_a_store_and_ones_own_deals_like_a_salespersons() {
        let ids = Ids::sequence(1);
        let (person, teammate, stranger) = (ids.next(), ids.next(), ids.next());
        let to = |reach: Reach| {
            let deals = Permission::ALL.iter().filter(|permission| permission.reaches().contains(&Reach::Team));
            let changes: Changes = deals.map(|permission| (*permission, reach)).collect();
            Desk::with(person, Role::Salesperson, Some(powers(Role::Salesperson, [&changes])), vec![person, teammate])
        };
        let (own, team, store) = (to(Reach::Own), to(Reach::Team), to(Reach::Store));
        for state in DealState::ALL {
            for action in DealAction::ALL {
                for penciled in [false, true] {
                    let of = |salesperson| Standing { state, salesperson, penciled };
                    let case = format!("{state} {action} {penciled}");
                    assert_eq!(decide(&team, of(person), action), decide(&own, of(person), action), "{case}");
                    assert_eq!(decide(&team, of(teammate), action), decide(&store, of(teammate), action), "{case}");
                    let refused = Err(Refusal::Forbidden(action.permission()));
                    assert_eq!(decide(&team, of(stranger), action), refused, "{case}");
                }
            }
            let fixed = |desk: &Desk, salesperson| fixed_terms(desk, Standing { state, salesperson, penciled: true });
            assert_eq!(fixed(&team, teammate), fixed(&store, teammate), "{state}");
            assert_eq!(fixed(&team, stranger), fixed(&own, stranger), "{state}");
        }
    }

    #[test]
    fn nothing_is_submitted_without_figures() {
        let person = Ids::sequence(1).next();
        let deal = Standing { state: DealState::Draft, salesperson: person, penciled: false };
        let desk = Desk::with(person, Role::Salesperson, None, Vec::new());
        assert_eq!(decide(&desk, deal, DealAction::Submit), Err(Refusal::NoPencil));
        assert_eq!(decide(&desk, deal, DealAction::Cancel), Ok(DealState::Cancelled));
    }
}
