//! How each of the three roles connects.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnectOptions;
use url::Url;

use crate::DbError;

/// The role that owns the schema; only `migrate`, `backup` and `restore` connect as it.
pub(crate) const OWNER: &str = "autolytiq_owner";
/// The role of tenant transactions.
pub(crate) const APP: &str = "autolytiq_app";
/// The role of system transactions.
pub(crate) const SYSTEM: &str = "autolytiq_system";
/// The database's name when the address does not say one.
const DATABASE: &str = "autolytiq";

/// The connection options of the owner, app and system roles, and of the role that creates them.
///
/// The usual way is one address of a role that may create roles. The passwords of our three roles then follow from its
/// password (HMAC-SHA-256), so that every process of an installation agrees on them and nothing has to be stored; a
/// changed password takes effect with the next `migrate`. Where no such role can be had, an administrator creates the
/// three and their addresses are given one by one.
#[derive(Clone)]
pub struct Access {
    pub(crate) bootstrap: Option<Bootstrap>,
    pub(crate) owner: PgConnectOptions,
    pub(crate) app: PgConnectOptions,
    pub(crate) system: PgConnectOptions,
}

/// The role that creates the others.
#[derive(Clone)]
pub(crate) struct Bootstrap {
    /// Connected to a database that exists already.
    pub(crate) options: PgConnectOptions,
    /// What the roles' passwords follow from; none when the server trusts its clients.
    pub(crate) secret: Option<String>,
    /// The database to work in, created when missing.
    pub(crate) database: String,
}

impl Access {
    /// Through a role that may create roles, connected to any existing database; `database` is the one to work in and
    /// is created when it is missing. `password` is that role's own.
    #[must_use]
    pub fn through(options: PgConnectOptions, password: &str, database: &str) -> Self {
        Self::derived(Bootstrap { options, secret: Some(password.to_owned()), database: database.to_owned() })
    }

    /// From one `postgres://user:password@host/database` address of a role that may create roles.
    ///
    /// # Errors
    /// [`DbError::Address`] when it cannot be read.
    pub fn from_url(address: &str) -> Result<Self, DbError> {
        let url = Url::parse(address).map_err(|error| DbError::Address(format!("the database address: {error}")))?;
        let options = parse(&url)?;
        let secret = match url.password() {
            Some(password) => Some(decode(password)),
            None => url.query_pairs().find(|(name, _)| name == "password").map(|(_, value)| value.into_owned()),
        };
        let database = options.get_database().unwrap_or(DATABASE).to_owned();
        Ok(Self::derived(Bootstrap { options, secret, database }))
    }

    /// From one address per role, for a server where an administrator made them.
    ///
    /// # Errors
    /// [`DbError::Address`] when one cannot be read.
    pub fn from_role_urls(owner: &str, app: &str, system: &str) -> Result<Self, DbError> {
        let read = |role: &str, address: &str| {
            let url =
                Url::parse(address).map_err(|error| DbError::Address(format!("the {role} role's address: {error}")))?;
            parse(&url)
        };
        Ok(Self {
            bootstrap: None,
            owner: read("owner", owner)?,
            app: read("app", app)?,
            system: read("system", system)?,
        })
    }

    /// From the options of the three roles, for a server where an administrator made them.
    #[must_use]
    pub fn from_role_options(owner: PgConnectOptions, app: PgConnectOptions, system: PgConnectOptions) -> Self {
        Self { bootstrap: None, owner, app, system }
    }

    /// The owner's own way in, past every policy: for `backup`, `restore` and tests.
    #[must_use]
    pub fn owner_options(&self) -> &PgConnectOptions {
        &self.owner
    }

    fn derived(bootstrap: Bootstrap) -> Self {
        let role = |name: &str| {
            let options = bootstrap.options.clone().username(name).database(&bootstrap.database);
            match bootstrap.password_of(name) {
                Some(password) => options.password(&password),
                None => options,
            }
        };
        Self { owner: role(OWNER), app: role(APP), system: role(SYSTEM), bootstrap: Some(bootstrap) }
    }
}

