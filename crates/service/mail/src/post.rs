//! Sending what waits.

use std::{
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use autolytiq_db::{Db, TenantTx};
use autolytiq_events::{Dispatcher, Event};
use autolytiq_kernel::TenantCtx;
use autolytiq_secrets::{Protected, Vault};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    error::MailError,
    kind::{Kind, Secrecy},
    send::{SEALED, WAITING},
    store::{self, Mail, MailId, MailState, Sender, Waiting},
};

/// How long the mail server may take with one message; less than a handler of the outbox may.
const SERVER_TIME: Duration = Duration::from_secs(10);

/// How mail leaves.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// The server: `smtps://user:password@mail.example`, or `smtp://mail.example:587?tls=required`. Without one,
    /// messages are filed.
    pub smtp_url: Option<SecretString>,
    /// The address that messages come from.
    pub from: String,
    /// The folder of messages that are not sent.
    pub folder: PathBuf,
}

/// Sends the messages that wait, each once.
pub struct Post {
    db: Db,
    vault: Vault,
    server: Option<AsyncSmtpTransport<Tokio1Executor>>,
    from: Address,
    folder: PathBuf,
}

/// What became of one attempt.
enum Done {
    Sent,
    Filed,
    Refused(String),
}

impl Post {
    /// Reads the configuration; no connection is made yet.
    ///
    /// # Errors
    /// [`MailError::Server`] or [`MailError::Address`].
    pub fn open(config: &MailConfig, db: Db, vault: Vault) -> Result<Self, MailError> {
        let server = config.smtp_url.as_ref().map(|url| {
            AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret())
                .map(|builder| builder.timeout(Some(SERVER_TIME)).build())
                // The error's own text may repeat the address with its password.
                .map_err(|_| MailError::Server("write it like smtps://user:password@mail.example".to_owned()))
        });
        let from = config.from.parse().map_err(|_| MailError::Address(config.from.clone()))?;
        Ok(Self { db, vault, server: server.transpose()?, from, folder: config.folder.clone() })
    }

    /// Has the dispatcher of the outbox send what waits.
    #[must_use]
    pub fn attach(self, dispatcher: Dispatcher) -> Dispatcher {
        let post = Arc::new(self);
        dispatcher.on("mail.post", &[WAITING], move |event| {
            let post = Arc::clone(&post);
            async move { post.deliver(&event).await }
        })
    }

    /// Sends the message of one event, unless that happened before.
    async fn deliver(&self, event: &Event) -> Result<(), MailError> {
        #[expect(clippy::disallowed_methods, reason = "a runner: the store is that of an event the product wrote")]
        let ctx = TenantCtx::for_job("mail.post", event.dealership, event.cause);
        let mut tx = self.db.tenant(&ctx).await?;
        let Some(waiting) = store::lock_waiting(&mut tx, MailId::from_uuid(event.subject.id)).await? else {
            return Ok(());
        };
        let id = waiting.mail.id;
        if waiting.useful_until.is_some_and(|until| until <= tx.now()) {
            store::finish(&mut tx, id, MailState::Expired, &waiting.mail.body, waiting.mail.last_error.as_deref())
                .await?;
            return Ok(tx.commit().await?);
        }
        let whole = self.whole(&mut tx, &waiting).await?;
        let sender = store::sender(tx.conn(), ctx.acting()).await?;
        match self.attempt(&waiting.mail, &whole, &sender).await {
            Ok(done) => {
                let (state, error) = match &done {
                    Done::Sent => (MailState::Sent, None),
                    Done::Filed => (MailState::Filed, None),
                    Done::Refused(why) => (MailState::Refused, Some(why.as_str())),
                };
                let shown = if state == MailState::Filed {
                    self.shown(&waiting.mail, whole.expose())
                } else {
                    &waiting.mail.body
                };
                store::finish(&mut tx, id, state, shown, error).await?;
                Ok(tx.commit().await?)
            }
            Err(error) => {
                store::note_attempt(&mut tx, id, &chain(&error)).await?;
                tx.commit().await?;
                Err(error)
            }
        }
    }

    async fn whole(&self, tx: &mut TenantTx, waiting: &Waiting) -> Result<Protected, MailError> {
        let Some(sealed) = &waiting.sealed else { return Ok(Protected::new(waiting.mail.body.clone())) };
        let key = self.vault.subject_key(tx, tx.acting()).await?;
        Ok(key.open(SEALED, waiting.mail.id.uuid(), sealed)?)
    }

    /// What the log shows of a filed message: all of it, when nothing in it lets its holder into an account, and nobody
    /// is sent anything by this installation.
    fn shown<'a>(&self, mail: &'a Mail, whole: &'a str) -> &'a str {
        let is_account = Kind::of(&mail.kind)
            .is_none_or(|kind| kind.variables().any(|variable| variable.secrecy == Secrecy::Account));
        if self.server.is_none() && !is_account { whole } else { &mail.body }
    }

    async fn attempt(&self, mail: &Mail, whole: &Protected, sender: &Sender) -> Result<Done, MailError> {
        let message = match self.message(mail, whole.expose(), sender) {
            Ok(message) => message,
            Err(error) => return Ok(Done::Refused(chain(&error))),
        };
        let Some(server) = self.server.as_ref().filter(|_| !sender.demo) else {
            let (folder, file) = (self.folder.clone(), self.folder.join(format!("{}.eml", mail.id)));
            let bytes = message.formatted();
            let filed = tokio::task::spawn_blocking(move || file_away(&folder, &file, &bytes)).await;
            let filed = filed.unwrap_or_else(|error| Err(io::Error::other(error)));
            return match filed {
                Ok(()) => Ok(Done::Filed),
                Err(source) => Err(MailError::Folder { folder: self.folder.clone(), source }),
            };
        };
        match server.send(message).await {
            Ok(_) => Ok(Done::Sent),
            Err(error) if error.is_permanent() => Ok(Done::Refused(chain(&error))),
            Err(error) => Err(MailError::NotTaken(error)),
        }
    }

    fn message(&self, mail: &Mail, body: &str, sender: &Sender) -> Result<Message, MailError> {
        let to: Address = mail.to_email.parse().map_err(|_| MailError::Address(mail.to_email.clone()))?;
        // The same for every attempt: a receiver who was sent it twice sees it once.
        let message_id = format!("<{}@{}>", mail.id, self.from.domain());
        Ok(Message::builder()
            .message_id(Some(message_id))
            .from(Mailbox::new(Some(sender.name.clone()), self.from.clone()))
            .to(Mailbox::new(Some(mail.to_name.clone()).filter(|name| !name.is_empty()), to))
            .subject(mail.subject.clone())
            .date(std::time::UNIX_EPOCH + Duration::from_secs(u64::try_from(mail.created_at.as_second()).unwrap_or(0)))
            .header(ContentType::TEXT_PLAIN)
            .body(body.to_owned())?)
    }
}

/// Writes the file whole or not at all, readable for its owner alone. A second time it is the same again.
pub(crate) fn file_away(folder: &Path, file: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let partial = file.with_extension("part");
    let mut written = std::fs::File::options().write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
    written.write_all(bytes)?;
    written.sync_all()?;
    std::fs::rename(&partial, file)
}

/// An error with its causes, as the log shows it.
fn chain(error: &dyn std::error::Error) -> String {
    let parts = std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string);
    parts.collect::<Vec<_>>().join(": ").chars().filter(|c| !c.is_control()).take(500).collect()
}
