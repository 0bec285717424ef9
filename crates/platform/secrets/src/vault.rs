//! The door to protected values.

use crate::{
    BlindIndex, LINK_SEAL_BYTES, MasterKeys, PersonKey, SecretsError, SubjectKey, Wrapping, blind, check, person,
    rotation, subject,
};
use autolytiq_db::{Db, Subject, SystemTx, TenantTx};
use autolytiq_kernel::PersonId;
use std::sync::Arc;

/// Holds the master keys and gives out what is made with them. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Vault(Arc<MasterKeys>);

impl Vault {
    /// A vault over these keys.
    #[must_use]
    pub fn new(keys: MasterKeys) -> Self {
        Self(Arc::new(keys))
    }

    /// The subject's data key, made on first use.
    ///
    /// # Errors
    /// [`SecretsError::Destroyed`] once the subject was erased; the database's and the cipher's own.
    pub async fn subject_key(&self, tx: &mut TenantTx, about: impl Into<Subject>) -> Result<SubjectKey, SecretsError> {
        subject::obtain(tx, &self.0, about.into()).await
    }

    /// The subject's data key, if it has one.
    ///
    /// # Errors
    /// As [`Vault::subject_key`].
    pub async fn existing_subject_key(
        &self,
        tx: &mut TenantTx,
        about: impl Into<Subject>,
    ) -> Result<Option<SubjectKey>, SecretsError> {
        subject::existing(tx, &self.0, about.into()).await
    }

    /// Destroys the subject's data key and with it every value sealed under it. Returns whether there was one.
    ///
    /// # Errors
    /// The database's own.
    pub async fn destroy(&self, tx: &mut TenantTx, about: impl Into<Subject>) -> Result<bool, SecretsError> {
        subject::destroy(tx, about.into()).await
    }

    /// The data key of a person who signs in, to open what was sealed under it.
    ///
    /// # Errors
    /// [`SecretsError::UnknownMasterKey`]; the database's and the cipher's own.
    pub async fn existing_person_key(&self, tx: &mut SystemTx, who: PersonId) -> Result<PersonKey, SecretsError> {
        person::existing(tx, &self.0, who).await
    }

    /// The data key of a person who signs in, to seal something: made on first use, and anew when it is lost.
    ///
    /// # Errors
    /// The database's and the cipher's own.
    pub async fn person_key(&self, tx: &mut SystemTx, who: PersonId) -> Result<PersonKey, SecretsError> {
        person::obtain(tx, &self.0, who).await
    }

    /// Wraps every data key under the newest master key, of all stores, and returns how many were under an older one.
    /// Several processes may do it at once.
    ///
    /// # Errors
    /// [`SecretsError::UnknownMasterKey`] when the key file lacks one that is still in use; the database's own.
    pub async fn rewrap(&self, db: &Db) -> Result<u64, SecretsError> {
        Ok(rotation::rewrap(db, &self.0).await?.saturating_add(person::rewrap(db, &self.0).await?))
    }

    /// Tells for each master key in use whether the keys of this vault open what stands under it.
    ///
    /// # Errors
    /// The database's own.
    pub async fn wrappings(&self, db: &Db) -> Result<Vec<Wrapping>, SecretsError> {
        check::wrappings(db, &self.0).await
    }

    /// The blind index of a value, which the caller has normalised (digits of a phone number, lower-case address).
    #[must_use]
    pub fn blind_index(&self, tx: &TenantTx, column: &'static str, normalised: &str) -> BlindIndex {
        BlindIndex::of(self.0.index(), column, tx.acting(), normalised)
    }

    /// Our seal under the content of a link that works without a sign-in, for one purpose. It holds for as long as the
    /// installation's index key, which rotation leaves as it is.
    #[must_use]
    pub fn seal_link(&self, purpose: &'static str, content: &[u8]) -> [u8; LINK_SEAL_BYTES] {
        blind::seal_link(self.0.index(), purpose, content)
    }

    /// Whether a link's seal is ours.
    #[must_use]
    pub fn is_sealed_link(&self, purpose: &'static str, content: &[u8], seal: &[u8]) -> bool {
        blind::is_sealed_link(self.0.index(), purpose, content, seal)
    }
}
