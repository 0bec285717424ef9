//! Messages to people.
//!
//! **What it is.** A [`Letter`] says what is to be told, with typed values; [`send`] writes it down in the caller's
//! transaction and puts a note into the outbox; after the commit the [`Post`] sends it by SMTP, or files it in a folder
//! where no server is configured. The store's administrator sees every message and its state in the mail log
//! (`GET /admin/mail`), and may write any message in the store's own words (`/admin/mail-templates`).
//!
//! **What it never does.** It never sends before the change is true, and never twice what was sent. What lets its holder
//! into an account (the link that sets a new password, a code) is never in the log: an administrator may end people's
//! access, but not act in their name. It is sealed under the store's key while the message waits, and gone afterwards.
//! Without a mail server the whole message lies in the data folder, which belongs to whoever runs the machine; and links
//! that only bring in somebody whom the administrator has just invited are shown in the log too, so that a trial on a
//! laptop needs no mail server. A demonstration store's messages are filed always: its addresses are nobody's.

mod check;
mod error;
mod http;
mod kind;
mod letter;
mod own;
mod post;
mod send;
mod store;
mod template;
mod text;

use autolytiq_http::Module;

pub use error::{CODES, MailError};
pub use kind::{Kind, Secrecy, Variable};
pub use letter::{Letter, To};
pub use post::{MailConfig, Post};
pub use send::{notify, send};
pub use store::{Mail, MailId, MailState};
pub use template::{Template, TemplateFault};
pub use text::{TextFolder, TextMessage, TextNotSent, TextProvider};

/// The mail log, and the store's own texts.
#[must_use]
pub fn module() -> Module {
    Module::new("mail").codes(CODES).routes(http::routes)
}
