//! The state of identity in one process.

use std::{path::PathBuf, sync::Arc};

use autolytiq_db::{Db, SystemUse};
use autolytiq_http::{Platform, settings::Settings};
use autolytiq_kernel::Clock;
use autolytiq_mail::TextProvider;
use autolytiq_oidc::{Client, Guard};
use autolytiq_secrets::Vault;
use tokio_util::task::TaskTracker;

use crate::{
    crypto::{access::AccessTokens, hasher::PasswordHasher, keys::KeyRing},
    domain::factor::Method,
    error::{IdentityError, SsoRefusal},
    set_up_token::SetUpToken,
    store::{change, dealership},
    verify::{cache::SessionCache, keys::KeyUses, watch},
};

/// Where identity keeps its files, and how it is known.
#[derive(Debug, Clone)]
pub struct IdentityConfig {
    /// The folder of the signing keys, of mode 0700. Processes that serve one installation share it.
    pub keys_folder: PathBuf,
    /// The file that holds the set-up token while the installation is empty, of mode 0600.
    pub set_up_token_file: PathBuf,
    /// The `iss` of access tokens: the address under which people reach the product.
    pub issuer: String,
    /// What carries text messages; without it nobody is offered codes by them.
    pub texts: Option<Arc<dyn TextProvider>>,
    /// What may be asked on a store's behalf: its OpenID provider.
    pub reach: Guard,
}

/// Keys, password hasher and what is known of sessions. The use cases of [`api`](crate::api) take it.
pub struct Identity {
    db: Db,
    clock: Clock,
    tasks: TaskTracker,
    hasher: PasswordHasher,
    tokens: AccessTokens,
    cache: SessionCache,
    key_uses: KeyUses,
    set_up: SetUpToken,
    vault: Vault,
    settings: Arc<Settings>,
    texts: Option<Arc<dyn TextProvider>>,
    oidc: Client,
}

impl Identity {
    /// Opens the keys, and the set-up if the installation is empty.
    ///
    /// # Errors
    /// When the keys or the database cannot be read.
    pub async fn open(platform: &Platform, config: &IdentityConfig) -> Result<Arc<Self>, IdentityError> {
        let now = platform.clock.now();
        let keys = KeyRing::open(config.keys_folder.clone(), now)?;
        keys.maintain(now)?;
        let mut tx = platform.db.system(SystemUse::Sessions).await?;
        let (revision, founded) = (change::head(&mut tx).await?, dealership::any(&mut tx).await?);
        tx.commit().await?;
        Ok(Arc::new(Self {
            db: platform.db.clone(),
            clock: platform.clock.clone(),
            tasks: platform.tasks.clone(),
            hasher: PasswordHasher::new()?,
            tokens: AccessTokens::new(keys, &config.issuer),
            cache: SessionCache::new(revision),
            key_uses: KeyUses::default(),
            set_up: SetUpToken::open(config.set_up_token_file.clone(), founded)?,
            vault: platform.vault.clone(),
            settings: Arc::clone(&platform.settings),
            texts: config.texts.clone(),
            oidc: Client::new(config.reach).map_err(SsoRefusal::from)?,
        }))
    }

    /// The token that the set-up asks for, while the installation is empty.
    #[must_use]
    pub fn set_up_token(&self) -> Option<String> {
        self.set_up.text()
    }

    /// Makes a new signing key; tokens of the old one stay good until they expire.
    ///
    /// # Errors
    /// When the key cannot be generated or written.
    pub fn rotate_keys(&self) -> Result<(), IdentityError> {
        Ok(self.tokens.keys().rotate(self.clock.now())?)
    }

    /// Deletes sessions, counts and notes that have run out. The module does it by itself every few minutes.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn tidy(&self) -> Result<(), IdentityError> {
        Ok(watch::tidy(&self.db).await?)
    }

    pub(crate) fn db(&self) -> &Db {
        &self.db
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(crate) fn tasks(&self) -> &TaskTracker {
        &self.tasks
    }

    pub(crate) fn hasher(&self) -> &PasswordHasher {
        &self.hasher
    }

    pub(crate) fn tokens(&self) -> &AccessTokens {
        &self.tokens
    }

    pub(crate) fn cache(&self) -> &SessionCache {
        &self.cache
    }

    /// The keys under which messages wait.
    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    /// A link into the product for a message.
    pub(crate) fn link(&self, path: &str) -> String {
        self.settings.link(path)
    }

    /// What carries text messages, if anything does.
    pub(crate) fn texts(&self) -> Option<&dyn TextProvider> {
        self.texts.as_deref()
    }

    /// Whether the installation has what the method needs.
    pub(crate) fn offers(&self, method: Method) -> bool {
        method != Method::Sms || self.texts.is_some()
    }

    /// What asks the stores' providers.
    pub(crate) fn oidc(&self) -> &Client {
        &self.oidc
    }

    pub(crate) fn key_uses(&self) -> &KeyUses {
        &self.key_uses
    }

    pub(crate) fn set_up(&self) -> &SetUpToken {
        &self.set_up
    }
}
