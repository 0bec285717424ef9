//! Protected fields: encrypted before they reach the database, readable only through their own doors.
//!
//! **What it is.** Envelope encryption. A [`Vault`] holds the master keys of the installation; each subject (a customer)
//! has a data key of its own, stored wrapped under a master key ([`SubjectKey`]); a field is [`Sealed`] under its
//! subject's key, bound to its column and its row, so that a value moved elsewhere does not open. To erase a person,
//! [`Vault::destroy`] the subject's key: every value sealed under it is unreadable from then on, in the audit trail too.
//! Where equality look-up is needed, a keyed [`BlindIndex`] stands beside the value. Keys
//! that leave the installation with a backup are sealed under a passphrase.
//!
//! **What it never does.** It logs nothing, prints no plaintext ([`Protected`] shows dots), and never returns a partly
//! decrypted value. Master keys come from a file or the environment, never from the database.

mod blind;
mod check;
mod cipher;
mod error;
mod master;
mod passphrase;
mod person;
mod protected;
mod rotation;
mod source;
mod subject;
mod vault;

pub use blind::{BlindIndex, LINK_SEAL_BYTES};
pub use check::Wrapping;
pub use cipher::{Field, Sealed};
pub use error::SecretsError;
pub use master::MasterKeys;
pub use passphrase::{PASSPHRASE_CHARACTERS, open_with_passphrase, seal_with_passphrase};
pub use person::PersonKey;
pub use protected::Protected;
pub use rotation::Rotation;
pub use subject::SubjectKey;
pub use vault::Vault;
