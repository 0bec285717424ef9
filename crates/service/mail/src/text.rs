//! Text messages: whatever carries them stands behind [`TextProvider`].
//!
//! A text is sent while somebody waits for it, so it does not go through the outbox: who sent for it is told at once when
//! it did not leave, and asks for another.

use std::{fmt, io, path::PathBuf};

use futures::future::BoxFuture;
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use crate::post::file_away;

/// A text message.
#[derive(Debug)]
pub struct TextMessage {
    /// The same for every attempt to send it.
    pub id: Uuid,
    /// The number, as E.164 writes it: `+12145550123`.
    pub to: String,
    /// What the receiver reads.
    pub body: SecretString,
}

/// A text that did not leave.
#[derive(Debug, thiserror::Error)]
#[error("the text message was not taken: {why}")]
pub struct TextNotSent {
    /// For the operator.
    pub why: String,
    /// What the system reported, if it did.
    #[source]
    pub source: Option<io::Error>,
}

/// Carries text messages.
pub trait TextProvider: fmt::Debug + Send + Sync + 'static {
    /// Sends one; what is sent a second time under the same id goes out once.
    fn send<'a>(&'a self, text: &'a TextMessage) -> BoxFuture<'a, Result<(), TextNotSent>>;
}

/// Files texts in a folder, as mail is filed where no server is configured: for a trial, and for whoever hands them on.
#[derive(Debug)]
pub struct TextFolder {
    folder: PathBuf,
}

impl TextFolder {
    /// Files them here; the folder is made with the first one.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }
}

impl TextProvider for TextFolder {
    fn send<'a>(&'a self, text: &'a TextMessage) -> BoxFuture<'a, Result<(), TextNotSent>> {
        let (folder, file) = (self.folder.clone(), self.folder.join(format!("{}.txt", text.id)));
        let whole = format!("To: {}\n\n{}\n", text.to, text.body.expose_secret());
        Box::pin(async move {
            let filed = tokio::task::spawn_blocking(move || file_away(&folder, &file, whole.as_bytes())).await;
            filed.unwrap_or_else(|error| Err(io::Error::other(error))).map_err(|source| TextNotSent {
                why: format!("it could not be filed in {}", self.folder.display()),
                source: Some(source),
            })
        })
    }
}
