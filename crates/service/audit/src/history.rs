//! Reading the trail of the acting store.

use autolytiq_db::{Subject, TenantTx};
use autolytiq_kernel::{AuditEntryId, Page, PageRequest, PersonId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{AuditEntry, AuditError, store};

/// The one order of entries: newest first.
const NEWEST: &str = "audit.newest";

/// Which entries; what is absent does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Done by this person.
    pub person: Option<PersonId>,
    /// The action, or the beginning of several when it ends with a dot: `deal.`.
    pub action: Option<String>,
    /// The noun of the subject.
    pub subject_kind: Option<String>,
    /// The subject's id.
    pub subject_id: Option<Uuid>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

/// What happened to one subject in the acting store, newest first.
///
/// # Errors
/// [`AuditError::Cursor`] for a cursor of another list; otherwise what the database reports.
pub async fn history(
    tx: &mut TenantTx,
    subject: impl Into<Subject>,
    page: &PageRequest,
) -> Result<Page<AuditEntry>, AuditError> {
    let Subject { kind, id } = subject.into();
    let filter = Filter { subject_kind: Some(kind.to_owned()), subject_id: Some(id), ..Filter::default() };
    search(tx, &filter, page).await
}

/// The entries of the acting store that the filter lets through, newest first.
///
/// # Errors
/// [`AuditError::Cursor`] for a cursor of another list; otherwise what the database reports.
pub async fn search(tx: &mut TenantTx, filter: &Filter, page: &PageRequest) -> Result<Page<AuditEntry>, AuditError> {
    let after: Option<AuditEntryId> = page.key(NEWEST)?;
    let rows = store::history::newest(tx, filter, after, page.limit.fetch()).await?;
    Ok(Page::from_rows(rows, page.limit, NEWEST, |entry| entry.id))
}
