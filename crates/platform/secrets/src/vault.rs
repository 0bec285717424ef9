//! The door to protected values.

use crate::{
    BlindIndex, LINK_SEAL_BYTES, MasterKeys, PersonKey, Rotation, SecretsError, SubjectKey, Wrapping, blind, check,
    person, rotation, source::Source, subject,
};
use autolytiq_db::{Db, Subject, SystemTx, SystemUse, TenantTx};
use autolytiq_kernel::PersonId;
use std::path::Path;
use std::sync::Arc;

/// Holds the master keys and gives out what is made with them. Cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<Source>);

impl Vault {
    /// A vault over these keys, which stay as they are.
    #[must_use]
    pub fn new(keys: MasterKeys) -> Self {
        Self(Arc::new(Source::fixed(keys)))
    }

    /// A vault over the keys of a file, made when there is none. A change of the file holds from the next use on, in
    /// every process that has it.
    ///
    /// # Errors
    /// [`SecretsError::KeyFile`], [`SecretsError::MalformedKeys`].
    pub fn of_file(path: &Path) -> Result<Self, SecretsError> {
        Ok(Self(Arc::new(Source::file(path)?)))
    }

    /// Whether the keys stand in a file, and not in the environment.
    #[must_use]
    pub fn keys_in_file(&self) -> bool {
        self.0.is_file()
    }

    /// The ids of the master keys, the newest first.
    #[must_use]
    pub fn master_key_ids(&self) -> Vec<String> {
        self.0.keys().ids().to_vec()
    }

    /// The subject's data key, made on first use.
    ///
    /// # Errors
    /// [`SecretsError::Destroyed`] once the subject was erased; the database's and the cipher's own.
    pub async fn subject_key(&self, tx: &mut TenantTx, about: impl Into<Subject>) -> Result<SubjectKey, SecretsError> {
        subject::obtain(tx, &self.0.keys(), about.into()).await
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
        subject::existing(tx, &self.0.keys(), about.into()).await
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
        person::existing(tx, &self.0.keys(), who).await
    }

    /// The data key of a person who signs in, to seal something: made on first use, and anew when it is lost.
    ///
    /// # Errors
    /// The database's and the cipher's own.
    pub async fn person_key(&self, tx: &mut SystemTx, who: PersonId) -> Result<PersonKey, SecretsError> {
        person::obtain(tx, &self.0.keys(), who).await
    }

    /// Wraps every data key under the newest master key, of all stores, and returns how many this call brought over.
    /// Several processes may do it at once; one that was broken off goes on where it was.
    ///
    /// # Errors
    /// [`SecretsError::UnknownMasterKey`] when the key file lacks one that is still in use; the database's own.
    pub async fn rewrap(&self, db: &Db) -> Result<u64, SecretsError> {
        rotation::rewrap(db, &self.0.keys()).await
    }

    /// The newest rotation of the master key, under way or done.
    ///
    /// # Errors
    /// The database's own.
    pub async fn rotation(&self, db: &Db) -> Result<Option<Rotation>, SecretsError> {
        let mut tx = db.system(SystemUse::KeyRotation).await?;
        let rotation = rotation::last(&mut tx).await?;
        tx.rollback().await?;
        Ok(rotation)
    }

    /// Tells for each master key in use whether the keys of this vault open what stands under it.
    ///
    /// # Errors
    /// The database's own.
    pub async fn wrappings(&self, db: &Db) -> Result<Vec<Wrapping>, SecretsError> {
        check::wrappings(db, &self.0.keys()).await
    }

    /// The blind index of a value, which the caller has normalised (digits of a phone number, lower-case address).
    #[must_use]
    pub fn blind_index(&self, tx: &TenantTx, column: &'static str, normalised: &str) -> BlindIndex {
        BlindIndex::of(self.0.keys().index(), column, tx.acting(), normalised)
    }

    /// Our seal under the content of a link that works without a sign-in, for one purpose. It holds for as long as the
    /// installation's index key, which rotation leaves as it is.
    #[must_use]
    pub fn seal_link(&self, purpose: &'static str, content: &[u8]) -> [u8; LINK_SEAL_BYTES] {
        blind::seal_link(self.0.keys().index(), purpose, content)
    }

    /// Whether a link's seal is ours.
    #[must_use]
    pub fn is_sealed_link(&self, purpose: &'static str, content: &[u8], seal: &[u8]) -> bool {
        blind::is_sealed_link(self.0.keys().index(), purpose, content, seal)
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}
