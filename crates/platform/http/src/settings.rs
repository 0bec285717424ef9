//! How HTTP behaves, as values; `crates/app` fills them from the configuration.

use std::num::NonZeroU32;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use crate::seal::Seal;

/// The settings of the HTTP layer.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address under which browsers reach the product, if it is known. Its origin may use the refresh cookie.
    pub public_url: Option<Url>,
    /// The port, for links while there is no `public_url`.
    pub port: u16,
    /// Other origins whose pages may call the API (CORS). Empty: none.
    pub cors_origins: Vec<String>,
    /// Whether the last entry of `X-Forwarded-For` is the client's address: only behind a proxy that sets it.
    pub trust_forwarded_for: bool,
    /// What opens a gateway's word on where a request came from: in a process that stands behind one.
    pub seal: Option<Seal>,
    /// The largest body of a request, in bytes.
    pub body_limit: usize,
    /// How long a handler may take until its response begins.
    pub deadline: Duration,
    /// How many requests a minute.
    pub limits: Limits,
    /// The Redis in which several processes count requests together; without it each counts by itself.
    pub redis: Option<SecretString>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: None,
            port: 8080,
            cors_origins: Vec::new(),
            trust_forwarded_for: false,
            seal: None,
            body_limit: 512 * 1024,
            deadline: Duration::from_secs(30),
            limits: Limits::default(),
            redis: None,
        }
    }
}

impl Settings {
    /// Whether pages of this origin (`https://desk.example`) may call us with credentials.
    #[must_use]
    pub fn allows_origin(&self, origin: &str) -> bool {
        let own = self.public_url.as_ref().map(|url| url.origin().ascii_serialization());
        own.as_deref() == Some(origin) || self.cors_origins.iter().any(|allowed| allowed == origin)
    }

    /// A link into the product for a message: `link("/sign-in")`.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        match &self.public_url {
            Some(url) => format!("{}{path}", url.as_str().trim_end_matches('/')),
            // A name, since passkeys refuse bare addresses.
            None => format!("http://localhost:{}{path}", self.port),
        }
    }

    /// Whether browsers reach us over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }
}

/// Requests a minute; a whole minute's worth may come at once. Those of people and stores hold for each class of routes by
/// itself: reading, writing, calculating, and imports and exports.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Sign-in attempts from one address.
    pub log_in_per_address: NonZeroU32,
    /// Requests of one person.
    pub per_person: NonZeroU32,
    /// Requests of everybody in one store together.
    pub per_dealership: NonZeroU32,
    /// Requests without a session from one address.
    pub per_address: NonZeroU32,
}

impl Default for Limits {
    fn default() -> Self {
        const fn per_minute(requests: u32) -> NonZeroU32 {
            match NonZeroU32::new(requests) {
                Some(requests) => requests,
                None => NonZeroU32::MIN,
            }
        }
        Self {
            log_in_per_address: per_minute(10),
            per_person: per_minute(100),
            per_dealership: per_minute(2_000),
            per_address: per_minute(300),
        }
    }
}
