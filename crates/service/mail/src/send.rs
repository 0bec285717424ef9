//! Writing a message down, in the transaction of what it tells about.

use autolytiq_db::{NewEvent, TenantTx};
use autolytiq_secrets::{Protected, Vault};
use jiff::Timestamp;

use crate::{
    error::MailError,
    letter::{Kind, Letter, Secrecy, To},
    store::{self, MailId, NewMail},
    template::fill,
};

/// The event that has a message sent.
pub(crate) const WAITING: &str = "mail.waiting";

/// The column of what only the receiver may have.
pub(crate) const SEALED: &str = "mail.sealed";

/// What the log shows in its place.
const WITHHELD: &str = "[only in the message itself]";

/// Writes a message of the acting store to a person; it is sent after the commit. After `useful_until` it is not sent any
/// more.
///
/// # Errors
/// A failure of the database or of the keys.
pub async fn send(
    tx: &mut TenantTx,
    vault: &Vault,
    to: &To,
    letter: &Letter,
    useful_until: Option<Timestamp>,
) -> Result<MailId, MailError> {
    let (id, kind): (MailId, Kind) = (tx.new_id(), letter.kind());
    let sender = store::sender(tx).await?;
    let value = |name: &str| match name {
        "name" => Some(to.name.as_str()),
        "store" => Some(sender.name.as_str()),
        own => letter.value(own),
    };
    let is_secret =
        |name: &str| kind.own_variables().iter().any(|known| known.name == name && known.secrecy != Secrecy::Open);
    let shown = |name: &str| if is_secret(name) { Some(WITHHELD) } else { value(name) };
    let template = kind.template();
    // Our own texts have only names that their letters have; a test fills every one.
    let (subject, body, whole) = match (fill(template.subject, shown), fill(template.body, shown), fill(template.body, value)) {
        (Ok(subject), Ok(body), Ok(whole)) => (one_line(&subject), body, whole),
        (Err(fault), ..) | (_, Err(fault), _) | (.., Err(fault)) => return Err(MailError::Text(kind.id(), fault)),
    };
    let sealed = if whole == body {
        None
    } else {
        let key = vault.subject_key(tx, tx.acting()).await?;
        Some(key.seal(SEALED, id.uuid(), &Protected::new(whole))?)
    };
    let (to_name, to_email) = (one_line(&to.name), to.email.as_str());
    let new = NewMail { id, kind, to_name: &to_name, to_email, subject: &subject, body: &body, sealed, useful_until };
    store::insert(tx, &new).await?;
    tx.emit(NewEvent::new(WAITING, id, &serde_json::json!({ "kind": kind.id() }))).await?;
    Ok(id)
}

/// A header has one line.
fn one_line(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.chars().take(200).collect()
}
