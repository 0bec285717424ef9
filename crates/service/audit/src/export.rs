//! The trail as a file for a spreadsheet, read a piece at a time.

use autolytiq_db::{AuditRecord, Db};
use autolytiq_kernel::{AuditEntryId, TenantCtx};
use futures::{Stream, stream};

use crate::{AuditActor, AuditEntry, AuditError, Filter, Sight, store};

/// Entries of one piece, each read in a transaction of its own: a slow reader holds none open.
const PIECE: i64 = 500;

/// The first line.
const HEAD: [&str; 12] =
    ["at", "who", "role", "action", "thing", "thing id", "reason", "before", "after", "request", "address", "sealed"];

/// Notes in the trail who takes which part of it out, and gives the entries as CSV, newest first.
///
/// # Errors
/// What the database reports before the first piece; afterwards the stream ends with it.
pub(crate) async fn export(
    db: &Db,
    ctx: &TenantCtx,
    filter: Filter,
    sight: Sight,
) -> Result<impl Stream<Item = Result<Vec<u8>, AuditError>> + Send + 'static, AuditError> {
    let mut tx = db.tenant(ctx).await?;
    let subject = tx.acting();
    tx.audit(AuditRecord::new("audit.exported", subject).after(&filter)).await?;
    tx.commit().await?;
    let first = piece(db, ctx, (&filter, &sight), None).await?;
    let mut head = csv::Writer::from_writer(Vec::new());
    head.write_record(HEAD)?;
    let mut text = into_bytes(head)?;
    text.extend(lines(&first)?);
    let start = Place { db: db.clone(), ctx: ctx.clone(), filter, sight, next: Next::Ready(text, end_of(&first)) };
    Ok(stream::try_unfold(start, |mut place| async move {
        let (text, end) = match place.next {
            Next::Ready(text, end) => (text, end),
            Next::After(id) => {
                let read = piece(&place.db, &place.ctx, (&place.filter, &place.sight), Some(id)).await?;
                (lines(&read)?, end_of(&read))
            }
            Next::Done => return Ok(None),
        };
        place.next = end.map_or(Next::Done, Next::After);
        Ok(Some((text, place)))
    }))
}

struct Place {
    db: Db,
    ctx: TenantCtx,
    filter: Filter,
    sight: Sight,
    next: Next,
}

enum Next {
    /// Read already, with the entry after which it goes on.
    Ready(Vec<u8>, Option<AuditEntryId>),
    After(AuditEntryId),
    Done,
}

async fn piece(
    db: &Db,
    ctx: &TenantCtx,
    (filter, sight): (&Filter, &Sight),
    after: Option<AuditEntryId>,
) -> Result<Vec<AuditEntry>, AuditError> {
    let mut tx = db.tenant(ctx).await?;
    let entries = store::history::newest(&mut tx, filter, after, PIECE, sight).await?;
    tx.commit().await?;
    Ok(entries)
}

/// Where the next piece begins, if this one was full.
fn end_of(entries: &[AuditEntry]) -> Option<AuditEntryId> {
    let full = i64::try_from(entries.len()).is_ok_and(|count| count == PIECE);
    entries.last().filter(|_| full).map(|entry| entry.id)
}

fn lines(entries: &[AuditEntry]) -> Result<Vec<u8>, AuditError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for entry in entries {
        let (who, role) = match &entry.actor {
            AuditActor::Person { id, name, role } => (name.clone().unwrap_or_else(|| id.to_string()), role.clone()),
            AuditActor::Job { name } => (name.clone(), String::new()),
        };
        let state = |state: &Option<serde_json::Value>| state.as_ref().map(ToString::to_string).unwrap_or_default();
        let cells = [
            entry.occurred_at.to_string(),
            who,
            role,
            entry.action.clone(),
            entry.subject.kind.clone(),
            entry.subject.id.to_string(),
            entry.reason.clone().unwrap_or_default(),
            state(&entry.before),
            state(&entry.after),
            entry.request_id.to_string(),
            entry.address.clone().unwrap_or_default(),
            if entry.sealed { "yes" } else { "no" }.to_owned(),
        ];
        writer.write_record(cells.map(inert))?;
    }
    into_bytes(writer)
}

fn into_bytes(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, AuditError> {
    writer.into_inner().map_err(|error| AuditError::Csv(error.into_error().into()))
}

/// A cell that no spreadsheet takes for a formula: what would begin one stands behind an apostrophe (OWASP, CSV
/// injection).
fn inert(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn what_begins_a_formula_is_text() {
        for begin in ["=", "+", "-", "@", "\t", "\r", "\n"] {
            let cell = format!("{begin}HYPERLINK(\"http://x\")");
            assert_eq!(inert(cell.clone()), format!("'{cell}"));
        }
        assert_eq!(inert("a=b".to_owned()), "a=b");
        assert_eq!(inert(String::new()), "");
    }
}
