//! `[server]`

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use url::Url;

/// How the process listens and answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// The addresses to listen on. The default is this machine alone; `0.0.0.0` and `::` are everybody.
    pub listen: Vec<IpAddr>,
    /// The port.
    pub port: u16,
    /// The address that browsers use, when a proxy stands in front: `https://desk.example`. Decides which origin may
    /// use the refresh cookie, and whether browsers are told to insist on TLS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<Url>,
    /// Origins of other pages that may call the API.
    pub cors_origins: Vec<String>,
    /// Whether the last entry of `X-Forwarded-For` is the client's address; only behind a proxy that writes it.
    pub trust_forwarded_for: bool,
    /// The largest body of a request, in bytes.
    pub body_limit_bytes: usize,
    /// Seconds that a request may take until its answer begins.
    pub deadline_seconds: u64,
    /// Seconds that requests and jobs under way are given when the process is asked to stop.
    pub drain_seconds: u64,
    /// Seconds that the head of a request may take, and that a connection may stay open without one.
    pub header_seconds: u64,
    /// Seconds that a client may take nothing of its answer before it is cut off.
    pub stall_seconds: u64,
    /// Connections at a time; more wait until one ends.
    pub connections: usize,
    /// Connections of one address at a time; more are closed at once. Does not apply with `trust_forwarded_for`, where
    /// all connections are the proxy's.
    pub connections_per_address: usize,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: vec![IpAddr::from([127, 0, 0, 1]), IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])],
            port: 8080,
            public_url: None,
            cors_origins: Vec::new(),
            trust_forwarded_for: false,
            body_limit_bytes: 512 * 1024,
            deadline_seconds: 30,
            drain_seconds: 20,
            header_seconds: 30,
            stall_seconds: 30,
            connections: 4_096,
            connections_per_address: 512,
        }
    }
}

impl Server {
    /// The address to show to a person.
    #[must_use]
    pub fn shown_url(&self, port: u16) -> String {
        match &self.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            // A name, since passkeys refuse bare addresses.
            None => format!("http://localhost:{port}"),
        }
    }

    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.listen.is_empty() {
            faults.push("server.listen must name at least one address".to_owned());
        }
        if let Some(url) = &self.public_url
            && (!matches!(url.scheme(), "http" | "https") || url.path() != "/" || url.query().is_some())
        {
            faults.push(format!("server.public_url must be like https://desk.example, not {url}"));
        }
        for origin in &self.cors_origins {
            let same = Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == *origin);
            if !same {
                faults
                    .push(format!("server.cors_origins: {origin:?} is no origin; write it like https://desk.example"));
            }
        }
        if self.body_limit_bytes < 1024 {
            faults.push("server.body_limit_bytes must be at least 1024".to_owned());
        }
        if !(1..=60).contains(&self.deadline_seconds) {
            faults.push("server.deadline_seconds must be 1 to 60".to_owned());
        }
        if !(1..=300).contains(&self.header_seconds) || !(1..=300).contains(&self.stall_seconds) {
            faults.push("server.header_seconds and server.stall_seconds must be 1 to 300".to_owned());
        }
        if self.connections == 0 || self.connections_per_address == 0 {
            faults.push("server.connections and server.connections_per_address must be at least 1".to_owned());
        }
        faults
    }
}
