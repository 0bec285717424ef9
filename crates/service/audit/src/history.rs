//! Reading the trail of the acting store.

use autolytiq_db::{Subject, TenantTx};
use autolytiq_kernel::{AuditEntryId, Page, PageRequest, PersonId};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{AuditEntry, AuditError, Sight, store};

/// The one order of entries: newest first.
const NEWEST: &str = "audit.newest";

/// Which entries; what is absent does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    /// Words that stand in the reason, in the state before or in the one after, in any case; in the reason alone for a
    /// reader from whom parts of the states are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Done by this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The action, or the beginning of several when it ends with a dot: `deal.`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The noun of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_kind: Option<String>,
    /// The subject's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_id: Option<Uuid>,
    /// Not before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Before.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    search(tx, &filter, page, &Sight::WHOLE).await
}

/// The entries of the acting store that the filter lets through, newest first, as far as the reader sees.
///
/// # Errors
/// [`AuditError::Cursor`] for a cursor of another list; otherwise what the database reports.
pub async fn search(
    tx: &mut TenantTx,
    filter: &Filter,
    page: &PageRequest,
    sight: &Sight,
) -> Result<Page<AuditEntry>, AuditError> {
    let after: Option<AuditEntryId> = page.key(NEWEST)?;
    let rows = store::history::newest(tx, filter, after, page.limit.fetch(), sight).await?;
    Ok(Page::from_rows(rows, page.limit, NEWEST, |entry| entry.id))
}

/// What a trail can be narrowed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Vocabulary {
    /// Every action that stands in it, in the order of the alphabet.
    pub actions: Vec<String>,
    /// Every noun that something was done to.
    pub things: Vec<String>,
}

/// The actions and things that the acting store's trail knows.
///
/// # Errors
/// What the database reports.
pub async fn vocabulary(tx: &mut TenantTx) -> Result<Vocabulary, AuditError> {
    Ok(Vocabulary { actions: store::history::actions(tx).await?, things: store::history::things(tx).await? })
}

/// What a person of the acting store did there, newest first; nothing for somebody who never worked there.
///
/// # Errors
/// As [`search`].
pub async fn of_person(
    tx: &mut TenantTx,
    person: PersonId,
    page: &PageRequest,
    sight: &Sight,
) -> Result<Option<Page<AuditEntry>>, AuditError> {
    if !store::history::is_member(tx, person).await? {
        return Ok(None);
    }
    search(tx, &Filter { person: Some(person), ..Filter::default() }, page, sight).await.map(Some)
}
