//! Writing a message down, in the transaction of what it tells about.

use autolytiq_db::{NewEvent, SystemTx, TenantTx};
use autolytiq_kernel::{Actor, DealershipId, Origin};
use autolytiq_secrets::{Protected, Sealed, Vault};
use jiff::Timestamp;

use crate::{
    error::MailError,
    kind::{Kind, Secrecy},
    letter::{Letter, To},
    own,
    store::{self, MailId, NewMail, Sender},
    template::{Template, one_line},
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
    let (id, store, now): (MailId, _, _) = (tx.new_id(), tx.acting(), tx.now());
    let sender = store::sender(tx.conn(), store).await?;
    let template = own::in_force(tx.conn(), store, letter.kind()).await?;
    let text = Text::of(to, letter, &sender, &template)?;
    let sealed = if text.whole == text.body {
        None
    } else {
        let key = vault.subject_key(tx, store).await?;
        Some(key.seal(SEALED, id.uuid(), &Protected::new(text.whole.clone()))?)
    };
    store::insert(tx.conn(), store, now, &text.mail(id, sealed, useful_until)).await?;
    tx.emit(text.event(id)).await?;
    Ok(id)
}

/// The same in a transaction above stores, for a letter in which everything may be read by the store's administrators.
///
/// # Errors
/// [`MailError::NotOpen`] for another letter; a failure of the database.
pub async fn notify(
    tx: &mut SystemTx,
    store: DealershipId,
    actor: &Actor,
    origin: Origin,
    to: &To,
    letter: &Letter,
) -> Result<MailId, MailError> {
    let (id, now): (MailId, _) = (tx.new_id(), tx.now());
    let sender = store::sender(tx.conn(), store).await?;
    let template = own::in_force(tx.conn(), store, letter.kind()).await?;
    let text = Text::of(to, letter, &sender, &template)?;
    if text.whole != text.body {
        return Err(MailError::NotOpen(text.kind.id()));
    }
    store::insert(tx.conn(), store, now, &text.mail(id, None, None)).await?;
    tx.emit(store, actor, origin, text.event(id)).await?;
    Ok(id)
}

/// A letter with its values put in.
struct Text {
    kind: Kind,
    to_name: String,
    to_email: String,
    subject: String,
    /// Without what only the receiver may have.
    body: String,
    whole: String,
}

impl Text {
    fn of(to: &To, letter: &Letter, sender: &Sender, template: &Template) -> Result<Self, MailError> {
        let kind = letter.kind();
        let value = |name: &str| match name {
            "name" => Some(to.name.as_str()),
            "store" => Some(sender.name.as_str()),
            own => letter.value(own),
        };
        let is_secret =
            |name: &str| kind.own_variables().iter().any(|known| known.name == name && known.secrecy != Secrecy::Open);
        let shown = |name: &str| if is_secret(name) { Some(WITHHELD) } else { value(name) };
        // Ours have only names that their letters have (a test fills every one); a store's own was checked just now.
        let filled = template.fill(shown).and_then(|shown| Ok((shown, template.fill(value)?.1)));
        let ((subject, body), whole) = filled.map_err(|fault| MailError::Text(kind.id(), fault))?;
        Ok(Self { kind, to_name: one_line(&to.name), to_email: to.email.clone(), subject, body, whole })
    }

    fn mail(&self, id: MailId, sealed: Option<Sealed>, useful_until: Option<Timestamp>) -> NewMail<'_> {
        let Self { kind, to_name, to_email, subject, body, .. } = self;
        NewMail { id, kind: *kind, to_name, to_email, subject, body, sealed, useful_until }
    }

    fn event(&self, id: MailId) -> NewEvent {
        NewEvent::new(WAITING, id, &serde_json::json!({ "kind": self.kind.id() }))
    }
}