impl Bootstrap {
    /// The password of one of our roles.
    pub(crate) fn password_of(&self, role: &str) -> Option<String> {
        let secret = self.secret.as_ref()?;
        Some(hex::encode(hmac(secret.as_bytes(), &[b"autolytiq role password 1:", role.as_bytes()])))
    }

    /// What PostgreSQL stores for that password (`SCRAM-SHA-256$…`, RFC 5803), so that the password itself is in no
    /// statement and no server log. The salt follows from the password, so the verifier is the same each time.
    pub(crate) fn verifier_of(&self, role: &str) -> Option<String> {
        use base64::{Engine, engine::general_purpose::STANDARD};
        const ITERATIONS: u32 = 4096;
        let password = self.password_of(role)?;
        let salt = &hmac(password.as_bytes(), &[b"salt"])[..16];
        let mut block = hmac(password.as_bytes(), &[salt, &1_u32.to_be_bytes()]);
        let mut salted = block;
        for _ in 1..ITERATIONS {
            block = hmac(password.as_bytes(), &[&block]);
            salted.iter_mut().zip(block).for_each(|(sum, byte)| *sum ^= byte);
        }
        let stored_key = Sha256::digest(hmac(&salted, &[b"Client Key"]));
        let server_key = hmac(&salted, &[b"Server Key"]);
        let text = |bytes: &[u8]| STANDARD.encode(bytes);
        Some(format!("SCRAM-SHA-256${ITERATIONS}:{}${}:{}", text(salt), text(&stored_key), text(&server_key)))
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access")
            .field("host", &self.app.get_host())
            .field("port", &self.app.get_port())
            .field("database", &self.app.get_database())
            .finish_non_exhaustive()
    }
}

fn parse(url: &Url) -> Result<PgConnectOptions, DbError> {
    if !matches!(url.scheme(), "postgres" | "postgresql") {
        return Err(DbError::Address(format!("a database address begins with postgres://, not {}://", url.scheme())));
    }
    url.as_str().parse().map_err(|error| DbError::Address(format!("the database address: {error}")))
}

/// Undoes the percent-encoding of an address.
fn decode(text: &str) -> String {
    let pair = format!("p={}", text.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// HMAC-SHA-256 (RFC 2104): a key longer than the hash's block counts by its hash, a shorter one is filled with zeros.
fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut block = [0; 64];
    match block.get_mut(..key.len()) {
        Some(start) => start.copy_from_slice(key),
        None => block[..32].copy_from_slice(&Sha256::digest(key)),
    }
    let mut mac = Hmac::<Sha256>::new(&block.into());
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::{APP, Access, OWNER, decode, hmac};

    #[test]
    fn the_keyed_hash_is_the_published_one() {
        // RFC 4231, test cases 2 and 6: a short key, and one longer than a block.
        let short = hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(hex::encode(short), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        let long = hmac(&[0xaa; 131], &[b"Test Using Larger Than Block-Size Key - Hash Key First"]);
        assert_eq!(hex::encode(long), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    #[test]
    fn every_process_derives_the_same_passwords_and_no_two_roles_share_one() {
        let access = || Access::from_url("postgres://admin:s%40cret@db.example/autolytiq").unwrap().bootstrap.unwrap();
        assert_eq!(access().secret.as_deref(), Some("s@cret"));
        assert_eq!(access().password_of(APP), access().password_of(APP));
        assert_ne!(access().password_of(APP), access().password_of(OWNER));
        assert!(access().verifier_of(APP).unwrap().starts_with("SCRAM-SHA-256$4096:"));
    }

    #[test]
    fn nothing_secret_is_printed() {
        let access = Access::from_url("postgres://admin:hunter2@db.example/x").unwrap();
        assert!(!format!("{access:?}").contains("hunter2"));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for address in ["", "autolytiq", "mysql://a:b@c/d"] {
            assert!(Access::from_url(address).is_err(), "{address}");
        }
        assert_eq!(decode("a%2Bb+c"), "a+b+c");
    }
}
