//! The life of a deal: its states, what may happen in each, and who is asked for a reason.

use std::{fmt, str::FromStr};

use autolytiq_authz::Permission;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a deal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum DealState {
    /// Being worked by the salesperson.
    Draft,
    /// Waiting for a manager.
    Submitted,
    /// A manager agreed; the vehicle is held for it.
    Approved,
    /// Delivered and done; the vehicle is sold.
    Closed,
    /// A manager sent it back. The next pencil makes it a draft again.
    Rejected,
    /// It will not happen.
    Cancelled,
    /// Taken up again after it was closed, cancelled or rejected. Worked like a draft, under the rules and rates it had.
    Reopened,
}

impl DealState {
    /// Every state, in the order of a deal's life.
    pub const ALL: [Self; 7] =
        [Self::Draft, Self::Submitted, Self::Approved, Self::Closed, Self::Rejected, Self::Cancelled, Self::Reopened];

    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Closed => "closed",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
            Self::Reopened => "reopened",
        }
    }

    /// Whether the salesperson works on it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Reopened)
    }
}

impl fmt::Display for DealState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that is no state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no state of a deal")]
pub struct UnknownState(pub String);

impl FromStr for DealState {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or_else(|| UnknownState(text.to_owned()))
    }
}

/// What people do with a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum DealAction {
    /// Add a pencil.
    Pencil,
    /// Ask a manager for approval.
    Submit,
    /// Agree to it.
    Approve,
    /// Send it back.
    Reject,
    /// End it.
    Cancel,
    /// Deliver it.
    Close,
    /// Take it up again.
    Reopen,
}

impl DealAction {
    /// Every action.
    pub const ALL: [Self; 7] =
        [Self::Pencil, Self::Submit, Self::Approve, Self::Reject, Self::Cancel, Self::Close, Self::Reopen];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pencil => "pencil",
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Cancel => "cancel",
            Self::Close => "close",
            Self::Reopen => "reopen",
        }
    }

    /// What happened, as audit and events name it.
    #[must_use]
    pub const fn event(self) -> &'static str {
        match self {
            Self::Pencil => "deal.penciled",
            Self::Submit => "deal.submitted",
            Self::Approve => "deal.approved",
            Self::Reject => "deal.rejected",
            Self::Cancel => "deal.cancelled",
            Self::Close => "deal.closed",
            Self::Reopen => "deal.reopened",
        }
    }

    /// The permission without which it is refused whatever the state.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Pencil => Permission::DealEdit,
            Self::Submit => Permission::DealSubmit,
            Self::Approve => Permission::DealApprove,
            Self::Reject => Permission::DealReject,
            Self::Cancel => Permission::DealCancel,
            Self::Close => Permission::DealClose,
            Self::Reopen => Permission::DealReopen,
        }
    }

    /// Whether it is refused without a reason. (A pencil needs one for what it changes: see [`super::change`].)
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Reject | Self::Cancel | Self::Reopen)
    }

    /// Whether there must be figures to act on.
    #[must_use]
    pub const fn needs_pencil(self) -> bool {
        matches!(self, Self::Submit | Self::Approve | Self::Close)
    }
}

impl fmt::Display for DealAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The state does not know this action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a deal that is {state} cannot be {}", past(*action))]
pub struct WrongState {
    /// Where the deal stands.
    pub state: DealState,
    /// What was asked.
    pub action: DealAction,
}

/// The state a deal is in after an action. This is the whole machine.
///
/// # Errors
/// [`WrongState`] when nothing leads there.
pub(crate) const fn after(state: DealState, action: DealAction) -> Result<DealState, WrongState> {
    use DealAction as A;
    use DealState as S;
    Ok(match (state, action) {
        // A pencil leaves the deal where it is, except that it answers a rejection.
        (S::Draft | S::Submitted | S::Approved | S::Reopened, A::Pencil) => state,
        (S::Rejected, A::Pencil) => S::Draft,
        (S::Draft | S::Reopened, A::Submit) => S::Submitted,
        (S::Submitted, A::Approve) => S::Approved,
        (S::Submitted, A::Reject) => S::Rejected,
        (S::Draft | S::Reopened | S::Submitted | S::Approved, A::Cancel) => S::Cancelled,
        (S::Approved, A::Close) => S::Closed,
        (S::Closed | S::Cancelled | S::Rejected, A::Reopen) => S::Reopened,
        _ => return Err(WrongState { state, action }),
    })
}

const fn past(action: DealAction) -> &'static str {
    match action {
        DealAction::Pencil => "penciled",
        DealAction::Submit => "submitted",
        DealAction::Approve => "approved",
        DealAction::Reject => "rejected",
        DealAction::Cancel => "cancelled",
        DealAction::Close => "closed",
        DealAction::Reopen => "reopened",
    }
}

#[cfg(test)]
mod tests {
    use super::{DealAction, DealState, after};

    /// All 49 pairs, written down: the columns are the actions in the order of [`DealAction::ALL`].
    #[test]
    fn the_whole_machine() {
        let table = "
            draft     | draft     submitted -        -        cancelled -      -
            submitted | submitted -         approved rejected cancelled -      -
            approved  | approved  -         -        -        cancelled closed -
            closed    | -         -         -        -        -         -      reopened
            rejected  | draft     -         -        -        -         -      reopened
            cancelled | -         -         -        -        -         -      reopened
            reopened  | reopened  submitted -        -        cancelled -      -";
        let rows: Vec<_> = table.lines().filter_map(|line| line.split_once('|')).collect();
        assert_eq!(rows.len(), DealState::ALL.len());
        for (state, row) in rows {
            let state: DealState = state.trim().parse().unwrap();
            let cells: Vec<_> = row.split_whitespace().collect();
            assert_eq!(cells.len(), DealAction::ALL.len());
            for (action, expected) in DealAction::ALL.into_iter().zip(cells) {
                let next = after(state, action).map_or("-", DealState::as_str);
                assert_eq!(next, expected, "{state} + {action}");
            }
        }
    }

    #[test]
    fn names_read_back() {
        for state in DealState::ALL {
            assert_eq!(state.as_str().parse(), Ok(state));
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
        assert!("open".parse::<DealState>().is_err());
    }
}
