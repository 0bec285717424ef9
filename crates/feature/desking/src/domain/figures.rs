//! The few figures of a pencil that lists show.

use autolytiq_finance::deal::output::{ColumnResult, Figures};
use autolytiq_money::Money;

use super::sight::GrossFigures;

/// One column of a pencil in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ColumnFigures {
    pub(crate) id: String,
    pub(crate) kind: ColumnKind,
    /// As the desk calls it: `Cash`, `Finance 72`, `Lease 36`.
    pub(crate) label: String,
    /// The balance due of a cash column, the payment of the others.
    pub(crate) amount: Money,
    pub(crate) gross: Option<GrossFigures>,
}

/// How a column is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ColumnKind {
    Cash,
    Finance,
    Lease,
}

impl ColumnKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Finance => "finance",
            Self::Lease => "lease",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Cash, Self::Finance, Self::Lease].into_iter().find(|kind| kind.as_str() == word)
    }
}

impl ColumnFigures {
    /// The key figures of a computed column.
    pub(crate) fn of(column: &ColumnResult) -> Self {
        let (kind, label, amount) = match &column.figures {
            Figures::Cash(cash) => (ColumnKind::Cash, "Cash".to_owned(), cash.balance_due),
            Figures::Finance(loan) => (ColumnKind::Finance, format!("Finance {}", loan.term_months), loan.payment),
            Figures::Lease(lease) => (ColumnKind::Lease, format!("Lease {}", lease.term_months), lease.payment),
        };
        let gross = column.gross.as_ref().map(|gross| GrossFigures {
            front: gross.front,
            back: gross.back,
            reserve: Some(gross.reserve),
            total: gross.total,
        });
        Self { id: column.id.clone(), kind, label, amount, gross }
    }
}
